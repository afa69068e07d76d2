//! A file is loaded by a child process before this one loads it: where llama.cpp finds something that it did not expect it ends the
//! process, and no check of the head (`gguf::check`) foresees all of that.
//!
//! What passed is noted: by its SHA-256, and by where it lies, how long it is and when it was last changed, so that a known file costs
//! one look. Published models whose checksum the program knows, and its own adapter, are not tried. The notes can be deleted; then everything is tried again.

use super::{LlamaModel, LlamaSettings};
use crate::adapter;
use crate::model::{self, GenerateRequest, Model, ModelError};
use crate::store::{KNOWN, TINY};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Time for a child. The largest models take some minutes to be read.
const LIMIT: Duration = Duration::from_secs(600);
/// Files that are remembered.
const REMEMBERED: usize = 64;
/// Bytes of what a child says.
const MOST_SAID: u64 = 4096;

/// How files are tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The program that calls [`attempt`] with the files that follow its arguments: a model, and perhaps an adapter for it.
    pub program: PathBuf,
    /// Its arguments before those.
    pub arguments: Vec<OsString>,
    /// Where it is noted what passed; without, everything is tried each time.
    pub notes: Option<PathBuf>,
}

/// What the child does: loads the files as they will be, and computes a little. Where llama.cpp ends the process, it ends this one.
pub fn attempt(file: &Path, adapter: Option<&Path>) -> Result<(), ModelError> {
    let mut model = LlamaModel::new(LlamaSettings::new(file));
    model.load()?;
    let adapters: Vec<(String, f32)> =
        adapter.iter().map(|file| (file.to_string_lossy().into_owned(), 1.0)).collect();
    let request =
        GenerateRequest { candidates: 2, max_tokens: 4, adapters, ..model::request("3 + 4 is 7\n4 + 4 is") };
    let answered = model.generate(request, &mut |_, _| true);
    if adapter.is_some() {
        return answered.map(drop);
    }
    // What it refuses politely here it will refuse politely then.
    let _ = model.embed("3 + 4");
    Ok(())
}

impl Trial {
    /// Whether this model may be loaded here.
    pub(super) fn of_model(&self, file: &Path) -> Result<(), ModelError> {
        let mut notes = Notes::read(self.notes.as_deref());
        let Some(place) = Place::of(file) else { return Ok(()) };
        if notes.sum_at(&place, "").is_some() {
            return Ok(());
        }
        let sum = sum_of(file).map_err(|error| unreadable(file, &error))?;
        if !notes.knows(&sum) && !KNOWN.iter().any(|known| known.sha256 == sum) {
            self.run(file, None)?;
        }
        notes.add(sum, &place);
        Ok(())
    }

    /// Whether this adapter may be loaded for a model, which may be.
    pub(super) fn of_adapter(&self, model: &Path, file: &Path) -> Result<(), ModelError> {
        let mut notes = Notes::read(self.notes.as_deref());
        let Some(place) = Place::of(file) else { return Ok(()) };
        let noted = Place::of(model).and_then(|place| notes.sum_at(&place, ""));
        let of_model = match noted {
            Some(sum) => sum,
            None => sum_of(model).map_err(|error| unreadable(model, &error))?,
        };
        let begin = format!("{of_model}+");
        if notes.sum_at(&place, &begin).is_some() {
            return Ok(());
        }
        let own = sum_of(file).map_err(|error| unreadable(file, &error))?;
        let (sum, ours) = (begin + &own, of_model == TINY.sha256 && own == adapter::default_sum());
        if !notes.knows(&sum) && !ours {
            self.run(model, Some(file))?;
        }
        notes.add(sum, &place);
        Ok(())
    }

