//! Search for a method that holds for examples, in forks of the world.
//!
//! First the methods that were given are run, then small expressions, made bottom-up (`enumerate`); then all these are
//! varied by small steps, best-first: what comes nearer to the examples with fewer changes is varied sooner (`lang::vary`
//! says what the neighbours of a method are). Every text is compiled and run for real, with limits, in a throw-away
//! copy of the world that is renewed now and then (`bench`). Nothing comes back but the texts that satisfied all examples.
//! What is searched and which find is taken is decided in the world.

mod bench;
mod enumerate;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Instant;

use batos_image::value::Value;
use batos_lang::vary::{self, Pools, Step, variants};

use crate::fork::Limits;
use crate::vm::Vm;
use bench::{Bench, Shown};

/// Attempts after which the fork is renewed, so that what they leave behind weighs nothing.
const ATTEMPTS_IN_A_FORK: usize = 200;
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
/// Most that its place among the seeds counts against a method.
const MOST_FOR_PLACE: u32 = 12;

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
    /// The seed that it came from; none if it was made from nothing.
    pub seed: Option<usize>,
    /// Steps from there.
    pub edits: usize,
    /// How many methods had been run when it was found, it included.
    pub tried: usize,
}

/// What a search found, and how many methods it tried.
#[derive(Clone, Debug, Default)]
pub struct Finds {
    /// In the order they were found.
    pub found: Vec<Find>,
    /// Methods that were run.
    pub attempts: usize,
}

/// A method that was made, and how.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Made {
    text: String,
    seed: Option<usize>,
    edits: usize,
}

/// A method that waits to be varied.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    cost: u32,
    /// In the order of making: no two are equal.
    number: usize,
    step: Step,
    made: Made,
}

impl Vm {
    /// Looks for methods. `parts` is a vector: the object that gets the method, and whatever the examples need.
    /// What the seeds are made of is put together anew, too. Fails if an expected value can't be computed, with its text.
    pub fn search_method(&mut self, goal: &Goal, parts: Value) -> Result<Finds, String> {
        let started = Instant::now();
        let end = started + goal.limits.time;
        let mut run = Run {
            stop: self.stop_flag(),
            vm: self,
            goal,
            parts,
            bench: None,
            end,
            shared: false,
            seen: HashMap::new(),
            queue: BinaryHeap::new(),
            number: 0,
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
        for (seed, text) in goal.seeds.iter().enumerate() {
            run.attempt(Made { text: text.clone(), seed: Some(seed), edits: 0 })?;
        }
        run.enumerate()?;
        while let Some(Reverse(at)) = run.queue.pop() {
            if run.is_over() {
                break;
            }
            for text in variants(&at.made.text, &pools, at.step) {
                if run.is_over() {
                    break;
                }
                run.attempt(Made { text, edits: at.made.edits + 1, ..at.made })?;
            }
        }
        Ok(run.finds)
    }
}

struct Run<'a> {
    vm: &'a mut Vm,
    goal: &'a Goal,
    /// Set when it is to end.
    stop: std::sync::Arc<std::sync::atomic::AtomicBool>,
    parts: Value,
    bench: Option<Bench>,
    end: Instant,
    /// Attempts change what later ones see: each gets a fork of its own.
    shared: bool,
    /// All texts that were tried, with what they did; nothing if they can't be compiled or don't end.
    seen: HashMap<String, Option<Shown>>,
    queue: BinaryHeap<Reverse<Waiting>>,
    /// Of the newest that waits.
    number: usize,
    /// How many attempts behaved in each way.
    alike: HashMap<u64, usize>,
    /// Attempts made when the first was found.
    first: Option<usize>,
    finds: Finds,
}

impl Run<'_> {
    fn is_over(&self) -> bool {
        // After the first find, half as much again is looked at, for others that are as near.
        self.first.is_some_and(|first| self.finds.attempts > first + first / 2 + LEAST_AFTER)
            || self.finds.found.len() >= self.goal.enough
            || self.finds.attempts >= self.goal.attempts
            || Instant::now() >= self.end
            || self.stop.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Runs one method on the examples, unless that was done before, and puts it where it belongs. `None` if it can't be compiled
    /// or doesn't end.
    fn attempt(&mut self, made: Made) -> Result<Option<Shown>, String> {
        let text = vary::simplified(&made.text);
        if let Some(shown) = self.seen.get(&text) {
            return Ok(*shown);
        }
        self.finds.attempts += 1;
        let shown = self.run(&text)?;
        self.seen.insert(text.clone(), shown);
        let Some(shown) = shown else { return Ok(None) };
        let made = Made { text, ..made };
        if shown.held == self.goal.examples.len() {
            self.first.get_or_insert(self.finds.attempts);
            // What does the work may be a part of it; then the rest was there before, or came by chance.
            let (mut whole, tried) = (true, self.finds.attempts);
            for part in vary::parts(&made.text) {
                let text = format!("( {part} )");
                if text == made.text {
                    continue;
                }
                let shown = self.attempt(Made { text, ..made })?;
                whole &= shown.is_none_or(|shown| shown.held < self.goal.examples.len());
            }
            if whole {
                self.finds.found.push(Find { text: made.text, seed: made.seed, edits: made.edits, tried });
            }
            return Ok(Some(shown));
        }
        // What fails outright is varied only if it was given; of what behaves alike, a few are enough.
        let alike = self.alike.entry(shown.behaviour).or_insert(0);
        *alike += 1;
        let dead = made.edits > 0 && (shown.failed || *alike > MOST_ALIKE);
        if dead || self.queue.len() > MOST_WAITING {
            return Ok(Some(shown));
        }
        // Likelier seeds, fewer changes, nearer answers, smaller steps.
        let place = made.seed.map_or(0, |seed| seed as u32 / 4).min(MOST_FOR_PLACE);
        let base = place + 12 * made.edits as u32 + shown.distance;
        for (step, weight) in [(Step::Word, 0), (Step::Shape, 3), (Step::Growth, 8)] {
            self.number += 1;
            let waiting = Waiting { cost: base + weight, number: self.number, step, made: made.clone() };
            self.queue.push(Reverse(waiting));
        }
        Ok(Some(shown))
    }

    /// What a method does on the examples; `None` if it can't be compiled or doesn't end.
    fn run(&mut self, text: &str) -> Result<Option<Shown>, String> {
        if self.bench.as_ref().is_some_and(|b| b.used >= ATTEMPTS_IN_A_FORK || (self.shared && b.used > 0)) {
            self.bench = None;
        }
        self.bench()?;
        // A new fork may have moved the parts.
        let (parts, goal) = (self.parts, self.goal);
        Ok(self.bench()?.hold(parts, &goal.signature, text, goal.limits))
    }

    /// The fork at hand, or a fresh one.
    fn bench(&mut self) -> Result<&mut Bench, String> {
        if self.bench.is_none() {
            self.bench = Some(Bench::new(self.vm, self.goal, &mut self.parts)?);
        }
        self.bench.as_mut().ok_or_else(|| "there is no fork".to_string())
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
