//! Instructions other than sends.

use batos_lang::code::op::{Instr, Native, Op};
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{Block, InstBuilder, Value, types};

use crate::emit::{Emitter, Stop, Then};
use crate::input::seen;
use crate::layout::{context, status};
use crate::state::{Reg, State, Type};

/// Bytes from the beginning of a block to its captured values.
pub(crate) const BLOCK_CODE: i32 = 16;
pub(crate) const BLOCK_SELF: i32 = BLOCK_CODE + 8;
pub(crate) const BLOCK_HOME: i32 = BLOCK_CODE + 16;
pub(crate) const BLOCK_HOLDER: i32 = BLOCK_CODE + 24;
pub(crate) const BLOCK_CAPTURES: i32 = BLOCK_CODE + 32;

/// What was known before an instruction.
type Before = (State, Vec<Option<Value>>);

/// How an arithmetic instruction is done.
#[derive(Clone, Copy, PartialEq)]
enum Plan {
    Ints,
    Floats,
    Numbers,
    Any,
    Leave,
}

impl Emitter<'_, '_> {
    pub(crate) fn instruction(&mut self, frame: usize, pc: u32, i: Instr) -> Result<Then, Stop> {
        let base = self.frames[frame].base;
        let home = |r: u8| base + usize::from(r);
        let (a, b) = (home(i.a), home(i.b));
        let Some(op) = Op::from_u8(i.op) else { return Err(Stop::Refused("an instruction is unknown")) };
        match op {
            Op::Move => self.copy(a, b),
            Op::LoadInt => {
                let value = self.k(i64::from(i.d as i32) << 2);
                self.set(a, value, Type::Int);
            }
            Op::LoadLit => self.literal(frame, a, i.d),
            Op::LoadNil => {
                let value = self.k(self.layout.nil as i64);
                self.set(a, value, Type::Any);
            }
            Op::LoadTrue | Op::LoadFalse => {
                let bits = if op == Op::LoadTrue { self.layout.true_ } else { self.layout.false_ };
                let value = self.k(bits as i64);
                self.set(a, value, Type::Bool);
            }
            Op::LoadSelf if self.instance_at(base).is_some() => {
                let id = self.instance_at(base).unwrap_or_default();
                self.instance_self(id, a);
            }
            Op::LoadCapture
                if self.instance_at(base).is_some_and(|id| self.instance_variable(id, i.d).is_none()) =>
            {
                let id = self.instance_at(base).unwrap_or_default();
                if self.instance_capture(id, i.d, a).is_none() {
                    return Err(Stop::Refused("a capture is missing"));
                }
            }
            Op::LoadSelf | Op::LoadCapture => {
                let block = self.tagged(base);
                let at = self.address(block);
                let offset = if op == Op::LoadSelf { BLOCK_SELF } else { BLOCK_CAPTURES + 8 * i.d as i32 };
                let value = self.load(types::I64, at, offset);
                self.set(a, value, Type::Any);
            }
            Op::NewCell => {
                let value = self.tagged(b);
                let cell = self.help(self.layout.new_cell, &[value]);
                self.set(a, cell, Type::Map(self.layout.cell_map));
            }
            Op::CellGet => {
                let cell = self.tagged(b);
                self.cell_get(frame, pc, a, b, cell);
            }
            Op::CaptureGet if self.shared_variable(base, i.d).is_some() => {
                let home = self.shared_variable(base, i.d).unwrap_or_default();
                let value = self.load(types::I64, self.regs, 8 * home as i32);
                self.set(a, value, Type::Any);
            }
            Op::CaptureSet if self.shared_variable(base, i.d).is_some() => {
                let home = self.shared_variable(base, i.d).unwrap_or_default();
                let value = self.tagged(a);
                self.store(value, self.regs, 8 * home as i32);
            }
            Op::CaptureGet => {
                let cell = self.captured(base, i.d);
                self.cell_get(frame, pc, a, usize::MAX, cell);
            }
            Op::CellSet => {
                let cell = self.tagged(a);
                self.cell_set(frame, pc, a, cell, b);
            }
            Op::CaptureSet => {
                let cell = self.captured(base, i.d);
                self.cell_set(frame, pc, usize::MAX, cell, a);
            }
            Op::MakeBlock => {
                if !self.frames[frame].makes_blocks || !self.literal_block(frame, pc, a, i) {
                    return Ok(self.give_up(frame, pc, None, false));
                }
            }
            Op::CloseCells if frame != 0 && self.frames[frame].makes_blocks => {
                if !self.frames[frame].method.open.is_empty() {
                    self.escape_sharing(frame, pc + 1, a);
                    self.close_inlined(a);
                }
            }
            Op::CloseCells if frame == 0 && !self.frames[0].method.open.is_empty() => {
                self.escape_sharing(0, pc + 1, a);
                self.check_open(pc);
                self.resume_at(frame, pc + 1, None);
                self.go(frame, pc + 1);
                return Ok(Then::Elsewhere);
            }
            Op::CloseCells | Op::Slow => {}
            Op::Send => return self.send(frame, pc, i),
            Op::PrimOr => {
                let primitive = self.site(frame, i.d).and_then(|site| Some((site.primitive?, site.argc)));
                let Some((primitive, argc)) = primitive else {
                    return Ok(self.step(frame, pc, pc + 2, Some(i.a)));
                };
                let declined = self.declined(frame, pc, b, argc);
                let value = self.try_primitive(b, primitive, argc, declined.block);
                return Ok(self.answered(declined, pc + 2, i.a, value));
            }
            Op::Prim if self.site(frame, i.d).is_some_and(|site| site.primitive.is_some()) => {
                return Ok(self.primitive(frame, pc, i));
            }
            Op::Prim | Op::RunMethod | Op::NewInstance => {
                return Ok(self.step(frame, pc, pc + 1, Some(i.a)));
            }
            Op::PutElement => return Ok(self.step(frame, pc, pc + 1, None)),
            Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Mod | Op::AddInt | Op::SubInt => {
                return self.arithmetic(frame, pc, i, op);
            }
            Op::Lt | Op::Le | Op::Gt | Op::Ge | Op::Eq | Op::Ne => {
                return self.comparison(frame, pc, i, op);
            }
            Op::Jump => {
                self.go(frame, i.d);
                return Ok(Then::Elsewhere);
            }
            Op::Loop => {
                self.loop_to(frame, i.d);
                return Ok(Then::Elsewhere);
            }
            Op::BranchFalse | Op::BranchTrue => return Ok(self.branch(frame, pc, i, op)),
            Op::GuardNative => {
                if !self.library.intact(i.c) {
                    self.go(frame, i.d);
                    return Ok(Then::Elsewhere);
                }
            }
            Op::GuardInt => {
                let exit = self.exit(frame, pc, status::EXIT, true);
                self.int(a, exit);
            }
            Op::ForTest | Op::ForTestDown => {
                let (x, y) = (self.tagged(a), self.tagged(b));
                self.learn(a, x, Type::Int);
                self.learn(b, y, Type::Int);
                let how = if op == Op::ForTest { IntCC::SignedGreaterThan } else { IntCC::SignedLessThan };
                let over = self.b.ins().icmp(how, x, y);
                let away = self.way(frame, i.d);
                self.when(over, away);
            }
            Op::ForLoop | Op::ForLoopDown => {
                let (x, end) = (self.tagged(a), self.tagged(b));
                let (n, end) = (self.right(x, 2), self.right(end, 2));
                let next = self.plus(n, i64::from(i.c as i8));
                let how = if op == Op::ForLoop { IntCC::SignedGreaterThan } else { IntCC::SignedLessThan };
                let over = self.b.ins().icmp(how, next, end);
                let away = self.way(frame, pc + 1);
                self.when(over, away);
                let value = self.left(next, 2);
                self.set(a, value, Type::Int);
                self.loop_to(frame, i.d);
                return Ok(Then::Elsewhere);
            }
            Op::JumpIfTrue | Op::JumpIfFalse => {
                let value = self.tagged(a);
                let bits = if op == Op::JumpIfTrue { self.layout.true_ } else { self.layout.false_ };
                let holds = self.compare(IntCC::Equal, value, bits as i64);
                let away = self.way(frame, i.d);
                self.when(holds, away);
            }
            Op::JumpIfSame => {
                let exit = self.exit(frame, pc, status::EXIT, true);
                let same = self.same(a, b, exit);
                let away = self.way(frame, i.d);
                self.when(same, away);
            }
            Op::Return => {
                self.return_(frame, pc, a);
                return Ok(Then::Elsewhere);
            }
            Op::ReturnHome if self.instance_at(base).and_then(|id| self.instance_home(id)).is_some() => {
                let home = self.instance_at(base).and_then(|id| self.instance_home(id));
                self.return_from(frame, home.unwrap_or_default(), pc, a);
                return Ok(Then::Elsewhere);
            }
            Op::ReturnHome => {
                // Where it returns to is elsewhere, always.
                return Ok(self.step_away(frame, pc));
            }
        }
        Ok(Then::On)
    }

