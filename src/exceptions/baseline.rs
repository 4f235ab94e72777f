//! The baseline, `rights-baseline.json` beside a policy: findings that were there when the tool was adopted. They stay in every report and
//! fail nothing; what is fixed leaves the file, and nothing enters it unnoticed.

use crate::check::fingerprint::Fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// The file, beside the policy.
pub const FILE: &str = "rights-baseline.json";
/// Version of its form.
pub const SCHEMA: &str = "rightscheck/baseline/1";

/// A finding that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Path of its document, counted from the policy's folder.
    pub document: String,
    /// Full name of its rule.
    pub rule: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The same without the document: it counts where the document is gone.
    pub moved: String,
    /// The words it rests on.
    pub quote: Option<String>,
    /// The day since which it is known.
    pub since: String,
}

/// What people keep in version control.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct File {
    /// [`SCHEMA`].
    pub schema: String,
    /// Identifier and version of the policy it was made with.
    pub policy: String,
    /// The day it was made.
    pub created: String,
    /// Sorted, one a line.
    pub findings: Vec<Known>,
}

impl File {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it, in a line.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: Self = serde_json::from_str(text).map_err(|e| e.to_string())?;
        if file.schema == SCHEMA { Ok(file) } else { Err(format!("its schema is `{}`; this version reads `{SCHEMA}`", file.schema)) }
    }

    /// The text of the file: sorted, a finding a line, so that merges and reviews work.
    pub fn text(&self) -> String {
        let mut findings = self.findings.clone();
        findings.sort();
        let lines: Vec<String> = findings.iter().map(|f| format!("    {}", json(f))).collect();
        let list = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
        format!(
            "{{\n  \"schema\": {},\n  \"policy\": {},\n  \"created\": {},\n  \"findings\": {list}\n}}\n",
            json(&self.schema),
            json(&self.policy),
            json(&self.created),
        )
    }
}

/// A baseline in use.
#[derive(Debug, Default)]
pub struct Baseline {
    known: Vec<Known>,
    by_print: HashMap<String, usize>,
    /// Entries whose document is gone.
    by_moved: HashMap<String, usize>,
    by_document: HashMap<String, Vec<usize>>,
    /// For each entry whether its document was checked.
    met: Vec<AtomicBool>,
    /// For each entry whether its finding was there.
    used: Vec<AtomicBool>,
}

impl Baseline {
    /// Puts `file` to use; `exists` tells whether a document is still there.
    pub fn new(file: File, exists: &dyn Fn(&str) -> bool) -> Self {
        let known = file.findings;
        let mut by_document: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, entry) in known.iter().enumerate() {
            by_document.entry(entry.document.clone()).or_default().push(n);
        }
        let gone = by_document.iter().filter(|(document, _)| !exists(document)).flat_map(|(_, entries)| entries);
        let by_moved = gone.map(|&n| (known[n].moved.clone(), n)).collect();
        let by_print = known.iter().enumerate().map(|(n, k)| (k.fingerprint.clone(), n)).collect();
        let flags = || known.iter().map(|_| AtomicBool::new(false)).collect();
        Self { met: flags(), used: flags(), known, by_print, by_moved, by_document }
    }

    /// Notes that the document at `path` was checked.
    pub fn meet(&self, path: &str) {
        for &n in self.by_document.get(path).into_iter().flatten() {
            self.met[n].store(true, Ordering::Relaxed);
        }
    }

    /// The entry of the finding with this fingerprint, if it is known.
    pub fn covering(&self, print: &Fingerprint) -> Option<&Known> {
        let &n = self.by_print.get(&print.full).or_else(|| self.by_moved.get(&print.moved))?;
        self.used[n].store(true, Ordering::Relaxed);
        Some(&self.known[n])
    }

    /// Entries whose finding is gone: those of documents that were checked; where the `whole` baseline was, those of documents that are gone, too.
    pub fn fixed(&self, whole: bool) -> impl Iterator<Item = &Known> {
        let flag = |flags: &[AtomicBool], n: usize| flags[n].load(Ordering::Relaxed);
        self.known.iter().enumerate().filter(move |&(n, _)| (whole || flag(&self.met, n)) && !flag(&self.used, n)).map(|(_, known)| known)
    }
}

/// JSON of one value. The values here have no keys that JSON can't hold.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(document: &str, print: &str) -> Known {
        Known {
            document: document.to_owned(),
            rule: "house/byline".to_owned(),
            fingerprint: format!("rc1-{print}"),
            moved: format!("rc1l-{print}"),
            quote: None,
            since: "2026-11-22".to_owned(),
        }
    }

    fn file(findings: Vec<Known>) -> File {
        File { schema: SCHEMA.to_owned(), policy: "house 1".to_owned(), created: "2026-11-22".to_owned(), findings }
    }

    fn print(name: &str) -> Fingerprint {
        Fingerprint { full: format!("rc1-{name}"), moved: format!("rc1l-{name}") }
    }

    #[test]
    fn the_file_is_sorted_with_a_finding_a_line_and_reads_back() {
        let text = file(vec![known("b", "b"), known("a", "a")]).text();
        let lines: Vec<&str> = text.lines().filter(|l| l.contains("rc1-")).collect();
        assert!(lines.len() == 2 && lines[0].contains("rc1-a") && lines[1].contains("rc1-b"), "{text}");
        assert_eq!(File::read(&text).unwrap().text(), text);
        assert_eq!(File::read(&file(vec![]).text()).unwrap().findings, []);
        assert!(File::read(&text.replace("baseline/1", "baseline/2")).unwrap_err().contains("this version reads"));
        assert!(File::read("{").is_err());
    }

    #[test]
    fn a_moved_finding_is_known_only_where_its_document_is_gone() {
        let moved = Fingerprint { full: "rc1-elsewhere".to_owned(), ..print("a") };
        assert!(Baseline::new(file(vec![known("a.html", "a")]), &|_| true).covering(&moved).is_none());
        assert!(Baseline::new(file(vec![known("a.html", "a")]), &|_| false).covering(&moved).is_some());
    }

    #[test]
    fn what_is_fixed_is_told_of_documents_that_were_checked() {
        let baseline = Baseline::new(file(vec![known("a", "a"), known("a", "b"), known("c", "c")]), &|_| true);
        baseline.meet("a");
        assert!(baseline.covering(&print("a")).is_some());
        assert_eq!(baseline.fixed(false).map(|k| k.fingerprint.as_str()).collect::<Vec<_>>(), ["rc1-b"]);
        assert_eq!(baseline.fixed(true).count(), 2);
    }
}
