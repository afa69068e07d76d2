//! Which answers are followed: a lead that always takes the likeliest token and can be shown as it grows, and beside it
//! as many different answers as were asked for, drawn without replacement.
//!
//! Drawing each answer alone gives the likely ones again and again. Here every answer in the making carries its log
//! probability with Gumbel noise, and of all continuations the noisiest are kept, which draws a set of different whole
//! answers by their probability (Kool, van Hoof, Welling: Stochastic Beams and Where to Find Them, 2019). An answer
//! that is over keeps its place while its noisy score holds.
//!
//! Invariants: the lead is lane 0; a lane that is not over owns a sequence, no two the same; no two lanes have the same
//! text in the same condition. The module computes nothing: it is given logits and says which sequences to share.

use super::sys::Entry;
use crate::grammar::Position;
use crate::model::{Candidate, Finish, GenerateRequest};
use crate::pieces::Pieces;
use crate::sample::{Choice, Dice, choices, draw, noisy_scores};
use crate::vocabulary::{TokenGrammar, TokenId, Vocabulary};

/// Lowest temperature of the drawn answers: at 0 they would all be the lead.
const COLDEST: f32 = 0.1;

/// Natural logarithm of how much less likely than a finished answer one in the making may be.
const HOPELESS: f64 = 7.0;

/// An answer in the making.
#[derive(Clone)]
pub(super) struct Lane {
    sequence: u32,
    place: Option<Position>,
    pieces: Pieces,
    tokens: usize,
    logprob: f64,
    last: TokenId,
    finish: Option<Finish>,
    /// Log probability at the temperature among what was allowed, and the same with noise.
    score: f64,
    noisy: f64,
}

impl Lane {
    /// The last token, to be computed after a prompt of this many tokens.
    pub(super) fn entry(&self, prompt: usize) -> Entry {
        let position = (prompt + self.tokens).saturating_sub(1) as u32;
        Entry { token: self.last, position, sequence: self.sequence, wanted: true }
    }
}

/// What is to be done with the sequences, in this order.
#[derive(Default, Debug, PartialEq, Eq)]
pub(super) struct Moves {
    /// Forget these.
    pub(super) freed: Vec<u32>,
    /// Make the second share the first.
    pub(super) shared: Vec<(u32, u32)>,
}

/// A continuation that may be followed.
struct Proposal {
    parent: usize,
    /// `None` where the parent is over and stays as it is.
    choice: Option<Choice>,
    score: f64,
    noisy: f64,
}

pub(super) struct Search {
    lanes: Vec<Lane>,
    width: usize,
    most: usize,
    temperature: f32,
    stops: Vec<String>,
    /// Answers keep to a grammar.
    bound: bool,
    dice: Dice,
    /// Sequences that no lane owns.
    free: Vec<u32>,
}

impl Search {
    /// For `width` answers of at most `most` tokens each, from this place in the grammar.
    pub(super) fn new(
        request: &GenerateRequest,
        width: usize,
        most: usize,
        start: Option<Position>,
    ) -> Search {
        let root = Lane {
            sequence: 0,
            place: start,
            pieces: Pieces::default(),
            tokens: 0,
            logprob: 0.0,
            last: TokenId(0),
            finish: None,
            score: 0.0,
            noisy: 0.0,
        };
        let temperature = if width > 1 { request.temperature.max(COLDEST) } else { request.temperature };
        Search {
            lanes: vec![root],
            width,
            most,
            temperature,
            stops: request.stop.clone(),
            bound: request.grammar.is_some(),
            dice: Dice::new(request.seed),
            free: (1..=width as u32).rev().collect(),
        }
    }

    /// The lanes that go on, in the order of the logits that `go_on` wants.
    pub(super) fn alive(&self) -> impl Iterator<Item = &Lane> {
        self.lanes.iter().filter(|lane| lane.finish.is_none())
    }

