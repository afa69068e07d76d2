//! Source bytes to tree and diagnostics.
//!
//! Brackets are matched first, with a stack of our own: when one closes, the tokens since it opened are given to the grammar
//! (`grammar`, chumsky) and replaced by one token. So nothing here recurses on the input, a mistake spoils only the
//! innermost brackets around it, and recovery (`recover`) need not guess where they end.
//!
//! Invariant: there is always a tree, and it nests at most `MAX_NESTING` deep. This module does not know what code means.

mod build;
mod complaints;
mod grammar;
mod hints;
mod recover;
mod slots;

use crate::diagnostic::Diagnostic;
use crate::diagnostics as code;
use crate::lexer::{Kind, Lexer, Mode, Token};
use crate::span::Span;
use crate::tree::{Body, MAX_NESTING, SlotItem, SlotList, Tree};
use build::{Builder, Content, Group};
use chumsky::Parser;
use chumsky::error::EmptyErr;

/// A tree and what is to be said about it. There is always a tree; it contains `Error` nodes only if there is an error.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The tree.
    pub tree: Tree,
    /// Findings in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// No error was found.
    pub fn is_legal(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Parses a file: top-level expressions that end at newlines outside brackets (`Tree::top`).
pub fn parse_file(source: &[u8]) -> Parsed {
    parse(source, Mode::File, Goal::Top)
}

/// Parses a string, one input of a prompt: expressions separated by dots, newlines are blanks (`Tree::top`).
pub fn parse_string(source: &[u8]) -> Parsed {
    parse(source, Mode::String, Goal::Top)
}

/// Parses the inside of a method, `[slotlist] code`, newlines are blanks (`Tree::root_body`).
pub fn parse_body(source: &[u8]) -> Parsed {
    parse(source, Mode::String, Goal::Body)
}

/// A token of one bracket level.
#[derive(Clone, Copy, Debug)]
struct Tok {
    kind: Kind,
    span: Span,
    /// For a bracketed form: its index in `Builder::groups`.
    group: u32,
}

/// What the outermost level is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    Top,
    Body,
}

/// An open bracket.
struct Open {
    token: Token,
    /// Where its inside begins on the stack of tokens.
    start: usize,
    groups: usize,
    slot_groups: usize,
    /// Diagnostics before it.
    findings: usize,
    /// Keyword messages that may be open around the bracket: they nest, as brackets do.
    keywords: usize,
}

/// Something too deep is passed over until its end.
#[derive(Clone, Copy)]
enum Skip {
    /// A bracketed form: the number of brackets still open within.
    Bracket(u32),
    /// The rest of an expression.
    Expression(u32),
}

struct Driver<'s> {
    lexer: Lexer<'s>,
    builder: Builder<'s>,
    goal: Goal,
    mode: Mode,
    toks: Vec<Tok>,
    open: Vec<Open>,
    /// Keyword parts that open messages in the expression at hand, on this level and in sum.
    keywords: usize,
    keywords_around: usize,
    skip: Option<Skip>,
    too_deep_reported: bool,
}

fn parse(source: &[u8], mode: Mode, goal: Goal) -> Parsed {
    if source.len() >= u32::MAX as usize {
        let message = "a source cannot be longer than four gigabytes";
        let diagnostics = vec![Diagnostic::error(code::TOO_LONG, Span::default(), message)];
        return Parsed { tree: Tree::default(), diagnostics };
    }
    let mut driver = Driver {
        lexer: Lexer::new(source, mode),
        builder: Builder::new(source),
        goal,
        mode,
        toks: Vec::new(),
        open: Vec::new(),
        keywords: 0,
        keywords_around: 0,
        skip: None,
        too_deep_reported: false,
    };
    driver.run();
    let Driver { lexer, mut builder, .. } = driver;
    builder.tree.comments = lexer.comments;
    let mut diagnostics = builder.diagnostics;
    let old_marks: Vec<u32> =
        diagnostics.iter().filter(|d| d.code == code::LEGACY_DIALECT).map(|d| d.span.end).collect();
    drop_echoes(&mut diagnostics, &lexer.diagnostics, source);
    diagnostics.extend(lexer.diagnostics.into_iter().filter(|d| {
        // The old dialect's mark `^_` is named as a whole.
        d.code != code::BAD_NAME || !old_marks.contains(&d.span.start)
    }));
    diagnostics.sort_by_key(|d| (d.span.start, d.span.end, d.code));
    diagnostics.dedup_by(|a, b| a.code == b.code && a.span == b.span);
    Parsed { tree: builder.tree, diagnostics }
}

