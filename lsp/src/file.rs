//! What stands in a source: rooms (object literals) with their slots, scopes (methods and blocks) with their locals, and messages.
//! All of it is read off the tree once, when the text has changed.
//!
//! Invariant: ids are positions in the file's own lists, and every span lies in its text. Does not know other files, or what
//! messages mean.

mod build;

use std::collections::HashMap;

use batos_lang::span::Span;
use batos_lang::tree::{BodyId, NameId, NodeId, Tree};
use batos_lang::{Diagnostic, TokenClass};

use crate::text::Text;

/// A source with what was read off it.
#[derive(Debug)]
pub struct File {
    /// How editors name it.
    pub uri: String,
    /// It belongs to the world, not to the user: it is shown, never changed.
    pub library: bool,
    /// The text.
    pub text: Text,
    /// The tree.
    pub tree: Tree,
    /// What the front end has to say.
    pub diagnostics: Vec<Diagnostic>,
    /// All tokens and comments in order.
    pub tokens: Vec<(Span, TokenClass)>,
    /// Object literals.
    pub rooms: Vec<Room>,
    /// Their slots.
    pub slots: Vec<Slot>,
    /// Methods and blocks; `None` where a scope is asked for is the lobby's, outside of all.
    pub scopes: Vec<Scope>,
    /// Arguments and locals of scopes.
    pub locals: Vec<Local>,
    /// Messages, in the order of the tree.
    pub mentions: Vec<Mention>,
    /// What stands at the beginning of a token.
    under: HashMap<u32, Under>,
}

/// Where an object literal stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// Its slots are added to the object at this path from the lobby.
    Added(Vec<String>),
    /// It is what a slot holds.
    Held(usize),
    /// Somewhere in an expression.
    Free,
}

/// An object literal.
#[derive(Debug)]
pub struct Room {
    /// With its brackets.
    pub span: Span,
    /// Where it stands.
    pub place: Place,
    /// What it is for, if it says so.
    pub comment: String,
    /// Its slots.
    pub slots: Vec<usize>,
}

/// What a slot holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Nothing yet.
    Nothing,
    /// An object literal.
    Room(usize),
    /// The value of an expression.
    Value(NodeId),
    /// Code.
    Method(usize),
}

/// A slot of an object literal.
#[derive(Debug)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// The parts of the name.
    pub parts: Vec<Span>,
    /// From the name to the end of its value.
    pub span: Span,
    /// The room.
    pub room: usize,
    /// What it holds.
    pub holds: Holds,
    /// A parent.
    pub parent: bool,
    /// It can be assigned to.
    pub assignable: bool,
    /// Names of the arguments that are written beside the name.
    pub arguments: Vec<String>,
    /// The category.
    pub category: String,
    /// What it is for.
    pub comment: String,
}

/// A method or block.
#[derive(Debug)]
pub struct Scope {
    /// With its brackets.
    pub span: Span,
    /// The slots and code.
    pub body: BodyId,
    /// The slot that holds it, if it is a method.
    pub slot: Option<usize>,
    /// Whose method it is, or is in.
    pub room: Option<usize>,
    /// What it stands in, and sees the locals of.
    pub outer: Option<usize>,
    /// Its arguments and locals.
    pub locals: Vec<usize>,
}

/// An argument or local.
#[derive(Debug)]
pub struct Local {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub span: Span,
    /// An argument.
    pub argument: bool,
    /// What it holds at first.
    pub value: Option<NodeId>,
    /// Whose it is.
    pub scope: usize,
}

/// A message.
#[derive(Debug)]
pub struct Mention {
    /// The selector.
    pub selector: NameId,
    /// Its parts.
    pub parts: Vec<Span>,
    /// The expression.
    pub node: NodeId,
    /// Where it stands.
    pub scope: Option<usize>,
    /// What it reads or assigns, if that is a local.
    pub local: Option<usize>,
}

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Under {
    /// The declaration of a local.
    Local(usize),
    /// Part of a slot's name.
    Slot(usize),
    /// Part of a message.
    Mention(usize),
}

impl File {
    /// Reads a source.
    pub fn new(uri: String, library: bool, text: Text) -> File {
        build::build(uri, library, text)
    }

    /// The token at an offset: the one that begins there, or else one that contains or ends there.
    pub fn token_at(&self, offset: usize) -> Option<(Span, TokenClass)> {
        let after = self.tokens.partition_point(|(span, _)| span.start as usize <= offset);
        let at = *self.tokens.get(after.checked_sub(1)?)?;
        let before = after.checked_sub(2).and_then(|i| self.tokens.get(i)).copied();
        let is_word = |class| !matches!(class, TokenClass::Bracket | TokenClass::Punctuation);
        match before {
            // Behind a word and before a bracket people mean the word.
            Some((span, class)) if span.end as usize == offset && is_word(class) && !is_word(at.1) => {
                Some((span, class))
            }
            _ if offset <= at.0.end as usize => Some(at),
            _ => None,
        }
    }

    /// What is meant by the token at an offset.
    pub fn under(&self, offset: usize) -> Option<(Under, Span)> {
        let (span, _) = self.token_at(offset)?;
        self.under.get(&span.start).map(|under| (*under, span))
    }

    /// What a token is.
    pub fn under_token(&self, span: Span) -> Option<Under> {
        self.under.get(&span.start).copied()
    }

