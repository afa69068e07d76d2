//! Prompt sessions observed on a real Self virtual machine: values and kinds of errors must agree.
//!
//! Not compared: how plain objects and collections print (the library's own affair), and what was decided otherwise
//! here: blocks may be run after their creator has returned, integers have 62 bits, an assignable slot beside an explicit `x:` is an error.

use batos_tests::world::{Answer, World, project};

/// One input with the answer lines below it.
struct Exchange {
    input: String,
    answers: Vec<String>,
}

fn read(name: &str) -> Vec<Exchange> {
    let path = project().join("tests/fixtures").join(name);
    let bytes = std::fs::read(&path).expect("the fixture is part of the project");
    let text: String = bytes.iter().map(|b| *b as char).collect();
    let mut exchanges: Vec<Exchange> = Vec::new();
    for line in text.lines() {
        if let Some(input) = line.strip_prefix(">> ") {
            exchanges.push(Exchange { input: input.into(), answers: Vec::new() });
        } else if let (Some(exchange), Some(answer)) = (exchanges.last_mut(), line.strip_prefix("    ")) {
            exchange.answers.push(answer.into());
        }
    }
    exchanges
}

/// Printed forms that are the library's own affair.
fn is_free(answer: &str) -> bool {
    answer.starts_with("a ") || answer.starts_with("an ") || answer == "globals"
}

/// Answers that this language has decided otherwise (language guide, "Choices").
fn is_decided(exchange: &Exchange) -> bool {
    let dead_block = exchange.answers.iter().any(|a| a.contains("after its enclosing method has returned"));
    let width = exchange.input.contains("536870911");
    let both = exchange.input.contains("(| a. a: x");
    dead_block || width || both
}

/// The part of an error's text that both worlds share: what is wrong, without how receivers print.
fn kind_of_error(text: &str) -> String {
    let text = text.trim_start_matches("ERR: ");
    let end = [" slot found in", " delegatee slot", ": the '", " could not be sent", "block expects more"]
        .iter()
        .filter_map(|mark| text.find(mark).map(|at| at + mark.len()))
        .min();
    text[..end.unwrap_or(text.len())].to_string()
}

fn run(name: &str) {
    let mut world = World::standard();
    let mut compared = 0;
    let mut wrong = Vec::new();
    for exchange in read(name) {
        let input: Vec<u8> = exchange.input.chars().map(|c| c as u32 as u8).collect();
        let (printed, answer) = world.enter(&input);
        let errors = exchange.answers.iter().filter(|a| a.starts_with("ERR:")).count();
        // In a few places the recorded session shows an answer one input late.
        if exchange.answers.is_empty() || errors > 1 || is_decided(&exchange) {
            continue;
        }
        compared += 1;
        let last = exchange.answers.last().expect("not empty");
        let agrees = match &answer {
            Answer::Error(text) if last.starts_with("ERR:") => kind_of_error(text) == kind_of_error(last),
            Answer::Error(_) => last.starts_with('^'),
            Answer::Value(value) => {
                !last.starts_with("ERR:")
                    && (is_free(last) || value == last)
                    && exchange.answers[..exchange.answers.len() - 1].join("\n") == printed.trim_end()
            }
        };
        if !agrees {
            wrong.push(format!(
                "{}\n    expected {:?}\n    got      {printed:?} {answer:?}",
                exchange.input, exchange.answers
            ));
        }
    }
    assert!(compared > 40, "only {compared} exchanges were compared");
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn first_session() {
    run("semantics-1.txt");
}

#[test]
fn second_session() {
    run("semantics-2.txt");
}