    /// A primitive that answers with a value or has done nothing: then the machine calls it again, and knows what its failure means.
    fn primitive(&mut self, frame: usize, pc: u32, i: Instr) -> Then {
        let known = self.site(frame, i.d).and_then(|site| Some((site.primitive?, site.argc)));
        let Some((primitive, argc)) = known else {
            return self.step(frame, pc, pc + 1, Some(i.a));
        };
        let base = self.frames[frame].base;
        let failed = self.b.create_block();
        self.b.set_cold_block(failed);
        self.arguments_home(base + usize::from(i.b), argc);
        let value = self.try_primitive(base + usize::from(i.b), primitive, argc, failed);
        let (state, current) = (self.state.clone(), self.current.clone());
        self.set(base + usize::from(i.a), value, Type::Any);
        self.go(frame, pc + 1);
        self.b.seal_block(failed);
        self.b.switch_to_block(failed);
        (self.state, self.current) = (state, current);
        self.condition = None;
        self.version += 1;
        self.step(frame, pc, pc + 1, Some(i.a))
    }

    /// Leaves here. The root goes on behind the instruction when the interpreter comes there.
    pub fn give_up(&mut self, frame: usize, pc: u32, on: Option<u32>, counted: bool) -> Then {
        self.leave(frame, pc, counted);
        if frame != 0 {
            self.resume_at(frame, pc, None);
        } else if let Some(on) = on {
            let dst = self.frames[0].method.instrs.get(pc as usize).map(|i| i.a);
            self.resume_at(frame, on, dst);
        }
        Then::Elsewhere
    }

