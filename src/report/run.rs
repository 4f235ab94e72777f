//! A run as data: what the formats print, and nothing they would have to work out.

use crate::exceptions::baseline::Known;
use crate::exceptions::waiver::Waiver;
use crate::finding::Basis;
use crate::policy::rule::Rule;
use crate::policy::{Party, Policy, Wording};
use crate::report::comparison::Comparison;
use crate::report::json::demands;
use crate::report::record::{DocumentRecord, FindingRecord};
use crate::terms::{Outcome, Severity};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::HashSet;

/// Version of the objects of a run; keys may be added, none removed or retyped.
pub const SCHEMA: &str = "rightscheck/run/1";

/// What a run was asked to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct RunHead {
    /// [`SCHEMA`].
    pub schema: Cow<'static, str>,
    /// The program.
    pub tool: Tool,
    /// The day for years, expiry and effective dates.
    pub as_of: String,
    /// What was to be read and shown.
    pub scan: Scan,
}

/// The program that made the report.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Tool {
    /// `rightscheck`.
    pub name: Cow<'static, str>,
    /// Its version.
    pub version: Cow<'static, str>,
}

/// What was to be read and shown. Anything that makes the run a subset of what the policy asks for is said here.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Scan {
    /// Files, folders and patterns, counted from the folder that all names in the report are counted from.
    pub paths: Vec<String>,
    /// `--for`.
    pub purposes: Vec<String>,
    /// `--rule`.
    pub rules: Vec<String>,
    /// `--tag`.
    pub tags: Vec<String>,
    /// `--skip`.
    pub skip: Vec<String>,
    /// `--min-confidence`.
    pub min_confidence: Cow<'static, str>,
    /// `--fail-on`.
    pub fail_on: Cow<'static, str>,
    /// `--strict`.
    pub strict: bool,
}

impl RunHead {
    /// The head of a run of this program.
    pub fn new(as_of: jiff::civil::Date, scan: Scan) -> Self {
        let tool = Tool { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").into() };
        Self { schema: SCHEMA.into(), tool, as_of: as_of.to_string(), scan }
    }
}

/// A policy that documents were checked against.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PolicyRecord {
    /// `rightscheck/policy/1`.
    pub schema: Cow<'static, str>,
    /// `[policy] id`.
    pub id: String,
    /// `[policy] name`.
    pub name: String,
    /// `[policy] version`.
    pub version: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The files it was read from, its own first.
    pub files: Vec<String>,
    /// SHA-256 over these files.
    pub sha256: String,
    /// Its rules that are not off.
    pub rules: Vec<RuleRecord>,
    /// Who may hold rights and who may be credited.
    pub parties: Vec<PartyRecord>,
    /// The texts that counsel approved.
    pub wordings: Vec<WordingRecord>,
}

/// See [`crate::policy::Party`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PartyRecord {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// What appears in print.
    pub aliases: Vec<String>,
}

/// See [`crate::policy::Wording`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct WordingRecord {
    /// Its key.
    pub key: String,
    /// Two-letter code.
    pub language: Option<String>,
    /// The text, with `{party}` slots.
    pub text: String,
}

/// A rule in force.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct RuleRecord {
    /// Full name.
    pub id: String,
    /// A sentence that says what it demands.
    pub title: String,
    /// Subject, verb and facts: `each image must have: credit`.
    pub demand: String,
    /// The keys that narrow it, as policies write them.
    pub keys: Value,
    /// How much a failure matters, before adjustments.
    pub severity: Cow<'static, str>,
    /// Words to choose rules by.
    pub tags: Vec<String>,
    /// What would settle a failure.
    pub fix: Option<String>,
    /// Why somebody wants it.
    pub basis: Vec<BasisRecord>,
}

/// See [`Basis`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct BasisRecord {
    /// The law, code or standard.
    pub cite: String,
    /// Where to read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl BasisRecord {
    /// The address, if it is one of the web: a link in a report must not run anything.
    pub fn web(&self) -> Option<&str> {
        self.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"))
    }
}

impl From<&Basis> for BasisRecord {
    fn from(basis: &Basis) -> Self {
        Self { cite: basis.cite.clone(), url: basis.url.clone() }
    }
}

