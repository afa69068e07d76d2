//! Blocks: evaluation with something to do when it is left.

use batos_image::value::{ObjectRef, Value};

use super::{Call, Entry, Outcome, Reply};
use crate::code::HitKind;
use crate::process::{FrameKind, GUARD_REGISTERS};
use crate::vm::{Step, Vm};

pub(super) const LIST: &[Entry] = &[
    ("_OnNonLocalReturn:", 1, |vm, c| guarded(vm, c, FrameKind::Barrier)),
    ("_Ensure:", 1, |vm, c| guarded(vm, c, FrameKind::Ensure)),
];

/// Runs the receiver's `value` in a frame that guards it: the argument is kept below the window.
fn guarded(vm: &mut Vm, call: &Call, kind: FrameKind) -> Outcome {
    let (body, handler) = (vm.receiver(call), vm.argument(call, 0));
    let window = call.window + 2 + GUARD_REGISTERS;
    if !vm.process().reserve(window, 1) {
        return Ok(Reply::Step(vm.stack_overflow()));
    }
    let nil = vm.nil();
    vm.set_stack(window - 3, handler);
    vm.set_stack(window - 2, nil);
    vm.set_stack(window - 1, nil);
    vm.set_stack(window, body);
    match vm.push_value(body, None, window, call.dst, kind) {
        Pushed::Frame => Ok(Reply::Step(Step::Go)),
        Pushed::Value(value) if kind == FrameKind::Ensure => {
            Ok(Reply::Step(vm.run_handler(window, value, call.dst)))
        }
        Pushed::Value(value) => Ok(Reply::Value(value)),
        Pushed::Step(step) => Ok(Reply::Step(step)),
    }
}

/// What `push_value` did.
pub(crate) enum Pushed {
    /// A frame was pushed.
    Frame,
    /// There is nothing to run: this is the value.
    Value(Value),
    /// It could not be sent.
    Step(Step),
}

impl Vm {
    /// Pushes a frame that evaluates `value` of an object, which stands at `window`; or `value:` with an argument.
    pub(crate) fn push_value(
        &mut self,
        object: Value,
        argument: Option<Value>,
        window: usize,
        dst: u8,
        kind: FrameKind,
    ) -> Pushed {
        let name = if argument.is_some() { self.symbols.value_1 } else { self.symbols.value };
        if let Some(argument) = argument {
            self.set_stack(window + 1, argument);
        }
        let hit = match self.resolve(object, name) {
            Ok(hit) => hit,
            Err(_) => {
                return Pushed::Step(self.send_at(name, window, usize::from(argument.is_some()), dst));
            }
        };
        let (code, holder) = match hit.kind {
            HitKind::Block => (self.block_code(object), 0),
            HitKind::Constant => return Pushed::Value(self.heap.value_at(hit.target)),
            HitKind::Field | HitKind::HolderField => {
                let holder = ObjectRef::from_offset(hit.holder).or(object.as_ref());
                let content = holder.map(|r| self.heap.word(r, hit.target as usize));
                return Pushed::Value(content.unwrap_or(object));
            }
            kind if kind.is_method() && kind != HitKind::Receiver => {
                let code = hit.target as *const crate::code::Code;
                if kind == HitKind::Counted {
                    self.count_call(code);
                }
                (Some(code), hit.holder)
            }
            _ => return Pushed::Value(object),
        };
        match code {
            Some(code) if self.push_frame(code, window, dst, holder, kind) => Pushed::Frame,
            _ => Pushed::Step(self.stack_overflow()),
        }
    }

    /// Runs the handler of an `_Ensure:` whose frame had its window at `window`; `value` is what the whole thing answers.
    pub(crate) fn run_handler(&mut self, window: usize, value: Value, dst: u8) -> Step {
        let handler = self.stack_at(window - 3);
        self.set_stack(window - 2, value);
        self.set_stack(window, handler);
        match self.push_value(handler, None, window, dst, FrameKind::Ensured) {
            Pushed::Frame => Step::Go,
            Pushed::Value(_) => {
                self.set_register(dst, value);
                Step::Go
            }
            Pushed::Step(step) => step,
        }
    }
}
