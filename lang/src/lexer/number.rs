//! Numbers: where a literal ends, what is wrong with it, which value it denotes.

use crate::diagnostic::Code;
use crate::diagnostics as code;

/// A scanned literal.
pub(super) struct Scanned {
    /// One past its last byte.
    pub end: usize,
    /// It has a fraction or an exponent.
    pub float: bool,
    /// Code, message and help, if it is wrong.
    pub problem: Option<(Code, &'static str, &'static str)>,
}

/// The value of a legal literal.
#[derive(Clone, PartialEq, Debug)]
pub enum NumberValue {
    /// An integer of 62 bits.
    Small(i64),
    /// A longer one: decimal digits, with a minus if negative.
    Big(Vec<u8>),
    /// A float.
    Float(f64),
}

fn digits_end(source: &[u8], from: usize) -> usize {
    from + source[from..].iter().take_while(|b| b.is_ascii_digit()).count()
}

fn alnum_end(source: &[u8], from: usize) -> usize {
    from + source[from..].iter().take_while(|b| b.is_ascii_alphanumeric()).count()
}

/// Finds the end of the literal that begins at `start` (a digit, or a minus and a digit).
pub(super) fn scan(source: &[u8], start: usize) -> Scanned {
    let first = if source[start] == b'-' { start + 1 } else { start };
    let mut end = digits_end(source, first);
    let at = |i: usize| source.get(i).copied().unwrap_or(b' ');
    let bad = |end, code, message, help| Scanned { end, float: false, problem: Some((code, message, help)) };
    if at(first) == b'0' && (end - first > 1 || matches!(at(end), b'x' | b'X')) {
        return bad(
            alnum_end(source, end),
            code::C_STYLE_NUMBER,
            "a number cannot begin with 0",
            "write the base and an r: `16rFF` for hexadecimal, `8r17` for octal",
        );
    }
    if matches!(at(end), b'r' | b'R') {
        let digits = end + 1;
        let stop = alnum_end(source, digits);
        let base =
            std::str::from_utf8(&source[first..end]).ok().and_then(|t| t.parse::<u32>().ok()).unwrap_or(0);
        if !(2..=36).contains(&base) {
            return bad(
                stop,
                code::BAD_NUMBER,
                "the base must lie between 2 and 36",
                "for example `16rFF`, `2r1010`",
            );
        }
        if stop == digits {
            return bad(stop, code::BAD_NUMBER, "digits are missing after the base", "for example `16rFF`");
        }
        if source[digits..stop].iter().any(|b| (*b as char).to_digit(36).is_none_or(|d| d >= base)) {
            return bad(
                stop,
                code::BAD_NUMBER,
                "a digit is too large for the base",
                "digits beyond 9 are the letters a to z; a blank must stand between a number and a message",
            );
        }
        return Scanned { end: stop, float: false, problem: None };
    }
    let mut float = false;
    if at(end) == b'.' && at(end + 1).is_ascii_digit() {
        float = true;
        end = digits_end(source, end + 1);
    }
    if matches!(at(end), b'e' | b'E') {
        let sign = usize::from(matches!(at(end + 1), b'+' | b'-'));
        let exponent = end + 1 + sign;
        if !at(exponent).is_ascii_digit() {
            return bad(
                alnum_end(source, end),
                code::BAD_NUMBER,
                "the exponent has no digits",
                "write `1e5`, `1e-5`, or a blank before a message",
            );
        }
        float = true;
        end = digits_end(source, exponent);
    }
    if at(end).is_ascii_alphabetic() {
        return Scanned {
            end: alnum_end(source, end),
            float,
            problem: Some((
                code::BAD_NUMBER,
                "a letter directly follows the number",
                "put a blank between a number and a message: `3 abs`",
            )),
        };
    }
    Scanned { end, float, problem: None }
}

/// The value of a literal's text. Text of a literal that a diagnostic has named gives some number.
pub(crate) fn value(text: &[u8], float: bool) -> NumberValue {
    let (negative, magnitude) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if float {
        let parsed = std::str::from_utf8(text).ok().and_then(|t| t.parse::<f64>().ok());
        return NumberValue::Float(parsed.unwrap_or(0.0));
    }
    let radix_mark = magnitude.iter().position(|b| matches!(b, b'r' | b'R'));
    let (base, digits) = match radix_mark {
        Some(mark) => {
            let base = std::str::from_utf8(&magnitude[..mark]).ok().and_then(|t| t.parse::<u32>().ok());
            (base.filter(|b| (2..=36).contains(b)).unwrap_or(36), &magnitude[mark + 1..])
        }
        None => (10, magnitude),
    };
    let mut small: i64 = 0;
    let mut fits = true;
    for byte in digits {
        let Some(digit) = (*byte as char).to_digit(base) else { return NumberValue::Small(0) };
        match small.checked_mul(i64::from(base)).and_then(|v| v.checked_add(i64::from(digit))) {
            Some(v) => small = v,
            None => fits = false,
        }
    }
    if fits {
        let signed = if negative { -small } else { small };
        if (-(1i64 << 61)..1i64 << 61).contains(&signed) {
            return NumberValue::Small(signed);
        }
    }
    let mut decimal = if negative { vec![b'-'] } else { Vec::new() };
    if base == 10 {
        let zeros = digits.iter().take_while(|b| **b == b'0').count();
        decimal.extend_from_slice(&digits[zeros..]);
    } else {
        decimal.extend(to_decimal(digits, base));
    }
    NumberValue::Big(decimal)
}

/// Digits of another base in base ten. Quadratic, by limbs of nine decimal digits and runs of source digits.
fn to_decimal(digits: &[u8], base: u32) -> Vec<u8> {
    const LIMB: u64 = 1_000_000_000;
    let mut limbs: Vec<u64> = vec![0];
    for run in digits.chunks(6) {
        let mut factor: u64 = 1;
        let mut addend: u64 = 0;
        for byte in run {
            factor *= u64::from(base);
            addend = addend * u64::from(base) + u64::from((*byte as char).to_digit(base).unwrap_or(0));
        }
        let mut carry = addend;
        for limb in &mut limbs {
            let v = *limb * factor + carry;
            *limb = v % LIMB;
            carry = v / LIMB;
        }
        while carry > 0 {
            limbs.push(carry % LIMB);
            carry /= LIMB;
        }
    }
    while limbs.len() > 1 && limbs.last() == Some(&0) {
        limbs.pop();
    }
    let mut out = Vec::with_capacity(limbs.len() * 9);
    for (i, limb) in limbs.iter().rev().enumerate() {
        let text = if i == 0 { format!("{limb}") } else { format!("{limb:09}") };
        out.extend_from_slice(text.as_bytes());
    }
    out
}
