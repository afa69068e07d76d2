//! The past: what was committed, how the image was then, going back to it, and branches.
//!
//! Every commit since the oldest kept snapshot can be had: the last snapshot before it, and the packets after that.
//! Commits are numbered in the order of time; the tree of branches is in their `parent`.
//!
//! Reading history keeps checkpoints waiting, so that the log it reads is not given to others meanwhile.

use super::catalog::{Branch, Snapshot};
use super::checkpoint::{Wish, cards_of, checkpoint};
use super::commit;
use super::error::{CheckpointError, CommitError, HistoryError};
use super::format::BranchAct;
use super::log::{Stop, Walk};
use super::packet::{Body, CardRun, Packet};
use super::state::State;
use super::{CommitId, CommitInfo, Store};
use crate::layout::{CARD_BYTES, CARD_DIVERGED, CARD_UNSAVED};
use crate::space::Space;
use std::ops::Range;
use std::sync::Arc;

/// A commit of the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommitEntry {
    /// Its number.
    pub id: CommitId,
    /// The commit it was made from; `CommitId(0)` for the first.
    pub parent: CommitId,
    /// Who made it, when, and why.
    pub info: CommitInfo,
    /// On which branch.
    pub branch: String,
    /// Bytes of the cards that it wrote.
    pub changed_bytes: u64,
    /// The cards that it wrote.
    pub cards: Vec<Range<u64>>,
}

impl Store {
    /// The commits of the history, oldest first.
    pub fn log(&self) -> Result<Vec<CommitEntry>, HistoryError> {
        let mut entries = Vec::new();
        self.walk(
            |_| true,
            |packet| {
                if let Body::Commit(record) = &packet.body {
                    entries.push(CommitEntry {
                        id: CommitId(record.commit),
                        parent: CommitId(record.parent),
                        info: CommitInfo {
                            time: record.time,
                            author: record.author.clone(),
                            message: record.message.clone(),
                        },
                        branch: record.branch.clone(),
                        changed_bytes: record.changed_bytes,
                        cards: cards_of([&*packet]),
                    });
                }
                true
            },
        )?;
        Ok(entries)
    }

    /// The oldest commit that can be opened.
    pub fn oldest(&self) -> CommitId {
        CommitId(self.shared.state().catalog.snapshots[0].commit)
    }

    /// Maps an older commit into an empty space.
    pub fn map_at(&self, commit: CommitId, space: &mut Space) -> Result<(), HistoryError> {
        let _stay = self.shared.checkpointing();
        self.map_at_while_staying(commit, space)
    }

    fn map_at_while_staying(&self, commit: CommitId, space: &mut Space) -> Result<(), HistoryError> {
        self.check_kept(commit)?;
        let mut packets = Vec::new();
        let mut segments = 0;
        let snapshot = self.walk_while_staying(
            |snapshot| snapshot.commit <= commit.0,
            |packet| {
                let wanted = packet.commit <= commit.0;
                if wanted {
                    segments = packet.segment_count;
                    packets.push(packet);
                }
                wanted
            },
        )?;
        let origin = {
            let mut state = self.shared.state();
            self.origin_of(&mut state, &snapshot.segments)
        };
        self.fill(space, origin, &packets, segments.max(snapshot.segments.len() as u64))?;
        Ok(())
    }

    /// The cards that the commits after `from` up to `to` wrote: outside of them the two are the same.
    pub fn changed_cards(&self, from: CommitId, to: CommitId) -> Result<Vec<Range<u64>>, HistoryError> {
        let _stay = self.shared.checkpointing();
        self.changed_cards_while_staying(from, to)
    }

    fn changed_cards_while_staying(
        &self,
        from: CommitId,
        to: CommitId,
    ) -> Result<Vec<Range<u64>>, HistoryError> {
        let (from, to) = (from.min(to), from.max(to));
        self.check_kept(from)?;
        self.check_kept(to)?;
        let mut packets = Vec::new();
        self.walk_while_staying(
            |snapshot| snapshot.commit <= from.0,
            |packet| {
                let wanted = packet.commit <= to.0;
                if wanted && packet.commit > from.0 {
                    packets.push(packet);
                }
                wanted
            },
        )?;
        Ok(cards_of(packets.iter().map(|packet| &**packet)))
    }

