//! The code of methods as the Self VM would have it: byte codes from the text (`code/stack_write.rs`), with literals that are objects.
//!
//! A block literal is shown as a block outside of any activation. Object literals are those of the method, as far as it can be told which is
//! which; nil stands for the others.

use std::collections::HashSet;

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};
use dashu_int::IBig;

use super::{Call, Failure, Outcome, Reply};
use crate::block::block_element;
use crate::code::{CodeKind, method_element};
use crate::stack_write::{self, StackCode, Written};
use crate::vm::Vm;

impl Vm {
    /// The byte codes of a method or block, and where the text that they come from begins in the source of the outermost method.
    pub(super) fn stack_code_of(&self, method: ObjectRef) -> Option<(StackCode, u32)> {
        let (text, tree) = self.written_body(method)?;
        let whole = self.source_of(method)?.len();
        // One bracket was taken away at each end, or none.
        let begins = self.debug_info(method).start + (whole - text.len()) as u32 / 2;
        Some((stack_write::of_body(&tree, &text, tree.root_body?), begins))
    }

    /// What the byte codes of a method or block refer to by number.
    pub(super) fn stack_literals_of(&mut self, method: ObjectRef) -> Vec<Value> {
        let Some((code, begins)) = self.stack_code_of(method) else { return Vec::new() };
        let objects = self.object_literals(method);
        let told = code.literals.iter().filter(|l| matches!(l, Written::Object(_))).count();
        // Those of slots come before those of the code.
        let skipped = objects.len().checked_sub(told);
        let nil = self.nil();
        code.literals
            .into_iter()
            .map(|literal| match literal {
                Written::Int(n) => Value::from_i64(n).unwrap_or(nil),
                Written::BigInt(digits) => {
                    match std::str::from_utf8(&digits).ok().and_then(|text| text.parse::<IBig>().ok()) {
                        Some(n) => self.new_big(&n).value(),
                        None => nil,
                    }
                }
                Written::Float(x) => Value::from_f64(x).unwrap_or_else(|| self.heap.new_float(x)),
                Written::Str(bytes) => self.intern(&bytes).value(),
                Written::Places(places) => {
                    let places: Vec<Value> = places.iter().filter_map(|p| Value::from_i64(*p)).collect();
                    self.new_vector(&places).value()
                }
                Written::Block(span) => {
                    let block = self.block_method_at(method, begins + span.start);
                    block.and_then(|block| self.lone_block(block)).map_or(nil, ObjectRef::value)
                }
                Written::Object(i) => {
                    skipped.and_then(|skipped| objects.get(skipped + i)).copied().unwrap_or(nil)
                }
                Written::Nil => nil,
            })
            .collect()
    }

    fn literals(&self, method: ObjectRef) -> Vec<Value> {
        let Some(literals) = self.heap.item(method, method_element::LITERALS).as_ref() else {
            return Vec::new();
        };
        (0..self.heap.length(literals)).map(|i| self.heap.item(literals, i)).collect()
    }

    /// The literals of a method that stand for object literals.
    fn object_literals(&self, method: ObjectRef) -> Vec<Value> {
        let is_object = |v: &Value| matches!(self.heap.kind_of(*v), Kind::Slots);
        self.literals(method).into_iter().filter(is_object).collect()
    }

    /// The code of the block that begins at a place of the source that `method` is part of.
    fn block_method_at(&self, method: ObjectRef, place: u32) -> Option<ObjectRef> {
        let mut seen = HashSet::new();
        // What a block holds that is expanded in its method may be found by way of the method only.
        let mut next = vec![self.outermost_method(method), method];
        while let Some(code) = next.pop() {
            if !seen.insert(code.offset()) {
                continue;
            }
            let is_block = matches!(self.shape_of(code), Some((CodeKind::Block, ..)));
            if is_block && self.debug_info(code).start == place {
                return Some(code);
            }
            let inner = self.literals(code).into_iter().filter_map(Value::as_ref);
            let same_text = |r: &ObjectRef| {
                self.heap.kind_of_ref(*r) == Kind::Method
                    && self.outermost_method(*r) == self.outermost_method(method)
            };
            next.extend(inner.filter(same_text));
        }
        None
    }

    /// A block with this code, outside of any activation: what it captures is nil, and there is nothing that `^` could return from. Nothing if the
    /// code is not that of a block.
    pub(super) fn lone_block(&mut self, method: ObjectRef) -> Option<ObjectRef> {
        let Some((CodeKind::Block, argc, ..)) = self.shape_of(method) else { return None };
        let nil = self.nil();
        let captures = self.debug_info(method).captures;
        let map = self.block_map(usize::from(argc));
        let count = block_element::CAPTURES + captures.len();
        let block = self.heap.alloc_old_indexed(map, 0, count, nil);
        let lobby = self.heap.known.lobby;
        self.heap.set_item(block, block_element::CODE, method.value());
        self.heap.set_item(block, block_element::SELF, lobby);
        for (i, (_, cell)) in captures.iter().enumerate() {
            if *cell {
                let map = self.heap.known.cell_map;
                let cell = self.heap.alloc_old_slots(map, 1, nil);
                self.heap.set_item(block, block_element::CAPTURES + i, cell.value());
            }
        }
        Some(block)
    }

    /// Are these, shown at different times, the same literal? Blocks are shown anew each time.
    fn same_literal(&self, a: Value, b: Value) -> bool {
        let code = |v: Value| {
            let block = v.as_ref().filter(|r| self.heap.kind_of_ref(*r) == Kind::Block);
            block.map(|block| self.heap.item(block, block_element::CODE))
        };
        match (code(a), code(b)) {
            (Some(a), Some(b)) => a == b,
            _ => self.same(a, b),
        }
    }
}

/// A mirror on the method that has these literals.
pub(super) fn method_pointer(vm: &mut Vm, call: &Call) -> Outcome {
    let v = vm.receiver(call);
    let vector = vm.of_kind(v, Kind::Vector)?;
    let wanted: Vec<Value> = (0..vm.heap.length(vector)).map(|i| vm.heap.element(vector, i)).collect();
    // The names among them, up to the first colon: a text that lacks one need not be read.
    let names: Vec<Vec<u8>> = wanted
        .iter()
        .filter_map(|v| vm.bytes_object(*v).ok())
        .map(|r| vm.heap.bytes(r).split(|b| *b == b':').next().unwrap_or_default().to_vec())
        .filter(|name| name.iter().all(u8::is_ascii_alphanumeric))
        .collect();
    let mut methods = Vec::new();
    vm.heap.each_object(&mut batos_image::heap::NoRoots, |heap, r| {
        if heap.kind_of_ref(r) == Kind::Method {
            methods.push(r);
        }
    });
    let failed = || Failure::word("primitiveFailedError");
    if wanted.is_empty() {
        return Err(failed());
    }
    for method in methods {
        if !matches!(vm.shape_of(method), Some((CodeKind::Method, ..))) {
            continue;
        }
        let source = vm.source_of(method).unwrap_or_default();
        if !names.iter().all(|name| source.windows(name.len().max(1)).any(|w| w == &name[..])) {
            continue;
        }
        let shown = vm.stack_literals_of(method);
        if shown.len() == wanted.len() && shown.iter().zip(&wanted).all(|(a, b)| vm.same_literal(*a, *b)) {
            return Ok(Reply::Value(vm.mirror_on(method.value())));
        }
    }
    Err(failed())
}
