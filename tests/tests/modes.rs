//! Random programs, and the tests of the world, in every mode of the machine.

use batos_tests::oracle::vm_programs::{COMPILED, Mode, Runner, Runners};

#[test]
fn random_programs_mean_the_same_in_every_mode() {
    let mut runners = Runners::new(1);
    for seed in 0u32..60 {
        runners.check(&seed.to_le_bytes());
    }
}

#[test]
fn random_programs_mean_the_same_when_they_are_compiled() {
    let mut runners = Runners::of(&COMPILED, 1);
    for seed in 0u32..2 {
        runners.check(&seed.to_le_bytes());
    }
}

#[test]
fn a_long_computation_survives_being_saved_all_the_time() {
    let mut runner = Runner::new(Mode::Saving);
    assert_eq!(
        runner.evaluate(
            "(| parent* = lobby. sum = (| s <- 0 | 1 to: 200 Do: [| :i | s: s + (i * i)]. s) |) sum"
        ),
        "2686700"
    );
}
