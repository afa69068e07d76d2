//! Heaps with a file: what was committed is there again, in every way of opening it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use batos_image::heap::{Heap, HeapOptions, NoRoots, SlotDesc};
use batos_image::image::{FINGERPRINT, Image, OpenImage};
use batos_image::layout::{Format, Kind, SlotKind, root};
use batos_image::store::{CommitId, CommitInfo, CreateOptions, LogPolicy, MemoryStorage};
use batos_image::value::{ObjectRef, Value};

fn info(message: &str) -> CommitInfo {
    CommitInfo::now("test", message)
}

fn int(n: i64) -> Value {
    Value::from_i64(n).expect("small")
}

/// Hangs a list of `n` objects that say `tag` on the lobby root.
fn hang_list(heap: &mut Heap, n: i64, tag: i64) {
    let map = heap.new_map(Kind::Slots, Format::Slots, 3, &[], Value::ZERO, 0);
    let mut list = heap.known.nil;
    for i in 0..n {
        let node = heap.alloc_slots(map, 3, list);
        heap.store(node, 0, int(i));
        heap.store(node, 1, int(tag));
        list = node.value();
    }
    heap.set_root(root::LOBBY, list);
}

fn check_list(heap: &Heap, n: i64, tag: i64) {
    let mut at = heap.root(root::LOBBY);
    for i in (0..n).rev() {
        let node = at.as_ref().expect("a node");
        assert_eq!(heap.word(node, 0), int(i));
        assert_eq!(heap.word(node, 1), int(tag));
        at = heap.word(node, 2);
    }
    assert_eq!(at, heap.known.nil);
}

fn open(path: &Path) -> (Image, Heap) {
    Image::open(path, &OpenImage { untrusted: true, ..OpenImage::write() }).expect("opens")
}

#[test]
fn what_was_committed_is_there_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("world.image");
    let (mut image, mut heap) = Image::create(&path, HeapOptions::default()).expect("creates");
    hang_list(&mut heap, 10_000, 1);
    let hash = heap.identity_hash(heap.root(root::LOBBY));
    image.commit(&mut heap, &mut NoRoots, &info("a list")).expect("commits");
    assert!(!heap.is_changed());
    hang_list(&mut heap, 5, 2);
    assert!(heap.is_changed());
    drop((image, heap));
    let (mut image, mut heap) = open(&path);
    check_list(&heap, 10_000, 1);
    assert_eq!(heap.identity_hash(heap.root(root::LOBBY)), hash);
    hang_list(&mut heap, 7, 3);
    image.commit(&mut heap, &mut NoRoots, &info("another")).expect("commits");
    image.checkpoint().expect("checkpoints");
    hang_list(&mut heap, 8, 4);
    image.commit(&mut heap, &mut NoRoots, &info("a third")).expect("commits");
    check_list(&heap, 8, 4);
    drop((image, heap));
    let (_image, heap) = open(&path);
    check_list(&heap, 8, 4);
}

#[test]
fn older_commits_are_opened_and_returned_to() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("world.image");
    let (mut image, mut heap) = Image::create(&path, HeapOptions::default()).expect("creates");
    let mut commits = Vec::new();
    for tag in 0..4 {
        hang_list(&mut heap, 100 * (tag + 1), tag);
        commits.push(image.commit(&mut heap, &mut NoRoots, &info("step")).expect("commits"));
    }
    assert_eq!(image.log().expect("a log").len(), 4);
    for (tag, commit) in commits.iter().enumerate() {
        let old = image.heap_at(*commit, HeapOptions::default()).expect("opens");
        check_list(&old, 100 * (tag as i64 + 1), tag as i64);
        let (_, old) =
            Image::open_at(&path, *commit, &OpenImage::read_only()).expect("opens beside the writer");
        check_list(&old, 100 * (tag as i64 + 1), tag as i64);
    }
    hang_list(&mut heap, 3, 99);
    image.revert(&mut heap, commits[1], &info("back")).expect("reverts");
    check_list(&heap, 200, 1);
    heap.verify(&mut NoRoots).expect("sound");
    hang_list(&mut heap, 20, 5);
    image.commit(&mut heap, &mut NoRoots, &info("on")).expect("commits");
    drop((image, heap));
    let (_image, heap) = open(&path);
    check_list(&heap, 20, 5);
}