    /// Makes a new commit on the current branch with the bytes of an older one. For an image that nobody has mapped
    /// for writing; see `revert_into`.
    pub fn revert(&self, commit: CommitId, info: &CommitInfo) -> Result<CommitId, CommitError> {
        self.go_to(None, commit, info, None)
    }

    /// Makes a new commit with the bytes of an older one, and sets `space` (the mapped newest commit) to them. What was
    /// not committed in it is lost. On an error the space is as it was.
    pub fn revert_into(
        &self,
        space: &mut Space,
        commit: CommitId,
        info: &CommitInfo,
    ) -> Result<CommitId, CommitError> {
        self.go_to(Some(space), commit, info, None)
    }

    /// Makes a branch current, and a commit on it with the bytes of its newest commit. `space` is as for
    /// `revert_into`.
    pub fn switch(
        &self,
        space: Option<&mut Space>,
        branch: &str,
        info: &CommitInfo,
    ) -> Result<CommitId, CommitError> {
        let commit = self.find_branch(branch).map_err(Box::new)?;
        self.go_to(space, commit, info, Some(branch))
    }

    fn go_to(
        &self,
        space: Option<&mut Space>,
        commit: CommitId,
        info: &CommitInfo,
        branch: Option<&str>,
    ) -> Result<CommitId, CommitError> {
        let (old, changed) = {
            let _stay = self.shared.checkpointing();
            let changed = self.changed_cards_while_staying(commit, self.head()).map_err(Box::new)?;
            let mut old = self.reserve().map_err(HistoryError::Space).map_err(Box::new)?;
            self.map_at_while_staying(commit, &mut old).map_err(Box::new)?;
            // What came later is zero again; an image does not shrink.
            let segments = self.segment_count().max(space.as_ref().map_or(0, |space| space.segment_count()));
            old.grow(segments).map_err(HistoryError::Space).map_err(Box::new)?;
            // What is damaged must not become a commit of its own.
            for run in &changed {
                let bytes = run.start * CARD_BYTES..run.end * CARD_BYTES;
                old.check(bytes).map_err(HistoryError::Space).map_err(Box::new)?;
            }
            (old, changed)
        };
        let runs = CardRun::of_ranges(changed.iter().cloned());
        let parent = branch.map(|_| commit.0);
        let made = self.commit_change(&old, &runs, info, parent, branch.map(str::to_string))?;
        if let Some(space) = space {
            let unsaved = space.card_runs(CARD_UNSAVED);
            for run in unsaved.iter().cloned().chain(changed) {
                let bytes = run.start * CARD_BYTES..run.end * CARD_BYTES;
                if let Some(source) = old.image_slice(bytes.clone()) {
                    space.write_image(bytes.start, source, CARD_DIVERGED);
                }
            }
            space.clear_card_bits(CARD_UNSAVED, &unsaved);
        }
        Ok(made)
    }

    /// All branches, and the position of the current one among them.
    pub fn branches(&self) -> (Vec<Branch>, usize) {
        let state = self.shared.state();
        (state.log.branches.clone(), state.log.current_branch)
    }

    /// Names a commit. The history is kept from the oldest named commit on, whatever the policy says.
    pub fn branch(&self, name: &str, commit: CommitId) -> Result<(), CommitError> {
        // No checkpoint may let the commit go between the look and the act.
        let _stay = self.shared.checkpointing();
        self.check_kept(commit).map_err(Box::new)?;
        self.check_state(commit).map_err(Box::new)?;
        self.change_branch(Branch { name: name.to_string(), commit: commit.0 }, BranchAct::Set)
    }

