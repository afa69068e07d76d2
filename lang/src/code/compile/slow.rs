//! Out-of-line code: what happens when an expanded message turns out to be a real one, when a primitive with a literal fail block
//! fails, when a branch goes backward.
//!
//! Invariant: a slow path begins with the registers as they were at its entry (`mark` is the first free one) and joins the
//! fast code with the result where the fast code would have put it. Slow paths have no slow paths.

use crate::code::op::Op;
use crate::code::unit::{BlockSite, CaptureSource, SendKind};
use crate::span::Span;
use crate::tree::BodyId;

use super::emit::{Label, Register};
use super::generator::{Generator, Out, Place};

/// One register of a window that a slow path fills.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    /// The implicit receiver.
    Receiver,
    /// What a register holds.
    Copy(Register),
    /// A block.
    Block(BodyId),
    /// A small integer.
    Int(i64),
}

/// What a slow path does.
#[derive(Debug)]
pub(super) enum Work {
    /// Sends a message; the value goes to `Out`, then control to `join`.
    Send { window: Vec<Item>, implicit: bool, selector: Vec<u8>, out: Out, join: Label },
    /// Runs a fail block on the error string in `value`, which it replaces.
    Fail { block: BodyId, value: Register, primitive: Vec<u8>, out: Out, join: Label },
    /// Goes backward.
    Back { target: Label },
}

/// Code to be written after the unit's main code.
#[derive(Debug)]
pub(super) struct SlowPath {
    pub entry: Label,
    pub mark: u16,
    pub span: Option<Span>,
    pub work: Work,
}

impl Generator<'_> {
    /// Registers a slow path for the current place, if that can be reached. Returns its entry.
    pub fn slow_path(&mut self, entry: Label, work: Work) {
        if !self.b.live {
            return;
        }
        match &work {
            Work::Send { out: Out::Tail(_), .. } | Work::Fail { out: Out::Tail(_), .. } => {}
            Work::Send { join, .. } | Work::Fail { join, .. } => self.b.expect(*join),
            Work::Back { .. } => {}
        }
        let (mark, span) = (self.b.mark(), self.b.position());
        self.slow.push(SlowPath { entry, mark, span, work });
    }

    /// Writes all slow paths.
    pub fn slow_paths(&mut self) {
        for path in std::mem::take(&mut self.slow) {
            self.b.resume_at(path.mark);
            self.b.bind(path.entry);
            if let Some(span) = path.span {
                self.b.at(span);
            }
            match path.work {
                Work::Send { window, implicit, selector, out, join } => {
                    self.slow_send(&window, implicit, &selector, out, join);
                }
                Work::Fail { block, value, primitive, out, join } => {
                    self.fail(block, value, &primitive, out, join);
                }
                Work::Back { target } => self.b.go(Op::Loop, target),
            }
        }
    }

    fn slow_send(&mut self, window: &[Item], implicit: bool, selector: &[u8], out: Out, join: Label) {
        let kind = if implicit { SendKind::Implicit } else { SendKind::Normal };
        let answer = self.send_window(window, kind, selector);
        self.b.deliver_last(out, answer);
        self.b.go(Op::Jump, join);
    }

    fn fail(&mut self, block: BodyId, value: Register, primitive: &[u8], out: Out, join: Label) {
        let base = self.b.take();
        self.make_block(block, base);
        let error = self.b.take();
        self.b.copy(error, value);
        let name = self.b.take();
        let lit = self.b.symbol(primitive);
        self.b.emit(Op::LoadLit, name, Register(0), 0, lit);
        let site = self.b.site(SendKind::Normal, b"value:With:", 2, base);
        self.b.emit(Op::Send, base, base, 0, site);
        self.b.deliver_last(out, base);
        self.b.go(Op::Jump, join);
    }

    fn send_window(&mut self, window: &[Item], kind: SendKind, selector: &[u8]) -> Register {
        let base = self.b.take();
        for _ in 1..window.len() {
            self.b.take();
        }
        for (i, item) in window.iter().enumerate() {
            let r = base.plus(i);
            match *item {
                Item::Receiver => self.load_self(r),
                Item::Copy(from) => self.b.copy(r, from),
                Item::Block(body) => self.make_block(body, r),
                Item::Int(n) => self.b.load_int(r, n),
            }
        }
        let site = self.b.site(kind, selector, window.len().saturating_sub(1), base);
        self.b.emit(Op::Send, base, base, 0, site);
        base
    }

    /// Makes a block object.
    pub fn make_block(&mut self, body: BodyId, d: Register) {
        let Some(scope) = self.block_scope(body) else { return };
        let info = self.analysis.scope(scope);
        let captures = info
            .free
            .iter()
            .map(|v| match self.place_of(*v) {
                Place::Register(r) if self.analysis.variable(*v).assigned => CaptureSource::Open(r.0),
                Place::Register(r) | Place::Cell(r) => CaptureSource::Register(r.0),
                Place::Capture(i) | Place::CaptureCell(i) => CaptureSource::Capture(i),
                // Constants are never free.
                Place::Constant => CaptureSource::Register(0),
            })
            .collect();
        let code = self.b.code(self.unit_of(scope));
        let site = self.b.block_site(BlockSite { code, needs_home: info.returns_home, captures });
        self.b.emit(Op::MakeBlock, d, Register(0), 0, site);
    }
}
