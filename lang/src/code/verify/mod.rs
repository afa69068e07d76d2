//! The verifier: what the machine may rely on when it runs code without checking.
//!
//! Every register, literal, site, block site, capture and target is in range; control stays on instructions and ends in a terminator; registers
//! are written before they are read; what is used as a small integer or as a cell is one; no cell leaks as a value; blocks are made with the
//! captures that their code expects; `r0` and the home register are left alone; objects are built in load units only, out of their own parts.
//!
//! It never panics, whatever the data: programs come from the compiler, units also from images of unknown origin. What it doesn't know: the heap. The
//! machine has to check for itself that a method found by lookup takes as many arguments as the site gives.

mod flow;
mod load;
mod loops;

use std::fmt;

use super::op::{Instr, Native, Op, Operand};
use super::unit::{
    BlockSite, CodeUnit, Literal, LocalContent, Program, SendKind, Site, TemplateContent, UnitIndex, UnitKind,
};

/// Most registers that a window may have.
pub const MAX_REGISTERS: u16 = 250;

/// What is wrong with a program, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flaw {
    /// The unit, if it is one of a program.
    pub unit: Option<UnitIndex>,
    /// The instruction, if it is about one.
    pub instruction: Option<u32>,
    /// In a few words.
    pub what: &'static str,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)?;
        if let Some(i) = self.instruction {
            write!(f, " at instruction {i}")?;
        }
        if let Some(u) = self.unit {
            write!(f, " of unit {}", u.0)?;
        }
        Ok(())
    }
}

impl std::error::Error for Flaw {}

impl Flaw {
    fn new(what: &'static str) -> Flaw {
        Flaw { unit: None, instruction: None, what }
    }

    fn at(i: usize, what: &'static str) -> Flaw {
        Flaw { unit: None, instruction: Some(i as u32), what }
    }
}

/// What the code of a block expects of those who make the block.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BlockShape {
    /// For each captured value: it is a cell.
    pub captures: Vec<bool>,
    /// It, or a block in it, returns from the home method.
    pub needs_home: bool,
}

impl BlockShape {
    /// The shape of a block unit.
    pub fn of(unit: &CodeUnit) -> BlockShape {
        let returns = unit.code.iter().any(|i| i.op == Op::ReturnHome as u8);
        BlockShape {
            captures: unit.captures.iter().map(|c| c.cell).collect(),
            needs_home: returns || unit.blocks.iter().any(|b| b.needs_home),
        }
    }
}

/// Verifies a program.
pub fn verify(program: &Program) -> Result<(), Flaw> {
    let units = &program.units;
    for (i, unit) in units.iter().enumerate() {
        let in_unit = |flaw: Flaw| Flaw { unit: Some(UnitIndex(i as u32)), ..flaw };
        let is_load = i as u64 == u64::from(program.load);
        if (unit.kind == UnitKind::Load) != is_load {
            return Err(in_unit(Flaw::new("the load unit is not the one of kind load")));
        }
        if unit.parent.is_some_and(|p| p.0 as usize >= units.len()) {
            return Err(in_unit(Flaw::new("the enclosing unit does not exist")));
        }
        let shape = |literal: u32| match unit.literals.get(literal as usize) {
            Some(Literal::Unit(u)) => {
                units.get(u.0 as usize).filter(|u| u.kind == UnitKind::Block).map(BlockShape::of)
            }
            _ => None,
        };
        verify_any(unit, &shape).map_err(in_unit)?;
    }
    let Some(load) = units.get(program.load as usize) else {
        return Err(Flaw::new("there is no load unit"));
    };
    for template in &program.templates {
        for slot in &template.slots {
            match &slot.content {
                TemplateContent::Nil | TemplateContent::Hole => {}
                TemplateContent::Literal(Literal::Unit(u)) => {
                    if units.get(u.0 as usize).is_none_or(|u| u.kind != UnitKind::Method) {
                        return Err(Flaw::new("a slot holds code that is no method"));
                    }
                }
                TemplateContent::Literal(Literal::Int(_) | Literal::Float(_) | Literal::Str(_)) => {}
                TemplateContent::Literal(_) => return Err(Flaw::new("a slot holds an internal object")),
            }
        }
    }
    let in_load = |flaw: Flaw| Flaw { unit: Some(UnitIndex(program.load)), ..flaw };
    load::verify_load(program, load).map_err(in_load)
}

