//! Sends: checks of maps, fields and elements in place, inlined bodies, calls.

use batos_lang::code::op::Instr;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, InstBuilder, Value, types};

use crate::emit::{Emitter, Stop, Then};
use crate::input::{SiteInfo, Target, seen};
use crate::layout::status;
use crate::state::{Reg, State, Type};

/// Receivers of different maps that one send is compiled for.
const MOST_MAPS: usize = 4;
/// Times that a method is compiled before its sends are left to the machine when they meet what they did not meet before.
const LEARNS: u32 = 3;

/// Where control goes if a primitive declines, and what is known there if it is no way out.
pub(crate) struct Declined {
    pub block: Block,
    frame: usize,
    pc: u32,
    before: Option<(State, Vec<Option<Value>>)>,
}

impl Emitter<'_, '_> {
    pub(crate) fn site(&self, frame: usize, index: u32) -> Option<SiteInfo> {
        self.frames[frame].method.sites.get(index as usize).cloned()
    }

    pub(crate) fn send(&mut self, frame: usize, pc: u32, i: Instr) -> Result<Then, Stop> {
        let Some(site) = self.site(frame, i.d) else { return Err(Stop::Refused("a site is missing")) };
        if !site.plain {
            return Ok(self.step(frame, pc, pc + 1, Some(i.a)));
        }
        let receiver = self.frames[frame].base + usize::from(i.b);
        let known = !matches!(self.type_of(receiver), Type::Any | Type::Bool);
        let has_learnt = self.frames[0].method.again >= LEARNS;
        let generic = !known && (site.hits.len() > MOST_MAPS || has_learnt);
        let mut hits = site.hits.clone();
        match self.type_of(receiver) {
            Type::Map(map) => hits.retain(|hit| hit.map == map),
            Type::Int => hits.retain(|hit| hit.map == self.layout.int_map),
            Type::Float => hits.retain(|hit| hit.map == self.layout.float_map),
            _ => {}
        }
        hits.truncate(MOST_MAPS);
        if hits.is_empty() && has_learnt {
            return Ok(self.step(frame, pc, pc + 1, Some(i.a)));
        }
        if hits.is_empty() {
            return Ok(self.give_up(frame, pc, Some(pc + 1), true));
        }
        let exit = if generic {
            let block = self.b.create_block();
            self.b.set_cold_block(block);
            block
        } else {
            self.exit(frame, pc, status::EXIT, true)
        };
        let many = hits.len() > 1 || generic;
        let (state, current) = (self.state.clone(), self.current.clone());
        for (nth, hit) in hits.iter().enumerate() {
            self.maps.push(hit.map);
            let next = if nth + 1 < hits.len() { self.b.create_block() } else { exit };
            self.check_map(receiver, hit.map, next);
            let then = self.perform(frame, pc, i, nth, &site, hit.what)?;
            if !many {
                return Ok(then);
            }
            if let Then::On = then {
                self.go(frame, pc + 1);
            }
            if nth + 1 < hits.len() || generic {
                self.b.seal_block(next);
                self.b.switch_to_block(next);
                self.state = state.clone();
                self.current = current.clone();
                self.shared = self.frames[frame].shared.clone();
                self.condition = None;
                self.version += 1;
            }
        }
        if generic {
            return Ok(self.step(frame, pc, pc + 1, Some(i.a)));
        }
        Ok(Then::Elsewhere)
    }

    /// Goes elsewhere if a register's value has not this map.
    fn check_map(&mut self, home: usize, map: u32, elsewhere: Block) {
        let known = self.type_of(home);
        if map == self.layout.int_map {
            if known != Type::Int {
                let value = self.tagged(home);
                self.check_tag(value, 0, elsewhere);
                self.learn(home, value, Type::Int);
            }
        } else if map == self.layout.float_map {
            if known != Type::Float {
                let value = self.tagged(home);
                self.check_tag(value, 2, elsewhere);
                self.learn(home, value, Type::Float);
            }
        } else if known != Type::Map(map) {
            let value = self.tagged(home);
            self.check_object(value, map, elsewhere);
            self.learn(home, value, Type::Map(map));
        }
    }

