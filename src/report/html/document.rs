//! The page of a document: what it says of uses and on which words, its facts, its findings, and what passed.

use crate::report::html::finding::Shown;
use crate::report::html::finding::language;
use crate::report::html::quotation;
use crate::report::html::quotation::Part;
use crate::report::html::words;
use crate::report::html::words::Answer;
use crate::report::inspection::{FactReport, UseReport};
use crate::report::record::{DocumentRecord, LabelledPlace, ResultRecord};
use crate::report::run::PolicyRecord;
use crate::report::run::Verdict;
use crate::terms::{Fact, State, Use};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Files named of those that accompany a document; the rest are counted.
const MOST_COMPANIONS: usize = 12;

/// A document as the report shows it.
#[derive(Debug)]
pub(super) struct Page<'r> {
    /// Its number in the report.
    pub(super) number: usize,
    pub(super) record: &'r DocumentRecord,
    /// The uses that statements speak of.
    pub(super) matrix: Vec<Row<'r>>,
    /// The uses that nothing speaks of.
    pub(super) unstated: Vec<&'static str>,
    /// For single crawlers and pictures: whom, and what is said to them.
    pub(super) others: Vec<(String, Vec<Row<'r>>)>,
    /// What the matrix rests on.
    pub(super) evidence: Vec<Footnote<'r>>,
    pub(super) facts: Vec<(&'r str, Vec<&'r FactReport>)>,
    pub(super) missing: Vec<&'static str>,
    pub(super) findings: Vec<&'r Shown<'r>>,
    pub(super) passed: Vec<Passed<'r>>,
    /// Rules that did not apply, and why.
    pub(super) skipped: Vec<(&'r str, &'r str)>,
}

/// The answer to a use.
#[derive(Debug)]
pub(super) struct Row<'r> {
    pub(super) usage: &'r str,
    pub(super) answer: Answer,
    pub(super) said: Cow<'r, str>,
    /// `by name`, `by general words`, `derived`.
    pub(super) by: &'static str,
    /// Footnotes of the statements it rests on.
    pub(super) because: Vec<usize>,
    /// Footnotes of the statements that give way.
    pub(super) overruled: Vec<usize>,
}

/// A statement that the matrix rests on.
#[derive(Debug)]
pub(super) struct Footnote<'r> {
    pub(super) number: usize,
    pub(super) fact: &'r FactReport,
    pub(super) parts: Vec<Part<'r>>,
}

/// A rule that is fulfilled, and the words that fulfil it.
#[derive(Debug)]
pub(super) struct Passed<'r> {
    pub(super) rule: &'r str,
    pub(super) title: &'r str,
    /// Subject and words.
    pub(super) proofs: Vec<(&'r str, &'r [LabelledPlace])>,
}

impl<'r> Page<'r> {
    pub(super) fn new(number: usize, record: &'r DocumentRecord, findings: Vec<&'r Shown<'r>>, policies: &'r [PolicyRecord]) -> Self {
        let mut notes = Notes { facts: &record.facts, numbers: BTreeMap::new(), order: Vec::new() };
        let said = |name: &str| record.uses.iter().find(|u| is_everybody(u) && u.usage == name && u.state != State::Unstated.name());
        let matrix = Use::ALL.iter().filter_map(|u| said(u.name())).map(|u| Row::new(u, &mut notes)).collect();
        let unstated = Use::ALL.iter().filter(|u| said(u.name()).is_none()).map(|u| words::usage(u.name())).collect();
        let others = others(record, &mut notes);
        let facts = by_fact(&record.facts);
        let missing = Fact::ALL.iter().map(|f| f.name()).filter(|name| !facts.iter().any(|(f, _)| f == name)).collect();
        Self {
            number,
            record,
            matrix,
            unstated,
            others,
            evidence: notes.order.iter().zip(1..).map(|(&fact, number)| Footnote { number, fact, parts: marked(fact) }).collect(),
            facts,
            missing,
            findings,
            passed: passed(&record.results, policies),
            skipped: skipped(&record.results, policies),
        }
    }

