//! Looking through the whole world: who refers to an object, who has a slot of some name, what there is at all. The answers are flat vectors of
//! mirrors, as many as the limit allows.
//!
//! What only a running activation refers to is found as a holder; as an object with a slot of some name, and in the list of all, it is
//! not, unless it is part of the image.

use std::collections::HashSet;

use batos_image::heap::NoRoots;
use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use super::{Call, Entry, Failure, Outcome, Reply};
use crate::vm::Vm;

const NO_TARGET: Failure = Failure::word("enumerationTargetError");

pub(super) const LIST: &[Entry] = &[
    ("_ReferencesLimit:", 1, references),
    ("_EnumerateVectorReferencesLimit:", 1, holders),
    ("_EnumerateVectorImplementorsLimit:", 1, implementors),
    ("_EnumerateAllLimit:", 1, all),
];

/// The limit in the first argument: a size, or a huge float for none.
fn limit(vm: &mut Vm, call: &Call) -> Result<usize, Failure> {
    let limit = vm.argument(call, 0);
    match vm.heap.float_value(limit) {
        Some(x) if x >= 0.0 => Ok(x as usize),
        _ => super::size(limit),
    }
}

/// May a program hold such an object? The others are the machine's own.
fn is_visible(kind: Kind) -> bool {
    !matches!(kind, Kind::Internal | Kind::Map | Kind::Code | Kind::Cell)
}

fn mirrors_on(vm: &mut Vm, found: Vec<ObjectRef>) -> Outcome {
    let mirrors: Vec<Value> = found.into_iter().map(|r| vm.mirror_on(r.value())).collect();
    Ok(Reply::Value(vm.new_vector(&mirrors).value()))
}

/// Mirrors on everything that a program can hold.
fn all(vm: &mut Vm, call: &Call) -> Outcome {
    let limit = limit(vm, call)?;
    vm.scavenge();
    let mut found = Vec::new();
    vm.heap.each_object(&mut NoRoots, |heap, r| {
        if found.len() < limit && is_visible(heap.kind_of_ref(r)) {
            found.push(r);
        }
    });
    mirrors_on(vm, found)
}

/// Mirrors on all that have a slot with any of the names in the receiver, a vector: objects, and methods and blocks with such a local. The name
/// of an assignment finds what can be assigned so.
fn implementors(vm: &mut Vm, call: &Call) -> Outcome {
    let limit = limit(vm, call)?;
    let targets = vm.receiver(call);
    let targets = vm.of_kind(targets, Kind::Vector)?;
    let mut names = HashSet::new();
    for i in 0..vm.heap.length(targets) {
        if let Ok(name) = vm.bytes_object(vm.heap.element(targets, i)) {
            names.insert(vm.heap.bytes(name).to_vec());
        }
    }
    if names.is_empty() {
        return Err(NO_TARGET);
    }
    // A name with one colon at its end may be the assignment of what has the name without.
    let assigned = |name: &[u8]| names.contains(&[name, b":"].concat());
    vm.scavenge();
    let mut candidates = Vec::new();
    vm.heap.each_object(&mut NoRoots, |heap, r| {
        if is_visible(heap.kind_of_ref(r)) {
            candidates.push(r);
        }
    });
    let mut known_maps: std::collections::HashMap<u64, bool> = std::collections::HashMap::new();
    let mut found = Vec::new();
    for r in candidates {
        if found.len() >= limit {
            break;
        }
        let has = if vm.heap.kind_of_ref(r) == Kind::Method {
            let locals = vm.debug_info(r).locals;
            locals
                .iter()
                .filter(|l| !l.inner)
                .any(|l| names.contains(&l.name) || (l.assignable && !l.argument && assigned(&l.name)))
        } else {
            let map = vm.heap.map_of_ref(r);
            let heap = &vm.heap;
            *known_maps.entry(map.value().as_ref().map_or(0, ObjectRef::offset)).or_insert_with(|| {
                use batos_image::layout::SlotKind::{Argument, Constant};
                heap.map_slots(map).any(|slot| {
                    let name = heap.bytes(slot.name);
                    names.contains(name) || (!matches!(slot.kind, Constant | Argument) && assigned(name))
                })
            })
        };
        if has {
            found.push(r);
        }
    }
    mirrors_on(vm, found)
}

/// Mirrors on those that refer to any object in the receiver (a mirror stands for what it reflects), each once, as many as the limit
/// allows.
fn holders(vm: &mut Vm, call: &Call) -> Outcome {
    let limit = limit(vm, call)?;
    let v = vm.receiver(call);
    let targets = vm.of_kind(v, Kind::Vector)?;
    let count = vm.heap.length(targets);
    // Everything is in the image afterwards and does not move: what is held here stays good.
    vm.scavenge();
    let v = vm.receiver(call);
    let targets = vm.of_kind(v, Kind::Vector)?;
    let mut holders: Vec<ObjectRef> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for i in 0..count {
        let mut target = vm.heap.element(targets, i);
        if let Ok(mirror) = vm.of_kind(target, Kind::Mirror) {
            target = vm.mirror_parts(mirror).1;
        }
        // Numbers are everywhere; nobody refers to them.
        let target = target.as_ref().ok_or(NO_TARGET)?;
        // The receiver itself is one of the holders, and not told: it must not count.
        let found = vm.referrers(target.value(), limit.saturating_add(1), true);
        holders.extend(found.into_iter().filter(|r| *r != targets && known.insert(r.offset())));
    }
    holders.truncate(limit);
    let mirrors: Vec<Value> = holders.into_iter().map(|r| vm.mirror_on(r.value())).collect();
    Ok(Reply::Value(vm.new_vector(&mirrors).value()))
}

/// The objects that refer to the receiver from a slot or element, as mirrors on them.
fn references(vm: &mut Vm, call: &Call) -> Outcome {
    let limit = super::size(vm.argument(call, 0))?;
    // The receiver may be young; afterwards it does not move.
    vm.scavenge();
    let target = vm.receiver(call);
    let holders = vm.referrers(target, limit, false);
    let mirrors: Vec<Value> = holders.into_iter().map(|r| vm.mirror_on(r.value())).collect();
    Ok(Reply::Value(vm.new_vector(&mirrors).value()))
}
