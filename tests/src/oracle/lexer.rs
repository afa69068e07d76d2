//! Any bytes, both modes: tokens lie in order within the source, what is between them is blank, comment or reported, and
//! lexing a token again by itself gives the same kind.

use batos_lang::lexer::{Kind, Lexer, Mode, is_operator_byte};

/// Lexes the bytes in both modes and checks what must hold.
pub fn run(data: &[u8]) {
    for mode in [Mode::File, Mode::String] {
        check(data, mode);
    }
    let classes = batos_lang::highlight(data);
    assert!(classes.iter().all(|(span, _)| span.start < span.end && span.end as usize <= data.len()));
    assert!(classes.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "classes overlap: {classes:?}");
}

fn check(data: &[u8], mode: Mode) {
    let mut lexer = Lexer::new(data, mode);
    let mut end = 0;
    let mut covered = vec![false; data.len()];
    while let Some(token) = lexer.next_token() {
        assert!(token.span.start >= end && token.span.start < token.span.end, "tokens overlap: {token:?}");
        end = token.span.end;
        covered[token.span.range()].fill(true);
        assert!(mode == Mode::File || token.kind != Kind::Newline, "a newline in string mode");
        let text = &data[token.span.range()];
        if matches!(
            token.kind,
            Kind::Operator | Kind::Equal | Kind::Arrow | Kind::Bar | Kind::Caret | Kind::Star
        ) {
            assert!(text.iter().all(|b| is_operator_byte(*b)), "{token:?}");
        }
        // An operator that begins with `#!` would be an interpreter line if it stood alone.
        let stands_alone = !matches!(token.kind, Kind::Delegate | Kind::Newline) && !text.starts_with(b"#!");
        if lexer.diagnostics.is_empty() && stands_alone {
            let again = Lexer::new(text, Mode::String).next_token();
            assert_eq!(again.map(|t| t.kind), Some(token.kind), "{:?} alone", String::from_utf8_lossy(text));
        }
    }
    for comment in &lexer.comments {
        assert!(data[comment.span.range()].starts_with(b"\"") && data[comment.span.range()].ends_with(b"\""));
        covered[comment.span.range()].fill(true);
    }
    for diagnostic in &lexer.diagnostics {
        assert!(diagnostic.span.start <= diagnostic.span.end && diagnostic.span.end as usize <= data.len());
    }
    if lexer.diagnostics.is_empty() && !data.starts_with(b"#!") && !data.starts_with(b"\xEF\xBB\xBF") {
        for (at, byte) in data.iter().enumerate().filter(|(at, _)| !covered[*at]) {
            assert!(
                matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x08 | 0x0B | 0x0C | b'\\'),
                "byte {byte:#x} at {at} is in no token and no report"
            );
        }
    }
}
