//! When to collect: the policy over scavenging, marking and sweeping.
//!
//! A safepoint scavenges, then does a bounded amount of whatever is under way. Marking begins when enough has been placed
//! in the image since the last time. Everything here happens between bytecodes; nothing runs in the background.

use std::time::{Duration, Instant};

use super::mark::Phase;
use super::{Heap, Roots};

/// Bytes placed in the image before marking begins, at least.
const LEAST_GROWTH: u64 = 32 << 20;
/// Time of one marking or sweeping step, unless allocation runs ahead.
const STEP: Duration = Duration::from_micros(1500);
/// The same when much has been allocated since marking began.
const LONG_STEP: Duration = Duration::from_micros(4000);
/// Words marked between two looks at the clock.
const MARK_SLICE: usize = 4 << 10;
/// The same while any word may lie in a segment of the file that must be checked first, which takes 0.2 ms.
const UNCHECKED_SLICE: usize = 64;
/// Segments swept between two looks at the clock.
const SWEEP_SLICE: u64 = 1;
/// Live bytes from which an explicit collection marks with several threads.
const PARALLEL_FROM: u64 = 64 << 20;

impl Heap {
    /// The place for collections: empties young space, and goes on with marking and sweeping when they are under way or
    /// due. True if objects of the image were found dead in this call, so that what was derived from them (caches by
    /// map, code) must be dropped; `is_live` tells which until the next allocation.
    pub fn safepoint(&mut self, roots: &mut dyn Roots) -> bool {
        let start = Instant::now();
        self.scavenge(roots);
        let mut freed = false;
        match self.marker.phase {
            Phase::Idle => {
                if self.alloc.exhausted {
                    self.collect_full(roots);
                    freed = true;
                } else if self.options.gc_stress
                    || self.old.allocated > LEAST_GROWTH.max(self.old.live_bytes / 2)
                {
                    self.start_marking(roots);
                }
            }
            Phase::Marking => freed = self.mark_for_a_while(roots, start),
            Phase::Sweeping => self.sweep_for_a_while(start),
        }
        self.note_pause(start);
        freed
    }

    fn mark_for_a_while(&mut self, roots: &mut dyn Roots, start: Instant) -> bool {
        let slice = match () {
            () if self.options.gc_stress => 64,
            () if self.space.has_unchecked() => UNCHECKED_SLICE,
            () => MARK_SLICE,
        };
        let since = self.old.allocated - self.old.at_mark_start.min(self.old.allocated);
        let hurried = self.alloc.exhausted || since > LEAST_GROWTH.max(self.old.live_bytes / 4);
        let step = if hurried { LONG_STEP } else { STEP };
        loop {
            if self.mark_some(slice) {
                self.finish_marking(roots);
                self.after_marking();
                return true;
            }
            if self.options.gc_stress || start.elapsed() > step {
                return false;
            }
        }
    }

    fn sweep_for_a_while(&mut self, start: Instant) {
        while !self.sweep_some(SWEEP_SLICE) {
            if start.elapsed() > STEP {
                return;
            }
        }
    }

    /// One step of marking or sweeping of about `budget` words, for callers with time to spare: begins a cycle if none is
    /// under way. True if objects of the image were found dead in this call.
    pub fn mark_step(&mut self, roots: &mut dyn Roots, budget: usize) -> bool {
        let start = Instant::now();
        self.scavenge(roots);
        let freed = match self.marker.phase {
            Phase::Idle => {
                self.start_marking(roots);
                false
            }
            Phase::Marking => {
                let done = self.mark_some(budget);
                if done {
                    self.finish_marking(roots);
                    self.after_marking();
                }
                done
            }
            Phase::Sweeping => {
                self.sweep_some(1 + budget as u64 / 4096);
                false
            }
        };
        self.note_pause(start);
        freed
    }

    /// Collects everything that is not reachable now, in one go, however long it takes. What was derived from dead objects
    /// must be dropped afterwards, as after a `safepoint` that said true.
    pub fn collect_full(&mut self, roots: &mut dyn Roots) {
        self.scavenge(roots);
        if self.marker.phase == Phase::Marking {
            // What this cycle has marked may have died since: end it and begin again.
            self.finish_marking(roots);
        }
        self.start_marking(roots);
        let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
        if threads > 1 && self.old.live_bytes + self.old.allocated >= PARALLEL_FROM {
            self.mark_in_parallel(threads);
        } else {
            self.finish_marking(roots);
        }
        self.finish_sweeping();
        self.after_marking();
        if self.options.verify
            && let Err(error) = self.verify(roots)
        {
            panic!("after a collection: {error}");
        }
    }

    fn after_marking(&mut self) {
        if self.marker.phase == Phase::Idle {
            self.count_spare();
        }
        self.alloc.exhausted = self.old_room() == 0 || self.is_cramped();
    }

    fn note_pause(&mut self, start: Instant) {
        let pause = start.elapsed().as_nanos() as u64;
        self.stats.total_pause += pause;
        self.stats.longest_pause = self.stats.longest_pause.max(pause);
    }

    /// Forgets the longest pause measured so far.
    pub fn reset_pauses(&mut self) {
        self.stats.longest_pause = 0;
        self.stats.total_pause = 0;
    }
}
