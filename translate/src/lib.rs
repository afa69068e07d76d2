//! Methods written in a subset of Python become methods of the world. See README.md.
//!
//! Small language models know how to solve tasks in the languages that they have read, and ours they have never seen. So they may
//! think in one that they know; what comes of it is translated, and only the translation is ever shown, run or kept. No Python runs.
//!
//! Invariants: whatever the text, [`translate`] ends, and its recursion is bounded; what can't be translated faithfully is refused
//! with a reason. The crate knows selectors of the standard world by name, but no machine, no image and no model.
#![forbid(unsafe_code)]

mod code;
mod expressions;
mod functions;
mod grammar;
mod iteration;
mod kind;
mod lexer;
mod methods;
mod names;
mod parser;
mod scope;
mod statements;
mod syntax;

pub use grammar::{Shape, grammar};
pub use names::{argument_name, camel, snake};

use std::fmt;

/// Why a text is not translated: it is not of the subset, or its meaning can't be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    pub(crate) fn new(reason: impl Into<String>) -> Refusal {
        Refusal(reason.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// What is wanted, and what may be used.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The name of the function in the text.
    pub function: String,
    /// The selector of the method, as `at:Put:`.
    pub selector: String,
    /// Functions and methods that may be called: their names in the text, and their selectors.
    pub known: Vec<(String, String)>,
    /// What the method must answer where the text's list or dictionary is not quite it: `vector`, or nothing.
    pub answer: String,
    /// Whether the receiver is an immutable vector, which must be copied before it is changed.
    pub frozen: bool,
}

/// A method of the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// `at: i Put: x`
    pub signature: String,
    /// `( … )`
    pub body: String,
    /// Messages to the receiver that the text sends and that nobody was said to know: name and number of arguments.
    pub missing: Vec<(String, usize)>,
}

/// The method that a text says; two where an operator's meaning hangs on a kind that is not known.
pub fn translate(text: &str, wanted: &Wanted) -> Result<Vec<Method>, Refusal> {
    let program = parser::parse(text)?;
    let (first, is_open) = scope::method(&program, wanted, false)?;
    let mut all = vec![first];
    if is_open {
        let (second, _) = scope::method(&program, wanted, true)?;
        if !all.contains(&second) {
            all.push(second);
        }
    }
    Ok(all)
}
