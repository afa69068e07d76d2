//! A door on the standard streams, for an agent that started this program: one JSON-RPC message on each line.
//!
//! One thread reads, one writes. When the input ends, and all that was asked is answered, whoever opened the door is told: the
//! program has nobody to serve any more. Nothing but messages goes to the output.

use std::io::{BufRead, Read, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use batos_machine::doors::{Incoming, Role};
use serde_json::Value;

use super::json;
use crate::form::{FormError, LONGEST};
use crate::hub::{Hub, Line, Opened, ToDoor, event};

/// What both threads know.
struct Shared {
    /// Requests that were read and not yet answered.
    open: Mutex<usize>,
    ended: AtomicBool,
    on_end: Box<dyn Fn() + Send + Sync>,
}

impl Shared {
    fn count(&self, change: impl FnOnce(usize) -> usize) {
        let mut open = self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *open = change(*open);
        if *open == 0 && self.ended.load(Ordering::Relaxed) {
            (self.on_end)();
        }
    }
}

/// Opens the door; `on_end` is called when the input has ended and everything is answered.
pub(crate) fn open(
    role: Role,
    hub: Arc<Hub>,
    count: Arc<AtomicUsize>,
    on_end: Box<dyn Fn() + Send + Sync>,
) -> Result<Opened, String> {
    let (sender, inbox) = crossbeam_channel::unbounded::<ToDoor>();
    let line = Line::new(move |what| sender.send(what).is_ok());
    let shared = Arc::new(Shared { open: Mutex::new(0), ended: AtomicBool::new(false), on_end });
    let (client, guest) = hub.enter(&line, role);
    count.store(1, Ordering::Relaxed);
    let failed = |e: std::io::Error| format!("no thread for the standard streams: {e}");
    let writer = {
        let (shared, hub) = (shared.clone(), hub.clone());
        move || {
            for what in inbox {
                match what {
                    ToDoor::Send(_, bytes) => {
                        let value = json::from_message(&bytes);
                        let written = say(&value);
                        hub.sent(&guest, bytes.len());
                        if json::is_answer(&value) {
                            shared.count(|open| open.saturating_sub(1));
                        }
                        if written.is_err() {
                            break;
                        }
                    }
                    ToDoor::Close | ToDoor::HandOver | ToDoor::Dismiss(..) => break,
                }
            }
            (shared.on_end)();
        }
    };
    let thread = std::thread::Builder::new().name("bridge-mcp".into()).spawn(writer).map_err(failed)?;
    let reader = move || {
        let mut input = std::io::stdin().lock();
        let mut text = Vec::new();
        loop {
            text.clear();
            match input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut text) {
                Ok(0) | Err(_) => break,
                Ok(_) if text.trim_ascii().is_empty() => continue,
                Ok(_) => {}
            }
            if text.len() > LONGEST && !text.ends_with(b"\n") {
                text = Vec::new();
                let told = say(&json::complaint(Value::Null, -32700, &FormError::Long.to_string()));
                if told.is_err() || skip_line(&mut input).is_err() {
                    break;
                }
                continue;
            }
            hear(&text, client, role, &hub, &shared);
        }
        shared.ended.store(true, Ordering::Relaxed);
        shared.count(|open| open);
        count.store(0, Ordering::Relaxed);
    };
    std::thread::Builder::new().name("bridge-mcp-in".into()).spawn(reader).map_err(failed)?;
    Ok(Opened { address: "mcp:stdio".into(), line, thread, guard: None, listener: None })
}

/// Reads to the end of a line, and keeps nothing of it.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let bytes = input.fill_buf()?;
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let (read, all) = (end.map_or(bytes.len(), |at| at + 1), end.is_some() || bytes.is_empty());
        input.consume(read);
        if all {
            return Ok(());
        }
    }
}

fn hear(text: &[u8], client: u64, role: Role, hub: &Hub, shared: &Shared) {
    match json::to_message(text) {
        Ok((value, bytes)) => {
            if json::is_request(&value) {
                shared.count(|open| open + 1);
            }
            let mut incoming = Incoming { client, role, event: event(bytes) };
            while let Err(back) = hub.arrive(incoming) {
                incoming = back;
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        Err(error) => {
            // Whoever can't hear this hears nothing else either.
            let _ = say(&json::complaint(Value::Null, -32700, &error));
        }
    }
}

/// One line on the standard output.
fn say(value: &Value) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(value).map_err(std::io::Error::other)?;
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}
