//! The crash enumerator: power fails after every operation, in every way that a disk may show.
//!
//! A workload runs on a recording storage. For each moment and each content that the disk may have then, the image is
//! opened: it must be at the last acknowledged commit or the one under way, byte for byte. Then work goes on from
//! there, itself recorded, and the power fails again.

use crate::support::*;
use batos_image::layout::CARD_UNSAVED;
use batos_image::space::Space;
use batos_image::store::recording::{Numbers, Operation, RecordingStorage};
use batos_image::store::{CardRun, CommitId, MemoryStorage, Storage, Store};
use std::sync::Arc;

/// Packets begin at pages.
const PAGE_BYTES: u64 = 4096;

/// When a commit was under way, in recorded operations.
#[derive(Clone, Copy, Debug)]
struct Span {
    commit: u64,
    started: usize,
    acknowledged: usize,
}

/// A workload under way.
struct Run {
    storage: Arc<RecordingStorage>,
    model: Model,
    spans: Vec<Span>,
    numbers: Numbers,
}

impl Run {
    fn new(bytes: Vec<u8>, model: Model, seed: u64) -> Run {
        let storage = Arc::new(RecordingStorage::new(bytes));
        Run { storage, model, spans: Vec::new(), numbers: Numbers::new(seed) }
    }

    /// Notes that the act `make`, which makes the next commit, took place.
    fn span(&mut self, make: impl FnOnce() -> CommitId) -> CommitId {
        let started = self.storage.count();
        let commit = make();
        self.spans.push(Span { commit: commit.0, started, acknowledged: self.storage.count() });
        commit
    }

    fn commit(&mut self, store: &Store, space: &mut Space) {
        scribble(space, &mut self.numbers);
        // The bytes must be known before: a crash may show them before they are acknowledged.
        self.model.set(store.head().0 + 1, space);
        self.span(|| store.commit_unsaved(space, &note("work")).unwrap());
    }

    /// The commits that may be the newest after a crash at `moment`; `start` is what there was before.
    fn allowed(&self, start: u64, moment: usize) -> Vec<u64> {
        let done =
            self.spans.iter().rfind(|span| span.acknowledged <= moment).map_or(start, |span| span.commit);
        let under_way = self.spans.iter().find(|span| span.started <= moment && moment < span.acknowledged);
        std::iter::once(done).chain(under_way.map(|span| span.commit)).collect()
    }
}

/// How many states are tried.
#[derive(Clone, Copy)]
struct Effort {
    exhaustive: u32,
    samples: usize,
    /// One state in so many is worked on and crashed again.
    again: usize,
}

/// Tries all moments of a run. Returns the number of states.
fn enumerate(run: &Run, first_moment: usize, start: u64, effort: Effort, name: &str) -> usize {
    let recording = run.storage.recording();
    let mut numbers = Numbers::new(99);
    let mut tried = 0;
    let mut again = 0;
    for moment in first_moment..=recording.count() {
        let allowed = run.allowed(start, moment);
        let mut sampler = numbers.clone();
        recording.crash_states(moment, effort.exhaustive, effort.samples, &mut numbers, |disk| {
            let place = format!("{name}, after {moment} operations, state {tried}");
            let storage: Arc<dyn Storage> = Arc::new(MemoryStorage::new(disk.clone()));
            let (store, _space) = check_reopened(storage, &run.model, &allowed, &place);
            tried += 1;
            if effort.again > 0 && tried % effort.again == 0 {
                again += crash_again(disk, &run.model, store.head().0, sampler.next_number(), &place);
            }
        });
    }
    println!(
        "{name}: {} operations, {tried} states, and {again} more after a second crash",
        recording.count()
    );
    tried + again
}

