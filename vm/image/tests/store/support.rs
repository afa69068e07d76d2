//! What the tests of the store share: small images, a plain model of them, and checks of a reopened one.

use batos_image::layout::IMAGE_START;
use batos_image::space::{Space, SpaceOptions};
use batos_image::store::recording::Numbers;
use batos_image::store::{
    CommitId, CommitInfo, CreateOptions, Geometry, LogPolicy, OpenOptions, Storage, Store,
};
use std::collections::BTreeMap;
use std::sync::Arc;

pub const LAYOUT: u64 = 0x1234;
pub const CHUNK: u64 = 1 << 13;

/// An image of 8 KiB chunks with a log extent of 16 KiB and no background thread.
pub fn create_options(keep: u64) -> CreateOptions {
    CreateOptions {
        geometry: Geometry { chunk_shift: 13 },
        policy: LogPolicy { background: false, ..LogPolicy::default() },
        image_id: Some([7; 16]),
        keep,
        ..CreateOptions::new(LAYOUT)
    }
}

pub fn open_options() -> OpenOptions {
    OpenOptions { policy: create_options(0).policy, ..OpenOptions::write(LAYOUT) }
}

pub fn new_space() -> Space {
    let range_bytes = IMAGE_START + 256 * CHUNK;
    Space::reserve(SpaceOptions { range_bytes, image_limit: None, segment_bytes: CHUNK }).unwrap()
}

pub fn mapped(store: &Store) -> Space {
    let mut space = new_space();
    store.map(&mut space).unwrap();
    space
}

pub fn content(space: &Space) -> Vec<u8> {
    let mut bytes = vec![0; space.image_bytes() as usize];
    assert!(space.read_image(0, &mut bytes));
    bytes
}

pub fn note(message: &str) -> CommitInfo {
    CommitInfo { time: 1, author: "tester".into(), message: message.into() }
}

/// Every commit's bytes, by number.
#[derive(Clone, Default)]
pub struct Model {
    pub contents: BTreeMap<u64, Arc<Vec<u8>>>,
}

impl Model {
    pub fn set(&mut self, commit: u64, space: &Space) {
        self.contents.insert(commit, Arc::new(content(space)));
    }
}

/// Stores random bytes at a few places, and sometimes grows.
pub fn scribble(space: &mut Space, numbers: &mut Numbers) {
    if space.segment_count() == 0 || (space.segment_count() < 6 && numbers.below(4) == 0) {
        space.grow(space.segment_count() + 1).unwrap();
    }
    for _ in 0..1 + numbers.below(3) {
        let length = 1 + numbers.below(700);
        let at = numbers.below(space.image_bytes() - length);
        let bytes: Vec<u8> = (0..length).map(|_| numbers.next_number() as u8).collect();
        assert!(space.store_image(at, &bytes));
    }
}

/// Opens `storage`, and checks that the newest commit is one of `allowed` and has the bytes that the model has.
pub fn check_reopened(
    storage: Arc<dyn Storage>,
    model: &Model,
    allowed: &[u64],
    place: &str,
) -> (Store, Space) {
    let store = match Store::open_on(storage, &open_options()) {
        Ok(store) => store,
        Err(error) => panic!("{place}: the image does not open: {error}"),
    };
    let head = store.head();
    assert!(allowed.contains(&head.0), "{place}: opened at {head}, allowed are {allowed:?}");
    let space = mapped(&store);
    let expected = &model.contents[&head.0];
    assert!(content(&space) == **expected, "{place}: {head} has other bytes than were committed");
    let report = store.verify().unwrap();
    let damages: Vec<_> =
        report.damages.iter().filter(|damage| !damage.what.contains("superblock")).collect();
    assert!(damages.is_empty(), "{place}: {damages:?}");
    (store, space)
}

/// Checks every commit of the history against the model.
pub fn check_history(store: &Store, model: &Model) {
    for commit in store.oldest().0..=store.head().0 {
        let mut space = new_space();
        store.map_at(CommitId(commit), &mut space).unwrap();
        assert!(
            content(&space) == *model.contents[&commit],
            "commit {commit} of the history has other bytes"
        );
    }
}
