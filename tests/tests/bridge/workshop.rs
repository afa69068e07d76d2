//! Working on a world from outside: looking, trying, defining, and going back.

use serde_json::json;

use crate::served::{Client, Served, code_of, door};

#[test]
fn an_attempt_a_definition_and_the_way_back() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let client = served.client();
    client.ask(&json!({"command": "hello", "client": "smith"}));
    client.evaluate(
        "lobby _AddSlots: (| counter = (| parent* = traits oddball. n <- 0. up = ( n: n + 1. n ) |) |)",
    );
    let trial = client
        .ask(&json!({"command": "try", "receiver": "counter", "code": "'hi' printLine. up. n: n + 1. n"}));
    assert_eq!(
        (&trial["verdict"], &trial["text"], &trial["output"]),
        (&json!("value"), &json!("2"), &json!("hi\n"))
    );
    assert_eq!(trial["changes"], json!(["counter"]), "{trial}");
    assert_eq!(client.evaluate("counter n")["value"], 0, "nothing of it lasts");
    let refused = client.ask(&json!({"command": "define", "receiver": "counter", "slots": "down = ( n: n - 2. n )", "check": "down = -1"}));
    assert_eq!(code_of(&refused), "refused", "{refused}");
    let refused = client.ask(&json!({"command": "define", "receiver": "counter", "slots": "down = ( "}));
    assert!(refused["error"].is_object(), "{refused}");
    let defined = client.ask(&json!({"command": "define", "receiver": "counter", "slots": "down = ( n: n - 1. n )", "check": "down = -1"}));
    assert_eq!(defined["defined"], "counter", "{defined}");
    let found = client.ask(&json!({"command": "search", "kind": "implementors", "text": "down"}));
    assert_eq!((&found["count"], &found["found"][0]["holder"]), (&json!(1), &json!("counter")), "{found}");
    let source = client.ask(&json!({"command": "source", "receiver": "counter", "selector": "down"}));
    assert_eq!(source["slot"]["source"], "( n: n - 1. n )");
    let whole = client.ask(&json!({"command": "source", "receiver": "counter"}));
    assert!(whole["source"].as_str().unwrap().contains("up = ( n: n + 1. n )"), "{whole}");

    client.ask(&json!({"command": "send", "receiver": "counter", "selector": "down", "commit": false}));
    let diff = client.ask(&json!({"command": "diff"}));
    assert_eq!(diff["differences"], json!([{"path": "counter n", "before": "0", "now": "-1"}]), "{diff}");
    client.ask(&json!({"command": "commit", "message": "counted down"}));

    // Others stay, with their names and what they asked for.
    let other = Client::new(&served.addresses[0]);
    other.ask(&json!({"command": "hello", "client": "witness"}));
    other.ask(&json!({"command": "subscribe", "topic": "commits"}));
    let told = other.ask(&json!({"command": "inspect", "receiver": "counter"}))["object"]["ref"].clone();
    let undone = client.ask(&json!({"command": "undo", "id": 77}));
    assert!(undone["commit"].is_number() && undone["id"] == 77, "{undone}");
    let n =
        || client.ask(&json!({"command": "evaluate", "commit": false, "code": "counter n"}))["value"].clone();
    assert_eq!(n(), 0);
    let redone = client.ask(&json!({"command": "redo"}));
    assert!(redone["commit"].as_i64() > undone["commit"].as_i64(), "{redone}");
    assert_eq!(n(), -1);
    let stale = other.ask(&json!({"command": "inspect", "receiver": told}));
    let stale = if stale["event"].is_string() { other.hear() } else { stale };
    assert_eq!(code_of(&stale), "unknown_object", "a number of before means nothing: {stale}");
    other.say(&json!({"command": "commit", "message": "seen"}));
    let mut heard = Vec::new();
    while !heard.contains(&"witness: seen".to_string()) {
        heard.push(other.hear()["message"].as_str().unwrap_or_default().to_string());
    }
}