impl PolicyRecord {
    /// The record of `policy`.
    pub fn new(policy: &Policy) -> Self {
        let mut digest = Sha256::new();
        for file in &policy.files {
            // The lengths keep the end of one file from passing for the start of the next.
            digest.update((file.text.len() as u64).to_le_bytes());
            digest.update(&file.text);
        }
        let in_force = policy.rules.iter().filter_map(|r| r.severity.map(|s| (r, s)));
        let rules = in_force.map(|(r, severity)| RuleRecord {
            id: r.id.to_string(),
            title: r.title.clone(),
            demand: r.demand(),
            keys: narrowing(r),
            severity: severity.name().into(),
            tags: r.tags.clone(),
            fix: r.fix.clone(),
            basis: r.basis.iter().map(Into::into).collect(),
        });
        Self {
            schema: "rightscheck/policy/1".into(),
            id: policy.id.clone(),
            name: policy.name.clone(),
            version: policy.version.clone(),
            owner: policy.owner.clone(),
            files: policy.files.iter().map(|f| f.name.clone()).collect(),
            sha256: digest.finalize().iter().map(|b| format!("{b:02x}")).collect(),
            rules: rules.collect(),
            parties: policy.parties.iter().map(party).collect(),
            wordings: policy.wordings.iter().map(wording).collect(),
        }
    }
}

/// Keys that the sentence of a rule or its other fields tell.
const TOLD: &[&str] =
    &["title", "severity", "message", "fix", "basis", "tags", "owner", "for-each", "require", "require-any", "forbid", "agree"];

fn narrowing(rule: &Rule) -> Value {
    let keys = rule.settings.iter().filter(|s| !TOLD.contains(&s.key.as_str()));
    demands(&keys.map(|s| (s.key.clone(), s.value.clone())).collect::<Vec<_>>())
}

fn party(party: &Party) -> PartyRecord {
    PartyRecord { key: party.key.clone(), name: party.name.clone(), kind: party.kind.name().to_owned(), aliases: party.aliases.clone() }
}

fn wording(wording: &Wording) -> WordingRecord {
    WordingRecord { key: wording.key.clone(), language: wording.language.clone(), text: wording.text.clone() }
}

/// A checked document.
#[derive(Debug)]
pub struct Checked {
    /// What it is and what it says.
    pub document: DocumentRecord,
    /// What is wrong with it.
    pub findings: Vec<FindingRecord>,
    /// For each finding the site file that it is a fault of, if it is one: filled by who holds the document.
    pub of_site: Vec<Option<String>>,
    /// How many findings were less certain than asked for.
    pub hidden: usize,
    /// What is wrong with exceptions that stand in the document.
    pub faults: Vec<ProblemRecord>,
    /// The findings as each report for people shows them, and what passed or didn't apply: filled by who holds the document.
    pub views: Vec<View>,
}

impl Checked {
    /// Marks the findings that exceptions cover, in the order of the findings, and weighs the document by the others.
    pub fn except(&mut self, exceptions: &[Option<Exception<'_>>], fail_on: FailOn) {
        for (finding, exception) in self.findings.iter_mut().zip(exceptions) {
            match exception {
                Some(Exception::Waived(waiver)) => {
                    finding.status = WAIVED.into();
                    finding.waiver = Some((*waiver).into());
                }
                Some(Exception::Known(known)) => {
                    finding.status = KNOWN.into();
                    finding.since = Some(known.since.clone());
                }
                Some(Exception::Allowed(reason)) => {
                    finding.status = ALLOWED.into();
                    finding.allowed = Some((*reason).to_owned());
                }
                None => {}
            }
        }
        self.weigh(fail_on);
    }

    fn weigh(&mut self, fail_on: FailOn) {
        let open = self.findings.iter().filter(|f| f.is_open());
        self.document.verdict = open.map(|f| Verdict::of(f.outcome, f.severity, fail_on)).max().unwrap_or(Verdict::Pass);
    }

    /// Takes out the faults of site files that are in `told`, and notes the others there: each is told once, however many pages the
    /// file speaks for.
    pub fn drop_told(&mut self, told: &mut HashSet<String>, fail_on: FailOn) {
        let of_site = std::mem::take(&mut self.of_site).into_iter().chain(std::iter::repeat(None));
        let mut kept = Vec::new();
        for (finding, file) in self.findings.iter().zip(of_site) {
            let new = file.is_none() || told.insert(finding.fingerprint.clone());
            kept.push(new);
            let mut results = self.document.results.iter_mut().filter(|r| r.rule == finding.rule && r.outcome == Outcome::Fail.name());
            if let (false, Some(file), Some(result)) = (new, file, results.next()) {
                result.outcome = Outcome::Skip.name().into();
                result.why = Some(format!("a fault of {file}, told with an earlier page"));
            }
        }
        if kept.iter().all(|&kept| kept) {
            return;
        }
        retain(&mut self.findings, &kept);
        self.views.iter_mut().for_each(|view| retain(&mut view.findings, &kept));
        self.weigh(fail_on);
    }
}

fn retain<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| kept.next().copied().unwrap_or(true));
}

