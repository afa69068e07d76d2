//! Reading and writing objects. Everything here is inlined into the interpreter.
//!
//! Invariant: a store into an object goes through `store` (or another function here that marks the card).
//! Bounds are checked in debug builds only: see the rule in `heap`.

use crate::layout::{
    CARD_DIVERGED, CARD_SHIFT, CARD_UNSAVED, Format, HEADER_BYTES, Header, Kind, MIN_OBJECT_BYTES,
};
use crate::record::{MapHead, MapInfo, Record, SizedHead};
use crate::value::{MapRef, ObjectRef, TAG_HEADER, TAG_MASK, Value};

use super::Heap;

/// Bytes of a Slots object with `fields` fields.
#[inline(always)]
pub const fn slots_bytes(fields: usize) -> usize {
    let n = HEADER_BYTES + 8 * fields;
    if n < MIN_OBJECT_BYTES { MIN_OBJECT_BYTES } else { n }
}

/// Bytes of an Indexed object.
#[inline(always)]
pub const fn indexed_bytes(fields: usize, elements: usize) -> usize {
    2 * HEADER_BYTES + 8 * (fields + elements)
}

/// Bytes of a Bytes object.
#[inline(always)]
pub const fn bytes_bytes(len: usize) -> usize {
    2 * HEADER_BYTES + ((len + 7) & !7)
}

impl Heap {
    /// Where references are offsets from, for code that reads objects by itself. It stays as long as the heap.
    pub fn base_address(&self) -> u64 {
        self.base as u64
    }

    /// Where the card table begins: a byte for every card from the base on.
    pub fn cards_address(&self) -> u64 {
        self.cards as u64
    }

    /// Reads the word at an offset.
    #[inline(always)]
    pub(crate) fn read(&self, offset: u64) -> u64 {
        debug_assert!(offset & 7 == 0 && offset + 8 <= self.reach(), "read outside the heap: {offset:x}");
        // SAFETY: offsets handed to the heap lie inside its memory (module rule; checked in debug builds).
        unsafe { *self.base.add(offset as usize).cast::<u64>() }
    }

    /// Writes the word at an offset; no barrier.
    #[inline(always)]
    pub(crate) fn write(&mut self, offset: u64, word: u64) {
        debug_assert!(offset & 7 == 0 && offset + 8 <= self.reach(), "write outside the heap: {offset:x}");
        // SAFETY: as in `read`; `&mut self` excludes a borrowed byte slice.
        unsafe { *self.base.add(offset as usize).cast::<u64>() = word }
    }

    /// What stands at an offset.
    #[inline(always)]
    pub(crate) fn record<T: Record>(&self, offset: u64) -> &T {
        debug_assert!(
            offset & 7 == 0 && offset + size_of::<T>() as u64 <= self.reach(),
            "no record at {offset:x}"
        );
        // SAFETY: as in `read`. A record consists of integers, so it is valid whatever bytes there are; it is not stored to
        // while it is borrowed, since that takes `&mut self`.
        unsafe { &*self.base.add(offset as usize).cast::<T>() }
    }

    /// Writes what stands at an offset; no barrier.
    #[inline(always)]
    pub(crate) fn put<T: Record>(&mut self, offset: u64, record: T) {
        debug_assert!(
            offset & 7 == 0 && offset + size_of::<T>() as u64 <= self.reach(),
            "no room at {offset:x}"
        );
        // SAFETY: as in `write`.
        unsafe { self.base.add(offset as usize).cast::<T>().write(record) }
    }

    /// Marks the card of an offset as stored to.
    #[inline(always)]
    pub(crate) fn barrier(&mut self, offset: u64) {
        debug_assert!(offset < self.reach());
        // SAFETY: there is a card byte for every card of the memory.
        unsafe { *self.cards.add((offset >> CARD_SHIFT) as usize) = 0xff }
    }

    /// Marks all cards of a range as stored to.
    pub(crate) fn barrier_range(&mut self, offset: u64, bytes: u64) {
        let first = offset >> CARD_SHIFT;
        let last = (offset + bytes.max(1) - 1) >> CARD_SHIFT;
        debug_assert!(offset + bytes <= self.reach());
        // SAFETY: as in `barrier`.
        unsafe { self.cards.add(first as usize).write_bytes(0xff, (last - first + 1) as usize) }
    }

    /// Marks the cards of a range as differing from the file, but not as holding references.
    pub(crate) fn unsaved_range(&mut self, offset: u64, bytes: u64) {
        let first = offset >> CARD_SHIFT;
        let last = (offset + bytes.max(1) - 1) >> CARD_SHIFT;
        for card in first..=last {
            // SAFETY: as in `barrier`.
            unsafe { *self.cards.add(card as usize) |= CARD_UNSAVED | CARD_DIVERGED }
        }
    }

