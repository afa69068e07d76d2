//! JSON (RFC 8259). Read by jiter, piece by piece; written here.
//!
//! Numbers keep what they say: whole ones are exact whatever their size, others become floats, or decimals for those who ask. Errors
//! tell line, column (counted in characters) and what was expected.

use dashu_int::{IBig, Sign};
use jiter::{Jiter, JiterError, Peek};

use super::walk::Event;
use super::{Builder, Plain, Prototypes, Walker, decimal_parts};
use crate::primitives::{Failure, OUT_OF_MEMORY};
use crate::vm::Vm;
use batos_image::value::{ObjectRef, Value};

/// Reads a text. `exact` makes decimals of numbers with a point or an exponent.
pub(crate) fn parse(vm: &mut Vm, text: &[u8], prototypes: Prototypes, exact: bool) -> Result<Value, Failure> {
    let mut reader = Reader { jiter: Jiter::new(text), text, exact };
    let mut builder = Builder::new(vm, prototypes);
    match reader.whole(&mut builder) {
        Ok(()) => {
            reader.jiter.finish().map_err(|e| complaint(text, e.index, "nothing more was expected"))?;
            builder.finish().ok_or_else(|| complaint(text, text.len(), "a value is missing"))
        }
        Err(Stop::Syntax(e)) => Err(complaint(text, e.index, &e.error_type.to_string())),
        Err(Stop::Failure(failure)) => Err(failure),
    }
}

enum Stop {
    Syntax(JiterError),
    Failure(Failure),
}

impl From<JiterError> for Stop {
    fn from(e: JiterError) -> Stop {
        Stop::Syntax(e)
    }
}

impl From<Failure> for Stop {
    fn from(e: Failure) -> Stop {
        Stop::Failure(e)
    }
}

struct Reader<'t> {
    jiter: Jiter<'t>,
    text: &'t [u8],
    exact: bool,
}

impl Reader<'_> {
    /// One value with all that it contains. `dictionaries` tells for each open container whether it is one.
    fn whole(&mut self, builder: &mut Builder<'_>) -> Result<(), Stop> {
        let mut dictionaries: Vec<bool> = Vec::new();
        let mut next = self.jiter.peek()?;
        loop {
            let begun = self.value(next, builder)?;
            // Where the first value in it begins, or the next one after it.
            let mut more = match begun {
                Some(true) if key(self.jiter.known_object()?, builder) => Some(self.jiter.peek()?),
                Some(true) => None,
                Some(false) => self.jiter.known_array()?,
                None => self.after(&dictionaries, builder)?,
            };
            dictionaries.extend(begun);
            while more.is_none() {
                if dictionaries.pop().is_none() {
                    return Ok(());
                }
                builder.end()?;
                more = self.after(&dictionaries, builder)?;
            }
            match more {
                Some(peek) => next = peek,
                None => return Ok(()),
            }
        }
    }

    /// Where the next value of the innermost container begins, its key being told.
    fn after(&mut self, dictionaries: &[bool], builder: &mut Builder<'_>) -> Result<Option<Peek>, Stop> {
        match dictionaries.last() {
            None => Ok(None),
            Some(false) => Ok(self.jiter.array_step()?),
            Some(true) => {
                let found = key(self.jiter.next_key()?, builder);
                Ok(if found { Some(self.jiter.peek()?) } else { None })
            }
        }
    }

    /// A simple value, or the beginning of a container: then whether it is a dictionary.
    fn value(&mut self, peek: Peek, builder: &mut Builder<'_>) -> Result<Option<bool>, Stop> {
        match peek {
            Peek::Null => {
                self.jiter.known_null()?;
                let nil = builder.vm.nil();
                builder.value(nil);
            }
            Peek::True | Peek::False => {
                let b = self.jiter.known_bool(peek)?;
                let b = builder.vm.boolean(b);
                builder.value(b);
            }
            Peek::String => builder.text(self.jiter.known_str()?.as_bytes())?,
            Peek::Array => {
                builder.begin_list()?;
                return Ok(Some(false));
            }
            Peek::Object => {
                builder.begin_dictionary()?;
                return Ok(Some(true));
            }
            _ => self.number(peek, builder)?,
        }
        Ok(None)
    }

    fn number(&mut self, peek: Peek, builder: &mut Builder<'_>) -> Result<(), Stop> {
        let at = self.jiter.current_index();
        let digits = self.jiter.known_number_bytes(peek)?;
        let digits = std::str::from_utf8(digits).unwrap_or_default();
        let wrong = |what: &str| Stop::Failure(complaint(self.text, at, what));
        if digits.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            match digits.parse::<i64>() {
                Ok(n) => builder.int(n),
                Err(_) if digits.len() > 1 << 16 => return Err(wrong("a number with too many digits")),
                Err(_) => {
                    let n: IBig = digits.parse().map_err(|_| wrong("invalid number"))?;
                    builder.big(&n);
                }
            }
        } else if self.exact {
            let (coefficient, scale) =
                decimal_parts(digits).ok_or_else(|| wrong("a number with too many digits"))?;
            builder.decimal(&coefficient, scale);
        } else {
            let x: f64 = digits.parse().map_err(|_| wrong("invalid number"))?;
            if !x.is_finite() {
                return Err(wrong("a number that is too large for a float"));
            }
            builder.float(x);
        }
        Ok(())
    }
}

