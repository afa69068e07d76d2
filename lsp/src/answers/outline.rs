//! Symbols: the slots that a source defines, as a tree; and those of all sources, by their names.

use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, Location, OneOf, SymbolInformation, SymbolKind, WorkspaceSymbol,
    WorkspaceSymbolParams,
};

use super::{Answer, meaning, value, words};
use crate::file::{File, Holds, Place};
use crate::server::Server;
use crate::text::Encoding;

/// Most symbols of a search.
const MOST: usize = 300;

/// `textDocument/documentSymbol`
pub fn document(server: &mut Server<'_>, params: &DocumentSymbolParams) -> Answer {
    let Some(file) = server.documents.file(params.text_document.uri.as_str()) else {
        return value(None::<Vec<DocumentSymbol>>);
    };
    let encoding = server.client.encoding;
    let rooms = file.rooms.iter().enumerate().filter_map(|(id, room)| match &room.place {
        Place::Added(path) => Some(added(&file, id, path, encoding)),
        _ => None,
    });
    let symbols: Vec<DocumentSymbol> = rooms.collect();
    if server.client.nested_symbols {
        return value(symbols);
    }
    let mut flat = Vec::new();
    for symbol in symbols {
        flatten(&params.text_document.uri, None, symbol, &mut flat);
    }
    value(flat)
}

fn added(file: &File, room: usize, path: &[String], encoding: Encoding) -> DocumentSymbol {
    let name = if path.is_empty() { "lobby".to_string() } else { path.join(" ") };
    let range = file.text.range(file.rooms[room].span, encoding);
    symbol(name, None, SymbolKind::NAMESPACE, range, range, children(file, room, encoding))
}

fn children(file: &File, room: usize, encoding: Encoding) -> Vec<DocumentSymbol> {
    let slots = file.rooms[room].slots.iter().map(|id| {
        let slot = &file.slots[*id];
        let inside = match slot.holds {
            Holds::Room(inner) => children(file, inner, encoding),
            _ => Vec::new(),
        };
        let range = file.text.range(slot.span, encoding);
        let name = file.text.range(slot.parts.first().copied().unwrap_or(slot.span), encoding);
        let detail = Some(slot.category.clone()).filter(|category| !category.is_empty());
        symbol(file.signature(*id), detail, kind(slot), range, name, inside)
    });
    slots.collect()
}

fn kind(slot: &crate::file::Slot) -> SymbolKind {
    match slot.holds {
        Holds::Method(_) => SymbolKind::METHOD,
        Holds::Room(_) => SymbolKind::CLASS,
        _ if slot.parent => SymbolKind::INTERFACE,
        _ if slot.assignable => SymbolKind::FIELD,
        _ => SymbolKind::CONSTANT,
    }
}

#[allow(deprecated, reason = "the field must be given")]
fn symbol(
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    range: lsp_types::Range,
    selection_range: lsp_types::Range,
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    let children = Some(children).filter(|children| !children.is_empty());
    DocumentSymbol { name, detail, kind, tags: None, deprecated: None, range, selection_range, children }
}

#[allow(deprecated, reason = "the field must be given")]
fn flatten(
    uri: &lsp_types::Uri,
    around: Option<&str>,
    symbol: DocumentSymbol,
    out: &mut Vec<SymbolInformation>,
) {
    let name = symbol.name;
    for child in symbol.children.into_iter().flatten() {
        flatten(uri, Some(&name), child, out);
    }
    out.push(SymbolInformation {
        name,
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        location: Location::new(uri.clone(), symbol.range),
        container_name: around.map(str::to_string),
    });
}

/// `workspace/symbol`: the user's sources come first.
pub fn workspace(server: &mut Server<'_>, params: &WorkspaceSymbolParams) -> Vec<WorkspaceSymbol> {
    let encoding = server.client.encoding;
    let graph = server.documents.graph();
    let mut found = Vec::new();
    for file in server.documents.all() {
        if server.is_cancelled() {
            break;
        }
        let at = graph.file_index(&file.uri).unwrap_or(usize::MAX);
        for slot in file.slots.iter().filter(|slot| words::fits(&params.query, &slot.name)) {
            if found.len() == MOST {
                return found;
            }
            let Some(location) =
                slot.parts.first().and_then(|part| meaning::place_of(&file, *part, encoding))
            else {
                continue;
            };
            let holder = graph.object_of_room(at, Some(slot.room));
            found.push(WorkspaceSymbol {
                name: slot.name.clone(),
                kind: kind(slot),
                tags: None,
                container_name: graph.objects.get(holder).map(|holder| holder.path.clone()),
                location: OneOf::Left(location),
                data: None,
            });
        }
    }
    found
}
