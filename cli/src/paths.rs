//! Where the program keeps its few files: the personal image under the data directory, history under the state
//! directory (the XDG base directories). The cache directory is the mind's too: `batos_mind::cache`.

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

/// The specification says that relative paths in these variables are to be ignored.
fn home(variable: &str, fallback: &str) -> Option<PathBuf> {
    let base = match env::var_os(variable).map(PathBuf::from) {
        Some(path) if path.is_absolute() => path,
        _ => PathBuf::from(env::var_os("HOME").filter(|h| !h.is_empty())?).join(fallback),
    };
    Some(base.join("batos"))
}
