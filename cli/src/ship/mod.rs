//! The Ship of Theseus: another program goes on with a running world.
//!
//! | file | whose |
//! | --- | --- |
//! | `channel` | the line between the two programs |
//! | `captain` | the program that has the world and hands it over |
//! | `heir` | the program that proves itself and goes on |
//! | `pilot` | guides a crossing while the world runs |
//! | `harbour` | where a running program can be asked for it |
//!
//! ```text
//! captain                                   heir
//! commits, starts it           ->           says who it is
//! names the commit, asks       ->           opens a fork of it, verifies, runs tests and processes
//! goes on serving              <-           answers the same questions
//! compares; drains the doors, commits, closes them
//! hands over lock and sockets  ->           opens, takes the doors
//! writes nothing any more      <-           stands
//! says go                      ->           begins
//! ends                         <-           is under way
//! ```
//!
//! Invariant: at each moment at most one of the two may write. The captain may until it has heard that the heir is under way, and does
//! not between `go` and that; the heir may from `go` on, or once the captain is gone after handing over. Whoever
//! ends too early leaves the world to the other.

pub mod captain;
pub mod channel;
pub mod harbour;
pub mod heir;
pub mod pilot;

use std::cell::RefCell;
use std::rc::Rc;

use batos_machine::host::Ship;

/// Which words are spoken.
const PROTOCOL: u64 = 1;

/// The version of this program. Tests may have another one said.
pub fn version() -> String {
    for_tests("BATOS_TEST_VERSION").unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_string())
}

/// A setting that only tests use: builds for users do not look at it.
fn for_tests(name: &str) -> Option<String> {
    if cfg!(debug_assertions) { std::env::var(name).ok() } else { None }
}

/// Ends the program at once, as a crash would, if a test wants that here.
fn may_die(place: &str) {
    if for_tests("BATOS_TEST_DIE_AT").as_deref() == Some(place) {
        std::process::abort();
    }
}

/// What the world has asked of the ship, and what came of it.
#[derive(Default)]
struct Orders {
    program: Option<String>,
    log: Vec<String>,
}

/// Where the world leaves its wish and the program finds it.
#[derive(Clone, Default)]
pub struct Desk(Rc<RefCell<Orders>>);

impl Desk {
    /// The program that the world wants, once.
    pub fn wanted(&self) -> Option<String> {
        self.0.borrow_mut().program.take()
    }

    /// A new crossing begins.
    fn clear(&self) {
        self.0.borrow_mut().log.clear();
    }

    /// One more step was done.
    fn note(&self, text: &str) {
        self.0.borrow_mut().log.push(text.to_string());
    }
}

impl Ship for Desk {
    fn sail(&mut self, program: &str) -> Result<(), String> {
        captain::program(program)?;
        self.0.borrow_mut().program = Some(program.to_string());
        Ok(())
    }

    fn log(&self) -> Vec<String> {
        self.0.borrow().log.clone()
    }
}
