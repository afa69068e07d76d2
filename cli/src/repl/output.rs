//! What is shown of long results: the beginning, and how to see the rest.

/// The text, or as much of it as fits in `rows` rows of `columns` columns, and whether something was left out.
/// Cuts at a line's end where it can, never inside a character.
pub fn cut(text: &str, rows: usize, columns: usize) -> (&str, bool) {
    let mut used = 0;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let width = line.trim_end_matches('\n').chars().count();
        let needed = width.div_ceil(columns).max(1);
        if used + needed > rows {
            let room = rows.saturating_sub(used) * columns;
            // A line that alone is longer than the screen is cut itself; others are left out whole.
            if end == 0 {
                end = line.char_indices().nth(room).map_or(line.len(), |(at, _)| at);
            }
            return (&text[..end], true);
        }
        used += needed;
        end += line.len();
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_text_stays() {
        assert_eq!(cut("a\nb", 2, 10), ("a\nb", false));
        assert_eq!(cut("", 2, 10), ("", false));
    }

    #[test]
    fn lines_too_many_are_left_out() {
        assert_eq!(cut("a\nb\nc\n", 2, 10), ("a\nb\n", true));
    }

    #[test]
    fn one_long_line_is_cut_at_a_character() {
        let text = "\u{e4}".repeat(50);
        let (shown, more) = cut(&text, 2, 10);
        assert!(more);
        assert_eq!(shown.chars().count(), 20);
    }
}