    fn loop_to(&mut self, frame: usize, to: u32) {
        self.poll(frame, to);
        if frame != 0 {
            self.resume_at(frame, to, None);
        }
        self.go(frame, to);
    }

    fn literal(&mut self, frame: usize, to: usize, index: u32) {
        let method = self.frames[frame].method.clone();
        match method.numbers.get(index as usize).copied() {
            Some(bits) if bits & 3 == 0 => {
                let value = self.k(bits as i64);
                self.set(to, value, Type::Int);
            }
            Some(bits) if bits & 3 == 2 => {
                let value = self.k(bits as i64);
                let value = self.untag(value);
                self.set_float(to, value);
            }
            _ => {
                let at = self.k((self.layout.base + method.literals) as i64);
                let value = self.load(types::I64, at, 16 + 8 * index as i32);
                self.set(to, value, Type::Any);
            }
        }
    }

    /// Home of a variable that the running block shares, if the block is not made.
    fn shared_variable(&self, block: usize, index: u32) -> Option<usize> {
        self.instance_variable(self.instance_at(block)?, index)
    }

    fn captured(&mut self, block: usize, index: u32) -> Value {
        if let Some(id) = self.instance_at(block)
            && let Some(cell) = self.instance_cell(id, index)
        {
            return cell;
        }
        let block = self.tagged(block);
        let at = self.address(block);
        self.load(types::I64, at, BLOCK_CAPTURES + 8 * index as i32)
    }

