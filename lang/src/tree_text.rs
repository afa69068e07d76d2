//! A tree as a list of tokens in preorder, the form in which other implementations' trees are recorded.
//!
//! Works with an explicit stack: chains may be as long as they like.

use crate::span::Span;
use crate::tree::*;

/// What is still to be written.
enum Job<'t> {
    Text(&'static str),
    Node(NodeId),
    Statement(Statement),
    Items(std::slice::Iter<'t, SlotItem>),
    Body(BodyId, &'static str, &'static str),
}

struct Writer<'t> {
    tree: &'t Tree,
    source: &'t [u8],
    out: Vec<Vec<u8>>,
    /// What is to come, last first.
    jobs: Vec<Job<'t>>,
}

/// The token list of a tree, one item per token. Literals appear as written.
pub fn tree_tokens(tree: &Tree, source: &[u8]) -> Vec<Vec<u8>> {
    let mut writer = Writer { tree, source, out: Vec::new(), jobs: Vec::new() };
    if let Some(body) = tree.root_body {
        writer.body_inside(body);
    } else {
        writer.push("expressionSeries");
        for statement in tree.top.iter().rev() {
            writer.jobs.push(Job::Statement(*statement));
        }
    }
    writer.run();
    writer.out
}

/// `tree_tokens` separated by blanks.
pub fn tree_text(tree: &Tree, source: &[u8]) -> Vec<u8> {
    tree_tokens(tree, source).join(&b' ')
}

impl<'t> Writer<'t> {
    fn push(&mut self, text: &str) {
        self.out.push(text.as_bytes().to_vec());
    }

    fn push_span(&mut self, span: Span) {
        self.out.push(self.source[span.range()].to_vec());
    }

    fn push_name(&mut self, name: NameId) {
        self.out.push(self.tree.name(name).to_vec());
    }

    fn run(&mut self) {
        while let Some(job) = self.jobs.pop() {
            match job {
                Job::Text(text) => self.push(text),
                Job::Node(node) => self.node(node),
                Job::Statement(statement) => self.statement(statement),
                Job::Items(items) => self.items(items),
                Job::Body(body, open, close) => {
                    self.push(open);
                    self.jobs.push(Job::Text(close));
                    self.body_inside(body);
                }
            }
        }
    }

    fn statement(&mut self, statement: Statement) {
        if statement.dot {
            self.push("pop");
            self.jobs.push(Job::Text("."));
        }
        if statement.is_return {
            self.push("return");
            self.push("^");
        }
        self.jobs.push(Job::Node(statement.expr));
    }

    /// Slot list and code, without brackets.
    fn body_inside(&mut self, id: BodyId) {
        let tree = self.tree;
        let body = tree.body(id);
        for statement in body.statements.iter().rev() {
            self.jobs.push(Job::Statement(*statement));
        }
        if !body.statements.is_empty() {
            self.jobs.push(Job::Text("expressionSeries"));
        }
        if let Some(list) = &body.slots {
            self.push("slotList");
            self.push("|");
            self.jobs.push(Job::Text("|"));
            self.jobs.push(Job::Items(list.items.iter()));
        }
    }

    fn items(&mut self, mut items: std::slice::Iter<'t, SlotItem>) {
        let Some(item) = items.next() else { return };
        self.jobs.push(Job::Items(items));
        let dot = match item {
            SlotItem::Slot(slot) => slot.dot,
            SlotItem::Group { dot, .. } | SlotItem::ObjectAnnotation { dot, .. } => *dot,
        };
        if dot {
            self.jobs.push(Job::Text("."));
        }
        match item {
            SlotItem::Slot(slot) => self.slot(slot),
            SlotItem::Group { text_span, items, .. } => {
                self.push("annotatedSlotGroup");
                self.push("{");
                self.push_span(*text_span);
                self.jobs.push(Job::Text("}"));
                self.jobs.push(Job::Items(items.iter()));
            }
            SlotItem::ObjectAnnotation { text_span, .. } => {
                self.push("slot");
                self.push("objectAnnotationSlotName");
                self.push("{}");
                self.push("=");
                self.push_span(*text_span);
            }
        }
    }

