//! How a report calls things: the vocabulary in words for people.

use crate::report::human::tally::plural;
use crate::report::record::FindingRecord;
use crate::terms::{Outcome, Severity, State, Use};
use std::borrow::Cow;

/// What sort of answer a finding is. Worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Error,
    Warning,
    Note,
    Review,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Review, Self::Error, Self::Warning, Self::Note];

    pub(super) fn of(finding: &FindingRecord) -> Self {
        match (finding.outcome, finding.severity) {
            (Outcome::Review, _) => Self::Review,
            (_, Severity::Error) => Self::Error,
            (_, Severity::Warning) => Self::Warning,
            (_, Severity::Note) => Self::Note,
        }
    }

    /// The name in classes, filters and addresses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Review => "review",
        }
    }

    /// What a reader is told.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Review => "needs a person",
        }
    }
}

impl Kind {
    /// A number of findings: `22 notes`, `1 needs a person`.
    pub(super) fn counted(self, n: &usize) -> String {
        match self {
            Self::Review => plural(*n, "needs a person", "need a person"),
            other => plural(*n, other.words(), &format!("{}s", other.words())),
        }
    }
}

/// How the answer to a use is shown: `reserved` parts "ask first" from other conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Allowed,
    Conditional,
    Reserved,
    Prohibited,
    Unstated,
    Conflict,
}

impl Answer {
    pub(super) const ALL: [Self; 6] = [Self::Allowed, Self::Conditional, Self::Reserved, Self::Prohibited, Self::Conflict, Self::Unstated];

    pub(super) fn of(state: &str, conditions: &[String]) -> Self {
        match State::named(state) {
            Some(State::Allowed) => Self::Allowed,
            Some(State::Conditional) if conditions.iter().any(|c| c == "consent") => Self::Reserved,
            Some(State::Conditional) => Self::Conditional,
            Some(State::Prohibited) => Self::Prohibited,
            Some(State::Conflict) => Self::Conflict,
            Some(State::Unstated) | None => Self::Unstated,
        }
    }

    /// The name in classes, filters and addresses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Conditional => "conditional",
            Self::Reserved => "reserved",
            Self::Prohibited => "prohibited",
            Self::Unstated => "unstated",
            Self::Conflict => "conflict",
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Conditional => "if …",
            Self::Reserved => "ask first",
            Self::Prohibited => "prohibited",
            Self::Unstated => "not stated",
            Self::Conflict => "conflict",
        }
    }

    /// The words in a cell of the matrix.
    pub(super) fn cell(self) -> &'static str {
        match self {
            Self::Allowed => "yes",
            Self::Conditional => "if",
            Self::Reserved => "ask",
            Self::Prohibited => "no",
            Self::Unstated => "–",
            Self::Conflict => "conflict",
        }
    }

    /// What it means, for the legend.
    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Allowed => "the statements found leave the use free",
            Self::Conditional => "free under the conditions named",
            Self::Reserved => "kept back: the rightsholder named has to agree first",
            Self::Prohibited => "kept back, and nobody is named who could agree",
            Self::Unstated => "no statement found speaks of the use",
            Self::Conflict => "two statements contradict each other: a person has to decide",
        }
    }

    /// One letter, for the filter.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Allowed => 'a',
            Self::Conditional => 'i',
            Self::Reserved => 'r',
            Self::Prohibited => 'p',
            Self::Unstated => '-',
            Self::Conflict => 'x',
        }
    }
}

/// A use in words.
pub(super) fn usage(name: &str) -> &str {
    match Use::named(name) {
        Some(Use::AutomatedAccess) => "automated access",
        Some(Use::Search) => "search index",
        Some(Use::Excerpt) => "excerpts",
        Some(Use::AiTrain) => "AI training",
        Some(Use::AiInput) => "AI input",
        Some(Use::Tdm) => "text and data mining",
        Some(Use::Reproduce) => "copying",
        Some(Use::Redistribute) => "republishing",
        Some(Use::Adapt) => "adapting, translating",
        Some(Use::Store) => "storing",
        Some(Use::Commercial) => "commercial use",
        None => name,
    }
}

/// A use in as few words as a column's head takes.
pub(super) fn usage_short(usage: Use) -> &'static str {
    match usage {
        Use::AutomatedAccess => "access",
        Use::Search => "search",
        Use::Excerpt => "excerpt",
        Use::AiTrain => "AI training",
        Use::AiInput => "AI input",
        Use::Tdm => "mining",
        Use::Reproduce => "copy",
        Use::Redistribute => "republish",
        Use::Adapt => "adapt",
        Use::Store => "store",
        Use::Commercial => "commercial",
    }
}

/// A condition in words.
pub(super) fn condition(name: &str) -> Cow<'_, str> {
    let said = match name {
        "except-by-law" => "save what the law permits",
        "see-policy" => "see the policy it names",
        "see-licence" => "see the licence",
        "licence-available" => "a licence can be had",
        "licence-token" => "with a licence token",
        "research-only" => "for research only",
        "link" => "with a link",
        "share-alike" => "under the same licence",
        "non-commercial" => "not for profit",
        other => return valued(other),
    };
    Cow::Borrowed(said)
}

/// `max-chars=160`, `until=2027-01-01`, or a plain name.
fn valued(name: &str) -> Cow<'_, str> {
    match name.split_once('=') {
        Some(("max-chars", n)) => Cow::Owned(format!("at most {n} characters")),
        Some((key, value)) => Cow::Owned(format!("{} {value}", spaced(key))),
        None => Cow::Owned(spaced(name)),
    }
}

/// Where something was looked for.
pub(super) fn searched_place(name: &str) -> &str {
    match name {
        "article-top" => "under the headline",
        "article" => "the article",
        "caption" => "the caption",
        "footer" => "the page’s foot",
        "head" => "the page’s head",
        "metadata" => "metadata",
        "alt" => "the alternative text",
        "embedded" => "the picture file",
        other => other,
    }
}

/// What came of looking there.
pub(super) fn searched_result<'w>(result: &'w str, why: Option<&'w str>) -> &'w str {
    match (result, why) {
        (_, Some(why)) => why,
        ("absent", _) => "nothing",
        ("partial", _) => "came near, not enough",
        ("rejected", _) => "did not count",
        ("not-in-scan", _) => "file not in the scanned set",
        ("unreadable", _) => "could not be read",
        (other, _) => other,
    }
}

/// A name as words: `agency-credit` → `agency credit`.
fn spaced(name: &str) -> String {
    name.replace('-', " ")
}
