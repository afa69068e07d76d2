//! Bytecode: opcodes, code units, the compiler, the verifier, the disassembler.
//!
//! `op` is the one list of operations and `unit` the shape of what is compiled: plain data, nothing of it in a heap. `compile` makes
//! programs from trees, `verify` says what the machine may rely on, `disassemble` shows them.

pub mod compile;
pub mod disassemble;
pub mod op;
pub mod unit;
pub mod verify;

pub use compile::{compile_body, compile_expression, compile_method};
pub use disassemble::{disassemble, disassemble_unit};
pub use verify::{BlockShape, verify, verify_unit};
