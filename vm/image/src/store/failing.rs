//! A storage that fails when it is told to: for tests of what happens then.
//!
//! Operations (reads apart) are counted from 0. What a failed sync leaves undone is left undone for good, as with a
//! real disk: the next sync does not bring it back.

use super::storage::Storage;
use std::io::{self, IoSlice};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How an operation fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The device does not answer (EIO).
    Device,
    /// The disk is full (ENOSPC). Syncs and cuts of the length still succeed.
    Full,
    /// A signal came in between (EINTR): nothing was done, and trying again helps.
    Interrupted,
    /// A write takes only this many bytes, and says so.
    Short(usize),
    /// A write takes this many bytes, and the disk is full then.
    ShortThenFull(usize),
}

/// When and how the storage fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// First operation that fails.
    pub at: u64,
    /// How.
    pub failure: Failure,
    /// Whether all later operations fail, too.
    pub for_good: bool,
}

/// See the module's description.
#[derive(Debug)]
pub struct FailingStorage {
    inner: Arc<dyn Storage>,
    plan: Mutex<Option<Plan>>,
    count: AtomicU64,
    hits: AtomicU64,
}

impl FailingStorage {
    /// A storage that does not fail yet.
    pub fn new(inner: Arc<dyn Storage>) -> FailingStorage {
        FailingStorage { inner, plan: Mutex::default(), count: AtomicU64::new(0), hits: AtomicU64::new(0) }
    }

    /// Sets (or, with `None`, ends) the failures, and counts operations from 0 again.
    pub fn set_plan(&self, plan: Option<Plan>) {
        *self.plan.lock().unwrap_or_else(PoisonError::into_inner) = plan;
        self.count.store(0, Ordering::SeqCst);
        self.hits.store(0, Ordering::SeqCst);
    }

    /// Operations since the last `set_plan`.
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }

    /// How many of them failed.
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::SeqCst)
    }

    fn due(&self) -> Option<Failure> {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let plan = (*self.plan.lock().unwrap_or_else(PoisonError::into_inner))?;
        (number == plan.at || (plan.for_good && number > plan.at)).then_some(plan.failure)
    }

    fn hit(&self, error: io::Error) -> io::Error {
        self.hits.fetch_add(1, Ordering::SeqCst);
        error
    }
}

fn device() -> io::Error {
    io::Error::from_raw_os_error(rustix::io::Errno::IO.raw_os_error())
}

fn full() -> io::Error {
    io::Error::from_raw_os_error(rustix::io::Errno::NOSPC.raw_os_error())
}

impl Storage for FailingStorage {
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read_at(offset, into)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        match self.due() {
            None => self.inner.write_at(offset, bytes),
            Some(Failure::Device) => Err(self.hit(device())),
            Some(Failure::Interrupted) => Err(self.hit(io::ErrorKind::Interrupted.into())),
            Some(Failure::Full) => Err(self.hit(full())),
            Some(Failure::Short(count)) => {
                self.hits.fetch_add(1, Ordering::SeqCst);
                self.inner.write_at(offset, &bytes[..count.clamp(1, bytes.len().max(1)).min(bytes.len())])
            }
            Some(Failure::ShortThenFull(count)) => {
                self.inner.write_at(offset, &bytes[..count.min(bytes.len())])?;
                Err(self.hit(full()))
            }
        }
    }

    fn write_vectored_at(&self, offset: u64, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let joined: Vec<u8> = slices.iter().flat_map(|slice| slice.iter().copied()).collect();
        self.write_at(offset, &joined)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        match self.due() {
            Some(Failure::Device) => Err(self.hit(device())),
            Some(Failure::Full | Failure::ShortThenFull(_)) if len > self.inner.len()? => {
                Err(self.hit(full()))
            }
            _ => self.inner.set_len(len),
        }
    }

    fn sync_data(&self) -> io::Result<()> {
        match self.due() {
            Some(Failure::Device) => Err(self.hit(device())),
            _ => self.inner.sync_data(),
        }
    }

    fn len(&self) -> io::Result<u64> {
        self.inner.len()
    }
}
