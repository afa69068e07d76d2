//! What stands at fixed places of the heap, as archived types: the form in the file is the form in memory.
//!
//! ```text
//! SizedHead    header | length                                             (formats Indexed and Bytes)
//! MapHead      header | length | info | fields | annotation | clone map | extra     then SlotRecord*
//! SlotRecord   name | info | content | annotation
//! SymbolsHead  header | length | symbols | dead places                     then the places
//! SegmentHead  32 block kinds | zeroes to 512 | 32 line tables of 256 bits
//! ImageHead    magic | segments | search hint                              (behind the head of segment 0)
//! ```
//!
//! The access code of the heap reads and writes through these; the verifier checks them (`CheckBytes`) before it believes
//! a word. They are never borrowed mutably: a store is the write of a word or of a whole record.
//!
//! Invariant: a record is made of integers without padding, so whatever bytes lie at its place, reading it is defined; what
//! they mean is another matter. Where references lead, and whether objects overlap, no record can say: see `heap::verify`.

use std::fmt;
use std::mem::offset_of;

use rkyv::Portable;
use rkyv::bytecheck::{CheckBytes, Verify};
use rkyv::rancor::{Fallible, Source, Strategy, Trace, fail};
use rkyv::rend::u64_le;

use crate::layout::{Format, Header, INFO_FLAGS_SHIFT, INFO_KIND_SHIFT, Kind, SlotKind, map_word, slot_word};
use crate::value::{TAG_HEADER, TAG_INT, TAG_MASK, Value};

#[cfg(not(target_endian = "little"))]
compile_error!("an image is little-endian, and its words are used where they lie");

/// Something that stands in the heap.
///
/// # Safety
/// The type consists of integers, has no padding, and is aligned to at most eight bytes.
pub(crate) unsafe trait Record: Portable + Copy {}

/// A word that is not what its place demands.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
struct WrongWord {
    address: usize,
    what: &'static str,
}

/// The result of checking a record: the first wrong word.
#[derive(Debug)]
pub(crate) struct Misfit {
    /// Its address in memory; 0 if only the record is known.
    pub address: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Misfit {}

impl Trace for Misfit {
    fn trace<R: fmt::Debug + fmt::Display + Send + Sync + 'static>(self, _: R) -> Misfit {
        // The address says more than the names of fields.
        self
    }
}

impl Source for Misfit {
    fn new<T: std::error::Error + Send + Sync + 'static>(source: T) -> Misfit {
        let any: &dyn std::any::Any = &source;
        match any.downcast_ref::<WrongWord>() {
            Some(word) => Misfit { address: word.address, what: word.what.to_string() },
            None => Misfit { address: 0, what: source.to_string() },
        }
    }
}

/// Checks a record.
///
/// # Safety
/// `at` is aligned and points to enough readable bytes that nobody changes meanwhile.
pub(crate) unsafe fn check<T: Record + CheckBytes<Strategy<(), Misfit>>>(at: *const T) -> Result<(), Misfit> {
    // SAFETY: the caller's.
    unsafe { rkyv::bytecheck::check_bytes(at) }
}

/// Implements what a word of the heap needs: `$is` says which bits mean something.
macro_rules! words {
    ($($name:ty: $what:literal, $is:expr;)*) => {$(
        const _: () = assert!(size_of::<$name>() == 8 && align_of::<$name>() == 8);
        // SAFETY: transparent over a u64, which is laid out alike on all targets that this compiles for (little-endian ones).
        unsafe impl Portable for $name {}
        // SAFETY: all bits are a valid `$name`; checked is only whether they mean something.
        unsafe impl<C: Fallible + ?Sized> CheckBytes<C> for $name
        where
            C::Error: Source,
        {
            #[inline]
            unsafe fn check_bytes(value: *const Self, _: &mut C) -> Result<(), C::Error> {
                // SAFETY: aligned and readable, says the caller; a word is transparent over a u64.
                let word = unsafe { value.cast::<u64>().read() };
                let means_something: fn(u64) -> bool = $is;
                if means_something(word) {
                    Ok(())
                } else {
                    fail!(WrongWord { address: value.addr(), what: $what })
                }
            }
        }
        // SAFETY: one integer.
        unsafe impl Record for $name {}
    )*};
}

