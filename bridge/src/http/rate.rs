//! How much somebody may say: so many messages a second, over some seconds, so that a burst is no offence.

use std::time::{Duration, Instant};

/// Most messages a second, over `OVER`.
const A_SECOND: u32 = 2000;
/// Time over which messages are counted.
const OVER: Duration = Duration::from_secs(4);

/// What one client has said lately.
pub(super) struct Rate {
    since: Instant,
    said: u32,
}

impl Rate {
    pub(super) fn new(now: Instant) -> Rate {
        Rate { since: now, said: 0 }
    }

    /// One more message. False if that is too much.
    pub(super) fn allows_one(&mut self, now: Instant) -> bool {
        if now.saturating_duration_since(self.since) >= OVER {
            *self = Rate::new(now);
        }
        self.said += 1;
        u64::from(self.said) <= u64::from(A_SECOND) * OVER.as_secs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bursts_are_allowed_and_floods_are_not() {
        let begun = Instant::now();
        let mut rate = Rate::new(begun);
        // As much as may be, for a minute.
        for i in 0..120_000u32 {
            assert!(rate.allows_one(begun + Duration::from_micros(500) * i), "{i}");
        }
        // All that four seconds allow at once, and one more.
        let mut rate = Rate::new(begun);
        assert!((0..8000).all(|_| rate.allows_one(begun)));
        assert!(!rate.allows_one(begun));
        assert!(rate.allows_one(begun + Duration::from_secs(5)));
    }
}
