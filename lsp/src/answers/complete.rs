//! Completion: locals in scope, what the receiver before the cursor understands, further parts of a keyword message.

use std::collections::HashSet;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionTextEdit, Documentation,
    InsertTextFormat, TextEdit,
};
use serde_json::json;

use batos_lang::span::Span;
use batos_lang::{Typed, word_start};

use super::{hover, meaning, words};
use crate::file::File;
use crate::graph::{Content, Found, Graph};
use crate::infer::Place;
use crate::server::Server;

/// More than this many help nobody; the client asks again when more has been typed.
const MOST: usize = 300;

/// `textDocument/completion`
pub fn complete(server: &mut Server<'_>, params: &CompletionParams) -> Option<CompletionList> {
    let (file, offset) = meaning::spot(server, &params.text_document_position)?;
    let graph = server.documents.graph();
    let before = file.text.as_str().get(..offset)?;
    let start = word_start(before);
    let prefix = &before[start..];
    let head = &before[file.expression_start(start)..start];
    let typed = Typed::new(head);
    // Behind a lone colon the name of an argument is made up.
    let declares =
        head.strip_suffix(':').is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()));
    if typed.is_open() || declares || prefix.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut list = List { items: Vec::new(), seen: HashSet::new(), prefix, more: false };
    let place = Place::new(&graph, &file, file.scope_at(offset));
    if prefix.is_empty() || prefix.starts_with(|c: char| c.is_ascii_uppercase()) {
        list.further_parts(&graph, &file, offset, &typed);
    }
    if !prefix.starts_with(|c: char| c.is_ascii_uppercase()) {
        let receiver = typed.chain(typed.len());
        if receiver == typed.len() {
            list.locals(&file, place.scope);
            list.understood(&graph, place.receiver, None);
        } else if !prefix.is_empty() || head.ends_with(|c: char| c.is_whitespace() || c == ')') {
            let source = typed.source(receiver..typed.len());
            match meaning::piece(&graph, &file, offset, source) {
                // Nearly everything inherits from the lobby, but who names a receiver does not look for a global.
                Some(object) => {
                    list.understood(&graph, object, Some(graph.lobby).filter(|lobby| *lobby != object));
                }
                None => list.anything(&graph),
            }
        }
    }
    let range = file.text.range(Span::new(start as u32, offset as u32), server.client.encoding);
    let snippets = server.client.snippets;
    let items = list.items.into_iter().map(|item| item.finished(range, snippets)).collect();
    Some(CompletionList { is_incomplete: list.more, items })
}

struct Item {
    label: String,
    kind: CompletionItemKind,
    detail: String,
    sort: String,
    signature: String,
    from: usize,
    data: serde_json::Value,
}

impl Item {
    fn finished(self, range: lsp_types::Range, snippets: bool) -> CompletionItem {
        let takes = self.label.ends_with(':');
        let new_text = match (takes, snippets) {
            (false, _) => self.label.clone(),
            (true, true) => words::snippet(&self.signature, self.from),
            (true, false) => self.label.split_inclusive(':').next().unwrap_or_default().to_string() + " ",
        };
        CompletionItem {
            label: self.label,
            kind: Some(self.kind),
            detail: Some(self.detail).filter(|detail| !detail.is_empty()),
            sort_text: Some(self.sort),
            insert_text_format: Some(if takes && snippets {
                InsertTextFormat::SNIPPET
            } else {
                InsertTextFormat::PLAIN_TEXT
            }),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            data: Some(self.data),
            ..CompletionItem::default()
        }
    }
}

struct List<'a> {
    items: Vec<Item>,
    seen: HashSet<String>,
    prefix: &'a str,
    more: bool,
}

