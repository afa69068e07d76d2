//! Making the file small, copying it, and saving memory elsewhere.
//!
//! Compaction moves chunks down and cuts the file's end; every step is an ordinary checkpoint, so a crash leaves an
//! image that is as good as before. A copy is a new image with one snapshot, no log, and an identity of its own.

use super::checkpoint::{Wish, checkpoint};
use super::chunks::ChunkIndex;
use super::create::{self, Content};
use super::error::{CheckpointError, CommitError, CreateError, Damage, HistoryError};
use super::options::{CreateOptions, Geometry};
use super::state::write_failure;
use super::{Branch, FileStorage, Storage, Store, commit, create_file_error, file};
use crate::layout::IMAGE_START;
use crate::space::{Space, SpaceOptions};
use std::path::Path;
use std::sync::Arc;

/// What a compaction did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CompactReport {
    /// Bytes of the file before.
    pub before: u64,
    /// Bytes of the file after.
    pub after: u64,
    /// Bytes of those that are only kept for other programs, which read an older state. When these have ended, the next writer
    /// uses them again, or gives them back.
    pub held: u64,
}

impl Store {
    /// Forgets all history but the last `keep` commits (and what branches need), and makes the file as small as it goes while
    /// spaces and other processes hold chunks. The policy of retention stays as it is.
    pub fn compact(&mut self, keep: u64) -> Result<CompactReport, CheckpointError> {
        let shared = self.shared.clone();
        let size = shared.chunk_bytes();
        let before = u64::from(shared.state().allocator.total()) * size;
        // What is damaged is left as it is, for whoever tries to save more of it.
        self.refuse_damage()?;
        let policy = std::mem::replace(&mut shared.state().log.keep, keep);
        let result = self.compact_file();
        shared.state().log.keep = policy;
        result?;
        // The last catalog says again what the policy is.
        // Each new catalog takes the place of the one before the last, and one of the three is at the end.
        for _ in 0..3 {
            self.write_catalog(None)?;
            if self.cut()? {
                break;
            }
        }
        let mut state = shared.state();
        shared.recount(&mut state);
        let after = u64::from(state.allocator.total()) * size;
        Ok(CompactReport { before, after, held: u64::from(state.allocator.held_count()) * size })
    }

    fn refuse_damage(&self) -> Result<(), CheckpointError> {
        let report = self.verify().map_err(|error| match error {
            HistoryError::Io { offset, source } => CheckpointError::Io { offset, source },
            HistoryError::Damaged(damage) => CheckpointError::Damaged(damage),
            other => CheckpointError::Damaged(Damage::new(0, other.to_string())),
        })?;
        // A bad superblock is renewed by the next checkpoint.
        match report.damages.into_iter().find(|damage| !damage.what.contains("superblock")) {
            Some(damage) => Err(CheckpointError::Damaged(damage)),
            None => Ok(()),
        }
    }

    fn write_catalog(&self, move_from: Option<ChunkIndex>) -> Result<(), CheckpointError> {
        let wish = Wish { even_if_empty: true, exact_base: true, move_from, ..Wish::default() };
        checkpoint(&self.shared, wish).map(drop)
    }

    fn compact_file(&self) -> Result<(), CheckpointError> {
        // Chunks that wait for the log to come are only in the way.
        self.shared.state().log.prepared = None;
        // Twice: only what neither superblock reaches is free.
        self.write_catalog(None)?;
        self.write_catalog(None)?;
        // Each round may free a place that the next one uses; it ends when a round brings nothing.
        for _ in 0..8 {
            let log_moves = self.log_can_sink();
            if log_moves {
                commit::jump_low(&self.shared).map_err(jump_error)?;
            }
            let used = {
                let state = self.shared.state();
                state.allocator.total() - state.allocator.free_count()
            };
            self.write_catalog(Some(ChunkIndex(used)))?;
            self.write_catalog(None)?;
            if !self.cut()? && !log_moves {
                break;
            }
        }
        Ok(())
    }

    /// True if the log may go on at a lower place, and nothing in it is needed: what the history needs stays where it is, and
    /// a jump would only make it longer.
    fn log_can_sink(&self) -> bool {
        let mut state = self.shared.state();
        self.shared.recount(&mut state);
        let free = state.log.tail.is_empty() && state.catalog.snapshots[0].commit == state.log.commit;
        let lowest = ChunkIndex(state.allocator.lowest_run(self.shared.policy.extent_chunks));
        free && lowest < state.log.extent().run.first
    }

