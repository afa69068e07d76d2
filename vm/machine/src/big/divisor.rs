//! The greatest common divisor: Lehmer's method. Most quotients of Euclid's are small and depend on the highest digits only, so that many
//! steps are done on a word of each number and then made up for in both by one pass.

use dashu_int::UBig;
use dashu_int::ops::{BitTest, Gcd};

use super::divide::div_rem;
use super::{Stopped, Wanted, part};

/// Numbers of up to so many bits are the library's affair.
const SMALL: usize = 1 << 17;

/// The greatest number that divides both; that of zero and a number is the number.
pub(super) fn gcd(mut a: UBig, mut b: UBig, wanted: &Wanted) -> Result<UBig, Stopped> {
    if a < b {
        std::mem::swap(&mut a, &mut b);
    }
    loop {
        wanted.still()?;
        if b == UBig::ZERO {
            return Ok(a);
        }
        if a.bit_len() <= SMALL {
            return Ok(a.gcd(b));
        }
        match steps(&a, &b) {
            Some([[p, q], [r, s]]) => {
                // a and b become |p a - q b| and |r a - s b|; the signs go by turns.
                let next = (difference(&a * p, &b * q), difference(&a * r, &b * s));
                (a, b) = next;
                if a < b {
                    std::mem::swap(&mut a, &mut b);
                }
            }
            None => {
                let (_, rest) = div_rem(a, &b, wanted)?;
                a = b;
                b = rest;
            }
        }
    }
}

fn difference(x: UBig, y: UBig) -> UBig {
    if x >= y { x - y } else { y - x }
}

/// The factors of the steps that the highest 62 bits decide; `None` if that is not even one.
fn steps(a: &UBig, b: &UBig) -> Option<[[u64; 2]; 2]> {
    let shift = a.bit_len().saturating_sub(62);
    let word = |n: &UBig| i128::try_from(part(n, shift, 64)).ok();
    let (mut x, mut y) = (word(a)?, word(b)?);
    // Signed cofactors: x = p a + q b, y = r a + s b, but for what the lower bits do.
    let (mut p, mut q, mut r, mut s) = (1i128, 0i128, 0i128, 1i128);
    loop {
        if y + r == 0 || y + s == 0 {
            break;
        }
        let quotient = (x + p) / (y + r);
        if quotient != (x + q) / (y + s) {
            break;
        }
        let (next_r, next_s) = (p - quotient * r, q - quotient * s);
        if next_r.abs() >= 1 << 62 || next_s.abs() >= 1 << 62 {
            break;
        }
        (x, y) = (y, x - quotient * y);
        (p, q, r, s) = (r, s, next_r, next_s);
    }
    if q == 0 {
        return None;
    }
    let size = |n: i128| u64::try_from(n.unsigned_abs()).ok();
    Some([[size(p)?, size(q)?], [size(r)?, size(s)?]])
}
