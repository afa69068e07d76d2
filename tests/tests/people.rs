//! Programs as people write them, from the book alone: what they print, and what the program says while they change and live on.
//!
//! `tests/fixtures/people/programs.txt` holds commands (`$ batos …`, `$ cp …`) and what they say; `BLESS=1` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use batos_tests::program::Home;
use batos_tests::world::project;

/// The words of a command: blanks part them, quotes hold them together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (None, ' ') => words.push(String::new()),
            (None, '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (_, c) => words.last_mut().expect("there is one").push(c),
        }
    }
    words
}

fn folder() -> PathBuf {
    project().join("tests/fixtures/people")
}

#[test]
fn programs_do_what_people_expect() {
    let home = Home::new();
    for file in fs::read_dir(folder()).expect("the programs are there").flatten() {
        fs::copy(file.path(), home.path(&file.file_name().to_string_lossy())).expect("it can be copied");
    }
    let path = folder().join("programs.txt");
    let expected = fs::read_to_string(&path).expect("it is text");
    let mut said = String::new();
    for command in expected.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let _ = writeln!(said, "$ {command}");
        let words = words(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["cp", from, to] => {
                fs::copy(home.path(from), home.path(to)).expect("it can be copied");
            }
            ["batos", args @ ..] => {
                let run = home.run(args, b"");
                said.push_str(&run.out);
                said.push_str(&run.err);
                if run.status != 0 {
                    let _ = writeln!(said, "(status {})", run.status);
                }
            }
            _ => panic!("what is {command}?"),
        }
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, said).expect("it can be written");
        return;
    }
    assert!(said == expected, "not as in {} (BLESS=1 writes it anew):\n{said}", path.display());
}
