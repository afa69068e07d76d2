//! What a store knows while it is open, and the few acts on it that everything else is made of.
//!
//! Locks are taken in this order: `checkpointing`, `state`, `sync`, `fault`. `state` is held during a commit's
//! write and sync, and by a checkpoint only for moments. `sync` makes syncs one by one: the system reports a failed
//! write once, so whoever sees it must be able to tell all others before they believe their own sync.

use super::catalog::{Branch, Catalog, Extent, Identity};
use super::chunks::{Allocator, ChunkIndex, ChunkRun};
use super::error::CheckpointError;
use super::format::{self, BranchAct, Fixed, PAGE_BYTES, Superblock};
use super::options::{LogPolicy, OpenMode};
use super::packet::Packet;
use super::storage::{Storage, write_all_at};
use std::collections::HashSet;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Shared between the callers of a store and its background thread.
#[derive(Debug)]
pub(crate) struct Shared {
    pub storage: Arc<dyn Storage>,
    pub identity: Identity,
    pub mode: OpenMode,
    pub policy: LogPolicy,
    /// What to call the image in messages.
    pub name: Arc<str>,
    state: Mutex<State>,
    /// Signalled when a checkpoint ends, well or not.
    pub checkpoint_ended: Condvar,
    /// One checkpoint at a time.
    checkpointing: Mutex<()>,
    sync: Mutex<()>,
    /// Why the image is read-only, if a sync failed.
    fault: Mutex<Option<String>>,
}

/// See `Shared`.
#[derive(Debug)]
pub(crate) struct State {
    /// The newest durable catalog.
    pub catalog: Arc<Catalog>,
    /// The page (0 or 1) of its superblock.
    pub slot: u64,
    /// Highest epoch ever seen.
    pub epoch: u64,
    /// What the catalog of the other superblock needs.
    pub previous_reach: Vec<ChunkIndex>,
    pub allocator: Allocator,
    pub log: Log,
    /// A checkpoint was asked for and has not ended.
    pub checkpoint_pending: bool,
    /// How the last checkpoint failed, if it did.
    pub checkpoint_failure: Option<String>,
    /// After a failure: bytes of tail at which the next attempt is made.
    pub retry_at: u64,
    /// Chunks of a checkpoint whose superblock could not be written, but may be on the disk all the same.
    pub abandoned: Vec<ChunkIndex>,
    /// Chunks that checkpoints of this process wrote: their bytes are known.
    pub written: HashSet<ChunkIndex>,
}

/// The end of the log.
#[derive(Debug)]
pub(crate) struct Log {
    /// All extents that are still needed, in order; the last is being written.
    pub extents: Vec<Extent>,
    /// File offset of the next packet.
    pub offset: u64,
    pub next_sequence: u64,
    /// Checksum of the last packet.
    pub previous: [u8; 16],
    /// Packets that the newest durable catalog does not contain.
    pub tail: Vec<Arc<Packet>>,
    pub tail_bytes: u64,
    pub commit: u64,
    pub segment_count: u64,
    pub branches: Vec<Branch>,
    pub current_branch: usize,
    pub keep: u64,
    /// Chunks for the next extent, zeroed and synced.
    pub prepared: Option<ChunkRun>,
    /// False until what an earlier process left (perhaps never synced) has been written and synced again.
    pub settled: bool,
    /// Something incomplete stands at `offset`. It must go before the next packet comes: parts of both could make
    /// up the old one, which nobody was told to be there.
    pub torn: bool,
}

impl Log {
    /// The extent that is being written.
    pub fn extent(&self) -> Extent {
        // There is one from creation on, and pruning keeps the last.
        self.extents[self.extents.len() - 1]
    }

