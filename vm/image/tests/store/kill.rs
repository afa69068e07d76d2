//! A real process on a real file, killed at random moments: every acknowledged commit is there.
//!
//! The child is this test program itself, told by a variable of the environment to be the writer. It writes the
//! number of each commit to its standard output after the commit was acknowledged.

use crate::support::*;
use batos_image::store::recording::Numbers;
use batos_image::store::{CommitId, CreateOptions, LogPolicy, OpenOptions, Store};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const CHILD: &str = "BATOS_STORE_KILL_CHILD";
const ROUNDS: u64 = 200;
const SEGMENTS: u64 = 24;

fn policy() -> LogPolicy {
    // The background thread works hard, so that kills hit checkpoints, jumps and growth as well.
    LogPolicy { background: true, checkpoint_at: 40_000, wait_at: 80_000, extent_chunks: 3 }
}

/// What commit `number` stores: its own number at a place that follows from it, and in the first word.
fn place_of(number: u64) -> u64 {
    8 + Numbers::new(number).below(SEGMENTS * CHUNK / 8 - 1) * 8
}

/// The writer: goes on from where the image is, until it is killed.
fn write_for_ever(path: &Path) -> ! {
    let open = OpenOptions { policy: policy(), ..OpenOptions::write(LAYOUT) };
    let store = Store::open(path, &open).unwrap();
    let mut space = mapped(&store);
    store.grow(&mut space, SEGMENTS).unwrap();
    let mut out = std::io::stdout();
    loop {
        let next = store.head().0 + 1;
        assert!(space.store_image(0, &next.to_le_bytes()));
        assert!(space.store_image(place_of(next), &next.to_le_bytes()));
        let made = store.commit_unsaved(&mut space, &note("killed")).unwrap();
        if next.is_multiple_of(40) {
            store.refresh(&mut space).unwrap();
        }
        // The parent may be gone; then there is nobody left to tell.
        if writeln!(out, "commit {}", made.0).and_then(|()| out.flush()).is_err() {
            std::process::exit(0);
        }
    }
}

#[test]
fn killed_at_random_moments() {
    if let Some(path) = std::env::var_os(CHILD) {
        write_for_ever(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.batos");
    let create = CreateOptions { policy: policy(), ..create_options(20) };
    drop(Store::create(&path, &create).unwrap());
    let mut numbers = Numbers::new(u64::from(std::process::id()));
    let mut acknowledged = 0;
    let mut checkpoints = 0;
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::killed_at_random_moments", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = child.stdout.take().unwrap();
        let (begun, first) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            let numbers = lines.filter_map(|line| line.strip_prefix("commit ")?.trim().parse::<u64>().ok());
            numbers
                .inspect(|_| {
                    let _ = begun.send(());
                })
                .last()
        });
        // Every other round lets the writer get as far as its first commit, however slow the machine is.
        if round % 2 == 0 {
            let _ = first.recv_timeout(Duration::from_secs(20));
        }
        std::thread::sleep(Duration::from_micros(3_000 + numbers.below(25_000)));
        // SIGKILL.
        child.kill().unwrap();
        let status = child.wait().unwrap();
        assert!(status.code().is_none(), "the writer ended by itself in round {round}: {status:?}");
        acknowledged = reader.join().unwrap().unwrap_or(0).max(acknowledged);

        let store = Store::open(&path, &open_options()).unwrap();
        let head = store.head().0;
        assert!(
            head >= acknowledged,
            "round {round}: commit {acknowledged} was acknowledged, and {head} is there"
        );
        checkpoints = store.health().epoch;
        check_image(&store, head, round);
        acknowledged = head;
    }
    println!("killed {ROUNDS} times: {acknowledged} commits, {checkpoints} checkpoints, none lost");
    assert!(
        acknowledged >= ROUNDS / 2 && checkpoints > 0,
        "{acknowledged} commits, {checkpoints} checkpoints"
    );
}

fn check_image(store: &Store, head: u64, round: u64) {
    if head == 0 {
        return;
    }
    assert_eq!(store.verify().unwrap().damages, [], "round {round}");
    let bytes = content(&mapped(store));
    let word = |at: u64| u64::from_le_bytes(bytes[at as usize..at as usize + 8].try_into().unwrap());
    assert_eq!(word(0), head, "round {round}");
    // Later commits may have overwritten the place of an earlier one, with a higher number.
    let mut latest = std::collections::HashMap::new();
    for number in 1..=head {
        latest.insert(place_of(number), number);
    }
    for (place, number) in latest {
        assert_eq!(word(place), number, "round {round}: the word at {place}");
    }
    let mut older = new_space();
    let oldest = CommitId(store.oldest().0.max(1));
    store.map_at(oldest, &mut older).unwrap();
    let mut first = [0; 8];
    assert!(older.read_image(0, &mut first));
    assert_eq!(u64::from_le_bytes(first), oldest.0, "round {round}");
}
