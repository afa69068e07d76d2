//! What the front end has to say about a source: stable codes, plain words, places.
//!
//! Invariant: spans lie within the source the diagnostic was made for. This module does not know how diagnostics are
//! drawn on a screen; the explanation of each code stands in `diagnostics/`.

use crate::span::Span;
use std::borrow::Cow;
use std::fmt;

/// A stable code: `Code(12)` is written `L0012`. Numbers are never reused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L{:04}", self.0)
    }
}

/// How grave it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Severity {
    /// The source is not legal.
    Error,
    /// The source is legal but probably not meant so.
    Warning,
}

/// A secondary place with a note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// A few words.
    pub text: Cow<'static, str>,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The primary place.
    pub span: Span,
    /// Secondary places.
    pub labels: Vec<Label>,
    /// How to put it right, often with an example.
    pub help: Option<Cow<'static, str>>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        let message = message.into();
        Diagnostic { code, severity: Severity::Error, message, span, labels: Vec::new(), help: None }
    }

    /// A warning.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// With one more place.
    pub fn label(mut self, span: Span, text: impl Into<Cow<'static, str>>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// With advice.
    pub fn help(mut self, text: impl Into<Cow<'static, str>>) -> Diagnostic {
        self.help = Some(text.into());
        self
    }

    /// Whether it makes the source illegal.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
