//! How selectors are written into a text: with places to fill in, where an editor knows these.

/// A selector from some part on, with a place for each argument.
pub fn snippet(signature: &str, from: usize) -> String {
    let mut words = signature.split(' ').peekable();
    let mut out = Vec::new();
    let mut part = 0;
    let mut place = 1;
    while let Some(word) = words.next() {
        if !word.ends_with(':') && word.starts_with(|c: char| c.is_ascii_alphabetic()) && part == 0 {
            return word.to_string();
        }
        let argument = match words.peek() {
            Some(next) if !next.ends_with(':') => words.next().unwrap_or("value"),
            _ => "value",
        };
        if part >= from {
            out.push(format!("{word} ${{{place}:{argument}}}"));
            place += 1;
        }
        part += 1;
    }
    out.join(" ")
}

/// Whether the letters of a word stand in a name in their order, the first one at its beginning.
pub fn fits(word: &str, name: &str) -> bool {
    let lower = |c: char| c.to_ascii_lowercase();
    let mut wanted = word.chars().map(lower);
    let Some(first) = wanted.next() else { return true };
    let mut letters = name.chars().map(lower);
    if letters.next() != Some(first) {
        return false;
    }
    wanted.all(|w| letters.any(|c| c == w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_places_to_fill_in() {
        assert_eq!(snippet("at: i Put: v", 0), "at: ${1:i} Put: ${2:v}");
        assert_eq!(snippet("at: i Put: v", 1), "Put: ${1:v}");
        assert_eq!(snippet("at:Put:", 0), "at:Put: ${1:value}");
        assert_eq!(snippet("size", 0), "size");
        assert_eq!(snippet("+ x", 0), "+ ${1:x}");
    }

    #[test]
    fn words_fit_by_their_letters() {
        assert!(fits("", "x") && fits("cra", "copyRemoveAll") && fits("PRI", "printLine"));
        assert!(!fits("opy", "copy") && !fits("cx", "copy"));
    }
}