    /// Takes every lane one token further.
    pub(super) fn go_on(
        &mut self,
        logits: &[&[f32]],
        vocabulary: &Vocabulary,
        mut grammar: Option<&mut TokenGrammar>,
    ) -> Moves {
        let mut proposals = Vec::new();
        let mut lead = None;
        let mut rows = logits.iter();
        let over = self.lanes.iter().filter(|lane| lane.finish == Some(Finish::Stop));
        let best = over.map(|lane| lane.logprob).fold(f64::NEG_INFINITY, f64::max);
        for (parent, lane) in self.lanes.iter_mut().enumerate() {
            let mut found = Vec::new();
            if lane.finish.is_none()
                && let Some(row) = rows.next()
            {
                // Far less likely than one that is over, it is not worth its tokens. The lead always goes on.
                if parent > 0 && lane.logprob < best - HOPELESS {
                    continue;
                }
                found = choices(row, vocabulary, grammar.as_deref_mut().zip(lane.place), self.temperature);
                if found.is_empty() {
                    // Only with a grammar that this vocabulary can't spell.
                    lane.finish = Some(Finish::Length);
                }
            }
            if found.is_empty() {
                let stays = Proposal { parent, choice: None, score: lane.score, noisy: lane.noisy };
                if parent == 0 {
                    lead = Some(stays)
                } else {
                    proposals.push(stays)
                }
                continue;
            }
            let scores: Vec<f64> = found.iter().map(|choice| lane.score + choice.share).collect();
            let noisy = noisy_scores(&scores, lane.noisy, &mut self.dice);
            let taken = match parent {
                0 if self.width == 1 => draw(&found, &mut self.dice),
                0 => found.first().copied(),
                _ => None,
            };
            for ((choice, score), noisy) in found.into_iter().zip(scores).zip(noisy) {
                let proposal = Proposal { parent, choice: Some(choice), score, noisy };
                if taken == Some(choice) { lead = Some(proposal) } else { proposals.push(proposal) }
            }
        }
        proposals.sort_by(|a, b| b.noisy.total_cmp(&a.noisy));
        self.select(lead, proposals, vocabulary, grammar)
    }

    /// Makes the next lanes of the best proposals and gives each a sequence.
    fn select(
        &mut self,
        lead: Option<Proposal>,
        proposals: Vec<Proposal>,
        vocabulary: &Vocabulary,
        mut grammar: Option<&mut TokenGrammar>,
    ) -> Moves {
        let mut next: Vec<(usize, Lane)> = Vec::with_capacity(self.width);
        for proposal in lead.into_iter().chain(proposals) {
            if next.len() == self.width {
                break;
            }
            let lane = self.follow(&proposal, vocabulary, grammar.as_deref_mut());
            let same = |(_, other): &(usize, Lane)| {
                other.finish.is_some() == lane.finish.is_some() && other.pieces.same(&lane.pieces)
            };
            if !next.iter().any(same) {
                next.push((proposal.parent, lane));
            }
        }
        let mut moves = Moves::default();
        // The first child that goes on keeps its parent's sequence. The prompt's own, 0, is kept by none.
        let mut heirs: Vec<Option<usize>> = vec![None; self.lanes.len()];
        for (child, (parent, lane)) in next.iter().enumerate() {
            if lane.finish.is_none() && self.lanes[*parent].sequence != 0 && heirs[*parent].is_none() {
                heirs[*parent] = Some(child);
            }
        }
        for (lane, heir) in self.lanes.iter().zip(&heirs) {
            if heir.is_none() && lane.finish.is_none() && lane.sequence != 0 {
                moves.freed.push(lane.sequence);
            }
        }
        // Those of lanes that ended in this step were freed with their parents.
        self.free.extend(moves.freed.iter().rev());
        for (child, (parent, lane)) in next.iter_mut().enumerate() {
            if lane.finish.is_none() && heirs[*parent] != Some(child) {
                // There are as many sequences as lanes, so one is free.
                let Some(sequence) = self.free.pop() else {
                    lane.finish = Some(Finish::Length);
                    continue;
                };
                moves.shared.push((self.lanes[*parent].sequence, sequence));
                lane.sequence = sequence;
            }
        }
        self.lanes = next.into_iter().map(|(_, lane)| lane).collect();
        moves
    }

