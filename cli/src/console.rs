//! The world's standard output and input, which are the program's.

use std::cell::{Cell, RefCell};
use std::io::{IsTerminal, Write};
use std::os::fd::BorrowedFd;
use std::rc::Rc;

use batos_machine::host::Console;

use crate::input;
use crate::interrupt;
use crate::repl::colon;
use crate::repl::highlight::highlight;
use crate::repl::width;
use crate::say;
use crate::terminal::{self, Colours};

/// What the prompt knows of the console: whether what was written last ended a line, so that the prompt begins on a
/// fresh one; and what is held back while a line is being edited.
#[derive(Clone, Default)]
pub struct Column {
    begun: Rc<Cell<bool>>,
    held: Rc<RefCell<Option<Vec<u8>>>>,
}

impl Column {
    /// Ends the line if one was begun.
    pub fn end_line(&self) {
        if self.begun.replace(false) {
            say!();
        }
    }

    /// From now on what the world writes is kept, and nobody answers its questions: somebody else has the terminal.
    pub fn hold(&self) {
        *self.held.borrow_mut() = Some(Vec::new());
    }

    /// The world has the terminal again; what it wrote meanwhile.
    pub fn release(&self) -> String {
        let held = self.held.borrow_mut().take().unwrap_or_default();
        String::from_utf8_lossy(&held).into_owned()
    }

    fn is_held(&self) -> bool {
        self.held.borrow().is_some()
    }

    /// Whether the bytes were kept.
    fn keep(&self, bytes: &[u8]) -> bool {
        match &mut *self.held.borrow_mut() {
            Some(held) => {
                held.extend_from_slice(bytes);
                true
            }
            None => false,
        }
    }
}

/// The console of a world that runs in this program.
pub struct Terminal {
    column: Column,
    colours: Colours,
    /// What is being shown of a proposal while the model writes it, and the rows that it takes.
    proposal: Option<(String, usize)>,
    /// What did not fit of a long text.
    rest: Option<String>,
}

impl Terminal {
    /// Goes back to the beginning of what takes this many rows, and wipes it out.
    fn back(rows: usize) -> String {
        let up = if rows > 1 { format!("\x1b[{}A", rows - 1) } else { String::new() };
        format!("{up}\r\x1b[J")
    }

    /// What was shown of a proposal gives way to what is said of it, unless somebody else ended its line (Ctrl-C).
    fn end_proposal(&mut self) {
        let Some((_, rows)) = self.proposal.take() else { return };
        if !self.column.begun.replace(false) {
            return;
        }
        if self.colours.0 {
            print!("{}", Self::back(rows));
        } else {
            say!();
        }
    }

    /// A console, and the column it keeps up to date.
    pub fn new() -> (Terminal, Column) {
        let column = Column::default();
        (Terminal { column: column.clone(), colours: Colours::stdout(), proposal: None, rest: None }, column)
    }
}

impl Console for Terminal {
    fn write(&mut self, bytes: &[u8]) {
        if self.column.keep(bytes) {
            return;
        }
        self.end_proposal();
        let mut out = std::io::stdout().lock();
        // Nobody reads any more (a closed pipe): the program ends with its own status, not with a panic.
        let _ = out.write_all(bytes);
        if let Some(last) = bytes.last() {
            self.column.begun.set(*last != b'\n');
        }
        if std::io::stdout().is_terminal() {
            let _ = out.flush();
        }
    }

    fn write_error(&mut self, bytes: &[u8]) {
        if self.column.keep(bytes) {
            return;
        }
        self.end_proposal();
        if std::io::stderr().is_terminal() && std::io::stdout().is_terminal() {
            self.column.end_line();
        }
        let _ = std::io::stdout().flush();
        let _ = std::io::stderr().write_all(bytes);
    }

    fn is_interactive(&self) -> bool {
        terminal::interactive() && !self.column.is_held()
    }

    fn edit(&mut self, text: &str) -> Option<String> {
        let editor = ["VISUAL", "EDITOR"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|e| !e.trim().is_empty()));
        if !std::io::stdin().is_terminal() || self.column.is_held() {
            return None;
        }
        let Some(editor) = editor else { return edit_in_line(text) };
        let folder = tempfile::tempdir().ok()?;
        let file = folder.path().join("method.self");
        std::fs::write(&file, text).ok()?;
        let mut words = editor.split_whitespace();
        let status = std::process::Command::new(words.next()?).args(words).arg(&file).status();
        match status {
            Ok(status) if status.success() => std::fs::read_to_string(&file).ok(),
            // An editor that was left with a failure was left without a change.
            Ok(_) => Some(text.to_string()),
            Err(error) => {
                self.write_error(format!("{editor} can't be started ({error})\n").as_bytes());
                None
            }
        }
    }

    fn read_line(&mut self, prompt: &str) -> Option<String> {
        if self.column.is_held() {
            return None;
        }
        if !prompt.is_empty() {
            self.write(prompt.as_bytes());
        }
        let _ = std::io::stdout().flush();
        if !interrupt::or_input() {
            self.column.end_line();
            return None;
        }
        match input::line() {
            Err(_) => None,
            Ok(line) if line.is_empty() => None,
            Ok(mut line) => {
                self.column.begun.set(false);
                if line.last() == Some(&b'\n') {
                    line.pop();
                }
                Some(String::from_utf8_lossy(&line).into_owned())
            }
        }
    }

    fn line_is_ready(&mut self) -> bool {
        self.column.is_held() || input::is_ready()
    }

    fn input(&self) -> Option<BorrowedFd<'_>> {
        Some(input::descriptor())
    }

    fn help(&self) -> String {
        colon::help()
    }

    fn keep_rest(&mut self, rest: String) {
        self.rest = Some(rest);
    }

    fn take_rest(&mut self) -> Option<String> {
        self.rest.take()
    }

    fn proposal_piece(&mut self, candidate: usize, piece: &str) {
        // Many are written at once; the first one is shown as it grows, a sign of life for a person only.
        if candidate != 0 || self.column.is_held() || !std::io::stdout().is_terminal() {
            return;
        }
        let (mut text, rows) = self.proposal.take().unwrap_or_default();
        text.push_str(piece);
        if self.colours.0 {
            // Written anew with every piece: what a word is shows only at its end.
            let shown = format!("  {}", text.trim_start());
            print!("{}{}", Self::back(rows), highlight(&shown, self.colours));
            let (columns, _) = terminal::size();
            self.proposal = Some((text, width(&shown).max(1).div_ceil(columns)));
        } else {
            print!("{piece}");
            self.proposal = Some((text, 1));
        }
        self.column.begun.set(true);
        let _ = std::io::stdout().flush();
    }

    fn write_source(&mut self, text: &str) {
        let text = format!("{}\n", highlight(text, self.colours));
        self.write(text.as_bytes());
    }
}

/// Changes a text in the line itself. Who leaves the line (Ctrl-C, Ctrl-D) has changed nothing.
fn edit_in_line(text: &str) -> Option<String> {
    use rustyline::error::ReadlineError::{Eof, Interrupted};

    let mut editor = rustyline::DefaultEditor::new().ok()?;
    match editor.readline_with_initial("edit: ", (text.trim(), "")) {
        Ok(changed) => Some(changed),
        Err(Eof | Interrupted) => Some(text.to_string()),
        Err(_) => None,
    }
}
