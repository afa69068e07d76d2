//! The bytes on disk: hand-written archived types, their sizes, and their checksums.
//!
//! ```text
//! file     | chunk 0: superblock A (page 0), superblock B (page 1) | chunk 1 | chunk 2 | ...
//! chunk    a segment's bytes, or part of a log extent, or part of a catalog
//! catalog  CatalogHeader | SnapshotRecord* | ExtentRecord* | BranchRecord* | SegmentEntry* of each snapshot
//! packet   PacketHeader | CardRunRecord* | the cards' bytes | archived commit record | zeroes to the next page
//! ```
//!
//! Invariants: all integers are little-endian, no type has padding, every `zero` field is zero in the file, and a
//! packet starts on a page boundary, so that no page with acknowledged bytes is ever written again.
//! The long description is in the book, chapter "The image format".

use rkyv::rend::{u32_le, u64_le};
use rkyv::{Portable, bytecheck::CheckBytes};
use xxhash_rust::xxh3::Xxh3;

/// Version of everything in this file.
pub const FORMAT_VERSION: u32 = 1;

/// The oldest version that this program reads; what it writes is of its own.
pub const OLDEST_VERSION: u32 = 1;

/// The version of this program. Tests may have a later one, which differs in its number only: builds for users don't look at that.
pub fn version() -> u32 {
    static FOR_TESTS: std::sync::OnceLock<Option<u32>> = std::sync::OnceLock::new();
    if !cfg!(debug_assertions) {
        return FORMAT_VERSION;
    }
    let asked = || std::env::var("BATOS_TEST_IMAGE_FORMAT").ok().and_then(|text| text.parse().ok());
    FOR_TESTS.get_or_init(asked).unwrap_or(FORMAT_VERSION)
}

/// Whether this program reads images of a version.
pub fn is_known(found: u32) -> bool {
    (OLDEST_VERSION..=version()).contains(&found)
}
/// First bytes of a superblock.
pub const SUPERBLOCK_MAGIC: [u8; 8] = *b"BATOS\x00IM";
/// First bytes of a catalog.
pub const CATALOG_MAGIC: [u8; 8] = *b"BATCATLG";
/// First bytes of a packet.
pub const PACKET_MAGIC: [u8; 8] = *b"BATPACKT";
/// Unit of atomic placement: packets start at multiples of it, superblocks take one each.
pub const PAGE_BYTES: u64 = 4096;
/// No commit, packet, checkpoint or extent has this number or a higher one: there is always a next.
pub(crate) const NUMBER_LIMIT: u64 = 1 << 62;
/// Longest name of a branch in bytes.
pub const BRANCH_NAME_BYTES: usize = 64;

/// What a packet does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum PacketKind {
    /// Changes cards and adds a commit.
    Commit = 1,
    /// The log goes on in another extent.
    Jump = 2,
    /// Sets a branch.
    Branch = 3,
}

impl PacketKind {
    pub(crate) fn of(number: u32) -> Option<PacketKind> {
        [PacketKind::Commit, PacketKind::Jump, PacketKind::Branch]
            .into_iter()
            .find(|kind| *kind as u32 == number)
    }
}

/// What a branch packet does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum BranchAct {
    /// Makes the branch, or sets its commit.
    Set = 0,
    /// Forgets the branch.
    Remove = 1,
}

/// Start of an image. The two superblocks take turns; the valid one with the higher epoch counts.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct Superblock {
    /// `SUPERBLOCK_MAGIC`.
    pub magic: [u8; 8],
    /// `FORMAT_VERSION`. Magic and version stay where they are in every version.
    pub version: u32_le,
    /// Logarithm of the bytes of a chunk.
    pub chunk_shift: u32_le,
    /// Identity of the image, also mixed into all checksums.
    pub image_id: [u8; 16],
    /// Fingerprint of the object layout.
    pub fingerprint: u64_le,
    /// Number of the checkpoint that wrote this.
    pub epoch: u64_le,
    /// First chunk of the catalog.
    pub catalog_chunk: u32_le,
    /// Chunks that the catalog takes.
    pub catalog_chunks: u32_le,
    /// Bytes of the catalog.
    pub catalog_length: u64_le,
    /// Checksum of the catalog.
    pub catalog_checksum: [u8; 16],
    /// Always zero.
    pub zero: [u8; 32],
    /// Checksum of the bytes above.
    pub checksum: [u8; 16],
}
const _: () = assert!(size_of::<Superblock>() == 128 && align_of::<Superblock>() == 8);

