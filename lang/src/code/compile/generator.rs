//! The state of one unit while it is compiled: where its variables live, what is left for later.
//!
//! Invariants: each body expanded in the unit is expanded once, so each variable has one place in it, which stays known
//! until the slow paths are written; `scope` is the body whose statements are being compiled.

use crate::code::op::Op;
use crate::code::unit::{Capture, CodeUnit, Literal, Local, LocalContent, UnitIndex, UnitKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::diagnostics::{NOT_PARSED, TOO_MANY_LITERALS, TOO_MANY_REGISTERS};
use crate::span::Span;
use crate::tree::{BodyId, NodeId, NodeKind, Send, Statement, Tree};

use super::branch::{Branches, stacked_scopes};
use super::emit::{Label, Limit, Register, UnitBuilder};
use super::form::{Form, inline_form, literal_block};
use super::scope::{Analysis, Content, ScopeIndex, Source, VariableIndex, is_primitive, spine};
use super::slow::SlowPath;

/// Expanded blocks within each other in one unit; deeper ones are real blocks.
pub(super) const MAX_INLINE: usize = 8;

/// Where the value of an expression goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Out {
    /// Nobody wants it.
    Effect,
    /// Into a register.
    To(Register),
    /// The activation ends with it, by `Return` or `ReturnHome`.
    Tail(Op),
}

/// Where a variable is found in the running unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// In a register.
    Register(Register),
    /// In a cell that the register holds.
    Cell(Register),
    /// Among the block's captured values.
    Capture(u32),
    /// A cell among the block's captured values.
    CaptureCell(u32),
    /// Nowhere: its initial content is its value.
    Constant,
}

/// How blocks capture an assigned variable of this unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
enum Captured {
    Never,
    OnSlowPaths,
    Really,
}

/// What is being compiled of the body around the current place.
pub(super) struct Running {
    /// Where `_Restart` goes.
    pub restart: Label,
    /// Labels of the body.
    pub branches: Branches,
}

/// Compiles one unit.
pub(super) struct Generator<'a> {
    pub tree: &'a Tree,
    pub analysis: &'a Analysis,
    /// Index of the unit of scope 0; those of its blocks follow.
    pub first_unit: u32,
    pub b: UnitBuilder,
    pub scope: ScopeIndex,
    pub depth: usize,
    pub running: Vec<Running>,
    pub slow: Vec<SlowPath>,
    pub complaints: Vec<Diagnostic>,
    captured: Vec<Captured>,
    places: Vec<Option<Place>>,
    owner: [Option<VariableIndex>; 256],
    /// Scopes that branch where operands are pending.
    stacked: Vec<bool>,
}

/// What comes out: the unit, the sources of its holes, complaints.
pub(super) struct Compiled {
    pub unit: CodeUnit,
    pub holes: Vec<(Source, u32)>,
    pub complaints: Vec<Diagnostic>,
}

/// What a unit is made for.
#[derive(Clone, Copy)]
pub(super) struct Request<'a> {
    pub scope: ScopeIndex,
    pub selector: &'a [u8],
    pub span: Span,
    /// The expression, if the scope has no body.
    pub expression: Option<NodeId>,
    pub first_unit: u32,
}

