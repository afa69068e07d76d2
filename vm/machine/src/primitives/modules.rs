//! Files that are run again: what a world needs to know to keep its objects while their source changes.
//!
//! A script whose expression adds slots asks the world's `modules` to do it, once the world is complete: what is kept and what is
//! replaced is the world's affair. Here is only what it can't find out itself: which objects a script's expression has just made,
//! whether a value is as it was when it was last looked at, and which objects are copies of a prototype that has changed.

use std::collections::HashMap;

use batos_image::layout::{Kind, SlotKind, map_flag, map_word, root};
use batos_image::value::{MapRef, ObjectRef, Value};
use sha2::{Digest, Sha256};

use super::{BAD_TYPE, Call, Entry, Failure, Outcome, Reply};
use crate::block::block_element;
use crate::code::CodeKind;
use crate::lookup;
use crate::vm::{Step, Vm, machine_roots};

/// Most objects that a digest looks at.
const DIGESTED: usize = 200_000;

/// The name of what comes from no file.
const NO_FILE: &str = "standard input";

pub(super) const LIST: &[Entry] = &[
    ("_IsLiteralOfScript", 0, |vm, c| {
        let v = vm.receiver(c);
        let literal = vm.is_literal_of_script(v);
        vm.reply_bool(literal)
    }),
    ("_ContentDigest", 0, |vm, c| {
        let v = vm.receiver(c);
        let digest = digest(vm, v)?;
        vm.reply_bytes(&digest)
    }),
    ("_CopiesOfEach", 0, copies_of_each),
    ("_GiveFormTo:", 1, |vm, c| {
        let (model, copies) = (vm.receiver(c), vm.argument(c, 0));
        give_form(vm, model, copies)?;
        Ok(Reply::Value(vm.receiver(c)))
    }),
    // The file that the running process reads, if the receiver is a literal of the expression that is evaluated; else it fails.
    ("_ScriptOfLiteral", 0, |vm, c| {
        let v = vm.receiver(c);
        let path = match vm.is_literal_of_script(v) {
            true => vm.script_expression(false).and_then(|(state, _)| vm.script_path(state.as_ref()?)),
            false => None,
        };
        let path = path.filter(|path| path != NO_FILE).ok_or(Failure::word("primitiveFailedError"))?;
        Ok(Reply::Value(vm.intern(path.as_bytes()).value()))
    }),
    // Where a file is, whoever names it from where; fails if there is none.
    ("_FilePlace", 0, |vm, c| {
        let v = vm.receiver(c);
        let path = vm.text(v)?;
        if !vm.host.outside {
            return Err(super::FORBIDDEN);
        }
        let place = std::fs::canonicalize(path).map_err(|e| super::io_failure(&e))?;
        Ok(Reply::Value(vm.intern(place.to_string_lossy().as_bytes()).value()))
    }),
    ("_MarkModule:", 1, |vm, c| {
        let (v, name) = (vm.receiver(c), vm.argument(c, 0));
        let name = vm.text(name)?;
        mark(vm, v, &name)?;
        Ok(Reply::Value(v))
    }),
];

impl Vm {
    /// The state of the script that the running process reads, and the literals of the expression that is evaluated; only if
    /// nothing lies between (where `direct`).
    fn script_expression(&mut self, direct: bool) -> Option<(Value, ObjectRef)> {
        let driver = self.heap.root(root::SCRIPT_DRIVER).as_ref()?;
        if self.current.is_null() {
            return None;
        }
        let frames = &self.process().frames;
        let at = frames.iter().rposition(|f| f.code().method == driver)?;
        let load = frames.get(at + 1)?;
        if load.code().kind != CodeKind::Load || direct && frames.len() != at + 3 {
            return None;
        }
        let (base, literals) = (frames[at].base as usize, load.code().literals);
        Some((self.stack_at(base + 1), literals))
    }

    /// Whether the expression that a script evaluates has this object as a literal.
    fn is_literal_of_script(&mut self, v: Value) -> bool {
        let Some(r) = v.as_ref() else { return false };
        if self.heap.kind_of_ref(r) != Kind::Slots {
            return false;
        }
        let map = self.heap.map_of_ref(r).value();
        let Some((_, literals)) = self.script_expression(false) else { return false };
        (0..self.heap.length(literals)).any(|i| self.heap.item(literals, i) == map)
    }

    /// `_AddSlots:` as an expression of a script: the world's `modules` does it. `None`: nobody there wants to.
    pub(super) fn add_by_script(&mut self, call: &Call) -> Option<Step> {
        if call.has_fail || self.heap.root(root::NATIVES) == self.nil() {
            return None;
        }
        let (state, _) = self.script_expression(true)?;
        let (target, slots) = (self.receiver(call), self.argument(call, 0));
        self.changeable(target)?;
        if self.heap.kind_of(slots) != Kind::Slots {
            return None;
        }
        let path = self.script_path(state.as_ref()?).filter(|path| path != NO_FILE)?;
        let modules = self.modules_with(self.symbols.add_by_script)?;
        let path = self.intern(path.as_bytes()).value();
        let number = self.heap.identity_hash(state);
        if !self.process().reserve(call.window, 5) {
            return None;
        }
        self.set_stack(call.window, modules);
        self.set_stack(call.window + 1, slots);
        self.set_stack(call.window + 2, target);
        self.set_stack(call.window + 3, path);
        self.set_stack(call.window + 4, Value::from_i64(i64::from(number)).unwrap_or_default());
        Some(self.send_at(self.symbols.add_by_script, call.window, 4, call.dst))
    }

