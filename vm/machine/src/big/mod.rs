//! Integers of any size: what the machine does with them beyond a word, by the library dashu-int.
//!
//! Whatever may take long is made of pieces (`divide`, `digits`, `divisor`), between which it is asked whether anybody still waits for it;
//! `work` lets a process wait for it in a way that leaves its turn when that is over. Nothing here knows objects but `work`'s keys.

mod digits;
mod divide;
mod divisor;
mod work;

use std::sync::atomic::{AtomicBool, Ordering};

use dashu_int::ops::BitTest;
use dashu_int::{IBig, Sign, UBig};

pub(crate) use work::{Answer, Operation, Waited, Works};

/// Most bits of a result: more would fill the memory by a single message.
pub(crate) const MAX_BITS: usize = 64 << 20;

/// Nobody waits for the result any longer.
#[derive(Debug)]
pub(crate) struct Stopped;

/// Whether somebody waits for a result.
pub(crate) struct Wanted<'a>(pub(crate) &'a AtomicBool);

impl Wanted<'_> {
    /// Goes on unless nobody wants it.
    fn still(&self) -> Result<(), Stopped> {
        if self.0.load(Ordering::Relaxed) { Ok(()) } else { Err(Stopped) }
    }
}

/// Bits of the magnitude.
pub(crate) fn bits(n: &IBig) -> usize {
    n.as_sign_words().1.len().saturating_sub(1) * 64
        + n.as_sign_words().1.last().map_or(0, |top| 64 - top.leading_zeros() as usize)
}

/// A number from the bytes of its object: sign, then the magnitude, little-endian.
pub(crate) fn from_bytes(bytes: &[u8]) -> Option<IBig> {
    let (sign, magnitude) = bytes.split_first()?;
    let sign = if *sign == 0 { Sign::Positive } else { Sign::Negative };
    Some(IBig::from_parts(sign, UBig::from_le_bytes(magnitude)))
}

/// The bytes of a number's object.
pub(crate) fn to_bytes(n: &IBig) -> Vec<u8> {
    let (sign, words) = n.as_sign_words();
    let mut bytes = Vec::with_capacity(1 + words.len() * 8);
    bytes.push(u8::from(sign == Sign::Negative));
    for word in words {
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    // No zeros at the end; zero itself is one byte.
    let used = bytes.iter().skip(1).rposition(|b| *b != 0).map_or(2, |last| last + 2);
    bytes.resize(used, 0);
    bytes
}

/// The nearest float, ties to the even one; infinite beyond the greatest.
pub(crate) fn to_float(n: &IBig) -> f64 {
    n.to_f64().value()
}

/// The bits from `from` on, `count` of them.
fn part(n: &UBig, from: usize, count: usize) -> UBig {
    let mut part = n >> from;
    if part.bit_len() > count {
        part.clear_high_bits(count);
    }
    part
}

#[cfg(test)]
mod tests {
    use super::{bits, from_bytes, to_bytes, to_float};
    use dashu_int::IBig;

    #[test]
    fn numbers_keep_their_bytes() {
        for (text, bytes) in [
            ("0", &[0, 0][..]),
            ("255", &[0, 255]),
            ("-256", &[1, 0, 1]),
            ("18446744073709551616", &[0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        ] {
            let n: IBig = text.parse().expect("a number");
            assert_eq!(to_bytes(&n), bytes, "{text}");
            assert_eq!(from_bytes(bytes), Some(n));
        }
        assert_eq!(from_bytes(&[]), None);
    }

    #[test]
    fn sizes_and_floats() {
        for (text, size, float) in [
            ("0", 0, 0.0),
            ("-1", 1, -1.0),
            ("18446744073709551616", 65, 18446744073709551616.0),
            ("9007199254740993", 54, 9007199254740992.0),
            ("9007199254740995", 54, 9007199254740996.0),
            ("-36893488147419107329", 66, -36893488147419111424.0),
        ] {
            let n: IBig = text.parse().expect("a number");
            assert_eq!((bits(&n), to_float(&n)), (size, float), "{text}");
        }
        assert_eq!(to_float(&(IBig::from(1) << 1024)), f64::INFINITY);
        assert_eq!(to_float(&-(IBig::from(1) << 5000)), f64::NEG_INFINITY);
        assert_eq!(to_float(&(IBig::from(1) << 1023)), 2f64.powi(1023));
    }
}
