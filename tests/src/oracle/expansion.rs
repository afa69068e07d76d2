//! A control message means the same whether the compiler expands it in place or really sends it. From the bytes a program of locals, choices,
//! loops, closures and returns is made, in two versions: one with literal blocks where control messages want them, one with each such block passed through an
//! identity method, so that nothing can be expanded. Both run; value, trace and effort must agree.
//!
//! Some receivers are no booleans: they keep the blocks they are given, to be run again later (by their own arithmetic too), or run both of
//! them. Operands assign locals that stand beside them. All programs end: loops and saved blocks burn a supply that is limited.

use batos_machine::host::{BufferConsole, Host};
use batos_machine::{Exit, Vm};

/// What stands before and after a block that could be expanded.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

/// The objects that the programs use: `bench` gets the program as its method `program:`.
pub const WORLD: &str = "globals _AddSlots: (|
    oddReceiver = (| parent* = lobby.
        ifTrue: p = ( bench saved: p. p value ).
        ifFalse: p = ( bench saved: p. 3 ).
        ifTrue: p False: q = ( bench saved: p. p value. q value ).
        ifFalse: p True: q = ( bench saved: q. p value ).
        and: p = ( bench saved: p. p value ).
        or: p = ( p value. true ).
        && p = ( bench saved: p. false ).
        || p = ( p value ).
        + n = ( bench runSaved. n ).
        * n = ( bench runSaved + n )
    |).
    bench <- (| parent* = lobby. trace <- 0. supply <- 60. saved <- 0.
        odd = ( oddReceiver ).
        same: q = ( q ).
        t: v = ( trace: ((trace * 31) + v) % 1000003. v ).
        burn = ( supply: supply - 1. supply > 0 ).
        runSaved = ( burn ifTrue: [ saved value ]. 5 ).
        reset = ( trace: 0. supply: 60. saved: 0 )
    |)
|)";

/// A machine with the standard world and the objects that the programs use.
pub struct Bench {
    vm: Vm,
}

impl Bench {
    /// Loads the world.
    pub fn new() -> Bench {
        let host = Host::new(Box::new(BufferConsole::default()));
        let mut vm = Vm::bare(host).expect("there is memory for a bare world");
        let world = concat!(env!("CARGO_MANIFEST_DIR"), "/../stdlib/world.self");
        vm.run_file(world).expect("the library can be read");
        let mut bench = Bench { vm };
        bench.evaluate(WORLD);
        bench
    }

    /// The outcome of an expression as text.
    fn evaluate(&mut self, text: &str) -> String {
        let lobby = self.vm.shell();
        let evaluated = match self.vm.evaluate(text.as_bytes(), "expansion", lobby) {
            Ok(evaluated) => evaluated,
            Err(error) => panic!("{text}\n{error:?}"),
        };
        match evaluated.exit {
            Exit::Finished(value) => self.vm.print_string(value),
            Exit::Suspended(process) => {
                // The kind of error: the rest of the message may name the place of a definition in the library.
                let message = self.vm.process_message(process);
                let kind = message.split([':', ' ']).next().unwrap_or_default().to_string();
                self.vm.abort_process(process);
                format!("suspended: {kind}")
            }
            other => format!("{other:?}"),
        }
    }

    /// Runs both versions of the program that the bytes describe.
    pub fn check(&mut self, data: &[u8]) {
        let program = Writer::new(data).program();
        let expanded: String = program.chars().filter(|c| *c != OPEN && *c != CLOSE).collect();
        let sent = program.replace(OPEN, "(same: ").replace(CLOSE, ")");
        let mut outcomes = Vec::new();
        for version in [&expanded, &sent] {
            self.evaluate(&format!("bench _AddSlots: (| program: a = {version} |)"));
            self.evaluate("bench reset");
            let value = self.evaluate("bench program: 3");
            let effects = self.evaluate("bench trace printString, ' ', bench supply printString");
            outcomes.push((value, effects));
        }
        assert!(
            outcomes[0] == outcomes[1],
            "{:?} when expanded, {:?} when sent:\n{expanded}",
            outcomes[0],
            outcomes[1]
        );
    }
}

impl Default for Bench {
    fn default() -> Bench {
        Bench::new()
    }
}

/// The program that the bytes describe, control messages written so that they can be expanded. It is a method body with the argument `a`, to be put into
/// an object that inherits from `bench`'s world (`WORLD`).
pub fn program(data: &[u8]) -> String {
    Writer::new(data).program().chars().filter(|c| *c != OPEN && *c != CLOSE).collect()
}

/// Panics if the two versions of the program differ.
pub fn run(data: &[u8]) {
    Bench::new().check(data);
}

