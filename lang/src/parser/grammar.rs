//! The grammar, over the tokens of one bracket level: inner brackets are single tokens whose inside has been parsed.
//!
//! Invariant: no parser here recurses, whatever the input, and none changes the builder before it is sure of what it has
//! seen. What the grammar lets through too much (a missing dot, a return in the middle) `statements_in_order` and `items_in_order` catch.

use super::Tok;
use super::build::{Builder, Segment};
use super::slots::Value;
use crate::lexer::Kind;
use crate::span::Span;
use crate::tree::{NodeId, Slot, SlotItem, SlotList, Statement};
use chumsky::DefaultExpected;
use chumsky::error::Error;
use chumsky::extra::Full;
use chumsky::input::InputRef;
use chumsky::prelude::{choice, empty, end};
use chumsky::primitive::{custom, select_ref};
use chumsky::{IterParser, Parser};

pub(super) type Level<'t> = &'t [Tok];
type Extra<'s, E> = Full<E, Builder<'s>, ()>;

/// A token of one kind.
fn one<'t, 's: 't, E: Error<'t, Level<'t>> + 't>(
    kind: Kind,
) -> impl Parser<'t, Level<'t>, Span, Extra<'s, E>> + Copy {
    select_ref(move |tok: &'t Tok, _: &mut _| (tok.kind == kind).then_some(tok.span))
}

/// A token whose kind passes a test.
fn any_of<'t, 's: 't, E: Error<'t, Level<'t>> + 't, F: Fn(Kind) -> bool + Copy + 't>(
    test: F,
) -> impl Parser<'t, Level<'t>, Tok, Extra<'s, E>> + Copy {
    select_ref(move |tok: &'t Tok, _: &mut _| test(tok.kind).then_some(*tok))
}

/// Whether a kind is an operator within an expression.
pub(super) fn is_operator(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Operator
            | Kind::Star
            | Kind::StarEqual
            | Kind::StarArrow
            | Kind::StarBar
            | Kind::Equal
            | Kind::Arrow
    )
}

/// `foo` or `_Foo`.
pub(super) fn is_name(kind: Kind) -> bool {
    matches!(kind, Kind::Name | Kind::PrimName)
}

/// A part that can begin a keyword message.
pub(super) fn is_first_keyword(kind: Kind) -> bool {
    matches!(kind, Kind::Keyword | Kind::PrimKeyword)
}

fn unary<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, NodeId, Extra<'s, E>> + Clone {
    let head =
        select_ref(|tok: &'t Tok, e: &mut chumsky::input::MapExtra<'t, '_, Level<'t>, Extra<'s, E>>| {
            e.state().head(tok)
        });
    let resend = one(Kind::Delegate)
        .then(one(Kind::Name))
        .map_with(|(delegate, name), e| e.state().send_unary(None, Some(delegate), name));
    choice((head, resend)).foldl_with(any_of(is_name).repeated(), |node, tok: Tok, e| {
        e.state().send_unary(Some(node), None, tok.span)
    })
}

/// A chain of binary messages, perhaps with an operator at its end that takes the keyword message which follows.
fn segment<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, Segment, Extra<'s, E>> + Clone {
    let operator = any_of(is_operator);
    let at_keyword = any_of(is_first_keyword).rewind();
    let with_receiver = unary().map(|node| Segment { node: Some(node), ..Segment::default() });
    let without_receiver = one(Kind::Delegate).or_not().then(operator).then(unary()).map_with(
        |((delegate, operator), arg), e| {
            let node = e.state().send_binary(None, delegate, operator.span, arg);
            Segment { node: Some(node), operator: Some(operator.span), ..Segment::default() }
        },
    );
    let minus = any_of(|kind| matches!(kind, Kind::NegInt | Kind::NegFloat))
        .map_with(|tok: Tok, e| e.state().split_minus(tok))
        .foldl_with(any_of(is_name).repeated(), |(minus, node), tok: Tok, e| {
            (minus, e.state().send_unary(Some(node), None, tok.span))
        });
    let link = choice((operator.then(unary()).map(|(operator, arg)| (operator.span, arg)), minus));
    let chain = choice((with_receiver, without_receiver))
        .foldl_with(link.repeated(), |chain, (operator, arg), e| e.state().extend_chain(chain, operator, arg))
        .then(operator.then_ignore(at_keyword).or_not())
        .map_with(|(mut chain, dangling), e| {
            if let Some(operator) = dangling {
                e.state().check_operator(&mut chain, operator.span);
                chain.dangling = Some(operator.span);
            }
            chain
        });
    let bare = one(Kind::Delegate).or_not().then(operator.or_not()).then_ignore(at_keyword).map(
        |(delegate, operator)| Segment { delegate, dangling: operator.map(|o| o.span), ..Segment::default() },
    );
    choice((chain, bare)).map_with(|segment, e| {
        e.state().last_is_complete = segment.is_complete();
        segment
    })
}