#[test]
fn a_fork_changes_nothing_outside_itself() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("world.image");
    let (mut image, mut heap) = Image::create(&path, HeapOptions::default()).expect("creates");
    hang_list(&mut heap, 1000, 1);
    image.commit(&mut heap, &mut NoRoots, &info("base")).expect("commits");
    hang_list(&mut heap, 500, 2);
    let mut forks: Vec<Heap> =
        (0..3).map(|_| heap.fork(&mut NoRoots, Some(64 << 20)).expect("forks")).collect();
    for (i, fork) in forks.iter_mut().enumerate() {
        check_list(fork, 500, 2);
        hang_list(fork, 50, 10 + i as i64);
        fork.collect_full(&mut NoRoots);
    }
    check_list(&heap, 500, 2);
    hang_list(&mut heap, 9, 3);
    heap.collect_full(&mut NoRoots);
    for (i, fork) in forks.iter().enumerate() {
        check_list(fork, 50, 10 + i as i64);
    }
    drop(forks);
    image.commit(&mut heap, &mut NoRoots, &info("after")).expect("commits");
    drop((image, heap));
    check_list(&open(&path).1, 9, 3);
}

#[test]
fn a_fork_of_a_world_in_memory_works_too() {
    let mut heap = Heap::in_memory(HeapOptions::default()).expect("room");
    hang_list(&mut heap, 300, 1);
    let mut roots = vec![heap.root(root::LOBBY)];
    let mut fork = heap.fork(&mut roots, None).expect("forks");
    check_list(&fork, 300, 1);
    hang_list(&mut fork, 10, 2);
    check_list(&heap, 300, 1);
    fork.verify(&mut roots).expect("sound");
}

#[test]
fn compaction_shrinks_the_file_and_keeps_identities() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("world.image");
    let (mut image, mut heap) = Image::create(&path, HeapOptions::default()).expect("creates");
    for tag in 0..3 {
        hang_list(&mut heap, 200_000, tag);
        image.commit(&mut heap, &mut NoRoots, &info("much")).expect("commits");
    }
    hang_list(&mut heap, 1000, 7);
    let name = heap.intern(b"a name that stays");
    heap.set_root(root::SHELL, name.value());
    let hash = heap.identity_hash(heap.root(root::LOBBY));
    image.commit(&mut heap, &mut NoRoots, &info("little")).expect("commits");
    drop((image, heap));
    let before = std::fs::metadata(&path).expect("a file").len();
    let report = Image::compact(&path, &info("compacted")).expect("compacts");
    assert_eq!(report.before, before);
    assert!(report.after < 8 << 20 && report.after < before / 3, "{report:?}");
    assert_eq!(std::fs::metadata(&path).expect("a file").len(), report.after);
    let (_image, mut heap) = open(&path);
    check_list(&heap, 1000, 7);
    assert_eq!(heap.identity_hash(heap.root(root::LOBBY)), hash);
    assert_eq!(heap.intern(b"a name that stays").value(), heap.root(root::SHELL));
    assert!(heap.statistics().image_bytes <= 4 << 20);
}

#[test]
fn compaction_with_a_branch_does_not_double_what_they_share() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("world.image");
    let (mut image, mut heap) = Image::create(&path, HeapOptions::default()).expect("creates");
    hang_list(&mut heap, 100_000, 1);
    let kept = image.commit(&mut heap, &mut NoRoots, &info("kept")).expect("commits");
    image.store().branch("kept", kept).expect("a branch");
    for tag in 2..4 {
        drop((image, heap));
        // A branch that is at the newest commit, then one that is not.
        let report = Image::compact(&path, &info("compacted")).expect("compacts");
        // What was in the log becomes segments, but nothing is there twice.
        assert!(report.after < report.before + (4 << 20), "{report:?}");
        (image, heap) = open(&path);
        check_list(&heap, 100_000, tag - 1);
        hang_list(&mut heap, 100_000, tag);
        image.commit(&mut heap, &mut NoRoots, &info("more")).expect("commits");
    }
    drop((image, heap));
    let (_image, heap) = Image::open_at(&path, kept, &OpenImage::read_only()).expect("opens the branch");
    check_list(&heap, 100_000, 1);
}

#[test]
fn another_file_takes_what_is_in_memory() {
    let dir = tempfile::tempdir().expect("a directory");
    let (path, other) = (dir.path().join("world.image"), dir.path().join("other.image"));
    let (image, mut heap) = Image::create(&path, HeapOptions::default()).expect("creates");
    hang_list(&mut heap, 1000, 1);
    image.save_as(&mut heap, &mut NoRoots, &other).expect("saves");
    check_list(&open(&other).1, 1000, 1);
}

fn kept_image() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../images/heap-format-1.batos")
}

