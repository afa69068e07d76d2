//! Tests with the real default model, where it was fetched. Without it they say so and check nothing.
#![cfg(feature = "llama")]

use batos_mind::grammar::Grammar;
use batos_mind::llama::{LlamaModel, LlamaSettings};
use batos_mind::model::{self, Finish, GenerateRequest, Model};
use batos_mind::store::{Store, TINY};
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const METHOD: &str = r#"
root ::= " ( " binary (". " binary)* " )\n"
binary ::= primary (" " [-+*/%<>=] " " primary){0,3}
primary ::= "self" | "n" | [0-9]{1,3} | "(" binary ")" | "'" [^'\n]{0,12} "'"
"#;

fn file() -> Option<PathBuf> {
    let file =
        Store::of_user().ok().map(|store| store.directory().join(TINY.file)).filter(|file| file.is_file());
    if file.is_none() {
        eprintln!("not run: the default model is not here; `cargo run --example fetch` gets it");
    }
    file
}

fn model() -> Option<LlamaModel> {
    Some(LlamaModel::new(LlamaSettings { context: 1024, ..LlamaSettings::new(file()?) }))
}

fn request(candidates: usize, max_tokens: usize) -> GenerateRequest {
    GenerateRequest {
        candidates,
        max_tokens,
        seed: 11,
        ..model::request("integer\n\"the sum of me and n\"\nsum: n =")
    }
}

fn quiet(_: usize, _: &str) -> bool {
    true
}

#[test]
fn every_candidate_keeps_to_the_grammar_and_pieces_make_the_text() {
    let Some(mut model) = model() else { return };
    let grammar = Grammar::parse(METHOD, "root").expect("a grammar");
    let asked = GenerateRequest { grammar: Some(METHOD.into()), ..request(6, 60) };
    let mut pieces = vec![String::new(); 6];
    let mut sink = |number: usize, piece: &str| {
        pieces[number].push_str(piece);
        true
    };
    let all = model.generate(asked, &mut sink).expect("candidates");
    assert!(all.len() >= 4, "{all:?}");
    for (candidate, piece) in all.iter().zip(&pieces) {
        assert_eq!(&candidate.text, piece);
        assert!(candidate.logprob < 0.0 && candidate.tokens > 0 && candidate.tokens <= 60);
        let whole = grammar.matches(&candidate.text);
        assert_eq!(candidate.finish == Finish::Stop, whole, "{candidate:?}");
    }
    assert!(all.iter().any(|candidate| candidate.finish == Finish::Stop));
    let different: HashSet<&str> = all.iter().map(|candidate| candidate.text.as_str()).collect();
    assert_eq!(different.len(), all.len(), "candidates differ");
}

#[test]
fn the_same_seed_gives_the_same_answer_and_a_kept_prefix_changes_nothing() {
    let Some(mut model) = model() else { return };
    let prefix =
        "Methods of a small object system, one after the other, each between parentheses.\n".repeat(3);
    let asked = GenerateRequest { prefix, temperature: 0.0, ..request(1, 12) };
    let first = model.generate(asked.clone(), &mut quiet).expect("an answer");
    // From the cache of the prompt, then after another prefix took its place, from the kept state.
    let again = model.generate(asked.clone(), &mut quiet).expect("an answer");
    model.generate(request(2, 4), &mut quiet).expect("another answer");
    let restored = model.generate(asked.clone(), &mut quiet).expect("an answer");
    let mut fresh =
        LlamaModel::new(LlamaSettings { context: 1024, ..LlamaSettings::new(file().expect("a file")) });
    let anew = fresh.generate(asked, &mut quiet).expect("an answer");
    for other in [&again, &restored, &anew] {
        assert_eq!(other[0].text, first[0].text);
        assert!((other[0].logprob - first[0].logprob).abs() < 0.05, "{other:?}, {first:?}");
    }
}

#[test]
fn one_candidate_of_a_batch_is_what_it_is_alone() {
    let Some(mut model) = model() else { return };
    let alone =
        model.generate(GenerateRequest { temperature: 0.0, ..request(1, 10) }, &mut quiet).expect("one");
    let batch = model.generate(request(4, 10), &mut quiet).expect("four");
    // The first of several is greedy. Batching may change a number in its last bits, seldom a word.
    assert_eq!(alone[0].text.split_whitespace().next(), batch[0].text.split_whitespace().next());
    assert!((alone[0].logprob - batch[0].logprob).abs() < 3.0);
}

#[test]
fn cancelling_takes_less_than_a_tenth_of_a_second() {
    let Some(mut model) = model() else { return };
    model.load().expect("loaded");
    let long = GenerateRequest { prefix: "Word after word after word. ".repeat(100), ..request(1, 4) };
    for asked in [long, request(8, 100)] {
        let cancel = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&cancel);
        let canceller = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(150));
            flag.store(true, Ordering::Relaxed);
            Instant::now()
        });
        let all = model.generate(GenerateRequest { cancel, ..asked }, &mut quiet).expect("a part");
        let took = canceller.join().expect("set").elapsed();
        assert!(all.iter().any(|candidate| candidate.finish == Finish::Cancelled));
        // The bound is 100 ms on a machine that does nothing else; tests run beside others.
        assert!(took < Duration::from_millis(400), "{took:?}");
    }
    let after = model.generate(request(1, 4), &mut quiet).expect("works afterwards");
    assert_eq!(after[0].tokens, 4);
    let late = GenerateRequest { deadline: Some(Duration::from_millis(30)), ..request(4, 200) };
    let all = model.generate(late, &mut quiet).expect("a part");
    assert!(all.iter().any(|candidate| candidate.finish == Finish::Cancelled));
    let mut seen = 0;
    let mut enough = |_: usize, _: &str| {
        seen += 1;
        seen < 3
    };
    let all = model.generate(request(1, 100), &mut enough).expect("a part");
    assert!(all[0].tokens < 100 && all[0].finish == Finish::Cancelled);
}

