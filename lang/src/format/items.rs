//! Items on lines of their own (statements, slots, top-level expressions), with the comments between them.

use super::{Printer, STEP};
use crate::span::Span;
use crate::tree::*;

/// Items under way.
pub(super) struct Run {
    /// Comments not yet printed, in order.
    comments: std::iter::Peekable<std::vec::IntoIter<Span>>,
    pub indent: usize,
    /// Where the previous item or comment ended in the source.
    previous: Option<u32>,
    /// The first thing goes onto the current line.
    starts_here: bool,
    /// The last thing printed was a comment.
    pub ends_with_comment: bool,
}

impl Run {
    pub fn new(comments: Vec<Span>, indent: usize, starts_here: bool) -> Run {
        Run {
            comments: comments.into_iter().peekable(),
            indent,
            previous: None,
            starts_here,
            ends_with_comment: false,
        }
    }
}

impl Printer<'_> {
    /// Prints the comments before an item and begins its line.
    pub(super) fn begin_item(&mut self, run: &mut Run, span: Span) {
        self.end_items(run, span.start);
        self.begin_line(run, span.start);
        run.previous = Some(run.previous.map_or(span.end, |end| end.max(span.end)));
        run.ends_with_comment = false;
    }

    /// Prints the comments that begin before a place.
    pub(super) fn end_items(&mut self, run: &mut Run, before: u32) {
        while let Some(comment) = run.comments.next_if(|c| c.start < before) {
            let same_line = run.previous.is_some_and(|end| {
                end <= comment.start && !self.source[end as usize..comment.start as usize].contains(&b'\n')
            });
            if same_line {
                self.push(b" ");
            } else {
                self.begin_line(run, comment.start);
            }
            self.push_span(comment);
            run.previous = Some(run.previous.map_or(comment.end, |end| end.max(comment.end)));
            run.ends_with_comment = true;
        }
    }

    fn begin_line(&mut self, run: &mut Run, start: u32) {
        match run.previous {
            None if run.starts_here => {}
            None => self.newline(run.indent),
            Some(end) => {
                if end <= start && has_blank_line(&self.source[end as usize..start as usize]) {
                    self.newline(0);
                }
                self.newline(run.indent);
            }
        }
    }

    /// Slots between bars; the opening bar has been printed. `code_follows`: the closing bar ends a line.
    pub(super) fn slot_list(
        &mut self,
        list: &SlotList,
        comments: Vec<Span>,
        indent: usize,
        code_follows: bool,
    ) {
        if comments.is_empty() && self.try_flat_items(&list.items, self.room()) {
            return;
        }
        let mut run = Run::new(comments, indent + STEP, false);
        let mut items = &list.items[..];
        // The annotation of an object stands beside its opening bar.
        if let [first @ SlotItem::ObjectAnnotation { span, .. }, rest @ ..] = items
            && run.comments.peek().is_none_or(|comment| comment.start > span.start)
        {
            self.push(b" ");
            self.item(first, indent);
            run.previous = Some(span.end);
            items = rest;
        }
        self.items(items, &mut run);
        self.end_items(&mut run, u32::MAX);
        self.newline(if code_follows { indent + STEP } else { indent });
        self.push(b"|");
    }

    fn items(&mut self, items: &[SlotItem], run: &mut Run) {
        for item in items {
            let span = match item {
                SlotItem::Slot(slot) => slot.span,
                SlotItem::Group { span, .. } | SlotItem::ObjectAnnotation { span, .. } => *span,
            };
            self.begin_item(run, span);
            self.item(item, run.indent);
        }
    }

    fn item(&mut self, item: &SlotItem, indent: usize) {
        let dot = match item {
            SlotItem::Slot(slot) => {
                self.slot(slot, indent);
                slot.dot
            }
            SlotItem::ObjectAnnotation { text_span, dot, .. } => {
                self.push(b"{} = ");
                self.push_span(*text_span);
                *dot
            }
            SlotItem::Group { span, text_span, items, dot, .. } => {
                self.push(b"{");
                self.push_span(*text_span);
                let comments = self.comments.take(Some(span.start));
                if items.is_empty() && comments.is_empty() {
                    self.push(b"}");
                } else {
                    let mut run = Run::new(comments, indent + STEP, false);
                    // A comment beside the text is no trailing comment: it would not stay there.
                    self.items(items, &mut run);
                    self.end_items(&mut run, u32::MAX);
                    self.newline(indent);
                    self.push(b"}");
                }
                *dot
            }
        };
        if dot {
            self.push(b".");
        }
    }

    fn slot(&mut self, slot: &Slot, indent: usize) {
        let mut head = Vec::new();
        self.slot_head(slot, &mut head);
        self.push(&head);
        match slot.value {
            SlotValue::None => {}
            SlotValue::Constant(node) => {
                self.push(b" = ");
                self.expression(node, indent, false);
            }
            SlotValue::Assignable(node) => {
                self.push(b" <- ");
                self.expression(node, indent, false);
            }
            SlotValue::Method(body) => {
                self.push(b" = ");
                if !self.try_flat_body(body, self.room()) {
                    self.body(body, b"(", b")", indent);
                }
            }
        }
    }
}

/// Whether two newlines follow each other with nothing but blanks between.
fn has_blank_line(text: &[u8]) -> bool {
    let mut newline = false;
    for byte in text {
        match byte {
            b'\n' if newline => return true,
            b'\n' => newline = true,
            b' ' | b'\t' | b'\r' => {}
            _ => newline = false,
        }
    }
    false
}