words! {
    Value: "a header where a value is expected", |word| word & TAG_MASK != TAG_HEADER;
    Header: "no object begins here", |word| word & TAG_MASK == TAG_HEADER && Header(word).forward().is_none();
    Count: "a count that is no small integer", |word| word & TAG_MASK == TAG_INT && word >> 63 == 0;
    MapInfo: "the info of a map that no object can have", |word| MapInfo(word).is_possible();
    SlotInfo: "the info of an impossible slot", |word| SlotInfo(word).is_possible();
}

/// A number of elements, bytes, fields or entries: a small integer that is not negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Count(u64);

impl Count {
    /// As a word of the heap.
    #[inline(always)]
    pub const fn of(n: usize) -> Count {
        Count(Value::from_usize(n).bits())
    }

    /// The number; meaningless for a word that is none.
    #[inline(always)]
    pub const fn get(self) -> usize {
        self.0 as usize >> 2
    }
}

/// The info word of a map: format, kind and flags as a small integer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct MapInfo(u64);

const FORMATS: [Format; 8] = [
    Format::Slots,
    Format::Indexed,
    Format::Bytes,
    Format::Raw,
    Format::Slots,
    Format::Slots,
    Format::Slots,
    Format::Slots,
];

/// Kinds by number; numbers that no version has given out read as `Internal`, and the verifier refuses them.
const KINDS: [Kind; 32] = {
    let mut kinds = [Kind::Internal; 32];
    let known = [
        Kind::Slots,
        Kind::Vector,
        Kind::ByteVector,
        Kind::Symbol,
        Kind::Float,
        Kind::SmallInt,
        Kind::BigInt,
        Kind::Block,
        Kind::Method,
        Kind::Map,
        Kind::Mirror,
        Kind::Process,
        Kind::Cell,
        Kind::Home,
        Kind::WeakVector,
        Kind::Code,
        Kind::Oddball,
        Kind::Proxy,
        Kind::Internal,
    ];
    assert!(known.len() == KIND_COUNT as usize);
    let mut i = 0;
    while i < known.len() {
        assert!(known[i] as usize == i);
        kinds[i] = known[i];
        i += 1;
    }
    kinds
};
/// Number of kinds given out.
const KIND_COUNT: u64 = 19;
/// Info words have this many bits above the tag.
const INFO_BITS: u32 = 20;

impl MapInfo {
    /// From its parts.
    pub const fn new(format: Format, kind: Kind, flags: u32) -> MapInfo {
        let info = format as u64 | (kind as u64) << INFO_KIND_SHIFT | (flags as u64) << INFO_FLAGS_SHIFT;
        MapInfo(info << 2 | TAG_INT)
    }

    /// How the words of an instance are to be read.
    #[inline(always)]
    pub const fn format(self) -> Format {
        FORMATS[(self.0 >> 2 & 7) as usize]
    }

    /// What an instance is.
    #[inline(always)]
    pub const fn kind(self) -> Kind {
        KINDS[(self.0 >> (2 + INFO_KIND_SHIFT) & 31) as usize]
    }

    /// `layout::map_flag` bits.
    #[inline(always)]
    pub const fn flags(self) -> u32 {
        (self.0 >> (2 + INFO_FLAGS_SHIFT)) as u32
    }

    const fn is_possible(self) -> bool {
        let info = self.0 >> 2;
        self.0 & TAG_MASK == TAG_INT
            && info < 1 << INFO_BITS
            && info & 7 <= Format::Raw as u64
            && (info >> INFO_KIND_SHIFT & 31) < KIND_COUNT
    }
}

/// What a slot is, whether it is a parent, and its field or argument number, as a small integer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct SlotInfo(u64);

impl SlotInfo {
    /// From its parts.
    pub const fn new(kind: SlotKind, parent: bool, index: u32) -> SlotInfo {
        SlotInfo((kind as u64 | (parent as u64) << 3 | (index as u64) << 4) << 2 | TAG_INT)
    }

    /// What the slot is.
    #[inline(always)]
    pub const fn kind(self) -> SlotKind {
        match self.0 >> 2 & 7 {
            0 => SlotKind::Constant,
            1 => SlotKind::Field,
            2 => SlotKind::CellField,
            _ => SlotKind::Argument,
        }
    }

