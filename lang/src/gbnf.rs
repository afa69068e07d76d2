//! A grammar (GBNF, the notation of llama.cpp) of one method on one line, to constrain a language model.
//!
//! Invariant: every text it accepts is legal: `(| TEXT |)` parses for a definition, `(| name = TEXT |)` for a body. It covers what
//! methods usually consist of, not the whole language: no object literals, no annotations, no methods in slots. What a
//! context-free grammar cannot say is said by construction: brackets nest `depth` deep at most, operators of a chain are equal
//! because each has rules of its own, and names in one slot list differ in their initials.

use std::fmt::Write;

/// What a text consists of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
    /// `at: i Put: v = ( … )`
    #[default]
    Definition,
    /// `( … )`
    Body,
    /// ` ( … )` and a newline: the rest of a line that ends with `=`.
    Rest,
}

/// What the grammar is narrowed to. Lists that are `None` admit any spelling.
#[derive(Clone, Debug)]
pub struct MethodGrammar {
    /// The form of the text.
    pub form: Form,
    /// Arguments in the signature, for `Form::Body` and `Form::Rest`: they are in scope, and locals differ from them.
    pub arguments: Vec<String>,
    /// Unary messages to the implicit receiver: arguments, slots, globals. If given, locals have single letters, which are in
    /// scope too.
    pub names: Option<Vec<String>>,
    /// Unary selectors.
    pub unary: Option<Vec<String>>,
    /// Operators.
    pub binary: Option<Vec<String>>,
    /// Keyword selectors, whole: `at:Put:`.
    pub keyword: Option<Vec<String>>,
    /// Deepest nesting of brackets, 1 to 20.
    pub depth: usize,
}

impl Default for MethodGrammar {
    fn default() -> MethodGrammar {
        MethodGrammar {
            form: Form::Definition,
            arguments: Vec::new(),
            names: None,
            unary: None,
            binary: None,
            keyword: None,
            depth: 5,
        }
    }
}

/// Operators of an unnarrowed grammar.
const OPERATORS: &[&str] = &[
    "+", "-", "*", "/", "%", "=", "!=", "<", ">", "<=", ">=", "==", "!==", "&&", "||", "^^", ",", "->", "@",
    "&", "##", "<<", ">>", "<-",
];

const IDENTIFIER: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
/// Words that are no names.
const RESERVED: [&str; 2] = ["self", "resend"];
/// Initials of the arguments of a definition's signature; its locals have the others.
const FIRST_ARGUMENT: &str = "abcdefghnox";
const SECOND_ARGUMENT: &str = "pqvwyz";
/// Most slots or arguments in one list.
const LIST: usize = 4;

/// The grammar as text; its root is `root`.
pub fn method_grammar(options: &MethodGrammar) -> String {
    let mut grammar = Writer { out: String::new(), options };
    grammar.root();
    grammar.words();
    grammar.literals();
    grammar.slots();
    let depth = options.depth.clamp(1, 20);
    for level in 0..=depth {
        grammar.expressions(level, depth);
    }
    grammar.out
}

struct Writer<'o> {
    out: String,
    options: &'o MethodGrammar,
}

/// A terminal.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

fn is_name(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !RESERVED.contains(&word)
}

/// A selector of keywords, well-formed; primitives too.
fn is_keyword_selector(selector: &str) -> bool {
    let mut parts = selector.split_inclusive(':');
    let word = |part: &str, first: fn(u8) -> bool| {
        part.strip_suffix(':').is_some_and(|word| {
            word.bytes().next().is_some_and(first)
                && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        })
    };
    parts.next().is_some_and(|part| word(part, |b| b.is_ascii_lowercase() || b == b'_'))
        && parts.all(|part| word(part, |b| b.is_ascii_uppercase()))
}

fn is_operator(operator: &str) -> bool {
    !operator.is_empty()
        && operator.bytes().all(crate::lexer::is_operator_byte)
        && !matches!(operator, "|" | "^")
}

