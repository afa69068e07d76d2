//! Code made ready to run: a decoded copy of a method object, with its inline caches. Lives outside the image.
//!
//! A method object is an indexed object whose elements are listed in `method_element`. Its `NUMBER` names the entry in the code
//! table, so that a block finds its code without a search. Numbers are given once and never used again.
//!
//! Invariant: instructions were verified before they got here, so registers, literals, sites and targets are in range.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `mod` | code, its inline caches, the table of codes |
//! | `block` | blocks, cells and home markers |
//! | `load` | the front end's plain data as objects, and objects as code |
//! | `quicken` | code as it runs, from code as it is kept |
//! | `debug` | positions and names of locals |
//! | `stack_code` | byte codes of the Self VM as source text |
//! | `stack_write` | source text as byte codes of the Self VM |

pub mod block;
pub mod debug;
pub mod load;
pub mod quicken;
pub mod stack_code;
pub mod stack_write;

use std::ptr::NonNull;

use batos_image::value::{MapRef, ObjectRef, Value};
use batos_lang::code::op::{Instr, Op};
use batos_lang::code::unit::SendKind;

/// Elements of a method object. Part of the image format: append only.
pub mod method_element {
    /// Small integer: number of the code.
    pub const NUMBER: usize = 0;
    /// Instructions, 8 bytes each (a code object).
    pub const BYTECODE: usize = 1;
    /// Literals (an internal vector).
    pub const LITERALS: usize = 2;
    /// Sites (a code object, `SITE_WORDS` u32 each).
    pub const SITES: usize = 3;
    /// Block sites (a code object of u32).
    pub const BLOCKS: usize = 4;
    /// Small integer: kind | argc << 8 | registers << 16 | (home + 1) << 32.
    pub const SHAPE: usize = 5;
    /// Source text of the body (a string).
    pub const SOURCE: usize = 6;
    /// Where it came from (a string).
    pub const FILE: usize = 7;
    /// Small integer: line of the first line of the source, from 1.
    pub const LINE: usize = 8;
    /// Positions and locals (a code object; see debug.rs).
    pub const DEBUG: usize = 9;
    /// Selector or block selector (a canonical string).
    pub const SELECTOR: usize = 10;
    /// The enclosing method object of a block, else nil.
    pub const PARENT: usize = 11;
    /// Object annotation of the body (a canonical string).
    pub const ANNOTATION: usize = 12;
    /// Small integer: how often it was called; nil: nobody counts.
    pub const CALLS: usize = 13;
    /// Number of elements.
    pub const COUNT: usize = 14;
    /// Number of elements that methods of the first images have.
    pub const LEAST: usize = 13;
}

/// u32 words of one site in the image.
pub const SITE_WORDS: usize = 6;

/// What a method object is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum CodeKind {
    /// A method.
    Method = 0,
    /// The body of a block.
    Block = 1,
    /// Code that builds literals.
    Load = 2,
    /// The hidden `value` method of blocks: runs the receiver.
    BlockValue = 3,
}

/// One send, decoded.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// A `SendKind` number.
    pub kind: u8,
    /// Number of arguments.
    pub argc: u8,
    /// Scratch window (arithmetic) or base register.
    pub base: u8,
    /// Local parents after the arguments.
    pub local_parents: u8,
    /// The selector, a canonical string.
    pub selector: ObjectRef,
    /// Literal index of the delegate's name.
    pub delegate: u32,
    /// For primitives: index into the primitive table, or `u16::MAX`.
    pub primitive: u16,
}

/// What a cached lookup found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum HitKind {
    /// Nothing cached.
    Empty = 0,
    /// A method: `target` is its `*const Code`, `holder` the object it was found in (0: the receiver).
    Method = 1,
    /// A field of the receiver: `target` is the word index.
    Field = 2,
    /// A field of another object: `holder` is it, `target` the word index.
    HolderField = 3,
    /// A constant: `target` is the offset of the word that holds it.
    Constant = 4,
    /// Assignment to a field of the receiver.
    SetField = 5,
    /// Assignment to a field of another object.
    SetHolderField = 6,
    /// The receiver is a block and the selector its `value…`. `target` is the code of the block evaluated last, `holder` the bits of
    /// its method object.
    Block = 7,
    /// A method that does nothing but call primitive `primitive` with its own arguments: the primitive is tried at once, and the
    /// method is run if it fails. `target` and `holder` as for `Method`.
    Primitive = 8,
    /// `at:` of a vector without fields; else as `Primitive`.
    VectorAt = 9,
    /// `at:Put:` of a vector without fields; else as `Primitive`.
    VectorAtPut = 10,
    /// `size` of a vector; else as `Primitive`.
    VectorSize = 11,
    /// `==` of any object; else as `Primitive`.
    Same = 12,
    /// A method that answers its receiver and does nothing else. `target` and `holder` as for `Method`.
    Receiver = 13,
    /// As `Primitive`, by the primitive's fast path (see `Quick`).
    Quick = 14,
    /// A method whose calls are counted; as `Method`.
    Counted = 15,
}

