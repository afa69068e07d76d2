//! A served world with a counter in it, programs that it can be handed over to, and clients that count what they were told.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use batos_tests::program::{Home, Run, batos};
use serde_json::{Value, json};

/// Where a program dies if it is told so: the one that has the world, and the one that gets it.
pub const PLACES: [&str; 13] = [
    "captain-before-task",
    "captain-after-task",
    "captain-before-swap",
    "captain-before-take",
    "captain-after-take",
    "captain-before-go",
    "captain-after-go",
    "heir-before-proof",
    "heir-after-proof",
    "heir-before-stand",
    "heir-after-stand",
    "heir-before-begin",
    "heir-after-begin",
];

/// A program of another version, which tests may have die somewhere.
pub fn other_program(home: &Home, name: &str, format: u32, dies_at: &str) -> PathBuf {
    let path = home.path(name);
    let text = format!(
        "#!/bin/sh\nBATOS_TEST_VERSION=99.{format} BATOS_TEST_IMAGE_FORMAT={format} BATOS_TEST_DIE_AT={dies_at} exec {} \"$@\"\n",
        batos().display()
    );
    fs::write(&path, text).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it may run");
    path
}

/// A world that is served from `w.batos`, with a counter in it.
pub struct Served {
    pub home: Home,
    child: Child,
    /// Where clients of the own protocol come in, and where browsers do.
    pub address: String,
    pub http: String,
}

/// Serves the image as a program of an image format; the addresses of its doors.
fn serve(home: &Home, address: &str, format: u32, dies_at: &str) -> (Child, Vec<String>) {
    let mut child = home
        .command()
        .args(["serve", "--no-model", "w.batos", "--zmq", address, "--http", "127.0.0.1:0?role=change"])
        .env("BATOS_TEST_IMAGE_FORMAT", format.to_string())
        .env("XDG_RUNTIME_DIR", home.path("run"))
        .env("BATOS_TEST_DIE_AT", dies_at)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut out = std::io::BufReader::new(child.stdout.take().expect("an output"));
    let mut line = String::new();
    std::io::BufRead::read_line(&mut out, &mut line).expect("it says when it is ready");
    assert!(line.starts_with("ready: "), "{line:?}");
    thread::spawn(move || drop(std::io::copy(&mut out, &mut std::io::sink())));
    let doors = line.trim().split(' ').filter(|word| word.contains("://")).map(str::to_owned).collect();
    (child, doors)
}

impl Served {
    pub fn new(dies_at: &str) -> Served {
        let home = Home::new();
        fs::create_dir(home.path("run")).expect("a folder");
        fs::set_permissions(home.path("run"), fs::Permissions::from_mode(0o700)).expect("its own");
        assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
        let made = home.run(
            &["eval", "--image", "w.batos", "--commit", "counter",
                "lobby _AddSlots: (| counter = (| parent* = traits oddball. n <- 0. total. up = ( n: n + 1. n ) |) |)"],
            b"",
        );
        assert_eq!(made.status, 0, "{made:?}");
        let address = format!("ipc://{}?role=change", home.path("own/door").display());
        let (child, doors) = serve(&home, &address, 1, dies_at);
        Served { home, child, address, http: doors.last().cloned().unwrap_or_default() }
    }

    /// Serves it again, once nobody does.
    pub fn again(&mut self, format: u32, dies_at: &str) {
        let (child, doors) = serve(&self.home, &self.address, format, dies_at);
        self.child = child;
        self.http = doors.last().cloned().unwrap_or_default();
    }

    pub fn upgrade(&self, program: &Path) -> Run {
        let output = self
            .home
            .command()
            .arg("upgrade")
            .args([program, Path::new("w.batos")])
            .env("XDG_RUNTIME_DIR", self.home.path("run"))
            .output()
            .expect("it runs");
        Run::from(output)
    }

    pub fn client(&self) -> Client {
        Client::new(&self.address)
    }

