//! Finding the slot that a message means (language §6.1), and remembering what was found.
//!
//! A lookup that met only constant parents is cached under (map of the receiver, selector), machine-wide and in the
//! inline caches of sites. For each object that a cached lookup went through, `Dependents` knows the maps that
//! did; when the object's map changes, exactly those are forgotten, here and in every inline cache that holds them.
//!
//! Invariant: a cached entry never names a young object (they move), and never was found through an assignable parent
//! (its content may change without the map changing).

mod natives;

use std::collections::{HashMap, HashSet};

use batos_image::heap::{Heap, SlotDesc};
use batos_image::layout::{Format, IMAGE_START, Kind, SlotKind};
use batos_image::value::{ObjectRef, Value};

use crate::code::{Code, Hit, HitKind};

/// A slot that a search found.
#[derive(Clone, Copy, Debug)]
pub struct FoundSlot {
    /// The object that has it.
    pub holder: Value,
    /// The slot.
    pub slot: SlotDesc,
    /// The message was `x:` to an assignable slot `x`.
    pub assigns: bool,
}

/// The outcome of a search.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// No slot.
    Missing,
    /// One slot.
    Found(FoundSlot),
    /// Several.
    Ambiguous(Vec<FoundSlot>),
}

/// Where a search begins.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    /// In the object itself.
    Object(Value),
    /// In its parents.
    ParentsOf(Value),
    /// In each of several objects, as if they were the parents of one.
    Each(&'a [Value]),
}

/// What a search met, so that its outcome can be cached.
#[derive(Default, Debug)]
pub struct Trail {
    /// Objects other than the first whose maps were looked at.
    pub visited: Vec<ObjectRef>,
    /// A parent was assignable or young: do not cache.
    pub uncacheable: bool,
}

/// A selector with what a search needs to know about it.
#[derive(Clone, Copy, Debug)]
pub struct Selector {
    /// The canonical string.
    pub name: ObjectRef,
    /// For `x:`, the canonical string `x`, if there is one.
    pub assigned: Option<ObjectRef>,
}

/// Looks at a selector's text.
pub fn selector(heap: &Heap, name: ObjectRef) -> Selector {
    let bytes = heap.bytes(name);
    let assigned = match bytes.split_last() {
        Some((b':', rest)) if !rest.is_empty() && !rest.contains(&b':') => heap.symbol_lookup(rest),
        _ => None,
    };
    Selector { name, assigned }
}

/// The slot of an object that answers a selector, not looking at parents.
pub fn own_slot(heap: &Heap, object: Value, selector: Selector) -> Option<FoundSlot> {
    let map = heap.map_of(object);
    if let Some(slot) = heap.find_slot(map, selector.name)
        && slot.kind != SlotKind::Argument
    {
        return Some(FoundSlot { holder: object, slot, assigns: false });
    }
    let slot = heap.find_slot(map, selector.assigned?)?;
    match slot.kind {
        SlotKind::Field | SlotKind::CellField => Some(FoundSlot { holder: object, slot, assigns: true }),
        _ => None,
    }
}

/// Content of a data slot of `holder`.
pub fn slot_content(heap: &Heap, holder: Value, slot: &SlotDesc) -> Value {
    match slot.kind {
        SlotKind::Field => match holder.as_ref() {
            Some(r) => heap.word(r, field_word(heap, r, slot.index)),
            None => heap.known.nil,
        },
        SlotKind::CellField => match slot.content.as_ref() {
            Some(cell) => heap.word(cell, 0),
            None => heap.known.nil,
        },
        SlotKind::Constant | SlotKind::Argument => slot.content,
    }
}

/// Index of the word after the header that holds field `index`.
pub fn field_word(heap: &Heap, object: ObjectRef, index: u32) -> usize {
    match heap.format_of_ref(object) {
        Format::Indexed => index as usize + 1,
        _ => index as usize,
    }
}

/// Searches as language §6.1 says. Objects met again contribute nothing new, so each is looked at once; the search keeps
/// its own stack.
pub fn search(heap: &Heap, start: Start, selector: Selector, trail: &mut Trail) -> Outcome {
    let mut found: Vec<FoundSlot> = Vec::new();
    let mut seen: HashSet<u64> = HashSet::new();
    let mut pending: Vec<Value> = Vec::new();
    match start {
        Start::Object(object) => {
            if let Some(slot) = own_slot(heap, object, selector) {
                return Outcome::Found(slot);
            }
            seen.insert(object.bits());
            push_parents(heap, object, &mut pending, trail);
        }
        Start::ParentsOf(object) => {
            seen.insert(object.bits());
            push_parents(heap, object, &mut pending, trail);
        }
        Start::Each(objects) => pending.extend(objects.iter().rev()),
    }
    while let Some(object) = pending.pop() {
        if !seen.insert(object.bits()) {
            continue;
        }
        if let Some(r) = object.as_ref() {
            if r.offset() < IMAGE_START {
                trail.uncacheable = true;
            }
            trail.visited.push(r);
        }
        match own_slot(heap, object, selector) {
            Some(slot) => found.push(slot),
            None => push_parents(heap, object, &mut pending, trail),
        }
    }
    match found.len() {
        0 => Outcome::Missing,
        1 => Outcome::Found(found[0]),
        _ => {
            found.reverse();
            Outcome::Ambiguous(found)
        }
    }
}

