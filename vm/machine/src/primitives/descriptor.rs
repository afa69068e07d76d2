//! Descriptors of the operating system, behind proxies: `open`, `read`, `write`, `close` and their like, for real Self's file objects.
//!
//! A proxy holds the number of a descriptor and the token of the run of the machine that opened it: one from an earlier run is dead. Only the
//! standard three and those opened here are reached; programs can't touch the files of the machine itself.

use std::collections::BTreeMap;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::sync::atomic::Ordering;

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::{Mode, OFlags};
use rustix::io::{Errno, FdFlags};

use super::{BAD_INDEX, BAD_SIGN, BAD_TYPE, Call, Entry, FORBIDDEN, Failure, Outcome, Reply, int, size};
use crate::vm::Vm;

/// Elements of a proxy. Part of the image format.
pub(crate) mod proxy_element {
    /// Small integer: the descriptor.
    pub const DESCRIPTOR: usize = 0;
    /// Small integer: the run that it belongs to; 0 for a dead one.
    pub const RUN: usize = 1;
    /// Number of elements.
    pub const COUNT: usize = 2;
}

const DEAD: Failure = Failure::word("deadProxyError");

/// What this run of the machine has open for its programs.
pub(crate) struct Descriptors {
    run: i64,
    open: BTreeMap<i32, OwnedFd>,
}

impl Default for Descriptors {
    fn default() -> Descriptors {
        let random = std::collections::hash_map::RandomState::new();
        let run = (std::hash::BuildHasher::hash_one(&random, 0u8) >> 4) as i64 | 1;
        Descriptors { run, open: BTreeMap::new() }
    }
}

impl Descriptors {
    fn get(&self, number: i32) -> Option<BorrowedFd<'_>> {
        match number {
            0 => Some(rustix::stdio::stdin()),
            1 => Some(rustix::stdio::stdout()),
            2 => Some(rustix::stdio::stderr()),
            _ => self.open.get(&number).map(AsFd::as_fd),
        }
    }
}

pub(super) const LIST: &[Entry] = &[
    ("_open_wrapbasicOpenFileNameFlags:Mode:ResultProxy:", 3, open),
    ("_read_wrapbasicReadFileInto:Offset:Count:", 3, read),
    ("_write_wrapbasicWriteFileInto:Offset:Count:", 3, write),
    ("_close_wrapbasicCloseFile", 0, |vm, c| {
        let (proxy, number) = live(vm, c)?;
        vm.descriptors.open.remove(&number);
        vm.heap.set_item(proxy, proxy_element::RUN, Value::ZERO);
        vm.reply_int(0)
    }),
    ("_fcntlbasicFcntlFileRequest:Arg:", 2, control),
    ("_select_wrapbasicSelectIntoSize:", 1, select),
    ("_MYSELFfileDescriptor", 0, |vm, c| {
        let (_, number) = live(vm, c)?;
        vm.reply_int(i64::from(number))
    }),
    ("_MYSELFsetFdResultProxy:", 1, |vm, c| {
        let number = i32::try_from(int(vm.receiver(c))?).map_err(|_| BAD_TYPE)?;
        let proxy = dead_argument(vm, c, 0)?;
        if vm.descriptors.get(number).is_none() {
            return Err(Failure::word("EBADF"));
        }
        Ok(revive(vm, proxy, number))
    }),
    ("_ForeignIsLive", 0, |vm, c| {
        let proxy = receiver(vm, c)?;
        vm.reply_bool(number_of(vm, proxy).is_some())
    }),
    ("_ForeignKill", 0, |vm, c| {
        let proxy = receiver(vm, c)?;
        vm.heap.set_item(proxy, proxy_element::RUN, Value::ZERO);
        Ok(Reply::Value(proxy.value()))
    }),
    ("_SamePointerAs:", 1, |vm, c| {
        let (one, other) = (receiver(vm, c)?, vm.argument(c, 0));
        let other = proxy(vm, other)?;
        let (one, other) = (number_of(vm, one), number_of(vm, other));
        vm.reply_bool(one == other)
    }),
];

fn proxy(vm: &Vm, value: Value) -> Result<ObjectRef, Failure> {
    let proxy = vm.of_kind(value, Kind::Proxy)?;
    let whole =
        vm.heap.field_count(vm.heap.map_of_ref(proxy)) == 0 && vm.heap.length(proxy) >= proxy_element::COUNT;
    if whole { Ok(proxy) } else { Err(BAD_TYPE) }
}