impl List<'_> {
    fn add(&mut self, label: &str, make: impl FnOnce(String) -> Item) {
        if !words::fits(self.prefix, label) || !self.seen.insert(label.to_string()) {
            return;
        }
        if self.items.len() == MOST {
            self.more = true;
            return;
        }
        self.items.push(make(label.to_string()));
    }

    fn locals(&mut self, file: &File, scope: Option<usize>) {
        for local in file.locals_from(scope) {
            let local = &file.locals[local];
            self.add(&local.name, |label| Item {
                signature: label.clone(),
                label,
                kind: CompletionItemKind::VARIABLE,
                detail: if local.argument { "argument" } else { "local" }.to_string(),
                sort: format!("0{}", local.name),
                from: 0,
                data: json!(null),
            });
        }
    }

    fn slot(&mut self, graph: &Graph, found: &Found, rank: usize) {
        let slot = &found.slot;
        if !slot.name.starts_with(|c: char| c.is_ascii_lowercase()) {
            return;
        }
        let holder = &graph.objects[found.object].path;
        let kind = match (&slot.content, slot.assignable) {
            (Content::Method, _) => CompletionItemKind::METHOD,
            (_, true) => CompletionItemKind::FIELD,
            (Content::Object(_), _) => CompletionItemKind::MODULE,
            _ => CompletionItemKind::CONSTANT,
        };
        self.add(&slot.name, |label| Item {
            label,
            kind,
            detail: holder.clone(),
            sort: format!("{}{}", (rank + 1).min(9), slot.name),
            signature: slot.signature.clone(),
            from: 0,
            data: json!({ "holder": holder, "slot": slot.name }),
        });
        if slot.assignable && !slot.parent {
            self.add(&format!("{}:", slot.name), |label| Item {
                signature: format!("{label} value"),
                label,
                kind,
                detail: format!("{holder} (assigns)"),
                sort: format!("{}{}", (rank + 1).min(9), slot.name),
                from: 0,
                data: json!({ "holder": holder, "slot": slot.name }),
            });
        }
    }

    fn understood(&mut self, graph: &Graph, object: usize, but: Option<usize>) {
        for (rank, object) in graph.family_without(object, but).into_iter().enumerate() {
            for slot in &graph.objects[object].slots {
                self.slot(graph, &Found { object, slot: slot.clone(), assigns: false }, rank);
            }
        }
    }

    fn anything(&mut self, graph: &Graph) {
        let mut names: Vec<&str> = graph.names().filter(|name| words::fits(self.prefix, name)).collect();
        names.sort_unstable();
        for name in names {
            let found = graph.implementors(name);
            let Some(first) = found.iter().find(|found| !found.assigns) else { continue };
            let before = self.items.len();
            self.slot(graph, first, 0);
            if found.len() > 1
                && let Some(item) = self.items[before..].first_mut()
            {
                item.detail = format!("{} and {} more", item.detail, found.len() - 1);
            }
        }
    }

    /// Parts that may follow a keyword message that was begun.
    fn further_parts(&mut self, graph: &Graph, file: &File, offset: usize, typed: &Typed<'_>) {
        let Some((begun, receiver)) = typed.begun() else { return };
        let parts = begun.matches(':').count();
        for found in begun_by(graph, file, offset, &begun, typed.source(receiver)) {
            let Some(next) = found.slot.name.strip_prefix(&begun).filter(|rest| !rest.is_empty()) else {
                continue;
            };
            let holder = &graph.objects[found.object].path;
            let label = next.to_string();
            self.add(&label, |label| Item {
                label,
                kind: CompletionItemKind::METHOD,
                detail: format!("{} — {holder}", found.slot.signature),
                sort: format!("0{next}"),
                signature: found.slot.signature.clone(),
                from: parts,
                data: json!({ "holder": holder, "slot": found.slot.name }),
            });
        }
    }
}

/// Slots whose selectors begin with what has been written of one: the receiver's, or everybody's if it can't be read.
pub fn begun_by(graph: &Graph, file: &File, offset: usize, begun: &str, receiver: &str) -> Vec<Found> {
    let object = if receiver.is_empty() {
        Some(Place::new(graph, file, file.scope_at(offset)).receiver)
    } else {
        meaning::piece(graph, file, offset, receiver)
    };
    let mut found: Vec<Found> = Vec::new();
    if let Some(object) = object {
        for object in graph.family(object) {
            let slots = graph.objects[object].slots.iter().filter(|slot| slot.name.starts_with(begun));
            found.extend(slots.map(|slot| Found { object, slot: slot.clone(), assigns: false }));
        }
    }
    if found.is_empty() {
        let mut names: Vec<&str> = graph.names().filter(|name| name.starts_with(begun)).collect();
        names.sort_unstable();
        found.extend(names.into_iter().filter_map(|name| graph.implementors(name).into_iter().next()));
    }
    found
}

/// `completionItem/resolve`
pub fn resolve(server: &mut Server<'_>, mut item: CompletionItem) -> CompletionItem {
    let graph = server.documents.graph();
    let text = |key: &str| {
        let data = item.data.as_ref()?;
        data.get(key)?.as_str().map(str::to_string)
    };
    let (Some(holder), Some(name)) = (text("holder"), text("slot")) else { return item };
    let found = graph.implementors(&name);
    if let Some(found) = found.iter().find(|found| graph.objects[found.object].path == holder) {
        let text = hover::about_slot(&graph, found);
        item.documentation = Some(Documentation::MarkupContent(hover::markup(&server.client, text)));
    }
    item
}
