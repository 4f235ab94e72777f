//! Licences by name: Creative Commons and its like, in words, as a code, or by the address behind them.

mod name;

use crate::detect::clause::sentence;
use crate::detect::licence::name::Name;
use crate::detect::reading::Reading;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::Marks;
use crate::document::Role;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::evidence::Terms;
use crate::evidence::UseMention;
use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::registry::licences;
use crate::terms::Channel;
use crate::terms::Condition;
use crate::terms::Confidence;
use crate::terms::State;
use crate::terms::Use;
use crate::terms::UseName;
use crate::text::Folded;
use std::ops::Range;

/// A longer block is running text: there a licence is often only talked about.
const NOTICE: usize = 320;

/// A shorter text that says no more than "Creative Commons" is a label of a link.
const BARE: usize = 28;

/// States the licences that name themselves.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    for (id, block) in reading.document().blocks() {
        let hits = &reading.hits[id.0 as usize];
        let worded = hits.iter().any(|h| is_licence(h.concept));
        let linked = block.links().any(|(_, href, rel)| rel.iter().any(|r| r == "license") || href.contains("creativecommons.org/"));
        let declared = block.links().any(|(_, _, rel)| rel.iter().any(|r| r == "license"));
        let foreign = matches!(block.role, Role::Caption | Role::Comment | Role::Teaser) || block.marks.has(Marks::CREDIT);
        if (worded || linked) && (!foreign || (declared && block.role == Role::Teaser)) {
            evidence.extend(grant(reading, id, block));
        }
    }
}

/// Whether a phrase names a licence.
pub(in crate::detect) fn is_licence(concept: Concept) -> bool {
    use Concept::*;
    matches!(concept, LicenceCreativeCommons | LicenceGfdl | LicenceOgl | LicenceEtalab | LicenceDlDe | PermissionPublicDomain)
}

/// The licence that a block grants.
fn grant(reading: &Reading<'_>, id: BlockId, block: &Block) -> Option<Evidence> {
    let range = statement(reading, id, block)?;
    let words = phrases(reading, &block.text[range.clone()]);
    let (mut licence, linked) = Name::read(block, &range, &words)?;
    if range.len() < BARE && !words.iter().any(|(c, _)| says_more(*c)) && !block.text[range.clone()].contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let score = score(block, &range, &words, linked) + i32::from(licence.is_exact());
    let confidence = match score {
        6.. => Confidence::High,
        4..=5 => Confidence::Medium,
        _ => return None,
    };
    licence.words = range.start + licence.words.start..range.start + licence.words.end;
    let claim = Claim::Licence(terms(reading, id, &licence));
    Some(Evidence {
        subject: Subject::Document,
        claim,
        channel: Channel::Prose,
        confidence,
        place: reading.place(id, range),
        detector: "licence",
    })
}

/// Whether a phrase says more than that there is a licence of some kind.
fn says_more(concept: Concept) -> bool {
    use Concept::*;
    matches!(
        concept,
        LicenceAttribution
            | LicenceNonCommercial
            | LicenceNoDerivatives
            | LicenceShareAlike
            | LicenceGfdl
            | LicenceOgl
            | LicenceEtalab
            | LicenceDlDe
            | PermissionLicensedUnder
            | PermissionPublicDomain
    )
}

/// The sentences of a block that name the licence, from the first to the last.
fn statement(reading: &Reading<'_>, id: BlockId, block: &Block) -> Option<Range<usize>> {
    let n = id.0 as usize;
    let mut marks: Vec<Range<usize>> =
        reading.hits[n].iter().filter(|h| is_licence(h.concept)).map(|h| reading.folded[n].original(h.range.clone())).collect();
    let licensed = block.links().filter(|(_, href, _)| licences::by_address(href).is_some());
    marks.extend(licensed.map(|(r, ..)| r).filter(|r| !r.is_empty()));
    let holds = |s: &Range<usize>| marks.iter().any(|m| m.start < s.end && s.start < m.end);
    let mut stated = sentence::split(&block.text).into_iter().filter(holds);
    let first = stated.next()?;
    let end = stated.take_while(|s| s.start < first.end + 3).last().map_or(first.end, |s| s.end);
    Some(first.start..end)
}

