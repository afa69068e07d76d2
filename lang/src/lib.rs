//! The front end of the BAT OS language: source to syntax tree to bytecode. No I/O, no unsafe, no heap. See README.md.
#![forbid(unsafe_code)]

pub mod code;
pub mod diagnostic;
pub mod diagnostics;
mod format;
pub mod gbnf;
pub mod generate;
mod highlight;
mod incomplete;
pub mod lexer;
pub mod parser;
pub mod span;
pub mod spelling;
pub mod textmate;
pub mod tree;
mod tree_text;
mod typed;
pub mod vary;

pub use diagnostic::{Code, Diagnostic, Label, Severity};
pub use format::format;
pub use highlight::{TokenClass, highlight};
pub use incomplete::{Completeness, ends_too_early, incomplete};
pub use parser::{Parsed, parse_body, parse_file, parse_string};
pub use tree_text::{tree_text, tree_tokens};
pub use typed::{Typed, word_start};
