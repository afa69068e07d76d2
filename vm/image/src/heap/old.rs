//! Room in the image: holes of free lines, free blocks, and runs for large objects.
//!
//! Small objects go into holes, bump-allocated from the first free line to the last; an object larger than a line
//! that does not fit the current hole goes into a free block, so that holes are not skipped for its sake. An object
//! above 8 KiB gets blocks or segments of its own. When a hole is taken, all of its lines are noted as used in
//! the image; the sweeper frees what was not needed.
//!
//! Invariant: nothing is placed in a segment that the sweeper has still to visit. No search has passed a free segment: while there is a
//! spare one, what needs a block or a hole gets it. So some are kept (`reserve`), and whoever begins to use them is stopped in time.

use crate::layout::{BLOCK_BYTES, IMAGE_START, LINE_BYTES, SEGMENT_BYTES};

use super::mark::Phase;
use super::scavenge::LEAST_YOUNG;
use super::segment::{
    BLOCKS, LINES, MAX_SEGMENTS, block_offset, kind, reserved_lines, segment_offset, state,
};
use super::{Heap, OutOfMemory, YOUNG_BASE};

/// Objects above this size get whole blocks.
pub(crate) const LARGE: u64 = 8 << 10;
/// Objects above this size get whole segments.
const HUGE: u64 = SEGMENT_BYTES / 2;

/// Segments that searches pass in one scavenge before they take a new one instead: to pass one takes time if it has still to be
/// swept, and a full heap has many.
const MOST_PASSED: u64 = 256;
const MOST_SWEPT: u64 = 24;
/// Segments at the end of the address range that are not taken for that.
const SPARE: u64 = 256;
/// Most segments that are kept when programs want more.
const MOST_RESERVED: u64 = 512;
/// Bytes allocated since the last full mark for which another one is worth its time where room is wanted.
const WORTH_COLLECTING: u64 = 1 << 20;

/// What the words of an object are: the two are never in one block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Content {
    /// Headers and values.
    Values,
    /// Headers and raw bytes.
    Bytes,
}

impl Content {
    pub(crate) const fn block_kind(self) -> u8 {
        match self {
            Content::Values => kind::VALUES,
            Content::Bytes => kind::BYTES,
        }
    }
}

/// A hole being filled.
#[derive(Clone, Copy, Default, Debug)]
struct Hole {
    top: u64,
    limit: u64,
}

impl Hole {
    #[inline(always)]
    fn take(&mut self, bytes: u64) -> Option<u64> {
        if self.limit - self.top >= bytes {
            let at = self.top;
            self.top += bytes;
            Some(at)
        } else {
            None
        }
    }
}

/// Where a search goes on.
#[derive(Clone, Copy, Default, Debug)]
struct Search {
    segment: u64,
    block: u64,
    line: u64,
}

/// The state of allocation in the image. All of it can be forgotten and found again.
#[derive(Default)]
pub(crate) struct OldSpace {
    holes: [Hole; 2],
    overflow: [Hole; 2],
    search: [Search; 2],
    block_search: Search,
    /// Segments that searches have passed since the last scavenge began.
    passed: u64,
    /// A segment at the end that is used when searches have passed enough.
    fresh: Option<u64>,
    /// Segments in use.
    pub segments: u64,
    /// Bytes placed since the last full mark.
    pub allocated: u64,
    /// Bytes placed by allocation itself, not by scavenges, since a collection was last asked for.
    pub direct: u64,
    /// What `allocated` was when marking began.
    pub at_mark_start: u64,
    /// Bytes of the objects found alive by the last full mark.
    pub live_bytes: u64,
    /// Whole segments that are free or may still be added, as far as known: what is not swept is not counted.
    spare: u64,
    /// Whether `spare` was counted since the image was taken up.
    counted: bool,
}

/// Bytes that an object of this size takes: large ones have whole blocks or segments to themselves.
pub(crate) fn taken(bytes: u64) -> u64 {
    if bytes > HUGE {
        bytes.next_multiple_of(SEGMENT_BYTES)
    } else if bytes > LARGE {
        bytes.next_multiple_of(BLOCK_BYTES)
    } else {
        bytes
    }
}

