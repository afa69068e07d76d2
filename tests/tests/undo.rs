//! Going back and forth in history: step by step, on one's branch, and never over what is not committed.

use batos_tests::program::Home;

fn played(home: &Home, lines: &[&str]) -> (i32, Vec<String>, String) {
    let run = home.run(&["--no-model", "w.batos"], (lines.join("\n") + "\n").as_bytes());
    (run.status, run.out.lines().map(str::to_string).collect(), run.err)
}

fn world() -> Home {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let (status, ..) = played(
        &home,
        &["lobby _AddSlots: (| a = 1 |)", ":commit a", "lobby _AddSlots: (| b = 2 |)", ":commit b"],
    );
    assert_eq!(status, 0);
    home
}

#[test]
fn undo_goes_back_step_by_step_and_redo_forth() {
    let home = world();
    let (status, out, err) = played(
        &home,
        &[":undo", ":undo", "(reflect: lobby) includesName: 'a'", ":redo", "a", ":redo", "b", ":undo"],
    );
    let expected = [
        "undone: commit 3 on main: b",
        "back to commit 2 on main: a",
        "undone: commit 2 on main: a",
        "back to commit 1 on main: the standard world",
        "false",
        "done again: commit 2 on main: a",
        "1",
        "done again: commit 3 on main: b",
        "2",
        "undone: commit 3 on main: b",
        "back to commit 2 on main: a",
    ];
    assert_eq!((status, out), (0, expected.map(str::to_string).to_vec()), "{err}");
    // Something else was done since: there is no way forth any more.
    let (status, _, err) = played(&home, &["lobby _AddSlots: (| c = 3 |)", ":commit c", ":redo"]);
    assert!(status == 1 && err.contains("nothing was undone since the latest commit"), "{err}");
}

#[test]
fn undo_stays_on_its_branch() {
    let home = world();
    assert_eq!(home.run(&["image", "branch", "w.batos", "side"], b"").status, 0);
    assert_eq!(home.run(&["image", "branch", "--switch", "w.batos", "side"], b"").status, 0);
    let (status, out, err) = played(&home, &["lobby _AddSlots: (| c = 3 |)", ":commit c", ":undo", ":undo"]);
    assert_eq!(status, 0, "{err}");
    assert!(out.contains(&"undone: commit 5 on side: c".to_string()), "{out:?}");
    let (_, out, _) = played(&home, &[":log"]);
    let newest = out.first().cloned().unwrap_or_default();
    assert!(newest.contains("on side"), "the log names branches: {out:?}");
    assert_eq!(home.run(&["image", "branch", "--switch", "w.batos", "main"], b"").status, 0);
    let (status, out, err) = played(&home, &["b", "(reflect: lobby) includesName: 'c'"]);
    assert_eq!((status, out), (0, vec!["2".to_string(), "false".to_string()]), "{err}");
}

#[test]
fn a_pipe_never_loses_what_is_not_committed() {
    let home = world();
    for command in [":undo", ":redo"] {
        let (status, out, err) = played(&home, &["lobby _AddSlots: (| d = 4 |)", command, "3"]);
        assert_eq!((status, out), (1, vec!["lobby".to_string()]), "{err}");
        assert!(err.contains("not done: this would lose what is not committed: d"), "{err}");
    }
    let (_, out, _) = played(&home, &["b"]);
    assert_eq!(out, ["2"]);
}

#[test]
fn an_earlier_state_is_looked_at_while_the_present_stays() {
    let home = world();
    let asked = |commit: &str, text: &str| {
        let text = text.replace('\'', "\\'");
        format!("image at: {commit} Evaluate: '{text}' IfFail: [ |:e| e ]")
    };
    let lines = [
        asked("2", "a + 10"),
        asked("2", "b"),
        asked("2", "lobby _AddSlots: (| z = 9 |). z"),
        "(reflect: lobby) includesName: 'z'".into(),
        asked("99", "1"),
        asked("-1", "1"),
        asked("2", "3 +"),
        asked("2", "(| f = ( f ) |) f"),
        "image at: 2 Written: 'console write: (fileOut sourceOf: (3 & 4) asVector)' IfFail: ''".into(),
        "image history first message".into(),
    ];
    let (status, out, err) = played(&home, &lines.each_ref().map(String::as_str));
    assert_eq!((status, out.len()), (0, lines.len()), "{out:?} {err}");
    assert_eq!(out[0], "'11'");
    assert!(out[1].contains("No \\'b\\' slot found"), "{}", out[1]);
    assert_eq!((out[2].as_str(), out[3].as_str()), ("'9'", "false"));
    assert!(out[4].contains("not in the history"), "{}", out[4]);
    assert!(out[5].contains("badSignError") && out[6].contains("argument of `+`"), "{out:?}");
    assert!(out[7].contains("more stack"), "{}", out[7]);
    assert_eq!((out[8].as_str(), out[9].as_str()), ("'(3 & 4) asVector'", "'b'"));
}

#[test]
fn nor_does_a_program_unless_it_says_so() {
    let home = world();
    assert_eq!(home.run(&["image", "branch", "w.batos", "side"], b"").status, 0);
    for message in ["undo", "redo", "revertTo: 2", "switchTo: 'side'"] {
        let (status, out, err) =
            played(&home, &["lobby _AddSlots: (| d = 4 |)", &format!("image {message}"), "3"]);
        assert_eq!((status, out), (1, vec!["lobby".to_string()]), "{message}: {err}");
        assert!(err.contains("not done: this would lose what is not committed: d. Commit it first"), "{err}");
    }
    let handled = "[ image undo ] on: errors uncommitted Do: [ |:e| e return: e details ]";
    let lost = "image losing: [ image undo ]";
    let (status, out, err) = played(&home, &["lobby _AddSlots: (| d = 4 |)", handled, "d", lost, "a"]);
    let expected =
        ["lobby", "a vector('d')", "4", "'undone: commit 3 on main: b\\nback to commit 2 on main: a'", "1"];
    assert_eq!((status, out), (0, expected.map(str::to_string).to_vec()), "{err}");
    let (_, out, _) = played(&home, &["(reflect: lobby) includesName: 'd'"]);
    assert_eq!(out, ["false"]);
}

#[test]
fn a_line_that_committed_does_not_go_on_in_another_program_but_what_it_forked_does() {
    let home = world();
    let lines = ["lobby _AddSlots: (| n <- 0 |)", "image commit: 'now'. n: 100"];
    assert_eq!(played(&home, &lines).0, 0);
    // Neither the rest of the line nor its process is left, however often.
    for _ in 0..3 {
        let (_, out, err) = played(&home, &["n", ":ps", "image commit: 'again'. n: 200"]);
        assert!(
            out[0] == "0" && out.iter().filter(|line| line.starts_with("process")).count() == 1,
            "{out:?} {err}"
        );
    }
    // A process that was running when it committed has its turn in the next program.
    let forked = ["[ image commit: 'forked'. n: 9 ] fork. process sleep: 20. n"];
    assert_eq!(played(&home, &forked).1, ["9"]);
    let (_, out, err) = played(&home, &["process sleep: 20", "n"]);
    assert_eq!(out.last().map(String::as_str), Some("9"), "{out:?} {err}");
}
