//! The text form of programs: one line an instruction, names where the unit knows them. For people and golden files; nothing reads it back.
//!
//! Invariant: total, whatever the data; an index out of range shows as `?`.

use std::fmt::Write;

use super::op::{Instr, Native, Op, Operand};
use super::unit::{
    CaptureSource, CodeUnit, Literal, Program, SendKind, Site, TemplateContent, UnitIndex, UnitKind,
};

/// The text form of a program.
pub fn disassemble(program: &Program) -> String {
    let mut text = String::new();
    for (i, unit) in program.units.iter().enumerate() {
        if i > 0 {
            text.push('\n');
        }
        let _ = write!(text, "unit {i} ");
        text.push_str(&disassemble_unit(unit));
    }
    for (i, template) in program.templates.iter().enumerate() {
        let _ = writeln!(text, "\ntemplate {i}{}", annotation(&template.annotation));
        for slot in &template.slots {
            let star = if slot.parent { "*" } else { "" };
            let sign = if slot.assignable { "<-" } else { "=" };
            let content = match &slot.content {
                TemplateContent::Nil => "nil".to_string(),
                TemplateContent::Hole => "(made at load)".to_string(),
                TemplateContent::Literal(l) => literal(l),
            };
            let _ = writeln!(
                text,
                "  {}{star} {sign} {content}{}",
                show(&slot.name),
                annotation(&slot.annotation)
            );
        }
    }
    text
}

/// The text form of one unit.
pub fn disassemble_unit(unit: &CodeUnit) -> String {
    let mut text = String::new();
    let kind = match unit.kind {
        UnitKind::Method => "method",
        UnitKind::Block => "block",
        UnitKind::Load => "load",
    };
    let _ = write!(text, "{kind} {}: {} registers", show(&unit.selector), unit.registers);
    if unit.argc > 0 {
        let _ = write!(text, ", {} arguments", unit.argc);
    }
    if let Some(home) = unit.home {
        let _ = write!(text, ", home r{home}");
    }
    if let Some(UnitIndex(parent)) = unit.parent {
        let _ = write!(text, ", in unit {parent}");
    }
    text.push_str(&annotation(&unit.annotation));
    text.push('\n');
    for local in &unit.locals {
        let cell = if local.cell { " in a cell" } else { "" };
        let (start, end) = local.scope;
        let name = show(&local.name);
        let what = if local.argument { "argument" } else { "local" };
        if local.constant {
            let _ = writeln!(text, "  constant {name} @{start}..{end}");
            continue;
        }
        let _ = writeln!(text, "  {what} {name} r{}{cell} @{start}..{end}", local.register);
    }
    for (i, capture) in unit.captures.iter().enumerate() {
        let cell = if capture.cell { " (a cell)" } else { "" };
        let _ = writeln!(text, "  capture {i} {}{cell}", show(&capture.name));
    }
    for (i, instr) in unit.code.iter().enumerate() {
        let _ = writeln!(text, "  {i:>3}  {}", instruction(unit, *instr));
    }
    text
}

/// One instruction of a unit.
pub fn instruction(unit: &CodeUnit, instr: Instr) -> String {
    let Some(op) = Op::from_u8(instr.op) else { return format!("? {instr:?}") };
    let mut parts: Vec<String> = Vec::new();
    for (operand, field) in op.operands().into_iter().zip([instr.a, instr.b, instr.c, 0]) {
        match operand {
            Operand::Dst | Operand::Src | Operand::Base => parts.push(register(unit, field)),
            Operand::Imm8 => parts.push((field as i8).to_string()),
            Operand::Native => {
                parts.push(Native::ALL.get(usize::from(field)).map_or("?".to_string(), |n| format!("{n:?}")))
            }
            Operand::None => {}
            // The last field.
            Operand::Imm32 => parts.push((instr.d as i32).to_string()),
            Operand::Lit => parts.push(unit.literals.get(instr.d as usize).map_or("?".to_string(), literal)),
            Operand::Site => {
                parts.push(unit.sites.get(instr.d as usize).map_or("?".to_string(), |s| site(unit, s)))
            }
            Operand::BlockSite => parts.push(block(unit, instr.d)),
            Operand::Capture => parts.push(
                unit.captures
                    .get(instr.d as usize)
                    .map_or("?".to_string(), |c| format!("^{}", show(&c.name))),
            ),
            Operand::Target => parts.push(format!("-> {}", instr.d)),
            Operand::Element => parts.push(format!("element {}", instr.d)),
        }
    }
    let mut line = op.name().to_string();
    if !parts.is_empty() {
        line.push(' ');
        line.push_str(&parts.join(", "));
    }
    line
}

fn register(unit: &CodeUnit, r: u8) -> String {
    match (r, unit.kind) {
        (0, UnitKind::Method) => "self".to_string(),
        (0, UnitKind::Block) => "block".to_string(),
        (0, UnitKind::Load) => "lobby".to_string(),
        _ => format!("r{r}"),
    }
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Hole => "(made at load)".to_string(),
        Literal::Int(i) => i.to_string(),
        Literal::Float(f) => format!("{f:?}"),
        Literal::Str(s) => format!("'{}'", show(s)),
        Literal::Unit(u) => format!("unit {}", u.0),
        Literal::LiteralsOf(u) => format!("literals of unit {}", u.0),
        Literal::Map(t) => format!("map {}", t.0),
    }
}

fn site(unit: &CodeUnit, site: &Site) -> String {
    let name = |i: u32| match unit.literals.get(i as usize) {
        Some(Literal::Str(s)) => show(s),
        _ => "?".to_string(),
    };
    let selector = name(site.selector);
    let mut text = match site.kind {
        SendKind::Normal | SendKind::Primitive => selector,
        SendKind::Implicit => format!("{selector} (implicit)"),
        SendKind::Resend => format!("resend.{selector}"),
        SendKind::Directed => format!("{}.{selector}", name(site.delegate)),
        SendKind::PrimitiveIfFail => format!("{selector} (with fail block)"),
    };
    if site.local_parents > 0 {
        let _ = write!(text, " +{} local parents", site.local_parents);
    }
    text
}

fn block(unit: &CodeUnit, index: u32) -> String {
    let Some(site) = unit.blocks.get(index as usize) else { return "?".to_string() };
    let code = unit.literals.get(site.code as usize).map_or("?".to_string(), literal);
    let captures: Vec<String> = site
        .captures
        .iter()
        .map(|c| match c {
            CaptureSource::Register(r) => register(unit, *r),
            CaptureSource::Capture(i) => format!("^{i}"),
            CaptureSource::Open(r) => format!("open r{r}"),
        })
        .collect();
    let home = if site.needs_home { ", home" } else { "" };
    format!("{code} [{}]{home}", captures.join(" "))
}

fn annotation(text: &[u8]) -> String {
    if text.is_empty() { String::new() } else { format!(" {{'{}'}}", show(text)) }
}

/// Bytes as text: what is not printable is escaped.
fn show(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\n' => text.push_str("\\n"),
                '\t' => text.push_str("\\t"),
                '\\' => text.push_str("\\\\"),
                c if c.is_control() => {
                    let _ = write!(text, "\\x{:02x}", u32::from(c));
                }
                c => text.push(c),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}
