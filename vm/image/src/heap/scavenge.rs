//! Scavenging: everything young that is reachable moves into the image; then young space is empty.
//!
//! Roots are what the machine shows us and the cards that may hold references to young objects. A moved object
//! leaves its new offset in its old header. Moved objects wait in a list until their own words have been looked at.
//! Weak vectors count as strong here; only a full mark clears them.

use std::time::{Duration, Instant};

use crate::layout::{CARD_BYTES, CARD_REMEMBERED, CARD_SHIFT, Format, Header, IMAGE_START, SEGMENT_BYTES};
use crate::value::{ObjectRef, TAG_MASK, TAG_REF, Value};

use super::access::{map_at, ref_at};
use super::alloc::content_of;
use super::segment::{BLOCKS, HEADER_BYTES, block_of, kind, segment_of, state};
use super::{Heap, Roots, YOUNG_BASE};

/// A scavenge above this makes young space smaller, if it is survivors that take the time,
const LONG_SCAVENGE: Duration = Duration::from_millis(2);
const MANY_SURVIVORS: u64 = 16;
/// and one below this makes it larger again,
const SHORT_SCAVENGE: Duration = Duration::from_millis(1);
/// within these bounds: this many bytes, and what the options say.
pub(super) const LEAST_YOUNG: u64 = 512 << 10;
/// Where the roots are larger than young space (a deep recursion), it may grow with them, up to this: else each level of the recursion
/// would pay for all those below it.
const MOST_FOR_ROOTS: u64 = 64 << 20;

impl Heap {
    /// Moves what is reachable and young into the image and empties young space.
    pub fn scavenge(&mut self, roots: &mut dyn Roots) {
        self.search_again();
        self.texts.clear();
        let mut moved = std::mem::take(&mut self.moved);
        if self.alloc.young_top > YOUNG_BASE {
            let (start, before) = (Instant::now(), self.stats.promoted_bytes);
            let mut root_count = 0;
            roots.visit(&mut |v| {
                root_count += 1;
                *v = self.evacuate(*v, &mut moved);
            });
            self.scan_remembered(&mut moved);
            while let Some(at) = moved.pop() {
                self.scan_moved(at, &mut moved);
            }
            self.stats.scavenges += 1;
            self.adapt_young(start.elapsed(), self.stats.promoted_bytes - before, root_count * 8);
        }
        self.moved = moved;
        self.alloc.young_top = YOUNG_BASE;
        self.alloc.gc_requested = false;
        self.reset_young_limit();
    }

    /// Young space shrinks while much survives and scavenges take long, and grows again when they are short.
    fn adapt_young(&mut self, pause: Duration, promoted: u64, root_bytes: u64) {
        let used = self.alloc.young_top - YOUNG_BASE;
        let most = self.options.young_soft.max(root_bytes.min(MOST_FOR_ROOTS));
        self.young_soft = if root_bytes > used {
            self.young_soft * 2
        } else if pause > LONG_SCAVENGE && promoted > used / MANY_SURVIVORS {
            (self.young_soft / 2).max(LEAST_YOUNG)
        } else if pause < SHORT_SCAVENGE {
            self.young_soft * 2
        } else {
            self.young_soft
        };
        self.young_soft = self.young_soft.min(most.min(self.most_young()));
    }

    /// The value to use instead of `v`: the same, or a reference to where the object has moved.
    #[inline]
    fn evacuate(&mut self, v: Value, moved: &mut Vec<u64>) -> Value {
        match v.as_ref() {
            Some(r) if r.offset() < IMAGE_START => self.evacuate_ref(r, moved),
            _ => v,
        }
    }

    fn evacuate_ref(&mut self, r: ObjectRef, moved: &mut Vec<u64>) -> Value {
        let header = *self.record::<Header>(r.offset());
        if let Some(to) = header.forward() {
            return ref_at(to).value();
        }
        let map = map_at(header.map_offset());
        let bytes = self.bytes_with_map(r, map) as u64;
        let format = self.format(map);
        let to = self.old_place(bytes, content_of(format));
        // Word by word: most objects are too small for a call of memcpy.
        for at in (0..bytes).step_by(8) {
            let word = self.read(r.offset() + at);
            self.write(to + at, word);
        }
        self.unsaved_range(to, bytes);
        self.put(r.offset(), Header::forwarded_to(ref_at(to)));
        self.stats.promoted_bytes += bytes;
        if matches!(format, Format::Slots | Format::Indexed) {
            moved.push(to);
        }
        ref_at(to).value()
    }

    /// Looks at the words of an object that has moved.
    fn scan_moved(&mut self, at: u64, moved: &mut Vec<u64>) {
        let bytes = self.object_bytes(ref_at(at)) as u64;
        self.scan_words(at + 8, at + bytes, moved);
    }

    /// Evacuates what the words of a range refer to.
    #[inline]
    fn scan_words(&mut self, from: u64, to: u64, moved: &mut Vec<u64>) {
        let mut at = from;
        while at < to {
            let word = self.read(at);
            if word & TAG_MASK == TAG_REF && word < IMAGE_START {
                let v = self.evacuate(Value::from_bits(word), moved);
                self.write(at, v.bits());
            }
            at += 8;
        }
    }

    /// Goes through all cards of the image that may refer to young objects.
    fn scan_remembered(&mut self, moved: &mut Vec<u64>) {
        let first = IMAGE_START >> CARD_SHIFT;
        let end = self.reach() >> CARD_SHIFT;
        let pattern = u64::from_ne_bytes([CARD_REMEMBERED; 8]);
        let mut card = first;
        while card < end {
            // Eight card bytes at once; a segment has a multiple of eight cards.
            if self.card_word(card) & pattern != 0 {
                for c in card..card + 8 {
                    if self.card(c) & CARD_REMEMBERED != 0 {
                        self.clear_card(c, CARD_REMEMBERED);
                        if self.card_has_values(c) {
                            self.scan_words(c << CARD_SHIFT, (c + 1) << CARD_SHIFT, moved);
                        }
                    }
                }
            }
            card += 8;
        }
    }

    /// Whether the words of a card are headers and values (and not raw bytes or bookkeeping).
    pub(crate) fn card_has_values(&self, card: u64) -> bool {
        let offset = card << CARD_SHIFT;
        let segment = segment_of(offset);
        match self.segment_state(segment) {
            state::NORMAL => {}
            state::LARGE_VALUES | state::LARGE_VALUES_REST => return true,
            _ => return false,
        }
        if offset & (SEGMENT_BYTES - 1) < HEADER_BYTES {
            return false;
        }
        matches!(
            self.block_kind(segment, block_of(offset)),
            kind::VALUES | kind::LARGE_VALUES | kind::LARGE_VALUES_REST
        )
    }
}

const _: () = assert!((SEGMENT_BYTES / CARD_BYTES).is_multiple_of(8) && BLOCKS == 32);
