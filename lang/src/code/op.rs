//! The one list of opcodes: the source for the compiler, verifier, disassembler and interpreter.
//!
//! An instruction is 8 bytes: `op a b c` (one byte each) and `d` (32 bits, little-endian). Registers are numbered from 0 within the
//! activation's window: in a method `r0` is self and `r1…` the arguments; in a block `r0` is the block itself. Locals and temporaries follow.
//! A send puts receiver and arguments into consecutive registers; the callee's window begins at the receiver.
//! Numbers are part of the image format: append only.

/// What an operand field means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// Not used; zero.
    None,
    /// A register that is written.
    Dst,
    /// A register that is read.
    Src,
    /// The first register of a send's window: receiver, then arguments.
    Base,
    /// A signed 8-bit number.
    Imm8,
    /// A signed 32-bit number (field d).
    Imm32,
    /// Index into the literals (field d).
    Lit,
    /// Index into the sites (field d).
    Site,
    /// Index into the block sites (field d).
    BlockSite,
    /// Index into the block's captures (field d).
    Capture,
    /// Index of an instruction (field d).
    Target,
    /// Index of an element (field d).
    Element,
    /// A `Native` number.
    Native,
}

macro_rules! opcodes {
    ($( $(#[$doc:meta])* $name:ident = $num:literal ($a:ident, $b:ident, $c:ident, $d:ident); )*) => {
        /// An operation.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub enum Op { $( $(#[$doc])* $name = $num, )* }

        impl Op {
            /// All opcodes in order of their numbers.
            pub const ALL: &'static [Op] = &[ $( Op::$name, )* ];

            /// The opcode with this number.
            pub const fn from_u8(n: u8) -> Option<Op> {
                match n { $( $num => Some(Op::$name), )* _ => None }
            }

            /// Its name as the disassembler prints it.
            pub const fn name(self) -> &'static str {
                match self { $( Op::$name => stringify!($name), )* }
            }

            /// The meaning of the fields a, b, c, d.
            pub const fn operands(self) -> [Operand; 4] {
                match self { $( Op::$name => [Operand::$a, Operand::$b, Operand::$c, Operand::$d], )* }
            }
        }

        /// Calls `$m!` with the name and number of every opcode.
        #[macro_export]
        macro_rules! for_each_opcode { ($m:ident) => { $m! { $( $name = $num; )* } } }
    };
}

opcodes! {
    /// a := b
    Move = 0 (Dst, Src, None, None);
    /// a := the small integer d
    LoadInt = 1 (Dst, None, None, Imm32);
    /// a := literal d
    LoadLit = 2 (Dst, None, None, Lit);
    /// a := nil
    LoadNil = 3 (Dst, None, None, None);
    /// a := true
    LoadTrue = 4 (Dst, None, None, None);
    /// a := false
    LoadFalse = 5 (Dst, None, None, None);
    /// a := self of the block's home (blocks only)
    LoadSelf = 6 (Dst, None, None, None);
    /// a := captured value d (blocks only)
    LoadCapture = 7 (Dst, None, None, Capture);
    /// a := a new cell holding b
    NewCell = 8 (Dst, Src, None, None);
    /// a := content of the cell in b
    CellGet = 9 (Dst, Src, None, None);
    /// content of the cell in a := b
    CellSet = 10 (Src, Src, None, None);
    /// a := content of the cell that is captured value d
    CaptureGet = 11 (Dst, None, None, Capture);
    /// content of the cell that is captured value d := a
    CaptureSet = 12 (Src, None, None, Capture);
    /// a := a new block from block site d
    MakeBlock = 13 (Dst, None, None, BlockSite);
    /// closes open cells on registers a and above
    CloseCells = 14 (Src, None, None, None);
    /// a := result of the send of site d; receiver in b, arguments in b+1…
    Send = 15 (Dst, Base, None, Site);
    /// a := result of the primitive of site d; receiver in b, arguments in b+1…, then the fail block if the site has one
    Prim = 16 (Dst, Base, None, Site);
    /// a := b + c, by the send of site d if these are not both numbers
    Add = 17 (Dst, Src, Src, Site);
    /// a := b - c
    Sub = 18 (Dst, Src, Src, Site);
    /// a := b * c
    Mul = 19 (Dst, Src, Src, Site);
    /// a := b / c
    Div = 20 (Dst, Src, Src, Site);
    /// a := b % c
    Mod = 21 (Dst, Src, Src, Site);
    /// a := b < c
    Lt = 22 (Dst, Src, Src, Site);
    /// a := b <= c
    Le = 23 (Dst, Src, Src, Site);
    /// a := b > c
    Gt = 24 (Dst, Src, Src, Site);
    /// a := b >= c
    Ge = 25 (Dst, Src, Src, Site);
    /// a := b = c
    Eq = 26 (Dst, Src, Src, Site);
    /// a := b != c
    Ne = 27 (Dst, Src, Src, Site);
    /// a := b + the number c (the selector is `+`)
    AddInt = 28 (Dst, Src, Imm8, Site);
    /// a := b - the number c (the selector is `-`)
    SubInt = 29 (Dst, Src, Imm8, Site);
    /// goto d
    Jump = 30 (None, None, None, Target);
    /// goto d, backward: a place where a process may be interrupted
    Loop = 31 (None, None, None, Target);
    /// a is true: skip the next instruction; a is false: goto d; else, or if native c was changed: goto the d of the next instruction, a `Slow`
    BranchFalse = 32 (Src, None, Native, Target);
    /// a is false: skip the next instruction; a is true: goto d; else, or if native c was changed: goto the d of the next instruction, a `Slow`
    BranchTrue = 33 (Src, None, Native, Target);
    /// holds the slow target of the instruction before it; never run
    Slow = 34 (None, None, None, Target);
    /// goto d if native c was changed
    GuardNative = 35 (None, None, Native, Target);
    /// goto d if a is no small integer
    GuardInt = 36 (Src, None, None, Target);
    /// goto d if a > b (both small integers)
    ForTest = 37 (Src, Src, None, Target);
    /// goto d if a < b (both small integers)
    ForTestDown = 38 (Src, Src, None, Target);
    /// if a + c <= b: a := a + c and goto d; c > 0; a safepoint
    ForLoop = 39 (Dst, Src, Imm8, Target);
    /// if a + c >= b: a := a + c and goto d; c < 0; a safepoint
    ForLoopDown = 40 (Dst, Src, Imm8, Target);
    /// goto d if a is the object true
    JumpIfTrue = 41 (Src, None, None, Target);
    /// goto d if a is the object false
    JumpIfFalse = 42 (Src, None, None, Target);
    /// goto d if a and b are the same object
    JumpIfSame = 43 (Src, Src, None, Target);
    /// the activation ends with value a (of a block: an ordinary return to the caller of value)
    Return = 44 (Src, None, None, None);
    /// return a from the home method of this block
    ReturnHome = 45 (Src, None, None, None);
    /// element d of the internal object (map, literals) in a := b (load units only)
    PutElement = 46 (Src, Src, None, Element);
    /// a := a new object of the map in b, fields set from the map's slot contents (load units only)
    NewInstance = 47 (Dst, Src, None, None);
    /// a := result of running the method in c with self in b, no arguments (load units only)
    RunMethod = 48 (Dst, Base, Src, None);
    /// a := result of the primitive of site d (kind `Primitive`) and skip the next instruction; if it fails: a := the error string and
    /// goto the d of the next instruction, a `Slow` (where a literal fail block is made and sent `value:With:`)
    PrimOr = 49 (Dst, Base, None, Site);
}

/// Control messages that the compiler expands in place. The machine checks that the world still gives them their standard meaning.
/// Numbers are part of the image format: append only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Native {
    /// `ifTrue:` — value of the block, or nil
    IfTrue = 0,
    /// `ifFalse:` — value of the block, or nil
    IfFalse = 1,
    /// `ifTrue:False:`
    IfTrueFalse = 2,
    /// `ifFalse:True:`
    IfFalseTrue = 3,
    /// `and:` — false, or the value of the block
    And = 4,
    /// `or:` — true, or the value of the block
    Or = 5,
    /// `&&` with a literal block
    AndAnd = 6,
    /// `||` with a literal block
    OrOr = 7,
    /// `whileTrue:` — nil
    WhileTrue = 8,
    /// `whileFalse:` — nil
    WhileFalse = 9,
    /// `whileTrue` (the condition block alone) — nil
    WhileTrueUnary = 10,
    /// `whileFalse` — nil
    WhileFalseUnary = 11,
    /// `loop` — never ends by itself
    Loop = 12,
    /// `to:Do:` — nil; the block has one argument (or two, both the index)
    ToDo = 13,
    /// `to:By:Do:` with a literal step — nil
    ToByDo = 14,
    /// `upTo:Do:` (end excluded) — nil
    UpToDo = 15,
    /// `downTo:Do:` — nil
    DownToDo = 16,
    /// Small-integer and float arithmetic and comparison (`+ - * / % < <= > >= = !=`)
    Arithmetic = 17,
    /// `do:` of a number that is written down — the number; the block has up to two arguments, both the index
    Times = 18,
}

