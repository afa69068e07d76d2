//! The bridge from outside: a world that is served, and clients that speak to it by ZeroMQ and HTTP.
//!
//! Clients here are written with the socket library alone, as a stranger would write them.

mod endurance;
mod events;
mod limits;
mod prompt;
mod security;
mod served;
mod workshop;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use batos_tests::program::Home;
use serde_json::{Value, json};
use served::{Client, Served, code_of, door};

#[test]
fn the_three_first_messages_and_the_others() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let client = served.client();
    let state = client.ask(&json!({"command": "get_full_state"}));
    let root = state["state"]["root"]["ref"].to_string();
    assert_eq!(state["state"]["root"]["name"], "lobby");
    assert!(state["state"]["objects"][&root]["slots"]["globals"].is_object(), "{state}");

    let hello = client.ask(&json!({"command": "hello", "client": "ada", "id": "h"}));
    assert_eq!((&hello["id"], &hello["role"]), (&json!("h"), &json!("change")));

    client.evaluate(
        "lobby _AddSlots: (| counter = (| parent* = traits oddball. n <- 0. up = ( n: n + 1. n ) |) |)",
    );
    let made = client.ask(&json!({"command": "create_method", "method_name": "double", "method_code": "( n: n + n. n )", "receiver": "counter"}));
    assert_eq!(made["installed"], "double", "{made}");
    let send =
        |selector: &str| client.ask(&json!({"command": "send", "receiver": "counter", "selector": selector}));
    assert_eq!(send("up")["value"], 1);
    assert_eq!(send("double")["value"], 2);
    let seen = client.ask(&json!({"command": "inspect", "receiver": "counter"}));
    let number = seen["object"]["ref"].to_string();
    assert_eq!(seen["objects"][&number]["slots"]["n"]["value"], 2, "{seen}");
    // An object is named by the number that was told of it, too.
    let again = client.ask(&json!({"command": "send", "receiver": seen["object"]["ref"], "selector": "up"}));
    assert_eq!(again["value"], 3);
    let removed =
        client.ask(&json!({"command": "remove_method", "receiver": "counter", "method_name": "double"}));
    assert_eq!(removed["removed"], "double", "{removed}");
    let failed = send("double");
    assert!(
        failed["error"]["trace"].as_str().is_some_and(|trace| trace.contains("doesNotUnderstand:")),
        "{failed}"
    );
    assert_eq!(failed["error"]["message"], "No 'double' slot found in counter.");
    let log = client.ask(&json!({"command": "log", "count": 2}));
    assert!(log["commits"][0]["message"].as_str().unwrap().contains("ada"), "{log}");

    // What was acknowledged is in the image, also without a last commit.
    served.signal("-KILL");
    let mut served = served;
    served.child.wait().unwrap();
    let home = std::mem::take(&mut served.home);
    let run = home.run(&["eval", "--image", "w.batos", "counter n"], b"");
    assert_eq!(run.out.trim(), "3", "{run:?}");
}

#[test]
fn what_is_not_as_the_contract_says_is_refused_by_name() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let client = served.client();
    let refused = |message: Value, code: &str, word: &str| {
        let answer = client.ask(&message);
        assert_eq!(code_of(&answer), code, "{answer}");
        let text = answer["error"]["message"].as_str().unwrap();
        assert!(text.contains(word), "{text}");
    };
    refused(json!({"id": 1}), "missing_field", "command");
    refused(json!({"command": "sing"}), "unknown_command", "sing");
    refused(json!({"command": "send"}), "missing_field", "selector");
    refused(json!({"command": "send", "selector": 5}), "wrong_type", "selector");
    refused(json!({"command": "send", "selector": "up", "argumants": []}), "unknown_field", "argumants");
    refused(json!({"command": "hello", "version": 99}), "wrong_version", "version");
    refused(json!({"command": "send", "selector": "_Quit"}), "not_allowed", "primitives");
    refused(
        json!({"command": "send", "selector": "size", "receiver": "no such thing"}),
        "unknown_object",
        "no such thing",
    );
    refused(json!({"command": "inspect", "receiver": 4711}), "unknown_object", "4711");
    // A path is looked up, never evaluated.
    refused(json!({"command": "inspect", "receiver": "image history"}), "unknown_object", "history");
    refused(json!({"command": "inspect", "receiver": "lobby _Quit"}), "unknown_object", "_Quit");
    for frame in [
        &b""[..],
        b"\xc1",
        b"\x93\x01\x02\x03",
        b"\x81\x01\x02",
        b"\x81\xa1a",
        b"hello",
        b"\xdf\xff\xff\xff\xff",
    ] {
        client.0.send(frame, 0).unwrap();
        assert_eq!(code_of(&client.hear()), "bad_form", "{frame:?}");
    }
    assert_eq!(client.evaluate("3 + 4")["value"], 7);
}

#[test]
fn roles_are_kept() {
    let (_dir, _, touch) = door("touch");
    let (_dir2, _, look) = door("look");
    let served = Served::new(&[&touch, &look]);
    let client = Client::new(&served.addresses[0]);
    let watcher = Client::new(&served.addresses[1]);
    assert_eq!(code_of(&client.evaluate("3")), "not_allowed");
    assert_eq!(
        code_of(
            &client.ask(&json!({"command": "create_method", "method_name": "x", "method_code": "( 3 )"}))
        ),
        "not_allowed"
    );
    assert_eq!(
        code_of(&client.ask(&json!({"command": "send", "receiver": "image", "selector": "commit"}))),
        "not_allowed"
    );
    assert_eq!(
        code_of(&watcher.ask(&json!({"command": "send", "receiver": "image", "selector": "commit"}))),
        "not_allowed"
    );
    assert!(watcher.ask(&json!({"command": "inspect", "receiver": "lobby"}))["objects"].is_object());
}