/// Drops what the grammar says about the place right behind a bad token: it is a consequence.
fn drop_echoes(diagnostics: &mut Vec<Diagnostic>, bad_tokens: &[Diagnostic], source: &[u8]) {
    if bad_tokens.is_empty() {
        return;
    }
    diagnostics.retain(|d| {
        if !(20..=40).contains(&d.code.0) {
            return true;
        }
        let behind = bad_tokens.partition_point(|bad| bad.span.start <= d.span.start);
        let Some(bad) = behind.checked_sub(1).and_then(|i| bad_tokens.get(i)) else { return true };
        let from = (bad.span.end as usize).min(d.span.start as usize);
        !source[from..d.span.start as usize].iter().all(|b| b.is_ascii_whitespace())
    });
}

impl<'s> Driver<'s> {
    fn run(&mut self) {
        while let Some(token) = self.lexer.next_token() {
            if self.skip.is_some() && self.skipped(token) {
                continue;
            }
            match token.kind {
                Kind::OpenParen | Kind::OpenBracket | Kind::OpenBrace => self.open_bracket(token),
                Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace => self.close_bracket(token),
                Kind::Newline => self.end_line(),
                _ => self.plain(token),
            }
        }
        self.end_line();
    }

    #[inline]
    fn plain(&mut self, token: Token) {
        match token.kind {
            Kind::Keyword | Kind::PrimKeyword => {
                self.keywords += 1;
                if self.keywords + self.keywords_around + self.open.len() > MAX_NESTING {
                    self.report_too_deep(token.span);
                    self.skip = Some(Skip::Expression(0));
                    return;
                }
            }
            Kind::Dot | Kind::Bar => self.keywords = 0,
            _ => {}
        }
        self.toks.push(Tok { kind: token.kind, span: token.span, group: 0 });
    }

    fn open_bracket(&mut self, token: Token) {
        if self.open.len() + self.keywords + self.keywords_around >= MAX_NESTING {
            self.report_too_deep(token.span);
            self.skip = Some(Skip::Bracket(1));
            return;
        }
        self.open.push(Open {
            token,
            start: self.toks.len(),
            groups: self.builder.groups.len(),
            slot_groups: self.builder.slot_groups.len(),
            findings: self.builder.diagnostics.len() + self.lexer.diagnostics.len(),
            keywords: self.keywords,
        });
        self.keywords_around += self.keywords;
        self.keywords = 0;
    }

    fn report_too_deep(&mut self, span: Span) {
        if self.too_deep_reported {
            return;
        }
        self.too_deep_reported = true;
        let message = format!("brackets and keyword messages nest deeper than {MAX_NESTING} levels here");
        self.builder.report(
            Diagnostic::error(code::TOO_DEEP, span, message)
                .help("put inner parts into slots or methods of their own"),
        );
    }

    /// Passes over what is too deep. Answers false for the token that ends it and means something to the level around.
    fn skipped(&mut self, token: Token) -> bool {
        let opens = matches!(token.kind, Kind::OpenParen | Kind::OpenBracket | Kind::OpenBrace);
        let closes = matches!(token.kind, Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace);
        match &mut self.skip {
            None => false,
            _ if token.kind == Kind::Newline => {
                self.skip = None;
                false
            }
            Some(Skip::Bracket(depth)) => {
                if opens {
                    *depth += 1;
                } else if closes {
                    *depth -= 1;
                    if *depth == 0 {
                        self.skip = None;
                        self.placeholder(token.span);
                    }
                }
                true
            }
            Some(Skip::Expression(depth)) => {
                if opens {
                    *depth += 1;
                } else if *depth == 0 && (closes || matches!(token.kind, Kind::Dot | Kind::Bar)) {
                    self.skip = None;
                    self.placeholder(Span::new(token.span.start, token.span.start));
                    return false;
                } else if closes {
                    *depth -= 1;
                }
                true
            }
        }
    }

