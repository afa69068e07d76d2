//! The syntax tree: nodes in one arena, named by dense ids, so that it is cheap to build, to walk and to drop
//! (no recursion on the length of a chain).
//!
//! Invariants: children have smaller ids than their parents; nesting is at most `MAX_NESTING` levels of brackets and
//! keyword messages, so that consumers may recurse over `Body` and arguments, but *not* over the receivers of
//! chains (`a b c d …`, `1 + 2 + 3 …`), which are as long as the user likes: walk those with a loop (`Tree::spine`).
//!
//! The tree keeps all that the formatter and the token list of the conformance data need: parentheses, dots, groups,
//! raw spans of literals, comments. It does not know whether a name is a local or a message.

use crate::span::Span;

/// Deepest nesting of brackets and keyword messages that the parser accepts.
pub const MAX_NESTING: usize = 250;

/// An expression.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct NodeId(pub u32);
/// The inside of an object, method, block or top-level expression.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct BodyId(pub u32);
/// An interned name, selector or decoded string.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct NameId(pub u32);
/// A run of ids in one of the tree's lists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct ListRange {
    /// First index.
    pub start: u32,
    /// Number of items.
    pub len: u32,
}

/// One expression with its place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands, from its first to its last byte.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum NodeKind {
    /// Stands where something could not be parsed.
    Error,
    /// An integer literal that fits 62 bits.
    Int(i64),
    /// A longer integer literal: its value in decimal digits, with a minus if negative.
    BigInt(NameId),
    /// A float literal.
    Float(f64),
    /// A string literal: the bytes it denotes (raw text: the span).
    Str(NameId),
    /// `self`.
    SelfRef,
    /// A message.
    Send(Send),
    /// `( expr )` or `( expr. )`.
    Paren {
        /// The expression inside.
        inner: NodeId,
        /// A trailing dot was written.
        dot: bool,
    },
    /// A data object literal: no code.
    Object(BodyId),
    /// A block literal.
    Block(BodyId),
    /// `{ 'text' literal }`.
    Annotated {
        /// The text.
        text: NameId,
        /// The object, block or parenthesis.
        inner: NodeId,
    },
    /// A parenthesised body with code in value position at top level (`( a. b )`, `(| x | x)`), evaluated as a method of the lobby.
    Code(BodyId),
}

/// A message send.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Send {
    /// Unary, binary or keyword.
    pub arity: Arity,
    /// Explicit receiver; `None`: implicit self.
    pub receiver: Option<NodeId>,
    /// Resend or directed resend (then `receiver` is `None`).
    pub delegate: Option<Delegate>,
    /// The whole selector, `at:Put:`.
    pub selector: NameId,
    /// Place of the selector's first part (the operator or name).
    pub selector_span: Span,
    /// Arguments: a run of `Tree::node_lists`.
    pub args: ListRange,
}

/// Unary, binary, keyword.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arity {
    /// `foo`
    Unary,
    /// `+ x`
    Binary,
    /// `at: x Put: y`
    Keyword,
}

/// What stands before the dot of a resend.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delegate {
    /// `resend.`
    Resend,
    /// `name.`
    Directed(NameId),
}

/// Slots and code between a pair of brackets (or a top-level expression).
#[derive(Clone, PartialEq, Debug)]
pub struct Body {
    /// From the opening to the closing bracket, both included.
    pub span: Span,
    /// The slot list, if bars were written.
    pub slots: Option<SlotList>,
    /// The statements.
    pub statements: Vec<Statement>,
    /// The object annotation in force (the last `{} = 'text'` of the list, also within groups).
    pub annotation: Option<NameId>,
}

/// One statement of code.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Statement {
    /// The expression.
    pub expr: NodeId,
    /// `^` before it (only the last statement can have it).
    pub is_return: bool,
    /// A dot after it.
    pub dot: bool,
    /// From the caret or expression to its end, the dot left out.
    pub span: Span,
}

