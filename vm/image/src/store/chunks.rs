//! Which chunks of the file are in use, and by whom.
//!
//! A chunk is one segment's worth of file. Nothing on disk says which are free: whatever no durable catalog, no log
//! extent, no writer in progress, no mapping and no reader needs is free, and `Allocator::recount` works that
//! out again at every checkpoint.
//!
//! Invariants: chunk 0 holds the superblocks and is never given out; a chunk that the newest *or the one before
//! the newest* durable catalog reaches is never given out, so that either superblock can be opened.

use super::catalog::{Identity, Segment};
use super::format;
use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

/// Position of a chunk in the file, in chunks. 0 stands for a hole: a segment of zeroes that takes no space.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ChunkIndex(pub u32);

impl ChunkIndex {
    /// A segment without a chunk.
    pub const HOLE: ChunkIndex = ChunkIndex(0);

    /// True for `HOLE`.
    pub fn is_hole(self) -> bool {
        self.0 == 0
    }

    /// Offset in the file.
    pub fn offset(self, chunk_bytes: u64) -> u64 {
        u64::from(self.0) * chunk_bytes
    }

    /// The chunk `count` places later.
    pub(crate) fn plus(self, count: u32) -> ChunkIndex {
        ChunkIndex(self.0.saturating_add(count))
    }

    /// True if both can share a mapping when this one comes right after `other`.
    pub(crate) fn follows(self, other: ChunkIndex) -> bool {
        if other.is_hole() { self.is_hole() } else { !self.is_hole() && self.0 == other.0 + 1 }
    }
}

/// The chunks that a space or a reader uses, one for each segment. As long as it lives they are not reused.
#[derive(Debug)]
pub struct ChunkMap {
    chunks: Vec<ChunkIndex>,
    checks: Option<Checks>,
    chunk_bytes: usize,
    /// The maps that a mixed one was put together from.
    parts: Vec<Arc<ChunkMap>>,
}

/// What the bytes of the chunks must be.
#[derive(Debug)]
struct Checks {
    name: Arc<str>,
    seed: u64,
    sums: Vec<u64>,
    /// Whether somebody has compared.
    sound: Vec<AtomicBool>,
    /// How many of them nobody has.
    left: AtomicUsize,
}

impl Checks {
    fn new(name: Arc<str>, seed: u64, sums: Vec<u64>, sound: Vec<AtomicBool>) -> Checks {
        let left = sound.iter().filter(|sound| !sound.load(Ordering::Relaxed)).count();
        Checks { name, seed, sums, sound, left: AtomicUsize::new(left) }
    }
}

impl ChunkMap {
    /// The chunks of a table of segments. Those in `trusted` need not be checked: this process wrote them.
    pub(crate) fn of(
        segments: &[Segment],
        identity: &Identity,
        name: &Arc<str>,
        trusted: &HashSet<ChunkIndex>,
    ) -> ChunkMap {
        let sound =
            |entry: &Segment| AtomicBool::new(entry.chunk.is_hole() || trusted.contains(&entry.chunk));
        ChunkMap {
            checks: Some(Checks::new(
                name.clone(),
                format::segment_seed(&identity.image_id),
                segments.iter().map(|entry| entry.checksum).collect(),
                segments.iter().map(sound).collect(),
            )),
            ..ChunkMap::unchecked(segments, identity)
        }
    }

    /// The same for somebody who trusts nothing anyhow.
    pub(crate) fn unchecked(segments: &[Segment], identity: &Identity) -> ChunkMap {
        ChunkMap {
            chunks: segments.iter().map(|entry| entry.chunk).collect(),
            checks: None,
            chunk_bytes: identity.chunk_bytes() as usize,
            parts: Vec::new(),
        }
    }

    /// Chunk of each segment.
    pub fn chunks(&self) -> &[ChunkIndex] {
        &self.chunks
    }

    pub(crate) fn chunk_bytes(&self) -> usize {
        self.chunk_bytes
    }

    /// Where a segment stands in the file.
    pub(crate) fn offset(&self, segment: usize) -> u64 {
        self.chunks.get(segment).map_or(0, |chunk| chunk.offset(self.chunk_bytes as u64))
    }

    /// What the image is called.
    pub(crate) fn name(&self) -> &str {
        self.checks.as_ref().map_or("the image", |checks| &checks.name)
    }

    /// True if a segment has been checked, or need not be.
    pub(crate) fn is_sound(&self, segment: usize) -> bool {
        let sound = self.checks.as_ref().and_then(|checks| checks.sound.get(segment));
        sound.is_none_or(|sound| sound.load(Ordering::Acquire))
    }

