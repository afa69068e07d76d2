//! What is compiled: bytecode with what its sites have met, as plain data.

use std::collections::HashMap;
use std::rc::Rc;

use batos_lang::code::op::Instr;

/// What a send of a site did for receivers of one map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Map bits of the receivers.
    pub map: u32,
    /// What it did.
    pub what: Target,
}

/// What a lookup found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A method: address of its code, and the object it was found in (offset; 0: the receiver).
    Method {
        /// Address of the machine's `Code`.
        code: u64,
        /// Offset of the holder.
        holder: u64,
    },
    /// The evaluation of a block whose body is this method object.
    Block {
        /// Address of the machine's `Code`.
        code: u64,
        /// The method object as a value.
        method: u64,
    },
    /// A field of the receiver, by its word after the header.
    Field(u32),
    /// Assignment to a field of the receiver.
    SetField(u32),
    /// A field of another object: its offset, the word.
    HolderField(u64, u32),
    /// The content of the word at an offset.
    Constant(u64),
    /// `at:` of a vector.
    VectorAt,
    /// `at:Put:` of a vector.
    VectorAtPut,
    /// `size` of a vector.
    VectorSize,
    /// Identity.
    Same,
    /// The receiver.
    Receiver,
    /// The quick function of a primitive.
    Quick(u16),
    /// A primitive that is tried first.
    Primitive(u16),
    /// Something else: left to the interpreter.
    Other,
}

/// One send site.
#[derive(Clone, Debug)]
pub struct SiteInfo {
    /// Number of arguments.
    pub argc: u8,
    /// First register of the scratch window (arithmetic).
    pub base: u8,
    /// For primitives that may be tried anywhere: the index.
    pub primitive: Option<u16>,
    /// It is a message to a receiver, or to self; no resend, no primitive.
    pub plain: bool,
    /// What it met, most recent first.
    pub hits: Vec<Hit>,
}

/// What arithmetic and primitives met, as bits.
pub mod seen {
    /// Small integers.
    pub const INTS: u8 = 1;
    /// Floats in place.
    pub const FLOATS: u8 = 2;
    /// A float and a small integer.
    pub const MIXED: u8 = 4;
    /// Anything else, overflow too.
    pub const OTHER: u8 = 8;
    /// A primitive declined.
    pub const DECLINED: u8 = 16;
}

/// Where a block gets a captured value from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Capture {
    /// From a register of the frame that makes it.
    Register(u8),
    /// From the block whose body makes it.
    Capture(u32),
    /// It shares a register with the frame that makes it.
    Open(u8),
}

/// A block literal.
#[derive(Clone, Debug)]
pub struct BlockInfo {
    /// Address of the machine's `Code` of its body, if that is ready.
    pub code: Option<u64>,
    /// Map bits of such blocks.
    pub map: u32,
    /// It returns from its home, or a block in it does.
    pub needs_home: bool,
    /// What it captures.
    pub captures: Vec<Capture>,
}

/// A method or the body of a block.
#[derive(Clone, Debug)]
pub struct Method {
    /// Address of the machine's `Code`.
    pub code: u64,
    /// Its name, for people.
    pub name: String,
    /// Number of arguments.
    pub argc: u8,
    /// Registers of its window.
    pub registers: u16,
    /// The register of the home marker.
    pub home: Option<u8>,
    /// The instructions as they are kept.
    pub instrs: Vec<Instr>,
    /// Its sites.
    pub sites: Vec<SiteInfo>,
    /// Offset of the literal vector.
    pub literals: u64,
    /// The literals that are numbers, as values; 1 where there is something else.
    pub numbers: Vec<u64>,
    /// Registers that hold named locals.
    pub locals: Vec<u8>,
    /// Registers that blocks share by open cells.
    pub open: Vec<u8>,
    /// Registers that block sites read, by block site.
    pub captured: Vec<Vec<u8>>,
    /// It is the body of a block.
    pub is_block: bool,
    /// Its block literals.
    pub blocks: Vec<BlockInfo>,
    /// What arithmetic and primitives met, by instruction.
    pub arithmetic: HashMap<u32, u8>,
    /// Tags of the registers of an activation that was looked at: what they held.
    pub hints: Vec<u8>,
    /// Times that it was compiled before.
    pub again: u32,
}

/// Where methods come from.
pub trait Library {
    /// The method of a code.
    fn method(&self, code: u64) -> Option<Rc<Method>>;
    /// Has this control message its standard meaning?
    fn intact(&self, native: u8) -> bool;
}
