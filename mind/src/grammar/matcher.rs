//! The pushdown automaton of a grammar, built lazily and kept.
//!
//! A *node* is an element to be matched next plus the node to go on with afterwards; a *state* is a set of nodes whose
//! element is a class, plus whether the text may end here. Nodes and states are interned: equal ones have one number.

use super::{Element, Grammar};
use rustc_hash::{FxHashMap, FxHashSet};

/// Nothing follows: the root rule is complete.
const BOTTOM: u32 = u32::MAX;
/// The state from which nothing matches and nothing is complete.
const DEAD: u32 = 0;
/// Most nodes of one matcher. An ambiguous grammar can make more with every character.
const MAX_NODES: usize = 1 << 21;

/// A place in a text that matches so far.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Position {
    state: u32,
    /// Bits of a character whose UTF-8 bytes are not complete.
    partial: u32,
    /// How many of its bytes are missing.
    missing: u8,
    /// The smallest character that needs so many bytes; smaller ones are not UTF-8 (overlong).
    least: u32,
}

impl Position {
    /// Between two characters.
    fn between(state: u32) -> Position {
        Position { state, partial: 0, missing: 0, least: 0 }
    }
}

struct State {
    nodes: Box<[u32]>,
    accepting: bool,
}

/// A grammar with the states met so far.
pub struct Matcher {
    grammar: Grammar,
    nodes: Vec<(u32, u32)>,
    node_numbers: FxHashMap<(u32, u32), u32>,
    states: Vec<State>,
    state_numbers: FxHashMap<(Box<[u32]>, bool), u32>,
    steps: FxHashMap<(u32, u32), u32>,
    start: u32,
}

impl Matcher {
    /// A matcher at the start of the root rule.
    pub fn new(grammar: Grammar) -> Matcher {
        let mut matcher = Matcher {
            nodes: Vec::new(),
            node_numbers: FxHashMap::default(),
            states: vec![State { nodes: Box::default(), accepting: false }],
            state_numbers: FxHashMap::default(),
            steps: FxHashMap::default(),
            start: DEAD,
            grammar,
        };
        matcher.state_numbers.insert((Box::default(), false), DEAD);
        let open =
            matcher.grammar.rules[matcher.grammar.root as usize].iter().map(|&at| (at, BOTTOM)).collect();
        matcher.start = matcher.close(open);
        matcher
    }

    /// The place before the first character.
    pub fn start(&self) -> Position {
        Position::between(self.start)
    }

    /// Whether the text may end here.
    pub fn is_accepting(&self, at: Position) -> bool {
        at.missing == 0 && self.states[at.state as usize].accepting
    }

    /// Whether nothing can follow here.
    pub fn is_complete(&self, at: Position) -> bool {
        at.missing == 0 && self.states[at.state as usize].nodes.is_empty()
    }

    /// Whether so many states were met that the matcher gave up. All further steps fail.
    pub fn is_exhausted(&self) -> bool {
        self.nodes.len() >= MAX_NODES
    }

    /// The place after these bytes, if they fit. They may end inside a character.
    pub fn advance(&mut self, mut at: Position, bytes: &[u8]) -> Option<Position> {
        for &byte in bytes {
            at = self.step(at, byte)?;
        }
        Some(at)
    }

    /// The place after one byte, if it fits.
    pub fn step(&mut self, at: Position, byte: u8) -> Option<Position> {
        let (partial, missing, least) = if at.missing > 0 {
            if byte & 0xC0 != 0x80 {
                return None;
            }
            (at.partial << 6 | u32::from(byte & 0x3F), at.missing - 1, at.least)
        } else {
            match byte {
                0..0x80 => (u32::from(byte), 0, 0),
                0xC2..0xE0 => (u32::from(byte & 0x1F), 1, 0x80),
                0xE0..0xF0 => (u32::from(byte & 0x0F), 2, 0x800),
                0xF0..0xF5 => (u32::from(byte & 0x07), 3, 0x1_0000),
                _ => return None,
            }
        };
        let low = partial << (6 * u32::from(missing));
        let high = low | ((1 << (6 * u32::from(missing))) - 1);
        if high < least {
            return None;
        }
        if missing > 0 {
            let fits = self.may_follow(at.state, low.max(least), high);
            return fits.then_some(Position { state: at.state, partial, missing, least });
        }
        match self.next(at.state, partial) {
            DEAD => None,
            state => Some(Position::between(state)),
        }
    }

    fn may_follow(&self, state: u32, low: u32, high: u32) -> bool {
        self.states[state as usize].nodes.iter().any(|&node| match self.element(node) {
            Element::Class(class) => self.grammar.classes[class as usize].meets(low, high),
            _ => false,
        })
    }

    fn next(&mut self, state: u32, character: u32) -> u32 {
        if let Some(&known) = self.steps.get(&(state, character)) {
            return known;
        }
        let mut open = Vec::new();
        for &node in &self.states[state as usize].nodes {
            if let Element::Class(class) = self.element(node)
                && self.grammar.classes[class as usize].meets(character, character)
            {
                let (at, after) = self.nodes[node as usize];
                open.push((at + 1, after));
            }
        }
        let next = if open.is_empty() { DEAD } else { self.close(open) };
        self.steps.insert((state, character), next);
        next
    }

    /// The state of everything that can be matched next from these (element, node afterwards) pairs.
    fn close(&mut self, mut open: Vec<(u32, u32)>) -> u32 {
        let mut seen: FxHashSet<(u32, u32)> = open.iter().copied().collect();
        let mut nodes = Vec::new();
        let mut accepting = false;
        while let Some((at, after)) = open.pop() {
            if self.is_exhausted() {
                return DEAD;
            }
            match self.grammar.elements[at as usize] {
                Element::Class(_) => nodes.push(self.node(at, after)),
                Element::End if after == BOTTOM => accepting = true,
                Element::End => {
                    let next = self.nodes[after as usize];
                    if seen.insert(next) {
                        open.push(next);
                    }
                }
                Element::Rule(rule) => {
                    // A reference in last place leaves nothing to come back to; without this shortcut a repetition
                    // would pile up a node a character.
                    let last = self.grammar.elements[at as usize + 1] == Element::End;
                    let after = if last { after } else { self.node(at + 1, after) };
                    for alternative in 0..self.grammar.rules[rule as usize].len() {
                        let next = (self.grammar.rules[rule as usize][alternative], after);
                        if seen.insert(next) {
                            open.push(next);
                        }
                    }
                }
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        let key = (nodes.into_boxed_slice(), accepting);
        if let Some(&number) = self.state_numbers.get(&key) {
            return number;
        }
        let number = self.states.len() as u32;
        self.states.push(State { nodes: key.0.clone(), accepting });
        self.state_numbers.insert(key, number);
        number
    }

    fn node(&mut self, at: u32, after: u32) -> u32 {
        let next = self.nodes.len() as u32;
        let number = *self.node_numbers.entry((at, after)).or_insert(next);
        if number == next {
            self.nodes.push((at, after));
        }
        number
    }

    fn element(&self, node: u32) -> Element {
        self.grammar.elements[self.nodes[node as usize].0 as usize]
    }
}

#[cfg(test)]
impl Matcher {
    pub(super) fn nodes_len(&self) -> usize {
        self.nodes.len()
    }
}
