//! Entering compiled code and leaving it, and steps that the machine takes for it.
//!
//! Invariant: while compiled code runs, the context describes the running process; every step that may change that writes it anew.

use batos_image::value::{MapRef, ObjectRef, Value};
use batos_jit::layout::{Context, status, stepped};
use batos_lang::code::op::{Instr, Op};

use crate::code::quicken::internal;
use crate::code::{Code, Hit, HitKind};
use crate::primitives::Quick;
use crate::process::Frame;
use crate::vm::{Step, Vm};

/// Frames that compiled code may push without asking, beyond what it looks for.
const FRAMES: usize = 64;
/// Of those, what inlined activations may need at an exit.
const SPARE: usize = 24;

impl Vm {
    /// Runs compiled code from the top frame's instruction on, until it comes back.
    pub(crate) fn run_compiled(&mut self) -> Step {
        let Some((address, window, entry)) = self.compiled_entry() else {
            self.gear.skip = true;
            return Step::Go;
        };
        let Some(trampoline) = self.gear.compiler.as_ref().map(batos_jit::Compiler::trampoline) else {
            self.gear.skip = true;
            return Step::Go;
        };
        // A collection that is due does not wait for a slice's end.
        let polls = if self.heap.gc_requested() { self.polls.min(0) } else { self.polls };
        self.polls = polls;
        self.describe();
        self.gear.counts.entered += 1;
        self.gear.depth += 1;
        // SAFETY: the code was made by this machine's compiler for it, and its memory is not given back while it runs; the context
        // describes the running process, `window` is its top frame's. Steps use the machine by the pointer in the context meanwhile.
        let answer = unsafe { batos_jit::run(trampoline, address, window, entry) };
        self.gear.depth -= 1;
        self.sync_frames();
        if !self.gear.limbo.is_empty() {
            self.gear.free_limbo();
        }
        if let Some(exit) = self.gear.leaving.take() {
            return Step::Exit(exit);
        }
        if self.process().frames.is_empty() {
            return Step::Go;
        }
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
            status::POLL => {
                self.gear.counts.polls += 1;
                self.look_around()
            }
            _ => {
                self.gear.counts.left += 1;
                Step::Go
            }
        }
    }

    /// Where the top frame goes on in compiled code: address, window, entry; if there is such a place. Who takes single steps is
    /// interpreted, since inlined activations are none to compiled code.
    fn compiled_entry(&mut self) -> Option<(u64, u64, u64)> {
        let process = self.process();
        if process.stepping {
            return None;
        }
        let frame = process.frames.last()?;
        let window = process.stack.as_ptr() as u64 + 8 * u64::from(frame.base);
        // SAFETY: the frame's code lives; `resumes` has an entry for each of its instructions while there is compiled code.
        unsafe {
            let code = &*frame.code;
            if code.native == 0 || code.resumes.is_null() {
                return None;
            }
            let entry = *code.resumes.add(frame.pc as usize);
            (entry > 0 || frame.pc == 0).then_some((code.native, window, u64::from(entry)))
        }
    }

    /// Writes the context for the running process.
    fn describe(&mut self) {
        let polls = i64::from(self.polls);
        let fail = self.gear.trial.fail;
        let machine = std::ptr::from_mut::<Vm>(self) as u64;
        let process = self.process();
        if process.frames.capacity() - process.frames.len() < FRAMES {
            process.frames.reserve(2 * FRAMES);
        }
        let first = process.frames.as_mut_ptr() as u64;
        let frame = size_of::<Frame>() as u64;
        let (count, capacity) = (process.frames.len() as u64, process.frames.capacity());
        let stack = process.stack.as_mut_ptr() as u64;
        let stack_end = stack + 8 * process.stack.len() as u64;
        let object = process.object.value().bits();
        let Some(context) = &mut self.gear.context else { return };
        let guards = if context.guards <= 0 { i64::from(fail) } else { context.guards };
        **context = Context {
            top: (first + count * frame).wrapping_sub(frame),
            first,
            end: first + (capacity - SPARE) as u64 * frame,
            stack,
            stack_end,
            process: object,
            polls,
            machine,
            guards,
            next_code: 0,
            next_window: 0,
            next_entry: 0,
        };
    }

    /// The machine learns what compiled code has written: how many frames there are, how many safepoints are left.
    pub(super) fn sync_frames(&mut self) {
        let Some(context) = &self.gear.context else { return };
        let bytes = context.top.wrapping_sub(context.first) as i64;
        let count = (bytes / size_of::<Frame>() as i64 + 1) as usize;
        let polls = context.polls.clamp(-1, i64::from(i32::MAX)) as i32;
        self.polls = polls;
        // SAFETY: compiled code has written a record for each, within the capacity that it was told.
        unsafe { self.process().frames.set_len(count) };
    }

    /// Does one instruction of the top frame, whose counter stands behind it, as the interpreter does when it takes a slow step.
    fn instruction(&mut self, i: Instr) -> Step {
        match Op::from_u8(i.op) {
            Some(Op::Send) => self.any_send(i),
            Some(Op::Prim) => self.call_primitive(i),
            Some(Op::PrimOr) => self.call_primitive_or(i),
            Some(Op::RunMethod) => {
                let (method, window) = (self.register(i.c), self.frame().base as usize + usize::from(i.b));
                self.run_method(method, window, i.a)
            }
            Some(Op::NewInstance) => {
                let map = MapRef::assume(self.register(i.b).ref_unchecked());
                let object = self.new_instance(map);
                self.set_register(i.a, object);
                Step::Go
            }
            Some(Op::PutElement) => {
                let (vector, value) = (self.register(i.a), self.register(i.b));
                self.heap.set_item(vector.ref_unchecked(), i.d as usize, value);
                Step::Go
            }
            Some(Op::ReturnHome) => {
                let value = self.register(i.a);
                self.return_home(value)
            }
            Some(_) => self.arithmetic_step(i),
            None => self.abort(format!("unknown instruction {}", i.op)),
        }
    }

    /// A send of any kind, by the site's inline cache or by a search.
    fn any_send(&mut self, i: Instr) -> Step {
        let frame = *self.frame();
        let window = frame.base as usize + usize::from(i.b);
        let receiver = self.stack_at(window);
        let map = self.heap.map_bits(receiver);
        // SAFETY: the running frame's code is alive and names its own sites only.
        let (hit, argc) = unsafe {
            let cache = &(&(*frame.code).caches)[i.d as usize];
            let hits = std::iter::once(&cache.first).chain(&cache.more);
            let hit = hits.filter(|hit| hit.kind != HitKind::Empty).find(|hit| hit.map == map).copied();
            (hit, usize::from((&(*frame.code).sites)[i.d as usize].argc))
        };
        match hit {
            Some(hit) => match hit.kind {
                HitKind::Quick => self.quick_send(hit, i, window, argc),
                HitKind::Primitive | HitKind::VectorAt | HitKind::VectorAtPut => self.try_primitive(hit, i),
                _ => self.perform(hit, window, argc, i.a),
            },
            None => self.send_miss(i),
        }
    }

    /// A send that a primitive's fast path may answer.
    fn quick_send(&mut self, hit: Hit, i: Instr, window: usize, argc: usize) -> Step {
        let word = |vm: &mut Vm, n| vm.process().stack.get(window + n).copied().unwrap_or(Value::ZERO);
        let (receiver, first, second) = (word(self, 0), word(self, 1), word(self, 2));
        let answer = self.primitives.quick(hit.primitive).map(|quick| quick(self, receiver, first, second));
        match answer {
            Some(Quick::Value(value)) => {
                self.set_register(i.a, value);
                Step::Go
            }
            Some(Quick::Evaluate(it)) => {
                self.set_stack(window, it);
                self.evaluate_step(i)
            }
            Some(Quick::Declined) | None => self.perform(hit, window, argc, i.a),
        }
    }
}

