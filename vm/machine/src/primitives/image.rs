//! The image and its memory, as the world sees them; and names that only turned a knob of the original machine.

use batos_image::layout::Kind;
use batos_image::value::Value;

use super::{Call, Entry, FORBIDDEN, Failure, Outcome, Reply};
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_ImageCommit", 0, |vm, c| {
        let message = vm.receiver(c);
        let message = vm.text(message)?;
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        match vm.commit(&message) {
            Ok(number) => vm.reply_int(i64::try_from(number).unwrap_or(i64::MAX)),
            Err(error) => Err(Failure::text(format!("primitiveFailedError: {error}"))),
        }
    }),
    ("_ImageSaveAs:", 1, |vm, c| {
        let path = vm.argument(c, 0);
        let path = vm.text(path)?;
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        match vm.save_as(std::path::Path::new(&path)) {
            Ok(()) => Ok(Reply::Value(vm.receiver(c))),
            Err(error) => Err(Failure::text(format!("primitiveFailedError: {error}"))),
        }
    }),
    // Real Self's name for it: the receiver is the file, and the answer.
    ("_WriteSnapshot", 0, |vm, c| {
        let v = vm.receiver(c);
        let path = vm.text(v)?;
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        match vm.save_as(std::path::Path::new(&path)) {
            Ok(()) => Ok(Reply::Value(vm.receiver(c))),
            Err(error) => Err(Failure::text(format!("primitiveFailedError: {error}"))),
        }
    }),
    ("_ImageHistory", 0, |vm, _| {
        let commits = vm.history().map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
        let mut rows = Vec::new();
        for commit in commits {
            let number = Value::from_i64(commit.number as i64).unwrap_or(Value::ZERO);
            let time = Value::from_i64(commit.time).unwrap_or(Value::ZERO);
            let author = vm.intern(commit.author.as_bytes()).value();
            let message = vm.intern(commit.message.as_bytes()).value();
            let parent = Value::from_i64(commit.parent as i64).unwrap_or(Value::ZERO);
            let branch = vm.intern(commit.branch.as_bytes()).value();
            rows.push(vm.new_vector(&[number, time, author, message, parent, branch]).value());
        }
        Ok(Reply::Value(vm.new_vector(&rows).value()))
    }),
    ("_ImageRevert:", 1, |vm, c| revert(vm, c, None)),
    ("_ImageRevert:Message:", 2, |vm, c| {
        let message = vm.argument(c, 1);
        let message = vm.text(message)?;
        revert(vm, c, Some(message))
    }),
    // The world becomes what the branch of the receiver's name has.
    ("_ImageSwitch", 0, |vm, c| {
        let name = vm.receiver(c);
        let name = vm.text(name)?;
        if !vm.host.outside || vm.durable.is_none() {
            return Err(FORBIDDEN);
        }
        vm.revert_message = None;
        vm.revert_branch = Some(name);
        Ok(Reply::Step(crate::vm::Step::Exit(crate::vm::Exit::Revert(0))))
    }),
    ("_ImageBranch", 0, |vm, c| {
        let name = vm.receiver(c);
        let name = vm.text(name)?;
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        match vm.branch(&name) {
            Ok(()) => Ok(Reply::Value(vm.receiver(c))),
            Err(error) => Err(Failure::text(format!("primitiveFailedError: {error}"))),
        }
    }),
    // A vector for each branch: name, newest commit, whether it is the one of this world.
    ("_ImageBranches", 0, |vm, _| {
        let mut rows = Vec::new();
        for (name, commit, current) in vm.branches() {
            let name = vm.intern(name.as_bytes()).value();
            let commit = Value::from_i64(commit as i64).unwrap_or(Value::ZERO);
            let current = vm.boolean(current);
            rows.push(vm.new_vector(&[name, commit, current]).value());
        }
        Ok(Reply::Value(vm.new_vector(&rows).value()))
    }),
    // What differs between a commit and now: vectors of path, what was there, what is; nil for nothing.
    ("_ImageDifference:", 1, |vm, c| {
        let commit = super::size(vm.argument(c, 0))? as u64;
        let found = vm.difference(commit).map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
        let mut rows = Vec::with_capacity(found.len());
        for difference in found {
            let text = |vm: &mut Vm, text: Option<String>| match text {
                Some(text) => vm.intern(text.as_bytes()).value(),
                None => vm.nil(),
            };
            let path = vm.intern(difference.path.as_bytes()).value();
            let before = text(vm, difference.before);
            let after = text(vm, difference.after);
            rows.push(vm.new_vector(&[path, before, after]).value());
        }
        Ok(Reply::Value(vm.new_vector(&rows).value()))
    }),
    // The text is evaluated for the lobby of the world as it was at a commit: in a copy that is thrown away, with limits.
    ("_ImageAt:Evaluate:Fuel:Memory:Time:", 5, |vm, c| {
        let commit = super::size(vm.argument(c, 0))? as u64;
        let text = vm.argument(c, 1);
        let text = vm.text(text)?;
        let limits = super::model::limits([2, 3, 4].map(|i| vm.argument(c, i)))?;
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        let trial = vm
            .try_in_past(commit, text.as_bytes(), limits)
            .map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
        Ok(Reply::Value(super::model::trial_row(vm, &trial)))
    }),
    ("_ImageStatistics", 0, |vm, _| {
        let counters = vm.counters;
        let (used, reserved) = vm.memory_sizes();
        let heap = vm.heap.statistics();
        let numbers = [
            used,
            reserved,
            counters.scavenges,
            counters.lookups,
            counters.searches,
            counters.changes,
            heap.full_marks,
            // In microseconds.
            heap.longest_pause / 1000,
            heap.total_pause / 1000,
        ];
        let values = numbers.map(|n| Value::from_i64(n as i64).unwrap_or(Value::ZERO));
        Ok(Reply::Value(vm.new_vector(&values).value()))
    }),
    // Paths of what leaving or going back would lose.
    ("_ImageUncommitted", 0, |vm, _| {
        let mut paths = vm.uncommitted(None);
        if let Some(paths) = paths.as_mut().filter(|paths| paths.is_empty()) {
            paths.push("more than can be compared".to_string());
        }
        let paths = paths.unwrap_or_default();
        let paths: Vec<Value> = paths.iter().map(|path| vm.intern(path.as_bytes()).value()).collect();
        Ok(Reply::Value(vm.new_vector(&paths).value()))
    }),
    ("_ImageUnsaved", 0, |vm, _| vm.reply_bool(vm.has_unsaved_changes())),
    // One object for the world to keep what it remembers until the program ends; nil at first.
    ("_SessionMemory", 0, |vm, _| Ok(Reply::Value(vm.session))),
    ("_SessionMemory:", 1, |vm, c| {
        vm.session = vm.argument(c, 0);
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_GarbageCollect", 0, |vm, c| {
        vm.collect_full();
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_Scavenge", 0, |vm, c| {
        vm.scavenge();
        Ok(Reply::Value(vm.receiver(c)))
    }),
    // Everything young grows old.
    ("_Tenure", 0, |vm, c| {
        vm.scavenge();
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_WizardMode", 0, |vm, c| knob(vm, c, no)),
    ("_WizardMode:", 1, same),
    ("_Interpret", 0, |vm, c| knob(vm, c, no)),
    ("_Inline", 0, |vm, c| knob(vm, c, no)),
    ("_Inline:", 1, same),
    ("_Flush", 0, same),
    ("_Compilers", 0, |vm, c| knob(vm, c, none)),
    ("_Compilers:Limits:", 2, same),
    ("_RecompileLimits", 0, |vm, c| knob(vm, c, none)),
    ("_Verify", 0, same),
    ("_MemoryCurrentState:", 1, memory_state),
    ("_MemoryVMReservedAmount", 0, |vm, c| knob(vm, c, zero)),
    // Memory grows by itself, up to the limit of the machine.
    ("_MemoryExpandHeap:", 1, |vm, c| {
        let bytes = super::size(vm.argument(c, 0))?;
        vm.reply_int(i64::try_from(bytes).unwrap_or(0))
    }),
    ("_MemoryLowSpaceThreshold", 0, |_, _| Ok(Reply::Value(Value::ZERO))),
    ("_MemoryLowSpaceThreshold:", 1, same),
    ("_CheckAssertions", 0, |vm, _| vm.reply_bool(cfg!(debug_assertions))),
    ("_MemoryDefaultSpaceSizes", 0, same),
    ("_VMversion", 0, |vm, _| {
        let parts = [
            env!("CARGO_PKG_VERSION_MAJOR"),
            env!("CARGO_PKG_VERSION_MINOR"),
            env!("CARGO_PKG_VERSION_PATCH"),
        ];
        let parts = parts.map(|n| n.parse().map_or(Value::ZERO, Value::from_i32));
        Ok(Reply::Value(vm.new_vector(&parts).value()))
    }),
    ("_NakedMethods", 0, |vm, c| knob(vm, c, no)),
    ("_NakedMethods:", 1, same),
];

/// Fills the slots of the argument that bear the names of the original machine's spaces and counters. A space is told by the bytes of its
/// objects, the bytes of its strings (here among the first), and its capacity; `old` by a vector of its parts, of which there is one.
fn memory_state(vm: &mut Vm, call: &Call) -> Outcome {
    let s = vm.heap.statistics();
    let number = |n: u64| Value::from_i64(n as i64).unwrap_or(Value::ZERO);
    let target = vm.argument(call, 0);
    let mut space = |used, capacity| vm.new_vector(&[number(used), Value::ZERO, number(capacity)]).value();
    let (old, young) =
        (space(s.old_bytes, s.image_bytes.max(s.old_bytes)), space(s.young_bytes, s.young_capacity));
    let none = space(0, 0);
    let old = vm.new_vector(&[old]).value();
    for (name, value) in [("old", old), ("eden", young), ("from", none), ("to", none)] {
        vm.set_slot_if_present(target, name.as_bytes(), value);
    }
    vm.set_slot_if_present(target, b"num_scavenge", number(s.scavenges));
    Ok(Reply::Value(vm.receiver(call)))
}

/// Goes back to an older commit; the message is for the history.
fn revert(vm: &mut Vm, call: &Call, message: Option<String>) -> Outcome {
    let to = super::size(vm.argument(call, 0))? as u64;
    if !vm.host.outside || vm.durable.is_none() {
        return Err(FORBIDDEN);
    }
    vm.revert_message = message;
    vm.revert_branch = None;
    Ok(Reply::Step(crate::vm::Step::Exit(crate::vm::Exit::Revert(to))))
}

/// A knob of the original machine, which this one hasn't, answers its receiver. Objects of the real world ask some of them for what they
/// need to know, and go on with the answer: they are told.
fn knob(vm: &mut Vm, call: &Call, answer: fn(&mut Vm) -> Value) -> Outcome {
    let receiver = vm.receiver(call);
    let plain = matches!(vm.heap.kind_of(receiver), Kind::Slots | Kind::Block | Kind::Process | Kind::Mirror);
    let room = receiver == vm.heap.known.lobby || receiver == vm.shell();
    Ok(Reply::Value(if plain && !room { answer(vm) } else { receiver }))
}

fn no(vm: &mut Vm) -> Value {
    vm.heap.known.false_
}

fn none(vm: &mut Vm) -> Value {
    vm.new_vector(&[]).value()
}

fn zero(_: &mut Vm) -> Value {
    Value::ZERO
}

fn same(vm: &mut Vm, call: &Call) -> Outcome {
    Ok(Reply::Value(vm.receiver(call)))
}
