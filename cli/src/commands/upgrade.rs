//! `batos upgrade`: asks the program that serves an image to hand it over to a newer one.

use std::path::Path;

use serde_json::json;

use crate::failure::{Failure, Outcome, Status};
use crate::say;
use crate::ship::{captain, harbour};

/// `batos upgrade`
pub fn upgrade(program: &Path, image: &Path) -> Outcome {
    let shown = program.display();
    let path = captain::program(&program.display().to_string())
        .map_err(|reason| Failure::new(Status::Usage, reason))?;
    let file = std::fs::canonicalize(image).map_err(|e| Failure::file(Status::Image, "open", image, &e))?;
    let Some(mut channel) = harbour::reach(&file) else { return alone(&path, &file) };
    let gone = |reason: &dyn std::fmt::Display| {
        Failure::new(
            Status::Failed,
            format!("the program that serves {} gave no answer: {reason}", image.display()),
        )
        .help("if nobody serves the image now, open it with the old program or the new one: what was acknowledged is in it")
    };
    channel.say(&json!({"word": "upgrade", "program": path})).map_err(|e| gone(&e))?;
    loop {
        let heard = channel.hear(None).map_err(|e| gone(&e))?;
        match heard.name() {
            "step" => say!("{}", heard.text("text")),
            "done" if heard.word["ok"] == true => return Ok(()),
            "done" => {
                return Err(Failure::new(
                    Status::Failed,
                    format!("{shown} does not go on with {}: {}", image.display(), heard.text("reason")),
                )
                .help("the old program goes on; nothing was lost"));
            }
            _ => {}
        }
    }
}

/// Nobody serves the image: the new program only proves itself.
fn alone(program: &Path, image: &Path) -> Outcome {
    let proved = captain::prove_alone(program, image, &[], &mut |line| say!("{line}"));
    match proved {
        Ok(name) => {
            say!("nobody serves {}: {name} can simply open it", image.display());
            Ok(())
        }
        Err(reason) => Err(Failure::new(
            Status::Failed,
            format!("{} can't go on with {}: {reason}", program.display(), image.display()),
        )
        .help("the image was not changed")),
    }
}
