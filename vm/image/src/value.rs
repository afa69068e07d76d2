//! A value is one 64-bit little-endian word: a small integer, an object reference or an immediate float.
//!
//! ```text
//! bits 1..0 = 00   small integer: the 62-bit two's complement integer in bits 63..2
//! bits 1..0 = 01   reference: the object's byte offset from the space's base, plus 1
//! bits 1..0 = 10   immediate float: a double whose exponent fits 9 bits, rotated (see `from_f64`)
//! bits 1..0 = 11   never a value: the first word of an object (its header) carries this tag
//! ```
//!
//! Because headers have a tag of their own, every word of a block that holds no raw bytes describes itself,
//! so a dirty card can be scanned without knowing where its objects begin.
//!
//! This module does not know what a reference points to.

use std::fmt;

/// One tagged word. `Debug` prints `3`, `2.5` or `@1f40`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(transparent)]
pub struct Value(u64);

/// A reference to an object: its byte offset from the base of the space it lives in. Never zero, a multiple of 8.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(transparent)]
pub struct ObjectRef(u64);

/// Tag of small integers.
pub const TAG_INT: u64 = 0b00;
/// Tag of references.
pub const TAG_REF: u64 = 0b01;
/// Tag of immediate floats.
pub const TAG_FLOAT: u64 = 0b10;
/// Tag of object headers, which are no values.
pub const TAG_HEADER: u64 = 0b11;
/// The bits that hold the tag.
pub const TAG_MASK: u64 = 0b11;

/// Largest small integer, 2^61 - 1.
pub const MAX_INT: i64 = (1 << 61) - 1;
/// Smallest small integer, -2^61.
pub const MIN_INT: i64 = -(1 << 61);

/// Rotated floats are stored minus this, so that 9 bits of exponent suffice.
const FLOAT_BIAS: u64 = 767 << 53;

const _: () = assert!(size_of::<Value>() == 8 && align_of::<Value>() == 8);

impl Value {
    /// The small integer 0, which is also the all-zero word.
    pub const ZERO: Value = Value(0);

    /// Takes a word as it stands in memory. The caller vouches that it is no header.
    #[inline(always)]
    pub const fn from_bits(bits: u64) -> Value {
        Value(bits)
    }

    /// The word as it stands in memory.
    #[inline(always)]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// A small integer; `None` if it needs more than 62 bits.
    #[inline(always)]
    pub const fn from_i64(n: i64) -> Option<Value> {
        if n >= MIN_INT && n <= MAX_INT { Some(Value((n as u64) << 2)) } else { None }
    }

    /// A small integer from something that always fits.
    #[inline(always)]
    pub const fn from_i32(n: i32) -> Value {
        Value(((n as i64) << 2) as u64)
    }

    /// A small integer from a length or count. Saturates at `MAX_INT`, which no memory holds.
    #[inline(always)]
    pub const fn from_usize(n: usize) -> Value {
        if n as u64 > MAX_INT as u64 { Value((MAX_INT as u64) << 2) } else { Value((n as u64) << 2) }
    }

    /// A reference.
    #[inline(always)]
    pub const fn from_ref(r: ObjectRef) -> Value {
        Value(r.0 | TAG_REF)
    }

    /// An immediate float; `None` if the exponent is out of range, and the float must be boxed.
    /// Rotation brings the sign to bit 0 and the exponent to the top; zero takes the codes that
    /// the two numbers ±2^-256 would have, which are boxed instead.
    #[inline(always)]
    pub const fn from_f64(x: f64) -> Option<Value> {
        let rotated = x.to_bits().rotate_left(1);
        if rotated <= 1 {
            return Some(Value((rotated << 2) | TAG_FLOAT));
        }
        let biased = rotated.wrapping_sub(FLOAT_BIAS);
        if biased >> 62 != 0 || biased <= 1 { None } else { Some(Value((biased << 2) | TAG_FLOAT)) }
    }

    /// True for small integers.
    #[inline(always)]
    pub const fn is_int(self) -> bool {
        self.0 & TAG_MASK == TAG_INT
    }

    /// True for references.
    #[inline(always)]
    pub const fn is_ref(self) -> bool {
        self.0 & TAG_MASK == TAG_REF
    }

    /// True for immediate floats (boxed floats are references).
    #[inline(always)]
    pub const fn is_float(self) -> bool {
        self.0 & TAG_MASK == TAG_FLOAT
    }

