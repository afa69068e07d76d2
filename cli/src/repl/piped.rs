//! The prompt without a person: inputs come from a pipe. Without prompts or colours; ends with status 1 at the first
//! input that fails, unless it writes a transcript, which goes on to the end.

use std::io::{self, BufRead};

use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};

use super::editor::Attendant;
use super::{Nesting, Next, Repl, some_of, unfinished};
use crate::failure::Outcome;
use crate::say;

impl Repl {
    pub(super) fn with_pipe(&mut self) -> Outcome<i32> {
        let mut pending: Vec<u8> = Vec::new();
        loop {
            // The world may read the same input: take one line at a time, from the one shared buffer.
            let read = self.read_line(&mut pending);
            let ended = match read {
                Ok(0) => true,
                Ok(_) => false,
                Err(error) => {
                    crate::complain!("batos: the input can't be read: {}", crate::failure::reason(&error));
                    true
                }
            };
            if ended && pending.is_empty() {
                return Ok(self.leave_pipe(0));
            }
            let colon = pending.trim_ascii_start().starts_with(b":");
            if !ended && !colon && unfinished(&pending) {
                continue;
            }
            let text = std::mem::take(&mut pending);
            match self.piped_input(&text) {
                Next::Go(true) => {}
                Next::Go(false) if self.manner.echo => {}
                Next::Go(false) => return Ok(self.leave_pipe(1)),
                Next::Leave(status) => return Ok(self.leave_pipe(status)),
            }
            if let Err(failure) = self.commit_if_due() {
                failure.report();
            }
        }
    }

    /// Reads a line behind what is there. While a door is open the world goes on meanwhile.
    fn read_line(&mut self, pending: &mut Vec<u8>) -> io::Result<usize> {
        let visits = self.visits().filter(|_| self.session.has_doors());
        let Some(visits) = visits else { return io::stdin().lock().read_until(b'\n', pending) };
        let done = eventfd(0, EventfdFlags::CLOEXEC)?;
        let ring = done.try_clone()?;
        let reader = std::thread::spawn(move || {
            let mut line = Vec::new();
            let read = io::stdin().lock().read_until(b'\n', &mut line);
            let _ = rustix::io::write(&ring, &1u64.to_ne_bytes());
            read.map(|_| line)
        });
        self.visited();
        while !reader.is_finished() {
            let (text, next) = self.idle();
            if !text.is_empty() {
                say!("{}", text.trim_end_matches('\n'));
            }
            let next = next.map(|t| Timespec { tv_sec: t.as_secs() as _, tv_nsec: t.subsec_nanos() as _ });
            let mut fds = [PollFd::new(&done, PollFlags::IN), PollFd::new(&visits, PollFlags::IN)];
            match poll(&mut fds, next.as_ref()) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            if !fds[0].revents().is_empty() {
                break;
            }
            if !fds[1].revents().is_empty() {
                self.visited();
            }
        }
        let line = reader.join().map_err(|_| io::Error::other("its reader has ended"))??;
        pending.extend_from_slice(&line);
        Ok(line.len())
    }

    fn piped_input(&mut self, text: &[u8]) -> Next {
        let text = text.trim_ascii_end();
        if self.manner.echo && !text.is_empty() {
            say!("> {}", String::from_utf8_lossy(text).replace('\n', "\n. "));
        }
        self.input(text, None, Nesting::Top)
    }

    /// What was changed and not committed is gone: that is the meaning of a script without a commit. Say so.
    fn leave_pipe(&mut self, status: i32) -> i32 {
        if self.autocommit().is_some() {
            return if self.commit("autocommit on leaving") { status } else { status.max(1) };
        }
        if let Some(paths) = self.session.lost() {
            crate::complain!("note: not committed, so not kept: {}", some_of(&paths));
        }
        status
    }
}
