//! Random operations on a stored image against a plain model: store, grow, commit, checkpoint, fork, revert, branch,
//! compact, close, lose power, reopen. The bytes are the program. Half of all runs are about objects instead of bytes,
//! see `heap_ops`.

use batos_image::layout::IMAGE_START;
use batos_image::space::{Space, SpaceOptions};
use batos_image::store::recording::{Numbers, RecordingStorage};
use batos_image::store::{
    CommitId, CommitInfo, CreateOptions, Geometry, LogPolicy, MemoryStorage, OpenOptions, Storage, Store,
};
use std::collections::BTreeMap;
use std::sync::Arc;

const LAYOUT: u64 = 77;
const CHUNK: u64 = 1 << 13;
const MOST_SEGMENTS: u64 = 12;

/// Most operations of one run: what a fuzzer finds with more it finds with fewer.
const MOST_STEPS: usize = 300;

/// Panics if the store does anything that the model does not.
pub fn run(data: &[u8]) {
    if data.first().is_some_and(|how| *how >= 128) {
        return super::heap_ops::run(data);
    }
    let mut bytes = data.iter().copied();
    let keep = u64::from(bytes.next().unwrap_or(0) % 8);
    let mut world = World::new(keep);
    for _ in 0..MOST_STEPS {
        let Some(operation) = bytes.next() else { break };
        let (a, b) = (bytes.next().unwrap_or(0), bytes.next().unwrap_or(0));
        world.step(operation, u64::from(a), u64::from(b));
    }
    world.reopen(None);
}

struct World {
    storage: Arc<RecordingStorage>,
    /// The store and the space, except while reopening.
    open: Option<(Store, Space)>,
    /// What memory holds.
    memory: Vec<u8>,
    /// What each commit holds.
    commits: BTreeMap<u64, Arc<Vec<u8>>>,
    forks: Vec<(Space, Vec<u8>)>,
    branches: BTreeMap<String, u64>,
    current: String,
}

fn policy() -> LogPolicy {
    LogPolicy { background: false, ..LogPolicy::default() }
}

fn new_space() -> Space {
    let range_bytes = IMAGE_START + 64 * CHUNK;
    Space::reserve(SpaceOptions { range_bytes, image_limit: None, segment_bytes: CHUNK }).expect("a space")
}

fn bytes_of(space: &Space) -> Vec<u8> {
    let mut bytes = vec![0; space.image_bytes() as usize];
    assert!(space.read_image(0, &mut bytes));
    bytes
}

fn info(message: &str) -> CommitInfo {
    CommitInfo { time: 0, author: "oracle".into(), message: message.into() }
}

impl World {
    fn new(keep: u64) -> World {
        let storage = Arc::new(RecordingStorage::new(Vec::new()));
        let options = CreateOptions {
            geometry: Geometry { chunk_shift: 13 },
            policy: policy(),
            image_id: Some([3; 16]),
            keep,
            ..CreateOptions::new(LAYOUT)
        };
        let store = Store::create_on(storage.clone(), &options).expect("a new image");
        let mut space = new_space();
        store.map(&mut space).expect("an empty mapping");
        World {
            storage,
            open: Some((store, space)),
            memory: Vec::new(),
            commits: BTreeMap::from([(0, Arc::new(Vec::new()))]),
            forks: Vec::new(),
            branches: BTreeMap::from([("main".to_string(), 0)]),
            current: "main".to_string(),
        }
    }

    fn head(&self) -> u64 {
        self.commits.keys().next_back().copied().unwrap_or(0)
    }

    fn step(&mut self, operation: u8, a: u64, b: u64) {
        match operation % 12 {
            0..=2 => self.store_bytes(a, b),
            3 => self.grow(a),
            4 | 5 => self.commit(),
            6 => self.checkpoint(a),
            7 => self.fork(a, b),
            8 => self.go_back(a, b),
            9 => self.branch(a),
            10 => self.reopen(a.is_multiple_of(2).then_some(b)),
            _ if a.is_multiple_of(4) => self.compact(b),
            _ => self.look_back(b),
        }
    }

