//! From opcode to handler, in one of two ways.
//!
//! *Threaded*: every handler is a function of its own that ends in a jump to the next one, through a table. Stable Rust promises no
//! tail calls, but at `-O3` LLVM makes them of calls in tail position when no local's address is known elsewhere; `build.rs` asks for this
//! way only then, and the test `threaded`, which CI runs on the release build too, would run out of stack if a handler did not end in a
//! jump.
//!
//! *Loop*: one choice among all of them in a loop, for builds without optimisation or with debug assertions, for sanitizers and Miri.
//!
//! Both are made from one list, so that they can't differ.

use batos_lang::code::op::{Instr, Op};

use super::state::{Next, State, instr_of};
use super::{arithmetic, branch, compiled, moves, send};
use crate::code::quicken::internal;
use crate::vm::Vm;

/// Calls `$m!` with number and handler of every instruction.
macro_rules! for_each_handler {
    ($m:ident) => {
        $m! {
            (Op::Move as u8, moves::move_)
            (Op::LoadInt as u8, moves::load_int)
            (Op::LoadLit as u8, moves::load_lit)
            (Op::LoadNil as u8, moves::load_nil)
            (Op::LoadTrue as u8, moves::load_true)
            (Op::LoadFalse as u8, moves::load_false)
            (Op::LoadSelf as u8, moves::load_self)
            (Op::LoadCapture as u8, moves::load_capture)
            (Op::NewCell as u8, moves::new_cell)
            (Op::CellGet as u8, moves::cell_get)
            (Op::CellSet as u8, moves::cell_set)
            (Op::CaptureGet as u8, moves::capture_get)
            (Op::CaptureSet as u8, moves::capture_set)
            (Op::MakeBlock as u8, moves::make_block)
            (Op::CloseCells as u8, moves::close_cells)
            (Op::Send as u8, send::send)
            (internal::SEND_METHOD, send::send_method)
            (internal::SEND_BLOCK, send::send_block)
            (internal::SEND_FIELD, send::send_field)
            (internal::SEND_SET_FIELD, send::send_set_field)
            (internal::SEND_CONSTANT, send::send_constant)
            (internal::SEND_VECTOR_AT, send::send_vector_at)
            (internal::SEND_VECTOR_AT_PUT, send::send_vector_at_put)
            (internal::SEND_QUICK, send::send_quick)
            (internal::MOVE_SEND, send::move_send)
            (Op::Prim as u8, send::primitive)
            (Op::PrimOr as u8, send::primitive_or)
            (Op::Add as u8, arithmetic::add)
            (Op::Sub as u8, arithmetic::sub)
            (Op::Mul as u8, arithmetic::mul)
            (Op::Div as u8, arithmetic::div)
            (Op::Mod as u8, arithmetic::rem)
            (Op::Lt as u8, arithmetic::lt)
            (Op::Le as u8, arithmetic::le)
            (Op::Gt as u8, arithmetic::gt)
            (Op::Ge as u8, arithmetic::ge)
            (Op::Eq as u8, arithmetic::eq)
            (Op::Ne as u8, arithmetic::ne)
            (Op::AddInt as u8, arithmetic::add_int)
            (Op::SubInt as u8, arithmetic::sub_int)
            (internal::ARITHMETIC_SEND, arithmetic::send)
            (internal::LT_BRANCH, arithmetic::lt_branch)
            (internal::LE_BRANCH, arithmetic::le_branch)
            (internal::GT_BRANCH, arithmetic::gt_branch)
            (internal::GE_BRANCH, arithmetic::ge_branch)
            (internal::EQ_BRANCH, arithmetic::eq_branch)
            (internal::NE_BRANCH, arithmetic::ne_branch)
            (Op::Jump as u8, branch::jump)
            (Op::Loop as u8, branch::loop_)
            (Op::BranchFalse as u8, branch::branch_false)
            (Op::BranchTrue as u8, branch::branch_true)
            (Op::Slow as u8, branch::nothing)
            (internal::NOP, branch::nothing)
            (Op::GuardNative as u8, branch::jump)
            (Op::GuardInt as u8, branch::guard_int)
            (Op::ForTest as u8, branch::for_test)
            (Op::ForTestDown as u8, branch::for_test_down)
            (Op::ForLoop as u8, branch::for_loop)
            (Op::ForLoopDown as u8, branch::for_loop_down)
            (Op::JumpIfTrue as u8, branch::jump_if_true)
            (Op::JumpIfFalse as u8, branch::jump_if_false)
            (Op::JumpIfSame as u8, branch::jump_if_same)
            (Op::Return as u8, send::return_)
            (Op::ReturnHome as u8, send::return_home)
            (Op::PutElement as u8, moves::put_element)
            (Op::NewInstance as u8, moves::new_instance)
            (Op::RunMethod as u8, send::run_method)
            (internal::COMPILED, compiled::enter)
        }
    };
}

