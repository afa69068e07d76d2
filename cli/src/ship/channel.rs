//! The line between two programs that hand a world over: words in JSON over a Unix socket, with descriptors beside them.
//!
//! ```text
//! u32 length of the word, little endian | u8 number of descriptors, which come with these five bytes | the word
//! ```
//!
//! Invariant: a word is taken whole or not at all; who is gone is told as `Gone`. Knows nothing of worlds.

use std::io::{IoSlice, IoSliceMut, Read, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
    SendFlags, recvmsg, sendmsg,
};
use serde_json::Value;

/// Most descriptors beside one word.
const MOST_DESCRIPTORS: usize = 32;
/// Longest word.
const LONGEST: u32 = 16 << 20;
const HEAD: usize = 5;

/// Why a word was not said or heard.
#[derive(Debug)]
pub enum Silence {
    /// The other side has ended.
    Gone,
    /// It took too long.
    Late,
    /// What came is no word.
    Strange,
}

impl std::fmt::Display for Silence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Silence::Gone => "it has ended",
            Silence::Late => "it did not answer in time",
            Silence::Strange => "it said something strange",
        })
    }
}

impl From<std::io::Error> for Silence {
    fn from(error: std::io::Error) -> Silence {
        use std::io::ErrorKind::{TimedOut, WouldBlock};
        if matches!(error.kind(), TimedOut | WouldBlock) { Silence::Late } else { Silence::Gone }
    }
}

/// What one word says: its name, its parts, and what came beside it.
#[derive(Debug)]
pub struct Heard {
    /// All of it.
    pub word: Value,
    /// Descriptors in the order in which they were given.
    pub descriptors: Vec<OwnedFd>,
}

impl Heard {
    /// The name of the word.
    pub fn name(&self) -> &str {
        self.word["word"].as_str().unwrap_or_default()
    }

    /// A part that is text.
    pub fn text(&self, part: &str) -> &str {
        self.word[part].as_str().unwrap_or_default()
    }
}

/// One end of the line.
#[derive(Debug)]
pub struct Channel(UnixStream);

impl Channel {
    /// Over a connected socket.
    pub fn over(stream: UnixStream) -> Channel {
        Channel(stream)
    }

    /// Two connected ends.
    pub fn pair() -> std::io::Result<(Channel, OwnedFd)> {
        let (mine, other) = UnixStream::pair()?;
        Ok((Channel(mine), other.into()))
    }

    /// Readable when there is something to hear.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }

    /// Whether there is something to hear, an end included.
    pub fn is_waiting(&self) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        poll(&mut [PollFd::new(&self.0, PollFlags::IN)], Some(&now)).is_ok_and(|n| n > 0)
    }

    /// Says a word.
    pub fn say(&mut self, word: &Value) -> Result<(), Silence> {
        self.say_with(word, &[])
    }

    /// Says a word and hands descriptors over.
    pub fn say_with(&mut self, word: &Value, descriptors: &[BorrowedFd<'_>]) -> Result<(), Silence> {
        let body = word.to_string();
        let length = u32::try_from(body.len()).ok().filter(|n| *n <= LONGEST).ok_or(Silence::Strange)?;
        let count = u8::try_from(descriptors.len()).map_err(|_| Silence::Strange)?;
        let mut head = [0; HEAD];
        head[..4].copy_from_slice(&length.to_le_bytes());
        head[4] = count;
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MOST_DESCRIPTORS))];
        let mut beside = SendAncillaryBuffer::new(&mut space);
        if !descriptors.is_empty() && !beside.push(SendAncillaryMessage::ScmRights(descriptors)) {
            return Err(Silence::Strange);
        }
        let sent = loop {
            match sendmsg(&self.0, &[IoSlice::new(&head)], &mut beside, SendFlags::NOSIGNAL) {
                Err(rustix::io::Errno::INTR) => {}
                sent => break sent.map_err(std::io::Error::from)?,
            }
        };
        self.0.write_all(&head[sent..])?;
        Ok(self.0.write_all(body.as_bytes())?)
    }

    /// Waits for a word, no longer than so.
    pub fn hear(&mut self, longest: Option<Duration>) -> Result<Heard, Silence> {
        self.0.set_read_timeout(longest)?;
        let mut head = [0; HEAD];
        let mut descriptors = Vec::new();
        let mut got = 0;
        while got < HEAD {
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MOST_DESCRIPTORS))];
            let mut beside = RecvAncillaryBuffer::new(&mut space);
            let mut slices = [IoSliceMut::new(&mut head[got..])];
            let read = match recvmsg(&self.0, &mut slices, &mut beside, RecvFlags::CMSG_CLOEXEC) {
                Err(rustix::io::Errno::INTR) => continue,
                read => read.map_err(std::io::Error::from)?.bytes,
            };
            for message in beside.drain() {
                if let RecvAncillaryMessage::ScmRights(rights) = message {
                    descriptors.extend(rights);
                }
            }
            if read == 0 {
                return Err(Silence::Gone);
            }
            got += read;
        }
        let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
        if length > LONGEST || descriptors.len() != usize::from(head[4]) {
            return Err(Silence::Strange);
        }
        let mut body = vec![0; length as usize];
        self.0.read_exact(&mut body)?;
        let word = serde_json::from_slice(&body).map_err(|_| Silence::Strange)?;
        Ok(Heard { word, descriptors })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_go_over_whole_with_what_is_beside_them() {
        let (mut mine, other) = Channel::pair().expect("sockets");
        let mut other = Channel::over(other.into());
        let file = tempfile::tempfile().expect("a file");
        let word = json!({"word": "take", "text": "é".repeat(100_000)});
        // A socket keeps less than this word: it is said on a thread of its own.
        let saying = std::thread::spawn(move || mine.say_with(&word, &[file.as_fd()]));
        let heard = other.hear(Some(Duration::from_secs(5))).expect("heard");
        assert!(saying.join().expect("no panic").is_ok());
        assert_eq!((heard.name(), heard.descriptors.len()), ("take", 1));
        assert_eq!(heard.text("text").chars().count(), 100_000);
    }

    #[test]
    fn an_end_and_a_pause_are_told_apart() {
        let (mut mine, other) = Channel::pair().expect("sockets");
        let heard = mine.hear(Some(Duration::from_millis(5)));
        assert!(matches!(heard, Err(Silence::Late)), "{heard:?}");
        drop(other);
        assert!(mine.is_waiting());
        assert!(matches!(mine.hear(None), Err(Silence::Gone)));
        assert!(matches!(mine.say(&json!({})), Err(Silence::Gone)));
    }
}
