//! `batos live`: a world with nobody at it, for a while. Its processes go on; what it does by itself it decides itself.

use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::args::WorldArgs;
use crate::failure::{Failure, Outcome, Status};
use crate::interrupt;
use crate::say;
use crate::session::{Answer, Session};
use crate::terminal::Colours;
use crate::world::{self, Purpose};

/// Milliseconds that the world has before it is looked whether the program is to end.
const TURN: i32 = 50;

/// `batos live`
pub fn live(args: &WorldArgs, time: Option<Duration>, autocommit: Option<Duration>) -> Outcome {
    let mut session = world::open(args, Purpose::Live, Vec::new())?;
    if let Some(reason) = &session.read_only {
        return Err(Failure::new(
            Status::Usage,
            format!("a world that can't be changed does not live: {reason}"),
        ));
    }
    let ending = interrupt::serve()
        .map_err(|e| Failure::new(Status::Failed, format!("signals can't be waited for: {e}")))?;
    batos_machine::host::activity().leave();
    let begun = Instant::now();
    let mut committed = Instant::now();
    let left = || time.map(|time| time.saturating_sub(begun.elapsed()));
    while !interrupt::asked_to_end() && left() != Some(Duration::ZERO) {
        let (quit, next) = session.turn(TURN);
        if let Some(status) = quit {
            keep(&mut session)?;
            return if status == 0 { Ok(()) } else { Err(Failure::reported(Status::Failed)) };
        }
        if autocommit.is_some_and(|every| committed.elapsed() >= every) {
            committed = Instant::now();
            keep(&mut session)?;
        }
        let nothing_to_do = next.is_none() && autocommit.is_none();
        if nothing_to_do && time.is_none() {
            crate::complain!("nothing in this world wants to run");
            break;
        }
        let rest = [next, left(), autocommit].into_iter().flatten().min();
        if next != Some(Duration::ZERO) {
            let rest = rest.map(|t| Timespec { tv_sec: t.as_secs() as _, tv_nsec: t.subsec_nanos() as _ });
            let _ = poll(&mut [PollFd::new(&ending, PollFlags::IN)], rest.as_ref());
        }
    }
    keep(&mut session)?;
    if let Answer::Value(value) = session.evaluate(b"inquiry showDreams", "batos live", Colours::stderr()) {
        say!("{}", session.text(value));
    }
    Ok(())
}

fn keep(session: &mut Session) -> Outcome {
    if session.vm.has_unsaved_changes() {
        session.commit("on leaving a world that lived by itself")?;
    }
    Ok(())
}
