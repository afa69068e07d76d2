//! Depth and length: nothing overflows the stack, whatever the input, on a test thread's small stack.

use batos_lang::{diagnostics, parse_body, parse_file, parse_string, tree::MAX_NESTING, tree_text};

fn repeated(open: &str, middle: &str, close: &str, count: usize) -> Vec<u8> {
    format!("{}{}{}", open.repeat(count), middle, close.repeat(count)).into_bytes()
}

#[test]
fn deep_nesting_is_refused() {
    for count in [10_000, 1_000_000] {
        for source in [
            repeated("(", "3", ")", count),
            repeated("[", "3", "]", count),
            repeated("(| x = ", "3", "|)", count),
            repeated("(| {'a' x = ", "3", "}|)", count),
            repeated("{'a' ", "x", "}", count),
            repeated("a: ", "3", "", count),
            repeated("a: (b: [", "3", "])", count),
            repeated("(", "", "", count),
            repeated("[", "3", ")", count),
            repeated("3 + foo: ", "3", "", count),
            repeated("a: ( ", "", "", count),
        ] {
            for parse in [parse_file, parse_string, parse_body] {
                let parsed = parse(&source);
                assert!(
                    parsed.diagnostics.iter().any(|d| d.code == diagnostics::TOO_DEEP),
                    "{}",
                    source.len()
                );
                tree_text(&parsed.tree, &source);
            }
        }
        // Closing without opening.
        assert!(!parse_file(&repeated("", "3", ")", count)).is_legal());
    }
}

#[test]
fn what_is_allowed_is_parsed() {
    let depth = MAX_NESTING;
    for source in [
        repeated("(", "3", ")", depth),
        repeated("[", "3", "]", depth),
        repeated("a: ", "3", "", depth),
        repeated("a: (", "3", ")", depth / 2),
    ] {
        let parsed = parse_string(&source);
        assert!(parsed.is_legal(), "{:?}", parsed.diagnostics);
        let deeper = repeated("(", &String::from_utf8(source).unwrap(), ")", 1);
        assert!(!parse_string(&deeper).is_legal());
    }
}

#[test]
fn a_statement_after_what_is_too_deep_is_still_read() {
    let mut source = repeated("(", "3", ")", 1000);
    source.extend_from_slice(b"\n3 + 4 * 5\n");
    let codes: Vec<_> = parse_file(&source).diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [diagnostics::TOO_DEEP, diagnostics::MIXED_OPERATORS]);
}

#[test]
fn long_chains_are_parsed() {
    let count = 1_000_000;
    for (source, nodes) in [
        (repeated("", "a", " b", count), count + 1),
        (repeated("", "1", " + 2", count), 2 * count + 1),
        (repeated("a. ", "b", "", count), count + 1),
        (repeated("", "1", " -1", count), 2 * count + 1),
        (format!("a: 1{}", " B: 2".repeat(count)).into_bytes(), count + 2),
    ] {
        let parsed = parse_string(&source);
        assert!(parsed.is_legal(), "{:?}", parsed.diagnostics);
        assert_eq!(parsed.tree.nodes.len(), nodes);
        tree_text(&parsed.tree, &source);
    }
    let slots = format!("(| {} |)", (0..count / 10).map(|i| format!("x{i} = {i}. ")).collect::<String>());
    assert!(parse_string(slots.as_bytes()).is_legal());
}

#[test]
fn many_mistakes_take_no_longer_than_few() {
    for source in [
        repeated("", "(| x", " x. x |)", 1).repeat(1),
        format!("(| {} |)", "x. ".repeat(200_000)).into_bytes(),
        format!("(| {} |)", "x ".repeat(200_000)).into_bytes(),
        "3 + 4 * ".repeat(200_000).into_bytes(),
        ")".repeat(300_000).into_bytes(),
        "a.. ".repeat(200_000).into_bytes(),
        "(| x ".repeat(200).repeat(100).into_bytes(),
        format!("(| {} |)", (0..50_000).map(|i| format!("x{i}. x{i}: a = (a). ")).collect::<String>())
            .into_bytes(),
    ] {
        assert!(!parse_string(&source).is_legal());
    }
}
