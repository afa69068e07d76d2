//! `batos mind train` teaches an adapter. `batos mind eval`: how many tasks of a file the world solves. The trying and judging is done by the world's `mind`; this
//! reads the tasks and adds up.

use std::collections::{BTreeMap, HashMap};
use std::fs::OpenOptions;
use std::io::Write;
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
    /// Threads of the model.
    pub threads: u32,
    /// An adapter to be used instead of the model's own.
    pub adapter: Option<&'a Path>,
    /// Where results are kept, one a line; tasks that have one are not tried again.
    pub resume: Option<&'a Path>,
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
    way: String,
    agreement: String,
    untranslated: usize,
    first_line: i64,
}

impl Attempt {
    fn as_json(&self, id: &str) -> Json {
        json!({
            "id": id, "first": self.first, "chosen": self.chosen, "installed": self.installed,
            "candidates": self.proposals, "tokens": self.tokens, "seconds": self.milliseconds as f64 / 1000.0,
            "first_line_seconds": self.first_line as f64 / 1000.0, "way": self.way, "agreement": self.agreement,
            "untranslated": self.untranslated, "source": self.source,
        })
    }

    fn of_json(row: &Json) -> Attempt {
        let is = |key: &str| row[key].as_bool().unwrap_or_default();
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_string();
        let count = |key: &str| row[key].as_u64().unwrap_or_default() as usize;
        let time = |key: &str| (row[key].as_f64().unwrap_or_default() * 1000.0) as i64;
        Attempt {
            first: is("first"),
            chosen: is("chosen"),
            installed: is("installed"),
            proposals: count("candidates"),
            tokens: row["tokens"].as_i64().unwrap_or_default(),
            milliseconds: time("seconds"),
            source: text("source"),
            way: text("way"),
            agreement: text("agreement"),
            untranslated: count("untranslated"),
            first_line: time("first_line_seconds"),
        }
    }
}

/// What came of all tasks.
#[derive(Default)]
struct Total {
    first: usize,
    chosen: usize,
    wrong: usize,
    declined: usize,
    untranslated: usize,
    ways: BTreeMap<String, usize>,
    milliseconds: Vec<i64>,
    first_lines: Vec<i64>,
}

impl Total {
    fn add(&mut self, attempt: &Attempt) {
        self.first += usize::from(attempt.first);
        // What `auto` would not install is neither right nor wrong.
        self.chosen += usize::from(attempt.installed && attempt.chosen);
        self.wrong += usize::from(attempt.installed && !attempt.chosen);
        self.declined += usize::from(!attempt.installed);
        self.untranslated += attempt.untranslated;
        if attempt.installed && attempt.chosen {
            *self.ways.entry(attempt.way.clone()).or_default() += 1;
        }
        self.milliseconds.push(attempt.milliseconds);
        if attempt.first_line > 0 {
            self.first_lines.push(attempt.first_line);
        }
    }

    fn tasks(&self) -> usize {
        self.milliseconds.len()
    }

    fn ways(&self) -> String {
        let all: Vec<String> = self.ways.iter().map(|(way, count)| format!("{count} {way}")).collect();
        if all.is_empty() { "none".into() } else { all.join(", ") }
    }
}

/// The middle of some times, in seconds; of an even number the mean of the two.
fn median_seconds(times: &mut [i64]) -> f64 {
    times.sort_unstable();
    let middle = times.len() / 2;
    match (times.get(middle), middle.checked_sub(1).and_then(|before| times.get(before))) {
        (Some(high), Some(low)) if times.len().is_multiple_of(2) => (high + low) as f64 / 2000.0,
        (Some(high), _) => *high as f64 / 1000.0,
        (None, _) => 0.0,
    }
}