/// The slots between bars.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SlotList {
    /// From bar to bar, both included.
    pub span: Span,
    /// What stands between, in order.
    pub items: Vec<SlotItem>,
}

/// Separates the texts of nested annotations.
const ANNOTATION_SEPARATOR: [u8; 1] = [0x7f];

impl SlotList {
    /// All slots, those in groups too, with the texts of the groups around each, outermost first.
    pub fn slots(&self) -> Vec<(&Slot, Vec<NameId>)> {
        let mut out = Vec::new();
        flatten(&self.items, &mut Vec::new(), &mut out);
        out
    }
}

fn flatten<'a>(items: &'a [SlotItem], groups: &mut Vec<NameId>, out: &mut Vec<(&'a Slot, Vec<NameId>)>) {
    for item in items {
        match item {
            SlotItem::Slot(slot) => out.push((slot, groups.clone())),
            SlotItem::Group { text, items, .. } => {
                groups.push(*text);
                flatten(items, groups, out);
                groups.pop();
            }
            SlotItem::ObjectAnnotation { .. } => {}
        }
    }
}

/// What may stand in a slot list.
#[derive(Clone, PartialEq, Debug)]
pub enum SlotItem {
    /// A slot.
    Slot(Slot),
    /// `{ 'text' slots }`
    Group {
        /// The whole group.
        span: Span,
        /// Its text.
        text: NameId,
        /// Place of the text literal.
        text_span: Span,
        /// Slots, groups and object annotations in it.
        items: Vec<SlotItem>,
        /// A dot after it.
        dot: bool,
    },
    /// `{} = 'text'`
    ObjectAnnotation {
        /// The whole item.
        span: Span,
        /// Its text.
        text: NameId,
        /// Place of the text literal.
        text_span: Span,
        /// A dot after it.
        dot: bool,
    },
}

/// One slot.
#[derive(Clone, PartialEq, Debug)]
pub struct Slot {
    /// From the name to the end of the value.
    pub span: Span,
    /// The name or whole selector (`at:Put:`), without colon for arguments (`:x` is `x`).
    pub name: NameId,
    /// Place of the (first part of the) name.
    pub name_span: Span,
    /// How the name was written.
    pub form: SlotForm,
    /// Marked with a parent star.
    pub parent: bool,
    /// What it holds.
    pub value: SlotValue,
    /// A dot after it.
    pub dot: bool,
}

/// How a slot's name was written.
#[derive(Clone, PartialEq, Debug)]
pub enum SlotForm {
    /// `x`
    Unary,
    /// `:x`
    Argument,
    /// `+ y` (the argument) or `+` alone
    Binary(Option<NameId>),
    /// `at: i Put: v` (the arguments) or `at: Put:` (empty)
    Keyword(Vec<NameId>),
}

/// What a slot holds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum SlotValue {
    /// Nothing written: an argument, or an assignable slot holding nil.
    None,
    /// `= expr`
    Constant(NodeId),
    /// `<- expr`
    Assignable(NodeId),
    /// `= ( code )`
    Method(BodyId),
}

/// A comment with its quotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Comment {
    /// From quote to quote, both included.
    pub span: Span,
}

/// A parsed source: a file (many top-level expressions) or a body (`Tree::root_body`).
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// All expressions.
    pub nodes: Vec<Node>,
    /// All bodies.
    pub bodies: Vec<Body>,
    /// Arguments of sends.
    pub node_lists: Vec<NodeId>,
    /// Interned byte strings.
    pub names: Names,
    /// All comments, in order.
    pub comments: Vec<Comment>,
    /// Top-level expressions of a file or prompt line. `dot`: a dot stood after it.
    pub top: Vec<Statement>,
    /// The body, when the source was parsed as one (`[ slotlist ] code`).
    pub root_body: Option<BodyId>,
}

