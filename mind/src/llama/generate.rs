//! N answers at once from one prompt.
//!
//! Sequence 0 always holds `cached`, the tokens of the last prompt; a new prompt computes only what differs. Each
//! answer shares sequence 0 and goes on in a sequence of its own, one token of every answer a batch; which tokens is
//! the affair of `search`.
//! States of constant prefixes are kept per set of adapters, so that alternating between two costs no recomputation.

use super::adapters::Adapters;
use super::search::Search;
use super::sys::{Context, DecodeError, Entry, Interrupt};
use super::worker::{decode_failed, tokenize};
use crate::chat::Talk;
use crate::grammar::{Grammar, Matcher};
use crate::model::{Candidate, GenerateRequest, ModelError};
use crate::vocabulary::{TokenGrammar, TokenId, Vocabulary};
use llama_cpp_2::model::LlamaModel;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// Prefixes whose state is kept, and the shortest worth keeping, in tokens.
const PREFIXES_KEPT: usize = 4;
const SHORTEST_PREFIX: usize = 24;
/// Fewest tokens an answer must have room for.
const LEAST_ROOM: usize = 8;

struct Prefix {
    tokens: Vec<TokenId>,
    adapters: Vec<(String, f32)>,
    state: Vec<u8>,
}

pub(super) struct Generator<'m> {
    model: &'m LlamaModel,
    // Before `adapters`: the context must go first.
    context: Context<'m>,
    vocabulary: &'m Vocabulary,
    adapters: Adapters<'m>,
    lanes: usize,
    /// The model's own form of conversations, if its file tells.
    template: Option<String>,
    cached: Vec<TokenId>,
    prefixes: Vec<Prefix>,
    grammar: Option<(String, String, TokenGrammar)>,
}

impl<'m> Generator<'m> {
    pub(super) fn new(
        model: &'m LlamaModel,
        context: Context<'m>,
        vocabulary: &'m Vocabulary,
        adapters: Adapters<'m>,
        lanes: usize,
        template: Option<String>,
    ) -> Self {
        let (cached, prefixes) = (Vec::new(), Vec::new());
        Generator { model, context, vocabulary, adapters, lanes, template, cached, prefixes, grammar: None }
    }

    pub(super) fn generate(
        &mut self,
        request: &GenerateRequest,
        enough: Arc<AtomicBool>,
        show: &mut dyn FnMut(usize, &str),
    ) -> Result<Vec<Candidate>, ModelError> {
        let started = Instant::now();
        let count = request.candidates.max(1);
        if count > self.lanes {
            return Err(ModelError(format!("{count} candidates asked for; at most {} at once", self.lanes)));
        }
        self.prepare_grammar(request)?;
        if self.adapters.switch(&request.adapters, &mut self.context)? {
            self.forget();
        }
        let talk = request.chat.then(|| Talk::of(self.template.as_deref(), &request.prefix));
        let prefix = self.prefix_tokens(talk.as_ref().map_or(&request.prefix, |talk| &talk.before));
        let mut prompt = prefix.clone();
        prompt.extend(tokenize(self.model, &request.prompt, false));
        if let Some(talk) = &talk {
            prompt.extend(tokenize(self.model, &talk.after, true));
        }
        prompt.extend(tokenize(self.model, &request.opening, false));
        if prompt.is_empty() {
            return Err(ModelError("the prompt is empty".into()));
        }
        let most = self.room(prompt.len(), count)?.min(request.max_tokens.max(1));
        self.context.set_interrupt(Interrupt {
            flags: vec![Arc::clone(&request.cancel), enough],
            deadline: request.deadline.and_then(|limit| started.checked_add(limit)),
        });
        let start = self.grammar.as_mut().map(|(_, _, grammar)| grammar.matcher().start());
        let mut search = Search::new(request, count, most, start);
        let result = self.answer(&prompt, prefix.len(), &mut search, show);
        self.context.set_interrupt(Interrupt::default());
        for sequence in 1..=self.lanes as u32 {
            self.context.truncate(sequence, 0);
        }
        match result {
            Ok(()) => {}
            Err(DecodeError::Interrupted) => self.forget(),
            Err(error) => {
                self.forget();
                return Err(decode_failed(&error));
            }
        }
        let exhausted = self.grammar.as_mut().is_some_and(|(_, _, grammar)| grammar.matcher().is_exhausted());
        if exhausted {
            self.grammar = None;
            return Err(ModelError(
                "the grammar is too ambiguous; make its alternatives begin differently".into(),
            ));
        }
        Ok(search.finish(show))
    }

