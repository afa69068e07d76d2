//! Doors: how programs, browsers and agents outside speak to a world. The machine only declares what a bridge offers; sockets,
//! threads and protocols are the bridge's, and what may be said is the world's (`stdlib/bridge/`).
//!
//! Invariant: nothing here waits. What a client sends waits in a bounded queue until the world takes it; what the world
//! sends waits in a bounded queue of that client, and is refused when that one is full.

use std::os::fd::{BorrowedFd, OwnedFd};

/// What a client may do. Each door gives its clients one role; a greater one includes the lesser.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Role {
    /// See what is shown and what is told of objects.
    Look,
    /// Also send messages to what is shown.
    Touch,
    /// Also evaluate, and add and remove methods.
    Change,
}

impl Role {
    /// All of them, the least first.
    pub const ALL: [Role; 3] = [Role::Look, Role::Touch, Role::Change];

    /// Its name in addresses, contracts and logs.
    pub fn name(self) -> &'static str {
        match self {
            Role::Look => "look",
            Role::Touch => "touch",
            Role::Change => "change",
        }
    }

    /// The role of this name.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// What came in at a door.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Who it came from; numbers are not used again while the program runs.
    pub client: u64,
    /// What that client may do.
    pub role: Role,
    /// What happened.
    pub event: Event,
}

/// What a client did.
#[derive(Clone, Debug)]
pub enum Event {
    /// It said something: a MessagePack map whose form was checked.
    Said(Vec<u8>),
    /// It said something that is not to wait behind its earlier messages.
    Urgent(Vec<u8>),
    /// It has gone, or was shown the door; the reason.
    Gone(String),
    /// The world went back to an older commit; what `Doors::keep` was given before. It forgot everything, but why it is not at that
    /// commit, if it is not.
    Kept(Vec<u8>, Option<String>),
    /// It has taken what it was sent, after `Doors::has_room` had said that it did not.
    Room,
}

/// What is told of an open door.
#[derive(Clone, Debug)]
pub struct DoorInfo {
    /// Its address, as clients use it.
    pub address: String,
    /// What its clients may do.
    pub role: Role,
    /// How many clients it knows.
    pub clients: usize,
    /// What programs show to come in, where that is asked.
    pub key: Option<String>,
}

/// A door that was closed so that another program can go on with it.
#[derive(Debug)]
pub struct Handed {
    /// Its address as it really is, with the role of its clients.
    pub address: String,
    /// Where clients knock, if that can be handed on; else the address is opened anew.
    pub listener: Option<OwnedFd>,
    /// What clients show to come in.
    pub secrets: Vec<String>,
}

/// Why something was not sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SendError {
    /// There is no such client any more.
    Gone,
    /// The client does not read: its queue is full.
    Full,
}

/// The doors of a program.
pub trait Doors {
    /// Opens a door; its address as it really is. The error says what to do.
    fn open(&mut self, address: &str) -> Result<String, String>;
    /// An address by which one more browser may come in at this door.
    fn invite(&mut self, address: &str) -> Result<String, String>;
    /// Closes the door of this address; whether there was one.
    fn close(&mut self, address: &str) -> bool;
    /// Whether there is an open door.
    fn is_open(&self) -> bool;
    /// Stops reading what clients say, or goes on with it.
    fn pause(&mut self, paused: bool);
    /// Sends what waits for clients, closes all doors, and tells what is needed to go on with them.
    fn hand_over(&mut self) -> Vec<Handed>;
    /// Goes on with a door that was handed over. Its address as it really is.
    fn take_over(&mut self, door: Handed) -> Result<String, String>;
    /// The open doors.
    fn list(&self) -> Vec<DoorInfo>;
    /// The next thing that came in. Does not wait.
    fn take(&mut self) -> Option<Incoming>;
    /// Whether something waits to be taken. Cheap: asked at every turn of the scheduler.
    fn is_waiting(&self) -> bool;
    /// Sends a client a message (MessagePack). Does not wait.
    fn send(&mut self, client: u64, message: Vec<u8>) -> Result<(), SendError>;
    /// Whether fewer messages than this wait for a client. If not, `Event::Room` tells when it has taken half of them.
    fn has_room(&mut self, client: u64, messages: usize) -> bool;
    /// Sends a client away.
    fn dismiss(&mut self, client: u64, reason: &str);
    /// Keeps something of a client that is to come back, before anything else, when the world has gone back to an older commit.
    fn keep(&mut self, client: u64, luggage: Vec<u8>);
    /// The world has gone back, or it has failed to for a reason: what was kept comes back.
    fn went_back(&mut self, failure: Option<&str>);
    /// The chapters of the book: name and text.
    fn book(&self) -> &'static [(&'static str, &'static str)];
    /// A descriptor that can be read while something waits, for those who wait for several things at once.
    fn wake_fd(&self) -> Option<BorrowedFd<'_>>;
    /// Makes that descriptor unreadable until something more comes in. Whoever sleeps on it looks at `is_waiting` between this
    /// and the next sleep.
    fn clear_wake(&mut self);
}
