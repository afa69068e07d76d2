//! `batos image …` from outside: what every command tells a program, and what happens when there is no room, nobody may
//! write, or the file is not what it should be. Nothing is ever lost by it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use batos_tests::program::{Home, Run, batos, expect_failure};
use serde_json::Value as Json;

fn world(home: &Home) {
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
}

fn json(home: &Home, args: &[&str]) -> Json {
    let run = home.run(&[&["image"], args].concat(), b"");
    assert_eq!(run.status, 0, "{run:?}");
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{args:?}: {error}: {run:?}"))
}

#[test]
fn every_command_can_be_read_by_a_program() {
    let home = Home::new();
    assert_eq!(json(&home, &["new", "--json", "w.batos"])["file"], "w.batos");
    for n in ["1", "2"] {
        let line = format!("lobby _AddSlots: (| step = {n} |)");
        assert_eq!(home.run(&["eval", "--image", "w.batos", "--commit", n, &line], b"").status, 0);
    }
    let info = json(&home, &["info", "--json", "w.batos"]);
    assert_eq!((&info["head"], &info["branch"]), (&3.into(), &"main".into()));
    let log = json(&home, &["log", "--json", "w.batos"]);
    let messages: Vec<&str> =
        log.as_array().unwrap().iter().map(|c| c["message"].as_str().unwrap()).collect();
    assert_eq!(messages, ["2", "1", "the standard world"]);
    assert_eq!(json(&home, &["log", "--json", "-n", "1", "w.batos"]).as_array().unwrap().len(), 1);
    let show = json(&home, &["show", "--json", "w.batos", "2"]);
    assert_eq!((&show["commit"], &show["parent"], &show["message"]), (&2.into(), &1.into(), &"1".into()));
    let diff = json(&home, &["diff", "--json", "w.batos", "2", "3"]);
    assert_eq!(diff, serde_json::json!([{ "path": "step", "before": "1", "after": "2" }]));
    assert_eq!(json(&home, &["verify", "--json", "w.batos"])["sound"], true);
    assert_eq!(json(&home, &["branch", "--json", "w.batos", "old"])["commit"], 3);
    assert_eq!(json(&home, &["revert", "--json", "w.batos", "2"])["state_of"], 2);
    assert_eq!(home.run(&["eval", "--image", "w.batos", "step"], b"").out, "1\n");
    let branches = json(&home, &["branch", "--json", "w.batos"]);
    let current: Vec<_> =
        branches.as_array().unwrap().iter().filter(|b| b["current"] == true).map(|b| &b["branch"]).collect();
    assert_eq!(current, ["main"]);
    assert_eq!(json(&home, &["branch", "--json", "--switch", "w.batos", "old"])["branch"], "old");
    assert_eq!(home.run(&["eval", "--image", "w.batos", "step"], b"").out, "2\n");
    assert_eq!(json(&home, &["export", "--json", "w.batos", "e.batos"])["to"], "e.batos");
    let compact = json(&home, &["compact", "--json", "e.batos"]);
    assert!(compact["after_bytes"].as_u64() <= compact["before_bytes"].as_u64(), "{compact}");
    assert_eq!(json(&home, &["import", "--json", "e.batos", "i.batos"])["to"], "i.batos");
    assert_eq!(home.run(&["eval", "--image", "i.batos", "step"], b"").out, "2\n");
}

#[test]
fn another_boolean_is_one_difference() {
    let home = Home::new();
    world(&home);
    for (n, line) in
        ["lobby _AddSlots: (| on <- false. off <- nil |)", "on: true. off: false"].iter().enumerate()
    {
        let run = home.run(&["eval", "--image", "w.batos", "--commit", &n.to_string(), line], b"");
        assert_eq!(run.status, 0, "{run:?}");
    }
    let diff = home.run(&["image", "diff", "w.batos", "2"], b"");
    assert_eq!(diff.out, "- off = nil\n+ off = false\n- on = false\n+ on = true\n");
}

#[test]
fn the_log_names_who_committed() {
    let home = Home::new();
    world(&home);
    let who = |user: Option<&str>, message: &str| {
        let mut command = home.command();
        command.args(["eval", "--image", "w.batos", "--commit", message, "lobby _AddSlots: (| step = 1 |)"]);
        command.env_remove("USER").env_remove("LOGNAME");
        command.envs(user.map(|name| ("LOGNAME", name)));
        assert!(command.output().expect("it runs").status.success());
        json(&home, &["log", "--json", "-n", "1", "w.batos"])[0]["author"].as_str().unwrap().to_owned()
    };
    assert_eq!(who(Some("ada"), "by name"), "ada");
    let number = who(None, "by number");
    assert!(number.strip_prefix("uid ").is_some_and(|n| n.parse::<u32>().is_ok()), "{number}");
}

