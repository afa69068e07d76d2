//! The head of a GGUF file: what a model says about itself, read without loading it.
//!
//! Layout: magic `GGUF`, version u32, tensor count u64, entry count u64, then entries of key (u64 length, bytes), type
//! u32 and value, all little-endian (<https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>). The file is not
//! trusted: every length is bounded.

pub mod check;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// Most entries, longest text kept, longest array walked over.
const MAX_ENTRIES: u64 = 10_000;
const MAX_TEXT: u64 = 1 << 20;
const MAX_ARRAY: u64 = 1 << 24;

/// What a GGUF file says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GgufInfo {
    /// Version of the format.
    pub version: u32,
    /// Tensors in the file.
    pub tensors: u64,
    /// Entries with a single value, as text. Arrays (the vocabulary) are left out.
    pub entries: BTreeMap<String, String>,
}

impl GgufInfo {
    /// The entry `{architecture}.{key}`, as `context_length`.
    pub fn of_architecture(&self, key: &str) -> Option<&str> {
        let architecture = self.entries.get("general.architecture")?;
        self.entries.get(&format!("{architecture}.{key}")).map(String::as_str)
    }

    /// Reads the head of a file.
    pub fn read(file: &Path) -> io::Result<GgufInfo> {
        read(&mut BufReader::new(File::open(file)?))
    }
}

fn read(input: &mut impl Read) -> io::Result<GgufInfo> {
    if &bytes::<4>(input)? != b"GGUF" {
        return Err(bad("not a GGUF file"));
    }
    let version = u32::from_le_bytes(bytes(input)?);
    if !(2..=3).contains(&version) {
        return Err(bad("a version of GGUF that is not known here"));
    }
    let tensors = long(input)?;
    let count = long(input)?;
    if count > MAX_ENTRIES {
        return Err(bad("too many entries"));
    }
    let mut info = GgufInfo { version, tensors, entries: BTreeMap::new() };
    for _ in 0..count {
        let key = text(input)?;
        let kind = u32::from_le_bytes(bytes(input)?);
        if let Some(value) = value(input, kind, 0)? {
            info.entries.insert(key, value);
        }
    }
    Ok(info)
}

/// The value as text; arrays are skipped.
fn value(input: &mut impl Read, kind: u32, depth: usize) -> io::Result<Option<String>> {
    Ok(Some(match kind {
        0 => u8::from_le_bytes(bytes(input)?).to_string(),
        1 => i8::from_le_bytes(bytes(input)?).to_string(),
        2 => u16::from_le_bytes(bytes(input)?).to_string(),
        3 => i16::from_le_bytes(bytes(input)?).to_string(),
        4 => u32::from_le_bytes(bytes(input)?).to_string(),
        5 => i32::from_le_bytes(bytes(input)?).to_string(),
        6 => f32::from_le_bytes(bytes(input)?).to_string(),
        7 => (bytes::<1>(input)? != [0]).to_string(),
        8 => text(input)?,
        9 if depth < 4 => {
            let inner = u32::from_le_bytes(bytes(input)?);
            let count = long(input)?;
            if count > MAX_ARRAY {
                return Err(bad("an array is too long"));
            }
            for _ in 0..count {
                value(input, inner, depth + 1)?;
            }
            return Ok(None);
        }
        10 => u64::from_le_bytes(bytes(input)?).to_string(),
        11 => i64::from_le_bytes(bytes(input)?).to_string(),
        12 => f64::from_le_bytes(bytes(input)?).to_string(),
        _ => return Err(bad("an entry of unknown type")),
    }))
}

fn text(input: &mut impl Read) -> io::Result<String> {
    let length = long(input)?;
    if length > MAX_TEXT {
        return Err(bad("a text is too long"));
    }
    let mut buffer = vec![0; length as usize];
    input.read_exact(&mut buffer).map_err(ended)?;
    Ok(String::from_utf8_lossy(&buffer).into_owned())
}

fn long(input: &mut impl Read) -> io::Result<u64> {
    Ok(u64::from_le_bytes(bytes(input)?))
}

fn bytes<const N: usize>(input: &mut impl Read) -> io::Result<[u8; N]> {
    let mut buffer = [0; N];
    input.read_exact(&mut buffer).map_err(ended)?;
    Ok(buffer)
}

/// Says in plain words that there should be more.
fn ended(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        bad("the file ends early: a part of a GGUF file")
    } else {
        error
    }
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::read;

    fn entry(key: &str, kind: u32, value: &[u8]) -> Vec<u8> {
        [&(key.len() as u64).to_le_bytes(), key.as_bytes(), &kind.to_le_bytes(), value].concat()
    }

    fn text(value: &str) -> Vec<u8> {
        [&(value.len() as u64).to_le_bytes()[..], value.as_bytes()].concat()
    }

    #[test]
    fn entries_are_read_and_arrays_skipped() {
        let array = [&8u32.to_le_bytes()[..], &2u64.to_le_bytes(), &text("a"), &text("b")].concat();
        let file = [
            b"GGUF".to_vec(),
            3u32.to_le_bytes().to_vec(),
            7u64.to_le_bytes().to_vec(),
            3u64.to_le_bytes().to_vec(),
            entry("general.architecture", 8, &text("llama")),
            entry("tokenizer.tokens", 9, &array),
            entry("llama.context_length", 4, &2048u32.to_le_bytes()),
        ]
        .concat();
        let info = read(&mut &file[..]).expect("a head");
        assert_eq!((info.version, info.tensors, info.entries.len()), (3, 7, 2));
        assert_eq!(info.of_architecture("context_length"), Some("2048"));
        for cut in 0..file.len() {
            assert!(read(&mut &file[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn absurd_lengths_are_refused() {
        let head = [&b"GGUF"[..], &3u32.to_le_bytes(), &0u64.to_le_bytes(), &u64::MAX.to_le_bytes()].concat();
        assert!(read(&mut &head[..]).is_err());
        let long = [
            &b"GGUF"[..],
            &3u32.to_le_bytes(),
            &0u64.to_le_bytes(),
            &1u64.to_le_bytes(),
            &u64::MAX.to_le_bytes(),
        ];
        assert!(read(&mut &long.concat()[..]).is_err());
    }
}
