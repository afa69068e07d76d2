//! What the world may know of the compiler to machine code: a rhyme to `stdlib/image/vm.self`.

use batos_image::value::Value;

use super::{Entry, Reply};

pub(super) const LIST: &[Entry] = &[
    // Names and numbers in turn.
    ("_CompilerStatistics", 0, |vm, _| {
        let rows = vm.gear.rows();
        let mut words = Vec::new();
        for (name, number) in rows {
            words.push(vm.intern(name.as_bytes()).value());
            words.push(Value::from_i64(number as i64).unwrap_or(Value::ZERO));
        }
        Ok(Reply::Value(vm.new_vector(&words).value()))
    }),
    // Why compiled code was left unexpectedly: reasons and how often, in turn.
    ("_CompilerSurprises", 0, |vm, _| {
        let rows: Vec<(&'static str, u64)> = vm.gear.reasons();
        let mut words = Vec::new();
        for (name, number) in rows {
            words.push(vm.intern(name.as_bytes()).value());
            words.push(Value::from_i64(number as i64).unwrap_or(Value::ZERO));
        }
        Ok(Reply::Value(vm.new_vector(&words).value()))
    }),
    ("_CompilerMode", 0, |vm, _| {
        let name = vm.gear.mode().name();
        vm.reply_text(name)
    }),
];
