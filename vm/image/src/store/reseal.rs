//! Renewing the checksums of an edited image file, for fuzzing and for tools that take images apart.
//!
//! It makes bytes that pass the checksums; whether what they say is sound is what the rest of the store must find out.
//! Whatever is not there or does not fit is left alone.

use super::catalog::{Extent, Identity};
use super::format::{
    self, BranchRecord, CatalogHeader, ExtentRecord, Fixed, PAGE_BYTES, PacketHeader, PacketKind,
    SegmentEntry, SnapshotRecord, Superblock,
};
use super::open::identity_of;
use super::state::superblock_checksum;

/// Renews the checksums of segments, packets, catalogs and superblocks, as far as they can be found.
pub fn reseal(disk: &mut [u8]) {
    for slot in 0..2 {
        let _ = reseal_slot(disk, (slot * PAGE_BYTES) as usize);
    }
}

/// `bytes[at..at + length]`, if it is there.
fn part(bytes: &mut [u8], at: usize, length: usize) -> Option<&mut [u8]> {
    bytes.get_mut(at..at.checked_add(length)?)
}

fn reseal_slot(disk: &mut [u8], at: usize) -> Option<()> {
    let mut block = Superblock::read(part(disk, at, Superblock::SIZE)?)?;
    if block.magic != format::SUPERBLOCK_MAGIC || !(13..=20).contains(&block.chunk_shift.to_native()) {
        return None;
    }
    let identity = identity_of(&block);
    let size = identity.chunk_bytes();
    let start = usize::try_from(u64::from(block.catalog_chunk.to_native()).checked_mul(size)?).ok()?;
    let length = usize::try_from(block.catalog_length.to_native()).ok()?;
    reseal_segments(disk, &identity, start, length);
    if let Some(catalog) = part(disk, start, length).filter(|catalog| catalog.len() >= CatalogHeader::SIZE) {
        let extents = extents_of(catalog, &identity).unwrap_or_default();
        let split = CatalogHeader::SIZE;
        let seed = format::seed(&identity.image_id, 2);
        block.catalog_checksum =
            format::checksum(seed, [&catalog[..split - 16], &[0; 16][..], &catalog[split..]]);
        catalog[split - 16..split].copy_from_slice(&block.catalog_checksum);
        reseal_log(disk, &identity, extents);
    }
    block.zero = [0; 32];
    block.checksum = superblock_checksum(&block.to_bytes());
    part(disk, at, Superblock::SIZE)?.copy_from_slice(&block.to_bytes());
    Some(())
}

/// Renews the checksum of every segment that a catalog's tables name.
fn reseal_segments(disk: &mut [u8], identity: &Identity, start: usize, length: usize) -> Option<()> {
    let catalog = part(disk, start, length)?;
    let header = CatalogHeader::read(catalog.get(..CatalogHeader::SIZE)?)?;
    let counts = [
        (header.snapshot_count.to_native(), SnapshotRecord::SIZE),
        (header.extent_count.to_native(), ExtentRecord::SIZE),
        (header.branch_count.to_native(), BranchRecord::SIZE),
    ];
    let mut at = CatalogHeader::SIZE;
    for (count, size) in counts {
        at = at.checked_add(usize::try_from(count).ok()?.checked_mul(size)?)?;
    }
    let size = usize::try_from(identity.chunk_bytes()).ok()?;
    while at.checked_add(SegmentEntry::SIZE)? <= length {
        let entry = SegmentEntry::read(disk.get(start + at..start + at + SegmentEntry::SIZE)?)?;
        let chunk = entry.chunk.to_native() as usize;
        // Chunk 0 stands for a hole; the catalog's own chunk is no segment.
        if chunk > 0
            && let Some(bytes) = chunk.checked_mul(size).and_then(|chunk| part(disk, chunk, size))
        {
            let checksum = format::segment_checksum(&identity.image_id, bytes);
            let entry = SegmentEntry { checksum: checksum.into(), ..entry };
            part(disk, start + at, SegmentEntry::SIZE)?.copy_from_slice(&entry.to_bytes());
        }
        at += SegmentEntry::SIZE;
    }
    Some(())
}

fn extents_of(catalog: &[u8], identity: &Identity) -> Option<Vec<Extent>> {
    let header = CatalogHeader::read(catalog.get(..CatalogHeader::SIZE)?)?;
    let snapshots = usize::try_from(header.snapshot_count.to_native()).ok()?;
    let mut at = CatalogHeader::SIZE.checked_add(snapshots.checked_mul(SnapshotRecord::SIZE)?)?;
    let mut extents = Vec::new();
    for _ in 0..header.extent_count.to_native().min(1000) {
        let record: ExtentRecord = format::take(catalog, &mut at)?;
        let extent = Extent::of_record(&record);
        extents.push(Extent { salt: identity.extent_salt(extent.ordinal), ..extent });
    }
    Some(extents)
}

fn reseal_log(disk: &mut [u8], identity: &Identity, mut extents: Vec<Extent>) {
    let mut next = 0;
    // Jumps add extents; a limit stands against jumps in a circle.
    while let Some(extent) = extents.get(next).copied().filter(|_| next < 1000) {
        next += 1;
        let size = identity.chunk_bytes();
        let mut at = extent.start(size);
        let end = extent.end(size).min(disk.len() as u64);
        while at < end {
            let Some((padded, jump)) = reseal_packet(disk, identity, &extent, at as usize) else {
                at += PAGE_BYTES;
                continue;
            };
            if let Some(jump) = jump.filter(|jump| !extents.contains(jump)) {
                extents.push(jump);
            }
            at += padded.max(PAGE_BYTES);
        }
    }
}

/// Renews a packet's checksum; its bytes of file, and where it jumps to.
fn reseal_packet(
    disk: &mut [u8],
    identity: &Identity,
    extent: &Extent,
    at: usize,
) -> Option<(u64, Option<Extent>)> {
    const HEAD: usize = PacketHeader::SIZE;
    let header = PacketHeader::read(part(disk, at, HEAD)?)?;
    let length = usize::try_from(header.length.to_native()).ok()?;
    let packet = part(disk, at, length).filter(|packet| packet.len() >= HEAD)?;
    if header.magic != format::PACKET_MAGIC {
        return None;
    }
    let seed = format::seed(&identity.image_id, extent.salt);
    let checksum = format::checksum(seed, [&packet[..HEAD - 16], &[0; 16][..], &packet[HEAD..]]);
    packet[HEAD - 16..HEAD].copy_from_slice(&checksum);
    let jump = (PacketKind::of(header.kind.to_native()) == Some(PacketKind::Jump))
        .then(|| ExtentRecord::read(packet.get(HEAD..HEAD + ExtentRecord::SIZE)?))
        .flatten()
        .map(|record| Extent::of_record(&record));
    Some((header.length.to_native().next_multiple_of(PAGE_BYTES), jump))
}
