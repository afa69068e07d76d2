//! `batos mind train` teaches an adapter. `batos mind eval`: how many tasks of a file the world solves. The trying and judging is done by the world's `mind`; this
//! reads the tasks and adds up.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::args::WorldArgs;
use crate::failure::{Failure, Outcome, Status};
use crate::repl::quote;
use crate::say;
use crate::session::{Answer, Session};
use crate::terminal::Colours;
use crate::world::{self, Purpose};

/// How tasks are tried.
pub struct Options<'a> {
    /// Proposals for each task.
    pub candidates: usize,
    /// Keep the examples from the crucible.
    pub no_examples: bool,
    /// At most this many tasks.
    pub limit: Option<usize>,
    /// Print JSON.
    pub json: bool,
    /// The tasks.
    pub file: &'a Path,
}

/// What came of one task.
#[derive(Default)]
struct Attempt {
    first: bool,
    chosen: bool,
    installed: bool,
    proposals: usize,
    tokens: i64,
    milliseconds: i64,
    source: String,
}

/// What came of all tasks.
#[derive(Default)]
struct Total {
    first: usize,
    chosen: usize,
    wrong: usize,
    milliseconds: Vec<i64>,
}

impl Total {
    fn add(&mut self, attempt: &Attempt) {
        self.first += usize::from(attempt.first);
        self.chosen += usize::from(attempt.chosen);
        self.wrong += usize::from(attempt.installed && !attempt.chosen);
        self.milliseconds.push(attempt.milliseconds);
    }

    fn tasks(&self) -> usize {
        self.milliseconds.len()
    }

    fn median_seconds(&mut self) -> f64 {
        self.milliseconds.sort_unstable();
        self.milliseconds.get(self.milliseconds.len() / 2).copied().unwrap_or(0) as f64 / 1000.0
    }
}

/// `batos mind eval`
pub fn eval(args: &WorldArgs, options: &Options<'_>) -> Outcome {
    let text = std::fs::read_to_string(options.file)
        .map_err(|error| Failure::file(Status::Failed, "read", options.file, &error))?;
    let mut session = world::open(args, Purpose::Look, Vec::new())?;
    if session.vm.host.model.is_none() {
        return Err(Failure::new(Status::Model, "there is no language model here")
            .help("fetch the default one: batos model fetch; or name a GGUF file: --model FILE"));
    }
    let mut total = Total::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if options.limit.is_some_and(|limit| total.tasks() >= limit) {
            break;
        }
        let task: Json = serde_json::from_str(line).map_err(|error| {
            Failure::new(Status::Failed, format!("{}, line {}: {error}", options.file.display(), number + 1))
        })?;
        let id = task["id"].as_str().unwrap_or("?");
        // A task that can't be put is not solved; the others still count.
        let outcome = one(&mut session, &task, options).unwrap_or_else(|failure| {
            let reason = failure.message.unwrap_or_default();
            crate::complain!("batos: task {id}: {}", reason.lines().next().unwrap_or("it failed"));
            Attempt::default()
        });
        total.add(&outcome);
        if options.json {
            let row = json!({
                "id": id, "first": outcome.first, "chosen": outcome.chosen, "installed": outcome.installed,
                "candidates": outcome.proposals, "tokens": outcome.tokens,
                "seconds": outcome.milliseconds as f64 / 1000.0, "source": outcome.source,
            });
            say!("{row}");
        } else {
            let mark = |b: bool| if b { "yes" } else { "no" };
            say!(
                "{id:<12} first {:<4} chosen {:<4} {:>3} proposals {:>5} tokens {:>6.1} s  {}",
                mark(outcome.first),
                mark(outcome.chosen),
                outcome.proposals,
                outcome.tokens,
                outcome.milliseconds as f64 / 1000.0,
                outcome.source
            );
        }
    }
    let (tasks, median) = (total.tasks(), total.median_seconds());
    let Total { first, chosen, wrong, .. } = total;
    if options.json {
        say!(
            "{}",
            json!({ "tasks": tasks, "first": first, "chosen": chosen, "wrong": wrong, "median_seconds": median })
        );
    } else {
        say!(
            "{tasks} tasks: {first} solved at first try, {chosen} by the crucible's choice, {wrong} wrong ones installed; median {median:.1} s"
        );
    }
    Ok(())
}

