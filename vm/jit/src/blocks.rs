//! Blocks that are not made: as long as nobody but compiled code knows of a block, it is a number and what it captured. Its body is
//! inlined where it is evaluated; it is made when somebody else may see it, and on the ways out.
//!
//! Invariants: an instance is created by one place of the code, which stands before all that know it; it is made before its home's
//! activation ends, and before the scope of a variable that it shares ends. Shared variables are memory in their home's window.

use std::collections::HashMap;

use batos_lang::code::op::Instr;
use cranelift_codegen::ir::{InstBuilder, Value, types};

use crate::emit::Emitter;
use crate::input::Capture;
use crate::instructions::{BLOCK_CAPTURES, BLOCK_CODE, BLOCK_HOLDER, BLOCK_HOME, BLOCK_SELF};
use crate::layout::{FRAME_HOLDER, FRAME_OPEN, context};
use crate::state::{Reg, Type};

/// What a block captured.
#[derive(Clone, Copy)]
pub(crate) enum Captured {
    /// A value.
    Value(Value, Type),
    /// A float without a tag.
    Float(Value),
    /// Another block that is not made.
    Block(u32),
    /// The variable at this home.
    Open(usize),
}

/// Where a block's home marker and method holder are.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    /// Those of this frame, a method's.
    Frame(usize),
    /// In this block, whose body made it.
    Block(Value),
}

/// A block that is not made.
pub(crate) struct Instance {
    /// The frame that made it.
    pub frame: usize,
    site: u32,
    map: u32,
    /// Code of its body, if it is ready.
    pub code: Option<u64>,
    self_value: (Value, Type),
    origin: Origin,
    captures: Vec<Captured>,
}

/// What is stored home.
#[derive(Clone, Copy)]
pub(crate) enum Stored {
    /// A value.
    Tagged(Value),
    /// A float, which gets a tag.
    Float(Value),
    /// A block, which is made.
    Block(u32),
}

impl Emitter<'_, '_> {
    /// A block literal is evaluated.
    pub(crate) fn literal_block(&mut self, frame: usize, pc: u32, to: usize, i: Instr) -> bool {
        let method = self.frames[frame].method.clone();
        let Some(block) = method.blocks.get(i.d as usize) else { return false };
        let base = self.frames[frame].base;
        let own = if method.is_block { self.instance_at(base) } else { None };
        let mut captures = vec![];
        for capture in &block.captures {
            captures.push(match (*capture, own) {
                (Capture::Register(r), _) => self.known(base + usize::from(r)),
                (Capture::Open(r), _) => Captured::Open(base + usize::from(r)),
                (Capture::Capture(n), Some(own)) => {
                    match self.instances[&own].captures.get(n as usize).copied() {
                        Some(captured) => captured,
                        None => return false,
                    }
                }
                (Capture::Capture(n), None) => {
                    let running = self.tagged(base);
                    let at = self.address(running);
                    let value = self.load(types::I64, at, BLOCK_CAPTURES + 8 * n as i32);
                    Captured::Value(value, Type::Any)
                }
            });
        }
        let (self_value, origin) = match (method.is_block, own) {
            (false, _) => ((self.tagged(base), self.type_of(base)), Origin::Frame(frame)),
            (true, Some(own)) => {
                let own = &self.instances[&own];
                (own.self_value, own.origin)
            }
            (true, None) => {
                let running = self.tagged(base);
                let at = self.address(running);
                let value = self.load(types::I64, at, BLOCK_SELF);
                ((value, Type::Any), Origin::Block(running))
            }
        };
        // The same place has the same number whenever the method is emitted.
        let mut key = self.frames[frame].path.clone();
        key.push(pc << 4);
        let next = self.learnt.blocks.len() as u32;
        let id = *self.learnt.blocks.entry(key).or_insert(next);
        let instance =
            Instance { frame, site: i.d, map: block.map, code: block.code, self_value, origin, captures };
        self.instances.insert(id, instance);
        self.set_block(to, id);
        true
    }

    /// Puts a block that is not made into a register.
    pub(crate) fn set_block(&mut self, home: usize, id: u32) {
        if self.shared[home] {
            let value = self.make_instance(id, &mut HashMap::new());
            self.set(home, value, Type::Any);
            return;
        }
        self.version += 1;
        if self.condition.is_some_and(|(h, _)| h == home) {
            self.condition = None;
        }
        self.current[home] = None;
        self.state[home] = Reg::Block { id };
    }

