//! Hashes, and where they point to in a vector of keys: what `traits hashed` asks for keys that only the world can hash or compare.
//!
//! A vector of keys has a power of two of places. Invariant: nothing here runs code of the world, so that each answer holds for one
//! state of the vector. What tables are made of besides, and what the machine does for whole tables, is in `hashed`.

use batos_image::value::Value;

use super::hashed::places;
use super::{BAD_INDEX, BAD_TYPE, Entry, Failure, Reply, int, size};
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_TableHomeOf:", 1, |vm, c| {
        let (keys, hash) = (vm.receiver(c), vm.argument(c, 0));
        let (_, _, length) = keys_of(vm, keys)?;
        Ok(Reply::Value(Value::from_usize(home(int(hash)?, length))))
    }),
    ("_TableChainFrom:Free:", 2, |vm, c| {
        let (keys, start, free) = (vm.receiver(c), vm.argument(c, 0), vm.argument(c, 1));
        let chain = chain(vm, keys, start, free)?;
        Ok(Reply::Value(vm.new_vector(&chain).value()))
    }),
    ("_TableHasChain:From:Free:", 3, |vm, c| {
        let keys = vm.receiver(c);
        let [known, start, free] = [0, 1, 2].map(|i| vm.argument(c, i));
        let now = chain(vm, keys, start, free)?;
        let (known, first, length) = places(vm, 0, known).ok_or(BAD_TYPE)?;
        let same = now.len() == length
            && now.iter().enumerate().all(|(at, key)| vm.heap.word(known, first + at) == *key);
        vm.reply_bool(same)
    }),
    ("_TablePlaceOfIdentical:Free:", 2, |vm, c| {
        let (keys, key, free) = (vm.receiver(c), vm.argument(c, 0), vm.argument(c, 1));
        let (vector, first, length) = keys_of(vm, keys)?;
        let hash = i64::from(vm.heap.identity_hash(key));
        let home = home(hash, length);
        let found = (0..length).map(|step| (home + step) & (length - 1)).find(|place| {
            let found = vm.heap.word(vector, first + place);
            found == free || vm.same(found, key)
        });
        Ok(Reply::Value(Value::from_usize(found.ok_or(BAD_INDEX)?)))
    }),
    ("_VectorHasElementsOf:", 1, |vm, c| {
        let (one, other) = (vm.receiver(c), vm.argument(c, 0));
        let (one, first, length) = places(vm, 0, one).ok_or(BAD_TYPE)?;
        let (other, other_first, other_length) = places(vm, 0, other).ok_or(BAD_TYPE)?;
        let same = length == other_length
            && (0..length).all(|at| vm.heap.word(one, first + at) == vm.heap.word(other, other_first + at));
        vm.reply_bool(same)
    }),
    ("_HashWith:", 1, |vm, c| {
        let (one, other) = (int(vm.receiver(c))?, int(vm.argument(c, 0))?);
        let both = mixed(one as u64).rotate_left(5) ^ (other as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        vm.reply_int((mixed(both) >> 4) as i64)
    }),
    ("_FloatHash", 0, |vm, c| {
        let value = vm.receiver(c);
        let bits = vm.heap.float_value(value).ok_or(BAD_TYPE)?.to_bits();
        vm.reply_int((mixed(bits) >> 4) as i64)
    }),
];

/// Every bit of the argument changes about half the bits of the result, which is different for each argument (the finalizer of
/// MurmurHash3). Keys of any regular pattern come to lie as if thrown.
#[inline(always)]
fn mixed(hash: u64) -> u64 {
    let h = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    let h = (h ^ (h >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    h ^ (h >> 33)
}

/// Where a hash points to among so many places, a power of two.
#[inline(always)]
pub(super) fn home(hash: i64, length: usize) -> usize {
    mixed(hash as u64) as usize & (length - 1)
}

fn keys_of(vm: &Vm, keys: Value) -> Result<(batos_image::value::ObjectRef, usize, usize), Failure> {
    places(vm, 0, keys).filter(|(_, _, length)| length.is_power_of_two()).ok_or(BAD_TYPE)
}

/// The keys from a place up to the next free one. A wrong index if there is none.
fn chain(vm: &Vm, keys: Value, start: Value, free: Value) -> Result<Vec<Value>, Failure> {
    let (vector, first, length) = keys_of(vm, keys)?;
    let start = size(start)?;
    let at = |step: usize| vm.heap.word(vector, first + ((start + step) & (length - 1)));
    let end = (0..length).find(|step| at(*step) == free).ok_or(BAD_INDEX)?;
    Ok((0..end).map(at).collect())
}
