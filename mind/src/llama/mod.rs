//! A GGUF model inside this process, computed by llama.cpp.
//!
//! [`LlamaModel`] is a handle: one worker thread owns the model and its context, requests go there over a channel and
//! pieces stream back. The file is read at the first request, so that a handle costs nothing until it is needed.

mod adapters;
mod generate;
mod prepared;
mod processor;
mod search;
mod sys;
mod trial;
mod worker;

pub use trial::{Trial, attempt};

use crate::cache;
use crate::model::{Candidate, GenerateRequest, Model, ModelError, ModelInfo};
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use worker::{Event, Job};

/// How a model is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LlamaSettings {
    /// The GGUF file.
    pub file: PathBuf,
    /// Threads that compute. One leaves the other processors to the world; more pay only on an idle machine.
    pub threads: usize,
    /// Tokens that the prompt and all candidates together may have.
    pub context: u32,
    /// Most candidates of one request.
    pub lanes: u32,
    /// Adapters kept in memory.
    pub adapters_kept: usize,
    /// Folder for a copy of the model that computes faster, if there may be one.
    pub cache: Option<PathBuf>,
    /// How files are tried before they are loaded here, if they are.
    pub trial: Option<Trial>,
}

impl LlamaSettings {
    /// The usual settings for this file.
    pub fn new(file: impl Into<PathBuf>) -> LlamaSettings {
        LlamaSettings {
            file: file.into(),
            threads: 1,
            context: 4096,
            lanes: 32,
            adapters_kept: 4,
            cache: cache::folder(),
            trial: None,
        }
    }
}

/// A handle to a model's worker thread. Dropping it ends the thread.
pub struct LlamaModel {
    settings: LlamaSettings,
    jobs: Option<Sender<Job>>,
    adapters: Vec<String>,
}

impl LlamaModel {
    /// A handle; neither the thread nor the file is touched before the first request.
    pub fn new(settings: LlamaSettings) -> LlamaModel {
        LlamaModel { settings, jobs: None, adapters: Vec::new() }
    }

    /// Reads the model now, so that the first request does not wait for it.
    pub fn load(&mut self) -> Result<(), ModelError> {
        let (reply, answer) = unbounded();
        self.send(Job::Load { reply })?;
        answer.recv().map_err(|_| worker_is_gone())?
    }

    fn send(&mut self, job: Job) -> Result<(), ModelError> {
        processor::check()?;
        let job = match &self.jobs {
            Some(jobs) => match jobs.send(job) {
                Ok(()) => return Ok(()),
                // The thread died in an earlier request; a new one gets the job.
                Err(unsent) => unsent.0,
            },
            None => job,
        };
        let (jobs, queue) = unbounded();
        worker::start(self.settings.clone(), queue)?;
        jobs.send(job).map_err(|_| worker_is_gone())?;
        self.jobs = Some(jobs);
        Ok(())
    }
}

fn worker_is_gone() -> ModelError {
    ModelError("the model's thread ended unexpectedly; ask again, or choose another model file".into())
}

impl Model for LlamaModel {
    fn generate(
        &mut self,
        request: GenerateRequest,
        sink: &mut dyn FnMut(usize, &str) -> bool,
    ) -> Result<Vec<Candidate>, ModelError> {
        let adapters = request.adapters.iter().map(|(path, _)| path.clone()).collect();
        let (reply, events): (Sender<Event>, Receiver<Event>) = unbounded();
        let enough = Arc::new(AtomicBool::new(false));
        self.send(Job::Generate { request, enough: Arc::clone(&enough), reply })?;
        let result = loop {
            match events.recv() {
                Ok(Event::Piece(candidate, piece)) => {
                    if !enough.load(Ordering::Relaxed) && !sink(candidate, &piece) {
                        enough.store(true, Ordering::Relaxed);
                    }
                }
                Ok(Event::Done(result)) => break result,
                Err(_) => return Err(worker_is_gone()),
            }
        };
        self.adapters = adapters;
        result
    }

    fn score(
        &mut self,
        prompt: &str,
        answers: &[String],
        adapters: &[(String, f32)],
        cancel: &Arc<AtomicBool>,
    ) -> Result<Vec<f64>, ModelError> {
        let (reply, result) = unbounded();
        let (prompt, answers) = (prompt.to_owned(), answers.to_vec());
        let cancel = Arc::clone(cancel);
        self.send(Job::Score { prompt, answers, adapters: adapters.to_vec(), cancel, reply })?;
        result.recv().map_err(|_| worker_is_gone())?
    }

    fn embed(&mut self, text: &str) -> Result<Vec<f32>, ModelError> {
        let (reply, answer) = unbounded();
        self.send(Job::Embed { text: text.to_owned(), reply })?;
        answer.recv().map_err(|_| worker_is_gone())?
    }

    fn info(&self) -> ModelInfo {
        let name =
            self.settings.file.file_stem().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let place = self.settings.file.to_string_lossy().into_owned();
        ModelInfo { name, place, adapters: self.adapters.clone() }
    }
}
