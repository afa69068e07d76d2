//! Puts the sources of the standard world into the program, so that it can make an image wherever it is copied to.
//! `FILES` has (path under stdlib/, content) sorted by path; `FINGERPRINT` changes when any of them does, or the sources of what
//! compiles and loads them.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../stdlib");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, "self", &mut files)?;
    // By the text of the path, as they are looked up, not part by part.
    files.sort_by_key(|path| path.to_string_lossy().replace('\\', "/"));
    let mut hasher = DefaultHasher::new();
    let mut text = String::from("pub static FILES: &[(&str, &[u8])] = &[\n");
    for path in &files {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        name.hash(&mut hasher);
        fs::read(path)?.hash(&mut hasher);
        let _ = writeln!(text, "    ({name:?}, include_bytes!({:?})),", path.canonicalize()?);
    }
    for makers in ["lang/src", "vm/machine/src"] {
        let mut sources = Vec::new();
        collect(&root.join("..").join(makers), "rs", &mut sources)?;
        sources.sort();
        for path in &sources {
            println!("cargo::rerun-if-changed={}", path.display());
            fs::read(path)?.hash(&mut hasher);
        }
    }
    let _ = writeln!(text, "];\npub const FINGERPRINT: &str = \"{:016x}\";", hasher.finish());
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("stdlib.rs"), text)
}

fn collect(dir: &Path, extension: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, extension, files)?;
        } else if path.extension().is_some_and(|e| e == extension) {
            files.push(path);
        }
    }
    Ok(())
}
