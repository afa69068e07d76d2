//! `batos show`: a world in a browser. The world makes the picture; here is only the door, its address, and the browser's start.

use std::process::{Command, Stdio};

use super::serve::{self, Options};
use crate::args::WorldArgs;
use crate::failure::{Failure, Outcome, Status};
use crate::session::{Answer, Session};
use crate::terminal::Colours;

/// `batos show`
pub fn show(args: &WorldArgs, http: &str, role: &str, browser: bool) -> Outcome {
    let door = if http.contains("://") { http.to_string() } else { format!("http://{http}") };
    let door = if door.contains('?') { door } else { format!("{door}?role={role}") };
    let begin = |session: &mut Session, doors: &[String]| {
        display(session)?;
        if browser && let Some(address) = doors.first() {
            open_browser(address);
        }
        Ok(())
    };
    serve::serve(
        args,
        &Options { doors: &[door], agent: None, ready: None, autocommit: None, begin: Some(&begin) },
    )
}

/// The world is told to display itself: it makes what is to be seen if it has not done so.
fn display(session: &mut Session) -> Outcome {
    match session.evaluate(b"display_yourself", "batos show", Colours::stderr()) {
        Answer::Value(_) => Ok(()),
        Answer::Refused(text) | Answer::Suspended(_, text) | Answer::Aborted(text) => {
            Err(Failure::new(Status::Failed, format!("this world can't display itself\n{}", text.trim_end()))
                .help("make a world with this version: batos image new FILE"))
        }
        Answer::Quit(_) => Err(Failure::reported(Status::Failed)),
    }
}

/// Opens the person's browser where there is a screen. If there is none, the address that was printed is enough.
fn open_browser(address: &str) {
    let has_screen = cfg!(target_os = "macos")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
    let program = match std::env::var_os("BROWSER").filter(|named| !named.is_empty()) {
        Some(named) => named,
        None if !has_screen => return,
        None if cfg!(target_os = "macos") => "open".into(),
        None => "xdg-open".into(),
    };
    let started = Command::new(program)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = started {
        // Waited for elsewhere, so that no dead process stays behind.
        std::thread::spawn(move || child.wait());
    }
}
