use super::{Grammar, Matcher};

fn grammar(text: &str) -> Grammar {
    match Grammar::parse(text, "root") {
        Ok(grammar) => grammar,
        Err(error) => panic!("{error}"),
    }
}

fn check(text: &str, good: &[&str], bad: &[&str]) {
    let grammar = grammar(text);
    for word in good {
        assert!(grammar.matches(word), "{text} should match {word:?}");
    }
    for word in bad {
        assert!(!grammar.matches(word), "{text} should refuse {word:?}");
    }
}

#[test]
fn literals_and_alternatives() {
    check(r#"root ::= "a" ("b" | "c") | "xyz""#, &["ab", "ac", "xyz"], &["a", "abc", "xy", "", "xyzz"]);
    check(r#"root ::= "\x41\u00e4\U0001F600\"\\\n""#, &["Aä😀\"\\\n"], &["A"]);
}

#[test]
fn repetitions() {
    check(r#"root ::= "a"* "b""#, &["b", "aaab"], &["a", "ba"]);
    check(r#"root ::= [0-9]+ ("." [0-9]{2,3})?"#, &["1", "12.34", "1.234"], &["", "1.", "1.2", "1.2345"]);
    check(r#"root ::= ("ab"){2}"#, &["abab"], &["ab", "ababab"]);
    check(r#"root ::= "ab"{1,}"#, &["ab", "ababab"], &["", "aba"]);
    check(r#"root ::= ("a"?)* "b""#, &["b", "aab"], &["a"]);
}

#[test]
fn classes_negation_and_utf8() {
    check(r#"root ::= "'" [^'\n]* "'""#, &["''", "'häß😀'"], &["'a", "'a\nb'", "'''"]);
    check(r"root ::= [a-cx\]-]+", &["a-]x"], &["d", "["]);
    check(r"root ::= .", &["a", "é", "漢", "😀"], &["", "ab"]);
}

#[test]
fn recursion_and_comments() {
    let nested = "# a comment\nroot ::= list # trailing\nlist ::=\n  \"(\" (list | [a-z])* \")\"\n";
    check(nested, &["()", "(a(b)c)", "((((()))))"], &["(", "())"]);
    check("root ::= term (\"+\" term)*\nterm ::= \"x\" |\n \"(\" root \")\"", &["x+(x+x)+x"], &["x+", "+x"]);
}

#[test]
fn errors_say_where_and_what() {
    let message = |text: &str| Grammar::parse(text, "root").map(|_| ()).map_err(|e| e.to_string());
    assert_eq!(
        message("root ::= other\n"),
        Err("grammar, line 1: rule `other` is used but not defined".into())
    );
    assert_eq!(message("a ::= \"x\"\n"), Err("grammar: no rule named `root`".into()));
    assert_eq!(
        message("root ::= \"x\"\nroot = 3"),
        Err("grammar, line 2: expected `::=` after the rule's name".into())
    );
    for bad in [
        "root ::= \"x",
        "root ::= (\"x\"",
        "root ::= [a",
        "root ::= \"x\"{5,2}",
        "root ::= \"\\q\"",
        "root ::= [z-a]",
    ] {
        assert!(message(bad).is_err(), "{bad}");
    }
    assert!(message(&format!("root ::= {}", "(".repeat(100_000))).is_err());
    assert!(message("root ::= \"x\"{1000}{1000}{1000}").is_err());
}

#[test]
fn left_recursion_is_refused() {
    for bad in
        ["root ::= root \"a\" | \"b\"", "root ::= x \"a\"\nx ::= \"q\"? root", "root ::= (\"a\"? root \"c\")"]
    {
        assert!(Grammar::parse(bad, "root").is_err(), "{bad}");
    }
    // Right recursion and nullable loops end.
    check("root ::= \"a\" root | \"a\"", &["a", "aaaa"], &["", "b"]);
}

#[test]
fn positions_between_bytes_of_a_character() {
    let mut matcher = Matcher::new(grammar("root ::= [ä-ö] \"!\""));
    let bytes = "ä!".as_bytes();
    let start = matcher.start();
    let half = matcher.step(start, bytes[0]).expect("first byte of ä");
    assert!(!matcher.is_accepting(half));
    assert!(matcher.step(half, b'!').is_none());
    let end = matcher.advance(half, &bytes[1..]).expect("the rest");
    assert!(matcher.is_accepting(end) && matcher.is_complete(end));
    // No character of the class begins with this byte.
    assert!(matcher.step(start, 0xE2).is_none());
}

#[test]
fn overlong_forms_and_surrogates_are_no_characters() {
    let mut matcher = Matcher::new(grammar("root ::= \"(\" [^a]"));
    let start = matcher.start();
    for overlong in [&[0xE0u8] as &[u8], &[0xC0, 0xA8], &[0xE0, 0x80, 0xA8], &[0xF0, 0x80, 0x80, 0xA8]] {
        assert!(matcher.advance(start, overlong).is_none(), "{overlong:x?}");
    }
    let inside = matcher.step(start, b'(').expect("fits");
    assert!(matcher.advance(inside, &[0xED, 0xA0, 0x80]).is_none());
    assert!(matcher.advance(inside, "\u{D7FF}".as_bytes()).is_some());
    assert!(matcher.advance(inside, "\u{10FFFF}".as_bytes()).is_some());
    assert!(matcher.advance(inside, &[0xF4, 0x90]).is_none());
}

#[test]
fn a_long_repetition_does_not_grow() {
    let mut matcher = Matcher::new(grammar("root ::= item*\nitem ::= [a-z]+ \" \""));
    let mut at = matcher.start();
    for _ in 0..10_000 {
        at = matcher.advance(at, b"abc ").expect("fits");
    }
    assert!(matcher.nodes_len() < 50);
}
