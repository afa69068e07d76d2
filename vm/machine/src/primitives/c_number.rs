//! Numbers as C keeps them, in the bytes of a vector: integers of 8 to 64 bits and floats, in the order of bytes of the machine (the least one first), or in a given one.

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use super::{BAD_INDEX, BAD_SIGN, BAD_TYPE, Call, Entry, Failure, OVERFLOW, Outcome, Reply, int};
use crate::vm::Vm;

const BAD_SIZE: Failure = Failure::word("badSizeError");

pub(super) const LIST: &[Entry] = &[
    ("_CUnsignedIntSize:At:", 2, read_unsigned),
    ("_CSignedIntSize:At:", 2, read_signed),
    ("_CUnsignedIntSize:At:Put:", 3, |vm, c| write_unsigned(vm, c, false)),
    ("_CSignedIntSize:At:Put:", 3, |vm, c| write_signed(vm, c, false)),
    ("_BigEndianUnsignedIntSize:At:", 2, |vm, c| {
        let n = u64::from_le_bytes(read_reversed(vm, c)?);
        vm.reply_int(i64::try_from(n).map_err(|_| OVERFLOW)?)
    }),
    ("_BigEndianSignedIntSize:At:", 2, |vm, c| {
        let bytes = read_reversed(vm, c)?;
        reply_signed(vm, c, bytes)
    }),
    ("_BigEndianUnsignedIntSize:At:Put:", 3, |vm, c| write_unsigned(vm, c, true)),
    ("_BigEndianSignedIntSize:At:Put:", 3, |vm, c| write_signed(vm, c, true)),
    ("_LittleEndianUnsignedIntSize:At:", 2, read_unsigned),
    ("_LittleEndianSignedIntSize:At:", 2, read_signed),
    ("_LittleEndianUnsignedIntSize:At:Put:", 3, |vm, c| write_unsigned(vm, c, false)),
    ("_LittleEndianSignedIntSize:At:Put:", 3, |vm, c| write_signed(vm, c, false)),
    ("_CFloatAt:", 1, |vm, c| {
        let bytes = read::<4>(vm, c, 0)?;
        reply_float(vm, f64::from(f32::from_le_bytes(bytes)))
    }),
    ("_CDoubleAt:", 1, |vm, c| {
        let bytes = read::<8>(vm, c, 0)?;
        reply_float(vm, f64::from_le_bytes(bytes))
    }),
    ("_CFloatAt:Put:", 2, |vm, c| {
        let x = float(vm, c, 1)?;
        write(vm, c, 0, &(x as f32).to_le_bytes())
    }),
    ("_CDoubleAt:Put:", 2, |vm, c| {
        let x = float(vm, c, 1)?;
        write(vm, c, 0, &x.to_le_bytes())
    }),
    // The first argument tells whether the number is a double.
    ("_CFloatDouble:At:", 2, |vm, c| {
        let x = match is_double(vm, c)? {
            true => f64::from_le_bytes(read::<8>(vm, c, 1)?),
            false => f64::from(f32::from_le_bytes(read::<4>(vm, c, 1)?)),
        };
        reply_float(vm, x)
    }),
    ("_CFloatDouble:At:Put:", 3, |vm, c| {
        let x = float(vm, c, 2)?;
        match is_double(vm, c)? {
            true => write(vm, c, 1, &x.to_le_bytes()),
            false => write(vm, c, 1, &(x as f32).to_le_bytes()),
        }
    }),
];

fn is_double(vm: &mut Vm, call: &Call) -> Result<bool, Failure> {
    let (told, yes, no) = (vm.argument(call, 0), vm.boolean(true), vm.boolean(false));
    if [yes, no].contains(&told) { Ok(told == yes) } else { Err(super::BAD_TYPE) }
}

fn read_unsigned(vm: &mut Vm, call: &Call) -> Outcome {
    let n = u64::from_le_bytes(read_sized(vm, call)?);
    vm.reply_int(i64::try_from(n).map_err(|_| OVERFLOW)?)
}

fn read_signed(vm: &mut Vm, call: &Call) -> Outcome {
    let bytes = read_sized(vm, call)?;
    reply_signed(vm, call, bytes)
}

