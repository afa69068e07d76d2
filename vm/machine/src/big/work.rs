//! Long computations with numbers, for which a process waits in its turn and leaves it when that is over.
//!
//! A computation has a thread of its own and knows no objects. The primitive that asks for it is done again, from its beginning, until the
//! answer is there: so nothing of it is in the image, a process that is saved and opened again simply asks anew, and Ctrl-C, time limits and
//! other processes are served as between any two instructions. What a process computed last is known by its operands: asking for the same
//! again is asking for the rest of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use batos_image::value::ObjectRef;
use dashu_int::{IBig, Sign, UBig};

use super::{MAX_BITS, Stopped, Wanted, bits, digits, divide, divisor, from_bytes};

/// How long a process waits before it looks around.
const TURN: Duration = Duration::from_millis(4);

/// What is to be computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Operation {
    /// The product of two numbers.
    Multiply,
    /// The quotient, cut toward zero; the second is not zero.
    Divide,
    /// The remainder, with the sign of the first.
    Remainder,
    /// A number multiplied by itself so many times.
    Power(usize),
    /// The greatest common divisor.
    Divisor,
    /// The digits in a base.
    ToText(u32),
    /// The number that digits spell in a base.
    FromText(u32),
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A number.
    Number(IBig),
    /// Digits.
    Text(String),
    /// It can't be done: what it was given is no number.
    Nothing,
    /// The result would be too long.
    TooLong,
}

/// Whether an answer is there.
pub(crate) enum Waited {
    /// It is.
    Done(Answer),
    /// It takes longer than a turn: ask again.
    Again,
    /// The thread is gone without an answer.
    Lost,
}

impl Operation {
    /// May it take longer than some milliseconds? `operands` are the bytes of objects.
    pub(crate) fn is_long(self, operands: &[&[u8]]) -> bool {
        let size = |i: usize| operands.get(i).map_or(0, |bytes| bytes.len() / 8 + 1);
        let (a, b) = (size(0), size(1));
        match self {
            Operation::Multiply => a.saturating_mul(b) > 1 << 24,
            Operation::Divide | Operation::Remainder => {
                a.saturating_sub(b).saturating_mul(b) > 1 << 22 || a > 1 << 18
            }
            Operation::Power(n) => a.saturating_mul(n) > 1 << 12,
            Operation::Divisor => a.min(b) > 1 << 11 || a.max(b) > 1 << 18,
            Operation::ToText(_) => a > 1 << 10,
            Operation::FromText(_) => a > 1 << 12,
        }
    }

    /// Does it, if it is wanted to the end.
    pub(crate) fn run(self, operands: &[&[u8]], wanted: &Wanted) -> Result<Answer, Stopped> {
        if let Operation::FromText(base) = self {
            let number = digits::from_text(operands.first().copied().unwrap_or_default(), base, wanted)?;
            return Ok(number.map_or(Answer::Nothing, |n| Answer::Number(n.into())));
        }
        let number = |i: usize| operands.get(i).and_then(|bytes| from_bytes(bytes));
        let Some(a) = number(0) else { return Ok(Answer::Nothing) };
        let b = number(1).unwrap_or(IBig::ZERO);
        Ok(Answer::Number(match self {
            Operation::Multiply if bits(&a) + bits(&b) > MAX_BITS => return Ok(Answer::TooLong),
            Operation::Multiply => a * b,
            Operation::Divide | Operation::Remainder if b == IBig::ZERO => return Ok(Answer::Nothing),
            Operation::Divide => {
                let ((x, a), (y, b)) = (a.into_parts(), b.into_parts());
                IBig::from_parts(x * y, divide::div_rem(a, &b, wanted)?.0)
            }
            Operation::Remainder => {
                let ((sign, a), (_, b)) = (a.into_parts(), b.into_parts());
                IBig::from_parts(sign, divide::div_rem(a, &b, wanted)?.1)
            }
            Operation::Power(n) => match power(a, n, wanted)? {
                Some(power) => power,
                None => return Ok(Answer::TooLong),
            },
            Operation::Divisor => divisor::gcd(a.into_parts().1, b.into_parts().1, wanted)?.into(),
            Operation::ToText(base) => {
                let (sign, size) = a.into_parts();
                let digits = digits::to_text(size, base, wanted)?;
                return Ok(Answer::Text(if sign == Sign::Negative { format!("-{digits}") } else { digits }));
            }
            Operation::FromText(_) => return Ok(Answer::Nothing),
        }))
    }
}

