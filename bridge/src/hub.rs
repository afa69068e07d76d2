//! Where the doors' threads and the machine meet: what came in, in order of arrival; who is here; what each is still to be sent.
//!
//! Invariants: neither side ever waits for the other. The queue of what came in is bounded, and a door stops reading while it is full.
//! What a client was sent and has not taken is counted in messages and in bytes; beyond its budget nothing more is taken
//! for it. Knows no protocol.

use std::collections::{HashMap, VecDeque};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use batos_machine::doors::{DoorInfo, Doors, Event, Handed, Incoming, Role, SendError};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use rustix::event::{EventfdFlags, eventfd};

use crate::address::{Address, Way};
use crate::http::Guard;
use crate::registry::Registry;

/// Most messages that wait for the world; no more is read either while those that do are so many bytes.
const WAITING: usize = 4096;
const WAITING_BYTES: usize = 64 << 20;
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
    /// The same, but what was to be sent goes out first, as far as clients read it soon.
    HandOver,
}

/// Wakes a thread that polls a descriptor. Rung once until it was heard: who tells much does not ring for each word.
pub(crate) struct Waker {
    fd: OwnedFd,
    rung: AtomicBool,
}

impl Waker {
    pub(crate) fn new() -> std::io::Result<Waker> {
        let fd = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        Ok(Waker { fd, rung: AtomicBool::new(false) })
    }

    /// Makes the descriptor readable. A counter that is full is readable already.
    pub(crate) fn wake(&self) {
        if !self.rung.swap(true, Ordering::SeqCst) {
            let _ = rustix::io::write(&self.fd, &1u64.to_ne_bytes());
        }
    }

    /// Makes it unreadable until the next `wake`. Whoever clears it looks for what there is afterwards: what was told before a
    /// `wake` that found it rung is there then.
    pub(crate) fn clear(&self) {
        // In this order: a `wake` in between finds it rung, and what it tells of is found by whoever clears.
        let _ = rustix::io::read(&self.fd, &mut [0; 8]);
        self.rung.store(false, Ordering::SeqCst);
    }

    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// A client, as both sides see it.
pub(crate) struct Guest {
    number: u64,
    role: Role,
    to_door: Arc<Line>,
    queued_bytes: AtomicUsize,
    queued: AtomicUsize,
    /// The world is to be told when no more than so many messages wait; `NOBODY_ASKED` otherwise.
    tell_at: AtomicUsize,
}

const NOBODY_ASKED: usize = usize::MAX;

/// The way from the machine to a door's thread.
pub(crate) struct Line {
    tell: Box<dyn Fn(ToDoor) -> bool + Send + Sync>,
}

impl Line {
    /// A line; `tell` hands over without waiting, and says whether somebody still listens.
    pub(crate) fn new(tell: impl Fn(ToDoor) -> bool + Send + Sync + 'static) -> Arc<Line> {
        Arc::new(Line { tell: Box::new(tell) })
    }

    fn tell(&self, what: ToDoor) -> bool {
        (self.tell)(what)
    }
}

/// The part of the bridge that all threads share.
pub(crate) struct Hub {
    incoming: Sender<Incoming>,
    waiting: AtomicUsize,
    waiting_bytes: AtomicUsize,
    arrival: Waker,
    guests: Mutex<HashMap<u64, Arc<Guest>>>,
    next: AtomicU64,
    /// Nothing more is read.
    paused: AtomicBool,
}

impl Hub {
    fn guests(&self) -> MutexGuard<'_, HashMap<u64, Arc<Guest>>> {
        // A thread that panicked left the table whole: nothing that can panic happens while it is held.
        self.guests.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// A client has come in by a door. Its number.
    pub(crate) fn enter(&self, to_door: &Arc<Line>, role: Role) -> (u64, Arc<Guest>) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let guest = Arc::new(Guest {
            number,
            role,
            to_door: to_door.clone(),
            queued_bytes: AtomicUsize::new(0),
            queued: AtomicUsize::new(0),
            tell_at: AtomicUsize::new(NOBODY_ASKED),
        });
        self.guests().insert(number, guest.clone());
        (number, guest)
    }

