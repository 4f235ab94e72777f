//! One document against one policy: the whole pipeline, pure.

pub mod fingerprint;
pub mod rule_tests;

use crate::detect::Facts;
use crate::detect::reading::Reading;
use crate::finding::{Finding, Labelled};
use crate::policy::Policy;
use crate::rights::Rights;
use crate::terms::Outcome;

/// What a check depends on besides documents and policy.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    /// The day for years, expiry and effective dates.
    pub as_of: jiff::civil::Date,
    /// `--for`: purposes for which third-party content is checked. Not empty: suppressions in the document are not honoured.
    pub purposes: Vec<String>,
    /// Only these rules, if not empty (`--rule`), by key or full name.
    pub only: Vec<String>,
    /// Only rules with one of these tags, if not empty (`--tag`).
    pub tags: Vec<String>,
    /// Not these rules (`--skip`).
    pub skip: Vec<String>,
}

impl CheckOptions {
    /// Every rule, on the day `as_of`.
    pub fn new(as_of: jiff::civil::Date) -> Self {
        Self { as_of, purposes: Vec::new(), only: Vec::new(), tags: Vec::new(), skip: Vec::new() }
    }
}

/// What came of one document.
#[derive(Debug, Clone, Default)]
pub struct DocumentReport {
    /// What it states.
    pub facts: Facts,
    /// What that adds up to.
    pub rights: Rights,
    /// What is wrong, ordered by place and rule.
    pub findings: Vec<Finding>,
    /// Every rule on every subject, in rule order: also what passed and what didn't apply.
    pub results: Vec<RuleResult>,
}

/// What a rule said of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleResult {
    /// Full name of the rule.
    pub rule: String,
    /// `document`, `image:harbour-2.jpg`, …
    pub subject_name: String,
    /// What it said.
    pub outcome: Outcome,
    /// For a skip: why it didn't apply. For a pass: nothing.
    pub why: Option<String>,
    /// For a pass: the words that fulfil it.
    pub proof: Vec<Labelled>,
}

/// What a document states and what that adds up to, by the built-in detectors and the policy's own.
pub fn state(reading: &Reading<'_>, _policy: &Policy) -> (Facts, Rights) {
    let facts = crate::detect::detect(reading);
    let rights = crate::rights::resolve(reading, &facts);
    (facts, rights)
}

/// Checks one document.
pub fn check(reading: &Reading<'_>, policy: &Policy, _options: &CheckOptions) -> DocumentReport {
    let (facts, rights) = state(reading, policy);
    DocumentReport { facts, rights, ..DocumentReport::default() }
}
