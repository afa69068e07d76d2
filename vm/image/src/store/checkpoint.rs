//! Folding the tail of the log into fresh chunks, and saying so in the other superblock.
//!
//! It works on the file alone and never looks at live memory. Order: chunks and catalog, sync, superblock, sync. Until
//! the last sync the old superblock holds; a crash or an error at any point leaves the image as it was, with a longer
//! log. Nothing that the old superblock reaches is overwritten.

use super::catalog::{Catalog, Extent, Segment, Snapshot};
use super::chunks::{ChunkIndex, ChunkRun};
use super::error::{CheckpointError, Damage};
use super::format::{self, PAGE_BYTES};
use super::packet::{NoPacket, Packet, Place, read_packet};
use super::state::{Log, Shared, superblock_page, write_failure};
use super::storage::{read_exact_at, write_all_at};
use crate::layout::CARD_BYTES;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a checkpoint differs from the ordinary one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wish {
    /// Write a new catalog even when the log has no tail.
    pub even_if_empty: bool,
    /// Let the history begin where the policy says, not at the last checkpoint before it.
    pub exact_base: bool,
    /// Move the segments from this chunk on to lower chunks.
    pub move_from: Option<ChunkIndex>,
    /// Forget the history, and go on in a log extent that nothing leads to (recovery only: no commit may be under way).
    pub fresh_start: bool,
}

/// What the checkpoint works on: the log as it was at the start.
pub(super) struct Job {
    base: Arc<Catalog>,
    tail: Vec<Arc<Packet>>,
    epoch: u64,
    slot: u64,
    pub snapshot: Snapshot,
    pub branches: Vec<super::Branch>,
    current_branch: usize,
    pub keep: u64,
    pub extents: Vec<Extent>,
}

/// Bytes of chunks after which they are synced: a commit's own sync has to wait for no more than this.
const SYNC_EVERY: u64 = 4 << 20;

/// Makes a checkpoint of the log as it is now. False if there was nothing to do.
pub(crate) fn checkpoint(shared: &Shared, wish: Wish) -> Result<bool, CheckpointError> {
    let _alone = shared.checkpointing();
    let _ended = Ended(shared);
    let result = attempt(shared, wish);
    let mut state = shared.state();
    match &result {
        Ok(_) => (state.checkpoint_failure, state.retry_at) = (None, 0),
        Err(error) => {
            state.checkpoint_failure = Some(error.to_string());
            state.retry_at = state.log.tail_bytes + shared.policy.checkpoint_at / 4;
        }
    }
    result
}

/// Tells the commits that wait for a checkpoint that it ended: well, with an error, or in a panic.
struct Ended<'a>(&'a Shared);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.state().checkpoint_pending = false;
        self.0.checkpoint_ended.notify_all();
    }
}

fn attempt(shared: &Shared, wish: Wish) -> Result<bool, CheckpointError> {
    if let Some(reason) = shared.read_only_reason() {
        return Err(CheckpointError::ReadOnly { reason });
    }
    let job = {
        let mut state = shared.state();
        shared.settle(&mut state)?;
        if state.log.tail.is_empty() && !wish.even_if_empty {
            return Ok(false);
        }
        state.epoch += 1;
        Job {
            base: state.catalog.clone(),
            tail: state.log.tail.clone(),
            epoch: state.epoch,
            slot: 1 - state.slot,
            snapshot: position(&state.log),
            branches: state.log.branches.clone(),
            current_branch: state.log.current_branch,
            keep: state.log.keep,
            extents: state.log.extents.clone(),
        }
    };
    let mut taken = Vec::new();
    let written = write(shared, &job, wish, &mut taken);
    let mut state = shared.state();
    match written {
        Ok(catalog) => {
            state.previous_reach = job.base.reachable();
            let first_extent = catalog.extents.first().map_or(0, |extent| extent.ordinal);
            let last = catalog.current().sequence;
            state.catalog = Arc::new(catalog);
            state.slot = job.slot;
            state.log.tail.retain(|packet| packet.sequence > last);
            state.log.tail_bytes = state.log.tail.iter().map(|packet| packet.padded()).sum();
            if wish.fresh_start {
                state.log.extents = state.catalog.extents.clone();
                state.log.offset = state.catalog.current().offset;
            }
            state.log.extents.retain(|extent| extent.ordinal >= first_extent);
            state.written.extend(taken.iter().copied());
            let settled = std::mem::take(&mut state.abandoned);
            state.allocator.settle(taken.into_iter().chain(settled));
            shared.recount(&mut state);
            Ok(true)
        }
        Err(Failure { error, maybe_durable }) => {
            if maybe_durable {
                // Not to be touched until this superblock's page holds another one.
                state.abandoned.extend(taken);
            } else {
                shared.give_back(&mut state, taken);
            }
            Err(error)
        }
    }
}

