//! A model behind an address: any server that speaks OpenAI's protocol (vLLM, llama-server, Ollama and others).
//!
//! The prefix goes as the system's message, the prompt as the user's. A server is not trusted to keep to the grammar:
//! every answer is matched here, and what does not fit is dropped. Requests run on a thread of their own, so that
//! cancelling never waits for the network. Adapters are the server's business: name an adapted model as the model.

mod protocol;
#[cfg(test)]
mod tests;

use crate::grammar::Grammar;
use crate::model::{Candidate, Finish, GenerateRequest, Model, ModelError, ModelInfo};
use crate::store::index::{agent, is_local};
use protocol::{Answers, Chunk};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use ureq::Agent;

/// How often a waiting request looks whether it is cancelled.
const LOOK: Duration = Duration::from_millis(20);
/// How much longer than its caller the network may take, so that it is the caller who notices a deadline.
const GRACE: Duration = Duration::from_secs(1);
/// Longest line and longest whole answer that a server may send.
const MAX_ANSWER: u64 = 16 << 20;

/// How a server takes a GBNF grammar, if it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GrammarField {
    /// It takes none; answers are only checked.
    None,
    /// `grammar`, as llama-server does.
    Grammar,
    /// `structured_outputs.grammar`, as vLLM does.
    StructuredOutputs,
}

/// Which server to ask and how.
#[derive(Clone)]
pub struct HttpSettings {
    /// Up to and with the version: `http://localhost:8080/v1`.
    pub base_url: String,
    /// Sent as bearer token.
    pub key: Option<String>,
    /// The model's name there.
    pub model: String,
    /// How it takes grammars.
    pub grammar: GrammarField,
    /// Whether pieces are asked for as they come.
    pub stream: bool,
    /// Longest wait without a deadline of the request's own.
    pub timeout: Duration,
}

impl HttpSettings {
    /// The usual settings.
    pub fn new(base_url: &str, model: &str) -> HttpSettings {
        HttpSettings {
            base_url: base_url.trim_end_matches('/').to_owned(),
            key: None,
            model: model.to_owned(),
            grammar: GrammarField::None,
            stream: true,
            timeout: Duration::from_secs(120),
        }
    }
}

// Not derived: a key must not end up in a log.
impl std::fmt::Debug for HttpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpSettings").field("base_url", &self.base_url).field("model", &self.model).finish()
    }
}

/// A model behind an address.
pub struct HttpModel {
    settings: HttpSettings,
    agent: Agent,
}

impl HttpModel {
    /// A client; nothing is sent before the first request.
    pub fn new(settings: HttpSettings) -> HttpModel {
        HttpModel { settings, agent: agent() }
    }

    fn body(&self, request: &GenerateRequest, count: usize, asked: usize) -> Value {
        let mut messages = Vec::new();
        if !request.prefix.is_empty() {
            messages.push(json!({"role": "system", "content": request.prefix}));
        }
        messages.push(json!({"role": "user", "content": request.prompt}));
        let continues = request.chat && !request.opening.is_empty();
        if continues {
            messages.push(json!({"role": "assistant", "content": request.opening}));
        }
        let mut body = json!({
            "model": self.settings.model,
            "messages": messages,
            "n": count,
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            // Servers that give one answer a request must not give the same one again.
            "seed": (request.seed.wrapping_add(asked as u64)) & 0x7FFF_FFFF,
            "stream": self.settings.stream,
            "logprobs": true,
        });
        if continues {
            // vLLM's words for it; others go on with an assistant's message by themselves.
            body["continue_final_message"] = json!(true);
            body["add_generation_prompt"] = json!(false);
        }
        if !request.stop.is_empty() {
            body["stop"] = json!(request.stop);
        }
        match (&request.grammar, self.settings.grammar) {
            (Some(grammar), GrammarField::Grammar) => body["grammar"] = json!(grammar),
            (Some(grammar), GrammarField::StructuredOutputs) => {
                body["structured_outputs"] = json!({"grammar": grammar});
            }
            _ => {}
        }
        body
    }

    /// Sends a request on a thread of its own; lines of the answer come over the channel.
    fn send(&self, path: &str, body: &Value, limit: Duration) -> Result<Receiver<Line>, ModelError> {
        let url = format!("{}/{path}", self.settings.base_url);
        let (agent, key, text) = (self.agent.clone(), self.settings.key.clone(), body.to_string());
        let (lines, receiver) = channel();
        std::thread::Builder::new()
            .name("model request".into())
            .spawn(move || {
                if let Err(error) = exchange(&agent, &url, key.as_deref(), &text, limit, &lines) {
                    // Nobody may be waiting any more.
                    let _ = lines.send(Err(error));
                }
            })
            .map_err(|error| ModelError(format!("no thread for the request: {error}")))?;
        Ok(receiver)
    }
}

type Line = Result<String, ModelError>;

