//! Objects of the world that people read as one value: decimals, fractions, dates, moments, durations. A comparison shows them as
//! they print, and looks no further. It knows them by their family and by the data that they have.

use batos_image::heap::Heap;
use batos_image::value::Value;

use crate::lookup;

/// Most digits that a decimal is shown with.
const DIGITS: usize = 40;

/// A value as it prints, if the object is one.
pub(super) fn text(heap: &Heap, family: &str, object: Value) -> Option<String> {
    let part = |name: &str| {
        let slot = heap.find_slot(heap.map_of(object), heap.symbol_lookup(name.as_bytes())?)?;
        lookup::slot_content(heap, object, &slot).as_int()
    };
    match family {
        "decimal" => decimal(part("coefficient")?, usize::try_from(part("scale")?).ok()?),
        "fraction" => Some(format!("{}/{}", part("numerator")?, part("denominator")?)),
        "date" => {
            let days = jiff::Span::new().try_days(part("dayNumber")?).ok()?;
            Some(jiff::civil::date(1970, 1, 1).checked_add(days).ok()?.to_string())
        }
        "moment" => Some(jiff::Timestamp::from_millisecond(part("milliseconds")?).ok()?.to_string()),
        "duration" => Some(format!("{} ms", part("milliseconds")?)),
        _ => None,
    }
}

fn decimal(coefficient: i64, scale: usize) -> Option<String> {
    if scale > DIGITS {
        return None;
    }
    let digits = format!("{:0width$}", coefficient.unsigned_abs(), width = scale + 1);
    let (whole, rest) = digits.split_at(digits.len() - scale);
    let (sign, point) = (if coefficient < 0 { "-" } else { "" }, if scale > 0 { "." } else { "" });
    Some(format!("{sign}{whole}{point}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_read_as_they_print() {
        for (coefficient, scale, text) in
            [(19, 2, "0.19"), (-5, 1, "-0.5"), (1200, 2, "12.00"), (7, 0, "7"), (-12, 0, "-12")]
        {
            assert_eq!(decimal(coefficient, scale).as_deref(), Some(text));
        }
        assert_eq!(decimal(1, 1000), None);
    }
}
