//! LoRA adapters of one model: loaded at first use, the least recently used forgotten.

use super::LlamaSettings;
use super::sys::{Adapter, Context, take_reports};
use crate::model::ModelError;
use llama_cpp_2::model::LlamaModel;
use std::path::Path;

pub(super) struct Adapters<'m> {
    model: &'m LlamaModel,
    settings: &'m LlamaSettings,
    /// Most recently used last.
    loaded: Vec<(String, Adapter<'m>)>,
    /// What the context uses now.
    current: Vec<(String, f32)>,
}

impl<'m> Adapters<'m> {
    pub(super) fn new(model: &'m LlamaModel, settings: &'m LlamaSettings) -> Self {
        Adapters { model, settings, loaded: Vec::new(), current: Vec::new() }
    }

    pub(super) fn current(&self) -> &[(String, f32)] {
        &self.current
    }

    /// Makes the context use exactly these. True if they changed, so that what was computed before is stale.
    pub(super) fn switch(
        &mut self,
        wanted: &[(String, f32)],
        context: &mut Context<'m>,
    ) -> Result<bool, ModelError> {
        if self.current == wanted {
            return Ok(false);
        }
        for (path, _) in wanted {
            match self.loaded.iter().position(|(loaded, _)| loaded == path) {
                Some(at) => {
                    let used = self.loaded.remove(at);
                    self.loaded.push(used);
                }
                None => self.loaded.push((path.clone(), self.load(path)?)),
            }
        }
        let find =
            |path: &String| self.loaded.iter().find(|(loaded, _)| loaded == path).map(|(_, adapter)| adapter);
        let set: Vec<_> = wanted.iter().filter_map(|(path, scale)| Some((find(path)?, *scale))).collect();
        if !context.set_adapters(&set) {
            context.set_adapters(&[]);
            self.current.clear();
            return Err(ModelError(format!("the adapters can't be used together: {}", take_reports())));
        }
        self.current = wanted.to_vec();
        // Only now, when the context uses none of those that go.
        let surplus = self.loaded.len().saturating_sub(self.settings.adapters_kept.max(wanted.len()));
        self.loaded.drain(..surplus);
        Ok(true)
    }

    fn load(&self, path: &str) -> Result<Adapter<'m>, ModelError> {
        let file = Path::new(path);
        if !file.is_file() {
            return Err(ModelError(format!(
                "there is no adapter file {path}; train one or take it out of the settings"
            )));
        }
        let unfit = |why: String| {
            ModelError(format!("{path} is no adapter for this model ({why}); train one for it"))
        };
        crate::gguf::check::adapter(file).map_err(unfit)?;
        if let Some(trial) = &self.settings.trial {
            trial.of_adapter(&self.settings.file, file)?;
        }
        Adapter::load(self.model, file).ok_or_else(|| unfit(take_reports()))
    }
}
