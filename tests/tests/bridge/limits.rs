//! What a message may take, how it is ended before, who is told of an object, and how open doors are found.

use std::time::Duration;

use serde_json::json;

use crate::served::{Client, Served, code_of, door};

#[test]
fn a_message_ends_in_time_and_when_it_is_cancelled() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let client = served.client();
    client.evaluate("bridge milliseconds: 300");
    let asleep = json!({"command": "evaluate", "commit": false, "id": 1, "code": "[ true ] whileTrue: [ process this sleep: 1 ]"});
    let late = client.ask(&asleep);
    assert_eq!((code_of(&late), &late["id"]), ("ended", &json!(1)));
    assert!(late["error"]["message"].as_str().unwrap().contains("300 ms"), "{late}");
    client.evaluate("bridge milliseconds: 60000");
    // One that is at work, and one that waits behind it; what comes after them is done.
    client.say(&asleep);
    client.say(&json!({"command": "evaluate", "id": 2, "code": "1"}));
    client.say(&json!({"command": "evaluate", "id": 3, "code": "2"}));
    client.say(&json!({"command": "cancel", "cancel": 2, "id": "a"}));
    client.say(&json!({"command": "cancel", "cancel": 1, "id": "b"}));
    client.say(&json!({"command": "cancel", "cancel": 99, "id": "c"}));
    let mut answers = std::collections::HashMap::new();
    for _ in 0..6 {
        let answer = client.hear();
        answers.insert(answer["id"].to_string(), answer);
    }
    assert_eq!((code_of(&answers["1"]), code_of(&answers["2"])), ("cancelled", "cancelled"));
    assert_eq!(answers["3"]["value"], 2);
    assert_eq!(answers["\"a\""]["cancelled"], true);
    assert_eq!(answers["\"b\""]["cancelled"], true);
    assert_eq!(answers["\"c\""]["cancelled"], false);
}

#[test]
fn whoever_watches_an_object_is_told_when_it_changes() {
    let (_dir, _, address) = door("change");
    let (_dir2, _, look) = door("look");
    let served = Served::new(&[&address, &look]);
    let (maker, watcher) = (served.client(), Client::new(&served.addresses[1]));
    maker.evaluate("lobby _AddSlots: (| counter = (| parent* = traits oddball. n <- 0 |) |)");
    watcher.ask(&json!({"command": "subscribe", "topic": "object", "receiver": "counter"}));
    let n = |event: &serde_json::Value| {
        assert_eq!(event["event"], "object", "{event}");
        event["objects"][event["object"]["ref"].to_string()]["slots"]["n"]["value"].as_i64().unwrap()
    };
    assert_eq!(n(&watcher.hear()), 0);
    maker.evaluate("counter n: 7");
    assert_eq!(n(&watcher.hear()), 7);
    let unknown =
        watcher.ask(&json!({"command": "subscribe", "topic": "object", "receiver": "nothing here"}));
    assert_eq!(code_of(&unknown), "unknown_object");
}

#[test]
fn the_log_names_who_changed_something() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let (ada, grace) = (served.client(), served.client());
    ada.ask(&json!({"command": "hello", "client": "ada"}));
    grace.ask(&json!({"command": "hello", "client": "grace"}));
    ada.evaluate("lobby _AddSlots: (| a = 1 |)");
    grace.evaluate("lobby _AddSlots: (| b = 2 |)");
    let log = ada.ask(&json!({"command": "log", "count": 2}));
    assert_eq!(log["commits"][0]["message"], "bridge: grace");
    assert_eq!(log["commits"][1]["message"], "bridge: ada");
}

#[test]
fn open_doors_are_found_by_their_owner() {
    let served = Served::new(&["http://127.0.0.1:0?role=look"]);
    let (at, _) = served.http_door();
    let tell = |args: &[&str]| served.home.run(args, b"");
    let found = tell(&["bridge", "doors"]);
    assert!(found.out.contains(&format!("http://{at}  look")) && found.out.contains("key "), "{found:?}");
    let listed: serde_json::Value = serde_json::from_str(&tell(&["bridge", "doors", "--json"]).out).unwrap();
    assert_eq!(listed[0]["doors"][0]["role"], "look", "{listed}");
    let address = tell(&["bridge", "tokens"]).out.trim().to_string();
    let path = address.strip_prefix(&format!("http://{at}")).expect("an address of this door");
    let (head, _) = crate::http(at, &format!("GET {path} HTTP/1.1\r\nHost: {at}"));
    assert!(head.starts_with("http/1.1 303"), "{head}");
    let (head, _) = crate::http(at, &format!("POST /invite HTTP/1.1\r\nHost: {at}\r\nContent-Length: 0"));
    assert!(head.starts_with("http/1.1 403"), "{head}");
    assert_eq!(tell(&["bridge", "tokens", "http://127.0.0.1:1"]).status, 1);
    let (_, home) = served.end();
    let none = home.run(&["bridge", "doors"], b"");
    assert_eq!((none.out.as_str(), none.err.trim()), ("", "no door is open"), "{none:?}");
}

#[test]
fn big_and_half_messages_hurt_nobody() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let (bad, good) = (served.client(), served.client());
    // Longer than a door takes: the connection of whoever said it ends, and nothing else.
    bad.0.send(vec![0x81; 21 << 20], 0).unwrap();
    assert_eq!(good.evaluate("3 + 4")["value"], 7);
    // A header that claims more than there is, on the bare socket.
    let path = served.addresses[0].strip_prefix("ipc://").unwrap();
    let mut raw = std::os::unix::net::UnixStream::connect(path).unwrap();
    let mut greeting = vec![0; 64];
    greeting[0] = 0xff;
    greeting[9] = 0x7f;
    greeting[10] = 3;
    greeting[12..16].copy_from_slice(b"NULL");
    std::io::Write::write_all(&mut raw, &greeting).unwrap();
    let ready = b"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER";
    std::io::Write::write_all(&mut raw, ready).unwrap();
    // It may be sent away before it has said all of this.
    let _ = std::io::Write::write_all(&mut raw, b"\x02\xff\xff\xff\xff\xff\xff\xff\xff");
    raw.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    assert_eq!(good.evaluate("3 + 5")["value"], 8);
    drop(raw);
    assert_eq!(good.evaluate("3 + 6")["value"], 9);
}
