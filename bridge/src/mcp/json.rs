//! JSON as MessagePack and back: agents speak JSON-RPC, the world speaks one kind of plain data. Knows nothing of what is said.

use serde_json::Value;

/// A JSON-RPC message as the world gets it. The error says what is wrong with the text.
pub fn to_message(text: &[u8]) -> Result<(Value, Vec<u8>), String> {
    let value: Value = serde_json::from_slice(text).map_err(|e| format!("that is no JSON: {e}"))?;
    if value.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err("a message is a JSON object with \"jsonrpc\": \"2.0\"".into());
    }
    let bytes = rmp_serde::to_vec_named(&value).map_err(|e| e.to_string())?;
    crate::form::check(&bytes).map_err(|e| e.to_string())?;
    Ok((value, bytes))
}

/// What the world said, as JSON. What it could not say in JSON (bytes) becomes an error with the number of the request.
pub fn from_message(bytes: &[u8]) -> Value {
    rmp_serde::from_slice(bytes).unwrap_or_else(|e| complaint(Value::Null, -32603, &e.to_string()))
}

/// An error as JSON-RPC tells it.
pub fn complaint(id: Value, code: i64, text: &str) -> Value {
    serde_json::json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": text } })
}

/// Whether this asks for an answer.
pub fn is_request(value: &Value) -> bool {
    value.get("method").is_some() && value.get("id").is_some_and(|id| !id.is_null())
}

/// Whether this is an answer.
pub fn is_answer(value: &Value) -> bool {
    value.get("result").is_some() || value.get("error").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_comes_back_as_it_was() {
        let text = br#"{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"n":-3,"x":1.5,"l":[true,null,"\u00e4"]}}"#;
        let (value, bytes) = to_message(text).unwrap();
        assert_eq!(from_message(&bytes), value);
        assert!(is_request(&value) && !is_answer(&value));
        for bad in [&b"{"[..], b"[]", b"{}", br#"{"jsonrpc":"1.0"}"#, &[0xff]] {
            assert!(to_message(bad).is_err());
        }
        let deep = [&br#"{"jsonrpc":"2.0","a":"#[..], &[b'['; 60], &[b']'; 60], b"}"].concat();
        assert!(to_message(&deep).unwrap_err().contains("deep"));
    }
}
