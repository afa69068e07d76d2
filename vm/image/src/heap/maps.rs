//! Maps: what slots an object has. A map is an Indexed object (layout in `layout::map_word`).
//!
//! Invariant: maps are never young, and the names and kinds of a map's slots do not change once it is made; a changed
//! shape is another map. Contents and annotations may change. This module does not know lookup.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::layout::{Format, Kind, SlotKind, map_word, slot_word};
use crate::record::{Count, MapHead, MapInfo, SlotInfo, SlotRecord};
use crate::value::{MapRef, ObjectRef, Value};

use super::Heap;

/// Maps with more slots than this get an index outside the image.
const LINEAR: usize = 8;

/// One slot as its map describes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlotDesc {
    /// The name: a canonical string.
    pub name: ObjectRef,
    /// What the slot is.
    pub kind: SlotKind,
    /// Whether lookup goes on in its content.
    pub parent: bool,
    /// Field or argument number (0 for other kinds).
    pub index: u32,
    /// Content of a constant slot, initial content of an assignable one, or its cell.
    pub content: Value,
    /// A canonical string, or the small integer 0.
    pub annotation: Value,
}

impl SlotDesc {
    /// A constant slot.
    pub fn constant(name: ObjectRef, content: Value) -> SlotDesc {
        SlotDesc { name, kind: SlotKind::Constant, parent: false, index: 0, content, annotation: Value::ZERO }
    }

    /// An assignable slot in field `index`.
    pub fn field(name: ObjectRef, index: u32, content: Value) -> SlotDesc {
        SlotDesc { name, kind: SlotKind::Field, parent: false, index, content, annotation: Value::ZERO }
    }

    /// The same slot as a parent slot.
    pub fn as_parent(self) -> SlotDesc {
        SlotDesc { parent: true, ..self }
    }

    /// The same slot with an annotation.
    pub fn annotated(self, annotation: Value) -> SlotDesc {
        SlotDesc { annotation, ..self }
    }

    fn record(&self) -> SlotRecord {
        SlotRecord {
            name: self.name.value(),
            info: SlotInfo::new(self.kind, self.parent, self.index),
            content: self.content,
            annotation: self.annotation,
        }
    }
}

/// Slot positions by name for maps with many slots. A cache: it may be emptied at any time.
#[derive(Default)]
pub(crate) struct SlotCache(RefCell<HashMap<MapRef, HashMap<ObjectRef, u32>>>);

impl SlotCache {
    pub(crate) fn clear(&mut self) {
        self.0.get_mut().clear();
    }
}

impl Heap {
    /// Makes a map whose instances have `fields` fields, with these slots.
    pub fn new_map(
        &mut self,
        kind: Kind,
        format: Format,
        fields: usize,
        slots: &[SlotDesc],
        annotation: Value,
        flags: u32,
    ) -> MapRef {
        let len = map_word::SLOTS + slots.len() * slot_word::SIZE;
        let map = MapRef::assume(self.alloc_old_indexed(self.known.map_map, 0, len, Value::ZERO));
        // Its cards are marked: it has just been allocated in the image.
        let head = MapHead {
            info: MapInfo::new(format, kind, flags),
            fields: Count::of(fields),
            annotation,
            ..*self.map_head(map)
        };
        self.put(map.offset(), head);
        for (i, slot) in slots.iter().enumerate() {
            self.put(slot_offset(map, i), slot.record());
        }
        map
    }

    /// Number of slots.
    #[inline(always)]
    pub fn slot_count(&self, map: MapRef) -> usize {
        self.length(map.object()).saturating_sub(map_word::SLOTS) / slot_word::SIZE
    }

    /// The i-th slot in the order of declaration.
    #[inline]
    pub fn slot(&self, map: MapRef, i: usize) -> SlotDesc {
        let slot = self.slot_record(map, i);
        SlotDesc {
            name: slot.name.ref_unchecked(),
            kind: slot.info.kind(),
            parent: slot.info.is_parent(),
            index: slot.info.index(),
            content: slot.content,
            annotation: slot.annotation,
        }
    }

    #[inline(always)]
    fn slot_record(&self, map: MapRef, i: usize) -> &SlotRecord {
        debug_assert!(i < self.slot_count(map), "{map:?} has no slot {i}");
        self.record(slot_offset(map, i))
    }

    /// All slots in the order of declaration.
    pub fn map_slots(&self, map: MapRef) -> impl ExactSizeIterator<Item = SlotDesc> + '_ {
        (0..self.slot_count(map)).map(move |i| self.slot(map, i))
    }

    /// The slot of this name.
    pub fn find_slot(&self, map: MapRef, name: ObjectRef) -> Option<SlotDesc> {
        self.find_slot_index(map, name).map(|i| self.slot(map, i))
    }

    /// Position of the slot of this name.
    pub fn find_slot_index(&self, map: MapRef, name: ObjectRef) -> Option<usize> {
        let count = self.slot_count(map);
        if count > LINEAR {
            return self.find_slot_cached(map, name);
        }
        let wanted = name.value();
        (0..count).find(|i| self.slot_record(map, *i).name == wanted)
    }

    fn find_slot_cached(&self, map: MapRef, name: ObjectRef) -> Option<usize> {
        let mut cache = self.slot_cache.0.borrow_mut();
        let index = cache.entry(map).or_insert_with(|| {
            self.map_slots(map).enumerate().map(|(i, slot)| (slot.name, i as u32)).collect()
        });
        index.get(&name).map(|&i| i as usize)
    }

    /// Replaces the content of the i-th slot.
    pub fn set_slot_content(&mut self, map: MapRef, i: usize, content: Value) {
        self.set_item(map.object(), map_word::SLOTS + i * slot_word::SIZE + slot_word::CONTENT, content);
    }

    /// Replaces the annotation of the i-th slot.
    pub fn set_slot_annotation(&mut self, map: MapRef, i: usize, annotation: Value) {
        self.set_item(
            map.object(),
            map_word::SLOTS + i * slot_word::SIZE + slot_word::ANNOTATION,
            annotation,
        );
    }

    /// A word of a map by its index in `layout::map_word`.
    #[inline(always)]
    pub fn map_word(&self, map: MapRef, word: usize) -> Value {
        self.item(map.object(), word)
    }

    /// Replaces a word of a map. Words of the slots are not for this.
    pub fn set_map_word(&mut self, map: MapRef, word: usize, value: Value) {
        debug_assert!(word < map_word::SLOTS);
        self.set_item(map.object(), word, value);
    }
}

/// Where a slot of a map stands.
#[inline(always)]
pub(crate) const fn slot_offset(map: MapRef, i: usize) -> u64 {
    map.offset() + (size_of::<MapHead>() + i * size_of::<SlotRecord>()) as u64
}
