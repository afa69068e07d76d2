//! Classes of tokens, for colouring source on a screen. Works on any bytes, legal or not.

use crate::diagnostics as code;
use crate::lexer::{Kind, Lexer, Mode};
use crate::span::Span;

/// What a piece of source is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum TokenClass {
    /// A comment.
    Comment,
    /// A string.
    String,
    /// A number.
    Number,
    /// A unary name: a message, or a slot's name.
    Name,
    /// `self`
    SelfName,
    /// A part of a keyword message.
    Keyword,
    /// A primitive, unary or keyword.
    Primitive,
    /// `resend.` or `parent.`
    Delegate,
    /// `:x`
    Argument,
    /// An operator.
    Operator,
    /// `=` or `<-`
    Definition,
    /// `^`
    Return,
    /// `( ) [ ] { }`
    Bracket,
    /// `|` or `.`
    Punctuation,
    /// Bytes that cannot stand here.
    Error,
}

/// The classes of all tokens and comments, in order, without overlap.
pub fn highlight(source: &[u8]) -> Vec<(Span, TokenClass)> {
    let mut lexer = Lexer::new(source, Mode::String);
    let mut out = Vec::new();
    while let Some(token) = lexer.next_token() {
        let class = match token.kind {
            Kind::Name => TokenClass::Name,
            Kind::PrimName | Kind::PrimKeyword => TokenClass::Primitive,
            Kind::SelfName => TokenClass::SelfName,
            Kind::Keyword | Kind::CapKeyword => TokenClass::Keyword,
            Kind::Delegate => TokenClass::Delegate,
            Kind::Argument => TokenClass::Argument,
            Kind::Int | Kind::NegInt | Kind::Float | Kind::NegFloat => TokenClass::Number,
            Kind::Str => TokenClass::String,
            Kind::Operator | Kind::Star => TokenClass::Operator,
            Kind::StarEqual | Kind::StarArrow | Kind::Equal | Kind::Arrow => TokenClass::Definition,
            Kind::Caret => TokenClass::Return,
            Kind::Bar | Kind::StarBar | Kind::Dot | Kind::Newline => TokenClass::Punctuation,
            Kind::OpenParen
            | Kind::CloseParen
            | Kind::OpenBracket
            | Kind::CloseBracket
            | Kind::OpenBrace
            | Kind::CloseBrace => TokenClass::Bracket,
            Kind::Paren | Kind::Block | Kind::AnnotatedLiteral | Kind::SlotGroup | Kind::EmptyBraces => {
                TokenClass::Bracket
            }
        };
        out.push((token.span, class));
    }
    out.extend(lexer.comments.iter().map(|comment| (comment.span, TokenClass::Comment)));
    for diagnostic in &lexer.diagnostics {
        match diagnostic.code {
            code::STRAY_BYTE | code::LONE_COLON => out.push((diagnostic.span, TokenClass::Error)),
            // Its text runs to the end of the source.
            code::UNCLOSED_COMMENT => {
                let span = Span::new(diagnostic.span.start, source.len() as u32);
                out.push((span, TokenClass::Comment));
            }
            _ => {}
        }
    }
    out.sort_by_key(|(span, _)| (span.start, span.end));
    out
}
