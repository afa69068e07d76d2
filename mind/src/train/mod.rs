//! Teaching an adapter on the language (`batos mind train`): reads a GGUF model, learns low-rank matrices for its
//! linear layers from a corpus of methods, writes a GGUF adapter. Checkpoints can be taken up again. Nothing here
//! is needed to use a model, and nothing here touches a world.

mod data;
mod model;
mod ops;
#[cfg(test)]
mod ops_tests;
mod optim;
mod random;
mod tokenizer;

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use candle_core::quantized::gguf_file::{self, Value};
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Result, Tensor, bail, safetensors};

use data::Sequence;
use model::Model;
use optim::{AdamW, Schedule};
use random::Random;
pub use tokenizer::Tokenizer;

/// What a training run is made of.
#[derive(Clone, Debug)]
pub struct Options {
    /// The GGUF model that is taught.
    pub model: PathBuf,
    /// JSON Lines of methods.
    pub corpus: PathBuf,
    /// Where the adapter is written; checkpoints go beside it.
    pub out: PathBuf,
    /// Rank of the adapter.
    pub rank: usize,
    /// The adapter's scale is `alpha / rank`.
    pub alpha: f32,
    /// How often the corpus is read.
    pub epochs: usize,
    /// Tokens in a batch.
    pub batch: usize,
    /// The highest learning rate.
    pub rate: f64,
    /// Seconds between checkpoints.
    pub every: u64,
    /// Seed of everything that is random.
    pub seed: u64,
    /// Every n-th entry is kept from training, to measure the loss on.
    pub hold: usize,
    /// Takes up the checkpoint if there is one.
    pub resume: bool,
    /// Minutes after which training ends; the learning rate falls by the clock if that is sooner.
    pub minutes: f64,
    /// The first reading keeps the order of the corpus instead of mixing it.
    pub ordered: bool,
    /// Begins with the matrices of this checkpoint or adapter (GGUF), but a new schedule.
    pub from: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            model: PathBuf::new(),
            corpus: "mind/corpus/corpus.jsonl".into(),
            out: "mind/adapters/self.gguf".into(),
            rank: 16,
            alpha: 32.0,
            epochs: 3,
            batch: 512,
            rate: 5e-4,
            every: 600,
            seed: 1,
            hold: 50,
            resume: false,
            minutes: f64::INFINITY,
            ordered: false,
            from: None,
        }
    }
}

/// The arguments that [`Options::parse`] understands.
pub const USAGE: &str =
    "batos mind train [--model FILE] [--corpus FILE] [--out FILE] [--rank N] [--alpha X] [--epochs N]
    [--batch TOKENS] [--rate X] [--every SECONDS] [--seed N] [--hold N] [--minutes X] [--ordered] [--resume] [--from CHECKPOINT|ADAPTER|own]";

impl Options {
    /// Reads command-line arguments.
    pub fn parse(args: impl IntoIterator<Item = String>) -> std::result::Result<Self, String> {
        fn number<T: std::str::FromStr>(flag: &str, text: &str) -> std::result::Result<T, String> {
            text.parse().map_err(|_| format!("{flag} wants a number, not {text:?}\n{USAGE}"))
        }
        let mut o = Self::default();
        let mut args = args.into_iter();
        while let Some(flag) = args.next() {
            match flag.as_str() {
                "--resume" => o.resume = true,
                "--ordered" => o.ordered = true,
                _ => {}
            }
            if flag == "--resume" || flag == "--ordered" {
                continue;
            }
            let Some(v) = args.next() else { return Err(format!("{flag} wants a value\n{USAGE}")) };
            match flag.as_str() {
                "--model" => o.model = v.into(),
                "--corpus" => o.corpus = v.into(),
                "--out" => o.out = v.into(),
                "--from" => o.from = Some(v.into()),
                "--rank" => o.rank = number(&flag, &v)?,
                "--alpha" => o.alpha = number(&flag, &v)?,
                "--epochs" => o.epochs = number(&flag, &v)?,
                "--batch" => o.batch = number(&flag, &v)?,
                "--rate" => o.rate = number(&flag, &v)?,
                "--every" => o.every = number(&flag, &v)?,
                "--seed" => o.seed = number(&flag, &v)?,
                "--minutes" => o.minutes = number(&flag, &v)?,
                "--hold" => o.hold = number(&flag, &v)?,
                _ => return Err(format!("unknown option {flag}\n{USAGE}")),
            }
        }
        if o.model.as_os_str().is_empty() {
            return Err(format!("no model given\n{USAGE}"));
        }
        if o.rank == 0 || o.batch == 0 || o.epochs == 0 {
            return Err("rank, batch and epochs must be at least 1".into());
        }
        Ok(o)
    }

