//! Commands that run something in a world and end: run, eval, test.

use std::io::Write;
use std::path::Path;

use batos_machine::native;

use crate::args::WorldArgs;
use crate::failure::{Failure, Outcome, Status};
use crate::repl::{quote, some_of};
use crate::say;
use crate::session::{Answer, Session};
use crate::terminal::Colours;
use crate::world::Purpose;
use crate::{sources, world};

/// `batos run`
pub fn run(
    bare: bool,
    args: &WorldArgs,
    commit: Option<&str>,
    file: &Path,
    arguments: Vec<String>,
) -> Outcome {
    let asks_late = arguments.iter().any(|a| a == "--commit" || a.starts_with("--commit="));
    may_commit(args, commit, "run --image FILE --commit FILE.self")?;
    let mut session =
        if bare { world::bare(args, arguments)? } else { world::open(args, Purpose::Change, arguments)? };
    let answer = if sources::is_stdin(file) {
        let (name, source) = sources::read(file)?;
        session.vm.sources = Some(Box::new(move |path| (path == name).then(|| source.clone())));
        session.run_file("standard input", Colours::stderr())
    } else {
        if !file.exists() {
            return Err(Failure::new(Status::Failed, format!("there is no file {}", file.display()))
                .help("give the path of a source file; `batos eval` takes an expression"));
        }
        if file.is_dir() {
            return Err(Failure::new(Status::Failed, format!("{} is a directory", file.display()))
                .help("give the path of a source file"));
        }
        session.run_file(&file.display().to_string(), Colours::stderr())
    };
    finish(&mut session, answer)?;
    match commit {
        Some("") => keep(&mut session, &format!("ran {}", file.display())),
        Some(message) => keep(&mut session, message),
        None => {
            let help = if asks_late { "; --commit stands before the file" } else { "" };
            tell_lost(&session, help);
            Ok(())
        }
    }
}

/// `batos disasm --jit`
pub fn machine_code(file: &Path, selector: Option<&str>) -> Outcome {
    if !native::is_possible() {
        return Err(Failure::new(Status::Failed, "this build makes no machine code")
            .help("`batos disasm` without --jit shows bytecode"));
    }
    if !file.is_file() {
        return Err(Failure::new(Status::Failed, format!("there is no file {}", file.display()))
            .help("give the path of a source file"));
    }
    let args = WorldArgs { no_model: true, ..WorldArgs::default() };
    let mut session = world::open(&args, Purpose::Look, Vec::new())?;
    // Methods that ran on the way are of no interest.
    session.vm.gear.set(native::Mode::Sync, native::Trial::default());
    session.vm.gear.show(selector.unwrap_or_default());
    let answer = session.run_file(&file.display().to_string(), Colours::stderr());
    let ended = finish(&mut session, answer);
    let listings = session.vm.gear.listings().to_vec();
    for listing in &listings {
        say!("{}\n\n{}\n{}", listing.title, listing.graph.trim_end(), listing.code.trim_end());
        say!("");
    }
    ended?;
    if listings.is_empty() {
        let what = selector.map_or("nothing".to_string(), |name| format!("no method {name}"));
        return Err(Failure::new(
            Status::Failed,
            format!("{what} was compiled while {} ran", file.display()),
        )
        .help("what is to be compiled must run: let the file call it a few hundred times"));
    }
    Ok(())
}

/// What is named and may be written can be committed to.
fn may_commit(args: &WorldArgs, commit: Option<&str>, usage: &str) -> Outcome {
    if commit.is_some() && args.image.is_none() {
        return Err(Failure::new(Status::Usage, "what shall be committed to which image?")
            .help(format!("name it: batos {usage}")));
    }
    if commit.is_some() && (args.read_only || args.at.is_some()) {
        return Err(Failure::new(Status::Usage, "what is opened only to be looked at can't be committed to")
            .help("leave out --commit, or --read-only and --at"));
    }
    Ok(())
}

/// Says what ends with the program although somebody may think that it was kept.
fn tell_lost(session: &Session, help: &str) {
    if let Some(paths) = session.lost() {
        crate::complain!("note: not committed, so not kept: {}{help}", some_of(&paths));
    }
}

