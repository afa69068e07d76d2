//! What there is to say about a source: the front end's findings, and what is legal but probably not meant. Each finding may
//! bring ways to put it right, which `actions` offers.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use lsp_types::DiagnosticTag;
use serde_json::{Value, json};

use batos_lang::diagnostics as code;
use batos_lang::span::Span;
use batos_lang::tree::{Arity, NodeId, NodeKind, Send};
use batos_lang::{Code, Diagnostic};

use super::{meaning, nearest};
use crate::file::{File, Holds};
use crate::graph::{Content, Graph};
use crate::infer::{Place, Reader};
use crate::server::Server;

/// Most findings of a source that are told.
const MOST: usize = 1_000;

/// A way to put it right.
pub struct Fix {
    /// What it does.
    pub title: String,
    /// Places and what they become.
    pub edits: Vec<(Span, String)>,
}

/// Something to say.
pub struct Finding {
    /// What.
    pub diagnostic: Diagnostic,
    /// The protocol's number: 1 an error, 2 a warning, 3 to know, 4 a hint.
    pub severity: u8,
    /// What it is about can go.
    pub unnecessary: bool,
    /// Ways to put it right.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// As the protocol wants it.
    pub fn json(&self, file: &File, server: &Server<'_>) -> Value {
        let encoding = server.client.encoding;
        let diagnostic = &self.diagnostic;
        let mut message = diagnostic.message.clone();
        if let Some(help) = &diagnostic.help {
            message.push_str(&format!("\n{help}"));
        }
        let related = diagnostic.labels.iter().map(|label| {
            let location = json!({ "uri": file.uri, "range": file.text.range(label.span, encoding) });
            json!({ "location": location, "message": label.text })
        });
        let related: Vec<Value> = related.collect();
        let tags = if self.unnecessary { vec![DiagnosticTag::UNNECESSARY] } else { Vec::new() };
        json!({
            "range": file.text.range(self.widened(file), encoding),
            "severity": self.severity,
            "code": diagnostic.code.to_string(),
            "source": "batos",
            "message": message,
            "relatedInformation": related,
            "tags": tags,
        })
    }

    /// Its place; an empty one can't be seen.
    pub fn widened(&self, file: &File) -> Span {
        let span = self.diagnostic.span;
        let end = file.text.bytes().len() as u32;
        if span.start < span.end {
            span
        } else {
            Span::new(span.start.saturating_sub(u32::from(span.start == end)), (span.end + 1).min(end))
        }
    }
}

/// What is published for an open source.
pub fn diagnostics(server: &mut Server<'_>, key: &str) -> Vec<Value> {
    let Some(file) = server.documents.file(key) else { return Vec::new() };
    let findings = findings(server, &file);
    findings.iter().map(|finding| finding.json(&file, server)).collect()
}

/// `textDocument/diagnostic`: the same for an editor that asks. What it has already is not told again.
pub fn pulled(server: &mut Server<'_>, given: &Value) -> super::Answer {
    let Some(uri) = given.pointer("/textDocument/uri").and_then(Value::as_str) else {
        return Err(super::Trouble::new(crate::wire::code::INVALID_PARAMS, "which source?"));
    };
    let items = diagnostics(server, &crate::uri::key(uri));
    let mut hasher = DefaultHasher::new();
    Value::from(items.clone()).to_string().hash(&mut hasher);
    let result = format!("{:016x}", hasher.finish());
    if given.get("previousResultId").and_then(Value::as_str) == Some(&result) {
        return Ok(json!({ "kind": "unchanged", "resultId": result }));
    }
    Ok(json!({ "kind": "full", "resultId": result, "items": items }))
}

/// All there is to say about a source.
pub fn findings(server: &mut Server<'_>, file: &Arc<File>) -> Vec<Finding> {
    let of_parser = |diagnostic: &Diagnostic| Finding {
        fixes: fixes_of_parser(file, diagnostic),
        severity: if diagnostic.is_error() { 1 } else { 2 },
        unnecessary: false,
        diagnostic: diagnostic.clone(),
    };
    let mut found: Vec<Finding> = file.diagnostics.iter().map(of_parser).collect();
    if server.documents.has_world() && !file.library {
        let graph = server.documents.graph();
        unknown_messages(&graph, file, &mut found);
        shared_contents(&graph, file, &mut found);
    }
    if !file.library && !file.diagnostics.iter().any(Diagnostic::is_error) {
        unused_locals(file, &mut found);
    }
    found.truncate(MOST);
    found
}

