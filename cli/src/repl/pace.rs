//! Whether keys come faster than anybody types: then they are pasted, by a terminal that does not mark what it pastes.
//!
//! A key is hurried if it came soon after the one before, or if nobody had to wait for it: a busy machine makes the time between two
//! keys of a paste long, but it does not make the reader wait for the second one.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// Nobody types two keys within this time.
const HURRY: Duration = Duration::from_millis(15);

/// The pace of the keys that one thread reads.
#[derive(Default)]
pub struct Pace {
    last: Cell<Option<(Instant, Option<u64>)>>,
}

impl Pace {
    /// A key was read.
    pub fn key(&self) {
        self.last.set(Some((Instant::now(), waits())));
    }

    /// The key that was just read came in a hurry after the last one.
    pub fn hurried(&self) -> bool {
        let Some((at, waited)) = self.last.get() else { return false };
        at.elapsed() < HURRY || (waited.is_some() && waited == waits())
    }
}

/// How often this thread has waited for anything, where the system tells.
fn waits() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/thread-self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_key_is_not_hurried_the_next_one_is() {
        let pace = Pace::default();
        assert!(!pace.hurried());
        pace.key();
        assert!(pace.hurried());
    }

    #[test]
    fn who_waited_was_not_hurried() {
        let pace = Pace::default();
        pace.key();
        std::thread::sleep(4 * HURRY);
        assert!(!pace.hurried());
    }
}
