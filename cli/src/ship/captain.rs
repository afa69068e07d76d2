//! The program that has the world: it starts the other one, compares what it answers, and hands the world over.
//!
//! Invariant: until `swap` nothing stops: the world goes on while the other program proves itself, and is touched by nothing of
//! that. Whatever goes wrong, in `swap` too, the world goes on here, as it was.

use std::os::fd::{AsFd, BorrowedFd};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use batos_machine::doors::Handed;
use batos_machine::fork::{Limits, Verdict};
use serde_json::{Value, json};

use super::channel::{Channel, Heard};
use super::{Desk, PROTOCOL, may_die};
use crate::session::{Answer, Session};
use crate::terminal::Colours;

/// Time for the other program to say who it is.
const GREETING: Duration = Duration::from_secs(10);
/// Time for it to stand once it has everything: builds with assertions look at every object of the image first.
const STANDING: Duration = Duration::from_secs(60);
/// Time for what clients have asked to be done.
const DRAINING: Duration = Duration::from_secs(5);
/// Milliseconds of the world's turns meanwhile.
const TURN: i32 = 10;
/// Time for all questions together: clients wait meanwhile.
const ALL_QUESTIONS: Duration = Duration::from_millis(150);
/// What one question may take here.
const HERE: Limits = Limits { fuel: 2_000_000, memory: 64 << 20, time: Duration::from_millis(50) };
/// What it may take in the other program, which nobody waits for: that it is slower there is no other answer.
pub const THERE: Limits = Limits { fuel: 20_000_000, memory: 256 << 20, time: Duration::from_secs(10) };
/// Most questions.
const QUESTIONS: usize = 16;

/// How the world goes on over there.
#[derive(Clone, Debug)]
pub enum Trade {
    /// At a prompt, on this terminal.
    Prompt,
    /// By its doors; commits by itself every so many seconds.
    Serve(Option<Duration>),
}

/// A question and how it is answered here.
#[derive(Clone, Debug, PartialEq)]
struct Question {
    text: String,
    answer: String,
}

/// A crossing under way.
pub struct Captain {
    child: Child,
    channel: Channel,
    desk: Desk,
    questions: Vec<Question>,
    name: String,
}

/// The path of a program that can be started, or what is wrong with it.
pub fn program(text: &str) -> Result<PathBuf, String> {
    use std::os::unix::fs::PermissionsExt;
    let path = std::fs::canonicalize(text).map_err(|e| format!("{text}: {}", crate::failure::reason(&e)))?;
    let found = std::fs::metadata(&path).map_err(|e| format!("{text}: {}", crate::failure::reason(&e)))?;
    if !found.is_file() || found.permissions().mode() & 0o111 == 0 {
        return Err(format!("{text} is no program: give the path of the new `batos`"));
    }
    Ok(path)
}

impl Captain {
    /// Commits, starts the other program and gives it its task. The world goes on at once.
    pub fn set_out(session: &mut Session, desk: &Desk, program_text: &str) -> Result<Captain, String> {
        desk.clear();
        if session.read_only.is_some() || session.vm.durable.is_none() {
            return Err("only a world that is open for writing can be handed over".into());
        }
        let file = session.file.clone().ok_or("this world has no image file")?;
        let file = std::path::absolute(&file).map_err(|e| e.to_string())?;
        let path = program(program_text)?;
        let texts = asked(session);
        session.commit("ship: before another program goes on").map_err(|e| e.message())?;
        let commit = session.vm.durable.as_ref().map_or(0, |d| d.image.head().0);
        // In forks, so that the world is still the one that was committed.
        let questions = questions(session, texts);
        let (child, channel) = start(&path, &session.arguments)?;
        let mut captain = Captain { child, channel, desk: desk.clone(), questions, name: String::new() };
        captain.task(&file, commit).inspect_err(|_| captain.end())?;
        Ok(captain)
    }

    fn task(&mut self, file: &Path, commit: u64) -> Result<(), String> {
        let hello = self.hear(Some(GREETING), "hello")?;
        if hello.word["protocol"].as_u64() != Some(PROTOCOL) {
            return Err("it speaks another protocol of handing over".into());
        }
        self.name = format!("batos {}, image format {}", hello.text("version"), hello.word["format"]);
        self.note(&format!("clone: {} looks at commit {commit}", self.name));
        let asked: Vec<&str> = self.questions.iter().map(|q| q.text.as_str()).collect();
        may_die("captain-before-task");
        let task = json!({"word": "prove", "image": file, "commit": commit, "questions": asked});
        self.channel.say(&task).map_err(|e| e.to_string())?;
        may_die("captain-after-task");
        Ok(())
    }

