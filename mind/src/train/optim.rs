//! AdamW with warm-up and cosine decay. Its state can be saved and taken up again, which is why it is ours.
//! Knows nothing of models: it moves variables along gradients.

use std::collections::HashMap;

use candle_core::backprop::GradStore;
use candle_core::{Result, Tensor, Var, bail};

/// The schedule of the learning rate.
#[derive(Clone, Copy)]
pub struct Schedule {
    /// The highest rate.
    pub peak: f64,
    /// Steps until it is reached.
    pub warmup: usize,
    /// Steps in all; the rate then stands at a thirtieth of the peak.
    pub total: usize,
}

impl Schedule {
    /// The rate at a step, counted from 0, when this part of the time is spent.
    pub fn at(&self, step: usize, spent: f64) -> f64 {
        if step < self.warmup {
            return self.peak * (step + 1) as f64 / self.warmup as f64;
        }
        let span = self.total.saturating_sub(self.warmup).max(1) as f64;
        let done = ((step - self.warmup) as f64 / span).max(spent).min(1.0);
        self.peak * (0.03 + 0.97 * 0.5 * (1.0 + (std::f64::consts::PI * done).cos()))
    }
}

/// The optimiser.
pub struct AdamW {
    vars: Vec<(String, Var)>,
    moments: Vec<(Vec<f32>, Vec<f32>)>,
    /// Steps made so far.
    pub step: usize,
    decay: f64,
    clip: f64,
}

impl AdamW {
    /// An optimiser for these variables; gradients longer than 1 in sum are shortened.
    pub fn new(vars: Vec<(String, Var)>) -> Self {
        let moments =
            vars.iter().map(|(_, v)| (vec![0.0; v.elem_count()], vec![0.0; v.elem_count()])).collect();
        Self { vars, moments, step: 0, decay: 0.01, clip: 1.0 }
    }

    /// Moves the variables; returns the length of the gradient before clipping.
    pub fn apply(&mut self, grads: &GradStore, rate: f64) -> Result<f64> {
        let (b1, b2, eps) = (0.9f32, 0.99f32, 1e-8f32);
        let mut all = Vec::new();
        let mut norm = 0f64;
        for (name, var) in &self.vars {
            let Some(g) = grads.get(var) else { bail!("no gradient for {name}") };
            let g = g.flatten_all()?.to_vec1::<f32>()?;
            norm += g.iter().map(|v| f64::from(v * v)).sum::<f64>();
            all.push(g);
        }
        let norm = norm.sqrt();
        if !norm.is_finite() {
            bail!("the gradient is not finite");
        }
        let shrink = (self.clip / norm.max(1e-12)).min(1.0) as f32;
        self.step += 1;
        let t = self.step as i32;
        let (c1, c2) = (1.0 - b1.powi(t), 1.0 - b2.powi(t));
        for (((_, var), (m, v)), g) in self.vars.iter().zip(&mut self.moments).zip(&all) {
            let mut x = var.flatten_all()?.to_vec1::<f32>()?;
            for i in 0..x.len() {
                let g = g[i] * shrink;
                m[i] = b1 * m[i] + (1.0 - b1) * g;
                v[i] = b2 * v[i] + (1.0 - b2) * g * g;
                let step = m[i] / c1 / ((v[i] / c2).sqrt() + eps);
                x[i] -= rate as f32 * (step + self.decay as f32 * x[i]);
            }
            var.set(&Tensor::from_vec(x, var.shape(), var.device())?)?;
        }
        Ok(norm)
    }

    /// The state, to be saved beside the variables.
    pub fn state(&self, out: &mut HashMap<String, Tensor>) -> Result<()> {
        for ((name, var), (m, v)) in self.vars.iter().zip(&self.moments) {
            out.insert(format!("{name}.m"), Tensor::from_slice(m, m.len(), var.device())?);
            out.insert(format!("{name}.v"), Tensor::from_slice(v, v.len(), var.device())?);
        }
        Ok(())
    }

    /// Takes up a saved state.
    pub fn restore(&mut self, saved: &HashMap<String, Tensor>, step: usize) -> Result<()> {
        for ((name, _), (m, v)) in self.vars.iter().zip(&mut self.moments) {
            match (saved.get(&format!("{name}.m")), saved.get(&format!("{name}.v"))) {
                (Some(sm), Some(sv)) => (*m, *v) = (sm.to_vec1()?, sv.to_vec1()?),
                _ => bail!("the checkpoint lacks the moments of {name}"),
            }
        }
        self.step = step;
        Ok(())
    }
}
