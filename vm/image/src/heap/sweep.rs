//! Sweeping: after marking, lines without marked objects become free, segment by segment.
//!
//! Looks at marks only, never at objects. Writes a line table only where it changes, so that a collection that finds
//! little garbage dirties few pages. Invariant: nothing is placed in a segment before it is swept.

use super::Heap;
use super::mark::Phase;
use super::segment::{BLOCKS, block_offset, kind, reserved_lines, segment_offset, state};

impl Heap {
    pub(crate) fn start_sweeping(&mut self) {
        self.restart_search();
        self.marker.phase = Phase::Sweeping;
        self.marker.sweep_next = 0;
        self.marker.sweep_end = self.old.segments;
        self.marker.swept.clear();
        self.marker.swept.resize(self.old.segments as usize, false);
    }

    /// Sweeps about `segments` segments. True when all are done.
    pub(crate) fn sweep_some(&mut self, segments: u64) -> bool {
        let end = (self.marker.sweep_next + segments).min(self.marker.sweep_end);
        for segment in self.marker.sweep_next..end {
            self.ensure_swept(segment);
        }
        self.marker.sweep_next = end;
        let done = end == self.marker.sweep_end;
        if done {
            self.marker.phase = Phase::Idle;
        }
        done
    }

    pub(crate) fn finish_sweeping(&mut self) {
        if self.marker.phase == Phase::Sweeping {
            self.sweep_some(u64::MAX >> 1);
        }
    }

    /// Sweeps a segment if that is still to be done.
    #[inline]
    pub(crate) fn ensure_swept(&mut self, segment: u64) {
        if self.marker.phase == Phase::Sweeping
            && let Some(swept) = self.marker.swept.get_mut(segment as usize)
            && !std::mem::replace(swept, true)
        {
            self.sweep_segment(segment);
            self.marker.marks.clear(segment);
        }
    }

    fn sweep_segment(&mut self, segment: u64) {
        self.texts.clear();
        match self.segment_state(segment) {
            state::NORMAL => self.sweep_blocks(segment),
            state::LARGE_VALUES | state::LARGE_BYTES
                if !self.marker.marks.contains(segment_offset(segment)) =>
            {
                self.free_run(segment);
            }
            _ => {}
        }
    }

    /// Frees the segments of a dead large object.
    fn free_run(&mut self, first: u64) {
        self.set_segment_state(first, state::FREE);
        let mut segment = first + 1;
        while segment < self.old.segments
            && matches!(self.segment_state(segment), state::LARGE_VALUES_REST | state::LARGE_BYTES_REST)
        {
            self.set_segment_state(segment, state::FREE);
            segment += 1;
        }
    }

    fn sweep_blocks(&mut self, segment: u64) {
        let mut empty = true;
        let mut dead_run = false;
        for block in 0..BLOCKS {
            let reserved = reserved_lines(segment, block);
            let kind = self.block_kind(segment, block);
            let freed = match kind {
                kind::VALUES | kind::BYTES => {
                    let marked = self.marker.marks.block_lines(segment, block);
                    let bits = std::array::from_fn(|i| marked[i] | reserved[i]);
                    self.set_line_bits(segment, block, bits);
                    marked == [0; 4]
                }
                kind::LARGE_VALUES | kind::LARGE_BYTES => {
                    dead_run = !self.marker.marks.contains(block_offset(segment, block));
                    dead_run
                }
                kind::LARGE_VALUES_REST | kind::LARGE_BYTES_REST => dead_run,
                _ => false,
            };
            if freed {
                let raw = matches!(kind, kind::BYTES | kind::LARGE_BYTES | kind::LARGE_BYTES_REST);
                self.set_block_kind(segment, block, if raw { kind::FREE_RAW } else { kind::FREE });
                self.set_line_bits(segment, block, reserved);
            }
            empty &= freed || matches!(kind, kind::FREE | kind::FREE_RAW);
        }
        if empty && segment != 0 {
            self.set_segment_state(segment, state::FREE);
        }
    }
}
