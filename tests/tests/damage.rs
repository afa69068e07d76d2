//! Images that are not what they should be, under the whole program: changed bytes, files that shrink, move and vanish, and a system
//! that gives no room. Whatever it is, the program says so, ends with status 3 where it can't go on, and loses
//! nothing that was committed.

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use batos_tests::program::{Home, Run, batos, expect_failure};

/// A world with a few commits.
fn world(home: &Home) {
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    for n in 1..4 {
        let line = format!("lobby _AddSlots: (| step{n} = vector copySize: 30000 FillingWith: {n} |)");
        let run = home.run(&["eval", "--no-model", "--image", "w.batos", "--commit", "m", &line], b"");
        assert_eq!(run.status, 0, "{run:?}");
    }
}

/// A prompt that waits after its first answer.
fn prompt(home: &Home, file: &str) -> Child {
    let mut child = home
        .command()
        .args(["--no-model", "--echo", file])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.as_mut().unwrap(), "lobby _AddSlots: (| kept = 'of me' |)").unwrap();
    let mut said = Vec::new();
    while !said.ends_with(b"lobby\n") {
        let mut byte = [0];
        child.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
        said.push(byte[0]);
    }
    child
}

fn tell(mut child: Child, text: &str) -> Run {
    // It may have ended already.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    Run::from(child.wait_with_output().unwrap())
}

/// One changed byte at many places: `BATOS_DAMAGE_PLACES` says at how many.
#[test]
fn a_changed_byte_is_told_or_does_not_matter() {
    let places: u64 = std::env::var("BATOS_DAMAGE_PLACES").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let home = Home::new();
    world(&home);
    let whole = fs::read(home.path("w.batos")).unwrap();
    let used: Vec<usize> = (0..whole.len())
        .step_by(4096)
        .filter(|at| whole[*at..*at + 4096].iter().any(|byte| *byte != 0))
        .collect();
    let mut numbers = batos_image::store::recording::Numbers::new(2000);
    let (mut refused, mut went_on) = (0, 0);
    for _ in 0..places {
        let at = used[numbers.below(used.len() as u64) as usize] + numbers.below(4096) as usize;
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << numbers.below(8);
        fs::write(home.path("d.batos"), &damaged).unwrap();
        let line = "image collectGarbage. (step1 last + step2 last + step3 last) printString size";
        let run = home.run(&["eval", "--no-model", "--image", "d.batos", line], b"");
        match run.status {
            0 => went_on += 1,
            // The last commit may be the one that is damaged: then it is not there, and opening for writing says so.
            1 => assert!(run.err.contains("step3"), "byte {at}: {run:?}"),
            3 => {
                refused += 1;
                assert!(run.err.contains("offset"), "byte {at}: {run:?}");
            }
            _ => panic!("byte {at}: {run:?}"),
        }
        assert!(!run.err.contains("panicked"), "byte {at}: {run:?}");
        let run = home.run(&["image", "export", "--force", "d.batos", "e.batos"], b"");
        if run.status == 0 {
            let line = "step1 last + step2 last";
            assert_eq!(
                home.run(&["eval", "--no-model", "--image", "e.batos", line], b"").out,
                "3\n",
                "byte {at}"
            );
            assert_eq!(home.run(&["image", "verify", "e.batos"], b"").status, 0, "byte {at}");
        } else {
            expect_failure(&run, 3, &["d.batos"]);
        }
    }
    println!("{places} places: {refused} refused, {went_on} made no difference");
}

#[test]
fn a_damaged_segment_is_neither_copied_nor_compacted_nor_named() {
    let home = Home::new();
    world(&home);
    assert_eq!(home.run(&["image", "compact", "w.batos"], b"").status, 0);
    let mut bytes = fs::read(home.path("w.batos")).unwrap();
    // The last segment of the world stands before the log and the catalogs, or behind them: one that has objects.
    let at = (1..bytes.len() >> 20)
        .rev()
        .map(|chunk| chunk << 20)
        .find(|at| {
            let chunk = &bytes[*at..*at + (1 << 20)];
            !chunk.starts_with(b"BAT") && chunk.iter().filter(|byte| **byte != 0).count() > 100_000
        })
        .unwrap();
    bytes[at + 70_000] ^= 4;
    fs::write(home.path("w.batos"), &bytes).unwrap();
    for args in [
        &["image", "verify", "w.batos"][..],
        &["image", "export", "w.batos", "e.batos"],
        &["image", "compact", "w.batos"],
        &["image", "compact", "--keep", "5", "w.batos"],
        &["image", "branch", "w.batos", "b"],
        &["image", "import", "w.batos", "i.batos"],
        &["eval", "--no-model", "--image", "w.batos", "image collectGarbage. 3"],
        &["eval", "--no-model", "--untrusted", "--image", "w.batos", "3"],
    ] {
        let run = home.run(args, b"");
        expect_failure(&run, 3, &["w.batos", "wrong checksum", &at.to_string()]);
        assert!(!run.err.contains("panicked"), "{run:?}");
    }
    assert_eq!(fs::read(home.path("w.batos")).unwrap(), bytes, "nobody changed it");
}

