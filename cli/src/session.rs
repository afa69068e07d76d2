//! An open world: the machine on an image, and what the commands of the program do with it.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use batos_image::heap::HeapOptions;
use batos_image::layout::Kind;
use batos_image::store::CommitId;
use batos_image::value::{ObjectRef, Value};
use batos_machine::difference;
use batos_machine::legible::legible;
use batos_machine::trace::TraceLine;
use batos_machine::{EvalError, Evaluated, Exit, Vm};

use crate::console::Column;
use crate::failure::{Failure, Outcome, Status};
use crate::interrupt::Running;
use crate::ship::Desk;
use crate::terminal::Colours;
use crate::{report, stdlib};

/// What an evaluation came to, ready to be shown.
pub enum Answer {
    /// A value.
    Value(Value),
    /// Nothing was evaluated; the text is the rendered diagnostics or the reason.
    Refused(String),
    /// The process stopped at an error; message and guest stack trace.
    Suspended(ObjectRef, String),
    /// The process was ended; the reason.
    Aborted(String),
    /// The world wants to leave with this status.
    Quit(i32),
}

/// Milliseconds that the world's processes have at a time while a line is being edited: what is typed is answered at
/// once all the same.
const IDLE_TURN: i32 = 10;

/// Inputs that are remembered as questions for another program.
const REMEMBERED: usize = 16;

/// Most activations that a trace shows; the middle of deeper ones is left out.
const SHOWN: usize = 30;

/// What the world says of a process that was stopped after a step (`stdlib/process/stepping.self`).
const STEPPED: &str = "stepped";

/// Most activations that are looked through for what the machinery of errors has put on top.
const LOOKED_THROUGH: usize = 1000;

/// Leading activations that lie between an error and the place where it happened. An error in the machinery itself is
/// shown whole; where it was only interrupted, nobody wants to see it.
fn machinery(lines: &[TraceLine], interrupted: bool) -> usize {
    let of_world = |line: &TraceLine| {
        let file = line.file.rsplit_once("stdlib/").map_or(&*line.file, |(_, rest)| rest);
        stdlib::find(file).map(|_| file.to_string())
    };
    let is_in = |line: &TraceLine, folders: &[&str]| {
        of_world(line).is_some_and(|file| folders.iter().any(|folder| file.starts_with(folder)))
    };
    let thinking = lines.iter().take_while(|line| of_world(line).is_some()).collect::<Vec<_>>();
    let thought =
        thinking.iter().rposition(|line| interrupted && is_in(line, &["mind/"])).map_or(0, |at| at + 1);
    let below = lines[thought..].iter().take_while(|line| is_in(line, &["kernel/", "mind/"])).count();
    let hidden = thought + below;
    if hidden == lines.len() { 0 } else { hidden }
}

/// An open world.
pub struct Session {
    /// The machine.
    pub vm: Vm,
    /// The image file, unless the world lives in memory only.
    pub file: Option<PathBuf>,
    /// Why the image can't be changed, if it can't.
    pub read_only: Option<String>,
    /// It is the standard world, which nobody expects to change.
    pub of_nobody: bool,
    /// The older commit that it shows.
    pub shown: Option<CommitId>,
    /// What was entered lately and gave a value, the latest last: another program must answer the same.
    pub asked: VecDeque<String>,
    /// How this program was told to work, for another one that goes on with the world.
    pub arguments: Vec<String>,
    /// Where the world leaves its wish for another program.
    pub desk: Desk,
    column: Column,
}

impl Session {
    /// A world with its outside.
    pub fn new(vm: Vm, file: Option<PathBuf>, read_only: Option<String>, column: Column) -> Session {
        let (asked, arguments, desk) = (VecDeque::new(), Vec::new(), Desk::default());
        let mut session =
            Session { vm, file, read_only, of_nobody: false, shown: None, asked, arguments, desk, column };
        session.vm.carried = Some(crate::stdlib::find);
        session.vm.host.ship = Some(Box::new(session.desk.clone()));
        session
    }

