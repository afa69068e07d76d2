//! GBNF grammars, matched one byte at a time.
//!
//! The engine is our own, not llama.cpp's: theirs ends the process when a token does not fit, takes 12-22 ms to test
//! a vocabulary, and is absent from a build without llama.cpp and from the HTTP back end. Ours interns its states, so
//! that the automaton is built lazily and a state met again costs one look-up.
//!
//! Invariants: a [`Grammar`] has no undefined rule and no left recursion, so that every step ends; a [`Position`]
//! belongs to the [`Matcher`] that made it. The module knows bytes and characters, not tokens or models.

mod matcher;
mod parse;
#[cfg(test)]
mod tests;

pub use matcher::{Matcher, Position};

use std::fmt;

/// A set of characters as sorted, disjoint, inclusive ranges.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Class(Vec<(u32, u32)>);

impl Class {
    /// Normalizes ranges that may overlap; `negated` takes the complement.
    fn new(mut ranges: Vec<(u32, u32)>, negated: bool) -> Class {
        if negated {
            // Surrogates are no characters.
            ranges.push((0xD800, 0xDFFF));
        }
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match merged.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => merged.push((low, high)),
            }
        }
        if negated {
            let mut complement = Vec::with_capacity(merged.len() + 1);
            let mut from = 0;
            for (low, high) in merged {
                if from < low {
                    complement.push((from, low - 1));
                }
                from = high.saturating_add(1);
            }
            if from <= char::MAX as u32 {
                complement.push((from, char::MAX as u32));
            }
            merged = complement;
        }
        Class(merged)
    }

    /// Whether some character of `low..=high` is in the set.
    fn meets(&self, low: u32, high: u32) -> bool {
        let at = self.0.partition_point(|range| range.1 < low);
        self.0.get(at).is_some_and(|range| range.0 <= high)
    }
}

/// One step of an alternative. Alternatives lie one after the other in `Grammar::elements`, each closed by `End`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// One character of the class with this number.
    Class(u32),
    /// Whatever the rule with this number matches.
    Rule(u32),
    /// The alternative is over.
    End,
}

/// A compiled grammar.
#[derive(Clone, Debug)]
pub struct Grammar {
    classes: Vec<Class>,
    elements: Vec<Element>,
    /// For each rule, where its alternatives start in `elements`.
    rules: Vec<Vec<u32>>,
    root: u32,
}

/// A text that is no usable grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrammarError {
    /// Line of the grammar, from 1; 0 where no line is to blame.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "grammar: {}", self.message),
            line => write!(f, "grammar, line {line}: {}", self.message),
        }
    }
}

impl std::error::Error for GrammarError {}

impl Grammar {
    /// Compiles GBNF text. `root` names the rule that a whole answer must match.
    pub fn parse(text: &str, root: &str) -> Result<Grammar, GrammarError> {
        let grammar = parse::Parser::new(text).grammar(root)?;
        grammar.refuse_left_recursion()?;
        Ok(grammar)
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        let mut matcher = Matcher::new(self.clone());
        let start = matcher.start();
        matcher.advance(start, text.as_bytes()).is_some_and(|at| matcher.is_accepting(at))
    }

    /// A rule that reaches itself before it reads a character, other than as its own last step, would make the
    /// matcher's stacks grow for ever.
    fn refuse_left_recursion(&self) -> Result<(), GrammarError> {
        let nullable = self.nullable_rules();
        // (from, to, whether the reference is the alternative's last step)
        let mut edges: Vec<Vec<(u32, bool)>> = vec![Vec::new(); self.rules.len()];
        for (rule, starts) in self.rules.iter().enumerate() {
            for &start in starts {
                let mut at = start as usize;
                while let Element::Rule(to) = self.elements[at] {
                    edges[rule].push((to, self.elements[at + 1] == Element::End));
                    if !nullable[to as usize] {
                        break;
                    }
                    at += 1;
                }
            }
        }
        for (rule, out) in edges.iter().enumerate() {
            for &(to, last) in out {
                if !last && reaches(&edges, to, rule as u32) {
                    return Err(GrammarError {
                        line: 0,
                        message:
                            "a rule begins with itself (left recursion); begin it with what is read first"
                                .into(),
                    });
                }
            }
        }
        Ok(())
    }

    fn nullable_rules(&self) -> Vec<bool> {
        let mut nullable = vec![false; self.rules.len()];
        loop {
            let mut changed = false;
            for (rule, starts) in self.rules.iter().enumerate() {
                if nullable[rule] {
                    continue;
                }
                nullable[rule] = starts.iter().any(|&start| {
                    let mut at = start as usize;
                    loop {
                        match self.elements[at] {
                            Element::End => return true,
                            Element::Rule(to) if nullable[to as usize] => at += 1,
                            _ => return false,
                        }
                    }
                });
                changed |= nullable[rule];
            }
            if !changed {
                return nullable;
            }
        }
    }
}

fn reaches(edges: &[Vec<(u32, bool)>], from: u32, to: u32) -> bool {
    let mut seen = vec![false; edges.len()];
    let mut open = vec![from];
    while let Some(rule) = open.pop() {
        if rule == to {
            return true;
        }
        if !std::mem::replace(&mut seen[rule as usize], true) {
            open.extend(edges[rule as usize].iter().map(|edge| edge.0));
        }
    }
    false
}
