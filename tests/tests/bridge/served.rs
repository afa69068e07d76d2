//! A served world, and a client of its ZeroMQ doors.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use batos_tests::program::{Home, batos};
use serde_json::{Value, json};

/// A served world.
pub struct Served {
    pub home: Home,
    pub child: Child,
    pub addresses: Vec<String>,
}

impl Served {
    /// Serves a fresh image of the standard world, by the doors named.
    pub fn new(doors: &[&str]) -> Served {
        let home = Home::new();
        let made = home.run(&["image", "new", "w.batos"], b"");
        assert_eq!(made.status, 0, "{made:?}");
        Served::at(home, doors)
    }

    pub fn at(home: Home, doors: &[&str]) -> Served {
        let mut command = home.command();
        command.args(["serve", "--no-model", "w.batos"]);
        for door in doors {
            let flag = if door.starts_with("http") { "--http" } else { "--zmq" };
            command.args([flag, door]);
        }
        Served::start(home, command)
    }

    /// The same in which no file may grow beyond so many KiB, with further arguments; its standard error can be read.
    pub fn cramped(home: Home, doors: &[&str], room: u64, more: &[&str]) -> Served {
        let plain = home.command();
        let mut command = std::process::Command::new("bash");
        command.current_dir(home.path("."));
        command.args(["-c", &format!("ulimit -f {room}; exec \"$0\" \"$@\"")]).arg(batos());
        command.args(["serve", "--no-model", "w.batos"]).args(more);
        for door in doors {
            command.args(["--zmq", door]);
        }
        for (key, value) in plain.get_envs() {
            match value {
                Some(value) => command.env(key, value),
                None => command.env_remove(key),
            };
        }
        command.stderr(Stdio::piped());
        Served::start(home, command)
    }

    fn start(home: Home, mut command: std::process::Command) -> Served {
        let mut child = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("it has an output"));
        out.read_line(&mut line).expect("it says when it is ready");
        // What it prints later is read, so that it never waits for that.
        std::thread::spawn(move || drop(std::io::copy(&mut out, &mut std::io::sink())));
        let addresses = line
            .strip_prefix("ready: ")
            .unwrap_or_else(|| panic!("not ready: {line:?}"))
            .split_whitespace()
            .filter(|word| word.contains("://"))
            .map(str::to_owned)
            .collect();
        Served { home, child, addresses }
    }

    /// A client at the first door.
    pub fn client(&self) -> Client {
        Client::new(&self.addresses[0])
    }

    /// Where the HTTP door is, as `127.0.0.1:PORT`, and the token for a browser.
    pub fn http_door(&self) -> (&str, &str) {
        let door = self.addresses.iter().find_map(|a| a.strip_prefix("http://"));
        door.and_then(|door| door.split_once("/?token=")).expect("it has an HTTP door")
    }

    pub fn signal(&self, signal: &str) {
        let status = std::process::Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(status.is_ok_and(|s| s.success()));
    }

    /// Ends it, politely; its status, and the home with the image.
    pub fn end(mut self) -> (Option<i32>, Home) {
        self.signal("-TERM");
        let status = self.child.wait().expect("it ends").code();
        let home = std::mem::take(&mut self.home);
        (status, home)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A DEALER.
pub struct Client(pub zmq::Socket);

impl Client {
    pub fn new(address: &str) -> Client {
        Client::named(address, None)
    }

    pub fn named(address: &str, identity: Option<&[u8]>) -> Client {
        let socket = zmq::Context::new().socket(zmq::DEALER).unwrap();
        if let Some(identity) = identity {
            socket.set_identity(identity).unwrap();
        }
        socket.set_linger(0).unwrap();
        socket.set_rcvtimeo(20_000).unwrap();
        socket.connect(address).unwrap();
        Client(socket)
    }

    pub fn say(&self, message: &Value) {
        self.0.send(rmp_serde::to_vec_named(message).unwrap(), 0).unwrap();
    }

    pub fn hear(&self) -> Value {
        rmp_serde::from_slice(&self.0.recv_bytes(0).expect("an answer comes")).unwrap()
    }

    pub fn ask(&self, message: &Value) -> Value {
        self.say(message);
        self.hear()
    }

    pub fn evaluate(&self, code: &str) -> Value {
        self.ask(&json!({"command": "evaluate", "code": code}))
    }
}

/// A socket in a directory of its own.
pub fn door(role: &str) -> (tempfile::TempDir, PathBuf, String) {
    let dir = tempfile::tempdir().unwrap();
    // The program makes the directory, for its owner alone.
    let path = dir.path().join("own").join("door");
    let address = format!("ipc://{}?role={role}", path.display());
    (dir, path, address)
}

pub fn code_of(answer: &Value) -> &str {
    answer["error"]["code"].as_str().unwrap_or_else(|| panic!("no error: {answer}"))
}
