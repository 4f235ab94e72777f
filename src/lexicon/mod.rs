//! How rights are worded: phrases by concept and language, compiled to matchers.
//!
//! Phrases are matched in folded text ([`crate::text::Folded`]). `~` marks a weak phrase, which counts only beside another
//! cue; `*` stands for any letters (`zezwoleni*`). Words too common for a pass over whole documents (labels such as "by", the verbs
//! and nouns that clauses are made of) are looked up on demand, in short pieces of text: see [`Tier`].

pub mod calendar;
pub mod concept;
pub mod load;
mod matcher;

use crate::lexicon::calendar::Calendar;
use crate::lexicon::concept::Concept;
use crate::lexicon::concept::Tier;
use crate::lexicon::matcher::{Matcher, Phrase};
use crate::text::is_word_boundary;
use std::ops::Range;
use std::sync::LazyLock;
use std::sync::OnceLock;

/// A phrase found in folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What the phrase means.
    pub concept: Concept,
    /// Two-letter code of the lexicon it stands in.
    pub language: &'static str,
    /// Whether it counts only beside another cue.
    pub weak: bool,
    /// Bytes of the folded text.
    pub range: Range<usize>,
}

/// All wording, of all languages.
#[derive(Debug)]
pub struct Lexicon {
    whole: Matcher,
    short: Matcher,
    name: Matcher,
    /// What pictures are credited with, compiled when a document first has one.
    credit: OnceLock<Matcher>,
    /// The words of clauses by language, compiled when a document first needs them.
    clause: Vec<OnceLock<Matcher>>,
    calendar: Calendar,
    languages: Vec<load::Language>,
}

impl Lexicon {
    /// The lexicon compiled in, made once.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(load::builtin()));
        &BUILTIN
    }

    /// Compiles `languages`.
    pub fn new(languages: Vec<load::Language>) -> Self {
        let of = |tier| languages.iter().flat_map(move |l| Phrase::all(l, tier)).collect();
        let (whole, short, name) = (Matcher::new(of(Tier::Whole)), Matcher::new(of(Tier::Short)), Matcher::new(of(Tier::Name)));
        let mut calendar = Calendar::default();
        languages.iter().for_each(|l| calendar.add(l.code, &l.dates));
        Self {
            whole,
            short,
            name,
            credit: OnceLock::new(),
            clause: languages.iter().map(|_| OnceLock::new()).collect(),
            calendar,
            languages,
        }
    }

    /// How dates are written.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The languages it holds.
    pub fn languages(&self) -> &[load::Language] {
        &self.languages
    }

    /// Every phrase in `folded` of the concepts that are searched in whole documents, by start, longest first.
    pub fn scan(&self, folded: &str) -> Vec<Hit> {
        self.whole.scan(folded)
    }

    /// Every phrase in `folded` of the short concepts ([`Concept::is_short`]), by start, longest first. For short texts.
    pub fn scan_short(&self, folded: &str) -> Vec<Hit> {
        self.short.scan(folded)
    }

    /// Every phrase in `folded` of the concepts that tell persons from desks and outlets ([`Tier::Name`]), by start, longest
    /// first. For what may be a name.
    pub fn scan_name(&self, folded: &str) -> Vec<Hit> {
        self.name.scan(folded)
    }

    /// Every phrase in `folded` of the concepts that captions and credit lines are read with ([`Tier::Credit`]), by start, longest
    /// first. For short texts.
    pub fn scan_credit(&self, folded: &str) -> Vec<Hit> {
        let phrases = || self.languages.iter().flat_map(|l| Phrase::all(l, Tier::Credit)).collect();
        self.credit.get_or_init(|| Matcher::new(phrases())).scan(folded)
    }

    /// Every phrase in `folded` of the concepts that clauses are made of ([`Tier::Clause`]), in one language, by start, longest
    /// first. For candidates. An unknown language has none.
    pub fn scan_clause(&self, folded: &str, language: &str) -> Vec<Hit> {
        let Some(at) = self.languages.iter().position(|l| l.code == language) else { return Vec::new() };
        self.clause[at].get_or_init(|| Matcher::new(Phrase::all(&self.languages[at], Tier::Clause).collect())).scan(folded)
    }

    /// The longest phrase of `concept` at the very start of `folded`, in any language or in `language`.
    pub fn at_start(&self, concept: Concept, folded: &str, language: Option<&str>) -> Option<Hit> {
        let matcher = if concept.is_short() { &self.short } else { &self.whole };
        let limit = folded.char_indices().nth(80).map_or(folded.len(), |(at, _)| at);
        matcher
            .scan(&folded[..limit])
            .into_iter()
            .filter(|h| h.concept == concept && h.range.start == 0 && language.is_none_or(|l| l == h.language))
            .max_by_key(|h| h.range.end)
            .filter(|h| is_word_boundary(folded, h.range.end))
    }
}

impl Phrase {
    /// The phrases of a language that belong to `tier`.
    fn all(language: &load::Language, tier: Tier) -> impl Iterator<Item = Self> {
        let code = language.code;
        language.phrases.iter().filter(move |p| p.concept.tier() == tier).map(move |p| Self::new(p, code))
    }

    fn new(entry: &load::Entry, language: &'static str) -> Self {
        let text = crate::text::fold(&entry.text);
        let open = text.ends_with('*');
        let led = text.starts_with('*');
        let parts: Vec<String> = text.trim_matches('*').split('*').map(str::to_owned).collect();
        Self { concept: entry.concept, language, weak: entry.weak, parts, led, open }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_whole_and_in_their_language() {
        let lexicon = Lexicon::builtin();
        let hits = lexicon.scan("© 2024 acme. alle rechte vorbehalten.");
        assert!(hits.iter().any(|h| h.concept == Concept::CopyrightAllRightsReserved && h.language == "de"));
        assert!(lexicon.scan("xalle rechte vorbehalten").iter().all(|h| h.concept != Concept::CopyrightAllRightsReserved));
    }

    #[test]
    fn a_star_stands_for_letters() {
        let hits = Lexicon::builtin().scan("zakaz uczenia maszynowego");
        assert!(hits.iter().any(|h| h.concept == Concept::ReservationMlTerm), "{hits:?}");
        let hits = Lexicon::builtin().scan_name("unser sportredakteur");
        assert!(hits.iter().any(|h| h.concept == Concept::AttributionRole && h.range == (6..20)), "{hits:?}");
    }
}
