//! What the world can ask of the machine: selectors that begin with an underscore (language §8, and the list of primitives in the
//! book). One file per prototype, mirroring `stdlib/`.
//!
//! A primitive gets a `Call`: where receiver and arguments stand in the value stack. It answers with a value, with a step (it pushed a
//! frame or switched processes), or with a failure whose word the world sees.

mod big_integer;
mod block;
mod bridge;
mod bytes;
mod c_number;
mod calendar;
mod census;
mod coding;
mod command;
mod compiler;
mod data;
mod descriptor;
mod enumerate;
mod file_status;
mod file_system;
mod float;
mod hashed;
mod hashed_pairs;
mod host;
mod image;
mod integer;
mod jobs;
mod keys;
mod knobs;
mod method_copy;
mod mirror;
mod model;
mod modules;
mod nearest;
mod object;
mod process;
pub mod reflect;
mod regex;
mod source;
mod stack_literals;
mod text;
mod time;
mod translation;
mod vector;

pub(crate) use self::regex::Regexes;
pub(crate) use block::Pushed;
pub(crate) use descriptor::{Descriptors, proxy_element};
pub(crate) use file_status::FileStatuses;
pub(crate) use hashed_pairs::{new_dictionary, pairs_of};
pub(crate) use host::io_failure;
pub(crate) use jobs::Jobs;
pub(crate) use object::arity;

use std::borrow::Cow;
use std::collections::HashMap;

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use crate::vm::{Step, Vm};

/// Where a primitive's receiver and arguments stand.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Stack index of the receiver; arguments follow.
    pub window: usize,
    /// Number of arguments.
    pub argc: usize,
    /// Register of the running frame that gets the result.
    pub dst: u8,
    /// A fail block follows the arguments.
    pub has_fail: bool,
}

/// What a primitive answers.
pub enum Reply {
    /// A value.
    Value(Value),
    /// A frame was pushed, another process runs, or the host is to be asked.
    Step(Step),
    /// It takes longer than a turn: it is to be done again, from its beginning, after a look around.
    Again,
}

/// Why a primitive fails: the text begins with one of the words of language §8.2.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The error string.
    pub text: Cow<'static, str>,
}

impl Failure {
    /// A failure with a fixed word.
    pub const fn word(word: &'static str) -> Failure {
        Failure { text: Cow::Borrowed(word) }
    }

    /// A failure with a word and more.
    pub fn text(text: String) -> Failure {
        Failure { text: Cow::Owned(text) }
    }
}

/// The wrong sort of receiver or argument.
pub const BAD_TYPE: Failure = Failure::word("badTypeError");
/// A mirror on something else.
pub const REFLECT_TYPE: Failure = Failure::word("reflectTypeError");
/// An index outside.
pub const BAD_INDEX: Failure = Failure::word("badIndexError");
/// The result does not fit.
pub const OVERFLOW: Failure = Failure::word("overflowError");
/// Division by zero.
pub const DIVISION_BY_ZERO: Failure = Failure::word("divisionByZeroError");
/// A negative size.
pub const BAD_SIGN: Failure = Failure::word("badSignError");
/// No memory left.
pub const OUT_OF_MEMORY: Failure = Failure::word("outOfMemoryError");
/// The host does not allow it.
pub const FORBIDDEN: Failure = Failure::word("primitiveFailedError: not allowed here");

/// The result of a primitive.
pub type Outcome = Result<Reply, Failure>;
/// A primitive.
pub type Function = fn(&mut Vm, &Call) -> Outcome;

/// What a quick function answers.
#[derive(Clone, Copy)]
pub enum Quick {
    /// A value.
    Value(Value),
    /// What this answers to `value`.
    Evaluate(Value),
    /// Nothing, and it did nothing: the primitive itself knows what is to be done, or why it fails.
    Declined,
}

/// The fast path of a primitive, for sends of methods that consist of it: gets the receiver and two arguments (any value where it
/// takes fewer). It allocates nothing and pushes no frame.
pub type QuickFunction = fn(&mut Vm, Value, Value, Value) -> Quick;

