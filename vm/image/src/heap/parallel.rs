//! Marking with several threads, for explicit full collections: the world stands still meanwhile.
//!
//! Each thread works on a stack of its own and shares surplus through a crossbeam deque that the others steal from. The
//! heap is only read; marks are atomic. A thread that finds nothing to steal waits until all are idle.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use crossbeam::deque::{Steal, Stealer, Worker};

use crate::layout::IMAGE_START;
use crate::value::{TAG_MASK, TAG_REF};

use super::Heap;
use super::mark::{Ahead, PIECE_WORDS, View};
use super::marks::Marks;
use super::old::{LARGE, taken};

/// Objects a thread keeps to itself before it shares.
const PRIVATE: usize = 256;
/// Most threads used.
const MOST_THREADS: usize = 8;

/// An object to look at, or (with `to` not 0) a stretch of words.
#[derive(Clone, Copy)]
struct Task {
    from: u64,
    to: u64,
}

struct Crew<'a> {
    view: View,
    marks: &'a Marks,
    stealers: Vec<Stealer<Task>>,
    idle: AtomicUsize,
    found: Mutex<(u64, Vec<u64>)>,
}

struct Hand<'a> {
    crew: &'a Crew<'a>,
    shared: Worker<Task>,
    own: Vec<Task>,
    /// Objects whose words are on their way to the cache.
    ahead: Ahead,
    bytes: u64,
    weak: Vec<u64>,
}

impl Heap {
    /// Marks everything reachable from what is queued, then ends marking. The machine's roots are queued already, and young
    /// space is empty.
    pub(crate) fn mark_in_parallel(&mut self, threads: usize) {
        let threads = threads.min(MOST_THREADS);
        let workers: Vec<Worker<Task>> = (0..threads).map(|_| Worker::new_lifo()).collect();
        let queue = std::mem::take(&mut self.marker.queue);
        for (i, at) in queue.into_iter().enumerate() {
            workers[i % threads].push(Task { from: at, to: 0 });
        }
        let crew = Crew {
            view: self.view(),
            marks: &self.marker.marks,
            stealers: workers.iter().map(Worker::stealer).collect(),
            idle: AtomicUsize::new(0),
            found: Mutex::new((0, Vec::new())),
        };
        std::thread::scope(|scope| {
            for shared in workers {
                let crew = &crew;
                scope.spawn(move || {
                    let (own, weak, ahead) = (Vec::new(), Vec::new(), Ahead::default());
                    Hand { crew, shared, own, ahead, bytes: 0, weak }.work();
                });
            }
        });
        let (bytes, weak) = crew.found.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        self.marker.marked_bytes += bytes;
        self.marker.weak.extend(weak);
        self.marks_complete();
    }
}

impl Hand<'_> {
    fn work(mut self) {
        while let Some(task) = self.next() {
            if task.to == 0 {
                self.object(task.from);
            } else {
                let end = task.to.min(task.from + 8 * PIECE_WORDS);
                if end < task.to {
                    self.give(Task { from: end, to: task.to });
                }
                self.words(task.from, end);
            }
        }
        let mut found = self.crew.found.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        found.0 += self.bytes;
        found.1.append(&mut self.weak);
    }

    fn next(&mut self) -> Option<Task> {
        let (own, shared, view) = (&mut self.own, &self.shared, self.crew.view);
        let mut stretch = None;
        let object = self.ahead.next(view, || {
            let task = if stretch.is_none() { own.pop().or_else(|| shared.pop()) } else { None }?;
            if task.to != 0 {
                stretch = Some(task);
                return None;
            }
            Some(task.from)
        });
        if let Some(task) = stretch {
            // The object, if there was one, waits for its turn.
            self.own.extend(object.map(|from| Task { from, to: 0 }));
            return Some(task);
        }
        if let Some(from) = object {
            return Some(Task { from, to: 0 });
        }
        self.crew.idle.fetch_add(1, SeqCst);
        loop {
            for stealer in &self.crew.stealers {
                if !stealer.is_empty() {
                    // Count as busy before taking, so that nobody concludes that all work is done.
                    self.crew.idle.fetch_sub(1, SeqCst);
                    if let Steal::Success(task) = stealer.steal_batch_and_pop(&self.shared) {
                        return Some(task);
                    }
                    self.crew.idle.fetch_add(1, SeqCst);
                }
            }
            if self.crew.idle.load(SeqCst) == self.crew.stealers.len() {
                return None;
            }
            std::thread::yield_now();
        }
    }

    #[inline(always)]
    fn give(&mut self, task: Task) {
        if self.own.len() < PRIVATE {
            self.own.push(task);
        } else {
            self.shared.push(task);
        }
    }

    #[inline(always)]
    fn object(&mut self, at: u64) {
        let shape = self.crew.view.shape(at);
        self.bytes += taken(shape.bytes);
        if shape.bytes <= LARGE {
            self.crew.marks.set_lines(at, shape.bytes);
        }
        self.mark(shape.map);
        if shape.weak {
            self.weak.push(at);
        }
        if shape.refs_end > 8 * PIECE_WORDS {
            self.give(Task { from: at + 8, to: at + shape.refs_end });
        } else {
            self.words(at + 8, at + shape.refs_end);
        }
    }

    #[inline(always)]
    fn words(&mut self, from: u64, to: u64) {
        let mut at = from;
        while at < to {
            let word = self.crew.view.read(at);
            if word & TAG_MASK == TAG_REF && word >= IMAGE_START {
                self.mark(word - TAG_REF);
            }
            at += 8;
        }
    }

    #[inline(always)]
    fn mark(&mut self, offset: u64) {
        if self.crew.marks.set_shared(offset) {
            self.give(Task { from: offset, to: 0 });
        }
    }
}