    /// Notes that a segment was checked.
    pub(crate) fn set_sound(&self, segment: usize) {
        let Some(checks) = &self.checks else { return };
        if checks.sound.get(segment).is_some_and(|sound| !sound.swap(true, Ordering::AcqRel)) {
            checks.left.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// True if some segment has still to be checked.
    pub(crate) fn has_unchecked(&self) -> bool {
        self.checks.as_ref().is_some_and(|checks| checks.left.load(Ordering::Relaxed) > 0)
    }

    /// Checksum, its seed, and bytes of a segment that must be checked.
    pub(crate) fn expected(&self, segment: usize) -> Option<(u64, u64, usize)> {
        let checks = self.checks.as_ref()?;
        Some((*checks.sums.get(segment)?, checks.seed, self.chunk_bytes))
    }

    /// What an older map of the same space knows of the chunks that both have.
    pub(crate) fn learn(&self, old: &ChunkMap) {
        for (segment, chunk) in self.chunks.iter().enumerate() {
            if old.chunks.get(segment) == Some(chunk) && old.checks.is_some() && old.is_sound(segment) {
                self.set_sound(segment);
            }
        }
    }

    /// The first `count` segments as in `new`, the others as in `old`; keeps the chunks of both.
    pub(crate) fn mixed(new: &Arc<ChunkMap>, count: usize, old: Option<&Arc<ChunkMap>>) -> ChunkMap {
        let old_chunks = old.map_or(&[][..], |old| old.chunks());
        let rest = old_chunks.get(count..).unwrap_or_default();
        let chunks: Vec<ChunkIndex> = new.chunks.iter().take(count).chain(rest).copied().collect();
        let checks = new.checks.as_ref().map(|checks| {
            let of = |segment: usize| if segment < count { Some(new) } else { old };
            let all = 0..chunks.len();
            let sum = |segment| of(segment).and_then(|map| map.expected(segment)).map_or(0, |(sum, ..)| sum);
            let sound = |segment| AtomicBool::new(of(segment).is_none_or(|map| map.is_sound(segment)));
            let sums = all.clone().map(sum).collect();
            Checks::new(checks.name.clone(), checks.seed, sums, all.map(sound).collect())
        });
        // Parts are never mixed themselves, however often this happens in a row.
        let mut parts: Vec<Arc<ChunkMap>> = Vec::new();
        for map in std::iter::once(new).chain(old) {
            let own = if map.parts.is_empty() { std::slice::from_ref(map) } else { &map.parts[..] };
            for part in own {
                if !parts.iter().any(|known| Arc::ptr_eq(known, part)) {
                    parts.push(part.clone());
                }
            }
        }
        ChunkMap { chunks, checks, chunk_bytes: new.chunk_bytes, parts }
    }
}

/// A run of chunks next to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ChunkRun {
    pub first: ChunkIndex,
    pub count: u32,
}

impl ChunkRun {
    pub fn iter(self) -> impl Iterator<Item = ChunkIndex> {
        (0..self.count).map(move |step| self.first.plus(step))
    }
}

/// See the module's description.
#[derive(Debug, Default)]
pub(crate) struct Allocator {
    /// Length of the file in chunks.
    total: u32,
    free: BTreeSet<u32>,
    /// Given out, and not yet part of a durable catalog or of the log.
    in_flight: BTreeSet<u32>,
    /// How many chunks nobody but readers in other processes needs.
    held: u32,
    holders: Vec<Weak<ChunkMap>>,
}

impl Allocator {
    pub fn new(total: u32) -> Allocator {
        Allocator { total, ..Allocator::default() }
    }

    /// Length of the file in chunks.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// Chunks that may be given out without growing the file.
    pub fn free_count(&self) -> u32 {
        self.free.len() as u32
    }

    /// Chunks that would be free if no other process were reading.
    pub fn held_count(&self) -> u32 {
        self.held
    }

    /// Keeps the chunks of a map from being reused until the result is dropped.
    pub fn hold(&mut self, map: ChunkMap) -> Arc<ChunkMap> {
        self.holders.retain(|holder| holder.strong_count() > 0);
        let map = Arc::new(map);
        self.holders.push(Arc::downgrade(&map));
        map
    }

    /// Takes `count` chunks next to each other: the lowest free run, or new ones at the end. The caller sets the
    /// file's length if `total` grew. `None` only when the file would exceed 2^32 chunks.
    pub fn take_run(&mut self, count: u32) -> Option<ChunkRun> {
        let first = self.lowest_run(count);
        let end = first.checked_add(count)?;
        for chunk in first..end {
            self.free.remove(&chunk);
            self.in_flight.insert(chunk);
        }
        self.total = self.total.max(end);
        Some(ChunkRun { first: ChunkIndex(first), count })
    }

