//! Any object: identity, copying, slots, sends by name.

use batos_image::layout::Kind;
use batos_image::value::Value;

use super::{ANY, BAD_INDEX, BAD_TYPE, Call, Entry, Failure, Outcome, Reply, int};
use crate::code::Hit;
use crate::errors::{Problem, SendType};
use crate::lookup::Start;
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_Eq:", 1, |vm, c| {
        let (a, b) = (vm.receiver(c), vm.argument(c, 0));
        vm.reply_bool(vm.same(a, b))
    }),
    ("_Clone", 0, |vm, c| {
        let v = vm.receiver(c);
        if let Some(r) = v.as_ref() {
            let bytes = vm.heap.object_bytes(r);
            if !vm.heap.can_allocate(bytes) {
                return vm.no_room(bytes);
            }
        }
        Ok(Reply::Value(vm.clone_value(v)))
    }),
    ("_IdentityHash", 0, |vm, c| {
        let v = vm.receiver(c);
        let hash = vm.heap.identity_hash(v);
        vm.reply_int(i64::from(hash))
    }),
    ("_ObjectID", 0, |vm, c| {
        let v = vm.receiver(c);
        let known = vm.object_ids.iter().position(|known| vm.same(*known, v));
        let id = known.unwrap_or_else(|| {
            vm.object_ids.push(v);
            vm.object_ids.len() - 1
        });
        vm.reply_int(id as i64)
    }),
    ("_AsObject", 0, |vm, c| {
        let id = usize::try_from(int(vm.receiver(c))?).map_err(|_| BAD_INDEX)?;
        Ok(Reply::Value(*vm.object_ids.get(id).ok_or(BAD_INDEX)?))
    }),
    ("_AddSlots:", 1, |vm, c| add(vm, c, false)),
    ("_AddSlotsIfAbsent:", 1, |vm, c| add(vm, c, true)),
    ("_Define:", 1, |vm, c| {
        let (v, model) = (vm.receiver(c), vm.argument(c, 0));
        if vm.define(v, model) {
            // The receiver may have been replaced everywhere: read it again.
            Ok(Reply::Value(vm.receiver(c)))
        } else {
            Err(BAD_TYPE)
        }
    }),
    ("_RemoveSlot:", 1, |vm, c| {
        let (v, name) = (vm.receiver(c), vm.argument(c, 0));
        let name = vm.bytes_object(name)?;
        let bytes = vm.heap.bytes(name).to_vec();
        let name = vm.intern(&bytes);
        vm.remove_slot(v, name).map_err(Failure::word)?;
        Ok(Reply::Value(v))
    }),
    ("_RemoveAllSlots", 0, |vm, c| {
        let v = vm.receiver(c);
        if vm.remove_all_slots(v) { Ok(Reply::Value(v)) } else { Err(BAD_TYPE) }
    }),
    ("_Perform:", ANY, |vm, c| perform(vm, c)),
    ("_Perform:DelegatingTo:", ANY, |vm, c| delegate(vm, c)),
    ("_PerformResend:", ANY, |vm, c| perform_resend(vm, c)),
    ("_RecordNatives", 0, |vm, c| {
        vm.record_natives();
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_ProgrammingTimestamp", 0, |vm, _| {
        let stamp = vm.heap.root(batos_image::layout::root::TIMESTAMP).as_int().unwrap_or(0);
        vm.reply_int(stamp)
    }),
];

fn add(vm: &mut Vm, call: &Call, if_absent: bool) -> Outcome {
    if !if_absent && let Some(step) = vm.add_by_script(call) {
        return Ok(Reply::Step(step));
    }
    let (v, from) = (vm.receiver(call), vm.argument(call, 0));
    if vm.add_slots(v, from, if_absent) { Ok(Reply::Value(v)) } else { Err(BAD_TYPE) }
}

/// Number of arguments a selector takes.
pub(crate) fn arity(selector: &[u8]) -> usize {
    match selector.first() {
        Some(b) if b.is_ascii_alphanumeric() || *b == b'_' => selector.iter().filter(|b| **b == b':').count(),
        Some(_) => 1,
        None => 0,
    }
}

