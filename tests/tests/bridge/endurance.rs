//! What must hold for long: nothing acknowledged is lost however the server ends, nothing grows with those who come and go or with what
//! is said, and those who do nothing hold up nobody. `BATOS_BRIDGE_KILLS`, `BATOS_BRIDGE_CHURN` and `BATOS_BRIDGE_MESSAGES` make it more:
//! 200, 100000 and 1000000 are what was promised. With --nocapture the sizes are printed.

use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::served::{Client, Served, door};

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn whatever_kills_it_nothing_acknowledged_is_lost() {
    let (_dir, path, address) = door("change");
    let mut served = Served::new(&[&address]);
    served.client().evaluate(
        "lobby _AddSlots: (| counter = (| parent* = traits oddball. n <- 0. up = ( n: n + 1. n ) |) |)",
    );
    let (mut acknowledged, mut said) = (0, 0);
    for round in 0..number("BATOS_BRIDGE_KILLS", 4) {
        let clients: Vec<Client> = (0..4).map(|_| served.client()).collect();
        let end = Instant::now() + Duration::from_millis(20 + (round as u64 * 37) % 150);
        for client in &clients {
            client.say(&json!({"command": "send", "receiver": "counter", "selector": "up"}));
            said += 1;
        }
        while Instant::now() < end {
            for client in &clients {
                client.hear();
                acknowledged += 1;
                client.say(&json!({"command": "send", "receiver": "counter", "selector": "up"}));
                said += 1;
            }
        }
        served.signal("-KILL");
        served.child.wait().unwrap();
        let home = std::mem::take(&mut served.home);
        served = Served::at(home, &[&format!("ipc://{}?role=change", path.display())]);
        let counted = served.client().evaluate("counter n")["value"].as_i64().unwrap();
        assert!(
            (acknowledged..=said).contains(&counted),
            "{acknowledged} acknowledged, {said} said, {counted} counted"
        );
        // What was done and not acknowledged counts from now on.
        (acknowledged, said) = (counted, counted);
    }
}

/// Kilobytes in memory, and descriptors.
fn size_of(pid: u32) -> (usize, usize) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    let memory = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    (memory, std::fs::read_dir(format!("/proc/{pid}/fd")).unwrap().count())
}

/// Bytes in use in a world. What is garbage lies about until the collector has enough of it: so that is collected first.
fn used(client: &Client) -> i64 {
    let code = "image collectGarbage. image statistics at: 0";
    let told = client.ask(&json!({"command": "evaluate", "commit": false, "code": code}));
    told["value"].as_i64().unwrap_or_else(|| panic!("{told}"))
}

#[test]
fn those_who_come_and_go_leave_nothing_behind() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let context = zmq::Context::new();
    let come_and_go = |times: usize| {
        for i in 0..times {
            let socket = context.socket(zmq::DEALER).unwrap();
            socket.set_linger(0).unwrap();
            socket.set_rcvtimeo(20_000).unwrap();
            socket.connect(&served.addresses[0]).unwrap();
            let message = json!({"command": "evaluate", "code": format!("{i} + 1"), "commit": false});
            socket.send(rmp_serde::to_vec_named(&message).unwrap(), 0).unwrap();
            assert!(socket.recv_bytes(0).is_ok());
        }
    };
    let all = number("BATOS_BRIDGE_CHURN", 500);
    // More than a door knows at a time, where there is time for that, so that the number known is no growth.
    come_and_go(all.min(1500));
    let before = (used(&served.client()), size_of(served.child.id()));
    come_and_go(all);
    let after = (used(&served.client()), size_of(served.child.id()));
    println!("{all} connections: {before:?} -> {after:?} (bytes in use, (kB, descriptors))");
    assert!(after.0 < before.0 + 4_000_000, "{before:?} -> {after:?} bytes after {all} connections");
    assert!(after.1.0 < before.1.0 + 250_000, "{before:?} -> {after:?} kB after {all} connections");
    assert!(after.1.1 <= before.1.1 + 20, "{before:?} -> {after:?}");
}

