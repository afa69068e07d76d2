//! Compiled code beside the interpreter: when a method is compiled, how its code is entered and left, and when it is dropped.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `mod` | the modes; counting, entering, leaving, learning |
//! | `assumptions` | what compiled code takes for granted, and what ends that |
//! | `snapshot` | a method and what its sites met, as the compiler wants them |
//! | `helpers` | what compiled code asks of the machine |
//!
//! Compiled code is entered where the interpreter meets the instruction `COMPILED`, which stands in the place of another at a method's
//! beginning, at loops' heads, and behind calls. It keeps no state: when it comes back, frames and stack are as the interpreter
//! would have left them, and the answer says why. Nothing is compiled or dropped while it runs, since it asks for nothing that
//! could; so dropping takes code away at once.
//!
//! Invariant: an instruction `COMPILED` has an entry of living compiled code, whose own list holds the operation it stands for.

mod assumptions;
mod helpers;
mod snapshot;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::atomic::{AtomicU8, Ordering};

use batos_image::value::{ObjectRef, Value};
use batos_jit::input::{Method, seen};
use batos_jit::layout::{Context, Layout, status};
use batos_jit::{Compiled, Compiler, Stop};
use batos_lang::code::op::{Instr, Op};

use crate::code::quicken::internal;
use crate::code::{Code, HitKind};
use crate::process::Frame;
use crate::vm::{Step, Vm};

/// When methods are compiled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Never.
    Off,
    /// When they are found running often.
    On,
    /// When they are found running at all, with many safepoints: for tests.
    Sync,
}

impl Mode {
    /// The mode of this name.
    pub fn from_name(name: &str) -> Option<Mode> {
        Some(match name {
            "off" => Mode::Off,
            "on" => Mode::On,
            "sync" => Mode::Sync,
            _ => return None,
        })
    }
}

/// What was chosen, as a number: 0 nothing yet.
static CHOSEN: AtomicU8 = AtomicU8::new(0);

/// Chooses the mode for machines made from now on.
pub fn choose(mode: Mode) {
    CHOSEN.store(mode as u8 + 1, Ordering::Relaxed);
}

/// The mode that was chosen, else that of the environment (`BATOS_JIT`), else nothing is compiled.
fn chosen() -> Mode {
    match CHOSEN.load(Ordering::Relaxed) {
        0 => std::env::var("BATOS_JIT").ok().and_then(|name| Mode::from_name(&name)).unwrap_or(Mode::Off),
        1 => Mode::Off,
        2 => Mode::On,
        _ => Mode::Sync,
    }
}

/// Times that a method is found running before it is compiled.
const WARM: u32 = 2;
/// Frames below the running one that are counted, too.
const SEEN_CALLERS: usize = 3;
/// Times that an exit which was not expected is taken before the method is compiled anew.
const MOST_EXITS: u32 = 40;
/// Times that a method is compiled.
const MOST_COMPILATIONS: u32 = 8;
/// Frames that compiled code may push without asking, beyond what it looks for.
const FRAMES: usize = 64;
/// Of those, what inlined activations may need at an exit.
const SPARE: usize = 24;
/// Safepoints between looks in the mode for tests.
const SYNC_SLICE: u32 = 17;

/// Counts of what the compiler did.
#[derive(Clone, Copy, Default, Debug)]
pub struct Counts {
    /// Methods compiled, compiled again included.
    pub compiled: u64,
    /// Methods refused.
    pub refused: u64,
    /// Times that compiled code was dropped because the world changed.
    pub dropped: u64,
    /// Times it was entered from the interpreter.
    pub entered: u64,
    /// Times a guard failed.
    pub exits: u64,
    /// Microseconds spent compiling.
    pub micros: u64,
}