    /// Evaluates a text of the prompt.
    pub fn evaluate(&mut self, text: &[u8], name: &str, colours: Colours) -> Answer {
        let receiver = self.vm.prompt_self();
        let _running = Running::start();
        if name == "prompt" {
            batos_machine::host::activity().touch();
        }
        let result = self.vm.evaluate(text, name, receiver);
        let answer = self.answer(result, name, text, colours);
        if name == "prompt" && matches!(answer, Answer::Value(_)) {
            self.asked.truncate(REMEMBERED - 1);
            self.asked.push_front(String::from_utf8_lossy(text).into_owned());
        }
        answer
    }

    /// Evaluates a text for some object, where the world does it on the user's behalf.
    pub fn evaluate_for(&mut self, receiver: Value, text: &str) -> Answer {
        let _running = Running::start();
        let result = self.vm.evaluate(text.as_bytes(), "prompt", receiver);
        self.answer(result, "prompt", text.as_bytes(), Colours(false))
    }

    /// A value as the world prints it.
    pub fn print(&mut self, value: Value) -> String {
        let _running = Running::start();
        self.vm.print_string(value)
    }

    /// A string's own text; other values as the world prints them.
    pub fn text(&mut self, value: Value) -> String {
        match value.as_ref() {
            Some(r) if matches!(self.vm.heap.kind_of(value), Kind::Symbol | Kind::ByteVector) => {
                String::from_utf8_lossy(self.vm.heap.bytes(r)).into_owned()
            }
            _ => self.print(value),
        }
    }

    /// The world's output goes on in a new line.
    pub fn end_line(&self) {
        self.column.end_line();
    }

    /// Lets the world's processes run for a moment while a line is being edited. What they wrote, and after how long
    /// the next one wants to run: never, if there is none.
    pub fn idle(&mut self) -> (String, Option<Duration>) {
        self.column.hold();
        let running = Running::start();
        let turn = self.vm.run_idle(IDLE_TURN);
        drop(running);
        let mut text = self.column.release();
        let next = match turn {
            Some((Exit::Quit(_), _)) => {
                text.push_str("(a process in the background asked to leave; :quit does)\n");
                None
            }
            Some((Exit::Suspended(process), _)) => {
                text.push_str(&format!("{}\n", legible(&self.vm.process_message(process))));
                self.vm.abort_process(process);
                Some(0)
            }
            Some((Exit::Aborted(reason), _)) => {
                text.push_str(&format!("{reason}\n"));
                None
            }
            Some((Exit::Revert(commit), _)) => {
                text.push_str(&format!("(back to commit {commit})\n"));
                None
            }
            Some((Exit::Finished(_), next)) => next,
            None => None,
        };
        (text, next.map(Duration::from_millis))
    }

    /// Lets the world's processes run for some milliseconds, whose output goes where it always goes. A status if the world wants to end the
    /// program; and after how long the next process wants to run: never, if there is none.
    pub fn turn(&mut self, milliseconds: i32) -> (Option<i32>, Option<Duration>) {
        self.turn_by(|vm| vm.run_idle(milliseconds))
    }

    /// The same for so long in any case: the world waits itself, so that whoever comes meanwhile is answered at once.
    pub fn serve(&mut self, milliseconds: i32) -> (Option<i32>, Option<Duration>) {
        self.turn_by(|vm| vm.run_served(milliseconds))
    }

    fn turn_by(
        &mut self,
        run: impl FnOnce(&mut Vm) -> Option<(Exit, Option<u64>)>,
    ) -> (Option<i32>, Option<Duration>) {
        let running = Running::start();
        let turn = run(&mut self.vm);
        drop(running);
        match turn {
            Some((Exit::Quit(status), _)) => (Some(status), None),
            Some((Exit::Suspended(process), _)) => {
                crate::complain!("{}", self.vm.process_message(process));
                self.vm.abort_process(process);
                (None, Some(Duration::ZERO))
            }
            Some((Exit::Aborted(reason), _)) => {
                crate::complain!("{reason}");
                (None, Some(Duration::ZERO))
            }
            Some((Exit::Revert(_), _)) => (None, Some(Duration::ZERO)),
            Some((Exit::Finished(_), next)) => (None, next.map(Duration::from_millis)),
            None => (None, None),
        }
    }

