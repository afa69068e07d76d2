//! ZeroMQ doors: a ROUTER socket whose clients are DEALERs (or REQs: an empty delimiter is given back as it came). One frame is one
//! message.
//!
//! One thread owns a door's socket, and never waits in a send: with `ROUTER_MANDATORY` the library tells of clients that are
//! gone or don't read, and what those are to get waits here, within their budgets. Without it, libzmq drops answers silently.
//! Who connects and says nothing costs nothing here: clients are known by what they said last, and the one that was silent for
//! longest makes room.

use std::collections::{HashMap, VecDeque};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use batos_machine::doors::{Incoming, Role};
use crossbeam_channel::Receiver;
use zmq::{Context, DONTWAIT, PollItem, SNDMORE, Socket};

use crate::address::{Address, Way};
use crate::form::{self, FormError, LONGEST};
use crate::hub::{Guest, Hub, Line, Opened, ToDoor, Waker, event};

/// Most clients that a door knows at a time.
const CLIENTS: usize = 1024;
/// Most messages read before answers have their turn.
const AT_A_TIME: usize = 256;
/// Milliseconds after which a full world is looked at again.
const AGAIN: i64 = 5;
/// Milliseconds after which what could not be sent is tried again: the longer the longer nobody took anything.
const SOON: i64 = 1;
const LATE: i64 = 64;
/// Milliseconds that clients have to read their last answers when another program goes on with the door.
const LAST_WORDS: i32 = 200;
/// Messages that libzmq keeps for one client, either way. It counts no bytes: so few that even large ones find room; what waits beyond
/// that waits here, where bytes are counted.
const HIGH_WATER: i32 = 64;

/// Somebody who has said something.
struct Client {
    number: u64,
    guest: Arc<Guest>,
    /// It puts an empty frame before its messages, as REQ sockets do.
    delimiter: bool,
    pending: VecDeque<Vec<u8>>,
    /// When it was heard last, counted in messages.
    heard: u64,
}

struct Door {
    socket: Socket,
    role: Role,
    hub: Arc<Hub>,
    line: Arc<Line>,
    waker: Arc<Waker>,
    inbox: Receiver<ToDoor>,
    count: Arc<AtomicUsize>,
    clients: HashMap<Vec<u8>, Client>,
    /// Identities by number.
    identities: HashMap<u64, Vec<u8>>,
    heard: u64,
    /// Clients to which something could not be sent.
    slow: usize,
    /// How long to wait until that is tried again.
    patience: i64,
}

/// Opens a ZeroMQ door. Its address as it really is, and its thread.
pub(crate) fn open(
    context: &Context,
    address: &Address,
    hub: Arc<Hub>,
    count: Arc<AtomicUsize>,
) -> Result<Opened, String> {
    if let Way::Ipc(path) = &address.way {
        guard(path)?;
    }
    let socket = listen(context, &address.to_string())
        .map_err(|e| format!("{address} can't be opened: {}", e.message().to_lowercase()))?;
    let real = match &address.way {
        Way::Tcp(_) => socket.get_last_endpoint().ok().and_then(Result::ok).unwrap_or(address.to_string()),
        _ => address.to_string(),
    };
    let role = address.role;
    let waker = Arc::new(Waker::new().map_err(|e| format!("no more descriptors for {address}: {e}"))?);
    // Unbounded, since what it holds is bounded by the clients' budgets.
    let (sender, inbox) = crossbeam_channel::unbounded();
    let wake = waker.clone();
    let line = Line::new(move |what| {
        let told = sender.send(what).is_ok();
        wake.wake();
        told
    });
    let mut door = Door {
        socket,
        role,
        hub,
        line: line.clone(),
        waker,
        inbox,
        count,
        clients: HashMap::new(),
        identities: HashMap::new(),
        heard: 0,
        slow: 0,
        patience: SOON,
    };
    let thread = std::thread::Builder::new()
        .name("bridge-zmq".into())
        .spawn(move || door.run())
        .map_err(|e| format!("no thread for {address}: {e}"))?;
    Ok(Opened { address: real, line, thread, guard: None, listener: None })
}

