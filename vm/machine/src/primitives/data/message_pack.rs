//! MessagePack: the same data as bytes. Strings are its strings, byte vectors its binary data.
//!
//! Whole numbers of more than 64 bits and decimals have no place in it, and are refused when written, unless readers are to get texts
//! in their place. A string that is no UTF-8 is written as binary data, or for readers with a sign in the place of what is none.
//! Extension types are refused when read. A length that is larger than what follows is an error before anything is made room for.

use rmp::Marker;
use rmp::encode;

use super::walk::Event;
use super::{Builder, Plain, Prototypes, Walker};
use crate::primitives::{Failure, OUT_OF_MEMORY};
use crate::vm::Vm;
use batos_image::value::Value;

/// Reads one object from bytes, which must be all.
pub(crate) fn decode(vm: &mut Vm, bytes: &[u8], prototypes: Prototypes) -> Result<Value, Failure> {
    let mut reader = Reader { bytes, at: 0 };
    let mut builder = Builder::new(vm, prototypes);
    // For each open container, how many values are still to come.
    let mut open: Vec<usize> = Vec::new();
    loop {
        if let Some(count) = reader.value(&mut builder)? {
            open.push(count);
        } else if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        while open.last() == Some(&0) {
            open.pop();
            builder.end()?;
            if let Some(left) = open.last_mut() {
                *left -= 1;
            }
        }
        if open.is_empty() {
            break;
        }
    }
    if reader.at < bytes.len() {
        return Err(reader.complaint("nothing more was expected"));
    }
    builder.finish().ok_or_else(|| reader.complaint("a value is missing"))
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn complaint(&self, what: &str) -> Failure {
        Failure::text(format!("parseError: byte {}: {what}", self.at))
    }

    fn take(&mut self, count: usize) -> Result<&'b [u8], Failure> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.bytes.len());
        let Some(end) = end else { return Err(self.complaint("the bytes end too early")) };
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    /// A number of so many bytes, the most significant first.
    fn number(&mut self, count: usize) -> Result<u64, Failure> {
        Ok(self.take(count)?.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
    }

    fn length(&mut self, count: usize) -> Result<usize, Failure> {
        Ok(self.number(count)? as usize)
    }

    /// A simple value, or the beginning of a container: then how many values are in it.
    fn value(&mut self, builder: &mut Builder<'_>) -> Result<Option<usize>, Failure> {
        let marker = Marker::from_u8(self.take(1)?[0]);
        match marker {
            Marker::FixPos(n) => builder.int(i64::from(n)),
            Marker::FixNeg(n) => builder.int(i64::from(n)),
            Marker::Null => {
                let nil = builder.vm.nil();
                builder.value(nil);
            }
            Marker::True | Marker::False => {
                let b = builder.vm.boolean(marker == Marker::True);
                builder.value(b);
            }
            Marker::U8 => builder.int(self.number(1)? as i64),
            Marker::U16 => builder.int(self.number(2)? as i64),
            Marker::U32 => builder.int(self.number(4)? as i64),
            Marker::U64 => builder.big(&self.number(8)?.into()),
            Marker::I8 => builder.int(i64::from(self.number(1)? as u8 as i8)),
            Marker::I16 => builder.int(i64::from(self.number(2)? as u16 as i16)),
            Marker::I32 => builder.int(i64::from(self.number(4)? as u32 as i32)),
            Marker::I64 => builder.int(self.number(8)? as i64),
            Marker::F32 => builder.float(f64::from(f32::from_bits(self.number(4)? as u32))),
            Marker::F64 => builder.float(f64::from_bits(self.number(8)?)),
            Marker::FixStr(n) => return self.text(usize::from(n), builder),
            Marker::Str8 => return self.long_text(1, builder),
            Marker::Str16 => return self.long_text(2, builder),
            Marker::Str32 => return self.long_text(4, builder),
            Marker::Bin8 => return self.binary(1, builder),
            Marker::Bin16 => return self.binary(2, builder),
            Marker::Bin32 => return self.binary(4, builder),
            Marker::FixArray(n) => return self.list(usize::from(n), builder),
            Marker::Array16 => return self.length(2).and_then(|n| self.list(n, builder)),
            Marker::Array32 => return self.length(4).and_then(|n| self.list(n, builder)),
            Marker::FixMap(n) => return self.dictionary(usize::from(n), builder),
            Marker::Map16 => return self.length(2).and_then(|n| self.dictionary(n, builder)),
            Marker::Map32 => return self.length(4).and_then(|n| self.dictionary(n, builder)),
            _ => return Err(self.complaint("an extension type, which has no meaning here")),
        }
        Ok(None)
    }

    fn long_text(&mut self, count: usize, builder: &mut Builder<'_>) -> Result<Option<usize>, Failure> {
        let length = self.length(count)?;
        self.text(length, builder)
    }

    fn text(&mut self, length: usize, builder: &mut Builder<'_>) -> Result<Option<usize>, Failure> {
        builder.text(self.take(length)?)?;
        Ok(None)
    }

    fn binary(&mut self, count: usize, builder: &mut Builder<'_>) -> Result<Option<usize>, Failure> {
        let length = self.length(count)?;
        builder.bytes(self.take(length)?)?;
        Ok(None)
    }

    fn list(&mut self, count: usize, builder: &mut Builder<'_>) -> Result<Option<usize>, Failure> {
        self.has(count)?;
        builder.begin_list()?;
        Ok(Some(count))
    }

    fn dictionary(&mut self, count: usize, builder: &mut Builder<'_>) -> Result<Option<usize>, Failure> {
        let values = count.saturating_mul(2);
        self.has(values)?;
        builder.begin_dictionary()?;
        Ok(Some(values))
    }

    /// Every value takes a byte at least.
    fn has(&self, values: usize) -> Result<(), Failure> {
        if values > self.bytes.len() - self.at {
            return Err(self.complaint("a length that is larger than what follows"));
        }
        Ok(())
    }
}

/// For whom something is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fidelity {
    /// For whoever reads it back: the same, or a failure.
    Exact,
    /// For readers outside: as near to it as they can have it.
    Legible,
}

