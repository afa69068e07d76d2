//! A range of memory without a file: what a heap that is never saved lives in.
//!
//! One allocation of zeroed words covers the young space and as many segments as the heap may grow to, plus a
//! byte per card. Nothing here knows objects. The same heap code runs on this under Miri.

use std::alloc::{Layout, alloc_zeroed, dealloc};

use crate::layout::{CARD_BYTES, IMAGE_START, SEGMENT_BYTES};

use super::OutOfMemory;

/// A zeroed range: offsets `0 .. IMAGE_START` are young space, the rest is the image.
pub struct Space {
    base: *mut u8,
    cards: *mut u8,
    bytes: usize,
}

// SAFETY: the two pointers own their allocations and are not shared with any other value.
unsafe impl Send for Space {}

impl Space {
    /// Room for `segments` segments of image. Pages are touched only when used.
    pub fn with_limit(segments: u64) -> Space {
        let bytes = (IMAGE_START + segments.max(1) * SEGMENT_BYTES) as usize;
        // SAFETY: the layouts have non-zero size.
        let (base, cards) = unsafe { (alloc_zeroed(space_layout(bytes)), alloc_zeroed(card_layout(bytes))) };
        if base.is_null() || cards.is_null() {
            std::alloc::handle_alloc_error(space_layout(bytes));
        }
        Space { base, cards, bytes }
    }

    /// Start of the range.
    pub fn base(&self) -> *mut u8 {
        self.base
    }

    /// One byte per card of the whole range.
    pub fn cards(&self) -> *mut u8 {
        self.cards
    }

    /// Segments of image that fit.
    pub fn segment_limit(&self) -> u64 {
        (self.bytes as u64 - IMAGE_START) / SEGMENT_BYTES
    }

    /// Makes the first `n` segments usable.
    pub fn grow(&mut self, n: u64) -> Result<(), OutOfMemory> {
        if n <= self.segment_limit() { Ok(()) } else { Err(OutOfMemory) }
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        // SAFETY: both were allocated in `with_limit` with these layouts.
        unsafe {
            dealloc(self.base, space_layout(self.bytes));
            dealloc(self.cards, card_layout(self.bytes));
        }
    }
}

fn space_layout(bytes: usize) -> Layout {
    Layout::from_size_align(bytes, 16).unwrap_or(Layout::new::<u64>())
}

fn card_layout(bytes: usize) -> Layout {
    Layout::from_size_align(bytes / CARD_BYTES as usize, 16).unwrap_or(Layout::new::<u64>())
}
