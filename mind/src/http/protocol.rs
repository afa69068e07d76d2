//! OpenAI's forms: chat completions, whole or as a stream of events, embeddings, errors.
//!
//! It knows JSON and text, no network. Whatever a server leaves out has a harmless default.

use crate::model::{Candidate, Finish, ModelError};
use serde_json::Value;

/// A line of an event stream.
pub(super) enum Chunk {
    Nothing,
    Part(Value),
    Done,
}

pub(super) fn chunk(line: &str) -> Result<Chunk, ModelError> {
    match line.strip_prefix("data:").map(str::trim) {
        // Comments and other fields keep the connection alive.
        None => {
            if line.starts_with('{') {
                // A server that does not stream answers whole.
                return parse(line).map(Chunk::Part);
            }
            Ok(Chunk::Nothing)
        }
        Some("[DONE]") => Ok(Chunk::Done),
        Some(data) => parse(data).map(Chunk::Part),
    }
}

pub(super) fn parse(text: &str) -> Result<Value, ModelError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        ModelError(format!("the server's answer is no JSON ({error}); check its address"))
    })?;
    match value.get("error").filter(|error| !error.is_null()) {
        Some(error) => Err(ModelError(format!("the server says: {}", message(error)))),
        None => Ok(value),
    }
}

fn message(error: &Value) -> String {
    let text = error.get("message").and_then(Value::as_str).or_else(|| error.as_str());
    text.map_or_else(|| error.to_string(), str::to_owned)
}

/// What to say when a server refuses.
pub(super) fn refusal(url: &str, status: u16, body: &str) -> String {
    let told = serde_json::from_str::<Value>(body).ok();
    let told = told.as_ref().and_then(|value| value.get("error")).map(message);
    let reason = told.unwrap_or_else(|| body.trim().chars().take(200).collect());
    let hint = match status {
        401 | 403 => "set the key",
        404 => "check the address and the model's name",
        429 => "wait a little",
        _ => "look at the server's log",
    };
    format!("{url} answered {status}: {reason}; {hint}")
}

/// Answers that come in parts.
pub(super) struct Answers {
    all: Vec<Option<Candidate>>,
}

impl Answers {
    pub(super) fn new(count: usize) -> Answers {
        Answers { all: vec![None; count] }
    }

    /// Adds a chunk of a stream or a whole answer.
    pub(super) fn add(&mut self, part: &Value, show: &mut dyn FnMut(usize, &str)) {
        let choices = part.get("choices").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (place, choice) in choices.iter().enumerate() {
            let index = choice.get("index").and_then(Value::as_u64).map_or(place, |index| index as usize);
            // More answers than asked for are left out.
            let Some(slot) = self.all.get_mut(index) else { continue };
            let candidate = slot.get_or_insert_with(|| Candidate {
                text: String::new(),
                tokens: 0,
                logprob: 0.0,
                finish: Finish::Stop,
            });
            let said = choice.get("delta").or_else(|| choice.get("message"));
            if let Some(text) = said.and_then(|said| said.get("content")).and_then(Value::as_str)
                && !text.is_empty()
            {
                candidate.text.push_str(text);
                show(index, text);
                candidate.tokens += 1;
            }
            let tokens = choice.get("logprobs").and_then(|l| l.get("content")).and_then(Value::as_array);
            if let Some(tokens) = tokens {
                candidate.logprob += tokens.iter().filter_map(|t| t.get("logprob")?.as_f64()).sum::<f64>();
                candidate.tokens = (candidate.tokens + tokens.len()).saturating_sub(1);
            }
            if choice.get("finish_reason").and_then(Value::as_str) == Some("length") {
                candidate.finish = Finish::Length;
            }
        }
    }

    pub(super) fn finish(self, cancelled: bool) -> Vec<Candidate> {
        let mut given: Vec<Candidate> = self.all.into_iter().flatten().collect();
        if cancelled {
            given.iter_mut().for_each(|candidate| candidate.finish = Finish::Cancelled);
        }
        given
    }
}

/// The vector of an embeddings answer, scaled to length 1.
pub(super) fn embedding(text: &str) -> Result<Vec<f32>, ModelError> {
    let value = parse(text)?;
    let numbers = value.pointer("/data/0/embedding").and_then(Value::as_array);
    let vector: Vec<f32> =
        numbers.into_iter().flatten().filter_map(|n| n.as_f64().map(|n| n as f32)).collect();
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length == 0.0 || !length.is_finite() {
        return Err(ModelError("the server gives no embeddings; name a model that does".into()));
    }
    Ok(vector.into_iter().map(|x| x / length).collect())
}

/// The code inside of a Markdown fence, or the text as it is.
pub(super) fn without_fence(text: &str) -> &str {
    let Some((_, rest)) = text.split_once("```") else { return text };
    let code = rest.split_once('\n').map_or(rest, |(_, code)| code);
    code.split("```").next().unwrap_or(code)
}
