//! How objects lie in memory, which is also how they lie in the file.
//!
//! ```text
//! header   bits 1..0   11 (the header tag, see value.rs)
//!          bits 33..2  offset of the object's map, divided by 8 (maps live in the first 32 GiB)
//!          bits 62..34 identity hash, 0 while nobody asked for one
//!          bit  63     forwarded: the other bits above the tag are the new offset / 8 (young space only,
//!                      and only during a scavenge)
//!
//! slots      header | field 0 | field 1 | ...                              (format Slots)
//! indexed    header | length  | field 0 .. field n-1 | element 0 | ...     (format Indexed)
//! bytes      header | length  | bytes, zero-padded to a multiple of 8      (format Bytes)
//! raw        header | 8 raw bytes                                          (format Raw: a boxed float)
//! ```
//!
//! `length` is a small integer: the number of elements or bytes. `field` words are the assignable slots;
//! constant slots (methods too) live in the map, which is itself an object of format Indexed without
//! fields: its elements are the words listed under `map_word`, then one `slot_word` group a slot, in the order of
//! declaration (as typed records: `record::MapHead` and `record::SlotRecord`). An object takes at least 16 bytes.
//!
//! Invariant: every word of a Slots or Indexed object other than the header is a `Value`.

use crate::value::{MapRef, ObjectRef, TAG_HEADER};

/// How the words after the header are to be read. Stored in the low 3 bits of a map's info word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Format {
    /// Fields only.
    Slots = 0,
    /// Length, fields, elements.
    Indexed = 1,
    /// Length, then raw bytes. No fields.
    Bytes = 2,
    /// Eight raw bytes.
    Raw = 3,
}

/// What an object is to the machine. Stored in bits 3..8 of a map's info word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    /// A plain slots object.
    Slots = 0,
    /// A vector of values.
    Vector = 1,
    /// A mutable byte vector.
    ByteVector = 2,
    /// A canonical, immutable string.
    Symbol = 3,
    /// A double that does not fit a value.
    Float = 4,
    /// Map of the small integers (no object has it).
    SmallInt = 5,
    /// An integer of any size: sign and magnitude bytes, little-endian.
    BigInt = 6,
    /// A block (closure).
    Block = 7,
    /// A method: a slot content that is run when the slot is evaluated.
    Method = 8,
    /// A map.
    Map = 9,
    /// A mirror; element 0 is the reflectee.
    Mirror = 10,
    /// A green process.
    Process = 11,
    /// A heap cell of a captured assignable local.
    Cell = 12,
    /// Marks the activation that a non-local return goes to.
    Home = 13,
    /// A weak vector: its elements do not keep objects alive, and become nil.
    WeakVector = 14,
    /// A byte vector of machine data (bytecode): not seen by programs.
    Code = 15,
    /// nil, true, false: plain objects that cannot be cloned to something else.
    Oddball = 16,
    /// A handle of something outside (a file): not valid after reopening the image.
    Proxy = 17,
    /// A saved stack, a table of the VM: a vector that programs do not see.
    Internal = 18,
}

/// Indices (in elements) of the fixed words of a map.
pub mod map_word {
    /// Small integer: format | kind << 3 | flags << 8.
    pub const INFO: usize = 0;
    /// Small integer: number of fields (assignable slots kept in the object).
    pub const FIELDS: usize = 1;
    /// The object annotation: a canonical string, as a rule, or the small integer 0 for none.
    pub const ANNOTATION: usize = 2;
    /// The map that clones get, where it differs (see `map_flag::CELLS`); else the small integer 0.
    pub const CLONE_MAP: usize = 3;
    /// For the machine's use (block maps: arity; others 0).
    pub const EXTRA: usize = 4;
    /// First word of the first slot.
    pub const SLOTS: usize = 5;
}

/// Words of one slot in a map, relative to its group.
pub mod slot_word {
    /// The name: a canonical string.
    pub const NAME: usize = 0;
    /// Small integer: slot kind | parent bit << 3 | field index << 4.
    pub const INFO: usize = 1;
    /// Content of a constant slot, initial content of an assignable one, or its cell.
    pub const CONTENT: usize = 2;
    /// The annotation: a canonical string, as a rule, or the small integer 0 for none.
    pub const ANNOTATION: usize = 3;
    /// Words a slot takes.
    pub const SIZE: usize = 4;
}

