//! Expressions: literals, variables, assignments, messages.
//!
//! Invariants: a value is computed straight into the register that wants it; that register is written by the last
//! instruction of the expression only, unless it is a temporary on top of the stack, which may serve as scratch. A local that is read as an operand
//! is not copied, unless what is evaluated after it may assign it.

use crate::code::op::Op;
use crate::code::unit::{Literal, SendKind};
use crate::tree::{BodyId, Delegate, NodeId, NodeKind, Send};

use super::emit::{Register, UnitBuilder};
use super::form::Form;
use super::generator::{Generator, Out, Place, fail_block};
use super::scope::{Content, Source, VariableIndex, is_primitive, spine, strip};
use super::slow::Work;

impl UnitBuilder {
    /// Brings a value that is in a register where it is wanted.
    pub fn deliver(&mut self, out: Out, r: Register) {
        match out {
            Out::Effect => {}
            Out::To(d) => self.copy(d, r),
            Out::Tail(op) => self.emit(op, r, Register(0), 0, 0),
        }
    }

    /// The same for the result of the instruction just emitted, whose destination is `r`: writes it where it is wanted directly.
    pub fn deliver_last(&mut self, out: Out, r: Register) {
        match (out, self.unit.code.last_mut()) {
            (Out::To(d), Some(last)) if self.live && last.a == r.0 => last.a = d.0,
            _ => self.deliver(out, r),
        }
    }
}

/// Scratch for the receivers of a chain of messages: the register that wants the result if it can serve, else a temporary.
struct Scratch(Option<Register>);

impl Scratch {
    fn get(&mut self, b: &mut UnitBuilder) -> Register {
        *self.0.get_or_insert_with(|| b.take())
    }
}

