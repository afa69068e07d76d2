//! The model's own tokeniser, read from its GGUF file: byte-level BPE with the pre-tokeniser `smollm`.
//! Must cut text exactly as llama.cpp does, or the adapter learns sequences it never sees again.
//! Knows nothing of prompts; special tokens are never parsed from text.

use std::collections::HashMap;

use candle_core::quantized::gguf_file::Content;
use candle_core::{Result, bail};

/// A byte-level BPE tokeniser.
pub struct Tokenizer {
    ids: HashMap<String, u32>,
    texts: Vec<String>,
    ranks: HashMap<(String, String), usize>,
    byte_chars: Vec<char>,
    /// The token that opens every sequence.
    pub bos: u32,
}

/// The printable stand-in that GPT-2 vocabularies use for each byte.
fn byte_chars() -> Vec<char> {
    let plain = |b: u32| (33..=126).contains(&b) || (161..=172).contains(&b) || (174..=255).contains(&b);
    let mut extra = 0;
    (0u32..256)
        .map(|b| {
            let code = if plain(b) {
                b
            } else {
                extra += 1;
                255 + extra
            };
            char::from_u32(code).unwrap_or(' ')
        })
        .collect()
}

fn strings(content: &Content, key: &str) -> Result<Vec<String>> {
    let Some(value) = content.metadata.get(key) else { bail!("the model file has no {key}") };
    value.to_vec()?.iter().map(|v| v.to_string().cloned()).collect()
}

impl Tokenizer {
    /// Reads vocabulary and merges from the metadata of a GGUF file.
    pub fn from_gguf(content: &Content) -> Result<Self> {
        let pre = content.metadata.get("tokenizer.ggml.pre").map(|v| v.to_string().cloned()).transpose()?;
        if pre.as_deref() != Some("smollm") {
            bail!("training knows the pre-tokeniser 'smollm' only, and this model says {pre:?}");
        }
        let texts = strings(content, "tokenizer.ggml.tokens")?;
        let ids = texts.iter().enumerate().map(|(i, t)| (t.clone(), i as u32)).collect();
        let mut ranks = HashMap::new();
        for (rank, merge) in strings(content, "tokenizer.ggml.merges")?.iter().enumerate() {
            let Some((left, right)) = merge.split_once(' ') else { bail!("bad merge {merge:?}") };
            ranks.insert((left.to_string(), right.to_string()), rank);
        }
        let bos = match content.metadata.get("tokenizer.ggml.bos_token_id") {
            Some(v) => v.to_u32()?,
            None => bail!("the model file names no BOS token"),
        };
        Ok(Self { ids, texts, ranks, byte_chars: byte_chars(), bos })
    }

    /// The tokens of a text, without BOS.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>> {
        let mut out = Vec::new();
        for word in pre_tokens(text) {
            self.encode_word(word, &mut out)?;
        }
        Ok(out)
    }

    fn encode_word(&self, word: &str, out: &mut Vec<u32>) -> Result<()> {
        let mut parts: Vec<String> =
            word.bytes().map(|b| self.byte_chars[usize::from(b)].to_string()).collect();
        loop {
            let best = parts
                .windows(2)
                .enumerate()
                .filter_map(|(i, w)| self.ranks.get(&(w[0].clone(), w[1].clone())).map(|r| (*r, i)))
                .min();
            let Some((_, at)) = best else { break };
            let right = parts.remove(at + 1);
            parts[at].push_str(&right);
        }
        for part in &parts {
            let Some(id) = self.ids.get(part) else { bail!("no token for {part:?}") };
            out.push(*id);
        }
        Ok(())
    }

    /// The text of some tokens; bytes that are not UTF-8 are replaced.
    pub fn decode(&self, tokens: &[u32]) -> String {
        let mut bytes = Vec::new();
        for c in tokens.iter().filter_map(|t| self.texts.get(*t as usize)).flat_map(|t| t.chars()) {
            if let Some(b) = self.byte_chars.iter().position(|x| *x == c) {
                bytes.push(b as u8);
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Cuts a text into the pieces that BPE must not merge across: single digits first, then words with
/// the blank before them, contractions, runs of signs, and white space.
pub fn pre_tokens(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if c.is_numeric() {
            words(&text[start..at], &mut out);
            out.push(&text[at..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
    }
    words(&text[start..], &mut out);
    out
}

fn words<'a>(mut rest: &'a str, out: &mut Vec<&'a str>) {
    while !rest.is_empty() {
        let n = word_length(rest);
        out.push(&rest[..n]);
        rest = &rest[n..];
    }
}

fn word_length(s: &str) -> usize {
    for short in ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"] {
        if s.starts_with(short) {
            return short.len();
        }
    }
    let body = s.strip_prefix(' ').unwrap_or(s);
    let blank = s.len() - body.len();
    let run = |test: fn(char) -> bool| body.find(|c| !test(c)).unwrap_or(body.len());
    match body.chars().next() {
        Some(c) if c.is_alphabetic() => blank + run(char::is_alphabetic),
        Some(c) if !c.is_whitespace() => blank + run(|c| !c.is_whitespace() && !c.is_alphanumeric()),
        _ => {
            // White space, leaving its last character to the word that follows.
            let n = s.find(|c: char| !c.is_whitespace()).unwrap_or(s.len());
            let last = s[..n].chars().next_back().map_or(1, char::len_utf8);
            if n < s.len() && n > last { n - last } else { n }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces() {
        assert_eq!(pre_tokens("max: n = ( n )\n"), ["max", ":", " n", " =", " (", " n", " )", "\n"]);
        assert_eq!(pre_tokens("x12 'spam'"), ["x", "1", "2", " '", "spam", "'"]);
        assert_eq!(pre_tokens("a   b\n\n c"), ["a", "  ", " b", "\n\n", " c"]);
        assert_eq!(pre_tokens("a 1"), ["a", " ", "1"]);
        assert_eq!(pre_tokens("it's"), ["it", "'s"]);
    }
}
