//! Bytes coded and digested: base64, hexadecimal digits, SHA-256; random bytes, and identifiers made of them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::{BAD_TYPE, Call, Entry, Failure, OUT_OF_MEMORY, OVERFLOW, size};
use crate::vm::Vm;

/// Most random bytes by one message.
const MAX_RANDOM: usize = 1 << 20;

pub(super) const LIST: &[Entry] = &[
    ("_BytesSha256", 0, |vm, c| {
        let digest = Sha256::digest(bytes(vm, c)?);
        vm.reply_bytes(&digest)
    }),
    ("_BytesAsBase64", 0, |vm, c| {
        let text = STANDARD.encode(bytes(vm, c)?);
        vm.reply_bytes(text.as_bytes())
    }),
    ("_BytesAsBase64Url", 0, |vm, c| {
        let text = URL_SAFE_NO_PAD.encode(bytes(vm, c)?);
        vm.reply_bytes(text.as_bytes())
    }),
    // Either alphabet, with or without filling, lines as they come.
    ("_BytesFromBase64", 0, |vm, c| {
        let text: Vec<u8> = bytes(vm, c)?
            .into_iter()
            .filter(|b| !b.is_ascii_whitespace())
            .map(|b| match b {
                b'-' => b'+',
                b'_' => b'/',
                other => other,
            })
            .collect();
        let unfilled = text.strip_suffix(b"==").or(text.strip_suffix(b"=")).unwrap_or(&text);
        let bytes = STANDARD_NO_PAD.decode(unfilled);
        let bytes = bytes.map_err(|e| Failure::text(format!("parseError: this is no base64: {e}")))?;
        vm.reply_bytes(&bytes)
    }),
    ("_BytesAsHex", 0, |vm, c| {
        let digits: String = bytes(vm, c)?.iter().map(|b| format!("{b:02x}")).collect();
        vm.reply_bytes(digits.as_bytes())
    }),
    ("_BytesFromHex", 0, |vm, c| {
        let text = bytes(vm, c)?;
        let digit = |b: u8| (b as char).to_digit(16).ok_or(Failure::word("parseError: no hexadecimal digit"));
        if text.len() % 2 != 0 {
            return Err(Failure::word("parseError: hexadecimal digits come in pairs"));
        }
        let pairs = text.chunks_exact(2).map(|pair| Ok((digit(pair[0])? << 4 | digit(pair[1])?) as u8));
        let bytes: Vec<u8> = pairs.collect::<Result<_, Failure>>()?;
        vm.reply_bytes(&bytes)
    }),
    ("_RandomBytes:", 1, |vm, c| {
        let count = size(vm.argument(c, 0))?;
        if count > MAX_RANDOM {
            return Err(OVERFLOW);
        }
        let mut bytes = vec![0; count];
        getrandom::fill(&mut bytes).map_err(|_| OUT_OF_MEMORY)?;
        vm.reply_bytes(&bytes)
    }),
    ("_NewUuid", 0, |vm, _| {
        let text = uuid::Uuid::new_v4().to_string();
        vm.reply_bytes(text.as_bytes())
    }),
    ("_NewOrderedUuid", 0, |vm, _| {
        let text = uuid::Uuid::now_v7().to_string();
        vm.reply_bytes(text.as_bytes())
    }),
    ("_ParseUuid", 0, |vm, c| {
        let v = vm.receiver(c);
        let uuid = uuid::Uuid::try_parse(&vm.text(v)?).map_err(|_| BAD_TYPE)?;
        vm.reply_bytes(uuid.to_string().as_bytes())
    }),
];

fn bytes(vm: &mut Vm, call: &Call) -> Result<Vec<u8>, Failure> {
    let v = vm.receiver(call);
    Ok(vm.heap.bytes(vm.bytes_object(v)?).to_vec())
}
