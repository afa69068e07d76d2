//! What the host does to processes: interrupting and ending them, and how it names them.

use std::io::BufRead;
use std::process::Stdio;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use batos_machine::Exit;
use batos_tests::program::Home;
use batos_tests::world::{Answer, World};

/// Enters a line while somebody presses Ctrl-C after a moment.
fn interrupted(world: &mut World, line: &str) -> Answer {
    let (flag, bell) = (world.vm.host.interrupt.clone(), world.vm.host.bell.clone());
    let start = Instant::now();
    let presser = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        flag.store(true, Ordering::Relaxed);
        bell.ring();
    });
    let (_, answer) = world.enter(line.as_bytes());
    presser.join().expect("the key was pressed");
    assert!(start.elapsed() < Duration::from_secs(10), "it went on: {line}");
    answer
}

#[test]
fn ctrl_c_reaches_the_process_that_sleeps() {
    let mut world = World::standard();
    world.enter(b"shell _AddSlots: (| woken <- 0 |)");
    let answer =
        interrupted(&mut world, "[ process sleep: 400. woken: woken + 1 ] fork. process sleep: 30000");
    assert_eq!(answer, Answer::Error("interrupted".into()));
    // The scheduler goes on, and so does who was not meant.
    let (_, answer) = world.enter(b"process sleep: 600. woken");
    assert_eq!(answer, Answer::Value("1".into()));
    let answer = interrupted(&mut world, "[ true ] whileTrue: [ 3 square ]");
    assert_eq!(answer, Answer::Error("interrupted".into()));
    let (_, answer) = world.enter(b"3 + 4");
    assert_eq!(answer, Answer::Value("7".into()));
}

#[test]
fn ctrl_c_reaches_the_process_that_waits_in_vain_of_others() {
    let mut world = World::standard();
    let answer = interrupted(
        &mut world,
        "(| s. p | s: semaphore copy. p: [ [ true ] whileTrue: [ process sleep: 5 ] ] fork. s wait. 3) value",
    );
    assert!(matches!(answer, Answer::Error(_)), "{answer:?}");
    let (_, answer) = world.enter(b"3 + 4");
    assert_eq!(answer, Answer::Value("7".into()));
}

#[test]
fn who_is_ended_by_the_host_keeps_its_promises() {
    let mut world = World::standard();
    world.enter(b"shell _AddSlots: (| log <- 'nothing' |)");
    let shell = world.vm.shell();
    let evaluated =
        world.vm.evaluate(b"[ nil foo ] ensure: [ log: 'kept' ]", "test", shell).expect("legal text");
    let Exit::Suspended(process) = evaluated.exit else { panic!("{evaluated:?}") };
    let (_, answer) = world.enter(b"log");
    assert_eq!(answer, Answer::Value("'nothing'".into()), "it may still be resumed");
    world.vm.abort_process(process);
    let (_, answer) = world.enter(b"log");
    assert_eq!(answer, Answer::Value("'kept'".into()));
}

#[test]
fn traces_name_objects_as_the_world_does() {
    let mut world = World::standard();
    let shell = world.vm.shell();
    let text = b"list copyRemoveAll do: [ ]. (list copyRemoveAll addLast: 3) do: [ |:x| nil foo: x ]";
    let evaluated = world.vm.evaluate(text, "test", shell).expect("legal text");
    let Exit::Suspended(process) = evaluated.exit else { panic!("{evaluated:?}") };
    let trace = world.vm.trace_text(process);
    assert!(trace.contains("do: of a list"), "{trace}");
}

/// A long computation, deep in calls and blocks, and a process that commits while it runs.
const LONG: &str = "\
lobby _AddSlots: (| answer <- 0. step <- 0. long = (| parent* = lobby. \
    fib: n = ( n < 2 ifTrue: [ n ] False: [ (fib: n - 1) + (fib: n - 2) ] ). \
    sum = (| s <- 0 | 1 to: 150 Do: [ |:i| s: s + (fib: 25 + (i % 4)). step: i ]. s ) |) |)
[ answer: long sum ] fork
[ [ answer = 0 ] whileTrue: [ \
    process sleep: 10. image commit: 'on the way'. ('step ', step printString) printLine ] ] fork
image commit: 'begun'
";

fn fib(n: u64) -> u64 {
    if n < 2 { n } else { fib(n - 1) + fib(n - 2) }
}

#[test]
fn a_long_computation_survives_ten_kills() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let begun = home.run(&["w.batos"], LONG.as_bytes());
    assert_eq!(begun.status, 0, "{begun:?}");
    let mut reached = 0;
    for kill in 1..=10 {
        let mut child =
            home.command().args(["resume", "w.batos"]).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut lines = std::io::BufReader::new(child.stdout.take().expect("its output")).lines();
        // Every line tells of a commit. It is killed at some moment after its second one.
        let mut step = 0;
        for _ in 0..2 {
            let line = lines.next().expect("it is not done yet").expect("text");
            step = line.strip_prefix("step ").and_then(|n| n.parse::<u64>().ok()).expect("a step");
        }
        std::thread::sleep(Duration::from_millis(kill * 7 % 23));
        child.kill().expect("it dies");
        let _ = child.wait();
        // Nothing that was committed is done again.
        assert!(step >= reached, "step {step} after {reached} at kill {kill}");
        reached = step;
    }
    assert!((1..150).contains(&reached), "killed in the middle: step {reached}");
    let run = home.run(&["resume", "w.batos"], b"");
    assert_eq!(run.status, 0, "{run:?}");
    let expected: u64 = (1..=150).map(|i| fib(25 + i % 4)).sum();
    let run = home.run(&["eval", "--image", "w.batos", "answer"], b"");
    assert_eq!(run.out, format!("{expected}\n"), "{run:?}");
}
