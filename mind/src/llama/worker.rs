//! The thread that owns a model: it reads the file at the first job, then answers one job after the other.

use super::LlamaSettings;
use super::adapters::Adapters;
use super::generate::Generator;
use super::prepared;
use super::sys::{self, Context, ContextSettings, DecodeError, Entry, Interrupt};
use crate::chat::TEMPLATE;
use crate::gguf::GgufInfo;
use crate::model::{Candidate, GenerateRequest, ModelError};
use crate::vocabulary::{TokenId, Vocabulary};
use crossbeam_channel::{Receiver, Sender};
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

/// Most tokens of one batch. Larger ones are hardly faster and take more memory.
pub(super) const BATCH: u32 = 256;
/// Most tokens of a text to embed; the rest is left out.
const EMBEDDED: u32 = 512;

/// What a handle asks of its worker.
pub(super) enum Job {
    Load {
        reply: Sender<Result<(), ModelError>>,
    },
    Generate {
        request: GenerateRequest,
        enough: Arc<AtomicBool>,
        reply: Sender<Event>,
    },
    Score {
        prompt: String,
        answers: Vec<String>,
        adapters: Vec<(String, f32)>,
        cancel: Arc<AtomicBool>,
        reply: Sender<Result<Vec<f64>, ModelError>>,
    },
    Embed {
        text: String,
        reply: Sender<Result<Vec<f32>, ModelError>>,
    },
}

impl Job {
    fn refuse(self, error: ModelError) {
        // A handle that no longer waits needs no answer.
        let _ = match self {
            Job::Load { reply } => reply.send(Err(error)).ok(),
            Job::Generate { reply, .. } => reply.send(Event::Done(Err(error))).ok(),
            Job::Score { reply, .. } => reply.send(Err(error)).ok(),
            Job::Embed { reply, .. } => reply.send(Err(error)).ok(),
        };
    }
}

/// What comes back from a generation.
pub(super) enum Event {
    Piece(usize, String),
    Done(Result<Vec<Candidate>, ModelError>),
}

/// llama.cpp's global state: initialized once a process, never torn down.
pub(super) fn backend() -> Result<&'static LlamaBackend, ModelError> {
    static BACKEND: OnceLock<Result<LlamaBackend, String>> = OnceLock::new();
    let made = BACKEND.get_or_init(|| {
        let backend = LlamaBackend::init().map_err(|error| error.to_string())?;
        sys::capture_reports(&backend);
        Ok(backend)
    });
    made.as_ref().map_err(|error| ModelError(format!("llama.cpp can't start: {error}")))
}

pub(super) fn start(settings: LlamaSettings, jobs: Receiver<Job>) -> Result<(), ModelError> {
    std::thread::Builder::new()
        .name("model".into())
        .spawn(move || run(&settings, &jobs))
        .map(drop)
        .map_err(|error| ModelError(format!("no thread for the model: {error}")))
}

fn run(settings: &LlamaSettings, jobs: &Receiver<Job>) {
    // Until the file can be read, every job is refused, and the next one tries again: the user may have fetched it.
    while let Ok(job) = jobs.recv() {
        match load(settings) {
            Ok((backend, model)) => return serve(settings, backend, &model, job, jobs),
            Err(error) => job.refuse(error),
        }
    }
}

fn load(settings: &LlamaSettings) -> Result<(&'static LlamaBackend, LlamaModel), ModelError> {
    check_file(&settings.file)?;
    if let Some(trial) = &settings.trial {
        trial.of_model(&settings.file)?;
    }
    let backend = backend()?;
    let threads = i32::try_from(settings.threads.max(1)).unwrap_or(1);
    let file = prepared::file(&settings.file, settings.cache.as_deref(), threads);
    sys::take_reports();
    let parameters = LlamaModelParams::default();
    let model = LlamaModel::load_from_file(backend, &file, &parameters).map_err(|error| {
        let place = settings.file.display();
        let reports = sys::take_reports();
        let reason = if reports.is_empty() { error.to_string() } else { reports };
        ModelError(format!(
            "{place} can't be used as a model ({reason}); fetch it again or choose another file"
        ))
    })?;
    Ok((backend, model))
}

/// Looks for what is most often wrong with a model file, where llama.cpp's reports don't help, and for what would make it end the
/// process.
fn check_file(file: &Path) -> Result<(), ModelError> {
    let mut magic = [0; 4];
    let read = std::fs::File::open(file).and_then(|mut f| f.read_exact(&mut magic));
    match read {
        Ok(()) if &magic == b"GGUF" => crate::gguf::check::model(file).map_err(|why| {
            ModelError(format!(
                "{} can't be used as a model ({why}); fetch it again or choose another file",
                file.display()
            ))
        }),
        Ok(()) => Err(ModelError(format!("{} is not a GGUF file; choose another model", file.display()))),
        Err(error) => Err(ModelError(format!(
            "the model file {} can't be read ({error}); `batos model fetch` gets the default model",
            file.display()
        ))),
    }
}

