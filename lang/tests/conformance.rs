//! Verdicts and trees observed on a real Self system (`tests/fixtures/syntax.jsonl`).

use batos_lang::{parse_file, tree_tokens};

/// Enough JSON for the fixtures: an object a line, of strings, lists of strings, booleans and null.
#[derive(Debug, Clone, PartialEq)]
enum Json {
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
    Bool(bool),
    Null,
}

struct Reader<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        while self.chars.next_if(|c| c.is_whitespace() || *c == ',' || *c == ':').is_some() {}
    }

    fn value(&mut self) -> Json {
        self.blanks();
        match self.chars.next() {
            Some('"') => Json::Text(self.text()),
            Some('[') => {
                let mut list = Vec::new();
                loop {
                    self.blanks();
                    if self.chars.next_if_eq(&']').is_some() {
                        return Json::List(list);
                    }
                    list.push(self.value());
                }
            }
            Some('{') => {
                let mut fields = Vec::new();
                loop {
                    self.blanks();
                    if self.chars.next_if_eq(&'}').is_some() {
                        return Json::Object(fields);
                    }
                    let Json::Text(key) = self.value() else { panic!("a key must be a string") };
                    fields.push((key, self.value()));
                }
            }
            Some(first) => {
                let mut word = String::from(first);
                while let Some(c) = self.chars.next_if(|c| c.is_ascii_alphabetic()) {
                    word.push(c);
                }
                match word.as_str() {
                    "true" => Json::Bool(true),
                    "false" => Json::Bool(false),
                    "null" => Json::Null,
                    other => panic!("unknown word {other}"),
                }
            }
            None => panic!("the line ends early"),
        }
    }

    fn text(&mut self) -> String {
        let mut out = String::new();
        loop {
            match self.chars.next().expect("an unclosed string") {
                '"' => return out,
                '\\' => match self.chars.next().expect("an unclosed string") {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'r' => out.push('\r'),
                    'b' => out.push('\u{8}'),
                    'f' => out.push('\u{c}'),
                    'u' => {
                        let hex: String = self.chars.by_ref().take(4).collect();
                        let code = u32::from_str_radix(&hex, 16).expect("four hex digits");
                        out.push(char::from_u32(code).expect("a character"));
                    }
                    c => out.push(c),
                },
                c => out.push(c),
            }
        }
    }
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c as u32).expect("a Latin-1 character")).collect()
}

#[test]
fn syntax_fixtures() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/syntax.jsonl");
    let lines = std::fs::read_to_string(path).expect("the fixtures");
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in lines.lines() {
        let Json::Object(fields) = (Reader { chars: line.chars().peekable() }).value() else { panic!() };
        let get = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, v)| v.clone());
        let Some(Json::Text(file)) = get("file") else { panic!("no source in {line}") };
        let accept = get("accept") == Some(Json::Bool(true));
        let source = latin1(&file);
        let parsed = parse_file(&source);
        count += 1;
        if parsed.is_legal() != accept {
            wrong.push(format!("{file:?}: legal is {}, {:?}", parsed.is_legal(), parsed.diagnostics));
            continue;
        }
        if let Some(Json::List(tree)) = get("tree") {
            let expected: Vec<Vec<u8>> = tree
                .iter()
                .map(|item| match item {
                    Json::Text(text) => latin1(text),
                    other => panic!("{other:?} in a tree"),
                })
                .collect();
            let got = tree_tokens(&parsed.tree, &source);
            if got != expected {
                let show = |list: &[Vec<u8>]| String::from_utf8_lossy(&list.join(&b' ')).into_owned();
                wrong.push(format!("{file:?}:\n  got      {}\n  expected {}", show(&got), show(&expected)));
            }
        }
    }
    assert!(count > 150, "only {count} fixtures were read");
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
