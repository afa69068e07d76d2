//! Ways out of compiled code: what is only in variables is stored home, frames get their records, and the interpreter goes on.

use std::collections::HashMap;

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, InstBuilder, Value, types};

use crate::blocks::Stored;
use crate::emit::{Emitter, Exit, Stub};
use crate::input::Method;
use crate::layout::{
    FRAME_BASE, FRAME_BYTES, FRAME_CODE, FRAME_DST, FRAME_HOLDER, FRAME_OPEN, FRAME_PC, context, status,
};
use crate::state::Reg;

/// Registers that the machine keeps free above a window.
const SLACK: i64 = 300;

impl Emitter<'_, '_> {
    /// What must be stored home before others may look.
    pub fn snapshot(&mut self, frame: usize, pc: u32) -> Vec<(usize, Stored)> {
        let chain = self.chain(frame);
        let mut stores = vec![];
        for h in 0..self.state.len() {
            let dirty = matches!(
                self.state[h],
                Reg::Tagged { dirty: true, .. } | Reg::Float { dirty: true } | Reg::Block { .. }
            );
            if self.shared[h] || !dirty || !self.is_live(&chain, pc, h) {
                continue;
            }
            match self.state[h] {
                Reg::Float { .. } => {
                    let float = self.b.use_var(self.vars[h].1);
                    stores.push((h, Stored::Float(float)));
                }
                Reg::Block { id } => stores.push((h, Stored::Block(id))),
                _ => {
                    let value = self.tagged(h);
                    stores.push((h, Stored::Tagged(value)));
                }
            }
        }
        stores
    }

    /// Stores home what is only in variables, and makes the blocks among it.
    pub fn store_home(&mut self, frame: usize, pc: u32) {
        self.escape_live(frame, pc);
        for (home, stored) in self.snapshot(frame, pc) {
            let value = match stored {
                Stored::Tagged(value) => value,
                Stored::Float(value) => self.tag_float(value),
                Stored::Block(id) => self.escape(id),
            };
            self.store(value, self.regs, 8 * home as i32);
            match &mut self.state[home] {
                Reg::Tagged { dirty, .. } | Reg::Float { dirty } => *dirty = false,
                Reg::Undefined | Reg::Block { .. } => {}
            }
        }
        self.version += 1;
    }

    /// A block that leaves at an instruction, in the present state.
    pub fn exit(&mut self, frame: usize, pc: u32, why: i64, counted: bool) -> Block {
        self.exit_as(frame, pc, why, counted, false)
    }

    /// The same; `declined`: because a primitive declined.
    pub fn exit_as(&mut self, frame: usize, pc: u32, why: i64, counted: bool, declined: bool) -> Block {
        let key = (frame, pc, self.version, why, counted, declined);
        if let Some(block) = self.stub_cache.get(&key).copied() {
            self.may_fail(why, block);
            return block;
        }
        let stores = self.snapshot(frame, pc);
        let block = self.b.create_block();
        self.b.set_cold_block(block);
        let answer = self.answer(why);
        self.exits.push(Exit { code: self.frames[frame].method.code, pc, counted, declined });
        self.stubs.push(Stub { block, frame, pc, stores, answer });
        self.stub_cache.insert(key, block);
        self.may_fail(why, block);
        block
    }

    /// For tests: the check that is about to be made fails now and then, whatever it finds.
    fn may_fail(&mut self, why: i64, exit: Block) {
        if self.layout.fails && why == status::EXIT {
            let left = self.context(context::GUARDS);
            let left = self.plus(left, -1);
            self.set_context(context::GUARDS, left);
            let due = self.compare(IntCC::SignedLessThan, left, 0);
            self.when(due, exit);
        }
    }

    /// The answer of the exit that is made next.
    pub fn answer(&self, why: i64) -> i64 {
        why | (self.exits.len() as i64) << 2 | i64::from(self.layout.number) << 32
    }

