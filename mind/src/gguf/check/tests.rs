//! Made-up heads: a tiny sound one, and what a stranger may put into each of its places.

use super::Checker;

type Entries = Vec<(&'static str, u32, Vec<u8>)>;

fn text(value: &str) -> Vec<u8> {
    [&(value.len() as u64).to_le_bytes()[..], value.as_bytes()].concat()
}

fn int(n: u32) -> Vec<u8> {
    n.to_le_bytes().to_vec()
}

fn entries() -> Entries {
    let tokens = [int(8), 2u64.to_le_bytes().to_vec(), text("a"), text("b")].concat();
    vec![
        ("general.architecture", 8, text("llama")),
        ("llama.block_count", 4, int(2)),
        ("llama.context_length", 4, int(64)),
        ("llama.embedding_length", 4, int(8)),
        ("llama.attention.head_count", 4, int(4)),
        ("llama.attention.head_count_kv", 4, int(2)),
        ("tokenizer.ggml.tokens", 9, tokens),
        ("tokenizer.ggml.eos_token_id", 4, int(1)),
    ]
}

struct Tensor {
    name: &'static str,
    dimensions: Vec<u64>,
    kind: u32,
    offset: u64,
}

fn tensor() -> Tensor {
    Tensor { name: "token_embd.weight", dimensions: vec![8, 2], kind: 0, offset: 0 }
}

fn file(entries: &Entries, tensors: &[Tensor], data: usize) -> Vec<u8> {
    let mut out = [&b"GGUF"[..], &3u32.to_le_bytes()].concat();
    out.extend((tensors.len() as u64).to_le_bytes());
    out.extend((entries.len() as u64).to_le_bytes());
    for (key, kind, value) in entries {
        out.extend([text(key), int(*kind), value.clone()].concat());
    }
    for tensor in tensors {
        out.extend(text(tensor.name));
        out.extend(int(tensor.dimensions.len() as u32));
        tensor.dimensions.iter().for_each(|n| out.extend(n.to_le_bytes()));
        out.extend(int(tensor.kind));
        out.extend(tensor.offset.to_le_bytes());
    }
    out.resize(out.len().next_multiple_of(32) + data, 0);
    out
}

fn check(file: &[u8]) -> Result<(), String> {
    let mut checker = Checker { input: file, at: 0, length: file.len() as u64 };
    checker.model().map_err(|error| error.to_string())
}

fn with(key: &'static str, kind: u32, value: Vec<u8>) -> Result<(), String> {
    let mut entries = entries();
    entries.retain(|(known, ..)| *known != key);
    entries.push((key, kind, value));
    check(&file(&entries, &[tensor()], 64))
}

fn refused(result: Result<(), String>, why: &str) {
    let error = result.expect_err(why);
    assert!(error.contains(why), "{error:?} does not say {why:?}");
}

#[test]
fn a_sound_head_passes_and_no_part_of_it() {
    let whole = file(&entries(), &[tensor()], 64);
    assert_eq!(check(&whole), Ok(()));
    for cut in 0..whole.len() {
        assert!(check(&whole[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn one_changed_byte_is_never_more_than_an_error() {
    let whole = file(&entries(), &[tensor()], 64);
    for at in 0..whole.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let mut changed = whole.clone();
            changed[at] = value;
            let _ = check(&changed);
        }
    }
}

#[test]
fn absurd_numbers_of_an_architecture_are_refused() {
    refused(with("llama.block_count", 4, int(0)), "llama.block_count is 0");
    refused(with("llama.block_count", 4, int(i32::MAX as u32)), "1 to 512 makes sense");
    refused(with("llama.block_count", 5, int(u32::MAX)), "no number");
    refused(with("llama.block_count", 8, text("2")), "no number");
    refused(with("llama.context_length", 4, int(u32::MAX)), "llama.context_length");
    refused(with("llama.context_length", 4, int(0)), "llama.context_length");
    refused(with("llama.context_length", 10, u64::MAX.to_le_bytes().to_vec()), "llama.context_length");
    refused(with("llama.embedding_length", 4, int(0)), "llama.embedding_length");
    refused(with("llama.attention.head_count_kv", 4, int(3)), "can't share");
    refused(with("llama.attention.head_count_kv", 4, int(8)), "can't share");
    refused(with("llama.attention.head_count", 4, int(1 << 20)), "head_count");
    refused(with("llama.expert_count", 4, int(1 << 20)), "expert_count");
    refused(with("general.architecture", 4, int(1)), "which architecture");
    refused(with("general.architecture", 8, text("other")), "block_count");
    // One number for each layer is usual for some.
    let each = [int(4), 2u64.to_le_bytes().to_vec(), int(0), int(4)].concat();
    assert_eq!(with("llama.attention.head_count", 9, each), Ok(()));
    let each = [int(4), 1u64.to_le_bytes().to_vec(), int(u32::MAX)].concat();
    refused(with("llama.attention.head_count", 9, each), "makes sense");
}

#[test]
fn a_vocabulary_that_does_not_fit_together_is_refused() {
    refused(with("tokenizer.ggml.eos_token_id", 4, int(2)), "not in its vocabulary");
    assert_eq!(with("tokenizer.ggml.eos_token_id", 4, int(u32::MAX)), Ok(()));
    refused(with("tokenizer.ggml.unknown_token_id", 8, text("a")), "not in its vocabulary");
    let scores = |n: u64| [int(6), n.to_le_bytes().to_vec(), vec![0; 4 * n as usize]].concat();
    assert_eq!(with("tokenizer.ggml.scores", 9, scores(2)), Ok(()));
    refused(with("tokenizer.ggml.scores", 9, scores(1)), "don't belong");
    refused(with("tokenizer.ggml.tokens", 8, text("a")), "no list");
    refused(with("tokenizer.ggml.tokens", 9, scores(2)), "no list of texts");
    let none = [int(8), 0u64.to_le_bytes().to_vec()].concat();
    refused(with("tokenizer.ggml.tokens", 9, none), "0 tokens");
    // Lists of other elements would be read as if they were those.
    let of = |kind: u32, each: usize| [int(kind), 2u64.to_le_bytes().to_vec(), vec![0; 2 * each]].concat();
    let texts = [int(8), 2u64.to_le_bytes().to_vec(), text("a"), text("b")].concat();
    refused(with("tokenizer.ggml.scores", 9, of(0, 1)), "don't belong");
    refused(with("tokenizer.ggml.scores", 9, texts.clone()), "don't belong");
    assert_eq!(with("tokenizer.ggml.token_type", 9, of(5, 4)), Ok(()));
    refused(with("tokenizer.ggml.token_type", 9, of(2, 2)), "don't belong");
    refused(with("tokenizer.ggml.token_type", 9, texts.clone()), "don't belong");
    assert_eq!(with("tokenizer.ggml.merges", 9, texts), Ok(()));
    refused(with("tokenizer.ggml.merges", 9, of(5, 4)), "merges");
}

#[test]
fn lengths_beyond_the_file_are_refused() {
    let endless = [int(4), u64::MAX.to_le_bytes().to_vec()].concat();
    refused(with("general.x", 9, endless), "longer than the file");
    let nested = [int(9), 1u64.to_le_bytes().to_vec(), int(4)].concat();
    refused(with("general.x", 9, nested), "which none may have");
    refused(with("general.x", 8, u64::MAX.to_le_bytes().to_vec()), "longer than the file");
    refused(with("general.x", 13, Vec::new()), "unknown type 13");
    refused(with("general.x", 7, vec![2]), "neither true nor false");
    let mut twice = entries();
    twice.push(("general.architecture", 8, text("llama")));
    refused(check(&file(&twice, &[tensor()], 64)), "twice");
    let mut many = file(&entries(), &[tensor()], 64);
    many[8..16].copy_from_slice(&u64::MAX.to_le_bytes());
    refused(check(&many), "more than any model has");
}

#[test]
fn tensors_outside_of_the_file_are_refused() {
    let with = |tensor: Tensor| check(&file(&entries(), &[tensor], 64));
    refused(with(Tensor { offset: 32, ..tensor() }), "ends early");
    refused(with(Tensor { offset: 1 << 40, ..tensor() }), "outside of the file");
    refused(with(Tensor { offset: u64::MAX - 31, ..tensor() }), "outside of the file");
    refused(with(Tensor { offset: 8, ..tensor() }), "outside of the file");
    refused(with(Tensor { dimensions: vec![8, 0], ..tensor() }), "absurd number");
    refused(with(Tensor { dimensions: vec![1 << 40, 1 << 40], ..tensor() }), "absurd number");
    refused(with(Tensor { dimensions: vec![], ..tensor() }), "0 dimensions");
    refused(with(Tensor { dimensions: vec![1; 5], ..tensor() }), "5 dimensions");
    refused(with(Tensor { kind: 2, ..tensor() }), "whole blocks");
    refused(with(Tensor { kind: 4, ..tensor() }), "unknown type 4");
    refused(with(Tensor { kind: 2, dimensions: vec![64, 2], ..tensor() }), "ends early");
    refused(check(&file(&entries(), &[], 64)), "no tensors");
    refused(check(&file(&entries(), &[tensor(), tensor()], 128)), "is there twice");
    let mut aligned = entries();
    aligned.push(("general.alignment", 4, int(0)));
    refused(check(&file(&aligned, &[tensor()], 64)), "alignment");
}

#[test]
fn adapters_are_held_to_the_same() {
    let check = |entries: &Entries, tensors: &[Tensor]| {
        let bytes = file(entries, tensors, 64);
        let mut checker = Checker { input: &bytes[..], at: 0, length: bytes.len() as u64 };
        checker.adapter().map_err(|error| error.to_string())
    };
    let entries: Entries = vec![
        ("general.type", 8, text("adapter")),
        ("general.architecture", 8, text("llama")),
        ("adapter.type", 8, text("lora")),
        ("adapter.lora.alpha", 6, 16f32.to_le_bytes().to_vec()),
    ];
    assert_eq!(check(&entries, &[tensor()]), Ok(()));
    for key in ["general.type", "adapter.type"] {
        let mut other = entries.clone();
        other.retain(|(known, ..)| *known != key);
        refused(check(&other, &[tensor()]), key);
        other.push((key, 8, text("model")));
        refused(check(&other, &[tensor()]), key);
        other.pop();
        other.push((key, 4, int(1)));
        refused(check(&other, &[tensor()]), key);
    }
    let mut whole = entries.clone();
    whole[3] = ("adapter.lora.alpha", 4, int(16));
    refused(check(&whole, &[tensor()]), "alpha");
    refused(check(&entries, &[Tensor { offset: 1 << 40, ..tensor() }]), "outside of the file");
    refused(check(&entries, &[Tensor { offset: 32, ..tensor() }]), "ends early");
    refused(check(&entries, &[]), "no tensors");
}
