//! Readers beside writers: whatever is committed, compacted, reverted, branched, exported or recovered, and whoever is killed,
//! what a reader maps stays as it was, and so does the history that it opened.
//!
//! Twice: on a recording storage, whose crashes are enumerated as well, and with real processes on a real file.
//! Every state carries its own proof: its first word is a checksum of the rest.

use crate::support::*;
use batos_image::space::Space;
use batos_image::store::recording::{Numbers, Reader, RecordingStorage};
use batos_image::store::{
    CommitId, CreateOptions, LogPolicy, MemoryStorage, OpenError, OpenMode, OpenOptions, RecoveryError,
    Store, copy_image,
};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

fn proof_of(bytes: &[u8]) -> u64 {
    // An image never shrinks: what was zero behind an older state is zero behind its copy.
    let rest = &bytes[8..];
    let end = rest.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    xxhash_rust::xxh3::xxh3_64(&rest[..end])
}

fn is_proven(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0) || bytes[..8] == proof_of(bytes).to_le_bytes()
}

fn seal(space: &mut Space) {
    let proof = proof_of(&content(space));
    assert!(space.store_image(0, &proof.to_le_bytes()));
}

fn reading(policy: LogPolicy) -> OpenOptions {
    OpenOptions { mode: OpenMode::ReadOnly, policy, ..OpenOptions::write(LAYOUT) }
}

/// One act of a writer that has just opened the image. False if it was none.
fn act(store: &mut Store, numbers: &mut Numbers) -> Result<(), String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let head = store.head().0;
    let some = |numbers: &mut Numbers, store: &Store| {
        let oldest = store.oldest().0.max(1);
        CommitId(oldest + numbers.below(store.head().0.max(oldest) - oldest + 1))
    };
    let names = ["main", "left", "right"];
    match numbers.below(12) {
        0..4 => {
            let mut space = mapped(store);
            for round in 0..1 + numbers.below(12) {
                scribble(&mut space, numbers);
                seal(&mut space);
                store.commit_unsaved(&mut space, &note("work")).map_err(|e| text(&e))?;
                if round % 3 == 2 {
                    store.checkpoint().map_err(|e| text(&e))?;
                    store.refresh(&mut space).map_err(|e| text(&e))?;
                }
            }
            if !is_proven(&content(&space)) {
                return Err("the writer's own memory changed".into());
            }
        }
        4..6 => drop(store.compact(numbers.below(4)).map_err(|e| text(&e))?),
        6 => drop(store.checkpoint().map_err(|e| text(&e))?),
        7 if head > 0 => {
            let to = some(numbers, store);
            store.revert(to, &note("back")).map_err(|e| text(&e))?;
        }
        8 if head > 0 => {
            let at = some(numbers, store);
            store.branch(names[numbers.below(3) as usize], at).map_err(|e| text(&e))?;
        }
        9 => {
            // The current one stays, and one that is not there is no matter.
            let _ = store.remove_branch(names[numbers.below(3) as usize]);
        }
        10 => {
            let name = names[numbers.below(3) as usize];
            // A recovery keeps names, but not the history that they lie in.
            if store.find_branch(name).is_ok_and(|commit| commit >= store.oldest() && commit.0 > 0) {
                store.switch(None, name, &note("switch")).map_err(|e| text(&e))?;
            }
        }
        11 => store.set_keep(numbers.below(8)).map_err(|e| text(&e))?,
        _ => {}
    }
    Ok(())
}

/// Everything a reader can see, and whether that is what it was made of.
fn look(store: &Store, head: u64) -> Result<(), String> {
    if store.head().0 != head {
        return Err(format!("the reader's newest commit was {head} and is {}", store.head()));
    }
    if !is_proven(&content(&mapped(store))) {
        return Err("the newest state has other bytes".into());
    }
    let report = store.verify().map_err(|e| e.to_string())?;
    if let Some(damage) = report.damages.iter().find(|damage| !damage.what.contains("superblock")) {
        return Err(damage.to_string());
    }
    store.log().map_err(|e| e.to_string())?;
    for commit in store.oldest().0..=head {
        let mut space = new_space();
        store.map_at(CommitId(commit), &mut space).map_err(|e| e.to_string())?;
        if !is_proven(&content(&space)) {
            return Err(format!("commit {commit} of the history has other bytes"));
        }
    }
    Ok(())
}

