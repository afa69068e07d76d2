//! The way to an object from the root vector, in words: for the verifier's messages.
//!
//! Walks breadth-first, so the way is a shortest one, over the objects that pass their own checks.

use std::collections::{HashMap, VecDeque};

use crate::layout::{Format, SlotKind, map_word, slot_word};
use crate::record::{MapHead, SlotRecord};
use crate::value::{TAG_MASK, TAG_REF, Value};

use super::access::map_at;
use super::maps::slot_offset;
use super::verify::Extent;
use super::{Heap, ROOTS_OFFSET};

/// Steps shown; a longer way is cut in the middle.
const MOST_STEPS: usize = 24;

/// How `target` is reached, such as `root 3 > map > slot 'traits' > element 2`.
pub(crate) fn path_to(heap: &Heap, held: &[Value], target: u64) -> String {
    let mut came_from: HashMap<u64, (u64, u64)> = HashMap::new();
    let mut work = VecDeque::from([ROOTS_OFFSET]);
    came_from.insert(ROOTS_OFFSET, (0, 0));
    for v in held.iter().filter_map(|v| v.as_ref()) {
        came_from.entry(v.offset()).or_insert_with(|| {
            work.push_back(v.offset());
            (0, 0)
        });
    }
    while let Some(at) = work.pop_front() {
        if at == target {
            return describe(heap, &came_from, target);
        }
        let Ok(extent) = heap.verify_extent(at) else { continue };
        let mut step = |to: u64, word: u64| {
            came_from.entry(to).or_insert_with(|| {
                work.push_back(to);
                (at, word)
            });
        };
        step(extent.map, at);
        if extent.has_values() {
            for word in (at + 8..at + extent.bytes).step_by(8) {
                match heap.checked(word) {
                    Ok(v) if v & TAG_MASK == TAG_REF => step(v - TAG_REF, word),
                    _ => {}
                }
            }
        }
    }
    String::from("nowhere in particular")
}

fn describe(heap: &Heap, came_from: &HashMap<u64, (u64, u64)>, target: u64) -> String {
    let mut steps = Vec::new();
    let mut at = target;
    while let Some(&(from, word)) = came_from.get(&at) {
        if from == 0 {
            steps.push(String::from(if at == ROOTS_OFFSET {
                "the root vector"
            } else {
                "the machine's roots"
            }));
            break;
        }
        steps.push(name_step(heap, from, word));
        at = from;
    }
    steps.reverse();
    if steps.len() > MOST_STEPS {
        let cut = steps.len() - MOST_STEPS;
        steps.splice(MOST_STEPS / 2..MOST_STEPS / 2 + cut, [format!("… {cut} more …")]);
    }
    steps.join(" > ")
}

/// What the word at `word` is to the object at `from`.
fn name_step(heap: &Heap, from: u64, word: u64) -> String {
    if word == from {
        return String::from("map");
    }
    let i = (word - from) / 8 - 1;
    if from == ROOTS_OFFSET {
        return format!("root {}", i.saturating_sub(1));
    }
    let Ok(extent) = heap.verify_extent(from) else { return format!("word {i}") };
    let slots_start = 1 + map_word::SLOTS as u64;
    if extent.info.kind() == crate::layout::Kind::Map && i >= slots_start {
        let slot = (i - slots_start) as usize / slot_word::SIZE;
        return format!("slot {}", slot_name(heap, from, slot).unwrap_or_else(|| slot.to_string()));
    }
    let first_field = if extent.info.format() == Format::Indexed { 1 } else { 0 };
    match i.checked_sub(first_field) {
        Some(field) if field < extent.fields => field_name(heap, &extent, field),
        Some(n) => format!("element {}", n - extent.fields.min(n)),
        None => String::from("length"),
    }
}

fn field_name(heap: &Heap, extent: &Extent, field: u64) -> String {
    let length = heap.checked_record::<MapHead>(extent.map).map_or(0, |head| head.length.get());
    for slot in 0..length.saturating_sub(map_word::SLOTS) / slot_word::SIZE {
        let here = heap
            .checked_record::<SlotRecord>(slot_offset(map_at(extent.map), slot))
            .is_ok_and(|s| s.info.kind() == SlotKind::Field && u64::from(s.info.index()) == field);
        if here && let Some(name) = slot_name(heap, extent.map, slot) {
            return format!("slot {name}");
        }
    }
    format!("field {field}")
}

fn slot_name(heap: &Heap, map: u64, slot: usize) -> Option<String> {
    let name = heap.checked_record::<SlotRecord>(slot_offset(map_at(map), slot)).ok()?.name.as_ref()?;
    let extent = heap.verify_extent(name.offset()).ok()?;
    (extent.info.format() == Format::Bytes)
        .then(|| format!("'{}'", String::from_utf8_lossy(heap.bytes(name))))
}
