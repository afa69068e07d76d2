//! Copying ranges between objects, and identity carried over from one object to another.

use crate::value::ObjectRef;

use super::Heap;

impl Heap {
    /// Copies `length` bytes between Bytes objects; the ranges may overlap. The caller has checked them.
    pub fn copy_bytes(&mut self, to: ObjectRef, at: usize, from: ObjectRef, start: usize, length: usize) {
        debug_assert!(at + length <= self.length(to) && start + length <= self.length(from));
        if length == 0 {
            return;
        }
        self.texts.forget(to);
        // SAFETY: both ranges lie within live Bytes objects of this heap; `copy` allows overlap.
        unsafe {
            let source = self.base.add(from.offset() as usize + 16 + start);
            let target = self.base.add(to.offset() as usize + 16 + at);
            std::ptr::copy(source, target, length);
        }
        self.barrier_range(to.offset() + 16 + at as u64, length as u64);
    }

    /// Gives an object an identity hash: that of an object it takes the place of.
    pub fn set_identity_hash(&mut self, r: ObjectRef, hash: u32) {
        let header = self.header(r);
        self.set_header(r, header.with_hash(hash));
    }
}
