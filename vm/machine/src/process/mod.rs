//! Green processes: a stack of values, a stack of frames, and the object that stands for them in the world.
//!
//! A frame's window is a run of registers in the value stack; a callee's window begins at the registers where its
//! caller put receiver and arguments. All of it is guest memory: `save` turns it into image objects, `restore`
//! back.
//!
//! Invariant: every word below `top` is a valid value as of the last collection; words above are zero after each collection.

mod lack;
pub mod legible;
mod persist;
pub mod rest;
pub mod scheduling;
mod sent;
pub mod signals;
pub mod trace;
mod unwind;

use batos_image::value::{ObjectRef, Value};

use crate::code::Code;

/// Why a frame was pushed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum FrameKind {
    /// An ordinary activation: its value goes to register `dst` of the frame below.
    Normal = 0,
    /// The first frame of a process: its value is the process's result.
    Entry = 1,
    /// Runs the receiver of `_OnNonLocalReturn:`. Below its window stand handler, value and marker (`GUARD_REGISTERS`).
    Barrier = 2,
    /// Runs the receiver of `_Ensure:`; the same registers below it.
    Ensure = 3,
    /// Runs the handler of an `_Ensure:` that ended normally: its own value is dropped for the kept one.
    Ensured = 4,
    /// Runs the handler of an `_Ensure:` that a non-local return passes through, which then goes on.
    Unwinding = 5,
    /// Its value is wrapped in a mirror.
    Mirrored = 6,
    /// An ordinary activation; when it ends, control goes back to the process that transferred it here.
    Watched = 7,
    /// Runs the handler of an `_OnNonLocalReturn:` that a non-local return passes through, which then goes on with the value of this.
    Passing = 8,
    /// Tells the world of a lack of stack: non-local returns leave it, and its own return ends what the process can do.
    Last = 9,
}

impl FrameKind {
    /// The kind with this number.
    pub fn from_i64(n: i64) -> Option<FrameKind> {
        Some(match n {
            0 => FrameKind::Normal,
            1 => FrameKind::Entry,
            2 => FrameKind::Barrier,
            3 => FrameKind::Ensure,
            4 => FrameKind::Ensured,
            5 => FrameKind::Unwinding,
            6 => FrameKind::Mirrored,
            7 => FrameKind::Watched,
            8 => FrameKind::Passing,
            9 => FrameKind::Last,
            _ => return None,
        })
    }
}

/// Registers below the window of a guarding frame: handler, kept value, home marker.
pub const GUARD_REGISTERS: usize = 3;

/// One activation.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Frame {
    /// Its code.
    pub code: *const Code,
    /// Object the running method was found in (offset; 0: the receiver itself).
    pub holder: u64,
    /// Index of the next instruction, while it does not run.
    pub pc: u32,
    /// Index of its first register in the value stack.
    pub base: u32,
    /// Register of the frame below that gets the result.
    pub dst: u8,
    /// Why it was pushed.
    pub kind: FrameKind,
    /// It may have open cells.
    pub has_open: bool,
}

/// What a process is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ProcessState {
    /// It has work to do.
    Ready = 0,
    /// It waits for a process that it transferred control to.
    Waiting = 1,
    /// It was stopped by an error or on request, and can be resumed with a value.
    Suspended = 2,
    /// It ended with a result.
    Finished = 3,
    /// It was ended without a result.
    Aborted = 4,
}

impl ProcessState {
    /// The state with this number.
    pub fn from_i64(n: i64) -> Option<ProcessState> {
        Some(match n {
            0 => ProcessState::Ready,
            1 => ProcessState::Waiting,
            2 => ProcessState::Suspended,
            3 => ProcessState::Finished,
            4 => ProcessState::Aborted,
            _ => return None,
        })
    }
}

/// Elements of a process object. Part of the image format: append only.
pub mod process_element {
    /// Small integer: a `ProcessState`.
    pub const STATE: usize = 0;
    /// The value stack up to the top (an internal vector), or 0.
    pub const STACK: usize = 1;
    /// Frames, `FRAME_WORDS` values each (an internal vector), or 0.
    pub const FRAMES: usize = 2;
    /// Open cells: stack index and cell in turn (an internal vector), or 0.
    pub const OPEN: usize = 3;
    /// The result, or the value to resume with.
    pub const RESULT: usize = 4;
    /// Why it is suspended (a string), else nil.
    pub const MESSAGE: usize = 5;
    /// The process that transferred control to it, else nil.
    pub const RESUMER: usize = 6;
    /// Small integer: its number, for people.
    pub const NUMBER: usize = 7;
    /// For the world: its name.
    pub const NAME: usize = 8;
    /// For the world: exception handlers and the like.
    pub const DATA: usize = 9;
    /// Small integer: where a result goes on when the process is resumed (register + 1, 0: nowhere).
    pub const RESUME_DST: usize = 10;
    /// Small integer: fuel left, or -1 for no limit.
    pub const FUEL: usize = 11;
    /// Result vector of the transfer it waits for, else nil.
    pub const TRANSFER: usize = 12;
    /// Number of elements.
    pub const COUNT: usize = 16;
}

/// Values a frame takes in a saved process: method, holder, pc, base, dst | kind << 8 | has_open << 16.
pub const FRAME_WORDS: usize = 5;

