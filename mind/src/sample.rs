//! Drawing a token from a row of logits.
//!
//! With a grammar the draw is made first and the one token tested; only if it is refused is the whole vocabulary
//! masked and the draw repeated among what is allowed. Both ways give the same distribution.
//! Nothing here can fail for want of candidates: no token allowed is an answer (`Draw::Nothing`).

use crate::grammar::Position;
use crate::vocabulary::{TokenGrammar, TokenId, Vocabulary};

/// Tokens less likely than this part of the likeliest are never drawn: the tail of a small model is noise.
const LEAST_PART: f32 = 0.02;

/// SplitMix64 (Steele, Lea, Flood 2014): seeds differ in every bit, no state beyond a word.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64, lane: usize) -> Dice {
        let mut dice = Dice(seed ^ (lane as u64).wrapping_mul(0xD134_2543_DE82_EF95));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 24) as f32
    }
}

/// What came of a draw.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Draw {
    /// This token, its log probability, and the place in the grammar after it.
    Token(TokenId, f64, Option<Position>),
    /// The answer ends here, with the log probability of that.
    End(f64),
    /// No token fits.
    Nothing,
}

/// One answer's way of drawing.
pub(crate) struct Sampler {
    pub(crate) temperature: f32,
    pub(crate) dice: Dice,
    /// Reused between draws.
    weights: Vec<(TokenId, f32)>,
}

impl Sampler {
    pub(crate) fn new(temperature: f32, dice: Dice) -> Sampler {
        Sampler { temperature, dice, weights: Vec::new() }
    }

    /// Draws from a row of logits, one a token. `at` is the place in the grammar, if there is one.
    pub(crate) fn draw(
        &mut self,
        logits: &[f32],
        vocabulary: &Vocabulary,
        grammar: Option<(&mut TokenGrammar, Position)>,
    ) -> Draw {
        let normal = log_sum_exp(logits);
        let logprob = |token: TokenId| f64::from(logits[token.0 as usize]) - normal;
        let all = || (0..logits.len() as u32).map(TokenId);
        let Some((grammar, at)) = grammar else {
            return match self.choose(logits, all()) {
                None => Draw::Nothing,
                Some(token) if vocabulary.is_end(token) => Draw::End(logprob(token)),
                Some(token) => Draw::Token(token, logprob(token), None),
            };
        };
        let may_end = grammar.matcher().is_accepting(at);
        let test = |grammar: &mut TokenGrammar, token: TokenId| {
            if vocabulary.is_end(token) {
                return may_end.then(|| Draw::End(logprob(token)));
            }
            let bytes = vocabulary.bytes(token);
            if bytes.is_empty() {
                return None;
            }
            grammar.matcher().advance(at, bytes).map(|next| Draw::Token(token, logprob(token), Some(next)))
        };
        if let Some(draw) = self.choose(logits, all()).and_then(|token| test(grammar, token)) {
            return draw;
        }
        let mask = grammar.mask(vocabulary, at);
        let ends = all().filter(|token| may_end && vocabulary.is_end(*token));
        let token = self.choose(logits, mask.tokens().chain(ends));
        token.and_then(|token| test(grammar, token)).unwrap_or(Draw::Nothing)
    }

    fn choose(&mut self, logits: &[f32], tokens: impl Iterator<Item = TokenId> + Clone) -> Option<TokenId> {
        let mut best: Option<(TokenId, f32)> = None;
        for token in tokens.clone() {
            let logit = logits[token.0 as usize];
            if logit.is_finite() && best.is_none_or(|(_, most)| logit > most) {
                best = Some((token, logit));
            }
        }
        let (likeliest, most) = best?;
        if self.temperature <= 0.0 {
            return Some(likeliest);
        }
        let floor = most + LEAST_PART.ln() * self.temperature;
        self.weights.clear();
        let mut total = 0.0;
        for token in tokens {
            let logit = logits[token.0 as usize];
            if logit >= floor {
                let weight = ((logit - most) / self.temperature).exp();
                total += weight;
                self.weights.push((token, weight));
            }
        }
        let mut rest = self.dice.unit() * total;
        for &(token, weight) in &self.weights {
            rest -= weight;
            if rest < 0.0 {
                return Some(token);
            }
        }
        Some(likeliest)
    }
}

