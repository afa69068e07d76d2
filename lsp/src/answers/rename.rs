//! Renaming: of a local in its scope, or of a slot everywhere in the user's sources, with all who send its name.
//!
//! Who is meant by a message can't be known for certain before it is sent. So a slot's name is changed everywhere or not at all:
//! not, where the world has slots of that name too, which stay as they are.

use std::collections::BTreeMap;

use lsp_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams};
use serde_json::{Value, json};

use batos_lang::TokenClass;
use batos_lang::span::Span;

use super::meaning::{self, What};
use super::navigate::{senders, slot_name};
use super::{Answer, Trouble};
use crate::graph::Graph;
use crate::server::Server;

/// What can be renamed.
enum Target {
    Local(std::sync::Arc<crate::file::File>, usize),
    Slot(String),
}

fn target(
    server: &mut Server<'_>,
    at: &TextDocumentPositionParams,
) -> Result<(Target, lsp_types::Range, String), Trouble> {
    let nothing = || {
        Trouble::refused("here is nothing to rename: put the cursor on a slot's name, a local or a message")
    };
    let (file, offset) = meaning::spot(server, at).ok_or_else(nothing)?;
    let graph = server.documents.graph();
    let meaning = meaning::meaning(&graph, &file, offset).ok_or_else(nothing)?;
    let range = file.text.range(meaning.span, server.client.encoding);
    match meaning.what {
        What::Local(local) => {
            let name = file.locals[local].name.clone();
            // Colons at either side are no part of a local's name.
            let text = file.text.slice(meaning.span);
            let before = u32::from(text.starts_with(':'));
            let after = u32::from(text.ends_with(':'));
            let span = Span::new(meaning.span.start + before, meaning.span.end - after);
            let range = file.text.range(span, server.client.encoding);
            if file.library {
                return Err(Trouble::refused("this source belongs to the world; it is only shown"));
            }
            Ok((Target::Local(file, local), range, name))
        }
        What::Selector { selector, .. } => {
            let name = slot_name(&graph, &selector);
            check_owner(&graph, &name)?;
            Ok((Target::Slot(name.clone()), range, name))
        }
    }
}

/// All slots of the name must be the user's.
fn check_owner(graph: &Graph, name: &str) -> Result<(), Trouble> {
    if name.starts_with('_') {
        return Err(Trouble::refused(format!("{name} is a primitive of the machine")));
    }
    let found = graph.implementors(name);
    if found.is_empty() {
        return Err(Trouble::refused(format!("nobody has a slot {name}, so there is nothing to rename")));
    }
    let of_world =
        found.iter().find(|found| found.slot.site.is_none_or(|site| graph.files[site.file].library));
    match of_world {
        Some(found) => Err(Trouble::refused(format!(
            "{name} is also a slot of {} in the world, and who is meant by a message shows only when it is sent: rename it by hand",
            graph.objects[found.object].path
        ))),
        None => Ok(()),
    }
}

/// `textDocument/prepareRename`
pub fn prepare(
    server: &mut Server<'_>,
    at: &TextDocumentPositionParams,
) -> Result<PrepareRenameResponse, Trouble> {
    let (_, range, placeholder) = target(server, at)?;
    Ok(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// `textDocument/rename`
pub fn rename(server: &mut Server<'_>, params: &RenameParams) -> Answer {
    let (target, ..) = target(server, &params.text_document_position)?;
    let new = params.new_name.trim();
    let mut edits: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    match target {
        Target::Local(file, local) => {
            if !is_unary(new) {
                return Err(Trouble::refused(format!("{new:?} is no name: it begins with a small letter")));
            }
            let scopes = file.mentions.iter().filter(|m| m.local == Some(local)).map(|m| m.scope);
            let taken =
                scopes.chain([Some(file.locals[local].scope)]).any(|scope| file.local(scope, new).is_some());
            if taken {
                return Err(Trouble::refused(format!("there is a local {new} already")));
            }
            let spans = file.uses_of(local);
            let changed = spans.into_iter().map(|span| {
                let colon = if file.text.slice(span).ends_with(':') { ":" } else { "" };
                (span, format!("{new}{colon}"))
            });
            let encoding = server.client.encoding;
            let list = changed
                .map(|(span, text)| json!({ "range": file.text.range(span, encoding), "newText": text }));
            edits.insert(file.uri.clone(), list.collect());
        }
        Target::Slot(old) => {
            let parts = parts_of(&old, new)?;
            for file in server.documents.own() {
                let encoding = server.client.encoding;
                let mut list: Vec<(Span, String)> = Vec::new();
                for slot in file.slots.iter().filter(|slot| slot.name == old) {
                    let other = file.rooms[slot.room].slots.iter().any(|id| file.slots[*id].name == new);
                    if other {
                        return Err(Trouble::refused(format!(
                            "an object with a slot {old} has a slot {new} already"
                        )));
                    }
                    list.extend(slot.parts.iter().copied().zip(parts.iter().cloned()));
                }
                for mention in senders(&file, &old) {
                    let assigns = file.name(mention.selector) != old;
                    if assigns {
                        list.push((mention.parts[0], format!("{new}:")));
                    } else {
                        list.extend(mention.parts.iter().copied().zip(parts.iter().cloned()));
                    }
                }
                list.sort();
                list.dedup();
                if !list.is_empty() {
                    let json = |(span, text): (Span, String)| json!({ "range": file.text.range(span, encoding), "newText": text });
                    edits.insert(file.uri.clone(), list.into_iter().map(json).collect());
                }
            }
        }
    }
    Ok(json!({ "changes": edits }))
}

fn is_unary(name: &str) -> bool {
    let is_name = matches!(batos_lang::highlight(name.as_bytes())[..], [(span, TokenClass::Name)] if span.end as usize == name.len());
    is_name && name.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The parts of a new name, which must take as many arguments as the old one.
fn parts_of(old: &str, new: &str) -> Result<Vec<String>, Trouble> {
    let parts: Vec<String> = new.split_inclusive(':').map(str::to_string).collect();
    let old_parts = old.split_inclusive(':').count();
    if old.ends_with(':') {
        let is_part = |(i, part): (usize, &String)| {
            let first = part.chars().next().unwrap_or(' ');
            let case = if i == 0 { first.is_ascii_lowercase() } else { first.is_ascii_uppercase() };
            let Some(name) = part.strip_suffix(':') else { return false };
            case && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        if parts.len() != old_parts || !parts.iter().enumerate().all(is_part) {
            return Err(Trouble::refused(format!(
                "{new:?} is no name like {old}: {old_parts} parts that end with colons, the first with a small letter, the others with capitals"
            )));
        }
    } else if old.starts_with(|c: char| c.is_ascii_alphabetic()) {
        if !is_unary(new) {
            return Err(Trouble::refused(format!("{new:?} is no name like {old}: it takes no arguments")));
        }
    } else if !matches!(batos_lang::highlight(new.as_bytes())[..], [(span, TokenClass::Operator)] if span.end as usize == new.len())
    {
        return Err(Trouble::refused(format!("{new:?} is no operator like {old}")));
    }
    Ok(parts)
}
