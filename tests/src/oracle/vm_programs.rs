//! A program means the same however the machine runs it: with and without caches, with a collection at every chance, with all
//! stacks saved into the image and read back all the time, in a fork, compiled to machine code. Values and effects must agree, and
//! every heap must verify.

use batos_machine::host::{BufferConsole, Host};
use batos_machine::{Exit, Vm, native};

use super::expansion;
use crate::world::project;

/// A way of running.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// As users run it.
    Normal,
    /// Every send searches.
    NoCaches,
    /// A collection at every chance.
    Stress,
    /// Stacks are saved and restored every few polls.
    Saving,
    /// Everything is compiled at its first call.
    Compiled,
    /// The same, and every few checks of compiled code fail, so that it is left everywhere.
    Failing,
    /// Everything is compiled and dropped again all the time, with a collection at every chance.
    Dropping,
    /// Everything is compiled, and stacks are saved and restored at every poll.
    CompiledSaving,
    /// Everything is compiled on another thread, while the program runs on.
    Background,
}

/// All ways of running.
pub const MODES: [Mode; 4] = [Mode::Normal, Mode::NoCaches, Mode::Stress, Mode::Saving];

/// The interpreter, and all ways of running compiled code.
pub const COMPILED: [Mode; 6] =
    [Mode::Normal, Mode::Compiled, Mode::Failing, Mode::Dropping, Mode::CompiledSaving, Mode::Background];

/// A world that runs in one way.
pub struct Runner {
    vm: Vm,
    mode: Mode,
}

impl Runner {
    /// Loads the standard world and sets the mode.
    pub fn new(mode: Mode) -> Runner {
        let mut vm = Vm::bare(Host::new(Box::new(BufferConsole::default()))).expect("memory for a world");
        vm.run_file(&project().join("stdlib/world.self").to_string_lossy()).expect("the library can be read");
        let mut runner = Runner { vm, mode };
        runner.evaluate(expansion::WORLD);
        let trial = |fail, drop| native::Trial { threshold: 1, fail, drop, slice: 1 };
        runner.vm.gear.set(native::Mode::Off, trial(0, 0));
        match mode {
            Mode::Normal => {}
            Mode::NoCaches => runner.vm.settings.caches = false,
            Mode::Stress => runner.vm.heap.set_gc_stress(true),
            Mode::Saving => {
                runner.vm.settings.save_every = 3;
                runner.vm.settings.slice = 5;
            }
            Mode::Compiled => runner.vm.gear.set(native::Mode::Sync, trial(0, 0)),
            Mode::Failing => runner.vm.gear.set(native::Mode::Sync, trial(5, 0)),
            Mode::Dropping => {
                runner.vm.gear.set(native::Mode::Sync, trial(0, 7));
                runner.vm.heap.set_gc_stress(true);
            }
            Mode::Background => {
                runner.vm.gear.set(native::Mode::On, trial(0, 0));
                runner.vm.settings.slice = 20;
            }
            Mode::CompiledSaving => {
                runner.vm.gear.set(native::Mode::Sync, trial(11, 0));
                runner.vm.settings.save_every = 1;
            }
        }
        runner
    }

    /// The outcome of an expression as text.
    pub fn evaluate(&mut self, text: &str) -> String {
        let shell = self.vm.shell();
        match self.vm.evaluate(text.as_bytes(), "program", shell) {
            Err(error) => panic!("{text}\n{error:?}"),
            Ok(evaluated) => match evaluated.exit {
                Exit::Finished(value) => self.vm.print_string(value),
                Exit::Suspended(process) => {
                    let message = self.vm.process_message(process);
                    self.vm.abort_process(process);
                    format!("suspended: {message}")
                }
                other => format!("{other:?}"),
            },
        }
    }

    /// Value and effects of the program that the bytes describe; whether the heap is to be verified afterwards.
    fn outcome(&mut self, data: &[u8], verified: bool) -> (String, String) {
        self.evaluate(&format!("bench _AddSlots: (| program: a = {} |)", expansion::program(data)));
        self.evaluate("bench reset");
        let value = self.evaluate("bench program: 3");
        let effects = self.evaluate("bench trace printString, ' ', bench supply printString");
        if !verified {
            return (value, effects);
        }
        self.vm.collect_full();
        if let Err(wrong) = self.vm.verify_heap() {
            panic!("the heap is damaged in mode {:?}: {wrong}\n{}", self.mode, expansion::program(data));
        }
        (value, effects)
    }
}

/// Runners in all modes, for many programs.
pub struct Runners {
    runners: Vec<Runner>,
    /// What takes long is done for one program in so many: a collection at every chance, and the verification of all heaps, in
    /// which the damage of any program before shows.
    every: usize,
    count: usize,
}

impl Runners {
    /// Loads a world for each mode. Everything is done for the first program, and then for one in `every`.
    pub fn new(every: usize) -> Runners {
        Runners::of(&MODES, every)
    }

    /// The same for some of the modes; the others are compared with the first.
    pub fn of(modes: &[Mode], every: usize) -> Runners {
        Runners { runners: modes.iter().map(|mode| Runner::new(*mode)).collect(), every, count: 0 }
    }

    /// Panics if the modes differ.
    pub fn check(&mut self, data: &[u8]) {
        let all = self.count.is_multiple_of(self.every);
        self.count += 1;
        let expected = self.runners[0].outcome(data, all);
        for runner in &mut self.runners[1..] {
            let mode = runner.mode;
            if matches!(mode, Mode::Stress | Mode::Dropping) && !all {
                continue;
            }
            let outcome = runner.outcome(data, all);
            assert!(
                outcome == expected,
                "{outcome:?} in mode {mode:?}, not {expected:?}:\n{}",
                expansion::program(data)
            );
        }
    }
}

/// Panics if the modes differ on the program that the bytes describe. Worlds are kept from one call to the next.
pub fn run(data: &[u8]) {
    thread_local! {
        static RUNNERS: std::cell::RefCell<Option<Runners>> = const { std::cell::RefCell::new(None) };
    }
    RUNNERS.with_borrow_mut(|runners| runners.get_or_insert_with(|| Runners::new(16)).check(data));
}

/// Panics if compiled code does something else than the interpreter on the program that the bytes describe.
pub fn run_compiled(data: &[u8]) {
    thread_local! {
        static RUNNERS: std::cell::RefCell<Option<Runners>> = const { std::cell::RefCell::new(None) };
    }
    RUNNERS.with_borrow_mut(|runners| {
        runners.get_or_insert_with(|| Runners::of(&COMPILED, 8)).check(data);
    });
}
