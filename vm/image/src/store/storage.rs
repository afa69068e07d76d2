//! What the store needs from a disk: a growing array of bytes that can be synced.
//!
//! Everything the store reads or writes goes through `Storage`, so that tests can record, tear, and fail it. A
//! storage knows nothing of the image's format.
//!
//! The contract that the store relies on, and no more: what was written before a `sync_data` that returned
//! `Ok` is there after a loss of power; of what was written since, any 512-byte sectors may be there, and a changed
//! length may be lost. Read-your-writes holds while the machine runs.

use std::fmt::Debug;
use std::io::{self, IoSlice};
use std::ops::Range;
use std::os::fd::BorrowedFd;

/// An array of bytes on a disk, or something that behaves so. All methods may be called from several threads.
pub trait Storage: Send + Sync + Debug + 'static {
    /// Reads at `offset`; returns how many bytes were there. Fewer than asked only at the end or by chance.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize>;

    /// Writes at `offset`, growing the array where needed; may write fewer bytes than given.
    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<usize>;

    /// Writes several slices one after the other, as one operation; may write fewer bytes than given.
    fn write_vectored_at(&self, offset: u64, slices: &[IoSlice<'_>]) -> io::Result<usize>;

    /// Cuts or extends (with zeroes) the array.
    fn set_len(&self, len: u64) -> io::Result<()>;

    /// Makes everything written so far durable, and the length with it.
    fn sync_data(&self) -> io::Result<()>;

    /// Current length in bytes.
    fn len(&self) -> io::Result<u64>;

    /// True if the length is zero.
    fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }

    /// What to call it in messages.
    fn name(&self) -> String {
        "the image".to_string()
    }

    /// Why nobody will find under the name what is written here, if so.
    fn lost_name(&self) -> Option<String> {
        None
    }

    /// The file to map, if there is one; otherwise a space reads its bytes with `read_at`.
    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        None
    }

    /// What readers of this storage need, as far as it can be known.
    fn pins(&self) -> Pins {
        Pins::default()
    }

    /// A reader is about to find out what it needs. Until it pins that, `pins` tells others that nothing is known.
    fn announce(&self) -> io::Result<()> {
        Ok(())
    }

    /// A reader needs the catalog that stands at a chunk and all that it leads to, and some runs of chunks. As long
    /// as its storage lives, `pins` says so to others.
    fn pin(&self, _catalog: u32, _runs: &[Range<u32>]) -> io::Result<()> {
        Ok(())
    }
}

/// What readers of a storage need.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pins {
    /// Somebody reads, and what is not known (yet).
    pub unknown: bool,
    /// First chunks of the catalogs that were opened.
    pub catalogs: Vec<u32>,
    /// Other chunks.
    pub runs: Vec<Range<u32>>,
}

/// Fills `into`; the end of the storage is an error.
pub(crate) fn read_exact_at(storage: &dyn Storage, mut offset: u64, mut into: &mut [u8]) -> io::Result<()> {
    while !into.is_empty() {
        match storage.read_at(offset, into) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => {
                offset += count as u64;
                into = into.get_mut(count..).unwrap_or_default();
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Writes all of `bytes`, however short the single writes are.
pub(crate) fn write_all_at(storage: &dyn Storage, mut offset: u64, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match storage.write_at(offset, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => {
                offset += count as u64;
                bytes = bytes.get(count..).unwrap_or_default();
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The most slices the kernel takes in one `pwritev`.
const MOST_SLICES: usize = 1024;

/// Writes all slices in as few vectored writes as the kernel allows: one, up to 1,024 slices.
pub(crate) fn write_all_vectored_at(
    storage: &dyn Storage,
    mut offset: u64,
    slices: &[&[u8]],
) -> io::Result<()> {
    for group in slices.chunks(MOST_SLICES) {
        let mut views: Vec<IoSlice<'_>> = group.iter().map(|slice| IoSlice::new(slice)).collect();
        let mut rest = &mut views[..];
        IoSlice::advance_slices(&mut rest, 0);
        while !rest.is_empty() {
            match storage.write_vectored_at(offset, rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => {
                    offset += count as u64;
                    IoSlice::advance_slices(&mut rest, count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}
