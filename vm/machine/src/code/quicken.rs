//! Code as it runs differs from code as it is kept: guards whose answer is known are decided, frequent pairs are fused, and
//! sends are specialised for the kind of thing that their site found last. Positions stay the same, so code can be quickened again while it runs (when the world changes a control message).

use batos_lang::code::op::{Instr, Native, Op};

use crate::code::{Code, HitKind, method_element};
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
    /// A send whose site found a method last.
    pub const SEND_METHOD: u8 = 136;
    /// A send that evaluated a block last.
    pub const SEND_BLOCK: u8 = 137;
    /// A send that read a field of the receiver last.
    pub const SEND_FIELD: u8 = 138;
    /// A send that assigned a field of the receiver last.
    pub const SEND_SET_FIELD: u8 = 139;
    /// A send that found a constant last.
    pub const SEND_CONSTANT: u8 = 140;
    /// A send that read an element of a vector last.
    pub const SEND_VECTOR_AT: u8 = 141;
    /// A send that stored an element of a vector last.
    pub const SEND_VECTOR_AT_PUT: u8 = 142;
    /// A send that tried the fast path of a primitive last.
    pub const SEND_QUICK: u8 = 143;
    /// A move of a receiver, followed by a send to it without arguments.
    pub const MOVE_SEND: u8 = 144;
    /// Compiled code goes on from here; it stands in the place of another instruction (see `native`).
    pub const COMPILED: u8 = 145;
}

impl Vm {
    /// Quickens decoded code for the world as it is.
    pub(crate) fn quicken(&self, code: &mut Code) {
        let intact = |c: u8| self.natives.get(c as usize).copied().unwrap_or(false);
        let arithmetic = self.natives[Native::Arithmetic as usize];
        let (instrs, sites, caches) = (&mut code.instrs, &code.sites, &code.caches);
        for at in 0..instrs.len() {
            let i = instrs[at];
            let next = instrs.get(at + 1).copied();
            match Op::from_u8(i.op) {
                Some(Op::BranchFalse | Op::BranchTrue) if !intact(i.c) => {
                    let slow = next.map_or(i.d, |n| n.d);
                    instrs[at] = Instr::new(Op::Jump, 0, 0, 0, slow);
                }
                Some(Op::Send) => {
                    if let Some(cache) = caches.get(i.d as usize) {
                        instrs[at].op = specialised_send(cache.first.kind);
                    }
                }
                Some(Op::Move)
                    if next.is_some_and(|n| {
                        n.op == Op::Send as u8
                            && n.b == i.a
                            && sites.get(n.d as usize).is_some_and(|site| site.argc == 0)
                    }) =>
                {
                    instrs[at].op = internal::MOVE_SEND;
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
        self.drop_compiled();
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

/// The opcode of a send whose site found something of a kind. A hint only: the handler looks at the cache.
fn specialised_send(kind: HitKind) -> u8 {
    match kind {
        HitKind::Method => internal::SEND_METHOD,
        HitKind::Block => internal::SEND_BLOCK,
        HitKind::Field => internal::SEND_FIELD,
        HitKind::SetField => internal::SEND_SET_FIELD,
        HitKind::Constant => internal::SEND_CONSTANT,
        HitKind::VectorAt => internal::SEND_VECTOR_AT,
        HitKind::VectorAtPut => internal::SEND_VECTOR_AT_PUT,
        HitKind::Quick => internal::SEND_QUICK,
        _ => Op::Send as u8,
    }
}

/// Specialises the send at a position for what its site found first; anything else there is left as it is.
pub(crate) fn specialise_send(code: &mut Code, at: usize, site: u32) {
    let (Some(i), Some(cache)) = (code.instrs.get_mut(at), code.caches.get(site as usize)) else { return };
    let is_send = i.op == Op::Send as u8 || (internal::SEND_METHOD..=internal::SEND_QUICK).contains(&i.op);
    if is_send && i.d == site {
        i.op = specialised_send(cache.first.kind);
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