    /// Stands for what was passed over: an empty block, which is legal wherever an expression is.
    fn placeholder(&mut self, span: Span) {
        let body = self.builder.body(Body { span, slots: None, statements: Vec::new(), annotation: None });
        let content = Content::Body(body);
        let group = Group { span, content, args: 0, first_arg: None, first_method: None, bad: true };
        self.push_group(Kind::Block, group);
    }

    fn push_group(&mut self, kind: Kind, group: Group) {
        let index = self.builder.groups.len() as u32;
        self.toks.push(Tok { kind, span: group.span, group: index });
        self.builder.groups.push(group);
    }

    fn close_bracket(&mut self, token: Token) {
        let opening = match token.kind {
            Kind::CloseParen => Kind::OpenParen,
            Kind::CloseBracket => Kind::OpenBracket,
            _ => Kind::OpenBrace,
        };
        let Some(level) = self.open.iter().rposition(|open| open.token.kind == opening) else {
            self.report_stray(token);
            return;
        };
        while self.open.len() > level + 1 {
            self.close_unclosed(Some(token));
        }
        self.close_level(token.span.end);
    }

    fn report_stray(&mut self, token: Token) {
        let text = String::from_utf8_lossy(self.builder.text(token.span)).into_owned();
        let message = format!("nothing is open that `{text}` could close");
        self.builder.report(
            Diagnostic::error(code::STRAY_CLOSING, token.span, message)
                .help("remove it, or look for a bracket that was closed too early"),
        );
    }

    /// Closes the innermost bracket, which has no closing one of its own.
    fn close_unclosed(&mut self, before: Option<Token>) {
        let Some(open) = self.open.last() else { return };
        let (span, closing) = match open.token.kind {
            Kind::OpenParen => (open.token.span, ")"),
            Kind::OpenBracket => (open.token.span, "]"),
            _ => (open.token.span, "}"),
        };
        let end = match before {
            Some(token) => token.span.start,
            None => self.toks.last().map_or(span.end, |tok| tok.span.end.max(span.end)),
        };
        let mut diagnostic = Diagnostic::error(code::UNCLOSED_BRACKET, span, "this bracket is not closed")
            .help(format!("add the missing `{closing}`"));
        if let Some(token) = before {
            diagnostic = diagnostic.label(token.span, "here a bracket further out is closed");
        }
        self.builder.report(diagnostic);
        self.close_level(end.max(span.end));
    }

    /// Parses the inside of the innermost bracket and replaces it by one token.
    fn close_level(&mut self, end: u32) {
        let Some(open) = self.open.pop() else { return };
        let span = Span::new(open.token.span.start, end);
        self.keywords = open.keywords;
        self.keywords_around -= open.keywords;
        let inside = &self.toks[open.start..];
        let (kind, mut group) = if open.token.kind == Kind::OpenBrace {
            braces(&mut self.builder, inside, span, open.slot_groups)
        } else {
            let group = body(&mut self.builder, inside, span, open.token.kind == Kind::OpenBracket);
            (if open.token.kind == Kind::OpenParen { Kind::Paren } else { Kind::Block }, group)
        };
        group.bad |= self.builder.diagnostics.len() + self.lexer.diagnostics.len() > open.findings;
        self.toks.truncate(open.start);
        self.builder.groups.truncate(open.groups);
        if kind != Kind::SlotGroup {
            self.builder.slot_groups.truncate(open.slot_groups);
        }
        self.push_group(kind, group);
    }

