//! The prompt as a person meets it, through a real pseudo-terminal.

use batos_tests::program::Home;
use rexpect::process::{Signal, WaitStatus};

use person::Person;

mod person;
mod proposals;

#[test]
fn expressions_are_answered() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("3 + 4", "7");
    person.asks("'a', 'b'", "'ab'");
    person.leaves();
}

#[test]
fn an_open_bracket_waits_for_more() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types("[ |:x|");
    person.types("  x * 111");
    person.asks("] value: 3", "333");
    person.leaves();
}

#[test]
fn an_error_opens_a_prompt_on_the_process() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types("3 + nil frobnicate");
    person.sees("No 'frobnicate' slot found in nil");
    person.sees("? ");
    person.types(":frames");
    person.sees("prompt:1");
    person.sees("? ");
    person.types(":bt");
    person.sees("prompt:1");
    person.sees("? ");
    person.types(":dro op");
    person.sees("usage: :drop");
    person.sees("? ");
    person.types("6 * 7");
    person.sees("42");
    person.sees("? ");
    person.types(":res 39");
    person.sees("42");
    person.sees("> ");
    person.types("nil frobnicate");
    person.sees("? ");
    person.types(":drop");
    person.sees("dropped");
    person.sees("> ");
    // What a command says is no string literal, whatever happened on the way.
    person.types(":doc nil frobnicate");
    person.sees("? ");
    person.types(":resume list");
    person.sees("\na list()\r\n");
    person.sees("> ");
    person.asks("1 + 1", "2");
    person.leaves();
}

#[test]
fn control_c_stops_the_evaluation_and_not_the_world() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("lobby _AddSlots: (| kept = 99 |)", "lobby");
    person.types("'be', 'gun' printLine. [ true ] whileTrue: [ nil ]");
    person.sees("gun\r\n");
    person.presses('c');
    person.sees("interrupted");
    person.sees("? ");
    person.types(":drop");
    person.sees("> ");
    person.asks("kept", "99");
    person.presses('d');
    person.sees("Commit what has changed?");
    person.types("n");
    person.ends();
}

#[test]
fn control_c_between_evaluations_loses_nothing() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("lobby _AddSlots: (| kept = 111 * 3 |)", "lobby");
    person.asks("kept", "333");
    // All of a deep stack comes by the screen.
    person.asks(
        "lobby _AddSlots: (| deep: n = ( n = 0 ifTrue: [ nil oops ] False: [ 1 + (deep: n - 1) ] ) |)",
        "lobby",
    );
    person.types("deep: 1000000");
    person.sees("more (:frames all)");
    person.sees("? ");
    person.types(":frames all");
    // While the program itself is at work, the terminal still makes a signal of the key.
    for _ in 0..6 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        person.session.process_mut().signal(Signal::SIGINT).expect("it hears");
    }
    person.sees(":more shows the rest");
    person.sees("? ");
    person.types(":drop");
    person.sees("> ");
    person.asks("kept", "333");
    person.presses('d');
    person.sees("Commit what has changed?");
    person.types("n");
    person.ends();
}

#[test]
fn a_request_to_end_ends_it_whatever_it_does() {
    let home = Home::new();
    for busy in [false, true] {
        let mut person = Person::sits_down(&home, &[]);
        if busy {
            person.types("'be', 'gun' printLine. [ true ] whileTrue: [ nil ]");
            person.sees("gun\r\n");
        }
        person.session.process_mut().signal(Signal::SIGTERM).expect("it hears");
        let status = person.session.process().wait().expect("it ends");
        assert!(matches!(status, WaitStatus::Exited(_, 143)), "{busy} {status:?}");
    }
    assert_eq!(home.run(&["eval", "--image", "data/batos/world.batos", "3 + 4"], b"").out, "7\n");
}

#[test]
fn leaving_asks_for_unsaved_change_and_keeps_it() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("lobby _AddSlots: (| kept = 77 |)", "lobby");
    person.presses('d');
    person.sees("Commit what has changed?");
    person.types("y");
    person.ends();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("kept", "77");
    person.leaves();
}

#[test]
fn history_outlives_the_session() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("40 + 2", "42");
    person.leaves();
    let mut person = Person::sits_down(&home, &[]);
    person.keys("\x1b[A\r");
    person.sees("42");
    person.sees("> ");
    person.leaves();
}

