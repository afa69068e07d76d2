//! The load unit: builds the literal objects of a program, in the order of the text, and runs or returns its result.
//!
//! Invariants: straight-line code; a nested literal is built before the literal around it; each initialiser runs once, with
//! self = lobby; every hole of every unit is filled before code of that unit runs.

use std::collections::HashMap;

use crate::code::op::Op;
use crate::code::unit::{
    CodeUnit, Literal, ObjectTemplate, Program, SendKind, TemplateContent, TemplateIndex, TemplateSlot,
    UnitIndex, UnitKind, content_element,
};
use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::diagnostics::{MISPLACED_SLOT, TOO_MANY_LITERALS, TOO_MANY_REGISTERS};
use crate::span::Span;
use crate::tree::{BodyId, NodeId, NodeKind, Slot, SlotForm, SlotValue, Tree};

use super::emit::{Limit, Register, UnitBuilder};
use super::generator::{Request, compile_unit};
use super::scope::{Analysis, Code, Content, ScopeIndex, Source, analyse, content_of, strip};

/// Builds a program.
pub(super) struct Loader<'a> {
    tree: &'a Tree,
    program: Program,
    load: UnitBuilder,
    complaints: Vec<Diagnostic>,
    span: Span,
}

impl<'a> Loader<'a> {
    pub fn new(tree: &'a Tree) -> Loader<'a> {
        let load = UnitBuilder::new(UnitKind::Load, b"load".to_vec(), 1, Span::default());
        Loader { tree, program: Program::default(), load, complaints: vec![], span: Span::default() }
    }

    /// A problem with the text.
    pub fn complain(&mut self, code: DiagnosticCode, span: Span, message: impl Into<String>) {
        self.complaints.push(Diagnostic::error(code, span, message));
    }

    /// The program evaluates an expression.
    pub fn expression(&mut self, node: NodeId) {
        self.span = self.tree.node(node).span;
        let result = self.load.take();
        match content_of(self.tree, node) {
            // A data object needs no method around it.
            Content::Made(Source::Object(body)) => self.object(body, result),
            _ => self.run(node, Register(1), result),
        }
        self.load.emit(Op::Return, result, Register(0), 0, 0);
    }

    /// The program makes a method or data object.
    pub fn body(&mut self, selector: &[u8], body: BodyId) {
        self.span = self.tree.body(body).span;
        let result = self.load.take();
        if self.tree.body(body).statements.is_empty() {
            self.object(body, result);
        } else {
            let unit = self.method(Code::Body(body, &[]), selector, self.span);
            self.load_code(unit, result);
        }
        self.load.emit(Op::Return, result, Register(0), 0, 0);
    }

    /// The finished program.
    pub fn finish(mut self) -> Result<Program, Vec<Diagnostic>> {
        if let Some(limit) = self.load.overflow {
            let (code, what) = match limit {
                Limit::Registers => (TOO_MANY_REGISTERS, "literals are nested too deeply here"),
                Limit::Literals => (TOO_MANY_LITERALS, "there are more than 65000 literals here"),
            };
            self.complaints
                .push(Diagnostic::error(code, self.span, what).help("split it into several expressions"));
        }
        if !self.complaints.is_empty() {
            // A block is compiled more than once when it is expanded in place.
            self.complaints.sort_by_key(|c| (c.span.start, c.code));
            self.complaints.dedup();
            return Err(self.complaints);
        }
        let (mut unit, _) = self.load.finish();
        unit.source = self.span;
        self.program.load = self.program.units.len() as u32;
        self.program.units.push(unit);
        Ok(self.program)
    }

    // ---- methods ----

    /// Compiles a method with its blocks, and emits what makes its literals.
    fn method(&mut self, code: Code<'_>, selector: &[u8], span: Span) -> UnitIndex {
        let analysis = analyse(self.tree, code);
        for span in &analysis.misplaced {
            self.complain(MISPLACED_SLOT, *span, "a method cannot stand among the slots of code");
        }
        let first = self.program.units.len() as u32;
        let expression = match code {
            Code::Expression(node) => Some(node),
            Code::Body(..) => None,
        };
        let mut holes: HashMap<Source, Vec<(UnitIndex, u32)>> = HashMap::new();
        for i in 0..analysis.scopes.len() as u32 {
            let scope = ScopeIndex(i);
            let (selector, span) = self.header(&analysis, scope, selector, span);
            let request = Request { scope, selector: &selector, span, expression, first_unit: first };
            let compiled = compile_unit(self.tree, &analysis, request);
            self.complaints.extend(compiled.complaints);
            for (source, literal) in compiled.holes {
                holes.entry(source).or_default().push((UnitIndex(first + i), literal));
            }
            self.program.units.push(compiled.unit);
        }
        for (_, source) in &analysis.sources {
            let mark = self.load.mark();
            let value = self.load.take();
            self.make(*source, value);
            let literals = self.load.take();
            for (unit, element) in holes.get(source).into_iter().flatten() {
                self.load_literal(Literal::LiteralsOf(*unit), literals);
                self.load.emit(Op::PutElement, literals, value, 0, *element);
            }
            self.load.release(mark);
        }
        UnitIndex(first)
    }

    fn header(&self, analysis: &Analysis, scope: ScopeIndex, selector: &[u8], span: Span) -> (Vec<u8>, Span) {
        let info = analysis.scope(scope);
        match (info.parent, info.body) {
            (Some(_), Some(body)) => (block_selector(info.argc), self.tree.body(body).span),
            _ => (selector.to_vec(), span),
        }
    }

    // ---- values ----

    /// Emits code that makes a value once.
    fn make(&mut self, source: Source, d: Register) {
        match source {
            Source::Object(body) => self.object(body, d),
            Source::Initialiser(node) => self.run(node, Register(0), d),
            Source::BigInt(node) => {
                let unit = self.big_integer(node);
                self.run_unit(unit, Register(0), d);
            }
        }
    }

    /// Compiles an expression as a method and runs it for the object in a register.
    fn run(&mut self, node: NodeId, receiver: Register, d: Register) {
        let node = strip(self.tree, node);
        let span = self.tree.node(node).span;
        let code = match self.tree.node(node).kind {
            NodeKind::Code(body) => Code::Body(body, &[]),
            _ => Code::Expression(node),
        };
        let unit = self.method(code, b"doIt", span);
        self.run_unit(unit, receiver, d);
    }

    fn run_unit(&mut self, unit: UnitIndex, receiver: Register, d: Register) {
        let mark = self.load.mark();
        let code = self.load.take();
        self.load_code(unit, code);
        let base = self.load.take();
        self.load.copy(base, receiver);
        let span = self.program.units.get(unit.0 as usize).map(|u| u.source);
        if let Some(span) = span {
            self.load.at(span);
        }
        self.load.emit(Op::RunMethod, d, base, code.0, 0);
        self.load.release(mark);
    }

    fn big_integer(&mut self, node: NodeId) -> UnitIndex {
        let span = self.tree.node(node).span;
        let digits = match self.tree.node(node).kind {
            NodeKind::BigInt(digits) => self.tree.name(digits).to_vec(),
            _ => vec![],
        };
        let mut b = UnitBuilder::new(UnitKind::Method, b"doIt".to_vec(), 0, span);
        let value = b.take();
        let digits = b.symbol(&digits);
        b.emit(Op::LoadLit, value, Register(0), 0, digits);
        let site = b.site(SendKind::Normal, b"asInteger", 0, value);
        b.at(span);
        b.emit(Op::Send, value, value, 0, site);
        b.emit(Op::Return, value, Register(0), 0, 0);
        let (unit, _) = b.finish();
        self.push_unit(unit)
    }

    fn push_unit(&mut self, unit: CodeUnit) -> UnitIndex {
        self.program.units.push(unit);
        UnitIndex(self.program.units.len() as u32 - 1)
    }

    fn load_code(&mut self, unit: UnitIndex, d: Register) {
        self.load_literal(Literal::Unit(unit), d);
    }

    fn load_literal(&mut self, literal: Literal, d: Register) {
        let lit = self.load.literal(literal);
        self.load.emit(Op::LoadLit, d, Register(0), 0, lit);
    }

    // ---- data objects ----

    fn object(&mut self, body: BodyId, d: Register) {
        let tree = self.tree;
        let info = tree.body(body);
        let annotation = info.annotation.map(|a| tree.name(a).to_vec()).unwrap_or_default();
        let template = TemplateIndex(self.program.templates.len() as u32);
        self.program.templates.push(ObjectTemplate { annotation, slots: vec![] });
        self.load_literal(Literal::Map(template), d);
        let slots = info.slots.as_ref().map(|l| l.slots()).unwrap_or_default();
        let mut made: Vec<TemplateSlot> = Vec::with_capacity(slots.len());
        for (slot, groups) in slots {
            if slot.form == SlotForm::Argument {
                self.complain(MISPLACED_SLOT, slot.span, "a data object cannot have arguments");
                continue;
            }
            let content = self.slot_content(slot, made.len() as u32, d);
            made.push(TemplateSlot {
                name: tree.name(slot.name).to_vec(),
                assignable: matches!(slot.value, SlotValue::None | SlotValue::Assignable(_)),
                parent: slot.parent,
                annotation: tree.joined_annotation(&groups),
                content,
            });
        }
        self.program.templates[template.0 as usize].slots = made;
        self.load.emit(Op::NewInstance, d, d, 0, 0);
    }

    /// The content of slot `index` of the map in `map`.
    fn slot_content(&mut self, slot: &Slot, index: u32, map: Register) -> TemplateContent {
        let tree = self.tree;
        let node = match slot.value {
            SlotValue::None => return TemplateContent::Nil,
            SlotValue::Method(body) => {
                let names = match &slot.form {
                    SlotForm::Keyword(names) => names.clone(),
                    SlotForm::Binary(name) => name.iter().copied().collect(),
                    SlotForm::Unary | SlotForm::Argument => vec![],
                };
                let unit = self.method(Code::Body(body, &names), tree.name(slot.name), tree.body(body).span);
                return TemplateContent::Literal(Literal::Unit(unit));
            }
            SlotValue::Constant(node) | SlotValue::Assignable(node) => node,
        };
        let source = match content_of(tree, node) {
            Content::Literal(literal) => match tree.node(literal).kind {
                NodeKind::Int(i) => return TemplateContent::Literal(Literal::Int(i)),
                NodeKind::Float(f) => return TemplateContent::Literal(Literal::Float(f)),
                NodeKind::Str(s) => return TemplateContent::Literal(Literal::Str(tree.name(s).to_vec())),
                _ => Source::Initialiser(literal),
            },
            Content::Made(source) => source,
            Content::Nil => return TemplateContent::Nil,
        };
        let mark = self.load.mark();
        let value = self.load.take();
        self.make(source, value);
        self.load.emit(Op::PutElement, map, value, 0, content_element(index));
        self.load.release(mark);
        TemplateContent::Hole
    }
}

/// The selector that evaluates a block of so many arguments: `value`, `value:`, `value:With:`, …
pub(super) fn block_selector(argc: usize) -> Vec<u8> {
    let mut selector = b"value".to_vec();
    for i in 0..argc {
        selector.extend_from_slice(match i {
            0 => b":",
            _ => b"With:",
        });
    }
    selector
}
