//! Steps off the interpreter's fast paths: cache misses, resends, primitives, non-local returns.

use batos_image::layout::{Format, Kind};
use batos_image::value::{MapRef, ObjectRef, Value};
use batos_lang::code::op::{Instr, Op};
use batos_lang::code::unit::SendKind;

use crate::block::block_element;
use crate::code::{Code, CodeKind, Hit, HitKind, method_element};
use crate::errors::{Problem, SendType};
use crate::lookup::{self, Outcome, Start};
use crate::primitives::Pushed;
use crate::primitives::{Call, Failure, Reply};
use crate::process::{Frame, FrameKind};
use crate::scheduling::Signal;
use crate::vm::{Step, Vm};

impl Vm {
    /// A send that the site's inline cache has no entry for.
    #[cold]
    pub(crate) fn send_miss(&mut self, i: Instr) -> Step {
        let code = self.frame().code;
        let site = self.site_of(i);
        let base = self.frame().base as usize;
        let window = base + i.b as usize;
        let argc = site.argc as usize;
        if site.kind == SendKind::Resend as u8 || site.kind == SendKind::Directed as u8 {
            return self.resend(code, i, window);
        }
        let receiver = self.stack_at(window);
        match self.resolve(receiver, site.selector) {
            Ok(hit) => {
                let cacheable = self.settings.caches && self.lookups.get(hit.map, site.selector).is_some();
                if cacheable {
                    self.cache_at_site(code, i.d, hit);
                }
                self.perform(hit, window, argc, i.a)
            }
            Err(mut outcome) => {
                let implicit = site.kind == SendKind::Implicit as u8;
                if implicit && site.local_parents > 0 && matches!(outcome, Outcome::Missing) {
                    let parents: Vec<Value> = (0..site.local_parents as usize)
                        .map(|n| self.stack_at(window + 1 + argc + n))
                        .collect();
                    match self.resolve_from(Start::Each(&parents), receiver, site.selector) {
                        Ok(hit) => return self.perform(hit, window, argc, i.a),
                        Err(among_them) => outcome = among_them,
                    }
                }
                let send_type = if implicit { SendType::ImplicitSelf } else { SendType::Normal };
                let problem = Problem::from_outcome(&outcome);
                self.lookup_error(problem, site.selector.value(), window, argc, i.a, send_type, None, None)
            }
        }
    }

    /// Puts a hit into a site's inline cache.
    fn cache_at_site(&mut self, code: *const Code, site: u32, hit: Hit) {
        self.lookups.note_site(hit.map, code, site);
        let at = (self.frame().pc as usize).wrapping_sub(1);
        // SAFETY: the code table owns the code; nobody else holds a reference to its caches or instructions here (the
        // interpreter copies both out before it takes a step).
        let code = unsafe { &mut *code.cast_mut() };
        if hit.kind != HitKind::Empty {
            code.caches[site as usize].add(hit);
            crate::code::quicken::specialise_send(code, at, site);
        }
    }

    /// `resend.x` and `name.x`: searched from the method holder, uncached.
    fn resend(&mut self, code: *const Code, i: Instr, window: usize) -> Step {
        // SAFETY: the running frame's code is alive and names its own sites only.
        let (site, kind, literals) =
            unsafe { ((&(*code).sites)[i.d as usize], (*code).kind, (*code).literals) };
        let argc = site.argc as usize;
        let receiver = self.stack_at(window);
        let holder = if kind == CodeKind::Block {
            let base = self.frame().base as usize;
            let block = self.stack_at(base).ref_unchecked();
            let holder = self.heap.item(block, block_element::HOLDER);
            if holder == self.nil() { receiver } else { holder }
        } else {
            ObjectRef::from_offset(self.frame().holder).map_or(receiver, ObjectRef::value)
        };
        let (start, send_type, delegatee) = if site.kind == SendKind::Resend as u8 {
            (Start::ParentsOf(holder), SendType::UndirectedResend, None)
        } else {
            let name = self.heap.item(literals, site.delegate as usize);
            let found = name
                .as_ref()
                .and_then(|n| self.heap.find_slot(self.heap.map_of(holder), n))
                .map(|slot| lookup::slot_content(&self.heap, holder, &slot));
            match found {
                Some(content) => (Start::Object(content), SendType::DirectedResend, Some(name)),
                None => {
                    let (problem, how) = (Problem::MissingParent, SendType::DirectedResend);
                    return self.lookup_error(
                        problem,
                        site.selector.value(),
                        window,
                        argc,
                        i.a,
                        how,
                        Some(name),
                        Some(holder),
                    );
                }
            }
        };
        match self.resolve_from(start, receiver, site.selector) {
            Ok(hit) => self.perform(hit, window, argc, i.a),
            Err(outcome) => {
                let problem = Problem::from_outcome(&outcome);
                self.lookup_error(
                    problem,
                    site.selector.value(),
                    window,
                    argc,
                    i.a,
                    send_type,
                    delegatee,
                    Some(holder),
                )
            }
        }
    }

