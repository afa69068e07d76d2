//! What compiled code takes for granted without a check, and what ends that: lookups (through objects whose slots change), native
//! control messages, and objects that live.
//!
//! The list survives collections, unlike the caches of lookups, which are emptied then.

use batos_image::heap::Heap;
use batos_image::value::ObjectRef;

use crate::vm::Vm;

impl Vm {
    /// Remembers what compiled code depends on.
    pub(super) fn assume(&mut self, number: u32, maps: &[u32], objects: &[ObjectRef]) {
        let mut through = self.lookups.through(maps);
        through.extend_from_slice(objects);
        through.sort_unstable();
        through.dedup();
        for object in through {
            let list = self.gear.by_object.entry(object).or_default();
            if !list.contains(&number) {
                list.push(number);
            }
        }
    }

    /// An object's slots change, or a parent of it: what was compiled through it is dropped.
    pub(crate) fn drop_compiled_through(&mut self, object: ObjectRef) {
        for number in self.gear.by_object.remove(&object).unwrap_or_default() {
            self.drop_changed(number);
        }
    }

    /// Anything may have changed: everything is dropped.
    pub(crate) fn drop_compiled(&mut self) {
        for number in 0..self.gear.natives.len() as u32 {
            self.drop_changed(number);
        }
        self.gear.by_object.clear();
    }

    /// Drops code through no fault of its own: it may be compiled as often as before.
    fn drop_changed(&mut self, number: u32) {
        if let Some(waiting) = self.gear.waiting.iter_mut().find(|w| w.number == number) {
            waiting.is_good = false;
            let key = waiting.code as u64;
            self.gear.compilations.remove(&key);
            return;
        }
        let Some(native) = self.gear.natives.get(number as usize).and_then(Option::as_ref) else { return };
        let key = native.code as u64;
        self.gear.compilations.remove(&key);
        self.gear.counts.dropped += 1;
        self.drop_native(number);
    }

    /// The code table is about to be emptied: what was known of codes by their address is forgotten.
    pub(crate) fn forget_codes(&mut self) {
        self.drop_compiled();
        self.gear.arithmetic.clear();
        self.gear.compilations.clear();
        self.gear.refused.clear();
        self.gear.heat.clear();
    }

    /// Objects were freed: what was compiled for one of them is dropped, before its place is taken by another.
    pub(crate) fn drop_dead_natives(&mut self) {
        let heap = &self.heap;
        let dead: Vec<u32> = (0u32..)
            .zip(&self.gear.natives)
            .filter(|(_, native)| {
                native.as_ref().is_some_and(|n| !n.objects.iter().all(|o| heap.is_live(*o)))
            })
            .map(|(number, _)| number)
            .collect();
        for number in dead {
            self.drop_changed(number);
        }
        let heap = &self.heap;
        for waiting in &mut self.gear.waiting {
            waiting.is_good &= waiting.objects.iter().all(|o| heap.is_live(*o));
        }
        self.gear.by_object.retain(|object, _| heap.is_live(*object));
    }

    /// Codes were freed: an address may come to mean another one.
    pub(crate) fn forget_freed_codes(&mut self, freed: &[u64]) {
        for key in freed {
            self.gear.compilations.remove(key);
            self.gear.refused.remove(key);
            self.gear.heat.remove(key);
        }
        self.gear.arithmetic.retain(|(code, _), _| !freed.contains(code));
    }
}

/// The map with these bits, as an object.
pub(super) fn map_object(bits: u32) -> ObjectRef {
    Heap::map_from_bits(bits).object()
}