    fn with<T>(&mut self, act: impl FnOnce(&mut Store, &mut Space) -> T) -> T {
        let (store, space) = self.open.as_mut().expect("open between the steps");
        act(store, space)
    }

    fn store_bytes(&mut self, a: u64, b: u64) {
        if self.memory.is_empty() {
            return;
        }
        let at = (a * 257 + b * 31) % self.memory.len() as u64;
        let length = (1 + (a ^ b) * 5).min(self.memory.len() as u64 - at);
        let bytes: Vec<u8> = (0..length).map(|index| (a + b * 3 + index) as u8).collect();
        self.memory[at as usize..(at + length) as usize].copy_from_slice(&bytes);
        assert!(self.with(|_, space| space.store_image(at, &bytes)));
    }

    fn grow(&mut self, a: u64) {
        let segments = (self.memory.len() as u64 / CHUNK + 1 + a % 2).min(MOST_SEGMENTS);
        self.with(|store, space| store.grow(space, segments)).expect("growth");
        self.memory.resize((segments * CHUNK) as usize, 0);
    }

    fn commit(&mut self) {
        let made = self.with(|store, space| store.commit_unsaved(space, &info("commit"))).expect("a commit");
        assert_eq!(made.0, self.head() + 1);
        self.note_commit(made.0);
    }

    /// Memory is a commit on the current branch now.
    fn note_commit(&mut self, commit: u64) {
        self.commits.insert(commit, Arc::new(self.memory.clone()));
        self.branches.insert(self.current.clone(), commit);
    }

    fn checkpoint(&mut self, a: u64) {
        self.with(|store, space| {
            store.checkpoint().expect("a checkpoint");
            if a.is_multiple_of(2) {
                store.refresh(space).expect("a refresh");
            }
        });
        let (_, space) = self.open.as_ref().expect("open");
        assert!(bytes_of(space) == self.memory, "a checkpoint or a refresh changed memory");
    }

    fn fork(&mut self, a: u64, b: u64) {
        if self.forks.len() < 3 && !a.is_multiple_of(3) {
            let fork = self.with(|store, space| store.fork(space, None)).expect("a fork");
            self.forks.push((fork, self.memory.clone()));
        } else if !self.forks.is_empty() {
            let index = b as usize % self.forks.len();
            let (mut fork, mut expected) = self.forks.swap_remove(index);
            assert!(bytes_of(&fork) == expected, "a fork changed behind its back");
            if a.is_multiple_of(2) && !expected.is_empty() {
                // Changed, and forked again: nobody else sees it.
                let at = (b * 97) as usize % expected.len();
                expected[at] ^= 0xFF;
                assert!(fork.store_image(at as u64, &[expected[at]]));
                let again = fork.fork(None).expect("a fork of a fork");
                assert!(bytes_of(&again) == expected);
                self.forks.push((again, expected));
            }
        }
    }

    fn go_back(&mut self, a: u64, b: u64) {
        let (oldest, head) = self.with(|store, _| (store.oldest().0, store.head().0));
        assert_eq!(head, self.head());
        let segments = self.memory.len();
        let branch =
            self.branches.iter().nth(b as usize % self.branches.len()).map(|(name, at)| (name.clone(), *at));
        let (made, target) = match branch {
            Some((name, target)) if a.is_multiple_of(3) => {
                if target < oldest {
                    return;
                }
                let made = self.with(|store, space| store.switch(Some(space), &name, &info("switch")));
                self.current = name;
                (made.expect("a switch"), target)
            }
            _ => {
                let target = oldest + a % (head - oldest + 1);
                let made =
                    self.with(|store, space| store.revert_into(space, CommitId(target), &info("revert")));
                (made.expect("a revert"), target)
            }
        };
        let mut memory = (*self.commits[&target]).clone();
        memory.resize(segments, 0);
        self.memory = memory;
        self.note_commit(made.0);
        let (_, space) = self.open.as_ref().expect("open");
        assert!(bytes_of(space) == self.memory, "going back to commit {target} gives other bytes");
    }

