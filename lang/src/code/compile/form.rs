//! Which messages are expanded in place, judged by their text alone: the selector and literal block arguments of the right arity.
//!
//! Invariant: whatever [`inline_form`] accepts, the plain send of the same message has the same meaning in a world whose control methods
//! are the standard ones. It does not know about nesting depth, locals or registers.

use crate::code::op::Native;
use crate::tree::{BodyId, NodeId, NodeKind, Send, SlotForm, Tree};

use super::scope::strip;

/// A control message with literal blocks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Form {
    /// A choice: what to do for true and for false.
    Choice { native: Native, on_true: Arm, on_false: Arm },
    /// A loop over a condition block. `until` is the value of the condition that ends it; `body` is missing in the unary forms.
    While { native: Native, condition: BodyId, body: Option<BodyId>, until: bool },
    /// `[ … ] loop`
    Forever { body: BodyId },
    /// A counting loop.
    Count { native: Native, end: NodeId, step: i8, excluding: bool, body: BodyId },
    /// `n do: […]`, n being written down.
    Times { times: i64, body: BodyId },
}

/// What a choice does on one side.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Arm {
    /// Its value is nil.
    Nil,
    /// Its value is the receiver (`false and: …`).
    Receiver,
    /// Runs a block.
    Block(BodyId),
}

/// Number of arguments of a block.
pub(super) fn block_arity(tree: &Tree, body: BodyId) -> usize {
    let Some(slots) = &tree.body(body).slots else { return 0 };
    slots.slots().iter().filter(|(s, _)| s.form == SlotForm::Argument).count()
}

/// The body of a literal block.
pub(super) fn literal_block(tree: &Tree, node: NodeId) -> Option<BodyId> {
    match tree.node(strip(tree, node)).kind {
        NodeKind::Block(body) => Some(body),
        _ => None,
    }
}

fn plain_block(tree: &Tree, node: NodeId) -> Option<BodyId> {
    literal_block(tree, node).filter(|b| block_arity(tree, *b) == 0)
}

/// The form of a message, if it is one that can be expanded in place.
pub(super) fn inline_form(tree: &Tree, send: &Send) -> Option<Form> {
    if send.delegate.is_some() {
        return None;
    }
    let args = tree.list(send.args);
    let choice = |native, on_true, on_false| Some(Form::Choice { native, on_true, on_false });
    let block = |i: usize| args.get(i).and_then(|n| plain_block(tree, *n));
    let arm = |i: usize| block(i).map(Arm::Block);
    let receiver = || send.receiver.and_then(|r| plain_block(tree, r));
    match tree.name(send.selector) {
        b"ifTrue:" => choice(Native::IfTrue, arm(0)?, Arm::Nil),
        b"ifFalse:" => choice(Native::IfFalse, Arm::Nil, arm(0)?),
        b"ifTrue:False:" => choice(Native::IfTrueFalse, arm(0)?, arm(1)?),
        b"ifFalse:True:" => choice(Native::IfFalseTrue, arm(1)?, arm(0)?),
        b"and:" => choice(Native::And, arm(0)?, Arm::Receiver),
        b"&&" => choice(Native::AndAnd, arm(0)?, Arm::Receiver),
        b"or:" => choice(Native::Or, Arm::Receiver, arm(0)?),
        b"||" => choice(Native::OrOr, Arm::Receiver, arm(0)?),
        b"whileTrue:" => {
            let (condition, body) = (receiver()?, block(0)?);
            Some(Form::While { native: Native::WhileTrue, condition, body: Some(body), until: false })
        }
        b"whileFalse:" => {
            let (condition, body) = (receiver()?, block(0)?);
            Some(Form::While { native: Native::WhileFalse, condition, body: Some(body), until: true })
        }
        b"whileTrue" => Some(Form::While {
            native: Native::WhileTrueUnary,
            condition: receiver()?,
            body: None,
            until: false,
        }),
        b"whileFalse" => Some(Form::While {
            native: Native::WhileFalseUnary,
            condition: receiver()?,
            body: None,
            until: true,
        }),
        b"loop" => Some(Form::Forever { body: receiver()? }),
        b"to:Do:" => count(tree, Native::ToDo, args, 1, false),
        b"upTo:Do:" => count(tree, Native::UpToDo, args, 1, true),
        b"downTo:Do:" => count(tree, Native::DownToDo, args, -1, false),
        b"do:" => {
            let NodeKind::Int(times) = tree.node(strip(tree, send.receiver?)).kind else { return None };
            // As in other counting loops; and a block without arguments ignores both.
            let body = literal_block(tree, *args.first()?).filter(|b| block_arity(tree, *b) <= 2)?;
            Some(Form::Times { times, body })
        }
        b"to:By:Do:" => {
            let NodeKind::Int(step) = tree.node(strip(tree, *args.get(1)?)).kind else { return None };
            let step = i8::try_from(step).ok().filter(|s| *s != 0)?;
            count(tree, Native::ToByDo, args, step, false)
        }
        _ => None,
    }
}

fn count(tree: &Tree, native: Native, args: &[NodeId], step: i8, excluding: bool) -> Option<Form> {
    let body = literal_block(tree, *args.last()?)?;
    // A counting loop gives its block the index twice; a block of one argument ignores the second.
    if !matches!(block_arity(tree, body), 1 | 2) {
        return None;
    }
    Some(Form::Count { native, end: *args.first()?, step, excluding, body })
}

impl Form {
    /// The literal blocks of the message that are expanded, receiver first.
    pub fn blocks(&self) -> Vec<BodyId> {
        let mut found = Vec::new();
        match *self {
            Form::Choice { on_true, on_false, .. } => {
                for arm in [on_true, on_false] {
                    if let Arm::Block(b) = arm {
                        found.push(b);
                    }
                }
            }
            Form::While { condition, body, .. } => {
                found.push(condition);
                found.extend(body);
            }
            Form::Forever { body } | Form::Count { body, .. } | Form::Times { body, .. } => found.push(body),
        }
        found
    }
}
