//! Reading and checking one packet of the log.
//!
//! A packet is believed only when its checksum (over all of its bytes, seeded with the salt of its extent), its
//! number and the checksum of its predecessor are right. Large packets are streamed, never held in memory.

use super::catalog::{Branch, Extent, Identity};
use super::error::Damage;
use super::format::{
    self, BranchAct, BranchRecord, CardRunRecord, CommitRecord, ExtentRecord, Fixed, PAGE_BYTES,
    PacketHeader, PacketKind,
};
use super::storage::{Storage, read_exact_at};
use crate::layout::CARD_BYTES;
use std::io;
use std::ops::Range;
use xxhash_rust::xxh3::Xxh3;

/// No image is larger than the largest space: 1 TiB.
pub(crate) const MOST_SEGMENTS: u64 = 1 << 20;

/// Cards that follow each other, counted from the start of the image.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CardRun {
    /// First card.
    pub first_card: u64,
    /// How many.
    pub count: u32,
}

impl CardRun {
    /// The cards as a range.
    pub fn cards(&self) -> Range<u64> {
        self.first_card..self.first_card.saturating_add(u64::from(self.count))
    }

    /// The bytes as a range of image offsets.
    pub fn bytes(&self) -> Range<u64> {
        let cards = self.cards();
        cards.start.saturating_mul(CARD_BYTES)..cards.end.saturating_mul(CARD_BYTES)
    }

    /// Splits ranges of cards into runs that fit a record.
    pub fn of_ranges(ranges: impl IntoIterator<Item = Range<u64>>) -> Vec<CardRun> {
        const MOST: u64 = 1 << 31;
        let mut runs = Vec::new();
        for range in ranges {
            let mut at = range.start;
            while at < range.end {
                let count = (range.end - at).min(MOST);
                runs.push(CardRun { first_card: at, count: count as u32 });
                at += count;
            }
        }
        runs
    }
}

/// What a packet says besides its cards.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Body {
    Commit(CommitRecord),
    Jump(Extent),
    Branch { branch: Branch, act: BranchAct },
}

/// A packet that was checked, without the bytes of its cards.
#[derive(Clone, Debug)]
pub(crate) struct Packet {
    pub sequence: u64,
    pub commit: u64,
    pub segment_count: u64,
    /// Offset in the file, and bytes without padding.
    pub offset: u64,
    pub length: u64,
    pub checksum: [u8; 16],
    pub runs: Vec<CardRun>,
    pub body: Body,
}

impl Packet {
    /// Bytes of file it takes.
    pub fn padded(&self) -> u64 {
        self.length.next_multiple_of(PAGE_BYTES)
    }

    /// Offset in the file of the first card's bytes.
    pub fn cards_offset(&self) -> u64 {
        self.offset + (PacketHeader::SIZE + self.runs.len() * CardRunRecord::SIZE) as u64
    }

    /// Each run with the offset of its bytes in the file.
    pub fn placed_runs(&self) -> impl Iterator<Item = (CardRun, u64)> + '_ {
        let mut at = self.cards_offset();
        self.runs.iter().map(move |run| {
            let place = at;
            at += u64::from(run.count) * CARD_BYTES;
            (*run, place)
        })
    }
}

/// Why there is no packet at some place.
#[derive(Debug)]
pub(crate) enum NoPacket {
    /// The page is not that of a packet, or the packet is incomplete. `blank` if it is all zeroes.
    Bad {
        damage: Damage,
        blank: bool,
    },
    Io {
        offset: u64,
        source: io::Error,
    },
}

/// The places of the log at which a packet is looked for.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub storage: &'a dyn Storage,
    pub identity: &'a Identity,
    pub extent: Extent,
    pub offset: u64,
}

