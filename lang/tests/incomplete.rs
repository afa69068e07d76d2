//! When a prompt waits for more, and how its input is coloured.

use batos_lang::{Completeness, TokenClass, highlight, incomplete};

#[test]
fn complete_inputs() {
    for source in
        ["", "3", "3 + 4", "a. b.", "( a. b )", "'x'", "\"only a comment\"", "[ ^ 3 ]", "(| x |)", "3\n+ 4"]
    {
        assert_eq!(incomplete(source.as_bytes()), Completeness::Complete, "{source:?}");
    }
}

#[test]
fn unfinished_inputs() {
    let sources = [
        "(",
        "[",
        "(3",
        "3 +",
        "foo:",
        "a at: 1 Put:",
        "'abc",
        "\"abc",
        "(| x",
        "(| x = ",
        "(| x = 3 | ",
        "[| :x |",
        "[| :x | x",
        "foo: [ 3. 4",
        "(| + a",
        "(| at: i",
        "(| { 'Category: a' x. ",
        "(| {} = ",
        "(| {",
        "a foo: (| x = 3. y = (",
        "( ( 3 + 4 ) * ",
    ];
    for source in sources {
        assert_eq!(incomplete(source.as_bytes()), Completeness::Incomplete, "{source:?}");
    }
}

#[test]
fn hopeless_inputs() {
    for source in [
        "3 4",
        ")",
        "foo (",
        "( ]",
        "a.. b",
        "3 + 4 * (",
        "0x10",
        "(| x y",
        "(| 3 = ",
        "Foo: (",
        "( ] )",
        "^ 3 +",
    ] {
        assert_eq!(incomplete(source.as_bytes()), Completeness::Error, "{source:?}");
    }
}

/// A prefix of a legal source is never hopeless, whatever token it ends after.
#[test]
fn prefixes_of_legal_sources() {
    let source = "lobby _AddSlots: (| {} = 'x'. p* = traits clonable. { 'Category: a' at: i Put: v = (| t <- 3. u | \
        t: i + (foo: v Bar: - 3). [| :x. :y | ^ x, y ] value: 1 With: 2. resend.at: i Put: v. ^ self ). } |)";
    assert_eq!(incomplete(source.as_bytes()), Completeness::Complete);
    for (span, class) in highlight(source.as_bytes()) {
        // A dot and what is glued to it cannot be told apart before both are there.
        if class == TokenClass::Delegate {
            continue;
        }
        let prefix = &source[..span.end as usize];
        assert_ne!(incomplete(prefix.as_bytes()), Completeness::Error, "{prefix:?}");
    }
}

#[test]
fn classes_cover_the_source_in_order() {
    let source = b"a at: 1 Put: 'x' \"c\" + resend.foo _Bar: :x ^ ( \x01\x02 ) \"open";
    let found = highlight(source);
    assert!(found.windows(2).all(|w| w[0].0.end <= w[1].0.start), "{found:?}");
    let covered: u32 = found.iter().map(|(span, _)| span.end - span.start).sum();
    let blanks = source[..source.len() - 5].iter().filter(|b| **b == b' ').count() as u32;
    assert_eq!(covered + blanks, source.len() as u32, "{found:?}");
    for class in
        [TokenClass::Comment, TokenClass::String, TokenClass::Number, TokenClass::Error, TokenClass::Delegate]
    {
        assert!(found.iter().any(|(_, c)| *c == class), "no {class:?} in {found:?}");
    }
}
