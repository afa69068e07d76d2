//! Formatting, as `batos fmt` does it. A source with errors is left alone.

use lsp_types::{DocumentFormattingParams, TextEdit};

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
