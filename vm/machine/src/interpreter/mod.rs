//! The interpreter: a handler for each instruction, and what leads from one to the next.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `state` | the working state of the running frame; slow steps |
//! | `dispatch` | the list of handlers; threaded code, or a loop |
//! | `moves`, `arithmetic`, `branch`, `send` | the handlers |
//! | `compiled` | the instruction that enters compiled code |
//! | `slow` | cache misses, resends, primitives, non-local returns |
//! | `errors` | what happens when a lookup or a primitive fails |
//!
//! Invariants: the running frame's window plus `STACK_SLACK` registers is within the stack; the code was verified,
//! so operands are in range; natives that the world has changed were quickened away (code/quicken.rs).

mod arithmetic;
mod branch;
mod compiled;
mod dispatch;
pub mod errors;
mod moves;
mod send;
mod slow;
mod state;

use crate::vm::{Exit, Vm};

impl Vm {
    /// Runs the current process, and those that control is transferred to, until the host is asked for.
    pub(crate) fn interpret(&mut self) -> Exit {
        if self.process().frames.is_empty() {
            return Exit::internal("a process without frames was run");
        }
        let start = state::State::enter(self);
        self.exit = None;
        dispatch::run(self, start);
        self.exit.take().unwrap_or_else(|| Exit::internal("the interpreter came back without a reason"))
    }
}
