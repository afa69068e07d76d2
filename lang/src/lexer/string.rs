//! String literals: from raw text to the bytes it denotes.

use crate::diagnostic::Diagnostic;
use crate::diagnostics as code;
use crate::span::Span;

/// The bytes that a literal (`raw`, with its quotes) denotes, appended to `out`. Wrong escapes are reported and left out.
pub(crate) fn decode(raw: &[u8], start: u32, out: &mut Vec<u8>, diagnostics: &mut Vec<Diagnostic>) {
    let inner = raw.strip_prefix(b"'").unwrap_or(raw);
    let inner = match inner {
        [rest @ .., b'\''] if !ends_escaped(rest) => rest,
        _ => inner,
    };
    let base = start + (raw.len() > inner.len()) as u32;
    let mut i = 0;
    while i < inner.len() {
        let byte = inner[i];
        if byte == b'\r' {
            out.push(b'\n');
            i += 1;
        } else if byte != b'\\' {
            let run = inner[i..].iter().take_while(|b| **b != b'\\' && **b != b'\r').count();
            out.extend_from_slice(&inner[i..i + run]);
            i += run;
        } else {
            let (len, result) = escape(&inner[i + 1..]);
            match result {
                Ok(Some(value)) => out.push(value),
                Ok(None) => {}
                Err((message, help)) => {
                    let span = Span::new(base + i as u32, base + (i + 1 + len).min(inner.len()) as u32);
                    diagnostics.push(Diagnostic::error(code::BAD_ESCAPE, span, message).help(help));
                }
            }
            i += 1 + len;
        }
    }
}

/// Whether text ends with an odd number of backslashes, so that a quote after it is escaped.
fn ends_escaped(text: &[u8]) -> bool {
    text.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

type Escape = Result<Option<u8>, (&'static str, &'static str)>;

/// Reads what follows a backslash: how many bytes, and the byte it stands for.
fn escape(rest: &[u8]) -> (usize, Escape) {
    let Some(letter) = rest.first() else {
        return (0, Err(("a backslash ends the string", "write `\\\\` for a backslash")));
    };
    let plain = |b| (1, Ok(Some(b)));
    match letter {
        b't' => plain(9),
        b'n' => plain(10),
        b'f' => plain(12),
        b'r' => plain(13),
        b'a' => plain(7),
        b'b' => plain(8),
        b'v' => plain(11),
        b'0' => plain(0),
        b'\\' | b'\'' | b'"' | b'?' => plain(*letter),
        b'\r' if rest.get(1) == Some(&b'\n') => (2, Ok(None)),
        b'\n' | b'\r' => (1, Ok(None)),
        b'x' => numeric(rest, 16, 2, "`\\x` needs exactly two hexadecimal digits, as in `\\x7f`"),
        b'd' => numeric(rest, 10, 3, "`\\d` needs exactly three decimal digits, as in `\\d065`"),
        b'o' => numeric(rest, 8, 3, "`\\o` needs exactly three octal digits, as in `\\o101`"),
        _ => (
            1,
            Err((
                "unknown escape in a string",
                "the escapes are \\t \\n \\f \\r \\a \\b \\v \\0 \\\\ \\' \\\" \\? \\xHH \\dDDD \\oOOO and a backslash before a newline",
            )),
        ),
    }
}

fn numeric(rest: &[u8], base: u32, count: usize, help: &'static str) -> (usize, Escape) {
    let digits = rest[1..].iter().take(count).take_while(|b| (**b as char).is_digit(base));
    let mut value = 0;
    let mut found = 0;
    for byte in digits {
        value = value * base + (*byte as char).to_digit(base).unwrap_or(0);
        found += 1;
    }
    let result = if found < count {
        Err(("digits are missing in an escape", help))
    } else if value > 255 {
        Err(("the value of an escape exceeds 255", "a string consists of bytes"))
    } else {
        Ok(Some(value as u8))
    };
    (1 + found, result)
}