fn push_parents(heap: &Heap, object: Value, pending: &mut Vec<Value>, trail: &mut Trail) {
    let map = heap.map_of(object);
    let at = pending.len();
    for slot in heap.map_slots(map) {
        if slot.parent && slot.kind != SlotKind::Argument {
            if slot.kind != SlotKind::Constant {
                trail.uncacheable = true;
            }
            pending.push(slot_content(heap, object, &slot));
        }
    }
    pending[at..].reverse();
}

/// True if a slot content is run when its slot is evaluated.
pub fn is_method(heap: &Heap, content: Value) -> bool {
    content.is_ref() && heap.kind_of(content) == Kind::Method
}

/// Key of the machine-wide cache.
type Key = (u32, u64);

/// The machine-wide cache, and who depends on which object.
#[derive(Default)]
pub struct LookupCache {
    entries: HashMap<Key, Hit>,
    /// Selectors cached for a map.
    by_map: HashMap<u32, Vec<u64>>,
    /// Maps whose lookups went through an object.
    dependents: HashMap<ObjectRef, HashSet<u32>>,
    /// Sites whose inline caches hold a map.
    sites: HashMap<u32, Vec<(*const Code, u32)>>,
    /// What was found out about hash tables: any change at all empties it.
    pub hashed: HashedLayouts,
    /// What `value` does.
    pub evaluations: Evaluations,
}

/// Where table objects of one map keep their parts.
#[derive(Clone, Copy, Default)]
pub struct HashedLayout {
    /// The map's bits.
    pub map: u32,
    /// Those objects are no tables that the machine knows.
    pub is_none: bool,
    /// Word after the header that holds the keys.
    pub keys: u16,
    /// Word after the header that holds their number.
    pub count: u16,
    /// Word after the header that holds the values; sets have none.
    pub values: Option<u16>,
    /// Map of vectors without slots of their own, whose elements are quickly found.
    pub plain: u32,
    /// Offset of the word that holds the mark of free places.
    pub free: u64,
    /// All bits of a hash say where it points to.
    pub mixes: bool,
}

/// The layouts of tables by their maps. Whatever may change an answer empties it.
#[derive(Clone, Copy, Default)]
pub struct HashedLayouts(pub [HashedLayout; 8]);

/// What `value` does to objects of a map.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Evaluation {
    /// Not known here.
    #[default]
    Unknown,
    /// They answer themselves.
    Itself,
    /// They are blocks without arguments.
    Block,
}

/// What was found out about `value`, by map.
#[derive(Clone, Copy, Default, Debug)]
pub struct Evaluations([(u32, Evaluation); 8]);

impl Evaluations {
    /// What is known for a map.
    #[inline(always)]
    pub fn get(&self, map: u32) -> Evaluation {
        let (known, evaluation) = self.0[by_map(map)];
        if known == map { evaluation } else { Evaluation::Unknown }
    }

    /// Remembers what `value` found.
    pub fn learn(&mut self, hit: &Hit) {
        let evaluation = match hit.kind {
            HitKind::Receiver => Evaluation::Itself,
            HitKind::Block => Evaluation::Block,
            _ => return,
        };
        self.0[by_map(hit.map)] = (hit.map, evaluation);
    }
}

/// Where a map belongs in a table of eight: the upper bits of a product (Knuth, volume 3, 6.4).
#[inline(always)]
pub fn by_map(map: u32) -> usize {
    (map.wrapping_mul(0x9E37_79B1) >> 29) as usize
}

impl LookupCache {
    /// What was found before.
    pub fn get(&self, map: u32, selector: ObjectRef) -> Option<Hit> {
        self.entries.get(&(map, selector.offset())).copied()
    }

    /// Remembers what was found, and through which objects.
    pub fn insert(&mut self, map: u32, selector: ObjectRef, hit: Hit, visited: &[ObjectRef]) {
        self.entries.insert((map, selector.offset()), hit);
        self.by_map.entry(map).or_default().push(selector.offset());
        for object in visited {
            self.dependents.entry(*object).or_default().insert(map);
        }
    }

    /// Remembers that a site's inline cache holds entries for a map.
    pub fn note_site(&mut self, map: u32, code: *const Code, site: u32) {
        let sites = self.sites.entry(map).or_default();
        if !sites.contains(&(code, site)) {
            sites.push((code, site));
        }
    }

    /// The map of `object` changes: forgets every lookup that went through it. The sites returned must forget the maps they are
    /// returned with.
    pub fn forget_through(&mut self, object: ObjectRef) -> Vec<(u32, *const Code, u32)> {
        self.hashed = HashedLayouts::default();
        self.evaluations = Evaluations::default();
        let mut stale = Vec::new();
        for map in self.dependents.remove(&object).unwrap_or_default() {
            for selector in self.by_map.remove(&map).unwrap_or_default() {
                self.entries.remove(&(map, selector));
            }
            for (code, site) in self.sites.remove(&map).unwrap_or_default() {
                stale.push((map, code, site));
            }
        }
        stale
    }

    /// Objects that cached lookups of these maps went through.
    pub fn through(&self, maps: &[u32]) -> Vec<ObjectRef> {
        let goes = |through: &HashSet<u32>| maps.iter().any(|map| through.contains(map));
        self.dependents.iter().filter(|(_, through)| goes(through)).map(|(object, _)| *object).collect()
    }

    /// Forgets everything (after a collection freed maps or code).
    pub fn clear(&mut self) {
        self.hashed = HashedLayouts::default();
        self.evaluations = Evaluations::default();
        self.entries.clear();
        self.by_map.clear();
        self.dependents.clear();
        self.sites.clear();
    }
}
