//! What can go wrong, one enum for each operation. Every message names the place in the file.

use crate::space::SpaceError;
use crate::store::CommitId;
use std::io;

/// What exactly is wrong with the bytes at some place of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} at offset {offset} (page {})", offset / 4096)]
pub struct Damage {
    /// Offset in the file.
    pub offset: u64,
    /// The defect in words.
    pub what: String,
}

impl Damage {
    pub(crate) fn new(offset: u64, what: impl Into<String>) -> Damage {
        Damage { offset, what: what.into() }
    }
}

/// Why an image could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// There is a file already.
    #[error("{path} exists already")]
    Exists {
        /// Its path.
        path: String,
    },
    /// The sizes in the options are impossible.
    #[error("not a possible geometry: {0}")]
    Geometry(&'static str),
    /// The image is in use.
    #[error(transparent)]
    Locked(#[from] Locked),
    /// The disk is full.
    #[error("no space left while writing at offset {offset}")]
    NoSpace {
        /// Offset in the new file.
        offset: u64,
    },
    /// A read, write or sync failed.
    #[error("cannot write the image at offset {offset}: {source}")]
    Io {
        /// Offset in the new file.
        offset: u64,
        /// What the storage said.
        source: io::Error,
    },
    /// What is to be copied could not be read.
    #[error(transparent)]
    Source(#[from] HistoryError),
}

/// Another process has the image open for writing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the image {path} is open for writing in {}", holder(.pid))]
pub struct Locked {
    /// The image.
    pub path: String,
    /// The writer, where the system tells.
    pub pid: Option<u32>,
}

fn holder(pid: &Option<u32>) -> String {
    match pid {
        Some(pid) => format!("process {pid}"),
        None => "another process".to_string(),
    }
}

/// Why an image could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No file, no permission…
    #[error("cannot open {path}: {source}")]
    File {
        /// The image.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The image is in use.
    #[error(transparent)]
    Locked(#[from] Locked),
    /// The file is not an image.
    #[error("this is not an image: it has no superblock at offset 0 or 4096")]
    NotAnImage,
    /// Written by another version of the program.
    #[error("the image has format version {found}, and this program knows only version {known}")]
    Version {
        /// In the file.
        found: u32,
        /// In this program.
        known: u32,
    },
    /// The objects in the file are laid out differently.
    #[error("the image has the object layout {found:016x}, and this program has {known:016x}")]
    Layout {
        /// In the file.
        found: u64,
        /// In this program.
        known: u64,
    },
    /// No superblock, or no catalog, is intact.
    #[error("the image is damaged: {damage}; `batos image recover` may save what is left")]
    Damaged {
        /// What is wrong.
        damage: Damage,
    },
    /// A packet of the log is bad although a later one is good: this is no torn tail.
    #[error(
        "the log is damaged: {damage}, but a later packet (number {later}) is intact at offset {later_offset}; \
         `batos image recover` keeps what precedes the damage"
    )]
    Corrupt {
        /// The bad packet.
        damage: Damage,
        /// Sequence number of the good one.
        later: u64,
        /// Where it is.
        later_offset: u64,
    },
    /// A read failed.
    #[error("cannot read the image at offset {offset}: {source}")]
    Io {
        /// Offset in the file.
        offset: u64,
        /// What the storage said.
        source: io::Error,
    },
    /// The image could not be mapped.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// The commit asked for is not in the history.
    #[error(transparent)]
    History(#[from] Box<HistoryError>),
}

/// Why a commit was not made. Memory is untouched and usable; nothing was acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The image was opened for reading, or a sync failed earlier.
    #[error("the image is read-only: {reason}")]
    ReadOnly {
        /// Why.
        reason: String,
    },
    /// The disk is full. A later commit succeeds when there is space again.
    #[error("no space left while writing the log at offset {offset}")]
    NoSpace {
        /// Offset in the file.
        offset: u64,
    },
    /// A write failed. A later commit tries again.
    #[error("cannot write the log at offset {offset}: {source}")]
    Write {
        /// Offset in the file.
        offset: u64,
        /// What the storage said.
        source: io::Error,
    },
    /// The sync failed: nobody knows what is on the disk. The image is read-only from now on; save it elsewhere.
    #[error(
        "cannot sync the log at offset {offset}: {source}; the image is read-only now, save it elsewhere"
    )]
    Sync {
        /// Offset in the file.
        offset: u64,
        /// What the storage said.
        source: io::Error,
    },
    /// The file that was opened is no longer found under its name: what is written there nobody would see again.
    #[error("{path} is no longer the image that was opened: {reason}")]
    Moved {
        /// The name it was opened by.
        path: String,
        /// What became of the name.
        reason: String,
    },
    /// A run of cards lies outside the image.
    #[error("cards {first} to {end} are outside the image of {cards} cards")]
    OutOfRange {
        /// First card.
        first: u64,
        /// One past the last.
        end: u64,
        /// Cards in the image.
        cards: u64,
    },
    /// An author, message or branch name is too long, or the commit too large.
    #[error("the commit is too large: {0}")]
    TooLarge(&'static str),
    /// The history needed to make this commit could not be read.
    #[error(transparent)]
    History(#[from] Box<HistoryError>),
}

/// Why a checkpoint was given up. The image is as before, with a longer log.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The image was opened for reading, or a sync failed earlier.
    #[error("the image is read-only: {reason}")]
    ReadOnly {
        /// Why.
        reason: String,
    },
    /// The disk is full.
    #[error("no space left while writing a checkpoint at offset {offset}")]
    NoSpace {
        /// Offset in the file.
        offset: u64,
    },
    /// A read or write failed.
    #[error("cannot write a checkpoint at offset {offset}: {source}")]
    Io {
        /// Offset in the file.
        offset: u64,
        /// What the storage said.
        source: io::Error,
    },
    /// A sync failed. The image is read-only from now on; save it elsewhere.
    #[error(
        "cannot sync a checkpoint at offset {offset}: {source}; the image is read-only now, save it elsewhere"
    )]
    Sync {
        /// Offset in the file.
        offset: u64,
        /// What the storage said.
        source: io::Error,
    },
    /// What is to be folded together is not what was written.
    #[error("the checkpoint found the image damaged: {0}")]
    Damaged(Damage),
}

/// Why something of the past could not be read.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The commit is not (or no longer) kept.
    #[error("{wanted} is not in the history, which goes from {oldest} to {newest}")]
    NotKept {
        /// The commit asked for.
        wanted: CommitId,
        /// First one that can be opened.
        oldest: CommitId,
        /// Newest one.
        newest: CommitId,
    },
    /// No branch of this name.
    #[error("there is no branch named {0}")]
    NoBranch(String),
    /// The current branch cannot be removed.
    #[error("{0} is the current branch; switch to another one first")]
    CurrentBranch(String),
    /// The log or a chunk is not what was written.
    #[error("the image is damaged: {0}")]
    Damaged(Damage),
    /// A read failed.
    #[error("cannot read the history at offset {offset}: {source}")]
    Io {
        /// Offset in the file.
        offset: u64,
        /// What the storage said.
        source: io::Error,
    },
    /// Mapping failed.
    #[error(transparent)]
    Space(#[from] SpaceError),
}

/// Why an explicit recovery failed. The file is as before.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// It could not even be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Nothing to start from.
    #[error("no part of an image is left in it ({chunks} chunks were searched)")]
    NothingLeft {
        /// Chunks that were searched.
        chunks: u32,
    },
    /// The result could not be written.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

/// True for a full disk or an exceeded quota.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}
