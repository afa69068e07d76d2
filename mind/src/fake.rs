//! A model for tests: no file, no chance, always the same answers.
//!
//! It exists in tests and behind the feature `fake` only, so that no program can take it for a mind.

use crate::grammar::Grammar;
use crate::model::{Candidate, Finish, GenerateRequest, Model, ModelError, ModelInfo};
use std::sync::atomic::Ordering;

/// Answers by rote: the texts given for the first key that the prompt contains.
#[derive(Clone, Debug, Default)]
pub struct FakeModel {
    answers: Vec<(String, Vec<String>)>,
    /// All requests so far.
    pub asked: Vec<GenerateRequest>,
}

impl FakeModel {
    /// A model without answers.
    pub fn new() -> FakeModel {
        FakeModel::default()
    }

    /// To a prompt that contains `key`, these are the candidates.
    pub fn answering(mut self, key: &str, texts: &[&str]) -> FakeModel {
        self.answers.push((key.to_owned(), texts.iter().map(|text| (*text).to_owned()).collect()));
        self
    }
}

impl Model for FakeModel {
    fn generate(
        &mut self,
        request: GenerateRequest,
        sink: &mut dyn FnMut(usize, &str) -> bool,
    ) -> Result<Vec<Candidate>, ModelError> {
        let known = self.answers.iter().find(|(key, _)| request.prompt.contains(key.as_str()));
        let texts = known.map(|(_, texts)| texts.clone()).unwrap_or_default();
        let grammar = request.grammar.as_ref().map(|text| Grammar::parse(text, &request.root)).transpose();
        let grammar = grammar.map_err(|error| ModelError(error.to_string()))?;
        let mut candidates = Vec::new();
        let mut wanted = true;
        for (number, text) in texts.into_iter().take(request.candidates.max(1)).enumerate() {
            if grammar.as_ref().is_some_and(|grammar| !grammar.matches(&text)) {
                return Err(ModelError(format!("the test's answer {text:?} does not keep to the grammar")));
            }
            let mut candidate =
                Candidate { text: String::new(), tokens: 0, logprob: 0.0, finish: Finish::Stop };
            for piece in text.split_inclusive(' ') {
                let enough = candidate.tokens == request.max_tokens;
                if enough || !wanted || request.cancel.load(Ordering::Relaxed) {
                    candidate.finish = if enough { Finish::Length } else { Finish::Cancelled };
                    break;
                }
                candidate.text.push_str(piece);
                candidate.tokens += 1;
                candidate.logprob -= 1.0 + number as f64;
                wanted = wanted && sink(number, piece);
            }
            candidates.push(candidate);
        }
        self.asked.push(request);
        Ok(candidates)
    }

    /// Counts of letters, scaled to length 1: near for texts of like letters.
    fn embed(&mut self, text: &str) -> Result<Vec<f32>, ModelError> {
        let mut vector = vec![0f32; 26];
        for letter in text.bytes().filter(u8::is_ascii_alphabetic) {
            vector[usize::from(letter.to_ascii_lowercase() - b'a')] += 1.0;
        }
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length == 0.0 {
            return Err(ModelError("an empty text has no embedding".into()));
        }
        Ok(vector.into_iter().map(|x| x / length).collect())
    }

    fn info(&self) -> ModelInfo {
        ModelInfo { name: "fake".into(), place: "tests".into(), adapters: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::FakeModel;
    use crate::model::{Finish, GenerateRequest, Model, request};

    #[test]
    fn answers_by_rote_within_the_grammar() {
        let mut model = FakeModel::new().answering("gcd:", &["( n )", "( self )", "( m )"]);
        let grammar = Some("root ::= \"( \" [a-z]+ \" )\"".to_owned());
        let asked = GenerateRequest { grammar, candidates: 2, ..request("gcd: n =") };
        let mut shown = String::new();
        let mut sink = |number: usize, piece: &str| {
            shown.push_str(&format!("{number}{piece}"));
            true
        };
        let all = model.generate(asked.clone(), &mut sink).expect("answers");
        assert_eq!(all.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), ["( n )", "( self )"]);
        assert!(all[0].logprob > all[1].logprob);
        assert_eq!(shown, "0( 0n 0)1( 1self 1)");
        let stopped = model.generate(asked.clone(), &mut |_, _| false).expect("answers");
        assert_eq!((stopped[0].text.as_str(), stopped[0].finish), ("( ", Finish::Cancelled));
        let refused = GenerateRequest { grammar: Some("root ::= \"x\"".into()), ..asked };
        assert!(model.generate(refused, &mut |_, _| true).is_err());
        assert_eq!(model.asked.len(), 2);
    }
}