/// Flags in a map's info word, above the kind (bit 0 here is bit 8 of the info word).
pub mod map_flag {
    /// The map belongs to one object alone, and some of its assignable slots are held in cells, because
    /// they were added after the object was made. Clones get an ordinary layout.
    pub const CELLS: u32 = 1;
    /// Some slot is an assignable parent (dynamic inheritance).
    pub const ASSIGNABLE_PARENT: u32 = 2;
    /// Some slot is a parent.
    pub const PARENT: u32 = 4;
}

/// What a slot is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum SlotKind {
    /// Content in the map.
    Constant = 0,
    /// Content in field `index` of the object; `x:` assigns.
    Field = 1,
    /// Content in element 0 of the cell that is the slot's content; `x:` assigns.
    CellField = 2,
    /// An argument (mirrors of methods only); `index` is its position.
    Argument = 3,
}

/// Shift of the kind in a map's info word.
pub const INFO_KIND_SHIFT: u32 = 3;
/// Shift of the flags in a map's info word.
pub const INFO_FLAGS_SHIFT: u32 = 8;
/// Bytes of a header.
pub const HEADER_BYTES: usize = 8;
/// The smallest object.
pub const MIN_OBJECT_BYTES: usize = 16;
/// Young space is the offsets below this; the image starts here.
pub const IMAGE_START: u64 = 256 << 20;
/// Bytes of one card, the unit of dirty tracking and of the log.
pub const CARD_BYTES: u64 = 512;
/// log2 of `CARD_BYTES`.
pub const CARD_SHIFT: u32 = 9;
/// Bytes of a line, the unit of free space in old space.
pub const LINE_BYTES: u64 = 128;
/// Bytes of a block, the unit in which old space is handed out.
pub const BLOCK_BYTES: u64 = 32 << 10;
/// Bytes of a segment, the unit of mapping.
pub const SEGMENT_BYTES: u64 = 1 << 20;

/// Card bit: differs from the last commit.
pub const CARD_UNSAVED: u8 = 1;
/// Card bit: may hold references from old to young objects.
pub const CARD_REMEMBERED: u8 = 2;
/// Card bit: stored to since the marker looked.
pub const CARD_MARK: u8 = 4;
/// Card bit: differs from the mapped file chunk.
pub const CARD_DIVERGED: u8 = 8;

const HASH_SHIFT: u32 = 34;
const HASH_BITS: u32 = 29;
const FORWARDED: u64 = 1 << 63;

/// The first word of an object. `Debug` prints `header(@10000c00 #7)`: the map and the hash.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Header(pub u64);

impl std::fmt::Debug for Header {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.forward() {
            Some(to) => write!(f, "header(moved to @{to:x})"),
            None => write!(f, "header(@{:x} #{})", self.map_offset(), self.hash()),
        }
    }
}

impl Header {
    /// A header for an object with this map and no identity hash yet.
    #[inline(always)]
    pub const fn new(map: MapRef) -> Header {
        Header(((map.offset() >> 3) << 2) | TAG_HEADER)
    }

    /// The bits that tell the map, hash and forwarding left out: what inline caches compare.
    #[inline(always)]
    pub const fn map_bits(self) -> u32 {
        (self.0 >> 2) as u32
    }

    /// The map.
    #[inline(always)]
    pub const fn map_offset(self) -> u64 {
        (self.map_bits() as u64) << 3
    }

    /// The same header with another map.
    #[inline(always)]
    pub const fn with_map(self, map: MapRef) -> Header {
        Header((self.0 & !(0xffff_ffff << 2)) | ((map.offset() >> 3) << 2))
    }

    /// The identity hash; 0 if none was given out yet.
    #[inline(always)]
    pub const fn hash(self) -> u32 {
        ((self.0 >> HASH_SHIFT) as u32) & ((1 << HASH_BITS) - 1)
    }

    /// The same header with this identity hash (29 bits).
    #[inline(always)]
    pub const fn with_hash(self, hash: u32) -> Header {
        let mask = ((1u64 << HASH_BITS) - 1) << HASH_SHIFT;
        Header((self.0 & !mask) | (((hash as u64) << HASH_SHIFT) & mask))
    }