/// One entry of a primitive list: selector, number of arguments, function.
pub type Entry = (&'static str, usize, Function);

/// The argument count of primitives that take any number.
pub const ANY: usize = usize::MAX;

/// All primitives by index, and indices by name.
pub struct PrimitiveTable {
    entries: Vec<Entry>,
    quick: Vec<Option<QuickFunction>>,
    index: HashMap<&'static [u8], u16>,
}

impl PrimitiveTable {
    /// The table of everything.
    pub fn new() -> PrimitiveTable {
        let lists: &[&[Entry]] = &[
            block::LIST,
            bridge::LIST,
            bytes::LIST,
            c_number::LIST,
            calendar::LIST,
            census::LIST,
            coding::LIST,
            command::LIST,
            compiler::LIST,
            data::LIST,
            descriptor::LIST,
            enumerate::LIST,
            file_status::LIST,
            file_system::LIST,
            float::LIST,
            hashed::LIST,
            host::LIST,
            image::LIST,
            integer::LIST,
            keys::LIST,
            knobs::LIST,
            big_integer::LIST,
            mirror::LIST,
            model::LIST,
            modules::LIST,
            nearest::LIST,
            object::LIST,
            process::LIST,
            self::regex::LIST,
            source::LIST,
            text::LIST,
            time::LIST,
            translation::LIST,
            vector::LIST,
        ];
        let entries: Vec<Entry> = lists.concat();
        let index = entries.iter().enumerate().map(|(i, e)| (e.0.as_bytes(), i as u16)).collect();
        let quick = entries
            .iter()
            .map(|e| hashed::QUICK.iter().find(|(name, _)| *name == e.0).map(|(_, function)| *function))
            .collect();
        PrimitiveTable { entries, quick, index }
    }

    /// The index of a primitive by its selector (without `IfFail:`), or `u16::MAX`.
    pub fn find(&self, selector: &[u8]) -> u16 {
        if let Some(found) = self.index.get(selector) {
            return *found;
        }
        // Sends by name take any number of arguments.
        let general =
            ["_Perform:DelegatingTo:", "_PerformResend:", "_Perform:"].into_iter().find(|general| {
                let arguments = selector.strip_prefix(general.as_bytes());
                arguments.is_some_and(|rest| rest.chunks(b"With:".len()).all(|part| part == b"With:"))
            });
        general.and_then(|name| self.index.get(name.as_bytes())).copied().unwrap_or(u16::MAX)
    }

    /// The function of an index, if it takes that many arguments.
    #[inline(always)]
    pub fn get(&self, index: u16, argc: usize) -> Option<Function> {
        let (_, arity, function) = self.entries.get(index as usize)?;
        if *arity == argc || *arity == ANY { Some(*function) } else { None }
    }

    /// The fast path of a primitive, if it has one.
    #[inline(always)]
    pub fn quick(&self, index: u16) -> Option<QuickFunction> {
        self.quick.get(index as usize).copied().flatten()
    }

    /// May the primitive be tried at a send of a method that consists of it? These answer with a value or fail without having done
    /// anything.
    pub fn is_quick(&self, index: u16) -> bool {
        const QUICK: &[&str] = &[
            "_At:",
            "_At:Put:",
            "_Size",
            "_ByteAt:",
            "_ByteAt:Put:",
            "_ByteSize",
            "_StringSize",
            "_StringIsAscii",
            "_StringOffset:",
            "_StringAt:",
            "_StringAtByte:",
            "_Eq:",
            "_IntAnd:",
            "_IntOr:",
            "_IntXor:",
            "_IntArithmeticShiftLeft:",
            "_IntArithmeticShiftRight:",
            "_IntAsFloat",
            "_FloatSqrt",
            "_FloatFloor",
            "_FloatAsInt",
            "_Clone",
            "_ByteVectorEqual:",
            "_ByteVectorHash",
            "_IdentityHash",
            "_IntComplement",
            "_IntMod:",
            "_IntDiv:",
            "_StringCanonicalize",
        ];
        self.quick(index).is_some() || self.entries.get(index as usize).is_some_and(|e| QUICK.contains(&e.0))
    }

    /// The selector of an index.
    pub fn name(&self, index: u16) -> &'static str {
        self.entries.get(index as usize).map_or("", |e| e.0)
    }

    /// All selectors.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.entries.iter().map(|e| e.0)
    }
}

impl Default for PrimitiveTable {
    fn default() -> PrimitiveTable {
        PrimitiveTable::new()
    }
}

impl Vm {
    /// The receiver of a call.
    #[inline(always)]
    pub(crate) fn receiver(&mut self, call: &Call) -> Value {
        self.stack_at(call.window)
    }

    /// Argument `i` of a call, from 0.
    #[inline(always)]
    pub(crate) fn argument(&mut self, call: &Call, i: usize) -> Value {
        self.stack_at(call.window + 1 + i)
    }