    /// The block at a home, if it is one that is not made.
    pub(crate) fn instance_at(&self, home: usize) -> Option<u32> {
        match self.state[home] {
            Reg::Block { id } if !self.shared[home] => Some(id),
            _ => None,
        }
    }

    /// Map bits of a block that is not made.
    pub(crate) fn instance_map(&self, id: u32) -> u32 {
        self.instances[&id].map
    }

    fn known(&mut self, home: usize) -> Captured {
        match self.state[home] {
            Reg::Float { .. } if !self.shared[home] => Captured::Float(self.b.use_var(self.vars[home].1)),
            Reg::Block { id } if !self.shared[home] => Captured::Block(id),
            _ => {
                let ty = self.type_of(home);
                Captured::Value(self.tagged(home), ty)
            }
        }
    }

    /// self of the running block, which is not made.
    pub(crate) fn instance_self(&mut self, id: u32, to: usize) {
        let (value, ty) = self.instances[&id].self_value;
        self.set(to, value, ty);
    }

    /// What a block that is not made captured; `None`: not as a value.
    pub(crate) fn instance_capture(&mut self, id: u32, index: u32, to: usize) -> Option<()> {
        match self.instances[&id].captures.get(index as usize).copied()? {
            Captured::Value(value, ty) => self.set(to, value, ty),
            Captured::Float(value) => self.set_float(to, value),
            Captured::Block(other) => self.set_block(to, other),
            Captured::Open(_) => return None,
        }
        Some(())
    }

    /// Home of the variable that a block which is not made shares.
    pub(crate) fn instance_variable(&self, id: u32, index: u32) -> Option<usize> {
        match self.instances[&id].captures.get(index as usize) {
            Some(Captured::Open(home)) => Some(*home),
            _ => None,
        }
    }

    /// A cell that a block which is not made captured.
    pub(crate) fn instance_cell(&mut self, id: u32, index: u32) -> Option<Value> {
        match self.instances[&id].captures.get(index as usize) {
            Some(Captured::Value(value, _)) => Some(*value),
            _ => None,
        }
    }

    /// The method's frame that a block which is not made would return from, if it is one of these.
    pub(crate) fn instance_home(&self, id: u32) -> Option<usize> {
        match self.instances[&id].origin {
            Origin::Frame(frame) => Some(frame),
            Origin::Block(_) => None,
        }
    }

    /// A block gets known to others: it is made now, and with it all that hold it.
    pub(crate) fn escape(&mut self, id: u32) -> Value {
        let mut present: Vec<u32> = vec![];
        let here =
            self.state.iter().filter_map(|reg| if let Reg::Block { id } = reg { Some(*id) } else { None });
        let mut pending: Vec<u32> = here.collect();
        while let Some(one) = pending.pop() {
            if !present.contains(&one) {
                present.push(one);
                pending.extend(self.captured_blocks(one));
            }
        }
        let mut all = vec![id];
        loop {
            let more: Vec<u32> = present
                .iter()
                .copied()
                .filter(|one| !all.contains(one) && self.captured_blocks(*one).any(|c| all.contains(&c)))
                .collect();
            if more.is_empty() {
                break;
            }
            all.extend(more);
        }
        let mut made = HashMap::new();
        for one in &all {
            self.make_instance(*one, &mut made);
        }
        for home in 0..self.state.len() {
            if let Reg::Block { id } = self.state[home]
                && let Some(value) = made.get(&id).copied()
            {
                let ty = Type::Map(self.instances[&id].map);
                self.b.def_var(self.vars[home].0, value);
                self.current[home] = Some(value);
                self.state[home] = Reg::Tagged { ty, dirty: true };
            }
        }
        self.version += 1;
        made[&id]
    }

    fn captured_blocks(&self, id: u32) -> impl Iterator<Item = u32> {
        let captures = &self.instances[&id].captures;
        captures.iter().filter_map(|c| if let Captured::Block(id) = c { Some(*id) } else { None })
    }

    /// Makes all blocks that are live at an instruction.
    pub(crate) fn escape_live(&mut self, frame: usize, pc: u32) {
        let chain = self.chain(frame);
        for home in 0..self.state.len() {
            if let Reg::Block { id } = self.state[home]
                && !self.shared[home]
                && self.is_live(&chain, pc, home)
            {
                self.escape(id);
            }
        }
    }

    /// Makes all blocks that share a variable from a home on, if they are live at an instruction: its scope ends.
    pub(crate) fn escape_sharing(&mut self, frame: usize, pc: u32, from: usize) {
        let chain = self.chain(frame);
        for home in 0..self.state.len() {
            if let Reg::Block { id } = self.state[home]
                && self.is_live(&chain, pc, home)
                && self.shares(id, from)
            {
                self.escape(id);
            }
        }
    }

