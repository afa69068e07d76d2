//! Ctrl-C: stops what the world is doing. When the world does nothing it ends the program as usual, but never one that a person
//! sits at: what they have not saved must not hang on which side of an answer a key is pressed. A request to end (SIGTERM) ends it whatever it does: what was committed is safe, and the terminal is left as it was found.

use std::io::IsTerminal;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use rustix::termios::Termios;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use batos_machine::rest::{Bell, wait};

use crate::failure::Status;
use crate::input;

/// The flag that machines of this program poll. One for all: only one runs at a time.
static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
/// The world is evaluating something.
static RUNNING: AtomicBool = AtomicBool::new(false);
/// The terminal as it was found.
static FOUND: OnceLock<Termios> = OnceLock::new();
/// Since when.
static SINCE: Mutex<Option<Instant>> = Mutex::new(None);
/// A person sits at the prompt.
static PERSON: AtomicBool = AtomicBool::new(false);
/// Readable when a program that serves was asked to end.
static ENDING: OnceLock<OwnedFd> = OnceLock::new();
/// A program that serves was asked to end.
static ASKED: AtomicBool = AtomicBool::new(false);
/// Turns while nobody types are much shorter.
const STUCK: Duration = Duration::from_millis(300);

/// What wakes a machine that waits.
static BELL: OnceLock<Bell> = OnceLock::new();

/// The bell to give to a machine's host.
pub fn bell() -> Bell {
    BELL.get_or_init(Bell::new).clone()
}

/// Tells the machine to stop what it does.
fn ask() {
    flag().store(true, Ordering::Relaxed);
    bell().ring();
}

/// The flag to give to a machine's host.
pub fn flag() -> Arc<AtomicBool> {
    FLAG.get_or_init(Arc::default).clone()
}

/// Takes over Ctrl-C. Where that can't be, Ctrl-C ends the program.
pub fn install() {
    let terminal = rustix::termios::tcgetattr(std::io::stdin()).ok();
    if let Some(found) = &terminal {
        let _ = FOUND.set(found.clone());
        batos_image::guard::before_the_end(|| {
            if let Some(terminal) = FOUND.get() {
                leave_terminal(terminal);
            }
        });
    }
    let mut signals = match Signals::new([SIGINT, SIGTERM]) {
        Ok(signals) => signals,
        Err(error) => {
            crate::complain!("batos: Ctrl-C will end the program instead of the evaluation ({error})");
            return;
        }
    };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if let Some(ending) = ENDING.get() {
                // Whoever asks twice does not want to wait for the world.
                if ASKED.swap(true, Ordering::Relaxed) {
                    ask();
                }
                let _ = rustix::io::write(ending, &1u64.to_ne_bytes());
                continue;
            }
            if signal == SIGINT && RUNNING.load(Ordering::Relaxed) {
                ask();
                continue;
            }
            if signal == SIGINT && PERSON.load(Ordering::Relaxed) {
                continue;
            }
            if let Some(terminal) = &terminal {
                leave_terminal(terminal);
            }
            crate::world::give_up_making();
            std::process::exit(if signal == SIGINT { Status::Interrupted } else { Status::Ended } as i32);
        }
    });
}

/// From now on SIGTERM and Ctrl-C don't end the program but ask it to end. A descriptor that can be read when they have.
pub fn serve() -> std::io::Result<OwnedFd> {
    use rustix::event::{EventfdFlags, eventfd};

    let ending = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
    let copy = ending.try_clone()?;
    let _ = ENDING.set(ending);
    Ok(copy)
}

/// Asks a program that serves to end.
pub fn ask_to_end() {
    ASKED.store(true, Ordering::Relaxed);
    if let Some(ending) = ENDING.get() {
        let _ = rustix::io::write(ending, &1u64.to_ne_bytes());
    }
}

/// Whether a program that serves was asked to end.
pub fn asked_to_end() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Gives the terminal back as it was: the line editor may have it in a mode of its own, with pastes in brackets. Nothing can be
/// done if it fails; and no lock of the standard streams is taken, since the thread that holds one may be waiting.
fn leave_terminal(found: &Termios) {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

    let stdin = std::io::stdin();
    if tcgetattr(&stdin).is_ok_and(|now| now.local_modes == found.local_modes) {
        return;
    }
    let _ = tcsetattr(&stdin, OptionalActions::Now, found);
    if std::io::stdout().is_terminal() {
        let _ = rustix::io::write(std::io::stdout(), b"\x1b[?2004l\r\n");
    }
}

/// From now on Ctrl-C does not end the program.
pub fn person_sits_down() {
    PERSON.store(true, Ordering::Relaxed);
}

/// Ctrl-C at the line editor, which is for the line: but a world that has been at something for longer than its turns
/// are while nobody types is stopped by it.
pub fn ask_if_stuck() {
    let since = SINCE.lock().map_or(None, |since| *since);
    if RUNNING.load(Ordering::Relaxed) && since.is_some_and(|since| since.elapsed() > STUCK) {
        ask();
    }
}

/// Waits for a line of input; false if Ctrl-C came first.
pub fn or_input() -> bool {
    let bell = bell();
    loop {
        bell.silence();
        if flag().load(Ordering::Relaxed) {
            return false;
        }
        // What is wrong, if something is, reading tells.
        if input::is_ready() || wait(&bell, &[input::descriptor()], None).is_err() {
            return true;
        }
    }
}

/// As long as this lives, Ctrl-C goes to the world.
pub struct Running(());

impl Running {
    /// The world begins to evaluate.
    pub fn start() -> Running {
        flag().store(false, Ordering::Relaxed);
        if let Ok(mut since) = SINCE.lock() {
            *since = Some(Instant::now());
        }
        RUNNING.store(true, Ordering::Relaxed);
        Running(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.store(false, Ordering::Relaxed);
    }
}