    fn checkpoint(&self) -> PathBuf {
        self.out.with_extension("safetensors")
    }
}

/// Runs a training from beginning (or checkpoint) to end, telling `say` what happens.
pub fn run(o: &Options, say: &mut dyn FnMut(&str)) -> Result<()> {
    let (model, tokenizer) = Model::open(&o.model, o.rank, o.alpha, o.seed)?;
    let entries = data::read(&o.corpus)?;
    let (mut learn, mut held, mut shown) = (Vec::new(), Vec::new(), Vec::new());
    for (i, entry) in entries.iter().enumerate() {
        let s = data::sequence(entry, &tokenizer)?;
        if o.hold > 0 && i % o.hold == o.hold - 1 {
            shown.push(entry);
            held.push(s);
        } else {
            learn.push(s);
        }
    }
    if learn.is_empty() {
        bail!("the corpus is empty");
    }
    let tokens: usize = learn.iter().map(|s| s.tokens.len()).sum();
    let steps = count(&learn, o)? * o.epochs;
    say(&format!(
        "{} entries to learn from ({tokens} tokens), {} held back, about {steps} steps",
        learn.len(),
        held.len()
    ));
    let mut optim = AdamW::new(model.vars.clone());
    let schedule = Schedule { peak: o.rate, warmup: (steps / 20).clamp(1, 60), total: steps };
    let resume_at = match (&o.from, o.resume && o.checkpoint().exists()) {
        (_, true) => restore(&o.checkpoint(), &model, Some(&mut optim))?,
        (Some(path), false) if path.extension().is_some_and(|e| e == "gguf") => {
            model.load_adapter(path).map(|()| 0)?
        }
        (Some(path), false) => restore(path, &model, None).map(|_| 0)?,
        (None, false) => 0,
    };
    let mut random = Random::new(o.seed);
    let (began, mut saved, mut step) = (Instant::now(), Instant::now(), 0);
    let (mut seen, mut recent) = (0usize, None::<f64>);
    'learning: for epoch in 0..o.epochs {
        for batch in
            data::batches(&learn, o.batch, if o.ordered && epoch == 0 { None } else { Some(&mut random) })?
        {
            step += 1;
            if step <= resume_at {
                continue;
            }
            let spent = began.elapsed().as_secs_f64() / 60.0 / o.minutes;
            if spent >= 1.0 {
                break 'learning;
            }
            let loss = model.loss(&batch)?;
            let grads = loss.backward()?;
            let rate = schedule.at(step - 1, spent);
            let norm = optim.apply(&grads, rate)?;
            let loss = f64::from(loss.to_scalar::<f32>()?);
            recent = Some(recent.map_or(loss, |r| r * 0.95 + loss * 0.05));
            seen += batch.tokens.len();
            if step % 5 == 0 {
                let speed = seen as f64 / began.elapsed().as_secs_f64();
                say(&format!(
                    "epoch {} step {step}/{steps} loss {loss:.3} mean {:.3} gradient {norm:.2} rate {rate:.1e} {speed:.0} tokens/s {:.0} min",
                    epoch + 1,
                    recent.unwrap_or(loss),
                    began.elapsed().as_secs_f64() / 60.0
                ));
            }
            if saved.elapsed().as_secs() >= o.every {
                save(o, &model, &optim)?;
                report(&model, &tokenizer, &held, &shown, say)?;
                saved = Instant::now();
            }
        }
    }
    save(o, &model, &optim)?;
    report(&model, &tokenizer, &held, &shown, say)
}

