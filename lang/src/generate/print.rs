//! Text and token list of a generated program.

use super::{Body, Entropy, Expr, Item, Name, Program, Statement, Value};
use crate::lexer::is_operator_byte;

/// Text with random space between its tokens.
struct Text<'e, 'd> {
    out: Vec<u8>,
    entropy: &'e mut Entropy<'d>,
    /// The next token is glued to the last.
    glue: bool,
}

pub(super) fn program(top: &[Statement], entropy: &mut Entropy<'_>) -> Program {
    let mut text = Text { out: Vec::new(), entropy, glue: false };
    let mut tokens = Tokens { out: Vec::new() };
    tokens.push("expressionSeries");
    for statement in top {
        text.statement(statement);
        tokens.statement(statement);
    }
    text.space();
    Program { source: text.out, tokens: tokens.out }
}

impl Text<'_, '_> {
    fn space(&mut self) {
        let space: &[u8] = match self.entropy.below(14) {
            0 => b"\n",
            1 => b"  ",
            2 => b" \"c\" ",
            3 => b"\n\n\"a longer comment\n of two lines\"\n",
            4 => b"\t\r\n",
            5 => b" \"one\" \"\\\" two\"\n ",
            6 => b"\\\n",
            _ => b" ",
        };
        self.out.extend_from_slice(space);
    }

    /// A token; space before it is left out now and then where it may be.
    fn token(&mut self, token: &[u8]) {
        let glue = std::mem::take(&mut self.glue);
        if let (Some(last), Some(first)) = (self.out.last().copied(), token.first().copied())
            && !glue
            && !(self.entropy.chance(2) && may_touch(last, first))
        {
            // An operator before a joined line would take its backslash.
            if is_operator_byte(last) {
                self.out.push(b' ');
            }
            self.space();
        }
        self.out.extend_from_slice(token);
    }

    fn word(&mut self, token: &str) {
        self.token(token.as_bytes());
    }

    fn delegate(&mut self, delegate: Option<&str>) {
        if let Some(delegate) = delegate {
            self.word(delegate);
            self.out.push(b'.');
            self.glue = true;
        }
    }

    /// A dot, never glued to a word after it.
    fn dot(&mut self, dot: bool) {
        if dot {
            self.word(".");
            self.out.push(b' ');
        }
    }

    fn statement(&mut self, statement: &Statement) {
        if statement.is_return {
            self.word("^");
        }
        self.expression(&statement.expr);
        self.dot(statement.dot);
    }

    fn expression(&mut self, expr: &Expr) {
        match expr {
            Expr::Literal(text) => self.token(text),
            Expr::SelfRef => self.word("self"),
            Expr::Unary(receiver, delegate, name) => {
                if let Some(receiver) = receiver {
                    self.expression(receiver);
                }
                self.delegate(*delegate);
                self.word(name);
            }
            Expr::Binary(receiver, delegate, operator, args) => {
                if let Some(receiver) = receiver {
                    self.expression(receiver);
                }
                self.delegate(*delegate);
                for arg in args {
                    self.word(operator);
                    self.expression(arg);
                }
            }
            Expr::Keyword(receiver, delegate, parts, args) => {
                if let Some(receiver) = receiver {
                    self.expression(receiver);
                }
                self.delegate(*delegate);
                for (part, arg) in parts.iter().zip(args) {
                    self.word(part);
                    self.expression(arg);
                }
            }
            Expr::Paren(inner, dot) => {
                self.word("(");
                self.expression(inner);
                self.dot(*dot);
                self.word(")");
            }
            Expr::Object(body) | Expr::Code(body) => self.body(body, "(", ")"),
            Expr::Block(body) => self.body(body, "[", "]"),
            Expr::Annotated(text, inner) => {
                self.word("{");
                self.token(text);
                self.expression(inner);
                self.word("}");
            }
        }
    }

    fn body(&mut self, body: &Body, open: &str, close: &str) {
        self.word(open);
        if let Some(items) = &body.slots {
            self.word("|");
            self.items(items);
            self.word("|");
        }
        for statement in &body.code {
            self.statement(statement);
        }
        self.word(close);
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Slot { name, value, dot } => {
                    self.name(name);
                    match value {
                        Value::None => {}
                        Value::Constant(expr) => {
                            self.word("=");
                            self.expression(expr);
                        }
                        Value::Assignable(expr) => {
                            self.word("<-");
                            self.expression(expr);
                        }
                        Value::Method(body) => {
                            self.word("=");
                            self.body(body, "(", ")");
                        }
                    }
                    self.dot(*dot);
                }
                Item::Group { text, items, dot } => {
                    self.word("{");
                    self.token(text);
                    self.items(items);
                    self.word("}");
                    self.dot(*dot);
                }
                Item::Annotation { text, dot } => {
                    self.word("{");
                    self.word("}");
                    self.word("=");
                    self.token(text);
                    self.dot(*dot);
                }
            }
        }
    }

    fn name(&mut self, name: &Name) {
        match name {
            Name::Data(name, parent) => {
                self.word(name);
                if *parent {
                    self.word("*");
                }
            }
            Name::Argument(name) => self.word(&format!(":{name}")),
            Name::Binary(operator, formal) => {
                self.word(operator);
                if let Some(formal) = formal {
                    self.word(formal);
                }
            }
            Name::Keyword(parts, formals) => {
                for (i, part) in parts.iter().enumerate() {
                    self.word(part);
                    if let Some(formal) = formals.get(i) {
                        self.word(formal);
                    }
                }
            }
        }
    }
}

