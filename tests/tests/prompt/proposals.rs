//! Proposals at a terminal: they appear as they are written, with their verdicts and a question. The model is a server of
//! the test's own, so what it says is known.

use std::time::{Duration, Instant};

use batos_tests::program::Home;
use batos_tests::server::Server;
use rexpect::process::Signal;

use crate::person::Person;

const QUESTION: &str = "install? [y]es [n]o [e]dit [w]hy [m]ore ";

fn triples() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![("thrice", vec!["( self * 3 )", "( self + 3 )"])]
}

/// A person whose world asks this server, and who has that committed.
fn with_model(home: &Home, server: &Server) -> Person {
    let mut command = home.command();
    command.env("TERM", "xterm").env("NO_COLOR", "1");
    let mut person = Person::starts(command);
    person.sees("> ");
    person.asks(&format!("{}. mind candidates: 2", server.setting()), "mind");
    person.asks("image commit: 'a server'", "2");
    person
}

#[test]
fn a_proposal_is_shown_judged_and_installed() {
    let home = Home::new();
    let server = Server::start(triples(), Duration::ZERO);
    let mut person = with_model(&home, &server);
    person.types("5 thrice");
    person.sees("thrice = ( self * 3 )");
    for persona in ["BRICK   yes  it answers 15", "ROBIN   yes", "ALFRED  yes"] {
        person.sees(persona);
    }
    person.sees(QUESTION);
    person.types("y");
    person.sees("15");
    person.sees("> ");
    // It was committed with the method: nothing is left to ask about.
    person.leaves();
    let diff = home.run(&["image", "diff", "data/batos/world.batos", "2"], b"").out;
    assert!(diff.starts_with("+ traits integer thrice = ( self * 3 )\n"), "{diff}");
    // Besides the method there is its record.
    assert!(diff.lines().skip(1).all(|line| line[2..].starts_with("globals mind grown ")), "{diff}");
    let log = home.run(&["image", "log", "--json", "-n", "1", "data/batos/world.batos"], b"").out;
    let log: serde_json::Value = serde_json::from_str(&log).expect("JSON");
    assert!(log[0]["changed_bytes"].as_u64().is_some_and(|bytes| bytes < 100 << 10), "{log}");
}

#[test]
fn a_question_that_came_to_nothing_leaves_nothing() {
    let home = Home::new();
    let server = Server::start(triples(), Duration::ZERO);
    let mut person = with_model(&home, &server);
    for answer in ["", "\u{4}"] {
        person.types("5 thrice");
        person.sees(QUESTION);
        if answer.is_empty() {
            person.types(answer)
        } else {
            person.keys(answer)
        }
        person.sees("No 'thrice' slot found in 5");
        person.sees("? ");
        person.types(":drop");
        person.sees("> ");
    }
    person.leaves();
    assert!(home.run(&["image", "log", "data/batos/world.batos"], b"").out.starts_with("     2"));
}

#[test]
fn a_world_that_died_after_growing_grows_again() {
    let home = Home::new();
    let server = Server::start(triples(), Duration::ZERO);
    let mut person = with_model(&home, &server);
    person.types("5 thrice");
    person.sees(QUESTION);
    person.types("y");
    person.sees("15");
    person.session.process_mut().kill(Signal::SIGKILL).expect("it dies");
    let out = home.run(&["eval", "--image", "data/batos/world.batos", "mind isThinking"], b"");
    assert_eq!(out.out, "false\n", "{out:?}");
    let line = "mind policy: 'auto'. 'ab' thrice";
    let out = home.run(&["eval", "--image", "data/batos/world.batos", line], b"");
    assert_eq!(out.out, "'ababab'\n", "{out:?}");
}