impl Heap {
    /// Finds room in the image. Panics only when the whole address range is full, far above the memory limit.
    #[inline]
    pub(crate) fn old_place(&mut self, bytes: u64, content: Content) -> u64 {
        match self.try_old_place(bytes, content) {
            Ok(at) => at,
            Err(OutOfMemory) => self.out_of_range(bytes),
        }
    }

    #[cold]
    fn out_of_range(&self, bytes: u64) -> ! {
        panic!("no address space left for an object of {bytes} bytes in {} segments", self.old.segments)
    }

    #[inline]
    fn try_old_place(&mut self, bytes: u64, content: Content) -> Result<u64, OutOfMemory> {
        let hole = if bytes <= LARGE { self.old.holes[content as usize].take(bytes) } else { None };
        let at = match hole {
            Some(at) => at,
            None => self.old_place_slow(bytes, content)?,
        };
        self.old.allocated += taken(bytes);
        if self.marker.phase == Phase::Marking {
            // Complete before the marker runs again; then its words are looked at.
            self.marker.push(at);
        }
        Ok(at)
    }

    #[cold]
    fn old_place_slow(&mut self, bytes: u64, content: Content) -> Result<u64, OutOfMemory> {
        self.check_limit(bytes);
        if bytes > HUGE {
            return self.place_segments(bytes, content);
        }
        if bytes > LARGE {
            let blocks = bytes.div_ceil(BLOCK_BYTES);
            return self.place_blocks(blocks, content, true);
        }
        let c = content as usize;
        if bytes > LINE_BYTES {
            if let Some(at) = self.old.overflow[c].take(bytes) {
                return Ok(at);
            }
            let top = self.place_blocks(1, content, false)?;
            self.old.overflow[c] = Hole { top, limit: top + BLOCK_BYTES };
        } else {
            self.old.holes[c] = self.next_hole(content)?;
            return self.old.holes[c].take(bytes).ok_or(OutOfMemory);
        }
        self.old.overflow[c].take(bytes).ok_or(OutOfMemory)
    }

    /// The next run of free lines in a block of this content; a free block counts as one.
    fn next_hole(&mut self, content: Content) -> Result<Hole, OutOfMemory> {
        let mut at = self.old.search[content as usize];
        loop {
            if self.has_searched_enough() {
                return self.fresh_hole(content);
            }
            if at.segment >= self.old.segments {
                self.grow()?;
                continue;
            }
            self.prepare_segment(at.segment);
            if self.segment_state(at.segment) == state::NORMAL {
                while at.block < BLOCKS {
                    let kind = self.block_kind(at.segment, at.block);
                    if is_free(kind) {
                        self.claim_block(at.segment, at.block, content, kind);
                    }
                    if (is_free(kind) || kind == content.block_kind())
                        && let Some((first, last)) = free_run(self.line_bits(at.segment, at.block), at.line)
                    {
                        self.take_lines(at.segment, at.block, first, last);
                        let base = block_offset(at.segment, at.block);
                        at.line = last;
                        self.old.search[content as usize] = at;
                        return Ok(Hole { top: base + first * LINE_BYTES, limit: base + last * LINE_BYTES });
                    }
                    at.block += 1;
                    at.line = 0;
                }
            }
            at = Search { segment: at.segment + 1, block: 0, line: 0 };
            self.old.search[content as usize] = at;
            self.old.passed += 1;
            let values = self.old.search[0].segment;
            self.set_search_hint(if content == Content::Values {
                at.segment.min(self.old.search[1].segment)
            } else {
                at.segment.min(values)
            });
        }
    }

    /// A scavenge begins: searches may pass segments again.
    pub(crate) fn search_again(&mut self) {
        self.old.passed = 0;
    }

    fn has_searched_enough(&self) -> bool {
        let most = match self.marker.phase {
            _ if self.options.gc_stress => 1,
            Phase::Sweeping => MOST_SWEPT,
            Phase::Idle | Phase::Marking => MOST_PASSED,
        };
        // Near the end of the range every hole is wanted.
        let plenty = self.old.segments + SPARE < self.most_segments();
        self.old.passed >= most && plenty
    }

