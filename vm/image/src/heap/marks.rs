//! Mark bits: one for every eight bytes of the space, in pieces of one segment that are made when first used.
//!
//! Outside the image, so that a collection dirties no page for its own sake.

use crate::layout::SEGMENT_BYTES;

const WORDS: usize = (SEGMENT_BYTES / 8 / 64) as usize;

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

    /// Whether an offset is in the set.
    pub(crate) fn contains(&self, offset: u64) -> bool {
        let bit = offset % SEGMENT_BYTES / 8;
        match self.pieces.get((offset / SEGMENT_BYTES) as usize) {
            Some(Some(piece)) => piece[(bit / 64) as usize] & (1 << (bit % 64)) != 0,
            _ => false,
        }
    }
}
