//! JSON as MessagePack and back: agents speak JSON-RPC, the world speaks one kind of plain data. Knows nothing of what is said.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
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

/// What the world said, as JSON. What JSON has no word for is told as text: bytes in hexadecimal digits, keys that are none, numbers that
/// are none.
pub fn from_message(bytes: &[u8]) -> Value {
    match rmp_serde::from_slice(bytes) {
        Ok(Told(value)) => value,
        Err(e) => complaint(Value::Null, -32603, &e.to_string()),
    }
}

/// Plain data as JSON tells it.
struct Told(Value);

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Told, D::Error> {
        from.deserialize_any(Teller).map(Told)
    }
}

struct Teller;

impl<'de> Visitor<'de> for Teller {
    type Value = Value;

    fn expecting(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.write_str("plain data")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        Ok(if v.is_finite() { v.into() } else { v.to_string().into() })
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_bytes<E>(self, v: &[u8]) -> Result<Value, E> {
        Ok(v.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(Told(value)) = seq.next_element()? {
            all.push(value);
        }
        Ok(all.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut all = serde_json::Map::new();
        while let Some((Told(key), Told(value))) = map.next_entry()? {
            let key = match key {
                Value::String(key) => key,
                other => other.to_string(),
            };
            all.insert(key, value);
        }
        Ok(all.into())
    }
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
        let odd = b"\x83\x01\x02\xa2id\x07\xa1b\x92\xc4\x02\xff\x00\xcb\x7f\xf0\0\0\0\0\0\0";
        assert_eq!(from_message(odd), serde_json::json!({"1": 2, "id": 7, "b": ["ff00", "inf"]}));
        let deep = [&br#"{"jsonrpc":"2.0","a":"#[..], &[b'['; 60], &[b']'; 60], b"}"].concat();
        assert!(to_message(&deep).unwrap_err().contains("deep"));
    }
}
