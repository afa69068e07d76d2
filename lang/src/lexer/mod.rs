//! Bytes to tokens, in file mode or string mode. Logos finds the raw pieces; this module decides what depends on
//! neighbours: glued delegates, newlines outside brackets, numbers beyond plain digits.
//!
//! Invariant: every token lies after the one before it, and everything between two tokens is blanks, comments, or
//! bytes that a diagnostic names. Bad pieces yield the token that was probably meant, so that the parser goes on.
//! It does not know the grammar: brackets are counted only to tell which newlines matter.

mod number;
mod string;

pub use number::NumberValue;
pub(crate) use number::value;
pub(crate) use string::decode;

use crate::diagnostic::Diagnostic;
use crate::diagnostics as code;
use crate::span::Span;
use crate::tree::Comment;
use logos::Logos;

/// How newlines are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// A newline outside `(` and `[` ends a top-level expression.
    File,
    /// Newlines are blanks.
    String,
}

/// What a token is. The last five never come from the lexer: the parser makes them of bracketed runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Kind {
    /// `foo`
    Name,
    /// `_Foo`
    PrimName,
    /// `self`
    SelfName,
    /// `at:`
    Keyword,
    /// `_IntAdd:`
    PrimKeyword,
    /// `Put:`
    CapKeyword,
    /// `resend.` or `name.`, glued to what follows
    Delegate,
    /// `:x`
    Argument,
    /// An integer without a minus.
    Int,
    /// An integer with a minus.
    NegInt,
    /// A float without a minus.
    Float,
    /// A float with a minus.
    NegFloat,
    /// `'text'`
    Str,
    /// Any operator that has no kind of its own.
    Operator,
    /// `*`
    Star,
    /// `*=`
    StarEqual,
    /// `*<-`
    StarArrow,
    /// `*|`
    StarBar,
    /// `=`
    Equal,
    /// `<-`
    Arrow,
    /// `|`
    Bar,
    /// `^`
    Caret,
    /// `.`
    Dot,
    /// `(`
    OpenParen,
    /// `)`
    CloseParen,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// A newline that ends a top-level expression (file mode only).
    Newline,
    /// `( … )` as a whole.
    Paren,
    /// `[ … ]` as a whole.
    Block,
    /// `{ 'text' literal }` as a whole.
    AnnotatedLiteral,
    /// `{ 'text' slots }` as a whole.
    SlotGroup,
    /// `{}` as a whole.
    EmptyBraces,
}

/// A token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
}

/// The pieces that logos finds by itself.
#[derive(Logos, Clone, Copy, PartialEq, Eq, Debug)]
#[logos(utf8 = false)]
#[logos(skip "[ \t\x0B\x08\x0C]+")]
#[logos(skip r"\\(\r\n|\n|\r)")]
enum Raw {
    #[regex("[\r\n]+")]
    Newline,
    #[regex(r#""(?s-u:[^"\\]|\\.)*""#)]
    Comment,
    #[regex(r#""(?s-u:[^"\\]|\\.)*\\?"#)]
    OpenComment,
    #[regex(r"'(?s-u:[^'\\]|\\.)*'")]
    Str,
    #[regex(r"'(?s-u:[^'\\]|\\.)*\\?")]
    OpenStr,
    #[regex("[a-z][A-Za-z0-9_]*")]
    Word,
    #[regex("_[A-Za-z0-9_]*")]
    PrimWord,
    #[regex("[A-Z][A-Za-z0-9_]*")]
    CapWord,
    #[regex("[a-z][A-Za-z0-9_]*:")]
    Keyword,
    #[regex("_[A-Za-z0-9_]*:")]
    PrimKeyword,
    #[regex("[A-Z][A-Za-z0-9_]*:")]
    CapKeyword,
    #[regex(":[A-Za-z_][A-Za-z0-9_]*")]
    Argument,
    #[regex("-?[0-9]+")]
    Number,
    #[regex(r"[!#$%&*+,\-/;<=>?@\\^`|~]+")]
    Operator,
    #[token(".")]
    Dot,
    #[token("(")]
    OpenParen,
    #[token(")")]
    CloseParen,
    #[token("[")]
    OpenBracket,
    #[token("]")]
    CloseBracket,
    #[token("{")]
    OpenBrace,
    #[token("}")]
    CloseBrace,
}

/// Whether a byte may stand in an operator.
pub fn is_operator_byte(byte: u8) -> bool {
    matches!(
        byte,
        b'!' | b'#'
            | b'$'
            | b'%'
            | b'&'
            | b'*'
            | b'+'
            | b','
            | b'-'
            | b'/'
            | b';'
            | b'<'
            | b'='
            | b'>'
            | b'?'
    ) || matches!(byte, b'@' | b'\\' | b'^' | b'`' | b'|' | b'~')
}

