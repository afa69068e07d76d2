//! Compaction: copies everything reachable into an empty space, packed.
//!
//! Identities are kept: each object has one copy, with its hash. Offsets change, so this is for a heap that no machine
//! runs in. Weak references count as strong: a collection before the copy decides what lives.

use std::collections::HashMap;

use crate::layout::root;
use crate::space::Space;
use crate::value::{TAG_MASK, TAG_REF, Value};

use super::access::{map_at, ref_at};
use super::alloc::content_of;
use super::{Heap, NoRoots, ROOTS_OFFSET, VerifyError, roots_ref};

struct Copier<'a> {
    from: &'a Heap,
    to: Heap,
    moved: HashMap<u64, u64>,
    work: Vec<(u64, u64)>,
}

impl Heap {
    /// The same objects in an empty space, without what is garbage. Young space must be empty.
    pub fn packed(&self, space: Space) -> Result<Heap, VerifyError> {
        let no_room = |problem: &str| VerifyError {
            offset: ROOTS_OFFSET,
            path: String::new(),
            problem: problem.into(),
        };
        let mut to = Heap::bare(space, self.options);
        to.format_image().map_err(|_| no_room("there is no room to pack the image in"))?;
        let mut copier = Copier { from: self, to, moved: HashMap::new(), work: Vec::new() };
        // First of all, so that it gets the place where it is looked for.
        let roots = copier.copy(roots_ref().offset());
        debug_assert_eq!(roots, ROOTS_OFFSET);
        // Maps next: they must lie below the limit of a header's bits.
        let maps = copier.from.root(root::MAP_MAP);
        copier.copy_word(maps);
        while let Some((old, new)) = copier.work.pop() {
            copier.fill(old, new);
        }
        let mut packed = copier.to;
        packed.refresh_known();
        packed.reset_young_limit();
        packed.collect_full(&mut NoRoots);
        Ok(packed)
    }
}

impl Copier<'_> {
    /// Where the copy of an object is; makes it if need be. Its words are filled in later.
    fn copy(&mut self, old: u64) -> u64 {
        if let Some(new) = self.moved.get(&old) {
            return *new;
        }
        let r = ref_at(old);
        let bytes = self.from.object_bytes(r) as u64;
        let new = self.to.old_place(bytes, content_of(self.from.format_of_ref(r)));
        for word in (0..bytes).step_by(8) {
            self.to.write(new + word, self.from.read(old + word));
        }
        self.to.barrier_range(new, bytes);
        self.moved.insert(old, new);
        self.work.push((old, new));
        new
    }

    fn copy_word(&mut self, v: Value) -> Value {
        match v.as_ref() {
            Some(r) => ref_at(self.copy(r.offset())).value(),
            None => v,
        }
    }

    /// Points the map and the words of a copy at copies.
    fn fill(&mut self, old: u64, new: u64) {
        let r = ref_at(old);
        let header = self.from.header(r);
        let map = self.copy(header.map_offset());
        self.to.put(new, header.with_map(map_at(map)));
        if content_of(self.from.format_of_ref(r)) == super::old::Content::Bytes {
            return;
        }
        for word in (8..self.from.object_bytes(r) as u64).step_by(8) {
            let bits = self.from.read(old + word);
            if bits & TAG_MASK == TAG_REF {
                let v = self.copy_word(Value::from_bits(bits));
                self.to.write(new + word, v.bits());
            }
        }
    }
}
