//! The bare world (language §11): what is there before any file is read.

use batos_image::heap::{Heap, NoRoots, SlotDesc};
use batos_image::layout::{Format, Kind, map_flag, root};
use batos_image::value::{MapRef, ObjectRef, Value};

use crate::code::{CodeKind, method_element, pack_shape};
use crate::primitives::proxy_element;
use crate::reflect::{MIRROR_PROTOTYPES, MirrorSort, mirror_element};
use crate::vm::Vm;

/// Most arguments of a block that has a map of its own in the root table.
pub const BLOCK_ARITIES: usize = 17;

impl Vm {
    /// Builds the bare world in a heap that was just bootstrapped.
    pub(crate) fn build_bare_world(&mut self) {
        let parent = self.intern(b"parent");
        self.build_machine_maps();
        let lobby = self.plain_object(&[]);
        self.heap.set_root(root::LOBBY, lobby.value());

        let integers = self.traits_object(lobby);
        let floats = self.traits_object(lobby);
        let big_ints = self.traits_object(lobby);
        let blocks = self.traits_object(lobby);
        let vectors = self.traits_object(lobby);
        let byte_vectors = self.traits_object(lobby);
        let weak_vectors = self.traits_object(lobby);
        let mirrors = self.traits_object(lobby);
        let proxies = self.traits_object(lobby);
        let function_proxies = self.traits_object(lobby);
        let profilers = self.traits_object(lobby);
        let strings = self.plain_object(&[]);
        let processes = self.plain_object(&[]);

        let kinds = [
            (root::SMALL_INT_MAP, Kind::SmallInt, Format::Slots, integers),
            (root::FLOAT_MAP, Kind::Float, Format::Raw, floats),
            (root::SYMBOL_MAP, Kind::Symbol, Format::Bytes, strings),
            (root::BIG_INT_MAP, Kind::BigInt, Format::Bytes, big_ints),
            (root::MIRROR_MAP, Kind::Mirror, Format::Indexed, mirrors),
            (root::PROCESS_MAP, Kind::Process, Format::Indexed, processes),
            (root::PROXY_MAP, Kind::Proxy, Format::Indexed, proxies),
        ];
        for (at, kind, format, traits) in kinds {
            let slots = [SlotDesc::constant(parent, traits.value()).as_parent()];
            self.set_kind_map(at, kind, format, &slots);
        }
        self.build_block_maps(parent, blocks);

        for (at, kind, format, traits) in [
            (root::VECTOR, Kind::Vector, Format::Indexed, vectors),
            (root::WEAK_VECTOR, Kind::WeakVector, Format::Indexed, weak_vectors),
            (root::BYTE_VECTOR, Kind::ByteVector, Format::Bytes, byte_vectors),
        ] {
            let slots = [SlotDesc::constant(parent, traits.value()).as_parent()];
            let map = self.heap.new_map(kind, format, 0, &slots, Value::ZERO, map_flag::PARENT);
            let prototype = match format {
                Format::Bytes => self.heap.alloc_old_bytes(map, 0, 0),
                _ => self.heap.alloc_old_indexed(map, 0, 0, Value::ZERO),
            };
            self.heap.set_root(at, prototype.value());
        }

        for at in [root::NIL, root::TRUE, root::FALSE] {
            let slots = [SlotDesc::constant(parent, lobby.value()).as_parent()];
            let map =
                self.heap.new_map(Kind::Oddball, Format::Slots, 0, &slots, Value::ZERO, map_flag::PARENT);
            if let Some(object) = self.heap.root(at).as_ref() {
                self.heap.change_map(object, map);
            }
        }
        let shell = self.plain_object(&[SlotDesc::constant(parent, lobby.value()).as_parent()]);
        self.heap.set_root(root::SHELL, shell.value());

        let big_int = self.heap.alloc_old_bytes(self.heap.known.big_int_map, 1, 0).value();
        let profiler = self.plain_object(&[SlotDesc::constant(parent, profilers.value()).as_parent()]);
        let proxy = self.dead_proxy(self.heap.root(root::PROXY_MAP));
        let function_proxy = {
            let slots = [SlotDesc::constant(parent, function_proxies.value()).as_parent()];
            let map =
                self.heap.new_map(Kind::Proxy, Format::Indexed, 0, &slots, Value::ZERO, map_flag::PARENT);
            self.dead_proxy(map.value())
        };
        let named = [
            ("nil", self.nil()),
            ("true", self.heap.known.true_),
            ("false", self.heap.known.false_),
            ("vector", self.heap.root(root::VECTOR)),
            ("byteVector", self.heap.root(root::BYTE_VECTOR)),
            ("weakVector", self.heap.root(root::WEAK_VECTOR)),
            ("bigInt", big_int),
            ("proxy", proxy.value()),
            ("fctProxy", function_proxy.value()),
            ("profiler", profiler.value()),
            ("slotAnnotation", self.plain_object(&[]).value()),
            ("objectAnnotation", self.plain_object(&[]).value()),
            ("process", self.new_process_object().value()),
            ("lobby", lobby.value()),
        ];
        let mut slots: Vec<SlotDesc> = Vec::new();
        for (name, value) in named {
            let name = self.intern(name.as_bytes());
            slots.push(SlotDesc::constant(name, value));
        }
        let mirrors = self.mirror_prototypes(parent, lobby);
        for (name, prototype) in MIRROR_PROTOTYPES.into_iter().zip(&mirrors) {
            let sample = match name {
                "smiMirror" => Some(Value::ZERO),
                "floatMirror" => Value::from_f64(0.0),
                "stringMirror" => Some(self.intern(b"").value()),
                "mirrorMirror" => Some(mirrors[0]),
                _ => {
                    let kind = name.strip_suffix("Mirror").unwrap_or(name);
                    named.iter().find(|(name, _)| *name == kind).map(|(_, object)| *object)
                }
            };
            if let (Some(mirror), Some(sample)) = (prototype.as_ref(), sample) {
                self.heap.set_item(mirror, mirror_element::REFLECTEE, sample);
            }
            let name = self.intern(name.as_bytes());
            slots.push(SlotDesc::constant(name, *prototype));
        }
        let system_objects = self.plain_object(&slots);
        self.heap.set_root(root::SYSTEM_OBJECTS, system_objects.value());

        let mut lobby_slots = Vec::new();
        for (name, value, is_parent) in
            [("shell", shell.value(), false), ("systemObjects", system_objects.value(), true)]
        {
            let name = self.intern(name.as_bytes());
            let slot = SlotDesc::constant(name, value);
            lobby_slots.push(if is_parent { slot.as_parent() } else { slot });
        }
        for name in ["snapshotAction", "help"] {
            let name = self.intern(name.as_bytes());
            let empty = self.plain_object(&[]).value();
            lobby_slots.push(SlotDesc::constant(name, empty));
        }
        let map =
            self.heap.new_map(Kind::Slots, Format::Slots, 0, &lobby_slots, Value::ZERO, map_flag::PARENT);
        self.heap.change_map(lobby, map);
    }

