//! A storage that remembers its operations, and what a disk may hold after losing power at any of them.
//!
//! The model: everything before the last sync is there. Of what came after, each 512-byte sector of each write, and
//! each change of the length, may be there or not, independently of the others; and one sector may be torn: its first bytes
//! new, the others what they were. (A sector that is written with what it holds already can't be.)

use super::memory::MemoryStorage;
use super::storage::{Pins, Storage};
use std::io::{self, IoSlice};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// An operation that changed the storage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operation {
    /// Bytes were written at an offset.
    Write(u64, Vec<u8>),
    /// The length was set.
    SetLen(u64),
    /// A sync ended.
    Sync,
}

/// A memory storage that records. See the module's description.
#[derive(Debug, Default)]
pub struct RecordingStorage {
    initial: Vec<u8>,
    now: MemoryStorage,
    operations: Mutex<Vec<Operation>>,
    /// What each reader pinned; nothing yet, if it has only announced itself.
    readers: Mutex<Vec<Option<Pins>>>,
}

/// A reader of a recording storage, as another process would be: it writes nothing, and what it pins the writer sees.
#[derive(Debug)]
pub struct Reader {
    storage: Arc<RecordingStorage>,
    place: usize,
}

const SECTOR: u64 = 512;
/// Bytes of a torn sector that are new.
const TORN: [usize; 2] = [64, 264];

impl RecordingStorage {
    /// Starts from durable content.
    pub fn new(bytes: Vec<u8>) -> RecordingStorage {
        RecordingStorage {
            now: MemoryStorage::new(bytes.clone()),
            initial: bytes,
            operations: Mutex::default(),
            readers: Mutex::default(),
        }
    }

    /// A storage for somebody who reads beside the writer.
    pub fn reader(self: &Arc<Self>) -> Reader {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        readers.push(Some(Pins::default()));
        Reader { storage: self.clone(), place: readers.len() - 1 }
    }

    /// How many operations were recorded.
    pub fn count(&self) -> usize {
        self.operations.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// What was recorded.
    pub fn recording(&self) -> Recording {
        let operations = self.operations.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Recording { initial: Arc::new(self.initial.clone()), operations }
    }

    fn record(&self, operation: Operation) {
        self.operations.lock().unwrap_or_else(PoisonError::into_inner).push(operation);
    }
}

impl Storage for RecordingStorage {
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        self.now.read_at(offset, into)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        let count = self.now.write_at(offset, bytes)?;
        self.record(Operation::Write(offset, bytes[..count].to_vec()));
        Ok(count)
    }

    fn write_vectored_at(&self, offset: u64, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let joined: Vec<u8> = slices.iter().flat_map(|slice| slice.iter().copied()).collect();
        self.write_at(offset, &joined)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.now.set_len(len)?;
        self.record(Operation::SetLen(len));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.record(Operation::Sync);
        Ok(())
    }

    fn len(&self) -> io::Result<u64> {
        self.now.len()
    }

    fn pins(&self) -> Pins {
        let mut all = Pins::default();
        for pins in self.readers.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            match pins {
                None => all.unknown = true,
                Some(pins) => {
                    all.catalogs.extend(&pins.catalogs);
                    all.runs.extend(pins.runs.iter().cloned());
                }
            }
        }
        all
    }
}

impl Reader {
    fn set(&self, pins: Option<Pins>) {
        self.storage.readers.lock().unwrap_or_else(PoisonError::into_inner)[self.place] = pins;
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.set(Some(Pins::default()));
    }
}

