//! The language model and throw-away forks. Mechanism only: what is asked and what is done with the answers is the world's affair.

use super::{Entry, Reply};

pub(super) const LIST: &[Entry] = &[
    ("_ModelAvailable", 0, |vm, _| vm.reply_bool(vm.host.model.is_some())),
    ("_ModelName", 0, |vm, _| match vm.host.model.as_ref().map(|m| m.info().name) {
        Some(name) => vm.reply_text(&name),
        None => Ok(Reply::Value(vm.nil())),
    }),
];
