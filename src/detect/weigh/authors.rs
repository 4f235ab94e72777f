//! Which byline is the article's.

use crate::detect::article;
use crate::detect::byline::Origin;
use crate::detect::person::NameKind;
use crate::detect::person::Names;
use crate::detect::reading::Reading;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::terms::Confidence;
use crate::text::fold;

/// A byline among the evidence.
struct Candidate {
    /// Number of the evidence.
    at: usize,
    origin: Origin,
    names: Vec<Party>,
    /// Where it stands in the source.
    start: u32,
    score: i32,
}

/// One of its names.
#[derive(Clone)]
struct Party {
    text: String,
    /// Folded words, sorted: "Example, Ann" and "ANN EXAMPLE" are one.
    key: Vec<String>,
    kind: NameKind,
}

/// Chooses the writers and sets the confidence of every byline.
pub(super) fn weigh(reading: &Reading<'_>, evidence: &mut [Evidence]) -> Vec<String> {
    let site = article::own_names(reading.document());
    let names = Names { lexicon: reading.lexicon, site: &site };
    let mut candidates = candidates(&names, evidence);
    for n in 0..candidates.len() {
        candidates[n].score = score(&candidates, n);
    }
    let Some(best) = best(&candidates) else { return Vec::new() };
    let answer = answer(&candidates, best);
    for candidate in &candidates {
        evidence[candidate.at].confidence = confidence(&candidates, candidate, &answer);
    }
    answer.into_iter().map(|p| p.text).collect()
}

fn candidates(names: &Names<'_>, evidence: &[Evidence]) -> Vec<Candidate> {
    let found = evidence.iter().enumerate().filter_map(|(at, e)| {
        let Claim::Byline(all) = &e.claim else { return None };
        let origin = Origin::of(e.detector)?;
        let names = all.iter().map(|text| Party { text: text.clone(), key: key(text), kind: names.kind(text) }).collect();
        Some(Candidate { at, origin, names, start: e.place.location.span.start, score: 0 })
    });
    found.collect()
}

fn key(name: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(name).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.sort();
    words
}

/// How far a place is trusted to name the writers.
fn trust(origin: Origin) -> i32 {
    match origin {
        Origin::FrontMatter => 90,
        Origin::MarkedLine => 80,
        Origin::Line => 75,
        Origin::JsonLd => 70,
        Origin::Marked => 65,
        Origin::Markup => 60,
        Origin::Meta => 58,
        Origin::BareLine => 55,
        Origin::SignOff => 40,
        Origin::Biography => 35,
    }
}

fn score(candidates: &[Candidate], n: usize) -> i32 {
    let this = &candidates[n];
    let persons = this.names.iter().any(|p| p.kind == NameKind::Person);
    let singles = this.names.iter().any(|p| matches!(p.kind, NameKind::Single | NameKind::None));
    let kind = match (persons, singles) {
        (true, _) => 40,
        (false, true) => 15,
        (false, false) => 0,
    };
    let others = candidates.iter().filter(|c| c.origin != this.origin && shares(c, this)).count().min(3);
    trust(this.origin) + kind + 12 * others as i32
}

fn shares(a: &Candidate, b: &Candidate) -> bool {
    a.names.iter().any(|p| b.names.iter().any(|q| p.key == q.key))
}

/// The candidate with the highest score; of equal ones the first.
fn best(candidates: &[Candidate]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (n, candidate) in candidates.iter().enumerate() {
        if best.is_none_or(|b| candidate.score > candidates[b].score) {
            best = Some(n);
        }
    }
    best
}

/// The names of the best candidate, with those that its neighbours of the same kind add.
fn answer(candidates: &[Candidate], best: usize) -> Vec<Party> {
    let chosen = &candidates[best];
    let persons = chosen.names.iter().any(|p| p.kind == NameKind::Person);
    let alike = candidates
        .iter()
        .filter(|c| c.origin == chosen.origin && matches!(c.origin, Origin::Marked | Origin::MarkedLine | Origin::Meta | Origin::Line));
    let mut answer: Vec<Party> = Vec::new();
    for party in [chosen].into_iter().chain(alike).flat_map(|c| &c.names) {
        let fits = !persons || chosen.origin == Origin::JsonLd || matches!(party.kind, NameKind::Person | NameKind::Agency);
        if fits && !answer.iter().any(|p| p.key == party.key) {
            answer.push(party.clone());
        }
    }
    answer
}

/// Whether one goes on with the list of the other: several `meta` elements, several marked names one after the other.
fn stands_beside(a: &Candidate, b: &Candidate) -> bool {
    match a.origin {
        Origin::Meta => true,
        Origin::Marked | Origin::MarkedLine | Origin::Line => a.start.abs_diff(b.start) < 1500,
        _ => false,
    }
}

fn confidence(candidates: &[Candidate], this: &Candidate, answer: &[Party]) -> Confidence {
    let right = this.names.iter().all(|p| answer.iter().any(|a| a.key == p.key));
    let others = candidates.iter().filter(|c| c.origin != this.origin && shares(c, this)).count();
    let persons = this.names.iter().all(|p| p.kind == NameKind::Person);
    match () {
        () if !right => Confidence::Low,
        () if persons && (others >= 1 || this.origin == Origin::FrontMatter) => Confidence::High,
        () if persons || others >= 1 => Confidence::Medium,
        () => Confidence::Low,
    }
}
