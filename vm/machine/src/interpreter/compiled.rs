//! The instruction that stands where compiled code may be entered.

use batos_lang::code::op::Instr;

use super::state::{Next, State};
use crate::vm::Vm;

#[inline(always)]
pub(super) fn enter(vm: &mut Vm, s: State, i: Instr) -> Next {
    if vm.gear.skip {
        return again(vm, s, i);
    }
    s.slowly(vm, i, |vm, _| {
        vm.frame().pc -= 1;
        vm.run_compiled()
    })
}

/// Interprets the operation that the instruction stands for.
#[inline(never)]
fn again(vm: &mut Vm, s: State, i: Instr) -> Next {
    vm.gear.skip = false;
    s.with_operation(vm, i)
}