    /// The header.
    #[inline(always)]
    pub fn header(&self, r: ObjectRef) -> Header {
        let header = *self.record::<Header>(r.offset());
        debug_assert!(header.0 & TAG_MASK == TAG_HEADER, "no object at {r:?}");
        header
    }

    pub(crate) fn set_header(&mut self, r: ObjectRef, header: Header) {
        self.put(r.offset(), header);
        self.barrier(r.offset());
    }

    /// The map of any value.
    #[inline(always)]
    pub fn map_of(&self, v: Value) -> MapRef {
        if v.is_ref() {
            self.map_of_ref(v.ref_unchecked())
        } else if v.is_int() {
            self.known.small_int_map
        } else {
            self.known.float_map
        }
    }

    /// The map of an object.
    #[inline(always)]
    pub fn map_of_ref(&self, r: ObjectRef) -> MapRef {
        map_at(self.header(r).map_offset())
    }

    /// The bits that inline caches compare: the map's offset / 8.
    #[inline(always)]
    pub fn map_bits(&self, v: Value) -> u32 {
        if v.is_ref() {
            self.header(v.ref_unchecked()).map_bits()
        } else if v.is_int() {
            (self.known.small_int_map.offset() >> 3) as u32
        } else {
            (self.known.float_map.offset() >> 3) as u32
        }
    }

    /// The map that has these bits.
    #[inline(always)]
    pub fn map_from_bits(bits: u32) -> MapRef {
        map_at((bits as u64) << 3)
    }

    /// The i-th word after the header, whatever the format.
    #[inline(always)]
    pub fn word(&self, r: ObjectRef, i: usize) -> Value {
        self.check_word(r, i);
        *self.record::<Value>(r.offset() + 8 + 8 * i as u64)
    }

    /// Stores the i-th word after the header, with the barrier.
    #[inline(always)]
    pub fn store(&mut self, r: ObjectRef, i: usize, v: Value) {
        self.check_word(r, i);
        let offset = r.offset() + 8 + 8 * i as u64;
        self.put(offset, v);
        self.barrier(offset);
    }

    /// The same as `store`.
    #[inline(always)]
    pub fn set_word(&mut self, r: ObjectRef, i: usize, v: Value) {
        self.store(r, i, v);
    }

    /// Elements or bytes of an Indexed or Bytes object.
    #[inline(always)]
    pub fn length(&self, r: ObjectRef) -> usize {
        self.record::<SizedHead>(r.offset()).length.get()
    }

    /// Element `i` of an Indexed object without fields (vectors of the VM, maps, mirrors, cells, methods).
    #[inline(always)]
    pub fn item(&self, r: ObjectRef, i: usize) -> Value {
        self.word(r, 1 + i)
    }

    /// Stores element `i` of an Indexed object without fields.
    #[inline(always)]
    pub fn set_item(&mut self, r: ObjectRef, i: usize, v: Value) {
        self.store(r, 1 + i, v);
    }

    /// Element `i` of any Indexed object: asks the map how many fields come first.
    #[inline(always)]
    pub fn element(&self, r: ObjectRef, i: usize) -> Value {
        self.word(r, 1 + self.field_count(self.map_of_ref(r)) + i)
    }

    /// Stores element `i` of any Indexed object.
    #[inline(always)]
    pub fn set_element(&mut self, r: ObjectRef, i: usize, v: Value) {
        let fields = self.field_count(self.map_of_ref(r));
        self.store(r, 1 + fields + i, v);
    }

    /// Field `i` of an object of format Slots or Indexed.
    #[inline(always)]
    pub fn field(&self, r: ObjectRef, format: Format, i: usize) -> Value {
        self.word(r, i + (format as usize & 1))
    }

    /// Stores field `i` of an object of format Slots or Indexed.
    #[inline(always)]
    pub fn set_field(&mut self, r: ObjectRef, format: Format, i: usize, v: Value) {
        self.store(r, i + (format as usize & 1), v);
    }

    /// The bytes of a Bytes object.
    #[inline(always)]
    pub fn bytes(&self, r: ObjectRef) -> &[u8] {
        debug_assert!(matches!(self.format_of_ref(r), Format::Bytes), "no bytes in {r:?}");
        let len = self.length(r);
        self.touch(r.offset() + 16, len as u64);
        // SAFETY: a Bytes object has `length` bytes after its length word; they change only through `&mut self`.
        unsafe { std::slice::from_raw_parts(self.base.add(r.offset() as usize + 16), len) }
    }

    /// Touches every segment of what may be handed to the system, which is refused memory that was not checked yet.
    #[inline]
    fn touch(&self, offset: u64, bytes: u64) {
        let mut at = offset;
        while bytes > crate::layout::SEGMENT_BYTES / 2 && at < offset + bytes {
            // SAFETY: inside an object, by the callers.
            unsafe { self.base.add(at as usize).read_volatile() };
            at += crate::layout::SEGMENT_BYTES / 2;
        }
    }