/// May a slot be called so? Names of arguments of the machine and of the language itself are none.
pub(super) fn is_slot_name(name: &[u8]) -> bool {
    let idle = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    match name {
        [] | b"self" | b"resend" | b"=" | b"<-" => matches!(name, b"=" | b"<-"),
        b"|" | b"^" => false,
        [b'a'..=b'z', ..] if !name.contains(&b':') => name.iter().all(idle),
        [b'a'..=b'z', ..] => {
            let Some(parts) = name.strip_suffix(b":") else { return false };
            parts.split(|b| *b == b':').enumerate().all(|(i, part)| match part {
                [first, rest @ ..] => {
                    let right = if i == 0 { first.is_ascii_lowercase() } else { first.is_ascii_uppercase() };
                    right && rest.iter().all(idle)
                }
                [] => false,
            })
        }
        _ => name.iter().all(|b| b"!#$%&*+,-/;<=>?@\\^`|~".contains(b)),
    }
}

/// Checks a selector given as an object. `Err`: the lookup error to report.
fn check(vm: &Vm, selector: Value, argc: usize) -> Result<(), Problem> {
    let name = vm.of_kind(selector, Kind::Symbol).map_err(|_| Problem::PerformType)?;
    let bytes = vm.heap.bytes(name);
    if !is_slot_name(bytes) {
        return Err(Problem::PerformType);
    }
    if arity(bytes) != argc { Err(Problem::MismatchedArguments) } else { Ok(()) }
}

/// Moves arguments that follow `skip` others down behind the receiver.
fn shift_down(vm: &mut Vm, call: &Call, skip: usize) {
    for i in skip..call.argc {
        let value = vm.argument(call, i);
        vm.set_stack(call.window + 1 + i - skip, value);
    }
}

fn report(
    vm: &mut Vm,
    call: &Call,
    problem: Problem,
    selector: Value,
    how: SendType,
    to: Option<Value>,
    holder: Option<Value>,
) -> Outcome {
    let skip = if to.is_some() { 2 } else { 1 };
    shift_down(vm, call, skip);
    let argc = call.argc - skip;
    Ok(Reply::Step(vm.lookup_error(problem, selector, call.window, argc, call.dst, how, to, holder)))
}

fn perform(vm: &mut Vm, call: &Call) -> Outcome {
    if call.argc == 0 {
        return Err(BAD_TYPE);
    }
    let selector = vm.argument(call, 0);
    if let Err(problem) = check(vm, selector, call.argc - 1) {
        return report(vm, call, problem, selector, SendType::Normal, None, None);
    }
    shift_down(vm, call, 1);
    Ok(Reply::Step(vm.send_at(selector.ref_unchecked(), call.window, call.argc - 1, call.dst)))
}

fn delegate(vm: &mut Vm, call: &Call) -> Outcome {
    if call.argc < 2 {
        return Err(BAD_TYPE);
    }
    let (selector, to) = (vm.argument(call, 0), vm.argument(call, 1));
    if let Err(problem) = check(vm, selector, call.argc - 2) {
        return report(vm, call, problem, selector, SendType::Delegated, Some(to), None);
    }
    let receiver = vm.receiver(call);
    match vm.resolve_from(Start::Object(to), receiver, selector.ref_unchecked()) {
        Ok(hit) => run(vm, call, hit, 2),
        Err(outcome) => {
            let problem = Problem::from_outcome(&outcome);
            report(vm, call, problem, selector, SendType::Delegated, Some(to), None)
        }
    }
}

/// Searches from the parents of the method holder of the caller.
fn perform_resend(vm: &mut Vm, call: &Call) -> Outcome {
    if call.argc == 0 {
        return Err(BAD_TYPE);
    }
    let selector = vm.argument(call, 0);
    let receiver = vm.receiver(call);
    let holder = vm.running_holder().unwrap_or(receiver);
    if let Err(problem) = check(vm, selector, call.argc - 1) {
        return report(vm, call, problem, selector, SendType::UndirectedResend, None, Some(holder));
    }
    match vm.resolve_from(Start::ParentsOf(holder), receiver, selector.ref_unchecked()) {
        Ok(hit) => run(vm, call, hit, 1),
        Err(outcome) => {
            let problem = Problem::from_outcome(&outcome);
            report(vm, call, problem, selector, SendType::UndirectedResend, None, Some(holder))
        }
    }
}

/// Does what was found for a send by name whose own arguments follow `skip` others.
fn run(vm: &mut Vm, call: &Call, hit: Hit, skip: usize) -> Outcome {
    shift_down(vm, call, skip);
    Ok(Reply::Step(vm.perform(hit, call.window, call.argc - skip, call.dst)))
}
