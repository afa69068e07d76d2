//! Opening: the newest intact superblock and catalog, then the tail of the log.
//!
//! Opening writes nothing, so a crash while opening changes nothing. Its cost depends on the number of segments and
//! on the length of the tail, not on the bytes of the image.

use super::catalog::{Catalog, Identity};
use super::chunks::{Allocator, ChunkIndex, ChunkRun};
use super::error::{Damage, OpenError};
use super::format::{self, Fixed, PAGE_BYTES, Superblock};
use super::log::{Stop, Walk};
use super::options::{OpenMode, OpenOptions};
use super::state::{Log, Shared, State, superblock_checksum};
use super::storage::{Storage, read_exact_at};
use std::collections::HashSet;
use std::io;
use std::sync::Arc;

/// What was noticed while opening.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpenReport {
    /// The newer superblock or its catalog was damaged, and the older one served. Nothing is lost by that.
    pub older_superblock: Option<Damage>,
    /// Something incomplete stood behind the last packet: a commit that was never acknowledged.
    pub torn_tail: Option<Damage>,
    /// Packets of the log's tail, and their bytes.
    pub tail_packets: u64,
    /// See `tail_packets`.
    pub tail_bytes: u64,
}

/// One of the two pages.
pub(crate) enum Slot {
    Bad(Damage),
    Foreign,
    /// Of another version; `sealed` if the checksum is right, so that this is no flipped bit.
    Version {
        found: u32,
        sealed: bool,
    },
    Good(Box<Superblock>),
}

pub(crate) fn read_error(offset: u64, source: io::Error) -> OpenError {
    OpenError::Io { offset, source }
}

/// Reads a superblock page.
pub(crate) fn read_slot(storage: &dyn Storage, slot: u64) -> Result<Slot, OpenError> {
    let offset = slot * PAGE_BYTES;
    let mut bytes = [0; Superblock::SIZE];
    match read_exact_at(storage, offset, &mut bytes) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(Slot::Foreign),
        Err(source) => return Err(read_error(offset, source)),
    }
    let Some(block) = Superblock::read(&bytes).filter(|block| block.magic == format::SUPERBLOCK_MAGIC) else {
        return Ok(Slot::Foreign);
    };
    let sealed = block.checksum == superblock_checksum(&bytes);
    let found = block.version.to_native();
    if !format::is_known(found) {
        return Ok(Slot::Version { found, sealed });
    }
    let sound = sealed
        && (13..=20).contains(&block.chunk_shift.to_native())
        && block.epoch.to_native() < format::NUMBER_LIMIT
        && block.zero == [0; 32];
    Ok(if sound {
        Slot::Good(Box::new(block))
    } else {
        Slot::Bad(Damage::new(offset, "the superblock has a wrong checksum"))
    })
}

pub(crate) fn identity_of(block: &Superblock) -> Identity {
    Identity {
        image_id: block.image_id,
        fingerprint: block.fingerprint.to_native(),
        chunk_shift: block.chunk_shift.to_native(),
    }
}

/// Reads the catalog that a superblock names.
fn read_catalog(
    storage: &dyn Storage,
    block: &Superblock,
    total: u32,
) -> Result<Result<Catalog, Damage>, OpenError> {
    let identity = identity_of(block);
    let run = ChunkRun {
        first: ChunkIndex(block.catalog_chunk.to_native()),
        count: block.catalog_chunks.to_native(),
    };
    let offset = run.first.offset(identity.chunk_bytes());
    let length = block.catalog_length.to_native();
    let end = run.first.0.checked_add(run.count);
    let fits = run.first.0 > 0
        && end.is_some_and(|end| end <= total)
        && length <= u64::from(run.count) * identity.chunk_bytes();
    if !fits {
        return Ok(Err(Damage::new(offset, "the catalog lies behind the end of the file")));
    }
    let mut bytes = vec![0; length as usize];
    read_exact_at(storage, offset, &mut bytes).map_err(|source| read_error(offset, source))?;
    let catalog = Catalog::decode(&bytes, &identity, run, total);
    Ok(catalog.and_then(|catalog| {
        if catalog.epoch == block.epoch.to_native() {
            Ok(catalog)
        } else {
            Err(Damage::new(offset, "the catalog is not the one that the superblock means"))
        }
    }))
}

