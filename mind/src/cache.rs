//! The cache directory: files that can be made again, so that none of them is ever missed. A new version of such a file has a new
//! name; who makes one puts the old ones away. A program that still has one mapped keeps what it mapped.

use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs};

/// Files of one sort that stay: what this program uses, and what an older or newer one beside it does.
const KEPT: usize = 3;

/// Folder for files that can be made again: `$XDG_CACHE_HOME/batos`, or `~/.cache/batos`; none without a home. A relative path in the
/// variable is ignored, as the XDG specification says.
pub fn folder() -> Option<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").map(PathBuf::from) {
        Some(path) if path.is_absolute() => path,
        _ => PathBuf::from(env::var_os("HOME").filter(|home| !home.is_empty())?).join(".cache"),
    };
    Some(base.join("batos"))
}

/// Removes all but the newest of the files beside this one whose names begin and end so; this one stays in any case.
pub fn put_old_away(file: &Path, begin: &str, end: &str) {
    let Some(Ok(beside)) = file.parent().map(fs::read_dir) else { return };
    let mut others: Vec<(SystemTime, PathBuf)> = beside
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let made = entry.metadata().ok().filter(fs::Metadata::is_file)?.modified().ok()?;
            (name.starts_with(begin) && name.ends_with(end)).then(|| (made, entry.path()))
        })
        .filter(|(_, path)| path != file)
        .collect();
    others.sort();
    others.truncate((others.len() + 1).saturating_sub(KEPT));
    for (_, path) in others {
        // Somebody else may have been quicker; what can't be removed does no harm.
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_newest_of_a_sort_stay() {
        let place = tempfile::tempdir().expect("a folder");
        let file = |name: &str, age: u64| {
            let path = place.path().join(name);
            let made = fs::File::create(&path).expect("made");
            made.set_modified(SystemTime::now() - Duration::from_secs(age)).expect("dated");
            path
        };
        let names = ["world-b.x", "world-c.x", "world-d.x"];
        for (age, name) in (1..).zip(names) {
            file(name, age * 100);
        }
        file("world-a.y", 900);
        file("other-a.x", 900);
        // The one in use stays however old it is.
        let mine = file("world-a.x", 5000);
        put_old_away(&mine, "world-", ".x");
        let mut left: Vec<String> = fs::read_dir(place.path())
            .expect("read")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        left.sort();
        assert_eq!(left, ["other-a.x", "world-a.x", "world-a.y", "world-b.x", "world-c.x"]);
    }
}
