//! Changing objects: adding and removing slots, becoming like another object, copying (language §10).
//!
//! A changed object gets a map of its own and keeps its place, so every reference sees the change. Assignable slots that the
//! object has no room for are held in cells named by that map; copies get an ordinary layout again.

use batos_image::heap::SlotDesc;
use batos_image::layout::{Format, Kind, SlotKind, map_flag, map_word, root};
use batos_image::value::{MapRef, ObjectRef, Value};

use crate::code::CodeKind;
use crate::lookup::{field_word, slot_content};
use crate::primitives::proxy_element;
use crate::process::{ProcessState, process_element};
use crate::vm::Vm;

/// A slot as a program sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlotSpec {
    /// Its name (without colon).
    pub name: ObjectRef,
    /// `x:` assigns it.
    pub assignable: bool,
    /// Marked as a parent.
    pub parent: bool,
    /// A canonical string, or 0.
    pub annotation: Value,
    /// What it holds.
    pub content: Value,
}

impl Vm {
    /// May programs change the slots of this value?
    pub(crate) fn changeable(&self, value: Value) -> Option<ObjectRef> {
        let r = value.as_ref()?;
        match self.heap.kind_of_ref(r) {
            Kind::Slots
            | Kind::Vector
            | Kind::WeakVector
            | Kind::ByteVector
            | Kind::Oddball
            | Kind::Process
            | Kind::Mirror
            | Kind::Proxy => Some(r),
            _ => None,
        }
    }

    /// The slots of a value, in the order of its map. Arguments are left out.
    pub(crate) fn slot_specs(&self, value: Value) -> Vec<SlotSpec> {
        let map = self.heap.map_of(value);
        self.heap
            .map_slots(map)
            .filter(|slot| slot.kind != SlotKind::Argument)
            .map(|slot| SlotSpec {
                name: slot.name,
                assignable: slot.kind != SlotKind::Constant,
                parent: slot.parent,
                annotation: slot.annotation,
                content: slot_content(&self.heap, value, &slot),
            })
            .collect()
    }

    /// The object annotation, 0 for none.
    pub(crate) fn object_annotation(&self, value: Value) -> Value {
        self.heap.map_word(self.heap.map_of(value), map_word::ANNOTATION)
    }

    /// Gives an object exactly these slots and this annotation, in place.
    pub(crate) fn set_slots(&mut self, object: ObjectRef, specs: &[SlotSpec], annotation: Value) {
        self.shape(object, specs, annotation);
        self.object_changed(object);
    }

    /// The same for an object that has just been made: nobody has seen it yet, and it is no change of the world.
    pub(crate) fn shape(&mut self, object: ObjectRef, specs: &[SlotSpec], annotation: Value) {
        let old_map = self.heap.map_of_ref(object);
        let (kind, format) = (self.heap.map_info(old_map).kind(), self.heap.format(old_map));
        let fields = self.heap.field_count(old_map);
        let mut taken = vec![false; fields];
        let mut places: Vec<Option<u32>> = Vec::with_capacity(specs.len());
        for spec in specs {
            let place = self
                .heap
                .find_slot(old_map, spec.name)
                .filter(|slot| spec.assignable && slot.kind == SlotKind::Field)
                .map(|slot| slot.index);
            if let Some(index) = place {
                taken[index as usize] = true;
            }
            places.push(place);
        }
        let mut flags = 0;
        let mut slots = Vec::with_capacity(specs.len());
        for (spec, place) in specs.iter().zip(places) {
            if spec.parent {
                flags |= map_flag::PARENT | if spec.assignable { map_flag::ASSIGNABLE_PARENT } else { 0 };
            }
            let (slot_kind, index, content) = if !spec.assignable {
                (SlotKind::Constant, 0, spec.content)
            } else if let Some(index) = place.or_else(|| free_place(&mut taken)) {
                (SlotKind::Field, index, self.nil())
            } else {
                flags |= map_flag::CELLS;
                (SlotKind::CellField, 0, self.new_cell(spec.content))
            };
            slots.push(SlotDesc {
                name: spec.name,
                kind: slot_kind,
                parent: spec.parent,
                index,
                content,
                annotation: spec.annotation,
            });
        }
        let map = self.heap.new_map(kind, format, fields, &slots, annotation, flags);
        self.heap.change_map(object, map);
        for (spec, slot) in specs.iter().zip(&slots) {
            if slot.kind == SlotKind::Field {
                let word = field_word(&self.heap, object, slot.index);
                self.heap.store(object, word, spec.content);
            }
        }
    }

    fn new_cell(&mut self, content: Value) -> Value {
        let map = self.heap.known.cell_map;
        self.heap.alloc_old_slots(map, 1, content).value()
    }

