//! Programs with control messages expanded and really sent: see `oracle/expansion.rs`.

use batos_tests::oracle::expansion::Bench;

#[test]
fn expanded_and_sent_agree() {
    let mut bench = Bench::new();
    for seed in 0..200u32 {
        bench.check(&seed.to_le_bytes());
    }
}