/// The running part of a process.
pub struct Process {
    /// The object that stands for it (old space: does not move).
    pub object: ObjectRef,
    /// Registers of all frames.
    pub stack: Vec<Value>,
    /// Frames, the running one last.
    pub frames: Vec<Frame>,
    /// Open cells by stack index, ascending.
    pub open: Vec<(u32, Value)>,
    /// What it does.
    pub state: ProcessState,
    /// The process that transferred control to it.
    pub resumer: Option<ObjectRef>,
    /// Safepoints it may still pass; `None` for no limit.
    pub fuel: Option<u64>,
    /// The fuel was given by a program, and the world is told when it is used up.
    pub tells_of_fuel: bool,
    /// How long it may still look for an end without memory; `None` if it was not told that there is none.
    pub memory_reserve: Option<u8>,
    /// When it is suspended for taking too long.
    pub deadline: Option<std::time::Instant>,
    /// It is being ended, and does what it promised before.
    pub unwinding: bool,
    /// Until when whoever ends it waits for it.
    pub patience: Option<std::time::Instant>,
    /// What stopped something that it did because it ends; empty if nothing did.
    pub cut_short: String,
    /// It is to stop after one step.
    pub stepping: bool,
    /// Position of the activation that it is to stop at the end of, or of what took its place.
    pub watched: Option<usize>,
    /// A non-local return ended the activation that it was to stop at.
    pub left_watched: bool,
    /// Ran since it was last saved.
    pub dirty: bool,
    /// Where the value it is resumed with goes.
    pub resume_dst: Option<u8>,
    /// Most values its stack may hold.
    pub stack_limit: usize,
}

/// Values a new stack has room for.
const FIRST_STACK: usize = 4096;
/// Default limit of a stack, in values (64 MiB).
pub const DEFAULT_STACK_LIMIT: usize = 8 << 20;
/// Registers kept free above a window, so that machine-made windows fit without a check.
pub const STACK_SLACK: usize = 300;

impl Process {
    /// A process without frames.
    pub fn new(object: ObjectRef) -> Process {
        Process {
            object,
            stack: vec![Value::ZERO; FIRST_STACK],
            frames: Vec::with_capacity(64),
            open: Vec::new(),
            state: ProcessState::Ready,
            resumer: None,
            fuel: None,
            tells_of_fuel: false,
            memory_reserve: None,
            deadline: None,
            unwinding: false,
            patience: None,
            cut_short: String::new(),
            stepping: false,
            watched: None,
            left_watched: false,
            dirty: true,
            resume_dst: None,
            stack_limit: DEFAULT_STACK_LIMIT,
        }
    }

    /// Notes the activation whose end is to stop the process, instead of any that was noted before. Only ordinary ones can be.
    pub fn watch(&mut self, position: Option<usize>) {
        self.left_watched = false;
        let before = self.watched.take().and_then(|at| self.frames.get_mut(at));
        if let Some(frame) = before.filter(|frame| frame.kind == FrameKind::Watched) {
            frame.kind = FrameKind::Normal;
        }
        let frame = position.and_then(|at| self.frames.get_mut(at));
        if let Some(frame) = frame.filter(|frame| frame.kind == FrameKind::Normal) {
            frame.kind = FrameKind::Watched;
            self.watched = position;
        }
    }

    /// Makes room for a window of `registers` at `base`. False: the limit is reached.
    pub fn reserve(&mut self, base: usize, registers: usize) -> bool {
        let need = base + registers + STACK_SLACK;
        if need <= self.stack.len() {
            return true;
        }
        if need > self.stack_limit + STACK_SLACK {
            return false;
        }
        let size = need.next_power_of_two().min(self.stack_limit + 2 * STACK_SLACK).max(need);
        self.stack.resize(size, Value::ZERO);
        true
    }

    /// One past the highest register in use.
    pub fn top(&self) -> usize {
        match self.frames.last() {
            Some(frame) => frame.base as usize + frame.registers() + STACK_SLACK.min(16),
            None => 0,
        }
    }

    /// Zeroes what lies above `top`, and gives room back that was used once and is not any more.
    pub fn trim(&mut self, top: usize) {
        let keep = (2 * top + 2 * STACK_SLACK).max(4 * FIRST_STACK);
        if self.stack.len() > 2 * keep {
            self.stack.truncate(keep);
            self.stack.shrink_to_fit();
        }
        self.stack[top..].fill(Value::ZERO);
    }

    /// The open cell on a stack index, if there is one.
    pub fn open_cell(&self, index: u32) -> Option<Value> {
        self.open.binary_search_by_key(&index, |(i, _)| *i).ok().map(|at| self.open[at].1)
    }

    /// Remembers a new open cell.
    pub fn add_open_cell(&mut self, index: u32, cell: Value) {
        let at = self.open.partition_point(|(i, _)| *i < index);
        self.open.insert(at, (index, cell));
    }
}

impl Frame {
    /// Its code.
    #[inline(always)]
    pub fn code(&self) -> &Code {
        // SAFETY: frames are made with pointers from the code table, whose entries are boxed and are dropped only
        // when no frame and no living block or slot holds their method object.
        unsafe { &*self.code }
    }

    /// Size of its window.
    #[inline(always)]
    pub fn registers(&self) -> usize {
        self.code().registers as usize
    }
}
