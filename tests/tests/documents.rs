//! The transcripts in the README and the book are what the program really prints. `BLESS=1 cargo test -p batos-tests
//! --test documents` writes what it prints now.

use std::fs;
use std::path::{Path, PathBuf};

use batos_tests::program::Home;
use batos_tests::transcript;

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = vec![root.join("README.md")];
    let chapters = fs::read_dir(root.join("book/src")).expect("the book has chapters");
    found.extend(
        chapters.map(|c| c.expect("a chapter").path()).filter(|c| c.extension().is_some_and(|e| e == "md")),
    );
    found.sort();
    found
}

#[test]
fn documents_show_what_the_program_prints() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut played_any = 0;
    let mut wrong = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a readable document");
        let blocks = transcript::blocks(&text);
        if blocks.is_empty() {
            continue;
        }
        let home = Home::new();
        let run = home.run(&["--echo", "--no-model"], transcript::script(&blocks).as_bytes());
        assert_eq!(run.status, 0, "{}: {run:?}", document.display());
        let lines: Vec<&str> = run.out.lines().collect();
        let played = transcript::exchanges(&lines);
        let inputs = |list: &[transcript::Exchange]| list.iter().map(|e| e.input.clone()).collect::<Vec<_>>();
        assert_eq!(inputs(&blocks.concat()), inputs(&played), "{}: inputs differ", document.display());
        played_any += played.len();
        let real = transcript::with_outputs(&text, &played);
        if real == text {
            continue;
        }
        if bless {
            fs::write(&document, real).expect("the document can be written");
        } else {
            let first = text.lines().zip(real.lines()).find(|(a, b)| a != b);
            wrong.push(format!("{}: {first:?}", document.display()));
        }
    }
    assert!(played_any > 20, "only {played_any} inputs were played: are the transcripts gone?");
    assert!(
        wrong.is_empty(),
        "these differ; if what is printed now is right: BLESS=1 cargo test -p batos-tests --test documents\n{}",
        wrong.join("\n")
    );
}

/// Numbers that are part of the image format stand in the book as they stand in the code.
#[test]
fn the_book_has_every_number_of_the_format() {
    use batos_image::layout::Kind;
    use batos_lang::code::op::{Native, Op};

    let chapter = |name: &str| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/src").join(name))
            .expect("a chapter")
    };
    let bytecode = chapter("bytecode.md");
    for op in Op::ALL {
        assert!(bytecode.contains(&format!("| {} | `{}` |", *op as u8, op.name())), "{op:?}");
    }
    for native in Native::ALL {
        assert!(bytecode.contains(&format!("| {} | `{native:?}` |", native as u8)), "{native:?}");
    }
    let elements = batos_machine::code::method_element::COUNT;
    assert!(
        bytecode.contains(&format!("\n| {} | how often it was called", elements - 1)),
        "{elements} elements"
    );
    let objects = chapter("objects.md");
    for kind in [
        Kind::Slots,
        Kind::Symbol,
        Kind::Block,
        Kind::Map,
        Kind::Mirror,
        Kind::Home,
        Kind::Oddball,
        Kind::Internal,
    ] {
        assert!(objects.contains(&format!("| {} | `{kind:?}`", kind as u8)), "{kind:?}");
    }
    use batos_image::layout::{BLOCK_BYTES, CARD_BYTES, IMAGE_START, LINE_BYTES, SEGMENT_BYTES, root};
    assert_eq!((CARD_BYTES, LINE_BYTES, BLOCK_BYTES, SEGMENT_BYTES), (512, 128, 32_768, 1_048_576));
    assert_eq!((IMAGE_START, root::COUNT), (256 << 20, 64));
}

/// What `[text](target)` and `{{#include file}}` name in a chapter, outside of code.
fn targets(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut links, mut includes) = (Vec::new(), Vec::new());
    let mut code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
            continue;
        }
        for (_, rest) in line.match_indices("{{#include ").map(|(at, mark)| (at, &line[at + mark.len()..])) {
            let name = rest.split("}}").next().unwrap_or_default();
            includes.push(name.trim().split(':').next().unwrap_or_default().to_string());
        }
        if code {
            continue;
        }
        // What stands between backticks is no link.
        let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        for (at, mark) in plain.match_indices("](") {
            let target = plain[at + mark.len()..].split([')', ' ']).next().unwrap_or_default();
            links.push(target.to_string());
        }
    }
    (links, includes)
}

/// The names of the headings of a chapter, as links have them.
fn anchors(text: &str) -> Vec<String> {
    let headings =
        text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let name = |heading: &str| {
        let letters = heading.to_lowercase().replace(' ', "-");
        letters.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect::<String>()
    };
    headings.map(name).collect()
}

/// mdBook makes pages of it: each chapter has a place in the summary, and what is linked or included is there.
#[test]
fn the_book_hangs_together() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/src");
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (chapters, _) = targets(&read(&folder.join("SUMMARY.md")));
    let mut wrong = Vec::new();
    for document in documents() {
        let name = document.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let here = document.parent().expect("it lies in a folder");
        let text = read(&document);
        if here == folder && name != "SUMMARY.md" && !chapters.contains(&name) {
            wrong.push(format!("{name} is not in the summary"));
        }
        let (links, includes) = targets(&text);
        wrong.extend(
            includes
                .iter()
                .filter(|i| !here.join(i).is_file())
                .map(|i| format!("{name} includes {i}, which is not there")),
        );
        for link in links.iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link.as_str(), ""));
            let target = if file.is_empty() { document.clone() } else { here.join(file) };
            // The reference is made when the book is built.
            if file == "reference.md" {
                continue;
            }
            if !target.exists() {
                wrong.push(format!("{name} links to {file}, which is not there"));
            } else if !anchor.is_empty() && !anchors(&read(&target)).iter().any(|a| a == anchor) {
                wrong.push(format!("{name} links to {link}, and there is no such heading"));
            }
        }
    }
    assert!(chapters.len() > 15, "{chapters:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
