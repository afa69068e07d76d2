//! What compiled code asks of the machine. Nothing here collects garbage, pushes a frame or changes a slot.

use batos_image::value::Value;

use crate::block::block_element;
use crate::code::Code;
use crate::lookup::Evaluation;
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

/// Tries a primitive. What it would send is not sent here: nothing has happened then.
pub(super) extern "C" fn primitive(machine: *mut Vm, index: u64, window: u64, argc: u64) -> u64 {
    // SAFETY: as above.
    let vm = unsafe { of(machine) };
    if vm.primitives.quick(index as u16).is_some() {
        return quick(machine, index, window);
    }
    let stack = vm.process().stack.as_ptr() as u64;
    let (window, argc) = ((window - stack) as usize / size_of::<Value>(), argc as usize);
    let call = Call { window, argc, dst: 0, has_fail: false };
    let frames = vm.process().frames.len();
    let answer = match vm.primitives.get(index as u16, argc).map(|function| function(vm, &call)) {
        Some(Ok(Reply::Value(value))) => value.bits(),
        _ => DECLINED,
    };
    debug_assert_eq!(frames, vm.process().frames.len(), "{} pushes frames", vm.primitives.name(index as u16));
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
        Some(Quick::Evaluate(it)) => match vm.lookups.evaluations.get(vm.heap.map_bits(it)) {
            Evaluation::Itself => it.bits(),
            Evaluation::Unknown | Evaluation::Block => DECLINED,
        },
        _ => DECLINED,
    }
}

/// Makes a block of a literal: with its code, and room for what it captures.
pub(super) extern "C" fn new_block(machine: *mut Vm, code: u64, site: u64) -> u64 {
    // SAFETY: as above; compiled code names living code, and its own literals.
    let (vm, site) = unsafe { (of(machine), &(&(*(code as *const Code)).blocks)[site as usize]) };
    let count = block_element::CAPTURES + site.captures.len();
    let block = vm.heap.alloc_indexed(site.map, 0, count, Value::ZERO);
    vm.heap.set_item(block, block_element::CODE, site.code.value());
    note_collection(vm);
    block.value().bits()
}

/// The stack index of a register by its address.
fn stack_index(vm: &mut Vm, place: u64) -> usize {
    (place - vm.process().stack.as_ptr() as u64) as usize / size_of::<Value>()
}

/// The open cell on a register.
pub(super) extern "C" fn open_cell(machine: *mut Vm, place: u64) -> u64 {
    // SAFETY: as above.
    let vm = unsafe { of(machine) };
    let index = stack_index(vm, place);
    let cell = vm.open_cell(index);
    note_collection(vm);
    cell.bits()
}

/// The home marker in a register.
pub(super) extern "C" fn home_marker(machine: *mut Vm, place: u64) -> u64 {
    // SAFETY: as above.
    let vm = unsafe { of(machine) };
    let index = stack_index(vm, place);
    let marker = vm.marker_at(index);
    note_collection(vm);
    marker.bits()
}

/// Closes the open cells on a register and those above.
pub(super) extern "C" fn close_cells(machine: *mut Vm, place: u64) -> u64 {
    // SAFETY: as above.
    let vm = unsafe { of(machine) };
    let index = stack_index(vm, place);
    vm.close_cells(index);
    0
}

/// Makes a cell.
pub(super) extern "C" fn new_cell(machine: *mut Vm, content: u64) -> u64 {
    // SAFETY: as above.
    let vm = unsafe { of(machine) };
    let cell = vm.heap.alloc_slots(vm.heap.known.cell_map, 1, Value::from_bits(content));
    note_collection(vm);
    cell.value().bits()
}