impl HitKind {
    /// Is `target` the code of a method?
    pub fn is_method(self) -> bool {
        use HitKind::{Counted, Method, Primitive, Quick, Receiver, Same, VectorAt, VectorAtPut, VectorSize};
        matches!(
            self,
            Method | Primitive | VectorAt | VectorAtPut | VectorSize | Same | Receiver | Quick | Counted
        )
    }
}

/// One entry of an inline cache.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Map bits of the receivers it is for.
    pub map: u32,
    /// What was found.
    pub kind: HitKind,
    /// Index of a primitive, for the kinds that try one.
    pub primitive: u16,
    /// See `HitKind`.
    pub target: u64,
    /// See `HitKind`.
    pub holder: u64,
}

impl Hit {
    /// An entry for no receiver.
    pub const EMPTY: Hit = Hit { map: 0, kind: HitKind::Empty, primitive: 0, target: 0, holder: 0 };
}

/// Most entries of one inline cache; beyond, the machine-wide cache serves.
pub const MAX_POLYMORPHISM: usize = 12;

/// The cache of one site: a first entry in place, more in a vector.
#[derive(Clone, Debug)]
pub struct InlineCache {
    /// The entry tried first.
    pub first: Hit,
    /// Entries for other maps.
    pub more: Vec<Hit>,
}

impl InlineCache {
    /// A cache that holds nothing.
    pub const fn empty() -> InlineCache {
        InlineCache { first: Hit::EMPTY, more: Vec::new() }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.first = Hit::EMPTY;
        self.more.clear();
    }

    /// Forgets what it knows about one map.
    pub fn forget(&mut self, map: u32) {
        self.more.retain(|hit| hit.map != map);
        if self.first.map == map {
            self.first = self.more.pop().unwrap_or(Hit::EMPTY);
        }
    }

    /// Sets target and holder of the entry for a map, if there is one.
    pub fn set_target(&mut self, map: u32, target: u64, holder: u64) {
        if let Some(hit) = std::iter::once(&mut self.first).chain(&mut self.more).find(|hit| hit.map == map) {
            (hit.target, hit.holder) = (target, holder);
        }
    }

    /// Adds an entry; the newest is tried first.
    pub fn add(&mut self, hit: Hit) {
        self.forget(hit.map);
        if self.first.kind != HitKind::Empty {
            if self.more.len() + 1 >= MAX_POLYMORPHISM {
                self.more.remove(0);
            }
            self.more.push(self.first);
        }
        self.first = hit;
    }
}

/// Where a captured value comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A register of the frame.
    Register(u8),
    /// A captured value of the running block.
    Capture(u32),
    /// An open cell on a register.
    Open(u8),
}

/// One creation of a block, decoded.
#[derive(Clone, Debug)]
pub struct BlockSite {
    /// The block's method object.
    pub code: ObjectRef,
    /// Map of blocks with its number of arguments.
    pub map: MapRef,
    /// Make the home marker first.
    pub needs_home: bool,
    /// The captured values.
    pub captures: Vec<Source>,
}

/// Decoded code.
pub struct Code {
    /// The method object (old space: does not move).
    pub method: ObjectRef,
    /// What it is.
    pub kind: CodeKind,
    /// Number of arguments.
    pub argc: u8,
    /// The register of the home marker, or 255.
    pub home: u8,
    /// Registers of the window.
    pub registers: u16,
    /// The instructions as they run (quickened).
    pub instrs: Box<[Instr]>,
    /// The literal vector.
    pub literals: ObjectRef,
    /// Sites.
    pub sites: Box<[Site]>,
    /// Inline caches, one a site.
    pub caches: Box<[InlineCache]>,
    /// Block sites.
    pub blocks: Box<[BlockSite]>,
    /// The selector.
    pub selector: ObjectRef,
    /// The body is a primitive called with self and the arguments: its index (see `HitKind::Primitive`).
    pub primitive: Option<u16>,
    /// The body answers self and does nothing else (see `HitKind::Receiver`).
    pub answers_self: bool,
    /// Its calls are counted.
    pub is_counted: bool,
    /// Address of its compiled code, or 0.
    pub native: u64,
    /// The number of its compiled code, if it has any.
    pub native_number: u32,
    /// For each instruction the number of the entry of its compiled code, or 0.
    pub resumes: *const u16,
}

