//! Reading a tree: one walk over it, with loops on chains and recursion on brackets, whose depth the parser bounds.

use std::collections::HashMap;

use batos_lang::TokenClass;
use batos_lang::span::Span;
use batos_lang::tree::{
    Arity, BodyId, Comment, NodeId, NodeKind, Send, Slot as SlotNode, SlotForm, SlotValue, Tree,
};

use super::{File, Holds, Local, Mention, Place, Room, Scope, Slot, Under, annotation};
use crate::text::Text;

/// Primitives that add slots to their receiver.
const ADDERS: [&[u8]; 3] = [b"_AddSlots:", b"_AddSlotsIfAbsent:", b"_Define:"];

pub(super) fn build(uri: String, library: bool, text: Text) -> File {
    let parsed = batos_lang::parse_file(text.bytes());
    let tokens = batos_lang::highlight(text.bytes());
    let file = File {
        uri,
        library,
        text,
        tree: Tree::default(),
        diagnostics: parsed.diagnostics,
        tokens,
        rooms: Vec::new(),
        slots: Vec::new(),
        scopes: Vec::new(),
        locals: Vec::new(),
        mentions: Vec::new(),
        under: HashMap::new(),
    };
    let mut builder = Builder { tree: &parsed.tree, file };
    for statement in &parsed.tree.top {
        builder.top(statement.expr);
    }
    let mut file = builder.file;
    file.tree = parsed.tree;
    file
}

struct Builder<'t> {
    tree: &'t Tree,
    file: File,
}

