//! Hash tables, as far as the machine finds and moves keys itself: those of sets and dictionaries whose keys are small integers and
//! canonical strings.
//!
//! A table is an object with the slots `keyTable` (a vector whose length is a power of two), `count`, and for dictionaries `valueTable`.
//! A key is looked for from the place its hash points to, onward to the first free place, which holds what the object finds
//! under `free`. That is what `traits hashed` does, and everything here does the same or declines and leaves it to that: for other
//! keys, and for tables whose own methods are not the standard ones (see `natives`).
//!
//! Where a hash points to is decided by the names that a world uses, since its image holds tables filled that way: `_Table…` mixes
//! all bits (`keys`), `_Hashed…` is what worlds did before, `_PlaceOf:Free:` what the first ones did. Tables of different worlds
//! never meet: an image keeps the methods it was built with.

use batos_image::heap::SlotDesc;
use batos_image::layout::{Kind, SlotKind};
use batos_image::value::{ObjectRef, Value};
use batos_lang::code::op::Native;

use super::{BAD_INDEX, BAD_TYPE, Call, Entry, Failure, Outcome, Quick, QuickFunction, Reply};
use crate::lookup::{self, HashedLayout as Layout, Outcome as Search, Start, Trail, by_map};
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_TableAt:IfAbsent:", 2, |vm, c| whole(vm, c, at_if_absent::<MIXED>)),
    ("_TableAt:Put:", 2, |vm, c| whole(vm, c, at_put::<MIXED>)),
    ("_TableRemoveKey:IfAbsent:", 2, |vm, c| whole(vm, c, remove_key_if_absent::<MIXED>)),
    ("_TableIncludes:", 1, |vm, c| whole(vm, c, includes::<MIXED>)),
    ("_TableAdd:", 1, |vm, c| whole(vm, c, add::<MIXED>)),
    ("_TableTakeKeys:Values:", 2, take_all::<MIXED>),
    ("_TablePlaceOf:Free:", 2, place_of::<MIXED>),
    // What worlds of earlier images ask.
    ("_HashedAt:IfAbsent:", 2, |vm, c| whole(vm, c, at_if_absent::<SPREAD>)),
    ("_HashedAt:Put:", 2, |vm, c| whole(vm, c, at_put::<SPREAD>)),
    ("_HashedRemoveKey:IfAbsent:", 2, |vm, c| whole(vm, c, remove_key_if_absent::<SPREAD>)),
    ("_HashedIncludes:", 1, |vm, c| whole(vm, c, includes::<SPREAD>)),
    ("_HashedAdd:", 1, |vm, c| whole(vm, c, add::<SPREAD>)),
    ("_HashedTakeKeys:Values:", 2, take_all::<SPREAD>),
    ("_HashedPlaceOf:Free:", 2, place_of::<SPREAD>),
    ("_PlaceOf:Free:", 2, place_of::<FIRST>),
];

/// The same, for the interpreter's fast path.
pub(super) const QUICK: &[(&str, QuickFunction)] = &[
    ("_TableAt:IfAbsent:", at_if_absent::<MIXED>),
    ("_TableAt:Put:", at_put::<MIXED>),
    ("_TableRemoveKey:IfAbsent:", remove_key_if_absent::<MIXED>),
    ("_TableIncludes:", includes::<MIXED>),
    ("_TableAdd:", add::<MIXED>),
    ("_HashedAt:IfAbsent:", at_if_absent::<SPREAD>),
    ("_HashedAt:Put:", at_put::<SPREAD>),
    ("_HashedRemoveKey:IfAbsent:", remove_key_if_absent::<SPREAD>),
    ("_HashedIncludes:", includes::<SPREAD>),
    ("_HashedAdd:", add::<SPREAD>),
];

/// Where hashes point to: in the first images, in those after them, and now.
const FIRST: u8 = 0;
pub(super) const SPREAD: u8 = 1;
pub(super) const MIXED: u8 = 2;

