//! Making and opening worlds: the standard world from the built-in sources, the bare world, image files.
//!
//! The standard world is made once and kept as an image in the cache directory, under a name that changes with its
//! sources; a person's own image begins as a copy of it. Commands that keep nothing work on the cached one, read-only.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use batos_image::image::{FINGERPRINT, ImageError, OpenImage};
use batos_image::space::SpaceError;
use batos_image::store::{CommitId, Damage, HistoryError, OpenError, clear_abandoned, name_while_made};
use batos_machine::host::Host;
use batos_machine::{Vm, native};
use batos_mind::cache;

use crate::args::{Jit, WorldArgs};
use crate::console::{Column, Terminal};
use crate::failure::{Failure, Outcome, Status};
use crate::say;
use crate::session::{Answer, Session};
use crate::terminal::{self, Colours};
use crate::{interrupt, mind, paths, stdlib};

/// What a command wants to do with an image.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Look, compute, and forget.
    Look,
    /// Change and commit, if it is an image that was named.
    Change,
    /// Live in it: without a name, in the person's own image.
    Live,
}

/// `scheduler protocol` of worlds that this machine can run.
const SCHEDULER_PROTOCOL: i64 = 2;

/// The outside as the program offers it to a world.
fn host(args: &WorldArgs, arguments: Vec<String>) -> (Host, Column) {
    let before = native::chosen();
    let mode = match args.jit {
        None => before.mode,
        Some(Jit::Off) => native::Mode::Off,
        Some(Jit::On) => native::Mode::On,
        Some(Jit::Sync) => native::Mode::Sync,
    };
    let (log, perf_map) = (args.jit_log, args.jit_perf_map);
    native::choose(native::Choice { mode, log, perf_map, trial: args.jit_test.unwrap_or(before.trial) });
    let (console, column) = Terminal::new();
    let mut host = Host::new(Box::new(console));
    host.interrupt = interrupt::flag();
    host.bell = interrupt::bell();
    host.arguments = arguments;
    host.model = mind::model(args);
    host.models = mind::source(args);
    host.web = Some(std::sync::Arc::new(crate::web::Network));
    (host, column)
}

/// The bare world, in memory.
pub fn bare(args: &WorldArgs, arguments: Vec<String>) -> Outcome<Session> {
    let (host, column) = host(args, arguments);
    let vm =
        Vm::bare(host).map_err(|e| Failure::new(Status::Image, format!("no world could be made: {e}")))?;
    Ok(Session::new(vm, None, None, column))
}

