//! Handlers of sends, primitive calls and returns.

use batos_image::value::Value;
use batos_lang::code::op::Instr;

use super::state::{Next, State, instr_of, word_of};
use crate::code::{Code, Hit, HitKind, InlineCache};
use crate::lookup::Evaluation;
use crate::primitives::Quick;
use crate::process::FrameKind;
use crate::vm::{Step, Vm};

/// The entry of an inline cache for a map, if it has one.
#[inline(always)]
fn find(cache: *const InlineCache, map: u32) -> Option<*const Hit> {
    // SAFETY: `State::cache` gives pointers into the caches of living code; nothing changes them meanwhile.
    let cache = unsafe { &*cache };
    // An empty first entry has map 0, which is no object's.
    if cache.first.map == map {
        return Some(&raw const cache.first);
    }
    cache.more.iter().find(|h| h.map == map).map(|h| h as *const Hit)
}

/// Target and holder of an entry.
#[inline(always)]
fn content(hit: *const Hit) -> (u64, u64) {
    // SAFETY: as in `find`, whose answer it is.
    unsafe { ((*hit).target, (*hit).holder) }
}

/// A send to whatever it finds.
#[inline(always)]
pub(super) fn send(vm: &mut Vm, s: State, i: Instr) -> Next {
    let receiver = s.reg(i.b);
    let map = vm.heap.map_bits(receiver);
    let Some(hit) = find(s.cache(i.d), map) else {
        return s.slowly(vm, i, Vm::send_miss_step);
    };
    // SAFETY: as in `find`, whose answer it is.
    match unsafe { (*hit).kind } {
        HitKind::Method => method(vm, s, i, hit),
        HitKind::Block => block(vm, s, i, hit),
        HitKind::Field => field(vm, s, i, hit),
        HitKind::SetField => set_field(vm, s, i, hit),
        HitKind::Constant => constant(vm, s, i, hit),
        HitKind::VectorAt => vector_at(vm, s, i, hit),
        HitKind::VectorAtPut => vector_at_put(vm, s, i, hit),
        HitKind::VectorSize => {
            s.set(i.a, Value::from_usize(vm.heap.length(receiver.ref_unchecked())));
            s.go(vm)
        }
        HitKind::Same => {
            let other = s.reg_after(i.b, 1);
            if receiver != other && vm.may_be_same(receiver, other) {
                return s.slowly(vm, i, Vm::same_step);
            }
            s.set(i.a, vm.boolean(receiver == other));
            s.go(vm)
        }
        HitKind::Receiver => {
            s.set(i.a, receiver);
            s.go(vm)
        }
        HitKind::Quick => quick(vm, s, i, hit),
        HitKind::Primitive => s.slowly_with(vm, i, hit, Vm::primitive_step),
        HitKind::HolderField | HitKind::SetHolderField | HitKind::Counted | HitKind::Empty => {
            s.slowly_with(vm, i, hit, Vm::perform_step)
        }
    }
}

/// Defines the handlers of sends whose site found something of one kind last: they look for that only, and so are short.
macro_rules! specialised {
    ($($name:ident = $kind:ident, $perform:ident;)*) => {
        $(#[inline(always)]
        pub(super) fn $name(vm: &mut Vm, s: State, i: Instr) -> Next {
            let map = vm.heap.map_bits(s.reg(i.b));
            // SAFETY: as in `find`.
            let first = unsafe { &(*s.cache(i.d)).first };
            if first.map == map && first.kind == HitKind::$kind {
                $perform(vm, s, i, first)
            } else {
                general(vm, s.pc, s.regs, s.code, s.base, word_of(i))
            }
        })*
    };
}

specialised! {
    send_method = Method, method;
    send_block = Block, block;
    send_field = Field, field;
    send_set_field = SetField, set_field;
    send_constant = Constant, constant;
    send_vector_at = VectorAt, vector_at;
    send_vector_at_put = VectorAtPut, vector_at_put;
    send_quick = Quick, quick;
}

/// `send`, for specialised handlers that are not meant this time: they end in a jump to it.
#[inline(never)]
fn general(
    vm: &mut Vm,
    pc: *const Instr,
    regs: *mut Value,
    code: *const Code,
    base: usize,
    word: u64,
) -> Next {
    send(vm, State { pc, regs, code, base }, instr_of(word))
}

#[inline(always)]
fn method(vm: &mut Vm, s: State, i: Instr, hit: *const Hit) -> Next {
    let (target, holder) = content(hit);
    call(vm, s, i, hit, target as *const Code, holder)
}

/// The evaluation of a block: the entry knows the code of the one before, which most often is this one's.
#[inline(always)]
fn block(vm: &mut Vm, s: State, i: Instr, hit: *const Hit) -> Next {
    let (target, of) = content(hit);
    if vm.block_method(s.reg(i.b)) == of {
        return call(vm, s, i, hit, target as *const Code, 0);
    }
    other_block(vm, s.pc, s.regs, s.code, s.base, word_of(i))
}

