//! A person at a terminal, who types and looks.

use std::process::Command;

use batos_tests::program::Home;
use rexpect::session::{PtySession, spawn_command};

/// Milliseconds that something may take to appear.
const PATIENCE: u64 = 60_000;

/// A prompt on the person's own world in this home.
pub struct Person {
    pub session: PtySession,
}

impl Person {
    /// Waits for the first prompt. Without a model, so that none is looked for.
    pub fn sits_down(home: &Home, args: &[&str]) -> Person {
        let mut command = home.command();
        // A plain terminal, so that what is seen is what is compared.
        command.args(args).arg("--no-model").env("TERM", "xterm").env("NO_COLOR", "1");
        let mut person = Person::starts(command);
        person.sees("> ");
        person
    }

    /// A command as it is, and nothing seen yet.
    pub fn starts(command: Command) -> Person {
        Person { session: spawn_command(command, Some(PATIENCE)).expect("it starts") }
    }

    pub fn types(&mut self, text: &str) {
        self.session.send_line(text).expect("it listens");
    }

    /// Keys as they are, without Enter.
    pub fn keys(&mut self, text: &str) {
        self.session.send(text).expect("it listens");
        self.session.flush().expect("it listens");
    }

    /// Types the beginning of a word, waits until it is there, and has the rest of it completed.
    pub fn completes(&mut self, text: &str, rest: &str) {
        self.keys(text);
        self.sees(text);
        // The editor waits for the next key by now.
        std::thread::sleep(std::time::Duration::from_millis(100));
        self.keys("\t");
        self.sees(rest);
    }

    /// A key together with Ctrl.
    pub fn presses(&mut self, key: char) {
        self.session.send_control(key).expect("it listens");
    }

    /// Waits until this is on the screen; what came before it.
    pub fn sees(&mut self, text: &str) -> String {
        match self.session.exp_string(text) {
            Ok(before) => before,
            Err(error) => panic!("{text:?} did not come: {error}"),
        }
    }

    /// Waits until this is on the screen, and looks every millisecond: for measuring. (`sees` looks ten times a second.)
    #[cfg(feature = "llama")]
    pub fn watches_for(&mut self, text: &str) -> std::time::Duration {
        use std::time::{Duration, Instant};

        let started = Instant::now();
        let mut seen = String::new();
        while !seen.ends_with(text) {
            match self.session.try_read() {
                Some(c) => seen.push(c),
                None => std::thread::sleep(Duration::from_millis(1)),
            }
            assert!(started.elapsed() < Duration::from_millis(PATIENCE), "{text:?} did not come: {seen:?}");
        }
        started.elapsed()
    }

    /// Types an input and waits for the answer and the next prompt.
    pub fn asks(&mut self, text: &str, answer: &str) {
        self.types(text);
        // At the start of a line: the echo of the input, with its escape sequences, comes first.
        self.sees(&format!("\n{answer}"));
        self.sees("> ");
    }

    /// Leaves, and is asked nothing.
    pub fn leaves(mut self) {
        self.presses('d');
        self.ends();
    }

    /// The program has ended; what it said last.
    pub fn ends(mut self) -> String {
        self.session.exp_eof().expect("it ends")
    }
}
