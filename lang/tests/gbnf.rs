//! The exported grammar: whatever it accepts parses (by sampling), and it accepts what methods look like (by matching).

use batos_lang::gbnf::{Form, MethodGrammar, method_grammar};
use batos_lang::generate::Entropy;
use batos_lang::parse_string;
use std::collections::{BTreeSet, HashMap};

/// An element of a rule.
#[derive(Debug, Clone)]
enum Part {
    Text(Vec<char>),
    Class(bool, Vec<(char, char)>),
    Rule(String),
    Group(Vec<Vec<Part>>),
    /// At least, at most (`None`: any number).
    Repeat(Box<Part>, usize, Option<usize>),
}

struct Grammar {
    rules: HashMap<String, Vec<Vec<Part>>>,
}

fn read_char(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> char {
    match chars.next().expect("a character") {
        '\\' => match chars.next().expect("an escape") {
            'n' => '\n',
            't' => '\t',
            'x' => {
                let hex: String = chars.by_ref().take(2).collect();
                char::from(u8::from_str_radix(&hex, 16).expect("two hex digits"))
            }
            c @ ('\\' | '"' | ']' | '[') => c,
            c => panic!("unknown escape {c}"),
        },
        c => c,
    }
}

fn alternatives(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Vec<Vec<Part>> {
    let mut all = vec![Vec::new()];
    while let Some(c) = chars.peek().copied() {
        let sequence = all.last_mut().expect("a sequence");
        match c {
            ' ' => {
                chars.next();
            }
            '|' => {
                chars.next();
                all.push(Vec::new());
            }
            ')' => break,
            '(' => {
                chars.next();
                sequence.push(Part::Group(alternatives(chars)));
                assert_eq!(chars.next(), Some(')'));
            }
            '"' => {
                chars.next();
                let mut text = Vec::new();
                while chars.peek() != Some(&'"') {
                    text.push(read_char(chars));
                }
                chars.next();
                sequence.push(Part::Text(text));
            }
            '[' => {
                chars.next();
                let negated = chars.next_if_eq(&'^').is_some();
                let mut ranges = Vec::new();
                while chars.peek() != Some(&']') {
                    let from = read_char(chars);
                    let mut ahead = chars.clone();
                    ahead.next();
                    if chars.peek() == Some(&'-') && ahead.peek() != Some(&']') {
                        chars.next();
                        ranges.push((from, read_char(chars)));
                    } else {
                        ranges.push((from, from));
                    }
                }
                chars.next();
                sequence.push(Part::Class(negated, ranges));
            }
            '*' | '+' | '?' => {
                chars.next();
                let part = Box::new(sequence.pop().expect("something to repeat"));
                sequence.push(match c {
                    '*' => Part::Repeat(part, 0, None),
                    '+' => Part::Repeat(part, 1, None),
                    _ => Part::Repeat(part, 0, Some(1)),
                });
            }
            _ => {
                let mut name = String::new();
                while let Some(c) = chars.next_if(|c| c.is_ascii_alphanumeric() || *c == '-') {
                    name.push(c);
                }
                assert!(!name.is_empty(), "unexpected {c:?} in a rule");
                sequence.push(Part::Rule(name));
            }
        }
    }
    all
}

impl Grammar {
    fn read(text: &str) -> Grammar {
        let mut rules = HashMap::new();
        for line in text.lines() {
            let (name, body) = line.split_once(" ::= ").expect("a rule");
            let mut chars = body.chars().peekable();
            let parsed = alternatives(&mut chars);
            assert!(chars.next().is_none(), "leftover in {line}");
            assert!(rules.insert(name.to_string(), parsed).is_none(), "two rules {name}");
        }
        let grammar = Grammar { rules };
        grammar.check();
        grammar
    }

    /// Every rule that is named exists.
    fn check(&self) {
        fn visit(grammar: &Grammar, all: &[Vec<Part>]) {
            for part in all.iter().flatten() {
                match part {
                    Part::Rule(name) => assert!(grammar.rules.contains_key(name), "no rule {name}"),
                    Part::Group(inner) => visit(grammar, inner),
                    Part::Repeat(inner, ..) => visit(grammar, &[vec![(**inner).clone()]]),
                    Part::Text(text) => assert!(!text.is_empty()),
                    Part::Class(..) => {}
                }
            }
        }
        for rule in self.rules.values() {
            assert!(rule.iter().all(|sequence| !sequence.is_empty()), "an empty alternative");
            visit(self, rule);
        }
    }

    fn sample(&self, all: &[Vec<Part>], entropy: &mut Entropy<'_>, budget: &mut usize, out: &mut String) {
        let chosen = if *budget == 0 { 0 } else { entropy.below(all.len()) };
        *budget = budget.saturating_sub(1);
        for part in &all[chosen] {
            self.sample_part(part, entropy, budget, out);
        }
    }

    fn sample_part(&self, part: &Part, entropy: &mut Entropy<'_>, budget: &mut usize, out: &mut String) {
        match part {
            Part::Text(text) => out.extend(text),
            Part::Class(negated, ranges) => {
                let (low, high) = ranges[entropy.below(ranges.len())];
                let inside = |c: char| ranges.iter().any(|(a, b)| (*a..=*b).contains(&c));
                if *negated {
                    let candidates: Vec<char> =
                        "aZ9 .\"|()[]{}^:=é漢~".chars().filter(|c| !inside(*c)).collect();
                    out.push(candidates[entropy.below(candidates.len())]);
                } else {
                    let span = high as usize - low as usize + 1;
                    out.push(char::from_u32(low as u32 + entropy.below(span) as u32).expect("a character"));
                }
            }
            Part::Rule(name) => self.sample(&self.rules[name], entropy, budget, out),
            Part::Group(inner) => self.sample(inner, entropy, budget, out),
            Part::Repeat(inner, least, most) => {
                let mut count = *least;
                while *budget > 0 && count < most.unwrap_or(6) && entropy.below(2) == 1 {
                    count += 1;
                }
                for _ in 0..count {
                    self.sample_part(inner, entropy, budget, out);
                }
            }
        }
    }

    /// The places where a match that begins at `at` can end.
    fn ends(&self, all: &[Vec<Part>], text: &[char], at: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for sequence in all {
            let mut places = BTreeSet::from([at]);
            for part in sequence {
                places = places.iter().flat_map(|p| self.part_ends(part, text, *p)).collect();
            }
            found.extend(places);
        }
        found
    }

    fn part_ends(&self, part: &Part, text: &[char], at: usize) -> BTreeSet<usize> {
        match part {
            Part::Text(word) => {
                if text[at..].starts_with(word) {
                    BTreeSet::from([at + word.len()])
                } else {
                    BTreeSet::new()
                }
            }
            Part::Class(negated, ranges) => match text.get(at) {
                Some(c) if ranges.iter().any(|(a, b)| (*a..=*b).contains(c)) != *negated => {
                    BTreeSet::from([at + 1])
                }
                _ => BTreeSet::new(),
            },
            Part::Rule(name) => self.ends(&self.rules[name], text, at),
            Part::Group(inner) => self.ends(inner, text, at),
            Part::Repeat(inner, least, most) => {
                let mut all = BTreeSet::new();
                let mut places = BTreeSet::from([at]);
                for count in 0.. {
                    if count >= *least {
                        all.extend(&places);
                    }
                    if places.is_empty() || most.is_some_and(|most| count == most) {
                        break;
                    }
                    places = places
                        .iter()
                        .flat_map(|p| self.part_ends(inner, text, *p))
                        .filter(|p| !all.contains(p))
                        .collect();
                }
                all
            }
        }
    }

    fn accepts(&self, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        self.ends(&self.rules["root"], &chars, 0).contains(&chars.len())
    }
}

fn words(list: &[&str]) -> Option<Vec<String>> {
    Some(list.iter().map(|word| word.to_string()).collect())
}

/// Samples a grammar; every text must parse as a slot.
fn sampled_texts_parse(options: &MethodGrammar, head: &str, count: u64) {
    let grammar = Grammar::read(&method_grammar(options));
    let mut lengths = BTreeSet::new();
    for seed in 0..count {
        let mut entropy = Entropy::from_seed(seed);
        let mut budget = 20 + (seed as usize % 200);
        let mut text = String::new();
        grammar.sample(&grammar.rules["root"], &mut entropy, &mut budget, &mut text);
        lengths.insert(text.len());
        let line = text.strip_suffix('\n').unwrap_or(&text);
        assert!(!line.contains('\n'), "more than a line: {text:?}");
        let source = format!("(| {head}{line} |)");
        let parsed = parse_string(source.as_bytes());
        assert!(parsed.is_legal(), "seed {seed}: {source}\n{:?}", parsed.diagnostics);
        assert_eq!(parsed.tree.top.len(), 1, "{source}");
        assert_eq!(
            parsed.tree.bodies.last().map(|b| b.slots.as_ref().map(|s| s.items.len())),
            Some(Some(1)),
            "{source}"
        );
    }
    assert!(lengths.len() > 30, "the samples are all alike");
}

#[test]
fn definitions_parse() {
    sampled_texts_parse(&MethodGrammar::default(), "", 20_000);
}

#[test]
fn bodies_parse() {
    let options = MethodGrammar {
        form: Form::Body,
        arguments: vec!["i".into(), "other".into()],
        ..MethodGrammar::default()
    };
    sampled_texts_parse(&options, "at: i Put: other = ", 10_000);
    let rest = MethodGrammar { form: Form::Rest, depth: 20, ..options };
    sampled_texts_parse(&rest, "at: i Put: other =", 10_000);
}

#[test]
fn narrowed_bodies_parse() {
    let options = MethodGrammar {
        form: Form::Rest,
        arguments: vec!["n".into()],
        names: words(&["n", "size", "list", "self", "Bad", "x y", "true"]),
        unary: words(&["asString", "copyRemoveAll", "resend", "not ok"]),
        binary: words(&["+", ",", "<", "|", "\\\\", "a"]),
        keyword: words(&["at:Put:", "do:", "_IntAdd:IfFail:", "bad", "at:put:", ":"]),
        depth: 3,
    };
    sampled_texts_parse(&options, "put: n =", 10_000);
    let text = method_grammar(&options);
    for refused in ["\"self\" |", "Bad", "x y", "not ok", "at:put", "\"bad"] {
        assert!(
            !text.lines().any(|line| line.starts_with("name ::=") && line.contains(refused)),
            "{refused}"
        );
    }
    let grammar = Grammar::read(&text);
    assert!(grammar.accepts(" (| s <- list copyRemoveAll | do: [|:e. :k| s do: e]. at: n Put: s )\n"));
    assert!(!grammar.accepts(" ( unknown )\n"), "names outside the list are refused");
    assert!(!grammar.accepts(" ( n unknown )\n"), "selectors outside the list are refused");
    let nothing = MethodGrammar {
        names: Some(Vec::new()),
        unary: Some(Vec::new()),
        binary: Some(Vec::new()),
        keyword: Some(Vec::new()),
        ..MethodGrammar::default()
    };
    sampled_texts_parse(&nothing, "", 2_000);
}

#[test]
fn usual_methods_are_accepted() {
    let body =
        Grammar::read(&method_grammar(&MethodGrammar { form: Form::Rest, ..MethodGrammar::default() }));
    for text in [
        " ( (self % 2) = 0 )",
        " (| s <- 0 | do: [|:e| s: s + (e * e)]. s )",
        " ( balance: balance + n )",
        " ( isEmpty ifTrue: [ nil ] False: [ b value: self ] )",
        " ( do: [|:e. :k| (b value: e With: k) ifTrue: [^ true]]. false )",
        " ( 'a', (b printString), 'c' )",
        " ( resend.copy name: 'x' )",
        " (| i <- 0. n. sum <- -1.5 | n: size. [ i < n ] whileTrue: [ sum: sum + (at: i). i: i + 1 ]. ^ sum )",
        " ( x max: 3 + 4 )",
    ] {
        assert!(body.accepts(&format!("{text}\n")), "{text} should be accepted");
    }
    for text in [
        " ( a.b )",
        " ( 3 + 4 * 5 )",
        " ( self: )",
        " ( )",
        " (x)",
        " ( a self )",
        " ( resend )",
        " (| a. a | a )",
        " ( 01 )",
    ] {
        assert!(!body.accepts(&format!("{text}\n")), "{text} should be refused");
    }
    let definition = Grammar::read(&method_grammar(&MethodGrammar::default()));
    for text in ["isEven = ( (self % 2) = 0 )", "+ other = ( other )", "at: a Put: v = ( v )"] {
        assert!(definition.accepts(text), "{text}");
    }
}