    /// Whoever serves the image now ends.
    pub fn end_all(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        for pid in heirs(&self.home) {
            let _ = std::process::Command::new("kill").args(["-KILL", &pid.to_string()]).status();
        }
        let begun = Instant::now();
        while !heirs(&self.home).is_empty() && begun.elapsed() < Duration::from_secs(10) {
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The counter in the image, once nobody has it open.
    pub fn kept(&self) -> i64 {
        let program = other_program(&self.home, "reader", 9, "");
        let run = std::process::Command::new(program)
            .args(["eval", "--no-model", "--image", "w.batos", "counter n"])
            .current_dir(self.home.path(""))
            .env("XDG_CACHE_HOME", self.home.path("cache"))
            .env("XDG_DATA_HOME", self.home.path("data"))
            .output()
            .expect("it runs");
        String::from_utf8_lossy(&run.stdout).trim().parse().unwrap_or_else(|_| panic!("{run:?}"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.end_all();
    }
}

/// Programs that go on with a world in this home.
pub fn heirs(home: &Home) -> Vec<u32> {
    let dir = home.path("").canonicalize().expect("the home is there");
    let processes = fs::read_dir("/proc").expect("a list of processes");
    let number = |entry: fs::DirEntry| entry.file_name().to_str()?.parse::<u32>().ok();
    processes
        .flatten()
        .filter_map(number)
        .filter(|pid| fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == dir))
        .filter(|pid| {
            fs::read(format!("/proc/{pid}/cmdline"))
                .is_ok_and(|line| line.split(|b| *b == 0).any(|w| w == b"heir"))
        })
        .collect()
}

pub struct Client(zmq::Socket);

impl Client {
    pub fn new(address: &str) -> Client {
        let socket = zmq::Context::new().socket(zmq::DEALER).expect("a socket");
        socket.set_linger(0).expect("set");
        socket.set_reconnect_ivl(20).expect("set");
        socket.connect(address.split('?').next().unwrap_or(address)).expect("connects");
        Client(socket)
    }

    /// The answer with this number, if it comes in time; older ones are dropped.
    pub fn ask(&self, id: i64, code: &str, longest: Duration) -> Option<Value> {
        let message = json!({"command": "evaluate", "code": code, "id": id});
        self.0.send(rmp_serde::to_vec_named(&message).expect("packed"), 0).expect("sent");
        let begun = Instant::now();
        while let Some(left) = longest.checked_sub(begun.elapsed()) {
            self.0.set_rcvtimeo(i32::try_from(left.as_millis()).unwrap_or(1) + 1).expect("set");
            let Ok(bytes) = self.0.recv_bytes(0) else { continue };
            let answer: Value = rmp_serde::from_slice(&bytes).expect("a message");
            if answer["id"].as_i64() == Some(id) {
                return Some(answer);
            }
        }
        None
    }

    pub fn value(&self, code: &str) -> Value {
        let answer = self.ask(-1, code, Duration::from_secs(20));
        answer.unwrap_or_else(|| panic!("no answer to {code}"))["value"].clone()
    }
}

/// What a client that counts has seen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// Ups that were acknowledged, and those of which nobody knows.
    pub acknowledged: i64,
    pub unknown: i64,
    /// The longest time without an answer.
    pub longest: Duration,
}

/// Counts up until told to stop: one message at a time, and each answer must be one more than the one before, or two where one is not
/// known. The counter stands at `from` before.
pub fn counting(address: &str, stop: &Arc<AtomicBool>, from: i64) -> thread::JoinHandle<Count> {
    let (address, stop) = (address.to_owned(), stop.clone());
    thread::spawn(move || {
        let mut client = Client::new(&address);
        let mut count = Count { acknowledged: from, ..Count::default() };
        let mut id = 0;
        let mut last = Instant::now();
        while !stop.load(Ordering::Relaxed) {
            id += 1;
            match client.ask(id, "counter up", Duration::from_millis(1500)) {
                Some(answer) => {
                    let value = answer["value"].as_i64().unwrap_or_else(|| panic!("{answer}"));
                    count.acknowledged += 1;
                    let (least, most) = (count.acknowledged, count.acknowledged + count.unknown);
                    assert!((least..=most).contains(&value), "{value} is not in {least}..={most}");
                    count.longest = count.longest.max(last.elapsed());
                    last = Instant::now();
                }
                None => {
                    count.unknown += 1;
                    // A stranger in its place: what comes late is not for anybody.
                    client = Client::new(&address);
                }
            }
        }
        count
    })
}