    /// Lets a child load the files.
    fn run(&self, model: &Path, adapter: Option<&Path>) -> Result<(), ModelError> {
        match (self.let_child(model, adapter), adapter) {
            (Ok(()), _) => Ok(()),
            (Err(Refusal::Told(why)), _) => Err(ModelError(why)),
            (Err(Refusal::Ended(why)), None) => Err(ModelError(format!(
                "{} can't be used as a model ({why}); fetch it again or choose another file",
                model.display()
            ))),
            (Err(Refusal::Ended(why)), Some(adapter)) => Err(ModelError(format!(
                "{} is no adapter for this model ({why}); train one for it",
                adapter.display()
            ))),
        }
    }

    fn let_child(&self, model: &Path, adapter: Option<&Path>) -> Result<(), Refusal> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).arg(model).args(adapter);
        // Else it starts a debugger before it ends.
        command.env("GGML_NO_BACKTRACE", "1");
        // Ctrl-C is not for it.
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let failed = |error: io::Error| Refusal::Ended(format!("it could not be tried: {error}"));
        let mut child = command.spawn().map_err(failed)?;
        let (sender, said) = mpsc::channel();
        let output = child.stdout.take();
        let reader = std::thread::Builder::new().name("trial".into()).spawn(move || {
            let mut text = Vec::new();
            if let Some(output) = output {
                // What can't be read was not said.
                let _ = output.take(MOST_SAID).read_to_end(&mut text);
            }
            // Nobody waits for it any more if it took too long.
            let _ = sender.send(text);
        });
        let said = reader.ok().and_then(|_| said.recv_timeout(LIMIT).ok());
        if said.is_none() {
            // It may have ended by itself.
            let _ = child.kill();
        }
        let status = child.wait().map_err(failed)?;
        match said {
            None => {
                Err(Refusal::Ended(format!("llama.cpp was not done after {} minutes", LIMIT.as_secs() / 60)))
            }
            Some(said) => verdict(status, String::from_utf8_lossy(&said).trim()),
        }
    }
}

/// Why files may not be loaded.
enum Refusal {
    /// The child said so.
    Told(String),
    /// It ended without saying anything.
    Ended(String),
}

fn verdict(status: ExitStatus, said: &str) -> Result<(), Refusal> {
    match (status.code(), status.signal()) {
        (Some(0), _) => Ok(()),
        (_, Some(signal)) => {
            Err(Refusal::Ended(format!("llama.cpp ends the program over it, by signal {signal}")))
        }
        _ if said.is_empty() => Err(Refusal::Ended(format!("llama.cpp ends the program over it, {status}"))),
        _ => Err(Refusal::Told(said.into())),
    }
}

fn unreadable(file: &Path, error: &io::Error) -> ModelError {
    ModelError(format!("{} can't be read ({error})", file.display()))
}

fn sum_of(file: &Path) -> io::Result<String> {
    let (mut file, mut sum) = (fs::File::open(file)?, Sha256::new());
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            read => sum.update(&buffer[..read]),
        }
    }
}

/// Where a file lies and what changes with it, as it is noted.
struct Place(String);

impl Place {
    /// Nothing for a path that can't be written in a line, and for a file that is not there.
    fn of(file: &Path) -> Option<Place> {
        let path = fs::canonicalize(file).ok()?;
        let data = fs::metadata(&path).ok()?;
        let path = path.to_str().filter(|path| !path.contains('\n'))?;
        Some(Place(format!("{} {}.{} {path}", data.len(), data.ctime(), data.ctime_nsec())))
    }
}

/// What passed: lines of a checksum (for an adapter the model's as well, with a plus between) and a place.
struct Notes<'a> {
    file: Option<&'a Path>,
    lines: Vec<String>,
}

