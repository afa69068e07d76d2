//! Spaces for heaps that have no file (worlds in memory, tests, Miri), and how much memory there is.

use crate::layout::{IMAGE_START, SEGMENT_BYTES};
use crate::space::{Space, SpaceError, SpaceOptions};

/// Spaces without a file are one plain allocation: under Miri, which knows no mappings, and where a tool shall watch its ends.
const PLAIN: bool = cfg!(any(miri, feature = "plain"));

/// Segments of a heap in memory: 16 GiB of addresses, or what can well be allocated.
pub(crate) const MEMORY_SEGMENTS: u64 = if cfg!(miri) {
    16
} else if PLAIN {
    512
} else {
    16 << 10
};

impl Space {
    /// An empty space without a file for at most `segments` segments.
    pub fn in_memory(segments: u64) -> Result<Space, SpaceError> {
        let range_bytes = IMAGE_START + segments.max(1) * SEGMENT_BYTES;
        let options = SpaceOptions { range_bytes, ..SpaceOptions::default() };
        if PLAIN { Space::allocated(options, 0) } else { Space::reserve(options) }
    }

    /// The same for callers that cannot go on without memory: panics if the system refuses the address range.
    pub fn with_limit(segments: u64) -> Space {
        match Space::in_memory(segments) {
            Ok(space) => space,
            Err(error) => panic!("{error}"),
        }
    }
}

/// Three quarters of the machine's memory: a heap that grows further would be ended by the system, not by us.
pub(crate) fn default_limit() -> u64 {
    if cfg!(miri) {
        return u64::MAX;
    }
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = total.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.map_or(u64::MAX, |kib| kib / 4 * 3 * 1024)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_default_limit_is_sensible() {
        assert!(super::default_limit() > 64 << 20);
    }
}
