//! How much names differ, for proposals: "did you mean …?" Names are compared without colons and capitals.

/// Longest name that is compared: the table of distances is this wide.
pub const LONGEST: usize = 80;

/// A name without colons and capitals; nothing, if it is no word.
pub fn plain(name: &str) -> Vec<u8> {
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Vec::new();
    }
    name.bytes().filter(|b| *b != b':').map(|b| b.to_ascii_lowercase()).collect()
}

/// A name that was meant to be another one: what tells most of the others apart from it is worked out once, so that few of all the names
/// of a world are compared letter by letter.
#[derive(Clone, Debug)]
pub struct Wanted {
    plain: Vec<u8>,
    letters: u64,
    allowed: usize,
}

impl Wanted {
    /// So many letters may be wrong at most. `None`: too long, or no word.
    pub fn new(name: &str, within: usize) -> Option<Wanted> {
        let plain = plain(name);
        if plain.len() > LONGEST || plain.is_empty() {
            return None;
        }
        let allowed = allowed(plain.len()).min(within);
        Some(Wanted { letters: letters(&plain), allowed, plain })
    }

    /// Whether a name is worth the comparison: a wrong letter changes the length by one, and the letters that there are by two.
    pub fn may_be(&self, name: &[u8]) -> bool {
        let length = name.iter().filter(|b| **b != b':').count();
        length <= LONGEST
            && length.abs_diff(self.plain.len()) <= self.allowed
            && (letters(name) ^ self.letters).count_ones() as usize <= 2 * self.allowed
    }

    /// How many letters of a name are wrong, if it is near enough.
    pub fn steps(&self, name: &str) -> Option<usize> {
        let candidate = plain(name);
        let steps = distance(&self.plain, &candidate);
        (steps <= self.allowed && steps < candidate.len()).then_some(steps)
    }

    /// How many letters may be wrong.
    pub fn allowed(&self) -> usize {
        self.allowed
    }
}

/// Which letters there are in a name, a bit for each, without capitals; some share one.
fn letters(name: &[u8]) -> u64 {
    let bits = name.iter().filter(|b| **b != b':').map(|b| 1 << (b.to_ascii_lowercase() & 63));
    bits.fold(0, |all: u64, bit: u64| all | bit)
}

/// How many letters of a plain name of this length may be wrong.
pub fn allowed(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=4 => 1,
        5..=9 => 2,
        _ => 3,
    }
}

/// How many letters must be changed, added, left out or exchanged with the next one (Damerau's distance, in its form for
/// neighbours).
pub fn distance(a: &[u8], b: &[u8]) -> usize {
    let width = b.len() + 1;
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (vec![0; width], (0..width).collect());
    for i in 1..=a.len() {
        let mut row = vec![i; width];
        for j in 1..width {
            let same = a[i - 1] == b[j - 1];
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + usize::from(!same));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_wrong_missing_or_exchanged_count_one() {
        let d = |a: &str, b: &str| distance(&plain(a), &plain(b));
        assert_eq!(
            (d("prinLine", "printLine"), d("szie", "size"), d("ifTrue:ifFalse:", "ifTrue:False:")),
            (1, 1, 2)
        );
        assert_eq!((d("at:put:", "at:Put:"), d("abc", "xyz")), (0, 3));
    }

    /// All names of slots in the sources of the standard world.
    fn names_of_the_world() -> Vec<String> {
        let mut waiting = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../stdlib")];
        let mut names = std::collections::BTreeSet::new();
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                waiting.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
            } else if path.extension().is_some_and(|e| e == "self") {
                let text = std::fs::read_to_string(path).unwrap();
                names.extend(text.split(|c: char| !c.is_alphanumeric() && c != ':').map(str::to_string));
            }
        }
        names.into_iter().filter(|name| !plain(name).is_empty()).collect()
    }

    #[test]
    fn few_names_are_compared_and_no_near_one_is_missed() {
        let names = names_of_the_world();
        assert!(names.len() > 5000, "{}", names.len());
        for wanted in
            ["copyRemoveAl", "szie", "at:ifAbsent:", "prinLine", "includesSubstrin:", "zzz", "isVctor"]
        {
            let it = Wanted::new(wanted, 3).unwrap();
            let compared = names.iter().filter(|name| it.may_be(name.as_bytes())).count();
            assert!(compared * 5 < names.len(), "{wanted}: {compared} of {}", names.len());
            for name in &names {
                assert!(it.steps(name).is_none() || it.may_be(name.as_bytes()), "{wanted} {name}");
            }
        }
    }
}
