//! The machine: runs Self programs on objects that live in an image.
//!
//! `load` turns the front end's plain data into objects; `interpreter` runs them; `lookup` finds slots; `primitives` are what
//! the world can ask of the machine. The machine does no terminal, network or model I/O itself: see `host`.

pub mod audit;
mod block;
pub mod code;
pub mod debug;
pub mod errors;
pub mod evaluate;
pub mod fork;
pub mod host;
pub mod image_file;
mod interpreter;
mod load;
pub mod lookup;
mod naming;
mod natives;
mod persist;
pub mod primitives;
pub mod process;
pub mod reflect;
pub mod scheduling;
pub mod script;
mod search;
mod signals;
mod slots;
mod stack_code;
mod symbols;
pub mod trace;
mod unwind;
pub mod vm;
mod world;

pub use evaluate::{EvalError, Evaluated};
pub use fork::{Limits, Trial, Verdict};
pub use load::Origin;
pub use search::{Find, Finds, Goal};
pub use vm::{Exit, Settings, Vm};
