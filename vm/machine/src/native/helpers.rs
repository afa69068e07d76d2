//! What compiled code asks of the machine. Nothing here collects garbage, pushes a frame or changes a slot.

use batos_image::value::Value;

use crate::primitives::{Call, Quick, Reply};
use crate::vm::Vm;

/// The word that says: not done. It is no value.
const DECLINED: u64 = 3;

/// The machine that a helper was called for.
///
/// # Safety
/// `machine` is what the context of running compiled code says.
unsafe fn of<'a>(machine: *mut Vm) -> &'a mut Vm {
    // SAFETY: `run_compiled` waits for compiled code and touches the machine only when that came back.
    let vm = unsafe { &mut *machine };
    vm.sync_frames();
    vm
}

/// A collection that became due is not forgotten: the next safepoint looks.
fn note_collection(vm: &mut Vm) {
    if vm.heap.gc_requested()
        && let Some(context) = &mut vm.gear.context
    {
        context.polls = context.polls.min(0);
    }
}

/// The value of a float.
pub(super) extern "C" fn box_float(machine: *mut Vm, x: f64) -> u64 {
    // SAFETY: called by compiled code with its context's machine.
    let vm = unsafe { of(machine) };
    let value = vm.heap.new_float(x);
    note_collection(vm);
    value.bits()
}

/// Tries a primitive.
pub(super) extern "C" fn primitive(machine: *mut Vm, index: u64, window: u64, argc: u64) -> u64 {
    // SAFETY: as above.
    let vm = unsafe { of(machine) };
    let stack = vm.process().stack.as_ptr() as u64;
    let (window, argc) = ((window - stack) as usize / size_of::<Value>(), argc as usize);
    let call = Call { window, argc, dst: 0, has_fail: false };
    let answer = match vm.primitives.get(index as u16, argc).map(|function| function(vm, &call)) {
        Some(Ok(Reply::Value(value))) => value.bits(),
        _ => DECLINED,
    };
    note_collection(vm);
    answer
}

/// Tries the fast path of a primitive.
pub(super) extern "C" fn quick(machine: *mut Vm, index: u64, window: u64) -> u64 {
    // SAFETY: as above; a window has room for two arguments, whatever stands there.
    let (vm, words) = unsafe { (of(machine), std::slice::from_raw_parts(window as *const Value, 3)) };
    let (receiver, first, second) = (words[0], words[1], words[2]);
    match vm.primitives.quick(index as u16).map(|function| function(vm, receiver, first, second)) {
        Some(Quick::Value(value)) => value.bits(),
        _ => DECLINED,
    }
}

/// Makes a block in the running frame.
pub(super) extern "C" fn make_block(machine: *mut Vm, site: u64) -> u64 {
    // SAFETY: as above.
    let vm = unsafe { of(machine) };
    let frame = *vm.frame();
    let block = vm.make_block(frame.code, site as usize, frame.base as usize);
    note_collection(vm);
    block.bits()
}

/// Makes a cell.
pub(super) extern "C" fn new_cell(machine: *mut Vm, content: u64) -> u64 {
    // SAFETY: as above.
    let vm = unsafe { of(machine) };
    let cell = vm.heap.alloc_slots(vm.heap.known.cell_map, 1, Value::from_bits(content));
    note_collection(vm);
    cell.value().bits()
}
