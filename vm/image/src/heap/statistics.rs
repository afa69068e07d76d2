//! Counters of the heap, readable from the world.

use crate::layout::SEGMENT_BYTES;

use super::{Heap, YOUNG_BASE};

/// What the heap has done and how large it is. Bytes, counts and nanoseconds.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Statistics {
    /// Scavenges so far.
    pub scavenges: u64,
    /// Bytes moved into the image by scavenges.
    pub promoted_bytes: u64,
    /// Full marks that have come to an end.
    pub full_marks: u64,
    /// Longest time a collection step stopped the world.
    pub longest_pause: u64,
    /// Sum of those times.
    pub total_pause: u64,
    /// Bytes of young space in use.
    pub young_bytes: u64,
    /// Bytes of young space that may be in use before a scavenge is asked for.
    pub young_capacity: u64,
    /// Bytes of the image that hold objects: what the last sweep found, and what was placed since.
    pub old_bytes: u64,
    /// Bytes of all segments.
    pub image_bytes: u64,
    /// Canonical strings.
    pub symbols: u64,
}

impl Heap {
    /// The counters as they stand.
    pub fn statistics(&self) -> Statistics {
        Statistics {
            young_bytes: self.alloc.young_top - YOUNG_BASE,
            young_capacity: self.young_soft,
            old_bytes: self.old.live_bytes + self.old.allocated,
            image_bytes: self.old.segments * SEGMENT_BYTES,
            symbols: self.symbol_count() as u64,
            ..self.stats
        }
    }
}
