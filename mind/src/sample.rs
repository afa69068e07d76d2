//! Which tokens can follow, how likely they are, and drawing among them.
//!
//! With a grammar the likely tokens are tested one by one; only if the likeliest of them are refused is the whole
//! vocabulary masked. Nothing here can fail for want of candidates: no token allowed is an empty list.

use crate::grammar::Position;
use crate::vocabulary::{TokenGrammar, TokenId, Vocabulary};

/// Tokens less likely than this part of the likeliest allowed one are left out: the tail of a small model is noise.
const LEAST_PART: f32 = 0.01;

/// SplitMix64 (Steele, Lea, Flood 2014): seeds differ in every bit, no state beyond a word.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        let mut dice = Dice(seed);
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

    /// Between 0 and 1, neither included.
    pub(crate) fn unit(&mut self) -> f64 {
        ((self.next() >> 12) as f64 + 0.5) / (1u64 << 52) as f64
    }
}

/// One way to go on.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Choice {
    /// The token, or `None` to end the answer.
    pub(crate) token: Option<TokenId>,
    /// The place in the grammar after it.
    pub(crate) place: Option<Position>,
    /// Log probability among all tokens, at temperature 1.
    pub(crate) logprob: f64,
    /// Log probability among the choices, at the temperature.
    pub(crate) share: f64,
}

/// What can follow, the likeliest first. At temperature 0 that is only the likeliest.
pub(crate) fn choices(
    logits: &[f32],
    vocabulary: &Vocabulary,
    mut grammar: Option<(&mut TokenGrammar, Position)>,
    temperature: f32,
) -> Vec<Choice> {
    let span = -LEAST_PART.ln() * temperature.max(0.0);
    let most = logits.iter().copied().filter(|logit| !logit.is_nan()).fold(f32::NEG_INFINITY, f32::max);
    if !most.is_finite() {
        return Vec::new();
    }
    // Twice the span: if the likeliest allowed token is in the upper half, all that belong to it were looked at.
    let all = (0u32..).map(TokenId).zip(logits.iter().copied());
    let mut found = Vec::new();
    for (token, logit) in all.clone().filter(|(_, logit)| *logit >= most - 2.0 * span) {
        found.extend(allowed(vocabulary, &mut grammar, token).map(|(token, place)| (token, place, logit)));
    }
    let mut best = found.iter().map(|choice| choice.2).fold(f32::NEG_INFINITY, f32::max);
    if best < most - span
        && let Some((rules, at)) = &mut grammar
    {
        let mask = rules.mask(vocabulary, *at);
        let may_end = rules.matcher().is_accepting(*at);
        let fits = |token: TokenId| mask.allows(token) || (may_end && vocabulary.is_end(token));
        let fitting = all.filter(|(token, logit)| !logit.is_nan() && fits(*token));
        best = fitting.clone().map(|choice| choice.1).fold(f32::NEG_INFINITY, f32::max);
        found.clear();
        for (token, logit) in fitting.filter(|(_, logit)| logit.is_finite() && *logit >= best - span) {
            found
                .extend(allowed(vocabulary, &mut grammar, token).map(|(token, place)| (token, place, logit)));
        }
    }
    found.retain(|choice| choice.2 >= best - span);
    found.sort_by(|a, b| b.2.total_cmp(&a.2));
    // A model may have several tokens that end an answer; they are one choice.
    if let Some(end) = found.iter().position(|choice| choice.0.is_none()) {
        let mut at = 0;
        found.retain(|choice| {
            at += 1;
            choice.0.is_some() || at == end + 1
        });
    }
    if temperature <= 0.0 {
        found.truncate(1);
    }
    let normal = log_sum_exp(logits.iter().map(|logit| f64::from(*logit)));
    let heat = f64::from(temperature.max(f32::MIN_POSITIVE));
    let hot = log_sum_exp(found.iter().map(|choice| f64::from(choice.2) / heat));
    let choice = |(token, place, logit): (Option<TokenId>, Option<Position>, f32)| Choice {
        token,
        place,
        logprob: f64::from(logit) - normal,
        share: f64::from(logit) / heat - hot,
    };
    found.into_iter().map(choice).collect()
}

type Allowed = (Option<TokenId>, Option<Position>);

fn allowed(
    vocabulary: &Vocabulary,
    grammar: &mut Option<(&mut TokenGrammar, Position)>,
    token: TokenId,
) -> Option<Allowed> {
    let is_end = vocabulary.is_end(token);
    let Some((rules, at)) = grammar else { return Some(((!is_end).then_some(token), None)) };
    if is_end {
        return rules.matcher().is_accepting(*at).then_some((None, None));
    }
    let bytes = vocabulary.bytes(token);
    if bytes.is_empty() {
        return None;
    }
    rules.matcher().advance(*at, bytes).map(|place| (Some(token), Some(place)))
}

/// Draws one of the choices by its share.
pub(crate) fn draw(choices: &[Choice], dice: &mut Dice) -> Option<Choice> {
    let mut rest = dice.unit();
    for choice in choices {
        rest -= choice.share.exp();
        if rest < 0.0 {
            return Some(*choice);
        }
    }
    choices.first().copied()
}

