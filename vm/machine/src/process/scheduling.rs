//! Which process runs: transfers, signals, preemption. Policy is the world's (`scheduler`).
//!
//! A process transfers control to another (`_TWAINSResultVector:SingleStep:StopAt:`) and waits; when that one yields, ends, is
//! suspended or has used up its slice, control comes back with a signal in the result vector. Control that has nowhere
//! to go back to comes to the host.

use std::sync::atomic::Ordering;

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use crate::image_file::CommitRecord;
use crate::process::{FrameKind, Process, ProcessState, process_element};
use crate::signals::RESULT_SIZE;
use crate::vm::{Exit, Step, Vm};

/// Why control left a process.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// It gave up the processor: receiver and argument of the `_Yield:`.
    Yielded(Value, Value),
    /// It ended with a result.
    Terminated,
    /// It ended without one.
    Aborted,
    /// It was stopped by an error that its world leaves to the machine, by Ctrl-C, or on request.
    Suspended,
    /// It needs more stack than it may have.
    StackOverflow,
    /// Its slice was used up, or something else was signalled.
    Signal,
    /// It has taken one step: to the next activation, or once around a loop.
    SingleStepped,
    /// The activation that it was to stop at has ended.
    FinishedActivation,
}

impl Signal {
    /// The word that the process gets that transferred control.
    fn word(self) -> &'static [u8] {
        match self {
            Signal::Yielded(..) => b"yielded",
            Signal::Terminated => b"terminated",
            Signal::Aborted => b"aborted",
            Signal::Suspended => b"suspended",
            Signal::StackOverflow => b"stackOverflow",
            Signal::Signal => b"signal",
            Signal::SingleStepped => b"singleStepped",
            Signal::FinishedActivation => b"finishedActivation",
        }
    }
}

/// How a transfer of control is to end early.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Stops {
    /// After one step.
    pub(crate) single_step: bool,
    /// When the activation at this position of the stack ends.
    pub(crate) activation: Option<usize>,
}

impl Vm {
    /// Makes a process that will send `name` to `receiver`.
    pub fn new_process(
        &mut self,
        receiver: Value,
        name: ObjectRef,
        arguments: &[Value],
    ) -> Option<ObjectRef> {
        let object = self.new_process_object();
        self.begin_process(object, receiver, name, arguments)
    }

    /// Gives a new process object something to do.
    pub(crate) fn begin_process(
        &mut self,
        object: ObjectRef,
        receiver: Value,
        name: ObjectRef,
        arguments: &[Value],
    ) -> Option<ObjectRef> {
        let mut process = Box::new(Process::new(object));
        process.stack_limit = self.settings.stack_limit;
        process.stack[0] = receiver;
        if !process.reserve(0, arguments.len() + 1) {
            return None;
        }
        for (i, argument) in arguments.iter().enumerate() {
            process.stack[1 + i] = *argument;
        }
        let starter = self.starter(name, arguments.len())?;
        process.frames.push(crate::process::Frame {
            code: starter,
            holder: 0,
            pc: 0,
            base: 0,
            dst: 0,
            kind: FrameKind::Entry,
            has_open: false,
        });
        self.processes.insert(object, process);
        Some(object)
    }

    /// The object of a new process, with its number.
    pub(crate) fn new_process_object(&mut self) -> ObjectRef {
        use batos_image::layout::root;
        let map = self.heap.root_map(root::PROCESS_MAP).unwrap_or(self.heap.known.internal_map);
        let nil = self.nil();
        let object = self.heap.alloc_old_indexed(map, 0, process_element::COUNT, nil);
        let number = self.heap.root(root::NEXT_PROCESS).as_int().unwrap_or(0) + 1;
        let number = Value::from_i64(number).unwrap_or(Value::ZERO);
        self.heap.set_root(root::NEXT_PROCESS, number);
        for (element, value) in [
            (process_element::STATE, Value::ZERO),
            (process_element::STACK, Value::ZERO),
            (process_element::FRAMES, Value::ZERO),
            (process_element::OPEN, Value::ZERO),
            (process_element::NUMBER, number),
            (process_element::RESUME_DST, Value::ZERO),
            (process_element::FUEL, Value::from_i32(-1)),
        ] {
            self.heap.set_item(object, element, value);
        }
        object
    }

