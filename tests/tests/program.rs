//! The program from outside: exit statuses, pipes, images as files, and bad input of every kind, which gets a clear
//! error and loses nothing.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::Duration;

use batos_tests::program::{Home, expect_failure};
use batos_tests::server::Server;

#[test]
fn an_expression_prints_its_value() {
    let home = Home::new();
    let run = home.run(&["eval", "3 + 4"], b"");
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "7\n", ""));
}

#[test]
fn a_run_time_error_ends_with_its_trace() {
    let home = Home::new();
    let run = home.run(&["eval", "(1 & 2) asVector at: 7"], b"");
    expect_failure(&run, 1, &["expression:1"]);
    assert_eq!(run.out, "");
}

#[test]
fn dates_are_those_of_the_zone() {
    let home = Home::new();
    let line = "[ | d | d: 20000 _DateTime: 45296000. \
        (d _At: 4) printString, ' ', (d _At: 8) printString, ' ', (d _At: 13) printString, ' ', \
        ((d copyFrom: 0 UpTo: 8) _ConvertToDayMs _At: 1) printString ] value print";
    // The second zone is two hours before the first in October.
    for (zone, told) in [("UTC", "12 0 12 45296000"), ("CET-1CEST,M3.5.0,M10.5.0/3", "14 1 12 45296000")] {
        let run = home.command().env("TZ", zone).args(["eval", "--quiet", line]).output().expect("it runs");
        assert_eq!(String::from_utf8_lossy(&run.stdout), told, "{run:?}");
    }
}

#[test]
fn a_world_with_a_scheduler_for_another_machine_is_told_of() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "old.batos"], b"").status, 0);
    let change =
        ["eval", "--image", "old.batos", "--commit", "older", "scheduler _AddSlots: (| protocol = 1 |)"];
    let run = home.run(&change, b"");
    assert!(!run.err.contains("earlier version"), "{run:?}");
    let run = home.run(&["eval", "--image", "old.batos", "3 + 4"], b"");
    assert!(run.err.contains("old.batos: this world was made by an earlier version"), "{run:?}");
}

#[test]
fn an_error_in_the_background_shows_where_it_happened() {
    let line = "p: [ list copyRemoveAll removeFirst ] fork. process sleep: 20. p stackPrintString print";
    let run = Home::new().run(&["eval", &format!("[ | p | {line}. 3 ] value")], b"");
    assert!(run.err.contains("    0  missing: of a list  (collection/collection.self"), "{run:?}");
    assert!(!run.err.contains("suspend:"), "{run:?}");
    // All of it is there for those who ask.
    assert!(run.out.contains("suspend: of a process"), "{run:?}");
}

#[test]
fn an_error_that_nobody_reads_still_has_its_status() {
    let home = Home::new();
    for program in ["(1 & 2) asVector at: 7", "3 + 4 * 5"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let status = home.command().args(["eval", program]).stderr(writer).status().expect("it runs");
        assert_eq!(status.code(), Some(1), "{program}");
    }
}

#[test]
fn a_directory_is_no_script() {
    let home = Home::new();
    let run = home.run(&["run", "."], b"");
    expect_failure(&run, 1, &["batos: . is a directory", "help"]);
}

#[test]
fn a_syntax_error_shows_the_place() {
    let home = Home::new();
    let run = home.run(&["eval", "3 + 4 * 5"], b"");
    expect_failure(&run, 1, &["L0022", "3 + 4 * 5", "help"]);
}

#[test]
fn piped_input_has_no_prompts_and_no_colours() {
    let home = Home::new();
    let run = home.run(&["--no-model"], b"3 + 4\n[ |:x|\n  x + 1\n] value: 3\n\n'a', 'b'\n");
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "7\n4\n'ab'\n", ""));
}

#[test]
fn a_pipe_ends_at_the_first_error() {
    let home = Home::new();
    let run = home.run(&[], b"1\nnil frobnicate\n2\n");
    expect_failure(&run, 1, &["frobnicate"]);
    assert_eq!(run.out, "1\n");
}

#[test]
fn binary_rubbish_is_refused() {
    let home = Home::new();
    let rubbish: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let run = home.run(&[], &rubbish);
    expect_failure(&run, 1, &["L00"]);
}