#[test]
fn messages_leave_nothing_behind() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let client = served.client();
    client.evaluate(
        "lobby _AddSlots: (| counter = (| parent* = traits oddball. n <- 0. up = ( n: n + 1. n ) |) |)",
    );
    // Most change an object, some bring code that was never seen; every hundredth waits for a commit.
    let talk = |from: usize, times: usize| {
        let say = |i: usize| match i % 100 {
            0 => client.say(&json!({"command": "send", "receiver": "counter", "selector": "up"})),
            i10 if i10 % 10 == 5 => {
                client.say(
                    &json!({"command": "evaluate", "commit": false, "code": format!("'{i}' size + {i}")}),
                );
            }
            _ => client
                .say(&json!({"command": "send", "receiver": "counter", "selector": "up", "commit": false})),
        };
        let ahead = 64.min(times);
        (from..from + ahead).for_each(say);
        for i in from + ahead..from + times {
            assert!(client.hear()["error"].is_null());
            say(i);
        }
        (0..ahead).for_each(|_| assert!(client.hear()["error"].is_null()));
    };
    let all = number("BATOS_BRIDGE_MESSAGES", 4000);
    // What is used for the first time is no growth.
    let first = all.min(20_000) / 2;
    talk(0, first);
    let before = (used(&client), size_of(served.child.id()));
    talk(first, all);
    let after = (used(&client), size_of(served.child.id()));
    println!("{all} messages: {before:?} -> {after:?} (bytes in use, (kB, descriptors))");
    assert!(after.0 < before.0 + 2_000_000, "{before:?} -> {after:?} bytes after {all} messages");
    assert!(after.1.0 < before.1.0 + 250_000, "{before:?} -> {after:?} kB after {all} messages");
    assert!(after.1.1 <= before.1.1 + 2, "{before:?} -> {after:?}");
}

#[test]
fn a_full_disk_ends_no_service() {
    let (_dir, _, address) = door("change");
    let home = batos_tests::program::Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let room = std::fs::metadata(home.path("w.batos")).unwrap().len() / 1024;
    let mut served = Served::cramped(home, &[&address], room, &["--autocommit=1"]);
    let errors = std::io::BufReader::new(served.child.stderr.take().unwrap());
    let client = served.client();
    let big = "lobby _AddSlots: (| big = vector copySize: 2000000 FillingWith: 1 |). big size";
    let refused = client.evaluate(big);
    assert_eq!(crate::served::code_of(&refused), "not_committed", "{refused}");
    // The program's own commits fail, too, which it tells; what is in memory is served on.
    let told =
        std::io::BufRead::lines(errors).find(|line| line.as_ref().is_ok_and(|l| l.contains("not committed")));
    assert!(told.is_some_and(|line| line.is_ok_and(|line| line.contains("no space left"))));
    let size = client.ask(&json!({"command": "evaluate", "code": "big size", "commit": false}));
    assert_eq!(size["value"], 2_000_000, "{size}");
    assert_eq!(served.end().0, Some(3), "it says that the last state could not be kept");
}

#[test]
fn many_who_only_connect_hold_up_nobody() {
    let served = Served::new(&["http://127.0.0.1:0?role=change"]);
    let (at, _) = served.http_door();
    let silent: Vec<TcpStream> = (0..300).map(|_| TcpStream::connect(at).unwrap()).collect();
    let (head, _) = crate::http(at, &format!("GET / HTTP/1.1\r\nHost: {at}"));
    assert!(head.starts_with("http/1.1 403"), "{head}");
    // Who says half a request is sent away in time.
    let mut half = silent.into_iter().next().unwrap();
    std::io::Write::write_all(&mut half, b"GET / HTTP/1.1\r\nHost:").unwrap();
    half.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    let mut rest = Vec::new();
    assert!(half.read_to_end(&mut rest).is_ok(), "it is not kept for ever");
}
