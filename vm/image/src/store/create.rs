//! Making an image: an empty one, or one with given segments (a copy, an export).
//!
//! Invariant: the superblock is written last, after a sync, so that an interrupted creation leaves a file that
//! is not an image, never a wrong image.

use super::catalog::{Branch, Catalog, Extent, Identity, Segment, Snapshot};
use super::chunks::{ChunkIndex, ChunkRun};
use super::error::{CreateError, is_full};
use super::format;
use super::options::CreateOptions;
use super::state::superblock_page;
use super::storage::{Storage, write_all_at};
use std::io;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a new image starts with.
pub(crate) struct Content<'a> {
    pub commit: u64,
    pub branches: Vec<Branch>,
    pub current_branch: usize,
    pub segment_count: u64,
    /// Reads a segment's bytes; `None` for one of zeroes.
    #[allow(clippy::type_complexity)]
    pub segment: &'a mut dyn FnMut(u64) -> Result<Option<Vec<u8>>, CreateError>,
}

/// Writes an image to an empty storage.
pub(crate) fn write_image(
    storage: &dyn Storage,
    options: &CreateOptions,
    content: Content<'_>,
) -> Result<(), CreateError> {
    let shift = options.geometry.chunk_shift;
    if !(13..=20).contains(&shift) {
        return Err(CreateError::Geometry("chunks have from 8 KiB to 1 MiB"));
    }
    if options.policy.extent_chunks == 0 {
        return Err(CreateError::Geometry("a log extent has at least one chunk"));
    }
    let identity = Identity {
        image_id: options.image_id.unwrap_or_else(new_image_id),
        fingerprint: options.fingerprint,
        chunk_shift: shift,
    };
    let size = identity.chunk_bytes();
    let fail = |offset: u64| move |error| write_error(offset, error);

    let log = ChunkRun { first: ChunkIndex(1), count: options.policy.extent_chunks };
    let extent = Extent { ordinal: 0, run: log, salt: identity.extent_salt(0) };
    storage.set_len(extent.end(size)).map_err(fail(0))?;
    let zeroes = vec![0; size as usize];
    for chunk in log.iter() {
        write_all_at(storage, chunk.offset(size), &zeroes).map_err(fail(chunk.offset(size)))?;
    }

    let mut next = ChunkIndex(1 + log.count);
    let mut segments = Vec::new();
    for index in 0..content.segment_count {
        let bytes = (content.segment)(index)?.filter(|bytes| bytes.iter().any(|byte| *byte != 0));
        segments.push(match bytes {
            None => Segment::HOLE,
            Some(bytes) => {
                let offset = next.offset(size);
                write_all_at(storage, offset, &bytes).map_err(fail(offset))?;
                let entry =
                    Segment { chunk: next, checksum: format::segment_checksum(&identity.image_id, &bytes) };
                next = next.plus(1);
                entry
            }
        });
    }
    let snapshot = Snapshot {
        sequence: 0,
        commit: content.commit,
        extent: 0,
        offset: extent.start(size),
        previous: [0; 16],
        segments: Arc::new(segments),
    };
    let mut catalog = Catalog {
        epoch: 1,
        run: ChunkRun { first: next, count: 1 },
        snapshots: vec![snapshot],
        extents: vec![extent],
        branches: content.branches,
        current_branch: content.current_branch,
        keep: options.keep,
    };
    catalog.run.count = catalog.encoded_bytes().div_ceil(size) as u32;
    let at = catalog.run.first.offset(size);
    let (bytes, checksum) = catalog.encode(&identity);
    storage.set_len(at + u64::from(catalog.run.count) * size).map_err(fail(at))?;
    write_all_at(storage, at, &bytes).map_err(fail(at))?;
    storage.sync_data().map_err(fail(at))?;
    write_all_at(storage, 0, &superblock_page(&identity, &catalog, checksum)).map_err(fail(0))?;
    storage.sync_data().map_err(fail(0))
}

/// What an empty image starts with.
pub(crate) fn empty_branches() -> Vec<Branch> {
    vec![Branch { name: "main".to_string(), commit: 0 }]
}

pub(crate) fn write_error(offset: u64, error: io::Error) -> CreateError {
    if is_full(&error) { CreateError::NoSpace { offset } } else { CreateError::Io { offset, source: error } }
}

/// Sixteen bytes that no other image has: from the clock, the process, and the address of a fresh allocation.
fn new_image_id() -> [u8; 16] {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
    let place = Box::new(0_u8);
    let place = (&raw const *place).addr();
    let text = format!("{time} {} {place} {:?}", std::process::id(), std::thread::current().id());
    xxhash_rust::xxh3::xxh3_128(text.as_bytes()).to_le_bytes()
}
