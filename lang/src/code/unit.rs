//! Code units: what the compiler makes of bodies, as plain data. Nothing here lives in a heap.

use super::op::Instr;
use crate::span::Span;

/// Position of a unit in its program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct UnitIndex(pub u32);
/// Position of a template in its program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct TemplateIndex(pub u32);

/// All code of one top-level expression or body.
///
/// The *load unit* `load` builds the literal objects (language: initialisers are evaluated once, in the lobby, nested
/// literals before the literal around them) and then runs or returns the result:
/// it is run with self = lobby in `r0` and, in `r1`, the object that the expression is to be evaluated for.
/// For an expression its value is that of the expression; for a body or slot list (`compile_body`) it is the new object or method.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Program {
    /// Methods, blocks and load units.
    pub units: Vec<CodeUnit>,
    /// Maps of object literals, and of the slots of methods and blocks where a mirror should show them.
    pub templates: Vec<ObjectTemplate>,
    /// The unit to run.
    pub load: u32,
}

/// What a unit is the code of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum UnitKind {
    /// A method.
    Method = 0,
    /// A block.
    Block = 1,
    /// Code that builds literals.
    Load = 2,
}

/// The code of one method, block or load unit.
#[derive(Clone, PartialEq, Debug)]
pub struct CodeUnit {
    /// What it is.
    pub kind: UnitKind,
    /// The selector of the slot (methods), `value…` (blocks), or `doIt`.
    pub selector: Vec<u8>,
    /// Number of arguments (registers `r1…`).
    pub argc: u8,
    /// Registers of the window, self/block and arguments included.
    pub registers: u16,
    /// The register that holds the home marker, made when the first block with a `^` needs it (methods only). The machine sets it to nil at entry.
    pub home: Option<u8>,
    /// Instructions.
    pub code: Vec<Instr>,
    /// Literals.
    pub literals: Vec<Literal>,
    /// Sends and primitive calls.
    pub sites: Vec<Site>,
    /// Block creations.
    pub blocks: Vec<BlockSite>,
    /// For blocks: names of the captured values, in order. `cell`: the capture is a cell.
    pub captures: Vec<Capture>,
    /// The enclosing unit, for blocks.
    pub parent: Option<UnitIndex>,
    /// Arguments and locals, for debuggers and mirrors.
    pub locals: Vec<Local>,
    /// Source position of instructions: (index of the first instruction, span), ascending.
    pub positions: Vec<(u32, Span)>,
    /// The text of the body in the source, brackets included.
    pub source: Span,
    /// The object annotation of the body.
    pub annotation: Vec<u8>,
}

/// A literal of a unit.
#[derive(Clone, PartialEq, Debug)]
pub enum Literal {
    /// To be filled by the load unit.
    Hole,
    /// A small integer that does not fit `LoadInt`.
    Int(i64),
    /// A float.
    Float(f64),
    /// A canonical string (also selectors).
    Str(Vec<u8>),
    /// The method or block code object made from that unit.
    Unit(UnitIndex),
    /// The literal vector of that unit (an internal object; load units only).
    LiteralsOf(UnitIndex),
    /// The map made from that template (load units only).
    Map(TemplateIndex),
}

/// How a message is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum SendKind {
    /// Explicit receiver.
    Normal = 0,
    /// Implicit receiver (the base register holds self).
    Implicit = 1,
    /// `resend.sel`
    Resend = 2,
    /// `name.sel`
    Directed = 3,
    /// A primitive without fail block.
    Primitive = 4,
    /// A primitive with a fail block in the register after the arguments.
    PrimitiveIfFail = 5,
}

/// One send.
#[derive(Clone, PartialEq, Debug)]
pub struct Site {
    /// How.
    pub kind: SendKind,
    /// Literal index of the selector (for primitives without `IfFail:`).
    pub selector: u32,
    /// Number of arguments (the fail block not counted).
    pub argc: u8,
    /// Literal index of the delegate's name (`Directed` only).
    pub delegate: u32,
    /// A free window for the real send of an arithmetic instruction: receiver goes to `base`, argument to `base + 1`. For other sends the base register.
    pub base: u8,
    /// For implicit sends in a body with parent slots: that many contents of local parents stand in the registers after the arguments.
    pub local_parents: u8,
}

/// One creation of a block.
#[derive(Clone, PartialEq, Debug)]
pub struct BlockSite {
    /// Literal index of the block's code.
    pub code: u32,
    /// The block contains a `^` (in it or nested): it needs the home marker.
    pub needs_home: bool,
    /// Where the captured values come from, in the order of the block's `captures`.
    pub captures: Vec<CaptureSource>,
}

/// Where a captured value comes from when a block is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaptureSource {
    /// The register's content: a value, or a cell that the frame made.
    Register(u8),
    /// Captured value of the running block.
    Capture(u32),
    /// The register is an assignable local that lives in the frame: capture an open cell on it.
    Open(u8),
}

/// A captured value.
#[derive(Clone, PartialEq, Debug)]
pub struct Capture {
    /// Name of the variable.
    pub name: Vec<u8>,
    /// It is a cell.
    pub cell: bool,
}

/// An argument or local of a body.
#[derive(Clone, PartialEq, Debug)]
pub struct Local {
    /// Its name.
    pub name: Vec<u8>,
    /// Where it lives.
    pub register: u8,
    /// The register holds a cell.
    pub cell: bool,
    /// An argument.
    pub argument: bool,
    /// It can be assigned.
    pub assignable: bool,
    /// A parent slot.
    pub parent: bool,
    /// It has no place: its initial content is its value, and `register` says nothing.
    pub constant: bool,
    /// It belongs to a block that is expanded in the unit.
    pub inner: bool,
    /// What it begins with.
    pub content: LocalContent,
    /// Instructions during which it is in scope.
    pub scope: (u32, u32),
}

/// What a local begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LocalContent {
    /// nil, or an argument.
    Nil,
    /// A small integer.
    Int(i64),
    /// A literal of the unit, by its index.
    Literal(u32),
}

/// The slots of an object literal.
#[derive(Clone, PartialEq, Debug)]
pub struct ObjectTemplate {
    /// Object annotation.
    pub annotation: Vec<u8>,
    /// Slots in the order written.
    pub slots: Vec<TemplateSlot>,
}

/// One slot of a template. The load unit puts contents that are holes into the map with
/// `PutElement map, value, content_element(i)`.
#[derive(Clone, PartialEq, Debug)]
pub struct TemplateSlot {
    /// Name or selector.
    pub name: Vec<u8>,
    /// Can be assigned.
    pub assignable: bool,
    /// Has a parent star.
    pub parent: bool,
    /// Annotation (of all groups around it, joined with 0x7F).
    pub annotation: Vec<u8>,
    /// The content, or initial content.
    pub content: TemplateContent,
}

/// Content of a template slot.
#[derive(Clone, PartialEq, Debug)]
pub enum TemplateContent {
    /// nil.
    Nil,
    /// Known now.
    Literal(Literal),
    /// Filled by the load unit.
    Hole,
}

/// Element index, in a map, of the content of slot `i` of its template (see the image's layout: 5 fixed words, 4 words a slot, the content is the third).
pub const fn content_element(i: u32) -> u32 {
    5 + 4 * i + 2
}
