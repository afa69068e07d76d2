//! What a method object knows about its source: positions of instructions, and names of locals.
//!
//! ```text
//! u32 start of the body in the source of the outermost method (0 for a method)
//! u32 number of positions, then for each: u32 first instruction, u32 start, u32 end (relative to the same source)
//! u32 number of locals, then for each: u8 register, u8 flags, u32 from, u32 to, initial content, u16 length, name
//! u32 number of captures, then for each: u8 flags, u16 length, name
//! ```
//! Flags: 1 cell, 2 argument, 4 assignable, 8 parent, 16 constant (no register), 32 of an expanded block, 64 the initial content is an
//! integer (i64), 128 it is a literal (u32 index); without these two it is nil and takes no bytes. All little-endian, unaligned.

use batos_lang::code::unit::{CodeUnit, LocalContent};

/// A local of a method or block.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalInfo {
    /// Its name.
    pub name: Vec<u8>,
    /// Its register.
    pub register: u8,
    /// The register holds a cell.
    pub cell: bool,
    /// It is an argument.
    pub argument: bool,
    /// It can be assigned.
    pub assignable: bool,
    /// It is a parent slot.
    pub parent: bool,
    /// It has no register: its initial content is its value.
    pub constant: bool,
    /// It belongs to a block that is expanded in the method.
    pub inner: bool,
    /// What it begins with.
    pub content: LocalContent,
    /// Instructions in whose range it is in scope.
    pub scope: (u32, u32),
}

/// Decoded debug data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DebugInfo {
    /// Start of the body in the outermost method's source.
    pub start: u32,
    /// (first instruction, start, end).
    pub positions: Vec<(u32, u32, u32)>,
    /// Arguments and locals.
    pub locals: Vec<LocalInfo>,
    /// Names of captured values; true: a cell.
    pub captures: Vec<(Vec<u8>, bool)>,
}

/// Packs the debug data of a unit; positions become relative to `origin`, the start of the outermost method's source.
pub fn encode(unit: &CodeUnit, origin: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let u32_to = |out: &mut Vec<u8>, n: u32| out.extend_from_slice(&n.to_le_bytes());
    u32_to(&mut out, unit.source.start.saturating_sub(origin));
    u32_to(&mut out, unit.positions.len() as u32);
    for (at, span) in &unit.positions {
        u32_to(&mut out, *at);
        u32_to(&mut out, span.start.saturating_sub(origin));
        u32_to(&mut out, span.end.saturating_sub(origin));
    }
    u32_to(&mut out, unit.locals.len() as u32);
    for local in &unit.locals {
        let flags = u8::from(local.cell)
            | u8::from(local.argument) << 1
            | u8::from(local.assignable) << 2
            | u8::from(local.parent) << 3
            | u8::from(local.constant) << 4
            | u8::from(local.inner) << 5
            | u8::from(matches!(local.content, LocalContent::Int(_))) << 6
            | u8::from(matches!(local.content, LocalContent::Literal(_))) << 7;
        out.extend_from_slice(&[local.register, flags]);
        u32_to(&mut out, local.scope.0);
        u32_to(&mut out, local.scope.1);
        match local.content {
            LocalContent::Nil => {}
            LocalContent::Int(n) => out.extend_from_slice(&n.to_le_bytes()),
            LocalContent::Literal(i) => u32_to(&mut out, i),
        }
        push_name(&mut out, &local.name);
    }
    u32_to(&mut out, unit.captures.len() as u32);
    for capture in &unit.captures {
        out.push(u8::from(capture.cell));
        push_name(&mut out, &capture.name);
    }
    out
}

fn push_name(out: &mut Vec<u8>, name: &[u8]) {
    let len = name.len().min(usize::from(u16::MAX));
    out.extend_from_slice(&(len as u16).to_le_bytes());
    out.extend_from_slice(&name[..len]);
}

/// Unpacks debug data. Whatever does not fit is left out: debug data never decides what runs.
pub fn decode(bytes: &[u8]) -> DebugInfo {
    let mut reader = Reader { bytes };
    read(&mut reader).unwrap_or_default()
}

fn read(r: &mut Reader<'_>) -> Option<DebugInfo> {
    let mut info = DebugInfo { start: r.u32()?, ..DebugInfo::default() };
    for _ in 0..r.u32()? {
        info.positions.push((r.u32()?, r.u32()?, r.u32()?));
    }
    for _ in 0..r.u32()? {
        let register = r.u8()?;
        let flags = r.u8()?;
        let scope = (r.u32()?, r.u32()?);
        let content = match flags >> 6 {
            0 => LocalContent::Nil,
            1 => LocalContent::Int(r.take().map(i64::from_le_bytes)?),
            _ => LocalContent::Literal(r.u32()?),
        };
        let name = r.name()?;
        info.locals.push(LocalInfo {
            name,
            register,
            cell: flags & 1 != 0,
            argument: flags & 2 != 0,
            assignable: flags & 4 != 0,
            parent: flags & 8 != 0,
            constant: flags & 16 != 0,
            inner: flags & 32 != 0,
            content,
            scope,
        });
    }
    for _ in 0..r.u32()? {
        let cell = r.u8()? & 1 != 0;
        info.captures.push((r.name()?, cell));
    }
    Some(info)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.bytes.split_first_chunk::<N>()?;
        self.bytes = rest;
        Some(*head)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take::<1>().map(|b| b[0])
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        let len = usize::from(u16::from_le_bytes(self.take()?));
        if len > self.bytes.len() {
            return None;
        }
        let (name, rest) = self.bytes.split_at(len);
        self.bytes = rest;
        Some(name.to_vec())
    }
}

impl DebugInfo {
    /// Source range of the instruction at `pc`.
    pub fn position(&self, pc: u32) -> Option<(u32, u32)> {
        let after = self.positions.partition_point(|(at, _, _)| *at <= pc);
        let (_, start, end) = *self.positions.get(after.checked_sub(1)?)?;
        Some((start, end))
    }
}