/// Most of a file is free at its end, and worth giving back: from this many chunks on.
const WORTH_CUTTING: u32 = 8;

/// Gives the end of the file back to the system where much of it is free: what a compaction leaves that was
/// made while others were reading. A cut that is lost in a crash is made again.
pub(crate) fn trim(shared: &Shared) -> Result<(), CheckpointError> {
    if shared.read_only_reason().is_some() {
        return Ok(());
    }
    let mut state = shared.state();
    shared.recount(&mut state);
    let count = state.allocator.free_tail();
    if count < WORTH_CUTTING || count < state.allocator.total() / 4 {
        return Ok(());
    }
    let length = u64::from(state.allocator.total() - count) * shared.chunk_bytes();
    shared.storage.set_len(length).map_err(|error| write_failure(length, error))?;
    state.allocator.shrink(count);
    Ok(())
}

/// The snapshot that the log amounts to, without its segments.
fn position(log: &Log) -> Snapshot {
    Snapshot {
        sequence: log.next_sequence - 1,
        commit: log.commit,
        extent: log.extent().ordinal,
        offset: log.offset,
        previous: log.previous,
        segments: Arc::new(vec![Segment::HOLE; log.segment_count as usize]),
    }
}

struct Failure {
    error: CheckpointError,
    /// The superblock may have reached the disk.
    maybe_durable: bool,
}

impl From<CheckpointError> for Failure {
    fn from(error: CheckpointError) -> Failure {
        Failure { error, maybe_durable: false }
    }
}

fn write(shared: &Shared, job: &Job, wish: Wish, taken: &mut Vec<ChunkIndex>) -> Result<Catalog, Failure> {
    let size = shared.chunk_bytes();
    for packet in &job.tail {
        verify(shared, job, packet)?;
    }
    let mut snapshot = job.snapshot.clone();
    let segments = snapshot.segments.len();
    snapshot.segments = Arc::new(fold(shared, job.base.current(), segments, &job.tail, taken)?);
    let mut extents = job.extents.clone();
    if wish.fresh_start {
        let run = take(shared, shared.policy.extent_chunks, taken)?;
        shared.zero_fill(run.first.offset(size), run.first.plus(run.count).offset(size))?;
        // Far from the numbers that the old log may have led to.
        let ordinal = extents.last().map_or(0, |extent| extent.ordinal + 1000);
        extents = vec![Extent { ordinal, run, salt: shared.identity.extent_salt(ordinal) }];
        (snapshot.extent, snapshot.offset) = (ordinal, run.first.offset(size));
    }
    let old_snapshots = if wish.fresh_start { &[][..] } else { &job.base.snapshots[..] };
    let mut snapshots = retain(old_snapshots, snapshot, job.keep, &job.branches);
    if wish.exact_base {
        super::base::advance(shared, job, &mut snapshots, taken)?;
    }
    if let Some(from) = wish.move_from {
        super::base::relocate(shared, &mut snapshots, from, taken)?;
    }
    if !wish.fresh_start {
        // The other superblock's catalog starts from its own snapshot.
        let first_needed = snapshots[0].extent.min(job.base.current().extent);
        extents.retain(|extent| extent.ordinal >= first_needed);
    }
    let mut catalog = Catalog {
        epoch: job.epoch,
        run: ChunkRun { first: ChunkIndex::HOLE, count: 0 },
        snapshots,
        extents,
        branches: job.branches.clone(),
        current_branch: job.current_branch,
        keep: job.keep,
    };
    let chunks = catalog.encoded_bytes().div_ceil(size);
    catalog.run = take(shared, u32::try_from(chunks).unwrap_or(u32::MAX), taken)?;
    let (bytes, checksum) = catalog.encode(&shared.identity);
    let at = catalog.run.first.offset(size);
    write_all_at(&*shared.storage, at, &bytes).map_err(|error| write_failure(at, error))?;
    let sync = |offset| shared.sync().map_err(|source| CheckpointError::Sync { offset, source });
    sync(at)?;
    let at = job.slot * PAGE_BYTES;
    write_all_at(&*shared.storage, at, &superblock_page(&shared.identity, &catalog, checksum))
        .map_err(|error| write_failure(at, error))
        .and_then(|()| sync(at))
        .map_err(|error| Failure { error, maybe_durable: true })?;
    Ok(catalog)
}

