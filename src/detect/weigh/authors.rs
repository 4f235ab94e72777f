//! Which byline is the article's.

use crate::detect::byline::Origin;
use crate::detect::person::NameKind;
use crate::detect::person::Names;
use crate::detect::reading::Reading;
use crate::detect::standing::Page;
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
    /// How many blocks it stands from the headline; nothing for metadata.
    block: Option<i32>,
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
    let site = reading.own_names();
    let names = Names { lexicon: reading.lexicon, site };
    let mut candidates = candidates(reading, &names, evidence);
    for n in 0..candidates.len() {
        candidates[n].score = score(&candidates, n);
    }
    let Some(best) = best(&candidates).filter(|&b| !is_guess(&candidates, b)) else { return Vec::new() };
    let answer = answer(&candidates, best);
    for candidate in &candidates {
        evidence[candidate.at].confidence = confidence(&candidates, candidate, &answer);
    }
    answer.into_iter().map(|p| p.text).collect()
}

fn candidates(reading: &Reading<'_>, names: &Names<'_>, evidence: &[Evidence]) -> Vec<Candidate> {
    let page = Page::of(reading);
    let found = evidence.iter().enumerate().filter_map(|(at, e)| {
        let Claim::Byline(all) = &e.claim else { return None };
        let origin = Origin::of(e.detector)?;
        let names = all.iter().map(|text| Party { text: text.clone(), key: key(text), kind: names.kind(text) }).collect();
        Some(Candidate { at, origin, names, block: page.distance(reading, e), score: 0 })
    });
    found.take(MOST).collect()
}

fn key(name: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(name).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.sort();
    words
}

/// No page has more bylines of its own; each is compared with each.
const MOST: usize = 200;

/// How far a place is trusted to name the writers.
fn trust(origin: Origin) -> i32 {
    match origin {
        Origin::FrontMatter => 90,
        Origin::MarkedLine => 84,
        Origin::Line => 76,
        Origin::Marked => 72,
        Origin::JsonLd => 70,
        Origin::Markup => 60,
        Origin::Meta => 58,
        Origin::BareLine => 55,
        Origin::SignOff => 40,
        Origin::Biography => 35,
    }
}

/// What a candidate's names are worth: a person beats an outlet everywhere.
fn worth(names: &[Party]) -> i32 {
    let best = names.iter().map(|p| match p.kind {
        NameKind::Person => 40,
        NameKind::Single | NameKind::None => 20,
        NameKind::Agency => 12,
        NameKind::Collective => 8,
        NameKind::Organisation => 0,
    });
    best.max().unwrap_or(0)
}

fn score(candidates: &[Candidate], n: usize) -> i32 {
    let this = &candidates[n];
    let others = candidates.iter().filter(|c| c.origin != this.origin && shares(c, this)).count().min(3);
    let far = this.block.map_or(0, |b| (b.abs() - 3).clamp(0, 25));
    trust(this.origin) + worth(&this.names) + 12 * others as i32 - far
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

/// Whether only mark-up calls a single word an author: as often as not it is a section or a button.
fn is_guess(candidates: &[Candidate], n: usize) -> bool {
    let this = &candidates[n];
    let single = this.names.iter().all(|p| p.kind == NameKind::Single);
    single && this.origin == Origin::Marked && !candidates.iter().any(|c| c.origin != this.origin && shares(c, this))
}

/// The names of the best candidate, with those that its neighbours of the same kind add, or those of a trusted candidate that
/// names the same persons and more.
fn answer(candidates: &[Candidate], best: usize) -> Vec<Party> {
    let chosen = fuller(candidates, &candidates[best]);
    let persons = chosen.names.iter().any(|p| p.kind == NameKind::Person);
    let alike = candidates.iter().filter(|c| c.origin == chosen.origin && stands_beside(c, chosen));
    let mut answer: Vec<Party> = Vec::new();
    let added = alike.flat_map(|c| &c.names).filter(|p| p.kind == NameKind::Person);
    for party in chosen.names.iter().chain(added) {
        let fits = !persons || chosen.origin == Origin::JsonLd || matches!(party.kind, NameKind::Person | NameKind::Agency);
        if fits && !answer.iter().any(|p| p.key == party.key) {
            answer.push(party.clone());
        }
    }
    answer
}

/// A candidate from the page's head or its metadata that names all persons of `chosen` and more persons.
fn fuller<'a>(candidates: &'a [Candidate], chosen: &'a Candidate) -> &'a Candidate {
    let trusted = |c: &&Candidate| matches!(c.origin, Origin::JsonLd | Origin::MarkedLine | Origin::Line | Origin::Marked);
    let persons = |c: &&Candidate| c.names.iter().all(|p| p.kind == NameKind::Person);
    let holds = |c: &&Candidate| chosen.names.iter().all(|p| c.names.iter().any(|q| p.key == q.key));
    let more = candidates.iter().filter(trusted).filter(persons).filter(holds).max_by_key(|c| c.names.len());
    more.filter(|c| c.names.len() > chosen.names.len()).unwrap_or(chosen)
}

/// Whether one goes on with the list of the other: several `meta` elements, several marked names one after the other.
fn stands_beside(a: &Candidate, b: &Candidate) -> bool {
    match (a.origin, a.block, b.block) {
        (Origin::Meta, ..) => true,
        (Origin::Marked | Origin::MarkedLine | Origin::Line, Some(a), Some(b)) => a.abs_diff(b) <= 4,
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