    fn branch(&mut self, a: u64) {
        let name = format!("branch {}", a % 3);
        let head = self.head();
        if a.is_multiple_of(5) {
            if self.branches.contains_key(&name) && name != self.current {
                self.with(|store, _| store.remove_branch(&name)).expect("a branch removed");
                self.branches.remove(&name);
            }
        } else if name != self.current {
            self.with(|store, _| store.branch(&name, CommitId(head))).expect("a branch");
            self.branches.insert(name, head);
        }
    }

    fn look_back(&mut self, b: u64) {
        let (oldest, head) = self.with(|store, _| (store.oldest().0, store.head().0));
        let commit = oldest + b % (head - oldest + 1);
        let mut space = new_space();
        self.with(|store, _| store.map_at(CommitId(commit), &mut space)).expect("an older commit");
        assert!(bytes_of(&space) == *self.commits[&commit], "commit {commit} has other bytes");
        let log = self.with(|store, _| store.log()).expect("a log");
        let numbers: Vec<u64> = log.iter().map(|entry| entry.id.0).collect();
        assert!(
            numbers.iter().copied().eq(oldest + 1..=head),
            "the log is {numbers:?}, not {oldest} to {head}"
        );
    }

    fn compact(&mut self, b: u64) {
        self.with(|store, _| store.compact(b % 3)).expect("a compaction");
    }

    /// Closes and opens again; with a seed, after a loss of power at the last operation.
    fn reopen(&mut self, power_lost: Option<u64>) {
        self.forks.clear();
        self.open = None;
        let recording = self.storage.recording();
        let mut disk = recording.last();
        if let Some(seed) = power_lost {
            let mut numbers = Numbers::new(seed);
            let chosen = numbers.below(20);
            let mut state = 0;
            // All is synced between operations, or about to be given up: any of the states must do.
            recording.crash_states(recording.count(), 4, 3, &mut numbers, |content| {
                if state <= chosen {
                    disk = content;
                }
                state += 1;
            });
        }
        self.storage = Arc::new(RecordingStorage::new(disk));
        let storage: Arc<dyn Storage> = self.storage.clone();
        let options = OpenOptions { policy: policy(), ..OpenOptions::write(LAYOUT) };
        let store = Store::open_on(storage, &options).expect("what was committed opens");
        assert_eq!(store.head().0, self.head());
        let mut space = new_space();
        store.map(&mut space).expect("a mapping");
        self.memory = (*self.commits[&self.head()]).clone();
        assert!(bytes_of(&space) == self.memory, "the newest commit has other bytes");
        let (branches, current) = store.branches();
        let found: BTreeMap<String, u64> = branches.iter().map(|b| (b.name.clone(), b.commit)).collect();
        assert_eq!(found, self.branches);
        assert_eq!(branches[current].name, self.current);
        assert_eq!(store.verify().expect("readable").damages, []);
        self.check_copy(&store, &space);
        self.open = Some((store, space));
    }

    fn check_copy(&self, store: &Store, space: &Space) {
        if self.head().is_multiple_of(4) {
            let copy = Arc::new(MemoryStorage::default());
            store.save_on(space, &*copy).expect("a copy");
            let options = OpenOptions { policy: policy(), ..OpenOptions::read_only(LAYOUT) };
            let copied = Store::open_on(copy, &options).expect("the copy opens");
            let mut view = new_space();
            copied.map(&mut view).expect("a mapping");
            assert!(bytes_of(&view) == self.memory);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_operations_agree_with_the_model() {
        for seed in 0..150 {
            let mut numbers = Numbers::new(seed);
            let length = 60 + numbers.below(800);
            let program: Vec<u8> = (0..length).map(|_| numbers.next_number() as u8).collect();
            run(&program);
        }
    }
}
