//! Settings of the original machine that this one hasn't. Asked for one, it answers what it is fixed at; told to turn one, it answers the
//! same, as the value before. Programs put back what they changed, so a knob answers what it accepts.
//!
//! Older names of the kind, which answer their receiver, are in `image.rs`.

use super::{BAD_SIGN, BAD_TYPE, Call, Entry, Failure};
use crate::vm::Vm;

/// A knob that is true or false, by both its names.
macro_rules! flag {
    ($name:literal, $fixed:literal) => {
        [
            ($name, 0, (|vm, _| vm.reply_bool($fixed)) as super::Function),
            (concat!($name, ":"), 1, |vm, c| {
                flag_argument(vm, c)?;
                vm.reply_bool($fixed)
            }),
        ]
    };
}

/// A knob that is a number, by both its names.
macro_rules! number {
    ($name:literal, $fixed:literal, $least:literal) => {
        [
            ($name, 0, (|vm, _| vm.reply_int($fixed)) as super::Function),
            (concat!($name, ":"), 1, |vm, c| {
                number_argument(vm, c, $least)?;
                vm.reply_int($fixed)
            }),
        ]
    };
}

const KNOBS: [[Entry; 2]; 28] = [
    // What this machine's byte codes are like, as mirrors show them (`code/stack_write.rs`).
    flag!("_GenArgCountBytecode", true),
    flag!("_UseLocalAccessBytecodes", false),
    flag!("_CanonicalizeMaps", true),
    flag!("_PrintScavenge", false),
    flag!("_PrintGC", false),
    flag!("_PrintScriptName", false),
    flag!("_PrintCompilationStatistics", false),
    flag!("_Trace", false),
    flag!("_CountSends", false),
    flag!("_GenerateCountCode", false),
    flag!("_UseLRUInterrupts", false),
    flag!("_FlatProfile", false),
    flag!("_VMProfiling", false),
    flag!("_VMCompilerProfiling", false),
    flag!("_BlockSignalsForXGlue", false),
    flag!("_Spy", false),
    number!("_NumObjectIDs", 1000, 2),
    number!("_MaxFnInlineSize", 8, 0),
    number!("_MaxBlockInlineSize", 75, 0),
    number!("_MaxBlockFnInlineSize", 10, 0),
    number!("_MaxCompilePause", 500, 0),
    number!("_MaxCompilationPercentage", 100, 0),
    number!("_NumberOfICMisses", 0, 0),
    number!("_NumberOfPICSends", 0, 0),
    number!("_NumberOfMegamorphicPICMisses", 0, 0),
    number!("_NumberOfFastLookupMisses", 0, 0),
    number!("_NumberOfMethodCalls", 0, 0),
    number!("_NumberOfBlockClones", 0, 0),
];

pub(super) const LIST: &[Entry] = KNOBS.as_flattened();

fn flag_argument(vm: &mut Vm, call: &Call) -> Result<(), Failure> {
    let value = vm.argument(call, 0);
    if [vm.boolean(true), vm.boolean(false)].contains(&value) { Ok(()) } else { Err(BAD_TYPE) }
}

fn number_argument(vm: &mut Vm, call: &Call, least: i64) -> Result<(), Failure> {
    let value = super::int(vm.argument(call, 0))?;
    if value >= least { Ok(()) } else { Err(BAD_SIGN) }
}
