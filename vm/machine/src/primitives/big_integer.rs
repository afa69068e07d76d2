//! Integers of any size: sign byte, then the magnitude's bytes, little-endian. Arithmetic is the room `big`'s.
//!
//! What may take long is waited for in turns (`Vm::long`), so that Ctrl-C and time limits stop it.

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};
use dashu_int::IBig;

use super::{
    BAD_TYPE, Call, DIVISION_BY_ZERO, Entry, Failure, OUT_OF_MEMORY, OVERFLOW, Outcome, Reply, int, size,
};
use crate::big::{self, Answer, MAX_BITS, Operation, Waited, Wanted};
use crate::vm::Vm;

/// Most bytes of an operand in a trial: one message on larger ones would outlast the trial's time.
const MAX_TRIAL_BYTES: usize = 64 << 10;

/// Most digits that are read as a number.
const MAX_DIGITS: usize = MAX_BITS;

pub(super) const LIST: &[Entry] = &[
    ("_SmiAsBigInt", 0, |vm, c| {
        let n = int(vm.receiver(c))?;
        vm.reply_big(&IBig::from(n))
    }),
    ("_BigIntAdd:", 1, |vm, c| binary(vm, c, |a, b| a + b)),
    ("_BigIntSub:", 1, |vm, c| binary(vm, c, |a, b| a - b)),
    ("_BigIntMul:", 1, |vm, c| long_binary(vm, c, Operation::Multiply, OVERFLOW)),
    ("_BigIntDiv:", 1, |vm, c| long_binary(vm, c, Operation::Divide, DIVISION_BY_ZERO)),
    ("_BigIntMod:", 1, |vm, c| long_binary(vm, c, Operation::Remainder, DIVISION_BY_ZERO)),
    ("_BigIntGcd:", 1, |vm, c| long_binary(vm, c, Operation::Divisor, BAD_TYPE)),
    // The exponent is a small integer, zero or more.
    ("_BigIntPower:", 1, |vm, c| {
        let n = size(vm.argument(c, 0))?;
        let value = vm.receiver(c);
        let r = vm.number_object(value)?;
        vm.long(Operation::Power(n), &[r], BAD_TYPE)
    }),
    ("_BigIntAnd:", 1, |vm, c| binary(vm, c, |a, b| a & b)),
    ("_BigIntOr:", 1, |vm, c| binary(vm, c, |a, b| a | b)),
    ("_BigIntXor:", 1, |vm, c| binary(vm, c, |a, b| a ^ b)),
    ("_BigIntCompare:", 1, |vm, c| {
        let (a, b) = operands(vm, c)?;
        vm.reply_int(a.cmp(&b) as i64)
    }),
    ("_BigIntShiftLeft:", 1, |vm, c| {
        let (a, n) = with_count(vm, c)?;
        if a != IBig::ZERO && n.saturating_add(big::bits(&a)) > MAX_BITS {
            return Err(OVERFLOW);
        }
        vm.reply_big(&(a << n))
    }),
    ("_BigIntShiftRight:", 1, |vm, c| {
        let (a, n) = with_count(vm, c)?;
        vm.reply_big(&(a >> n))
    }),
    // Bits of the magnitude: how many, and how many of them are ones.
    ("_BigIntLength", 0, |vm, c| {
        let value = vm.receiver(c);
        let n = vm.big(value)?;
        vm.reply_int(big::bits(&n) as i64)
    }),
    ("_BigIntOnes", 0, |vm, c| {
        let value = vm.receiver(c);
        let r = vm.number_object(value)?;
        let ones: i64 = vm.heap.bytes(r).iter().skip(1).map(|b| i64::from(b.count_ones())).sum();
        vm.reply_int(ones)
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
        let r = vm.number_object(value)?;
        vm.long(Operation::ToText(10), &[r], BAD_TYPE)
    }),
    ("_BigIntPrintStringBase:", 1, |vm, c| {
        let (value, base) = (vm.receiver(c), vm.argument(c, 0));
        let base = self::base(base)?;
        let r = vm.number_object(value)?;
        vm.long(Operation::ToText(base), &[r], BAD_TYPE)
    }),
    ("_BigIntAsFloat", 0, |vm, c| {
        let value = vm.receiver(c);
        let x = big::to_float(&vm.big(value)?);
        Ok(Reply::Value(vm.heap.new_float(x)))
    }),
    ("_FloatAsBigInt", 0, |vm, c| {
        let value = vm.receiver(c);
        let x = vm.heap.float_value(value).filter(|x| x.is_finite()).ok_or(BAD_TYPE)?;
        let text = format!("{:.0}", x.trunc());
        let n: IBig = text.parse().map_err(|_| BAD_TYPE)?;
        vm.reply_big(&n)
    }),
    ("_BigIntHash", 0, |vm, c| {
        let value = vm.receiver(c);
        let r = vm.of_kind(value, Kind::BigInt)?;
        let hash = super::bytes::hash(vm.heap.bytes(r));
        vm.reply_int(hash)
    }),
    ("_BigIntFromString", 0, |vm, c| from_text(vm, c, 10)),
    ("_BigIntFromStringBase:", 1, |vm, c| {
        let base = base(vm.argument(c, 0))?;
        from_text(vm, c, base)
    }),
];

