//! Checking a segment of the file when it is first touched.
//!
//! A space maps chunks whose checksums nobody has looked at yet without any right of access. Whoever touches one is stopped by the
//! system (SIGSEGV); the handler here reads the chunk, compares its checksum with the one in the catalog, gives the
//! rights, and lets the access happen. So opening costs nothing for it, and no byte of the file is used before
//! it was checked. A chunk that is not what was written ends the program with a message and status 3, and so does a file that
//! was cut short, or a disk that cannot read (SIGBUS): memory that is not there cannot be made up.
//!
//! Invariants: the handler allocates nothing, takes no lock that it could be interrupted in, and touches no state but atomics
//! and the chunk map of the space that was touched, which lives as long as the mapping; a fault anywhere else goes
//! to whoever had the signal before. It knows nothing of objects, and nothing of what the program was doing.
//!
//! What the kernel reads or writes for a system call is not stopped but refused (EFAULT): whoever hands image memory to the
//! system touches it first (`Space::check`).

use crate::store::chunks::ChunkMap;
use crate::store::error::Damage;
use nix::libc;
use std::cell::UnsafeCell;
use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::ptr::{self, NonNull};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicUsize, Ordering};
use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

/// Where one space maps a file. Slots are never freed, only used again.
struct Slot {
    used: AtomicBool,
    /// Addresses of the image, and behind the range of the space.
    start: AtomicUsize,
    end: AtomicUsize,
    map: AtomicPtr<ChunkMap>,
    file: AtomicI32,
    next: AtomicPtr<Slot>,
}

static SLOTS: AtomicPtr<Slot> = AtomicPtr::new(ptr::null_mut());
/// Set in the handler while it reads a file through a mapping of its own.
static READING: AtomicUsize = AtomicUsize::new(0);
/// A `fn()` to be called before the program ends here.
static FAREWELL: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// Lets `last_act` run before damage ends the program: in a signal handler, so it may do next to nothing (set
/// the terminal back).
pub fn before_the_end(last_act: fn()) {
    FAREWELL.store(last_act as *mut (), Ordering::Release);
}

/// A file that may not grow further (`ulimit -f`) is an error to be told, not a reason to die.
pub(crate) fn without_size_signal() {
    static ONCE: Once = Once::new();
    // SAFETY: to ignore a signal runs no code of ours.
    ONCE.call_once(|| unsafe {
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
    });
}

/// A space's place among those that are watched.
pub(crate) struct Guard {
    slot: &'static Slot,
}

impl Guard {
    /// Watches a space whose image begins at `start`.
    pub(crate) fn new(start: NonNull<u8>, bytes: usize, map: &ChunkMap, file: BorrowedFd<'_>) -> Guard {
        install();
        let slot = free_slot();
        slot.start.store(start.as_ptr().addr(), Ordering::Relaxed);
        slot.file.store(file.as_raw_fd(), Ordering::Relaxed);
        slot.map.store(ptr::from_ref(map).cast_mut(), Ordering::Release);
        slot.end.store(start.as_ptr().addr() + bytes, Ordering::Release);
        Guard { slot }
    }

    /// Checks a segment of a map that the space shall have.
    pub(crate) fn check(&self, map: &ChunkMap, segment: usize) -> Result<(), Fault> {
        check(map, segment, self.slot.file.load(Ordering::Relaxed))
    }

    /// The space maps other chunks now; `map` lives until the next call, or until the guard is dropped.
    pub(crate) fn set_map(&self, map: &ChunkMap) {
        self.slot.map.store(ptr::from_ref(map).cast_mut(), Ordering::Release);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.slot.end.store(0, Ordering::Release);
        self.slot.map.store(ptr::null_mut(), Ordering::Release);
        self.slot.used.store(false, Ordering::Release);
    }
}