/// The evaluation of a block that is not of the code of the one before: the entry learns it.
#[inline(never)]
fn other_block(
    vm: &mut Vm,
    pc: *const Instr,
    regs: *mut Value,
    code: *const Code,
    base: usize,
    word: u64,
) -> Next {
    let (s, i) = (State { pc, regs, code, base }, instr_of(word));
    let receiver = s.reg(i.b);
    let map = vm.heap.map_bits(receiver);
    let ready = vm.ready_code(receiver);
    if let Some(target) = ready {
        // SAFETY: the code table owns the code, and nobody holds a reference to its caches here.
        let caches = unsafe { &mut (*code.cast_mut()).caches };
        caches[i.d as usize].set_target(map, target as u64, vm.block_method(receiver));
    }
    match (find(s.cache(i.d), map), ready) {
        (Some(hit), Some(target)) => call(vm, s, i, hit, target, 0),
        (Some(hit), None) => s.slowly_with(vm, i, hit, Vm::perform_step),
        (None, _) => s.slowly(vm, i, Vm::send_miss_step),
    }
}

#[inline(always)]
fn field(vm: &mut Vm, s: State, i: Instr, hit: *const Hit) -> Next {
    let (at, _) = content(hit);
    s.set(i.a, vm.heap.word(s.reg(i.b).ref_unchecked(), at as usize));
    s.go(vm)
}

#[inline(always)]
fn set_field(vm: &mut Vm, s: State, i: Instr, hit: *const Hit) -> Next {
    let ((at, _), receiver) = (content(hit), s.reg(i.b));
    vm.heap.store(receiver.ref_unchecked(), at as usize, s.reg_after(i.b, 1));
    s.set(i.a, receiver);
    s.go(vm)
}

#[inline(always)]
fn constant(vm: &mut Vm, s: State, i: Instr, hit: *const Hit) -> Next {
    let (offset, _) = content(hit);
    s.set(i.a, vm.heap.value_at(offset));
    s.go(vm)
}

#[inline(always)]
fn vector_at(vm: &mut Vm, s: State, i: Instr, hit: *const Hit) -> Next {
    let (vector, index) = (s.reg(i.b).ref_unchecked(), s.reg_after(i.b, 1));
    let at = index.int_unchecked() as usize;
    if index.is_int() && at < vm.heap.length(vector) {
        s.set(i.a, vm.heap.item(vector, at));
        s.go(vm)
    } else {
        s.slowly_with(vm, i, hit, Vm::perform_step)
    }
}

#[inline(always)]
fn vector_at_put(vm: &mut Vm, s: State, i: Instr, hit: *const Hit) -> Next {
    let (receiver, index) = (s.reg(i.b), s.reg_after(i.b, 1));
    let vector = receiver.ref_unchecked();
    let at = index.int_unchecked() as usize;
    if index.is_int() && at < vm.heap.length(vector) {
        vm.heap.set_item(vector, at, s.reg_after(i.b, 2));
        s.set(i.a, receiver);
        s.go(vm)
    } else {
        s.slowly_with(vm, i, hit, Vm::perform_step)
    }
}

#[inline(always)]
fn quick(vm: &mut Vm, s: State, i: Instr, hit: *const Hit) -> Next {
    // SAFETY: as in `find`, whose answer it is.
    let primitive = unsafe { (*hit).primitive };
    // Registers behind the last argument may hold anything: they are read, not used.
    let (receiver, first, second) = (s.reg(i.b), s.reg_after(i.b, 1), s.reg_after(i.b, 2));
    let Some(function) = vm.primitives.quick(primitive) else {
        return s.slowly_with(vm, i, hit, Vm::perform_step);
    };
    match function(vm, receiver, first, second) {
        Quick::Value(value) => {
            s.set(i.a, value);
            s.go(vm)
        }
        Quick::Evaluate(it) => {
            s.set(i.b, it);
            evaluate(vm, s.pc, s.regs, s.code, s.base, word_of(i))
        }
        Quick::Declined => s.slowly_with(vm, i, hit, Vm::perform_step),
    }
}

/// Sends `value` to what stands in the place of a receiver, instead of the send that is being done.
#[inline(never)]
fn evaluate(
    vm: &mut Vm,
    pc: *const Instr,
    regs: *mut Value,
    code: *const Code,
    base: usize,
    word: u64,
) -> Next {
    let (s, i) = (State { pc, regs, code, base }, instr_of(word));
    let it = s.reg(i.b);
    match vm.lookups.evaluations.get(vm.heap.map_bits(it)) {
        Evaluation::Unknown => {}
        Evaluation::Itself => {
            s.set(i.a, it);
            return s.go(vm);
        }
        Evaluation::Block => {
            if let Some(code) = vm.ready_code(it)
                && let Some(called) = s.push(vm, code, i.b, i.a, 0)
            {
                return called.poll(vm);
            }
        }
    }
    s.slowly(vm, i, Vm::evaluate_step)
}

