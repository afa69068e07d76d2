//! Programs that read an image beside others that change it: nothing that anybody does to the file may hurt a reader.

use std::io::Write;
use std::process::{Child, Stdio};

use batos_tests::program::{Home, Run};

/// A prompt that reads, has answered once, and waits.
fn reader(home: &Home, args: &[&str]) -> Child {
    let mut child = home
        .command()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.as_mut().unwrap(), "'it reads' printLine").unwrap();
    let mut said = Vec::new();
    while !said.ends_with(b"it reads\n") {
        let mut byte = [0];
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut byte).unwrap();
        said.push(byte[0]);
    }
    child
}

fn act(home: &Home, args: &[&str]) -> String {
    let run = home.run(args, b"");
    assert_eq!(run.status, 0, "{args:?}: {run:?}");
    run.out
}

#[test]
fn a_prompt_that_reads_outlives_every_command() {
    let home = Home::new();
    act(&home, &["image", "new", "w.batos"]);
    let change = |n: &str| {
        let line = format!("lobby _AddSlots: (| step{n} = vector copySize: 50000 FillingWith: {n} |)");
        act(&home, &["eval", "--no-model", "--image", "w.batos", "--commit", n, &line]);
    };
    change("1");
    let mut readers = vec![
        reader(&home, &["--no-model", "--read-only", "w.batos"]),
        reader(&home, &["--no-model", "--at", "1", "w.batos"]),
    ];
    let before = std::fs::metadata(home.path("w.batos")).unwrap().len();
    let told = act(&home, &["image", "compact", "w.batos"]);
    assert!(told.contains("are kept for programs that read"), "{told}");
    act(&home, &["image", "compact", "w.batos"]);
    change("2");
    readers.push(reader(&home, &["--no-model", "--read-only", "w.batos"]));
    act(&home, &["image", "branch", "w.batos", "side"]);
    change("3");
    act(&home, &["image", "revert", "w.batos", "4"]);
    act(&home, &["image", "branch", "--switch", "w.batos", "side"]);
    act(&home, &["image", "export", "w.batos", "e.batos"]);
    act(&home, &["image", "branch", "--remove", "w.batos", "main"]);
    act(&home, &["image", "keep", "w.batos", "1"]);
    act(&home, &["image", "recover", "w.batos"]);
    act(&home, &["image", "compact", "w.batos"]);
    act(&home, &["image", "new", "--force", "e.batos"]);
    for mut child in readers {
        // Everything is looked at: what is found from the lobby, and what marking finds.
        let ask = b"image collectGarbage. list printString\nimage history size printLine\n(1 to: 1000) asVector size\n";
        child.stdin.take().unwrap().write_all(ask).unwrap();
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!(run.status, 0, "{run:?}");
        assert!(run.out.contains("1000"), "{run:?}");
    }
    assert_eq!(act(&home, &["image", "verify", "w.batos"]).split(':').next(), Some("sound"));
    act(&home, &["image", "compact", "w.batos"]);
    let after = std::fs::metadata(home.path("w.batos")).unwrap().len();
    assert!(after <= before, "what was kept for readers is given back: {before}, then {after}");
}
