//! What the host does to processes: interrupting and ending them, and how it names them.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use batos_machine::Exit;
use batos_tests::world::{Answer, World};

/// Enters a line while somebody presses Ctrl-C after a moment.
fn interrupted(world: &mut World, line: &str) -> Answer {
    let flag = world.vm.host.interrupt.clone();
    let start = Instant::now();
    let presser = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        flag.store(true, Ordering::Relaxed);
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
