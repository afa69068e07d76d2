//! A storage in a file, with the locks that keep writers apart and tell a writer what readers need.
//!
//! A writer holds an exclusive `flock` on the file. Readers hold shared locks (of the open file description) on bytes
//! far behind the end, where a writer can see them without taking part:
//!
//! ```text
//! GATE             somebody is opening the image, and may need anything of it
//! CATALOGS + n     somebody needs all that the catalog at chunk n leads to
//! CHUNKS + n       somebody needs chunk n
//! ```
//!
//! The system gives a lock back when the last descriptor (and mapping) of the file that took it is gone, however its
//! process ended; so this table needs no file, no clean-up, and no trust in process numbers. A reader locks the gate, looks,
//! locks what it found, and unlocks the gate; a writer asks for the gate first. The locks are advisory: they bind programs that
//! open images through here. Programs before this table held the gate all the while.

use super::error::Locked;
use super::storage::{Pins, Storage};
use nix::fcntl::{FcntlArg, fcntl};
use nix::libc;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, IoSlice};
use std::ops::Range;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

const GATE: i64 = 1 << 62;
const CATALOGS: i64 = GATE + (1 << 33);
const CHUNKS: i64 = GATE + (1 << 34);
/// Chunks have 32-bit numbers.
const MOST: i64 = 1 << 32;

/// Device and number of a file.
type Identity = (u32, u32, u64);

/// The identity of what a path (from a folder, or empty) leads to. The times of the file are not asked for: some systems keep them
/// finer for whoever looked, and then every write has to write them as well, which costs a commit a sixth.
fn identity(from: impl AsFd, path: &Path) -> io::Result<Identity> {
    use rustix::fs::{AtFlags, StatxFlags, statx};
    let flags = if path.as_os_str().is_empty() { AtFlags::EMPTY_PATH } else { AtFlags::empty() };
    let found = loop {
        match statx(&from, path, flags, StatxFlags::INO) {
            Err(rustix::io::Errno::INTR) => {}
            result => break result?,
        }
    };
    Ok((found.stx_dev_major, found.stx_dev_minor, found.stx_ino))
}

/// A storage in a file.
#[derive(Debug)]
pub struct FileStorage {
    file: File,
    /// Device and number of the file, by which its name is known to lead to it still.
    identity: Option<Identity>,
    path: PathBuf,
    absolute: PathBuf,
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
        crate::guard::without_size_signal();
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
        let storage = FileStorage::of(file, path, true);
        storage.lock_for_writing()?;
        sync_folder(path)?;
        Ok(storage)
    }

    /// Opens a file for writing: alone, or not at all.
    pub fn open(path: &Path) -> Result<FileStorage, FileError> {
        crate::guard::without_size_signal();
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let storage = FileStorage::of(file, path, true);
        storage.lock_for_writing()?;
        Ok(storage)
    }

    /// Goes on with a file that another process has opened for writing, and with its lock: that is held as long as one of the two has it
    /// open.
    pub fn adopt(file: File, path: &Path) -> Result<FileStorage, FileError> {
        crate::guard::without_size_signal();
        let storage = FileStorage::of(file, path, true);
        storage.lock_for_writing()?;
        Ok(storage)
    }

    /// Opens a file for reading, beside at most one writer and any number of readers.
    pub fn open_read_only(path: &Path) -> Result<FileStorage, FileError> {
        let file = OpenOptions::new().read(true).open(path)?;
        Ok(FileStorage::of(file, path, false))
    }

    fn of(file: File, path: &Path, writable: bool) -> FileStorage {
        // Whoever goes to another folder still means the file that was opened.
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let identity = identity(&file, Path::new("")).ok();
        FileStorage { file, identity, absolute, path: path.to_path_buf(), writable }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Locks or unlocks bytes that nobody ever locks exclusively, so this does not wait.
    fn set_lock(&self, kind: libc::c_int, start: i64, length: i64) -> io::Result<()> {
        fcntl(&self.file, FcntlArg::F_OFD_SETLK(&lock(kind, start, length)))
            .map(drop)
            .map_err(io::Error::from)
    }

    /// What others have locked of `MOST` bytes from `base` on, counted from there.
    fn locked_by_others(&self, base: i64) -> io::Result<Vec<Range<u32>>> {
        let mut found = Vec::new();
        let mut open = Vec::from([(0, MOST)]);
        while let Some((from, to)) = open.pop() {
            let mut asked = lock(libc::F_WRLCK, base + from, to - from);
            fcntl(&self.file, FcntlArg::F_OFD_GETLK(&mut asked)).map_err(io::Error::from)?;
            if asked.l_type == libc::F_UNLCK as i16 {
                continue;
            }
            // The answer is some lock that is in the way; what lies before and behind it is still to be asked for.
            let start = (asked.l_start - base).clamp(from, to);
            let end = if asked.l_len == 0 { to } else { (start + asked.l_len).min(to) };
            let number = |at: i64| u32::try_from(at).unwrap_or(u32::MAX);
            found.push(number(start)..number(end));
            open.extend([(from, start), (end.max(start), to)].into_iter().filter(|(from, to)| from < to));
        }
        Ok(found)
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

/// The name under which a file is made before it gets its own.
pub fn name_while_made(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".new-{}", std::process::id()));
    PathBuf::from(beside)
}

