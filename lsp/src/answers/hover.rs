//! What the word under the cursor is: the slot with its source, what it is for, and whose it is.

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use batos_lang::TokenClass;
use batos_lang::tree::NodeKind;

use super::meaning::{self, What};
use crate::file::File;
use crate::graph::{Content, Found, Graph};
use crate::infer::{Place, Reader};
use crate::server::{Client, Server};

/// Most lines of a source that are shown.
const LINES: usize = 24;

/// Most slots that are told where it is not known which is meant.
const MOST: usize = 8;

/// `textDocument/hover`
pub fn hover(server: &mut Server<'_>, params: &HoverParams) -> Option<Hover> {
    let (file, offset) = meaning::spot(server, &params.text_document_position_params)?;
    let graph = server.documents.graph();
    let (span, text) = match meaning::meaning(&graph, &file, offset) {
        Some(meaning) => (meaning.span, about(&graph, &file, &meaning.what)?),
        None => {
            let (span, class) = file.token_at(offset)?;
            (span, about_token(file.text.slice(span), class)?)
        }
    };
    Some(Hover {
        contents: HoverContents::Markup(markup(&server.client, text)),
        range: Some(file.text.range(span, server.client.encoding)),
    })
}

/// A text for the client: Markdown, or without its marks.
pub fn markup(client: &Client, text: String) -> MarkupContent {
    if client.markdown {
        return MarkupContent { kind: MarkupKind::Markdown, value: text };
    }
    let lines = text.lines().filter(|line| !line.starts_with("```")).collect::<Vec<_>>();
    MarkupContent { kind: MarkupKind::PlainText, value: lines.join("\n").replace(['*', '`'], "") }
}

fn about(graph: &Graph, file: &File, what: &What) -> Option<String> {
    match what {
        What::Local(local) => Some(about_local(graph, file, *local)),
        What::Selector { selector, found, certain } => {
            if selector.starts_with('_') {
                return Some(format!("```batos\n{selector}\n```\nA primitive of the machine."));
            }
            match found.as_slice() {
                [] => None,
                [one] => Some(about_slot(graph, one)),
                [first, ..] if *certain => Some(about_slot(graph, first)),
                many => Some(about_many(graph, selector, many)),
            }
        }
    }
}

fn about_local(graph: &Graph, file: &File, id: usize) -> String {
    let local = &file.locals[id];
    let kind = if local.argument { "argument" } else { "local" };
    let mut scope = local.scope;
    let mut whose = "a block".to_string();
    loop {
        if let Some(slot) = file.scopes[scope].slot {
            whose = format!("`{}`", file.signature(slot));
        }
        match file.scopes[scope].outer {
            Some(outer) => scope = outer,
            None => break,
        }
    }
    let mut text = format!("```batos\n{}\n```\n{kind} of {whose}", local.name);
    let given = local.value.and_then(|node| {
        let place =
            Place { receiver: graph.lobby, scope: None, ..Place::new(graph, file, Some(local.scope)) };
        Reader::new(graph).expression(place, node)
    });
    if let Some(object) = given.and_then(|given| graph.objects.get(given)) {
        text.push_str(&format!(", at first like `{}`", object.path));
    }
    text
}

/// A slot: source, holder, category, comment.
pub fn about_slot(graph: &Graph, found: &Found) -> String {
    let holder = &graph.objects[found.object];
    let mut text = format!("```batos\n{}\n```\n", source(graph, found));
    text.push_str(&format!("*{}*", holder.path));
    if !found.slot.category.is_empty() {
        text.push_str(&format!(" — {}", found.slot.category));
    }
    if found.assigns {
        text.push_str(" — assigns the slot");
    }
    if !found.slot.comment.is_empty() {
        text.push_str(&format!("\n\n{}", escaped(&found.slot.comment)));
    }
    if let Content::Object(held) = found.slot.content
        && let Some(held) = graph.objects.get(held)
        && !held.comment.is_empty()
        && held.comment != found.slot.comment
    {
        text.push_str(&format!("\n\n{}", escaped(&held.comment)));
    }
    text
}

/// What Markdown would take for marks is meant as it stands.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn source(graph: &Graph, found: &Found) -> String {
    let slot = &found.slot;
    let whole = match (slot.site, &slot.content) {
        (_, Content::Object(held)) => {
            let path = graph.objects.get(*held).map_or("an object", |object| object.path.as_str());
            format!("{}{} {path}", slot.name, sign(found))
        }
        (Some(site), _) => {
            let file = &graph.files[site.file];
            without_indent(file, file.slots[site.slot].span)
        }
        (None, Content::Plain(text, _)) => format!("{}{} {text}", slot.name, sign(found)),
        (None, _) => format!("{} = {}", slot.signature, slot.source),
    };
    let mut lines: Vec<&str> = whole.lines().take(LINES + 1).collect();
    if lines.len() > LINES {
        lines[LINES] = "…";
    }
    lines.join("\n")
}

fn sign(found: &Found) -> &'static str {
    match (found.slot.parent, found.slot.assignable) {
        (true, false) => "* =",
        (true, true) => "* <-",
        (false, true) => " <-",
        (false, false) => " =",
    }
}

/// Lines as they would stand at the left edge.
fn without_indent(file: &File, span: batos_lang::span::Span) -> String {
    let start = file.text.line(file.text.line_of(span.start as usize)).start;
    let indent = file.text.as_str()[start..span.start as usize].chars().take_while(|c| *c == ' ').count();
    let lines = file.text.slice(span).lines().enumerate();
    let cut = |(i, line): (usize, &str)| {
        let blanks = line.chars().take_while(|c| *c == ' ').count();
        if i == 0 { line.to_string() } else { line[blanks.min(indent)..].to_string() }
    };
    lines.map(cut).collect::<Vec<_>>().join("\n")
}

fn about_many(graph: &Graph, selector: &str, many: &[Found]) -> String {
    let mut text = format!("```batos\n{selector}\n```\n{} objects have such a slot:\n", many.len());
    for found in many.iter().take(MOST) {
        let comment =
            found.slot.comment.split_once(". ").map_or(found.slot.comment.as_str(), |(first, _)| first);
        text.push_str(&format!(
            "\n- *{}* `{}`{}{}",
            graph.objects[found.object].path,
            found.slot.signature,
            if comment.is_empty() { "" } else { " — " },
            escaped(comment)
        ));
    }
    if many.len() > MOST {
        text.push_str(&format!("\n- … and {} more", many.len() - MOST));
    }
    text
}

/// Literals and words of the language.
fn about_token(text: &str, class: TokenClass) -> Option<String> {
    match class {
        TokenClass::Number => {
            let parsed = batos_lang::parse_string(text.as_bytes());
            match parsed.tree.node(parsed.tree.top.first()?.expr).kind {
                NodeKind::Int(n) if n < 0 => Some(format!("```batos\n{n}\n```")),
                NodeKind::Int(n) => Some(format!("```batos\n{n}\n16r{n:X}\n2r{n:b}\n```")),
                NodeKind::Float(n) => Some(format!("```batos\n{n:?}\n```")),
                _ => None,
            }
        }
        TokenClass::SelfName => Some("The receiver of the method.".to_string()),
        TokenClass::Delegate if text == "resend." => {
            Some("The message goes to the parents of the object that has this method.".to_string())
        }
        TokenClass::Delegate => {
            Some("The message goes to the object in this parent slot, and its parents.".to_string())
        }
        TokenClass::Return => Some("Ends the method with this value.".to_string()),
        _ => None,
    }
}
