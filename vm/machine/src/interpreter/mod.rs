//! The bytecode loop: fast paths in place, everything else a step of `Vm`.
//!
//! Working state (program counter, register base, code) lives in locals and is written back to the top frame before
//! any step that may look at it or push a frame, and read again afterwards.
//!
//! Invariants: the running frame's window plus `STACK_SLACK` registers is within the stack; the code was verified,
//! so operands are in range; natives that the world has changed were quickened away (quicken.rs).

mod arithmetic;
pub mod quicken;
mod slow;

use batos_image::value::{ObjectRef, Value};
use batos_lang::code::op::Instr;

use crate::block::block_element;
use crate::code::{Code, Hit, HitKind, InlineCache};
use crate::process::FrameKind;
use crate::vm::{Exit, Step, Vm};
use quicken::internal;

/// Opcode numbers for matching.
mod number {
    use batos_lang::code::op::Op;

    macro_rules! numbers {
        ($($name:ident = $number:literal;)*) => {
            $(#[allow(non_upper_case_globals)] pub const $name: u8 = Op::$name as u8;)*
        };
    }
    batos_lang::for_each_opcode!(numbers);
}

impl Vm {
    /// Runs the current process, and those that control is transferred to, until the host is asked for.
    pub(crate) fn interpret(&mut self) -> Exit {
        let mut code: *const Code;
        let mut pc: *const Instr;
        let mut regs: *mut Value;
        let mut base: usize;

        // Reads the working state from the top frame.
        macro_rules! enter {
            () => {{
                let process = self.process();
                let Some(frame) = process.frames.last() else {
                    return Exit::internal("a process without frames was run");
                };
                code = frame.code;
                base = frame.base as usize;
                // SAFETY: the frame's code is alive, its pc within its instructions, its window within the stack.
                unsafe {
                    pc = (&(*code).instrs).as_ptr().add(frame.pc as usize);
                    regs = process.stack.as_mut_ptr().add(base);
                }
            }};
        }
        // The working state of a frame that was just pushed for `$target`, its window beginning at register `$window`.
        macro_rules! call {
            ($target:expr, $window:expr) => {{
                code = $target;
                base += $window as usize;
                // SAFETY: the frame was pushed with room for its window; the stack may have moved.
                unsafe {
                    pc = (&(*code).instrs).as_ptr();
                    regs = self.process().stack.as_mut_ptr().add(base);
                }
            }};
        }
        // Writes the program counter back to the top frame.
        macro_rules! leave {
            () => {{
                // SAFETY: `pc` points into the instructions of `code`.
                let at = unsafe { pc.offset_from((&(*code).instrs).as_ptr()) };
                self.frame().pc = at as u32;
            }};
        }
        macro_rules! step {
            ($step:expr) => {{
                leave!();
                match $step {
                    Step::Go => {}
                    Step::Exit(exit) => return exit,
                }
                enter!();
            }};
        }
        macro_rules! reg {
            ($i:expr) => {
                // SAFETY: verified code names registers of its window only.
                (*unsafe { &mut *regs.add($i as usize) })
            };
        }
        macro_rules! jump {
            ($to:expr) => {
                // SAFETY: verified code jumps to its own instructions only.
                pc = unsafe { (&(*code).instrs).as_ptr().add($to as usize) }
            };
        }
        macro_rules! poll {
            () => {
                self.polls -= 1;
                if self.polls < 0 || self.heap.gc_requested() {
                    step!(self.look_around());
                }
            };
        }
        // Takes the result of an arithmetic fast path, or sends.
        macro_rules! arithmetic {
            ($i:expr, $fast:expr) => {{
                let i: Instr = $i;
                match $fast {
                    Some(value) => reg!(i.a) = value,
                    None => step!(self.arithmetic_send(i)),
                }
            }};
        }
        macro_rules! compare {
            ($i:expr, $op:tt) => {{
                let i: Instr = $i;
                let (x, y) = (reg!(i.b), reg!(i.c));
                if arithmetic::both_ints(x, y) {
                    reg!(i.a) = self.boolean((x.bits() as i64) $op (y.bits() as i64));
                } else {
                    match arithmetic::floats(&self.heap, x, y) {
                        Some((x, y)) => reg!(i.a) = self.boolean(x $op y),
                        None => step!(self.arithmetic_send(i)),
                    }
                }
            }};
        }
        // Compares and takes the branch that follows.
        macro_rules! compare_branch {
            ($i:expr, $op:tt) => {{
                let i: Instr = $i;
                let (x, y) = (reg!(i.b), reg!(i.c));
                let outcome = if arithmetic::both_ints(x, y) {
                    Some((x.bits() as i64) $op (y.bits() as i64))
                } else {
                    arithmetic::floats(&self.heap, x, y).map(|(x, y)| x $op y)
                };
                match outcome {
                    Some(outcome) => {
                        reg!(i.a) = self.boolean(outcome);
                        // SAFETY: a fused comparison is followed by its branch and that branch's `Slow`.
                        let branch = unsafe { *pc };
                        if outcome == (branch.op == number::BranchFalse) {
                            // SAFETY: as above.
                            pc = unsafe { pc.add(2) };
                        } else {
                            jump!(branch.d);
                        }
                    }
                    None => step!(self.arithmetic_send(i)),
                }
            }};
        }
        macro_rules! branch {
            ($i:expr, $through:ident, $away:ident) => {{
                let i: Instr = $i;
                let value = reg!(i.a);
                if value == self.heap.known.$through {
                    // SAFETY: a branch is followed by its `Slow` and another instruction.
                    pc = unsafe { pc.add(1) };
                } else if value == self.heap.known.$away {
                    jump!(i.d);
                } else {
                    // SAFETY: as above.
                    let slow = unsafe { (*pc).d };
                    jump!(slow);
                }
            }};
        }

        enter!();
        loop {
            // SAFETY: verified code ends in an instruction that does not fall through.
            let i = unsafe { *pc };
            // SAFETY: as above.
            pc = unsafe { pc.add(1) };
            match i.op {
                number::Move => reg!(i.a) = reg!(i.b),
                number::LoadInt => reg!(i.a) = Value::from_i32(i.d as i32),
                number::LoadLit => {
                    // SAFETY: the running frame's code is alive.
                    let literals = unsafe { (*code).literals };
                    reg!(i.a) = self.heap.item(literals, i.d as usize);
                }
                number::LoadNil => reg!(i.a) = self.heap.known.nil,
                number::LoadTrue => reg!(i.a) = self.heap.known.true_,
                number::LoadFalse => reg!(i.a) = self.heap.known.false_,
                number::LoadSelf => {
                    reg!(i.a) = self.heap.item(reg!(0).ref_unchecked(), block_element::SELF);
                }
                number::LoadCapture => {
                    let at = block_element::CAPTURES + i.d as usize;
                    reg!(i.a) = self.heap.item(reg!(0).ref_unchecked(), at);
                }
                number::NewCell => {
                    let map = self.heap.known.cell_map;
                    let cell = self.heap.alloc_slots(map, 1, reg!(i.b));
                    reg!(i.a) = cell.value();
                }
                number::CellGet => reg!(i.a) = self.cell_get(reg!(i.b)),
                number::CellSet => self.cell_set(reg!(i.a), reg!(i.b)),
                number::CaptureGet => {
                    let at = block_element::CAPTURES + i.d as usize;
                    let cell = self.heap.item(reg!(0).ref_unchecked(), at);
                    reg!(i.a) = self.cell_get(cell);
                }
                number::CaptureSet => {
                    let at = block_element::CAPTURES + i.d as usize;
                    let cell = self.heap.item(reg!(0).ref_unchecked(), at);
                    self.cell_set(cell, reg!(i.a));
                }
                number::MakeBlock => {
                    reg!(i.a) = self.make_block(code, i.d as usize, base);
                }
                number::CloseCells => {
                    if self.frame().has_open {
                        self.close_cells(base + i.a as usize);
                    }
                }
                number::Send => {
                    let receiver = reg!(i.b);
                    let map = self.heap.map_bits(receiver);
                    // SAFETY: verified code names its own sites only.
                    let cache = unsafe {
                        let caches: &[InlineCache] = &(*code).caches;
                        caches.get_unchecked(i.d as usize)
                    };
                    let mut hit: &Hit = &cache.first;
                    if hit.map != map || hit.kind == HitKind::Empty {
                        match cache.more.iter().find(|h| h.map == map) {
                            Some(other) => hit = other,
                            None => {
                                step!(self.send_miss(code, i));
                                poll!();
                                continue;
                            }
                        }
                    }
                    match hit.kind {
                        HitKind::Method => {
                            let (target, holder) = (hit.target as *const Code, hit.holder);
                            leave!();
                            if !self.push_frame(target, base + i.b as usize, i.a, holder, FrameKind::Normal) {
                                step!(self.stack_overflow());
                                continue;
                            }
                            call!(target, i.b);
                            poll!();
                        }
                        HitKind::Block => {
                            leave!();
                            let Some(target) = self.block_code(receiver) else {
                                step!(self.abort("a block without code was evaluated".into()));
                                continue;
                            };
                            if !self.push_frame(target, base + i.b as usize, i.a, 0, FrameKind::Normal) {
                                step!(self.stack_overflow());
                                continue;
                            }
                            call!(target, i.b);
                            poll!();
                        }
                        HitKind::VectorAt => {
                            let vector = receiver.ref_unchecked();
                            let index = reg!(i.b + 1);
                            let at = index.int_unchecked() as usize;
                            if index.is_int() && at < self.heap.length(vector) {
                                reg!(i.a) = self.heap.item(vector, at);
                            } else {
                                let hit = *hit;
                                step!(self.perform(hit, base + i.b as usize, 1, i.a));
                            }
                        }
                        HitKind::VectorAtPut => {
                            let vector = receiver.ref_unchecked();
                            let index = reg!(i.b + 1);
                            let at = index.int_unchecked() as usize;
                            if index.is_int() && at < self.heap.length(vector) {
                                self.heap.set_item(vector, at, reg!(i.b + 2));
                                reg!(i.a) = receiver;
                            } else {
                                let hit = *hit;
                                step!(self.perform(hit, base + i.b as usize, 2, i.a));
                            }
                        }
                        HitKind::VectorSize => {
                            reg!(i.a) = Value::from_usize(self.heap.length(receiver.ref_unchecked()));
                        }
                        HitKind::Primitive => {
                            let hit = *hit;
                            step!(self.try_primitive(hit, code, i, base + i.b as usize));
                            if self.heap.gc_requested() {
                                step!(self.look_around());
                            }
                        }
                        HitKind::Field => {
                            reg!(i.a) = self.heap.word(receiver.ref_unchecked(), hit.target as usize);
                        }
                        HitKind::SetField => {
                            let word = hit.target as usize;
                            self.heap.store(receiver.ref_unchecked(), word, reg!(i.b + 1));
                            reg!(i.a) = receiver;
                        }
                        HitKind::Constant => reg!(i.a) = self.heap.value_at(hit.target),
                        HitKind::HolderField | HitKind::SetHolderField | HitKind::Empty => {
                            let hit = *hit;
                            // SAFETY: as above.
                            let argc = unsafe { (&(*code).sites)[i.d as usize].argc } as usize;
                            step!(self.perform(hit, base + i.b as usize, argc, i.a));
                        }
                    }
                }
                number::Prim => {
                    step!(self.call_primitive(code, i));
                    if self.heap.gc_requested() {
                        step!(self.look_around());
                    }
                }
                number::PrimOr => {
                    step!(self.call_primitive_or(code, i));
                    if self.heap.gc_requested() {
                        step!(self.look_around());
                    }
                }
                number::Add => arithmetic!(i, arithmetic::add(&mut self.heap, reg!(i.b), reg!(i.c))),
                number::Sub => arithmetic!(i, arithmetic::sub(&mut self.heap, reg!(i.b), reg!(i.c))),
                number::Mul => arithmetic!(i, arithmetic::mul(&mut self.heap, reg!(i.b), reg!(i.c))),
                number::Div => arithmetic!(i, arithmetic::div(&mut self.heap, reg!(i.b), reg!(i.c))),
                number::Mod => arithmetic!(i, arithmetic::rem(reg!(i.b), reg!(i.c))),
                number::Lt => compare!(i, <),
                number::Le => compare!(i, <=),
                number::Gt => compare!(i, >),
                number::Ge => compare!(i, >=),
                number::Eq => compare!(i, ==),
                number::Ne => compare!(i, !=),
                internal::LT_BRANCH => compare_branch!(i, <),
                internal::LE_BRANCH => compare_branch!(i, <=),
                internal::GT_BRANCH => compare_branch!(i, >),
                internal::GE_BRANCH => compare_branch!(i, >=),
                internal::EQ_BRANCH => compare_branch!(i, ==),
                internal::NE_BRANCH => compare_branch!(i, !=),
                number::AddInt => {
                    let constant = Value::from_i32(i32::from(i.c as i8));
                    arithmetic!(i, arithmetic::add(&mut self.heap, reg!(i.b), constant));
                }
                number::SubInt => {
                    let constant = Value::from_i32(i32::from(i.c as i8));
                    arithmetic!(i, arithmetic::sub(&mut self.heap, reg!(i.b), constant));
                }
                internal::ARITHMETIC_SEND => step!(self.arithmetic_send(i)),
                number::Jump => jump!(i.d),
                number::Loop => {
                    jump!(i.d);
                    poll!();
                }
                number::BranchFalse => branch!(i, true_, false_),
                number::BranchTrue => branch!(i, false_, true_),
                number::Slow | internal::NOP => {}
                number::GuardNative => jump!(i.d),
                number::GuardInt => {
                    if !reg!(i.a).is_int() {
                        jump!(i.d);
                    }
                }
                number::ForTest => {
                    if reg!(i.a).int_unchecked() > reg!(i.b).int_unchecked() {
                        jump!(i.d);
                    }
                }
                number::ForTestDown => {
                    if reg!(i.a).int_unchecked() < reg!(i.b).int_unchecked() {
                        jump!(i.d);
                    }
                }
                number::ForLoop => {
                    let next = reg!(i.a).int_unchecked() + i64::from(i.c as i8);
                    if next <= reg!(i.b).int_unchecked() {
                        reg!(i.a) = Value::from_bits((next as u64) << 2);
                        jump!(i.d);
                        poll!();
                    }
                }
                number::ForLoopDown => {
                    let next = reg!(i.a).int_unchecked() + i64::from(i.c as i8);
                    if next >= reg!(i.b).int_unchecked() {
                        reg!(i.a) = Value::from_bits((next as u64) << 2);
                        jump!(i.d);
                        poll!();
                    }
                }
                number::JumpIfTrue => {
                    if reg!(i.a) == self.heap.known.true_ {
                        jump!(i.d);
                    }
                }
                number::JumpIfFalse => {
                    if reg!(i.a) == self.heap.known.false_ {
                        jump!(i.d);
                    }
                }
                number::JumpIfSame => {
                    if self.same(reg!(i.a), reg!(i.b)) {
                        jump!(i.d);
                    }
                }
                number::Return => {
                    let value = reg!(i.a);
                    let frame = *self.frame();
                    if frame.has_open {
                        self.close_cells(base);
                    }
                    if frame.kind != FrameKind::Normal {
                        step!(self.return_special(frame, value));
                        continue;
                    }
                    self.process().frames.pop();
                    enter!();
                    reg!(frame.dst) = value;
                }
                number::ReturnHome => {
                    let value = reg!(i.a);
                    step!(self.return_home(value));
                }
                number::PutElement => {
                    let r: ObjectRef = reg!(i.a).ref_unchecked();
                    self.heap.set_item(r, i.d as usize, reg!(i.b));
                }
                number::NewInstance => {
                    reg!(i.a) = self.new_instance(reg!(i.b).ref_unchecked());
                }
                number::RunMethod => {
                    let method = reg!(i.c);
                    step!(self.run_method(method, base + i.b as usize, i.a));
                    poll!();
                }
                _ => step!(self.abort(format!("unknown instruction {}", i.op))),
            }
        }
    }
}
