//! Recovery on explicit request, for an image that `open` refuses.
//!
//! It keeps the longest intact beginning of the log, and finds a catalog by searching the chunks when no superblock
//! leads to one. What it keeps is written as two ordinary checkpoints; the history before is given up, and the log
//! goes on in a fresh extent, so that the damaged packets are never met again. Until the first superblock is
//! written the file is as it was.

use super::catalog::{Catalog, Identity};
use super::checkpoint::{Wish, checkpoint};
use super::chunks::{Allocator, ChunkIndex, ChunkRun};
use super::error::{Damage, OpenError, RecoveryError};
use super::format::{self, CatalogHeader, Fixed, PAGE_BYTES};
use super::open::{Roots, log_after, read_error, read_roots, read_tail};
use super::options::{OpenMode, OpenOptions};
use super::state::{Shared, State};
use super::storage::{Storage, read_exact_at};
use super::{CommitId, FileError, FileStorage, Store};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// What a recovery kept, and what it gave up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecoveryReport {
    /// The newest commit that is left.
    pub head: CommitId,
    /// What ended the log there.
    pub damage: Damage,
    /// The number of an intact packet behind the damage, and its offset: commits were lost.
    pub later: Option<(u64, u64)>,
    /// No superblock led to a catalog; one was found by searching.
    pub searched: bool,
}

impl Store {
    /// Recovers an image file.
    pub fn recover(path: &Path, options: &OpenOptions) -> Result<RecoveryReport, RecoveryError> {
        let storage = FileStorage::open(path).map_err(|error| match error {
            FileError::Locked(locked) => OpenError::Locked(locked),
            FileError::Io(source) => OpenError::File { path: path.display().to_string(), source },
        })?;
        Store::recover_on(Arc::new(storage), options)
    }

    /// Recovers the image in a storage.
    pub fn recover_on(
        storage: Arc<dyn Storage>,
        options: &OpenOptions,
    ) -> Result<RecoveryReport, RecoveryError> {
        let (roots, searched) = match read_roots(&*storage, options.fingerprint) {
            Ok(roots) => (roots, false),
            Err(OpenError::Damaged { .. } | OpenError::NotAnImage) => {
                (search(&*storage, options.fingerprint)?, true)
            }
            Err(other) => return Err(other.into()),
        };
        let (log, damage, later) = match read_tail(&*storage, &roots.identity, &roots.catalog, roots.total) {
            Ok((log, walk, damage, _)) => (log, damage, walk.find_later(false).ok().flatten()),
            Err(OpenError::Damaged { damage }) => (log_after(&roots.catalog), damage, None),
            Err(other) => return Err(other.into()),
        };
        let head = CommitId(log.commit);
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
        // Whatever the damaged part of the log led to may be wanted by somebody who tries to save more: the fresh
        // chunks are taken from the end of the file.
        state.allocator.recount((0..roots.total).map(ChunkIndex), Some(Vec::new()));
        let shared = Shared::new(storage, roots.identity, OpenMode::Write, options.policy, state);
        for _ in 0..2 {
            checkpoint(&shared, Wish { even_if_empty: true, fresh_start: true, ..Wish::default() })?;
        }
        Ok(RecoveryReport { head, damage, later, searched })
    }
}

/// Searches all chunks for catalogs; the newest intact one.
fn search(storage: &dyn Storage, fingerprint: u64) -> Result<Roots, RecoveryError> {
    let length = storage.len().map_err(|source| read_error(0, source))?;
    let mut best: Option<(Catalog, Identity)> = None;
    let mut offset = 2 * PAGE_BYTES;
    while offset < length {
        if let Some((catalog, identity)) = catalog_at(storage, offset, length, fingerprint)?
            && best.as_ref().is_none_or(|(best, _)| best.epoch < catalog.epoch)
        {
            best = Some((catalog, identity));
        }
        offset += 2 * PAGE_BYTES;
    }
    let Some((catalog, identity)) = best else {
        let chunks = u32::try_from(length >> 20).unwrap_or(u32::MAX);
        return Err(RecoveryError::NothingLeft { chunks });
    };
    let total = u32::try_from(length / identity.chunk_bytes()).unwrap_or(u32::MAX);
    let epoch = catalog.epoch;
    Ok(Roots { identity, catalog, slot: 0, epoch, previous_reach: Vec::new(), total, older: None })
}

fn catalog_at(
    storage: &dyn Storage,
    offset: u64,
    length: u64,
    fingerprint: u64,
) -> Result<Option<(Catalog, Identity)>, RecoveryError> {
    let mut bytes = vec![0; CatalogHeader::SIZE];
    match read_exact_at(storage, offset, &mut bytes) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(source) => return Err(read_error(offset, source).into()),
    }
    let Some(header) = CatalogHeader::read(&bytes).filter(|header| {
        header.magic == format::CATALOG_MAGIC
            && format::is_known(header.version.to_native())
            && header.fingerprint.to_native() == fingerprint
            && (13..=20).contains(&header.chunk_shift.to_native())
            && offset.checked_add(header.length.to_native()).is_some_and(|end| end <= length)
    }) else {
        return Ok(None);
    };
    let identity =
        Identity { image_id: header.image_id, fingerprint, chunk_shift: header.chunk_shift.to_native() };
    let size = identity.chunk_bytes();
    if !offset.is_multiple_of(size) {
        return Ok(None);
    }
    bytes.resize(header.length.to_native() as usize, 0);
    read_exact_at(storage, offset, &mut bytes).map_err(|source| read_error(offset, source))?;
    let run = ChunkRun {
        first: ChunkIndex(u32::try_from(offset / size).unwrap_or(u32::MAX)),
        count: u32::try_from((bytes.len() as u64).div_ceil(size)).unwrap_or(u32::MAX),
    };
    let total = u32::try_from(length / size).unwrap_or(u32::MAX);
    Ok(Catalog::decode(&bytes, &identity, run, total).ok().map(|catalog| (catalog, identity)))
}
