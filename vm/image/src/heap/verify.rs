//! The verifier: every object, map, reference, symbol and line table, without trusting any of them.
//!
//! Reads through bounds-checked words only, so that whatever bytes an image has, the result is an error or a heap
//! whose every reachable object may be read through the accessors. An image from outside is verified before use;
//! debug builds and tests verify after collections. It does not know bytecode: the machine verifies that.
//!
//! The error names the first wrong word and the way to it from the root vector.

use std::fmt;
use std::mem::offset_of;

use rkyv::bytecheck::CheckBytes;
use rkyv::rancor::Strategy;

use crate::layout::{
    BLOCK_BYTES, Format, Header, IMAGE_START, Kind, LINE_BYTES, SEGMENT_BYTES, SlotKind, map_word, root,
    slot_word,
};
use crate::record::{
    self, MapHead, MapInfo, Misfit, Record, SegmentHead, SizedHead, SlotRecord, SymbolsHead,
};
use crate::value::{TAG_HEADER, TAG_MASK, TAG_REF, Value};

use super::access::{bytes_bytes, indexed_bytes, slots_bytes};
use super::maps::slot_offset;
use super::marks::Bits;
use super::old::LARGE;
use super::segment::{BLOCKS, block_of, kind, segment_of, segment_offset, state};
use super::verify_path::path_to;
use super::{Heap, ROOTS_OFFSET, Roots, symbols};

/// Fields that a map may declare.
const MOST_FIELDS: usize = 1 << 20;

/// The first thing found wrong in a heap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// Offset (in the space) of the wrong word.
    pub offset: u64,
    /// How to get there from the root vector; empty for the heap's bookkeeping.
    pub path: String,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.offset.wrapping_sub(IMAGE_START);
        write!(f, "image offset {at:#x}: {}", self.problem)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, " (at {})", self.path) }
    }
}

impl std::error::Error for VerifyError {}

/// What a verification went through.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Verified {
    /// Reachable objects.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Canonical strings.
    pub symbols: u64,
}

/// A problem at an offset; the path is found afterwards.
pub(crate) struct Wrong {
    pub offset: u64,
    pub object: Option<u64>,
    pub problem: String,
}

pub(crate) type Check<T> = Result<T, Wrong>;

pub(crate) fn wrong<T>(offset: u64, problem: impl Into<String>) -> Check<T> {
    Err(Wrong { offset, object: None, problem: problem.into() })
}

/// What an object's map says about it.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    pub map: u64,
    pub info: MapInfo,
    pub fields: u64,
    pub bytes: u64,
}

impl Extent {
    pub(crate) fn has_values(&self) -> bool {
        matches!(self.info.format(), Format::Slots | Format::Indexed)
    }
}

impl Heap {
    /// Checks the heap at a safepoint: young space is emptied first.
    pub fn verify(&mut self, roots: &mut dyn Roots) -> Result<Verified, VerifyError> {
        self.scavenge(roots);
        let mut held = Vec::new();
        roots.visit(&mut |v| held.push(*v));
        self.verify_image(&held)
    }

    /// Checks the image part alone, young space being empty. `held` are further roots.
    pub(crate) fn verify_image(&self, held: &[Value]) -> Result<Verified, VerifyError> {
        self.verify_all(held).map_err(|w| {
            let path = w.object.map(|target| path_to(self, held, target)).unwrap_or_default();
            VerifyError { offset: w.offset, path, problem: w.problem }
        })
    }

    fn verify_all(&self, held: &[Value]) -> Check<Verified> {
        self.verify_bookkeeping()?;
        self.verify_no_young()?;
        self.verify_root_vector()?;
        // Before the graph, which looks symbols up in the table.
        let symbols = self.verify_symbols()?;
        Ok(Verified { symbols, ..self.verify_graph(held)? })
    }

    /// The word at an offset, if there is one.
    pub(crate) fn checked(&self, offset: u64) -> Check<u64> {
        if offset & 7 == 0 && (IMAGE_START..self.reach()).contains(&offset) {
            Ok(self.read(offset))
        } else {
            wrong(offset, "an offset outside the image")
        }
    }

