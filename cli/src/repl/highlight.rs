//! Colours for source text, from the front end's own tokens.

use batos_lang::TokenClass;

use crate::terminal::{Colours, Ink};

/// The text with every token in the ink of its class; what is between tokens stays plain.
pub fn highlight(source: &str, colours: Colours) -> String {
    if !colours.0 {
        return source.to_string();
    }
    let mut out = String::with_capacity(source.len() * 2);
    let mut at = 0;
    for (span, class) in batos_lang::highlight(source.as_bytes()) {
        let range = span.range();
        let (Some(between), Some(text)) = (source.get(at..range.start), source.get(range.clone())) else {
            break;
        };
        out.push_str(between);
        out.push_str(&colours.paint(ink(class), text));
        at = range.end;
    }
    out.push_str(source.get(at..).unwrap_or_default());
    out
}

fn ink(class: TokenClass) -> Ink {
    match class {
        TokenClass::Comment => Ink::Quiet,
        TokenClass::Number => Ink::Number,
        TokenClass::String => Ink::Text,
        TokenClass::Keyword => Ink::Message,
        TokenClass::SelfName | TokenClass::Primitive | TokenClass::Delegate | TokenClass::Return => {
            Ink::Special
        }
        TokenClass::Argument | TokenClass::Definition => Ink::Strong,
        TokenClass::Error => Ink::Error,
        TokenClass::Name | TokenClass::Operator | TokenClass::Bracket | TokenClass::Punctuation => Ink::Plain,
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
        for source in [
            "",
            "3 + 4",
            "'unfinished",
            "(| x = 3. \"note\" y <- 'ä' |",
            "[ :é | x ] \u{1f600}",
            "a: 1 B: _X",
        ] {
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
