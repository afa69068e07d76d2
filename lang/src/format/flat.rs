//! One-line forms, tried up to a length. Bodies that hold comments, and groups of slots, have none.

use super::Printer;
use crate::tree::*;

/// Text under way, with its limit.
struct Flat<'p, 't> {
    printer: &'p Printer<'t>,
    out: Vec<u8>,
    limit: usize,
}

/// The text is too long, or has no one-line form.
struct TooLong;

type Fits = Result<(), TooLong>;

impl<'t> Printer<'t> {
    fn flat(&self, limit: usize, write: impl FnOnce(&mut Flat<'_, 't>) -> Fits) -> Option<Vec<u8>> {
        let mut flat = Flat { printer: self, out: Vec::new(), limit };
        write(&mut flat).ok()?;
        Some(flat.out)
    }

    /// Prints an expression on this line if it fits into `limit` columns.
    pub(super) fn try_flat(&mut self, id: NodeId, limit: usize) -> bool {
        let text = self.flat(limit, |flat| flat.expression(id));
        self.push_some(text)
    }

    pub(super) fn try_flat_body(&mut self, id: BodyId, limit: usize) -> bool {
        let text = self.flat(limit, |flat| flat.body(id, b"(", b")"));
        self.push_some(text)
    }

    /// The slots and the closing bar.
    pub(super) fn try_flat_items(&mut self, items: &[SlotItem], limit: usize) -> bool {
        let text = self.flat(limit, |flat| flat.slots(items));
        self.push_some(text)
    }

    fn push_some(&mut self, text: Option<Vec<u8>>) -> bool {
        if let Some(text) = &text {
            self.push(text);
        }
        text.is_some()
    }

    /// Length of an expression on one line; `limit + 1` if it is longer.
    pub(super) fn flat_length(&self, id: NodeId, limit: usize) -> usize {
        self.flat(limit, |flat| flat.expression(id)).map_or(limit + 1, |text| text.len())
    }

    /// What stands before `=` or `<-` of a slot.
    pub(super) fn slot_head(&self, slot: &Slot, out: &mut Vec<u8>) {
        let name = self.tree.name(slot.name);
        match &slot.form {
            SlotForm::Unary => out.extend_from_slice(name),
            SlotForm::Argument => {
                out.push(b':');
                out.extend_from_slice(name);
            }
            SlotForm::Binary(formal) => {
                out.extend_from_slice(name);
                if let Some(formal) = formal {
                    out.push(b' ');
                    out.extend_from_slice(self.tree.name(*formal));
                }
            }
            SlotForm::Keyword(formals) => {
                for (i, part) in name.split_inclusive(|b| *b == b':').enumerate() {
                    if i > 0 {
                        out.push(b' ');
                    }
                    out.extend_from_slice(part);
                    if let Some(formal) = formals.get(i) {
                        out.push(b' ');
                        out.extend_from_slice(self.tree.name(*formal));
                    }
                }
            }
        }
        if slot.parent {
            out.push(b'*');
        }
    }
}

impl Flat<'_, '_> {
    fn push(&mut self, text: &[u8]) -> Fits {
        self.out.extend_from_slice(text);
        if self.out.len() > self.limit { Err(TooLong) } else { Ok(()) }
    }

    fn name(&mut self, name: NameId) -> Fits {
        let tree = self.printer.tree;
        self.push(tree.name(name))
    }

    fn expression(&mut self, id: NodeId) -> Fits {
        let printer = self.printer;
        let node = printer.tree.node(id);
        match node.kind {
            NodeKind::Send(_) => self.send(id),
            NodeKind::Paren { inner, dot } => {
                self.push(b"(")?;
                self.expression(inner)?;
                self.push(if dot { b".)" } else { b")" })
            }
            NodeKind::Object(body) | NodeKind::Code(body) => self.body(body, b"(", b")"),
            NodeKind::Block(body) => self.body(body, b"[", b"]"),
            NodeKind::Annotated { inner, .. } => {
                self.push(b"{")?;
                self.push(&printer.source[printer.annotation_span(node.span).range()])?;
                self.push(b" ")?;
                self.expression(inner)?;
                self.push(b"}")
            }
            _ => self.push(&printer.source[node.span.range()]),
        }
    }

