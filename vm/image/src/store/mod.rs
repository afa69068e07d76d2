//! The durable store: one file that is the image, its log, its checkpoints and its history.
//!
//! A `Store` knows logical segments and the bytes in them; of objects it knows nothing. Memory is a `Space`, which
//! the store fills (`map`) and reads (`commit`), and never keeps.
//!
//! Invariants: what `commit` acknowledged survives every crash; nothing reachable is overwritten; after a failed sync
//! nothing is written any more; a damaged image is refused, never half accepted. There is no `unsafe` here.
#![forbid(unsafe_code)]

mod background;
mod base;
mod catalog;
mod checkpoint;
pub mod chunks;
mod commit;
mod compact;
mod create;
pub mod error;
pub mod failing;
mod file;
pub mod format;
mod history;
mod log;
mod memory;
mod open;
mod options;
mod packet;
mod readers;
pub mod recording;
mod recovery;
mod reseal;
mod state;
pub mod storage;
mod verify;

pub use catalog::Branch;
pub use compact::{CompactReport, copy_image};
pub use error::{
    CheckpointError, CommitError, CreateError, Damage, HistoryError, Locked, OpenError, RecoveryError,
};
pub use file::{FileError, FileStorage, clear_abandoned, name_while_made};
pub use format::version as format_version;
pub use history::CommitEntry;
pub use memory::MemoryStorage;
pub use open::OpenReport;
pub use options::{CreateOptions, DEFAULT_KEEP, Geometry, LogPolicy, OpenMode, OpenOptions};
pub use packet::CardRun;
pub use recovery::RecoveryReport;
pub use reseal::reseal;
pub use storage::{Pins, Storage};
pub use verify::VerifyReport;

use crate::layout::{CARD_BYTES, CARD_DIVERGED, CARD_UNSAVED};
use crate::space::{Origin, Space, SpaceError, SpaceOptions};
use background::{Background, Request};
use catalog::Segment;
use chunks::ChunkMap;
use commit::Change;
use packet::Packet;
use state::{Shared, State};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;
use storage::read_exact_at;

/// The number of a commit: 1 is the first, 0 the empty image before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CommitId(pub u64);

impl std::fmt::Display for CommitId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "commit {}", self.0)
    }
}

/// What the maker of a commit says about it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CommitInfo {
    /// Milliseconds since 1970 UTC.
    pub time: i64,
    /// Who.
    pub author: String,
    /// Why.
    pub message: String,
}

impl CommitInfo {
    /// With the present time.
    pub fn now(author: &str, message: &str) -> CommitInfo {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let time = since.map_or(0, |since| since.as_millis() as i64);
        CommitInfo { time, author: author.to_string(), message: message.to_string() }
    }
}

/// How a store is doing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Health {
    /// Why nothing can be written, if so.
    pub read_only: Option<String>,
    /// Why the last checkpoint failed, if it did.
    pub checkpoint_failure: Option<String>,
    /// Bytes of the log's tail.
    pub tail_bytes: u64,
    /// Number of the newest checkpoint.
    pub epoch: u64,
    /// Bytes of the file, and of those the free ones.
    pub file_bytes: u64,
    /// See `file_bytes`.
    pub free_bytes: u64,
    /// Bytes that would be free if other programs were not reading older states.
    pub held_bytes: u64,
}

/// An open image. See the module's description.
#[derive(Debug)]
pub struct Store {
    shared: Arc<Shared>,
    report: OpenReport,
    background: Option<Background>,
}

impl Store {
    /// Makes an image in a new file and opens it for writing.
    pub fn create(path: &Path, options: &CreateOptions) -> Result<Store, CreateError> {
        let storage = FileStorage::create(path).map_err(|error| create_file_error(path, error))?;
        // What is not complete is no image, and would only be in the way of another attempt.
        Store::create_on(Arc::new(storage), options).inspect_err(|_| drop(std::fs::remove_file(path)))
    }

    /// Makes an image in an empty storage and opens it for writing.
    pub fn create_on(storage: Arc<dyn Storage>, options: &CreateOptions) -> Result<Store, CreateError> {
        let content = create::Content {
            commit: 0,
            branches: create::empty_branches(),
            current_branch: 0,
            segment_count: 0,
            segment: &mut |_| Ok(None),
        };
        create::write_image(&*storage, options, content)?;
        let open =
            OpenOptions { fingerprint: options.fingerprint, mode: OpenMode::Write, policy: options.policy };
        Store::open_on(storage, &open).map_err(|error| {
            create::write_error(0, std::io::Error::other(format!("the new image does not open: {error}")))
        })
    }

