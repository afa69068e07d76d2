//! What a command fails with: an exit status, a message in plain words, and what to do about it.

use std::fmt;

use crate::terminal::{Colours, Ink};
use batos_machine::legible::legible;

/// Exit statuses, as `--help` lists them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Status {
    /// The program, a test or a source text failed.
    Failed = 1,
    /// Wrong use of the command line.
    Usage = 2,
    /// An image could not be opened, written or verified.
    Image = 3,
    /// The language model could not be used.
    Model = 4,
    /// Interrupted.
    Interrupted = 130,
    /// Ended from outside (SIGTERM).
    Ended = 143,
}

/// Why a command ended early.
#[derive(Debug)]
pub struct Failure {
    /// The exit status.
    pub status: Status,
    /// What happened; `None` when that was said already.
    pub message: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Failure {
    /// A failure with a message.
    pub fn new(status: Status, message: impl fmt::Display) -> Failure {
        Failure { status, message: Some(message.to_string()), help: None }
    }

    /// A failure that has been reported already.
    pub fn reported(status: Status) -> Failure {
        Failure { status, message: None, help: None }
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl fmt::Display) -> Failure {
        self.help = Some(help.to_string());
        self
    }

    /// Says on the standard error what happened and what to do.
    pub fn report(&self) {
        crate::terminal::write_error(format_args!("{}", self.text()));
    }

    /// What happened, without what to do.
    pub fn message(&self) -> String {
        self.message.clone().unwrap_or_default()
    }

    /// What happened and what to do, in lines.
    pub fn text(&self) -> String {
        let colours = Colours::stderr();
        let mut text = String::new();
        if let Some(message) = &self.message {
            text.push_str(&format!("{} {}\n", colours.paint(Ink::Error, "batos:"), legible(message)));
        }
        if let Some(help) = &self.help {
            text.push_str(&format!("  {} {}\n", colours.paint(Ink::Quiet, "help:"), legible(help)));
        }
        text
    }

    /// A file that could not be read or written.
    pub fn file(status: Status, what: &str, path: &std::path::Path, error: &std::io::Error) -> Failure {
        let failure = Failure::new(status, format!("can't {what} {}: {}", path.display(), reason(error)));
        match error.kind() {
            std::io::ErrorKind::NotFound => failure.help("check the path; nothing was changed"),
            std::io::ErrorKind::PermissionDenied => failure.help("check who owns it; nothing was changed"),
            std::io::ErrorKind::StorageFull => {
                failure.help("the disk is full: free some space and try again")
            }
            _ => failure,
        }
    }
}

/// The system's words for an error, without its number.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}

/// The result of a command.
pub type Outcome<T = ()> = Result<T, Failure>;
