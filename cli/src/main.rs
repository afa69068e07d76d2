//! The program `batos`: reads the command line, does what it says, and ends with a status that scripts can use.
#![forbid(unsafe_code)]

mod args;
mod commands;
mod failure;
mod report;
mod sources;
mod terminal;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::Parser;
use failure::Outcome;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            ExitCode::from(failure.status as u8)
        }
    }
}

fn run(cli: Cli) -> Outcome {
    match cli.command {
        Some(Command::Parse { mode, tree, files }) => commands::lang::parse(mode, tree, &files),
        Some(Command::Fmt { check, files }) => commands::lang::format(check, &files),
        Some(Command::Disasm { mode, file }) => commands::lang::disasm(mode, &file),
        Some(Command::Explain { code }) => commands::lang::explain(code.as_deref()),
        _ => Ok(()),
    }
}
