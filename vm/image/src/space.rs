//! The reserved range of addresses that one open image lives in, and its card table.
//!
//! ```text
//! base            base + IMAGE_START                                  base + range
//! | young space   | segment 0 | segment 1 | ... | not accessible yet  |
//!   anonymous       private mappings of the file's chunks, or anonymous memory
//! cards: one byte for every 512 bytes of the whole range
//! ```
//!
//! Invariants: nothing here ever writes to a file (every file mapping is MAP_PRIVATE); the chunks that a space
//! maps are held by its `ChunkMap` until it is dropped, so that nobody overwrites them under it; a card
//! that differs from the mapped chunk has `CARD_DIVERGED` set.
//!
//! It does not know what an object, a commit or a log is. This file and the heap are where `unsafe` lives; the
//! store has none.

use crate::guard::{self, Guard};
use crate::layout::{CARD_BYTES, CARD_DIVERGED, CARD_UNSAVED, IMAGE_START, SEGMENT_BYTES};
use crate::store::chunks::{ChunkIndex, ChunkMap};
use crate::store::error::Damage;
use crate::store::storage::{Storage, read_exact_at};
use rustix::mm::{MapFlags, MprotectFlags, ProtFlags};
use std::alloc::Layout;
use std::ffi::c_void;
use std::io;
use std::ops::Range;
use std::ptr::NonNull;
use std::sync::Arc;

/// Why a space could not be made, grown, mapped or forked.
#[derive(Debug, thiserror::Error)]
pub enum SpaceError {
    /// The operating system refused an address range or a mapping.
    #[error("cannot map {bytes} bytes of memory: {source}")]
    Map {
        /// Size of the range.
        bytes: u64,
        /// What the system said.
        source: io::Error,
    },
    /// A chunk of the file could not be read.
    #[error("cannot read segment {segment} from file offset {offset}: {source}")]
    Read {
        /// Logical segment.
        segment: u64,
        /// Offset in the file.
        offset: u64,
        /// What the storage said.
        source: io::Error,
    },
    /// The file does not hold what was written.
    #[error("the image is damaged: {0}")]
    Damaged(Damage),
    /// The image would exceed the limit of this space.
    #[error("the image would need {wanted} segments, but this space may hold only {limit}")]
    Limit {
        /// Segments asked for.
        wanted: u64,
        /// Segments allowed.
        limit: u64,
    },
    /// The space already holds an image, or one of another segment size.
    #[error("the space is already in use")]
    InUse,
}

/// Sizes of a space.
#[derive(Clone, Copy, Debug)]
pub struct SpaceOptions {
    /// Whole reserved range in bytes, young space included. A multiple of the segment size.
    pub range_bytes: u64,
    /// Most bytes of image (not young space) that may become accessible; the range is the limit if `None`.
    pub image_limit: Option<u64>,
    /// Bytes of a segment: `SEGMENT_BYTES`, except in tests of the store.
    pub segment_bytes: u64,
}

