//! Ending a process that has something to do yet: what `_Ensure:` promised is done first, innermost first.
//!
//! While it unwinds, a process keeps the processor, and an error in what it does ends that part only: the rest still happens.

use batos_image::value::{ObjectRef, Value};

use crate::primitives::Pushed;
use crate::process::{FrameKind, ProcessState};
use crate::vm::{Step, Vm};

/// Where other unwindings keep the home that they return to: there is none.
const NO_HOME: i32 = -1;

/// Safepoints that the host lets a process pass when it is ended from there.
const LAST_FUEL: u64 = 50_000_000;

impl Vm {
    /// Is this what an unwinding to the end of its process keeps as its home?
    pub(crate) fn ends_process(marker: Value) -> bool {
        marker == Value::from_i32(NO_HOME)
    }

    /// Does the next thing that was promised in the running process, or ends it.
    pub(crate) fn unwind(&mut self) -> Step {
        self.process().unwinding = true;
        for at in (0..self.process().frames.len()).rev() {
            let frame = self.process().frames[at];
            if frame.kind != FrameKind::Ensure {
                continue;
            }
            let window = frame.base as usize;
            let handler = self.stack_at(window - 3);
            self.cut_frames(at);
            let nil = self.nil();
            self.set_stack(window - 2, nil);
            self.set_stack(window - 1, Value::from_i32(NO_HOME));
            self.set_stack(window, handler);
            match self.push_value(handler, window, frame.dst, FrameKind::Unwinding) {
                Pushed::Frame => return Step::Go,
                Pushed::Value(_) => {}
                Pushed::Step(step) => return step,
            }
        }
        self.abort(String::new())
    }

    /// Makes a process that stands still ready to unwind; false if it has nothing to do.
    pub(crate) fn prepare_unwinding(&mut self, object: ObjectRef) -> bool {
        let Some(process) = self.wake(object) else { return false };
        let stands = matches!(process.state, ProcessState::Ready | ProcessState::Suspended);
        if !stands || process.unwinding || !process.frames.iter().any(|f| f.kind == FrameKind::Ensure) {
            return false;
        }
        process.state = ProcessState::Ready;
        process.resume_dst = None;
        true
    }

    /// Lets a process that the host ends do what it promised.
    pub(crate) fn unwind_from_host(&mut self, object: ObjectRef) {
        if !self.current.is_null() || self.trial_limits.is_some() || !self.prepare_unwinding(object) {
            return;
        }
        if let Some(process) = self.wake(object) {
            process.fuel = Some(LAST_FUEL);
            process.resumer = None;
        }
        if self.switch_to(object) {
            if let Step::Go = self.unwind() {
                self.interpret();
            }
            self.current = std::ptr::null_mut();
        }
    }
}
