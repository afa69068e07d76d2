//! Places in texts: bytes are what an object holds, code points are what people count.
//!
//! A text is a Bytes object taken as UTF-8; a byte that belongs to no code point counts as one of its own. Short texts are looked
//! through each time. Of the two longest looked at last it is remembered whether they are ASCII, how many code points they have, and
//! one pair of places, so that going through a text by its keys takes linear time, and constant time for each key of an ASCII one.
//!
//! Invariant: what is remembered of an object is forgotten when a byte of it is written, and all is when objects may have moved or
//! died (scavenges and sweeps), since another may lie at the same place then.

use super::Heap;
use crate::value::ObjectRef;

/// Texts up to this length are not remembered.
const SHORT: usize = 48;

/// What is known of a text.
#[derive(Clone, Copy, Default, Debug)]
struct Known {
    /// Code points.
    size: usize,
    /// A code point and the byte where it begins.
    place: (usize, usize),
    is_ascii: bool,
}

/// What is remembered of texts.
#[derive(Default, Debug)]
pub(super) struct Texts {
    /// Where the objects lie; 0 is none.
    at: [u64; 2],
    known: [Known; 2],
    /// The one that was used last.
    latest: usize,
}

impl Texts {
    /// Objects may have moved.
    pub fn clear(&mut self) {
        self.at = [0; 2];
    }

    /// An object's bytes change.
    #[inline(always)]
    pub fn forget(&mut self, r: ObjectRef) {
        if self.at[0] == r.offset() {
            self.at[0] = 0;
        }
        if self.at[1] == r.offset() {
            self.at[1] = 0;
        }
    }
}

/// Length of the code point that begins at a byte; 1 for a byte that begins none.
pub fn code_point_length(bytes: &[u8], at: usize) -> usize {
    let Some(rest) = bytes.get(at..) else { return 1 };
    let (length, second) = match rest {
        [0xC2..=0xDF, ..] => (2, 0x80..=0xBF),
        [0xE0, ..] => (3, 0xA0..=0xBF),
        [0xED, ..] => (3, 0x80..=0x9F),
        [0xE1..=0xEF, ..] => (3, 0x80..=0xBF),
        [0xF0, ..] => (4, 0x90..=0xBF),
        [0xF4, ..] => (4, 0x80..=0x8F),
        [0xF1..=0xF3, ..] => (4, 0x80..=0xBF),
        _ => return 1,
    };
    let is_whole = rest.get(1).is_some_and(|b| second.contains(b))
        && rest.get(2..length).is_some_and(|more| more.iter().all(|b| matches!(b, 0x80..=0xBF)));
    if is_whole { length } else { 1 }
}

/// Where the code point before this place begins; the place is no beginning.
fn before(bytes: &[u8], at: usize) -> usize {
    let earliest = at.saturating_sub(4);
    (earliest..at).find(|from| from + code_point_length(bytes, *from) == at).unwrap_or(at - 1)
}

/// How many code points there are.
pub fn code_points(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    bytes.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

/// Goes from a known place to the one of a code point, which must not be after the end.
fn walk_to(bytes: &[u8], (mut index, mut at): (usize, usize), wanted: usize) -> usize {
    while index < wanted && at < bytes.len() {
        at += code_point_length(bytes, at);
        index += 1;
    }
    while index > wanted && at > 0 {
        at = before(bytes, at);
        index -= 1;
    }
    at
}

impl Heap {
    /// How many code points a text has.
    #[inline]
    pub fn text_size(&mut self, r: ObjectRef) -> usize {
        if self.length(r) <= SHORT {
            return code_points(self.bytes(r));
        }
        let i = self.known_text(r);
        self.texts.known[i].size
    }

    /// Whether all bytes of a text are code points of their own.
    #[inline]
    pub fn text_is_ascii(&mut self, r: ObjectRef) -> bool {
        if self.length(r) <= SHORT {
            return self.bytes(r).is_ascii();
        }
        let i = self.known_text(r);
        self.texts.known[i].is_ascii
    }

    /// The byte where a code point begins, the text's length for the place after the last one; nothing beyond.
    #[inline]
    pub fn text_offset(&mut self, r: ObjectRef, index: usize) -> Option<usize> {
        let length = self.length(r);
        if length <= SHORT {
            let bytes = self.bytes(r);
            if bytes.is_ascii() {
                return (index <= length).then_some(index);
            }
            let size = code_points(bytes);
            return (index <= size).then(|| walk_to(bytes, (0, 0), index));
        }
        let i = self.known_text(r);
        let known = self.texts.known[i];
        if index > known.size {
            return None;
        }
        if known.is_ascii {
            return Some(index);
        }
        // From the nearest place that is known.
        let places = [(0, 0), known.place, (known.size, length)];
        let from = places.into_iter().min_by_key(|(at, _)| at.abs_diff(index)).unwrap_or_default();
        let offset = walk_to(self.bytes(r), from, index);
        self.texts.known[i].place = (index, offset);
        Some(offset)
    }

    /// How many code points begin before a byte.
    pub fn text_index(&mut self, r: ObjectRef, offset: usize) -> usize {
        let bytes = self.bytes(r);
        let offset = offset.min(bytes.len());
        if self.text_is_ascii(r) { offset } else { code_points(&self.bytes(r)[..offset]) }
    }

    /// Where what is known of a text is remembered.
    #[inline]
    fn known_text(&mut self, r: ObjectRef) -> usize {
        let at = r.offset();
        if self.texts.at[self.texts.latest] == at {
            return self.texts.latest;
        }
        self.texts.latest ^= 1;
        if self.texts.at[self.texts.latest] != at {
            self.learn_text(r);
        }
        self.texts.latest
    }

    #[cold]
    fn learn_text(&mut self, r: ObjectRef) {
        let size = code_points(self.bytes(r));
        let known =
            Known { size, place: (0, 0), is_ascii: size == self.length(r) && self.bytes(r).is_ascii() };
        let i = self.texts.latest;
        self.texts.at[i] = r.offset();
        self.texts.known[i] = known;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of all code points, found forward.
    fn places(bytes: &[u8]) -> Vec<usize> {
        let mut at = 0;
        let mut all = vec![0];
        while at < bytes.len() {
            at += code_point_length(bytes, at);
            all.push(at);
        }
        all
    }

    #[test]
    fn every_way_to_a_code_point_leads_to_the_same_byte() {
        let texts: [&[u8]; 7] = [
            b"plain",
            "aä€😀b".as_bytes(),
            b"\xff\xfe",
            b"a\xe2\x82b\xe2\x82\xac",
            b"\xed\xa0\x80\xc0\x80",
            b"\xf0\x9f\x98\x80\x80\x80",
            b"",
        ];
        for text in texts {
            let all = places(text);
            assert_eq!(all.len() - 1, code_points(text), "{text:?}");
            for (from, from_byte) in all.iter().enumerate() {
                for (to, to_byte) in all.iter().enumerate() {
                    assert_eq!(walk_to(text, (from, *from_byte), to), *to_byte, "{text:?} {from} {to}");
                }
            }
        }
    }
}
