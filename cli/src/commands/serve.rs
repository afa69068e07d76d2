//! `batos serve`: the world without a prompt, for those who come in by its doors. And `batos bridge`, which tells of them.

use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd, RawFd};
use std::time::{Duration, Instant};

use batos_bridge::Bridge;
use batos_machine::doors::{Doors, Role};
use batos_machine::host::Console;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::args::WorldArgs;
use crate::failure::{Failure, Outcome, Status};
use crate::interrupt;
use crate::say;
use crate::session::{Answer, Session};
use crate::ship::captain::Trade;
use crate::ship::pilot::Pilot;
use crate::terminal::Colours;
use crate::world::{self, Purpose};

/// Milliseconds that the world has before it is looked whether the program is to end.
const TURN: i32 = 50;

/// How to serve.
pub struct Options<'a> {
    /// Addresses of doors to open.
    pub doors: &'a [String],
    /// Also speak with an agent by the standard streams, which has this role.
    pub agent: Option<Role>,
    /// A descriptor that gets the line that tells that all is ready, instead of the standard output.
    pub ready: Option<RawFd>,
    /// Commit after so long, if the world's own processes changed something.
    pub autocommit: Option<Duration>,
    /// What is done once the doors are open; gets their addresses.
    pub begin: Option<Begin<'a>>,
}

/// The console of a world whose standard streams are an agent's: what it prints goes to the standard error, and nobody answers it.
struct Aside;

impl Console for Aside {
    fn write(&mut self, bytes: &[u8]) {
        // Nobody reads it: nothing is lost that anybody wanted.
        let _ = std::io::stderr().lock().write_all(bytes);
    }

    fn read_line(&mut self, _prompt: &str) -> Option<String> {
        None
    }
}

/// What a program does when its doors are open, before anybody comes.
pub type Begin<'a> = &'a dyn Fn(&mut Session, &[String]) -> Outcome;

/// `batos serve`
pub fn serve(args: &WorldArgs, options: &Options) -> Outcome {
    if options.doors.is_empty() && options.agent.is_none() {
        return Err(Failure::new(Status::Usage, "no door was named: nobody could come in")
            .help("batos serve --zmq ipc:///run/user/1000/batos/garden garden.batos"));
    }
    let mut session = world::open(args, Purpose::Live, Vec::new())?;
    let ending = interrupt::serve()
        .map_err(|e| Failure::new(Status::Failed, format!("signals can't be waited for: {e}")))?;
    let opened = open_doors(&mut session, options)?;
    if let Some(begin) = options.begin {
        begin(&mut session, &opened)?;
    }
    if options.agent.is_none() || options.ready.is_some() {
        ready(&session, &opened, options.ready)?;
    }
    run(session, &ending, options.autocommit)
}

/// Goes on with a world that another program has served.
pub fn go_on(session: Session, opened: &[String], autocommit: Option<Duration>) -> Outcome {
    let ending = interrupt::serve()
        .map_err(|e| Failure::new(Status::Failed, format!("signals can't be waited for: {e}")))?;
    ready(&session, opened, None)?;
    run(session, &ending, autocommit)
}

fn run(mut session: Session, ending: &OwnedFd, autocommit: Option<Duration>) -> Outcome {
    let mut committed = Instant::now();
    let mut complaint = String::new();
    let mut pilot = Pilot::new(&session);
    while !interrupt::asked_to_end() {
        let (quit, next) = session.serve(TURN);
        if let Some(status) = quit {
            return quit_with(session, status);
        }
        if autocommit.is_some_and(|every| committed.elapsed() >= every) {
            committed = Instant::now();
            // What is in memory is served on. Told once, not each time.
            let told =
                commit_if_changed(&mut session, "autocommit").err().map_or(String::new(), |f| f.text());
            if !told.is_empty() && told != complaint {
                crate::terminal::write_error(format_args!("{told}"));
            }
            complaint = told;
        }
        if pilot.attend(&mut session, &Trade::Serve(autocommit)) {
            // The other program serves now.
            pilot.leave();
            return Ok(());
        }
        if next != Some(Duration::ZERO) {
            rest(&mut session, ending, &pilot, next, autocommit)?;
        }
    }
    // Whoever waits for an answer gets it before the doors close.
    session.turn(TURN);
    commit_if_changed(&mut session, "on leaving")?;
    session.vm.host.doors = None;
    Ok(())
}

fn open_doors(session: &mut Session, options: &Options) -> Outcome<Vec<String>> {
    let mut bridge = Bridge::new(&image_of(session))
        .map_err(|e| Failure::new(Status::Failed, format!("no doors can be opened: {e}")))?;
    let failed = |reason| Failure::new(Status::Failed, reason);
    let mut opened = options
        .doors
        .iter()
        .map(|address| bridge.open(address).map_err(failed))
        .collect::<Outcome<Vec<_>>>()?;
    if let Some(role) = options.agent {
        // Whatever the world prints must not come between the messages.
        session.vm.host.console = Box::new(Aside);
        opened.push(bridge.open_streams(role, interrupt::ask_to_end).map_err(failed)?);
    }
    session.vm.host.doors = Some(Box::new(bridge));
    Ok(opened)
}

/// How the image is called.
pub fn image_of(session: &Session) -> String {
    session.file.as_ref().map_or("a world in memory".to_string(), |file| file.display().to_string())
}

/// Says that clients may come.
fn ready(session: &Session, doors: &[String], to: Option<RawFd>) -> Outcome {
    let line = format!("ready: {} at {}\n", image_of(session), doors.join(" "));
    let told = match to {
        None => {
            say!("{}", line.trim_end());
            std::io::stdout().flush()
        }
        Some(number) if number > 2 => descriptor(number).and_then(|mut file| file.write_all(line.as_bytes())),
        Some(number) => {
            return Err(Failure::new(
                Status::Usage,
                format!("descriptor {number} is one of the standard streams"),
            )
            .help("open another one for --ready-fd, such as 3"));
        }
    };
    told.map_err(|e| Failure::new(Status::Failed, format!("nobody could be told that all is ready: {e}")))
}

