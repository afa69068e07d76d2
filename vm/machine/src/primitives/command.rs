//! Programs of the system and questions to web servers, as jobs that the world waits for. Refused wherever the outside is.
//!
//! A program is started by its name and arguments, never by a shell's line. It runs in a process group of its own, which is ended as a
//! whole when its time is over, when it writes too much, or when nobody waits for it any longer.

use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use batos_image::layout::Kind;
use batos_image::value::Value;

use super::jobs::{Done, JobResult};
use super::{BAD_TYPE, Call, Entry, FORBIDDEN, Failure, OUT_OF_MEMORY, Outcome, Reply, int};
use crate::host::WebRequest;
use crate::vm::Vm;

/// Most bytes that a program may write, or a server answer.
const MAX_OUTPUT: u64 = 256 << 20;

pub(super) const LIST: &[Entry] = &[
    ("_CommandStart:Input:Directory:TimeLimit:", 4, start_command),
    ("_WebStart:Headers:Body:TimeLimit:", 4, |vm, c| start_question(vm, c, MAX_OUTPUT)),
    ("_WebStart:Headers:Body:TimeLimit:MostBytes:", 5, |vm, c| {
        let most = super::size(vm.argument(c, 4))? as u64;
        start_question(vm, c, most.min(MAX_OUTPUT))
    }),
    // Nil while it runs; then a vector: status, output, errors of a program; status, headers, body of an answer.
    ("_JobResult", 0, |vm, c| {
        let number = int(vm.receiver(c))?;
        match vm.jobs.take(number) {
            None => Ok(Reply::Value(vm.nil())),
            Some(Err(why)) => Err(Failure::text(format!("primitiveFailedError: {why}"))),
            Some(Ok(done)) => reply_done(vm, done),
        }
    }),
    // Whether a job has ended since this was asked last.
    ("_JobsHaveNews", 0, |vm, _| {
        let news = vm.jobs.take_news();
        vm.reply_bool(news)
    }),
    ("_JobCancel", 0, |vm, c| {
        let number = int(vm.receiver(c))?;
        vm.jobs.cancel(number);
        Ok(Reply::Value(vm.receiver(c)))
    }),
];

fn reply_done(vm: &mut Vm, done: Done) -> Outcome {
    let parts = match done {
        Done::Command { status, output, errors } => {
            [Value::from_i32(status), new_bytes(vm, &output)?, new_bytes(vm, &errors)?]
        }
        Done::Web(answer) => {
            let mut headers = Vec::new();
            for (name, value) in &answer.headers {
                headers.push(vm.intern(name.as_bytes()).value());
                headers.push(vm.intern(value.as_bytes()).value());
            }
            let headers = vm.new_vector(&headers).value();
            [Value::from_i32(i32::from(answer.status)), headers, new_bytes(vm, &answer.body)?]
        }
    };
    Ok(Reply::Value(vm.new_vector(&parts).value()))
}

fn new_bytes(vm: &mut Vm, bytes: &[u8]) -> Result<Value, Failure> {
    if !vm.heap.can_allocate(bytes.len()) {
        return Err(OUT_OF_MEMORY);
    }
    match vm.reply_bytes(bytes)? {
        Reply::Value(value) => Ok(value),
        Reply::Step(_) | Reply::Again => Err(BAD_TYPE),
    }
}

/// A vector of strings.
fn texts(vm: &Vm, value: Value) -> Result<Vec<String>, Failure> {
    let r = vm.of_kind(value, Kind::Vector)?;
    (0..vm.heap.length(r)).map(|i| vm.text(vm.heap.element(r, i))).collect()
}

fn time_limit(vm: &mut Vm, call: &Call) -> Result<Duration, Failure> {
    let ms = u64::try_from(int(vm.argument(call, 3))?).map_err(|_| BAD_TYPE)?;
    Ok(Duration::from_millis(ms.min(7 * 86_400_000)))
}

/// The receiver is ignored. The first argument is a vector, the program and its arguments; the second what it reads, the third the
/// directory that it runs in, or nil for the one that this program runs in.
fn start_command(vm: &mut Vm, call: &Call) -> Outcome {
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    let words = vm.argument(call, 0);
    let words = texts(vm, words)?;
    let (program, arguments) = words.split_first().ok_or(BAD_TYPE)?;
    let input = vm.argument(call, 1);
    let input = vm.heap.bytes(vm.bytes_object(input)?).to_vec();
    let directory = vm.argument(call, 2);
    let limit = time_limit(vm, call)?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if directory != vm.nil() {
        command.current_dir(vm.text(directory)?);
    }
    command.process_group(0);
    let child = command.spawn().map_err(|e| super::io_failure(&e))?;
    let group = child.id();
    let started = vm.jobs.start(vm.host.bell.clone(), move |cancel| run(child, input, limit, cancel));
    match started {
        Ok(number) => vm.reply_int(number),
        Err(why) => {
            end_group(group);
            Err(Failure::text(format!("primitiveFailedError: {why}")))
        }
    }
}

