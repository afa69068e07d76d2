//! The words for mistakes: which code a mistake gets, where it points, what it advises; several mistakes in one source.

use batos_lang::diagnostics::{self as code, all_codes, explain};
use batos_lang::{Code, Diagnostic, parse_body, parse_file, parse_string};

fn body(source: &str) -> Vec<Diagnostic> {
    parse_body(source.as_bytes()).diagnostics
}

fn slots(source: &str) -> Vec<Diagnostic> {
    parse_string(format!("(| {source} |)").as_bytes()).diagnostics
}

fn file(source: &str) -> Vec<Diagnostic> {
    parse_file(source.as_bytes()).diagnostics
}

/// Exactly one finding, of this code, with advice; or else a line about it.
fn one(found: &[Diagnostic], code: Code, source: &str) -> Option<String> {
    let codes: Vec<String> = found.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    let right = found.len() == 1 && found[0].code == code && found[0].help.is_some();
    if right { None } else { Some(format!("{source:?} should get {code}: {codes:?}")) }
}

fn all_right(wrong: impl Iterator<Item = Option<String>>) {
    let wrong: Vec<String> = wrong.flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mistakes_in_code() {
    let cases = [
        ("a \u{e9} b", code::STRAY_BYTE),
        ("a\u{1} b", code::STRAY_BYTE),
        ("foo: 'abc", code::UNCLOSED_STRING),
        ("foo \"abc", code::UNCLOSED_COMMENT),
        ("'a\\e'", code::BAD_ESCAPE),
        ("'\\d256'", code::BAD_ESCAPE),
        ("3abc", code::BAD_NUMBER),
        ("37r1", code::BAD_NUMBER),
        ("1e", code::BAD_NUMBER),
        ("0x10", code::C_STYLE_NUMBER),
        ("007 + 3", code::C_STYLE_NUMBER),
        ("foo Bar", code::CAPITAL_NAME),
        ("[| :X | 3 ]", code::CAPITAL_NAME),
        ("_", code::BAD_NAME),
        ("self.x", code::SELF_MISUSED),
        ("[| :self | 3 ]", code::SELF_MISUSED),
        ("resend", code::LONELY_RESEND),
        ("resend .foo", code::LONELY_RESEND),
        ("resend foo: 3", code::LONELY_RESEND),
        ("at : 3", code::LONE_COLON),
        ("foo: (3", code::UNCLOSED_BRACKET),
        ("foo: [3", code::UNCLOSED_BRACKET),
        ("foo: ([3) + 4", code::UNCLOSED_BRACKET),
        ("3 )", code::STRAY_CLOSING),
        ("a | b", code::UNEXPECTED),
        ("3 +", code::MISSING_OPERAND),
        ("at: 1 Put:", code::MISSING_OPERAND),
        ("a + + b", code::MISSING_OPERAND),
        ("a < - b", code::MISSING_OPERAND),
        ("foo: Bar: 3", code::CAPITAL_KEYWORD),
        ("3 + 4 * 5", code::MIXED_OPERATORS),
        ("3 > 4 || (4 > 3)", code::MIXED_OPERATORS),
        ("Foo: 3", code::CAPITAL_KEYWORD),
        ("a Foo: 3", code::CAPITAL_KEYWORD),
        ("a.. b", code::EMPTY_STATEMENT),
        (". a", code::EMPTY_STATEMENT),
        ("^ a. b", code::RETURN_MISPLACED),
        ("(^ 3)", code::RETURN_MISPLACED),
        ("a ^ b", code::RETURN_MISPLACED),
        ("(||)", code::GLUED_OPERATOR),
        ("[||]", code::GLUED_OPERATOR),
        ("[|:x|-x]", code::GLUED_OPERATOR),
        ("'it''s'", code::ADJACENT_STRINGS),
        ("3 4", code::LEFTOVER),
        ("a foo (3)", code::LEFTOVER),
        ("3 resend.x", code::RESEND_MISPLACED),
        ("3 + resend.foo: 4", code::RESEND_MISPLACED),
        ("a.b.c", code::RESEND_MISPLACED),
        ("a.-3", code::RESEND_MISPLACED),
        ("a {'x' b} c", code::BRACES_MISPLACED),
        ("a ifTrue: { b }", code::BRACES_MISPLACED),
        ("foo: (| x | x bar)", code::METHOD_IN_EXPRESSION),
        ("(| x | y) + 3", code::METHOD_IN_EXPRESSION),
        ("foo: (a. b)", code::STATEMENTS_IN_PARENS),
        ("[:x | x]", code::ARGUMENT_MISPLACED),
        ("[:x :y | x]", code::ARGUMENT_MISPLACED),
        ("[|:x :y | x]", code::MISSING_DOT),
        ("[| m = (3) | m ]", code::INNER_METHOD),
        ("[| :x | ]", code::NO_CODE),
        ("[|:x|. x]", code::EMPTY_STATEMENT),
        ("(| x. y = 3 )", code::UNCLOSED_SLOTS),
    ];
    all_right(cases.into_iter().map(|(source, code)| one(&body(source), code, source)));
}

#[test]
fn mistakes_in_slots() {
    let cases = [
        ("x y", code::MISSING_DOT),
        ("x <- 3. y + z = (z)", code::MISSING_DOT),
        ("_ x = 3", code::BAD_NAME),
        ("x..", code::EMPTY_STATEMENT),
        ("x <- (3)", code::METHOD_NOT_CONSTANT),
        ("x = (| :a | a)", code::ARGUMENT_COUNT),
        ("x: = (3)", code::ARGUMENT_COUNT),
        ("at: i Put: = (3)", code::ARGUMENT_COUNT),
        (":a", code::ARGUMENT_COUNT),
        ("x. x", code::DUPLICATE_SLOT),
        ("x: a Y: a = (a)", code::DUPLICATE_SLOT),
        ("x: a = (| a | a)", code::DUPLICATE_SLOT),
        ("x. x: v = (v)", code::DUPLICATE_SLOT),
        ("3 = 4", code::SLOT_NAME),
        ("_x = 3", code::SLOT_NAME),
        ("self = 3", code::SLOT_NAME),
        ("x: a = 3", code::METHOD_EXPECTED),
        ("+ = 3", code::METHOD_EXPECTED),
        ("x: a = ()", code::METHOD_EXPECTED),
        ("+ a. b", code::METHOD_EXPECTED),
        ("x: a y: b = (a)", code::SMALL_KEYWORD),
        ("p** = x", code::PARENT_STAR),
        ("p*-x", code::PARENT_STAR),
        ("p* * = x", code::PARENT_STAR),
        ("x=-3", code::GLUED_OPERATOR),
        ("x<--3", code::GLUED_OPERATOR),
        ("^ x = 3", code::LEGACY_DIALECT),
        ("^_ x = 3", code::LEGACY_DIALECT),
        ("{}", code::ANNOTATION_FORM),
        ("{} <- 'a'", code::ANNOTATION_FORM),
        ("{a x}", code::BRACES_MISPLACED),
        ("x = 3 4", code::LEFTOVER),
        ("x = 3 + 4 * 5", code::MIXED_OPERATORS),
    ];
    all_right(cases.into_iter().map(|(source, code)| {
        let mut found = slots(source);
        // A capital name within is reported by itself.
        found.retain(|d| d.code != code::CAPITAL_NAME);
        one(&found, code, source)
    }));
    assert_eq!(one(&parse_string(b"(| x.|)").diagnostics, code::RESEND_MISPLACED, "(| x.|)"), None);
}

#[test]
fn mistakes_in_files() {
    let cases = [
        ("3 +\n4", code::MISSING_OPERAND),
        ("foo: 3\nBar: 4", code::CAPITAL_KEYWORD),
        ("| x | x", code::UNEXPECTED),
        ("^ 3", code::RETURN_MISPLACED),
        ("3 )\n4", code::STRAY_CLOSING),
    ];
    all_right(cases.into_iter().map(|(source, code)| one(&file(source), code, source)));
    assert!(file(&"(".repeat(1000)).iter().any(|d| d.code == code::TOO_DEEP));
}

#[test]
fn several_mistakes_are_all_reported() {
    let source = "\
globals _AddSlots: (|
    a = 3 + 4 * 5.
    b c.
    d <- (7).
    m: x = ( 0x10. [:y | y]. foo: 'it''s' ).
    n = ( (| t | t foo) bar ).
    {'Category: x'
        e. e.
        k = ( resend .x ) }
|)

3 4
self fine: [ | x. :y | x + y ]
foo: (bar ]
";
    let codes: Vec<Code> = file(source).iter().map(|d| d.code).collect();
    assert_eq!(
        codes,
        [
            code::MIXED_OPERATORS,
            code::MISSING_DOT,
            code::METHOD_NOT_CONSTANT,
            code::C_STYLE_NUMBER,
            code::ARGUMENT_MISPLACED,
            code::ADJACENT_STRINGS,
            code::METHOD_IN_EXPRESSION,
            code::DUPLICATE_SLOT,
            code::LONELY_RESEND,
            code::LEFTOVER,
            code::UNCLOSED_BRACKET,
            code::STRAY_CLOSING,
        ]
    );
}

