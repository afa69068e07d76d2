//! A thread that makes machine code of drafts while the program runs on. It knows nothing but what it is given; it ends when nobody can give
//! it anything any more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use cranelift_codegen::isa::OwnedTargetIsa;

use crate::compiler::{Draft, Made, make};
use crate::emit::Stop;

/// Bytes of its stack.
const STACK: usize = 8 << 20;

type Done = (u32, Result<Made, Stop>, u64);

pub(crate) struct Background {
    drafts: Sender<(u32, Draft)>,
    done: Receiver<Done>,
}

impl Background {
    /// Starts the thread; none if the system gives no more.
    pub fn new(isa: OwnedTargetIsa) -> Option<Background> {
        let (drafts, inbox) = channel::<(u32, Draft)>();
        let (outbox, done) = channel::<Done>();
        let work = move || {
            for (ticket, draft) in inbox {
                let started = Instant::now();
                // A panic in the compiler loses this compilation, and nothing else.
                let made = catch_unwind(AssertUnwindSafe(|| make(&*isa, draft)))
                    .unwrap_or(Err(Stop::Refused("the compiler gave up")));
                if outbox.send((ticket, made, started.elapsed().as_micros() as u64)).is_err() {
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name("batos-compiler".into()).stack_size(STACK);
        thread.spawn(work).ok()?;
        Some(Background { drafts, done })
    }

    /// Gives it a draft. It takes them until this is dropped.
    pub fn begin(&self, ticket: u32, draft: Draft) {
        let _ = self.drafts.send((ticket, draft));
    }

    pub fn done(&self) -> Option<Done> {
        self.done.try_recv().ok()
    }
}