    /// A message of this size was handed to the network.
    pub(crate) fn sent(&self, guest: &Guest, bytes: usize) {
        guest.queued_bytes.fetch_sub(bytes, Ordering::Relaxed);
        let left = guest.queued.fetch_sub(1, Ordering::SeqCst) - 1;
        let at = guest.tell_at.load(Ordering::SeqCst);
        if at == NOBODY_ASKED || left > at {
            return;
        }
        if guest.tell_at.compare_exchange(at, NOBODY_ASKED, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
            // If the queue is full the world looks again when this client or somebody else is told something.
            let room = Incoming { client: guest.number, role: guest.role, event: Event::Room };
            if self.arrive(room).is_err() {
                guest.tell_at.store(at, Ordering::SeqCst);
            }
        }
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
            && self.waiting_bytes.load(Ordering::Relaxed) < WAITING_BYTES
            && !self.paused.load(Ordering::Relaxed)
    }

    /// Hands something to the world. What does not fit comes back.
    pub(crate) fn arrive(&self, incoming: Incoming) -> Result<(), Incoming> {
        batos_machine::host::activity().touch();
        // Counted first, so that whoever takes it does not count below zero.
        let before = self.waiting.fetch_add(1, Ordering::AcqRel);
        let bytes = size(&incoming.event);
        self.waiting_bytes.fetch_add(bytes, Ordering::Relaxed);
        match self.incoming.try_send(incoming) {
            Ok(()) => {
                if before == 0 {
                    self.arrival.wake();
                }
                Ok(())
            }
            Err(TrySendError::Full(incoming) | TrySendError::Disconnected(incoming)) => {
                self.waiting.fetch_sub(1, Ordering::AcqRel);
                self.waiting_bytes.fetch_sub(bytes, Ordering::Relaxed);
                Err(incoming)
            }
        }
    }
}

/// How many bytes a client said.
fn size(event: &Event) -> usize {
    match event {
        Event::Said(bytes) | Event::Urgent(bytes) => bytes.len(),
        Event::Gone(_) | Event::Kept(..) | Event::Room => 0,
    }
}

/// What opening a door gives.
pub(crate) struct Opened {
    /// Its address as it really is.
    pub(crate) address: String,
    pub(crate) line: Arc<Line>,
    pub(crate) thread: std::thread::JoinHandle<()>,
    /// Who may come in, where that is asked.
    pub(crate) guard: Option<Arc<Guard>>,
    /// Where clients knock, where that can be handed on.
    pub(crate) listener: Option<OwnedFd>,
}

/// An open door.
struct Door {
    address: String,
    role: Role,
    line: Arc<Line>,
    clients: Arc<AtomicUsize>,
    thread: Option<std::thread::JoinHandle<()>>,
    guard: Option<Arc<Guard>>,
    listener: Option<OwnedFd>,
}

impl Door {
    /// Closes it when all was sent.
    fn hand_over(mut self) -> Handed {
        self.line.tell(ToDoor::HandOver);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        Handed {
            address: format!("{}?role={}", self.address, self.role.name()),
            listener: self.listener.take(),
            secrets: self.guard.as_ref().map(|guard| guard.secrets()).unwrap_or_default(),
        }
    }

    /// An address with a token for one more browser, where tokens are asked for.
    fn invite(&self) -> Option<Result<String, String>> {
        let token = self.guard.as_ref()?.token();
        Some(token.map(|token| format!("{}/?token={token}", self.address)))
    }
}

/// What a client said, as an event. What is not to wait behind its own earlier messages is told apart: the wish to end one of them.
pub(crate) fn event(bytes: Vec<u8>) -> Event {
    const LONGEST_WISH: usize = 1024;
    let may_be_one = bytes.len() <= LONGEST_WISH && bytes.windows(6).any(|part| part == b"cancel");
    if may_be_one && let Ok(value) = rmp_serde::from_slice::<serde_json::Value>(&bytes) {
        let says =
            |field: &str, text: &str| value.get(field).and_then(serde_json::Value::as_str) == Some(text);
        if says("command", "cancel") || says("method", "notifications/cancelled") {
            return Event::Urgent(bytes);
        }
    }
    Event::Said(bytes)
}