    /// Lets `f` change the bytes of a Bytes object.
    pub fn with_bytes_mut<T>(&mut self, r: ObjectRef, f: impl FnOnce(&mut [u8]) -> T) -> T {
        debug_assert!(matches!(self.format_of_ref(r), Format::Bytes), "no bytes in {r:?}");
        let len = self.length(r);
        self.texts.forget(r);
        self.touch(r.offset() + 16, len as u64);
        self.barrier_range(r.offset() + 16, len as u64);
        // SAFETY: as in `bytes`; `&mut self` makes the slice the only access.
        f(unsafe { std::slice::from_raw_parts_mut(self.base.add(r.offset() as usize + 16), len) })
    }

    /// Byte `i` of a Bytes object.
    #[inline(always)]
    pub fn byte(&self, r: ObjectRef, i: usize) -> u8 {
        debug_assert!(i < self.length(r));
        // SAFETY: the caller vouches for the index (module rule).
        unsafe { *self.base.add(r.offset() as usize + 16 + i) }
    }

    /// Stores byte `i` of a Bytes object, with the barrier.
    #[inline(always)]
    pub fn set_byte(&mut self, r: ObjectRef, i: usize, byte: u8) {
        debug_assert!(i < self.length(r));
        let offset = r.offset() + 16 + i as u64;
        self.texts.forget(r);
        // SAFETY: as in `byte`.
        unsafe { *self.base.add(offset as usize) = byte }
        self.barrier(offset);
    }

    /// A map without its slots.
    #[inline(always)]
    pub(crate) fn map_head(&self, map: MapRef) -> &MapHead {
        self.record(map.offset())
    }

    /// The info word of a map.
    #[inline(always)]
    pub fn map_info(&self, map: MapRef) -> MapInfo {
        self.map_head(map).info
    }

    /// Fields of the instances of a map.
    #[inline(always)]
    pub fn field_count(&self, map: MapRef) -> usize {
        self.map_head(map).fields.get()
    }

    /// Format of the instances of a map.
    #[inline(always)]
    pub fn format(&self, map: MapRef) -> Format {
        self.map_info(map).format()
    }

    /// Format of an object.
    #[inline(always)]
    pub fn format_of_ref(&self, r: ObjectRef) -> Format {
        self.format(self.map_of_ref(r))
    }

    /// What a value is to the machine. Immediate and boxed floats are `Float`.
    #[inline(always)]
    pub fn kind_of(&self, v: Value) -> Kind {
        if v.is_ref() {
            self.kind_of_ref(v.ref_unchecked())
        } else if v.is_int() {
            Kind::SmallInt
        } else {
            Kind::Float
        }
    }

    /// What an object is to the machine.
    #[inline(always)]
    pub fn kind_of_ref(&self, r: ObjectRef) -> Kind {
        self.map_info(self.map_of_ref(r)).kind()
    }

    /// The number in a float, immediate or boxed.
    #[inline(always)]
    pub fn float_value(&self, v: Value) -> Option<f64> {
        if v.is_float() {
            return Some(v.float_unchecked());
        }
        let r = v.as_ref()?;
        if self.header(r).map_offset() == self.known.float_map.offset() {
            Some(f64::from_bits(self.read(r.offset() + 8)))
        } else {
            None
        }
    }

    /// Bytes an object takes, header included.
    #[inline]
    pub fn object_bytes(&self, r: ObjectRef) -> usize {
        self.bytes_with_map(r, self.map_of_ref(r))
    }

    #[inline]
    pub(crate) fn bytes_with_map(&self, r: ObjectRef, map: MapRef) -> usize {
        match self.format(map) {
            Format::Slots => slots_bytes(self.field_count(map)),
            Format::Indexed => indexed_bytes(self.field_count(map), self.length(r)),
            Format::Bytes => bytes_bytes(self.length(r)),
            Format::Raw => MIN_OBJECT_BYTES,
        }
    }

    /// Gives an object another map, which must describe instances of the same size.
    pub fn change_map(&mut self, r: ObjectRef, map: MapRef) {
        debug_assert_eq!(self.object_bytes(r), self.bytes_with_map(r, map), "change_map keeps the size");
        let header = self.header(r);
        self.set_header(r, header.with_map(map));
    }

    #[inline(always)]
    fn check_word(&self, r: ObjectRef, i: usize) {
        debug_assert!(8 + 8 * i < self.object_bytes(r), "word {i} of {r:?} is outside the object");
    }
}

/// A reference from an offset that is known to be one.
#[inline(always)]
pub(crate) fn ref_at(offset: u64) -> ObjectRef {
    debug_assert!(offset != 0 && offset & 7 == 0, "no object at {offset:x}");
    Value::from_bits(offset | crate::value::TAG_REF).ref_unchecked()
}

/// The map at an offset that a header gives.
#[inline(always)]
pub(crate) fn map_at(offset: u64) -> MapRef {
    MapRef::assume(ref_at(offset))
}
