//! Words for what the grammar refused: from the place where it stopped, the tokens around it and the kind of level to the
//! most helpful diagnostic.
//!
//! Invariant: after each function that is called for a refusal there is an error within the text it was called for.

use super::Tok;
use super::build::Builder;
use super::grammar::{is_first_keyword, is_name, is_operator};
use crate::diagnostic::{Code, Diagnostic};
use crate::diagnostics as code;
use crate::lexer::Kind;
use crate::span::Span;
use crate::tree::SlotItem;

/// Where an expression stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A line of a file, outside brackets.
    Line,
    /// A prompt's input.
    Input,
    /// The code of a method or block, or an initialiser.
    Code,
}

fn quoted(b: &Builder<'_>, span: Span) -> String {
    let text = b.text(span);
    if text.len() > 40 { "this".to_string() } else { format!("`{}`", String::from_utf8_lossy(text)) }
}

fn error(b: &mut Builder<'_>, code: Code, span: Span, message: impl Into<String>, help: &'static str) {
    b.report(Diagnostic::error(code, span, message).help(help));
}

/// Whether a token can be the last of a complete expression.
fn ends_operand(kind: Kind) -> bool {
    is_name(kind) || begins_literal(kind)
}

fn begins_literal(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Int | Kind::NegInt | Kind::Float | Kind::NegFloat | Kind::Str | Kind::SelfName | Kind::Paren
    ) || matches!(kind, Kind::Block | Kind::AnnotatedLiteral)
}

/// A statement was refused at token `at` of its piece.
pub(super) fn expression(b: &mut Builder<'_>, piece: &[Tok], at: usize, place: Place) {
    let before = at.checked_sub(1).and_then(|i| piece.get(i)).copied();
    let found = piece.get(at).copied().filter(|tok| tok.kind != Kind::Dot);
    match (before, found) {
        (Some(before), None) => ended_early(b, before, place),
        (before, Some(found)) => unexpected(b, piece, at, before, found, place),
        (None, None) => {
            let span = piece.first().map_or(Span::default(), |tok| tok.span);
            empty_statement(b, span);
        }
    }
}

fn ended_early(b: &mut Builder<'_>, before: Tok, place: Place) {
    let text = quoted(b, before.span);
    let (code, message) = match before.kind {
        Kind::Keyword | Kind::PrimKeyword | Kind::CapKeyword => {
            (code::MISSING_OPERAND, format!("the argument of {text} is missing"))
        }
        Kind::Caret => (code::MISSING_OPERAND, "`^` needs an expression whose value it returns".to_string()),
        Kind::Delegate => (code::RESEND_MISPLACED, format!("a message must follow {text} directly")),
        kind if is_operator(kind) => (code::MISSING_OPERAND, format!("the argument of {text} is missing")),
        _ => (code::UNEXPECTED, format!("the expression breaks off after {text}")),
    };
    let help = match place {
        Place::Line => {
            "in a file, a newline outside brackets ends an expression: put parentheses around it, or `\\` at the end of the line"
        }
        _ => "complete the expression",
    };
    error(b, code, before.span, message, help);
}