/// Sockets of libzmq can be used by all who reach them: so nobody else may reach this one. Makes the directory if it is missing.
fn guard(path: &Path) -> Result<(), String> {
    let directory = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let shown = directory.display();
    match std::fs::metadata(directory) {
        Err(_) => std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)
            .map_err(|e| format!("the directory {shown} can't be made: {e}"))?,
        Ok(found) => {
            let mine = found.uid() == rustix::process::geteuid().as_raw();
            if !mine || found.permissions().mode() & 0o077 != 0 {
                return Err(format!(
                    "others could reach a socket in {shown}: use a directory of your own (mkdir -m 700)"
                ));
            }
        }
    }
    // libzmq replaces a socket that is there, even one in use.
    if std::os::unix::net::UnixStream::connect(path).is_ok() {
        return Err(format!("{} is in use by another program", path.display()));
    }
    Ok(())
}

fn listen(context: &Context, address: &str) -> zmq::Result<Socket> {
    let socket = context.socket(zmq::ROUTER)?;
    socket.set_router_mandatory(true)?;
    // A client that comes back under its name gets its answers: without this a second one of the same name never would.
    socket.set_router_handover(true)?;
    socket.set_linger(0)?;
    socket.set_sndhwm(HIGH_WATER)?;
    socket.set_rcvhwm(HIGH_WATER)?;
    socket.set_maxmsgsize(LONGEST as i64)?;
    socket.set_heartbeat_ivl(5000)?;
    socket.set_heartbeat_timeout(15000)?;
    socket.set_heartbeat_ttl(15000)?;
    socket.set_ipv6(address.starts_with("tcp://["))?;
    socket.bind(address)?;
    Ok(socket)
}

/// What a message's form says to whoever sent it.
fn complaint(error: FormError) -> Vec<u8> {
    let mut bytes = Vec::new();
    let text = error.to_string();
    let string = |bytes: &mut Vec<u8>, text: &str| {
        // Writing into a vector does not fail.
        let _ = rmp::encode::write_str(bytes, text);
    };
    bytes.push(0x81);
    string(&mut bytes, "error");
    bytes.push(0x83);
    for part in
        ["code", "bad_form", "message", &text, "help", "a message is one MessagePack map with string keys"]
    {
        string(&mut bytes, part);
    }
    bytes
}

impl Door {
    fn run(&mut self) {
        loop {
            if !self.deliver() {
                break;
            }
            let reads = self.hub.has_room();
            // Whatever waited while nobody polled is seen by the first poll.
            let mut items = [
                PollItem::from_fd(self.waker.fd().as_raw_fd(), zmq::POLLIN),
                self.socket.as_poll_item(zmq::POLLIN),
            ];
            let items = if reads { &mut items[..] } else { &mut items[..1] };
            let timeout = match (reads, self.slow) {
                (true, 0) => -1,
                (true, _) => self.patience,
                (false, 0) => AGAIN,
                (false, _) => AGAIN.min(self.patience),
            };
            match zmq::poll(items, timeout) {
                Ok(_) | Err(zmq::Error::EINTR) => {}
                Err(_) => break,
            }
            self.waker.clear();
            if reads {
                self.receive();
            }
        }
        for (_, client) in self.clients.drain() {
            self.hub.leave(client.number, self.role, "the door was closed");
        }
        self.count.store(0, Ordering::Relaxed);
    }

    /// Reads what clients said, up to a bound.
    fn receive(&mut self) {
        for _ in 0..AT_A_TIME {
            if !self.hub.has_room() {
                return;
            }
            let Ok(identity) = self.socket.recv_bytes(DONTWAIT) else { return };
            let mut frames = Vec::with_capacity(2);
            while self.socket.get_rcvmore() == Ok(true) {
                let Ok(frame) = self.socket.recv_bytes(0) else { return };
                // A flood of frames is read to its end, but not kept.
                if frames.len() < 3 {
                    frames.push(frame);
                }
            }
            let delimiter = frames.len() > 1 && frames[0].is_empty();
            if delimiter {
                frames.remove(0);
            }
            let message = if frames.len() == 1 { frames.pop() } else { None };
            self.said(identity, delimiter, message);
        }
    }

    fn said(&mut self, identity: Vec<u8>, delimiter: bool, message: Option<Vec<u8>>) {
        self.heard += 1;
        let heard = self.heard;
        if !self.clients.contains_key(&identity) {
            self.make_room();
            let (number, guest) = self.hub.enter(&self.line, self.role);
            self.identities.insert(number, identity.clone());
            let client = Client { number, guest, delimiter, pending: VecDeque::new(), heard };
            self.clients.insert(identity.clone(), client);
            self.count.store(self.clients.len(), Ordering::Relaxed);
        }
        let Some(client) = self.clients.get_mut(&identity) else { return };
        client.delimiter = delimiter;
        client.heard = heard;
        let message = message.ok_or(FormError::Frames);
        let message = match message.and_then(|message| form::check(&message).map(|()| message)) {
            Ok(message) => message,
            Err(error) => {
                self.answer(&identity, &complaint(error));
                return;
            }
        };
        let incoming = Incoming { client: client.number, role: self.role, event: event(message) };
        // `receive` has seen that there is room, and only this thread and other doors fill it: in the worst case a message waits
        // for a place together with its door.
        let mut incoming = incoming;
        while let Err(back) = self.hub.arrive(incoming) {
            incoming = back;
            std::thread::sleep(std::time::Duration::from_millis(AGAIN as u64));
        }
    }

