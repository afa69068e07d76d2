//! From a word to where it is defined, implemented, sent.

use lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    GotoDefinitionParams, Location, ReferenceParams,
};

use batos_lang::span::Span;
use batos_lang::tree::{NodeKind, Send};

use super::meaning::{self, What};
use crate::file::File;
use crate::server::Server;
use crate::uri;

/// Most places that are told.
const MOST: usize = 10_000;

/// `textDocument/definition`
pub fn definition(server: &mut Server<'_>, params: &GotoDefinitionParams) -> Option<Vec<Location>> {
    let (file, offset) = meaning::spot(server, &params.text_document_position_params)?;
    let encoding = server.client.encoding;
    let graph = server.documents.graph();
    if let Some(location) = script_at(&file, offset).and_then(|path| uri::typed(&uri::of_path(&path))) {
        return Some(vec![Location::new(location, lsp_types::Range::default())]);
    }
    Some(match meaning::meaning(&graph, &file, offset)?.what {
        What::Local(local) => {
            vec![meaning::place_of(&file, file.locals[local].span, encoding)?]
        }
        What::Selector { found, .. } => {
            found.iter().filter_map(|found| meaning::location(&graph, found, encoding)).collect()
        }
    })
}

/// `textDocument/implementation`
pub fn implementors(server: &mut Server<'_>, params: &GotoDefinitionParams) -> Option<Vec<Location>> {
    let (file, offset) = meaning::spot(server, &params.text_document_position_params)?;
    let encoding = server.client.encoding;
    let graph = server.documents.graph();
    let What::Selector { selector, .. } = meaning::meaning(&graph, &file, offset)?.what else { return None };
    let found = graph.implementors(&selector);
    Some(found.iter().filter_map(|found| meaning::location(&graph, found, encoding)).collect())
}

/// Places of a file in which a selector is sent: its first parts. `x:` assigns a slot `x`, so it belongs to it.
pub fn senders<'f>(file: &'f File, selector: &str) -> impl Iterator<Item = &'f crate::file::Mention> {
    let name = |text: &str| file.tree.names.find(text.as_bytes());
    let (read, assigned) = (name(selector), name(&format!("{selector}:")));
    let assigned = assigned.filter(|_| !selector.ends_with(':'));
    file.mentions.iter().filter(move |mention| {
        let selector = Some(mention.selector);
        mention.local.is_none()
            && (selector == read && read.is_some() || selector == assigned && assigned.is_some())
    })
}

/// The name of the slot that a selector reads or assigns.
pub fn slot_name(graph: &crate::graph::Graph, selector: &str) -> String {
    let assigned = selector.strip_suffix(':').filter(|name| !name.contains(':'));
    let assigns = graph.implementors(selector).iter().all(|found| found.assigns);
    match assigned {
        Some(name) if assigns && graph.is_known(name) => name.to_string(),
        _ => selector.to_string(),
    }
}

/// `textDocument/references`
pub fn references(server: &mut Server<'_>, params: &ReferenceParams) -> Option<Vec<Location>> {
    let (file, offset) = meaning::spot(server, &params.text_document_position)?;
    let (encoding, declared) = (server.client.encoding, params.context.include_declaration);
    let graph = server.documents.graph();
    let selector = match meaning::meaning(&graph, &file, offset)?.what {
        What::Local(local) => {
            let spans = file.uses_of(local).into_iter().skip(usize::from(!declared));
            return Some(spans.filter_map(|span| meaning::place_of(&file, span, encoding)).collect());
        }
        What::Selector { selector, .. } => slot_name(&graph, &selector),
    };
    let mut found = Vec::new();
    for file in server.documents.all() {
        if server.is_cancelled() || found.len() > MOST {
            break;
        }
        let mut spans: Vec<Span> = senders(&file, &selector).map(|mention| mention.parts[0]).collect();
        if declared {
            let slots = file.slots.iter().filter(|slot| slot.name == selector);
            spans.extend(slots.map(|slot| slot.parts[0]));
        }
        spans.sort();
        found.extend(spans.into_iter().filter_map(|span| meaning::place_of(&file, span, encoding)));
    }
    Some(found)
}

/// `textDocument/documentHighlight`
pub fn highlights(
    server: &mut Server<'_>,
    params: &DocumentHighlightParams,
) -> Option<Vec<DocumentHighlight>> {
    let (file, offset) = meaning::spot(server, &params.text_document_position_params)?;
    let encoding = server.client.encoding;
    let graph = server.documents.graph();
    let mark =
        |span: Span, kind| DocumentHighlight { range: file.text.range(span, encoding), kind: Some(kind) };
    let (read, written) = (DocumentHighlightKind::READ, DocumentHighlightKind::WRITE);
    let kind = |span: Span| if file.text.slice(span).ends_with(':') { written } else { read };
    Some(match meaning::meaning(&graph, &file, offset)?.what {
        What::Local(local) => file.uses_of(local).into_iter().map(|span| mark(span, kind(span))).collect(),
        What::Selector { selector, .. } => {
            let selector = slot_name(&graph, &selector);
            let sent = senders(&file, &selector).flat_map(|mention| &mention.parts);
            let slots = file.slots.iter().filter(|slot| slot.name == selector).flat_map(|slot| &slot.parts);
            sent.map(|span| mark(*span, read)).chain(slots.map(|span| mark(*span, written))).collect()
        }
    })
}

/// Scripts that a file runs, with the places of their names.
fn scripts(file: &File) -> impl Iterator<Item = (Span, std::path::PathBuf)> + '_ {
    let run = file.tree.names.find(b"_RunScript");
    let folders = uri::path_of(&file.uri);
    let sent = file.mentions.iter().filter(move |mention| Some(mention.selector) == run);
    sent.filter_map(move |mention| {
        let NodeKind::Send(Send { receiver: Some(receiver), .. }) = file.tree.node(mention.node).kind else {
            return None;
        };
        let node = file.tree.node(receiver);
        let NodeKind::Str(name) = node.kind else { return None };
        // Names count from where the program was started: some folder around the file.
        let name = file.name(name);
        let found = folders.as_deref()?.ancestors().skip(1).map(|folder| folder.join(&name));
        Some((node.span, found.into_iter().find(|path| path.is_file())?))
    })
}

fn script_at(file: &File, offset: usize) -> Option<std::path::PathBuf> {
    let inside = |span: Span| span.start as usize <= offset && offset <= span.end as usize;
    scripts(file).find(|(span, _)| inside(*span)).map(|(_, path)| path)
}

/// `textDocument/documentLink`
pub fn links(server: &mut Server<'_>, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    let file = server.documents.file(params.text_document.uri.as_str())?;
    let encoding = server.client.encoding;
    let link = |(span, path): (Span, std::path::PathBuf)| DocumentLink {
        range: file.text.range(span, encoding),
        target: uri::typed(&uri::of_path(&path)),
        tooltip: None,
        data: None,
    };
    Some(scripts(&file).map(link).collect())
}
