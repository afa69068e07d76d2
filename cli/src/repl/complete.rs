//! Completion from the live image: what the receiver before the cursor understands, the further parts of a keyword
//! message, colon commands. Reads objects only; nothing is evaluated to find out.

use std::collections::{BTreeSet, HashSet};

use batos_image::value::{ObjectRef, Value};
use batos_machine::Vm;
use batos_machine::lookup::{self, Outcome, Start, Trail};

use super::colon;

/// More than this many help nobody.
const MOST: usize = 500;

/// Where the completed word begins, and what it may become.
pub fn complete(vm: &Vm, line: &str, cursor: usize) -> (usize, Vec<String>) {
    let before = line.get(..cursor).unwrap_or(line);
    if let Some(start) = before.strip_prefix(':').filter(|rest| !rest.contains(char::is_whitespace)) {
        let names = colon::names().filter(|n| n[1..].starts_with(start)).map(str::to_string).collect();
        return (0, names);
    }
    let start = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
    let prefix = &before[start..];
    let head = &before[..start];
    let found = if prefix.starts_with(|c: char| c.is_ascii_uppercase()) {
        further_parts(vm, head, prefix)
    } else if prefix.is_empty() && !head.ends_with(char::is_whitespace) && !head.is_empty() {
        Vec::new()
    } else {
        selectors(vm, receiver(vm, head), prefix)
    };
    (start, found)
}

/// The object that a message at the end of this text goes to, as far as it can be told without evaluating.
fn receiver(vm: &Vm, head: &str) -> Option<Value> {
    let text = head.trim_end();
    if text.len() == head.len() && !text.is_empty() {
        return Some(vm.shell());
    }
    // The words of a chain of unary messages, last first.
    let mut words = Vec::new();
    let mut rest = text;
    loop {
        let start = rest.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
        let word = &rest[start..];
        if word.is_empty() {
            break;
        }
        words.push(word);
        let shorter = rest[..start].trim_end();
        if shorter.len() == start && start > 0 {
            break;
        }
        rest = shorter;
    }
    let before = &text[..text.len()
        - words.last().map_or(0, |w| text.len() - (w.as_ptr() as usize - text.as_ptr() as usize))];
    match before.trim_end().chars().last() {
        Some('\'') if words.is_empty() => return vm.heap.symbol_lookup(b"").map(ObjectRef::value),
        // After a closing bracket or a string anything may stand; after the rest a new receiver begins.
        Some(')' | ']' | '}' | '\'') => return None,
        _ => {}
    }
    let mut object = vm.shell();
    for (i, word) in words.iter().rev().enumerate() {
        object = if i == 0 && *word == "self" {
            continue;
        } else if i == 0 && word.bytes().all(|b| b.is_ascii_digit()) {
            Value::from_i32(0)
        } else {
            data_slot(vm, object, word)?
        };
    }
    Some(object)
}

/// The content of a data slot found by lookup, without evaluating a method.
fn data_slot(vm: &Vm, object: Value, name: &str) -> Option<Value> {
    let symbol = vm.heap.symbol_lookup(name.as_bytes())?;
    let selector = lookup::selector(&vm.heap, symbol);
    match lookup::search(&vm.heap, Start::Object(object), selector, &mut Trail::default()) {
        Outcome::Found(found) if !found.assigns => {
            let content = lookup::slot_content(&vm.heap, found.holder, &found.slot);
            (!lookup::is_method(&vm.heap, content)).then_some(content)
        }
        _ => None,
    }
}

/// Selectors that begin so and that the object understands (or that the shell does, if it is unknown): for keyword
/// messages the first part.
fn selectors(vm: &Vm, object: Option<Value>, prefix: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    each_slot_name(vm, object.unwrap_or_else(|| vm.shell()), &mut |name| {
        if name.starts_with(prefix) && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let first = name.find(':').map_or(name, |end| &name[..=end]);
            found.insert(first.to_string());
        }
        found.len() < MOST
    });
    found.into_iter().collect()
}

/// The parts that may follow a keyword message begun in `head`.
fn further_parts(vm: &Vm, head: &str, prefix: &str) -> Vec<String> {
    let Some(first) = head
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == ':'))
        .rfind(|word| word.ends_with(':') && word.starts_with(|c: char| c.is_ascii_lowercase()))
    else {
        return Vec::new();
    };
    let mut found = BTreeSet::new();
    // Who the receiver was is hard to tell here: the shell and the families of the values people use most.
    let mut places = vec![vm.shell(), Value::from_i32(0)];
    places
        .extend(["list", "vector", "dictionary", "set"].iter().filter_map(|n| data_slot(vm, vm.shell(), n)));
    places.extend(vm.heap.symbol_lookup(b"").map(ObjectRef::value));
    for place in places {
        each_slot_name(vm, place, &mut |name| {
            if let Some(parts) = name.strip_prefix(first) {
                found
                    .extend(parts.split_inclusive(':').filter(|p| p.starts_with(prefix)).map(str::to_string));
            }
            found.len() < MOST
        });
    }
    found.into_iter().collect()
}

/// Calls `f` with the name of each slot of an object and its parents, nearest first, until it has enough.
fn each_slot_name(vm: &Vm, object: Value, f: &mut dyn FnMut(&str) -> bool) {
    let mut waiting = vec![object];
    let mut seen = HashSet::new();
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