    /// Marks a young object as moved to `to`.
    #[inline(always)]
    pub const fn forwarded_to(to: ObjectRef) -> Header {
        Header(FORWARDED | ((to.offset() >> 3) << 2) | TAG_HEADER)
    }

    /// Where a moved object went.
    #[inline(always)]
    pub const fn forward(self) -> Option<u64> {
        if self.0 & FORWARDED != 0 { Some(((self.0 & !FORWARDED) >> 2) << 3) } else { None }
    }
}

/// Indices of the well-known objects in the root vector.
/// Append only: these numbers are part of the image format.
pub mod root {
    /// The object nil.
    pub const NIL: usize = 0;
    /// The object true.
    pub const TRUE: usize = 1;
    /// The object false.
    pub const FALSE: usize = 2;
    /// The lobby.
    pub const LOBBY: usize = 3;
    /// The map of maps (its own map).
    pub const MAP_MAP: usize = 4;
    /// Map of small integers.
    pub const SMALL_INT_MAP: usize = 5;
    /// Map of floats (boxed ones have it, immediate ones act as if).
    pub const FLOAT_MAP: usize = 6;
    /// Map of canonical strings.
    pub const SYMBOL_MAP: usize = 7;
    /// Map of methods.
    pub const METHOD_MAP: usize = 8;
    /// Map of cells.
    pub const CELL_MAP: usize = 9;
    /// Map of home markers.
    pub const HOME_MAP: usize = 10;
    /// Map of VM-internal vectors.
    pub const INTERNAL_MAP: usize = 11;
    /// Map of bytecode and other raw data.
    pub const CODE_MAP: usize = 12;
    /// Map of big integers.
    pub const BIG_INT_MAP: usize = 13;
    /// The symbol table (an internal vector; owned by the heap).
    pub const SYMBOLS: usize = 14;
    /// Internal vector: block maps by arity.
    pub const BLOCK_MAPS: usize = 15;
    /// The prototypical vector.
    pub const VECTOR: usize = 16;
    /// The prototypical byte vector.
    pub const BYTE_VECTOR: usize = 17;
    /// The shell object.
    pub const SHELL: usize = 18;
    /// Map of mirrors.
    pub const MIRROR_MAP: usize = 19;
    /// Map of processes.
    pub const PROCESS_MAP: usize = 20;
    /// Internal vector of all live processes.
    pub const PROCESSES: usize = 21;
    /// Small integer: the next code number.
    pub const NEXT_CODE: usize = 22;
    /// Small integer: the next identity hash (heap).
    pub const NEXT_HASH: usize = 23;
    /// Small integer: number of programming changes so far.
    pub const TIMESTAMP: usize = 24;
    /// Internal vector: recorded standard control methods (see the machine's `natives`).
    pub const NATIVES: usize = 25;
    /// The prototypical weak vector.
    pub const WEAK_VECTOR: usize = 26;
    /// The current process at the time of the commit.
    pub const CURRENT_PROCESS: usize = 27;
    /// Map of open cells: cells whose variable still lives in a register.
    pub const OPEN_CELL_MAP: usize = 28;
    /// The object systemObjects.
    pub const SYSTEM_OBJECTS: usize = 29;
    /// The heap's own bookkeeping (an internal vector).
    pub const HEAP_STATE: usize = 30;
    /// Map of proxies.
    pub const PROXY_MAP: usize = 31;
    /// A vector that the world may use for whatever the machine should find again.
    pub const WORLD: usize = 32;
    /// Internal vector: mirror prototypes by kind.
    pub const MIRRORS: usize = 33;
    /// Map of cells that were open and are closed.
    pub const CLOSED_CELL_MAP: usize = 34;
    /// The machine's hidden `value` method of blocks.
    pub const BLOCK_VALUE: usize = 35;
    /// The method that reads scripts (see the machine's `script`).
    pub const SCRIPT_DRIVER: usize = 36;
    /// Small integer: the number of the newest process.
    pub const NEXT_PROCESS: usize = 37;
    /// Number of roots reserved in the format.
    pub const COUNT: usize = 64;
}
