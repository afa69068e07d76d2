//! Byte vectors and strings. Canonical strings cannot be changed.

use batos_image::layout::Kind;
use batos_image::value::Value;

use super::vector::range;
use super::{BAD_INDEX, BAD_TYPE, Entry, OVERFLOW, Reply, index, int, size};

pub(super) const LIST: &[Entry] = &[
    ("_ByteSize", 0, |vm, c| {
        let v = vm.receiver(c);
        let r = vm.bytes_object(v)?;
        Ok(Reply::Value(Value::from_usize(vm.heap.length(r))))
    }),
    ("_ByteAt:", 1, |vm, c| {
        let (v, i) = (vm.receiver(c), vm.argument(c, 0));
        let r = vm.bytes_object(v)?;
        let i = index(i, vm.heap.length(r))?;
        Ok(Reply::Value(Value::from_i32(i32::from(vm.heap.byte(r, i)))))
    }),
    ("_ByteAt:Put:", 2, |vm, c| {
        let (v, i, x) = (vm.receiver(c), vm.argument(c, 0), vm.argument(c, 1));
        let r = vm.of_kind(v, Kind::ByteVector)?;
        let byte = u8::try_from(int(x)?).map_err(|_| BAD_TYPE)?;
        let i = index(i, vm.heap.length(r))?;
        vm.heap.set_byte(r, i, byte);
        Ok(Reply::Value(v))
    }),
    ("_CloneBytes:Filler:", 2, |vm, c| {
        let (v, n, filler) = (vm.receiver(c), vm.argument(c, 0), vm.argument(c, 1));
        let r = vm.of_kind(v, Kind::ByteVector)?;
        let filler = u8::try_from(int(filler)?).map_err(|_| OVERFLOW)?;
        let n = size(n)?;
        let Ok(copy) = vm.heap.clone_bytes(r, n, filler) else { return vm.no_room(n) };
        Ok(Reply::Value(copy.value()))
    }),
    ("_ByteVectorConcatenate:Prototype:", 2, |vm, c| {
        let (v, other, prototype) = (vm.receiver(c), vm.argument(c, 0), vm.argument(c, 1));
        let (a, b) = (vm.bytes_object(v)?, vm.bytes_object(other)?);
        let prototype = vm.of_kind(prototype, Kind::ByteVector)?;
        let (left, right) = (vm.heap.length(a), vm.heap.length(b));
        let Ok(copy) = vm.heap.clone_bytes(prototype, left + right, 0) else {
            return vm.no_room(left + right);
        };
        vm.heap.copy_bytes(copy, 0, a, 0, left);
        vm.heap.copy_bytes(copy, left, b, 0, right);
        Ok(Reply::Value(copy.value()))
    }),
    ("_ByteVectorCompare:", 1, |vm, c| {
        let (v, other) = (vm.receiver(c), vm.argument(c, 0));
        let (a, b) = (vm.bytes_object(v)?, vm.bytes_object(other)?);
        vm.reply_int(vm.heap.bytes(a).cmp(vm.heap.bytes(b)) as i64)
    }),
    ("_ByteVectorEqual:", 1, |vm, c| {
        let (v, other) = (vm.receiver(c), vm.argument(c, 0));
        let (a, b) = (vm.bytes_object(v)?, vm.bytes_object(other)?);
        vm.reply_bool(a == b || vm.heap.bytes(a) == vm.heap.bytes(b))
    }),
    ("_ByteVectorHash", 0, |vm, c| {
        let v = vm.receiver(c);
        let r = vm.bytes_object(v)?;
        vm.reply_int(hash(vm.heap.bytes(r)))
    }),
    ("_ByteVectorIndexOf:From:", 2, |vm, c| {
        let (v, part, from) = (vm.receiver(c), vm.argument(c, 0), vm.argument(c, 1));
        let (whole, part) = (vm.bytes_object(v)?, vm.bytes_object(part)?);
        let from = usize::try_from(int(from)?).map_err(|_| BAD_INDEX)?;
        let (whole, part) = (vm.heap.bytes(whole), vm.heap.bytes(part));
        let found = match whole.get(from..) {
            Some(rest) if part.is_empty() => Some(from.min(from + rest.len())),
            Some(rest) => rest.windows(part.len()).position(|w| w == part).map(|at| at + from),
            None => None,
        };
        vm.reply_int(found.map_or(-1, |at| at as i64))
    }),
    ("_CopyByteRangeDstPos:Src:SrcPos:Length:", 4, |vm, c| {
        let target = vm.receiver(c);
        let [at, source, from, length] = [0, 1, 2, 3].map(|i| vm.argument(c, i));
        let (target_ref, source) = (vm.of_kind(target, Kind::ByteVector)?, vm.bytes_object(source)?);
        let (at, from, length) = range(
            (int(at)?, vm.heap.length(target_ref)),
            (int(from)?, vm.heap.length(source)),
            int(length)?,
        )?;
        vm.heap.copy_bytes(target_ref, at, source, from, length);
        Ok(Reply::Value(target))
    }),
    ("_StringCanonicalize", 0, |vm, c| {
        let v = vm.receiver(c);
        let r = vm.bytes_object(v)?;
        if vm.heap.kind_of_ref(r) == Kind::Symbol {
            return Ok(Reply::Value(v));
        }
        let bytes = vm.heap.bytes(r).to_vec();
        Ok(Reply::Value(vm.intern(&bytes).value()))
    }),
    ("_StringIsCanonical", 0, |vm, c| {
        let v = vm.receiver(c);
        let r = vm.bytes_object(v)?;
        vm.reply_bool(vm.heap.kind_of_ref(r) == Kind::Symbol)
    }),
    ("_StringPrint", 0, |vm, c| {
        let v = vm.receiver(c);
        let r = vm.bytes_object(v)?;
        let bytes = vm.heap.bytes(r).to_vec();
        vm.host.console.write(&bytes);
        Ok(Reply::Value(v))
    }),
];

/// A hash of bytes that fits a small integer and is never negative (FNV-1a, folded).
pub(super) fn hash(bytes: &[u8]) -> i64 {
    let h = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    (h >> 4) as i64
}
