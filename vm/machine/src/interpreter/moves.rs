//! Handlers that move values: literals, captured variables, cells, new blocks, and the parts of objects that load units make.

use batos_lang::code::op::Instr;

use super::state::{Next, State};
use crate::block::block_element;
use crate::vm::{Step, Vm};

#[inline(always)]
pub(super) fn move_(_vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, s.reg(i.b));
    Some(s)
}

#[inline(always)]
pub(super) fn load_int(_vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, batos_image::value::Value::from_i32(i.d as i32));
    Some(s)
}

#[inline(always)]
pub(super) fn load_lit(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, s.literal(vm, i.d));
    Some(s)
}

#[inline(always)]
pub(super) fn load_nil(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.known.nil);
    Some(s)
}

#[inline(always)]
pub(super) fn load_true(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.known.true_);
    Some(s)
}

#[inline(always)]
pub(super) fn load_false(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.known.false_);
    Some(s)
}

#[inline(always)]
pub(super) fn load_self(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.item(s.reg(0).ref_unchecked(), block_element::SELF));
    Some(s)
}

#[inline(always)]
pub(super) fn load_capture(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.set(i.a, vm.heap.item(s.reg(0).ref_unchecked(), block_element::CAPTURES + i.d as usize));
    Some(s)
}

#[inline(always)]
pub(super) fn new_cell(vm: &mut Vm, s: State, i: Instr) -> Next {
    let map = vm.heap.known.cell_map;
    let cell = vm.heap.alloc_slots(map, 1, s.reg(i.b));
    s.set(i.a, cell.value());
    Some(s)
}

#[inline(always)]
pub(super) fn cell_get(vm: &mut Vm, s: State, i: Instr) -> Next {
    let value = vm.cell_get(s.reg(i.b));
    s.set(i.a, value);
    Some(s)
}

#[inline(always)]
pub(super) fn cell_set(vm: &mut Vm, s: State, i: Instr) -> Next {
    vm.cell_set(s.reg(i.a), s.reg(i.b));
    Some(s)
}

#[inline(always)]
pub(super) fn capture_get(vm: &mut Vm, s: State, i: Instr) -> Next {
    let cell = vm.heap.item(s.reg(0).ref_unchecked(), block_element::CAPTURES + i.d as usize);
    let value = vm.cell_get(cell);
    s.set(i.a, value);
    Some(s)
}

#[inline(always)]
pub(super) fn capture_set(vm: &mut Vm, s: State, i: Instr) -> Next {
    let cell = vm.heap.item(s.reg(0).ref_unchecked(), block_element::CAPTURES + i.d as usize);
    vm.cell_set(cell, s.reg(i.a));
    Some(s)
}

#[inline(always)]
pub(super) fn make_block(vm: &mut Vm, s: State, i: Instr) -> Next {
    let block = vm.make_block(s.code, i.d as usize, s.base);
    s.set(i.a, block);
    Some(s)
}

#[inline(always)]
pub(super) fn close_cells(vm: &mut Vm, s: State, i: Instr) -> Next {
    if vm.frame().has_open {
        vm.close_cells(s.base + i.a as usize);
    }
    Some(s)
}

#[inline(always)]
pub(super) fn put_element(vm: &mut Vm, s: State, i: Instr) -> Next {
    vm.heap.set_item(s.reg(i.a).ref_unchecked(), i.d as usize, s.reg(i.b));
    Some(s)
}

#[inline(always)]
pub(super) fn new_instance(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.slowly(vm, i, |vm, i| {
        let map = vm.register(i.b).ref_unchecked();
        let object = vm.new_instance(map);
        vm.set_register(i.a, object);
        Step::Go
    })
}
