//! What changed since an earlier run: findings that are new, that are gone, and that are about the same thing but say something else.

use crate::report::concise;
use crate::report::record::FindingRecord;
use crate::report::saved::Run;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How a run differs from an earlier one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// The as-of day of the earlier run.
    pub since: String,
    /// Findings that were not there.
    pub new: Vec<Change>,
    /// Findings that were there and are no more.
    pub fixed: Vec<Change>,
    /// Findings about the same thing whose severity, outcome, exception or evidence is another.
    pub changed: Vec<Change>,
    /// Findings that are as they were, moved documents included.
    pub same: usize,
}

/// One finding of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Change {
    /// Its fingerprint: in the later run, or where it is gone in the earlier.
    pub fingerprint: String,
    /// Full name of the rule.
    pub rule: String,
    /// Path of the document.
    pub document: String,
    /// `document`, `image`, … with the name where there is one.
    pub subject: String,
    /// `error`, `warning`, `note`, `review` or `waived`.
    pub state: String,
    /// What the finding says.
    pub message: String,
    /// For a change: what it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

impl Change {
    fn new(finding: &FindingRecord) -> Self {
        let subject = &finding.subject;
        Self {
            fingerprint: finding.fingerprint.clone(),
            rule: finding.rule.clone(),
            document: finding.document.path.clone(),
            subject: subject.name.as_ref().map_or_else(|| subject.kind.clone(), |name| format!("{}:{name}", subject.kind)),
            state: concise::word(finding).to_owned(),
            message: finding.message.clone(),
            before: None,
        }
    }

    /// What must be equal for two findings to be about the same thing.
    fn about(&self) -> About {
        (self.rule.clone(), self.document.clone(), self.subject.clone())
    }
}

/// Rule, document and subject.
type About = (String, String, String);

/// Compares a run with an earlier one while it goes on.
#[derive(Debug)]
pub struct Comparer {
    result: Comparison,
    /// Findings of the earlier run that have not been met.
    old: Vec<Option<Change>>,
    by_print: HashMap<String, usize>,
    by_moved: HashMap<String, Vec<usize>>,
    by_about: HashMap<About, Vec<usize>>,
    /// New findings with their fingerprint without the document, until the end.
    unmet: Vec<(Change, String)>,
}

impl Comparer {
    /// Begins the comparison with `old`.
    pub fn new(old: &Run) -> Self {
        let mut by_moved: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_about: HashMap<About, Vec<usize>> = HashMap::new();
        for (n, finding) in old.findings.iter().enumerate() {
            by_moved.entry(finding.fingerprint_moved.clone()).or_default().push(n);
            by_about.entry(Change::new(finding).about()).or_default().push(n);
        }
        Self {
            result: Comparison { since: old.head.as_of.clone(), ..Comparison::default() },
            old: old.findings.iter().map(|f| Some(Change::new(f))).collect(),
            by_print: old.findings.iter().enumerate().map(|(n, f)| (f.fingerprint.clone(), n)).collect(),
            by_moved,
            by_about,
            unmet: Vec::new(),
        }
    }

    /// Adds a finding of the later run.
    pub fn add(&mut self, finding: &FindingRecord) {
        let new = Change::new(finding);
        let met = self.by_print.get(&new.fingerprint).and_then(|&n| self.old[n].take());
        match met {
            Some(old) if old.state == new.state => self.result.same += 1,
            Some(old) => self.result.changed.push(Change { before: Some(old.state), ..new }),
            None => self.unmet.push((new, finding.fingerprint_moved.clone())),
        }
    }

    /// Ends the comparison.
    pub fn finish(mut self) -> Comparison {
        for (new, moved) in std::mem::take(&mut self.unmet) {
            self.place(new, &moved);
        }
        self.result.fixed = self.old.into_iter().flatten().collect();
        self.result
    }

    /// A finding whose fingerprint is not known: of a document that has moved, about the same thing on other words, or new.
    fn place(&mut self, new: Change, moved: &str) {
        if take(&mut self.old, self.by_moved.get(moved)).is_some() {
            self.result.same += 1;
            return;
        }
        match take(&mut self.old, self.by_about.get(&new.about())) {
            Some(old) => {
                let before = format!("{}: {}", old.state, old.message);
                self.result.changed.push(Change { before: Some(before), ..new });
            }
            None => self.result.new.push(new),
        }
    }
}

/// The first of `known` that has not been met, which it then is.
fn take(old: &mut [Option<Change>], known: Option<&Vec<usize>>) -> Option<Change> {
    known?.iter().find_map(|&n| old[n].take())
}

impl Comparison {
    /// How `run` differs from `old`.
    pub fn of(run: &Run, old: &Run) -> Self {
        let mut comparer = Comparer::new(old);
        run.findings.iter().for_each(|f| comparer.add(f));
        comparer.finish()
    }

    /// The kinds of change with their names, most pressing first.
    pub fn lists(&self) -> [(&'static str, &[Change]); 3] {
        [("new", &self.new), ("changed", &self.changed), ("fixed", &self.fixed)]
    }

    /// `3 new, 1 changed, 12 fixed, 40 as before`.
    pub fn said(&self) -> String {
        format!("{} new, {} changed, {} fixed, {} as before", self.new.len(), self.changed.len(), self.fixed.len(), self.same)
    }
}