fn exchange(
    agent: &Agent,
    url: &str,
    key: Option<&str>,
    body: &str,
    limit: Duration,
    lines: &Sender<Line>,
) -> Result<(), ModelError> {
    let unreachable = |reason: String| {
        let hint = if is_local(url) { "start the server" } else { "check the address and the network" };
        ModelError(format!("{url}: {reason}; {hint}, or use the local model"))
    };
    let mut request = agent
        .post(url)
        .config()
        .http_status_as_error(false)
        .timeout_global(Some(limit))
        .build()
        .header("Content-Type", "application/json");
    if let Some(key) = key {
        request = request.header("Authorization", format!("Bearer {key}"));
    }
    let mut response = request.send(body).map_err(|error| unreachable(error.to_string()))?;
    let status = response.status().as_u16();
    let reader = response.body_mut().with_config().limit(MAX_ANSWER).reader();
    if status != 200 {
        let mut text = String::new();
        // What can be read of it helps; a failure here adds nothing.
        let _ = reader.take(4096).read_to_string(&mut text);
        return Err(ModelError(protocol::refusal(url, status, &text)));
    }
    for line in BufReader::new(reader).lines() {
        let line = line.map_err(|error| unreachable(error.to_string()))?;
        if lines.send(Ok(line)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// What a wait for the next line gave.
enum Next {
    Line(String),
    End,
    Cancelled,
}

fn next(
    lines: &Receiver<Line>,
    request: &GenerateRequest,
    wanted: bool,
    until: Option<Instant>,
) -> Result<Next, ModelError> {
    loop {
        if !wanted
            || request.cancel.load(Ordering::Relaxed)
            || until.is_some_and(|until| Instant::now() >= until)
        {
            return Ok(Next::Cancelled);
        }
        match lines.recv_timeout(LOOK) {
            Ok(line) => return line.map(Next::Line),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(Next::End),
        }
    }
}

impl Model for HttpModel {
    fn generate(
        &mut self,
        request: GenerateRequest,
        sink: &mut dyn FnMut(usize, &str) -> bool,
    ) -> Result<Vec<Candidate>, ModelError> {
        let grammar = request.grammar.as_ref().map(|text| Grammar::parse(text, &request.root)).transpose();
        let grammar = grammar.map_err(|error| ModelError(error.to_string()))?;
        let until = request.deadline.and_then(|limit| Instant::now().checked_add(limit));
        let count = request.candidates.max(1);
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut cancelled = false;
        // A server may give fewer answers than asked for (Ollama gives one); then the rest is asked for again.
        while candidates.len() < count && !cancelled {
            let asked = candidates.len();
            let left =
                until.map_or(self.settings.timeout, |until| until.saturating_duration_since(Instant::now()));
            let body = self.body(&request, count - asked, asked);
            let lines = self.send("chat/completions", &body, left + GRACE)?;
            let mut answers = Answers::new(count - asked);
            let mut whole = String::new();
            let mut wanted = true;
            loop {
                match next(&lines, &request, wanted, until)? {
                    Next::Line(line) if self.settings.stream => match protocol::chunk(&line)? {
                        Chunk::Nothing => {}
                        Chunk::Done => break,
                        Chunk::Part(part) => answers.add(&part, &mut |number, piece| {
                            wanted = wanted && sink(asked + number, piece);
                        }),
                    },
                    Next::Line(line) => whole.push_str(&line),
                    Next::End => break,
                    Next::Cancelled => {
                        cancelled = true;
                        break;
                    }
                }
            }
            if !whole.is_empty() && !cancelled {
                answers.add(&protocol::parse(&whole)?, &mut |number, piece| {
                    wanted = wanted && sink(asked + number, piece);
                });
            }
            let given = answers.finish(cancelled);
            if given.is_empty() && !cancelled {
                return Err(ModelError(format!("{} gave no answer", self.settings.base_url)));
            }
            candidates.extend(given);
        }
        Ok(match &grammar {
            Some(grammar) => keep_fitting(candidates, grammar, &self.settings.base_url)?,
            None => candidates,
        })
    }

    fn embed(&mut self, text: &str) -> Result<Vec<f32>, ModelError> {
        let body = json!({"model": self.settings.model, "input": text});
        let lines = self.send("embeddings", &body, self.settings.timeout)?;
        let mut whole = String::new();
        for line in lines {
            whole.push_str(&line?);
        }
        protocol::embedding(&whole)
    }

    fn info(&self) -> ModelInfo {
        ModelInfo {
            name: self.settings.model.clone(),
            place: self.settings.base_url.clone(),
            adapters: Vec::new(),
        }
    }
}

/// Answers as the grammar wants them. Chat models add marks around code and drop blanks at its ends.
fn keep_fitting(
    candidates: Vec<Candidate>,
    grammar: &Grammar,
    server: &str,
) -> Result<Vec<Candidate>, ModelError> {
    let count = candidates.len();
    let mut fitting = Vec::new();
    for mut candidate in candidates {
        if candidate.finish == Finish::Cancelled {
            fitting.push(candidate);
        } else if let Some(text) = fit(&candidate.text, grammar) {
            candidate.text = text;
            fitting.push(candidate);
        }
    }
    if fitting.is_empty() {
        return Err(ModelError(format!(
            "none of {count} answers of {server} keeps to the grammar; use a server that takes grammars, or another model"
        )));
    }
    Ok(fitting)
}

fn fit(text: &str, grammar: &Grammar) -> Option<String> {
    let inner = protocol::without_fence(text).trim();
    let forms =
        [text.to_owned(), inner.to_owned(), format!(" {inner}\n"), format!("{inner}\n"), format!(" {inner}")];
    forms.into_iter().find(|form| grammar.matches(form))
}
