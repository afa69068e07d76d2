//! Which registers matter at an instruction: those read later before they are written, and named locals always, because people look at
//! them.

use batos_lang::code::op::{Instr, Op, Operand};

use crate::input::Method;

/// A set of registers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Registers([u64; 4]);

impl Registers {
    /// Adds one.
    pub fn add(&mut self, r: u8) {
        self.0[usize::from(r) / 64] |= 1 << (r % 64);
    }

    /// Takes one away.
    pub fn remove(&mut self, r: u8) {
        self.0[usize::from(r) / 64] &= !(1 << (r % 64));
    }

    /// Is it there?
    pub fn has(&self, r: usize) -> bool {
        r < 256 && self.0[r / 64] & 1 << (r % 64) != 0
    }

    fn union(&mut self, other: &Registers) {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a |= b;
        }
    }
}

/// The live registers before each instruction.
pub fn live(method: &Method) -> Vec<Registers> {
    let count = method.instrs.len();
    let mut always = Registers::default();
    method.locals.iter().for_each(|r| always.add(*r));
    method.home.iter().for_each(|r| always.add(*r));
    (0..=method.argc).for_each(|r| always.add(r));
    let mut before = vec![always; count];
    loop {
        let mut changed = false;
        for at in (0..count).rev() {
            let i = method.instrs[at];
            let mut set = always;
            for next in successors(&method.instrs, at) {
                if let Some(live) = before.get(next) {
                    set.union(live);
                }
            }
            transfer(method, i, &mut set);
            set.union(&always);
            if set != before[at] {
                before[at] = set;
                changed = true;
            }
        }
        if !changed {
            return before;
        }
    }
}

/// Where control may go from an instruction.
pub fn successors(instrs: &[Instr], at: usize) -> Vec<usize> {
    let i = instrs[at];
    let to = i.d as usize;
    let slow = |at: usize| instrs.get(at).map_or(at, |s| s.d as usize);
    match Op::from_u8(i.op) {
        Some(Op::Jump | Op::Loop) => vec![to],
        Some(Op::Return | Op::ReturnHome) => vec![],
        Some(Op::BranchFalse | Op::BranchTrue) => vec![at + 2, to, slow(at + 1)],
        Some(Op::PrimOr) => vec![at + 2, slow(at + 1)],
        Some(
            Op::GuardNative
            | Op::GuardInt
            | Op::ForTest
            | Op::ForTestDown
            | Op::ForLoop
            | Op::ForLoopDown
            | Op::JumpIfTrue
            | Op::JumpIfFalse
            | Op::JumpIfSame,
        ) => vec![at + 1, to],
        _ => vec![at + 1],
    }
}

fn transfer(method: &Method, i: Instr, set: &mut Registers) {
    let Some(op) = Op::from_u8(i.op) else { return };
    let fields = [i.a, i.b, i.c];
    let operands = op.operands();
    for (field, operand) in fields.iter().zip(operands) {
        if operand == Operand::Dst && !matches!(op, Op::ForLoop | Op::ForLoopDown) {
            set.remove(*field);
        }
    }
    for (field, operand) in fields.iter().zip(operands) {
        match operand {
            Operand::Src => set.add(*field),
            Operand::Dst if matches!(op, Op::ForLoop | Op::ForLoopDown) => set.add(*field),
            Operand::Base => {
                // The receiver, the arguments, and what else a site may want after them; the machine's own code for scripts hands
                // a load unit the lobby in one more register than its site says.
                let argc = method.sites.get(i.d as usize).map_or(0, |s| s.argc);
                let argc = if op == Op::RunMethod { 0 } else { argc };
                let last = field.saturating_add(argc).saturating_add(1);
                (*field..=last).for_each(|r| set.add(r));
            }
            _ => {}
        }
    }
    if op == Op::MakeBlock {
        for r in method.captured.get(i.d as usize).into_iter().flatten() {
            set.add(*r);
        }
    }
    if op == Op::CloseCells {
        method.open.iter().for_each(|r| set.add(*r));
    }
}
