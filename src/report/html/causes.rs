//! Findings in the order of the report: what needs a person first, then rule by rule, folded by cause.

use crate::report::html::finding::Shown;
use crate::report::html::words::Kind;
use crate::report::record::{DocumentRecord, FindingRecord};
use crate::report::run::{PolicyRecord, RuleRecord};
use crate::text;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Findings of a cause shown before the fold.
const OPEN: usize = 4;

/// Every finding, numbered.
#[derive(Debug)]
pub(super) struct Order<'r> {
    /// What a person must decide, by rule.
    pub(super) reviews: Vec<Section<'r>>,
    /// What fails, by rule, worst first.
    pub(super) failures: Vec<Section<'r>>,
    /// What an exception covers.
    pub(super) excepted: Vec<Shown<'r>>,
}

/// The findings of a rule.
#[derive(Debug)]
pub(super) struct Section<'r> {
    pub(super) rule: &'r str,
    /// Absent where the run doesn't hold the policy.
    pub(super) about: Option<&'r RuleRecord>,
    pub(super) causes: Vec<Cause<'r>>,
    pub(super) findings: usize,
    pub(super) documents: usize,
}

/// Findings that rest on the same words, or lack the same thing: they want one decision.
#[derive(Debug)]
pub(super) struct Cause<'r> {
    pub(super) kind: Kind,
    /// The message they share.
    pub(super) title: Cow<'r, str>,
    pub(super) findings: Vec<Shown<'r>>,
    pub(super) documents: usize,
    /// Whether there are several and all rest on equal words, so that one quotation stands for all.
    pub(super) same_words: bool,
}

impl<'r> Section<'r> {
    /// The last part of the rule's name.
    pub(super) fn key(&self) -> &'r str {
        crate::report::concise::key(self.rule)
    }

    /// The rule as a sentence.
    pub(super) fn title(&self) -> &'r str {
        self.about.map_or(self.rule, |a| &a.title)
    }

    /// How often each kind stands in it, without those that don't.
    pub(super) fn counts(&self) -> Vec<(Kind, usize)> {
        let count = |kind| self.causes.iter().filter(|c| c.kind == kind).map(|c| c.findings.len()).sum();
        Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, n)| *n > 0).collect()
    }
}

impl<'r> Cause<'r> {
    /// The number of its first and last finding.
    pub(super) fn numbers(&self) -> String {
        match (self.findings.first(), self.findings.last()) {
            (Some(first), Some(last)) if first.number != last.number => format!("{}–{}", first.number, last.number),
            (Some(first), _) => first.number.to_string(),
            _ => String::new(),
        }
    }

    /// The title as a sentence begins.
    pub(super) fn heading(&self) -> String {
        let mut letters = self.title.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    }

    /// The findings shown at once. A fold that would hide one or two is not worth it.
    pub(super) fn before_fold(&self) -> &[Shown<'r>] {
        if self.findings.len() <= OPEN + 2 { &self.findings } else { &self.findings[..OPEN] }
    }

    /// The findings shown on demand, and on paper.
    pub(super) fn behind_fold(&self) -> &[Shown<'r>] {
        &self.findings[self.before_fold().len()..]
    }

    /// The finding that stands for all.
    pub(super) fn first(&self) -> &Shown<'r> {
        &self.findings[0]
    }
}

/// Orders and numbers the findings. `index` finds a document by its path.
pub(super) fn order<'r>(findings: &'r [FindingRecord], documents: &'r [DocumentRecord], policies: &'r [PolicyRecord]) -> Order<'r> {
    let index: HashMap<&str, usize> = documents.iter().enumerate().map(|(n, d)| (d.document.path.as_str(), n)).collect();
    let at = |f: &FindingRecord| index.get(f.document.path.as_str()).copied().unwrap_or(usize::MAX);
    let (open, excepted): (Vec<_>, Vec<_>) = findings.iter().partition(|f| is_open(f));
    let (reviews, failures): (Vec<_>, Vec<_>) = open.into_iter().partition(|f| Kind::of(f) == Kind::Review);
    let mut numbers = 1..;
    let mut show = |f: &'r FindingRecord| Shown::new(numbers.next().unwrap_or_default(), f, at(f));
    let reviews = sections(&reviews, policies, &mut show);
    let failures = sections(&failures, policies, &mut show);
    Order { reviews, failures, excepted: excepted.into_iter().map(show).collect() }
}