fn unexpected(b: &mut Builder<'_>, piece: &[Tok], at: usize, before: Option<Tok>, found: Tok, place: Place) {
    let text = quoted(b, found.span);
    let after_operand = before.is_some_and(|tok| ends_operand(tok.kind));
    let before_kind = before.map(|tok| tok.kind);
    match found.kind {
        Kind::Delegate | Kind::Name if before_kind == Some(Kind::Delegate) => {
            error(
                b,
                code::RESEND_MISPLACED,
                found.span,
                "a resend goes through one parent only",
                "`a.b` sends b, looked up through the parent a",
            );
        }
        Kind::Keyword | Kind::PrimKeyword | Kind::CapKeyword | Kind::PrimName
            if before_kind == Some(Kind::Delegate) =>
        {
            error(
                b,
                code::RESEND_MISPLACED,
                found.span,
                "a resend as an argument of an operator must be unary",
                "put parentheses around it: `3 + (resend.foo: 4)`",
            );
        }
        _ if before_kind == Some(Kind::Delegate) => {
            error(
                b,
                code::RESEND_MISPLACED,
                found.span,
                format!("a message must follow the dot of a resend, not {text}"),
                "a dot glued to what follows makes a resend; to separate two statements or slots, put a blank after the dot",
            );
        }
        Kind::Delegate => error(
            b,
            code::RESEND_MISPLACED,
            found.span,
            "a resend has the implicit receiver, so it cannot follow one",
            "begin a statement with it, or put it into parentheses as an argument; to separate two statements, put a blank after the dot",
        ),
        Kind::Str if before_kind == Some(Kind::Str) => error(
            b,
            code::ADJACENT_STRINGS,
            found.span,
            "two strings stand side by side",
            "a quote within a string is written `\\'`, not doubled: 'it\\'s'",
        ),
        Kind::Argument => error(
            b,
            code::ARGUMENT_MISPLACED,
            found.span,
            format!("{text} declares an argument, which is possible in a slot list only"),
            "write the arguments of a block between bars, with dots: `[| :x. :y | x + y ]`",
        ),
        Kind::Bar if before_kind == Some(Kind::Argument) => error(
            b,
            code::ARGUMENT_MISPLACED,
            found.span,
            "the bar before the arguments is missing",
            "write `[| :x | x ]`",
        ),
        Kind::Bar if place != Place::Code && at == 0 => error(
            b,
            code::UNEXPECTED,
            found.span,
            "a slot list cannot stand outside brackets",
            "write an object: `(| x = 3 |)`",
        ),
        Kind::Bar => error(
            b,
            code::UNEXPECTED,
            found.span,
            "a bar cannot stand within an expression",
            "`|` only encloses slots, directly after `(` or `[`; the message \"or\" is `||`",
        ),
        Kind::Caret => {
            let message = if at == 0 { "`^` cannot stand at the top level" } else { "`^` cannot stand here" };
            error(
                b,
                code::RETURN_MISPLACED,
                found.span,
                message,
                "`^` stands before the last statement of a method or block",
            );
        }
        Kind::CapKeyword => {
            super::hints::capital_keyword(b, found.span);
        }
        // What is wrong within has been said.
        Kind::SlotGroup if b.group_of(found).bad => {}
        Kind::SlotGroup | Kind::EmptyBraces => error(
            b,
            code::BRACES_MISPLACED,
            found.span,
            "braces cannot stand within an expression",
            "braces annotate slots in a slot list; a block is written with `[ ]`",
        ),
        kind if is_operator(kind) && before.is_some_and(|tok| is_operator(tok.kind)) => error(
            b,
            code::MISSING_OPERAND,
            found.span,
            "two operators stand side by side",
            "an argument must stand between them; operator characters without a blank form one operator",
        ),
        kind if is_operator(kind) => {
            let next = piece.get(at + 1).map_or(found.span, |tok| tok.span);
            error(
                b,
                code::MISSING_OPERAND,
                found.span.to(next),
                format!("{text} has no argument"),
                "complete the expression",
            )
        }
        kind if is_first_keyword(kind) && before.is_some_and(|tok| is_first_keyword(tok.kind)) => {
            error(
                b,
                code::MISSING_OPERAND,
                found.span,
                format!("the argument before {text} is missing"),
                "complete the expression",
            );
        }
        kind if is_first_keyword(kind) || is_operator(kind) => ended_early(b, piece[piece.len() - 1], place),
        _ if after_operand => error(
            b,
            code::LEFTOVER,
            found.span,
            format!("{text} cannot directly follow a complete expression"),
            "separate two statements with a dot; the argument of a message follows an operator or a keyword",
        ),
        _ => error(
            b,
            code::UNEXPECTED,
            found.span,
            format!("{text} cannot stand here"),
            "an expression was expected",
        ),
    }
}

