//! Marking: finds what is reachable in the image, a step at a time, while the program runs in between.
//!
//! Incremental update: a store marks its card, and cards stored to since the marker looked are looked at again before
//! marking ends; so are the machine's roots. An object placed in the image meanwhile is marked and queued. Marking ends
//! at a safepoint that first empties young space; the marker never sees young objects.
//!
//! Invariant while marking: an unmarked object that is reachable can be reached from the queue, a card with
//! `CARD_MARK`, the machine's roots, or young space.
//!
//! Objects with many words are queued in pieces, and nothing here recurses.

use crate::layout::{
    BLOCK_BYTES, CARD_BYTES, CARD_MARK, CARD_SHIFT, Format, Header, IMAGE_START, Kind, SEGMENT_BYTES,
};
use crate::record::{MapHead, Record, SizedHead};
use crate::value::{ObjectRef, TAG_HEADER, TAG_MASK, TAG_REF, Value};

use super::access::{bytes_bytes, indexed_bytes, slots_bytes};
use super::marks::Marks;
use super::old::{LARGE, taken};
use super::segment::{block_of, kind, segment_of, state};
use super::{Heap, Roots, roots_ref};

/// Words of a large object that are looked at in one go.
pub(crate) const PIECE_WORDS: u64 = 1024;
/// Objects that are fetched ahead of being looked at.
const AHEAD: usize = 8;
/// A pass over the cards that found no more than this many ends the passes.
const FEW_CARDS: usize = 64;
/// Cards looked at between two looks at the budget, and the words that looking at a card that was stored to counts for.
const STRETCH: u64 = 512;
const CARD_WORK: usize = 64;
/// Passes over the cards after which marking ends anyway.
const MOST_PASSES: u32 = 6;

/// What the collector is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Phase {
    /// Nothing.
    #[default]
    Idle,
    /// Marking.
    Marking,
    /// Marks are complete; some segments are not swept yet.
    Sweeping,
}

/// The state of marking and sweeping.
#[derive(Default)]
pub(crate) struct Marker {
    pub phase: Phase,
    pub marks: Marks,
    /// Marked objects whose words are still to be looked at.
    pub queue: Vec<u64>,
    /// Objects taken from the queue whose words are on their way to the cache.
    ahead: Ahead,
    /// Parts of large objects still to be looked at: from, to.
    pub pieces: Vec<(u64, u64)>,
    /// Marked weak vectors.
    pub weak: Vec<u64>,
    /// Bytes of marked objects.
    pub marked_bytes: u64,
    /// Where the pass over the cards is; `None` before the first and after a complete one.
    card: Option<u64>,
    passes: u32,
    found: usize,
    pub sweep_next: u64,
    pub sweep_end: u64,
    /// By segment: swept in this cycle.
    pub swept: Vec<bool>,
}

/// A ring of objects to look at: what comes from the queue waits here while memory brings its first words.
#[derive(Default)]
pub(crate) struct Ahead {
    /// 0 for none.
    ring: [u64; AHEAD],
    at: usize,
}

impl Ahead {
    /// The object to look at next; `None` when neither the ring nor `coming` has one.
    #[inline(always)]
    pub(crate) fn next(&mut self, view: View, mut coming: impl FnMut() -> Option<u64>) -> Option<u64> {
        // Once round the ring, and the place where this began once more.
        for _ in 0..=AHEAD {
            let object = coming().unwrap_or(0);
            view.prefetch(object);
            let ready = std::mem::replace(&mut self.ring[self.at], object);
            self.at = (self.at + 1) % AHEAD;
            if ready != 0 {
                return Some(ready);
            }
        }
        None
    }
}

/// What marking reads of the heap: memory that does not change during a step.
#[derive(Clone, Copy)]
pub(crate) struct View {
    base: *const u8,
    reach: u64,
    symbols: u64,
}

// SAFETY: a view is only read through, by threads that live no longer than a step.
unsafe impl Send for View {}
// SAFETY: as above.
unsafe impl Sync for View {}

/// The parts of an object that hold references.
pub(crate) struct Shape {
    pub map: u64,
    pub bytes: u64,
    /// References end here (relative to the object's start); 8 if there are none.
    pub refs_end: u64,
    pub weak: bool,
}

