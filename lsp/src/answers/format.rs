//! Formatting, as `batos fmt` does it. A source with errors is left alone.

use std::ops::Range;

use lsp_types::{DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit};

use batos_lang::Diagnostic;
use batos_lang::span::Span;

use crate::server::Server;

/// `textDocument/formatting`
pub fn format(server: &mut Server<'_>, params: &DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let file = server.documents.file(params.text_document.uri.as_str())?;
    if file.diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let old = file.text.as_str();
    let new = String::from_utf8(batos_lang::format(&file.tree, file.text.bytes())).ok()?;
    if old == new {
        return Some(Vec::new());
    }
    // Only the lines between the first and the last that differ: cursors elsewhere stay.
    let same = |a: &str, b: &str| a == b;
    let first: usize = old
        .split_inclusive('\n')
        .zip(new.split_inclusive('\n'))
        .take_while(|(a, b)| same(a, b))
        .map(|(a, _)| a.len())
        .sum();
    let last: usize = old[first..]
        .split_inclusive('\n')
        .rev()
        .zip(new[first..].split_inclusive('\n').rev())
        .take_while(|(a, b)| same(a, b))
        .map(|(a, _)| a.len())
        .sum();
    let span = Span::new(first as u32, (old.len() - last) as u32);
    let range = file.text.range(span, server.client.encoding);
    Some(vec![TextEdit { range, new_text: new[first..new.len() - last].to_string() }])
}

/// `textDocument/rangeFormatting`: the lines of the range as they are in the whole when that is formatted. Where formatting changes more
/// than blanks, lines can't be told apart, and all of it is formatted.
pub fn format_range(
    server: &mut Server<'_>,
    params: &DocumentRangeFormattingParams,
) -> Option<Vec<TextEdit>> {
    let file = server.documents.file(params.text_document.uri.as_str())?;
    if file.diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let encoding = server.client.encoding;
    let old = file.text.as_str();
    let new = String::from_utf8(batos_lang::format(&file.tree, file.text.bytes())).ok()?;
    let wanted = file.text.span(params.range, encoding).range();
    let (old_part, new_part) = same_part(old, &new, wanted).unwrap_or((0..old.len(), 0..new.len()));
    if old.get(old_part.clone())? == new.get(new_part.clone())? {
        return Some(Vec::new());
    }
    let range = file.text.range(Span::new(old_part.start as u32, old_part.end as u32), encoding);
    Some(vec![TextEdit { range, new_text: new[new_part].to_string() }])
}

/// The whole lines of a part of a text, from the end of what precedes them, and the same part of a text that differs from it in blanks
/// only.
fn same_part(old: &str, new: &str, part: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    if !old.split_whitespace().flat_map(str::bytes).eq(new.split_whitespace().flat_map(str::bytes)) {
        return None;
    }
    let start = old.get(..part.start)?.rfind('\n').map_or(0, |at| at + 1);
    // A range that ends before the first letter of a line does not mean that line.
    let last = if part.end > part.start.max(start) { part.end - 1 } else { part.end };
    let last = (0..=last).rev().find(|at| old.is_char_boundary(*at))?;
    let end = old.get(last..)?.find('\n').map_or(old.len(), |at| last + at);
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let (before, within) = (count(&old[..start]), count(&old[..end]));
    Some((after(old, before)..after(old, within), after(new, before)..after(new, within)))
}

/// Where so many letters that are no blanks have passed.
fn after(text: &str, count: usize) -> usize {
    if count == 0 {
        return 0;
    }
    let mut letters = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    letters.nth(count - 1).map_or(text.len(), |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::same_part;

    #[test]
    fn lines_are_found_again_among_other_blanks() {
        let old = "a  b\nc   d\ne f\n";
        let new = "a b\n\nc d\ne f\n";
        let part = |range| same_part(old, new, range).map(|(a, b)| (&old[a], &new[b]));
        assert_eq!(part(6..7), Some(("\nc   d", "\n\nc d")));
        assert_eq!(part(5..11), Some(("\nc   d", "\n\nc d")));
        assert_eq!(part(0..0), Some(("a  b", "a b")));
        assert_eq!(part(0..old.len()), Some(("a  b\nc   d\ne f", "a b\n\nc d\ne f")));
        assert_eq!(same_part("a", "a.", 0..1), None);
    }
}
