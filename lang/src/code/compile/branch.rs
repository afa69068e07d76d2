//! Branch pseudo-primitives: `__DefineLabel:` and its branches.
//!
//! Invariant: a label and its branches stand at the level of statements of one body, so that no operand is pending where control
//! jumps; anything else is a diagnostic.

use crate::code::op::Op;
use crate::diagnostics::BAD_BRANCH;
use crate::span::Span;
use crate::tree::{NodeId, NodeKind, Send};

use super::emit::{Label, Register};
use super::generator::{Generator, Out};
use super::scope::strip;
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
    span: Span,
}

impl Generator<'_> {
    /// One of the `__` messages.
    pub fn branch(&mut self, send: &Send, receiver: Option<Register>, out: Out) {
        let tree = self.tree;
        let args = tree.list(send.args).to_vec();
        let span = send.selector_span;
        let base = self.running.last().map_or(0, |r| r.branches.base);
        if matches!(out, Out::To(d) if u16::from(d.0) >= base) {
            return self.complain(BAD_BRANCH, span, "a label or branch must be a statement of its own");
        }
        match tree.name(send.selector) {
            b"__DefineLabel:" => {
                let stable = receiver.is_none_or(|r| self.b.is_variable(r));
                if out != Out::Effect && !stable {
                    return self.complain(BAD_BRANCH, span, "the value of a label cannot be used here");
                }
                self.define(&args, span);
            }
            b"__BranchTo:" => {
                if let Some((label, backward)) = self.target(&args, 0, span) {
                    self.b.go(if backward { Op::Loop } else { Op::Jump }, label);
                }
            }
            b"__BranchIfTrue:To:" => self.conditional(Op::JumpIfTrue, &args, span),
            b"__BranchIfFalse:To:" => self.conditional(Op::JumpIfFalse, &args, span),
            name if is_indexed(name) => self.indexed(&args, span),
            name => {
                let name = String::from_utf8_lossy(name).into_owned();
                let message =
                    format!("there is no {name}; two underscores begin a construct of the compiler");
                return self.complain(BAD_BRANCH, span, message);
            }
        }
        match (receiver, out) {
            (_, Out::Effect) => {}
            (Some(r), _) => self.b.deliver(out, r),
            (None, _) => self.delivering(out, |g, d| g.load_self(d)),
        }
    }

    fn define(&mut self, args: &[NodeId], span: Span) {
        let Some(name) = self.label_name(args, 0, span) else { return };
        let Some(i) = self.entry(name, span) else { return };
        let Some(running) = self.running.last_mut() else { return };
        let entry = &mut running.branches.labels[i];
        if std::mem::replace(&mut entry.defined, true) {
            return self.complain(BAD_BRANCH, span, "this label is defined twice in one body");
        }
        let label = entry.label;
        // A branch to it may come later in the text.
        self.b.expect(label);
        self.b.bind(label);
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

    fn entry(&mut self, name: Vec<u8>, span: Span) -> Option<usize> {
        let running = self.running.last()?;
        if let Some(i) = running.branches.labels.iter().position(|e| e.name == name) {
            return Some(i);
        }
        let label = self.b.label();
        let labels = &mut self.running.last_mut()?.branches.labels;
        labels.push(Entry { name, label, defined: false, span });
        Some(labels.len() - 1)
    }

    fn label_name(&mut self, args: &[NodeId], i: usize, span: Span) -> Option<Vec<u8>> {
        let node = strip(self.tree, *args.get(i)?);
        match self.tree.node(node).kind {
            NodeKind::Int(n) => Some(n.to_string().into_bytes()),
            NodeKind::Float(f) => Some(format!("{f:?}f").into_bytes()),
            NodeKind::Str(s) => Some([b"'", self.tree.name(s)].concat()),
            _ => {
                self.complain(BAD_BRANCH, span, "a label must be a literal number or string");
                None
            }
        }
    }

    /// Checks the labels of a body that is done.
    pub fn check_branches(&mut self, branches: Branches) {
        for entry in branches.labels.iter().filter(|e| !e.defined) {
            self.complain(BAD_BRANCH, entry.span, "this label is not defined in the same body");
        }
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