fn receiver(vm: &mut Vm, call: &Call) -> Result<ObjectRef, Failure> {
    let v = vm.receiver(call);
    proxy(vm, v)
}

/// The descriptor of a proxy that is alive.
fn number_of(vm: &Vm, proxy: ObjectRef) -> Option<i32> {
    let run = vm.heap.item(proxy, proxy_element::RUN).as_int()?;
    let number = i32::try_from(vm.heap.item(proxy, proxy_element::DESCRIPTOR).as_int()?).ok()?;
    let alive = run == vm.descriptors.run && vm.descriptors.get(number).is_some();
    if alive { Some(number) } else { None }
}

/// The receiver, a living proxy, and its descriptor, if the outside may be used.
fn live(vm: &mut Vm, call: &Call) -> Result<(ObjectRef, i32), Failure> {
    let proxy = receiver(vm, call)?;
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    let number = number_of(vm, proxy).ok_or(DEAD)?;
    Ok((proxy, number))
}

/// An argument that is to become a living proxy, and is none yet.
fn dead_argument(vm: &mut Vm, call: &Call, i: usize) -> Result<ObjectRef, Failure> {
    let v = vm.argument(call, i);
    let proxy = proxy(vm, v)?;
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    if number_of(vm, proxy).is_some() { Err(Failure::word("liveProxyError")) } else { Ok(proxy) }
}

fn revive(vm: &mut Vm, proxy: ObjectRef, number: i32) -> Reply {
    let run = Value::from_i64(vm.descriptors.run).unwrap_or(Value::ZERO);
    vm.heap.set_item(proxy, proxy_element::DESCRIPTOR, Value::from_i32(number));
    vm.heap.set_item(proxy, proxy_element::RUN, run);
    Reply::Value(proxy.value())
}

fn open(vm: &mut Vm, call: &Call) -> Outcome {
    let path = vm.receiver(call);
    let path = vm.text(path)?;
    let flags = u32::try_from(int(vm.argument(call, 0))?).map_err(|_| BAD_TYPE)?;
    let mode = u32::try_from(int(vm.argument(call, 1))?).map_err(|_| BAD_TYPE)?;
    let proxy = dead_argument(vm, call, 2)?;
    let flags = OFlags::from_bits_retain(flags) | OFlags::CLOEXEC;
    let opened = rustix::fs::open(path, flags, Mode::from_bits_truncate(mode)).map_err(failure)?;
    let number = opened.as_raw_fd();
    vm.descriptors.open.insert(number, opened);
    Ok(revive(vm, proxy, number))
}

/// The bytes that the arguments name: an object of bytes, an offset and a count.
fn range(vm: &mut Vm, call: &Call, object: ObjectRef) -> Result<(usize, usize), Failure> {
    let offset = usize::try_from(int(vm.argument(call, 1))?).map_err(|_| BAD_INDEX)?;
    let count = size(vm.argument(call, 2))?;
    let end = offset.checked_add(count).ok_or(BAD_INDEX)?;
    if end <= vm.heap.length(object) { Ok((offset, count)) } else { Err(BAD_INDEX) }
}

/// Waits until something can be read, so that Ctrl-C is noticed meanwhile.
fn wait(vm: &Vm, number: i32) -> Result<(), Failure> {
    let piece = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
    loop {
        let fd = vm.descriptors.get(number).ok_or(DEAD)?;
        let waits_not = rustix::fs::fcntl_getfl(fd).is_ok_and(|f| f.contains(OFlags::NONBLOCK));
        let mut polled = [PollFd::from_borrowed_fd(fd, PollFlags::IN)];
        match rustix::event::poll(&mut polled, Some(&piece)) {
            Ok(0) if !waits_not => {}
            Err(Errno::INTR) => {}
            _ => return Ok(()),
        }
        if vm.host.interrupt.load(Ordering::Relaxed) {
            return Err(Failure::word("EINTR"));
        }
    }
}

fn read(vm: &mut Vm, call: &Call) -> Outcome {
    let (_, number) = live(vm, call)?;
    let target = vm.argument(call, 0);
    let target = vm.of_kind(target, Kind::ByteVector)?;
    let (offset, count) = range(vm, call, target)?;
    wait(vm, number)?;
    let fd = vm.descriptors.get(number).ok_or(DEAD)?;
    let mut bytes = vec![0; count];
    let read = rustix::io::read(fd, &mut bytes).map_err(failure)?;
    vm.heap.with_bytes_mut(target, |all| all[offset..offset + read].copy_from_slice(&bytes[..read]));
    vm.reply_int(read as i64)
}

