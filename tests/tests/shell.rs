//! The command line told to shells and `man`, and its helps alike.

use std::fs;
use std::process::Command;

use batos_tests::program::Home;

#[test]
fn shells_get_completions_that_they_accept() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let run = home.run(&["completions", shell], b"");
        assert_eq!(run.status, 0, "{run:?}");
        for command in ["image", "eval", "lsp", "completions"] {
            assert!(run.out.contains(command), "{shell}: {command}");
        }
        let file = home.path(shell);
        fs::write(&file, &run.out).unwrap();
        // Where the shell is there, it reads them.
        if let Ok(checked) = Command::new(shell).arg("-n").arg(&file).status() {
            assert!(checked.success(), "{shell}");
        }
    }
    assert_eq!(home.run(&["completions", "cmd"], b"").status, 2);
    assert_eq!(home.run(&["completions"], b"").status, 2);
}

#[test]
fn bash_completes_the_name_of_a_command() {
    let home = Home::new();
    let run = home.run(&["completions", "bash"], b"");
    let script = format!(
        "{}\nCOMP_WORDS=(batos ima); COMP_CWORD=1; _batos batos ima batos; echo \"${{COMPREPLY[@]}}\"",
        run.out
    );
    let output = Command::new("bash").args(["--norc", "-c", &script]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "image", "{output:?}");
}

#[test]
fn every_command_has_a_page_of_the_manual() {
    let home = Home::new();
    let run = home.run(&["man"], b"");
    assert!(run.status == 0 && run.out.contains(".TH batos 1"), "{run:?}");
    assert_eq!(home.run(&["man", "--dir", "pages"], b"").status, 0);
    for page in ["batos.1", "batos-image.1", "batos-image-new.1", "batos-lsp.1"] {
        assert!(
            fs::read_to_string(home.path("pages").join(page)).is_ok_and(|text| text.contains(".SH")),
            "{page}"
        );
    }
    fs::write(home.path("file"), "").unwrap();
    let run = home.run(&["man", "--dir", "file"], b"");
    assert!(run.status == 1 && run.err.contains("file"), "{run:?}");
}

#[test]
fn every_help_says_what_its_command_does() {
    let home = Home::new();
    let mut waiting = vec![Vec::<String>::new()];
    let mut seen = 0;
    while let Some(path) = waiting.pop() {
        let mut words: Vec<&str> = path.iter().map(String::as_str).collect();
        words.push("--help");
        let run = home.run(&words, b"");
        assert_eq!(run.status, 0, "{words:?}: {run:?}");
        seen += 1;
        let first = run.out.lines().next().unwrap_or_default();
        assert!(first.len() > 10 && first.starts_with(|c: char| c.is_uppercase()), "{words:?}: {first:?}");
        assert!(run.out.contains("Usage: batos"), "{words:?}");
        let mut of_commands = run.out.lines().skip_while(|line| *line != "Commands:").skip(1);
        for line in of_commands.by_ref().take_while(|line| !line.is_empty()) {
            let name = line.strip_prefix("  ").and_then(|line| line.split(' ').next()).unwrap_or_default();
            if !name.is_empty() && name != "help" && !(path == ["mind"] && name == "train") {
                waiting.push(path.iter().cloned().chain([name.to_string()]).collect());
            }
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn what_goes_wrong_has_the_same_status_everywhere() {
    let home = Home::new();
    fs::write(home.path("bad.self"), "( 3 + \n").unwrap();
    let cases: [(&[&str], i32); 12] = [
        (&["eval"], 2),
        (&["no-such-option", "--bogus"], 2),
        (&["explain", "L9999"], 2),
        (&["image", "info"], 2),
        (&["serve", "a.batos", "--image", "b.batos"], 2),
        (&["parse", "bad.self"], 1),
        (&["parse", "none.self"], 1),
        (&["fmt", "none.self"], 1),
        (&["run", "none.self"], 1),
        (&["image", "info", "none.batos"], 3),
        (&["resume", "none.batos"], 3),
        (&["eval", "--image", "none.batos", "3"], 3),
    ];
    for (words, status) in cases {
        let run = home.run(words, b"");
        assert_eq!(run.status, status, "{words:?}: {run:?}");
        assert!(!run.err.is_empty() && run.out.is_empty(), "{words:?}: {run:?}");
    }
}

#[test]
fn a_command_that_is_misspelt_is_told_what_was_meant() {
    let home = Home::new();
    let cases: [(&[&str], &str); 4] = [
        (&["evall", "3"], "did you mean `batos eval`?"),
        (&["tset"], "did you mean the command `batos test`?"),
        (&["images"], "did you mean the command `batos image`?"),
        (&["garden.batos"], "make one with `batos image new garden.batos`"),
    ];
    for (words, told) in cases {
        let run = home.run(words, b"");
        assert!(run.status != 0 && run.err.contains(told), "{words:?}: {run:?}");
    }
}