    /// Readable when the other program has said something.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.channel.fd()
    }

    /// Hears what it has said meanwhile: `Some` when it has proved itself.
    pub fn attend(&mut self) -> Result<Option<()>, String> {
        while self.channel.is_waiting() {
            let heard = self.hear(Some(GREETING), "")?;
            match heard.name() {
                "step" => self.note(&format!("proof: {}", heard.text("text"))),
                "proof" => return self.compare(&heard).map(Some),
                other => return Err(format!("it said {other} where proof was wanted")),
            }
        }
        Ok(None)
    }

    /// The same, waiting.
    pub fn wait_for_proof(&mut self) -> Result<(), String> {
        use rustix::event::{PollFd, PollFlags, poll};
        loop {
            if self.attend()?.is_some() {
                return Ok(());
            }
            let _ = poll(&mut [PollFd::from_borrowed_fd(self.channel.fd(), PollFlags::IN)], None);
        }
    }

    fn compare(&mut self, heard: &Heard) -> Result<(), String> {
        let answers = heard.word["answers"].as_array().map(Vec::as_slice).unwrap_or_default();
        if answers.len() != self.questions.len() {
            return Err("it did not answer all questions".into());
        }
        for (own, other) in self.questions.iter().zip(answers) {
            let other = other.as_str().unwrap_or_default();
            if own.answer != other {
                return Err(format!(
                    "it answers {} to {}, not {}",
                    short(other),
                    short(&own.text),
                    short(&own.answer)
                ));
            }
        }
        self.note(&format!("proof: it answers {} questions as this program does", answers.len()));
        Ok(())
    }

    /// Hands the world over. If it comes back (an error), the world goes on here. If not, this program has nothing more to do with the image.
    pub fn swap(mut self, session: &mut Session, trade: &Trade) -> Result<Child, String> {
        may_die("captain-before-swap");
        let begun = Instant::now();
        let result = self.hand_over(session, trade);
        match result {
            Ok(()) => {
                self.note(&format!("swap: {} goes on after {} ms", self.name, begun.elapsed().as_millis()));
                Ok(self.child)
            }
            Err(reason) => {
                self.end();
                Err(reason)
            }
        }
    }

    fn hand_over(&mut self, session: &mut Session, trade: &Trade) -> Result<(), String> {
        drain(session)?;
        // Before the doors are closed: this may take a while.
        session.vm.stop_writing();
        if let Err(failure) = session.commit("ship: another program goes on") {
            resume(session);
            return Err(failure.message());
        }
        let doors = session.vm.host.doors.as_mut().map(|doors| doors.hand_over()).unwrap_or_default();
        let stands = self.give(session, trade, &doors).and_then(|()| self.let_go());
        if let Err(reason) = stands {
            self.end();
            take_back(session, doors);
            return Err(reason);
        }
        Ok(())
    }

    /// Hands over all that the world needs, and waits until the other program stands.
    fn give(&mut self, session: &Session, trade: &Trade, doors: &[Handed]) -> Result<(), String> {
        let durable = session.vm.durable.as_ref().ok_or("this world has no image file")?;
        let file = durable.image.file().ok_or("this image is in no file")?.map_err(|e| e.to_string())?;
        let mut descriptors = vec![file.as_fd()];
        descriptors.extend(doors.iter().filter_map(|door| door.listener.as_ref()).map(AsFd::as_fd));
        let (stdin, stdout, stderr) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
        // What it says goes where this program's words go.
        descriptors.extend([stdin.as_fd(), stdout.as_fd(), stderr.as_fd()]);
        let told: Vec<Value> = doors
            .iter()
            .map(|d| json!({"address": d.address, "listener": d.listener.is_some(), "secrets": d.secrets}))
            .collect();
        let (kind, autocommit) = match trade {
            Trade::Prompt => ("prompt", None),
            Trade::Serve(every) => ("serve", every.map(|t| t.as_secs())),
        };
        let word = json!({"word": "take", "commit": durable.image.head().0, "doors": told, "trade": kind,
            "autocommit": autocommit, "log": batos_machine::host::Ship::log(&self.desk)});
        may_die("captain-before-take");
        self.channel.say_with(&word, &descriptors).map_err(|e| e.to_string())?;
        may_die("captain-after-take");
        self.hear(Some(STANDING), "stand").map(drop)
    }

    /// The point of no return: from here on only the other program writes, if it lives.
    fn let_go(&mut self) -> Result<(), String> {
        may_die("captain-before-go");
        self.channel.say(&json!({"word": "go"})).map_err(|e| e.to_string())?;
        may_die("captain-after-go");
        let heard = self.hear(Some(STANDING), "under way");
        if heard.is_err() {
            // Only its end gives the world back; and it may have begun before that.
            self.end();
            if self.channel.is_waiting() {
                return self.hear(Some(STANDING), "under way").map(drop);
            }
        }
        heard.map(drop)
    }

    fn hear(&mut self, longest: Option<Duration>, wanted: &str) -> Result<Heard, String> {
        let heard = self.channel.hear(longest).map_err(|e| e.to_string())?;
        let name = heard.name().to_string();
        match name.as_str() {
            "unfit" => Err(heard.text("reason").to_string()),
            name if wanted.is_empty() || name == wanted => Ok(heard),
            other => Err(format!("it said {other} where {wanted} was wanted")),
        }
    }

    /// The other program has to go.
    pub fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn note(&self, text: &str) {
        self.desk.note(text);
    }
}