    /// Where the top-level expression around an offset begins: behind the last line that ends outside of brackets.
    pub fn expression_start(&self, offset: usize) -> usize {
        let (mut depth, mut start, mut end) = (0usize, 0, 0);
        let text = self.text.as_str();
        let breaks =
            |from: usize, to: usize| text.get(from..to).is_some_and(|between| between.contains('\n'));
        for (span, class) in self.tokens.iter().filter(|(span, _)| (span.start as usize) < offset) {
            if depth == 0 && breaks(end, span.start as usize) {
                start = span.start as usize;
            }
            end = (span.end as usize).min(offset);
            if *class == TokenClass::Bracket {
                match self.text.slice(*span) {
                    "(" | "[" | "{" => depth += 1,
                    _ => depth = depth.saturating_sub(1),
                }
            }
        }
        if depth == 0 && breaks(end, offset) { offset } else { start }
    }

    /// The innermost method or block around an offset.
    pub fn scope_at(&self, offset: usize) -> Option<usize> {
        let around = self.scopes.iter().enumerate().filter(|(_, scope)| self.is_inside(scope.span, offset));
        let scope = around.min_by_key(|(_, scope)| scope.span.end - scope.span.start).map(|(id, _)| id)?;
        // An object literal in a method is another world.
        let room = self.room_at(offset).map(|room| self.rooms[room].span);
        let here = self.scopes[scope].span;
        room.is_none_or(|room| room.end - room.start >= here.end - here.start).then_some(scope)
    }

    /// The innermost object literal around an offset.
    pub fn room_at(&self, offset: usize) -> Option<usize> {
        let around = self.rooms.iter().enumerate().filter(|(_, room)| self.is_inside(room.span, offset));
        around.min_by_key(|(_, room)| room.span.end - room.span.start).map(|(id, _)| id)
    }

    /// Whether an offset lies between the brackets of a span. If the closing one is not there yet, up to the next token.
    fn is_inside(&self, span: Span, offset: usize) -> bool {
        let closed = self.text.slice(span).ends_with([')', ']', '}']);
        let end = if closed {
            span.end as usize
        } else {
            let next = self.tokens.partition_point(|(token, _)| token.start < span.end);
            self.tokens.get(next).map_or(usize::MAX, |(token, _)| token.start as usize + 1)
        };
        (span.start as usize) < offset && offset < end
    }

    /// A local by name, as it is seen from a scope.
    pub fn local(&self, scope: Option<usize>, name: &str) -> Option<usize> {
        let mut at = scope;
        while let Some(id) = at {
            let scope = &self.scopes[id];
            if let Some(local) = scope.locals.iter().find(|local| self.locals[**local].name == name) {
                return Some(*local);
            }
            at = scope.outer;
        }
        None
    }

    /// All locals that are seen from a scope, the nearest first; none twice.
    pub fn locals_from(&self, scope: Option<usize>) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut at = scope;
        while let Some(id) = at {
            for local in &self.scopes[id].locals {
                if !found.iter().any(|other| self.locals[*other].name == self.locals[*local].name) {
                    found.push(*local);
                }
            }
            at = self.scopes[id].outer;
        }
        found
    }

    /// The text of a name of the tree.
    pub fn name(&self, name: NameId) -> String {
        String::from_utf8_lossy(self.tree.name(name)).into_owned()
    }

    /// How a slot is called: its name with its arguments.
    pub fn signature(&self, slot: usize) -> String {
        let slot = &self.slots[slot];
        let mut arguments: Vec<&str> = slot.arguments.iter().map(String::as_str).collect();
        if let (Holds::Method(scope), true) = (slot.holds, arguments.is_empty()) {
            let locals = self.scopes[scope].locals.iter().map(|local| &self.locals[*local]);
            arguments = locals.filter(|local| local.argument).map(|local| local.name.as_str()).collect();
        }
        signature(&slot.name, &arguments)
    }

    /// The spans of a place's other mentions: where a local is declared, read and assigned.
    pub fn uses_of(&self, local: usize) -> Vec<Span> {
        let mut spans = vec![self.locals[local].span];
        spans.extend(self.mentions.iter().filter(|m| m.local == Some(local)).map(|m| m.parts[0]));
        spans
    }
}

/// A selector with its arguments.
pub fn signature(name: &str, arguments: &[&str]) -> String {
    let parts: Vec<&str> = name.split_inclusive(':').collect();
    let given = |i: usize| arguments.get(i).copied();
    if !name.ends_with(':') {
        return match given(0) {
            Some(argument) => format!("{name} {argument}"),
            None => name.to_string(),
        };
    }
    let with = |(i, part): (usize, &&str)| match given(i) {
        Some(argument) => format!("{part} {argument}"),
        None => part.to_string(),
    };
    parts.iter().enumerate().map(with).collect::<Vec<_>>().join(" ")
}

/// Category and comment of an annotation: entries, separated by the byte 127.
pub fn annotation(text: &str) -> (String, String) {
    let entries = |key: &str| {
        text.split('\x7f').filter_map(|entry| entry.strip_prefix(key)).map(str::trim).collect::<Vec<_>>()
    };
    let comment = entries("Comment:").last().copied().unwrap_or_default().to_string();
    (entries("Category:").join("/"), comment)
}
