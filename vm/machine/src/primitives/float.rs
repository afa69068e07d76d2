//! Floats: 64-bit IEEE.

use std::cmp::Ordering;

use super::{BAD_TYPE, Call, DIVISION_BY_ZERO, Entry, Failure, OVERFLOW, Outcome, Reply};
use crate::vm::Vm;
use batos_image::value::Value;
use dashu_int::IBig;

pub(super) const LIST: &[Entry] = &[
    ("_FloatAdd:", 1, |vm, c| binary(vm, c, |a, b| a + b)),
    ("_FloatSub:", 1, |vm, c| binary(vm, c, |a, b| a - b)),
    ("_FloatMul:", 1, |vm, c| binary(vm, c, |a, b| a * b)),
    ("_FloatDiv:", 1, |vm, c| nonzero(vm, c, |a, b| a / b)),
    ("_FloatMod:", 1, |vm, c| nonzero(vm, c, |a, b| a % b)),
    ("_FloatPower:", 1, |vm, c| binary(vm, c, f64::powf)),
    ("_FloatATan2:", 1, |vm, c| binary(vm, c, f64::atan2)),
    ("_FloatLT:", 1, |vm, c| compare(vm, c, |a, b| a < b)),
    ("_FloatLE:", 1, |vm, c| compare(vm, c, |a, b| a <= b)),
    ("_FloatGT:", 1, |vm, c| compare(vm, c, |a, b| a > b)),
    ("_FloatGE:", 1, |vm, c| compare(vm, c, |a, b| a >= b)),
    ("_FloatEQ:", 1, |vm, c| compare(vm, c, |a, b| a == b)),
    ("_FloatNE:", 1, |vm, c| compare(vm, c, |a, b| a != b)),
    ("_FloatCompareInteger:", 1, |vm, c| {
        let (x, n) = (vm.receiver(c), vm.argument(c, 0));
        let x = float(vm, x)?;
        let order = match n.as_int() {
            Some(n) => compare_small(x, n),
            None => compare_big(x, &vm.big(n)?),
        };
        vm.reply_int(order.map_or(2, |order| order as i64))
    }),
    ("_FloatSqrt", 0, |vm, c| unary(vm, c, f64::sqrt)),
    ("_sqrtsquareRoot", 0, |vm, c| unary(vm, c, f64::sqrt)),
    // The names that the files of the real world give these.
    ("_sin", 0, |vm, c| unary(vm, c, f64::sin)),
    ("_cos", 0, |vm, c| unary(vm, c, f64::cos)),
    ("_tan", 0, |vm, c| unary(vm, c, f64::tan)),
    ("_asinarcSin", 0, |vm, c| unary(vm, c, f64::asin)),
    ("_acosarcCos", 0, |vm, c| unary(vm, c, f64::acos)),
    ("_atanarcTan", 0, |vm, c| unary(vm, c, f64::atan)),
    ("_atan2arcTan:", 1, |vm, c| binary(vm, c, f64::atan2)),
    ("_sinh", 0, |vm, c| unary(vm, c, f64::sinh)),
    ("_cosh", 0, |vm, c| unary(vm, c, f64::cosh)),
    ("_tanh", 0, |vm, c| unary(vm, c, f64::tanh)),
    ("_asinharcSinh", 0, |vm, c| unary(vm, c, f64::asinh)),
    ("_acosharcCosh", 0, |vm, c| unary(vm, c, f64::acosh)),
    ("_atanharcTanh", 0, |vm, c| unary(vm, c, f64::atanh)),
    ("_powraisedTo:", 1, |vm, c| binary(vm, c, f64::powf)),
    ("_exp", 0, |vm, c| unary(vm, c, f64::exp)),
    ("_lognaturalLog", 0, |vm, c| unary(vm, c, f64::ln)),
    ("_log10base10Log", 0, |vm, c| unary(vm, c, f64::log10)),
    ("_log2base2Log", 0, |vm, c| unary(vm, c, f64::log2)),
    ("_FloatSin", 0, |vm, c| unary(vm, c, f64::sin)),
    ("_FloatCos", 0, |vm, c| unary(vm, c, f64::cos)),
    ("_FloatTan", 0, |vm, c| unary(vm, c, f64::tan)),
    ("_FloatASin", 0, |vm, c| unary(vm, c, f64::asin)),
    ("_FloatACos", 0, |vm, c| unary(vm, c, f64::acos)),
    ("_FloatATan", 0, |vm, c| unary(vm, c, f64::atan)),
    ("_FloatExp", 0, |vm, c| unary(vm, c, f64::exp)),
    ("_FloatLn", 0, |vm, c| unary(vm, c, f64::ln)),
    ("_FloatLog10", 0, |vm, c| unary(vm, c, f64::log10)),
    ("_FloatFloor", 0, |vm, c| unary(vm, c, f64::floor)),
    ("_FloatCeil", 0, |vm, c| unary(vm, c, f64::ceil)),
    ("_FloatRound", 0, |vm, c| unary(vm, c, f64::round)),
    ("_FloatTruncate", 0, |vm, c| unary(vm, c, f64::trunc)),
    ("_FloatAsInt", 0, |vm, c| {
        let value = vm.receiver(c);
        let x = float(vm, value)?;
        if x.is_nan() {
            return Err(BAD_TYPE);
        }
        if x.abs() >= 2f64.powi(62) {
            return Err(OVERFLOW);
        }
        vm.reply_int(x.trunc() as i64)
    }),
    ("_FloatBits", 0, |vm, c| {
        let value = vm.receiver(c);
        let bits = float(vm, value)?.to_bits();
        vm.reply_int((bits ^ (bits >> 32)) as i64 & 0x1fff_ffff_ffff_ffff)
    }),
    ("_FloatPrintString", 0, |vm, c| {
        let value = vm.receiver(c);
        let text = print_float(float(vm, value)?);
        vm.reply_text(&text)
    }),
    ("_FloatPrintStringPrecision:", 1, |vm, c| {
        let (value, digits) = (vm.receiver(c), vm.argument(c, 0));
        let x = float(vm, value)?;
        let digits = super::size(digits)?.min(400);
        vm.reply_text(&format!("{x:.digits$}"))
    }),
    ("_StringAsFloat", 0, |vm, c| {
        let value = vm.receiver(c);
        let text = vm.text(value)?;
        let numeric = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
        let x: f64 = text.parse().ok().filter(|_| numeric).ok_or(Failure::word("primitiveFailedError"))?;
        Ok(Reply::Value(vm.heap.new_float(x)))
    }),
];