impl<'a> Notes<'a> {
    fn read(file: Option<&'a Path>) -> Notes<'a> {
        let text = file.and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        Notes { file, lines: text.lines().map(str::to_owned).collect() }
    }

    fn knows(&self, sum: &str) -> bool {
        self.lines.iter().any(|line| line.split(' ').next() == Some(sum))
    }

    /// The checksum of what lies at a place, if it begins so.
    fn sum_at(&self, place: &Place, begin: &str) -> Option<String> {
        let mut here = self.lines.iter().filter_map(|line| line.split_once(' '));
        let found = here.find(|(sum, at)| {
            *at == place.0 && sum.starts_with(begin) && sum.contains('+') != begin.is_empty()
        });
        found.map(|(sum, _)| sum.to_owned())
    }

    /// Notes a file, and forgets the oldest when there are too many. Where it can't be written, it will be tried again.
    fn add(&mut self, sum: String, place: &Place) {
        self.lines.push(format!("{sum} {}", place.0));
        let surplus = self.lines.len().saturating_sub(REMEMBERED);
        self.lines.drain(..surplus);
        let Some(file) = self.file else { return };
        let part = file.with_extension(format!("{}.part", std::process::id()));
        let written = file.parent().is_none_or(|folder| fs::create_dir_all(folder).is_ok())
            && fs::write(&part, self.lines.join("\n") + "\n").is_ok()
            && fs::rename(&part, file).is_ok();
        if !written {
            let _ = fs::remove_file(&part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A trial whose child is a script, which gets the files as `$1` and `$2`.
    fn trial(folder: &Path, script: &str) -> Trial {
        let arguments = ["-c", script, "sh"].map(OsString::from).to_vec();
        Trial { program: "/bin/sh".into(), arguments, notes: Some(folder.join("notes")) }
    }

    fn told(result: Result<(), ModelError>) -> String {
        result.map_or_else(|error| error.0, |()| "passed".into())
    }

    #[test]
    fn what_ends_the_child_is_told_and_tried_again() {
        let place = tempfile::tempdir().expect("a folder");
        let model = place.path().join("m.gguf");
        fs::write(&model, "odd").expect("written");
        let deadly = trial(place.path(), "echo tried >> \"$1.log\"; kill -ABRT $$");
        for times in 1..3 {
            let why = told(deadly.of_model(&model));
            assert!(why.contains("ends the program over it, by signal 6"), "{why}");
            let log = fs::read_to_string(place.path().join("m.gguf.log")).expect("a log");
            assert_eq!(log.lines().count(), times);
        }
        let polite = trial(place.path(), "echo too odd; exit 1");
        assert_eq!(told(polite.of_model(&model)), "too odd");
        let silent = trial(place.path(), "exit 3");
        assert!(told(silent.of_model(&model)).contains("exit status: 3"));
    }

    #[test]
    fn what_passed_is_not_tried_again_wherever_it_lies() {
        let place = tempfile::tempdir().expect("a folder");
        let [model, copy, lora] = ["m.gguf", "n.gguf", "a.gguf"].map(|name| place.path().join(name));
        fs::write(&model, "sound").expect("written");
        let log = place.path().join("log");
        let count = || fs::read_to_string(&log).map_or(0, |text| text.lines().count());
        let script = format!("echo \"$@\" >> {}", log.display());
        let good = trial(place.path(), &script);
        for _ in 0..2 {
            assert_eq!(told(good.of_model(&model)), "passed");
            assert_eq!(count(), 1);
        }
        fs::copy(&model, &copy).expect("copied");
        assert_eq!(told(good.of_model(&copy)), "passed");
        assert_eq!(count(), 1, "the same bytes");
        fs::write(&copy, "other").expect("written");
        assert_eq!(told(good.of_model(&copy)), "passed");
        assert_eq!(count(), 2, "other bytes of the same length");
        // An adapter passes for one model.
        fs::write(&lora, "lora").expect("written");
        for _ in 0..2 {
            assert_eq!(told(good.of_adapter(&model, &lora)), "passed");
            assert_eq!(count(), 3);
        }
        assert_eq!(told(good.of_adapter(&copy, &lora)), "passed");
        assert_eq!(count(), 4);
        // As a model it was never tried.
        assert_eq!(told(good.of_model(&lora)), "passed");
        assert_eq!(count(), 5);
        fs::remove_file(place.path().join("notes")).expect("removed");
        assert_eq!(told(good.of_model(&model)), "passed");
        assert_eq!(count(), 6);
    }
}
