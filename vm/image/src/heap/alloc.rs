//! Allocation: a bump pointer in young space, and direct allocation in the image for what will stay.
//!
//! Invariant: a new object is complete (header, length, every word or byte) before anybody sees it, and
//! allocation never collects. When young space passes its soft limit, `gc_requested` turns true and allocation
//! goes on; past the hard limit it goes on in the image.

use crate::layout::{Format, Header, IMAGE_START, MIN_OBJECT_BYTES};
use crate::record::{Count, SizedHead};
use crate::value::{MapRef, ObjectRef, Value};

use super::access::{bytes_bytes, indexed_bytes, ref_at, slots_bytes};
use super::old::{Content, LARGE, taken};
use super::{Heap, YOUNG_BASE};

/// Objects above this size are never young.
pub(crate) const YOUNG_LARGEST: u64 = 64 << 10;

/// The state of the bump allocator, first in `Heap` so that its offsets are small.
#[derive(Debug)]
#[repr(C)]
pub struct Alloc {
    /// Offset of the next young object.
    pub young_top: u64,
    /// Where the fast path ends: the soft limit, later the hard one.
    pub young_limit: u64,
    /// A collection is due.
    pub gc_requested: bool,
    /// The memory limit has been passed: the machine should fail the process that allocates.
    pub exhausted: bool,
}

/// The memory limit, or the address range, does not allow an object of this size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfMemory;

impl Heap {
    /// Finds room for `bytes` (a multiple of 8) and says where. The caller fills it at once.
    #[inline(always)]
    fn allocate(&mut self, bytes: usize, content: Content) -> u64 {
        let at = self.alloc.young_top;
        let end = at + bytes as u64;
        if end <= self.alloc.young_limit {
            self.alloc.young_top = end;
            at
        } else {
            self.allocate_slow(bytes as u64, content)
        }
    }

    #[cold]
    #[inline(never)]
    fn allocate_slow(&mut self, bytes: u64, content: Content) -> u64 {
        if bytes <= YOUNG_LARGEST {
            self.alloc.gc_requested = true;
            let hard = self.young_hard();
            if !self.options.gc_stress {
                self.alloc.young_limit = hard;
            }
            let end = self.alloc.young_top + bytes;
            if end <= hard {
                return std::mem::replace(&mut self.alloc.young_top, end);
            }
        }
        self.allocate_old(bytes, content)
    }

    /// Finds room in the image and marks its cards, so that the fields may hold young references.
    fn allocate_old(&mut self, bytes: u64, content: Content) -> u64 {
        let at = self.old_place(bytes, content);
        self.barrier_range(at, bytes);
        // Large objects fill no young space, yet marking has to keep up with them.
        self.old.direct += bytes;
        if self.old.direct >= self.young_soft {
            self.old.direct = 0;
            self.alloc.gc_requested = true;
        }
        at
    }

    /// How far young space may go when nobody collects: the offset where it must end.
    fn young_hard(&self) -> u64 {
        IMAGE_START
    }

    /// Sets the fast path's end to the soft limit (0 in stress mode, so that every allocation asks).
    pub(crate) fn reset_young_limit(&mut self) {
        let soft = (YOUNG_BASE + self.young_soft.min(self.most_young())).min(IMAGE_START);
        self.alloc.young_limit = if self.options.gc_stress { 0 } else { soft };
    }

    /// Whether an object of this many bytes may be allocated without passing the memory limit. Ask before
    /// allocating anything whose size a program chose.
    pub fn can_allocate(&self, bytes: usize) -> bool {
        if bytes as u64 <= LARGE && self.fits_young(bytes) && !self.alloc.exhausted {
            return true;
        }
        let young = self.alloc.young_top - YOUNG_BASE;
        let room = self.old_room();
        if bytes as u64 > room {
            return false;
        }
        taken(bytes as u64).saturating_add(young) <= room && self.has_place(bytes as u64)
    }

    /// There was no room for so many bytes: asks for a full collection if that may make some. Whether it may.
    pub fn ask_for_room(&mut self, bytes: usize) -> bool {
        let may = self.may_find_room(bytes as u64);
        if may {
            self.alloc.exhausted = true;
            self.alloc.gc_requested = true;
        }
        may
    }

    /// Whether an object of this many bytes (a multiple of 8) fits into young space without anybody being asked.
    #[inline(always)]
    pub fn fits_young(&self, bytes: usize) -> bool {
        self.alloc.young_top + bytes as u64 <= self.alloc.young_limit
    }