#[test]
fn any_order_of_writers_and_readers_and_the_crashes_of_it() {
    for seed in 1..=4 {
        let mut numbers = Numbers::new(seed);
        let storage = Arc::new(RecordingStorage::new(Vec::new()));
        drop(Store::create_on(storage.clone(), &create_options(6)).unwrap());
        let created = storage.count();
        let policy = open_options().policy;
        let mut readers: Vec<(Store, u64)> = Vec::new();
        for step in 0..24 {
            let place = format!("seed {seed}, step {step}");
            if numbers.below(3) > 0 {
                let reader: Reader = storage.reader();
                let store = Store::open_on(Arc::new(reader), &reading(policy)).unwrap();
                let head = store.head().0;
                readers.push((store, head));
            }
            if numbers.below(8) == 0 {
                Store::recover_on(storage.clone(), &open_options()).unwrap();
            } else {
                let mut store = Store::open_on(storage.clone(), &open_options()).unwrap();
                act(&mut store, &mut numbers).unwrap_or_else(|error| panic!("{place}: {error}"));
            }
            for (reader, head) in &readers {
                look(reader, *head).unwrap_or_else(|error| panic!("{place}: {error}"));
            }
            if readers.len() > 3 {
                readers.swap_remove(numbers.below(readers.len() as u64) as usize);
            }
        }
        // No reader outlives a crash; what one left in the layout of the file must not matter.
        let recording = storage.recording();
        let mut states = 0;
        for moment in (created..=recording.count()).step_by(9) {
            recording.crash_states(moment, 2, 3, &mut Numbers::new(seed), |disk| {
                states += 1;
                let place = format!("seed {seed}, after {moment} operations, state {states}");
                let store = Store::open_on(Arc::new(MemoryStorage::new(disk)), &open_options())
                    .unwrap_or_else(|error| panic!("{place}: {error}"));
                look(&store, store.head().0).unwrap_or_else(|error| panic!("{place}: {error}"));
            });
        }
        // When the readers are gone, what was kept for them is of use again.
        drop(readers);
        let mut store = Store::open_on(storage.clone(), &open_options()).unwrap();
        assert_eq!(store.compact(0).unwrap().held, 0);
        println!("seed {seed}: {} operations, {states} states after a crash", recording.count());
    }
}

const ROLE: &str = "BATOS_READERS_ROLE";
const SECONDS: &str = "BATOS_READERS_SECONDS";
const TEST: &str = "readers::processes_of_every_kind_beside_each_other";

fn policy() -> LogPolicy {
    LogPolicy { background: true, checkpoint_at: 30_000, wait_at: 60_000, extent_chunks: 2 }
}

fn write_until(end: Instant, path: &Path, numbers: &mut Numbers) -> Result<(), String> {
    let open = OpenOptions { policy: policy(), ..OpenOptions::write(LAYOUT) };
    while Instant::now() < end {
        match numbers.below(14) {
            0 => {
                let to = path.with_extension(format!("copy-{}", std::process::id()));
                copy_image(path, &to, LAYOUT).map_err(|e| format!("export: {e}"))?;
                let store = Store::open(&to, &reading(policy())).map_err(|e| format!("the copy: {e}"))?;
                look(&store, store.head().0).map_err(|e| format!("the copy: {e}"))?;
                std::fs::remove_file(&to).map_err(|e| e.to_string())?;
            }
            1 => match Store::recover(path, &open) {
                Ok(_) | Err(RecoveryError::Open(OpenError::Locked(_))) => {}
                Err(error) => return Err(format!("recover: {error}")),
            },
            _ => match Store::open(path, &open) {
                Ok(mut store) => act(&mut store, numbers)?,
                Err(OpenError::Locked(_)) => {}
                Err(error) => return Err(format!("open: {error}")),
            },
        }
        std::thread::sleep(Duration::from_micros(numbers.below(3000)));
    }
    Ok(())
}

