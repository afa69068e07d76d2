//! Mirrors as objects: what they reflect and how they are made. The primitives on them are in `primitives/mirror.rs`.
//!
//! A mirror is an indexed object of three elements: the reflectee, a small integer that tells its sort, and what the sort needs.
//! What it inherits depends on what it reflects: it is made like one of the prototypes in the root table, of which there is one for each
//! family of reflectees.

use batos_image::layout::{Kind, root};
use batos_image::value::{ObjectRef, Value};
use batos_lang::code::unit::LocalContent;

use crate::block::block_element;
use crate::code::{CodeKind, method_element};
use crate::debug::{self, DebugInfo, LocalInfo};
use crate::process::Frame;
use crate::vm::Vm;

/// Elements of a mirror. Part of the image format.
pub mod mirror_element {
    /// What it reflects (an activation mirror: the process).
    pub const REFLECTEE: usize = 0;
    /// A `MirrorSort` number.
    pub const SORT: usize = 1;
    /// Activation mirrors: small integer, the frame's position from the bottom.
    pub const FRAME: usize = 2;
    /// Number of elements.
    pub const COUNT: usize = 3;
}

/// What a mirror reflects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MirrorSort {
    /// An object (methods included).
    Object,
    /// The assignment behind a slot `x:`.
    Assignment,
    /// A running or suspended activation.
    Activation,
}

/// The prototypes of mirrors, as the bare world names them, in the order of `MirrorFamily`.
pub(crate) const MIRROR_PROTOTYPES: [&str; 17] = [
    "slotsMirror",
    "smiMirror",
    "floatMirror",
    "stringMirror",
    "vectorMirror",
    "byteVectorMirror",
    "blockMirror",
    "methodMirror",
    "blockMethodMirror",
    "methodActivationMirror",
    "blockMethodActivationMirror",
    "assignmentMirror",
    "mirrorMirror",
    "processMirror",
    "proxyMirror",
    "fctProxyMirror",
    "profilerMirror",
];

/// Families of reflectees: positions in the vector of mirror prototypes. Part of the image format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum MirrorFamily {
    Slots = 0,
    SmallInt = 1,
    Float = 2,
    String = 3,
    Vector = 4,
    ByteVector = 5,
    Block = 6,
    Method = 7,
    BlockMethod = 8,
    MethodActivation = 9,
    BlockMethodActivation = 10,
    Assignment = 11,
    Mirror = 12,
    Process = 13,
    Proxy = 14,
}

impl Vm {
    fn new_mirror(
        &mut self,
        reflectee: Value,
        sort: MirrorSort,
        frame: Value,
        family: MirrorFamily,
    ) -> Value {
        let prototype = self.mirror_prototype(family);
        let map = match prototype {
            Some(prototype) => self.heap.map_of_ref(prototype),
            None => self.heap.root_map(root::MIRROR_MAP).unwrap_or(self.heap.known.internal_map),
        };
        let elements = [reflectee, Value::from_i32(sort as i32), frame];
        let mirror = self.heap.new_indexed_from(map, &elements);
        if let Some(prototype) = prototype {
            self.give_slots_of(mirror, prototype);
        }
        mirror.value()
    }

    /// The prototype of a family of mirrors, if there is one (still).
    fn mirror_prototype(&self, family: MirrorFamily) -> Option<ObjectRef> {
        let prototypes = self.heap.root(root::MIRRORS).as_ref().filter(|r| {
            self.heap.kind_of_ref(*r) == Kind::Internal && self.heap.length(*r) > family as usize
        });
        let prototype = prototypes.and_then(|r| self.heap.item(r, family as usize).as_ref());
        prototype.filter(|r| {
            self.heap.kind_of_ref(*r) == Kind::Mirror && self.heap.field_count(self.heap.map_of_ref(*r)) == 0
        })
    }

    fn mirror_family(&self, object: Value) -> MirrorFamily {
        match self.heap.kind_of(object) {
            Kind::SmallInt => MirrorFamily::SmallInt,
            Kind::Float => MirrorFamily::Float,
            Kind::Symbol => MirrorFamily::String,
            Kind::Vector | Kind::WeakVector => MirrorFamily::Vector,
            Kind::ByteVector => MirrorFamily::ByteVector,
            Kind::Block => MirrorFamily::Block,
            Kind::Method => match object.as_ref().and_then(|method| self.shape_of(method)) {
                Some((CodeKind::Block, ..)) => MirrorFamily::BlockMethod,
                _ => MirrorFamily::Method,
            },
            Kind::Mirror => MirrorFamily::Mirror,
            Kind::Process => MirrorFamily::Process,
            Kind::Proxy => MirrorFamily::Proxy,
            _ => MirrorFamily::Slots,
        }
    }

