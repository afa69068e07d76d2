//! What the operating system tells of a file: `stat` and its relatives, behind proxies as real Self's `statStructure` has them.
//!
//! A proxy holds a number of ours, below all descriptors, and the token of this run; the numbers that the system told are kept beside the
//! machine until the proxy is deleted, or the run ends. So they are no part of an image.

use std::collections::BTreeMap;

use batos_image::value::{ObjectRef, Value};
use rustix::fs::{FileType, Stat};

use super::descriptor::{self, errno_failure, proxy_element};
use super::host::path;
use super::{Call, Entry, FORBIDDEN, Failure, Outcome, Reply};
use crate::vm::Vm;

/// Most that are kept at once: the oldest goes, and its proxy is dead.
const MOST: usize = 10_000;
const DAY_SECONDS: i64 = 86_400;

/// What was told so far in this run.
#[derive(Default)]
pub(crate) struct FileStatuses {
    told: BTreeMap<i32, Stat>,
    next: i32,
}

impl FileStatuses {
    fn keep(&mut self, stat: Stat) -> i32 {
        if self.told.len() >= MOST {
            // Numbers fall: the greatest is the oldest.
            self.told.pop_last();
        }
        self.next = self.next.checked_sub(1).unwrap_or(-1);
        self.told.insert(self.next, stat);
        self.next
    }

    /// Is there something by this number?
    pub(crate) fn knows(&self, number: i32) -> bool {
        self.told.contains_key(&number)
    }
}

/// A primitive that answers a number out of a status.
macro_rules! member {
    ($name:literal, $field:ident) => {
        ($name, 0, |vm, c| {
            let (_, stat) = status(vm, c)?;
            vm.reply_int(i64::try_from(stat.$field).unwrap_or(i64::MAX))
        })
    };
}

/// A primitive that answers whether a status is that of such a file.
macro_rules! sort {
    ($name:literal, $sort:ident) => {
        ($name, 0, |vm, c| {
            let (_, stat) = status(vm, c)?;
            vm.reply_bool(FileType::from_raw_mode(stat.st_mode) == FileType::$sort)
        })
    };
}

/// A primitive that answers a time out of a status, as a day and a millisecond.
macro_rules! time {
    ($name:literal, $field:ident, $nanoseconds:ident) => {
        ($name, 0, |vm, c| {
            let (_, stat) = status(vm, c)?;
            let (seconds, nanoseconds) = (stat.$field as i64, stat.$nanoseconds as i64);
            let day = seconds.div_euclid(DAY_SECONDS);
            let ms = seconds.rem_euclid(DAY_SECONDS) * 1000 + nanoseconds / 1_000_000;
            let parts = [day, ms].map(|n| Value::from_i64(n).unwrap_or(Value::ZERO));
            Ok(Reply::Value(vm.new_vector(&parts).value()))
        })
    };
}

pub(super) const LIST: &[Entry] = &[
    ("_stat_wrapperstatResultProxy:", 1, |vm, c| {
        let path = path(vm, c)?;
        let stat = rustix::fs::stat(path);
        told(vm, c, stat)
    }),
    ("_lstat_wrapperlstatResultProxy:", 1, |vm, c| {
        let path = path(vm, c)?;
        let stat = rustix::fs::lstat(path);
        told(vm, c, stat)
    }),
    ("_fstat_wrapperfstatResultProxy:", 1, |vm, c| {
        let stat = descriptor::status_of_receiver(vm, c)?;
        told(vm, c, stat)
    }),
    ("_stat_type_deletedelete", 0, |vm, c| {
        let (number, _) = status(vm, c)?;
        vm.file_statuses.told.remove(&number);
        Ok(Reply::Value(vm.receiver(c)))
    }),
    member!("_stat_type_st_devst_dev", st_dev),
    member!("_stat_type_st_inost_ino", st_ino),
    member!("_stat_type_st_modest_mode", st_mode),
    member!("_stat_type_st_nlinkst_nlink", st_nlink),
    member!("_stat_type_st_uidst_uid", st_uid),
    member!("_stat_type_st_gidst_gid", st_gid),
    member!("_stat_type_st_rdevst_rdev", st_rdev),
    member!("_stat_type_st_sizest_size", st_size),
    member!("_stat_type_st_blksizest_blksize", st_blksize),
    member!("_stat_type_st_blocksst_blocks", st_blocks),
    sort!("_s_isdir_wrappers_isdir", Directory),
    sort!("_s_isreg_wrappers_isreg", RegularFile),
    sort!("_s_islnk_wrappers_islnk", Symlink),
    sort!("_s_ischr_wrappers_ischr", CharacterDevice),
    sort!("_s_isblk_wrappers_isblk", BlockDevice),
    sort!("_s_issock_wrappers_issock", Socket),
    sort!("_s_isfifo_wrappers_isfifo", Fifo),
    time!("_stat_st_atime_wrapperst_atime", st_atime, st_atime_nsec),
    time!("_stat_st_mtime_wrapperst_mtime", st_mtime, st_mtime_nsec),
    time!("_stat_st_ctime_wrapperst_ctime", st_ctime, st_ctime_nsec),
];

/// Keeps what the system told, in the dead proxy that is the argument, which is the answer.
fn told(vm: &mut Vm, call: &Call, stat: rustix::io::Result<Stat>) -> Outcome {
    let proxy = descriptor::dead_argument(vm, call, 0)?;
    let number = vm.file_statuses.keep(stat.map_err(errno_failure)?);
    Ok(descriptor::revive(vm, proxy, number))
}

/// The status behind the receiver, and its number.
fn status(vm: &mut Vm, call: &Call) -> Result<(i32, Stat), Failure> {
    let proxy: ObjectRef = descriptor::receiver(vm, call)?;
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    let dead = Failure::word("deadProxyError");
    let number = vm.heap.item(proxy, proxy_element::DESCRIPTOR).as_int();
    let number = number.and_then(|n| i32::try_from(n).ok()).filter(|_| descriptor::of_this_run(vm, proxy));
    let number = number.ok_or(dead.clone())?;
    let stat = vm.file_statuses.told.get(&number).ok_or(dead)?;
    Ok((number, *stat))
}