/// An expression. A keyword with a small letter opens a message within the argument before it, capitalised parts belong
/// to the message opened last, and all end together: so a flat list of parts and segments says everything.
pub(super) fn expression<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, NodeId, Extra<'s, E>> + Clone {
    let part = any_of(|kind| is_first_keyword(kind) || kind == Kind::CapKeyword);
    segment()
        .foldl_with(part.then(segment()).repeated(), |before, (keyword, after): (Tok, Segment), e| {
            e.state().keyword(before, keyword);
            after
        })
        .then_ignore(complete())
        .map_with(|last, e| e.state().finish_expression(last))
}

/// Consumes nothing; refuses an expression that ends with a message whose argument is missing.
fn complete<'t, 's: 't, E: Error<'t, Level<'t>> + 't>() -> impl Parser<'t, Level<'t>, (), Extra<'s, E>> + Clone
{
    custom(|input: &mut InputRef<'t, '_, Level<'t>, Extra<'s, E>>| {
        if input.state().last_is_complete {
            return Ok(());
        }
        let span = input.span_since(&input.cursor());
        Err(E::expected_found([DefaultExpected::SomethingElse], None, span))
    })
}

/// `[^] expr [.]`
pub(super) fn statement<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, Statement, Extra<'s, E>> + Clone {
    one(Kind::Caret).or_not().then(expression()).then(one(Kind::Dot).or_not()).map_with(
        |((caret, expr), dot), e| {
            let mut span = e.state().span_of(expr);
            if let Some(caret) = caret {
                span.start = caret.start;
            }
            Statement { expr, is_return: caret.is_some(), dot: dot.is_some(), span }
        },
    )
}

/// One top-level expression: a bracketed form alone is taken as a value.
pub(super) fn top_statement<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, Statement, Extra<'s, E>> + Clone {
    let last = choice((end(), one(Kind::Dot).ignored())).rewind();
    let alone = any_of(|kind| kind == Kind::Paren)
        .then_ignore(last)
        .map_with(|tok: Tok, e| e.state().group_at_top(tok));
    choice((alone, expression())).then(one(Kind::Dot).or_not()).map_with(|(expr, dot), e| {
        let span = e.state().span_of(expr);
        Statement { expr, is_return: false, dot: dot.is_some(), span }
    })
}

/// The top-level expressions of a line or a prompt input.
pub(super) fn top<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, Vec<Statement>, Extra<'s, E>> + Clone {
    top_statement().repeated().collect()
}

/// `[ slotlist ] code`
pub(super) fn body<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, (Option<SlotList>, Vec<Statement>), Extra<'s, E>> + Clone {
    slot_list().or_not().then(statement().repeated().collect())
}

/// `| slots |`. A last star glued to the closing bar belongs to the slot before it.
fn slot_list<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, SlotList, Extra<'s, E>> + Clone {
    let closing = any_of(|kind| matches!(kind, Kind::Bar | Kind::StarBar));
    one(Kind::Bar)
        .then(items())
        .then(closing)
        .map(|((open, items), close): ((Span, _), Tok)| SlotList { span: open.to(close.span), items })
}

/// What stands between bars, or after the text of a group.
pub(super) fn items<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, Vec<SlotItem>, Extra<'s, E>> + Clone {
    item().repeated().collect()
}

