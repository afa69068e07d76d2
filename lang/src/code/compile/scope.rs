//! Scope analysis of one method, initialiser or expression: which names are variables, who assigns them, what each block captures.
//!
//! Invariant: after [`analyse`] a block's `free` lists exactly the variables of enclosing bodies that its text (nested
//! blocks included) reads or assigns at run time; constants are never in it, since every unit loads them from its own literals.
//! An assignable local that nobody assigns is a constant.
//!
//! It looks into blocks but not into object literals or initialisers: those see nothing around them. It does not know about registers.

use std::collections::HashMap;

use crate::span::Span;
use crate::tree::{BodyId, NameId, NodeId, NodeKind, Send, Slot, SlotForm, SlotValue, Tree};

/// Position of a scope in its method; 0 is the method itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(super) struct ScopeIndex(pub u32);

/// Position of a variable in its method.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(super) struct VariableIndex(pub u32);

/// A value that the load unit makes once and puts into the literals of all units that use it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(super) enum Source {
    /// A data object literal (also that of a block without code).
    Object(BodyId),
    /// An initialiser that is no literal.
    Initialiser(NodeId),
    /// An integer literal beyond the small integers.
    BigInt(NodeId),
}

/// Initial content of a local.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Content {
    /// nil.
    Nil,
    /// A literal node: number or string.
    Literal(NodeId),
    /// Made by the load unit.
    Made(Source),
}

/// An argument or local.
#[derive(Clone, Copy, Debug)]
pub(super) struct Variable {
    /// Its name.
    pub name: NameId,
    /// The body that declares it.
    pub scope: ScopeIndex,
    /// It is an argument.
    pub argument: bool,
    /// Written so that `x:` is understood.
    pub assignable: bool,
    /// Some code assigns it.
    pub assigned: bool,
    /// Has a parent star.
    pub parent: bool,
    /// Initial content.
    pub content: Content,
}

impl Variable {
    /// Lives in a register or cell; else it is a constant of every unit that uses it.
    pub fn is_stored(&self) -> bool {
        self.argument || self.assigned
    }
}

/// A method, block or top-level expression.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// Its body; `None` for a bare expression.
    pub body: Option<BodyId>,
    /// The body around it.
    pub parent: Option<ScopeIndex>,
    /// Arguments in order, then locals.
    pub variables: Vec<VariableIndex>,
    /// How many of them are arguments.
    pub argc: usize,
    /// Variables of enclosing bodies that it uses.
    pub free: Vec<VariableIndex>,
    /// There is a `^` in it or in a block in it.
    pub returns_home: bool,
    /// Local parents, in order.
    pub parents: Vec<VariableIndex>,
}

/// What is known of a whole method.
#[derive(Debug)]
pub(super) struct Analysis {
    /// The method (0) and all blocks in it.
    pub scopes: Vec<Scope>,
    /// All variables.
    pub variables: Vec<Variable>,
    /// What the load unit makes for it, in the order of the text.
    pub sources: Vec<(Span, Source)>,
    /// Scopes of blocks.
    pub scope_of: HashMap<BodyId, ScopeIndex>,
    /// Slots that cannot stand where they stand: methods among the slots of a body with code.
    pub misplaced: Vec<Span>,
}

/// What a scope is made from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Code<'a> {
    /// A bare expression.
    Expression(NodeId),
    /// A body; its arguments when they are written in the slot's name.
    Body(BodyId, &'a [NameId]),
}

impl Analysis {
    /// The variable that a name means in a scope.
    pub fn find(&self, tree: &Tree, scope: ScopeIndex, name: &[u8]) -> Option<VariableIndex> {
        let mut at = Some(scope);
        while let Some(s) = at {
            let scope = &self.scopes[s.0 as usize];
            let found = scope.variables.iter().find(|v| tree.name(self.variable(**v).name) == name);
            if let Some(v) = found {
                return Some(*v);
            }
            at = scope.parent;
        }
        None
    }

    /// The local that a send without receiver assigns.
    pub fn assignment(&self, tree: &Tree, scope: ScopeIndex, send: &Send) -> Option<VariableIndex> {
        if send.args.len != 1 || send.receiver.is_some() || send.delegate.is_some() {
            return None;
        }
        let name = tree.name(send.selector).strip_suffix(b":")?;
        self.find(tree, scope, name).filter(|v| {
            let v = self.variable(*v);
            v.assignable && !v.argument
        })
    }

