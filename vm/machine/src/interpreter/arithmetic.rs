//! Arithmetic and comparison that need no send: small integers that do not overflow, floats, and the two mixed.
//!
//! The handlers do what is frequent in place, two small integers or two immediate floats with an immediate result; everything else is
//! one slow step, which ends in the send when the operands are no numbers of the machine.

use batos_image::heap::Heap;
use batos_image::value::Value;
use batos_lang::code::op::{Instr, Op};

use super::state::{Next, State, instr_of, word_of};
use crate::code::Code;
use crate::code::quicken::internal;
use crate::vm::{Step, Vm};

/// Both are small integers.
#[inline(always)]
fn both_ints(x: Value, y: Value) -> bool {
    (x.bits() | y.bits()) & 3 == 0
}

/// Defines the handler of an operation that gives a number: the word of the result for two small integers, and for two floats.
macro_rules! arithmetic {
    ($($name:ident($right:ident) = $ints:expr, $floats:expr;)*) => {
        $(#[inline(always)]
        pub(super) fn $name(vm: &mut Vm, s: State, i: Instr) -> Next {
            let (x, y) = (s.reg(i.b), $right(s, i));
            if both_ints(x, y) {
                if let Some(value) = $ints(x, y) {
                    s.set(i.a, value);
                    return s.go(vm);
                }
            } else if x.is_float() && y.is_float() {
                if let Some(value) = $floats(x.float_unchecked(), y.float_unchecked()) {
                    s.set(i.a, value);
                    return s.go(vm);
                }
            }
            s.slowly(vm, i, Vm::arithmetic_step)
        })*
    };
}

/// The right operand in a register.
#[inline(always)]
fn register(s: State, i: Instr) -> Value {
    s.reg(i.c)
}

/// The right operand in the instruction.
#[inline(always)]
fn immediate(_s: State, i: Instr) -> Value {
    Value::from_i32(i32::from(i.c as i8))
}

arithmetic! {
    add(register) = int_sum, |x, y| Value::from_f64(x + y);
    sub(register) = int_difference, |x, y| Value::from_f64(x - y);
    mul(register) = int_product, |x, y| Value::from_f64(x * y);
    div(register) = int_quotient, float_quotient;
    rem(register) = int_remainder, |_, _| None;
    add_int(immediate) = int_sum, |_, _| None;
    sub_int(immediate) = int_difference, |_, _| None;
}

#[inline(always)]
fn int_sum(x: Value, y: Value) -> Option<Value> {
    (x.bits() as i64).checked_add(y.bits() as i64).map(|n| Value::from_bits(n as u64))
}

#[inline(always)]
fn int_difference(x: Value, y: Value) -> Option<Value> {
    (x.bits() as i64).checked_sub(y.bits() as i64).map(|n| Value::from_bits(n as u64))
}

#[inline(always)]
fn int_product(x: Value, y: Value) -> Option<Value> {
    x.int_unchecked().checked_mul(y.bits() as i64).map(|n| Value::from_bits(n as u64))
}

/// Cut toward zero. Division by zero is left to the send.
#[inline(always)]
fn int_quotient(x: Value, y: Value) -> Option<Value> {
    if y.bits() == 0 {
        return None;
    }
    Value::from_i64(x.int_unchecked() / y.int_unchecked())
}

/// Has the sign of x.
#[inline(always)]
fn int_remainder(x: Value, y: Value) -> Option<Value> {
    if y.bits() == 0 {
        return None;
    }
    Some(Value::from_bits(((x.int_unchecked() % y.int_unchecked()) as u64) << 2))
}

#[inline(always)]
fn float_quotient(x: f64, y: f64) -> Option<Value> {
    if y == 0.0 { None } else { Value::from_f64(x / y) }
}

/// Stores the outcome of a comparison and takes the branch that follows.
#[inline(always)]
fn decide(vm: &mut Vm, s: State, i: Instr, outcome: bool) -> Next {
    s.set(i.a, vm.boolean(outcome));
    let branch = s.peek();
    // Over the branch and its `Slow`, or where it goes.
    let through = outcome == (branch.op == Op::BranchFalse as u8);
    let next = if through { s.skip(2) } else { s.jump(branch.d) };
    next.go(vm)
}

