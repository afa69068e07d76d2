//! Source texts that commands work on: files, or the standard input as `-`.

use std::io::Read;
use std::path::Path;

use crate::failure::{Failure, Outcome, Status};

/// The bytes of a source, and the name to show for it.
pub fn read(path: &Path) -> Outcome<(String, Vec<u8>)> {
    let name = if is_stdin(path) { "standard input".to_string() } else { path.display().to_string() };
    let bytes = if is_stdin(path) {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    match bytes {
        Ok(bytes) => Ok((name, bytes)),
        Err(error) => Err(Failure::file(Status::Failed, "read", path, &error)),
    }
}

/// Whether this names the standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Replaces a file's content by way of a new file beside it, so that a full disk or a crash loses nothing.
pub fn replace(path: &Path, content: &[u8]) -> Outcome {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    let written = std::fs::write(beside, content)
        .and_then(|()| std::fs::metadata(path))
        .and_then(|old| std::fs::set_permissions(beside, old.permissions()))
        .and_then(|()| std::fs::rename(beside, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(beside);
        Failure::file(Status::Failed, "write", path, &error)
    })
}