#[test]
fn branches_are_made_and_gone_to() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let client = served.client();
    client.evaluate("lobby _AddSlots: (| colour <- 'red' |)");
    let made = client.ask(&json!({"command": "branch", "name": "aside"}));
    assert_eq!(made["branches"].as_array().unwrap().len(), 2, "{made}");
    client.evaluate("colour: 'blue'");
    let gone = client.ask(&json!({"command": "branch", "name": "aside", "switch": true}));
    assert_eq!(gone["branch"], "aside", "{gone}");
    assert_eq!(client.evaluate("colour")["value"], "red");
    client.evaluate("colour: 'green'");
    client.ask(&json!({"command": "branch", "name": "main", "switch": true}));
    assert_eq!(client.evaluate("colour")["value"], "blue");
    let unknown = client.ask(&json!({"command": "branch", "name": "nowhere", "switch": true}));
    assert!(unknown["error"]["message"].as_str().unwrap().contains("no branch nowhere"), "{unknown}");
}

#[test]
fn what_others_said_before_the_world_went_back_is_not_lost() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let (client, long) = (served.client(), served.client());
    client.evaluate("lobby _AddSlots: (| n <- 0 |)");
    client.evaluate("n: 1");
    // One message is being performed, another waits behind it.
    long.say(&json!({"command": "evaluate", "id": 1, "commit": false, "code": "n: 7. [ true ] whileTrue: [ process this sleep: 1 ]"}));
    long.say(&json!({"command": "evaluate", "id": 2, "code": "n + 100"}));
    let n = || client.ask(&json!({"command": "evaluate", "commit": false, "code": "n"}))["value"].clone();
    while n() != 7 {}
    client.ask(&json!({"command": "undo"}));
    let cut = long.hear();
    assert_eq!((&cut["id"], code_of(&cut)), (&json!(1), "went_back"));
    let next = long.hear();
    assert_eq!(next["id"], 2);
    assert_eq!(next["value"], 100, "{next}");
    // The tests of the world run in a fork.
    client.evaluate("testing suite: 'mine' Tests: (| parent* = traits testSuite. testIt = ( expect: n ToBe: n ). testNot = ( expect: 1 ToBe: 2 ) |)");
    let good = client.ask(&json!({"command": "test", "text": "testIt"}));
    assert_eq!(good["passed"], true, "{good}");
    let bad = client.ask(&json!({"command": "test", "text": "mine"}));
    assert_eq!(bad["passed"], false);
    assert!(bad["output"].as_str().unwrap().contains("expected 2 but got 1"), "{bad}");
}

#[test]
fn proposals_are_put_before_those_who_listen() {
    let (_dir, _, address) = door("change");
    let served = Served::new(&[&address]);
    let (asker, judge) = (served.client(), served.client());
    judge.ask(&json!({"command": "subscribe", "topic": "proposals"}));
    let ask = |id: u64| {
        asker.say(&json!({"command": "evaluate", "id": id, "commit": false, "code": "| t. p |
            t: task copyReceiver: lobby Signature: 'answer' Holder: lobby Comment: ''.
            p: dialogue ask: t About: (proposal copyText: '( 6 * 7 )' Task: t) judge.
            p isNil ifTrue: 'refused' False: [ p source ]"}));
        let told = judge.hear();
        assert_eq!(
            (&told["event"], &told["signature"], &told["source"]),
            (&json!("proposal"), &json!("answer"), &json!("( 6 * 7 )")),
            "{told}"
        );
        told["number"].clone()
    };
    let answer = |fields: serde_json::Value| {
        let mut message = json!({"command": "answer_proposal"});
        message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        judge.ask(&message)
    };
    let number = ask(1);
    assert_eq!(judge.ask(&json!({"command": "proposals"}))["proposals"][0]["number"], number);
    assert_eq!(answer(json!({"number": number, "answer": "yes"}))["answered"], number);
    assert_eq!(asker.hear()["value"], "( 6 * 7 )");
    let number = ask(2);
    assert_eq!(code_of(&answer(json!({"number": number, "answer": "perhaps"}))), "wrong_type");
    assert_eq!(code_of(&answer(json!({"number": number, "answer": "edit", "code": "( 3 +"}))), "refused");
    answer(json!({"number": number, "answer": "edit", "code": "( 43 )"}));
    assert_eq!(asker.hear()["value"], "( 43 )");
    let number = ask(3);
    answer(json!({"number": number, "answer": "no"}));
    assert_eq!(asker.hear()["value"], "refused");
    assert_eq!(code_of(&answer(json!({"number": number, "answer": "yes"}))), "unknown_object");
}
