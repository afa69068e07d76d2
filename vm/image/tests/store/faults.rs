//! Failing operations: every operation fails in every way, and nothing acknowledged is lost, nothing is pretended.

use crate::support::*;
use batos_image::space::Space;
use batos_image::store::failing::{FailingStorage, Failure, Plan};
use batos_image::store::recording::{Numbers, RecordingStorage};
use batos_image::store::{CommitError, MemoryStorage, Storage, Store};
use std::sync::Arc;

/// What came of a workload under faults.
#[derive(Default)]
struct Outcome {
    acknowledged: u64,
    /// The newest commit that was tried and may or may not be there, though an error was returned.
    attempted: Option<u64>,
    commit_errors: usize,
    read_only: bool,
    operations: u64,
}

/// Commits, checkpoints and history under a plan; the model has every acknowledged commit, and the last attempted one.
fn work(
    failing: &Arc<FailingStorage>,
    store: &Store,
    space: &mut Space,
    model: &mut Model,
    plan: Option<Plan>,
) -> Outcome {
    let mut numbers = Numbers::new(77);
    let mut outcome = Outcome { acknowledged: store.head().0, ..Outcome::default() };
    failing.set_plan(plan);
    for round in 0..9 {
        scribble(space, &mut numbers);
        let before = content(space);
        let commit = store.head().0 + 1;
        match store.commit_unsaved(space, &note("under faults")) {
            Ok(made) => {
                assert_eq!(made.0, commit);
                model.set(commit, space);
                (outcome.acknowledged, outcome.attempted) = (commit, None);
                assert!(!outcome.read_only, "a read-only image takes no commit");
            }
            Err(error) => {
                outcome.commit_errors += 1;
                assert_eq!(store.head().0, outcome.acknowledged, "{error}");
                if !matches!(error, CommitError::ReadOnly { .. }) {
                    model.set(commit, space);
                    outcome.attempted = Some(commit);
                }
                let read_only = matches!(error, CommitError::ReadOnly { .. } | CommitError::Sync { .. });
                assert_eq!(read_only, store.is_read_only(), "{error}");
                outcome.read_only = read_only;
            }
        }
        assert!(content(space) == before, "an error changes no memory");
        if round % 3 == 2 {
            // An error leaves a longer log, nothing else; a failed sync shows in the next commit.
            let _ = store.checkpoint();
            outcome.read_only = store.is_read_only();
        }
    }
    outcome.operations = failing.count();
    outcome
}

fn start() -> (Arc<RecordingStorage>, Arc<FailingStorage>, Store, Space, Model) {
    let recording = Arc::new(RecordingStorage::new(Vec::new()));
    let failing = Arc::new(FailingStorage::new(recording.clone()));
    let store = Store::create_on(failing.clone(), &create_options(4)).unwrap();
    let mut space = mapped(&store);
    let mut model = Model::default();
    model.set(0, &space);
    store.grow(&mut space, 2).unwrap();
    (recording, failing, store, space, model)
}

fn try_everywhere(failure: Failure, for_good: bool) -> usize {
    let (_, failing, store, mut space, mut model) = start();
    let operations = work(&failing, &store, &mut space, &mut model, None).operations;
    assert!(operations > 30);
    let (mut errors, mut hits) = (0, 0);
    for at in 0..operations {
        let (recording, failing, store, mut space, mut model) = start();
        let plan = Plan { at, failure, for_good };
        let outcome = work(&failing, &store, &mut space, &mut model, Some(plan));
        let place = format!("{plan:?}");
        let hit = failing.hits() > 0;
        assert!(hit || failure != Failure::Device, "{place}: nothing failed");
        hits += usize::from(hit);
        errors += outcome.commit_errors;
        let mut allowed = vec![outcome.acknowledged];
        allowed.extend(outcome.attempted);

        // Whatever failed: memory can be saved elsewhere, and is all there.
        let elsewhere = Arc::new(MemoryStorage::default());
        store.save_on(&space, &*elsewhere).unwrap();
        let copy = Store::open_on(elsewhere, &open_options()).unwrap();
        assert!(content(&mapped(&copy)) == content(&space), "{place}");

        // When the fault is gone, so are its effects, unless a sync failed.
        failing.set_plan(None);
        if outcome.read_only {
            assert!(matches!(
                store.commit_unsaved(&mut space, &note("again")),
                Err(CommitError::ReadOnly { .. })
            ));
        } else {
            assert!(space.store_image(1, b"after the fault"));
            let commit = store.commit_unsaved(&mut space, &note("again")).unwrap();
            model.set(commit.0, &space);
            store.checkpoint().unwrap();
            check_history(&store, &model);
            allowed = vec![commit.0];
        }
        drop((store, space));
        let moment = recording.count();
        recording.recording().crash_states(moment, 4, 3, &mut Numbers::new(at), |disk| {
            check_reopened(Arc::new(MemoryStorage::new(disk)), &model, &allowed, &place);
        });
    }
    // Only writes can be short, and only growth finds the disk full; the rest are syncs.
    assert!(hits as u64 > operations / 3);
    println!(
        "{failure:?} (for good: {for_good}) in {operations} operations: {hits} hits, {errors} commits failed"
    );
    errors
}

