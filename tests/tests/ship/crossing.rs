//! Crossings: what is told, what is refused, and who counts all the way.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use batos_tests::program::Home;
use serde_json::json;

use crate::load::{PLACES, Served, counting, heirs, other_program};

#[test]
fn a_world_goes_over_to_another_program_and_the_way_back_is_told_why_not() {
    let served = Served::new("");
    let client = served.client();
    assert_eq!(client.value("counter up"), 1);
    let run = served.upgrade(&other_program(&served.home, "next", 2, ""));
    assert_eq!(run.status, 0, "{run:?}");
    for line in [
        "clone: batos 99.2, image format 2 looks at commit",
        "proof: the image is sound",
        "proof: it answers",
        "swap: ",
    ] {
        assert!(run.out.contains(line), "{line} is missing in {}", run.out);
    }
    assert_eq!(client.value("counter up"), 2);
    assert_eq!(heirs(&served.home).len(), 1);
    // What the other one wrote, this one does not read: it says so, and the world goes on.
    let old = other_program(&served.home, "old", 1, "");
    let begun = Instant::now();
    let refused = loop {
        let run = served.upgrade(&old);
        // Until the first checkpoint of the new program the old one can still read it.
        if run.status != 0 || begun.elapsed() > Duration::from_secs(20) {
            break run;
        }
    };
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.err.contains("the old program goes on"), "{refused:?}");
    assert_eq!(client.value("counter up"), 3);
}

#[test]
fn what_can_t_go_on_is_refused_and_nothing_happens() {
    let served = Served::new("");
    let client = served.client();
    client.value("counter up");
    let run = served.upgrade(Path::new("nowhere"));
    assert_eq!((run.status, run.err.contains("nowhere: ")), (2, true), "{run:?}");
    let run = served.upgrade(Path::new("/bin/true"));
    assert_eq!((run.status, run.err.contains("it has ended")), (1, true), "{run:?}");
    // A test of the world that fails is a reason.
    client.value("testing suite: 'bad' Tests: (| parent* = traits testSuite. testNo = ( fail: 'no' ) |). 1");
    let run = served.upgrade(&other_program(&served.home, "next", 1, ""));
    assert_eq!((run.status, run.err.contains("FAILED bad testNo")), (1, true), "{run:?}");
    assert_eq!(client.value("counter up"), 2);
    assert!(heirs(&served.home).is_empty());
}

#[test]
fn an_image_that_nobody_serves_is_only_proved() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let program = other_program(&home, "next", 2, "");
    let run = home.run(&["upgrade", &program.display().to_string(), "w.batos"], b"");
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.contains("can simply open it"), "{run:?}");
    assert_eq!(home.run(&["heir"], b"").status, 2);
}

#[test]
fn a_computation_and_a_counting_client_cross_three_times() {
    let served = Served::new("");
    let client = served.client();
    // Long enough for three crossings; what it adds up is known.
    client.value("[ | s <- 0 | 1 to: 3000000 Do: [ |:i| s: s + i ]. counter total: s ] fork. 1");
    let stop = Arc::new(AtomicBool::new(false));
    let counter = counting(&served.address, &stop, 0);
    for format in 2..5 {
        let run = served.upgrade(&other_program(&served.home, &format!("next{format}"), format, ""));
        assert_eq!(run.status, 0, "{run:?}");
    }
    stop.store(true, Ordering::Relaxed);
    let count = counter.join().expect("the client sees no gap");
    assert!(count.acknowledged > 0, "{count:?}");
    let begun = Instant::now();
    while client.value("counter total").is_null() {
        assert!(begun.elapsed() < Duration::from_secs(120), "the computation goes on");
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(client.value("counter total"), json!(3_000_000_i64 * 3_000_001 / 2));
    println!("three crossings: {count:?}");
}

#[test]
fn killed_at_every_step_nothing_acknowledged_is_lost_or_done_twice() {
    for place in PLACES {
        let mut served = Served::new(if place.starts_with("captain") { place } else { "" });
        let stop = Arc::new(AtomicBool::new(false));
        let counter = counting(&served.address, &stop, 0);
        let heirs_end = if place.starts_with("heir") { place } else { "" };
        let run = served.upgrade(&other_program(&served.home, "next", 2, heirs_end));
        assert_ne!(run.status, -1, "{place}: {run:?}");
        stop.store(true, Ordering::Relaxed);
        let count = counter.join().unwrap_or_else(|_| panic!("{place}: the client saw a gap"));
        // Whoever lives still answers; a heir that died before it was under way leaves the world to the old program.
        if place.starts_with("heir") && place != "heir-after-begin" {
            assert_eq!(run.status, 1, "{place}: {run:?}");
            let value = served.client().value("counter n").as_i64().expect("a number");
            assert!(
                (count.acknowledged..=count.acknowledged + count.unknown).contains(&value),
                "{place}: {count:?}, {value}"
            );
        }
        served.end_all();
        let kept = served.kept();
        assert!(
            (count.acknowledged..=count.acknowledged + count.unknown).contains(&kept),
            "{place}: {kept} in the image, {count:?}"
        );
    }
}