    /// The title of the article, else its path.
    pub(super) fn title(&self) -> &'r str {
        self.record.attribution.headline.as_deref().filter(|h| !h.trim().is_empty()).unwrap_or(&self.record.document.path)
    }

    pub(super) fn path(&self) -> &'r str {
        &self.record.document.path
    }

    pub(super) fn language(&self) -> Option<&'r str> {
        language(self.record.document.language.as_deref())
    }

    pub(super) fn verdict(&self) -> (&'static str, &'static str) {
        match self.record.verdict {
            Verdict::Fail => ("fail", "fails"),
            Verdict::Review => ("review", "needs a person"),
            Verdict::Remarks => ("remarks", "passes with remarks"),
            Verdict::Pass => ("pass", "passes"),
        }
    }

    /// A quotation as long as a page shows it.
    pub(super) fn short<'t>(&self, text: &'t str) -> &'t str {
        quotation::head(text)
    }

    /// Files that accompany it, in words.
    pub(super) fn companions(&self) -> String {
        let all = &self.record.companions;
        let mut named: Vec<String> = all.iter().take(MOST_COMPANIONS).map(|c| format!("{} ({})", c.path, c.kind)).collect();
        if all.len() > MOST_COMPANIONS {
            named.push(format!("{} more", all.len() - MOST_COMPANIONS));
        }
        named.join(" · ")
    }
}

/// Whether an entry of the matrix is about the document as a whole and speaks to everybody.
pub(super) fn is_everybody(usage: &UseReport) -> bool {
    usage.addressee == "*" && usage.subject["kind"] == "document"
}

impl<'r> Row<'r> {
    fn new(usage: &'r UseReport, notes: &mut Notes<'r>) -> Self {
        let because = usage.because.iter().filter_map(|&id| notes.number(id)).collect();
        let overruled = usage.overruled.iter().filter_map(|&id| notes.number(id)).collect();
        let by = match (usage.explicit, usage.by.as_ref()) {
            (true, "name") => "by name",
            (true, _) => "by general words",
            (false, _) => "derived",
        };
        let answer = Answer::of(&usage.state, &usage.conditions);
        Self { usage: &usage.usage, answer, said: said(usage, answer), by, because, overruled }
    }

    pub(super) fn name(&self) -> &'r str {
        words::usage(self.usage)
    }
}

/// The answer in words.
fn said(usage: &UseReport, answer: Answer) -> Cow<'_, str> {
    let others: Vec<Cow<'_, str>> = usage.conditions.iter().filter(|c| *c != "consent").map(|c| words::condition(c)).collect();
    let also = if others.is_empty() { String::new() } else { format!(" ({})", others.join(", ")) };
    match (answer, usage.rightsholder.as_deref()) {
        (Answer::Reserved, Some(whom)) => Cow::Owned(format!("ask {whom}{also}")),
        (Answer::Reserved, None) => Cow::Owned(format!("ask first{also}")),
        (Answer::Conditional, _) => Cow::Owned(format!("allowed if: {}", others.join(", "))),
        (other, _) => Cow::Borrowed(other.words()),
    }
}

/// Statements get their numbers in the order in which the matrix names them.
struct Notes<'r> {
    facts: &'r [FactReport],
    numbers: BTreeMap<u32, usize>,
    order: Vec<&'r FactReport>,
}

impl Notes<'_> {
    fn number(&mut self, id: u32) -> Option<usize> {
        let fact = self.facts.get(id as usize).filter(|f| f.id == id)?;
        Some(*self.numbers.entry(id).or_insert_with(|| {
            self.order.push(fact);
            self.order.len()
        }))
    }
}

/// Entries for single crawlers and pictures, those that say the same to several in one.
fn others<'r>(record: &'r DocumentRecord, notes: &mut Notes<'r>) -> Vec<(String, Vec<Row<'r>>)> {
    let mut by_whom: Vec<(String, Vec<&UseReport>)> = Vec::new();
    for usage in record.uses.iter().filter(|u| !is_everybody(u)) {
        let whom = whom(usage, record);
        match by_whom.iter_mut().find(|(w, _)| *w == whom) {
            Some((_, list)) => list.push(usage),
            None => by_whom.push((whom, vec![usage])),
        }
    }
    let mut groups: Vec<(Vec<String>, Vec<&UseReport>)> = Vec::new();
    for (whom, list) in by_whom {
        match groups.iter_mut().find(|(_, other)| says_the_same(other, &list)) {
            Some((all, _)) => all.push(whom),
            None => groups.push((vec![whom], list)),
        }
    }
    groups.into_iter().map(|(whom, list)| (whom.join(", "), list.into_iter().map(|u| Row::new(u, notes)).collect())).collect()
}