fn free_slot() -> &'static Slot {
    let mut at = SLOTS.load(Ordering::Acquire);
    // SAFETY: slots are leaked when they are made, so every pointer in the list is good for ever.
    while let Some(slot) = unsafe { at.as_ref() } {
        if slot.used.compare_exchange(false, true, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
            return slot;
        }
        at = slot.next.load(Ordering::Acquire);
    }
    let slot: &'static Slot = Box::leak(Box::new(Slot {
        used: AtomicBool::new(true),
        start: AtomicUsize::new(0),
        end: AtomicUsize::new(0),
        map: AtomicPtr::new(ptr::null_mut()),
        file: AtomicI32::new(-1),
        next: AtomicPtr::new(ptr::null_mut()),
    }));
    let mut first = SLOTS.load(Ordering::Acquire);
    loop {
        slot.next.store(first, Ordering::Relaxed);
        let mine = ptr::from_ref(slot).cast_mut();
        match SLOTS.compare_exchange(first, mine, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => return slot,
            Err(other) => first = other,
        }
    }
}

/// What is wrong with a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    Checksum,
    Short,
    Device,
}

impl Fault {
    const fn text(self) -> &'static str {
        match self {
            Fault::Checksum => "a segment has a wrong checksum",
            Fault::Short => "the file ends inside a segment: it was cut short",
            Fault::Device => "a segment can't be read",
        }
    }

    pub(crate) fn damage(self, map: &ChunkMap, segment: usize) -> Damage {
        Damage::new(map.offset(segment), self.text())
    }
}

/// Checks a segment of a chunk map, unless that was done. Allocates nothing.
pub(crate) fn check(map: &ChunkMap, segment: usize, file: RawFd) -> Result<(), Fault> {
    if map.is_sound(segment) {
        return Ok(());
    }
    let Some((sum, seed, bytes)) = map.expected(segment) else { return Ok(()) };
    let offset = map.offset(segment);
    let found = match hash_mapped(file, offset, bytes, seed) {
        Some(found) => found?,
        None => hash_read(file, offset, bytes, seed)?,
    };
    if found != sum {
        return Err(Fault::Checksum);
    }
    map.set_sound(segment);
    Ok(())
}

/// By way of a mapping for the moment: half the time of reading. `None` if the system has no room for one.
fn hash_mapped(file: RawFd, offset: u64, bytes: usize, seed: u64) -> Option<Result<u64, Fault>> {
    // SAFETY: `fstat` writes one `stat`, which all-zero bytes are good for.
    let size = unsafe {
        let mut stat: libc::stat = std::mem::zeroed();
        if libc::fstat(file, &raw mut stat) != 0 {
            return Some(Err(Fault::Device));
        }
        stat.st_size as u64
    };
    if size < offset + bytes as u64 {
        return Some(Err(Fault::Short));
    }
    // SAFETY: a fresh mapping at an address that the system chooses touches nothing of ours; it is read only here, and taken away.
    // Where its pages can't be read after all, the handler of SIGBUS ends the program.
    unsafe {
        let flags = libc::MAP_PRIVATE | libc::MAP_POPULATE;
        let at = libc::mmap(ptr::null_mut(), bytes, libc::PROT_READ, flags, file, offset as libc::off_t);
        if at == libc::MAP_FAILED {
            return None;
        }
        READING.fetch_add(1, Ordering::SeqCst);
        let sum = xxh3_64_with_seed(std::slice::from_raw_parts(at.cast(), bytes), seed);
        READING.fetch_sub(1, Ordering::SeqCst);
        libc::munmap(at, bytes);
        Some(Ok(sum))
    }
}

const SCRATCH: usize = 64 << 10;

struct Scratch {
    taken: AtomicBool,
    bytes: UnsafeCell<[u8; SCRATCH]>,
}

// SAFETY: `bytes` is only used by who has set `taken`.
unsafe impl Sync for Scratch {}

static READ: Scratch = Scratch { taken: AtomicBool::new(false), bytes: UnsafeCell::new([0; SCRATCH]) };

