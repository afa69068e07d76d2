//! What must hold for long: nothing acknowledged is lost however the server ends, nothing grows with those who come and go, and those who
//! do nothing hold up nobody. `BATOS_BRIDGE_KILLS` and `BATOS_BRIDGE_CHURN` make it more: 200 and 100000 are what was promised.

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
    let before = size_of(served.child.id());
    come_and_go(all);
    let after = size_of(served.child.id());
    assert!(after.0 < before.0 + 40_000, "{before:?} -> {after:?} kB after {all} connections");
    assert!(after.1 <= before.1 + 20, "{before:?} -> {after:?}");
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