/// Interned byte strings.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Concatenated bytes.
    bytes: Vec<u8>,
    /// End of each name in `bytes`.
    ends: Vec<u32>,
    /// Hash table with linear probing: ids plus one, zero for free. Its length is a power of two, at most three quarters full.
    table: Vec<u32>,
}

impl Names {
    /// The id of these bytes, made if new.
    pub fn intern(&mut self, name: &[u8]) -> NameId {
        if (self.ends.len() + 1) * 4 > self.table.len() * 3 {
            self.grow();
        }
        let place = match self.probe(name) {
            Ok(id) => return id,
            Err(place) => place,
        };
        let id = NameId(self.ends.len() as u32);
        self.bytes.extend_from_slice(name);
        self.ends.push(self.bytes.len() as u32);
        self.table[place] = id.0 + 1;
        id
    }

    /// The id of these bytes, if they have one.
    pub fn find(&self, name: &[u8]) -> Option<NameId> {
        if self.table.is_empty() { None } else { self.probe(name).ok() }
    }

    /// The bytes of a name.
    #[inline]
    pub fn get(&self, id: NameId) -> &[u8] {
        let i = id.0 as usize;
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.bytes[start..self.ends[i] as usize]
    }

    /// The id of these bytes, or the free place in the table where it belongs.
    #[inline]
    fn probe(&self, name: &[u8]) -> Result<NameId, usize> {
        let mask = self.table.len() - 1;
        let mut place = hash(name) as usize & mask;
        loop {
            let entry = self.table[place];
            if entry == 0 {
                return Err(place);
            }
            let id = NameId(entry - 1);
            if self.get(id) == name {
                return Ok(id);
            }
            place = (place + 1) & mask;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let len = (self.table.len() * 2).max(64);
        self.table = vec![0; len];
        for i in 0..self.ends.len() as u32 {
            let mut place = hash(self.get(NameId(i))) as usize & (len - 1);
            while self.table[place] != 0 {
                place = (place + 1) & (len - 1);
            }
            self.table[place] = i + 1;
        }
    }
}

/// A hash for short texts: eight bytes at a time, each step a multiplication whose halves are folded.
#[inline]
fn hash(text: &[u8]) -> u64 {
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        (product as u64) ^ (product >> 64) as u64
    };
    let mut state = 0x9E37_79B9_7F4A_7C15 ^ text.len() as u64;
    let mut chunks = text.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        state = fold(state ^ u64::from_le_bytes(word), 0xA076_1D64_78BD_642F);
    }
    let mut word = [0; 8];
    let rest = chunks.remainder();
    word[..rest.len()].copy_from_slice(rest);
    fold(state ^ u64::from_le_bytes(word), 0xE703_7ED1_A0B4_28DB)
}

impl Tree {
    /// The annotation of a slot in groups with these texts.
    pub fn joined_annotation(&self, groups: &[NameId]) -> Vec<u8> {
        let texts: Vec<&[u8]> = groups.iter().map(|group| self.name(*group)).collect();
        texts.join(&ANNOTATION_SEPARATOR[..])
    }

    /// The node of an id.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The body of an id.
    pub fn body(&self, id: BodyId) -> &Body {
        &self.bodies[id.0 as usize]
    }

    /// The bytes of a name, selector or string.
    pub fn name(&self, id: NameId) -> &[u8] {
        self.names.get(id)
    }

    /// A run of arguments.
    pub fn list(&self, range: ListRange) -> &[NodeId] {
        &self.node_lists[range.start as usize..(range.start + range.len) as usize]
    }

    /// Receivers of a chain from the outermost send inward: the first item is `id`, each next one is the explicit receiver of
    /// the one before; the last is no send or has no explicit receiver. Lets consumers process long chains with a loop.
    pub fn spine(&self, id: NodeId) -> Vec<NodeId> {
        let mut chain = vec![id];
        let mut at = id;
        while let NodeKind::Send(Send { receiver: Some(r), .. }) = self.node(at).kind {
            chain.push(r);
            at = r;
        }
        chain
    }
}
