//! Many crossings of one world, some of which are killed; how many stands in `BATOS_UPGRADES` (200 were made by hand).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::load::{Served, counting, heirs, other_program};

/// Where somebody dies: nowhere, in the program that has the world, in the one that gets it.
const PLACES: [&str; 16] = [
    "",
    "captain-before-task",
    "captain-after-task",
    "",
    "captain-before-swap",
    "captain-before-take",
    "captain-after-take",
    "",
    "captain-before-go",
    "captain-after-go",
    "heir-before-proof",
    "heir-after-proof",
    "heir-before-stand",
    "heir-after-stand",
    "heir-before-begin",
    "heir-after-begin",
];

#[test]
fn a_world_outlives_many_crossings_and_deaths() {
    let rounds = std::env::var("BATOS_UPGRADES").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let mut served = Served::new("");
    let (mut acknowledged, mut unknown, mut crossed, mut killed) = (0, 0, 0, 0);
    served.end_all();
    for round in 0..rounds {
        // Odd steps, so that few rounds show different places.
        let place = PLACES[round * 5 % PLACES.len()];
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
