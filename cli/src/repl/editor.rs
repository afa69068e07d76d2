//! The line editor: rustyline with this language's idea of completeness, colours and completion, and a history that lasts.
//!
//! It runs on a thread of its own and knows no world. What it wants to know of one (completions) it asks the prompt's
//! thread, which waits in `Prompt::read` and can let the world go on meanwhile.

use std::borrow::Cow;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, ExternalPrinter, Helper};

use super::bell::Bell;
use super::pace::Pace;
use super::{highlight, unfinished};
use crate::terminal::{Colours, Ink};
use crate::{interrupt, paths};

/// Lines of history that are kept.
const HISTORY: usize = 10_000;

/// What a person did at the prompt.
pub enum Input {
    /// An input, complete or wrong, of one or more lines.
    Text(String),
    /// Ctrl-C: drop this line.
    Dropped,
    /// Ctrl-D.
    End,
}

/// Where a completed word begins, and what it may become.
pub type Completions = (usize, Vec<String>);

/// What the prompt does for the editor while somebody types.
pub trait Attendant {
    /// Completes the text before the cursor.
    fn complete(&mut self, line: &str, cursor: usize) -> Completions;

    /// Nothing was typed for a while. What the world printed meanwhile, and after how long to call again: never, if
    /// nothing is to be done before the next input.
    fn idle(&mut self) -> (String, Option<Duration>);

    /// Somebody came in at a door: there is something to do.
    fn visited(&mut self);
}

/// What the editor is asked to read.
enum Ask {
    /// An input, kept in the history.
    Input(String),
    /// The answer to a question, which is not.
    Answer(String),
}

/// What comes from the editor.
enum Event {
    Complete { line: String, cursor: usize, reply: Sender<Completions> },
    Read(Input),
    Visit,
}

/// What rustyline asks while a line is typed.
struct Assistant {
    events: Sender<Event>,
    colours: Colours,
    /// The line is an input in the language, not an answer to a question.
    source: bool,
    pace: Pace,
}

impl Helper for Assistant {}

impl Hinter for Assistant {
    type Hint = String;

    /// No hints: but this is asked after every key.
    fn hint(&self, _line: &str, _pos: usize, _: &Context<'_>) -> Option<String> {
        self.pace.key();
        batos_machine::host::activity().touch();
        None
    }
}

impl Validator for Assistant {
    fn validate(&self, context: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        // An empty last line ends the input whatever is missing, so that nobody is held in an open bracket. One in the middle of what
        // is pasted does not.
        let ended = text.ends_with('\n') && !self.pace.hurried();
        let open = self.source && !text.starts_with(':') && !ended;
        let more = open && unfinished(text.as_bytes());
        Ok(if more { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

impl Highlighter for Assistant {
    fn highlight<'l>(&self, line: &'l str, _pos: usize) -> Cow<'l, str> {
        if !self.colours.0 || !self.source || line.starts_with(':') {
            return Cow::Borrowed(line);
        }
        Cow::Owned(highlight::highlight(line, self.colours))
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _default: bool) -> Cow<'b, str> {
        Cow::Owned(self.colours.paint(Ink::Strong, prompt))
    }

    fn highlight_char(&self, _line: &str, _pos: usize, kind: CmdKind) -> bool {
        self.colours.0 && kind != CmdKind::MoveCursor
    }
}

impl Completer for Assistant {
    type Candidate = String;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<Completions> {
        let nothing = (pos, Vec::new());
        if !self.source {
            return Ok(nothing);
        }
        // Pasted, or at the beginning of a further line: a tab is meant.
        let before = line.get(..pos).unwrap_or(line);
        let indents = before.rsplit_once('\n').is_some_and(|(_, start)| start.trim().is_empty());
        if indents || self.pace.hurried() {
            self.pace.key();
            return Ok((pos, vec!["\t".to_string()]));
        }
        let (reply, answer) = channel();
        let asked = self.events.send(Event::Complete { line: line.to_string(), cursor: pos, reply });
        Ok(asked.ok().and_then(|()| answer.recv().ok()).unwrap_or(nothing))
    }
}

/// Reads inputs from a person.
pub struct Prompt {
    asks: Sender<Ask>,
    events: Receiver<Event>,
    /// Takes what is to be printed above the line that is being edited.
    printer: Sender<String>,
    bell: Option<Bell>,
}

impl Prompt {
    /// Takes over the terminal's line editing. The descriptor can be read when somebody comes in at a door.
    pub fn new(colours: Colours, visits: Option<OwnedFd>) -> rustyline::Result<Prompt> {
        let (asks, asked) = channel();
        let (answers, events) = channel();
        let config = Config::builder()
            .max_history_size(HISTORY)?
            .history_ignore_dups(true)?
            .history_ignore_space(true)
            .completion_type(CompletionType::List)
            .auto_add_history(false)
            .build();
        let mut editor = Editor::with_config(config)?;
        editor.set_helper(Some(Assistant {
            events: answers.clone(),
            colours,
            source: true,
            pace: Pace::default(),
        }));
        let ring = answers.clone();
        let bell = visits.map(|fd| Bell::new(fd, move || ring.send(Event::Visit).is_ok()));
        let printer = printer(editor.create_external_printer().ok());
        let mut reader = Reader { editor, history: None };
        reader.load_history();
        thread::spawn(move || reader.serve(&asked, &answers));
        Ok(Prompt { asks, events, printer, bell })
    }

