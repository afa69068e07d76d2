//! Mark bits, outside the image so that a collection dirties no page for its own sake.
//!
//! `Bits` is a set of object offsets for one walk. `Marks` is what the collector keeps: a bit for every eight bytes
//! and a byte for every line, in pieces of one segment. Its words are atomic because several threads may mark; a
//! single one uses plain loads and stores. Pieces come in slabs, so large that the system gives them zeroed and untouched:
//! covering a large image takes no time, in what is a pause.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};

use crate::layout::{BLOCK_BYTES, IMAGE_START, LINE_BYTES, SEGMENT_BYTES};

const WORDS: usize = (SEGMENT_BYTES / 8 / 64) as usize;
const LINES: usize = (SEGMENT_BYTES / LINE_BYTES) as usize;
const BLOCK_WORDS: u64 = BLOCK_BYTES / 8 / 64;

/// A set of object offsets, for one thread.
#[derive(Default)]
pub(crate) struct Bits {
    pieces: Vec<Option<Box<[u64; WORDS]>>>,
}

impl Bits {
    /// Adds an offset; true if it was not there.
    #[inline]
    pub(crate) fn set(&mut self, offset: u64) -> bool {
        let segment = (offset / SEGMENT_BYTES) as usize;
        if segment >= self.pieces.len() {
            self.pieces.resize_with(segment + 1, || None);
        }
        let piece = self.pieces[segment].get_or_insert_with(|| Box::new([0; WORDS]));
        let bit = offset % SEGMENT_BYTES / 8;
        let word = &mut piece[(bit / 64) as usize];
        let new = *word & (1 << (bit % 64)) == 0;
        *word |= 1 << (bit % 64);
        new
    }
}

/// Marks of one segment.
struct Piece {
    bits: [AtomicU64; WORDS],
    lines: [AtomicU8; LINES],
}

/// Pieces of a slab, which then has 1.5 MiB. A power of two.
const SLAB: usize = if cfg!(miri) { 4 } else { 64 };

type Slab = [Piece; SLAB];

fn new_slab() -> Box<Slab> {
    // SAFETY: all-zero bytes are valid for arrays of atomic integers.
    unsafe { Box::<Slab>::new_zeroed().assume_init() }
}

/// The collector's marks. Invariant outside of a collection: all are clear.
#[derive(Default)]
pub(crate) struct Marks {
    slabs: Vec<Box<Slab>>,
}

impl Marks {
    /// Covers the first `segments` segments of the image.
    pub(crate) fn cover(&mut self, segments: u64) {
        let slabs = (segments as usize).div_ceil(SLAB);
        if self.slabs.len() < slabs {
            self.slabs.resize_with(slabs, new_slab);
        }
    }

    #[inline(always)]
    fn piece(&self, segment: u64) -> &Piece {
        &self.slabs[segment as usize / SLAB][segment as usize % SLAB]
    }

    #[inline(always)]
    fn place(&self, offset: u64) -> (&AtomicU64, u64) {
        debug_assert!(offset >= IMAGE_START);
        let at = offset - IMAGE_START;
        let bit = at % SEGMENT_BYTES / 8;
        (&self.piece(at / SEGMENT_BYTES).bits[(bit / 64) as usize], 1 << (bit % 64))
    }

    /// Marks an object; true if it was not marked. For one thread.
    #[inline(always)]
    pub(crate) fn set(&self, offset: u64) -> bool {
        let (word, bit) = self.place(offset);
        let old = word.load(Relaxed);
        if old & bit != 0 {
            return false;
        }
        word.store(old | bit, Relaxed);
        true
    }

    /// The same when several threads mark.
    #[inline(always)]
    pub(crate) fn set_shared(&self, offset: u64) -> bool {
        let (word, bit) = self.place(offset);
        word.load(Relaxed) & bit == 0 && word.fetch_or(bit, Relaxed) & bit == 0
    }

