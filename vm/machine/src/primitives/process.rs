//! Processes: making, transferring, suspending, looking at them.

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use super::{BAD_TYPE, Call, Entry, Failure, OUT_OF_MEMORY, Outcome, Reply, int, size};
use crate::process::{ProcessState, process_element};
use crate::scheduling::Signal;
use crate::vm::Vm;

const NO_PROCESS: Failure = Failure::word("noProcessError");

pub(super) const LIST: &[Entry] = &[
    ("_ThisProcess", 0, |vm, _| Ok(Reply::Value(vm.process().object.value()))),
    ("_NewProcessSize:Receiver:Selector:Arguments:", 4, |vm, c| {
        let [room, receiver, selector, arguments] = [0, 1, 2, 3].map(|i| vm.argument(c, i));
        // Stacks grow as they need to: the size is but looked at.
        size(room)?;
        let name = vm.of_kind(selector, Kind::Symbol)?;
        let mut list = Vec::new();
        if arguments != vm.nil() {
            let vector = vm.of_kind(arguments, Kind::Vector)?;
            list.extend((0..vm.heap.length(vector)).map(|i| vm.heap.element(vector, i)));
        }
        if super::arity(vm.heap.bytes(name)) != list.len() || list.len() > 100 {
            return Err(BAD_TYPE);
        }
        let process = vm.new_process(receiver, name, &list).ok_or(OUT_OF_MEMORY)?;
        Ok(Reply::Value(process.value()))
    }),
    ("_TWAINSResultVector:SingleStep:StopAt:", 3, |vm, c| {
        let (target, vector) = (vm.receiver(c), vm.argument(c, 0));
        let target = vm.of_kind(target, Kind::Process)?;
        vm.transfer(target, vector, c.dst).map(Reply::Step).map_err(Failure::word)
    }),
    ("_TWAINSResultSize", 0, |vm, _| vm.reply_int(3)),
    ("_Yield:", 1, |vm, c| {
        let value = vm.argument(c, 0);
        if vm.process().resumer.is_none() || vm.process().unwinding {
            return Ok(Reply::Value(vm.nil()));
        }
        let nil = vm.nil();
        vm.set_register(c.dst, nil);
        Ok(Reply::Step(vm.leave_process(Signal::Yield, b"", Some(value))))
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
        // What it promised is done now: control comes back when that is over.
        if vm.prepare_unwinding(process) {
            vm.transfer(process, process.value(), c.dst).map_err(Failure::word)?;
            return Ok(Reply::Step(vm.unwind()));
        }
        vm.abort_process(process);
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
        let live = vm.wake(process).ok_or(NO_PROCESS)?;
        if live.state != ProcessState::Ready {
            return Err(NO_PROCESS);
        }
        live.state = ProcessState::Suspended;
        live.dirty = true;
        vm.heap.set_item(process, process_element::MESSAGE, message);
        Ok(Reply::Value(process.value()))
    }),
    ("_ProcessState", 0, state),
    ("_ProcessStatus", 0, state),
    ("_ProcessMessage", 0, |vm, c| element(vm, c, process_element::MESSAGE)),
    ("_ProcessResult", 0, |vm, c| element(vm, c, process_element::RESULT)),
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
        live.dirty = true;
        Ok(Reply::Value(process.value()))
    }),
    ("_StackDepth", 0, |vm, c| {
        let process = receiver(vm, c)?;
        let depth = vm.wake(process).ok_or(NO_PROCESS)?.frames.len();
        vm.reply_int(depth as i64)
    }),
    ("_ActivationStack", 0, |vm, c| {
        let process = receiver(vm, c)?;
        let depth = vm.wake(process).ok_or(NO_PROCESS)?.frames.len();
        let mirrors: Vec<Value> = (0..depth).rev().map(|at| vm.activation_mirror(process, at)).collect();
        Ok(Reply::Value(vm.new_vector(&mirrors).value()))
    }),
    ("_ProcessTrace", 0, trace),
    ("_ProcessStackString", 0, trace),
    ("_PrintProcessStack", 0, |vm, c| {
        let process = receiver(vm, c)?;
        let text = vm.trace_text(process);
        vm.host.console.write(text.as_bytes());
        Ok(Reply::Value(process.value()))
    }),
    ("_ZombieProcesses", 0, |vm, _| Ok(Reply::Value(vm.new_vector(&[]).value()))),
    ("_BlockSignals", 0, |vm, c| Ok(Reply::Value(vm.receiver(c)))),
    ("_BlockSignals:", 1, |vm, c| {
        let blocked = vm.argument(c, 0);
        if ![vm.boolean(true), vm.boolean(false)].contains(&blocked) {
            return Err(BAD_TYPE);
        }
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_KillActivationsUpTo:", 1, |vm, c| {
        let (process, mirror) = (receiver(vm, c)?, vm.argument(c, 0));
        let mirror = vm.of_kind(mirror, Kind::Mirror)?;
        vm.kill_activations(process, mirror).map_err(Failure::word)?;
        Ok(Reply::Value(process.value()))
    }),
    ("_SetRealTimer", 0, |vm, c| Ok(Reply::Value(vm.receiver(c)))),
    ("_SetCPUTimer", 0, |vm, c| Ok(Reply::Value(vm.receiver(c)))),
];

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