    /// Makes the running part of a process from its object, if it has frames. `None`: it cannot run.
    pub(crate) fn wake(&mut self, object: ObjectRef) -> Option<&mut Process> {
        if !self.processes.contains_key(&object) {
            let process = self.restore(object)?;
            self.processes.insert(object, Box::new(process));
        }
        self.processes.get_mut(&object).map(|p| &mut **p)
    }

    /// Makes `object` the running process.
    pub(crate) fn switch_to(&mut self, object: ObjectRef) -> bool {
        match self.wake(object) {
            Some(process) => {
                process.dirty = true;
                self.current = process;
                self.begin_slice();
                true
            }
            None => false,
        }
    }

    /// Transfers control to `target`; the running process waits with its result vector in the transfer element.
    pub(crate) fn transfer(
        &mut self,
        target: ObjectRef,
        vector: Value,
        dst: u8,
        stops: Stops,
    ) -> Result<Step, &'static str> {
        let from = self.process().object;
        if target == from {
            return Err("parallelTWAINSError");
        }
        match self.wake(target) {
            None => return Err("noProcessError"),
            Some(process) if process.state != ProcessState::Ready => return Err("noProcessError"),
            Some(process) => {
                process.resumer = Some(from);
                process.stepping = stops.single_step;
                process.watch(stops.activation);
            }
        }
        self.heap.set_item(from, process_element::TRANSFER, vector);
        let waiting = self.process();
        waiting.state = ProcessState::Waiting;
        waiting.resume_dst = Some(dst);
        self.switch_to(target);
        if stops.single_step {
            self.look_soon();
        }
        Ok(Step::Go)
    }

    /// Answers at once with what has been signalled, or when something is: what a transfer to oneself does, and every transfer while
    /// something has been signalled. If Ctrl-C is pressed in a world that does not take it, there is nothing to tell, but the running
    /// process stops soon.
    pub(crate) fn transfer_to_nobody(&mut self, vector: ObjectRef) -> Value {
        if !self.await_signals() {
            self.look_soon();
        }
        self.tell_signals(vector);
        self.intern(Signal::Signal.word()).value()
    }

    /// Leaves the running process: control goes back to whoever transferred it here, or to the host. `message` is why, for people.
    pub(crate) fn leave_process(&mut self, signal: Signal, message: &[u8], value: Option<Value>) -> Step {
        let object = self.process().object;
        let payload = match value {
            Some(value) => value,
            None if message.is_empty() => self.nil(),
            None => self.intern(message).value(),
        };
        match signal {
            Signal::Terminated => self.heap.set_item(object, process_element::RESULT, payload),
            Signal::Suspended | Signal::StackOverflow | Signal::Aborted => {
                self.heap.set_item(object, process_element::MESSAGE, payload);
            }
            _ => {}
        }
        if !matches!(signal, Signal::Signal | Signal::Yielded(..)) {
            self.works.forget(object);
        }
        let process = self.process();
        process.watch(None);
        process.stepping = false;
        let state = process.state;
        let resumer = process.resumer.take();
        self.heap.set_item(object, process_element::STATE, Value::from_i32(state as i32));
        if matches!(signal, Signal::Terminated | Signal::Aborted) {
            self.discard_stack(object);
            self.signals.blocked = false;
        }
        match resumer {
            Some(resumer) if self.wake(resumer).is_some_and(|p| p.state == ProcessState::Waiting) => {
                if !self.switch_to(resumer) {
                    return Step::Exit(Exit::internal("the waiting process is gone"));
                }
                self.process().state = ProcessState::Ready;
                let vector = self.heap.item(resumer, process_element::TRANSFER);
                let vector = vector.as_ref().filter(|v| self.is_result_vector(*v));
                match (signal, vector) {
                    (Signal::Yielded(receiver, argument), Some(vector)) => {
                        self.heap.set_element(vector, 0, receiver);
                        self.heap.set_element(vector, 1, argument);
                    }
                    (Signal::Signal, Some(vector)) => self.tell_signals(vector),
                    _ => {}
                }
                if let Some(dst) = self.process().resume_dst.take() {
                    let word = self.intern(signal.word()).value();
                    self.set_register(dst, word);
                }
                Step::Go
            }
            _ => Step::Exit(match signal {
                Signal::Terminated => Exit::Finished(payload),
                Signal::Aborted => Exit::Aborted(String::from_utf8_lossy(message).into_owned()),
                _ => Exit::Suspended(object),
            }),
        }
    }

    /// Can this take what a transfer of control has to tell?
    pub(crate) fn is_result_vector(&self, v: ObjectRef) -> bool {
        self.heap.kind_of_ref(v) == Kind::Vector && self.heap.length(v) >= RESULT_SIZE
    }

    /// Drops the stack of a process that ended. The running process stays in the table until another runs.
    fn discard_stack(&mut self, object: ObjectRef) {
        if let Some(process) = self.processes.get_mut(&object) {
            process.frames.clear();
            process.open.clear();
            process.dirty = true;
        }
        for element in [process_element::STACK, process_element::FRAMES, process_element::OPEN] {
            self.heap.set_item(object, element, Value::ZERO);
        }
    }

    /// A suspended process becomes ready; `value` becomes the value of what it was suspended in.
    pub fn resume_with(&mut self, object: ObjectRef, value: Value) -> bool {
        let Some(process) = self.wake(object) else { return false };
        if process.state != ProcessState::Suspended || process.frames.is_empty() {
            return false;
        }
        process.state = ProcessState::Ready;
        process.dirty = true;
        if let (Some(dst), Some(frame)) = (process.resume_dst.take(), process.frames.last()) {
            let at = frame.base as usize + dst as usize;
            process.stack[at] = value;
        }
        let nil = self.nil();
        self.heap.set_item(object, process_element::MESSAGE, nil);
        self.heap.set_item(object, process_element::STATE, Value::from_i32(ProcessState::Ready as i32));
        true
    }

    /// Ends a process from outside: by its world, which knows what others have to do with it, or else by itself.
    pub fn abort_process(&mut self, object: ObjectRef) {
        let ended =
            |vm: &Vm| matches!(vm.process_state(object), ProcessState::Finished | ProcessState::Aborted);
        if self.current.is_null() && self.trial_limits.is_none() && self.has_scheduler() && !ended(self) {
            // What it promised may wait for something: then it ends later.
            if self.send_quietly(object.value(), "abort", &[]).is_some() {
                return;
            }
        }
        if !ended(self) {
            self.abort_now(object);
        }
    }

    /// Ends a process without asking its world.
    pub(crate) fn abort_now(&mut self, object: ObjectRef) {
        self.unwind_from_host(object);
        self.works.forget(object);
        if let Some(process) = self.wake(object) {
            process.state = ProcessState::Aborted;
        }
        self.heap.set_item(object, process_element::STATE, Value::from_i32(ProcessState::Aborted as i32));
        self.discard_stack(object);
    }

    /// What a process does.
    pub fn process_state(&self, object: ObjectRef) -> ProcessState {
        match self.processes.get(&object) {
            Some(process) => process.state,
            None => self
                .heap
                .item(object, process_element::STATE)
                .as_int()
                .and_then(ProcessState::from_i64)
                .unwrap_or(ProcessState::Aborted),
        }
    }

    /// Looked at every so many calls and loop edges: collection, Ctrl-C, fuel, time slices. The program counter is saved.
    #[cold]
    pub(crate) fn look_around(&mut self) -> Step {
        self.warm_up();
        if self.is_within_slice() {
            return Step::Go;
        }
        self.begin_slice();
        if self.heap.gc_requested() {
            self.safepoint();
        }
        self.polls_done += 1;
        self.polls_done_total += 1;
        if self.settings.save_every > 0 && self.polls_done >= self.settings.save_every {
            self.polls_done = 0;
            self.save_and_restore_all();
        }
        if !self.signals.taken() && self.host.interrupt.swap(false, Ordering::Relaxed) {
            // The scheduler hands it to the process that it runs for; only if it does not, it is stopped itself.
            let object = self.process().object;
            let schedules = self.process().resumer.is_none() && self.main.is_some_and(|main| main != object);
            if !schedules || std::mem::replace(&mut self.interrupt_pending, true) {
                self.interrupt_pending = false;
                return self.suspend("interrupted", None);
            }
        }
        let (slice, limit) = (u64::from(self.slice()), self.settings.stack_limit);
        let process = self.process();
        process.give_reserve_back(limit);
        if let Some(fuel) = &mut process.fuel {
            *fuel = fuel.saturating_sub(slice);
            if *fuel == 0 {
                if process.unwinding {
                    // What was promised takes too long: the rest of it is not done.
                    return self.abort("what it does at its end takes too long".into());
                }
                return self.out_of_fuel(slice);
            }
        }
        let deadline = self.process().deadline;
        if deadline.is_some_and(|d| std::time::Instant::now() >= d) {
            self.process().deadline = None;
            return self.suspend("out of time", None);
        }
        if self.heap.exhausted() {
            self.collect_full();
            let deadline = self.process().deadline;
            if deadline.is_some_and(|d| std::time::Instant::now() >= d) {
                self.process().deadline = None;
                return self.suspend("out of time", None);
            }
            if self.heap.exhausted() {
                match self.out_of_memory() {
                    Step::Go => {}
                    step => return step,
                }
            }
        } else {
            self.process().memory_reserve = None;
        }
        let process = self.process();
        if process.resumer.is_none() || process.patience.is_some_and(|end| std::time::Instant::now() < end) {
            return Step::Go;
        }
        process.patience = None;
        if process.left_watched {
            return self.leave_process(Signal::FinishedActivation, b"", None);
        }
        if process.stepping {
            return self.leave_process(Signal::SingleStepped, b"", None);
        }
        if self.slice_ends() {
            return self.leave_process(Signal::Signal, b"", None);
        }
        Step::Go
    }

    /// Runs a process until it gives control back to the host.
    pub fn run(&mut self, object: ObjectRef) -> Exit {
        let previous = std::mem::replace(&mut self.current, std::ptr::null_mut());
        if !self.switch_to(object) {
            self.current = previous;
            return Exit::internal("the process cannot run");
        }
        let exit = self.interpret();
        self.forget_ended();
        self.current = std::ptr::null_mut();
        if let Exit::Revert(to) = exit {
            let result = self.go_back(to);
            if let Some(doors) = &mut self.host.doors {
                doors.went_back(match &result {
                    Exit::Aborted(reason) => Some(reason),
                    _ => None,
                });
            }
            return result;
        }
        exit
    }

    /// Does what a process has asked for: the state of an older commit, or of another branch.
    fn go_back(&mut self, to: u64) -> Exit {
        if let Some(branch) = self.revert_branch.take() {
            return match self.switch_branch(&branch) {
                Ok(_) => Exit::Finished(self.intern(format!("on {branch}").as_bytes()).value()),
                Err(text) => Exit::Aborted(text),
            };
        }
        let commits = self.history().unwrap_or_default();
        let message = self.revert_message.take().unwrap_or_else(|| format!("back to commit {to}"));
        match self.revert(to, &message) {
            // Who asked for it is gone; the host gets something to show.
            Ok(_) => Exit::Finished(self.intern(gone_back(&commits, to, &message).as_bytes()).value()),
            Err(text) => Exit::Aborted(text),
        }
    }

    /// Forgets the running parts of processes that have ended.
    fn forget_ended(&mut self) {
        self.processes.retain(|_, p| !matches!(p.state, ProcessState::Finished | ProcessState::Aborted));
    }
}

/// What going back to a commit came to. `commits` are those before it, newest first.
fn gone_back(commits: &[CommitRecord], to: u64, message: &str) -> String {
    let named = |number: u64| {
        let Some(commit) = commits.iter().find(|c| c.number == number) else {
            return format!("commit {number}");
        };
        match commit.message.as_str() {
            "" => format!("commit {number} on {}", commit.branch),
            message => format!("commit {number} on {}: {message}", commit.branch),
        }
    };
    let place = named(to);
    let undone =
        message.strip_prefix("undo: ").and_then(|m| m.rsplit_once(' ')).and_then(|(_, n)| n.parse().ok());
    match (undone, commits.first()) {
        (Some(undone), _) => format!("undone: {}\nback to {place}", named(undone)),
        _ if message.starts_with("redo: ") => format!("done again: {place}"),
        (_, Some(last)) if last.number == to + 1 => {
            format!("undone: {}\nback to {place}", named(last.number))
        }
        (_, Some(last)) if last.number > to => {
            format!("undone: commits {} to {}\nback to {place}", to + 1, last.number)
        }
        _ => format!("back to {place}"),
    }
}
