//! The conversation with an editor: who may say what when, and the order in which it is answered.
//!
//! One thread reads, and notes at once which requests are not wanted any more; this one answers, in the order in which
//! messages came. Findings are published when nothing waits: while somebody types, only the latest text is looked at.
//!
//! Invariant: every request is answered exactly once, whatever it holds; what goes wrong in one answer stays there.

use std::collections::{BTreeSet, HashSet};
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, InitializeParams,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::answers::{self, Answer, Trouble};
use crate::documents::{self, Documents};
use crate::file::File;
use crate::text::Encoding;
use crate::uri;
use crate::wire::{self, Incoming, code};
use crate::world::Facts;

/// How long nothing must come before findings are looked for.
const PAUSE: Duration = Duration::from_millis(30);

/// So many requests that were taken back are remembered.
const FORGOTTEN: usize = 10_000;

/// How the conversation came to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// The editor took its leave.
    Orderly,
    /// It went without a word.
    Abruptly,
}

/// What comes to the thread that answers.
enum Event {
    Message(Incoming),
    /// The world, or why it can't be had.
    World(Result<Facts, String>),
    Sources(Vec<File>),
    End,
}

/// A world that can be looked at.
#[derive(Clone)]
pub struct World {
    /// Opens it, and tells what is in it.
    pub open: Arc<dyn Fn() -> Result<Facts, String> + Send + Sync>,
    /// A number that changes when the world does.
    pub stamp: Arc<dyn Fn() -> u64 + Send + Sync>,
}

/// Requests that are not wanted any more.
#[derive(Clone, Default)]
pub struct Cancelled(Arc<Mutex<HashSet<String>>>);

impl Cancelled {
    fn add(&self, id: &Value) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Some were answered before they were taken back: nobody comes for these.
        if ids.len() == FORGOTTEN {
            ids.clear();
        }
        ids.insert(id.to_string());
    }

    fn take(&self, id: &Value) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id.to_string())
    }

    fn has(&self, id: &Value) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&id.to_string())
    }
}

/// What the client can do and wants.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// What columns count.
    pub encoding: Encoding,
    /// Completions may have places to fill in.
    pub snippets: bool,
    /// Texts may be Markdown.
    pub markdown: bool,
    /// Symbols may have others in them.
    pub nested_symbols: bool,
    watches_files: bool,
    /// It asks for diagnostics itself.
    pulls: bool,
    /// It can be told to ask for them again.
    refreshes: bool,
}

/// The state of a conversation.
pub struct Server<'w> {
    /// What the client can do.
    pub client: Client,
    /// All sources and the world.
    pub documents: Documents,
    /// The request that is being answered is not wanted any more, if this has it.
    cancelled: Cancelled,
    current: Value,
    output: &'w mut dyn Write,
    events: Sender<Event>,
    world: World,
    /// The world's stamp when it was opened.
    stamp: u64,
    changed: BTreeSet<String>,
    phase: Phase,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    New,
    Running,
    ShutDown,
}

/// Talks with an editor until one of both ends it.
pub fn serve(input: impl BufRead + Send + 'static, output: &mut dyn Write, world: World) -> Ended {
    let (events, inbox) = channel();
    let cancelled = Cancelled::default();
    let (reader, notes) = (events.clone(), cancelled.clone());
    std::thread::spawn(move || listen(input, &reader, &notes));
    let mut server = Server {
        client: Client::default(),
        documents: Documents::default(),
        cancelled,
        current: Value::Null,
        output,
        events,
        world,
        stamp: 0,
        changed: BTreeSet::new(),
        phase: Phase::New,
    };
    server.run(&inbox)
}

fn listen(mut input: impl BufRead, events: &Sender<Event>, cancelled: &Cancelled) {
    while let Ok(Some(message)) = wire::read(&mut input) {
        if let Incoming::Notification { method, params } = &message
            && method == "$/cancelRequest"
        {
            cancelled.add(params.get("id").unwrap_or(&Value::Null));
            continue;
        }
        if events.send(Event::Message(message)).is_err() {
            return;
        }
    }
    let _ = events.send(Event::End);
}