impl View {
    #[inline(always)]
    pub(crate) fn read(&self, offset: u64) -> u64 {
        debug_assert!(offset & 7 == 0 && offset + 8 <= self.reach, "mark outside the heap: {offset:x}");
        // SAFETY: offsets come from references of this heap; see the rule in `heap`.
        unsafe { *self.base.add(offset as usize).cast::<u64>() }
    }

    #[inline(always)]
    fn record<T: Record>(&self, offset: u64) -> &T {
        debug_assert!(
            offset & 7 == 0 && offset + size_of::<T>() as u64 <= self.reach,
            "no record at {offset:x}"
        );
        // SAFETY: as in `read`; nobody stores while a view is looked through.
        unsafe { &*self.base.add(offset as usize).cast::<T>() }
    }

    /// Asks the memory for the first words of an object.
    #[inline(always)]
    fn prefetch(&self, offset: u64) {
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        // SAFETY: a prefetch has no effect but on the cache, whatever the address.
        unsafe {
            std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(
                self.base.wrapping_add(offset as usize).cast(),
            );
        }
        #[cfg(not(all(target_arch = "x86_64", not(miri))))]
        let _ = offset;
    }

    /// Size of an object and which of its words count.
    #[inline(always)]
    pub(crate) fn shape(&self, at: u64) -> Shape {
        let map = self.record::<Header>(at).map_offset();
        let head = self.record::<MapHead>(map);
        let (info, fields) = (head.info, head.fields.get());
        let length = || self.record::<SizedHead>(at).length.get();
        let (bytes, refs_end, weak) = match info.format() {
            Format::Slots => {
                let n = slots_bytes(fields) as u64;
                (n, n, false)
            }
            Format::Indexed => {
                let n = indexed_bytes(fields, length()) as u64;
                let weak = info.kind() == Kind::WeakVector;
                if weak || at == self.symbols { (n, 16 + 8 * fields as u64, weak) } else { (n, n, false) }
            }
            Format::Bytes => (bytes_bytes(length()) as u64, 8, false),
            Format::Raw => (16, 8, false),
        };
        Shape { map, bytes, refs_end, weak }
    }
}

impl Marker {
    /// Marks and queues an object of the image.
    #[inline(always)]
    pub(crate) fn push(&mut self, offset: u64) {
        if self.marks.set(offset) {
            self.queue.push(offset);
        }
    }

    #[inline(always)]
    fn push_word(&mut self, word: u64) {
        if word & TAG_MASK == TAG_REF && word >= IMAGE_START {
            self.push(word - TAG_REF);
        }
    }

    /// Works until the queue is empty or about `budget` words have been looked at. What is left of the budget; 0 if
    /// there is work left.
    fn drain(&mut self, view: View, mut budget: usize) -> usize {
        loop {
            let work = if let Some((from, to)) = self.pieces.pop() {
                let end = to.min(from + 8 * PIECE_WORDS);
                if end < to {
                    self.pieces.push((end, to));
                }
                self.scan_words(view, from, end);
                (end - from) / 8
            } else if let Some(at) = self.ahead.next(view, || self.queue.pop()) {
                self.scan_object(view, at)
            } else {
                return budget.max(1);
            };
            if work as usize >= budget {
                return 0;
            }
            budget -= work as usize;
        }
    }

    /// Looks at the words of an object; how many.
    #[inline(always)]
    fn scan_object(&mut self, view: View, at: u64) -> u64 {
        let shape = view.shape(at);
        self.marked_bytes += taken(shape.bytes);
        if shape.bytes <= LARGE {
            self.marks.set_lines(at, shape.bytes);
        }
        self.push(shape.map);
        if shape.weak {
            self.weak.push(at);
        }
        if shape.refs_end > 8 * PIECE_WORDS {
            self.pieces.push((at + 8, at + shape.refs_end));
            return 2;
        }
        self.scan_words(view, at + 8, at + shape.refs_end);
        2 + shape.refs_end / 8
    }

    #[inline(always)]
    fn scan_words(&mut self, view: View, from: u64, to: u64) {
        let mut at = from;
        while at < to {
            let word = view.read(at);
            debug_assert!(
                word & TAG_MASK != TAG_REF
                    || word < IMAGE_START
                    || view.read(word - TAG_REF) & TAG_MASK == TAG_HEADER,
                "the word at {at:x} refers to {word:x}, where no object is"
            );
            self.push_word(word);
            at += 8;
        }
    }