    /// Forgets whoever was silent for longest, if there are too many.
    fn make_room(&mut self) {
        if self.clients.len() < CLIENTS {
            return;
        }
        let silent = self.clients.iter().min_by_key(|(_, client)| client.heard).map(|(name, _)| name.clone());
        if let Some(identity) = silent {
            self.forget(&identity, "others have come");
        }
    }

    fn forget(&mut self, identity: &[u8], reason: &str) {
        let Some(client) = self.clients.remove(identity) else { return };
        self.slow -= usize::from(!client.pending.is_empty());
        self.identities.remove(&client.number);
        self.hub.leave(client.number, self.role, reason);
        self.count.store(self.clients.len(), Ordering::Relaxed);
    }

    /// Tries to send; false if the client has no room, an error if it is gone.
    fn try_send(&self, identity: &[u8], delimiter: bool, message: &[u8]) -> Result<bool, zmq::Error> {
        match self.socket.send(identity, DONTWAIT | SNDMORE) {
            Ok(()) => {}
            Err(zmq::Error::EAGAIN) => return Ok(false),
            Err(error) => return Err(error),
        }
        // Only the first frame of a message is refused.
        if delimiter {
            self.socket.send(&b""[..], DONTWAIT | SNDMORE)?;
        }
        self.socket.send(message, DONTWAIT)?;
        Ok(true)
    }

    /// An answer of the door's own, outside of the budget: dropped if the client does not read.
    fn answer(&mut self, identity: &[u8], message: &[u8]) {
        let Some(client) = self.clients.get(identity) else { return };
        if client.pending.is_empty() && self.try_send(identity, client.delimiter, message).is_err() {
            self.forget(identity, "the connection has ended");
        }
    }

    /// Sends what the machine has for clients, and what could not be sent before; false when the door is to be closed.
    fn deliver(&mut self) -> bool {
        if self.slow > 0 {
            let slow: Vec<Vec<u8>> = self
                .clients
                .iter()
                .filter(|(_, c)| !c.pending.is_empty())
                .map(|(name, _)| name.clone())
                .collect();
            let taken = slow.iter().filter(|identity| self.flush(identity)).count();
            self.patience = if taken > 0 { SOON } else { (self.patience * 2).min(LATE) };
        }
        while let Ok(what) = self.inbox.try_recv() {
            match what {
                ToDoor::Close => return false,
                ToDoor::HandOver => {
                    // What the library has is sent after the socket is closed, for so long.
                    let _ = self.socket.set_linger(LAST_WORDS);
                    return false;
                }
                ToDoor::Dismiss(number, reason) => {
                    if let Some(identity) = self.identities.get(&number).cloned() {
                        self.forget(&identity, &reason);
                    }
                }
                ToDoor::Send(number, message) => {
                    let Some(identity) = self.identities.get(&number).cloned() else { continue };
                    let Some(client) = self.clients.get_mut(&identity) else { continue };
                    let waits = !client.pending.is_empty();
                    client.pending.push_back(message);
                    if !waits {
                        self.slow += 1;
                        self.flush(&identity);
                        self.patience = SOON;
                    }
                }
            }
        }
        true
    }

    /// Sends what waits for a client, as far as it goes. Whether it took something.
    fn flush(&mut self, identity: &[u8]) -> bool {
        let mut taken = false;
        loop {
            let Some(client) = self.clients.get(identity) else { return taken };
            let Some(message) = client.pending.front() else {
                self.slow -= 1;
                return taken;
            };
            match self.try_send(identity, client.delimiter, message) {
                Ok(false) => return taken,
                Ok(true) => {
                    taken = true;
                    let Some(client) = self.clients.get_mut(identity) else { return taken };
                    let size = client.pending.pop_front().map_or(0, |m| m.len());
                    self.hub.sent(&client.guest, size);
                }
                Err(_) => {
                    self.forget(identity, "the connection has ended");
                    return taken;
                }
            }
        }
    }
}
