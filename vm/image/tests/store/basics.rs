//! What a store promises when nothing goes wrong: commits, reopening, checkpoints, forks, on a file and in memory.

use batos_image::layout::{CARD_BYTES, CARD_DIVERGED, IMAGE_START};
use batos_image::space::{Space, SpaceOptions};
use batos_image::store::{
    CommitId, CommitInfo, CreateOptions, FileStorage, Geometry, LogPolicy, MemoryStorage, OpenError,
    OpenOptions, Storage, Store,
};
use std::sync::Arc;

const LAYOUT: u64 = 0x1234;

fn small_options() -> CreateOptions {
    CreateOptions {
        geometry: Geometry { chunk_shift: 14 },
        policy: LogPolicy { background: false, ..LogPolicy::default() },
        image_id: Some([7; 16]),
        ..CreateOptions::new(LAYOUT)
    }
}

fn small_open() -> OpenOptions {
    OpenOptions { policy: small_options().policy, ..OpenOptions::write(LAYOUT) }
}

fn space_for(store: &Store) -> Space {
    let segment_bytes = store.space_options().segment_bytes;
    Space::reserve(SpaceOptions {
        range_bytes: IMAGE_START + 1024 * segment_bytes,
        image_limit: None,
        segment_bytes,
    })
    .unwrap()
}

fn mapped(store: &Store) -> Space {
    let mut space = space_for(store);
    store.map(&mut space).unwrap();
    space
}

fn content(space: &Space) -> Vec<u8> {
    let mut bytes = vec![0; space.image_bytes() as usize];
    assert!(space.read_image(0, &mut bytes));
    bytes
}

fn note(message: &str) -> CommitInfo {
    CommitInfo { time: 1, author: "tester".into(), message: message.into() }
}

fn fill_and_reopen(storage: Arc<dyn Storage>, reopen: &dyn Fn() -> Arc<dyn Storage>) {
    let store = Store::create_on(storage, &small_options()).unwrap();
    let mut space = mapped(&store);
    store.grow(&mut space, 5).unwrap();
    for round in 0_u64..200 {
        let at = (round * 7919) % (space.image_bytes() - 8);
        assert!(space.store_image(at, &(round + 1).to_le_bytes()));
        assert_eq!(store.commit_unsaved(&mut space, &note("round")).unwrap(), CommitId(round + 1));
        if round % 37 == 36 {
            assert!(store.checkpoint().unwrap());
            assert!(!store.checkpoint().unwrap(), "nothing is left to do");
        }
        if round % 50 == 49 {
            let before = content(&space);
            store.refresh(&mut space).unwrap();
            assert!(content(&space) == before, "refreshing changes no byte");
        }
    }
    let expected = content(&space);
    // What is not committed is not there later.
    assert!(space.store_image(0, b"unsaved"));
    drop((store, space));
    let store = Store::open_on(reopen(), &small_open()).unwrap();
    assert_eq!(store.head(), CommitId(200));
    assert!(content(&mapped(&store)) == expected);
    store.checkpoint().unwrap();
    assert!(content(&mapped(&store)) == expected);
}

#[test]
fn commits_survive_reopening_in_memory() {
    let storage: Arc<dyn Storage> = Arc::new(MemoryStorage::default());
    fill_and_reopen(storage.clone(), &|| storage.clone());
}

#[test]
fn commits_survive_reopening_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.batos");
    let storage = FileStorage::create(&path).unwrap();
    fill_and_reopen(Arc::new(storage), &|| Arc::new(FileStorage::open(&path).unwrap()));
}

#[test]
fn a_commit_larger_than_an_extent_and_than_one_vectored_write() {
    let storage: Arc<dyn Storage> = Arc::new(MemoryStorage::default());
    let store = Store::create_on(storage.clone(), &small_options()).unwrap();
    let mut space = mapped(&store);
    store.grow(&mut space, 200).unwrap();
    // Every second card: 3,200 runs.
    for card in (0..space.image_bytes() / CARD_BYTES).step_by(2) {
        assert!(space.store_image(card * CARD_BYTES, &card.to_le_bytes()));
    }
    store.commit_unsaved(&mut space, &note("many")).unwrap();
    assert!(space.store_image(3, b"and then a small one"));
    store.commit_unsaved(&mut space, &note("few")).unwrap();
    let expected = content(&space);
    drop(store);
    let store = Store::open_on(storage, &small_open()).unwrap();
    assert!(content(&mapped(&store)) == expected);
}

#[test]
fn forks_see_everything_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.batos");
    let store = Store::create(&path, &CreateOptions { keep: 0, ..small_options() }).unwrap();
    let mut space = mapped(&store);
    store.grow(&mut space, 8).unwrap();
    assert!(space.store_image(100, b"committed"));
    store.commit_unsaved(&mut space, &note("one")).unwrap();
    store.checkpoint().unwrap();
    store.refresh(&mut space).unwrap();
    assert_eq!(space.card_runs(CARD_DIVERGED).len(), 0, "all is in the file");
    assert!(space.store_image(20_000, b"not committed"));
    let expected = content(&space);

    let mut first = store.fork(&space, Some(9 * space.segment_bytes())).unwrap();
    let second = store.fork(&first, None).unwrap();
    assert!(content(&first) == expected && content(&second) == expected);
    first.grow(9).unwrap();
    assert!(first.grow(10).is_err(), "the fork has its own limit");
    assert!(first.store_image(0, &[0xAA; 50_000]));
    assert!(content(&space) == expected && content(&second) == expected);
    let third = store.fork(&first, None).unwrap();
    assert!(content(&third) == content(&first));

    // While forks live, the chunks that they map are not reused, whatever the writer does.
    for round in 0_u8..30 {
        assert!(space.store_image(100 + 4000 * u64::from(round), &[round + 1; 64]));
        store.commit_unsaved(&mut space, &note("more")).unwrap();
        store.checkpoint().unwrap();
        store.refresh(&mut space).unwrap();
    }
    assert!(content(&second) == expected);
    let size = std::fs::metadata(&path).unwrap().len();
    drop((first, second, third));
    for round in 0_u8..30 {
        assert!(space.store_image(100 + 4000 * u64::from(round), &[round + 2; 64]));
        store.commit_unsaved(&mut space, &note("more")).unwrap();
        store.checkpoint().unwrap();
        store.refresh(&mut space).unwrap();
    }
    assert!(content(&mapped(&store)) == content(&space));
    let grown = std::fs::metadata(&path).unwrap().len();
    assert!(grown <= size + 4 * (1 << 14), "freed chunks are used again: {size} then {grown}");
}

