//! Mirrors: reading objects and making changed copies (language §10).

use batos_image::layout::{Kind, SlotKind, map_word, root};
use batos_image::value::{ObjectRef, Value};

use super::method_copy::{self, MethodSlot};
use super::{BAD_TYPE, Call, Entry, Failure, Outcome, REFLECT_TYPE, Reply};
use crate::block::block_element;
use crate::code::{CodeKind, method_element};
use crate::debug::LocalInfo;
use crate::lookup::{self, Outcome as Found, Start, Trail};
use crate::process::FrameKind;
use crate::reflect::MirrorSort;
use crate::slots::SlotSpec;
use crate::vm::{Step, Vm};

const SLOT_NAME: Failure = Failure::word("slotNameError");

pub(super) const LIST: &[Entry] = &[
    ("_Mirror", 0, |vm, c| {
        let v = vm.receiver(c);
        Ok(Reply::Value(vm.mirror_on(v)))
    }),
    ("_MirrorReflectee", 0, |vm, c| {
        let v = object_reflectee(vm, c)?;
        if lookup::is_method(&vm.heap, v) { Err(REFLECT_TYPE) } else { Ok(Reply::Value(v)) }
    }),
    ("_MirrorReflecteeEq:", 1, |vm, c| {
        let other = vm.argument(c, 0);
        let other = vm.of_kind(other, Kind::Mirror)?;
        let (a, b) = (reflectee(vm, c)?, vm.mirror_parts(other));
        vm.reply_bool(a.0 == b.0 && vm.same(a.1, b.1))
    }),
    ("_MirrorReflecteeIdentityHash", 0, |vm, c| {
        let (_, v) = reflectee(vm, c)?;
        let hash = vm.heap.identity_hash(v);
        vm.reply_int(i64::from(hash))
    }),
    ("_MirrorNames", 0, |vm, c| {
        let names = names(vm, c, true)?;
        Ok(Reply::Value(vm.new_vector(&names).value()))
    }),
    // The same without the assignment halves of assignable slots; is there a slot of that name, or an assignment?
    ("_MirrorSlotNames", 0, |vm, c| {
        let names = names(vm, c, false)?;
        Ok(Reply::Value(vm.new_vector(&names).value()))
    }),
    ("_MirrorHasSlot:", 1, |vm, c| {
        let name = slot_name(vm, c)?;
        if reflectee(vm, c)?.0 == MirrorSort::Assignment {
            return vm.reply_bool(false);
        }
        let found = slot(vm, c, &name).is_ok();
        vm.reply_bool(found)
    }),
    ("_MirrorContentsAt:", 1, |vm, c| {
        let name = slot_name(vm, c)?;
        if let Some(value) = activation_local(vm, c, &name)? {
            return Ok(Reply::Value(vm.mirror_on(value)));
        }
        let (v, slot) = slot(vm, c, &name)?;
        if slot.1 {
            return Ok(Reply::Value(vm.assignment_mirror()));
        }
        let mut content = match method_of(vm, v) {
            Some(_) => slot.0.content,
            None => lookup::slot_content(&vm.heap, v, &slot.0),
        };
        // What is hidden behind the `value` of a block is its body.
        if let (Kind::Block, Some(r)) = (vm.heap.kind_of(v), v.as_ref())
            && content == vm.heap.root(root::BLOCK_VALUE)
        {
            content = vm.heap.item(r, block_element::CODE);
        }
        Ok(Reply::Value(vm.mirror_on(content)))
    }),
    ("_MirrorAssignLocal:To:", 2, |vm, c| {
        let (name, value) = (slot_name(vm, c)?, vm.argument(c, 1));
        let (v, no_activation) = (vm.receiver(c), Failure::word("noActivationError"));
        let mirror = vm.of_kind(v, Kind::Mirror)?;
        if vm.mirror_parts(mirror).0 != MirrorSort::Activation {
            return Err(REFLECT_TYPE);
        }
        let (process, at) = vm.mirrored_position(mirror).ok_or(no_activation)?;
        if vm.set_frame_local(process, at, &name, value) { Ok(Reply::Value(v)) } else { Err(SLOT_NAME) }
    }),
    ("_MirrorIsParentAt:", 1, |vm, c| {
        let name = slot_name(vm, c)?;
        let (_, slot) = slot(vm, c, &name)?;
        vm.reply_bool(slot.0.parent && !slot.1)
    }),
    ("_MirrorIsAssignableAt:", 1, |vm, c| {
        let name = slot_name(vm, c)?;
        let (_, slot) = slot(vm, c, &name)?;
        vm.reply_bool(slot.0.kind != SlotKind::Constant && slot.0.kind != SlotKind::Argument && !slot.1)
    }),
    ("_MirrorIsArgumentAt:", 1, |vm, c| {
        let name = slot_name(vm, c)?;
        let (_, slot) = slot(vm, c, &name)?;
        vm.reply_bool(slot.0.kind == SlotKind::Argument)
    }),
    ("_MirrorAnnotationAt:", 1, |vm, c| {
        let name = slot_name(vm, c)?;
        let (v, slot) = slot(vm, c, &name)?;
        let Some(method) = method_of(vm, v) else {
            return Ok(Reply::Value(annotation_or_empty(vm, slot.0.annotation)));
        };
        let local = slot.0.name;
        let texts = vm.annotations_in(method);
        let text = texts.into_iter().find(|(name, _)| name == vm.heap.bytes(local)).map(|(_, text)| text);
        Ok(Reply::Value(vm.intern(&text.unwrap_or_default()).value()))
    }),
    ("_MirrorAnnotation", 0, |vm, c| {
        let v = declaring_reflectee(vm, c)?;
        let annotation = match method_of(vm, v) {
            Some(method) => vm.heap.item(method, method_element::ANNOTATION),
            None => vm.heap.map_word(vm.heap.map_of(v), map_word::ANNOTATION),
        };
        Ok(Reply::Value(annotation_or_empty(vm, annotation)))
    }),
    ("_MirrorCopyAt:Put:IsParent:IsArgument:Annotation:", 5, copy_at_put),
    ("_MirrorCopyRemoveSlot:", 1, |vm, c| {
        let name = vm.argument(c, 0);
        let name = canonical(vm, name)?;
        let v = object_reflectee(vm, c)?;
        if let Some(method) = method_of(vm, v) {
            return method_without(vm, c, method, name);
        }
        let copy = changeable_copy(vm, c)?;
        let specs = vm.specs_without(copy.value(), name).map_err(Failure::word)?;
        let annotation = vm.object_annotation(copy.value());
        vm.shape(copy, &specs, annotation);
        Ok(Reply::Value(vm.mirror_on(copy.value())))
    }),
    ("_MirrorCopyAnnotation:", 1, |vm, c| {
        let annotation = vm.argument(c, 0);
        let annotation = annotation_value(vm, annotation);
        let v = object_reflectee(vm, c)?;
        if let Some(method) = method_of(vm, v) {
            let copy = vm.heap.clone_object(method);
            vm.heap.set_item(copy, method_element::ANNOTATION, annotation);
            return Ok(Reply::Value(vm.mirror_on(copy.value())));
        }
        let copy = changeable_copy(vm, c)?;
        let specs = vm.slot_specs(copy.value());
        vm.shape(copy, &specs, annotation);
        Ok(Reply::Value(vm.mirror_on(copy.value())))
    }),
    ("_MirrorDefine:", 1, |vm, c| {
        let other = vm.argument(c, 0);
        let other = vm.of_kind(other, Kind::Mirror)?;
        let a = object_reflectee(vm, c)?;
        let (MirrorSort::Object, b) = vm.mirror_parts(other) else { return Err(BAD_TYPE) };
        let defined = match (method_of(vm, a), method_of(vm, b)) {
            (Some(method), Some(model)) => vm.define_method(method, model),
            (None, None) => vm.define(a, b),
            _ => false,
        };
        if defined { Ok(Reply::Value(vm.receiver(c))) } else { Err(BAD_TYPE) }
    }),
    ("_MirrorEvaluate:", 1, |vm, c| {
        let other = vm.argument(c, 0);
        let other = vm.of_kind(other, Kind::Mirror)?;
        let (a, b) = (object_reflectee(vm, c)?, vm.mirror_parts(other).1);
        let Some(method) = method_of(vm, b) else { return Err(REFLECT_TYPE) };
        // There are no arguments, and no block, to run it with.
        match vm.shape_of(method) {
            Some((CodeKind::Method, 0, ..)) => {}
            Some((CodeKind::Method, ..)) => return Err(Failure::word("argumentCountError")),
            _ => return Err(REFLECT_TYPE),
        }
        vm.set_stack(c.window, a);
        let code = vm.code_of(method).ok_or(REFLECT_TYPE)?;
        let holder = a.as_ref().map_or(0, ObjectRef::offset);
        if !vm.push_frame(code, c.window, c.dst, holder, FrameKind::Normal) {
            return Ok(Reply::Step(vm.stack_overflow()));
        }
        Ok(Reply::Step(Step::Go))
    }),
    ("_MirrorIsMethod", 0, |vm, c| {
        let (sort, v) = reflectee(vm, c)?;
        vm.reply_bool(sort == MirrorSort::Object && lookup::is_method(&vm.heap, v))
    }),
    ("_MirrorKind", 0, |vm, c| {
        let (sort, v) = reflectee(vm, c)?;
        let word = match sort {
            MirrorSort::Assignment => "assignment",
            MirrorSort::Activation => "activation",
            MirrorSort::Object => kind_word(vm.heap.kind_of(v)),
        };
        vm.reply_text(word)
    }),
    ("_MirrorLookup:", 1, |vm, c| {
        let name = vm.argument(c, 0);
        let name = canonical(vm, name)?;
        let v = object_reflectee(vm, c)?;
        let selector = lookup::selector(&vm.heap, name);
        let found = match lookup::search(&vm.heap, Start::Object(v), selector, &mut Trail::default()) {
            Found::Missing => Vec::new(),
            Found::Found(slot) => vec![slot],
            Found::Ambiguous(slots) => slots,
        };
        let mirrors: Vec<Value> = found.iter().map(|slot| vm.mirror_on(slot.holder)).collect();
        Ok(Reply::Value(vm.new_vector(&mirrors).value()))
    }),
    // What stands between the brackets; the text with them is `_MirrorText`. Worlds of the time before that one file methods out with
    // what this says: they get the brackets, without which nobody could read their files again.
    ("_MirrorSource", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        let source = match expects_brackets(vm) {
            true => vm.source_of(method).unwrap_or_default(),
            false => vm.written_source(method),
        };
        Ok(Reply::Value(vm.intern(&source).value()))
    }),
    // Where that stands in the text that `_MirrorSource` gives: blocks have texts of their own here, so it is all of it.
    ("_MirrorSourceOffset", 0, |vm, c| {
        code_reflectee(vm, c)?;
        vm.reply_int(0)
    }),
    ("_MirrorSourceLength", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        let source = vm.written_source(method);
        vm.reply_int(source.len() as i64)
    }),
    ("_MirrorText", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        let source = vm.source_of(method).unwrap_or_default();
        Ok(Reply::Value(vm.intern(&source).value()))
    }),
    ("_MirrorFile", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        let outer = vm.outermost_method(method);
        Ok(Reply::Value(vm.heap.item(outer, method_element::FILE)))
    }),
    ("_MirrorLine", 0, |vm, c| {
        let v = vm.receiver(c);
        let mirror = vm.of_kind(v, Kind::Mirror)?;
        let (method, pc) = match vm.mirror_parts(mirror).0 {
            MirrorSort::Activation => {
                let (_, frame) = vm.mirrored_frame(mirror).ok_or(Failure::word("noActivationError"))?;
                (frame.code().method, frame.pc)
            }
            _ => (code_reflectee(vm, c)?, 1),
        };
        let (_, line) = vm.place_of(method, pc);
        vm.reply_int(line as i64)
    }),
    ("_MirrorCountCalls", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        if vm.start_counting(method) { Ok(Reply::Value(vm.receiver(c))) } else { Err(BAD_TYPE) }
    }),
    ("_MirrorCalls", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        let calls = vm.calls_of(method);
        Ok(Reply::Value(calls.and_then(Value::from_i64).unwrap_or(vm.nil())))
    }),
    // The instructions that run.
    ("_MirrorInstructions", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        let bytes = match vm.heap.item(method, method_element::BYTECODE).as_ref() {
            Some(r) => vm.heap.bytes(r).to_vec(),
            None => Vec::new(),
        };
        Ok(Reply::Value(vm.intern(&bytes).value()))
    }),
    // The same program in the byte codes of the Self VM, and the literals that these mean.
    ("_MirrorCodes", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        let codes = vm.stack_code_of(method).map(|(code, _)| code.codes).unwrap_or_default();
        Ok(Reply::Value(vm.intern(&codes).value()))
    }),
    ("_MirrorLiterals", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        let list = vm.stack_literals_of(method);
        Ok(Reply::Value(vm.new_vector(&list).value()))
    }),
    ("_MirrorSelector", 0, |vm, c| {
        let method = code_reflectee(vm, c)?;
        Ok(Reply::Value(vm.heap.item(method, method_element::SELECTOR)))
    }),
    ("_MirrorReceiver", 0, |vm, c| {
        let (process, frame) = frame(vm, c)?;
        let receiver = vm.frame_receiver(process, &frame);
        Ok(Reply::Value(vm.mirror_on(receiver)))
    }),
    ("_MirrorMethodHolder", 0, |vm, c| {
        let (process, frame) = frame(vm, c)?;
        let holder = match ObjectRef::from_offset(frame.holder) {
            Some(holder) => holder.value(),
            None => vm.frame_receiver(process, &frame),
        };
        Ok(Reply::Value(vm.mirror_on(holder)))
    }),
    ("_MirrorSender", 0, |vm, c| {
        let v = vm.receiver(c);
        let mirror = vm.of_kind(v, Kind::Mirror)?;
        if vm.mirror_parts(mirror).0 != MirrorSort::Activation {
            return Err(REFLECT_TYPE);
        }
        let (process, position) = vm.mirrored_position(mirror).ok_or(Failure::word("noActivationError"))?;
        let activations = vm.activations(process).unwrap_or_default();
        let sender =
            activations.into_iter().find(|at| *at < position).ok_or(Failure::word("noSenderError"))?;
        Ok(Reply::Value(vm.activation_mirror(process, sender)))
    }),
    ("_MirrorLexicalParent", 0, lexical_parent),
    ("_MirrorCreateBlock", 0, create_block),
    ("_MethodPointer", 0, super::stack_literals::method_pointer),
];