    /// Whether somebody could come in from outside.
    pub fn has_doors(&self) -> bool {
        self.vm.host.doors.as_ref().is_some_and(|doors| doors.is_open())
    }

    /// After how many seconds with a change the world wants to be committed by itself: its setting `shell autocommit`.
    pub fn autocommit(&self) -> Option<Duration> {
        let seconds = self.vm.data_slot(self.vm.shell(), "autocommit")?.as_int()?;
        u64::try_from(seconds).ok().filter(|s| *s > 0).map(Duration::from_secs)
    }

    /// What leaving without a commit would lose: paths of slots that differ from the latest commit. `None` if nothing
    /// would be lost, an empty list if there is too much to compare.
    pub fn unsaved(&self) -> Option<Vec<String>> {
        if self.read_only.is_some() { None } else { self.differing() }
    }

    /// The same for a program that ends without asking, where somebody named the image: whether it may be written or not.
    /// Never an empty list.
    pub fn lost(&self) -> Option<Vec<String>> {
        if self.of_nobody { None } else { self.differing().filter(|paths| !paths.is_empty()) }
    }

    /// What differs between a commit (the latest one, if none is named) and now.
    pub fn difference(&self, commit: Option<u64>) -> Outcome<Vec<difference::Difference>> {
        let none = || Failure::new(Status::Image, "this world has no image file to compare with");
        let image = &self.vm.durable.as_ref().ok_or_else(none)?.image;
        let commit = commit.map(CommitId).or(self.shown).unwrap_or(image.head());
        let before = image
            .heap_at(commit, HeapOptions::default())
            .map_err(|e| Failure::new(Status::Image, e).help(":log lists the commits"))?;
        let mut found = difference::compare(&before, &self.vm.heap);
        found.retain(|d| !difference::is_own(&d.path));
        Ok(found)
    }

    fn differing(&self) -> Option<Vec<String>> {
        if self.file.is_none() { None } else { self.vm.uncommitted(self.shown) }
    }

    /// Makes the present state durable; the commit's number.
    pub fn commit(&mut self, message: &str) -> Outcome<u64> {
        let number = self.vm.commit(message).map_err(|error| {
            Failure::new(Status::Image, format!("not committed: {error}"))
                .help("nothing is lost: the world goes on in memory; make room and commit again, or write it elsewhere: image saveAs: 'file'")
        })?;
        if self.has_doors() {
            self.tell_of_commit(number, message);
        }
        Ok(number)
    }

    /// Whoever listens at the doors for commits hears of those that the program makes, too. What goes wrong with it is no failure of the
    /// commit.
    fn tell_of_commit(&mut self, number: u64, message: &str) {
        let Some(image) = self.vm.global("image") else { return };
        let text = self.vm.intern(message.as_bytes()).value();
        if let Some(number) = i64::try_from(number).ok().and_then(Value::from_i64) {
            self.vm.send_quietly(image, "tell:Of:", &[number, text]);
        }
    }

    /// Runs a file with self = lobby.
    pub fn run_file(&mut self, path: &str, colours: Colours) -> Answer {
        let _running = Running::start();
        let result = self.vm.run_file(path);
        self.answer(result, path, b"", colours)
    }

    /// A suspended process goes on.
    pub fn resume(&mut self, process: ObjectRef, value: Value, colours: Colours) -> Answer {
        let _running = Running::start();
        let exit = self.vm.resume(process, value);
        self.answer(Ok(Evaluated { exit, process: Some(process) }), "", b"", colours)
    }

