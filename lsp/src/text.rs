//! A document's text, and the two ways to name a place in it: byte offsets, which the front end speaks, and lines with
//! columns, which editors speak.
//!
//! Invariant: `lines` has the offset of each line's first byte, in order, the first being 0. Lines end where the protocol
//! says: at LF, CR LF or CR. Offsets that come out of `offset` stand between characters, whatever an editor asks for.

use lsp_types::{Position, PositionEncodingKind, Range};

use batos_lang::span::Span;

/// What a column counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what is spoken unless something else was agreed on.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The first one of a client's list that is known here.
    pub fn agree(offered: &[PositionEncodingKind]) -> Encoding {
        let known = |kind: &PositionEncodingKind| match kind.as_str() {
            "utf-8" => Some(Encoding::Utf8),
            "utf-16" => Some(Encoding::Utf16),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        };
        offered.iter().find_map(known).unwrap_or_default()
    }

    /// As the protocol names it.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            _ => text.chars().map(|c| self.units(c)).sum(),
        }
    }
}

/// A text with the places of its lines.
#[derive(Clone, Debug, Default)]
pub struct Text {
    text: String,
    lines: Vec<usize>,
}

impl Text {
    /// Of a whole document.
    pub fn new(text: String) -> Text {
        let lines = line_starts(&text);
        Text { text, lines }
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line of an offset, from 0.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of a line, without what ends it.
    pub fn line(&self, line: usize) -> std::ops::Range<usize> {
        let Some(start) = self.lines.get(line).copied() else { return self.text.len()..self.text.len() };
        let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        let text = &self.text[start..end];
        start..start + text.trim_end_matches(['\n', '\r']).len()
    }

    /// Where an offset is for an editor.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let start = self.lines.get(line).copied().unwrap_or(0);
        Position::new(line as u32, encoding.length(&self.text[start..offset]) as u32)
    }

    /// The offset of an editor's place: columns behind the end of a line mean its end, lines behind the last one the end of the
    /// text, the middle of a character its beginning.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = self.line(position.line as usize);
        let mut left = position.character as usize;
        let mut at = line.start;
        for c in self.text[line].chars() {
            let units = encoding.units(c);
            if units > left {
                break;
            }
            left -= units;
            at += c.len_utf8();
        }
        at
    }

    /// A span as an editor's range.
    pub fn range(&self, span: Span, encoding: Encoding) -> Range {
        Range::new(self.position(span.start as usize, encoding), self.position(span.end as usize, encoding))
    }

    /// An editor's range as a span; one that is turned round is taken as meant.
    pub fn span(&self, range: Range, encoding: Encoding) -> Span {
        let (start, end) = (self.offset(range.start, encoding), self.offset(range.end, encoding));
        Span::new(start.min(end) as u32, start.max(end) as u32)
    }

    /// Changes a part, or all of it.
    pub fn change(&mut self, range: Option<Range>, new: &str, encoding: Encoding) {
        match range {
            None => *self = Text::new(new.to_string()),
            Some(range) => {
                let span = self.span(range, encoding).range();
                self.text.replace_range(span, new);
                self.lines = line_starts(&self.text);
            }
        }
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let mut lines = vec![0];
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => lines.push(at + 1),
            b'\r' if bytes.get(at + 1) != Some(&b'\n') => lines.push(at + 1),
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_was_agreed_on() {
        let text = Text::new("a😀ä'x'\nzwei".to_string());
        let at = text.as_str().find('\'').unwrap();
        for (encoding, column) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            assert_eq!(text.position(at, encoding), Position::new(0, column));
            assert_eq!(text.offset(Position::new(0, column), encoding), at);
        }
        assert_eq!(text.offset(Position::new(0, 2), Encoding::Utf16), 1, "within a pair: before it");
    }

    #[test]
    fn places_that_do_not_exist_are_the_nearest_that_do() {
        let text = Text::new("ab\r\nc\rd".to_string());
        assert_eq!(text.offset(Position::new(0, 99), Encoding::Utf16), 2);
        assert_eq!(text.offset(Position::new(9, 0), Encoding::Utf16), 7);
        assert_eq!(text.position(99, Encoding::Utf16), Position::new(2, 1));
        assert_eq!(text.position(5, Encoding::Utf16), Position::new(1, 1));
    }

    #[test]
    fn changes_of_parts_come_to_the_same_as_the_whole() {
        let mut text = Text::new("eins\nzwei 😀 drei\n".to_string());
        let range = Range::new(Position::new(1, 5), Position::new(1, 7));
        text.change(Some(range), "ü\n", Encoding::Utf16);
        assert_eq!(text.as_str(), "eins\nzwei ü\n drei\n");
        assert_eq!(text.lines, line_starts(text.as_str()));
        let turned = Range::new(Position::new(9, 9), Position::new(0, 0));
        text.change(Some(turned), "x", Encoding::Utf16);
        assert_eq!(text.as_str(), "x");
    }
}