    /// Takes note of a packet that is in the log now.
    pub fn advance(&mut self, packet: Packet, chunk_bytes: u64) {
        use super::packet::Body;
        self.next_sequence = packet.sequence + 1;
        self.previous = packet.checksum;
        self.commit = packet.commit;
        self.segment_count = packet.segment_count;
        self.offset = packet.offset + packet.padded();
        self.tail_bytes += packet.padded();
        match &packet.body {
            Body::Jump(extent) => {
                self.extents.push(*extent);
                self.offset = extent.start(chunk_bytes);
            }
            Body::Commit(record) => self.set_branch(&record.branch, record.commit, true),
            Body::Branch { branch, act: BranchAct::Set } => {
                self.set_branch(&branch.name, branch.commit, false);
            }
            Body::Branch { branch, act: BranchAct::Remove } => self.remove_branch(&branch.name),
        }
        self.tail.push(Arc::new(packet));
    }

    fn remove_branch(&mut self, name: &str) {
        let current = self.branches[self.current_branch].name.clone();
        if name != current {
            self.branches.retain(|branch| branch.name != name);
            self.current_branch =
                self.branches.iter().position(|branch| branch.name == current).unwrap_or_default();
        }
    }

    fn set_branch(&mut self, name: &str, commit: u64, current: bool) {
        let at = match self.branches.iter().position(|branch| branch.name == name) {
            Some(at) => {
                self.branches[at].commit = commit;
                at
            }
            None => {
                self.branches.push(Branch { name: name.to_string(), commit });
                self.branches.len() - 1
            }
        };
        if current {
            self.current_branch = at;
        }
    }
}

fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // State is changed only after the I/O that it describes succeeded, in steps that do not panic; a panic
    // elsewhere in a holder leaves it as it was.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub fn new(
        storage: Arc<dyn Storage>,
        identity: Identity,
        mode: OpenMode,
        policy: LogPolicy,
        state: State,
    ) -> Shared {
        Shared {
            name: storage.name().into(),
            storage,
            identity,
            mode,
            policy,
            state: Mutex::new(state),
            checkpoint_ended: Condvar::new(),
            checkpointing: Mutex::new(()),
            sync: Mutex::new(()),
            fault: Mutex::new(None),
        }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        guard(&self.state)
    }

    pub fn checkpointing(&self) -> MutexGuard<'_, ()> {
        guard(&self.checkpointing)
    }

    pub fn chunk_bytes(&self) -> u64 {
        self.identity.chunk_bytes()
    }

    /// Waits for the end of a checkpoint.
    pub fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.checkpoint_ended.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Why the image cannot be written, if so.
    pub fn read_only_reason(&self) -> Option<String> {
        if self.mode == OpenMode::ReadOnly {
            return Some("it was opened for reading".to_string());
        }
        guard(&self.fault).clone()
    }

    /// Syncs. A failure makes the image read-only for good: after it nobody knows what is on the disk, and a
    /// second sync would claim success.
    pub fn sync(&self) -> io::Result<()> {
        let _one_by_one = guard(&self.sync);
        if let Some(reason) = guard(&self.fault).as_ref() {
            return Err(io::Error::other(reason.clone()));
        }
        self.storage.sync_data().inspect_err(|error| {
            *guard(&self.fault) = Some(format!("a sync failed ({error})"));
        })
    }

    /// Takes chunks, growing the file where needed.
    pub fn take_run(&self, state: &mut State, count: u32) -> Result<ChunkRun, CheckpointError> {
        let before = state.allocator.total();
        let offset = u64::from(before) * self.chunk_bytes();
        let run = state.allocator.take_run(count).ok_or(CheckpointError::NoSpace { offset })?;
        let total = state.allocator.total();
        if total > before
            && let Err(error) = self.storage.set_len(u64::from(total) * self.chunk_bytes())
        {
            state.allocator.settle(run.iter());
            state.allocator.shrink(total - before);
            self.recount(state);
            return Err(write_failure(offset, error));
        }
        Ok(run)
    }

    /// Works out the free chunks.
    pub fn recount(&self, state: &mut State) {
        state.recount(&*self.storage, &self.identity);
    }

    /// Gives chunks back that no catalog and no log reached yet.
    pub fn give_back(&self, state: &mut State, chunks: impl IntoIterator<Item = ChunkIndex>) {
        state.allocator.settle(chunks);
        self.recount(state);
    }

    /// Fills a run with zeroes, so that commits need not allocate blocks later.
    pub fn zero_fill(&self, from: u64, to: u64) -> Result<(), CheckpointError> {
        let zeroes = vec![0; (to.saturating_sub(from)).min(1 << 18) as usize];
        let mut at = from;
        while at < to {
            let count = (to - at).min(zeroes.len() as u64);
            write_all_at(&*self.storage, at, &zeroes[..count as usize])
                .map_err(|error| write_failure(at, error))?;
            at += count;
        }
        Ok(())
    }

    /// Writes, to be sure, the superblock and the last packet again, blots out an incomplete packet behind it, and
    /// syncs: the process before us may have died, or have been told of a failed sync, before they were durable, and
    /// what follows builds on them. Also after a failed write of our own.
    pub fn settle(&self, state: &mut State) -> Result<(), CheckpointError> {
        if state.log.settled {
            return Ok(());
        }
        if let Some(last) = state.log.tail.last() {
            let mut block = vec![0; last.padded().min(1 << 20) as usize];
            let mut at = 0;
            while at < last.padded() {
                let count = (last.padded() - at).min(block.len() as u64) as usize;
                let offset = last.offset + at;
                super::storage::read_exact_at(&*self.storage, offset, &mut block[..count])
                    .and_then(|()| write_all_at(&*self.storage, offset, &block[..count]))
                    .map_err(|error| write_failure(offset, error))?;
                at += count as u64;
            }
        }
        if state.log.torn {
            self.zero_fill(state.log.offset, state.log.offset + PAGE_BYTES)?;
        }
        let mut page = vec![0; PAGE_BYTES as usize];
        let offset = state.slot * PAGE_BYTES;
        super::storage::read_exact_at(&*self.storage, offset, &mut page)
            .and_then(|()| write_all_at(&*self.storage, offset, &page))
            .map_err(|error| write_failure(offset, error))?;
        self.sync().map_err(|source| CheckpointError::Sync { offset, source })?;
        (state.log.settled, state.log.torn) = (true, false);
        Ok(())
    }
}

