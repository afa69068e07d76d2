//! The heap: objects, their maps and symbols, allocation and garbage collection.
//!
//! Works over a range of memory (a base address and a byte per card) and knows neither files nor commits.
//!
//! **Two spaces.** Young objects are bump-allocated below `IMAGE_START`; whatever survives a scavenge, or is
//! alive at a commit, is moved into the image, whose objects never move again (compaction is a separate act on
//! a heap that nobody runs in).
//!
//! **The rule for callers.** Allocation never collects and never moves anything. Only `safepoint`, `scavenge`,
//! `collect_full`, `mark_step` and `become_scan` do, and they are handed the roots they have to update. Between
//! two such calls Rust code may hold `Value`s and `ObjectRef`s freely; across one, only what the roots visit.
//!
//! **What an `ObjectRef` promises.** The accessors do not check their arguments in release builds: a reference
//! must come from this heap and be live, an index must be inside the object. Debug builds check both. An image
//! from outside is verified (`verify`) before anybody reads it through these accessors.
//!
//! **Invariants.**
//! 1. A word of the image that refers to young space lies in a card with `CARD_REMEMBERED`. After a scavenge there
//!    is no such word.
//! 2. Everything stored into the image goes through the barrier: a store sets every bit of the card's byte.
//! 3. Maps and symbols are never young.
//! 4. Mark bits, remembered sets and caches live outside the image; block kinds and line tables inside it.

mod access;
mod alloc;
mod bootstrap;
mod collect;
mod copy;
mod maps;
mod mark;
mod marks;
mod memory;
mod old;
mod open;
mod pack;
mod parallel;
mod scavenge;
mod segment;
mod statistics;
mod sweep;
mod symbols;
pub mod texts;
mod trace;
mod verify;
mod verify_path;

pub use crate::record::MapInfo;
pub use crate::space::Space;
pub use alloc::{Alloc, OutOfMemory};
pub use maps::SlotDesc;
pub use statistics::Statistics;
pub use verify::{Verified, VerifyError};

use crate::layout::{IMAGE_START, root};
use crate::value::{MapRef, ObjectRef, Value};

/// First offset given to a young object: the page at 0 stays unused.
pub const YOUNG_BASE: u64 = 4096;
/// Young bytes after which a scavenge is asked for, unless configured otherwise.
pub const DEFAULT_YOUNG_SOFT: u64 = 4 << 20;
/// Offset of the root vector: the first object of an image.
pub const ROOTS_OFFSET: u64 = IMAGE_START + segment::META_BYTES;

/// What the collector has to know about the world outside the image: stacks, tables, handles.
pub trait Roots {
    /// Calls `f` on every value held outside the heap. `f` may replace the value, because its object has moved.
    fn visit(&mut self, f: &mut dyn FnMut(&mut Value));
}

/// No roots but those in the image.
pub struct NoRoots;

impl Roots for NoRoots {
    fn visit(&mut self, _f: &mut dyn FnMut(&mut Value)) {}
}

impl Roots for Vec<Value> {
    fn visit(&mut self, f: &mut dyn FnMut(&mut Value)) {
        self.iter_mut().for_each(f);
    }
}

/// The well-known objects, kept beside the heap because the interpreter asks for them all the time.
/// `set_root` keeps them in step with the root vector.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Known {
    /// nil.
    pub nil: Value,
    /// true.
    pub true_: Value,
    /// false.
    pub false_: Value,
    /// The lobby (nil until the machine sets it).
    pub lobby: Value,
    /// Map of maps.
    pub map_map: MapRef,
    /// Map of small integers.
    pub small_int_map: MapRef,
    /// Map of floats.
    pub float_map: MapRef,
    /// Map of symbols.
    pub symbol_map: MapRef,
    /// Map of methods.
    pub method_map: MapRef,
    /// Map of cells.
    pub cell_map: MapRef,
    /// Map of open cells.
    pub open_cell_map: MapRef,
    /// Map of home markers.
    pub home_map: MapRef,
    /// Map of internal vectors.
    pub internal_map: MapRef,
    /// Map of code.
    pub code_map: MapRef,
    /// Map of big integers.
    pub big_int_map: MapRef,
}