    /// So many neighbouring free blocks in a segment at the end: the last one that was used for this, the last one of all, or
    /// a new one. Its number and the first block.
    fn fresh_blocks(&mut self, from: u64, count: u64) -> Result<(u64, u64), OutOfMemory> {
        loop {
            let segment = self.old.fresh.unwrap_or(self.old.segments - 1);
            self.prepare_segment(segment);
            if self.segment_state(segment) == state::NORMAL
                && let Some(first) = self.free_blocks(segment, from, count)
            {
                self.old.fresh = Some(segment);
                return Ok((segment, first));
            }
            self.grow()?;
            self.old.fresh = Some(self.old.segments - 1);
        }
    }

    /// A free block as a hole.
    fn fresh_hole(&mut self, content: Content) -> Result<Hole, OutOfMemory> {
        let (segment, block) = self.fresh_blocks(0, 1)?;
        let kind = self.block_kind(segment, block);
        self.claim_block(segment, block, content, kind);
        let (first, last) = free_run(self.line_bits(segment, block), 0).ok_or(OutOfMemory)?;
        self.take_lines(segment, block, first, last);
        let base = block_offset(segment, block);
        Ok(Hole { top: base + first * LINE_BYTES, limit: base + last * LINE_BYTES })
    }

    /// Sweeps a segment, and gives a free one blocks.
    fn prepare_segment(&mut self, segment: u64) {
        self.ensure_swept(segment);
        if matches!(self.segment_state(segment), state::UNUSED | state::FREE) {
            self.format_segment(segment);
        }
    }

    /// Notes lines `first .. last` of a block as used.
    fn take_lines(&mut self, segment: u64, block: u64, first: u64, last: u64) {
        let mut bits = self.line_bits(segment, block);
        for line in first..last {
            bits[(line / 64) as usize] |= 1 << (line % 64);
        }
        self.set_line_bits(segment, block, bits);
    }

    /// Gives a free block its kind. Raw words must not be left where values are expected.
    fn claim_block(&mut self, segment: u64, block: u64, content: Content, old_kind: u8) {
        if old_kind == kind::FREE_RAW && content == Content::Values {
            let skip = if block == 0 { super::segment::HEADER_BYTES } else { 0 };
            self.zero(block_offset(segment, block) + skip, BLOCK_BYTES - skip);
        }
        self.set_line_bits(segment, block, reserved_lines(segment, block));
        self.set_block_kind(segment, block, content.block_kind());
    }

    /// A run of wholly free blocks inside one segment: for one large object, or one block for objects that fit no hole.
    fn place_blocks(&mut self, count: u64, content: Content, large: bool) -> Result<u64, OutOfMemory> {
        let mut at = if count == 1 { self.old.block_search } else { Search::default() };
        if count > 1 {
            at.segment = self.old.block_search.segment;
        }
        loop {
            if self.has_searched_enough() {
                let (segment, first) = self.fresh_blocks(1, count)?;
                return Ok(self.claim_run(segment, first, count, content, large));
            }
            if at.segment >= self.old.segments {
                self.grow()?;
                continue;
            }
            self.prepare_segment(at.segment);
            if self.segment_state(at.segment) == state::NORMAL
                && let Some(first) = self.free_blocks(at.segment, at.block.max(1), count)
            {
                if count == 1 {
                    self.old.block_search = Search { segment: at.segment, block: first, line: 0 };
                }
                return Ok(self.claim_run(at.segment, first, count, content, large));
            }
            at = Search { segment: at.segment + 1, block: 0, line: 0 };
            self.old.passed += 1;
            if count == 1 {
                self.old.block_search = at;
            }
        }
    }

    /// First of `count` neighbouring free blocks at or after `from`.
    fn free_blocks(&self, segment: u64, from: u64, count: u64) -> Option<u64> {
        let mut run = 0;
        for block in from..BLOCKS {
            run = if is_free(self.block_kind(segment, block)) { run + 1 } else { 0 };
            if run == count {
                return Some(block + 1 - count);
            }
        }
        None
    }

    fn claim_run(&mut self, segment: u64, first: u64, count: u64, content: Content, large: bool) -> u64 {
        for block in first..first + count {
            let old_kind = self.block_kind(segment, block);
            self.claim_block(segment, block, content, old_kind);
            if large {
                let kind = match (content, block == first) {
                    (Content::Values, true) => kind::LARGE_VALUES,
                    (Content::Values, false) => kind::LARGE_VALUES_REST,
                    (Content::Bytes, true) => kind::LARGE_BYTES,
                    (Content::Bytes, false) => kind::LARGE_BYTES_REST,
                };
                self.set_block_kind(segment, block, kind);
            }
            self.set_line_bits(segment, block, [u64::MAX; 4]);
        }
        block_offset(segment, first)
    }