/// Feeds a program, gathers what it writes, and waits for its end.
fn run(mut child: Child, input: Vec<u8>, limit: Duration, cancel: &AtomicBool) -> JobResult {
    let end = Instant::now() + limit;
    let written = Arc::new(AtomicU64::new(0));
    // A program need not read all that it is given: that it closed the pipe is its own affair.
    let feeder = child.stdin.take().map(|mut pipe| std::thread::spawn(move || drop(pipe.write_all(&input))));
    let output = child.stdout.take().map(|pipe| gather(pipe, written.clone()));
    let errors = child.stderr.take().map(|pipe| gather(pipe, written.clone()));
    let mut pause = Duration::from_millis(1);
    let stopped = loop {
        match child.try_wait() {
            Ok(Some(_)) => break None,
            Ok(None) => {}
            Err(error) => break Some(error.to_string()),
        }
        if cancel.load(Ordering::Relaxed) {
            break Some("nobody waits for it any longer".to_string());
        }
        if Instant::now() >= end {
            break Some(format!("it took more than {} ms and was ended", limit.as_millis()));
        }
        if written.load(Ordering::Relaxed) > MAX_OUTPUT {
            break Some(format!("it wrote more than {MAX_OUTPUT} bytes and was ended"));
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(10));
    };
    if let Some(why) = stopped {
        end_group(child.id());
        drop(child.wait());
        return Err(why);
    }
    let status = child.wait().map_err(|e| e.to_string())?;
    drop(feeder);
    // Children of the program may keep the pipes open after its end: they are waited for as long as the limit says.
    let is_over = || cancel.load(Ordering::Relaxed) || Instant::now() >= end;
    let threads = [output, errors].map(|thread| thread.map(|thread| collect(thread, &is_over)));
    let [output, errors] = threads.map(Option::flatten);
    match (output, errors) {
        (Some(output), Some(errors)) => {
            let status = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
            Ok(Done::Command { status, output, errors })
        }
        _ => {
            end_group(child.id());
            Err(format!("it took more than {} ms and was ended", limit.as_millis()))
        }
    }
}

fn collect(thread: JoinHandle<Vec<u8>>, is_over: &dyn Fn() -> bool) -> Option<Vec<u8>> {
    while !thread.is_finished() {
        if is_over() {
            return None;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    thread.join().ok()
}

fn gather(mut pipe: impl Read + Send + 'static, written: Arc<AtomicU64>) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut all = Vec::new();
        let mut piece = vec![0; 64 << 10];
        while let Ok(count) = pipe.read(&mut piece) {
            if count == 0 || written.fetch_add(count as u64, Ordering::Relaxed) > MAX_OUTPUT {
                break;
            }
            all.extend_from_slice(&piece[..count]);
        }
        all
    })
}

/// Ends a process group. It may have ended by itself.
fn end_group(leader: u32) {
    if let Some(group) = i32::try_from(leader).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

/// The receiver is the address; the first argument the method, the second a vector of names and values of headers, in turn; the third
/// the body. An answer has so many bytes at most.
fn start_question(vm: &mut Vm, call: &Call, most_bytes: u64) -> Outcome {
    let web = match &vm.host.web {
        Some(web) if vm.host.outside => web.clone(),
        _ => return Err(FORBIDDEN),
    };
    let url = vm.receiver(call);
    let method = vm.argument(call, 0);
    let headers = vm.argument(call, 1);
    let body = vm.argument(call, 2);
    let headers = texts(vm, headers)?;
    let request = WebRequest {
        method: vm.text(method)?,
        url: vm.text(url)?,
        headers: headers.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect(),
        body: vm.heap.bytes(vm.bytes_object(body)?).to_vec(),
        time_limit: time_limit(vm, call)?,
        most_bytes,
    };
    let started = vm.jobs.start(vm.host.bell.clone(), move |_| web.ask(request).map(Done::Web));
    let number = started.map_err(|why| Failure::text(format!("primitiveFailedError: {why}")))?;
    vm.reply_int(number)
}
