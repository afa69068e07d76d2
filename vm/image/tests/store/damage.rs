//! Disks that lie, flip bits, keep old chunks, and lose their ends: detected or recovered, never accepted in silence.

use crate::support::*;
use batos_image::store::recording::{Numbers, Operation, RecordingStorage};
use batos_image::store::{CommitId, MemoryStorage, OpenError, OpenOptions, Store, reseal};
use std::sync::Arc;

/// An image with two checkpoints, three commits in the tail, and the bytes of all commits; also an older state.
fn sample() -> (Arc<RecordingStorage>, Vec<u8>, Vec<u8>, Model) {
    let storage = Arc::new(RecordingStorage::new(Vec::new()));
    let store = Store::create_on(storage.clone(), &create_options(5)).unwrap();
    let mut space = mapped(&store);
    let mut model = Model::default();
    let mut numbers = Numbers::new(5);
    model.set(0, &space);
    let mut older = Vec::new();
    for commit in 1..=11 {
        scribble(&mut space, &mut numbers);
        store.commit_unsaved(&mut space, &note("work")).unwrap();
        model.set(commit, &space);
        if commit % 4 == 0 {
            older = storage.recording().last();
            store.checkpoint().unwrap();
        }
    }
    let now = storage.recording().last();
    (storage, now, older, model)
}

#[derive(Default, Debug)]
struct Tally {
    refused: usize,
    same: usize,
    found: usize,
    reported: usize,
}

/// Opens a damaged image. It must be refused; or be an earlier commit, with a report that something was cut off; or be
/// found damaged by `verify`; or be undamaged as far as it is used.
fn judge(disk: Vec<u8>, model: &Model, tally: &mut Tally, earlier_in_silence: bool, place: &str) {
    let read = OpenOptions { policy: open_options().policy, ..OpenOptions::write(LAYOUT) };
    let store = match Store::open_on(Arc::new(MemoryStorage::new(disk)), &read) {
        Ok(store) => store,
        Err(_) => {
            tally.refused += 1;
            return;
        }
    };
    let found = match store.verify() {
        Ok(report) => !report.damages.is_empty(),
        Err(_) => true,
    };
    let mut space = new_space();
    let same = match store.map(&mut space) {
        Ok(()) => content(&space) == *model.contents[&store.head().0],
        Err(_) => return tally.found += 1,
    };
    let newest = *model.contents.keys().max().unwrap();
    let reported = store.report().torn_tail.is_some();
    if found {
        tally.found += 1;
    } else {
        assert!(same, "{place}: wrong bytes, and nothing is said about it");
        let cut = store.head() < CommitId(newest);
        assert!(
            !cut || reported || earlier_in_silence,
            "{place}: commits are missing, and nothing is said about it"
        );
        if cut { tally.reported += 1 } else { tally.same += 1 }
    }
}

#[test]
fn flipped_bits() {
    let (_, now, _, model) = sample();
    let mut tally = Tally::default();
    let mut numbers = Numbers::new(17);
    for at in 0..now.len() {
        // Every byte of superblocks, packets' first pages and catalogs; some of the rest.
        let page = &now[at & !4095..];
        let telling = page.starts_with(b"BAT") && at % 4096 < 700;
        if telling || numbers.below(11) == 0 {
            let mut disk = now.clone();
            disk[at] ^= 1 << numbers.below(8);
            judge(disk, &model, &mut tally, false, &format!("a bit of byte {at}"));
        }
    }
    println!("flipped bits: {tally:?}");
    assert!(tally.refused > 100 && tally.found > 1000 && tally.same > 100);
}

#[test]
fn truncated_files() {
    let (_, now, _, model) = sample();
    let mut tally = Tally::default();
    for length in (0..now.len()).step_by(512).chain(now.len() - 100..now.len()) {
        judge(now[..length].to_vec(), &model, &mut tally, false, &format!("cut to {length} bytes"));
    }
    println!("truncated files: {tally:?}");
    assert!(tally.refused > 10);
}

#[test]
fn stale_chunks_and_pages() {
    let (_, now, older, model) = sample();
    let mut tally = Tally::default();
    for size in [512, 4096, CHUNK as usize] {
        for at in (0..now.len()).step_by(size) {
            for source in [&older[..], &[]] {
                let mut disk = now.clone();
                for (byte, to) in disk.iter_mut().enumerate().skip(at).take(size) {
                    *to = source.get(byte).copied().unwrap_or(0);
                }
                // A disk that loses the end of the log, to the byte, leaves a good shorter log.
                judge(disk, &model, &mut tally, true, &format!("{size} old bytes at {at}"));
            }
        }
    }
    println!("stale chunks: {tally:?}");
    assert!(tally.refused > 10 && tally.found > 10);
}

