//! Changed copies of methods, and methods from the byte codes of the Self VM. The slots of a method are its arguments and locals: a copy with
//! other slots is compiled anew from its text. Byte codes are read back into a text first.
//!
//! What locals begin with, and what literals are, may be any object, so the new text names them as slots of a helper, and the load unit runs
//! with that as self. The other initialisers are not run again.

use batos_image::layout::{Format, Kind};
use batos_image::value::{ObjectRef, Value};
use batos_lang::code::compile::compile_body;
use batos_lang::code::unit::Program;
use batos_lang::tree::{NameId, Tree};

use super::{BAD_TYPE, Call, Failure, Outcome, REFLECT_TYPE, Reply};
use crate::code::{CodeKind, method_element};
use crate::load::Origin;
use crate::process::FrameKind;
use crate::slots::SlotSpec;
use crate::stack_code;
use crate::vm::{Step, Vm};

/// A slot of a method.
pub(super) struct MethodSlot {
    /// Its name.
    pub name: Vec<u8>,
    /// It is an argument.
    pub argument: bool,
    /// It can be assigned.
    pub assignable: bool,
    /// It is a parent.
    pub parent: bool,
    /// Its annotation.
    pub annotation: Vec<u8>,
    /// What it begins with.
    pub content: Value,
}

/// Words for failures of the compiler.
const NOT_COMPILED: &str = "primitiveFailedError: the method can't be compiled with these slots";

/// Pushes the activation that answers a mirror on a copy of a method with other slots.
pub(super) fn changed(
    vm: &mut Vm,
    call: &Call,
    method: ObjectRef,
    change: impl FnOnce(&mut Vec<MethodSlot>) -> Result<(), Failure>,
) -> Outcome {
    if !matches!(vm.shape_of(method), Some((CodeKind::Method, ..))) {
        return Err(REFLECT_TYPE);
    }
    let locals = vm.debug_info(method).locals;
    let annotations = vm.annotations_in(method);
    let annotation = |name: &[u8]| annotations.iter().find(|(n, _)| n == name).map(|(_, text)| text.clone());
    let mut slots: Vec<MethodSlot> = locals
        .iter()
        .filter(|l| !l.inner)
        .map(|l| MethodSlot {
            name: l.name.clone(),
            argument: l.argument,
            assignable: l.assignable,
            parent: l.parent,
            annotation: annotation(&l.name).unwrap_or_default(),
            content: vm.local_content(method, l),
        })
        .collect();
    change(&mut slots)?;
    let text = vm.text_with_slots(method, &slots).ok_or(Failure::word(NOT_COMPILED))?;
    let program = compiled(&text).map_err(|_| Failure::word(NOT_COMPILED))?;
    let file = vm.text(vm.heap.item(method, method_element::FILE)).unwrap_or_default();
    let first_line = vm.heap.item(method, method_element::LINE).as_int().unwrap_or(1);
    let first_line = u32::try_from(first_line).unwrap_or(1);
    let unit = vm.load(&program, &Origin { source: &text, file: &file, first_line });
    if let Some(made) = vm.method_of_unit(unit) {
        // It may be any object, which no text tells.
        let annotation = vm.heap.item(method, method_element::ANNOTATION);
        vm.heap.set_item(made, method_element::ANNOTATION, annotation);
    }
    answer_mirror(vm, call, unit, &slots)
}

/// Arguments: byte codes, a vector of literals, file name, line, source text. Answers a mirror on a method that does what they say; its
/// source is the text, if there is one, else what was read out of the byte codes.
pub(super) fn from_stack_code(vm: &mut Vm, call: &Call) -> Outcome {
    let failed = |text: String| Failure::text(format!("primitiveFailedError: {text}"));
    let [codes, literals, file, line, source] = [0, 1, 2, 3, 4].map(|i| vm.argument(call, i));
    let codes = vm.bytes_object(codes)?;
    let codes = vm.heap.bytes(codes).to_vec();
    let vector = vm.of_kind(literals, Kind::Vector)?;
    let file = vm.text(file)?;
    let first_line = line.as_int().and_then(|line| u32::try_from(line).ok());
    let first_line = first_line.ok_or(BAD_TYPE)?;
    let source = vm.bytes_object(source)?;
    let source = vm.heap.bytes(source).to_vec();
    let contents: Vec<Value> = (0..vm.heap.length(vector)).map(|i| vm.heap.element(vector, i)).collect();
    let mut slots = Vec::new();
    let literals: Vec<stack_code::Literal> =
        contents.iter().map(|content| vm.stack_literal(*content, &mut slots)).collect();
    let statements = stack_code::to_source(&codes, &literals).map_err(failed)?;
    let mut named = String::new();
    for (i, slot) in slots.iter().enumerate() {
        let name = String::from_utf8_lossy(&slot.name);
        // What no byte code mentions is no literal of the method.
        if statements.contains(&*name) {
            named.push_str(&format!(" {name} = {}.", content_name(i)));
        }
    }
    let text = if named.is_empty() { statements } else { format!("|{named} | {statements}") };
    let mut program = compiled(text.as_bytes()).map_err(failed)?;
    if !source.is_empty() {
        // They are places in the text that was read out of the byte codes.
        program.units.iter_mut().for_each(|unit| unit.positions.clear());
    }
    let unit = vm.load(&program, &Origin { source: text.as_bytes(), file: &file, first_line });
    if let (false, Some(made)) = (source.is_empty(), vm.method_of_unit(unit)) {
        let source = vm.heap.new_old_bytes(vm.heap.known.code_map, &source);
        vm.heap.set_item(made, method_element::SOURCE, source.value());
    }
    answer_mirror(vm, call, unit, &slots)
}

