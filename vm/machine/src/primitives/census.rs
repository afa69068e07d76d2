//! A census of the methods that a world has beside the standard ones: counts for the world's own measures
//! (`stdlib/mind/cem.self`), which say what they mean.
//!
//! Objects are reached as the browser reaches them, from the lobby by constant slots, and by any slot of the lobby and of objects
//! that are named there (rooms). A method counts if its code has a number from the mark on: numbers grow, so the mark that was taken
//! when the standard world was ready parts its methods from all later ones. It knows no formula and changes nothing.

use std::collections::{HashMap, HashSet};

use batos_image::layout::{Kind, root};
use batos_image::value::{ObjectRef, Value};

use super::{Call, Entry, Outcome, Reply, int};
use crate::code::{SITE_WORDS, method_element};
use crate::lookup;
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_CensusMark", 0, |vm, _| Ok(Reply::Value(vm.heap.root(root::NEXT_CODE)))),
    ("_CensusFrom:", 1, census),
    ("_CensusPlacesFrom:", 1, own_places),
];

/// Most methods that are told by name, of each sort.
const TOLD: usize = 64;
/// Shorter bodies say too little to be anybody's duplicate.
const LEAST_BODY: usize = 16;

/// A method and who has it.
type Place = (ObjectRef, ObjectRef);

#[derive(Default)]
struct Counts {
    methods: i64,
    commented: i64,
    with_examples: i64,
    examples: i64,
    bytes: i64,
    per_object: Vec<i64>,
    per_selector: HashMap<ObjectRef, i64>,
    calls: Vec<i64>,
    duplicates: Vec<(Place, Place)>,
    duplicate_count: i64,
    bare: Vec<Place>,
    bodies: HashMap<Vec<u8>, Vec<Place>>,
}

/// The argument is a mark. Answers a vector: methods, those with a comment, those with an example in it, examples, bytes of source;
/// vectors of methods for each object that has some, of sends for each selector, of calls for each method whose calls are counted;
/// number of bodies that another method has, too; such pairs (mirror, selector, mirror, selector); methods without a comment
/// (mirror, selector).
fn census(vm: &mut Vm, call: &Call) -> Outcome {
    let mark = int(vm.argument(call, 0))?;
    let mut counts = Counts::default();
    for object in reached(vm) {
        count_object(vm, object, mark, &mut counts);
    }
    answer(vm, counts)
}

/// The methods whose code has a number from the mark on: a vector of vectors, mirror and selector.
fn own_places(vm: &mut Vm, call: &Call) -> Outcome {
    let mark = int(vm.argument(call, 0))?;
    let mut found = Vec::new();
    for object in reached(vm) {
        for spec in vm.slot_specs(object.value()) {
            let method = spec.content.as_ref().filter(|_| lookup::is_method(&vm.heap, spec.content));
            let number = method.and_then(|m| vm.heap.item(m, method_element::NUMBER).as_int());
            if number.is_some_and(|n| n >= mark) {
                found.push((object, spec.name));
            }
        }
    }
    let rows: Vec<Value> = found.into_iter().map(|place| places(vm, vec![place])).collect();
    Ok(Reply::Value(vm.new_vector(&rows).value()))
}

/// Objects that programs are made of, each once, in the order of their distance from the lobby.
fn reached(vm: &Vm) -> Vec<ObjectRef> {
    let heap = &vm.heap;
    let Some(lobby) = heap.known.lobby.as_ref() else { return Vec::new() };
    let mut found = vec![lobby];
    let mut seen: HashSet<ObjectRef> = HashSet::from([lobby]);
    let mut rooms = 1;
    let mut at = 0;
    while let Some(object) = found.get(at).copied() {
        let is_room = at < rooms;
        for spec in vm.slot_specs(object.value()) {
            let Some(content) = spec.content.as_ref() else { continue };
            let plain = matches!(heap.kind_of_ref(content), Kind::Slots | Kind::Oddball);
            if plain && (is_room || !spec.assignable) && seen.insert(content) {
                found.push(content);
            }
        }
        // What the lobby names, its parents among it, are rooms; what they name is not.
        if at == 0 {
            rooms = found.len();
        }
        at += 1;
    }
    found
}

