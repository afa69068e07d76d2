//! The form of a message, checked before the world sees it: one MessagePack map with text keys, whole, of bounded depth and number of
//! parts, without what the world has no values for. Builds nothing; knows no contract.

use rmp::Marker;

/// Deepest nesting of maps and arrays.
pub const DEPTH: usize = 32;
/// Most values in one message.
pub const PARTS: usize = 1_000_000;
/// Longest message, in bytes.
pub const LONGEST: usize = 20 << 20;

/// What is wrong with a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FormError {
    /// It is longer than `LONGEST`.
    #[error("the message is longer than 20 MiB")]
    Long,
    /// It came in several frames, or in none.
    #[error("a message is one frame")]
    Frames,
    /// It ends in the middle of a value.
    #[error("the message ends too early")]
    Short,
    /// Something follows its end.
    #[error("something follows the end of the message")]
    Trailing,
    /// It is not a map.
    #[error("the message is not a map")]
    NoMap,
    /// A key of a map is no text.
    #[error("a key of a map is not a string")]
    Key,
    /// It is nested more deeply than `DEPTH`.
    #[error("the message is nested more than 32 deep")]
    Deep,
    /// It has more values than `PARTS`.
    #[error("the message has more than a million parts")]
    Parts,
    /// A string is not UTF-8.
    #[error("a string of the message is not UTF-8")]
    Text,
    /// An extension type, or the byte that is none.
    #[error("the message has a value of a kind that is not known here")]
    Kind,
}

/// A reader of bytes that knows where it is.
struct Bytes<'a> {
    left: &'a [u8],
}

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], FormError> {
        let (taken, left) = self.left.split_at_checked(n).ok_or(FormError::Short)?;
        self.left = left;
        Ok(taken)
    }

    /// A number of `n` bytes, the highest first.
    fn number(&mut self, n: usize) -> Result<usize, FormError> {
        Ok(self.take(n)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    }
}

/// What a value is, for those who hold it.
enum Shape {
    Leaf,
    Text,
    Array(usize),
    Map(usize),
}

fn shape(bytes: &mut Bytes) -> Result<Shape, FormError> {
    let marker = Marker::from_u8(bytes.take(1)?[0]);
    let text = |bytes: &mut Bytes, n: usize| {
        let text = bytes.take(n)?;
        std::str::from_utf8(text).map_or(Err(FormError::Text), |_| Ok(Shape::Text))
    };
    let leaf = |bytes: &mut Bytes, n: usize| bytes.take(n).map(|_| Shape::Leaf);
    match marker {
        Marker::Null | Marker::True | Marker::False | Marker::FixPos(_) | Marker::FixNeg(_) => {
            Ok(Shape::Leaf)
        }
        Marker::U8 | Marker::I8 => leaf(bytes, 1),
        Marker::U16 | Marker::I16 => leaf(bytes, 2),
        Marker::U32 | Marker::I32 | Marker::F32 => leaf(bytes, 4),
        Marker::U64 | Marker::I64 | Marker::F64 => leaf(bytes, 8),
        Marker::FixStr(n) => text(bytes, usize::from(n)),
        Marker::Str8 => bytes.number(1).and_then(|n| text(bytes, n)),
        Marker::Str16 => bytes.number(2).and_then(|n| text(bytes, n)),
        Marker::Str32 => bytes.number(4).and_then(|n| text(bytes, n)),
        Marker::Bin8 => bytes.number(1).and_then(|n| leaf(bytes, n)),
        Marker::Bin16 => bytes.number(2).and_then(|n| leaf(bytes, n)),
        Marker::Bin32 => bytes.number(4).and_then(|n| leaf(bytes, n)),
        Marker::FixArray(n) => Ok(Shape::Array(usize::from(n))),
        Marker::Array16 => bytes.number(2).map(Shape::Array),
        Marker::Array32 => bytes.number(4).map(Shape::Array),
        Marker::FixMap(n) => Ok(Shape::Map(usize::from(n))),
        Marker::Map16 => bytes.number(2).map(Shape::Map),
        Marker::Map32 => bytes.number(4).map(Shape::Map),
        Marker::FixExt1
        | Marker::FixExt2
        | Marker::FixExt4
        | Marker::FixExt8
        | Marker::FixExt16
        | Marker::Ext8
        | Marker::Ext16
        | Marker::Ext32
        | Marker::Reserved => Err(FormError::Kind),
    }
}

