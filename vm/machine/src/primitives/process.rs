//! Processes: making, transferring, suspending, looking at them.

use std::time::Duration;

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use super::{
    BAD_INDEX, BAD_SIGN, BAD_TYPE, Call, Entry, FORBIDDEN, Failure, OUT_OF_MEMORY, Outcome, Reply, int,
};
use crate::process::{ProcessState, process_element};
use crate::reflect::MirrorSort;
use crate::scheduling::{Signal, Stops};
use crate::signals::RESULT_SIZE;
use crate::vm::{Step, Vm};

const NO_PROCESS: Failure = Failure::word("noProcessError");
const NO_ACTIVATION: Failure = Failure::word("noActivationError");

pub(super) const LIST: &[Entry] = &[
    ("_ThisProcess", 0, |vm, _| Ok(Reply::Value(vm.process().object.value()))),
    ("_NewProcessSize:Receiver:Selector:Arguments:", 4, new_process),
    ("_TWAINSResultVector:SingleStep:StopAt:", 3, transfer),
    ("_TWAINSResultSize", 0, |vm, _| vm.reply_int(RESULT_SIZE as i64)),
    ("_Yield:", 1, |vm, c| {
        let (receiver, argument) = (vm.receiver(c), vm.argument(c, 0));
        if vm.process().resumer.is_none() {
            return Ok(Reply::Value(receiver));
        }
        vm.set_register(c.dst, receiver);
        Ok(Reply::Step(vm.leave_process(Signal::Yielded(receiver, argument), b"", None)))
    }),
    ("_ProcessSuspend:", 1, |vm, c| {
        let message = vm.argument(c, 0);
        let text = vm.text(message)?;
        Ok(Reply::Step(vm.suspend(&text, Some(c.dst))))
    }),
    ("_AbortProcess", 0, |vm, c| {
        let process = receiver(vm, c)?;
        if vm.process().object == process {
            return Ok(Reply::Step(vm.unwind()));
        }
        match vm.process_state(process) {
            // Whoever has ended stays what it was.
            ProcessState::Finished | ProcessState::Aborted => return Ok(Reply::Value(process.value())),
            ProcessState::Waiting => {
                return Err(Failure::word(
                    "primitiveFailedError: the process is transferring control to another one",
                ));
            }
            ProcessState::Ready | ProcessState::Suspended => {}
        }
        // What it promised is done now: control comes back when that is over, waits for something, or takes long. Asked again, it goes on,
        // or leaves what it is at if it has no fuel.
        let begun = vm.wake(process).is_some_and(|p| p.unwinding);
        if vm.prepare_unwinding(process) {
            let nil = vm.nil();
            vm.transfer(process, nil, c.dst, Stops::default()).map_err(Failure::word)?;
            let goes_on = begun && vm.process().fuel != Some(0);
            return Ok(Reply::Step(if goes_on { Step::Go } else { vm.unwind() }));
        }
        vm.abort_now(process);
        Ok(Reply::Value(process.value()))
    }),
    ("_ProcessResume:", 1, |vm, c| {
        let (process, value) = (receiver(vm, c)?, vm.argument(c, 0));
        if vm.resume_with(process, value) { Ok(Reply::Value(process.value())) } else { Err(NO_PROCESS) }
    }),
    ("_TakeInterrupt", 0, |vm, _| {
        let pending = std::mem::take(&mut vm.interrupt_pending);
        vm.reply_bool(pending)
    }),
    ("_ProcessInterrupt", 0, |vm, c| {
        // Suspends a process that waits for its turn, as Ctrl-C does a running one.
        let process = receiver(vm, c)?;
        let message = vm.intern(b"interrupted").value();
        stop(vm, process, message)
    }),
    // Nobody is there: trials and questions of this process end when somebody comes.
    ("_QuietBegin", 0, |vm, c| {
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        vm.quiet = vm.number_of_process();
        crate::host::activity().calm();
        Ok(Reply::Value(vm.receiver(c)))
    }),
    // The process that is quiet may have so many tokens written by models; a question that is begun is answered in full.
    ("_QuietAllow:", 1, |vm, c| {
        let tokens = int(vm.argument(c, 0))?;
        vm.quiet_tokens = Some(u64::try_from(tokens).unwrap_or(0));
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_QuietEnd", 0, |vm, c| {
        vm.quiet = None;
        vm.quiet_tokens = None;
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_IsDisturbed", 0, |vm, _| {
        let disturbed = crate::host::activity().disturbed().load(std::sync::atomic::Ordering::Relaxed);
        let quiet = vm.is_quiet();
        vm.reply_bool(quiet && disturbed)
    }),
    ("_IdleMilliseconds", 0, |vm, _| {
        vm.reply_int(i64::try_from(crate::host::activity().idle()).unwrap_or(i64::MAX).min(1 << 50))
    }),
    // More processes want to run than there are processors.
    ("_LoadIsHigh", 0, |vm, _| {
        let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load: f64 = text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        vm.reply_bool(load > processors as f64 + 1.0)
    }),
    // Whether the machine runs on a battery, and how full that is in percent, nil without one.
    ("_PowerSupply", 0, |vm, _| {
        let battery = crate::power::battery(std::path::Path::new(crate::power::SUPPLIES));
        let full = battery.map_or(vm.nil(), |b| Value::from_i32(i32::from(b.percent)));
        let drains = vm.boolean(battery.is_some_and(|b| b.drains));
        Ok(Reply::Value(vm.new_vector(&[drains, full]).value()))
    }),
    ("_ProcessState", 0, state),
    ("_ProcessStatus", 0, state),
    ("_ProcessMessage", 0, |vm, c| element(vm, c, process_element::MESSAGE)),
    ("_ProcessResult", 0, |vm, c| element(vm, c, process_element::RESULT)),
    ("_ProcessReturnValue", 0, |vm, c| {
        let process = receiver(vm, c)?;
        if vm.process_state(process) != ProcessState::Finished {
            return Err(NO_PROCESS);
        }
        Ok(Reply::Value(vm.heap.item(process, process_element::RESULT)))
    }),
    ("_ProcessNumber", 0, |vm, c| element(vm, c, process_element::NUMBER)),
    ("_ProcessName", 0, |vm, c| element(vm, c, process_element::NAME)),
    ("_ProcessName:", 1, |vm, c| set_element(vm, c, process_element::NAME)),
    ("_ProcessData", 0, |vm, c| element(vm, c, process_element::DATA)),
    ("_ProcessData:", 1, |vm, c| set_element(vm, c, process_element::DATA)),
    ("_ProcessLocals", 0, |vm, c| element(vm, c, process_element::DATA)),
    ("_ProcessLocals:", 1, |vm, c| set_element(vm, c, process_element::DATA)),
    ("_ProcessFuel:", 1, |vm, c| {
        let (process, fuel) = (receiver(vm, c)?, int(vm.argument(c, 0))?);
        let live = vm.wake(process).ok_or(NO_PROCESS)?;
        live.fuel = u64::try_from(fuel).ok();
        live.tells_of_fuel = true;
        live.dirty = true;
        Ok(Reply::Value(process.value()))
    }),
    ("_StackDepth", 0, |vm, c| {
        let process = receiver(vm, c)?;
        let depth = vm.activations(process).ok_or(NO_PROCESS)?.len();
        vm.reply_int(depth as i64)
    }),
    ("_ActivationStack", 0, |vm, c| {
        let process = receiver(vm, c)?;
        let activations = vm.activations(process).ok_or(NO_PROCESS)?;
        let mirrors: Vec<Value> =
            activations.into_iter().map(|at| vm.activation_mirror(process, at)).collect();
        Ok(Reply::Value(vm.new_vector(&mirrors).value()))
    }),
    ("_ActivationAt:", 1, |vm, c| {
        let (process, index) = (receiver(vm, c)?, int(vm.argument(c, 0))?);
        let activations = vm.activations(process).ok_or(NO_PROCESS)?;
        let at = usize::try_from(index).ok().and_then(|i| activations.get(i)).ok_or(BAD_INDEX)?;
        Ok(Reply::Value(vm.activation_mirror(process, *at)))
    }),
    // Selector, receiver and arguments of the user's message in whose course an exception was signalled; nil if there is none.
    ("_MessageThatMet:", 1, |vm, c| {
        let (process, exception) = (receiver(vm, c)?, vm.argument(c, 0));
        let Some(sent) = vm.message_that_met(process, exception) else { return Ok(Reply::Value(vm.nil())) };
        let parts: Vec<Value> = [sent.selector, sent.receiver].into_iter().chain(sent.arguments).collect();
        Ok(Reply::Value(vm.new_vector(&parts).value()))
    }),
    ("_ProcessTrace", 0, trace),
    ("_ProcessStackString", 0, trace),
    ("_PrintProcessStack", 0, |vm, c| {
        let process = receiver(vm, c)?;
        if vm.wake(process).is_none() {
            return Err(NO_PROCESS);
        }
        let text = vm.trace_text(process);
        vm.host.console.write(text.as_bytes());
        Ok(Reply::Value(process.value()))
    }),
    ("_ZombieProcesses", 0, |vm, _| Ok(Reply::Value(vm.new_vector(&[]).value()))),
    ("_BlockSignals", 0, |vm, c| {
        let value = vm.receiver(c);
        let block = boolean(vm, value)?;
        let blocked = std::mem::replace(&mut vm.signals.blocked, block);
        if blocked && !block {
            // What came meanwhile is told soon.
            vm.look_soon();
        }
        vm.reply_bool(blocked)
    }),
    ("_KillActivationsUpTo:", 1, |vm, c| {
        let (process, index) = (receiver(vm, c)?, int(vm.argument(c, 0))?);
        let index = usize::try_from(index).map_err(|_| BAD_INDEX)?;
        vm.kill_activations(process, index).map_err(Failure::word)?;
        Ok(Reply::Value(process.value()))
    }),
    ("_RestartActivation:", 1, |vm, c| {
        let (process, index) = (receiver(vm, c)?, int(vm.argument(c, 0))?);
        let index = usize::try_from(index).map_err(|_| BAD_INDEX)?;
        let promised = vm.restart_activation(process, index).map_err(Failure::word)?;
        Ok(Reply::Value(vm.new_vector(&promised).value()))
    }),
    ("_ActivationHasBegun", 0, |vm, c| {
        // Whether the activation of a mirror has done anything yet.
        let mirror = vm.receiver(c);
        let mirror = vm.of_kind(mirror, Kind::Mirror)?;
        let (owner, at) = vm.mirrored_position(mirror).ok_or(NO_ACTIVATION)?;
        let pc = vm.wake(owner).and_then(|p| p.frames.get(at)).map_or(0, |f| f.pc);
        vm.reply_bool(pc != 0)
    }),
    ("_ProcessStop:", 1, |vm, c| {
        // As `_ProcessInterrupt`, for a reason that the world gives.
        let (process, message) = (receiver(vm, c)?, vm.argument(c, 0));
        stop(vm, process, message)
    }),
    ("_SetRealTimer", 0, |vm, c| {
        let period = milliseconds(vm, c)?;
        vm.signals.set_real(period);
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_SetCPUTimer", 0, |vm, c| {
        let period = milliseconds(vm, c)?;
        vm.signals.set_cpu(period);
        Ok(Reply::Value(vm.receiver(c)))
    }),
];

