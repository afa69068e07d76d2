//! The adapter that belongs to the default model: it is part of the program, and written to a cache file where
//! llama.cpp can map it. Deleting the file does no harm.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sha2::{Digest, Sha256};

use crate::cache;
use crate::model::{Candidate, GenerateRequest, Model, ModelError, ModelInfo};
use crate::store::TINY;

/// The adapter's bytes (GGUF); what it was taught on stands in the model card.
const ADAPTER: &[u8] = include_bytes!("../adapters/self.gguf");

/// The checksum of the adapter, in hexadecimal digits.
pub(crate) fn default_sum() -> String {
    Sha256::digest(ADAPTER).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The adapter as a file, written if it is not there. The name holds a part of its checksum, so a new program never uses an old file.
pub fn default_adapter() -> io::Result<PathBuf> {
    let mark = &default_sum()[..12];
    let folder = cache::folder().ok_or_else(|| io::Error::other("no HOME, so no place for the adapter"))?;
    let file = folder.join(format!("self-{mark}.gguf"));
    let whole = fs::metadata(&file).is_ok_and(|m| m.len() == ADAPTER.len() as u64);
    if !whole {
        fs::create_dir_all(&folder)?;
        // Written under another name first: a second program must not map half a file.
        let part = folder.join(format!("self-{mark}.{}", std::process::id()));
        let mut out = fs::File::create(&part)?;
        out.write_all(ADAPTER)?;
        drop(out);
        fs::rename(&part, &file)?;
        cache::put_old_away(&file, "self-", ".gguf");
    }
    Ok(file)
}

/// A model that uses the default adapter where a request names none.
pub struct Adapted<M> {
    inner: M,
    adapter: Option<String>,
}

impl<M: Model> Adapted<M> {
    /// Adds the default adapter if the file is the default model; other models are left as they are.
    pub fn new(inner: M, file: &Path) -> Adapted<M> {
        let is_default = file.file_name().is_some_and(|name| name == TINY.file);
        let adapter = if is_default { default_adapter().ok() } else { None };
        Adapted { inner, adapter: adapter.map(|path| path.to_string_lossy().into_owned()) }
    }
}

impl<M: Model> Model for Adapted<M> {
    fn generate(
        &mut self,
        mut request: GenerateRequest,
        sink: &mut dyn FnMut(usize, &str) -> bool,
    ) -> Result<Vec<Candidate>, ModelError> {
        if request.adapters.is_empty()
            && let Some(adapter) = &self.adapter
        {
            request.adapters.push((adapter.clone(), 1.0));
        }
        self.inner.generate(request, sink)
    }

    fn score(
        &mut self,
        prompt: &str,
        answers: &[String],
        adapters: &[(String, f32)],
        cancel: &Arc<AtomicBool>,
    ) -> Result<Vec<f64>, ModelError> {
        match &self.adapter {
            Some(own) if adapters.is_empty() => {
                self.inner.score(prompt, answers, &[(own.clone(), 1.0)], cancel)
            }
            _ => self.inner.score(prompt, answers, adapters, cancel),
        }
    }

    fn embed(&mut self, text: &str) -> Result<Vec<f32>, ModelError> {
        self.inner.embed(text)
    }

    fn info(&self) -> ModelInfo {
        self.inner.info()
    }
}