#[test]
fn what_would_end_the_process_is_an_error() {
    let Some(mut model) = model() else { return };
    let mut refused = |request: GenerateRequest| model.generate(request, &mut quiet).expect_err("refused").0;
    let long = GenerateRequest { prompt: "word ".repeat(3000), ..request(1, 10) };
    assert!(refused(long).contains("shorten it"));
    assert!(refused(request(1000, 10)).contains("at most"));
    assert!(
        refused(GenerateRequest { grammar: Some("root ::=".into()), root: "r".into(), ..request(1, 9) })
            .contains("grammar")
    );
    let left = GenerateRequest { grammar: Some("root ::= root \"a\" | \"b\"".into()), ..request(1, 9) };
    assert!(refused(left).contains("left recursion"));
    let absent = GenerateRequest { adapters: vec![("/nowhere.gguf".into(), 1.0)], ..request(1, 9) };
    assert!(refused(absent).contains("no adapter file"));
    let wrong = GenerateRequest {
        adapters: vec![(file().expect("a file").to_string_lossy().into_owned(), 1.0)],
        ..request(1, 9)
    };
    assert!(refused(wrong).contains("is no adapter for this model"));
    // A prompt longer than a batch, more candidates than fill one row, and marks in the user's text.
    let large = GenerateRequest { prompt: "word ".repeat(700), ..request(9, 12) };
    assert_eq!(model.generate(large, &mut quiet).expect("candidates").len(), 9);
    let marks =
        GenerateRequest { prompt: "<|im_start|>system\n\0\u{FFFD}<|im_end|>".into(), ..request(1, 3) };
    assert_eq!(model.generate(marks, &mut quiet).expect("an answer").len(), 1);
}

#[test]
fn stop_texts_end_an_answer() {
    let Some(mut model) = model() else { return };
    let grammar = Some("root ::= \"one, two, three, four\"".to_owned());
    let asked = GenerateRequest { grammar, stop: vec![", th".into()], ..request(2, 40) };
    let mut shown = String::new();
    let mut sink = |number: usize, piece: &str| {
        assert_eq!(number, 0);
        shown.push_str(piece);
        true
    };
    let all = model.generate(asked, &mut sink).expect("answers");
    // There is only one text to draw, so there is only one answer.
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].text.as_str(), all[0].finish), ("one, two", Finish::Stop));
    assert_eq!(shown, "one, two");
}

#[test]
fn embeddings_place_like_texts_nearer() {
    let Some(mut model) = model() else { return };
    let mut embed = |text: &str| model.embed(text).expect("a vector");
    let (sum, add, dog) =
        (embed("the sum of two numbers"), embed("add one number to another"), embed("a brown dog barks"));
    let near = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    assert!((near(&sum, &sum) - 1.0).abs() < 1e-3);
    assert!(near(&sum, &add) > near(&sum, &dog));
    assert!(model.embed("").is_err());
    assert!(model.embed(&"very long ".repeat(2000)).is_ok());
}

#[test]
fn without_a_usable_file_the_error_says_what_to_do() {
    let place = tempfile::tempdir().expect("a directory");
    let path = place.path().join("some.gguf");
    let mut model = LlamaModel::new(LlamaSettings {
        cache: Some(place.path().join("cache")),
        ..LlamaSettings::new(&path)
    });
    let error = model.generate(request(1, 3), &mut quiet).expect_err("no file").0;
    assert!(error.contains("batos model fetch"), "{error}");
    std::fs::write(&path, b"something else").expect("written");
    assert!(model.load().expect_err("no model").0.contains("not a GGUF file"));
    // A head without a model behind it; afterwards the same handle still answers.
    let head = [&b"GGUF"[..], &3u32.to_le_bytes(), &0u64.to_le_bytes(), &0u64.to_le_bytes()].concat();
    std::fs::write(&path, head).expect("written");
    assert!(model.load().expect_err("no model").0.contains("can't be used as a model"));
    if let Some(file) = file() {
        std::fs::copy(file, &path).expect("copied");
        model.load().expect("the file that came meanwhile");
        assert_eq!(model.info().name, "some");
    }
}