#[test]
fn the_first_commit_in_a_new_world_can_be_undone() {
    let home = Home::new();
    let run = home.run(&["--no-model"], b"lobby _AddSlots: (| mine = 1 |)\n:commit m\n:log\n:undo\nmine\n");
    expect_failure(&run, 1, &["mine"]);
    assert!(
        run.out.contains("\nundone: commit 2 on main: m\nback to commit 1 on main: the standard world\n"),
        "{run:?}"
    );
    let run = home.run(&["--no-model"], b":redo\nmine\n");
    assert_eq!((run.status, run.out.lines().last()), (0, Some("1")), "undo is undone by redo: {run:?}");
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    expect_failure(
        &home.run(&["w.batos", "--no-model"], b":undo\n"),
        1,
        &["there is no commit to go back to"],
    );
}

#[test]
fn an_imported_world_becomes_ones_own() {
    let home = Home::new();
    world(&home);
    let line = "lobby _AddSlots: (| gift = 'yours' |)";
    assert_eq!(home.run(&["eval", "--image", "w.batos", "--commit", "g", line], b"").status, 0);
    let run = home.run(&["image", "import", "w.batos"], b"");
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(home.run(&["--no-model"], b"gift\n").out, "'yours'\n");
    let run = home.run(&["--no-model"], b"lobby _AddSlots: (| mine = 1 |)\n:commit m\n:undo\ngift\nmine\n");
    expect_failure(&run, 1, &["mine"]);
    assert!(run.out.ends_with("'yours'\n"), "what was imported can be gone back to: {run:?}");
    expect_failure(&home.run(&["image", "import", "w.batos"], b""), 3, &["there already", "--force"]);
}

#[test]
fn processes_of_an_imported_world_do_not_go_on() {
    let home = Home::new();
    world(&home);
    let line = "lobby _AddSlots: (| sleeper <- [ [ true ] whileTrue: [ process sleep: 100000 ] ] fork |)";
    assert_eq!(home.run(&["eval", "--image", "w.batos", "--commit", "s", line], b"").status, 0);
    let status = |image: &str| home.run(&["eval", "--image", image, "sleeper _ProcessStatus"], b"").out;
    assert_ne!(status("w.batos"), "'aborted'\n");
    let run = home.run(&["image", "import", "w.batos", "own.batos"], b"");
    assert!(run.status == 0 && run.out.contains("ended"), "{run:?}");
    assert_eq!(status("own.batos"), "'aborted'\n");
    let run = home.run(&["eval", "--image", "own.batos", "[ 3 + 4 ] fork join"], b"");
    assert_eq!((run.out.as_str(), run.err.as_str()), ("7\n", ""), "{run:?}");
    assert_eq!(home.run(&["image", "verify", "own.batos"], b"").status, 0);
    assert_eq!(json(&home, &["import", "--json", "own.batos", "again.batos"])["ended_processes"], 0);
}

#[test]
fn what_comes_from_elsewhere_is_verified_first() {
    let home = Home::new();
    world(&home);
    let mut bytes = fs::read(home.path("w.batos")).unwrap();
    // One bit of the world, which after `new` is the second packet of the log.
    let packets = (0..bytes.len()).step_by(4096).filter(|at| bytes[*at..].starts_with(b"BATPACKT"));
    let at = packets.max().unwrap() + 1_000_000;
    bytes[at] ^= 1;
    fs::write(home.path("bad.batos"), &bytes).unwrap();
    let run = home.run(&["image", "import", "bad.batos", "i.batos"], b"");
    expect_failure(&run, 3, &["bad.batos"]);
    assert!(!home.path("i.batos").exists());
    expect_failure(&home.run(&["image", "verify", "bad.batos"], b""), 3, &["bad.batos"]);
}

#[test]
fn verifying_names_the_first_wrong_word_and_the_way_to_it() {
    let home = Home::new();
    world(&home);
    assert_eq!(home.run(&["image", "export", "w.batos", "e.batos"], b"").status, 0);
    let mut bytes = fs::read(home.path("e.batos")).unwrap();
    let heap =
        (0..bytes.len()).step_by(1 << 20).find(|at| bytes[at + 1536..].starts_with(b"BATHEAP1")).unwrap();
    // Root 3, the lobby, becomes a reference to where nothing is.
    let lobby = heap + (96 << 10) + 16 + 8 * 3;
    bytes[lobby..lobby + 8].copy_from_slice(&(1_u64 << 40 | 1).to_le_bytes());
    fs::write(home.path("e.batos"), &bytes).unwrap();
    let words =
        ["segment 0 has a wrong checksum", "image offset 0x18028", "outside the image", "the root vector"];
    expect_failure(&home.run(&["image", "verify", "e.batos"], b""), 3, &words);
    let run = home.run(&["eval", "--image", "e.batos", "--untrusted", "3"], b"");
    expect_failure(&run, 3, &["wrong checksum"]);
}

