//! Bytecode: opcodes, code units, the compiler, the verifier, the disassembler.

pub mod compile;
pub mod disassemble;
pub mod op;
pub mod unit;
pub mod verify;