/// Compiles the unit of a scope.
pub(super) fn compile_unit(tree: &Tree, analysis: &Analysis, request: Request<'_>) -> Compiled {
    let scope = analysis.scope(request.scope);
    let is_block = scope.parent.is_some();
    let kind = if is_block { UnitKind::Block } else { UnitKind::Method };
    let mut b = UnitBuilder::new(kind, request.selector.to_vec(), scope.argc, request.span);
    b.unit.parent = scope.parent.map(|p| UnitIndex(request.first_unit + p.0));
    if let Some(text) = scope.body.and_then(|body| tree.body(body).annotation) {
        b.unit.annotation = tree.name(text).to_vec();
    }
    let mut places = vec![None; analysis.variables.len()];
    for (i, v) in scope.free.iter().enumerate() {
        let variable = analysis.variable(*v);
        let cell = variable.assigned;
        b.unit.captures.push(Capture { name: tree.name(variable.name).to_vec(), cell });
        let i = i as u32;
        places[v.0 as usize] = Some(if cell { Place::CaptureCell(i) } else { Place::Capture(i) });
    }
    let mut generator = Generator {
        tree,
        analysis,
        first_unit: request.first_unit,
        b,
        scope: request.scope,
        depth: 0,
        running: vec![],
        slow: vec![],
        complaints: vec![],
        captured: vec![Captured::Never; analysis.variables.len()],
        places,
        owner: [None; 256],
        stacked: stacked_scopes(tree, analysis, request.expression),
    };
    if !is_block && analysis.scopes.iter().skip(1).any(|s| s.returns_home) {
        generator.b.unit.home = Some(generator.b.take_variable().0);
    }
    generator.unit(request);
    let Generator { b, mut complaints, .. } = generator;
    if let Some(limit) = b.overflow {
        let (code, what) = match limit {
            Limit::Registers => (TOO_MANY_REGISTERS, "this body needs more than 250 registers"),
            Limit::Literals => (TOO_MANY_LITERALS, "this body has more than 65000 literals"),
        };
        complaints.push(Diagnostic::error(code, request.span, what).help("split it into several methods"));
    }
    let (unit, holes) = b.finish();
    Compiled { unit, holes, complaints }
}

