//! Ending a process that has something to do yet: what `_Ensure:` promised is done first, innermost first, and the handlers of
//! `_OnNonLocalReturn:` are told, with nil.
//!
//! What it promised may wait for others as anything may; whoever ends a process waits for the first moment of it only, and all of it has
//! a bound. An error ends the part that it happened in: the rest still happens.

use std::time::{Duration, Instant};

use batos_image::layout::{Kind, root};
use batos_image::value::{ObjectRef, Value};

use crate::code::CodeKind;
use crate::primitives::Pushed;
use crate::process::{Frame, FrameKind, ProcessState};
use crate::vm::{Step, Vm};

/// Where other unwindings keep the home that they return to: there is none.
const NO_HOME: i32 = -1;

/// Safepoints that a process may pass while it does what it promised.
const LAST_FUEL: u64 = 50_000_000;

/// How long whoever ends a process waits at most for what that one promised.
const PATIENCE: Duration = Duration::from_millis(100);

impl Vm {
    /// Is this what an unwinding to the end of its process keeps as its home?
    pub(crate) fn ends_process(marker: Value) -> bool {
        marker == Value::from_i32(NO_HOME)
    }

    /// Does the next thing that was promised in the running process, or ends it.
    pub(crate) fn unwind(&mut self) -> Step {
        let process = self.process();
        if !std::mem::replace(&mut process.unwinding, true) || process.fuel == Some(0) {
            process.fuel = Some(LAST_FUEL);
            process.deadline = None;
        }
        for at in (0..self.process().frames.len()).rev() {
            let frame = self.process().frames[at];
            let nil = self.nil();
            let (argument, kind) = match frame.kind {
                FrameKind::Ensure => (None, FrameKind::Unwinding),
                FrameKind::Barrier => (Some(nil), FrameKind::Passing),
                _ => continue,
            };
            let window = frame.base as usize;
            let handler = self.stack_at(window - 3);
            self.cut_frames(at);
            self.set_stack(window - 2, nil);
            self.set_stack(window - 1, Value::from_i32(NO_HOME));
            self.set_stack(window, handler);
            match self.push_value(handler, argument, window, frame.dst, kind) {
                Pushed::Frame => return Step::Go,
                Pushed::Value(_) => {}
                Pushed::Step(step) => return step,
            }
        }
        let cut = std::mem::take(&mut self.process().cut_short);
        self.abort(cut)
    }

    /// What the running process is doing because it ends is stopped: the next part follows.
    pub(crate) fn cut_short(&mut self, message: &str) -> Step {
        if !message.is_empty() && self.process().cut_short.is_empty() {
            self.process().cut_short = format!("what it does at its end was cut short: {message}");
        }
        self.unwind()
    }

    /// Makes a process that stands still ready to unwind; false if it has nothing to do.
    pub(crate) fn prepare_unwinding(&mut self, object: ObjectRef) -> bool {
        let Some(process) = self.wake(object) else { return false };
        let stands = matches!(process.state, ProcessState::Ready | ProcessState::Suspended);
        if stands && process.unwinding {
            process.patience = Some(Instant::now() + PATIENCE);
            return true;
        }
        let promised = |f: &Frame| matches!(f.kind, FrameKind::Ensure | FrameKind::Barrier);
        if !stands || !process.frames.iter().any(promised) {
            return false;
        }
        process.state = ProcessState::Ready;
        process.resume_dst = None;
        process.patience = Some(Instant::now() + PATIENCE);
        true
    }

    /// Lets a process that the host ends do what it promised.
    pub(crate) fn unwind_from_host(&mut self, object: ObjectRef) {
        if !self.current.is_null() || self.trial_limits.is_some() || !self.prepare_unwinding(object) {
            return;
        }
        if let Some(process) = self.wake(object) {
            process.resumer = None;
        }
        if self.switch_to(object) {
            if let Step::Go = self.unwind() {
                self.interpret();
            }
            self.current = std::ptr::null_mut();
        }
    }

