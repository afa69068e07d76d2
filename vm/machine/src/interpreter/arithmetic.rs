//! Arithmetic that needs no send: small integers that do not overflow, floats, and the two mixed.

use batos_image::heap::Heap;
use batos_image::value::Value;

/// Both are small integers.
#[inline(always)]
pub fn both_ints(x: Value, y: Value) -> bool {
    (x.bits() | y.bits()) & 3 == 0
}

/// The two as floats, if both are numbers and at least one is a float.
#[inline(always)]
pub fn floats(heap: &Heap, x: Value, y: Value) -> Option<(f64, f64)> {
    if x.is_float() && y.is_float() {
        return Some((x.float_unchecked(), y.float_unchecked()));
    }
    mixed(heap, x, y)
}

#[cold]
fn mixed(heap: &Heap, x: Value, y: Value) -> Option<(f64, f64)> {
    let number = |v: Value| match v.as_int() {
        // Integers that a double does not hold exactly are left to the library.
        Some(n) if n.unsigned_abs() < 1 << 53 => Some(n as f64),
        Some(_) => None,
        None => heap.float_value(v),
    };
    Some((number(x)?, number(y)?))
}

#[inline(always)]
fn float(heap: &mut Heap, x: f64) -> Value {
    match Value::from_f64(x) {
        Some(v) => v,
        None => heap.new_float(x),
    }
}

/// x + y
#[inline(always)]
pub fn add(heap: &mut Heap, x: Value, y: Value) -> Option<Value> {
    if both_ints(x, y) {
        let (sum, overflow) = (x.bits() as i64).overflowing_add(y.bits() as i64);
        return if overflow { None } else { Some(Value::from_bits(sum as u64)) };
    }
    let (x, y) = floats(heap, x, y)?;
    Some(float(heap, x + y))
}

/// x - y
#[inline(always)]
pub fn sub(heap: &mut Heap, x: Value, y: Value) -> Option<Value> {
    if both_ints(x, y) {
        let (difference, overflow) = (x.bits() as i64).overflowing_sub(y.bits() as i64);
        return if overflow { None } else { Some(Value::from_bits(difference as u64)) };
    }
    let (x, y) = floats(heap, x, y)?;
    Some(float(heap, x - y))
}

/// x * y
#[inline(always)]
pub fn mul(heap: &mut Heap, x: Value, y: Value) -> Option<Value> {
    if both_ints(x, y) {
        let (product, overflow) = x.int_unchecked().overflowing_mul(y.bits() as i64);
        return if overflow { None } else { Some(Value::from_bits(product as u64)) };
    }
    let (x, y) = floats(heap, x, y)?;
    Some(float(heap, x * y))
}

/// x / y: integers cut toward zero. Division by zero is left to the send.
#[inline(always)]
pub fn div(heap: &mut Heap, x: Value, y: Value) -> Option<Value> {
    if both_ints(x, y) {
        if y.bits() == 0 {
            return None;
        }
        return Value::from_i64(x.int_unchecked() / y.int_unchecked());
    }
    let (x, y) = floats(heap, x, y)?;
    if y == 0.0 {
        return None;
    }
    Some(float(heap, x / y))
}

/// x % y for integers, with the sign of x.
#[inline(always)]
pub fn rem(x: Value, y: Value) -> Option<Value> {
    if both_ints(x, y) && y.bits() != 0 {
        return Some(Value::from_bits(((x.int_unchecked() % y.int_unchecked()) as u64) << 2));
    }
    None
}