impl Native {
    /// How many there are.
    pub const COUNT: usize = 19;

    /// All of them in order of their numbers.
    pub const ALL: [Native; Native::COUNT] = {
        use Native::*;
        [
            IfTrue,
            IfFalse,
            IfTrueFalse,
            IfFalseTrue,
            And,
            Or,
            AndAnd,
            OrOr,
            WhileTrue,
            WhileFalse,
            WhileTrueUnary,
            WhileFalseUnary,
            Loop,
            ToDo,
            ToByDo,
            UpToDo,
            DownToDo,
            Arithmetic,
            Times,
        ]
    };
}

/// One instruction.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Instr {
    /// An `Op` number.
    pub op: u8,
    /// First operand.
    pub a: u8,
    /// Second operand.
    pub b: u8,
    /// Third operand.
    pub c: u8,
    /// Fourth operand.
    pub d: u32,
}

const _: () = assert!(size_of::<Instr>() == 8);

impl Instr {
    /// Puts an instruction together.
    pub const fn new(op: Op, a: u8, b: u8, c: u8, d: u32) -> Instr {
        Instr { op: op as u8, a, b, c, d }
    }

    /// The eight bytes as they stand in an image.
    pub const fn to_bytes(self) -> [u8; 8] {
        let d = self.d.to_le_bytes();
        [self.op, self.a, self.b, self.c, d[0], d[1], d[2], d[3]]
    }

    /// From the eight bytes of an image.
    pub const fn from_bytes(x: [u8; 8]) -> Instr {
        Instr { op: x[0], a: x[1], b: x[2], c: x[3], d: u32::from_le_bytes([x[4], x[5], x[6], x[7]]) }
    }
}

impl std::fmt::Debug for Instr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = Op::from_u8(self.op).map_or("?", Op::name);
        write!(f, "{name} {} {} {} {}", self.a, self.b, self.c, self.d)
    }
}