    /// The record at an offset, if there is one and all its words mean something.
    pub(crate) fn checked_record<T>(&self, offset: u64) -> Check<&T>
    where
        T: Record + CheckBytes<Strategy<(), Misfit>>,
    {
        let end = offset.checked_add(size_of::<T>() as u64);
        if offset & 7 != 0 || offset < IMAGE_START || end.is_none_or(|end| end > self.reach()) {
            return wrong(offset, "an offset outside the image");
        }
        let record = self.record::<T>(offset);
        // SAFETY: the record lies inside the memory, as was just found, and nobody stores while `self` is borrowed.
        unsafe { record::check(record) }.map_err(|misfit| {
            let at = misfit.address.checked_sub(self.space.base().addr()).map_or(offset, |at| at as u64);
            Wrong { offset: at, object: None, problem: misfit.what }
        })?;
        Ok(record)
    }

    fn verify_bookkeeping(&self) -> Check<()> {
        if !self.has_image_magic() {
            return wrong(IMAGE_START, "the image does not begin with a heap");
        }
        if self.image_segments() != self.old.segments {
            return wrong(IMAGE_START, "the number of segments is wrong");
        }
        let mut before = state::UNUSED;
        for segment in 0..self.old.segments {
            let now = self.segment_state(segment);
            let at = segment_offset(segment);
            let run_goes_on = match now {
                state::LARGE_VALUES_REST => matches!(before, state::LARGE_VALUES | state::LARGE_VALUES_REST),
                state::LARGE_BYTES_REST => matches!(before, state::LARGE_BYTES | state::LARGE_BYTES_REST),
                _ => now < state::COUNT,
            };
            if !run_goes_on || (segment == 0 && now != state::NORMAL) {
                return wrong(at, format!("segment {segment} has the impossible state {now}"));
            }
            if now == state::NORMAL {
                self.verify_blocks(segment)?;
            }
            before = now;
        }
        Ok(())
    }

    fn verify_blocks(&self, segment: u64) -> Check<()> {
        self.checked_record::<SegmentHead>(segment_offset(segment))?;
        let mut before = kind::FREE;
        for block in 0..BLOCKS {
            let now = self.block_kind(segment, block);
            let meta = segment == 0 && block < super::segment::META_BYTES / BLOCK_BYTES;
            let fits = match now {
                kind::META => meta,
                kind::LARGE_VALUES | kind::LARGE_BYTES => block > 0 && !meta,
                kind::LARGE_VALUES_REST => matches!(before, kind::LARGE_VALUES | kind::LARGE_VALUES_REST),
                kind::LARGE_BYTES_REST => matches!(before, kind::LARGE_BYTES | kind::LARGE_BYTES_REST),
                _ => !meta,
            };
            if !fits {
                return wrong(
                    segment_offset(segment),
                    format!("block {block} has the impossible kind {now}"),
                );
            }
            let reserved = super::segment::reserved_lines(segment, block);
            let bits = self.line_bits(segment, block);
            if (0..4).any(|i| bits[i] & reserved[i] != reserved[i]) {
                return wrong(
                    segment_offset(segment),
                    format!("the line table of block {block} frees the header"),
                );
            }
            before = now;
        }
        Ok(())
    }

