//! The prompt: reads an input, has the world evaluate it, shows what the world says. Works for a person at a terminal
//! and for a pipe; it does not know the language (that is `lang`) nor what values look like (that is the world).

mod bell;
pub mod colon;
mod complete;
mod debug;
mod editor;
pub mod highlight;
mod output;
mod pace;
mod paste;
mod piped;

use std::io::Write;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use batos_bridge::Bridge;
use batos_machine::doors::Doors;
use colon::Colon;
use editor::{Attendant, Completions, Input, Prompt};

use crate::failure::{Failure, Outcome, Status};
use crate::interrupt;
use crate::say;
use crate::session::{Answer, Session};
use crate::ship::pilot;
use crate::terminal::{self, Colours, Ink};

pub use colon::quote;
pub use highlight::highlight;
pub use output::width;

/// So much of a result is shown on the smallest terminal: the list of commands as a whole.
const LEAST_ROWS: usize = 32;

/// How the prompt behaves.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Commit after so long, if something changed; else as the world's setting says.
    pub autocommit: Option<Duration>,
    /// Print prompts and inputs although nobody types them: a transcript.
    pub echo: bool,
}

/// What to do after an input.
enum Next {
    /// Read the next one; whether the last one went well.
    Go(bool),
    /// Leave with this status.
    Leave(i32),
}

/// Where an input was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Nesting {
    /// At the prompt: an error opens another one on its process.
    Top,
    /// At the prompt on a process: an error is only shown.
    Debugger,
}

/// What going back in history may take with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Discard {
    /// All is committed.
    Nothing,
    /// What is not committed: the user has said so.
    Changes,
    /// Better not to go.
    Refused,
}

/// How many changes the question on leaving names.
const CHANGES_SHOWN: usize = 5;

/// A prompt on a world.
struct Repl {
    session: Session,
    manner: Manner,
    colours: Colours,
    /// Results are cut to the screen.
    screen: bool,
    committed: Instant,
    /// Processes of the world may want to run while nobody types.
    background: bool,
}

/// Runs the prompt until it is left.
pub fn run(mut session: Session, manner: Manner) -> Outcome {
    if session.read_only.is_none() && session.vm.host.doors.is_none() {
        // Doors are opened by the world (`bridge open:`). Where there is no descriptor left for them, that will tell.
        session.vm.host.doors = Bridge::new(&crate::commands::serve::image_of(&session))
            .ok()
            .map(|bridge| Box::new(bridge) as Box<dyn Doors>);
    }
    let person = terminal::interactive() && !manner.echo;
    let mut repl = Repl {
        // What was running at the latest commit goes on; a state that is only looked at stays as it is.
        background: session.read_only.is_none(),
        session,
        manner,
        colours: Colours::stdout(),
        screen: person,
        committed: Instant::now(),
    };
    let status = if person { repl.with_person()? } else { repl.with_pipe()? };
    match status {
        0 => Ok(()),
        1 => Err(Failure::reported(Status::Failed)),
        // The world chose the status itself.
        other => {
            let _ = std::io::stdout().flush();
            drop(repl);
            std::process::exit(other)
        }
    }
}

/// More input can make it legal.
fn unfinished(source: &[u8]) -> bool {
    batos_lang::incomplete(source) == batos_lang::Completeness::Incomplete
}

impl Repl {
    fn with_person(&mut self) -> Outcome<i32> {
        let visits = self.visits();
        let mut prompt = Prompt::new(self.colours, visits)
            .map_err(|e| Failure::new(Status::Failed, format!("the terminal can't be used: {e}")))?;
        self.greet();
        interrupt::person_sits_down();
        loop {
            match prompt.read("> ", self) {
                Input::Text(text) => {
                    if let Next::Leave(status) = self.typed(&text, &mut prompt) {
                        return Ok(status);
                    }
                    if let Some(status) = self.sail() {
                        return Ok(status);
                    }
                }
                Input::Dropped => say!("(Ctrl-D leaves)"),
                Input::End => {
                    if self.may_leave(&mut prompt) {
                        return Ok(0);
                    }
                }
            }
        }
    }

    /// Can be read when somebody comes in at a door, if there may be doors.
    fn visits(&self) -> Option<OwnedFd> {
        let doors = self.session.vm.host.doors.as_ref()?;
        doors.wake_fd()?.try_clone_to_owned().ok()
    }

    /// If the world has asked for another program: that one goes on at this terminal, and this one waits for its end. The status to leave
    /// with; nothing if the world goes on here.
    fn sail(&mut self) -> Option<i32> {
        let desk = self.session.desk.clone();
        let program = desk.wanted()?;
        match pilot::sail_now(&mut self.session, &desk, &program) {
            Ok(child) => Some(pilot::wait_ashore(&mut self.session, child)),
            Err(reason) => {
                crate::complain!("{program} does not go on with this world: {reason}. Nothing was lost.");
                None
            }
        }
    }

