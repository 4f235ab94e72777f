//! How dates are written: month names, weekdays and the small words around them, by language.

use crate::text::fold;
use std::collections::HashMap;

/// In which order a language writes a date in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// 14.11.2024
    #[default]
    Dmy,
    /// 11/14/2024
    Mdy,
    /// 2024. 11. 14.
    Ymd,
}

/// The table `[dates]` of a lexicon file.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The order of day, month and year in digits.
    #[serde(default)]
    pub order: Order,
    /// Twelve lists: the forms of each month's name.
    #[serde(default)]
    pub months: Vec<Vec<String>>,
    /// Names of weekdays, full and short.
    #[serde(default)]
    pub weekdays: Vec<String>,
    /// Words between day, month and year: "of", "de".
    #[serde(default)]
    pub joins: Vec<String>,
    /// Words between date and time: "at", "Uhr".
    #[serde(default)]
    pub clock: Vec<String>,
    /// Before noon.
    #[serde(default)]
    pub am: Vec<String>,
    /// After noon.
    #[serde(default)]
    pub pm: Vec<String>,
}

/// What a word may mean in a date. One word can be several: "mar" is a month and a weekday.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateWord {
    /// `(language, month 1–12)` in the order of the lexicons.
    pub months: Vec<(&'static str, i8)>,
    /// A weekday's name.
    pub weekday: bool,
    /// Stands between day, month and year.
    pub join: bool,
    /// Stands between date and time.
    pub clock: bool,
    /// Before noon.
    pub am: bool,
    /// After noon.
    pub pm: bool,
}

impl DateWord {
    /// The month it names: as `language` reads it if that language knows it, else as the first that does.
    pub fn month(&self, language: Option<&str>) -> Option<i8> {
        let own = self.months.iter().find(|(code, _)| Some(*code) == language);
        own.or(self.months.first()).map(|&(_, month)| month)
    }
}

/// The wording of dates in all languages.
#[derive(Debug, Default)]
pub struct Calendar {
    words: HashMap<String, DateWord>,
    orders: HashMap<&'static str, Order>,
}

impl Calendar {
    /// Adds a language's wording.
    pub(super) fn add(&mut self, code: &'static str, wording: &Wording) {
        self.orders.insert(code, wording.order);
        for (number, forms) in (1..).zip(&wording.months) {
            for form in forms {
                self.word(form).months.push((code, number));
            }
        }
        wording.weekdays.iter().for_each(|w| self.word(w).weekday = true);
        wording.joins.iter().for_each(|w| self.word(w).join = true);
        wording.clock.iter().for_each(|w| self.word(w).clock = true);
        wording.am.iter().for_each(|w| self.word(w).am = true);
        wording.pm.iter().for_each(|w| self.word(w).pm = true);
    }

    fn word(&mut self, word: &str) -> &mut DateWord {
        self.words.entry(fold(word)).or_default()
    }

    /// What the folded `word` may mean in a date.
    pub fn look_up(&self, word: &str) -> Option<&DateWord> {
        self.words.get(word)
    }

    /// The order in which `language` writes dates in digits; day first where the language isn't known.
    pub fn order(&self, language: Option<&str>) -> Order {
        language.and_then(|l| self.orders.get(l)).copied().unwrap_or_default()
    }
}