impl Storage for Reader {
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        self.storage.read_at(offset, into)
    }

    fn write_at(&self, _: u64, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn write_vectored_at(&self, _: u64, _: &[IoSlice<'_>]) -> io::Result<usize> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn set_len(&self, _: u64) -> io::Result<()> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn sync_data(&self) -> io::Result<()> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn len(&self) -> io::Result<u64> {
        self.storage.len()
    }

    fn announce(&self) -> io::Result<()> {
        self.set(None);
        Ok(())
    }

    fn pin(&self, catalog: u32, runs: &[Range<u32>]) -> io::Result<()> {
        self.set(Some(Pins { unknown: false, catalogs: vec![catalog], runs: runs.to_vec() }));
        Ok(())
    }
}

/// Recorded operations. `0..=count` are the moments at which the power may fail: after that many operations.
#[derive(Clone, Debug)]
pub struct Recording {
    initial: Arc<Vec<u8>>,
    operations: Vec<Operation>,
}

/// Something that may be on the disk or not.
enum Atom<'a> {
    Sector(u64, &'a [u8]),
    Length(u64),
}

/// A small generator of numbers (xorshift64*, Marsaglia and Vigna): tests must be repeatable.
#[derive(Clone, Debug)]
pub struct Numbers(u64);

impl Numbers {
    /// Any seed will do.
    pub fn new(seed: u64) -> Numbers {
        Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next number.
    pub fn next_number(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `limit` (which is not 0).
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next_number() % limit.max(1)
    }
}

impl Recording {
    /// How many operations there are.
    pub fn count(&self) -> usize {
        self.operations.len()
    }

    /// The operations.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Calls `visit` with what the disk may hold if the power fails after `moment` operations: with every possible
    /// content if there are at most `2^exhaustive`, else with the extreme ones and `samples` others. Returns how many.
    pub fn crash_states(
        &self,
        moment: usize,
        exhaustive: u32,
        samples: usize,
        numbers: &mut Numbers,
        mut visit: impl FnMut(Vec<u8>),
    ) -> usize {
        let done = &self.operations[..moment.min(self.operations.len())];
        let synced = done.iter().rposition(|operation| *operation == Operation::Sync).map_or(0, |at| at + 1);
        let mut durable = (*self.initial).clone();
        for operation in &done[..synced] {
            apply(&mut durable, operation);
        }
        let atoms: Vec<Atom<'_>> = done[synced..].iter().flat_map(atoms_of).collect();
        let mut count = 0;
        let mut emit = |kept: &dyn Fn(usize) -> bool, torn: Option<(usize, usize)>, length_lost: bool| {
            let mut disk = durable.clone();
            for (index, atom) in atoms.iter().enumerate() {
                match (atom, torn) {
                    (Atom::Sector(offset, bytes), Some((at, part))) if at == index => {
                        write(&mut disk, *offset, &bytes[..part.min(bytes.len())]);
                    }
                    _ if !kept(index) => {}
                    (Atom::Sector(offset, bytes), _) => write(&mut disk, *offset, bytes),
                    (Atom::Length(length), _) => disk.resize(*length as usize, 0),
                }
            }
            if length_lost {
                disk.resize(durable.len(), 0);
            }
            count += 1;
            visit(disk);
        };
        // Of the sectors that change something, those to tear: all of few, some of many, and how much of each is new.
        let mut torn: Vec<(usize, usize)> = (0..atoms.len())
            .filter(|index| changes(&durable, &atoms[*index]))
            .flat_map(|index| TORN.map(|part| (index, part)))
            .collect();
        while torn.len() > 2 * samples.max(exhaustive as usize) {
            torn.swap_remove(numbers.below(torn.len() as u64) as usize);
        }
        let longer = atoms.iter().any(|atom| match atom {
            Atom::Sector(offset, bytes) => offset + bytes.len() as u64 > durable.len() as u64,
            Atom::Length(length) => *length != durable.len() as u64,
        });
        let all = atoms.len();
        if all <= exhaustive as usize {
            for mask in 0..1_u64 << all {
                emit(&|index| mask >> index & 1 == 1, None, false);
            }
        } else {
            emit(&|_| false, None, false);
            emit(&|_| true, None, false);
            let mut some: Vec<usize> = (0..all).collect();
            while some.len() > samples.max(1) {
                some.swap_remove(numbers.below(some.len() as u64) as usize);
            }
            for chosen in some {
                emit(&|index| index == chosen, None, false);
                emit(&|index| index != chosen, None, false);
                emit(&|index| index <= chosen, None, false);
                emit(&|index| index > chosen, None, false);
            }
            for _ in 0..samples {
                let seed = numbers.next_number();
                let density = 1 + numbers.below(7);
                emit(&|index| Numbers::new(seed ^ index as u64).below(8) < density, None, false);
            }
        }
        for (index, part) in torn {
            let seed = numbers.next_number();
            emit(&|_| false, Some((index, part)), false);
            emit(&|_| true, Some((index, part)), false);
            emit(&|other| Numbers::new(seed ^ other as u64).below(2) == 0, Some((index, part)), false);
        }
        if longer {
            emit(&|_| true, None, true);
            let seed = numbers.next_number();
            emit(&|index| Numbers::new(seed ^ index as u64).below(2) == 0, None, true);
        }
        count
    }

    /// The content after all operations.
    pub fn last(&self) -> Vec<u8> {
        let mut disk = (*self.initial).clone();
        self.operations.iter().for_each(|operation| apply(&mut disk, operation));
        disk
    }
}

fn apply(disk: &mut Vec<u8>, operation: &Operation) {
    match operation {
        Operation::Write(offset, bytes) => write(disk, *offset, bytes),
        Operation::SetLen(length) => disk.resize(*length as usize, 0),
        Operation::Sync => {}
    }
}

fn write(disk: &mut Vec<u8>, offset: u64, bytes: &[u8]) {
    let range = offset as usize..offset as usize + bytes.len();
    if disk.len() < range.end {
        disk.resize(range.end, 0);
    }
    disk[range].copy_from_slice(bytes);
}

/// Whether a write makes a difference to what is durable.
fn changes(durable: &[u8], atom: &Atom<'_>) -> bool {
    match atom {
        Atom::Sector(offset, bytes) => {
            durable.get(*offset as usize..*offset as usize + bytes.len()) != Some(*bytes)
        }
        Atom::Length(_) => false,
    }
}

fn atoms_of(operation: &Operation) -> Vec<Atom<'_>> {
    match operation {
        Operation::Sync => Vec::new(),
        Operation::SetLen(length) => vec![Atom::Length(*length)],
        Operation::Write(offset, bytes) => sectors(*offset, bytes.len() as u64)
            .map(|range| Atom::Sector(offset + range.start, &bytes[range.start as usize..range.end as usize]))
            .collect(),
    }
}

/// The parts of a write that lie in one sector each.
fn sectors(offset: u64, length: u64) -> impl Iterator<Item = Range<u64>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at = (((offset + at) / SECTOR + 1) * SECTOR - offset).min(length);
        (start < length).then_some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_subset_of_unsynced_sectors_is_a_state() {
        let storage = RecordingStorage::new(vec![0; 2048]);
        storage.write_at(0, &[1; 512]).unwrap();
        storage.sync_data().unwrap();
        storage.write_at(256, &[2; 1024]).unwrap();
        let (mut whole, mut torn) = (HashSet::new(), HashSet::new());
        storage.recording().crash_states(3, 8, 0, &mut Numbers::new(1), |disk| {
            assert_eq!(disk[..256], [1; 256], "what was synced is there");
            // The sectors of the write begin at 256, 512 and 1024.
            let ends = [(256, 511), (512, 1023), (1024, 1279)];
            if ends.iter().any(|(first, last)| disk[*first] == 2 && disk[*last] != 2) {
                torn.insert(disk);
            } else {
                whole.insert(disk);
            }
        });
        assert_eq!(whole.len(), 8, "three sectors are touched");
        assert!(torn.len() >= 10, "and each may be torn: {}", torn.len());
        let mut before = HashSet::new();
        storage.recording().crash_states(1, 8, 0, &mut Numbers::new(1), |disk| {
            before.insert(disk);
        });
        assert_eq!(before.len(), 4, "before the sync the first write may be lost, or torn in two ways");
    }

    #[test]
    fn lost_lengths_are_states() {
        let storage = RecordingStorage::new(vec![0; 512]);
        storage.set_len(2048).unwrap();
        storage.write_at(1024, &[3; 512]).unwrap();
        let mut lengths = HashSet::new();
        storage.recording().crash_states(2, 8, 0, &mut Numbers::new(1), |disk| {
            lengths.insert(disk.len());
        });
        assert!(lengths.contains(&512) && lengths.contains(&2048) && lengths.contains(&1536));
    }
}