/// Is this a world of ours of the time when `_MirrorSource` told a method with its brackets? Such a world asks for big integers, as no other
/// does, and has never heard of `_MirrorText`.
fn expects_brackets(vm: &Vm) -> bool {
    let knows = |name: &str| {
        [name, &format!("{name}IfFail:")].iter().any(|n| vm.heap.symbol_lookup(n.as_bytes()).is_some())
    };
    knows("_SmiAsBigInt") && !knows("_MirrorText")
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::SmallInt => "smallInt",
        Kind::Float => "float",
        Kind::BigInt => "bigInt",
        Kind::Block => "block",
        Kind::Symbol => "string",
        Kind::ByteVector => "byteVector",
        Kind::Vector | Kind::WeakVector => "vector",
        Kind::Process => "process",
        Kind::Mirror => "mirror",
        Kind::Method => "method",
        _ => "slots",
    }
}

fn reflectee(vm: &mut Vm, call: &Call) -> Result<(MirrorSort, Value), Failure> {
    let v = vm.receiver(call);
    let mirror = vm.of_kind(v, Kind::Mirror)?;
    Ok(vm.mirror_parts(mirror))
}

fn object_reflectee(vm: &mut Vm, call: &Call) -> Result<Value, Failure> {
    match reflectee(vm, call)? {
        (MirrorSort::Object, v) => Ok(v),
        _ => Err(REFLECT_TYPE),
    }
}

