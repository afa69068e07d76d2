//! The guest stack of a process as text.

use std::collections::HashMap;
use std::fmt;

use batos_image::value::ObjectRef;

use crate::code::{CodeKind, method_element};
use crate::process::legible::brief;
use crate::process::{Frame, ProcessState};
use crate::vm::Vm;

/// Most frames a trace shows; the middle of deeper ones is left out.
const SHOWN: usize = 40;

/// One activation, as a person reads it.
#[derive(Clone, Debug)]
pub struct TraceLine {
    /// Position from the bottom of the stack.
    pub frame: usize,
    /// Selector, or that of the enclosing method for blocks.
    pub selector: String,
    /// The receiver, briefly.
    pub receiver: String,
    /// The body of a block.
    pub in_block: bool,
    /// File name.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
}

impl fmt::Display for TraceLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let block = if self.in_block { "a block in " } else { "" };
        let (selector, receiver) = (brief(&self.selector), brief(&self.receiver));
        write!(f, "{block}{selector} of {receiver}  ({}:{})", self.file, self.line)
    }
}

impl Vm {
    /// Positions of the activations that people see, innermost first: all but those that begin processes and read scripts. `None`: the
    /// process has ended.
    pub(crate) fn activations(&mut self, process: ObjectRef) -> Option<Vec<usize>> {
        if matches!(self.process_state(process), ProcessState::Finished | ProcessState::Aborted) {
            return None;
        }
        let frames = self.wake(process)?.frames.clone();
        // Deep stacks are made by few methods.
        let mut known = HashMap::new();
        let mut seen = |frame: &Frame| {
            let code = frame.code();
            *known
                .entry(code.method)
                .or_insert_with(|| code.kind != CodeKind::Load && !self.file_of(code.method).is_empty())
        };
        Some((0..frames.len()).rev().filter(|at| seen(&frames[*at])).collect())
    }

    /// Positions of the activations of a process that people see, innermost first: for `trace_line`.
    pub fn trace(&mut self, process: ObjectRef) -> Vec<usize> {
        self.activations(process).unwrap_or_default()
    }

    /// An activation of a process as a person reads it, by its position from the bottom of the stack.
    pub fn trace_line(&mut self, process: ObjectRef, at: usize) -> Option<TraceLine> {
        let frame = self.wake(process).and_then(|p| p.frames.get(at).copied())?;
        let method = frame.code().method;
        let (file, line) = self.place_of(method, frame.pc);
        let outer = self.outermost_method(method);
        let selector = self.text(self.heap.item(outer, method_element::SELECTOR)).unwrap_or_default();
        let receiver = self.frame_receiver(process, &frame);
        let receiver = self.short_name(receiver);
        Some(TraceLine {
            frame: at,
            selector,
            receiver,
            in_block: frame.code().kind == CodeKind::Block,
            file,
            line,
        })
    }

    /// The trace as text, one activation a line.
    pub fn trace_text(&mut self, process: ObjectRef) -> String {
        let positions = self.trace(process);
        let count = positions.len();
        let mut text = String::new();
        for (i, at) in positions.into_iter().enumerate() {
            if count > SHOWN && i == SHOWN / 2 {
                text.push_str(&format!("    … {} more …\n", count - SHOWN));
            }
            if count > SHOWN && (SHOWN / 2..count - SHOWN / 2).contains(&i) {
                continue;
            }
            let Some(line) = self.trace_line(process, at) else { continue };
            text.push_str(&format!("  {i:>3}  {line}\n"));
        }
        text
    }
}
