//! The outside: files, environment, input and output. Refused in forks and wherever the host forbids it.

use batos_image::value::Value;

use super::{Call, Entry, FORBIDDEN, Failure, Outcome, Reply, int};
use crate::vm::{Exit, Step, Vm};

pub(super) const LIST: &[Entry] = &[
    ("_RandomSeed", 0, |vm, _| {
        let mut bytes = [0; 8];
        // The hasher's keys come from the system's random numbers.
        let seed = std::hash::BuildHasher::hash_one(&std::collections::hash_map::RandomState::new(), 0u8);
        bytes.copy_from_slice(&seed.to_le_bytes());
        vm.reply_int((u64::from_le_bytes(bytes) >> 3) as i64)
    }),
    ("_FileRead", 0, |vm, c| {
        let path = path(vm, c)?;
        let bytes = std::fs::read(path).map_err(|e| io_failure(&e))?;
        vm.reply_bytes(&bytes)
    }),
    ("_FileWrite:", 1, |vm, c| {
        let (path, bytes) = path_and_bytes(vm, c)?;
        std::fs::write(path, bytes).map_err(|e| io_failure(&e))?;
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_FileAppend:", 1, |vm, c| {
        let (path, bytes) = path_and_bytes(vm, c)?;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        file.and_then(|mut f| std::io::Write::write_all(&mut f, &bytes)).map_err(|e| io_failure(&e))?;
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_FileExists", 0, |vm, c| {
        let path = path(vm, c)?;
        vm.reply_bool(std::path::Path::new(&path).exists())
    }),
    ("_FileIsDirectory", 0, |vm, c| {
        let path = path(vm, c)?;
        vm.reply_bool(std::path::Path::new(&path).is_dir())
    }),
    ("_FileSize", 0, |vm, c| {
        let path = path(vm, c)?;
        let size = std::fs::metadata(path).map_err(|e| io_failure(&e))?.len();
        vm.reply_int(i64::try_from(size).unwrap_or(i64::MAX))
    }),
    ("_FileDelete", 0, |vm, c| {
        let path = path(vm, c)?;
        std::fs::remove_file(path).map_err(|e| io_failure(&e))?;
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_FileRenameTo:", 1, |vm, c| {
        let from = path(vm, c)?;
        let to = vm.argument(c, 0);
        let to = vm.text(to)?;
        std::fs::rename(from, to).map_err(|e| io_failure(&e))?;
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_DirectoryEntries", 0, |vm, c| {
        let path = path(vm, c)?;
        let entries = std::fs::read_dir(path).map_err(|e| io_failure(&e))?;
        let mut names: Vec<Vec<u8>> = entries.flatten().map(|e| e.file_name().into_encoded_bytes()).collect();
        names.sort();
        let names: Vec<Value> = names.iter().map(|n| vm.intern(n).value()).collect();
        Ok(Reply::Value(vm.new_vector(&names).value()))
    }),
    ("_DirectoryCreate", 0, |vm, c| {
        let path = path(vm, c)?;
        std::fs::create_dir(path).map_err(|e| io_failure(&e))?;
        Ok(Reply::Value(vm.receiver(c)))
    }),
    ("_ExpandDir_primexpand", 0, |vm, c| {
        let path = path(vm, c)?;
        let Some(rest) = path.strip_prefix('~') else { return vm.reply_text(&path) };
        let (user, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let home = home_of(user).ok_or(Failure::word("ENOENT"))?;
        vm.reply_text(&(home + rest))
    }),
    ("_ReadLine", 0, |vm, _| match vm.host.console.read_line("") {
        Some(line) => vm.reply_text(&line),
        None => Ok(Reply::Value(vm.nil())),
    }),
    // Whether `_ReadLine` would answer at once.
    ("_LineIsReady", 0, |vm, _| {
        let ready = vm.host.console.line_is_ready();
        vm.reply_bool(ready)
    }),
    ("_IsInteractive", 0, |vm, _| vm.reply_bool(vm.host.console.is_interactive())),
    ("_Edit", 0, |vm, c| {
        let text = vm.receiver(c);
        let text = vm.text(text)?;
        match vm.host.console.edit(&text) {
            Some(changed) => vm.reply_text(&changed),
            None => Err(Failure::word("noEditorError")),
        }
    }),
    ("_SourcePrint", 0, |vm, c| {
        let v = vm.receiver(c);
        let text = vm.text(v)?;
        vm.host.console.write_source(&text);
        Ok(Reply::Value(v))
    }),
    ("_StderrPrint", 0, |vm, c| {
        let v = vm.receiver(c);
        let r = vm.bytes_object(v)?;
        let bytes = vm.heap.bytes(r).to_vec();
        vm.host.console.write_error(&bytes);
        Ok(Reply::Value(v))
    }),
    ("_ConsoleHelp", 0, |vm, _| {
        let help = vm.host.console.help();
        vm.reply_bytes(help.as_bytes())
    }),
    ("_ConsoleRest", 0, |vm, _| match vm.host.console.take_rest() {
        Some(rest) => vm.reply_bytes(rest.as_bytes()),
        None => Ok(Reply::Value(vm.nil())),
    }),
    ("_CommandLine", 0, |vm, _| {
        let arguments = vm.host.arguments.clone();
        // The program comes first, as everywhere.
        let words: Vec<Value> =
            std::env::args().take(1).chain(arguments).map(|a| vm.intern(a.as_bytes()).value()).collect();
        Ok(Reply::Value(vm.new_vector(&words).value()))
    }),
    ("_getenvenvironmentAt", 0, |vm, c| {
        let text = std::env::var(path(vm, c)?).map_err(|_| Failure::word("ENOENT"))?;
        vm.reply_text(&text)
    }),
    ("_OperatingSystem", 0, |vm, _| {
        // The files of the real world look at the first word: `Linux` or `Darwin`.
        let system = rustix::system::uname();
        let text = [system.sysname(), system.release()].map(|part| part.to_string_lossy()).join(" ");
        vm.reply_text(&text)
    }),
    // The files of the real world know two sorts of machines: Apple's, and those that are like Sun's.
    ("_Manufacturer", 0, |vm, _| vm.reply_text(if cfg!(target_vendor = "apple") { "apple" } else { "sun" })),
    ("_SysName", 0, |vm, _| vm.reply_text(&rustix::system::uname().sysname().to_string_lossy())),
    ("_NodeName", 0, |vm, _| vm.reply_text(&rustix::system::uname().nodename().to_string_lossy())),
    ("_Release", 0, |vm, _| vm.reply_text(&rustix::system::uname().release().to_string_lossy())),
    ("_Version", 0, |vm, _| vm.reply_text(&rustix::system::uname().version().to_string_lossy())),
    ("_Machine", 0, |vm, _| vm.reply_text(&rustix::system::uname().machine().to_string_lossy())),
    ("_getpid", 0, |vm, _| vm.reply_int(i64::from(std::process::id()))),
    ("_Quit", 0, |vm, _| quit(vm, 0)),
    ("_Quit:", 1, |vm, c| {
        let status = int(vm.argument(c, 0))?;
        quit(vm, status.clamp(0, 255) as i32)
    }),
    ("_ShipSail", 0, |vm, c| {
        let program = path(vm, c)?;
        let ship = vm.host.ship.as_mut().ok_or(FORBIDDEN)?;
        ship.sail(&program).map_err(|reason| Failure::text(format!("shipError: {reason}")))?;
        Ok(Reply::Value(vm.receiver(c)))
    }),
    // The file of the program that runs this world, for worlds that start another of its kind.
    ("_ProgramPath", 0, |vm, _| {
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        let path = std::env::current_exe().map_err(|e| Failure::text(format!("noProgram: {e}")))?;
        Ok(Reply::Value(vm.intern(path.as_os_str().as_encoded_bytes()).value()))
    }),
    ("_ShipLog", 0, |vm, _| {
        let lines = vm.host.ship.as_ref().ok_or(FORBIDDEN)?.log();
        let lines: Vec<Value> = lines.iter().map(|line| vm.intern(line.as_bytes()).value()).collect();
        Ok(Reply::Value(vm.new_vector(&lines).value()))
    }),
    ("_BitSize", 0, |vm, c| {
        let name = vm.receiver(c);
        let bits = match vm.text(name)?.as_str() {
            "char" => 8,
            "short" => 16,
            "int" | "float" => 32,
            "long" | "long long" | "double" | "pointer" | "void *" | "self_float" => 64,
            "long double" => 128,
            // Two bits tell what a word is.
            "self_int" => 62,
            _ => return Err(Failure::word("primitiveFailedError")),
        };
        vm.reply_int(bits)
    }),
];

/// The path that the receiver names, if the outside may be used.
pub(super) fn path(vm: &mut Vm, call: &Call) -> Result<String, Failure> {
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    let v = vm.receiver(call);
    vm.text(v)
}

fn path_and_bytes(vm: &mut Vm, call: &Call) -> Result<(String, Vec<u8>), Failure> {
    let path = path(vm, call)?;
    let bytes = vm.argument(call, 0);
    let r = vm.bytes_object(bytes)?;
    Ok((path, vm.heap.bytes(r).to_vec()))
}

/// The directory that is a user's home, by the system's list of users; the own one for no name.
fn home_of(user: &str) -> Option<String> {
    if user.is_empty() {
        return std::env::var("HOME").ok();
    }
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut parts = line.split(':');
        (parts.next() == Some(user)).then(|| parts.nth(4).map(str::to_string))?
    })
}

fn quit(vm: &mut Vm, status: i32) -> Outcome {
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    Ok(Reply::Step(Step::Exit(Exit::Quit(status))))
}

/// A failure with the Unix name of an I/O error.
pub(crate) fn io_failure(error: &std::io::Error) -> Failure {
    use std::io::ErrorKind as K;
    Failure::word(match error.kind() {
        K::NotFound => "ENOENT",
        K::PermissionDenied => "EACCES",
        K::AlreadyExists => "EEXIST",
        K::IsADirectory => "EISDIR",
        K::NotADirectory => "ENOTDIR",
        K::DirectoryNotEmpty => "ENOTEMPTY",
        K::StorageFull => "ENOSPC",
        K::ReadOnlyFilesystem => "EROFS",
        K::InvalidInput => "EINVAL",
        K::Interrupted => "EINTR",
        _ => "EIO",
    })
}
