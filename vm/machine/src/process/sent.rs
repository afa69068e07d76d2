//! The message in whose course an error happened, as the user's own code sent it: what the standard world did on its behalf says
//! little to somebody who has not written it.

use batos_image::value::{ObjectRef, Value};

use crate::code::{CodeKind, method_element};
use crate::process::{Frame, ProcessState};
use crate::vm::Vm;

/// Most activations that are looked through.
const SEARCHED: usize = 2000;

/// What the machine sends to the receiver of a primitive that failed.
const FAILURE: &[u8] = b"primitiveFailedError:Name:";

/// A message under way.
pub(crate) struct Sent {
    /// Its selector.
    pub selector: Value,
    /// Who got it.
    pub receiver: Value,
    /// With what.
    pub arguments: Vec<Value>,
}

impl Vm {
    /// The message that brought a process from code of the user into that of the standard world, where `exception` was signalled.
    /// `None` if the user's own code signalled it, or if the exception is no longer on its way.
    pub(crate) fn message_that_met(&mut self, process: ObjectRef, exception: Value) -> Option<Sent> {
        if matches!(self.process_state(process), ProcessState::Finished | ProcessState::Aborted) {
            return None;
        }
        let frames = self.wake(process)?.frames.clone();
        let top = frames.len().saturating_sub(SEARCHED);
        // Handlers run above the place of the error: it is below the lowest activation of the exception itself.
        let signal = (top..frames.len()).find(|at| {
            frames[*at].code().kind != CodeKind::Block
                && self.frame_receiver(process, &frames[*at]) == exception
        })?;
        let mut sent = None;
        for at in (top..signal).rev() {
            if !self.is_of_world(&frames[at]) {
                break;
            }
            sent = Some(at);
        }
        let frame = frames[sent?];
        // A block of the world, or the activation that began the process: nobody's message.
        if frame.code().kind != CodeKind::Method {
            return None;
        }
        let method = frame.code().method;
        let count = self.debug_info(method).locals.iter().filter(|l| l.argument && !l.inner).count();
        let locals = self.frame_locals(process, sent?);
        let arguments: Vec<Value> = locals.into_iter().take(count).map(|(_, value)| value).collect();
        let selector = self.heap.item(method, method_element::SELECTOR);
        let receiver = self.frame_receiver(process, &frame);
        // The machine itself tells a process of what was not understood, and who it was of a primitive that failed: nobody has sent that.
        let name = selector.as_ref().map(|s| self.heap.bytes(s)).unwrap_or_default();
        if receiver == process.value() || name == FAILURE {
            return None;
        }
        (arguments.len() == count).then_some(Sent { selector, receiver, arguments })
    }

    /// Whether the code is one of the sources that the program carries.
    fn is_of_world(&self, frame: &Frame) -> bool {
        let file = self.file_of(frame.code().method);
        let relative = match file.starts_with('/') {
            true => file.rsplit_once("/stdlib/").map(|(_, rest)| rest),
            false => file.strip_prefix("stdlib/"),
        };
        self.carried.is_some_and(|find| find(relative.unwrap_or(&file)).is_some())
    }
}
