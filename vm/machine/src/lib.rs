//! The machine: runs Self programs on objects that live in an image.
//!
//! Rooms, each of which may know those above it:
//!
//! | room | what it holds |
//! | --- | --- |
//! | `layout` | what the machine knows about objects without asking |
//! | `code` | code as it is kept and as it runs |
//! | `lookup` | finding slots, and remembering what was found |
//! | `objects` | objects as data: slots, names, the bare world |
//! | `process` | stacks, scheduling, signals, traces |
//! | `interpreter` | runs code |
//! | `big` | integers of any size, and long computations with them |
//! | `native` | compiled code: when it is made, entered, left and dropped |
//! | `primitives` | what the world can ask of the machine |
//! | `program` | what a host asks for: evaluation, scripts, image files, forks |
//! | `vm`, `host` | the machine itself, and what it asks of its host |
//! | `power` | what the computer runs on |
//!
//! The machine does no terminal, network or model I/O itself: see `host`.

mod big;
pub mod code;
pub mod doors;
pub mod host;
mod interpreter;
mod layout;
pub mod lookup;
pub mod native;
mod objects;
pub mod power;
pub mod primitives;
pub mod process;
mod program;
pub mod vm;

// What stands in a room but is known by its own name, in the crate and outside.
pub use code::debug;
use code::{block, load, stack_code, stack_write};
pub use interpreter::errors;
use layout::symbols;
use objects::{slots, world};
pub use primitives::reflect;
use process::signals;
pub use process::{legible, rest, scheduling, trace};
use program::search;
pub use program::{audit, difference, evaluate, fork, image_file, script};

pub use evaluate::{EvalError, Evaluated};
pub use fork::{Limits, Trial, Verdict};
pub use load::Origin;
pub use search::{Find, Finds, Goal};
pub use vm::{Exit, Settings, Vm};