#[test]
fn tab_completes_from_the_live_image() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("lobby _AddSlots: (| zebraCrossing = 31 |)", "lobby");
    person.completes("zebraC", "rossing");
    person.keys("\r");
    person.sees("31");
    person.sees("> ");
    person.presses('d');
    person.sees("Commit what has changed?");
    person.types("n");
    person.ends();
}

#[test]
fn tab_knows_what_a_message_would_answer() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    // The receiver is a new object that only a fork of the world has seen.
    person.completes("(3 & 4) asVector copyRev", "erse");
    person.types(" printLine");
    person.sees("a vector(4, 3)");
    person.sees("> ");
    person.completes("dictionary copyRemoveAll at: 3 Pu", "t:");
    person.types(" 5");
    person.sees("(3 -> 5)");
    person.sees("> ");
    person.completes("[ |:zebra| zeb", "ra");
    person.types(" + 1 ] value: 41");
    person.sees("42");
    person.sees("> ");
    // Nothing of all that happened in the world.
    person.leaves();
}

#[test]
fn blank_lines_and_tabs_in_a_paste_are_text() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    let definition = "lobby _AddSlots: (|\r\r\tpasted = (\r\r\r\t\t| dict. x |\r\t\tdict: 30.\r\t\tx:\tdict + 3.\r\r\t\tx ).\r\r|)";
    for (before, after) in [("\x1b[200~", "\x1b[201~\r"), ("", "\r")] {
        person.keys(&format!("{before}{definition}{after}"));
        person.sees("\nlobby");
        person.sees("> ");
        person.asks("pasted", "33");
        person.asks("lobby _RemoveSlot: 'pasted'", "lobby");
    }
    // Who types an empty line is not held in an open bracket.
    person.types("[ 3 +");
    person.sees("\n");
    std::thread::sleep(std::time::Duration::from_millis(200));
    person.types("");
    person.sees("not closed");
    person.sees("> ");
    // What was pasted was taken away again: nothing is to be kept.
    person.presses('d');
    person.ends();
}

#[test]
fn control_characters_of_the_world_do_nothing_to_the_terminal() {
    let home = Home::new();
    let run = home.run(&["eval", "--no-model", "error: 'a\\x1b[31m\\x07b'"], b"");
    assert!(run.err.contains("a\\x1b[31m\\x07b"), "{run:?}");
    assert!(!run.err.contains('\x07'), "{run:?}");
    // In traces as well, in one line.
    let run = home.run(&["eval", "--no-model", "('x\\x1b\\n', ('y' * 500)) foo"], b"");
    assert!(!run.err.contains('\x1b') && run.err.lines().all(|line| line.len() < 700), "{run:?}");
}

#[test]
fn that_a_model_could_help_is_said_once_and_not_where_none_is_wanted() {
    let home = Home::new();
    for (args, times) in [(&[][..], 1), (&["--no-model"][..], 0)] {
        let mut command = home.command();
        command.args(args).env("TERM", "xterm").env("NO_COLOR", "1");
        let mut person = Person::starts(command);
        person.sees("> ");
        let mut said = 0;
        for line in ["3 zork", "4 zork", "5 brillig"] {
            person.types(line);
            said += person.sees("? ").matches("A language model could write that method").count();
            person.types(":drop");
            person.sees("> ");
        }
        assert_eq!(said, times, "{args:?}");
        person.presses('d');
        person.ends();
    }
}

#[test]
fn what_is_pasted_is_taken_input_by_input() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    // As a terminal brackets it, and as one that does not.
    for (before, after) in [("\x1b[200~", "\x1b[201~\r"), ("", "\r")] {
        person.keys(before);
        person.keys("100 + 11\r[ |:x|\r  x + 200\r] value: 22\r300 + 33");
        person.keys(after);
        for answer in ["111", "222", "333"] {
            person.sees(&format!("\n{answer}"));
        }
        person.sees("> ");
    }
    person.keys("\x1b[200~1 + 1\rnil frobnicate\r2 + 2\r3 + 3\x1b[201~\r");
    person.sees("frobnicate");
    person.sees("? ");
    person.types(":drop");
    person.sees("2 more were not evaluated");
    person.sees("> ");
    person.leaves();
}

#[test]
fn processes_go_on_while_somebody_types() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types("[ process sleep: 300. ('ti', 'ck') printLine ] fork");
    person.sees("> ");
    person.keys("40 + ");
    person.sees("tick");
    person.types("2");
    person.sees("\n42");
    person.sees("> ");
    // One that asks for a line gets none: the terminal is the person's.
    person.types("[ console readLine printLine. ('fin', 'ished') printLine ] fork");
    person.sees("finished");
    person.asks("1 + 1", "2");
    person.leaves();
}