    fn slot(&mut self, slot: &Slot) {
        self.push("slot");
        match &slot.form {
            SlotForm::Unary => {
                self.push("unarySlotName");
                self.push_name(slot.name);
                if slot.parent {
                    self.push_name(slot.name);
                }
            }
            SlotForm::Argument => {
                self.push("unarySlotName");
                let mut name = vec![b':'];
                name.extend_from_slice(self.tree.name(slot.name));
                self.out.push(name);
            }
            SlotForm::Binary(formal) => {
                self.push(if formal.is_some() {
                    "binarySlotNameWithFormal"
                } else {
                    "binarySlotNameWithoutFormal"
                });
                self.push_name(slot.name);
                if let Some(formal) = formal {
                    self.push_name(*formal);
                }
            }
            SlotForm::Keyword(formals) => {
                self.push(if formals.is_empty() {
                    "keywordSlotNameWithoutFormals"
                } else {
                    "keywordSlotNameWithFormals"
                });
                let parts = self.tree.name(slot.name).split_inclusive(|b| *b == b':');
                for (i, part) in parts.enumerate() {
                    self.out.push(part.to_vec());
                    if let Some(formal) = formals.get(i) {
                        self.push_name(*formal);
                    }
                }
            }
        }
        match slot.value {
            SlotValue::None => {}
            SlotValue::Constant(node) => {
                self.push("=");
                self.jobs.push(Job::Node(node));
            }
            SlotValue::Assignable(node) => {
                self.push("<-");
                self.jobs.push(Job::Node(node));
            }
            SlotValue::Method(body) => {
                self.push("=");
                self.push("method");
                self.jobs.push(Job::Body(body, "(", ")"));
            }
        }
    }

    fn node(&mut self, id: NodeId) {
        let node = self.tree.node(id);
        match node.kind {
            NodeKind::Error => self.push("error"),
            NodeKind::Int(_) | NodeKind::BigInt(_) | NodeKind::Float(_) | NodeKind::Str(_) => {
                self.push_span(node.span);
            }
            NodeKind::SelfRef => self.push("self"),
            NodeKind::Send(send) => self.send(send),
            NodeKind::Paren { inner, dot } => {
                for text in ["object", "(", "expressionSeries"] {
                    self.push(text);
                }
                self.jobs.push(Job::Text(")"));
                let span = Span::default();
                self.jobs.push(Job::Statement(Statement { expr: inner, is_return: false, dot, span }));
            }
            NodeKind::Object(body) | NodeKind::Code(body) => {
                self.push("object");
                self.jobs.push(Job::Body(body, "(", ")"));
            }
            NodeKind::Block(body) => {
                self.push("block");
                self.jobs.push(Job::Body(body, "[", "]"));
            }
            // The form of the records leaves the text out.
            NodeKind::Annotated { inner, .. } => self.jobs.push(Job::Node(inner)),
        }
    }

    fn send(&mut self, send: Send) {
        self.push(match send.arity {
            Arity::Unary => "unarySend:",
            Arity::Binary => "binarySend:",
            Arity::Keyword => "keywordSend:",
        });
        let mut selector = match send.delegate {
            Some(Delegate::Resend) => b"resend.".to_vec(),
            Some(Delegate::Directed(name)) => [self.tree.name(name), b"."].concat(),
            None => Vec::new(),
        };
        selector.extend_from_slice(self.tree.name(send.selector));
        self.out.push(selector);
        for arg in self.tree.list(send.args).iter().rev() {
            self.jobs.push(Job::Node(*arg));
        }
        match send.receiver {
            Some(receiver) => self.jobs.push(Job::Node(receiver)),
            None => self.push("<implicitSelf>"),
        }
    }
}