/// The handler of numbers that are no instruction.
#[inline(always)]
fn unknown(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.slowly(vm, i, |vm, i| vm.abort(format!("unknown instruction {}", i.op)))
}

/// The word at the program counter.
#[inline(always)]
fn fetch(s: State) -> u64 {
    // SAFETY: verified code ends in an instruction that does not fall through; an instruction is 8 bytes.
    unsafe { s.pc.cast::<u64>().read_unaligned() }
}

#[cfg(threaded)]
mod threaded {
    use super::*;
    use crate::code::Code;
    use batos_image::value::Value;

    /// A handler as the table knows it: what `State` holds and the instruction's word, each in a processor register.
    type Handler = fn(&mut Vm, *const Instr, *mut Value, *const Code, usize, u64) -> Next;

    /// Jumps to the handler of the next instruction.
    #[inline(always)]
    pub(in super::super) fn dispatch(vm: &mut Vm, s: State) -> Next {
        let word = fetch(s);
        TABLE[(word & 0xff) as usize](vm, s.skip(1).pc, s.regs, s.code, s.base, word)
    }

    macro_rules! table {
        ($(($number:expr, $module:ident::$name:ident))*) => {{
            let mut table: [Handler; 256] =
                [|vm, pc, regs, code, base, word| unknown(vm, State { pc, regs, code, base }, instr_of(word)); 256];
            $(table[$number as usize] = |vm, pc, regs, code, base, word| {
                $module::$name(vm, State { pc, regs, code, base }, instr_of(word))
            };)*
            table
        }};
    }

    static TABLE: [Handler; 256] = for_each_handler!(table);

    /// Jumps to the handler of an operation, for the instruction before the program counter.
    #[inline(always)]
    pub(in super::super) fn dispatch_as(vm: &mut Vm, s: State, word: u64) -> Next {
        TABLE[(word & 0xff) as usize](vm, s.pc, s.regs, s.code, s.base, word)
    }

    /// Runs from a state until the host is asked for.
    pub(in super::super) fn run(vm: &mut Vm, s: State) {
        dispatch(vm, s);
    }
}

#[cfg(threaded)]
pub(super) use threaded::{dispatch, dispatch_as, run};

/// The handler of an operation, for the instruction before the program counter.
#[cfg(not(threaded))]
pub(super) fn dispatch_as(vm: &mut Vm, s: State, word: u64) -> Next {
    macro_rules! step {
        ($(($number:expr, $module:ident::$name:ident))*) => {{
            let i = instr_of(word);
            $(if i.op == $number { $module::$name(vm, s, i) } else)* { unknown(vm, s, i) }
        }};
    }
    for_each_handler!(step)
}

/// Runs from a state until the host is asked for.
#[cfg(not(threaded))]
pub(super) fn run(vm: &mut Vm, mut s: State) {
    macro_rules! step {
        ($(($number:expr, $module:ident::$name:ident))*) => {{
            let word = fetch(s);
            let (i, at) = (instr_of(word), s.skip(1));
            $(if i.op == $number { $module::$name(vm, at, i) } else)* { unknown(vm, at, i) }
        }};
    }
    while let Some(next) = for_each_handler!(step) {
        s = next;
    }
}
