//! What is shown of long results: the beginning, and how to see the rest.

use unicode_width::UnicodeWidthChar;

/// How many columns a text takes. Sequences that change colours take none.
pub fn width(text: &str) -> usize {
    columns_of(text).map(|(_, columns)| columns).sum()
}

/// Each character's end and the columns it takes.
fn columns_of(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut in_sequence = false;
    text.char_indices().map(move |(at, c)| {
        let columns = match c {
            '\x1b' => {
                in_sequence = true;
                0
            }
            _ if in_sequence => {
                in_sequence = !c.is_ascii_alphabetic();
                0
            }
            '\t' => 8,
            _ => c.width().unwrap_or(0),
        };
        (at + c.len_utf8(), columns)
    })
}

/// As much of a text as fits in so many columns: where it ends.
fn fitting(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let mut fits = 0;
    for (end, width) in columns_of(text) {
        used += width;
        if used > columns {
            break;
        }
        fits = end;
    }
    fits
}

/// The text, or as much of it as fits in `rows` rows of `columns` columns, and whether something was left out.
/// Cuts at a line's end where it can, never inside a character.
pub fn cut(text: &str, rows: usize, columns: usize) -> (&str, bool) {
    let mut used = 0;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let needed = width(line.trim_end_matches('\n')).div_ceil(columns).max(1);
        if used + needed > rows {
            let room = rows.saturating_sub(used) * columns;
            // A line that alone is longer than the screen is cut itself; others are left out whole.
            if end == 0 {
                end = fitting(line, room);
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

    #[test]
    fn what_counts_are_columns() {
        let text = "\u{4e2d}".repeat(50);
        let (shown, more) = cut(&text, 2, 10);
        assert!(more);
        assert_eq!(shown.chars().count(), 10);
        // Letters with accents of their own, and colours.
        assert_eq!(width("e\u{301}e\u{301}"), 2);
        assert_eq!(width("\x1b[31mred\x1b[0m"), 3);
        let text = "e\u{301}".repeat(20);
        assert_eq!(cut(&text, 2, 10), (&text[..], false));
    }
}