/// All phrases of a statement, in every language that a phrase of it is in.
fn phrases(reading: &Reading<'_>, text: &str) -> Vec<(Concept, Range<usize>)> {
    let folded = Folded::new(text);
    let whole = reading.lexicon.scan(&folded.text);
    let mut languages: Vec<&str> = whole.iter().map(|h| h.language).chain(["en"]).chain(reading.document().language.as_deref()).collect();
    languages.sort_unstable();
    languages.dedup();
    let clause = languages.into_iter().flat_map(|l| reading.lexicon.scan_clause(&folded.text, l));
    let original = |h: Hit| (h.concept, folded.original(h.range));
    let mut found: Vec<_> = clause.chain(whole.iter().cloned()).map(original).collect();
    found.sort_by_key(|(concept, r)| (r.start, std::cmp::Reverse(r.end), *concept));
    found
}

/// What speaks for a grant and against mere talk.
fn score(block: &Block, range: &Range<usize>, words: &[(Concept, Range<usize>)], linked: Linked) -> i32 {
    let has = |concept| words.iter().any(|(c, _)| *c == concept);
    let licensed = has(Concept::PermissionLicensedUnder);
    let mut score = 2 * i32::from(licensed) + 2 * i32::from(has(Concept::ObjectHere)) + i32::from(has(Concept::ObjectContent));
    score += match linked {
        Linked::Licence => 3,
        Linked::Address => 2,
        Linked::No => 0,
    };
    score += 2 * i32::from(block.role == Role::Footer) + 3 * i32::from(block.marks.has(Marks::LICENCE.and(Marks::COPYRIGHT)));
    score += i32::from(block.text.len() <= NOTICE) + 2 * i32::from(block.text.len() <= 60 && range.start == 0 && linked == Linked::No);
    let reports = words.iter().filter(|(c, _)| *c == Concept::TopicReport).count() as i32;
    score -= 2 * reports.min(2) + 2 * i32::from(matches!(block.role, Role::Navigation | Role::Headline | Role::Heading | Role::Quote));
    score - 2 * i32::from(block.text.len() > NOTICE && !has(Concept::ObjectHere) && block.role == Role::Body)
}

/// How a statement leads to its licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Linked {
    /// By no link.
    No,
    /// By a link to the licence.
    Address,
    /// By a link that says it is the licence (`rel=license`).
    Licence,
}

fn terms(reading: &Reading<'_>, id: BlockId, licence: &Name) -> Terms {
    let place = reading.place(id, licence.words.clone());
    let conditions = licence.conditions();
    let uses = licence.uses().into_iter().map(|one| UseMention { name: UseName::One(one), place: place.clone() });
    Terms {
        id: Some(licence.id.clone()),
        uses: uses.collect(),
        status: Some(if conditions.is_empty() { State::Allowed } else { State::Conditional }),
        conditions,
        ..Terms::default()
    }
}

impl Name {
    /// The uses it opens.
    fn uses(&self) -> Vec<Use> {
        let mut uses = vec![Use::Reproduce, Use::Redistribute];
        uses.extend((self.is_family_known() && !self.no_derivatives).then_some(Use::Adapt));
        uses.extend((self.is_family_known() && !self.non_commercial).then_some(Use::Commercial));
        uses
    }

    /// Under which conditions.
    fn conditions(&self) -> Vec<Condition> {
        let mut found: Vec<Condition> = Vec::new();
        found.extend(self.attribution.then(|| "attribution".into()));
        found.extend(self.non_commercial.then(|| "non-commercial".into()));
        found.extend(self.share_alike.then(|| "share-alike".into()));
        found.extend(self.no_derivatives.then(|| "unmodified".into()));
        found
    }
}
