//! Oracles: each takes bytes and panics if the project does what it must never do with them. The fuzz targets in
//! `fuzz/` are thin shells around these, so that a finding can be kept as an ordinary test.

pub mod bridge_form;
pub mod bridge_json;
pub mod bytecode_run;
pub mod compile_verify;
pub mod expansion;
pub mod format_roundtrip;
pub mod heap_open;
pub mod heap_ops;
pub mod image_damage;
pub mod image_open;
pub mod image_ops;
pub mod lexer;
pub mod parser;
pub mod translation;
pub mod vm_programs;