/// Start of a catalog: all that a checkpoint has to say.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct CatalogHeader {
    /// `CATALOG_MAGIC`.
    pub magic: [u8; 8],
    /// Number of the checkpoint.
    pub epoch: u64_le,
    /// Bytes of the catalog, this header included.
    pub length: u64_le,
    /// How many `SnapshotRecord`s.
    pub snapshot_count: u32_le,
    /// How many `ExtentRecord`s.
    pub extent_count: u32_le,
    /// How many `BranchRecord`s.
    pub branch_count: u32_le,
    /// Which of them is the current one.
    pub current_branch: u32_le,
    /// How many commits the history keeps at least.
    pub keep: u64_le,
    /// As in the superblock, so that a catalog can be found without one.
    pub image_id: [u8; 16],
    /// As in the superblock.
    pub fingerprint: u64_le,
    /// As in the superblock.
    pub version: u32_le,
    /// As in the superblock.
    pub chunk_shift: u32_le,
    /// Always zero.
    pub zero: [u8; 32],
    /// Checksum of the catalog with these 16 bytes zero.
    pub checksum: [u8; 16],
}
const _: () = assert!(size_of::<CatalogHeader>() == 128 && align_of::<CatalogHeader>() == 8);

/// The image after some packet: a table of segments, and where the log goes on.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct SnapshotRecord {
    /// Number of the last packet that is contained; the next one has the number after it.
    pub sequence: u64_le,
    /// The commit that this is.
    pub commit: u64_le,
    /// Ordinal of the extent where the next packet starts.
    pub extent: u64_le,
    /// Offset of the next packet in the file.
    pub offset: u64_le,
    /// Checksum of the last packet.
    pub previous: [u8; 16],
    /// Entries in the table of segments.
    pub segment_count: u64_le,
    /// Always zero.
    pub zero: [u8; 8],
}
const _: () = assert!(size_of::<SnapshotRecord>() == 64 && align_of::<SnapshotRecord>() == 8);

/// A stretch of the log.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct ExtentRecord {
    /// Extents are numbered in the order of the log.
    pub ordinal: u64_le,
    /// First chunk.
    pub chunk: u32_le,
    /// How many chunks.
    pub chunks: u32_le,
    /// Mixed into the checksums of its packets, so that what an earlier use of the chunks left does not pass.
    pub salt: u64_le,
}
const _: () = assert!(size_of::<ExtentRecord>() == 24 && align_of::<ExtentRecord>() == 8);

/// A named commit.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct BranchRecord {
    /// Its newest commit.
    pub commit: u64_le,
    /// Bytes of the name.
    pub name_length: u32_le,
    /// In packets: a `BranchAct`. In catalogs: 0.
    pub act: u32_le,
    /// The name in UTF-8, padded with zeroes.
    pub name: [u8; BRANCH_NAME_BYTES],
}
const _: () = assert!(size_of::<BranchRecord>() == 80 && align_of::<BranchRecord>() == 8);

/// Where the bytes of a segment are.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct SegmentEntry {
    /// The chunk; 0 if all bytes are zero.
    pub chunk: u32_le,
    /// Always zero.
    pub zero: u32_le,
    /// XXH3-64 of the segment's bytes, seeded with the image's identity; 0 for a hole.
    pub checksum: u64_le,
}
const _: () = assert!(size_of::<SegmentEntry>() == 16 && align_of::<SegmentEntry>() == 8);

/// Start of a packet.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct PacketHeader {
    /// `PACKET_MAGIC`.
    pub magic: [u8; 8],
    /// A `PacketKind`.
    pub kind: u32_le,
    /// How many `CardRunRecord`s.
    pub run_count: u32_le,
    /// Number of the packet: one more than the previous one's.
    pub sequence: u64_le,
    /// Bytes of the packet without the padding to a full page.
    pub length: u64_le,
    /// The commit it makes, or the newest one before it.
    pub commit: u64_le,
    /// Segments of the image from now on.
    pub segment_count: u64_le,
    /// Bytes of the archived record at the end.
    pub info_length: u32_le,
    /// Always zero.
    pub zero: [u8; 12],
    /// Checksum of the previous packet.
    pub previous: [u8; 16],
    /// Always zero.
    pub zero2: [u8; 32],
    /// Checksum of the packet with these 16 bytes zero.
    pub checksum: [u8; 16],
}
const _: () = assert!(size_of::<PacketHeader>() == 128 && align_of::<PacketHeader>() == 8);

