//! The thread that makes checkpoints and prepares log extents.
//!
//! It holds nothing but the shared state; when the store is dropped it finishes what it does and ends.

use super::checkpoint::{Wish, checkpoint, trim};
use super::commit::prepare_extent;
use super::state::Shared;
use crossbeam::channel::{Receiver, Sender, unbounded};
use std::sync::Arc;
use std::thread::JoinHandle;

/// What the thread is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Request {
    Checkpoint,
    PrepareExtent,
    /// See `checkpoint::trim`.
    Trim,
}

/// The handle of the thread; dropping it ends the thread.
#[derive(Debug)]
pub(crate) struct Background {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// Starts the thread. Without one (`None`), requests are ignored and `checkpoint` must be called.
    pub fn start(shared: &Arc<Shared>) -> Option<Background> {
        let (requests, received) = unbounded();
        let shared = shared.clone();
        let thread = std::thread::Builder::new()
            .name("checkpoint".to_string())
            .spawn(move || serve(&shared, &received));
        Some(Background { requests: Some(requests), thread: Some(thread.ok()?) })
    }

    pub fn request(&self, request: Request) -> bool {
        self.requests.as_ref().is_some_and(|requests| requests.send(request).is_ok())
    }
}

fn serve(shared: &Shared, requests: &Receiver<Request>) {
    for request in requests {
        // A failure is kept in the state, where `Store::health` finds it; a commit notices a failed sync by itself.
        let _ = match request {
            Request::Checkpoint => checkpoint(shared, Wish::default()).and_then(|_| trim(shared)),
            Request::Trim => trim(shared),
            Request::PrepareExtent => prepare_extent(shared),
        };
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been printed; the file is as after a crash, which is well.
            let _ = thread.join();
        }
    }
}