pub(super) fn take(
    shared: &Shared,
    count: u32,
    taken: &mut Vec<ChunkIndex>,
) -> Result<ChunkRun, CheckpointError> {
    let mut state = shared.state();
    let run = shared.take_run(&mut state, count)?;
    taken.extend(run.iter());
    Ok(run)
}

/// Checks once more that a packet is what was written.
fn verify(shared: &Shared, job: &Job, packet: &Packet) -> Result<(), CheckpointError> {
    let size = shared.chunk_bytes();
    let damaged = |damage| CheckpointError::Damaged(damage);
    let extent = job
        .extents
        .iter()
        .find(|extent| (extent.start(size)..extent.end(size)).contains(&packet.offset))
        .ok_or_else(|| damaged(Damage::new(packet.offset, "a packet lies in no extent")))?;
    let place = Place {
        storage: &*shared.storage,
        identity: &shared.identity,
        extent: *extent,
        offset: packet.offset,
    };
    match read_packet(place) {
        Ok((found, _)) if found.checksum == packet.checksum => Ok(()),
        Ok(_) => Err(damaged(Damage::new(packet.offset, "another packet stands in the log"))),
        Err(NoPacket::Bad { damage, .. }) => Err(damaged(damage)),
        Err(NoPacket::Io { offset, source }) => Err(CheckpointError::Io { offset, source }),
    }
}

/// A piece of a segment's new bytes: offset in the segment, length, offset in the file.
type Piece = (u64, u64, u64);

/// Which segments the packets change, and with what, oldest first.
fn pieces(packets: &[Arc<Packet>], size: u64) -> BTreeMap<u64, Vec<Piece>> {
    let mut pieces: BTreeMap<u64, Vec<Piece>> = BTreeMap::new();
    for (run, place) in packets.iter().flat_map(|packet| packet.placed_runs()) {
        let bytes = run.bytes();
        let mut at = bytes.start;
        while at < bytes.end {
            let segment = at / size;
            let end = bytes.end.min((segment + 1) * size);
            pieces.entry(segment).or_default().push((
                at - segment * size,
                end - at,
                place + at - bytes.start,
            ));
            at = end;
        }
    }
    pieces
}

/// Writes the segments of `base` that the packets after it change to fresh chunks; the table of all `count` segments.
pub(super) fn fold(
    shared: &Shared,
    base: &Snapshot,
    count: usize,
    packets: &[Arc<Packet>],
    taken: &mut Vec<ChunkIndex>,
) -> Result<Vec<Segment>, CheckpointError> {
    let size = shared.chunk_bytes();
    let mut segments = base.segments.to_vec();
    segments.resize(segments.len().max(count), Segment::HOLE);
    let mut unsynced = 0;
    let mut bytes = vec![0; size as usize];
    for (index, pieces) in pieces(packets, size) {
        let Some(entry) = segments.get_mut(index as usize) else {
            return Err(CheckpointError::Damaged(Damage::new(0, format!("segment {index} does not exist"))));
        };
        read_segment(shared, index, *entry, &mut bytes)?;
        for (at, length, place) in pieces {
            let into = &mut bytes[at as usize..(at + length) as usize];
            read_exact_at(&*shared.storage, place, into)
                .map_err(|source| CheckpointError::Io { offset: place, source })?;
        }
        *entry = write_segment(shared, &bytes, &mut unsynced, taken)?;
    }
    Ok(segments)
}

