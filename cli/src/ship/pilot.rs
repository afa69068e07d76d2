//! Who guides a crossing while a world runs: takes requests from the world and from outside, lets the other program prove itself beside
//! the world's work, and hands over when it has.

use std::os::fd::BorrowedFd;
use std::process::Child;

use serde_json::json;

use super::Desk;
use super::captain::{Captain, Trade};
use super::channel::Channel;
use super::harbour::Harbour;
use crate::session::Session;
use crate::{interrupt, say};
use batos_machine::host::Ship;

/// A crossing, if there is one, and where more may be asked for.
pub struct Pilot {
    harbour: Option<Harbour>,
    desk: Desk,
    captain: Option<Captain>,
    asker: Option<Channel>,
    told: usize,
}

impl Pilot {
    /// For a world that is served.
    pub fn new(session: &Session) -> Pilot {
        let writes = session.read_only.is_none();
        let harbour = session.file.as_deref().filter(|_| writes).and_then(Harbour::open);
        Pilot { harbour, desk: session.desk.clone(), captain: None, asker: None, told: 0 }
    }

    /// Readable when there is something to attend to.
    pub fn fds(&self) -> impl Iterator<Item = BorrowedFd<'_>> {
        let harbour = self.harbour.as_ref().map(Harbour::fd);
        harbour.into_iter().chain(self.captain.as_ref().map(Captain::fd))
    }

    /// Looks at requests and at a crossing that is under way. True: the world is another program's now.
    pub fn attend(&mut self, session: &mut Session, trade: &Trade) -> bool {
        if self.captain.is_none() {
            self.look_for_requests(session);
        }
        let Some(captain) = &mut self.captain else { return false };
        let proved = captain.attend();
        self.tell_steps();
        match proved {
            Ok(None) => false,
            Ok(Some(())) => self.cross(session, trade),
            Err(reason) => {
                if let Some(mut captain) = self.captain.take() {
                    captain.end();
                }
                self.tell_end(Err(reason));
                false
            }
        }
    }

    fn look_for_requests(&mut self, session: &mut Session) {
        let mut program = self.desk.wanted();
        if program.is_none()
            && let Some((channel, heard)) = self.harbour.as_ref().and_then(Harbour::take)
            && heard.name() == "upgrade"
        {
            program = Some(heard.text("program").to_string());
            self.asker = Some(channel);
        }
        let Some(program) = program else { return };
        self.told = 0;
        match Captain::set_out(session, &self.desk, &program) {
            Ok(captain) => self.captain = Some(captain),
            Err(reason) => self.tell_end(Err(reason)),
        }
    }

    fn cross(&mut self, session: &mut Session, trade: &Trade) -> bool {
        let Some(captain) = self.captain.take() else { return false };
        let result = captain.swap(session, trade);
        self.tell_steps();
        let crossed = result.is_ok();
        self.tell_end(result.map(drop));
        crossed
    }

    fn tell_steps(&mut self) {
        let log = self.desk.log();
        for line in log.iter().skip(self.told) {
            if let Some(asker) = &mut self.asker {
                // Whoever asked may have gone; the crossing goes on.
                let _ = asker.say(&json!({"word": "step", "text": line}));
            }
        }
        self.told = log.len();
    }

    fn tell_end(&mut self, result: Result<(), String>) {
        if let Err(reason) = &result {
            self.desk.note(&format!("given up: {reason}"));
        }
        self.tell_steps();
        if let Some(mut asker) = self.asker.take() {
            let reason = result.err();
            let _ = asker.say(&json!({"word": "done", "ok": reason.is_none(), "reason": reason}));
        }
    }

    /// The other program listens for requests now.
    pub fn leave(self) {
        if let Some(harbour) = self.harbour {
            harbour.leave();
        }
    }
}

/// All of a crossing at once, at a prompt: each step is shown.
pub fn sail_now(session: &mut Session, desk: &Desk, program: &str) -> Result<Child, String> {
    let mut captain = Captain::set_out(session, desk, program)?;
    let proved = captain.wait_for_proof();
    for line in desk.log() {
        say!("{line}");
    }
    if let Err(reason) = proved {
        captain.end();
        return Err(reason);
    }
    captain.swap(session, &Trade::Prompt)
}

/// Waits for the end of the program that has the terminal now: whoever started this one waits for this one. Its status.
pub fn wait_ashore(session: &mut Session, mut child: Child) -> i32 {
    // The image is the other program's; what this one keeps of it is not to be compared or committed any more.
    session.file = None;
    session.read_only = Some("another program goes on with it".to_string());
    interrupt::person_sits_down();
    match child.wait() {
        Ok(status) => status.code().unwrap_or(1),
        Err(_) => 1,
    }
}
