//! Completion from the live image: what the receiver before the cursor understands, the further parts of a keyword
//! message, arguments and locals of open brackets, colon commands.
//!
//! Who the receiver is, a throw-away fork of the world finds out by evaluating the text before the cursor, with little
//! time and without an outside: so `3 factorial pri` and `list copyRemoveAll ad` are known as well as plain names, and
//! nothing is changed by it.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::time::Duration;

use batos_image::value::{ObjectRef, Value};
use batos_lang::TokenClass;
use batos_machine::Vm;
use batos_machine::fork::Limits;
use batos_machine::lookup;

use super::colon;

/// More than this many help nobody.
const MOST: usize = 500;

/// What finding out who the receiver is may cost.
const LIMITS: Limits = Limits { fuel: 200_000, memory: 16 << 20, time: Duration::from_millis(50) };

/// Where the completed word begins, and what it may become.
pub fn complete(vm: &mut Vm, line: &str, cursor: usize) -> (usize, Vec<String>) {
    let before = line.get(..cursor).unwrap_or(line);
    let Some(command) = before.strip_prefix(':') else { return expression(vm, before) };
    match command.find(char::is_whitespace) {
        Some(end) => {
            let (start, found) = expression(vm, &command[end..]);
            (1 + end + start, found)
        }
        None => {
            let names = colon::names().filter(|n| n[1..].starts_with(command));
            (0, names.map(str::to_string).collect())
        }
    }
}

fn expression(vm: &mut Vm, before: &str) -> (usize, Vec<String>) {
    let start = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
    let (head, prefix) = before.split_at(start);
    let text = Text::new(head);
    if text.is_open() {
        return (start, Vec::new());
    }
    let mut found = BTreeSet::new();
    if prefix.is_empty() || prefix.starts_with(|c: char| c.is_ascii_uppercase()) {
        further_parts(vm, &text, prefix, &mut found);
    }
    if !prefix.starts_with(|c: char| c.is_ascii_uppercase()) {
        let receiver = text.chain(text.tokens.len());
        if receiver == text.tokens.len() {
            found.extend(text.names.iter().filter(|n| n.starts_with(prefix)).map(|n| n.to_string()));
        } else if prefix.is_empty() && !head.ends_with(|c: char| c.is_whitespace() || c == ')') {
            // `3` and no blank: nothing can follow yet.
            return (start, found.into_iter().collect());
        }
        each_selector(vm, &text, receiver..text.tokens.len(), &mut |name| {
            if name.starts_with(prefix) && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let first = name.find(':').map_or(name, |end| &name[..=end]);
                found.insert(first.to_string());
            }
            found.len() < MOST
        });
    }
    (start, found.into_iter().collect())
}

/// The parts that may follow a keyword message that was begun and is not closed off.
fn further_parts(vm: &mut Vm, text: &Text<'_>, prefix: &str, found: &mut BTreeSet<String>) {
    let mut parts = Vec::new();
    let mut at = text.tokens.len();
    let keyword = loop {
        if at == 0 {
            return;
        }
        at -= 1;
        let word = text.word(at);
        match text.tokens[at].1 {
            TokenClass::Keyword => {
                parts.push(word);
                if word.starts_with(|c: char| c.is_ascii_lowercase()) {
                    break at;
                }
            }
            TokenClass::Bracket => match text.opening(at) {
                Some(opening) if opening < at => at = opening,
                _ => return,
            },
            TokenClass::Punctuation | TokenClass::Definition | TokenClass::Return => return,
            _ => {}
        }
    };
    parts.reverse();
    let begun = parts.concat();
    let mut receiver = text.chain(keyword);
    while receiver < keyword && receiver > 0 && text.tokens[receiver - 1].1 == TokenClass::Operator {
        let operand = text.chain(receiver - 1);
        if operand == receiver - 1 {
            break;
        }
        receiver = operand;
    }
    each_selector(vm, text, receiver..keyword, &mut |name| {
        if let Some(rest) = name.strip_prefix(&begun) {
            let next = rest.find(':').map_or("", |end| &rest[..=end]);
            if !next.is_empty() && next.starts_with(prefix) {
                found.insert(next.to_string());
            }
        }
        found.len() < MOST
    });
}