#[test]
fn a_program_gets_its_arguments_and_sets_the_status() {
    let home = Home::new();
    fs::write(home.path("p.self"), "(os arguments at: 1) printLine\nos quit: 7\n").unwrap();
    let run = home.run(&["run", "p.self", "--first", "second"], b"");
    assert_eq!((run.status, run.out.as_str()), (7, "second\n"), "{run:?}");
}

#[test]
fn a_bare_world_has_primitives_only() {
    let home = Home::new();
    fs::write(home.path("bare.self"), "(3 _IntAdd: 4) _Eq: 7\n3 + 4\n").unwrap();
    let run = home.run(&["run", "--bare", "bare.self"], b"");
    expect_failure(&run, 1, &["+"]);
}

#[test]
fn a_script_that_does_not_exist_is_told() {
    let home = Home::new();
    expect_failure(&home.run(&["run", "nowhere.self"], b""), 1, &["nowhere.self", "help"]);
    expect_failure(&home.run(&["parse", "nowhere.self"], b""), 1, &["nowhere.self"]);
}

#[test]
fn missing_and_foreign_images_are_told() {
    let home = Home::new();
    expect_failure(&home.run(&["nowhere.batos"], b"1\n"), 3, &["no image", "batos image new"]);
    fs::write(home.path("foreign.batos"), "I am a letter, not an image.\n".repeat(1000)).unwrap();
    expect_failure(&home.run(&["foreign.batos"], b"1\n"), 3, &["not an image"]);
    fs::write(home.path("empty.batos"), "").unwrap();
    expect_failure(&home.run(&["empty.batos"], b"1\n"), 3, &["empty.batos"]);
    let letter = fs::read_to_string(home.path("foreign.batos")).unwrap();
    assert!(letter.starts_with("I am a letter"), "the foreign file was changed");
}

#[test]
fn a_truncated_image_is_refused_and_not_made_worse() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let whole = fs::read(home.path("w.batos")).unwrap();
    // So little that the log can't make up for it.
    let rest = &whole[..whole.len() / 8];
    fs::write(home.path("w.batos"), rest).unwrap();
    let run = home.run(&["w.batos"], b"1\n");
    expect_failure(&run, 3, &["w.batos"]);
    assert!(fs::read(home.path("w.batos")).unwrap() == rest, "the damaged file was changed");
}

#[test]
fn a_newer_version_is_refused() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "--bare", "w.batos"], b"").status, 0);
    let mut bytes = fs::read(home.path("w.batos")).unwrap();
    // Both superblocks, wherever the version stands in them: the smallest change that is no longer this version.
    for page in [0, 4096] {
        bytes[page + 8] = bytes[page + 8].wrapping_add(1);
    }
    fs::write(home.path("w.batos"), &bytes).unwrap();
    let run = home.run(&["w.batos"], b"1\n");
    expect_failure(&run, 3, &["w.batos"]);
}

#[test]
fn commits_stay_and_can_be_taken_back() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let script = b"lobby _AddSlots: (| answer = 42 |)\nimage commit: 'the answer'\n";
    let run = home.run(&["w.batos"], script);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(home.run(&["eval", "--image", "w.batos", "answer"], b"").out, "42\n");
    // What was not committed is gone.
    let run = home.run(&["w.batos"], b"lobby _AddSlots: (| lost = 1 |)\n");
    assert_eq!(run.status, 0, "{run:?}");
    expect_failure(&home.run(&["eval", "--image", "w.batos", "lost"], b""), 1, &["lost"]);

    let log = home.run(&["image", "log", "--json", "w.batos"], b"");
    assert!(log.out.contains("the answer"), "{log:?}");
    let diff = home.run(&["image", "diff", "w.batos", "1"], b"");
    assert!(diff.out.contains("+ answer = 42"), "{diff:?}");
    assert_eq!(home.run(&["image", "verify", "w.batos"], b"").status, 0);
    let old = home.run(&["eval", "--image", "w.batos", "--at", "1", "answer"], b"");
    expect_failure(&old, 1, &["answer"]);
    assert_eq!(home.run(&["image", "revert", "w.batos", "1"], b"").status, 0);
    expect_failure(&home.run(&["eval", "--image", "w.batos", "answer"], b""), 1, &["answer"]);
}