    /// An object's slots changed: caches that went through it are dropped, native control messages checked.
    pub(crate) fn object_changed(&mut self, object: ObjectRef) {
        self.note_change();
        self.forget_through(object);
        if self.native_holders.contains(&object) {
            self.check_natives();
        }
    }

    fn note_change(&mut self) {
        self.counters.changes += 1;
        self.changed = true;
        let stamp = self.heap.root(root::TIMESTAMP).as_int().unwrap_or(0);
        self.heap.set_root(root::TIMESTAMP, Value::from_i64(stamp + 1).unwrap_or(Value::ZERO));
    }

    /// Drops every cached lookup that went through an object.
    pub(crate) fn forget_through(&mut self, object: ObjectRef) {
        self.drop_compiled_through(object);
        for (map, code, site) in self.lookups.forget_through(object) {
            // SAFETY: noted sites belong to code in the table; when code is dropped, the notes are cleared with it.
            let caches = unsafe { &mut (*code.cast_mut()).caches };
            if let Some(cache) = caches.get_mut(site as usize) {
                cache.forget(map);
            }
        }
    }

    /// A field was assigned through the slow path: if it may be a parent, lookups through the object are dropped.
    pub(crate) fn parent_assigned(&mut self, object: ObjectRef) {
        if self.heap.kind_of_ref(object) == Kind::Cell {
            // The cell of a parent slot: the object that owns it is not known from here.
            self.drop_compiled();
            self.lookups.clear();
            self.codes.iter_mut().for_each(|code| code.caches.iter_mut().for_each(|c| c.clear()));
            return;
        }
        let map = self.heap.map_of_ref(object);
        if self.heap.map_info(map).flags() & map_flag::ASSIGNABLE_PARENT != 0 {
            self.forget_through(object);
        }
    }

    /// `_AddSlots:` and `_AddSlotsIfAbsent:`. The object annotation of what is added, if it has one, replaces the old one. False: the receiver has no changeable slots.
    pub(crate) fn add_slots(&mut self, receiver: Value, from: Value, if_absent: bool) -> bool {
        let Some(object) = self.changeable(receiver) else { return false };
        // Numbers and strings have slots to give, blocks and methods none: theirs are code that runs nowhere else.
        if matches!(self.heap.kind_of(from), Kind::Block | Kind::Method) {
            // It was programming all the same.
            self.note_change();
            return true;
        }
        let added = self.slot_specs(from);
        let annotation = self.object_annotation(from);
        let mut specs = self.slot_specs(receiver);
        for spec in added {
            if if_absent {
                self.add_spec_if_absent(&mut specs, spec);
            } else {
                self.put_spec(&mut specs, spec);
            }
        }
        let annotation = match annotation == Value::ZERO {
            true => self.object_annotation(receiver),
            false => annotation,
        };
        self.set_slots(object, &specs, annotation);
        true
    }

    /// Puts a slot in the place of what bears its names: an assignable slot is called `x` and `x:`.
    pub(crate) fn put_spec(&self, specs: &mut Vec<SlotSpec>, spec: SlotSpec) {
        let (data, assignment) = self.companions(spec.name);
        if let Some(data) = specs.iter_mut().find(|s| Some(s.name) == data) {
            data.assignable = false;
        }
        if spec.assignable {
            specs.retain(|s| Some(s.name) != assignment);
        }
        match specs.iter_mut().find(|s| s.name == spec.name) {
            Some(existing) => *existing = spec,
            None => specs.push(spec),
        }
    }

    /// For `x:` the name `x`, and for `x` the name `x:`, as far as they are names at all.
    fn companions(&self, name: ObjectRef) -> (Option<ObjectRef>, Option<ObjectRef>) {
        let assignment = [self.heap.bytes(name), b":"].concat();
        (crate::lookup::selector(&self.heap, name).assigned, self.heap.symbol_lookup(&assignment))
    }

    /// Adds as much of a slot as bears no name that is there already.
    fn add_spec_if_absent(&self, specs: &mut Vec<SlotSpec>, mut spec: SlotSpec) {
        let (data, assignment) = self.companions(spec.name);
        if specs.iter().any(|s| s.name == spec.name || s.assignable && Some(s.name) == data) {
            return;
        }
        spec.assignable &= !specs.iter().any(|s| Some(s.name) == assignment);
        specs.push(spec);
    }

