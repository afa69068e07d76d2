//! The working state of the running frame, and the ways off the fast path.
//!
//! A handler gets the state by value, and every way through it ends in `go` (on to the next instruction) or in a *slow step*, which is
//! whatever may look at the frame, push one, or collect garbage: the state is written back first (`leave`) and read again
//! afterwards (`enter`).
//!
//! In threaded code (see dispatch.rs) both ends are jumps. So the state stays in the processor's registers from one instruction to the
//! next, and a handler that calls nothing on its way saves none. Slow steps are functions of their own that take and give plain
//! words: where the address of a local is known elsewhere, a call can't become a jump.
//!
//! Invariants: `code` was verified and belongs to the top frame; `pc` is within its instructions, `regs` is the frame's
//! window, which lies with `STACK_SLACK` registers to spare within the stack.

use batos_image::value::Value;
use batos_lang::code::op::{Instr, Op};

use crate::code::{Code, Hit, InlineCache, Site};
use crate::process::{Frame, FrameKind, Process, STACK_SLACK};
use crate::vm::{Exit, Step, Vm};

#[cfg(threaded)]
use super::dispatch::dispatch;
use super::dispatch::dispatch_as;

/// Where the running frame is.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// The next instruction.
    pub pc: *const Instr,
    /// The first register of the window.
    pub regs: *mut Value,
    /// The running code.
    pub code: *const Code,
    /// Index of the first register in the value stack.
    pub base: usize,
}

/// What a handler ends with: in a loop the state to go on with, or nothing when the host is asked for (`Vm::exit` says why).
/// Threaded code has gone on already.
#[cfg(not(threaded))]
pub(super) type Next = Option<State>;

/// What a handler ends with: nothing, it has gone on already. See the loop's variant.
#[cfg(threaded)]
pub(super) struct Next;

impl State {
    /// Reads the state from the top frame, which must be there.
    #[inline(always)]
    pub fn enter(vm: &mut Vm) -> State {
        let process = vm.process();
        // SAFETY: callers have a top frame (`outlined` and `interpret` look); its code is alive, its pc within the
        // instructions, its window within the stack.
        unsafe {
            let frame = process.frames.last().unwrap_unchecked();
            let (code, base) = (frame.code, frame.base as usize);
            let pc = (*code).instrs.as_ptr().add(frame.pc as usize);
            State { pc, regs: process.stack.as_mut_ptr().add(base), code, base }
        }
    }

    /// Pushes an ordinary activation of `code`, its window beginning at register `window` of this one: the state at its start,
    /// or nothing if there is no room for it, or perhaps none (see `Process::reserve`).
    #[inline(always)]
    pub fn push(self, vm: &mut Vm, code: *const Code, window: u8, dst: u8, holder: u64) -> Option<State> {
        let nil = vm.heap.known.nil;
        let base = self.base + window as usize;
        // SAFETY: hits and blocks name living code.
        let (registers, home) = unsafe { ((*code).registers as usize, (*code).home) };
        let Process { stack, frames, .. } = vm.process();
        if base + registers + STACK_SLACK > stack.len() || frames.len() == frames.capacity() {
            return None;
        }
        leave(vm, self.pc, self.code);
        let frame =
            Frame { code, holder, pc: 0, base: base as u32, dst, kind: FrameKind::Normal, has_open: false };
        // SAFETY: the stack has room for the window, the vector of frames for one more; the home marker's register is one of
        // the window's.
        unsafe {
            let frames = &mut vm.process().frames;
            let count = frames.len();
            frames.as_mut_ptr().add(count).write(frame);
            frames.set_len(count + 1);
            let regs = self.regs.add(window as usize);
            if home != 255 {
                *regs.add(home as usize) = nil;
            }
            Some(State { pc: (*code).instrs.as_ptr(), regs, code, base })
        }
    }

