//! The store against its peers in one run: a bare write and sync, SQLite (WAL), redb, and LMDB.
//!
//! `cargo bench -p batos-image --features peers --bench store [-- PART...]` prints medians and ratios; the parts are `open`,
//! `fork`, `commit` and `scattered`, and `--quick` leaves out what is large. The folder of the measured files is that of the
//! variable `BATOS_BENCH_DIR`, or a temporary one. Everybody syncs to the same disk in the same minute; ratios
//! are what counts.

use batos_image::layout::{CARD_BYTES, SEGMENT_BYTES};
use batos_image::space::Space;
use batos_image::store::recording::Numbers;
use batos_image::store::{CommitInfo, CreateOptions, OpenOptions, Store};
use std::fs::OpenOptions as FileOptions;
use std::hint::black_box;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const LAYOUT: u64 = 1;
/// Bytes of a record of the peers: what a small object takes.
const RECORD: usize = 64;

fn main() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = std::env::var_os("BATOS_BENCH_DIR").map_or(temporary.path().to_path_buf(), PathBuf::from);
    let quick = std::env::args().any(|argument| argument == "--quick");
    let parts: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|name| name == part);
    println!("measured in {}", folder.display());
    let sizes: &[u64] = if quick { &[10, 100] } else { &[10, 100, 1024] };
    for megabytes in sizes {
        image(&folder, *megabytes);
    }
    let (image_path, megabytes) =
        (path_of(&folder, *sizes.last().expect("sizes")), sizes.last().expect("sizes"));
    if wanted("open") {
        opening(&folder, sizes);
    }
    if wanted("fork") {
        forking(&image_path, *megabytes);
    }
    if wanted("commit") {
        one_object(&folder, &image_path, *megabytes);
    }
    if wanted("scattered") {
        for count in if quick { vec![1_000] } else { vec![1_000, 100_000] } {
            scattered(&folder, sizes, count);
        }
    }
}

