//! Handlers that decide where to go on: jumps, branches on true and false, loops over integers.

use batos_image::value::Value;
use batos_lang::code::op::Instr;

use super::state::{Next, State};
use crate::vm::{Step, Vm};

#[inline(always)]
pub(super) fn jump(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.jump(i.d).go(vm)
}

#[inline(always)]
pub(super) fn loop_(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.jump(i.d).poll(vm)
}

#[inline(always)]
pub(super) fn nothing(vm: &mut Vm, s: State, _i: Instr) -> Next {
    s.go(vm)
}

/// Goes through if `value` is `through`, to `away` if it is that, else where the following `Slow` says.
#[inline(always)]
fn branch(s: State, value: Value, through: Value, away: Value, to: u32) -> State {
    if value == through {
        s.skip(1)
    } else if value == away {
        s.jump(to)
    } else {
        s.jump(s.peek().d)
    }
}

#[inline(always)]
pub(super) fn branch_false(vm: &mut Vm, s: State, i: Instr) -> Next {
    branch(s, s.reg(i.a), vm.heap.known.true_, vm.heap.known.false_, i.d).go(vm)
}

#[inline(always)]
pub(super) fn branch_true(vm: &mut Vm, s: State, i: Instr) -> Next {
    branch(s, s.reg(i.a), vm.heap.known.false_, vm.heap.known.true_, i.d).go(vm)
}

#[inline(always)]
pub(super) fn guard_int(vm: &mut Vm, s: State, i: Instr) -> Next {
    let next = if s.reg(i.a).is_int() { s } else { s.jump(i.d) };
    next.go(vm)
}

#[inline(always)]
pub(super) fn for_test(vm: &mut Vm, s: State, i: Instr) -> Next {
    let over = s.reg(i.a).int_unchecked() > s.reg(i.b).int_unchecked();
    let next = if over { s.jump(i.d) } else { s };
    next.go(vm)
}

#[inline(always)]
pub(super) fn for_test_down(vm: &mut Vm, s: State, i: Instr) -> Next {
    let over = s.reg(i.a).int_unchecked() < s.reg(i.b).int_unchecked();
    let next = if over { s.jump(i.d) } else { s };
    next.go(vm)
}

#[inline(always)]
pub(super) fn for_loop(vm: &mut Vm, s: State, i: Instr) -> Next {
    let next = s.reg(i.a).int_unchecked() + i64::from(i.c as i8);
    if next > s.reg(i.b).int_unchecked() {
        return s.go(vm);
    }
    s.set(i.a, Value::from_bits((next as u64) << 2));
    s.jump(i.d).poll(vm)
}

#[inline(always)]
pub(super) fn for_loop_down(vm: &mut Vm, s: State, i: Instr) -> Next {
    let next = s.reg(i.a).int_unchecked() + i64::from(i.c as i8);
    if next < s.reg(i.b).int_unchecked() {
        return s.go(vm);
    }
    s.set(i.a, Value::from_bits((next as u64) << 2));
    s.jump(i.d).poll(vm)
}

#[inline(always)]
pub(super) fn jump_if_true(vm: &mut Vm, s: State, i: Instr) -> Next {
    let next = if s.reg(i.a) == vm.heap.known.true_ { s.jump(i.d) } else { s };
    next.go(vm)
}

#[inline(always)]
pub(super) fn jump_if_false(vm: &mut Vm, s: State, i: Instr) -> Next {
    let next = if s.reg(i.a) == vm.heap.known.false_ { s.jump(i.d) } else { s };
    next.go(vm)
}

#[inline(always)]
pub(super) fn jump_if_same(vm: &mut Vm, s: State, i: Instr) -> Next {
    let (x, y) = (s.reg(i.a), s.reg(i.b));
    if x == y {
        return s.jump(i.d).go(vm);
    }
    if vm.may_be_same(x, y) {
        return s.slowly(vm, i, |vm, i| {
            let (x, y) = (vm.register(i.a), vm.register(i.b));
            if vm.same(x, y) {
                vm.frame().pc = i.d;
            }
            Step::Go
        });
    }
    s.go(vm)
}