fn hash_read(file: RawFd, offset: u64, bytes: usize, seed: u64) -> Result<u64, Fault> {
    // Whoever has it is another thread, which needs nothing of this one: `hash_read` touches no image memory.
    while READ.taken.swap(true, Ordering::Acquire) {
        std::hint::spin_loop();
    }
    let mut state = Xxh3::with_seed(seed);
    let mut at = 0;
    let mut result = Ok(());
    while at < bytes {
        let wanted = (bytes - at).min(SCRATCH);
        // SAFETY: `taken` was won, so nobody else uses the scratch; `pread` writes at most `wanted` bytes of it.
        let count = unsafe {
            libc::pread(file, READ.bytes.get().cast(), wanted, (offset + at as u64) as libc::off_t)
        };
        match count {
            // SAFETY: as above, and so many bytes were written.
            1.. => unsafe {
                state.update(std::slice::from_raw_parts(READ.bytes.get().cast(), count as usize));
                at += count as usize;
            },
            0 => {
                result = Err(Fault::Short);
                break;
            }
            _ if std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted => {}
            _ => {
                result = Err(Fault::Device);
                break;
            }
        }
    }
    READ.taken.store(false, Ordering::Release);
    result.map(|()| state.digest())
}

/// Gives the rights to a segment that was checked.
fn unlock(start: usize, map: &ChunkMap, segment: usize, file: RawFd) -> Result<(), Fault> {
    let size = map.chunk_bytes();
    let allow = |from: usize, count: usize| {
        // SAFETY: the segments lie in the space that this map belongs to (the callers' duty), and file mappings of it are readable and
        // writable as soon as they are checked.
        let done = unsafe {
            let at = ptr::with_exposed_provenance_mut(start + from * size);
            libc::mprotect(at, count * size, libc::PROT_READ | libc::PROT_WRITE)
        };
        done == 0
    };
    if allow(segment, 1) {
        return Ok(());
    }
    // The system has no further mapping to give: with all of it checked, one is enough.
    for other in 0..map.chunks().len() {
        check(map, other, file)?;
    }
    if allow(0, map.chunks().len()) { Ok(()) } else { Err(Fault::Device) }
}

/// Checks a segment of a space and makes it accessible: what the handler does, for whoever wants an answer instead of an end.
pub(crate) fn open(
    start: NonNull<u8>,
    map: &ChunkMap,
    segment: usize,
    file: BorrowedFd<'_>,
) -> Result<(), Fault> {
    check(map, segment, file.as_raw_fd())?;
    unlock(start.as_ptr().expose_provenance(), map, segment, file.as_raw_fd())
}

struct Before(UnsafeCell<[libc::sigaction; 2]>);

// SAFETY: written once, in `install`, before our handlers can run.
unsafe impl Sync for Before {}

// SAFETY: all-zero bytes are good for a `sigaction`, and mean the default.
static BEFORE: Before = Before(UnsafeCell::new(unsafe { std::mem::zeroed() }));

fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: `handle` has the signature that SA_SIGINFO asks for, and does only what a handler may.
        unsafe {
            let before = BEFORE.0.get().cast::<libc::sigaction>();
            for (at, signal) in [libc::SIGSEGV, libc::SIGBUS].into_iter().enumerate() {
                libc::sigaction(signal, ptr::null(), before.add(at));
            }
            for signal in [libc::SIGSEGV, libc::SIGBUS] {
                let mut ours: libc::sigaction = std::mem::zeroed();
                ours.sa_sigaction = handle as extern "C" fn(_, _, _) as usize;
                // The handler that Rust has for overflowing stacks needs a stack of its own, and we may stand before it.
                ours.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
                libc::sigemptyset(&raw mut ours.sa_mask);
                libc::sigaction(signal, &raw const ours, ptr::null_mut());
            }
        }
    });
}

