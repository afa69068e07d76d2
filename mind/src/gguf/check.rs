//! Whether a GGUF file may be given to llama.cpp, which trusts what a file says of itself: an absurd number of layers or a tensor that
//! ends behind the file is an assertion there, and that ends the whole process.
//!
//! Layout after the entries (see the module above): for each tensor its name (u64 length, bytes), number of dimensions u32, dimensions
//! u64 each, type u32, offset u64 from the beginning of the data, which begins at the next multiple of the alignment.
//!
//! Invariant: nothing is allocated or walked over that the file is not long enough to hold. What is not known here (an architecture,
//! what its tensors are called) is llama.cpp's affair: it refuses those politely.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::{MAX_ENTRIES, bad, bytes, ended, long};

/// Most tensors: the largest models have some thousands.
const MAX_TENSORS: u64 = 1 << 16;
/// Bytes of a tensor's name, with the zero that C puts behind it.
const MAX_NAME: u64 = 64;
/// Most dimensions of a tensor.
const MAX_DIMENSIONS: u32 = 4;
/// Where nothing is said, data is aligned so.
const ALIGNMENT: u64 = 32;
/// Largest alignment: a page of the largest size in use.
const MAX_ALIGNMENT: u64 = 1 << 16;

/// Numbers that an architecture tells under its name, with the least and the most that makes sense. An array (one for each layer) is
/// held to the most only.
const BOUNDS: &[(&str, u64, u64)] = &[
    ("block_count", 1, 512),
    ("context_length", 1, 1 << 24),
    ("embedding_length", 1, 1 << 18),
    ("feed_forward_length", 0, 1 << 20),
    ("attention.head_count", 0, 1 << 12),
    ("attention.head_count_kv", 0, 1 << 12),
    ("attention.key_length", 1, 1 << 14),
    ("attention.value_length", 1, 1 << 14),
    ("attention.sliding_window", 0, 1 << 24),
    ("rope.dimension_count", 0, 1 << 14),
    ("vocab_size", 1, 1 << 22),
    ("expert_count", 0, 512),
    ("expert_used_count", 0, 512),
];

/// What an architecture must say at least.
const NEEDED: [&str; 3] = ["block_count", "context_length", "embedding_length"];

/// Elements in a block and bytes that it takes, by the number of a tensor's type. Types that are gone are not listed.
const TYPES: &[(u32, u64, u64)] = &[
    (0, 1, 4),
    (1, 1, 2),
    (2, 32, 18),
    (3, 32, 20),
    (6, 32, 22),
    (7, 32, 24),
    (8, 32, 34),
    (9, 32, 36),
    (10, 256, 84),
    (11, 256, 110),
    (12, 256, 144),
    (13, 256, 176),
    (14, 256, 210),
    (15, 256, 292),
    (16, 256, 66),
    (17, 256, 74),
    (18, 256, 98),
    (19, 256, 50),
    (20, 32, 18),
    (21, 256, 110),
    (22, 256, 82),
    (23, 256, 136),
    (24, 1, 1),
    (25, 1, 2),
    (26, 1, 4),
    (27, 1, 8),
    (28, 1, 8),
    (29, 256, 56),
    (30, 1, 2),
    (34, 256, 54),
    (35, 256, 66),
    (39, 32, 17),
];

/// Checks a model file. `Err` says what is wrong with it.
pub fn model(file: &Path) -> Result<(), String> {
    on_file(file, Checker::model)
}

/// Checks a LoRA adapter: as a model's, its tensors lie within the file. Whether they fit a model is llama.cpp's affair.
pub fn adapter(file: &Path) -> Result<(), String> {
    on_file(file, Checker::adapter)
}

fn on_file(
    file: &Path,
    check: impl FnOnce(&mut Checker<BufReader<File>>) -> io::Result<()>,
) -> Result<(), String> {
    let checked = File::open(file).and_then(|file| {
        let length = file.metadata()?.len();
        check(&mut Checker { input: BufReader::new(file), at: 0, length })
    });
    checked.map_err(|error| error.to_string())
}

/// What an entry says, as far as it matters here.
enum Entry {
    Number(u64),
    /// A number that is none of ours: negative, or with a fraction.
    Odd,
    Text(Vec<u8>),
    /// Type and number of elements, and the largest of them where they are whole numbers.
    Array(u32, u64, u64),
}

struct Checker<R> {
    input: R,
    /// Bytes read.
    at: u64,
    /// Bytes in the file.
    length: u64,
}

impl<R: Read> Read for Checker<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: Read> Checker<R> {
    fn model(&mut self) -> io::Result<()> {
        let (tensors, said) = self.head()?;
        architecture(&said)?;
        vocabulary(&said)?;
        self.tensors(tensors, &said)
    }