#[test]
fn a_file_that_is_cut_short_is_told() {
    let home = Home::new();
    world(&home);
    let child = prompt(&home, "w.batos");
    fs::File::options().write(true).open(home.path("w.batos")).unwrap().set_len(3 << 20).unwrap();
    let run = tell(child, "image collectGarbage. 8\n");
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.err.contains("w.batos") && run.err.contains("cut short"), "{run:?}");
}

#[test]
fn a_commit_into_a_file_without_a_name_is_refused() {
    for replaced in [true, false] {
        let home = Home::new();
        world(&home);
        let child = prompt(&home, "w.batos");
        if replaced {
            fs::copy(home.path("w.batos"), home.path("n")).unwrap();
            fs::rename(home.path("n"), home.path("w.batos")).unwrap();
        } else {
            fs::remove_file(home.path("w.batos")).unwrap();
        }
        let run = tell(child, "image commit: 'x'\nimage saveAs: 'else.batos'\nimage saveAs: 'else.batos'\n");
        let why = if replaced { "another file has its name now" } else { "no file has its name any more" };
        for part in
            ["not committed: w.batos is no longer the image", why, "saveAs:", "not saved: else.batos exists"]
        {
            assert!(run.out.contains(part) || run.err.contains(part), "{part}: {run:?}");
        }
        assert_eq!(home.run(&["eval", "--image", "else.batos", "kept"], b"").out, "'of me'\n");
        if replaced {
            assert_eq!(home.run(&["image", "log", "w.batos"], b"").out.lines().count(), 4);
        }
    }
}

/// The program under limits of the shell.
fn limited(home: &Home, limit: &str, args: &[&str]) -> Run {
    let plain = home.command();
    let script = format!("ulimit {limit}; exec \"$0\" \"$@\"");
    let mut command = Command::new("bash");
    command.current_dir(home.path(".")).args(["-c", &script]).arg(batos()).args(args);
    for (key, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(key, value),
            None => command.env_remove(key),
        };
    }
    Run::from(command.stdin(Stdio::null()).output().unwrap())
}

#[test]
fn limits_of_the_system_are_told() {
    let home = Home::new();
    world(&home);
    for kib in [16_000_000, 4_000_000, 1_000_000] {
        let run =
            limited(&home, &format!("-v {kib}"), &["eval", "--no-model", "--image", "w.batos", "step1 last"]);
        assert_eq!((run.status, run.out.as_str()), (0, "1\n"), "{kib}: {run:?}");
    }
    expect_failure(
        &limited(&home, "-v 400000", &["eval", "--no-model", "--image", "w.batos", "3"]),
        3,
        &["memory"],
    );
    let big = "lobby _AddSlots: (| big = vector copySize: 3000000 FillingWith: 1 |). 3";
    let change = ["eval", "--no-model", "--image", "w.batos", "--commit", "m", big];
    for limit in ["-f 8", "-f 9000", "-f 17000"] {
        expect_failure(&limited(&home, limit, &change), 3, &["not committed: no space left"]);
    }
    for limit in ["-f 8", "-f 5000"] {
        let run = limited(&home, limit, &["image", "export", "w.batos", "e.batos"]);
        expect_failure(&run, 3, &["no space left"]);
    }
    for files in 4..12 {
        let limit = format!("-n {files}");
        for args in
            [&change[..], &["image", "export", "--force", "w.batos", "e.batos"], &["image", "log", "w.batos"]]
        {
            let run = limited(&home, &limit, args);
            assert!(run.status == 0 || run.status == 3, "{files}: {run:?}");
            assert!(!run.err.contains("panicked"), "{files}: {run:?}");
        }
    }
    let left: Vec<_> = fs::read_dir(home.path(".")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".new-")), "{left:?}");
    assert_eq!(home.run(&["image", "verify", "w.batos"], b"").status, 0);
}

#[test]
fn who_is_interrupted_leaves_nothing_behind() {
    let home = Home::new();
    let litter = || {
        let names = fs::read_dir(home.path(".")).unwrap().map(|e| e.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().contains(".new-")).count()
    };
    for signal in ["INT", "TERM", "KILL"] {
        let mut child =
            home.command().args(["image", "new", "w.batos"]).stdout(Stdio::null()).spawn().unwrap();
        while litter() == 0 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        let status = child.wait().unwrap();
        // It may have been faster than we are.
        if !kill.success() || status.success() {
            fs::remove_file(home.path("w.batos")).unwrap();
            continue;
        }
        assert!(signal == "KILL" || litter() == 0, "{signal}: {status}");
        assert!(!home.path("w.batos").exists());
    }
    // What was killed is cleared away by the next one.
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    assert_eq!(litter(), 0);
}