#[test]
fn an_image_is_a_file_to_copy() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let run =
        home.run(&["eval", "--image", "w.batos", "--commit", "x", "lobby _AddSlots: (| x = 'kept' |)"], b"");
    assert_eq!(run.status, 0, "{run:?}");
    fs::copy(home.path("w.batos"), home.path("copy.batos")).unwrap();
    assert_eq!(home.run(&["eval", "--image", "copy.batos", "x"], b"").out, "'kept'\n");
    assert_eq!(home.run(&["image", "export", "copy.batos", "small.batos"], b"").status, 0);
    assert_eq!(home.run(&["eval", "--image", "small.batos", "x"], b"").out, "'kept'\n");
    assert_eq!(home.run(&["image", "compact", "copy.batos"], b"").status, 0);
    assert_eq!(home.run(&["eval", "--image", "copy.batos", "x"], b"").out, "'kept'\n");
    let run = home.run(&["image", "export", "copy.batos", "small.batos"], b"");
    expect_failure(&run, 3, &["there already", "--force"]);
}

#[test]
fn a_locked_image_names_the_holder() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let mut holder =
        home.command().args(["w.batos"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = holder.stdin.take().unwrap();
    writeln!(input, "'ready' printLine").unwrap();
    let mut line = String::new();
    // Kept open: a program whose output nobody reads ends.
    let mut out = std::io::BufReader::new(holder.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut out, &mut line).unwrap();
    let run = home.run(&["w.batos"], b"1\n");
    expect_failure(&run, 3, &["open for writing", &holder.id().to_string(), "--read-only"]);
    // Readers are welcome meanwhile.
    assert_eq!(home.run(&["--read-only", "w.batos"], b"3 + 4\n").out, "7\n");
    drop(input);
    let _ = holder.wait();
}

#[test]
fn a_read_only_file_is_told_before_work_is_lost() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let run = home.run(&["--read-only", "w.batos"], b"image commit: 'no'\n");
    assert_ne!(run.status, 0, "{run:?}");
    assert!(run.err.contains("read-only"), "{run:?}");
    fs::set_permissions(home.path("w.batos"), fs::Permissions::from_mode(0o444)).unwrap();
    // Root may write whatever the mode says.
    if fs::OpenOptions::new().append(true).open(home.path("w.batos")).is_err() {
        expect_failure(&home.run(&["w.batos"], b"1\n"), 3, &["--read-only"]);
    }
}

#[test]
fn kill_loses_nothing_that_was_acknowledged() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    for round in 1..=3 {
        let mut child =
            home.command().args(["w.batos"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "lobby _AddSlots: (| round = {round} |)\nimage commit: 'r'\n'done' printLine")
            .unwrap();
        let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("done") {
            line.clear();
            assert_ne!(std::io::BufRead::read_line(&mut out, &mut line).unwrap(), 0, "it ended early");
        }
        child.kill().unwrap();
        let _ = child.wait();
        let run = home.run(&["eval", "--image", "w.batos", "round"], b"");
        assert_eq!(run.out, format!("{round}\n"), "{run:?}");
    }
}

#[test]
fn sources_are_parsed_formatted_and_compiled() {
    let home = Home::new();
    fs::write(home.path("a.self"), "(|x=3. y<-4|)\n").unwrap();
    let run = home.run(&["parse", "--tree", "a.self"], b"");
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.contains("slotList"), "{run:?}");
    assert_eq!(home.run(&["fmt", "--check", "a.self"], b"").status, 1);
    assert_eq!(home.run(&["fmt", "a.self"], b"").status, 0);
    assert_eq!(home.run(&["fmt", "--check", "a.self"], b"").status, 0);
    assert_eq!(home.run(&["disasm", "a.self"], b"").status, 0);
    assert_eq!(home.run(&["explain", "L0022"], b"").status, 0);
    assert_eq!(home.run(&["explain", "L9999"], b"").status, 2);
}

