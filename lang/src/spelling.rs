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
}
