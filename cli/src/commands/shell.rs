//! What shells, `man` and editors want to know beforehand: completions and manual pages, made from the definition of the
//! command line, and the grammar for colours.

use std::io::Write;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::failure::{Failure, Outcome, Status};

/// `batos completions`
pub fn completions(shell: Shell) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "batos", &mut text);
    print(&text)
}

/// `batos man`
pub fn man(folder: Option<&Path>) -> Outcome {
    let Some(folder) = folder else {
        let mut page = Vec::new();
        let written = clap_mangen::Man::new(Cli::command()).render(&mut page);
        written.map_err(|error| Failure::new(Status::Failed, error))?;
        return print(&page);
    };
    let made = std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command().disable_help_subcommand(true), folder));
    made.map_err(|error| Failure::file(Status::Failed, "write", folder, &error))
}

/// `batos grammar`
pub fn grammar() -> Outcome {
    print(batos_lang::textmate::textmate().as_bytes())
}

fn print(text: &[u8]) -> Outcome {
    // A reader that has seen enough closes the pipe: no reason to complain.
    match std::io::stdout().write_all(text) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::file(Status::Failed, "write", Path::new("the standard output"), &error))
        }
        _ => Ok(()),
    }
}