#[test]
fn whoever_stops_reading_does_not_stop_a_commit() {
    let home = Home::new();
    world(&home);
    let much = "1 to: 60000 Do: [|:i| i printLine]. lobby _AddSlots: (| done = 7 |). (1 to: 60000) asVector";
    let script =
        format!("set -o pipefail; \"$0\" eval --no-model --image w.batos --commit m '{much}' | head -1");
    let plain = home.command();
    let mut command = Command::new("bash");
    command.current_dir(home.path(".")).args(["-c", &script]).arg(batos());
    for (key, value) in plain.get_envs() {
        if let Some(value) = value {
            command.env(key, value);
        }
    }
    let run = Run::from(command.output().unwrap());
    assert_eq!((run.status, run.out.as_str()), (0, "1\n"), "{run:?}");
    assert_eq!(home.run(&["eval", "--image", "w.batos", "done"], b"").out, "7\n");
    let script = "(echo '(1 to: 60000) asVector'; for i in $(seq 3000); do echo '(1 to: 20) asVector'; done; \
        echo \"lobby _AddSlots: (| later8 = 8 |)\"; echo \"image commit: 'late'\") \
        | \"$0\" --no-model w.batos | head -1";
    let mut command = Command::new("bash");
    command.current_dir(home.path(".")).args(["-c", script]).arg(batos());
    for (key, value) in plain.get_envs() {
        if let Some(value) = value {
            command.env(key, value);
        }
    }
    command.output().unwrap();
    assert_eq!(home.run(&["eval", "--image", "w.batos", "later8"], b"").out, "8\n");
}

/// A small file system of its own in a directory `small`, which is full and then read-only. Nothing where nobody may mount one.
#[test]
fn full_and_read_only_file_systems_are_told() {
    let script = r#"
        mkdir small && mount -t tmpfs -o size=40m tmpfs small && cp w.batos small/ && cd small || exit 77
        change() { "$0" eval --no-model --image w.batos --commit m "lobby _AddSlots: (| $1 |). $2"; echo "= $?"; }
        change 'big = vector copySize: 8000000 FillingWith: 1' 3
        "$0" image export w.batos e.batos; echo "= $?"
        "$0" image compact w.batos; echo "= $?"
        change 'little = 4' 4
        ls
        mount -o remount,ro . || exit 77
        change 'more = 5' 5
        "$0" image compact w.batos; echo "= $?"
        "$0" eval --no-model --image w.batos little; echo "= $?"
        printf 'little + 1\n' | "$0" --no-model --read-only w.batos; echo "= $?"
        "$0" image verify w.batos > /dev/null; echo "= $?"
    "#;
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let plain = home.command();
    let mut command = Command::new("unshare");
    command.current_dir(home.path(".")).args(["-m", "bash", "-c", script]).arg(batos());
    for (key, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(key, value),
            None => command.env_remove(key),
        };
    }
    let run = match command.stdin(Stdio::null()).output() {
        Ok(output) => Run::from(output),
        Err(error) => return eprintln!("skipped: no unshare ({error})"),
    };
    if run.status != 0 {
        return eprintln!("skipped: nobody may mount a file system here: {}", run.err);
    }
    assert_eq!(
        run.out.lines().collect::<Vec<_>>(),
        ["= 3", "= 3", "= 3", "4", "= 0", "w.batos", "= 3", "= 3", "4", "= 0", "5", "= 0", "= 0"],
        "{run:?}"
    );
    assert!(run.err.contains("not committed: no space left"), "{run:?}");
    assert!(run.err.contains("Read-only file system") && !run.err.contains("panicked"), "{run:?}");
}

#[test]
fn who_fills_the_memory_is_told_and_can_go_on() {
    let home = Home::new();
    for what in [
        "(vector copySize: 100000)",
        "(vector copySize: 40000)",
        "(vector copySize: 5000)",
        "(byteVector copySize: 300000)",
        "(vector copySize: 20)",
    ] {
        let program = format!(
            "lobby _AddSlots: (| kept. told |). kept: list copyRemoveAll.
             told: ([ [ kept add: {what} ] loop ] on: errors lack Do: [ |:e| kept: nil. e kind ]).
             (told = errors outOfMemory) printLine.
             (1 to: 100) asList size"
        );
        let run = limited(&home, "-v 1200000", &["eval", "--no-model", &program]);
        assert_eq!((run.status, run.out.as_str()), (0, "true\n100\n"), "{what}: {run:?}");
    }
}