#[test]
fn a_computation_goes_on_when_its_world_is_opened_again() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types(
        "[ process sleep: 3000. lobby _AddSlots: (| reached = 4711 |). ('wo', 'ken') printLine ] fork",
    );
    person.types("image commit: 'asleep'");
    person.sees("\n2");
    person.session.process_mut().kill(Signal::SIGKILL).expect("it dies");
    let mut person = Person::sits_down(&home, &[]);
    person.sees("woken");
    person.asks("reached", "4711");
    person.presses('d');
    person.sees("Commit what has changed?");
    person.types("n");
    person.ends();
}

#[test]
fn a_world_that_commits_by_itself_does_so_while_nobody_types() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("shell autocommit: 1. lobby _AddSlots: (| kept = 88 |)", "lobby");
    let log = || home.run(&["image", "log", "data/batos/world.batos"], b"").out;
    let started = std::time::Instant::now();
    while !log().contains("autocommit") {
        assert!(started.elapsed().as_secs() < 30, "it never committed: {}", log());
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    person.session.process_mut().kill(Signal::SIGKILL).expect("it dies");
    assert_eq!(home.run(&["eval", "--image", "data/batos/world.batos", "kept"], b"").out, "88\n");
}

#[test]
fn leaving_from_the_prompt_on_a_process_asks_too() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("lobby _AddSlots: (| kept = 66 |)", "lobby");
    person.types("nil frobnicate");
    person.sees("? ");
    person.types(":quit");
    person.sees("Changed: kept");
    person.sees("Commit what has changed?");
    person.types("c");
    person.sees("? ");
    person.types(":quit");
    person.sees("Commit what has changed?");
    person.types("y");
    person.ends();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("kept", "66");
    person.leaves();
}

#[test]
fn a_history_that_cannot_be_kept_is_no_reason_not_to_work() {
    let home = Home::new();
    std::fs::create_dir_all(home.path("state/batos/history")).expect("a folder where the file should be");
    let mut command = home.command();
    command.arg("--no-model").env("TERM", "xterm");
    let mut person = Person::starts(command);
    person.sees("the history can't be kept in");
    person.sees("> ");
    person.asks("40 + 2", "42");
    person.leaves();
}

#[test]
fn a_plain_terminal_is_served_plainly() {
    let home = Home::new();
    let mut command = home.command();
    command.arg("--no-model").env("TERM", "dumb").env_remove("NO_COLOR");
    let mut person = Person::starts(command);
    person.sees("> ");
    person.types("40 + 2");
    let before = person.sees("42");
    person.types("3 + 4 * 5");
    let after = person.sees("help:");
    assert!(!before.contains('\x1b') && !after.contains('\x1b'), "{before:?} {after:?}");
    person.leaves();
}

#[test]
fn colours_come_where_they_may() {
    let home = Home::new();
    for (no_color, coloured) in [(None, true), (Some("1"), false)] {
        let mut command = home.command();
        command.arg("--no-model").env("TERM", "xterm-256color").env_remove("NO_COLOR");
        command.envs(no_color.map(|value| ("NO_COLOR", value)));
        let mut person = Person::starts(command);
        person.sees("> ");
        person.types("3 + 4 * 5");
        let error = person.sees("help:");
        assert_eq!(error.contains("\x1b[31m"), coloured, "{error:?}");
        person.sees("> ");
        person.leaves();
    }
}

#[test]
fn long_results_are_cut_with_a_hint() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types(":browse traits collection");
    person.sees(":more");
    person.sees("> ");
    // Screen by screen, to the end.
    let mut pages = 0;
    loop {
        person.types(":more");
        if person.sees("> ").contains("there is nothing more") {
            break;
        }
        pages += 1;
    }
    assert!(pages > 1, "more than two screens");
    person.leaves();
}

#[test]
fn help_lists_the_commands() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types(":help");
    for command in [":commit", ":senders", ":quit"] {
        person.sees(command);
    }
    person.types(":frob");
    person.sees("no command :frob");
    person.types(":quit");
    person.ends();
}

