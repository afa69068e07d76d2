//! Text of the world on its way to a person: nothing in it moves the cursor, rings, or turns around what stands beside it.

use std::borrow::Cow;
use std::fmt::Write;

/// Most characters of a name in a line with others.
const NAME: usize = 100;

/// The text with control characters escaped, all but ends of lines and tabs.
pub fn legible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || c == '\t' || !is_control(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if c == '\n' || c == '\t' { shown.push(c) } else { push(&mut shown, c) }
    }
    Cow::Owned(shown)
}

/// The text in one line of sensible length.
pub fn brief(text: &str) -> String {
    let mut shown = String::new();
    for (at, c) in text.chars().enumerate() {
        if at == NAME {
            shown.push('…');
            break;
        }
        push(&mut shown, c);
    }
    shown
}

/// Control characters, and those that change the direction of writing.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn push(shown: &mut String, c: char) {
    let _ = match c {
        '\n' => shown.write_str("\\n"),
        '\t' => shown.write_str("\\t"),
        '\r' => shown.write_str("\\r"),
        _ if is_control(c) && c.is_ascii() => write!(shown, "\\x{:02x}", u32::from(c)),
        _ if is_control(c) => write!(shown, "\\u{{{:x}}}", u32::from(c)),
        _ => shown.write_char(c),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(legible("a\x1b[31m\r\nb\tc\u{9b}\u{202e}"), "a\\x1b[31m\\r\nb\tc\\u{9b}\\u{202e}");
        assert!(matches!(legible("plain\n\u{e4}"), Cow::Borrowed(_)));
    }

    #[test]
    fn names_stay_in_their_line() {
        assert_eq!(brief("a\n\x07"), "a\\n\\x07");
        assert_eq!(brief(&"x".repeat(500)).chars().count(), NAME + 1);
    }
}
