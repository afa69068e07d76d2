//! Damage of an image that has seen much: whatever bytes of its file change, what is read, kept, copied or compacted is what was
//! committed, or is refused. Nothing panics, and no damage is given a checksum of its own.
//!
//! The input is a list of changes: four bytes of place, one of what to do there.

use batos_image::layout::IMAGE_START;
use batos_image::space::{Space, SpaceOptions};
use batos_image::store::{
    CommitId, CommitInfo, CreateOptions, Geometry, LogPolicy, MemoryStorage, OpenMode, OpenOptions, Store,
};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

const LAYOUT: u64 = 79;
const CHUNK: u64 = 1 << 13;
const COMMITS: u64 = 40;

/// A file, and the bytes of every commit in it.
struct Sample {
    file: Vec<u8>,
    commits: BTreeMap<u64, Vec<u8>>,
}

fn policy() -> LogPolicy {
    LogPolicy { background: false, ..LogPolicy::default() }
}

fn new_space() -> Space {
    let range_bytes = IMAGE_START + 64 * CHUNK;
    Space::reserve(SpaceOptions { range_bytes, image_limit: None, segment_bytes: CHUNK }).expect("a space")
}

fn content(space: &Space) -> Vec<u8> {
    let mut bytes = vec![0; space.image_bytes() as usize];
    assert!(space.read_image(0, &mut bytes));
    bytes
}

fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let storage = Arc::new(MemoryStorage::default());
        let options = CreateOptions {
            geometry: Geometry { chunk_shift: 13 },
            policy: policy(),
            image_id: Some([6; 16]),
            keep: 12,
            ..CreateOptions::new(LAYOUT)
        };
        let store = Store::create_on(storage.clone(), &options).expect("a new image");
        let mut space = new_space();
        store.map(&mut space).expect("a mapping");
        store.grow(&mut space, 6).expect("growth");
        let mut commits = BTreeMap::from([(0, Vec::new())]);
        for commit in 1..=COMMITS {
            assert!(space.store_image(commit * 1117 % 45_000, &[commit as u8; 900]));
            store.commit_unsaved(&mut space, &CommitInfo::default()).expect("a commit");
            commits.insert(commit, content(&space));
            if commit % 7 == 0 {
                store.checkpoint().expect("a checkpoint");
                store.refresh(&mut space).expect("a mapping");
            }
            if commit == COMMITS - 9 {
                store.branch("old", CommitId(commit - 4)).expect("a branch");
            }
        }
        Sample { file: storage.bytes(), commits }
    })
}

/// Panics if damage is taken for what was committed.
pub fn run(data: &[u8]) {
    let mut file = sample().file.clone();
    for change in data.chunks_exact(5).take(16) {
        let place = u32::from_le_bytes([change[0], change[1], change[2], change[3]]) as usize;
        let at = place % file.len();
        file[at] ^= change[4].max(1);
    }
    judge(&file, data.first().map_or(0, |byte| byte % 4));
}

/// `act` says what is tried with it, besides reading and copying.
fn judge(file: &[u8], act: u8) {
    let open = |file: Vec<u8>, mode| {
        let storage = Arc::new(MemoryStorage::new(file));
        let options = OpenOptions { policy: policy(), mode, ..OpenOptions::write(LAYOUT) };
        Store::open_on(storage.clone(), &options).map(|store| (storage, store))
    };
    let Ok((_, reader)) = open(file.to_vec(), OpenMode::ReadOnly) else { return };
    let head = reader.head();
    let told = reader.report().torn_tail.is_some();
    assert!(head.0 == COMMITS || told, "commits are missing, and nothing is said about it");
    let mut space = new_space();
    if reader.map(&mut space).is_ok() {
        is_commit(&space, head, "the newest state");
    }
    for commit in (reader.oldest().0..=head.0).step_by(3) {
        let mut space = new_space();
        if reader.map_at(CommitId(commit), &mut space).is_ok() {
            is_commit(&space, CommitId(commit), "the history");
        }
    }
    let copy = Arc::new(MemoryStorage::default());
    if reader.export_on(&*copy).is_ok() {
        is_whole(copy, head, "a copy");
    }
    let Ok((storage, mut store)) = open(file.to_vec(), OpenMode::Write) else { return };
    let earlier = CommitId(head.0.saturating_sub(5));
    let done = match act {
        0 => store.compact(0).is_ok(),
        1 => store.compact(3).is_ok(),
        2 => store.branch("new", earlier).is_ok() && store.checkpoint().is_ok(),
        _ => store.revert(earlier, &CommitInfo::default()).is_ok(),
    };
    drop(store);
    if act < 2 && done {
        is_whole(storage, head, "what was compacted");
    } else if act == 3 && done {
        let options = OpenOptions { policy: policy(), ..OpenOptions::write(LAYOUT) };
        let store = Store::open_on(storage, &options).expect("what was reverted opens");
        let mut space = new_space();
        if store.map(&mut space).is_ok() {
            is_commit(&space, earlier, "what was reverted");
        }
    }
}

fn is_commit(space: &Space, commit: CommitId, what: &str) {
    let wanted = &sample().commits[&commit.0];
    let found = content(space);
    let same = found.starts_with(wanted) && found[wanted.len()..].iter().all(|byte| *byte == 0);
    assert!(same, "{what} has bytes that nobody committed as {commit}");
}

/// What passes for a sound image is the commit that it says it is.
fn is_whole(storage: Arc<MemoryStorage>, commit: CommitId, what: &str) {
    let options = OpenOptions { policy: policy(), ..OpenOptions::write(LAYOUT) };
    let store = match Store::open_on(storage, &options) {
        Ok(store) => store,
        Err(error) => panic!("{what} does not open: {error}"),
    };
    assert_eq!(store.head(), commit, "{what}");
    assert!(store.verify().expect("it can be read").damages.is_empty(), "{what} is damaged");
    let mut space = new_space();
    store.map(&mut space).expect("a mapping");
    is_commit(&space, commit, what);
}

#[cfg(test)]
mod tests {
    use super::*;
    use batos_image::store::recording::Numbers;

    #[test]
    fn the_sample_is_whole() {
        run(&[]);
    }

    #[test]
    fn two_thousand_single_bytes() {
        let mut numbers = Numbers::new(1414);
        for _ in 0..2000 {
            let place = numbers.next_number() as u32;
            let change = [&place.to_le_bytes()[..], &[1 << numbers.below(8)]].concat();
            run(&change);
        }
    }

    #[test]
    fn several_bytes_at_once() {
        let mut numbers = Numbers::new(15);
        for _ in 0..400 {
            let data: Vec<u8> =
                (0..5 * (2 + numbers.below(6))).map(|_| numbers.next_number() as u8).collect();
            run(&data);
        }
    }
}