#[test]
fn the_history_is_as_long_as_one_says() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "--keep", "30", "w.batos"], b"").status, 0);
    assert_eq!(json(&home, &["keep", "--json", "w.batos"])["keep"], 30);
    let step = |n: u32| {
        let line = format!("lobby _AddSlots: (| step = {n} |)");
        assert_eq!(home.run(&["eval", "--image", "w.batos", "--commit", "s", &line], b"").status, 0);
    };
    (2..=5).for_each(step);
    let oldest = || json(&home, &["info", "--json", "w.batos"])["oldest"].as_u64().unwrap();
    let size = || fs::metadata(home.path("w.batos")).unwrap().len();
    let before = size();
    json(&home, &["compact", "--json", "--keep", "2", "w.batos"]);
    assert_eq!(oldest(), 3);
    // The oldest kept state may get a copy of its own of what changed since.
    assert!(size() <= before + (2 << 20), "{before} bytes, then {}", size());
    assert_eq!(home.run(&["eval", "--image", "w.batos", "--at", "3", "step"], b"").out, "3\n");
    // A branch keeps its commit, whoever compacts.
    json(&home, &["branch", "--json", "w.batos", "old"]);
    (6..=9).for_each(step);
    for _ in 0..2 {
        json(&home, &["compact", "--json", "w.batos"]);
        assert_eq!(oldest(), 5);
        // Both states may have all of the world, but not more than that.
        assert!(size() <= before + (4 << 20), "{before} bytes, then {}", size());
    }
    let run = home.run(&["image", "compact", "w.batos"], b"");
    assert!(run.out.contains("branches keep older states"), "{run:?}");
    let run = home.run(&["image", "branch", "--remove", "w.batos", "main"], b"");
    expect_failure(&run, 3, &["main is the current branch"]);
    assert_eq!(json(&home, &["branch", "--json", "--remove", "w.batos", "old"])["removed"], true);
    json(&home, &["compact", "--json", "w.batos"]);
    assert_eq!((oldest(), size() < before), (10, true));
    let run = home.run(&["image", "log", "w.batos"], b"");
    assert!(run.out.starts_with("commit 10 is the oldest that is kept"), "{run:?}");
    assert_eq!(home.run(&["eval", "--image", "w.batos", "step"], b"").out, "9\n");
    assert_eq!(json(&home, &["keep", "--json", "w.batos", "7"])["keep"], 7);
    assert_eq!(json(&home, &["info", "--json", "w.batos"])["keep"], 7);
}

#[test]
fn no_command_takes_what_is_no_image() {
    let home = Home::new();
    fs::write(home.path("letter.txt"), "Dear bat,\n".repeat(5000)).unwrap();
    for command in ["info", "log", "show", "verify", "branch", "compact", "recover"] {
        expect_failure(&home.run(&["image", command, "nowhere.batos"], b""), 3, &["nowhere.batos"]);
        expect_failure(&home.run(&["image", command, "letter.txt"], b""), 3, &["letter.txt"]);
    }
    for command in ["diff", "revert"] {
        expect_failure(&home.run(&["image", command, "nowhere.batos", "1"], b""), 3, &["nowhere.batos"]);
        expect_failure(&home.run(&["image", command, "letter.txt", "1"], b""), 3, &["letter.txt"]);
    }
    for command in ["export", "import"] {
        expect_failure(
            &home.run(&["image", command, "nowhere.batos", "to.batos"], b""),
            3,
            &["nowhere.batos"],
        );
        expect_failure(&home.run(&["image", command, "letter.txt", "to.batos"], b""), 3, &["letter.txt"]);
    }
    assert!(!home.path("to.batos").exists());
    assert!(fs::read_to_string(home.path("letter.txt")).unwrap() == "Dear bat,\n".repeat(5000));
}

