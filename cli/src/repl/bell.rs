//! The bell at the doors: tells whoever waits for something else that somebody has come in.
//!
//! A thread waits at the doors' descriptor, rings once, and waits again only when it was heard: so that nobody is rung
//! up while the world is at work, which looks at its doors itself.

use std::os::fd::OwnedFd;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};

/// Rings when a descriptor can be read.
pub struct Bell {
    heard: Sender<()>,
}

impl Bell {
    /// A bell; `ring` says whether anybody may still hear it.
    pub fn new(fd: OwnedFd, ring: impl Fn() -> bool + Send + 'static) -> Bell {
        let (heard, again) = channel();
        thread::spawn(move || {
            loop {
                match poll(&mut [PollFd::new(&fd, PollFlags::IN)], None) {
                    Ok(_) => {}
                    Err(rustix::io::Errno::INTR) => continue,
                    Err(_) => return,
                }
                if !ring() || again.recv().is_err() {
                    return;
                }
            }
        });
        Bell { heard }
    }

    /// Whoever was rung up has made the descriptor unreadable, and looks after the visitors now.
    pub fn heard(&self) {
        let _ = self.heard.send(());
    }
}
