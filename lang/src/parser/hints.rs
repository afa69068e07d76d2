//! Findings of the checks on forms that have been recognised, with advice.

use super::build::{Builder, Content, Group};
use crate::diagnostic::Diagnostic;
use crate::diagnostics as code;
use crate::span::Span;
use crate::tree::*;

/// With more findings than this, no more secondary places are searched: they would cost a pass over the list each.
const SEARCH_LIMIT: usize = 100;

pub(super) fn mixed_operators(b: &mut Builder<'_>, first: Span, second: Span, left: Span) {
    let show = |span: Span| String::from_utf8_lossy(b.text(span)).into_owned();
    let (one, two) = (show(first), show(second));
    let help = if left.end - left.start <= 40 {
        format!(
            "no operator binds closer than another: write `({}) {two} …`, or parentheses around the right side",
            show(left)
        )
    } else {
        format!("no operator binds closer than another: write `(a {one} b) {two} c` or `a {one} (b {two} c)`")
    };
    let message = format!("`{one}` and `{two}` in one chain need parentheses");
    b.report(
        Diagnostic::error(code::MIXED_OPERATORS, second, message)
            .label(first, "the chain began with this")
            .help(help),
    );
}

pub(super) fn capital_keyword(b: &mut Builder<'_>, span: Span) {
    let name = String::from_utf8_lossy(b.text(span)).into_owned();
    let mut small = name.clone();
    small[..1].make_ascii_lowercase();
    let message = format!("`{name}` cannot begin a message: only its later parts have a capital");
    b.report(Diagnostic::error(code::CAPITAL_KEYWORD, span, message).help(format!(
        "write `{small}` if it is the first part; if it belongs to a message before, that one must still be open: \
         in a file, a newline outside brackets ends it"
    )));
}

pub(super) fn small_keyword(b: &mut Builder<'_>, span: Span) {
    let name = String::from_utf8_lossy(b.text(span)).into_owned();
    let mut capital = name.clone();
    capital[..1].make_ascii_uppercase();
    let message = format!("`{name}` must begin with a capital: it is a later part of a slot's name");
    b.report(Diagnostic::error(code::SMALL_KEYWORD, span, message).help(format!("write `{capital}`")));
}

pub(super) fn code_in_expression(b: &mut Builder<'_>, group: Group) {
    if group.bad {
        return;
    }
    let slots = match group.content {
        Content::Body(body) => b.tree.body(body).slots.as_ref().map(|s| s.span),
        _ => None,
    };
    let caret = match group.content {
        Content::Single(statement) if statement.is_return => Some(statement.span),
        Content::Body(body) => b.tree.body(body).statements.iter().find(|s| s.is_return).map(|s| s.span),
        _ => None,
    };
    let diagnostic = if let Some(slots) = slots {
        Diagnostic::error(
            code::METHOD_IN_EXPRESSION,
            group.span,
            "a method cannot stand within an expression",
        )
        .label(slots, "parentheses with slots and code are a method")
        .help("use a block, `[| x | … ] value`, or put the method into a slot and send its name")
    } else if let Some(caret) = caret {
        Diagnostic::error(
            code::RETURN_MISPLACED,
            caret,
            "`^` cannot stand within parentheses in an expression",
        )
        .help("`^` returns from a method or block and stands before its last expression")
    } else {
        Diagnostic::error(
            code::STATEMENTS_IN_PARENS,
            group.span,
            "parentheses in an expression hold one expression",
        )
        .help("use a block for several: `[ a. b ] value`")
    };
    b.report(diagnostic);
}

pub(super) fn primitive_slot_name(b: &mut Builder<'_>, span: Span) {
    b.report(
        Diagnostic::error(code::SLOT_NAME, span, "the name of a slot cannot begin with `_`")
            .help("names with `_` are primitives of the machine"),
    );
}

pub(super) fn assignable_method(b: &mut Builder<'_>, node: NodeId, name: Span) {
    let NodeKind::Paren { .. } = b.tree.node(node).kind else { return };
    let span = b.span_of(node);
    b.report(
        Diagnostic::error(code::METHOD_NOT_CONSTANT, span, "a method cannot be held by an assignable slot")
            .label(name, "`<-` makes this slot assignable")
            .help("write `x = ( … )` for a method; leave the parentheses out if a value is meant: `x <- 3`"),
    );
}

pub(super) fn duplicate(b: &mut Builder<'_>, span: Span, first: Span) {
    let name = String::from_utf8_lossy(b.text(span)).into_owned();
    let mut diagnostic =
        Diagnostic::error(code::DUPLICATE_SLOT, span, format!("there is already a slot like `{name}`"));
    if first != span {
        diagnostic = diagnostic.label(first, "the first one");
    }
    b.report(
        diagnostic.help("the names in a slot list, arguments included, must differ: rename or remove one"),
    );
}

/// Where a name stands first in a list.
pub(super) fn first_with_name(b: &Builder<'_>, list: &SlotList, name: NameId) -> Option<Span> {
    if b.diagnostics.len() > SEARCH_LIMIT {
        return None;
    }
    let mut stack = vec![list.items.iter()];
    while let Some(items) = stack.last_mut() {
        match items.next() {
            None => {
                stack.pop();
            }
            Some(SlotItem::Group { items, .. }) => stack.push(items.iter()),
            Some(SlotItem::Slot(slot)) if slot.name == name => return Some(slot.name_span),
            Some(_) => {}
        }
    }
    None
}

/// A method's slots must not repeat the arguments in its slot's name.
pub(super) fn formals_again(b: &mut Builder<'_>, body: BodyId, formals: &[NameId], name: Span) {
    let Some(list) = b.tree.body(body).slots.clone() else { return };
    for formal in formals {
        if let Some(span) = first_with_name(b, &list, *formal) {
            duplicate(b, span, name);
        }
    }
}

/// The end of a parent star that follows a name which ends at `end`, blanks between allowed.
pub(super) fn end_of_star(source: &[u8], end: u32) -> u32 {
    match source[end as usize..].iter().position(|b| *b == b'*') {
        Some(distance) => end + distance as u32 + 1,
        None => end,
    }
}
