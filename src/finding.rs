//! What is wrong, where and why: plain data that no output format and no rule is part of.

use crate::evidence::{EvidenceId, Place, Subject};
use crate::terms::{Confidence, Outcome, Severity};

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Full rule name: `policy/rule`.
    pub rule: String,
    /// `fail` or `review`.
    pub outcome: Outcome,
    /// How much it matters.
    pub severity: Severity,
    /// How sure the evidence is.
    pub confidence: Confidence,
    /// What it is about.
    pub subject: Subject,
    /// The name of the subject for people and fingerprints: `image:harbour-2.jpg`, `use:tdm`, `document`.
    pub subject_name: String,
    /// One line that names the facts.
    pub message: String,
    /// Where to look; `None` when something is absent from the document as a whole.
    pub primary: Option<Labelled>,
    /// The passages that the conclusion rests on.
    pub related: Vec<Labelled>,
    /// Evidence considered.
    pub because: Vec<EvidenceId>,
    /// What was demanded, as `(key, value)`.
    pub expected: Vec<(String, String)>,
    /// What was found instead, as `(key, value)`.
    pub found: Vec<(String, String)>,
    /// For an absence: where was looked and what came near.
    pub searched: Vec<Searched>,
    /// Further remarks, one line each.
    pub notes: Vec<String>,
    /// What would settle it, as an instruction.
    pub help: Option<String>,
    /// Why somebody wants the rule.
    pub basis: Vec<Basis>,
    /// Tags of the rule.
    pub tags: Vec<String>,
}

/// A place with a short explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The place.
    pub place: Place,
    /// What to see there.
    pub label: String,
}

/// One place where an absent fact was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// `caption`, `metadata`, `footer`, …
    pub place: String,
    /// `absent`, `partial`, `rejected`, `not-in-scan`, `unreadable`.
    pub result: &'static str,
    /// Why what came near didn't count.
    pub why: Option<String>,
}

/// A reason for a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The law, code or standard.
    pub cite: String,
    /// Where to read it.
    pub url: Option<String>,
}
