//! Integers of any size: sign byte, then the magnitude's bytes, little-endian. Arithmetic by the num-bigint library.

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};
use num_bigint::{BigInt, Sign};

use super::{BAD_TYPE, Call, DIVISION_BY_ZERO, Entry, Failure, OVERFLOW, Outcome, Reply, int, size};
use crate::vm::Vm;

/// Most bits of a result: more would fill the memory by a single message.
const MAX_BITS: u64 = 64 << 20;

/// Most bytes of an operand in a trial: one message on larger ones would outlast the trial's time.
const MAX_TRIAL_BYTES: usize = 64 << 10;

pub(super) const LIST: &[Entry] = &[
    ("_SmiAsBigInt", 0, |vm, c| {
        let n = int(vm.receiver(c))?;
        vm.reply_big(&BigInt::from(n))
    }),
    ("_BigIntAdd:", 1, |vm, c| binary(vm, c, |a, b| Ok(a + b))),
    ("_BigIntSub:", 1, |vm, c| binary(vm, c, |a, b| Ok(a - b))),
    ("_BigIntMul:", 1, |vm, c| {
        binary(vm, c, |a, b| if a.bits() + b.bits() > MAX_BITS { Err(OVERFLOW) } else { Ok(a * b) })
    }),
    ("_BigIntDiv:", 1, |vm, c| binary(vm, c, |a, b| a.checked_div(&b).ok_or(DIVISION_BY_ZERO))),
    ("_BigIntMod:", 1, |vm, c| {
        binary(vm, c, |a, b| if b.sign() == Sign::NoSign { Err(DIVISION_BY_ZERO) } else { Ok(a % b) })
    }),
    ("_BigIntAnd:", 1, |vm, c| binary(vm, c, |a, b| Ok(a & b))),
    ("_BigIntOr:", 1, |vm, c| binary(vm, c, |a, b| Ok(a | b))),
    ("_BigIntXor:", 1, |vm, c| binary(vm, c, |a, b| Ok(a ^ b))),
    ("_BigIntCompare:", 1, |vm, c| {
        let (a, b) = operands(vm, c)?;
        vm.reply_int(a.cmp(&b) as i64)
    }),
    ("_BigIntShiftLeft:", 1, |vm, c| {
        let (a, n) = with_count(vm, c)?;
        if a.bits() + n as u64 > MAX_BITS {
            return Err(OVERFLOW);
        }
        vm.reply_big(&(a << n))
    }),
    ("_BigIntShiftRight:", 1, |vm, c| {
        let (a, n) = with_count(vm, c)?;
        vm.reply_big(&(a >> n))
    }),
    ("_BigIntNormalize", 0, |vm, c| {
        let value = vm.receiver(c);
        let n = vm.big(value)?;
        match i64::try_from(&n).ok().and_then(Value::from_i64) {
            Some(small) => Ok(Reply::Value(small)),
            None => Ok(Reply::Value(value)),
        }
    }),
    ("_BigIntPrintString", 0, |vm, c| {
        let value = vm.receiver(c);
        let text = vm.big(value)?.to_string();
        vm.reply_text(&text)
    }),
    ("_BigIntPrintStringBase:", 1, |vm, c| {
        let (value, base) = (vm.receiver(c), vm.argument(c, 0));
        let base = u32::try_from(int(base)?).ok().filter(|b| (2..=36).contains(b)).ok_or(BAD_TYPE)?;
        let text = vm.big(value)?.to_str_radix(base);
        vm.reply_text(&text)
    }),
    ("_BigIntAsFloat", 0, |vm, c| {
        let value = vm.receiver(c);
        // Decimal text is read with correct rounding.
        let x: f64 = vm.big(value)?.to_string().parse().map_err(|_| BAD_TYPE)?;
        Ok(Reply::Value(vm.heap.new_float(x)))
    }),
    ("_FloatAsBigInt", 0, |vm, c| {
        let value = vm.receiver(c);
        let x = vm.heap.float_value(value).filter(|x| x.is_finite()).ok_or(BAD_TYPE)?;
        let text = format!("{:.0}", x.trunc());
        let n = BigInt::parse_bytes(text.as_bytes(), 10).ok_or(BAD_TYPE)?;
        vm.reply_big(&n)
    }),
    ("_BigIntHash", 0, |vm, c| {
        let value = vm.receiver(c);
        let r = vm.of_kind(value, Kind::BigInt)?;
        let hash = super::bytes::hash(vm.heap.bytes(r));
        vm.reply_int(hash)
    }),
    ("_BigIntFromString", 0, |vm, c| {
        let value = vm.receiver(c);
        let text = vm.text(value)?;
        let n = BigInt::parse_bytes(text.as_bytes(), 10).ok_or(Failure::word("primitiveFailedError"))?;
        vm.reply_big(&n)
    }),
];

impl Vm {
    /// The number in a big integer object.
    pub(crate) fn big(&self, value: Value) -> Result<BigInt, Failure> {
        let r = self.of_kind(value, Kind::BigInt)?;
        let (sign, magnitude) = self.heap.bytes(r).split_first().ok_or(BAD_TYPE)?;
        if self.trial_limits.is_some() && magnitude.len() > MAX_TRIAL_BYTES {
            return Err(OVERFLOW);
        }
        let sign = match sign {
            0 => Sign::Plus,
            _ => Sign::Minus,
        };
        Ok(BigInt::from_bytes_le(sign, magnitude))
    }

    /// A big integer object.
    pub(crate) fn new_big(&mut self, n: &BigInt) -> ObjectRef {
        let (sign, magnitude) = n.to_bytes_le();
        let mut bytes = vec![u8::from(sign == Sign::Minus)];
        bytes.extend_from_slice(&magnitude);
        let map = self.heap.known.big_int_map;
        self.heap.new_bytes(map, &bytes)
    }

    fn reply_big(&mut self, n: &BigInt) -> Outcome {
        Ok(Reply::Value(self.new_big(n).value()))
    }
}

fn operands(vm: &mut Vm, call: &Call) -> Result<(BigInt, BigInt), Failure> {
    let (a, b) = (vm.receiver(call), vm.argument(call, 0));
    Ok((vm.big(a)?, vm.big(b)?))
}

fn with_count(vm: &mut Vm, call: &Call) -> Result<(BigInt, usize), Failure> {
    let (a, n) = (vm.receiver(call), vm.argument(call, 0));
    Ok((vm.big(a)?, size(n)?))
}

fn binary(vm: &mut Vm, call: &Call, f: fn(BigInt, BigInt) -> Result<BigInt, Failure>) -> Outcome {
    let (a, b) = operands(vm, call)?;
    let result = f(a, b)?;
    vm.reply_big(&result)
}