    /// The small integer.
    #[inline(always)]
    pub const fn as_int(self) -> Option<i64> {
        if self.is_int() { Some(self.0 as i64 >> 2) } else { None }
    }

    /// The small integer; meaningless for anything else.
    #[inline(always)]
    pub const fn int_unchecked(self) -> i64 {
        self.0 as i64 >> 2
    }

    /// The reference.
    #[inline(always)]
    pub const fn as_ref(self) -> Option<ObjectRef> {
        if self.is_ref() { Some(ObjectRef(self.0 - TAG_REF)) } else { None }
    }

    /// The reference; meaningless for anything else.
    #[inline(always)]
    pub const fn ref_unchecked(self) -> ObjectRef {
        ObjectRef(self.0.wrapping_sub(TAG_REF))
    }

    /// The immediate float.
    #[inline(always)]
    pub const fn as_float(self) -> Option<f64> {
        if self.is_float() { Some(self.float_unchecked()) } else { None }
    }

    /// The immediate float; meaningless for anything else.
    #[inline(always)]
    pub const fn float_unchecked(self) -> f64 {
        let payload = self.0 >> 2;
        let rotated = if payload <= 1 { payload } else { payload.wrapping_add(FLOAT_BIAS) };
        f64::from_bits(rotated.rotate_right(1))
    }
}

impl ObjectRef {
    /// A reference from a byte offset; `None` if it is zero or not a multiple of 8.
    #[inline(always)]
    pub const fn from_offset(offset: u64) -> Option<ObjectRef> {
        if offset == 0 || offset & 7 != 0 { None } else { Some(ObjectRef(offset)) }
    }

    /// Byte offset from the base of the space.
    #[inline(always)]
    pub const fn offset(self) -> u64 {
        self.0
    }

    /// This reference as a value.
    #[inline(always)]
    pub const fn value(self) -> Value {
        Value::from_ref(self)
    }
}

/// A reference to a map: an object that says how others are laid out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(transparent)]
pub struct MapRef(ObjectRef);

impl MapRef {
    /// A reference to an object of which the caller knows that it is a map: it was found in a header or made as one.
    #[inline(always)]
    pub const fn assume(map: ObjectRef) -> MapRef {
        MapRef(map)
    }

    /// The map as an object among others.
    #[inline(always)]
    pub const fn object(self) -> ObjectRef {
        self.0
    }

    /// Byte offset from the base of the space.
    #[inline(always)]
    pub const fn offset(self) -> u64 {
        self.0.offset()
    }

    /// This reference as a value.
    #[inline(always)]
    pub const fn value(self) -> Value {
        self.0.value()
    }
}

impl From<ObjectRef> for Value {
    fn from(r: ObjectRef) -> Value {
        Value::from_ref(r)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 & TAG_MASK {
            TAG_INT => write!(f, "{}", self.int_unchecked()),
            TAG_FLOAT => write!(f, "{:?}", self.float_unchecked()),
            TAG_REF => write!(f, "@{:x}", self.0 - TAG_REF),
            _ => write!(f, "header:{:x}", self.0),
        }
    }
}

impl fmt::Debug for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{:x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_keep_62_bits() {
        for n in [0, 1, -1, 42, MAX_INT, MIN_INT] {
            assert_eq!(Value::from_i64(n).and_then(Value::as_int), Some(n));
        }
        assert_eq!(Value::from_i64(MAX_INT + 1), None);
        assert_eq!(Value::from_i64(MIN_INT - 1), None);
    }

    #[test]
    fn floats_in_range_are_immediate_and_exact() {
        for x in [0.0, -0.0, 1.0, -1.5, 3.25e70, -1e-70, std::f64::consts::PI] {
            let v = Value::from_f64(x).expect("fits");
            assert_eq!(v.as_float().map(f64::to_bits), Some(x.to_bits()));
        }
        for x in [f64::INFINITY, f64::NAN, 1e300, 1e-300, f64::MIN_POSITIVE, 2f64.powi(-256)] {
            assert_eq!(Value::from_f64(x), None, "{x}");
        }
    }

    #[test]
    fn references_are_offsets() {
        let r = ObjectRef::from_offset(0x1f40).expect("aligned");
        assert_eq!(r.value().as_ref(), Some(r));
        assert_eq!(ObjectRef::from_offset(0), None);
        assert_eq!(ObjectRef::from_offset(12), None);
    }
}