/// Starts a program as heir; its standard input is the line to it.
fn start(path: &Path, arguments: &[String]) -> Result<(Child, Channel), String> {
    let (channel, other) = Channel::pair().map_err(|e| format!("no line can be made: {e}"))?;
    let child = Command::new(path)
        .arg("heir")
        .args(arguments)
        .stdin(Stdio::from(other))
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| format!("{}: {}", path.display(), crate::failure::reason(&e)))?;
    Ok((child, channel))
}

/// Asks a program to prove itself on an image that nobody has open. Each step is told.
pub fn prove_alone(
    path: &Path,
    file: &Path,
    arguments: &[String],
    told: &mut dyn FnMut(&str),
) -> Result<String, String> {
    let (child, channel) = start(path, arguments)?;
    let desk = Desk::default();
    let mut captain =
        Captain { child, channel, desk: desk.clone(), questions: Vec::new(), name: String::new() };
    let mut run = || {
        captain.task(file, 0)?;
        captain.wait_for_proof()
    };
    let result = run();
    captain.end();
    for line in batos_machine::host::Ship::log(&desk) {
        told(&line);
    }
    result.map(|()| captain.name.clone())
}

/// What was asked lately, at the prompt and by the doors.
fn asked(session: &mut Session) -> Vec<String> {
    let mut texts = asked_in_world(session);
    texts.extend(session.asked.iter().cloned());
    texts
}

/// Questions with what a fork of this world answers, where that is the same twice.
fn questions(session: &mut Session, texts: Vec<String>) -> Vec<Question> {
    let begun = Instant::now();
    let mut found = Vec::new();
    for text in texts.into_iter().rev().take(QUESTIONS) {
        if begun.elapsed() > ALL_QUESTIONS {
            break;
        }
        let first = answer(session, &text, HERE);
        if first.is_some() && first == answer(session, &text, HERE) {
            found.extend(first.map(|answer| Question { text, answer }));
        }
    }
    found
}

/// How a fork of a world answers; nothing if that takes too much.
pub fn answer(session: &mut Session, text: &str, limits: Limits) -> Option<String> {
    let receiver = session.vm.prompt_self();
    let trial = session.vm.try_in_fork(text.as_bytes(), receiver, limits).ok()?;
    if matches!(trial.verdict, Verdict::Endless | Verdict::Memory) {
        return None;
    }
    Some(format!("{}: {}", trial.verdict.word(), trial.text))
}

/// What the world has been asked by its doors.
fn asked_in_world(session: &mut Session) -> Vec<String> {
    let text = b"json print: ship asked";
    let Answer::Value(value) = session.evaluate(text, "ship", Colours(false)) else { return Vec::new() };
    serde_json::from_str(&session.text(value)).unwrap_or_default()
}

/// Whether clients' messages are done and answered.
fn is_resting(session: &mut Session) -> bool {
    if session.vm.host.doors.as_ref().is_some_and(|doors| doors.is_waiting()) {
        return false;
    }
    let answer = session.evaluate(b"bridge isResting", "ship", Colours(false));
    // A world without a bridge has no clients.
    !matches!(answer, Answer::Value(value) if value == session.vm.boolean(false))
}

/// Lets clients' messages be done and answered, and takes no more of them.
fn drain(session: &mut Session) -> Result<(), String> {
    let Some(doors) = session.vm.host.doors.as_mut() else { return Ok(()) };
    doors.pause(true);
    let begun = Instant::now();
    while !is_resting(session) {
        if begun.elapsed() > DRAINING {
            resume(session);
            return Err("a client's message takes too long; nothing was handed over".into());
        }
        session.turn(TURN);
    }
    Ok(())
}

/// The world goes on here, doors open.
fn resume(session: &mut Session) {
    session.vm.begin();
    if let Some(doors) = session.vm.host.doors.as_mut() {
        doors.pause(false);
    }
}

/// The same after the doors were closed.
fn take_back(session: &mut Session, handed: Vec<Handed>) {
    if let Some(doors) = session.vm.host.doors.as_mut() {
        for door in handed {
            let address = door.address.clone();
            if let Err(reason) = doors.take_over(door) {
                crate::complain!("{address} is closed now: {reason}");
            }
        }
    }
    resume(session);
}

fn short(text: &str) -> String {
    let mut line: String = text.chars().take(80).collect();
    if line.len() < text.len() {
        line.push('…');
    }
    line
}