/// All doors of a program, as the machine uses them.
pub struct Bridge {
    hub: Arc<Hub>,
    taken: Receiver<Incoming>,
    doors: Vec<Door>,
    zmq: Option<zmq::Context>,
    /// What clients are to have again when the world has gone back.
    kept: Vec<Incoming>,
    /// The same, once it has: comes before anything else.
    returned: VecDeque<Incoming>,
    /// The image that is behind the doors, for those who look for them.
    image: String,
    registry: Option<Registry>,
}

impl Bridge {
    /// A bridge without doors, to this image. Costs a descriptor.
    pub fn new(image: &str) -> std::io::Result<Bridge> {
        let (incoming, taken) = bounded(WAITING);
        let hub = Hub {
            incoming,
            waiting: AtomicUsize::new(0),
            waiting_bytes: AtomicUsize::new(0),
            arrival: Waker::new()?,
            guests: Mutex::default(),
            next: AtomicU64::new(1),
            paused: AtomicBool::new(false),
        };
        Ok(Bridge {
            hub: Arc::new(hub),
            taken,
            doors: Vec::new(),
            zmq: None,
            kept: Vec::new(),
            returned: VecDeque::new(),
            image: image.to_owned(),
            registry: None,
        })
    }
}

impl Bridge {
    /// Whoever looks for open doors finds these. Those on the standard streams lead nowhere for others.
    fn tell_registry(&mut self) {
        let doors: Vec<DoorInfo> =
            self.list().into_iter().filter(|door| door.address.contains("://")).collect();
        if self.registry.is_none() && !doors.is_empty() {
            self.registry = Registry::new();
        }
        if let Some(registry) = &mut self.registry {
            registry.tell(&self.image, &doors);
        }
    }

    /// Opens a door on the standard streams, for an agent that started this program. `on_end` is called when the agent has gone, and
    /// what it asked is answered.
    pub fn open_streams(
        &mut self,
        role: Role,
        on_end: impl Fn() + Send + Sync + 'static,
    ) -> Result<String, String> {
        let clients = Arc::new(AtomicUsize::new(0));
        let opened = crate::mcp::stdio::open(role, self.hub.clone(), clients.clone(), Box::new(on_end))?;
        let Opened { address, line, thread, guard, listener } = opened;
        let thread = Some(thread);
        self.doors.push(Door { address: address.clone(), role, line, clients, thread, guard, listener });
        Ok(address)
    }

    /// Opens a door, or goes on with one that another program had. Its address as it really is.
    fn add(&mut self, text: &str, handed: Option<(OwnedFd, Vec<String>)>) -> Result<String, String> {
        let address = Address::read(text)?;
        let role = address.role;
        let clients = Arc::new(AtomicUsize::new(0));
        let hub = self.hub.clone();
        let opened = match address.way {
            Way::Ipc(_) | Way::Tcp(_) => {
                let context = self.zmq.get_or_insert_with(zmq::Context::new);
                crate::zmq::open(context, &address, hub, clients.clone())?
            }
            Way::Http(at) => match handed {
                None => crate::http::open(at, role, hub, clients.clone())?,
                Some((listener, secrets)) => {
                    crate::http::go_on(listener, &secrets, role, hub, clients.clone())?
                }
            },
        };
        let Opened { address, line, thread, guard, listener } = opened;
        let thread = Some(thread);
        self.doors.push(Door { address: address.clone(), role, line, clients, thread, guard, listener });
        self.tell_registry();
        Ok(address)
    }
}

impl Doors for Bridge {
    fn open(&mut self, text: &str) -> Result<String, String> {
        let address = self.add(text, None)?;
        let invitation = self.doors.last().and_then(Door::invite).transpose()?;
        Ok(invitation.unwrap_or(address))
    }

