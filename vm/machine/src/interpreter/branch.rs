//! Handlers that decide where to go on: jumps, branches on true and false, loops over integers.

use batos_image::value::Value;
use batos_lang::code::op::Instr;

use super::state::{Next, State};
use crate::vm::Vm;

#[inline(always)]
pub(super) fn jump(_vm: &mut Vm, s: State, i: Instr) -> Next {
    Some(s.jump(i.d))
}

#[inline(always)]
pub(super) fn loop_(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.jump(i.d).poll(vm)
}

#[inline(always)]
pub(super) fn nothing(_vm: &mut Vm, s: State, _i: Instr) -> Next {
    Some(s)
}

/// Goes through if `value` is `through`, to `away` if it is that, else where the following `Slow` says.
#[inline(always)]
fn branch(s: State, value: Value, through: Value, away: Value, to: u32) -> Next {
    Some(if value == through {
        s.skip(1)
    } else if value == away {
        s.jump(to)
    } else {
        s.jump(s.peek().d)
    })
}

#[inline(always)]
pub(super) fn branch_false(vm: &mut Vm, s: State, i: Instr) -> Next {
    branch(s, s.reg(i.a), vm.heap.known.true_, vm.heap.known.false_, i.d)
}

#[inline(always)]
pub(super) fn branch_true(vm: &mut Vm, s: State, i: Instr) -> Next {
    branch(s, s.reg(i.a), vm.heap.known.false_, vm.heap.known.true_, i.d)
}

#[inline(always)]
pub(super) fn guard_int(_vm: &mut Vm, s: State, i: Instr) -> Next {
    Some(if s.reg(i.a).is_int() { s } else { s.jump(i.d) })
}

#[inline(always)]
pub(super) fn for_test(_vm: &mut Vm, s: State, i: Instr) -> Next {
    let over = s.reg(i.a).int_unchecked() > s.reg(i.b).int_unchecked();
    Some(if over { s.jump(i.d) } else { s })
}

#[inline(always)]
pub(super) fn for_test_down(_vm: &mut Vm, s: State, i: Instr) -> Next {
    let over = s.reg(i.a).int_unchecked() < s.reg(i.b).int_unchecked();
    Some(if over { s.jump(i.d) } else { s })
}

#[inline(always)]
pub(super) fn for_loop(vm: &mut Vm, s: State, i: Instr) -> Next {
    let next = s.reg(i.a).int_unchecked() + i64::from(i.c as i8);
    if next > s.reg(i.b).int_unchecked() {
        return Some(s);
    }
    s.set(i.a, Value::from_bits((next as u64) << 2));
    s.jump(i.d).poll(vm)
}

#[inline(always)]
pub(super) fn for_loop_down(vm: &mut Vm, s: State, i: Instr) -> Next {
    let next = s.reg(i.a).int_unchecked() + i64::from(i.c as i8);
    if next < s.reg(i.b).int_unchecked() {
        return Some(s);
    }
    s.set(i.a, Value::from_bits((next as u64) << 2));
    s.jump(i.d).poll(vm)
}

#[inline(always)]
pub(super) fn jump_if_true(vm: &mut Vm, s: State, i: Instr) -> Next {
    Some(if s.reg(i.a) == vm.heap.known.true_ { s.jump(i.d) } else { s })
}

#[inline(always)]
pub(super) fn jump_if_false(vm: &mut Vm, s: State, i: Instr) -> Next {
    Some(if s.reg(i.a) == vm.heap.known.false_ { s.jump(i.d) } else { s })
}

#[inline(always)]
pub(super) fn jump_if_same(vm: &mut Vm, s: State, i: Instr) -> Next {
    Some(if vm.same(s.reg(i.a), s.reg(i.b)) { s.jump(i.d) } else { s })
}
