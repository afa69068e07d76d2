//! Random programs, and the tests of the world, in every mode of the machine.

use batos_tests::oracle::vm_programs::{COMPILED, Mode, Runner, Runners};

#[test]
fn random_programs_mean_the_same_in_every_mode() {
    let mut runners = Runners::new(1);
    for seed in 0u32..60 {
        runners.check(&seed.to_le_bytes());
    }
}

/// As many seconds as `BATOS_MODES_SECONDS` says, beginning with the program `BATOS_MODES_FIRST`.
#[test]
fn random_programs_mean_the_same_when_they_are_compiled() {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(0_u64);
    let (seconds, first) = (number("BATOS_MODES_SECONDS"), number("BATOS_MODES_FIRST") as u32);
    let started = std::time::Instant::now();
    let mut runners = Runners::of(&COMPILED, if seconds > 0 { 16 } else { 1 });
    let mut seed = first;
    while seed < first + 2 || started.elapsed().as_secs() < seconds {
        runners.check(&seed.to_le_bytes());
        seed += 1;
    }
    println!("{} programs", seed - first);
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

/// What is absent is evaluated once, and whoever asked is not disturbed, however often a primitive declines.
#[test]
fn absent_keys_of_compiled_lookups() {
    let program = "(| parent* = lobby. n <- 0. made <- 0. \
        one = (| parent* = lobby. value = 1000 |). \
        find: k In: d Else: a = (| v | v: (d at: k IfAbsent: a). n: n + 1. v). \
        has: k In: d = (| v | v: (d includesKey: k). n: n + 1. v). \
        go = (| d. sum <- 0 | \
            d: dictionary copyRemoveAll. \
            d at: 0 Put: 7. d at: 'zero' Put: 8. \
            2000 do: [ |:i| \
                sum: sum + (find: i % 3 In: d Else: i). \
                sum: sum + (find: i % 3 In: d Else: [ made: made + 1. made ]). \
                sum: sum + (find: i % 3 In: d Else: [ |:k| made: made + 1. made + k ]). \
                sum: sum + (find: 'zero' In: d Else: one). \
                sum: sum + (find: 'one' In: d Else: one). \
                (has: i In: d) ifTrue: [ sum: sum + 1 ]. \
                (i % 100) = 0 ifTrue: [ d removeKey: i IfAbsent: [ made: made + 1 ] ] ]. \
            sum printString, ' ', n printString, ' ', made printString) |) go";
    let expected = Runner::new(Mode::Normal).evaluate(program);
    assert!(expected.contains(" 12000 "), "{expected}");
    // The modes that drop code all the time would compile for many minutes here.
    for mode in [Mode::Compiled, Mode::Failing] {
        assert_eq!(Runner::new(mode).evaluate(program), expected, "{mode:?}");
    }
}

/// What runs often is compiled by another thread while the program runs on.
#[test]
fn the_program_runs_on_while_it_is_compiled() {
    if !batos_machine::native::is_possible() {
        return;
    }
    let program = "(| parent* = lobby. n <- 0. \
        go = ([ (_CompilerStatistics at: 1) > 0 ] whileFalse: [ 1000 do: [ |:i| n: n + i ] ]. 'compiled') |) go";
    assert_eq!(Runner::new(Mode::Background).evaluate(program), "'compiled'");
}
