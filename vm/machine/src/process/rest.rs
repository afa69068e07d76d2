//! Waiting without polling: one wait of the system for a time, for Ctrl-C, for what comes in at doors, for work that ends, and for input.
//!
//! Whoever makes something happen sets its flag first and rings then; whoever waits silences the bell first and looks at the flags then, so that
//! nothing is slept through. A wait may end early for no reason: those who wait look again.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::io::Errno;

use crate::vm::Vm;

/// What wakes a machine that waits. Copies ring the same bell.
#[derive(Clone, Default)]
pub struct Bell(Option<Arc<OwnedFd>>);

impl Bell {
    /// A bell of its own. Where the system gives none, waits are short.
    pub fn new() -> Bell {
        Bell(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK).ok().map(Arc::new))
    }

    /// Wakes who waits, or whoever will wait next.
    pub fn ring(&self) {
        if let Some(fd) = &self.0 {
            let _ = rustix::io::write(fd, &1u64.to_ne_bytes());
        }
    }

    /// It has been heard.
    pub fn silence(&self) {
        if let Some(fd) = &self.0 {
            let _ = rustix::io::read(fd, &mut [0u8; 8]);
        }
    }

    /// Readable while it rings.
    pub fn fd(&self) -> Option<BorrowedFd<'_>> {
        self.0.as_ref().map(|fd| fd.as_fd())
    }
}

/// How long to wait where there is no bell.
const PIECE: Duration = Duration::from_millis(20);

/// Waits until one of these can be read, the bell rings, or the time is over (`None`: without end). Whether one can be read.
pub fn wait(bell: &Bell, fds: &[BorrowedFd<'_>], limit: Option<Duration>) -> Result<bool, Errno> {
    let limit = match bell.fd() {
        Some(_) => limit,
        None => Some(limit.map_or(PIECE, |limit| limit.min(PIECE))),
    };
    // The system counts in seconds of its own kind; nobody waits for longer than a year at a stretch.
    let limit = limit.map(|t| t.min(Duration::from_secs(365 * 86_400)));
    let limit = limit.map(|t| Timespec { tv_sec: t.as_secs() as _, tv_nsec: t.subsec_nanos() as _ });
    let mut polled: Vec<PollFd<'_>> =
        fds.iter().copied().chain(bell.fd()).map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)).collect();
    match poll(&mut polled, limit.as_ref()) {
        Ok(_) | Err(Errno::INTR) => {}
        Err(error) => return Err(error),
    }
    Ok(polled.iter().take(fds.len()).any(|p| !p.revents().is_empty()))
}

impl Vm {
    /// Waits for at most so long, until Ctrl-C is pressed; if `for_all`, also until something comes in at a door or a job ends, and with
    /// `for_input` until a line can be read.
    pub(crate) fn rest(&mut self, limit: Duration, for_all: bool, for_input: bool) {
        let host = &mut self.host;
        host.bell.silence();
        let mut doors = host.doors.as_mut().filter(|_| for_all);
        if let Some(doors) = &mut doors {
            doors.clear_wake();
        }
        let something = host.interrupt.load(Ordering::Relaxed)
            || for_all && (self.jobs.has_news() || doors.as_ref().is_some_and(|doors| doors.is_waiting()))
            || for_input && host.console.line_is_ready();
        if !something {
            let doors = doors.as_ref().and_then(|doors| doors.wake_fd());
            let input = host.console.input().filter(|_| for_input);
            let fds: Vec<BorrowedFd<'_>> = doors.into_iter().chain(input).collect();
            if wait(&host.bell, &fds, Some(limit)).is_err() {
                std::thread::sleep(limit.min(PIECE));
            }
        }
        if self.host.interrupt.load(Ordering::Relaxed) {
            self.look_soon();
        }
    }
}