/// Compiled code of one method.
struct Native {
    code: *const Code,
    compiled: Compiled,
    counts: Vec<u32>,
    /// What the instructions `COMPILED` stand for.
    operations: Vec<(u32, u8)>,
    /// For each instruction the number of its entry, or 0.
    resumes: Box<[u16]>,
    /// Objects that must live.
    objects: Vec<ObjectRef>,
}

/// The second gear of one machine.
#[derive(Default)]
pub struct Gear {
    mode: Option<Mode>,
    compiler: Option<Compiler>,
    context: Option<Box<Context>>,
    natives: Vec<Option<Native>>,
    by_object: HashMap<ObjectRef, Vec<u32>>,
    arithmetic: HashMap<(u64, u32), u8>,
    compilations: HashMap<u64, u32>,
    refused: HashSet<u64>,
    heat: HashMap<u64, u32>,
    /// What it did.
    pub counts: Counts,
    /// The operation at the program counter is to be interpreted, though compiled code stands for it.
    pub skip: bool,
}

impl Gear {
    /// For a new machine.
    pub fn new() -> Gear {
        Gear { mode: Some(chosen()), ..Gear::default() }
    }

    fn is_on(&self) -> bool {
        matches!(self.mode, Some(Mode::On | Mode::Sync))
    }

    /// Bytes of machine code.
    pub fn bytes(&self) -> usize {
        self.compiler.as_ref().map_or(0, Compiler::bytes)
    }
}

impl Vm {
    /// Safepoints until the next look around.
    pub(crate) fn slice(&self) -> u32 {
        if self.gear.mode == Some(Mode::Sync) {
            SYNC_SLICE.min(self.settings.slice)
        } else {
            self.settings.slice
        }
    }

    /// At a safepoint: what runs is counted, and compiled when it was seen often.
    pub(crate) fn warm_up(&mut self) {
        if !self.gear.is_on() || !self.settings.caches {
            return;
        }
        let frames = &self.process().frames;
        let seen: Vec<Frame> = frames.iter().rev().take(1 + SEEN_CALLERS).copied().collect();
        let warm = if self.gear.mode == Some(Mode::Sync) { 1 } else { WARM };
        for frame in seen {
            // SAFETY: frames name living code.
            let has_native = unsafe { (*frame.code).native != 0 };
            let key = frame.code as u64;
            if has_native || self.gear.refused.contains(&key) {
                continue;
            }
            let heat = self.gear.heat.entry(key).or_insert(0);
            *heat += 1;
            if *heat >= warm {
                self.compile(&frame);
            }
        }
    }

    fn layout(&mut self, number: u32) -> Layout {
        let context = self.gear.context.get_or_insert_with(|| {
            Box::new(Context {
                top: 0,
                first: 0,
                end: 0,
                stack: 0,
                stack_end: 0,
                process: 0,
                polls: 0,
                machine: 0,
            })
        });
        let context = &raw mut **context as u64;
        let known = &self.heap.known;
        let bits = |map: batos_image::value::MapRef| (map.offset() >> 3) as u32;
        Layout {
            number,
            context,
            base: self.heap.base_address(),
            cards: self.heap.cards_address(),
            nil: known.nil.bits(),
            true_: known.true_.bits(),
            false_: known.false_.bits(),
            int_map: bits(known.small_int_map),
            float_map: bits(known.float_map),
            open_cell_map: bits(known.open_cell_map),
            cell_map: bits(known.cell_map),
            code_entry: std::mem::offset_of!(Code, native) as i32,
            code_resume: std::mem::offset_of!(Code, resumes) as i32,
            box_float: helpers::box_float as *const () as u64,
            primitive: helpers::primitive as *const () as u64,
            quick: helpers::quick as *const () as u64,
            make_block: helpers::make_block as *const () as u64,
            new_cell: helpers::new_cell as *const () as u64,
        }
    }

