//! The sources that are known: open ones as the editor has them, others as they lie on the disk, and the world's own.
//!
//! Invariant: what is open counts, not what is on the disk. `graph` is made anew when a source or the world has changed, and
//! somebody asks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::file::File;
use crate::graph::Graph;
use crate::text::{Encoding, Text};
use crate::uri;
use crate::world::Facts;

/// Most files of a folder that are read.
const MOST: usize = 5_000;

/// Largest file that is read.
const LARGEST: u64 = 8 << 20;

/// Folders in which nobody keeps sources of his own.
const LEFT_OUT: [&str; 3] = ["target", "node_modules", ".git"];

/// What an editor has open.
pub struct Open {
    /// Its version, as the editor counts.
    pub version: i32,
    /// The text.
    pub text: Text,
    /// The address as the editor writes it.
    pub uri: String,
}

/// All sources.
#[derive(Default)]
pub struct Documents {
    /// What is open, by key.
    pub open: BTreeMap<String, Open>,
    files: BTreeMap<String, Arc<File>>,
    library: Vec<Arc<File>>,
    world: Option<Arc<Graph>>,
    graph: Option<Arc<Graph>>,
}

impl Documents {
    /// The world is known (anew).
    pub fn set_world(&mut self, facts: &Facts) {
        let read = |path: &Path, text: &[u8]| {
            let text = Text::new(String::from_utf8_lossy(text).into_owned());
            Arc::new(File::new(uri::of_path(path), true, text))
        };
        self.library = facts.library.iter().map(|(path, text)| read(path, text)).collect();
        let mut graph = Graph::of_world(facts);
        for file in &self.library {
            graph.add(file);
        }
        // What no source tells is written down from the world itself.
        let rest = graph.sources_of_the_rest();
        if !rest.is_empty() {
            let file = read(&facts.shown_in.join("image.self"), rest.as_bytes());
            graph.add(&file);
            self.library.push(file);
        }
        graph.finish();
        self.world = Some(Arc::new(graph));
        self.graph = None;
        // Which of those that are open are the world's is known only now.
        let open = &self.open;
        self.files.retain(|key, _| !open.contains_key(key));
    }

    /// Whether the world is known yet.
    pub fn has_world(&self) -> bool {
        self.world.is_some()
    }

    /// Opens, or replaces what is open.
    pub fn open(&mut self, uri: &str, version: i32, text: String) {
        let open = Open { version, text: Text::new(text), uri: uri.to_string() };
        let key = uri::key(uri);
        self.files.remove(&key);
        self.open.insert(key, open);
        self.graph = None;
    }

    /// Changes what is open; false, if it is not.
    pub fn change(
        &mut self,
        uri: &str,
        version: i32,
        changes: Vec<lsp_types::TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> bool {
        let key = uri::key(uri);
        let Some(open) = self.open.get_mut(&key) else { return false };
        for change in changes {
            open.text.change(change.range, &change.text, encoding);
        }
        open.version = version;
        self.files.remove(&key);
        self.graph = None;
        true
    }

    /// What was open counts as it is on the disk again.
    pub fn close(&mut self, uri: &str) {
        let key = uri::key(uri);
        self.open.remove(&key);
        self.files.remove(&key);
        self.graph = None;
        self.read_again(&key);
    }

    /// A file on the disk was made, changed or removed.
    pub fn read_again(&mut self, key: &str) {
        if self.open.contains_key(key) {
            return;
        }
        self.graph = None;
        self.files.remove(key);
        if let Some(file) = uri::path_of(key).and_then(|path| read(&path)) {
            self.files.insert(key.to_string(), Arc::new(file));
        }
    }

    /// Takes over what was read in the background.
    pub fn found(&mut self, files: Vec<File>) {
        self.graph = None;
        for file in files {
            let key = file.uri.clone();
            if !self.open.contains_key(&key) {
                self.files.entry(key).or_insert_with(|| Arc::new(file));
            }
        }
    }

    /// A source, read if it has changed.
    pub fn file(&mut self, uri: &str) -> Option<Arc<File>> {
        let key = uri::key(uri);
        if let Some(file) = self.files.get(&key) {
            return Some(file.clone());
        }
        if let Some(open) = self.open.get(&key) {
            // Who looks at a source of the world has it open like any other.
            let library = self.library.iter().any(|file| uri::key(&file.uri) == key);
            let file = Arc::new(File::new(open.uri.clone(), library, open.text.clone()));
            self.files.insert(key, file.clone());
            return Some(file);
        }
        self.library.iter().find(|file| uri::key(&file.uri) == key).cloned()
    }

    /// The user's sources.
    pub fn own(&mut self) -> Vec<Arc<File>> {
        let open: Vec<String> =
            self.open.keys().filter(|key| !self.files.contains_key(*key)).cloned().collect();
        for key in open {
            self.file(&key);
        }
        self.files.values().filter(|file| !file.library).cloned().collect()
    }

    /// The user's sources, and those of the world that are not among them.
    pub fn all(&mut self) -> Vec<Arc<File>> {
        let mut all = self.own();
        let hidden = self.hidden(&all);
        all.extend(self.library.iter().filter(|file| !hidden.contains(&file.uri)).cloned());
        all
    }

    /// Files of the world's library that the user works on himself.
    fn hidden(&self, own: &[Arc<File>]) -> Vec<String> {
        let tail = |uri: &str| uri.rsplit_once("/stdlib/").map(|(_, tail)| tail.to_string());
        let tails: Vec<String> = own.iter().filter_map(|file| tail(&file.uri)).collect();
        let is_own = |file: &&Arc<File>| tail(&file.uri).is_some_and(|tail| tails.contains(&tail));
        self.library.iter().filter(is_own).map(|file| file.uri.clone()).collect()
    }

    /// What is known of all objects, the user's sources included.
    pub fn graph(&mut self) -> Arc<Graph> {
        if let Some(graph) = &self.graph {
            return graph.clone();
        }
        let mut graph = self.world.as_deref().cloned().unwrap_or_default();
        for file in self.own() {
            graph.add(&file);
        }
        graph.finish();
        let graph = Arc::new(graph);
        self.graph = Some(graph.clone());
        graph
    }
}

fn read(path: &Path) -> Option<File> {
    if std::fs::metadata(path).ok()?.len() > LARGEST {
        return None;
    }
    let text = String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned();
    Some(File::new(uri::of_path(path), false, Text::new(text)))
}

/// The sources below folders. Links are not followed.
pub fn sources(folders: &[PathBuf]) -> Vec<File> {
    let mut waiting: Vec<PathBuf> = folders.to_vec();
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = folder.read_dir() else { continue };
        for entry in entries.flatten() {
            let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
            let name = entry.file_name();
            if kind.is_dir() && !LEFT_OUT.iter().any(|left_out| name == *left_out) {
                waiting.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "self") {
                found.extend(read(&path));
                if found.len() == MOST {
                    return found;
                }
            }
        }
    }
    found
}