/// Works on from a state after a crash: the first commit (which settles what the crash left), a checkpoint, more
/// commits; and enumerates the crashes of that.
fn crash_again(disk: Vec<u8>, model: &Model, head: u64, seed: u64, place: &str) -> usize {
    let mut model = model.clone();
    model.contents.retain(|commit, _| *commit <= head);
    let mut run = Run::new(disk, model, seed);
    let (store, mut space) = check_reopened(run.storage.clone(), &run.model, &[head], place);
    run.commit(&store, &mut space);
    if seed & 1 == 0 {
        store.checkpoint().unwrap();
    }
    run.commit(&store, &mut space);
    drop((store, space));
    let recording = run.storage.recording();
    let mut numbers = Numbers::new(seed);
    let mut tried = 0;
    for moment in 0..=recording.count() {
        let allowed = run.allowed(head, moment);
        recording.crash_states(moment, 3, 3, &mut numbers, |disk| {
            let place = format!("{place}; then after {moment} operations, state {tried}");
            check_reopened(Arc::new(MemoryStorage::new(disk)), &run.model, &allowed, &place);
            tried += 1;
        });
    }
    tried
}

fn new_image(keep: u64, seed: u64) -> (Run, Store, Space, usize) {
    let mut run = Run::new(Vec::new(), Model::default(), seed);
    let store = Store::create_on(run.storage.clone(), &create_options(keep)).unwrap();
    let created = run.storage.count();
    let mut space = mapped(&store);
    run.model.set(0, &space);
    store.grow(&mut space, 2).unwrap();
    (run, store, space, created)
}

#[test]
fn a_small_workload_exhaustively() {
    let (mut run, store, mut space, created) = new_image(0, 3);
    // A commit of one card is a page: eight sectors, so 256 states at the moment before its sync.
    for round in 0..3 {
        assert!(space.store_image(round * 512, &[round as u8 + 1; 100]));
        run.model.set(store.head().0 + 1, &space);
        run.span(|| store.commit_unsaved(&mut space, &note("one card")).unwrap());
    }
    store.checkpoint().unwrap();
    run.commit(&store, &mut space);
    let tried =
        enumerate(&run, created, 0, Effort { exhaustive: 12, samples: 60, again: 31 }, "small workload");
    assert!(tried > 1000);
}

/// The place of the packet that was written from an operation on, and what was written behind its first page.
fn packet_of(operations: &[Operation]) -> (usize, u64, Vec<(u64, Vec<u8>)>) {
    let is_packet = |o: &Operation| matches!(o, Operation::Write(_, bytes) if bytes.starts_with(b"BATPACKT"));
    let at = operations.iter().rposition(is_packet).expect("a packet");
    let Operation::Write(offset, _) = &operations[at] else { unreachable!("it is a write") };
    let second = offset + PAGE_BYTES;
    let rest = operations[at..].iter().map_while(|operation| match operation {
        Operation::Write(from, bytes) => {
            let skip = second.saturating_sub(*from).min(bytes.len() as u64) as usize;
            Some((from + skip as u64, bytes[skip..].to_vec()))
        }
        _ => None,
    });
    (at, *offset, rest.collect())
}

/// A commit that a crash tore is given up. The next one takes its place, and may write some pages that are the same. If these are
/// all that a second crash leaves of it, they must not complete the first.
#[test]
fn a_commit_that_was_given_up_does_not_come_back() {
    let (mut run, store, mut space, _) = new_image(0, 5);
    run.commit(&store, &mut space);
    let (before, created) = (run.storage.recording().last(), run.storage.count());
    let write = |store: &Store, space: &mut Space, byte: u8| {
        assert!(space.store_image(0, &[byte; 4 * 512]) && space.store_image(8 * 512, &[7; 10 * 512]));
        store.commit_unsaved(space, &note("the same")).unwrap();
    };
    write(&store, &mut space, 0xa1);
    drop((store, space));
    let recording = run.storage.recording();
    let (at, offset, rest) = packet_of(&recording.operations()[created..]);
    assert!(rest.iter().any(|(_, bytes)| bytes.len() > 512), "it has more than a page");
    let Operation::Write(_, bytes) = &recording.operations()[created + at] else { unreachable!("a write") };
    let mut torn = before;
    torn[offset as usize..][..PAGE_BYTES as usize].copy_from_slice(&bytes[..PAGE_BYTES as usize]);

    let again = Arc::new(RecordingStorage::new(torn.clone()));
    let (store, mut space) = check_reopened(again.clone(), &run.model, &[1], "torn");
    write(&store, &mut space, 0xb2);
    drop((store, space));
    let recording = again.recording();
    let (at, second_offset, rest) = packet_of(recording.operations());
    assert_eq!(second_offset, offset, "it takes the place of the first");
    let settled = recording.operations()[..at].iter().filter_map(|operation| match operation {
        Operation::Write(from, bytes) => Some((*from, bytes.clone())),
        _ => None,
    });
    let mut disk = torn;
    for (from, bytes) in settled.chain(rest) {
        disk[from as usize..][..bytes.len()].copy_from_slice(&bytes);
    }
    check_reopened(Arc::new(MemoryStorage::new(disk)), &run.model, &[1], "torn twice");
}

