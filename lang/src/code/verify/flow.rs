//! What each register holds at each instruction that can be reached: nothing known, a value, a small integer, a cell.
//!
//! Invariant: a forward analysis; where paths meet, only what all of them agree on is kept (and each open cell of any), so facts only get
//! fewer and the analysis ends.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::op::{Instr, Op, Operand};
use crate::code::unit::{CaptureSource, CodeUnit, Literal, Site, UnitKind};

use super::{BlockShape, Flaw, window_size};

/// A set of registers.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Registers([u64; 4]);

impl Registers {
    fn has(self, r: u8) -> bool {
        self.0[usize::from(r >> 6)] >> (r & 63) & 1 == 1
    }

    fn put(&mut self, r: u8, member: bool) {
        let word = &mut self.0[usize::from(r >> 6)];
        let bit = 1 << (r & 63);
        *word = if member { *word | bit } else { *word & !bit };
    }

    fn meet(&mut self, other: Registers) -> bool {
        let before = *self;
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a &= b;
        }
        *self != before
    }

    fn join(&mut self, other: Registers) -> bool {
        let before = *self;
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a |= b;
        }
        *self != before
    }

    /// Whether a register from `first` on is a member.
    fn any_from(self, first: u8) -> bool {
        let mut low = self;
        low.cut(first);
        low != self
    }

    /// Drops the registers from `first` on.
    fn cut(&mut self, first: u8) {
        let word = usize::from(first >> 6);
        self.0[word] &= (1u64 << (first & 63)) - 1;
        self.0[word + 1..].fill(0);
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct State {
    /// Hold something that is a value, not a cell.
    values: Registers,
    /// Hold a small integer.
    ints: Registers,
    /// Hold a cell.
    cells: Registers,
    /// May have an open cell on them: a closure may write them at any time, so nothing but "a value" is known.
    open: Registers,
}

impl State {
    fn meet(&mut self, other: &State) -> bool {
        let a = self.values.meet(other.values);
        let b = self.ints.meet(other.ints);
        let c = self.cells.meet(other.cells);
        let d = self.open.join(other.open);
        a || b || c || d
    }

    fn cut(&mut self, first: u8) {
        self.values.cut(first);
        self.ints.cut(first);
        self.cells.cut(first);
    }
}

struct Flow<'a> {
    unit: &'a CodeUnit,
    shapes: &'a [Option<BlockShape>],
    entries: BTreeMap<usize, State>,
    waiting: BTreeSet<usize>,
}

/// Verifies what registers hold, and that control does not run off the end.
pub(super) fn verify_flow(unit: &CodeUnit, shapes: &[Option<BlockShape>]) -> Result<(), Flaw> {
    let mut start = State::default();
    for r in 0..=unit.argc {
        start.values.put(r, true);
    }
    let targets = targets(unit);
    let mut flow = Flow { unit, shapes, entries: BTreeMap::new(), waiting: BTreeSet::new() };
    flow.enter(0, &start);
    while let Some(at) = flow.waiting.pop_first() {
        flow.run(at, &targets)?;
    }
    Ok(())
}

fn targets(unit: &CodeUnit) -> BTreeSet<usize> {
    let has_target = |i: &&Instr| Op::from_u8(i.op).is_some_and(|op| op.operands()[3] == Operand::Target);
    unit.code.iter().filter(has_target).map(|i| i.d as usize).collect()
}