#[test]
fn a_name_that_no_test_has_is_an_error() {
    let home = Home::new();
    let suite =
        b"testing suite: 'mine' Tests: (| parent* = traits testSuite. testIt = ( expect: 3 ToBe: 3 ) |)";
    fs::write(home.path("t.self"), suite).unwrap();
    let run = home.run(&["test", "--load", "t.self", "mine"], b"");
    assert_eq!((run.status, run.out.as_str()), (0, "1 passed, 0 failed\n"), "{run:?}");
    expect_failure(&home.run(&["test", "--load", "t.self", "theirs"], b""), 1, &["no test has theirs"]);
}

#[test]
fn wrong_use_tells_the_right_one() {
    let home = Home::new();
    expect_failure(&home.run(&["image", "frobnicate"], b""), 2, &["Usage"]);
    expect_failure(&home.run(&["eval", "--commit", "m", "1"], b""), 2, &["--image"]);
    expect_failure(
        &home.run(&["--image", "a.batos", "b.batos"], b""),
        2,
        &["two images", "a.batos", "b.batos"],
    );
    expect_failure(&home.run(&["image", "branch", "a.batos", ""], b""), 2, &["no name for a branch"]);
    expect_failure(&home.run(&["image", "new", "no/such/a.batos"], b""), 3, &["o such file or directory\n"]);
    // A command behind an option is one all the same; behind an image it is not; a word too many.
    assert_eq!(home.run(&["--model", "m", "eval", "3"], b"").out, "3\n");
    expect_failure(&home.run(&["a.batos", "image", "log"], b""), 2, &["`image` must come first"]);
    expect_failure(&home.run(&["a.batos", "b.batos"], b""), 2, &["\"b.batos\" is one word too many"]);
    for how in [&["--read-only"][..], &["--at", "1"]] {
        let args = [&["eval", "--image", "a.batos", "--commit", "m"][..], how, &["1"]].concat();
        expect_failure(&home.run(&args, b""), 2, &["can't be committed to"]);
    }
    let help = home.run(&["--help"], b"");
    assert_eq!(help.status, 0);
    for part in ["Examples:", "Exit status:", "batos eval"] {
        assert!(help.out.contains(part), "{part}");
    }
}

#[test]
fn a_sound_image_has_nothing_to_recover() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "--bare", "w.batos"], b"").status, 0);
    let before = fs::read(home.path("w.batos")).unwrap();
    let run = home.run(&["image", "recover", "w.batos"], b"");
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.contains("nothing to recover") && !run.out.contains("damaged"), "{run:?}");
    assert!(fs::read(home.path("w.batos")).unwrap() == before, "the image was changed");
}

#[test]
fn the_reference_goes_where_it_is_wanted() {
    let home = Home::new();
    let run = home.run(&["doc", "--out", "-"], b"");
    assert!(run.status == 0 && run.out.starts_with("# Reference of the world\n"), "{:.200}", run.out);
    assert!(!home.path("-").exists());
}

#[test]
fn what_commands_say_are_strings_as_messages() {
    let home = Home::new();
    let run = home.run(
        &[
            "eval",
            "(shell help includesSubstring: ':commit MESSAGE') && (shell more = 'there is nothing more')",
        ],
        b"",
    );
    assert_eq!((run.status, run.out.as_str()), (0, "true\n"), "{run:?}");
}

#[test]
fn a_server_of_models_is_a_setting_of_the_world() {
    let home = Home::new();
    let server = Server::start(vec![("thrice", vec!["( self * 3 )"])], Duration::ZERO);
    let line = format!("mind policy: 'auto'. mind candidates: 1. {}. 5 thrice", server.setting());
    let out = home.run(&["eval", &line], b"");
    assert_eq!((out.out.as_str(), out.status), ("15\n", 0), "{}", out.err);
    let out = home.run(&["eval", "mind policy: 'auto'. mind backend: 'nowhere'. 5 thrice"], b"");
    assert!(out.status != 0 && out.err.contains("a server is described by its address"), "{}", out.err);
}

