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
use batos_lang::{Typed, word_start};
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
    let start = word_start(before);
    let (head, prefix) = before.split_at(start);
    let text = Typed::new(head);
    if text.is_open() {
        return (start, Vec::new());
    }
    let mut found = BTreeSet::new();
    if prefix.is_empty() || prefix.starts_with(|c: char| c.is_ascii_uppercase()) {
        further_parts(vm, &text, prefix, &mut found);
    }
    if !prefix.starts_with(|c: char| c.is_ascii_uppercase()) {
        let receiver = text.chain(text.len());
        if receiver == text.len() {
            found.extend(text.names().iter().filter(|n| n.starts_with(prefix)).map(|n| n.to_string()));
        } else if prefix.is_empty() && !head.ends_with(|c: char| c.is_whitespace() || c == ')') {
            // `3` and no blank: nothing can follow yet.
            return (start, found.into_iter().collect());
        }
        each_selector(vm, &text, receiver..text.len(), &mut |name| {
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
fn further_parts(vm: &mut Vm, text: &Typed<'_>, prefix: &str, found: &mut BTreeSet<String>) {
    let Some((begun, receiver)) = text.begun() else { return };
    each_selector(vm, text, receiver, &mut |name| {
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
fn each_selector(vm: &mut Vm, text: &Typed<'_>, receiver: Range<usize>, f: &mut dyn FnMut(&str) -> bool) {
    if receiver.is_empty() {
        each_slot_name(vm, vm.shell(), None, f);
        return;
    }
    // Nearly everything inherits from the lobby, but who names a receiver does not look for a global.
    let lobby = Some(vm.heap.known.lobby);
    let source = text.source(receiver);
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
