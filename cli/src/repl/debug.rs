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
The process waits. Type an expression: it is evaluated in the chosen activation (0 at first), or
  :frames [all]    its activations, innermost first (also :bt)
  :up  :down       choose the activation that called the chosen one; the one that it called
  :locals [N]      arguments and locals of activation N (the chosen one)
  :source [N]      the method that activation N runs
  :step            go on to the next message, wherever it is sent
  :next            the same, but let what is sent now run to its end first
  :finish          let the chosen activation run to its end
  :restart [N]     begin activation N anew, with its method as it is now, and go on
  :resume [EXPR]   go on, with the value of EXPR (nil) in place of what failed (also :c)
  :drop            let the process go (so does Ctrl-D)";

/// How many activations a step shows.
const STEPPED_SHOWN: usize = 2;

/// What this prompt understands beside what every prompt does, and how it is used.
const COMMANDS: [(&str, &str); 12] = [
    ("help", ":help"),
    ("frames", ":frames [all]"),
    ("up", ":up"),
    ("down", ":down"),
    ("step", ":step"),
    ("next", ":next"),
    ("finish", ":finish"),
    ("restart", ":restart [N]"),
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
        "c" | "res" => "resume",
        "s" => "step",
        "n" => "next",
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
        ("help" | "drop" | "up" | "down" | "step" | "next" | "finish", "")
        | ("frames", "" | "all")
        | ("resume", _) => Line::Own(name, rest),
        ("locals" | "source" | "restart", number) if number.is_empty() || number.parse::<u32>().is_ok() => {
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
        let mut chosen = 0;
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
                "locals" => self.about_frame(process, rest, chosen, "statePrintString"),
                "source" => self.about_frame(process, rest, chosen, "source"),
                "up" | "down" => {
                    let to = if command == "up" { chosen + 1 } else { chosen.saturating_sub(1) };
                    match self.session.frame_line(process, to) {
                        Some(line) => {
                            chosen = to;
                            say!("  {to:>3}  {line}");
                        }
                        None => crate::complain!("there is no activation {to}"),
                    }
                }
                "restart" | "step" | "next" | "finish" => {
                    let at = self.session.hidden(process);
                    let frame = at + chosen as usize;
                    let how = match command {
                        "restart" => format!("restart: {}", at + rest.parse().unwrap_or(chosen as usize)),
                        "step" => format!("beginStepInto: {at}"),
                        "next" => format!("beginStepOver: {at}"),
                        _ => format!("beginFinish: {frame}"),
                    };
                    let answer = self.session.evaluate_for(process.value(), &how);
                    if !matches!(answer, Answer::Value(_)) {
                        self.show(answer, None, true);
                        continue;
                    }
                    let colours = self.error_colours();
                    let Some(process) = self.process_at(pin) else { return Next::Go(false) };
                    let nil = self.session.vm.nil();
                    chosen = 0;
                    match self.session.resume(process, nil, colours) {
                        Answer::Suspended(process, text) if self.session.is_stepped(process) => {
                            let shown: Vec<&str> = text.lines().skip(1).take(STEPPED_SHOWN).collect();
                            self.complain(&shown.join("\n"));
                        }
                        Answer::Suspended(_, text) => self.complain(&text),
                        answer => return self.show(answer, None, quoted),
                    }
                }
                "drop" => {
                    self.session.vm.abort_process(process);
                    say!("{}", self.colours.paint(Ink::Quiet, "(dropped)"));
                    return Next::Go(false);
                }
                "resume" => match self.value_for(process, chosen, rest) {
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
                _ if !line.is_empty() && !line.starts_with(':') => {
                    let answer = self.evaluate_inside(process, chosen, line);
                    self.show(answer, None, true);
                }
                _ => match self.input(line.as_bytes(), Some(prompt), Nesting::Debugger) {
                    Next::Leave(status) => return Next::Leave(status),
                    Next::Go(_) => {}
                },
            }
        }
    }

    /// The value to resume with; `None` if it could not be had.
    fn value_for(
        &mut self,
        process: ObjectRef,
        chosen: u32,
        expression: &str,
    ) -> Option<batos_image::value::Value> {
        if expression.trim().is_empty() {
            return Some(self.session.vm.nil());
        }
        let answer = self.evaluate_inside(process, chosen, expression);
        match answer {
            Answer::Value(value) => Some(value),
            other => {
                self.show(other, None, true);
                None
            }
        }
    }

    /// The value of an expression in activation number `chosen`. What is no legal text is told as at every prompt.
    fn evaluate_inside(&mut self, process: ObjectRef, chosen: u32, expression: &str) -> Answer {
        let colours = self.error_colours();
        if !batos_lang::parse_string(expression.as_bytes()).is_legal() {
            return self.session.evaluate(expression.as_bytes(), "prompt", colours);
        }
        let at = self.session.hidden(process) + chosen as usize;
        let text = format!("(activations at: {at}) evaluateInside: {}", colon::quote(expression));
        self.session.evaluate_for(process.value(), &text)
    }

    /// Asks the world for something about activation number `rest`; the chosen one if that is empty.
    fn about_frame(&mut self, process: ObjectRef, rest: &str, chosen: u32, selector: &str) {
        let number = rest.parse::<u32>().unwrap_or(chosen);
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
        assert_eq!(read(":fr"), Line::Own("frames", ""));
        assert_eq!(read(":f"), Line::Wrong(":f may be :facets, :find, :finish or :frames".into()));
        assert_eq!(read(":loc 3"), Line::Own("locals", "3"));
        assert_eq!(read(":res 3 + 4"), Line::Own("resume", "3 + 4"));
        assert_eq!(read(":rest 2"), Line::Own("restart", "2"));
        assert_eq!(read(":u"), Line::Wrong(":u may be :undo or :up".into()));
        assert_eq!(read(":dro"), Line::Own("drop", ""));
        assert_eq!(read(":log"), Line::Other);
        assert_eq!(read(":commit x"), Line::Other);
        assert_eq!(read("frames"), Line::Other);
    }

    #[test]
    fn other_debuggers_are_remembered() {
        assert_eq!(read(":bt all"), Line::Own("frames", "all"));
        assert_eq!(read(":c 12"), Line::Own("resume", "12"));
        assert_eq!(read(":n"), Line::Own("next", ""));
        assert_eq!(read(":s"), Line::Own("step", ""));
    }

    #[test]
    fn wrong_use_is_told() {
        assert_eq!(read(":drop it"), Line::Wrong("usage: :drop".into()));
        assert_eq!(read(":locals x"), Line::Wrong("usage: :locals [N]".into()));
        assert_eq!(read(":step in"), Line::Wrong("usage: :step".into()));
        assert_eq!(read(":frames some"), Line::Wrong("usage: :frames [all]".into()));
    }
}