    /// Address of the variable of an open cell, which must be one of the running process.
    fn open_variable(&mut self, at: Value, exit: Block) -> Value {
        let owner = self.load(types::I64, at, 16);
        let process = self.context(context::PROCESS);
        let own = self.b.ins().icmp(IntCC::Equal, owner, process);
        self.unless(own, exit);
        let index = self.load(types::I64, at, 8);
        let offset = self.left(index, 1);
        let stack = self.context(context::STACK);
        self.b.ins().iadd(stack, offset)
    }

    fn cell_get(&mut self, frame: usize, pc: u32, to: usize, home: usize, cell: Value) {
        let at = self.address(cell);
        if home != usize::MAX && self.type_of(home) == Type::Map(self.layout.cell_map) {
            let value = self.load(types::I64, at, 8);
            self.set(to, value, Type::Any);
            return;
        }
        let exit = self.exit(frame, pc, status::EXIT, false);
        let (open, closed, done) = (self.b.create_block(), self.b.create_block(), self.b.create_block());
        self.b.append_block_param(done, types::I64);
        let is_open = self.has_map(cell, self.layout.open_cell_map);
        self.b.ins().brif(is_open, open, &[], closed, &[]);
        self.b.seal_block(open);
        self.b.seal_block(closed);
        self.b.switch_to_block(open);
        let place = self.open_variable(at, exit);
        let value = self.load(types::I64, place, 0);
        self.jump_with(done, value);
        self.b.switch_to_block(closed);
        let value = self.load(types::I64, at, 8);
        self.jump_with(done, value);
        self.b.seal_block(done);
        self.b.switch_to_block(done);
        let value = self.b.block_params(done)[0];
        self.set(to, value, Type::Any);
    }

    fn cell_set(&mut self, frame: usize, pc: u32, home: usize, cell: Value, from: usize) {
        let exit = self.exit(frame, pc, status::EXIT, false);
        let value = self.tagged(from);
        let at = self.address(cell);
        if home != usize::MAX && self.type_of(home) == Type::Map(self.layout.cell_map) {
            self.put(value, at, 8);
            return;
        }
        let (open, closed, done) = (self.b.create_block(), self.b.create_block(), self.b.create_block());
        let is_open = self.has_map(cell, self.layout.open_cell_map);
        self.b.ins().brif(is_open, open, &[], closed, &[]);
        self.b.seal_block(open);
        self.b.seal_block(closed);
        self.b.switch_to_block(open);
        let place = self.open_variable(at, exit);
        self.store(value, place, 0);
        self.b.ins().jump(done, &[]);
        self.b.switch_to_block(closed);
        self.put(value, at, 8);
        self.b.ins().jump(done, &[]);
        self.b.seal_block(done);
        self.b.switch_to_block(done);
    }

    /// Are two registers the same object?
    pub fn same(&mut self, x: usize, y: usize, exit: Block) -> Value {
        let simple = |ty: Type| matches!(ty, Type::Int | Type::Bool);
        let plain = simple(self.type_of(x)) || simple(self.type_of(y));
        let (x, y) = (self.tagged(x), self.tagged(y));
        let same = self.b.ins().icmp(IntCC::Equal, x, y);
        if plain {
            return same;
        }
        // Two that are not identical may be boxes of the same float: the first is a reference to one.
        let (other, object, done) = (self.b.create_block(), self.b.create_block(), self.b.create_block());
        self.b.append_block_param(done, types::I8);
        let yes = self.b.ins().iconst(types::I8, 1);
        self.b.ins().brif(same, done, &[yes.into()], other, &[]);
        self.b.seal_block(other);
        self.b.switch_to_block(other);
        let no = self.b.ins().iconst(types::I8, 0);
        let is_object = self.has_tag(x, 1);
        self.b.ins().brif(is_object, object, &[], done, &[no.into()]);
        self.b.seal_block(object);
        self.b.switch_to_block(object);
        let is_box = self.has_map(x, self.layout.float_map);
        self.when(is_box, exit);
        self.jump_with(done, no);
        self.b.seal_block(done);
        self.b.switch_to_block(done);
        self.b.block_params(done)[0]
    }

