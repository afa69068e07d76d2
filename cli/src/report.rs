//! Draws the front end's diagnostics with miette: the place, labels, help and how to learn more. The only user of miette.

use std::fmt;

use batos_lang::{Diagnostic, Severity};
use batos_machine::legible::{brief, legible};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource};

use crate::terminal::{self, Colours};

/// More than this many in one source help nobody.
const MOST: usize = 20;

/// All diagnostics of one source, as text.
pub fn render(name: &str, source: &[u8], diagnostics: &[Diagnostic], colours: Colours) -> String {
    let theme = if colours.0 { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
    let (columns, _) = terminal::size();
    let handler =
        GraphicalReportHandler::new_themed(theme).with_width(columns.clamp(60, 120)).with_links(false);
    let text = printable(source);
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(MOST) {
        let source = NamedSource::new(brief(name), text.clone());
        let shown = Shown { diagnostic, source, length: text.len() };
        if handler.render_report(&mut out, &shown).is_err() {
            out.push_str(&diagnostic.message);
        }
        out.push('\n');
    }
    if diagnostics.len() > MOST {
        out.push_str(&format!("… and {} more\n", diagnostics.len() - MOST));
    }
    out
}

/// The source as text in which every byte offset still is where it was: bytes that are no UTF-8 and control bytes
/// become question marks of the same length.
fn printable(source: &[u8]) -> String {
    let mut text = String::with_capacity(source.len());
    for chunk in source.utf8_chunks() {
        let mut chars = chunk.valid().chars().peekable();
        while let Some(c) = chars.next() {
            // A carriage return without a line feed would write over the line.
            let ends_line = c == '\n' || c == '\r' && chars.peek() == Some(&'\n');
            if c.is_control() && !ends_line && c != '\t' {
                text.extend(std::iter::repeat_n('?', c.len_utf8()));
            } else {
                text.push(c);
            }
        }
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
    }
    text
}

/// One diagnostic as miette wants to see it.
#[derive(Debug)]
struct Shown<'a> {
    diagnostic: &'a Diagnostic,
    source: NamedSource<String>,
    length: usize,
}

impl Shown<'_> {
    /// Spans at the end of the input would lie outside of it.
    fn clamp(&self, span: batos_lang::span::Span) -> (usize, usize) {
        let range = span.range();
        let start = range.start.min(self.length);
        (start, range.end.clamp(start, self.length) - start)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&legible(&self.diagnostic.message))
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.diagnostic.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.diagnostic.help.as_ref()?;
        Some(Box::new(legible(help).into_owned()))
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (start, length) = self.clamp(self.diagnostic.span);
        let primary = LabeledSpan::new_primary_with_span(Some("here".to_string()), (start, length));
        let others = self.diagnostic.labels.iter().map(|label| {
            let (start, length) = self.clamp(label.span);
            LabeledSpan::new(Some(label.text.to_string()), start, length)
        });
        Some(Box::new(std::iter::once(primary).chain(others)))
    }
}

#[cfg(test)]
mod tests {
    use batos_lang::Code;
    use batos_lang::span::Span;

    use super::*;

    #[test]
    fn nothing_in_a_source_moves_the_cursor() {
        assert_eq!(printable(b"a\r\n\tb\rc\x1b[1m\xff\xc2\x9bd"), "a\r\n\tb?c?[1m???d");
    }

    #[test]
    fn offsets_survive_rubbish() {
        let source = b"a\xff\x01\xc3\xa4b";
        let text = printable(source);
        assert_eq!(text, "a??\u{e4}b");
        assert_eq!(text.len(), source.len());
    }

    #[test]
    fn a_diagnostic_shows_place_code_label_and_help() {
        let d = Diagnostic::error(Code(7), Span::new(4, 5), "operators may not be mixed")
            .label(Span::new(2, 3), "the first one")
            .help("use parentheses");
        let text = render("x.self", b"1 + 2 * 3", &[d], Colours(false));
        for part in
            ["operators may not be mixed", "L0007", "the first one", "use parentheses", "1 + 2 * 3", "x.self"]
        {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(!text.contains('\x1b'));
    }

    #[test]
    fn names_and_messages_do_not_move_the_cursor() {
        let d = Diagnostic::error(Code(1), Span::new(0, 1), "no \x1b[31m").help("not \x07");
        let text = render("x\x1b[2J.self", b"3 +", &[d], Colours(false));
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }

    #[test]
    fn a_span_behind_the_end_is_drawn_at_the_end() {
        let d = Diagnostic::error(Code(1), Span::new(90, 95), "the input ended early");
        assert!(render("x", b"3 +", &[d], Colours(false)).contains("ended early"));
    }
}