fn path_of(folder: &Path, megabytes: u64) -> PathBuf {
    folder.join(format!("{megabytes}.batos"))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn timed<T>(act: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = act();
    (start.elapsed(), result)
}

/// Makes an image full of numbers that do not compress to holes.
fn image(folder: &Path, megabytes: u64) {
    let path = path_of(folder, megabytes);
    let _ = std::fs::remove_file(&path);
    let store =
        Store::create(&path, &CreateOptions { keep: 0, ..CreateOptions::new(LAYOUT) }).expect("an image");
    let mut space = Space::reserve(store.space_options()).expect("a space");
    store.map(&mut space).expect("a mapping");
    let mut numbers = Numbers::new(megabytes);
    for segment in 0..megabytes {
        store.grow(&mut space, segment + 1).expect("growth");
        let bytes: Vec<u8> =
            (0..SEGMENT_BYTES / 8).flat_map(|_| numbers.next_number().to_le_bytes()).collect();
        assert!(space.store_image(segment * SEGMENT_BYTES, &bytes));
        // In pieces: the log need not be as large as the image.
        if segment % 64 == 63 || segment + 1 == megabytes {
            store.commit_unsaved(&mut space, &CommitInfo::default()).expect("a commit");
            store.checkpoint().expect("a checkpoint");
            store.refresh(&mut space).expect("a refresh");
        }
    }
}

fn open_mapped(path: &Path) -> (Store, Space) {
    let store = Store::open(path, &OpenOptions::write(LAYOUT)).expect("an image");
    let mut space = Space::reserve(store.space_options()).expect("a space");
    store.map(&mut space).expect("a mapping");
    (store, space)
}

fn opening(folder: &Path, sizes: &[u64]) {
    println!("\nopen, map, and read one word");
    let mut first = None;
    for megabytes in sizes {
        let path = path_of(folder, *megabytes);
        let times = (0..21).map(|_| {
            let (time, opened) = timed(|| {
                let (store, space) = open_mapped(&path);
                let mut word = [0; 8];
                assert!(space.read_image(4096, &mut word));
                black_box(word);
                (store, space)
            });
            drop(opened);
            time
        });
        let time = median(times.collect());
        let first = *first.get_or_insert(time);
        println!("  {megabytes:5} MiB  {time:>10.1?}  {:.2} times the smallest", ratio(time, first));
    }
}

fn forking(path: &Path, megabytes: u64) {
    let (store, mut space) = open_mapped(path);
    assert!(space.store_image(1 << 20, b"a change that is not committed"));
    // The first fork touches the card table; an image in use has touched it already.
    drop(store.fork(&space, None).expect("a fork"));
    let times = (0..101).map(|_| timed(|| drop(store.fork(&space, None).expect("a fork"))).0).collect();
    println!("\nfork and discard of {megabytes} MiB: {:.1?}", median(times));
}

fn ratio(ours: Duration, theirs: Duration) -> f64 {
    ours.as_secs_f64() / theirs.as_secs_f64().max(1e-9)
}

/// One changed object, against four kilobytes written and synced.
fn one_object(folder: &Path, path: &Path, megabytes: u64) {
    let rounds = 200;
    let (store, mut space) = open_mapped(path);
    let mut numbers = Numbers::new(3);
    let cards = space.image_bytes() / CARD_BYTES;
    let bare =
        FileOptions::new().write(true).create(true).truncate(true).open(folder.join("bare")).expect("a file");
    bare.write_all_at(&vec![0; 4096 * (rounds + 1)], 0).expect("written ahead");
    bare.sync_all().expect("synced");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let page = [7; 4096];
    for round in 0..=rounds {
        assert!(space.store_image(numbers.below(cards) * CARD_BYTES, &[round as u8; 40]));
        let time = timed(|| store.commit_unsaved(&mut space, &CommitInfo::now("bench", "one object"))).0;
        let bare_time = timed(|| {
            bare.write_all_at(&page, round as u64 * 4096).expect("written");
            bare.sync_data().expect("synced");
        })
        .0;
        // The first commit after opening settles what the last process left.
        if round > 0 {
            ours.push(time);
            theirs.push(bare_time);
        }
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let written = store.health().tail_bytes / (rounds as u64 + 1);
    println!("\ncommit of one object in {megabytes} MiB ({written} bytes written, one sync)");
    println!(
        "  image {ours:>10.1?}   bare 4 KiB write and sync {theirs:>10.1?}   ratio {:.2}",
        ratio(ours, theirs)
    );
}

/// New values for many of a million records, in one commit. In the image they lie one after the other, as objects do, or spread
/// over all of it, each with a page to itself or nearly so.
fn scattered(folder: &Path, sizes: &[u64], count: u64) {
    let rounds = if count > 10_000 { 5 } else { 15 };
    println!("\n{count} of {KEYS} records changed in one commit, medians of {rounds}");
    let mut images = Vec::new();
    let largest = *sizes.last().expect("sizes");
    for (megabytes, spread) in [(100, false), (largest, false), (largest, true)] {
        let times = image_peer(&path_of(folder, megabytes), count, rounds, spread);
        let all = median(times.iter().map(|(all, _)| *all).collect());
        let commit = median(times.iter().map(|(_, commit)| *commit).collect());
        let name = format!("{megabytes} MiB{}", if spread { ", spread" } else { "" });
        println!("  image of {name:16} {all:>10.1?}   of that in the commit {commit:.1?}");
        images.push((name, all));
    }
    for (name, peer) in [("sqlite", sqlite as Peer), ("redb", redb_peer), ("lmdb", lmdb)] {
        let theirs = median(peer(folder, count, rounds));
        let ratios: Vec<String> =
            images.iter().map(|(name, ours)| format!("{:.2} ({name})", ratio(*ours, theirs))).collect();
        println!("  {name:25} {theirs:>10.1?}   the image takes of it {}", ratios.join(", "));
    }
}

/// The times of whole rounds and of the commits in them.
fn image_peer(path: &Path, count: u64, rounds: u8, spread: bool) -> Vec<(Duration, Duration)> {
    let (store, mut space) = open_mapped(path);
    let step = if spread { (space.image_bytes() / KEYS) & !7 } else { RECORD as u64 };
    let mut numbers = Numbers::new(count);
    let mut times = Vec::new();
    for round in 0..=rounds {
        let keys = keys(round, count, &mut numbers);
        let mut commit = Duration::ZERO;
        let (time, ()) = timed(|| {
            // As `Image::commit` does after a checkpoint; all that is written now is copied from the file first.
            store.refresh(&mut space).expect("a refresh");
            for key in keys {
                assert!(space.store_image(key * step, &[round; RECORD]));
            }
            let info = CommitInfo::now("bench", "many");
            commit = timed(|| store.commit_unsaved(&mut space, &info).expect("a commit")).0;
        });
        if round > 0 {
            times.push((time, commit));
        }
        // A checkpoint is background work; it does not run in the timed part.
        store.checkpoint().expect("a checkpoint");
    }
    times
}

/// Fills a base with a million records (what an image of 100 MiB holds), then commits `rounds` times `count` new values
/// for random keys, durable after each; the times of the commits.
type Peer = fn(&Path, u64, u8) -> Vec<Duration>;

const KEYS: u64 = 1_000_000;

/// All keys in the first round, which is not measured; then `count` random ones.
fn keys(round: u8, count: u64, numbers: &mut Numbers) -> Vec<u64> {
    if round == 0 { (0..KEYS).collect() } else { (0..count).map(|_| numbers.below(KEYS)).collect() }
}

fn fresh(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("{name}{ending}")));
    }
    let _ = std::fs::remove_dir_all(&path);
    path
}

