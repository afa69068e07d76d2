//! Which bracketed form a comment belongs to: the innermost one with a list of slots or statements. Comments between two
//! items stay between them; a comment within an item moves behind it.

use crate::span::Span;
use crate::tree::{SlotItem, Tree};
use std::collections::HashMap;

/// Comments by the start of the form that holds them; `None`: the top level.
pub(super) struct Comments {
    held: HashMap<Option<u32>, Vec<Span>>,
}

impl Comments {
    pub fn new(tree: &Tree) -> Comments {
        let mut held: HashMap<Option<u32>, Vec<Span>> = HashMap::new();
        if tree.comments.is_empty() {
            return Comments { held };
        }
        let mut forms: Vec<Span> = tree.bodies.iter().map(|body| body.span).collect();
        let mut lists: Vec<&[SlotItem]> =
            tree.bodies.iter().filter_map(|body| body.slots.as_ref()).map(|list| &list.items[..]).collect();
        while let Some(items) = lists.pop() {
            for item in items {
                if let SlotItem::Group { span, items, .. } = item {
                    forms.push(*span);
                    lists.push(items);
                }
            }
        }
        // Outer before inner.
        forms.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut forms = forms.into_iter().peekable();
        let mut open: Vec<Span> = Vec::new();
        for comment in &tree.comments {
            while let Some(form) = forms.next_if(|form| form.start <= comment.span.start) {
                while open.last().is_some_and(|outer| outer.end <= form.start) {
                    open.pop();
                }
                open.push(form);
            }
            while open.last().is_some_and(|form| form.end <= comment.span.start) {
                open.pop();
            }
            held.entry(open.last().map(|form| form.start)).or_default().push(comment.span);
        }
        Comments { held }
    }

    /// The comments that a form holds.
    pub fn take(&mut self, form: Option<u32>) -> Vec<Span> {
        self.held.remove(&form).unwrap_or_default()
    }

    /// Whether a form holds comments.
    pub fn any(&self, form: u32) -> bool {
        !self.held.is_empty() && self.held.contains_key(&Some(form))
    }
}
