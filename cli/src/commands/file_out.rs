//! `batos image fileOut`: an application as source. What is written and in which order is the world's affair; here it is
//! put into the form of `batos fmt` and printed.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::run::finish;
use crate::args::WorldArgs;
use crate::failure::{Failure, Outcome, Status};
use crate::repl::quote;
use crate::terminal::Colours;
use crate::world::{self, Purpose};

/// Prints the source of a module; without a name, tells which there are.
pub fn file_out(file: PathBuf, module: Option<&str>) -> Outcome {
    let args = WorldArgs { image: Some(file), no_model: true, ..WorldArgs::default() };
    let mut session = world::open(&args, Purpose::Look, Vec::new())?;
    let Some(module) = module else {
        let answer = session.evaluate(b"fileOut moduleNames joinedWith: ' '", "fileOut", Colours::stderr());
        let value = finish(&mut session, answer)?;
        let names = session.text(value);
        let failure = Failure::new(Status::Usage, "which module?");
        return Err(match names.as_str() {
            "" => failure
                .help("this image has no slots that carry the name of one; give that of a slot in globals"),
            names => failure.help(format!("this image has {names}")),
        });
    };
    let expression = format!("fileOut module: {}", quote(module));
    let answer = session.evaluate(expression.as_bytes(), "fileOut", Colours::stderr());
    let value = finish(&mut session, answer)?;
    let text = session.text(value).into_bytes();
    let parsed = batos_lang::parse_file(&text);
    let text = if parsed.is_legal() { batos_lang::format(&parsed.tree, &text) } else { text };
    std::io::stdout()
        .lock()
        .write_all(&text)
        .map_err(|error| Failure::file(Status::Failed, "write", Path::new("the standard output"), &error))
}
