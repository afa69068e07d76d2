//! Making nodes: what the grammar calls when it has recognised something.
//!
//! Invariant: a node is made only when all of its parts are, so children have smaller ids. A failed attempt of the
//! grammar leaves nodes behind at most; `Mark` cuts them off. This module does not know the order of tokens.

use super::Tok;
use crate::diagnostic::Diagnostic;
use crate::lexer::{Kind, NumberValue, decode, value};
use crate::span::Span;
use crate::tree::*;
use chumsky::input::{Checkpoint, Cursor};
use chumsky::inspector::Inspector;

/// What stands between a pair of brackets, already parsed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// Brackets included.
    pub span: Span,
    /// The inside.
    pub content: Content,
    /// Number of argument slots.
    pub args: u32,
    /// The first argument slot.
    pub first_arg: Option<Span>,
    /// The first slot that holds a method.
    pub first_method: Option<Span>,
    /// A diagnostic has been given for the inside: no further complaints.
    pub bad: bool,
}

/// The inside of a group.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    /// One statement and no slot list.
    Single(Statement),
    /// Anything else within `( )` and `[ ]`.
    Body(BodyId),
    /// `'text' (…)` within braces; the bracketed form.
    Literal { text: NameId, inner: NodeId },
    /// `'text' slots` within braces: an index of `Builder::slot_groups`.
    Slots { text: NameId, text_span: Span, items: u32 },
    /// `{}`
    Empty,
}

/// A message whose arguments are being collected.
#[derive(Clone, Copy)]
struct OpenMessage {
    receiver: Option<NodeId>,
    delegate: Option<Span>,
    /// `x +` before a keyword message with implicit receiver: that message is the argument of this operator.
    pending: Option<(Option<NodeId>, Option<Span>, Span)>,
    /// First of its parts and arguments.
    parts: u32,
    args: u32,
    start: u32,
}

/// A chain of binary messages, or the lack of one.
#[derive(Clone, Copy, Default)]
pub(super) struct Segment {
    /// The chain so far.
    pub node: Option<NodeId>,
    /// An operator that waits for a keyword message as its argument.
    pub dangling: Option<Span>,
    /// A delegate that belongs to `dangling`, or else to the keyword message that follows.
    pub delegate: Option<Span>,
    /// The first operator of the chain.
    pub operator: Option<Span>,
}

impl Segment {
    /// Whether an expression can end with it.
    pub fn is_complete(&self) -> bool {
        self.node.is_some() && self.dangling.is_none()
    }
}

/// Where the arenas stood.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    nodes: usize,
    lists: usize,
    bodies: usize,
    diagnostics: usize,
    pending_groups: usize,
}

/// The tree under construction.
pub(super) struct Builder<'s> {
    pub source: &'s [u8],
    pub tree: Tree,
    pub diagnostics: Vec<Diagnostic>,
    pub groups: Vec<Group>,
    /// Items of finished `{ 'text' … }` groups, waiting for the slot list they belong to.
    pub slot_groups: Vec<Vec<SlotItem>>,
    /// Indices into `slot_groups` for the groups met in the slot list at hand, in order.
    pub pending_groups: Vec<u32>,
    open: Vec<OpenMessage>,
    parts: Vec<Span>,
    args: Vec<NodeId>,
    scratch: Vec<u8>,
    /// For finding duplicates: the generation in which a name was last seen, by name.
    pub seen: Vec<u32>,
    /// Whether an expression can end with the segment seen last.
    pub last_is_complete: bool,
    pub generation: u32,
}

impl<'t, 's> Inspector<'t, &'t [Tok]> for Builder<'s> {
    type Checkpoint = ();
    #[inline(always)]
    fn on_token(&mut self, _: &Tok) {}
    #[inline(always)]
    fn on_save<'p>(&self, _: &Cursor<'t, 'p, &'t [Tok]>) {}
    #[inline(always)]
    fn on_rewind<'p>(&mut self, _: &Checkpoint<'t, 'p, &'t [Tok], ()>) {}
}