impl Server<'_> {
    fn run(&mut self, inbox: &Receiver<Event>) -> Ended {
        loop {
            let event = if self.changed.is_empty() {
                inbox.recv().unwrap_or(Event::End)
            } else {
                match inbox.recv_timeout(PAUSE) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => {
                        self.publish();
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => Event::End,
                }
            };
            match event {
                Event::Message(Incoming::Request { id, method, params }) => self.request(id, &method, params),
                Event::Message(Incoming::Notification { method, params }) => {
                    if method == "exit" {
                        return if self.phase == Phase::ShutDown { Ended::Orderly } else { Ended::Abruptly };
                    }
                    if self.phase == Phase::Running {
                        let _ = catch_unwind(AssertUnwindSafe(|| self.notification(&method, params)));
                    }
                }
                Event::Message(Incoming::Response) => {}
                Event::Message(Incoming::Bad { id, code, message }) => {
                    self.say(&wire::refusal(&id, code, &message));
                }
                Event::World(Ok(facts)) => {
                    self.documents.set_world(&facts);
                    self.log(3, &format!("{}: {} objects", facts.name, facts.objects.len()));
                    self.look_at_all_again();
                }
                Event::World(Err(reason)) => self.log(1, &format!("no world: {reason}")),
                Event::Sources(files) => {
                    self.documents.found(files);
                    self.look_at_all_again();
                }
                Event::End => {
                    return if self.phase == Phase::ShutDown { Ended::Orderly } else { Ended::Abruptly };
                }
            }
        }
    }

    fn say(&mut self, message: &Value) {
        // Who does not listen any more has closed the other side as well, and that ends it.
        let _ = wire::write(&mut self.output, message);
    }

    /// Tells the user: 1 an error, 2 a warning, 3 something to know.
    fn log(&mut self, kind: i32, message: &str) {
        let params = json!({ "type": kind, "message": format!("batos: {message}") });
        self.say(&wire::notification("window/logMessage", params));
    }

    /// Whether the answer that is being made is not wanted any more.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.has(&self.current)
    }

    fn request(&mut self, id: Value, method: &str, params: Value) {
        self.current = id.clone();
        let refusal = match (self.phase, method) {
            (Phase::New, "initialize") | (Phase::Running, _) => None,
            (Phase::New, _) => Some((code::NOT_INITIALIZED, "`initialize` comes first")),
            (Phase::ShutDown, _) => Some((code::INVALID_REQUEST, "it was shut down; only `exit` may follow")),
        };
        let reply = match refusal {
            Some((code, message)) => wire::refusal(&id, code, message),
            None => match catch_unwind(AssertUnwindSafe(|| self.answer(method, params))) {
                // It may have been taken back before or while it was answered.
                Ok(_) if method != "shutdown" && method != "initialize" && self.is_cancelled() => {
                    wire::refusal(&id, code::CANCELLED, "cancelled")
                }
                Ok(Ok(result)) => wire::answer(&id, result),
                Ok(Err(Trouble { code, message })) => wire::refusal(&id, code, &message),
                Err(_) => {
                    wire::refusal(&id, code::INTERNAL_ERROR, &format!("{method} failed; please report it"))
                }
            },
        };
        self.cancelled.take(&id);
        self.current = Value::Null;
        self.say(&reply);
    }

    fn answer(&mut self, method: &str, params: Value) -> Answer {
        if self.is_cancelled() {
            return Ok(Value::Null);
        }
        match method {
            "initialize" => self.initialize(params),
            "shutdown" => {
                self.phase = Phase::ShutDown;
                Ok(Value::Null)
            }
            _ => answers::answer(self, method, params),
        }
    }

    fn initialize(&mut self, params: Value) -> Answer {
        if self.phase != Phase::New {
            return Err(Trouble::new(code::INVALID_REQUEST, "it was initialized already"));
        }
        let can = |path: &str| params.pointer(path).is_some_and(|v| !v.is_null() && *v != Value::Bool(false));
        let pulls = can("/capabilities/textDocument/diagnostic");
        let refreshes = pulls && can("/capabilities/workspace/diagnostics/refreshSupport");
        #[allow(deprecated, reason = "older clients name one root")]
        let InitializeParams { capabilities, workspace_folders, root_uri, .. } = answers::params(params)?;
        let general = capabilities.general.and_then(|general| general.position_encodings);
        let text = capabilities.text_document.unwrap_or_default();
        let completion = text.completion.unwrap_or_default().completion_item.unwrap_or_default();
        let hover = text.hover.unwrap_or_default().content_format;
        self.client = Client {
            encoding: Encoding::agree(&general.unwrap_or_default()),
            snippets: completion.snippet_support == Some(true),
            markdown: hover.is_none_or(|formats| formats.contains(&lsp_types::MarkupKind::Markdown)),
            nested_symbols: text
                .document_symbol
                .and_then(|symbols| symbols.hierarchical_document_symbol_support)
                .unwrap_or(false),
            watches_files: capabilities
                .workspace
                .and_then(|workspace| workspace.did_change_watched_files)
                .and_then(|watched| watched.dynamic_registration)
                .unwrap_or(false),
            pulls,
            refreshes,
        };
        self.phase = Phase::Running;
        let folders = workspace_folders.unwrap_or_default().into_iter().map(|folder| folder.uri);
        let mut folders: Vec<_> = folders.filter_map(|uri| uri::path_of(uri.as_str())).collect();
        if folders.is_empty() {
            folders.extend(root_uri.and_then(|uri| uri::path_of(uri.as_str())));
        }
        self.load_world();
        self.read_folders(folders);
        Ok(answers::capabilities(&self.client))
    }

    /// Has the world opened in the background.
    pub fn load_world(&mut self) {
        self.stamp = (self.world.stamp)();
        let (events, world) = (self.events.clone(), self.world.clone());
        std::thread::spawn(move || {
            let facts = catch_unwind(AssertUnwindSafe(|| (world.open)()));
            let facts = facts.unwrap_or_else(|_| Err("opening it failed".to_string()));
            let _ = events.send(Event::World(facts));
        });
    }

    fn read_folders(&mut self, folders: Vec<PathBuf>) {
        let events = self.events.clone();
        std::thread::spawn(move || {
            let _ = events.send(Event::Sources(documents::sources(&folders)));
        });
    }

    fn look_at_all_again(&mut self) {
        if self.client.refreshes {
            self.say(&json!({
                "jsonrpc": "2.0", "id": "again", "method": "workspace/diagnostic/refresh", "params": null,
            }));
        }
        self.changed.extend(self.documents.open.keys().cloned());
    }

    fn notification(&mut self, method: &str, params: Value) {
        match method {
            "initialized" if self.client.watches_files => {
                let watchers = json!([{ "globPattern": "**/*.self" }]);
                let registration = json!({
                    "id": "sources",
                    "method": "workspace/didChangeWatchedFiles",
                    "registerOptions": { "watchers": watchers },
                });
                let params = json!({ "registrations": [registration] });
                self.say(&json!({
                    "jsonrpc": "2.0", "id": "watch", "method": "client/registerCapability", "params": params,
                }));
            }
            "textDocument/didOpen" => {
                if let Some(DidOpenTextDocumentParams { text_document: d }) = self.told(method, params) {
                    self.documents.open(d.uri.as_str(), d.version, d.text);
                    self.changed.insert(uri::key(d.uri.as_str()));
                }
            }
            "textDocument/didChange" => {
                let told: Option<DidChangeTextDocumentParams> = self.told(method, params);
                if let Some(DidChangeTextDocumentParams { text_document: d, content_changes }) = told {
                    let (uri, encoding) = (d.uri.as_str(), self.client.encoding);
                    if self.documents.change(uri, d.version, content_changes, encoding) {
                        self.changed.insert(uri::key(uri));
                    }
                }
            }
            "textDocument/didClose" => {
                if let Some(DidCloseTextDocumentParams { text_document: d }) = self.told(method, params) {
                    self.documents.close(d.uri.as_str());
                    self.changed.remove(&uri::key(d.uri.as_str()));
                    let params = json!({ "uri": d.uri, "diagnostics": [] });
                    self.say(&wire::notification("textDocument/publishDiagnostics", params));
                }
            }
            "textDocument/didSave" => {
                let _: Option<DidSaveTextDocumentParams> = self.told(method, params);
                // Somebody may have committed to the image meanwhile.
                if (self.world.stamp)() != self.stamp {
                    self.load_world();
                }
                self.look_at_all_again();
            }
            "workspace/didChangeWatchedFiles" => {
                let told: Option<DidChangeWatchedFilesParams> = self.told(method, params);
                for change in told.map(|told| told.changes).unwrap_or_default() {
                    self.documents.read_again(&uri::key(change.uri.as_str()));
                }
                self.look_at_all_again();
            }
            "workspace/didChangeWorkspaceFolders" => {
                let told: Option<DidChangeWorkspaceFoldersParams> = self.told(method, params);
                let added = told.map(|told| told.event.added).unwrap_or_default();
                let folders = added.iter().filter_map(|folder| uri::path_of(folder.uri.as_str())).collect();
                self.read_folders(folders);
            }
            _ => {}
        }
    }

    /// What a notification says; if that is not what it should, it is as if it had not come.
    fn told<T: DeserializeOwned>(&mut self, method: &str, params: Value) -> Option<T> {
        match serde_json::from_value(params) {
            Ok(told) => Some(told),
            Err(error) => {
                self.log(2, &format!("{method} was passed over: {error}"));
                None
            }
        }
    }

    /// Publishes what there is to say about one source that has changed; the others come next.
    fn publish(&mut self) {
        let Some(key) = self.changed.pop_first() else { return };
        // Who asks would see each finding twice.
        if self.client.pulls {
            return;
        }
        let found = catch_unwind(AssertUnwindSafe(|| answers::diagnose::diagnostics(self, &key)));
        let Some(open) = self.documents.open.get(&key) else { return };
        if let Ok(diagnostics) = found {
            let params = json!({ "uri": open.uri, "version": open.version, "diagnostics": diagnostics });
            self.say(&wire::notification("textDocument/publishDiagnostics", params));
        }
    }
}