/// Sizes that a heap is made with.
#[derive(Clone, Copy, Debug)]
pub struct HeapOptions {
    /// Young bytes after which a scavenge is asked for.
    pub young_soft: u64,
    /// Bytes of objects in the image after which `exhausted` turns true.
    pub memory_limit: u64,
    /// Ask for a collection after every allocation (for tests).
    pub gc_stress: bool,
    /// Verify the heap when it is opened and after every full collection: on in debug builds.
    pub verify: bool,
}

impl Default for HeapOptions {
    fn default() -> HeapOptions {
        HeapOptions {
            young_soft: DEFAULT_YOUNG_SOFT,
            memory_limit: memory::default_limit(),
            gc_stress: false,
            verify: cfg!(debug_assertions),
        }
    }
}

/// A heap. See the module text for the rules.
pub struct Heap {
    /// The bump allocator, laid out for inlining.
    pub alloc: Alloc,
    base: *mut u8,
    cards: *mut u8,
    /// The well-known objects.
    pub known: Known,
    old: old::OldSpace,
    slot_cache: maps::SlotCache,
    texts: texts::Texts,
    /// Young bytes after which a scavenge is asked for: adapts to how long they take.
    young_soft: u64,
    /// Work list of the scavenger, kept for its memory.
    moved: Vec<u64>,
    marker: mark::Marker,
    stats: Statistics,
    options: HeapOptions,
    space: Space,
}

// SAFETY: the pointers go into `space`'s mappings, which stay where they are when it moves and is not shared.
unsafe impl Send for Heap {}

impl Heap {
    /// The i-th root (see `layout::root`).
    #[inline(always)]
    pub fn root(&self, i: usize) -> Value {
        self.item(roots_ref(), i)
    }

    /// The map among the roots at an index, which is one for maps; none if a number stands there.
    #[inline]
    pub fn root_map(&self, i: usize) -> Option<MapRef> {
        self.root(i).as_ref().map(MapRef::assume)
    }

    /// Replaces the i-th root.
    pub fn set_root(&mut self, i: usize, value: Value) {
        self.set_item(roots_ref(), i, value);
        self.refresh_known();
    }

    /// Reads the well-known objects from the root vector again.
    pub(crate) fn refresh_known(&mut self) {
        let known = self.read_known();
        self.known = known;
    }

    fn read_known(&self) -> Known {
        let map_or = |i: usize, fallback: MapRef| self.root(i).as_ref().map_or(fallback, MapRef::assume);
        let k = self.known;
        Known {
            nil: self.root(root::NIL),
            true_: self.root(root::TRUE),
            false_: self.root(root::FALSE),
            lobby: self.root(root::LOBBY),
            map_map: map_or(root::MAP_MAP, k.map_map),
            small_int_map: map_or(root::SMALL_INT_MAP, k.small_int_map),
            float_map: map_or(root::FLOAT_MAP, k.float_map),
            symbol_map: map_or(root::SYMBOL_MAP, k.symbol_map),
            method_map: map_or(root::METHOD_MAP, k.method_map),
            cell_map: map_or(root::CELL_MAP, k.cell_map),
            open_cell_map: map_or(root::OPEN_CELL_MAP, k.open_cell_map),
            home_map: map_or(root::HOME_MAP, k.home_map),
            internal_map: map_or(root::INTERNAL_MAP, k.internal_map),
            code_map: map_or(root::CODE_MAP, k.code_map),
            big_int_map: map_or(root::BIG_INT_MAP, k.big_int_map),
        }
    }

    /// True when a collection is due: call `safepoint` soon.
    #[inline(always)]
    pub fn gc_requested(&self) -> bool {
        self.alloc.gc_requested
    }

    /// Asks for a collection at the next safepoint.
    pub fn request_gc(&mut self) {
        self.alloc.gc_requested = true;
    }

