//! Where the doors' threads and the machine meet: what came in, in order of arrival; who is here; what each is still to be sent.
//!
//! Invariants: neither side ever waits for the other. The queue of what came in is bounded, and a door stops reading while it is full.
//! What a client was sent and has not taken is counted in messages and in bytes; beyond its budget nothing more is taken
//! for it. Knows no protocol.

use std::collections::HashMap;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use batos_machine::doors::{DoorInfo, Doors, Event, Incoming, Role, SendError};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded, unbounded};
use rustix::event::{EventfdFlags, eventfd};

use crate::address::{Address, Way};

/// Most messages that wait for the world.
const WAITING: usize = 4096;
/// Most bytes that wait for one client, unless they are those of a single message.
pub(crate) const BUDGET_BYTES: usize = 32 << 20;
/// Most messages that wait for one client.
pub(crate) const BUDGET_MESSAGES: usize = 10_000;

/// What the machine tells a door.
pub(crate) enum ToDoor {
    /// To be sent to a client.
    Send(u64, Vec<u8>),
    /// A client is to go; the reason.
    Dismiss(u64, String),
    /// The door is to be closed.
    Close,
}

/// Wakes a thread that polls a descriptor.
pub(crate) struct Waker(OwnedFd);

impl Waker {
    pub(crate) fn new() -> std::io::Result<Waker> {
        Ok(Waker(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?))
    }

    /// Makes the descriptor readable. A counter that is full is readable already.
    pub(crate) fn wake(&self) {
        let _ = rustix::io::write(&self.0, &1u64.to_ne_bytes());
    }

    /// Makes it unreadable until the next `wake`.
    pub(crate) fn clear(&self) {
        let _ = rustix::io::read(&self.0, &mut [0; 8]);
    }

    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// A client, as both sides see it.
pub(crate) struct Guest {
    to_door: Arc<Line>,
    queued_bytes: AtomicUsize,
    queued: AtomicUsize,
}

impl Guest {
    /// A message of this size was handed to the network, or thrown away.
    pub(crate) fn sent(&self, bytes: usize) {
        self.queued_bytes.fetch_sub(bytes, Ordering::Relaxed);
        self.queued.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The way from the machine to a door's thread.
pub(crate) struct Line {
    sender: Sender<ToDoor>,
    pub(crate) waker: Waker,
}

impl Line {
    /// A line, and its end in the door.
    pub(crate) fn new() -> std::io::Result<(Arc<Line>, Receiver<ToDoor>)> {
        // Unbounded, since what it holds is bounded by the clients' budgets.
        let (sender, receiver) = unbounded();
        Ok((Arc::new(Line { sender, waker: Waker::new()? }), receiver))
    }

    fn tell(&self, what: ToDoor) -> bool {
        let told = self.sender.send(what).is_ok();
        self.waker.wake();
        told
    }
}

/// The part of the bridge that all threads share.
pub(crate) struct Hub {
    incoming: Sender<Incoming>,
    waiting: AtomicUsize,
    arrival: Waker,
    guests: Mutex<HashMap<u64, Arc<Guest>>>,
    next: AtomicU64,
}

impl Hub {
    fn guests(&self) -> MutexGuard<'_, HashMap<u64, Arc<Guest>>> {
        // A thread that panicked left the table whole: nothing that can panic happens while it is held.
        self.guests.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// A client has come in by a door. Its number.
    pub(crate) fn enter(&self, to_door: &Arc<Line>) -> (u64, Arc<Guest>) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let guest = Arc::new(Guest {
            to_door: to_door.clone(),
            queued_bytes: AtomicUsize::new(0),
            queued: AtomicUsize::new(0),
        });
        self.guests().insert(number, guest.clone());
        (number, guest)
    }

    /// A client has gone.
    pub(crate) fn leave(&self, client: u64, role: Role, reason: &str) {
        self.guests().remove(&client);
        // If the queue is full the world learns of it when it next sends something.
        let _ = self.arrive(Incoming { client, role, event: Event::Gone(reason.to_owned()) });
    }

    /// Room for at least one more message.
    pub(crate) fn has_room(&self) -> bool {
        self.incoming.len() < WAITING
    }

    /// Hands something to the world. What does not fit comes back.
    pub(crate) fn arrive(&self, incoming: Incoming) -> Result<(), Incoming> {
        // Counted first, so that whoever takes it does not count below zero.
        let before = self.waiting.fetch_add(1, Ordering::AcqRel);
        match self.incoming.try_send(incoming) {
            Ok(()) => {
                if before == 0 {
                    self.arrival.wake();
                }
                Ok(())
            }
            Err(TrySendError::Full(incoming) | TrySendError::Disconnected(incoming)) => {
                self.waiting.fetch_sub(1, Ordering::AcqRel);
                Err(incoming)
            }
        }
    }
}

/// An open door.
struct Door {
    address: String,
    role: Role,
    line: Arc<Line>,
    clients: Arc<AtomicUsize>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// All doors of a program, as the machine uses them.
pub struct Bridge {
    hub: Arc<Hub>,
    taken: Receiver<Incoming>,
    doors: Vec<Door>,
    zmq: Option<zmq::Context>,
}

impl Bridge {
    /// A bridge without doors. Costs a descriptor.
    pub fn new() -> std::io::Result<Bridge> {
        let (incoming, taken) = bounded(WAITING);
        let hub = Hub {
            incoming,
            waiting: AtomicUsize::new(0),
            arrival: Waker::new()?,
            guests: Mutex::default(),
            next: AtomicU64::new(1),
        };
        Ok(Bridge { hub: Arc::new(hub), taken, doors: Vec::new(), zmq: None })
    }
}

impl Doors for Bridge {
    fn open(&mut self, text: &str) -> Result<String, String> {
        let address = Address::read(text)?;
        let role = address.role;
        let (line, inbox) = Line::new().map_err(|e| format!("no more descriptors: {e}"))?;
        let clients = Arc::new(AtomicUsize::new(0));
        let (address, thread) = match address.way {
            Way::Ipc(_) | Way::Tcp(_) => {
                let context = self.zmq.get_or_insert_with(zmq::Context::new);
                crate::zmq::open(context, &address, self.hub.clone(), line.clone(), inbox, clients.clone())?
            }
            Way::Http(_) => return Err("this program was built without the HTTP door".into()),
        };
        self.doors.push(Door { address: address.clone(), role, line, clients, thread: Some(thread) });
        Ok(address)
    }

