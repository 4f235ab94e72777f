//! Abbreviations of time zones. Those that several parts of the world share (IST, CST in China, AST) are read as news pages
//! in their usual language use them, or left out.

use crate::detect::date::moment::Moment;
use jiff::civil::Date;
use jiff::civil::Weekday;

/// `(folded abbreviation, minutes east of Greenwich)`, sorted.
const FIXED: &[(&str, i16)] = &[
    ("acst", 570),
    ("aedt", 660),
    ("aest", 600),
    ("akst", -540),
    ("art", -180),
    ("awst", 480),
    ("brt", -180),
    ("bst", 60),
    ("cat", 120),
    ("cdt", -300),
    ("cest", 120),
    ("cet", 60),
    ("clt", -240),
    ("cst", -360),
    ("eat", 180),
    ("edt", -240),
    ("eest", 180),
    ("eet", 120),
    ("est", -300),
    ("gmt", 0),
    ("hkt", 480),
    ("hst", -600),
    ("ist", 330),
    ("jst", 540),
    ("kst", 540),
    ("mdt", -360),
    ("mesz", 120),
    ("mez", 60),
    ("msk", 180),
    ("mst", -420),
    ("nzdt", 780),
    ("nzst", 720),
    ("pdt", -420),
    ("pht", 480),
    ("pkt", 300),
    ("pst", -480),
    ("sast", 120),
    ("sgt", 480),
    ("trt", 180),
    ("utc", 0),
    ("wat", 60),
    ("west", 60),
    ("wet", 0),
    ("wib", 420),
    ("z", 0),
    ("мск", 180),
];

/// Zones of the United States named without saying whether summer time holds: `(folded, standard offset)`.
const AMERICAN: &[(&str, i16)] = &[("ct", -360), ("et", -300), ("mt", -420), ("pt", -480)];

/// The offset that the folded abbreviation `name` stands for on a day.
pub(super) fn offset(name: &str, day: Date) -> Option<i16> {
    if let Ok(at) = FIXED.binary_search_by_key(&name, |&(n, _)| n) {
        return Some(FIXED[at].1);
    }
    let standard = AMERICAN.iter().find(|(n, _)| *n == name)?.1;
    Some(if american_summer(day) { standard + 60 } else { standard })
}

/// Summer time in the United States since 2007: from the second Sunday of March to the first Sunday of November.
fn american_summer(day: Date) -> bool {
    let sunday = |month, nth| Date::new(day.year(), month, 1).and_then(|d| d.nth_weekday_of_month(nth, Weekday::Sunday));
    matches!((sunday(3, 2), sunday(11, 1)), (Ok(from), Ok(to)) if from <= day && day < to)
}

impl Moment {
    /// The same moment with the zone that `name` stands for, if it is known.
    pub(super) fn in_zone(self, name: &str) -> Option<Self> {
        Some(Self { offset: Some(offset(name, self.day)?), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_sorted() {
        assert!(FIXED.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn eastern_time_knows_summer() {
        assert_eq!(offset("et", Date::constant(2024, 7, 1)), Some(-240));
        assert_eq!(offset("et", Date::constant(2024, 11, 14)), Some(-300));
        assert_eq!(offset("est", Date::constant(2024, 11, 14)), Some(-300));
        assert_eq!(offset("xyz", Date::constant(2024, 11, 14)), None);
    }
}
