//! Many crossings of one world, some of which are killed, and crossings of a large one. How many and how large stands in
//! `BATOS_UPGRADES` and `BATOS_LARGE` (MiB); what was measured by hand, with 200 and 1024 in a build for users, is in the book.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::load::{PLACES, Served, counting, heirs, other_program};

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn a_large_world_goes_over_and_clients_wait_little() {
    let size = number("BATOS_LARGE", 32);
    let served = Served::new("");
    // Vectors of about one KiB with a text and a point in each; a batch is 20 MiB.
    let fill = format!(
        "[| batch. v | counter _AddSlots: (| bulk <- list copyRemoveAll |). {} do: [ |:k| batch: vector copySize: 20000. \
         20000 do: [ |:i| v: vector copySize: 120. v at: 0 Put: (i @ k). v at: 1 Put: i printString. batch at: i Put: v ]. \
         counter bulk addLast: batch ]. (image statistics at: 1) / 1048576 ] value",
        (size / 20).max(1)
    );
    let client = served.client();
    let mebibytes = client.ask(-1, &fill, Duration::from_secs(600)).expect("it is filled")["value"].clone();
    let stop = Arc::new(AtomicBool::new(false));
    let counter = counting(&served.address, &stop, 0);
    let before = Instant::now();
    let run = served.upgrade(&other_program(&served.home, "next", 2, ""));
    let took = before.elapsed();
    assert_eq!(run.status, 0, "{run:?}");
    stop.store(true, Ordering::Relaxed);
    let count = counter.join().expect("the client sees no gap");
    println!("{mebibytes} MiB went over in {took:?}: {count:?}\n{}", run.out);
    assert!(count.acknowledged > 0, "{count:?}");
}

#[test]
fn a_world_outlives_many_crossings_and_deaths() {
    let rounds = number("BATOS_UPGRADES", 4);
    let mut served = Served::new("");
    let (mut acknowledged, mut unknown, mut crossed, mut killed) = (0, 0, 0, 0);
    served.end_all();
    for round in 0..rounds {
        // Now and then nobody dies. Steps of five, so that few rounds show different places.
        let place = if round % 5 == 0 { "" } else { PLACES[round * 5 % PLACES.len()] };
        let (captains, heirs_end) = if place.starts_with("captain") { (place, "") } else { ("", place) };
        served.again(2, captains);
        let stop = Arc::new(AtomicBool::new(false));
        let counter = counting(&served.address, &stop, acknowledged);
        let run = served.upgrade(&other_program(&served.home, "next", 2, heirs_end));
        stop.store(true, Ordering::Relaxed);
        let count = counter.join().unwrap_or_else(|_| panic!("round {round}, {place}: a gap"));
        if place.is_empty() {
            assert_eq!(run.status, 0, "round {round}: {run:?}");
            assert_eq!(heirs(&served.home).len(), 1, "round {round}");
            crossed += 1;
        } else {
            killed += 1;
        }
        served.end_all();
        let kept = served.kept();
        assert!(
            (count.acknowledged..=count.acknowledged + count.unknown).contains(&kept),
            "round {round}, {place}: {kept} in the image, {count:?}"
        );
        unknown += count.unknown;
        acknowledged = kept;
    }
    println!(
        "{rounds} upgrades: {crossed} crossed, {killed} killed, the counter stands at {acknowledged}, {unknown} unknown"
    );
}