/// Results of an earlier run, by task.
fn earlier(file: Option<&Path>) -> HashMap<String, Attempt> {
    let text = file.and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
    // A line that was cut off is tried again.
    let rows = text.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
    rows.filter_map(|row| Some((row["id"].as_str()?.to_string(), Attempt::of_json(&row)))).collect()
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
    if options.threads > 1 {
        session.vm.host.model = crate::mind::model_on(args, options.threads);
    }
    if let Some(adapter) = options.adapter {
        let file = std::fs::canonicalize(adapter)
            .map_err(|error| Failure::file(Status::Failed, "read", adapter, &error))?;
        let name = quote(&file.display().to_string());
        evaluate(&mut session, &format!("mind adapters: (vector copySize: 1 FillingWith: {name})"))?;
    }
    let known = earlier(options.resume);
    let mut total = Total::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if options.limit.is_some_and(|limit| total.tasks() >= limit) {
            break;
        }
        let task: Json = serde_json::from_str(line).map_err(|error| {
            Failure::new(Status::Failed, format!("{}, line {}: {error}", options.file.display(), number + 1))
        })?;
        let id = task["id"].as_str().unwrap_or("?");
        if let Some(attempt) = known.get(id) {
            total.add(attempt);
            continue;
        }
        // A task that can't be put is not solved; the others still count.
        let outcome = one(&mut session, &task, options).unwrap_or_else(|failure| {
            let reason = failure.message.unwrap_or_default();
            crate::complain!("batos: task {id}: {}", reason.lines().next().unwrap_or("it failed"));
            Attempt::default()
        });
        total.add(&outcome);
        let row = outcome.as_json(id);
        if let Some(file) = options.resume {
            let mut kept = OpenOptions::new().create(true).append(true).open(file);
            let written = kept
                .as_mut()
                .map_err(|e| e.to_string())
                .and_then(|kept| writeln!(kept, "{row}").map_err(|e| e.to_string()));
            written.map_err(|e| Failure::new(Status::Failed, format!("{}: {e}", file.display())))?;
        }
        if options.json {
            say!("{row}");
        } else {
            let mark = |b: bool| if b { "yes" } else { "no" };
            say!(
                "{id:<12} first {:<4} {:<9} {:<11} {:>3} proposals {:>5} tokens {:>6.1} s  {}",
                mark(outcome.first),
                if !outcome.installed {
                    "declined"
                } else if outcome.chosen {
                    "right"
                } else {
                    "wrong"
                },
                outcome.way,
                outcome.proposals,
                outcome.tokens,
                outcome.milliseconds as f64 / 1000.0,
                outcome.source
            );
        }
    }
    let (median, first_line) =
        (median_seconds(&mut total.milliseconds), median_seconds(&mut total.first_lines));
    let (tasks, ways) = (total.tasks(), total.ways());
    let Total { first, chosen, wrong, declined, untranslated, .. } = total;
    if options.json {
        say!(
            "{}",
            json!({
                "tasks": tasks, "first": first, "chosen": chosen, "wrong": wrong, "declined": declined,
                "untranslated": untranslated, "ways": total.ways, "median_seconds": median,
                "median_first_line_seconds": first_line,
            })
        );
    } else {
        say!(
            "{tasks} tasks: {chosen} right ({ways}), {wrong} wrong ones installed, {declined} declined; {first} solved at first try; \
             {untranslated} answers not translated; median {median:.1} s, first line after {first_line:.1} s"
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
        "mind candidates: {candidates}. mind thoughts: {candidates}. mind evaluate: [ {} ] value Text: {} Holder: ({holder}) Signature: {} Comment: {} Examples: {} Hidden: {}",
        text("receiver"),
        quote(&text("receiver")),
        quote(&text("selector")),
        quote(&text("comment")),
        pairs(&examples),
        pairs(&task["hidden"]),
        candidates = options.candidates,
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
        way: item(7).to_string(),
        agreement: item(8).to_string(),
        untranslated: number(9) as usize,
        first_line: number(10),
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
        batos_mind::train::Options::parse(completed(args)?).map_err(|text| failed(text.to_string()))?;
    batos_mind::train::run(&options, &mut |line| say!("{line}")).map_err(|error| failed(error.to_string()))
}

/// The arguments of the trainer, with the model that is in use where none is named, and the program's own adapter for `--from own`.
#[cfg(feature = "train")]
fn completed(args: &[String]) -> Outcome<Vec<String>> {
    let failed = |text: String| Failure::new(Status::Failed, text);
    let mut all: Vec<String> = Vec::new();
    for word in args {
        let is_own = word == "own" && all.last().is_some_and(|before| before == "--from");
        all.push(if is_own {
            let own = batos_mind::adapter::default_adapter().map_err(|e| failed(e.to_string()))?;
            own.display().to_string()
        } else {
            word.clone()
        });
    }
    let is_named = all.iter().any(|word| word == "--model" || word == "--help" || word == "-h");
    if !is_named && let Ok(Some(file)) = batos_mind::store::Store::of_user().and_then(|store| store.current())
    {
        all.extend(["--model".to_string(), file.display().to_string()]);
    }
    Ok(all)
}

/// Built without the trainer.
#[cfg(not(feature = "train"))]
pub fn train(_: &[String]) -> Outcome {
    Err(Failure::new(Status::Usage, "this program was built without the trainer")
        .help("build it with: cargo build --release -p batos --features train"))
}