#[test]
fn who_is_asked_keeps_nobody_else_waiting() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types("[ 3 do: [ process sleep: 5. ('ti', 'ck') printLine ] ] fork. console ask: 'na', 'me? '");
    person.sees("name? ");
    for _ in 0..3 {
        person.sees("tick\r\n");
    }
    person.types("Ann");
    person.sees("'Ann'");
    person.sees("> ");
    // A time limit, and then the line goes to the prompt.
    person.types("[ console ask: 'in ti', 'me? ' ] valueWithin: 50 IfTimeout: [ 'la', 'te' ]");
    person.sees("in time? ");
    person.sees("'late'");
    person.sees("> ");
    person.asks("3 + 4", "7");
    // Ctrl-C.
    person.types("console ask: 'aga', 'in? '");
    person.sees("again? ");
    person.presses('c');
    person.sees("interrupted");
    person.sees("? ");
    person.types(":drop");
    person.sees("> ");
    person.asks("3 + 5", "8");
    person.leaves();
}

#[test]
fn long_computations_with_numbers_are_stopped_by_control_c() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    for what in ["(3 ** 40000000) printString size", "(3 ** 40000000) / (7 ** 2000000)"] {
        person.types(&format!("('be', 'gun') printLine. {what}"));
        person.sees("begun\r\n");
        person.presses('c');
        person.sees("interrupted");
        person.sees("? ");
        person.types(":drop");
        person.sees("> ");
    }
    person.types("2 ** 100000000000");
    person.sees("overflowError");
    person.sees("? ");
    person.types(":drop");
    person.sees("> ");
    person.leaves();
}

#[test]
fn a_fork_that_failed_is_listed_until_it_is_dropped() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types("[ nil oops ] forkName: 'e\\x1b[31mv\\nil'. process yield. 'go', 'ne'");
    let told = person.sees("No 'oops' slot found in nil");
    assert!(told.contains("e\\x1b[31mv\\nil, suspended"), "{told:?}");
    // Its trace begins where the user's code does.
    let trace = person.sees("'gone'");
    assert!(trace.contains("0  a block in doIt of shell  (prompt:1)") && !trace.contains("1  "), "{trace:?}");
    person.sees("> ");
    person.types(":ps");
    person.sees("failed: No 'oops' slot found in nil");
    person.sees("> ");
    person.types("scheduler dropFailed");
    let told = person.sees("\n1\r\n");
    assert!(!told.contains("oops"), "told again: {told:?}");
    person.sees("> ");
    person.types(":ps");
    let list = person.sees("> ");
    assert!(!list.contains("failed") && list.contains("main"), "{list:?}");
    person.leaves();
}

#[test]
fn a_person_steps_through_a_method_and_mends_it() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types("lobby _AddSlots: (| twice: n = ( n + n ). once: n = ( twice: n ). all: n = ( halt. once: n. twice: 2. n ) |)");
    person.sees("> ");
    person.types("[ all: 7 ] on: errors zeroDivide Do: 0");
    person.sees("all: of");
    person.sees("? ");
    // Into what is sent next, and into what that sends.
    person.types(":step");
    person.sees("0  once: of");
    person.sees("1  all: of");
    person.types(":step");
    person.sees("0  twice: of");
    person.sees("1  once: of");
    person.types("n");
    person.sees("7");
    // What stands there runs to its end.
    person.types(":finish");
    person.sees("0  once: of");
    person.types(":next");
    person.sees("0  twice: of");
    person.sees("1  all: of");
    // Another method from its start, with the handler that was in force then.
    person.types("lobby _AddSlots: (| all: n = ( once: n / 0 ) |)");
    person.sees("? ");
    person.types(":restart 1");
    person.sees("0\r\n");
    person.sees("> ");
    // An error in a guarded block is restarted outside of it: its handler is no longer in force.
    person.types("lobby _AddSlots: (| outer = ( [ nope ] on: errors zeroDivide Do: 1 ) |)");
    person.sees("> ");
    person.types("outer");
    person.sees("nope");
    person.sees("outer of");
    person.sees("? ");
    person.types("lobby _AddSlots: (| outer = ( process this state handlers isNil ) |)");
    person.sees("? ");
    person.types(":restart 5");
    person.sees("true");
    person.sees("> ");
}

#[test]
fn a_person_assigns_locals_of_an_activation() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types("lobby _AddSlots: (| k2: n = (| k. c. b | k: 1. c: 2. b: [ c: c + 1. c ]. halt. (k * 100) + b value ) |)");
    person.sees("> ");
    person.types("k2: 4");
    person.sees("k2: of");
    person.sees("? ");
    // A local in a register, and one that a block has captured.
    person.types("k: k + 6");
    person.sees("? ");
    person.types("c: 9. k");
    person.sees("7");
    person.sees("? ");
    person.types(":resume");
    person.sees("710");
    person.sees("> ");
}