/// `None` if it would have too many bits, which is known before anything is computed.
fn power(base: IBig, n: usize, wanted: &Wanted) -> Result<Option<IBig>, Stopped> {
    let (sign, size) = base.into_parts();
    let sign = if n % 2 == 1 { sign } else { Sign::Positive };
    if size <= UBig::ONE {
        let size = if n == 0 { UBig::ONE } else { size };
        return Ok(Some(IBig::from_parts(sign, size)));
    }
    let twos = size.trailing_zeros().unwrap_or(0);
    let least = (bits(&size.clone().into()) - 1).saturating_mul(n);
    if least >= MAX_BITS {
        return Ok(None);
    }
    // Twos are but a shift.
    let odd = size >> twos;
    let mut result = UBig::ONE;
    for bit in (0..usize::BITS - n.leading_zeros()).rev() {
        wanted.still()?;
        result = result.sqr();
        if n >> bit & 1 == 1 {
            result *= &odd;
        }
    }
    let result = IBig::from_parts(sign, result << (twos * n));
    Ok(if bits(&result) > MAX_BITS { None } else { Some(result) })
}

/// One computation.
struct Work {
    operation: Operation,
    operands: Arc<[Vec<u8>]>,
    answer: Receiver<Answer>,
    wanted: Arc<AtomicBool>,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.wanted.store(false, Ordering::Relaxed);
    }
}

/// The computations that processes wait for, one for each.
#[derive(Default)]
pub(crate) struct Works(HashMap<ObjectRef, Work>);

impl Works {
    /// Waits a turn for the answer of what a process asks for.
    pub(crate) fn wait(&mut self, process: ObjectRef, operation: Operation, operands: &[&[u8]]) -> Waited {
        let is_same = |work: &Work| {
            work.operation == operation
                && work.operands.iter().map(Vec::as_slice).eq(operands.iter().copied())
        };
        if !self.0.get(&process).is_some_and(is_same) {
            match start(operation, operands) {
                Some(work) => drop(self.0.insert(process, work)),
                None => return Waited::Lost,
            }
        }
        let Some(work) = self.0.get(&process) else { return Waited::Lost };
        let waited = match work.answer.recv_timeout(TURN) {
            Ok(answer) => Waited::Done(answer),
            Err(RecvTimeoutError::Timeout) => return Waited::Again,
            Err(RecvTimeoutError::Disconnected) => Waited::Lost,
        };
        self.0.remove(&process);
        waited
    }

    /// A process does not wait any longer.
    pub(crate) fn forget(&mut self, process: ObjectRef) {
        if !self.0.is_empty() {
            self.0.remove(&process);
        }
    }

    /// Nobody waits any longer.
    pub(crate) fn forget_all(&mut self) {
        self.0.clear();
    }
}

fn start(operation: Operation, operands: &[&[u8]]) -> Option<Work> {
    let operands: Arc<[Vec<u8>]> = operands.iter().map(|bytes| bytes.to_vec()).collect();
    let wanted = Arc::new(AtomicBool::new(true));
    let (sender, answer) = mpsc::channel();
    let (given, flag) = (operands.clone(), wanted.clone());
    std::thread::Builder::new()
        .name("batos numbers".into())
        .spawn(move || {
            let operands: Vec<&[u8]> = given.iter().map(Vec::as_slice).collect();
            if let Ok(answer) = operation.run(&operands, &Wanted(&flag)) {
                // Nobody may be there to hear it.
                drop(sender.send(answer));
            }
        })
        .ok()?;
    Some(Work { operation, operands, answer, wanted })
}