    /// Reads a register.
    #[inline(always)]
    pub fn reg(self, r: u8) -> Value {
        // SAFETY: verified code names registers of its window only.
        unsafe { *self.regs.add(r as usize) }
    }

    /// Reads the register `n` places after `r`.
    #[inline(always)]
    pub fn reg_after(self, r: u8, n: usize) -> Value {
        // SAFETY: as in `reg`; the windows of sends are verified as a whole.
        unsafe { *self.regs.add(r as usize + n) }
    }

    /// Writes a register.
    #[inline(always)]
    pub fn set(self, r: u8, value: Value) {
        // SAFETY: as in `reg`.
        unsafe { *self.regs.add(r as usize) = value }
    }

    /// The same state at another instruction.
    #[inline(always)]
    pub fn jump(self, to: u32) -> State {
        // SAFETY: verified code jumps to its own instructions only.
        State { pc: unsafe { (*self.code).instrs.as_ptr().add(to as usize) }, ..self }
    }

    /// The same state some instructions further on.
    #[inline(always)]
    pub fn skip(self, n: usize) -> State {
        // SAFETY: used after instructions that are verified to be followed by that many.
        State { pc: unsafe { self.pc.add(n) }, ..self }
    }

    /// The next instruction, for those that are read in pairs.
    #[inline(always)]
    pub fn peek(self) -> Instr {
        // SAFETY: used before instructions that are verified to be followed by another.
        unsafe { *self.pc }
    }

    /// Whether blocks share registers of the running frame.
    #[inline(always)]
    pub fn has_open(self, vm: &mut Vm) -> bool {
        // SAFETY: the running frame is the last.
        unsafe { vm.process().frames.last().unwrap_unchecked().has_open }
    }

    /// The literal with this index.
    #[inline(always)]
    pub fn literal(self, vm: &Vm, index: u32) -> Value {
        // SAFETY: the running frame's code is alive.
        vm.heap.item(unsafe { (*self.code).literals }, index as usize)
    }

    /// The inline cache of a site. It stays where it is while the code lives, but a slow step may change it.
    #[inline(always)]
    pub fn cache(self, site: u32) -> *const InlineCache {
        // SAFETY: verified code names its own sites only, and there is a cache for each.
        unsafe { (*self.code).caches.as_ptr().add(site as usize) }
    }

    /// Goes on with the next instruction.
    #[inline(always)]
    pub fn go(self, vm: &mut Vm) -> Next {
        #[cfg(threaded)]
        return dispatch(vm, self);
        #[cfg(not(threaded))]
        {
            let _ = vm;
            Some(self)
        }
    }

    /// Goes on with the operation that stands behind the one before the program counter.
    #[inline(always)]
    pub fn with_operation(self, vm: &mut Vm, i: Instr) -> Next {
        // SAFETY: `pc` is behind an instruction of the code.
        let at = unsafe { self.pc.offset_from_unsigned((*self.code).instrs.as_ptr()) } - 1;
        let op = vm.interpreted(self.code, at);
        dispatch_as(vm, self, word_of(Instr { op, ..i }))
    }

    /// Takes a slow step for an instruction.
    #[inline(always)]
    pub fn slowly<F: Fn(&mut Vm, Instr) -> Step>(self, vm: &mut Vm, i: Instr, step: F) -> Next {
        slow(vm, self.pc, self.code, word_of(i), step)
    }

    /// Takes a slow step with an entry of an inline cache.
    #[inline(always)]
    pub fn slowly_with<F: Fn(&mut Vm, Instr, Hit) -> Step>(
        self,
        vm: &mut Vm,
        i: Instr,
        hit: *const Hit,
        step: F,
    ) -> Next {
        slow_with(vm, self.pc, self.code, hit, word_of(i), step)
    }

