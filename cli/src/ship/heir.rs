//! `batos heir`: the program that another one starts to go on with its world. Its standard input is the line to that one.
//!
//! Invariant: before it has heard `go` it writes nothing to the image; before it has said that it is under way it runs nothing of
//! the world but in forks.

use std::fs::File;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use batos_bridge::Bridge;
use batos_machine::Exit;
use batos_machine::doors::{Doors, Handed};
use batos_machine::fork::{Limits, Verdict};
use serde_json::json;

use super::channel::{Channel, Heard, Silence};
use super::{PROTOCOL, captain, may_die, version};
use crate::args::WorldArgs;
use crate::commands::serve;
use crate::failure::{Failure, Outcome, Status};
use crate::repl::{self, Manner};
use crate::session::Session;
use crate::world::{self, Purpose};

/// Time for a task once it has started.
const TASK: Duration = Duration::from_secs(30);
/// What the world's tests may take.
const TESTS: Limits = Limits { fuel: 2_000_000_000, memory: 512 << 20, time: Duration::from_secs(120) };
/// Milliseconds for which the world's processes go on in a fork, and bytes that they may take.
const PROCESSES: i32 = 100;
const MEMORY: u64 = 256 << 20;
/// The image, and the terminal.
const ALWAYS: usize = 4;

/// `batos heir`
pub fn heir(args: &WorldArgs) -> Outcome {
    let stdin = std::io::stdin();
    let line = stdin.as_fd().try_clone_to_owned().ok().map(UnixStream::from);
    let line = line.filter(|line| line.peer_addr().is_ok()).ok_or_else(|| {
        Failure::new(Status::Usage, "`batos heir` is started by another program that hands its world over")
            .help("batos upgrade NEWPROGRAM IMAGE")
    })?;
    let mut channel = Channel::over(line);
    match inherit(args, &mut channel) {
        Ok(Some(inheritance)) => inheritance.go_on(),
        // The other program has gone, or goes on itself.
        Ok(None) => Ok(()),
        Err(reason) => {
            let _ = channel.say(&json!({"word": "unfit", "reason": reason}));
            Err(Failure::reported(Status::Failed))
        }
    }
}

/// Proves itself, takes what it is given, and stands.
fn inherit(args: &WorldArgs, channel: &mut Channel) -> Result<Option<Inheritance>, String> {
    let hello = json!({"word": "hello", "protocol": PROTOCOL, "version": version(),
        "format": batos_image::store::format_version()});
    if channel.say(&hello).is_err() {
        return Ok(None);
    }
    let Ok(task) = channel.hear(Some(TASK)) else { return Ok(None) };
    may_die("heir-before-proof");
    let answers = prove(args, channel, &task)?;
    may_die("heir-after-proof");
    if channel.say(&json!({"word": "proof", "answers": answers})).is_err() {
        return Ok(None);
    }
    let given = match channel.hear(None) {
        Ok(given) if given.name() == "take" => given,
        _ => return Ok(None),
    };
    may_die("heir-before-stand");
    let mut inheritance = Inheritance::of(args, &task, given)?;
    let told = channel.say(&json!({"word": "stand"}));
    may_die("heir-after-stand");
    // Whoever gave everything and is gone can't write any more.
    match told.and_then(|()| channel.hear(None)) {
        Ok(heard) if heard.name() == "go" => {}
        Err(Silence::Gone) => {}
        other => return Err(format!("{other:?} instead of go")),
    }
    may_die("heir-before-begin");
    let _ = channel.say(&json!({"word": "under way"}));
    may_die("heir-after-begin");
    inheritance.session.vm.begin();
    Ok(Some(inheritance))
}

/// Examines a fork of the commit, and answers the questions.
fn prove(args: &WorldArgs, channel: &mut Channel, task: &Heard) -> Result<Vec<String>, String> {
    let commit = task.word["commit"].as_u64().filter(|n| *n > 0);
    let image = PathBuf::from(task.text("image"));
    let args = WorldArgs { image: Some(image), at: commit, read_only: true, ..args.clone() };
    let mut session = world::open(&args, Purpose::Look, Vec::new()).map_err(|failure| failure.message())?;
    if !world::knows_the_machine(&session.vm) {
        return Err("the world's scheduler does not know this program's machine".into());
    }
    let mut step =
        |text: &str| channel.say(&json!({"word": "step", "text": text})).map_err(|e| e.to_string());
    session.vm.verify_heap().map_err(|problem| format!("the image is not sound: {problem}"))?;
    step("the image is sound")?;
    step(&tests(&mut session)?)?;
    step(&processes(&mut session)?)?;
    let questions = task.word["questions"].as_array().cloned().unwrap_or_default();
    let answers = questions.iter().map(|q| q.as_str().unwrap_or_default());
    Ok(answers
        .map(|q| {
            captain::answer(&mut session, q, captain::THERE).unwrap_or_else(|| "no answer in time".into())
        })
        .collect())
}

