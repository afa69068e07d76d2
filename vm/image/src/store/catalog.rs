//! What a checkpoint says: snapshots, log extents, branches, and the policy of retention.
//!
//! A catalog is written once, to chunks of its own, and never changed. Invariants of a decoded one: every chunk lies
//! inside the file and is not chunk 0, no table names a chunk twice, extents are in rising order, at least one
//! snapshot exists and the newest is the last, every snapshot's log position lies in one of the extents, all numbers
//! are below `NUMBER_LIMIT`.

use super::chunks::{ChunkIndex, ChunkRun};
use super::error::Damage;
use super::format::{
    self, BranchAct, BranchRecord, CatalogHeader, ExtentRecord, Fixed, SegmentEntry, SnapshotRecord,
};
use std::collections::HashSet;
use std::sync::Arc;

/// What makes an image this image; part of every checksum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Identity {
    pub image_id: [u8; 16],
    pub fingerprint: u64,
    pub chunk_shift: u32,
}

impl Identity {
    pub fn chunk_bytes(&self) -> u64 {
        1 << self.chunk_shift
    }

    /// The salt of an extent follows from its number, so that a packet can be recognised without the jump to it.
    pub fn extent_salt(&self, ordinal: u64) -> u64 {
        format::seed(&self.image_id, ordinal.wrapping_add(0x6578_7465_6e74))
    }
}

/// A segment's place and checksum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Segment {
    pub chunk: ChunkIndex,
    pub checksum: u64,
}

impl Segment {
    pub const HOLE: Segment = Segment { chunk: ChunkIndex::HOLE, checksum: 0 };
}

/// The image after the packet `sequence`.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub sequence: u64,
    pub commit: u64,
    pub extent: u64,
    pub offset: u64,
    pub previous: [u8; 16],
    pub segments: Arc<Vec<Segment>>,
}

/// A stretch of the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Extent {
    pub ordinal: u64,
    pub run: ChunkRun,
    pub salt: u64,
}

impl Extent {
    pub fn start(&self, chunk_bytes: u64) -> u64 {
        self.run.first.offset(chunk_bytes)
    }

    pub fn end(&self, chunk_bytes: u64) -> u64 {
        self.run.first.plus(self.run.count).offset(chunk_bytes)
    }

    pub fn record(&self) -> ExtentRecord {
        ExtentRecord {
            ordinal: self.ordinal.into(),
            chunk: self.run.first.0.into(),
            chunks: self.run.count.into(),
            salt: self.salt.into(),
        }
    }

    pub fn of_record(record: &ExtentRecord) -> Extent {
        Extent {
            ordinal: record.ordinal.to_native(),
            run: ChunkRun { first: ChunkIndex(record.chunk.to_native()), count: record.chunks.to_native() },
            salt: record.salt.to_native(),
        }
    }

    /// True if it lies inside a file of `total` chunks and has the salt that its number demands.
    pub fn is_sound(&self, identity: &Identity, total: u32) -> bool {
        self.run.first.0 > 0
            && self.run.count > 0
            && self.run.first.0.checked_add(self.run.count).is_some_and(|end| end <= total)
            && self.ordinal < format::NUMBER_LIMIT
            && self.salt == identity.extent_salt(self.ordinal)
    }
}

/// A named commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// Its name.
    pub name: String,
    /// Its newest commit.
    pub commit: u64,
}

impl Branch {
    /// True if `name` fits into a record and is not empty.
    pub fn is_name(name: &str) -> bool {
        !name.is_empty() && name.len() <= format::BRANCH_NAME_BYTES && !name.contains('\0')
    }

    pub(crate) fn record(&self, act: BranchAct) -> BranchRecord {
        let mut name = [0; format::BRANCH_NAME_BYTES];
        let length = self.name.len().min(name.len());
        name[..length].copy_from_slice(&self.name.as_bytes()[..length]);
        BranchRecord {
            commit: self.commit.into(),
            name_length: (length as u32).into(),
            act: (act as u32).into(),
            name,
        }
    }

    pub(crate) fn of_record(record: &BranchRecord) -> Option<Branch> {
        let name = record.name.get(..record.name_length.to_native() as usize)?;
        let name = std::str::from_utf8(name).ok()?.to_string();
        Branch::is_name(&name).then_some(Branch { name, commit: record.commit.to_native() })
    }
}