/// What declares the slots that a mirror shows: the object, or for an activation its code.
fn declaring_reflectee(vm: &mut Vm, call: &Call) -> Result<Value, Failure> {
    match reflectee(vm, call)? {
        (MirrorSort::Activation, _) => Ok(code_reflectee(vm, call)?.value()),
        _ => object_reflectee(vm, call),
    }
}

/// The method object if the value is a method, or the code of a block.
fn method_of(vm: &Vm, v: Value) -> Option<ObjectRef> {
    let r = v.as_ref()?;
    match vm.heap.kind_of_ref(r) {
        Kind::Method => Some(r),
        _ => None,
    }
}

/// The method object that a mirror on a method, block or activation is about.
fn code_reflectee(vm: &mut Vm, call: &Call) -> Result<ObjectRef, Failure> {
    let v = vm.receiver(call);
    let mirror = vm.of_kind(v, Kind::Mirror)?;
    let (sort, v) = vm.mirror_parts(mirror);
    match sort {
        MirrorSort::Assignment => Err(REFLECT_TYPE),
        MirrorSort::Activation => {
            let (_, frame) = vm.mirrored_frame(mirror).ok_or(Failure::word("noActivationError"))?;
            Ok(frame.code().method)
        }
        MirrorSort::Object => match v.as_ref() {
            Some(r) if vm.heap.kind_of_ref(r) == Kind::Method => Ok(r),
            Some(r) if vm.heap.kind_of_ref(r) == Kind::Block => {
                vm.heap.item(r, block_element::CODE).as_ref().ok_or(REFLECT_TYPE)
            }
            _ => Err(REFLECT_TYPE),
        },
    }
}

