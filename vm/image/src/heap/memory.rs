//! Spaces for heaps that have no file: worlds in memory, tests, Miri.

use crate::layout::{IMAGE_START, SEGMENT_BYTES};
use crate::space::{Space, SpaceError, SpaceOptions};

impl Space {
    /// An empty space without a file for at most `segments` segments. Under Miri it is one plain allocation.
    pub fn in_memory(segments: u64) -> Result<Space, SpaceError> {
        let range_bytes = IMAGE_START + segments.max(1) * SEGMENT_BYTES;
        let options = SpaceOptions { range_bytes, ..SpaceOptions::default() };
        if cfg!(miri) { Space::allocated(options, 0) } else { Space::reserve(options) }
    }

    /// The same for callers that cannot go on without memory: panics if the system refuses the address range.
    pub fn with_limit(segments: u64) -> Space {
        match Space::in_memory(segments) {
            Ok(space) => space,
            Err(error) => panic!("{error}"),
        }
    }
}
