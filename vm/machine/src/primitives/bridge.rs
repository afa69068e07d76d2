//! The doors of the program, for the world's `bridge`. Forks have none.

use batos_image::value::Value;

use super::{Call, Entry, FORBIDDEN, Failure, Reply, int};
use crate::doors::{Doors, Event, SendError};
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_BridgeOpen", 0, |vm, c| {
        let address = vm.receiver(c);
        let address = vm.text(address)?;
        match doors(vm)?.open(&address) {
            Ok(real) => vm.reply_text(&real),
            Err(reason) => Err(Failure::text(format!("doorError: {reason}"))),
        }
    }),
    ("_BridgeClose", 0, |vm, c| {
        let address = vm.receiver(c);
        let address = vm.text(address)?;
        let closed = doors(vm)?.close(&address);
        vm.reply_bool(closed)
    }),
    ("_BridgeInvite", 0, |vm, c| {
        let address = vm.receiver(c);
        let address = vm.text(address)?;
        match doors(vm)?.invite(&address) {
            Ok(invitation) => vm.reply_text(&invitation),
            Err(reason) => Err(Failure::text(format!("doorError: {reason}"))),
        }
    }),
    // A vector for each open door: address, role, number of clients, key for programs or nil.
    ("_BridgeDoors", 0, |vm, _| {
        let list = doors(vm)?.list();
        let mut rows = Vec::with_capacity(list.len());
        for door in list {
            let address = vm.intern(door.address.as_bytes()).value();
            let role = vm.intern(door.role.name().as_bytes()).value();
            let key = match door.key {
                Some(key) => vm.intern(key.as_bytes()).value(),
                None => vm.nil(),
            };
            rows.push(vm.new_vector(&[address, role, Value::from_usize(door.clients), key]).value());
        }
        Ok(Reply::Value(vm.new_vector(&rows).value()))
    }),
    ("_BridgeIsOpen", 0, |vm, _| {
        let open = vm.host.doors.as_ref().is_some_and(|doors| doors.is_open());
        vm.reply_bool(open)
    }),
    ("_BridgeIsWaiting", 0, |vm, _| {
        let waits = vm.host.doors.as_ref().is_some_and(|doors| doors.is_waiting());
        vm.reply_bool(waits)
    }),
    // The next thing that came in: client, role, message (nil if the client has gone, true if it has room again), reason; `urgent` for
    // a message that is not to wait behind others; `kept` as
    // the reason if the message is what was kept of it, then why the world did not go back, if it did not. Nil if there is nothing.
    ("_BridgeTake", 0, |vm, _| {
        let Some(incoming) = doors(vm)?.take() else { return Ok(Reply::Value(vm.nil())) };
        let nil = vm.nil();
        let role = vm.intern(incoming.role.name().as_bytes()).value();
        let client = Value::from_i64(incoming.client as i64).unwrap_or(Value::ZERO);
        let mut failure = None;
        let (message, reason) = match incoming.event {
            Event::Said(bytes) => match vm.reply_bytes(&bytes)? {
                Reply::Value(message) => (message, nil),
                Reply::Step(_) | Reply::Again => (nil, nil),
            },
            Event::Urgent(bytes) => match vm.reply_bytes(&bytes)? {
                Reply::Value(message) => (message, vm.intern(b"urgent").value()),
                Reply::Step(_) | Reply::Again => (nil, nil),
            },
            Event::Gone(reason) => (nil, vm.intern(reason.as_bytes()).value()),
            Event::Kept(bytes, reason) => match vm.reply_bytes(&bytes)? {
                Reply::Value(kept) => {
                    failure = reason;
                    (kept, vm.intern(b"kept").value())
                }
                Reply::Step(_) | Reply::Again => (nil, nil),
            },
            Event::Room => (vm.boolean(true), nil),
        };
        let failure = failure.map_or(nil, |text| vm.intern(text.as_bytes()).value());
        Ok(Reply::Value(vm.new_vector(&[client, role, message, reason, failure]).value()))
    }),
    ("_BridgeSend:", 1, |vm, c| {
        let message = vm.receiver(c);
        let message = vm.bytes_object(message)?;
        let bytes = vm.heap.bytes(message).to_vec();
        let client = client(vm, c)?;
        match doors(vm)?.send(client, bytes) {
            Ok(()) => Ok(Reply::Value(vm.receiver(c))),
            Err(SendError::Gone) => Err(Failure::word("goneError")),
            Err(SendError::Full) => Err(Failure::word("fullError")),
        }
    }),
    ("_BridgeKeep:", 1, |vm, c| {
        let luggage = vm.receiver(c);
        let luggage = vm.bytes_object(luggage)?;
        let bytes = vm.heap.bytes(luggage).to_vec();
        let client = client(vm, c)?;
        doors(vm)?.keep(client, bytes);
        Ok(Reply::Value(vm.receiver(c)))
    }),
    // Names of the book's chapters; the text of one.
    ("_BridgeBook", 0, |vm, _| {
        let chapters = doors(vm)?.book();
        let names: Vec<Value> = chapters.iter().map(|(name, _)| vm.intern(name.as_bytes()).value()).collect();
        Ok(Reply::Value(vm.new_vector(&names).value()))
    }),
    ("_BridgeBookText", 0, |vm, c| {
        let name = vm.receiver(c);
        let name = vm.text(name)?;
        match doors(vm)?.book().iter().find(|(known, _)| *known == name) {
            Some((_, text)) => vm.reply_text(text),
            None => Err(Failure::word("unknownChapterError")),
        }
    }),
    // Whether fewer messages than the receiver wait for the client; if not, it is told when there is room.
    ("_BridgeHasRoom:", 1, |vm, c| {
        let most = usize::try_from(int(vm.receiver(c))?).unwrap_or(0);
        let client = client(vm, c)?;
        let room = doors(vm)?.has_room(client, most);
        vm.reply_bool(room)
    }),
    ("_BridgeDismiss:", 1, |vm, c| {
        let reason = vm.receiver(c);
        let reason = vm.text(reason)?;
        let client = client(vm, c)?;
        doors(vm)?.dismiss(client, &reason);
        Ok(Reply::Value(vm.receiver(c)))
    }),
];

fn doors(vm: &mut Vm) -> Result<&mut Box<dyn Doors>, Failure> {
    vm.host.doors.as_mut().ok_or(FORBIDDEN)
}

fn client(vm: &mut Vm, call: &Call) -> Result<u64, Failure> {
    u64::try_from(int(vm.argument(call, 0))?).map_err(|_| Failure::word("goneError"))
}