/// An item of a slot list was refused at token `at` of its piece.
pub(super) fn slot(b: &mut Builder<'_>, piece: &[Tok], at: usize) {
    let Some(first) = piece.first().copied() else { return };
    let found = piece.get(at).copied().filter(|tok| tok.kind != Kind::Dot);
    let legacy_mark = |b: &Builder<'_>, tok: Tok| {
        tok.kind == Kind::Caret
            || tok.kind == Kind::Name && matches!(b.text(tok.span), b"_")
            || b.text(tok.span) == b"^_"
    };
    if at == 0 || legacy_mark(b, first) {
        return slot_start(b, piece, first);
    }
    match found {
        Some(_) if at == 1 && first.kind == Kind::Delegate => dot_glued(b, first),
        Some(tok) if first.kind == Kind::EmptyBraces => annotation_form(b, tok.span),
        None if first.kind == Kind::EmptyBraces => {
            let last = piece.last().map_or(first.span, |tok| tok.span);
            annotation_form(b, first.span.to(last));
        }
        _ if !piece.iter().any(|tok| matches!(tok.kind, Kind::Equal | Kind::Arrow))
            && names_method(first.kind) =>
        {
            error(
                b,
                code::METHOD_EXPECTED,
                piece[..at].iter().fold(first.span, |s, t| s.to(t.span)),
                "a slot whose name takes arguments must hold a method",
                "write `at: i Put: v = ( … )` or `+ x = ( … )`",
            );
        }
        Some(tok) if first.kind == Kind::Argument => error(
            b,
            code::MISSING_DOT,
            tok.span,
            format!("{} cannot follow an argument slot", quoted(b, tok.span)),
            "separate slots with dots: `[| :x. :y | … ]`; an argument has no initial value",
        ),
        Some(tok) if at == 1 && is_name(first.kind) && !is_first_keyword(tok.kind) => error(
            b,
            code::SLOT_NAME,
            tok.span,
            format!("{} cannot follow the name of a slot", quoted(b, tok.span)),
            "a slot is `x`, `x = value` or `x <- value`; separate slots with dots",
        ),
        Some(tok)
            if tok.kind == Kind::Argument
                || is_first_keyword(tok.kind) && at > 1 && names_method(first.kind) =>
        {
            error(
                b,
                code::MISSING_DOT,
                tok.span,
                format!("a dot is missing before {}", quoted(b, tok.span)),
                "separate slots with dots: `(| x = 3. y = 4 |)`",
            );
        }
        _ => {
            // The name is in order, so the value is not.
            expression(b, piece, at, Place::Code);
        }
    }
}

fn names_method(kind: Kind) -> bool {
    is_first_keyword(kind) || is_operator(kind)
}

fn slot_start(b: &mut Builder<'_>, piece: &[Tok], first: Tok) {
    let text = quoted(b, first.span);
    let legacy = first.kind == Kind::Caret || matches!(b.text(first.span), b"_" | b"^_");
    if legacy && piece.len() > 1 {
        return error(
            b,
            code::LEGACY_DIALECT,
            first.span,
            format!("{text} before a slot is a privacy mark of the old dialect (Self 4.0 and before)"),
            "leave the mark out; visibility is written as an annotation: `{ 'Visibility: private' … }`",
        );
    }
    match first.kind {
        Kind::Delegate => dot_glued(b, first),
        Kind::SelfName => error(
            b,
            code::SLOT_NAME,
            first.span,
            "`self` cannot be the name of a slot",
            "choose another name",
        ),
        Kind::CapKeyword => super::hints::capital_keyword(b, first.span),
        Kind::EmptyBraces => annotation_form(b, first.span),
        Kind::Block | Kind::Paren | Kind::AnnotatedLiteral => error(
            b,
            code::SLOT_NAME,
            Span::new(first.span.start, first.span.start + 1),
            "a slot must begin with its name",
            "write `name = value`; a dot ends the slot before",
        ),
        _ => error(
            b,
            code::SLOT_NAME,
            first.span,
            format!("{text} cannot be the name of a slot"),
            "slots are named by words with a small first letter, by operators, and by keywords",
        ),
    }
}

fn dot_glued(b: &mut Builder<'_>, delegate: Tok) {
    error(
        b,
        code::RESEND_MISPLACED,
        delegate.span,
        format!("{} is glued to what follows, so it reads as a resend", quoted(b, delegate.span)),
        "put a blank after the dot",
    );
}

fn annotation_form(b: &mut Builder<'_>, span: Span) {
    error(
        b,
        code::ANNOTATION_FORM,
        span,
        "the annotation of an object is written `{} = 'text'`",
        "write `{} = 'text'`, or `{ 'text' slots }` for a group of slots",
    );
}

/// A dot where a statement should stand.
pub(super) fn empty_statement(b: &mut Builder<'_>, dot: Span) {
    error(b, code::EMPTY_STATEMENT, dot, "there is no statement before this dot", "remove the dot");
}

/// A dot where a slot should stand.
pub(super) fn empty_slot(b: &mut Builder<'_>, dot: Span) {
    error(b, code::EMPTY_STATEMENT, dot, "there is no slot before this dot", "remove the dot");
}

