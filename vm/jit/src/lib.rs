//! Compiled code for what runs often: machine code from bytecode and from what its sites have met.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `layout` | what compiled code knows about the machine's memory |
//! | `input` | what is compiled, as plain data |
//! | `live`, `state` | which registers matter; what is known of them |
//! | `emit` | the walk over bytecode, inlining, blocks and loops |
//! | `instructions`, `sends`, `values`, `exits` | what is emitted |
//! | `blocks` | blocks that are not made |
//! | `step` | what is left to the machine without leaving |
//! | `background` | the thread that makes machine code |
//! | `memory` | where machine code lies |
//!
//! The interpreter defines the meaning. Compiled code owns no state: wherever anybody can look, registers are in their places on the
//! value stack and activations have their records, as the interpreter would have left them. It knows nothing of the language's
//! source, of lookup, or of images.

#![deny(missing_docs)]

mod background;
mod blocks;
mod compiler;
mod emit;
mod exits;
pub mod input;
mod instructions;
pub mod layout;
mod live;
mod memory;
mod sends;
mod state;
mod step;
mod values;

pub use compiler::{Compiled, Compiler, Draft, IS_POSSIBLE, Made, run};
pub use emit::{Exit, Stop};
pub use memory::Piece;
