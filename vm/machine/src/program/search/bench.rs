//! Where methods are tried: a fork of the world with the examples compiled, and how near a method's answers come.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::{Duration, Instant};

use batos_image::value::{ObjectRef, Value};
use batos_lang::code::compile_expression;

use super::Goal;
use crate::fork::Limits;
use crate::host::BufferConsole;
use crate::load::Origin;
use crate::vm::{Exit, Vm};

/// Longest time for one expression of an attempt. Its fuel ends it long before, unless the machine is busy.
const LONGEST: Duration = Duration::from_millis(200);
/// The distance of texts that have nothing in common.
pub(super) const FARTHEST: u32 = 10;

/// What a value is, as far as its printed form tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Sort {
    Number,
    Text,
    Truth,
    Other,
}

impl Sort {
    fn of(printed: &str) -> Sort {
        match printed.as_bytes() {
            b"true" | b"false" => Sort::Truth,
            [b'\'', ..] => Sort::Text,
            [b'0'..=b'9', ..] | [b'-', b'0'..=b'9', ..] => Sort::Number,
            _ => Sort::Other,
        }
    }
}

/// What a method did on the examples.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    /// Examples that held.
    pub held: usize,
    /// How far what was printed is from what was wanted: 0 where all hold, `FARTHEST` where nothing is alike.
    pub distance: u32,
    /// The first one ended with an error.
    pub failed: bool,
    /// What the first one answered.
    pub sort: Sort,
    /// A mark of all that was printed.
    pub behaviour: u64,
}

/// How one expression ended.
pub(super) enum Printed {
    Text(String),
    Failed,
    /// Out of fuel or time.
    Endless,
}

/// How far one printed text is from another, by what they have in common at both ends.
fn distance(one: &str, other: &str) -> u32 {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let before = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[before..], &other[before..]);
    let after = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let longest = one.len().max(other.len());
    // Nothing differs from nothing by nothing.
    (FARTHEST as usize * (longest - before - after)).div_ceil(longest.max(1)) as u32
}

/// A fork with the expressions of the examples made ready: they are the first pins, in order.
pub(super) struct Bench {
    fork: Vm,
    wanted: Vec<String>,
    /// Methods that were tried here.
    pub used: usize,
}

impl Bench {
    /// A fresh fork, with the examples compiled and what they must print computed. `parts` is what the expressions are about; it is
    /// kept up to date if the fork makes it move.
    pub fn new(vm: &mut Vm, goal: &Goal, parts: &mut Value) -> Result<Bench, String> {
        vm.pins.push(*parts);
        let fork = vm.fork(goal.limits.memory);
        *parts = vm.pins.pop().unwrap_or(*parts);
        let mut fork = fork?;
        fork.host.console = Box::new(BufferConsole { written: Vec::new(), limit: 1 });
        let mut bench = Bench { fork, wanted: Vec::new(), used: 0 };
        for (expression, expected) in &goal.examples {
            let wanted = bench.load(expected).map(|unit| bench.print(unit, *parts, goal.limits));
            let Some(Printed::Text(wanted)) = wanted else {
                return Err(format!("{expected} can't be evaluated"));
            };
            let unit = bench.load(expression).ok_or_else(|| format!("{expression} is not legal"))?;
            bench.fork.pins.push(unit.value());
            bench.wanted.push(wanted);
        }
        Ok(bench)
    }

    /// Whether examples say only yes or no.
    pub fn wants_truth(&self) -> bool {
        self.wanted.iter().all(|text| Sort::of(text) == Sort::Truth)
    }

    /// Compiles an expression and makes it ready to run.
    fn load(&mut self, text: &str) -> Option<ObjectRef> {
        let parsed = batos_lang::parse_string(text.as_bytes());
        if !parsed.is_legal() || parsed.tree.top.len() != 1 {
            return None;
        }
        let program = compile_expression(&parsed.tree, 0).ok()?;
        let origin = Origin { source: text.as_bytes(), file: "<trial>", first_line: 1 };
        Some(self.fork.load(&program, &origin))
    }