    fn shares(&self, id: u32, from: usize) -> bool {
        self.instances[&id].captures.iter().any(|captured| match captured {
            Captured::Open(home) => *home >= from,
            Captured::Block(other) => self.shares(*other, from),
            _ => false,
        })
    }

    /// Would a block outlive its home if a frame returned it?
    pub(crate) fn belongs_to(&self, id: u32, frame: usize) -> bool {
        let instance = &self.instances[&id];
        let captured = instance.captures.iter().any(|captured| match captured {
            Captured::Block(other) => self.belongs_to(*other, frame),
            Captured::Open(home) => *home >= self.frames[frame].base,
            _ => false,
        });
        captured || instance.frame == frame || matches!(instance.origin, Origin::Frame(f) if f == frame)
    }

    /// Makes a block, and those that it captured.
    pub(crate) fn make_instance(&mut self, id: u32, made: &mut HashMap<u32, Value>) -> Value {
        if let Some(value) = made.get(&id) {
            return *value;
        }
        let instance = &self.instances[&id];
        let (frame, site, origin) = (instance.frame, instance.site, instance.origin);
        let (self_value, captures) = (instance.self_value.0, instance.captures.clone());
        let mut words = vec![];
        for captured in captures {
            words.push(match captured {
                Captured::Value(value, _) => value,
                Captured::Float(value) => self.tag_float(value),
                Captured::Block(other) => self.make_instance(other, made),
                Captured::Open(home) => {
                    let place = self.plus(self.regs, 8 * home as i64);
                    self.help(self.layout.open_cell, &[place])
                }
            });
        }
        let nil = self.k(self.layout.nil as i64);
        let needs_home =
            self.frames[frame].method.blocks.get(site as usize).is_some_and(|block| block.needs_home);
        let (home, holder) = match origin {
            Origin::Block(block) => {
                let at = self.address(block);
                (self.load(types::I64, at, BLOCK_HOME), self.load(types::I64, at, BLOCK_HOLDER))
            }
            Origin::Frame(method) => {
                let register = self.frames[method].method.home;
                let home = match register {
                    Some(register) if needs_home => {
                        let at = self.frames[method].base + usize::from(register);
                        let place = self.plus(self.regs, 8 * at as i64);
                        self.help(self.layout.home_marker, &[place])
                    }
                    _ => nil,
                };
                (home, self.holder(method, nil))
            }
        };
        let code = self.k(self.frames[frame].method.code as i64);
        let site = self.k(i64::from(site));
        let block = self.help(self.layout.new_block, &[code, site]);
        // It is new: if it is old already, its cards are marked.
        let at = self.address(block);
        self.store(self_value, at, BLOCK_SELF);
        self.store(home, at, BLOCK_HOME);
        self.store(holder, at, BLOCK_HOLDER);
        for (n, word) in words.into_iter().enumerate() {
            self.store(word, at, BLOCK_CAPTURES + 8 * n as i32);
        }
        made.insert(id, block);
        block
    }

    /// The method holder of a frame as a value: nil if it is the receiver.
    fn holder(&mut self, frame: usize, nil: Value) -> Value {
        if frame != 0 {
            let holder = self.frames[frame].holder;
            return if holder == 0 { nil } else { self.k(holder as i64 | 1) };
        }
        let root = self.context(context::TOP);
        let holder = self.load(types::I64, root, FRAME_HOLDER);
        let one = self.k(1);
        let value = self.b.ins().bor(holder, one);
        self.b.ins().select(holder, value, nil)
    }

    /// The scope of variables ends that blocks may share: from register `from` of an inlined frame on.
    pub(crate) fn close_inlined(&mut self, from: usize) {
        let place = self.plus(self.regs, 8 * from as i64);
        self.help(self.layout.close_cells, &[place]);
    }

    /// What an inlined frame's record says of open cells.
    pub(crate) fn open_flag(&self, frame: usize) -> u64 {
        let has = self.frames[frame].makes_blocks && !self.frames[frame].method.open.is_empty();
        if has { 1 << (8 * (FRAME_OPEN - crate::layout::FRAME_DST)) } else { 0 }
    }
}

const _: () =
    assert!(BLOCK_CODE < BLOCK_SELF && BLOCK_HOME == BLOCK_SELF + 8 && BLOCK_HOLDER == BLOCK_HOME + 8);