/// Compiles the text of a body, or tells what is wrong with it.
fn compiled(text: &[u8]) -> Result<Program, String> {
    let parsed = batos_lang::parse_body(text);
    if let Some(wrong) = parsed.diagnostics.iter().find(|d| d.is_error()) {
        return Err(wrong.message.clone());
    }
    let body = parsed.tree.root_body.ok_or("there is no code")?;
    compile_body(&parsed.tree, body)
        .map_err(|all| all.first().map_or_else(String::new, |d| d.message.clone()))
}

/// Runs a load unit for the contents of its slots: the answer is a mirror on its method.
fn answer_mirror(vm: &mut Vm, call: &Call, unit: ObjectRef, slots: &[MethodSlot]) -> Outcome {
    let code = vm.code_of(unit).ok_or(Failure::word(NOT_COMPILED))?;
    let helper = vm.helper_with(slots);
    vm.set_stack(call.window, helper.value());
    vm.set_stack(call.window + 1, helper.value());
    if !vm.push_frame(code, call.window, call.dst, 0, FrameKind::Mirrored) {
        return Ok(Reply::Step(vm.stack_overflow()));
    }
    Ok(Reply::Step(Step::Go))
}

impl Vm {
    /// The text inside the brackets of a method or block, and its tree. Nothing if it can't be read.
    pub(super) fn written_body(&self, method: ObjectRef) -> Option<(Vec<u8>, Tree)> {
        let source = self.source_of(method)?;
        let sound = |text: &[u8]| {
            let parsed = batos_lang::parse_body(text);
            (!parsed.diagnostics.iter().any(|d| d.is_error())).then_some(parsed.tree)
        };
        // The text of a slot has its parentheses, that of a body has none.
        for brackets in [b"()", b"[]"] {
            let inner =
                source.strip_prefix(&brackets[..1]).and_then(|text| text.strip_suffix(&brackets[1..]));
            if let Some((text, tree)) = inner.and_then(|text| Some((text, sound(text)?))) {
                return Some((text.to_vec(), tree));
            }
        }
        let tree = sound(&source)?;
        Some((source, tree))
    }

    /// The text inside the brackets of a method or block; all of it if it can't be read.
    pub(super) fn written_source(&self, method: ObjectRef) -> Vec<u8> {
        let written = self.written_body(method).map(|(text, _)| text);
        written.or_else(|| self.source_of(method)).unwrap_or_default()
    }

    /// The annotations of the slots that a method or block declares, by name, as its text gives them.
    pub(super) fn annotations_in(&self, method: ObjectRef) -> Vec<(Vec<u8>, Vec<u8>)> {
        let Some((_, tree)) = self.written_body(method) else { return Vec::new() };
        let list = tree.root_body.and_then(|body| tree.body(body).slots.as_ref());
        let slots = list.map(|list| list.slots()).unwrap_or_default();
        let text = |groups: Vec<NameId>| tree.joined_annotation(&groups);
        slots.into_iter().map(|(slot, groups)| (tree.name(slot.name).to_vec(), text(groups))).collect()
    }