    /// A proxy for nothing, to be copied.
    fn dead_proxy(&mut self, map: Value) -> ObjectRef {
        let map = map.as_ref().map_or(self.heap.known.internal_map, MapRef::assume);
        self.heap.alloc_old_indexed(map, 0, proxy_element::COUNT, Value::ZERO)
    }

    /// The prototypes of mirrors, each with traits of its own. They reflect the lobby, but for the one on assignments.
    fn mirror_prototypes(&mut self, parent: ObjectRef, lobby: ObjectRef) -> Vec<Value> {
        let mut made = Vec::with_capacity(MIRROR_PROTOTYPES.len());
        for name in MIRROR_PROTOTYPES {
            let slots = [SlotDesc::constant(parent, self.traits_object(lobby).value()).as_parent()];
            let map =
                self.heap.new_map(Kind::Mirror, Format::Indexed, 0, &slots, Value::ZERO, map_flag::PARENT);
            let prototype = self.heap.alloc_old_indexed(map, 0, mirror_element::COUNT, Value::ZERO);
            self.heap.set_item(prototype, mirror_element::REFLECTEE, lobby.value());
            if name == "assignmentMirror" {
                self.heap.set_item(prototype, mirror_element::REFLECTEE, self.nil());
                let sort = Value::from_i32(MirrorSort::Assignment as i32);
                self.heap.set_item(prototype, mirror_element::SORT, sort);
            }
            made.push(prototype.value());
        }
        let table = self.heap.new_old_indexed_from(self.heap.known.internal_map, &made);
        self.heap.set_root(root::MIRRORS, table.value());
        made
    }

    fn plain_object(&mut self, slots: &[SlotDesc]) -> ObjectRef {
        let flags = if slots.iter().any(|s| s.parent) { map_flag::PARENT } else { 0 };
        let map = self.heap.new_map(Kind::Slots, Format::Slots, 0, slots, Value::ZERO, flags);
        self.heap.alloc_old_slots(map, 0, Value::ZERO)
    }

    fn traits_object(&mut self, lobby: ObjectRef) -> ObjectRef {
        let parent = self.intern(b"parent");
        self.plain_object(&[SlotDesc::constant(parent, lobby.value()).as_parent()])
    }

    /// Gives a well-known kind its slots. The map object stays the same, because objects have it already: symbols.
    fn set_kind_map(&mut self, at: usize, kind: Kind, format: Format, slots: &[SlotDesc]) {
        let old = self.heap.root_map(at).filter(|map| map.value() != self.nil());
        let map = self.heap.new_map(kind, format, 0, slots, Value::ZERO, map_flag::PARENT);
        self.heap.set_root(at, map.value());
        if let Some(old) = old {
            self.replace_map(old, map);
        }
    }

    /// Gives every object of one map another that describes the same layout.
    fn replace_map(&mut self, old: MapRef, new: MapRef) {
        let mut objects = Vec::new();
        self.heap.each_object(&mut NoRoots, |heap, r| {
            if heap.map_of_ref(r) == old {
                objects.push(r);
            }
        });
        for object in objects {
            self.heap.change_map(object, new);
        }
    }