    /// A script has been read to its end: the world is told, if it has heard of it. The answer of that message is the primitive's.
    pub(crate) fn tell_script_ended(&mut self, call: &Call, state: ObjectRef) -> Option<Step> {
        if self.heap.root(root::NATIVES) == self.nil() {
            return None;
        }
        let path = self.script_path(state)?;
        let modules = self.modules_with(self.symbols.script_ended)?;
        let path = self.intern(path.as_bytes()).value();
        let number = self.heap.identity_hash(state.value());
        if !self.process().reserve(call.window, 3) {
            return None;
        }
        self.set_stack(call.window, modules);
        self.set_stack(call.window + 1, path);
        self.set_stack(call.window + 2, Value::from_i64(i64::from(number)).unwrap_or_default());
        Some(self.send_at(self.symbols.script_ended, call.window, 2, call.dst))
    }

    /// The world's `modules`, if it understands a message.
    fn modules_with(&mut self, selector: ObjectRef) -> Option<Value> {
        let modules = self.global("modules")?;
        let hit = self.resolve(modules, selector).ok()?;
        hit.kind.is_method().then_some(modules)
    }
}

/// A text that tells a value from others: the same for the same plain contents, whichever objects hold them. What is reached by
/// constant slots counts as itself, what by data slots and elements for its contents.
fn digest(vm: &mut Vm, root: Value) -> Result<[u8; 32], Failure> {
    let mut sha = Sha256::new();
    let mut numbers: HashMap<ObjectRef, usize> = HashMap::new();
    let mut waiting = vec![root];
    while let Some(v) = waiting.pop() {
        let Some(r) = v.as_ref() else {
            sha.update([b'#']);
            sha.update(v.bits().to_le_bytes());
            continue;
        };
        let next = numbers.len();
        if let Some(known) = numbers.get(&r) {
            sha.update([b'@']);
            sha.update(known.to_le_bytes());
            continue;
        }
        if next >= DIGESTED {
            return Err(Failure::word("overflowError"));
        }
        numbers.insert(r, next);
        let kind = vm.heap.kind_of_ref(r);
        sha.update([b'o', kind as u8]);
        match kind {
            Kind::Symbol | Kind::ByteVector | Kind::BigInt | Kind::Float => {
                let bytes = match kind {
                    Kind::Float => vm.heap.float_value(v).unwrap_or_default().to_le_bytes().to_vec(),
                    _ => vm.heap.bytes(r).to_vec(),
                };
                sha.update(bytes.len().to_le_bytes());
                sha.update(bytes);
            }
            Kind::Block | Kind::Method => sha.update(source_of_code(vm, r)),
            Kind::Slots => {
                for spec in vm.slot_specs(v) {
                    sha.update(vm.heap.bytes(spec.name));
                    sha.update([0, u8::from(spec.assignable), u8::from(spec.parent)]);
                    if spec.assignable {
                        waiting.push(spec.content);
                    } else {
                        same(vm, spec.content, &mut sha);
                    }
                }
            }
            Kind::Vector => {
                let count = vm.heap.length(r);
                sha.update(count.to_le_bytes());
                waiting.extend((0..count).map(|i| vm.heap.element(r, i)));
            }
            _ => same(vm, v, &mut sha),
        }
    }
    Ok(sha.finalize().into())
}

/// Adds what tells a value from others without looking into it.
fn same(vm: &mut Vm, v: Value, sha: &mut Sha256) {
    match vm.heap.kind_of(v) {
        Kind::Symbol | Kind::BigInt => {
            let bytes = v.as_ref().map(|r| vm.heap.bytes(r).to_vec()).unwrap_or_default();
            sha.update(bytes.len().to_le_bytes());
            sha.update(bytes);
        }
        Kind::Method => {
            let source = v.as_ref().map(|r| source_of_code(vm, r)).unwrap_or_default();
            sha.update(source);
        }
        _ => match v.as_ref() {
            Some(_) => sha.update(vm.heap.identity_hash(v).to_le_bytes()),
            None => sha.update(v.bits().to_le_bytes()),
        },
    }
}

fn source_of_code(vm: &mut Vm, r: ObjectRef) -> Vec<u8> {
    let method = match vm.heap.kind_of_ref(r) {
        Kind::Block => vm.heap.item(r, block_element::CODE).as_ref(),
        _ => Some(r),
    };
    method.and_then(|m| vm.source_of(m)).unwrap_or_default()
}