    /// The real send of an arithmetic instruction.
    #[cold]
    pub(crate) fn arithmetic_send(&mut self, i: Instr) -> Step {
        let (code, base) = (self.frame().code, self.frame().base as usize);
        // SAFETY: the running frame's code is alive and names its own sites only; the op is read from the bytecode in the image, because the running copy is quickened.
        let (site, at, method) =
            unsafe { ((&(*code).sites)[i.d as usize], self.frame().pc as usize - 1, (*code).method) };
        let window = base + site.base as usize;
        let receiver = self.stack_at(base + i.b as usize);
        let kept =
            self.heap.item(method, method_element::BYTECODE).as_ref().map(|r| self.heap.byte(r, at * 8));
        let immediate = kept == Some(Op::AddInt as u8) || kept == Some(Op::SubInt as u8);
        let argument = if immediate {
            Value::from_i32(i32::from(i.c as i8))
        } else {
            self.stack_at(base + i.c as usize)
        };
        self.set_stack(window, receiver);
        self.set_stack(window + 1, argument);
        let send = Instr { op: Op::Send as u8, a: i.a, b: site.base, c: 0, d: i.d };
        let map = self.heap.map_bits(receiver);
        // SAFETY: the running frame's code is alive and names its own sites only.
        let cached = unsafe {
            let cache = &(&(*code).caches)[i.d as usize];
            std::iter::once(&cache.first)
                .chain(&cache.more)
                .find(|h| h.map == map && h.kind != HitKind::Empty)
                .copied()
        };
        match cached {
            Some(hit) => self.perform(hit, window, 1, i.a),
            None => self.send_miss(send),
        }
    }

    /// A send found a method that is a primitive only: the primitive is tried, and the method run if it fails.
    pub(crate) fn try_primitive(&mut self, hit: Hit, i: Instr) -> Step {
        let (argc, window) = (usize::from(self.site_of(i).argc), self.frame().base as usize + i.b as usize);
        let call = Call { window, argc, dst: i.a, has_fail: false };
        if let Some(function) = self.primitives.get(hit.primitive, argc)
            && let Ok(Reply::Value(value)) = function(self, &call)
        {
            self.set_register(i.a, value);
            return Step::Go;
        }
        self.perform(hit, window, argc, i.a)
    }

    /// Calls a primitive with a literal fail block: success skips the next instruction, failure goes where it says.
    pub(crate) fn call_primitive_or(&mut self, i: Instr) -> Step {
        let site = self.site_of(i);
        let frame = self.frame();
        // SAFETY: the running frame's code is alive; the instruction is followed by its `Slow`.
        let slow = unsafe { (&(*frame.code).instrs)[frame.pc as usize].d };
        let window = self.frame().base as usize + i.b as usize;
        let argc = site.argc as usize;
        let call = Call { window, argc, dst: i.a, has_fail: false };
        self.frame().pc += 1;
        let reply = match self.primitives.get(site.primitive, argc) {
            Some(function) => function(self, &call),
            None => Err(Failure::word("primitiveNotDefinedError")),
        };
        match reply {
            Ok(Reply::Value(value)) => {
                self.set_register(i.a, value);
                Step::Go
            }
            Ok(Reply::Step(step)) => step,
            Ok(Reply::Again) => {
                self.frame().pc -= 2;
                self.look_around()
            }
            Err(failure) => {
                let error = self.intern(failure.text.as_bytes()).value();
                self.set_register(i.a, error);
                self.frame().pc = slow;
                Step::Go
            }
        }
    }

    /// Calls the primitive of a site.
    pub(crate) fn call_primitive(&mut self, i: Instr) -> Step {
        let site = self.site_of(i);
        let window = self.frame().base as usize + i.b as usize;
        let argc = site.argc as usize;
        let has_fail = site.kind == SendKind::PrimitiveIfFail as u8;
        let call = Call { window, argc, dst: i.a, has_fail };
        let reply = match self.primitives.get(site.primitive, argc) {
            Some(function) => function(self, &call),
            None => Err(Failure::word("primitiveNotDefinedError")),
        };
        match reply {
            Ok(Reply::Value(value)) => {
                self.set_register(i.a, value);
                Step::Go
            }
            Ok(Reply::Step(step)) => step,
            Ok(Reply::Again) => {
                self.frame().pc -= 1;
                self.look_around()
            }
            Err(failure) => {
                let fail_block = if has_fail { Some(self.stack_at(window + 1 + argc)) } else { None };
                self.primitive_failed(&failure.text, site.selector, window, fail_block, i.a)
            }
        }
    }