/// Reads the packet at `place`, whatever its number and predecessor are.
pub(crate) fn read_packet(place: Place<'_>) -> Result<(Packet, [u8; 16]), NoPacket> {
    let bad = |what: &str| NoPacket::Bad { damage: Damage::new(place.offset, what), blank: false };
    let end = place.extent.end(place.identity.chunk_bytes());
    let room = end.saturating_sub(place.offset);
    if room < PAGE_BYTES {
        return Err(bad("the log extent ends without a jump"));
    }
    let mut block = vec![0; PAGE_BYTES as usize];
    read_at(place.storage, place.offset, &mut block)?;
    let header = PacketHeader::read(&block[..PacketHeader::SIZE]).ok_or_else(|| bad("no packet"))?;
    if header.magic != format::PACKET_MAGIC {
        let blank = block.iter().all(|byte| *byte == 0);
        return Err(NoPacket::Bad { damage: Damage::new(place.offset, "there is no packet"), blank });
    }
    let length = header.length.to_native();
    let run_count = header.run_count.to_native() as usize;
    let info_length = u64::from(header.info_length.to_native());
    let prefix = PacketHeader::SIZE as u64 + (run_count * CardRunRecord::SIZE) as u64;
    if length > room || prefix.checked_add(info_length).is_none_or(|least| least > length) {
        return Err(bad("a packet has an impossible length"));
    }
    // Stream the packet through the checksum; keep its table of runs and its record.
    let mut state = Xxh3::with_seed(format::seed(&place.identity.image_id, place.extent.salt));
    let mut table = Vec::with_capacity((prefix as usize) - PacketHeader::SIZE);
    let mut info = Vec::with_capacity(info_length as usize);
    let mut at = 0;
    while at < length {
        let count = (length - at).min(1 << 20) as usize;
        if at > 0 || count > block.len() {
            block.resize(count, 0);
            read_at(place.storage, place.offset + at, &mut block[..count])?;
        }
        if at == 0 {
            block[PacketHeader::SIZE - 16..PacketHeader::SIZE].fill(0);
        }
        let bytes = &block[..count];
        state.update(bytes);
        copy_part(bytes, at, PacketHeader::SIZE as u64..prefix, &mut table);
        copy_part(bytes, at, length - info_length..length, &mut info);
        at += count as u64;
    }
    if state.digest128().to_le_bytes() != header.checksum {
        return Err(bad("a packet has a wrong checksum"));
    }
    let (sequence, commit) = (header.sequence.to_native(), header.commit.to_native());
    if sequence.max(commit) >= format::NUMBER_LIMIT {
        return Err(bad("a packet has an impossible number"));
    }
    let segments = header.segment_count.to_native();
    if segments > MOST_SEGMENTS {
        return Err(bad("a packet has an impossible number of segments"));
    }
    let image_cards = segments * (place.identity.chunk_bytes() / CARD_BYTES);
    let mut runs = Vec::with_capacity(run_count);
    let mut cards = 0_u64;
    let mut table_at = 0;
    for _ in 0..run_count {
        let record: CardRunRecord =
            format::take(&table, &mut table_at).ok_or_else(|| bad("a packet has a short table"))?;
        let run = CardRun { first_card: record.first.to_native(), count: record.count.to_native() };
        cards += u64::from(run.count);
        if run.cards().end > image_cards {
            return Err(bad("a packet has cards outside of the image"));
        }
        runs.push(run);
    }
    if cards.checked_mul(CARD_BYTES).and_then(|bytes| bytes.checked_add(prefix + info_length)) != Some(length)
    {
        return Err(bad("a packet has a length that is not that of its parts"));
    }
    let body = PacketKind::of(header.kind.to_native())
        .and_then(|kind| read_body(kind, &info))
        .filter(|body| match body {
            Body::Commit(record) => record.commit == commit && Branch::is_name(&record.branch),
            _ => true,
        })
        .ok_or_else(|| bad("a packet has an unreadable record"))?;
    let packet = Packet {
        sequence,
        commit,
        segment_count: segments,
        offset: place.offset,
        length,
        checksum: header.checksum,
        runs,
        body,
    };
    Ok((packet, header.previous))
}

fn read_at(storage: &dyn Storage, offset: u64, into: &mut [u8]) -> Result<(), NoPacket> {
    read_exact_at(storage, offset, into).map_err(|source| match source.kind() {
        io::ErrorKind::UnexpectedEof => {
            NoPacket::Bad { damage: Damage::new(offset, "the file ends inside the log"), blank: true }
        }
        _ => NoPacket::Io { offset, source },
    })
}