/// A descriptor that was inherited, by way of the system's name for it: no trust in its number is needed.
fn descriptor(number: RawFd) -> std::io::Result<std::fs::File> {
    std::fs::OpenOptions::new().write(true).open(format!("/proc/self/fd/{number}"))
}

/// The world wants to leave.
fn quit_with(session: Session, status: i32) -> Outcome {
    drop(session);
    match status {
        0 => Ok(()),
        1 => Err(Failure::reported(Status::Failed)),
        // The world chose the status itself.
        other => std::process::exit(other),
    }
}

fn commit_if_changed(session: &mut Session, message: &str) -> Outcome {
    if session.read_only.is_some() || !session.vm.has_unsaved_changes() || session.unsaved().is_none() {
        return Ok(());
    }
    session.commit(message).map(drop)
}

/// Waits until somebody comes, a process wants to run, or the program is to end.
fn rest(
    session: &mut Session,
    ending: &OwnedFd,
    pilot: &Pilot,
    next: Option<Duration>,
    autocommit: Option<Duration>,
) -> Outcome {
    let Some(doors) = session.vm.host.doors.as_mut() else { return Ok(()) };
    let timeout = match (next, autocommit) {
        (Some(next), Some(every)) => Some(next.min(every)),
        (next, every) => next.or(every),
    }
    .map(|t| Timespec { tv_sec: t.as_secs() as _, tv_nsec: t.subsec_nanos() as _ });
    session.vm.host.bell.silence();
    doors.clear_wake();
    if doors.is_waiting() {
        return Ok(());
    }
    let mut fds = vec![PollFd::from_borrowed_fd(ending.as_fd(), PollFlags::IN)];
    if let Some(bell) = session.vm.host.bell.fd() {
        fds.push(PollFd::from_borrowed_fd(bell, PollFlags::IN));
    }
    fds.extend(pilot.fds().map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
    if let Some(wake) = doors.wake_fd() {
        fds.push(PollFd::from_borrowed_fd(wake, PollFlags::IN));
    }
    match poll(&mut fds, timeout.as_ref()) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(Failure::new(Status::Failed, format!("the doors can't be watched: {error}"))),
    }
}

/// What `batos bridge` is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// A JSON Schema that each message fits.
    Schema,
    /// The messages as a list for people.
    Messages,
}

/// `batos bridge …`
pub fn tell(args: &WorldArgs, question: Question) -> Outcome {
    let mut session = world::open(args, Purpose::Look, Vec::new())?;
    let text = match question {
        Question::Schema => "json print: bridge contract schema Indent: 2",
        Question::Messages => "bridge showContract",
    };
    match session.evaluate(text.as_bytes(), "batos bridge", Colours::stderr()) {
        Answer::Value(value) => {
            let text = session.text(value);
            say!("{}", text.trim_end());
            Ok(())
        }
        Answer::Refused(text) | Answer::Suspended(_, text) | Answer::Aborted(text) => {
            Err(Failure::new(Status::Failed, format!("this world has no bridge\n{}", text.trim_end()))
                .help("make a world with this version: batos image new FILE"))
        }
        Answer::Quit(_) => Err(Failure::reported(Status::Failed)),
    }
}

/// `batos bridge doors`: those that programs on this machine have open.
pub fn doors(as_json: bool) -> Outcome {
    let programs = batos_bridge::open_doors();
    if as_json {
        say!("{}", serde_json::Value::from(programs));
        return Ok(());
    }
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    for program in &programs {
        for door in program["doors"].as_array().into_iter().flatten() {
            let key = door["key"].as_str().map_or(String::new(), |key| format!("  key {key}"));
            let (address, role, image) =
                (text(&door["address"]), text(&door["role"]), text(&program["image"]));
            say!("{address}  {role}  {image}  (process {}){key}", program["program"]);
        }
    }
    if programs.is_empty() {
        crate::complain!("no door is open");
    }
    Ok(())
}

/// `batos bridge tokens`: an address for one more browser.
pub fn token(address: Option<&str>) -> Outcome {
    let programs = batos_bridge::open_doors();
    let mut doors = programs.iter().flat_map(|program| program["doors"].as_array().into_iter().flatten());
    let door = doors.find(|door| match address {
        Some(wanted) => door["address"].as_str() == Some(wanted.trim_end_matches('/')),
        None => door["key"].is_string(),
    });
    let none = || {
        let text = format!("there is no open HTTP door {}", address.unwrap_or_default());
        Failure::new(Status::Failed, text.trim_end()).help("batos bridge doors lists those that are open")
    };
    let door = door.ok_or_else(none)?;
    let (Some(address), Some(key)) = (door["address"].as_str(), door["key"].as_str()) else {
        return Err(none());
    };
    let invitation = ask_for_token(address, key)
        .map_err(|e| Failure::new(Status::Failed, format!("{address} gave no token: {e}")))?;
    say!("{invitation}");
    Ok(())
}

/// One request, written by hand: the door is on this machine, and its answer one line.
fn ask_for_token(address: &str, key: &str) -> std::io::Result<String> {
    let at = address.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(at)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "POST /invite HTTP/1.1\r\nHost: {at}\r\nAuthorization: Bearer {key}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    match answer.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.1 200") => Ok(body.trim().to_owned()),
        _ => Err(std::io::Error::other(answer.lines().next().unwrap_or("nothing").to_owned())),
    }
}
