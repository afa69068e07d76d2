//! What failed checks teach: arithmetic remembers what it met, and code whose checks fail often is compiled anew with what its sites have
//! met since.

use batos_jit::input::seen;
use batos_lang::code::op::{Instr, Op};

use super::{MOST_COMPILATIONS, MOST_EXITS};
use crate::code::{Code, method_element};
use crate::vm::Vm;
use batos_image::value::Value;

/// Why code is left at an instruction, for people.
fn reason(op: u8) -> &'static str {
    match Op::from_u8(op) {
        Some(Op::Send) => "a message met what it had not met before",
        Some(Op::BranchFalse | Op::BranchTrue) => "a condition is no boolean",
        Some(Op::GuardInt) => "a bound of a loop is no small integer",
        Some(Op::JumpIfSame) => "floats were compared by identity",
        Some(Op::Loop | Op::ForLoop | Op::ForLoopDown | Op::ForTest | Op::ForTestDown) => {
            "a loop was entered with other types"
        }
        Some(op) if is_arithmetic(op) => "arithmetic met other numbers",
        _ => "types were not as expected behind a call",
    }
}

fn is_arithmetic(op: Op) -> bool {
    use Op::{Add, AddInt, Div, Eq, Ge, Gt, Le, Lt, Mod, Mul, Ne, Sub, SubInt};
    matches!(op, Add | Sub | Mul | Div | Mod | Lt | Le | Gt | Ge | Eq | Ne | AddInt | SubInt)
}

impl Vm {
    /// A guard failed: what arithmetic met is remembered, and code whose guards fail often is compiled anew.
    pub(super) fn left_at(&mut self, number: u32, exit: usize) {
        self.gear.counts.exits += 1;
        let Some(native) = self.gear.natives.get_mut(number as usize).and_then(Option::as_mut) else {
            return;
        };
        let (counted, declined) =
            native.compiled.exits.get(exit).map_or((false, false), |exit| (exit.counted, exit.declined));
        let Some(count) = native.counts.get_mut(exit).filter(|_| counted) else { return };
        self.gear.counts.surprises += 1;
        *count += 1;
        let frame = *self.frame();
        let pc = frame.pc;
        let i = self.plain_instruction(frame.code, pc as usize);
        let why = if declined { "a primitive declined" } else { reason(i.op) };
        *self.gear.reasons.entry(why).or_insert(0) += 1;
        let met = if declined { Some(seen::DECLINED) } else { self.arithmetic_met(i) };
        if let Some(met) = met {
            let known = self.gear.arithmetic.entry((frame.code as u64, pc)).or_insert(0);
            *known |= met;
        }
        let Some(native) = self.gear.natives.get(number as usize).and_then(Option::as_ref) else { return };
        let Some(count) = native.counts.get(exit) else { return };
        let key = native.code as u64;
        if *count >= MOST_EXITS && self.gear.compilations.get(&key).is_none_or(|n| *n < MOST_COMPILATIONS) {
            let why = &native.compiled.exits[exit];
            self.gear.told(format_args!("dropped: left {} times at instruction {}", *count, why.pc));
            self.drop_native(number);
            self.gear.heat.insert(key, self.gear.trial.threshold);
        }
    }

    /// What the operands of an arithmetic instruction of the running frame are.
    fn arithmetic_met(&mut self, i: Instr) -> Option<u8> {
        use Op::{Add, AddInt, Div, Eq, Ge, Gt, Le, Lt, Mod, Mul, Ne, Sub, SubInt};
        let op = Op::from_u8(i.op)?;
        let base = self.frame().base as usize;
        let x = self.stack_at(base + usize::from(i.b));
        let y = match op {
            AddInt | SubInt => Value::ZERO,
            Add | Sub | Mul | Div | Mod | Lt | Le | Gt | Ge | Eq | Ne => {
                self.stack_at(base + usize::from(i.c))
            }
            _ => return None,
        };
        let place = (self.frame().code as u64, self.frame().pc);
        let known = self.gear.arithmetic.get(&place).copied().unwrap_or(0);
        Some(match (x.is_int(), y.is_int(), x.is_float(), y.is_float()) {
            // Small integers that left all the same were too large.
            (true, true, ..) if known & seen::INTS != 0 => seen::OTHER,
            (true, true, ..) => seen::INTS,
            (.., true, true) => seen::FLOATS,
            (true, _, _, true) | (_, true, true, _) => seen::MIXED,
            _ => seen::OTHER,
        })
    }

    /// An instruction as it is kept in the image.
    fn plain_instruction(&self, code: *const Code, at: usize) -> Instr {
        // SAFETY: callers name code of a frame.
        let method = unsafe { (*code).method };
        let bytes = self.heap.item(method, method_element::BYTECODE).as_ref();
        let bytes = bytes.map(|r| self.heap.bytes(r)).unwrap_or_default();
        bytes.as_chunks::<8>().0.get(at).map_or(Instr::new(Op::Slow, 0, 0, 0, 0), |b| Instr::from_bytes(*b))
    }
}