#[test]
fn a_signal_at_every_operation() {
    let (_, failing, store, mut space, mut model) = start();
    let operations = work(&failing, &store, &mut space, &mut model, None).operations;
    for at in 0..operations {
        let (recording, failing, store, mut space, mut model) = start();
        let plan = Plan { at, failure: Failure::Interrupted, for_good: false };
        let outcome = work(&failing, &store, &mut space, &mut model, Some(plan));
        assert_eq!((outcome.commit_errors, outcome.acknowledged), (0, 9), "operation {at}");
        drop(store);
        let disk = Arc::new(MemoryStorage::new(recording.recording().last()));
        check_reopened(disk, &model, &[9], &format!("operation {at}"));
    }
}

#[test]
fn a_device_error_at_every_operation() {
    assert!(try_everywhere(Failure::Device, false) > 0);
    assert!(try_everywhere(Failure::Device, true) > 0);
}

#[test]
fn a_full_disk_at_every_operation() {
    assert!(try_everywhere(Failure::Full, false) > 0);
    assert!(try_everywhere(Failure::Full, true) > 0);
}

#[test]
fn short_writes_at_every_operation() {
    for count in [1, 100, 511, 512, 513, 4095] {
        assert_eq!(try_everywhere(Failure::Short(count), false), 0, "a short write is no error");
    }
    assert_eq!(try_everywhere(Failure::Short(3000), true), 0);
}

#[test]
fn a_disk_that_fills_up_in_the_middle_of_a_write() {
    for count in [1, 512, 1000, 4096] {
        assert!(try_everywhere(Failure::ShortThenFull(count), false) > 0);
    }
    assert!(try_everywhere(Failure::ShortThenFull(700), true) > 0);
}

#[test]
fn a_failed_sync_makes_the_image_read_only_and_says_so() {
    let (_, failing, store, mut space, _) = start();
    assert!(space.store_image(0, b"one"));
    store.commit_unsaved(&mut space, &note("one")).unwrap();
    assert!(space.store_image(0, b"two"));
    // A commit is a write and a sync.
    failing.set_plan(Some(Plan { at: 1, failure: Failure::Device, for_good: false }));
    let error = store.commit_unsaved(&mut space, &note("two")).unwrap_err();
    assert!(error.to_string().contains("read-only now"), "{error}");
    assert_eq!(failing.count(), 2, "one write, one sync, and no second try");
    let error = store.commit_unsaved(&mut space, &note("three")).unwrap_err();
    assert!(error.to_string().contains("a sync failed"), "{error}");
    assert!(store.checkpoint().is_err());
    assert_eq!(failing.count(), 2, "nothing is written any more");
    assert!(store.health().read_only.is_some());
    assert_eq!(&content(&space)[..3], b"two");
}

#[test]
fn a_full_disk_keeps_the_image_as_it_was_for_a_large_commit() {
    let (recording, failing, store, mut space, mut model) = start();
    assert!(space.store_image(0, b"small"));
    store.commit_unsaved(&mut space, &note("small")).unwrap();
    model.set(1, &space);
    store.grow(&mut space, 20).unwrap();
    assert!(space.store_image(0, &vec![0xEE; 20 * CHUNK as usize]));
    failing.set_plan(Some(Plan { at: 2, failure: Failure::Full, for_good: true }));
    assert!(matches!(store.commit_unsaved(&mut space, &note("large")), Err(CommitError::NoSpace { .. })));
    let disk = recording.recording().last();
    check_reopened(Arc::new(MemoryStorage::new(disk)), &model, &[1], "a full disk");
    failing.set_plan(None);
    store.commit_unsaved(&mut space, &note("large")).unwrap();
    model.set(2, &space);
    let disk = recording.recording().last();
    let storage: Arc<dyn Storage> = Arc::new(MemoryStorage::new(disk));
    check_reopened(storage, &model, &[2], "space again");
}
