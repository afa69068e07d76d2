//! A storage in a file, with the locks that keep writers apart and tell a writer about readers.
//!
//! A writer holds an exclusive `flock` on the file. A reader holds a shared lock (of the open file description) on
//! one byte far behind the end, where a writer can see whether anybody reads without taking part. The locks are
//! advisory: they bind programs that open images through here.

use super::error::Locked;
use super::storage::Storage;
use nix::fcntl::{FcntlArg, fcntl};
use nix::libc;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, IoSlice};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

/// The byte that readers lock.
const READER_BYTE: i64 = 1 << 62;

/// A storage in a file.
#[derive(Debug)]
pub struct FileStorage {
    file: File,
    path: PathBuf,
    writable: bool,
}

/// Why a file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Another process writes to it.
    #[error(transparent)]
    Locked(#[from] Locked),
    /// Any other reason.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl FileStorage {
    /// Makes a new file (an existing one is an error) and locks it for writing.
    pub fn create(path: &Path) -> Result<FileStorage, FileError> {
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
        let storage = FileStorage { file, path: path.to_path_buf(), writable: true };
        storage.lock_for_writing()?;
        sync_folder(path)?;
        Ok(storage)
    }

    /// Opens a file for writing: alone, or not at all.
    pub fn open(path: &Path) -> Result<FileStorage, FileError> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let storage = FileStorage { file, path: path.to_path_buf(), writable: true };
        storage.lock_for_writing()?;
        Ok(storage)
    }

    /// Opens a file for reading, beside at most one writer and any number of readers.
    pub fn open_read_only(path: &Path) -> Result<FileStorage, FileError> {
        let file = OpenOptions::new().read(true).open(path)?;
        let storage = FileStorage { file, path: path.to_path_buf(), writable: false };
        // Nobody ever locks this byte exclusively, so this does not wait.
        fcntl(&storage.file, FcntlArg::F_OFD_SETLK(&reader_lock(libc::F_RDLCK))).map_err(io::Error::from)?;
        Ok(storage)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn lock_for_writing(&self) -> Result<(), FileError> {
        match self.file.try_lock() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => {
                let path = self.path.display().to_string();
                Err(Locked { path, pid: self.lock_holder() }.into())
            }
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// The process that holds the writer's lock, from the system's list of locks.
    fn lock_holder(&self) -> Option<u32> {
        let inode = self.file.metadata().ok()?.ino();
        let locks = std::fs::read_to_string("/proc/locks").ok()?;
        locks.lines().find_map(|line| {
            // 1: FLOCK  ADVISORY  WRITE 1234 08:02:5678 0 EOF
            let mut fields = line.split_whitespace().skip(1);
            let (kind, _, mode) = (fields.next()?, fields.next()?, fields.next()?);
            let (pid, place) = (fields.next()?, fields.next()?);
            let same = place.rsplit(':').next()?.parse::<u64>().ok()? == inode;
            (kind == "FLOCK" && mode == "WRITE" && same).then(|| pid.parse().ok()).flatten()
        })
    }
}

/// The name of a new file is only durable when its folder is synced.
fn sync_folder(path: &Path) -> io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent)?.sync_all()
}

/// Gives a complete file a name that nobody has, durably. A file that has it is left alone: `AlreadyExists`.
pub(crate) fn give_name(file: &Path, name: &Path) -> io::Result<()> {
    match std::fs::hard_link(file, name) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // Not every file system has links.
            if name.exists() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            std::fs::rename(file, name)?;
        }
        linked => linked?,
    }
    sync_folder(name)
}

fn reader_lock(kind: libc::c_int) -> libc::flock {
    libc::flock {
        l_type: kind as i16,
        l_whence: libc::SEEK_SET as i16,
        l_start: READER_BYTE,
        l_len: 1,
        l_pid: 0,
    }
}

impl Storage for FileStorage {
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        self.file.read_at(into, offset)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_at(bytes, offset)
    }

    fn write_vectored_at(&self, offset: u64, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        Ok(rustix::io::pwritev(&self.file, slices, offset)?)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.file.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        Some(self.file.as_fd())
    }

    fn has_readers(&self) -> bool {
        if !self.writable {
            return false;
        }
        let mut lock = reader_lock(libc::F_WRLCK);
        match fcntl(&self.file, FcntlArg::F_OFD_GETLK(&mut lock)) {
            Ok(_) => lock.l_type != libc::F_UNLCK as i16,
            // Where such locks do not exist, chunks are not reused in a hurry.
            Err(_) => true,
        }
    }
}