#[test]
fn a_proposal_can_be_explained_refused_edited_and_replaced() {
    let home = Home::new();
    let server = Server::start(triples(), Duration::ZERO);
    let mut person = with_model(&home, &server);
    person.types("5 thrice");
    person.sees(QUESTION);
    person.types("w");
    person.sees("the question was:");
    person.sees("integer");
    person.sees("thrice =");
    person.sees("passed: it answers 8");
    person.sees(QUESTION);
    person.types("m");
    person.sees("BRICK");
    person.sees(QUESTION);
    // Without an editor the line itself is edited: Ctrl-U empties it.
    person.types("e");
    person.sees("edit: ");
    person.keys("\u{15}( nonsense )\r");
    person.sees("not that: BRICK");
    person.sees(QUESTION);
    // Who thinks better of it has changed nothing.
    person.types("e");
    person.sees("edit: ");
    person.presses('c');
    person.sees("BRICK   yes");
    person.sees(QUESTION);
    person.types("e");
    person.sees("edit: ");
    person.keys("\u{15}( self + self + self )\r");
    person.sees("thrice = ( self + self + self )");
    person.sees("ALFRED  yes");
    person.sees(QUESTION);
    person.types("n");
    person.sees("No 'thrice' slot found in 5");
    person.sees("? ");
    person.types(":drop");
    person.sees("> ");
    person.asks("mind refused size", "1");
    person.types(":grown");
    person.sees("nothing was grown yet");
    person.presses('d');
    person.sees("Changed: globals mind refused");
    person.sees("Commit what has changed?");
    person.types("n");
    person.ends();
}

#[test]
fn control_c_stops_a_question_and_shows_where_it_was_asked() {
    let home = Home::new();
    let server = Server::start(triples(), Duration::from_millis(400));
    let mut person = with_model(&home, &server);
    person.types("[ |:x| x thrice ] value: 5");
    // It is being written.
    person.sees("( self");
    let pressed = Instant::now();
    person.presses('c');
    person.sees("interrupted");
    let took = pressed.elapsed();
    assert!(took < Duration::from_millis(1000), "{took:?}");
    let trace = person.sees("? ");
    assert!(trace.contains("a block in doIt of shell  (prompt:1)"), "{trace}");
    assert!(!trace.contains("mind") && !trace.contains("crucible"), "{trace}");
    person.types(":drop");
    person.sees("> ");
    person.asks("3 + 4", "7");
    person.leaves();
}

#[test]
fn control_c_at_the_question_is_a_no() {
    let home = Home::new();
    let server = Server::start(triples(), Duration::ZERO);
    let mut person = with_model(&home, &server);
    person.types("5 thrice");
    person.sees(QUESTION);
    person.presses('c');
    person.sees("No 'thrice' slot found in 5");
    person.sees("? ");
    person.types(":drop");
    person.sees("> ");
    person.asks("3 + 4", "7");
    person.leaves();
}

/// With the default model, if it was fetched: how long a person waits. `--nocapture` shows the figures.
#[test]
#[cfg(feature = "llama")]
fn the_model_answers_and_stops_soon() {
    let Some(file) = batos_mind::store::Store::of_user().and_then(|store| store.current()).ok().flatten()
    else {
        println!("not run: the default model is not here (batos model fetch)");
        return;
    };
    let home = Home::new();
    let mut command = home.command();
    command.arg("--model").arg(file).env("TERM", "xterm").env("NO_COLOR", "1");
    let mut person = Person::starts(command);
    person.sees("> ");
    // The first question loads the model.
    let (mut tokens, mut stops) = (Vec::new(), Vec::new());
    for question in
        ["11 tripled", "12 quadrupled", "13 halved", "14 squaredTwice", "15 sevenfold", "16 mirroredDigits"]
    {
        person.types(question);
        // A body begins with a parenthesis.
        tokens.push(person.watches_for("("));
        person.presses('c');
        stops.push(person.watches_for("interrupted"));
        person.sees("? ");
        person.types(":drop");
        person.sees("> ");
    }
    println!("from the message to the first token: {tokens:?}\nfrom Ctrl-C to the end: {stops:?}");
    let median = |times: &mut Vec<Duration>| {
        times.remove(0);
        times.sort();
        times[times.len() / 2]
    };
    assert!(median(&mut tokens) < Duration::from_millis(500), "warm");
    assert!(median(&mut stops) < Duration::from_millis(100), "warm");
    person.leaves();
}