fn frame(vm: &mut Vm, call: &Call) -> Result<(ObjectRef, crate::process::Frame), Failure> {
    let v = vm.receiver(call);
    let mirror = vm.of_kind(v, Kind::Mirror)?;
    match vm.mirror_parts(mirror).0 {
        MirrorSort::Activation => vm.mirrored_frame(mirror).ok_or(Failure::word("noActivationError")),
        _ => Err(REFLECT_TYPE),
    }
}

fn canonical(vm: &mut Vm, value: Value) -> Result<ObjectRef, Failure> {
    let r = vm.bytes_object(value)?;
    let bytes = vm.heap.bytes(r).to_vec();
    Ok(vm.intern(&bytes))
}

fn slot_name(vm: &mut Vm, call: &Call) -> Result<Vec<u8>, Failure> {
    let name = vm.argument(call, 0);
    let r = vm.bytes_object(name)?;
    Ok(vm.heap.bytes(r).to_vec())
}

/// An annotation as programs see it: an empty text where there is none.
fn annotation_or_empty(vm: &mut Vm, value: Value) -> Value {
    if value == Value::ZERO { vm.intern(b"").value() } else { value }
}

/// An annotation as it is kept: texts as canonical strings. Real Self's tools annotate with objects of their own.
fn annotation_value(vm: &mut Vm, value: Value) -> Value {
    let Ok(r) = vm.bytes_object(value) else { return value };
    let bytes = vm.heap.bytes(r).to_vec();
    vm.annotation(&bytes)
}

