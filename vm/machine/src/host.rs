//! What the world knows of the outside: traits that the program around the machine implements.
//!
//! The machine itself does no terminal, model or network I/O; it calls these. Every method may be called from the
//! thread that runs the machine only.

use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::rest::Bell;

/// Where output goes and input comes from.
pub trait Console {
    /// Writes bytes that the world printed.
    fn write(&mut self, bytes: &[u8]);
    /// Writes bytes that are no part of the output proper.
    fn write_error(&mut self, bytes: &[u8]) {
        self.write(bytes);
    }
    /// Reads one line without its end; `None` at the end of the input.
    fn read_line(&mut self, prompt: &str) -> Option<String>;
    /// Whether `read_line` would answer at once.
    fn line_is_ready(&mut self) -> bool {
        true
    }
    /// What can be read when a line may have come, if that can be waited for.
    fn input(&self) -> Option<BorrowedFd<'_>> {
        None
    }
    /// A person sits there who can be asked.
    fn is_interactive(&self) -> bool {
        false
    }
    /// Lets a person change a text in an editor; the text as it was if that person thinks better of it, `None` if there is no editor.
    fn edit(&mut self, _text: &str) -> Option<String> {
        None
    }
    /// Writes a source text and ends the line; a terminal may colour it.
    fn write_source(&mut self, text: &str) {
        self.write(text.as_bytes());
        self.write(b"\n");
    }
    /// Gives what was written since the last call, if this console keeps it.
    fn take_written(&mut self) -> String {
        String::new()
    }
    /// What can be typed beside expressions, a line for each command.
    fn help(&self) -> String {
        String::new()
    }
    /// Keeps what did not fit of a long text, instead of what was kept before.
    fn keep_rest(&mut self, _rest: String) {}
    /// Gives what is kept of a long text.
    fn take_rest(&mut self) -> Option<String> {
        None
    }
    /// A proposal of the model is being written: a piece of candidate number `candidate`.
    fn proposal_piece(&mut self, _candidate: usize, _piece: &str) {}
}

/// A console that keeps what is written: for forks and tests.
#[derive(Default)]
pub struct BufferConsole {
    /// All bytes written so far.
    pub written: Vec<u8>,
    /// Most bytes kept; the rest is dropped.
    pub limit: usize,
}

impl Console for BufferConsole {
    fn write(&mut self, bytes: &[u8]) {
        let room = if self.limit == 0 { usize::MAX } else { self.limit.saturating_sub(self.written.len()) };
        self.written.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn read_line(&mut self, _prompt: &str) -> Option<String> {
        None
    }

    fn take_written(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.written)).into_owned()
    }
}

/// A question to a language model.
#[derive(Clone, Debug)]
pub struct GenerateRequest {
    /// Constant first part of the prompt; its state may be kept between requests.
    pub prefix: String,
    /// The rest of the prompt.
    pub prompt: String,
    /// The prompt is what a person says in a conversation, in the form that the model was taught; else it is a text to go on with.
    pub chat: bool,
    /// What the answer begins with, so that only the rest of it is written.
    pub opening: String,
    /// A GBNF grammar that every answer obeys.
    pub grammar: Option<String>,
    /// The grammar's root rule.
    pub root: String,
    /// How many answers.
    pub candidates: usize,
    /// Most tokens of one answer.
    pub max_tokens: usize,
    /// Sampling temperature; 0 is greedy.
    pub temperature: f32,
    /// Seed of the sampler.
    pub seed: u64,
    /// Adapters by path with their scales.
    pub adapters: Vec<(String, f32)>,
    /// Texts that end an answer.
    pub stop: Vec<String>,
    /// Longest time to take.
    pub deadline: Option<Duration>,
    /// Set from elsewhere to stop at once.
    pub cancel: Arc<AtomicBool>,
}

/// Why an answer ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finish {
    /// The model or a stop text ended it.
    Stop,
    /// `max_tokens` was reached.
    Length,
    /// It was cancelled or the deadline passed.
    Cancelled,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The text.
    pub text: String,
    /// Tokens generated.
    pub tokens: usize,
    /// Sum of the tokens' log probabilities.
    pub logprob: f64,
    /// Why it ended.
    pub finish: Finish,
}

