//! The reader of GBNF text, a recursive descent with a depth limit.
//!
//! Repetitions become rules of their own: `x*` is `r ::= x r | ` and so on. It does not check left recursion.

use super::{Class, Element, Grammar, GrammarError};
use std::collections::HashMap;

/// Deepest nesting of parentheses.
const MAX_DEPTH: usize = 200;
/// Largest count in `{m,n}`.
const MAX_REPEAT: usize = 1000;
/// Most elements of a compiled grammar: a bound for repetitions of repetitions.
const MAX_ELEMENTS: usize = 1 << 20;

pub(super) struct Parser<'t> {
    text: &'t [u8],
    at: usize,
    names: HashMap<String, u32>,
    /// Alternatives of each rule; `None` until it is defined.
    rules: Vec<Option<Vec<Vec<Element>>>>,
    /// The line of a rule's first mention, for the message on undefined ones.
    mentioned: Vec<usize>,
    classes: Vec<Class>,
    class_numbers: HashMap<Class, u32>,
    elements: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Parser {
            text: text.as_bytes(),
            at: 0,
            names: HashMap::new(),
            rules: Vec::new(),
            mentioned: Vec::new(),
            classes: Vec::new(),
            class_numbers: HashMap::new(),
            elements: 0,
        }
    }

    pub(super) fn grammar(mut self, root: &str) -> Result<Grammar, GrammarError> {
        self.space(true);
        while self.at < self.text.len() {
            self.rule()?;
        }
        let Some(&root_number) = self.names.get(root) else {
            return Err(GrammarError { line: 0, message: format!("no rule named `{root}`") });
        };
        let mut elements = Vec::new();
        let mut rules = Vec::with_capacity(self.rules.len());
        for (number, alternatives) in self.rules.iter().enumerate() {
            let Some(alternatives) = alternatives else {
                let name =
                    self.names.iter().find(|(_, n)| **n as usize == number).map_or("?", |(name, _)| name);
                return Err(GrammarError {
                    line: self.mentioned[number],
                    message: format!("rule `{name}` is used but not defined"),
                });
            };
            let mut starts = Vec::with_capacity(alternatives.len());
            for alternative in alternatives {
                starts.push(elements.len() as u32);
                elements.extend_from_slice(alternative);
                elements.push(Element::End);
            }
            rules.push(starts);
        }
        Ok(Grammar { classes: self.classes, elements, rules, root: root_number })
    }

    fn rule(&mut self) -> Result<(), GrammarError> {
        let name = self.name()?;
        let number = self.rule_number(&name);
        self.space(false);
        if !self.text[self.at..].starts_with(b"::=") {
            return self.fail("expected `::=` after the rule's name");
        }
        self.at += 3;
        self.space(true);
        let alternatives = self.alternatives(0)?;
        match self.text.get(self.at) {
            None | Some(b'\n' | b'\r') => {}
            Some(&other) => return self.fail(&format!("unexpected `{}`", char::from(other))),
        }
        self.space(true);
        if self.rules[number as usize].is_some() {
            return self.fail(&format!("rule `{name}` is defined twice"));
        }
        self.rules[number as usize] = Some(alternatives);
        Ok(())
    }

    fn alternatives(&mut self, depth: usize) -> Result<Vec<Vec<Element>>, GrammarError> {
        if depth > MAX_DEPTH {
            return self.fail("parentheses are nested too deeply");
        }
        let mut all = vec![self.sequence(depth)?];
        while self.peek() == Some(b'|') {
            self.at += 1;
            self.space(true);
            all.push(self.sequence(depth)?);
        }
        Ok(all)
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Element>, GrammarError> {
        let mut whole = Vec::new();
        while let Some(byte) = self.peek() {
            let mut item = Vec::new();
            match byte {
                b'"' => {
                    self.at += 1;
                    while self.peek() != Some(b'"') {
                        let c = self.character()?;
                        item.push(self.class(Class::new(vec![(c, c)], false)));
                    }
                    self.at += 1;
                }
                b'[' => {
                    self.at += 1;
                    let class = self.bracket()?;
                    item.push(self.class(class));
                }
                b'.' => {
                    self.at += 1;
                    item.push(self.class(Class::new(Vec::new(), true)));
                }
                b'(' => {
                    self.at += 1;
                    self.space(true);
                    let alternatives = self.alternatives(depth + 1)?;
                    if self.peek() != Some(b')') {
                        return self.fail("expected `)`");
                    }
                    self.at += 1;
                    item.push(self.new_rule(alternatives));
                }
                _ if is_word(byte) => {
                    let name = self.name()?;
                    item.push(Element::Rule(self.rule_number(&name)));
                }
                _ => break,
            }
            self.space(depth > 0);
            while let Some((least, most)) = self.repetition()? {
                self.space(depth > 0);
                item = self.repeated(item, least, most)?;
            }
            self.elements += item.len();
            if self.elements > MAX_ELEMENTS {
                return self.fail("the grammar is too large");
            }
            whole.extend(item);
        }
        Ok(whole)
    }

    /// `* + ? {m} {m,} {m,n}`: least and most, the latter `None` where there is no limit.
    fn repetition(&mut self) -> Result<Option<(usize, Option<usize>)>, GrammarError> {
        let counts = match self.peek() {
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'?') => (0, Some(1)),
            Some(b'{') => {
                self.at += 1;
                self.space(true);
                let least = self.number()?;
                self.space(true);
                let most = if self.peek() == Some(b',') {
                    self.at += 1;
                    self.space(true);
                    if self.peek() == Some(b'}') { None } else { Some(self.number()?) }
                } else {
                    Some(least)
                };
                self.space(true);
                if self.peek() != Some(b'}') {
                    return self.fail("expected `}`");
                }
                if most.is_some_and(|most| most < least) {
                    return self.fail("the second count is smaller than the first");
                }
                (least, most)
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(counts))
    }

    fn repeated(
        &mut self,
        item: Vec<Element>,
        least: usize,
        most: Option<usize>,
    ) -> Result<Vec<Element>, GrammarError> {
        let copies = most.unwrap_or(least).max(1);
        self.elements += copies.saturating_mul(item.len() + 2);
        if self.elements > MAX_ELEMENTS {
            return self.fail("the grammar is too large");
        }
        let mut result = Vec::new();
        for _ in 0..least {
            result.extend_from_slice(&item);
        }
        match most {
            None => {
                let number = self.rules.len() as u32;
                let mut again = item;
                again.push(Element::Rule(number));
                result.push(self.new_rule(vec![again, Vec::new()]));
            }
            Some(most) => {
                let mut rest: Option<Element> = None;
                for _ in least..most {
                    let mut one = item.clone();
                    one.extend(rest);
                    rest = Some(self.new_rule(vec![one, Vec::new()]));
                }
                result.extend(rest);
            }
        }
        Ok(result)
    }

    fn bracket(&mut self) -> Result<Class, GrammarError> {
        let negated = self.peek() == Some(b'^');
        if negated {
            self.at += 1;
        }
        let mut ranges = Vec::new();
        while self.peek() != Some(b']') {
            let low = self.character()?;
            let high = if self.peek() == Some(b'-') && self.text.get(self.at + 1) != Some(&b']') {
                self.at += 1;
                self.character()?
            } else {
                low
            };
            if high < low {
                return self.fail("a range of characters runs backwards");
            }
            ranges.push((low, high));
        }
        self.at += 1;
        Ok(Class::new(ranges, negated))
    }

    /// One character of a literal or a bracket, escapes resolved.
    fn character(&mut self) -> Result<u32, GrammarError> {
        let rest = &self.text[self.at..];
        let Some(&first) = rest.first() else { return self.fail("unexpected end of the grammar") };
        if first != b'\\' {
            // The parser only ever stops between characters, so this is the start of one.
            let length = match first {
                0..0x80 => 1,
                0x80..0xE0 => 2,
                0xE0..0xF0 => 3,
                _ => 4,
            };
            let c =
                rest.get(..length).and_then(|b| std::str::from_utf8(b).ok()).and_then(|s| s.chars().next());
            self.at += length;
            return c.map_or_else(|| self.fail("not UTF-8"), |c| Ok(c as u32));
        }
        let Some(&kind) = rest.get(1) else { return self.fail("unexpected end of the grammar") };
        self.at += 2;
        let digits = match kind {
            b'n' => return Ok(10),
            b'r' => return Ok(13),
            b't' => return Ok(9),
            b'\\' | b'"' | b'[' | b']' | b'-' | b'^' => return Ok(u32::from(kind)),
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => return self.fail(&format!("unknown escape `\\{}`", char::from(kind))),
        };
        let value = self.text.get(self.at..self.at + digits).and_then(|b| std::str::from_utf8(b).ok());
        let value = value.and_then(|hex| u32::from_str_radix(hex, 16).ok());
        self.at += digits;
        match value {
            Some(value) if value <= char::MAX as u32 => Ok(value),
            _ => self.fail("expected hexadecimal digits of a character"),
        }
    }

    fn class(&mut self, class: Class) -> Element {
        let next = self.classes.len() as u32;
        let number = *self.class_numbers.entry(class.clone()).or_insert(next);
        if number == next {
            self.classes.push(class);
        }
        Element::Class(number)
    }

    fn new_rule(&mut self, alternatives: Vec<Vec<Element>>) -> Element {
        self.rules.push(Some(alternatives));
        self.mentioned.push(0);
        Element::Rule(self.rules.len() as u32 - 1)
    }

    fn rule_number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.names.get(name) {
            return number;
        }
        let number = self.rules.len() as u32;
        self.names.insert(name.to_owned(), number);
        self.rules.push(None);
        self.mentioned.push(self.line());
        number
    }

    fn name(&mut self) -> Result<String, GrammarError> {
        let from = self.at;
        while self.peek().is_some_and(is_word) {
            self.at += 1;
        }
        if from == self.at {
            return self.fail("expected the name of a rule");
        }
        Ok(String::from_utf8_lossy(&self.text[from..self.at]).into_owned())
    }

    fn number(&mut self) -> Result<usize, GrammarError> {
        let from = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = std::str::from_utf8(&self.text[from..self.at]).unwrap_or_default();
        match digits.parse() {
            Ok(number) if number <= MAX_REPEAT => Ok(number),
            _ => self.fail(&format!("expected a count from 0 to {MAX_REPEAT}")),
        }
    }

    fn space(&mut self, newlines: bool) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' => self.at += 1,
                b'\n' | b'\r' if newlines => self.at += 1,
                b'#' => {
                    while self.peek().is_some_and(|b| b != b'\n') {
                        self.at += 1;
                    }
                }
                _ => break,
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn line(&self) -> usize {
        self.text[..self.at.min(self.text.len())].iter().filter(|b| **b == b'\n').count() + 1
    }

    fn fail<T>(&self, message: &str) -> Result<T, GrammarError> {
        Err(GrammarError { line: self.line(), message: message.to_owned() })
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}
