//! Semantic tokens: the classes of the front end's tokens, and what only the tree tells: which names are locals and slots.

use lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensParams, SemanticTokensRangeParams, TextDocumentIdentifier,
};
use serde_json::{Value, json};

use batos_lang::TokenClass;
use batos_lang::span::Span;

use crate::file::{File, Holds, Under};
use crate::server::Server;

/// Types, by their positions in the legend.
const TYPES: [&str; 10] = [
    "comment",
    "string",
    "number",
    "variable",
    "parameter",
    "method",
    "property",
    "operator",
    "keyword",
    "macro",
];

const COMMENT: u32 = 0;
const STRING: u32 = 1;
const NUMBER: u32 = 2;
const VARIABLE: u32 = 3;
const PARAMETER: u32 = 4;
const METHOD: u32 = 5;
const PROPERTY: u32 = 6;
const OPERATOR: u32 = 7;
const KEYWORD: u32 = 8;
const MACRO: u32 = 9;

/// Modifiers, by their bits in the legend.
const MODIFIERS: [&str; 2] = ["declaration", "readonly"];
const DECLARATION: u32 = 1;
const READONLY: u32 = 2;

/// What the numbers mean.
pub fn legend() -> Value {
    json!({ "tokenTypes": TYPES, "tokenModifiers": MODIFIERS })
}

/// `textDocument/semanticTokens/full`
pub fn full(server: &mut Server<'_>, params: &SemanticTokensParams) -> Option<SemanticTokens> {
    tokens(server, &params.text_document, None)
}

/// `textDocument/semanticTokens/range`
pub fn range(server: &mut Server<'_>, params: &SemanticTokensRangeParams) -> Option<SemanticTokens> {
    tokens(server, &params.text_document, Some(params.range))
}

fn tokens(
    server: &mut Server<'_>,
    document: &TextDocumentIdentifier,
    range: Option<lsp_types::Range>,
) -> Option<SemanticTokens> {
    let file = server.documents.file(document.uri.as_str())?;
    let encoding = server.client.encoding;
    let wanted = range.map(|range| file.text.span(range, encoding));
    let mut data = Vec::new();
    let (mut line, mut column) = (0, 0);
    for (span, class) in &file.tokens {
        if wanted.is_some_and(|wanted| span.end <= wanted.start || span.start >= wanted.end) {
            continue;
        }
        let Some((token_type, modifiers)) = sort(&file, *span, *class) else { continue };
        for span in lines(&file, *span) {
            let place = file.text.range(span, encoding);
            let start = place.start;
            let delta_line = start.line - line;
            let delta_start = if delta_line == 0 { start.character - column } else { start.character };
            (line, column) = (start.line, start.character);
            let length = place.end.character - start.character;
            data.push(SemanticToken {
                delta_line,
                delta_start,
                length,
                token_type,
                token_modifiers_bitset: modifiers,
            });
        }
    }
    Some(SemanticTokens { result_id: None, data })
}

fn sort(file: &File, span: Span, class: TokenClass) -> Option<(u32, u32)> {
    Some(match class {
        TokenClass::Comment => (COMMENT, 0),
        TokenClass::String => (STRING, 0),
        TokenClass::Number => (NUMBER, 0),
        TokenClass::SelfName | TokenClass::Delegate | TokenClass::Return => (KEYWORD, 0),
        TokenClass::Primitive => (MACRO, 0),
        TokenClass::Operator | TokenClass::Definition => (OPERATOR, 0),
        TokenClass::Argument => (PARAMETER, DECLARATION),
        TokenClass::Name | TokenClass::Keyword => match file.under_token(span) {
            Some(Under::Local(local)) if file.locals[local].argument => (PARAMETER, DECLARATION),
            Some(Under::Local(_)) => (VARIABLE, DECLARATION),
            Some(Under::Slot(slot)) => match file.slots[slot].holds {
                Holds::Method(_) => (METHOD, DECLARATION),
                _ if file.slots[slot].assignable => (PROPERTY, DECLARATION),
                _ => (PROPERTY, DECLARATION | READONLY),
            },
            Some(Under::Mention(mention)) => match file.mentions[mention].local {
                Some(local) if file.locals[local].argument => (PARAMETER, 0),
                Some(_) => (VARIABLE, 0),
                None => (METHOD, 0),
            },
            None => return None,
        },
        TokenClass::Bracket | TokenClass::Punctuation | TokenClass::Error => return None,
    })
}

/// A token line by line: few editors take one that goes on in the next.
fn lines(file: &File, span: Span) -> Vec<Span> {
    let (first, last) = (file.text.line_of(span.start as usize), file.text.line_of(span.end as usize));
    let part = |line| {
        let whole = file.text.line(line);
        Span::new(span.start.max(whole.start as u32), span.end.min(whole.end as u32))
    };
    (first..=last).map(part).filter(|part| part.start < part.end).collect()
}