fn key(key: Option<&str>, builder: &mut Builder<'_>) -> bool {
    let Some(key) = key else { return false };
    builder.key(key.as_bytes());
    true
}

/// The failure of a text at a byte of it.
pub(crate) fn complaint(text: &[u8], at: usize, what: &str) -> Failure {
    let before = &text[..at.min(text.len())];
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    let begin = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    // Continuation bytes of UTF-8 are no characters.
    let column = before[begin..].iter().filter(|b| **b & 0xC0 != 0x80).count() + 1;
    let what = what.replace("EOF", "the text ended").replace("list", "array");
    Failure::text(format!("parseError: line {line}, column {column}: {what}"))
}

/// Writes an object: compact, or each element on a line of its own, indented by so many blanks.
pub(crate) fn print(
    vm: &Vm,
    whole: Value,
    prototypes: Prototypes,
    indent: Option<usize>,
) -> Result<Vec<u8>, Failure> {
    let mut walker = Walker::new(prototypes, whole);
    let mut out: Vec<u8> = Vec::new();
    // For each open container: the byte that closes it, and whether it has elements.
    let mut open: Vec<(u8, bool)> = Vec::new();
    let mut after_key = false;
    while let Some(event) = walker.next(vm)? {
        if !vm.heap.can_allocate(out.len().saturating_add(64)) {
            return Err(OUT_OF_MEMORY);
        }
        if let Event::End = event {
            if let Some((close, has_elements)) = open.pop() {
                if has_elements {
                    new_line(&mut out, indent, open.len());
                }
                out.push(close);
            }
            continue;
        }
        if !std::mem::take(&mut after_key)
            && let Some((_, has_elements)) = open.last_mut()
        {
            if std::mem::replace(has_elements, true) {
                out.push(b',');
            }
            new_line(&mut out, indent, open.len());
        }
        match event {
            Event::List(_) => {
                out.push(b'[');
                open.push((b']', false));
            }
            Event::Dictionary(_) => {
                out.push(b'{');
                open.push((b'}', false));
            }
            Event::Key(key) => {
                match key {
                    Plain::Text(text) => string(vm, &mut out, text)?,
                    Plain::Int(n) => out.extend_from_slice(format!("\"{n}\"").as_bytes()),
                    _ => return Err(Failure::word("badKeyError: keys are strings or whole numbers")),
                }
                out.push(b':');
                if indent.is_some() {
                    out.push(b' ');
                }
                after_key = true;
            }
            Event::Value(value) => simple(vm, &mut out, value)?,
            Event::End => {}
        }
    }
    Ok(out)
}

fn new_line(out: &mut Vec<u8>, indent: Option<usize>, depth: usize) {
    if let Some(indent) = indent {
        out.push(b'\n');
        out.resize(out.len() + indent * depth, b' ');
    }
}

fn simple(vm: &Vm, out: &mut Vec<u8>, value: Plain) -> Result<(), Failure> {
    let text = match value {
        Plain::Nil => "null".to_string(),
        Plain::Bool(b) => b.to_string(),
        Plain::Int(n) => n.to_string(),
        Plain::Big(n) => n.to_string(),
        // The shortest digits that read back as the same float.
        Plain::Float(x) if x.is_finite() => format!("{x:?}"),
        Plain::Float(_) => return Err(Failure::word("unwritableError: JSON knows finite numbers only")),
        Plain::Decimal(coefficient, scale) => decimal_text(&coefficient, scale),
        Plain::Text(r) => return string(vm, out, r),
        Plain::Bytes(_) => {
            return Err(Failure::word("unwritableError: JSON has no bytes: take their asBase64"));
        }
        Plain::List(_) | Plain::Dictionary(_) | Plain::Ordered(_) => return Ok(()),
    };
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// A decimal number in digits.
pub(super) fn decimal_text(coefficient: &IBig, scale: i64) -> String {
    let scale = usize::try_from(scale).unwrap_or(0);
    let (sign, size) = coefficient.clone().into_parts();
    let digits = size.to_string();
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if sign == Sign::Negative { "-" } else { "" };
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn string(vm: &Vm, out: &mut Vec<u8>, text: ObjectRef) -> Result<(), Failure> {
    let bytes = vm.heap.bytes(text);
    if std::str::from_utf8(bytes).is_err() {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        return Err(Failure::text(format!("unwritableError: '{shown}' is no UTF-8 text")));
    }
    out.push(b'"');
    let mut from = 0;
    for (i, byte) in bytes.iter().enumerate() {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0C => b'f',
            0..0x20 | 0x7F => b'u',
            _ => continue,
        };
        out.extend_from_slice(&bytes[from..i]);
        from = i + 1;
        out.extend_from_slice(&[b'\\', short]);
        if short == b'u' {
            out.extend_from_slice(format!("{byte:04x}").as_bytes());
        }
    }
    out.extend_from_slice(&bytes[from..]);
    out.push(b'"');
    Ok(())
}
