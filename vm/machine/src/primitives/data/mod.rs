//! Plain data: what a text or a packet of bytes can say of objects, in one vocabulary for all formats.
//!
//! `build` makes objects of the world from events, `walk` tells what an object is in these terms, and each format (`json`,
//! `message_pack`) speaks only to those two. Nothing here sends messages: an object that is no plain data is told by `Unknown`, and
//! the world makes plain data of it first (`asPlainData`). Nothing recurses: depth is a number that is compared.

mod build;
mod entries;
mod json;
mod message_pack;
mod walk;

use build::Builder;
pub(in crate::primitives) use entries::LIST;
use walk::{Plain, Walker};

use batos_image::value::{MapRef, ObjectRef, Value};
use dashu_int::IBig;

use super::{BAD_TYPE, Failure, field_of};
use crate::lookup::HashedLayout;
use crate::vm::Vm;

/// Deepest nesting of containers that is read or written: what goes deeper contains itself, or was made to do harm.
pub(crate) const MAX_DEPTH: usize = 1000;

/// Most digits after the point of an exact number.
const MAX_SCALE: i64 = 4000;

/// The world's prototypes of plain data, and how they are laid out.
#[derive(Clone, Copy)]
pub(crate) struct Prototypes {
    /// Dictionary: a hash table with values.
    pub dictionary: Value,
    pub table: HashedLayout,
    /// List: `elements`, `offset`, `count`.
    pub list: ObjectRef,
    pub list_elements: usize,
    pub list_offset: usize,
    pub list_count: usize,
    /// Map of strings that can change.
    pub text: MapRef,
    /// Map of byte vectors.
    pub bytes: MapRef,
    /// Map of vectors.
    pub vector: MapRef,
    /// Exact number: `coefficient`, `scale`.
    pub decimal: ObjectRef,
    pub decimal_coefficient: usize,
    pub decimal_scale: usize,
    /// Dictionary that keeps the order of its keys in a list. Worlds of older versions have none to tell.
    pub ordered: Option<Ordered>,
}

/// How dictionaries in order are laid out.
#[derive(Clone, Copy)]
pub(crate) struct Ordered {
    pub map: MapRef,
    pub table: HashedLayout,
    /// The list of keys.
    pub order: usize,
}

impl Prototypes {
    /// From a vector: dictionary, list, mutable string, byte vector, vector, decimal, dictionary in order.
    pub fn of(vm: &mut Vm, vector: Value) -> Result<Prototypes, Failure> {
        let vector = vm.of_kind(vector, batos_image::layout::Kind::Vector)?;
        let count = vm.heap.length(vector);
        if !(6..=7).contains(&count) {
            return Err(BAD_TYPE);
        }
        let ordered = if count == 7 { Some(Ordered::of(vm, vm.heap.element(vector, 6))?) } else { None };
        let dictionary = vm.heap.element(vector, 0);
        let table = vm.hashed_layout(dictionary).ok_or(BAD_TYPE)?;
        let vm = &*vm;
        let object = |i: usize| vm.heap.element(vector, i).as_ref().ok_or(BAD_TYPE);
        let map = |i: usize| Ok::<MapRef, Failure>(vm.heap.map_of_ref(object(i)?));
        let (list, decimal) = (object(1)?, object(5)?);
        let word = |r: ObjectRef, name: &str| field_of(vm, r, name).ok_or(BAD_TYPE);
        Ok(Prototypes {
            dictionary,
            table,
            list,
            list_elements: word(list, "elements")?,
            list_offset: word(list, "offset")?,
            list_count: word(list, "count")?,
            text: map(2)?,
            bytes: map(3)?,
            vector: map(4)?,
            decimal,
            decimal_coefficient: word(decimal, "coefficient")?,
            decimal_scale: word(decimal, "scale")?,
            ordered,
        })
    }
}

impl Ordered {
    fn of(vm: &mut Vm, prototype: Value) -> Result<Ordered, Failure> {
        let table = vm.hashed_layout(prototype).ok_or(BAD_TYPE)?;
        let r = prototype.as_ref().ok_or(BAD_TYPE)?;
        let order = field_of(vm, r, "order").ok_or(BAD_TYPE)?;
        Ok(Ordered { map: vm.heap.map_of_ref(r), table, order })
    }
}

/// Coefficient and number of digits after the point of a decimal number: digits, a point, an exponent. Nothing if it is none, or one
/// with more digits than anybody means.
pub(crate) fn decimal_parts(text: &str) -> Option<(IBig, i64)> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let bare = digits.strip_prefix(['-', '+']).unwrap_or(&digits);
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    if scale.abs() > MAX_SCALE || digits.len() > MAX_SCALE as usize * 4 {
        return None;
    }
    let coefficient: IBig = digits.parse().ok()?;
    if scale >= 0 {
        return Some((coefficient, scale));
    }
    Some((coefficient * IBig::from(10).pow(scale.unsigned_abs() as usize), 0))
}

#[cfg(test)]
mod tests {
    use super::decimal_parts;

    #[test]
    fn decimal_numbers_have_exact_parts() {
        let parts = |text| decimal_parts(text).map(|(c, s)| (c.to_string(), s));
        assert_eq!(parts("12.50"), Some(("1250".into(), 2)));
        assert_eq!(parts("-0.1e-2"), Some(("-1".into(), 3)));
        assert_eq!(parts("3e2"), Some(("300".into(), 0)));
        assert_eq!(parts("1e999999999"), None);
        assert_eq!(parts("1e-99999999999999999999"), None);
        for wrong in ["", "-", ".", "1.2.3", "x", "1-", "--1"] {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
    }
}
