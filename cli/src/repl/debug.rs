//! The prompt on a process that stopped at an error: look at its activations, go on, or let it go. The process is a
//! living object meanwhile; other inputs are evaluated as usual.

use batos_image::value::ObjectRef;

use super::editor::{Input, Prompt};
use super::{Nesting, Next, Repl};
use crate::say;
use crate::session::Answer;
use crate::terminal::Ink;

const HELP: &str = "\
The process waits. Type an expression, or
  :frames [all]    its activations, innermost first
  :locals [N]      arguments and locals of activation N
  :source [N]      the method that activation N runs
  :resume [EXPR]   go on, with the value of EXPR (nil) in place of what failed
  :drop            let the process go (so does Ctrl-D)";

impl Repl {
    /// Stays until the process is resumed or dropped. `quoted`: how to show the value that it ends with.
    pub(super) fn debug(&mut self, process: ObjectRef, prompt: &mut Prompt, quoted: bool) -> Next {
        // The process may be moved by a collection; pins are kept up to date.
        self.session.vm.pins.push(process.value());
        let pin = self.session.vm.pins.len() - 1;
        say!("{}", self.colours.paint(Ink::Quiet, "The process waits: :help, :frames, :resume, or :drop"));
        let next = self.debug_loop(pin, prompt, quoted);
        self.session.vm.pins.truncate(pin);
        next
    }

    fn process_at(&self, pin: usize) -> Option<ObjectRef> {
        self.session.vm.pins.get(pin).and_then(|v| v.as_ref())
    }

    fn debug_loop(&mut self, pin: usize, prompt: &mut Prompt, quoted: bool) -> Next {
        loop {
            let Some(process) = self.process_at(pin) else { return Next::Go(false) };
            let text = match prompt.read("? ", self) {
                Input::Text(text) => text,
                Input::Dropped => continue,
                Input::End => ":drop".to_string(),
            };
            let line = text.trim();
            let (command, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            match command {
                "" => {}
                ":help" => say!("{HELP}"),
                ":frames" => {
                    let trace = self.session.trace(process, rest == "all");
                    say!("{}", trace.trim_end());
                }
                ":locals" => self.about_frame(process, rest, "statePrintString"),
                ":source" => self.about_frame(process, rest, "source"),
                ":drop" => {
                    self.session.vm.abort_process(process);
                    say!("{}", self.colours.paint(Ink::Quiet, "(dropped)"));
                    return Next::Go(false);
                }
                ":resume" => match self.value_for(rest) {
                    Some(value) => {
                        let colours = self.error_colours();
                        let Some(process) = self.process_at(pin) else { return Next::Go(false) };
                        let answer = self.session.resume(process, value, colours);
                        return match answer {
                            // It stopped again: the same prompt goes on with it.
                            Answer::Suspended(_, text) => {
                                self.complain(&text);
                                continue;
                            }
                            answer => self.show(answer, None, quoted),
                        };
                    }
                    None => continue,
                },
                _ => match self.input(line.as_bytes(), Some(prompt), Nesting::Debugger) {
                    Next::Leave(status) => return Next::Leave(status),
                    Next::Go(_) => {}
                },
            }
        }
    }

    /// The value to resume with; `None` if it could not be had.
    fn value_for(&mut self, expression: &str) -> Option<batos_image::value::Value> {
        if expression.trim().is_empty() {
            return Some(self.session.vm.nil());
        }
        let colours = self.error_colours();
        let answer = self.session.evaluate(expression.as_bytes(), "prompt", colours);
        match answer {
            Answer::Value(value) => Some(value),
            other => {
                self.show(other, None, true);
                None
            }
        }
    }

    /// Asks the world for something about activation number `rest`.
    fn about_frame(&mut self, process: ObjectRef, rest: &str, selector: &str) {
        let number = if rest.trim().is_empty() { Ok(0) } else { rest.trim().parse::<u32>() };
        let Ok(number) = number else {
            say!("which activation? Its number, as in :frames");
            return;
        };
        let at = self.session.hidden(process) + number as usize;
        let text = format!("(activations at: {at}) {selector}");
        let shown = match self.session.evaluate_for(process.value(), &text) {
            Answer::Value(value) => self.session.text(value),
            _ => format!("there is no activation {number}, or nothing is known of it"),
        };
        say!("{}", shown.trim_end());
    }
}