#[test]
fn disks_that_lie_about_syncs() {
    let (storage, ..) = sample();
    let (_, _, _, model) = sample();
    let mut tally = Tally::default();
    let operations = storage.recording().operations().to_vec();
    let mut numbers = Numbers::new(23);
    for round in 0..6000 {
        let mut disk: Vec<u8> = Vec::new();
        // Few or many writes are lost, anywhere.
        let one_in = 2 + numbers.below(60);
        for operation in &operations {
            match operation {
                Operation::Write(offset, bytes) => {
                    for (index, sector) in bytes.chunks(512).enumerate() {
                        let at = *offset as usize + index * 512;
                        if disk.len() < at + sector.len() {
                            disk.resize(at + sector.len(), 0);
                        }
                        if numbers.below(one_in) > 0 {
                            disk[at..at + sector.len()].copy_from_slice(sector);
                        }
                    }
                }
                Operation::SetLen(length) => disk.resize(*length as usize, 0),
                Operation::Sync => {}
            }
        }
        judge(disk, &model, &mut tally, true, &format!("lying disk {round}"));
    }
    println!("lying disks: {tally:?}");
    assert!(tally.refused > 100 && tally.found > 100 && tally.same > 10);
}

#[test]
fn recovery_saves_what_is_left_of_a_damaged_image() {
    let (_, now, _, model) = sample();
    let mut numbers = Numbers::new(41);
    let (mut saved, mut hopeless) = (0, 0);
    for round in 0..1500 {
        let mut disk = now.clone();
        for _ in 0..1 + numbers.below(3) {
            let at = numbers.below(disk.len() as u64 / 4096) as usize * 4096;
            let sector = at + numbers.below(2) as usize * 512;
            disk[sector..sector + 64].fill(round as u8);
        }
        let storage = Arc::new(MemoryStorage::new(disk));
        if Store::open_on(storage.clone(), &open_options()).is_ok() {
            continue;
        }
        match Store::recover_on(storage.clone(), &open_options()) {
            Ok(report) => {
                saved += 1;
                let store = Store::open_on(storage, &open_options()).unwrap();
                assert_eq!(store.head(), report.head);
                let damaged = !store.verify().unwrap().damages.is_empty();
                let mut space = new_space();
                let refused = store.map(&mut space).is_err();
                let same = !refused && content(&space) == *model.contents[&report.head.0];
                assert!(same || damaged, "round {round}: recovered to wrong bytes");
            }
            Err(_) => hopeless += 1,
        }
    }
    println!("recovery: {saved} saved, {hopeless} hopeless");
    assert!(saved > 100);
}

/// Numbers at the edges of what a field can hold.
const EDGES: [u64; 10] =
    [0, 1, 2, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF << 32, 1 << 62, u64::MAX - 1, u64::MAX];

#[test]
fn every_number_at_its_edges_with_good_checksums() {
    let (_, now, _, _) = sample();
    let (mut refused, mut opened) = (0, 0);
    for page in (0..now.len()).step_by(4096).filter(|page| now[*page..].starts_with(b"BAT")) {
        // Superblock, catalog and packet have their numbers in the first 700 bytes.
        for at in (page + 8..page + 700).step_by(8) {
            for (edge, only_half) in EDGES.into_iter().flat_map(|edge| [(edge, false), (edge, true)]) {
                let mut disk = now.clone();
                let bytes = edge.to_le_bytes();
                let count = if only_half { 4 } else { 8 };
                disk[at..at + count].copy_from_slice(&bytes[..count]);
                reseal(&mut disk);
                let storage = Arc::new(MemoryStorage::new(disk));
                match Store::open_on(storage.clone(), &open_options()) {
                    Ok(store) => {
                        opened += 1;
                        use_whatever(&store);
                    }
                    Err(_) => {
                        refused += 1;
                        if Store::recover_on(storage.clone(), &open_options()).is_ok() {
                            use_whatever(&Store::open_on(storage, &open_options()).unwrap());
                        }
                    }
                }
            }
        }
    }
    println!("numbers at their edges: {refused} refused, {opened} opened");
    assert!(refused > 1000 && opened > 1000);
}

/// Everything that a store is asked for: errors are well, panics and wrong claims are not.
fn use_whatever(store: &Store) {
    let _ = (store.verify(), store.log(), store.branches(), store.health());
    let mut space = new_space();
    let mapped = store.map(&mut space).is_ok();
    let _ = store.map_at(store.oldest(), &mut new_space());
    let head = store.head().0;
    let _ = store.branch("a branch", store.head());
    if mapped && space.image_bytes() > 0 {
        assert!(space.store_image(0, b"changed"));
        if store.commit_unsaved(&mut space, &note("on")).is_ok() {
            assert_eq!(store.head().0, head + 1);
        }
        let _ = store.checkpoint();
        let _ = store.refresh(&mut space);
    }
}

#[test]
fn a_later_version_is_refused_though_the_other_superblock_is_ours() {
    let (_, now, _, _) = sample();
    // The page of the newest checkpoint: the one with the higher epoch.
    let epoch = |page: usize| u64::from_le_bytes(now[page + 40..page + 48].try_into().unwrap());
    let newest = if epoch(0) > epoch(4096) { 0 } else { 4096 };
    let mut disk = now.clone();
    disk[newest + 8] = 2;
    let open = |disk: &[u8]| Store::open_on(Arc::new(MemoryStorage::new(disk.to_vec())), &open_options());
    assert!(open(&disk).is_ok(), "a flipped bit is damage, and the older superblock serves");
    reseal(&mut disk);
    let refused = open(&disk).unwrap_err();
    assert!(matches!(refused, OpenError::Version { found: 2, known: 1 }), "{refused}");
    assert!(Store::recover_on(Arc::new(MemoryStorage::new(disk)), &open_options()).is_err());
}
