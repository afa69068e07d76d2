//! Walking over everything reachable: for references, implementors, `become`, and the verifier.
//!
//! The walk has mark bits of its own, so it may run at any safepoint. Weak references count as strong.

use crate::layout::Header;
use crate::value::{MapRef, ObjectRef, TAG_MASK, TAG_REF, Value};

use super::alloc::content_of;
use super::marks::Bits;
use super::old::Content;
use super::{Heap, Roots, roots_ref};

impl Heap {
    /// Calls `f` on every object reachable from the image's roots and from `roots`. Nothing is moved.
    pub fn each_object(&mut self, roots: &mut dyn Roots, mut f: impl FnMut(&Heap, ObjectRef)) {
        self.walk(roots, |heap, r| f(heap, r));
    }

    /// The same for a visitor that may store into the object it is shown.
    pub(crate) fn walk(&mut self, roots: &mut dyn Roots, mut f: impl FnMut(&mut Heap, ObjectRef)) {
        let mut seen = Bits::default();
        let mut stack = vec![roots_ref()];
        seen.set(roots_ref().offset());
        roots.visit(&mut |v| push(*v, &mut seen, &mut stack));
        while let Some(r) = stack.pop() {
            let map = self.map_of_ref(r);
            push(map.value(), &mut seen, &mut stack);
            if content_of(self.format(map)) == Content::Values {
                let end = r.offset() + self.bytes_with_map(r, map) as u64;
                let mut at = r.offset() + 8;
                while at < end {
                    push(Value::from_bits(self.read(at)), &mut seen, &mut stack);
                    at += 8;
                }
            }
            f(self, r);
        }
    }

    /// Replaces every reference to the first of a pair by one to the second, in all objects and roots, maps in
    /// headers included. For an exchange give both directions. Objects allocated but not reachable are not changed.
    pub fn become_scan(&mut self, pairs: &[(ObjectRef, ObjectRef)], roots: &mut dyn Roots) {
        let to: std::collections::HashMap<u64, ObjectRef> =
            pairs.iter().map(|(a, b)| (a.offset(), *b)).collect();
        self.walk(roots, |heap, r| {
            let header = heap.header(r);
            let bytes = heap.object_bytes(r) as u64;
            if content_of(heap.format_of_ref(r)) == Content::Values {
                for at in (r.offset() + 8..r.offset() + bytes).step_by(8) {
                    let word = heap.read(at);
                    if word & TAG_MASK == TAG_REF
                        && let Some(new) = to.get(&(word - TAG_REF))
                    {
                        heap.write(at, new.value().bits());
                        heap.barrier(at);
                    }
                }
            }
            if let Some(new) = to.get(&header.map_offset()) {
                heap.set_header(r, Header::with_map(header, MapRef::assume(*new)));
            }
        });
        roots.visit(&mut |v| {
            if let Some(new) = v.as_ref().and_then(|r| to.get(&r.offset())) {
                *v = new.value();
            }
        });
        self.slot_cache.clear();
        self.texts.clear();
        self.refresh_known();
    }

    /// The value that the word at an offset holds; the offset must be that of a word of an object.
    #[inline(always)]
    pub fn value_at(&self, offset: u64) -> Value {
        Value::from_bits(self.read(offset))
    }

    /// The root vector, from which everything hangs.
    pub fn root_vector(&self) -> ObjectRef {
        roots_ref()
    }
}

fn push(v: Value, seen: &mut Bits, stack: &mut Vec<ObjectRef>) {
    if let Some(r) = v.as_ref()
        && seen.set(r.offset())
    {
        stack.push(r);
    }
}