fn serve(
    settings: &LlamaSettings,
    backend: &LlamaBackend,
    model: &LlamaModel,
    first: Job,
    jobs: &Receiver<Job>,
) {
    let context = Context::new(
        backend,
        model,
        &ContextSettings {
            tokens: settings.context.max(64),
            batch: BATCH,
            sequences: settings.lanes.clamp(1, 200) + 1,
            threads: i32::try_from(settings.threads.max(1)).unwrap_or(1),
            embeddings: false,
        },
    );
    let Some(context) = context else {
        let reason = sys::take_reports();
        let text = format!("no room for the model's context ({reason}); make the context setting smaller");
        first.refuse(ModelError(text.clone()));
        while let Ok(job) = jobs.recv() {
            job.refuse(ModelError(text.clone()));
        }
        return;
    };
    let vocabulary = vocabulary(model);
    let adapters = Adapters::new(model, settings);
    let lanes = settings.lanes.clamp(1, 200) as usize;
    let template = GgufInfo::read(&settings.file).ok().and_then(|mut head| head.entries.remove(TEMPLATE));
    let mut generator = Generator::new(model, context, &vocabulary, adapters, lanes, template);
    let mut embedder = None;
    let mut next = Some(first);
    while let Some(job) = next.take().or_else(|| jobs.recv().ok()) {
        // A handle that no longer waits needs no answer.
        let _ = match job {
            Job::Load { reply } => reply.send(Ok(())).ok(),
            Job::Generate { request, enough, reply } => {
                let mut show = |candidate: usize, piece: &str| {
                    let _ = reply.send(Event::Piece(candidate, piece.to_owned()));
                };
                let result = generator.generate(&request, enough, &mut show);
                reply.send(Event::Done(result)).ok()
            }
            Job::Score { prompt, answers, adapters, cancel, reply } => {
                reply.send(generator.score(&prompt, &answers, &adapters, cancel)).ok()
            }
            Job::Embed { text, reply } => {
                let result = embed(settings, backend, model, &mut embedder, &text);
                reply.send(result).ok()
            }
        };
    }
}

fn vocabulary(model: &LlamaModel) -> Vocabulary {
    let vocab = model.vocab();
    Vocabulary::new(
        vocab.tokens().map(|token| (vocab.token_to_piece(token, false, None), vocab.is_eog(token))),
    )
}

/// Tokens of a text. Only in text of our own (`special`) do marks like `<|im_start|>` mean anything.
pub(super) fn tokenize(model: &LlamaModel, text: &str, special: bool) -> Vec<TokenId> {
    let tokens = model.vocab().tokenize(text.as_bytes(), false, special);
    tokens.into_iter().filter_map(|token| u32::try_from(token.0).ok().map(TokenId)).collect()
}

fn embed<'m>(
    settings: &LlamaSettings,
    backend: &LlamaBackend,
    model: &'m LlamaModel,
    embedder: &mut Option<Context<'m>>,
    text: &str,
) -> Result<Vec<f32>, ModelError> {
    let context = match embedder {
        Some(context) => context,
        None => {
            let made = Context::new(
                backend,
                model,
                &ContextSettings {
                    tokens: EMBEDDED,
                    batch: EMBEDDED,
                    sequences: 1,
                    threads: i32::try_from(settings.threads.max(1)).unwrap_or(1),
                    embeddings: true,
                },
            );
            let made = made.ok_or_else(|| ModelError(format!("no embeddings: {}", sys::take_reports())))?;
            embedder.insert(made)
        }
    };
    let mut tokens = tokenize(model, text, false);
    tokens.truncate(context.batch().min(context.tokens() as usize));
    if tokens.is_empty() {
        return Err(ModelError("an empty text has no embedding".into()));
    }
    context.clear();
    context.set_interrupt(Interrupt::default());
    let entries: Vec<Entry> = (0u32..)
        .zip(&tokens)
        .map(|(position, &token)| Entry { token, position, sequence: 0, wanted: true })
        .collect();
    context.decode(&entries).map_err(|error| decode_failed(&error))?;
    let vector = context.embedding().ok_or_else(|| ModelError("this model gives no embeddings".into()))?;
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if !length.is_finite() || length == 0.0 {
        return Err(ModelError("this model gives no usable embeddings".into()));
    }
    Ok(vector.iter().map(|x| x / length).collect())
}

pub(super) fn decode_failed(error: &DecodeError) -> ModelError {
    let reports = sys::take_reports();
    ModelError(match error {
        DecodeError::Interrupted => "interrupted".into(),
        DecodeError::Full => {
            "the prompt and the candidates don't fit the model's context; make it larger".into()
        }
        DecodeError::Malformed(what) => format!("the request was refused before it could do harm: {what}"),
        DecodeError::Failed(number) => format!("llama.cpp could not compute (error {number}: {reports})"),
    })
}
