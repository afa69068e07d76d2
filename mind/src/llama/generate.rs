//! N answers at once from one prompt.
//!
//! Sequence 0 always holds `cached`, the tokens of the last prompt; a new prompt computes only what differs. Each
//! answer (a *lane*) shares sequence 0 and goes on in a sequence of its own, one token of every lane a batch.
//! States of constant prefixes are kept per set of adapters, so that alternating between two costs no recomputation.

use super::adapters::Adapters;
use super::sys::{Context, DecodeError, Entry, Interrupt};
use super::worker::{decode_failed, tokenize};
use crate::grammar::{Grammar, Matcher, Position};
use crate::model::{Candidate, Finish, GenerateRequest, ModelError};
use crate::pieces::Pieces;
use crate::sample::{Dice, Draw, Sampler};
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

struct Lane {
    sequence: u32,
    sampler: Sampler,
    place: Option<Position>,
    pieces: Pieces,
    tokens: usize,
    logprob: f64,
    last: TokenId,
    finish: Option<Finish>,
}

pub(super) struct Generator<'m> {
    model: &'m LlamaModel,
    // Before `adapters`: the context must go first.
    context: Context<'m>,
    vocabulary: &'m Vocabulary,
    adapters: Adapters<'m>,
    lanes: usize,
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
    ) -> Self {
        let (cached, prefixes) = (Vec::new(), Vec::new());
        Generator { model, context, vocabulary, adapters, lanes, cached, prefixes, grammar: None }
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
        let prefix = self.prefix_tokens(&request.prefix);
        let mut prompt = prefix.clone();
        prompt.extend(tokenize(self.model, &request.prompt, false));
        if prompt.is_empty() {
            return Err(ModelError("the prompt is empty".into()));
        }
        let most = self.room(prompt.len(), count)?.min(request.max_tokens.max(1));
        self.context.set_interrupt(Interrupt {
            flags: vec![Arc::clone(&request.cancel), enough],
            deadline: request.deadline.and_then(|limit| started.checked_add(limit)),
        });
        let mut lanes = self.lanes_for(request, count);
        let result = self.answer(&prompt, prefix.len(), most, request, &mut lanes, show);
        self.context.set_interrupt(Interrupt::default());
        for lane in &lanes {
            self.context.truncate(lane.sequence, 0);
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
        let candidates = lanes.into_iter().enumerate().map(|(number, mut lane)| {
            let rest = lane.pieces.finish();
            if !rest.is_empty() {
                show(number, rest);
            }
            Candidate {
                text: lane.pieces.text().to_owned(),
                tokens: lane.tokens,
                logprob: lane.logprob,
                finish: lane.finish.unwrap_or(Finish::Cancelled),
            }
        });
        Ok(candidates.collect())
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

    fn lanes_for(&mut self, request: &GenerateRequest, count: usize) -> Vec<Lane> {
        let start = self.grammar.as_mut().map(|(_, _, grammar)| grammar.matcher().start());
        let lane = |number: usize| {
            let greedy = number == 0 && count > 1;
            let temperature = if greedy { 0.0 } else { request.temperature };
            Lane {
                sequence: number as u32 + 1,
                sampler: Sampler::new(temperature, Dice::new(request.seed, number)),
                place: start,
                pieces: Pieces::default(),
                tokens: 0,
                logprob: 0.0,
                last: TokenId(0),
                finish: None,
            }
        };
        (0..count).map(lane).collect()
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
        most: usize,
        request: &GenerateRequest,
        lanes: &mut [Lane],
        show: &mut dyn FnMut(usize, &str),
    ) -> Result<(), DecodeError> {
        let row = self.read_prompt(prompt, prefix)?;
        let first = self.context.logits(row).ok_or(DecodeError::Malformed("no logits after the prompt"))?;
        for (number, lane) in lanes.iter_mut().enumerate() {
            let grammar = self.grammar.as_mut().map(|(_, _, grammar)| grammar);
            lane.go_on(first, self.vocabulary, grammar, most, &request.stop);
            lane.show(number, &request.stop, show);
        }
        for lane in lanes.iter().filter(|lane| lane.finish.is_none()) {
            self.context.share(0, lane.sequence);
        }
        loop {
            if self.context.is_interrupted() {
                return Err(DecodeError::Interrupted);
            }
            let alive: Vec<usize> = (0..lanes.len()).filter(|&n| lanes[n].finish.is_none()).collect();
            if alive.is_empty() {
                return Ok(());
            }
            let entry = |&number: &usize| {
                let lane = &lanes[number];
                let position = (prompt.len() + lane.tokens - 1) as u32;
                Entry { token: lane.last, position, sequence: lane.sequence, wanted: true }
            };
            let entries: Vec<Entry> = alive.iter().map(entry).collect();
            self.context.decode(&entries)?;
            for (at, &number) in alive.iter().enumerate() {
                let logits =
                    self.context.logits(at).ok_or(DecodeError::Malformed("no logits for an answer"))?;
                let grammar = self.grammar.as_mut().map(|(_, _, grammar)| grammar);
                lanes[number].go_on(logits, self.vocabulary, grammar, most, &request.stop);
                lanes[number].show(number, &request.stop, show);
                if lanes[number].finish.is_some() {
                    self.context.truncate(lanes[number].sequence, 0);
                }
            }
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

impl Lane {
    /// Draws the next token from these logits.
    fn go_on(
        &mut self,
        logits: &[f32],
        vocabulary: &Vocabulary,
        grammar: Option<&mut TokenGrammar>,
        most: usize,
        stops: &[String],
    ) {
        let mut grammar = grammar;
        let both = grammar.as_deref_mut().zip(self.place);
        match self.sampler.draw(logits, vocabulary, both) {
            Draw::Token(token, logprob, place) => {
                self.tokens += 1;
                self.logprob += logprob;
                self.last = token;
                self.place = place;
                let stopped = self.pieces.push(vocabulary.bytes(token), stops);
                let complete =
                    grammar.zip(place).is_some_and(|(grammar, at)| grammar.matcher().is_complete(at));
                if stopped || complete {
                    self.finish = Some(Finish::Stop);
                } else if self.tokens >= most {
                    self.finish = Some(Finish::Length);
                }
            }
            Draw::End(logprob) => {
                self.logprob += logprob;
                self.finish = Some(Finish::Stop);
            }
            // Only with a grammar that this vocabulary can't spell.
            Draw::Nothing => self.finish = Some(Finish::Length),
        }
    }

    fn show(&mut self, number: usize, stops: &[String], show: &mut dyn FnMut(usize, &str)) {
        let piece = if self.finish.is_some() { self.pieces.finish() } else { self.pieces.fresh(stops) };
        if !piece.is_empty() {
            show(number, piece);
        }
    }
}

fn shared(a: &[TokenId], b: &[TokenId]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}