/// Writes a program, led by bytes; when they are used up it goes on with numbers made from them.
struct Writer<'a> {
    data: &'a [u8],
    at: usize,
    state: u64,
    fresh: usize,
    /// Names of integers in scope.
    integers: Vec<String>,
    /// Those that can be assigned.
    assignable: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(data: &'a [u8]) -> Writer<'a> {
        let state =
            data.iter().fold(1469598103934665603u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(1099511628211));
        let integers = ["a", "x", "y"].map(String::from).to_vec();
        let assignable = ["x", "y"].map(String::from).to_vec();
        Writer { data, at: 0, state, fresh: 0, integers, assignable }
    }

    fn below(&mut self, n: usize) -> usize {
        if let Some(byte) = self.data.get(self.at) {
            self.at += 1;
            return usize::from(*byte) % n.max(1);
        }
        self.state = self.state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.state >> 33) as usize % n.max(1)
    }

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn program(&mut self) -> String {
        let mut statements = self.statements(4);
        statements.push("b: [ x: x + 1. t: x. x ]".to_string());
        for _ in 0..3 {
            statements.extend(self.statements(4));
        }
        statements.push(self.integer(4));
        format!("( | x <- 1. y <- 2. b <- 0 | {} )", statements.join(". "))
    }

    fn block(&mut self, arguments: usize, depth: usize, last: fn(&mut Self, usize) -> String) -> String {
        let (integers, assignable) = (self.integers.len(), self.assignable.len());
        let mut slots = Vec::new();
        for i in 0..arguments + self.below(3) {
            self.fresh += 1;
            let name = format!("v{}", self.fresh);
            if i < arguments {
                slots.push(format!(":{name}"));
            } else {
                let content = self.one_of(&[" <- 3", " <- 0", " = 4"]);
                slots.push(format!("{name}{content}"));
                if content != " = 4" {
                    self.assignable.push(name.clone());
                }
            }
            self.integers.push(name);
        }
        let mut statements = self.statements(depth);
        if self.below(14) == 0 {
            let value = self.integer(depth);
            statements.push(format!("^ {value}"));
        } else {
            statements.push(last(self, depth));
        }
        self.integers.truncate(integers);
        self.assignable.truncate(assignable);
        let slots = if slots.is_empty() { String::new() } else { format!("| {} | ", slots.join(". ")) };
        format!("{OPEN}[ {slots}{} ]{CLOSE}", statements.join(". "))
    }

    fn integer(&mut self, depth: usize) -> String {
        let choice = if depth == 0 { self.below(4) } else { self.below(16) };
        let d = depth.saturating_sub(1);
        match choice {
            0 => self.below(10).to_string(),
            1..=3 => {
                let i = self.below(self.integers.len());
                self.integers[i].clone()
            }
            4..=6 => {
                let (left, right) = (self.integer(d), self.integer(d));
                format!("({left} {} {right})", self.one_of(&["+", "-", "*"]))
            }
            7 => format!("(t: {})", self.integer(d)),
            8 => "(b value)".to_string(),
            9 => "runSaved".to_string(),
            10 => {
                let message = self.one_of(&["+", "*"]);
                format!("(odd {message} {})", self.integer(d))
            }
            11 => {
                let i = self.below(self.assignable.len());
                let name = self.assignable[i].clone();
                format!("(({name}: {}) t: {})", self.integer(d), self.integer(d))
            }
            _ => {
                let test = self.boolean(d);
                let (first, second) = (self.block(0, d, Self::integer), self.block(0, d, Self::integer));
                let parts = [["ifTrue:", "False:"], ["ifFalse:", "True:"]][self.below(2)];
                format!("({test} {} {first} {} {second})", parts[0], parts[1])
            }
        }
    }

    fn boolean(&mut self, depth: usize) -> String {
        let d = depth.saturating_sub(1);
        match if depth == 0 { self.below(2) } else { self.below(8) } {
            0 => self.one_of(&["true", "false", "odd"]).to_string(),
            1..=4 => {
                let (left, right) = (self.integer(d), self.integer(d));
                format!("({left} {} {right})", self.one_of(&["<", "<=", ">", ">=", "=", "!="]))
            }
            _ => {
                let test = self.boolean(d);
                let message = self.one_of(&["and:", "or:", "&&", "||"]);
                format!("({test} {message} {})", self.block(0, d, Self::boolean))
            }
        }
    }

    fn statements(&mut self, depth: usize) -> Vec<String> {
        (0..self.below(4)).map(|_| self.statement(depth)).collect()
    }

    fn statement(&mut self, depth: usize) -> String {
        let d = depth.saturating_sub(1);
        match if depth == 0 { self.below(5) } else { self.below(13) } {
            0..=3 => {
                let i = self.below(self.assignable.len());
                let name = self.assignable[i].clone();
                format!("{name}: {}", self.integer(d))
            }
            4 => format!("t: {}", self.integer(d)),
            5..=7 => {
                let test = self.boolean(d);
                let message = self.one_of(&["ifTrue:", "ifFalse:"]);
                format!("{test} {message} {}", self.block(0, d, Self::integer))
            }
            8 | 9 => {
                let (start, end) = (self.integer(0), self.integer(0));
                let message = self.one_of(&["to:", "upTo:", "downTo:"]);
                let arguments = 1 + self.below(2);
                format!("{start} {message} {end} Do: {}", self.block(arguments, d, Self::integer))
            }
            10 => {
                let (start, end) = (self.integer(0), self.integer(0));
                let step = self.one_of(&["2", "-1", "3"]);
                format!("{start} to: {end} By: {step} Do: {}", self.block(1, d, Self::integer))
            }
            11 => {
                let (times, arguments) = (self.below(5), self.below(3));
                let loop_ = format!("({times} do: {})", self.block(arguments, d, Self::integer));
                if self.below(2) == 0 { format!("t: {loop_}") } else { loop_ }
            }
            _ => {
                let test = self.boolean(d);
                let condition = format!("{OPEN}[ burn && [ {test} ] ]{CLOSE}");
                format!("{condition} whileTrue: {}", self.block(0, d, Self::integer))
            }
        }
    }
}
