//! A point in time as far as a document states it.

use jiff::civil::Date;
use jiff::civil::Time;
use std::fmt;

/// A day, with time and zone where they are stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day as written.
    pub day: Date,
    /// The time of day, to the second.
    pub time: Option<Time>,
    /// Minutes east of Greenwich.
    pub offset: Option<i16>,
}

/// Years that an article can be from: later than the first newspapers' archives, earlier than any typing error.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2100;

impl Moment {
    /// A day; nothing if there is no such day or no article can be from it.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        let day = Date::new(year, month, day).ok().filter(|d| YEARS.contains(&d.year()))?;
        Some(Self { day, time: None, offset: None })
    }

    /// The same day with a time, if there is such a time.
    pub fn at(mut self, hour: i8, minute: i8, second: i8) -> Option<Self> {
        self.time = Some(Time::new(hour, minute, second, 0).ok()?);
        Some(self)
    }

    /// The day in Greenwich, where time and offset are known.
    pub fn day_in_utc(&self) -> Option<Date> {
        let offset = i64::from(self.offset?);
        let at = self.day.to_datetime(self.time?).checked_sub(jiff::Span::new().minutes(offset)).ok()?;
        Some(at.date())
    }

    /// Whether both can be the same moment: equal days, as written or in Greenwich.
    pub fn same_day(&self, other: &Self) -> bool {
        let days = |m: &Self| [Some(m.day), m.day_in_utc()];
        days(self).iter().flatten().any(|a| days(other).iter().flatten().any(|b| a == b))
    }

    /// How much it says: 0 a day, 1 a time without zone, 2 a time with zone.
    pub fn precision(&self) -> u8 {
        u8::from(self.time.is_some()) + u8::from(self.time.is_some() && self.offset.is_some())
    }
}

/// RFC 3339 where time and zone are known, else the day: a time without a zone is no moment.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(time), Some(offset)) = (self.time, self.offset) else { return write!(f, "{}", self.day) };
        write!(f, "{}T{:02}:{:02}:{:02}", self.day, time.hour(), time.minute(), time.second())?;
        if offset == 0 {
            return f.write_str("Z");
        }
        let sign = if offset < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_written_as_a_day() {
        let day = Moment::day(2024, 11, 14).unwrap();
        assert_eq!(day.to_string(), "2024-11-14");
        let timed = day.at(12, 59, 0).unwrap();
        assert_eq!(timed.to_string(), "2024-11-14");
        assert_eq!(Moment { offset: Some(-300), ..timed }.to_string(), "2024-11-14T12:59:00-05:00");
        assert_eq!(Moment { offset: Some(0), ..timed }.to_string(), "2024-11-14T12:59:00Z");
    }

    #[test]
    fn there_is_no_thirtieth_of_february() {
        assert_eq!(Moment::day(2024, 2, 30), None);
        assert_eq!(Moment::day(1, 1, 1), None);
    }

    #[test]
    fn midnight_in_berlin_is_the_day_before_in_greenwich() {
        let berlin = Moment { offset: Some(60), ..Moment::day(2024, 1, 2).unwrap().at(0, 30, 0).unwrap() };
        assert!(berlin.same_day(&Moment::day(2024, 1, 1).unwrap()));
        assert!(!berlin.same_day(&Moment::day(2024, 1, 3).unwrap()));
    }
}