    fn follow(
        &self,
        proposal: &Proposal,
        vocabulary: &Vocabulary,
        grammar: Option<&mut TokenGrammar>,
    ) -> Lane {
        let mut lane = self.lanes[proposal.parent].clone();
        let Some(choice) = proposal.choice else { return lane };
        lane.score = proposal.score;
        lane.noisy = proposal.noisy;
        lane.logprob += choice.logprob;
        let Some(token) = choice.token else {
            lane.finish = Some(Finish::Stop);
            return lane;
        };
        lane.tokens += 1;
        lane.last = token;
        lane.place = choice.place;
        let stopped = lane.pieces.push(vocabulary.bytes(token), &self.stops);
        let complete = grammar.zip(choice.place).is_some_and(|(rules, at)| rules.matcher().is_complete(at));
        if stopped || complete {
            lane.finish = Some(Finish::Stop);
        } else if lane.tokens >= self.most {
            lane.finish = Some(Finish::Length);
        }
        lane
    }

    /// Hands on what the lead has written since the last call.
    pub(super) fn show_lead(&mut self, show: &mut dyn FnMut(usize, &str)) {
        let Some(lead) = self.lanes.first_mut() else { return };
        let piece = if lead.finish.is_some() { lead.pieces.finish() } else { lead.pieces.fresh(&self.stops) };
        if !piece.is_empty() {
            show(0, piece);
        }
    }

    /// The answers: the lead, then the others, the likeliest first. Those are shown now, each in one piece.
    pub(super) fn finish(mut self, show: &mut dyn FnMut(usize, &str)) -> Vec<Candidate> {
        let others = self.lanes.get_mut(1..).unwrap_or_default();
        others.sort_by(|a, b| b.logprob.total_cmp(&a.logprob));
        let mut candidates: Vec<Candidate> = Vec::with_capacity(self.lanes.len());
        // What was cut off in the middle keeps to no grammar; it is of use only if nothing else is there.
        let whole = |lane: &Lane| lane.finish != Some(Finish::Length);
        let only_whole = self.bound && self.lanes.iter().any(whole);
        for mut lane in self.lanes {
            if only_whole && !whole(&lane) {
                continue;
            }
            let number = candidates.len();
            let rest = lane.pieces.finish().to_owned();
            if candidates.iter().any(|known| known.text == lane.pieces.text()) {
                continue;
            }
            // What others share with the lead was shown as the lead's.
            let fresh = if number == 0 { rest.as_str() } else { lane.pieces.text() };
            if !fresh.is_empty() {
                show(number, fresh);
            }
            candidates.push(Candidate {
                text: lane.pieces.text().to_owned(),
                tokens: lane.tokens,
                logprob: lane.logprob,
                finish: lane.finish.unwrap_or(Finish::Cancelled),
            });
        }
        candidates
    }
}

#[cfg(test)]
mod tests {
    use super::Search;
    use crate::grammar::{Grammar, Matcher};
    use crate::model::{Finish, GenerateRequest, request};
    use crate::vocabulary::{TokenGrammar, Vocabulary};
    use std::collections::{HashMap, HashSet};

    /// Tokens a, b, ab and an end.
    fn vocabulary() -> Vocabulary {
        let tokens = ["a", "b", "ab"].iter().map(|word| (word.as_bytes().to_vec(), false));
        Vocabulary::new(tokens.chain([(Vec::new(), true)]))
    }

