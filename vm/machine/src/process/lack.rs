//! A process that lacks something to go on: stack, memory, or the fuel that a program gave it.
//!
//! The world is told once, by a message to the process, and has a little more of it meanwhile: there the lack becomes an error like
//! others, which handlers may take. Whoever lacks it again before that is over stops. Fuel and time that the machine itself gives are
//! not told of: no program gets around them.

use crate::code::HitKind;
use crate::process::{FrameKind, GUARD_REGISTERS, Process};
use crate::vm::{Step, Vm};

/// Values that a stack may hold beyond its limit while the world is told that it is full.
const STACK_RESERVE: usize = 128 << 10;
const STACK_MESSAGE: &str = "stackOverflowError: the process needs more stack than it may have";
/// Slices of fuel to find an end in.
const FUEL_RESERVE: u64 = 100;
/// Looks at what is going on that a process may pass while there is no memory, to find an end in.
const MEMORY_RESERVE: u8 = 4;

impl Process {
    /// Takes the reserve back once it is not needed any more. The stack ends where it may; nothing of it moves.
    pub(crate) fn give_reserve_back(&mut self, limit: usize) {
        if self.stack_limit > limit && self.top() + STACK_RESERVE.min(limit / 4) < limit {
            self.stack_limit = limit;
            self.stack.truncate(limit + 2 * super::STACK_SLACK);
        }
    }
}

impl Vm {
    /// The running process's stack is full. If its world does not take it, it is stopped; the others are not concerned.
    #[cold]
    pub(crate) fn stack_overflow(&mut self) -> Step {
        let limit = self.settings.stack_limit;
        let process = self.process();
        if process.stack_limit <= limit && !process.frames.is_empty() {
            process.stack_limit = limit + STACK_RESERVE;
            // The activation that lacked it has not begun, so that nothing could go on in its place.
            if self.tell_of_lack(STACK_MESSAGE, FrameKind::Last) {
                return Step::Go;
            }
        }
        self.stop_for_stack()
    }

    /// The running process can't go on without more stack.
    #[cold]
    pub(crate) fn stop_for_stack(&mut self) -> Step {
        self.stop(super::scheduling::Signal::StackOverflow, STACK_MESSAGE, None)
    }

    /// The running process, which stands between two instructions, has used up its fuel.
    pub(crate) fn out_of_fuel(&mut self, slice: u64) -> Step {
        let message = "out of fuel";
        let process = self.process();
        if std::mem::take(&mut process.tells_of_fuel) {
            process.fuel = Some(FUEL_RESERVE * slice);
            if self.tell_of_lack(message, FrameKind::Ensured) {
                return Step::Go;
            }
        }
        self.process().fuel = None;
        self.stop(super::scheduling::Signal::Suspended, message, None)
    }

    /// The same for memory.
    pub(crate) fn out_of_memory(&mut self) -> Step {
        let message = "outOfMemoryError: the image may not grow further";
        let process = self.process();
        match &mut process.memory_reserve {
            Some(0) => process.memory_reserve = None,
            Some(left) => {
                *left -= 1;
                return Step::Go;
            }
            None => {
                process.memory_reserve = Some(MEMORY_RESERVE);
                if self.tell_of_lack(message, FrameKind::Ensured) {
                    return Step::Go;
                }
                self.process().memory_reserve = None;
            }
        }
        self.stop(super::scheduling::Signal::Suspended, message, None)
    }

    /// Sends the message for it to the running process, if it has a method for it. What that answers is dropped.
    fn tell_of_lack(&mut self, message: &str, kind: FrameKind) -> bool {
        let process = self.process().object.value();
        let Ok(hit) = self.resolve(process, self.symbols.ran_out) else { return false };
        if !hit.kind.is_method() || hit.kind == HitKind::Receiver {
            return false;
        }
        let text = self.intern(message.as_bytes()).value();
        let frame = self.frame();
        let (base, window) = (frame.base as usize, frame.base as usize + frame.registers() + GUARD_REGISTERS);
        if !self.process().reserve(window, 2) {
            return false;
        }
        let (nil, own) = (self.nil(), self.stack_at(base));
        self.set_stack(window - 3, nil);
        // The value of an activation that was between two instructions: its first register keeps what it has.
        self.set_stack(window - 2, own);
        self.set_stack(window - 1, nil);
        self.set_stack(window, process);
        self.set_stack(window + 1, text);
        let code = hit.target as *const crate::code::Code;
        if hit.kind == HitKind::Counted {
            self.count_call(code);
        }
        self.push_frame(code, window, 0, hit.holder, kind)
    }
}