    /// The variable that a send without receiver or arguments reads.
    pub fn reading(&self, tree: &Tree, scope: ScopeIndex, send: &Send) -> Option<VariableIndex> {
        if send.args.len != 0 || send.receiver.is_some() || send.delegate.is_some() {
            return None;
        }
        self.find(tree, scope, tree.name(send.selector))
    }

    /// The variable of an index.
    pub fn variable(&self, v: VariableIndex) -> &Variable {
        &self.variables[v.0 as usize]
    }

    /// The scope of an index.
    pub fn scope(&self, s: ScopeIndex) -> &Scope {
        &self.scopes[s.0 as usize]
    }

    /// Local parents that an implicit send in a scope searches last: those of the innermost body first.
    pub fn local_parents(&self, scope: ScopeIndex) -> Vec<VariableIndex> {
        let mut found = Vec::new();
        let mut at = Some(scope);
        while let Some(s) = at {
            found.extend_from_slice(&self.scope(s).parents);
            at = self.scope(s).parent;
        }
        found
    }

    fn declare(&mut self, scope: ScopeIndex, variable: Variable) {
        let index = VariableIndex(self.variables.len() as u32);
        if variable.parent {
            self.scopes[scope.0 as usize].parents.push(index);
        }
        self.variables.push(variable);
        self.scopes[scope.0 as usize].variables.push(index);
    }

    /// Notes the use of a variable in a scope: it is free there and in the bodies between.
    fn note_use(&mut self, scope: ScopeIndex, variable: VariableIndex) {
        let home = self.variable(variable).scope;
        let mut at = scope;
        while at != home {
            let s = &mut self.scopes[at.0 as usize];
            if s.free.contains(&variable) {
                break;
            }
            s.free.push(variable);
            match s.parent {
                Some(p) => at = p,
                None => break,
            }
        }
    }

    fn note_return(&mut self, scope: ScopeIndex) {
        let mut at = Some(scope);
        while let Some(s) = at {
            let s = &mut self.scopes[s.0 as usize];
            if s.returns_home {
                break;
            }
            s.returns_home = true;
            at = s.parent;
        }
    }
}

/// Analyses a method or expression.
pub(super) fn analyse(tree: &Tree, code: Code<'_>) -> Analysis {
    let analysis = Analysis {
        scopes: vec![],
        variables: vec![],
        sources: vec![],
        scope_of: HashMap::new(),
        misplaced: vec![],
    };
    let mut walk = Walk { tree, analysis };
    match code {
        Code::Expression(node) => {
            let scope = walk.new_scope(None, None);
            walk.node(node, scope);
        }
        Code::Body(body, arguments) => {
            walk.body(body, arguments, None);
        }
    }
    let mut analysis = walk.analysis;
    let variables = &analysis.variables;
    for scope in &mut analysis.scopes {
        scope.free.retain(|v| variables[v.0 as usize].is_stored());
    }
    analysis.sources.sort_by_key(|(span, _)| span.start);
    analysis
}

/// The selector names a primitive (or pseudo-primitive).
pub(super) fn is_primitive(selector: &[u8]) -> bool {
    selector.first() == Some(&b'_')
}

/// The node inside parentheses and annotations.
pub(super) fn strip(tree: &Tree, mut node: NodeId) -> NodeId {
    while let NodeKind::Paren { inner, .. } | NodeKind::Annotated { inner, .. } = tree.node(node).kind {
        node = inner;
    }
    node
}

/// The explicit receivers of a chain from the outermost send inward, parentheses taken off.
pub(super) fn spine(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let mut at = strip(tree, node);
    let mut chain = vec![at];
    while let NodeKind::Send(Send { receiver: Some(r), .. }) = tree.node(at).kind {
        at = strip(tree, r);
        chain.push(at);
    }
    chain
}

/// What an initialiser or literal node holds when that is known without running code.
pub(super) fn content_of(tree: &Tree, node: NodeId) -> Content {
    let node = strip(tree, node);
    match tree.node(node).kind {
        NodeKind::Int(_) | NodeKind::Float(_) | NodeKind::Str(_) => Content::Literal(node),
        NodeKind::BigInt(_) => Content::Made(Source::BigInt(node)),
        NodeKind::Object(body) => Content::Made(Source::Object(body)),
        _ => Content::Made(Source::Initialiser(node)),
    }
}