fn log_sum_exp(logits: &[f32]) -> f64 {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    // Beyond 20 below the largest, all of a vocabulary together is less than a ten-thousandth.
    let sum: f32 = logits.iter().map(|logit| logit - most).filter(|d| *d > -20.0).map(f32::exp).sum();
    f64::from(most) + f64::from(sum).ln()
}

#[cfg(test)]
mod tests {
    use super::{Dice, Draw, Sampler, TokenId, Vocabulary};
    use crate::grammar::{Grammar, Matcher};
    use crate::vocabulary::TokenGrammar;

    fn vocabulary() -> Vocabulary {
        let words = ["a", "b", "c", "1", "2"];
        let tokens = words.iter().map(|w| (w.as_bytes().to_vec(), false));
        Vocabulary::new(tokens.chain([(b"<end>".to_vec(), true)]))
    }

    #[test]
    fn greedy_takes_the_likeliest_that_fits() {
        let vocabulary = vocabulary();
        let mut grammar =
            TokenGrammar::new(Matcher::new(Grammar::parse("root ::= [0-9]+", "root").expect("ok")));
        let mut sampler = Sampler::new(0.0, Dice::new(1, 0));
        let logits = [5.0, 1.0, 0.0, 0.5, 0.9, 6.0];
        let start = grammar.matcher().start();
        let Draw::Token(token, logprob, Some(next)) =
            sampler.draw(&logits, &vocabulary, Some((&mut grammar, start)))
        else {
            panic!("a token fits")
        };
        assert_eq!(token, TokenId(4));
        assert!(
            (logprob - (0.9 - logits.iter().map(|l: &f32| f64::from(l.exp())).sum::<f64>().ln())).abs()
                < 1e-4
        );
        // Now the end is allowed, and likeliest.
        assert!(matches!(sampler.draw(&logits, &vocabulary, Some((&mut grammar, next))), Draw::End(_)));
        assert!(matches!(sampler.draw(&logits, &vocabulary, None), Draw::End(_)));
    }

    #[test]
    fn no_candidate_is_an_answer_not_a_crash() {
        let vocabulary = vocabulary();
        let mut grammar =
            TokenGrammar::new(Matcher::new(Grammar::parse("root ::= \"z\"", "root").expect("ok")));
        let start = grammar.matcher().start();
        let mut sampler = Sampler::new(0.8, Dice::new(1, 0));
        assert_eq!(sampler.draw(&[0.0; 6], &vocabulary, Some((&mut grammar, start))), Draw::Nothing);
        assert_eq!(sampler.draw(&[f32::NAN; 6], &vocabulary, None), Draw::Nothing);
    }

    #[test]
    fn draws_follow_the_distribution_with_and_without_a_refusal() {
        let vocabulary = vocabulary();
        let mut grammar =
            TokenGrammar::new(Matcher::new(Grammar::parse("root ::= [ab]", "root").expect("ok")));
        let start = grammar.matcher().start();
        let mut sampler = Sampler::new(1.0, Dice::new(7, 3));
        // a : b is 3 : 1, and a refused token is the likeliest of all.
        let logits = [3f32.ln(), 0.0, 2.0, 0.0, 0.0, 0.0];
        let mut counts = [0; 2];
        for _ in 0..4000 {
            match sampler.draw(&logits, &vocabulary, Some((&mut grammar, start))) {
                Draw::Token(token, _, _) => counts[token.0 as usize] += 1,
                other => panic!("{other:?}"),
            }
        }
        let part = f64::from(counts[0]) / 4000.0;
        assert!((part - 0.75).abs() < 0.03, "{part}");
    }
}