/// The state of a log right after a catalog, before its tail is read.
pub(crate) fn log_after(catalog: &Catalog) -> Log {
    let current = catalog.current();
    Log {
        extents: catalog.extents.clone(),
        offset: current.offset,
        next_sequence: current.sequence + 1,
        previous: current.previous,
        tail: Vec::new(),
        tail_bytes: 0,
        commit: current.commit,
        segment_count: current.segments.len() as u64,
        branches: catalog.branches.clone(),
        current_branch: catalog.current_branch,
        keep: catalog.keep,
        prepared: None,
        settled: false,
        torn: false,
    }
}

/// Both superblocks and what they lead to.
pub(crate) struct Roots {
    pub identity: Identity,
    pub catalog: Catalog,
    pub slot: u64,
    pub epoch: u64,
    pub previous_reach: Vec<ChunkIndex>,
    pub total: u32,
    pub older: Option<Damage>,
}

/// Reads superblocks and catalogs.
pub(crate) fn read_roots(storage: &dyn Storage, fingerprint: u64) -> Result<Roots, OpenError> {
    let mut good: Vec<(u64, Box<Superblock>)> = Vec::new();
    let mut damage = None;
    let mut version = None;
    let mut foreign = 0;
    for slot in 0..2 {
        match read_slot(storage, slot)? {
            Slot::Good(block) => good.push((slot, block)),
            Slot::Bad(bad) => damage = Some(bad),
            // A later program wrote here. The other superblock may be ours, but it is not the newest state.
            Slot::Version { found, sealed: true } if found > format::version() => {
                return Err(OpenError::Version { found, known: format::version() });
            }
            Slot::Version { found, .. } => version = Some(found),
            Slot::Foreign => foreign += 1,
        }
    }
    good.sort_by_key(|(_, block)| std::cmp::Reverse(block.epoch.to_native()));
    let Some((_, newest)) = good.first() else {
        return Err(match (version, damage) {
            (Some(found), _) => OpenError::Version { found, known: format::version() },
            (None, Some(damage)) => OpenError::Damaged { damage },
            (None, None) => {
                debug_assert_eq!(foreign, 2);
                OpenError::NotAnImage
            }
        });
    };
    let found = newest.fingerprint.to_native();
    if found != fingerprint {
        return Err(OpenError::Layout { found, known: fingerprint });
    }
    let identity = identity_of(newest);
    let epoch = newest.epoch.to_native();
    let length = storage.len().map_err(|source| read_error(0, source))?;
    let total = u32::try_from(length / identity.chunk_bytes()).unwrap_or(u32::MAX);
    let mut chosen: Option<(u64, Catalog)> = None;
    let mut previous_reach = Vec::new();
    let mut older = damage;
    if older.is_none() && version.is_some() {
        older = Some(Damage::new(0, "a superblock has an unknown version"));
    }
    for (slot, block) in &good {
        if identity_of(block) != identity {
            continue;
        }
        match (read_catalog(storage, block, total)?, &chosen) {
            (Ok(catalog), None) => chosen = Some((*slot, catalog)),
            (Ok(catalog), Some(_)) => previous_reach = catalog.reachable(),
            (Err(damage), _) => older = Some(damage),
        }
    }
    match chosen {
        Some((slot, catalog)) => Ok(Roots { identity, catalog, slot, epoch, previous_reach, total, older }),
        None => Err(OpenError::Damaged {
            damage: older.unwrap_or_else(|| Damage::new(0, "no superblock leads to a catalog")),
        }),
    }
}

