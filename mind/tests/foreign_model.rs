//! A model file from elsewhere that makes llama.cpp end the process, and a sound one of the same size: both are tried by a child first.
#![cfg(feature = "llama")]

use batos_mind::llama::{LlamaModel, LlamaSettings, Trial, attempt};
use batos_mind::model::{self, GenerateRequest, Model};
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// Width of the little model.
const WIDTH: u64 = 32;

fn text(value: &str) -> Vec<u8> {
    [&(value.len() as u64).to_le_bytes()[..], value.as_bytes()].concat()
}

fn entry(key: &str, kind: u32, value: Vec<u8>) -> Vec<u8> {
    [text(key), kind.to_le_bytes().to_vec(), value].concat()
}

fn number(key: &str, n: u32) -> Vec<u8> {
    entry(key, 4, n.to_le_bytes().to_vec())
}

fn array(key: &str, kind: u32, items: &[Vec<u8>]) -> Vec<u8> {
    let count = (items.len() as u64).to_le_bytes().to_vec();
    entry(key, 9, [kind.to_le_bytes().to_vec(), count, items.concat()].concat())
}

/// A model of one layer whose vocabulary is made of these tokens, each with its type.
fn little_model(tokens: &[(String, i32)]) -> Vec<u8> {
    let float = |x: f32| x.to_le_bytes().to_vec();
    let entries = [
        entry("general.architecture", 8, text("llama")),
        number("llama.block_count", 1),
        number("llama.context_length", 256),
        number("llama.embedding_length", WIDTH as u32),
        number("llama.feed_forward_length", WIDTH as u32),
        number("llama.attention.head_count", 2),
        number("llama.attention.head_count_kv", 2),
        number("llama.rope.dimension_count", WIDTH as u32 / 2),
        entry("llama.attention.layer_norm_rms_epsilon", 6, float(1e-5)),
        entry("tokenizer.ggml.model", 8, text("llama")),
        array("tokenizer.ggml.tokens", 8, &tokens.iter().map(|(token, _)| text(token)).collect::<Vec<_>>()),
        array("tokenizer.ggml.scores", 6, &vec![float(0.0); tokens.len()]),
        array(
            "tokenizer.ggml.token_type",
            5,
            &tokens.iter().map(|(_, kind)| kind.to_le_bytes().to_vec()).collect::<Vec<_>>(),
        ),
        number("tokenizer.ggml.bos_token_id", 1),
        number("tokenizer.ggml.eos_token_id", 2),
        number("tokenizer.ggml.unknown_token_id", 0),
    ];
    let square = vec![WIDTH, WIDTH];
    let mut tensors =
        vec![("token_embd.weight", vec![WIDTH, tokens.len() as u64]), ("output_norm.weight", vec![WIDTH])];
    for name in ["attn_norm", "ffn_norm"] {
        tensors.push((name, vec![WIDTH]));
    }
    for name in ["attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"] {
        tensors.push((name, square.clone()));
    }
    let mut out = [&b"GGUF"[..], &3u32.to_le_bytes()].concat();
    out.extend((tensors.len() as u64).to_le_bytes());
    out.extend((entries.len() as u64).to_le_bytes());
    out.extend(entries.concat());
    let mut data = Vec::new();
    for (name, dimensions) in &tensors {
        let name = if name.contains('.') { (*name).to_string() } else { format!("blk.0.{name}.weight") };
        out.extend(text(&name));
        out.extend((dimensions.len() as u32).to_le_bytes());
        dimensions.iter().for_each(|n| out.extend(n.to_le_bytes()));
        out.extend(0u32.to_le_bytes());
        out.extend((data.len() as u64).to_le_bytes());
        for i in 0..dimensions.iter().product::<u64>() {
            data.extend(float(((i * 37 % 23) as f32 - 11.0) / 50.0));
        }
    }
    out.resize(out.len().next_multiple_of(32), 0);
    out.extend(data);
    out
}

fn tokens(with_bytes: bool) -> Vec<(String, i32)> {
    let marks = [("<unk>", 2), ("<s>", 3), ("</s>", 3)].map(|(token, kind)| (token.to_string(), kind));
    let bytes = (0..=255u8).map(|byte| (format!("<0x{byte:02X}>"), 6)).filter(|_| with_bytes);
    marks.into_iter().chain(bytes).chain((0..20).map(|i| (format!("word{i}"), 1))).collect()
}

/// Not a test by itself: what the child runs.
#[test]
fn the_child() {
    let Some(file) = std::env::var_os("BATOS_TEST_ATTEMPT") else { return };
    if let Err(error) = attempt(Path::new(&file), None) {
        println!("{}", error.0);
        std::process::exit(1);
    }
    std::process::exit(0);
}

fn tried(folder: &Path, name: &str, bytes: &[u8]) -> LlamaModel {
    let file = folder.join(name);
    fs::write(&file, bytes).expect("written");
    let script = "exe=$1; BATOS_TEST_ATTEMPT=$2 exec \"$exe\" --exact the_child --nocapture --test-threads=1";
    let own = std::env::current_exe().expect("a path").into_os_string();
    let arguments = ["-c", script, "sh"].map(OsString::from).into_iter().chain([own]).collect();
    let trial = Trial { program: "/bin/sh".into(), arguments, notes: Some(folder.join("notes")) };
    LlamaModel::new(LlamaSettings { trial: Some(trial), cache: None, ..LlamaSettings::new(file) })
}

#[test]
fn what_ends_llama_ends_a_child_only() {
    let folder = tempfile::tempdir().expect("a folder");
    // Nothing in the head is wrong: but a text that these tokens can't make ends llama.cpp.
    let mut odd = tried(folder.path(), "odd.gguf", &little_model(&tokens(false)));
    for _ in 0..2 {
        let why = odd.load().expect_err("it is not loaded").0;
        assert!(why.contains("ends the program over it"), "{why}");
        assert!(why.contains("odd.gguf can't be used as a model"), "{why}");
    }
    let sound = little_model(&tokens(true));
    let mut model = tried(folder.path(), "sound.gguf", &sound);
    model.load().expect("it is loaded");
    let request = GenerateRequest { candidates: 2, max_tokens: 3, ..model::request("3 + 4") };
    let answers = model.generate(request, &mut |_, _| true).expect("it answers");
    assert!(!answers.is_empty());
    let notes = fs::read_to_string(folder.path().join("notes")).expect("noted");
    assert!(notes.contains("sound.gguf") && !notes.contains("odd.gguf"), "{notes}");
    // Cut or changed files are refused politely, or end a child.
    for at in (0..sound.len()).step_by(sound.len() / 12) {
        let mut changed = sound.clone();
        changed[at] ^= 0xff;
        let _ = tried(folder.path(), "changed.gguf", &changed).load();
        assert!(tried(folder.path(), "cut.gguf", &sound[..at]).load().is_err());
    }
}