extern "C" fn handle(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: the system passes a `siginfo_t`; where a fault was, both signals say.
    let address = unsafe { (*info).si_addr() }.addr();
    // SAFETY: errno belongs to this thread.
    let errno = unsafe { *libc::__errno_location() };
    if signal == libc::SIGBUS && READING.load(Ordering::SeqCst) > 0 && slot_of(address).is_none() {
        end(Fault::Device, None);
    }
    let touched = slot_of(address).and_then(|slot| {
        // SAFETY: this thread touched the space of the slot, so the space and the map it holds are alive.
        let map = unsafe { slot.map.load(Ordering::Acquire).as_ref() }?;
        let segment = (address - slot.start.load(Ordering::Relaxed)) / map.chunk_bytes();
        let mapped = map.chunks().get(segment).is_some_and(|chunk| !chunk.is_hole());
        mapped.then_some((slot, map, segment))
    });
    match touched {
        Some((_, map, segment)) if signal == libc::SIGBUS => end(Fault::Short, Some((map, segment))),
        Some((slot, map, segment)) => {
            let file = slot.file.load(Ordering::Relaxed);
            let start = slot.start.load(Ordering::Relaxed);
            let opened = check(map, segment, file).and_then(|()| unlock(start, map, segment, file));
            if let Err(fault) = opened {
                end(fault, Some((map, segment)));
            }
        }
        None => pass_on(signal, info, context),
    }
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = errno }
}

fn slot_of(address: usize) -> Option<&'static Slot> {
    let mut at = SLOTS.load(Ordering::Acquire);
    // SAFETY: slots are leaked when they are made.
    while let Some(slot) = unsafe { at.as_ref() } {
        let end = slot.end.load(Ordering::Acquire);
        if address < end && address >= slot.start.load(Ordering::Relaxed) && slot.used.load(Ordering::Acquire)
        {
            return Some(slot);
        }
        at = slot.next.load(Ordering::Acquire);
    }
    None
}

/// The fault is none of ours.
fn pass_on(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: written once, before this handler was there. A handler is called as its flags say; without one, the default is set
    // again, and the access that failed fails once more.
    unsafe {
        let before = &(&*BEFORE.0.get())[usize::from(signal == libc::SIGBUS)];
        match before.sa_sigaction {
            libc::SIG_DFL | libc::SIG_IGN => {
                libc::sigaction(signal, before, ptr::null_mut());
            }
            handler if before.sa_flags & libc::SA_SIGINFO != 0 => {
                type Handler = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);
                std::mem::transmute::<usize, Handler>(handler)(signal, info, context);
            }
            handler => std::mem::transmute::<usize, extern "C" fn(libc::c_int)>(handler)(signal),
        }
    }
}

/// Says what is wrong and where, and ends the program with the status of a bad image.
fn end(fault: Fault, place: Option<(&ChunkMap, usize)>) -> ! {
    let farewell = FAREWELL.load(Ordering::Acquire);
    if !farewell.is_null() {
        // SAFETY: only `before_the_end` stores there, and only a `fn()`.
        unsafe { std::mem::transmute::<*mut (), fn()>(farewell)() }
    }
    let mut digits = [0; 20];
    let name = place.map_or("the image", |(map, _)| map.name());
    say(&["\nbatos: ", name, ": the image is damaged: ", fault.text()]);
    if let Some((map, segment)) = place {
        let offset = map.offset(segment);
        say(&[" at offset ", decimal(offset, &mut digits)]);
        say(&[" (page ", decimal(offset / 4096, &mut digits), ")"]);
    }
    say(&[
        "\n  help: what was committed before may be whole: `batos image verify` tells more, and after copying the file \
        `batos image recover` keeps what is intact\n",
    ]);
    // SAFETY: ends the process without running anything more of it.
    unsafe { libc::_exit(3) }
}

fn say(parts: &[&str]) {
    for part in parts {
        // SAFETY: writes bytes of a string. Where nobody reads them there is nobody to tell.
        unsafe { libc::write(2, part.as_ptr().cast(), part.len()) };
    }
}

fn decimal(mut number: u64, digits: &mut [u8; 20]) -> &str {
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 || at == 0 {
            break;
        }
    }
    std::str::from_utf8(&digits[at..]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_without_allocating() {
        let mut digits = [0; 20];
        assert_eq!(decimal(0, &mut digits), "0");
        assert_eq!(decimal(1_048_576, &mut digits), "1048576");
        assert_eq!(decimal(u64::MAX, &mut digits), "18446744073709551615");
    }
}
