//! What a text says that ends where somebody writes: the receiver of the message to come, the keyword message that is begun, names
//! of open brackets. For completion at a prompt and in an editor. Knows tokens only, because what is being written is seldom legal.

use std::ops::Range;

use crate::{TokenClass, highlight};

/// Where the word begins that a text ends with; the end, if it ends with none.
pub fn word_start(text: &str) -> usize {
    text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len()
}

/// A text that ends where somebody writes, as tokens.
pub struct Typed<'a> {
    source: &'a str,
    tokens: Vec<(Range<usize>, TokenClass)>,
    /// A string or comment is open at the end.
    open: bool,
}

impl<'a> Typed<'a> {
    /// Of the text before the word that is written.
    pub fn new(source: &'a str) -> Typed<'a> {
        let mut tokens: Vec<_> =
            highlight(source.as_bytes()).into_iter().map(|(s, c)| (s.range(), c)).collect();
        let open = tokens.last().is_some_and(|(range, class)| {
            let text = source.get(range.clone()).unwrap_or_default();
            matches!(class, TokenClass::String | TokenClass::Comment) && !is_closed(text)
        });
        tokens.retain(|(_, class)| *class != TokenClass::Comment);
        Typed { source, tokens, open }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The text of some tokens with what is between them; nothing, if there are none.
    pub fn source(&self, tokens: Range<usize>) -> &'a str {
        let found = self.tokens.get(tokens).unwrap_or_default();
        let (Some(first), Some(last)) = (found.first(), found.last()) else { return "" };
        self.source.get(first.0.start..last.0.end).unwrap_or_default()
    }

    /// The text of a token.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|(range, _)| self.source.get(range.clone())).unwrap_or_default()
    }

    /// The text ends within a string or a comment.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Where the bracket that is closed by token `at` was opened; `None` if this opens one itself.
    fn opening(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        for i in (0..=at).rev() {
            match (self.tokens[i].1, self.word(i)) {
                (TokenClass::Bracket, ")" | "]" | "}") => depth += 1,
                (TokenClass::Bracket, _) => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(i);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The first token of the chain of unary messages that ends before token `end`; `end` if there is none.
    pub fn chain(&self, end: usize) -> usize {
        let mut start = end;
        loop {
            let Some(at) = start.checked_sub(1) else { return start };
            match self.tokens[at].1 {
                TokenClass::Name => start = at,
                TokenClass::Primitive if !self.word(at).ends_with(':') => start = at,
                TokenClass::Number | TokenClass::String | TokenClass::SelfName => return at,
                TokenClass::Bracket => {
                    return match self.opening(at) {
                        Some(opening) if opening < at => opening,
                        _ => start,
                    };
                }
                _ => return start,
            }
        }
    }

    /// Arguments and locals of the brackets that are open at the end.
    pub fn names(&self) -> Vec<&'a str> {
        let mut open: Vec<(Vec<&str>, bool)> = vec![(Vec::new(), false)];
        for at in 0..self.tokens.len() {
            let word = self.word(at);
            let after = at.checked_sub(1).map_or("", |before| self.word(before));
            match self.tokens[at].1 {
                TokenClass::Bracket if matches!(word, "(" | "[" | "{") => open.push((Vec::new(), false)),
                TokenClass::Bracket if open.len() > 1 => drop(open.pop()),
                TokenClass::Punctuation if word == "|" => {
                    if let Some((_, between)) = open.last_mut() {
                        *between = !*between;
                    }
                }
                TokenClass::Argument => {
                    open.last_mut().into_iter().for_each(|(names, _)| names.push(&word[1..]));
                }
                TokenClass::Name if matches!(after, "|" | ".") => {
                    open.last_mut().into_iter().filter(|(_, between)| *between).for_each(|(names, _)| {
                        names.push(word);
                    });
                }
                _ => {}
            }
        }
        open.into_iter().flat_map(|(names, _)| names).collect()
    }

    /// The keyword message that was begun and is not closed off: its parts so far, and the tokens of its receiver (none, if it has none).
    pub fn begun(&self) -> Option<(String, Range<usize>)> {
        let mut parts = Vec::new();
        let mut at = self.tokens.len();
        let keyword = loop {
            at = at.checked_sub(1)?;
            let word = self.word(at);
            match self.tokens[at].1 {
                TokenClass::Keyword => {
                    parts.push(word);
                    if word.starts_with(|c: char| c.is_ascii_lowercase()) {
                        break at;
                    }
                }
                TokenClass::Bracket => at = self.opening(at).filter(|opening| *opening < at)?,
                TokenClass::Punctuation | TokenClass::Definition | TokenClass::Return => return None,
                _ => {}
            }
        };
        parts.reverse();
        let mut receiver = self.chain(keyword);
        while receiver < keyword && receiver > 0 && self.tokens[receiver - 1].1 == TokenClass::Operator {
            let operand = self.chain(receiver - 1);
            if operand == receiver - 1 {
                break;
            }
            receiver = operand;
        }
        Some((parts.concat(), receiver..keyword))
    }
}

/// A string or comment ends with the quote that it began with, and not with an escaped one.
fn is_closed(text: &str) -> bool {
    let Some(inside) = text.get(1..).and_then(|rest| rest.strip_suffix(&text[..1])) else { return false };
    let escapes = inside.bytes().rev().take_while(|b| *b == b'\\').count();
    escapes % 2 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(source: &str) -> &str {
        let text = Typed::new(source);
        let start = text.chain(text.len());
        text.tokens.get(start).map_or("", |(range, _)| source[range.start..].trim_end())
    }

    #[test]
    fn the_receiver_is_the_chain_before_the_cursor() {
        assert_eq!(chain("3 + list copy "), "list copy");
        assert_eq!(chain("at: (3 + 4) factorial "), "(3 + 4) factorial");
        assert_eq!(chain("[ 'a' size "), "'a' size");
        assert_eq!(chain("x: self foo "), "self foo");
        assert_eq!(chain("3 + "), "");
        assert_eq!(chain("( "), "");
        assert_eq!(chain(""), "");
        assert_eq!(chain("] ) "), "");
    }

    #[test]
    fn names_of_open_brackets_are_known_and_those_of_closed_ones_are_not() {
        assert_eq!(Typed::new("[ |:apple. pear <- 3 | [ |:fig| fig ] value: ").names(), ["apple", "pear"]);
        assert_eq!(Typed::new("(| a. b = 3 | a foo. ").names(), ["a", "b"]);
        assert!(Typed::new("[ |:x| x ] value").names().is_empty());
    }

    #[test]
    fn a_word_begins_behind_any_letter_that_is_none() {
        assert_eq!(
            (word_start(""), word_start("x_1"), word_start("3 + ab"), word_start("ab ")),
            (0, 0, 4, 3)
        );
        assert_eq!((word_start("'ä"), word_start("😀ab")), (3, 4));
    }

    #[test]
    fn strings_and_comments_are_left_alone() {
        assert!(Typed::new("'unfinished ").is_open());
        assert!(Typed::new("3 \"unfinished ").is_open());
        assert!(Typed::new("'escaped \\'").is_open());
        assert!(!Typed::new("'finished' ").is_open());
        assert!(!Typed::new("'finished\\\\'").is_open());
    }
}
