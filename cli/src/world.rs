//! Making and opening worlds: the standard world from the built-in sources, the bare world, an image file.

use std::path::Path;

use batos_machine::Vm;
use batos_machine::host::Host;

use crate::args::WorldArgs;
use crate::console::{Column, Terminal};
use crate::failure::{Failure, Outcome, Status};
use crate::interrupt;
use crate::session::{Answer, Session};
use crate::stdlib;
use crate::terminal::Colours;

/// The outside as the program offers it to a world.
pub fn host(arguments: Vec<String>) -> (Host, Column) {
    let (console, column) = Terminal::new();
    let mut host = Host::new(Box::new(console));
    host.interrupt = interrupt::flag();
    host.arguments = arguments;
    (host, column)
}

/// The bare world, in memory.
pub fn bare(arguments: Vec<String>) -> Outcome<Session> {
    let (host, column) = host(arguments);
    let vm =
        Vm::bare(host).map_err(|e| Failure::new(Status::Image, format!("no world could be made: {e}")))?;
    Ok(Session::new(vm, None, None, column))
}

/// The standard world, in memory, made from `stdlib/world.self` of a folder or from the built-in sources.
pub fn standard(folder: Option<&Path>, arguments: Vec<String>) -> Outcome<Session> {
    let mut session = bare(arguments)?;
    build(&mut session, folder)?;
    Ok(session)
}

/// Reads the standard world into a bare one.
pub fn build(session: &mut Session, folder: Option<&Path>) -> Outcome {
    let world = match folder {
        Some(folder) => folder.join("world.self").display().to_string(),
        None => {
            session.vm.sources = Some(Box::new(|path| stdlib::find(path).map(<[u8]>::to_vec)));
            "world.self".to_string()
        }
    };
    let answer = session.run_file(&world, Colours::stderr());
    session.vm.sources = None;
    let reason = match answer {
        Answer::Value(_) => return Ok(()),
        Answer::Refused(text) | Answer::Suspended(_, text) | Answer::Aborted(text) => text,
        Answer::Quit(status) => format!("it left the program with status {status}"),
    };
    Err(Failure::new(Status::Failed, format!("the standard world could not be made\n{}", reason.trim_end())))
}

/// Opens the world that the command line names: an image, or the standard world.
pub fn open(args: &WorldArgs, arguments: Vec<String>) -> Outcome<Session> {
    let _ = args;
    standard(None, arguments)
}