/// Names: arguments first, then the others sorted, each assignable `x` followed by `x:` if these are wanted.
fn names(vm: &mut Vm, call: &Call, assignments: bool) -> Result<Vec<Value>, Failure> {
    let v = vm.receiver(call);
    let mirror = vm.of_kind(v, Kind::Mirror)?;
    let (sort, v) = vm.mirror_parts(mirror);
    let mut texts: Vec<Vec<u8>> = Vec::new();
    let method = match sort {
        MirrorSort::Assignment => return Ok(Vec::new()),
        MirrorSort::Activation => {
            let (_, frame) = vm.mirrored_frame(mirror).ok_or(Failure::word("noActivationError"))?;
            Some(frame.code().method)
        }
        MirrorSort::Object => method_of(vm, v),
    };
    if let Some(method) = method {
        let info = vm.debug_info(method);
        // An activation shows what is in scope where it stands, the method only what it declares itself.
        let own = |l: &&LocalInfo| sort == MirrorSort::Activation || !l.inner;
        texts.extend(info.locals.iter().filter(|l| l.argument).filter(own).map(|l| l.name.clone()));
        let mut rest: Vec<_> = info.locals.iter().filter(|l| !l.argument).filter(own).collect();
        rest.sort_by(|a, b| a.name.cmp(&b.name));
        for local in rest {
            texts.push(local.name.clone());
            if local.assignable && assignments {
                texts.push([&local.name[..], b":"].concat());
            }
        }
    } else {
        let mut specs: Vec<(Vec<u8>, bool)> =
            vm.slot_specs(v).iter().map(|s| (vm.heap.bytes(s.name).to_vec(), s.assignable)).collect();
        specs.sort();
        for (name, assignable) in specs {
            texts.push(name.clone());
            if assignable && assignments {
                texts.push([&name[..], b":"].concat());
            }
        }
    }
    Ok(texts.iter().map(|t| vm.intern(t).value()).collect())
}

/// The value of a local, if the mirror is on an activation.
fn activation_local(vm: &mut Vm, call: &Call, name: &[u8]) -> Result<Option<Value>, Failure> {
    let v = vm.receiver(call);
    let mirror = vm.of_kind(v, Kind::Mirror)?;
    if vm.mirror_parts(mirror).0 != MirrorSort::Activation {
        return Ok(None);
    }
    let process = vm.mirror_parts(mirror).1.as_ref().ok_or(BAD_TYPE)?;
    let at = vm.heap.item(mirror, crate::reflect::mirror_element::FRAME).as_int().unwrap_or(0) as usize;
    let locals = vm.frame_locals(process, at);
    match locals.into_iter().find(|(n, _)| n.as_bytes() == name) {
        Some((_, value)) => Ok(Some(value)),
        // The assignment of a local, or nothing.
        None => Ok(None),
    }
}