fn reply_signed(vm: &mut Vm, call: &Call, bytes: [u8; 8]) -> Outcome {
    let unused = 64 - int(vm.argument(call, 0))? as u32;
    vm.reply_int((u64::from_le_bytes(bytes) << unused) as i64 >> unused)
}

fn write_unsigned(vm: &mut Vm, call: &Call, reversed: bool) -> Outcome {
    let (count, n) = (width(vm, call)?, int(vm.argument(call, 2))?);
    if n < 0 {
        return Err(BAD_SIGN);
    }
    if count < 8 && n >> (8 * count) != 0 {
        return Err(OVERFLOW);
    }
    write_integer(vm, call, n, count, reversed)
}

fn write_signed(vm: &mut Vm, call: &Call, reversed: bool) -> Outcome {
    let (count, n) = (width(vm, call)?, int(vm.argument(call, 2))?);
    let unused = 64 - 8 * count as u32;
    if n << unused >> unused != n {
        return Err(OVERFLOW);
    }
    write_integer(vm, call, n, count, reversed)
}

fn write_integer(vm: &mut Vm, call: &Call, n: i64, count: usize, reversed: bool) -> Outcome {
    let mut bytes = n.to_le_bytes();
    if reversed {
        bytes[..count].reverse();
    }
    write(vm, call, 1, &bytes[..count])
}

/// The number of bytes that the first argument, a number of bits, asks for.
fn width(vm: &mut Vm, call: &Call) -> Result<usize, Failure> {
    match int(vm.argument(call, 0))? {
        8 => Ok(1),
        16 => Ok(2),
        32 => Ok(4),
        64 => Ok(8),
        _ => Err(BAD_SIZE),
    }
}

/// Where `count` bytes begin, which must lie in the receiver.
fn place(
    vm: &mut Vm,
    call: &Call,
    argument: usize,
    object: ObjectRef,
    count: usize,
) -> Result<usize, Failure> {
    let at = usize::try_from(int(vm.argument(call, argument))?).map_err(|_| BAD_INDEX)?;
    let end = at.checked_add(count).ok_or(BAD_INDEX)?;
    if end <= vm.heap.length(object) { Ok(at) } else { Err(BAD_INDEX) }
}

/// The bytes of a number of the asked size, the rest zero.
fn read_sized(vm: &mut Vm, call: &Call) -> Result<[u8; 8], Failure> {
    let v = vm.receiver(call);
    let object = vm.bytes_object(v)?;
    let count = width(vm, call)?;
    let at = place(vm, call, 1, object, count)?;
    let mut bytes = [0; 8];
    bytes[..count].copy_from_slice(&vm.heap.bytes(object)[at..at + count]);
    Ok(bytes)
}

/// The same for a number whose greatest byte comes first.
fn read_reversed(vm: &mut Vm, call: &Call) -> Result<[u8; 8], Failure> {
    let count = width(vm, call)?;
    let mut bytes = read_sized(vm, call)?;
    bytes[..count].reverse();
    Ok(bytes)
}

fn read<const N: usize>(vm: &mut Vm, call: &Call, argument: usize) -> Result<[u8; N], Failure> {
    let v = vm.receiver(call);
    let object = vm.bytes_object(v)?;
    let at = place(vm, call, argument, object, N)?;
    let mut bytes = [0; N];
    bytes.copy_from_slice(&vm.heap.bytes(object)[at..at + N]);
    Ok(bytes)
}

fn write(vm: &mut Vm, call: &Call, argument: usize, bytes: &[u8]) -> Outcome {
    let v = vm.receiver(call);
    let object = vm.of_kind(v, Kind::ByteVector)?;
    let at = place(vm, call, argument, object, bytes.len())?;
    for (i, byte) in bytes.iter().enumerate() {
        vm.heap.set_byte(object, at + i, *byte);
    }
    Ok(Reply::Value(v))
}

fn float(vm: &mut Vm, call: &Call, argument: usize) -> Result<f64, Failure> {
    let x = vm.argument(call, argument);
    vm.heap.float_value(x).ok_or(BAD_TYPE)
}

fn reply_float(vm: &mut Vm, x: f64) -> Outcome {
    Ok(Reply::Value(match Value::from_f64(x) {
        Some(value) => value,
        None => vm.heap.new_float(x),
    }))
}
