//! Mappings that the system refuses: memory, forks and the file stay what they were.

use crate::support::*;
use batos_image::store::recording::Numbers;
use batos_image::store::{FileStorage, Storage, Store};
use std::fs::File;
use std::io::{self, IoSlice};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A file that can be mapped only so many times more: then its descriptor is one that the system refuses to map.
#[derive(Debug)]
struct Unmappable {
    inner: FileStorage,
    write_only: File,
    left: AtomicUsize,
}

impl Storage for Unmappable {
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read_at(offset, into)
    }
    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write_at(offset, bytes)
    }
    fn write_vectored_at(&self, offset: u64, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.inner.write_vectored_at(offset, slices)
    }
    fn set_len(&self, len: u64) -> io::Result<()> {
        self.inner.set_len(len)
    }
    fn sync_data(&self) -> io::Result<()> {
        self.inner.sync_data()
    }
    fn len(&self) -> io::Result<u64> {
        self.inner.len()
    }
    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        let left = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_ok() { self.inner.descriptor() } else { Some(self.write_only.as_fd()) }
    }
}

#[test]
fn a_refused_mapping_changes_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    for allowed in 0..9 {
        let path = folder.path().join(format!("{allowed}.batos"));
        let inner = FileStorage::create(&path).unwrap();
        let write_only = File::options().write(true).open(&path).unwrap();
        let storage = Arc::new(Unmappable { inner, write_only, left: AtomicUsize::new(usize::MAX) });
        let store = Store::create_on(storage.clone(), &create_options(0)).unwrap();
        let mut space = mapped(&store);
        let mut numbers = Numbers::new(allowed as u64);
        store.grow(&mut space, 6).unwrap();
        let noise: Vec<u8> = (0..space.image_bytes()).map(|_| numbers.next_number() as u8).collect();
        assert!(space.store_image(0, &noise));
        store.commit_unsaved(&mut space, &note("all")).unwrap();
        store.checkpoint().unwrap();
        store.refresh(&mut space).unwrap();
        // Every segment moves to another chunk, and one has an uncommitted card as well.
        for segment in 0..6 {
            assert!(space.store_image(segment * CHUNK + 100, &[segment as u8; 50]));
        }
        store.commit_unsaved(&mut space, &note("a little of each")).unwrap();
        store.checkpoint().unwrap();
        assert!(space.store_image(3 * CHUNK + 5000, b"not committed"));
        let mut expected = content(&space);

        storage.left.store(allowed, Ordering::SeqCst);
        let refused = store.refresh(&mut space).is_err();
        assert_eq!(refused, allowed < 7, "one look at the file, and a mapping for each of six segments");
        storage.left.store(usize::MAX, Ordering::SeqCst);
        assert!(content(&space) == expected, "{allowed}: a refused mapping changed memory");
        let fork = store.fork(&space, None).unwrap();
        assert!(content(&fork) == expected, "{allowed}: a fork is not the same");
        // Whatever is mapped is not written over, though checkpoints need chunks.
        for round in 0..8_u8 {
            let at = u64::from(round % 6) * CHUNK + 300;
            assert!(space.store_image(at, &[round; 20]));
            expected[at as usize..at as usize + 20].fill(round);
            store.commit_unsaved(&mut space, &note("more")).unwrap();
            store.checkpoint().unwrap();
            assert!(content(&space) == expected, "{allowed}: memory changed behind its back");
        }
        drop(fork);
        store.refresh(&mut space).unwrap();
        assert!(content(&space) == expected && content(&mapped(&store)) == expected);
    }
}
