//! The instruction that stands where compiled code may be entered.

use batos_image::value::Value;
use batos_lang::code::op::Instr;

use super::state::{Next, State, instr_of, word_of};
use crate::code::Code;
use crate::vm::Vm;

#[inline(always)]
pub(super) fn enter(vm: &mut Vm, s: State, i: Instr) -> Next {
    if vm.gear.skip {
        return again(vm, s.pc, s.regs, s.code, s.base, word_of(i));
    }
    s.slowly(vm, i, |vm, _| {
        vm.frame().pc -= 1;
        vm.run_compiled()
    })
}

/// Interprets the operation that the instruction stands for. It gets plain words, so that the call to it is a jump.
#[inline(never)]
fn again(vm: &mut Vm, pc: *const Instr, regs: *mut Value, code: *const Code, base: usize, word: u64) -> Next {
    vm.gear.skip = false;
    State { pc, regs, code, base }.with_operation(vm, instr_of(word))
}
