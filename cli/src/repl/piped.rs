//! The prompt without a person: inputs come from a pipe. Without prompts or colours; ends with status 1 at the first
//! input that fails, unless it writes a transcript, which goes on to the end.

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::editor::Attendant;
use super::{Nesting, Next, Repl, some_of, unfinished};
use crate::failure::Outcome;
use crate::say;

impl Repl {
    pub(super) fn with_pipe(&mut self) -> Outcome<i32> {
        let mut pending: Vec<u8> = Vec::new();
        loop {
            // The world may read the same input: take one line at a time, from the one shared buffer.
            let ended = match self.next_line() {
                Ok(line) => {
                    pending.extend_from_slice(&line);
                    line.is_empty()
                }
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

    /// The next line, or nothing at the end. While a door is open the world goes on meanwhile.
    fn next_line(&mut self) -> std::io::Result<Vec<u8>> {
        let visits = self.visits().filter(|_| self.session.has_doors());
        let Some(visits) = visits else { return crate::input::line() };
        self.visited();
        while !crate::input::is_ready() {
            let (text, next) = self.idle();
            if !text.is_empty() {
                say!("{}", text.trim_end_matches('\n'));
            }
            let next = next.map(|t| Timespec { tv_sec: t.as_secs() as _, tv_nsec: t.subsec_nanos() as _ });
            let input = crate::input::descriptor();
            let mut fds = [PollFd::new(&input, PollFlags::IN), PollFd::new(&visits, PollFlags::IN)];
            match poll(&mut fds, next.as_ref()) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            if !fds[1].revents().is_empty() {
                self.visited();
            }
        }
        crate::input::line()
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