    /// What a send does for receivers of one map.
    fn perform(
        &mut self,
        frame: usize,
        pc: u32,
        i: Instr,
        nth: usize,
        site: &SiteInfo,
        what: Target,
    ) -> Result<Then, Stop> {
        let base = self.frames[frame].base;
        let (to, window) = (base + usize::from(i.a), base + usize::from(i.b));
        match what {
            Target::Field(word) => {
                let receiver = self.tagged(window);
                let at = self.address(receiver);
                let value = self.load(types::I64, at, 8 + 8 * word as i32);
                self.set(to, value, Type::Any);
            }
            Target::SetField(word) => {
                let (receiver, value) = (self.tagged(window), self.tagged(window + 1));
                let at = self.address(receiver);
                self.put(value, at, 8 + 8 * word as i32);
                self.copy(to, window);
            }
            Target::HolderField(holder, word) => {
                let at = self.k((self.layout.base + holder) as i64);
                let value = self.load(types::I64, at, 8 + 8 * word as i32);
                self.set(to, value, Type::Any);
            }
            Target::Constant(offset) => {
                let at = self.k((self.layout.base + offset) as i64);
                let value = self.load(types::I64, at, 0);
                self.set(to, value, Type::Any);
            }
            Target::Receiver => self.copy(to, window),
            Target::VectorSize => {
                let receiver = self.tagged(window);
                let at = self.address(receiver);
                let value = self.load(types::I64, at, 8);
                self.set(to, value, Type::Int);
            }
            Target::VectorAt => {
                let exit = self.exit(frame, pc, status::EXIT, true);
                let place = self.element(window, exit);
                let value = self.load(types::I64, place, 16);
                self.set(to, value, Type::Any);
            }
            Target::VectorAtPut => {
                let exit = self.exit(frame, pc, status::EXIT, true);
                let place = self.element(window, exit);
                let value = self.tagged(window + 2);
                self.put(value, place, 16);
                self.copy(to, window);
            }
            Target::Same => {
                let exit = self.exit(frame, pc, status::EXIT, false);
                let same = self.same(window, window + 1, exit);
                self.boolean(to, same);
            }
            Target::Quick(primitive) => {
                let declined = self.declined(frame, pc, window, site.argc);
                let value = self.try_quick(window, primitive, declined.block);
                return Ok(self.answered(declined, pc + 1, i.a, value));
            }
            Target::Primitive(primitive) => {
                let declined = self.declined(frame, pc, window, site.argc);
                let value = self.try_primitive(window, primitive, site.argc, declined.block);
                return Ok(self.answered(declined, pc + 1, i.a, value));
            }
            Target::Method { .. } | Target::Block { .. } => {
                let literal = self.instance_at(window);
                let code = literal.and_then(|id| self.instances[&id].code);
                let what = match (what, code) {
                    (Target::Block { method, .. }, Some(code)) => Target::Block { code, method },
                    _ => what,
                };
                if let (Target::Block { .. }, Some(_), None) = (what, literal, code) {
                    return Ok(self.step(frame, pc, pc + 1, Some(i.a)));
                }
                if let (Target::Block { method, .. }, None) = (what, literal) {
                    let exit = self.exit(frame, pc, status::EXIT, true);
                    let block = self.tagged(window);
                    let at = self.address(block);
                    let code = self.load(types::I64, at, 16);
                    let same = self.compare(IntCC::Equal, code, method as i64);
                    self.unless(same, exit);
                }
                let Some((callee, holder)) = self.target(what) else {
                    return Ok(self.step(frame, pc, pc + 1, Some(i.a)));
                };
                if literal.is_some() && callee.argc > site.argc {
                    return Ok(self.step(frame, pc, pc + 1, Some(i.a)));
                }
                if self.inlines(frame, &callee, window) {
                    self.inline(frame, pc, nth, i, callee, holder);
                } else {
                    self.used.push(callee.code);
                    self.call(frame, pc, &callee, holder, i.b, i.a);
                }
                return Ok(Then::Elsewhere);
            }
            Target::Other => return Ok(self.step(frame, pc, pc + 1, Some(i.a))),
        }
        Ok(Then::On)
    }