/// A slot, a group, or an object annotation, with its dot.
pub(super) fn item<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, SlotItem, Extra<'s, E>> + Clone {
    let dot = one(Kind::Dot).or_not();
    let group = any_of(|kind| kind == Kind::SlotGroup)
        .then(dot)
        .map_with(|(tok, dot): (Tok, _), e| e.state().slot_group(tok, dot.is_some()));
    let annotation = one(Kind::EmptyBraces)
        .then_ignore(one(Kind::Equal))
        .then(one(Kind::Str))
        .then(dot)
        .map_with(|((braces, text), dot), e| e.state().object_annotation(braces, text, dot.is_some()));
    let slot = choice((argument_slot(), data_slot(), keyword_slot(), operator_slot())).then(dot).map(
        |(mut slot, dot): (Slot, _)| {
            slot.dot = dot.is_some();
            SlotItem::Slot(slot)
        },
    );
    choice((slot, group, annotation))
}

/// `= value`, without the `=`: a bracketed form with nothing after it, or an expression.
fn value<'t, 's: 't, E: Error<'t, Level<'t>> + 't>() -> impl Parser<'t, Level<'t>, Value, Extra<'s, E>> + Clone
{
    let ends = |kind| matches!(kind, Kind::Dot | Kind::Bar | Kind::SlotGroup | Kind::EmptyBraces);
    let last = choice((any_of(ends).ignored(), end())).rewind();
    let group = any_of(|kind| kind == Kind::Paren).then_ignore(last).map(Value::Group);
    choice((group, expression().map(Value::Constant)))
}

fn argument_slot<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, Slot, Extra<'s, E>> + Clone {
    one(Kind::Argument).map_with(|span, e| e.state().argument_slot(span))
}

/// `x`, `x = v`, `x <- v`, each perhaps with a parent star.
fn data_slot<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, Slot, Extra<'s, E>> + Clone {
    let constant = || value();
    let assignable = || expression().map(Value::Assignable);
    let plain = || {
        choice((
            one(Kind::Equal).ignore_then(constant()),
            one(Kind::Arrow).ignore_then(assignable()),
            empty().to(Value::None),
        ))
    };
    let rest = choice((
        one(Kind::Star).ignore_then(plain()).map(|value| (true, value)),
        one(Kind::StarEqual).ignore_then(constant()).map(|value| (true, value)),
        one(Kind::StarArrow).ignore_then(assignable()).map(|value| (true, value)),
        one(Kind::StarBar).rewind().to((true, Value::None)),
        plain().map(|value| (false, value)),
    ));
    any_of(is_name)
        .then(rest)
        .map_with(|(name, (parent, value)): (Tok, _), e| e.state().data_slot(name, parent, value))
}

/// `at: i Put: v = ( … )`, `at: Put: = ( … )`
fn keyword_slot<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, Slot, Extra<'s, E>> + Clone {
    let part = any_of(|kind| is_first_keyword(kind) || kind == Kind::CapKeyword);
    any_of(is_first_keyword)
        .then(one(Kind::Name).or_not())
        .then(part.then(one(Kind::Name).or_not()).repeated().collect::<Vec<_>>())
        .then_ignore(one(Kind::Equal))
        .then(value())
        .map_with(|((first, more), value), e| e.state().keyword_slot(first, more, value))
}

/// `+ x = ( … )`, `+ = ( … )`
fn operator_slot<'t, 's: 't, E: Error<'t, Level<'t>> + 't>()
-> impl Parser<'t, Level<'t>, Slot, Extra<'s, E>> + Clone {
    any_of(is_operator).then(one(Kind::Name).or_not()).then_ignore(one(Kind::Equal)).then(value()).map_with(
        |((operator, name), value): ((Tok, _), _), e| e.state().operator_slot(operator, name, value),
    )
}

/// Whether what the grammar lets through is in order: dots between statements, returns only at the end.
pub(super) fn statements_in_order(statements: &[Statement]) -> bool {
    match statements.split_last() {
        Some((_, before)) => before.iter().all(|s| s.dot && !s.is_return),
        None => true,
    }
}

/// Whether a dot stands between every two slots.
pub(super) fn items_in_order(items: &[SlotItem]) -> bool {
    items.windows(2).all(|pair| match (&pair[0], &pair[1]) {
        (SlotItem::Slot(slot), SlotItem::Slot(_)) => slot.dot,
        _ => true,
    })
}
