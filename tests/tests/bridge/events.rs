//! What the world tells without being asked: topics, merging, and the way of both to a browser's socket.

use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket};

use crate::served::{Served, door};

/// A browser's socket.
pub struct Browser(WebSocket<std::net::TcpStream>);

impl Browser {
    fn new(served: &Served) -> Browser {
        let (at, token) = served.http_door();
        Browser::with(at, token)
    }

    /// Comes in by a token.
    pub fn with(at: &str, token: &str) -> Browser {
        let (head, _) = crate::http(at, &format!("GET /?token={token} HTTP/1.1\r\nHost: {at}"));
        let cookie = head.lines().find_map(|l| l.strip_prefix("set-cookie: ")).unwrap();
        let cookie = cookie.split(';').next().unwrap();
        let mut request = format!("ws://{at}/socket").into_client_request().unwrap();
        request.headers_mut().insert("Cookie", cookie.parse().unwrap());
        request.headers_mut().insert("Origin", format!("http://{at}").parse().unwrap());
        let stream = std::net::TcpStream::connect(at).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        Browser(tungstenite::client(request, stream).expect("the door lets it in").0)
    }

    pub fn say(&mut self, message: &Value) {
        assert!(self.send(rmp_serde::to_vec_named(message).unwrap()));
    }

    /// A frame; whether the door still takes one.
    pub fn send(&mut self, bytes: Vec<u8>) -> bool {
        self.0.send(Message::Binary(bytes.into())).is_ok()
    }

    /// Why it was sent away; nothing if the connection broke off.
    pub fn goodbye(&mut self) -> String {
        loop {
            match self.0.read() {
                Ok(Message::Close(frame)) => return frame.map_or(String::new(), |f| f.reason.to_string()),
                Ok(_) => {}
                Err(_) => return String::new(),
            }
        }
    }

