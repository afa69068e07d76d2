//! Processes in the image: stacks and frames as objects, so that they survive commit, close and open.

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use crate::code::Code;
use crate::process::{FRAME_WORDS, Frame, FrameKind, Process, ProcessState, process_element};
use crate::vm::Vm;

impl Vm {
    /// Writes the running parts of all processes that ran since the last time into their objects.
    pub(crate) fn save_processes(&mut self) {
        let mut processes = std::mem::take(&mut self.processes);
        for process in processes.values_mut() {
            if process.dirty {
                self.save_process(process);
                process.dirty = &raw const **process == self.current.cast_const();
            }
        }
        self.processes = processes;
    }

    fn save_process(&mut self, process: &Process) {
        let object = process.object;
        let top = process.top().min(process.stack.len());
        let mut words = Vec::with_capacity(process.frames.len() * FRAME_WORDS);
        for frame in &process.frames {
            let flags = i64::from(frame.dst) | (frame.kind as i64) << 8 | i64::from(frame.has_open) << 16;
            let holder = ObjectRef::from_offset(frame.holder).map_or(Value::ZERO, ObjectRef::value);
            words.extend([
                frame.code().method.value(),
                holder,
                Value::from_usize(frame.pc as usize),
                Value::from_usize(frame.base as usize),
                Value::from_i64(flags).unwrap_or(Value::ZERO),
            ]);
        }
        let open: Vec<Value> = process
            .open
            .iter()
            .flat_map(|(index, cell)| [Value::from_usize(*index as usize), *cell])
            .collect();
        let stack = self.heap.new_internal(&process.stack[..top]).value();
        let frames = self.heap.new_internal(&words).value();
        let open = self.heap.new_internal(&open).value();
        let resumer = process.resumer.map_or(self.nil(), ObjectRef::value);
        let fuel = process.fuel.map_or(-1, |f| f.min(i64::MAX as u64 >> 3) as i64);
        for (element, value) in [
            (process_element::STATE, Value::from_i32(process.state as i32)),
            (process_element::STACK, stack),
            (process_element::FRAMES, frames),
            (process_element::OPEN, open),
            (process_element::RESUMER, resumer),
            (
                process_element::RESUME_DST,
                Value::from_i32(process.resume_dst.map_or(0, |d| i32::from(d) + 1)),
            ),
            (process_element::FUEL, Value::from_i64(fuel).unwrap_or(Value::ZERO)),
        ] {
            self.heap.set_item(object, element, value);
        }
    }

    /// Makes a process from its object. `None`: it has ended, or its saved parts do not fit together.
    pub(crate) fn restore(&mut self, object: ObjectRef) -> Option<Process> {
        // What a stack claims is not proven (see `audit`), and what is no process has none.
        if self.untrusted_codes.is_some() || self.heap.kind_of_ref(object) != Kind::Process {
            return None;
        }
        let item = |vm: &Vm, i: usize| vm.heap.item(object, i);
        let state = ProcessState::from_i64(item(self, process_element::STATE).as_int()?)?;
        if matches!(state, ProcessState::Finished | ProcessState::Aborted) {
            return None;
        }
        let stack = item(self, process_element::STACK).as_ref()?;
        let frames = item(self, process_element::FRAMES).as_ref()?;
        let open = item(self, process_element::OPEN).as_ref()?;
        let mut process = Process::new(object);
        process.stack_limit = self.settings.stack_limit;
        process.state = state;
        process.resumer = item(self, process_element::RESUMER).as_ref().filter(|r| r.value() != self.nil());
        let dst = item(self, process_element::RESUME_DST).as_int()?;
        process.resume_dst = if dst > 0 { Some((dst - 1) as u8) } else { None };
        process.fuel = u64::try_from(item(self, process_element::FUEL).as_int()?).ok();
        let depth = self.heap.length(stack);
        if !process.reserve(depth, 0) {
            // It was saved while its world was told of that.
            process.stack_limit = depth;
            if !process.reserve(depth, 0) {
                return None;
            }
        }
        for i in 0..depth {
            process.stack[i] = self.heap.item(stack, i);
        }
        let words = self.heap.length(frames);
        for at in (0..words).step_by(FRAME_WORDS) {
            if at + FRAME_WORDS > words {
                return None;
            }
            let word = |vm: &Vm, i: usize| vm.heap.item(frames, at + i);
            let method = word(self, 0).as_ref()?;
            let holder = word(self, 1).as_ref().map_or(0, ObjectRef::offset);
            let pc = word(self, 2).as_int()?;
            let base = word(self, 3).as_int()?;
            let flags = word(self, 4).as_int()?;
            let code: *const Code = self.code_of(method)?;
            let frame = Frame {
                code,
                holder,
                pc: u32::try_from(pc).ok()?,
                base: u32::try_from(base).ok()?,
                dst: flags as u8,
                kind: FrameKind::from_i64((flags >> 8) & 0xff)?,
                has_open: flags >> 16 != 0,
            };
            let fits = (frame.pc as usize) < frame.code().instrs.len();
            if !fits || !process.reserve(frame.base as usize, frame.registers()) {
                return None;
            }
            if frame.kind == FrameKind::Watched {
                process.watched = Some(process.frames.len());
            }
            process.unwinding |= frame.kind == FrameKind::Unwinding
                && frame.base > 0
                && Vm::ends_process(process.stack[frame.base as usize - 1]);
            process.frames.push(frame);
        }
        for at in (0..self.heap.length(open) / 2 * 2).step_by(2) {
            let index = u32::try_from(self.heap.item(open, at).as_int()?).ok()?;
            process.open.push((index, self.heap.item(open, at + 1)));
        }
        process.dirty = false;
        Some(process)
    }

    /// Saves every process, forgets the running parts, and makes them again: what a commit and reopening do to processes (tests).
    pub(crate) fn save_and_restore_all(&mut self) {
        let current = self.process().object;
        for process in self.processes.values_mut() {
            process.dirty = true;
        }
        self.save_processes();
        self.current = std::ptr::null_mut();
        self.processes.clear();
        if !self.switch_to(current) {
            // The process was just saved in full: it can be made again.
            unreachable!("a saved process can be restored");
        }
    }
}
