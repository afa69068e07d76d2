//! Putting one unit together: instructions with labels, literals, sites, positions, and the stack of registers.
//!
//! Invariants: registers are taken and given back like a stack, so the window of a send always begins at the first free
//! register or at the last one taken; code that control cannot reach is not emitted (`live` says whether the next instruction can
//! be reached), hence a unit's code never contains a jump without a bound label. It does not know the language.

use std::collections::HashMap;

use crate::code::op::{Instr, Op, Operand};
use crate::code::unit::{BlockSite, CodeUnit, Literal, SendKind, Site, UnitIndex, UnitKind};
use crate::span::Span;

use super::scope::Source;

/// Registers of a window; the rest of the byte is kept for the machine.
pub(super) const MAX_REGISTERS: u16 = 250;
/// Literals of a unit.
pub(super) const MAX_LITERALS: usize = 65_000;

/// A register.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub(super) struct Register(pub u8);

impl Register {
    /// The register `n` places further on in a window.
    pub fn plus(self, n: usize) -> Register {
        Register(self.0.saturating_add(u8::try_from(n).unwrap_or(u8::MAX)))
    }
}

/// A place in the code that jumps can name before it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Label(u32);

#[derive(Default)]
struct LabelState {
    at: Option<u32>,
    references: Vec<u32>,
    /// Code that is emitted later jumps here.
    expected: bool,
}

#[derive(PartialEq, Eq, Hash)]
enum LiteralKey {
    Int(i64),
    Float(u64),
    Str(Vec<u8>),
    Unit(u32),
    Hole(Source),
}

/// A unit in the making.
pub(super) struct UnitBuilder {
    /// The unit so far.
    pub unit: CodeUnit,
    /// What has to be put into which of its literals.
    pub holes: Vec<(Source, u32)>,
    /// The next instruction can be reached.
    pub live: bool,
    /// A limit was passed.
    pub overflow: Option<Limit>,
    labels: Vec<LabelState>,
    literals: HashMap<LiteralKey, u32>,
    next: u16,
    variables: [bool; 256],
    position: Option<Span>,
}

/// Which limit of a unit was passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Limit {
    /// More than `MAX_REGISTERS`.
    Registers,
    /// More than `MAX_LITERALS`.
    Literals,
}

impl UnitBuilder {
    /// An empty unit whose first `fixed` registers are given: self or block, and arguments.
    pub fn new(kind: UnitKind, selector: Vec<u8>, argc: usize, source: Span) -> UnitBuilder {
        let mut builder = UnitBuilder {
            unit: CodeUnit {
                kind,
                selector,
                argc: u8::try_from(argc).unwrap_or(0),
                registers: 0,
                home: None,
                code: vec![],
                literals: vec![],
                sites: vec![],
                blocks: vec![],
                captures: vec![],
                parent: None,
                locals: vec![],
                positions: vec![],
                source,
                annotation: vec![],
            },
            holes: vec![],
            live: true,
            overflow: None,
            labels: vec![],
            literals: HashMap::new(),
            next: 0,
            variables: [false; 256],
            position: None,
        };
        for _ in 0..=argc {
            builder.take_variable();
        }
        builder
    }

    /// The first free register's number: a mark to give back to [`UnitBuilder::release`].
    pub fn mark(&self) -> u16 {
        self.next
    }

    /// Gives back all registers taken since the mark.
    pub fn release(&mut self, mark: u16) {
        for r in mark..self.next.min(256) {
            self.variables[r as usize] = false;
        }
        self.next = mark;
    }

    /// Continues with a register stack as it was at `mark` (for code emitted out of line).
    pub fn resume_at(&mut self, mark: u16) {
        self.next = mark;
    }

    /// Takes the next register for a temporary.
    pub fn take(&mut self) -> Register {
        if self.next >= MAX_REGISTERS {
            self.overflow.get_or_insert(Limit::Registers);
            return Register(0);
        }
        let r = Register(self.next as u8);
        self.next += 1;
        self.unit.registers = self.unit.registers.max(self.next);
        r
    }

