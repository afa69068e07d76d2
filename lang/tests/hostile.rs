//! Broken and random sources through the oracles that the fuzz targets use.

#[path = "../../tests/src/oracle/format_roundtrip.rs"]
mod format_roundtrip;
#[path = "../../tests/src/oracle/lexer.rs"]
mod lexer;
#[path = "../../tests/src/oracle/parser.rs"]
mod parser;

use batos_lang::generate::{Entropy, program};

const PIECES: &[&str] = &[
    "(", ")", "[", "]", "{", "}", "|", "|", ".", ". ", " ", "\n", "a", "foo", "x:", "Put:", ":y", "'s'", "'",
    "\"", "3", "-3", "1.5", "=", "<-", "*", "*=", "+", "^", "self", "resend.", "a.", "_Foo", "||", "\\",
    "\\\n", "{}", "{'A' ", "16r", "é", "\u{0}", "(|", "|)", "*|", "_", "Foo", "0x", "e5",
];

#[test]
fn token_soup() {
    for seed in 0..30_000 {
        let mut entropy = Entropy::from_seed(seed);
        let count = 1 + entropy.below(25);
        let source: String = (0..count).map(|_| PIECES[entropy.below(PIECES.len())]).collect();
        lexer::run(source.as_bytes());
        parser::run(source.as_bytes());
    }
}

#[test]
fn damaged_programs() {
    for seed in 0..3_000 {
        let mut entropy = Entropy::from_seed(seed);
        let mut source = program(&mut entropy, 30).source;
        for _ in 0..1 + entropy.below(4) {
            let at = entropy.below(source.len());
            match entropy.below(4) {
                0 => {
                    source.remove(at);
                }
                1 => source[at] = entropy.below(256) as u8,
                2 => source.truncate(at.max(1)),
                _ => {
                    let piece = PIECES[entropy.below(PIECES.len())];
                    source.splice(at..at, piece.bytes());
                }
            }
            if source.is_empty() {
                break;
            }
        }
        lexer::run(&source);
        parser::run(&source);
    }
}

#[test]
fn random_bytes() {
    for seed in 0..5_000 {
        let mut entropy = Entropy::from_seed(seed);
        let bytes: Vec<u8> = (0..entropy.below(60)).map(|_| entropy.below(256) as u8).collect();
        lexer::run(&bytes);
        parser::run(&bytes);
        format_roundtrip::run(&bytes);
    }
}
