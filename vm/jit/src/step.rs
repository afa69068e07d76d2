//! Instructions that the machine does for compiled code: what is rare, large, or knows more than the compiler does. Everything is
//! stored home and every frame has its record, as at an exit; but as a rule the same activation goes on behind the instruction, in
//! compiled code.
//!
//! Invariant: nothing has moved when it goes on in place (the machine says so), so values in variables are good. Maps may have changed.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Value, types};

use crate::emit::{Emitter, Then};
use crate::layout::{FRAME_BYTES, context, status, stepped};
use crate::state::{Reg, Type};

impl Emitter<'_, '_> {
    /// Has an instruction done by the machine. It goes on at `on`, with the result in register `dst`.
    pub(crate) fn step(&mut self, frame: usize, pc: u32, on: u32, dst: Option<u8>) -> Then {
        let Some(i) = self.frames[frame].method.instrs.get(pc as usize).copied() else {
            return self.give_up(frame, pc, None, false);
        };
        self.store_home(frame, pc);
        self.materialize(frame, pc + 1);
        let word = self.k(i64::from_le_bytes(i.to_bytes()));
        let expected = self.k(i64::from(on));
        let answer = self.help(self.layout.step, &[word, expected]);
        let away = self.b.create_block();
        self.b.set_cold_block(away);
        let here = self.compare(IntCC::Equal, answer, stepped::HERE as i64);
        self.unless(here, away);
        let depth = self.frames[frame].depth as i64;
        if depth > 0 {
            let top = self.context(context::TOP);
            let root = self.plus(top, -i64::from(FRAME_BYTES) * depth);
            self.set_context(context::TOP, root);
        }
        for reg in &mut self.state {
            if let Reg::Tagged { ty: ty @ Type::Map(_), .. } = reg {
                *ty = Type::Any;
            }
        }
        self.condition = None;
        self.resume_at(frame, on, dst);
        if let Some(dst) = dst.map(|r| self.frames[frame].base + usize::from(r))
            && !self.shared[dst]
        {
            let value = self.load(types::I64, self.regs, 8 * dst as i32);
            self.set(dst, value, Type::Any);
            self.state[dst] = Reg::Tagged { ty: Type::Any, dirty: false };
        }
        self.go(frame, on);
        self.b.seal_block(away);
        self.b.switch_to_block(away);
        self.go_elsewhere(answer);
        Then::Elsewhere
    }

    /// Has an instruction done by the machine after which another activation runs.
    pub(crate) fn step_away(&mut self, frame: usize, pc: u32) -> Then {
        let Some(i) = self.frames[frame].method.instrs.get(pc as usize).copied() else {
            return self.give_up(frame, pc, None, false);
        };
        self.store_home(frame, pc);
        self.materialize(frame, pc + 1);
        let word = self.k(i64::from_le_bytes(i.to_bytes()));
        let nowhere = self.k(-1);
        let answer = self.help(self.layout.step, &[word, nowhere]);
        if frame != 0 {
            self.resume_at(frame, pc, None);
        }
        self.go_elsewhere(answer);
        Then::Elsewhere
    }

    /// Goes where the context says, or back.
    fn go_elsewhere(&mut self, answer: Value) {
        let elsewhere = self.compare(IntCC::Equal, answer, stepped::ELSEWHERE as i64);
        let back = self.b.create_block();
        self.b.set_cold_block(back);
        self.unless(elsewhere, back);
        let code = self.context(context::NEXT_CODE);
        let (window, entry) = (self.context(context::NEXT_WINDOW), self.context(context::NEXT_ENTRY));
        self.b.ins().return_call_indirect(self.code_sig, code, &[window, entry]);
        self.b.seal_block(back);
        self.b.switch_to_block(back);
        let answer = self.k(status::GO);
        self.b.ins().return_(&[answer]);
    }
}
