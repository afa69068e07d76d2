//! Colours for source text, from the front end's own tokens.

use batos_lang::lexer::{Kind, Lexer, Mode};

use crate::terminal::{Colours, Ink};

/// The text with every token in the ink of its kind; comments and what is no token stay quiet or plain.
pub fn highlight(source: &str, colours: Colours) -> String {
    if !colours.0 {
        return source.to_string();
    }
    let mut out = String::with_capacity(source.len() * 2);
    let mut lexer = Lexer::new(source.as_bytes(), Mode::String);
    let mut at = 0;
    while let Some(token) = lexer.next_token() {
        let range = token.span.range();
        let (Some(between), Some(text)) = (source.get(at..range.start), source.get(range.clone())) else { break };
        out.push_str(&blank(between, colours));
        out.push_str(&colours.paint(ink(token.kind), text));
        at = range.end;
    }
    if let Some(rest) = source.get(at..) {
        out.push_str(&blank(rest, colours));
    }
    out
}

/// Between tokens stand blanks, comments, and what is not finished yet.
fn blank(text: &str, colours: Colours) -> String {
    match text.find('"') {
        Some(start) => format!("{}{}", &text[..start], colours.paint(Ink::Quiet, &text[start..])),
        None => text.to_string(),
    }
}

fn ink(kind: Kind) -> Ink {
    match kind {
        Kind::Int | Kind::NegInt | Kind::Float | Kind::NegFloat => Ink::Number,
        Kind::Str => Ink::Text,
        Kind::Keyword | Kind::CapKeyword => Ink::Message,
        Kind::PrimName | Kind::PrimKeyword | Kind::SelfName | Kind::Delegate | Kind::Caret => Ink::Special,
        Kind::Argument | Kind::Bar | Kind::Equal | Kind::Arrow => Ink::Strong,
        _ => Ink::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(start) = rest.find('\x1b') {
            out.push_str(&rest[..start]);
            rest = rest[start..].split_once('m').map_or("", |(_, r)| r);
        }
        out + rest
    }

    #[test]
    fn nothing_is_lost_whatever_is_typed() {
        for source in ["", "3 + 4", "'unfinished", "(| x = 3. \"note\" y <- 'ä' |", "[ :é | x ] \u{1f600}", "a: 1 B: _X"] {
            assert_eq!(stripped(&highlight(source, Colours(true))), source);
            assert_eq!(highlight(source, Colours(false)), source);
        }
    }

    #[test]
    fn kinds_have_inks() {
        let text = highlight("at: 3", Colours(true));
        assert_eq!(text, "\x1b[34mat:\x1b[0m \x1b[36m3\x1b[0m");
    }
}