impl State {
    /// Works out the free chunks.
    pub fn recount(&mut self, storage: &dyn Storage, identity: &Identity) {
        // Asked first: who comes later finds catalogs that are counted below.
        let pins = storage.pins();
        let mut reachable = self.catalog.reachable();
        reachable.extend_from_slice(&self.previous_reach);
        reachable.extend(self.log.extents.iter().flat_map(|extent| extent.run.iter()));
        reachable.extend(self.log.prepared.iter().flat_map(|run| run.iter()));
        let pinned = super::readers::pinned(storage, identity, self.allocator.total(), &pins);
        self.allocator.recount(reachable, pinned);
    }
}

/// The error for a failed write.
pub(crate) fn write_failure(offset: u64, error: io::Error) -> CheckpointError {
    if super::error::is_full(&error) {
        CheckpointError::NoSpace { offset }
    } else {
        CheckpointError::Io { offset, source: error }
    }
}

/// The page of a superblock.
pub(crate) fn superblock_page(identity: &Identity, catalog: &Catalog, checksum: [u8; 16]) -> Vec<u8> {
    let mut block = Superblock {
        magic: format::SUPERBLOCK_MAGIC,
        version: format::version().into(),
        chunk_shift: identity.chunk_shift.into(),
        image_id: identity.image_id,
        fingerprint: identity.fingerprint.into(),
        epoch: catalog.epoch.into(),
        catalog_chunk: catalog.run.first.0.into(),
        catalog_chunks: catalog.run.count.into(),
        catalog_length: catalog.encoded_bytes().into(),
        catalog_checksum: checksum,
        zero: [0; 32],
        checksum: [0; 16],
    };
    let mut page = block.to_bytes();
    block.checksum = superblock_checksum(&page);
    page = block.to_bytes();
    page.resize(PAGE_BYTES as usize, 0);
    page
}

/// Checksum of an encoded superblock, without its last 16 bytes.
pub(crate) fn superblock_checksum(bytes: &[u8]) -> [u8; 16] {
    format::checksum(0, [&bytes[..bytes.len().min(Superblock::SIZE - 16)]])
}
