//! Search for a method that holds for examples: from given methods by small steps, in a fork of the world.
//!
//! Best-first: what already satisfies more of the examples, with fewer changes, is varied sooner (`lang::vary`
//! says what the neighbours of a method are). Every text is compiled and run for real, with limits, in a throw-away
//! copy of the world that is renewed now and then. Nothing comes back but the texts that satisfied all examples.
//! What is searched and which find is taken is decided in the world.

use std::cmp::Reverse;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::time::{Duration, Instant};

use batos_image::value::{ObjectRef, Value};
use batos_lang::code::compile_expression;
use batos_lang::vary::{self, Pools, Step, variants};

use crate::fork::Limits;
use crate::host::BufferConsole;
use crate::load::Origin;
use crate::vm::{Exit, Vm};

/// Attempts after which the fork is renewed, so that what they leave behind weighs nothing.
const ATTEMPTS_IN_A_FORK: usize = 200;
/// Longest time for one expression of an attempt. Its fuel ends it long before, unless the machine is busy.
const LONGEST: Duration = Duration::from_millis(200);
/// Seeds that show whether attempts disturb each other.
const PROBED: usize = 16;
/// Most expressions to put in the place of others.
const MOST_EXPRESSIONS: usize = 80;
/// Fewest attempts after the first find.
const LEAST_AFTER: usize = 3000;
/// Of methods that print the same on all examples, so many are varied.
const MOST_ALIKE: usize = 3;
/// Most methods that wait to be varied.
const MOST_WAITING: usize = 20_000;

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Goal {
    /// How the method is defined: selector and argument names.
    pub signature: String,
    /// Methods to begin with, the likeliest first.
    pub seeds: Vec<String>,
    /// What may be put into them.
    pub pools: Pools,
    /// Pairs of expressions that must print the same.
    pub examples: Vec<(String, String)>,
    /// For one expression: fuel; memory for all of a fork; time for the whole search.
    pub limits: Limits,
    /// Number of finds that is enough.
    pub enough: usize,
    /// Most attempts.
    pub attempts: usize,
}

/// A method that satisfies all examples.
#[derive(Clone, PartialEq, Debug)]
pub struct Find {
    /// Its body.
    pub text: String,
    /// The seed that it came from.
    pub seed: usize,
    /// Steps from there.
    pub edits: usize,
}

/// What a search found, and how many methods it tried.
#[derive(Clone, Debug, Default)]
pub struct Finds {
    /// In the order they were found.
    pub found: Vec<Find>,
    /// Methods that were run.
    pub attempts: usize,
}

/// A method that waits to be varied.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    cost: u32,
    /// In the order of making: no two are equal.
    number: usize,
    step: Step,
    seed: usize,
    edits: usize,
    text: String,
}

/// A fork with the expressions of the examples made ready: they are the first pins, in order.
struct Bench {
    fork: Vm,
    wanted: Vec<String>,
    used: usize,
}

impl Vm {
    /// Looks for methods. `parts` is a vector: the object that gets the method, and whatever the examples need.
    /// What the seeds are made of is put together anew, too. Fails if an expected value can't be computed, with its text.
    pub fn search_method(&mut self, goal: &Goal, parts: Value) -> Result<Finds, String> {
        let started = Instant::now();
        let end = started + goal.limits.time;
        let mut run = Run {
            vm: self,
            goal,
            parts,
            bench: None,
            end,
            shared: false,
            alike: HashMap::new(),
            first: None,
            finds: Finds::default(),
        };
        run.probe()?;
        let mut pools = goal.pools.clone();
        for part in goal.seeds.iter().flat_map(|seed| vary::parts(seed)) {
            if pools.expressions.len() < MOST_EXPRESSIONS && !pools.expressions.contains(&part) {
                pools.expressions.push(part);
            }
        }
        let mut seen = HashSet::new();
        let mut queue = BinaryHeap::new();
        let mut number = 0;
        for (seed, text) in goal.seeds.iter().enumerate() {
            let text = vary::simplified(text);
            if seen.insert(text.clone()) {
                let waiting =
                    Waiting { cost: 0, number, step: Step::Word, seed, edits: 0, text: text.clone() };
                run.attempt(waiting, &mut queue, &mut number)?;
            }
        }
        while let Some(Reverse(at)) = queue.pop() {
            if run.is_over() {
                break;
            }
            for text in variants(&at.text, &pools, at.step) {
                if run.is_over() {
                    break;
                }
                let text = vary::simplified(&text);
                if seen.insert(text.clone()) {
                    let next = Waiting { text, edits: at.edits + 1, step: Step::Word, cost: 0, number, ..at };
                    run.attempt(next, &mut queue, &mut number)?;
                }
            }
        }
        Ok(run.finds)
    }
}

struct Run<'a> {
    vm: &'a mut Vm,
    goal: &'a Goal,
    parts: Value,
    bench: Option<Bench>,
    end: Instant,
    /// Attempts change what later ones see: each gets a fork of its own.
    shared: bool,
    /// How many attempts behaved in each way.
    alike: HashMap<u64, usize>,
    /// Attempts made when the first was found.
    first: Option<usize>,
    finds: Finds,
}

/// What a method did on the examples.
#[derive(PartialEq, Eq)]
struct Shown {
    /// Examples that held.
    held: usize,
    /// How far what was printed is from what was wanted: 0 where all hold, `FARTHEST` where nothing is alike.
    distance: u32,
    /// The first one ended with an error.
    failed: bool,
    /// A mark of all that was printed.
    behaviour: u64,
}

