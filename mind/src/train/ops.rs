//! The operations of the model that need a gradient of their own: a linear layer whose weight never
//! learns, RMS norm, rotary positions, packed causal attention, the gated activation, the loss.
//! Written for sequences packed one after another into one matrix `[tokens, width]`, on the CPU, in f32.
//! Knows nothing of layers or training.

use std::sync::{Arc, Mutex};

use candle_core::backend::BackendStorage;
use candle_core::{
    CpuStorage, CustomOp1, CustomOp2, CustomOp3, Layout, Result, Shape, Storage, Tensor, bail,
};

fn floats<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    let all = storage.as_slice::<f32>()?;
    match layout.contiguous_offsets() {
        Some((from, to)) => Ok(&all[from..to]),
        None => bail!("this operation wants a contiguous matrix"),
    }
}

fn vec_of(t: &Tensor) -> Result<Vec<f32>> {
    t.flatten_all()?.to_vec1::<f32>()
}

/// `x · Wᵀ` for a frozen `W [out, in]`: the backward pass makes no gradient for `W`.
pub struct FrozenLinear(pub Tensor);

impl FrozenLinear {
    /// Applies the layer.
    pub fn apply(&self, x: &Tensor) -> Result<Tensor> {
        x.apply_op1(FrozenLinear(self.0.clone()))
    }
}

impl CustomOp1 for FrozenLinear {
    fn name(&self) -> &'static str {
        "frozen-linear"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout) -> Result<(CpuStorage, Shape)> {
        let (m, k) = lx.shape().dims2()?;
        let n = self.0.dim(0)?;
        let wt = self.0.t()?;
        let (guard, lw) = wt.storage_and_layout();
        let Storage::Cpu(w) = &*guard else { bail!("the weight is not on the CPU") };
        Ok((x.matmul(w, (1, m, n, k), lx, lw)?, Shape::from((m, n))))
    }

    fn bwd(&self, _x: &Tensor, _res: &Tensor, grad: &Tensor) -> Result<Option<Tensor>> {
        Ok(Some(grad.contiguous()?.matmul(&self.0)?))
    }
}

/// RMS norm with a frozen weight.
pub struct RmsNorm {
    /// One factor for each column.
    pub weight: Arc<Vec<f32>>,
    /// Added to the mean square.
    pub eps: f32,
}

impl CustomOp1 for RmsNorm {
    fn name(&self) -> &'static str {
        "rms-norm"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout) -> Result<(CpuStorage, Shape)> {
        let width = self.weight.len();
        let mut out = Vec::with_capacity(lx.shape().elem_count());
        for row in floats(x, lx)?.chunks_exact(width) {
            let r = inverse_rms(row, self.eps);
            out.extend(row.iter().zip(self.weight.iter()).map(|(v, w)| v * r * w));
        }
        Ok((CpuStorage::F32(out), lx.shape().clone()))
    }

    fn bwd(&self, x: &Tensor, _res: &Tensor, grad: &Tensor) -> Result<Option<Tensor>> {
        let width = self.weight.len();
        let (xs, gs) = (vec_of(x)?, vec_of(grad)?);
        let mut out = Vec::with_capacity(xs.len());
        for (row, g) in xs.chunks_exact(width).zip(gs.chunks_exact(width)) {
            let r = inverse_rms(row, self.eps);
            let dot: f32 = row.iter().zip(g).zip(self.weight.iter()).map(|((v, g), w)| v * g * w).sum();
            let c = dot * r * r * r / width as f32;
            out.extend(row.iter().zip(g).zip(self.weight.iter()).map(|((v, g), w)| g * w * r - v * c));
        }
        Ok(Some(Tensor::from_vec(out, x.shape(), x.device())?))
    }
}

fn inverse_rms(row: &[f32], eps: f32) -> f32 {
    let sum: f32 = row.iter().map(|v| v * v).sum();
    1.0 / (sum / row.len() as f32 + eps).sqrt()
}

/// Where the packed sequences begin and end, and the angle table of the rotary positions.
pub struct Pack {
    /// Start of each sequence, and the total at the end.
    pub bounds: Vec<usize>,
    /// Width of one head.
    pub head: usize,
    /// `(cos, sin)` of each position and pair.
    pub angles: Vec<(f32, f32)>,
}

impl Pack {
    /// A pack of sequences with these lengths.
    pub fn new(lengths: &[usize], head: usize, base: f64) -> Self {
        let mut bounds = vec![0];
        for n in lengths {
            bounds.push(bounds[bounds.len() - 1] + n);
        }
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let pairs = head / 2;
        let angles = (0..longest * pairs)
            .map(|i| {
                let angle = (i / pairs) as f64 * base.powf(-2.0 * (i % pairs) as f64 / head as f64);
                (angle.cos() as f32, angle.sin() as f32)
            })
            .collect();
        Self { bounds, head, angles }
    }