/// Suspends a process that is ready.
fn stop(vm: &mut Vm, process: ObjectRef, message: Value) -> Outcome {
    let live = vm.wake(process).ok_or(NO_PROCESS)?;
    if live.state != ProcessState::Ready {
        return Err(NO_PROCESS);
    }
    live.state = ProcessState::Suspended;
    live.dirty = true;
    vm.heap.set_item(process, process_element::MESSAGE, message);
    Ok(Reply::Value(process.value()))
}

/// A process like the receiver: with its slots, those that can be assigned its own.
fn new_process(vm: &mut Vm, call: &Call) -> Outcome {
    let model = receiver(vm, call)?;
    let [room, receiver, selector, arguments] = [0, 1, 2, 3].map(|i| vm.argument(call, i));
    // Stacks grow as they need to: the size is but looked at.
    let room = int(room)?;
    let name = vm.of_kind(selector, Kind::Symbol)?;
    let mut list = Vec::new();
    if arguments != vm.nil() {
        let vector = vm.of_kind(arguments, Kind::Vector)?;
        list.extend((0..vm.heap.length(vector)).map(|i| vm.heap.element(vector, i)));
    }
    let wanted = super::arity(vm.heap.bytes(name));
    if room <= 0 || wanted > list.len() || !super::object::is_slot_name(vm.heap.bytes(name)) {
        return Err(Failure::word("primitiveFailedError"));
    }
    list.truncate(wanted);
    if list.len() > 100 {
        return Err(OUT_OF_MEMORY);
    }
    let object = vm.new_process_object();
    vm.give_slots_of(object, model);
    let process = vm.begin_process(object, receiver, name, &list).ok_or(OUT_OF_MEMORY)?;
    Ok(Reply::Value(process.value()))
}

