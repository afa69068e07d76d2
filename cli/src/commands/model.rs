//! `batos model …`: fetching and choosing the language model.

use std::path::Path;

use batos_mind::chat::{Family, TEMPLATE};
use batos_mind::store::{DEFAULT, KNOWN, Store, StoreError, named};
use serde_json::json;

use crate::args::ModelCommand;
use crate::failure::{Failure, Outcome, Status};
use crate::say;
use crate::terminal::{self, size_text};

fn failed(error: StoreError) -> Failure {
    Failure::new(Status::Model, error)
}

/// Does what `batos model` was asked to do.
pub fn model(command: ModelCommand) -> Outcome {
    let store = Store::of_user().map_err(failed)?;
    match command {
        ModelCommand::Fetch { name } => fetch(&store, name.as_deref()),
        ModelCommand::Remove { name } => {
            let path = store.remove(&name).map_err(failed)?;
            say!("removed {}", path.display());
            Ok(())
        }
        ModelCommand::List { json } => list(&store, json),
        ModelCommand::Use { file } => {
            let path = store.choose(&file).map_err(failed)?;
            say!("using {}", path.display());
            Ok(())
        }
        ModelCommand::Info { name, json } => info(&store, name.as_deref(), json),
    }
}

/// `batos attempt MODEL [ADAPTER]`: whether they can be loaded. Says why not, or ends as llama.cpp makes it end.
#[cfg(feature = "llama")]
pub fn attempt(model: &Path, adapter: Option<&Path>) -> Outcome {
    use rustix::process::{Resource, Rlimit, setrlimit};

    // Nobody wants the memory of one that ends so. Where it can't be said, it is left.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    batos_mind::llama::attempt(model, adapter).map_err(|error| {
        say!("{}", error.0);
        Failure::reported(Status::Model)
    })
}

/// Built without llama.cpp nothing can be loaded.
#[cfg(not(feature = "llama"))]
pub fn attempt(_: &Path, _: Option<&Path>) -> Outcome {
    Err(Failure::new(Status::Model, "this program was built without llama.cpp"))
}

fn fetch(store: &Store, name: Option<&str>) -> Outcome {
    let known = match name {
        None => &DEFAULT,
        Some(name) => named(name).ok_or_else(|| failed(StoreError::Unknown(name.into())))?,
    };
    let bar = terminal::bar(known.bytes, "fetching the model", true);
    let fetched = store.fetch(known, &mut |done, all| {
        if let Some(all) = all {
            bar.set_length(all);
        }
        bar.set_position(done);
        true
    });
    bar.finish_and_clear();
    let fetched = fetched.map_err(failed)?;
    let what = if fetched.was_here { "the model is here:" } else { "fetched and checked:" };
    say!("{what} {}", fetched.file.display());
    let in_use = store.current().map_err(failed)?;
    if in_use.as_ref() != Some(&fetched.file) {
        say!("`batos model use {}` makes it the one in use", known.name);
    }
    Ok(())
}

fn list(store: &Store, as_json: bool) -> Outcome {
    let models = store.list().map_err(failed)?;
    if as_json {
        let list: Vec<_> = models
            .iter()
            .map(|m| json!({ "name": m.name, "file": m.path.display().to_string(), "bytes": m.bytes, "in_use": m.in_use }))
            .collect();
        terminal::print_json(&list);
        return Ok(());
    }
    if models.is_empty() {
        say!("no models yet; `batos model fetch` gets the default one ({})", size_text(DEFAULT.bytes));
    }
    for known in KNOWN.iter().filter(|known| !models.iter().any(|model| model.name == known.name)) {
        say!(
            "  {:<24} {:>10}  not here: batos model fetch {}",
            known.name,
            size_text(known.bytes),
            known.name
        );
    }
    for model in models {
        say!("{} {:<24} {:>10}", if model.in_use { "*" } else { " " }, model.name, size_text(model.bytes));
    }
    Ok(())
}

fn info(store: &Store, name: Option<&str>, as_json: bool) -> Outcome {
    let details = store.info(name).map_err(failed)?;
    if as_json {
        terminal::print_json(&json!({
            "file": details.path.display().to_string(),
            "bytes": details.bytes,
            "known": details.known.map(|k| k.name),
            "licence": details.known.map(|k| k.licence),
            "sha256": details.known.map(|k| k.sha256),
            "takes": details.known.map(|k| k.takes),
            "conversation": Family::of(details.head.entries.get(TEMPLATE).map(String::as_str)).name(),
            "context": details.head.of_architecture("context_length"),
        }));
        return Ok(());
    }
    say!("file     {}", details.path.display());
    say!("size     {}", size_text(details.bytes));
    if let Some(known) = details.known {
        say!("name     {}: {}", known.name, known.about);
        say!("licence  {}", known.licence);
        say!("takes    {}", known.takes);
    }
    say!("talks    {}", Family::of(details.head.entries.get(TEMPLATE).map(String::as_str)).name());
    if !cfg!(feature = "llama") {
        say!("note     this program was built without llama.cpp, so it can't be used");
    }
    Ok(())
}