    pub fn hear(&mut self) -> Value {
        loop {
            match self.0.read().expect("an answer comes") {
                Message::Binary(bytes) => return rmp_serde::from_slice(&bytes).unwrap(),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

/// A command that changes an object of the world and tells its client about it, as a screen would have.
const SCREEN: &str = "
    lobby _AddSlots: (| screen = (| parent* = traits oddball. touched <- 0. |) |).
    bridge contract add: (((bridgeMessage
        copyName: 'pointer'
        Role: 'touch'
        Comment: 'The pointer has moved.'
        Do: [ |:m. :client|
            screen touched: screen touched + 1.
            client push: (bridge event: 'frame' With: 'x' And: (m at: 'x')) Key: 'frame'.
            bridge answer: 'seen' With: screen touched ])
        needs: 'x' Kind: 'integer' Comment: 'where') quietly)";

#[test]
fn a_browser_speaks_to_objects_and_is_told_by_them() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address, "http://127.0.0.1:0?role=touch"]);
    let maker = served.client();
    assert!(maker.evaluate(SCREEN)["error"].is_null());
    let mut browser = Browser::new(&served);
    browser.say(&json!({"command": "pointer", "x": 3}));
    assert_eq!(browser.hear(), json!({"event": "frame", "x": 3}));
    // Who asks by a number is answered, and so is who says something wrong.
    browser.say(&json!({"command": "pointer", "x": 4, "id": 9}));
    assert_eq!(browser.hear(), json!({"event": "frame", "x": 4}));
    assert_eq!(browser.hear(), json!({"seen": 2, "id": 9}));
    browser.say(&json!({"command": "pointer", "x": "far"}));
    assert_eq!(browser.hear()["error"]["code"], "wrong_type");
    // The world is told when it goes.
    maker.evaluate(
        "bridge clients do: [ |:c| c role = 'touch' ifTrue: [ c whenLeft: [ screen touched: -1 ] ] ]",
    );
    browser.0.close(None).unwrap();
    while let Ok(message) = browser.0.read() {
        drop(message);
    }
    let gone = || maker.evaluate("screen touched")["value"] == -1;
    assert!((0..200).any(|_| gone() || maker.evaluate("process this sleep: 20")["value"] == 0));
}

#[test]
fn topics_are_told_to_those_who_asked() {
    let (_dir, _, change) = door("change");
    let (_dir2, _, look) = door("look");
    let served = Served::new(&[&change, &look]);
    let (maker, watcher) = (served.client(), crate::served::Client::new(&served.addresses[1]));
    let topics = watcher.ask(&json!({"command": "subscribe", "topic": "commits"}));
    assert_eq!(topics["topics"], json!(["commits"]), "{topics}");
    let unknown = watcher.ask(&json!({"command": "subscribe", "topic": "weather"}));
    assert_eq!(unknown["error"]["code"], "unknown_topic");
    assert!(unknown["error"]["message"].as_str().unwrap().contains("commits, console, methods"), "{unknown}");
    maker.ask(&json!({"command": "hello", "client": "ada"}));
    maker.evaluate("lobby _AddSlots: (| kept = 5 |)");
    let told = watcher.hear();
    assert_eq!((&told["event"], &told["message"]), (&json!("commit"), &json!("bridge: ada")), "{told}");
    // What the world prints, and commits that the program makes of its own accord.
    watcher.ask(&json!({"command": "unsubscribe"}));
    watcher.ask(&json!({"command": "subscribe", "topic": "console"}));
    maker.ask(&json!({"command": "evaluate", "commit": false, "code": "'hello' print"}));
    assert_eq!(watcher.hear(), json!({"event": "console", "stream": "output", "text": "hello"}));
    watcher.ask(&json!({"command": "unsubscribe"}));
    watcher.ask(&json!({"command": "subscribe", "topic": "commits"}));
    // A topic of one's own, with a role.
    maker.evaluate("bridge addTopic: 'weather' Role: 'touch' Comment: 'outside'");
    let refused = watcher.ask(&json!({"command": "subscribe", "topic": "weather"}));
    assert_eq!((&refused["event"], refused["error"]["code"].as_str()), (&json!("commit"), None));
    assert_eq!(watcher.hear()["error"]["code"], "not_allowed");
    maker.ask(&json!({"command": "subscribe", "topic": "weather"}));
    maker.say(
        &json!({"command": "evaluate", "commit": false, "code": "bridge announce: 'weather' With: 'rain'"}),
    );
    assert_eq!(maker.hear(), json!({"event": "weather", "data": "rain"}));
    maker.hear();
    maker.ask(&json!({"command": "subscribe", "topic": "methods"}));
    maker.say(&json!({"command": "create_method", "method_name": "answer", "method_code": "( 42 )"}));
    let grown = maker.hear();
    assert_eq!((&grown["event"], &grown["signature"]), (&json!("method"), &json!("answer")), "{grown}");
    maker.hear();
    let mut left = watcher.ask(&json!({"command": "unsubscribe", "topic": "commits"}));
    while left["event"] == "commit" {
        left = watcher.hear();
    }
    assert_eq!(left["topics"], json!([]));
    maker.ask(&json!({"command": "commit", "message": "unheard"}));
    assert_eq!(watcher.ask(&json!({"command": "hello"}))["role"], "look");
}

#[test]
fn who_does_not_read_sees_fewer_states_and_no_stale_ones() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address, "http://127.0.0.1:0?role=touch"]);
    let (maker, mut browser) = (served.client(), Browser::new(&served));
    browser.say(&json!({"command": "hello", "client": "sleeper"}));
    browser.hear();
    let text = "x".repeat(20_000);
    // Far more than the buffers of sockets hold: 2,000 states of 20 kB, told before the first is read.
    let tell = |event: &str, key: &str| {
        let code = format!(
            "bridge clients do: [ |:c| c name = 'sleeper' ifTrue: [ 1 to: 2000 Do: [ |:i|
                c push: ((bridge event: '{event}' With: 'n' And: i) at: 'text' Put: '{text}') Key: {key} ] ] ]. 3"
        );
        let told = maker.ask(&json!({"command": "evaluate", "commit": false, "code": code}));
        assert_eq!(told["value"], 3, "{told}");
    };
    tell("state", "'state'");
    let mut seen = Vec::new();
    while seen.last() != Some(&2000) {
        seen.push(browser.hear()["n"].as_i64().expect("a state"));
    }
    assert!(seen.is_sorted() && seen.len() < 2000, "{} states", seen.len());
    // Those without a key are kept in order up to a limit, and what was dropped is told.
    maker.evaluate("bridge mostPending: 100");
    tell("line", "nil");
    let (mut lines, mut missed) = (0, 0);
    while lines + missed < 2000 {
        let told = browser.hear();
        if told["event"] == "line" {
            lines += 1;
        }
        missed += told["count"].as_i64().unwrap_or(0);
    }
    assert!(lines >= 100 && missed > 0 && lines + missed == 2000, "{lines} + {missed}");
}
