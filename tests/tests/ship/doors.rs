//! Crossings of what is not the own protocol: a browser with its cookie, and a terminal with a person at it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use batos_tests::program::Home;
use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket};

use crate::load::{Served, other_program};
use crate::person::Person;

/// A browser that came in once and has its cookie; it connects again by itself, as the page does.
struct Browser {
    at: String,
    cookie: String,
    socket: Option<WebSocket<TcpStream>>,
}

impl Browser {
    /// By the address with its token, which holds once.
    fn new(address: &str) -> Browser {
        let (base, token) = address.split_once("/?token=").expect("an address with a token");
        let at = base.strip_prefix("http://").expect("an address").to_string();
        let mut stream = TcpStream::connect(&at).expect("the door is open");
        let request = format!("GET /?token={token} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        let cookie = answer.lines().find_map(|l| l.split_once("ookie: ")).expect("a cookie").1;
        let cookie = cookie.split(';').next().expect("its value").to_string();
        Browser { at, cookie, socket: None }
    }

    fn connect(&self) -> Option<WebSocket<TcpStream>> {
        let mut request = format!("ws://{}/socket", self.at).into_client_request().ok()?;
        request.headers_mut().insert("Cookie", self.cookie.parse().ok()?);
        request.headers_mut().insert("Origin", format!("http://{}", self.at).parse().ok()?);
        let stream = TcpStream::connect(&self.at).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(2))).ok()?;
        Some(tungstenite::client(request, stream).ok()?.0)
    }

    /// Whether there is a connection, now or again.
    fn is_connected(&mut self) -> bool {
        if self.socket.is_none() {
            self.socket = self.connect();
        }
        self.socket.is_some()
    }

    /// The answer to a message; nothing if the connection ended before it came.
    fn ask(&mut self, id: i64, code: &str) -> Option<Value> {
        let message = json!({"command": "evaluate", "code": code, "id": id});
        let bytes = rmp_serde::to_vec_named(&message).expect("packed");
        let socket = self.socket.as_mut()?;
        let answer = socket.send(Message::Binary(bytes.into())).ok().and_then(|()| {
            loop {
                match socket.read().ok()? {
                    Message::Binary(bytes) => {
                        let answer: Value = rmp_serde::from_slice(&bytes).ok()?;
                        if answer["id"].as_i64() == Some(id) {
                            return Some(answer);
                        }
                    }
                    Message::Ping(_) | Message::Pong(_) => {}
                    _ => return None,
                }
            }
        });
        if answer.is_none() {
            self.socket = None;
        }
        answer
    }

    /// The same, again and again until it is answered: for questions that change nothing.
    fn value(&mut self, code: &str) -> Value {
        let begun = Instant::now();
        loop {
            if self.is_connected()
                && let Some(answer) = self.ask(-1, code)
            {
                return answer["value"].clone();
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "no answer to {code}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn a_browser_keeps_its_cookie_and_counts_across_two_crossings() {
    let served = Served::new("");
    let mut browser = Browser::new(&served.http);
    assert_eq!(browser.value("counter n"), 0);
    let stop = Arc::new(AtomicBool::new(false));
    let told = stop.clone();
    let counting = thread::spawn(move || {
        let (mut acknowledged, mut unknown, mut id) = (0, 0, 0);
        let (mut last, mut longest) = (Instant::now(), Duration::ZERO);
        while !told.load(Ordering::Relaxed) {
            if !browser.is_connected() {
                thread::sleep(Duration::from_millis(5));
                continue;
            }
            id += 1;
            let Some(answer) = browser.ask(id, "counter up") else {
                unknown += 1;
                continue;
            };
            let value = answer["value"].as_i64().unwrap_or_else(|| panic!("{answer}"));
            acknowledged += 1;
            assert!((acknowledged..=acknowledged + unknown).contains(&value), "{value}");
            longest = longest.max(last.elapsed());
            last = Instant::now();
        }
        (browser, acknowledged, unknown, longest)
    });
    for format in 2..4 {
        let run = served.upgrade(&other_program(&served.home, &format!("next{format}"), format, ""));
        assert_eq!(run.status, 0, "{run:?}");
    }
    stop.store(true, Ordering::Relaxed);
    let (mut browser, acknowledged, unknown, longest) = counting.join().expect("the browser sees no gap");
    println!("{acknowledged} acknowledged, {unknown} unknown, longest without an answer {longest:?}");
    assert!(acknowledged > 0);
    let value = browser.value("counter n").as_i64().expect("a number");
    assert!((acknowledged..=acknowledged + unknown).contains(&value), "{value}");
    // The token holds no second time over there either.
    let (base, token) = served.http.split_once("/?token=").expect("an address with a token");
    let at = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(at).expect("the door is open");
    let request = format!("GET /?token={token} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("asked");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}

#[test]
fn whoever_sits_at_the_terminal_goes_on_typing() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let program = other_program(&home, "next", 2, "");
    let mut person = Person::sits_down(&home, &["w.batos"]);
    person.asks("lobby _AddSlots: (| sum. n <- 5 |). n", "5");
    // A process that is on its way when the program changes.
    person.asks("[ | s <- 0 | 1 to: 300000 Do: [ |:i| s: s + i ]. sum: s ] fork. 1", "1");
    person.types(&format!("ship sail: '{}'", program.display()));
    person.sees("clone: batos 99.2, image format 2");
    person.sees("proof: the image is sound");
    person.sees("> ");
    person.asks("n", "5");
    person.types("ship showLog printLine");
    person.sees("clone: batos 99.2, image format 2");
    person.sees("swap: this program goes on");
    person.sees("> ");
    person.asks("n: n + 1. n", "6");
    person.types("[ sum isNil ] whileTrue: [ process this sleep: 5 ]. sum");
    person.sees("45000150000");
    person.sees("> ");
    // Keys that interrupt and complete are the new program's.
    person.types("[ true ] whileTrue: [ 3 + 4 ]");
    thread::sleep(Duration::from_millis(300));
    person.presses('c');
    person.sees("interrupted");
    person.sees("? ");
    person.types(":drop");
    person.sees("> ");
    person.asks("image commit: 'over there'. n", "6");
    person.leaves();
    let kept = std::process::Command::new(program)
        .args(["eval", "--no-model", "--image", "w.batos", "n"])
        .current_dir(home.path(""))
        .output()
        .expect("it runs");
    assert_eq!(String::from_utf8_lossy(&kept.stdout).trim(), "6");
}
