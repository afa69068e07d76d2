//! Segments, blocks and lines: how the image is divided, and where that is written down.
//!
//! ```text
//! segment (1 MiB, state NORMAL)
//!   0      `SegmentHead`: the kind of each of its 32 blocks, and their line tables
//!   1536   lines of block 0, then blocks 1 .. 31
//!
//! segment 0, blocks 0-2
//!   1536   `ImageHead`
//!   4096   state of every segment, one byte each
//! ```
//!
//! All of this is in the image, so a commit keeps it. Its cards are marked UNSAVED but never REMEMBERED.
//! A segment that belongs to a run of a large object has no header of its own.

use crate::layout::{BLOCK_BYTES, CARD_BYTES, CARD_SHIFT, IMAGE_START, LINE_BYTES, SEGMENT_BYTES};

use crate::record::{ImageHead, SegmentHead};

use super::Heap;

/// Bytes at the start of the image that hold no objects.
pub(crate) const META_BYTES: u64 = 3 * BLOCK_BYTES;
/// Bytes of a segment's header.
pub(crate) const HEADER_BYTES: u64 = size_of::<SegmentHead>() as u64;
/// Blocks in a segment.
pub(crate) const BLOCKS: u64 = SEGMENT_BYTES / BLOCK_BYTES;
/// Lines in a block.
pub(crate) const LINES: u64 = BLOCK_BYTES / LINE_BYTES;
/// Most segments that an image can have.
pub const MAX_SEGMENTS: u64 = 65536;
/// Where the line tables begin in a segment's head.
const BITMAP: u64 = std::mem::offset_of!(SegmentHead, lines) as u64;
const IMAGE_HEADER: u64 = IMAGE_START + HEADER_BYTES;
const STATES: u64 = IMAGE_START + 4096;
/// First bytes of the image's head.
pub(crate) const MAGIC: [u8; 8] = *b"BATHEAP1";

const _: () = assert!(BITMAP + BLOCKS * LINES / 8 == HEADER_BYTES && HEADER_BYTES.is_multiple_of(CARD_BYTES));
const _: () = assert!(4096 + MAX_SEGMENTS <= META_BYTES);
const _: () = assert!(HEADER_BYTES.is_multiple_of(LINE_BYTES));

/// State of a segment.
pub(crate) mod state {
    /// Never used: its memory is zero.
    pub const UNUSED: u8 = 0;
    /// Has a header and blocks.
    pub const NORMAL: u8 = 1;
    /// First of the run of one large object.
    pub const LARGE_VALUES: u8 = 2;
    pub const LARGE_BYTES: u8 = 3;
    /// Another of that run.
    pub const LARGE_VALUES_REST: u8 = 4;
    pub const LARGE_BYTES_REST: u8 = 5;
    /// Free, but not zero.
    pub const FREE: u8 = 6;
    pub const COUNT: u8 = 7;
}

/// Kind of a block.
pub(crate) mod kind {
    /// Free; its words are values or zero.
    pub const FREE: u8 = 0;
    /// Small objects of format Slots or Indexed.
    pub const VALUES: u8 = 1;
    /// Small objects of format Bytes or Raw.
    pub const BYTES: u8 = 2;
    /// No objects.
    pub const META: u8 = 3;
    /// First block of one large object.
    pub const LARGE_VALUES: u8 = 4;
    pub const LARGE_BYTES: u8 = 5;
    /// Another block of that object.
    pub const LARGE_VALUES_REST: u8 = 6;
    pub const LARGE_BYTES_REST: u8 = 7;
    /// Free, and its words may be anything.
    pub const FREE_RAW: u8 = 8;
    pub const COUNT: u8 = 9;
}

/// Offset of a segment.
#[inline(always)]
pub(crate) const fn segment_offset(segment: u64) -> u64 {
    IMAGE_START + segment * SEGMENT_BYTES
}

/// Offset of a block.
#[inline(always)]
pub(crate) const fn block_offset(segment: u64, block: u64) -> u64 {
    segment_offset(segment) + block * BLOCK_BYTES
}

/// Segment of an offset of the image.
#[inline(always)]
pub(crate) const fn segment_of(offset: u64) -> u64 {
    (offset - IMAGE_START) / SEGMENT_BYTES
}

/// Block of an offset, within its segment.
#[inline(always)]
pub(crate) const fn block_of(offset: u64) -> u64 {
    (offset & (SEGMENT_BYTES - 1)) / BLOCK_BYTES
}

/// The lines of a block that belong to the segment header, as its line bitmap.
pub(crate) const fn reserved_lines(segment: u64, block: u64) -> [u64; 4] {
    if segment == 0 && block < META_BYTES / BLOCK_BYTES {
        [u64::MAX; 4]
    } else if block == 0 {
        [(1 << (HEADER_BYTES / LINE_BYTES)) - 1, 0, 0, 0]
    } else {
        [0; 4]
    }
}

impl Heap {
    /// Reads a byte of the image's bookkeeping.
    #[inline(always)]
    pub(crate) fn meta_byte(&self, offset: u64) -> u8 {
        debug_assert!(offset >= IMAGE_START && offset < self.reach());
        // SAFETY: inside the memory (checked above in debug builds; offsets here come from segment numbers).
        unsafe { *self.base.add(offset as usize) }
    }

    fn set_meta_byte(&mut self, offset: u64, byte: u8) {
        debug_assert!(offset >= IMAGE_START && offset < self.reach());
        // SAFETY: as in `meta_byte`.
        unsafe { *self.base.add(offset as usize) = byte }
        self.unsaved_range(offset, 1);
    }