/// Defines the handlers of a comparison: alone, and with the branch that follows. The latter leaves floats to a function of its own, so
/// that it needs no more registers than are free.
macro_rules! comparison {
    ($($name:ident, $with_branch:ident, $floats:ident = $op:tt;)*) => {
        $(#[inline(always)]
        pub(super) fn $name(vm: &mut Vm, s: State, i: Instr) -> Next {
            let (x, y) = (s.reg(i.b), s.reg(i.c));
            let outcome = if both_ints(x, y) {
                (x.bits() as i64) $op (y.bits() as i64)
            } else if x.is_float() && y.is_float() {
                x.float_unchecked() $op y.float_unchecked()
            } else {
                return s.slowly(vm, i, Vm::arithmetic_step);
            };
            s.set(i.a, vm.boolean(outcome));
            s.go(vm)
        }

        #[inline(always)]
        pub(super) fn $with_branch(vm: &mut Vm, s: State, i: Instr) -> Next {
            let (x, y) = (s.reg(i.b), s.reg(i.c));
            if both_ints(x, y) {
                return decide(vm, s, i, (x.bits() as i64) $op (y.bits() as i64));
            }
            $floats(vm, s.pc, s.regs, s.code, s.base, word_of(i))
        }

        #[inline(never)]
        fn $floats(
            vm: &mut Vm,
            pc: *const Instr,
            regs: *mut Value,
            code: *const Code,
            base: usize,
            word: u64,
        ) -> Next {
            let (s, i) = (State { pc, regs, code, base }, instr_of(word));
            let (x, y) = (s.reg(i.b), s.reg(i.c));
            if x.is_float() && y.is_float() {
                return decide(vm, s, i, x.float_unchecked() $op y.float_unchecked());
            }
            s.slowly(vm, i, Vm::arithmetic_step)
        })*
    };
}

comparison! {
    lt, lt_branch, lt_floats = <;
    le, le_branch, le_floats = <=;
    gt, gt_branch, gt_floats = >;
    ge, ge_branch, ge_floats = >=;
    eq, eq_branch, eq_floats = ==;
    ne, ne_branch, ne_floats = !=;
}

/// The handler of arithmetic whose standard meaning the world has changed.
#[inline(always)]
pub(super) fn send(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.slowly(vm, i, Vm::arithmetic_send)
}

/// The two as floats, if both are numbers and at least one is a float.
fn floats(heap: &Heap, x: Value, y: Value) -> Option<(f64, f64)> {
    let number = |v: Value| match v.as_int() {
        // Integers that a double does not hold exactly are left to the library.
        Some(n) if n.unsigned_abs() < 1 << 53 => Some(n as f64),
        Some(_) => None,
        None => heap.float_value(v),
    };
    if both_ints(x, y) { None } else { Some((number(x)?, number(y)?)) }
}

impl Vm {
    /// What the handlers leave: floats beside integers, boxed floats, results that need a box; else the send.
    pub(crate) fn arithmetic_step(&mut self, i: Instr) -> Step {
        let op = plain(i.op);
        let x = self.register(i.b);
        let y = match op {
            Some(Op::AddInt | Op::SubInt) => Value::from_i32(i32::from(i.c as i8)),
            _ => self.register(i.c),
        };
        let (Some(op), Some((x, y))) = (op, floats(&self.heap, x, y)) else {
            return self.arithmetic_send(i);
        };
        let value = match op {
            Op::Add | Op::AddInt => self.float(x + y),
            Op::Sub | Op::SubInt => self.float(x - y),
            Op::Mul => self.float(x * y),
            Op::Div if y != 0.0 => self.float(x / y),
            Op::Lt => self.boolean(x < y),
            Op::Le => self.boolean(x <= y),
            Op::Gt => self.boolean(x > y),
            Op::Ge => self.boolean(x >= y),
            Op::Eq => self.boolean(x == y),
            Op::Ne => self.boolean(x != y),
            _ => return self.arithmetic_send(i),
        };
        self.set_register(i.a, value);
        Step::Go
    }

    fn float(&mut self, x: f64) -> Value {
        match Value::from_f64(x) {
            Some(value) => value,
            None => self.heap.new_float(x),
        }
    }
}

/// The operation of an instruction, fused or not.
fn plain(op: u8) -> Option<Op> {
    match op {
        internal::LT_BRANCH => Some(Op::Lt),
        internal::LE_BRANCH => Some(Op::Le),
        internal::GT_BRANCH => Some(Op::Gt),
        internal::GE_BRANCH => Some(Op::Ge),
        internal::EQ_BRANCH => Some(Op::Eq),
        internal::NE_BRANCH => Some(Op::Ne),
        _ => Op::from_u8(op),
    }
}
