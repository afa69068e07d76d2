//! Every loop goes through an instruction at which the machine looks around: no code can keep a process from being stopped.
//!
//! Invariant: looks at the shape of control only, in time linear in the code.

use crate::code::op::{Instr, Op, Operand};

use super::Flaw;

/// Where control may go from an instruction without the machine having looked around.
fn successors(code: &[Instr], at: usize) -> [Option<usize>; 3] {
    let instr = code[at];
    let Some(op) = Op::from_u8(instr.op) else { return [None; 3] };
    let target = (op.operands()[3] == Operand::Target).then_some(instr.d as usize);
    match op {
        Op::Loop | Op::Return | Op::ReturnHome | Op::Slow => [None; 3],
        Op::Jump => [target, None, None],
        // They look around when they go back.
        Op::ForLoop | Op::ForLoopDown => [Some(at + 1), None, None],
        Op::BranchFalse | Op::BranchTrue | Op::PrimOr => {
            let slow = code.get(at + 1).map(|s| s.d as usize);
            [Some(at + 2), slow, target]
        }
        _ => [Some(at + 1), target, None],
    }
}

/// Verifies that control cannot go round without the machine looking around.
pub(super) fn verify_loops(code: &[Instr]) -> Result<(), Flaw> {
    let edges = |at: usize| successors(code, at).into_iter().flatten().filter(|to| *to < code.len());
    let mut waiting_for = vec![0u32; code.len()];
    for at in 0..code.len() {
        edges(at).for_each(|to| waiting_for[to] += 1);
    }
    let mut ready: Vec<usize> = (0..code.len()).filter(|at| waiting_for[*at] == 0).collect();
    let mut passed = 0;
    while let Some(at) = ready.pop() {
        passed += 1;
        for to in edges(at) {
            waiting_for[to] -= 1;
            if waiting_for[to] == 0 {
                ready.push(to);
            }
        }
    }
    match waiting_for.iter().position(|n| *n > 0) {
        Some(at) if passed < code.len() => Err(Flaw::at(at, "a loop that nothing can stop")),
        _ => Ok(()),
    }
}