/// Verifies the code of a method or block that stands alone, such as one decoded from an image. `shape` tells what the block code that is
/// a literal expects; `None`: that literal is no code of a block.
pub fn verify_unit(unit: &CodeUnit, shape: &dyn Fn(u32) -> Option<BlockShape>) -> Result<(), Flaw> {
    if unit.kind == UnitKind::Load {
        return Err(Flaw::new("load units are not kept"));
    }
    verify_any(unit, shape)
}

fn verify_any(unit: &CodeUnit, shape: &dyn Fn(u32) -> Option<BlockShape>) -> Result<(), Flaw> {
    header(unit)?;
    let shapes: Vec<Option<BlockShape>> = unit.blocks.iter().map(|b| shape(b.code)).collect();
    for (site, shape) in unit.blocks.iter().zip(&shapes) {
        block_site(unit, site, shape.as_ref())?;
    }
    for site in &unit.sites {
        send_site(unit, site)?;
    }
    for (i, instr) in unit.code.iter().enumerate() {
        instruction(unit, i, *instr).map_err(|what| Flaw::at(i, what))?;
    }
    loops::verify_loops(&unit.code)?;
    flow::verify_flow(unit, &shapes)
}

fn header(unit: &CodeUnit) -> Result<(), Flaw> {
    let registers = unit.registers;
    if registers > MAX_REGISTERS || registers <= u16::from(unit.argc) {
        return Err(Flaw::new("the window has a wrong size"));
    }
    if let Some(home) = unit.home
        && (unit.kind != UnitKind::Method || u16::from(home) >= registers || home <= unit.argc)
    {
        return Err(Flaw::new("the home register is wrong"));
    }
    if unit.kind != UnitKind::Block && !unit.captures.is_empty() {
        return Err(Flaw::new("only blocks have captured values"));
    }
    if unit.code.is_empty() || unit.code.len() > (1 << 30) {
        return Err(Flaw::new("there is no code, or too much"));
    }
    if unit.kind != UnitKind::Load {
        let internal = |l: &Literal| matches!(l, Literal::LiteralsOf(_) | Literal::Map(_));
        if unit.literals.iter().any(internal) {
            return Err(Flaw::new("an internal object among the literals"));
        }
    }
    for local in &unit.locals {
        let (start, end) = local.scope;
        let literal = match local.content {
            LocalContent::Literal(i) => (i as usize) < unit.literals.len(),
            LocalContent::Nil | LocalContent::Int(_) => true,
        };
        let place = local.constant || u16::from(local.register) < registers;
        if !place || !literal || start > end || end as usize > unit.code.len() {
            return Err(Flaw::new("a local is described wrongly"));
        }
    }
    if !unit.positions.is_sorted_by_key(|(i, _)| *i) {
        return Err(Flaw::new("source positions are out of order"));
    }
    Ok(())
}

fn block_site(unit: &CodeUnit, site: &BlockSite, shape: Option<&BlockShape>) -> Result<(), Flaw> {
    let Some(shape) = shape else { return Err(Flaw::new("a block is made from what is no code of a block")) };
    if shape.captures.len() != site.captures.len() {
        return Err(Flaw::new("a block is made with a wrong number of captured values"));
    }
    if shape.needs_home && !site.needs_home {
        return Err(Flaw::new("a block that returns from its home is made without one"));
    }
    if site.needs_home && unit.kind == UnitKind::Method && unit.home.is_none() {
        return Err(Flaw::new("a block needs a home, and the method has no register for it"));
    }
    if site.needs_home && unit.kind == UnitKind::Load {
        return Err(Flaw::new("load units are nobody's home"));
    }
    Ok(())
}

/// Number of arguments that a selector asks for.
fn arity(selector: &[u8]) -> usize {
    match selector.first() {
        Some(c) if c.is_ascii_alphabetic() || *c == b'_' => selector.iter().filter(|c| **c == b':').count(),
        _ => 1,
    }
}

