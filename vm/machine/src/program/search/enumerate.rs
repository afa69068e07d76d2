//! Small expressions, made bottom-up: names and literals first, then messages to what there is, in the order of their cost. Of all
//! that answer the same on the examples only the first, which is the cheapest, is built upon. (Observational equivalence, as in
//! Udupa et al., "TRANSIT", PLDI 2013, and Albarghouthi et al., "Recursive program synthesis", CAV 2013.)

use std::collections::HashSet;
use std::rc::Rc;
use std::time::Instant;

use super::bench::Sort;
use super::{Made, Run};

/// Most of what is allowed altogether that goes here: of attempts, of time, of finds.
const SHARE: usize = 3;
/// Expressions that cost more are not made.
const MOST_COST: usize = 7;
/// Where examples say only yes or no, chance satisfies them soon: only what is very small is worth trying.
const MOST_COST_OF_TRUTH: usize = 3;

/// How tightly an expression binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Unary,
    Binary,
    Keyword,
}

/// An expression that may be a part of others.
struct Term {
    text: String,
    class: Class,
    sort: Sort,
    literal: bool,
}

impl Term {
    /// As it may stand before or after a message of this class.
    fn within(&self, most: Class) -> String {
        if self.class > most { format!("({})", self.text) } else { self.text.clone() }
    }

    fn is_self(&self) -> bool {
        self.text == "self"
    }
}

/// What an operator does with its operands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operation {
    /// Numbers give a number.
    Arithmetic,
    /// What has an order is compared.
    Order,
    /// Things of one sort are compared.
    Equality,
    /// What is joined is of one sort, and no number.
    Join,
    Logic,
    Other,
}

impl Operation {
    fn of(operator: &str) -> Operation {
        match operator {
            "+" | "-" | "*" | "/" | "%" => Operation::Arithmetic,
            "<" | "<=" | ">" | ">=" => Operation::Order,
            "=" | "!=" => Operation::Equality,
            "," => Operation::Join,
            "&&" | "||" => Operation::Logic,
            _ => Operation::Other,
        }
    }

    /// Whether such operands make sense.
    fn suits(self, left: Sort, right: Sort) -> bool {
        let both = |sort| left == sort && right == sort;
        match self {
            // Points and other things compute, too.
            Operation::Arithmetic => both(Sort::Number) || (left == Sort::Other && right != Sort::Text),
            Operation::Order => both(Sort::Number) || both(Sort::Text),
            Operation::Equality => left == right && left != Sort::Truth,
            Operation::Join => both(Sort::Text) || both(Sort::Other),
            Operation::Logic => both(Sort::Truth),
            Operation::Other => left == right,
        }
    }
}

/// Whether the operands may change places.
fn is_symmetric(operator: &str) -> bool {
    matches!(operator, "+" | "*" | "=" | "!=" | "&&" | "||")
}