/// A move of a receiver followed by a send to it without arguments: both at once if that reads a field or a constant.
#[inline(always)]
pub(super) fn move_send(vm: &mut Vm, s: State, i: Instr) -> Next {
    let receiver = s.reg(i.b);
    s.set(i.a, receiver);
    let next = s.peek();
    // SAFETY: as in `find`.
    let first = unsafe { &(*s.cache(next.d)).first };
    if first.map == vm.heap.map_bits(receiver) {
        match first.kind {
            HitKind::Field => return field(vm, s.skip(1), next, first),
            HitKind::Constant => return constant(vm, s.skip(1), next, first),
            _ => {}
        }
    }
    s.go(vm)
}

/// Pushes an activation and goes on in it.
#[inline(always)]
fn call(vm: &mut Vm, s: State, i: Instr, hit: *const Hit, target: *const Code, holder: u64) -> Next {
    match s.push(vm, target, i.b, i.a, holder) {
        Some(called) => called.poll(vm),
        None => s.slowly_with(vm, i, hit, Vm::perform_step),
    }
}

#[inline(always)]
pub(super) fn primitive(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.slowly(vm, i, |vm, i| {
        let step = vm.call_primitive(i);
        vm.collect_if_due(step)
    })
}

#[inline(always)]
pub(super) fn primitive_or(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.slowly(vm, i, |vm, i| {
        let step = vm.call_primitive_or(i);
        vm.collect_if_due(step)
    })
}

#[inline(always)]
pub(super) fn run_method(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.slowly(vm, i, |vm, i| {
        let (method, window) = (vm.register(i.c), vm.frame().base as usize + i.b as usize);
        let step = vm.run_method(method, window, i.a);
        vm.look_if_due(step)
    })
}

#[inline(always)]
pub(super) fn return_(vm: &mut Vm, s: State, i: Instr) -> Next {
    let value = s.reg(i.a);
    let frames = &mut vm.process().frames;
    // SAFETY: the running frame is the last.
    let frame = unsafe { frames.last().unwrap_unchecked() };
    let dst = frame.dst;
    if frame.kind != FrameKind::Normal || frame.has_open || frames.len() < 2 {
        return s.slowly(vm, i, Vm::return_step);
    }
    frames.pop();
    let caller = State::enter(vm);
    caller.set(dst, value);
    caller.go(vm)
}

#[inline(always)]
pub(super) fn return_home(vm: &mut Vm, s: State, i: Instr) -> Next {
    s.slowly(vm, i, |vm, i| {
        let value = vm.register(i.a);
        vm.return_home(value)
    })
}

impl Vm {
    /// A register of the running frame.
    pub(crate) fn register(&mut self, r: u8) -> Value {
        let base = self.frame().base as usize;
        self.stack_at(base + r as usize)
    }

    fn send_miss_step(&mut self, i: Instr) -> Step {
        let step = self.send_miss(i);
        self.look_if_due(step)
    }

    /// Sends `value` to what stands in the place of a receiver.
    pub(crate) fn evaluate_step(&mut self, i: Instr) -> Step {
        let receiver = self.register(i.b);
        let name = self.symbols.value;
        // Only what holds for all objects of the map is remembered.
        if self.resolve(receiver, name).is_ok()
            && let Some(hit) = self.lookups.get(self.heap.map_bits(receiver), name)
        {
            self.lookups.evaluations.learn(&hit);
        }
        let window = self.frame().base as usize + i.b as usize;
        let step = self.send_at(self.symbols.value, window, 0, i.a);
        self.look_if_due(step)
    }

    fn same_step(&mut self, i: Instr) -> Step {
        let (x, y) = (self.register(i.b), self.register(i.b + 1));
        let same = self.boolean(self.same(x, y));
        self.set_register(i.a, same);
        Step::Go
    }

    fn perform_step(&mut self, i: Instr, hit: Hit) -> Step {
        let argc = usize::from(self.site_of(i).argc);
        let window = self.frame().base as usize + i.b as usize;
        self.perform(hit, window, argc, i.a)
    }

    fn primitive_step(&mut self, i: Instr, hit: Hit) -> Step {
        let step = self.try_primitive(hit, i);
        self.collect_if_due(step)
    }

    /// The return of a frame that is no ordinary activation, or has open cells.
    fn return_step(&mut self, i: Instr) -> Step {
        let (value, frame) = (self.register(i.a), *self.frame());
        if frame.has_open {
            self.close_cells(frame.base as usize);
        }
        if frame.kind != FrameKind::Normal {
            return self.return_special(frame, value);
        }
        self.process().frames.pop();
        if !self.process().frames.is_empty() {
            self.set_register(frame.dst, value);
        }
        Step::Go
    }

    /// After a step that may have allocated much.
    fn collect_if_due(&mut self, step: Step) -> Step {
        if matches!(step, Step::Go) && self.heap.gc_requested() { self.look_around() } else { step }
    }

    /// After a step that may have pushed a frame: a safepoint.
    fn look_if_due(&mut self, step: Step) -> Step {
        self.polls -= 1;
        let due = self.polls < 0 || self.heap.gc_requested();
        if matches!(step, Step::Go) && due { self.look_around() } else { step }
    }
}