/// What covers a finding.
#[derive(Debug, Clone, Copy)]
pub enum Exception<'e> {
    /// Somebody answers for it.
    Waived(&'e Waiver),
    /// It was there when the baseline was made.
    Known(&'e Known),
    /// The document allows it, for this reason.
    Allowed(&'e str),
}

/// The status of findings that nothing covers.
pub const OPEN: &str = "new";
/// The status of findings that a waiver covers.
pub const WAIVED: &str = "waived";
/// The status of findings that the document itself allows.
pub const ALLOWED: &str = "allowed";
/// The status of findings that stand in the baseline.
pub const KNOWN: &str = "known";

/// What one report for people shows of a document.
#[derive(Debug, Default)]
pub struct View {
    /// One text for each finding.
    pub findings: Vec<String>,
    /// Further lines: what passed, what didn't apply.
    pub others: Vec<String>,
}

/// Something that could not be read, or not whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ProblemRecord {
    /// `rightscheck/problem/1`.
    pub schema: Cow<'static, str>,
    /// Stable name.
    pub code: String,
    /// One line: what, and what was done about it.
    pub message: String,
    /// The file.
    pub path: String,
    /// What would settle it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Whether the check is incomplete because of it.
    pub incomplete: bool,
}

impl ProblemRecord {
    /// A problem with a file.
    pub fn new(code: &str, path: &str, message: String, incomplete: bool) -> Self {
        Self { schema: "rightscheck/problem/1".into(), code: code.to_owned(), message, path: path.to_owned(), help: None, incomplete }
    }
}

/// The lowest thing that fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// A failure that is an error.
    Error,
    /// A failure that is a warning or an error.
    Warning,
    /// That, and what a person must decide.
    Review,
    /// Nothing.
    Never,
}

impl FailOn {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Review => "review",
            Self::Never => "never",
        }
    }

    /// The bound of that name, as a run with `--strict` or without means it.
    pub fn named(name: &str, strict: bool) -> Self {
        match name {
            "never" => Self::Never,
            _ if strict => Self::Review,
            "review" => Self::Review,
            "warning" => Self::Warning,
            _ => Self::Error,
        }
    }

    /// Whether a finding fails the run.
    pub fn fails(self, outcome: Outcome, severity: Severity) -> bool {
        match self {
            Self::Error => outcome == Outcome::Fail && severity == Severity::Error,
            Self::Warning => outcome == Outcome::Fail && severity >= Severity::Warning,
            Self::Review => outcome == Outcome::Review || outcome == Outcome::Fail && severity >= Severity::Warning,
            Self::Never => false,
        }
    }
}

/// What a document comes to: the worst of its findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing was found.
    Pass,
    /// Warnings or notes that fail nothing.
    Remarks,
    /// A person must decide.
    Review,
    /// Something fails.
    Fail,
}

impl Verdict {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Remarks => "remarks",
            Self::Review => "review",
            Self::Fail => "fail",
        }
    }

    /// The verdict on one finding. Where nothing fails a run, errors still fail their document.
    pub fn of(outcome: Outcome, severity: Severity, fail_on: FailOn) -> Self {
        let bound = if fail_on == FailOn::Never { FailOn::Error } else { fail_on };
        match outcome {
            Outcome::Review => Self::Review,
            Outcome::Fail if bound.fails(outcome, severity) => Self::Fail,
            _ => Self::Remarks,
        }
    }
}