impl Generator<'_> {
    fn unit(&mut self, request: Request<'_>) {
        match (self.analysis.scope(self.scope).body, request.expression) {
            (Some(body), _) => {
                self.classify_body(body, 0);
                let args: Vec<_> =
                    (0..self.analysis.scope(self.scope).argc).map(|i| Register(0).plus(i + 1)).collect();
                if self.tree.body(body).statements.is_empty() {
                    self.constant_body(body, Out::Tail(Op::Return));
                } else {
                    self.enter(&args);
                    self.statements(&self.tree.body(body).statements, Out::Tail(Op::Return));
                    self.note_locals(0);
                }
            }
            (None, Some(node)) => {
                self.classify(node, 0);
                self.begin_body();
                self.expression(node, Out::Tail(Op::Return));
                self.end_body();
            }
            (None, None) => {}
        }
        self.slow_paths();
    }

    /// A problem with the text.
    pub fn complain(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.complaints.push(Diagnostic::error(code, span, message));
    }

    /// The unit of a block's scope.
    pub fn unit_of(&self, scope: ScopeIndex) -> UnitIndex {
        UnitIndex(self.first_unit + scope.0)
    }

    /// This unit is the code of a block.
    pub fn in_block(&self) -> bool {
        self.b.unit.kind == UnitKind::Block
    }

    /// The instruction for `^` in this unit.
    pub fn home_return(&self) -> Op {
        if self.in_block() { Op::ReturnHome } else { Op::Return }
    }

    /// In the scope at hand every operand that is pending is in a register of its own, in order, so that a branch finds it.
    pub fn is_stacked(&self) -> bool {
        self.stacked[self.scope.0 as usize]
    }

    /// The form of a message that is to be expanded in place here.
    pub fn form_at(&self, scope: ScopeIndex, send: &Send, depth: usize) -> Option<Form> {
        if depth >= MAX_INLINE || self.stacked[scope.0 as usize] {
            return None;
        }
        let form = inline_form(self.tree, send)?;
        if send.receiver.is_none() {
            let local = self.analysis.assignment(self.tree, scope, send).is_some();
            if local || !self.analysis.local_parents(scope).is_empty() {
                return None;
            }
        }
        Some(form)
    }

    /// The scope of a literal block.
    pub fn block_scope(&self, body: BodyId) -> Option<ScopeIndex> {
        self.analysis.scope_of.get(&body).copied()
    }

    // ---- which variables blocks capture in this unit ----

    fn classify_body(&mut self, body: BodyId, depth: usize) {
        let saved = self.scope;
        if let Some(scope) = self.block_scope(body) {
            self.scope = scope;
            for statement in &self.tree.body(body).statements {
                self.classify(statement.expr, depth);
            }
        }
        self.scope = saved;
    }

    fn classify(&mut self, node: NodeId, depth: usize) {
        let tree = self.tree;
        let chain = spine(tree, node);
        let mut expanded_receiver = false;
        for id in &chain {
            match tree.node(*id).kind {
                NodeKind::Send(send) => {
                    let form = self.form_at(self.scope, &send, depth);
                    let blocks = form.map(|f| f.blocks()).unwrap_or_default();
                    for block in &blocks {
                        self.note_capture(*block, Captured::OnSlowPaths);
                        self.classify_body(*block, depth + 1);
                    }
                    let args = tree.list(send.args);
                    let lazy_fail = fail_block(tree, &send);
                    for (i, arg) in args.iter().enumerate() {
                        match literal_block(tree, *arg) {
                            Some(block) if blocks.contains(&block) => {}
                            Some(block) if i + 1 == args.len() && lazy_fail == Some(block) => {
                                self.note_capture(block, Captured::OnSlowPaths);
                            }
                            _ => self.classify(*arg, depth),
                        }
                    }
                    expanded_receiver = send
                        .receiver
                        .and_then(|r| literal_block(tree, r))
                        .is_some_and(|r| blocks.contains(&r));
                }
                NodeKind::Block(body) if !expanded_receiver => self.note_capture(body, Captured::Really),
                _ => {}
            }
        }
    }

    fn note_capture(&mut self, block: BodyId, how: Captured) {
        let Some(scope) = self.block_scope(block) else { return };
        for v in &self.analysis.scope(scope).free {
            let state = &mut self.captured[v.0 as usize];
            *state = how.max(*state);
        }
    }

    // ---- bodies ----

    /// Gives the current scope's variables their places and initial contents.
    pub fn enter(&mut self, args: &[Register]) {
        let scope = self.analysis.scope(self.scope);
        for (v, r) in scope.variables.iter().zip(args) {
            self.place(*v, Place::Register(*r));
        }
        for v in &scope.variables[scope.argc.min(scope.variables.len())..] {
            let variable = *self.analysis.variable(*v);
            if !variable.is_stored() {
                continue;
            }
            let r = self.b.take_variable();
            self.load_content(variable.content, r);
            if self.captured[v.0 as usize] == Captured::Really {
                self.b.emit(Op::NewCell, r, r, 0, 0);
                self.place(*v, Place::Cell(r));
            } else {
                self.place(*v, Place::Register(r));
            }
        }
    }

    fn place(&mut self, v: VariableIndex, place: Place) {
        self.places[v.0 as usize] = Some(place);
        if let Place::Register(r) | Place::Cell(r) = place {
            self.owner[r.0 as usize] = Some(v);
        }
    }

    /// Closes cells that may be open on variables of the current scope.
    pub fn close_cells(&mut self) {
        let analysis = self.analysis;
        let open = |v: &&VariableIndex| {
            analysis.variable(**v).assigned && self.captured[v.0 as usize] == Captured::OnSlowPaths
        };
        let first = analysis.scope(self.scope).variables.iter().find(open).map(|v| self.place_of(*v));
        if let Some(Place::Register(r)) = first {
            self.b.emit(Op::CloseCells, r, Register(0), 0, 0);
        }
    }

    /// Tells debuggers of the current scope's variables; `start` is where they came into being.
    pub fn note_locals(&mut self, start: u32) {
        let analysis = self.analysis;
        let end = self.b.unit.code.len() as u32;
        let inner = self.depth > 0;
        for v in &analysis.scope(self.scope).variables {
            let variable = analysis.variable(*v);
            let (register, cell, constant) = match self.places[v.0 as usize] {
                Some(Place::Register(r)) => (r.0, false, false),
                Some(Place::Cell(r)) => (r.0, true, false),
                None if !variable.is_stored() => (0, false, true),
                _ => continue,
            };
            let content = self.initial_content(variable.content);
            self.b.unit.locals.push(Local {
                name: self.tree.name(variable.name).to_vec(),
                register,
                cell,
                argument: variable.argument,
                assignable: variable.assignable,
                parent: variable.parent,
                constant,
                inner,
                content,
                scope: (start, end),
            });
        }
    }

    fn initial_content(&mut self, content: Content) -> LocalContent {
        match content {
            Content::Nil => LocalContent::Nil,
            Content::Made(source) => LocalContent::Literal(self.b.hole(source)),
            Content::Literal(node) => match self.tree.node(node).kind {
                NodeKind::Int(i) => LocalContent::Int(i),
                NodeKind::Float(f) => LocalContent::Literal(self.b.literal(Literal::Float(f))),
                NodeKind::Str(s) => {
                    let text = self.tree.name(s).to_vec();
                    LocalContent::Literal(self.b.literal(Literal::Str(text)))
                }
                NodeKind::BigInt(_) => LocalContent::Literal(self.b.hole(Source::BigInt(node))),
                NodeKind::Object(body) => LocalContent::Literal(self.b.hole(Source::Object(body))),
                _ => LocalContent::Nil,
            },
        }
    }

    /// The statements of the current scope.
    pub fn statements(&mut self, statements: &[Statement], out: Out) {
        self.begin_body();
        if let Some((last, before)) = statements.split_last() {
            for statement in before {
                self.expression(statement.expr, Out::Effect);
            }
            let out = if last.is_return { Out::Tail(self.home_return()) } else { out };
            self.expression(last.expr, out);
        }
        self.end_body();
    }

    /// Starts the code of a body, after its locals have their contents.
    pub fn begin_body(&mut self) {
        let restart = self.b.label();
        self.b.bind(restart);
        let branches = Branches::new(self.b.mark());
        self.running.push(Running { restart, branches });
    }

    /// Ends it.
    pub fn end_body(&mut self) {
        if let Some(running) = self.running.pop() {
            self.check_branches(running.branches);
        }
    }

    // ---- variables ----

    /// Where a variable is.
    pub fn place_of(&self, v: VariableIndex) -> Place {
        if !self.analysis.variable(v).is_stored() {
            return Place::Constant;
        }
        self.places[v.0 as usize].unwrap_or(Place::Constant)
    }

    /// The register of a variable that can be used as an operand where it stands.
    pub fn register_of(&self, v: VariableIndex) -> Option<Register> {
        match self.place_of(v) {
            Place::Register(r) => Some(r),
            _ => None,
        }
    }

    /// The assigned variable that lives in a register, and whether a block made on a slow path may assign it.
    pub fn owner_of(&self, r: Register) -> Option<(VariableIndex, bool)> {
        let v = self.owner[r.0 as usize].filter(|v| self.register_of(*v) == Some(r))?;
        let captured = self.captured[v.0 as usize] == Captured::OnSlowPaths;
        self.analysis.variable(v).assigned.then_some((v, captured))
    }

    /// Loads a variable.
    pub fn load_variable(&mut self, v: VariableIndex, d: Register) {
        match self.place_of(v) {
            Place::Register(r) => self.b.copy(d, r),
            Place::Cell(r) => self.b.emit(Op::CellGet, d, r, 0, 0),
            Place::Capture(i) => self.b.emit(Op::LoadCapture, d, Register(0), 0, i),
            Place::CaptureCell(i) => self.b.emit(Op::CaptureGet, d, Register(0), 0, i),
            Place::Constant => self.load_content(self.analysis.variable(v).content, d),
        }
    }

    /// Loads an initial content.
    pub fn load_content(&mut self, content: Content, d: Register) {
        match content {
            Content::Nil => self.b.emit(Op::LoadNil, d, Register(0), 0, 0),
            Content::Literal(node) => self.load_literal(node, d),
            Content::Made(source) => {
                let lit = self.b.hole(source);
                self.b.emit(Op::LoadLit, d, Register(0), 0, lit);
            }
        }
    }

    /// An error node reached the compiler.
    pub fn not_parsed(&mut self, span: Span) {
        self.complain(NOT_PARSED, span, "this part was not understood, so it cannot be compiled");
    }
}

/// The literal block that a primitive call has as its fail block.
pub(super) fn fail_block(tree: &Tree, send: &Send) -> Option<BodyId> {
    let name = tree.name(send.selector);
    if !is_primitive(name) || name.starts_with(b"__") || !name.ends_with(b"IfFail:") {
        return None;
    }
    literal_block(tree, *tree.list(send.args).last()?)
}