/// Transfers control to a process until something is signalled, and answers what, as the Self VM does.
fn transfer(vm: &mut Vm, call: &Call) -> Outcome {
    let target = receiver(vm, call)?;
    let [vector, step, stop] = [0, 1, 2].map(|i| vm.argument(call, i));
    let vector = vm.of_kind(vector, Kind::Vector)?;
    let single_step = boolean(vm, step)?;
    let running = vm.process().object;
    let ready = vm.wake(target).is_some_and(|process| process.state == ProcessState::Ready);
    if target != running && !ready {
        return Err(NO_PROCESS);
    }
    if !vm.is_result_vector(vector) {
        return Err(Failure::word("primitiveFailedError: the result vector is too short"));
    }
    let mut activation = None;
    if stop != vm.nil() {
        let mirror = vm.of_kind(stop, Kind::Mirror)?;
        if vm.mirror_parts(mirror).0 != MirrorSort::Activation {
            return Err(BAD_TYPE);
        }
        let (owner, at) = vm.mirrored_position(mirror).ok_or(NO_ACTIVATION)?;
        if owner != target {
            return Err(NO_ACTIVATION);
        }
        activation = Some(at);
    }
    if vm.process().resumer.is_some() {
        return Err(Failure::word("parallelTWAINSError"));
    }
    let pending = vm.signals_pending();
    if target != running && !pending {
        let stops = Stops { single_step, activation };
        return vm.transfer(target, vector.value(), call.dst, stops).map(Reply::Step).map_err(Failure::word);
    }
    if !pending && !vm.host.outside {
        return Err(FORBIDDEN);
    }
    Ok(Reply::Value(vm.transfer_to_nobody(vector)))
}

