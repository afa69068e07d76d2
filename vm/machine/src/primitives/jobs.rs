//! Work that the world waits for without standing still: a program of the system that runs, a question to a web server.
//!
//! Each job has a thread of its own that knows no objects; the world asks by number whether it is done. A job that nobody wants any
//! longer is told so by its flag, which it looks at often; when the machine goes, all are told.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};

use crate::rest::Bell;

/// Most jobs at a time.
const MAX_JOBS: usize = 256;

/// What a job came to.
pub(crate) enum Done {
    /// A program ended: its status, what it wrote.
    Command { status: i32, output: Vec<u8>, errors: Vec<u8> },
    /// A server answered.
    Web(crate::host::WebAnswer),
}

/// A job's result, or a text that says why there is none.
pub(crate) type JobResult = Result<Done, String>;

struct Job {
    done: Receiver<JobResult>,
    cancel: Arc<AtomicBool>,
}

/// The jobs of a machine.
#[derive(Default)]
pub(crate) struct Jobs {
    last: i64,
    /// A job ended that nobody was told of yet.
    news: Arc<AtomicBool>,
    running: HashMap<i64, Job>,
}

impl Jobs {
    /// Starts a job; its number. The flag tells it that it is not wanted any longer.
    pub fn start(
        &mut self,
        bell: Bell,
        work: impl FnOnce(&AtomicBool) -> JobResult + Send + 'static,
    ) -> Result<i64, String> {
        if self.running.len() >= MAX_JOBS {
            return Err(format!("more than {MAX_JOBS} programs and questions at a time"));
        }
        let cancel = Arc::new(AtomicBool::new(false));
        let (sender, done) = mpsc::channel();
        let (flag, news) = (cancel.clone(), self.news.clone());
        std::thread::Builder::new()
            .name("batos job".into())
            .spawn(move || {
                // Nobody may be there to hear it.
                drop(sender.send(work(&flag)));
                drop(sender);
                news.store(true, Ordering::Relaxed);
                bell.ring();
            })
            .map_err(|e| e.to_string())?;
        self.last += 1;
        self.running.insert(self.last, Job { done, cancel });
        Ok(self.last)
    }

    /// The result of a job that is done, which is then forgotten; nothing while it runs.
    pub fn take(&mut self, number: i64) -> Option<JobResult> {
        let Some(job) = self.running.get(&number) else {
            return Some(Err("there is no such job, or its result was taken".into()));
        };
        let result = match job.done.try_recv() {
            Ok(result) => result,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err("it ended without a result".into()),
        };
        self.running.remove(&number);
        Some(result)
    }

    /// Has a job ended since that was asked last?
    pub fn take_news(&mut self) -> bool {
        self.news.swap(false, Ordering::Relaxed)
    }

    /// The same, to be asked again.
    pub fn has_news(&self) -> bool {
        self.news.load(Ordering::Relaxed)
    }

    /// Nobody wants this one any longer.
    pub fn cancel(&mut self, number: i64) {
        if let Some(job) = self.running.remove(&number) {
            job.cancel.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        for job in self.running.values() {
            job.cancel.store(true, Ordering::Relaxed);
        }
    }
}
