//! The compiler: syntax tree to code units, in one pass over each unit after an analysis of scopes.
//!
//! - `scope` finds out which names are variables and what blocks capture; `form` which messages are expanded in place.
//! - `generator` holds the state of one unit and its variables; `expression`, `control`, `branch` compile what stands in it,
//!   `slow` what is moved out of line: real blocks and real sends for the cases that the fast code leaves.
//! - `emit` puts instructions, literals and labels together. `load` builds literal objects and runs the whole.
//!
//! Invariant: what it returns passes `verify`; a limit that is passed is a diagnostic. Each block of the text has exactly one unit,
//! whether it is expanded in place somewhere or not, for its message may always turn out to be a real send.
//!
//! One liberty is taken: when both operands of an arithmetic message are being evaluated and the right one is itself plain arithmetic, a
//! local on the left is read after it. Only a world whose `+` runs a block of this very activation could tell.

mod branch;
mod control;
mod emit;
mod expression;
mod form;
mod generator;
mod load;
mod scope;
mod slow;

use crate::diagnostic::Diagnostic;
use crate::diagnostics::NOT_PARSED;
use crate::span::Span;
use crate::tree::{BodyId, Tree};

use super::unit::Program;
use load::Loader;

/// Compiles one top-level expression of a tree. The value of the load unit is the value of the expression, evaluated with self = the object in `r1`.
pub fn compile_expression(tree: &Tree, statement: usize) -> Result<Program, Vec<Diagnostic>> {
    let mut loader = Loader::new(tree);
    match tree.top.get(statement) {
        Some(statement) => loader.expression(statement.expr),
        None => loader.complain(NOT_PARSED, Span::default(), "there is no such expression"),
    }
    loader.finish()
}

/// Compiles a body: `[ slotlist ] code`. The value of the load unit is a method if there is code, else a data object.
pub fn compile_body(tree: &Tree, body: BodyId) -> Result<Program, Vec<Diagnostic>> {
    compile_method(tree, b"doIt", body)
}

/// Compiles a body as the method of a slot. Its arguments are the argument slots of the body.
pub fn compile_method(tree: &Tree, selector: &[u8], body: BodyId) -> Result<Program, Vec<Diagnostic>> {
    let mut loader = Loader::new(tree);
    loader.body(selector, body);
    loader.finish()
}