    /// The same object, or floats of equal bits.
    #[inline(always)]
    pub(crate) fn same(&self, x: Value, y: Value) -> bool {
        x == y || self.same_boxed(x, y)
    }

    /// Whether two values that are not identical may yet be the same: floats in boxes.
    #[inline(always)]
    pub(crate) fn may_be_same(&self, x: Value, y: Value) -> bool {
        x.is_ref() && y.is_ref() && self.heap.kind_of_ref(x.ref_unchecked()) == Kind::Float
    }

    #[inline(never)]
    fn same_boxed(&self, x: Value, y: Value) -> bool {
        if !x.is_ref() || !y.is_ref() {
            return false;
        }
        if self.heap.kind_of(x) != Kind::Float || self.heap.kind_of(y) != Kind::Float {
            return false;
        }
        match (self.heap.float_value(x), self.heap.float_value(y)) {
            (Some(x), Some(y)) => x.to_bits() == y.to_bits(),
            _ => false,
        }
    }

    /// The first frame of the running process returns.
    pub(crate) fn finish(&mut self, value: Value) -> Step {
        self.process().state = crate::process::ProcessState::Finished;
        self.leave_process(Signal::Terminated, b"", Some(value))
    }

    /// A frame that is no ordinary activation returns.
    pub(crate) fn return_special(&mut self, frame: Frame, value: Value) -> Step {
        let window = frame.base as usize;
        match frame.kind {
            FrameKind::Entry => return self.finish(value),
            FrameKind::Last => {
                let last = self.process().frames.len().saturating_sub(1);
                self.cut_frames(last);
                return self.stop_for_stack();
            }
            FrameKind::Ensure => {
                self.process().frames.pop();
                return self.run_handler(window, value, frame.dst);
            }
            FrameKind::Unwinding => {
                let (kept, marker) = (self.stack_at(window - 2), self.stack_at(window - 1));
                self.process().frames.pop();
                let hint = self.stack_at(window - 3).as_int();
                if Vm::ends_process(marker) {
                    return self.unwind();
                }
                return match self.home_at(hint, marker) {
                    Some(home) => self.return_to(home, marker, kept),
                    None => self.return_to_marker(marker, kept),
                };
            }
            FrameKind::Passing => {
                let (hint, marker) = (self.stack_at(window - 3).as_int(), self.stack_at(window - 1));
                self.process().frames.pop();
                if Vm::ends_process(marker) {
                    return self.unwind();
                }
                return match self.home_at(hint, marker) {
                    Some(home) => self.return_to(home, marker, value),
                    None => self.return_to_marker(marker, value),
                };
            }
            FrameKind::Normal
            | FrameKind::Barrier
            | FrameKind::Ensured
            | FrameKind::Mirrored
            | FrameKind::Watched => {}
        }
        self.process().frames.pop();
        let value = match frame.kind {
            FrameKind::Ensured => self.stack_at(window - 2),
            FrameKind::Mirrored => self.mirror_on(value),
            _ => value,
        };
        self.set_register(frame.dst, value);
        if frame.kind == FrameKind::Watched {
            return self.leave_process(Signal::FinishedActivation, b"", None);
        }
        Step::Go
    }

    /// `^` in a block: returns from the home method, unless that is gone or somebody stops it on the way.
    pub(crate) fn return_home(&mut self, value: Value) -> Step {
        let base = self.frame().base as usize;
        let block = self.stack_at(base).ref_unchecked();
        let marker = self.heap.item(block, block_element::HOME);
        if marker == self.nil() {
            return self.dead_home(block.value());
        }
        match self.home_frame(marker) {
            Some(home) => self.return_to(home, marker, value),
            None => self.dead_home(block.value()),
        }
    }

    /// The position that was kept of a marker's frame, if the frame is there. Who returns from deep stacks through many guards would
    /// else look for it as often.
    fn home_at(&mut self, kept: Option<i64>, marker: Value) -> Option<usize> {
        let at = usize::try_from(kept?).ok()?;
        let process = self.process();
        let frame = process.frames.get(at)?;
        let register = frame.code().home;
        (register != 255 && process.stack[frame.base as usize + register as usize] == marker).then_some(at)
    }

    /// Position of the frame that a home marker belongs to.
    fn home_frame(&mut self, marker: Value) -> Option<usize> {
        let process = self.process();
        process.frames.iter().rposition(|frame| {
            let register = frame.code().home;
            register != 255 && process.stack[frame.base as usize + register as usize] == marker
        })
    }

    /// Returns from the activation of a marker, if it is there yet.
    fn return_to_marker(&mut self, marker: Value, value: Value) -> Step {
        match self.home_frame(marker) {
            Some(home) => self.return_to(home, marker, value),
            None => self.abort("deadHomeError: the home of a non-local return ended on the way".into()),
        }
    }

