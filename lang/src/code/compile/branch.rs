//! Branch pseudo-primitives: `__DefineLabel:` and its branches.
//!
//! The receiver of such a message is its value. Where that is wanted at a label, every branch to it brings its own receiver along, in the
//! register after those of the operands that are pending: none, or as many at the label as at the branch.
//!
//! Invariant: in a body that branches from or to places with pending operands (it is called stacked), each of these lies in a temporary register of
//! its own, in order from the first one of the body; so as many operands are the same registers everywhere. That their number agrees is checked.

use crate::code::op::Op;
use crate::diagnostics::BAD_BRANCH;
use crate::span::Span;
use crate::tree::{BodyId, NodeId, NodeKind, Send, Tree};

use super::emit::{Label, Register};
use super::generator::{Generator, Out};
use super::scope::{Analysis, spine, strip};
use super::slow::Work;

/// The labels of a body.
pub(super) struct Branches {
    /// First free register when the body began.
    base: u16,
    labels: Vec<Entry>,
}

impl Branches {
    /// No labels yet.
    pub fn new(base: u16) -> Branches {
        Branches { base, labels: vec![] }
    }
}

struct Entry {
    name: Vec<u8>,
    label: Label,
    defined: bool,
    /// Where the value of the label is, if it is used.
    value: Option<Register>,
    /// The first register behind the pending operands, at the place that was met first.
    place: Option<u16>,
    span: Span,
}

impl Generator<'_> {
    /// One of the `__` messages.
    pub fn branch(&mut self, send: &Send, receiver: Option<Register>, out: Out) {
        let tree = self.tree;
        let args = tree.list(send.args).to_vec();
        let span = send.selector_span;
        let name = tree.name(send.selector);
        let targets = match name {
            b"__DefineLabel:" => return self.define(&args, receiver, out, span),
            b"__BranchTo:" => 0..1,
            b"__BranchIfTrue:To:" | b"__BranchIfFalse:To:" => 1..2,
            name if is_indexed(name) => 1..args.len(),
            name => {
                let name = String::from_utf8_lossy(name).into_owned();
                let message =
                    format!("there is no {name}; two underscores begin a construct of the compiler");
                return self.complain(BAD_BRANCH, span, message);
            }
        };
        let brought = out != Out::Effect || targets.clone().any(|i| self.takes_value(&args, i));
        let value = brought.then(|| self.branch_value(receiver, out));
        let place = value.map_or_else(|| self.first_temporary(), |v| u16::from(v.0));
        for i in targets {
            self.agree(&args, i, place, span);
        }
        match name {
            b"__BranchTo:" => {
                if let Some((label, backward)) = self.target(&args, 0, span) {
                    self.b.go(if backward { Op::Loop } else { Op::Jump }, label);
                }
            }
            b"__BranchIfTrue:To:" => self.conditional(Op::JumpIfTrue, &args, span),
            b"__BranchIfFalse:To:" => self.conditional(Op::JumpIfFalse, &args, span),
            _ => self.indexed(&args, span),
        }
        if let Some(value) = value {
            self.b.deliver(out, value);
        }
    }

    /// First free register when the innermost body began.
    fn first_temporary(&self) -> u16 {
        self.running.last().map_or(0, |r| r.branches.base)
    }

    /// The value of a label or branch, self if it has no receiver, in a temporary.
    fn branch_value(&mut self, receiver: Option<Register>, out: Out) -> Register {
        if let Some(r) = receiver.filter(|r| !self.b.is_variable(*r)) {
            return r;
        }
        let value = match out {
            Out::To(d) if self.b.is_top(d) => d,
            _ => self.b.take(),
        };
        match receiver {
            Some(r) => self.b.copy(value, r),
            None => self.load_self(value),
        }
        value
    }

    fn define(&mut self, args: &[NodeId], receiver: Option<Register>, out: Out, span: Span) {
        let value = (out != Out::Effect).then(|| self.branch_value(receiver, out));
        let place = value.map_or_else(|| self.first_temporary(), |v| u16::from(v.0));
        self.agree(args, 0, place, span);
        let Some(name) = self.label_name(args, 0, span) else { return };
        let Some(i) = self.entry(name, span) else { return };
        let Some(running) = self.running.last_mut() else { return };
        let entry = &mut running.branches.labels[i];
        if std::mem::replace(&mut entry.defined, true) {
            return self.complain(BAD_BRANCH, span, "this label is defined twice in one body");
        }
        (entry.value, entry.span) = (value, span);
        let label = entry.label;
        // A branch to it may come later in the text.
        self.b.expect(label);
        self.b.bind(label);
        if let Some(value) = value {
            self.b.deliver(out, value);
        }
    }

    fn conditional(&mut self, op: Op, args: &[NodeId], span: Span) {
        let Some(test) = args.first() else { return };
        let value = self.operand(*test);
        if let Some((label, backward)) = self.target(args, 1, span) {
            self.branch_on(op, value, Register(0), label, backward);
        }
    }

    fn indexed(&mut self, args: &[NodeId], span: Span) {
        let Some(index) = args.first() else { return };
        let value = self.operand(*index);
        for i in 1..args.len() {
            let Some((label, backward)) = self.target(args, i, span) else { return };
            let mark = self.b.mark();
            let number = self.b.take();
            self.b.load_int(number, i as i64 - 1);
            self.branch_on(Op::JumpIfSame, value, number, label, backward);
            self.b.release(mark);
        }
    }

    /// A conditional branch. Backward ones go through a `Loop`, where a process may be interrupted.
    fn branch_on(&mut self, op: Op, a: Register, b: Register, label: Label, backward: bool) {
        if !backward {
            return self.b.jump(op, a, b, 0, label);
        }
        let entry = self.b.label();
        self.b.jump(op, a, b, 0, entry);
        self.slow_path(entry, Work::Back { target: label });
    }

    /// The label that an argument names, and whether it stands before this place.
    fn target(&mut self, args: &[NodeId], i: usize, span: Span) -> Option<(Label, bool)> {
        let name = self.label_name(args, i, span)?;
        let i = self.entry(name, span)?;
        let entry = self.running.last()?.branches.labels.get(i)?;
        Some((entry.label, entry.defined))
    }

    /// Notes, or checks, how many operands are pending where a label is or is branched to: by the first register behind them.
    fn agree(&mut self, args: &[NodeId], i: usize, place: u16, span: Span) {
        let Some(name) = args.get(i).and_then(|node| label_text(self.tree, *node)) else { return };
        let entry = self.entry(name, span).and_then(|i| self.running.last_mut()?.branches.labels.get_mut(i));
        if entry.is_some_and(|entry| *entry.place.get_or_insert(place) != place) {
            let message = "the number of operands that are pending must be the same at a label and where something branches to it";
            self.complain(BAD_BRANCH, span, message);
        }
    }

    /// Might the label that an argument names want the value of a branch? One that is to come might.
    fn takes_value(&self, args: &[NodeId], i: usize) -> bool {
        let Some(name) = args.get(i).and_then(|node| label_text(self.tree, *node)) else { return false };
        let known = self.running.last().and_then(|r| r.branches.labels.iter().find(|e| e.name == name));
        known.is_none_or(|entry| !entry.defined || entry.value.is_some())
    }

    fn entry(&mut self, name: Vec<u8>, span: Span) -> Option<usize> {
        let running = self.running.last()?;
        if let Some(i) = running.branches.labels.iter().position(|e| e.name == name) {
            return Some(i);
        }
        let label = self.b.label();
        let labels = &mut self.running.last_mut()?.branches.labels;
        labels.push(Entry { name, label, defined: false, value: None, place: None, span });
        Some(labels.len() - 1)
    }

    fn label_name(&mut self, args: &[NodeId], i: usize, span: Span) -> Option<Vec<u8>> {
        let name = label_text(self.tree, *args.get(i)?);
        if name.is_none() {
            self.complain(BAD_BRANCH, span, "a label must be a literal number or string");
        }
        name
    }

    /// Checks the labels of a body that is done.
    pub fn check_branches(&mut self, branches: Branches) {
        for entry in branches.labels.iter().filter(|entry| !entry.defined) {
            self.complain(BAD_BRANCH, entry.span, "this label is not defined in the same body");
        }
    }
}

