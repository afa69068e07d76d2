//! Bytecode: opcodes, code units, the compiler, the verifier, the disassembler.

pub mod compile;
pub mod op;
pub mod unit;
