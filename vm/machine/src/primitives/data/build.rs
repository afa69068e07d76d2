//! Objects from events: a value, the beginning of a container, its end.
//!
//! Invariant: allocation never collects, so the values gathered here stay where they are until the primitive answers. Strings are new
//! objects that can change; keys are canonical, so that dictionaries find them without asking the world.

use batos_image::value::{ObjectRef, Value};
use dashu_int::IBig;

use super::{MAX_DEPTH, Prototypes};
use crate::primitives::{Failure, OUT_OF_MEMORY, new_dictionary};
use crate::vm::Vm;

/// A container that is being filled.
enum Open {
    /// Values from here on.
    List(usize),
    /// Keys and values, in turn, from here on.
    Dictionary(usize),
}

/// Makes objects.
pub(crate) struct Builder<'vm> {
    pub vm: &'vm mut Vm,
    prototypes: Prototypes,
    open: Vec<Open>,
    values: Vec<Value>,
    /// Keys seen lately, by their ends: the same ones come again and again.
    keys: Box<[Option<ObjectRef>; KEYS]>,
}

/// How many keys are remembered.
const KEYS: usize = 256;

impl<'vm> Builder<'vm> {
    pub fn new(vm: &'vm mut Vm, prototypes: Prototypes) -> Builder<'vm> {
        Builder { vm, prototypes, open: Vec::new(), values: Vec::new(), keys: Box::new([None; KEYS]) }
    }

    pub fn value(&mut self, value: Value) {
        self.values.push(value);
    }

    pub fn int(&mut self, n: i64) {
        let value = match Value::from_i64(n) {
            Some(value) => value,
            None => self.vm.new_big(&IBig::from(n)).value(),
        };
        self.value(value);
    }

    pub fn big(&mut self, n: &IBig) {
        match i64::try_from(n) {
            Ok(small) => self.int(small),
            Err(_) => {
                let value = self.vm.new_big(n).value();
                self.value(value);
            }
        }
    }

    pub fn float(&mut self, x: f64) {
        let value = self.vm.heap.new_float(x);
        self.value(value);
    }

    pub fn decimal(&mut self, coefficient: &IBig, scale: i64) {
        self.big(coefficient);
        let coefficient = self.values.pop().unwrap_or(Value::ZERO);
        let new = self.vm.heap.clone_object(self.prototypes.decimal);
        self.vm.heap.store(new, self.prototypes.decimal_coefficient, coefficient);
        self.vm.heap.store(new, self.prototypes.decimal_scale, Value::from_i64(scale).unwrap_or(Value::ZERO));
        self.value(new.value());
    }

    pub fn text(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.room(bytes.len())?;
        let new = self.vm.heap.new_bytes(self.prototypes.text, bytes);
        self.value(new.value());
        Ok(())
    }

    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.room(bytes.len())?;
        let new = self.vm.heap.new_bytes(self.prototypes.bytes, bytes);
        self.value(new.value());
        Ok(())
    }

    /// A text that is the key of what comes next.
    pub fn key(&mut self, text: &[u8]) {
        let ends = [text.first(), text.last()].map(|b| b.copied().map_or(0, usize::from));
        let place = (text.len() * 7 + ends[0] * 31 + ends[1]) % KEYS;
        let key = match self.keys[place] {
            Some(known) if self.vm.heap.bytes(known) == text => known,
            _ => self.vm.intern(text),
        };
        self.keys[place] = Some(key);
        self.value(key.value());
    }

    pub fn begin_list(&mut self) -> Result<(), Failure> {
        self.begin(Open::List(self.values.len()))
    }

    pub fn begin_dictionary(&mut self) -> Result<(), Failure> {
        self.begin(Open::Dictionary(self.values.len()))
    }

    fn begin(&mut self, open: Open) -> Result<(), Failure> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Failure::text(format!("tooDeepError: more than {MAX_DEPTH} levels")));
        }
        self.open.push(open);
        Ok(())
    }

    /// Ends the innermost container, which becomes a value of the one around it. A text as the key of a dictionary becomes canonical.
    pub fn end(&mut self) -> Result<(), Failure> {
        let value = match self.open.pop() {
            Some(Open::List(from)) => self.list(from)?,
            Some(Open::Dictionary(from)) => {
                self.room((self.values.len() - from) * 32)?;
                let mut pairs: Vec<(Value, Value)> = Vec::with_capacity((self.values.len() - from) / 2);
                for pair in self.values[from..].chunks_exact(2) {
                    pairs.push((pair[0], pair[1]));
                }
                for (key, _) in &mut pairs {
                    *key = self.canonical(*key);
                }
                self.values.truncate(from);
                new_dictionary(self.vm, self.prototypes.dictionary, &pairs)?
            }
            None => return Ok(()),
        };
        self.value(value);
        Ok(())
    }

    fn canonical(&mut self, key: Value) -> Value {
        let is_text = key.as_ref().is_some_and(|r| self.vm.heap.map_of_ref(r) == self.prototypes.text);
        match key.as_ref() {
            Some(r) if is_text => {
                let bytes = self.vm.heap.bytes(r).to_vec();
                self.vm.intern(&bytes).value()
            }
            _ => key,
        }
    }

    fn list(&mut self, from: usize) -> Result<Value, Failure> {
        let count = self.values.len() - from;
        self.room(count * 8)?;
        let elements = self.vm.new_vector(&self.values[from..]).value();
        self.values.truncate(from);
        let p = self.prototypes;
        let new = self.vm.heap.clone_object(p.list);
        self.vm.heap.store(new, p.list_elements, elements);
        self.vm.heap.store(new, p.list_offset, Value::ZERO);
        self.vm.heap.store(new, p.list_count, Value::from_usize(count));
        Ok(new.value())
    }

    fn room(&self, bytes: usize) -> Result<(), Failure> {
        if self.vm.heap.can_allocate(bytes.saturating_add(64)) { Ok(()) } else { Err(OUT_OF_MEMORY) }
    }

    /// The one value that was made.
    pub fn finish(mut self) -> Option<Value> {
        if self.open.is_empty() { self.values.pop() } else { None }
    }
}