#[test]
fn places_and_labels() {
    let source = "a: b. foo: ([ 3 ) + 4";
    let found = body(source);
    assert_eq!(&source[found[0].span.range()], "[");
    assert_eq!(&source[found[0].labels[0].span.range()], ")");
    let source = "x foo: 'abc. y";
    assert_eq!(body(source)[0].span.range(), 7..8);
    let source = "a + b * c";
    let found = body(source);
    assert_eq!(&source[found[0].span.range()], "*");
    assert_eq!(&source[found[0].labels[0].span.range()], "+");
    assert!(found[0].help.as_deref().unwrap_or("").contains("(a + b) * …"));
    let found = slots("x. yy = 3. x <- 4");
    assert_eq!(found[0].labels[0].span.range(), 3..4);
}

/// Every kind has an explanation of some length, and every kind of the parser is given by some test above.
#[test]
fn explanations() {
    let mut last = Code(0);
    for code in all_codes() {
        assert!(code > last, "{code} is out of order");
        last = code;
        let text = explain(&code.to_string()).expect("an explanation");
        assert!(text.starts_with("# ") && text.len() > 100, "{code}: {text}");
        assert!(
            code.0 >= 100 || text.lines().all(|line| line.chars().count() <= 110),
            "{code} has a long line"
        );
    }
    assert_eq!(explain("l22"), explain("L0022"));
    assert!(
        explain("L9999").is_none()
            && explain("22").is_none()
            && explain("").is_none()
            && explain("Lé").is_none()
    );
    let tests = include_str!("diagnostics.rs");
    for line in include_str!("../src/diagnostics/mod.rs").lines() {
        let mut words = line.split_whitespace();
        let (Some(number), Some(name)) = (words.next().and_then(|w| w.parse::<u16>().ok()), words.next())
        else {
            continue;
        };
        let elsewhere = number >= 100 || name == "TOO_LONG";
        assert!(elsewhere || tests.contains(&format!("code::{name}")), "no test for {name}");
    }
}