fn says_the_same(one: &[&UseReport], other: &[&UseReport]) -> bool {
    let alike = |(a, b): (&&UseReport, &&UseReport)| {
        a.usage == b.usage && a.state == b.state && a.conditions == b.conditions && a.because == b.because && a.overruled == b.overruled
    };
    one.len() == other.len() && one.iter().zip(other).all(alike)
}

fn whom(usage: &UseReport, record: &DocumentRecord) -> String {
    let index = usage.subject["index"].as_u64().and_then(|n| usize::try_from(n).ok());
    let subject = match (usage.subject["kind"].as_str(), index) {
        (Some("image"), Some(n)) => match record.images.get(n) {
            Some(image) => format!("picture {}", image.address.rsplit('/').next().unwrap_or(&image.address)),
            None => format!("picture {}", n + 1),
        },
        (Some("images"), _) => "all pictures".to_owned(),
        (Some("embed"), Some(n)) => format!("embedded medium {}", n + 1),
        (Some("quote"), Some(n)) => format!("quotation {}", n + 1),
        _ => return usage.addressee.clone(),
    };
    if usage.addressee == "*" { subject } else { format!("{subject}, for {}", usage.addressee) }
}

/// The statement's words, with those marked that name uses and exceptions.
fn marked(fact: &FactReport) -> Vec<Part<'_>> {
    let text = quotation::head(&fact.place.quote);
    let words = &fact.value["words"];
    let lists = ["uses", "exceptions"].into_iter().filter_map(|list| words[list].as_array());
    let mut named: Vec<(u64, &str)> = lists.flatten().filter_map(|w| Some((w["span"]["start"].as_u64()?, w["quote"].as_str()?))).collect();
    named.sort_unstable();
    named.dedup();
    let mut parts = Vec::new();
    let mut from = 0;
    for (_, word) in named.into_iter().filter(|(_, w)| !w.is_empty() && *w != text) {
        let Some(at) = text[from..].find(word).map(|at| from + at) else { continue };
        parts.push(Part { text: &text[from..at], mark: false, note: 0 });
        from = at + word.len();
        parts.push(Part { text: &text[at..from], mark: true, note: 0 });
    }
    parts.push(Part { text: &text[from..], mark: false, note: 0 });
    parts.retain(|p| !p.text.is_empty());
    parts
}

fn by_fact(facts: &[FactReport]) -> Vec<(&str, Vec<&FactReport>)> {
    let mut groups: Vec<(&str, Vec<&FactReport>)> = Vec::new();
    for fact in facts {
        match groups.iter_mut().find(|(name, _)| *name == fact.fact) {
            Some((_, list)) => list.push(fact),
            None => groups.push((&fact.fact, vec![fact])),
        }
    }
    let order = |name: &str| Fact::ALL.iter().position(|f| f.name() == name).unwrap_or(usize::MAX);
    groups.sort_by_key(|(name, _)| order(name));
    groups
}

fn title<'r>(rule: &'r str, policies: &'r [PolicyRecord]) -> &'r str {
    policies.iter().flat_map(|p| &p.rules).find(|r| r.id == rule).map_or(rule, |r| r.title.as_str())
}

fn passed<'r>(results: &'r [ResultRecord], policies: &'r [PolicyRecord]) -> Vec<Passed<'r>> {
    let mut all: Vec<Passed<'r>> = Vec::new();
    for result in results.iter().filter(|r| r.outcome == "pass") {
        let proof = (result.subject.as_str(), result.proof.as_slice());
        match all.iter_mut().find(|p| p.rule == result.rule) {
            Some(known) => known.proofs.push(proof),
            None => all.push(Passed { rule: &result.rule, title: title(&result.rule, policies), proofs: vec![proof] }),
        }
    }
    all
}

fn skipped<'r>(results: &'r [ResultRecord], policies: &'r [PolicyRecord]) -> Vec<(&'r str, &'r str)> {
    let mut all: Vec<(&str, &str)> = Vec::new();
    for result in results.iter().filter(|r| r.outcome == "skip") {
        let said = (title(&result.rule, policies), result.why.as_deref().unwrap_or("it did not apply"));
        if !all.contains(&said) {
            all.push(said);
        }
    }
    all
}
