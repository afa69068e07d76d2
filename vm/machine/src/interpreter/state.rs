//! The working state of the running frame, and the ways off the fast path.
//!
//! A handler gets the state by value and gives the next one back, so that it lives in processor registers from one
//! instruction to the next. Whatever may look at the frame, push one, or collect garbage is a *slow step*: the state is written
//! back first (`leave`) and read again afterwards (`enter`).
//!
//! Slow steps are functions of their own that take and give plain words: a handler whose locals' addresses are known elsewhere could
//! not end in a jump (see dispatch.rs).
//!
//! Invariants: `code` was verified and belongs to the top frame; `pc` is within its instructions, `regs` is the frame's
//! window, which lies with `STACK_SLACK` registers to spare within the stack.

use batos_image::value::Value;
use batos_lang::code::op::{Instr, Op};

use crate::code::{Code, Hit, InlineCache, Site};
use crate::vm::{Exit, Step, Vm};

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

/// What a handler ends with: the state to go on with, or nothing when the host is asked for (`Vm::exit` says why).
pub(super) type Next = Option<State>;

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

    /// Writes the program counter back to the top frame.
    #[inline(always)]
    pub fn leave(self, vm: &mut Vm) {
        // SAFETY: `pc` points into the instructions of `code`; the running frame is the top one.
        unsafe {
            let at = self.pc.offset_from_unsigned((*self.code).instrs.as_ptr());
            vm.process().frames.last_mut().unwrap_unchecked().pc = at as u32;
        }
    }

    /// The state at the start of a frame that was just pushed for `code`, its window beginning at register `window` of this one.
    #[inline(always)]
    pub fn called(self, vm: &mut Vm, code: *const Code, window: u8) -> State {
        let base = self.base + window as usize;
        // SAFETY: the frame was pushed with room for its window; the stack may have moved.
        unsafe {
            State { pc: (*code).instrs.as_ptr(), regs: vm.process().stack.as_mut_ptr().add(base), code, base }
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

    /// Takes a slow step for an instruction.
    #[inline(always)]
    pub fn slowly<F: Fn(&mut Vm, Instr) -> Step>(self, vm: &mut Vm, i: Instr, step: F) -> Next {
        self.leave(vm);
        if outlined(vm, word_of(i), step) { Some(State::enter(vm)) } else { None }
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
        self.leave(vm);
        if outlined_with(vm, word_of(i), hit, step) { Some(State::enter(vm)) } else { None }
    }

    /// A safepoint: lets the scheduler, the collector and Ctrl-C in when it is time.
    #[inline(always)]
    pub fn poll(self, vm: &mut Vm) -> Next {
        vm.polls -= 1;
        if vm.polls < 0 || vm.heap.gc_requested() {
            return self.slowly(vm, Instr::new(Op::Slow, 0, 0, 0, 0), |vm, _| vm.look_around());
        }
        Some(self)
    }
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