/// The primitive that code consists of: moves of self and the arguments into a window, the call, and the return of its value.
pub fn sole_primitive(instrs: &[Instr], sites: &[Site], argc: u8) -> Option<u16> {
    let moves = usize::from(argc) + 1;
    let call = instrs.get(moves)?;
    let is_move = |(j, i): (usize, &Instr)| {
        i.op == Op::Move as u8 && usize::from(i.b) == j && usize::from(i.a) == usize::from(call.b) + j
    };
    if !instrs[..moves].iter().enumerate().all(is_move) {
        return None;
    }
    let site = sites.get(call.d as usize)?;
    let end = match Op::from_u8(call.op)? {
        Op::Prim if site.kind == SendKind::Primitive as u8 => moves + 1,
        Op::PrimOr => moves + 2,
        _ => return None,
    };
    let last = instrs.get(end)?;
    let returns = last.op == Op::Return as u8 && last.a == call.a;
    if returns && site.argc == argc && site.primitive != u16::MAX { Some(site.primitive) } else { None }
}

/// Code by its number. The interpreter changes caches and instructions of code through the pointers that the table gives, so the
/// table keeps pointers too, and no references. It owns what they point to.
#[derive(Default)]
pub struct CodeTable {
    entries: Vec<Option<NonNull<Code>>>,
}

impl CodeTable {
    /// The code with that number, if it was made ready.
    #[inline(always)]
    pub fn get(&self, number: usize) -> Option<*const Code> {
        match self.entries.get(number) {
            Some(Some(code)) => Some(code.as_ptr()),
            _ => None,
        }
    }

    /// Keeps code under its number.
    pub fn insert(&mut self, number: usize, code: Box<Code>) -> *const Code {
        if self.entries.len() <= number {
            self.entries.resize_with(number + 1, || None);
        }
        let code = NonNull::from(Box::leak(code));
        if let Some(before) = self.entries[number].replace(code) {
            drop_code(before);
        }
        code.as_ptr()
    }

    /// All code made ready.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Code> {
        // SAFETY: the table owns its code, each entry another; whoever runs code holds no reference to it meanwhile.
        self.entries.iter_mut().flatten().map(|code| unsafe { code.as_mut() })
    }

    /// Drops code whose method object is gone.
    pub fn retain(&mut self, mut keep: impl FnMut(&Code) -> bool) {
        for entry in &mut self.entries {
            // SAFETY: as in `iter_mut`.
            if let Some(code) = entry.take_if(|code| !keep(unsafe { code.as_ref() })) {
                drop_code(code);
            }
        }
    }
}

impl Drop for CodeTable {
    fn drop(&mut self) {
        self.entries.drain(..).flatten().for_each(drop_code);
    }
}

/// Frees code that was taken out of the table.
fn drop_code(code: NonNull<Code>) {
    // SAFETY: it came from a box in `insert`, and the table has forgotten it.
    drop(unsafe { Box::from_raw(code.as_ptr()) });
}

/// The packed `SHAPE` element.
pub fn pack_shape(kind: CodeKind, argc: u8, registers: u16, home: Option<u8>) -> Value {
    let home = home.map_or(0, |h| i64::from(h) + 1);
    let n = kind as i64 | i64::from(argc) << 8 | i64::from(registers) << 16 | home << 32;
    Value::from_i64(n).unwrap_or(Value::ZERO)
}

/// Unpacks a `SHAPE` element; `None` if it is none.
pub fn unpack_shape(shape: Value) -> Option<(CodeKind, u8, u16, Option<u8>)> {
    let n = shape.as_int()?;
    let kind = match n & 0xff {
        0 => CodeKind::Method,
        1 => CodeKind::Block,
        2 => CodeKind::Load,
        3 => CodeKind::BlockValue,
        _ => return None,
    };
    let home = (n >> 32) & 0x1ff;
    Some((kind, (n >> 8) as u8, (n >> 16) as u16, if home == 0 { None } else { Some((home - 1) as u8) }))
}