    fn adapter(&mut self) -> io::Result<()> {
        let (tensors, said) = self.head()?;
        for (key, wanted) in [("general.type", "adapter"), ("adapter.type", "lora")] {
            if !matches!(said.get(key.as_bytes()), Some(Entry::Text(text)) if text == wanted.as_bytes()) {
                return Err(bad(&format!("it does not say that its {key} is {wanted}")));
            }
        }
        match said.get(&b"adapter.lora.alpha"[..]) {
            None | Some(Entry::Odd) => {}
            Some(_) => return Err(bad("its adapter.lora.alpha is no number with a fraction")),
        }
        self.tensors(tensors, &said)
    }

    /// Number of tensors, and what is said before they are listed.
    fn head(&mut self) -> io::Result<(u64, BTreeMap<Vec<u8>, Entry>)> {
        if &bytes::<4>(self)? != b"GGUF" {
            return Err(bad("it is not a GGUF file"));
        }
        let version = self.int()?;
        if !(2..=3).contains(&version) {
            return Err(bad(&format!("version {version} of GGUF is not known here")));
        }
        let (tensors, entries) = (long(self)?, long(self)?);
        if tensors > MAX_TENSORS || entries > MAX_ENTRIES {
            return Err(bad(&format!("{tensors} tensors and {entries} entries are more than any model has")));
        }
        let mut said = BTreeMap::new();
        for _ in 0..entries {
            let key = self.text()?;
            let kind = self.int()?;
            let entry = self.entry(kind)?;
            if said.insert(key.clone(), entry).is_some() {
                return Err(bad(&format!("it says {} twice", shown(&key))));
            }
        }
        Ok((tensors, said))
    }

    fn int(&mut self) -> io::Result<u32> {
        Ok(u32::from_le_bytes(bytes(self)?))
    }

    /// Refuses what the rest of the file can't hold.
    fn holds(&self, count: u64, each: u64) -> io::Result<()> {
        let rest = self.length.saturating_sub(self.at);
        if count.checked_mul(each).is_some_and(|wanted| wanted <= rest) {
            Ok(())
        } else {
            Err(bad("something in it would be longer than the file"))
        }
    }

    fn text(&mut self) -> io::Result<Vec<u8>> {
        let length = long(self)?;
        self.holds(length, 1)?;
        let mut buffer = Vec::new();
        self.by_ref().take(length).read_to_end(&mut buffer)?;
        if buffer.len() as u64 == length {
            Ok(buffer)
        } else {
            Err(ended(io::ErrorKind::UnexpectedEof.into()))
        }
    }

    /// The value of an entry of this type.
    fn entry(&mut self, kind: u32) -> io::Result<Entry> {
        let of = |n: i64| u64::try_from(n).map_or(Entry::Odd, Entry::Number);
        Ok(match kind {
            0 => Entry::Number(u8::from_le_bytes(bytes(self)?).into()),
            1 => of(i8::from_le_bytes(bytes(self)?).into()),
            2 => Entry::Number(u16::from_le_bytes(bytes(self)?).into()),
            3 => of(i16::from_le_bytes(bytes(self)?).into()),
            4 => Entry::Number(self.int()?.into()),
            5 => of(i32::from_le_bytes(bytes(self)?).into()),
            6 => {
                bytes::<4>(self)?;
                Entry::Odd
            }
            7 => match bytes::<1>(self)? {
                [0 | 1] => Entry::Odd,
                _ => return Err(bad("a truth value is neither true nor false")),
            },
            8 => Entry::Text(self.text()?),
            9 => self.array()?,
            10 => Entry::Number(long(self)?),
            11 => of(i64::from_le_bytes(bytes(self)?)),
            12 => {
                bytes::<8>(self)?;
                Entry::Odd
            }
            _ => return Err(bad(&format!("an entry has the unknown type {kind}"))),
        })
    }

    fn array(&mut self) -> io::Result<Entry> {
        let kind = self.int()?;
        let count = long(self)?;
        let each = match kind {
            0 | 1 | 7 => 1,
            2 | 3 => 2,
            4..=6 => 4,
            8 | 10..=12 => 8,
            _ => return Err(bad(&format!("an array has elements of the type {kind}, which none may have"))),
        };
        self.holds(count, each)?;
        let mut most = 0;
        for _ in 0..count {
            if let Entry::Number(n) = self.entry(kind)? {
                most = most.max(n);
            }
        }
        Ok(Entry::Array(kind, count, most))
    }