#[test]
fn a_long_message_holds_up_nobody_else_and_ends() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let (long, quick) = (served.client(), served.client());
    long.evaluate("bridge fuel: 20000000");
    long.say(&json!({"command": "evaluate", "code": "[ true ] whileTrue", "id": 1}));
    for i in 0..20 {
        assert_eq!(quick.evaluate(&format!("{i} + 1"))["value"], i + 1);
    }
    let ended = long.hear();
    assert_eq!(ended["id"], 1);
    assert!(ended["error"].is_object(), "{ended}");
    assert_eq!(long.evaluate("5")["value"], 5, "the next message is answered");
}

#[test]
fn answers_come_in_order_and_to_whoever_asked() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let clients: Vec<Client> = (0..8).map(|_| served.client()).collect();
    for round in 0..20 {
        for (i, client) in clients.iter().enumerate() {
            client.say(&json!({"command": "evaluate", "code": format!("({i} * 1000) + {round}"), "id": round, "commit": false}));
        }
    }
    for round in 0..20 {
        for (i, client) in clients.iter().enumerate() {
            let answer = client.hear();
            assert_eq!(
                (&answer["id"], &answer["value"]),
                (&json!(round), &json!(i * 1000 + round)),
                "{answer}"
            );
        }
    }
    // A client that comes back under its name is answered.
    let first = Client::named(&served.addresses[0], Some(b"ada"));
    assert_eq!(first.evaluate("1")["value"], 1);
    let second = Client::named(&served.addresses[0], Some(b"ada"));
    assert_eq!(second.evaluate("2")["value"], 2);
}

#[test]
fn the_door_is_for_its_owner_alone() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let open = home.path("open");
    std::fs::create_dir(&open).unwrap();
    std::fs::set_permissions(&open, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let cases = [
        (format!("ipc://{}/door", open.display()), "mkdir -m 700"),
        ("tcp://0.0.0.0:4417".to_string(), "loopback"),
        ("tcp://10.0.0.1:4417".to_string(), "loopback"),
        ("udp://127.0.0.1:1".to_string(), "no way in"),
        (format!("ipc://{}/door?role=god", open.display()), "no role"),
    ];
    for (address, word) in cases {
        let run = home.run(&["serve", "--no-model", "--zmq", &address, "w.batos"], b"");
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.err.contains(word), "{run:?}");
    }
    let run = home.run(&["serve", "--no-model", "w.batos"], b"");
    assert_eq!(run.status, 2, "{run:?}");
}

#[test]
fn sigterm_commits_and_ends() {
    let (_dir, path, address) = door("change");
    let served = Served::new(&[&address]);
    let client = served.client();
    client.ask(&json!({"command": "evaluate", "code": "lobby _AddSlots: (| kept = 5 |)", "commit": false}));
    let (status, home) = served.end();
    assert_eq!(status, Some(0));
    assert_eq!(home.run(&["eval", "--image", "w.batos", "kept"], b"").out.trim(), "5");
    // And it comes up again at the same place.
    let served = Served::at(home, &[&format!("ipc://{}?role=change", path.display())]);
    assert_eq!(served.client().evaluate("kept")["value"], 5);
}

/// A request by hand; the answer's head and body.
fn http(at: &str, head: &str) -> (String, String) {
    let mut stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.to_lowercase(), body.to_string())
}

#[test]
fn browsers_come_in_by_a_token_once() {
    let served = Served::new(&["http://127.0.0.1:0"]);
    let address = served.addresses[0].clone();
    let (base, token) = address.split_once("/?token=").unwrap();
    let at = base.strip_prefix("http://").unwrap();
    let get = |path: &str, more: &str| http(at, &format!("GET {path} HTTP/1.1\r\nHost: {at}{more}"));
    assert!(get("/", "").0.starts_with("http/1.1 403"));
    assert!(get("/screen.js", "").0.starts_with("http/1.1 403"));
    assert!(get("/?token=00", "").0.starts_with("http/1.1 403"));
    let (head, _) = http(at, &format!("GET /?token={token} HTTP/1.1\r\nHost: evil.example"));
    assert!(head.starts_with("http/1.1 421"), "{head}");
    let (head, _) = get(&format!("/?token={token}"), "");
    assert!(head.starts_with("http/1.1 303"), "{head}");
    let cookie = head.lines().find_map(|l| l.strip_prefix("set-cookie: ")).unwrap();
    assert!(cookie.contains("httponly") && cookie.contains("samesite=strict"), "{cookie}");
    let cookie = format!("\r\nCookie: {}", cookie.split(';').next().unwrap());
    assert!(get(&format!("/?token={token}"), "").0.starts_with("http/1.1 403"), "once only");
    let (head, body) = get("/", &cookie);
    assert!(head.starts_with("http/1.1 200") && head.contains("default-src 'none'"), "{head}");
    assert!(!head.contains("access-control"), "{head}");
    assert!(body.contains("screen.js"));
    assert!(get("/nothing", &cookie).0.starts_with("http/1.1 404"));
    let upgrade = |more: &str| {
        let socket = "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        let mut stream = TcpStream::connect(at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
            .write_all(format!("GET /socket HTTP/1.1\r\nHost: {at}{socket}{more}\r\n\r\n").as_bytes())
            .unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        line
    };
    assert!(upgrade("").contains("403"));
    assert!(upgrade(&cookie).contains("403"), "a cookie without the origin is not enough");
    assert!(upgrade(&format!("{cookie}\r\nOrigin: http://evil.example")).contains("403"));
    assert!(upgrade(&format!("{cookie}\r\nOrigin: {base}")).contains("101"));
}