    /// A mirror on an object.
    pub fn mirror_on(&mut self, object: Value) -> Value {
        let family = self.mirror_family(object);
        self.new_mirror(object, MirrorSort::Object, Value::ZERO, family)
    }

    /// A mirror on the assignment behind a slot.
    pub(crate) fn assignment_mirror(&mut self) -> Value {
        let nil = self.nil();
        self.new_mirror(nil, MirrorSort::Assignment, Value::ZERO, MirrorFamily::Assignment)
    }

    /// A mirror on an activation of a process, counted from the bottom.
    pub(crate) fn activation_mirror(&mut self, process: ObjectRef, at: usize) -> Value {
        let frame = self.wake(process).and_then(|p| p.frames.get(at).copied());
        let family = match frame {
            Some(frame) if frame.code().kind == CodeKind::Block => MirrorFamily::BlockMethodActivation,
            _ => MirrorFamily::MethodActivation,
        };
        self.new_mirror(process.value(), MirrorSort::Activation, Value::from_usize(at), family)
    }

    /// The sort and reflectee of a mirror.
    pub(crate) fn mirror_parts(&self, mirror: ObjectRef) -> (MirrorSort, Value) {
        let sort = match self.heap.item(mirror, mirror_element::SORT).as_int() {
            Some(1) => MirrorSort::Assignment,
            Some(2) => MirrorSort::Activation,
            _ => MirrorSort::Object,
        };
        (sort, self.heap.item(mirror, mirror_element::REFLECTEE))
    }

    /// The frame that an activation mirror reflects, if it is still there.
    pub(crate) fn mirrored_frame(&mut self, mirror: ObjectRef) -> Option<(ObjectRef, Frame)> {
        let (process, at) = self.mirrored_position(mirror)?;
        let frame = self.wake(process)?.frames.get(at).copied()?;
        Some((process, frame))
    }

    /// The process and the position of the frame that an activation mirror reflects, if it is still there.
    pub(crate) fn mirrored_position(&mut self, mirror: ObjectRef) -> Option<(ObjectRef, usize)> {
        let process = self.heap.item(mirror, mirror_element::REFLECTEE).as_ref()?;
        let at = usize::try_from(self.heap.item(mirror, mirror_element::FRAME).as_int()?).ok()?;
        (at < self.wake(process)?.frames.len()).then_some((process, at))
    }

    /// Debug data of a method object.
    pub(crate) fn debug_info(&self, method: ObjectRef) -> DebugInfo {
        match self.heap.item(method, method_element::DEBUG).as_ref() {
            Some(bytes) if self.heap.kind_of_ref(bytes) == Kind::Code => {
                debug::decode(self.heap.bytes(bytes))
            }
            _ => DebugInfo::default(),
        }
    }

    /// What a local of a method begins with.
    pub(crate) fn local_content(&self, method: ObjectRef, local: &LocalInfo) -> Value {
        match local.content {
            LocalContent::Nil => self.nil(),
            LocalContent::Int(n) => Value::from_i64(n).unwrap_or(Value::ZERO),
            LocalContent::Literal(i) => {
                let literals = self.heap.item(method, method_element::LITERALS).as_ref();
                match literals.filter(|l| (i as usize) < self.heap.length(*l)) {
                    Some(literals) => self.shown_literal(literals, i as usize),
                    None => self.nil(),
                }
            }
        }
    }

    /// A literal of code as programs may see it: nil stands for what the machine alone may touch.
    pub(crate) fn shown_literal(&self, literals: ObjectRef, at: usize) -> Value {
        let value = self.heap.item(literals, at);
        match self.heap.kind_of(value) {
            Kind::Internal | Kind::Map | Kind::Method | Kind::Code => self.nil(),
            _ => value,
        }
    }

    /// The method object whose text contains that of `method` (itself, for methods).
    pub(crate) fn outermost_method(&self, method: ObjectRef) -> ObjectRef {
        let mut method = method;
        // Nesting of blocks is bounded by the parser; the bound here is for damaged images.
        for _ in 0..1000 {
            match self.heap.item(method, method_element::PARENT).as_ref() {
                Some(parent) if self.heap.kind_of_ref(parent) == Kind::Method => method = parent,
                _ => break,
            }
        }
        method
    }

    /// Source text of a method or block body, if kept.
    pub(crate) fn source_of(&self, method: ObjectRef) -> Option<Vec<u8>> {
        let outer = self.outermost_method(method);
        let source = self.heap.item(outer, method_element::SOURCE).as_ref()?;
        if self.heap.kind_of_ref(source) != Kind::Code {
            return None;
        }
        let text = self.heap.bytes(source);
        if outer == method {
            return Some(text.to_vec());
        }
        let start = self.debug_info(method).start as usize;
        let rest = text.get(start..)?;
        Some(block_text(rest).to_vec())
    }