/// Cards that follow each other.
#[derive(Clone, Copy, Debug, Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
pub struct CardRunRecord {
    /// First card, counted from the start of the image.
    pub first: u64_le,
    /// How many.
    pub count: u32_le,
    /// Always zero.
    pub zero: u32_le,
}
const _: () = assert!(size_of::<CardRunRecord>() == 16 && align_of::<CardRunRecord>() == 8);

/// What stands in a jump packet: the next extent, where packet `sequence + 1` is.
pub type JumpRecord = ExtentRecord;

/// The archived record of a commit, at the end of its packet.
#[derive(Clone, Debug, PartialEq, Eq, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
pub struct CommitRecord {
    /// Its number.
    pub commit: u64,
    /// The commit it was made from; 0 for the first.
    pub parent: u64,
    /// Milliseconds since 1970 UTC.
    pub time: i64,
    /// Who made it.
    pub author: String,
    /// Why.
    pub message: String,
    /// On which branch.
    pub branch: String,
    /// Bytes of the cards that it wrote.
    pub changed_bytes: u64,
}

/// A fixed-size archived type: copied out of and into plain bytes of any alignment, field by field.
pub(crate) trait Fixed: Portable + Copy {
    /// Bytes it takes.
    const SIZE: usize;
    /// Reads a value from exactly `SIZE` bytes.
    fn read(bytes: &[u8]) -> Option<Self>;
    /// Appends the value.
    fn append(&self, out: &mut Vec<u8>);
    /// The value as bytes.
    fn to_bytes(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(Self::SIZE);
        self.append(&mut out);
        out
    }
}

impl Fixed for u32_le {
    const SIZE: usize = 4;
    fn read(bytes: &[u8]) -> Option<Self> {
        Some(u32_le::from_native(u32::from_le_bytes(bytes.try_into().ok()?)))
    }
    fn append(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_native().to_le_bytes());
    }
}

impl Fixed for u64_le {
    const SIZE: usize = 8;
    fn read(bytes: &[u8]) -> Option<Self> {
        Some(u64_le::from_native(u64::from_le_bytes(bytes.try_into().ok()?)))
    }
    fn append(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_native().to_le_bytes());
    }
}

impl<const N: usize> Fixed for [u8; N] {
    const SIZE: usize = N;
    fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok()
    }
    fn append(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }
}

macro_rules! fixed {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Fixed for $name {
            const SIZE: usize = size_of::<Self>();
            #[inline]
            fn read(bytes: &[u8]) -> Option<Self> {
                let mut at = 0;
                let value = $name { $($field: take(bytes, &mut at)?),* };
                (at == bytes.len()).then_some(value)
            }
            fn append(&self, out: &mut Vec<u8>) {
                $(self.$field.append(out);)*
            }
        }
    )*};
}
fixed! {
    Superblock {
        magic, version, chunk_shift, image_id, fingerprint, epoch, catalog_chunk, catalog_chunks, catalog_length,
        catalog_checksum, zero, checksum
    }
    CatalogHeader {
        magic, epoch, length, snapshot_count, extent_count, branch_count, current_branch, keep, image_id,
        fingerprint, version, chunk_shift, zero, checksum
    }
    SnapshotRecord { sequence, commit, extent, offset, previous, segment_count, zero }
    ExtentRecord { ordinal, chunk, chunks, salt }
    BranchRecord { commit, name_length, act, name }
    SegmentEntry { chunk, zero, checksum }
    PacketHeader {
        magic, kind, run_count, sequence, length, commit, segment_count, info_length, zero, previous, zero2, checksum
    }
    CardRunRecord { first, count, zero }
}

/// Reads the `Fixed` value at `at` and moves on.
pub(crate) fn take<T: Fixed>(bytes: &[u8], at: &mut usize) -> Option<T> {
    let end = at.checked_add(T::SIZE)?;
    let value = T::read(bytes.get(*at..end)?)?;
    *at = end;
    Some(value)
}

/// A seed for checksums from the identity of the image and a salt.
pub(crate) fn seed(image_id: &[u8; 16], salt: u64) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(image_id, salt)
}

/// XXH3-128 of several slices in turn.
pub(crate) fn checksum<'a>(seed: u64, slices: impl IntoIterator<Item = &'a [u8]>) -> [u8; 16] {
    let mut state = Xxh3::with_seed(seed);
    for slice in slices {
        state.update(slice);
    }
    state.digest128().to_le_bytes()
}

/// The checksum that a segment entry carries.
pub(crate) fn segment_checksum(image_id: &[u8; 16], bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(bytes, segment_seed(image_id))
}

/// The seed of that checksum.
pub(crate) fn segment_seed(image_id: &[u8; 16]) -> u64 {
    seed(image_id, 1)
}