/// See the module's description.
#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    pub epoch: u64,
    /// Where it stands itself.
    pub run: ChunkRun,
    /// Oldest first.
    pub snapshots: Vec<Snapshot>,
    pub extents: Vec<Extent>,
    pub branches: Vec<Branch>,
    pub current_branch: usize,
    pub keep: u64,
}

impl Catalog {
    /// The newest snapshot.
    pub fn current(&self) -> &Snapshot {
        // A decoded or written catalog has at least one.
        &self.snapshots[self.snapshots.len() - 1]
    }

    /// Every chunk it needs, itself included.
    pub fn reachable(&self) -> Vec<ChunkIndex> {
        let tables =
            self.snapshots.iter().flat_map(|snapshot| snapshot.segments.iter().map(|entry| entry.chunk));
        let log = self.extents.iter().flat_map(|extent| extent.run.iter());
        tables.filter(|chunk| !chunk.is_hole()).chain(log).chain(self.run.iter()).collect()
    }

    /// Bytes of the encoded form.
    pub fn encoded_bytes(&self) -> u64 {
        let tables: usize =
            self.snapshots.iter().map(|snapshot| snapshot.segments.len() * SegmentEntry::SIZE).sum();
        (CatalogHeader::SIZE
            + self.snapshots.len() * SnapshotRecord::SIZE
            + self.extents.len() * ExtentRecord::SIZE
            + self.branches.len() * BranchRecord::SIZE
            + tables) as u64
    }

    /// The encoded form and its checksum.
    pub fn encode(&self, identity: &Identity) -> (Vec<u8>, [u8; 16]) {
        let mut out = Vec::with_capacity(self.encoded_bytes() as usize);
        let mut header = CatalogHeader {
            magic: format::CATALOG_MAGIC,
            epoch: self.epoch.into(),
            length: self.encoded_bytes().into(),
            snapshot_count: (self.snapshots.len() as u32).into(),
            extent_count: (self.extents.len() as u32).into(),
            branch_count: (self.branches.len() as u32).into(),
            current_branch: (self.current_branch as u32).into(),
            keep: self.keep.into(),
            image_id: identity.image_id,
            fingerprint: identity.fingerprint.into(),
            version: format::version().into(),
            chunk_shift: identity.chunk_shift.into(),
            zero: [0; 32],
            checksum: [0; 16],
        };
        header.append(&mut out);
        for snapshot in &self.snapshots {
            let record = SnapshotRecord {
                sequence: snapshot.sequence.into(),
                commit: snapshot.commit.into(),
                extent: snapshot.extent.into(),
                offset: snapshot.offset.into(),
                previous: snapshot.previous,
                segment_count: (snapshot.segments.len() as u64).into(),
                zero: [0; 8],
            };
            record.append(&mut out);
        }
        self.extents.iter().for_each(|extent| extent.record().append(&mut out));
        self.branches.iter().for_each(|branch| branch.record(BranchAct::Set).append(&mut out));
        for segment in self.snapshots.iter().flat_map(|snapshot| snapshot.segments.iter()) {
            let entry = SegmentEntry {
                chunk: segment.chunk.0.into(),
                zero: 0.into(),
                checksum: segment.checksum.into(),
            };
            entry.append(&mut out);
        }
        header.checksum = catalog_checksum(identity, &out);
        out[CatalogHeader::SIZE - 16..CatalogHeader::SIZE].copy_from_slice(&header.checksum);
        (out, header.checksum)
    }