impl Vm {
    /// The object of a big integer.
    fn number_object(&self, value: Value) -> Result<ObjectRef, Failure> {
        let r = self.of_kind(value, Kind::BigInt)?;
        if self.trial_limits.is_some() && self.heap.bytes(r).len() > MAX_TRIAL_BYTES {
            return Err(OVERFLOW);
        }
        Ok(r)
    }

    /// The number in a big integer object.
    pub(crate) fn big(&self, value: Value) -> Result<IBig, Failure> {
        let r = self.number_object(value)?;
        big::from_bytes(self.heap.bytes(r)).ok_or(BAD_TYPE)
    }

    /// A big integer object.
    pub(crate) fn new_big(&mut self, n: &IBig) -> ObjectRef {
        let bytes = big::to_bytes(n);
        let map = self.heap.known.big_int_map;
        self.heap.new_bytes(map, &bytes)
    }

    fn reply_big(&mut self, n: &IBig) -> Outcome {
        if !self.heap.can_allocate(big::bits(n) / 8) {
            return Err(OUT_OF_MEMORY);
        }
        Ok(Reply::Value(self.new_big(n).value()))
    }

    /// What an operation gives, at once if it is short; otherwise its process waits a turn for it, and asks again. `nothing` is the failure
    /// if there is no answer. In a trial nothing is waited for: its operands are short.
    fn long(&mut self, operation: Operation, operands: &[ObjectRef], nothing: Failure) -> Outcome {
        let process = self.process().object;
        let operands: Vec<&[u8]> = operands.iter().map(|r| self.heap.bytes(*r)).collect();
        let waited = if self.trial_limits.is_none() && operation.is_long(&operands) {
            self.works.wait(process, operation, &operands)
        } else {
            match operation.run(&operands, &Wanted(&true.into())) {
                Ok(answer) => Waited::Done(answer),
                Err(_) => Waited::Lost,
            }
        };
        match waited {
            Waited::Done(Answer::Number(n))
                if self.trial_limits.is_some() && big::bits(&n) / 8 > MAX_TRIAL_BYTES =>
            {
                Err(OVERFLOW)
            }
            Waited::Done(Answer::Number(n)) => self.reply_big(&n),
            Waited::Done(Answer::Text(text)) if self.heap.can_allocate(text.len()) => self.reply_text(&text),
            Waited::Done(Answer::Text(_)) => Err(OUT_OF_MEMORY),
            Waited::Done(Answer::Nothing) => Err(nothing),
            Waited::Done(Answer::TooLong) => Err(OVERFLOW),
            Waited::Again => Ok(Reply::Again),
            Waited::Lost => Err(OUT_OF_MEMORY),
        }
    }
}

fn operands(vm: &mut Vm, call: &Call) -> Result<(IBig, IBig), Failure> {
    let (a, b) = (vm.receiver(call), vm.argument(call, 0));
    Ok((vm.big(a)?, vm.big(b)?))
}

fn with_count(vm: &mut Vm, call: &Call) -> Result<(IBig, usize), Failure> {
    let (a, n) = (vm.receiver(call), vm.argument(call, 0));
    Ok((vm.big(a)?, size(n)?))
}

fn binary(vm: &mut Vm, call: &Call, f: fn(IBig, IBig) -> IBig) -> Outcome {
    let (a, b) = operands(vm, call)?;
    let result = f(a, b);
    if big::bits(&result) > MAX_BITS {
        return Err(OVERFLOW);
    }
    vm.reply_big(&result)
}

fn long_binary(vm: &mut Vm, call: &Call, operation: Operation, nothing: Failure) -> Outcome {
    let (a, b) = (vm.receiver(call), vm.argument(call, 0));
    let operands = [vm.number_object(a)?, vm.number_object(b)?];
    vm.long(operation, &operands, nothing)
}

fn from_text(vm: &mut Vm, call: &Call, base: u32) -> Outcome {
    let digits = vm.receiver(call);
    let r = vm.bytes_object(digits)?;
    if vm.heap.bytes(r).len() > MAX_DIGITS {
        return Err(OVERFLOW);
    }
    vm.long(Operation::FromText(base), &[r], Failure::word("primitiveFailedError"))
}

fn base(value: Value) -> Result<u32, Failure> {
    u32::try_from(int(value)?).ok().filter(|b| (2..=36).contains(b)).ok_or(BAD_TYPE)
}