/// Checks a message. Takes time linear in its length and memory bounded by `DEPTH`.
pub fn check(message: &[u8]) -> Result<(), FormError> {
    if message.len() > LONGEST {
        return Err(FormError::Long);
    }
    let mut bytes = Bytes { left: message };
    // For each open map or array: how many values are still to come, and whether it is a map (whose odd ones are keys).
    let mut open: Vec<(usize, bool)> = Vec::with_capacity(8);
    let mut parts = 0;
    loop {
        parts += 1;
        if parts > PARTS {
            return Err(FormError::Parts);
        }
        let is_key = open.last().is_some_and(|(left, is_map)| *is_map && left % 2 == 0);
        let shape = shape(&mut bytes)?;
        match (&shape, is_key, open.is_empty()) {
            (Shape::Map(_), false, true) => {}
            (_, _, true) => return Err(FormError::NoMap),
            (Shape::Text, true, _) | (_, false, _) => {}
            _ => return Err(FormError::Key),
        }
        if let Some((left, _)) = open.last_mut() {
            *left -= 1;
        }
        match shape {
            Shape::Leaf | Shape::Text => {}
            Shape::Array(_) | Shape::Map(_) if open.len() == DEPTH => return Err(FormError::Deep),
            Shape::Array(n) => open.push((n, false)),
            Shape::Map(n) => open.push((n.saturating_mul(2), true)),
        }
        while open.last().is_some_and(|(left, _)| *left == 0) {
            open.pop();
        }
        if open.is_empty() {
            return if bytes.left.is_empty() { Ok(()) } else { Err(FormError::Trailing) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map from "a" to what the bytes say.
    fn of(value: &[u8]) -> Vec<u8> {
        [&[0x81, 0xa1, b'a'], value].concat()
    }

    #[test]
    fn whole_maps_pass() {
        for value in [
            &[0xc0][..],
            &[0x05],
            &[0xff],
            &[0xcb, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0x92, 1, 2],
            &[0x80],
            &[0x90],
            &[0xc4, 1, 0xff],
            &[0xd9, 1, b'x'],
        ] {
            assert_eq!(check(&of(value)), Ok(()), "{value:?}");
        }
        assert_eq!(check(&[0x80]), Ok(()));
    }

    #[test]
    fn what_is_no_message_is_refused() {
        assert_eq!(check(&[]), Err(FormError::Short));
        assert_eq!(check(&[0x90]), Err(FormError::NoMap));
        assert_eq!(check(&[0x05]), Err(FormError::NoMap));
        assert_eq!(check(&[0x81, 1, 2]), Err(FormError::Key));
        assert_eq!(check(&[0x80, 0x80]), Err(FormError::Trailing));
        assert_eq!(check(&of(&[0xc7, 1, 1, 1])), Err(FormError::Kind));
        assert_eq!(check(&of(&[0xc1])), Err(FormError::Kind));
        assert_eq!(check(&of(&[0xa1, 0xff])), Err(FormError::Text));
        // Four bytes that claim 2^32 values: nothing is made room for.
        assert_eq!(check(&of(&[0xdd, 0xff, 0xff, 0xff, 0xff])), Err(FormError::Short));
        assert_eq!(check(&of(&[0xdf, 0xff, 0xff, 0xff, 0xff])), Err(FormError::Short));
        assert_eq!(check(&of(&[0xc6, 0xff, 0xff, 0xff, 0xff])), Err(FormError::Short));
        let deep = [&[0x81, 0xa1, b'a'][..], &[0x91; 40], &[0xc0]].concat();
        assert_eq!(check(&deep), Err(FormError::Deep));
        let message = of(&[0x92, 1, 0xa2, b'x', b'y']);
        for end in 0..message.len() {
            assert_eq!(check(&message[..end]), Err(FormError::Short), "{end}");
        }
    }
}
