//! The guest stack of a process as text.

use batos_image::value::ObjectRef;

use crate::code::{CodeKind, method_element};
use crate::process::Frame;
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

impl Vm {
    /// Positions of the activations that people see, innermost first: all but those that begin processes and read scripts. `None`: the
    /// process has ended.
    pub(crate) fn activations(&mut self, process: ObjectRef) -> Option<Vec<usize>> {
        let frames = self.wake(process)?.frames.clone();
        let seen = |frame: &Frame| {
            frame.code().kind != CodeKind::Load && !self.place_of(frame.code().method, frame.pc).0.is_empty()
        };
        Some((0..frames.len()).rev().filter(|at| seen(&frames[*at])).collect())
    }

    /// The activations of a process, innermost first.
    pub fn trace(&mut self, process: ObjectRef) -> Vec<TraceLine> {
        let mut lines = Vec::new();
        for at in self.activations(process).unwrap_or_default() {
            let Some(frame) = self.wake(process).and_then(|p| p.frames.get(at).copied()) else { continue };
            let method = frame.code().method;
            let (file, line) = self.place_of(method, frame.pc);
            let outer = self.outermost_method(method);
            let selector = self.text(self.heap.item(outer, method_element::SELECTOR)).unwrap_or_default();
            let receiver = self.frame_receiver(process, &frame);
            lines.push(TraceLine {
                frame: at,
                selector,
                receiver: self.short_name(receiver),
                in_block: frame.code().kind == CodeKind::Block,
                file,
                line,
            });
        }
        lines
    }

    /// The trace as text, one activation a line.
    pub fn trace_text(&mut self, process: ObjectRef) -> String {
        let lines = self.trace(process);
        let mut text = String::new();
        for (i, line) in lines.iter().enumerate() {
            if lines.len() > SHOWN && i == SHOWN / 2 {
                text.push_str(&format!("    … {} more …\n", lines.len() - SHOWN));
            }
            if lines.len() > SHOWN && (SHOWN / 2..lines.len() - SHOWN / 2).contains(&i) {
                continue;
            }
            let block = if line.in_block { "a block in " } else { "" };
            text.push_str(&format!(
                "  {:>3}  {block}{} of {}  ({}:{})\n",
                i, line.selector, line.receiver, line.file, line.line
            ));
        }
        text
    }
}