    /// Whether lookup goes on in its content.
    #[inline(always)]
    pub const fn is_parent(self) -> bool {
        self.0 >> 5 & 1 == 1
    }

    /// Field or argument number.
    #[inline(always)]
    pub const fn index(self) -> u32 {
        (self.0 >> 6) as u32
    }

    const fn is_possible(self) -> bool {
        let info = self.0 >> 2;
        self.0 & TAG_MASK == TAG_INT && info < 1 << 36 && info & 7 <= SlotKind::Argument as u64
    }
}

/// Implements `Record` for structures, and proves that they have no padding.
macro_rules! records {
    ($($name:ident { $($field:ident: $type:ty),* $(,)? } is $size:literal bytes;)*) => {$(
        const _: () = assert!(0 $(+ size_of::<$type>())* == $size);
        const _: () = assert!(size_of::<$name>() == $size && align_of::<$name>() == 8);
        // SAFETY: all fields are records or integers, and the sizes just added up leave no room for padding.
        unsafe impl Record for $name {}
    )*};
}

/// Start of an object that says how long it is.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct SizedHead {
    /// Map and hash.
    pub header: Header,
    /// Elements or bytes.
    pub length: Count,
}

/// Start of a map. Its slots follow.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct MapHead {
    /// The map of maps, and the hash.
    pub header: Header,
    /// Elements: `map_word::SLOTS` and `slot_word::SIZE` for each slot.
    pub length: Count,
    /// Format, kind, flags.
    pub info: MapInfo,
    /// Fields of an instance.
    pub fields: Count,
    /// The object annotation: a canonical string, as a rule, or 0.
    pub annotation: Value,
    /// The map that clones get, or 0.
    pub clone_map: Value,
    /// For the machine's use.
    pub extra: Value,
}

/// One slot of a map.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct SlotRecord {
    /// A canonical string.
    pub name: Value,
    /// What it is.
    pub info: SlotInfo,
    /// Content of a constant slot, initial content of an assignable one, or its cell.
    pub content: Value,
    /// A canonical string, or 0.
    pub annotation: Value,
}

/// Start of the symbol table. Its places follow.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct SymbolsHead {
    /// It is an internal vector.
    pub head: SizedHead,
    /// Symbols in it.
    pub count: Count,
    /// Places whose symbol has died.
    pub dead: Count,
}

/// Which lines of a block may hold (part of) an object, one bit each.
pub type LineTable = [u64_le; 4];

/// Start of a segment that has blocks.
#[derive(Clone, Copy, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck, verify)]
#[repr(C)]
pub struct SegmentHead {
    /// Kind of each block.
    pub kinds: [u8; 32],
    /// Always zero.
    pub zero: [u8; 480],
    /// Line table of each block.
    pub lines: [LineTable; 32],
}

/// Behind the head of segment 0.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct ImageHead {
    /// Tells an image of this heap from other bytes.
    pub magic: [u8; 8],
    /// Segments in use.
    pub segments: u64_le,
    /// Where a search for free lines may start.
    pub hint: u64_le,
}

records! {
    SizedHead { header: Header, length: Count } is 16 bytes;
    MapHead {
        header: Header, length: Count, info: MapInfo, fields: Count, annotation: Value, clone_map: Value, extra: Value
    } is 56 bytes;
    SlotRecord { name: Value, info: SlotInfo, content: Value, annotation: Value } is 32 bytes;
    SymbolsHead { head: SizedHead, count: Count, dead: Count } is 32 bytes;
    SegmentHead { kinds: [u8; 32], zero: [u8; 480], lines: [LineTable; 32] } is 1536 bytes;
    ImageHead { magic: [u8; 8], segments: u64_le, hint: u64_le } is 24 bytes;
}