    /// Whether an object is marked.
    #[inline(always)]
    pub(crate) fn contains(&self, offset: u64) -> bool {
        let (word, bit) = self.place(offset);
        word.load(Relaxed) & bit != 0
    }

    /// Notes the lines that a small object lies on.
    #[inline(always)]
    pub(crate) fn set_lines(&self, offset: u64, bytes: u64) {
        let at = offset - IMAGE_START;
        let piece = self.piece(at / SEGMENT_BYTES);
        let first = at % SEGMENT_BYTES / LINE_BYTES;
        let last = (at % SEGMENT_BYTES + bytes - 1) / LINE_BYTES;
        for line in first..=last.min(LINES as u64 - 1) {
            piece.lines[line as usize].store(1, Relaxed);
        }
    }

    /// The lines of a block that hold marked objects, one bit each.
    pub(crate) fn block_lines(&self, segment: u64, block: u64) -> [u64; 4] {
        let lines = &self.piece(segment).lines[block as usize * 256..][..256];
        let mut bits = [0; 4];
        for (i, line) in lines.iter().enumerate() {
            bits[i / 64] |= (line.load(Relaxed) as u64) << (i % 64);
        }
        bits
    }

    /// Calls `f` with every marked offset in `from .. to`, rising.
    pub(crate) fn each_in(&self, from: u64, to: u64, mut f: impl FnMut(u64)) {
        let mut at = from;
        while at < to {
            let (word, bit) = self.place(at);
            let rest = word.load(Relaxed) & !(bit - 1);
            let word_start = at & !511;
            if rest == 0 {
                at = word_start + 512;
            } else {
                let found = word_start + rest.trailing_zeros() as u64 * 8;
                if found < to {
                    f(found);
                }
                at = found + 8;
            }
        }
    }

    /// The last marked offset before `at` in the block of `at`.
    pub(crate) fn last_before(&self, at: u64) -> Option<u64> {
        let (word, bit) = self.place(at);
        let rest = word.load(Relaxed) & (bit - 1);
        let word_start = at & !511;
        if rest != 0 {
            return Some(word_start + (63 - rest.leading_zeros() as u64) * 8);
        }
        let index = (word_start - IMAGE_START) / 512;
        for back in 1..=index % BLOCK_WORDS {
            let start = word_start - back * 512;
            let bits = self.place(start).0.load(Relaxed);
            if bits != 0 {
                return Some(start + (63 - bits.leading_zeros() as u64) * 8);
            }
        }
        None
    }

    /// Clears the marks of a segment.
    pub(crate) fn clear(&mut self, segment: u64) {
        if let Some(slab) = self.slabs.get_mut(segment as usize / SLAB) {
            let piece = &mut slab[segment as usize % SLAB];
            piece.bits.iter_mut().for_each(|w| *w.get_mut() = 0);
            piece.lines.iter_mut().for_each(|l| *l.get_mut() = 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_again() {
        let mut marks = Marks::default();
        marks.cover(2);
        let block = IMAGE_START + SEGMENT_BYTES + BLOCK_BYTES;
        for at in [block + 16, block + 8000, block + 8008] {
            assert!(marks.set(at));
            assert!(!marks.set_shared(at));
        }
        assert_eq!(marks.last_before(block + 16), None);
        assert_eq!(marks.last_before(block + 24), Some(block + 16));
        assert_eq!(marks.last_before(block + 8000), Some(block + 16));
        assert_eq!(marks.last_before(block + BLOCK_BYTES - 8), Some(block + 8008));
        let mut seen = Vec::new();
        marks.each_in(block + 24, block + 8008, |at| seen.push(at));
        assert_eq!(seen, [block + 8000]);
        marks.set_lines(block + 120, 16);
        assert_eq!(marks.block_lines(1, 1), [0b11, 0, 0, 0]);
        marks.clear(1);
        assert!(!marks.contains(block + 16));
        assert_eq!(marks.block_lines(1, 1), [0; 4]);
    }
}