impl<'s> Builder<'s> {
    pub fn new(source: &'s [u8]) -> Builder<'s> {
        Builder {
            source,
            tree: Tree::default(),
            diagnostics: Vec::new(),
            groups: Vec::new(),
            slot_groups: Vec::new(),
            pending_groups: Vec::new(),
            open: Vec::new(),
            parts: Vec::new(),
            args: Vec::new(),
            scratch: Vec::new(),
            seen: Vec::new(),
            generation: 0,
            last_is_complete: false,
        }
    }

    pub fn mark(&self) -> Mark {
        Mark {
            nodes: self.tree.nodes.len(),
            lists: self.tree.node_lists.len(),
            bodies: self.tree.bodies.len(),
            diagnostics: self.diagnostics.len(),
            pending_groups: self.pending_groups.len(),
        }
    }

    /// Forgets what was made since the mark.
    pub fn rewind(&mut self, mark: Mark) {
        self.tree.nodes.truncate(mark.nodes);
        self.tree.node_lists.truncate(mark.lists);
        self.tree.bodies.truncate(mark.bodies);
        self.diagnostics.truncate(mark.diagnostics);
        self.pending_groups.truncate(mark.pending_groups);
        self.open.clear();
        self.parts.clear();
        self.args.clear();
    }

    pub fn text(&self, span: Span) -> &'s [u8] {
        &self.source[span.range()]
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    #[inline]
    pub fn intern(&mut self, span: Span) -> NameId {
        self.tree.names.intern(&self.source[span.range()])
    }

    #[inline]
    pub fn node(&mut self, kind: NodeKind, span: Span) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes.push(Node { kind, span });
        id
    }

    #[inline]
    pub fn span_of(&self, node: NodeId) -> Span {
        self.tree.node(node).span
    }

    pub fn body(&mut self, body: Body) -> BodyId {
        let id = BodyId(self.tree.bodies.len() as u32);
        self.tree.bodies.push(body);
        id
    }

    /// The bytes of a string literal, interned.
    pub fn string(&mut self, span: Span) -> NameId {
        let raw = &self.source[span.range()];
        match raw {
            [b'\'', inner @ .., b'\''] if !inner.iter().any(|b| matches!(b, b'\\' | b'\r')) => {
                self.tree.names.intern(inner)
            }
            _ => {
                let mut bytes = std::mem::take(&mut self.scratch);
                bytes.clear();
                decode(raw, span.start, &mut bytes, &mut self.diagnostics);
                let id = self.tree.names.intern(&bytes);
                self.scratch = bytes;
                id
            }
        }
    }

    fn number(&mut self, span: Span, float: bool) -> NodeId {
        let kind = match value(&self.source[span.range()], float) {
            NumberValue::Small(v) => NodeKind::Int(v),
            NumberValue::Float(v) => NodeKind::Float(v),
            NumberValue::Big(digits) => NodeKind::BigInt(self.tree.names.intern(&digits)),
        };
        self.node(kind, span)
    }

    /// The node of a token that can begin an expression by itself.
    #[inline]
    pub fn head(&mut self, tok: &Tok) -> Option<NodeId> {
        Some(match tok.kind {
            Kind::Name | Kind::PrimName => self.send_unary(None, None, tok.span),
            Kind::Int | Kind::NegInt => self.number(tok.span, false),
            Kind::Float | Kind::NegFloat => self.number(tok.span, true),
            Kind::Str => {
                let text = self.string(tok.span);
                self.node(NodeKind::Str(text), tok.span)
            }
            Kind::SelfName => self.node(NodeKind::SelfRef, tok.span),
            Kind::Paren | Kind::Block | Kind::AnnotatedLiteral => self.group_as_expression(*tok),
            _ => return None,
        })
    }

    /// `-3` after a complete receiver: the operator and the positive number.
    pub fn split_minus(&mut self, tok: Tok) -> (Span, NodeId) {
        let minus = Span::new(tok.span.start, tok.span.start + 1);
        let number = Span::new(tok.span.start + 1, tok.span.end);
        (minus, self.number(number, tok.kind == Kind::NegFloat))
    }

    pub fn delegate(&mut self, span: Option<Span>) -> Option<Delegate> {
        let span = span?;
        let name = Span::new(span.start, span.end - 1);
        Some(match self.text(name) {
            b"resend" => Delegate::Resend,
            _ => Delegate::Directed(self.intern(name)),
        })
    }

    #[inline]
    pub fn send_unary(&mut self, receiver: Option<NodeId>, delegate: Option<Span>, selector: Span) -> NodeId {
        let mut span = selector;
        if let Some(receiver) = receiver {
            span.start = self.span_of(receiver).start;
        } else if let Some(delegate) = delegate {
            span.start = delegate.start;
        }
        let send = Send {
            arity: Arity::Unary,
            receiver,
            delegate: self.delegate(delegate),
            selector: self.intern(selector),
            selector_span: selector,
            args: ListRange::default(),
        };
        self.node(NodeKind::Send(send), span)
    }

