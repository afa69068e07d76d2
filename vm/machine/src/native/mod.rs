//! Compiled code beside the interpreter: when a method is compiled, how its code is entered and left, and when it is dropped.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `mode` | when methods are compiled, and how compiled code is tested |
//! | `mod` | what is kept; counting what runs |
//! | `compile` | compiling, installing, dropping |
//! | `run` | entering and leaving; steps that the machine takes for compiled code |
//! | `learn` | what failed checks teach |
//! | `assumptions` | what compiled code takes for granted, and what ends that |
//! | `snapshot` | a method and what its sites met, as the compiler wants them |
//! | `helpers` | what compiled code asks of the machine |
//!
//! Compiled code is entered where the interpreter meets the instruction `COMPILED`, which stands in the place of another at a method's
//! beginning, at loops' heads, and behind calls. It keeps no state: when it comes back, frames and stack are as the interpreter
//! would have left them, and the answer says why. What it asks the machine to do may drop it: then it comes back at its next chance, and
//! its memory is given back when no compiled code runs.
//!
//! Invariant: an instruction `COMPILED` has an entry of living compiled code, whose own list holds the operation it stands for.

mod assumptions;
mod compile;
mod helpers;
mod learn;
pub mod mode;
mod run;
mod snapshot;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

use batos_image::value::ObjectRef;
use batos_jit::layout::Context;
use batos_jit::{Compiled, Compiler, Piece};
use batos_lang::code::op::Op;

use crate::code::quicken::internal;
use crate::code::{Code, HitKind};
use crate::process::Frame;
use crate::vm::{Exit, Vm};

pub use mode::{Choice, Mode, Trial, choose, chosen, is_possible};

/// Frames below the running one that are counted, too.
const SEEN_CALLERS: usize = 3;
/// Times that an exit which was not expected is taken before the method is compiled anew.
const MOST_EXITS: u32 = 40;
/// Times that a method is compiled.
const MOST_COMPILATIONS: u32 = 8;
/// Of the time that a program has run, the part that compiling may take is one in so many.
const BUDGET: u128 = 6;
/// Safepoints after which the mode for tests counts what runs.
const COUNTED: u32 = 17;
/// Methods that wait for their machine code at a time.
const MOST_WAITING: usize = 3;
/// Microseconds of compiling beyond that, at first.
const CREDIT: u128 = 2_000;

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
    /// Times that it was left because a check failed.
    pub exits: u64,
    /// Of these, at checks that it was not made to fail at: they lead to new compilations.
    pub surprises: u64,
    /// Times that it was left at a safepoint.
    pub polls: u64,
    /// Times that it was left for something that is not compiled.
    pub left: u64,
    /// Instructions that the machine did for it.
    pub steps: u64,
    /// Of these, those after which it did not go on in place.
    pub away: u64,
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

/// What was compiled, as text.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Name of the method.
    pub name: String,
    /// What was compiled, and how large it is.
    pub title: String,
    /// The graph: what machine code was made from.
    pub graph: String,
    /// The machine code.
    pub code: String,
    key: u64,
}

/// A method whose machine code is being made.
struct Waiting {
    number: u32,
    code: *const Code,
    name: String,
    again: u32,
    objects: Vec<ObjectRef>,
    micros: u64,
    /// What was assumed still holds. Else `code` may be gone.
    is_good: bool,
}