fn sqlite(folder: &Path, count: u64, rounds: u8) -> Vec<Duration> {
    let mut base = rusqlite::Connection::open(fresh(folder, "sqlite")).expect("a database");
    base.pragma_update(None, "journal_mode", "WAL").expect("WAL");
    base.pragma_update(None, "synchronous", "FULL").expect("synchronous");
    base.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB)", []).expect("a table");
    let mut numbers = Numbers::new(count);
    let mut times = Vec::new();
    for round in 0..=rounds {
        let (time, ()) = timed(|| {
            let transaction = base.transaction().expect("a transaction");
            {
                let mut put = transaction
                    .prepare_cached("INSERT OR REPLACE INTO t VALUES (?1, ?2)")
                    .expect("a statement");
                for key in keys(round, count, &mut numbers) {
                    put.execute((key as i64, &[round; RECORD][..])).expect("a record");
                }
            }
            transaction.commit().expect("a commit");
        });
        if round > 0 {
            times.push(time);
        }
    }
    times
}

fn redb_peer(folder: &Path, count: u64, rounds: u8) -> Vec<Duration> {
    const TABLE: redb::TableDefinition<'_, u64, &[u8]> = redb::TableDefinition::new("t");
    let base = redb::Database::create(fresh(folder, "redb")).expect("a database");
    let mut numbers = Numbers::new(count);
    let mut times = Vec::new();
    for round in 0..=rounds {
        let (time, ()) = timed(|| {
            let transaction = base.begin_write().expect("a transaction");
            {
                let mut table = transaction.open_table(TABLE).expect("a table");
                for key in keys(round, count, &mut numbers) {
                    table.insert(key, &[round; RECORD][..]).expect("a record");
                }
            }
            transaction.commit().expect("a commit");
        });
        if round > 0 {
            times.push(time);
        }
    }
    times
}

fn lmdb(folder: &Path, count: u64, rounds: u8) -> Vec<Duration> {
    use heed::types::{Bytes, U64};
    let path = fresh(folder, "lmdb");
    std::fs::create_dir_all(&path).expect("a folder");
    // SAFETY: nobody else opens this folder while the benchmark runs.
    let environment =
        unsafe { heed::EnvOpenOptions::new().map_size(4 << 30).open(&path) }.expect("an environment");
    let transaction = environment.write_txn().expect("a transaction");
    let made = environment.create_databases_and_commit(transaction, |opener, transaction| {
        opener
            .create_database::<U64<heed::byteorder::BigEndian>, Bytes>(transaction, None)
            .map(heed::CommitOrAbort::<_, ()>::Commit)
    });
    let Ok::<_, heed::Error>(heed::CommitOrAbort::Commit(base)) = made else {
        panic!("LMDB makes no database");
    };
    let mut numbers = Numbers::new(count);
    let mut times = Vec::new();
    for round in 0..=rounds {
        let (time, ()) = timed(|| {
            let mut transaction = environment.write_txn().expect("a transaction");
            for key in keys(round, count, &mut numbers) {
                base.put(&mut transaction, &key, &[round; RECORD]).expect("a record");
            }
            transaction.commit().expect("a commit");
        });
        if round > 0 {
            times.push(time);
        }
    }
    times
}
