//! Throw-away copies of the world: a proposal is tried in one, with limits and without an outside.
//!
//! A fork shares the image's pages copy-on-write, and objects keep their references: an object of this world is named by the
//! same reference in the fork. Nothing comes back but text and counts. The world as it was at an earlier commit is looked at in the
//! same way: there, references of the present mean nothing.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use batos_image::heap::Heap;
use batos_image::layout::{CARD_BYTES, CARD_UNSAVED, IMAGE_START};
use batos_image::value::{ObjectRef, Value};

use crate::evaluate::EvalError;
use crate::host::{BufferConsole, Host};
use crate::vm::{Exit, Vm};

/// What a trial may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Safepoints (calls and loop edges).
    pub fuel: u64,
    /// Bytes by which the image may grow.
    pub memory: u64,
    /// Time.
    pub time: Duration,
}

/// How a trial ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// With a value.
    Value,
    /// With an error of the guest program.
    Error,
    /// The text is not legal.
    Syntax,
    /// It used up its fuel or time.
    Endless,
    /// It used up its memory.
    Memory,
}

impl Verdict {
    /// The word that the world sees.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Value => "value",
            Verdict::Error => "error",
            Verdict::Syntax => "syntax",
            Verdict::Endless => "endless",
            Verdict::Memory => "memory",
        }
    }
}

/// What a trial showed.
#[derive(Clone, Debug)]
pub struct Trial {
    /// How it ended.
    pub verdict: Verdict,
    /// The value as the world prints it, or the error's message.
    pub text: String,
    /// What was printed meanwhile.
    pub output: String,
    /// Fuel used.
    pub fuel: u64,
    /// Time used.
    pub time: Duration,
    /// Objects that existed before and were changed.
    pub changed: Vec<ObjectRef>,
}

/// Most changed objects that are told.
const TOLD_CHANGES: usize = 64;
/// Most bytes of output that are kept.
const KEPT_OUTPUT: usize = 64 << 10;
/// Values on the stack of a trial: enough for deep recursion, little enough to fail soon.
const TRIAL_STACK: usize = 1 << 18;

impl Vm {
    /// A throw-away copy of this world. It can do nothing outside and cannot write to the image file.
    pub fn fork(&mut self, memory: u64) -> Result<Vm, String> {
        self.scavenge();
        let heap = self.fork_heap(memory)?;
        Ok(self.sealed_over(heap))
    }

    /// A machine that can do nothing outside, on a heap of its own, with this one's settings.
    fn sealed_over(&self, heap: Heap) -> Vm {
        let mut fork = Vm::over(heap, None, Host::sealed());
        fork.settings = self.settings;
        fork.carried = self.carried;
        fork.untrusted_codes = self.untrusted_codes;
        fork.settings.stack_limit = TRIAL_STACK;
        fork.settings.slice = 1000;
        fork.check_natives();
        fork
    }

    /// The value of a text in a fork, and the fork in which it lives; `None` if there is none within the limits.
    pub fn value_in_fork(&mut self, text: &[u8], receiver: Value, limits: Limits) -> Option<(Vm, Value)> {
        self.pins.push(receiver);
        let fork = self.fork(limits.memory);
        let receiver = self.pins.pop().unwrap_or(receiver);
        let mut fork = fork.ok()?;
        fork.trial_limits = Some((limits.fuel, Instant::now() + limits.time));
        match fork.evaluate(text, "<trial>", receiver).ok()?.exit {
            Exit::Finished(value) => Some((fork, value)),
            _ => None,
        }
    }

    /// Evaluates a text for `receiver` in a fork. The receiver is looked at, not changed.
    pub fn try_in_fork(&mut self, text: &[u8], receiver: Value, limits: Limits) -> Result<Trial, String> {
        self.pins.push(receiver);
        let fork = self.fork(limits.memory);
        let receiver = self.pins.pop().unwrap_or(receiver);
        let mut fork = fork?;
        let mut trial = self.run_trial(&mut fork, text, receiver, limits);
        trial.changed = self.changed_in(&mut fork);
        Ok(trial)
    }

    /// Evaluates a text for the lobby of the world as it was at a commit. Nothing of that becomes present.
    pub fn try_in_past(&mut self, commit: u64, text: &[u8], limits: Limits) -> Result<Trial, String> {
        if self.untrusted_codes.is_some() {
            return Err("a world from elsewhere is looked at as it is now".into());
        }
        let heap = self.heap_at(commit, limits.memory)?;
        let mut past = self.sealed_over(heap);
        let lobby = past.heap.known.lobby;
        Ok(self.run_trial(&mut past, text, lobby, limits))
    }