    /// `_Define:`: the receiver becomes like `model`, and keeps its identity. False: one of them cannot be changed.
    pub(crate) fn define(&mut self, receiver: Value, model: Value) -> bool {
        let (Some(object), Some(from)) = (self.changeable(receiver), self.changeable(model)) else {
            return false;
        };
        if object == from {
            self.note_change();
            return true;
        }
        let (kind, model_kind) = (self.heap.kind_of_ref(object), self.heap.kind_of_ref(from));
        if kind != model_kind && !self.both_plain(object, from) && self.keeps_kind(object) {
            return false;
        }
        let same_layout = kind == model_kind
            && match self.heap.format_of_ref(object) {
                Format::Slots => true,
                _ => kind == Kind::Process || self.heap.length(object) == self.heap.length(from),
            };
        if same_layout || self.both_plain(object, from) {
            let specs = self.slot_specs(model);
            let annotation = self.object_annotation(model);
            // What a process does remains its own affair, and what a proxy stands for.
            if !matches!(kind, Kind::Process | Kind::Proxy) {
                self.copy_indexed(object, from);
            }
            self.set_slots(object, &specs, annotation);
            return true;
        }
        let copy = self.copy_object(from);
        let hash = self.heap.header(object).hash();
        if hash != 0 {
            self.heap.set_identity_hash(copy, hash);
        }
        self.forget_through(object);
        self.become_all(&[(object, copy)]);
        self.note_change();
        self.check_natives();
        true
    }

    /// The same for methods, wherever they are held: what runs already goes on as it was. False: they are no two methods that take the
    /// same number of arguments.
    pub(crate) fn define_method(&mut self, method: ObjectRef, model: ObjectRef) -> bool {
        let argc = |vm: &Vm, method| match vm.shape_of(method) {
            Some((CodeKind::Method, argc, ..)) => Some(argc),
            _ => None,
        };
        let wanted = argc(self, method);
        if wanted.is_none() || wanted != argc(self, model) {
            return false;
        }
        if method != model {
            let hash = self.heap.header(method).hash();
            if hash != 0 {
                self.heap.set_identity_hash(model, hash);
            }
            self.become_all(&[(method, model)]);
            self.check_natives();
        }
        self.note_change();
        true
    }

    /// Does the machine rely on the kind of this object?
    fn keeps_kind(&self, object: ObjectRef) -> bool {
        let held = [root::LOBBY, root::SHELL, root::VECTOR, root::WEAK_VECTOR, root::BYTE_VECTOR];
        matches!(self.heap.kind_of_ref(object), Kind::Oddball | Kind::Process | Kind::Mirror)
            || held.into_iter().any(|at| self.heap.root(at) == object.value())
    }

    /// Oddballs and slots objects differ in nothing but what the machine knows of them.
    fn both_plain(&self, a: ObjectRef, b: ObjectRef) -> bool {
        let plain = |r| matches!(self.heap.kind_of_ref(r), Kind::Slots | Kind::Oddball);
        plain(a) && plain(b)
    }

    /// Copies elements or bytes between objects of the same kind and length.
    fn copy_indexed(&mut self, to: ObjectRef, from: ObjectRef) {
        match self.heap.format_of_ref(from) {
            Format::Indexed => {
                for i in 0..self.heap.length(from) {
                    let value = self.heap.element(from, i);
                    self.heap.set_element(to, i, value);
                }
            }
            Format::Bytes => {
                let bytes = self.heap.bytes(from).to_vec();
                self.heap.with_bytes_mut(to, |target| target.copy_from_slice(&bytes));
            }
            Format::Slots | Format::Raw => {}
        }
    }

