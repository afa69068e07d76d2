//! Puts the chapters of the book into the program, for agents to read. `CHAPTERS` has (name, text) sorted by name.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../book/src");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut chapters = Vec::new();
    for entry in fs::read_dir(&root)? {
        let path = entry?.path();
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // The reference is made from an image, and longer than any agent reads.
        let chapter = path.extension().is_some_and(|e| e == "md") && name != "SUMMARY" && name != "reference";
        if chapter {
            chapters.push((name, path.canonicalize()?));
        }
    }
    chapters.sort();
    let mut text =
        String::from("/// The chapters of the book.\npub(crate) const CHAPTERS: &[(&str, &str)] = &[\n");
    for (name, path) in chapters {
        println!("cargo::rerun-if-changed={}", path.display());
        let _ = writeln!(text, "    ({name:?}, include_str!({path:?})),");
    }
    text.push_str("];\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("book.rs"), text)
}