/// `batos eval`
pub fn eval(args: &WorldArgs, quiet: bool, commit: Option<&str>, expression: &str) -> Outcome {
    may_commit(args, commit, "eval --image FILE --commit MESSAGE EXPR")?;
    let purpose = if commit.is_some() { Purpose::Change } else { Purpose::Look };
    let mut session = world::open(args, purpose, Vec::new())?;
    let answer = session.evaluate(expression.as_bytes(), "expression", Colours::stderr());
    let value = finish(&mut session, answer)?;
    let text = if quiet { None } else { Some(session.print(value)) };
    // Before anything is said: output that can't be written is no reason not to commit.
    match commit {
        Some(message) => keep(&mut session, message)?,
        None if args.image.is_some() => tell_lost(&session, " (--commit MESSAGE keeps it)"),
        None => {}
    }
    if let Some(text) = text {
        session.end_line();
        say!("{text}");
    }
    Ok(())
}

/// The last act of a command: what could not be committed is gone with it.
fn keep(session: &mut Session, message: &str) -> Outcome {
    let kept = session.commit(message);
    kept.map(drop)
        .map_err(|failure| failure.help("the image is as it was before; make room and run it again"))
}

/// `batos resume`
pub fn resume(file: std::path::PathBuf) -> Outcome {
    let args = WorldArgs { image: Some(file), ..WorldArgs::default() };
    let mut session = world::open(&args, Purpose::Change, Vec::new())?;
    match session.run_background() {
        Some(answer) => {
            finish(&mut session, answer)?;
        }
        None => crate::complain!("this world has no scheduler: nothing to resume"),
    }
    if session.vm.has_unsaved_changes() {
        keep(&mut session, "after resume")?;
    }
    session.end_line();
    Ok(())
}

/// `batos test`: loads suites from files and runs all that the world knows.
pub fn test(args: &WorldArgs, load: &[std::path::PathBuf], pattern: Option<&str>) -> Outcome {
    let mut session = world::open(args, Purpose::Look, Vec::new())?;
    let mut files = Vec::new();
    for path in load {
        collect(path, &mut files)?;
    }
    files.sort();
    for file in &files {
        let answer = session.run_file(&file.display().to_string(), Colours::stderr());
        finish(&mut session, answer)?;
    }
    let text = match pattern {
        Some(pattern) => format!("testing runMatching: {}", quote(pattern)),
        None => "testing runAll".to_string(),
    };
    let answer = session.evaluate(text.as_bytes(), "batos test", Colours::stderr());
    let value = finish(&mut session, answer)?;
    session.end_line();
    if value == session.vm.boolean(true) { Ok(()) } else { Err(Failure::reported(Status::Failed)) }
}

/// Source files of a path, through folders.
fn collect(path: &Path, files: &mut Vec<std::path::PathBuf>) -> Outcome {
    let failed = |error: std::io::Error| Failure::file(Status::Failed, "read", path, &error);
    if !path.metadata().map_err(failed)?.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in path.read_dir().map_err(failed)? {
        let entry = entry.map_err(failed)?.path();
        if entry.is_dir() || entry.extension().is_some_and(|e| e == "self") {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

/// The value, or the failure that ends the command; leaves the program if the world asks for that.
pub(super) fn finish(session: &mut Session, answer: Answer) -> Outcome<batos_image::value::Value> {
    let _ = std::io::stdout().flush();
    let status = match answer {
        Answer::Value(value) => return Ok(value),
        Answer::Quit(status) => {
            session.end_line();
            let _ = std::io::stdout().flush();
            std::process::exit(status)
        }
        Answer::Refused(text) | Answer::Aborted(text) => {
            session.end_line();
            crate::complain!("{}", text.trim_end());
            Status::Failed
        }
        Answer::Suspended(_, text) => {
            session.end_line();
            crate::complain!("{}", text.trim_end());
            if text.starts_with("interrupted") { Status::Interrupted } else { Status::Failed }
        }
    };
    Err(Failure::reported(status))
}
