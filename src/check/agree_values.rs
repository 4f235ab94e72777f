//! `agree` on one fact: what it says in one place must not contradict what it says in another.

use crate::check::context::{Context, Target, claimed_day};
use crate::check::judgement::{Judgement, labelled};
use crate::check::statement::{channel_words, value};
use crate::detect::date::Origin;
use crate::evidence::{Claim, Evidence, EvidenceId};
use crate::policy::rule::Rule;
use crate::policy::words::FactName;
use crate::registry::agencies::Agencies;
use crate::terms::{Channel, Confidence};
use jiff::Unit;

/// Judges `agree` on one fact: a judgement for the first pair that contradicts, or a pass.
pub(super) fn agree(context: &Context<'_>, rule: &Rule, target: &Target, fact: &FactName) -> Vec<Judgement> {
    // Low in metadata: a plain statement that lost against others. Low in the text: a name or a date that may mean something else,
    // unless mark-up or a label says what it is.
    let plain = |e: &Evidence| e.channel == Channel::Metadata || matches!(Origin::of(e.detector), Some(Origin::Labelled | Origin::Marked));
    let counts = |e: &Evidence| e.confidence >= Confidence::Medium || plain(e);
    let stated: Vec<_> = context.about(target, fact).filter(|(_, e)| counts(e)).collect();
    let pairs = stated.iter().enumerate().flat_map(|(n, a)| stated[n + 1..].iter().map(move |b| (*a, *b)));
    // Two guesses are no contradiction, a guess against a good statement is a doubt.
    let mut weighty = pairs.filter(|(a, b)| a.1.confidence.max(b.1.confidence) >= Confidence::Medium);
    match weighty.find(|(a, b)| contradict(context, a.1, b.1)) {
        Some((a, b)) => vec![judge(context, rule, target, fact, a, b)],
        None => vec![Judgement::pass(context, &stated.iter().map(|(id, _)| *id).take(3).collect::<Vec<_>>())],
    }
}

/// Whether two statements of one fact can't both be right.
fn contradict(context: &Context<'_>, a: &Evidence, b: &Evidence) -> bool {
    match (&a.claim, &b.claim) {
        (Claim::Byline(x), Claim::Byline(y)) => a.channel != b.channel && apart(&persons(context, x), &persons(context, y)),
        (Claim::Date { kind: x, .. }, Claim::Date { kind: y, .. }) => {
            a.channel != b.channel && x == y && days_apart(&a.claim, &b.claim) > 1
        }
        (Claim::Credit(x), Claim::Credit(y)) => apart(&x.agencies, &y.agencies) || apart(&x.persons, &y.persons),
        _ => false,
    }
}

/// The names that are neither an agency's nor the publisher's: a house name in the metadata doesn't contradict the author.
fn persons(context: &Context<'_>, names: &[String]) -> Vec<String> {
    let house = context.facts.attribution.publisher.as_deref().map(crate::text::fold);
    let is_house = |name: &String| house.as_ref().is_some_and(|house| *house == crate::text::fold(name));
    names.iter().filter(|n| !is_house(n) && Agencies::builtin().whole(n).is_none()).cloned().collect()
}

/// Whether both lists name somebody, and nobody in common. Names are the same when one holds the other's words: "J. Doe" and
/// "Jane Doe" share "Doe".
fn apart(a: &[String], b: &[String]) -> bool {
    let same = |x: &String, y: &String| {
        let (x, y) = (crate::text::fold(x), crate::text::fold(y));
        let words = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2).map(str::to_owned).collect::<Vec<_>>()
        };
        let (x_words, y_words) = (words(&x), words(&y));
        x == y || x_words.iter().any(|w| y_words.contains(w))
    };
    !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.iter().any(|y| same(x, y)))
}

/// Days between two dates. Time zones alone can make a day's difference.
fn days_apart(a: &Claim, b: &Claim) -> i32 {
    let (Some(a), Some(b)) = (claimed_day(a), claimed_day(b)) else { return 0 };
    a.until((Unit::Day, b)).map_or(0, |span| span.get_days().abs())
}

fn judge(
    context: &Context<'_>,
    rule: &Rule,
    target: &Target,
    fact: &FactName,
    (a_id, a): (EvidenceId, &Evidence),
    (b_id, b): (EvidenceId, &Evidence),
) -> Judgement {
    let [(a_value, a_where), (b_value, b_where)] = [a, b].map(|e| (value(&e.claim), channel_words(e.channel)));
    let problem = if a.channel == b.channel {
        format!("states its {fact} in two ways: {a_value}, and {b_value}")
    } else {
        format!("states its {fact} in two ways: {a_value} in {a_where}, {b_value} in {b_where}")
    };
    let mut judgement = Judgement::fail(rule, a.confidence.min(b.confidence), problem);
    judgement.primary = Some(labelled(a));
    judgement.related = vec![labelled(b)];
    judgement.related.extend(context.element(target, crate::check::demand::this(target)));
    judgement.because = vec![a_id, b_id];
    judgement.found = vec![("a".to_owned(), a_value.clone()), ("b".to_owned(), b_value.clone())];
    judgement.slots =
        vec![("a.value", a_value), ("a.quote", a.place.quote.clone()), ("b.value", b_value), ("b.quote", b.place.quote.clone())];
    for (name, channel) in [("a.channel", a), ("a.where", a), ("b.channel", b), ("b.where", b)] {
        judgement.slots.push((name, channel_words(channel.channel).to_owned()));
    }
    judgement
}