/// The place of a key in a vector of keys. Keys that only the world can compare are a wrong type, a table without room a wrong index.
fn place_of<const H: u8>(vm: &mut Vm, call: &Call) -> Outcome {
    let (keys, key, free) = (vm.receiver(call), vm.argument(call, 0), vm.argument(call, 1));
    if !vm.hashes_keys() {
        return Err(BAD_TYPE);
    }
    let keys = Keys::<H>::of(vm, 0, keys, free).ok_or(BAD_TYPE)?;
    let hash = hash(vm, key).ok_or(BAD_TYPE)?;
    match keys.place(vm, key, hash) {
        Some(place) => Ok(Reply::Value(Value::from_usize(place))),
        None if (0..keys.length).all(|at| keys.at(vm, at).is_int() || is_symbol(vm, keys.at(vm, at))) => {
            Err(BAD_INDEX)
        }
        None => Err(BAD_TYPE),
    }
}

/// Calls a quick function from the general path.
fn whole(vm: &mut Vm, call: &Call, function: QuickFunction) -> Outcome {
    let argument = |vm: &mut Vm, i| if i < call.argc { vm.argument(call, i) } else { Value::ZERO };
    let (receiver, first, second) = (vm.receiver(call), argument(vm, 0), argument(vm, 1));
    match function(vm, receiver, first, second) {
        Quick::Value(value) => Ok(Reply::Value(value)),
        Quick::Evaluate(it) => Ok(Reply::Step(vm.send_now(vm.symbols.value, it, &[], call.dst))),
        Quick::Declined => Err::<Reply, Failure>(BAD_TYPE),
    }
}

impl Vm {
    /// Small integers and strings hash and compare, and hash tables count, as the world was built to.
    fn hashes_keys(&self) -> bool {
        self.keys_intact && self.natives[Native::Arithmetic as usize]
    }

    /// How a table's object is laid out.
    #[inline(always)]
    pub(crate) fn hashed_layout(&mut self, table: Value) -> Option<Layout> {
        let map = self.heap.map_bits(table);
        let known = &self.lookups.hashed.0[by_map(map)];
        if known.map != map {
            return self.learn_hashed(table, map);
        }
        (!known.is_none).then_some(*known)
    }

    #[inline(never)]
    fn learn_hashed(&mut self, table: Value, map: u32) -> Option<Layout> {
        let mut cacheable = self.settings.caches;
        let layout = self.find_hashed(table, &mut cacheable);
        if cacheable {
            let none = Layout { map, is_none: true, ..Layout::default() };
            self.lookups.hashed.0[by_map(map)] = layout.unwrap_or(none);
        }
        layout
    }

    fn find_hashed(&mut self, table: Value, cacheable: &mut bool) -> Option<Layout> {
        if !self.hashes_keys() {
            return None;
        }
        let object = table.as_ref()?;
        let map = self.heap.map_of_ref(object);
        let own =
            |name: &[u8]| -> Option<SlotDesc> { self.heap.find_slot(map, self.heap.symbol_lookup(name)?) };
        let word = |slot: SlotDesc| match slot.kind {
            SlotKind::Field => u16::try_from(lookup::field_word(&self.heap, object, slot.index)).ok(),
            _ => None,
        };
        let (keys, count) = (word(own(b"keyTable")?)?, word(own(b"count")?)?);
        let values = match own(b"valueTable") {
            Some(slot) => Some(word(slot)?),
            None => None,
        };
        if !self.is_standard_table(table, cacheable) {
            return None;
        }
        let free = self.found_from(table, "free", cacheable)?;
        if free.slot.kind != SlotKind::Constant {
            return None;
        }
        let free = self.constant_word(free.holder, free.slot.name);
        let vector = self.heap.word(object, usize::from(keys));
        let plain = places(self, 0, vector).is_some_and(|(_, first, _)| first == 1);
        let plain = if plain { self.heap.map_bits(vector) } else { 0 };
        let map = self.heap.map_bits(table);
        // Worlds that have this ask for `_Table…` (see above).
        let mixes = self.found_from(table, "homeOfHash:", cacheable).is_some();
        Some(Layout { map, is_none: false, keys, count, values, plain, free, mixes })
    }