/// How one expression ended.
enum Printed {
    Text(String),
    Failed,
    /// Out of fuel or time.
    Endless,
}

/// The distance of texts that have nothing in common.
const FARTHEST: u32 = 10;
/// Most that its place among the seeds counts against a method.
const MOST_FOR_PLACE: u32 = 12;

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

impl Run<'_> {
    fn is_over(&self) -> bool {
        // After the first find, half as much again is looked at, for others that are as near.
        self.first.is_some_and(|first| self.finds.attempts > first + first / 2 + LEAST_AFTER)
            || self.finds.found.len() >= self.goal.enough
            || self.finds.attempts >= self.goal.attempts
            || Instant::now() >= self.end
            || self.vm.host.interrupt.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Runs one method on the examples and puts it where it belongs.
    fn attempt(
        &mut self,
        made: Waiting,
        queue: &mut BinaryHeap<Reverse<Waiting>>,
        number: &mut usize,
    ) -> Result<(), String> {
        self.finds.attempts += 1;
        let Some(shown) = self.run(&made.text)? else { return Ok(()) };
        let held = shown.held;
        if held == self.goal.examples.len() {
            self.first.get_or_insert(self.finds.attempts);
            self.finds.found.push(Find { text: made.text, seed: made.seed, edits: made.edits });
            return Ok(());
        }
        // What fails outright is varied only if it was given; of what behaves alike, a few are enough.
        let alike = self.alike.entry(shown.behaviour).or_insert(0);
        *alike += 1;
        let dead = made.edits > 0 && (shown.failed || *alike > MOST_ALIKE);
        if dead || queue.len() > MOST_WAITING {
            return Ok(());
        }
        // Likelier seeds, fewer changes, nearer answers, smaller steps.
        let place = (made.seed as u32 / 4).min(MOST_FOR_PLACE);
        let base = place + 12 * made.edits as u32 + shown.distance;
        for (step, weight) in [(Step::Word, 0), (Step::Shape, 3), (Step::Growth, 8)] {
            *number += 1;
            queue.push(Reverse(Waiting {
                cost: base + weight,
                number: *number,
                step,
                text: made.text.clone(),
                ..made
            }));
        }
        Ok(())
    }

    /// What a method does on the examples; `None` if it can't be compiled or doesn't end.
    fn run(&mut self, text: &str) -> Result<Option<Shown>, String> {
        if self.bench.as_ref().is_some_and(|b| b.used >= ATTEMPTS_IN_A_FORK || (self.shared && b.used > 0)) {
            self.bench = None;
        }
        let mut bench = match self.bench.take() {
            Some(bench) => bench,
            None => self.new_bench()?,
        };
        bench.used += 1;
        let held = bench.hold(self.parts, &self.goal.signature, text, self.goal.limits);
        self.bench = Some(bench);
        Ok(held)
    }

    /// A fresh fork, with the examples compiled and what they must print computed.
    fn new_bench(&mut self) -> Result<Bench, String> {
        let limits = self.goal.limits;
        self.vm.pins.push(self.parts);
        let fork = self.vm.fork(limits.memory);
        self.parts = self.vm.pins.pop().unwrap_or(self.parts);
        let mut fork = fork?;
        fork.host.console = Box::new(BufferConsole { written: Vec::new(), limit: 1 });
        let mut bench = Bench { fork, wanted: Vec::new(), used: 0 };
        for (expression, expected) in &self.goal.examples {
            let wanted = bench.load(expected).map(|unit| bench.print(unit, self.parts, limits));
            let Some(Printed::Text(wanted)) = wanted else {
                return Err(format!("{expected} can't be evaluated"));
            };
            let unit = bench.load(expression).ok_or_else(|| format!("{expression} is not legal"))?;
            bench.fork.pins.push(unit.value());
            bench.wanted.push(wanted);
        }
        Ok(bench)
    }

    /// Finds out whether running one method changes what the next one sees: the first few are run one after the
    /// other in one fork, twice.
    fn probe(&mut self) -> Result<(), String> {
        let first: Vec<&String> = self.goal.seeds.iter().take(PROBED).collect();
        let mut results = [Vec::new(), Vec::new()];
        for result in &mut results {
            for text in &first {
                result.push(self.run(text)?);
            }
        }
        // What did not end at one time may end at another.
        let pairs = results[0].iter().zip(&results[1]);
        self.shared = pairs.filter(|(a, b)| a.is_some() && b.is_some()).any(|(a, b)| a != b);
        self.bench = None;
        Ok(())
    }
}

impl Bench {
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
    fn hold(&mut self, parts: Value, signature: &str, text: &str, limits: Limits) -> Option<Shown> {
        let unit = self.load(&format!("(_At: 0) _AddSlots: (| {signature} = {text} |)"))?;
        self.print_nothing(unit, parts, limits)?;
        let mut shown = Shown { held: 0, distance: 0, failed: false, behaviour: 0 };
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
    use super::{FARTHEST, distance};

    #[test]
    fn likeness_counts_from_both_ends() {
        assert_eq!(distance("'ab'", "'ab'"), 0);
        assert_eq!(distance("true", "17"), FARTHEST);
        assert!(distance("'Ada: King'", "'Ada King'") < distance("'King'", "'Ada King'"));
        // An end is not counted twice.
        assert_eq!(distance("aa", "aaa"), 4);
        assert_eq!(distance("", ""), 0);
    }
}