type SlotFound = (batos_image::heap::SlotDesc, bool);

/// The slot of that name; true: the name is that of its assignment.
fn slot(vm: &mut Vm, call: &Call, name: &[u8]) -> Result<(Value, SlotFound), Failure> {
    let (sort, _) = reflectee(vm, call)?;
    let v = declaring_reflectee(vm, call)?;
    if let Some(method) = method_of(vm, v) {
        let info = vm.debug_info(method);
        let plain = name.strip_suffix(b":").unwrap_or(name);
        let of_name = |l: &&LocalInfo| {
            (!l.inner || sort == MirrorSort::Activation)
                && (l.name == name || (l.name == plain && l.assignable && !l.argument))
        };
        let local = info.locals.iter().find(of_name).ok_or(SLOT_NAME)?;
        let symbol = vm.intern(&local.name);
        let content = vm.local_content(method, local);
        let mut desc = batos_image::heap::SlotDesc::constant(symbol, content);
        desc.parent = local.parent;
        let assigns = local.name != name;
        desc.kind = match (local.argument, local.assignable) {
            (true, _) => SlotKind::Argument,
            (_, true) => SlotKind::CellField,
            _ => SlotKind::Constant,
        };
        return Ok((v, (desc, assigns)));
    }
    let symbol = vm.heap.symbol_lookup(name).ok_or(SLOT_NAME)?;
    let selector = lookup::selector(&vm.heap, symbol);
    let found = lookup::own_slot(&vm.heap, v, selector).ok_or(SLOT_NAME)?;
    Ok((v, (found.slot, found.assigns)))
}

/// A copy of the reflectee that may be given other slots.
fn changeable_copy(vm: &mut Vm, call: &Call) -> Result<ObjectRef, Failure> {
    let v = object_reflectee(vm, call)?;
    let r = vm.changeable(v).ok_or(BAD_TYPE)?;
    Ok(vm.copy_object(r))
}

fn copy_at_put(vm: &mut Vm, call: &Call) -> Outcome {
    let [name, content, is_parent, is_argument, annotation] = [0, 1, 2, 3, 4].map(|i| vm.argument(call, i));
    let content = vm.of_kind(content, Kind::Mirror)?;
    let (sort, content) = vm.mirror_parts(content);
    let annotation = annotation_value(vm, annotation);
    let (yes, no) = (vm.boolean(true), vm.boolean(false));
    if ![yes, no].contains(&is_parent) || ![yes, no].contains(&is_argument) {
        return Err(BAD_TYPE);
    }
    let bytes = {
        let r = vm.bytes_object(name)?;
        vm.heap.bytes(r).to_vec()
    };
    if !super::object::is_slot_name(&bytes) {
        return Err(SLOT_NAME);
    }
    let copied = object_reflectee(vm, call)?;
    if let Some(method) = method_of(vm, copied) {
        if super::arity(&bytes) != 0 && sort != MirrorSort::Assignment {
            return Err(SLOT_NAME);
        }
        let annotation = vm.bytes_object(annotation).map(|r| vm.heap.bytes(r).to_vec()).unwrap_or_default();
        let slot = MethodSlot {
            name: bytes,
            argument: is_argument == yes,
            assignable: false,
            parent: is_parent == yes,
            annotation,
            content,
        };
        return method_with(vm, call, method, slot, sort == MirrorSort::Assignment);
    }
    if is_argument == yes {
        return Err(Failure::word("argumentCountError"));
    }
    if is_parent == yes && (super::arity(&bytes) != 0 || method_of(vm, content).is_some()) {
        return Err(Failure::word("parentError"));
    }
    if let Some(method) = method_of(vm, content) {
        match vm.shape_of(method) {
            Some((CodeKind::Method, argc, ..)) if usize::from(argc) == super::arity(&bytes) => {}
            Some((CodeKind::Method, ..)) => return Err(Failure::word("argumentCountError")),
            _ => return Err(REFLECT_TYPE),
        }
    } else if sort == MirrorSort::Object && super::arity(&bytes) != 0 {
        return Err(Failure::word("argumentCountError"));
    }
    let copy = changeable_copy(vm, call)?;
    let mut specs = vm.slot_specs(copy.value());
    let object_annotation = vm.object_annotation(copy.value());
    if sort == MirrorSort::Assignment {
        let plain = bytes.strip_suffix(b":").ok_or(Failure::word("argumentCountError"))?;
        let plain = vm.intern(plain);
        let spec = specs.iter().find(|s| s.name == plain).copied();
        let spec = spec.ok_or(Failure::word("lonelyAssignmentSlotError"))?;
        if method_of(vm, spec.content).is_some() {
            return Err(Failure::word("unassignableSlotError"));
        }
        vm.put_spec(&mut specs, SlotSpec { assignable: true, ..spec });
    } else {
        let name = vm.intern(&bytes);
        let parent = is_parent == yes;
        // What is assignable stays so, unless it becomes a method.
        let assignable =
            specs.iter().any(|s| s.name == name && s.assignable) && method_of(vm, content).is_none();
        vm.put_spec(&mut specs, SlotSpec { name, assignable, parent, annotation, content });
    }
    vm.shape(copy, &specs, object_annotation);
    Ok(Reply::Value(vm.mirror_on(copy.value())))
}