    /// Reads a catalog that stands at `run` in a file of `total` chunks.
    pub fn decode(bytes: &[u8], identity: &Identity, run: ChunkRun, total: u32) -> Result<Catalog, Damage> {
        let base = run.first.offset(identity.chunk_bytes());
        let bad = |at: usize, what: &str| Damage::new(base + at as u64, format!("the catalog has {what}"));
        let mut at = 0;
        let header: CatalogHeader = format::take(bytes, &mut at).ok_or_else(|| bad(0, "no header"))?;
        if header.magic != format::CATALOG_MAGIC || header.length.to_native() != bytes.len() as u64 {
            return Err(bad(0, "a bad header"));
        }
        if header.checksum != catalog_checksum(identity, bytes) {
            return Err(bad(0, "a wrong checksum"));
        }
        // Whatever follows was written so by somebody, but it need not have been us.
        if header.image_id != identity.image_id || header.chunk_shift.to_native() != identity.chunk_shift {
            return Err(bad(0, "the identity of another image"));
        }
        let mut records = Vec::new();
        for _ in 0..header.snapshot_count.to_native() {
            let record: SnapshotRecord =
                format::take(bytes, &mut at).ok_or_else(|| bad(at, "a short list of snapshots"))?;
            records.push(record);
        }
        let mut extents: Vec<Extent> = Vec::new();
        for _ in 0..header.extent_count.to_native() {
            let record: ExtentRecord =
                format::take(bytes, &mut at).ok_or_else(|| bad(at, "a short list of extents"))?;
            let extent = Extent::of_record(&record);
            let rising = extents.last().is_none_or(|last| last.ordinal < extent.ordinal);
            if !extent.is_sound(identity, total) || !rising {
                return Err(bad(at - ExtentRecord::SIZE, "an impossible log extent"));
            }
            extents.push(extent);
        }
        let mut branches = Vec::new();
        for _ in 0..header.branch_count.to_native() {
            let branch = format::take(bytes, &mut at)
                .and_then(|record| Branch::of_record(&record))
                .ok_or_else(|| bad(at, "an impossible branch"))?;
            branches.push(branch);
        }
        let current_branch = header.current_branch.to_native() as usize;
        if current_branch >= branches.len() {
            return Err(bad(0, "no current branch"));
        }
        let mut snapshots: Vec<Snapshot> = Vec::new();
        for record in &records {
            let count = record.segment_count.to_native();
            if count > (bytes.len() / SegmentEntry::SIZE) as u64 {
                return Err(bad(at, "an impossible number of segments"));
            }
            let mut seen: HashSet<ChunkIndex> = HashSet::new();
            let mut segments = Vec::with_capacity(count as usize);
            for _ in 0..count {
                let entry: SegmentEntry =
                    format::take(bytes, &mut at).ok_or_else(|| bad(at, "a short table of segments"))?;
                let chunk = ChunkIndex(entry.chunk.to_native());
                if chunk.0 >= total.max(1) || (!chunk.is_hole() && !seen.insert(chunk)) {
                    return Err(bad(at - SegmentEntry::SIZE, "an impossible segment"));
                }
                segments.push(Segment { chunk, checksum: entry.checksum.to_native() });
            }
            let snapshot = Snapshot {
                sequence: record.sequence.to_native(),
                commit: record.commit.to_native(),
                extent: record.extent.to_native(),
                offset: record.offset.to_native(),
                previous: record.previous,
                segments: Arc::new(segments),
            };
            let rising = snapshots.last().is_none_or(|last| last.sequence <= snapshot.sequence);
            let numbered = snapshot.sequence.max(snapshot.commit) < format::NUMBER_LIMIT;
            let size = identity.chunk_bytes();
            let inside = extents.iter().any(|extent| {
                extent.ordinal == snapshot.extent
                    && (extent.start(size)..=extent.end(size)).contains(&snapshot.offset)
                    && snapshot.offset.is_multiple_of(format::PAGE_BYTES)
            });
            if !rising || !numbered || !inside {
                return Err(bad(0, "a snapshot outside of the log"));
            }
            snapshots.push(snapshot);
        }
        if at != bytes.len() || snapshots.is_empty() {
            return Err(bad(at, "a wrong length"));
        }
        let (epoch, keep) = (header.epoch.to_native(), header.keep.to_native());
        if epoch >= format::NUMBER_LIMIT {
            return Err(bad(0, "an impossible number"));
        }
        Ok(Catalog { epoch, run, snapshots, extents, branches, current_branch, keep })
    }
}

fn catalog_checksum(identity: &Identity, bytes: &[u8]) -> [u8; 16] {
    let split = CatalogHeader::SIZE.min(bytes.len());
    let head = &bytes[..split.saturating_sub(16)];
    format::checksum(format::seed(&identity.image_id, 2), [head, &[0; 16], &bytes[split..]])
}
