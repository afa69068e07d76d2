//! Appending to the log: one vectored write, one sync, then the commit is acknowledged.
//!
//! Invariants: the state changes only after the sync; a packet that failed is overwritten by the next one, which has
//! the same number; a jump to a new extent is durable before anything is written there. Nothing here changes memory.

use super::catalog::{Branch, Extent};
use super::chunks::ChunkRun;
use super::error::{CheckpointError, CommitError, is_full};
use super::format::{BranchAct, CommitRecord, PAGE_BYTES};
use super::packet::{Body, CardRun, Framed, Framing, MOST_SEGMENTS, frame};
use super::state::{Shared, State};
use super::storage::write_all_vectored_at;
use super::{CommitId, CommitInfo};
use std::sync::MutexGuard;

/// A commit that is about to be written.
pub(crate) struct Change<'a> {
    pub runs: Vec<CardRun>,
    /// Bytes of each run.
    pub cards: Vec<&'a [u8]>,
    pub segment_count: u64,
    pub info: &'a CommitInfo,
    /// The commit it follows from, if it is not the newest of the current branch.
    pub parent: Option<u64>,
    /// The branch it goes to, if it is not the current one.
    pub branch: Option<String>,
}

/// Longest author and message in bytes.
const LONGEST_TEXT: usize = 1 << 20;

pub(crate) fn commit(shared: &Shared, change: Change<'_>) -> Result<(CommitId, bool), CommitError> {
    if change.info.author.len() > LONGEST_TEXT || change.info.message.len() > LONGEST_TEXT {
        return Err(CommitError::TooLarge("author and message have at most 1 MiB"));
    }
    if change.segment_count > MOST_SEGMENTS {
        return Err(CommitError::TooLarge("an image has at most 2^20 segments"));
    }
    let changed_bytes: u64 = change.cards.iter().map(|slice| slice.len() as u64).sum();
    let mut state = wait_for_room(shared, changed_bytes)?;
    let branch = match change.branch {
        Some(branch) if !Branch::is_name(&branch) => {
            return Err(CommitError::TooLarge("a branch has a name of at most 64 bytes"));
        }
        Some(branch) => branch,
        None => state.log.branches[state.log.current_branch].name.clone(),
    };
    let commit = state.log.commit + 1;
    let current = state.log.branches[state.log.current_branch].commit;
    let record = CommitRecord {
        commit,
        parent: change.parent.unwrap_or(current),
        time: change.info.time,
        author: change.info.author.clone(),
        message: change.info.message.clone(),
        branch,
        changed_bytes,
    };
    let segments = change.segment_count.max(state.log.segment_count);
    append(shared, &mut state, change.runs, &change.cards, (commit, segments), Body::Commit(record))?;
    Ok((CommitId(commit), wants_checkpoint(shared, &mut state)))
}

/// Sets or removes a branch, while no checkpoint is under way. True if another is due.
pub(crate) fn change_branch(shared: &Shared, branch: Branch, act: BranchAct) -> Result<bool, CommitError> {
    if !Branch::is_name(&branch.name) {
        return Err(CommitError::TooLarge("a branch has a name of at most 64 bytes"));
    }
    // A page more does no harm to the tail, and the caller keeps checkpoints waiting: none would make room.
    let mut state = writable(shared)?;
    let numbers = (state.log.commit, state.log.segment_count);
    append(shared, &mut state, Vec::new(), &[], numbers, Body::Branch { branch, act })?;
    Ok(wants_checkpoint(shared, &mut state))
}

/// The state, when the image is writable and the tail of the log has room (or no checkpoint will make any).
fn wait_for_room(shared: &Shared, bytes: u64) -> Result<MutexGuard<'_, State>, CommitError> {
    let mut state = shared.state();
    loop {
        state = check_writable(shared, state)?;
        let full = state.log.tail_bytes.saturating_add(bytes) > shared.policy.wait_at;
        if !(full && state.checkpoint_pending && !state.log.tail.is_empty()) {
            return Ok(state);
        }
        state = shared.wait(state);
    }
}