    fn rotate(&self, xs: &[f32], width: usize, sign: f32) -> Vec<f32> {
        let pairs = self.head / 2;
        let mut out = Vec::with_capacity(xs.len());
        for w in self.bounds.windows(2) {
            for (pos, row) in xs[w[0] * width..w[1] * width].chunks_exact(width).enumerate() {
                let table = &self.angles[pos * pairs..(pos + 1) * pairs];
                for head in row.chunks_exact(self.head) {
                    for (pair, (c, s)) in head.chunks_exact(2).zip(table) {
                        out.push(pair[0] * c - sign * pair[1] * s);
                        out.push(sign * pair[0] * s + pair[1] * c);
                    }
                }
            }
        }
        out
    }
}

/// Rotary positions on neighbouring pairs, the layout of llama models in GGUF files.
pub struct Rope(pub Arc<Pack>);

impl CustomOp1 for Rope {
    fn name(&self) -> &'static str {
        "rope"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout) -> Result<(CpuStorage, Shape)> {
        let width = lx.shape().dims2()?.1;
        Ok((CpuStorage::F32(self.0.rotate(floats(x, lx)?, width, 1.0)), lx.shape().clone()))
    }

    fn bwd(&self, x: &Tensor, _res: &Tensor, grad: &Tensor) -> Result<Option<Tensor>> {
        let out = self.0.rotate(&vec_of(grad)?, x.dim(1)?, -1.0);
        Ok(Some(Tensor::from_vec(out, x.shape(), x.device())?))
    }
}

/// Causal attention inside each packed sequence; several query heads share a key head.
pub struct Attention(pub Arc<Pack>);

struct Heads {
    d: usize,
    wq: usize,
    wk: usize,
    share: usize,
    scale: f32,
}

impl Attention {
    fn heads(&self, wq: usize, wk: usize) -> Heads {
        let d = self.0.head;
        Heads { d, wq, wk, share: wq / wk, scale: 1.0 / (d as f32).sqrt() }
    }

    /// Calls `f(first row, query row, query head, key head, weights of rows first..=query)`.
    fn each(&self, h: &Heads, q: &[f32], k: &[f32], mut f: impl FnMut(usize, usize, usize, usize, &[f32])) {
        let mut p = Vec::new();
        for w in self.0.bounds.windows(2) {
            for head in 0..h.wq / h.d {
                let kh = head / h.share;
                for i in w[0]..w[1] {
                    let qi = &q[i * h.wq + head * h.d..][..h.d];
                    p.clear();
                    p.extend((w[0]..=i).map(|j| dot(qi, &k[j * h.wk + kh * h.d..][..h.d]) * h.scale));
                    let top = p.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                    let mut sum = 0.0;
                    for v in &mut p {
                        *v = (*v - top).exp();
                        sum += *v;
                    }
                    for v in &mut p {
                        *v /= sum;
                    }
                    f(w[0], i, head, kh, &p);
                }
            }
        }
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight running sums, so that the compiler may keep them in one vector register.
    let mut acc = [0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for i in 0..8 {
            acc[i] += x[i] * y[i];
        }
    }
    acc.iter().sum()
}

fn add_scaled(to: &mut [f32], from: &[f32], by: f32) {
    for (t, f) in to.iter_mut().zip(from) {
        *t += f * by;
    }
}

impl CustomOp3 for Attention {
    fn name(&self) -> &'static str {
        "packed-attention"
    }

    fn cpu_fwd(
        &self,
        q: &CpuStorage,
        lq: &Layout,
        k: &CpuStorage,
        lk: &Layout,
        v: &CpuStorage,
        lv: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let h = self.heads(lq.shape().dims2()?.1, lk.shape().dims2()?.1);
        let (q, k, v) = (floats(q, lq)?, floats(k, lk)?, floats(v, lv)?);
        let mut out = vec![0f32; q.len()];
        self.each(&h, q, k, |first, i, head, kh, p| {
            let to = &mut out[i * h.wq + head * h.d..][..h.d];
            for (j, w) in p.iter().enumerate() {
                add_scaled(to, &v[(first + j) * h.wk + kh * h.d..][..h.d], *w);
            }
        });
        Ok((CpuStorage::F32(out), lq.shape().clone()))
    }

