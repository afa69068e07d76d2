//! Checking every byte that has a checksum: all segments of all snapshots, and the whole log.
//!
//! It reads the whole file, so it is not part of opening. Of objects it knows nothing; the heap has its own verifier.

use super::Store;
use super::catalog::Segment;
use super::checkpoint::read_segment;
use super::error::{CheckpointError, Damage, HistoryError};
use super::log::{Stop, Walk};
use super::options::OpenMode;
use std::collections::HashSet;

/// What a verification found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VerifyReport {
    /// Chunks that were read.
    pub segments: u64,
    /// Packets that were read.
    pub packets: u64,
    /// Something incomplete stands behind the last commit: one that was under way, or one that was damaged.
    pub incomplete: Option<Damage>,
    /// All that is wrong.
    pub damages: Vec<Damage>,
}

impl Store {
    /// Reads and checks the segments of the newest checkpoint; the log behind it was checked when it was opened.
    pub fn check_newest(&self) -> Result<(), HistoryError> {
        let _stay = self.shared.checkpointing();
        let catalog = self.shared.state().catalog.clone();
        self.check_segments(&catalog.current().segments)
    }

    /// Reads and checks segments.
    pub(crate) fn check_segments(&self, segments: &[Segment]) -> Result<(), HistoryError> {
        let mut bytes = vec![0; self.shared.chunk_bytes() as usize];
        for (index, entry) in segments.iter().enumerate() {
            read_segment(&self.shared, index as u64, *entry, &mut bytes).map_err(|error| match error {
                CheckpointError::Damaged(damage) => HistoryError::Damaged(damage),
                CheckpointError::Io { offset, source } => HistoryError::Io { offset, source },
                other => HistoryError::Damaged(Damage::new(0, other.to_string())),
            })?;
        }
        Ok(())
    }

    /// Reads and checks everything. An error means that it could not be read at all.
    pub fn verify(&self) -> Result<VerifyReport, HistoryError> {
        let _stay = self.shared.checkpointing();
        let (catalog, extents, total, end) = {
            let state = self.shared.state();
            (
                state.catalog.clone(),
                state.log.extents.clone(),
                state.allocator.total(),
                state.log.next_sequence,
            )
        };
        let mut report = VerifyReport {
            incomplete: self.report.torn_tail.clone(),
            damages: self.report.older_superblock.iter().cloned().collect(),
            ..Default::default()
        };
        let mut seen = HashSet::new();
        let mut bytes = vec![0; self.shared.chunk_bytes() as usize];
        for snapshot in &catalog.snapshots {
            for (index, entry) in snapshot.segments.iter().enumerate() {
                if entry.chunk.is_hole() || !seen.insert((entry.chunk, entry.checksum)) {
                    continue;
                }
                report.segments += 1;
                match read_segment(&self.shared, index as u64, *entry, &mut bytes) {
                    Ok(()) => {}
                    Err(CheckpointError::Io { offset, source }) => {
                        return Err(HistoryError::Io { offset, source });
                    }
                    Err(CheckpointError::Damaged(damage)) => report.damages.push(damage),
                    Err(other) => report.damages.push(Damage::new(0, other.to_string())),
                }
            }
        }
        let oldest = &catalog.snapshots[0];
        let walk = Walk::at_snapshot(&*self.shared.storage, &self.shared.identity, total, &extents, oldest);
        let Some(mut walk) = walk else {
            report.damages.push(Damage::new(oldest.offset, "a snapshot's log position is nowhere"));
            return Ok(report);
        };
        loop {
            if self.shared.mode == OpenMode::ReadOnly && walk.next_sequence >= end {
                // What follows is a writer's, who may be at it; what was there at first was looked at when it was opened.
                return Ok(report);
            }
            match walk.next_packet() {
                Ok(_) => report.packets += 1,
                Err(Stop::Io { offset, source }) => return Err(HistoryError::Io { offset, source }),
                Err(Stop::End { damage, .. }) => {
                    // With the state held no commit is under way.
                    let state = self.shared.state();
                    if walk.next_sequence < state.log.next_sequence && walk.next_sequence >= end {
                        continue;
                    }
                    if walk.next_sequence < end {
                        report.damages.push(damage);
                    } else if let Ok(Some((later, offset))) = walk.find_later(false) {
                        let what = format!("packet {later} is intact, but not the one before it");
                        report.damages.push(Damage::new(offset, what));
                    }
                    return Ok(report);
                }
            }
        }
    }
}