    /// Leaves here for good.
    pub fn leave(&mut self, frame: usize, pc: u32, counted: bool) {
        let exit = self.exit(frame, pc, status::EXIT, counted);
        self.b.ins().jump(exit, &[]);
    }

    /// Fills the blocks that leave.
    pub fn fill_stubs(&mut self) {
        for stub in std::mem::take(&mut self.stubs) {
            self.b.switch_to_block(stub.block);
            self.give_polls();
            let mut made = HashMap::new();
            for (home, stored) in stub.stores {
                let value = match stored {
                    Stored::Tagged(value) => value,
                    Stored::Float(value) => self.box_float(value),
                    Stored::Block(id) => self.make_instance(id, &mut made),
                };
                self.store(value, self.regs, 8 * home as i32);
            }
            self.materialize(stub.frame, stub.pc);
            let answer = self.k(stub.answer);
            self.b.ins().return_(&[answer]);
        }
    }

    /// Gives the frames from the root to one their records; the last stands at `pc`. Answers the address of its record.
    pub fn materialize(&mut self, frame: usize, pc: u32) -> Value {
        let chain = self.chain(frame);
        let root = self.context(context::TOP);
        let base = self.load(types::I32, root, FRAME_BASE);
        let mut top = root;
        for (depth, f) in chain.iter().enumerate() {
            let at = match chain.get(depth + 1) {
                Some(child) => self.frames[*child].parent.map_or(0, |(_, send, _)| send + 1),
                None => pc,
            };
            let frame = &self.frames[*f];
            let (code, holder, home, parent) = (frame.method.code, frame.holder, frame.base, frame.parent);
            if let Some((_, _, dst)) = parent {
                top = self.plus(root, i64::from(FRAME_BYTES) * depth as i64);
                let open = self.open_flag(*f);
                self.record(top, code, holder, dst, open);
                let offset = self.b.ins().iconst(types::I32, home as i64);
                let base = self.b.ins().iadd(base, offset);
                self.store(base, top, FRAME_BASE);
            }
            let at = self.b.ins().iconst(types::I32, i64::from(at));
            self.store(at, top, FRAME_PC);
        }
        if chain.len() > 1 {
            self.set_context(context::TOP, top);
        }
        top
    }

    fn record(&mut self, at: Value, code: u64, holder: u64, dst: u8, open: u64) {
        let code = self.k(code as i64);
        self.store(code, at, FRAME_CODE);
        let holder = self.k(holder as i64);
        self.store(holder, at, FRAME_HOLDER);
        // An ordinary activation.
        let rest = self.k(i64::from(dst) | open as i64);
        self.store(rest, at, FRAME_DST);
    }

    /// Calls a method that is not inlined: its record is pushed, and its compiled code is jumped to if it has any.
    pub fn call(&mut self, frame: usize, pc: u32, callee: &Method, holder: u64, base: u8, dst: u8) {
        let window = self.frames[frame].base + usize::from(base);
        let full = self.exit(frame, pc, status::EXIT, false);
        let depth = self.frames[frame].depth as i64 + 1;
        let root = self.context(context::TOP);
        let top = self.plus(root, i64::from(FRAME_BYTES) * depth);
        let end = self.context(context::END);
        let room = self.b.ins().icmp(IntCC::UnsignedLessThan, top, end);
        self.unless(room, full);
        let need = self.plus(self.regs, 8 * (window as i64 + i64::from(callee.registers) + SLACK));
        let end = self.context(context::STACK_END);
        let room = self.b.ins().icmp(IntCC::UnsignedLessThan, need, end);
        self.unless(room, full);
        self.store_home(frame, pc);
        self.arguments_home(window, callee.argc);
        let caller = self.materialize(frame, pc + 1);
        let base_index = self.load(types::I32, caller, FRAME_BASE);
        let offset = self.b.ins().iconst(types::I32, i64::from(base));
        let base_index = self.b.ins().iadd(base_index, offset);
        self.record(top, callee.code, holder, dst, 0);
        let zero = self.b.ins().iconst(types::I32, 0);
        self.store(zero, top, FRAME_PC);
        self.store(base_index, top, FRAME_BASE);
        self.set_context(context::TOP, top);
        let regs = self.plus(self.regs, 8 * window as i64);
        if let Some(home) = callee.home {
            let nil = self.k(self.layout.nil as i64);
            self.store(nil, regs, 8 * i32::from(home));
        }
        self.give_polls();
        let code = self.k(callee.code as i64);
        let entry = self.load(types::I64, code, self.layout.code_entry);
        let zero = self.k(0);
        self.jump_to_code(entry, regs, zero);
        self.resume_at(frame, pc + 1, Some(dst));
    }