    /// Looks again at the part of a marked object that lies in a card.
    fn scan_again(&mut self, view: View, at: u64, card_start: u64) {
        let shape = view.shape(at);
        let from = (at + 8).max(card_start);
        let to = (at + shape.refs_end).min(card_start + CARD_BYTES);
        if at >= card_start {
            self.push(shape.map);
        }
        self.scan_words(view, from, to.max(from));
    }
}

impl Heap {
    pub(crate) fn view(&self) -> View {
        View { base: self.base, reach: self.reach(), symbols: self.symbol_table().offset() }
    }

    /// Begins a cycle. Young space is empty.
    pub(crate) fn start_marking(&mut self, roots: &mut dyn Roots) {
        self.finish_sweeping();
        self.marker.marks.cover(self.old.segments);
        self.marker.phase = Phase::Marking;
        self.marker.marked_bytes = 0;
        self.marker.passes = 0;
        self.marker.found = 0;
        self.marker.card = None;
        self.old.at_mark_start = self.old.allocated;
        self.clear_mark_cards();
        self.marker.push(roots_ref().offset());
        self.push_roots(roots);
    }

    fn push_roots(&mut self, roots: &mut dyn Roots) {
        let marker = &mut self.marker;
        roots.visit(&mut |v| marker.push_word(v.bits()));
    }

    /// Marks for about `budget` words. True if nothing is left to do but `finish_marking`.
    pub(crate) fn mark_some(&mut self, mut budget: usize) -> bool {
        let view = self.view();
        loop {
            budget = self.marker.drain(view, budget);
            if budget == 0 {
                return false;
            }
            let card = match self.marker.card {
                Some(card) => card,
                None if self.marker.passes > 0
                    && (self.marker.found <= FEW_CARDS || self.marker.passes >= MOST_PASSES) =>
                {
                    return true;
                }
                None => {
                    self.marker.found = 0;
                    IMAGE_START >> CARD_SHIFT
                }
            };
            // A stretch of cards, then the queue again.
            let end = (card + STRETCH).min(self.reach() >> CARD_SHIFT);
            let before = self.marker.found;
            self.rescan_cards(view, card, end);
            budget = budget.saturating_sub((1 + self.marker.found - before) * CARD_WORK);
            if end == self.reach() >> CARD_SHIFT {
                self.marker.card = None;
                self.marker.passes += 1;
            } else {
                self.marker.card = Some(end);
            }
            if budget == 0 {
                return false;
            }
        }
    }

    /// Ends marking at a safepoint: after this, what is not marked is dead. Young space is empty.
    pub(crate) fn finish_marking(&mut self, roots: &mut dyn Roots) {
        let view = self.view();
        self.push_roots(roots);
        self.marker.drain(view, usize::MAX);
        self.rescan_cards(view, IMAGE_START >> CARD_SHIFT, self.reach() >> CARD_SHIFT);
        self.marker.drain(view, usize::MAX);
        self.marks_complete();
    }

    /// Clears weak references and hands over to the sweeper.
    pub(crate) fn marks_complete(&mut self) {
        let nil = self.known.nil;
        for at in std::mem::take(&mut self.marker.weak) {
            let view = self.view();
            let shape = view.shape(at);
            for word in (at + shape.refs_end..at + shape.bytes).step_by(8) {
                let v = Value::from_bits(self.read(word));
                if let Some(r) = v.as_ref()
                    && !self.marker.marks.contains(r.offset())
                {
                    self.write(word, nil.bits());
                    self.barrier(word);
                }
            }
        }
        let marks = std::mem::take(&mut self.marker.marks);
        self.drop_symbols(|symbol| marks.contains(symbol.offset()));
        self.marker.marks = marks;
        self.slot_cache.clear();
        self.texts.clear();
        self.stats.full_marks += 1;
        self.old.live_bytes = self.marker.marked_bytes;
        self.old.allocated = 0;
        self.start_sweeping();
    }

    /// Looks again at the marked objects in cards that were stored to.
    fn rescan_cards(&mut self, view: View, from: u64, to: u64) {
        let pattern = u64::from_ne_bytes([CARD_MARK; 8]);
        for group in (from..to).step_by(8) {
            if self.card_word(group) & pattern == 0 {
                continue;
            }
            for card in group..group + 8 {
                if self.card(card) & CARD_MARK != 0 {
                    self.clear_card(card, CARD_MARK);
                    self.marker.found += 1;
                    self.rescan_card(view, card);
                }
            }
        }
    }

