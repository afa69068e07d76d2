//! Load units: that they build objects from the parts of their own program, and fill every hole.
//!
//! Invariant: load units are straight-line code (checked before), so what each register holds is known exactly.

use std::collections::HashSet;

use crate::code::op::Op;
use crate::code::unit::{
    CodeUnit, Literal, Program, TemplateContent, TemplateIndex, UnitIndex, UnitKind, content_element,
};

use super::Flaw;

/// An element that a load unit writes.
#[derive(PartialEq, Eq, Hash)]
enum Element {
    OfUnit(u32, u32),
    OfTemplate(u32, u32),
}

/// Verifies the load unit of a program.
pub(super) fn verify_load(program: &Program, load: &CodeUnit) -> Result<(), Flaw> {
    if load.argc != 1 {
        return Err(Flaw::new("a load unit takes one argument"));
    }
    let mut held: [Option<&Literal>; 256] = [None; 256];
    let mut filled = HashSet::new();
    for (i, instr) in load.code.iter().enumerate() {
        let Some(op) = Op::from_u8(instr.op) else { continue };
        match op {
            Op::LoadLit => {
                let literal = load.literals.get(instr.d as usize);
                check_literal(program, literal).map_err(|what| Flaw::at(i, what))?;
                held[usize::from(instr.a)] = literal;
                continue;
            }
            Op::PutElement => {
                let element = element(program, held[usize::from(instr.a)], instr.d);
                filled.insert(element.map_err(|what| Flaw::at(i, what))?);
                continue;
            }
            Op::NewInstance if !matches!(held[usize::from(instr.b)], Some(Literal::Map(_))) => {
                return Err(Flaw::at(i, "an instance of what is no map"));
            }
            Op::RunMethod => {
                let Some(Literal::Unit(u)) = held[usize::from(instr.c)] else {
                    return Err(Flaw::at(i, "what is run is no method"));
                };
                if program.units.get(u.0 as usize).is_none_or(|u| u.kind != UnitKind::Method || u.argc != 0) {
                    return Err(Flaw::at(i, "what is run is no method without arguments"));
                }
                held[usize::from(instr.b)..].fill(None);
            }
            _ => {}
        }
        if op.operands()[0] == crate::code::op::Operand::Dst {
            held[usize::from(instr.a)] = None;
        }
        if let Some(site) =
            load.sites.get(instr.d as usize).filter(|_| op.operands()[3] == crate::code::op::Operand::Site)
        {
            held[usize::from(site.base)..].fill(None);
        }
    }
    all_filled(program, &filled)
}

fn check_literal(program: &Program, literal: Option<&Literal>) -> Result<(), &'static str> {
    let good = match literal {
        Some(Literal::Unit(UnitIndex(u)) | Literal::LiteralsOf(UnitIndex(u))) => {
            program.units.get(*u as usize).is_some_and(|u| u.kind != UnitKind::Load)
        }
        Some(Literal::Map(TemplateIndex(t))) => (*t as usize) < program.templates.len(),
        Some(Literal::Hole) | None => false,
        Some(_) => true,
    };
    if good { Ok(()) } else { Err("a literal of a load unit does not exist") }
}

fn element(program: &Program, held: Option<&Literal>, index: u32) -> Result<Element, &'static str> {
    match held {
        Some(Literal::LiteralsOf(u)) => {
            let literal = program.units.get(u.0 as usize).and_then(|unit| unit.literals.get(index as usize));
            match literal {
                Some(Literal::Hole) => Ok(Element::OfUnit(u.0, index)),
                _ => Err("a literal is filled that is no hole"),
            }
        }
        Some(Literal::Map(t)) => {
            let slots = program.templates.get(t.0 as usize).map(|t| t.slots.as_slice()).unwrap_or_default();
            let first = content_element(0);
            let slot = index.checked_sub(first).map(|i| i / 4);
            match slot.and_then(|i| slots.get(i as usize).map(|s| (i, s))) {
                Some((i, s)) if content_element(i) == index && s.content == TemplateContent::Hole => {
                    Ok(Element::OfTemplate(t.0, i))
                }
                _ => Err("a slot is filled that is no hole"),
            }
        }
        _ => Err("an element is put into what is no internal object"),
    }
}

fn all_filled(program: &Program, filled: &HashSet<Element>) -> Result<(), Flaw> {
    for (u, unit) in program.units.iter().enumerate() {
        for (i, literal) in unit.literals.iter().enumerate() {
            if *literal == Literal::Hole && !filled.contains(&Element::OfUnit(u as u32, i as u32)) {
                return Err(Flaw { unit: Some(UnitIndex(u as u32)), ..Flaw::new("a hole is never filled") });
            }
        }
    }
    for (t, template) in program.templates.iter().enumerate() {
        for (i, slot) in template.slots.iter().enumerate() {
            if slot.content == TemplateContent::Hole
                && !filled.contains(&Element::OfTemplate(t as u32, i as u32))
            {
                return Err(Flaw::new("a hole of a template is never filled"));
            }
        }
    }
    Ok(())
}
