//! Dates as machines write them: ISO 8601 and RFC 3339 with their usual slips, RFC 2822, seconds since 1970.

use crate::detect::date::moment::Moment;
use crate::detect::date::visible::Reader;
use regex::Regex;
use std::sync::LazyLock;

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^\D{0,3}(\d{4})(?:[-/.](\d\d?)[-/.](\d\d?)|(\d\d)(\d\d))
          (?:[T\x20,]+(\d\d?)[:.h]?(\d\d)?(?:[:.]?(\d\d))?(?:[.,]\d+)?
             \x20?(?:(Z|UTC|GMT)\b|([+-])(\d\d?):?(\d\d)?)?)?(?:\W|$)",
    )
    .expect("a fixed pattern")
});

/// The moment that a machine-readable value states; `reader` helps with values that people typed into such a place.
pub fn parse(value: &str, reader: &Reader<'_>) -> Option<Moment> {
    let value = value.trim();
    if value.len() > 80 {
        return None;
    }
    let moment = seconds(value).or_else(|| iso(value)).or_else(|| reader.only(value).map(|found| found.moment))?;
    // The first second of 1970 stands for "no date" in many systems.
    (moment.day != jiff::civil::date(1970, 1, 1)).then_some(moment)
}

fn iso(value: &str) -> Option<Moment> {
    let found = ISO.captures(value)?;
    let number = |n: usize| found.get(n).map(|m| m.as_str().parse::<i16>().unwrap_or(i16::MAX));
    let small = |n: usize| number(n).map(|v| i8::try_from(v).unwrap_or(i8::MAX));
    let day = Moment::day(number(1)?, small(2).or(small(4))?, small(3).or(small(5))?)?;
    let Some(hour) = small(6) else { return Some(day) };
    let timed = match hour {
        24 => day.at(0, 0, 0),
        _ => day.at(hour, small(7).unwrap_or(0), small(8).unwrap_or(0).min(59)),
    };
    let sign = if found.get(10).is_some_and(|s| s.as_str() == "-") { -1 } else { 1 };
    let offset = match (found.get(9), number(11)) {
        (Some(_), _) => Some(0),
        (None, Some(hours)) if hours <= 14 => Some(sign * (hours * 60 + number(12).unwrap_or(0).min(59))),
        _ => None,
    };
    Some(timed.map_or(day, |timed| Moment { offset, ..timed }))
}

/// Seconds or milliseconds since 1970, of this century.
fn seconds(value: &str) -> Option<Moment> {
    if !matches!(value.len(), 10 | 13) || !value.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = value.parse().ok()?;
    let seconds = if value.len() == 13 { number / 1000 } else { number };
    let at = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
    let day = Moment::day(at.year(), at.month(), at.day()).filter(|m| (2000..=2068).contains(&m.day.year()))?;
    Some(Moment { offset: Some(0), ..day.at(at.hour(), at.minute(), at.second())? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let reader = Reader { calendar: Lexicon::builtin().calendar(), language: None, month_first: false };
        assert_eq!(parse(value, &reader).map(|m| m.to_string()).unwrap_or_default(), expected, "{value}");
    }

    #[test]
    fn iso_in_its_many_forms() {
        check("2024-11-14", "2024-11-14");
        check("2024-11-14T12:59:00-05:00", "2024-11-14T12:59:00-05:00");
        check("2024-11-14T12:59:00.123Z", "2024-11-14T12:59:00Z");
        check("2024-11-14 12:59:00 +0100", "2024-11-14T12:59:00+01:00");
        check("2024-11-14T12:59+01", "2024-11-14T12:59:00+01:00");
        check("2024-11-14T12:59", "2024-11-14");
        check("20241114T125900Z", "2024-11-14T12:59:00Z");
        check("20241114", "2024-11-14");
        check("2024/11/14 12:59:00", "2024-11-14");
        check("2024-11-14T24:00:00Z", "2024-11-14T00:00:00Z");
        check("2024-11-14 12:59 UTC", "2024-11-14T12:59:00Z");
    }

    #[test]
    fn words_and_seconds() {
        check("Thu, 14 Nov 2024 12:59:00 GMT", "2024-11-14T12:59:00Z");
        check("Thu, 14 Nov 2024 12:59:00 +0100", "2024-11-14T12:59:00+01:00");
        check("Thu Nov 14 2024 12:59:00 GMT+0100 (CET)", "2024-11-14T12:59:00+01:00");
        check("Thu Nov 14 12:59:00 EST 2024", "");
        check("1731589140", "2024-11-14T12:59:00Z");
        check("1731589140000", "2024-11-14T12:59:00Z");
        check("14.11.2024", "2024-11-14");
    }

    #[test]
    fn what_is_no_date_stays_none() {
        for value in [
            "",
            "0000-00-00",
            "0001-01-01T00:00:00",
            "1970-01-01T00:00:00Z",
            "2024-02-30",
            "2024-13-01",
            "2024",
            "2024-11",
            "12:59",
            "PT2H",
        ] {
            check(value, "");
        }
    }
}