    /// `_RemoveSlot:`. `Err` holds the failure's word.
    pub(crate) fn remove_slot(&mut self, receiver: Value, name: ObjectRef) -> Result<(), &'static str> {
        let object = self.changeable(receiver).ok_or("badTypeError")?;
        let specs = self.specs_without(receiver, name)?;
        let annotation = self.object_annotation(receiver);
        self.set_slots(object, &specs, annotation);
        Ok(())
    }

    /// The slots of a value without one of them; without the right to be assigned, if the name is that of an assignment.
    pub(crate) fn specs_without(
        &self,
        receiver: Value,
        name: ObjectRef,
    ) -> Result<Vec<SlotSpec>, &'static str> {
        let mut specs = self.slot_specs(receiver);
        if let Some(at) = specs.iter().position(|s| s.name == name) {
            specs.remove(at);
        } else {
            let selector = crate::lookup::selector(&self.heap, name);
            let spec = specs
                .iter_mut()
                .find(|s| s.assignable && Some(s.name) == selector.assigned)
                .ok_or("slotNameError")?;
            spec.assignable = false;
        }
        Ok(specs)
    }

    /// `_RemoveAllSlots`.
    pub(crate) fn remove_all_slots(&mut self, receiver: Value) -> bool {
        let Some(object) = self.changeable(receiver) else { return false };
        self.set_slots(object, &[], Value::ZERO);
        true
    }

    /// `_Clone`: a shallow copy; numbers, canonical strings and the like give themselves.
    #[inline]
    pub(crate) fn clone_value(&mut self, value: Value) -> Value {
        let Some(r) = value.as_ref() else { return value };
        match self.heap.kind_of_ref(r) {
            Kind::Slots
            | Kind::Vector
            | Kind::ByteVector
            | Kind::WeakVector
            | Kind::Oddball
            | Kind::Process
            | Kind::Proxy => self.copy_object(r).value(),
            Kind::Block => self.heap.clone_object(r).value(),
            _ => value,
        }
    }

    /// A shallow copy; objects with slots in cells get the ordinary layout.
    pub(crate) fn copy_object(&mut self, r: ObjectRef) -> ObjectRef {
        let map = self.heap.map_of_ref(r);
        let kind = self.heap.map_info(map).kind();
        if kind == Kind::Process {
            // The copy never ran.
            let copy = self.new_process_object();
            self.heap.set_item(copy, process_element::STATE, Value::from_i32(ProcessState::Aborted as i32));
            self.give_slots_of(copy, r);
            return copy;
        }
        let cells = self.heap.map_info(map).flags() & map_flag::CELLS != 0;
        // The machine looks for elements of these where no fields come first.
        if !cells || self.heap.format(map) == Format::Bytes || matches!(kind, Kind::Proxy | Kind::Mirror) {
            let copy = self.heap.clone_object(r);
            if kind == Kind::Proxy {
                // A file is closed through one proxy only.
                self.heap.set_item(copy, proxy_element::RUN, Value::ZERO);
            }
            if cells {
                self.give_own_cells(copy, r, map);
            }
            return copy;
        }
        self.copy_uncelled(r, map)
    }

    /// An object gets the slots of another one of its kind, which has no fields.
    pub(crate) fn give_slots_of(&mut self, object: ObjectRef, model: ObjectRef) {
        let map = self.heap.map_of_ref(model);
        if self.heap.map_info(map).flags() & map_flag::CELLS != 0 {
            self.give_own_cells(object, model, map);
        } else if self.heap.map_of_ref(object) != map {
            self.heap.change_map(object, map);
        }
    }

    /// A copy that can have no fields of its own has cells of its own.
    fn give_own_cells(&mut self, copy: ObjectRef, original: ObjectRef, map: MapRef) {
        let specs = self.slot_specs(original.value());
        let annotation = self.heap.map_word(map, map_word::ANNOTATION);
        let info = self.heap.map_info(map);
        let slots: Vec<SlotDesc> = specs
            .iter()
            .map(|spec| SlotDesc {
                name: spec.name,
                kind: if spec.assignable { SlotKind::CellField } else { SlotKind::Constant },
                parent: spec.parent,
                index: 0,
                content: if spec.assignable { self.new_cell(spec.content) } else { spec.content },
                annotation: spec.annotation,
            })
            .collect();
        let map = self.heap.new_map(info.kind(), info.format(), 0, &slots, annotation, info.flags());
        self.heap.change_map(copy, map);
    }

    /// A copy whose cells have become fields.
    fn copy_uncelled(&mut self, r: ObjectRef, map: MapRef) -> ObjectRef {
        let specs = self.slot_specs(r.value());
        let fields = specs.iter().filter(|s| s.assignable).count();
        let clone_map = match self.heap.map_word(map, map_word::CLONE_MAP).as_ref() {
            Some(known) => MapRef::assume(known),
            None => {
                let info = self.heap.map_info(map);
                let mut next = 0;
                let nil = self.nil();
                let slots: Vec<SlotDesc> = specs
                    .iter()
                    .map(|spec| {
                        let index = next;
                        next += u32::from(spec.assignable);
                        SlotDesc {
                            name: spec.name,
                            kind: if spec.assignable { SlotKind::Field } else { SlotKind::Constant },
                            parent: spec.parent,
                            index: if spec.assignable { index } else { 0 },
                            content: if spec.assignable { nil } else { spec.content },
                            annotation: spec.annotation,
                        }
                    })
                    .collect();
                let annotation = self.heap.map_word(map, map_word::ANNOTATION);
                let flags = info.flags() & !map_flag::CELLS;
                let made = self.heap.new_map(info.kind(), info.format(), fields, &slots, annotation, flags);
                self.heap.set_map_word(map, map_word::CLONE_MAP, made.value());
                made
            }
        };
        let nil = self.nil();
        let copy = match self.heap.format(map) {
            Format::Indexed => {
                let length = self.heap.length(r);
                let copy = self.heap.alloc_indexed(clone_map, fields, length, nil);
                for i in 0..length {
                    let value = self.heap.element(r, i);
                    self.heap.set_element(copy, i, value);
                }
                copy
            }
            _ => self.heap.alloc_slots(clone_map, fields, nil),
        };
        for (index, spec) in specs.iter().filter(|s| s.assignable).enumerate() {
            let word = field_word(&self.heap, copy, index as u32);
            self.heap.store(copy, word, spec.content);
        }
        copy
    }
}

fn free_place(taken: &mut [bool]) -> Option<u32> {
    let at = taken.iter().position(|t| !t)?;
    taken[at] = true;
    Some(at as u32)
}
