//! Clocks and calendars. Dates are those of the Gregorian calendar, in the zone of the system and in UTC.

use std::sync::OnceLock;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use batos_image::layout::Kind;
use batos_image::value::Value;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ZonedDateTime};

use super::{Call, Entry, FORBIDDEN, Failure, OVERFLOW, Outcome, Reply, int};
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_TimeReal", 0, |vm, _| {
        let ms = wall_milliseconds();
        integers(vm, &[ms / DAY_MS, ms % DAY_MS])
    }),
    ("_TimeCPU", 0, |vm, _| {
        let cpu = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        vm.reply_int(cpu.tv_sec * 1000 + cpu.tv_nsec / 1_000_000)
    }),
    ("_TimeNanoseconds", 0, |vm, _| {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        vm.reply_int(now.tv_sec * 1_000_000_000 + now.tv_nsec)
    }),
    // Milliseconds since 1970 by a clock that neither jumps nor goes back while this program runs, whatever is done to the system's.
    ("_TimeSteady", 0, |vm, _| {
        static START: OnceLock<(i64, Instant)> = OnceLock::new();
        let (wall, start) = START.get_or_init(|| (wall_milliseconds(), Instant::now()));
        vm.reply_int(wall + start.elapsed().as_millis() as i64)
    }),
    ("_CurrentTimeString", 0, |vm, _| {
        let text = ZonedDateTime::now().strftime("%A, %d %B %Y, %H:%M:%S").to_string();
        vm.reply_text(&text)
    }),
    ("_DateTime:", 1, date_time),
    ("_ConvertToDayMs", 0, day_and_ms),
    ("_SleepMilliseconds:", 1, sleep),
    ("_Sleep:", 1, sleep),
    ("_RestMilliseconds:ForInput:", 2, rest),
];

const DAY_MS: i64 = 86_400_000;

fn wall_milliseconds() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis() as i64)
}

fn integers(vm: &mut Vm, numbers: &[i64]) -> Outcome {
    let values: Vec<Value> = numbers.iter().map(|n| Value::from_i64(*n).unwrap_or(Value::ZERO)).collect();
    Ok(Reply::Value(vm.new_vector(&values).value()))
}

/// A day (since 1970) and a millisecond of that day, in UTC, to a vector of 18 numbers: year, month, day of the month, day of the week
/// (0 is Sunday), hour, minute, second, day of the year (from 0), daylight saving (1 or 0), in local time; and the same in UTC.
fn date_time(vm: &mut Vm, call: &Call) -> Outcome {
    let (day, ms) = (int(vm.receiver(call))?, int(vm.argument(call, 0))?);
    let ms = day.checked_mul(DAY_MS).and_then(|n| n.checked_add(ms)).ok_or(OVERFLOW)?;
    let moment = Timestamp::from_millisecond(ms).map_err(|_| OVERFLOW)?;
    let mut numbers = Vec::with_capacity(18);
    for zone in [TimeZone::system(), TimeZone::UTC] {
        let saving = zone.to_offset_info(moment).dst().is_dst();
        let t = moment.to_zoned_datetime(zone);
        numbers.push(i64::from(t.year()));
        numbers.extend([t.month(), t.day(), t.weekday().to_sunday_zero_offset()].map(i64::from));
        numbers.extend([t.hour(), t.minute(), t.second()].map(i64::from));
        numbers.extend([i64::from(t.day_of_year()) - 1, i64::from(saving)]);
    }
    integers(vm, &numbers)
}

/// The way back, from eight numbers in local time: year, month, day of the month, day of the week (which doesn't matter), hour, minute,
/// second, daylight saving (negative if not known). Like `mktime`, parts beyond their bounds count on.
fn day_and_ms(vm: &mut Vm, call: &Call) -> Outcome {
    let v = vm.receiver(call);
    let vector = vm.of_kind(v, Kind::Vector)?;
    if vm.heap.length(vector) != 8 {
        return Err(Failure::word("badSizeError"));
    }
    let mut parts = [0; 8];
    for (i, part) in parts.iter_mut().enumerate() {
        *part = int(vm.heap.element(vector, i))?;
    }
    let ms = local_to_ms(parts).ok_or(Failure::word("primitiveFailedError"))?;
    integers(vm, &[ms.div_euclid(DAY_MS), ms.rem_euclid(DAY_MS)])
}

fn local_to_ms([year, month, day, _, hour, minute, second, saving]: [i64; 8]) -> Option<i64> {
    let months = month.checked_sub(1)?;
    let year = i16::try_from(year.checked_add(months.div_euclid(12))?).ok()?;
    let first = Date::new(year, i8::try_from(months.rem_euclid(12) + 1).ok()?, 1).ok()?;
    let hours = day.checked_sub(1)?.checked_mul(24)?.checked_add(hour)?;
    let minutes = hours.checked_mul(60)?.checked_add(minute)?;
    let seconds = minutes.checked_mul(60)?.checked_add(second)?;
    let date = first.at(0, 0, 0, 0).checked_add(SignedDuration::from_secs(seconds)).ok()?;
    let moment = TimeZone::system().to_ambiguous_timestamp(date);
    // An hour that comes twice is first one of daylight saving.
    let moment = match saving {
        0 => moment.later(),
        1.. => moment.earlier(),
        _ => moment.compatible(),
    };
    Some(moment.ok()?.as_millisecond())
}

/// Sleeps, unless Ctrl-C is pressed.
fn sleep(vm: &mut Vm, call: &Call) -> Outcome {
    let limit = milliseconds(vm, call)?;
    let end = Instant::now() + limit;
    while let Some(left) = end.checked_duration_since(Instant::now()).filter(|d| !d.is_zero()) {
        vm.rest(left, false, false);
        if vm.host.interrupt.load(Ordering::Relaxed) {
            break;
        }
    }
    Ok(Reply::Value(vm.receiver(call)))
}

/// Rests so long at most, or until something happens that a process may wait for: somebody comes in at a door, a job ends, and if the
/// second argument is true, a line can be read. It may end early for no reason.
fn rest(vm: &mut Vm, call: &Call) -> Outcome {
    let limit = milliseconds(vm, call)?;
    let for_input = vm.argument(call, 1) == vm.boolean(true);
    vm.rest(limit, true, for_input);
    Ok(Reply::Value(vm.receiver(call)))
}

fn milliseconds(vm: &mut Vm, call: &Call) -> Result<Duration, Failure> {
    let ms = int(vm.argument(call, 0))?.clamp(0, DAY_MS);
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    Ok(Duration::from_millis(ms as u64))
}
