//! Taking up an image that a space holds, and second heaps over the same bytes.

use crate::layout::IMAGE_START;
use crate::space::{Space, SpaceError};

use super::verify::{Check, wrong};
use super::{Heap, HeapOptions, Roots, VerifyError, YOUNG_BASE};

impl Heap {
    /// The heap that a space holds. With `verify` every object is examined first; without it, only whether this is an
    /// image of this heap at all. The bytes are not changed.
    pub fn open(space: Space, options: HeapOptions, verify: bool) -> Result<Heap, VerifyError> {
        let mut heap = Heap::bare(space, options);
        heap.take_up().map_err(|w| VerifyError {
            offset: w.offset,
            path: String::new(),
            problem: w.problem,
        })?;
        if verify || options.verify {
            heap.verify_image(&[])?;
        }
        heap.refresh_known();
        Ok(heap)
    }

    /// Reads the image's bookkeeping anew: young space is empty, nothing is being marked.
    fn take_up(&mut self) -> Check<()> {
        let accessible = self.space.segment_count();
        if accessible == 0 {
            return wrong(IMAGE_START, "the image is empty");
        }
        // Before the image says how far it reaches, its first segment must do.
        self.old_space_opened(1);
        if !self.has_image_magic() {
            return wrong(IMAGE_START, "the image does not begin with a heap");
        }
        let segments = self.image_segments();
        if segments == 0 || segments > accessible {
            return wrong(IMAGE_START, format!("{segments} segments are claimed, {accessible} are there"));
        }
        self.old_space_opened(segments);
        self.verify_root_vector()?;
        self.alloc.young_top = YOUNG_BASE;
        self.alloc.gc_requested = false;
        self.alloc.exhausted = false;
        self.reset_young_limit();
        self.marker = Default::default();
        self.slot_cache.clear();
        self.texts.clear();
        self.moved.clear();
        Ok(())
    }

    /// Lets `change` put other bytes into the image, and takes up what is there then. Young objects are lost, and no
    /// reference from before holds. On an error of `change` the heap is as it was, but for the young objects.
    pub(crate) fn replace_image<T, E>(
        &mut self,
        change: impl FnOnce(&mut Space) -> Result<T, E>,
    ) -> Result<Result<T, VerifyError>, E> {
        let done = change(&mut self.space)?;
        let taken = self.take_up();
        Ok(match taken {
            Ok(()) => {
                self.refresh_known();
                Ok(done)
            }
            Err(w) => Err(VerifyError { offset: w.offset, path: String::new(), problem: w.problem }),
        })
    }

    /// A private heap with the same objects at the same offsets, which may grow to `limit` bytes of objects. Empties young
    /// space first. The fork cannot write to a file, and is discarded by dropping it.
    pub fn fork(&mut self, roots: &mut dyn Roots, limit: Option<u64>) -> Result<Heap, SpaceError> {
        self.scavenge(roots);
        // The limit is the heap's, which asks for a collection when it is reached; the address range costs nothing.
        let space = self.space.fork(None)?;
        let options =
            HeapOptions { memory_limit: limit.unwrap_or(self.options.memory_limit), ..self.options };
        let mut fork = Heap::bare(space, options);
        fork.old_space_opened(self.old.segments);
        fork.old.live_bytes = self.old.live_bytes + self.old.allocated;
        fork.known = self.known;
        fork.reset_young_limit();
        Ok(fork)
    }

    /// The memory that the heap lives in.
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// For the image: the heap's invariants are the caller's to keep.
    pub(crate) fn space_mut(&mut self) -> &mut Space {
        &mut self.space
    }

    /// The options the heap was made with.
    pub fn options(&self) -> HeapOptions {
        self.options
    }

    /// True if something in the image differs from the last commit, or something young may be reachable.
    pub fn is_changed(&self) -> bool {
        self.alloc.young_top > YOUNG_BASE || !self.space.card_runs(crate::layout::CARD_UNSAVED).is_empty()
    }
}