    /// Cuts free chunks off the end. False if there are none.
    fn cut(&self) -> Result<bool, CheckpointError> {
        let mut state = self.shared.state();
        self.shared.recount(&mut state);
        let count = state.allocator.free_tail();
        if count == 0 {
            return Ok(false);
        }
        let length = u64::from(state.allocator.total() - count) * self.shared.chunk_bytes();
        self.shared.storage.set_len(length).map_err(|error| write_failure(length, error))?;
        state.allocator.shrink(count);
        self.shared.sync().map_err(|source| CheckpointError::Sync { offset: length, source })?;
        Ok(true)
    }

    /// Copies the newest commit to a new file: compact, without history. This is also how an image is imported: open it
    /// for reading, and export it.
    pub fn export(&self, path: &Path) -> Result<(), CreateError> {
        let space = self.view()?;
        self.save_as(&space, path)
    }

    /// The same, to an empty storage.
    pub fn export_on(&self, storage: &dyn Storage) -> Result<(), CreateError> {
        let mut space = Space::reserve(SpaceOptions {
            range_bytes: IMAGE_START + (self.segment_count() + 1) * self.shared.chunk_bytes(),
            ..self.space_options()
        })
        .map_err(|error| CreateError::Source(error.into()))?;
        self.map(&mut space).map_err(|error| CreateError::Source(error.into()))?;
        self.save_on(&space, storage)
    }

    /// Writes what is in memory (committed or not) to a new image file: also when this one cannot be written any more.
    /// The file appears under its name only when it is complete; one that is there already is an error.
    pub fn save_as(&self, space: &Space, path: &Path) -> Result<(), CreateError> {
        let exists = || CreateError::Exists { path: path.display().to_string() };
        if path.exists() {
            return Err(exists());
        }
        let beside = &*file::name_while_made(path);
        file::clear_abandoned(path);
        let made = FileStorage::create(beside)
            .map_err(|error| create_file_error(beside, error))
            .and_then(|storage| self.save_on(space, &storage))
            .and_then(|()| {
                file::give_name(beside, path).map_err(|error| match error.kind() {
                    std::io::ErrorKind::AlreadyExists => exists(),
                    _ => create::write_error(0, error),
                })
            });
        let _ = std::fs::remove_file(beside);
        made
    }

    /// Like `save_as`, to an empty storage.
    pub fn save_on(&self, space: &Space, storage: &dyn Storage) -> Result<(), CreateError> {
        let size = space.segment_bytes();
        // A copy gets checksums of its own: nothing may go into it that does not have the right one here.
        space.check(0..space.image_bytes()).map_err(|error| CreateError::Source(error.into()))?;
        let (commit, branch) = {
            let state = self.shared.state();
            (state.log.commit, state.log.branches[state.log.current_branch].name.clone())
        };
        let options = CreateOptions {
            geometry: Geometry { chunk_shift: self.shared.identity.chunk_shift },
            keep: self.keep(),
            policy: self.shared.policy,
            ..CreateOptions::new(self.fingerprint())
        };
        let content = Content {
            commit,
            branches: vec![Branch { name: branch, commit }],
            current_branch: 0,
            segment_count: space.segment_count(),
            segment: &mut |index| Ok(space.image_slice(index * size..(index + 1) * size).map(<[u8]>::to_vec)),
        };
        create::write_image(storage, &options, content)
    }

    /// The newest commit in a space of its own.
    pub(crate) fn view(&self) -> Result<Space, CreateError> {
        let mut space = self.reserve().map_err(|error| CreateError::Source(error.into()))?;
        self.map(&mut space).map_err(|error| CreateError::Source(error.into()))?;
        Ok(space)
    }
}

fn jump_error(error: CommitError) -> CheckpointError {
    match error {
        CommitError::ReadOnly { reason } => CheckpointError::ReadOnly { reason },
        CommitError::NoSpace { offset } => CheckpointError::NoSpace { offset },
        CommitError::Sync { offset, source } => CheckpointError::Sync { offset, source },
        CommitError::Write { offset, source } => CheckpointError::Io { offset, source },
        other => CheckpointError::Io { offset: 0, source: std::io::Error::other(other.to_string()) },
    }
}

/// Copies an image file to another place without opening it for writing.
pub fn copy_image(from: &Path, to: &Path, fingerprint: u64) -> Result<(), CreateError> {
    let options = super::OpenOptions::read_only(fingerprint);
    let storage = FileStorage::open_read_only(from).map_err(|error| create_file_error(from, error))?;
    let store = Store::open_on(Arc::new(storage), &options)
        .map_err(|error| create::write_error(0, std::io::Error::other(error.to_string())))?;
    store.export(to)
}