    /// The next input.
    pub fn read(&mut self, prompt: &str, attendant: &mut dyn Attendant) -> Input {
        self.wait(Ask::Input(prompt.to_string()), attendant)
    }

    /// A question that is no input: not kept in the history.
    pub fn ask(&mut self, question: &str, attendant: &mut dyn Attendant) -> Input {
        self.wait(Ask::Answer(question.to_string()), attendant)
    }

    fn wait(&mut self, ask: Ask, attendant: &mut dyn Attendant) -> Input {
        if self.asks.send(ask).is_err() {
            return Input::End;
        }
        let mut patience = Some(Duration::ZERO);
        loop {
            let event = match patience {
                Some(time) => self.events.recv_timeout(time),
                None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match event {
                Ok(Event::Read(input)) => return input,
                Ok(Event::Complete { line, cursor, reply }) => {
                    let _ = reply.send(attendant.complete(&line, cursor));
                }
                Ok(Event::Visit) => {
                    attendant.visited();
                    if let Some(bell) = &self.bell {
                        bell.heard();
                    }
                    patience = Some(Duration::ZERO);
                }
                Err(RecvTimeoutError::Timeout) => {
                    let (text, next) = attendant.idle();
                    if !text.is_empty() {
                        let _ = self.printer.send(text);
                    }
                    patience = next;
                }
                Err(RecvTimeoutError::Disconnected) => return Input::End,
            }
        }
    }
}

/// A thread that prints above the line being edited. (Rustyline's printer waits until the editor has time, and the
/// editor may be waiting for completions.) Terminals that can't do that get the text where the cursor is.
fn printer(external: Option<impl ExternalPrinter + Send + 'static>) -> Sender<String> {
    let (sender, texts) = channel::<String>();
    let mut external = external;
    thread::spawn(move || {
        for text in texts {
            if external.as_mut().is_none_or(|printer| printer.print(text.clone()).is_err()) {
                crate::say!("{}", text.trim_end_matches('\n'));
            }
        }
    });
    sender
}

/// The side of the editor's thread.
struct Reader {
    editor: Editor<Assistant, FileHistory>,
    history: Option<PathBuf>,
}

impl Reader {
    /// Reads what it is asked to, until nobody asks any more.
    fn serve(&mut self, asks: &Receiver<Ask>, events: &Sender<Event>) {
        for ask in asks {
            let (prompt, source) = match ask {
                Ask::Input(prompt) => (prompt, true),
                Ask::Answer(question) => (question, false),
            };
            if let Some(assistant) = self.editor.helper_mut() {
                assistant.source = source;
            }
            let input = self.read(&prompt, source);
            if events.send(Event::Read(input)).is_err() {
                return;
            }
        }
    }

    fn read(&mut self, prompt: &str, keep: bool) -> Input {
        match self.editor.readline(prompt) {
            Ok(text) => {
                let new = keep && !text.trim().is_empty();
                if new && self.editor.add_history_entry(text.trim_end()).unwrap_or(false) {
                    self.save();
                }
                Input::Text(text)
            }
            Err(ReadlineError::Interrupted) => {
                interrupt::ask_if_stuck();
                Input::Dropped
            }
            Err(ReadlineError::Eof) => Input::End,
            Err(error) => {
                crate::complain!("batos: the terminal can't be read: {error}");
                Input::End
            }
        }
    }

    /// A history that can't be kept is told once, and is no reason not to work.
    fn load_history(&mut self) {
        let Some(file) = paths::state().map(|dir| dir.join("history")) else { return };
        let usable = (|| {
            if let Some(dir) = file.parent() {
                std::fs::create_dir_all(dir)?;
            }
            std::fs::OpenOptions::new().create(true).append(true).open(&file)
        })();
        match usable {
            Ok(_) => {
                // An unreadable old file (another format, rubbish) is replaced at the first save.
                let _ = self.editor.load_history(&file);
                self.history = Some(file);
            }
            Err(error) => {
                let reason = crate::failure::reason(&error);
                crate::complain!("note: the history can't be kept in {}: {reason}", file.display());
            }
        }
    }

    /// Each line is kept as soon as it is typed: a crash of the terminal loses nothing.
    fn save(&mut self) {
        let Some(file) = &self.history else { return };
        if let Err(error) = self.editor.append_history(file) {
            crate::complain!("note: the history can't be kept in {}: {error}", file.display());
            self.history = None;
        }
    }
}