/// Whether two tokens may stand without space between them.
fn may_touch(last: u8, first: u8) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    match (last, first) {
        (b'.', _) | (_, b':') | (b'"', _) => false,
        (b':', _) => !word(first),
        _ if is_operator_byte(last) && is_operator_byte(first) => false,
        _ if word(last) && (word(first) || first == b'-') => false,
        // A minus before a digit belongs to the number.
        (b'-', b'0'..=b'9') => false,
        _ => true,
    }
}

/// The token list.
struct Tokens {
    out: Vec<Vec<u8>>,
}

impl Tokens {
    fn push(&mut self, token: &str) {
        self.out.push(token.as_bytes().to_vec());
    }

    fn statement(&mut self, statement: &Statement) {
        if statement.dot {
            self.push("pop");
        }
        if statement.is_return {
            self.push("return");
            self.push("^");
        }
        self.expression(&statement.expr);
        if statement.dot {
            self.push(".");
        }
    }

    fn send(&mut self, kind: &str, delegate: Option<&str>, selector: &str) {
        self.push(kind);
        let prefix = delegate.map_or(String::new(), |d| format!("{d}."));
        self.push(&format!("{prefix}{selector}"));
    }

    fn receiver(&mut self, receiver: &Option<Box<Expr>>) {
        match receiver {
            Some(receiver) => self.expression(receiver),
            None => self.push("<implicitSelf>"),
        }
    }

    fn expression(&mut self, expr: &Expr) {
        match expr {
            Expr::Literal(text) => self.out.push(text.clone()),
            Expr::SelfRef => self.push("self"),
            Expr::Unary(receiver, delegate, name) => {
                self.send("unarySend:", *delegate, name);
                self.receiver(receiver);
            }
            Expr::Binary(receiver, delegate, operator, args) => {
                // Outermost first; the delegate belongs to the innermost.
                for i in (0..args.len()).rev() {
                    self.send("binarySend:", if i == 0 { *delegate } else { None }, operator);
                }
                self.receiver(receiver);
                for arg in args {
                    self.expression(arg);
                }
            }
            Expr::Keyword(receiver, delegate, parts, args) => {
                self.send("keywordSend:", *delegate, &parts.concat());
                self.receiver(receiver);
                for arg in args {
                    self.expression(arg);
                }
            }
            Expr::Paren(inner, dot) => {
                for token in ["object", "(", "expressionSeries"] {
                    self.push(token);
                }
                if *dot {
                    self.push("pop");
                }
                self.expression(inner);
                if *dot {
                    self.push(".");
                }
                self.push(")");
            }
            Expr::Object(body) | Expr::Code(body) => self.body("object", body, "(", ")"),
            Expr::Block(body) => self.body("block", body, "[", "]"),
            Expr::Annotated(_, inner) => self.expression(inner),
        }
    }

    fn body(&mut self, kind: &str, body: &Body, open: &str, close: &str) {
        self.push(kind);
        self.push(open);
        if let Some(items) = &body.slots {
            self.push("slotList");
            self.push("|");
            self.items(items);
            self.push("|");
        }
        if !body.code.is_empty() {
            self.push("expressionSeries");
        }
        for statement in &body.code {
            self.statement(statement);
        }
        self.push(close);
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            let dot = match item {
                Item::Slot { name, value, dot } => {
                    self.push("slot");
                    self.name(name);
                    match value {
                        Value::None => {}
                        Value::Constant(expr) => {
                            self.push("=");
                            self.expression(expr);
                        }
                        Value::Assignable(expr) => {
                            self.push("<-");
                            self.expression(expr);
                        }
                        Value::Method(body) => {
                            self.push("=");
                            self.body("method", body, "(", ")");
                        }
                    }
                    *dot
                }
                Item::Group { text, items, dot } => {
                    self.push("annotatedSlotGroup");
                    self.push("{");
                    self.out.push(text.clone());
                    self.items(items);
                    self.push("}");
                    *dot
                }
                Item::Annotation { text, dot } => {
                    for token in ["slot", "objectAnnotationSlotName", "{}", "="] {
                        self.push(token);
                    }
                    self.out.push(text.clone());
                    *dot
                }
            };
            if dot {
                self.push(".");
            }
        }
    }

    fn name(&mut self, name: &Name) {
        match name {
            Name::Data(name, parent) => {
                self.push("unarySlotName");
                self.push(name);
                if *parent {
                    self.push(name);
                }
            }
            Name::Argument(name) => {
                self.push("unarySlotName");
                self.push(&format!(":{name}"));
            }
            Name::Binary(operator, formal) => {
                let with =
                    if formal.is_some() { "binarySlotNameWithFormal" } else { "binarySlotNameWithoutFormal" };
                self.push(with);
                self.push(operator);
                if let Some(formal) = formal {
                    self.push(formal);
                }
            }
            Name::Keyword(parts, formals) => {
                let with = if formals.is_empty() {
                    "keywordSlotNameWithoutFormals"
                } else {
                    "keywordSlotNameWithFormals"
                };
                self.push(with);
                for (i, part) in parts.iter().enumerate() {
                    self.push(part);
                    if let Some(formal) = formals.get(i) {
                        self.push(formal);
                    }
                }
            }
        }
    }
}