/// Reads the standard world into a bare one, from a folder or from the built-in sources.
fn build(session: &mut Session, folder: Option<&Path>) -> Outcome {
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

/// Makes an image file.
pub fn make(file: &Path, bare: bool, folder: Option<&Path>, message: &str) -> Outcome {
    complete_or_not_at_all(file, |beside| {
        let (host, column) = host(&WorldArgs { no_model: true, ..WorldArgs::default() }, Vec::new());
        let vm = Vm::create(beside, host).map_err(|e| failure(file, e))?;
        let mut session = Session::new(vm, Some(beside.to_path_buf()), None, column);
        if !bare {
            build(&mut session, folder)?;
        }
        session.commit(message).map(drop)
    })
}

/// Has a file made under another name, and gives it its own only when it is complete.
pub fn complete_or_not_at_all(file: &Path, make: impl FnOnce(&Path) -> Outcome) -> Outcome {
    let beside = name_while_made(file);
    clear_abandoned(file);
    *making() = Some(beside.clone());
    let made = make(&beside).and_then(|()| {
        std::fs::rename(&beside, file).map_err(|e| Failure::file(Status::Image, "make", file, &e))
    });
    *making() = None;
    if made.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    made
}

/// What is being made, and would be in the way if the program ended now.
fn making() -> MutexGuard<'static, Option<PathBuf>> {
    static MAKING: Mutex<Option<PathBuf>> = Mutex::new(None);
    MAKING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The program ends: what is not complete goes.
pub fn give_up_making() {
    if let Some(beside) = making().take() {
        let _ = std::fs::remove_file(beside);
    }
}

/// The standard world as an image in the cache directory, made if it isn't there.
fn cached() -> Outcome<PathBuf> {
    let dir =
        cache::folder().ok_or_else(|| Failure::new(Status::Image, "no HOME, so no place for a cache"))?;
    std::fs::create_dir_all(&dir).map_err(|e| Failure::file(Status::Image, "make", &dir, &e))?;
    let file = dir.join(format!("standard-{}-{:016x}.batos", stdlib::FINGERPRINT, FINGERPRINT));
    if !file.exists() {
        make(&file, false, None, "the standard world")?;
        cache::put_old_away(&file, "standard-", ".batos");
    }
    Ok(file)
}

/// Copies a file as it is, history and all, and waits until it is on the disk.
fn copy_durably(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::copy(from, to)?;
    std::fs::File::open(to)?.sync_all()
}

/// The person's own image, made at the first start.
fn own() -> Outcome<PathBuf> {
    let dir = paths::data().ok_or_else(|| {
        Failure::new(Status::Image, "no HOME, so no place for your image").help("name one: batos FILE")
    })?;
    let file = dir.join("world.batos");
    if !file.exists() {
        std::fs::create_dir_all(&dir).map_err(|e| Failure::file(Status::Image, "make", &dir, &e))?;
        match cached() {
            Ok(standard) => complete_or_not_at_all(&file, |beside| {
                copy_durably(&standard, beside).map_err(|e| Failure::file(Status::Image, "make", beside, &e))
            })?,
            // No cache, no matter: it only saves time.
            Err(_) => make(&file, false, None, "the standard world")?,
        }
        if terminal::interactive() {
            say!("Made a world of your own: {}", file.display());
        }
    }
    Ok(file)
}

/// Goes on with a world that another program hands over with its open file. Nothing is written before `vm.begin()`.
pub fn adopt_running(args: &WorldArgs, image: std::fs::File) -> Outcome<Session> {
    let file = args.image.clone().unwrap_or_default();
    let (host, column) = host(args, Vec::new());
    let vm = Vm::adopt(image, &file, &OpenImage::write(), host).map_err(|e| failure(&file, e))?;
    let mut session = Session::new(vm, Some(file), None, column);
    session.arguments = arguments_of(args);
    Ok(session)
}

/// The options of a command line that another program needs to work in the same way.
fn arguments_of(args: &WorldArgs) -> Vec<String> {
    let mut words = Vec::new();
    if args.no_model {
        words.push("--no-model".to_string());
    }
    if let Some(model) = &args.model {
        words.extend(["--model".to_string(), model.display().to_string()]);
    }
    if let Some(jit) = args.jit.as_ref().and_then(clap::ValueEnum::to_possible_value) {
        words.extend(["--jit".to_string(), jit.get_name().to_string()]);
    }
    words
}

/// Opens the world that the command line names.
pub fn open(args: &WorldArgs, purpose: Purpose, arguments: Vec<String>) -> Outcome<Session> {
    let (file, read_only) = match (&args.image, purpose) {
        (Some(file), Purpose::Look) => (file.clone(), true),
        (Some(file), _) => (file.clone(), args.read_only),
        (None, Purpose::Live) => (own()?, args.read_only),
        (None, _) => match cached() {
            Ok(file) => (file, true),
            Err(_) => {
                let mut session = bare(args, arguments)?;
                build(&mut session, None)?;
                return Ok(session);
            }
        },
    };
    let (host, column) = host(args, arguments);
    let options = OpenImage {
        untrusted: args.untrusted,
        ..if read_only || args.at.is_some() { OpenImage::read_only() } else { OpenImage::write() }
    };
    let opened = match args.at {
        Some(commit) => Vm::open_at(&file, commit, &options, host),
        None => Vm::open(&file, &options, host),
    };
    let vm = opened.map_err(|e| failure(&file, e))?;
    if !read_only && args.at.is_none() {
        terminal::work_on_unread();
    }
    if !knows_the_machine(&vm) {
        crate::complain!(
            "{}: this world was made by an earlier version, and its scheduler does not know this machine: what you enter will not \
             run. Make a new world (`batos image new`), or use the version that made it.",
            file.display()
        );
    }
    if !read_only
        && args.at.is_none()
        && let Some(damage) = vm.durable.as_ref().and_then(|d| d.image.store().report().torn_tail.as_ref())
    {
        crate::complain!("note: {}: behind the last commit, {}", file.display(), incomplete(damage));
    }
    let reason = match args.at {
        Some(commit) => Some(format!("it shows commit {commit}")),
        None if read_only => Some("it was opened read-only".to_string()),
        None => vm.durable.as_ref().and_then(|d| d.image.store().health().read_only),
    };
    let mut session = Session::new(vm, Some(file), reason, column);
    session.of_nobody = args.image.is_none() && purpose != Purpose::Live;
    session.shown = args.at.map(CommitId);
    session.arguments = arguments_of(args);
    Ok(session)
}

/// Does the world's scheduler, if it has one, keep the machine's agreement on transfers of control?
pub fn knows_the_machine(vm: &Vm) -> bool {
    let Some(scheduler) = vm.data_slot(vm.shell(), "scheduler") else { return true };
    vm.data_slot(scheduler, "protocol").and_then(|n| n.as_int()) == Some(SCHEDULER_PROTOCOL)
}

/// Proves an image, all of it, without running anything, and writes its newest state to another file as one that can be trusted. Gives the number
/// of processes that were ended for it.
pub fn adopt(from: &Path, to: &Path) -> Outcome<usize> {
    let options = OpenImage { untrusted: true, ..OpenImage::read_only() };
    let mut vm = Vm::open(from, &options, Host::sealed()).map_err(|e| failure(from, e))?;
    let ended = vm.end_unproven();
    vm.save_as(to).map_err(|text| {
        let help = no_room(&text);
        let failure = Failure::new(Status::Image, format!("{}: {text}", to.display()));
        if let Some(help) = help { failure.help(help) } else { failure }
    })?;
    Ok(ended)
}

/// What stands behind the last commit and is none.
pub fn incomplete(damage: &Damage) -> String {
    format!("{damage}: a commit that was never acknowledged, or one that was damaged")
}

/// What to do if it was the disk that was full.
pub fn no_room(text: &str) -> Option<String> {
    text.contains("no space left").then(|| "make room and try again; no image was changed".to_string())
}

/// The system's number of an error tells a person nothing.
pub fn without_number(text: String) -> String {
    let Some(start) = text.find(" (os error ") else { return text };
    let end = text[start..].find(')').map_or(text.len(), |end| start + end + 1);
    text[..start].to_string() + &text[end..]
}

/// What went wrong with an image file, and what to do.
pub fn failure(file: &Path, error: ImageError) -> Failure {
    let name = file.display();
    let help = match &error {
        ImageError::Open(OpenError::File { source, .. }) => match source.kind() {
            std::io::ErrorKind::NotFound => {
                let help = match file.to_str().and_then(crate::args::meant) {
                    Some(command) => format!("did you mean the command `batos {command}`?"),
                    None => {
                        format!("make one with `batos image new {name}`; `batos --help` lists the commands")
                    }
                };
                return Failure::new(Status::Image, format!("there is no image {name}")).help(help);
            }
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Some("look at it with --read-only, or copy it".to_string())
            }
            _ => None,
        },
        ImageError::Open(OpenError::Locked(_)) => {
            Some("leave that program first, or look with --read-only".to_string())
        }
        ImageError::Open(OpenError::NotAnImage) => {
            Some("is it the right file? It was not changed".to_string())
        }
        ImageError::Open(OpenError::Version { .. } | OpenError::Layout { .. }) => {
            Some("another version of batos wrote it; use that one. The file was not changed".to_string())
        }
        ImageError::Space(SpaceError::Damaged(_)) | ImageError::History(HistoryError::Damaged(_)) => {
            Some(format!(
                "`batos image verify {name}` tells more; after copying the file `batos image recover {name}` keeps what is intact"
            ))
        }
        ImageError::Heap(_) => {
            Some("it was not changed; `batos image log` shows commits to open with --at".to_string())
        }
        _ => None,
    };
    let text = without_number(error.to_string());
    let help = help.or_else(|| no_room(&text));
    let text = if text.contains(&name.to_string()) { text } else { format!("{name}: {text}") };
    let failure = Failure::new(Status::Image, text);
    match help {
        Some(help) => failure.help(help),
        None => failure,
    }
}
