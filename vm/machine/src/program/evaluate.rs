//! What the program around the machine calls: evaluate text, run scripts, print values, resume what was running.

use batos_image::layout::root;
use batos_image::value::{ObjectRef, Value};
use batos_lang::Diagnostic;
use batos_lang::code::compile::compile_expression;

use crate::load::Origin;
use crate::lookup::{self, Outcome, Start, Trail};
use crate::primitives::Failure;
use crate::process::{Frame, FrameKind, Process, ProcessState, process_element};
use crate::vm::{Exit, Vm};

/// What came of an evaluation.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// How it ended.
    pub exit: Exit,
    /// The process it ran in; a suspended one can be looked at and resumed.
    pub process: Option<ObjectRef>,
}

/// Why nothing was evaluated.
#[derive(Clone, Debug)]
pub enum EvalError {
    /// The text is not legal.
    Syntax(Vec<Diagnostic>),
    /// A script could not be read.
    Script(String),
}

/// Safepoints that printing a value may pass.
const PRINT_FUEL: u64 = 200_000_000;

impl Vm {
    /// Evaluates a text (one prompt input: expressions separated by dots) for `receiver`; the last value is the answer.
    pub fn evaluate(&mut self, text: &[u8], file: &str, receiver: Value) -> Result<Evaluated, EvalError> {
        let parsed = batos_lang::parse_string(text);
        if parsed.diagnostics.iter().any(Diagnostic::is_error) {
            return Err(EvalError::Syntax(parsed.diagnostics));
        }
        let mut last = Evaluated { exit: Exit::Finished(self.nil()), process: None };
        self.pins.push(receiver);
        let pin = self.pins.len() - 1;
        for at in 0..parsed.tree.top.len() {
            let program = match compile_expression(&parsed.tree, at) {
                Ok(program) => program,
                Err(diagnostics) => {
                    self.pins.truncate(pin);
                    return Err(EvalError::Syntax(diagnostics));
                }
            };
            let method = self.load(&program, &Origin { source: text, file, first_line: 1 });
            let receiver = self.pins.get(pin).copied().unwrap_or(self.shell());
            let Some(process) = self.method_process(method, receiver) else {
                last.exit = Exit::internal("the expression's code is not valid");
                break;
            };
            self.limit_trial(process);
            self.changed = true;
            let exit =
                if self.trial_limits.is_some() { self.run(process) } else { self.run_scheduled(process) };
            last = Evaluated { exit, process: Some(process) };
            if !matches!(last.exit, Exit::Finished(_)) {
                break;
            }
        }
        self.pins.truncate(pin);
        Ok(last)
    }

    /// Reads and runs a file with self = lobby.
    pub fn run_file(&mut self, path: &str) -> Result<Evaluated, EvalError> {
        let process = self.script_process(path).map_err(|f: Failure| {
            let word = f.text.split([':', ' ']).next().unwrap_or_default().to_string();
            EvalError::Script(match word.as_str() {
                "ENOENT" => format!("there is no file {path}"),
                "EACCES" => format!("{path} may not be read"),
                "EISDIR" => format!("{path} is a directory"),
                _ => format!("{path} cannot be read: {}", f.text),
            })
        })?;
        let exit = self.run_scheduled(process);
        Ok(Evaluated { exit, process: Some(process) })
    }

    /// Puts the limits of a trial, if this is one, on a process.
    pub(crate) fn limit_trial(&mut self, process: ObjectRef) {
        if let (Some((fuel, end)), Some(live)) = (self.trial_limits, self.wake(process)) {
            live.fuel = Some(fuel);
            live.deadline = Some(end);
        }
    }

