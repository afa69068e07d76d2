//! Handlers that move values: literals, captured variables, cells, new blocks, and the parts of objects that load units make.

use batos_image::value::{MapRef, ObjectRef, Value};
use batos_lang::code::op::Instr;

use super::state::{Next, State};
use crate::block::block_element;
use crate::vm::{Step, Vm};

/// A cell: header and content.
const CELL_BYTES: usize = 16;

#[inline(always)]
pub(super) fn move_(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, s.reg(i.b));
    s.go(vm)
}

#[inline(always)]
pub(super) fn load_int(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, Value::from_i32(i.d as i32));
    s.go(vm)
}

#[inline(always)]
pub(super) fn load_lit(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, s.literal(vm, i.d));
    s.go(vm)
}

#[inline(always)]
pub(super) fn load_nil(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.known.nil);
    s.go(vm)
}

#[inline(always)]
pub(super) fn load_true(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.known.true_);
    s.go(vm)
}

#[inline(always)]
pub(super) fn load_false(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.known.false_);
    s.go(vm)
}

#[inline(always)]
pub(super) fn load_self(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.item(s.reg(0).ref_unchecked(), block_element::SELF));
    s.go(vm)
}

#[inline(always)]
pub(super) fn load_capture(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.item(s.reg(0).ref_unchecked(), block_element::CAPTURES + i.d as usize));
    s.go(vm)
}

#[inline(always)]
pub(super) fn new_cell(vm: &mut Vm, s: State, i: Instr) -> Next {
    if !vm.heap.fits_young(CELL_BYTES) {
        return s.slowly(vm, i, |vm, i| {
            let value = vm.register(i.b);
            let cell = vm.heap.alloc_slots(vm.heap.known.cell_map, 1, value);
            vm.set_register(i.a, cell.value());
            Step::Go
        });
    }
    let map = vm.heap.known.cell_map;
    let cell = vm.heap.alloc_slots(map, 1, s.reg(i.b));
    s.set(i.a, cell.value());
    s.go(vm)
}

/// A cell, and whether its variable still lives on a stack.
#[inline(always)]
fn captured(vm: &Vm, s: State, i: Instr) -> (ObjectRef, bool) {
    let cell = vm.heap.item(s.reg(0).ref_unchecked(), block_element::CAPTURES + i.d as usize);
    (cell.ref_unchecked(), vm.is_open(cell.ref_unchecked()))
}

#[inline(always)]
pub(super) fn cell_get(vm: &mut Vm, s: State, i: Instr) -> Next {
    let cell = s.reg(i.b).ref_unchecked();
    if vm.is_open(cell) {
        return s.slowly(vm, i, |vm, i| {
            let cell = vm.register(i.b);
            let value = vm.cell_get(cell);
            vm.set_register(i.a, value);
            Step::Go
        });
    }
    s.set(i.a, vm.heap.word(cell, 0));
    s.go(vm)
}

#[inline(always)]
pub(super) fn cell_set(vm: &mut Vm, s: State, i: Instr) -> Next {
    let cell = s.reg(i.a).ref_unchecked();
    if vm.is_open(cell) {
        return s.slowly(vm, i, |vm, i| {
            let (cell, value) = (vm.register(i.a), vm.register(i.b));
            vm.cell_set(cell, value);
            Step::Go
        });
    }
    vm.heap.store(cell, 0, s.reg(i.b));
    s.go(vm)
}

#[inline(always)]
pub(super) fn capture_get(vm: &mut Vm, s: State, i: Instr) -> Next {
    let (cell, open) = captured(vm, s, i);
    if open {
        return s.slowly(vm, i, |vm, i| {
            let cell = vm.captured_cell(i);
            let value = vm.cell_get(cell);
            vm.set_register(i.a, value);
            Step::Go
        });
    }
    s.set(i.a, vm.heap.word(cell, 0));
    s.go(vm)
}

#[inline(always)]
pub(super) fn capture_set(vm: &mut Vm, s: State, i: Instr) -> Next {
    let (cell, open) = captured(vm, s, i);
    if open {
        return s.slowly(vm, i, |vm, i| {
            let (cell, value) = (vm.captured_cell(i), vm.register(i.a));
            vm.cell_set(cell, value);
            Step::Go
        });
    }
    vm.heap.store(cell, 0, s.reg(i.a));
    s.go(vm)
}

#[inline(always)]
pub(super) fn make_block(vm: &mut Vm, s: State, i: Instr) -> Next {
    let block = vm.make_block(s.code, i.d as usize, s.base);
    s.set(i.a, block);
    s.go(vm)
}

#[inline(always)]
pub(super) fn close_cells(vm: &mut Vm, s: State, i: Instr) -> Next {
    if s.has_open(vm) {
        return s.slowly(vm, i, |vm, i| {
            let base = vm.frame().base as usize;
            vm.close_cells(base + i.a as usize);
            Step::Go
        });
    }
    s.go(vm)
}

#[inline(always)]
pub(super) fn put_element(vm: &mut Vm, s: State, i: Instr) -> Next {
    vm.heap.set_item(s.reg(i.a).ref_unchecked(), i.d as usize, s.reg(i.b));
    s.go(vm)
}

#[inline(always)]
pub(super) fn new_instance(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.slowly(vm, i, |vm, i| {
        let map = MapRef::assume(vm.register(i.b).ref_unchecked());
        let object = vm.new_instance(map);
        vm.set_register(i.a, object);
        Step::Go
    })
}

impl Vm {
    /// The captured cell that an instruction of the running block names.
    fn captured_cell(&mut self, i: Instr) -> Value {
        let block = self.register(0).ref_unchecked();
        self.heap.item(block, block_element::CAPTURES + i.d as usize)
    }
}
