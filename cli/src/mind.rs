//! The language model that a world may ask: which one, and where it is.

use batos_machine::host::{Model, ModelError, ModelSource};
use batos_mind::http::{GrammarField, HttpModel, HttpSettings};

use crate::args::WorldArgs;

/// Where a world gets other models from: an empty description is the program's own, a path that ends in `.gguf` a file,
/// `ADDRESS MODEL [grammar|structured_outputs]` a server that speaks OpenAI's protocol. Its key, if it wants one, is taken from the environment (`BATOS_API_KEY`).
pub fn source(args: &WorldArgs) -> Option<ModelSource> {
    if args.no_model {
        return None;
    }
    let args = args.clone();
    Some(Box::new(move |description| {
        if description.is_empty() {
            return Ok(model(&args));
        }
        if description.ends_with(".gguf") && !description.starts_with("http") {
            let file = std::path::PathBuf::from(description);
            if !file.is_file() {
                return Err(ModelError(format!("there is no model file {description}")));
            }
            return Ok(model(&WorldArgs { model: Some(file), ..args.clone() }));
        }
        let settings = settings(description)?;
        Ok(Some(Box::new(HttpModel::new(settings)) as Box<dyn Model>))
    }))
}

fn settings(description: &str) -> Result<HttpSettings, ModelError> {
    let mut words = description.split_whitespace();
    let (Some(address), Some(name)) = (words.next(), words.next()) else {
        return Err(ModelError(format!(
            "a server is described by its address and a model's name, as in 'http://localhost:8080/v1 qwen', not {description:?}"
        )));
    };
    if !address.starts_with("http://") && !address.starts_with("https://") {
        return Err(ModelError(format!(
            "{address} is no address of a server; it begins with http:// or https://"
        )));
    }
    let mut settings = HttpSettings::new(address, name);
    settings.grammar = match words.next() {
        None => GrammarField::None,
        Some("grammar") => GrammarField::Grammar,
        Some("structured_outputs") => GrammarField::StructuredOutputs,
        Some(other) => {
            return Err(ModelError(format!(
                "a server takes grammars as `grammar` or `structured_outputs`, not {other:?}"
            )));
        }
    };
    settings.key = std::env::var("BATOS_API_KEY").ok().filter(|key| !key.is_empty());
    Ok(settings)
}

/// The model for a world, if there is one. Nothing is loaded before the first question.
#[cfg(feature = "llama")]
pub fn model(args: &WorldArgs) -> Option<Box<dyn Model>> {
    model_on(args, 1)
}

/// The same on several threads.
#[cfg(feature = "llama")]
pub fn model_on(args: &WorldArgs, threads: u32) -> Option<Box<dyn Model>> {
    use batos_mind::llama::{LlamaModel, LlamaSettings, Trial};

    if args.no_model {
        return None;
    }
    let file = match &args.model {
        Some(file) => Some(file.clone()),
        None => batos_mind::store::Store::of_user().and_then(|store| store.current()).ok().flatten(),
    };
    let file = file?;
    let threads = threads.max(1) as _;
    // This very program, even if its file was replaced meanwhile.
    let program = match std::path::Path::new("/proc/self/exe") {
        link if link.exists() => link.to_owned(),
        _ => std::env::current_exe().ok()?,
    };
    let notes = batos_mind::cache::folder().map(|folder| folder.join("models-tried"));
    let trial = Some(Trial { program, arguments: vec!["attempt".into()], notes });
    let model = LlamaModel::new(LlamaSettings { threads, trial, ..LlamaSettings::new(file.clone()) });
    Some(Box::new(batos_mind::adapter::Adapted::new(model, &file)))
}

/// Built without llama.cpp there is none.
#[cfg(not(feature = "llama"))]
pub fn model(_: &WorldArgs) -> Option<Box<dyn Model>> {
    None
}

/// Built without llama.cpp there is none.
#[cfg(not(feature = "llama"))]
pub fn model_on(_: &WorldArgs, _: u32) -> Option<Box<dyn Model>> {
    None
}
