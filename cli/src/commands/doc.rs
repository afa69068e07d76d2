//! `batos doc`: the reference of the world, written by the world itself.

use std::path::Path;

use crate::args::WorldArgs;
use crate::failure::{Failure, Outcome, Status};
use crate::say;
use crate::session::Answer;
use crate::sources;
use crate::terminal::Colours;
use crate::world::{self, Purpose};

/// Writes the reference as Markdown.
pub fn doc(args: &WorldArgs, out: &Path) -> Outcome {
    let mut session = world::open(args, Purpose::Look, Vec::new())?;
    let text = match session.evaluate(b"browser reference", "batos doc", Colours::stderr()) {
        Answer::Value(value) => session.text(value),
        Answer::Quit(_) => return Err(Failure::new(Status::Failed, "the world left instead of answering")),
        Answer::Refused(text) | Answer::Aborted(text) | Answer::Suspended(_, text) => {
            return Err(Failure::new(Status::Failed, text.trim_end()));
        }
    };
    if sources::is_stdin(out) {
        say!("{}", text.trim_end());
        return Ok(());
    }
    std::fs::write(out, text).map_err(|e| Failure::file(Status::Failed, "write", out, &e))?;
    say!("{}", out.display());
    Ok(())
}