fn count(sequences: &[Sequence], o: &Options) -> Result<usize> {
    Ok(data::batches(sequences, o.batch, Some(&mut Random::new(o.seed)))?.len())
}

/// Says the loss on what was held back, and what the model writes for some of it.
fn report(
    model: &Model,
    tokenizer: &Tokenizer,
    held: &[Sequence],
    shown: &[&data::Entry],
    say: &mut dyn FnMut(&str),
) -> Result<()> {
    if held.is_empty() {
        return Ok(());
    }
    let (mut sum, mut n) = (0f64, 0f64);
    for batch in data::batches(held, 1024, None)? {
        let weight = batch.targets.len() as f64;
        sum += f64::from(model.loss(&batch)?.to_scalar::<f32>()?) * weight;
        n += weight;
    }
    say(&format!("held back: loss {:.3}", sum / n));
    let newline = tokenizer.encode("\n")?.first().copied().unwrap_or(tokenizer.bos);
    for (s, entry) in held.iter().zip(shown).take(6) {
        let out = model.complete(&s.tokens[..s.prompt], newline, 48)?;
        say(&format!("  {} {} -> {}", entry.receiver, entry.selector, tokenizer.decode(&out).trim()));
    }
    Ok(())
}

fn save(o: &Options, model: &Model, optim: &AdamW) -> Result<()> {
    if let Some(dir) = o.out.parent() {
        fs::create_dir_all(dir)?;
    }
    let mut all: HashMap<String, Tensor> =
        model.vars.iter().map(|(n, v)| (n.clone(), v.as_tensor().clone())).collect();
    optim.state(&mut all)?;
    all.insert("step".into(), Tensor::new(&[optim.step as u32], &Device::Cpu)?);
    // Written beside and renamed, so that a killed run leaves the last whole checkpoint.
    let (path, part) = (o.checkpoint(), o.checkpoint().with_extension("part"));
    safetensors::save(&all, &part)?;
    fs::rename(part, path)?;
    write_adapter(model, &o.out)
}

fn restore(path: &Path, model: &Model, optim: Option<&mut AdamW>) -> Result<usize> {
    let saved = safetensors::load(path, &Device::Cpu)?;
    model.load(&saved)?;
    let step = match saved.get("step") {
        Some(t) => t.to_vec1::<u32>()?.first().map_or(0, |s| *s as usize),
        None => 0,
    };
    if let Some(optim) = optim {
        optim.restore(&saved, step)?;
    }
    Ok(step)
}

/// Writes the adapter as llama.cpp reads it, in 16-bit floats.
fn write_adapter(model: &Model, path: &Path) -> Result<()> {
    let text = |s: &str| Value::String(s.to_string());
    let meta = [
        ("general.type", text("adapter")),
        ("general.architecture", text("llama")),
        ("general.name", text("BAT OS methods")),
        ("general.license", text("apache-2.0")),
        ("adapter.type", text("lora")),
        ("adapter.lora.alpha", Value::F32(model.alpha)),
    ];
    let meta: Vec<(&str, &Value)> = meta.iter().map(|(k, v)| (*k, v)).collect();
    let tensors = model
        .vars
        .iter()
        .map(|(name, var)| Ok((name.as_str(), QTensor::quantize(var.as_tensor(), GgmlDType::F16)?)))
        .collect::<Result<Vec<_>>>()?;
    let tensors: Vec<(&str, &QTensor)> = tensors.iter().map(|(n, t)| (*n, t)).collect();
    let part = path.with_extension("part");
    let mut file = std::io::BufWriter::new(File::create(&part)?);
    gguf_file::write(&mut file, &meta, &tensors)?;
    std::io::Write::flush(&mut file)?;
    drop(file);
    fs::rename(part, path)?;
    Ok(())
}