/// Calls `f` with the selectors that the value of these tokens understands: the prompt's object if there are none. If
/// the value can't be had, with those of the values that people use most.
fn each_selector(vm: &mut Vm, text: &Text<'_>, receiver: Range<usize>, f: &mut dyn FnMut(&str) -> bool) {
    if receiver.is_empty() {
        each_slot_name(vm, vm.shell(), None, f);
        return;
    }
    // Nearly everything inherits from the lobby, but who names a receiver does not look for a global.
    let lobby = Some(vm.heap.known.lobby);
    let source = &text.source[text.tokens[receiver.start].0.start..text.tokens[receiver.end - 1].0.end];
    if let Some((fork, value)) = vm.value_in_fork(source.as_bytes(), vm.shell(), LIMITS) {
        each_slot_name(&fork, value, lobby.filter(|lobby| *lobby != value && value != fork.shell()), f);
        return;
    }
    let mut places = vec![vm.shell(), Value::from_i32(0)];
    let names = ["list", "vector", "dictionary", "set", "true"];
    places.extend(names.iter().filter_map(|name| vm.data_slot(vm.shell(), name)));
    places.extend(vm.heap.symbol_lookup(b"").map(ObjectRef::value));
    for place in places {
        each_slot_name(vm, place, lobby, f);
    }
}

/// Calls `f` with the name of each slot of an object and its parents but one, nearest first, until it has enough.
fn each_slot_name(vm: &Vm, object: Value, but: Option<Value>, f: &mut dyn FnMut(&str) -> bool) {
    let mut waiting = vec![object];
    let mut seen: HashSet<_> = but.map(|but| (vm.heap.map_of(but), but.as_ref())).into_iter().collect();
    let mut next = 0;
    while let Some(object) = waiting.get(next).copied() {
        next += 1;
        let map = vm.heap.map_of(object);
        if !seen.insert((map, object.as_ref())) {
            continue;
        }
        for slot in vm.heap.map_slots(map) {
            let Ok(name) = std::str::from_utf8(vm.heap.bytes(slot.name)) else { continue };
            if !f(name) {
                return;
            }
            if slot.parent {
                waiting.push(lookup::slot_content(&vm.heap, object, &slot));
            }
        }
    }
}

/// The text before the word that is completed, as tokens.
struct Text<'a> {
    source: &'a str,
    tokens: Vec<(Range<usize>, TokenClass)>,
    /// Arguments and locals of the brackets that are open at the end.
    names: Vec<&'a str>,
    /// A string or comment is open at the end.
    open: bool,
}

impl<'a> Text<'a> {
    fn new(source: &'a str) -> Text<'a> {
        let tokens: Vec<_> =
            batos_lang::highlight(source.as_bytes()).into_iter().map(|(s, c)| (s.range(), c)).collect();
        let open = tokens.last().is_some_and(|(range, class)| {
            let text = source.get(range.clone()).unwrap_or_default();
            matches!(class, TokenClass::String | TokenClass::Comment) && !is_closed(text)
        });
        let mut text = Text { source, tokens, names: Vec::new(), open };
        text.names = text.open_names();
        text.tokens.retain(|(_, class)| *class != TokenClass::Comment);
        text
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|(range, _)| self.source.get(range.clone())).unwrap_or_default()
    }

    /// The text ends within a string or a comment.
    fn is_open(&self) -> bool {
        self.open
    }