    /// What a person typed or pasted. Several inputs in one paste are taken one by one, up to the first that fails.
    fn typed(&mut self, text: &str, prompt: &mut Prompt) -> Next {
        let mut inputs = paste::inputs(text).into_iter();
        while let Some(input) = inputs.next() {
            let next = self.input(input.as_bytes(), Some(prompt), Nesting::Top);
            self.background = true;
            match next {
                Next::Go(true) => {}
                Next::Go(false) => {
                    let left = inputs.count();
                    if left > 0 {
                        let note = format!("(of what was pasted, {left} more were not evaluated)");
                        say!("{}", self.colours.paint(Ink::Quiet, &note));
                    }
                    return Next::Go(false);
                }
                leave @ Next::Leave(_) => return leave,
            }
        }
        Next::Go(true)
    }

    fn greet(&self) {
        let session = &self.session;
        let place = session.file.as_ref().map_or("in memory".to_string(), |f| f.display().to_string());
        say!("{} {}  {place}", self.colours.paint(Ink::Strong, "BAT OS"), env!("CARGO_PKG_VERSION"));
        say!("{}", self.colours.paint(Ink::Quiet, ":help tells what can be typed; Ctrl-D leaves"));
        if let Some(reason) = &session.read_only {
            say!("{}", self.colours.paint(Ink::Quiet, &format!("This image can't be changed: {reason}.")));
        }
    }

    /// One input, of a person or a pipe.
    fn input(&mut self, text: &[u8], prompt: Option<&mut Prompt>, nesting: Nesting) -> Next {
        let text = text.trim_ascii();
        if text.is_empty() {
            return Next::Go(true);
        }
        if !text.starts_with(b":") {
            return self.evaluate(text, prompt, nesting, true);
        }
        match colon::read(&String::from_utf8_lossy(text)) {
            Colon::Evaluate(text) => self.evaluate(text.as_bytes(), prompt, nesting, false),
            Colon::Discard(text) => {
                let mut prompt = prompt;
                match self.may_discard(prompt.as_deref_mut()) {
                    Discard::Nothing => self.evaluate(text.as_bytes(), prompt, nesting, false),
                    Discard::Changes => {
                        let text = format!("image losing: [ {text} ]");
                        self.evaluate(text.as_bytes(), prompt, nesting, false)
                    }
                    Discard::Refused => Next::Go(false),
                }
            }
            Colon::Difference(commit) => match self.session.difference(commit) {
                Ok(found) if found.is_empty() => {
                    say!("nothing differs");
                    Next::Go(true)
                }
                Ok(found) => {
                    crate::commands::diff::print(&found, self.colours);
                    Next::Go(true)
                }
                Err(failure) => {
                    failure.report();
                    Next::Go(false)
                }
            },
            Colon::Wrong(text) => {
                crate::complain!("{text}");
                Next::Go(false)
            }
        }
    }

    /// `quoted`: strings are shown as the world prints them; else their text is shown.
    fn evaluate(&mut self, text: &[u8], prompt: Option<&mut Prompt>, nesting: Nesting, quoted: bool) -> Next {
        let answer = self.session.evaluate(text, "prompt", self.error_colours());
        match (answer, prompt) {
            // What is not saved is asked for, unless the world chose a status.
            (Answer::Quit(0), Some(prompt)) => {
                if self.may_leave(prompt) {
                    Next::Leave(0)
                } else {
                    Next::Go(true)
                }
            }
            (answer, prompt) => self.show(answer, prompt.filter(|_| nesting == Nesting::Top), quoted),
        }
    }

    fn show(&mut self, answer: Answer, prompt: Option<&mut Prompt>, quoted: bool) -> Next {
        let _ = std::io::stdout().flush();
        match answer {
            Answer::Value(value) => {
                self.session.end_line();
                let text = if quoted { self.session.print(value) } else { self.session.text(value) };
                self.print(text);
                Next::Go(true)
            }
            Answer::Refused(text) => {
                self.complain(&text);
                Next::Go(false)
            }
            Answer::Aborted(text) => {
                self.complain(&text);
                Next::Go(false)
            }
            Answer::Quit(status) => Next::Leave(status),
            Answer::Suspended(process, text) => {
                self.complain(&text);
                match prompt {
                    Some(prompt) => self.debug(process, prompt, quoted),
                    None => {
                        self.session.vm.abort_process(process);
                        Next::Go(false)
                    }
                }
            }
        }
    }

    /// A result: all of it to a pipe, what fits to a screen.
    fn print(&mut self, text: String) {
        let (columns, rows) = terminal::size();
        if !self.screen {
            say!("{text}");
            return;
        }
        let (shown, more) = output::cut(&text, rows.saturating_sub(3).max(LEAST_ROWS), columns);
        say!("{}", shown.trim_end_matches('\n'));
        if more {
            say!("{}", self.colours.paint(Ink::Quiet, "… :more shows the rest"));
            let rest = text[shown.len()..].trim_start_matches('\n').to_string();
            self.session.vm.host.console.keep_rest(rest);
        }
    }