    fn invite(&mut self, address: &str) -> Result<String, String> {
        let door = self.doors.iter().find(|door| door.address == address);
        let door = door.ok_or_else(|| format!("there is no open door {address}"))?;
        door.invite().unwrap_or_else(|| Err(format!("whoever reaches {address} may come in")))
    }

    fn close(&mut self, address: &str) -> bool {
        let Some(at) = self.doors.iter().position(|door| door.address == address) else { return false };
        drop(self.doors.remove(at));
        self.tell_registry();
        true
    }

    fn is_open(&self) -> bool {
        !self.doors.is_empty()
    }

    fn pause(&mut self, paused: bool) {
        self.hub.paused.store(paused, Ordering::Relaxed);
    }

    fn hand_over(&mut self) -> Vec<Handed> {
        let handed = self.doors.drain(..).map(Door::hand_over).collect();
        // Waits until the library has sent what it has, and given addresses back.
        self.zmq = None;
        handed
    }

    fn take_over(&mut self, door: Handed) -> Result<String, String> {
        let Handed { address, listener, secrets } = door;
        self.add(&address, listener.map(|listener| (listener, secrets)))
    }

    fn list(&self) -> Vec<DoorInfo> {
        let info = |door: &Door| DoorInfo {
            address: door.address.clone(),
            role: door.role,
            clients: door.clients.load(Ordering::Relaxed),
            key: door.guard.as_ref().map(|guard| guard.key().to_owned()),
        };
        self.doors.iter().map(info).collect()
    }

    fn take(&mut self) -> Option<Incoming> {
        if let Some(returned) = self.returned.pop_front() {
            return Some(returned);
        }
        let incoming = self.taken.try_recv().ok()?;
        self.hub.waiting.fetch_sub(1, Ordering::AcqRel);
        self.hub.waiting_bytes.fetch_sub(size(&incoming.event), Ordering::Relaxed);
        Some(incoming)
    }

    fn is_waiting(&self) -> bool {
        !self.taken.is_empty() || !self.returned.is_empty()
    }

    fn send(&mut self, client: u64, message: Vec<u8>) -> Result<(), SendError> {
        let Some(guest) = self.hub.guests().get(&client).cloned() else { return Err(SendError::Gone) };
        let (bytes, messages) =
            (guest.queued_bytes.load(Ordering::Relaxed), guest.queued.load(Ordering::Relaxed));
        if messages >= BUDGET_MESSAGES || (messages > 0 && bytes + message.len() > BUDGET_BYTES) {
            return Err(SendError::Full);
        }
        guest.queued_bytes.fetch_add(message.len(), Ordering::Relaxed);
        guest.queued.fetch_add(1, Ordering::SeqCst);
        if guest.to_door.tell(ToDoor::Send(client, message)) { Ok(()) } else { Err(SendError::Gone) }
    }

    fn has_room(&mut self, client: u64, messages: usize) -> bool {
        let Some(guest) = self.hub.guests().get(&client).cloned() else { return true };
        if guest.queued.load(Ordering::SeqCst) < messages {
            return true;
        }
        // Asked first, looked once more then: whoever takes the last message between the two sees what was asked.
        guest.tell_at.store(messages / 2, Ordering::SeqCst);
        guest.queued.load(Ordering::SeqCst) <= messages / 2
    }

    fn dismiss(&mut self, client: u64, reason: &str) {
        let guest = self.hub.guests().get(&client).cloned();
        if let Some(guest) = guest {
            guest.to_door.tell(ToDoor::Dismiss(client, reason.to_owned()));
        }
    }

    fn keep(&mut self, client: u64, luggage: Vec<u8>) {
        let Some(guest) = self.hub.guests().get(&client).cloned() else { return };
        self.kept.push(Incoming { client, role: guest.role, event: Event::Kept(luggage, None) });
    }

    fn went_back(&mut self, failure: Option<&str>) {
        for mut kept in std::mem::take(&mut self.kept) {
            if let Event::Kept(_, reason) = &mut kept.event {
                *reason = failure.map(str::to_owned);
            }
            self.returned.push_back(kept);
        }
    }

    fn book(&self) -> &'static [(&'static str, &'static str)] {
        crate::CHAPTERS
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