    /// The slot that a message to a value finds.
    pub(crate) fn found_from(
        &self,
        receiver: Value,
        name: &str,
        cacheable: &mut bool,
    ) -> Option<lookup::FoundSlot> {
        let name = self.heap.symbol_lookup(name.as_bytes())?;
        let mut trail = Trail::default();
        let selector = lookup::selector(&self.heap, name);
        let outcome = lookup::search(&self.heap, Start::Object(receiver), selector, &mut trail);
        *cacheable &= !trail.uncacheable;
        match outcome {
            Search::Found(found) if !found.assigns => Some(found),
            _ => None,
        }
    }
}

/// The vector of keys of a table: a power of two of places.
#[derive(Clone, Copy)]
pub(super) struct Keys<const H: u8> {
    vector: ObjectRef,
    /// Word of place 0.
    first: usize,
    length: usize,
    free: Value,
}

impl<const H: u8> Keys<H> {
    #[inline(always)]
    pub(super) fn of(vm: &Vm, plain: u32, vector: Value, free: Value) -> Option<Keys<H>> {
        let (vector, first, length) = places(vm, plain, vector)?;
        length.is_power_of_two().then_some(Keys { vector, first, length, free })
    }

    #[inline(always)]
    pub(super) fn at(&self, vm: &Vm, place: usize) -> Value {
        vm.heap.word(self.vector, self.first + place)
    }

    #[inline(always)]
    pub(super) fn put(&self, vm: &mut Vm, place: usize, key: Value) {
        vm.heap.store(self.vector, self.first + place, key);
    }

    #[inline(always)]
    fn after(&self, place: usize) -> usize {
        (place + 1) & (self.length - 1)
    }

    /// Where a hash points to.
    #[inline(always)]
    fn home(&self, hash: i64) -> usize {
        match H {
            MIXED => super::keys::home(hash, self.length),
            // The upper bits of a product with the golden ratio (Knuth, volume 3, 6.4, theorem S).
            SPREAD => {
                let spread = (folded(hash) as u64 * 2_654_435_769) & 0xFFFF_FFFF;
                ((spread * self.length as u64) >> 32) as usize
            }
            _ => (folded(hash) * 40503 / 256) as usize & (self.length - 1),
        }
    }

    #[inline(always)]
    pub(super) fn place(&self, vm: &Vm, key: Value, hash: i64) -> Option<usize> {
        self.place_from(vm, key, self.home(hash))
    }

    /// The place of a key, or the free place where it belongs. Nothing if a key stands in between that only the world can compare (a
    /// float may equal an integer), or if there is no free place.
    #[inline(always)]
    fn place_from(&self, vm: &Vm, key: Value, home: usize) -> Option<usize> {
        let mut place = home;
        for _ in 0..self.length {
            let found = self.at(vm, place);
            if found == key || found == self.free {
                return Some(place);
            }
            if !found.is_int() && !is_symbol(vm, found) {
                return None;
            }
            place = self.after(place);
        }
        None
    }
}

/// The 24 bits of a hash that earlier worlds regard.
fn folded(hash: i64) -> i64 {
    hash.wrapping_add(hash / 65536) & 0xFF_FFFF
}

/// A table with its keys.
struct Table<const H: u8> {
    object: ObjectRef,
    layout: Layout,
    keys: Keys<H>,
}

impl<const H: u8> Table<H> {
    #[inline(always)]
    fn of(vm: &mut Vm, table: Value) -> Option<Table<H>> {
        let object = table.as_ref()?;
        let layout = vm.hashed_layout(table)?;
        let keys = vm.heap.word(object, usize::from(layout.keys));
        let free = vm.heap.value_at(layout.free);
        Some(Table { object, layout, keys: Keys::of(vm, layout.plain, keys, free)? })
    }

    /// The word of the vector of values that belongs to a place; of the keys themselves if this is a set.
    #[inline(always)]
    fn value_word(&self, vm: &Vm, place: usize) -> Option<(ObjectRef, usize)> {
        let Some(values) = self.layout.values else {
            return Some((self.keys.vector, self.keys.first + place));
        };
        let (vector, first, length) =
            places(vm, self.layout.plain, vm.heap.word(self.object, usize::from(values)))?;
        (place < length).then_some((vector, first + place))
    }

    /// Sets the number of keys.
    #[inline(always)]
    fn set_count(&self, vm: &mut Vm, count: i64) {
        if let Some(count) = Value::from_i64(count) {
            vm.heap.store(self.object, usize::from(self.layout.count), count);
        }
    }

