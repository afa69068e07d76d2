//! Numbers as text and back, in the time of some multiplications: halves the digits again and again, by powers of the base that are made
//! by squaring.

use dashu_int::UBig;
use dashu_int::ops::BitTest;

use super::divide::div_rem;
use super::{Stopped, Wanted};

/// So many digits are the library's affair.
const SMALL: usize = 4096;

/// Powers of the base: those of SMALL, 2 SMALL, 4 SMALL ... digits, as long as the next may be needed.
fn powers(
    base: u32,
    is_needed: impl Fn(&UBig, usize) -> bool,
    wanted: &Wanted,
) -> Result<Vec<UBig>, Stopped> {
    let mut powers = Vec::new();
    let mut power = UBig::from(base).pow(SMALL);
    while is_needed(&power, SMALL << powers.len()) {
        wanted.still()?;
        let next = power.sqr();
        powers.push(power);
        power = next;
    }
    Ok(powers)
}

/// The digits in a base from 2 to 36.
pub(super) fn to_text(n: UBig, base: u32, wanted: &Wanted) -> Result<String, Stopped> {
    if base.is_power_of_two() {
        return Ok(n.in_radix(base).to_string());
    }
    // The greatest one has about half the digits.
    let length = n.bit_len();
    let powers = powers(base, |power, _| power.bit_len() * 2 <= length + 1, wanted)?;
    let mut out = String::new();
    // What is still to be written: a number, its level, and whether all its digits count.
    let mut left = vec![(n, powers.len(), false)];
    while let Some((n, level, is_whole)) = left.pop() {
        wanted.still()?;
        let Some(power) = level.checked_sub(1).map(|below| &powers[below]) else {
            let text = n.in_radix(base).to_string();
            if is_whole {
                out.extend(std::iter::repeat_n('0', SMALL.saturating_sub(text.len())));
            }
            out.push_str(&text);
            continue;
        };
        if !is_whole && n < *power {
            left.push((n, level - 1, false));
            continue;
        }
        let (high, low) = div_rem(n, power, wanted)?;
        left.push((low, level - 1, true));
        // The first part of a number may be as great as any: it is written by the level that fits it.
        let level = if is_whole { level - 1 } else { powers.partition_point(|p| *p <= high) };
        left.push((high, level, is_whole));
    }
    Ok(out)
}

/// The number that digits in a base from 2 to 36 spell; nothing if they are none.
pub(super) fn from_text(digits: &[u8], base: u32, wanted: &Wanted) -> Result<Option<UBig>, Stopped> {
    let is_digit = |b: &u8| char::from(*b).is_digit(base);
    let text = match std::str::from_utf8(digits) {
        Ok(text) if !text.is_empty() && digits.iter().all(is_digit) => text,
        _ => return Ok(None),
    };
    let powers = powers(base, |_, size| size < text.len(), wanted)?;
    let mut numbers = Vec::new();
    let mut end = text.len();
    // The lowest digits first; then two and two become one.
    while end > 0 {
        wanted.still()?;
        let from = end.saturating_sub(SMALL);
        let Ok(number) = UBig::from_str_radix(&text[from..end], base) else { return Ok(None) };
        numbers.push(number);
        end = from;
    }
    for power in &powers {
        let mut pairs = numbers.into_iter();
        numbers = Vec::new();
        while let Some(low) = pairs.next() {
            wanted.still()?;
            numbers.push(match pairs.next() {
                Some(high) => high * power + low,
                None => low,
            });
        }
    }
    Ok(numbers.into_iter().next())
}
