//! Where a program that serves a world can be asked to hand it over: a Unix socket in the user's runtime directory, named after the
//! image file's own number, which renaming does not change.
//!
//! Invariant: only the same user can reach it. What is asked is a word; steps are answered as they are done.

use std::fs::{DirBuilder, Metadata};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use batos_mind::cache;

use super::channel::{Channel, Heard};

/// Time for whoever knocks to say what is wanted.
const PATIENCE: Duration = Duration::from_secs(2);

/// A socket that listens; the file goes with it, unless another program has put its own there.
pub struct Harbour {
    listener: UnixListener,
    path: PathBuf,
    is_mine: bool,
}

/// The socket for an image. `None` if there is no place for it.
fn place(image: &Path) -> Option<PathBuf> {
    let found: Metadata = std::fs::metadata(image).ok()?;
    let base = std::env::var_os("XDG_RUNTIME_DIR")
        .filter(|dir| !dir.is_empty())
        .map(|d| PathBuf::from(d).join("batos"));
    let dir = base.or_else(cache::folder)?.join("ships");
    Some(dir.join(format!("{:x}-{:x}", found.dev(), found.ino())))
}

impl Harbour {
    /// Listens for an image. Nothing if there is no place for the socket: then nobody can ask, and all else works.
    pub fn open(image: &Path) -> Option<Harbour> {
        let path = place(image)?;
        let dir = path.parent()?;
        DirBuilder::new().recursive(true).mode(0o700).create(dir).ok()?;
        let found = std::fs::metadata(dir).ok()?;
        if found.uid() != rustix::process::geteuid().as_raw() || found.permissions().mode() & 0o077 != 0 {
            return None;
        }
        // Whoever holds the image's lock is the one to be asked: an older socket is that of a program that has ended, or ends now.
        let beside = path.with_extension(std::process::id().to_string());
        let _ = std::fs::remove_file(&beside);
        let listener = UnixListener::bind(&beside).ok()?;
        listener.set_nonblocking(true).ok()?;
        std::fs::rename(&beside, &path).ok()?;
        Some(Harbour { listener, path, is_mine: true })
    }

    /// Readable when somebody knocks.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.listener.as_fd()
    }

    /// Who has knocked, and what is wanted.
    pub fn take(&self) -> Option<(Channel, Heard)> {
        let (stream, _) = self.listener.accept().ok()?;
        stream.set_nonblocking(false).ok()?;
        let mut channel = Channel::over(stream);
        let heard = channel.hear(Some(PATIENCE)).ok()?;
        Some((channel, heard))
    }

    /// Another program has its own socket there now.
    pub fn leave(mut self) {
        self.is_mine = false;
    }
}

impl Drop for Harbour {
    fn drop(&mut self) {
        if self.is_mine {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Reaches the program that serves an image.
pub fn reach(image: &Path) -> Option<Channel> {
    UnixStream::connect(place(image)?).ok().map(Channel::over)
}