    /// Compiles the code of a frame.
    fn compile(&mut self, frame: &Frame) {
        let key = frame.code as u64;
        self.gear.heat.remove(&key);
        let times = self.gear.compilations.entry(key).or_insert(0);
        *times += 1;
        if *times > MOST_COMPILATIONS {
            self.gear.refused.insert(key);
            return;
        }
        if self.gear.compiler.is_none() {
            self.gear.compiler = Compiler::new(cfg!(debug_assertions));
        }
        let number = match self.gear.natives.iter().position(Option::is_none) {
            Some(free) => free,
            None => {
                self.gear.natives.push(None);
                self.gear.natives.len() - 1
            }
        };
        let started = std::time::Instant::now();
        let layout = self.layout(number as u32);
        let Some(mut compiler) = self.gear.compiler.take() else {
            self.gear.mode = Some(Mode::Off);
            return;
        };
        let base = frame.base as usize;
        let registers = &self.process().stack[base..base + frame.registers()];
        let hints = registers.iter().map(|v| (v.bits() & 3) as u8).collect();
        let library = snapshot::Snapshots::new(self);
        let method: Option<Rc<Method>> = library.root(frame.code, hints);
        let compiled = match &method {
            // A panic in the compiler loses this compilation, and nothing else.
            Some(method) => std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                compiler.compile(method, &layout, &library, false)
            }))
            .unwrap_or(Err(Stop::Refused("the compiler gave up"))),
            None => Err(Stop::Refused("it is no method")),
        };
        let objects = compiled.as_ref().map(|compiled| library.objects(compiled)).unwrap_or_default();
        self.gear.compiler = Some(compiler);
        self.gear.counts.micros += started.elapsed().as_micros() as u64;
        match compiled {
            Ok(compiled) => {
                self.gear.counts.compiled += 1;
                self.install(number, frame.code, compiled, objects);
            }
            Err(_) => {
                self.gear.counts.refused += 1;
                self.gear.refused.insert(key);
            }
        }
    }

    /// Puts compiled code in the place of the interpreter's.
    fn install(&mut self, number: usize, code: *const Code, compiled: Compiled, objects: Vec<ObjectRef>) {
        // SAFETY: the frame's code lives; nobody holds a reference to it here.
        let target = unsafe { &mut *code.cast_mut() };
        let mut resumes = vec![0_u16; target.instrs.len()].into_boxed_slice();
        let mut operations = vec![];
        for (entry, pc) in compiled.entries.iter().enumerate() {
            let at = *pc as usize;
            if entry > 0 {
                resumes[at] = entry as u16;
            }
            let before = at.checked_sub(1).and_then(|at| target.instrs.get(at)).map(|i| i.op);
            if before.is_some_and(reads_next) || target.instrs[at].op == internal::COMPILED {
                continue;
            }
            operations.push((*pc, target.instrs[at].op));
            target.instrs[at].op = internal::COMPILED;
        }
        target.native = compiled.address;
        target.resumes = resumes.as_ptr();
        self.assume(number as u32, &compiled, &objects);
        let counts = vec![0; compiled.exits.len()];
        self.gear.natives[number] = Some(Native { code, compiled, counts, operations, resumes, objects });
    }

    /// Takes compiled code away.
    fn drop_native(&mut self, number: u32) {
        let Some(native) = self.gear.natives.get_mut(number as usize).and_then(Option::take) else { return };
        // SAFETY: code is dropped after what was compiled from it (see `drop_dead_natives`); nobody holds a reference to it here.
        let code = unsafe { &mut *native.code.cast_mut() };
        for (pc, op) in &native.operations {
            code.instrs[*pc as usize].op = *op;
        }
        debug_assert!(std::ptr::eq(code.resumes, native.resumes.as_ptr()));
        code.native = 0;
        code.resumes = std::ptr::null();
        if let Some(compiler) = &mut self.gear.compiler {
            compiler.free(native.compiled.piece);
        }
    }

    /// The operation that `COMPILED` stands for at a position of code.
    pub(crate) fn interpreted(&self, code: *const Code, at: usize) -> u8 {
        let native = self.gear.natives.iter().flatten().find(|native| std::ptr::eq(native.code, code));
        let operation = native.and_then(|n| n.operations.iter().find(|(pc, _)| *pc as usize == at));
        operation.map_or(internal::NOP, |(_, op)| *op)
    }

    /// Runs compiled code from the top frame's instruction on, until it comes back.
    pub(crate) fn run_compiled(&mut self) -> Step {
        let frame = *self.frame();
        // SAFETY: the frame's code lives; `resumes` has an entry for each of its instructions while there is compiled code.
        let (address, entry) = unsafe {
            let code = &*frame.code;
            if code.native == 0 || code.resumes.is_null() {
                self.gear.skip = true;
                return Step::Go;
            }
            (code.native, u64::from(*code.resumes.add(frame.pc as usize)))
        };
        let polls = i64::from(self.polls);
        let machine: *mut Vm = self;
        let process = self.process();
        process.frames.reserve(FRAMES);
        let (first, count) = (process.frames.as_mut_ptr(), process.frames.len());
        // SAFETY: within the vector's capacity, and its stack.
        let (top, end, window) = unsafe {
            (
                first.add(count - 1),
                first.add(process.frames.capacity() - SPARE),
                process.stack.as_mut_ptr().add(frame.base as usize),
            )
        };
        let stack = process.stack.as_mut_ptr() as u64;
        let stack_end = stack + 8 * process.stack.len() as u64;
        let object = process.object.value().bits();
        let (Some(context), Some(_)) = (&mut self.gear.context, &self.gear.compiler) else {
            self.gear.skip = true;
            return Step::Go;
        };
        **context = Context {
            top: top as u64,
            first: first as u64,
            end: end as u64,
            stack,
            stack_end,
            process: object,
            polls,
            machine: machine as u64,
        };
        self.gear.counts.entered += 1;
        // SAFETY: the code was made by this compiler for this machine and is dropped by `drop_native` only; the context describes the
        // running process, `window` is its top frame's. Helpers use the machine by the pointer in the context meanwhile.
        let answer = unsafe {
            match &(*machine).gear.compiler {
                Some(compiler) => compiler.run(address, window as u64, entry),
                None => status::GO,
            }
        };
        self.polls = self.gear.context.as_ref().map_or(0, |c| c.polls.clamp(-1, i64::from(i32::MAX)) as i32);
        self.sync_frames();
        let (base, registers) = (self.frame().base as usize, self.frame().registers());
        let process = self.process();
        if !process.reserve(base, registers) {
            // Inlined activations may stand a little above the limit, whose end the next call finds.
            process.stack.resize(base + registers + crate::process::STACK_SLACK, Value::ZERO);
        }
        match answer & 3 {
            status::EXIT => {
                self.left_at((answer >> 32) as u32, (answer as u32 >> 2) as usize);
                let frame = *self.frame();
                self.gear.skip = frame.code().instrs[frame.pc as usize].op == internal::COMPILED;
                Step::Go
            }
            status::POLL => self.look_around(),
            _ => Step::Go,
        }
    }

    /// The vector of frames learns how many there are.
    fn sync_frames(&mut self) {
        let Some(context) = &self.gear.context else { return };
        let (top, first) = (context.top, context.first);
        let count = (top - first) as usize / size_of::<Frame>() + 1;
        // SAFETY: compiled code has written a record for each, within the capacity that it was told.
        unsafe { self.process().frames.set_len(count) };
    }

    /// A guard failed: what arithmetic met is remembered, and code whose guards fail often is compiled anew.
    fn left_at(&mut self, number: u32, exit: usize) {
        self.gear.counts.exits += 1;
        let frame = *self.frame();
        let pc = frame.pc;
        let i = self.plain_instruction(frame.code, pc as usize);
        if let Some(met) = self.arithmetic_met(i) {
            let known = self.gear.arithmetic.entry((frame.code as u64, pc)).or_insert(0);
            *known |= met;
        }
        let Some(native) = self.gear.natives.get_mut(number as usize).and_then(Option::as_mut) else {
            return;
        };
        let counted = native.compiled.exits.get(exit).is_some_and(|exit| exit.counted);
        let Some(count) = native.counts.get_mut(exit).filter(|_| counted) else { return };
        *count += 1;
        let key = native.code as u64;
        if *count >= MOST_EXITS && self.gear.compilations.get(&key).is_none_or(|n| *n < MOST_COMPILATIONS) {
            self.drop_native(number);
            self.gear.heat.insert(key, WARM);
        }
    }

    /// What the operands of an arithmetic instruction of the running frame are.
    fn arithmetic_met(&mut self, i: Instr) -> Option<u8> {
        use Op::{Add, AddInt, Div, Eq, Ge, Gt, Le, Lt, Mod, Mul, Ne, Sub, SubInt};
        let op = Op::from_u8(i.op)?;
        let base = self.frame().base as usize;
        let x = self.stack_at(base + usize::from(i.b));
        let y = match op {
            AddInt | SubInt => Value::ZERO,
            Add | Sub | Mul | Div | Mod | Lt | Le | Gt | Ge | Eq | Ne => {
                self.stack_at(base + usize::from(i.c))
            }
            _ => return None,
        };
        let place = (self.frame().code as u64, self.frame().pc);
        let known = self.gear.arithmetic.get(&place).copied().unwrap_or(0);
        Some(match (x.is_int(), y.is_int(), x.is_float(), y.is_float()) {
            // Small integers that left all the same were too large.
            (true, true, ..) if known & seen::INTS != 0 => seen::OTHER,
            (true, true, ..) => seen::INTS,
            (.., true, true) => seen::FLOATS,
            (true, _, _, true) | (_, true, true, _) => seen::MIXED,
            _ => seen::OTHER,
        })
    }

    /// An instruction as it is kept in the image.
    fn plain_instruction(&self, code: *const Code, at: usize) -> Instr {
        // SAFETY: callers name code of a frame.
        let method = unsafe { (*code).method };
        let bytes = self.heap.item(method, crate::code::method_element::BYTECODE).as_ref();
        let bytes = bytes.map(|r| self.heap.bytes(r)).unwrap_or_default();
        bytes.as_chunks::<8>().0.get(at).map_or(Instr::new(Op::Slow, 0, 0, 0, 0), |b| Instr::from_bytes(*b))
    }
}