    /// true or false for a condition.
    pub fn boolean(&mut self, home: usize, holds: Value) {
        let (yes, no) = (self.k(self.layout.true_ as i64), self.k(self.layout.false_ as i64));
        let value = self.b.ins().select(holds, yes, no);
        self.set(home, value, Type::Bool);
        if !self.shared[home] {
            self.condition = Some((home, holds));
        }
    }

    fn branch(&mut self, frame: usize, pc: u32, i: Instr, op: Op) -> Then {
        let home = self.frames[frame].base + usize::from(i.a);
        if !self.library.intact(i.c) {
            let slow = self.frames[frame].method.instrs.get(pc as usize + 1).map_or(i.d, |slow| slow.d);
            self.go(frame, slow);
            return Then::Elsewhere;
        }
        let known = self.condition.filter(|(h, _)| *h == home).map(|(_, holds)| holds);
        let holds = match known {
            Some(holds) => holds,
            None => {
                let value = self.tagged(home);
                let yes = self.compare(IntCC::Equal, value, self.layout.true_ as i64);
                if self.type_of(home) != Type::Bool {
                    let exit = self.exit(frame, pc, status::EXIT, true);
                    let boolean = self.is_boolean(value);
                    self.unless(boolean, exit);
                    self.learn(home, value, Type::Bool);
                }
                yes
            }
        };
        let (through, away) = (self.way(frame, pc + 2), self.way(frame, i.d));
        let (yes, no) = if op == Op::BranchFalse { (through, away) } else { (away, through) };
        self.b.ins().brif(holds, yes, &[], no, &[]);
        Then::Elsewhere
    }

    /// What is to be expected of the operands of an arithmetic instruction.
    fn plan(&self, frame: usize, pc: u32, x: usize, y: Option<usize>) -> Plan {
        if !self.library.intact(Native::Arithmetic as u8) {
            return Plan::Leave;
        }
        let method = &self.frames[frame].method;
        let (tx, ty) = (self.type_of(x), y.map_or(Type::Int, |y| self.type_of(y)));
        let known = |t: Type| matches!(t, Type::Int | Type::Float);
        if known(tx) && known(ty) {
            return match (tx, ty) {
                (Type::Int, Type::Int) => Plan::Ints,
                (Type::Float, Type::Float) => Plan::Floats,
                _ => Plan::Numbers,
            };
        }
        let hint = |h: usize| if frame == 0 { method.hints.get(h).copied() } else { None };
        let met = method.arithmetic.get(&pc).copied().unwrap_or(0);
        // What the interpreter sent is at the site.
        let others = method.instrs.get(pc as usize).and_then(|i| method.sites.get(i.d as usize));
        let sent = met == 0 && others.is_some_and(|site| !site.hits.is_empty());
        match met & !seen::OTHER {
            0 if sent || met != 0 => Plan::Leave,
            0 if tx == Type::Float || ty == Type::Float => Plan::Floats,
            0 if tx == Type::Int || ty == Type::Int => Plan::Ints,
            0 if hint(x) == Some(2) || y.and_then(hint) == Some(2) => Plan::Floats,
            0 | seen::INTS => Plan::Ints,
            seen::FLOATS => Plan::Floats,
            _ if tx == Type::Float || ty == Type::Float => Plan::Numbers,
            _ => Plan::Any,
        }
    }