    /// Opens an image file.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Store, OpenError> {
        let storage = match options.mode {
            OpenMode::Write => FileStorage::open(path),
            OpenMode::ReadOnly => FileStorage::open_read_only(path),
        };
        let storage = storage.map_err(|error| match error {
            FileError::Locked(locked) => OpenError::Locked(locked),
            FileError::Io(source) => OpenError::File { path: path.display().to_string(), source },
        })?;
        Store::open_on(Arc::new(storage), options)
    }

    /// Opens the image in a storage.
    pub fn open_on(storage: Arc<dyn Storage>, options: &OpenOptions) -> Result<Store, OpenError> {
        let mut store = Store::open_resting(storage, options)?;
        store.wake();
        Ok(store)
    }

    /// The same, but nothing is written in the background before `wake`.
    pub fn open_resting(storage: Arc<dyn Storage>, options: &OpenOptions) -> Result<Store, OpenError> {
        let (shared, report) = open::load(storage, options)?;
        Ok(Store { shared: Arc::new(shared), report, background: None })
    }

    /// Finishes what is written in the background, and begins nothing more until `wake`: another process may be about to go on with
    /// the file.
    pub fn rest(&mut self) {
        self.background = None;
    }

    /// From now on checkpoints are made in the background, if this is a writer that wants that.
    pub fn wake(&mut self) {
        if self.background.is_some() || !self.shared.policy.background || self.is_read_only() {
            return;
        }
        self.background = Background::start(&self.shared);
        if let Some(background) = &self.background {
            background.request(Request::Trim);
        }
    }

    /// Has a checkpoint made in the background: what it writes is of this program's format.
    pub fn renew(&self) {
        if let Some(background) = &self.background {
            background.request(Request::Checkpoint);
        }
    }

    /// The file, if there is one, to be handed to another process.
    pub fn file(&self) -> Option<std::io::Result<OwnedFd>> {
        Some(self.shared.storage.descriptor()?.try_clone_to_owned())
    }

    /// What was noticed while opening.
    pub fn report(&self) -> &OpenReport {
        &self.report
    }

    /// Options for a space that fits this image.
    pub fn space_options(&self) -> SpaceOptions {
        SpaceOptions { segment_bytes: self.shared.chunk_bytes(), ..SpaceOptions::default() }
    }

    /// A space that has room for this image.
    pub fn reserve(&self) -> Result<Space, SpaceError> {
        let some = (64 << 20) / self.shared.chunk_bytes();
        Space::reserve_for(self.space_options(), self.segment_count() + some)
    }

    /// Fingerprint of the object layout.
    pub fn fingerprint(&self) -> u64 {
        self.shared.identity.fingerprint
    }

    /// True if it was opened for reading, or a sync failed.
    pub fn is_read_only(&self) -> bool {
        self.shared.read_only_reason().is_some()
    }

    /// How it is doing.
    pub fn health(&self) -> Health {
        let state = self.shared.state();
        let size = self.shared.chunk_bytes();
        Health {
            read_only: self.shared.read_only_reason(),
            checkpoint_failure: state.checkpoint_failure.clone(),
            tail_bytes: state.log.tail_bytes,
            epoch: state.catalog.epoch,
            file_bytes: u64::from(state.allocator.total()) * size,
            free_bytes: u64::from(state.allocator.free_count()) * size,
            held_bytes: u64::from(state.allocator.held_count()) * size,
        }
    }

    /// Segments of the image as last committed.
    pub fn segment_count(&self) -> u64 {
        self.shared.state().log.segment_count
    }

    /// The newest commit.
    pub fn head(&self) -> CommitId {
        CommitId(self.shared.state().log.commit)
    }

    /// Maps the newest commit into an empty space. The cards that come from the log are marked as diverged.
    pub fn map(&self, space: &mut Space) -> Result<(), SpaceError> {
        let mut state = self.shared.state();
        let origin = self.origin(&mut state);
        let tail = state.log.tail.clone();
        let segments = state.log.segment_count;
        // The log's extents are reused only by a checkpoint, which needs the state that is held here.
        self.fill(space, origin, &tail, segments)
    }

    /// Makes segments accessible in a space until there are `segments`. Durable with the next commit from the space.
    pub fn grow(&self, space: &mut Space, segments: u64) -> Result<(), SpaceError> {
        space.grow(segments)
    }

    /// Writes the given cards of `space` as a new commit: one vectored write, one sync. The caller is at a safepoint
    /// and clears `CARD_UNSAVED` afterwards. On an error memory is as it was.
    pub fn commit(
        &self,
        space: &Space,
        dirty: &[CardRun],
        info: &CommitInfo,
    ) -> Result<CommitId, CommitError> {
        self.commit_change(space, dirty, info, None, None)
    }

    fn commit_change(
        &self,
        space: &Space,
        dirty: &[CardRun],
        info: &CommitInfo,
        parent: Option<u64>,
        branch: Option<String>,
    ) -> Result<CommitId, CommitError> {
        let cards = space.image_bytes() / CARD_BYTES;
        let slices = dirty.iter().map(|run| {
            let range = run.cards();
            space.image_slice(run.bytes()).ok_or(CommitError::OutOfRange {
                first: range.start,
                end: range.end,
                cards,
            })
        });
        let change = Change {
            runs: dirty.to_vec(),
            cards: slices.collect::<Result<_, _>>()?,
            segment_count: space.segment_count(),
            info,
            parent,
            branch,
        };
        let (commit, due) = commit::commit(&self.shared, change)?;
        self.after_append(due);
        Ok(commit)
    }

    /// Commits every card that is marked as unsaved, and clears the marks.
    pub fn commit_unsaved(&self, space: &mut Space, info: &CommitInfo) -> Result<CommitId, CommitError> {
        let unsaved = space.card_runs(CARD_UNSAVED);
        let commit = self.commit(space, &CardRun::of_ranges(unsaved.iter().cloned()), info)?;
        space.clear_card_bits(CARD_UNSAVED, &unsaved);
        Ok(commit)
    }

    fn after_append(&self, checkpoint_due: bool) {
        let Some(background) = &self.background else { return };
        if checkpoint_due && !background.request(Request::Checkpoint) {
            // The thread is gone: nobody may wait for it.
            self.shared.state().checkpoint_pending = false;
        }
        if commit::wants_extent(&self.shared) {
            background.request(Request::PrepareExtent);
        }
    }

    /// Makes a checkpoint now, and waits for it. False if there was nothing to do.
    pub fn checkpoint(&self) -> Result<bool, CheckpointError> {
        checkpoint::checkpoint(&self.shared, checkpoint::Wish::default())
    }

    /// A second, private space with the same bytes, uncommitted changes included, that may grow to `limit` bytes of
    /// image. Its young space is empty. It has no way to write to the file.
    pub fn fork(&self, space: &Space, limit: Option<u64>) -> Result<Space, SpaceError> {
        space.fork(limit)
    }

    /// Lets `space` use the chunks of the newest checkpoint instead of older ones, so that the old ones can be
    /// reused and forks have little to copy. Bytes in memory do not change. To be called at a safepoint.
    pub fn refresh(&self, space: &mut Space) -> Result<(), SpaceError> {
        let mut state = self.shared.state();
        let origin = self.origin(&mut state);
        let mut keep = checkpoint::cards_of(state.log.tail.iter().map(|packet| &**packet));
        keep.extend(space.card_runs(CARD_UNSAVED));
        space.remap_origin(origin, &checkpoint::merge(keep))
    }

    fn origin(&self, state: &mut State) -> Origin {
        let segments = state.catalog.current().segments.clone();
        self.origin_of(state, &segments)
    }

    fn origin_of(&self, state: &mut State, segments: &[Segment]) -> Origin {
        let map = ChunkMap::of(segments, &self.shared.identity, &self.shared.name, &state.written);
        Origin { storage: self.shared.storage.clone(), chunks: state.allocator.hold(map) }
    }

    /// Maps the newest commit without checking what the file holds, for who checks everything himself.
    pub(crate) fn map_unchecked(&self, space: &mut Space) -> Result<(), SpaceError> {
        let mut state = self.shared.state();
        let map = ChunkMap::unchecked(&state.catalog.current().segments, &self.shared.identity);
        let origin = Origin { storage: self.shared.storage.clone(), chunks: state.allocator.hold(map) };
        let tail = state.log.tail.clone();
        let segments = state.log.segment_count;
        self.fill(space, origin, &tail, segments)
    }

    fn fill(
        &self,
        space: &mut Space,
        origin: Origin,
        tail: &[Arc<Packet>],
        segments: u64,
    ) -> Result<(), SpaceError> {
        if space.segment_bytes() != self.shared.chunk_bytes() {
            return Err(SpaceError::InUse);
        }
        space.map_origin(origin)?;
        space.grow(segments)?;
        let mut buffer = Vec::new();
        for (run, place) in tail.iter().flat_map(|packet| packet.placed_runs()) {
            let bytes = run.bytes();
            let mut at = bytes.start;
            while at < bytes.end {
                let count = (bytes.end - at).min(1 << 20);
                buffer.resize(count as usize, 0);
                let offset = place + at - bytes.start;
                let failed =
                    |source| SpaceError::Read { segment: at / self.shared.chunk_bytes(), offset, source };
                read_exact_at(&*self.shared.storage, offset, &mut buffer).map_err(failed)?;
                if !space.write_image(at, &buffer, CARD_DIVERGED) {
                    return Err(failed(std::io::Error::other("a card outside of the image")));
                }
                at += count;
            }
        }
        Ok(())
    }
}

fn create_file_error(path: &Path, error: FileError) -> CreateError {
    match error {
        FileError::Locked(locked) => CreateError::Locked(locked),
        FileError::Io(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            CreateError::Exists { path: path.display().to_string() }
        }
        FileError::Io(source) => create::write_error(0, source),
    }
}
