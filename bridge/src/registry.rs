//! Which doors are open on this machine, for their owner: a file for each program that opened some, locked as long as it runs.
//!
//! The directory and its files are their owner's alone, since keys stand in them. A file whose lock is free is left from a program that
//! was killed, and goes when somebody looks.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use batos_machine::doors::DoorInfo;
use rustix::fs::{FlockOperation, flock};
use serde_json::{Value, json};

/// A program's entry.
pub(crate) struct Registry {
    file: File,
    path: PathBuf,
}

/// Where entries are: in the directory for what lasts as long as a session of its owner.
fn directory() -> Option<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| dir.is_absolute());
    let base = runtime.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/state")))?;
    Some(base.join("batos/doors"))
}

impl Registry {
    /// An entry for this program. Without one doors work as well, only nobody finds them.
    pub(crate) fn new() -> Option<Registry> {
        let directory = directory()?;
        DirBuilder::new().recursive(true).mode(0o700).create(&directory).ok()?;
        let found = std::fs::metadata(&directory).ok()?;
        if found.uid() != rustix::process::geteuid().as_raw() || found.mode() & 0o077 != 0 {
            return None;
        }
        let path = directory.join(format!("{}.json", std::process::id()));
        let file = OpenOptions::new()
            .create(true)
            .truncate(true)
            .read(true)
            .write(true)
            .mode(0o600)
            .open(&path)
            .ok()?;
        flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
        Some(Registry { file, path })
    }

    /// The doors are these.
    pub(crate) fn tell(&mut self, image: &str, doors: &[DoorInfo]) {
        let doors: Vec<Value> = doors
            .iter()
            .map(|door| json!({ "address": door.address, "role": door.role.name(), "key": door.key }))
            .collect();
        let entry = json!({ "program": std::process::id(), "image": image, "doors": doors });
        // What can't be written is not found; nothing else hangs on it.
        let _ = self.file.set_len(0).and_then(|()| self.file.rewind());
        let _ = self.file.write_all(entry.to_string().as_bytes());
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// What programs that run now have told: maps of `program`, `image` and `doors`, each of those with `address`, `role` and `key`.
pub fn open_doors() -> Vec<Value> {
    let Some(entries) = directory().and_then(|directory| std::fs::read_dir(directory).ok()) else {
        return Vec::new();
    };
    let mut found: Vec<Value> = entries.filter_map(|entry| read(&entry.ok()?.path())).collect();
    found.sort_by_key(|entry| entry["program"].as_u64());
    found
}

fn read(path: &Path) -> Option<Value> {
    let mut file = File::open(path).ok()?;
    if flock(&file, FlockOperation::NonBlockingLockShared).is_ok() {
        // Nobody holds it any more.
        let _ = std::fs::remove_file(path);
        return None;
    }
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}