    fn arithmetic(&mut self, frame: usize, pc: u32, i: Instr, op: Op) -> Result<Then, Stop> {
        let base = self.frames[frame].base;
        let (to, x) = (base + usize::from(i.a), base + usize::from(i.b));
        let y = (!matches!(op, Op::AddInt | Op::SubInt)).then_some(base + usize::from(i.c));
        let constant = i64::from(i.c as i8) << 2;
        let plan = self.plan(frame, pc, x, y);
        if plan == Plan::Leave || op == Op::Mod && !matches!(plan, Plan::Ints | Plan::Any) {
            return self.operator_send(frame, pc, i, op);
        }
        let (exit, other) = self.otherwise(frame, pc);
        match plan {
            Plan::Ints => {
                let left = self.int(x, exit);
                let right = match y {
                    Some(y) => self.int(y, exit),
                    None => self.k(constant),
                };
                let value = self.int_operation(op, left, right, exit);
                self.set(to, value, Type::Int);
            }
            Plan::Floats | Plan::Numbers => {
                let (left, right) = self.two_floats(plan, x, y, constant, exit);
                let value = self.float_operation(op, left, right, exit);
                self.set_float(to, value);
            }
            Plan::Any | Plan::Leave => {
                let left = self.tagged(x);
                let right = match y {
                    Some(y) => self.tagged(y),
                    None => self.k(constant),
                };
                let (ints, floats, done) =
                    (self.b.create_block(), self.b.create_block(), self.b.create_block());
                self.b.append_block_param(done, types::I64);
                let bits = self.b.ins().bor(left, right);
                let both = self.has_tag(bits, 0);
                self.b.ins().brif(both, ints, &[], floats, &[]);
                self.b.seal_block(ints);
                self.b.seal_block(floats);
                self.b.switch_to_block(ints);
                let value = self.int_operation(op, left, right, exit);
                self.jump_with(done, value);
                self.b.switch_to_block(floats);
                if op == Op::Mod {
                    self.b.ins().jump(exit, &[]);
                } else {
                    let left = self.any_number(left, exit);
                    let right = self.any_number(right, exit);
                    let value = self.float_operation(op, left, right, exit);
                    let value = self.tag_float(value);
                    self.jump_with(done, value);
                }
                self.b.seal_block(done);
                self.b.switch_to_block(done);
                let value = self.b.block_params(done)[0];
                self.set(to, value, Type::Any);
            }
        }
        self.or_step(frame, pc, i, op, exit, other)
    }

    /// The message of an operator, to what is no number of the machine: by what its site has met.
    fn operator_send(&mut self, frame: usize, pc: u32, i: Instr, op: Op) -> Result<Then, Stop> {
        let Some(site) = self.site(frame, i.d).filter(|site| !site.hits.is_empty()) else {
            return Ok(self.step(frame, pc, pc + 1, Some(i.a)));
        };
        let base = self.frames[frame].base;
        let window = base + usize::from(site.base);
        self.copy(window, base + usize::from(i.b));
        if matches!(op, Op::AddInt | Op::SubInt) {
            let constant = self.k(i64::from(i.c as i8) << 2);
            self.set(window + 1, constant, Type::Int);
        } else {
            self.copy(window + 1, base + usize::from(i.c));
        }
        self.send(frame, pc, Instr::new(Op::Send, i.a, site.base, 0, i.d))
    }

    /// Where arithmetic goes that is not as planned: out, or to a step if such has been met.
    fn otherwise(&mut self, frame: usize, pc: u32) -> (Block, Option<Before>) {
        let method = &self.frames[frame].method;
        let met = method.arithmetic.get(&pc).copied().unwrap_or(0);
        let site = method.instrs.get(pc as usize).and_then(|i| method.sites.get(i.d as usize));
        if met & seen::OTHER == 0 && site.is_none_or(|site| site.hits.is_empty()) {
            return (self.exit(frame, pc, status::EXIT, true), None);
        }
        let block = self.b.create_block();
        self.b.set_cold_block(block);
        (block, Some((self.state.clone(), self.current.clone())))
    }