    /// The end of a line outside brackets, or of the source.
    fn end_line(&mut self) {
        self.skip = None;
        while !self.open.is_empty() {
            self.close_unclosed(None);
        }
        if self.goal == Goal::Body {
            let span = Span::new(0, self.builder.source.len() as u32);
            let group = body(&mut self.builder, &self.toks, span, true);
            if let Content::Body(id) = group.content {
                self.builder.tree.root_body = Some(id);
            }
        } else if !self.toks.is_empty() {
            let mark = self.builder.mark();
            let result =
                grammar::top::<EmptyErr>().parse_with_state(&self.toks, &mut self.builder).into_output();
            match result.filter(|list| grammar::statements_in_order(list)) {
                Some(statements) => self.builder.tree.top.extend(statements),
                None => {
                    self.builder.rewind(mark);
                    recover::top(&mut self.builder, &self.toks, self.mode);
                }
            }
        }
        self.toks.clear();
        self.keywords = 0;
        self.builder.groups.clear();
        self.builder.slot_groups.clear();
        self.builder.pending_groups.clear();
    }
}

/// The inside of parentheses or a block (`whole`: make a body in any case).
fn body(b: &mut Builder<'_>, toks: &[Tok], span: Span, whole: bool) -> Group {
    let mark = b.mark();
    let parsed =
        grammar::body::<EmptyErr>().parse_with_state(toks, b).into_output().filter(|(slots, statements)| {
            grammar::statements_in_order(statements)
                && slots.as_ref().is_none_or(|list| grammar::items_in_order(&list.items))
        });
    let (slots, statements) = match parsed {
        Some(parts) => parts,
        None => {
            b.rewind(mark);
            recover::body(b, toks, span)
        }
    };
    let mut group =
        Group { span, content: Content::Empty, args: 0, first_arg: None, first_method: None, bad: false };
    if let ([statement], None, false) = (&statements[..], &slots, whole) {
        group.content = Content::Single(*statement);
        return group;
    }
    let mut annotation = None;
    let slots = slots.map(|mut list: SlotList| {
        b.fill_groups(&mut list.items);
        let facts = b.check_slots(&list);
        group.args = facts.args;
        group.first_arg = facts.first_arg;
        group.first_method = facts.first_method;
        annotation = facts.annotation;
        list
    });
    group.content = Content::Body(b.body(Body { span, slots, statements, annotation }));
    group
}

/// The inside of braces: `{}`, `{ 'text' literal }` or `{ 'text' slots }`.
fn braces(b: &mut Builder<'_>, toks: &[Tok], span: Span, slot_groups: usize) -> (Kind, Group) {
    let mut group =
        Group { span, content: Content::Empty, args: 0, first_arg: None, first_method: None, bad: false };
    let (text_tok, rest) = match toks {
        [] => return (Kind::EmptyBraces, group),
        [text, rest @ ..] if text.kind == Kind::Str => (text, rest),
        [first, ..] => {
            recover::brace_without_text(b, *first, span);
            (first, &toks[1..])
        }
    };
    let is_text = text_tok.kind == Kind::Str;
    let text = if is_text { b.string(text_tok.span) } else { b.tree.names.intern(b"") };
    if let [inner] = rest
        && matches!(inner.kind, Kind::Paren | Kind::Block)
        && is_text
    {
        group.content = Content::Literal { text, inner: b.group_as_expression(*inner) };
        return (Kind::AnnotatedLiteral, group);
    }
    let mark = b.mark();
    let parsed = grammar::items::<EmptyErr>()
        .parse_with_state(rest, b)
        .into_output()
        .filter(|items: &Vec<SlotItem>| grammar::items_in_order(items));
    let mut items = match parsed {
        Some(items) => items,
        None => {
            b.rewind(mark);
            if is_text { recover::items(b, rest) } else { Vec::new() }
        }
    };
    b.fill_groups(&mut items);
    b.slot_groups.truncate(slot_groups);
    let index = b.slot_groups.len() as u32;
    b.slot_groups.push(items);
    group.content = Content::Slots { text, text_span: text_tok.span, items: index };
    (Kind::SlotGroup, group)
}
