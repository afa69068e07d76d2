//! What can be folded away, and what is selected as the selection grows: bracketed forms, slots, groups, comments.

use lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams, SelectionRange, SelectionRangeParams};

use batos_lang::span::Span;
use batos_lang::tree::SlotItem;

use crate::file::File;
use crate::server::Server;

/// `textDocument/foldingRange`
pub fn ranges(server: &mut Server<'_>, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let file = server.documents.file(params.text_document.uri.as_str())?;
    let mut found: Vec<(usize, usize, Option<FoldingRangeKind>)> = Vec::new();
    let lines = |span: Span| {
        let last = (span.end as usize).saturating_sub(1).max(span.start as usize);
        (file.text.line_of(span.start as usize), file.text.line_of(last))
    };
    for span in brackets(&file) {
        let (start, end) = lines(span);
        // The line with the closing bracket stays, if nothing else stands before it.
        let line = file.text.line(end);
        let before = file.text.as_str()[line.start..(span.end as usize).max(line.start)].trim();
        let closes_only = before.chars().all(|c| matches!(c, ')' | ']' | '}' | '|' | ' '));
        found.push((start, if closes_only { end.saturating_sub(1) } else { end }, None));
    }
    for comment in &file.tree.comments {
        let (start, end) = lines(comment.span);
        found.push((start, end, Some(FoldingRangeKind::Comment)));
    }
    found.retain(|(start, end, _)| start < end);
    found.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    found.dedup_by_key(|(start, ..)| *start);
    let range = |(start, end, kind): (usize, usize, Option<FoldingRangeKind>)| FoldingRange {
        start_line: start as u32,
        end_line: end as u32,
        kind,
        ..FoldingRange::default()
    };
    Some(found.into_iter().map(range).collect())
}

/// All bracketed forms: bodies and groups of slots.
fn brackets(file: &File) -> Vec<Span> {
    let mut found: Vec<Span> = file.tree.bodies.iter().map(|body| body.span).collect();
    let mut waiting: Vec<&[SlotItem]> = file
        .tree
        .bodies
        .iter()
        .filter_map(|body| body.slots.as_ref())
        .map(|list| list.items.as_slice())
        .collect();
    while let Some(items) = waiting.pop() {
        for item in items {
            if let SlotItem::Group { span, items, .. } = item {
                found.push(*span);
                waiting.push(items);
            }
        }
    }
    found
}

/// `textDocument/selectionRange`
pub fn selections(server: &mut Server<'_>, params: &SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let file = server.documents.file(params.text_document.uri.as_str())?;
    let encoding = server.client.encoding;
    let mut all: Vec<Span> = brackets(&file);
    all.extend(file.tree.nodes.iter().map(|node| node.span));
    all.extend(file.tree.bodies.iter().flat_map(|body| body.statements.iter().map(|s| s.span)));
    all.extend(file.tree.top.iter().map(|statement| statement.span));
    all.extend(file.slots.iter().map(|slot| slot.span));
    all.extend(file.tree.comments.iter().map(|comment| comment.span));
    all.push(Span::new(0, file.text.bytes().len() as u32));
    let around = |position: &lsp_types::Position| {
        let at = file.text.offset(*position, encoding) as u32;
        let mut spans: Vec<Span> = all.iter().filter(|s| s.start <= at && at <= s.end).copied().collect();
        spans.extend(file.token_at(at as usize).map(|(span, _)| span));
        spans.sort_by_key(|span| (std::cmp::Reverse(span.end - span.start), span.start));
        let mut selection: Option<SelectionRange> = None;
        let mut last: Option<Span> = None;
        for span in spans {
            // Each lies within the one before.
            if last.is_some_and(|last| span == last || span.start < last.start || span.end > last.end) {
                continue;
            }
            last = Some(span);
            let range = file.text.range(span, encoding);
            selection = Some(SelectionRange { range, parent: selection.map(Box::new) });
        }
        let here = lsp_types::Range::new(*position, *position);
        selection.unwrap_or(SelectionRange { range: here, parent: None })
    };
    Some(params.positions.iter().map(around).collect())
}