    /// Turns collection after every allocation on or off.
    pub fn set_gc_stress(&mut self, on: bool) {
        self.options.gc_stress = on;
        self.reset_young_limit();
    }

    /// The identity hash of a value: 29 bits, never 0, the same as long as the object lives, in every copy of the
    /// image. Those of numbers and canonical strings follow from their value.
    pub fn identity_hash(&mut self, v: Value) -> u32 {
        let Some(r) = v.as_ref() else { return mix(v.bits()) };
        if let Some(x) = self.float_value(v) {
            return mix(x.to_bits());
        }
        let header = self.header(r);
        if header.hash() != 0 {
            return header.hash();
        }
        // A canonical string may be collected and made again: its hash follows from its bytes.
        if self.kind_of_ref(r) == crate::layout::Kind::Symbol {
            let hash = mix(xxhash_rust::xxh3::xxh3_64(self.bytes(r)));
            self.set_header(r, header.with_hash(hash));
            return hash;
        }
        let next = self.root(root::NEXT_HASH).as_int().unwrap_or(0);
        self.set_item(roots_ref(), root::NEXT_HASH, Value::from_i64(next + 1).unwrap_or(Value::ZERO));
        let hash = mix(next as u64);
        self.set_header(r, header.with_hash(hash));
        hash
    }
}

/// Spreads 64 bits over 29 and avoids 0 (finaliser of SplitMix64).
fn mix(n: u64) -> u32 {
    let mut z = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let h = ((z ^ (z >> 31)) >> 35) as u32;
    if h == 0 { 1 } else { h }
}

/// The root vector.
#[inline(always)]
pub(crate) const fn roots_ref() -> ObjectRef {
    match ObjectRef::from_offset(ROOTS_OFFSET) {
        Some(r) => r,
        None => panic!("the root vector's offset is a multiple of 8"),
    }
}

/// Kinds of blocks that were given out: numbers below this.
pub(crate) const BLOCK_KINDS: u8 = segment::kind::COUNT;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::{FINGERPRINT, Image, OpenImage};
    use crate::store::{CommitInfo, CreateOptions, LogPolicy, MemoryStorage};
    use std::sync::Arc;

    /// Canonical strings of earlier images have hashes that were counted: tables in those images are filled by them.
    #[test]
    fn a_string_keeps_the_hash_that_an_earlier_image_gave_it() {
        let storage = Arc::new(MemoryStorage::default());
        let policy = LogPolicy { background: false, extent_chunks: 1, ..LogPolicy::default() };
        let create = CreateOptions { policy, image_id: Some([1; 16]), ..CreateOptions::new(FINGERPRINT) };
        let (mut image, mut heap) =
            Image::create_on(storage.clone(), &create, HeapOptions::default()).expect("creates");
        let [counted, other] = [&b"counted"[..], b"other"].map(|text| heap.intern(text));
        let header = heap.header(counted).with_hash(12_345);
        heap.set_header(counted, header);
        let both = heap.new_internal(&[counted.value(), other.value()]);
        heap.set_root(root::LOBBY, both.value());
        let info = CommitInfo { time: 1, author: "tester".into(), message: "first".into() };
        image.commit(&mut heap, &mut NoRoots, &info).expect("commits");
        drop((image, heap));
        let again = Arc::new(MemoryStorage::new(storage.bytes()));
        let (_image, mut heap) = Image::open_on(again, &OpenImage::read_only()).expect("opens");
        heap.collect_full(&mut NoRoots);
        let [counted, other] =
            [&b"counted"[..], b"other"].map(|text| heap.symbol_lookup(text).expect("a symbol").value());
        assert_eq!(heap.identity_hash(counted), 12_345);
        let of_bytes = heap.identity_hash(other);
        // One that dies and is made again has the hash that it had.
        heap.set_root(root::LOBBY, heap.known.nil);
        heap.collect_full(&mut NoRoots);
        assert_eq!(heap.symbol_lookup(b"other"), None);
        let other = heap.intern(b"other").value();
        assert_eq!(heap.identity_hash(other), of_bytes);
    }
}