    /// Returns from the activation of a marker, which is at position `home`, through whatever guards stand above it. A handler of
    /// `_OnNonLocalReturn:` that is left by this return gives its value to the one that it was told of, and that one goes on.
    fn return_to(&mut self, mut home: usize, mut marker: Value, mut value: Value) -> Step {
        let mut at = self.process().frames.len();
        while at > home + 1 {
            at -= 1;
            let frame = self.process().frames[at];
            let window = frame.base as usize;
            let (argument, kind) = match frame.kind {
                FrameKind::Barrier => (Some(value), FrameKind::Passing),
                FrameKind::Ensure => (None, FrameKind::Unwinding),
                FrameKind::Passing => {
                    let hint = self.stack_at(window - 3).as_int();
                    marker = self.stack_at(window - 1);
                    self.cut_frames(at);
                    if Vm::ends_process(marker) {
                        return self.unwind();
                    }
                    match self.home_at(hint, marker).or_else(|| self.home_frame(marker)) {
                        Some(position) => home = position,
                        None => {
                            let why = "deadHomeError: the home of a non-local return ended on the way";
                            return self.abort(why.into());
                        }
                    }
                    continue;
                }
                FrameKind::Unwinding if Vm::ends_process(self.stack_at(window - 1)) => {
                    // Nobody gets away from the end of his process.
                    self.cut_frames(at);
                    return self.unwind();
                }
                _ => continue,
            };
            let handler = self.stack_at(window - 3);
            self.cut_frames(at);
            self.set_stack(window - 3, Value::from_usize(home));
            self.set_stack(window - 2, value);
            self.set_stack(window - 1, marker);
            self.set_stack(window, handler);
            match self.push_value(handler, argument, window, frame.dst, kind) {
                Pushed::Frame => return Step::Go,
                // A handler that is no code is its own value.
                Pushed::Value(made) if kind == FrameKind::Passing => value = made,
                // The guard had nothing to run, and its frame is cut: look for the next one.
                Pushed::Value(_) => {}
                Pushed::Step(step) => return step,
            }
        }
        let frame = self.process().frames[home];
        if frame.kind == FrameKind::Entry {
            self.cut_frames(home + 1);
            self.close_cells(frame.base as usize);
            return self.finish(value);
        }
        if frame.kind != FrameKind::Normal {
            self.cut_frames(home + 1);
            self.close_cells(frame.base as usize);
            return self.return_special(frame, value);
        }
        self.cut_frames(home);
        self.set_register(frame.dst, value);
        Step::Go
    }

    /// Ends all activations from position `from` up.
    pub(crate) fn cut_frames(&mut self, from: usize) {
        if let Some(frame) = self.process().frames.get(from) {
            let base = frame.base as usize;
            self.close_cells(base);
        }
        let process = self.process();
        if process.frames[from.min(process.frames.len())..].iter().any(|f| f.kind == FrameKind::Watched) {
            process.left_watched = true;
            self.look_soon();
        }
        self.process().frames.truncate(from);
    }

    /// The home of a returning block is gone: its process is told; the answer becomes the value of the block.
    fn dead_home(&mut self, block: Value) -> Step {
        let Some(frame) = self.process().frames.pop() else {
            return self.abort("a block without a frame returned".into());
        };
        if frame.has_open {
            self.close_cells(frame.base as usize);
        }
        if self.process().frames.is_empty() {
            return self.abort("deadHomeError: the method that the block would return from has ended".into());
        }
        let window = frame.base as usize;
        self.set_stack(window, block);
        let name = self.symbols.return_home;
        self.primitive_failed("deadHomeError", name, window, None, frame.dst)
    }

    /// An object of a map made by the load unit.
    pub(crate) fn new_instance(&mut self, map: MapRef) -> Value {
        let count = self.heap.field_count(map);
        let nil = self.nil();
        let object = match self.heap.format(map) {
            Format::Slots => self.heap.alloc_old_slots(map, count, nil),
            _ => return nil,
        };
        for i in 0..self.heap.slot_count(map) {
            let slot = self.heap.slot(map, i);
            if slot.kind == batos_image::layout::SlotKind::Field {
                self.heap.set_field(object, Format::Slots, slot.index as usize, slot.content);
            }
        }
        object.value()
    }

    /// Runs a method object with the receiver in place.
    pub(crate) fn run_method(&mut self, method: Value, window: usize, dst: u8) -> Step {
        let code = match method.as_ref() {
            Some(r) if self.heap.kind_of_ref(r) == Kind::Method => self.code_of(r),
            _ => None,
        };
        let Some(code) = code else {
            self.set_register(dst, method);
            return Step::Go;
        };
        if !self.push_frame(code, window, dst, 0, FrameKind::Normal) {
            return self.stack_overflow();
        }
        Step::Go
    }
}
