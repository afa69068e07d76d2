//! Text to tokens, with indentation as tokens of its own.
//!
//! Invariants: every `Indent` has its `Dedent`; inside brackets there are no line ends. Bytes that are no token are an error, not a
//! panic. It knows words and marks, not what they mean.

use crate::Refusal;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Name(String),
    Int(String),
    Float(String),
    Str(String),
    /// An f-string's raw text between the quotes.
    Format(String),
    Mark(&'static str),
    NewLine,
    Indent,
    Dedent,
    End,
}

/// Longest first, so that the first that fits is right.
const MARKS: [&str; 45] = [
    "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=",
    "*=", "/=", "%=", "&=", "|=", "^=", ":=", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">",
    "(", ")", "[", "]", "{", "}", ",", ":", ".", "=",
];
/// Deepest indentation.
const MOST_LEVELS: usize = 40;

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    levels: Vec<usize>,
    brackets: usize,
}

/// All tokens of a text, the last one `End`.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, Refusal> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), levels: vec![0], brackets: 0 };
    lexer.run()?;
    Ok(lexer.tokens)
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn run(&mut self) -> Result<(), Refusal> {
        self.begin_line()?;
        while let Some(c) = self.peek() {
            match c {
                '\n' => {
                    self.at += 1;
                    if self.brackets == 0 {
                        self.end_line();
                        self.begin_line()?;
                    }
                }
                ' ' | '\t' | '\r' => self.at += 1,
                ';' => {
                    self.at += 1;
                    self.end_line();
                }
                '#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                '\\' if self.rest().starts_with("\\\n") => self.at += 2,
                '0'..='9' => self.number()?,
                '.' if self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number()?,
                '"' | '\'' => self.string(false, false)?,
                c if c.is_alphabetic() || c == '_' => self.word()?,
                _ => self.mark()?,
            }
        }
        self.end_line();
        while self.levels.pop().is_some_and(|level| level > 0) {
            self.tokens.push(Token::Dedent);
        }
        self.tokens.push(Token::End);
        Ok(())
    }

    fn end_line(&mut self) {
        if !matches!(self.tokens.last(), None | Some(Token::NewLine | Token::Indent | Token::Dedent)) {
            self.tokens.push(Token::NewLine);
        }
    }

    /// Compares the indentation of the next line that says something with the levels that are open.
    fn begin_line(&mut self) -> Result<(), Refusal> {
        let width = loop {
            let line = self.rest().split('\n').next().unwrap_or_default();
            let said = line.trim_start();
            if !said.is_empty() && !said.starts_with('#') {
                let mut width = 0;
                for c in line[..line.len() - said.len()].chars() {
                    width = if c == '\t' { (width / 8 + 1) * 8 } else { width + 1 };
                }
                self.at += line.len() - said.len();
                break width;
            }
            self.at += line.len();
            if self.rest().is_empty() {
                return Ok(());
            }
            self.at += 1;
        };
        if self.levels.last().is_some_and(|level| width > *level) {
            if self.levels.len() > MOST_LEVELS {
                return Err(Refusal::new("the indentation is too deep"));
            }
            self.levels.push(width);
            self.tokens.push(Token::Indent);
        }
        while self.levels.last().is_some_and(|level| width < *level) {
            self.levels.pop();
            self.tokens.push(Token::Dedent);
        }
        if self.levels.last() == Some(&width) {
            Ok(())
        } else {
            Err(Refusal::new("the indentation fits no block"))
        }
    }

    fn number(&mut self) -> Result<(), Refusal> {
        let rest = self.rest();
        for (prefix, radix) in [("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2), ("0o", 8), ("0O", 8)] {
            if let Some(digits) = rest.strip_prefix(prefix) {
                let end =
                    digits.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(digits.len());
                let value = u64::from_str_radix(&digits[..end].replace('_', ""), radix);
                let value = value.map_err(|_| Refusal::new("a number that is none"))?;
                self.at += prefix.len() + end;
                self.tokens.push(Token::Int(value.to_string()));
                return Ok(());
            }
        }
        let bytes = rest.as_bytes();
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(|b| b.is_ascii_digit() || *b == b'_') {
                at += 1;
            }
            at
        };
        let mut end = digits(0);
        let mut is_float = false;
        if bytes.get(end) == Some(&b'.') {
            is_float = true;
            end = digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let after = digits(end + 1 + sign);
            if after > end + 1 + sign {
                is_float = true;
                end = after;
            }
        }
        let written = rest[..end].replace('_', "");
        self.at += end;
        self.tokens.push(if is_float {
            let value: f64 = written.parse().map_err(|_| Refusal::new("a number that is none"))?;
            Token::Float(written_float(value))
        } else {
            let digits = written.trim_start_matches('0');
            Token::Int(if digits.is_empty() { "0".into() } else { digits.into() })
        });
        if self.peek().is_some_and(|c| c.is_alphabetic() || c == '_') {
            return Err(Refusal::new("a number that is none"));
        }
        Ok(())
    }

    fn word(&mut self) -> Result<(), Refusal> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let word = rest[..end].to_owned();
        let prefix = word.to_ascii_lowercase();
        if matches!(prefix.as_str(), "f" | "r" | "rf" | "fr" | "b" | "u")
            && rest[end..].starts_with(['"', '\''])
        {
            if prefix == "b" {
                return Err(Refusal::new("byte strings are not translated"));
            }
            self.at += end;
            return self.string(prefix.contains('f'), prefix.contains('r'));
        }
        if !word.is_ascii() {
            return Err(Refusal::new("a name with letters beyond ASCII"));
        }
        self.at += end;
        self.tokens.push(Token::Name(word));
        Ok(())
    }

    fn string(&mut self, format: bool, raw: bool) -> Result<(), Refusal> {
        let rest = self.rest();
        let quote = &rest[..1];
        let triple = rest.starts_with(&quote.repeat(3));
        let open = if triple { 3 } else { 1 };
        let mut out = String::new();
        let mut at = open;
        loop {
            let Some(c) = rest[at..].chars().next() else {
                return Err(Refusal::new("a string without an end"));
            };
            if rest[at..].starts_with(&quote.repeat(open)) {
                break;
            }
            if c == '\n' && !triple {
                return Err(Refusal::new("a string without an end"));
            }
            at += c.len_utf8();
            if c != '\\' || raw {
                out.push(c);
                continue;
            }
            let Some(escaped) = rest[at..].chars().next() else { continue };
            at += escaped.len_utf8();
            match escaped {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'r' => out.push('\r'),
                '0' => out.push('\0'),
                '\n' => {}
                '\\' | '\'' | '"' => out.push(escaped),
                'x' | 'u' => {
                    let length = if escaped == 'x' { 2 } else { 4 };
                    let code = rest.get(at..at + length).and_then(|code| u32::from_str_radix(code, 16).ok());
                    let character = code.and_then(char::from_u32);
                    out.push(character.ok_or_else(|| Refusal::new("an escape that is none"))?);
                    at += length;
                }
                other => {
                    out.push('\\');
                    out.push(other);
                }
            }
        }
        self.at += at + open;
        // Strings beside each other are one.
        match (self.tokens.last_mut(), format) {
            (Some(Token::Str(before)), false) => before.push_str(&out),
            (Some(Token::Str(_) | Token::Format(_)), _) => {
                return Err(Refusal::new("f-strings beside strings are not translated"));
            }
            (_, true) => self.tokens.push(Token::Format(out)),
            (_, false) => self.tokens.push(Token::Str(out)),
        }
        Ok(())
    }

    fn mark(&mut self) -> Result<(), Refusal> {
        let found = MARKS.iter().find(|mark| self.rest().starts_with(**mark));
        let mark = *found.ok_or_else(|| Refusal::new("a character that belongs to nothing"))?;
        match mark {
            "(" | "[" | "{" => self.brackets += 1,
            ")" | "]" | "}" => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
        self.at += mark.len();
        self.tokens.push(Token::Mark(mark));
        Ok(())
    }
}

/// A number as both languages read it: with a point, and without an exponent where that is short.
pub(crate) fn written_float(value: f64) -> String {
    let text = format!("{value:?}");
    match text.split_once('e') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0e{exponent}"),
        _ => text,
    }
}
