//! A body as the byte codes of the Self VM: what mirrors show of a method's code, so that tools that were made for that machine can read it.
//! The codes are written from the syntax tree, and describe the same program as the ones that run here; nothing runs them.
//!
//! Operations are drawn in `stack_code.rs`, which reads them. Here a program begins with the code that says that argument counts are told, and
//! locals are sent to self by their names, like everything else.
//!
//! Does not know about objects: literals are told by what they are in the text.

use std::collections::HashMap;

use batos_lang::span::Span;
use batos_lang::tree::{Arity, BodyId, Delegate, NodeId, NodeKind, Send, Tree};

/// A literal of a program.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Written {
    /// A small integer, or the place where a branch leads.
    Int(i64),
    /// A longer integer: its decimal digits.
    BigInt(Vec<u8>),
    /// A float.
    Float(f64),
    /// A string or selector.
    Str(Vec<u8>),
    /// The places where an indexed branch leads.
    Places(Vec<i64>),
    /// The block whose text is here.
    Block(Span),
    /// The object literal of that number, counted in the order of the text.
    Object(usize),
    /// Nothing: the value of a body without code.
    Nil,
}

/// A program.
#[derive(Clone, Debug, Default)]
pub(crate) struct StackCode {
    /// The byte codes.
    pub codes: Vec<u8>,
    /// For each byte, which text it was made from.
    pub positions: Vec<Span>,
    /// The literals.
    pub literals: Vec<Written>,
}

mod op {
    pub const INDEX: u8 = 0;
    pub const LITERAL: u8 = 1;
    pub const SEND: u8 = 2;
    pub const IMPLICIT_SEND: u8 = 3;
    pub const SELF: u8 = 0x40;
    pub const POP: u8 = 0x41;
    pub const RETURN: u8 = 0x42;
    pub const RESEND: u8 = 0x43;
    pub const BRANCH: u8 = 8;
    pub const BRANCH_TRUE: u8 = 9;
    pub const BRANCH_FALSE: u8 = 10;
    pub const BRANCH_INDEXED: u8 = 11;
    pub const DELEGATEE: u8 = 12;
    pub const ARGUMENT_COUNT: u8 = 13;
    /// The first byte: argument counts are told.
    pub const NEWER_SET: u8 = 0xd0;
}

/// The byte codes of a body.
pub(crate) fn of_body(tree: &Tree, source: &[u8], body: BodyId) -> StackCode {
    let mut writer = Writer { tree, source, out: StackCode::default(), labels: HashMap::new(), objects: 0 };
    writer.byte(op::NEWER_SET, Span::default());
    writer.body(body);
    writer.out
}

struct Writer<'a> {
    tree: &'a Tree,
    source: &'a [u8],
    out: StackCode,
    /// Literals of labels by their text, and where each was defined.
    labels: HashMap<Vec<u8>, Label>,
    /// Object literals met so far.
    objects: usize,
}

#[derive(Clone, Default)]
struct Label {
    place: Option<i64>,
    /// Literals that are to tell the place: their index, and which element if there are several.
    wanted: Vec<(usize, Option<usize>)>,
}

