//! Code that did not come from the compiler: see `oracle/bytecode_run.rs`.

use batos_tests::oracle::bytecode_run;

/// Bytes that follow from a seed (xorshift).
fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..700).map(|_| next()).collect()
}

#[test]
fn what_the_verifier_accepts_does_no_harm() {
    let accepted = (0..2_000).filter(|seed| bytecode_run::accepted(&bytes(*seed))).count();
    assert!(accepted >= 500, "only {accepted} programs were run: the oracle proves nothing");
}