#[test]
fn an_application_goes_from_image_to_image_as_a_file() {
    let home = Home::new();
    let program = "\
traits _AddSlots: (|
    {'Category: bank\x7fModuleInfo: Module: bank'
        account = (| parent* = traits clonable. deposit: n = ( amount: amount + n ) |).
    }
|)
globals _AddSlots: (|
    {'Category: bank\x7fModuleInfo: Module: bank'
        account = (| parent* = traits account. owner <- ''. amount <- 0. friends |).
        bank = (| parent* = traits oddball. accounts <- dictionary copyRemoveAll. log = list copyRemoveAll. self2 |).
    }
|)
errors _AddSlots: (| {'ModuleInfo: Module: bank' overdrawn = errors user copyName: 'overdrawn' } |)
traits integer _AddSlots: (| {'ModuleInfo: Module: bank' euro = ( self * 100 ) } |)
testing suite: 'bank' Tests: (| {'ModuleInfo: Module: bank' parent* = traits testSuite. testEuro = ( expect: 3 euro ToBe: 300 ) } |)
('ann' & 'bob' & 'it\\'s') asVector do: [ |:n| bank accounts at: n Put: ((account copy owner: n) deposit: n size euro) ]
bank accounts do: [ |:a| a friends: bank accounts. bank log add: a ]
bank self2: bank
";
    fs::write(home.path("bank.self"), program).expect("it can be written");
    for image in ["a.batos", "b.batos"] {
        assert_eq!(home.run(&["image", "new", image], b"").status, 0);
    }
    let run = home.run(&["run", "--image", "a.batos", "--commit=bank", "bank.self"], b"");
    assert_eq!(run.status, 0, "{run:?}");
    let first = home.run(&["image", "fileOut", "a.batos", "bank"], b"");
    assert_eq!(first.status, 0, "{first:?}");
    fs::write(home.path("out.self"), &first.out).expect("it can be written");
    let run = home.run(&["run", "--image", "b.batos", "--commit", "out.self"], b"");
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", first.out);
    let second = home.run(&["image", "fileOut", "b.batos", "bank"], b"");
    assert_eq!(first.out, second.out);
    let check = "(bank accounts at: 'it\\'s') amount printString, ' ', ((bank accounts at: 'bob') friends == bank accounts) printString, \
        ' ', (bank log includes: (bank accounts at: 'ann')) printString, ' ', (bank self2 == bank) printString, \
        ' ', errors overdrawn printString";
    let run = home.run(&["eval", "--image", "b.batos", check], b"");
    assert_eq!(run.out, "'400 true true true errors overdrawn'\n", "{run:?}");
    let run = home.run(&["test", "--image", "b.batos", "bank"], b"");
    assert_eq!((run.status, run.out.as_str()), (0, "1 passed, 0 failed\n"), "{run:?}");
    let run = home.run(&["image", "fileOut", "b.batos", "nothing"], b"");
    expect_failure(&run, 1, &["no slot belongs to a module nothing"]);
}

#[test]
fn what_is_not_kept_is_told() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    fs::write(home.path("p.self"), "lobby _AddSlots: (| rose <- 1 |)\n").expect("it can be written");
    let note = "note: not committed, so not kept: rose";
    let run = home.run(&["run", "--image", "w.batos", "p.self"], b"");
    assert!(run.status == 0 && run.err.contains(note), "{run:?}");
    let run = home.run(&["run", "--image", "w.batos", "p.self", "--commit"], b"");
    assert!(run.err.contains("--commit stands before the file"), "{run:?}");
    let run = home.run(&["eval", "--image", "w.batos", "lobby _AddSlots: (| rose <- 1 |). 3"], b"");
    assert!(run.out == "3\n" && run.err.contains(note), "{run:?}");
    for options in [&["--image", "w.batos"][..], &["--image", "w.batos", "--echo"]] {
        let run = home.run(options, b"lobby _AddSlots: (| rose <- 1 |)");
        assert!(run.err.contains(note), "{run:?}");
    }
    // Nothing is lost where nothing changed, and where nobody named a world.
    assert_eq!(home.run(&["eval", "--image", "w.batos", "3 + 4"], b"").err, "");
    assert_eq!(home.run(&["run", "p.self"], b"").err, "");
    let run = home.run(&["run", "--image", "w.batos", "--commit", "p.self"], b"");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(home.run(&["--no-model", "eval", "--image", "w.batos", "lobby rose"], b"").out, "1\n");
    expect_failure(&home.run(&["run", "--commit", "p.self"], b""), 2, &["which image", "--image FILE"]);
}
