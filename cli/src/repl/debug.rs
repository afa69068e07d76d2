//! The prompt on a process that stopped at an error: look at its activations, go on, or let it go. The process is a
//! living object meanwhile; other inputs are evaluated as usual.

use std::collections::BTreeSet;

use batos_image::value::ObjectRef;

use super::colon;
use super::editor::{Input, Prompt};
use super::{Nesting, Next, Repl};
use crate::say;
use crate::session::Answer;
use crate::terminal::Ink;

const HELP: &str = "\
The process waits. Type an expression, or
  :frames [all]    its activations, innermost first (also :bt)
  :locals [N]      arguments and locals of activation N
  :source [N]      the method that activation N runs
  :resume [EXPR]   go on, with the value of EXPR (nil) in place of what failed (also :c)
  :drop            let the process go (so does Ctrl-D)";

/// What this prompt understands beside what every prompt does, and how it is used.
const COMMANDS: [(&str, &str); 6] = [
    ("help", ":help"),
    ("frames", ":frames [all]"),
    ("locals", ":locals [N]"),
    ("source", ":source [N]"),
    ("resume", ":resume [EXPR]"),
    ("drop", ":drop"),
];

/// What a line asks for.
#[derive(PartialEq, Eq, Debug)]
enum Line<'a> {
    /// A command of this prompt, and what follows it.
    Own(&'static str, &'a str),
    /// What every prompt understands.
    Other,
    /// Something is wrong; the text says what.
    Wrong(String),
}

/// Reads a line. A beginning is enough if no other command, here or at every prompt, begins so; `:bt` and `:c` are what
/// people know from other debuggers.
fn read(line: &str) -> Line<'_> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (Some(word), rest) = (word.strip_prefix(':'), rest.trim()) else { return Line::Other };
    let word = match word {
        "bt" => "frames",
        "c" => "resume",
        word => word,
    };
    let own = COMMANDS.iter().filter(|(name, _)| name.starts_with(word));
    let Some((name, usage)) = own.clone().find(|(name, _)| *name == word).or(own.clone().next()) else {
        return Line::Other;
    };
    if *name != word {
        let elsewhere = colon::names().map(|shown| &shown[1..]).filter(|other| other.starts_with(word));
        let all: BTreeSet<&str> = elsewhere.chain(own.map(|(name, _)| *name)).collect();
        if all.contains(word) {
            return Line::Other;
        }
        if all.len() > 1 {
            return Line::Wrong(if word.is_empty() {
                "a command has a name (:help lists them)".to_string()
            } else {
                colon::ambiguous(word, all.into_iter())
            });
        }
    }
    match (*name, rest) {
        ("help" | "drop", "") | ("frames", "" | "all") | ("resume", _) => Line::Own(name, rest),
        ("locals" | "source", number) if number.is_empty() || number.parse::<u32>().is_ok() => {
            Line::Own(name, number)
        }
        _ => Line::Wrong(format!("usage: {usage}")),
    }
}

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
            let (command, rest) = match read(line) {
                Line::Own(command, rest) => (command, rest),
                Line::Other => ("", ""),
                Line::Wrong(text) => {
                    crate::complain!("{text}");
                    continue;
                }
            };
            match command {
                "help" => say!("{HELP}"),
                "frames" => {
                    let trace = self.session.trace(process, rest == "all");
                    // All of them may be millions.
                    if rest == "all" {
                        self.print(trace.trim_end().to_string());
                    } else {
                        say!("{}", trace.trim_end());
                    }
                }
                "locals" => self.about_frame(process, rest, "statePrintString"),
                "source" => self.about_frame(process, rest, "source"),
                "drop" => {
                    self.session.vm.abort_process(process);
                    say!("{}", self.colours.paint(Ink::Quiet, "(dropped)"));
                    return Next::Go(false);
                }
                "resume" => match self.value_for(rest) {
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

    /// Asks the world for something about activation number `rest`; the innermost one if that is empty.
    fn about_frame(&mut self, process: ObjectRef, rest: &str, selector: &str) {
        let number = rest.parse::<u32>().unwrap_or(0);
        let at = self.session.hidden(process) + number as usize;
        let text = format!("(activations at: {at}) {selector}");
        let shown = match self.session.evaluate_for(process.value(), &text) {
            Answer::Value(value) => self.session.text(value),
            _ => format!("there is no activation {number}, or nothing is known of it"),
        };
        say!("{}", shown.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_enough_where_nothing_else_begins_so() {
        assert_eq!(read(":f"), Line::Own("frames", ""));
        assert_eq!(read(":loc 3"), Line::Own("locals", "3"));
        assert_eq!(read(":r 3 + 4"), Line::Own("resume", "3 + 4"));
        assert_eq!(read(":dr"), Line::Own("drop", ""));
        assert_eq!(read(":d"), Line::Wrong(":d may be :doc or :drop".into()));
        assert_eq!(read(":log"), Line::Other);
        assert_eq!(read(":commit x"), Line::Other);
        assert_eq!(read("frames"), Line::Other);
    }

    #[test]
    fn other_debuggers_are_remembered() {
        assert_eq!(read(":bt all"), Line::Own("frames", "all"));
        assert_eq!(read(":c 12"), Line::Own("resume", "12"));
    }

    #[test]
    fn wrong_use_is_told() {
        assert_eq!(read(":drop it"), Line::Wrong("usage: :drop".into()));
        assert_eq!(read(":locals x"), Line::Wrong("usage: :locals [N]".into()));
        assert_eq!(read(":frames some"), Line::Wrong("usage: :frames [all]".into()));
    }
}