    /// A safepoint: lets the scheduler, the collector and Ctrl-C in when it is time.
    #[inline(always)]
    pub fn poll(self, vm: &mut Vm) -> Next {
        vm.polls -= 1;
        if vm.polls < 0 || vm.heap.gc_requested() {
            return self.slowly(vm, Instr::new(Op::Slow, 0, 0, 0, 0), |vm, _| vm.look_around());
        }
        self.go(vm)
    }
}

/// Writes the program counter back to the top frame.
#[inline(always)]
fn leave(vm: &mut Vm, pc: *const Instr, code: *const Code) {
    // SAFETY: `pc` points into the instructions of `code`; the running frame is the top one.
    unsafe {
        let at = pc.offset_from_unsigned((*code).instrs.as_ptr());
        vm.process().frames.last_mut().unwrap_unchecked().pc = at as u32;
    }
}

/// Takes a step and goes on with the top frame.
#[inline(never)]
fn slow<F: Fn(&mut Vm, Instr) -> Step>(
    vm: &mut Vm,
    pc: *const Instr,
    code: *const Code,
    word: u64,
    step: F,
) -> Next {
    leave(vm, pc, code);
    let goes_on = outlined(vm, word, step);
    go_on(vm, goes_on)
}

/// The same with a cache entry.
#[inline(never)]
fn slow_with<F: Fn(&mut Vm, Instr, Hit) -> Step>(
    vm: &mut Vm,
    pc: *const Instr,
    code: *const Code,
    hit: *const Hit,
    word: u64,
    step: F,
) -> Next {
    leave(vm, pc, code);
    let goes_on = outlined_with(vm, word, hit, step);
    go_on(vm, goes_on)
}

/// Goes on with the top frame, or to the host.
#[inline(always)]
fn go_on(vm: &mut Vm, goes_on: bool) -> Next {
    if goes_on {
        return State::enter(vm).go(vm);
    }
    #[cfg(threaded)]
    return Next;
    #[cfg(not(threaded))]
    None
}

/// The eight bytes of an instruction as one word.
#[inline(always)]
pub(super) fn word_of(i: Instr) -> u64 {
    u64::from_le_bytes(i.to_bytes())
}

/// The instruction in a word.
#[inline(always)]
pub(super) fn instr_of(word: u64) -> Instr {
    Instr::from_bytes(word.to_le_bytes())
}

/// Takes a step; true: go on with the top frame.
#[inline(never)]
fn outlined<F: Fn(&mut Vm, Instr) -> Step>(vm: &mut Vm, word: u64, step: F) -> bool {
    const {
        assert!(
            size_of::<F>() == 0,
            "a step captures nothing, so that no address of a local leaves its handler"
        )
    }
    let step = step(vm, instr_of(word));
    vm.goes_on(step)
}

/// The same with a cache entry, which is copied before the step may change the cache.
#[inline(never)]
fn outlined_with<F: Fn(&mut Vm, Instr, Hit) -> Step>(
    vm: &mut Vm,
    word: u64,
    hit: *const Hit,
    step: F,
) -> bool {
    const {
        assert!(
            size_of::<F>() == 0,
            "a step captures nothing, so that no address of a local leaves its handler"
        )
    }
    // SAFETY: handlers hand over entries of the running code's caches, which nothing has changed yet.
    let hit = unsafe { *hit };
    let step = step(vm, instr_of(word), hit);
    vm.goes_on(step)
}

impl Vm {
    /// Keeps the reason if a step wants to go to the host.
    fn goes_on(&mut self, step: Step) -> bool {
        self.exit = match step {
            Step::Go if !self.process().frames.is_empty() => return true,
            Step::Go => Some(Exit::internal("a process without frames was run")),
            Step::Exit(exit) => Some(exit),
        };
        false
    }

    /// The site that an instruction of the running frame names.
    pub(super) fn site_of(&mut self, i: Instr) -> Site {
        // SAFETY: the running frame's code is alive and names its own sites only.
        unsafe { (&(*self.frame().code).sites)[i.d as usize] }
    }
}
