//! What every language model of this crate looks like to its callers.
//!
//! The shapes are those of the machine's host: a request goes in, pieces come out while it runs, candidates at the
//! end. This module does not know where a model runs.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// A question to a language model.
#[derive(Clone, Debug)]
pub struct GenerateRequest {
    /// Constant first part of the prompt; its state may be kept between requests.
    pub prefix: String,
    /// The rest of the prompt.
    pub prompt: String,
    /// A GBNF grammar that every answer obeys.
    pub grammar: Option<String>,
    /// The grammar's root rule.
    pub root: String,
    /// How many answers.
    pub candidates: usize,
    /// Most tokens of one answer.
    pub max_tokens: usize,
    /// Sampling temperature; 0 is greedy. Of several candidates the first is always greedy.
    pub temperature: f32,
    /// Seed of the sampler.
    pub seed: u64,
    /// Adapters by path with their scales.
    pub adapters: Vec<(String, f32)>,
    /// Texts that end an answer.
    pub stop: Vec<String>,
    /// Longest time to take.
    pub deadline: Option<Duration>,
    /// Set from elsewhere to stop at once.
    pub cancel: Arc<AtomicBool>,
}

impl Default for GenerateRequest {
    fn default() -> Self {
        GenerateRequest {
            prefix: String::new(),
            prompt: String::new(),
            grammar: None,
            root: "root".to_owned(),
            candidates: 1,
            max_tokens: 96,
            temperature: 0.8,
            seed: 0,
            adapters: Vec::new(),
            stop: Vec::new(),
            deadline: None,
            cancel: Arc::new(AtomicBool::new(false)),
        }
    }
}

/// Why an answer ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finish {
    /// The model, the grammar or a stop text ended it.
    Stop,
    /// `max_tokens` was reached.
    Length,
    /// It was cancelled or the deadline passed.
    Cancelled,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The text.
    pub text: String,
    /// Tokens generated.
    pub tokens: usize,
    /// Sum of the tokens' log probabilities, at temperature 1 and before the grammar.
    pub logprob: f64,
    /// Why it ended.
    pub finish: Finish,
}

/// What a model is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelInfo {
    /// Its name.
    pub name: String,
    /// Where it runs: a path or an address.
    pub place: String,
    /// Adapters in use.
    pub adapters: Vec<String>,
}

/// Why a model did not answer. The text says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError(pub String);

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ModelError {}

/// A language model.
pub trait Model: Send {
    /// Answers a request; `sink` gets (candidate, piece) as they come and returns false to stop.
    fn generate(
        &mut self,
        request: GenerateRequest,
        sink: &mut dyn FnMut(usize, &str) -> bool,
    ) -> Result<Vec<Candidate>, ModelError>;

    /// A vector of length 1 that places the text near texts of like meaning.
    fn embed(&mut self, text: &str) -> Result<Vec<f32>, ModelError>;

    /// What it is.
    fn info(&self) -> ModelInfo;
}
