//! The TextMate grammar says what the highlighter says, and the copy of the VS Code extension is up to date.

use std::fs;
use std::path::{Path, PathBuf};

use batos_lang::textmate::{Finds, RULES, textmate};
use batos_lang::{TokenClass, highlight};
use fancy_regex::Regex;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The classes of a text by the rules, as an editor applies them.
fn by_rules(source: &str) -> Vec<(usize, usize, TokenClass)> {
    let rules: Vec<(Option<Regex>, Finds, TokenClass)> = RULES
        .iter()
        .map(|rule| match rule.finds {
            Finds::Match(pattern) => {
                (Some(Regex::new(&format!(r"\A(?:{pattern})")).unwrap()), rule.finds, rule.class)
            }
            Finds::Quoted(_) => (None, rule.finds, rule.class),
        })
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        let length = rules.iter().find_map(|(regex, finds, class)| match (regex, finds) {
            (Some(regex), _) => Some((regex.find(rest).unwrap()?.end(), *class)),
            (None, Finds::Quoted(quote)) => rest.starts_with(*quote).then(|| (quoted(rest, *quote), *class)),
            (None, Finds::Match(_)) => None,
        });
        match length {
            Some((length, class)) if length > 0 => {
                found.push((at, at + length, class));
                at += length;
            }
            _ => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

fn quoted(text: &str, quote: char) -> usize {
    let mut letters = text.char_indices().skip(1);
    while let Some((at, c)) = letters.next() {
        if c == '\\' {
            letters.next();
        } else if c == quote {
            return at + 1;
        }
    }
    text.len()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "self") {
            found.push(path);
        }
    }
}

#[test]
fn patterns_find_what_the_highlighter_finds() {
    let mut files = Vec::new();
    sources(&root().join("stdlib"), &mut files);
    assert!(files.len() > 50);
    let mut texts: Vec<String> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    texts.push(
        "16rFF -3 2.5e-3 x* = 3. y <- _Foo: 3 Bar: [ |:a. :b| ^ resend.foo: a ] self selfish *| <- | ^"
            .into(),
    );
    for text in texts {
        let real: Vec<_> = highlight(text.as_bytes())
            .into_iter()
            .map(|(span, class)| (span.start as usize, span.end as usize, class))
            .collect();
        let patterns = by_rules(&text);
        let differ = real.iter().zip(&patterns).find(|(a, b)| a != b);
        assert_eq!(differ, None, "{:?}", differ.map(|((start, end, _), _)| &text[*start..*end]));
        assert_eq!(real.len(), patterns.len());
    }
}

#[test]
fn the_extension_has_this_grammar() {
    let path = root().join("clients/vscode/syntaxes/batos.tmLanguage.json");
    let made = textmate();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(there, made, "BLESS=1 cargo test -p batos-lang --test textmate writes it anew");
}
