//! Slots, and what a bracketed form is in its context: data object, method, block, parenthesis.
//!
//! Invariant: after these functions every context condition C3-C9 that concerns a form holds or has been reported.

use super::Tok;
use super::build::{Builder, Content, Group};
use super::hints;
use crate::diagnostic::Diagnostic;
use crate::diagnostics as code;
use crate::lexer::Kind;
use crate::span::Span;
use crate::tree::*;

/// What follows a slot's name.
#[derive(Clone, Copy)]
pub(super) enum Value {
    /// Nothing.
    None,
    /// `= ( … )` with nothing after it.
    Group(Tok),
    /// `= expr`
    Constant(NodeId),
    /// `<- expr`
    Assignable(NodeId),
}

/// What `check_slots` finds in a slot list.
#[derive(Default, Clone, Copy)]
pub(super) struct SlotFacts {
    pub args: u32,
    pub first_arg: Option<Span>,
    pub first_method: Option<Span>,
    pub annotation: Option<NameId>,
}

impl Builder<'_> {
    pub fn group_of(&self, tok: Tok) -> Group {
        self.groups[tok.group as usize]
    }

    /// The body of a group; made now if the group is a single statement.
    fn body_of(&mut self, group: Group) -> BodyId {
        match group.content {
            Content::Body(body) => body,
            Content::Single(statement) => self.body(Body {
                span: group.span,
                slots: None,
                statements: vec![statement],
                annotation: None,
            }),
            _ => self.body(Body { span: group.span, slots: None, statements: Vec::new(), annotation: None }),
        }
    }

    fn has_code(&self, group: Group) -> bool {
        match group.content {
            Content::Single(_) => true,
            Content::Body(body) => !self.tree.body(body).statements.is_empty(),
            _ => false,
        }
    }

    /// A bracketed form within an expression.
    pub fn group_as_expression(&mut self, tok: Tok) -> NodeId {
        let group = self.group_of(tok);
        match (tok.kind, group.content) {
            (Kind::Block, _) => self.block(group),
            (Kind::AnnotatedLiteral, Content::Literal { text, inner }) => {
                self.node(NodeKind::Annotated { text, inner }, group.span)
            }
            (_, Content::Single(statement)) if !statement.is_return => {
                self.node(NodeKind::Paren { inner: statement.expr, dot: statement.dot }, group.span)
            }
            _ if self.has_code(group) => {
                hints::code_in_expression(self, group);
                let body = self.body_of(group);
                self.node(NodeKind::Code(body), group.span)
            }
            _ => self.object(group),
        }
    }

    /// A parenthesised form that is a whole top-level expression.
    pub fn group_at_top(&mut self, tok: Tok) -> NodeId {
        let group = self.group_of(tok);
        match group.content {
            Content::Single(statement) if !statement.is_return => self.group_as_expression(tok),
            _ if self.has_code(group) => {
                self.check_code_slots(group);
                self.check_argument_count(group, 0, group.span);
                let body = self.body_of(group);
                self.node(NodeKind::Code(body), group.span)
            }
            _ => self.object(group),
        }
    }

    fn object(&mut self, group: Group) -> NodeId {
        if let Some(arg) = group.first_arg.filter(|_| !group.bad) {
            self.report(
                Diagnostic::error(code::ARGUMENT_COUNT, arg, "an object without code cannot have arguments")
                    .label(group.span, "there is no code in this object")
                    .help("arguments belong to methods and blocks; a data slot is written `x`"),
            );
        }
        let body = self.body_of(group);
        self.node(NodeKind::Object(body), group.span)
    }

    fn block(&mut self, group: Group) -> NodeId {
        if self.has_code(group) {
            self.check_code_slots(group);
        } else if let Some(arg) = group.first_arg.filter(|_| !group.bad) {
            self.report(
                Diagnostic::error(code::NO_CODE, arg, "a block with arguments must have code")
                    .label(group.span, "there is no code in this block")
                    .help(
                        "write the code after the second bar: `[| :x | x ]`; `nil` if it has nothing to do",
                    ),
            );
        }
        let body = self.body_of(group);
        self.node(NodeKind::Block(body), group.span)
    }

    /// A block or method must not have a slot with a method.
    fn check_code_slots(&mut self, group: Group) {
        if let Some(method) = group.first_method.filter(|_| !group.bad) {
            self.report(
                Diagnostic::error(
                    code::INNER_METHOD,
                    method,
                    "a method cannot stand among the locals of code",
                )
                .label(group.span, "this has code, so its slots are locals")
                .help("use a block, `m = [ … ]`, or put the method into the object around"),
            );
        }
    }

    fn check_argument_count(&mut self, group: Group, wanted: u32, name: Span) {
        if group.args == wanted || group.bad {
            return;
        }
        let message = match (wanted, group.args) {
            (0, n) => format!("{n} argument slot(s), but nothing here passes arguments"),
            (w, n) => format!("the name asks for {w} argument(s), the method has {n}"),
        };
        let place = group.first_arg.unwrap_or(name);
        self.report(Diagnostic::error(code::ARGUMENT_COUNT, place, message).label(name, "declared here").help(
            "name the arguments either all in the slot name, `at: i Put: v = ( … )`, or all in the method, `at: Put: = (| :i. :v | … )`",
        ));
    }

    /// A slot's bracketed value: the method, or the data object.
    fn slot_value(&mut self, tok: Tok, wanted: u32, formals: &[NameId], name: Span) -> SlotValue {
        let group = self.group_of(tok);
        if !self.has_code(group) {
            return SlotValue::Constant(self.object(group));
        }
        self.check_code_slots(group);
        self.check_argument_count(group, wanted, name);
        if !formals.is_empty()
            && let Content::Body(body) = group.content
        {
            hints::formals_again(self, body, formals, name);
        }
        SlotValue::Method(self.body_of(group))
    }

    pub fn argument_slot(&mut self, span: Span) -> Slot {
        let name = self.intern(Span::new(span.start + 1, span.end));
        Slot {
            span,
            name,
            name_span: span,
            form: SlotForm::Argument,
            parent: false,
            value: SlotValue::None,
            dot: false,
        }
    }

    pub fn data_slot(&mut self, tok: Tok, parent: bool, value: Value) -> Slot {
        if tok.kind == Kind::PrimName {
            hints::primitive_slot_name(self, tok.span);
        }
        let name = self.intern(tok.span);
        let mut span = tok.span;
        if parent {
            span.end = hints::end_of_star(self.source, span.end);
        }
        let value = match value {
            Value::None => SlotValue::None,
            Value::Group(group) => {
                span.end = group.span.end;
                self.slot_value(group, 0, &[], tok.span)
            }
            Value::Constant(node) => {
                span.end = self.span_of(node).end;
                SlotValue::Constant(node)
            }
            Value::Assignable(node) => {
                span.end = self.span_of(node).end;
                hints::assignable_method(self, node, tok.span);
                SlotValue::Assignable(node)
            }
        };
        Slot { span, name, name_span: tok.span, form: SlotForm::Unary, parent, value, dot: false }
    }

    /// The method of a slot whose name takes arguments.
    fn method_value(
        &mut self,
        value: Value,
        wanted: u32,
        formals: &[NameId],
        name: Span,
    ) -> (SlotValue, Span) {
        let wanted = if formals.is_empty() { wanted } else { 0 };
        let (value, span, is_method) = match value {
            Value::Group(tok) => {
                let group = self.group_of(tok);
                let has_code = self.has_code(group);
                (self.slot_value(tok, wanted, formals, name), tok.span, has_code || group.bad)
            }
            Value::Constant(node) | Value::Assignable(node) => {
                (SlotValue::Constant(node), self.span_of(node), false)
            }
            Value::None => (SlotValue::None, name, false),
        };
        if !is_method {
            let message = "a slot whose name takes arguments must hold a method with code";
            self.report(
                Diagnostic::error(code::METHOD_EXPECTED, span, message)
                    .label(name, "this name takes arguments")
                    .help("write the code in parentheses: `at: i = ( … )`; a method that does nothing is `( self )`"),
            );
        }
        (value, span)
    }

    fn formal_names(&mut self, formals: &[Span]) -> Vec<NameId> {
        let names: Vec<NameId> = formals.iter().map(|span| self.intern(*span)).collect();
        for (i, name) in names.iter().enumerate() {
            if let Some(first) = names[..i].iter().position(|n| n == name) {
                hints::duplicate(self, formals[i], formals[first]);
            }
        }
        names
    }

    pub fn keyword_slot(
        &mut self,
        first: (Tok, Option<Span>),
        more: Vec<(Tok, Option<Span>)>,
        value: Value,
    ) -> Slot {
        let (keyword, _) = first;
        if keyword.kind == Kind::PrimKeyword {
            hints::primitive_slot_name(self, keyword.span);
        }
        let mut selector = self.text(keyword.span).to_vec();
        let mut formals: Vec<Span> = first.1.into_iter().collect();
        let mut end = first.1.unwrap_or(keyword.span);
        for (part, formal) in &more {
            if part.kind != Kind::CapKeyword {
                hints::small_keyword(self, part.span);
            }
            selector.extend_from_slice(self.text(part.span));
            formals.extend(*formal);
            end = formal.unwrap_or(part.span);
        }
        let count = 1 + more.len() as u32;
        let whole = keyword.span.to(end);
        if !formals.is_empty() && formals.len() as u32 != count {
            let message = "either every part of the name has its argument here, or none";
            self.report(
                Diagnostic::error(code::ARGUMENT_COUNT, whole, message)
                    .help("write `at: i Put: v = ( … )` or `at: Put: = (| :i. :v | … )`"),
            );
        }
        let names = self.formal_names(&formals);
        let (value, value_span) = self.method_value(value, count, &names, whole);
        Slot {
            span: keyword.span.to(value_span),
            name: self.tree.names.intern(&selector),
            name_span: keyword.span,
            form: SlotForm::Keyword(names),
            parent: false,
            value,
            dot: false,
        }
    }

    pub fn operator_slot(&mut self, operator: Tok, formal: Option<Span>, value: Value) -> Slot {
        let names = self.formal_names(formal.as_slice());
        let whole = operator.span.to(formal.unwrap_or(operator.span));
        let (value, value_span) = self.method_value(value, 1, &names, whole);
        Slot {
            span: operator.span.to(value_span),
            name: self.intern(operator.span),
            name_span: operator.span,
            form: SlotForm::Binary(names.first().copied()),
            parent: false,
            value,
            dot: false,
        }
    }

    /// A group as an item of a slot list. Its own items are moved in by `fill_groups`, once the list is certain.
    pub fn slot_group(&mut self, tok: Tok, dot: bool) -> SlotItem {
        let (text, text_span, items) = match self.group_of(tok).content {
            Content::Slots { text, text_span, items } => (text, text_span, items),
            _ => (self.tree.names.intern(b""), tok.span, u32::MAX),
        };
        self.pending_groups.push(items);
        SlotItem::Group { span: tok.span, text, text_span, items: Vec::new(), dot }
    }

    /// Gives the groups among these items their contents.
    pub fn fill_groups(&mut self, items: &mut [SlotItem]) {
        if self.pending_groups.is_empty() {
            return;
        }
        let pending = std::mem::take(&mut self.pending_groups);
        let groups = items.iter_mut().filter_map(|item| match item {
            SlotItem::Group { items, .. } => Some(items),
            _ => None,
        });
        for (items, index) in groups.zip(pending) {
            if let Some(content) = self.slot_groups.get_mut(index as usize) {
                *items = std::mem::take(content);
            }
        }
    }

    pub fn object_annotation(&mut self, braces: Span, text_span: Span, dot: bool) -> SlotItem {
        let text = self.string(text_span);
        SlotItem::ObjectAnnotation { span: braces.to(text_span), text, text_span, dot }
    }

    /// Counts arguments and methods, finds the object annotation, reports duplicates.
    pub fn check_slots(&mut self, list: &SlotList) -> SlotFacts {
        self.generation += 1;
        let mut facts = SlotFacts::default();
        // Items of groups are walked with an explicit stack: groups nest as deep as brackets do.
        let mut stack = vec![list.items.iter()];
        let mut setters: Vec<(NameId, Span)> = Vec::new();
        let mut assignables: Vec<NameId> = Vec::new();
        while let Some(items) = stack.last_mut() {
            match items.next() {
                None => {
                    stack.pop();
                }
                Some(SlotItem::Group { items, .. }) => stack.push(items.iter()),
                Some(SlotItem::ObjectAnnotation { text, .. }) => facts.annotation = Some(*text),
                Some(SlotItem::Slot(slot)) => {
                    match (&slot.form, slot.value) {
                        (SlotForm::Argument, _) => {
                            facts.args += 1;
                            facts.first_arg = facts.first_arg.or(Some(slot.span));
                        }
                        (SlotForm::Keyword(_), _) if self.is_setter(slot.name) => {
                            setters.push((slot.name, slot.name_span));
                        }
                        (SlotForm::Unary, SlotValue::None | SlotValue::Assignable(_)) => {
                            assignables.push(slot.name)
                        }
                        _ => {}
                    }
                    if matches!(slot.value, SlotValue::Method(_)) {
                        facts.first_method = facts.first_method.or(Some(slot.span));
                    }
                    self.see(slot, list);
                }
            }
        }
        if !setters.is_empty() {
            assignables.sort_unstable();
        }
        for (setter, span) in setters {
            let text = self.tree.name(setter);
            let data = self.tree.names.find(&text[..text.len() - 1]);
            if data.is_some_and(|name| assignables.binary_search(&name).is_ok()) {
                self.report(
                    Diagnostic::error(code::DUPLICATE_SLOT, span, "this slot exists already: an assignable slot has it")
                        .help("an assignable slot `x` comes with its own `x:`; make `x` constant or rename one of them"),
                );
            }
        }
        facts
    }

    /// `x:`, one part only.
    fn is_setter(&self, name: NameId) -> bool {
        let text = self.tree.name(name);
        text.iter().position(|b| *b == b':') == Some(text.len() - 1)
    }

    /// Remembers a slot's name; reports it if it was there before.
    fn see(&mut self, slot: &Slot, list: &SlotList) {
        let index = slot.name.0 as usize;
        if self.seen.len() <= index {
            self.seen.resize(index + 1 + index / 2, 0);
        }
        if self.seen[index] == self.generation {
            let first = hints::first_with_name(self, list, slot.name).unwrap_or(slot.name_span);
            hints::duplicate(self, slot.name_span, first);
        }
        self.seen[index] = self.generation;
    }
}
