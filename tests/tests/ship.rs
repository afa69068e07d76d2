//! The Ship of Theseus from outside: a served world goes on in another program, under load, killed at every step.
//!
//! The other program is this one under a script that gives it another version and another image format; both settings are looked
//! at in builds with debug assertions only.

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

/// A program of another version, which tests may have die somewhere.
fn other_program(home: &Home, name: &str, format: u32, dies_at: &str) -> PathBuf {
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
struct Served {
    home: Home,
    child: Child,
    address: String,
}

fn serve(home: &Home, address: &str, dies_at: &str) -> Child {
    let mut child = home
        .command()
        .args(["serve", "--no-model", "w.batos", "--zmq", address])
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
    child
}

impl Served {
    fn new(dies_at: &str) -> Served {
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
        let child = serve(&home, &address, dies_at);
        Served { home, child, address }
    }

    fn upgrade(&self, program: &Path) -> Run {
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

    fn client(&self) -> Client {
        Client::new(&self.address)
    }

    /// Whoever serves the image now ends.
    fn end_all(&mut self) {
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
    fn kept(&self) -> i64 {
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
fn heirs(home: &Home) -> Vec<u32> {
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

struct Client(zmq::Socket);

impl Client {
    fn new(address: &str) -> Client {
        let socket = zmq::Context::new().socket(zmq::DEALER).expect("a socket");
        socket.set_linger(0).expect("set");
        socket.set_reconnect_ivl(20).expect("set");
        socket.connect(address.split('?').next().unwrap_or(address)).expect("connects");
        Client(socket)
    }

    /// The answer with this number, if it comes in time; older ones are dropped.
    fn ask(&self, id: i64, code: &str, longest: Duration) -> Option<Value> {
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

    fn value(&self, code: &str) -> Value {
        let answer = self.ask(-1, code, Duration::from_secs(20));
        answer.unwrap_or_else(|| panic!("no answer to {code}"))["value"].clone()
    }
}

/// What a client that counts has seen.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// Ups that were acknowledged, and those of which nobody knows.
    acknowledged: i64,
    unknown: i64,
    /// The longest time without an answer.
    longest: Duration,
}

/// Counts up until told to stop: one message at a time, and each answer must be one more than the one before, or two where one is not
/// known.
fn counting(address: &str, stop: &Arc<AtomicBool>) -> thread::JoinHandle<Count> {
    let (address, stop) = (address.to_owned(), stop.clone());
    thread::spawn(move || {
        let mut client = Client::new(&address);
        let mut count = Count::default();
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

#[test]
fn a_world_goes_over_to_another_program_and_the_way_back_is_told_why_not() {
    let served = Served::new("");
    let client = served.client();
    assert_eq!(client.value("counter up"), 1);
    let run = served.upgrade(&other_program(&served.home, "next", 2, ""));
    assert_eq!(run.status, 0, "{run:?}");
    for line in [
        "clone: batos 99.2, image format 2 looks at commit",
        "proof: the image is sound",
        "proof: it answers",
        "swap: ",
    ] {
        assert!(run.out.contains(line), "{line} is missing in {}", run.out);
    }
    assert_eq!(client.value("counter up"), 2);
    assert_eq!(heirs(&served.home).len(), 1);
    // What the other one wrote, this one does not read: it says so, and the world goes on.
    let old = other_program(&served.home, "old", 1, "");
    let begun = Instant::now();
    let refused = loop {
        let run = served.upgrade(&old);
        // Until the first checkpoint of the new program the old one can still read it.
        if run.status != 0 || begun.elapsed() > Duration::from_secs(20) {
            break run;
        }
    };
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.err.contains("the old program goes on"), "{refused:?}");
    assert_eq!(client.value("counter up"), 3);
}

#[test]
fn what_can_t_go_on_is_refused_and_nothing_happens() {
    let served = Served::new("");
    let client = served.client();
    client.value("counter up");
    let run = served.upgrade(Path::new("nowhere"));
    assert_eq!((run.status, run.err.contains("nowhere: ")), (2, true), "{run:?}");
    let run = served.upgrade(Path::new("/bin/true"));
    assert_eq!((run.status, run.err.contains("it has ended")), (1, true), "{run:?}");
    // A test of the world that fails is a reason.
    client.value("testing suite: 'bad' Tests: (| parent* = traits testSuite. testNo = ( fail: 'no' ) |). 1");
    let run = served.upgrade(&other_program(&served.home, "next", 1, ""));
    assert_eq!((run.status, run.err.contains("FAILED bad testNo")), (1, true), "{run:?}");
    assert_eq!(client.value("counter up"), 2);
    assert!(heirs(&served.home).is_empty());
}

#[test]
fn an_image_that_nobody_serves_is_only_proved() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let program = other_program(&home, "next", 2, "");
    let run = home.run(&["upgrade", &program.display().to_string(), "w.batos"], b"");
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.contains("can simply open it"), "{run:?}");
    assert_eq!(home.run(&["heir"], b"").status, 2);
}

#[test]
fn a_computation_and_a_counting_client_cross_three_times() {
    let served = Served::new("");
    let client = served.client();
    // Long enough for three crossings; what it adds up is known.
    client.value("[ | s <- 0 | 1 to: 3000000 Do: [ |:i| s: s + i ]. counter total: s ] fork. 1");
    let stop = Arc::new(AtomicBool::new(false));
    let counter = counting(&served.address, &stop);
    for format in 2..5 {
        let run = served.upgrade(&other_program(&served.home, &format!("next{format}"), format, ""));
        assert_eq!(run.status, 0, "{run:?}");
    }
    stop.store(true, Ordering::Relaxed);
    let count = counter.join().expect("the client sees no gap");
    assert!(count.acknowledged > 0, "{count:?}");
    let begun = Instant::now();
    while client.value("counter total").is_null() {
        assert!(begun.elapsed() < Duration::from_secs(120), "the computation goes on");
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(client.value("counter total"), json!(3_000_000_i64 * 3_000_001 / 2));
    println!("three crossings: {count:?}");
}

#[test]
fn killed_at_every_step_nothing_acknowledged_is_lost_or_done_twice() {
    let places = [
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
    for place in places {
        let mut served = Served::new(if place.starts_with("captain") { place } else { "" });
        let stop = Arc::new(AtomicBool::new(false));
        let counter = counting(&served.address, &stop);
        let heirs_end = if place.starts_with("heir") { place } else { "" };
        let run = served.upgrade(&other_program(&served.home, "next", 2, heirs_end));
        assert_ne!(run.status, -1, "{place}: {run:?}");
        stop.store(true, Ordering::Relaxed);
        let count = counter.join().unwrap_or_else(|_| panic!("{place}: the client saw a gap"));
        // Whoever lives still answers; a heir that died before it was under way leaves the world to the old program.
        if place.starts_with("heir") && place != "heir-after-begin" {
            assert_eq!(run.status, 1, "{place}: {run:?}");
            let value = served.client().value("counter n").as_i64().expect("a number");
            assert!(
                (count.acknowledged..=count.acknowledged + count.unknown).contains(&value),
                "{place}: {count:?}, {value}"
            );
        }
        served.end_all();
        let kept = served.kept();
        assert!(
            (count.acknowledged..=count.acknowledged + count.unknown).contains(&kept),
            "{place}: {kept} in the image, {count:?}"
        );
    }
}
