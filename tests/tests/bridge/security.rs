//! The security part of the bridge, line by line: who may come in, what each may do, and what strangers can't do to others.
//! Loopback only, no door unasked, tokens, Host, Origin and headers are in `main.rs`; roles and the log there and in `limits.rs`.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::events::Browser;
use crate::served::{Client, Served, code_of, door};

/// A request with a body, of which perhaps only a part is sent; head and body of the answer.
fn post(at: &str, head: &str, length: usize, body: &[u8]) -> (String, String) {
    let mut stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    let head = format!(
        "POST /mcp HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n{head}Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The answer may come before all was said.
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.to_lowercase(), body.to_string())
}

/// The key for programs, as `batos bridge doors` tells its owner.
fn key(served: &Served) -> String {
    let told = served.home.run(&["bridge", "doors", "--json"], b"");
    let doors: Value = serde_json::from_str(&told.out).unwrap();
    let doors = doors[0]["doors"].as_array().unwrap();
    doors.iter().find_map(|door| door["key"].as_str()).unwrap().to_string()
}

#[test]
fn agents_need_the_key_and_strangers_bodies_are_not_read() {
    let served = Served::new(&["http://127.0.0.1:0?role=change"]);
    let (at, _) = served.http_door();
    let ping = br#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#;
    let bearer = format!("Authorization: Bearer {}\r\n", key(&served));
    assert!(post(at, "", ping.len(), ping).0.contains(" 401 "));
    assert!(post(at, "Authorization: Bearer 00\r\n", ping.len(), ping).0.contains(" 401 "));
    let foreign = format!("{bearer}Origin: http://evil.example\r\n");
    assert!(
        post(at, &foreign, ping.len(), ping).0.contains(" 403 "),
        "a page of elsewhere, even with the key"
    );
    let (status, body) = post(at, &bearer, ping.len(), ping);
    assert!(status.contains(" 200 ") && body.contains("serverInfo"), "{status} {body}");
    // A stranger who promises a body and never sends it is refused at once, and a thousand of them hold up nobody.
    let begun = Instant::now();
    assert!(post(at, "", 1000, b"").0.contains(" 401 "));
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    // Too long, not JSON, not what the protocol says.
    let long = vec![b' '; 21 << 20];
    assert!(post(at, &bearer, long.len(), &long).0.contains(" 413 "));
    assert!(post(at, &bearer, 2, b"{]").0.contains(" 400 "));
    let unknown = br#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
    assert!(post(at, &bearer, unknown.len(), unknown).0.contains(" 404 "), "no session");
    // Requests of one session are told apart by their ids: the second of two that wait is refused, and the first gets its own answer.
    let (head, _) = post(at, &bearer, ping.len(), ping);
    let session =
        head.lines().find_map(|line| line.strip_prefix("mcp-session-id: ")).expect("a session").to_string();
    let bearer_in_session = format!("{bearer}Mcp-Session-Id: {session}\r\n");
    let call = |code: &str| {
        let call = json!({"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": {"name": "evaluate", "arguments": {"code": code}}});
        let body = call.to_string();
        post(at, &bearer_in_session, body.len(), body.as_bytes())
    };
    std::thread::scope(|scope| {
        let waits = "[ (reflect: lobby) includesName: 'goOn' ] whileFalse: [ process this sleep: 5 ]. 8";
        let first = scope.spawn(|| {
            let mut answer = call(waits);
            while answer.0.contains(" 400 ") {
                answer = call(waits);
            }
            answer
        });
        let mut second = call("3");
        while !second.0.contains(" 400 ") {
            second = call("3");
        }
        assert!(second.1.contains("not answered yet"), "{second:?}");
        let token =
            served.home.run(&["bridge", "tokens"], b"").out.trim().rsplit_once('=').unwrap().1.to_string();
        let mut other = Browser::with(at, &token);
        other.say(&json!({"command": "evaluate", "code": "lobby _AddSlots: (| goOn = true |)"}));
        let answer = first.join().unwrap();
        assert!(answer.0.contains(" 200 ") && answer.1.contains("\"value\":8"), "{answer:?}");
    });
    // One with the key who sends half a message is told so.
    assert!(post(at, &bearer, 1000, b"{").0.contains(" 408 "));
    assert!(post(at, &bearer, ping.len(), ping).0.contains(" 200 "));
}

#[test]
fn whoever_says_too_much_or_nonsense_is_sent_away_alone() {
    let served = Served::new(&["http://127.0.0.1:0?role=touch"]);
    let invite =
        || served.home.run(&["bridge", "tokens"], b"").out.trim().rsplit_once('=').unwrap().1.to_string();
    let (at, token) = served.http_door();
    let mut good = Browser::with(at, token);
    let mut answered = || {
        good.say(&json!({"command": "hello", "id": 1}));
        assert_eq!(good.hear()["role"], "touch");
    };
    // More than two thousand messages a second, over four seconds.
    let mut flood = Browser::with(at, &invite());
    let message = rmp_serde::to_vec_named(&json!({"command": "hello"})).unwrap();
    let sent = (0..20_000).take_while(|_| flood.send(message.clone())).count();
    let reason = flood.goodbye();
    assert!(reason.contains("too many messages") || sent < 20_000, "{reason}");
    answered();
    for (frame, word) in [(&b"\xc1"[..], "not a map"), (b"", "too early"), (b"\x81\x01\x02", "not a string")]
    {
        let mut bad = Browser::with(at, &invite());
        bad.send(frame.to_vec());
        let reason = bad.goodbye();
        assert!(reason.contains(word), "{reason}");
    }
    // A frame that is longer than a browser's may be: the connection ends.
    let mut long = Browser::with(at, &invite());
    long.send(vec![0x80; 2 << 20]);
    long.goodbye();
    answered();
}

