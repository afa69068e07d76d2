//! The texts of a model's tokens, in an order that makes a grammar's test of all of them cheap.
//!
//! Tokens are sorted by their bytes. Walking them in that order, each shares a prefix with the one before, so only the
//! rest is matched, and everything that begins with a refused prefix is skipped. It knows no model.

use crate::grammar::{Matcher, Position};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Number of a token, as the model counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub(crate) struct TokenId(pub(crate) u32);

/// One bit a token.
pub(crate) struct Mask(Vec<u64>);

impl Mask {
    pub(crate) fn allows(&self, token: TokenId) -> bool {
        self.0.get(token.0 as usize / 64).is_some_and(|word| word >> (token.0 % 64) & 1 == 1)
    }
}

/// All tokens' bytes.
pub(crate) struct Vocabulary {
    bytes: Vec<u8>,
    /// By token: where its bytes lie.
    spans: Vec<(u32, u32)>,
    /// Tokens that have bytes, by those, each with the length of the prefix it shares with the one before.
    sorted: Vec<(TokenId, u32)>,
    ends: Vec<bool>,
}

impl Vocabulary {
    /// From each token's bytes and whether it ends an answer. Tokens without bytes never fit a grammar.
    pub(crate) fn new(tokens: impl IntoIterator<Item = (Vec<u8>, bool)>) -> Vocabulary {
        let (mut bytes, mut spans, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for (piece, is_end) in tokens {
            let from = bytes.len() as u32;
            bytes.extend_from_slice(&piece);
            spans.push((from, bytes.len() as u32));
            ends.push(is_end);
        }
        let piece = |token: &TokenId| {
            let (from, to) = spans[token.0 as usize];
            &bytes[from as usize..to as usize]
        };
        let all = (0..spans.len() as u32).map(TokenId);
        let mut order: Vec<TokenId> = all.filter(|t| !ends[t.0 as usize] && !piece(t).is_empty()).collect();
        order.sort_by(|a, b| piece(a).cmp(piece(b)));
        let mut sorted = Vec::with_capacity(order.len());
        let mut before: &[u8] = &[];
        for token in order {
            let here = piece(&token);
            let shared = here.iter().zip(before).take_while(|(a, b)| a == b).count();
            sorted.push((token, shared as u32));
            before = here;
        }
        Vocabulary { sorted, bytes: bytes.clone(), spans: spans.clone(), ends }
    }

    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(crate) fn bytes(&self, token: TokenId) -> &[u8] {
        self.spans.get(token.0 as usize).map_or(&[], |&(from, to)| &self.bytes[from as usize..to as usize])
    }

    /// Whether the token ends an answer.
    pub(crate) fn is_end(&self, token: TokenId) -> bool {
        self.ends.get(token.0 as usize).copied().unwrap_or(false)
    }

    fn mask(&self, matcher: &mut Matcher, at: Position) -> Mask {
        let mut mask = Mask(vec![0; self.len().div_ceil(64)]);
        // `path[n]` is the place after the first n bytes of the token before, as far as they fitted.
        let mut path = vec![at];
        for &(token, shared) in &self.sorted {
            let shared = shared as usize;
            if shared >= path.len() {
                // It begins with the bytes at which the one before was refused.
                continue;
            }
            path.truncate(shared + 1);
            let bytes = self.bytes(token);
            let mut fits = true;
            for &byte in &bytes[shared..] {
                match path.last().and_then(|&here| matcher.step(here, byte)) {
                    Some(next) => path.push(next),
                    None => {
                        fits = false;
                        break;
                    }
                }
            }
            if fits {
                mask.0[token.0 as usize / 64] |= 1 << (token.0 % 64);
            }
        }
        mask
    }
}

/// Most masks kept for one grammar, 6 kB each for a vocabulary of 49,152.
const MAX_MASKS: usize = 4096;

/// A grammar's verdicts on the tokens of one vocabulary, kept from one request to the next.
pub(crate) struct TokenGrammar {
    matcher: Matcher,
    masks: FxHashMap<Position, Rc<Mask>>,
}

impl TokenGrammar {
    pub(crate) fn new(matcher: Matcher) -> TokenGrammar {
        TokenGrammar { matcher, masks: FxHashMap::default() }
    }

    pub(crate) fn matcher(&mut self) -> &mut Matcher {
        &mut self.matcher
    }

    /// All tokens that fit at this place, ends not among them.
    pub(crate) fn mask(&mut self, vocabulary: &Vocabulary, at: Position) -> Rc<Mask> {
        if let Some(mask) = self.masks.get(&at) {
            return Rc::clone(mask);
        }
        if self.masks.len() >= MAX_MASKS {
            self.masks.clear();
        }
        let mask = Rc::new(vocabulary.mask(&mut self.matcher, at));
        self.masks.insert(at, Rc::clone(&mask));
        mask
    }
}

#[cfg(test)]
mod tests {
    use super::{TokenGrammar, TokenId, Vocabulary};
    use crate::grammar::{Grammar, Matcher};

    #[test]
    fn masks_agree_with_testing_each_token() {
        let words =
            ["a", "ab", "abc", "b", "", "bc", "(", "(a", "((", ")", "😀", "é", "c", "))", "a)", "abcd"];
        let mut tokens: Vec<(Vec<u8>, bool)> = words.iter().map(|w| (w.as_bytes().to_vec(), false)).collect();
        tokens.push((vec![0xF0, 0x9F], false));
        tokens.push((b"<end>".to_vec(), true));
        let vocabulary = Vocabulary::new(tokens);
        let text = "root ::= \"(\" (root | [a-cé😀])* \")\"";
        let grammar = Grammar::parse(text, "root").expect("a grammar");
        let mut both = TokenGrammar::new(Matcher::new(grammar));
        let mut at = both.matcher().start();
        let mut allowed = 0;
        for step in [0usize, 6, 2, 10, 9, 9] {
            let mask = both.mask(&vocabulary, at);
            for token in (0..vocabulary.len() as u32).map(TokenId) {
                let bytes = vocabulary.bytes(token).to_vec();
                let fits = !bytes.is_empty()
                    && !vocabulary.is_end(token)
                    && both.matcher().advance(at, &bytes).is_some();
                assert_eq!(mask.allows(token), fits, "token {token:?}");
                allowed += usize::from(fits);
            }
            let word = if step == 0 { b"(".to_vec() } else { words[step].as_bytes().to_vec() };
            at = both.matcher().advance(at, &word).expect("the walk fits");
        }
        assert!(allowed > 20);
        assert!(both.matcher().is_complete(at));
    }
}
