//! The slow path: a level that the grammar refused is cut at its dots and bars, and each piece is parsed and judged by
//! itself, so that one mistake hides no other.
//!
//! Invariant: at least one diagnostic is added for a level that comes here.

use super::Tok;
use super::build::Builder;
use super::complaints::{self, Place};
use super::grammar;
use crate::diagnostic::Diagnostic;
use crate::diagnostics as code;
use crate::lexer::{Kind, Mode};
use crate::span::Span;
use crate::tree::{NodeKind, SlotItem, SlotList, Statement};
use chumsky::Parser;
use chumsky::error::Cheap;

/// Top-level expressions of a line or prompt input.
pub(super) fn top(b: &mut Builder<'_>, toks: &[Tok], mode: Mode) {
    let place = if mode == Mode::File { Place::Line } else { Place::Input };
    let statements = statements(b, toks, place);
    b.tree.top.extend(statements);
}

/// `[ slotlist ] code`
pub(super) fn body(b: &mut Builder<'_>, toks: &[Tok], span: Span) -> (Option<SlotList>, Vec<Statement>) {
    let Some(first) = toks.first() else { return (None, Vec::new()) };
    if first.kind == Kind::Operator && b.text(first.span).starts_with(b"||") {
        complaints::empty_bars(b, first.span);
        return (None, statements(b, &toks[1..], Place::Code));
    }
    if first.kind == Kind::Operator && b.text(first.span).starts_with(b"|") {
        complaints::glued_bar(b, first.span);
        return (None, Vec::new());
    }
    if first.kind != Kind::Bar {
        return (None, statements(b, toks, Place::Code));
    }
    let closing = toks.iter().enumerate().skip(1).find(|(i, tok)| {
        tok.kind == Kind::Bar || tok.kind == Kind::StarBar && grammar::is_name(toks[i - 1].kind)
    });
    let (slots_end, code_start, bar) = match closing {
        Some((i, tok)) => (if tok.kind == Kind::StarBar { i + 1 } else { i }, i + 1, tok.span),
        None => {
            // Behind operators glued to the bar nothing can be told.
            let glued = complaints::unclosed_slots(b, first.span, &toks[1..], span);
            (
                glued.map_or(toks.len(), |i| i + 1),
                toks.len(),
                Span::new(span.end.max(first.span.end), span.end.max(first.span.end)),
            )
        }
    };
    let items = items(b, &toks[1..slots_end]);
    let list = SlotList { span: first.span.to(bar), items };
    let statements = statements(b, &toks[code_start..], Place::Code);
    (Some(list), statements)
}

/// Statements between dots.
fn statements(b: &mut Builder<'_>, toks: &[Tok], place: Place) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::new();
    let mut returned: Option<Span> = None;
    for piece in pieces(toks) {
        if let Some(caret) = returned.take() {
            complaints::return_not_last(b, caret);
        }
        if let [dot] = piece
            && dot.kind == Kind::Dot
        {
            complaints::empty_statement(b, dot.span);
            continue;
        }
        let statement = piece_statement(b, piece, place);
        if statement.is_return && place == Place::Code {
            returned = Some(statement.span);
        }
        out.push(statement);
    }
    out
}

/// Runs of tokens up to and with a dot; the last may lack it.
fn pieces(toks: &[Tok]) -> impl Iterator<Item = &[Tok]> {
    toks.split_inclusive(|tok| tok.kind == Kind::Dot)
}

fn piece_statement(b: &mut Builder<'_>, piece: &[Tok], place: Place) -> Statement {
    let mark = b.mark();
    let result = if place == Place::Code {
        grammar::statement::<Cheap>().parse_with_state(piece, b)
    } else {
        grammar::top_statement::<Cheap>().parse_with_state(piece, b)
    };
    let (output, errors) = result.into_output_errors();
    if let Some(statement) = output {
        return statement;
    }
    b.rewind(mark);
    let at = errors.first().map_or(0, |error| error.span().start);
    complaints::expression(b, piece, at, place);
    let span = covering(piece);
    let expr = b.node(NodeKind::Error, span);
    let dot = piece.last().is_some_and(|tok| tok.kind == Kind::Dot);
    Statement { expr, is_return: false, dot, span }
}

/// The place of a run of tokens.
fn covering(toks: &[Tok]) -> Span {
    match (toks.first(), toks.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}

/// Slots, groups and object annotations.
pub(super) fn items(b: &mut Builder<'_>, toks: &[Tok]) -> Vec<SlotItem> {
    let mut out = Vec::new();
    for piece in pieces(toks) {
        if let [dot] = piece
            && dot.kind == Kind::Dot
        {
            // A group or annotation may have its dot apart.
            let apart = matches!(out.last(), Some(SlotItem::Group { dot: false, .. }));
            if !apart {
                complaints::empty_slot(b, dot.span);
            }
            continue;
        }
        if complaints::glued_to_name(b, piece) {
            continue;
        }
        let mark = b.mark();
        let (output, errors) = grammar::items::<Cheap>().parse_with_state(piece, b).into_output_errors();
        match output {
            Some(items) if grammar::items_in_order(&items) => out.extend(items),
            Some(items) => {
                complaints::missing_dots(b, &items);
                out.extend(items);
            }
            // A star glued to the closing bar.
            None if ends_with_glued_star(piece) && slot_with_glued_star(b, piece, mark, &mut out) => {}
            None => {
                b.rewind(mark);
                let at = errors.first().map_or(0, |error| error.span().start);
                complaints::slot(b, piece, at);
            }
        }
    }
    out
}

fn ends_with_glued_star(piece: &[Tok]) -> bool {
    matches!(piece, [.., name, star] if grammar::is_name(name.kind) && star.kind == Kind::StarBar)
}

fn slot_with_glued_star(
    b: &mut Builder<'_>,
    piece: &[Tok],
    mark: super::build::Mark,
    out: &mut Vec<SlotItem>,
) -> bool {
    b.rewind(mark);
    let mut plain = piece.to_vec();
    if let Some(last) = plain.last_mut() {
        last.kind = Kind::Star;
        last.span.end = last.span.start + 1;
    }
    let parsed = grammar::items::<Cheap>().parse_with_state(&plain[..], b).into_output();
    match parsed {
        Some(items) => {
            out.extend(items);
            true
        }
        None => false,
    }
}

/// `{` without a text after it.
pub(super) fn brace_without_text(b: &mut Builder<'_>, first: Tok, span: Span) {
    b.report(
        Diagnostic::error(
            code::BRACES_MISPLACED,
            first.span,
            "the text of an annotation must follow the brace",
        )
        .label(span, "braces hold an annotation and what it is about")
        .help("write `{ 'Category: …' slots }`; blocks are written with `[ ]`"),
    );
}