fn boolean(vm: &Vm, value: Value) -> Result<bool, Failure> {
    match value {
        v if v == vm.boolean(true) => Ok(true),
        v if v == vm.boolean(false) => Ok(false),
        _ => Err(BAD_TYPE),
    }
}

/// The receiver as a time.
fn milliseconds(vm: &mut Vm, call: &Call) -> Result<Duration, Failure> {
    let ms = u64::try_from(int(vm.receiver(call))?).map_err(|_| BAD_SIGN)?;
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    Ok(Duration::from_millis(ms))
}

fn receiver(vm: &mut Vm, call: &Call) -> Result<ObjectRef, Failure> {
    let value = vm.receiver(call);
    vm.of_kind(value, Kind::Process)
}

fn element(vm: &mut Vm, call: &Call, at: usize) -> Outcome {
    let process = receiver(vm, call)?;
    Ok(Reply::Value(vm.heap.item(process, at)))
}

fn set_element(vm: &mut Vm, call: &Call, at: usize) -> Outcome {
    let (process, value) = (receiver(vm, call)?, vm.argument(call, 0));
    vm.heap.set_item(process, at, value);
    Ok(Reply::Value(process.value()))
}

fn state(vm: &mut Vm, call: &Call) -> Outcome {
    let process = receiver(vm, call)?;
    let word = match vm.process_state(process) {
        ProcessState::Ready => "ready",
        ProcessState::Waiting => "waiting",
        ProcessState::Suspended => "suspended",
        ProcessState::Finished => "finished",
        ProcessState::Aborted => "aborted",
    };
    vm.reply_text(word)
}

fn trace(vm: &mut Vm, call: &Call) -> Outcome {
    let process = receiver(vm, call)?;
    let text = vm.trace_text(process);
    vm.reply_text(&text)
}
