//! Walking the log: from a snapshot's position through packets and jumps to the last good one.
//!
//! Invariant: a walk yields packets whose numbers and checksums form one chain. Where the chain ends, either
//! nothing intact follows (the end of the log, perhaps a torn packet that was never acknowledged), or something
//! does, and then the log is damaged: a torn tail has nothing behind it, because only one packet is under way at a
//! time, and the jump to an extent is durable before anything is written there.

use super::catalog::{Extent, Identity, Snapshot};
use super::chunks::{ChunkIndex, ChunkRun};
use super::error::Damage;
use super::format::{PACKET_MAGIC, PAGE_BYTES};
use super::packet::{Body, NoPacket, Packet, Place, read_packet};
use super::storage::{Storage, read_exact_at};
use std::io;

/// Why a walk stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    /// There is no further packet; `damage` says what was there, and `blank` that it was nothing.
    End {
        damage: Damage,
        blank: bool,
    },
    Io {
        offset: u64,
        source: io::Error,
    },
}

/// A position in the log, and what the next packet must follow.
#[derive(Clone)]
pub(crate) struct Walk<'a> {
    storage: &'a dyn Storage,
    identity: &'a Identity,
    /// Length of the file in chunks.
    total: u32,
    /// All extents met, in order.
    pub extents: Vec<Extent>,
    pub extent: Extent,
    pub offset: u64,
    pub next_sequence: u64,
    pub previous: [u8; 16],
}

impl<'a> Walk<'a> {
    /// At the position of `snapshot`, which lies in one of `extents`.
    pub fn at_snapshot(
        storage: &'a dyn Storage,
        identity: &'a Identity,
        total: u32,
        extents: &[Extent],
        snapshot: &Snapshot,
    ) -> Option<Walk<'a>> {
        let extent = *extents.iter().find(|extent| extent.ordinal == snapshot.extent)?;
        Some(Walk {
            storage,
            identity,
            total,
            extents: extents.to_vec(),
            extent,
            offset: snapshot.offset,
            next_sequence: snapshot.sequence + 1,
            previous: snapshot.previous,
        })
    }

    /// The next packet, jumps included.
    pub fn next_packet(&mut self) -> Result<Packet, Stop> {
        let place = Place {
            storage: self.storage,
            identity: self.identity,
            extent: self.extent,
            offset: self.offset,
        };
        let (packet, previous) = read_packet(place).map_err(|none| match none {
            NoPacket::Bad { damage, blank } => Stop::End { damage, blank },
            NoPacket::Io { offset, source } => Stop::Io { offset, source },
        })?;
        let stop = |what: &str| Stop::End { damage: Damage::new(self.offset, what), blank: false };
        if packet.sequence != self.next_sequence || previous != self.previous {
            return Err(stop("a packet does not follow the one before it"));
        }
        if let Body::Jump(next) = &packet.body {
            if !next.is_sound(self.identity, self.total) || next.ordinal != self.extent.ordinal + 1 {
                return Err(stop("a jump leads nowhere"));
            }
            self.extents.retain(|extent| extent.ordinal < next.ordinal);
            self.extents.push(*next);
            self.extent = *next;
            self.offset = next.start(self.identity.chunk_bytes());
        } else {
            self.offset += packet.padded();
        }
        self.next_sequence += 1;
        self.previous = packet.checksum;
        Ok(packet)
    }

    /// Looks for an intact packet behind the place where the walk ended: its number and offset.
    pub fn find_later(&self, blank: bool) -> Result<Option<(u64, u64)>, Stop> {
        let size = self.identity.chunk_bytes();
        let rest = self.extents.iter().filter(|extent| extent.ordinal > self.extent.ordinal);
        for extent in std::iter::once(&self.extent).chain(rest) {
            let mut offset = if extent.ordinal == self.extent.ordinal {
                self.offset + PAGE_BYTES
            } else {
                extent.start(size)
            };
            while offset < extent.end(size) {
                if let Some(found) = self.later_at(*extent, offset)? {
                    return Ok(Some(found));
                }
                offset += PAGE_BYTES;
            }
        }
        if !blank {
            // Perhaps it was a jump. Any chunk may be the start of the extent that it led to.
            let ordinal = self.extent.ordinal + 1;
            for chunk in 1..self.total {
                let run = ChunkRun { first: ChunkIndex(chunk), count: self.total - chunk };
                let extent = Extent { ordinal, run, salt: self.identity.extent_salt(ordinal) };
                if let Some(found) = self.later_at(extent, extent.start(size))? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }

    fn later_at(&self, extent: Extent, offset: u64) -> Result<Option<(u64, u64)>, Stop> {
        let mut magic = [0; 8];
        match read_exact_at(self.storage, offset, &mut magic) {
            Ok(()) if magic == PACKET_MAGIC => {}
            Ok(()) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(source) => return Err(Stop::Io { offset, source }),
        }
        match read_packet(Place { storage: self.storage, identity: self.identity, extent, offset }) {
            Ok((packet, _)) if packet.sequence > self.next_sequence => Ok(Some((packet.sequence, offset))),
            Ok(_) | Err(NoPacket::Bad { .. }) => Ok(None),
            Err(NoPacket::Io { offset, source }) => Err(Stop::Io { offset, source }),
        }
    }
}
