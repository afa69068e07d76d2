//! An image: a heap and the file that keeps it.
//!
//! `Image` is the file's side; the heap is handed to it for each act, so that a machine owns its heap directly. Every act
//! here happens at a safepoint and empties young space first, since only the image part is kept.
//!
//! ```text
//! create / open / open_at  ->  (Image, Heap)
//! commit(heap)             ->  durable
//! revert(heap), switch(heap)   the heap holds an older state, as a new commit
//! Heap::fork                   a private second heap; needs no file
//! ```

use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::const_xxh3::xxh3_64;

use crate::heap::{Heap, HeapOptions, NoRoots, Roots, Verified, VerifyError};
use crate::space::SpaceError;
use crate::store::{
    CardRun, CheckpointError, CommitEntry, CommitError, CommitId, CommitInfo, CompactReport, CreateError,
    CreateOptions, FileError, FileStorage, HistoryError, OpenError, OpenOptions, Storage, Store,
    VerifyReport,
};

/// What an image must agree on with the program: changes with every change of `layout`, `value` or the heap's own
/// bookkeeping.
pub const FINGERPRINT: u64 = xxh3_64(
    b"batos heap 1: values 00 int 01 ref 10 float 11 header; header map 32 hash 29; young 256 MiB; segment 1 MiB; \
      block 32 KiB; line 128; card 512; map words info fields annotation clone extra; slot name info content annotation; \
      64 roots; symbols xxh3 linear",
);

