//! Dates and years against their bounds.

use crate::check::context::Context;
use crate::check::context::day;
use crate::evidence::Copyright;
use crate::policy::rule::{DateBound, YearBound};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

/// Whether a date statement lies after the day `as_of`. A time counts as future only when that day is over everywhere on earth:
/// a page published early in the morning in Auckland is not from tomorrow.
pub(super) fn is_future(value: &str, as_of: Date) -> bool {
    let Ok(time) = value.parse::<Timestamp>() else { return day(value).is_some_and(|day| day > as_of) };
    let noon = as_of.tomorrow().ok().map(|next| next.at(12, 0, 0, 0));
    noon.and_then(|noon| Offset::UTC.to_timestamp(noon).ok()).is_some_and(|over| time >= over)
}

/// The last year that a copyright line names.
pub(super) fn last_year(line: &Copyright) -> Option<i16> {
    line.years.iter().flat_map(|years| years.split('-')).filter_map(|year| year.trim().parse().ok()).max()
}

impl Context<'_> {
    /// The day a bound stands for; none if it is the day of publication and the document doesn't say.
    pub(super) fn day_of(&self, bound: DateBound) -> Option<Date> {
        match bound {
            DateBound::Day(day) => Some(day),
            DateBound::Today => Some(self.options.as_of),
            DateBound::Published => self.published(),
        }
    }

    /// The year a bound stands for; none if it is the year of publication and the document doesn't say.
    pub(super) fn year_of(&self, bound: YearBound) -> Option<i16> {
        match bound {
            YearBound::Year(year) => Some(year),
            YearBound::Today => Some(self.options.as_of.year()),
            YearBound::Published => self.published().map(Date::year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_time_is_future_only_when_the_day_is_over_everywhere() {
        let as_of = date(2026, 11, 20);
        for (value, future) in [
            ("2026-11-20", false),
            ("2026-11-21", true),
            ("2026-11-21T09:30:00+13:00", false),
            ("2026-11-21T09:30:00Z", false),
            ("2026-11-21T13:00:00Z", true),
            ("2026-11-22", true),
            ("nonsense", false),
        ] {
            assert_eq!(is_future(value, as_of), future, "{value}");
        }
    }

    #[test]
    fn ranges_reach_to_their_last_year() {
        let line = |years: &[&str]| Copyright { years: years.iter().map(|y| (*y).to_owned()).collect(), ..Copyright::default() };
        assert_eq!(last_year(&line(&["2009-2024"])), Some(2024));
        assert_eq!(last_year(&line(&["2026", "2011"])), Some(2026));
        assert_eq!(last_year(&line(&[])), None);
    }
}