    /// Takes the next register for a variable: it is never used as scratch.
    pub fn take_variable(&mut self) -> Register {
        let r = self.take();
        self.variables[r.0 as usize] = true;
        r
    }

    /// Whether the register is a temporary and the last one taken: it may be used as scratch and as the base of a window.
    pub fn is_top(&self, r: Register) -> bool {
        u16::from(r.0) + 1 == self.next && !self.variables[r.0 as usize]
    }

    /// Whether the register holds a variable (or self, or an argument).
    pub fn is_variable(&self, r: Register) -> bool {
        self.variables[r.0 as usize]
    }

    /// Makes the last temporary a variable.
    pub fn promote(&mut self, r: Register) {
        self.variables[r.0 as usize] = true;
    }

    /// Makes sure that the free registers suffice for a window of `n`, and answers its base.
    pub fn free_window(&mut self, n: usize) -> Register {
        let mark = self.mark();
        let base = self.take();
        for _ in 1..n {
            self.take();
        }
        self.release(mark);
        base
    }

    /// Sets the source position of the instructions that follow.
    pub fn at(&mut self, span: Span) {
        self.position = Some(span);
    }

    /// The position that is in force.
    pub fn position(&self) -> Option<Span> {
        self.position
    }

    /// Appends an instruction, unless it cannot be reached.
    pub fn emit(&mut self, op: Op, a: Register, b: Register, c: u8, d: u32) {
        if !self.live {
            return;
        }
        let sends = matches!(op.operands()[3], Operand::Site) || op == Op::RunMethod;
        if let Some(span) = self.position.filter(|_| sends)
            && self.unit.positions.last().is_none_or(|(_, s)| *s != span)
        {
            self.unit.positions.push((self.unit.code.len() as u32, span));
        }
        self.unit.code.push(Instr::new(op, a.0, b.0, c, d));
        if matches!(op, Op::Return | Op::ReturnHome | Op::Jump | Op::Loop) {
            self.live = false;
        }
    }

    /// `a := b`, if they differ.
    pub fn copy(&mut self, a: Register, b: Register) {
        if a != b {
            self.emit(Op::Move, a, b, 0, 0);
        }
    }

    /// `a := i`
    pub fn load_int(&mut self, a: Register, i: i64) {
        match i32::try_from(i) {
            Ok(small) => self.emit(Op::LoadInt, a, Register(0), 0, small as u32),
            Err(_) => {
                let lit = self.literal(Literal::Int(i));
                self.emit(Op::LoadLit, a, Register(0), 0, lit);
            }
        }
    }

    /// A new label.
    pub fn label(&mut self) -> Label {
        self.labels.push(LabelState::default());
        Label(self.labels.len() as u32 - 1)
    }

    /// Says that code emitted later will jump to the label.
    pub fn expect(&mut self, label: Label) {
        self.labels[label.0 as usize].expected = true;
    }

    /// The label stands here.
    pub fn bind(&mut self, label: Label) {
        let here = self.unit.code.len() as u32;
        let state = &mut self.labels[label.0 as usize];
        state.at = Some(here);
        self.live |= state.expected || !state.references.is_empty();
    }

    /// Appends an instruction with a target.
    pub fn jump(&mut self, op: Op, a: Register, b: Register, c: u8, label: Label) {
        if !self.live {
            return;
        }
        let here = self.unit.code.len() as u32;
        let state = &mut self.labels[label.0 as usize];
        let target = state.at.unwrap_or_else(|| {
            state.references.push(here);
            u32::MAX
        });
        self.emit(op, a, b, c, target);
    }

    /// A jump without operands.
    pub fn go(&mut self, op: Op, label: Label) {
        self.jump(op, Register(0), Register(0), 0, label);
    }

