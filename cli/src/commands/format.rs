//! `batos fmt`: sources in the style of the standard world.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::lang::show;
use crate::failure::{Failure, Outcome, Status};
use crate::say;
use crate::sources;

/// Formats files in place, or only tells which are not as they should be.
pub fn format(check: bool, files: &[PathBuf]) -> Outcome {
    let mut good = true;
    for file in files {
        match format_one(check, file) {
            Ok(formatted) => good &= formatted,
            Err(failure) => {
                failure.report();
                good = false;
            }
        }
    }
    if good { Ok(()) } else { Err(Failure::reported(Status::Failed)) }
}

/// Formats one file; whether it is as it should be now.
fn format_one(check: bool, file: &Path) -> Outcome<bool> {
    let (name, source) = sources::read(file)?;
    let parsed = batos_lang::parse_file(&source);
    if !show(&name, &source, &parsed) {
        return Ok(false);
    }
    let text = batos_lang::format(&parsed.tree, &source);
    if sources::is_stdin(file) && !check {
        return match std::io::stdout().lock().write_all(&text) {
            Ok(()) => Ok(true),
            Err(error) => {
                Err(Failure::file(Status::Failed, "write", Path::new("the standard output"), &error))
            }
        };
    }
    if text == source {
        return Ok(true);
    }
    if check {
        say!("{name} is not formatted (batos fmt {name})");
        return Ok(false);
    }
    sources::replace(file, &text)?;
    say!("{name}");
    Ok(true)
}
