//! Calls of the operating system about names of files, as real Self's `os` makes them: the receiver is a path, a failure has the system's
//! own name. What this world's own files use is in `host.rs`; open files are in `descriptor.rs`.

use rustix::fs::{Access, Mode};

use super::descriptor::errno_failure;
use super::host::path;
use super::{BAD_TYPE, Call, Entry, FORBIDDEN, Failure, Outcome, int};
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_Access:", 1, access),
    ("_Mkdir:", 1, |vm, c| {
        let (path, mode) = (path(vm, c)?, mode(vm, c)?);
        done(vm, rustix::fs::mkdir(path, mode))
    }),
    ("_Rmdir", 0, |vm, c| {
        let path = path(vm, c)?;
        done(vm, rustix::fs::rmdir(path))
    }),
    ("_Rename:", 1, |vm, c| {
        let from = path(vm, c)?;
        let to = vm.argument(c, 0);
        let to = vm.text(to)?;
        done(vm, rustix::fs::rename(from, to))
    }),
    ("_unlinkbasicUnlink", 0, |vm, c| {
        let path = path(vm, c)?;
        done(vm, rustix::fs::unlink(path))
    }),
    ("_getcwd_wrapgetcwd", 0, |vm, _| {
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        let path = std::env::current_dir().map_err(|e| super::io_failure(&e))?;
        vm.reply_text(&path.to_string_lossy())
    }),
];

/// May the file be used so? Bits as in `access(2)`: 4 to read, 2 to write, 1 to run; 0 asks whether it is there.
fn access(vm: &mut Vm, call: &Call) -> Outcome {
    let path = path(vm, call)?;
    let bits = u32::try_from(int(vm.argument(call, 0))?).map_err(|_| BAD_TYPE)?;
    let wanted = Access::from_bits(bits).ok_or(Failure::word("EINVAL"))?;
    done(vm, rustix::fs::access(path, wanted))
}

fn mode(vm: &mut Vm, call: &Call) -> Result<Mode, Failure> {
    let bits = u32::try_from(int(vm.argument(call, 0))?).map_err(|_| BAD_TYPE)?;
    Ok(Mode::from_bits_truncate(bits))
}

/// The answer of a call that answers nothing: 0.
fn done(vm: &mut Vm, result: rustix::io::Result<()>) -> Outcome {
    result.map_err(errno_failure)?;
    vm.reply_int(0)
}