fn float(vm: &Vm, value: Value) -> Result<f64, Failure> {
    vm.heap.float_value(value).ok_or(BAD_TYPE)
}

fn operands(vm: &mut Vm, call: &Call) -> Result<(f64, f64), Failure> {
    let (a, b) = (vm.receiver(call), vm.argument(call, 0));
    Ok((float(vm, a)?, float(vm, b)?))
}

fn binary(vm: &mut Vm, call: &Call, f: fn(f64, f64) -> f64) -> Outcome {
    let (a, b) = operands(vm, call)?;
    Ok(Reply::Value(vm.heap.new_float(f(a, b))))
}

fn nonzero(vm: &mut Vm, call: &Call, f: fn(f64, f64) -> f64) -> Outcome {
    let (a, b) = operands(vm, call)?;
    if b == 0.0 {
        return Err(DIVISION_BY_ZERO);
    }
    Ok(Reply::Value(vm.heap.new_float(f(a, b))))
}

fn compare(vm: &mut Vm, call: &Call, f: fn(f64, f64) -> bool) -> Outcome {
    let (a, b) = operands(vm, call)?;
    vm.reply_bool(f(a, b))
}

fn unary(vm: &mut Vm, call: &Call, f: fn(f64) -> f64) -> Outcome {
    let value = vm.receiver(call);
    let x = float(vm, value)?;
    Ok(Reply::Value(vm.heap.new_float(f(x))))
}

/// The order of a float and an integer, exactly. There is none for what is no number.
fn compare_small(x: f64, n: i64) -> Option<Ordering> {
    const LIMIT: f64 = (1u64 << 63) as f64;
    if x.is_nan() {
        return None;
    }
    Some(if x >= LIMIT {
        Ordering::Greater
    } else if x < -LIMIT {
        Ordering::Less
    } else {
        let whole = x.trunc();
        (whole as i64).cmp(&n).then(x.partial_cmp(&whole).unwrap_or(Ordering::Equal))
    })
}

/// The same for integers of any size.
fn compare_big(x: f64, n: &IBig) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let whole = x.trunc();
    // A float from 2^52 on is its 53 bits shifted by the exponent.
    let bits = whole.abs().to_bits();
    let exponent = (bits >> 52) as i64 - 1075;
    let size = match usize::try_from(exponent) {
        Ok(left) => IBig::from(bits & ((1 << 52) - 1) | 1 << 52) << left,
        Err(_) => IBig::from(whole.abs() as u64),
    };
    let exact = if whole < 0.0 { -size } else { size };
    Some(exact.cmp(n).then(x.partial_cmp(&whole).unwrap_or(Ordering::Equal)))
}

/// The shortest text that reads back to the same float, in the style of C's `%g`, with `.0` where it would look like an integer.
fn print_float(x: f64) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf".into() } else { "-inf".into() };
    }
    if x == 0.0 {
        return if x.is_sign_negative() { "-0.0".into() } else { "0.0".into() };
    }
    let scientific = format!("{x:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{x}");
        return if plain.contains('.') { plain } else { format!("{plain}.0") };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::print_float;

    #[test]
    fn floats_print_shortest_and_never_as_integers() {
        for (x, text) in [
            (100.0, "100.0"),
            (1.5, "1.5"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1.5e-7, "1.5e-07"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (-2.0, "-2.0"),
            (1e100, "1e+100"),
        ] {
            assert_eq!(print_float(x), text);
            assert_eq!(text.parse::<f64>().ok(), Some(x));
        }
    }
}