/// A stream of tokens.
pub struct Lexer<'s> {
    raw: logos::Lexer<'s, Raw>,
    source: &'s [u8],
    /// Where `raw` started: after a byte-order mark and a `#!` line.
    offset: u32,
    file_mode: bool,
    /// Open `(` and `[`.
    depth: u32,
    /// Within `{ 'text' … }` outside other brackets, where newlines are blanks.
    in_brace: bool,
    /// Comments met so far.
    pub comments: Vec<Comment>,
    /// What was wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'s> Lexer<'s> {
    /// A lexer at the start of a source. Only the first 4 GiB are read (the parser refuses longer ones).
    pub fn new(source: &'s [u8], mode: Mode) -> Lexer<'s> {
        let offset = prologue(source);
        Lexer {
            raw: Raw::lexer(&source[offset..]),
            source,
            offset: offset as u32,
            file_mode: mode == Mode::File,
            depth: 0,
            in_brace: false,
            comments: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Goes on at a place between two tokens.
    pub fn skip_to(&mut self, place: u32) {
        let at = self.offset + self.raw.span().end as u32;
        self.raw.bump(place.saturating_sub(at) as usize);
    }

    /// The next token, if there is one.
    #[inline]
    pub fn next_token(&mut self) -> Option<Token> {
        loop {
            let raw = self.raw.next()?;
            let span = self.span();
            let Ok(raw) = raw else {
                self.stray_byte(span);
                continue;
            };
            let kind = match raw {
                Raw::Newline => {
                    if self.file_mode && self.depth == 0 && !self.in_brace {
                        return Some(Token { kind: Kind::Newline, span });
                    }
                    continue;
                }
                Raw::Comment => {
                    self.comments.push(Comment { span });
                    continue;
                }
                Raw::OpenComment => {
                    self.unclosed_text(span, true);
                    continue;
                }
                Raw::Str => Kind::Str,
                Raw::OpenStr => {
                    self.unclosed_text(span, false);
                    Kind::Str
                }
                Raw::Word | Raw::PrimWord | Raw::CapWord => {
                    return Some(self.word(raw, span));
                }
                Raw::Keyword => Kind::Keyword,
                Raw::PrimKeyword => Kind::PrimKeyword,
                Raw::CapKeyword => Kind::CapKeyword,
                Raw::Argument => self.argument(span),
                Raw::Number => return Some(self.number(span)),
                Raw::Operator => operator_kind(&self.source[span.range()]),
                Raw::Dot => Kind::Dot,
                Raw::OpenParen => {
                    self.depth += 1;
                    return Some(Token { kind: Kind::OpenParen, span });
                }
                Raw::OpenBracket => {
                    self.depth += 1;
                    return Some(Token { kind: Kind::OpenBracket, span });
                }
                Raw::CloseParen => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Token { kind: Kind::CloseParen, span });
                }
                Raw::CloseBracket => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Token { kind: Kind::CloseBracket, span });
                }
                Raw::OpenBrace => {
                    self.in_brace = self.depth == 0;
                    return Some(Token { kind: Kind::OpenBrace, span });
                }
                Raw::CloseBrace => Kind::CloseBrace,
            };
            // Anything but the text of the brace form outside brackets: newlines matter again.
            if self.depth == 0 && kind != Kind::Str {
                self.in_brace = false;
            }
            return Some(Token { kind, span });
        }
    }

    fn span(&self) -> Span {
        let range = self.raw.span();
        Span::new(self.offset + range.start as u32, self.offset + range.end as u32)
    }

    /// The bytes after the current token.
    fn rest(&self) -> &'s [u8] {
        self.raw.remainder()
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn word(&mut self, raw: Raw, span: Span) -> Token {
        self.in_brace &= self.depth > 0;
        let text = &self.source[span.range()];
        let glued = match self.rest() {
            [b'.', next, ..] => next.is_ascii_alphabetic() || *next == b'_' || is_operator_byte(*next),
            _ => false,
        };
        if glued {
            self.raw.bump(1);
            let span = Span::new(span.start, span.end + 1);
            if text == b"self" {
                self.report(
                    Diagnostic::error(code::SELF_MISUSED, span, "`self` cannot stand before the dot of a resend")
                        .help("write `self foo` for a message to self, or a blank after the dot to separate two statements"),
                );
            }
            return Token { kind: Kind::Delegate, span };
        }
        let kind = match raw {
            Raw::PrimWord if text.len() == 1 => {
                self.report(
                    Diagnostic::error(code::BAD_NAME, span, "`_` alone is not a name")
                        .help("names begin with a small letter; names of primitives with `_` and more"),
                );
                Kind::Name
            }
            Raw::PrimWord => Kind::PrimName,
            Raw::CapWord => {
                self.report(
                    Diagnostic::error(code::CAPITAL_NAME, span, "a name must begin with a small letter")
                        .help("only the later parts of a keyword message begin with a capital, and they end with a colon: `at: 1 Put: 2`"),
                );
                Kind::Name
            }
            _ if text == b"self" => Kind::SelfName,
            _ if text == b"resend" => {
                self.report(
                    Diagnostic::error(code::LONELY_RESEND, span, "`resend` must be glued to a message by a dot")
                        .help("write `resend.foo` or `resend.at: 1 Put: 2`, with no blank on either side of the dot"),
                );
                Kind::Name
            }
            _ => Kind::Name,
        };
        Token { kind, span }
    }

    fn argument(&mut self, span: Span) -> Kind {
        let name = &self.source[span.start as usize + 1..span.end as usize];
        if !name[0].is_ascii_lowercase() {
            let message = "the name of an argument must begin with a small letter";
            self.report(Diagnostic::error(code::CAPITAL_NAME, span, message).help("write `:x`"));
        } else if name == b"self" {
            let message = "`self` cannot be the name of an argument";
            self.report(Diagnostic::error(code::SELF_MISUSED, span, message).help("choose another name"));
        }
        Kind::Argument
    }

    fn number(&mut self, span: Span) -> Token {
        self.in_brace &= self.depth > 0;
        let negative = self.source[span.start as usize] == b'-';
        let digits = span.start as usize + usize::from(negative);
        let next = self.rest().first().copied().unwrap_or(b' ');
        let plain = !next.is_ascii_alphanumeric() && next != b'.';
        let leading_zero = self.source[digits] == b'0' && span.end as usize - digits > 1;
        let mut float = false;
        let mut end = span.end;
        if !plain || leading_zero {
            let scanned = number::scan(self.source, span.start as usize);
            float = scanned.float;
            end = scanned.end as u32;
            self.raw.bump((end - span.end) as usize);
            if let Some((code, message, help)) = scanned.problem {
                self.report(Diagnostic::error(code, Span::new(span.start, end), message).help(help));
            }
        }
        let kind = match (float, negative) {
            (false, false) => Kind::Int,
            (false, true) => Kind::NegInt,
            (true, false) => Kind::Float,
            (true, true) => Kind::NegFloat,
        };
        Token { kind, span: Span::new(span.start, end) }
    }

    fn unclosed_text(&mut self, span: Span, comment: bool) {
        let opening = Span::new(span.start, span.start + 1);
        let (code, what, quote) = if comment {
            (code::UNCLOSED_COMMENT, "comment", "\"")
        } else {
            (code::UNCLOSED_STRING, "string", "'")
        };
        self.report(
            Diagnostic::error(code, opening, format!("this {what} is not closed"))
                .help(format!("it needs a closing {quote}; within it, write \\{quote} for the quote itself")),
        );
    }

    fn stray_byte(&mut self, span: Span) {
        let bytes = &self.source[span.range()];
        if bytes == b":" {
            let message = "a colon belongs to a keyword or an argument, without a blank between";
            let help = "write `at: 3` for a keyword, `:x` for an argument in a slot list";
            self.report(Diagnostic::error(code::LONE_COLON, span, message).help(help));
            return;
        }
        // One report for a run of such bytes (a character of several bytes, pasted text).
        if let Some(last) = self.diagnostics.last_mut()
            && last.code == code::STRAY_BYTE
            && last.span.end == span.start
        {
            last.span.end = span.end;
            return;
        }
        let message = match bytes {
            [byte @ 0x80..=0xFF] => format!("byte 0x{byte:02x} cannot stand outside strings and comments"),
            [byte] => format!("control byte 0x{byte:02x} cannot stand outside strings and comments"),
            _ => "this cannot stand outside strings and comments".to_string(),
        };
        let help =
            "outside strings and comments only ASCII letters, digits, operators and brackets are legal";
        self.report(Diagnostic::error(code::STRAY_BYTE, span, message).help(help));
    }
}

/// Length of a byte-order mark and a `#!` line at the start.
fn prologue(source: &[u8]) -> usize {
    let mut at = 0;
    if source.starts_with(b"\xEF\xBB\xBF") {
        at = 3;
    }
    if source[at..].starts_with(b"#!") {
        at += source[at..].iter().position(|b| *b == b'\n' || *b == b'\r').unwrap_or(source.len() - at);
    }
    at
}

#[inline]
fn operator_kind(text: &[u8]) -> Kind {
    match text {
        b"|" => Kind::Bar,
        b"^" => Kind::Caret,
        b"=" => Kind::Equal,
        b"<-" => Kind::Arrow,
        b"*" => Kind::Star,
        b"*=" => Kind::StarEqual,
        b"*<-" => Kind::StarArrow,
        b"*|" => Kind::StarBar,
        _ => Kind::Operator,
    }
}
