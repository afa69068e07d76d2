//! Memory for machine code: pages of a memory file, mapped twice, so that none is writable and executable at once.
//!
//! Pieces are handed out from the front; what is freed is used again by pieces that fit. The whole is bounded.

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::os::fd::OwnedFd;
use std::ptr::NonNull;

use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};

/// Bytes of machine code that one machine may have.
const BYTES: usize = 32 << 20;
const ALIGN: usize = 64;

/// A file that is memory only; none where the system knows no such files.
#[cfg(target_os = "linux")]
fn memory_file() -> Option<OwnedFd> {
    use rustix::fs::{MemfdFlags, ftruncate, memfd_create};
    let file = memfd_create("batos-code", MemfdFlags::CLOEXEC).ok()?;
    ftruncate(&file, BYTES as u64).ok()?;
    Some(file)
}

/// The same elsewhere: nothing is compiled there.
#[cfg(not(target_os = "linux"))]
fn memory_file() -> Option<OwnedFd> {
    None
}

/// The code of one machine.
pub struct CodeMemory {
    writable: NonNull<u8>,
    runnable: NonNull<u8>,
    top: usize,
    free: BTreeMap<usize, usize>,
    _file: OwnedFd,
}

/// A piece of code memory: where it begins, and how many bytes it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    at: usize,
    bytes: usize,
}

impl CodeMemory {
    /// Maps the memory; none where the system does not allow it.
    pub fn new() -> Option<CodeMemory> {
        let file = memory_file()?;
        let map = |protection| {
            // SAFETY: a new mapping wherever the system likes; nothing else knows it.
            unsafe { mmap(std::ptr::null_mut(), BYTES, protection, MapFlags::SHARED, &file, 0) }.ok()
        };
        let writable: NonNull<u8> = NonNull::new(map(ProtFlags::READ | ProtFlags::WRITE)?.cast())?;
        let Some(runnable) = map(ProtFlags::READ | ProtFlags::EXEC).and_then(|p| NonNull::new(p.cast()))
        else {
            // SAFETY: it was just mapped, and nothing points into it.
            let _ = unsafe { munmap(writable.as_ptr().cast::<c_void>(), BYTES) };
            return None;
        };
        Some(CodeMemory { writable, runnable, top: 0, free: BTreeMap::new(), _file: file })
    }

    /// Puts code somewhere and tells its address; none if there is no room.
    pub fn put(&mut self, code: &[u8]) -> Option<(Piece, u64)> {
        let bytes = code.len().div_ceil(ALIGN) * ALIGN;
        let hole = self.free.iter().find(|(_, size)| **size >= bytes).map(|(at, size)| (*at, *size));
        let at = match hole {
            Some((at, size)) => {
                self.free.remove(&at);
                if size > bytes {
                    self.free.insert(at + bytes, size - bytes);
                }
                at
            }
            None if self.top + bytes <= BYTES => {
                self.top += bytes;
                self.top - bytes
            }
            None => return None,
        };
        // SAFETY: the piece lies within the mapping, and no code runs that was there: it was freed, or never given out.
        unsafe { self.writable.as_ptr().add(at).copy_from_nonoverlapping(code.as_ptr(), code.len()) }
        // SAFETY: within the mapping.
        let address = unsafe { self.runnable.as_ptr().add(at) } as u64;
        Some((Piece { at, bytes }, address))
    }

    /// Gives a piece back. Nobody may run it any more.
    pub fn free(&mut self, piece: Piece) {
        let (mut at, mut bytes) = (piece.at, piece.bytes);
        if let Some(after) = self.free.remove(&(at + bytes)) {
            bytes += after;
        }
        let before = self.free.range(..at).next_back().map(|(at, size)| (*at, *size));
        if let Some((start, size)) = before.filter(|(start, size)| start + size == at) {
            at = start;
            bytes += size;
        }
        if at + bytes == self.top {
            self.free.remove(&at);
            self.top = at;
        } else {
            self.free.insert(at, bytes);
        }
    }

    /// Bytes in use.
    pub fn used(&self) -> usize {
        self.top - self.free.values().sum::<usize>()
    }
}

impl Drop for CodeMemory {
    fn drop(&mut self) {
        for mapping in [self.writable, self.runnable] {
            // SAFETY: mapped in `new`; the machine that ran the code is being dropped.
            let _ = unsafe { munmap(mapping.as_ptr().cast::<c_void>(), BYTES) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CodeMemory;

    #[test]
    fn pieces_are_used_again() {
        let mut memory = CodeMemory::new().expect("memory for code");
        let (a, first) = memory.put(&[1; 100]).expect("room");
        let (b, second) = memory.put(&[2; 10]).expect("room");
        assert_eq!(second - first, 128);
        memory.free(a);
        let (c, again) = memory.put(&[3; 64]).expect("room");
        assert_eq!((again, memory.used()), (first, 128));
        memory.free(b);
        memory.free(c);
        assert_eq!(memory.used(), 0);
        assert!(memory.put(&vec![0; 33 << 20]).is_none());
    }
}