#[test]
fn commits_and_names_that_are_not_there_are_told() {
    let home = Home::new();
    world(&home);
    for args in [["show", "w.batos", "77"], ["diff", "w.batos", "77"], ["revert", "w.batos", "77"]] {
        expect_failure(&home.run(&[&["image"], &args[..]].concat(), b""), 3, &["77", "batos image log"]);
    }
    let run = home.run(&["image", "branch", "--switch", "w.batos", "nowhere"], b"");
    expect_failure(&run, 3, &["nowhere", "batos image branch"]);
    expect_failure(&home.run(&["--at", "77", "w.batos"], b"1\n"), 3, &["77"]);
}

#[test]
fn an_existing_file_stays_until_the_new_one_is_complete() {
    let home = Home::new();
    world(&home);
    let line = "lobby _AddSlots: (| x = 'kept' |)";
    assert_eq!(home.run(&["eval", "--image", "w.batos", "--commit", "x", line], b"").status, 0);
    expect_failure(&home.run(&["image", "new", "w.batos"], b""), 3, &["there already", "--force"]);
    expect_failure(&home.run(&["image", "export", "--force", "w.batos", "w.batos"], b""), 3, &["itself"]);
    expect_failure(
        &home.run(&["image", "new", "--force", "--stdlib", "nowhere", "w.batos"], b""),
        1,
        &["nowhere"],
    );
    assert_eq!(home.run(&["eval", "--image", "w.batos", "x"], b"").out, "'kept'\n");
    let left: Vec<_> = fs::read_dir(home.path(".")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".new-")), "{left:?}");
    assert_eq!(home.run(&["image", "new", "--force", "w.batos"], b"").status, 0);
    expect_failure(&home.run(&["eval", "--image", "w.batos", "x"], b""), 1, &["x"]);
}

/// Runs the program where no file may grow beyond so many KiB: as on a full disk, writing then fails.
fn cramped(home: &Home, kib: u64, args: &[&str], input: &str) -> Run {
    let script = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"");
    let plain = home.command();
    let mut command = Command::new("bash");
    command.current_dir(home.path(".")).args(["-c", &script]).arg(batos()).args(args);
    for (key, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(key, value),
            None => command.env_remove(key),
        };
    }
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
    Run::from(child.wait_with_output().unwrap())
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len() / 1024
}

#[test]
fn a_full_disk_at_a_commit_loses_nothing() {
    let home = Home::new();
    world(&home);
    // There is room for what the log has set aside, and for no more.
    let room = size(&home.path("w.batos"));
    let script = "lobby _AddSlots: (| kept = 'small' |)\nimage commit: 'fits'\n\
        lobby _AddSlots: (| big = vector copySize: 2000000 FillingWith: 1 |)\nimage commit: 'does not fit'\n\
        big size\n";
    let run = cramped(&home, room, &["--echo", "w.batos"], script);
    assert!(
        run.out.contains("not committed: no space left") && run.out.contains("Nothing is lost"),
        "{run:?}"
    );
    assert!(run.out.contains("2000000"), "the world did not go on: {run:?}");
    let log = home.run(&["image", "log", "w.batos"], b"").out;
    assert!(log.contains("fits") && !log.contains("does not"), "{log}");
    assert_eq!(home.run(&["eval", "--image", "w.batos", "kept"], b"").out, "'small'\n");
    assert_eq!(home.run(&["image", "verify", "w.batos"], b"").status, 0);

    let line = "lobby _AddSlots: (| big = vector copySize: 2000000 FillingWith: 1 |)";
    let run = cramped(&home, room, &["eval", "--image", "w.batos", "--commit", "m", line], "");
    expect_failure(&run, 3, &["no space left", "as it was before"]);
    for args in [&["image", "export", "w.batos", "e.batos"][..], &["image", "new", "e.batos"]] {
        let run = cramped(&home, 100, args, "");
        expect_failure(&run, 3, &["no space left", "make room"]);
        assert!(!home.path("e.batos").exists());
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let home = Home::new();
    world(&home);
    for args in [
        "eval '(1 to: 200000) asVector'",
        "eval '(1 to: 200000) do: [ |:i| i printLine ]'",
        "explain",
        "image log w.batos",
    ] {
        let script = format!("set -o pipefail; \"$0\" {args} | head -1 >/dev/null");
        let plain = home.command();
        let mut command = Command::new("bash");
        command.current_dir(home.path(".")).args(["-c", &script]).arg(batos());
        for (key, value) in plain.get_envs() {
            if let Some(value) = value {
                command.env(key, value);
            }
        }
        let run = Run::from(command.output().unwrap());
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{args}: {run:?}");
    }
    let run = Run::from(
        home.command()
            .args(["eval", "3 + 4"])
            .stdout(fs::File::create("/dev/full").unwrap())
            .output()
            .unwrap(),
    );
    expect_failure(&run, 1, &["can't be written"]);
}