fn count_object(vm: &Vm, object: ObjectRef, mark: i64, counts: &mut Counts) {
    let mut own = 0;
    for spec in vm.slot_specs(object.value()) {
        let Some(method) = spec.content.as_ref().filter(|_| lookup::is_method(&vm.heap, spec.content)) else {
            continue;
        };
        let number = vm.heap.item(method, method_element::NUMBER).as_int();
        if number.is_none_or(|n| n < mark) {
            continue;
        }
        own += 1;
        counts.methods += 1;
        let place = (object, spec.name);
        let annotation = spec.annotation.as_ref().map_or(&b""[..], |r| vm.heap.bytes(r));
        let annotation = String::from_utf8_lossy(annotation);
        if says_something(&annotation) {
            counts.commented += 1;
        } else if counts.bare.len() < TOLD {
            counts.bare.push(place);
        }
        let examples = annotation.matches(" >>> ").count() as i64;
        counts.examples += examples;
        counts.with_examples += i64::from(examples > 0);
        if let Some(calls) = vm.calls_of(method) {
            counts.calls.push(calls);
        }
        count_sends(vm, method, &mut counts.per_selector);
        let source = vm.source_of(method).unwrap_or_default();
        counts.bytes += source.len() as i64;
        let body: Vec<u8> =
            source.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(&b' ');
        if body.len() < LEAST_BODY {
            continue;
        }
        let known = counts.bodies.entry(body).or_default();
        // One in the same object can be mended there; else the first.
        let twin = known.iter().find(|(holder, _)| *holder == object).or(known.first()).copied();
        known.push(place);
        if let Some(twin) = twin {
            counts.duplicate_count += 1;
            if counts.duplicates.len() < TOLD {
                counts.duplicates.push((twin, place));
            }
        }
    }
    if own > 0 {
        counts.per_object.push(own);
    }
}

/// Whether there is a comment with more in it than examples.
fn says_something(annotation: &str) -> bool {
    let mut comments =
        annotation.split('\x7f').filter_map(|entry| entry.trim_start().strip_prefix("Comment:"));
    comments
        .next_back()
        .is_some_and(|text| text.split("Example: ").next().is_some_and(|t| !t.trim().is_empty()))
}

/// Sends of a method and of the blocks in it, by selector.
fn count_sends(vm: &Vm, method: ObjectRef, sends: &mut HashMap<ObjectRef, i64>) {
    let mut waiting = vec![method];
    while let Some(method) = waiting.pop() {
        let part = |i| vm.heap.item(method, i).as_ref();
        let (Some(sites), Some(literals)) = (part(method_element::SITES), part(method_element::LITERALS))
        else {
            continue;
        };
        let words: Vec<u32> =
            vm.heap.bytes(sites).as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
        let count = vm.heap.length(literals);
        for site in words.as_chunks::<SITE_WORDS>().0 {
            let at = site[1] as usize;
            let selector = (at < count).then(|| vm.heap.item(literals, at)).and_then(|v| v.as_ref());
            if let Some(selector) = selector {
                *sends.entry(selector).or_default() += 1;
            }
        }
        // Blocks have code of their own, whose parent this is.
        for at in 0..count {
            let literal = vm.heap.item(literals, at);
            let inner = literal.as_ref().filter(|_| lookup::is_method(&vm.heap, literal));
            waiting.extend(inner.filter(|r| vm.heap.item(*r, method_element::PARENT) == method.value()));
        }
    }
}

fn answer(vm: &mut Vm, counts: Counts) -> Outcome {
    let number = |n: i64| Value::from_i64(n).unwrap_or(Value::ZERO);
    let mut per_selector: Vec<i64> = counts.per_selector.into_values().collect();
    per_selector.sort_unstable();
    let [objects, selectors, calls] = [&counts.per_object, &per_selector, &counts.calls].map(|list| {
        let values: Vec<Value> = list.iter().map(|n| number(*n)).collect();
        vm.new_vector(&values).value()
    });
    let pairs = counts.duplicates.iter().map(|(a, b)| vec![*a, *b]).collect::<Vec<_>>();
    let alone = counts.bare.iter().map(|a| vec![*a]).collect::<Vec<_>>();
    let [pairs, bare] = [pairs, alone].map(|list| {
        let rows: Vec<Value> = list.into_iter().map(|row| places(vm, row)).collect();
        vm.new_vector(&rows).value()
    });
    let parts = [
        number(counts.methods),
        number(counts.commented),
        number(counts.with_examples),
        number(counts.examples),
        number(counts.bytes),
        objects,
        selectors,
        calls,
        number(counts.duplicate_count),
        pairs,
        bare,
    ];
    Ok(Reply::Value(vm.new_vector(&parts).value()))
}

/// Mirrors and selectors in turn.
fn places(vm: &mut Vm, row: Vec<Place>) -> Value {
    let mut values = Vec::new();
    for (object, selector) in row {
        values.push(vm.mirror_on(object.value()));
        values.push(selector.value());
    }
    vm.new_vector(&values).value()
}
