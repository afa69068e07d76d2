//! Dates, zones and durations as people write them, by jiff. Moments are milliseconds since 1970, dates are days since then: whole
//! numbers in the image, which know no library.

use std::fmt::Display;

use batos_image::layout::Kind;
use batos_image::value::Value;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRound, SpanTotal, Timestamp, Unit, ZonedDateTime};

use super::{Call, Entry, Failure, OVERFLOW, Outcome, Reply, int};
use crate::vm::Vm;

/// A zone is named as the system's list of zones does; `system` is the one that the system is set to.
pub(super) const LIST: &[Entry] = &[
    ("_TimeZoneName", 0, |vm, _| {
        let zone = TimeZone::system();
        let name = zone.iana_name().unwrap_or("UTC").to_string();
        vm.reply_text(&name)
    }),
    ("_TimeParse:", 1, |vm, c| {
        let (text, zone) = (receiver_text(vm, c)?, zone(vm, c, 0)?);
        let moment = moment(text.trim(), zone)?;
        vm.reply_int(moment.as_millisecond())
    }),
    ("_TimeFormat:Zone:", 2, |vm, c| {
        let moment = receiver_moment(vm, c)?.to_zoned_datetime(zone(vm, c, 1)?);
        let format = argument_text(vm, c, 0)?;
        let text = jiff::fmt::strtime::format(format, &moment).map_err(parse_failure)?;
        vm.reply_bytes(text.as_bytes())
    }),
    // Year, month, day, hour, minute, second, millisecond, weekday (0 is Sunday), day of the year, seconds east of Greenwich, whether it
    // is daylight saving time, the zone's short name.
    ("_TimePartsIn:", 1, |vm, c| {
        let (moment, zone) = (receiver_moment(vm, c)?, zone(vm, c, 0)?);
        let info = zone.to_offset_info(moment);
        let (offset, saving) = (info.offset().seconds(), info.dst().is_dst());
        let name = info.abbreviation().to_string();
        let t = moment.to_zoned_datetime(zone);
        let numbers = [
            i64::from(t.year()),
            t.month().into(),
            t.day().into(),
            t.hour().into(),
            t.minute().into(),
            t.second().into(),
            t.millisecond().into(),
            t.weekday().to_sunday_zero_offset().into(),
            t.day_of_year().into(),
            offset.into(),
        ];
        let mut parts: Vec<Value> =
            numbers.iter().map(|n| Value::from_i64(*n).unwrap_or(Value::ZERO)).collect();
        parts.push(vm.boolean(saving));
        parts.push(vm.intern(name.as_bytes()).value());
        Ok(Reply::Value(vm.new_vector(&parts).value()))
    }),
    // The receiver is a vector: year, month, day, hour, minute, second, millisecond.
    ("_TimeFromPartsIn:", 1, |vm, c| {
        let v = vm.receiver(c);
        let parts = vm.of_kind(v, Kind::Vector)?;
        if vm.heap.length(parts) != 7 {
            return Err(Failure::word("badSizeError"));
        }
        let mut n = [0; 7];
        for (i, part) in n.iter_mut().enumerate() {
            *part = int(vm.heap.element(parts, i))?;
        }
        let narrow = |x: i64| i8::try_from(x).map_err(|_| OVERFLOW);
        let year = i16::try_from(n[0]).map_err(|_| OVERFLOW)?;
        let nanoseconds =
            i32::try_from(n[6].checked_mul(1_000_000).ok_or(OVERFLOW)?).map_err(|_| OVERFLOW)?;
        let [month, day] = [narrow(n[1])?, narrow(n[2])?];
        let [hour, minute, second] = [narrow(n[3])?, narrow(n[4])?, narrow(n[5])?];
        let local =
            DateTime::new(year, month, day, hour, minute, second, nanoseconds).map_err(parse_failure)?;
        let moment = zone(vm, c, 0)?.to_ambiguous_timestamp(local).compatible().map_err(parse_failure)?;
        vm.reply_int(moment.as_millisecond())
    }),
    // So many months and days later in a zone's calendar, at the same time of the day if there is one.
    ("_TimeAddMonths:Days:Zone:", 3, |vm, c| {
        let moment = receiver_moment(vm, c)?.to_zoned_datetime(zone(vm, c, 2)?);
        let span = months_and_days(int(vm.argument(c, 0))?, int(vm.argument(c, 1))?)?;
        let moved = moment.checked_add(span).map_err(parse_failure)?;
        vm.reply_int(moved.timestamp().as_millisecond())
    }),
    ("_DateParse:", 1, |vm, c| {
        let (text, format) = (receiver_text(vm, c)?, argument_text(vm, c, 0)?);
        let date = match format.as_str() {
            "" => text.trim().parse::<Date>(),
            format => Date::strptime(format, text.trim()),
        };
        reply_day(vm, date.map_err(parse_failure)?)
    }),
    ("_DateFormat:", 1, |vm, c| {
        let (date, format) = (receiver_date(vm, c)?, argument_text(vm, c, 0)?);
        let text = jiff::fmt::strtime::format(format, date).map_err(parse_failure)?;
        vm.reply_bytes(text.as_bytes())
    }),
    ("_DateAddMonths:", 1, |vm, c| {
        let span = months_and_days(int(vm.argument(c, 0))?, 0)?;
        let date = receiver_date(vm, c)?.checked_add(span).map_err(parse_failure)?;
        reply_day(vm, date)
    }),
    ("_DurationParse", 0, |vm, c| {
        let span: Span = receiver_text(vm, c)?.trim().parse().map_err(parse_failure)?;
        let total = SpanTotal::from(Unit::Millisecond).days_are_24_hours();
        let ms = span.total(total).map_err(parse_failure)?;
        vm.reply_int(ms.round() as i64)
    }),
    ("_DurationPrint", 0, |vm, c| {
        let duration = SignedDuration::from_millis(int(vm.receiver(c))?);
        let span = Span::try_from(duration).map_err(parse_failure)?;
        let largest = SpanRound::new().largest(Unit::Day).days_are_24_hours();
        let text = format!("{:#}", span.round(largest).map_err(parse_failure)?);
        vm.reply_bytes(text.as_bytes())
    }),
    ("_DurationPrintISO", 0, |vm, c| {
        let duration = SignedDuration::from_millis(int(vm.receiver(c))?);
        vm.reply_bytes(duration.to_string().as_bytes())
    }),
];