#[test]
fn commits_growth_checkpoints_and_jumps() {
    for (seed, keep) in [(1, 0), (2, 3), (3, 1000)] {
        let (mut run, store, mut space, created) = new_image(keep, seed);
        for round in 0..16 {
            run.commit(&store, &mut space);
            if round % 5 == 4 {
                store.checkpoint().unwrap();
                store.refresh(&mut space).unwrap();
            }
        }
        check_history(&store, &run.model);
        let name = format!("workload {seed} that keeps {keep} commits");
        enumerate(&run, created, 0, Effort { exhaustive: 8, samples: 16, again: 151 }, &name);
    }
}

#[test]
fn a_commit_that_is_larger_than_any_extent() {
    let (mut run, store, mut space, created) = new_image(0, 8);
    run.commit(&store, &mut space);
    store.grow(&mut space, 8).unwrap();
    let noise: Vec<u8> = (0..space.image_bytes()).map(|_| run.numbers.next_number() as u8).collect();
    assert!(space.store_image(0, &noise));
    run.model.set(2, &space);
    run.span(|| store.commit_unsaved(&mut space, &note("everything")).unwrap());
    run.commit(&store, &mut space);
    store.checkpoint().unwrap();
    run.commit(&store, &mut space);
    enumerate(&run, created, 0, Effort { exhaustive: 8, samples: 30, again: 101 }, "large commit");
}

#[test]
fn compaction() {
    compact_and_crash(0, None);
}

#[test]
fn compaction_that_keeps_some_history() {
    compact_and_crash(3, None);
    compact_and_crash(0, Some(CommitId(9)));
}

fn compact_and_crash(keep: u64, branch: Option<CommitId>) {
    let (mut run, store, mut space, _) = new_image(1000, 11);
    for round in 0..14 {
        run.commit(&store, &mut space);
        // The last checkpoints are no good places for a history to begin.
        if round % 3 == 2 && round < 6 {
            store.checkpoint().unwrap();
        }
    }
    if let Some(commit) = branch {
        store.branch("kept", commit).unwrap();
    }
    drop((store, space));
    let head = 14;
    let mut run = Run {
        storage: Arc::new(RecordingStorage::new(run.storage.recording().last())),
        spans: vec![],
        ..run
    };
    let (mut store, space) = check_reopened(run.storage.clone(), &run.model, &[head], "before compaction");
    drop(space);
    let report = store.compact(keep).unwrap();
    let oldest = branch.map_or(head - keep, |commit| commit.0);
    assert_eq!(store.oldest(), CommitId(oldest), "history goes back as far as it must, and no further");
    check_history(&store, &run.model);
    // With a history there are two states to keep, and the log between them.
    let history = keep > 0 || branch.is_some();
    assert!(report.after < report.before + u64::from(history), "{report:?}");
    // Whoever does it again gains nothing, and loses nothing.
    let again = store.compact(keep).unwrap();
    assert!(again.after <= report.after, "{report:?}, {again:?}");
    assert_eq!(store.oldest(), CommitId(oldest));
    let mut space = mapped(&store);
    run.commit(&store, &mut space);
    check_history(&store, &run.model);
    let name = format!("compaction that keeps {keep} commits, branch at {branch:?}");
    enumerate(&run, 0, head, Effort { exhaustive: 8, samples: 30, again: 61 }, &name);
}