    /// No word where values are expected may refer to young space, live or not: the scavenger trusts such words.
    fn verify_no_young(&self) -> Check<()> {
        for segment in 0..self.old.segments {
            let start = segment_offset(segment);
            match self.segment_state(segment) {
                state::LARGE_VALUES | state::LARGE_VALUES_REST => {
                    self.no_young_in(start, start + SEGMENT_BYTES)?
                }
                state::NORMAL => {
                    for block in 0..BLOCKS {
                        let skip = if block == 0 { super::segment::HEADER_BYTES } else { 0 };
                        let at = start + block * BLOCK_BYTES;
                        if matches!(
                            self.block_kind(segment, block),
                            kind::FREE | kind::VALUES | kind::LARGE_VALUES | kind::LARGE_VALUES_REST
                        ) {
                            self.no_young_in(at + skip, at + BLOCK_BYTES)?;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn no_young_in(&self, from: u64, to: u64) -> Check<()> {
        for at in (from..to).step_by(8) {
            let word = self.read(at);
            if word & TAG_MASK == TAG_REF && word < IMAGE_START {
                return wrong(at, "a reference into young space");
            }
        }
        Ok(())
    }

    pub(super) fn verify_root_vector(&self) -> Check<()> {
        let extent = self.verify_extent(ROOTS_OFFSET)?;
        let length = self.checked(ROOTS_OFFSET + 8)?;
        if extent.info.kind() != Kind::Internal
            || extent.info.format() != Format::Indexed
            || extent.fields != 0
            || length != Value::from_usize(root::COUNT).bits()
        {
            return wrong(ROOTS_OFFSET, "the root vector has the wrong shape");
        }
        let expected = [
            (root::NIL, Kind::Oddball, None),
            (root::TRUE, Kind::Oddball, None),
            (root::FALSE, Kind::Oddball, None),
            (root::SYMBOLS, Kind::Internal, None),
            (root::MAP_MAP, Kind::Map, Some((Kind::Map, Format::Indexed))),
            (root::SMALL_INT_MAP, Kind::Map, Some((Kind::SmallInt, Format::Slots))),
            (root::FLOAT_MAP, Kind::Map, Some((Kind::Float, Format::Raw))),
            (root::SYMBOL_MAP, Kind::Map, Some((Kind::Symbol, Format::Bytes))),
            (root::METHOD_MAP, Kind::Map, Some((Kind::Method, Format::Indexed))),
            (root::CELL_MAP, Kind::Map, Some((Kind::Cell, Format::Slots))),
            (root::OPEN_CELL_MAP, Kind::Map, Some((Kind::Cell, Format::Slots))),
            (root::HOME_MAP, Kind::Map, Some((Kind::Home, Format::Slots))),
            (root::INTERNAL_MAP, Kind::Map, Some((Kind::Internal, Format::Indexed))),
            (root::CODE_MAP, Kind::Map, Some((Kind::Code, Format::Bytes))),
            (root::BIG_INT_MAP, Kind::Map, Some((Kind::BigInt, Format::Bytes))),
        ];
        for (i, kind, instances) in expected {
            let at = ROOTS_OFFSET + 16 + 8 * i as u64;
            let Some(r) = Value::from_bits(self.checked(at)?).as_ref() else {
                return wrong(at, format!("root {i} is not an object"));
            };
            let extent = self.verify_extent(r.offset()).map_err(|w| Wrong { offset: at, ..w })?;
            let fits = match instances {
                None => true,
                Some((kind, format)) => {
                    let info = self.verify_map(r.offset())?.info;
                    info.kind() == kind && info.format() == format
                }
            };
            if extent.info.kind() != kind || !fits {
                return wrong(at, format!("root {i} is not of the right kind"));
            }
        }
        Ok(())
    }

    /// Whether a map may be trusted to tell the size of its instances: its info and number of fields.
    fn verify_map(&self, map: u64) -> Check<&MapHead> {
        let map_map = self.checked(ROOTS_OFFSET + 16 + 8 * root::MAP_MAP as u64)?;
        if self.checked_record::<Header>(map)?.map_offset() | TAG_REF != map_map {
            return wrong(map, "a map whose map is not the map of maps");
        }
        let words = self.placed(map, true)?;
        let head = self.checked_record::<MapHead>(map)?;
        let slot_words = head.length.get().wrapping_sub(map_word::SLOTS);
        if slot_words as u64 > words || !slot_words.is_multiple_of(slot_word::SIZE) {
            return wrong(map + 8, "a map of impossible length");
        }
        if head.fields.get() >= MOST_FIELDS || !kind_fits(head.info, head.fields.get()) {
            return wrong(map + 16, "a map that no object can have");
        }
        Ok(head)
    }

    /// Checks header, map, size and place of the object at an offset, not its words.
    pub(crate) fn verify_extent(&self, at: u64) -> Check<Extent> {
        let map = self.checked_record::<Header>(at)?.map_offset();
        let head = self.verify_map(map)?;
        let (info, fields) = (head.info, head.fields.get());
        let content_values = matches!(info.format(), Format::Slots | Format::Indexed);
        let room = self.placed(at, content_values)? * 8;
        let length = || -> Check<usize> {
            let length = self.checked_record::<SizedHead>(at)?.length.get();
            if length as u64 > room { wrong(at + 8, "an impossible length") } else { Ok(length) }
        };
        let bytes = match info.format() {
            Format::Slots => slots_bytes(fields),
            Format::Indexed => indexed_bytes(fields, length()?),
            Format::Bytes => bytes_bytes(length()?),
            Format::Raw => 16,
        } as u64;
        if bytes > room {
            return wrong(at, format!("an object of {bytes} bytes where there is room for {room}"));
        }
        self.verify_lines(at, bytes)?;
        Ok(Extent { map, info, fields: fields as u64, bytes })
    }

    /// Checks that an object of this content may lie at an offset; how many words there are up to the end of its place.
    fn placed(&self, at: u64, values: bool) -> Check<u64> {
        self.checked(at)?;
        let segment = segment_of(at);
        let start = segment_offset(segment);
        let large = if values { state::LARGE_VALUES } else { state::LARGE_BYTES };
        let rest = if values { state::LARGE_VALUES_REST } else { state::LARGE_BYTES_REST };
        let state_here = self.segment_state(segment);
        if state_here == large && at == start {
            let mut end = segment + 1;
            while end < self.old.segments && self.segment_state(end) == rest {
                end += 1;
            }
            return Ok((end - segment) * SEGMENT_BYTES / 8);
        }
        if state_here != state::NORMAL {
            return wrong(at, "an object in a segment that holds none");
        }
        let block = block_of(at);
        let offset = at % BLOCK_BYTES;
        let (small, large, rest) = if values {
            (kind::VALUES, kind::LARGE_VALUES, kind::LARGE_VALUES_REST)
        } else {
            (kind::BYTES, kind::LARGE_BYTES, kind::LARGE_BYTES_REST)
        };
        let kind = self.block_kind(segment, block);
        if kind == large && offset == 0 {
            let mut end = block + 1;
            while end < BLOCKS && self.block_kind(segment, end) == rest {
                end += 1;
            }
            return Ok((end - block) * BLOCK_BYTES / 8);
        }
        if kind == small {
            return Ok((BLOCK_BYTES - offset).min(LARGE) / 8);
        }
        wrong(at, "an object in a block of another kind")
    }

    /// The lines of a small object must be noted as used, or the allocator would hand them out.
    fn verify_lines(&self, at: u64, bytes: u64) -> Check<()> {
        let segment = segment_of(at);
        if self.segment_state(segment) != state::NORMAL {
            return Ok(());
        }
        let block = block_of(at);
        let bits = self.line_bits(segment, block);
        let first = at % BLOCK_BYTES / LINE_BYTES;
        let last = ((at % BLOCK_BYTES + bytes - 1) / LINE_BYTES).min(BLOCK_BYTES / LINE_BYTES - 1);
        let reserved = super::segment::reserved_lines(segment, block);
        for line in first..=last {
            let (i, bit) = ((line / 64) as usize, 1 << (line % 64));
            if bits[i] & bit == 0 || reserved[i] & bit != 0 {
                return wrong(at, "an object on a line that is not noted as used");
            }
        }
        Ok(())
    }

    fn verify_graph(&self, held: &[Value]) -> Check<Verified> {
        let mut verified = Verified::default();
        let mut starts = Bits::default();
        let mut covered = Bits::default();
        let mut work = vec![ROOTS_OFFSET];
        starts.set(ROOTS_OFFSET);
        for v in held {
            self.follow(v.bits(), 0, &mut starts, &mut work)?;
        }
        while let Some(at) = work.pop() {
            let blame = |w: Wrong| Wrong { object: w.object.or(Some(at)), ..w };
            let extent = self.verify_extent(at).map_err(blame)?;
            verified.objects += 1;
            verified.bytes += extent.bytes;
            for word in (at..at + extent.bytes).step_by(8) {
                if !covered.set(word) {
                    return wrong(word, "two objects overlap").map_err(blame);
                }
            }
            self.follow(extent.map | TAG_REF, at, &mut starts, &mut work).map_err(blame)?;
            if extent.has_values() {
                for word in (at + 8..at + extent.bytes).step_by(8) {
                    self.follow(self.read(word), word, &mut starts, &mut work).map_err(blame)?;
                }
            }
            self.verify_meaning(at, &extent).map_err(blame)?;
        }
        Ok(verified)
    }

    fn follow(&self, word: u64, at: u64, starts: &mut Bits, work: &mut Vec<u64>) -> Check<()> {
        match word & TAG_MASK {
            TAG_HEADER => wrong(at, "a header where a value is expected"),
            TAG_REF => {
                let target = word - TAG_REF;
                if target & 7 != 0 || !(ROOTS_OFFSET..self.reach()).contains(&target) {
                    return wrong(at, "a reference outside the image");
                }
                // The target is examined here, so that the error names the reference that led to it.
                if starts.set(target) {
                    self.verify_extent(target).map_err(|w| Wrong {
                        offset: at,
                        problem: format!("a bad reference: {}", w.problem),
                        ..w
                    })?;
                    work.push(target);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// What the machine relies on beyond sizes: the slots of maps, and that canonical strings are canonical.
    fn verify_meaning(&self, at: u64, extent: &Extent) -> Check<()> {
        match extent.info.kind() {
            Kind::Map => self.verify_slots(at),
            Kind::Symbol => {
                let r = super::access::ref_at(at);
                let table = self.checked_symbols()?;
                match self.probe(table, self.bytes(r)) {
                    Ok(found) if found == r => Ok(()),
                    _ => wrong(at, "a canonical string that is not in the symbol table"),
                }
            }
            _ => Ok(()),
        }
    }

    fn verify_slots(&self, map: u64) -> Check<()> {
        let head = self.verify_map(map)?;
        let map = super::access::map_at(map);
        for i in 0..(head.length.get() - map_word::SLOTS) / slot_word::SIZE {
            let at = slot_offset(map, i);
            let slot = self.checked_record::<SlotRecord>(at)?;
            if !self.is_symbol(slot.name.bits()) {
                return wrong(at, "a slot whose name is no canonical string");
            }
            if slot.info.kind() == SlotKind::Field && slot.info.index() as usize >= head.fields.get() {
                return wrong(
                    at + offset_of!(SlotRecord, info) as u64,
                    "a slot in a field that no object has",
                );
            }
        }
        Ok(())
    }

    fn is_symbol(&self, word: u64) -> bool {
        let symbol_map = self.checked(ROOTS_OFFSET + 16 + 8 * root::SYMBOL_MAP as u64).unwrap_or(0);
        word & TAG_MASK == TAG_REF
            && matches!(self.verify_extent(word - TAG_REF), Ok(extent) if extent.map | TAG_REF == symbol_map)
    }

    /// The symbol table, if its shape allows probing.
    fn checked_symbols(&self) -> Check<crate::value::ObjectRef> {
        let at = ROOTS_OFFSET + 16 + 8 * root::SYMBOLS as u64;
        let Some(table) = Value::from_bits(self.checked(at)?).as_ref() else {
            return wrong(at, "there is no symbol table");
        };
        let extent = self.verify_extent(table.offset())?;
        let length = (self.checked(table.offset() + 8)? >> 2) as usize;
        let places = length.wrapping_sub(symbols::PLACES);
        let indexed = extent.info.format() == Format::Indexed && extent.fields == 0;
        if !indexed || !places.is_power_of_two() || places > length {
            return wrong(table.offset(), "the symbol table has the wrong shape");
        }
        Ok(table)
    }

    /// Every entry is a symbol that is found where it stands, one place is free, and the counts are right.
    fn verify_symbols(&self) -> Check<u64> {
        let table = self.checked_symbols()?;
        let (mut count, mut dead, mut free) = (0u64, 0u64, 0u64);
        let end = table.offset() + 16 + 8 * self.length(table) as u64;
        for at in (table.offset() + 16 + 8 * symbols::PLACES as u64..end).step_by(8) {
            let word = self.checked(at)?;
            match Value::from_bits(word) {
                v if v == Value::ZERO => free += 1,
                v if v == symbols::TOMBSTONE => dead += 1,
                _ if self.is_symbol(word) => count += 1,
                _ => return wrong(at, "an entry of the symbol table that is no symbol"),
            }
        }
        let stated = self.checked_record::<SymbolsHead>(table.offset())?;
        if free == 0 || stated.count.get() as u64 != count || stated.dead.get() as u64 != dead {
            return wrong(table.offset() + 16, "the symbol table counts wrongly");
        }
        for at in (table.offset() + 16 + 8 * symbols::PLACES as u64..end).step_by(8) {
            if let Some(symbol) = Value::from_bits(self.checked(at)?).as_ref()
                && self.probe(table, self.bytes(symbol)) != Ok(symbol)
            {
                return wrong(at, "a symbol that its own bytes do not lead to");
            }
        }
        Ok(count)
    }
}

/// Which formats a kind may have, and which have fields.
fn kind_fits(info: MapInfo, fields: usize) -> bool {
    let format = match info.kind() {
        Kind::Slots | Kind::SmallInt | Kind::Oddball | Kind::Cell | Kind::Home => Some(Format::Slots),
        Kind::Vector | Kind::WeakVector | Kind::Map | Kind::Internal => Some(Format::Indexed),
        Kind::ByteVector | Kind::Symbol | Kind::BigInt | Kind::Code => Some(Format::Bytes),
        Kind::Float => Some(Format::Raw),
        _ => None,
    };
    let raw = matches!(info.format(), Format::Bytes | Format::Raw);
    format.is_none_or(|f| f == info.format())
        && (!raw || fields == 0)
        && (info.kind() != Kind::Map || fields == 0)
}
