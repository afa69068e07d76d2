//! The file format does not drift: an image of each version is kept, opens for ever, and says what it said; and what
//! is written today has the bytes of the newest version.
//!
//! When a version is added, its image is made with `BLESS=1 cargo test -p batos-image --test store format`, which never
//! replaces an image that is there.

use crate::support::*;
use batos_image::store::{CommitId, MemoryStorage, OpenOptions, Store};
use std::path::PathBuf;
use std::sync::Arc;

fn kept_image() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../images/store-format-1.batos")
}

/// A checkpoint, a branch, a tail, a hole: something of everything.
fn write_sample() -> Vec<u8> {
    let storage = Arc::new(MemoryStorage::default());
    let store = Store::create_on(storage.clone(), &create_options(10)).unwrap();
    let mut space = mapped(&store);
    store.grow(&mut space, 3).unwrap();
    for commit in 1..=5_u64 {
        assert!(space.store_image(commit * 1000, format!("this is commit {commit}").as_bytes()));
        store.commit_unsaved(&mut space, &note(&format!("commit {commit}"))).unwrap();
        if commit == 2 {
            store.branch("second", CommitId(2)).unwrap();
        }
        if commit == 3 {
            store.checkpoint().unwrap();
        }
    }
    drop(store);
    storage.bytes()
}

#[test]
fn an_image_of_the_first_version_opens_for_ever() {
    let path = kept_image();
    if std::env::var_os("BLESS").is_some() && !path.exists() {
        std::fs::write(&path, write_sample()).unwrap();
    }
    let bytes = std::fs::read(&path).unwrap_or_else(|error| {
        panic!("{}: {error}; to make it: BLESS=1 cargo test -p batos-image", path.display())
    });
    let options = OpenOptions { policy: open_options().policy, ..OpenOptions::read_only(LAYOUT) };
    let store = Store::open_on(Arc::new(MemoryStorage::new(bytes)), &options).unwrap();
    assert_eq!((store.head(), store.segment_count(), store.keep()), (CommitId(5), 3, 10));
    assert_eq!(store.find_branch("second").unwrap(), CommitId(2));
    let log = store.log().unwrap();
    let messages: Vec<&str> = log.iter().map(|entry| entry.info.message.as_str()).collect();
    assert_eq!(messages, ["commit 1", "commit 2", "commit 3", "commit 4", "commit 5"]);
    assert!(log.iter().all(|entry| entry.info.author == "tester" && entry.parent.0 + 1 == entry.id.0));
    for head in 1..=5 {
        let mut space = new_space();
        store.map_at(CommitId(head), &mut space).unwrap();
        let mut expected = vec![0; 3 * CHUNK as usize];
        for commit in 1..=head as usize {
            let text = format!("this is commit {commit}");
            expected[commit * 1000..commit * 1000 + text.len()].copy_from_slice(text.as_bytes());
        }
        assert!(content(&space) == expected, "commit {head}");
    }
    assert_eq!(store.verify().unwrap().damages, []);
}

#[test]
fn what_is_written_today_has_the_bytes_of_the_newest_version() {
    let kept = std::fs::read(kept_image()).unwrap();
    let now = write_sample();
    let differs = kept.iter().zip(&now).position(|(kept, now)| kept != now);
    assert!(
        kept == now,
        "the format changed at byte {differs:?} ({} and {} bytes): raise FORMAT_VERSION, keep reading version 1",
        kept.len(),
        now.len()
    );
}