    /// A run of whole segments for one object.
    fn place_segments(&mut self, bytes: u64, content: Content) -> Result<u64, OutOfMemory> {
        let count = bytes.div_ceil(SEGMENT_BYTES);
        // What is not swept yet would have to be, all of it, now.
        let from = if self.marker.phase == Phase::Sweeping { self.marker.sweep_next } else { 0 };
        let mut first = self.free_segments(from, count);
        if self.ensure_segments(first + count).is_err() {
            first = self.free_segments(0, count);
            self.ensure_segments(first + count)?;
        }
        let (head, rest) = match content {
            Content::Values => (state::LARGE_VALUES, state::LARGE_VALUES_REST),
            Content::Bytes => (state::LARGE_BYTES, state::LARGE_BYTES_REST),
        };
        for s in first..first + count {
            if self.segment_state(s) == state::FREE && content == Content::Values && s + 1 == first + count {
                self.zero(segment_offset(s), SEGMENT_BYTES);
            }
            self.set_segment_state(s, if s == first { head } else { rest });
        }
        Ok(segment_offset(first))
    }

    /// The first of so many neighbouring free segments from a place on; the last ones may still have to be added.
    fn free_segments(&mut self, from: u64, count: u64) -> u64 {
        let mut run = 0;
        for segment in from..self.old.segments {
            self.ensure_swept(segment);
            run = if is_unused(self.segment_state(segment)) { run + 1 } else { 0 };
            if run == count {
                return segment + 1 - count;
            }
        }
        self.old.segments - run
    }

    /// One more segment.
    fn grow(&mut self) -> Result<(), OutOfMemory> {
        let new = self.old.segments;
        self.ensure_segments(new + 1)
    }

    fn ensure_segments(&mut self, n: u64) -> Result<(), OutOfMemory> {
        if n <= self.old.segments {
            return Ok(());
        }
        if n > MAX_SEGMENTS || self.space.grow(n).is_err() {
            return Err(OutOfMemory);
        }
        self.old.segments = n;
        if self.marker.phase == Phase::Marking {
            self.marker.marks.cover(n);
        }
        self.set_image_segments(n);
        Ok(())
    }

    fn check_limit(&mut self, bytes: u64) {
        if taken(bytes) > self.old_room() {
            self.alloc.exhausted = true;
            self.alloc.gc_requested = true;
        }
    }

    /// The most segments that there can be.
    fn most_segments(&self) -> u64 {
        self.space.segment_limit().min(MAX_SEGMENTS)
    }

    /// Whole free segments that are kept for what survives in young space, and for the error that tells that there are no more.
    fn reserve(&self) -> u64 {
        (self.most_segments() / 8).min(MOST_RESERVED)
    }

    /// Most bytes that young space may have: each may need a piece of four times its size in the image.
    pub(crate) fn most_young(&self) -> u64 {
        (self.reserve() * SEGMENT_BYTES / 4).max(LEAST_YOUNG)
    }

    /// A free segment was taken.
    pub(crate) fn segment_taken(&mut self) {
        self.old.spare = self.old.spare.saturating_sub(1);
        if self.is_cramped() {
            self.alloc.exhausted = true;
            self.alloc.gc_requested = true;
        }
    }

    /// A segment became free.
    pub(crate) fn segment_freed(&mut self) {
        self.old.spare += 1;
    }

    /// Whether the reserve is being used.
    pub(crate) fn is_cramped(&self) -> bool {
        self.old.spare < self.reserve()
    }

    /// Counts the free segments: all are swept.
    pub(crate) fn count_spare(&mut self) {
        let free = (0..self.old.segments).filter(|segment| is_unused(self.segment_state(*segment))).count();
        self.old.spare = self.most_segments() - self.old.segments.min(self.most_segments()) + free as u64;
        self.old.counted = true;
    }

