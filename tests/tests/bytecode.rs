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

/// A loop through sends that a slot answers, at which the machine does not look around: found by the fuzzer.
#[test]
fn a_loop_that_nothing_can_stop_is_refused() {
    use batos_lang::code::op::{Instr, Op};
    use batos_lang::code::unit::{Literal, Program};
    let parsed = batos_lang::parse_string(b"(| m = ( self x ) |)");
    let mut program: Program = batos_lang::code::compile_expression(&parsed.tree, 0).expect("legal");
    assert_eq!(batos_lang::code::verify(&program), Ok(()));
    let method = program.units.iter_mut().find(|u| u.selector == b"m").expect("the method");
    assert!(method.literals.contains(&Literal::Str(b"x".to_vec())));
    let end = method.code.iter().position(|i| i.op == Op::Return as u8).expect("it returns");
    method.code[end] = Instr::new(Op::Jump, 0, 0, 0, 0);
    assert!(batos_lang::code::verify(&program).is_err());
}
