//! What every language model of this crate looks like to its callers: the machine's own trait and its shapes.
//!
//! A request goes in, pieces come out while it runs, candidates at the end. This module does not know where a model
//! runs.

pub use batos_machine::host::{Candidate, Finish, GenerateRequest, Model, ModelError, ModelInfo};

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A request for one answer to this prompt, to be changed as needed.
///
/// Of several candidates the first is always greedy, the others are drawn at the temperature.
pub fn request(prompt: impl Into<String>) -> GenerateRequest {
    GenerateRequest {
        prefix: String::new(),
        prompt: prompt.into(),
        chat: false,
        opening: String::new(),
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
