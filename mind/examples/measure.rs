//! Measures a model on this machine: `cargo run --release --example measure -- FILE.gguf [ADAPTER.gguf]`.
//!
//! Prints load time, prompt and generation speed, the gain from a kept prefix, and how fast a request is cancelled.

use batos_mind::llama::{LlamaModel, LlamaSettings};
use batos_mind::model::{self, Candidate, GenerateRequest, Model, ModelError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const GRAMMAR: &str = r#"
root ::= " ( " locals? statement (". " statement)* " )\n"
locals ::= "| " (name " <- " number ". ")+ "| "
statement ::= keyword
keyword ::= binary (" " name ": " binary)?
binary ::= unary (" " operator " " unary)*
unary ::= primary (" " name)*
primary ::= name | number | "(" statement ")" | "[" statement "]" | "'" [^'\n]* "'"
operator ::= [-+*/%<>=]
name ::= [a-z] [a-zA-Z0-9]*
number ::= [0-9]+
"#;

fn main() -> Result<(), ModelError> {
    let mut arguments = std::env::args().skip(1);
    let Some(file) = arguments.next() else {
        return Err(ModelError("name a GGUF file, and an adapter if you like".into()));
    };
    let adapters: Vec<(String, f32)> = arguments.map(|path| (path, 1.0)).collect();
    let mut model = LlamaModel::new(LlamaSettings::new(file));

    let started = Instant::now();
    model.load()?;
    println!("load                      {:>8.2} s", started.elapsed().as_secs_f64());

    let prompt = "integer\n\"the greatest common divisor of me and n\"\ngcd: n =";
    let request = GenerateRequest { adapters, seed: 7, max_tokens: 48, ..model::request(prompt) };
    let long = "A method of an object is written as a slot with code between parentheses. ".repeat(25);
    // Warms the caches of the processor, not those of the model.
    answer(&mut model, &GenerateRequest { max_tokens: 4, ..request.clone() })?;

    let one = GenerateRequest { prefix: long.clone(), max_tokens: 1, ..request.clone() };
    let (cold, _, _) = answer(&mut model, &one)?;
    let words = 25 * 15;
    println!("prompt of about {words} tokens {:>6.2} s", cold);
    let again = GenerateRequest { prompt: request.prompt.replace("gcd", "lcm"), ..one.clone() };
    let (warm, first, _) = answer(&mut model, &again)?;
    println!("same prefix, new question {warm:>8.3} s, first piece after {:.3} s", first.unwrap_or(warm));

    for (candidates, grammar) in [(1, None), (1, Some(GRAMMAR)), (16, None), (16, Some(GRAMMAR))] {
        let grammar = grammar.map(str::to_owned);
        let with = if grammar.is_some() { "with grammar" } else { "free" };
        let request = GenerateRequest { candidates, grammar, ..request.clone() };
        let (seconds, first, all) = answer(&mut model, &request)?;
        let tokens: usize = all.iter().map(|candidate| candidate.tokens).sum();
        println!(
            "{candidates:>2} candidates {with:<13} {:>7.1} tokens/s ({tokens} tokens, {seconds:.2} s, first piece {:.3} s)",
            tokens as f64 / seconds,
            first.unwrap_or(seconds)
        );
        if candidates == 16 && request.grammar.is_some() {
            for candidate in all.iter().take(6) {
                println!("    {:>7.2} {:?}", candidate.logprob, candidate.text);
            }
        }
    }

    for (what, request) in [
        ("a prompt", GenerateRequest { prefix: long.replace("code", "text"), ..request.clone() }),
        ("16 answers", GenerateRequest { candidates: 16, max_tokens: 200, ..request.clone() }),
    ] {
        let cancel = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&cancel);
        let canceller = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(400));
            flag.store(true, Ordering::Relaxed);
            Instant::now()
        });
        answer(&mut model, &GenerateRequest { cancel, ..request })?;
        let ended = Instant::now();
        if let Ok(set) = canceller.join() {
            println!("cancelled within {what:<12} {:>5.1} ms", ended.duration_since(set).as_secs_f64() * 1e3);
        }
    }
    let started = Instant::now();
    let vector = model.embed("the greatest common divisor of two numbers")?;
    println!("embedding of {} numbers  {:>6.3} s", vector.len(), started.elapsed().as_secs_f64());
    Ok(())
}

/// Seconds in all, seconds to the first piece, and the candidates.
fn answer(
    model: &mut LlamaModel,
    request: &GenerateRequest,
) -> Result<(f64, Option<f64>, Vec<Candidate>), ModelError> {
    let started = Instant::now();
    let mut first = None;
    let mut sink = |_: usize, _: &str| {
        first.get_or_insert_with(|| started.elapsed().as_secs_f64());
        true
    };
    let candidates = model.generate(request.clone(), &mut sink)?;
    Ok((started.elapsed().as_secs_f64(), first, candidates))
}