    /// True once the memory limit has been passed.
    #[inline(always)]
    pub fn exhausted(&self) -> bool {
        self.alloc.exhausted
    }

    #[inline(always)]
    fn fill(&mut self, at: u64, header: Header, words: usize, filler: Value) {
        self.put(at, header);
        for i in 0..words as u64 {
            self.write(at + 8 + 8 * i, filler.bits());
        }
    }

    /// A Slots object with `words` fields, all `filler`.
    #[inline(always)]
    pub fn alloc_slots(&mut self, map: MapRef, words: usize, filler: Value) -> ObjectRef {
        let at = self.allocate(slots_bytes(words), Content::Values);
        self.init_slots(at, map, words, filler)
    }

    /// The same, in the image from the start.
    pub fn alloc_old_slots(&mut self, map: MapRef, words: usize, filler: Value) -> ObjectRef {
        let at = self.allocate_old(slots_bytes(words) as u64, Content::Values);
        self.init_slots(at, map, words, filler)
    }

    #[inline(always)]
    fn init_slots(&mut self, at: u64, map: MapRef, words: usize, filler: Value) -> ObjectRef {
        if words == 0 {
            self.write(at + 8, 0);
        }
        self.fill(at, Header::new(map), words, filler);
        ref_at(at)
    }

    /// An Indexed object: `fields` fields and `len` elements, all `filler`.
    #[inline(always)]
    pub fn alloc_indexed(&mut self, map: MapRef, fields: usize, len: usize, filler: Value) -> ObjectRef {
        let at = self.allocate(indexed_bytes(fields, len), Content::Values);
        self.init_indexed(at, map, fields, len, filler)
    }

    /// The same, in the image from the start.
    pub fn alloc_old_indexed(&mut self, map: MapRef, fields: usize, len: usize, filler: Value) -> ObjectRef {
        let at = self.allocate_old(indexed_bytes(fields, len) as u64, Content::Values);
        self.init_indexed(at, map, fields, len, filler)
    }

    #[inline(always)]
    fn init_indexed(&mut self, at: u64, map: MapRef, fields: usize, len: usize, filler: Value) -> ObjectRef {
        self.put(at, SizedHead { header: Header::new(map), length: Count::of(len) });
        for i in 0..(fields + len) as u64 {
            self.write(at + 16 + 8 * i, filler.bits());
        }
        ref_at(at)
    }

    /// A Bytes object of `len` bytes, all `filler`.
    pub fn alloc_bytes(&mut self, map: MapRef, len: usize, filler: u8) -> ObjectRef {
        let at = self.allocate(bytes_bytes(len), Content::Bytes);
        self.init_bytes(at, map, len, filler)
    }

    /// The same, in the image from the start.
    pub fn alloc_old_bytes(&mut self, map: MapRef, len: usize, filler: u8) -> ObjectRef {
        let at = self.allocate_old(bytes_bytes(len) as u64, Content::Bytes);
        self.init_bytes(at, map, len, filler)
    }

    fn init_bytes(&mut self, at: u64, map: MapRef, len: usize, filler: u8) -> ObjectRef {
        self.put(at, SizedHead { header: Header::new(map), length: Count::of(len) });
        let padded = (len + 7) & !7;
        if padded > len {
            self.write(at + 8 + padded as u64, 0);
        }
        // SAFETY: the object was just given `padded` bytes after its first two words.
        unsafe { self.base.add(at as usize + 16).write_bytes(filler, len) }
        ref_at(at)
    }

    /// A Bytes object with these bytes.
    pub fn new_bytes(&mut self, map: MapRef, bytes: &[u8]) -> ObjectRef {
        let r = self.alloc_bytes(map, bytes.len(), 0);
        self.copy_bytes_in(r, bytes);
        r
    }

    /// The same, in the image from the start.
    pub fn new_old_bytes(&mut self, map: MapRef, bytes: &[u8]) -> ObjectRef {
        let r = self.alloc_old_bytes(map, bytes.len(), 0);
        self.copy_bytes_in(r, bytes);
        r
    }

    fn copy_bytes_in(&mut self, r: ObjectRef, bytes: &[u8]) {
        // SAFETY: `r` was just allocated with room for `bytes.len()` bytes, outside any Rust slice.
        unsafe {
            std::ptr::copy_nonoverlapping(
                bytes.as_ptr(),
                self.base.add(r.offset() as usize + 16),
                bytes.len(),
            );
        }
    }