struct Walk<'a> {
    tree: &'a Tree,
    analysis: Analysis,
}

impl Walk<'_> {
    fn new_scope(&mut self, body: Option<BodyId>, parent: Option<ScopeIndex>) -> ScopeIndex {
        let index = ScopeIndex(self.analysis.scopes.len() as u32);
        self.analysis.scopes.push(Scope {
            body,
            parent,
            variables: vec![],
            argc: 0,
            free: vec![],
            returns_home: false,
            parents: vec![],
        });
        if let Some(body) = body {
            self.analysis.scope_of.insert(body, index);
        }
        index
    }

    fn body(&mut self, id: BodyId, arguments: &[NameId], parent: Option<ScopeIndex>) -> ScopeIndex {
        let tree = self.tree;
        let scope = self.new_scope(Some(id), parent);
        let body = tree.body(id);
        if body.statements.is_empty() {
            self.analysis.sources.push((body.span, Source::Object(id)));
            return scope;
        }
        let slots = body.slots.as_ref().map(|l| l.slots()).unwrap_or_default();
        let argument = |name| Variable {
            name,
            scope,
            argument: true,
            assignable: false,
            assigned: false,
            parent: false,
            content: Content::Nil,
        };
        for name in arguments {
            self.analysis.declare(scope, argument(*name));
        }
        for (slot, _) in slots.iter().filter(|(s, _)| s.form == SlotForm::Argument) {
            self.analysis.declare(scope, argument(slot.name));
        }
        self.analysis.scopes[scope.0 as usize].argc = self.analysis.scope(scope).variables.len();
        for (slot, _) in slots.iter().filter(|(s, _)| s.form != SlotForm::Argument) {
            self.local(slot, scope);
        }
        for statement in &body.statements {
            if statement.is_return {
                self.analysis.note_return(scope);
            }
            self.node(statement.expr, scope);
        }
        scope
    }

    fn local(&mut self, slot: &Slot, scope: ScopeIndex) {
        let (content, assignable) = match slot.value {
            SlotValue::None => (Content::Nil, true),
            SlotValue::Constant(node) => (content_of(self.tree, node), false),
            SlotValue::Assignable(node) => (content_of(self.tree, node), true),
            SlotValue::Method(_) => {
                self.analysis.misplaced.push(slot.span);
                return;
            }
        };
        if let Content::Made(source) = content {
            self.analysis.sources.push((slot.span, source));
        }
        self.analysis.declare(
            scope,
            Variable {
                name: slot.name,
                scope,
                argument: false,
                assignable,
                assigned: false,
                parent: slot.parent,
                content,
            },
        );
    }

    fn node(&mut self, node: NodeId, scope: ScopeIndex) {
        let tree = self.tree;
        for id in spine(tree, node) {
            match tree.node(id).kind {
                NodeKind::Send(send) => {
                    self.send(&send, scope);
                    for arg in tree.list(send.args) {
                        self.node(*arg, scope);
                    }
                }
                NodeKind::Block(body) => {
                    self.body(body, &[], Some(scope));
                }
                NodeKind::Object(body) => {
                    self.analysis.sources.push((tree.node(id).span, Source::Object(body)));
                }
                NodeKind::BigInt(_) => self.analysis.sources.push((tree.node(id).span, Source::BigInt(id))),
                _ => {}
            }
        }
    }

    fn send(&mut self, send: &Send, scope: ScopeIndex) {
        let tree = self.tree;
        if send.receiver.is_some() || send.delegate.is_some() || is_primitive(tree.name(send.selector)) {
            return;
        }
        if let Some(v) = self.analysis.reading(tree, scope, send) {
            self.analysis.note_use(scope, v);
        } else if let Some(v) = self.analysis.assignment(tree, scope, send) {
            self.analysis.variables[v.0 as usize].assigned = true;
            self.analysis.note_use(scope, v);
        } else {
            for v in self.analysis.local_parents(scope) {
                self.analysis.note_use(scope, v);
            }
        }
    }
}
