//! Quick fixes: the ways to put right that findings bring.

use lsp_types::CodeActionParams;
use serde_json::{Map, Value, json};

use super::diagnose::findings;
use crate::server::Server;

/// `textDocument/codeAction`
pub fn actions(server: &mut Server<'_>, params: &CodeActionParams) -> Vec<Value> {
    let wanted = params.context.only.as_ref();
    if wanted.is_some_and(|kinds| !kinds.iter().any(|kind| matches!(kind.as_str(), "" | "quickfix"))) {
        return Vec::new();
    }
    let Some(file) = server.documents.file(params.text_document.uri.as_str()) else { return Vec::new() };
    let encoding = server.client.encoding;
    let range = file.text.span(params.range, encoding);
    let found = findings(server, &file);
    let here = found.iter().filter(|finding| {
        let span = finding.widened(&file);
        span.start <= range.end && range.start <= span.end
    });
    let mut actions = Vec::new();
    for finding in here {
        for (i, fix) in finding.fixes.iter().enumerate() {
            let edits = fix
                .edits
                .iter()
                .map(|(span, text)| json!({ "range": file.text.range(*span, encoding), "newText": text }));
            let mut changes = Map::new();
            changes.insert(file.uri.clone(), edits.collect());
            actions.push(json!({
                "title": fix.title,
                "kind": "quickfix",
                "diagnostics": [finding.json(&file, server)],
                "isPreferred": i == 0 && finding.fixes.len() == 1,
                "edit": { "changes": changes },
            }));
        }
    }
    actions
}