    /// Fills the block of `otherwise` if it is no exit.
    fn or_step(
        &mut self,
        frame: usize,
        pc: u32,
        i: Instr,
        op: Op,
        block: Block,
        other: Option<Before>,
    ) -> Result<Then, Stop> {
        let Some((state, current)) = other else { return Ok(Then::On) };
        self.go(frame, pc + 1);
        self.b.seal_block(block);
        self.b.switch_to_block(block);
        (self.state, self.current) = (state, current);
        self.condition = None;
        self.version += 1;
        self.operator_send(frame, pc, i, op)
    }

    /// Operands as floats: both are, or (numbers) one is known to be.
    fn two_floats(
        &mut self,
        plan: Plan,
        x: usize,
        y: Option<usize>,
        constant: i64,
        exit: Block,
    ) -> (Value, Value) {
        let left = if plan == Plan::Floats { self.float(x, exit) } else { self.number(x, exit) };
        let right = match y {
            Some(y) if plan == Plan::Floats => self.float(y, exit),
            Some(y) => self.number(y, exit),
            None => self.b.ins().f64const((constant >> 2) as f64),
        };
        (left, right)
    }

    /// A tagged number as a float, by its tag.
    fn any_number(&mut self, value: Value, exit: Block) -> Value {
        let (int, float, done) = (self.b.create_block(), self.b.create_block(), self.b.create_block());
        self.b.append_block_param(done, types::F64);
        let is_int = self.has_tag(value, 0);
        self.b.ins().brif(is_int, int, &[], float, &[]);
        self.b.seal_block(int);
        self.b.seal_block(float);
        self.b.switch_to_block(int);
        let n = self.int_to_float(value, exit);
        self.jump_with(done, n);
        self.b.switch_to_block(float);
        self.check_tag(value, 2, exit);
        let x = self.untag(value);
        self.jump_with(done, x);
        self.b.seal_block(done);
        self.b.switch_to_block(done);
        self.b.block_params(done)[0]
    }

    fn int_operation(&mut self, op: Op, x: Value, y: Value, exit: Block) -> Value {
        match op {
            Op::Add | Op::AddInt => {
                let (value, over) = self.b.ins().sadd_overflow(x, y);
                self.when(over, exit);
                value
            }
            Op::Sub | Op::SubInt => {
                let (value, over) = self.b.ins().ssub_overflow(x, y);
                self.when(over, exit);
                value
            }
            Op::Mul => {
                let n = self.right(x, 2);
                let (value, over) = self.b.ins().smul_overflow(n, y);
                self.when(over, exit);
                value
            }
            _ => {
                // Not by zero, and not by -1, where the quotient may be too large.
                let (n, m) = (self.right(x, 2), self.right(y, 2));
                let next = self.plus(m, 1);
                let fine = self.compare(IntCC::UnsignedGreaterThan, next, 1);
                self.unless(fine, exit);
                let value = if op == Op::Div { self.b.ins().sdiv(n, m) } else { self.b.ins().srem(n, m) };
                self.left(value, 2)
            }
        }
    }

    fn float_operation(&mut self, op: Op, x: Value, y: Value, exit: Block) -> Value {
        match op {
            Op::Add | Op::AddInt => self.b.ins().fadd(x, y),
            Op::Sub | Op::SubInt => self.b.ins().fsub(x, y),
            Op::Mul => self.b.ins().fmul(x, y),
            _ => {
                let zero = self.b.ins().f64const(0.0);
                let by_zero = self.b.ins().fcmp(FloatCC::Equal, y, zero);
                self.when(by_zero, exit);
                self.b.ins().fdiv(x, y)
            }
        }
    }