/// Whether no exception covers a finding.
pub(super) fn is_open(finding: &FindingRecord) -> bool {
    finding.status == "new"
}

fn sections<'r>(
    findings: &[&'r FindingRecord],
    policies: &'r [PolicyRecord],
    show: &mut impl FnMut(&'r FindingRecord) -> Shown<'r>,
) -> Vec<Section<'r>> {
    let mut rules: Vec<(&str, Vec<&'r FindingRecord>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for &finding in findings {
        let at = *known.entry(&finding.rule).or_insert_with(|| {
            rules.push((&finding.rule, Vec::new()));
            rules.len() - 1
        });
        rules[at].1.push(finding);
    }
    rules.sort_by_key(|(rule, list)| (list.iter().map(|f| Kind::of(f)).min(), Reverse(list.len()), *rule));
    rules.into_iter().map(|(rule, list)| section(rule, &list, policies, show)).collect()
}

fn section<'r>(
    rule: &'r str,
    findings: &[&'r FindingRecord],
    policies: &'r [PolicyRecord],
    show: &mut impl FnMut(&'r FindingRecord) -> Shown<'r>,
) -> Section<'r> {
    let about = policies.iter().flat_map(|p| &p.rules).find(|r| r.id == rule);
    let mut causes: Vec<Vec<&'r FindingRecord>> = Vec::new();
    let mut known: HashMap<(Kind, Cow<'r, str>), usize> = HashMap::new();
    for &finding in findings {
        let at = *known.entry((Kind::of(finding), evidence(finding))).or_insert_with(|| {
            causes.push(Vec::new());
            causes.len() - 1
        });
        causes[at].push(finding);
    }
    causes.sort_by_key(|list| (Kind::of(list[0]), Reverse(list.len())));
    let causes = causes.into_iter().map(|list| cause(&list, show)).collect();
    Section { rule, about, causes, findings: findings.len(), documents: documents(findings) }
}

fn cause<'r>(list: &[&'r FindingRecord], show: &mut impl FnMut(&'r FindingRecord) -> Shown<'r>) -> Cause<'r> {
    let first = list[0];
    let title = if list.iter().all(|f| f.message == first.message) { Cow::Borrowed(first.message.as_str()) } else { nameless(first) };
    let words = |f: &'r FindingRecord| f.primary.as_ref().map(|p| (p.around.mark_up.is_some(), text::squeeze(&p.place.quote)));
    let same_words = list.len() > 1 && words(first).is_none_or(|w| !w.0) && list.iter().all(|f| words(f) == words(first));
    Cause { kind: Kind::of(first), title, documents: documents(list), findings: list.iter().map(|f| show(f)).collect(), same_words }
}

fn documents(findings: &[&FindingRecord]) -> usize {
    let mut paths: Vec<&str> = findings.iter().map(|f| f.document.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    paths.len()
}

/// What a finding rests on: the words for readers; of mark-up and of what is absent, the message without the name of its subject.
fn evidence(finding: &FindingRecord) -> Cow<'_, str> {
    match &finding.primary {
        Some(p) if p.around.mark_up.is_none() && !p.place.quote.is_empty() => Cow::Owned(text::fold(&p.place.quote)),
        _ => nameless(finding),
    }
}

fn nameless(finding: &FindingRecord) -> Cow<'_, str> {
    match finding.subject.name.as_deref().filter(|n| !n.is_empty() && finding.message.contains(n)) {
        Some(name) => Cow::Owned(finding.message.replace(name, "…")),
        None => Cow::Borrowed(&finding.message),
    }
}