    /// Ends the activations of a process that stands still which are younger than the one at position `index`, counted from the innermost;
    /// that one goes on with nil for what it waited for. `Err` holds the failure's word.
    pub(crate) fn kill_activations(&mut self, object: ObjectRef, index: usize) -> Result<(), &'static str> {
        let activations = self.activations(object).ok_or("noProcessError")?;
        let first = activations.get(index).ok_or("badIndexError")? + 1;
        let running = self.current;
        let process = self.wake(object).ok_or("noProcessError")?;
        if !matches!(process.state, ProcessState::Ready | ProcessState::Suspended) {
            return Err("primitiveFailedError: the process is transferring control to another one");
        }
        if std::ptr::eq(running, process) {
            return Err("primitiveFailedError: the process is running");
        }
        if process.frames.len() <= first {
            return Ok(());
        }
        // What `_Ensure:` promised would never happen.
        let promised =
            |f: &Frame| !matches!(f.kind, FrameKind::Normal | FrameKind::Mirrored | FrameKind::Watched);
        if process.frames[first..].iter().any(promised) {
            return Err(
                "primitiveFailedError: an activation among them has promised to do something at its end",
            );
        }
        self.cut_activations(object, first)
    }

    /// Ends the activations of a process that stands still from a position on, counted from the outermost; the one below goes on with
    /// nil for what it waited for.
    fn cut_activations(&mut self, object: ObjectRef, first: usize) -> Result<(), &'static str> {
        let nil = self.nil();
        let process = self.wake(object).ok_or("noProcessError")?;
        let Some(frame) = process.frames.get(first).copied() else { return Ok(()) };
        let open = process.open.partition_point(|(index, _)| *index < frame.base);
        let closing: Vec<(Value, Value)> =
            process.open.drain(open..).map(|(index, cell)| (cell, process.stack[index as usize])).collect();
        process.frames.truncate(first);
        let below = process.frames.last().map_or(0, |f| f.base as usize);
        process.stack[below + frame.dst as usize] = nil;
        process.resume_dst = (process.state == ProcessState::Suspended).then_some(frame.dst);
        process.dirty = true;
        let closed = self.heap.root_map(root::CLOSED_CELL_MAP);
        for (cell, value) in closing {
            if let (Some(cell), Some(map)) = (cell.as_ref(), closed) {
                self.heap.change_map(cell, map);
                self.heap.store(cell, 0, value);
            }
        }
        Ok(())
    }

    /// Has a suspended process begin an activation anew when it goes on: `index` counts from the innermost. What was called
    /// from it is gone; arguments stay. A method that was changed meanwhile is the one that runs. Answers what those that are gone had
    /// promised to do at their end, innermost first: it is up to the caller to do it.
    pub(crate) fn restart_activation(
        &mut self,
        object: ObjectRef,
        index: usize,
    ) -> Result<Vec<Value>, &'static str> {
        let activations = self.activations(object).ok_or("noProcessError")?;
        let first = activations.get(index).ok_or("badIndexError")? + 1;
        let process = self.wake(object).ok_or("noProcessError")?;
        if process.state != ProcessState::Suspended {
            return Err("primitiveFailedError: the process is not suspended");
        }
        let promising = process.frames.iter().skip(first).rev();
        let promised: Vec<Value> = promising
            .filter(|f| matches!(f.kind, FrameKind::Ensure | FrameKind::Barrier))
            .filter_map(|f| process.stack.get((f.base as usize).checked_sub(3)?).copied())
            .collect();
        self.cut_activations(object, first)?;
        let process = self.wake(object).ok_or("noProcessError")?;
        let frame = *process.frames.last().ok_or("badIndexError")?;
        let receiver = self.frame_receiver(object, &frame);
        let holder = ObjectRef::from_offset(frame.holder).map_or(receiver, |holder| holder.value());
        let (selector, argc) = (frame.code().selector, frame.code().argc);
        let changed = self.heap.find_slot(self.heap.map_of(holder), selector).and_then(|slot| {
            let method = slot.content.as_ref().filter(|m| self.heap.kind_of_ref(*m) == Kind::Method)?;
            matches!(self.shape_of(method), Some((CodeKind::Method, count, ..)) if count == argc)
                .then_some(method)
        });
        let is_method = frame.code().kind == CodeKind::Method;
        let fits = changed.filter(|_| is_method).and_then(|method| self.code_of(method));
        let closed = self.heap.root_map(root::CLOSED_CELL_MAP);
        let process = self.wake(object).ok_or("noProcessError")?;
        let open = process.open.partition_point(|(at, _)| *at < frame.base);
        let closing: Vec<(Value, Value)> =
            process.open.drain(open..).map(|(at, cell)| (cell, process.stack[at as usize])).collect();
        let Some(top) = process.frames.last_mut() else { return Err("badIndexError") };
        top.pc = 0;
        top.has_open = false;
        if let Some(code) = fits {
            top.code = code;
        }
        let (base, registers) = (top.base as usize, top.registers());
        if !process.reserve(base, registers) {
            return Err("outOfMemoryError");
        }
        process.resume_dst = None;
        process.dirty = true;
        for (cell, value) in closing {
            if let (Some(cell), Some(map)) = (cell.as_ref(), closed) {
                self.heap.change_map(cell, map);
                self.heap.store(cell, 0, value);
            }
        }
        Ok(promised)
    }
}