/// For each element of a vector, an object with slots: a vector of its copies, as they are now.
fn copies_of_each(vm: &mut Vm, call: &Call) -> Outcome {
    let prototypes = vm.receiver(call);
    let prototypes = vm.of_kind(prototypes, Kind::Vector)?;
    let prototypes: Vec<Value> =
        (0..vm.heap.length(prototypes)).map(|i| vm.heap.element(prototypes, i)).collect();
    let mut found: HashMap<MapRef, Vec<Value>> = HashMap::new();
    for p in &prototypes {
        if vm.heap.kind_of(*p) == Kind::Slots {
            for map in maps_of_copies(vm, *p) {
                found.insert(map, Vec::new());
            }
        }
    }
    {
        let mut roots = machine_roots!(vm);
        vm.heap.each_object(&mut roots, |heap, r| {
            if let Some(copies) = found.get_mut(&heap.map_of_ref(r)) {
                copies.push(r.value());
            }
        });
    }
    let answers: Vec<Value> = prototypes
        .iter()
        .map(|p| {
            let alike = maps_of_copies(vm, *p).into_iter().filter_map(|map| found.get(&map)).flatten();
            let copies: Vec<Value> = alike.copied().filter(|c| c != p).collect();
            vm.new_vector(&copies).value()
        })
        .collect();
    Ok(Reply::Value(vm.new_vector(&answers).value()))
}

/// The maps that copies of an object have: its own, and the one without cells.
fn maps_of_copies(vm: &Vm, v: Value) -> Vec<MapRef> {
    let map = vm.heap.map_of(v);
    let plain = vm.heap.map_word(map, map_word::CLONE_MAP).as_ref().map(MapRef::assume);
    std::iter::once(map).chain(plain).collect()
}

/// Copies of a prototype get its slots as they are now; what their data slots hold they keep, as far as there are such still.
fn give_form(vm: &mut Vm, model: Value, copies: Value) -> Result<(), Failure> {
    let model = vm.of_kind(model, Kind::Slots)?;
    let copies = vm.of_kind(copies, Kind::Vector)?;
    let copies: Vec<ObjectRef> = (0..vm.heap.length(copies))
        .filter_map(|i| vm.heap.element(copies, i).as_ref())
        .filter(|r| *r != model && vm.heap.kind_of_ref(*r) == Kind::Slots)
        .collect();
    let sample = vm.copy_object(model);
    let map = vm.heap.map_of_ref(sample);
    let mut pairs = Vec::new();
    for copy in copies {
        let old = vm.heap.map_of_ref(copy);
        if fits(vm, old, map) {
            vm.heap.change_map(copy, map);
            vm.object_changed(copy);
            continue;
        }
        let kept = vm.slot_specs(copy.value());
        let made = vm.copy_object(model);
        for spec in kept.iter().filter(|s| s.assignable) {
            let slot = vm.heap.find_slot(vm.heap.map_of_ref(made), spec.name);
            if let Some(slot) = slot.filter(|slot| slot.kind == SlotKind::Field) {
                let word = lookup::field_word(&vm.heap, made, slot.index);
                vm.heap.store(made, word, spec.content);
            }
        }
        let hash = vm.heap.header(copy).hash();
        if hash != 0 {
            vm.heap.set_identity_hash(made, hash);
        }
        vm.forget_through(copy);
        pairs.push((copy, made));
    }
    if !pairs.is_empty() {
        vm.become_all(&pairs);
    }
    Ok(())
}

/// May an object of one map simply take the other: all data where it was, and room for no more?
fn fits(vm: &Vm, old: MapRef, new: MapRef) -> bool {
    let cells = |map| vm.heap.map_info(map).flags() & map_flag::CELLS != 0;
    if cells(old) || cells(new) || vm.heap.field_count(old) != vm.heap.field_count(new) {
        return false;
    }
    vm.heap.map_slots(new).filter(|slot| slot.kind == SlotKind::Field).all(|slot| {
        let before = vm.heap.find_slot(old, slot.name);
        before.is_some_and(|b| b.kind == SlotKind::Field && b.index == slot.index)
    })
}

/// Slots that no annotation puts into a module belong to this one.
fn mark(vm: &mut Vm, v: Value, module: &str) -> Result<(), Failure> {
    let object = vm.changeable(v).ok_or(BAD_TYPE)?;
    let mut specs = vm.slot_specs(v);
    let mut marked: HashMap<Value, Value> = HashMap::new();
    for spec in &mut specs {
        let before = spec.annotation;
        if let Some(known) = marked.get(&before) {
            spec.annotation = *known;
            continue;
        }
        let text = match before.as_ref() {
            Some(r) => String::from_utf8_lossy(vm.heap.bytes(r)).into_owned(),
            None => String::new(),
        };
        if !text.contains("ModuleInfo:") {
            let between = if text.is_empty() { "" } else { "\x7f" };
            spec.annotation =
                vm.annotation(format!("{text}{between}ModuleInfo: Module: {module}").as_bytes());
        }
        marked.insert(before, spec.annotation);
    }
    let annotation = vm.object_annotation(v);
    vm.shape(object, &specs, annotation);
    Ok(())
}