/// Writes a segment to a fresh chunk, if it needs one; syncs now and then.
pub(super) fn write_segment(
    shared: &Shared,
    bytes: &[u8],
    unsynced: &mut u64,
    taken: &mut Vec<ChunkIndex>,
) -> Result<Segment, CheckpointError> {
    if bytes.iter().all(|byte| *byte == 0) {
        return Ok(Segment::HOLE);
    }
    let chunk = take(shared, 1, taken)?.first;
    let offset = chunk.offset(shared.chunk_bytes());
    write_all_at(&*shared.storage, offset, bytes).map_err(|error| write_failure(offset, error))?;
    let checksum = format::segment_checksum(&shared.identity.image_id, bytes);
    *unsynced += bytes.len() as u64;
    if *unsynced >= SYNC_EVERY {
        shared.sync().map_err(|source| CheckpointError::Sync { offset, source })?;
        *unsynced = 0;
    }
    Ok(Segment { chunk, checksum })
}

/// Reads a segment and checks it against its checksum.
pub(crate) fn read_segment(
    shared: &Shared,
    index: u64,
    entry: Segment,
    into: &mut [u8],
) -> Result<(), CheckpointError> {
    if entry.chunk.is_hole() {
        into.fill(0);
        return Ok(());
    }
    let offset = entry.chunk.offset(shared.chunk_bytes());
    read_exact_at(&*shared.storage, offset, into).map_err(|source| CheckpointError::Io { offset, source })?;
    if format::segment_checksum(&shared.identity.image_id, into) == entry.checksum {
        Ok(())
    } else {
        Err(CheckpointError::Damaged(Damage::new(offset, format!("segment {index} has a wrong checksum"))))
    }
}

/// The oldest commit that must be kept.
pub(super) fn floor(newest: u64, keep: u64, branches: &[super::Branch]) -> u64 {
    let oldest_branch = branches.iter().map(|branch| branch.commit).min().unwrap_or(newest);
    newest.saturating_sub(keep).min(oldest_branch)
}

/// The snapshots to keep: the newest; the last one that is old enough for `keep` commits (and all branches) to lie
/// behind it; and between them one for every `keep / 2` commits.
fn retain(old: &[Snapshot], new: Snapshot, keep: u64, branches: &[super::Branch]) -> Vec<Snapshot> {
    let floor = floor(new.commit, keep, branches);
    let step = (keep / 2).max(1);
    let base = old.iter().rposition(|snapshot| snapshot.commit <= floor);
    let mut kept: Vec<Snapshot> = Vec::new();
    if new.commit > floor {
        for snapshot in &old[base.unwrap_or(0)..] {
            if kept.last().is_none_or(|last| snapshot.commit >= last.commit + step) {
                kept.push(snapshot.clone());
            }
        }
    }
    kept.push(new);
    kept
}

/// Cards that lie in the given packets, as rising ranges that do not overlap.
pub(crate) fn cards_of<'a>(packets: impl IntoIterator<Item = &'a Packet>) -> Vec<std::ops::Range<u64>> {
    merge(packets.into_iter().flat_map(|packet| packet.runs.iter().map(|run| run.cards())).collect())
}

/// Sorts and joins ranges.
pub(crate) fn merge(mut ranges: Vec<std::ops::Range<u64>>) -> Vec<std::ops::Range<u64>> {
    ranges.retain(|range| range.start < range.end);
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<std::ops::Range<u64>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    debug_assert!(merged.iter().all(|range| range.end <= u64::MAX / CARD_BYTES));
    merged
}
