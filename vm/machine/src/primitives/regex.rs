//! Regular expressions, by the `regex` library: time is linear in the text, whatever the expression. Places are counted in bytes.
//!
//! What was compiled is kept by its text, a few of them; the image holds the text only.

use std::collections::HashMap;

use batos_image::value::Value;
use regex::bytes::{Regex, RegexBuilder};

use super::{BAD_INDEX, Call, Entry, Failure, OUT_OF_MEMORY, OVERFLOW, Reply, size};
use crate::vm::Vm;

/// Most bytes that a compiled expression takes.
const MAX_COMPILED: usize = 4 << 20;
/// Deepest nesting in an expression.
const MAX_NESTING: u32 = 200;
/// Longest text of an expression.
const MAX_PATTERN: usize = 64 << 10;
/// Longest text that is searched in a trial.
const MAX_TRIAL_BYTES: usize = 1 << 20;
/// Expressions that are kept.
const KEPT: usize = 64;

/// Expressions compiled so far.
#[derive(Default)]
pub(crate) struct Regexes(HashMap<String, Regex>);

impl Regexes {
    fn get(&mut self, pattern: &str) -> Result<Regex, Failure> {
        if let Some(known) = self.0.get(pattern) {
            return Ok(known.clone());
        }
        if pattern.len() > MAX_PATTERN {
            return Err(Failure::word("parseError: the expression is too long"));
        }
        let built = RegexBuilder::new(pattern)
            .size_limit(MAX_COMPILED)
            .dfa_size_limit(MAX_COMPILED)
            .nest_limit(MAX_NESTING)
            .build()
            .map_err(|e| Failure::text(format!("parseError: {e}")))?;
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        self.0.insert(pattern.to_owned(), built.clone());
        Ok(built)
    }
}

/// The receiver is the text of an expression.
pub(super) const LIST: &[Entry] = &[
    // The groups' names, nil for those without; the first is the whole.
    ("_RegexNames", 0, |vm, c| {
        let regex = expression(vm, c)?;
        let names: Vec<Value> = regex
            .capture_names()
            .map(|name| name.map_or(vm.nil(), |name| vm.intern(name.as_bytes()).value()))
            .collect();
        Ok(Reply::Value(vm.new_vector(&names).value()))
    }),
    // Where each group begins and ends in the first match from a place on, nil for groups that took no part; nil for no match.
    ("_RegexFind:From:", 2, |vm, c| {
        let (regex, text) = (expression(vm, c)?, text(vm, c, 0)?);
        let from = size(vm.argument(c, 1))?;
        if from > text.len() {
            return Err(BAD_INDEX);
        }
        let mut places = regex.capture_locations();
        match regex.captures_read_at(&mut places, &text, from) {
            Some(_) => Ok(Reply::Value(vector_of(vm, (0..places.len()).map(|i| places.get(i))))),
            None => Ok(Reply::Value(vm.nil())),
        }
    }),
    // A vector of those for all matches that do not overlap.
    ("_RegexFindAll:", 1, |vm, c| {
        let (regex, text) = (expression(vm, c)?, text(vm, c, 0)?);
        let mut found: Vec<Value> = Vec::new();
        for groups in regex.captures_iter(&text) {
            if !vm.heap.can_allocate((found.len() + 1) * 64) {
                return Err(OUT_OF_MEMORY);
            }
            let places = vector_of(vm, groups.iter().map(|g| g.map(|g| (g.start(), g.end()))));
            found.push(places);
        }
        Ok(Reply::Value(vm.new_vector(&found).value()))
    }),
    // With `$1` and `${name}` in the argument standing for groups.
    ("_RegexReplaceIn:With:", 2, |vm, c| {
        let (regex, text, with) = (expression(vm, c)?, text(vm, c, 0)?, text(vm, c, 1)?);
        let most = text.len().saturating_add(1).saturating_mul(with.len().saturating_add(1));
        if most > 64 << 20 && !vm.heap.can_allocate(most) {
            return Err(OUT_OF_MEMORY);
        }
        let replaced = regex.replace_all(&text, with.as_slice());
        vm.reply_bytes(&replaced)
    }),
    // My text with a backslash before what would mean something in an expression.
    ("_RegexEscape", 0, |vm, c| {
        let v = vm.receiver(c);
        let escaped = regex::escape(&vm.text(v)?);
        vm.reply_bytes(escaped.as_bytes())
    }),
];

fn expression(vm: &mut Vm, call: &Call) -> Result<Regex, Failure> {
    let v = vm.receiver(call);
    let pattern = vm.text(v)?;
    vm.regexes.get(&pattern)
}

fn text(vm: &mut Vm, call: &Call, i: usize) -> Result<Vec<u8>, Failure> {
    let v = vm.argument(call, i);
    let bytes = vm.heap.bytes(vm.bytes_object(v)?).to_vec();
    if vm.trial_limits.is_some() && bytes.len() > MAX_TRIAL_BYTES {
        return Err(OVERFLOW);
    }
    Ok(bytes)
}

fn vector_of(vm: &mut Vm, places: impl Iterator<Item = Option<(usize, usize)>>) -> Value {
    let nil = vm.nil();
    let numbers: Vec<Value> = places
        .flat_map(|place| match place {
            Some((start, end)) => [Value::from_usize(start), Value::from_usize(end)],
            None => [nil, nil],
        })
        .collect();
    vm.new_vector(&numbers).value()
}