    #[inline(always)]
    fn count(&self, vm: &Vm) -> Option<i64> {
        vm.heap.word(self.object, usize::from(self.layout.count)).as_int()
    }
}

/// A vector, the word of its first element, and its length. `plain` may be the map of vectors without slots.
#[inline(always)]
pub(super) fn places(vm: &Vm, plain: u32, vector: Value) -> Option<(ObjectRef, usize, usize)> {
    let bits = vm.heap.map_bits(vector);
    let vector = vector.as_ref()?;
    if bits == plain {
        return Some((vector, 1, vm.heap.length(vector)));
    }
    let map = vm.heap.map_of_ref(vector);
    if !matches!(vm.heap.map_info(map).kind(), Kind::Vector | Kind::WeakVector) {
        return None;
    }
    Some((vector, 1 + vm.heap.field_count(map), vm.heap.length(vector)))
}

#[inline(always)]
fn is_symbol(vm: &Vm, value: Value) -> bool {
    value.as_ref().is_some_and(|r| vm.heap.map_of_ref(r) == vm.heap.known.symbol_map)
}

/// The hash of a small integer or canonical string.
#[inline(always)]
pub(super) fn hash(vm: &Vm, key: Value) -> Option<i64> {
    match key.as_int() {
        Some(number) => Some(number),
        None if is_symbol(vm, key) => Some(super::bytes::hash(vm.heap.bytes(key.ref_unchecked()))),
        None => None,
    }
}

/// A function that declines for want of anything.
macro_rules! or_decline {
    ($wanted:expr) => {
        match $wanted {
            Some(it) => it,
            None => return Quick::Declined,
        }
    };
}

/// What the absence of a key leads to. The world tells the key to blocks that take it.
fn missing(vm: &mut Vm, absent: Value) -> Quick {
    let takes_none = vm.block_map(0).value();
    let takes_key = vm.heap.kind_of(absent) == Kind::Block && vm.heap.map_of(absent).value() != takes_none;
    if takes_key { Quick::Declined } else { Quick::Evaluate(absent) }
}

fn at_if_absent<const H: u8>(vm: &mut Vm, table: Value, key: Value, absent: Value) -> Quick {
    let table = or_decline!(Table::<H>::of(vm, table));
    let hash = or_decline!(hash(vm, key));
    let place = or_decline!(table.keys.place(vm, key, hash));
    if table.keys.at(vm, place) == table.keys.free {
        return missing(vm, absent);
    }
    let (values, word) = or_decline!(table.value_word(vm, place));
    Quick::Value(vm.heap.word(values, word))
}

fn includes<const H: u8>(vm: &mut Vm, table: Value, key: Value, _: Value) -> Quick {
    let table = or_decline!(Table::<H>::of(vm, table));
    let hash = or_decline!(hash(vm, key));
    let place = or_decline!(table.keys.place(vm, key, hash));
    Quick::Value(vm.boolean(table.keys.at(vm, place) != table.keys.free))
}

fn at_put<const H: u8>(vm: &mut Vm, receiver: Value, key: Value, value: Value) -> Quick {
    let table = or_decline!(Table::<H>::of(vm, receiver));
    let hash = or_decline!(hash(vm, key));
    let place = or_decline!(table.keys.place(vm, key, hash));
    // The world knows what a set does with a value.
    or_decline!(table.layout.values);
    let (values, word) = or_decline!(table.value_word(vm, place));
    if table.keys.at(vm, place) == table.keys.free {
        or_decline!(put_key(vm, &table, place, key));
    }
    vm.heap.store(values, word, value);
    Quick::Value(receiver)
}

fn add<const H: u8>(vm: &mut Vm, receiver: Value, key: Value, _: Value) -> Quick {
    let table = or_decline!(Table::<H>::of(vm, receiver));
    let hash = or_decline!(hash(vm, key));
    let place = or_decline!(table.keys.place(vm, key, hash));
    if table.layout.values.is_some() {
        return Quick::Declined;
    }
    if table.keys.at(vm, place) == table.keys.free {
        or_decline!(put_key(vm, &table, place, key));
    }
    Quick::Value(receiver)
}