    /// A process that runs a load unit's method for `receiver`.
    pub(crate) fn method_process(&mut self, method: ObjectRef, receiver: Value) -> Option<ObjectRef> {
        let code = self.code_of(method)?;
        let object = self.new_process_object();
        let mut process = Box::new(Process::new(object));
        process.stack_limit = self.settings.stack_limit;
        process.stack[0] = self.heap.known.lobby;
        process.stack[1] = receiver;
        let frame =
            Frame { code, holder: 0, pc: 0, base: 0, dst: 0, kind: FrameKind::Entry, has_open: false };
        if !process.reserve(0, frame.registers()) {
            return None;
        }
        process.frames.push(frame);
        self.processes.insert(object, process);
        Some(object)
    }

    /// Runs a process under the world's scheduler, if it has one; else alone.
    pub fn run_scheduled(&mut self, process: ObjectRef) -> Exit {
        let name = self.intern(b"runMain:");
        let Some(scheduler) = self.scheduler(name) else {
            return self.run(process);
        };
        let Some(root) = self.new_process(scheduler, name, &[process.value()]) else {
            return self.run(process);
        };
        self.pins.push(process.value());
        let outer = self.main.replace(process);
        let exit = self.run(root);
        self.main = outer;
        self.interrupt_pending = false;
        if self.pins.pop().is_none() {
            // The world went back to an older commit: the processes of before are gone.
            return exit;
        }
        if let Exit::Quit(_) = exit {
            // Somebody may yet decide to stay.
            self.abort_process(process);
            return exit;
        }
        match self.process_state(process) {
            ProcessState::Finished => Exit::Finished(self.heap.item(process, process_element::RESULT)),
            ProcessState::Aborted => {
                let message = self.heap.item(process, process_element::MESSAGE);
                Exit::Aborted(self.text(message).unwrap_or_default())
            }
            ProcessState::Suspended => Exit::Suspended(process),
            ProcessState::Ready | ProcessState::Waiting => exit,
        }
    }

    /// Runs what was running when the image was last committed, until nothing is ready.
    pub fn run_background(&mut self) -> Option<Exit> {
        let name = self.intern(b"runAll");
        let scheduler = self.scheduler(name)?;
        let root = self.new_process(scheduler, name, &[])?;
        Some(self.run(root))
    }

    /// Lets the world's processes run for some milliseconds while nothing else is to be done. How it ended, and after
    /// how many milliseconds somebody wants to run again; `None` if nobody will, or if the world knows no such thing.
    pub fn run_idle(&mut self, milliseconds: i32) -> Option<(Exit, Option<u64>)> {
        self.run_scheduler(b"runFor:", milliseconds)
    }

    /// The same where the world is all that there is to do: it also waits for whoever comes to its doors, so that a message costs
    /// no way out and in again.
    pub fn run_served(&mut self, milliseconds: i32) -> Option<(Exit, Option<u64>)> {
        match self.run_scheduler(b"serveFor:", milliseconds) {
            // A world from before there was such a message.
            None => self.run_idle(milliseconds),
            some => some,
        }
    }

    fn run_scheduler(&mut self, name: &[u8], milliseconds: i32) -> Option<(Exit, Option<u64>)> {
        let name = self.heap.symbol_lookup(name)?;
        let scheduler = self.scheduler(name)?;
        let root = self.new_process(scheduler, name, &[Value::from_i32(milliseconds)])?;
        let exit = self.run(root);
        let next = match exit {
            Exit::Finished(value) => value.as_int().and_then(|wait| u64::try_from(wait).ok()),
            _ => None,
        };
        Some((exit, next))
    }

    /// The object in the lobby's slot `scheduler` (by lookup), if there is one that understands the message. Other worlds have
    /// schedulers of their own, which the machine knows nothing of.
    fn scheduler(&mut self, message: ObjectRef) -> Option<Value> {
        let scheduler = self.global("scheduler")?;
        self.resolve(scheduler, message).is_ok().then_some(scheduler)
    }

    /// Does the world end processes itself?
    pub(crate) fn has_scheduler(&mut self) -> bool {
        let Some(name) = self.heap.symbol_lookup(b"end:") else { return false };
        self.scheduler(name).is_some()
    }

