//! What an expression is like, as far as that can be read: literals, paths, locals with the first thing they are given, and methods
//! whose last expression can be read in turn. Nothing is run; where reading does not help, nothing is claimed.
//!
//! "Like an object" means: it understands what that object understands. A copy of a prototype is like the prototype.

use std::cell::Cell;

use batos_lang::tree::{Arity, Body, NodeId, NodeKind, Send, Tree};

use crate::file::{File, Holds};
use crate::graph::{Content, Found, Graph};

/// How deep methods are followed into methods.
const DEEPEST: u32 = 40;

/// How many expressions are looked at for one question.
const FUEL: u32 = 4_000;

/// Where an expression stands.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The file.
    pub file: &'a File,
    /// Its position in the graph.
    pub at: usize,
    /// The tree of the expression: the file's, or that of a piece of it.
    pub tree: &'a Tree,
    /// The method or block around it.
    pub scope: Option<usize>,
    /// What `self` is.
    pub receiver: usize,
}

impl<'a> Place<'a> {
    /// A place in a file, by the scope.
    pub fn new(graph: &Graph, file: &'a File, scope: Option<usize>) -> Place<'a> {
        let at = graph.file_index(&file.uri).unwrap_or(usize::MAX);
        let receiver = graph.object_of_room(at, scope.and_then(|scope| file.scopes[scope].room));
        Place { file, at, tree: &file.tree, scope, receiver }
    }
}

/// Reads expressions.
pub struct Reader<'g> {
    graph: &'g Graph,
    fuel: Cell<u32>,
}