    /// Evaluates in a fork until it ends or is at its limits.
    fn run_trial(&mut self, fork: &mut Vm, text: &[u8], receiver: Value, limits: Limits) -> Trial {
        fork.host.console = Box::new(BufferConsole { written: Vec::new(), limit: KEPT_OUTPUT });
        // Ctrl-C ends the trial, too, or whoever comes, if it was begun because nobody was there.
        let stopped = self.stop_flag();
        fork.host.interrupt = stopped.clone();
        let started = Instant::now();
        fork.trial_limits = Some((limits.fuel, started + limits.time));
        let evaluated = fork.evaluate(text, "<trial>", receiver);
        let polls = fork.polls_done_total;
        let fuel = polls * u64::from(fork.settings.slice);
        let (verdict, text) = match evaluated {
            Err(EvalError::Syntax(diagnostics)) => {
                (Verdict::Syntax, diagnostics.first().map(|d| d.message.clone()).unwrap_or_default())
            }
            Err(EvalError::Script(text)) => (Verdict::Error, text),
            Ok(evaluated) => match evaluated.exit {
                Exit::Revert(_) => (Verdict::Error, "it tried to change history".into()),
                Exit::Finished(value) => {
                    fork.pins.push(value);
                    let text = fork.print_string(value);
                    fork.pins.pop();
                    (Verdict::Value, text)
                }
                Exit::Suspended(process) => {
                    let message = fork.process_message(process);
                    // The fork has taken it; whoever began the trial is to see it, too.
                    if message == "interrupted" {
                        stopped.store(true, Ordering::Relaxed);
                    }
                    let verdict = match message.as_str() {
                        "out of fuel" | "out of time" => Verdict::Endless,
                        m if m.starts_with("outOfMemoryError") => Verdict::Memory,
                        m if m.starts_with("stackOverflowError") => Verdict::Endless,
                        _ => Verdict::Error,
                    };
                    (verdict, message)
                }
                Exit::Aborted(text) => (Verdict::Error, text),
                Exit::Quit(_) => (Verdict::Error, "it tried to leave the program".into()),
            },
        };
        let output = fork.host.console.take_written();
        Trial { verdict, text, output, fuel, time: started.elapsed(), changed: Vec::new() }
    }

    /// Whether the running process thinks because nobody is there.
    pub(crate) fn is_quiet(&mut self) -> bool {
        let quiet = self.quiet;
        quiet.is_some() && quiet == self.number_of_process()
    }

    /// The number of the running process, if one runs.
    pub(crate) fn number_of_process(&mut self) -> Option<i64> {
        if self.current.is_null() {
            return None;
        }
        let object = self.process().object;
        self.heap.item(object, crate::process::process_element::NUMBER).as_int()
    }

    /// What ends a trial or a question of the running process from outside.
    pub(crate) fn stop_flag(&mut self) -> std::sync::Arc<std::sync::atomic::AtomicBool> {
        if self.is_quiet() {
            crate::host::activity().disturbed().clone()
        } else {
            self.host.interrupt.clone()
        }
    }

    /// Objects of this world whose slots or elements differ in a fork of it.
    fn changed_in(&mut self, fork: &mut Vm) -> Vec<ObjectRef> {
        fork.scavenge();
        let dirty = fork.heap.space().card_runs(CARD_UNSAVED);
        let touched = |offset: u64, bytes: u64| {
            let first = (offset - IMAGE_START) / CARD_BYTES;
            let end = (offset - IMAGE_START + bytes).div_ceil(CARD_BYTES);
            let at = dirty.partition_point(|run| run.end <= first);
            dirty.get(at).is_some_and(|run| run.start < end)
        };
        let mut changed = Vec::new();
        let pins = &mut self.pins;
        self.heap.each_object(pins, |heap, r| {
            if changed.len() >= TOLD_CHANGES || !visible(heap.kind_of_ref(r)) {
                return;
            }
            let bytes = heap.object_bytes(r);
            if r.offset() < IMAGE_START || !touched(r.offset(), bytes as u64) {
                return;
            }
            let words = bytes / 8;
            let differs = (0..words - 1).any(|i| heap.word(r, i) != fork.heap.word(r, i))
                || heap.header(r).map_bits() != fork.heap.header(r).map_bits();
            if differs {
                changed.push(r);
            }
        });
        changed
    }
}

/// Objects of these kinds are what a program changes; the rest is the machine's bookkeeping.
fn visible(kind: batos_image::layout::Kind) -> bool {
    use batos_image::layout::Kind;
    matches!(
        kind,
        Kind::Slots | Kind::Vector | Kind::ByteVector | Kind::WeakVector | Kind::Oddball | Kind::Cell
    )
}