// SAFETY: all bytes of a segment's head are valid; what is checked is that every kind is one that was given out, and that what
// must be zero is.
unsafe impl<C: Fallible + ?Sized> Verify<C> for SegmentHead
where
    C::Error: Source,
{
    fn verify(&self, _: &mut C) -> Result<(), C::Error> {
        if let Some(kind) = self.kinds.iter().find(|kind| **kind >= crate::heap::BLOCK_KINDS) {
            fail!(WrongWord {
                address: (&raw const *kind).addr() & !7,
                what: "a block of an impossible kind"
            });
        }
        if let Some(byte) = self.zero.iter().find(|byte| **byte != 0) {
            fail!(WrongWord { address: (&raw const *byte).addr() & !7, what: "bytes that must be zero" });
        }
        Ok(())
    }
}

// The words by number, as the machine knows them, are the fields by name.
const _: () = {
    const fn is_word(offset: usize, word: usize) -> bool {
        offset == size_of::<SizedHead>() + 8 * word
    }
    assert!(is_word(offset_of!(MapHead, info), map_word::INFO));
    assert!(is_word(offset_of!(MapHead, fields), map_word::FIELDS));
    assert!(is_word(offset_of!(MapHead, annotation), map_word::ANNOTATION));
    assert!(is_word(offset_of!(MapHead, clone_map), map_word::CLONE_MAP));
    assert!(is_word(offset_of!(MapHead, extra), map_word::EXTRA));
    assert!(is_word(size_of::<MapHead>(), map_word::SLOTS));
    assert!(offset_of!(SlotRecord, name) == 8 * slot_word::NAME);
    assert!(offset_of!(SlotRecord, info) == 8 * slot_word::INFO);
    assert!(offset_of!(SlotRecord, content) == 8 * slot_word::CONTENT);
    assert!(offset_of!(SlotRecord, annotation) == 8 * slot_word::ANNOTATION);
    assert!(size_of::<SlotRecord>() == 8 * slot_word::SIZE);
};

#[cfg(test)]
mod tests {
    use super::*;

    fn checked<T: Record + CheckBytes<Strategy<(), Misfit>>>(words: &[u64]) -> Result<(), (usize, String)> {
        assert!(size_of_val(words) >= size_of::<T>());
        let start = words.as_ptr();
        // SAFETY: the words are aligned, and as many as `T` needs.
        let result = unsafe { check(start.cast::<T>()) };
        result.map_err(|misfit| ((misfit.address - start.addr()) / 8, misfit.what))
    }

    #[test]
    fn the_first_wrong_word_of_a_record_is_named() {
        let good = [3 | 8 << 2, 5 << 2, MapInfo::new(Format::Slots, Kind::Slots, 1).0, 0, 1 | 64, 0, 2];
        assert_eq!(checked::<MapHead>(&good), Ok(()));
        for (word, wrong) in
            [(0, 0), (0, 3 | 1 << 63), (1, 1), (1, 1 << 63), (2, 4 << 2), (2, 19 << 5), (3, 2)]
        {
            let mut words = good;
            words[word] = wrong;
            assert_eq!(checked::<MapHead>(&words).unwrap_err().0, word, "{wrong:x} as word {word}");
        }
        for word in 4..7 {
            let mut words = good;
            words[word] = 3;
            assert_eq!(checked::<MapHead>(&words), Err((word, "a header where a value is expected".into())));
        }
    }

    #[test]
    fn infos_are_what_they_were_made_of() {
        for kind in KINDS {
            let info = MapInfo::new(Format::Indexed, kind, 5);
            assert_eq!((info.format(), info.kind(), info.flags()), (Format::Indexed, kind, 5));
            assert!(info.is_possible());
        }
        for kind in [SlotKind::Constant, SlotKind::Field, SlotKind::CellField, SlotKind::Argument] {
            for (parent, index) in [(false, 0), (true, u32::MAX), (true, 7)] {
                let info = SlotInfo::new(kind, parent, index);
                assert_eq!((info.kind(), info.is_parent(), info.index()), (kind, parent, index));
                assert!(info.is_possible());
            }
        }
    }

    #[test]
    fn a_segment_with_an_unknown_kind_of_block_is_refused() {
        let mut words = [0u64; 192];
        assert_eq!(checked::<SegmentHead>(&words), Ok(()));
        words[1] = 0xEE << 16;
        assert_eq!(checked::<SegmentHead>(&words).unwrap_err().0, 1);
        words[1] = 0;
        words[40] = 1;
        assert_eq!(checked::<SegmentHead>(&words).unwrap_err().0, 40);
    }
}
