//! Every instruction, hundreds of thousands of times on a small native stack: in threaded code each handler must end in a jump to
//! the next one. One that calls it instead leaves a frame behind each time, and this test overflows its stack. Threaded code
//! runs in release builds: `cargo test --release -p batos-tests --no-default-features --test threaded`.

use batos_machine::native::{Mode, Trial};
use batos_tests::world::{Answer, World};

/// Bytes of the native stack. A call that should have been a jump leaves 16 bytes or more.
const STACK: usize = 1 << 20;

/// Loops of 300,000 rounds and more, with what they answer.
const LOOPS: &[(&str, &str)] = &[
    // Literals, moves, integers, branches, both kinds of counted loops.
    ("(| m = (| s <- 0 | 1 to: 300000 Do: [|:i| s: s + (i % 7)]. s) |) m", "899998"),
    ("(| m = (| s <- 0 | 300000 downTo: 1 Do: [|:i| s: (s - i) * -1]. s) |) m", "-150000"),
    ("(| m = (| n <- 0 | [n < 300000] whileTrue: [n: n + 1]. n) |) m", "300000"),
    ("(| m = (| n <- 300000 | [n <= 0] whileFalse: [n: n - 1]. n) |) m", "0"),
    (
        "(| m = (| n <- 0 | [(n >= 300000) not] whileTrue: [n: n + (n == n ifTrue: [1] False: [2])]. n) |) m",
        "300000",
    ),
    (
        "(| m = (| n <- 0. b | [b: (n != 300000). b] whileTrue: [n: n + 1. b: (n > 3). b: (n = 3)]. n) |) m",
        "300000",
    ),
    ("(| m = (| n <- 0 | [((n / 2) > 150000) || [n > 300000]] whileFalse: [n: n + 1]. n) |) m", "300001"),
    // Floats: in place, beside integers, boxed.
    ("(| m = (| x <- 0.0 | 1 to: 300000 Do: [x: (((x + 0.5) * 2.0) / 2.0) - 0.25]. x) |) m", "75000.0"),
    ("(| m = (| x <- 0.0 | 1 to: 300000 Do: [|:i| x: x + i. x < i ifTrue: [x: 0.0]]. x > 1) |) m", "true"),
    ("(| m = (| x <- 1.0e300 | 1 to: 300000 Do: [x: x * 1.0]. x > 1.0e299) |) m", "true"),
    // Sends: methods, fields, constants, assignments, several maps, inherited fields, primitives.
    ("(| a <- 0. c = 3. up = ( a: a + c ). m = ( 1 to: 300000 Do: [ up ]. a ) |) m", "900000"),
    ("(| p* = (| q <- 0 |). m = ( 1 to: 300000 Do: [ q: q + 1 ]. q ) |) m", "300000"),
    (
        "(| parent* = lobby. m = (| v. s <- 0 | v: (1 & 2.5 & 'three' & nil) asVector. 1 to: 300000 Do: [|:i| s: s + (v at: i % 4) printString size]. s) |) m",
        "1050000",
    ),
    (
        "(| parent* = lobby. m = (| v | v: vector copySize: 10. 1 to: 300000 Do: [|:i| v at: i % v size Put: i]. v at: 0) |) m",
        "300000",
    ),
    (
        "(| p* = (| f: n = ( n ) |). f: n = ( resend.f: n + 1 ). m = (| s <- 0 | 1 to: 300000 Do: [ s: f: s ]. s ) |) m",
        "300000",
    ),
    (
        "(| parent* = lobby. m = (| n <- 0 | 1 to: 300000 Do: [ n: n _IntAdd: 1 ]. 1 to: 300000 Do: [ n: (n _IntAdd: 1 IfFail: [ 0 ]) ]. n) |) m",
        "600000",
    ),
    // Blocks: captured values, cells, non-local returns, restarts.
    (
        "(| parent* = lobby. m = (| b. n <- 0 | b: [|:k| n: n + k]. 1 to: 300000 Do: [|:i| b value: 1]. n) |) m",
        "300000",
    ),
    (
        "(| parent* = lobby. m = (| s <- 0 | 1 to: 300000 Do: [|:i. b. j <- 0 | b: [ j: j + i. j ]. s: s + b value]. s) |) m",
        "45000150000",
    ),
    (
        "(| parent* = lobby. f: b = ( b value. 0 ). g: n = ( f: [ ^ n ] ). m = (| s <- 0 | 1 to: 300000 Do: [|:i| s: s + (g: 2)]. s) |) m",
        "600000",
    ),
    ("(| parent* = lobby. r = (| n <- 0 | n: n + 1. n >= 300000 ifTrue: [ ^ n ]. _Restart) |) r", "300000"),
    (
        "(| parent* = lobby. m = (| s <- 0 | 1 to: 300000 Do: [ s: s + ([ 1 ] onReturn: [|:x| x ] IfNonLocalReturn: [ 0 ]) ]. s) |) m",
        "300000",
    ),
    // A message that is not understood ends in the process: a slow step that goes on.
    (
        "(| parent* = lobby. undefinedSelector: s Type: t Delegatee: d MethodHolder: h Arguments: a = ( 2 ). m = (| s <- 0 | 1 to: 20000 Do: [ s: s + nobodyKnowsThis ]. s) |) m",
        "40000",
    ),
];

/// Runs all loops on a small stack.
fn run_loops(prepare: fn(&mut World)) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut world = World::standard();
        prepare(&mut world);
        let mut wrong = Vec::new();
        for (program, expected) in LOOPS {
            let (_, answer) = world.enter(program.as_bytes());
            if answer != Answer::Value((*expected).to_owned()) {
                wrong.push(format!("{program}\n  {answer:?}, not {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
    let ended = thread.map(std::thread::JoinHandle::join);
    assert!(matches!(ended, Ok(Ok(()))), "the loops ended: {ended:?}");
}

#[test]
fn handlers_end_in_jumps() {
    run_loops(|_| {});
}

/// The same where compiled code is left all the time, and the interpreter goes on with the operation that it stands for.
#[test]
fn ways_out_of_compiled_code_end_in_jumps() {
    run_loops(|world| {
        let trial = Trial { threshold: 1, fail: 3, drop: 0, slice: 1000 };
        world.vm.gear.set(Mode::Sync, trial);
    });
}