    fn comparison(&mut self, frame: usize, pc: u32, i: Instr, op: Op) -> Result<Then, Stop> {
        let base = self.frames[frame].base;
        let (to, x, y) = (base + usize::from(i.a), base + usize::from(i.b), base + usize::from(i.c));
        let plan = self.plan(frame, pc, x, Some(y));
        if plan == Plan::Leave {
            return self.operator_send(frame, pc, i, op);
        }
        let (ints, floats) = match op {
            Op::Lt => (IntCC::SignedLessThan, FloatCC::LessThan),
            Op::Le => (IntCC::SignedLessThanOrEqual, FloatCC::LessThanOrEqual),
            Op::Gt => (IntCC::SignedGreaterThan, FloatCC::GreaterThan),
            Op::Ge => (IntCC::SignedGreaterThanOrEqual, FloatCC::GreaterThanOrEqual),
            Op::Eq => (IntCC::Equal, FloatCC::Equal),
            _ => (IntCC::NotEqual, FloatCC::NotEqual),
        };
        let (exit, other) = self.otherwise(frame, pc);
        let holds = match plan {
            Plan::Ints => {
                let (x, y) = (self.int(x, exit), self.int(y, exit));
                self.b.ins().icmp(ints, x, y)
            }
            Plan::Floats | Plan::Numbers => {
                let (x, y) = self.two_floats(plan, x, Some(y), 0, exit);
                self.b.ins().fcmp(floats, x, y)
            }
            Plan::Any | Plan::Leave => {
                let (x, y) = (self.tagged(x), self.tagged(y));
                let (both, other, done) =
                    (self.b.create_block(), self.b.create_block(), self.b.create_block());
                self.b.append_block_param(done, types::I8);
                let bits = self.b.ins().bor(x, y);
                let small = self.has_tag(bits, 0);
                self.b.ins().brif(small, both, &[], other, &[]);
                self.b.seal_block(both);
                self.b.seal_block(other);
                self.b.switch_to_block(both);
                let holds = self.b.ins().icmp(ints, x, y);
                self.jump_with(done, holds);
                self.b.switch_to_block(other);
                let (x, y) = (self.any_number(x, exit), self.any_number(y, exit));
                let holds = self.b.ins().fcmp(floats, x, y);
                self.jump_with(done, holds);
                self.b.seal_block(done);
                self.b.switch_to_block(done);
                self.b.block_params(done)[0]
            }
        };
        self.boolean(to, holds);
        self.or_step(frame, pc, i, op, exit, other)
    }

    fn return_(&mut self, frame: usize, pc: u32, from: usize) {
        self.return_from(frame, frame, pc, from);
    }

    /// Returns from a frame that is the running one or below it; between them are only blocks that were inlined.
    fn return_from(&mut self, running: usize, frame: usize, pc: u32, from: usize) {
        if let Some(id) = self.instance_at(from)
            && self.belongs_to(id, frame)
        {
            self.escape(id);
        }
        let chain = self.chain(running);
        let ending = chain.iter().position(|f| *f == frame).unwrap_or(0);
        let opens = chain[ending.max(1)..].iter().any(|f| self.open_flag(*f) != 0);
        let Some((parent, send, dst)) = self.frames[frame].parent else {
            if opens {
                let first = chain.get(1).map_or(0, |f| self.frames[*f].base);
                self.tagged(from);
                self.close_inlined(first);
            }
            self.return_root(running, pc, from);
            return;
        };
        let base = self.frames[frame].base;
        let to = self.frames[parent].base + usize::from(dst);
        let (float, block) = (matches!(self.state[from], Reg::Float { .. }), self.instance_at(from));
        let (value, ty) = match block {
            Some(_) => (None, Type::Any),
            None if float && !self.shared[from] => (Some(self.b.use_var(self.vars[from].1)), Type::Float),
            None => (Some(self.tagged(from)), self.type_of(from)),
        };
        if opens {
            self.close_inlined(base);
        }
        self.shared = self.frames[parent].shared.clone();
        self.state[base..].fill(Reg::Undefined);
        match (block, value) {
            (Some(id), _) => self.set_block(to, id),
            (None, Some(value)) if float && ty == Type::Float => self.set_float(to, value),
            (None, Some(value)) => self.set(to, value, ty),
            (None, None) => {}
        }
        self.go(parent, send + 1);
    }
}