/// Tries one task in a fork of nothing: the world is the session's, and only `setup` changes it.
fn one(session: &mut Session, task: &Json, options: &Options<'_>) -> Result<Attempt, Failure> {
    let text = |key: &str| task[key].as_str().unwrap_or_default().to_string();
    for key in ["receiver", "selector"] {
        if text(key).trim().is_empty() {
            return Err(Failure::new(Status::Failed, format!("it has no {key}")));
        }
    }
    if task["hidden"].as_array().is_none_or(Vec::is_empty) {
        return Err(Failure::new(Status::Failed, "it has no hidden pairs, so nothing can decide"));
    }
    let setup = text("setup");
    if !setup.is_empty() {
        evaluate(session, &setup)?;
    }
    let holder = match text("where").as_str() {
        "" => format!("(babs holderFor: [ {} ] value)", text("receiver")),
        holder => format!("[ {holder} ] value"),
    };
    let examples = if options.no_examples { Json::Null } else { task["examples"].clone() };
    let call = format!(
        "mind candidates: {}. mind evaluate: [ {} ] value Text: {} Holder: ({holder}) Signature: {} Comment: {} Examples: {} Hidden: {}",
        options.candidates,
        text("receiver"),
        quote(&text("receiver")),
        quote(&text("selector")),
        quote(&text("comment")),
        pairs(&examples),
        pairs(&task["hidden"]),
    );
    let value = evaluate(session, &call)?;
    let items = session.vm.vector_texts(value).unwrap_or_default();
    let item = |i: usize| items.get(i).map(String::as_str).unwrap_or_default();
    let number = |i: usize| item(i).parse().unwrap_or(0);
    Ok(Attempt {
        first: item(0) == "true",
        chosen: item(1) == "true",
        installed: item(2) == "true",
        proposals: number(3) as usize,
        tokens: number(4),
        milliseconds: number(5),
        source: item(6).to_string(),
    })
}

/// A vector of associations of expressions, as source. The first element is empty: collectors begin with two.
fn pairs(list: &Json) -> String {
    let mut out = String::from("(('' -> '')");
    for pair in list.as_array().into_iter().flatten() {
        if let (Some(expression), Some(expected)) = (pair[0].as_str(), pair[1].as_str()) {
            out.push_str(&format!(" & ({} -> {})", quote(expression), quote(expected)));
        }
    }
    out.push_str(" & nil) asVector");
    out
}

fn evaluate(session: &mut Session, text: &str) -> Result<batos_image::value::Value, Failure> {
    match session.evaluate(text.as_bytes(), "task", Colours(false)) {
        Answer::Value(value) => Ok(value),
        Answer::Refused(text) | Answer::Aborted(text) | Answer::Suspended(_, text) => {
            Err(Failure::new(Status::Failed, text))
        }
        Answer::Quit(status) => std::process::exit(status),
    }
}

/// `batos mind train`
#[cfg(feature = "train")]
pub fn train(args: &[String]) -> Outcome {
    let failed = |text: String| Failure::new(Status::Failed, text);
    let options =
        batos_mind::train::Options::parse(args.iter().cloned()).map_err(|text| failed(text.to_string()))?;
    batos_mind::train::run(&options, &mut |line| say!("{line}")).map_err(|error| failed(error.to_string()))
}

/// Built without the trainer.
#[cfg(not(feature = "train"))]
pub fn train(_: &[String]) -> Outcome {
    Err(Failure::new(Status::Usage, "this program was built without the trainer")
        .help("build it with: cargo build --release -p batos --features train"))
}
