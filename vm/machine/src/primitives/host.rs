//! The outside: time, files, environment, input and output. Refused in forks and wherever the host forbids it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use batos_image::value::Value;

use super::{Call, Entry, FORBIDDEN, Failure, Outcome, Reply, int};
use crate::vm::{Exit, Step, Vm};

pub(super) const LIST: &[Entry] = &[
    ("_TimeReal", 0, |vm, _| {
        let ms = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis() as i64);
        let parts = [ms / DAY_MS, ms % DAY_MS].map(|n| Value::from_i64(n).unwrap_or(Value::ZERO));
        Ok(Reply::Value(vm.new_vector(&parts).value()))
    }),
    ("_TimeCPU", 0, |vm, _| {
        let cpu = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        vm.reply_int(cpu.tv_sec * 1000 + cpu.tv_nsec / 1_000_000)
    }),
    ("_TimeNanoseconds", 0, |vm, _| {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        vm.reply_int(now.tv_sec * 1_000_000_000 + now.tv_nsec)
    }),
    ("_CurrentTimeString", 0, |vm, _| {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        let text = utc_text(seconds);
        vm.reply_text(&text)
    }),
    ("_DateTime:", 1, |vm, c| {
        // Seconds since 1970 to: year, month, day, hour, minute, second, weekday (0 is Sunday).
        let seconds = int(vm.argument(c, 0))?;
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (y, m, d) = civil(days);
        let parts = [y, m, d, rest / 3600, rest / 60 % 60, rest % 60, (days + 4).rem_euclid(7)];
        let parts = parts.map(|n| Value::from_i64(n).unwrap_or(Value::ZERO));
        Ok(Reply::Value(vm.new_vector(&parts).value()))
    }),
    ("_ConvertToDayMs", 0, |vm, c| {
        // What `_DateTime:` answers (the weekday may be missing, and the time of day) to: day, milliseconds of the day.
        let v = vm.receiver(c);
        let vector = vm.of_kind(v, batos_image::layout::Kind::Vector)?;
        let count = vm.heap.length(vector).min(6);
        if count < 3 {
            return Err(super::BAD_TYPE);
        }
        let mut parts = [0; 6];
        for (i, part) in parts[..count].iter_mut().enumerate() {
            *part = int(vm.heap.element(vector, i))?;
            if !(-MOST_YEARS..=MOST_YEARS).contains(part) {
                return Err(super::OVERFLOW);
            }
        }
        let [year, month, day, hour, minute, second] = parts;
        let ms = ((hour * 60 + minute) * 60 + second) * 1000;
        let day = day_number(year, month, day) + ms.div_euclid(DAY_MS);
        let parts = [day, ms.rem_euclid(DAY_MS)].map(|n| Value::from_i64(n).unwrap_or(Value::ZERO));
        Ok(Reply::Value(vm.new_vector(&parts).value()))
    }),
    ("_SleepMilliseconds:", 1, sleep),
    ("_Sleep:", 1, sleep),
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
        let words: Vec<Value> = arguments.iter().map(|a| vm.intern(a.as_bytes()).value()).collect();
        Ok(Reply::Value(vm.new_vector(&words).value()))
    }),
    ("_getenvenvironmentAt", 0, |vm, c| {
        let text = std::env::var(path(vm, c)?).map_err(|_| Failure::word("ENOENT"))?;
        vm.reply_text(&text)
    }),
    ("_OperatingSystem", 0, |vm, _| vm.reply_text(std::env::consts::OS)),
    // The files of the real world know two sorts of machines: Apple's, and those that are like Sun's.
    ("_Manufacturer", 0, |vm, _| vm.reply_text(if cfg!(target_vendor = "apple") { "apple" } else { "sun" })),
    ("_getpid", 0, |vm, _| vm.reply_int(i64::from(std::process::id()))),
    ("_Quit", 0, |vm, _| quit(vm, 0)),
    ("_Quit:", 1, |vm, c| {
        let status = int(vm.argument(c, 0))?;
        quit(vm, status.clamp(0, 255) as i32)
    }),
    ("_BitSize", 0, |vm, c| {
        let name = vm.receiver(c);
        let bits = match vm.text(name)?.as_str() {
            "char" => 8,
            "short" => 16,
            "int" | "float" => 32,
            "long" | "long long" | "double" | "pointer" | "void *" => 64,
            _ => return Err(Failure::word("primitiveFailedError")),
        };
        vm.reply_int(bits)
    }),
];

const DAY_MS: i64 = 86_400_000;
/// Greatest part of a date that is reckoned with.
const MOST_YEARS: i64 = 1 << 32;

/// The path that the receiver names, if the outside may be used.
fn path(vm: &mut Vm, call: &Call) -> Result<String, Failure> {
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

/// Sleeps in short pieces, so that Ctrl-C is noticed.
fn sleep(vm: &mut Vm, call: &Call) -> Outcome {
    let ms = int(vm.argument(call, 0))?.max(0) as u64;
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    let end = std::time::Instant::now() + Duration::from_millis(ms.min(DAY_MS as u64));
    while let Some(left) = end.checked_duration_since(std::time::Instant::now()).filter(|d| !d.is_zero()) {
        if vm.host.interrupt.load(std::sync::atomic::Ordering::Relaxed) {
            vm.polls = 0;
            break;
        }
        std::thread::sleep(left.min(Duration::from_millis(20)));
    }
    Ok(Reply::Value(vm.receiver(call)))
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

/// Year, month and day of a day number (days since 1970-01-01), by Howard Hinnant's `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, day)
}

/// The day number of a date, by Howard Hinnant's `days_from_civil`; months beyond the year count on.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

/// A moment as text, in UTC.
fn utc_text(seconds: u64) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let days = (seconds / 86_400) as i64;
    let (y, m, d) = civil(days);
    let day = DAYS[(days + 4).rem_euclid(7) as usize];
    let month = MONTHS[(m - 1).clamp(0, 11) as usize];
    let (h, min, s) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{day} {month} {d:2} {h:02}:{min:02}:{s:02} {y}")
}

#[cfg(test)]
mod tests {
    use super::{civil, day_number, utc_text};

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(19_782), (2024, 2, 29));
        for day in [-800_000, -1, 0, 59, 60, 19_782, 20_000, 3_000_000] {
            let (y, m, d) = civil(day);
            assert_eq!(day_number(y, m, d), day);
        }
        assert_eq!(utc_text(0), "Thu Jan  1 00:00:00 1970");
    }
}