/// Replays the tail as far as it goes: the log's state, the extents met, and what ended it.
pub(crate) fn read_tail<'a>(
    storage: &'a dyn Storage,
    identity: &'a Identity,
    catalog: &Catalog,
    total: u32,
) -> Result<(Log, Walk<'a>, Damage, bool), OpenError> {
    let mut log = log_after(catalog);
    let mut walk = Walk::at_snapshot(storage, identity, total, &catalog.extents, catalog.current())
        .ok_or_else(|| OpenError::Damaged { damage: Damage::new(0, "the log position is nowhere") })?;
    // Extents behind the snapshot's are of no use to the log: the walk meets them again by their jumps.
    loop {
        match walk.next_packet() {
            Ok(packet) => {
                let jumped = matches!(packet.body, super::packet::Body::Jump(_));
                log.advance(packet, identity.chunk_bytes());
                if jumped {
                    log.extents = walk.extents.clone();
                }
            }
            Err(Stop::Io { offset, source }) => return Err(read_error(offset, source)),
            Err(Stop::End { damage, blank }) => {
                log.extents.retain(|extent| extent.ordinal <= walk.extent.ordinal);
                log.torn = !blank;
                return Ok((log, walk, damage, blank));
            }
        }
    }
}

/// Opens what is in `storage`.
pub(crate) fn load(
    storage: Arc<dyn Storage>,
    options: &OpenOptions,
) -> Result<(Shared, OpenReport), OpenError> {
    let reading = options.mode == OpenMode::ReadOnly;
    if reading {
        storage.announce().map_err(|source| read_error(0, source))?;
    }
    let mut attempts = 0;
    loop {
        match load_once(storage.clone(), options) {
            // A reader may look while the writer writes; what it sees then is no damage.
            Err(OpenError::Corrupt { .. } | OpenError::Damaged { .. }) if reading && attempts < 8 => {
                attempts += 1;
                std::thread::sleep(std::time::Duration::from_millis(2 << attempts.min(4)));
            }
            Ok((shared, report)) if reading => {
                super::readers::pin(&*storage, &shared.state()).map_err(|source| read_error(0, source))?;
                return Ok((shared, report));
            }
            result => return result,
        }
    }
}

fn load_once(storage: Arc<dyn Storage>, options: &OpenOptions) -> Result<(Shared, OpenReport), OpenError> {
    let roots = read_roots(&*storage, options.fingerprint)?;
    let (log, walk, damage, blank) = read_tail(&*storage, &roots.identity, &roots.catalog, roots.total)?;
    let later = walk.find_later(blank).map_err(|stop| match stop {
        Stop::Io { offset, source } => read_error(offset, source),
        Stop::End { damage, .. } => OpenError::Damaged { damage },
    })?;
    if let Some((later, later_offset)) = later {
        return Err(OpenError::Corrupt { damage, later, later_offset });
    }
    // An extent that the log jumped to must not be what the catalog needs for something else.
    let mut needed: HashSet<ChunkIndex> = roots.catalog.reachable().into_iter().collect();
    for extent in log.extents.iter().filter(|extent| !roots.catalog.extents.contains(extent)) {
        if let Some(chunk) = extent.run.iter().find(|chunk| !needed.insert(*chunk)) {
            let offset = chunk.offset(roots.identity.chunk_bytes());
            return Err(OpenError::Damaged {
                damage: Damage::new(offset, "the log continues in a chunk in use"),
            });
        }
    }
    let report = OpenReport {
        older_superblock: roots.older,
        torn_tail: (!blank).then_some(damage),
        tail_packets: log.tail.len() as u64,
        tail_bytes: log.tail_bytes,
    };
    let mut state = State {
        catalog: Arc::new(roots.catalog),
        slot: roots.slot,
        epoch: roots.epoch,
        previous_reach: roots.previous_reach,
        allocator: Allocator::new(roots.total),
        log,
        checkpoint_pending: false,
        checkpoint_failure: None,
        retry_at: 0,
        abandoned: Vec::new(),
        written: Default::default(),
    };
    state.recount(&*storage, &roots.identity);
    Ok((Shared::new(storage.clone(), roots.identity, options.mode, options.policy, state), report))
}
