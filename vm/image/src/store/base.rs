//! Making the past smaller: moving the beginning of the history forward, and chunks to lower places.
//!
//! Both are parts of a checkpoint, and like it write to fresh chunks only.

use super::catalog::{Segment, Snapshot};
use super::checkpoint::{Job, floor, fold, read_segment, write_segment};
use super::chunks::ChunkIndex;
use super::error::{CheckpointError, Damage};
use super::log::{Stop, Walk};
use super::state::Shared;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Replaces the oldest of `snapshots`, if it is older than it need be, by one of the oldest commit that must be kept. The log
/// before that is then needed no more.
pub(super) fn advance(
    shared: &Shared,
    job: &Job,
    snapshots: &mut [Snapshot],
    taken: &mut Vec<ChunkIndex>,
) -> Result<(), CheckpointError> {
    let floor = floor(job.snapshot.commit, job.keep, &job.branches);
    let Some(base) = snapshots.first_mut().filter(|base| base.commit < floor) else { return Ok(()) };
    let total = shared.state().allocator.total();
    let nowhere =
        || CheckpointError::Damaged(Damage::new(base.offset, "a snapshot's log position is nowhere"));
    let mut walk = Walk::at_snapshot(&*shared.storage, &shared.identity, total, &job.extents, base)
        .ok_or_else(nowhere)?;
    let mut packets = Vec::new();
    let mut moved = base.clone();
    while walk.next_sequence <= job.snapshot.sequence {
        let packet = walk.next_packet().map_err(|stop| match stop {
            Stop::End { damage, .. } => CheckpointError::Damaged(damage),
            Stop::Io { offset, source } => CheckpointError::Io { offset, source },
        })?;
        if packet.commit > floor {
            break;
        }
        (moved.commit, moved.sequence) = (packet.commit, packet.sequence);
        (moved.extent, moved.offset, moved.previous) = (walk.extent.ordinal, walk.offset, walk.previous);
        let segments = moved.segments.len().max(packet.segment_count as usize);
        moved.segments = Arc::new(vec![Segment::HOLE; segments]);
        packets.push(Arc::new(packet));
    }
    moved.segments = Arc::new(fold(shared, base, moved.segments.len(), &packets, taken)?);
    *base = moved;
    Ok(())
}

/// Writes the segments of all snapshots that lie at `from` or behind it to other chunks: each once, however many share it.
pub(super) fn relocate(
    shared: &Shared,
    snapshots: &mut [Snapshot],
    from: ChunkIndex,
    taken: &mut Vec<ChunkIndex>,
) -> Result<(), CheckpointError> {
    let fresh: HashSet<ChunkIndex> = taken.iter().copied().collect();
    let mut moved: HashMap<ChunkIndex, Segment> = HashMap::new();
    let mut bytes = vec![0; shared.chunk_bytes() as usize];
    let mut unsynced = 0;
    for snapshot in snapshots {
        let mut segments = snapshot.segments.to_vec();
        for (index, entry) in segments.iter_mut().enumerate() {
            // What this checkpoint wrote itself went to the lowest place there was.
            if entry.chunk < from || fresh.contains(&entry.chunk) {
                continue;
            }
            *entry = match moved.entry(entry.chunk) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(place) => {
                    read_segment(shared, index as u64, *entry, &mut bytes)?;
                    *place.insert(write_segment(shared, &bytes, &mut unsynced, taken)?)
                }
            };
        }
        snapshot.segments = Arc::new(segments);
    }
    Ok(())
}
