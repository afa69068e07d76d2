//! Strings as text: keys and sizes count code points of UTF-8, and a byte that belongs to none counts as one. What is asked of letters
//! is answered as Unicode has it. Where the bytes are, `bytes` has the primitives, which the bare world uses alone.

use batos_image::heap::texts::code_point_length;
use batos_image::value::{MapRef, ObjectRef, Value};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{BAD_INDEX, Call, Entry, Failure, OUT_OF_MEMORY, Outcome, Reply, int};
use crate::legible::{brief, legible};
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_StringSize", 0, |vm, c| {
        let r = receiver(vm, c)?;
        Ok(Reply::Value(Value::from_usize(vm.heap.text_size(r))))
    }),
    // As it is shown to people.
    ("_StringLegible", 0, |vm, c| {
        let text = vm.receiver(c);
        let text = vm.text(text)?;
        vm.reply_bytes(legible(&text).as_bytes())
    }),
    ("_StringBrief", 0, |vm, c| {
        let text = vm.receiver(c);
        let text = vm.text(text)?;
        vm.reply_bytes(brief(&text).as_bytes())
    }),
    ("_StringIsAscii", 0, |vm, c| {
        let r = receiver(vm, c)?;
        let is_ascii = vm.heap.text_is_ascii(r);
        vm.reply_bool(is_ascii)
    }),
    // The code point with a key, as a canonical string.
    ("_StringAt:", 1, |vm, c| {
        let r = receiver(vm, c)?;
        let key = usize::try_from(int(vm.argument(c, 0))?).map_err(|_| BAD_INDEX)?;
        let at = vm.heap.text_offset(r, key).ok_or(BAD_INDEX)?;
        code_point(vm, r, at)
    }),
    // The code point that begins at a byte.
    ("_StringAtByte:", 1, |vm, c| {
        let r = receiver(vm, c)?;
        let at = usize::try_from(int(vm.argument(c, 0))?).map_err(|_| BAD_INDEX)?;
        code_point(vm, r, at)
    }),
    // The byte where the code point with a key begins; for the size, the number of bytes.
    ("_StringOffset:", 1, |vm, c| {
        let r = receiver(vm, c)?;
        let key = usize::try_from(int(vm.argument(c, 0))?).map_err(|_| BAD_INDEX)?;
        let at = vm.heap.text_offset(r, key).ok_or(BAD_INDEX)?;
        Ok(Reply::Value(Value::from_usize(at)))
    }),
    ("_StringIndexOfByte:", 1, |vm, c| {
        let r = receiver(vm, c)?;
        let at = usize::try_from(int(vm.argument(c, 0))?).map_err(|_| BAD_INDEX)?;
        Ok(Reply::Value(Value::from_usize(vm.heap.text_index(r, at))))
    }),
    ("_StringFrom:UpTo:Prototype:", 3, |vm, c| {
        let r = receiver(vm, c)?;
        let [from, end] = [0, 1].map(|i| int(vm.argument(c, i)));
        let key = |n: i64| usize::try_from(n).map_err(|_| BAD_INDEX);
        let (from, end, map) = (key(from?)?, key(end?)?, map_of(vm, c, 2)?);
        if from > end {
            return Err(BAD_INDEX);
        }
        let first = vm.heap.text_offset(r, from).ok_or(BAD_INDEX)?;
        let last = vm.heap.text_offset(r, end).ok_or(BAD_INDEX)?;
        if !vm.heap.can_allocate(last - first) {
            return vm.no_room(last - first);
        }
        let new = vm.heap.alloc_bytes(map, last - first, 0);
        vm.heap.copy_bytes(new, 0, r, first, last - first);
        Ok(Reply::Value(new.value()))
    }),
    // The number of the first code point, 65533 for a byte that is none.
    ("_StringCodePoint", 0, |vm, c| {
        let r = receiver(vm, c)?;
        if vm.heap.length(r) == 0 {
            return Err(BAD_INDEX);
        }
        vm.reply_int(first(vm, r).map_or(0xFFFD, |c| i64::from(u32::from(c))))
    }),
    ("_StringReverse:", 1, |vm, c| {
        let bytes = bytes(vm, c)?;
        let mut reversed = bytes.clone();
        let mut at = 0;
        while at < bytes.len() {
            let length = code_point_length(&bytes, at);
            let to = bytes.len() - at - length;
            reversed[to..to + length].copy_from_slice(&bytes[at..at + length]);
            at += length;
        }
        new_text(vm, c, &reversed)
    }),
    ("_StringUppercase:", 1, |vm, c| cased(vm, c, str::to_uppercase, u8::to_ascii_uppercase)),
    ("_StringLowercase:", 1, |vm, c| cased(vm, c, str::to_lowercase, u8::to_ascii_lowercase)),
    // Columns of a terminal: wide signs take two, combining ones none.
    ("_StringColumns", 0, |vm, c| {
        let columns = String::from_utf8_lossy(&bytes(vm, c)?).width();
        Ok(Reply::Value(Value::from_usize(columns)))
    }),
    // What a reader takes for one sign (Unicode's extended grapheme clusters), as a vector of strings.
    ("_StringGraphemes:", 1, |vm, c| {
        let (bytes, map) = (bytes(vm, c)?, map_of(vm, c, 0)?);
        let mut signs: Vec<Value> = Vec::new();
        for chunk in bytes.utf8_chunks() {
            let valid = chunk.valid().graphemes(true).map(str::as_bytes);
            for sign in valid.chain(chunk.invalid().chunks(1)) {
                if !vm.heap.can_allocate(64) {
                    return Err(OUT_OF_MEMORY);
                }
                signs.push(vm.heap.new_bytes(map, sign).value());
            }
        }
        Ok(Reply::Value(vm.new_vector(&signs).value()))
    }),
    // What the first code point is, by bits: letter 1, capital 2, small 4, numeric 8, white space 16, control 32.
    ("_StringKinds", 0, |vm, c| {
        let r = receiver(vm, c)?;
        let Some(c) = first(vm, r) else { return vm.reply_int(0) };
        let kinds = [
            c.is_alphabetic(),
            c.is_uppercase(),
            c.is_lowercase(),
            c.is_numeric(),
            c.is_whitespace(),
            c.is_control(),
        ];
        vm.reply_int(kinds.iter().enumerate().map(|(i, is)| i64::from(*is) << i).sum())
    }),
    // A code point by its number.
    ("_CodePointAsString", 0, |vm, c| {
        let number = int(vm.receiver(c))?;
        let c = u32::try_from(number).ok().and_then(char::from_u32).ok_or(BAD_INDEX)?;
        vm.reply_text(c.encode_utf8(&mut [0; 4]))
    }),
];