    /// The sum of log probabilities of each answer's tokens after a prompt. Answers share the prompt's state; each is
    /// read in as many batches as it needs. An answer too long for a batch counts by its first tokens.
    pub(super) fn score(
        &mut self,
        prompt: &str,
        answers: &[String],
        adapters: &[(String, f32)],
        cancel: Arc<AtomicBool>,
    ) -> Result<Vec<f64>, ModelError> {
        self.context.set_interrupt(Interrupt { flags: vec![cancel], deadline: None });
        if self.adapters.switch(adapters, &mut self.context)? {
            self.forget();
        }
        let mut tokens = self.prefix_tokens("");
        tokens.extend(tokenize(self.model, prompt, false));
        self.room(tokens.len(), 1)?;
        let answers: Vec<Vec<TokenId>> = answers.iter().map(|a| tokenize(self.model, a, false)).collect();
        let result = self.weigh(&tokens, &answers);
        self.context.set_interrupt(Interrupt::default());
        self.context.truncate(1, 0);
        result.map_err(|error| {
            self.forget();
            decode_failed(&error)
        })
    }

    fn weigh(&mut self, prompt: &[TokenId], answers: &[Vec<TokenId>]) -> Result<Vec<f64>, DecodeError> {
        let row = self.read_prompt(prompt, 0)?;
        let first = self.context.logits(row).ok_or(DecodeError::Malformed("no logits after a prompt"))?;
        let first = first.to_vec();
        let room = (self.context.tokens() as usize).saturating_sub(prompt.len() + 1);
        let mut scores = Vec::with_capacity(answers.len());
        for answer in answers {
            let answer = &answer[..answer.len().min(self.context.batch()).min(room)];
            let Some(start) = answer.first() else {
                scores.push(0.0);
                continue;
            };
            let mut sum = log_probability(&first, *start);
            // What stands before the last token is computed; the last one needs only to be predicted.
            let read = &answer[..answer.len() - 1];
            if !read.is_empty() {
                self.context.share(0, 1);
                let entry = |(i, token): (usize, &TokenId)| Entry {
                    token: *token,
                    position: (prompt.len() + i) as u32,
                    sequence: 1,
                    wanted: true,
                };
                let entries: Vec<Entry> = read.iter().enumerate().map(entry).collect();
                self.context.decode(&entries)?;
                for (i, next) in answer.iter().enumerate().skip(1) {
                    let row = self.context.logits(i - 1);
                    sum += log_probability(row.ok_or(DecodeError::Malformed("no logits"))?, *next);
                }
                self.context.truncate(1, 0);
            }
            scores.push(sum);
        }
        Ok(scores)
    }

    fn prepare_grammar(&mut self, request: &GenerateRequest) -> Result<(), ModelError> {
        let Some(text) = &request.grammar else {
            self.grammar = None;
            return Ok(());
        };
        if self.grammar.as_ref().is_some_and(|(known, root, _)| known == text && *root == request.root) {
            return Ok(());
        }
        let grammar = Grammar::parse(text, &request.root).map_err(|error| ModelError(error.to_string()))?;
        self.grammar = Some((text.clone(), request.root.clone(), TokenGrammar::new(Matcher::new(grammar))));
        Ok(())
    }

    /// The prefix with the model's mark for a beginning, if it has one.
    fn prefix_tokens(&self, prefix: &str) -> Vec<TokenId> {
        let mut tokens = tokenize(self.model, prefix, true);
        if let Ok(mark) = u32::try_from(self.model.vocab().bos().0)
            && tokens.first() != Some(&TokenId(mark))
        {
            tokens.insert(0, TokenId(mark));
        }
        tokens
    }

    /// How many tokens each answer may have.
    fn room(&self, prompt: usize, count: usize) -> Result<usize, ModelError> {
        let whole = self.context.tokens() as usize;
        let trained = self.model.n_ctx_train() as usize;
        let room = whole.saturating_sub(prompt) / count;
        let room = room.min(trained.saturating_sub(prompt));
        if room < LEAST_ROOM {
            let fits = whole.min(trained).saturating_sub(count * LEAST_ROOM);
            return Err(ModelError(format!(
                "the prompt has {prompt} tokens, of which {fits} fit beside {count} answers; shorten it, ask for fewer, \
                 or make the context setting larger"
            )));
        }
        Ok(room)
    }