    fn close(&mut self, address: &str) -> bool {
        let Some(at) = self.doors.iter().position(|door| door.address == address) else { return false };
        drop(self.doors.remove(at));
        true
    }

    fn list(&self) -> Vec<DoorInfo> {
        let info = |door: &Door| DoorInfo {
            address: door.address.clone(),
            role: door.role,
            clients: door.clients.load(Ordering::Relaxed),
        };
        self.doors.iter().map(info).collect()
    }

    fn take(&mut self) -> Option<Incoming> {
        let incoming = self.taken.try_recv().ok()?;
        self.hub.waiting.fetch_sub(1, Ordering::AcqRel);
        Some(incoming)
    }

    fn is_waiting(&self) -> bool {
        !self.taken.is_empty()
    }

    fn send(&mut self, client: u64, message: Vec<u8>) -> Result<(), SendError> {
        let Some(guest) = self.hub.guests().get(&client).cloned() else { return Err(SendError::Gone) };
        let (bytes, messages) =
            (guest.queued_bytes.load(Ordering::Relaxed), guest.queued.load(Ordering::Relaxed));
        if messages >= BUDGET_MESSAGES || (messages > 0 && bytes + message.len() > BUDGET_BYTES) {
            return Err(SendError::Full);
        }
        guest.queued_bytes.fetch_add(message.len(), Ordering::Relaxed);
        guest.queued.fetch_add(1, Ordering::Relaxed);
        if guest.to_door.tell(ToDoor::Send(client, message)) { Ok(()) } else { Err(SendError::Gone) }
    }

    fn dismiss(&mut self, client: u64, reason: &str) {
        let guest = self.hub.guests().get(&client).cloned();
        if let Some(guest) = guest {
            guest.to_door.tell(ToDoor::Dismiss(client, reason.to_owned()));
        }
    }

    fn wake_fd(&self) -> Option<BorrowedFd<'_>> {
        Some(self.hub.arrival.fd())
    }

    fn clear_wake(&mut self) {
        self.hub.arrival.clear();
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.line.tell(ToDoor::Close);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has closed its sockets on the way.
            let _ = thread.join();
        }
    }
}
