//! Bytes of tokens become text that a terminal can show.
//!
//! A piece handed on is always whole UTF-8 and never contains part of a stop text; what might still become one is
//! held back. Invalid bytes become U+FFFD.

/// The text of one answer while it is written.
#[derive(Clone, Default, Debug)]
pub(crate) struct Pieces {
    /// Bytes of a character that is not complete.
    partial: Vec<u8>,
    text: String,
    /// How much of `text` was handed on.
    shown: usize,
    stopped: bool,
}

impl Pieces {
    /// Adds a token's bytes; true if a stop text has come up, which ends the answer.
    pub(crate) fn push(&mut self, bytes: &[u8], stops: &[String]) -> bool {
        let from = self.text.len();
        self.partial.extend_from_slice(bytes);
        self.take_whole();
        let longest = stops.iter().map(String::len).max().unwrap_or(0);
        let mut search = from.saturating_sub(longest);
        while !self.text.is_char_boundary(search) {
            search -= 1;
        }
        let found =
            stops.iter().filter(|s| !s.is_empty()).filter_map(|s| self.text[search..].find(s.as_str())).min();
        if let Some(at) = found {
            self.text.truncate(search + at);
            self.partial.clear();
            self.stopped = true;
        }
        self.stopped
    }

    fn take_whole(&mut self) {
        loop {
            match std::str::from_utf8(&self.partial) {
                Ok(text) => {
                    self.text.push_str(text);
                    self.partial.clear();
                    return;
                }
                Err(error) => {
                    let valid = error.valid_up_to();
                    self.text.push_str(&String::from_utf8_lossy(&self.partial[..valid]));
                    match error.error_len() {
                        Some(invalid) => {
                            self.text.push('\u{FFFD}');
                            self.partial.drain(..valid + invalid);
                        }
                        None => {
                            self.partial.drain(..valid);
                            return;
                        }
                    }
                }
            }
        }
    }

    /// What can be shown now and was not yet.
    pub(crate) fn fresh(&mut self, stops: &[String]) -> &str {
        let held = if self.stopped { 0 } else { self.beginning_of_stop(stops) };
        let end = self.text.len() - held;
        let from = self.shown;
        self.shown = end.max(from);
        &self.text[from..self.shown]
    }

    /// Bytes at the end of the text that may be the first part of a stop text.
    fn beginning_of_stop(&self, stops: &[String]) -> usize {
        let longest = |stop: &String| {
            let most = stop.len().saturating_sub(1).min(self.text.len());
            (1..=most)
                .rev()
                .find(|&n| stop.is_char_boundary(n) && self.text.ends_with(&stop[..n]))
                .unwrap_or(0)
        };
        stops.iter().map(longest).max().unwrap_or(0)
    }

    /// Ends the answer: what was held back is text after all.
    pub(crate) fn finish(&mut self) -> &str {
        if !self.partial.is_empty() {
            self.partial.clear();
            self.text.push('\u{FFFD}');
        }
        self.stopped = true;
        self.fresh(&[])
    }

    /// Whether both hold the same bytes.
    pub(crate) fn same(&self, other: &Pieces) -> bool {
        self.text == other.text && self.partial == other.partial
    }

    /// The answer.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    #[test]
    fn characters_split_over_tokens_come_whole() {
        let mut pieces = Pieces::default();
        let smiley = "😀".as_bytes();
        assert!(!pieces.push(&smiley[..3], &[]));
        assert_eq!(pieces.fresh(&[]), "");
        assert!(!pieces.push(&smiley[3..], &[]));
        assert_eq!(pieces.fresh(&[]), "😀");
        assert!(!pieces.push(&[0xFF, b'a', 0xC3], &[]));
        assert_eq!(pieces.fresh(&[]), "\u{FFFD}a");
        assert_eq!(pieces.finish(), "\u{FFFD}");
        assert_eq!(pieces.text(), "😀\u{FFFD}a\u{FFFD}");
    }

    #[test]
    fn a_stop_text_over_tokens_is_never_shown() {
        let stops = ["END".to_owned(), "\n\n".to_owned()];
        let mut pieces = Pieces::default();
        assert!(!pieces.push(b"one E", &stops));
        assert_eq!(pieces.fresh(&stops), "one ");
        assert!(!pieces.push(b"N", &stops));
        assert_eq!(pieces.fresh(&stops), "");
        assert!(!pieces.push(b"T\n", &stops));
        assert_eq!(pieces.fresh(&stops), "ENT");
        assert!(pieces.push(b"\nmore", &stops));
        assert_eq!(pieces.fresh(&stops), "");
        assert_eq!(pieces.text(), "one ENT");
    }

    #[test]
    fn what_was_held_back_comes_at_the_end() {
        let stops = ["END".to_owned()];
        let mut pieces = Pieces::default();
        pieces.push("äEN".as_bytes(), &stops);
        assert_eq!(pieces.fresh(&stops), "ä");
        assert_eq!(pieces.finish(), "EN");
    }
}
