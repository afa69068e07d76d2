//! Vectors: an indexed part of values.

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use super::{BAD_INDEX, BAD_TYPE, Entry, Failure, Reply, index, int, size};
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_At:", 1, |vm, c| {
        let (v, i) = (vm.receiver(c), vm.argument(c, 0));
        let r = vector(vm, v)?;
        let i = index(i, vm.heap.length(r))?;
        Ok(Reply::Value(vm.heap.element(r, i)))
    }),
    ("_At:Put:", 2, |vm, c| {
        let (v, i, x) = (vm.receiver(c), vm.argument(c, 0), vm.argument(c, 1));
        let r = vector(vm, v)?;
        let i = index(i, vm.heap.length(r))?;
        vm.heap.set_element(r, i, x);
        Ok(Reply::Value(v))
    }),
    ("_Size", 0, |vm, c| {
        let v = vm.receiver(c);
        let r = vector(vm, v)?;
        Ok(Reply::Value(Value::from_usize(vm.heap.length(r))))
    }),
    ("_Clone:Filler:", 2, |vm, c| {
        let (v, n, filler) = (vm.receiver(c), vm.argument(c, 0), vm.argument(c, 1));
        let r = vector(vm, v)?;
        let n = size(n)?;
        let r = if vm.heap.map_info(vm.heap.map_of_ref(r)).flags() & batos_image::layout::map_flag::CELLS != 0
        {
            vm.copy_object(r)
        } else {
            r
        };
        match vm.heap.clone_indexed(r, n, filler) {
            Ok(copy) => Ok(Reply::Value(copy.value())),
            Err(_) => vm.no_room(n.saturating_mul(8)),
        }
    }),
    ("_CopyRangeDstPos:Src:SrcPos:Length:", 4, |vm, c| {
        let target = vm.receiver(c);
        let [at, source, from, length] = [0, 1, 2, 3].map(|i| vm.argument(c, i));
        let (target_ref, source) = (vector(vm, target)?, vector(vm, source)?);
        let (at, from, length) = range(
            (int(at)?, vm.heap.length(target_ref)),
            (int(from)?, vm.heap.length(source)),
            int(length)?,
        )?;
        let backwards = target_ref == source && at > from;
        for k in 0..length {
            let k = if backwards { length - 1 - k } else { k };
            let value = vm.heap.element(source, from + k);
            vm.heap.set_element(target_ref, at + k, value);
        }
        Ok(Reply::Value(target))
    }),
];

/// The value as a vector, weak or not.
fn vector(vm: &Vm, value: Value) -> Result<ObjectRef, Failure> {
    match value.as_ref() {
        Some(r) if matches!(vm.heap.kind_of_ref(r), Kind::Vector | Kind::WeakVector) => Ok(r),
        _ => Err(BAD_TYPE),
    }
}

/// Checks a copy of `length` items to `at` of a target and from `from` of a source, each given with its length.
pub(super) fn range(
    (at, target_length): (i64, usize),
    (from, source_length): (i64, usize),
    length: i64,
) -> Result<(usize, usize, usize), Failure> {
    let to_index = |n: i64| usize::try_from(n).map_err(|_| BAD_INDEX);
    let (at, from, length) = (to_index(at)?, to_index(from)?, to_index(length)?);
    let fits = |start: usize, of: usize| start.checked_add(length).is_some_and(|end| end <= of);
    if fits(at, target_length) && fits(from, source_length) { Ok((at, from, length)) } else { Err(BAD_INDEX) }
}
