//! Whole dictionaries: made from pairs, and told as pairs, for those whose methods are the standard ones.

use batos_image::value::{ObjectRef, Value};

use super::hashed::{Keys, MIXED, SPREAD, hash, places};
use super::{BAD_TYPE, Failure, OUT_OF_MEMORY};
use crate::lookup::HashedLayout;
use crate::vm::Vm;

/// A copy of a dictionary with these pairs and no others; the last value of a key counts. Keys are small integers and canonical
/// strings, others are a wrong type.
pub(crate) fn new_dictionary(
    vm: &mut Vm,
    prototype: Value,
    pairs: &[(Value, Value)],
) -> Result<Value, Failure> {
    let layout = vm.hashed_layout(prototype).ok_or(BAD_TYPE)?;
    let values_word = layout.values.ok_or(BAD_TYPE)?;
    let mut length = 8;
    while pairs.len() * 4 >= length * 3 {
        length *= 2;
    }
    if !vm.heap.can_allocate(length * 16 + 256) {
        return Err(OUT_OF_MEMORY);
    }
    let free = vm.heap.value_at(layout.free);
    let nil = vm.nil();
    let keys = filled(vm, length, free);
    let values = filled(vm, length, nil);
    let count = if layout.mixes {
        fill::<MIXED>(vm, layout, keys, values, pairs)
    } else {
        fill::<SPREAD>(vm, layout, keys, values, pairs)
    };
    let count = count.ok_or(BAD_TYPE)?;
    let new = vm.heap.clone_object(prototype.as_ref().ok_or(BAD_TYPE)?);
    vm.heap.store(new, usize::from(layout.keys), keys);
    vm.heap.store(new, usize::from(values_word), values);
    vm.heap.store(new, usize::from(layout.count), Value::from_usize(count));
    Ok(new.value())
}

/// Puts pairs in vectors of free places, and says how many keys there are.
fn fill<const H: u8>(
    vm: &mut Vm,
    layout: HashedLayout,
    keys: Value,
    values: Value,
    pairs: &[(Value, Value)],
) -> Option<usize> {
    let free = vm.heap.value_at(layout.free);
    let table = Keys::<H>::of(vm, layout.plain, keys, free)?;
    let (values, first, _) = places(vm, layout.plain, values)?;
    let mut count = 0;
    for (key, value) in pairs {
        let hash = hash(vm, *key)?;
        let place = table.place(vm, *key, hash)?;
        if table.at(vm, place) == free {
            table.put(vm, place, *key);
            count += 1;
        }
        vm.heap.store(values, first + place, *value);
    }
    Some(count)
}

/// A vector with the same everywhere.
fn filled(vm: &mut Vm, length: usize, filler: Value) -> Value {
    match length {
        0..=32 => vm.new_vector(&[filler; 32][..length]).value(),
        _ => vm.new_vector(&vec![filler; length]).value(),
    }
}

/// The pairs of a dictionary that is laid out so.
pub(crate) fn pairs_of(vm: &Vm, layout: HashedLayout, table: ObjectRef) -> Option<Vec<(Value, Value)>> {
    let free = vm.heap.value_at(layout.free);
    let (keys, first, length) = places(vm, layout.plain, vm.heap.word(table, usize::from(layout.keys)))?;
    let values = vm.heap.word(table, usize::from(layout.values?));
    let (values, values_first, values_length) = places(vm, layout.plain, values)?;
    if values_length != length {
        return None;
    }
    let pairs = (0..length).filter_map(|i| {
        let key = vm.heap.word(keys, first + i);
        (key != free).then(|| (key, vm.heap.word(values, values_first + i)))
    });
    Some(pairs.collect())
}
