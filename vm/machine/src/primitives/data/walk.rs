//! What an object is, as plain data; and an order in which all of a whole are met, for those who write.
//!
//! It knows the standard world's own containers by their maps: a copy that got slots of its own may mean something else, and is for
//! the world to judge.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::vec::IntoIter;

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};
use dashu_int::IBig;

use super::{MAX_DEPTH, Prototypes};
use crate::primitives::{Failure, pairs_of};
use crate::vm::Vm;

/// An object as plain data.
pub(crate) enum Plain {
    Nil,
    Bool(bool),
    Int(i64),
    Big(IBig),
    Float(f64),
    Decimal(IBig, i64),
    Text(ObjectRef),
    Bytes(ObjectRef),
    List(Vec<Value>),
    Dictionary(Vec<(Value, Value)>),
    /// A dictionary whose keys have an order of their own.
    Ordered(Vec<(Value, Value)>),
}

/// What comes next of a whole.
pub(crate) enum Event {
    /// A key of the dictionary that is open.
    Key(Plain),
    /// A value that is no container.
    Value(Plain),
    /// A list begins, with so many elements.
    List(usize),
    /// A dictionary begins, with so many keys.
    Dictionary(usize),
    /// The innermost container ends.
    End,
}

enum Rest {
    List(IntoIter<Value>),
    Dictionary(IntoIter<(Value, Value)>, Option<Value>),
}

/// Goes through a whole.
pub(crate) struct Walker {
    prototypes: Prototypes,
    first: Option<Value>,
    open: Vec<Rest>,
}

impl Walker {
    pub fn new(prototypes: Prototypes, whole: Value) -> Walker {
        Walker { prototypes, first: Some(whole), open: Vec::new() }
    }

    /// The next event; nothing at the end. Keys come in the order of their texts, unless they have an order of their own.
    pub fn next(&mut self, vm: &Vm) -> Result<Option<Event>, Failure> {
        let value = match (self.first.take(), self.open.last_mut()) {
            (Some(first), _) => first,
            (None, None) => return Ok(None),
            (None, Some(Rest::List(rest))) => match rest.next() {
                Some(value) => value,
                None => return self.end(),
            },
            (None, Some(Rest::Dictionary(rest, waiting))) => match waiting.take() {
                Some(value) => value,
                None => match rest.next() {
                    Some((key, value)) => {
                        *waiting = Some(value);
                        return Ok(Some(Event::Key(plain(vm, &self.prototypes, key)?)));
                    }
                    None => return self.end(),
                },
            },
        };
        let begun = match plain(vm, &self.prototypes, value)? {
            Plain::List(values) => {
                let count = values.len();
                self.open.push(Rest::List(values.into_iter()));
                Event::List(count)
            }
            Plain::Dictionary(mut pairs) => {
                pairs.sort_by(|(a, _), (b, _)| order(vm, *a, *b));
                self.begin(pairs)
            }
            Plain::Ordered(pairs) => self.begin(pairs),
            simple => return Ok(Some(Event::Value(simple))),
        };
        if self.open.len() > MAX_DEPTH {
            let text = format!("tooDeepError: more than {MAX_DEPTH} levels: something contains itself");
            return Err(Failure::text(text));
        }
        Ok(Some(begun))
    }

    fn begin(&mut self, pairs: Vec<(Value, Value)>) -> Event {
        let count = pairs.len();
        self.open.push(Rest::Dictionary(pairs.into_iter(), None));
        Event::Dictionary(count)
    }

    fn end(&mut self) -> Result<Option<Event>, Failure> {
        self.open.pop();
        Ok(Some(Event::End))
    }
}

/// Numbers first, then texts.
fn order(vm: &Vm, a: Value, b: Value) -> Ordering {
    let bytes = |v: Value| v.as_ref().and_then(|r| vm.bytes_object(r.value()).ok()).map(|r| vm.heap.bytes(r));
    match (a.as_int(), b.as_int()) {
        (None, None) => bytes(a).cmp(&bytes(b)),
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => a.cmp(&b),
    }
}

/// What an object is.
fn plain(vm: &Vm, p: &Prototypes, value: Value) -> Result<Plain, Failure> {
    if let Some(n) = value.as_int() {
        return Ok(Plain::Int(n));
    }
    if let Some(x) = vm.heap.float_value(value) {
        return Ok(Plain::Float(x));
    }
    if value == vm.nil() {
        return Ok(Plain::Nil);
    }
    if value == vm.boolean(true) || value == vm.boolean(false) {
        return Ok(Plain::Bool(value == vm.boolean(true)));
    }
    let unknown = Failure::word("unknownKindError");
    let r = value.as_ref().ok_or_else(|| unknown.clone())?;
    let map = vm.heap.map_of_ref(r);
    if map == vm.heap.known.symbol_map || map == p.text {
        return Ok(Plain::Text(r));
    }
    if map == p.vector {
        return Ok(Plain::List((0..vm.heap.length(r)).map(|i| vm.heap.element(r, i)).collect()));
    }
    if map == vm.heap.map_of_ref(p.list) {
        return list(vm, p, r).map(Plain::List).ok_or(unknown);
    }
    if map == p.bytes {
        return Ok(Plain::Bytes(r));
    }
    if map == vm.heap.map_of_ref(p.decimal) {
        let (coefficient, scale) = (vm.heap.word(r, p.decimal_coefficient), vm.heap.word(r, p.decimal_scale));
        let coefficient = match coefficient.as_int() {
            Some(n) => IBig::from(n),
            None => vm.big(coefficient)?,
        };
        return Ok(Plain::Decimal(coefficient, scale.as_int().ok_or(unknown)?));
    }
    if map == vm.heap.map_of(p.dictionary) {
        return pairs_of(vm, p.table, r).map(Plain::Dictionary).ok_or(unknown);
    }
    if let Some(ordered) = p.ordered.filter(|ordered| ordered.map == map) {
        let pairs = pairs_of(vm, ordered.table, r).ok_or_else(|| unknown.clone())?;
        return in_order(vm, p, pairs, vm.heap.word(r, ordered.order)).map(Plain::Ordered).ok_or(unknown);
    }
    if vm.heap.kind_of_ref(r) == Kind::BigInt {
        return Ok(Plain::Big(vm.big(value)?));
    }
    Err(unknown)
}

/// Pairs in the order in which a list has their keys; nothing if it has not just these.
fn in_order(
    vm: &Vm,
    p: &Prototypes,
    pairs: Vec<(Value, Value)>,
    order: Value,
) -> Option<Vec<(Value, Value)>> {
    let order = order.as_ref().filter(|r| vm.heap.map_of_ref(*r) == vm.heap.map_of_ref(p.list))?;
    let order = list(vm, p, order)?;
    if order.len() != pairs.len() {
        return None;
    }
    let identity = |key: Value| (key.as_int(), key.as_ref());
    let values: HashMap<_, _> = pairs.into_iter().map(|(key, value)| (identity(key), value)).collect();
    order.into_iter().map(|key| values.get(&identity(key)).map(|value| (key, *value))).collect()
}

fn list(vm: &Vm, p: &Prototypes, list: ObjectRef) -> Option<Vec<Value>> {
    let elements = vm.of_kind(vm.heap.word(list, p.list_elements), Kind::Vector).ok()?;
    let from = usize::try_from(vm.heap.word(list, p.list_offset).as_int()?).ok()?;
    let count = usize::try_from(vm.heap.word(list, p.list_count).as_int()?).ok()?;
    let end = from.checked_add(count).filter(|end| *end <= vm.heap.length(elements))?;
    Some((from..end).map(|i| vm.heap.element(elements, i)).collect())
}