    /// Forgets everything computed.
    fn forget(&mut self) {
        self.context.clear();
        self.cached.clear();
    }

    fn answer(
        &mut self,
        prompt: &[TokenId],
        prefix: usize,
        search: &mut Search,
        show: &mut dyn FnMut(usize, &str),
    ) -> Result<(), DecodeError> {
        let mut rows = vec![self.read_prompt(prompt, prefix)?];
        loop {
            let mut logits = Vec::with_capacity(rows.len());
            for &row in &rows {
                logits
                    .push(self.context.logits(row).ok_or(DecodeError::Malformed("no logits after a token"))?);
            }
            let grammar = self.grammar.as_mut().map(|(_, _, grammar)| grammar);
            let moves = search.go_on(&logits, self.vocabulary, grammar);
            search.show_lead(show);
            for sequence in moves.freed {
                self.context.truncate(sequence, 0);
            }
            for (from, to) in moves.shared {
                self.context.share(from, to);
            }
            if self.context.is_interrupted() {
                return Err(DecodeError::Interrupted);
            }
            let entries: Vec<Entry> = search.alive().map(|lane| lane.entry(prompt.len())).collect();
            if entries.is_empty() {
                return Ok(());
            }
            self.context.decode(&entries)?;
            rows = (0..entries.len()).collect();
        }
    }

    /// Makes sequence 0 hold the prompt; the number is the row of its last token's logits.
    fn read_prompt(&mut self, prompt: &[TokenId], prefix: usize) -> Result<usize, DecodeError> {
        let mut known = shared(&self.cached, prompt);
        if known < prefix
            && let Some(kept) = self
                .prefixes
                .iter()
                .position(|kept| kept.adapters == self.adapters.current() && kept.tokens == prompt[..prefix])
        {
            self.forget();
            let used = self.prefixes.remove(kept);
            if self.context.restore(0, &used.state) {
                self.cached.extend_from_slice(&used.tokens);
                known = prefix;
                self.prefixes.push(used);
            } else {
                self.forget();
                known = 0;
            }
        }
        // The last token is always computed: its logits are needed.
        known = known.min(prompt.len() - 1);
        if known < self.cached.len() && !self.context.truncate(0, known as u32) {
            self.forget();
            known = 0;
        }
        self.cached.truncate(known);
        let mut row = 0;
        while self.cached.len() < prompt.len() {
            let from = self.cached.len();
            // Stop once where the prefix ends, to keep its state.
            let stop = if from < prefix { prefix } else { prompt.len() };
            let to = stop.min(from + self.context.batch());
            let entry = |at: usize| Entry {
                token: prompt[at],
                position: at as u32,
                sequence: 0,
                wanted: at + 1 == prompt.len(),
            };
            let entries: Vec<Entry> = (from..to).map(entry).collect();
            self.context.decode(&entries)?;
            row = entries.len() - 1;
            self.cached.extend_from_slice(&prompt[from..to]);
            if to == prefix && prefix >= SHORTEST_PREFIX && prefix < prompt.len() {
                self.keep_prefix(&prompt[..prefix]);
            }
        }
        Ok(row)
    }

    fn keep_prefix(&mut self, tokens: &[TokenId]) {
        let adapters = self.adapters.current().to_vec();
        self.prefixes.retain(|kept| kept.tokens != tokens || kept.adapters != adapters);
        if let Some(state) = self.context.save(0) {
            if self.prefixes.len() >= PREFIXES_KEPT {
                self.prefixes.remove(0);
            }
            self.prefixes.push(Prefix { tokens: tokens.to_vec(), adapters, state });
        }
    }
}

fn shared(a: &[TokenId], b: &[TokenId]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

/// The natural logarithm of a token's probability.
fn log_probability(logits: &[f32], token: TokenId) -> f64 {
    let top = f64::from(logits.iter().copied().fold(f32::NEG_INFINITY, f32::max));
    let all: f64 = logits.iter().map(|l| (f64::from(*l) - top).exp()).sum();
    logits.get(token.0 as usize).map_or(f64::NEG_INFINITY, |l| f64::from(*l) - top - all.ln())
}