    /// The content of a slot found from the lobby, if it is data.
    pub fn global(&mut self, name: &str) -> Option<Value> {
        self.data_slot(self.heap.known.lobby, name)
    }

    /// The content of a data slot that a message to this object would find; `None` if there is none or it is a method.
    pub fn data_slot(&self, object: Value, name: &str) -> Option<Value> {
        let symbol = self.heap.symbol_lookup(name.as_bytes())?;
        let selector = lookup::selector(&self.heap, symbol);
        match lookup::search(&self.heap, Start::Object(object), selector, &mut Trail::default()) {
            Outcome::Found(found) if !found.assigns => {
                let content = lookup::slot_content(&self.heap, found.holder, &found.slot);
                (!lookup::is_method(&self.heap, content)).then_some(content)
            }
            _ => None,
        }
    }

    /// The object that prompt lines are evaluated for.
    pub fn shell(&self) -> Value {
        self.heap.root(root::SHELL)
    }

    /// What a prompt evaluates in: the shell, or the lobby of a bare world.
    pub fn prompt_self(&self) -> Value {
        let nil = self.nil();
        let built = self.heap.root(root::NATIVES).as_ref().is_some_and(|natives| natives.value() != nil);
        if built { self.shell() } else { self.heap.known.lobby }
    }

    /// A suspended process goes on with `value` in place of what it was suspended in.
    pub fn resume(&mut self, process: ObjectRef, value: Value) -> Exit {
        if !self.resume_with(process, value) {
            return Exit::Aborted("the process cannot be resumed".into());
        }
        self.run_scheduled(process)
    }

    /// Why a process is suspended.
    pub fn process_message(&self, process: ObjectRef) -> String {
        self.text(self.heap.item(process, process_element::MESSAGE)).unwrap_or_default()
    }

    /// Sends a message outside any process's business, with a bound on its running time; `None` if it did not end well.
    pub fn send_quietly(&mut self, receiver: Value, selector: &str, arguments: &[Value]) -> Option<Value> {
        let name = self.intern(selector.as_bytes());
        let process = self.new_process(receiver, name, arguments)?;
        match self.trial_limits {
            Some(_) => self.limit_trial(process),
            None => {
                if let Some(live) = self.wake(process) {
                    live.fuel = Some(PRINT_FUEL);
                }
            }
        }
        match self.run(process) {
            Exit::Finished(value) => Some(value),
            _ => {
                self.abort_now(process);
                None
            }
        }
    }

    /// How the world prints a value; the machine's own words where the world has none.
    pub fn print_string(&mut self, value: Value) -> String {
        let known = self.heap.symbol_lookup(b"printStringFor:").is_some();
        if known {
            self.pins.push(value);
            let lobby = self.heap.known.lobby;
            let printed = self.send_quietly(lobby, "printStringFor:", &[value]);
            let value = self.pins.pop().unwrap_or(value);
            return match printed.and_then(|v| self.text(v).ok()) {
                Some(text) => text,
                None => self.short_name(value),
            };
        }
        self.short_name(value)
    }

    /// The elements of a vector, each as text: strings as they are, others as the machine names them. `None`: no vector.
    pub fn vector_texts(&self, value: Value) -> Option<Vec<String>> {
        let vector = self.of_kind(value, batos_image::layout::Kind::Vector).ok()?;
        let text = |i: usize| {
            let element = self.heap.element(vector, i);
            self.text(element).unwrap_or_else(|_| self.short_name(element))
        };
        Some((0..self.heap.length(vector)).map(text).collect())
    }

    /// Something was changed since the last commit.
    pub fn has_unsaved_changes(&self) -> bool {
        self.changed
    }

    /// Syntax errors met by scripts since the last call, for the program to show.
    pub fn take_syntax_errors(&mut self) -> Vec<crate::script::SyntaxError> {
        std::mem::take(&mut self.syntax_errors)
    }
}