/// Slips that can be put right by a letter.
fn fixes_of_parser(file: &File, diagnostic: &Diagnostic) -> Vec<Fix> {
    let span = diagnostic.span;
    let text = file.text.slice(span);
    let first = |upper: bool| {
        let c = text.chars().next().filter(char::is_ascii_alphabetic)?;
        let new = if upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        let edits = vec![(Span::new(span.start, span.start + 1), new.to_string())];
        let title = format!("Write {new}{}", text[1..].split([' ', '\n']).next().unwrap_or_default());
        (new != c).then_some(Fix { title, edits })
    };
    let fix = match diagnostic.code {
        code::CAPITAL_NAME | code::CAPITAL_KEYWORD => first(false),
        code::SMALL_KEYWORD => first(true),
        code::STRAY_CLOSING => {
            Some(Fix { title: format!("Remove {text}"), edits: vec![(span, String::new())] })
        }
        code::MISSING_DOT => {
            let before = file.tokens.partition_point(|(token, _)| token.start < span.start);
            let end = before.checked_sub(1).and_then(|at| file.tokens.get(at)).map(|(token, _)| token.end);
            let put = |end| Fix {
                title: "Add the dot".to_string(),
                edits: vec![(Span::new(end, end), ".".to_string())],
            };
            end.map(put)
        }
        _ => None,
    };
    fix.into_iter().collect()
}

fn warning(kind: Code, span: Span, message: String, fixes: Vec<Fix>) -> Finding {
    let severity = if fixes.is_empty() { 3 } else { 2 };
    Finding { diagnostic: Diagnostic::warning(kind, span, message), severity, unnecessary: false, fixes }
}

/// Messages that nobody understands, or a literal that gets them does not.
fn unknown_messages(graph: &Graph, file: &File, found: &mut Vec<Finding>) {
    let mut known: HashMap<String, bool> = HashMap::new();
    let mut similar: HashMap<String, Vec<String>> = HashMap::new();
    // The keyword message that an expression is the last argument of.
    let mut around: HashMap<NodeId, usize> = HashMap::new();
    for (id, mention) in file.mentions.iter().enumerate() {
        if let NodeKind::Send(Send { arity: Arity::Keyword, args, .. }) = file.tree.node(mention.node).kind
            && let Some(last) = file.tree.list(args).last()
        {
            around.insert(*last, id);
        }
    }
    for (id, mention) in file.mentions.iter().enumerate() {
        let NodeKind::Send(send) = file.tree.node(mention.node).kind else { continue };
        let selector = file.name(mention.selector);
        if mention.local.is_some() || selector.starts_with('_') || send.delegate.is_some() {
            continue;
        }
        let is_known = *known.entry(selector.clone()).or_insert_with(|| graph.is_known(&selector));
        let literal = send.receiver.is_some_and(|receiver| {
            matches!(
                file.tree.node(receiver).kind,
                NodeKind::Int(_) | NodeKind::Float(_) | NodeKind::Str(_) | NodeKind::Block(_)
            )
        });
        let receiver = if literal { meaning::receiver(graph, file, id) } else { None };
        let refuses = receiver.filter(|receiver| graph.lookup(*receiver, &selector).is_none());
        let is_told = file.diagnostics.iter().any(|told| told.span == mention.parts[0]);
        if is_known && refuses.is_none() || is_told {
            continue;
        }
        let mut fixes = Vec::new();
        let mut proposed = Vec::new();
        let outer = around.get(&mention.node).filter(|_| send.arity == Arity::Keyword);
        let joined = outer.and_then(|outer| {
            let outer = file.name(file.mentions[*outer].selector);
            let whole = nearest::joined(&outer, &selector, |name| graph.is_known(name))?;
            Some((whole[outer.len()..].to_string(), whole))
        });
        if let Some((rest, whole)) = joined {
            let parts = rest.split_inclusive(':').map(str::to_string);
            fixes.push(Fix {
                title: format!("Write {whole}"),
                edits: mention.parts.iter().copied().zip(parts).collect(),
            });
            proposed.push(whole);
        } else {
            let names = similar.entry(selector.clone()).or_insert_with(|| {
                let own = mention.scope.map(|scope| file.locals_from(Some(scope))).unwrap_or_default();
                let own = own.into_iter().map(|local| file.locals[local].name.as_str());
                nearest::similar(&selector, graph.names().chain(own))
            });
            let fits = |name: &&String| match refuses {
                Some(receiver) => graph.lookup(receiver, name).is_some(),
                None => true,
            };
            for name in names.iter().filter(fits) {
                let parts: Vec<String> = name.split_inclusive(':').map(str::to_string).collect();
                if parts.len() == mention.parts.len() && name.ends_with(':') == selector.ends_with(':') {
                    fixes.push(Fix {
                        title: format!("Write {name}"),
                        edits: mention.parts.iter().copied().zip(parts).collect(),
                    });
                }
                proposed.push(name.clone());
            }
        }
        let who = match refuses.filter(|_| is_known).and_then(|object| graph.objects.get(object)) {
            Some(object) => format!("{} does not understand {selector}", object.path),
            None => format!("nobody understands {selector}"),
        };
        let proposal = match proposed.as_slice() {
            [] => String::new(),
            [one] => format!("; did you mean {one}?"),
            many => format!("; did you mean {}?", many.join(", ")),
        };
        let span = mention.parts[0];
        found.push(warning(code::UNKNOWN_MESSAGE, span, who + &proposal, fixes));
    }
}