    /// Where `take_run` would begin.
    pub fn lowest_run(&self, count: u32) -> u32 {
        let mut start = None;
        let mut length = 0;
        for &chunk in &self.free {
            if start.is_some_and(|first: u32| first + length == chunk) {
                length += 1;
            } else {
                (start, length) = (Some(chunk), 1);
            }
            if length == count {
                break;
            }
        }
        match start {
            Some(first) if length == count => first,
            // The last free run may touch the end of the file.
            Some(first) if first + length == self.total => first,
            _ => self.total,
        }
    }

    /// The chunks are part of a catalog or of the log now, or not wanted any more.
    pub fn settle(&mut self, chunks: impl IntoIterator<Item = ChunkIndex>) {
        for chunk in chunks {
            self.in_flight.remove(&chunk.0);
        }
    }

    /// Works out the free chunks again. `reachable` are all chunks of both catalogs and of the log; `pinned` those
    /// that readers in other processes need. Where nobody can tell (`None`), what was free stays so and nothing
    /// else becomes it: a reader that came since then can't have met a chunk that was free before.
    pub fn recount(
        &mut self,
        reachable: impl IntoIterator<Item = ChunkIndex>,
        pinned: Option<Vec<ChunkIndex>>,
    ) {
        let mut used = vec![false; self.total as usize];
        let mut mark = |chunk: u32| {
            if let Some(flag) = used.get_mut(chunk as usize) {
                *flag = true;
            }
        };
        mark(0);
        reachable.into_iter().for_each(|chunk| mark(chunk.0));
        self.in_flight.iter().for_each(|chunk| mark(*chunk));
        self.holders.retain(|holder| holder.strong_count() > 0);
        for map in self.holders.iter().filter_map(Weak::upgrade) {
            map.chunks.iter().for_each(|chunk| mark(chunk.0));
        }
        let unused: BTreeSet<u32> = (0..self.total).filter(|chunk| !used[*chunk as usize]).collect();
        let mut free = unused.clone();
        match pinned {
            Some(pinned) => pinned.into_iter().for_each(|chunk| {
                free.remove(&chunk.0);
            }),
            None => free.retain(|chunk| self.free.contains(chunk)),
        }
        self.held = (unused.len() - free.len()) as u32;
        self.free = free;
    }

    /// Chunks at the end of the file that are free: what a shrinking file may lose.
    pub fn free_tail(&self) -> u32 {
        let mut total = self.total;
        while total > 1 && self.free.contains(&(total - 1)) {
            total -= 1;
        }
        self.total - total
    }

    /// The file lost `count` free chunks at its end.
    pub fn shrink(&mut self, count: u32) {
        self.total -= count;
        self.free.retain(|chunk| *chunk < self.total);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(range: std::ops::Range<u32>) -> Vec<ChunkIndex> {
        range.map(ChunkIndex).collect()
    }

    #[test]
    fn runs_come_from_the_lowest_hole_and_then_from_the_end() {
        let mut allocator = Allocator::new(8);
        allocator.recount(chunks(1..3).into_iter().chain(chunks(5..7)), Some(Vec::new()));
        assert_eq!(allocator.take_run(2).unwrap().first, ChunkIndex(3));
        assert_eq!(
            allocator.take_run(2).unwrap().first,
            ChunkIndex(7),
            "chunk 7 is free and the file grows by one"
        );
        assert_eq!(allocator.total(), 9);
        assert_eq!(allocator.take_run(1).unwrap().first, ChunkIndex(9));
    }

    #[test]
    fn held_pinned_and_unsettled_chunks_are_not_given_out() {
        let mut allocator = Allocator::new(6);
        let identity = Identity { image_id: [0; 16], fingerprint: 0, chunk_shift: 13 };
        let entry = Segment { chunk: ChunkIndex(1), checksum: 0 };
        let held = allocator.hold(ChunkMap::unchecked(&[entry], &identity));
        allocator.recount([], Some(chunks(2..3)));
        assert_eq!((allocator.free_count(), allocator.held_count()), (3, 1));
        let run = allocator.take_run(1).unwrap();
        assert_eq!(run.first, ChunkIndex(3));
        drop(held);
        allocator.recount([], None);
        assert_eq!(allocator.free_count(), 2, "nothing becomes free while nobody can tell who reads");
        allocator.recount([], Some(Vec::new()));
        assert_eq!(allocator.free_count(), 4, "all but the superblocks and the one in flight");
        allocator.settle(run.iter());
        allocator.recount([], Some(Vec::new()));
        assert_eq!(allocator.free_tail(), 5);
        allocator.shrink(5);
        assert_eq!(allocator.total(), 1);
    }
}