    /// Where the bracket that is closed by token `at` was opened; `None` if this opens one itself.
    fn opening(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        for i in (0..=at).rev() {
            match (self.tokens[i].1, self.word(i)) {
                (TokenClass::Bracket, ")" | "]" | "}") => depth += 1,
                (TokenClass::Bracket, _) => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(i);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The first token of the chain of unary messages that ends before token `end`; `end` if there is none.
    fn chain(&self, end: usize) -> usize {
        let mut start = end;
        loop {
            let Some(at) = start.checked_sub(1) else { return start };
            match self.tokens[at].1 {
                TokenClass::Name => start = at,
                TokenClass::Primitive if !self.word(at).ends_with(':') => start = at,
                TokenClass::Number | TokenClass::String | TokenClass::SelfName => return at,
                TokenClass::Bracket => {
                    return match self.opening(at) {
                        Some(opening) if opening < at => opening,
                        _ => start,
                    };
                }
                _ => return start,
            }
        }
    }

    /// The names between bars of brackets that are not closed.
    fn open_names(&self) -> Vec<&'a str> {
        let mut open: Vec<(Vec<&str>, bool)> = vec![(Vec::new(), false)];
        for at in 0..self.tokens.len() {
            let word = self.word(at);
            let after = at.checked_sub(1).map_or("", |before| self.word(before));
            match self.tokens[at].1 {
                TokenClass::Bracket if matches!(word, "(" | "[" | "{") => open.push((Vec::new(), false)),
                TokenClass::Bracket if open.len() > 1 => drop(open.pop()),
                TokenClass::Punctuation if word == "|" => {
                    if let Some((_, between)) = open.last_mut() {
                        *between = !*between;
                    }
                }
                TokenClass::Argument => {
                    open.last_mut().into_iter().for_each(|(names, _)| names.push(&word[1..]));
                }
                TokenClass::Name if matches!(after, "|" | ".") => {
                    open.last_mut().into_iter().filter(|(_, between)| *between).for_each(|(names, _)| {
                        names.push(word);
                    });
                }
                _ => {}
            }
        }
        open.into_iter().flat_map(|(names, _)| names).collect()
    }
}

/// A string or comment ends with the quote that it began with, and not with an escaped one.
fn is_closed(text: &str) -> bool {
    let Some(inside) = text.get(1..).and_then(|rest| rest.strip_suffix(&text[..1])) else { return false };
    let escapes = inside.bytes().rev().take_while(|b| *b == b'\\').count();
    escapes % 2 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(source: &str) -> &str {
        let text = Text::new(source);
        let start = text.chain(text.tokens.len());
        text.tokens.get(start).map_or("", |(range, _)| source[range.start..].trim_end())
    }

    #[test]
    fn the_receiver_is_the_chain_before_the_cursor() {
        assert_eq!(chain("3 + list copy "), "list copy");
        assert_eq!(chain("at: (3 + 4) factorial "), "(3 + 4) factorial");
        assert_eq!(chain("[ 'a' size "), "'a' size");
        assert_eq!(chain("x: self foo "), "self foo");
        assert_eq!(chain("3 + "), "");
        assert_eq!(chain("( "), "");
        assert_eq!(chain(""), "");
        assert_eq!(chain("] ) "), "");
    }

    #[test]
    fn names_of_open_brackets_are_known_and_those_of_closed_ones_are_not() {
        assert_eq!(Text::new("[ |:apple. pear <- 3 | [ |:fig| fig ] value: ").names, ["apple", "pear"]);
        assert_eq!(Text::new("(| a. b = 3 | a foo. ").names, ["a", "b"]);
        assert!(Text::new("[ |:x| x ] value").names.is_empty());
    }

    #[test]
    fn strings_and_comments_are_left_alone() {
        assert!(Text::new("'unfinished ").is_open());
        assert!(Text::new("3 \"unfinished ").is_open());
        assert!(Text::new("'escaped \\'").is_open());
        assert!(!Text::new("'finished' ").is_open());
        assert!(!Text::new("'finished\\\\'").is_open());
    }
}