/// Writes an object.
pub(crate) fn encode(
    vm: &Vm,
    whole: Value,
    prototypes: Prototypes,
    fidelity: Fidelity,
) -> Result<Vec<u8>, Failure> {
    let mut walker = Walker::new(prototypes, whole);
    let mut out: Vec<u8> = Vec::new();
    while let Some(event) = walker.next(vm)? {
        if !vm.heap.can_allocate(out.len().saturating_add(64)) {
            return Err(OUT_OF_MEMORY);
        }
        // Writing into a vector does not fail; what can't be said fails before.
        match event {
            Event::List(count) => drop(encode::write_array_len(&mut out, count as u32)),
            Event::Dictionary(count) => drop(encode::write_map_len(&mut out, count as u32)),
            Event::Key(value) | Event::Value(value) => simple(vm, &mut out, value, fidelity)?,
            Event::End => {}
        }
    }
    Ok(out)
}

fn text(out: &mut Vec<u8>, bytes: &[u8]) {
    drop(encode::write_str_len(out, bytes.len() as u32));
    out.extend_from_slice(bytes);
}

fn binary(out: &mut Vec<u8>, bytes: &[u8]) {
    drop(encode::write_bin_len(out, bytes.len() as u32));
    out.extend_from_slice(bytes);
}

fn simple(vm: &Vm, out: &mut Vec<u8>, value: Plain, fidelity: Fidelity) -> Result<(), Failure> {
    let too_large = Failure::word("unwritableError: a whole number of more than 64 bits");
    let legible = fidelity == Fidelity::Legible;
    match value {
        Plain::Nil => drop(encode::write_nil(out)),
        Plain::Bool(b) => drop(encode::write_bool(out, b)),
        Plain::Int(n) => drop(encode::write_sint(out, n)),
        Plain::Big(n) => match (u64::try_from(&n), i64::try_from(&n)) {
            (Ok(n), _) => drop(encode::write_uint(out, n)),
            (_, Ok(n)) => drop(encode::write_sint(out, n)),
            _ if legible => text(out, n.to_string().as_bytes()),
            _ => return Err(too_large),
        },
        Plain::Float(x) => drop(encode::write_f64(out, x)),
        Plain::Decimal(coefficient, scale) if legible => {
            text(out, super::json::decimal_text(&coefficient, scale).as_bytes());
        }
        Plain::Decimal(..) => {
            return Err(Failure::word("unwritableError: a decimal: take its asFloat or printString"));
        }
        Plain::Text(r) => {
            let bytes = vm.heap.bytes(r);
            match std::str::from_utf8(bytes) {
                Ok(_) => text(out, bytes),
                Err(_) if legible => text(out, String::from_utf8_lossy(bytes).as_bytes()),
                Err(_) => binary(out, bytes),
            }
        }
        Plain::Bytes(r) => binary(out, vm.heap.bytes(r)),
        Plain::List(_) | Plain::Dictionary(_) | Plain::Ordered(_) => {}
    }
    Ok(())
}