/// Something of every sort of object, in two commits: one in a checkpoint, one in the log.
fn write_sample() -> Vec<u8> {
    let storage = Arc::new(MemoryStorage::default());
    let policy = LogPolicy { background: false, extent_chunks: 1, ..LogPolicy::default() };
    let create = CreateOptions { policy, image_id: Some([1; 16]), ..CreateOptions::new(FINGERPRINT) };
    let (mut image, mut heap) =
        Image::create_on(storage.clone(), &create, HeapOptions::default()).expect("creates");
    let [name, parent, why] = [&b"name"[..], b"parent", b"why"].map(|text| heap.intern(text));
    let nil = heap.known.nil;
    let slots = [
        SlotDesc::field(name, 0, nil).annotated(why.value()),
        SlotDesc::constant(parent, heap.known.true_).as_parent(),
    ];
    let map = heap.new_map(Kind::Slots, Format::Slots, 1, &slots, why.value(), 2);
    let object = heap.alloc_slots(map, 1, name.value());
    let prototypes = [root::VECTOR, root::WEAK_VECTOR, root::BYTE_VECTOR];
    let [vector, weak, bytes] = prototypes.map(|i| heap.root(i).as_ref().expect("a prototype"));
    let vector = heap.clone_indexed(vector, 3000, int(-7)).expect("room");
    let weak = heap.clone_indexed(weak, 2, object.value()).expect("room");
    let bytes = heap.clone_bytes(bytes, 70_000, 5).expect("room");
    let large = heap.new_float(1e300);
    let small = heap.new_float(-0.375);
    let all = heap.new_internal(&[object.value(), vector.value(), weak.value(), bytes.value(), large, small]);
    heap.set_root(root::LOBBY, all.value());
    heap.identity_hash(all.value());
    let info = CommitInfo { time: 1, author: "tester".into(), message: "first".into() };
    image.commit(&mut heap, &mut NoRoots, &info).expect("commits");
    image.checkpoint().expect("checkpoints");
    let all = heap.root(root::LOBBY).as_ref().expect("a vector");
    heap.set_item(all, 5, int(42));
    image.commit(&mut heap, &mut NoRoots, &info).expect("commits");
    drop((image, heap));
    storage.bytes()
}

fn check_sample(heap: &mut Heap, last: Value) {
    heap.verify(&mut NoRoots).expect("sound");
    let all = heap.root(root::LOBBY).as_ref().expect("a vector");
    assert_eq!(heap.header(all).hash(), 474_223_879);
    let [object, vector, weak, bytes, large] =
        [0, 1, 2, 3, 4].map(|i| heap.item(all, i).as_ref().expect("an object"));
    assert_eq!(heap.item(all, 5), last);
    let text = |heap: &Heap, v: ObjectRef| String::from_utf8(heap.bytes(v).to_vec()).expect("text");
    let map = heap.map_of_ref(object);
    let slots: Vec<SlotDesc> = heap.map_slots(map).collect();
    assert_eq!(slots.len(), 2);
    assert_eq!(
        (text(heap, slots[0].name), slots[0].kind, slots[0].index),
        ("name".into(), SlotKind::Field, 0)
    );
    assert_eq!(text(heap, slots[0].annotation.as_ref().expect("a string")), "why");
    assert_eq!((text(heap, slots[1].name), slots[1].kind), ("parent".into(), SlotKind::Constant));
    assert_eq!((slots[1].parent, slots[1].content), (true, heap.known.true_));
    assert_eq!((heap.map_info(map).kind(), heap.map_info(map).flags()), (Kind::Slots, 2));
    let name = heap.symbol_lookup(b"name").expect("a symbol");
    assert_eq!(heap.field(object, Format::Slots, 0), name.value());
    assert_eq!((heap.length(vector), heap.element(vector, 2999)), (3000, int(-7)));
    assert_eq!((heap.kind_of_ref(weak), heap.element(weak, 1)), (Kind::WeakVector, object.value()));
    assert_eq!(heap.bytes(bytes), vec![5; 70_000]);
    assert_eq!(heap.float_value(large.value()), Some(1e300));
}

#[test]
fn a_heap_of_the_first_layout_opens_for_ever() {
    let path = kept_image();
    if std::env::var_os("BLESS").is_some() && !path.exists() {
        std::fs::write(&path, write_sample()).expect("writes");
    }
    let kept = std::fs::read(&path).unwrap_or_else(|error| {
        panic!("{}: {error}; to make it: BLESS=1 cargo test -p batos-image", path.display())
    });
    for bytes in [kept, write_sample()] {
        let options = OpenImage { untrusted: true, ..OpenImage::read_only() };
        let (image, mut heap) = Image::open_on(Arc::new(MemoryStorage::new(bytes)), &options).expect("opens");
        check_sample(&mut heap, int(42));
        let mut older = image.heap_at(CommitId(1), HeapOptions::default()).expect("opens");
        check_sample(&mut older, Value::from_f64(-0.375).expect("immediate"));
    }
}