/// What a model is.
#[derive(Clone, Debug, Default)]
pub struct ModelInfo {
    /// Its name.
    pub name: String,
    /// Where it runs: a path or an address.
    pub place: String,
    /// Adapters in use.
    pub adapters: Vec<String>,
}

/// Why a model did not answer. The text says what to do.
#[derive(Clone, Debug)]
pub struct ModelError(pub String);

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ModelError {}

/// A language model.
pub trait Model {
    /// Answers a request; `sink` gets (candidate, piece) as they come and returns false to stop.
    fn generate(
        &mut self,
        request: GenerateRequest,
        sink: &mut dyn FnMut(usize, &str) -> bool,
    ) -> Result<Vec<Candidate>, ModelError>;

    /// How likely each answer to a prompt is: the sum of the natural logarithms of its tokens' probabilities. `cancel`
    /// set from elsewhere ends it with an error.
    fn score(
        &mut self,
        _prompt: &str,
        _answers: &[String],
        _adapters: &[(String, f32)],
        _cancel: &Arc<AtomicBool>,
    ) -> Result<Vec<f64>, ModelError> {
        Err(ModelError("this kind of model can't weigh answers of others".into()))
    }

    /// A vector that places the text near texts of like meaning.
    fn embed(&mut self, text: &str) -> Result<Vec<f32>, ModelError>;

    /// What it is.
    fn info(&self) -> ModelInfo;
}

/// Gives the model that a description names: empty for the program's own, else an address, a model's name there, and perhaps how grammars
/// are handed over, parted by blanks. The error says what is wrong with it.
pub type ModelSource = Box<dyn Fn(&str) -> Result<Option<Box<dyn Model>>, ModelError>>;

/// A question to a web server.
#[derive(Clone, Debug)]
pub struct WebRequest {
    /// `GET`, `POST` and so on.
    pub method: String,
    /// The address, `http://` or `https://`.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: Vec<u8>,
    /// Longest time for all of it.
    pub time_limit: Duration,
    /// Most bytes of an answer.
    pub most_bytes: u64,
}

/// What a web server answered.
#[derive(Clone, Debug, Default)]
pub struct WebAnswer {
    /// The status: 200 is well, 404 not there.
    pub status: u16,
    /// Names in small letters, and values.
    pub headers: Vec<(String, String)>,
    /// What was sent.
    pub body: Vec<u8>,
}

/// Asks web servers. It is called from threads of its own.
pub trait Web: Send + Sync {
    /// The answer, whatever its status; a text that says why there is none.
    fn ask(&self, request: WebRequest) -> Result<WebAnswer, String>;
}

/// When somebody was last at the world: a key was pressed, or a client spoke. One for the whole program, since the keys and the doors
/// have threads of their own; telling it costs two stores.
pub struct Activity {
    since: std::sync::OnceLock<std::time::Instant>,
    /// Milliseconds after `since`.
    last: AtomicU64,
    away: AtomicBool,
    disturbed: std::sync::OnceLock<Arc<AtomicBool>>,
}

/// The activity around this program.
pub fn activity() -> &'static Activity {
    static ACTIVITY: Activity = Activity {
        since: std::sync::OnceLock::new(),
        last: AtomicU64::new(0),
        away: AtomicBool::new(false),
        disturbed: std::sync::OnceLock::new(),
    };
    &ACTIVITY
}