/// Removes what processes that were killed while they made `path` have left beside it.
pub fn clear_abandoned(path: &Path) {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return };
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let beside = entry.file_name();
        let process = beside.to_str().and_then(|text| text.strip_prefix(name)?.strip_prefix(".new-"));
        let Some(process) = process.and_then(|text| text.parse::<u32>().ok()) else { continue };
        // Where there is no list of processes, nobody is taken for dead.
        let dead = Path::new("/proc/self").exists() && !Path::new(&format!("/proc/{process}")).exists();
        if dead && process != std::process::id() {
            let _ = std::fs::remove_file(entry.path());
        }
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

fn lock(kind: libc::c_int, start: i64, length: i64) -> libc::flock {
    libc::flock {
        l_type: kind as i16,
        l_whence: libc::SEEK_SET as i16,
        l_start: start,
        l_len: length,
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

    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn lost_name(&self) -> Option<String> {
        let named = match identity(rustix::fs::CWD, &self.absolute) {
            Ok(named) => named,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Some("no file has its name any more".to_string());
            }
            Err(error) => return Some(format!("its name leads nowhere ({error})")),
        };
        let same = self.identity == Some(named);
        (!same).then(|| "another file has its name now".to_string())
    }

    fn pins(&self) -> Pins {
        if !self.writable {
            return Pins::default();
        }
        let ask = || -> io::Result<Pins> {
            let mut gate = lock(libc::F_WRLCK, GATE, 1);
            fcntl(&self.file, FcntlArg::F_OFD_GETLK(&mut gate)).map_err(io::Error::from)?;
            let unknown = gate.l_type != libc::F_UNLCK as i16;
            let catalogs = self.locked_by_others(CATALOGS)?.into_iter().flatten().collect();
            Ok(Pins { unknown, catalogs, runs: self.locked_by_others(CHUNKS)? })
        };
        // Where such locks do not exist, chunks are never reused.
        ask().unwrap_or(Pins { unknown: true, ..Pins::default() })
    }

    fn announce(&self) -> io::Result<()> {
        self.set_lock(libc::F_RDLCK, GATE, 1)
    }

    fn pin(&self, catalog: u32, runs: &[Range<u32>]) -> io::Result<()> {
        self.set_lock(libc::F_RDLCK, CATALOGS + i64::from(catalog), 1)?;
        for run in runs.iter().filter(|run| !run.is_empty()) {
            self.set_lock(libc::F_RDLCK, CHUNKS + i64::from(run.start), i64::from(run.end - run.start))?;
        }
        self.set_lock(libc::F_UNLCK, GATE, 1)
    }
}