    fn start(&mut self, unit: ObjectRef, receiver: Value, limits: Limits) -> Option<ObjectRef> {
        self.fork.trial_limits = Some((limits.fuel, Instant::now() + limits.time));
        let process = self.fork.method_process(unit, receiver)?;
        self.fork.limit_trial(process);
        Some(process)
    }

    /// Runs what was loaded, within the limits; the value's printed form if there is a value.
    fn print(&mut self, unit: ObjectRef, receiver: Value, limits: Limits) -> Printed {
        let wait = limits.time.min(LONGEST);
        let Some(process) = self.start(unit, receiver, Limits { time: wait, ..limits }) else {
            return Printed::Failed;
        };
        let value = match self.fork.run(process) {
            Exit::Finished(value) => value,
            Exit::Suspended(process) => {
                let message = self.fork.process_message(process);
                self.fork.abort_process(process);
                return if message.starts_with("out of ") { Printed::Endless } else { Printed::Failed };
            }
            _ => return Printed::Failed,
        };
        if let Some(number) = value.as_int() {
            return Printed::Text(number.to_string());
        }
        self.fork.pins.push(value);
        let text = self.fork.print_string(value);
        self.fork.pins.pop();
        Printed::Text(text)
    }

    /// Installs a method and runs the examples; `None` if it is not legal or does not end.
    pub fn hold(&mut self, parts: Value, signature: &str, text: &str, limits: Limits) -> Option<Shown> {
        self.used += 1;
        let unit = self.load(&format!("(_At: 0) _AddSlots: (| {signature} = {text} |)"))?;
        self.print_nothing(unit, parts, limits)?;
        let mut shown = Shown { held: 0, distance: 0, failed: false, sort: Sort::Other, behaviour: 0 };
        let mut mark = DefaultHasher::new();
        for i in 0..self.wanted.len() {
            let Some(unit) = self.fork.pins.get(i).and_then(|v| v.as_ref()) else { break };
            let got = match self.print(unit, parts, limits) {
                Printed::Text(text) => Some(text),
                Printed::Failed if i == 0 => return Some(Shown { failed: true, ..shown }),
                Printed::Failed => None,
                // What does not end is not worth varying.
                Printed::Endless => return None,
            };
            got.hash(&mut mark);
            if let (0, Some(text)) = (i, &got) {
                shown.sort = Sort::of(text);
            }
            let wanted = self.wanted.get(i).map(String::as_str).unwrap_or_default();
            shown.held += usize::from(got.as_deref() == Some(wanted));
            shown.distance += got.map_or(FARTHEST, |text| distance(&text, wanted));
        }
        shown.behaviour = mark.finish();
        shown.distance = shown.distance.div_ceil(self.wanted.len().max(1) as u32);
        Some(shown)
    }

    /// Runs what was loaded for its effect.
    fn print_nothing(&mut self, unit: ObjectRef, receiver: Value, limits: Limits) -> Option<()> {
        let process = self.start(unit, receiver, limits)?;
        matches!(self.fork.run(process), Exit::Finished(_)).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{FARTHEST, Sort, distance};

    #[test]
    fn likeness_counts_from_both_ends() {
        assert_eq!(distance("'ab'", "'ab'"), 0);
        assert_eq!(distance("true", "17"), FARTHEST);
        assert!(distance("'Ada: King'", "'Ada King'") < distance("'King'", "'Ada King'"));
        // An end is not counted twice.
        assert_eq!(distance("aa", "aaa"), 4);
        assert_eq!(distance("", ""), 0);
    }

    #[test]
    fn printed_forms_tell_the_sort() {
        for (text, sort) in [
            ("12", Sort::Number),
            ("-1.5", Sort::Number),
            ("'-1'", Sort::Text),
            ("true", Sort::Truth),
            ("nil", Sort::Other),
            ("- and more", Sort::Other),
            ("", Sort::Other),
        ] {
            assert_eq!(Sort::of(text), sort, "{text}");
        }
    }
}