#[test]
fn answers_can_be_read_whatever_the_world_holds() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let client = served.client();
    client.evaluate("lobby _AddSlots: (| odd = 'a\\xff\\xfez' |)");
    assert_eq!(client.evaluate("odd")["value"], "a\u{fffd}\u{fffd}z");
    assert!(
        client.ask(&json!({"command": "inspect", "receiver": "lobby", "depth": 5}))["objects"].is_object()
    );
    let big = "1267650600228229401496703205376";
    let told = client.evaluate("2 power: 100");
    assert_eq!((&told["value"], &told["text"]), (&json!(big), &json!(big)), "{told}");
    client.0.send_multipart([&b"\x81"[..], b"\x80"], 0).unwrap();
    assert!(client.hear()["error"]["message"].as_str().unwrap().contains("one frame"));
}

#[test]
fn many_connections_that_say_nothing_leave_the_world_its_files() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let path = served.addresses[0].strip_prefix("ipc://").unwrap();
    let good = served.client();
    assert_eq!(good.evaluate("1")["value"], 1);
    // More than a program may usually have open. Some may not even get in.
    let silent: Vec<_> =
        (0..1500).filter_map(|_| std::os::unix::net::UnixStream::connect(path).ok()).collect();
    assert!(silent.len() > 500, "{}", silent.len());
    assert_eq!(good.evaluate("lobby _AddSlots: (| a = 2 |). a")["value"], 2, "it commits");
    let opened = good.evaluate("('/proc/self/limits' asFile contents) size > 0");
    drop(opened);
    drop(silent);
    assert_eq!(Client::new(&served.addresses[0]).evaluate("3")["value"], 3);
    let (status, home) = served.end();
    assert_eq!(status, Some(0));
    assert_eq!(home.run(&["eval", "--image", "w.batos", "a"], b"").out.trim(), "2");
}

/// Kilobytes that a program has in memory.
fn memory(pid: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_client_that_never_reads_is_sent_away_and_holds_up_nobody() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let (deaf, good) = (served.client(), served.client());
    good.evaluate(
        "lobby _AddSlots: (| page = '0123456789' * 100000 |). bridge contract add: (bridgeMessage
            copyName: 'page' Role: 'look' Comment: 'A megabyte.'
            Do: [ |:m. :client| bridge answer: 'page' With: page ])",
    );
    let before = memory(served.child.id());
    // A thousand answers of a megabyte each, of which none is read: what is kept for whoever does not read is bounded in bytes.
    for _ in 0..1000 {
        deaf.say(&json!({"command": "page"}));
    }
    let names = |client: &Client| {
        client.ask(&json!({"command": "evaluate", "commit": false, "code": "bridge clients size"}))
    };
    while names(&good)["value"] != 1 {}
    let after = memory(served.child.id());
    assert!(after < before + 350_000, "{before} -> {after} kB");
    drop(deaf);
    assert_eq!(good.evaluate("5")["value"], 5);
    // An answer that nobody could take is an error that says so.
    let long = good.ask(&json!({"command": "evaluate", "commit": false, "code":
        "bridge contract add: (bridgeMessage copyName: 'all' Role: 'look' Comment: 'Too much.'
            Do: [ |:m. :client| bridge answer: 'page' With: page * 30 ]). 1"}));
    assert_eq!(long["value"], 1, "{long}");
    let refused = good.ask(&json!({"command": "all"}));
    assert_eq!(code_of(&refused), "no_plain_data", "{refused}");
    assert!(refused["error"]["message"].as_str().unwrap().contains("at most 20000000"), "{refused}");
}

#[test]
fn nothing_is_performed_that_its_object_does_not_take() {
    let (_dir, _, change) = door("change");
    let (_dir2, _, touch) = door("touch");
    let (_dir3, _, look) = door("look");
    let served = Served::new(&[&change, &touch, &look]);
    let maker = served.client();
    maker.evaluate(
        "lobby _AddSlots: (| lamp = (| parent* = traits oddball. on <- false. toggle = ( on: on not. on ).
            acceptsFromOutside: s = ( s = 'toggle' ) |) |)",
    );
    let [toucher, looker] = [1, 2].map(|i| Client::new(&served.addresses[i]));
    let send = |client: &Client, selector: &str, receiver: &str| {
        client.ask(&json!({"command": "send", "receiver": receiver, "selector": selector}))
    };
    assert_eq!(send(&toucher, "toggle", "lamp")["value"], true);
    for (client, selector, receiver) in [
        (&toucher, "on", "lamp"),
        (&toucher, "_Quit", "lamp"),
        (&toucher, "quit", "os"),
        (&toucher, "evaluate:", "lobby"),
        (&toucher, "commit", "image"),
        (&looker, "toggle", "lamp"),
        (&maker, "_Quit", "lamp"),
    ] {
        let refused = send(client, selector, receiver);
        assert_eq!(code_of(&refused), "not_allowed", "{selector}: {refused}");
    }
    // Names of messages come from the contract alone, not from what objects understand.
    for command in ["toggle", "quit", "_Quit", "evaluate:", "contract", ""] {
        let refused = looker.ask(&json!({"command": command}));
        assert_eq!(code_of(&refused), "unknown_command", "{refused}");
    }
    for command in ["evaluate", "create_method", "remove_method", "commit", "define", "undo", "branch"] {
        let refused = looker.ask(&json!({"command": command}));
        assert_eq!(code_of(&refused), "not_allowed", "{refused}");
    }
}