impl Flow<'_> {
    fn enter(&mut self, at: usize, state: &State) {
        match self.entries.get_mut(&at) {
            None => {
                self.entries.insert(at, *state);
                self.waiting.insert(at);
            }
            Some(known) => {
                if known.meet(state) {
                    self.waiting.insert(at);
                }
            }
        }
    }

    /// Runs from an entry to the next place where control joins or ends.
    fn run(&mut self, start: usize, targets: &BTreeSet<usize>) -> Result<(), Flaw> {
        let Some(mut state) = self.entries.get(&start).copied() else { return Ok(()) };
        let mut at = start;
        loop {
            let Some(instr) = self.unit.code.get(at).copied() else {
                return Err(Flaw::at(at, "control runs off the end"));
            };
            let next = self.step(at, instr, &mut state).map_err(|what| Flaw::at(at, what))?;
            let Some(next) = next else { return Ok(()) };
            at = next;
            if targets.contains(&at) {
                self.enter(at, &state);
                return Ok(());
            }
        }
    }

    /// One instruction: checks what it reads, notes what it writes, passes the state to its targets; answers where control falls through to.
    fn step(&mut self, at: usize, instr: Instr, state: &mut State) -> Result<Option<usize>, &'static str> {
        let Some(op) = Op::from_u8(instr.op) else { return Err("there is no such operation") };
        let (a, b, c, target) = (instr.a, instr.b, instr.c, instr.d as usize);
        let unit = self.unit;
        match op {
            Op::CellGet => {
                read_cell(state, b)?;
                self.write(state, a, false);
            }
            Op::CellSet => {
                read_cell(state, a)?;
                read(state, b)?;
            }
            Op::NewCell => {
                read(state, b)?;
                self.write_cell(state, a)?;
            }
            Op::LoadCapture | Op::CaptureGet | Op::CaptureSet => {
                let cell = unit.captures.get(target).is_some_and(|c| c.cell);
                if cell == (op == Op::LoadCapture) {
                    return Err("a captured cell is taken for a value, or the reverse");
                }
                if op == Op::CaptureSet {
                    read(state, a)?;
                } else {
                    self.write(state, a, false);
                }
            }
            Op::MakeBlock => {
                self.make_block(state, target)?;
                self.write(state, a, false);
            }
            // The register is a bound, nothing is read.
            Op::CloseCells => state.open.cut(a),
            Op::Move => {
                read(state, b)?;
                let int = state.ints.has(b);
                self.write(state, a, int);
            }
            Op::LoadInt => self.write(state, a, true),
            Op::LoadLit => match unit.literals.get(target) {
                Some(Literal::LiteralsOf(_) | Literal::Map(_)) => self.forget(state, a),
                Some(Literal::Unit(_)) if unit.kind != UnitKind::Load => return Err("code is no value"),
                literal => self.write(state, a, matches!(literal, Some(Literal::Int(_)))),
            },
            Op::Send | Op::Prim | Op::PrimOr => {
                self.send(state, unit.sites.get(target))?;
                self.write(state, a, false);
            }
            Op::RunMethod => {
                read(state, b)?;
                if c >= b {
                    return Err("the window of a run method covers its code");
                }
                state.cut(b);
                self.write(state, a, false);
            }
            // What is read are internal objects, which the check of load units follows.
            Op::NewInstance => self.write(state, a, false),
            Op::PutElement => read(state, b)?,
            Op::ForTest | Op::ForTestDown | Op::ForLoop | Op::ForLoopDown => {
                if !state.ints.has(a) || !state.ints.has(b) {
                    return Err("a loop counts what may be no small integer");
                }
            }
            Op::Return | Op::ReturnHome => {
                read(state, a)?;
                return Ok(None);
            }
            Op::Jump | Op::Loop => {
                self.enter(target, state);
                return Ok(None);
            }
            Op::Slow => return Err("control reaches a slow target"),
            _ => self.plain(op, instr, state)?,
        }
        if op.operands()[3] == Operand::Target {
            self.enter(target, state);
        }
        match op {
            Op::BranchFalse | Op::BranchTrue | Op::PrimOr => {
                if let Some(slow) = unit.code.get(at + 1) {
                    self.enter(slow.d as usize, state);
                }
                return Ok(Some(at + 2));
            }
            Op::GuardInt if !state.open.has(a) => state.ints.put(a, true),
            _ => {}
        }
        Ok(Some(at + 1))
    }

    /// Instructions that read what their operands say, and write a value.
    fn plain(&self, op: Op, instr: Instr, state: &mut State) -> Result<(), &'static str> {
        let operands = op.operands();
        for (operand, field) in operands.into_iter().zip([instr.a, instr.b, instr.c]) {
            if operand == Operand::Src {
                read(state, field)?;
            }
        }
        if let (Operand::Site, Some(site)) = (operands[3], self.unit.sites.get(instr.d as usize)) {
            covered(state, site.base)?;
            state.cut(site.base);
        }
        if operands[0] == Operand::Dst {
            self.write(state, instr.a, false);
        }
        Ok(())
    }

    fn send(&self, state: &mut State, site: Option<&Site>) -> Result<(), &'static str> {
        let Some(site) = site else { return Err("there is no such site") };
        for i in 0..window_size(site) {
            let r = u8::try_from(usize::from(site.base) + i).map_err(|_| "the window is out of range")?;
            read(state, r)?;
        }
        covered(state, site.base)?;
        state.cut(site.base);
        Ok(())
    }

    fn make_block(&self, state: &mut State, site: usize) -> Result<(), &'static str> {
        let shape = self.shapes.get(site).and_then(|s| s.as_ref());
        let (Some(site), Some(shape)) = (self.unit.blocks.get(site), shape) else {
            return Err("there is no such block");
        };
        for (source, cell) in site.captures.iter().zip(&shape.captures) {
            match *source {
                CaptureSource::Register(r) if *cell => read_cell(state, r)?,
                CaptureSource::Register(r) => read(state, r)?,
                CaptureSource::Capture(i) => {
                    if self.unit.captures.get(i as usize).is_none_or(|c| c.cell != *cell) {
                        return Err("a block captures what its maker has not captured");
                    }
                }
                CaptureSource::Open(r) => {
                    read(state, r)?;
                    if !*cell || r == 0 || u16::from(r) >= self.unit.registers {
                        return Err("an open cell on a register that cannot have one");
                    }
                    state.open.put(r, true);
                    state.ints.put(r, false);
                }
            }
        }
        Ok(())
    }

    fn write(&self, state: &mut State, r: u8, int: bool) {
        state.values.put(r, true);
        state.cells.put(r, false);
        state.ints.put(r, int && !state.open.has(r));
    }

    fn forget(&self, state: &mut State, r: u8) {
        state.values.put(r, false);
        state.cells.put(r, false);
        state.ints.put(r, false);
    }

    fn write_cell(&self, state: &mut State, r: u8) -> Result<(), &'static str> {
        if state.open.has(r) {
            return Err("a cell in a register that has an open cell");
        }
        self.forget(state, r);
        state.cells.put(r, true);
        Ok(())
    }
}

/// The registers from `base` on become those of a callee: a closure must not write to them any more.
fn covered(state: &State, base: u8) -> Result<(), &'static str> {
    if state.open.any_from(base) { Err("a send covers a register that has an open cell") } else { Ok(()) }
}

fn read(state: &State, r: u8) -> Result<(), &'static str> {
    if state.values.has(r) { Ok(()) } else { Err("a register is read that may hold no value") }
}

fn read_cell(state: &State, r: u8) -> Result<(), &'static str> {
    if state.cells.has(r) { Ok(()) } else { Err("a register is taken for a cell that may hold none") }
}
