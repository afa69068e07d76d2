use super::{GrammarField, HttpModel, HttpSettings};
use crate::model::{self, Finish, GenerateRequest, Model};
use crate::testing::{Answer, Server};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

fn event(index: usize, text: &str, finish: Option<&str>) -> String {
    let logprobs = json!({"content": [{"token": text, "logprob": -0.5}]});
    let choice =
        json!({"index": index, "delta": {"content": text}, "finish_reason": finish, "logprobs": logprobs});
    format!("data: {}\n\n", json!({"choices": [choice]}))
}

fn request(candidates: usize) -> GenerateRequest {
    GenerateRequest { prefix: "You write Self.".into(), candidates, ..model::request("isEven =") }
}

fn model(server: &Server) -> HttpModel {
    HttpModel::new(HttpSettings { key: Some("secret".into()), ..HttpSettings::new(&server.url("/v1/"), "m") })
}

#[test]
fn candidates_stream_and_the_request_says_everything() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let server = Server::start(move |request| {
        let authorization = request.headers.iter().find(|(name, _)| name == "authorization");
        let body: Value = serde_json::from_str(&request.body).expect("JSON");
        kept.lock().expect("unpoisoned").push((request.path.clone(), authorization.cloned(), body));
        let mut events = vec![": a comment\n\n".to_owned()];
        events.push(event(0, "( self", None));
        events.push(event(1, "( nil )", Some("stop")));
        events.push(event(0, " )", Some("length")));
        events.push("data: [DONE]\n\n".into());
        Answer::pieces(events)
    });
    let settings = HttpSettings {
        key: Some("secret".into()),
        grammar: GrammarField::Grammar,
        ..HttpSettings::new(&server.url("/v1"), "m")
    };
    let asked = GenerateRequest {
        grammar: Some("root ::= \"( \" [a-z]+ \" )\"".into()),
        stop: vec!["\n".into()],
        seed: 5,
        ..request(2)
    };
    let mut shown = Vec::new();
    let mut sink = |number: usize, piece: &str| {
        shown.push((number, piece.to_owned()));
        true
    };
    let all = HttpModel::new(settings).generate(asked, &mut sink).expect("answers");
    assert_eq!(all.len(), 2);
    assert_eq!((all[0].text.as_str(), all[0].tokens, all[0].logprob), ("( self )", 2, -1.0));
    assert_eq!((all[0].finish, all[1].finish), (Finish::Length, Finish::Stop));
    assert_eq!(shown[0], (0, "( self".to_owned()));
    let (path, authorization, body) = seen.lock().expect("unpoisoned").remove(0);
    assert_eq!(path, "/v1/chat/completions");
    assert_eq!(authorization.expect("a key").1, "Bearer secret");
    assert_eq!(body["messages"][0]["content"], "You write Self.");
    assert_eq!((&body["n"], &body["seed"], &body["stop"][0]), (&json!(2), &json!(5), &json!("\n")));
    assert!(body["grammar"].as_str().expect("a grammar").contains("root"));
}

#[test]
fn a_server_with_one_answer_a_request_is_asked_again() {
    let server = Server::start(|request| {
        let body: Value = serde_json::from_str(&request.body).expect("JSON");
        let text = format!("seed {}", body["seed"]);
        Answer::text(&json!({"choices": [{"message": {"content": text}}]}).to_string())
    });
    for stream in [false, true] {
        let settings = HttpSettings { stream, ..HttpSettings::new(&server.url("/v1"), "m") };
        let all = HttpModel::new(settings).generate(request(3), &mut |_, _| true).expect("answers");
        assert_eq!(all.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), ["seed 0", "seed 1", "seed 2"]);
    }
}

#[test]
fn answers_are_made_to_fit_the_grammar_or_dropped() {
    let server = Server::start(|_| {
        let texts = ["```self\n( self )\n```", "Of course! Here it is.", "( n )"];
        let choices: Vec<Value> = texts.iter().map(|text| json!({"message": {"content": text}})).collect();
        Answer::text(&json!({ "choices": choices }).to_string())
    });
    let asked = GenerateRequest { grammar: Some("root ::= \" ( \" [a-z]+ \" )\\n\"".into()), ..request(3) };
    let mut model = HttpModel::new(HttpSettings { stream: false, ..HttpSettings::new(&server.url(""), "m") });
    let all = model.generate(asked.clone(), &mut |_, _| true).expect("answers");
    assert_eq!(all.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), [" ( self )\n", " ( n )\n"]);
    let none = GenerateRequest { grammar: Some("root ::= \"x\"".into()), ..asked };
    let error = model.generate(none, &mut |_, _| true).expect_err("nothing fits");
    assert!(error.0.contains("none of 3 answers"), "{error}");
}

#[test]
fn cancelling_does_not_wait_for_the_network() {
    let server =
        Server::start(|_| Answer::pieces((0..400).map(|n| event(0, &format!("{n} "), None)).collect()));
    let cancel = Arc::new(AtomicBool::new(false));
    let asked = GenerateRequest { cancel: Arc::clone(&cancel), ..request(1) };
    let mut set = None;
    let mut sink = |_: usize, _: &str| {
        set.get_or_insert_with(|| {
            cancel.store(true, Ordering::Relaxed);
            Instant::now()
        });
        true
    };
    let all = model(&server).generate(asked, &mut sink).expect("a part");
    assert_eq!(all[0].finish, Finish::Cancelled);
    assert!(all[0].text.starts_with("0 "));
    assert!(set.expect("a piece came").elapsed() < Duration::from_secs(1));
    let late = GenerateRequest { deadline: Some(Duration::from_millis(100)), ..request(1) };
    let all = model(&server).generate(late, &mut |_, _| true);
    assert!(all.is_ok_and(|all| all.iter().all(|c| c.finish == Finish::Cancelled)));
    let enough = model(&server).generate(request(1), &mut |_, _| false).expect("a part");
    assert_eq!(enough[0].text, "0 ");
}

#[test]
fn errors_say_what_to_do() {
    let server = Server::start(|request| match request.path.as_str() {
        "/key/chat/completions" => Answer::status(401),
        "/html/chat/completions" => Answer::text("<html>"),
        _ => Answer::status(404),
    });
    let ask = |path: &str| {
        let settings = HttpSettings { stream: false, ..HttpSettings::new(&server.url(path), "m") };
        HttpModel::new(settings).generate(request(1), &mut |_, _| true).expect_err("refused").0
    };
    assert!(ask("/key").contains("answered 401: told so; set the key"));
    assert!(ask("/elsewhere").contains("check the address and the model's name"));
    assert!(ask("/html").contains("no JSON"));
    let nobody = HttpSettings::new("http://127.0.0.1:1/v1", "m");
    let error = HttpModel::new(nobody).generate(request(1), &mut |_, _| true).expect_err("nobody there");
    assert!(error.0.contains("start the server"), "{error}");
}

#[test]
fn embeddings_have_length_one() {
    let server = Server::start(|request| {
        assert_eq!(request.path, "/v1/embeddings");
        Answer::text("{\"data\": [{\"embedding\": [3.0, 4.0]}]}")
    });
    assert_eq!(model(&server).embed("text").expect("a vector"), [0.6, 0.8]);
}
