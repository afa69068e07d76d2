//! What was meant by a message that nobody understands: names of slots that are spelled much like it, and keyword messages
//! that were written with a small letter where a capital one belongs.
//!
//! Names are compared without colons and capitals. A walk over the receiver's slots and those of its parents is a matter of
//! microseconds: most names are dropped by their length alone.

use std::collections::HashSet;

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};
use batos_lang::spelling::{self, LONGEST, distance, plain};

use super::{Call, Entry, Outcome, Reply, arity};
use crate::code::{debug::DebugInfo, method_element};
use crate::lookup;
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_NearestSelectors:Within:", 2, |vm, c| nearest(vm, c, true)),
    // The message had a receiver of its own: what everybody inherits from the lobby was hardly meant.
    ("_NearestOwnSelectors:Within:", 2, |vm, c| nearest(vm, c, false)),
];

/// How many are proposed.
const PROPOSED: usize = 3;

/// Activations of the failed process that are searched for the place of the message.
const SEARCHED: usize = 40;

/// A vector of names, the nearest first, to the argument, as the receiver (what a failed message was sent to) understands
/// them; at most so many letters away.
fn nearest(vm: &mut Vm, call: &Call, rooms: bool) -> Outcome {
    let (receiver, selector) = (vm.receiver(call), vm.argument(call, 0));
    let name = vm.text(selector)?;
    let within = super::size(vm.argument(call, 1))?;
    let mut found: Vec<String> = joined(vm, &name).into_iter().collect();
    if found.is_empty() {
        found = similar(vm, receiver, &name, within, rooms);
    }
    let names: Vec<Value> = found.iter().map(|n| vm.intern(n.as_bytes()).value()).collect();
    Ok(Reply::Value(vm.new_vector(&names).value()))
}

/// `a at: 3 put: 4` sends `put:` to 3. If the text before the message is a keyword, and the two together with a capital
/// letter are a name that the world knows, that was meant.
fn joined(vm: &mut Vm, name: &str) -> Option<String> {
    let first = name.split_inclusive(':').next().filter(|part| part.ends_with(':'))?;
    let process = vm.process().object;
    let positions = vm.trace(process);
    for at in positions.into_iter().take(SEARCHED) {
        let Some((source, start, end)) = message_text(vm, process, at) else { continue };
        let Some(inside) = source.get(start..end).and_then(|text| text.find(first)) else { continue };
        let before = source.get(..start + inside)?;
        let capital = |part: &str| {
            let mut letters = part.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        };
        let rest: String = name.split_inclusive(':').map(capital).collect();
        let begun = open_keywords(before)?;
        let whole = begun + &rest;
        // Who knows other languages writes `ifTrue: … ifFalse: …`.
        let shorter = whole.replacen(":If", ":", 1);
        return [shorter, whole].into_iter().find(|name| vm.heap.symbol_lookup(name.as_bytes()).is_some());
    }
    None
}

/// Source of the outermost method of an activation, and the place of the message that it waits for.
fn message_text(vm: &mut Vm, process: ObjectRef, at: usize) -> Option<(String, usize, usize)> {
    let frame = vm.wake(process).and_then(|p| p.frames.get(at).copied())?;
    let method = frame.code().method;
    let info: DebugInfo = vm.debug_info(method);
    let (start, end) = info.position(frame.pc.saturating_sub(1))?;
    let outer = vm.outermost_method(method);
    let source = vm.heap.item(outer, method_element::SOURCE).as_ref()?;
    let text = (vm.heap.kind_of_ref(source) == Kind::Code).then(|| vm.heap.bytes(source).to_vec())?;
    Some((String::from_utf8(text).ok()?, start as usize, end as usize))
}

/// The keywords of the message that is open at the end of a text, begun by one with a small letter.
fn open_keywords(before: &str) -> Option<String> {
    let tokens: Vec<(String, bool)> = batos_lang::highlight(before.as_bytes())
        .into_iter()
        .map(|(span, class)| {
            let word = before.get(span.range()).unwrap_or_default().to_string();
            (word, class == batos_lang::TokenClass::Keyword)
        })
        .collect();
    let mut parts = Vec::new();
    let mut depth = 0usize;
    for (word, keyword) in tokens.iter().rev() {
        match word.as_str() {
            ")" | "]" => depth += 1,
            "(" | "[" => depth = depth.checked_sub(1)?,
            "." if depth == 0 => return None,
            _ if *keyword && depth == 0 => {
                parts.push(word.clone());
                if word.starts_with(|c: char| c.is_ascii_lowercase()) {
                    parts.reverse();
                    return Some(parts.concat());
                }
            }
            _ => {}
        }
    }
    None
}

/// Names of slots of an object and its parents that differ by little from a name. `rooms`: also those of the lobby and of the objects
/// that hold the world's names, where the object itself is none.
fn similar(vm: &Vm, object: Value, name: &str, within: usize, rooms: bool) -> Vec<String> {
    let wanted = plain(name);
    if wanted.len() > LONGEST || wanted.is_empty() {
        return Vec::new();
    }
    let allowed = spelling::allowed(wanted.len()).min(within);
    let lobby = vm.heap.known.lobby;
    let globals = vm.data_slot(lobby, "globals");
    let mut ranked: Vec<(usize, usize, String)> = Vec::new();
    let mut waiting = vec![object];
    let mut seen = HashSet::new();
    let mut next = 0;
    while let Some(object) = waiting.get(next).copied() {
        next += 1;
        let map = vm.heap.map_of(object);
        if !seen.insert((map, object.as_ref())) {
            continue;
        }
        let is_room = !rooms && seen.len() > 1 && (object == lobby || Some(object) == globals);
        for slot in vm.heap.map_slots(map) {
            if slot.parent {
                waiting.push(lookup::slot_content(&vm.heap, object, &slot));
            }
            let bytes = vm.heap.bytes(slot.name);
            if is_room || bytes.len() > LONGEST + 10 || bytes == name.as_bytes() {
                continue;
            }
            let candidate = plain(&String::from_utf8_lossy(bytes));
            if candidate.len().abs_diff(wanted.len()) > allowed {
                continue;
            }
            let steps = distance(&wanted, &candidate);
            let other = usize::from(arity(bytes) != arity(name.as_bytes()));
            // Another number of arguments is a slip of its own.
            if steps + other <= allowed.max(1) && steps < candidate.len() {
                ranked.push((2 * steps + other, next, String::from_utf8_lossy(bytes).into_owned()));
            }
        }
    }
    ranked.sort();
    let mut found: Vec<String> = Vec::new();
    let best = ranked.first().map_or(0, |(score, ..)| *score);
    for (score, _, name) in ranked {
        if score <= best + 1 && !found.contains(&name) && found.len() < PROPOSED {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_message_is_found_through_brackets() {
        assert_eq!(open_keywords("x at: (y foo: 3) "), Some("at:".into()));
        assert_eq!(open_keywords("x foo: 1 Bar: [ |:a| a at: 3 ] "), Some("foo:Bar:".into()));
        assert_eq!(open_keywords("x foo: 1. y "), None);
    }
}
