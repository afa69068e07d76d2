//! From a planted flaw to a measured decision: an entry of a corpus teaches `size - 1` for the last index; what was refused for it is traced,
//! corrected, learned from when somebody says yes, and used only if more tasks are solved. The program that trains and measures is a
//! named fake, a script that keeps what it was given and says figures; a real one is `batos` itself.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use batos_tests::program::Home;

/// What a trainer says that gets so many tasks right, and so many wrong, with the adapter that it trained and with the old one.
struct Figures {
    new: (u32, u32),
    old: (u32, u32),
}

/// A home with a corpus, tasks, and a trainer; lessons come as they would from a model that was taught by that corpus.
fn home(figures: &Figures) -> Home {
    let home = Home::new();
    let Figures { new, old } = figures;
    let eval = |(right, wrong): (u32, u32)| {
        format!("echo '{{\"tasks\":20,\"chosen\":{right},\"wrong\":{wrong},\"declined\":0}}'")
    };
    let script = format!(
        "#!/bin/sh\necho \"$@\" >> asked\n\
         if [ \"$2\" = train ]; then cp \"$4\" learned; echo adapter > \"$6\"; exit 0; fi\n\
         if [ \"$4\" = --adapter ]; then {}; else {}; fi\n",
        eval(*new),
        eval(*old)
    );
    fs::write(home.path("trainer"), script).expect("a script");
    fs::set_permissions(home.path("trainer"), fs::Permissions::from_mode(0o755)).expect("it may run");
    fs::write(home.path("held.jsonl"), "{}\n").expect("tasks");
    let flawed = r#"{"receiver": "vector", "where": "traits vector", "selector": "withoutHead", "body": "( copyFrom: 1 UpTo: size - 1 )", "tests": [["(4 & 5 & 6) asVector withoutHead", "(5 & 6) asVector"]]}"#;
    let sound = r#"{"receiver": "vector", "where": "traits vector", "selector": "head", "body": "( first )", "tests": [["(4 & 5) asVector head", "4"]]}"#;
    fs::write(home.path("corpus.jsonl"), format!("{flawed}\n{sound}\n")).expect("a corpus");
    home
}

/// Lines typed at a world that has learned three times the hard way.
fn after_lessons(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from(
        "alfred trainer: './trainer'. alfred corpusFile: 'corpus.jsonl'. alfred tasksFile: 'held.jsonl'. nil\n",
    );
    for (selector, body) in [
        ("withoutHead", "( copyFrom: 1 UpTo: size - 1 )"),
        ("restOf", "( (asList copyFrom: 1 UpTo: size - 1) asVector )"),
        ("afterFirst", "(| n <- 1 | copyFrom: n UpTo: size - 1 )"),
    ] {
        text.push_str(&format!(
            "[| t. p | t: task copyReceiver: vector Selector: '{selector}' Arguments: vector Comment: ''. \
             p: proposal copyText: '{body}' Task: t. \
             p verdicts: (list copyRemoveAll add: (brick no: '{selector} gives (2), not (2 & 3)')). \
             t tried: (vector copyAddLast: p). mind learnFrom: t. nil ] value\n"
        ));
    }
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    text.into_bytes()
}

fn said(home: &Home, lines: &[&str]) -> Vec<String> {
    let run = home.run(&["--no-model"], &after_lessons(lines));
    assert_eq!(run.status, 0, "{run:?}");
    run.out.lines().filter(|line| *line != "nil").map(str::to_owned).collect()
}

#[test]
fn nothing_is_trained_before_somebody_says_yes() {
    let home = home(&Figures { new: (12, 0), old: (11, 0) });
    let said = said(
        &home,
        &[
            "inquiry thePolicy: 'auto'. nil",
            "errand teaching run state",
            "(errand teaching run) isNil",
            "alfred audit. thoughts all last conclusion",
        ],
    );
    assert_eq!(said[..2], ["'proposed'", "true"], "{said:?}");
    assert!(said[2].contains("a training with 1 corrected entry"), "{said:?}");
    assert!(!home.path("asked").exists() && !home.path("teaching").exists());
}

#[test]
fn what_is_better_is_used_and_can_be_taken_back() {
    let home = home(&Figures { new: (13, 1), old: (11, 1) });
    let said = said(
        &home,
        &[
            "alfred audit. thoughts accept: 1. (thoughts at: 1) conclusion",
            "(thoughts at: 1) state",
            "cognitiveWeaver current",
            "mind adapters",
            "thoughts undo: 1. cognitiveWeaver current",
            "mind adapters isEmpty",
        ],
    );
    let figures =
        "the old adapter gets 11 right and 1 wrong of 20 tasks, the new one 13 right and 1 wrong of 20";
    assert!(said[0].contains(figures), "{said:?}");
    let folder = home.path("teaching").canonicalize().expect("it was made");
    let folder = folder.display();
    let used = format!("a vector('{folder}/taught.gguf')");
    assert_eq!(said[1..], ["'accepted'", "'taught'", used.as_str(), "'coder'", "true"], "{said:?}");
    let asked = fs::read_to_string(home.path("asked")).expect("the trainer was asked");
    let words: Vec<&str> = asked.lines().collect();
    let beginning = format!("mind train --corpus {folder}/entries.jsonl --out {folder}/taught.gguf ");
    assert!(words[0].starts_with(&beginning), "{words:?}");
    assert!(words[0].ends_with("--from own"), "{words:?}");
    let with_new = format!("mind eval --json --adapter {folder}/taught.gguf held.jsonl");
    assert_eq!(words[1..], ["mind eval --json held.jsonl", with_new.as_str()]);
    // The flawed entry is not learned any more, the corrected one is, the sound one still.
    let learned = fs::read_to_string(home.path("learned")).expect("it was given entries");
    assert!(learned.contains(r#""body":"( copyFrom: 1 UpTo: size )""#), "{learned}");
    assert!(!learned.contains(r#""body": "( copyFrom: 1 UpTo: size - 1 )""#), "{learned}");
    assert!(learned.contains("( first )"), "{learned}");
}

#[test]
fn what_is_not_better_is_not_used() {
    // As good; better, but with more wrong ones installed.
    for figures in [Figures { new: (11, 1), old: (11, 1) }, Figures { new: (14, 3), old: (11, 1) }] {
        let home = home(&figures);
        let said = said(
            &home,
            &[
                "alfred audit. thoughts accept: 1. (thoughts at: 1) state",
                "cognitiveWeaver current",
                "(thoughts at: 1) conclusion",
            ],
        );
        assert_eq!(said[..2], ["'refused'", "'coder'"], "{said:?}");
        assert!(said[2].contains("not better, so the old one stays"), "{said:?}");
    }
}

#[test]
fn a_trainer_that_fails_says_why() {
    let home = home(&Figures { new: (0, 0), old: (0, 0) });
    fs::write(home.path("trainer"), "#!/bin/sh\necho 'no room' >&2\nexit 1\n").expect("a script");
    let said = said(
        &home,
        &[
            "alfred audit. [ thoughts accept: 1 ] on: errors any Do: [ |:e| e return: e messageText ]",
            "(thoughts at: 1) state",
        ],
    );
    assert!(said[0].contains("mind train failed: no room"), "{said:?}");
    assert_eq!(said[1], "'proposed'");
}