    /// The index of a literal, added if new.
    pub fn literal(&mut self, literal: Literal) -> u32 {
        let key = match &literal {
            Literal::Int(i) => Some(LiteralKey::Int(*i)),
            Literal::Float(f) => Some(LiteralKey::Float(f.to_bits())),
            Literal::Str(s) => Some(LiteralKey::Str(s.clone())),
            Literal::Unit(u) => Some(LiteralKey::Unit(u.0)),
            Literal::Hole | Literal::LiteralsOf(_) | Literal::Map(_) => None,
        };
        match key {
            Some(key) => self.keyed(key, literal),
            None => self.push_literal(literal),
        }
    }

    /// The index of the literal that the load unit fills with that value.
    pub fn hole(&mut self, source: Source) -> u32 {
        let known = self.unit.literals.len();
        let index = self.keyed(LiteralKey::Hole(source), Literal::Hole);
        if index as usize == known {
            self.holes.push((source, index));
        }
        index
    }

    /// The literal index of a string or selector.
    pub fn symbol(&mut self, bytes: &[u8]) -> u32 {
        self.literal(Literal::Str(bytes.to_vec()))
    }

    /// The literal index of a unit's code.
    pub fn code(&mut self, unit: UnitIndex) -> u32 {
        self.literal(Literal::Unit(unit))
    }

    fn keyed(&mut self, key: LiteralKey, literal: Literal) -> u32 {
        if let Some(i) = self.literals.get(&key) {
            return *i;
        }
        let index = self.push_literal(literal);
        self.literals.insert(key, index);
        index
    }

    fn push_literal(&mut self, literal: Literal) -> u32 {
        if self.unit.literals.len() >= MAX_LITERALS {
            self.overflow.get_or_insert(Limit::Literals);
            return 0;
        }
        self.unit.literals.push(literal);
        self.unit.literals.len() as u32 - 1
    }

    /// A new send site.
    pub fn site(&mut self, kind: SendKind, selector: &[u8], argc: usize, base: Register) -> u32 {
        let selector = self.symbol(selector);
        self.unit.sites.push(Site {
            kind,
            selector,
            argc: u8::try_from(argc).unwrap_or(0),
            delegate: 0,
            base: base.0,
            local_parents: 0,
        });
        self.unit.sites.len() as u32 - 1
    }

    /// A new block site.
    pub fn block_site(&mut self, site: BlockSite) -> u32 {
        self.unit.blocks.push(site);
        self.unit.blocks.len() as u32 - 1
    }

    /// The unit with all labels filled in, and what is to be put into its holes.
    pub fn finish(mut self) -> (CodeUnit, Vec<(Source, u32)>) {
        for label in &self.labels {
            for reference in &label.references {
                if let (Some(at), Some(instr)) = (label.at, self.unit.code.get_mut(*reference as usize)) {
                    instr.d = at;
                }
            }
        }
        thread_jumps(&mut self.unit.code);
        (self.unit, self.holes)
    }
}

/// Longest chain of jumps that is followed.
const MAX_HOPS: usize = 32;

/// Lets jumps to jumps go where those go, and jumps to a return return.
fn thread_jumps(code: &mut [Instr]) {
    for i in 0..code.len() {
        let instr = code[i];
        let Some(op) = Op::from_u8(instr.op) else { continue };
        if op.operands()[3] != Operand::Target {
            continue;
        }
        let mut target = instr.d;
        for _ in 0..MAX_HOPS {
            match code.get(target as usize) {
                Some(next) if next.op == Op::Jump as u8 && next.d != target => target = next.d,
                _ => break,
            }
        }
        code[i].d = target;
        let end = code.get(target as usize).copied();
        if let (Op::Jump, Some(end)) = (op, end)
            && matches!(Op::from_u8(end.op), Some(Op::Loop | Op::Return | Op::ReturnHome))
        {
            code[i] = end;
        }
    }
}
