//! Division, as fast as multiplication but for a factor: Burnikel and Ziegler, "Fast Recursive Division", 1998. A divisor of n bits divides
//! 2n bits by dividing 3n/2 bits twice, each of which is one division of half the size, one multiplication and a correction.

use dashu_int::UBig;
use dashu_int::ops::{BitTest, DivRem};

use super::{Stopped, Wanted, part};

/// Divisors of up to so many bits are the library's affair.
const SMALL: usize = 1 << 15;
/// So many bits are divided by a small divisor at a time.
const PIECE: usize = 1 << 17;

/// Quotient and remainder; the divisor is not zero.
pub(super) fn div_rem(a: UBig, b: &UBig, wanted: &Wanted) -> Result<(UBig, UBig), Stopped> {
    wanted.still()?;
    if a < *b {
        return Ok((UBig::ZERO, a));
    }
    let n = b.bit_len();
    if n <= SMALL {
        return in_pieces(&a, b, PIECE, wanted);
    }
    // The length becomes one that can be halved until it is small.
    let mut unit = 1;
    while n.div_ceil(unit) > SMALL {
        unit *= 2;
    }
    let length = n.div_ceil(unit * 64) * unit * 64;
    let shift = length - n;
    let (quotient, rest) = in_pieces(&(a << shift), &(b << shift), length, wanted)?;
    Ok((quotient, rest >> shift))
}

/// Divides `size` bits at a time, the highest first: each piece with what is left of those above it.
fn in_pieces(a: &UBig, b: &UBig, size: usize, wanted: &Wanted) -> Result<(UBig, UBig), Stopped> {
    const { assert!(PIECE.is_multiple_of(64)) }
    let count = a.bit_len().div_ceil(size);
    let mut words = vec![0; count * size / 64];
    let mut rest = UBig::ZERO;
    for i in (0..count).rev() {
        let piece = (rest << size) + part(a, i * size, size);
        let (quotient, left) = if b.bit_len() <= SMALL {
            wanted.still()?;
            piece.div_rem(b)
        } else {
            two_by_one(piece, b, size, wanted)?
        };
        let digits = quotient.as_words();
        words[i * size / 64..][..digits.len()].copy_from_slice(digits);
        rest = left;
    }
    Ok((UBig::from_words(&words), rest))
}

/// `b` has exactly `n` bits, and `a` is less than b * 2^n.
fn two_by_one(a: UBig, b: &UBig, n: usize, wanted: &Wanted) -> Result<(UBig, UBig), Stopped> {
    wanted.still()?;
    if n <= SMALL || n % 2 == 1 {
        return Ok(a.div_rem(b));
    }
    let half = n / 2;
    let (high, low) = (&a >> half, part(&a, 0, half));
    drop(a);
    let (upper, rest) = three_by_two(high, b, half, wanted)?;
    let (lower, rest) = three_by_two((rest << half) + low, b, half, wanted)?;
    Ok(((upper << half) + lower, rest))
}

/// `b` has exactly 2 * `half` bits, and `a` is less than b * 2^half.
fn three_by_two(a: UBig, b: &UBig, half: usize, wanted: &Wanted) -> Result<(UBig, UBig), Stopped> {
    let (b1, b0) = (b >> half, part(b, 0, half));
    let (a1, a0) = (&a >> half, part(&a, 0, half));
    drop(a);
    let (mut quotient, rest) = if (&a1 >> half) < b1 {
        two_by_one(a1, &b1, half, wanted)?
    } else {
        let most = (UBig::ONE << half) - UBig::ONE;
        (most, a1 + &b1 - (b1 << half))
    };
    wanted.still()?;
    let taken = &quotient * b0;
    let mut rest = (rest << half) + a0;
    // Twice at most.
    while rest < taken {
        quotient -= UBig::ONE;
        rest += b;
    }
    Ok((quotient, rest - taken))
}
