//! What was meant by a message that nobody understands.

use batos_lang::spelling::{LONGEST, allowed, distance, plain};

/// How many are proposed.
const PROPOSED: usize = 3;

/// Names that are spelled much like one, the nearest first.
pub fn similar<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let parts = |name: &str| name.matches(':').count();
    let word = plain(wanted);
    if word.is_empty() || word.len() > LONGEST {
        return Vec::new();
    }
    let most = allowed(word.len());
    let mut ranked: Vec<(usize, &str)> = Vec::new();
    for name in names {
        if name.len().abs_diff(wanted.len()) > most + 4 || name == wanted {
            continue;
        }
        let candidate = plain(name);
        if candidate.len().abs_diff(word.len()) > most {
            continue;
        }
        let steps = distance(&word, &candidate);
        if steps <= most && steps < candidate.len() {
            ranked.push((2 * steps + usize::from(parts(name) != parts(wanted)), name));
        }
    }
    ranked.sort_unstable();
    ranked.dedup();
    let best = ranked.first().map_or(0, |(score, _)| *score);
    let near = ranked.into_iter().filter(|(score, _)| *score <= best + 1);
    near.map(|(_, name)| name.to_string()).take(PROPOSED).collect()
}

/// `at: 3 put: 4` sends `put:` to 3; `at:Put:` was meant, if that is known.
pub fn joined(outer: &str, inner: &str, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    let rest: String = inner.split_inclusive(':').map(capital).collect();
    let whole = outer.to_string() + &rest;
    // Who knows other languages writes `ifTrue: … ifFalse: …`.
    let shorter = outer.to_string() + rest.strip_prefix("If").unwrap_or(&rest);
    [shorter, whole].into_iter().find(|name| is_known(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_slips_are_seen_through() {
        let names = ["printLine", "printString", "size", "at:Put:"];
        assert_eq!(similar("prinLine", names.into_iter()), ["printLine"]);
        assert_eq!(similar("szie", names.into_iter()), ["size"]);
        assert_eq!(similar("at:put:", names.into_iter()), ["at:Put:"]);
        assert!(similar("somethingElse", names.into_iter()).is_empty());
    }

    #[test]
    fn keywords_with_a_small_letter_are_put_together() {
        let known = |name: &str| ["at:Put:", "ifTrue:False:"].contains(&name);
        assert_eq!(joined("at:", "put:", known).as_deref(), Some("at:Put:"));
        assert_eq!(joined("ifTrue:", "ifFalse:", known).as_deref(), Some("ifTrue:False:"));
        assert_eq!(joined("foo:", "bar:", known), None);
    }
}
