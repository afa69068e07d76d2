//! Bytes steer the generator of programs: what it makes parses to the tree it was made from, before and after formatting.

use batos_lang::generate::{Entropy, program};
use batos_lang::{format, parse_file, parse_string, tree_tokens};

/// Makes a program from the bytes, formats it, and compares the trees.
pub fn run(data: &[u8]) {
    let made = program(&mut Entropy::from_bytes(data), 400);
    let parsed = parse_string(&made.source);
    let show = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
    assert!(parsed.is_legal(), "{:?}\n{}", parsed.diagnostics, show(&made.source));
    assert_eq!(tree_tokens(&parsed.tree, &made.source), made.tokens, "{}", show(&made.source));
    let text = format(&parsed.tree, &made.source);
    for parse in [parse_string, parse_file] {
        let again = parse(&text);
        assert!(again.is_legal(), "{:?}\n{}", again.diagnostics, show(&text));
        assert_eq!(tree_tokens(&again.tree, &text), made.tokens, "{}", show(&text));
        assert_eq!(again.tree.comments.len(), parsed.tree.comments.len(), "{}", show(&text));
    }
    assert_eq!(show(&format(&parse_string(&text).tree, &text)), show(&text));
}