/// For each scope, whether it has a label or branch inside of an argument: there operands may be pending.
pub(super) fn stacked_scopes(tree: &Tree, analysis: &Analysis, expression: Option<NodeId>) -> Vec<bool> {
    let of_body =
        |body: BodyId| tree.body(body).statements.iter().any(|s| branches_in_arguments(tree, s.expr));
    analysis
        .scopes
        .iter()
        .map(|scope| match scope.body {
            Some(body) => of_body(body),
            None => expression.is_some_and(|node| branches_in_arguments(tree, node)),
        })
        .collect()
}

fn branches_in_arguments(tree: &Tree, node: NodeId) -> bool {
    spine(tree, node).into_iter().any(|id| match tree.node(id).kind {
        NodeKind::Send(send) => tree.list(send.args).iter().any(|arg| has_branch(tree, *arg)),
        _ => false,
    })
}

fn has_branch(tree: &Tree, node: NodeId) -> bool {
    spine(tree, node).into_iter().any(|id| match tree.node(id).kind {
        NodeKind::Send(send) => {
            tree.name(send.selector).starts_with(b"__")
                || tree.list(send.args).iter().any(|arg| has_branch(tree, *arg))
        }
        _ => false,
    })
}

/// A label as text; what is no literal is none.
fn label_text(tree: &Tree, node: NodeId) -> Option<Vec<u8>> {
    match tree.node(strip(tree, node)).kind {
        NodeKind::Int(n) => Some(n.to_string().into_bytes()),
        NodeKind::Float(f) => Some(format!("{f:?}f").into_bytes()),
        NodeKind::Str(s) => Some([b"'", tree.name(s)].concat()),
        _ => None,
    }
}

fn is_indexed(name: &[u8]) -> bool {
    let Some(mut rest) = name.strip_prefix(b"__BranchIndexedBy:") else { return false };
    let mut labels = 0;
    while let Some(after) = rest.strip_prefix(b"To:") {
        rest = after;
        labels += 1;
    }
    rest.is_empty() && labels > 0
}
