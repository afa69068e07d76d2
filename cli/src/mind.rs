//! The language model that a world may ask: which one, and where it is.

use batos_machine::host::Model;

use crate::args::WorldArgs;

/// The model for a world, if there is one. Nothing is loaded before the first question.
#[cfg(feature = "llama")]
pub fn model(args: &WorldArgs) -> Option<Box<dyn Model>> {
    use batos_mind::llama::{LlamaModel, LlamaSettings};

    if args.no_model {
        return None;
    }
    let file = match &args.model {
        Some(file) => Some(file.clone()),
        None => batos_mind::store::Store::of_user().and_then(|store| store.current()).ok().flatten(),
    };
    let file = file?;
    let model = LlamaModel::new(LlamaSettings::new(file.clone()));
    Some(Box::new(batos_mind::adapter::Adapted::new(model, &file)))
}

/// Built without llama.cpp there is none.
#[cfg(not(feature = "llama"))]
pub fn model(_: &WorldArgs) -> Option<Box<dyn Model>> {
    None
}
