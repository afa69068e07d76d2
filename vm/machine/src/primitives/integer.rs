//! Small integers: 62 bits, overflow fails.

use batos_image::layout::Kind;
use batos_image::value::Value;

use super::{BAD_TYPE, Call, DIVISION_BY_ZERO, Entry, Failure, OUT_OF_MEMORY, OVERFLOW, Outcome, Reply, int};
use crate::vm::Vm;

/// Bits of a small integer.
const BITS: u32 = 62;

pub(super) const LIST: &[Entry] = &[
    ("_IntAdd:", 1, |vm, c| binary(vm, c, |a, b| a.checked_add(b).ok_or(OVERFLOW))),
    ("_IntSub:", 1, |vm, c| binary(vm, c, |a, b| a.checked_sub(b).ok_or(OVERFLOW))),
    ("_IntMul:", 1, |vm, c| binary(vm, c, |a, b| a.checked_mul(b).ok_or(OVERFLOW))),
    ("_IntDiv:", 1, |vm, c| binary(vm, c, |a, b| a.checked_div(b).ok_or(DIVISION_BY_ZERO))),
    ("_IntMod:", 1, |vm, c| binary(vm, c, |a, b| a.checked_rem(b).ok_or(DIVISION_BY_ZERO))),
    ("_IntAnd:", 1, |vm, c| binary(vm, c, |a, b| Ok(a & b))),
    ("_IntOr:", 1, |vm, c| binary(vm, c, |a, b| Ok(a | b))),
    ("_IntXor:", 1, |vm, c| binary(vm, c, |a, b| Ok(a ^ b))),
    ("_IntComplement", 0, |vm, c| {
        let n = int(vm.receiver(c))?;
        vm.reply_int(!n)
    }),
    ("_IntArithmeticShiftLeft:", 1, |vm, c| binary(vm, c, arithmetic_left)),
    ("_IntArithmeticShiftRight:", 1, |vm, c| binary(vm, c, |a, n| Ok(a >> n.clamp(0, 63)))),
    ("_IntLogicalShiftLeft:", 1, |vm, c| binary(vm, c, logical_left)),
    ("_IntLogicalShiftRight:", 1, |vm, c| binary(vm, c, logical_right)),
    ("_IntLT:", 1, |vm, c| compare(vm, c, |a, b| a < b)),
    ("_IntLE:", 1, |vm, c| compare(vm, c, |a, b| a <= b)),
    ("_IntGT:", 1, |vm, c| compare(vm, c, |a, b| a > b)),
    ("_IntGE:", 1, |vm, c| compare(vm, c, |a, b| a >= b)),
    ("_IntEQ:", 1, |vm, c| compare(vm, c, |a, b| a == b)),
    ("_IntNE:", 1, |vm, c| compare(vm, c, |a, b| a != b)),
    ("_IntPrintStringPrototype:", 1, |vm, c| {
        let (n, prototype) = (int(vm.receiver(c))?, vm.argument(c, 0));
        let prototype = vm.of_kind(prototype, Kind::ByteVector)?;
        let mut digits = [0; DIGITS];
        let from = decimal(n, &mut digits);
        let text = &digits[from..];
        let string = vm.heap.clone_bytes(prototype, text.len(), 0).map_err(|_| OUT_OF_MEMORY)?;
        vm.heap.with_bytes_mut(string, |bytes| bytes.copy_from_slice(text));
        Ok(Reply::Value(string.value()))
    }),
    ("_IntAsFloat", 0, |vm, c| {
        let n = int(vm.receiver(c))?;
        Ok(Reply::Value(vm.heap.new_float(n as f64)))
    }),
];

/// Most decimal digits of a small integer, and a sign.
const DIGITS: usize = 20;

/// Writes a number in decimal at the end of a buffer, and says where it begins.
fn decimal(n: i64, digits: &mut [u8; DIGITS]) -> usize {
    let (mut at, mut rest) = (DIGITS, n.unsigned_abs());
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if n < 0 {
        at -= 1;
        digits[at] = b'-';
    }
    at
}

#[inline(always)]
fn operands(vm: &mut Vm, call: &Call) -> Result<(i64, i64), Failure> {
    let (a, b) = (vm.receiver(call), vm.argument(call, 0));
    match (a.as_int(), b.as_int()) {
        (Some(a), Some(b)) => Ok((a, b)),
        _ => Err(BAD_TYPE),
    }
}

#[inline(always)]
fn binary(vm: &mut Vm, call: &Call, f: fn(i64, i64) -> Result<i64, Failure>) -> Outcome {
    let (a, b) = operands(vm, call)?;
    Value::from_i64(f(a, b)?).map(Reply::Value).ok_or(OVERFLOW)
}

#[inline(always)]
fn compare(vm: &mut Vm, call: &Call, f: fn(i64, i64) -> bool) -> Outcome {
    let (a, b) = operands(vm, call)?;
    vm.reply_bool(f(a, b))
}

fn arithmetic_left(a: i64, n: i64) -> Result<i64, Failure> {
    let n = shift(n);
    if a == 0 {
        return Ok(0);
    }
    let shifted = a.checked_shl(n).filter(|s| s >> n == a).ok_or(OVERFLOW)?;
    Ok(shifted)
}

/// The 62-bit word, bits falling off at the left.
fn logical_left(a: i64, n: i64) -> Result<i64, Failure> {
    Ok(word_to_int((a as u64) << shift(n).min(BITS)))
}

/// The 62-bit word, zeros coming in from the left.
fn logical_right(a: i64, n: i64) -> Result<i64, Failure> {
    let word = a as u64 & ((1 << BITS) - 1);
    let n = shift(n);
    Ok(word_to_int(if n >= BITS { 0 } else { word >> n }))
}

/// A shift count, taken modulo the 64 bits of a machine word (the quirk of the original, widened).
fn shift(n: i64) -> u32 {
    (n & 63) as u32
}

/// Sign-extends a 62-bit word.
fn word_to_int(word: u64) -> i64 {
    ((word << 2) as i64) >> 2
}