    /// The text of a method with another slot list. Nothing if its own text can't be read.
    fn text_with_slots(&self, method: ObjectRef, slots: &[MethodSlot]) -> Option<Vec<u8>> {
        let (text, tree) = self.written_body(method)?;
        let mut out = b"| ".to_vec();
        if let Some(annotation) = annotation_of(&tree) {
            out.extend_from_slice(b"{} = ");
            out.extend_from_slice(&quoted(annotation));
            out.extend_from_slice(b". ");
        }
        for (i, slot) in slots.iter().enumerate() {
            if !slot.annotation.is_empty() {
                out.push(b'{');
                out.extend_from_slice(&quoted(&slot.annotation));
                out.push(b' ');
            }
            if slot.argument {
                out.push(b':');
            }
            out.extend_from_slice(&slot.name);
            if slot.parent {
                out.push(b'*');
            }
            if !slot.argument {
                out.extend_from_slice(if slot.assignable { b" <- " } else { b" = " });
                let literal = self.literal_text(slot.content);
                out.extend_from_slice(&literal.unwrap_or_else(|| content_name(i).into_bytes()));
            }
            out.extend_from_slice(if slot.annotation.is_empty() { b". " } else { b". } " });
        }
        out.extend_from_slice(b"| ");
        let body = tree.body(tree.root_body?);
        let code = body.slots.as_ref().map_or(0, |list| list.span.end as usize);
        out.extend_from_slice(text.get(code..)?);
        Some(out)
    }

    /// A literal of byte codes. One that can't be written becomes the content of a slot.
    fn stack_literal(&self, content: Value, slots: &mut Vec<MethodSlot>) -> stack_code::Literal {
        let mut literal = stack_code::Literal::default();
        literal.positions.extend(content.as_int());
        if let Some(r) = content.as_ref() {
            match self.heap.kind_of_ref(r) {
                Kind::Symbol => literal.name = Some(self.heap.bytes(r).to_vec()),
                Kind::Vector => {
                    let positions = (0..self.heap.length(r)).map(|i| self.heap.element(r, i).as_int());
                    literal.positions = positions.collect::<Option<_>>().unwrap_or_default();
                }
                _ => {}
            }
        }
        literal.text = match self.literal_text(content) {
            Some(text) => String::from_utf8_lossy(&text).into_owned(),
            None => {
                let name = format!("literalObject{}", slots.len());
                slots.push(MethodSlot {
                    name: name.clone().into_bytes(),
                    argument: false,
                    assignable: false,
                    parent: false,
                    annotation: Vec::new(),
                    content,
                });
                name
            }
        };
        literal
    }

    /// The method that a load unit answers.
    fn method_of_unit(&self, unit: ObjectRef) -> Option<ObjectRef> {
        let literals = self.heap.item(unit, method_element::LITERALS).as_ref()?;
        let mut made = (0..self.heap.length(literals)).filter_map(|i| self.heap.item(literals, i).as_ref());
        made.find(|r| matches!(self.shape_of(*r), Some((CodeKind::Method, ..))))
    }

    /// What is simple enough is written down, so that the text of the copy can be read.
    fn literal_text(&self, content: Value) -> Option<Vec<u8>> {
        if let Some(number) = content.as_int() {
            return Some(number.to_string().into_bytes());
        }
        let r = content.as_ref()?;
        let is_symbol = self.heap.kind_of_ref(r) == Kind::Symbol;
        is_symbol.then(|| quoted(self.heap.bytes(r)))
    }

    /// An object that knows what the slots begin with.
    fn helper_with(&mut self, slots: &[MethodSlot]) -> ObjectRef {
        let nil = self.nil();
        let map = self.heap.new_map(Kind::Slots, Format::Slots, 0, &[], Value::ZERO, 0);
        let helper = self.heap.alloc_old_slots(map, 0, nil);
        let mut specs = Vec::new();
        let mut add = |vm: &mut Vm, name: &[u8], content: Value, parent: bool| {
            let name = vm.intern(name);
            specs.push(SlotSpec { name, assignable: false, parent, annotation: Value::ZERO, content });
        };
        let lobby = self.heap.known.lobby;
        add(self, b"parent", lobby, true);
        for (i, slot) in slots.iter().enumerate().filter(|(_, slot)| !slot.argument) {
            add(self, content_name(i).as_bytes(), slot.content, false);
        }
        self.set_slots(helper, &specs, Value::ZERO);
        helper
    }
}

/// A string literal.
fn quoted(text: &[u8]) -> Vec<u8> {
    let mut out = b"'".to_vec();
    for byte in text {
        match byte {
            b'\'' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b' '..=b'~' => out.push(*byte),
            _ => out.extend_from_slice(format!("\\x{byte:02x}").as_bytes()),
        }
    }
    out.push(b'\'');
    out
}

/// How the helper calls what slot `i` begins with.
fn content_name(i: usize) -> String {
    format!("contentOfSlot{i}")
}

/// The object annotation of a body.
fn annotation_of(tree: &Tree) -> Option<&[u8]> {
    Some(tree.name(tree.body(tree.root_body?).annotation?))
}