    /// Goes to compiled code, or back to the interpreter if there is none.
    fn jump_to_code(&mut self, entry: Value, regs: Value, index: Value) {
        let none = self.b.create_block();
        self.b.set_cold_block(none);
        self.unless(entry, none);
        self.b.ins().return_call_indirect(self.code_sig, entry, &[regs, index]);
        self.b.seal_block(none);
        self.b.switch_to_block(none);
        let answer = self.k(status::GO);
        self.b.ins().return_(&[answer]);
    }

    /// The root's return: its record goes, its caller gets the value and goes on.
    /// `frame` is the running one, whose instruction it is.
    pub fn return_root(&mut self, frame: usize, pc: u32, home: usize) {
        let slow = self.exit(frame, pc, status::EXIT, false);
        let value = self.tagged(home);
        let top = self.context(context::TOP);
        // Destination in the lowest byte; kind and open flag above it must be those of ordinary activations.
        let rest = self.load(types::I32, top, FRAME_DST);
        let kind = self.b.ins().iconst(types::I32, 0xff_ff00);
        let kind = self.b.ins().band(rest, kind);
        self.when(kind, slow);
        let first = self.context(context::FIRST);
        let has_caller = self.b.ins().icmp(IntCC::UnsignedGreaterThan, top, first);
        self.unless(has_caller, slow);
        self.give_polls();
        let caller = self.plus(top, -i64::from(FRAME_BYTES));
        self.set_context(context::TOP, caller);
        let stack = self.context(context::STACK);
        let base = self.load(types::I32, caller, FRAME_BASE);
        let base = self.b.ins().uextend(types::I64, base);
        let base = self.left(base, 3);
        let regs = self.b.ins().iadd(stack, base);
        let dst = self.b.ins().uextend(types::I64, rest);
        let dst = self.and(dst, 0xff);
        let dst = self.left(dst, 3);
        let place = self.b.ins().iadd(regs, dst);
        self.store(value, place, 0);
        let code = self.load(types::I64, caller, FRAME_CODE);
        let resumes = self.load(types::I64, code, self.layout.code_resume);
        let none = self.b.create_block();
        self.b.set_cold_block(none);
        self.unless(resumes, none);
        let at = self.load(types::I32, caller, FRAME_PC);
        let at = self.b.ins().uextend(types::I64, at);
        let at = self.left(at, 1);
        let place = self.b.ins().iadd(resumes, at);
        let index = self.load(types::I16, place, 0);
        let index = self.b.ins().uextend(types::I64, index);
        self.unless(index, none);
        let entry = self.load(types::I64, code, self.layout.code_entry);
        self.b.ins().return_call_indirect(self.code_sig, entry, &[regs, index]);
        self.b.seal_block(none);
        self.b.switch_to_block(none);
        let answer = self.k(status::GO);
        self.b.ins().return_(&[answer]);
    }

    /// Goes out if blocks share registers of the root.
    pub fn check_open(&mut self, pc: u32) {
        let exit = self.exit(0, pc, status::EXIT, false);
        let top = self.context(context::TOP);
        let open = self.load(types::I8, top, FRAME_OPEN);
        self.when(open, exit);
    }
}