/// The second gear of one machine.
#[derive(Default)]
pub struct Gear {
    mode: Option<Mode>,
    compiler: Option<Compiler>,
    context: Option<Box<Context>>,
    natives: Vec<Option<Native>>,
    /// What another thread compiles.
    waiting: Vec<Waiting>,
    /// Code that was dropped while compiled code ran: given back when none runs.
    limbo: Vec<Piece>,
    /// Activations of compiled code on the host's stack.
    depth: u32,
    /// Changes when objects may have moved, or compiled code was dropped.
    epoch: u64,
    /// A step wants to go to the host.
    leaving: Option<Exit>,
    /// When something was counted first.
    since: Option<Instant>,
    trial: Trial,
    /// Safepoints of the running slice after the next at which what runs is counted.
    rest: u32,
    drops_in: u32,
    /// Why compiled code was left unexpectedly, and how often.
    reasons: BTreeMap<&'static str, u64>,
    log: bool,
    perf_map: bool,
    /// The text of what is compiled of methods with this name is kept; with an empty name, of all.
    shown: Option<String>,
    listings: Vec<Listing>,
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
        let Choice { mode, trial, log, perf_map } = chosen();
        let mode = if is_possible() { mode } else { Mode::Off };
        Gear { mode: Some(mode), trial, log, perf_map, drops_in: trial.drop, ..Gear::default() }
    }

    /// Compiles from now on as this says.
    pub fn set(&mut self, mode: Mode, trial: Trial) {
        self.mode = Some(if is_possible() { mode } else { Mode::Off });
        (self.trial, self.drops_in) = (trial, trial.drop);
    }

    /// From now on keeps the text of what is compiled of methods with this name; of all, if it is empty.
    pub fn show(&mut self, name: &str) {
        self.shown = Some(name.to_string());
    }

    /// What was compiled since, as text: of each method the last.
    pub fn listings(&self) -> &[Listing] {
        &self.listings
    }

    /// When methods are compiled.
    pub fn mode(&self) -> Mode {
        self.mode.unwrap_or(Mode::Off)
    }

    /// Values in variables of compiled code that waits may be wrong from now on.
    pub(crate) fn moved(&mut self) {
        self.epoch += 1;
    }

    /// May another method be compiled now? What runs for a short time is not worth much compiling.
    fn can_afford(&mut self) -> bool {
        if self.mode == Some(Mode::Sync) {
            return true;
        }
        if self.waiting.len() >= MOST_WAITING {
            return false;
        }
        let ran = self.since.get_or_insert_with(Instant::now).elapsed().as_micros();
        u128::from(self.counts.micros) <= CREDIT + ran / BUDGET
    }

    /// Of so many safepoints those until what runs is counted.
    fn until_counted(&self, slice: u32) -> u32 {
        if self.mode == Some(Mode::Sync) { slice.min(COUNTED) } else { slice }
    }

    fn is_on(&self) -> bool {
        matches!(self.mode, Some(Mode::On | Mode::Sync))
    }

    /// Bytes of machine code.
    pub fn bytes(&self) -> usize {
        self.compiler.as_ref().map_or(0, Compiler::bytes)
    }

    /// Everything that is counted, by name.
    pub fn rows(&self) -> Vec<(&'static str, u64)> {
        let c = &self.counts;
        vec![
            ("compilations", c.compiled),
            ("refusals", c.refused),
            ("methods", self.natives.iter().flatten().count() as u64),
            ("bytes", self.bytes() as u64),
            ("microseconds", c.micros),
            ("changes", c.dropped),
            ("entries", c.entered),
            ("exits", c.exits),
            ("surprises", c.surprises),
            ("safepoints", c.polls),
            ("returns", c.left),
            ("steps", c.steps),
            ("stepsAway", c.away),
        ]
    }

    /// Why compiled code was left unexpectedly, and how often.
    pub fn reasons(&self) -> Vec<(&'static str, u64)> {
        self.reasons.iter().map(|(why, count)| (*why, *count)).collect()
    }
}

impl Vm {
    /// Safepoints until the next look around.
    pub(crate) fn slice(&self) -> u32 {
        if self.gear.mode == Some(Mode::Sync) {
            self.gear.trial.slice.min(self.settings.slice)
        } else {
            self.settings.slice
        }
    }

    /// A slice begins.
    pub(crate) fn begin_slice(&mut self) {
        let slice = self.slice();
        let first = self.gear.until_counted(slice);
        (self.polls, self.gear.rest) = (first as i32, slice - first);
    }

    /// Was it only to be counted what runs? Then the slice goes on. So the mode for tests counts often, and nobody loses its turn
    /// earlier than otherwise.
    pub(crate) fn is_within_slice(&mut self) -> bool {
        if self.gear.rest == 0 || self.heap.gc_requested() {
            return false;
        }
        let next = self.gear.until_counted(self.gear.rest);
        (self.polls, self.gear.rest) = (next as i32, self.gear.rest - next);
        true
    }

    /// The next safepoint looks around.
    pub(crate) fn look_soon(&mut self) {
        (self.polls, self.gear.rest) = (0, 0);
    }

    /// At a safepoint: what runs is counted, and compiled when it was seen often.
    pub(crate) fn warm_up(&mut self) {
        if !self.gear.is_on() || !self.settings.caches {
            return;
        }
        if self.gear.trial.drop > 0 {
            self.gear.drops_in = self.gear.drops_in.saturating_sub(1);
            if self.gear.drops_in == 0 {
                self.gear.drops_in = self.gear.trial.drop;
                self.drop_compiled();
            }
        }
        self.take_compiled();
        let frames = &self.process().frames;
        let seen: Vec<Frame> = frames.iter().rev().take(1 + SEEN_CALLERS).copied().collect();
        let sync = self.gear.mode == Some(Mode::Sync);
        let warm = if sync { 1 } else { self.gear.trial.threshold };
        for frame in seen {
            // SAFETY: frames name living code.
            let has_native = unsafe { (*frame.code).native != 0 };
            let key = frame.code as u64;
            let is_waiting = self.gear.waiting.iter().any(|w| std::ptr::eq(w.code, frame.code) && w.is_good);
            if has_native || is_waiting || self.gear.refused.contains(&key) {
                continue;
            }
            let heat = self.gear.heat.entry(key).or_insert(0);
            *heat += 1;
            if *heat >= warm && self.gear.can_afford() {
                self.compile(&frame);
            }
        }
    }

    /// The operation that `COMPILED` stands for at a position of code.
    pub(crate) fn interpreted(&self, code: *const Code, at: usize) -> u8 {
        // SAFETY: frames name living code.
        let number = unsafe { (*code).native_number } as usize;
        let native = self.gear.natives.get(number).and_then(Option::as_ref);
        let native = native.filter(|native| std::ptr::eq(native.code, code));
        let operation = native.and_then(|n| n.operations.iter().find(|(pc, _)| *pc as usize == at));
        operation.map_or(internal::NOP, |(_, op)| *op)
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
