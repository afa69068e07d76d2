//! Trees to readable source: 100 columns, four blanks of indentation, comments and single blank lines kept.
//!
//! Whatever fits is put on one line. Else bracketed forms are opened: a statement or slot a line. Outside brackets no line is
//! ever broken, because in files that would end the expression.
//!
//! Invariant: the text parses to the same tree (parentheses and dots included), and formatting it again changes nothing.
//! For that, layout depends only on the tree, on which bracketed form holds which comments, and on blank lines.

mod comments;
mod flat;
mod items;

use crate::span::Span;
use crate::tree::*;
use comments::Comments;

/// Columns of a line.
pub(crate) const WIDTH: usize = 100;
/// Columns of one level.
const STEP: usize = 4;

/// The source of a tree, laid out afresh. `source` is what the tree was parsed from.
pub fn format(tree: &Tree, source: &[u8]) -> Vec<u8> {
    let mut printer = Printer {
        tree,
        source,
        comments: Comments::new(tree),
        out: Vec::with_capacity(source.len()),
        line: 0,
    };
    printer.prologue();
    match tree.root_body {
        Some(body) => printer.root(body),
        None => printer.top(),
    }
    printer.out
}

pub(super) struct Printer<'t> {
    pub tree: &'t Tree,
    pub source: &'t [u8],
    comments: Comments,
    pub out: Vec<u8>,
    /// Where the current line begins in `out`.
    line: usize,
}

impl<'t> Printer<'t> {
    /// Keeps a `#!` line.
    fn prologue(&mut self) {
        let text = self.source.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(self.source);
        if text.starts_with(b"#!") {
            let end = text.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(text.len());
            self.push(&text[..end]);
            self.newline(0);
        }
    }

    fn push(&mut self, text: &[u8]) {
        if let Some(at) = text.iter().rposition(|b| *b == b'\n') {
            self.line = self.out.len() + at + 1;
        }
        self.out.extend_from_slice(text);
    }

    fn push_span(&mut self, span: Span) {
        let source = self.source;
        self.push(&source[span.range()]);
    }

    fn push_name(&mut self, name: NameId) {
        let tree = self.tree;
        self.push(tree.name(name));
    }

    /// A new line, without blanks at the end of the one before.
    fn newline(&mut self, indent: usize) {
        while self.out.last() == Some(&b' ') {
            self.out.pop();
        }
        self.out.push(b'\n');
        self.line = self.out.len();
        self.out.resize(self.line + indent, b' ');
    }

    fn column(&self) -> usize {
        self.out.len() - self.line
    }

    /// Room on this line; two columns are left for what closes it.
    fn room(&self) -> usize {
        (WIDTH - 2).saturating_sub(self.column())
    }

    fn top(&mut self) {
        let tree = self.tree;
        let mut run = items::Run::new(self.comments.take(None), 0, true);
        for statement in &tree.top {
            self.begin_item(&mut run, statement.span);
            self.expression(statement.expr, 0, true);
            if statement.dot {
                self.push(b".");
            }
        }
        self.end_items(&mut run, u32::MAX);
        if self.column() > 0 {
            self.newline(0);
        }
    }

    /// A method's inside, without brackets.
    fn root(&mut self, id: BodyId) {
        let tree = self.tree;
        let body = tree.body(id);
        let comments = self.comments.take(Some(body.span.start));
        let before_code = body.slots.as_ref().map_or(0, |list| list.span.end);
        let (in_slots, in_code): (Vec<Span>, Vec<Span>) =
            comments.into_iter().partition(|c| c.start < before_code);
        if let Some(list) = &body.slots {
            self.push(b"|");
            self.slot_list(list, in_slots, 0, true);
            self.newline(0);
        }
        let mut run = items::Run::new(in_code, 0, true);
        self.statements(&body.statements, &mut run);
        self.end_items(&mut run, u32::MAX);
        if self.column() > 0 {
            self.newline(0);
        }
    }

    /// An expression that begins at the current column. `top`: lines may be broken within brackets only.
    fn expression(&mut self, id: NodeId, indent: usize, top: bool) {
        if self.try_flat(id, self.room()) {
            return;
        }
        let node = self.tree.node(id);
        match node.kind {
            NodeKind::Send(_) => self.send(id, indent, top),
            NodeKind::Paren { inner, dot } => {
                self.push(b"(");
                self.expression(inner, indent, false);
                self.push(if dot { b".)" } else { b")" });
            }
            NodeKind::Object(body) | NodeKind::Code(body) => self.body(body, b"(", b")", indent),
            NodeKind::Block(body) => self.body(body, b"[", b"]", indent),
            NodeKind::Annotated { inner, .. } => {
                self.push(b"{");
                self.push_span(self.annotation_span(node.span));
                self.push(b" ");
                self.expression(inner, indent, top);
                self.push(b"}");
            }
            _ => self.push_span(node.span),
        }
    }