    fn send(&mut self, id: NodeId) -> Fits {
        let tree = self.printer.tree;
        let spine = tree.spine(id);
        // Every link takes two columns at least: a chain that is too long is not walked through.
        if spine.len() > self.limit {
            return Err(TooLong);
        }
        for (i, link) in spine.iter().enumerate().rev() {
            let NodeKind::Send(send) = tree.node(*link).kind else {
                self.expression(*link)?;
                continue;
            };
            let args = tree.list(send.args);
            let comma = send.arity == Arity::Binary && tree.name(send.selector) == b",";
            if i + 1 < spine.len() && !comma {
                self.push(b" ")?;
            }
            match send.delegate {
                Some(Delegate::Resend) => self.push(b"resend.")?,
                Some(Delegate::Directed(name)) => {
                    self.name(name)?;
                    self.push(b".")?;
                }
                None => {}
            }
            if send.arity != Arity::Keyword {
                self.name(send.selector)?;
                for arg in args {
                    self.push(b" ")?;
                    self.expression(*arg)?;
                }
                continue;
            }
            for (i, part) in tree.name(send.selector).split_inclusive(|b| *b == b':').enumerate() {
                if i > 0 {
                    self.push(b" ")?;
                }
                self.push(part)?;
                self.push(b" ")?;
                if let Some(arg) = args.get(i) {
                    self.expression(*arg)?;
                }
            }
        }
        Ok(())
    }

    fn body(&mut self, id: BodyId, open: &[u8], close: &[u8]) -> Fits {
        let printer = self.printer;
        let body = printer.tree.body(id);
        if printer.comments.any(body.span.start) {
            return Err(TooLong);
        }
        self.push(open)?;
        if let Some(list) = &body.slots {
            if open == b"[" {
                self.push(b" ")?;
            }
            self.push(b"|")?;
            self.slots(&list.items)?;
        }
        for statement in &body.statements {
            self.push(b" ")?;
            if statement.is_return {
                self.push(b"^ ")?;
            }
            self.expression(statement.expr)?;
            if statement.dot {
                self.push(b".")?;
            }
        }
        if !body.statements.is_empty() || body.slots.is_some() && open == b"[" {
            self.push(b" ")?;
        }
        self.push(close)
    }

    /// Slots and the closing bar. Arguments stand close to the bars.
    fn slots(&mut self, items: &[SlotItem]) -> Fits {
        let close = only_arguments(items);
        for (i, item) in items.iter().enumerate() {
            if i > 0 || !close {
                self.push(b" ")?;
            }
            self.item(item)?;
        }
        self.push(if close { b"|" } else { b" |" })
    }

    fn item(&mut self, item: &SlotItem) -> Fits {
        let printer = self.printer;
        match item {
            SlotItem::Slot(slot) => {
                let mut head = Vec::new();
                printer.slot_head(slot, &mut head);
                self.push(&head)?;
                match slot.value {
                    SlotValue::None => {}
                    SlotValue::Constant(node) => {
                        self.push(b" = ")?;
                        self.expression(node)?;
                    }
                    SlotValue::Assignable(node) => {
                        self.push(b" <- ")?;
                        self.expression(node)?;
                    }
                    SlotValue::Method(body) => {
                        self.push(b" = ")?;
                        self.body(body, b"(", b")")?;
                    }
                }
                if slot.dot { self.push(b".") } else { Ok(()) }
            }
            SlotItem::ObjectAnnotation { text_span, dot, .. } => {
                self.push(b"{} = ")?;
                self.push(&printer.source[text_span.range()])?;
                if *dot { self.push(b".") } else { Ok(()) }
            }
            SlotItem::Group { .. } => Err(TooLong),
        }
    }
}

/// Bare names that begin with an argument, without a dot after the last: `|:x. y|`.
fn only_arguments(items: &[SlotItem]) -> bool {
    let (Some(SlotItem::Slot(first)), Some(SlotItem::Slot(last))) = (items.first(), items.last()) else {
        return false;
    };
    let bare = |item: &SlotItem| match item {
        SlotItem::Slot(slot) => slot.value == SlotValue::None && !slot.parent,
        _ => false,
    };
    first.form == SlotForm::Argument && !last.dot && items.iter().all(bare)
}
