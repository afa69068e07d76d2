//! Doors of a world with a prompt: they work while it waits for a line, and while it evaluates one.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use batos_tests::program::Home;
use serde_json::json;

use crate::served::Client;

#[test]
fn doors_work_beside_the_prompt() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let address = format!("ipc://{}", home.path("own/door").display());
    let mut child = home
        .command()
        .args(["--no-model", "w.batos"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut read = || {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        line.trim().to_string()
    };
    writeln!(input, "bridge open: '{address}?role=change'").unwrap();
    assert_eq!(read(), format!("'{address}'"));
    // Nobody types anything now.
    let client = Client::new(&address);
    assert_eq!(client.evaluate("lobby _AddSlots: (| told <- 0 |). 3 + 4")["value"], 7);
    // A line that goes on for long, until a client ends it.
    writeln!(input, "[ told = 0 ] whileTrue: [ process this sleep: 1 ]. told").unwrap();
    assert_eq!(client.evaluate("told: 5")["error"], json!(null));
    assert_eq!(read(), "5");
    writeln!(input, "bridge close: '{address}'. told: 6. told").unwrap();
    assert_eq!(read(), "6");
    drop(input);
    assert!(child.wait().unwrap().success());
}