    /// The value as an object of this kind.
    pub(crate) fn of_kind(&self, value: Value, kind: Kind) -> Result<ObjectRef, Failure> {
        match value.as_ref() {
            Some(r) if self.heap.kind_of_ref(r) == kind => Ok(r),
            _ => Err(BAD_TYPE),
        }
    }

    /// The value as a byte vector or string.
    pub(crate) fn bytes_object(&self, value: Value) -> Result<ObjectRef, Failure> {
        match value.as_ref() {
            Some(r) if matches!(self.heap.kind_of_ref(r), Kind::Symbol | Kind::ByteVector) => Ok(r),
            _ => Err(BAD_TYPE),
        }
    }

    /// The text of a byte vector or string.
    pub(crate) fn text(&self, value: Value) -> Result<String, Failure> {
        let r = self.bytes_object(value)?;
        Ok(String::from_utf8_lossy(self.heap.bytes(r)).into_owned())
    }

    /// Sets an own data slot of an object, if it has one of that name.
    pub(crate) fn set_slot_if_present(&mut self, object: Value, name: &[u8], value: Value) {
        use batos_image::layout::SlotKind;
        let Some(name) = self.heap.symbol_lookup(name) else { return };
        let Some(slot) = self.heap.find_slot(self.heap.map_of(object), name) else { return };
        match (slot.kind, object.as_ref(), slot.content.as_ref()) {
            (SlotKind::Field, Some(r), _) => {
                let word = crate::lookup::field_word(&self.heap, r, slot.index);
                self.heap.store(r, word, value);
            }
            (SlotKind::CellField, _, Some(cell)) => self.heap.store(cell, 0, value),
            _ => {}
        }
    }

    /// A new canonical string as a reply.
    pub(crate) fn reply_text(&mut self, text: &str) -> Outcome {
        Ok(Reply::Value(self.intern(text.as_bytes()).value()))
    }

    /// A new byte vector as a reply: for long texts that nobody compares by identity, and that may soon be garbage.
    pub(crate) fn reply_bytes(&mut self, bytes: &[u8]) -> Outcome {
        let prototype = self.heap.root(batos_image::layout::root::BYTE_VECTOR).as_ref().ok_or(FORBIDDEN)?;
        let map = self.heap.map_of_ref(prototype);
        if !self.heap.can_allocate(bytes.len()) {
            return Err(OUT_OF_MEMORY);
        }
        Ok(Reply::Value(self.heap.new_bytes(map, bytes).value()))
    }

    /// There is no room for so many bytes: a collection may make some, after which it is tried again.
    /// For primitives that have not done anything yet.
    pub(crate) fn no_room(&mut self, bytes: usize) -> Outcome {
        if self.heap.ask_for_room(bytes) { Ok(Reply::Again) } else { Err(OUT_OF_MEMORY) }
    }

    /// A boolean as a reply.
    pub(crate) fn reply_bool(&self, b: bool) -> Outcome {
        Ok(Reply::Value(self.boolean(b)))
    }

    /// A small integer as a reply.
    pub(crate) fn reply_int(&self, n: i64) -> Outcome {
        Value::from_i64(n).map(Reply::Value).ok_or(OVERFLOW)
    }
}

/// The word of an object that holds an own data slot of this name.
pub(crate) fn field_of(vm: &Vm, object: ObjectRef, name: &str) -> Option<usize> {
    use batos_image::layout::SlotKind;
    let name = vm.heap.symbol_lookup(name.as_bytes())?;
    let slot = vm.heap.find_slot(vm.heap.map_of_ref(object), name)?;
    (slot.kind == SlotKind::Field).then(|| crate::lookup::field_word(&vm.heap, object, slot.index))
}

/// A value as a small integer.
#[inline(always)]
pub fn int(value: Value) -> Result<i64, Failure> {
    value.as_int().ok_or(BAD_TYPE)
}

/// A value as an index below `length`.
#[inline(always)]
pub fn index(value: Value, length: usize) -> Result<usize, Failure> {
    let n = int(value)?;
    match usize::try_from(n) {
        Ok(i) if i < length => Ok(i),
        _ => Err(BAD_INDEX),
    }
}

/// A value as a size.
pub fn size(value: Value) -> Result<usize, Failure> {
    usize::try_from(int(value)?).map_err(|_| BAD_SIGN)
}