    fn rescan_card(&mut self, view: View, card: u64) {
        let start = card << CARD_SHIFT;
        let segment = segment_of(start);
        let large = match self.segment_state(segment) {
            state::NORMAL => None,
            state::LARGE_VALUES | state::LARGE_VALUES_REST | state::LARGE_BYTES | state::LARGE_BYTES_REST => {
                Some(self.run_start(segment))
            }
            _ => return,
        };
        let large = match (large, self.block_kind_checked(start)) {
            (Some(at), _) => Some(at),
            (None, kind::META | kind::FREE | kind::FREE_RAW) => return,
            (None, kind::VALUES | kind::BYTES) => None,
            (None, _) => Some(self.block_run_start(start)),
        };
        if let Some(at) = large {
            if self.marker.marks.contains(at) {
                self.marker.scan_again(view, at, start);
            }
            return;
        }
        if let Some(at) = self.marker.marks.last_before(start) {
            self.marker.scan_again(view, at, start);
        }
        let mut here = [0u64; 32];
        let mut count = 0;
        self.marker.marks.each_in(start, start + CARD_BYTES, |at| {
            // An object takes 16 bytes at least, so a card holds no more than 32 beginnings.
            if count < here.len() {
                here[count] = at;
                count += 1;
            }
        });
        for at in &here[..count] {
            self.marker.scan_again(view, *at, start);
        }
    }

    /// Kind of the block at an offset in a segment with blocks; META for other segments.
    fn block_kind_checked(&self, offset: u64) -> u8 {
        let segment = segment_of(offset);
        if self.segment_state(segment) == state::NORMAL {
            self.block_kind(segment, block_of(offset))
        } else {
            kind::META
        }
    }

    /// Start of the large object that a segment belongs to.
    fn run_start(&self, mut segment: u64) -> u64 {
        while matches!(self.segment_state(segment), state::LARGE_VALUES_REST | state::LARGE_BYTES_REST) {
            segment -= 1;
        }
        super::segment::segment_offset(segment)
    }

    /// Start of the large object that a block belongs to.
    fn block_run_start(&self, offset: u64) -> u64 {
        let segment = segment_of(offset);
        let mut block = block_of(offset);
        while matches!(self.block_kind(segment, block), kind::LARGE_VALUES_REST | kind::LARGE_BYTES_REST) {
            block -= 1;
        }
        super::segment::block_offset(segment, block)
    }

    fn clear_mark_cards(&mut self) {
        let pattern = u64::from_ne_bytes([CARD_MARK; 8]);
        for group in (IMAGE_START >> CARD_SHIFT..self.reach() >> CARD_SHIFT).step_by(8) {
            let word = self.card_word(group);
            if word & pattern != 0 {
                self.set_card_word(group, word & !pattern);
            }
        }
    }

    /// Whether an object was found alive by the collection that has just ended (`safepoint` said true, or `collect_full`
    /// returned). Young objects count as alive; so may a dead object that shares its line with a living one.
    pub fn is_live(&self, r: ObjectRef) -> bool {
        if self.is_young(r) {
            return true;
        }
        if r.offset() >= self.reach() {
            return false;
        }
        let segment = segment_of(r.offset());
        let swept = self.marker.swept.get(segment as usize).copied().unwrap_or(true);
        if self.marker.phase == Phase::Sweeping && !swept {
            return self.marker.marks.contains(r.offset());
        }
        self.place_in_use(r.offset())
    }

    /// Whether the image says that something may lie at an offset.
    pub(crate) fn place_in_use(&self, offset: u64) -> bool {
        let segment = segment_of(offset);
        match self.segment_state(segment) {
            state::NORMAL => {}
            state::UNUSED | state::FREE => return false,
            _ => return true,
        }
        let block = block_of(offset);
        match self.block_kind(segment, block) {
            kind::FREE | kind::FREE_RAW | kind::META => false,
            _ => {
                let line = offset % BLOCK_BYTES / crate::layout::LINE_BYTES;
                self.line_bits(segment, block)[(line / 64) as usize] >> (line % 64) & 1 == 1
            }
        }
    }
}

const _: () = assert!(SEGMENT_BYTES.is_multiple_of(8 * CARD_BYTES));