fn writable(shared: &Shared) -> Result<MutexGuard<'_, State>, CommitError> {
    check_writable(shared, shared.state())
}

fn check_writable<'a>(
    shared: &Shared,
    state: MutexGuard<'a, State>,
) -> Result<MutexGuard<'a, State>, CommitError> {
    match shared.read_only_reason() {
        Some(reason) => Err(CommitError::ReadOnly { reason }),
        None => Ok(state),
    }
}

fn wants_checkpoint(shared: &Shared, state: &mut State) -> bool {
    let due = state.log.tail_bytes >= shared.policy.checkpoint_at.max(state.retry_at);
    if due && shared.policy.background && !state.checkpoint_pending {
        state.checkpoint_pending = true;
        return true;
    }
    false
}

/// True if the background thread should prepare the next extent.
pub(crate) fn wants_extent(shared: &Shared) -> bool {
    let state = shared.state();
    let extent = state.log.extent();
    let room = extent.end(shared.chunk_bytes()).saturating_sub(state.log.offset);
    state.log.prepared.is_none() && room < u64::from(extent.run.count) * shared.chunk_bytes() / 2
}

/// Zeroes chunks for the next extent, so that the commit that needs it need not.
pub(crate) fn prepare_extent(shared: &Shared) -> Result<(), CheckpointError> {
    let run = {
        let mut state = shared.state();
        if state.log.prepared.is_some() || shared.read_only_reason().is_some() {
            return Ok(());
        }
        shared.take_run(&mut state, shared.policy.extent_chunks)?
    };
    let (from, to) = (run.first.offset(shared.chunk_bytes()), run_end(shared, run));
    let zeroed = shared
        .zero_fill(from, to)
        .and_then(|()| shared.sync().map_err(|source| CheckpointError::Sync { offset: from, source }));
    let mut state = shared.state();
    state.allocator.settle(run.iter());
    // A commit may have taken an extent for itself meanwhile; this one then waits for its turn.
    if zeroed.is_ok() && state.log.prepared.is_none() {
        state.log.prepared = Some(run);
    }
    shared.recount(&mut state);
    zeroed
}

fn run_end(shared: &Shared, run: ChunkRun) -> u64 {
    run.first.plus(run.count).offset(shared.chunk_bytes())
}

fn append(
    shared: &Shared,
    state: &mut State,
    runs: Vec<CardRun>,
    cards: &[&[u8]],
    (commit, segment_count): (u64, u64),
    body: Body,
) -> Result<(), CommitError> {
    shared.settle(state).map_err(commit_error)?;
    let framed = build(shared, state, runs, cards, (commit, segment_count), body)?;
    let room = shared.chunk_bytes() * u64::from(state.log.extent().run.count);
    let used = state.log.offset - state.log.extent().start(shared.chunk_bytes());
    // One page is always kept free for a jump.
    let framed = if used + framed.packet.padded() + PAGE_BYTES <= room {
        framed
    } else {
        jump(shared, state, framed.packet.padded())?;
        let Framed { packet, .. } = framed;
        build(shared, state, packet.runs, cards, (commit, segment_count), packet.body)?
    };
    write(shared, state, framed, cards)
}

/// Leads the log to the lowest free place of the file.
pub(crate) fn jump_low(shared: &Shared) -> Result<(), CommitError> {
    let mut state = wait_for_room(shared, PAGE_BYTES)?;
    shared.settle(&mut state).map_err(commit_error)?;
    state.log.prepared = None;
    shared.recount(&mut state);
    jump(shared, &mut state, 0)
}

