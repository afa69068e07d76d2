//! A llama-shaped model read from a GGUF file, frozen, with a low-rank adapter on its seven linear layers.
//! Only the adapter's matrices learn. Knows nothing of data, schedules or files it is saved to.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::{Arc, Mutex};

use candle_core::quantized::gguf_file::Content;
use candle_core::{DType, Device, Result, Tensor, Var, bail};

use super::ops::{Attention, FrozenLinear, Gated, NextTokenLoss, Pack, RmsNorm, Rope};
use super::random::Random;
use super::tokenizer::Tokenizer;

/// The linear layers that carry an adapter, by their GGUF names.
pub const TARGETS: [&str; 7] =
    ["attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"];

/// One adapted layer: `W x + scale · B (A x)`.
struct Linear {
    frozen: FrozenLinear,
    a: Var,
    b: Var,
    scale: f64,
}

impl Linear {
    fn apply(&self, x: &Tensor) -> Result<Tensor> {
        let low = x.matmul(&self.a.t()?)?.matmul(&self.b.t()?)?;
        self.frozen.apply(x)? + (low * self.scale)?
    }
}

struct Block {
    attn_norm: Arc<Vec<f32>>,
    ffn_norm: Arc<Vec<f32>>,
    linears: Vec<Linear>,
}

/// The model and its adapter.
pub struct Model {
    embedding: Tensor,
    output: Tensor,
    output_norm: Arc<Vec<f32>>,
    blocks: Vec<Block>,
    eps: f32,
    head: usize,
    rope_base: f64,
    /// `alpha` of the adapter; the scale is `alpha / rank`.
    pub alpha: f32,
    /// The adapter's matrices by their GGUF names, in a fixed order.
    pub vars: Vec<(String, Var)>,
}

/// One batch: sequences packed one after another, and which positions count.
pub struct Batch {
    /// All tokens.
    pub tokens: Vec<u32>,
    /// Length of each sequence.
    pub lengths: Vec<usize>,
    /// Rows whose prediction counts, and the token that should be predicted there.
    pub targets: Vec<(u32, u32)>,
}

impl Model {
    /// Reads a model; the adapter starts as nothing (`B` is zero).
    pub fn open(path: &Path, rank: usize, alpha: f32, seed: u64) -> Result<(Self, Tokenizer)> {
        let mut file = BufReader::new(File::open(path)?);
        let content = Content::read(&mut file)?;
        let tokenizer = Tokenizer::from_gguf(&content)?;
        let meta = |key: &str| match content.metadata.get(key) {
            Some(v) => Ok(v),
            None => bail!("the model file has no {key}"),
        };
        if meta("general.architecture")?.to_string()? != "llama" {
            bail!("only models of the llama architecture can be taught");
        }
        let number = |key: &str| -> Result<usize> { Ok(meta(&format!("llama.{key}"))?.to_u32()? as usize) };
        let heads = number("attention.head_count")?;
        let width = number("embedding_length")?;
        let eps = meta("llama.attention.layer_norm_rms_epsilon")?.to_f32()?;
        let rope_base = f64::from(meta("llama.rope.freq_base")?.to_f32()?);
        let device = Device::Cpu;
        let mut tensor = |name: &str| content.tensor(&mut file, name, &device)?.dequantize(&device);
        let embedding = tensor("token_embd.weight")?;
        let output = if content.tensor_infos.contains_key("output.weight") {
            tensor("output.weight")?
        } else {
            embedding.clone()
        };
        let output_norm = Arc::new(tensor("output_norm.weight")?.to_vec1::<f32>()?);
        let mut random = Random::new(seed);
        let (mut blocks, mut vars) = (Vec::new(), Vec::new());
        for i in 0..number("block_count")? {
            let mut linears = Vec::new();
            for target in TARGETS {
                let name = format!("blk.{i}.{target}.weight");
                let w = tensor(&name)?;
                let (n_out, n_in) = w.dims2()?;
                let bound = (1.0 / n_in as f32).sqrt();
                let a = (0..rank * n_in).map(|_| (random.unit() * 2.0 - 1.0) * bound).collect();
                let a = Var::from_tensor(&Tensor::from_vec(a, (rank, n_in), &device)?)?;
                let b = Var::zeros((n_out, rank), DType::F32, &device)?;
                vars.push((format!("{name}.lora_a"), a.clone()));
                vars.push((format!("{name}.lora_b"), b.clone()));
                linears.push(Linear { frozen: FrozenLinear(w), a, b, scale: f64::from(alpha) / rank as f64 });
            }
            let mut norm = |name: &str| -> Result<_> {
                Ok(Arc::new(tensor(&format!("blk.{i}.{name}.weight"))?.to_vec1::<f32>()?))
            };
            blocks.push(Block { attn_norm: norm("attn_norm")?, ffn_norm: norm("ffn_norm")?, linears });
        }
        let model =
            Self { embedding, output, output_norm, blocks, eps, head: width / heads, rope_base, alpha, vars };
        Ok((model, tokenizer))
    }