/// Why an image could not be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The file could not be made.
    #[error(transparent)]
    Create(#[from] CreateError),
    /// The file could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Memory could not be mapped.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// The wanted commit could not be read.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The change could not be written.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The file could not be compacted.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The heap in the image is damaged.
    #[error("the heap in this image is damaged: {0}")]
    Heap(#[from] VerifyError),
    /// The heap does not fit.
    #[error("there is no room for the image in memory")]
    NoRoom,
}

/// How an image is opened.
#[derive(Clone, Debug)]
pub struct OpenImage {
    /// The file's side: mode and log policy.
    pub store: OpenOptions,
    /// The heap's side.
    pub heap: HeapOptions,
    /// Verify every object before anything is used: for images from elsewhere.
    pub untrusted: bool,
}

impl OpenImage {
    /// For the writer.
    pub fn write() -> OpenImage {
        OpenImage { store: OpenOptions::write(FINGERPRINT), heap: HeapOptions::default(), untrusted: false }
    }

    /// For a reader.
    pub fn read_only() -> OpenImage {
        OpenImage { store: OpenOptions::read_only(FINGERPRINT), ..OpenImage::write() }
    }
}

/// The file behind a heap. See the module text.
#[derive(Debug)]
pub struct Image {
    store: Store,
    /// Checkpoint that the heap's memory maps.
    epoch: u64,
}

impl Image {
    /// Makes a new file and a minimal heap for it. Nothing is committed yet.
    pub fn create(path: &Path, options: HeapOptions) -> Result<(Image, Heap), ImageError> {
        Image::start(Store::create(path, &CreateOptions::new(FINGERPRINT))?, options)
    }

    /// The same in any storage.
    pub fn create_on(
        storage: Arc<dyn Storage>,
        create: &CreateOptions,
        options: HeapOptions,
    ) -> Result<(Image, Heap), ImageError> {
        Image::start(Store::create_on(storage, create)?, options)
    }

    fn start(store: Store, options: HeapOptions) -> Result<(Image, Heap), ImageError> {
        let space = store.reserve()?;
        let heap = Heap::bootstrap(space, options).map_err(|_| ImageError::NoRoom)?;
        let epoch = store.health().epoch;
        Ok((Image { store, epoch }, heap))
    }

    /// Opens the newest commit of a file.
    pub fn open(path: &Path, options: &OpenImage) -> Result<(Image, Heap), ImageError> {
        Image::map(Store::open(path, &options.store)?, options, None)
    }

    /// Opens the newest commit of a file that another process has open for writing and hands over, lock and all. Nothing
    /// is written in the background before `store_mut().wake()`.
    pub fn adopt(file: File, path: &Path, options: &OpenImage) -> Result<(Image, Heap), ImageError> {
        let storage = FileStorage::adopt(file, path).map_err(|error| match error {
            FileError::Locked(locked) => OpenError::Locked(locked),
            FileError::Io(source) => OpenError::File { path: path.display().to_string(), source },
        })?;
        Image::map(Store::open_resting(Arc::new(storage), &options.store)?, options, None)
    }

    /// The file with its lock, to be handed to another process.
    pub fn file(&self) -> Option<std::io::Result<OwnedFd>> {
        self.store.file()
    }

    /// The same in any storage.
    pub fn open_on(storage: Arc<dyn Storage>, options: &OpenImage) -> Result<(Image, Heap), ImageError> {
        Image::map(Store::open_on(storage, &options.store)?, options, None)
    }

    /// Opens an older commit of a file, to be read: what is done in the heap cannot be committed.
    pub fn open_at(path: &Path, commit: CommitId, options: &OpenImage) -> Result<(Image, Heap), ImageError> {
        let options = OpenImage { store: OpenOptions::read_only(FINGERPRINT), ..options.clone() };
        Image::map(Store::open(path, &options.store)?, &options, Some(commit))
    }

    fn map(store: Store, options: &OpenImage, at: Option<CommitId>) -> Result<(Image, Heap), ImageError> {
        let heap = Image::heap_of(&store, options, at)?;
        let epoch = store.health().epoch;
        Ok((Image { store, epoch }, heap))
    }

    fn heap_of(store: &Store, options: &OpenImage, at: Option<CommitId>) -> Result<Heap, ImageError> {
        let mut space = store.reserve()?;
        match at {
            None => store.map(&mut space)?,
            Some(commit) => store.map_at(commit, &mut space)?,
        }
        if options.untrusted && at.is_none() {
            // What nobody vouches for may also just be damaged, in places that no object's shape tells of.
            store.check_newest()?;
        }
        Ok(Heap::open(space, options.heap, options.untrusted)?)
    }

    /// Examines a file without using it: every checksum of it, and, whatever those say, every object of the newest state.
    pub fn examine(path: &Path) -> Result<(VerifyReport, Result<Verified, VerifyError>), ImageError> {
        let store = Store::open(path, &OpenOptions::read_only(FINGERPRINT))?;
        let report = store.verify()?;
        let mut space = store.reserve()?;
        store.map_unchecked(&mut space)?;
        let options = HeapOptions { verify: false, ..HeapOptions::default() };
        let verified = Heap::open(space, options, false).and_then(|mut heap| heap.verify(&mut NoRoots));
        Ok((report, verified))
    }

    /// A heap of an older commit beside the present one, for comparing. It cannot be committed.
    pub fn heap_at(&self, commit: CommitId, options: HeapOptions) -> Result<Heap, ImageError> {
        let options = OpenImage { heap: options, ..OpenImage::read_only() };
        Image::heap_of(&self.store, &options, Some(commit))
    }

    /// Makes everything reachable durable: one write, one sync. On an error memory is as it was.
    pub fn commit(
        &mut self,
        heap: &mut Heap,
        roots: &mut dyn Roots,
        info: &CommitInfo,
    ) -> Result<CommitId, CommitError> {
        heap.scavenge(roots);
        let commit = self.store.commit_unsaved(heap.space_mut(), info)?;
        self.follow_checkpoint(heap);
        Ok(commit)
    }

    /// Maps the chunks of a newer checkpoint, so that older ones become free and forks have little to copy. The commit before
    /// it is durable whatever comes of this; if the system has no mapping left, the next commit tries again.
    fn follow_checkpoint(&mut self, heap: &mut Heap) {
        let epoch = self.store.health().epoch;
        if epoch != self.epoch && self.store.refresh(heap.space_mut()).is_ok() {
            self.epoch = epoch;
        }
    }

    /// Writes a checkpoint now, and waits for it. False if there was nothing to do.
    pub fn checkpoint(&self) -> Result<bool, CheckpointError> {
        self.store.checkpoint()
    }

    /// Makes a new commit with the state of an older one, and lets the heap hold it. What was not committed is lost, and
    /// so is every reference that the machine held.
    pub fn revert(
        &mut self,
        heap: &mut Heap,
        to: CommitId,
        info: &CommitInfo,
    ) -> Result<CommitId, ImageError> {
        Ok(heap.replace_image(|space| self.store.revert_into(space, to, info))??)
    }

    /// Makes a branch current, and lets the heap hold its newest state.
    pub fn switch(
        &mut self,
        heap: &mut Heap,
        branch: &str,
        info: &CommitInfo,
    ) -> Result<CommitId, ImageError> {
        Ok(heap.replace_image(|space| self.store.switch(Some(space), branch, info))??)
    }

    /// The commits, oldest first.
    pub fn log(&self) -> Result<Vec<CommitEntry>, HistoryError> {
        self.store.log()
    }

    /// The newest commit.
    pub fn head(&self) -> CommitId {
        self.store.head()
    }

    /// Writes what is in memory, committed or not, to a new image file.
    pub fn save_as(&self, heap: &mut Heap, roots: &mut dyn Roots, path: &Path) -> Result<(), CreateError> {
        heap.scavenge(roots);
        self.store.save_as(heap.space(), path)
    }

    /// Writes a heap that has no file to a new one. `path` must not exist.
    pub fn save_memory(heap: &mut Heap, roots: &mut dyn Roots, path: &Path) -> Result<(), CreateError> {
        heap.scavenge(roots);
        let storage = Arc::new(crate::store::MemoryStorage::default());
        let store = Store::create_on(storage, &CreateOptions::new(FINGERPRINT))?;
        store.save_as(heap.space(), path)
    }

    /// Compacts a file that nobody has open: objects are packed from the beginning (identities and hashes are kept,
    /// offsets are not), history is forgotten, and the file is made as small as it goes. Where another branch keeps a state,
    /// objects stay where they are: packed ones would share nothing with it, and the file would grow.
    pub fn compact(path: &Path, info: &CommitInfo) -> Result<CompactReport, ImageError> {
        let (mut image, mut heap) = Image::open(path, &OpenImage { untrusted: true, ..OpenImage::write() })?;
        if image.store.branches().0.len() > 1 {
            drop(heap);
            return Ok(image.store.compact(0)?);
        }
        heap.collect_full(&mut NoRoots);
        let mut store = image.store;
        let before = store.health().file_bytes;
        let mut packed = heap.packed(store.reserve()?)?;
        drop(heap);
        // The image does not shrink: what lies behind the packed objects becomes zero, and takes no place in the file.
        let segments = store.segment_count();
        packed.space_mut().grow(segments)?;
        let cards = packed.space().image_bytes() / crate::layout::CARD_BYTES;
        store.commit(packed.space(), &CardRun::of_ranges(std::iter::once(0..cards)), info)?;
        drop(packed);
        store.compact(0)?;
        // The end of the file may be in use when the first pass begins, and free when it ends.
        Ok(CompactReport { before, ..store.compact(0)? })
    }

    /// The file's side, for what needs no heap: history, branches, health.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The same, for what changes the file alone.
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }
}