/// The examples in the explanations: what is called wrong is wrong.
#[test]
fn examples_in_explanations() {
    let mut wrong = 0;
    let mut right = 0;
    let mut mistaken = Vec::new();
    for code in all_codes().filter(|code| code.0 < 100) {
        let text = explain(&code.to_string()).expect("an explanation");
        for line in text.lines().filter_map(|line| line.strip_prefix("    ")) {
            let Some((source, verdict)) = line.rsplit_once("   ") else { continue };
            for source in source.split("   ").map(str::trim).filter(|s| !s.is_empty()) {
                let source = source.replace('…', "3");
                let in_slots = (40..60).contains(&code.0) && !source.starts_with(['(', '['])
                    || code == code::SMALL_KEYWORD
                    || code == code::GLUED_OPERATOR && source.starts_with('x');
                let in_brackets = format!("(| {source} |)");
                let legal = match in_slots {
                    true => parse_string(in_brackets.as_bytes()).is_legal(),
                    false => {
                        parse_body(source.as_bytes()).is_legal() || parse_string(source.as_bytes()).is_legal()
                    }
                };
                let verdict = verdict.trim();
                if verdict.starts_with("wrong")
                    && !verdict.contains("top level")
                    && !verdict.contains("unless")
                {
                    wrong += 1;
                    if legal {
                        mistaken.push(format!("{code}: {source:?} is called wrong"));
                    }
                } else if verdict.starts_with("right") {
                    right += 1;
                    if !legal {
                        mistaken.push(format!("{code}: {source:?} is called right"));
                    }
                }
            }
        }
    }
    assert!(mistaken.is_empty(), "{}", mistaken.join("\n"));
    assert!(wrong > 40 && right > 40, "{wrong} wrong, {right} right");
}