impl Builder<'_> {
    /// A top-level expression: often it adds slots to an object at a path.
    fn top(&mut self, node: NodeId) {
        if let NodeKind::Send(send) = self.tree.node(node).kind
            && ADDERS.contains(&self.tree.name(send.selector))
            && let [argument] = self.tree.list(send.args)
            && let Some((body, _)) = self.literal(*argument)
            && let Some(path) = self.path(send.receiver)
        {
            self.message(node, &send, None);
            if let Some(receiver) = send.receiver {
                self.expression(receiver, None);
            }
            self.room(body, Place::Added(path), None);
            return;
        }
        self.expression(node, None);
    }

    /// The names of a chain of unary messages from the lobby.
    fn path(&self, receiver: Option<NodeId>) -> Option<Vec<String>> {
        let Some(receiver) = receiver else { return Some(Vec::new()) };
        let mut path = Vec::new();
        for node in self.tree.spine(receiver).into_iter().rev() {
            match self.tree.node(node).kind {
                NodeKind::SelfRef => {}
                NodeKind::Send(Send { arity: Arity::Unary, selector, delegate: None, .. }) => {
                    path.push(self.file.name_in(self.tree, selector));
                }
                _ => return None,
            }
        }
        Some(path)
    }

    /// The body of an object literal, through annotations and parentheses, and the annotation's text.
    fn literal(&self, node: NodeId) -> Option<(BodyId, String)> {
        let (mut node, mut text) = (node, String::new());
        loop {
            match self.tree.node(node).kind {
                NodeKind::Object(body) => return Some((body, text)),
                NodeKind::Annotated { text: annotation, inner } => {
                    text = self.file.name_in(self.tree, annotation);
                    node = inner;
                }
                NodeKind::Paren { inner, .. } => node = inner,
                _ => return None,
            }
        }
    }

    /// An expression: the chain of its receivers, and what stands at its beginning.
    fn expression(&mut self, node: NodeId, scope: Option<usize>) {
        for node in self.tree.spine(node) {
            match self.tree.node(node).kind {
                NodeKind::Send(send) => {
                    self.message(node, &send, scope);
                    for argument in self.tree.list(send.args) {
                        self.expression(*argument, scope);
                    }
                }
                NodeKind::Paren { inner, .. } | NodeKind::Annotated { inner, .. } => {
                    self.expression(inner, scope)
                }
                NodeKind::Object(body) => drop(self.room(body, Place::Free, None)),
                NodeKind::Block(body) => drop(self.scope(body, None, scope, self.room_of(scope), &[])),
                NodeKind::Code(body) => drop(self.scope(body, None, None, None, &[])),
                _ => {}
            }
        }
    }

    fn room_of(&self, scope: Option<usize>) -> Option<usize> {
        scope.and_then(|scope| self.file.scopes[scope].room)
    }

    fn message(&mut self, node: NodeId, send: &Send, scope: Option<usize>) {
        let name = self.file.name_in(self.tree, send.selector);
        let mut parts = vec![send.selector_span];
        let arguments = self.tree.list(send.args);
        for pair in arguments.windows(2) {
            let (from, to) = (self.tree.node(pair[0]).span.end, self.tree.node(pair[1]).span.start);
            parts.extend(self.keyword_between(from, to));
        }
        let implicit = send.receiver.is_none() && send.delegate.is_none();
        let read = match send.arity {
            Arity::Unary => Some(name.as_str()),
            Arity::Keyword if arguments.len() == 1 => name.strip_suffix(':'),
            _ => None,
        };
        let local = read.filter(|_| implicit).and_then(|name| self.file.local(scope, name));
        let id = self.file.mentions.len();
        for part in &parts {
            self.file.under.insert(part.start, Under::Mention(id));
        }
        self.file.mentions.push(Mention { selector: send.selector, parts, node, scope, local });
    }

    /// The part of a selector between two arguments.
    fn keyword_between(&self, from: u32, to: u32) -> Option<Span> {
        let mut between = self.tokens(from, to);
        between
            .find(|(_, class)| matches!(class, TokenClass::Keyword | TokenClass::Primitive))
            .map(|(span, _)| span)
    }

    fn tokens(&self, from: u32, to: u32) -> impl Iterator<Item = (Span, TokenClass)> + '_ {
        let first = self.file.tokens.partition_point(|(span, _)| span.start < from);
        self.file.tokens[first..].iter().copied().take_while(move |(span, _)| span.start < to)
    }

    fn room(&mut self, body: BodyId, place: Place, around: Option<String>) -> usize {
        let node = self.tree.body(body);
        let own = node.annotation.map(|text| self.file.name_in(self.tree, text)).or(around);
        let comment = own.map(|text| annotation(&text).1).unwrap_or_default();
        let id = self.file.rooms.len();
        self.file.rooms.push(Room { span: node.span, place, comment, slots: Vec::new() });
        let list = node.slots.as_ref().map(|list| list.slots()).unwrap_or_default();
        for (slot, groups) in list {
            let text = String::from_utf8_lossy(&self.tree.joined_annotation(&groups)).into_owned();
            let slot = self.slot(slot, id, &text);
            self.file.rooms[id].slots.push(slot);
        }
        id
    }

    fn slot(&mut self, node: &SlotNode, room: usize, groups: &str) -> usize {
        let (category, mut comment) = annotation(groups);
        if comment.is_empty() {
            comment = self.written_before(node);
        }
        let (parts, arguments) = self.name_parts(node);
        let id = self.file.slots.len();
        for part in &parts {
            self.file.under.insert(part.start, Under::Slot(id));
        }
        self.file.slots.push(Slot {
            name: self.file.name_in(self.tree, node.name),
            parts,
            span: node.span,
            room,
            holds: Holds::Nothing,
            parent: node.parent,
            assignable: matches!(node.value, SlotValue::None | SlotValue::Assignable(_)),
            arguments: arguments.iter().map(|(name, _)| name.clone()).collect(),
            category,
            comment,
        });
        let holds = match node.value {
            SlotValue::None => Holds::Nothing,
            SlotValue::Constant(value) | SlotValue::Assignable(value) => match self.literal(value) {
                Some((body, text)) => {
                    Holds::Room(self.room(body, Place::Held(id), Some(text).filter(|t| !t.is_empty())))
                }
                None => {
                    self.expression(value, None);
                    Holds::Value(value)
                }
            },
            SlotValue::Method(body) => {
                Holds::Method(self.scope(body, Some(id), None, Some(room), &arguments))
            }
        };
        self.file.slots[id].holds = holds;
        id
    }

    /// The comment that stands before a slot, or at the beginning of its code.
    fn written_before(&self, slot: &SlotNode) -> String {
        let text = self.file.text.as_str();
        let blank = |from: u32, to: u32| {
            text.get(from as usize..to as usize)
                .is_some_and(|between| between.trim().is_empty() && between.matches('\n').count() < 2)
        };
        let comments = &self.tree.comments;
        let after = comments.partition_point(|comment| comment.span.start < slot.span.start);
        let before = after.checked_sub(1).map(|at| comments[at]);
        let inner = match slot.value {
            SlotValue::Method(body) => comments.get(after).copied().filter(|comment| {
                let body = self.tree.body(body);
                let first = body.statements.first().map_or(body.span.end, |first| first.span.start);
                comment.span.start >= body.span.start && comment.span.end <= first
            }),
            _ => None,
        };
        before
            .filter(|comment| blank(comment.span.end, slot.span.start))
            .or(inner)
            .map_or(String::new(), |c| self.comment_text(c))
    }

    fn comment_text(&self, comment: Comment) -> String {
        self.file.text.slice(comment.span).trim_matches('"').trim().to_string()
    }

    /// The parts of a slot's name, and the arguments beside them.
    fn name_parts(&self, slot: &SlotNode) -> (Vec<Span>, Vec<(String, Span)>) {
        let names: Vec<String> = match &slot.form {
            SlotForm::Binary(argument) => {
                argument.iter().map(|name| self.file.name_in(self.tree, *name)).collect()
            }
            SlotForm::Keyword(names) => {
                names.iter().map(|name| self.file.name_in(self.tree, *name)).collect()
            }
            _ => Vec::new(),
        };
        let mut count = match &slot.form {
            SlotForm::Keyword(_) => self.tree.name(slot.name).iter().filter(|b| **b == b':').count(),
            _ => 1,
        };
        let (mut parts, mut arguments) = (vec![slot.name_span], Vec::new());
        count -= 1;
        for (span, class) in self.tokens(slot.name_span.end, slot.span.end) {
            if count == 0 && arguments.len() == names.len() {
                break;
            }
            match class {
                TokenClass::Keyword if count > 0 => {
                    parts.push(span);
                    count -= 1;
                }
                TokenClass::Name => {
                    if let Some(name) = names.get(arguments.len()) {
                        arguments.push((name.clone(), span));
                    }
                }
                TokenClass::Definition => break,
                _ => {}
            }
        }
        (parts, arguments)
    }

    fn scope(
        &mut self,
        body: BodyId,
        slot: Option<usize>,
        outer: Option<usize>,
        room: Option<usize>,
        arguments: &[(String, Span)],
    ) -> usize {
        let node = self.tree.body(body);
        let id = self.file.scopes.len();
        self.file.scopes.push(Scope { span: node.span, body, slot, room, outer, locals: Vec::new() });
        for (name, span) in arguments {
            self.local(id, name.clone(), *span, true, None);
        }
        let list = node.slots.as_ref().map(|list| list.slots()).unwrap_or_default();
        for (slot, _) in list {
            let name = self.file.name_in(self.tree, slot.name);
            let argument = matches!(slot.form, SlotForm::Argument);
            let value = match slot.value {
                SlotValue::Constant(value) | SlotValue::Assignable(value) => Some(value),
                _ => None,
            };
            let (parts, _) = self.name_parts(slot);
            self.local(id, name, parts[0], argument, value);
            if let Some(value) = value {
                self.expression(value, None);
            }
        }
        for statement in &node.statements {
            self.expression(statement.expr, Some(id));
        }
        id
    }

    fn local(&mut self, scope: usize, name: String, span: Span, argument: bool, value: Option<NodeId>) {
        let id = self.file.locals.len();
        self.file.under.insert(span.start, Under::Local(id));
        // An argument is written with a colon, which is no part of its name.
        let colon = u32::from(self.file.text.slice(span).starts_with(':'));
        let span = Span::new(span.start + colon, span.end);
        self.file.locals.push(Local { name, span, argument, value, scope });
        self.file.scopes[scope].locals.push(id);
    }
}

impl File {
    fn name_in(&self, tree: &Tree, name: batos_lang::tree::NameId) -> String {
        String::from_utf8_lossy(tree.name(name)).into_owned()
    }
}