/// Puts a new key in a free place, unless the table needs room first.
#[inline(always)]
fn put_key<const H: u8>(vm: &mut Vm, table: &Table<H>, place: usize, key: Value) -> Option<()> {
    let count = table.count(vm).filter(|n| (0..=table.keys.length as i64).contains(n))?;
    if count * 4 >= table.keys.length as i64 * 3 {
        return None;
    }
    table.keys.put(vm, place, key);
    table.set_count(vm, count + 1);
    Some(())
}

fn remove_key_if_absent<const H: u8>(vm: &mut Vm, table: Value, key: Value, absent: Value) -> Quick {
    let table = or_decline!(Table::<H>::of(vm, table));
    let hash = or_decline!(hash(vm, key));
    let place = or_decline!(table.keys.place(vm, key, hash));
    if table.keys.at(vm, place) == table.keys.free {
        return missing(vm, absent);
    }
    let count = or_decline!(table.count(vm));
    let (values, word) = or_decline!(table.value_word(vm, place));
    let removed = vm.heap.word(values, word);
    or_decline!(free_place(vm, &table, place));
    table.set_count(vm, count - 1);
    Quick::Value(removed)
}

/// Frees a place, and lets the keys behind it move up (Knuth, volume 3, 6.4, algorithm R). Does nothing if that takes a key that
/// only the world can hash.
fn free_place<const H: u8>(vm: &mut Vm, table: &Table<H>, place: usize) -> Option<()> {
    let keys = &table.keys;
    let mut last = place;
    for behind in 1..=keys.length {
        let at = (place + behind) & (keys.length - 1);
        let key = keys.at(vm, at);
        if key == keys.free {
            break;
        }
        if behind == keys.length {
            return None;
        }
        hash(vm, key)?;
        table.value_word(vm, at)?;
        last = at;
    }
    let mask = keys.length - 1;
    let (mut hole, mut at) = (place, place);
    while at != last {
        at = keys.after(at);
        let key = keys.at(vm, at);
        let home = keys.home(hash(vm, key)?);
        if at.wrapping_sub(home) & mask >= at.wrapping_sub(hole) & mask {
            move_place(vm, table, at, hole)?;
            hole = at;
        }
    }
    if table.layout.values.is_some() {
        let (values, word) = table.value_word(vm, hole)?;
        let nil = vm.nil();
        vm.heap.store(values, word, nil);
    }
    keys.put(vm, hole, keys.free);
    Some(())
}

fn move_place<const H: u8>(vm: &mut Vm, table: &Table<H>, from: usize, to: usize) -> Option<()> {
    let key = table.keys.at(vm, from);
    if table.layout.values.is_some() {
        let ((from, from_word), (to, to_word)) = (table.value_word(vm, from)?, table.value_word(vm, to)?);
        let value = vm.heap.word(from, from_word);
        vm.heap.store(to, to_word, value);
    }
    table.keys.put(vm, to, key);
    Some(())
}

/// `take` for a primitive.
fn take_all<const H: u8>(vm: &mut Vm, call: &Call) -> Outcome {
    let (table, keys, values) = (vm.receiver(call), vm.argument(call, 0), vm.argument(call, 1));
    take::<H>(vm, table, keys, values).ok_or(BAD_TYPE)?;
    Ok(Reply::Value(table))
}

/// Fills a table that has room, and the same mark of free places, from vectors of keys and values.
fn take<const H: u8>(vm: &mut Vm, table: Value, keys: Value, values: Value) -> Option<()> {
    let table = Table::<H>::of(vm, table)?;
    let (keys, first, length) = places(vm, 0, keys)?;
    let old = match table.layout.values {
        Some(_) => Some(places(vm, 0, values).filter(|(_, _, n)| *n == length)?),
        None => None,
    };
    for at in 0..length {
        let key = vm.heap.word(keys, first + at);
        if key == table.keys.free {
            continue;
        }
        let place = table.keys.place(vm, key, hash(vm, key)?)?;
        if let Some((old, old_first, _)) = old {
            let (values, word) = table.value_word(vm, place)?;
            let value = vm.heap.word(old, old_first + at);
            vm.heap.store(values, word, value);
        }
        table.keys.put(vm, place, key);
    }
    Some(())
}
