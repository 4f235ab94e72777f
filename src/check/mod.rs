//! One document against one policy: the whole pipeline, pure.

mod agree;
mod agree_values;
mod context;
mod dates;
mod demand;
pub mod fingerprint;
mod judgement;
mod message;
mod permit;
mod require;
pub mod rule_tests;
mod searched;
mod select;
mod statement;
mod uses;

use crate::check::context::{Context, Target};
use crate::check::judgement::Judgement;
use crate::detect::Facts;
use crate::detect::reading::Reading;
use crate::finding::{Finding, Labelled};
use crate::policy::Policy;
use crate::policy::rule::{Rule, Verb};
use crate::rights::Rights;
use crate::terms::{Outcome, Severity};
use std::sync::Arc;

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
    /// What is wrong, ordered by place and rule; what is absent from the document as a whole comes first.
    pub findings: Vec<Finding>,
    /// Every rule on every subject, in rule order: also what passed and what didn't apply.
    pub results: Vec<RuleResult>,
    /// The sets of the policy that it belongs to.
    pub sets: Vec<String>,
}

/// What a rule said of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleResult {
    /// Full name of the rule.
    pub rule: Arc<str>,
    /// `document`, `image:harbour-2.jpg`, …
    pub subject_name: Arc<str>,
    /// What it said.
    pub outcome: Outcome,
    /// For a skip: why it didn't apply. For a pass: nothing.
    pub why: Option<String>,
    /// For a pass: the words that fulfil it.
    pub proof: Vec<Labelled>,
}

/// What a document states and what that adds up to, by the built-in detectors and the policy's own.
pub fn state(reading: &Reading<'_>, policy: &Policy) -> (Facts, Rights) {
    let mut facts = crate::detect::detect(reading);
    crate::policy::states::run(policy, reading, &mut facts);
    let rights = crate::rights::resolve(reading, &facts);
    (facts, rights)
}

/// Checks one document.
pub fn check(reading: &Reading<'_>, policy: &Policy, options: &CheckOptions) -> DocumentReport {
    let (facts, rights) = state(reading, policy);
    let (findings, results) = judge(reading, &facts, &rights, policy, options);
    let sets = sets(reading, &facts, &rights, policy, options);
    DocumentReport { facts, rights, findings, results, sets }
}

/// The sets of the policy that the document belongs to.
fn sets(reading: &Reading<'_>, facts: &Facts, rights: &Rights, policy: &Policy, options: &CheckOptions) -> Vec<String> {
    if policy.sets.is_empty() {
        return Vec::new();
    }
    let context = Context::new(reading, facts, rights, policy, options);
    policy.sets.iter().map(|set| set.key.clone()).filter(|key| context.is_in_set(key)).collect()
}

/// Applies the rules to what a document states.
pub fn judge(
    reading: &Reading<'_>,
    facts: &Facts,
    rights: &Rights,
    policy: &Policy,
    options: &CheckOptions,
) -> (Vec<Finding>, Vec<RuleResult>) {
    let chosen: Vec<&Rule> = policy.rules.iter().filter(|rule| select::is_chosen(rule, options)).collect();
    judge_rules(reading, facts, rights, (policy, &chosen), options)
}

/// Applies `rules` under the names, sets and adjustments of a policy.
fn judge_rules(
    reading: &Reading<'_>,
    facts: &Facts,
    rights: &Rights,
    (policy, rules): (&Policy, &[&Rule]),
    options: &CheckOptions,
) -> (Vec<Finding>, Vec<RuleResult>) {
    let context = Context::new(reading, facts, rights, policy, options);
    let mut run = Run { context: &context, findings: Vec::new(), results: Vec::new() };
    for rule in rules {
        run.rule(rule);
    }
    run.findings.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.rule.cmp(&b.rule)));
    (run.findings, run.results)
}

fn place(finding: &Finding) -> Option<crate::source::Location> {
    finding.primary.as_ref().map(|p| p.place.location)
}

/// The rules on one document.
struct Run<'c> {
    context: &'c Context<'c>,
    findings: Vec<Finding>,
    results: Vec<RuleResult>,
}

impl Run<'_> {
    fn rule(&mut self, rule: &Rule) {
        let (severity, remark) = self.context.severity(rule);
        let Some(severity) = severity else { return };
        if let Some(why) = select::rests(rule, self.context.options) {
            return self.skip(rule, &"document".into(), why);
        }
        let targets = self.context.targets(rule.for_each);
        if targets.is_empty() {
            self.skip(rule, &"document".into(), format!("there is no {} in it", rule.for_each));
        }
        for target in targets {
            match self.context.excludes(rule, target) {
                Some(why) => self.skip(rule, &target.name, why),
                None => self.target(rule, target, severity, remark.as_deref()),
            }
        }
    }

    fn skip(&mut self, rule: &Rule, subject: &Arc<str>, why: String) {
        let subject_name = Arc::clone(subject);
        self.results.push(RuleResult { rule: rule.id.clone(), subject_name, outcome: Outcome::Skip, why: Some(why), proof: Vec::new() });
    }

    fn target(&mut self, rule: &Rule, target: &Target, severity: Severity, remark: Option<&str>) {
        for judgement in judgements(self.context, rule, target) {
            let subject_name = judgement.about.as_deref().map_or_else(|| Arc::clone(&target.name), Arc::from);
            self.results.push(RuleResult {
                rule: rule.id.clone(),
                subject_name: subject_name.clone(),
                outcome: judgement.outcome,
                why: None,
                proof: judgement.proof.clone(),
            });
            if matches!(judgement.outcome, Outcome::Fail | Outcome::Review) {
                self.findings.push(finding(self.context, rule, target, judgement, severity, subject_name.to_string(), remark));
            }
        }
    }
}

fn judgements(context: &Context<'_>, rule: &Rule, target: &Target) -> Vec<Judgement> {
    match rule.verb {
        Verb::Require(_) | Verb::RequireAny(_) => vec![require::require(context, rule, target)],
        Verb::Forbid(_) => require::forbid(context, rule, target),
        Verb::Agree { .. } => agree::agree(context, rule, target),
        Verb::Permit { .. } => permit::permit(context, rule, target),
    }
}

fn finding(
    context: &Context<'_>,
    rule: &Rule,
    target: &Target,
    judgement: Judgement,
    severity: Severity,
    subject_name: String,
    remark: Option<&str>,
) -> Finding {
    let message = message::message(context, rule, target, &judgement);
    let mut notes = judgement.notes;
    notes.extend(remark.map(str::to_owned));
    Finding {
        rule: rule.id.to_string(),
        outcome: judgement.outcome,
        severity,
        confidence: judgement.confidence,
        subject: target.subject.clone(),
        subject_name,
        message,
        primary: judgement.primary.filter(|p| !p.place.is_nowhere()),
        related: judgement.related.into_iter().filter(|r| !r.place.is_nowhere()).collect(),
        because: judgement.because,
        expected: demand::expected(rule),
        found: judgement.found,
        searched: judgement.searched,
        notes,
        help: rule.fix.clone(),
        basis: rule.basis.clone(),
        tags: rule.tags.clone(),
    }
}