/// A statement after a return.
pub(super) fn return_not_last(b: &mut Builder<'_>, statement: Span) {
    error(
        b,
        code::RETURN_MISPLACED,
        statement,
        "nothing can follow a return",
        "`^` stands before the last statement only; remove what follows, or the `^`",
    );
}

/// `(||)`
pub(super) fn empty_bars(b: &mut Builder<'_>, span: Span) {
    error(
        b,
        code::GLUED_OPERATOR,
        span,
        "`||` is an operator, not an empty slot list",
        "write `(| |)`, or just `()`",
    );
}

/// `[|-x|…`
pub(super) fn glued_bar(b: &mut Builder<'_>, span: Span) {
    let text = quoted(b, span);
    error(
        b,
        code::GLUED_OPERATOR,
        span,
        format!("{text} is one operator, not a bar and more"),
        "put a blank after the bar",
    );
}

/// Slots without a closing bar. Answers the place in `rest` of an operator that has swallowed the bar.
pub(super) fn unclosed_slots(b: &mut Builder<'_>, bar: Span, rest: &[Tok], around: Span) -> Option<usize> {
    let glued = rest.iter().position(|tok| {
        is_operator(tok.kind) && (b.text(tok.span).starts_with(b"|") || b.text(tok.span).ends_with(b"|"))
    });
    let diagnostic = match glued {
        Some(i) => {
            let message =
                format!("{} is one operator, so the slot list is not closed", quoted(b, rest[i].span));
            Diagnostic::error(code::GLUED_OPERATOR, rest[i].span, message)
                .label(bar, "the slot list begins here")
                .help("put a blank beside the bar")
        }
        None => Diagnostic::error(code::UNCLOSED_SLOTS, bar, "this slot list is not closed")
            .label(Span::new(around.end.saturating_sub(1), around.end), "here at the latest a bar is missing")
            .help("a second `|` ends the slots; after it comes the code, if any"),
    };
    b.report(diagnostic);
    glued
}

/// A slot's name with an operator behind it that is neither a definition nor a slot of its own; if so, it is reported.
pub(super) fn glued_to_name(b: &mut Builder<'_>, piece: &[Tok]) -> bool {
    let [name, operator, rest @ ..] = piece else { return false };
    if !is_name(name.kind) || !is_operator(operator.kind) {
        return false;
    }
    let text = b.text(operator.span);
    let defines = matches!(
        operator.kind,
        Kind::Equal | Kind::Arrow | Kind::StarEqual | Kind::StarArrow | Kind::StarBar
    );
    let two_stars =
        operator.kind == Kind::Star && rest.first().is_some_and(|tok| b.text(tok.span).starts_with(b"*"));
    if two_stars || text.starts_with(b"*") && operator.kind == Kind::Operator {
        error(
            b,
            code::PARENT_STAR,
            operator.span,
            "after a slot's name only a single parent star can stand",
            "write `p* = …`, with a blank between `=` or `<-` and what follows; several stars (priorities) belong to the old dialect of Self 4.0 and before",
        );
        return true;
    }
    let own_slot = matches!(rest, [formal, equal, ..] if is_name(formal.kind) && equal.kind == Kind::Equal)
        || rest.first().is_some_and(|tok| tok.kind == Kind::Equal);
    if !defines && !own_slot && (text.starts_with(b"=") || text.starts_with(b"<-")) {
        error(
            b,
            code::GLUED_OPERATOR,
            operator.span,
            format!("after a slot's name `=` or `<-` must follow, not {}", quoted(b, operator.span)),
            "operator characters without a blank between form one operator: write `x = -3`, `x <- -3`",
        );
        return true;
    }
    false
}

/// Slots that follow each other without a dot.
pub(super) fn missing_dots(b: &mut Builder<'_>, items: &[SlotItem]) {
    for pair in items.windows(2) {
        if let (SlotItem::Slot(one), SlotItem::Slot(two)) = (&pair[0], &pair[1])
            && !one.dot
        {
            let message = format!("a dot is missing before {}", quoted(b, two.name_span));
            b.report(
                Diagnostic::error(code::MISSING_DOT, two.name_span, message)
                    .label(one.span, "this slot ends here")
                    .help("separate slots with dots: `(| x = 3. y = 4 |)`"),
            );
        }
    }
}