    fn set_meta_word(&mut self, offset: u64, word: u64) {
        self.write(offset, word);
        self.unsaved_range(offset, 8);
    }

    pub(crate) fn segment_state(&self, segment: u64) -> u8 {
        self.meta_byte(STATES + segment)
    }

    pub(crate) fn set_segment_state(&mut self, segment: u64, state: u8) {
        let is_unused = |state: u8| matches!(state, state::UNUSED | state::FREE);
        match (is_unused(self.segment_state(segment)), is_unused(state)) {
            (true, false) => self.segment_taken(),
            (false, true) => self.segment_freed(),
            _ => {}
        }
        self.set_meta_byte(STATES + segment, state);
    }

    #[inline(always)]
    fn segment_head(&self, segment: u64) -> &SegmentHead {
        self.record(segment_offset(segment))
    }

    #[inline(always)]
    pub(crate) fn block_kind(&self, segment: u64, block: u64) -> u8 {
        self.segment_head(segment).kinds[block as usize]
    }

    pub(crate) fn set_block_kind(&mut self, segment: u64, block: u64, kind: u8) {
        self.set_meta_byte(segment_offset(segment) + block, kind);
    }

    pub(crate) fn line_bits(&self, segment: u64, block: u64) -> [u64; 4] {
        self.segment_head(segment).lines[block as usize].map(|word| word.to_native())
    }

    /// Writes a block's line bitmap where it differs.
    pub(crate) fn set_line_bits(&mut self, segment: u64, block: u64, bits: [u64; 4]) {
        let at = segment_offset(segment) + BITMAP + block * (LINES / 8);
        for (i, word) in bits.into_iter().enumerate() {
            if self.read(at + 8 * i as u64) != word {
                self.set_meta_word(at + 8 * i as u64, word);
            }
        }
    }

    fn image_head(&self) -> &ImageHead {
        self.record(IMAGE_HEADER)
    }

    fn set_image_head(&mut self, head: ImageHead) {
        self.put(IMAGE_HEADER, head);
        self.unsaved_range(IMAGE_HEADER, size_of::<ImageHead>() as u64);
    }

    /// Number of segments according to the image.
    pub(crate) fn image_segments(&self) -> u64 {
        self.image_head().segments.to_native()
    }

    pub(crate) fn set_image_segments(&mut self, n: u64) {
        self.set_image_head(ImageHead { segments: n.into(), ..*self.image_head() });
    }

    /// True if this is an image of this heap and not other bytes.
    pub(crate) fn has_image_magic(&self) -> bool {
        self.image_head().magic == MAGIC
    }

    pub(crate) fn set_image_magic(&mut self) {
        self.set_image_head(ImageHead { magic: MAGIC, ..*self.image_head() });
    }

    /// Segment from which a search for free lines may start.
    pub(crate) fn search_hint(&self) -> u64 {
        self.image_head().hint.to_native()
    }

    pub(crate) fn set_search_hint(&mut self, segment: u64) {
        if self.search_hint() != segment {
            self.set_image_head(ImageHead { hint: segment.into(), ..*self.image_head() });
        }
    }

    /// Turns an unused or free segment into one with blocks.
    pub(crate) fn format_segment(&mut self, segment: u64) {
        let dirty = self.segment_state(segment) != state::UNUSED;
        let kind = if dirty { kind::FREE_RAW } else { kind::FREE };
        for block in 0..BLOCKS {
            self.set_block_kind(segment, block, kind);
            let bits = reserved_lines(segment, block);
            let at = segment_offset(segment) + BITMAP + block * (LINES / 8);
            for (i, word) in bits.into_iter().enumerate() {
                self.set_meta_word(at + 8 * i as u64, word);
            }
        }
        self.zero(segment_offset(segment) + BLOCKS, BITMAP - BLOCKS);
        self.set_segment_state(segment, state::NORMAL);
    }

    /// Clears a range of the image.
    pub(crate) fn zero(&mut self, offset: u64, bytes: u64) {
        debug_assert!(offset + bytes <= self.reach());
        // SAFETY: inside the memory; `&mut self` excludes borrowed slices.
        unsafe { self.base.add(offset as usize).write_bytes(0, bytes as usize) }
        self.unsaved_range(offset, bytes);
    }

    /// The byte of an image card.
    #[inline(always)]
    pub(crate) fn card(&self, card: u64) -> u8 {
        debug_assert!(card << CARD_SHIFT < self.reach());
        // SAFETY: there is a byte for every card of the memory.
        unsafe { *self.cards.add(card as usize) }
    }

    /// The bytes of eight cards, the first a multiple of eight.
    #[inline(always)]
    pub(crate) fn card_word(&self, card: u64) -> u64 {
        debug_assert!(card.is_multiple_of(8) && (card + 7) << CARD_SHIFT < self.reach());
        // SAFETY: as in `card`, for eight of them; the table is aligned to more than eight bytes.
        unsafe { *self.cards.add(card as usize).cast::<u64>() }
    }

    pub(crate) fn set_card_word(&mut self, card: u64, word: u64) {
        debug_assert!(card.is_multiple_of(8) && (card + 7) << CARD_SHIFT < self.reach());
        // SAFETY: as in `card_word`.
        unsafe { *self.cards.add(card as usize).cast::<u64>() = word }
    }

    /// Clears bits of a card's byte.
    #[inline(always)]
    pub(crate) fn clear_card(&mut self, card: u64, bits: u8) {
        debug_assert!(card << CARD_SHIFT < self.reach());
        // SAFETY: as in `card`.
        unsafe { *self.cards.add(card as usize) &= !bits }
    }
}
