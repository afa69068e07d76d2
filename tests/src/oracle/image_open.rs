//! Whatever bytes an image file has: opening, verifying, reading its history and recovering it end in an error or a
//! sound image, never in a panic. The bytes are edits of a good small image, or a whole file.
//!
//! Checksums keep a fuzzer from getting anywhere by itself, so every second run renews them after the edits. Half of all
//! runs are about the heap in an image, see `heap_open`.

use batos_image::layout::IMAGE_START;
use batos_image::space::{Space, SpaceOptions};
use batos_image::store::{
    CommitId, CommitInfo, CreateOptions, Geometry, LogPolicy, MemoryStorage, OpenOptions, Store, reseal,
};
use std::sync::{Arc, OnceLock};

const LAYOUT: u64 = 78;
const CHUNK: u64 = 1 << 13;

fn policy() -> LogPolicy {
    LogPolicy { background: false, ..LogPolicy::default() }
}

/// A small image with a checkpoint, a history, a branch and a tail.
fn good_image() -> &'static [u8] {
    static IMAGE: OnceLock<Vec<u8>> = OnceLock::new();
    IMAGE.get_or_init(|| {
        let storage = Arc::new(MemoryStorage::default());
        let options = CreateOptions {
            geometry: Geometry { chunk_shift: 13 },
            policy: policy(),
            image_id: Some([5; 16]),
            ..CreateOptions::new(LAYOUT)
        };
        let store = Store::create_on(storage.clone(), &options).expect("a new image");
        let mut space = new_space();
        store.map(&mut space).expect("a mapping");
        store.grow(&mut space, 3).expect("growth");
        for commit in 0..6_u64 {
            assert!(space.store_image(commit * 3000, &[commit as u8 + 1; 700]));
            store.commit_unsaved(&mut space, &CommitInfo::default()).expect("a commit");
            if commit == 2 {
                store.branch("old", CommitId(2)).expect("a branch");
                store.checkpoint().expect("a checkpoint");
            }
        }
        drop(store);
        storage.bytes()
    })
}

fn new_space() -> Space {
    let range_bytes = IMAGE_START + 64 * CHUNK;
    Space::reserve(SpaceOptions { range_bytes, image_limit: None, segment_bytes: CHUNK }).expect("a space")
}

/// Panics if the store does what it must never do with such a file.
pub fn run(data: &[u8]) {
    let Some((&how, rest)) = data.split_first() else { return };
    if how >= 128 {
        return super::heap_open::run(rest);
    }
    let mut disk = if how % 8 == 0 { rest.to_vec() } else { edited(rest) };
    if how % 2 == 1 {
        reseal(&mut disk);
    }
    try_image(&disk);
}

/// The good image, with edits of four bytes each: two of place, two of what to do there.
fn edited(edits: &[u8]) -> Vec<u8> {
    let mut disk = good_image().to_vec();
    for edit in edits.chunks_exact(4).take(64) {
        let place = usize::from(u16::from_le_bytes([edit[0], edit[1]]));
        // Half of all edits go to the first bytes of a page, where the structures are.
        let at = if edit[2] & 1 == 0 { place % 32 * 4096 + place / 32 % 256 } else { place * 3 };
        match (edit[2] >> 1 & 7, disk.len()) {
            (0, length) if edit[3] > 250 => disk.truncate(at % length.max(1)),
            (1, length) if at < length => disk[at] ^= 1 << (edit[3] % 8),
            (2, length) if at + 8 < length => disk[at..at + 8].fill(edit[3]),
            (3, length) if at + 8 < length => {
                let from = usize::from(edit[3]) * 512 % (length - 8);
                disk.copy_within(from..from + 8, at);
            }
            (_, length) if at < length => disk[at] = edit[3],
            _ => {}
        }
    }
    disk
}

fn try_image(disk: &[u8]) {
    let options = OpenOptions { policy: policy(), ..OpenOptions::write(LAYOUT) };
    let storage = Arc::new(MemoryStorage::new(disk.to_vec()));
    match Store::open_on(storage, &options) {
        Ok(store) => use_image(&store),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            let storage = Arc::new(MemoryStorage::new(disk.to_vec()));
            if Store::recover_on(storage.clone(), &options).is_ok() {
                let store = Store::open_on(storage, &options).expect("what was recovered opens");
                use_image(&store);
            }
        }
    }
}

fn use_image(store: &Store) {
    let mut space = new_space();
    // Another chunk size, or more segments than this space has room for, is an error, not a panic.
    let mapped = store.map(&mut space).is_ok();
    let _ = (store.verify(), store.log(), store.branches(), store.health());
    for commit in [store.oldest(), CommitId(2), store.head()] {
        let _ = store.map_at(commit, &mut new_space());
    }
    let head = store.head();
    if mapped && space.image_bytes() > 0 {
        assert!(space.store_image(0, b"changed"));
        let mut expected = vec![0; space.image_bytes() as usize];
        assert!(space.read_image(0, &mut expected));
        if store.commit_unsaved(&mut space, &CommitInfo::default()).is_ok() {
            assert_eq!(store.head().0, head.0 + 1);
            let _ = store.checkpoint();
            let mut again = new_space();
            store.map(&mut again).expect("what was mapped once can be mapped again");
            let mut found = vec![0; again.image_bytes() as usize];
            assert!(again.read_image(0, &mut found));
            assert!(found == expected, "a commit and a checkpoint changed other bytes");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use batos_image::store::recording::Numbers;

    #[test]
    fn the_good_image_is_good_also_with_renewed_checksums() {
        let mut disk = good_image().to_vec();
        reseal(&mut disk);
        assert!(disk == good_image(), "renewing the checksums of a good image changes nothing");
        try_image(&disk);
    }

    #[test]
    fn damaged_images_end_in_an_error_or_in_a_sound_image() {
        for seed in 0..4000 {
            let mut numbers = Numbers::new(seed);
            let length = 1 + 4 * (1 + numbers.below(6));
            let data: Vec<u8> = (0..length).map(|_| numbers.next_number() as u8).collect();
            run(&data);
        }
    }
}