    pub fn send_binary(
        &mut self,
        receiver: Option<NodeId>,
        delegate: Option<Span>,
        operator: Span,
        arg: NodeId,
    ) -> NodeId {
        let start = match receiver {
            Some(receiver) => self.span_of(receiver).start,
            None => delegate.unwrap_or(operator).start,
        };
        let span = Span::new(start, self.span_of(arg).end);
        let args = ListRange { start: self.tree.node_lists.len() as u32, len: 1 };
        self.tree.node_lists.push(arg);
        let send = Send {
            arity: Arity::Binary,
            receiver,
            delegate: self.delegate(delegate),
            selector: self.intern(operator),
            selector_span: operator,
            args,
        };
        self.node(NodeKind::Send(send), span)
    }

    /// One more operator of a chain.
    pub fn extend_chain(&mut self, mut chain: Segment, operator: Span, arg: NodeId) -> Segment {
        self.check_operator(&mut chain, operator);
        chain.node = Some(self.send_binary(chain.node, None, operator, arg));
        chain
    }

    /// All operators of a chain must be spelled the same.
    pub fn check_operator(&mut self, chain: &mut Segment, operator: Span) {
        let Some(first) = chain.operator else {
            chain.operator = Some(operator);
            return;
        };
        if self.text(first) != self.text(operator) {
            let left = chain.node.map_or(first, |n| self.span_of(n));
            super::hints::mixed_operators(self, first, operator, left);
            // One report for a chain that alternates.
            chain.operator = Some(operator);
        }
    }

    /// A part of a keyword message, and what stands before it: the receiver or an argument.
    pub fn keyword(&mut self, before: Segment, keyword: Tok) {
        if keyword.kind == Kind::CapKeyword {
            if !self.open.is_empty() {
                self.args.extend(before.node);
                self.parts.push(keyword.span);
                return;
            }
            super::hints::capital_keyword(self, keyword.span);
        }
        let pending = before.dangling.map(|op| (before.node, before.delegate, op));
        let (receiver, delegate) =
            if pending.is_some() { (None, None) } else { (before.node, before.delegate) };
        let start = match (receiver, delegate) {
            (Some(node), _) => self.span_of(node).start,
            (None, Some(delegate)) => delegate.start,
            (None, None) => keyword.span.start,
        };
        let (parts, args) = (self.parts.len() as u32, self.args.len() as u32);
        self.open.push(OpenMessage { receiver, delegate, pending, parts, args, start });
        self.parts.push(keyword.span);
    }

    /// The end of an expression: closes all messages, innermost first.
    #[inline]
    pub fn finish_expression(&mut self, last: Segment) -> NodeId {
        let mut result = last.node;
        while let Some(open) = self.open.pop() {
            if let Some(arg) = result {
                self.args.push(arg);
            }
            result = Some(self.close_message(open));
        }
        match result {
            Some(node) => node,
            None => self.node(NodeKind::Error, Span::default()),
        }
    }

    fn close_message(&mut self, open: OpenMessage) -> NodeId {
        let parts = open.parts as usize..self.parts.len();
        let first = self.parts[open.parts as usize];
        let selector = if parts.len() == 1 {
            self.intern(first)
        } else {
            self.scratch.clear();
            for part in &self.parts[parts.clone()] {
                self.scratch.extend_from_slice(&self.source[part.range()]);
            }
            self.tree.names.intern(&self.scratch)
        };
        self.parts.truncate(open.parts as usize);
        let start = self.tree.node_lists.len() as u32;
        self.tree.node_lists.extend(self.args.drain(open.args as usize..));
        let args = ListRange { start, len: self.tree.node_lists.len() as u32 - start };
        let end = self.tree.list(args).last().map_or(first.end, |arg| self.span_of(*arg).end);
        let send = Send {
            arity: Arity::Keyword,
            receiver: open.receiver,
            delegate: self.delegate(open.delegate),
            selector,
            selector_span: first,
            args,
        };
        let node = self.node(NodeKind::Send(send), Span::new(open.start, end));
        match open.pending {
            Some((receiver, delegate, operator)) => self.send_binary(receiver, delegate, operator, node),
            None => node,
        }
    }
}