fn build(
    shared: &Shared,
    state: &State,
    runs: Vec<CardRun>,
    cards: &[&[u8]],
    (commit, segment_count): (u64, u64),
    body: Body,
) -> Result<Framed, CommitError> {
    let framing = Framing {
        sequence: state.log.next_sequence,
        commit,
        segment_count,
        previous: state.log.previous,
        offset: state.log.offset,
        salt: state.log.extent().salt,
    };
    frame(&shared.identity, &framing, runs, cards, body)
        .ok_or(CommitError::TooLarge("it has more than 2^32 runs of cards"))
}

/// Leads the log to another extent, with room for a packet of `bytes`.
fn jump(shared: &Shared, state: &mut State, bytes: u64) -> Result<(), CommitError> {
    let size = shared.chunk_bytes();
    let wanted = (bytes + PAGE_BYTES).div_ceil(size).max(u64::from(shared.policy.extent_chunks));
    let wanted = u32::try_from(wanted)
        .map_err(|_| CommitError::TooLarge("it has more than 2^32 chunks of changes"))?;
    let (run, taken) = match state.log.prepared.filter(|run| run.count >= wanted) {
        Some(run) => (run, false),
        None => (shared.take_run(state, wanted).map_err(commit_error)?, true),
    };
    let ordinal = state.log.extent().ordinal + 1;
    let next = Extent { ordinal, run, salt: shared.identity.extent_salt(ordinal) };
    if taken {
        if let Err(error) = shared.zero_fill(next.start(size) + bytes, next.end(size)) {
            shared.give_back(state, run.iter());
            return Err(commit_error(error));
        }
        // From the first byte of the jump on the run stays reserved, whatever becomes of the write: a jump that
        // is said to have failed may be on the disk.
        let replaced = state.log.prepared.replace(run);
        shared.give_back(state, run.iter().chain(replaced.into_iter().flat_map(ChunkRun::iter)));
    }
    let numbers = (state.log.commit, state.log.segment_count);
    let framed = build(shared, state, Vec::new(), &[], numbers, Body::Jump(next))?;
    write(shared, state, framed, &[])?;
    state.log.prepared = None;
    Ok(())
}

fn write(shared: &Shared, state: &mut State, framed: Framed, cards: &[&[u8]]) -> Result<(), CommitError> {
    let offset = framed.packet.offset;
    let mut slices: Vec<&[u8]> = Vec::with_capacity(cards.len() + 2);
    slices.push(&framed.head);
    slices.extend_from_slice(cards);
    slices.push(&framed.tail);
    write_all_vectored_at(&*shared.storage, offset, &slices).map_err(|source| {
        (state.log.settled, state.log.torn) = (false, true);
        if is_full(&source) { CommitError::NoSpace { offset } } else { CommitError::Write { offset, source } }
    })?;
    shared.sync().map_err(|source| CommitError::Sync { offset, source })?;
    // Looked at last, before anybody is told that it is safe. The packet that nobody was told of is overwritten by the next one.
    still_named(shared).inspect_err(|_| (state.log.settled, state.log.torn) = (false, true))?;
    state.log.advance(framed.packet, shared.chunk_bytes());
    Ok(())
}

/// Whether the file is still found under the name it was opened by.
fn still_named(shared: &Shared) -> Result<(), CommitError> {
    match shared.storage.lost_name() {
        Some(reason) => Err(CommitError::Moved { path: shared.name.to_string(), reason }),
        None => Ok(()),
    }
}

fn commit_error(error: CheckpointError) -> CommitError {
    match error {
        CheckpointError::ReadOnly { reason } => CommitError::ReadOnly { reason },
        CheckpointError::NoSpace { offset } => CommitError::NoSpace { offset },
        CheckpointError::Io { offset, source } => CommitError::Write { offset, source },
        CheckpointError::Sync { offset, source } => CommitError::Sync { offset, source },
        CheckpointError::Damaged(damage) => {
            CommitError::Write { offset: damage.offset, source: std::io::Error::other(damage.to_string()) }
        }
    }
}