    /// Runs a search whose logits depend on nothing, and keeps the books of the sequences as a context would.
    fn run(request: &GenerateRequest, width: usize, most: usize, logits: &[f32]) -> Vec<(String, Finish)> {
        let vocabulary = vocabulary();
        let grammar = request.grammar.as_ref().map(|text| Grammar::parse(text, "root").expect("a grammar"));
        let mut grammar = grammar.map(|grammar| TokenGrammar::new(Matcher::new(grammar)));
        let start = grammar.as_mut().map(|rules| rules.matcher().start());
        let mut search = Search::new(request, width, most, start);
        // What each sequence holds: the tokens after the prompt.
        let mut held: HashMap<u32, Vec<u32>> = HashMap::from([(0, Vec::new())]);
        let mut rows = 1;
        let mut shown = vec![String::new(); width];
        loop {
            let moves = search.go_on(&vec![logits; rows], &vocabulary, grammar.as_mut());
            search.show_lead(&mut |number, piece| shown[number].push_str(piece));
            for sequence in moves.freed {
                assert!(sequence != 0 && held.remove(&sequence).is_some());
            }
            for (from, to) in moves.shared {
                let copy = held[&from].clone();
                assert!(held.insert(to, copy).is_none(), "{to} was not free");
            }
            let mut seen = HashSet::new();
            for lane in search.alive() {
                let entry = lane.entry(10);
                assert!(seen.insert(entry.sequence) && entry.sequence <= width as u32);
                let tokens = held.get_mut(&entry.sequence).expect("a sequence");
                assert_eq!(entry.position as usize, 10 + tokens.len());
                tokens.push(entry.token.0);
                let text: String = tokens.iter().map(|t| ["a", "b", "ab"][*t as usize]).collect();
                assert_eq!(text, lane.pieces.text());
            }
            rows = seen.len();
            assert!(rows <= width);
            if rows == 0 {
                break;
            }
        }
        let all = search.finish(&mut |number, piece| shown[number].push_str(piece));
        all.into_iter()
            .zip(shown)
            .map(|(c, shown)| {
                assert!(c.text == shown && c.logprob <= 0.0);
                (c.text, c.finish)
            })
            .collect()
    }

    #[test]
    fn answers_differ_and_the_first_is_greedy() {
        for seed in 0..20 {
            let asked = GenerateRequest { seed, temperature: 1.0, ..request("") };
            let all = run(&asked, 8, 4, &[1.0, 0.5, 0.2, 0.3]);
            assert_eq!(all[0], ("aaaa".to_owned(), Finish::Length));
            let different: HashSet<&String> = all.iter().map(|answer| &answer.0).collect();
            assert_eq!(different.len(), all.len(), "{all:?}");
            assert!(all.len() >= 6, "{all:?}");
        }
    }

    #[test]
    fn a_small_language_is_found_whole() {
        let grammar = Some("root ::= \"a\" [ab] | \"b\"".to_owned());
        let asked = GenerateRequest { grammar, temperature: 1.0, ..request("") };
        let all = run(&asked, 6, 9, &[0.0, 0.0, 0.0, 0.0]);
        let mut words: Vec<&str> = all.iter().map(|answer| answer.0.as_str()).collect();
        words.sort_unstable();
        assert_eq!(words, ["aa", "ab", "b"]);
        assert!(all.iter().all(|answer| answer.1 == Finish::Stop));
    }

    #[test]
    fn one_answer_is_drawn_or_greedy() {
        let greedy = GenerateRequest { temperature: 0.0, ..request("") };
        assert_eq!(run(&greedy, 1, 3, &[0.0, 1.0, 0.0, 0.0]), [("bbb".to_owned(), Finish::Length)]);
        let words: HashSet<String> = (0..30)
            .map(|seed| {
                let drawn = GenerateRequest { temperature: 1.0, seed, ..request("") };
                run(&drawn, 1, 3, &[0.0, 1.0, 0.0, 0.0]).remove(0).0
            })
            .collect();
        assert!(words.len() > 5, "{words:?}");
    }
}
