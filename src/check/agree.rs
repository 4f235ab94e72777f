//! The verb `agree`: what statements say of the same use must not contradict.

use crate::check::context::{Context, Target};
use crate::check::judgement::Judgement;
use crate::check::statement::{channel_words, listed, speaker};
use crate::check::uses::{Said, said};
use crate::evidence::{Claim, Evidence, EvidenceId};
use crate::finding::Labelled;
use crate::policy::rule::{Rule, Verb};
use crate::rights::statement::Kind;
use crate::terms::{Channel, Confidence, Use};
use std::collections::HashSet;

/// A statement about a use.
#[derive(Clone)]
struct Voice<'a> {
    id: EvidenceId,
    evidence: &'a Evidence,
    said: Said<'a>,
}

/// Judges `agree`: one judgement for each pair of statements that contradict, with the uses they contradict on, or a pass.
pub(super) fn agree(context: &Context<'_>, rule: &Rule, target: &Target) -> Vec<Judgement> {
    let Verb::Agree { facts, on } = &rule.verb else { return Vec::new() };
    if let ([fact], []) = (facts.as_slice(), on.as_slice()) {
        return crate::check::agree_values::agree(context, rule, target, fact);
    }
    let evidence: Vec<_> = facts.iter().flat_map(|fact| context.about(target, fact).collect::<Vec<_>>()).collect();
    let voices: Vec<Voice<'_>> =
        evidence.into_iter().flat_map(|(id, e)| said(id, e).into_iter().map(move |said| Voice { id, evidence: e, said })).collect();
    let mut pairs: Vec<(Voice<'_>, Voice<'_>, Vec<Use>)> = Vec::new();
    for &usage in on {
        let Some((kept, open)) = contradiction(&voices, usage) else { continue };
        match pairs.iter_mut().find(|(k, o, _)| k.id == kept.id && o.id == open.id) {
            Some((_, _, uses)) => uses.push(usage),
            None => pairs.push((kept.clone(), open.clone(), vec![usage])),
        }
    }
    if pairs.is_empty() {
        let spoken: Vec<_> = voices.iter().filter(|v| on.contains(&v.said.usage)).map(|v| v.id).collect();
        return vec![Judgement::pass(context, &first_of_each(spoken))];
    }
    pairs.iter().map(|(kept, open, uses)| judge(rule, kept, open, uses)).collect()
}

fn first_of_each(mut ids: Vec<EvidenceId>) -> Vec<EvidenceId> {
    ids.sort_unstable();
    ids.dedup();
    ids.truncate(3);
    ids
}

/// The strongest pair that contradicts on `usage`.
fn contradiction<'v, 'a>(voices: &'v [Voice<'a>], usage: Use) -> Option<(&'v Voice<'a>, &'v Voice<'a>)> {
    let mut about: Vec<_> = voices.iter().filter(|v| v.said.usage == usage).collect();
    about.sort_by_key(|v| (!v.said.statement.explicit, !v.said.statement.by_name, std::cmp::Reverse(v.evidence.confidence), v.id));
    // Of statements that are rivals to the same others the strongest is enough: a page may repeat one a thousand times.
    let mut heard = HashSet::new();
    about.retain(|v| heard.insert(rivalry(v)));
    let kept = about.iter().filter(|v| v.said.statement.restricts());
    kept.flat_map(|kept| about.iter().filter(|v| v.said.statement.opens()).map(move |open| (*kept, *open)))
        .find(|(kept, open)| are_rivals(kept, open))
}

/// All that decides which statements contradict one.
fn rivalry<'v>(voice: &'v Voice<'_>) -> ((&'v str, Channel), &'v str, u8, bool, bool) {
    let statement = &voice.said.statement;
    (mechanism(voice.evidence), addressee(voice.evidence), statement.kind as u8, statement.restricts(), statement.opens())
}

/// Whether two statements can contradict: of different mechanisms or kinds, and addressed to the same readers. Inside one mechanism
/// its own rules of precedence decide.
fn are_rivals(a: &Voice<'_>, b: &Voice<'_>) -> bool {
    // A bare copyright line forbids nothing, "all rights reserved" contradicts a licence alone, an offer answers a prohibition.
    let background = |v: &Voice<'_>| match v.said.statement.kind {
        Kind::Claim | Kind::Offer => true,
        Kind::AllRights => b.said.statement.kind != Kind::Licence,
        Kind::Reservation | Kind::Licence | Kind::Signal => false,
    };
    !background(a) && !background(b) && mechanism(a.evidence) != mechanism(b.evidence) && addressee(a.evidence) == addressee(b.evidence)
}

fn mechanism(evidence: &Evidence) -> (&str, Channel) {
    match &evidence.claim {
        Claim::Signal(signal) => (signal.mechanism, evidence.channel),
        claim => (claim.fact_name(), evidence.channel),
    }
}

fn addressee(evidence: &Evidence) -> &str {
    match &evidence.claim {
        Claim::Signal(signal) => &signal.addressee,
        _ => "*",
    }
}

fn judge(rule: &Rule, kept: &Voice<'_>, open: &Voice<'_>, uses: &[Use]) -> Judgement {
    // General words that keep a use back can be read otherwise. That a use is open is seldom meant where it is only derived from
    // another, except by a licence, which is plain about what it grants.
    let limit = match (kept.said.statement.explicit, open.said.statement.explicit, open.said.statement.kind) {
        (_, false, Kind::Signal | Kind::Reservation) => Confidence::Low,
        (true, true, _) => Confidence::High,
        _ => Confidence::Medium,
    };
    let confidence = kept.evidence.confidence.min(open.evidence.confidence).min(limit);
    let [says_kept, says_open] = [kept, open].map(|v| format!("{} says {}", speaker(v.evidence), v.said.in_words()));
    let uses = listed(uses);
    let mut judgement = Judgement::fail(rule, confidence, format!("contradicts itself on {uses}: {says_kept}, but {says_open}"));
    judgement.about = Some(format!("use:{}", uses.replace(" and ", ",").replace(", ", ",")));
    let (first, second) = if kept.evidence.channel == Channel::Prose { (open, kept) } else { (kept, open) };
    judgement.primary = Some(place(first));
    judgement.related = vec![place(second)];
    judgement.because = vec![kept.id, open.id];
    judgement.found = vec![(speaker(kept.evidence), kept.said.in_words()), (speaker(open.evidence), open.said.in_words())];
    judgement.slots = vec![("use", uses)];
    judgement.slots.extend(slots(kept, ["a.channel", "a.value", "a.quote", "a.where"]));
    judgement.slots.extend(slots(open, ["b.channel", "b.value", "b.quote", "b.where"]));
    judgement
}

fn place(voice: &Voice<'_>) -> Labelled {
    let how = match (voice.said.statement.explicit, voice.said.statement.by_name) {
        (false, _) => "implied",
        (true, true) => "by name",
        (true, false) => "by general words",
    };
    Labelled { place: voice.said.place.clone(), label: format!("{} here, {how}", voice.said.in_words()) }
}

fn slots(voice: &Voice<'_>, names: [&'static str; 4]) -> Vec<(&'static str, String)> {
    let values =
        [speaker(voice.evidence), voice.said.in_words(), voice.said.place.quote.clone(), channel_words(voice.evidence.channel).to_owned()];
    names.into_iter().zip(values).collect()
}
