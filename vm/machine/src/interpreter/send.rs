//! Handlers of sends, primitive calls and returns.

use batos_image::value::Value;
use batos_lang::code::op::Instr;

use super::state::{Next, State};
use crate::code::{Code, Hit, HitKind, InlineCache};
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

#[inline(always)]
pub(super) fn send(vm: &mut Vm, s: State, i: Instr) -> Next {
    let receiver = s.reg(i.b);
    let map = vm.heap.map_bits(receiver);
    let Some(hit) = find(s.cache(i.d), map) else {
        return s.slowly(vm, i, Vm::send_miss_step);
    };
    // SAFETY: as in `find`; it is not used after anything that may change the cache.
    let entry = unsafe { &*hit };
    match entry.kind {
        HitKind::Method => {
            let (target, holder) = (entry.target as *const Code, entry.holder);
            call(vm, s, i, target, holder)
        }
        HitKind::Field => {
            s.set(i.a, vm.heap.word(receiver.ref_unchecked(), entry.target as usize));
            Some(s)
        }
        HitKind::SetField => {
            vm.heap.store(receiver.ref_unchecked(), entry.target as usize, s.reg_after(i.b, 1));
            s.set(i.a, receiver);
            Some(s)
        }
        HitKind::Constant => {
            s.set(i.a, vm.heap.value_at(entry.target));
            Some(s)
        }
        HitKind::Block => match vm.block_code(receiver) {
            Some(target) => call(vm, s, i, target, 0),
            None => s.slowly(vm, i, |vm, _| vm.abort("a block without code was evaluated".into())),
        },
        HitKind::VectorAt => {
            let (vector, index) = (receiver.ref_unchecked(), s.reg_after(i.b, 1));
            let at = index.int_unchecked() as usize;
            if index.is_int() && at < vm.heap.length(vector) {
                s.set(i.a, vm.heap.item(vector, at));
                Some(s)
            } else {
                s.slowly_with(vm, i, hit, Vm::perform_step)
            }
        }
        HitKind::VectorAtPut => {
            let (vector, index) = (receiver.ref_unchecked(), s.reg_after(i.b, 1));
            let at = index.int_unchecked() as usize;
            if index.is_int() && at < vm.heap.length(vector) {
                vm.heap.set_item(vector, at, s.reg_after(i.b, 2));
                s.set(i.a, receiver);
                Some(s)
            } else {
                s.slowly_with(vm, i, hit, Vm::perform_step)
            }
        }
        HitKind::VectorSize => {
            s.set(i.a, Value::from_usize(vm.heap.length(receiver.ref_unchecked())));
            Some(s)
        }
        HitKind::Same => {
            s.set(i.a, vm.boolean(vm.same(receiver, s.reg_after(i.b, 1))));
            Some(s)
        }
        HitKind::Receiver => {
            s.set(i.a, receiver);
            Some(s)
        }
        HitKind::Primitive => s.slowly_with(vm, i, hit, Vm::primitive_step),
        HitKind::HolderField | HitKind::SetHolderField | HitKind::Empty => {
            s.slowly_with(vm, i, hit, Vm::perform_step)
        }
    }
}

/// Pushes an activation and goes on in it.
#[inline(always)]
fn call(vm: &mut Vm, s: State, i: Instr, target: *const Code, holder: u64) -> Next {
    s.leave(vm);
    if !vm.push_frame(target, s.base + i.b as usize, i.a, holder, FrameKind::Normal) {
        return s.slowly(vm, i, |vm, _| vm.stack_overflow());
    }
    s.called(vm, target, i.b).poll(vm)
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
    let frame = vm.frame();
    let dst = frame.dst;
    if frame.kind != FrameKind::Normal || frame.has_open {
        return s.slowly(vm, i, Vm::return_step);
    }
    let frames = &mut vm.process().frames;
    if frames.len() < 2 {
        return s.slowly(vm, i, Vm::return_step);
    }
    frames.pop();
    let caller = State::enter(vm);
    caller.set(dst, value);
    Some(caller)
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
    pub(super) fn register(&mut self, r: u8) -> Value {
        let base = self.frame().base as usize;
        self.stack_at(base + r as usize)
    }

    fn send_miss_step(&mut self, i: Instr) -> Step {
        let step = self.send_miss(i);
        self.look_if_due(step)
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
