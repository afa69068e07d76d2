//! Runs every entry of a corpus (or task file with solutions) on the machine: installs the body in a throw-away copy of
//! the standard world and compares each test's two sides as printed.
//!
//! `verify STDLIB CORPUS [PASSED]` — tells what failed, and writes the entries that passed to PASSED.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use batos_machine::host::{BufferConsole, Host};
use batos_machine::{Exit, Limits, Trial, Verdict, Vm};
use serde_json::Value;

fn limits() -> Limits {
    Limits { fuel: 20_000_000, memory: 64 << 20, time: Duration::from_secs(10) }
}

fn text<'a>(entry: &'a Value, key: &str) -> Result<&'a str, String> {
    entry.get(key).and_then(Value::as_str).ok_or_else(|| format!("no {key}"))
}

/// The texts that try an entry: one for all its tests, and one for each of them.
fn programs(entry: &Value) -> Result<(String, Vec<String>), String> {
    let mut head = match entry.get("setup").and_then(Value::as_str) {
        Some(setup) => format!("{setup}. "),
        None => String::new(),
    };
    head += &format!(
        "{} _AddSlots: (| {} = {} |). ",
        text(entry, "where")?,
        text(entry, "selector")?,
        text(entry, "body")?
    );
    let mut tests = Vec::new();
    for key in ["tests", "examples", "hidden"] {
        let list = entry.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for pair in list {
            let (Some(asked), Some(wanted)) =
                (pair.get(0).and_then(Value::as_str), pair.get(1).and_then(Value::as_str))
            else {
                return Err("a test is no pair of texts".into());
            };
            tests.push(format!("(({asked}) printString) = (({wanted}) printString)"));
        }
    }
    let all = tests.iter().map(|t| format!("({t})")).collect::<Vec<_>>().join(" && ");
    let all = if tests.is_empty() { "true".to_string() } else { all };
    let each = tests.iter().map(|t| format!("{head}{t}")).collect();
    Ok((head + &all, each))
}

fn passes(trial: &Trial) -> bool {
    trial.verdict == Verdict::Value && trial.text == "true"
}

fn reason(trial: &Trial) -> String {
    let first = trial.text.lines().next().unwrap_or_default();
    if trial.verdict == Verdict::Value {
        format!("answers {first}")
    } else {
        format!("{}: {first}", trial.verdict.word())
    }
}

fn run(stdlib: &str, corpus: &str, passed: Option<&str>) -> Result<bool, Box<dyn Error>> {
    let mut vm = Vm::bare(Host::new(Box::new(BufferConsole::default())))?;
    let world = Path::new(stdlib).join("world.self");
    match vm.run_file(&world.display().to_string()) {
        Ok(done) if matches!(done.exit, Exit::Finished(_)) => {}
        other => return Err(format!("the standard world could not be made: {other:?}").into()),
    }
    let shell = vm.shell();
    let (mut good, mut bad, mut untested) = (Vec::new(), 0, 0);
    for line in std::fs::read_to_string(corpus)?.lines() {
        let entry: Value = serde_json::from_str(line)?;
        let (all, each) = programs(&entry)?;
        let trial = vm.try_in_fork(all.as_bytes(), shell, limits())?;
        if passes(&trial) {
            untested += usize::from(each.is_empty());
            good.push(line.to_string());
            continue;
        }
        bad += 1;
        let mut why = reason(&trial);
        for program in &each {
            let one = vm.try_in_fork(program.as_bytes(), shell, limits())?;
            if !passes(&one) {
                why = format!("{} | {}", program.rsplit(" |). ").next().unwrap_or_default(), reason(&one));
                break;
            }
        }
        println!(
            "{} | {} = {} | {why}",
            text(&entry, "receiver")?,
            text(&entry, "selector")?,
            text(&entry, "body")?
        );
    }
    println!("{} passed ({untested} of them only compiled: they have no tests), {bad} failed", good.len());
    if let Some(path) = passed {
        std::fs::write(path, good.join("\n") + "\n")?;
    }
    Ok(bad == 0)
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(stdlib), Some(corpus)) = (args.first(), args.get(1)) else {
        eprintln!("verify STDLIB CORPUS [PASSED]");
        return ExitCode::FAILURE;
    };
    match run(stdlib, corpus, args.get(2).map(String::as_str)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
