//! Source bytes to tree and diagnostics.

use crate::diagnostic::Diagnostic;
use crate::tree::Tree;

/// A tree and what is to be said about it. There is always a tree; it contains `Error` nodes only if there is an error.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The tree.
    pub tree: Tree,
    /// Findings in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// No error was found.
    pub fn is_legal(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Parses a file: top-level expressions that end at newlines outside brackets (`Tree::top`).
pub fn parse_file(_source: &[u8]) -> Parsed {
    Parsed::default()
}

/// Parses a string, one input of a prompt: expressions separated by dots, newlines are blanks (`Tree::top`).
pub fn parse_string(_source: &[u8]) -> Parsed {
    Parsed::default()
}

/// Parses the inside of a method, `[slotlist] code`, newlines are blanks (`Tree::root_body`).
pub fn parse_body(_source: &[u8]) -> Parsed {
    Parsed::default()
}