impl Writer<'_> {
    fn rule(&mut self, name: &str, body: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "{name} ::= {body}");
    }

    fn narrowed(&self) -> bool {
        self.options.names.is_some()
    }

    fn root(&mut self) {
        match self.options.form {
            Form::Body => self.rule("root", "method"),
            Form::Rest => self.rule("root", r#"" " method "\n""#),
            Form::Definition => {
                self.rule("root", r#"signature " = " method"#);
                self.signature();
            }
        }
        self.rule("method", r#""(" ("| " locals " | " | " ") code-0 " )""#);
    }

    /// Arguments and locals of a definition have initials of their own, so that they differ.
    fn signature(&mut self) {
        let operators = OPERATORS.iter().map(|o| quoted(o)).collect::<Vec<_>>().join(" | ");
        self.rule("signature", r#"word | operator-name " " arg-1 | word ": " arg-1 (" " part " " arg-2)?"#);
        self.rule("operator-name", &operators);
        self.rule("part", "[A-Z] idchar* \":\"");
        self.rule("arg-1", &self.initials(FIRST_ARGUMENT));
        self.rule("arg-2", &self.initials(SECOND_ARGUMENT));
    }

    fn initials(&self, letters: &str) -> String {
        letters.chars().map(|c| format!("w-{c}")).collect::<Vec<_>>().join(" | ")
    }

    /// Names by their initial: `w-a` to `w-z`.
    fn words(&mut self) {
        self.rule("idchar", "[a-zA-Z0-9_]");
        for initial in 'a'..='z' {
            let rule = format!("w-{initial}");
            let reserved: Vec<&str> = RESERVED.iter().copied().filter(|w| w.starts_with(initial)).collect();
            match reserved.first() {
                None => self.rule(&rule, &format!("\"{initial}\" idchar*")),
                Some(word) => self.word_but(&rule, word),
            }
        }
        let all: String = ('a'..='z').collect();
        self.rule("word", &self.initials(&all));
        let names = match &self.options.names {
            None => "word".to_string(),
            Some(names) => {
                let arguments = self.options.arguments.iter();
                let mut list: Vec<String> =
                    names.iter().chain(arguments).filter(|n| is_name(n)).map(|n| quoted(n)).collect();
                list.push("[a-z]".to_string());
                list.join(" | ")
            }
        };
        self.rule("name", &names);
        let unary = match &self.options.unary {
            None => "word".to_string(),
            Some(list) => {
                choice(list.iter().filter(|n| is_name(n))).unwrap_or_else(|| "\"value\"".to_string())
            }
        };
        self.rule("unary-name", &unary);
    }

    /// Names with the initial of a reserved word, but that word.
    fn word_but(&mut self, rule: &str, word: &str) {
        let letters: Vec<char> = word.chars().collect();
        self.rule(rule, &format!("\"{}\" {rule}-1?", letters[0]));
        for i in 1..letters.len() {
            let others: String = IDENTIFIER.chars().filter(|c| *c != letters[i]).collect();
            let next = format!("{rule}-{}", i + 1);
            // Ending after the last letter would be the word itself.
            let optional = if i + 1 < letters.len() { "?" } else { "" };
            self.rule(
                &format!("{rule}-{i}"),
                &format!("\"{}\" {next}{optional} | [{others}] idchar*", letters[i]),
            );
        }
        self.rule(&format!("{rule}-{}", letters.len()), "idchar+");
    }

    fn literals(&mut self) {
        self.rule("number", r#""-"? ("0" | [1-9] [0-9]*) ("." [0-9]+)?"#);
        self.rule("string", r#""'" ([^'\\\x01-\x1F\x7F] | "\\" [tnrabvf0'"?\\])* "'""#);
        self.rule("literal", "number | string");
        // Initialisers are evaluated once, in the lobby.
        self.rule("initial", r#"literal | name (" " unary-name)*"#);
    }

    /// Lists of locals and of block arguments. The second name differs from the first in its initial, each further one has an
    /// initial behind those of all before it: so the initials differ, and few rules say so.
    fn slots(&mut self) {
        let taken: Vec<char> = match self.options.form {
            Form::Definition => FIRST_ARGUMENT.chars().chain(SECOND_ARGUMENT.chars()).collect(),
            _ => self.options.arguments.iter().filter_map(|a| a.chars().next()).collect(),
        };
        self.list("locals", "", " (\" <- \" initial)?", &taken);
        self.list("arguments", ":", "", &[]);
    }

    /// One kind of list: `prefix name suffix`, separated by dots.
    fn list(&mut self, rule: &str, prefix: &str, suffix: &str, taken: &[char]) {
        let letters: Vec<char> = ('a'..='z').filter(|c| !taken.contains(c)).collect();
        let narrowed = self.narrowed();
        let item = |c: char| {
            let word = if narrowed { format!("\"{c}\"") } else { format!("w-{c}") };
            if prefix.is_empty() { format!("{word}{suffix}") } else { format!("\"{prefix}\" {word}{suffix}") }
        };
        let more = |c: char, next: &str| format!("{} (\". \" {rule}-{next})?", item(c));
        let first: Vec<String> = letters.iter().map(|c| more(*c, &format!("2-{c}"))).collect();
        self.rule(rule, &first.join(" | "));
        for before in &letters {
            let second: Vec<String> = letters
                .iter()
                .filter(|c| *c != before)
                .map(|c| {
                    let max = *c.max(before);
                    if letters.last() == Some(&max) { item(*c) } else { more(*c, &format!("3-{max}")) }
                })
                .collect();
            self.rule(&format!("{rule}-2-{before}"), &second.join(" | "));
        }
        for n in 3..=LIST {
            for (i, before) in letters.iter().enumerate() {
                let rest = &letters[i + 1..];
                if rest.is_empty() {
                    continue;
                }
                let further: Vec<String> = rest
                    .iter()
                    .map(|c| {
                        if n == LIST || letters.last() == Some(c) {
                            item(*c)
                        } else {
                            more(*c, &format!("{}-{c}", n + 1))
                        }
                    })
                    .collect();
                self.rule(&format!("{rule}-{n}-{before}"), &further.join(" | "));
            }
        }
    }

    /// Code and expressions within `level` brackets; at `depth` without further brackets.
    fn expressions(&mut self, level: usize, depth: usize) {
        let l = level;
        self.rule(&format!("code-{l}"), &format!(r#"(expr-{l} ". ")* "^ "? expr-{l}"#));
        let brackets = if level < depth { format!(" | paren-{l} | block-{l}") } else { String::new() };
        self.rule(
            &format!("head-{l}"),
            &format!("name | \"self\" | literal | \"resend.\" unary-name{brackets}"),
        );
        self.rule(&format!("unary-{l}"), &format!("head-{l} (\" \" unary-name)*"));
        self.rule(
            &format!("expr-{l}"),
            &format!("binary-{l} (\" \" keyword-{l})? | keyword-{l} | \"resend.\" keyword-{l}"),
        );
        self.operators(level);
        self.keywords(level);
        if level < depth {
            let n = level + 1;
            self.rule(&format!("paren-{l}"), &format!("\"(\" expr-{n} \")\""));
            let slots = r#"("|" arguments "| " | "| " locals " | ")?"#;
            self.rule(&format!("block-{l}"), &format!(r#""[" " "? {slots} code-{n} " "? "]""#));
        }
    }

    /// A chain for each operator.
    fn operators(&mut self, level: usize) {
        let operators: Vec<&str> = match &self.options.binary {
            None => OPERATORS.to_vec(),
            Some(list) => list.iter().map(String::as_str).filter(|o| is_operator(o)).collect(),
        };
        let chains: Vec<String> = operators
            .iter()
            .map(|operator| {
                let blank = if *operator == "," { "\" \"? " } else { "" };
                let text = if *operator == "," { ", ".to_string() } else { format!(" {operator} ") };
                format!("({blank}{} unary-{level})+", quoted(&text))
            })
            .collect();
        let rest = if chains.is_empty() { String::new() } else { format!(" ({})?", chains.join(" | ")) };
        self.rule(&format!("binary-{level}"), &format!("unary-{level}{rest}"));
    }

    fn keywords(&mut self, level: usize) {
        let mut alternatives = Vec::new();
        match &self.options.keyword {
            None => alternatives.push(format!(
                "[a-z] idchar* \": \" binary-{level} (\" \" [A-Z] idchar* \": \" binary-{level})*"
            )),
            Some(list) => {
                for selector in list.iter().filter(|s| is_keyword_selector(s)) {
                    let parts: Vec<String> = selector
                        .split_inclusive(':')
                        .enumerate()
                        .map(|(i, part)| {
                            let text = if i == 0 { format!("{part} ") } else { format!(" {part} ") };
                            format!("{} binary-{level}", quoted(&text))
                        })
                        .collect();
                    alternatives.push(parts.join(" "));
                }
                // Locals are assigned.
                alternatives.push(format!("[a-z] \": \" binary-{level}"));
            }
        }
        self.rule(&format!("keyword-{level}"), &alternatives.join(" | "));
    }
}

fn choice<'a>(list: impl Iterator<Item = &'a String>) -> Option<String> {
    let list: Vec<String> = list.map(|n| quoted(n)).collect();
    if list.is_empty() { None } else { Some(list.join(" | ")) }
}