/// A copy of a method with one more slot, or another in the place of one. `assigns`: the slot is the assignment of a local that is there.
fn method_with(vm: &mut Vm, call: &Call, method: ObjectRef, slot: MethodSlot, assigns: bool) -> Outcome {
    if method_of(vm, slot.content).is_some() && !slot.argument && !assigns {
        return Err(REFLECT_TYPE);
    }
    method_copy::changed(vm, call, method, |slots| {
        if assigns {
            let plain = slot.name.strip_suffix(b":").ok_or(Failure::word("argumentCountError"))?;
            let local = slots.iter_mut().find(|s| s.name == plain && !s.argument);
            local.ok_or(Failure::word("lonelyAssignmentSlotError"))?.assignable = true;
            return Ok(());
        }
        match slots.iter_mut().find(|s| s.name == slot.name) {
            Some(old) => {
                let assignable = old.assignable && !slot.argument;
                *old = MethodSlot { assignable, ..slot };
            }
            None => slots.push(slot),
        }
        // Arguments come first, in order.
        slots.sort_by_key(|s| !s.argument);
        Ok(())
    })
}

/// A copy of a method without one of its slots. Without its assignment, a local becomes constant.
fn method_without(vm: &mut Vm, call: &Call, method: ObjectRef, name: ObjectRef) -> Outcome {
    let name = vm.heap.bytes(name).to_vec();
    method_copy::changed(vm, call, method, |slots| {
        if let Some(at) = slots.iter().position(|s| s.name == name) {
            slots.remove(at);
            return Ok(());
        }
        let plain = name.strip_suffix(b":").ok_or(SLOT_NAME)?;
        let local = slots.iter_mut().find(|s| s.name == plain && s.assignable && !s.argument);
        local.ok_or(SLOT_NAME)?.assignable = false;
        Ok(())
    })
}

/// The activation that made the block which this one runs, if it is still there: the one that has it as its home or encloses it.
fn lexical_parent(vm: &mut Vm, call: &Call) -> Outcome {
    let none = Failure::word("noParentError");
    let (process, frame) = frame(vm, call)?;
    let code = frame.code();
    if code.kind != CodeKind::Block {
        return Err(none);
    }
    let parent = vm.heap.item(code.method, method_element::PARENT);
    let receiver = vm.frame_receiver(process, &frame);
    let frames = vm.wake(process).map(|p| p.frames.clone()).unwrap_or_default();
    let below = frames.iter().rposition(|f| f.base == frame.base).unwrap_or(0);
    for at in (0..below).rev() {
        if frames[at].code().method.value() == parent && vm.frame_receiver(process, &frames[at]) == receiver {
            return Ok(Reply::Value(vm.activation_mirror(process, at)));
        }
    }
    Err(none)
}

/// A block with the body that the mirror shows.
fn create_block(vm: &mut Vm, call: &Call) -> Outcome {
    let v = object_reflectee(vm, call)?;
    let method = method_of(vm, v).ok_or(REFLECT_TYPE)?;
    let block = vm.lone_block(method).ok_or(REFLECT_TYPE)?;
    Ok(Reply::Value(vm.mirror_on(block.value())))
}
