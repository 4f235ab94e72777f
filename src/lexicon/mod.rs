//! How rights are worded: phrases by concept and language, compiled to one multi-pattern matcher.
//!
//! Phrases are matched in folded text ([`crate::text::Folded`]). `~` marks a weak phrase, which counts only beside another
//! cue; `*` stands for any letters (`zezwoleni*`). Words too common for a pass over whole documents (labels such as "by", the verbs
//! and nouns that clauses are made of) are looked up on demand, in short pieces of text: see [`Tier`].

pub mod calendar;
pub mod concept;
pub mod load;

use crate::lexicon::calendar::Calendar;
use crate::lexicon::concept::Concept;
use crate::lexicon::concept::Tier;
use crate::text::is_word_boundary;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
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

/// One phrase, folded.
#[derive(Debug, Clone)]
struct Phrase {
    concept: Concept,
    language: &'static str,
    weak: bool,
    /// The literal parts between wildcards; the first is what the automaton searches.
    parts: Vec<String>,
    /// Whether letters may stand before the first part.
    led: bool,
    /// Whether letters may follow the last part.
    open: bool,
}

/// Phrases with their automaton.
#[derive(Debug)]
struct Matcher {
    automaton: AhoCorasick,
    /// Phrases by automaton pattern: several share one where they start alike.
    phrases: Vec<Vec<Phrase>>,
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

    /// Where the phrase ends if its first part ends at `at`, or nothing if the rest isn't there.
    fn end(&self, folded: &str, mut at: usize) -> Option<usize> {
        for part in &self.parts[1..] {
            at += letters(&folded[at..]);
            at = folded[at..].starts_with(part.as_str()).then_some(at + part.len())?;
        }
        if self.open {
            at += letters(&folded[at..]);
        }
        is_word_boundary(folded, at).then_some(at)
    }
}

/// How many bytes of letters `text` starts with.
fn letters(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

/// Where the word that holds byte `at` starts.
fn word_start(text: &str, at: usize) -> usize {
    text[..at].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |n| n + text[n..].chars().next().map_or(1, char::len_utf8))
}

impl Matcher {
    fn new(all: Vec<Phrase>) -> Self {
        let mut starts: Vec<String> = Vec::new();
        let mut phrases: Vec<Vec<Phrase>> = Vec::new();
        let mut known = std::collections::HashMap::new();
        for phrase in all.into_iter().filter(|p| !p.parts[0].is_empty()) {
            let at = *known.entry(phrase.parts[0].clone()).or_insert_with(|| {
                starts.push(phrase.parts[0].clone());
                phrases.push(Vec::new());
                phrases.len() - 1
            });
            phrases[at].push(phrase);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&starts)
            .expect("phrases are short and few enough for an automaton");
        Self { automaton, phrases }
    }

    fn scan(&self, folded: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for found in self.automaton.find_overlapping_iter(folded) {
            let bound = is_word_boundary(folded, found.start());
            for phrase in self.phrases[found.pattern().as_usize()].iter().filter(|p| bound || p.led) {
                let start = if phrase.led { word_start(folded, found.start()) } else { found.start() };
                if let Some(end) = phrase.end(folded, found.end()) {
                    hits.push(Hit { concept: phrase.concept, language: phrase.language, weak: phrase.weak, range: start..end });
                }
            }
        }
        hits.sort_by(|a, b| (a.range.start, b.range.end, a.concept, a.language).cmp(&(b.range.start, a.range.end, b.concept, b.language)));
        hits.dedup();
        hits
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