/// Does an instruction read the one behind it?
fn reads_next(op: u8) -> bool {
    let fused = (internal::LT_BRANCH..=internal::NE_BRANCH).contains(&op) || op == internal::MOVE_SEND;
    fused || matches!(Op::from_u8(op), Some(Op::BranchFalse | Op::BranchTrue | Op::PrimOr))
}

const _: () = {
    use batos_jit::layout;
    use std::mem::offset_of;
    assert!(size_of::<Frame>() == layout::FRAME_BYTES as usize);
    assert!(offset_of!(Frame, code) == layout::FRAME_CODE as usize);
    assert!(offset_of!(Frame, holder) == layout::FRAME_HOLDER as usize);
    assert!(offset_of!(Frame, pc) == layout::FRAME_PC as usize);
    assert!(offset_of!(Frame, base) == layout::FRAME_BASE as usize);
    assert!(offset_of!(Frame, dst) == layout::FRAME_DST as usize);
    assert!(offset_of!(Frame, kind) == layout::FRAME_DST as usize + 1);
    assert!(offset_of!(Frame, has_open) == layout::FRAME_OPEN as usize);
    assert!(crate::code::block::block_element::SELF == 1 && crate::code::block::block_element::CAPTURES == 4);
    assert!(HitKind::Empty as u8 == 0);
};