    fn bwd(
        &self,
        q: &Tensor,
        k: &Tensor,
        v: &Tensor,
        _res: &Tensor,
        grad: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let h = self.heads(q.dim(1)?, k.dim(1)?);
        let (qs, ks, vs, gs) = (vec_of(q)?, vec_of(k)?, vec_of(v)?, vec_of(grad)?);
        let (mut dq, mut dk, mut dv) = (vec![0f32; qs.len()], vec![0f32; ks.len()], vec![0f32; vs.len()]);
        let mut dp = Vec::new();
        self.each(&h, &qs, &ks, |first, i, head, kh, p| {
            let at = i * h.wq + head * h.d;
            let gi = &gs[at..][..h.d];
            dp.clear();
            let mut mean = 0.0;
            for (j, w) in p.iter().enumerate() {
                let kv = (first + j) * h.wk + kh * h.d;
                let d = dot(gi, &vs[kv..][..h.d]);
                mean += d * w;
                dp.push(d);
                add_scaled(&mut dv[kv..][..h.d], gi, *w);
            }
            for (j, w) in p.iter().enumerate() {
                let kv = (first + j) * h.wk + kh * h.d;
                let ds = w * (dp[j] - mean) * h.scale;
                add_scaled(&mut dq[at..][..h.d], &ks[kv..][..h.d], ds);
                add_scaled(&mut dk[kv..][..h.d], &qs[at..][..h.d], ds);
            }
        });
        let tensor = |data, like: &Tensor| Tensor::from_vec(data, like.shape(), like.device()).map(Some);
        Ok((tensor(dq, q)?, tensor(dk, k)?, tensor(dv, v)?))
    }
}

/// `silu(gate) * up`.
pub struct Gated;

impl CustomOp2 for Gated {
    fn name(&self) -> &'static str {
        "gated-silu"
    }

    fn cpu_fwd(
        &self,
        g: &CpuStorage,
        lg: &Layout,
        u: &CpuStorage,
        lu: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let out =
            floats(g, lg)?.iter().zip(floats(u, lu)?).map(|(g, u)| g / (1.0 + (-g).exp()) * u).collect();
        Ok((CpuStorage::F32(out), lg.shape().clone()))
    }

    fn bwd(
        &self,
        g: &Tensor,
        u: &Tensor,
        _res: &Tensor,
        grad: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let (gs, us, ds) = (vec_of(g)?, vec_of(u)?, vec_of(grad)?);
        let (mut dg, mut du) = (Vec::with_capacity(gs.len()), Vec::with_capacity(gs.len()));
        for ((g, u), d) in gs.iter().zip(&us).zip(&ds) {
            let s = 1.0 / (1.0 + (-g).exp());
            dg.push(d * u * s * (1.0 + g * (1.0 - s)));
            du.push(d * g * s);
        }
        let tensor = |data| Tensor::from_vec(data, g.shape(), g.device()).map(Some);
        Ok((tensor(dg)?, tensor(du)?))
    }
}

/// Mean cross entropy of the next token. The gradient falls out of the forward pass, so that the
/// matrix of logits (vocabulary × tokens) never enters the graph.
pub struct NextTokenLoss {
    /// The frozen output matrix `[vocabulary, width]`.
    pub head: Tensor,
    /// The token that should follow each row.
    pub targets: Vec<u32>,
    /// Left by the forward pass for the backward pass.
    pub grad: Mutex<Option<Tensor>>,
}

impl CustomOp1 for NextTokenLoss {
    fn name(&self) -> &'static str {
        "next-token-loss"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout) -> Result<(CpuStorage, Shape)> {
        let (m, k) = lx.shape().dims2()?;
        if m != self.targets.len() || m == 0 {
            bail!("{m} rows for {} targets", self.targets.len());
        }
        let (storage, _) = FrozenLinear(self.head.clone()).cpu_fwd(x, lx)?;
        let CpuStorage::F32(mut logits) = storage else { bail!("logits are not f32") };
        let n = self.head.dim(0)?;
        let mut loss = 0f64;
        for (row, target) in logits.chunks_exact_mut(n).zip(&self.targets) {
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mut sum = 0.0;
            for v in row.iter_mut() {
                *v = (*v - top).exp();
                sum += *v;
            }
            let by = 1.0 / (sum * m as f32);
            let p = row[*target as usize] / sum;
            loss -= f64::from(p.max(1e-30).ln());
            for v in row.iter_mut() {
                *v *= by;
            }
            row[*target as usize] -= 1.0 / m as f32;
        }
        let d = Tensor::from_vec(logits, (m, n), self.head.device())?.matmul(&self.head)?;
        debug_assert_eq!(d.dims(), [m, k]);
        if let Ok(mut slot) = self.grad.lock() {
            *slot = Some(d);
        }
        Ok((CpuStorage::F32(vec![(loss / m as f64) as f32]), Shape::from(())))
    }

    fn bwd(&self, _x: &Tensor, _res: &Tensor, grad: &Tensor) -> Result<Option<Tensor>> {
        let saved = self.grad.lock().ok().and_then(|mut slot| slot.take());
        let Some(d) = saved else { bail!("the loss was not computed before its gradient") };
        Ok(Some(d.broadcast_mul(grad)?))
    }
}
