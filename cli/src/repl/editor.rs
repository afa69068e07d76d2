//! The line editor: rustyline with this language's idea of completeness, colours and completion, and a history that lasts.

use std::borrow::Cow;
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::{complete, highlight, unfinished};
use crate::paths;
use crate::session::Session;
use crate::terminal::{Colours, Ink};

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

/// What the editor asks while a line is typed.
struct Assistant {
    session: Rc<RefCell<Session>>,
    colours: Colours,
}

impl Helper for Assistant {}

impl Hinter for Assistant {
    type Hint = String;
}

impl Validator for Assistant {
    fn validate(&self, context: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        // An empty last line ends the input whatever is missing, so that nobody is held in an open bracket.
        let more = !text.starts_with(':') && !text.ends_with("\n") && unfinished(text.as_bytes());
        Ok(if more { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

impl Highlighter for Assistant {
    fn highlight<'l>(&self, line: &'l str, _pos: usize) -> Cow<'l, str> {
        if !self.colours.0 || line.starts_with(':') {
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

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        // The session is ours alone while a line is edited.
        Ok(match self.session.try_borrow() {
            Ok(session) => complete::complete(&session.vm, line, pos),
            Err(_) => (pos, Vec::new()),
        })
    }
}

/// Reads inputs from a person.
pub struct Prompt {
    editor: Editor<Assistant, FileHistory>,
    history: Option<PathBuf>,
}

impl Prompt {
    /// Takes over the terminal's line editing.
    pub fn new(session: Rc<RefCell<Session>>, colours: Colours) -> rustyline::Result<Prompt> {
        let config = Config::builder()
            .max_history_size(HISTORY)?
            .history_ignore_dups(true)?
            .history_ignore_space(true)
            .completion_type(CompletionType::List)
            .auto_add_history(false)
            .build();
        let mut editor = Editor::with_config(config)?;
        editor.set_helper(Some(Assistant { session, colours }));
        let history = paths::state().map(|dir| dir.join("history"));
        let mut prompt = Prompt { editor, history };
        prompt.load_history();
        Ok(prompt)
    }

    /// A history that can't be kept is told once, and is no reason not to work.
    fn load_history(&mut self) {
        let Some(file) = self.history.clone() else { return };
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
            }
            Err(error) => {
                eprintln!(
                    "note: the history can't be kept in {}: {}",
                    file.display(),
                    crate::failure::reason(&error)
                );
                self.history = None;
            }
        }
    }

    /// The next input.
    pub fn read(&mut self, prompt: &str) -> Input {
        match self.editor.readline(prompt) {
            Ok(text) => {
                if !text.trim().is_empty() && self.editor.add_history_entry(text.trim_end()).unwrap_or(false)
                {
                    self.save();
                }
                Input::Text(text)
            }
            Err(ReadlineError::Interrupted) => Input::Dropped,
            Err(ReadlineError::Eof) => Input::End,
            Err(error) => {
                eprintln!("batos: the terminal can't be read: {error}");
                Input::End
            }
        }
    }

    /// A question that is no input: not kept in the history.
    pub fn ask(&mut self, question: &str) -> Input {
        match self.editor.readline(question) {
            Ok(text) => Input::Text(text),
            Err(ReadlineError::Interrupted) => Input::Dropped,
            Err(_) => Input::End,
        }
    }

    /// Each line is kept as soon as it is typed: a crash of the terminal loses nothing.
    fn save(&mut self) {
        let Some(file) = &self.history else { return };
        if let Err(error) = self.editor.append_history(file) {
            eprintln!("note: the history can't be kept in {}: {error}", file.display());
            self.history = None;
        }
    }
}