    /// The text literal of `{ 'text' literal }`, found again in the source.
    fn annotation_span(&self, span: Span) -> Span {
        let mut lexer =
            crate::lexer::Lexer::new(&self.source[..span.end as usize], crate::lexer::Mode::String);
        lexer.skip_to(span.start + 1);
        lexer.next_token().map_or(Span::new(span.start, span.start), |token| token.span)
    }

    /// A message that does not fit on the line: link after link, from the innermost receiver outward.
    fn send(&mut self, id: NodeId, indent: usize, top: bool) {
        let tree = self.tree;
        let spine = tree.spine(id);
        let inner = indent + STEP;
        for (i, link) in spine.iter().enumerate().rev() {
            let first = i + 1 == spine.len();
            let NodeKind::Send(send) = tree.node(*link).kind else {
                self.expression(*link, indent, top);
                continue;
            };
            if send.arity == Arity::Keyword {
                self.keyword_message(&send, first, indent, top);
                continue;
            }
            let arg = tree.list(send.args).first().copied();
            if !first {
                let name = tree.name(send.selector);
                let needed = match arg {
                    None => name.len(),
                    // Something in brackets can be opened instead.
                    Some(arg) if self.is_bracketed(arg) => name.len() + 2,
                    Some(arg) => name.len() + 1 + self.flat_length(arg, WIDTH),
                };
                let comma = name == b"," && arg.is_some();
                if !top && self.column() + 1 + needed > WIDTH - 2 {
                    self.newline(inner);
                } else if !comma {
                    self.push(b" ");
                }
            }
            self.delegate(&send);
            self.push_name(send.selector);
            if let Some(arg) = arg {
                self.push(b" ");
                self.expression(arg, inner, top);
            }
        }
    }

    fn delegate(&mut self, send: &Send) {
        match send.delegate {
            Some(Delegate::Resend) => self.push(b"resend."),
            Some(Delegate::Directed(name)) => {
                self.push_name(name);
                self.push(b".");
            }
            None => {}
        }
    }

    /// The parts of a keyword message, after its receiver. They stay on the line if only the last argument must be opened.
    fn keyword_message(&mut self, send: &Send, first: bool, indent: usize, top: bool) {
        let tree = self.tree;
        let args = tree.list(send.args);
        let parts: Vec<&[u8]> = tree.name(send.selector).split_inclusive(|b| *b == b':').collect();
        let mut before_last = self.column();
        for (i, arg) in args.iter().enumerate() {
            before_last += parts.get(i).map_or(0, |p| p.len()) + 2;
            if i + 1 < args.len() {
                before_last += self.flat_length(*arg, WIDTH);
            }
        }
        let last_opens = args.last().is_some_and(|arg| {
            self.is_bracketed(*arg) || self.flat_length(*arg, WIDTH) + before_last <= WIDTH - 2
        });
        let stay = top || args.len() == 1 || before_last <= WIDTH - 2 && last_opens;
        for (i, arg) in args.iter().enumerate() {
            if stay || first && i == 0 {
                if !(first && i == 0) {
                    self.push(b" ");
                }
            } else {
                self.newline(indent + STEP);
            }
            if i == 0 {
                self.delegate(send);
            }
            if let Some(part) = parts.get(i) {
                self.push(part);
            }
            self.push(b" ");
            self.expression(*arg, if stay { indent } else { indent + STEP }, top);
        }
    }

    /// Whether an expression is a bracketed form that can be opened onto several lines.
    fn is_bracketed(&self, id: NodeId) -> bool {
        matches!(
            self.tree.node(id).kind,
            NodeKind::Block(_) | NodeKind::Object(_) | NodeKind::Code(_) | NodeKind::Annotated { .. }
        )
    }

    /// Slots and code between brackets, opened onto several lines.
    fn body(&mut self, id: BodyId, open: &[u8], close: &[u8], indent: usize) {
        let tree = self.tree;
        let body = tree.body(id);
        let comments = self.comments.take(Some(body.span.start));
        let before_code = body.slots.as_ref().map_or(0, |list| list.span.end);
        let (in_slots, in_code): (Vec<Span>, Vec<Span>) =
            comments.into_iter().partition(|c| c.start < before_code);
        self.push(open);
        let no_code = body.statements.is_empty() && in_code.is_empty();
        if let Some(list) = &body.slots {
            if open == b"[" {
                self.push(b" ");
            }
            self.push(b"|");
            self.slot_list(list, in_slots, indent, !no_code);
            if no_code {
                self.push(if open == b"[" { b" " } else { b"" });
                self.push(close);
                return;
            }
        }
        let mut run = items::Run::new(in_code, indent + STEP, false);
        self.statements(&body.statements, &mut run);
        self.end_items(&mut run, u32::MAX);
        if run.ends_with_comment {
            self.newline(indent);
        } else {
            self.push(b" ");
        }
        self.push(close);
    }

    fn statements(&mut self, statements: &[Statement], run: &mut items::Run) {
        for statement in statements {
            self.begin_item(run, statement.span);
            if statement.is_return {
                self.push(b"^ ");
            }
            self.expression(statement.expr, run.indent, false);
            if statement.dot {
                self.push(b".");
            }
        }
    }
}