    /// The file that a method or block was written in; empty for code of the machine's own.
    pub(crate) fn file_of(&self, method: ObjectRef) -> String {
        let outer = self.outermost_method(method);
        self.text(self.heap.item(outer, method_element::FILE)).unwrap_or_default()
    }

    /// File and line of an instruction of a method.
    pub fn place_of(&self, method: ObjectRef, pc: u32) -> (String, usize) {
        let outer = self.outermost_method(method);
        let file = self.file_of(method);
        let first = self.heap.item(outer, method_element::LINE).as_int().unwrap_or(0) as usize;
        let source = self.heap.item(outer, method_element::SOURCE).as_ref();
        let position = self.debug_info(method).position(pc.saturating_sub(1));
        let lines = match (source, position) {
            (Some(source), Some((start, _))) if self.heap.kind_of_ref(source) == Kind::Code => {
                let text = self.heap.bytes(source);
                let before = text.get(..start as usize).unwrap_or_default();
                before.iter().filter(|b| **b == b'\n').count()
            }
            _ => 0,
        };
        (file, first + lines)
    }

    /// self of a frame.
    pub(crate) fn frame_receiver(&mut self, process: ObjectRef, frame: &Frame) -> Value {
        let nil = self.nil();
        let Some(live) = self.wake(process) else { return nil };
        let first = live.stack[frame.base as usize];
        if frame.code().kind == CodeKind::Block {
            match first.as_ref() {
                Some(block) => self.heap.item(block, block_element::SELF),
                None => nil,
            }
        } else {
            first
        }
    }

    /// The method holder of the running frame, if it is not the receiver.
    pub(crate) fn running_holder(&mut self) -> Option<Value> {
        let frame = *self.frame();
        if frame.code().kind == CodeKind::Block {
            let block = self.stack_at(frame.base as usize).as_ref()?;
            let holder = self.heap.item(block, block_element::HOLDER);
            return Some(holder).filter(|h| *h != self.nil());
        }
        ObjectRef::from_offset(frame.holder).map(ObjectRef::value)
    }

    /// Names and values of the arguments and locals of a frame.
    pub fn frame_locals(&mut self, process: ObjectRef, at: usize) -> Vec<(String, Value)> {
        let Some(frame) = self.wake(process).and_then(|p| p.frames.get(at).copied()) else {
            return Vec::new();
        };
        let info = self.debug_info(frame.code().method);
        let mut out = Vec::new();
        for local in &info.locals {
            let in_scope = local.argument || (local.scope.0 <= frame.pc && frame.pc <= local.scope.1);
            if !in_scope {
                continue;
            }
            if local.constant {
                let value = self.local_content(frame.code().method, local);
                out.push((String::from_utf8_lossy(&local.name).into_owned(), value));
                continue;
            }
            let index = frame.base as usize + local.register as usize;
            let Some(mut value) = self.wake(process).and_then(|p| p.stack.get(index).copied()) else {
                continue;
            };
            if local.cell
                && let Some(cell) = value.as_ref()
                && self.heap.kind_of_ref(cell) == Kind::Cell
            {
                value = self.heap.word(cell, 0);
            }
            out.push((String::from_utf8_lossy(&local.name).into_owned(), value));
        }
        out
    }

    /// Assigns a local of an activation. False: none of this name can be assigned there.
    pub fn set_frame_local(&mut self, process: ObjectRef, at: usize, name: &[u8], value: Value) -> bool {
        let Some(frame) = self.wake(process).and_then(|p| p.frames.get(at).copied()) else { return false };
        let info = self.debug_info(frame.code().method);
        let fits = |l: &&crate::debug::LocalInfo| {
            let in_scope = l.scope.0 <= frame.pc && frame.pc <= l.scope.1;
            l.name == name && l.assignable && !l.argument && !l.constant && in_scope
        };
        let Some(local) = info.locals.iter().find(fits) else { return false };
        let index = frame.base as usize + local.register as usize;
        let held = self.wake(process).and_then(|p| p.stack.get(index).copied());
        let Some(held) = held else { return false };
        if local.cell
            && let Some(cell) = held.as_ref()
            && self.heap.kind_of_ref(cell) == Kind::Cell
        {
            self.heap.store(cell, 0, value);
            return true;
        }
        let Some(process) = self.wake(process) else { return false };
        process.stack[index] = value;
        process.dirty = true;
        true
    }
}

/// The block at the beginning of `text`, up to its closing bracket.
fn block_text(text: &[u8]) -> &[u8] {
    let mut depth = 0usize;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'[' => depth += 1,
            b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return &text[..=at];
                }
            }
            quote @ (b'\'' | b'"') => {
                at += 1;
                while at < text.len() && text[at] != quote {
                    if text[at] == b'\\' {
                        at += 1;
                    }
                    at += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    text
}