/// Gumbel noise around each choice's score such that the largest is `top`: drawing the k largest over a whole tree of
/// answers draws k different answers (Kool, van Hoof, Welling: Stochastic Beams and Where to Find Them, 2019).
pub(crate) fn noisy_scores(scores: &[f64], top: f64, dice: &mut Dice) -> Vec<f64> {
    let free: Vec<f64> = scores.iter().map(|score| score - (-dice.unit().ln()).ln()).collect();
    let largest = free.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shifted = |noisy: f64| {
        let v = top - noisy + (-(noisy - largest).exp()).ln_1p();
        top - v.max(0.0) - (-v.abs()).exp().ln_1p()
    };
    free.into_iter().map(|noisy| if noisy == largest { top } else { shifted(noisy) }).collect()
}

fn log_sum_exp(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
    // Beyond 20 below the largest, all of a vocabulary together is less than a ten-thousandth.
    let sum: f64 = values.map(|value| value - most).filter(|d| *d > -20.0).map(f64::exp).sum();
    most + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::{Choice, Dice, Vocabulary, choices, draw, noisy_scores};
    use crate::grammar::{Grammar, Matcher};
    use crate::vocabulary::TokenGrammar;

    fn vocabulary() -> Vocabulary {
        let words = ["a", "b", "c", "1", "2"];
        let tokens = words.iter().map(|w| (w.as_bytes().to_vec(), false));
        Vocabulary::new(tokens.chain([(b"<end>".to_vec(), true), (b"<stop>".to_vec(), true)]))
    }

    fn grammar(text: &str) -> TokenGrammar {
        TokenGrammar::new(Matcher::new(Grammar::parse(text, "root").expect("a grammar")))
    }

    fn tokens(choices: &[Choice]) -> Vec<Option<u32>> {
        choices.iter().map(|choice| choice.token.map(|token| token.0)).collect()
    }

    #[test]
    fn greedy_takes_the_likeliest_that_fits() {
        let vocabulary = vocabulary();
        let mut rules = grammar("root ::= [0-9]+");
        let logits = [5.0, 1.0, 0.0, 0.5, 0.9, 6.0, 5.9];
        let start = rules.matcher().start();
        let found = choices(&logits, &vocabulary, Some((&mut rules, start)), 0.0);
        assert_eq!(tokens(&found), [Some(4)]);
        let normal = logits.iter().map(|l: &f32| f64::from(*l).exp()).sum::<f64>().ln();
        assert!(
            (found[0].logprob - (f64::from(0.9f32) - normal)).abs() < 1e-4 && found[0].share.abs() < 1e-9
        );
        // Now the end is allowed, and likeliest; both ends are one choice.
        let next = found[0].place.expect("a place");
        assert_eq!(tokens(&choices(&logits, &vocabulary, Some((&mut rules, next)), 0.0)), [None]);
        assert_eq!(tokens(&choices(&logits, &vocabulary, None, 0.5)), [None, Some(0)]);
    }

    #[test]
    fn no_candidate_is_an_empty_list_not_a_crash() {
        let vocabulary = vocabulary();
        let mut rules = grammar("root ::= \"z\"");
        let start = rules.matcher().start();
        assert_eq!(choices(&[0.0; 7], &vocabulary, Some((&mut rules, start)), 0.8), []);
        assert_eq!(choices(&[f32::NAN; 7], &vocabulary, None, 0.8), []);
        assert_eq!(choices(&[f32::NEG_INFINITY; 7], &vocabulary, None, 0.0), []);
        assert_eq!(draw(&[], &mut Dice::new(1)), None);
    }

    #[test]
    fn a_refused_likeliest_token_changes_nothing_among_the_others() {
        let vocabulary = vocabulary();
        let mut rules = grammar("root ::= [ab]");
        let start = rules.matcher().start();
        // a : b is 3 : 1; the refused one is first near, then far above them.
        for refused in [2.0, 40.0] {
            let logits = [3f32.ln(), 0.0, refused, 0.0, 0.0, 0.0, 0.0];
            let found = choices(&logits, &vocabulary, Some((&mut rules, start)), 1.0);
            assert_eq!(tokens(&found), [Some(0), Some(1)]);
            assert!((found[0].share.exp() - 0.75).abs() < 1e-6);
            let mut dice = Dice::new(7);
            let drawn = (0..4000).filter(|_| draw(&found, &mut dice) == Some(found[0])).count();
            assert!((drawn as f64 / 4000.0 - 0.75).abs() < 0.03, "{drawn}");
        }
    }

    #[test]
    fn the_largest_noisy_score_follows_the_distribution() {
        let mut dice = Dice::new(3);
        let scores = [0.6f64.ln(), 0.3f64.ln(), 0.1f64.ln()];
        let mut counts = [0; 3];
        for _ in 0..6000 {
            let noisy = noisy_scores(&scores, -1.5, &mut dice);
            let top = noisy.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            assert!((top + 1.5).abs() < 1e-9, "{noisy:?}");
            counts[noisy.iter().position(|n| *n == top).expect("one")] += 1;
        }
        for (count, part) in counts.iter().zip([0.6, 0.3, 0.1]) {
            assert!((f64::from(*count) / 6000.0 - part).abs() < 0.03, "{counts:?}");
        }
    }
}
