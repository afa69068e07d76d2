//! Whether keys come faster than anybody types: then they are pasted, by a terminal that does not mark what it pastes.
//!
//! A key is hurried if it came soon after the one before, or if nobody had to wait for it: a busy machine makes the time between two
//! keys of a paste long, but it does not make the reader wait for the second one.
//!
//! Whether more keys are there already the terminal tells only of those that nobody has read; the editor reads as many as there are at once,
//! and shows one after the other. So it is counted what this thread has read, where the system tells (`/proc/thread-self/io`), and what
//! of that has become part of the line. The other thing that it reads is a pipe, a byte at a time. Where the count is not certain,
//! no more keys are there.

use std::cell::Cell;
use std::fs::File;
use std::io::Read;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// Nobody types two keys within this time.
const HURRY: Duration = Duration::from_millis(15);
/// Bytes of the longest of the system's files that are read here.
const MOST: usize = 4096;

/// The pace of the keys that one thread reads.
#[derive(Default)]
pub struct Pace {
    last: Cell<Option<(Instant, Option<u64>)>>,
    /// Bytes of the line, after the last key.
    length: Cell<usize>,
    /// Bytes that the editor has read and not shown yet.
    held: Cell<usize>,
    /// What this thread had read when it was last counted.
    before: Cell<Count>,
    /// What it has read for counting.
    own: Cell<Count>,
}

/// What a thread has read: bytes, and how often.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Count {
    bytes: u64,
    calls: u64,
}

impl Pace {
    /// A line begins; what was read before it is of no concern.
    pub fn begin(&self) {
        self.count();
        self.length.set(0);
        self.held.set(0);
    }

    /// A key was read, and made the line what it is.
    pub fn key(&self, line: &str, cursor: usize) {
        self.touch();
        self.count();
        let grown = line.len().checked_sub(self.length.replace(line.len()));
        let typed = line.get(..cursor).and_then(|line| line.chars().next_back()).map(char::len_utf8);
        let held = match grown {
            Some(bytes) if bytes > 0 && typed == Some(bytes) => self.held.get().saturating_sub(bytes),
            // No letter: it may have taken any number of bytes.
            _ => 0,
        };
        self.held.set(held);
    }

    /// A key was read that does something else.
    pub fn touch(&self) {
        self.last.set(Some((Instant::now(), self.waits())));
    }

    /// The key that was just read came in a hurry after the last one.
    pub fn hurried(&self) -> bool {
        let Some((at, waited)) = self.last.get() else { return false };
        at.elapsed() < HURRY || (waited.is_some() && waited == self.waits())
    }

    /// The key that was just read is Enter: more keys are there behind it, or come in the same hurry. A single one would be no more than
    /// an empty line or Ctrl-D, which mean something of their own.
    pub fn goes_on(&self) -> bool {
        let hurried = self.hurried();
        self.count();
        self.held.get() > 2 || (hurried && waiting(HURRY) > 1)
    }

    /// Looks what was read since the last time: the editor reads keys when it has none.
    fn count(&self) {
        let Some(now) = self.read() else { return };
        let before = self.before.replace(now);
        let (bytes, calls) = (now.bytes.wrapping_sub(before.bytes), now.calls.wrapping_sub(before.calls));
        // One of the calls was for keys; each of the others was for a byte.
        if let Some(keys) =
            calls.checked_sub(1).and_then(|others| bytes.checked_sub(others)).filter(|n| *n > 0)
        {
            self.held.set(keys as usize);
        }
    }

    /// What this thread has read, but for what it has read here.
    fn read(&self) -> Option<Count> {
        let own = self.own.get();
        let text = self.text_of("/proc/thread-self/io")?;
        let number =
            |name| text.lines().find_map(|line: &str| line.strip_prefix(name))?.trim().parse::<u64>().ok();
        let (bytes, calls) = (number("rchar:")?, number("syscr:")?);
        Some(Count { bytes: bytes.wrapping_sub(own.bytes), calls: calls.wrapping_sub(own.calls) })
    }

    /// How often this thread has waited for anything, where the system tells.
    fn waits(&self) -> Option<u64> {
        let text = self.text_of("/proc/thread-self/status")?;
        text.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?.trim().parse().ok()
    }

    /// One of the system's files, read in one call.
    fn text_of(&self, path: &str) -> Option<String> {
        let mut buffer = vec![0; MOST];
        let read = File::open(path).ok()?.read(&mut buffer).ok()?;
        let own = self.own.get();
        self.own.set(Count { bytes: own.bytes + read as u64, calls: own.calls + 1 });
        buffer.truncate(read);
        String::from_utf8(buffer).ok()
    }
}

/// Bytes that can be read from the terminal, now or within a time.
fn waiting(patience: Duration) -> u64 {
    let stdin = std::io::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    let time = Timespec { tv_sec: 0, tv_nsec: i64::from(patience.subsec_nanos()) };
    // A signal in between, or a terminal that is gone: the editor will see.
    match poll(&mut fds, Some(&time)) {
        Ok(ready) if ready > 0 => rustix::io::ioctl_fionread(&stdin).unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{PipeReader, PipeWriter, Write};

    #[test]
    fn the_first_key_is_not_hurried_the_next_one_is() {
        let pace = Pace::default();
        assert!(!pace.hurried());
        pace.touch();
        assert!(pace.hurried());
    }

    #[test]
    fn who_waited_was_not_hurried() {
        let pace = Pace::default();
        pace.touch();
        std::thread::sleep(4 * HURRY);
        assert!(!pace.hurried());
    }

    /// Reads what is there as the editor does, and shows the keys one after the other. How many of them were still held after each.
    fn shown(pace: &Pace, pipe: &mut PipeReader) -> Vec<usize> {
        let mut buffer = [0; 1024];
        let read = pipe.read(&mut buffer).expect("read");
        let text = std::str::from_utf8(&buffer[..read]).expect("text");
        let each = |(at, c): (usize, char)| {
            pace.key(&text[..at + c.len_utf8()], at + c.len_utf8());
            pace.held.get()
        };
        text.char_indices().map(each).collect()
    }

    #[test]
    fn keys_that_were_read_and_not_shown_are_counted() {
        let (mut keys, mut into): (PipeReader, PipeWriter) = std::io::pipe().expect("a pipe");
        let (mut prints, mut printed) = std::io::pipe().expect("a pipe");
        let pace = Pace::default();
        pace.begin();
        if pace.read().is_none() {
            return eprintln!("not tested: the system does not tell what was read");
        }
        into.write_all("aé3".as_bytes()).expect("written");
        assert_eq!(shown(&pace, &mut keys), [3, 1, 0]);
        // What the world prints meanwhile comes a byte at a time, and is no key.
        pace.begin();
        printed.write_all(b"mm").expect("written");
        for _ in 0..2 {
            prints.read_exact(&mut [0]).expect("read");
        }
        into.write_all(b"xyz").expect("written");
        assert_eq!(shown(&pace, &mut keys), [2, 1, 0]);
        // Of what is no letter nobody knows how many bytes it was.
        pace.begin();
        into.write_all(b"xyz").expect("written");
        keys.read_exact(&mut [0; 3]).expect("read");
        pace.key("", 0);
        assert_eq!(pace.held.get(), 0);
        // As many letters at once as no key makes: they were pasted, with marks.
        pace.begin();
        into.write_all(b"xyz").expect("written");
        keys.read_exact(&mut [0; 3]).expect("read");
        pace.key("xy", 2);
        assert_eq!(pace.held.get(), 0);
    }
}