    fn norm(&self, x: &Tensor, weight: &Arc<Vec<f32>>) -> Result<Tensor> {
        x.apply_op1(RmsNorm { weight: weight.clone(), eps: self.eps })
    }

    /// The last hidden states of the counted rows, after the final norm.
    fn hidden(&self, batch: &Batch) -> Result<Tensor> {
        let device = self.embedding.device();
        let pack = Arc::new(Pack::new(&batch.lengths, self.head, self.rope_base));
        let ids = Tensor::new(batch.tokens.as_slice(), device)?;
        let mut x = self.embedding.index_select(&ids, 0)?;
        for block in &self.blocks {
            let [q, k, v, o, gate, up, down] = block.linears.as_slice() else { bail!("a layer is missing") };
            let h = self.norm(&x, &block.attn_norm)?;
            let qs = q.apply(&h)?.apply_op1(Rope(pack.clone()))?;
            let ks = k.apply(&h)?.apply_op1(Rope(pack.clone()))?;
            let mixed = qs.apply_op3(&ks, &v.apply(&h)?, Attention(pack.clone()))?;
            x = (x + o.apply(&mixed)?)?;
            let h = self.norm(&x, &block.ffn_norm)?;
            let inner = gate.apply(&h)?.apply_op2(&up.apply(&h)?, Gated)?;
            x = (x + down.apply(&inner)?)?;
        }
        let rows: Vec<u32> = batch.targets.iter().map(|t| t.0).collect();
        let rows = Tensor::new(rows.as_slice(), device)?;
        self.norm(&x.index_select(&rows, 0)?, &self.output_norm)
    }

    /// Mean loss over the counted rows of a batch.
    pub fn loss(&self, batch: &Batch) -> Result<Tensor> {
        let targets = batch.targets.iter().map(|t| t.1).collect();
        let grad = Mutex::new(None);
        self.hidden(batch)?.apply_op1(NextTokenLoss { head: self.output.clone(), targets, grad })
    }

    /// The most probable continuation, up to `stop` or `limit` tokens. Plain and slow: for looking at progress.
    pub fn complete(&self, prompt: &[u32], stop: u32, limit: usize) -> Result<Vec<u32>> {
        let mut tokens = prompt.to_vec();
        while tokens.len() < prompt.len() + limit {
            let n = tokens.len();
            let batch = Batch { tokens: tokens.clone(), lengths: vec![n], targets: vec![(n as u32 - 1, 0)] };
            let logits = FrozenLinear(self.output.clone()).apply(&self.hidden(&batch)?)?;
            let next = logits.argmax(1)?.to_vec1::<u32>()?;
            let Some(next) = next.first().copied().filter(|t| *t != stop) else { break };
            tokens.push(next);
        }
        Ok(tokens.split_off(prompt.len()))
    }

    /// Takes over matrices of a saved adapter.
    pub fn load(&self, saved: &HashMap<String, Tensor>) -> Result<()> {
        for (name, var) in &self.vars {
            match saved.get(name) {
                Some(t) if t.dims() == var.dims() => var.set(t)?,
                Some(t) => bail!("{name} is {:?} there and {:?} here: another rank?", t.dims(), var.dims()),
                None => bail!("the checkpoint lacks {name}"),
            }
        }
        Ok(())
    }

    /// The same of an adapter as llama.cpp reads it.
    pub fn load_adapter(&self, path: &Path) -> Result<()> {
        let mut file = BufReader::new(File::open(path)?);
        let content = Content::read(&mut file)?;
        let mut saved = HashMap::new();
        for (name, _) in &self.vars {
            if content.tensor_infos.contains_key(name) {
                let tensor = content.tensor(&mut file, name, &Device::Cpu)?;
                saved.insert(name.clone(), tensor.dequantize(&Device::Cpu)?);
            }
        }
        self.load(&saved)
    }
}
