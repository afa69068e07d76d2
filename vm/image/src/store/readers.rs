//! What readers in other processes need, worked out from what they pinned.
//!
//! A reader pins the catalog that it opened, and the extents that the log had reached beyond it. Invariant: from its
//! announcement on nothing becomes free that it may have met, until it pins; from then on nothing that it pinned. So
//! no chunk that a reader maps, and no packet that it may read again for the history, is ever written over, whoever
//! writes, and however often. It does not know how pins are kept: that is the storage's.

use super::catalog::{Catalog, Identity};
use super::chunks::{ChunkIndex, ChunkRun};
use super::format::{self, CatalogHeader, Fixed};
use super::state::State;
use super::storage::{Pins, Storage, read_exact_at};
use std::io;
use std::ops::Range;

/// All chunks that pins stand for; `None` if that can't be known.
pub(crate) fn pinned(
    storage: &dyn Storage,
    identity: &Identity,
    total: u32,
    pins: &Pins,
) -> Option<Vec<ChunkIndex>> {
    if pins.unknown {
        return None;
    }
    let mut chunks: Vec<ChunkIndex> = pins.runs.iter().cloned().flatten().map(ChunkIndex).collect();
    for catalog in &pins.catalogs {
        chunks.extend(catalog_at(storage, identity, total, ChunkIndex(*catalog))?.reachable());
    }
    Some(chunks)
}

/// The catalog that stands at a chunk.
fn catalog_at(storage: &dyn Storage, identity: &Identity, total: u32, first: ChunkIndex) -> Option<Catalog> {
    let size = identity.chunk_bytes();
    let mut bytes = vec![0; CatalogHeader::SIZE];
    read_exact_at(storage, first.offset(size), &mut bytes).ok()?;
    let header = CatalogHeader::read(&bytes).filter(|header| header.magic == format::CATALOG_MAGIC)?;
    let length = header.length.to_native();
    let count = u32::try_from(length.div_ceil(size)).ok()?;
    if first.0.checked_add(count)? > total {
        return None;
    }
    bytes.resize(usize::try_from(length).ok()?, 0);
    read_exact_at(storage, first.offset(size), &mut bytes).ok()?;
    Catalog::decode(&bytes, identity, ChunkRun { first, count }, total).ok()
}

/// Pins what a reader that has just opened needs.
pub(crate) fn pin(storage: &dyn Storage, state: &State) -> io::Result<()> {
    let known = &state.catalog.extents;
    let beyond: Vec<Range<u32>> = state
        .log
        .extents
        .iter()
        .filter(|extent| !known.contains(extent))
        .map(|extent| extent.run.first.0..extent.run.first.0 + extent.run.count)
        .collect();
    storage.pin(state.catalog.run.first.0, &beyond)
}
