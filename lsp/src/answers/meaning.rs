//! What is meant by the word under the cursor: a local, or a message with the slots that it may find.

use std::sync::Arc;

use lsp_types::{Location, TextDocumentPositionParams};

use batos_lang::span::Span;
use batos_lang::tree::NodeKind;

use crate::file::{File, Under};
use crate::graph::{Found, Graph};
use crate::infer::{Place, Reader};
use crate::server::Server;
use crate::text::Encoding;
use crate::uri;

/// What a word means.
pub enum What {
    /// A local of the file.
    Local(usize),
    /// A message, or the name of a slot.
    Selector {
        /// The selector.
        selector: String,
        /// The slots; if it can't be read who gets the message, those of all who understand it.
        found: Vec<Found>,
        /// It can be read who gets it.
        certain: bool,
    },
}

/// What a word means, and where it stands.
pub struct Meaning {
    /// Where.
    pub span: Span,
    /// What.
    pub what: What,
}

/// A source and a place in it.
pub fn spot(server: &mut Server<'_>, at: &TextDocumentPositionParams) -> Option<(Arc<File>, usize)> {
    let file = server.documents.file(at.text_document.uri.as_str())?;
    let offset = file.text.offset(at.position, server.client.encoding);
    Some((file, offset))
}

/// What stands at an offset.
pub fn meaning(graph: &Graph, file: &File, offset: usize) -> Option<Meaning> {
    let (under, span) = file.under(offset)?;
    let what = match under {
        Under::Local(local) => What::Local(local),
        Under::Slot(slot) => {
            let slot = &file.slots[slot];
            let at = graph.file_index(&file.uri).unwrap_or(usize::MAX);
            let object = graph.object_of_room(at, Some(slot.room));
            let found = graph.lookup(object, &slot.name).into_iter().collect();
            What::Selector { selector: slot.name.clone(), found, certain: true }
        }
        Under::Mention(mention) => of_mention(graph, file, mention),
    };
    Some(Meaning { span, what })
}

fn of_mention(graph: &Graph, file: &File, id: usize) -> What {
    let mention = &file.mentions[id];
    if let Some(local) = mention.local {
        return What::Local(local);
    }
    let selector = file.name(mention.selector);
    let found = resent(graph, file, id, &selector)
        .or_else(|| receiver(graph, file, id).and_then(|receiver| graph.lookup(receiver, &selector)));
    match found {
        Some(found) => What::Selector { selector, found: vec![found], certain: true },
        None => {
            let found = graph.implementors(&selector);
            What::Selector { selector, found, certain: false }
        }
    }
}

/// What `resend.` finds: above the object whose method it stands in.
fn resent(graph: &Graph, file: &File, mention: usize, selector: &str) -> Option<Found> {
    let mention = &file.mentions[mention];
    let NodeKind::Send(send) = file.tree.node(mention.node).kind else { return None };
    send.delegate?;
    let holder = Place::new(graph, file, mention.scope).receiver;
    graph.family(holder).into_iter().skip(1).find_map(|parent| graph.lookup(parent, selector))
}

/// What the receiver of a message is like.
pub fn receiver(graph: &Graph, file: &File, mention: usize) -> Option<usize> {
    let mention = &file.mentions[mention];
    let place = Place::new(graph, file, mention.scope);
    match file.tree.node(mention.node).kind {
        NodeKind::Send(send) => Reader::new(graph).receiver(place, &send),
        _ => None,
    }
}

/// What a piece of text, as it would stand at an offset, is like.
pub fn piece(graph: &Graph, file: &File, offset: usize, source: &str) -> Option<usize> {
    let parsed = batos_lang::parse_string(source.as_bytes());
    let place = Place { tree: &parsed.tree, ..Place::new(graph, file, file.scope_at(offset)) };
    Reader::new(graph).expression(place, parsed.tree.top.first()?.expr)
}

/// Where a slot is defined. A source of the world is put on the disk, so that an editor can show it.
pub fn location(graph: &Graph, found: &Found, encoding: Encoding) -> Option<Location> {
    let site = found.slot.site?;
    let file = &graph.files[site.file];
    place_of(file, *file.slots[site.slot].parts.first()?, encoding)
}

/// A place in a source.
pub fn place_of(file: &File, span: Span, encoding: Encoding) -> Option<Location> {
    if file.library {
        show(file)?;
    }
    Some(Location::new(uri::typed(&file.uri)?, file.text.range(span, encoding)))
}

fn show(file: &File) -> Option<()> {
    let path = uri::path_of(&file.uri)?;
    if std::fs::read(&path).is_ok_and(|content| content == file.text.bytes()) {
        return Some(());
    }
    std::fs::create_dir_all(path.parent()?).ok()?;
    // Another one may be reading it.
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    std::fs::write(&beside, file.text.bytes()).ok()?;
    let mut rights = std::fs::metadata(&beside).ok()?.permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&beside, rights).ok()?;
    std::fs::rename(&beside, &path).ok()
}