impl<'g> Reader<'g> {
    /// For one question.
    pub fn new(graph: &'g Graph) -> Reader<'g> {
        Reader { graph, fuel: Cell::new(FUEL) }
    }

    /// What the receiver of a message is like.
    pub fn receiver(&self, place: Place<'_>, send: &Send) -> Option<usize> {
        match (send.receiver, send.delegate) {
            (Some(receiver), _) => self.read(place, receiver, 0),
            (None, None) => Some(place.receiver),
            (None, Some(_)) => None,
        }
    }

    /// What an expression is like.
    pub fn expression(&self, place: Place<'_>, node: NodeId) -> Option<usize> {
        self.read(place, node, 0)
    }

    fn read(&self, place: Place<'_>, node: NodeId, depth: u32) -> Option<usize> {
        self.fuel.set(self.fuel.get().checked_sub(1)?);
        if depth > DEEPEST {
            return None;
        }
        let literals = &self.graph.literals;
        match place.tree.node(node).kind {
            NodeKind::Int(_) => literals.integer,
            NodeKind::BigInt(_) => literals.big.or(literals.integer),
            NodeKind::Float(_) => literals.float,
            NodeKind::Str(_) => literals.string,
            NodeKind::Block(_) => literals.block,
            NodeKind::SelfRef => Some(place.receiver),
            NodeKind::Paren { inner, .. } | NodeKind::Annotated { inner, .. } => {
                self.read(place, inner, depth + 1)
            }
            NodeKind::Object(body) => {
                let span = place.tree.body(body).span;
                let room = place.file.rooms.iter().position(|room| room.span == span)?;
                std::ptr::eq(place.tree, &place.file.tree)
                    .then(|| self.graph.object_of_room(place.at, Some(room)))
            }
            NodeKind::Send(send) => self.message(place, &send, depth),
            NodeKind::Code(_) | NodeKind::Error => None,
        }
    }

    fn message(&self, place: Place<'_>, send: &Send, depth: u32) -> Option<usize> {
        let selector = String::from_utf8_lossy(place.tree.name(send.selector));
        if send.receiver.is_none() && send.delegate.is_none() {
            let assigned = selector.strip_suffix(':').filter(|_| send.arity == Arity::Keyword);
            if send.arity == Arity::Unary
                && let Some(local) = place.file.local(place.scope, &selector)
            {
                return self.local(place, local, depth);
            }
            if assigned.is_some_and(|name| place.file.local(place.scope, name).is_some()) {
                return Some(place.receiver);
            }
        }
        let receiver = match (send.receiver, send.delegate) {
            (Some(receiver), _) => self.read(place, receiver, depth + 1)?,
            (None, _) => place.receiver,
        };
        if let Some(primitive) = selector.strip_prefix('_') {
            return self.primitive(primitive, receiver);
        }
        match &*selector {
            "ifTrue:False:" | "ifFalse:True:" | "ifNil:IfNotNil:" => {
                let arguments = place.tree.list(send.args);
                return arguments.iter().find_map(|argument| self.block_value(place, *argument, depth + 1));
            }
            "value" if Some(receiver) == self.graph.literals.block => {
                return self.block_value(place, send.receiver?, depth + 1);
            }
            _ => {}
        }
        let found = self.graph.lookup(receiver, &selector)?;
        self.slot(&found, receiver, depth)
    }

    fn block_value(&self, place: Place<'_>, node: NodeId, depth: u32) -> Option<usize> {
        let NodeKind::Block(body) = place.tree.node(node).kind else { return self.read(place, node, depth) };
        let body = place.tree.body(body);
        let scope = place.file.scopes.iter().position(|scope| scope.span == body.span);
        self.last(Place { scope: scope.or(place.scope), ..place }, body, depth)
    }

    /// What a message that finds this slot answers.
    fn slot(&self, found: &Found, receiver: usize, depth: u32) -> Option<usize> {
        if found.assigns {
            return Some(receiver);
        }
        if let Content::Object(held) | Content::Plain(_, Some(held)) = found.slot.content {
            return Some(held);
        }
        let site = found.slot.site?;
        let file = &self.graph.files[site.file];
        let place = Place { file, at: site.file, tree: &file.tree, scope: None, receiver: self.graph.lobby };
        match file.slots[site.slot].holds {
            Holds::Method(scope) => {
                let place = Place { scope: Some(scope), receiver, ..place };
                self.last(place, file.tree.body(file.scopes[scope].body), depth + 1)
            }
            Holds::Value(node) => self.read(place, node, depth + 1),
            Holds::Room(room) => Some(self.graph.object_of_room(site.file, Some(room))),
            Holds::Nothing => None,
        }
    }

    /// The value of a body: that of its last expression.
    fn last(&self, place: Place<'_>, body: &Body, depth: u32) -> Option<usize> {
        self.read(place, body.statements.last()?.expr, depth + 1)
    }

    /// A local is like what it is given first, in its declaration or later.
    fn local(&self, place: Place<'_>, local: usize, depth: u32) -> Option<usize> {
        let file = place.file;
        let tree = &file.tree;
        let declared = file.locals[local].value.and_then(|node| {
            self.read(Place { scope: None, receiver: self.graph.lobby, tree, ..place }, node, depth + 1)
        });
        if declared.is_some() {
            return declared;
        }
        let mut assignments = file.mentions.iter().filter(|mention| mention.local == Some(local));
        assignments.find_map(|mention| {
            let NodeKind::Send(send) = tree.node(mention.node).kind else { return None };
            let value = tree.list(send.args).first()?;
            self.read(Place { scope: mention.scope, tree, ..place }, *value, depth + 1)
        })
    }

    /// What a primitive answers, where its name tells.
    fn primitive(&self, name: &str, receiver: usize) -> Option<usize> {
        let literals = &self.graph.literals;
        let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
        if starts(&["Clone", "AddSlots", "Define", "RemoveSlot"]) {
            return Some(receiver);
        }
        if starts(&[
            "IntLT", "IntLE", "IntGT", "IntGE", "IntEQ", "IntNE", "FloatLT", "FloatLE", "FloatEQ", "Eq",
        ]) {
            return self.graph.resolve(&["true".to_string()]);
        }
        if starts(&["IntAsFloat", "FloatAdd", "FloatSub", "FloatMul", "FloatDiv"]) {
            return literals.float;
        }
        if starts(&["Int", "Size", "ByteSize", "FloatAsInt", "FloatTruncate", "FloatRound"]) {
            return literals.integer;
        }
        if starts(&["String", "AsString", "FloatPrintString", "IntPrintString"]) {
            return literals.string;
        }
        None
    }
}
