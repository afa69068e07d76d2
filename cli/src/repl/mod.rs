//! The prompt: reads an input, has the world evaluate it, shows what the world says. Works for a person at a terminal
//! and for a pipe; it does not know the language (that is `lang`) nor what values look like (that is the world).

mod colon;
mod complete;
mod debug;
mod editor;
mod highlight;
mod output;
mod piped;

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use std::time::{Duration, Instant};

use colon::Colon;
use editor::{Input, Prompt};

use crate::failure::{Failure, Outcome, Status};
use crate::say;
use crate::session::{Answer, Session};
use crate::terminal::{self, Colours, Ink};

pub use colon::quote;
pub use highlight::highlight;

/// How the prompt behaves.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Commit after so long, if something changed.
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

/// How many changes the question on leaving names.
const CHANGES_SHOWN: usize = 5;

/// A prompt on a world.
struct Repl {
    session: Rc<RefCell<Session>>,
    manner: Manner,
    colours: Colours,
    /// Results are cut to the screen.
    screen: bool,
    /// The latest result in full, when it was cut.
    whole: Option<String>,
    committed: Instant,
}

/// Runs the prompt until it is left.
pub fn run(session: Session, manner: Manner) -> Outcome {
    let person = terminal::interactive() && !manner.echo;
    let mut repl = Repl {
        session: Rc::new(RefCell::new(session)),
        manner,
        colours: Colours::stdout(),
        screen: person,
        whole: None,
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
        let mut prompt = Prompt::new(self.session.clone(), self.colours)
            .map_err(|e| Failure::new(Status::Failed, format!("the terminal can't be used: {e}")))?;
        self.greet();
        loop {
            match prompt.read("> ") {
                Input::Text(text) => match self.input(text.as_bytes(), Some(&mut prompt)) {
                    Next::Go(_) => self.commit_if_due(),
                    Next::Leave(status) => return Ok(status),
                },
                Input::Dropped => say!("(Ctrl-D leaves)"),
                Input::End => {
                    if self.may_leave(&mut prompt) {
                        return Ok(0);
                    }
                }
            }
        }
    }

    fn greet(&self) {
        let session = self.session.borrow();
        let place = session.file.as_ref().map_or("in memory".to_string(), |f| f.display().to_string());
        say!("{} {}  {place}", self.colours.paint(Ink::Strong, "BAT OS"), env!("CARGO_PKG_VERSION"));
        say!("{}", self.colours.paint(Ink::Quiet, ":help tells what can be typed; Ctrl-D leaves"));
        if let Some(reason) = &session.read_only {
            say!("{}", self.colours.paint(Ink::Quiet, &format!("This image can't be changed: {reason}.")));
        }
    }

    /// One input, of a person or a pipe.
    fn input(&mut self, text: &[u8], prompt: Option<&mut Prompt>) -> Next {
        let text = text.trim_ascii();
        if text.is_empty() {
            return Next::Go(true);
        }
        if !text.starts_with(b":") {
            return self.evaluate(text, prompt, true);
        }
        match colon::read(&String::from_utf8_lossy(text)) {
            Colon::Help => {
                say!("{}", colon::help().trim_end());
                Next::Go(true)
            }
            Colon::More => {
                if let Some(whole) = self.whole.take() {
                    say!("{}", whole.trim_end());
                }
                Next::Go(true)
            }
            Colon::Quit => {
                let leave = match prompt {
                    Some(prompt) => self.may_leave(prompt),
                    None => true,
                };
                if leave { Next::Leave(0) } else { Next::Go(true) }
            }
            Colon::Evaluate(text) => self.evaluate(text.as_bytes(), prompt, false),
            Colon::Wrong(text) => {
                eprintln!("{text}");
                Next::Go(false)
            }
        }
    }

    /// `quoted`: strings are shown as the world prints them; else their text is shown.
    fn evaluate(&mut self, text: &[u8], prompt: Option<&mut Prompt>, quoted: bool) -> Next {
        let answer = self.session.borrow_mut().evaluate(text, "prompt", self.error_colours());
        self.show(answer, prompt, quoted)
    }

    fn show(&mut self, answer: Answer, prompt: Option<&mut Prompt>, quoted: bool) -> Next {
        let _ = std::io::stdout().flush();
        match answer {
            Answer::Value(value) => {
                let mut session = self.session.borrow_mut();
                session.end_line();
                let text = if quoted { session.print(value) } else { session.text(value) };
                drop(session);
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
                    Some(prompt) => self.debug(process, prompt),
                    None => {
                        self.session.borrow_mut().vm.abort_process(process);
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
        let (shown, more) = output::cut(&text, rows.saturating_sub(3), columns);
        say!("{}", shown.trim_end_matches('\n'));
        if more {
            say!("{}", self.colours.paint(Ink::Quiet, "… :more shows the rest"));
            self.whole = Some(text);
        }
    }

    /// Errors go where a person or a transcript expects them.
    fn complain(&mut self, text: &str) {
        self.session.borrow_mut().end_line();
        if self.manner.echo || self.screen {
            say!("{}", text.trim_end());
        } else {
            eprintln!("{}", text.trim_end());
        }
    }

    fn error_colours(&self) -> Colours {
        if self.manner.echo || self.screen { self.colours } else { Colours::stderr() }
    }

    fn commit_if_due(&mut self) {
        if self.manner.autocommit.is_some_and(|every| self.committed.elapsed() >= every) {
            self.commit("autocommit");
        }
    }

    /// Commits if there is something to commit; whether nothing is left unsaved.
    fn commit(&mut self, message: &str) -> bool {
        let mut session = self.session.borrow_mut();
        if session.read_only.is_some() || !session.vm.has_unsaved_changes() {
            return true;
        }
        match session.commit(message) {
            Ok(_) => {
                self.committed = Instant::now();
                true
            }
            Err(failure) => {
                failure.report();
                false
            }
        }
    }

    /// Asks what to do with unsaved change; whether to leave.
    fn may_leave(&mut self, prompt: &mut Prompt) -> bool {
        let Some(paths) = self.session.borrow().unsaved() else { return true };
        if self.manner.autocommit.is_some() {
            return self.commit("autocommit on leaving");
        }
        if !paths.is_empty() {
            let more = paths.len().saturating_sub(CHANGES_SHOWN);
            let mut text = paths.into_iter().take(CHANGES_SHOWN).collect::<Vec<_>>().join(", ");
            if more > 0 {
                text.push_str(&format!(" and {more} more"));
            }
            say!("{}", self.colours.paint(Ink::Quiet, &format!("Changed: {text}")));
        }
        loop {
            match prompt.ask("Commit what has changed? [y]es [n]o [c]ancel ") {
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