fn read_until(end: Instant, path: &Path, numbers: &mut Numbers) -> Result<(), String> {
    while Instant::now() < end {
        let store = Store::open(path, &reading(policy())).map_err(|e| format!("open: {e}"))?;
        let head = store.head().0;
        let mut spaces = vec![mapped(&store)];
        for _ in 0..numbers.below(3) {
            let commit = CommitId(store.oldest().0 + numbers.below(head - store.oldest().0 + 1));
            let mut space = new_space();
            store.map_at(commit, &mut space).map_err(|e| format!("{commit}: {e}"))?;
            spaces.push(space);
        }
        // Some stay for long, so that many compactions pass over them.
        let rounds = if numbers.below(4) == 0 { 200 } else { 8 };
        for round in 0..rounds {
            if let Some(bad) = spaces.iter().position(|space| !is_proven(&content(space))) {
                return Err(format!("space {bad} of the reader at commit {head} changed in round {round}"));
            }
            if round % 4 == 3 {
                look(&store, head)?;
            }
            if Instant::now() >= end {
                break;
            }
            std::thread::sleep(Duration::from_micros(numbers.below(8000)));
        }
    }
    Ok(())
}

fn child(role: &str) -> ! {
    let (role, rest) = role.split_once(' ').expect("a role");
    let (seed, path) = rest.split_once(' ').expect("a seed and a path");
    let mut numbers = Numbers::new(seed.parse().expect("a number"));
    let end = Instant::now() + Duration::from_secs(600);
    let done = if role == "reader" {
        read_until(end, Path::new(path), &mut numbers)
    } else {
        write_until(end, Path::new(path), &mut numbers)
    };
    // The parent is told why.
    eprintln!("{role}: {}", done.err().unwrap_or_default());
    std::process::exit(1)
}

/// By default a few seconds; `BATOS_READERS_SECONDS` says how many.
#[test]
fn processes_of_every_kind_beside_each_other() {
    if let Ok(role) = std::env::var(ROLE) {
        child(&role);
    }
    let seconds = std::env::var(SECONDS).ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.batos");
    drop(Store::create(&path, &CreateOptions { policy: policy(), ..create_options(12) }).unwrap());
    let mut numbers = Numbers::new(u64::from(std::process::id()));
    let mut start = |role: &str| -> (String, Child) {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", TEST, "--nocapture"])
            .env(ROLE, format!("{role} {} {}", numbers.next_number(), path.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        (role.to_string(), child)
    };
    let mut children: Vec<(String, Child)> =
        ["writer", "reader", "writer", "reader", "reader"].into_iter().map(&mut start).collect();
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut choose = Numbers::new(7);
    let mut killed = 0;
    while Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20 + choose.below(200)));
        for (role, child) in &mut children {
            let Some(status) = child.try_wait().unwrap() else { continue };
            let mut said = String::new();
            std::io::Read::read_to_string(child.stderr.as_mut().unwrap(), &mut said).unwrap();
            panic!("a {role} ended: {status}\n{said}");
        }
        // SIGKILL in the middle of anything; then another of the kind.
        let victim = choose.below(children.len() as u64) as usize;
        let (role, mut child) = children.swap_remove(victim);
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
        children.push(start(&role));
    }
    for (_, child) in &mut children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let mut store = Store::open(&path, &OpenOptions { policy: policy(), ..open_options() }).unwrap();
    look(&store, store.head().0).unwrap();
    let report = store.compact(0).unwrap();
    assert_eq!(report.held, 0, "nobody reads any more");
    println!(
        "{seconds} s, {killed} processes killed, {} commits, {} checkpoints, {} KiB in the end",
        store.head().0,
        store.health().epoch,
        report.after >> 10
    );
}