/// Appends to `out` what of `bytes`, which start at `at`, lies in `wanted`.
fn copy_part(bytes: &[u8], at: u64, wanted: Range<u64>, out: &mut Vec<u8>) {
    let start = wanted.start.saturating_sub(at).min(bytes.len() as u64) as usize;
    let end = wanted.end.saturating_sub(at).min(bytes.len() as u64) as usize;
    out.extend_from_slice(bytes.get(start..end).unwrap_or_default());
}

fn read_body(kind: PacketKind, info: &[u8]) -> Option<Body> {
    match kind {
        PacketKind::Commit => {
            let mut aligned = rkyv::util::AlignedVec::<16>::with_capacity(info.len());
            aligned.extend_from_slice(info);
            rkyv::from_bytes::<CommitRecord, rkyv::rancor::Error>(&aligned).ok().map(Body::Commit)
        }
        PacketKind::Jump => ExtentRecord::read(info).map(|record| Body::Jump(Extent::of_record(&record))),
        PacketKind::Branch => {
            let record = BranchRecord::read(info)?;
            let act = [BranchAct::Set, BranchAct::Remove]
                .into_iter()
                .find(|act| *act as u32 == record.act.to_native())?;
            Branch::of_record(&record).map(|branch| Body::Branch { branch, act })
        }
    }
}

/// The first bytes of a packet (header and table of runs) and its last ones (record and padding).
pub(crate) struct Framed {
    pub head: Vec<u8>,
    pub tail: Vec<u8>,
    pub packet: Packet,
}

/// What stands in a packet's header, except what follows from its parts.
pub(crate) struct Framing {
    pub sequence: u64,
    pub commit: u64,
    pub segment_count: u64,
    pub previous: [u8; 16],
    pub offset: u64,
    pub salt: u64,
}

/// Builds the packet around `cards`, the bytes of `runs` in order. `None` if its record cannot be archived.
pub(crate) fn frame(
    identity: &Identity,
    framing: &Framing,
    runs: Vec<CardRun>,
    cards: &[&[u8]],
    body: Body,
) -> Option<Framed> {
    let (kind, info) = match &body {
        Body::Commit(record) => {
            (PacketKind::Commit, rkyv::to_bytes::<rkyv::rancor::Error>(record).ok()?.to_vec())
        }
        Body::Jump(extent) => (PacketKind::Jump, extent.record().to_bytes()),
        Body::Branch { branch, act } => (PacketKind::Branch, branch.record(*act).to_bytes()),
    };
    let prefix = PacketHeader::SIZE + runs.len() * CardRunRecord::SIZE;
    let card_bytes: u64 = cards.iter().map(|slice| slice.len() as u64).sum();
    let length = prefix as u64 + card_bytes + info.len() as u64;
    let header = PacketHeader {
        magic: format::PACKET_MAGIC,
        kind: (kind as u32).into(),
        run_count: u32::try_from(runs.len()).ok()?.into(),
        sequence: framing.sequence.into(),
        length: length.into(),
        commit: framing.commit.into(),
        segment_count: framing.segment_count.into(),
        info_length: u32::try_from(info.len()).ok()?.into(),
        zero: [0; 12],
        previous: framing.previous,
        zero2: [0; 32],
        checksum: [0; 16],
    };
    let mut head = Vec::with_capacity(prefix);
    header.append(&mut head);
    for run in &runs {
        CardRunRecord { first: run.first_card.into(), count: run.count.into(), zero: 0.into() }
            .append(&mut head);
    }
    let seed = format::seed(&identity.image_id, framing.salt);
    let parts = std::iter::once(&head[..]).chain(cards.iter().copied()).chain(std::iter::once(&info[..]));
    let checksum = format::checksum(seed, parts);
    head[PacketHeader::SIZE - 16..PacketHeader::SIZE].copy_from_slice(&checksum);
    let mut tail = info;
    tail.resize(tail.len() + (length.next_multiple_of(PAGE_BYTES) - length) as usize, 0);
    let packet = Packet {
        sequence: framing.sequence,
        commit: framing.commit,
        segment_count: framing.segment_count,
        offset: framing.offset,
        length,
        checksum,
        runs,
        body,
    };
    Some(Framed { head, tail, packet })
}