fn send_site(unit: &CodeUnit, site: &Site) -> Result<(), Flaw> {
    let string = |i: u32| match unit.literals.get(i as usize) {
        Some(Literal::Str(s)) => Some(s),
        _ => None,
    };
    let Some(selector) = string(site.selector) else { return Err(Flaw::new("a selector is no string")) };
    let primitive = matches!(site.kind, SendKind::Primitive | SendKind::PrimitiveIfFail);
    if selector.is_empty() || primitive != (selector.first() == Some(&b'_')) {
        return Err(Flaw::new("a selector does not fit the kind of send"));
    }
    if arity(selector) != usize::from(site.argc) {
        return Err(Flaw::new("a selector asks for another number of arguments"));
    }
    if site.kind == SendKind::Directed && string(site.delegate).is_none() {
        return Err(Flaw::new("the name of a delegate is no string"));
    }
    if site.local_parents > 0 && site.kind != SendKind::Implicit {
        return Err(Flaw::new("only implicit sends search local parents"));
    }
    // The machine writes to the window when it sends; `r0` must stay what it is.
    if site.base == 0 || site_end(site) > usize::from(unit.registers) {
        return Err(Flaw::new("the window of a send is outside that of its unit"));
    }
    Ok(())
}

/// Registers that the window of a send occupies, from its base.
fn window_size(site: &Site) -> usize {
    1 + usize::from(site.argc)
        + usize::from(site.local_parents)
        + usize::from(site.kind == SendKind::PrimitiveIfFail)
}

fn site_end(site: &Site) -> usize {
    usize::from(site.base) + window_size(site)
}

/// Checks the fields of one instruction.
fn instruction(unit: &CodeUnit, i: usize, instr: Instr) -> Result<(), &'static str> {
    let Some(op) = Op::from_u8(instr.op) else { return Err("there is no such operation") };
    let next_is_slow = unit.code.get(i + 1).is_some_and(|n| n.op == Op::Slow as u8);
    let takes_slow = matches!(op, Op::BranchFalse | Op::BranchTrue | Op::PrimOr);
    if takes_slow != next_is_slow {
        return Err("slow targets belong to branches, and only to them");
    }
    let fields = [u32::from(instr.a), u32::from(instr.b), u32::from(instr.c), instr.d];
    for (operand, field) in op.operands().into_iter().zip(fields) {
        operand_in_range(unit, operand, field)?;
    }
    if i == 0 && op == Op::Slow {
        return Err("code begins with a slow target");
    }
    match op {
        Op::LoadSelf | Op::LoadCapture | Op::CaptureGet | Op::CaptureSet | Op::ReturnHome
            if unit.kind != UnitKind::Block =>
        {
            return Err("only blocks can do this");
        }
        Op::PutElement | Op::NewInstance | Op::RunMethod if unit.kind != UnitKind::Load => {
            return Err("only load units can do this");
        }
        Op::ForLoop if instr.c == 0 || instr.c >= 128 => return Err("the step is not positive"),
        Op::ForLoopDown if instr.c < 128 => return Err("the step is not negative"),
        _ => {}
    }
    if unit.kind == UnitKind::Load && op.operands()[3] == Operand::Target {
        return Err("load units run straight on");
    }
    if let (Operand::Site, Some(site)) = (op.operands()[3], unit.sites.get(instr.d as usize)) {
        let good = match op {
            Op::Send => !matches!(site.kind, SendKind::Primitive | SendKind::PrimitiveIfFail),
            Op::Prim => matches!(site.kind, SendKind::Primitive | SendKind::PrimitiveIfFail),
            Op::PrimOr => site.kind == SendKind::Primitive,
            _ => site.kind == SendKind::Normal && site.argc == 1,
        };
        let based = !matches!(op, Op::Send | Op::Prim | Op::PrimOr) || site.base == instr.b;
        if !good || !based {
            return Err("the site does not fit the instruction");
        }
    }
    Ok(())
}

fn operand_in_range(unit: &CodeUnit, operand: Operand, field: u32) -> Result<(), &'static str> {
    let field = field as usize;
    let good = match operand {
        Operand::Dst => {
            let is_home = unit.home.is_some_and(|h| usize::from(h) == field);
            field < usize::from(unit.registers) && field != 0 && !is_home
        }
        Operand::Src | Operand::Base => field < usize::from(unit.registers),
        Operand::Lit => field < unit.literals.len(),
        Operand::Site => field < unit.sites.len(),
        Operand::BlockSite => field < unit.blocks.len(),
        Operand::Capture => field < unit.captures.len(),
        Operand::Target => unit.code.get(field).is_some_and(|t| t.op != Op::Slow as u8),
        Operand::Native => field < Native::COUNT,
        Operand::None | Operand::Imm8 | Operand::Imm32 | Operand::Element => true,
    };
    if good { Ok(()) } else { Err("an operand is out of range") }
}