    /// A vector of the VM (map `internal_map`) with these elements.
    pub fn new_internal(&mut self, elements: &[Value]) -> ObjectRef {
        self.new_indexed_from(self.known.internal_map, elements)
    }

    /// An Indexed object without fields, with these elements.
    pub fn new_indexed_from(&mut self, map: MapRef, elements: &[Value]) -> ObjectRef {
        let r = self.alloc_indexed(map, 0, elements.len(), Value::ZERO);
        self.init_items(r, elements);
        r
    }

    /// The same, in the image from the start.
    pub fn new_old_indexed_from(&mut self, map: MapRef, elements: &[Value]) -> ObjectRef {
        let r = self.alloc_old_indexed(map, 0, elements.len(), Value::ZERO);
        self.init_items(r, elements);
        r
    }

    fn init_items(&mut self, r: ObjectRef, elements: &[Value]) {
        for (i, v) in elements.iter().enumerate() {
            self.write(r.offset() + 16 + 8 * i as u64, v.bits());
        }
    }

    /// A float: immediate if its exponent fits, else boxed.
    #[inline(always)]
    pub fn new_float(&mut self, x: f64) -> Value {
        match Value::from_f64(x) {
            Some(v) => v,
            None => self.box_float(x),
        }
    }

    #[cold]
    fn box_float(&mut self, x: f64) -> Value {
        let at = self.allocate(MIN_OBJECT_BYTES, Content::Bytes);
        self.put(at, Header::new(self.known.float_map));
        self.write(at + 8, x.to_bits());
        ref_at(at).value()
    }

    /// A shallow copy with an identity of its own. The machine deals with maps that have `CLONE_MAP`.
    #[inline]
    pub fn clone_object(&mut self, r: ObjectRef) -> ObjectRef {
        let map = self.map_of_ref(r);
        let bytes = self.bytes_with_map(r, map);
        let at = self.allocate(bytes, content_of(self.format(map)));
        self.put(at, Header::new(map));
        for i in 1..bytes as u64 / 8 {
            let word = self.read(r.offset() + 8 * i);
            self.write(at + 8 * i, word);
        }
        ref_at(at)
    }

    /// A copy of an Indexed object with `len` elements: fields and the first elements are kept, the rest is `filler`.
    pub fn clone_indexed(
        &mut self,
        r: ObjectRef,
        len: usize,
        filler: Value,
    ) -> Result<ObjectRef, OutOfMemory> {
        let map = self.map_of_ref(r);
        let fields = self.field_count(map);
        if len > isize::MAX as usize / 16 || !self.can_allocate(indexed_bytes(fields, len)) {
            return Err(OutOfMemory);
        }
        let kept = fields + self.length(r).min(len);
        let new = self.alloc_indexed(map, fields, len, filler);
        for i in 0..kept as u64 {
            let word = self.read(r.offset() + 16 + 8 * i);
            self.write(new.offset() + 16 + 8 * i, word);
        }
        Ok(new)
    }

    /// A copy of a Bytes object with `len` bytes: the first are kept, the rest is `filler`.
    pub fn clone_bytes(&mut self, r: ObjectRef, len: usize, filler: u8) -> Result<ObjectRef, OutOfMemory> {
        if len > isize::MAX as usize / 2 || !self.can_allocate(bytes_bytes(len)) {
            return Err(OutOfMemory);
        }
        let map = self.map_of_ref(r);
        let kept = self.length(r).min(len);
        let new = self.alloc_bytes(map, len, filler);
        // SAFETY: both objects have at least `kept` bytes and are distinct.
        unsafe {
            let (from, to) =
                (self.base.add(r.offset() as usize + 16), self.base.add(new.offset() as usize + 16));
            std::ptr::copy_nonoverlapping(from, to, kept);
        }
        Ok(new)
    }

    /// True for objects that a scavenge may move.
    #[inline(always)]
    pub fn is_young(&self, r: ObjectRef) -> bool {
        r.offset() < IMAGE_START
    }
}

/// Which sort of block an object of this format lives in.
pub(crate) fn content_of(format: Format) -> Content {
    match format {
        Format::Slots | Format::Indexed => Content::Values,
        Format::Bytes | Format::Raw => Content::Bytes,
    }
}
