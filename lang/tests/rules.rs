//! The subtle cases of the language, one by one: what is legal, what is not, and how trees look.

use batos_lang::{parse_body, parse_file, parse_string, tree_text};

fn show(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

fn legal_body(source: &str) {
    let parsed = parse_body(source.as_bytes());
    assert!(parsed.is_legal(), "{source:?} should be legal: {:?}", parsed.diagnostics);
}

fn illegal_body(source: &str) {
    assert!(!parse_body(source.as_bytes()).is_legal(), "{source:?} should be illegal");
}

fn legal_slots(source: &str) {
    let source = format!("(| {source} |)");
    let parsed = parse_string(source.as_bytes());
    assert!(parsed.is_legal(), "{source:?} should be legal: {:?}", parsed.diagnostics);
}

fn illegal_slots(source: &str) {
    let source = format!("(| {source} |)");
    assert!(!parse_string(source.as_bytes()).is_legal(), "{source:?} should be illegal");
}

fn legal_file(source: &str, expressions: usize) {
    let parsed = parse_file(source.as_bytes());
    assert!(parsed.is_legal(), "{source:?} should be legal: {:?}", parsed.diagnostics);
    assert_eq!(parsed.tree.top.len(), expressions, "{source:?}");
}

fn illegal_file(source: &str) {
    assert!(!parse_file(source.as_bytes()).is_legal(), "{source:?} should be illegal");
}

/// Both sources have the same tree when the parentheses of the second are left out.
fn reads_as(source: &str, with_parens: &str) {
    let tree = |source: &str| {
        let parsed = parse_body(source.as_bytes());
        assert!(parsed.is_legal(), "{source:?} should be legal: {:?}", parsed.diagnostics);
        show(&tree_text(&parsed.tree, source.as_bytes()))
    };
    let plain = tree(source);
    let mut bare = tree(with_parens);
    // Remove one "object ( expressionSeries … )" after the other.
    while let Some(at) = bare.find("object ( expressionSeries ") {
        let inner = &bare[at + "object ( ".len()..];
        let mut depth = 1;
        let mut end = 0;
        for word in inner.split(' ') {
            depth += i32::from(word == "(") - i32::from(word == ")");
            if depth == 0 {
                break;
            }
            end += word.len() + 1;
        }
        let middle = inner["expressionSeries ".len()..end - 1].to_string();
        let rest = inner[end + 1..].to_string();
        bare = format!("{}{}{}", &bare[..at], middle, rest);
    }
    assert_eq!(plain, bare, "{source:?} against {with_parens:?}");
}

#[test]
fn binary_chains() {
    for source in ["3 + 4 * 5", "a + b - c", "3 > 4 || (4 > 3)", "a + b * foo: 3", "a - b -1 + c"] {
        illegal_body(source);
    }
    for source in ["3 + 4 + 5", "a -1 -2", "a - -1", "3--4", "(3 > 4) || (4 > 3)", "a < b"] {
        legal_body(source);
    }
    reads_as("3 + 4 + 5", "(3 + 4) + 5");
    reads_as("a b + c d", "(a b) + (c d)");
    reads_as("a = b = c", "(a = b) = c");
    reads_as("3 + foo: 4 + 5", "3 + (foo: (4 + 5))");
    reads_as("a -1 abs", "a - (1 abs)");
    reads_as("a -1 -2", "(a - 1) - 2");
    reads_as("a -1 foo: 3", "(a - 1) foo: 3");
    reads_as("a -0", "a - 0");
}

#[test]
fn keyword_messages() {
    reads_as("a foo: b Bar: c foo: d", "a foo: b Bar: (c foo: d)");
    reads_as("a foo: b foo: c", "a foo: (b foo: c)");
    reads_as("a: b c: d E: f E: g", "a: (b c: d E: f E: g)");
    reads_as("x: y: z", "x: (y: z)");
    reads_as("5 min: 6 min: 7 Max: 8", "5 min: (6 min: 7 Max: 8)");
    reads_as("1 + foo: 3", "1 + (foo: 3)");
    reads_as("3 + foo: 4 Bar: 5 + 6", "3 + (foo: 4 Bar: (5 + 6))");
    reads_as("max: + 3", "max: (+ 3)");
    reads_as("< 0 ifTrue: [ a ]", "(< 0) ifTrue: [ a ]");
    reads_as("foo: 3 + 4", "foo: (3 + 4)");
    reads_as("foo:- 3", "foo: (- 3)");
    reads_as("+ foo: 3", "+ (foo: 3)");
    reads_as("resend.+ 3 + 4", "(resend.+ 3) + 4");
    reads_as("resend.+ foo: 3", "resend.+ (foo: 3)");
    reads_as("resend.foo bar + 1", "((resend.foo) bar) + 1");
    reads_as("a at: resend.foo: 3 Bar: 4", "a at: (resend.foo: 3 Bar: 4)");
    for source in ["foo: Bar: 3", "Foo: 3", "foo: 3 Bar:", "a Foo: 3", "foo:", "foo: a Bar: Baz: 3"] {
        illegal_body(source);
    }
    for source in
        ["foo:-3", "self: 3", "resend: 3", "a self: 3", "- 3", "-3 abs", "-x", "a _IntAdd: 3 IfFail: [ 4 ]"]
    {
        legal_body(source);
    }
}

#[test]
fn statements_and_returns() {
    for source in ["a.", "a. b.", "", "( a. )", "^-3", "^ -3", "^3", "a. ^ b", "[ ^ 3 ]", "^ 3.", "^self"] {
        legal_body(source);
    }
    for source in [
        "a.. b",
        ". a",
        "^ a. b",
        "(^ 3)",
        "a. ^ b. c",
        "[^]",
        "( a. b )",
        "(| x | y)",
        "3 4",
        "a 3",
        "3 'a'",
        "a ^ b",
        "^ ^ 3",
        "a (b)",
        "a [b]",
        "3. .",
        "(3. 4) foo",
        "a | b",
        "3 +",
        "a + + b",
        "a < - b",
    ] {
        illegal_body(source);
    }
    legal_body("(| x = 3 |) x");
    legal_body("a + [b] + (c) + 'd'");
}

#[test]
fn blocks() {
    for source in [
        "[:x | x]",
        "[|:x :y| x]",
        "[| :x |]",
        "[|:x|. x]",
        "[| m = (3) | m]",
        "[||]",
        "[|:x|-x]",
        "[|:X| 3]",
        "[| : x | 3]",
        "[|:self| 3]",
    ] {
        illegal_body(source);
    }
    for source in [
        "[|:x. y <- 3. z = 4 | x]",
        "[|:x|x]",
        "[|:x| -x]",
        "[]",
        "[ ]",
        "[| |]",
        "[| x |]",
        "[|:x. y. :z| x]",
        "[| {} = 'a'. {'b' :x. y} | x ]",
    ] {
        legal_body(source);
    }
}

#[test]
fn resends() {
    for source in [
        "resend",
        "resend .x",
        "self.x",
        "3 resend.x",
        "a.b.c",
        "3 + resend.foo: 4",
        "b a.foo",
        "a.-3",
        "a b.c",
        "3 + resend.+ 4",
    ] {
        illegal_body(source);
    }
    for source in [
        "a.b",
        "resend.foo",
        "3 + resend.foo",
        "a. b",
        "a.3",
        "a.\"c\" b",
        "a.'s'",
        "a.(b)",
        "a.[b]",
        "3 + (resend.foo: 4)",
        "a.- 3",
        "resend.foo: 3 Bar: 4",
        "x: resend.foo: 4",
    ] {
        legal_body(source);
    }
}

#[test]
fn literals() {
    for source in [
        "'it''s'", "'\\e'", "'\\x4'", "'\\d65'", "'\\X41'", "'\\d256'", "'\\o400'", "00", "01", "0x10",
        "10r", "37r1", "1r0", "2r102", "2r101abc", "3.5abc", "3abc", "9x", "1e", "1e5x", ".5", "Foo",
        "foo Bar", "_", "a _", ": x", ":x", "'abc", "\"abc", "a \u{e9}", "-01", "8r8", "16rG",
    ] {
        illegal_body(source);
    }
    for source in [
        "\"a \\\" b\" 3",
        "'\\x41\\d065\\o101\\0\\?'",
        "0",
        "-0",
        "16rFF",
        "-16rff",
        "36Rz",
        "1e5",
        "1E+5",
        "1e-5",
        "1.5.",
        "1. ",
        "1.e3",
        "3_IntAdd: 4",
        "16r1.5",
        "'\u{e9}' \"\u{e9}\"",
        "5.",
        "99999999999999999999999",
        "1.5e3",
        "'a\\\nb'",
    ] {
        legal_body(source);
    }
}

#[test]
fn slots() {
    for source in [
        "x y",
        "x..",
        ". x",
        "{}",
        "{ }",
        "{} <- 'a'",
        "{A x}",
        "{'A' 'B' x}",
        "x <- (3)",
        "x = (| :a | a)",
        "x: = (3)",
        "x: a = (| :b | a)",
        "x: a = ()",
        "x: a = [a]",
        "x: a = a",
        "+ = 3",
        "x: a Y: a = (a)",
        "x. x",
        "x: a = (| a | a)",
        "x**",
        "x*-y",
        "x *y",
        "| a = (a)",
        "^ a = (a)",
        "X = 3",
        "_x = 3",
        "self = 3",
        ":x = 3",
        "x. x: a = (a)",
        "x <- 3. x: a = (a)",
        "x = (3. 4) foo",
        "x: a y: b = (a)",
        "x: a Y: = (a)",
        "x: Y: b = (a)",
        "+ a. b",
        "x:",
        "x: a",
        "_x: a = (a)",
        "x = ",
        "x <-",
        "x=-3",
        "x<--3",
        "x. {'a' x}",
        "{'a' x. {'b' x}}",
        ":a",
        "{} = 3",
        "{} = 'a' 'b'",
        "x = {} = 'a'",
        "x.|",
        "+ X = (x)",
        "x: X = (x)",
        "x* = (| :a | a)",
        "x: = (| :a. :b | a)",
        "x = (| m = (3) | m)",
        ":x* ",
    ] {
        illegal_slots(source);
    }
    for source in [
        "x. {'A' y}",
        "x {'A' y}",
        "{'A' x} y",
        "{'A'}",
        "{'A' {'B' x. } y. }",
        "x = (3)",
        "x = (3) + 4",
        "x = ((3))",
        "x <- [3]",
        "x <- ()",
        "x*",
        "x *= y",
        "x*<-y",
        "x* = (3)",
        "x*= y",
        "<- a = (a)",
        "= a = (a)",
        "** a = (a)",
        "* a = (a)",
        "+ = (| :a | a)",
        "x = 3. x: a = (a)",
        "x: = (| :a | a)",
        "x: Y: = (| :a. :b | a)",
        "x <- (3) + 4",
        "x = a.y",
        "x = 3.y = 4",
        "x = a. y",
        "{} = 'a'",
        "{} = 'a'. x",
        "{} = 'a' x",
        "{'a' x}. y",
        "x = (| a <- 3 | a)",
        "x <- y <- z",
        "x = y = z",
        "|| a = (a)",
        "x. ",
        "",
        "x * ",
        "x*. y* = z",
    ] {
        legal_slots(source);
    }
    // A star glued to the closing bar.
    let glued = parse_string(b"(| x*|)");
    assert!(glued.is_legal(), "{:?}", glued.diagnostics);
    assert!(show(&tree_text(&glued.tree, b"(| x*|)")).contains("unarySlotName x x |"));
}

#[test]
fn files() {
    for source in [
        "3 +\n4",
        "foo: 3\nBar: 4",
        ".",
        "3 )",
        "3 4",
        "{ 'a' 3 }",
        "^ 3",
        "| x | x",
        "(| :x | x)",
        "( | x = (3) | x )",
    ] {
        illegal_file(source);
    }
    legal_file("3\n+ 4", 2);
    legal_file("3. 4", 2);
    legal_file("3. 4.\n5", 3);
    legal_file("(3\n + 4)", 1);
    legal_file("3 \\\n+ 4", 1);
    legal_file("3 \\\r\n+ 4", 1);
    legal_file("( a. b )", 1);
    legal_file("( ^ a )", 1);
    legal_file("{ 'a'\n (| x |)\n }", 1);
    legal_file("a ifTrue: [\n b\n] False: [ c ]", 1);
    legal_file("3 \"c\n\" + 4", 1);
    legal_file("\u{feff}3\n4", 2);
    legal_file("#!/usr/bin/env batos\n3\n4", 2);
    legal_file("", 0);
    legal_file("\n\n \"c\" \n", 0);
    legal_file("foo: (\n3)\r\nbar", 2);
    // In a string, newlines are blanks.
    assert!(parse_string(b"3\n+ 4").is_legal());
    assert_eq!(parse_string(b"3\n+ 4").tree.top.len(), 1);
}

#[test]
fn values_of_literals() {
    use batos_lang::tree::NodeKind;
    let value = |source: &str| {
        let parsed = parse_string(source.as_bytes());
        assert!(parsed.is_legal(), "{source}: {:?}", parsed.diagnostics);
        let kind = parsed.tree.node(parsed.tree.top[0].expr).kind;
        match kind {
            NodeKind::Int(v) => v.to_string(),
            NodeKind::BigInt(digits) => format!("big {}", show(parsed.tree.name(digits))),
            NodeKind::Float(v) => format!("{v:?}"),
            NodeKind::Str(text) => show(parsed.tree.name(text)),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(value("16rFf"), "255");
    assert_eq!(value("-2r101"), "-5");
    assert_eq!(value("2305843009213693951"), "2305843009213693951");
    assert_eq!(value("2305843009213693952"), "big 2305843009213693952");
    assert_eq!(value("-2305843009213693952"), "-2305843009213693952");
    assert_eq!(value("16rFFFFFFFFFFFFFFFFFFFFFFFF"), "big 79228162514264337593543950335");
    assert_eq!(value("-36rZZZZZZZZZZZZZZZZ"), format!("big -{}", 36u128.pow(16) - 1));
    assert_eq!(value("1e3"), "1000.0");
    assert_eq!(value("-1.5E-1"), "-0.15");
    assert_eq!(value("'a\\x41\\d066\\o103\\\nb\\'\\\\'"), "aABCb'\\");
    assert_eq!(value("'a\rb'"), "a\nb");
}
