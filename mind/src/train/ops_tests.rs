//! Every gradient of `ops` against differences of its forward pass.

use std::sync::{Arc, Mutex};

use candle_core::{Device, Result, Tensor, Var};

use super::ops::{Attention, FrozenLinear, Gated, NextTokenLoss, Pack, RmsNorm, Rope};
use super::random::Random;

fn matrix(rows: usize, columns: usize, random: &mut Random) -> Result<Tensor> {
    let data: Vec<f32> = (0..rows * columns).map(|_| random.unit() * 2.0 - 1.0).collect();
    Tensor::from_vec(data, (rows, columns), &Device::Cpu)
}

/// Compares the gradient of `f` with differences, at several places of every input.
fn check(inputs: &[Tensor], f: impl Fn(&[Tensor]) -> Result<Tensor>) -> Result<()> {
    let vars = inputs.iter().map(Var::from_tensor).collect::<Result<Vec<_>>>()?;
    let args: Vec<Tensor> = vars.iter().map(|v| v.as_tensor().clone()).collect();
    let out = f(&args)?;
    // A sum with unequal weights, so that no error cancels out.
    let weights = matrix(1, out.elem_count(), &mut Random::new(99))?.flatten_all()?;
    let scalar = |t: &Tensor| (t.flatten_all()? * &weights)?.sum_all();
    let grads = scalar(&out)?.backward()?;
    for (which, var) in vars.iter().enumerate() {
        let Some(grad) = grads.get(var) else { candle_core::bail!("input {which} has no gradient") };
        let grad = grad.flatten_all()?.to_vec1::<f32>()?;
        let base = inputs[which].flatten_all()?.to_vec1::<f32>()?;
        for at in (0..base.len()).step_by(base.len().div_ceil(7)) {
            let value = |by: f32| -> Result<f32> {
                let mut data = base.clone();
                data[at] += by;
                let mut moved = inputs.to_vec();
                moved[which] = Tensor::from_vec(data, inputs[which].shape(), &Device::Cpu)?;
                scalar(&f(&moved)?)?.to_scalar::<f32>()
            };
            let wanted = (value(1e-2)? - value(-1e-2)?) / 2e-2;
            assert!(
                (wanted - grad[at]).abs() < 2e-2,
                "input {which} at {at}: {} but moves by {wanted}",
                grad[at]
            );
        }
    }
    Ok(())
}

#[test]
fn frozen_linear() -> Result<()> {
    let mut random = Random::new(1);
    let w = matrix(5, 4, &mut random)?;
    let x = matrix(3, 4, &mut random)?;
    let plain = x.matmul(&w.t()?)?.flatten_all()?.to_vec1::<f32>()?;
    assert_eq!(FrozenLinear(w.clone()).apply(&x)?.flatten_all()?.to_vec1::<f32>()?, plain);
    check(&[x], |a| FrozenLinear(w.clone()).apply(&a[0]))
}

#[test]
fn rms_norm() -> Result<()> {
    let x = matrix(3, 8, &mut Random::new(2))?;
    let weight = Arc::new((0..8).map(|i| 0.5 + i as f32 / 8.0).collect::<Vec<_>>());
    check(&[x], |a| a[0].apply_op1(RmsNorm { weight: weight.clone(), eps: 1e-5 }))
}

#[test]
fn rope() -> Result<()> {
    let pack = Arc::new(Pack::new(&[3, 2], 4, 100.0));
    let x = matrix(5, 8, &mut Random::new(3))?;
    let turned = x.apply_op1(Rope(pack.clone()))?.to_vec2::<f32>()?;
    let plain = x.to_vec2::<f32>()?;
    // The first position of each sequence is not turned.
    assert_eq!((&turned[0], &turned[3]), (&plain[0], &plain[3]));
    assert_ne!(turned[4], plain[4]);
    check(&[x], |a| a[0].apply_op1(Rope(pack.clone())))
}

#[test]
fn attention() -> Result<()> {
    let pack = Arc::new(Pack::new(&[3, 2], 8, 100.0));
    let mut random = Random::new(4);
    let (q, k, v) = (matrix(5, 16, &mut random)?, matrix(5, 8, &mut random)?, matrix(5, 8, &mut random)?);
    let out = q.apply_op3(&k, &v, Attention(pack.clone()))?.to_vec2::<f32>()?;
    // The first row of a sequence sees itself only: its value, once for each of the two heads.
    let values = v.to_vec2::<f32>()?;
    assert_eq!(out[3][..8], values[3][..]);
    assert_eq!(out[3][8..], values[3][..]);
    check(&[q, k, v], |a| a[0].apply_op3(&a[1], &a[2], Attention(pack.clone())))
}

#[test]
fn gated() -> Result<()> {
    let mut random = Random::new(5);
    let (gate, up) = (matrix(2, 6, &mut random)?, matrix(2, 6, &mut random)?);
    check(&[gate, up], |a| a[0].apply_op2(&a[1], Gated))
}

#[test]
fn loss() -> Result<()> {
    let mut random = Random::new(6);
    let (head, x) = (matrix(7, 4, &mut random)?, matrix(3, 4, &mut random)?);
    check(&[x], |a| {
        let op = NextTokenLoss { head: head.clone(), targets: vec![1, 6, 0], grad: Mutex::new(None) };
        a[0].apply_op1(op)?.reshape((1, 1))
    })
}