fn parse_failure(error: impl Display) -> Failure {
    Failure::text(format!("parseError: {error}"))
}

fn receiver_text(vm: &mut Vm, call: &Call) -> Result<String, Failure> {
    let v = vm.receiver(call);
    vm.text(v)
}

fn argument_text(vm: &mut Vm, call: &Call, i: usize) -> Result<String, Failure> {
    let v = vm.argument(call, i);
    vm.text(v)
}

fn receiver_moment(vm: &mut Vm, call: &Call) -> Result<Timestamp, Failure> {
    Timestamp::from_millisecond(int(vm.receiver(call))?).map_err(|_| OVERFLOW)
}

fn zone(vm: &mut Vm, call: &Call, i: usize) -> Result<TimeZone, Failure> {
    match argument_text(vm, call, i)?.as_str() {
        "system" => Ok(TimeZone::system()),
        "UTC" => Ok(TimeZone::UTC),
        name => TimeZone::get(name).map_err(parse_failure),
    }
}

/// A moment from a text: with a zone or offset of its own, or else in this zone; a date alone is its midnight.
fn moment(text: &str, zone: TimeZone) -> Result<Timestamp, Failure> {
    if let Ok(zoned) = text.parse::<ZonedDateTime>() {
        return Ok(zoned.timestamp());
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let local = match text.parse::<DateTime>() {
        Ok(local) => local,
        Err(error) => text.parse::<Date>().map_err(|_| parse_failure(error))?.at(0, 0, 0, 0),
    };
    zone.to_ambiguous_timestamp(local).compatible().map_err(parse_failure)
}

fn months_and_days(months: i64, days: i64) -> Result<Span, Failure> {
    Span::new().try_months(months).and_then(|span| span.try_days(days)).map_err(parse_failure)
}

const EPOCH: Date = Date::constant(1970, 1, 1);

fn receiver_date(vm: &mut Vm, call: &Call) -> Result<Date, Failure> {
    let days = int(vm.receiver(call))?;
    let hours = days.checked_mul(24).ok_or(OVERFLOW)?;
    EPOCH.checked_add(SignedDuration::try_from_hours(hours).ok_or(OVERFLOW)?).map_err(|_| OVERFLOW)
}

fn reply_day(vm: &mut Vm, date: Date) -> Outcome {
    vm.reply_int(EPOCH.duration_until(date).as_hours() / 24)
}
