//! Generated programs: they parse to the tree they were made from, and formatting keeps that tree and is stable.

use batos_lang::generate::{Entropy, program};
use batos_lang::{format, parse_string, tree_tokens};

fn show(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

fn check(seed: u64, size: usize) {
    let made = program(&mut Entropy::from_seed(seed), size);
    let parsed = parse_string(&made.source);
    assert!(parsed.is_legal(), "seed {seed}: {:?}\n{}", parsed.diagnostics, show(&made.source));
    let tokens = tree_tokens(&parsed.tree, &made.source);
    assert_eq!(
        show(&tokens.join(&b' ')),
        show(&made.tokens.join(&b' ')),
        "seed {seed}: another tree than it was made from:\n{}",
        show(&made.source)
    );
    let text = format(&parsed.tree, &made.source);
    let again = parse_string(&text);
    assert!(
        again.is_legal(),
        "seed {seed}: formatted text is illegal: {:?}\n{}",
        again.diagnostics,
        show(&text)
    );
    assert_eq!(
        show(&tree_tokens(&again.tree, &text).join(&b' ')),
        show(&made.tokens.join(&b' ')),
        "seed {seed}: formatting changed the tree:\n{}",
        show(&text)
    );
    let comments = |tree: &batos_lang::tree::Tree, source: &[u8]| {
        let mut list: Vec<Vec<u8>> = tree.comments.iter().map(|c| source[c.span.range()].to_vec()).collect();
        list.sort();
        list
    };
    assert_eq!(
        comments(&parsed.tree, &made.source),
        comments(&again.tree, &text),
        "seed {seed}: lost comments"
    );
    let second = format(&again.tree, &text);
    assert_eq!(show(&second), show(&text), "seed {seed}: formatting twice differs from formatting once");
}

#[test]
fn small_programs() {
    for seed in 0..20_000 {
        check(seed, 12);
    }
}

#[test]
fn larger_programs() {
    for seed in 0..1_000 {
        check(seed + 1_000_000, 300);
    }
}

/// Top-level expressions of files: no newline may come between the parts of one.
#[test]
fn formatted_files_parse_as_files() {
    for seed in 0..5_000 {
        let made = program(&mut Entropy::from_seed(seed), 40);
        let parsed = parse_string(&made.source);
        let text = format(&parsed.tree, &made.source);
        let again = batos_lang::parse_file(&text);
        assert!(again.is_legal(), "seed {seed}: {:?}\n{}", again.diagnostics, show(&text));
        assert_eq!(tree_tokens(&again.tree, &text), made.tokens, "seed {seed}:\n{}", show(&text));
    }
}
