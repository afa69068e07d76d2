//! Code as it runs differs from code as it is kept: guards whose answer is known are decided, and frequent pairs are
//! fused. Positions stay the same, so code can be quickened again while it runs (when the world changes a control message).

use batos_lang::code::op::{Instr, Native, Op};

use crate::code::{Code, method_element};
use crate::vm::Vm;

/// Opcodes that exist outside the image only.
pub mod internal {
    /// Does nothing.
    pub const NOP: u8 = 128;
    /// An arithmetic instruction whose send must really happen.
    pub const ARITHMETIC_SEND: u8 = 129;
    /// `Lt` followed by a branch on its result.
    pub const LT_BRANCH: u8 = 130;
    /// `Le` followed by a branch on its result.
    pub const LE_BRANCH: u8 = 131;
    /// `Gt` followed by a branch on its result.
    pub const GT_BRANCH: u8 = 132;
    /// `Ge` followed by a branch on its result.
    pub const GE_BRANCH: u8 = 133;
    /// `Eq` followed by a branch on its result.
    pub const EQ_BRANCH: u8 = 134;
    /// `Ne` followed by a branch on its result.
    pub const NE_BRANCH: u8 = 135;
}

impl Vm {
    /// Quickens decoded code for the world as it is.
    pub(crate) fn quicken(&self, code: &mut Code) {
        let intact = |c: u8| self.natives.get(c as usize).copied().unwrap_or(false);
        let arithmetic = self.natives[Native::Arithmetic as usize];
        let instrs = &mut code.instrs;
        for at in 0..instrs.len() {
            let i = instrs[at];
            let next = instrs.get(at + 1).copied();
            match Op::from_u8(i.op) {
                Some(Op::BranchFalse | Op::BranchTrue) if !intact(i.c) => {
                    let slow = next.map_or(i.d, |n| n.d);
                    instrs[at] = Instr::new(Op::Jump, 0, 0, 0, slow);
                }
                Some(Op::GuardNative) if intact(i.c) => instrs[at].op = internal::NOP,
                Some(op) if is_arithmetic(op) => {
                    if !arithmetic {
                        instrs[at].op = internal::ARITHMETIC_SEND;
                    } else if let Some(fused) = fused(op)
                        && let Some(branch) = next
                        && matches!(Op::from_u8(branch.op), Some(Op::BranchFalse | Op::BranchTrue))
                        && branch.a == i.a
                        && intact(branch.c)
                    {
                        instrs[at].op = fused;
                    }
                }
                _ => {}
            }
        }
    }

    /// Quickens all code again, in place: running frames go on at the same positions.
    pub(crate) fn quicken_all(&mut self) {
        let mut codes = std::mem::take(&mut self.codes);
        for code in codes.iter_mut() {
            let Some(bytecode) = self.heap.item(code.method, method_element::BYTECODE).as_ref() else {
                continue;
            };
            let bytes = self.heap.bytes(bytecode);
            for (instr, bytes) in code.instrs.iter_mut().zip(bytes.as_chunks::<8>().0) {
                *instr = Instr::from_bytes(*bytes);
            }
            self.quicken(code);
        }
        self.codes = codes;
    }
}

fn is_arithmetic(op: Op) -> bool {
    use Op::{Add, AddInt, Div, Eq, Ge, Gt, Le, Lt, Mod, Mul, Ne, Sub, SubInt};
    matches!(op, Add | Sub | Mul | Div | Mod | Lt | Le | Gt | Ge | Eq | Ne | AddInt | SubInt)
}

fn fused(op: Op) -> Option<u8> {
    Some(match op {
        Op::Lt => internal::LT_BRANCH,
        Op::Le => internal::LE_BRANCH,
        Op::Gt => internal::GT_BRANCH,
        Op::Ge => internal::GE_BRANCH,
        Op::Eq => internal::EQ_BRANCH,
        Op::Ne => internal::NE_BRANCH,
        _ => return None,
    })
}