    /// Stores home what a primitive looks at. Then, where control goes if it declines: out, or to a step if such has been met. Nothing was
    /// done then.
    pub(crate) fn declined(&mut self, frame: usize, pc: u32, window: usize, argc: u8) -> Declined {
        self.arguments_home(window, argc);
        let met = self.frames[frame].method.arithmetic.get(&pc).copied().unwrap_or(0);
        if met & seen::DECLINED == 0 {
            let block = self.exit_as(frame, pc, status::EXIT, true, true);
            return Declined { block, frame, pc, before: None };
        }
        let block = self.b.create_block();
        self.b.set_cold_block(block);
        Declined { block, frame, pc, before: Some((self.state.clone(), self.current.clone())) }
    }

    /// The answer of a primitive that may have declined, in register `dst`; it goes on at `on`. If it declined, the interpreter does the
    /// instruction, or the machine if it did so before.
    pub(crate) fn answered(&mut self, declined: Declined, on: u32, dst: u8, value: Value) -> Then {
        let Declined { block, frame, pc, before } = declined;
        self.set(self.frames[frame].base + usize::from(dst), value, Type::Any);
        if before.is_none() {
            self.resume_at(frame, on, Some(dst));
        }
        self.go(frame, on);
        let Some((state, current)) = before else { return Then::Elsewhere };
        self.b.seal_block(block);
        self.b.switch_to_block(block);
        (self.state, self.current) = (state, current);
        self.condition = None;
        self.version += 1;
        self.step(frame, pc, on, Some(dst))
    }

    /// Address of a vector's element, less what stands before the first. The vector's map was checked.
    fn element(&mut self, window: usize, exit: Block) -> Value {
        let index = self.int(window + 1, exit);
        let vector = self.tagged(window);
        let at = self.address(vector);
        let length = self.load(types::I64, at, 8);
        let inside = self.b.ins().icmp(IntCC::UnsignedLessThan, index, length);
        self.unless(inside, exit);
        let offset = self.left(index, 1);
        self.b.ins().iadd(at, offset)
    }

    /// Stores receiver and arguments home, where primitives look for them.
    pub(crate) fn arguments_home(&mut self, window: usize, argc: u8) {
        for h in window..=window + usize::from(argc) {
            let dirty = matches!(
                self.state[h],
                Reg::Tagged { dirty: true, .. } | Reg::Float { dirty: true } | Reg::Block { .. }
            );
            if dirty && !self.shared[h] {
                let value = self.tagged(h);
                self.store(value, self.regs, 8 * h as i32);
            }
        }
    }

    /// Calls a primitive whose arguments are at home; goes elsewhere if it declines.
    pub(crate) fn try_primitive(&mut self, window: usize, primitive: u16, argc: u8, exit: Block) -> Value {
        let (index, place) = (self.k(i64::from(primitive)), self.plus(self.regs, 8 * window as i64));
        let argc = self.k(i64::from(argc));
        let value = self.help(self.layout.primitive, &[index, place, argc]);
        let declined = self.compare(IntCC::Equal, value, 3);
        self.when(declined, exit);
        value
    }

    /// The same by the primitive's fast path.
    fn try_quick(&mut self, window: usize, primitive: u16, exit: Block) -> Value {
        let (index, place) = (self.k(i64::from(primitive)), self.plus(self.regs, 8 * window as i64));
        let value = self.help(self.layout.quick, &[index, place]);
        let declined = self.compare(IntCC::Equal, value, 3);
        self.when(declined, exit);
        value
    }
}
