//! Where the program keeps its few files: the personal image under the data directory, history under the state
//! directory, what can be made again under the cache directory (the XDG base directories).

use std::env;
use std::path::PathBuf;

/// `$XDG_DATA_HOME/batos`, where the personal image is.
pub fn data() -> Option<PathBuf> {
    home("XDG_DATA_HOME", ".local/share")
}

/// `$XDG_STATE_HOME/batos`, for the history of the REPL.
pub fn state() -> Option<PathBuf> {
    home("XDG_STATE_HOME", ".local/state")
}

/// `$XDG_CACHE_HOME/batos`, for what can be made again.
pub fn cache() -> Option<PathBuf> {
    home("XDG_CACHE_HOME", ".cache")
}

/// The specification says that relative paths in these variables are to be ignored.
fn home(variable: &str, fallback: &str) -> Option<PathBuf> {
    let base = match env::var_os(variable).map(PathBuf::from) {
        Some(path) if path.is_absolute() => path,
        _ => PathBuf::from(env::var_os("HOME").filter(|h| !h.is_empty())?).join(fallback),
    };
    Some(base.join("batos"))
}