    /// The stack of a process as text, innermost first. Unless all of it is wanted, it begins below the machinery of
    /// errors that every stopped process has on top.
    pub fn trace(&mut self, process: ObjectRef, all: bool) -> String {
        let positions = self.vm.trace(process);
        let hidden = self.hidden_of(process, &positions);
        let shown = positions.len() - hidden;
        let mut text = String::new();
        for (i, at) in positions.into_iter().enumerate().skip(if all { 0 } else { hidden }) {
            let middle = i >= hidden + SHOWN / 2 && i < hidden + shown.saturating_sub(SHOWN / 2);
            if !all && shown > SHOWN && middle {
                if i == hidden + SHOWN / 2 {
                    text.push_str(&format!("    … {} more (:frames all) …\n", shown - SHOWN));
                }
                continue;
            }
            // Numbers count from the place of the error, so that they don't change with the machinery.
            let number = if i < hidden { "-".to_string() } else { (i - hidden).to_string() };
            let Some(line) = self.vm.trace_line(process, at) else { continue };
            text.push_str(&format!("  {number:>3}  {line}\n"));
        }
        text
    }

    /// An activation as the trace shows it, by the number that it has there.
    pub fn frame_line(&mut self, process: ObjectRef, number: u32) -> Option<String> {
        let positions = self.vm.trace(process);
        let at = *positions.get(self.hidden_of(process, &positions) + number as usize)?;
        self.vm.trace_line(process, at).map(|line| line.to_string())
    }

    /// How many activations of the machinery of errors lie on top of the place where the process stopped.
    pub fn hidden(&mut self, process: ObjectRef) -> usize {
        let positions = self.vm.trace(process);
        self.hidden_of(process, &positions)
    }

    fn hidden_of(&mut self, process: ObjectRef, positions: &[usize]) -> usize {
        if self.is_stepped(process) {
            return 0;
        }
        let top = &positions[..positions.len().min(LOOKED_THROUGH)];
        let lines: Vec<TraceLine> = top.iter().filter_map(|at| self.vm.trace_line(process, *at)).collect();
        machinery(&lines, self.is_interrupted(process))
    }

    /// Whether the process was stopped by nothing but a step.
    pub fn is_stepped(&self, process: ObjectRef) -> bool {
        self.vm.process_message(process) == STEPPED
    }

    /// Whether it was Ctrl-C that stopped the process.
    fn is_interrupted(&self, process: ObjectRef) -> bool {
        self.vm.process_message(process) == "interrupted"
    }

    /// Lets the world's other processes go on until none is ready.
    pub fn run_background(&mut self) -> Option<Answer> {
        let _running = Running::start();
        let exit = self.vm.run_background()?;
        Some(self.answer(Ok(Evaluated { exit, process: None }), "", b"", Colours::stderr()))
    }

    fn answer(
        &mut self,
        result: Result<Evaluated, EvalError>,
        name: &str,
        source: &[u8],
        colours: Colours,
    ) -> Answer {
        // Scripts that were read on the way may have had errors of their own.
        let mut syntax = String::new();
        for error in self.vm.take_syntax_errors() {
            syntax.push_str(&report::render(&error.file, &error.source, &error.diagnostics, colours));
        }
        match result {
            Err(EvalError::Syntax(diagnostics)) => {
                Answer::Refused(syntax + &report::render(name, source, &diagnostics, colours))
            }
            Err(EvalError::Script(reason)) => Answer::Refused(format!("{syntax}{reason}\n")),
            Ok(evaluated) => match evaluated.exit {
                Exit::Finished(value) => Answer::Value(value),
                Exit::Suspended(process) => {
                    let message = self.vm.process_message(process);
                    let message = legible(&message);
                    let trace = self.trace(process, false);
                    Answer::Suspended(process, format!("{syntax}{message}\n{trace}"))
                }
                Exit::Aborted(reason) => Answer::Aborted(format!("{syntax}{reason}\n")),
                Exit::Quit(status) => Answer::Quit(status),
                // The machine has gone back itself.
                Exit::Revert(commit) => Answer::Aborted(format!("back to commit {commit}\n")),
            },
        }
    }
}