/// The world's own tests, in a fork.
fn tests(session: &mut Session) -> Result<String, String> {
    let receiver = session.vm.prompt_self();
    let text = b"(reflect: lobby) understands: 'testing'";
    let knows = session.vm.try_in_fork(text, receiver, TESTS)?;
    if knows.text != "true" {
        return Ok("this world has no tests".into());
    }
    let trial = session.vm.try_in_fork(b"testing runAll", receiver, TESTS)?;
    let last = trial.output.lines().last().unwrap_or_default().to_string();
    if trial.verdict == Verdict::Value && trial.text == "true" {
        return Ok(format!("tests of the world: {last}"));
    }
    let first = trial.output.lines().find(|line| line.starts_with("FAILED")).unwrap_or(&trial.text);
    Err(format!("tests of the world fail: {first}"))
}

/// The world's processes go on for a moment in a fork. What they want from outside they do not get; only a machine that
/// can't run them is a reason against it.
fn processes(session: &mut Session) -> Result<String, String> {
    let mut fork = session.vm.fork(MEMORY)?;
    match fork.run_idle(PROCESSES) {
        Some((Exit::Aborted(reason), _)) => Err(format!("the world's processes can't go on: {reason}")),
        Some(_) => Ok("the world's processes go on".into()),
        None => Ok("this world has no scheduler".into()),
    }
}

/// Everything that a world goes on with.
struct Inheritance {
    session: Session,
    opened: Vec<String>,
    /// Seconds, where it serves; at a prompt nothing.
    serves: Option<Option<Duration>>,
}

impl Inheritance {
    fn of(args: &WorldArgs, task: &Heard, given: Heard) -> Result<Inheritance, String> {
        let doors = given.word["doors"].as_array().cloned().unwrap_or_default();
        let with_listener = doors.iter().filter(|d| d["listener"].as_bool() == Some(true)).count();
        if given.descriptors.len() != with_listener + ALWAYS {
            return Err("not all that was handed over has arrived".into());
        }
        let mut descriptors = given.descriptors.into_iter();
        let mut next = || descriptors.next().ok_or("a descriptor is missing");
        let image = next()?;
        let mut handed = Vec::new();
        for door in &doors {
            let listener = if door["listener"].as_bool() == Some(true) { Some(next()?) } else { None };
            let secrets = door["secrets"].as_array().cloned().unwrap_or_default();
            let secrets = secrets.iter().filter_map(|s| s.as_str().map(str::to_owned)).collect();
            handed.push(Handed {
                address: door["address"].as_str().unwrap_or_default().to_owned(),
                listener,
                secrets,
            });
        }
        let terminal = [next()?, next()?, next()?];
        let args = WorldArgs { image: Some(PathBuf::from(task.text("image"))), ..args.clone() };
        let mut session = world::adopt_running(&args, File::from(image)).map_err(|f| f.message())?;
        // The steps of the crossing are known over here, too.
        for line in given.word["log"].as_array().into_iter().flatten().filter_map(|line| line.as_str()) {
            session.desk.note(line);
        }
        session.desk.note("swap: this program goes on");
        let head = session.vm.durable.as_ref().map_or(0, |d| d.image.head().0);
        if Some(head) != given.word["commit"].as_u64() {
            return Err(format!("it finds commit {head}, not the latest one"));
        }
        let serves = given.word["trade"] == "serve";
        let opened = take_doors(&mut session, handed)?;
        sit_down(terminal).map_err(|e| format!("the terminal can't be taken over: {e}"))?;
        let autocommit = given.word["autocommit"].as_u64().map(Duration::from_secs);
        Ok(Inheritance { session, opened, serves: serves.then_some(autocommit) })
    }

    /// Does from here on what the other program did.
    fn go_on(self) -> Outcome {
        match self.serves {
            Some(autocommit) => serve::go_on(self.session, &self.opened, autocommit),
            None => repl::run(self.session, Manner { autocommit: None, echo: false }),
        }
    }
}

fn take_doors(session: &mut Session, handed: Vec<Handed>) -> Result<Vec<String>, String> {
    let image = serve::image_of(session);
    let mut bridge = Bridge::new(&image).map_err(|e| format!("no doors can be opened: {e}"))?;
    let opened = handed.into_iter().map(|door| bridge.take_over(door)).collect::<Result<Vec<_>, _>>()?;
    session.vm.host.doors = Some(Box::new(bridge));
    Ok(opened)
}

/// Takes the other program's standard streams.
fn sit_down([stdin, stdout, stderr]: [OwnedFd; 3]) -> std::io::Result<()> {
    rustix::stdio::dup2_stdin(stdin)?;
    rustix::stdio::dup2_stdout(stdout)?;
    rustix::stdio::dup2_stderr(stderr)?;
    Ok(())
}
