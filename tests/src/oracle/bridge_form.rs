//! Any bytes as a message to a door: what passes is one whole map that another library reads, and no part of it passes by itself.

use std::io::Cursor;

use batos_bridge::form;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Longest message of which all beginnings are tried.
const SHORT: usize = 256;

/// Checks the bytes.
///
/// # Panics
/// If the check lets through what is no message.
pub fn run(data: &[u8]) {
    if form::check(data).is_err() {
        return;
    }
    let mut reader = rmp_serde::Deserializer::new(Cursor::new(data));
    assert!(IgnoredAny::deserialize(&mut reader).is_ok(), "another library does not read it");
    assert_eq!(reader.position() as usize, data.len(), "something follows its end");
    assert!(matches!(data[0], 0x80..=0x8f | 0xde | 0xdf), "it is no map");
    for end in 0..data.len().min(SHORT) {
        assert!(form::check(&data[..end]).is_err(), "its first {end} bytes pass by themselves");
    }
}