impl Activity {
    fn now(&self) -> u64 {
        let since = self.since.get_or_init(std::time::Instant::now);
        u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Somebody is there: what was begun because nobody was is to end.
    pub fn touch(&self) {
        self.last.store(self.now(), Ordering::Relaxed);
        self.away.store(false, Ordering::Relaxed);
        self.disturbed().store(true, Ordering::Relaxed);
    }

    /// Nobody will be there.
    pub fn leave(&self) {
        self.away.store(true, Ordering::Relaxed);
    }

    /// Something is begun because nobody is there.
    pub fn calm(&self) {
        self.disturbed().store(false, Ordering::Relaxed);
    }

    /// Set when somebody comes; trials and questions to the model that were begun quietly end by it.
    pub fn disturbed(&self) -> &Arc<AtomicBool> {
        self.disturbed.get_or_init(Arc::default)
    }

    /// Milliseconds since somebody was there.
    pub fn idle(&self) -> u64 {
        if self.away.load(Ordering::Relaxed) {
            return u64::MAX;
        }
        self.now().saturating_sub(self.last.load(Ordering::Relaxed))
    }
}

/// The change of the program under a running world.
pub trait Ship {
    /// Asks for another program to go on with the world; it happens between two turns. The error says why it can't be asked for.
    fn sail(&mut self, program: &str) -> Result<(), String>;
    /// What came of the latest crossing, a line for each step.
    fn log(&self) -> Vec<String>;
}

/// Everything outside that a machine may use. `None` forbids it: the primitive then fails.
pub struct Host {
    /// Output and input.
    pub console: Box<dyn Console>,
    /// The model, if there is one.
    pub model: Option<Box<dyn Model>>,
    /// Where other models come from, if others may be used.
    pub models: Option<ModelSource>,
    /// Models that were in use before, by their descriptions; kept until they are dropped.
    pub kept_models: Vec<(String, Box<dyn Model>)>,
    /// The description of the model in use.
    pub model_in_use: String,
    /// Who asks web servers, if they may be asked.
    pub web: Option<Arc<dyn Web>>,
    /// Files, environment and processes of the operating system may be used.
    pub outside: bool,
    /// Set (by a signal handler) to interrupt the running process.
    pub interrupt: Arc<AtomicBool>,
    /// Rung by whoever sets that, and by work that ends: wakes the machine if it waits.
    pub bell: Bell,
    /// Command line of the program that the world runs.
    pub arguments: Vec<String>,
    /// The ways in from outside, if there may be any.
    pub doors: Option<Box<dyn crate::doors::Doors>>,
    /// How another program can go on with the world, if that can be.
    pub ship: Option<Box<dyn Ship>>,
}

impl Host {
    /// A host with this console, files allowed, without model.
    pub fn new(console: Box<dyn Console>) -> Host {
        Host {
            console,
            model: None,
            models: None,
            kept_models: Vec::new(),
            model_in_use: String::new(),
            web: None,
            outside: true,
            interrupt: Arc::new(AtomicBool::new(false)),
            bell: Bell::new(),
            arguments: Vec::new(),
            doors: None,
            ship: None,
        }
    }

    /// Forgets a model; true if it was there. If it is in use, there is none until another is used.
    pub fn drop_model(&mut self, description: &str) -> bool {
        if self.model_in_use == description && self.models.is_some() {
            self.model_in_use = "none".into();
            return self.model.take().is_some();
        }
        let before = self.kept_models.len();
        self.kept_models.retain(|(known, _)| known != description);
        self.kept_models.len() < before
    }

    /// Makes the model that a description names the one in use. Nothing is asked of it yet. The one before is kept.
    pub fn use_model(&mut self, description: &str) -> Result<(), ModelError> {
        if self.model_in_use == description {
            return Ok(());
        }
        let Some(models) = &self.models else {
            return Err(ModelError("this program was started without models".into()));
        };
        let kept = self.kept_models.iter().position(|(known, _)| known == description);
        let next = match kept {
            Some(at) => Some(self.kept_models.remove(at).1),
            None => models(description)?,
        };
        if let Some(before) = std::mem::replace(&mut self.model, next) {
            self.kept_models.push((std::mem::take(&mut self.model_in_use), before));
        }
        self.model_in_use = description.to_owned();
        Ok(())
    }

    /// A host that can do nothing outside: for forks.
    pub fn sealed() -> Host {
        let mut host = Host::new(Box::new(BufferConsole { written: Vec::new(), limit: 1 << 20 }));
        host.outside = false;
        host
    }
}
