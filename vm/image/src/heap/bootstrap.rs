//! The smallest heap: the maps that the heap itself needs, nil, true, false, the symbol table, the root vector.
//!
//! The maps have no slots. What the world looks like is the machine's affair, which replaces them with `set_root`
//! and `change_map`.

use crate::layout::{Format, Header, Kind, map_word, root};
use crate::record::{Count, MapHead, MapInfo, SizedHead};
use crate::space::SpaceError;
use crate::value::{MapRef, Value};

use super::access::map_at;
use super::memory::MEMORY_SEGMENTS;
use super::old::Content;
use super::scavenge::LEAST_YOUNG;
use super::{Alloc, Heap, HeapOptions, Known, OutOfMemory, ROOTS_OFFSET, Space, YOUNG_BASE, roots_ref};

/// A map that the heap makes by itself.
const MAPS: [(usize, Kind, Format, usize); 16] = [
    (root::SMALL_INT_MAP, Kind::SmallInt, Format::Slots, 0),
    (root::FLOAT_MAP, Kind::Float, Format::Raw, 0),
    (root::SYMBOL_MAP, Kind::Symbol, Format::Bytes, 0),
    (root::METHOD_MAP, Kind::Method, Format::Indexed, 0),
    (root::CELL_MAP, Kind::Cell, Format::Slots, 1),
    (root::OPEN_CELL_MAP, Kind::Cell, Format::Slots, 2),
    (root::CLOSED_CELL_MAP, Kind::Cell, Format::Slots, 2),
    (root::HOME_MAP, Kind::Home, Format::Slots, 0),
    (root::CODE_MAP, Kind::Code, Format::Bytes, 0),
    (root::BIG_INT_MAP, Kind::BigInt, Format::Bytes, 0),
    (root::MIRROR_MAP, Kind::Mirror, Format::Indexed, 0),
    (root::PROCESS_MAP, Kind::Process, Format::Indexed, 0),
    (root::PROXY_MAP, Kind::Proxy, Format::Indexed, 0),
    (root::VECTOR, Kind::Vector, Format::Indexed, 0),
    (root::BYTE_VECTOR, Kind::ByteVector, Format::Bytes, 0),
    (root::WEAK_VECTOR, Kind::WeakVector, Format::Indexed, 0),
];

impl Heap {
    /// A heap over a space that holds nothing yet, or an image whose bookkeeping was checked.
    pub(super) fn bare(space: Space, options: HeapOptions) -> Heap {
        let placeholder = MapRef::assume(roots_ref());
        let nil = Value::ZERO;
        Heap {
            alloc: Alloc { young_top: YOUNG_BASE, young_limit: 0, gc_requested: false, exhausted: false },
            base: space.base(),
            cards: space.cards(),
            known: Known {
                nil,
                true_: nil,
                false_: nil,
                lobby: nil,
                map_map: placeholder,
                small_int_map: placeholder,
                float_map: placeholder,
                symbol_map: placeholder,
                method_map: placeholder,
                cell_map: placeholder,
                open_cell_map: placeholder,
                home_map: placeholder,
                internal_map: placeholder,
                code_map: placeholder,
                big_int_map: placeholder,
            },
            old: Default::default(),
            slot_cache: Default::default(),
            texts: Default::default(),
            // It grows when that pays: the first scavenge of a heap that only grows must not be the longest.
            young_soft: LEAST_YOUNG.min(options.young_soft),
            moved: Vec::new(),
            marker: Default::default(),
            stats: Default::default(),
            options,
            space,
        }
    }

    /// The minimal heap in memory without a file, with room for 16 GiB.
    pub fn in_memory(options: HeapOptions) -> Result<Heap, SpaceError> {
        let space = Space::in_memory(MEMORY_SEGMENTS)?;
        Heap::bootstrap(space, options).map_err(|OutOfMemory| SpaceError::Limit { wanted: 1, limit: 0 })
    }

    /// Makes the minimal heap in an empty space.
    pub fn bootstrap(space: Space, options: HeapOptions) -> Result<Heap, OutOfMemory> {
        let mut heap = Heap::bare(space, options);
        heap.format_image()?;
        heap.count_spare();
        heap.reset_young_limit();
        let roots = heap.old_place(16 + 8 * root::COUNT as u64, Content::Values);
        debug_assert_eq!(roots, ROOTS_OFFSET);
        let map_map = heap.first_map(None, Kind::Map);
        heap.known.map_map = map_map;
        let internal = heap.first_map(Some(map_map), Kind::Internal);
        heap.known.internal_map = internal;
        heap.write_roots(roots, internal);
        heap.init_root(root::MAP_MAP, map_map.value());
        heap.init_root(root::INTERNAL_MAP, internal.value());
        for place in [root::NIL, root::TRUE, root::FALSE] {
            let map = heap.new_map(Kind::Oddball, Format::Slots, 0, &[], Value::ZERO, 0);
            let oddball = heap.alloc_old_slots(map, 0, Value::ZERO);
            heap.init_root(place, oddball.value());
        }
        heap.known.nil = heap.root(root::NIL);
        heap.init_lists();
        heap.refresh_known();
        let table = heap.first_symbol_table();
        heap.init_root(root::SYMBOLS, table.value());
        Ok(heap)
    }

    /// Everything but numbers starts as nil; maps and prototypes of the basic kinds are made.
    fn init_lists(&mut self) {
        let nil = self.known.nil;
        for i in 0..root::COUNT {
            if self.root(i) == Value::ZERO
                && ![root::NEXT_CODE, root::NEXT_HASH, root::TIMESTAMP, root::NEXT_PROCESS].contains(&i)
            {
                self.init_root(i, nil);
            }
        }
        for (place, kind, format, fields) in MAPS {
            let map = self.new_map(kind, format, fields, &[], Value::ZERO, 0);
            let value = match place {
                root::VECTOR | root::WEAK_VECTOR => self.alloc_old_indexed(map, 0, 0, nil),
                root::BYTE_VECTOR => self.alloc_old_bytes(map, 0, 0),
                _ => map.object(),
            };
            self.init_root(place, value.value());
        }
    }

    fn init_root(&mut self, i: usize, v: Value) {
        self.set_item(roots_ref(), i, v);
    }

    fn write_roots(&mut self, at: u64, map: MapRef) {
        self.put(at, SizedHead { header: Header::new(map), length: Count::of(root::COUNT) });
        for i in 0..root::COUNT as u64 {
            self.write(at + 16 + 8 * i, 0);
        }
        self.barrier_range(at, 16 + 8 * root::COUNT as u64);
    }

    /// A map made before there is a map of maps: without one given, it is its own.
    fn first_map(&mut self, map_map: Option<MapRef>, kind: Kind) -> MapRef {
        let bytes = size_of::<MapHead>() as u64;
        let at = self.old_place(bytes, Content::Values);
        let map = map_at(at);
        let head = MapHead {
            header: Header::new(map_map.unwrap_or(map)),
            length: Count::of(map_word::SLOTS),
            info: MapInfo::new(Format::Indexed, kind, 0),
            fields: Count::of(0),
            annotation: Value::ZERO,
            clone_map: Value::ZERO,
            extra: Value::ZERO,
        };
        self.put(at, head);
        self.barrier_range(at, bytes);
        map
    }
}
