//! What compiled code knows about the machine's memory: offsets, tags and addresses, handed over by the machine. The one door.
//!
//! ```text
//! frame   0 code  8 holder  16 pc (u32)  20 base (u32)  24 destination (u8)  25 kind (u8)  26 has open cells (u8)
//! ```

/// Bytes of a frame record.
pub const FRAME_BYTES: i32 = 32;
/// Offset of the code in a frame.
pub const FRAME_CODE: i32 = 0;
/// Offset of the holder in a frame.
pub const FRAME_HOLDER: i32 = 8;
/// Offset of the program counter in a frame.
pub const FRAME_PC: i32 = 16;
/// Offset of the window's index in a frame.
pub const FRAME_BASE: i32 = 20;
/// Offset of destination, kind and open flag: the lower three bytes of the word there.
pub const FRAME_DST: i32 = 24;
/// Offset of the open flag.
pub const FRAME_OPEN: i32 = 26;

/// What an activation of compiled code and the machine share. It stays where it is while code refers to it.
#[repr(C)]
pub struct Context {
    /// The running frame's record.
    pub top: u64,
    /// The first record of the process.
    pub first: u64,
    /// Frames may be pushed as long as `top` is below this.
    pub end: u64,
    /// The value stack.
    pub stack: u64,
    /// Windows must begin below this.
    pub stack_end: u64,
    /// The running process as a value.
    pub process: u64,
    /// Safepoints until the next look around.
    pub polls: i64,
    /// The machine, for helpers.
    pub machine: u64,
    /// Checks until one is made to fail; counted in code for tests only.
    pub guards: i64,
    /// Where a step wants to go on: the address of compiled code, or 0.
    pub next_code: u64,
    /// Its window.
    pub next_window: u64,
    /// Its entry.
    pub next_entry: u64,
}

/// Offsets in `Context`.
pub(crate) mod context {
    pub const TOP: i32 = 0;
    pub const FIRST: i32 = 8;
    pub const END: i32 = 16;
    pub const STACK: i32 = 24;
    pub const STACK_END: i32 = 32;
    pub const PROCESS: i32 = 40;
    pub const POLLS: i32 = 48;
    pub const MACHINE: i32 = 56;
    pub const GUARDS: i32 = 64;
    pub const NEXT_CODE: i32 = 72;
    pub const NEXT_WINDOW: i32 = 80;
    pub const NEXT_ENTRY: i32 = 88;
}

/// What stays the same for one machine.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Number of the code that is being made: the upper half of its answers.
    pub number: u32,
    /// Address of the context.
    pub context: u64,
    /// Address that references are offsets from.
    pub base: u64,
    /// Address of the card table.
    pub cards: u64,
    /// nil as a value.
    pub nil: u64,
    /// true as a value.
    pub true_: u64,
    /// false as a value.
    pub false_: u64,
    /// Map bits of small integers.
    pub int_map: u32,
    /// Map bits of floats.
    pub float_map: u32,
    /// Map bits of open cells.
    pub open_cell_map: u32,
    /// Map bits of cells.
    pub cell_map: u32,
    /// Offset of the address of compiled code in the machine's `Code`.
    pub code_entry: i32,
    /// Offset of the table of resume points in the machine's `Code`.
    pub code_resume: i32,
    /// `fn(machine, f64) -> value`
    pub box_float: u64,
    /// `fn(machine, index of the primitive, address of the window, argument count) -> value, or 3 if it declined`
    pub primitive: u64,
    /// `fn(machine, index of the primitive, address of the window) -> value, or 3 if it declined`
    pub quick: u64,
    /// `fn(machine, code, block site) -> value`: a block of a literal, with its code and nothing else
    pub new_block: u64,
    /// `fn(machine, address of a register) -> value`: the open cell on it
    pub open_cell: u64,
    /// `fn(machine, address of a register) -> value`: the home marker in it
    pub home_marker: u64,
    /// `fn(machine, address of a register)`: closes the open cells on it and those above
    pub close_cells: u64,
    /// `fn(machine, content) -> cell`
    pub new_cell: u64,
    /// `fn(machine, instruction's word, where it goes on) -> how it went on` (see `stepped`)
    pub step: u64,
    /// Every so many checks are made to fail, for tests.
    pub fails: bool,
}

/// How an instruction went that the machine did for compiled code.
pub mod stepped {
    /// Something else has to be done: back to the interpreter.
    pub const AWAY: u64 = 0;
    /// The same activation goes on where it was said to.
    pub const HERE: u64 = 1;
    /// Another activation goes on in compiled code, or this one elsewhere: the context says where.
    pub const ELSEWHERE: u64 = 2;
}

/// Why compiled code came back: the lower two bits of its answer. The bits above are the number of the exit,
/// those from 32 on the number of the code.
pub mod status {
    /// The top frame goes on in the interpreter.
    pub const GO: i64 = 0;
    /// A guard failed: the top frame's instruction is to be interpreted.
    pub const EXIT: i64 = 1;
    /// A safepoint: look around, then go on with the top frame.
    pub const POLL: i64 = 2;
}