/// Prototypes whose copies share a collection: what `browser lint:` tells of objects.
fn shared_contents(graph: &Graph, file: &File, found: &mut Vec<Finding>) {
    let Some(at) = graph.file_index(&file.uri) else { return };
    let names = |names: [&str; 2]| names.map(str::to_string);
    let Some(clonable) = graph.resolve(&names(["traits", "clonable"])) else { return };
    let yes = graph.resolve(&["true".to_string()]);
    for (id, room) in file.rooms.iter().enumerate() {
        let object = graph.object_of_room(at, Some(id));
        if graph.lookup(object, "copy").is_none_or(|copy| copy.object != clonable) {
            continue;
        }
        for slot in room.slots.iter().map(|slot| &file.slots[*slot]) {
            let Holds::Value(node) = slot.holds else { continue };
            if !slot.assignable || slot.parent || is_given_anew(file, &slot.name) {
                continue;
            }
            let place = Place::new(graph, file, None);
            let Some(value) = Reader::new(graph).expression(place, node) else { continue };
            let is_collection = graph.lookup(value, "isCollection").is_some_and(
                |found| matches!(found.slot.content, Content::Object(answer) if Some(answer) == yes),
            );
            if is_collection && Some(value) != graph.literals.string {
                let message =
                    format!("all copies share what {} holds: {}", slot.name, graph.objects[value].path);
                let mut finding = warning(code::SHARED_CONTENTS, slot.parts[0], message, Vec::new());
                finding.severity = 2;
                finding.diagnostic.help =
                    Some("give the prototype a method copy that makes a new one, or use copyDeep".into());
                found.push(finding);
            }
        }
    }
}

/// Whether something else than self is given such a slot's content somewhere: most likely a copy that has just been made.
fn is_given_anew(file: &File, name: &str) -> bool {
    let Some(assigned) = file.tree.names.find(format!("{name}:").as_bytes()) else { return false };
    file.mentions.iter().filter(|mention| mention.selector == assigned).any(|mention| {
        let NodeKind::Send(Send { receiver: Some(receiver), .. }) = file.tree.node(mention.node).kind else {
            return false;
        };
        !matches!(file.tree.node(receiver).kind, NodeKind::SelfRef)
    })
}

/// Locals that are never read.
fn unused_locals(file: &File, found: &mut Vec<Finding>) {
    let mut read = vec![false; file.locals.len()];
    for mention in &file.mentions {
        if let (Some(local), NodeKind::Send(Send { arity: Arity::Unary, .. })) =
            (mention.local, file.tree.node(mention.node).kind)
        {
            read[local] = true;
        }
    }
    for (id, local) in file.locals.iter().enumerate() {
        if !read[id] && !local.argument {
            let message = format!("{} is never read", local.name);
            found.push(Finding {
                diagnostic: Diagnostic::warning(code::UNUSED_LOCAL, local.span, message),
                severity: 4,
                unnecessary: true,
                fixes: Vec::new(),
            });
        }
    }
}