fn write(vm: &mut Vm, call: &Call) -> Outcome {
    let (_, number) = live(vm, call)?;
    let source = vm.argument(call, 0);
    let source = vm.bytes_object(source)?;
    let (offset, count) = range(vm, call, source)?;
    let bytes = vm.heap.bytes(source)[offset..offset + count].to_vec();
    let written = match number {
        // What the console has in hand comes first.
        1 => {
            vm.host.console.write(&bytes);
            count
        }
        2 => {
            vm.host.console.write_error(&bytes);
            count
        }
        _ => rustix::io::write(vm.descriptors.get(number).ok_or(DEAD)?, &bytes).map_err(failure)?,
    };
    vm.reply_int(written as i64)
}

/// `fcntl` with the requests that ask and set the flags of a descriptor and of its file.
fn control(vm: &mut Vm, call: &Call) -> Outcome {
    let (_, number) = live(vm, call)?;
    let request = int(vm.argument(call, 0))?;
    let argument = u32::try_from(int(vm.argument(call, 1))?).map_err(|_| BAD_SIGN)?;
    let fd = vm.descriptors.get(number).ok_or(DEAD)?;
    let answer = match request {
        1 => rustix::io::fcntl_getfd(fd).map(|flags| flags.bits()),
        2 => rustix::io::fcntl_setfd(fd, FdFlags::from_bits_truncate(argument)).map(|()| 0),
        3 => rustix::fs::fcntl_getfl(fd).map(|flags| flags.bits()),
        4 => rustix::fs::fcntl_setfl(fd, OFlags::from_bits_retain(argument)).map(|()| 0),
        _ => Err(Errno::INVAL),
    };
    vm.reply_int(i64::from(answer.map_err(failure)?))
}

/// Which descriptors can be read at once: their numbers are put into the receiver as 32-bit numbers, as many as fit and as the argument
/// allows; the answer is how many.
fn select(vm: &mut Vm, call: &Call) -> Outcome {
    let v = vm.receiver(call);
    let target = vm.of_kind(v, Kind::ByteVector)?;
    let most = size(vm.argument(call, 0))?;
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    if most > vm.heap.length(target) / 4 {
        return Err(Failure::word("badSizeError"));
    }
    let numbers: Vec<i32> = std::iter::once(0).chain(vm.descriptors.open.keys().copied()).collect();
    let fds: Vec<BorrowedFd<'_>> = numbers.iter().filter_map(|n| vm.descriptors.get(*n)).collect();
    let mut polled: Vec<PollFd<'_>> =
        fds.iter().map(|fd| PollFd::from_borrowed_fd(*fd, PollFlags::IN)).collect();
    rustix::event::poll(&mut polled, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).map_err(failure)?;
    let ready: Vec<i32> = polled
        .iter()
        .zip(&numbers)
        .filter(|(p, _)| p.revents().intersects(PollFlags::IN | PollFlags::HUP))
        .map(|(_, n)| *n)
        .take(most)
        .collect();
    for (i, byte) in ready.iter().flat_map(|n| n.to_le_bytes()).enumerate() {
        vm.heap.set_byte(target, i, byte);
    }
    vm.reply_int(ready.len() as i64)
}

/// A failure with the name that Unix has for it.
fn failure(error: Errno) -> Failure {
    const NAMES: &[(Errno, &str)] = &[
        (Errno::AGAIN, "EAGAIN"),
        (Errno::BADF, "EBADF"),
        (Errno::INTR, "EINTR"),
        (Errno::INVAL, "EINVAL"),
        (Errno::LOOP, "ELOOP"),
        (Errno::MFILE, "EMFILE"),
        (Errno::NAMETOOLONG, "ENAMETOOLONG"),
        (Errno::NODEV, "ENODEV"),
        (Errno::NXIO, "ENXIO"),
        (Errno::PERM, "EPERM"),
        (Errno::PIPE, "EPIPE"),
        (Errno::TXTBSY, "ETXTBSY"),
    ];
    match NAMES.iter().find(|(e, _)| *e == error) {
        Some((_, name)) => Failure::word(name),
        None => super::io_failure(&error.into()),
    }
}