#[test]
fn one_writer_and_many_readers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.batos");
    let store = Store::create(&path, &small_options()).unwrap();
    let mut space = mapped(&store);
    store.grow(&mut space, 2).unwrap();
    assert!(space.store_image(5, b"hello"));
    store.commit_unsaved(&mut space, &note("one")).unwrap();

    match Store::open(&path, &small_open()) {
        Err(OpenError::Locked(locked)) => {
            assert_eq!(locked.pid, Some(std::process::id()));
            assert!(locked.to_string().contains(&format!("process {}", std::process::id())), "{locked}");
        }
        other => panic!("a second writer must be refused: {other:?}"),
    }
    let read = OpenOptions { policy: small_options().policy, ..OpenOptions::read_only(LAYOUT) };
    let reader = Store::open(&path, &read).unwrap();
    let view = mapped(&reader);
    let expected = content(&view);
    assert!(expected == content(&space));
    assert!(reader.commit(&view, &[], &note("no")).unwrap_err().to_string().contains("opened for reading"));
    // The reader's chunks stay as they are under a busy writer.
    for round in 0_u8..40 {
        assert!(space.store_image(u64::from(round) * 100, &[round; 100]));
        store.commit_unsaved(&mut space, &note("more")).unwrap();
        store.checkpoint().unwrap();
        store.refresh(&mut space).unwrap();
    }
    assert!(content(&view) == expected);
    let late = Store::open(&path, &read).unwrap();
    assert!(content(&mapped(&late)) == content(&space));
    drop(store);
    assert!(
        Store::open(&path, &small_open()).is_err(),
        "a space still maps chunks that nobody may overwrite"
    );
    drop(space);
    assert!(Store::open(&path, &small_open()).is_ok(), "the lock went with the last user");
}

#[test]
fn what_is_no_image_of_ours_is_refused_with_a_message() {
    let open = |bytes: Vec<u8>| Store::open_on(Arc::new(MemoryStorage::new(bytes)), &small_open());
    assert!(matches!(open(Vec::new()), Err(OpenError::NotAnImage)));
    assert!(matches!(open(vec![1; 100_000]), Err(OpenError::NotAnImage)));
    let storage = Arc::new(MemoryStorage::default());
    drop(Store::create_on(storage.clone(), &small_options()).unwrap());
    let mut bytes = storage.bytes();
    assert!(open(bytes.clone()).is_ok());
    let other = OpenOptions { fingerprint: 5, ..small_open() };
    let refused = Store::open_on(Arc::new(MemoryStorage::new(bytes.clone())), &other).unwrap_err();
    assert!(matches!(refused, OpenError::Layout { found: LAYOUT, known: 5 }));
    bytes[8] = 99;
    let refused = open(bytes).unwrap_err();
    assert!(matches!(refused, OpenError::Version { found: 99, .. }), "{refused}");
}

#[test]
fn the_background_thread_keeps_the_tail_short() {
    let storage: Arc<dyn Storage> = Arc::new(MemoryStorage::default());
    let mut options = small_options();
    options.policy =
        LogPolicy { background: true, checkpoint_at: 100_000, wait_at: 200_000, extent_chunks: 4 };
    let store = Store::create_on(storage.clone(), &options).unwrap();
    let mut space = mapped(&store);
    store.grow(&mut space, 20).unwrap();
    for round in 0_u64..1000 {
        assert!(space.store_image((round * 12347) % 300_000, &round.to_le_bytes()));
        store.commit_unsaved(&mut space, &note("more")).unwrap();
        assert!(store.health().tail_bytes <= 210_000);
    }
    assert!(store.health().epoch > 5, "checkpoints were made");
    let expected = content(&space);
    drop((store, space));
    let store = Store::open_on(storage, &small_open()).unwrap();
    assert!(content(&mapped(&store)) == expected);
}

#[test]
fn a_space_on_one_allocation_behaves_the_same() {
    let options = SpaceOptions { range_bytes: IMAGE_START + (4 << 20), ..SpaceOptions::default() };
    let mut space = Space::allocated(options, 2).unwrap();
    assert!(space.store_image(10, b"abc"));
    let mut fork = space.fork(None).unwrap();
    assert!(content(&fork) == content(&space));
    assert!(fork.store_image(10, b"xyz"));
    assert!(content(&fork) != content(&space));
    assert!(!space.store_image(2 << 20, b"beyond"));
    space.grow(4).unwrap();
    assert!(space.store_image(3 << 20, b"within"));
    assert!(space.grow(5).is_err());
}