fn receiver(vm: &mut Vm, call: &Call) -> Result<ObjectRef, Failure> {
    let v = vm.receiver(call);
    vm.bytes_object(v)
}

fn bytes(vm: &mut Vm, call: &Call) -> Result<Vec<u8>, Failure> {
    let r = receiver(vm, call)?;
    Ok(vm.heap.bytes(r).to_vec())
}

/// The map of a prototype of strings that can change.
fn map_of(vm: &mut Vm, call: &Call, i: usize) -> Result<MapRef, Failure> {
    let prototype = vm.argument(call, i);
    let r = vm.of_kind(prototype, batos_image::layout::Kind::ByteVector)?;
    Ok(vm.heap.map_of_ref(r))
}

fn new_text(vm: &mut Vm, call: &Call, bytes: &[u8]) -> Outcome {
    let map = map_of(vm, call, 0)?;
    if !vm.heap.can_allocate(bytes.len()) {
        return vm.no_room(bytes.len());
    }
    Ok(Reply::Value(vm.heap.new_bytes(map, bytes).value()))
}

fn code_point(vm: &mut Vm, r: ObjectRef, at: usize) -> Outcome {
    let bytes = vm.heap.bytes(r);
    if at >= bytes.len() {
        return Err(BAD_INDEX);
    }
    let mut sign = [0; 4];
    let length = code_point_length(bytes, at);
    sign[..length].copy_from_slice(&bytes[at..at + length]);
    Ok(Reply::Value(vm.intern(&sign[..length]).value()))
}

fn first(vm: &Vm, r: ObjectRef) -> Option<char> {
    let bytes = vm.heap.bytes(r);
    if bytes.is_empty() {
        return None;
    }
    std::str::from_utf8(&bytes[..code_point_length(bytes, 0)]).ok()?.chars().next()
}

fn cased(vm: &mut Vm, call: &Call, text: fn(&str) -> String, byte: fn(&u8) -> u8) -> Outcome {
    let all = bytes(vm, call)?;
    if all.is_ascii() {
        let changed: Vec<u8> = all.iter().map(byte).collect();
        return new_text(vm, call, &changed);
    }
    let mut changed = Vec::with_capacity(all.len());
    for chunk in all.utf8_chunks() {
        changed.extend_from_slice(text(chunk.valid()).as_bytes());
        changed.extend_from_slice(chunk.invalid());
    }
    new_text(vm, call, &changed)
}