/// How often each thing was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Counts {
    /// Failures that are errors.
    pub error: usize,
    /// Failures that are warnings.
    pub warning: usize,
    /// Failures that are notes.
    pub note: usize,
    /// What a person must decide.
    pub review: usize,
}

impl Counts {
    fn add(&mut self, outcome: Outcome, severity: Severity) {
        let count = match (outcome, severity) {
            (Outcome::Review, _) => &mut self.review,
            (_, Severity::Error) => &mut self.error,
            (_, Severity::Warning) => &mut self.warning,
            (_, Severity::Note) => &mut self.note,
        };
        *count += 1;
    }
}

/// What one rule found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct RuleCounts {
    /// How often.
    #[serde(flatten)]
    pub counts: Counts,
    /// In how many documents.
    pub documents: usize,
}

/// What a run comes to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Summary {
    /// `rightscheck/summary/1`.
    pub schema: Cow<'static, str>,
    /// Documents checked.
    pub documents: usize,
    /// Documents with something that fails.
    pub fail: usize,
    /// Documents that need a person, without a failure.
    pub review: usize,
    /// Documents with warnings or notes only.
    pub remarks: usize,
    /// Documents without a finding.
    pub pass: usize,
    /// Files that should have been checked and were not, or not whole: names in order.
    pub incomplete: Vec<String>,
    /// Documents that the policy says aren't to be read: names in order.
    pub left_out: Vec<String>,
    /// Findings by kind.
    pub findings: Counts,
    /// Findings that a waiver covers; they are not among the others.
    pub waived: usize,
    /// Findings that stand in the baseline; they are not among the others.
    #[serde(default)]
    pub known: usize,
    /// Findings that documents allow themselves; they are not among the others.
    #[serde(default)]
    pub allowed: usize,
    /// Findings left out because they were less certain than asked for.
    pub hidden: usize,
    /// Findings by rule.
    pub rules: BTreeMap<String, RuleCounts>,
    /// What is to be said of exceptions: waivers that ended, end soon or cover nothing, known findings that are fixed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<String>,
    /// What changed since an earlier run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// How the run ended.
    pub exit_code: u8,
}

impl Summary {
    /// An empty summary.
    pub fn new() -> Self {
        Self { schema: "rightscheck/summary/1".into(), ..Self::default() }
    }

    /// Counts a document.
    pub fn add(&mut self, checked: &Checked) {
        self.documents += 1;
        self.hidden += checked.hidden;
        *match checked.document.verdict {
            Verdict::Fail => &mut self.fail,
            Verdict::Review => &mut self.review,
            Verdict::Remarks => &mut self.remarks,
            Verdict::Pass => &mut self.pass,
        } += 1;
        let mut seen: Vec<&str> = Vec::new();
        for finding in &checked.findings {
            match finding.status.as_ref() {
                WAIVED => self.waived += 1,
                KNOWN => self.known += 1,
                ALLOWED => self.allowed += 1,
                _ => {}
            }
            if !finding.is_open() {
                continue;
            }
            self.findings.add(finding.outcome, finding.severity);
            let rule = self.rules.entry(finding.rule.clone()).or_default();
            rule.counts.add(finding.outcome, finding.severity);
            if !seen.contains(&finding.rule.as_str()) {
                seen.push(&finding.rule);
                rule.documents += 1;
            }
        }
    }

    /// Notes a problem; a file is named once.
    pub fn add_problem(&mut self, problem: &ProblemRecord) {
        if problem.incomplete && self.incomplete.last() != Some(&problem.path) {
            self.incomplete.push(problem.path.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_never_fail_a_run() {
        for fail_on in [FailOn::Error, FailOn::Warning, FailOn::Review, FailOn::Never] {
            assert!(!fail_on.fails(Outcome::Fail, Severity::Note), "{fail_on:?}");
        }
    }

    #[test]
    fn a_review_fails_a_run_only_if_asked_to() {
        assert!(FailOn::Review.fails(Outcome::Review, Severity::Error));
        assert!(!FailOn::Warning.fails(Outcome::Review, Severity::Error));
        assert_eq!(Verdict::of(Outcome::Review, Severity::Error, FailOn::Review), Verdict::Review);
    }
}
