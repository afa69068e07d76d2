//! What was pasted at once may be several inputs, one below the other, as in a transcript or a file.

use super::unfinished;

/// The inputs in a text. One that is legal as it is, or has an error that can't be put down to its lines being
/// inputs of their own, stays whole.
pub fn inputs(text: &str) -> Vec<&str> {
    let whole = text.trim();
    if !whole.contains('\n')
        || (!whole.starts_with(':') && batos_lang::parse_body(whole.as_bytes()).is_legal())
    {
        return vec![text];
    }
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        at += line.len();
        let so_far = text[start..at].trim();
        if so_far.starts_with(':') || !unfinished(so_far.as_bytes()) {
            found.push(so_far);
            start = at;
        }
    }
    found.push(text[start..].trim());
    found.retain(|input| !input.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::inputs;

    #[test]
    fn lines_that_are_inputs_of_their_own_are_taken_one_by_one() {
        assert_eq!(inputs("3 + 4\n5 * 6\n"), ["3 + 4", "5 * 6"]);
        assert_eq!(inputs(":log\n3\n\n[ |:x|\n x ] value: 2\n"), [":log", "3", "[ |:x|\n x ] value: 2"]);
    }

    #[test]
    fn one_input_of_many_lines_stays_whole() {
        let text = "(1 to: 3)\n  do: [ |:x|\n  x printLine ]";
        assert_eq!(inputs(text), [text]);
        assert_eq!(inputs("a: 1.\nb: 2"), ["a: 1.\nb: 2"]);
        assert_eq!(inputs("3 + 4 * 5"), ["3 + 4 * 5"]);
        assert_eq!(inputs("[ 3 +\n] value"), ["[ 3 +\n] value"]);
        assert_eq!(inputs(""), [""]);
    }
}
