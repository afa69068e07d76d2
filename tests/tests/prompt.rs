//! The prompt as a person meets it, through a real pseudo-terminal.

use batos_tests::program::Home;
use rexpect::session::{PtySession, spawn_command};

const PATIENCE: u64 = 60_000;

/// A prompt on the person's own world in this home.
struct Person {
    session: PtySession,
}

impl Person {
    fn sits_down(home: &Home, args: &[&str]) -> Person {
        let mut command = home.command();
        // A plain terminal, so that what is seen is what is compared.
        command.args(args).arg("--no-model").env("TERM", "xterm").env_remove("NO_COLOR").env("NO_COLOR", "1");
        let mut person = Person { session: spawn_command(command, Some(PATIENCE)).expect("it starts") };
        person.sees("> ");
        person
    }

    fn types(&mut self, text: &str) {
        self.session.send_line(text).expect("it listens");
    }

    fn presses(&mut self, key: char) {
        self.session.send_control(key).expect("it listens");
    }

    /// Waits until this is on the screen; what came before it.
    fn sees(&mut self, text: &str) -> String {
        match self.session.exp_string(text) {
            Ok(before) => before,
            Err(error) => panic!("{text:?} did not come: {error}"),
        }
    }

    /// Types an input and waits for the answer and the next prompt.
    fn asks(&mut self, text: &str, answer: &str) {
        self.types(text);
        // At the start of a line: the echo of the input, with its escape sequences, comes first.
        self.sees(&format!("\n{answer}"));
        self.sees("> ");
    }

    fn leaves(mut self) {
        self.presses('d');
        self.session.exp_eof().expect("it ends");
    }
}

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
    person.types("6 * 7");
    person.sees("42");
    person.sees("? ");
    person.types(":resume 39");
    person.sees("42");
    person.sees("> ");
    person.types("nil frobnicate");
    person.sees("? ");
    person.types(":drop");
    person.sees("dropped");
    person.asks("1 + 1", "2");
    person.leaves();
}

#[test]
fn control_c_stops_the_evaluation_and_not_the_world() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("lobby _AddSlots: (| kept = 99 |)", "lobby");
    person.types("[ true ] whileTrue: [ nil ]");
    std::thread::sleep(std::time::Duration::from_millis(500));
    person.presses('c');
    person.sees("interrupted");
    person.sees("? ");
    person.types(":drop");
    person.sees("> ");
    person.asks("kept", "99");
    person.presses('d');
    person.sees("Commit what has changed?");
    person.types("n");
    person.session.exp_eof().expect("it ends");
}

#[test]
fn leaving_asks_for_unsaved_change_and_keeps_it() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("lobby _AddSlots: (| kept = 77 |)", "lobby");
    person.presses('d');
    person.sees("Commit what has changed?");
    person.types("y");
    person.session.exp_eof().expect("it ends");
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
    person.session.send("\x1b[A\r").expect("it listens");
    person.session.flush().expect("it listens");
    person.sees("42");
    person.sees("> ");
    person.leaves();
}

#[test]
fn tab_completes_from_the_live_image() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.asks("lobby _AddSlots: (| zebraCrossing = 31 |)", "lobby");
    person.session.send("zebraC\t\r").expect("it listens");
    person.session.flush().expect("it listens");
    person.sees("31");
    person.sees("> ");
    person.presses('d');
    person.sees("Commit what has changed?");
    person.types("n");
    person.session.exp_eof().expect("it ends");
}

#[test]
fn long_results_are_cut_with_a_hint() {
    let home = Home::new();
    let mut person = Person::sits_down(&home, &[]);
    person.types(":browse traits collection");
    person.sees(":more");
    person.sees("> ");
    person.types(":more");
    person.sees("> ");
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
    person.session.exp_eof().expect("it ends");
}