    /// Maps of cells, markers and the like: no program sees them.
    fn build_machine_maps(&mut self) {
        let field = |i| {
            move |heap: &mut Heap, name: &str| {
                let name = heap.intern(name.as_bytes());
                let nil = heap.known.nil;
                SlotDesc::field(name, i, nil)
            }
        };
        let value = field(0)(&mut self.heap, "value");
        let process = field(1)(&mut self.heap, "process");
        for (at, kind, slots) in [
            (root::CELL_MAP, Kind::Cell, vec![value]),
            (root::OPEN_CELL_MAP, Kind::Cell, vec![value, process]),
            (root::CLOSED_CELL_MAP, Kind::Cell, vec![value, process]),
            (root::HOME_MAP, Kind::Home, vec![]),
        ] {
            let map = self.heap.new_map(kind, Format::Slots, slots.len(), &slots, Value::ZERO, 0);
            self.heap.set_root(at, map.value());
        }
        let method_map = self.heap.new_map(Kind::Method, Format::Indexed, 0, &[], Value::ZERO, 0);
        self.heap.set_root(root::METHOD_MAP, method_map.value());
    }

    /// One map for each number of arguments that blocks may have: a hidden `value…` slot and the parent.
    fn build_block_maps(&mut self, parent: ObjectRef, traits: ObjectRef) {
        let nil = self.nil();
        let invoke = {
            let map = self.heap.known.method_map;
            let method = self.heap.alloc_old_indexed(map, 0, method_element::COUNT, nil);
            let code_map = self.heap.known.code_map;
            let empty = self.heap.new_old_bytes(code_map, &[]).value();
            let no_blocks = self.heap.new_old_bytes(code_map, &[0; 4]).value();
            let literals = self.heap.alloc_old_indexed(self.heap.known.internal_map, 0, 0, nil).value();
            let selector = self.intern(b"value").value();
            let number = self.heap.root(root::NEXT_CODE);
            let next = number.as_int().unwrap_or(0) + 1;
            self.heap.set_root(root::NEXT_CODE, Value::from_i64(next).unwrap_or(Value::ZERO));
            for (element, value) in [
                (method_element::NUMBER, Value::from_i64(next - 1).unwrap_or(Value::ZERO)),
                (method_element::BYTECODE, empty),
                (method_element::LITERALS, literals),
                (method_element::SITES, empty),
                (method_element::BLOCKS, no_blocks),
                (method_element::SHAPE, pack_shape(CodeKind::BlockValue, 0, 1, None)),
                (method_element::DEBUG, empty),
                (method_element::LINE, Value::ZERO),
                (method_element::SELECTOR, selector),
                (method_element::ANNOTATION, Value::ZERO),
            ] {
                self.heap.set_item(method, element, value);
            }
            method
        };
        self.heap.set_root(root::BLOCK_VALUE, invoke.value());
        let maps: Vec<Value> = (0..BLOCK_ARITIES)
            .map(|argc| {
                let name = self.intern(&block_selector(argc));
                let slots = [
                    SlotDesc::constant(parent, traits.value()).as_parent(),
                    SlotDesc::constant(name, invoke.value()),
                ];
                self.heap
                    .new_map(Kind::Block, Format::Indexed, 0, &slots, Value::ZERO, map_flag::PARENT)
                    .value()
            })
            .collect();
        let table = self.heap.new_old_indexed_from(self.heap.known.internal_map, &maps);
        self.heap.set_root(root::BLOCK_MAPS, table.value());
    }

    /// The map of blocks with this number of arguments.
    pub(crate) fn block_map(&mut self, argc: usize) -> MapRef {
        let table = self.heap.root(root::BLOCK_MAPS).ref_unchecked();
        if argc < self.heap.length(table) {
            return MapRef::assume(self.heap.item(table, argc).ref_unchecked());
        }
        // Rare: extend the table up to that many.
        let count = self.heap.length(table);
        let mut maps: Vec<Value> = (0..count).map(|i| self.heap.item(table, i)).collect();
        let last = MapRef::assume(self.heap.item(table, count - 1).ref_unchecked());
        let parent = self.heap.slot(last, 0);
        let invoke = self.heap.root(root::BLOCK_VALUE);
        for n in count..=argc {
            let name = self.intern(&block_selector(n));
            let slots = [parent, SlotDesc::constant(name, invoke)];
            let map =
                self.heap.new_map(Kind::Block, Format::Indexed, 0, &slots, Value::ZERO, map_flag::PARENT);
            maps.push(map.value());
        }
        let table = self.heap.new_old_indexed_from(self.heap.known.internal_map, &maps);
        self.heap.set_root(root::BLOCK_MAPS, table.value());
        MapRef::assume(self.heap.item(table, argc).ref_unchecked())
    }
}

/// `value`, `value:`, `value:With:` …
pub fn block_selector(argc: usize) -> Vec<u8> {
    match argc {
        0 => b"value".to_vec(),
        n => {
            let mut name = b"value:".to_vec();
            for _ in 1..n {
                name.extend_from_slice(b"With:");
            }
            name
        }
    }
}
