//! The corpus as training sequences: entries of JSON Lines, the prompt they stand for, batches of about equal
//! size. The prompt's form is one contract with whoever asks the model later. Knows nothing of gradients.

use std::path::Path;

use candle_core::{Error, Result, bail};
use serde_json::Value;

use super::model::Batch;
use super::random::Random;
use super::tokenizer::Tokenizer;

/// One method of the corpus.
pub struct Entry {
    /// Kind of the receiver, and its slots with the kinds of their contents.
    pub receiver: String,
    /// Selector with argument names.
    pub selector: String,
    /// What it does, in a few words.
    pub comment: Option<String>,
    /// The method's body in parentheses, on one line.
    pub body: String,
}

impl Entry {
    /// The text before the body.
    pub fn prompt(&self) -> String {
        match &self.comment {
            Some(c) => format!("{}\n\"{c}\"\n{} =", self.receiver, self.selector),
            None => format!("{}\n{} =", self.receiver, self.selector),
        }
    }
}

/// Reads the entries of a JSON Lines file.
pub fn read(path: &Path) -> Result<Vec<Entry>> {
    let text = std::fs::read_to_string(path)?;
    let mut out = Vec::new();
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let bad = |what: &str| Error::Msg(format!("{}:{}: {what}", path.display(), i + 1));
        let value: Value = serde_json::from_str(line).map_err(|e| bad(&e.to_string()))?;
        let field = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_string);
        out.push(Entry {
            receiver: field("receiver").ok_or_else(|| bad("no receiver"))?,
            selector: field("selector").ok_or_else(|| bad("no selector"))?,
            comment: field("comment"),
            body: field("body").ok_or_else(|| bad("no body"))?,
        });
    }
    Ok(out)
}

/// A sequence with the place where the body begins.
pub struct Sequence {
    /// All tokens, BOS first.
    pub tokens: Vec<u32>,
    /// How many of them are prompt.
    pub prompt: usize,
}

/// Turns an entry into tokens. The prompt and the body are cut separately, as at generation.
pub fn sequence(entry: &Entry, tokenizer: &Tokenizer) -> Result<Sequence> {
    let mut tokens = vec![tokenizer.bos];
    tokens.extend(tokenizer.encode(&entry.prompt())?);
    let prompt = tokens.len();
    tokens.extend(tokenizer.encode(&format!(" {}\n", entry.body))?);
    Ok(Sequence { tokens, prompt })
}

/// Batches of at most `size` tokens over all sequences, in order or mixed.
pub fn batches(sequences: &[Sequence], size: usize, random: Option<&mut Random>) -> Result<Vec<Batch>> {
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    if let Some(random) = random {
        random.shuffle(&mut order);
    }
    let mut out = Vec::new();
    let mut batch = Batch { tokens: Vec::new(), lengths: Vec::new(), targets: Vec::new() };
    for s in order.iter().map(|i| &sequences[*i]) {
        if s.tokens.len() > size {
            bail!("a sequence of {} tokens is longer than a batch", s.tokens.len());
        }
        if batch.tokens.len() + s.tokens.len() > size {
            out.push(std::mem::replace(
                &mut batch,
                Batch { tokens: Vec::new(), lengths: Vec::new(), targets: Vec::new() },
            ));
        }
        let base = batch.tokens.len();
        // The last token predicts nothing, so it needs no row of its own.
        let (inputs, n) = (&s.tokens[..s.tokens.len() - 1], s.tokens.len() - 1);
        batch.tokens.extend(inputs);
        batch.lengths.push(n);
        batch.targets.extend((s.prompt - 1..n).map(|i| ((base + i) as u32, s.tokens[i + 1])));
    }
    if !batch.tokens.is_empty() {
        out.push(batch);
    }
    Ok(out)
}
