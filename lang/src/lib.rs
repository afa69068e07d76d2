//! The front end of the BAT OS language: source to syntax tree to bytecode. No I/O, no unsafe, no heap. See README.md.
#![forbid(unsafe_code)]

pub mod code;
pub mod span;
pub mod tree;