    /// Forgets a name other than the current branch's.
    pub fn remove_branch(&self, name: &str) -> Result<(), CommitError> {
        let _stay = self.shared.checkpointing();
        let commit = self.find_branch(name).map_err(Box::new)?;
        let (branches, current) = self.branches();
        if branches[current].name == name {
            return Err(Box::new(HistoryError::CurrentBranch(name.to_string())).into());
        }
        self.change_branch(Branch { name: name.to_string(), commit: commit.0 }, BranchAct::Remove)
    }

    fn change_branch(&self, branch: Branch, act: BranchAct) -> Result<(), CommitError> {
        let due = commit::change_branch(&self.shared, branch, act)?;
        self.after_append(due);
        Ok(())
    }

    /// The newest commit of a branch.
    pub fn find_branch(&self, name: &str) -> Result<CommitId, HistoryError> {
        let state = self.shared.state();
        let found = state.log.branches.iter().find(|branch| branch.name == name);
        found.map(|branch| CommitId(branch.commit)).ok_or_else(|| HistoryError::NoBranch(name.to_string()))
    }

    /// How many commits the history keeps at least.
    pub fn keep(&self) -> u64 {
        self.shared.state().log.keep
    }

    /// Sets how many commits the history keeps at least. Older ones go as checkpoints come.
    pub fn set_keep(&self, keep: u64) -> Result<(), CheckpointError> {
        self.shared.state().log.keep = keep;
        checkpoint(&self.shared, Wish { even_if_empty: true, ..Wish::default() }).map(drop)
    }

    fn check_kept(&self, commit: CommitId) -> Result<(), HistoryError> {
        let (oldest, newest) = (self.oldest(), self.head());
        if (oldest..=newest).contains(&commit) {
            Ok(())
        } else {
            Err(HistoryError::NotKept { wanted: commit, oldest, newest })
        }
    }

    /// Reads and checks all that a commit is made of.
    fn check_state(&self, commit: CommitId) -> Result<(), HistoryError> {
        let snapshot = self
            .walk_while_staying(|snapshot| snapshot.commit <= commit.0, |packet| packet.commit <= commit.0)?;
        self.check_segments(&snapshot.segments)
    }

    fn walk(
        &self,
        start: impl Fn(&Snapshot) -> bool,
        visit: impl FnMut(Arc<Packet>) -> bool,
    ) -> Result<Snapshot, HistoryError> {
        let _stay = self.shared.checkpointing();
        self.walk_from(
            |state| state.catalog.snapshots.iter().find(|snapshot| start(snapshot)).cloned(),
            visit,
        )
    }

    /// Visits the packets after the newest snapshot that `start` accepts, as long as `visit` wants more.
    fn walk_while_staying(
        &self,
        start: impl Fn(&Snapshot) -> bool,
        visit: impl FnMut(Arc<Packet>) -> bool,
    ) -> Result<Snapshot, HistoryError> {
        self.walk_from(
            |state| state.catalog.snapshots.iter().rev().find(|snapshot| start(snapshot)).cloned(),
            visit,
        )
    }

    fn walk_from(
        &self,
        start: impl Fn(&State) -> Option<Snapshot>,
        mut visit: impl FnMut(Arc<Packet>) -> bool,
    ) -> Result<Snapshot, HistoryError> {
        let (snapshot, extents, total, end) = {
            let state = self.shared.state();
            let oldest = state.catalog.snapshots[0].clone();
            let snapshot = start(&state).unwrap_or(oldest);
            (snapshot, state.log.extents.clone(), state.allocator.total(), state.log.next_sequence)
        };
        let storage = &*self.shared.storage;
        let nowhere = || super::Damage::new(snapshot.offset, "a snapshot's log position is nowhere");
        let mut walk = Walk::at_snapshot(storage, &self.shared.identity, total, &extents, &snapshot)
            .ok_or_else(|| HistoryError::Damaged(nowhere()))?;
        while walk.next_sequence < end {
            let packet = walk.next_packet().map_err(|stop| match stop {
                Stop::End { damage, .. } => HistoryError::Damaged(damage),
                Stop::Io { offset, source } => HistoryError::Io { offset, source },
            })?;
            if !visit(Arc::new(packet)) {
                break;
            }
        }
        Ok(snapshot)
    }
}
