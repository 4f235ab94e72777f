//! Which date is that of publication, which that of the last change.

use crate::detect::date::Origin;
use crate::detect::date::machine;
use crate::detect::date::moment::Moment;
use crate::detect::date::visible::Reader;
use crate::detect::reading::Reading;
use crate::detect::standing::Page;
use crate::evidence::Claim;
use crate::evidence::DateKind;
use crate::evidence::Evidence;
use crate::terms::Confidence;

/// A date among the evidence.
struct Candidate {
    /// Number of the evidence.
    at: usize,
    origin: Origin,
    kind: DateKind,
    moment: Moment,
    /// How many blocks it stands from the headline; nothing for metadata.
    block: Option<i32>,
    score: i32,
}

/// Chooses the dates of publication and of the last change and sets the confidence of every date.
pub(super) fn weigh(reading: &Reading<'_>, evidence: &mut [Evidence]) -> (Option<String>, Option<String>) {
    let mut candidates = candidates(reading, evidence);
    for n in 0..candidates.len() {
        candidates[n].score = score(&candidates, n);
    }
    let modified = choose(&candidates, DateKind::Modified);
    // A page that states one date only, as that of a change, is rarely older than it: the best answer there is.
    let published = choose(&candidates, DateKind::Published).or(modified);
    for candidate in &candidates {
        let chosen = if candidate.kind == DateKind::Published { published } else { modified };
        evidence[candidate.at].confidence = confidence(&candidates, candidate, chosen);
    }
    (published.map(|m| m.to_string()), modified.map(|m| m.to_string()))
}

fn candidates(reading: &Reading<'_>, evidence: &[Evidence]) -> Vec<Candidate> {
    let page = Page::of(reading);
    let reader = Reader { calendar: reading.lexicon.calendar(), language: None, month_first: false };
    let found = evidence.iter().enumerate().filter_map(|(at, e)| {
        let Claim::Date { kind, value } = &e.claim else { return None };
        let moment = machine::parse(value, &reader)?;
        let block = page.distance(reading, e);
        Some(Candidate { at, origin: Origin::of(e.detector)?, kind: *kind, moment, block, score: 0 })
    });
    found.take(MOST).collect()
}

/// A date line so many blocks from the headline dates the article.
const NEAR: i32 = 8;

/// No page has more dates of its own; each is compared with each.
const MOST: usize = 200;

/// How far a place is trusted to state the date.
fn trust(origin: Origin) -> i32 {
    match origin {
        Origin::FrontMatter => 100,
        Origin::JsonLd => 90,
        Origin::Meta => 86,
        Origin::Markup => 78,
        Origin::Labelled => 74,
        Origin::Time => 66,
        Origin::Marked => 64,
        Origin::Title => 58,
        Origin::Address => 56,
        Origin::Line => 50,
        Origin::AnyMeta => 60,
        Origin::End => 30,
    }
}

fn score(candidates: &[Candidate], n: usize) -> i32 {
    let this = &candidates[n];
    let agree = |c: &&Candidate| c.origin != this.origin && c.moment.same_day(&this.moment) && c.kind == this.kind;
    let others = candidates.iter().filter(agree).count().min(3);
    let far = this.block.map_or(0, |b| (b.abs() - 3).clamp(0, 20));
    let doubt = i32::from(is_the_last_change(candidates, this) || is_another_day_here(candidates, this));
    trust(this.origin) + 12 * others as i32 - far - 50 * doubt
}

/// Whether a date of publication is that of the last change, and metadata that speak of publication name an earlier day.
fn is_the_last_change(candidates: &[Candidate], this: &Candidate) -> bool {
    let changed = |c: &Candidate| c.kind == DateKind::Modified && c.moment.same_day(&this.moment);
    let earlier = |c: &Candidate| c.kind == DateKind::Published && is_named(c.origin) && c.moment.day < this.moment.day;
    this.kind == DateKind::Published && candidates.iter().any(changed) && candidates.iter().any(earlier)
}

/// Whether a moment told in Greenwich time fell on another day where the page was published: its address and its words say which.
fn is_another_day_here(candidates: &[Candidate], this: &Candidate) -> bool {
    let (Some(0), Some(time)) = (this.moment.offset, this.moment.time) else { return false };
    let day = if time.hour() < 12 { this.moment.day.yesterday() } else { this.moment.day.tomorrow() };
    let says =
        |origins: &[Origin]| candidates.iter().any(|c| origins.contains(&c.origin) && Some(c.moment.day) == day.as_ref().ok().copied());
    says(&[Origin::Address]) && says(&[Origin::Labelled, Origin::Marked, Origin::Line])
}

fn is_named(origin: Origin) -> bool {
    matches!(origin, Origin::FrontMatter | Origin::JsonLd | Origin::Meta)
}

/// The best date of a kind: of its day the most precise statement.
fn choose(candidates: &[Candidate], kind: DateKind) -> Option<Moment> {
    let mut best: Option<&Candidate> = None;
    for candidate in candidates.iter().filter(|c| c.kind == kind) {
        if best.is_none_or(|b| candidate.score > b.score) {
            best = Some(candidate);
        }
    }
    let day = best?.moment;
    let same = candidates.iter().filter(|c| c.kind == kind && c.moment.day == day.day);
    let precise = same.map(|c| c.moment).fold(day, |most, m| if m.precision() > most.precision() { m } else { most });
    Some(precise)
}

fn confidence(candidates: &[Candidate], this: &Candidate, chosen: Option<Moment>) -> Confidence {
    let right = chosen.is_some_and(|m| m.same_day(&this.moment));
    let others = candidates.iter().filter(|c| c.origin != this.origin && c.moment.same_day(&this.moment) && c.kind == this.kind).count();
    match () {
        () if !right => Confidence::Low,
        () if is_named(this.origin) || others >= 1 => Confidence::High,
        () if matches!(this.origin, Origin::Markup | Origin::Labelled | Origin::Time | Origin::Marked | Origin::Title) => {
            Confidence::Medium
        }
        () if this.origin == Origin::Line && this.block.is_some_and(|b| b.abs() <= NEAR) => Confidence::Medium,
        () => Confidence::Low,
    }
}