impl Writer<'_> {
    fn byte(&mut self, code: u8, span: Span) {
        self.out.codes.push(code);
        self.out.positions.push(span);
    }

    fn code(&mut self, code: u8, index: usize, span: Span) {
        // Higher bits come first.
        let mut high = index >> 4;
        let mut bytes = Vec::new();
        while high > 0 {
            bytes.push(op::INDEX << 4 | (high & 15) as u8);
            high >>= 4;
        }
        for byte in bytes.into_iter().rev() {
            self.byte(byte, span);
        }
        self.byte(code << 4 | (index & 15) as u8, span);
    }

    fn literal(&mut self, literal: Written) -> usize {
        let shared = matches!(literal, Written::Int(_) | Written::Str(_) | Written::Nil);
        let known = |l: &Written| shared && *l == literal;
        // A label's place is not known yet, and none of these.
        let labels = self.labels.values().flat_map(|l| l.wanted.iter().map(|(i, _)| *i));
        let own: std::collections::HashSet<usize> = labels.collect();
        let found = self.out.literals.iter().enumerate().position(|(i, l)| known(l) && !own.contains(&i));
        found.unwrap_or_else(|| {
            self.out.literals.push(literal);
            self.out.literals.len() - 1
        })
    }

    fn push_literal(&mut self, literal: Written, span: Span) {
        let index = self.literal(literal);
        self.code(op::LITERAL, index, span);
    }

    fn body(&mut self, body: BodyId) {
        let statements = &self.tree.body(body).statements;
        if statements.is_empty() {
            self.push_literal(Written::Nil, self.tree.body(body).span);
        }
        for (i, statement) in statements.iter().enumerate() {
            self.expression(statement.expr);
            if statement.is_return {
                self.byte(op::RETURN, statement.span);
            }
            if i + 1 < statements.len() {
                let dot = self.dot_after(statement.span.end);
                self.byte(op::POP, dot);
            }
        }
    }

    /// The dot behind a statement; comments may stand between.
    fn dot_after(&self, end: u32) -> Span {
        let mut at = end as usize;
        while let Some(byte) = self.source.get(at) {
            match byte {
                b'.' => return Span { start: at as u32, end: at as u32 + 1 },
                b'"' => {
                    let rest = &self.source[at + 1..];
                    at += 1 + rest.iter().position(|b| *b == b'"').unwrap_or(rest.len());
                }
                _ => {}
            }
            at += 1;
        }
        Span { start: end, end }
    }

    fn expression(&mut self, node: NodeId) {
        // Chains of messages are long: from the innermost receiver outward.
        for node in self.tree.spine(node).into_iter().rev() {
            let span = self.tree.node(node).span;
            match self.tree.node(node).kind {
                NodeKind::Int(n) => self.push_literal(Written::Int(n), span),
                NodeKind::BigInt(digits) => {
                    self.push_literal(Written::BigInt(self.tree.name(digits).to_vec()), span);
                }
                NodeKind::Float(x) => self.push_literal(Written::Float(x), span),
                NodeKind::Str(text) => self.push_literal(Written::Str(self.tree.name(text).to_vec()), span),
                NodeKind::SelfRef => self.byte(op::SELF, span),
                NodeKind::Paren { inner, .. } | NodeKind::Annotated { inner, .. } => self.expression(inner),
                NodeKind::Object(_) => {
                    let number = self.objects;
                    self.objects += 1;
                    self.push_literal(Written::Object(number), span);
                }
                NodeKind::Block(_) => self.push_literal(Written::Block(span), span),
                NodeKind::Code(body) => self.body(body),
                NodeKind::Send(send) => self.send(&send, span),
                NodeKind::Error => self.push_literal(Written::Nil, span),
            }
        }
    }

    fn send(&mut self, send: &Send, span: Span) {
        let name = self.tree.name(send.selector).to_vec();
        if name.starts_with(b"__") && send.arity == Arity::Keyword && self.branch(send, &name, span) {
            return;
        }
        let arguments = self.tree.list(send.args).to_vec();
        for argument in &arguments {
            self.expression(*argument);
        }
        match send.delegate {
            Some(Delegate::Resend) => self.byte(op::RESEND, span),
            Some(Delegate::Directed(name)) => {
                let index = self.literal(Written::Str(self.tree.name(name).to_vec()));
                self.code(op::DELEGATEE, index, span);
            }
            None => {}
        }
        if !arguments.is_empty() {
            self.code(op::ARGUMENT_COUNT, arguments.len(), span);
        }
        let index = self.literal(Written::Str(name));
        let code = if send.receiver.is_some() { op::SEND } else { op::IMPLICIT_SEND };
        self.code(code, index, span);
    }

    /// A label or branch; its value is that of the receiver. False if it is none.
    fn branch(&mut self, send: &Send, name: &[u8], span: Span) -> bool {
        let arguments = self.tree.list(send.args).to_vec();
        let Some((last, tests)) = arguments.split_last() else { return false };
        let code = match name {
            b"__DefineLabel:" | b"__BranchTo:" => op::BRANCH,
            b"__BranchIfTrue:To:" => op::BRANCH_TRUE,
            b"__BranchIfFalse:To:" => op::BRANCH_FALSE,
            _ if name.starts_with(b"__BranchIndexedBy:To:") => op::BRANCH_INDEXED,
            _ => return false,
        };
        if send.receiver.is_none() {
            self.byte(op::SELF, span);
        }
        if name == b"__DefineLabel:" {
            let place = self.out.codes.len() as i64;
            let label = self.label_text(*last);
            let wanted = {
                let label = self.labels.entry(label).or_default();
                label.place = Some(place);
                label.wanted.clone()
            };
            wanted.iter().for_each(|w| self.tell(*w, place));
            return true;
        }
        let labels = if code == op::BRANCH_INDEXED {
            if let Some(index) = arguments.first() {
                self.expression(*index);
            }
            &arguments[1..]
        } else {
            tests.iter().for_each(|test| self.expression(*test));
            std::slice::from_ref(last)
        };
        let index = self.out.literals.len();
        if code == op::BRANCH_INDEXED {
            self.out.literals.push(Written::Places(vec![0; labels.len()]));
            labels.iter().enumerate().for_each(|(i, label)| self.want(*label, (index, Some(i))));
        } else {
            self.out.literals.push(Written::Int(0));
            labels.iter().for_each(|label| self.want(*label, (index, None)));
        }
        self.code(code, index, span);
        true
    }

    fn label_text(&self, node: NodeId) -> Vec<u8> {
        match self.tree.node(node).kind {
            NodeKind::Str(text) => self.tree.name(text).to_vec(),
            NodeKind::Int(n) => n.to_string().into_bytes(),
            _ => Vec::new(),
        }
    }

    fn want(&mut self, label: NodeId, wanted: (usize, Option<usize>)) {
        let text = self.label_text(label);
        let label = self.labels.entry(text).or_default();
        label.wanted.push(wanted);
        if let Some(place) = label.place {
            self.tell(wanted, place);
        }
    }

    fn tell(&mut self, (index, element): (usize, Option<usize>), place: i64) {
        match (&mut self.out.literals[index], element) {
            (Written::Places(places), Some(i)) => places[i] = place,
            (literal, _) => *literal = Written::Int(place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{StackCode, Written, of_body};
    use crate::stack_code::{Literal, to_source};

    fn written(text: &str) -> StackCode {
        let parsed = batos_lang::parse_body(text.as_bytes());
        of_body(&parsed.tree, text.as_bytes(), parsed.tree.root_body.expect("a body"))
    }

    #[test]
    fn expressions_become_codes() {
        let s = |text: &str| Written::Str(text.into());
        for (text, codes, literals) in [
            ("3 + 4", &[0xd0, 0x10, 0x11, 0xd1, 0x22][..], vec![Written::Int(3), Written::Int(4), s("+")]),
            ("a. ^ b", &[0xd0, 0x30, 0x41, 0x31, 0x42], vec![s("a"), s("b")]),
            ("at: self Put: self", &[0xd0, 0x40, 0x40, 0xd2, 0x30], vec![s("at:Put:")]),
            ("resend.x. p.y", &[0xd0, 0x43, 0x30, 0x41, 0xc1, 0x32], vec![s("x"), s("p"), s("y")]),
            ("", &[0xd0, 0x10], vec![Written::Nil]),
            ("x: 'x'", &[0xd0, 0x10, 0xd1, 0x31], vec![s("x"), s("x:")]),
            ("__BranchTo: 'e'. 7. __DefineLabel: 'e'", &[0xd0, 0x40, 0x80, 0x41, 0x11, 0x41, 0x40], {
                vec![Written::Int(7), Written::Int(7)]
            }),
        ] {
            let code = written(text);
            assert_eq!((&code.codes[..], &code.literals), (codes, &literals), "{text}");
            assert_eq!(code.codes.len(), code.positions.len(), "{text}");
        }
        let many: String = (0..40).map(|i| format!("{i}. ")).collect();
        let code = written(&many);
        assert!(
            code.codes.windows(2).any(|w| w == [0x02, 0x17]),
            "an index above fifteen: {:x?}",
            code.codes
        );
    }

    /// What is written can be read: reading and writing again changes nothing.
    #[test]
    fn what_is_written_can_be_read() {
        for text in [
            "3 + 4",
            "foo. bar: 3 Baz: self. 4",
            "resend.x + (p.y: 4)",
            "3 __BranchIfTrue: c To: 1. 4. __DefineLabel: 1. 5",
        ] {
            let code = written(text);
            let literals: Vec<Literal> = code
                .literals
                .iter()
                .map(|l| match l {
                    Written::Int(n) => Literal { text: n.to_string(), name: None, positions: vec![*n] },
                    Written::Str(s) => {
                        let name = String::from_utf8_lossy(s).into_owned();
                        Literal { text: format!("'{name}'"), name: Some(s.clone()), positions: vec![] }
                    }
                    other => panic!("{other:?}"),
                })
                .collect();
            let read = to_source(&code.codes, &literals).unwrap_or_else(|e| panic!("{text}: {e}"));
            // Labels are named after places.
            assert_eq!(written(&read).codes, code.codes, "{text} was read as {read}");
        }
    }

    #[test]
    fn each_byte_knows_its_text() {
        let text = "-1 . a b: c. \"x.\" [ ]";
        let code = written(text);
        let texts: Vec<&str> =
            code.positions.iter().skip(1).map(|s| &text[s.start as usize..s.end as usize]).collect();
        assert_eq!(texts, ["-1", ".", "a", "c", "a b: c", "a b: c", ".", "[ ]"]);
    }
}