impl Run<'_> {
    /// Tries small expressions as methods, the smallest first.
    pub(super) fn enumerate(&mut self) -> Result<(), String> {
        let most = if self.bench()?.wants_truth() { MOST_COST_OF_TRUTH } else { MOST_COST };
        let now = Instant::now();
        let mut terms = Terms {
            by_cost: vec![Vec::new(); most + 1],
            known: HashSet::new(),
            attempts: self.finds.attempts + self.goal.attempts / SHARE,
            found: self.finds.found.len() + self.goal.enough / SHARE,
            end: now + self.end.saturating_duration_since(now) / SHARE as u32,
        };
        self.atoms(&mut terms)?;
        for cost in 2..=most {
            if !(self.unary(&mut terms, cost)?
                && self.keywords(&mut terms, cost)?
                && self.binary(&mut terms, cost)?)
            {
                break;
            }
        }
        Ok(())
    }

    /// Names and literals. Those that are further behind in their pools cost more.
    fn atoms(&mut self, terms: &mut Terms) -> Result<(), String> {
        let pools = &self.goal.pools;
        let names = pools.names.iter().filter(|name| *name != "self").map(String::as_str);
        for (i, name) in std::iter::once("self").chain(names).enumerate() {
            let term = |sort| Term { text: name.to_string(), class: Class::Unary, sort, literal: false };
            self.try_term(terms, 1 + i / 6, term)?;
        }
        for (list, sort, step) in [(&pools.integers, Sort::Number, 5), (&pools.strings, Sort::Text, 6)] {
            for (i, text) in list.iter().enumerate() {
                if let Some(place) = terms.by_cost.get_mut(1 + i / step) {
                    place.push(Rc::new(Term {
                        text: text.clone(),
                        class: Class::Unary,
                        sort,
                        literal: true,
                    }));
                }
            }
        }
        Ok(())
    }

    fn unary(&mut self, terms: &mut Terms, cost: usize) -> Result<bool, String> {
        let pools = &self.goal.pools;
        let likely = pools.likely_unary.iter().enumerate().map(|(i, s)| (s, 1 + i / 30));
        let selectors = likely.chain(pools.other_unary.iter().map(|s| (s, 3)));
        for (selector, price) in selectors {
            for receiver in terms.of(cost, price) {
                if receiver.literal {
                    continue;
                }
                let text = match receiver.is_self() {
                    true => selector.clone(),
                    false => format!("{} {selector}", receiver.within(Class::Unary)),
                };
                let term = |sort| Term { text, class: Class::Unary, sort, literal: false };
                if !self.try_term(terms, cost, term)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn keywords(&mut self, terms: &mut Terms, cost: usize) -> Result<bool, String> {
        for (i, keyword) in self.goal.pools.keywords.iter().enumerate() {
            let price = 1 + i / 12;
            for (receiver, argument) in terms.pairs(cost, price) {
                if receiver.literal {
                    continue;
                }
                let argument = argument.within(Class::Binary);
                let text = match receiver.is_self() && receiver.sort != Sort::Number {
                    true => format!("{keyword} {argument}"),
                    false => format!("{} {keyword} {argument}", receiver.within(Class::Binary)),
                };
                let term = |sort| Term { text, class: Class::Keyword, sort, literal: false };
                if !self.try_term(terms, cost, term)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn binary(&mut self, terms: &mut Terms, cost: usize) -> Result<bool, String> {
        for operator in &self.goal.pools.binary {
            let operation = Operation::of(operator);
            for (left, right) in terms.pairs(cost, 1) {
                let idle = (left.literal && right.literal)
                    || !operation.suits(left.sort, right.sort)
                    || (is_symmetric(operator)
                        && (left.literal || (!right.literal && left.text > right.text)));
                if idle {
                    continue;
                }
                let right = match operation {
                    Operation::Logic => format!("[{}]", right.text),
                    _ => right.within(Class::Unary),
                };
                let text = format!("{} {operator} {right}", left.within(Class::Unary));
                let term = |sort| Term { text, class: Class::Binary, sort, literal: false };
                if !self.try_term(terms, cost, term)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Runs an expression as a method, and keeps it if nothing before it did the same. False if it is enough.
    fn try_term(
        &mut self,
        terms: &mut Terms,
        cost: usize,
        make: impl FnOnce(Sort) -> Term,
    ) -> Result<bool, String> {
        let mut term = make(Sort::Other);
        let shown = self.attempt(Made { text: format!("( {} )", term.text), seed: None, edits: 1 })?;
        if let Some(shown) = shown
            && !shown.failed
            && let Some(place) = terms.by_cost.get_mut(cost)
            && terms.known.insert(shown.behaviour)
        {
            term.sort = shown.sort;
            place.push(Rc::new(term));
        }
        let enough = self.finds.attempts >= terms.attempts
            || self.finds.found.len() >= terms.found
            || Instant::now() >= terms.end
            || self.is_over();
        Ok(!enough)
    }
}

/// What was made, by cost, and how far this may go.
struct Terms {
    by_cost: Vec<Vec<Rc<Term>>>,
    /// What the terms answer on the examples.
    known: HashSet<u64>,
    attempts: usize,
    found: usize,
    end: Instant,
}

impl Terms {
    /// The terms to which something of a price can be added for this cost.
    fn of(&self, cost: usize, price: usize) -> Vec<Rc<Term>> {
        cost.checked_sub(price).and_then(|rest| self.by_cost.get(rest)).cloned().unwrap_or_default()
    }

    /// Pairs of terms that together with something of a price have this cost.
    fn pairs(&self, cost: usize, price: usize) -> Vec<(Rc<Term>, Rc<Term>)> {
        let Some(rest) = cost.checked_sub(price) else { return Vec::new() };
        let mut pairs = Vec::new();
        for left in 1..rest {
            for one in &self.by_cost[left] {
                pairs.extend(self.by_cost[rest - left].iter().map(|other| (one.clone(), other.clone())));
            }
        }
        pairs
    }
}
