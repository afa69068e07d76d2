//! Descriptors of the operating system, behind proxies: `open`, `read`, `write`, `close` and their like, for real Self's file objects.
//!
//! A proxy holds the number of a descriptor and the token of the run of the machine that opened it: one from an earlier run is dead. Only the
//! standard three and those opened here are reached; programs can't touch the files of the machine itself.

use std::collections::{BTreeMap, BTreeSet};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::sync::atomic::Ordering;
use std::time::Duration;

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::{Mode, OFlags, SeekFrom};
use rustix::io::{Errno, FdFlags};

use super::{BAD_INDEX, BAD_SIGN, BAD_TYPE, Call, Entry, FORBIDDEN, Failure, Outcome, Reply, int, size};
use crate::rest::Bell;
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
    /// Those that are not to be waited for, among the standard three: their files may be shared with other programs, so their own
    /// flags stay as they are.
    nonblocking: BTreeSet<i32>,
    /// Those whose input is signalled (`O_ASYNC`), and whether it has been since somebody last read.
    asynchronous: BTreeMap<i32, bool>,
}

impl Default for Descriptors {
    fn default() -> Descriptors {
        let random = std::collections::hash_map::RandomState::new();
        let run = (std::hash::BuildHasher::hash_one(&random, 0u8) >> 4) as i64 | 1;
        Descriptors {
            run,
            open: BTreeMap::new(),
            nonblocking: BTreeSet::new(),
            asynchronous: BTreeMap::new(),
        }
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

    fn close(&mut self, number: i32) {
        self.open.remove(&number);
        self.nonblocking.remove(&number);
        self.asynchronous.remove(&number);
    }

    /// Which of these can be read at once; waits for the first so long.
    fn readable(&self, numbers: &[i32], wait: Duration) -> Result<Vec<i32>, Errno> {
        let fds: Vec<(i32, BorrowedFd<'_>)> =
            numbers.iter().filter_map(|n| Some((*n, self.get(*n)?))).collect();
        let mut polled: Vec<PollFd<'_>> =
            fds.iter().map(|(_, fd)| PollFd::from_borrowed_fd(*fd, PollFlags::IN)).collect();
        let wait = Timespec { tv_sec: wait.as_secs() as i64, tv_nsec: i64::from(wait.subsec_nanos()) };
        match rustix::event::poll(&mut polled, Some(&wait)) {
            Ok(_) => {}
            Err(Errno::INTR) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        }
        let came = PollFlags::IN | PollFlags::HUP;
        Ok(polled
            .iter()
            .zip(&fds)
            .filter(|(p, _)| p.revents().intersects(came))
            .map(|(_, (n, _))| *n)
            .collect())
    }

    /// Those whose next input is to be signalled.
    fn untold(&self) -> Vec<i32> {
        self.asynchronous.iter().filter(|(_, told)| !**told).map(|(n, _)| *n).collect()
    }

    /// Is there input that is to be signalled and has not been? As with the system's own signal, it is signalled once until somebody
    /// reads.
    pub(crate) fn input_came(&mut self) -> bool {
        let waiting = self.untold();
        if waiting.is_empty() {
            return false;
        }
        let came = self.readable(&waiting, Duration::ZERO).unwrap_or_default();
        for number in &came {
            self.asynchronous.insert(*number, true);
        }
        !came.is_empty()
    }

    /// Waits so long, or until there is input to signal, or the bell rings.
    pub(crate) fn await_input(&self, bell: &Bell, limit: Option<Duration>) {
        let waiting = self.untold();
        let fds: Vec<BorrowedFd<'_>> = waiting.iter().filter_map(|n| self.get(*n)).collect();
        if crate::rest::wait(bell, &fds, limit).is_err() {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

pub(super) const LIST: &[Entry] = &[
    ("_open_wrapbasicOpenFileNameFlags:Mode:ResultProxy:", 3, open),
    ("_read_wrapbasicReadFileInto:Offset:Count:", 3, read),
    ("_write_wrapbasicWriteFileInto:Offset:Count:", 3, write),
    ("_close_wrapbasicCloseFile", 0, |vm, c| {
        let (proxy, number) = live(vm, c)?;
        vm.descriptors.close(number);
        vm.heap.set_item(proxy, proxy_element::RUN, Value::ZERO);
        vm.reply_int(0)
    }),
    ("_fcntlbasicFcntlFileRequest:Arg:", 2, control),
    ("_lseekbasicLseekFileOffset:Whence:", 2, seek),
    ("_select_wrapbasicSelectIntoSize:", 1, select),
    ("_select_read_wrapbasicSelectReadIntoSize:", 1, select),
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
        vm.reply_bool(pointer_of(vm, proxy).is_some())
    }),
    ("_ForeignKill", 0, |vm, c| {
        let proxy = receiver(vm, c)?;
        vm.heap.set_item(proxy, proxy_element::RUN, Value::ZERO);
        Ok(Reply::Value(proxy.value()))
    }),
    ("_ForeignHash", 0, |vm, c| {
        let proxy = receiver(vm, c)?;
        let number = pointer_of(vm, proxy).map_or(0, |n| i64::from(n) + 1);
        vm.reply_int(number)
    }),
    ("_SamePointerAs:", 1, |vm, c| {
        let (one, other) = (receiver(vm, c)?, vm.argument(c, 0));
        let other = proxy(vm, other)?;
        let (one, other) = (pointer_of(vm, one), pointer_of(vm, other));
        vm.reply_bool(one == other)
    }),
];

fn proxy(vm: &Vm, value: Value) -> Result<ObjectRef, Failure> {
    let proxy = vm.of_kind(value, Kind::Proxy)?;
    let whole =
        vm.heap.field_count(vm.heap.map_of_ref(proxy)) == 0 && vm.heap.length(proxy) >= proxy_element::COUNT;
    if whole { Ok(proxy) } else { Err(BAD_TYPE) }
}

pub(super) fn receiver(vm: &mut Vm, call: &Call) -> Result<ObjectRef, Failure> {
    let v = vm.receiver(call);
    proxy(vm, v)
}

/// The descriptor of a proxy that is alive.
fn number_of(vm: &Vm, proxy: ObjectRef) -> Option<i32> {
    let number = i32::try_from(vm.heap.item(proxy, proxy_element::DESCRIPTOR).as_int()?).ok()?;
    (of_this_run(vm, proxy) && vm.descriptors.get(number).is_some()).then_some(number)
}

/// Was the proxy made alive in this run of the machine?
pub(super) fn of_this_run(vm: &Vm, proxy: ObjectRef) -> bool {
    vm.heap.item(proxy, proxy_element::RUN).as_int() == Some(vm.descriptors.run)
}

/// What a proxy that is alive stands for: a descriptor, or a file's status.
fn pointer_of(vm: &Vm, proxy: ObjectRef) -> Option<i32> {
    let number = i32::try_from(vm.heap.item(proxy, proxy_element::DESCRIPTOR).as_int()?).ok()?;
    let status = of_this_run(vm, proxy) && vm.file_statuses.knows(number);
    number_of(vm, proxy).or(status.then_some(number))
}

/// What the system tells of the file behind the receiver.
pub(super) fn status_of_receiver(
    vm: &mut Vm,
    call: &Call,
) -> Result<rustix::io::Result<rustix::fs::Stat>, Failure> {
    let (_, number) = live(vm, call)?;
    Ok(rustix::fs::fstat(vm.descriptors.get(number).ok_or(DEAD)?))
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
pub(super) fn dead_argument(vm: &mut Vm, call: &Call, i: usize) -> Result<ObjectRef, Failure> {
    let v = vm.argument(call, i);
    let proxy = proxy(vm, v)?;
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    if pointer_of(vm, proxy).is_some() { Err(Failure::word("liveProxyError")) } else { Ok(proxy) }
}

pub(super) fn revive(vm: &mut Vm, proxy: ObjectRef, number: i32) -> Reply {
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
    let opened = rustix::fs::open(path, flags, Mode::from_bits_truncate(mode)).map_err(errno_failure)?;
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
fn wait(vm: &mut Vm, number: i32) -> Result<(), Failure> {
    if let Some(told) = vm.descriptors.asynchronous.get_mut(&number) {
        *told = false;
    }
    let fd = vm.descriptors.get(number).ok_or(DEAD)?;
    if rustix::fs::fcntl_getfl(fd).is_ok_and(|f| f.contains(OFlags::NONBLOCK)) {
        return Ok(());
    }
    let waits_not = vm.descriptors.nonblocking.contains(&number);
    let limit = waits_not.then_some(Duration::ZERO);
    loop {
        vm.host.bell.silence();
        if vm.host.interrupt.load(Ordering::Relaxed) {
            return Err(Failure::word("EINTR"));
        }
        let fd = vm.descriptors.get(number).ok_or(DEAD)?;
        match crate::rest::wait(&vm.host.bell, &[fd], limit) {
            Ok(false) if waits_not => return Err(Failure::word("EAGAIN")),
            Ok(false) => {}
            // If it can't be asked, reading tells why.
            _ => return Ok(()),
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
    let read = rustix::io::read(fd, &mut bytes).map_err(errno_failure)?;
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
        _ => rustix::io::write(vm.descriptors.get(number).ok_or(DEAD)?, &bytes).map_err(errno_failure)?,
    };
    vm.reply_int(written as i64)
}

/// Where reading and writing go on, counted from the file's beginning (0), from where they are (1) or from its end (2).
fn seek(vm: &mut Vm, call: &Call) -> Outcome {
    let (_, number) = live(vm, call)?;
    let offset = int(vm.argument(call, 0))?;
    let invalid = || Failure::word("EINVAL");
    let to = match int(vm.argument(call, 1))? {
        0 => SeekFrom::Start(u64::try_from(offset).map_err(|_| invalid())?),
        1 => SeekFrom::Current(offset),
        2 => SeekFrom::End(offset),
        _ => return Err(invalid()),
    };
    let fd = vm.descriptors.get(number).ok_or(DEAD)?;
    let at = rustix::fs::seek(fd, to).map_err(errno_failure)?;
    vm.reply_int(i64::try_from(at).unwrap_or(i64::MAX))
}

/// `fcntl` with the requests that ask and set the flags of a descriptor and of its file, and whom to signal, which is always this program.
fn control(vm: &mut Vm, call: &Call) -> Outcome {
    let (_, number) = live(vm, call)?;
    let request = int(vm.argument(call, 0))?;
    let argument = u32::try_from(int(vm.argument(call, 1))?).map_err(|_| BAD_SIGN)?;
    let fd = vm.descriptors.get(number).ok_or(DEAD)?;
    let answer = match request {
        1 => rustix::io::fcntl_getfd(fd).map(|flags| flags.bits()),
        2 => rustix::io::fcntl_setfd(fd, FdFlags::from_bits_truncate(argument)).map(|()| 0),
        3 => rustix::fs::fcntl_getfl(fd).map(|flags| {
            let own = [
                (vm.descriptors.nonblocking.contains(&number), OFlags::NONBLOCK),
                (vm.descriptors.asynchronous.contains_key(&number), ASYNC),
            ];
            own.into_iter().filter(|(set, _)| *set).fold(flags, |flags, (_, flag)| flags | flag).bits()
        }),
        4 => set_flags(&mut vm.descriptors, number, OFlags::from_bits_retain(argument)).map(|()| 0),
        8 => Ok(0),
        9 => Ok(std::process::id()),
        _ => Err(Errno::INVAL),
    };
    vm.reply_int(i64::from(answer.map_err(errno_failure)?))
}

/// `O_ASYNC`, which `rustix` has no name for.
const ASYNC: OFlags = OFlags::from_bits_retain(0o20000);

/// Sets the flags of a descriptor's file. That input is signalled is this module's own affair.
fn set_flags(descriptors: &mut Descriptors, number: i32, flags: OFlags) -> Result<(), Errno> {
    if flags.contains(ASYNC) {
        descriptors.asynchronous.entry(number).or_default();
    } else {
        descriptors.asynchronous.remove(&number);
    }
    if number > 2 {
        let fd = descriptors.get(number).ok_or(Errno::BADF)?;
        return rustix::fs::fcntl_setfl(fd, flags - ASYNC);
    }
    if flags.contains(OFlags::NONBLOCK) {
        descriptors.nonblocking.insert(number);
    } else {
        descriptors.nonblocking.remove(&number);
    }
    Ok(())
}

/// Which descriptors can be read at once: their numbers are put into the receiver, a vector, as many as fit and as the argument allows;
/// the answer is how many.
fn select(vm: &mut Vm, call: &Call) -> Outcome {
    let v = vm.receiver(call);
    let target = vm.of_kind(v, Kind::Vector)?;
    let most = size(vm.argument(call, 0))?;
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    if most > vm.heap.length(target) {
        return Err(Failure::word("badSizeError"));
    }
    let numbers: Vec<i32> = std::iter::once(0).chain(vm.descriptors.open.keys().copied()).collect();
    let ready = vm.descriptors.readable(&numbers, Duration::ZERO).map_err(errno_failure)?;
    for (i, number) in ready.iter().take(most).enumerate() {
        vm.heap.set_element(target, i, Value::from_i32(*number));
    }
    vm.reply_int(ready.len().min(most) as i64)
}

/// A failure with the name that Unix has for it.
pub(super) fn errno_failure(error: Errno) -> Failure {
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
        (Errno::SPIPE, "ESPIPE"),
        (Errno::XDEV, "EXDEV"),
        (Errno::TXTBSY, "ETXTBSY"),
    ];
    match NAMES.iter().find(|(e, _)| *e == error) {
        Some((_, name)) => Failure::word(name),
        None => super::io_failure(&error.into()),
    }
}