#[test]
fn branches_and_reverting() {
    let (mut run, store, mut space, created) = new_image(1000, 21);
    for _ in 0..4 {
        run.commit(&store, &mut space);
    }
    store.branch("before", CommitId(2)).unwrap();
    let wanted = run.model.contents[&3].clone();
    // What commit 5 will be: commit 3, as large as the image is now.
    let mut reverted = (*wanted).clone();
    reverted.resize(run.model.contents[&4].len(), 0);
    run.model.contents.insert(5, Arc::new(reverted));
    run.span(|| store.revert_into(&mut space, CommitId(3), &note("back")).unwrap());
    assert!(content(&space) == *run.model.contents[&5]);
    let mut switched = (*run.model.contents[&2]).clone();
    switched.resize(run.model.contents[&5].len(), 0);
    run.model.contents.insert(6, Arc::new(switched));
    run.span(|| store.switch(Some(&mut space), "before", &note("other branch")).unwrap());
    assert!(content(&space) == *run.model.contents[&6]);
    run.commit(&store, &mut space);
    let log = store.log().unwrap();
    assert_eq!(log.last().map(|entry| (entry.branch.as_str(), entry.parent)), Some(("before", CommitId(6))));
    assert_eq!(log[5].parent, CommitId(2));
    assert_eq!(store.find_branch("main").unwrap(), CommitId(5));
    check_history(&store, &run.model);
    enumerate(&run, created, 0, Effort { exhaustive: 8, samples: 30, again: 61 }, "branches");
}

#[test]
fn recovery() {
    // Damage the log so that opening refuses; recover; and let the power fail at any moment of that.
    let (mut run, store, mut space, _) = new_image(0, 31);
    run.commit(&store, &mut space);
    store.checkpoint().unwrap();
    for _ in 0..3 {
        run.commit(&store, &mut space);
    }
    assert!(CardRun::of_ranges(space.card_runs(CARD_UNSAVED)).is_empty());
    drop((store, space));
    let mut disk = run.storage.recording().last();
    // Find commit 3's packet by its number and break a byte of its cards.
    let (at, _) = packets(&disk).into_iter().find(|(_, commit)| *commit == 3).unwrap();
    disk[at + 300] ^= 1;
    let refused = Store::open_on(Arc::new(MemoryStorage::new(disk.clone())), &open_options()).unwrap_err();
    assert!(refused.to_string().contains("recover"), "{refused}");

    let run = Run { storage: Arc::new(RecordingStorage::new(disk)), spans: vec![], ..run };
    let report = Store::recover_on(run.storage.clone(), &open_options()).unwrap();
    assert_eq!(report.head, CommitId(2));
    assert!(report.later.is_some());
    let recording = run.storage.recording();
    let mut tried = 0;
    for moment in 0..=recording.count() {
        recording.crash_states(moment, 8, 40, &mut Numbers::new(5), |disk| {
            tried += 1;
            let place = format!("recovery, after {moment} operations, state {tried}");
            let storage: Arc<dyn Storage> = Arc::new(MemoryStorage::new(disk));
            // Either the image is still refused, and can be recovered, or it is recovered.
            if Store::open_on(storage.clone(), &open_options()).is_err() {
                assert!(moment < recording.count(), "{place}: not recovered in the end");
                let report = Store::recover_on(storage.clone(), &open_options()).unwrap();
                assert_eq!(report.head, CommitId(2), "{place}");
            }
            check_reopened(storage, &run.model, &[2], &place);
        });
    }
    println!("recovery: {} operations, {tried} states", recording.count());
}

/// Offset and commit of every packet that changes cards.
fn packets(disk: &[u8]) -> Vec<(usize, u64)> {
    (0..disk.len())
        .step_by(4096)
        .filter(|at| disk[*at..].starts_with(b"BATPACKT") && disk[at + 8] == 1)
        .map(|at| (at, u64::from_le_bytes(disk[at + 32..at + 40].try_into().unwrap())))
        .collect()
}
