//! A copy of a model that computes faster.
//!
//! llama.cpp multiplies many columns at once for some kinds of weights only. Weights of 4 or 5 bits with an offset (Q4_1, Q5_1) are
//! not among them, and 16 candidates are 16 columns. So a small model of that kind is written once more, with weights of 8 bits,
//! into the cache directory. The weights hardly change: 8 bits come close to each of 32 levels. Deleting the copy does no harm; where none
//! can be made, the file itself is used.

use super::sys;
use crate::cache;
use crate::gguf::GgufInfo;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Values of `general.file_type` for weights with an offset: mostly Q4_1, mostly Q5_1.
const SLOW: [&str; 2] = ["3", "9"];
/// How the names of copies end.
const END: &str = ".q8.gguf";
/// Largest file that is copied: the copy takes up to twice as much.
const LARGEST: u64 = 1 << 30;

/// The file to load for a model: its faster copy in a folder, made now if need be, or itself.
pub(super) fn file(model: &Path, folder: Option<&Path>, threads: i32) -> PathBuf {
    folder
        .and_then(|folder| copy_of(model, folder))
        .filter(|copy| copy.is_file() || make(model, copy, threads))
        .unwrap_or(model.into())
}

/// Where the copy of a model belongs, if it should have one. The name changes when the file does.
fn copy_of(model: &Path, folder: &Path) -> Option<PathBuf> {
    let metadata = fs::metadata(model).ok().filter(|m| m.len() <= LARGEST)?;
    let head = GgufInfo::read(model).ok()?;
    if !SLOW.contains(&head.entries.get("general.file_type")?.as_str()) {
        return None;
    }
    let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let stem = model.file_stem()?.to_string_lossy();
    Some(folder.join(format!("{stem}-{:x}-{:x}{END}", metadata.len(), changed.as_nanos())))
}

/// Makes the copy, under another name first: a second program must not map half a file.
fn make(model: &Path, copy: &Path, threads: i32) -> bool {
    let part = copy.with_extension(format!("{}.part", std::process::id()));
    let made = copy.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok())
        && sys::requantize(model, &part, threads)
        && fs::rename(&part, copy).is_ok();
    if made {
        cache::put_old_away(copy, "", END);
    } else {
        // Nothing may be there, and nothing depends on it.
        let _ = fs::remove_file(&part);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, TINY};

    #[test]
    fn other_files_have_no_copy() {
        let folder = tempfile::tempdir().expect("a folder");
        let model = folder.path().join("model.gguf");
        assert_eq!(copy_of(&model, folder.path()), None);
        fs::write(&model, b"GGUF").expect("written");
        assert_eq!(copy_of(&model, folder.path()), None);
        assert_eq!(file(&model, Some(folder.path()), 1), model);
    }

    #[test]
    fn the_default_model_is_copied_once_and_only_as_a_whole() {
        let Some(model) =
            Store::of_user().ok().map(|s| s.directory().join(TINY.file)).filter(|f| f.is_file())
        else {
            eprintln!("the default model is not here: not tested");
            return;
        };
        // It keeps the reports to itself.
        super::super::worker::backend().expect("llama.cpp starts");
        let folder = tempfile::tempdir().expect("a folder");
        let copy =
            copy_of(&model, &folder.path().join("cache")).expect("its weights have 4 bits and an offset");
        assert!(make(&model, &copy, 1));
        let head = GgufInfo::read(&copy).expect("the copy is a model");
        assert_eq!(head.entries.get("general.file_type").map(String::as_str), Some("7"), "8 bits");
        assert_eq!(head.tensors, GgufInfo::read(&model).expect("it is a model").tensors);
        // Where there is no place for a copy, none is made and nothing is left.
        let blocked = folder.path().join("blocked");
        fs::write(&blocked, b"").expect("written");
        assert!(!make(&model, &blocked.join("copy.gguf"), 1));
        let names: Vec<_> = fs::read_dir(copy.parent().expect("a parent")).expect("read").collect();
        assert_eq!(names.len(), 1, "{names:?}");
    }
}
