//! Messages as they come and go: a header with a length, and JSON.
//!
//! Invariant: whatever comes in, the next message is found as long as lengths are right: what is no message is an error to be
//! answered, not the end. (The crate lsp-server gives up at the first one.) Does not know what messages mean.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// Longest message that is read, in bytes; longer ones are passed over.
const LONGEST: usize = 256 << 20;

/// Longest line of a header.
const HEADER_LINE: u64 = 4096;

/// Error codes of JSON-RPC and the protocol.
pub mod code {
    /// What came is no JSON.
    pub const PARSE_ERROR: i32 = -32700;
    /// It is JSON, but no message, or one that can't come now.
    pub const INVALID_REQUEST: i32 = -32600;
    /// There is no such request.
    pub const METHOD_NOT_FOUND: i32 = -32601;
    /// It came with something else than it needs.
    pub const INVALID_PARAMS: i32 = -32602;
    /// It is our fault.
    pub const INTERNAL_ERROR: i32 = -32603;
    /// Nothing can be asked before `initialize`.
    pub const NOT_INITIALIZED: i32 = -32002;
    /// The client does not want the answer any more.
    pub const CANCELLED: i32 = -32800;
    /// It can't be done, for a reason that the user may know.
    pub const REQUEST_FAILED: i32 = -32803;
}

/// What came in.
#[derive(Clone, PartialEq, Debug)]
pub enum Incoming {
    /// Wants an answer.
    Request {
        /// A number or a text.
        id: Value,
        /// What is asked.
        method: String,
        /// With what.
        params: Value,
    },
    /// Wants none.
    Notification {
        /// What is told.
        method: String,
        /// With what.
        params: Value,
    },
    /// An answer to a request of ours.
    Response,
    /// No message; what to answer.
    Bad {
        /// The id, where it could be read.
        id: Value,
        /// The kind of error.
        code: i32,
        /// What is wrong.
        message: String,
    },
}

/// The next message; nothing at the end of the input.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = header(input)? else { return Ok(None) };
    let length = match length {
        Ok(length) => length,
        Err(message) => return Ok(Some(bad(Value::Null, code::PARSE_ERROR, message))),
    };
    if length > LONGEST {
        let passed = io::copy(&mut input.take(length as u64), &mut io::sink())?;
        let message = format!("a message of {length} bytes is too long; {passed} were passed over");
        return Ok(Some(bad(Value::Null, code::INVALID_REQUEST, message)));
    }
    let mut bytes = Vec::new();
    // Room is made as bytes come, not as they are announced.
    if input.take(length as u64).read_to_end(&mut bytes)? < length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&bytes) {
        Ok(value) => sort(value),
        Err(error) => bad(Value::Null, code::PARSE_ERROR, format!("this is no JSON: {error}")),
    }))
}

/// The length that a header tells. A header without one is an error, after which the next one is looked for.
fn header(input: &mut impl BufRead) -> io::Result<Option<Result<usize, String>>> {
    let mut length = None;
    let mut wrong = None;
    let mut lines = 0;
    loop {
        let mut line = Vec::new();
        if input.take(HEADER_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            // Blank lines between messages do no harm.
            if lines == 0 {
                continue;
            }
            break;
        }
        lines += 1;
        match line.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
                match value.trim().parse::<usize>() {
                    Ok(n) => length = Some(n),
                    Err(_) => wrong = Some(format!("{:?} is no length", value.trim())),
                }
            }
            Some(_) => {}
            None => wrong = Some(format!("{line:?} is no line of a header")),
        }
    }
    Ok(Some(match (length, wrong) {
        (Some(length), _) => Ok(length),
        (None, Some(wrong)) => Err(wrong),
        (None, None) => Err("a header without Content-Length".to_string()),
    }))
}

fn bad(id: Value, code: i32, message: impl Into<String>) -> Incoming {
    Incoming::Bad { id, code, message: message.into() }
}

fn sort(value: Value) -> Incoming {
    let Value::Object(mut object) = value else {
        return bad(Value::Null, code::INVALID_REQUEST, "a message is one JSON object");
    };
    let id = object.remove("id").filter(|id| !id.is_null());
    if id.as_ref().is_some_and(|id| !id.is_string() && !id.is_i64() && !id.is_u64()) {
        return bad(Value::Null, code::INVALID_REQUEST, "an id is a whole number or a text");
    }
    let params = object.remove("params").unwrap_or(Value::Null);
    match (object.remove("method"), id) {
        (Some(Value::String(method)), Some(id)) => Incoming::Request { id, method, params },
        (Some(Value::String(method)), None) => Incoming::Notification { method, params },
        (None, _) if object.contains_key("result") || object.contains_key("error") => Incoming::Response,
        (_, id) => bad(
            id.unwrap_or(Value::Null),
            code::INVALID_REQUEST,
            "a message has a method, or the result or error of one",
        ),
    }
}

/// Writes one message.
pub fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

/// The answer to a request.
pub fn answer(id: &Value, result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// The refusal of a request.
pub fn refusal(id: &Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

/// Something that is told.
pub fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &str) -> Vec<Incoming> {
        let mut input = input.as_bytes();
        std::iter::from_fn(|| read(&mut input).unwrap()).collect()
    }

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    #[test]
    fn what_is_no_message_does_not_hide_the_next_one() {
        let good = framed(r#"{"jsonrpc":"2.0","id":"a","method":"m","params":[1]}"#);
        let bad = ["{", "[1]", "3", r#"{"id":1.5,"method":"m"}"#, r#"{"id":1}"#, r#"{"method":3}"#, ""];
        for text in bad {
            let found = all(&(framed(text) + &good));
            assert_eq!(found.len(), 2, "{text}");
            assert!(matches!(found[0], Incoming::Bad { .. }), "{text}");
            assert!(matches!(&found[1], Incoming::Request { id, .. } if id == "a"), "{text}");
        }
        for header in ["Content-Length: x\r\n\r\n", "nonsense\r\n\r\n", "Other: 3\r\n\r\n"] {
            let found = all(&(header.to_string() + &good));
            assert!(matches!(found[..], [Incoming::Bad { .. }, Incoming::Request { .. }]), "{header:?}");
        }
    }

    #[test]
    fn numbers_of_any_size_are_ids_and_null_is_none() {
        let found = all(&framed(r#"{"id":9007199254740993,"method":"m"}"#));
        assert!(
            matches!(&found[..], [Incoming::Request { id, .. }] if id.as_u64() == Some(9007199254740993))
        );
        assert!(matches!(all(&framed(r#"{"id":null,"method":"m"}"#))[..], [Incoming::Notification { .. }]));
        assert_eq!(all(&framed(r#"{"id":3,"result":null}"#)), [Incoming::Response]);
    }

    #[test]
    fn an_input_that_breaks_off_is_at_its_end() {
        assert_eq!(all("Content-Length: 90\r\n\r\n{}"), []);
        assert_eq!(all("Content-Le"), []);
        assert_eq!(all(""), []);
    }
}