    /// Whether there is room for an object of this many bytes in one piece, apart from the reserve.
    pub(crate) fn has_place(&self, bytes: u64) -> bool {
        if bytes <= LARGE {
            return true;
        }
        let count = if bytes > HUGE { bytes.div_ceil(SEGMENT_BYTES) } else { 1 };
        if self.old.spare < self.reserve() + count {
            return false;
        }
        if self.old.segments + count <= self.most_segments() {
            return true;
        }
        let mut run = 0;
        (0..self.old.segments).any(|segment| {
            run = if is_unused(self.segment_state(segment)) { run + 1 } else { 0 };
            run == count
        })
    }

    /// Whether a full collection may find more room than there seems to be for an object of this many bytes.
    pub(crate) fn may_find_room(&self, bytes: u64) -> bool {
        let possible = (self.most_segments() - self.reserve()) * SEGMENT_BYTES;
        let dead = self.old.allocated + (self.alloc.young_top - YOUNG_BASE);
        let unsure = !self.old.counted || self.marker.phase != Phase::Idle || dead > WORTH_COLLECTING;
        unsure && bytes <= possible.min(self.options.memory_limit)
    }

    /// Bytes that may still be placed in the image.
    pub(crate) fn old_room(&self) -> u64 {
        let used = self.old.live_bytes + self.old.allocated;
        let range = (self.most_segments() - self.reserve()) * SEGMENT_BYTES;
        self.options.memory_limit.min(range).saturating_sub(used)
    }

    /// End of the memory that the heap may touch.
    #[inline(always)]
    pub(crate) fn reach(&self) -> u64 {
        IMAGE_START + self.old.segments * SEGMENT_BYTES
    }

    /// Takes up the segments that the image says it has.
    pub(crate) fn old_space_opened(&mut self, segments: u64) {
        let live_bytes = segments * SEGMENT_BYTES;
        let spare = self.most_segments() - segments.min(self.most_segments());
        self.old = OldSpace { segments, live_bytes, spare, ..OldSpace::default() };
        let hint = self.search_hint().min(segments);
        let from = Search { segment: hint, block: 0, line: 0 };
        self.old.search = [from; 2];
        self.old.block_search = from;
    }

    /// Forgets the current holes and searches from the beginning: after marking, when lines will become free.
    pub(crate) fn restart_search(&mut self) {
        self.old.holes = Default::default();
        self.old.overflow = Default::default();
        self.old.search = Default::default();
        self.old.block_search = Search::default();
        self.old.fresh = None;
        self.set_search_hint(0);
    }

    /// Makes the first segments of a new image.
    pub(crate) fn format_image(&mut self) -> Result<(), OutOfMemory> {
        self.ensure_segments(1)?;
        self.set_image_magic();
        self.format_segment(0);
        for block in 0..super::segment::META_BYTES / BLOCK_BYTES {
            self.set_block_kind(0, block, kind::META);
        }
        Ok(())
    }
}

fn is_unused(segment_state: u8) -> bool {
    matches!(segment_state, state::UNUSED | state::FREE)
}

fn is_free(kind: u8) -> bool {
    kind == kind::FREE || kind == kind::FREE_RAW
}

/// The first run of clear bits at or after `from`: first line and the line behind the run.
fn free_run(bits: [u64; 4], from: u64) -> Option<(u64, u64)> {
    let next = |start: u64, flip: u64| {
        let mut line = start;
        while line < LINES {
            let word = (bits[(line / 64) as usize] ^ flip) >> (line % 64);
            if word != 0 {
                return line + word.trailing_zeros() as u64;
            }
            line = (line / 64 + 1) * 64;
        }
        LINES
    };
    let first = next(from, u64::MAX);
    if first >= LINES { None } else { Some((first, next(first, 0))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_free_lines_are_found() {
        assert_eq!(free_run([0; 4], 0), Some((0, 256)));
        assert_eq!(free_run([u64::MAX; 4], 0), None);
        assert_eq!(free_run([0b1011, u64::MAX, u64::MAX, u64::MAX], 0), Some((2, 3)));
        assert_eq!(free_run([0b1011, u64::MAX, u64::MAX, u64::MAX], 3), Some((4, 64)));
        assert_eq!(free_run([u64::MAX, u64::MAX, 0, 1], 10), Some((128, 192)));
        assert_eq!(free_run([u64::MAX, 0, 0, 0], 0), Some((64, 256)));
    }
}
