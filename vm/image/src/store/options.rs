//! How an image is made and opened.

/// Sizes that are fixed when an image is made. The default is right for every image; tests use small ones, so
/// that they can try many states.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Geometry {
    /// Logarithm of the bytes of a segment, which is also a chunk: 20, or 13 to 19 in tests.
    pub chunk_shift: u32,
}

impl Default for Geometry {
    fn default() -> Geometry {
        Geometry { chunk_shift: 20 }
    }
}

/// How the log is kept. Not stored in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogPolicy {
    /// Chunks of a log extent.
    pub extent_chunks: u32,
    /// A checkpoint starts when the tail of the log has this many bytes…
    pub checkpoint_at: u64,
    /// …and commits wait for it when the tail has this many.
    pub wait_at: u64,
    /// Whether a thread makes checkpoints and prepares log extents. Without it `checkpoint` must be called.
    pub background: bool,
}

impl Default for LogPolicy {
    fn default() -> LogPolicy {
        LogPolicy { extent_chunks: 2, checkpoint_at: 4 << 20, wait_at: 8 << 20, background: true }
    }
}

/// How a new image is made.
#[derive(Clone, Debug)]
pub struct CreateOptions {
    /// Fingerprint of the object layout; an image opens only under the same one.
    pub fingerprint: u64,
    /// Identity of the image; made up if `None`.
    pub image_id: Option<[u8; 16]>,
    /// Sizes.
    pub geometry: Geometry,
    /// How many commits the history keeps at least.
    pub keep: u64,
    /// How the log is kept.
    pub policy: LogPolicy,
}

impl CreateOptions {
    /// The defaults for a layout.
    pub fn new(fingerprint: u64) -> CreateOptions {
        CreateOptions {
            fingerprint,
            image_id: None,
            geometry: Geometry::default(),
            keep: DEFAULT_KEEP,
            policy: LogPolicy::default(),
        }
    }
}

/// Commits that a history keeps at least, unless told otherwise.
pub const DEFAULT_KEEP: u64 = 1000;

/// Whether an opener may write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenMode {
    /// The one writer.
    Write,
    /// One of any number of readers.
    ReadOnly,
}

/// How an image is opened.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Fingerprint of the object layout that this program has.
    pub fingerprint: u64,
    /// Whether to write.
    pub mode: OpenMode,
    /// How the log is kept.
    pub policy: LogPolicy,
}

impl OpenOptions {
    /// For the writer.
    pub fn write(fingerprint: u64) -> OpenOptions {
        OpenOptions { fingerprint, mode: OpenMode::Write, policy: LogPolicy::default() }
    }

    /// For a reader.
    pub fn read_only(fingerprint: u64) -> OpenOptions {
        OpenOptions { fingerprint, mode: OpenMode::ReadOnly, policy: LogPolicy::default() }
    }
}