impl Generator<'_> {
    /// Compiles an expression.
    pub fn expression(&mut self, node: NodeId, out: Out) {
        let tree = self.tree;
        let chain = spine(tree, node);
        let mark = self.b.mark();
        let mut scratch = Scratch(match out {
            Out::To(d) if self.b.is_top(d) => Some(d),
            _ => None,
        });
        let mut receiver = None;
        for i in (0..chain.len()).rev() {
            let id = chain[i];
            let last = i == 0;
            match tree.node(id).kind {
                NodeKind::Send(send) if last => self.send(&send, receiver, out),
                NodeKind::Send(send) => receiver = Some(self.send_value(&send, receiver, &mut scratch)),
                _ if last => self.leaf(id, out),
                NodeKind::Block(_) if self.is_loop(chain[i - 1]) => {}
                NodeKind::SelfRef if !self.in_block() && !self.is_stacked() => receiver = Some(Register(0)),
                _ => {
                    let r = scratch.get(&mut self.b);
                    self.load_leaf(id, r);
                    receiver = Some(r);
                }
            }
        }
        self.b.release(mark);
    }

    /// Compiles an expression for use as an operand: the register of a variable, or a temporary taken for it (which the caller releases).
    pub fn operand(&mut self, node: NodeId) -> Register {
        if let Some(r) = self.variable_operand(node).filter(|_| !self.is_stacked()) {
            return r;
        }
        let r = self.b.take();
        self.expression(node, Out::To(r));
        r
    }

    /// The register that already holds the value of a node: a local's, or that of self.
    pub fn variable_operand(&self, node: NodeId) -> Option<Register> {
        match self.tree.node(strip(self.tree, node)).kind {
            NodeKind::SelfRef if !self.in_block() => Some(Register(0)),
            NodeKind::Send(send) => {
                self.analysis.reading(self.tree, self.scope, &send).and_then(|v| self.register_of(v))
            }
            _ => None,
        }
    }

    fn is_loop(&self, node: NodeId) -> bool {
        let NodeKind::Send(send) = self.tree.node(node).kind else { return false };
        matches!(self.form_at(self.scope, &send, self.depth), Some(Form::While { .. } | Form::Forever { .. }))
    }

    // ---- literals ----

    fn leaf(&mut self, node: NodeId, out: Out) {
        match (out, self.tree.node(node).kind) {
            (Out::Effect, NodeKind::Error) => self.not_parsed(self.tree.node(node).span),
            (Out::Effect, _) => {}
            (Out::Tail(op), NodeKind::SelfRef) if !self.in_block() => {
                self.b.emit(op, Register(0), Register(0), 0, 0);
            }
            (Out::To(d), _) => self.load_leaf(node, d),
            (Out::Tail(_), _) => {
                let r = self.b.take();
                self.load_leaf(node, r);
                self.b.deliver(out, r);
            }
        }
    }

    fn load_leaf(&mut self, node: NodeId, d: Register) {
        match self.tree.node(node).kind {
            NodeKind::Block(body) => self.make_block(body, d),
            NodeKind::SelfRef => self.load_self(d),
            _ => self.load_literal(node, d),
        }
    }

    /// Loads a number, string or object literal.
    pub fn load_literal(&mut self, node: NodeId, d: Register) {
        let literal = match self.tree.node(node).kind {
            NodeKind::Int(i) => return self.b.load_int(d, i),
            NodeKind::Float(f) => Literal::Float(f),
            NodeKind::Str(s) => Literal::Str(self.tree.name(s).to_vec()),
            NodeKind::BigInt(_) => return self.load_content(Content::Made(Source::BigInt(node)), d),
            NodeKind::Object(body) => return self.load_content(Content::Made(Source::Object(body)), d),
            _ => return self.not_parsed(self.tree.node(node).span),
        };
        let lit = self.b.literal(literal);
        self.b.emit(Op::LoadLit, d, Register(0), 0, lit);
    }

    /// Loads self.
    pub fn load_self(&mut self, d: Register) {
        if self.in_block() {
            self.b.emit(Op::LoadSelf, d, Register(0), 0, 0);
        } else {
            self.b.copy(d, Register(0));
        }
    }

    /// Delivers self.
    fn deliver_self(&mut self, out: Out) {
        if out == Out::Effect {
            return;
        }
        if self.in_block() {
            self.delivering(out, |g, d| g.load_self(d));
        } else {
            self.b.deliver(out, Register(0));
        }
    }

    /// Computes a value into the register that wants it, or into a temporary for a return.
    pub fn delivering(&mut self, out: Out, compute: impl FnOnce(&mut Self, Register)) {
        match out {
            Out::To(d) => compute(self, d),
            Out::Effect | Out::Tail(_) => {
                let r = self.b.take();
                compute(self, r);
                self.b.deliver(out, r);
            }
        }
    }

    // ---- messages ----

    /// A message in the middle of a chain: its value becomes the next receiver.
    fn send_value(&mut self, send: &Send, receiver: Option<Register>, scratch: &mut Scratch) -> Register {
        if send.receiver.is_none() && !self.is_stacked() {
            let variable = self.analysis.reading(self.tree, self.scope, send);
            if let Some(r) = variable.and_then(|v| self.register_of(v)) {
                return r;
            }
            if let Some(v) =
                self.analysis.assignment(self.tree, self.scope, send).filter(|_| !self.in_block())
            {
                self.assign(v, send, Out::Effect);
                return Register(0);
            }
        }
        let d = scratch.get(&mut self.b);
        self.send(send, receiver, Out::To(d));
        d
    }

    /// One message; the receiver, if there is one, has been evaluated (but for the blocks of loops).
    fn send(&mut self, send: &Send, receiver: Option<Register>, out: Out) {
        let name = self.tree.name(send.selector);
        if send.receiver.is_none() && send.delegate.is_none() {
            if let Some(v) = self.analysis.reading(self.tree, self.scope, send) {
                return self.read(v, out);
            }
            if let Some(v) = self.analysis.assignment(self.tree, self.scope, send) {
                return self.assign(v, send, out);
            }
        }
        let mark = self.b.mark();
        // A primitive is not looked up, and does the same wherever it is asked.
        if let (Some(delegate), false) = (send.delegate, is_primitive(name)) {
            self.resend(send, delegate, out);
        } else if name.starts_with(b"__") {
            self.branch(send, receiver, out);
        } else if is_primitive(name) {
            self.primitive(send, receiver, out);
        } else if let Some(form) = self.form_at(self.scope, send, self.depth) {
            self.control(send, form, receiver, out);
        } else if let (Some(op), Some(left)) = (arithmetic(name), receiver) {
            self.arithmetic(op, send, left, out);
        } else {
            self.message(send, receiver, out);
        }
        self.b.release(mark);
    }

    fn read(&mut self, v: VariableIndex, out: Out) {
        match (out, self.register_of(v)) {
            (Out::Effect, _) => {}
            (_, Some(r)) => self.b.deliver(out, r),
            (_, None) => {
                let mark = self.b.mark();
                self.delivering(out, |g, d| g.load_variable(v, d));
                self.b.release(mark);
            }
        }
    }

    fn assign(&mut self, v: VariableIndex, send: &Send, out: Out) {
        let Some(value) = self.tree.list(send.args).first().copied() else { return };
        let mark = self.b.mark();
        match self.place_of(v) {
            Place::Register(r) => self.expression(value, Out::To(r)),
            Place::Cell(r) => {
                let value = self.operand(value);
                self.b.emit(Op::CellSet, r, value, 0, 0);
            }
            Place::CaptureCell(i) => {
                let value = self.operand(value);
                self.b.emit(Op::CaptureSet, value, Register(0), 0, i);
            }
            // Assigned variables are stored, and captured as cells.
            Place::Capture(_) | Place::Constant => {}
        }
        self.b.release(mark);
        self.deliver_self(out);
        self.b.release(mark);
    }

    /// The base of a window that begins with the receiver: the register that wants the value, if it is on top.
    fn window(&mut self, receiver: Option<Register>, out: Out) -> Register {
        let base = match (receiver, out) {
            (Some(r), _) if self.b.is_top(r) => return r,
            (_, Out::To(d)) if self.b.is_top(d) => d,
            _ => self.b.take(),
        };
        match receiver {
            Some(r) => self.b.copy(base, r),
            None => self.load_self(base),
        }
        base
    }

    fn arguments(&mut self, args: &[NodeId]) {
        for arg in args {
            let r = self.b.take();
            self.expression(*arg, Out::To(r));
        }
    }

    /// The window of a message with its arguments. An implicit receiver is no pending operand while they are evaluated.
    fn filled_window(&mut self, receiver: Option<Register>, args: &[NodeId], out: Out) -> Register {
        if receiver.is_some() || !self.is_stacked() {
            let base = self.window(receiver, out);
            self.arguments(args);
            return base;
        }
        let mut first = self.b.mark();
        let mut rest = args;
        if let (Out::To(d), [arg, others @ ..]) = (out, args)
            && self.b.is_top(d)
        {
            // The register that waits for the value is free till then.
            self.expression(*arg, out);
            (first, rest) = (u16::from(d.0), others);
        }
        self.arguments(rest);
        let base = self.window(None, Out::Effect);
        for i in first..first + args.len() as u16 {
            let r = self.b.take();
            self.b.copy(r, Register(i as u8));
        }
        base
    }

    /// Emits a send whose window stands, and brings its value where it is wanted.
    fn emit_send(&mut self, op: Op, base: Register, site: u32, out: Out) {
        let d = if let Out::To(d) = out { d } else { base };
        self.b.emit(op, d, base, 0, site);
        self.b.deliver(out, d);
    }

    fn message(&mut self, send: &Send, receiver: Option<Register>, out: Out) {
        let tree = self.tree;
        let args = tree.list(send.args);
        let base = self.filled_window(receiver, args, out);
        let implicit = send.receiver.is_none();
        let mut parents = 0;
        if implicit {
            for v in self.analysis.local_parents(self.scope) {
                let r = self.b.take();
                self.load_variable(v, r);
                parents += 1;
            }
        }
        let kind = if implicit { SendKind::Implicit } else { SendKind::Normal };
        let site = self.b.site(kind, tree.name(send.selector), args.len(), base);
        self.b.unit.sites[site as usize].local_parents = parents;
        self.b.at(send.selector_span);
        self.emit_send(Op::Send, base, site, out);
    }

    fn resend(&mut self, send: &Send, delegate: Delegate, out: Out) {
        let tree = self.tree;
        let args = tree.list(send.args);
        let base = self.filled_window(None, args, out);
        let (kind, delegate) = match delegate {
            Delegate::Resend => (SendKind::Resend, 0),
            Delegate::Directed(name) => (SendKind::Directed, self.b.symbol(tree.name(name))),
        };
        let site = self.b.site(kind, tree.name(send.selector), args.len(), base);
        self.b.unit.sites[site as usize].delegate = delegate;
        self.b.at(send.selector_span);
        self.emit_send(Op::Send, base, site, out);
    }

    fn primitive(&mut self, send: &Send, receiver: Option<Register>, out: Out) {
        let tree = self.tree;
        let name = tree.name(send.selector);
        let args = tree.list(send.args);
        if name == b"_Restart" && send.receiver.is_none() {
            if let Some(restart) = self.running.last().map(|r| r.restart) {
                self.b.go(Op::Loop, restart);
            }
            return;
        }
        if let Some(block) = fail_block(tree, send) {
            let name = name.strip_suffix(b"IfFail:").unwrap_or(name);
            return self.primitive_or(send, name, &args[..args.len() - 1], block, receiver, out);
        }
        let (kind, name) = match name.strip_suffix(b"IfFail:") {
            Some(short) => (SendKind::PrimitiveIfFail, short),
            None => (SendKind::Primitive, name),
        };
        let base = self.filled_window(receiver, args, out);
        let argc = if kind == SendKind::PrimitiveIfFail { args.len().saturating_sub(1) } else { args.len() };
        let site = self.b.site(kind, name, argc, base);
        self.b.at(send.selector_span);
        self.emit_send(Op::Prim, base, site, out);
    }

    /// A primitive with a literal fail block, which is made only when it is needed: nobody can tell.
    fn primitive_or(
        &mut self,
        send: &Send,
        name: &[u8],
        args: &[NodeId],
        block: BodyId,
        receiver: Option<Register>,
        out: Out,
    ) {
        let base = self.filled_window(receiver, args, out);
        let site = self.b.site(SendKind::Primitive, name, args.len(), base);
        self.b.at(send.selector_span);
        // The error string must not overwrite a local that the fail block reads.
        let d = match out {
            Out::To(d) if !self.b.is_variable(d) => d,
            _ => base,
        };
        let (entry, join) = (self.b.label(), self.b.label());
        self.b.emit(Op::PrimOr, d, base, 0, site);
        self.b.go(Op::Slow, entry);
        let primitive = name.to_vec();
        self.slow_path(entry, Work::Fail { block, value: d, primitive, out: slow_out(out, d), join });
        self.b.bind(join);
        self.b.deliver(out, d);
    }

    fn arithmetic(&mut self, op: Op, send: &Send, left: Register, out: Out) {
        let tree = self.tree;
        let Some(right) = tree.list(send.args).first().map(|n| strip(tree, *n)) else { return };
        let immediate = match (op, tree.node(right).kind) {
            (Op::Add, NodeKind::Int(i)) => i8::try_from(i).ok().map(|i| (Op::AddInt, i)),
            (Op::Sub, NodeKind::Int(i)) => i8::try_from(i).ok().map(|i| (Op::SubInt, i)),
            _ => None,
        };
        let (op, left, right) = match immediate {
            Some((op, i)) => (op, left, i as u8),
            None => {
                let left = self.keep(left, right);
                let right = self.operand(right);
                (op, left, right.0)
            }
        };
        let base = self.b.free_window(2);
        let site = self.b.site(SendKind::Normal, tree.name(send.selector), 1, base);
        self.b.at(send.selector_span);
        let d = if let Out::To(d) = out { d } else { base };
        self.b.emit(op, d, left, right, site);
        self.b.deliver(out, d);
    }

    /// The left operand, copied to a temporary if it is a local that the evaluation of the right operand may assign.
    fn keep(&mut self, left: Register, right: NodeId) -> Register {
        if !self.b.is_variable(left) {
            return left;
        }
        let Some((v, open)) = self.owner_of(left) else { return left };
        if !self.may_assign(right, v, open) {
            return left;
        }
        let copy = self.b.take();
        self.b.copy(copy, left);
        copy
    }

    /// Whether evaluating a node may assign a local: by an assignment in its text, or, if blocks made on slow paths know the local, by a send
    /// (one of arithmetic too: its receiver need not be a number).
    fn may_assign(&self, node: NodeId, v: VariableIndex, open: bool) -> bool {
        let tree = self.tree;
        spine(tree, node).into_iter().any(|id| match tree.node(id).kind {
            NodeKind::Send(send) => {
                let name = tree.name(send.selector);
                let local = send.receiver.is_none()
                    && (self.analysis.reading(tree, self.scope, &send).is_some()
                        || self.analysis.assignment(tree, self.scope, &send).is_some());
                let assigns = send.receiver.is_none()
                    && name.strip_suffix(b":") == Some(tree.name(self.analysis.variable(v).name));
                assigns
                    || (open && !local)
                    || tree.list(send.args).iter().any(|arg| self.may_assign(*arg, v, open))
            }
            NodeKind::Block(body) => {
                tree.body(body).statements.iter().any(|s| self.may_assign(s.expr, v, open))
            }
            _ => false,
        })
    }
}

/// Where a slow path leaves its value, when the fast code then delivers it from `d`.
fn slow_out(out: Out, d: Register) -> Out {
    match out {
        Out::Effect => Out::Effect,
        Out::To(_) | Out::Tail(_) => Out::To(d),
    }
}

/// The instruction of an arithmetic selector.
fn arithmetic(selector: &[u8]) -> Option<Op> {
    Some(match selector {
        b"+" => Op::Add,
        b"-" => Op::Sub,
        b"*" => Op::Mul,
        b"/" => Op::Div,
        b"%" => Op::Mod,
        b"<" => Op::Lt,
        b"<=" => Op::Le,
        b">" => Op::Gt,
        b">=" => Op::Ge,
        b"=" => Op::Eq,
        b"!=" => Op::Ne,
        _ => return None,
    })
}
