//! Whether a prompt should wait for more input.

use crate::diagnostic::Diagnostic;
use crate::diagnostics as code;
use crate::lexer::{Lexer, Mode};
use crate::parser::{Parsed, parse_string};

/// What a prompt can do with its input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Completeness {
    /// It is legal as it stands.
    Complete,
    /// More input can make it legal: a bracket, string or message is unfinished.
    Incomplete,
    /// No further input can mend it.
    Error,
}

/// Judges one input of a prompt (string mode).
pub fn incomplete(source: &[u8]) -> Completeness {
    judge(source, &parse_string(source))
}

/// Whether a text that was parsed as a body (or in string mode) only ends too early.
pub fn ends_too_early(source: &[u8], parsed: &Parsed) -> bool {
    judge(source, parsed) == Completeness::Incomplete
}

fn judge(source: &[u8], parsed: &Parsed) -> Completeness {
    if parsed.is_legal() {
        return Completeness::Complete;
    }
    let mut lexer = Lexer::new(source, Mode::String);
    let mut end = 0;
    while let Some(token) = lexer.next_token() {
        end = token.span.end;
    }
    let mendable = |d: &Diagnostic| match d.code {
        code::UNCLOSED_STRING | code::UNCLOSED_COMMENT | code::UNCLOSED_SLOTS => true,
        // With a label, a bracket further out was closed before this one.
        code::UNCLOSED_BRACKET => d.labels.is_empty(),
        code::MISSING_OPERAND | code::UNEXPECTED | code::METHOD_EXPECTED | code::ANNOTATION_FORM => {
            d.span.end == end
        }
        code::BRACES_MISPLACED => d.span.end == end && source[d.span.range()].len() == 1,
        _ => false,
    };
    if parsed.diagnostics.iter().filter(|d| d.is_error()).all(mendable) {
        Completeness::Incomplete
    } else {
        Completeness::Error
    }
}
