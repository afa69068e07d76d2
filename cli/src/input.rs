//! The program's standard input, line by line, for all who read it: a prompt without a person, and the world.
//!
//! What was read beyond the end of a line is kept here, and nowhere else: so it can be asked whether a line is there without waiting for it.
//! The line editor reads the terminal itself; a terminal gives line by line, so that nothing of one is left here when the other reads.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// What was read and not given to anybody yet.
struct Lines {
    kept: Vec<u8>,
    /// Up to here there is no line end.
    searched: usize,
    ended: bool,
}

static LINES: Mutex<Lines> = Mutex::new(Lines { kept: Vec::new(), searched: 0, ended: false });

impl Lines {
    fn lock() -> MutexGuard<'static, Lines> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the first line ends, if all of it is there.
    fn end(&mut self) -> Option<usize> {
        let found = self.kept[self.searched..].iter().position(|b| *b == b'\n');
        match found {
            Some(at) => Some(self.searched + at + 1),
            None if self.ended && !self.kept.is_empty() => Some(self.kept.len()),
            None => {
                self.searched = self.kept.len();
                None
            }
        }
    }

    /// Reads once more, which may wait.
    fn fill(&mut self) -> Result<(), Errno> {
        let mut piece = [0; 16 << 10];
        match rustix::io::read(std::io::stdin(), &mut piece) {
            Ok(0) => self.ended = true,
            Ok(count) => self.kept.extend_from_slice(&piece[..count]),
            Err(Errno::INTR) => {}
            // Somebody made it a descriptor that does not wait: then this does.
            Err(Errno::AGAIN) => drop(poll(&mut [PollFd::new(&std::io::stdin(), PollFlags::IN)], None)?),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn take(&mut self, end: usize) -> Vec<u8> {
        self.searched = 0;
        self.kept.drain(..end).collect()
    }
}

/// Whether the next line, or the end, can be had without waiting.
pub fn is_ready() -> bool {
    let mut lines = Lines::lock();
    loop {
        if lines.ended || lines.end().is_some() {
            return true;
        }
        let stdin = std::io::stdin();
        let mut polled = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut polled, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })) {
            Ok(0) | Err(Errno::INTR) => return false,
            Ok(_) => {}
            // What is wrong, reading tells.
            Err(_) => return true,
        }
        if lines.fill().is_err() {
            return true;
        }
    }
}

/// The next line with its end, waiting for it; nothing at the end of the input.
pub fn line() -> std::io::Result<Vec<u8>> {
    let mut lines = Lines::lock();
    loop {
        if let Some(end) = lines.end() {
            return Ok(lines.take(end));
        }
        if std::mem::take(&mut lines.ended) {
            // At a terminal one may go on after it.
            return Ok(Vec::new());
        }
        lines.fill()?;
    }
}

/// What can be waited for.
pub fn descriptor() -> std::os::fd::BorrowedFd<'static> {
    rustix::stdio::stdin()
}

/// Whether all that was read has been given to somebody.
#[cfg(test)]
fn is_empty() -> bool {
    Lines::lock().kept.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_their_ends() {
        let mut lines = Lines { kept: b"one\ntwo".to_vec(), searched: 0, ended: false };
        let end = lines.end().expect("a line");
        assert_eq!(lines.take(end), b"one\n");
        assert_eq!(lines.end(), None);
        lines.kept.extend_from_slice(b" and\nthree");
        let end = lines.end().expect("a line");
        assert_eq!(lines.take(end), b"two and\n");
        assert_eq!(lines.end(), None);
        lines.ended = true;
        let end = lines.end().expect("the rest");
        assert_eq!(lines.take(end), b"three");
        assert_eq!(lines.end(), None);
        assert!(is_empty());
    }
}