    /// The list of tensors: each lies within the file.
    fn tensors(&mut self, count: u64, said: &BTreeMap<Vec<u8>, Entry>) -> io::Result<()> {
        let alignment = match said.get(&b"general.alignment"[..]) {
            None => ALIGNMENT,
            Some(Entry::Number(n)) if n.is_power_of_two() && (8..=MAX_ALIGNMENT).contains(n) => *n,
            Some(_) => return Err(bad("its alignment is no power of two from 8 to 65536")),
        };
        if count == 0 {
            return Err(bad("it has no tensors: only the head of a model, or its vocabulary"));
        }
        let mut known = HashSet::new();
        let mut end = 0;
        for _ in 0..count {
            let name = self.text()?;
            let wrong = |what: &str| Err(bad(&format!("the tensor {} {what}", shown(&name))));
            if name.len() as u64 >= MAX_NAME || name.contains(&0) {
                return wrong("has a name that is too long or holds a zero byte");
            }
            if !known.insert(name.clone()) {
                return wrong("is there twice");
            }
            let dimensions = self.int()?;
            if !(1..=MAX_DIMENSIONS).contains(&dimensions) {
                return wrong(&format!("has {dimensions} dimensions; 1 to {MAX_DIMENSIONS} are possible"));
            }
            let mut elements = 1u64;
            let mut row = 1;
            for i in 0..dimensions {
                let n = long(self)?;
                if i == 0 {
                    row = n;
                }
                match elements.checked_mul(n).filter(|all| (1..=i64::MAX as u64).contains(all)) {
                    Some(all) => elements = all,
                    None => return wrong("has an absurd number of elements"),
                }
            }
            let kind = self.int()?;
            let Some((_, block, size)) = TYPES.iter().find(|(number, ..)| *number == kind) else {
                return wrong(&format!("has the unknown type {kind}"));
            };
            if row % block != 0 {
                return wrong("has rows that are not made of whole blocks");
            }
            let offset = long(self)?;
            let last = (elements / block).checked_mul(*size).and_then(|bytes| offset.checked_add(bytes));
            match last.filter(|last| offset.is_multiple_of(alignment) && *last <= self.length) {
                Some(last) => end = end.max(last),
                None => return wrong("lies outside of the file, or not where data may lie"),
            }
        }
        let data = self.at.next_multiple_of(alignment);
        match data.checked_add(end) {
            Some(all) if all <= self.length => Ok(()),
            _ => Err(bad("the file ends early: its last tensors are not there")),
        }
    }
}

/// What the architecture says of itself is within bounds.
fn architecture(said: &BTreeMap<Vec<u8>, Entry>) -> io::Result<()> {
    let Some(Entry::Text(name)) = said.get(&b"general.architecture"[..]) else {
        return Err(bad("it does not say which architecture it has"));
    };
    let key = |suffix: &str| [name, b".".as_slice(), suffix.as_bytes()].concat();
    for needed in NEEDED {
        if !said.contains_key(&key(needed)) {
            return Err(bad(&format!("it does not say its {needed}")));
        }
    }
    for (suffix, least, most) in BOUNDS {
        let key = key(suffix);
        let (least, n) = match said.get(&key) {
            None => continue,
            Some(Entry::Number(n)) => (*least, *n),
            Some(Entry::Array(_, _, largest)) if !NEEDED.contains(suffix) => (0, *largest),
            Some(_) => return Err(bad(&format!("{} is no number that makes sense", shown(&key)))),
        };
        if !(least..=*most).contains(&n) {
            return Err(bad(&format!("{} is {n}; {least} to {most} makes sense", shown(&key))));
        }
    }
    let number = |suffix| match said.get(&key(suffix)) {
        Some(Entry::Number(n)) => Some(*n),
        _ => None,
    };
    if let (Some(heads), Some(shared)) = (number("attention.head_count"), number("attention.head_count_kv"))
        && (shared > heads || shared > 0 && heads % shared != 0)
    {
        return Err(bad(&format!("{heads} heads can't share {shared} keys")));
    }
    Ok(())
}

/// Lists about the vocabulary are as long as it, and special tokens are in it.
fn vocabulary(said: &BTreeMap<Vec<u8>, Entry>) -> io::Result<()> {
    let Some(tokens) = said.get(&b"tokenizer.ggml.tokens"[..]) else { return Ok(()) };
    let Entry::Array(8, count, _) = tokens else { return Err(bad("its vocabulary is no list of texts")) };
    if !(1..=1 << 22).contains(count) {
        return Err(bad(&format!("a vocabulary of {count} tokens makes no sense")));
    }
    // What llama.cpp takes for lists of such elements without looking.
    for (list, kinds) in [("scores", &[6][..]), ("token_type", &[4, 5])] {
        match said.get(format!("tokenizer.ggml.{list}").as_bytes()) {
            None => {}
            Some(Entry::Array(kind, n, _)) if n == count && kinds.contains(kind) => {}
            Some(_) => return Err(bad(&format!("its {list} don't belong to its {count} tokens"))),
        }
    }
    if !matches!(said.get(&b"tokenizer.ggml.merges"[..]), None | Some(Entry::Array(8, ..))) {
        return Err(bad("its merges are no list of texts"));
    }
    for (key, entry) in said {
        let special = key.starts_with(b"tokenizer.ggml.") && key.ends_with(b"_token_id");
        // All bits set says that there is none.
        if special && !matches!(entry, Entry::Number(n) if n < count || *n == u64::from(u32::MAX)) {
            return Err(bad(&format!("{} is not in its vocabulary", shown(key))));
        }
    }
    Ok(())
}

/// A name from the file, for people.
fn shown(name: &[u8]) -> String {
    let short = name.get(..80).unwrap_or(name);
    short.escape_ascii().to_string()
}

#[cfg(test)]
mod tests;