impl Default for SpaceOptions {
    fn default() -> SpaceOptions {
        SpaceOptions { range_bytes: 64 << 30, image_limit: None, segment_bytes: SEGMENT_BYTES }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Backing {
    /// Address space from the kernel.
    Reserved,
    /// One zeroed allocation: for tools that know no mmap (Miri), and small tests.
    Allocated,
}

/// Where a space's unchanged bytes come from.
#[derive(Clone)]
pub(crate) struct Origin {
    pub storage: Arc<dyn Storage>,
    pub chunks: Arc<ChunkMap>,
}

/// See the module's description.
pub struct Space {
    base: NonNull<u8>,
    cards: NonNull<u8>,
    backing: Backing,
    options: SpaceOptions,
    segments: u64,
    origin: Option<Origin>,
    /// Watches what is not checked yet. Goes before the mappings do.
    guard: Option<Guard>,
}

// SAFETY: a space owns its two ranges; nothing in it is tied to the thread that made it.
unsafe impl Send for Space {}

impl Space {
    /// Reserves a range and makes the young space accessible. The image part is empty.
    pub fn reserve(options: SpaceOptions) -> Result<Space, SpaceError> {
        Space::reserve_for(options, LEAST_SEGMENTS)
    }

    /// The same for an image of so many segments. Where the system has no such range (`ulimit -v`), a smaller one is taken, and half of
    /// what is to be had is left for others: forks, and older commits beside this one.
    pub fn reserve_for(options: SpaceOptions, segments: u64) -> Result<Space, SpaceError> {
        let least = segments.saturating_mul(options.segment_bytes).saturating_add(IMAGE_START);
        let smaller = |options: SpaceOptions| {
            let range_bytes = (options.range_bytes / 2).next_multiple_of(options.segment_bytes);
            (range_bytes >= least).then_some(SpaceOptions { range_bytes, ..options })
        };
        let mut tried = options;
        loop {
            match (Space::reserve_exactly(tried), smaller(tried)) {
                (Err(SpaceError::Map { .. }), Some(less)) => tried = less,
                (Ok(space), Some(less)) if tried.range_bytes < options.range_bytes => {
                    drop(space);
                    return Space::reserve_exactly(less);
                }
                (done, _) => return done,
            }
        }
    }

    fn reserve_exactly(options: SpaceOptions) -> Result<Space, SpaceError> {
        let range = checked_range(&options)?;
        let base = reserve_range(range)?;
        let cards = match reserve_range(card_table_bytes(range)) {
            Ok(cards) => cards,
            Err(error) => {
                release_range(base, range);
                return Err(error);
            }
        };
        let space = Space {
            base,
            cards,
            backing: Backing::Reserved,
            options,
            segments: 0,
            origin: None,
            guard: None,
        };
        // From here on `space` releases both ranges when something fails.
        space.protect_read_write(space.base, 0, IMAGE_START)?;
        space.protect_read_write(space.cards, 0, card_table_bytes(range) as u64)?;
        Ok(space)
    }

    /// A space without a file, with `segments` zeroed segments.
    pub fn anonymous(options: SpaceOptions, segments: u64) -> Result<Space, SpaceError> {
        let mut space = Space::reserve(options)?;
        space.grow(segments)?;
        Ok(space)
    }

    /// Like `anonymous`, on one plain zeroed allocation instead of mappings.
    pub fn allocated(options: SpaceOptions, segments: u64) -> Result<Space, SpaceError> {
        let range = checked_range(&options)?;
        let base = allocate(range)?;
        let cards = match allocate(card_table_bytes(range)) {
            Ok(cards) => cards,
            Err(error) => {
                deallocate(base, range);
                return Err(error);
            }
        };
        let mut space = Space {
            base,
            cards,
            backing: Backing::Allocated,
            options,
            segments: 0,
            origin: None,
            guard: None,
        };
        space.grow(segments)?;
        Ok(space)
    }

    /// First byte of the range.
    #[inline(always)]
    pub fn base(&self) -> *mut u8 {
        self.base.as_ptr()
    }

    /// The card byte of the range's first 512 bytes.
    #[inline(always)]
    pub fn cards(&self) -> *mut u8 {
        self.cards.as_ptr()
    }

    /// Size of the range in bytes, young space included.
    pub fn range_bytes(&self) -> u64 {
        self.options.range_bytes
    }

    /// Bytes of a segment.
    pub fn segment_bytes(&self) -> u64 {
        self.options.segment_bytes
    }

    /// Accessible segments.
    pub fn segment_count(&self) -> u64 {
        self.segments
    }

    /// Accessible bytes of the image (from `IMAGE_START` on).
    pub fn image_bytes(&self) -> u64 {
        self.segments * self.options.segment_bytes
    }

    /// The most segments that this space may hold.
    pub fn segment_limit(&self) -> u64 {
        let room = self.options.range_bytes - IMAGE_START;
        self.options.image_limit.unwrap_or(room).min(room) / self.options.segment_bytes
    }

    /// The options it was made with.
    pub fn options(&self) -> SpaceOptions {
        self.options
    }

    /// Makes zeroed segments accessible until there are `segments`. Never shrinks.
    pub fn grow(&mut self, segments: u64) -> Result<(), SpaceError> {
        if segments > self.segment_limit() {
            return Err(SpaceError::Limit { wanted: segments, limit: self.segment_limit() });
        }
        if segments > self.segments {
            let (from, to) = (self.segment_offset(self.segments), self.segment_offset(segments));
            self.protect_read_write(self.base, from, to - from)?;
            self.segments = segments;
        }
        Ok(())
    }

    /// Bytes of the image, `range` counted from `IMAGE_START`. The caller is at a safepoint: nobody stores into
    /// the space while the slice lives.
    pub(crate) fn image_slice(&self, range: Range<u64>) -> Option<&[u8]> {
        if range.start > range.end || range.end > self.image_bytes() {
            return None;
        }
        // SAFETY: the bounds were just checked, so the bytes are accessible and initialised (mapped or zeroed); the
        // mutator is stopped while the store reads, as the contract of `Store::commit` says.
        Some(unsafe {
            std::slice::from_raw_parts(
                self.base.as_ptr().add((IMAGE_START + range.start) as usize),
                (range.end - range.start) as usize,
            )
        })
    }

    /// Copies `bytes` to an image offset (a multiple of a card, whole cards) and marks the cards with `mark`.
    /// False if it does not fit.
    pub(crate) fn write_image(&mut self, offset: u64, bytes: &[u8], mark: u8) -> bool {
        let Some(end) = offset.checked_add(bytes.len() as u64) else { return false };
        if end > self.image_bytes() || !offset.is_multiple_of(CARD_BYTES) {
            return false;
        }
        // SAFETY: [offset, end) lies in the accessible image, and `&mut self` keeps other users of this type away; the
        // source is a slice outside of the space or of another space.
        unsafe {
            let to = self.base.as_ptr().add((IMAGE_START + offset) as usize);
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
        }
        for card in self.card_bytes_mut(offset / CARD_BYTES..end.div_ceil(CARD_BYTES)) {
            *card |= mark;
        }
        true
    }

    /// Copies bytes of the image, from an offset counted from `IMAGE_START`. False if they are not all accessible.
    pub fn read_image(&self, offset: u64, into: &mut [u8]) -> bool {
        let Some(end) = offset.checked_add(into.len() as u64) else { return false };
        let Some(bytes) = self.image_slice(offset..end) else { return false };
        into.copy_from_slice(bytes);
        true
    }

    /// Stores bytes into the image at any offset, as the write barrier does: the cards are marked with all bits.
    /// False if they do not fit. For tools and tests; the heap stores through its own accessors.
    pub fn store_image(&mut self, offset: u64, bytes: &[u8]) -> bool {
        let Some(end) = offset.checked_add(bytes.len() as u64) else { return false };
        if end > self.image_bytes() {
            return false;
        }
        // SAFETY: the bounds were just checked, `&mut self` keeps other users of this type away, and `bytes` is not part
        // of this space.
        unsafe {
            let to = self.base.as_ptr().add((IMAGE_START + offset) as usize);
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
        }
        self.card_bytes_mut(offset / CARD_BYTES..end.div_ceil(CARD_BYTES)).fill(0xFF);
        true
    }

    /// The card bytes of the image; index 0 is the card at `IMAGE_START`.
    pub fn image_cards(&self) -> &[u8] {
        let count = (self.image_bytes() / CARD_BYTES) as usize;
        // SAFETY: the card table covers the whole range and is readable; as above nobody stores meanwhile.
        unsafe {
            std::slice::from_raw_parts(self.cards.as_ptr().add((IMAGE_START / CARD_BYTES) as usize), count)
        }
    }

    fn card_bytes_mut(&mut self, range: Range<u64>) -> &mut [u8] {
        debug_assert!(range.end * CARD_BYTES <= self.image_bytes());
        let first = (IMAGE_START / CARD_BYTES + range.start) as usize;
        // SAFETY: callers pass cards of the accessible image, and the table covers the whole range.
        unsafe {
            std::slice::from_raw_parts_mut(
                self.cards.as_ptr().add(first),
                (range.end.saturating_sub(range.start)) as usize,
            )
        }
    }

    /// Clears `bits` in the card bytes of the given runs of image cards.
    pub fn clear_card_bits(&mut self, bits: u8, runs: &[Range<u64>]) {
        let cards = self.image_bytes() / CARD_BYTES;
        for run in runs {
            for card in self.card_bytes_mut(run.start.min(cards)..run.end.min(cards)) {
                *card &= !bits;
            }
        }
    }

    /// The runs of image cards that have any of `bits` set, in rising order.
    pub fn card_runs(&self, bits: u8) -> Vec<Range<u64>> {
        let mut runs: Vec<Range<u64>> = Vec::new();
        let mut note = |card: u64| match runs.last_mut() {
            Some(run) if run.end == card => run.end += 1,
            _ => runs.push(card..card + 1),
        };
        // Most cards of most images are clean: look at 256 at a time, which the compiler makes a few vector
        // instructions, and closer only where something is set.
        const BLOCK: usize = 256;
        for (index, block) in self.image_cards().chunks(BLOCK).enumerate() {
            if block.iter().fold(0, |all, card| all | card) & bits != 0 {
                for (step, _) in block.iter().enumerate().filter(|(_, card)| **card & bits != 0) {
                    note((index * BLOCK + step) as u64);
                }
            }
        }
        runs
    }

    /// Maps the chunks of a file into an empty space.
    pub(crate) fn map_origin(&mut self, origin: Origin) -> Result<(), SpaceError> {
        if self.segments != 0 || self.origin.is_some() {
            return Err(SpaceError::InUse);
        }
        let wanted = origin.chunks.chunks().len() as u64;
        if wanted > self.segment_limit() {
            return Err(SpaceError::Limit { wanted, limit: self.segment_limit() });
        }
        if self.backing == Backing::Reserved
            && let Some(file) = origin.storage.descriptor()
        {
            let room = (self.options.range_bytes - IMAGE_START) as usize;
            self.guard = Some(Guard::new(self.image_start(), room, &origin.chunks, file));
        }
        let mapped = self.map_segments(&*origin.storage, &origin.chunks, 0..wanted as usize);
        if mapped.is_err() {
            self.guard = None;
        }
        mapped?;
        self.segments = wanted;
        self.origin = Some(origin);
        Ok(())
    }

    /// Exchanges the chunk map: segments whose chunk differs are mapped anew, and the cards of `keep` (in rising
    /// order) are carried over from memory. Afterwards these cards are marked as diverged. Bytes do not change: outside of
    /// `keep`, memory has what the new chunks have. After an error some segments still map their old chunks.
    pub(crate) fn remap_origin(&mut self, origin: Origin, keep: &[Range<u64>]) -> Result<(), SpaceError> {
        let old = self.origin.as_ref().map(|old| old.chunks.clone());
        if let Some(old) = &old {
            origin.chunks.learn(old);
        }
        let old_chunks = old.as_ref().map_or(&[][..], |old| old.chunks());
        // Without a file to map, memory is a copy already, and needs no other bytes.
        let mapped = self.backing == Backing::Reserved && origin.storage.descriptor().is_some();
        let segment_cards = self.segment_bytes() / CARD_BYTES;
        let mut next_run = 0;
        for (segment, chunk) in origin.chunks.chunks().iter().enumerate().take(self.segments as usize) {
            let cards = segment as u64 * segment_cards..(segment as u64 + 1) * segment_cards;
            while keep.get(next_run).is_some_and(|run| run.end <= cards.start) {
                next_run += 1;
            }
            let kept: Vec<Range<u64>> = keep[next_run..]
                .iter()
                .take_while(|run| run.start < cards.end)
                .map(|run| run.start.max(cards.start)..run.end.min(cards.end))
                .collect();
            let same = old_chunks.get(segment).copied().unwrap_or(ChunkIndex::HOLE) == *chunk;
            if !same {
                let saved: Vec<(u64, Vec<u8>)> = kept
                    .iter()
                    .filter_map(|run| {
                        let bytes = self.image_slice(run.start * CARD_BYTES..run.end * CARD_BYTES)?;
                        Some((run.start * CARD_BYTES, bytes.to_vec()))
                    })
                    .collect();
                // Checked before it is mapped: the handler knows only the old chunks as yet.
                let remapped = if mapped {
                    let checked =
                        self.guard.as_ref().map_or(Ok(()), |guard| guard.check(&origin.chunks, segment));
                    checked
                        .map_err(|fault| SpaceError::Damaged(fault.damage(&origin.chunks, segment)))
                        .and_then(|()| {
                            self.map_segments(&*origin.storage, &origin.chunks, segment..segment + 1)
                        })
                } else {
                    Ok(())
                };
                if let Err(error) = remapped {
                    // The system takes a mapping away only when it gives another: this segment is as it was.
                    let chunks = Arc::new(ChunkMap::mixed(&origin.chunks, segment, old.as_ref()));
                    self.guard.iter().for_each(|guard| guard.set_map(&chunks));
                    self.origin = Some(Origin { storage: origin.storage, chunks });
                    return Err(error);
                }
                for (offset, bytes) in &saved {
                    self.write_image(*offset, bytes, 0);
                }
                for card in self.card_bytes_mut(cards) {
                    *card &= !CARD_DIVERGED;
                }
            }
            for run in kept {
                for card in self.card_bytes_mut(run) {
                    *card |= CARD_DIVERGED;
                }
            }
        }
        self.guard.iter().for_each(|guard| guard.set_map(&origin.chunks));
        // The old map is released only here, when no page of its chunks is mapped any more.
        self.origin = Some(origin);
        Ok(())
    }

    /// A second private mapping of the same bytes, uncommitted changes included: the same chunks, and a copy
    /// of every card that differs from them. The young space of the fork is empty. It has no way to the file.
    ///
    /// `limit` is the most bytes of image that the fork may grow to.
    pub fn fork(&self, limit: Option<u64>) -> Result<Space, SpaceError> {
        let options = SpaceOptions { image_limit: limit.or(self.options.image_limit), ..self.options };
        let mut fork = match self.backing {
            Backing::Reserved => Space::reserve_for(options, self.segments)?,
            Backing::Allocated => Space::allocated(options, 0)?,
        };
        if self.segments > fork.segment_limit() {
            return Err(SpaceError::Limit { wanted: self.segments, limit: fork.segment_limit() });
        }
        if let Some(origin) = &self.origin {
            fork.map_origin(origin.clone())?;
        }
        fork.grow(self.segments)?;
        for run in self.card_runs(CARD_DIVERGED) {
            let bytes = run.start * CARD_BYTES..run.end * CARD_BYTES;
            if let Some(source) = self.image_slice(bytes.clone()) {
                fork.write_image(bytes.start, source, CARD_DIVERGED);
            }
            let unsaved = &self.image_cards()[run.start as usize..run.end as usize];
            for (to, from) in fork.card_bytes_mut(run).iter_mut().zip(unsaved) {
                *to |= from & CARD_UNSAVED;
            }
        }
        Ok(fork)
    }

    fn segment_offset(&self, segment: u64) -> u64 {
        IMAGE_START + segment * self.options.segment_bytes
    }

    fn protect_read_write(&self, start: NonNull<u8>, offset: u64, bytes: u64) -> Result<(), SpaceError> {
        if self.backing == Backing::Allocated || bytes == 0 {
            return Ok(());
        }
        // SAFETY: [offset, offset + bytes) lies in one of our two reserved ranges, by the callers' arithmetic on the
        // limits that `checked_range` and `segment_limit` enforce.
        unsafe {
            let at = start.as_ptr().add(offset as usize).cast::<c_void>();
            rustix::mm::mprotect(at, bytes as usize, MprotectFlags::READ | MprotectFlags::WRITE)
        }
        .map_err(|errno| SpaceError::Map { bytes, source: errno.into() })
    }

    fn image_start(&self) -> NonNull<u8> {
        // SAFETY: the image begins inside the range (`checked_range`).
        unsafe { self.base.add(IMAGE_START as usize) }
    }

    /// True if touching the image may take longer than usual: some of it is still to be checked.
    pub(crate) fn has_unchecked(&self) -> bool {
        self.guard.is_some() && self.origin.as_ref().is_some_and(|origin| origin.chunks.has_unchecked())
    }

    /// Checks the segments that `range` (counted from `IMAGE_START`) touches against their checksums, as far as that was
    /// not done. Afterwards they may be handed to the system.
    pub(crate) fn check(&self, range: Range<u64>) -> Result<(), SpaceError> {
        let Some(origin) = &self.origin else { return Ok(()) };
        let size = self.options.segment_bytes;
        let end = range.end.div_ceil(size).min(origin.chunks.chunks().len() as u64);
        for segment in (range.start / size) as usize..end as usize {
            let damaged = |fault: guard::Fault| SpaceError::Damaged(fault.damage(&origin.chunks, segment));
            match origin.storage.descriptor() {
                Some(file) if self.guard.is_some() && !origin.chunks.chunks()[segment].is_hole() => {
                    guard::open(self.image_start(), &origin.chunks, segment, file).map_err(damaged)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Maps (or, without a file descriptor, reads) some segments of `map`. Neighbours in the file become one mapping; it can't be
    /// accessed before it was checked.
    fn map_segments(
        &mut self,
        storage: &dyn Storage,
        map: &ChunkMap,
        segments: Range<usize>,
    ) -> Result<(), SpaceError> {
        let size = self.options.segment_bytes;
        let chunks = map.chunks();
        let mut at = segments.start;
        while at < segments.end {
            let mut end = at + 1;
            while end < segments.end && chunks[end].follows(chunks[end - 1]) {
                end += 1;
            }
            let offset = self.segment_offset(at as u64);
            let bytes = (end - at) as u64 * size;
            let file = if chunks[at].is_hole() { None } else { storage.descriptor() };
            let sound = (at..end).all(|segment| map.is_sound(segment));
            // SAFETY: the target lies in our reserved range (`map_origin` and `remap_origin` checked the number
            // of segments), which MAP_FIXED may replace; nobody holds a slice of it because of `&mut self`.
            unsafe {
                let to = self.base.as_ptr().add(offset as usize);
                match (self.backing, file) {
                    (Backing::Allocated, _) => to.write_bytes(0, bytes as usize),
                    (Backing::Reserved, Some(file)) => {
                        map_file(to, bytes, file, chunks[at].offset(size), sound)?;
                    }
                    (Backing::Reserved, None) => map_zeroes(to, bytes)?,
                }
                if !chunks[at].is_hole() && (file.is_none() || self.backing == Backing::Allocated) {
                    let into = std::slice::from_raw_parts_mut(to, bytes as usize);
                    let from = chunks[at].offset(size);
                    read_exact_at(storage, from, into).map_err(|source| SpaceError::Read {
                        segment: at as u64,
                        offset: from,
                        source,
                    })?;
                    check_read(map, at..end, into)?;
                }
            }
            at = end;
        }
        Ok(())
    }
}

/// What was read instead of mapped is checked at once.
fn check_read(map: &ChunkMap, segments: Range<usize>, bytes: &[u8]) -> Result<(), SpaceError> {
    for (segment, bytes) in segments.zip(bytes.chunks(map.chunk_bytes())) {
        if let Some((sum, seed, _)) = map.expected(segment)
            && xxhash_rust::xxh3::xxh3_64_with_seed(bytes, seed) != sum
        {
            return Err(SpaceError::Damaged(guard::Fault::Checksum.damage(map, segment)));
        }
    }
    Ok(())
}

impl Drop for Space {
    fn drop(&mut self) {
        let range = self.options.range_bytes as usize;
        self.guard = None;
        match self.backing {
            Backing::Reserved => {
                release_range(self.base, range);
                release_range(self.cards, card_table_bytes(range));
            }
            Backing::Allocated => {
                deallocate(self.base, range);
                deallocate(self.cards, card_table_bytes(range));
            }
        }
    }
}

impl std::fmt::Debug for Space {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Space({} segments of {} bytes at {:p})", self.segments, self.segment_bytes(), self.base)
    }
}

/// Segments that a space must at least have room for, unless the caller knows better.
const LEAST_SEGMENTS: u64 = 256;

/// Alignment of both ranges: what transparent huge pages need.
const ALIGNMENT: usize = 2 << 20;

fn card_table_bytes(range: usize) -> usize {
    (range / CARD_BYTES as usize).next_multiple_of(4096)
}

fn checked_range(options: &SpaceOptions) -> Result<usize, SpaceError> {
    let fits = options.range_bytes > IMAGE_START
        && options.range_bytes <= 1 << 40
        && options.segment_bytes >= 4096
        && options.segment_bytes.is_power_of_two()
        && options.range_bytes.is_multiple_of(options.segment_bytes);
    if fits {
        Ok(options.range_bytes as usize)
    } else {
        let source = io::Error::new(io::ErrorKind::InvalidInput, "not a possible size of a space");
        Err(SpaceError::Map { bytes: options.range_bytes, source })
    }
}

fn reserve_range(bytes: usize) -> Result<NonNull<u8>, SpaceError> {
    let refused = |source: io::Error| SpaceError::Map { bytes: bytes as u64, source };
    let padded = bytes + ALIGNMENT;
    // SAFETY: a fresh anonymous mapping at an address that the kernel chooses touches nothing of ours.
    let raw = unsafe {
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        rustix::mm::mmap_anonymous(std::ptr::null_mut(), padded, ProtFlags::empty(), flags)
    }
    .map_err(|errno| refused(errno.into()))?
    .cast::<u8>();
    let before = raw.align_offset(ALIGNMENT);
    // SAFETY: `before` is less than ALIGNMENT, so the aligned range lies in the mapping; the two ends that are
    // given back were never used.
    unsafe {
        let base = raw.add(before);
        let after = padded - before - bytes;
        if before > 0 {
            let _ = rustix::mm::munmap(raw.cast(), before);
        }
        if after > 0 {
            let _ = rustix::mm::munmap(base.add(bytes).cast(), after);
        }
        NonNull::new(base).ok_or_else(|| refused(io::ErrorKind::OutOfMemory.into()))
    }
}

fn release_range(base: NonNull<u8>, bytes: usize) {
    // SAFETY: only called with a range of `reserve_range`, by its owner, once.
    let released = unsafe { rustix::mm::munmap(base.as_ptr().cast(), bytes) };
    debug_assert!(released.is_ok());
}

fn allocation(bytes: usize) -> Result<Layout, SpaceError> {
    Layout::from_size_align(bytes, ALIGNMENT)
        .map_err(|_| SpaceError::Map { bytes: bytes as u64, source: io::ErrorKind::InvalidInput.into() })
}

fn allocate(bytes: usize) -> Result<NonNull<u8>, SpaceError> {
    let layout = allocation(bytes)?;
    // SAFETY: the size is not zero (`checked_range`).
    let raw = unsafe { std::alloc::alloc_zeroed(layout) };
    NonNull::new(raw)
        .ok_or(SpaceError::Map { bytes: bytes as u64, source: io::ErrorKind::OutOfMemory.into() })
}

fn deallocate(base: NonNull<u8>, bytes: usize) {
    if let Ok(layout) = allocation(bytes) {
        // SAFETY: only called with memory of `allocate` and the same size, by its owner, once.
        unsafe { std::alloc::dealloc(base.as_ptr(), layout) }
    }
}

/// # Safety
/// `[to, to + bytes)` lies in a range of `reserve_range` that nobody reads or writes meanwhile.
unsafe fn map_file(
    to: *mut u8,
    bytes: u64,
    file: std::os::fd::BorrowedFd<'_>,
    offset: u64,
    accessible: bool,
) -> Result<(), SpaceError> {
    let flags = MapFlags::PRIVATE | MapFlags::FIXED | MapFlags::NORESERVE;
    let protection = if accessible { ProtFlags::READ | ProtFlags::WRITE } else { ProtFlags::empty() };
    // SAFETY: passed on to the caller.
    unsafe { rustix::mm::mmap(to.cast(), bytes as usize, protection, flags, file, offset) }
        .map(drop)
        .map_err(|errno| SpaceError::Map { bytes, source: errno.into() })
}

/// # Safety
/// As for `map_file`.
unsafe fn map_zeroes(to: *mut u8, bytes: u64) -> Result<(), SpaceError> {
    let flags = MapFlags::PRIVATE | MapFlags::FIXED | MapFlags::NORESERVE;
    let protection = ProtFlags::READ | ProtFlags::WRITE;
    // SAFETY: passed on to the caller.
    unsafe { rustix::mm::mmap_anonymous(to.cast(), bytes as usize, protection, flags) }
        .map(drop)
        .map_err(|errno| SpaceError::Map { bytes, source: errno.into() })
}
