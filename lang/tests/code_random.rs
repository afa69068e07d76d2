//! Random programs of locals, blocks, control messages and primitives: each parses, compiles and verifies.
//! The generator leans toward what is delicate: assignments within operands, captures by real and by expanded blocks, `^`, restarts.

use std::fmt::Write;

use batos_lang::code::{compile_expression, disassemble, verify};
use batos_lang::parse_string;

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

struct Writer {
    random: Random,
    text: String,
    /// Names in scope: the text, and whether it can be assigned.
    names: Vec<(String, bool)>,
    fresh: usize,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn one_of(&mut self, texts: &[&str]) {
        let text = texts[self.random.below(texts.len())];
        self.put(text);
    }

    fn operand(&mut self, depth: usize) {
        match self.random.below(8) {
            0 => {
                let n = self.random.below(600) as i64 - 300;
                let _ = write!(self.text, "{n}");
            }
            1 => self.put("self"),
            2 => self.put("foo"),
            3 => self.put("'text'"),
            _ if depth == 0 || self.random.below(3) > 0 => match self.names.len() {
                0 => self.put("bar"),
                n => {
                    let i = self.random.below(n);
                    let name = self.names[i].0.clone();
                    self.put(&name);
                }
            },
            _ => {
                self.put("(");
                self.expression(depth - 1);
                self.put(")");
            }
        }
    }

    /// A block with that many arguments.
    fn block(&mut self, arguments: usize, depth: usize) {
        let known = self.names.len();
        self.put("[ ");
        self.slots(arguments);
        self.statements(depth, true);
        self.put(" ]");
        self.names.truncate(known);
    }

    fn slots(&mut self, arguments: usize) {
        let locals = self.random.below(3);
        if arguments + locals == 0 {
            return;
        }
        self.put("| ");
        for i in 0..arguments + locals {
            // Names repeat on purpose: inner ones hide outer ones.
            self.fresh += 1;
            let name = format!("{}{}", ["a", "b", "c"][self.random.below(3)], self.fresh % 7);
            if self.names[self.names.len() - i..].iter().any(|(n, _)| *n == name) {
                self.names.push((format!("z{}", self.fresh), false));
                let name = self.names[self.names.len() - 1].0.clone();
                let sign = if i < arguments { ":" } else { "" };
                let _ = write!(self.text, "{sign}{name}. ");
                continue;
            }
            if i < arguments {
                let _ = write!(self.text, ":{name}. ");
                self.names.push((name, false));
                continue;
            }
            let form = ["", " <- 3", " = 4", " <- (| q |)", "* <- lobby", " <- [ 5 ]"][self.random.below(6)];
            let _ = write!(self.text, "{name}{form}. ");
            self.names.push((name, form != " = 4"));
        }
        self.put("| ");
    }

    fn statements(&mut self, depth: usize, in_block: bool) {
        for _ in 0..self.random.below(3) {
            self.expression(depth);
            self.put(". ");
        }
        if self.random.below(if in_block { 6 } else { 12 }) == 0 {
            self.put("^ ");
        }
        self.expression(depth);
    }

    fn expression(&mut self, depth: usize) {
        if depth == 0 {
            return self.operand(0);
        }
        let d = depth - 1;
        match self.random.below(22) {
            0..=3 => {
                let assignable: Vec<String> =
                    self.names.iter().filter(|n| n.1).map(|n| n.0.clone()).collect();
                if assignable.is_empty() {
                    return self.operand(d);
                }
                let name = assignable[self.random.below(assignable.len())].clone();
                let _ = write!(self.text, "{name}: ");
                self.expression(d);
            }
            4..=6 => {
                let op = ["+", "-", "*", "<", "<=", "=", "%", "&", "&&"][self.random.below(9)];
                self.operand(d);
                for _ in 0..=self.random.below(3) {
                    let _ = write!(self.text, " {op} ");
                    self.operand(d);
                }
            }
            7 => {
                self.operand(d);
                self.put(" bar baz");
            }
            8 => {
                self.operand(d);
                self.put(" at: ");
                self.operand(d);
                self.put(" Put: ");
                self.operand(d);
            }
            9..=11 => {
                let message = ["ifTrue: ", "ifFalse: ", "and: ", "or: "][self.random.below(4)];
                self.operand(d);
                self.put(" ");
                self.put(message);
                self.block(0, d);
            }
            12 | 13 => {
                self.operand(d);
                self.put(" ifTrue: ");
                self.block(0, d);
                self.put(" False: ");
                self.block(0, d);
            }
            14 => {
                self.block(0, d);
                self.one_of(&[" whileTrue: ", " whileFalse: "]);
                self.block(0, d);
            }
            15 => {
                self.block(0, d);
                self.one_of(&[" whileTrue", " whileFalse", " loop", " value"]);
            }
            16 | 17 => {
                self.operand(d);
                self.one_of(&[" to: ", " upTo: ", " downTo: ", " to: 9 By: 2 Other: "]);
                self.operand(d);
                self.put(" Do: ");
                let arguments = self.random.below(4);
                self.block(arguments, d);
            }
            18 => {
                self.put("do: ");
                self.block(1, d);
            }
            19 => {
                self.operand(d);
                self.put(" _At: ");
                self.operand(d);
                self.put(" IfFail: ");
                self.block(1, d);
            }
            20 if self.random.below(3) == 0 => self.put("_Restart"),
            _ => {
                self.put("(| x <- ");
                self.operand(0);
                self.put(". m = ( self ) |)");
            }
        }
    }
}

#[test]
fn random_programs_verify() {
    let mut compiled = 0;
    for seed in 0..3000 {
        let random = Random(seed * 7919 + 1);
        let mut w = Writer { random, text: String::new(), names: vec![], fresh: 0 };
        w.put("(| m = ( ");
        w.slots(0);
        let depth = 2 + seed as usize % 5;
        w.statements(depth, false);
        w.put(" ) |)");
        let parsed = parse_string(w.text.as_bytes());
        assert!(parsed.is_legal(), "{}\n{:?}", w.text, parsed.diagnostics);
        let program = match compile_expression(&parsed.tree, 0) {
            Ok(program) => program,
            Err(found) => panic!("{}\n{found:?}", w.text),
        };
        compiled += program.units.len();
        if let Err(flaw) = verify(&program) {
            panic!("seed {seed}: {}\n{flaw}\n{}", w.text, disassemble(&program));
        }
    }
    assert!(compiled > 10_000, "only {compiled} units");
}