/// Where a process stands, and whether what compiled code holds in variables is good.
#[derive(PartialEq, Eq)]
struct Place {
    process: ObjectRef,
    frames: usize,
    code: *const Code,
    base: u32,
    stack: *const Value,
    epoch: u64,
}

impl Vm {
    fn place(&mut self) -> Option<Place> {
        let epoch = self.gear.epoch;
        let process = self.process();
        let frame = process.frames.last()?;
        Some(Place {
            process: process.object,
            frames: process.frames.len(),
            code: frame.code,
            base: frame.base,
            stack: process.stack.as_ptr(),
            epoch,
        })
    }
}

/// Does an instruction for compiled code, which has stored everything home and given all frames their records; the top frame's counter
/// stands behind the instruction. `on`: where it goes on if nothing else comes of it.
pub(super) extern "C" fn step(machine: *mut Vm, word: u64, on: u64) -> u64 {
    // SAFETY: `run_compiled` waits for compiled code and touches the machine only when that came back.
    let vm = unsafe { &mut *machine };
    vm.sync_frames();
    vm.gear.counts.steps += 1;
    let i = Instr::from_bytes(word.to_le_bytes());
    let before = vm.place();
    let step = vm.instruction(i);
    if let Step::Exit(exit) = step {
        vm.gear.leaving = Some(exit);
    }
    if vm.heap.gc_requested() {
        vm.polls = vm.polls.min(0);
    }
    let stands = vm.process().frames.last().is_some_and(|frame| u64::from(frame.pc) == on);
    let here = stands && vm.place() == before && vm.gear.leaving.is_none() && !vm.process().stepping;
    let next = if here || vm.gear.leaving.is_some() { None } else { vm.compiled_entry() };
    vm.describe();
    if here {
        return stepped::HERE;
    }
    vm.gear.counts.away += 1;
    match (&mut vm.gear.context, next) {
        (Some(context), Some((code, window, entry))) => {
            (context.next_code, context.next_window, context.next_entry) = (code, window, entry);
            stepped::ELSEWHERE
        }
        _ => stepped::AWAY,
    }
}