    /// Errors go where a person or a transcript expects them.
    fn complain(&mut self, text: &str) {
        self.session.end_line();
        if self.screen {
            self.print(text.trim_end().to_string());
        } else if self.manner.echo {
            say!("{}", text.trim_end());
        } else {
            crate::complain!("{}", text.trim_end());
        }
    }

    fn error_colours(&self) -> Colours {
        if self.manner.echo || self.screen { self.colours } else { Colours::stderr() }
    }

    /// After how long to commit by itself: as the command line says, or the world.
    fn autocommit(&self) -> Option<Duration> {
        self.manner.autocommit.or_else(|| self.session.autocommit())
    }

    /// Commits if it is time; else how long it is until then. `None` if there is nothing to commit.
    fn commit_if_due(&mut self) -> Result<Option<Duration>, Failure> {
        let Some(every) = self.autocommit() else { return Ok(None) };
        if self.session.read_only.is_some() || !self.session.vm.has_unsaved_changes() {
            return Ok(None);
        }
        let left = every.saturating_sub(self.committed.elapsed());
        if !left.is_zero() {
            return Ok(Some(left));
        }
        // Whether it fails or not, the next try is an interval away.
        self.committed = Instant::now();
        if self.background || self.session.unsaved().is_some() {
            self.session.commit("autocommit")?;
        }
        Ok(None)
    }

    /// Commits if there is something to commit; whether nothing is left unsaved.
    fn commit(&mut self, message: &str) -> bool {
        if self.session.read_only.is_some() || !self.session.vm.has_unsaved_changes() {
            return true;
        }
        match self.session.commit(message) {
            Ok(_) => true,
            Err(failure) => {
                failure.report();
                false
            }
        }
    }

    /// What going back in history may lose: a person is asked, a pipe is refused.
    fn may_discard(&mut self, prompt: Option<&mut Prompt>) -> Discard {
        let Some(paths) = self.session.unsaved() else { return Discard::Nothing };
        let Some(prompt) = prompt else {
            crate::complain!("not done: this would lose what is not committed: {}", some_of(&paths));
            return Discard::Refused;
        };
        say!("{}", self.colours.paint(Ink::Quiet, &format!("Not committed: {}", some_of(&paths))));
        loop {
            match prompt.ask("Commit it first, or lose it? [c]ommit [l]ose [n]o ", self) {
                Input::Text(text) => match text.trim().to_lowercase().as_str() {
                    "c" | "commit" if self.commit("before going back") => return Discard::Nothing,
                    "c" | "commit" => return Discard::Refused,
                    "l" | "lose" => return Discard::Changes,
                    "n" | "no" => return Discard::Refused,
                    _ => {}
                },
                Input::Dropped | Input::End => return Discard::Refused,
            }
        }
    }

    /// Asks what to do with unsaved change; whether to leave.
    fn may_leave(&mut self, prompt: &mut Prompt) -> bool {
        let Some(paths) = self.session.unsaved() else { return true };
        if self.autocommit().is_some() {
            return self.commit("autocommit on leaving");
        }
        if !paths.is_empty() {
            say!("{}", self.colours.paint(Ink::Quiet, &format!("Changed: {}", some_of(&paths))));
        }
        loop {
            match prompt.ask("Commit what has changed? [y]es [n]o [c]ancel ", self) {
                Input::Text(text) => match text.trim().to_lowercase().as_str() {
                    "y" | "yes" => return self.commit("on leaving"),
                    "n" | "no" => return true,
                    "c" | "cancel" => return false,
                    _ => {}
                },
                Input::Dropped => return false,
                // Ctrl-D twice means it.
                Input::End => return true,
            }
        }
    }
}

/// While somebody types, the world goes on.
impl Attendant for Repl {
    fn complete(&mut self, line: &str, cursor: usize) -> Completions {
        complete::complete(&mut self.session.vm, line, cursor)
    }

    fn visited(&mut self) {
        if let Some(doors) = &mut self.session.vm.host.doors {
            doors.clear_wake();
        }
        self.background = true;
    }

    fn idle(&mut self) -> (String, Option<Duration>) {
        let (mut text, mut next) = (String::new(), None);
        if self.background {
            (text, next) = self.session.idle();
            self.background = next.is_some();
        }
        match self.commit_if_due() {
            Ok(Some(left)) => next = Some(next.map_or(left, |next| next.min(left))),
            Ok(None) => {}
            Err(failure) => {
                text.push_str(&failure.text());
                next = next.or(self.autocommit());
            }
        }
        (text, next)
    }
}

/// The first few of some names. None are told where there was too much to compare.
pub fn some_of(names: &[String]) -> String {
    if names.is_empty() {
        return "more than can be compared".to_string();
    }
    let mut text = names.iter().take(CHANGES_SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(CHANGES_SHOWN);
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    text
}
