//! One statement against what a rule demands of it.

use crate::check::context::{Context, Target, claimed_day};
use crate::check::dates::{is_future, last_year};
use crate::check::statement::{either, listed, noun, part};
use crate::evidence::{Claim, Evidence, EvidenceId, Terms};
use crate::finding::Labelled;
use crate::lexicon::concept::Concept;
use crate::policy::rule::{DateBound, Demands, Rule, YearBound};
use crate::policy::vocabulary::keys_of;
use crate::policy::wording::{Comparison, compare};
use crate::policy::words::{Consent, FactName};

/// A demand that a statement doesn't meet.
#[derive(Debug, Clone, Default)]
pub(super) struct Shortfall {
    /// The key that demands it.
    pub(super) key: &'static str,
    /// What is wrong, as the rest of a sentence: "names an agency but no photographer".
    pub(super) problem: String,
    /// Passages that explain it.
    pub(super) related: Vec<Labelled>,
    /// What messages can say about it.
    pub(super) slots: Vec<(&'static str, String)>,
}

impl Shortfall {
    pub(super) fn new(key: &'static str, problem: impl Into<String>) -> Self {
        Self { key, problem: problem.into(), ..Self::default() }
    }
}

/// The demands of `rule` on single statements that `evidence` doesn't meet.
pub(super) fn shortfalls(context: &Context<'_>, rule: &Rule, target: &Target, fact: &FactName, evidence: &Evidence) -> Vec<Shortfall> {
    let known = keys_of(fact);
    let demands = &rule.demands;
    let keys = demands.keys().into_iter().filter(|key| known.contains(key));
    keys.filter_map(|key| shortfall(context, demands, target, fact, key, evidence)).collect()
}

fn shortfall(
    context: &Context<'_>,
    demands: &Demands,
    target: &Target,
    fact: &FactName,
    key: &str,
    evidence: &Evidence,
) -> Option<Shortfall> {
    match key {
        "within" => within(context, demands, fact, evidence),
        "not" => exclusion(context, demands, fact, evidence),
        "parts" => parts(context, demands, target, evidence),
        "party" => party(context, demands, evidence),
        "earliest" | "latest" => date(context, demands, key, evidence),
        "holder" => holder(context, demands, evidence),
        "year" => year(context, demands, evidence),
        "wording" => wording(context, demands, evidence),
        "accept" | "reject" | "conditions-not" => licence(demands, key, evidence),
        "consent" => consent(context, demands.consent?, evidence),
        // Demands on all statements together: see `require`.
        _ => None,
    }
}

fn within(context: &Context<'_>, demands: &Demands, fact: &FactName, evidence: &Evidence) -> Option<Shortfall> {
    let areas = context.areas.of(evidence);
    if demands.within.iter().any(|area| areas.contains(area)) {
        return None;
    }
    let wanted: Vec<_> = demands.within.iter().map(|area| area.words()).collect();
    let found = areas.first().map_or("elsewhere".to_owned(), |area| format!("in {}", area.words()));
    Some(Shortfall::new("within", format!("has its {} {found}, not in {}", noun(fact), either(&wanted))))
}

fn exclusion(context: &Context<'_>, demands: &Demands, fact: &FactName, evidence: &Evidence) -> Option<Shortfall> {
    if let (Claim::Date { value, .. }, FactName::Known(_)) = (&evidence.claim, fact) {
        let future = demands.not.iter().any(|n| n == "future") && is_future(value, context.options.as_of);
        return future.then(|| Shortfall::new("not", format!("is dated in the future ({value})")));
    }
    let text = crate::text::fold(&evidence.place.quote);
    let word = demands.not.iter().find(|word| crate::check::context::holds_words(&text, &crate::text::fold(word)))?;
    Some(Shortfall::new("not", format!("says “{word}”")))
}

/// What the parts of facts are called in sentences.
fn part_words(claim: &Claim, part: &str) -> String {
    match (claim, part) {
        (Claim::Credit(_), "person") => "photographer".to_owned(),
        (Claim::Source { .. }, "link") => "link to the source".to_owned(),
        (Claim::Licence(_), "link") => "link to the licence".to_owned(),
        (Claim::Licence(_), "source") => "link to the picture's page".to_owned(),
        (_, part) => part.to_owned(),
    }
}

fn parts(context: &Context<'_>, demands: &Demands, target: &Target, evidence: &Evidence) -> Option<Shortfall> {
    let claim = &evidence.claim;
    // A quotation may link its source beside the words that name it.
    let linked = context.quote(target).is_some_and(|quote| quote.link.is_some());
    let (there, missing): (Vec<&String>, Vec<&String>) =
        demands.parts.iter().partition(|p| part(claim, p).is_some() || (*p == "link" && linked));
    let words = |list: &[&String]| list.iter().map(|p| part_words(claim, p)).collect::<Vec<_>>();
    let article = |word: &String| format!("{} {word}", if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" });
    let problem = match (there.as_slice(), missing.as_slice()) {
        (_, []) => return None,
        ([], [one]) if *one == "name" => "names nobody".to_owned(),
        ([], [one]) => format!("names no {}", part_words(claim, one)),
        ([], missing) => format!("names no {}", either(&words(missing))),
        (there, missing) => {
            let there: Vec<_> = words(there).iter().map(article).collect();
            format!("names {} but no {}", listed(&there), either(&words(missing)))
        }
    };
    Some(Shortfall { key: "parts", problem, slots: vec![("missing", listed(&words(&missing)))], ..Shortfall::default() })
}

fn party(context: &Context<'_>, demands: &Demands, evidence: &Evidence) -> Option<Shortfall> {
    let named = match &evidence.claim {
        Claim::Credit(credit) => credit.text.clone(),
        claim => crate::check::statement::value(claim),
    };
    if demands.party.iter().any(|party| context.names_party(&named, party)) {
        return None;
    }
    let wanted: Vec<_> = demands.party.iter().map(|party| context.party_name(party)).collect();
    let slots = vec![("party", either(&wanted))];
    Some(Shortfall { key: "party", problem: format!("names {named}, not {}", either(&wanted)), slots, ..Shortfall::default() })
}

fn date(context: &Context<'_>, demands: &Demands, key: &str, evidence: &Evidence) -> Option<Shortfall> {
    let day = claimed_day(&evidence.claim)?;
    let bound = if key == "earliest" { demands.earliest? } else { demands.latest? };
    let limit = context.day_of(bound)?;
    let name = match bound {
        DateBound::Day(_) => limit.to_string(),
        DateBound::Today => format!("today ({limit})"),
        DateBound::Published => format!("publication ({limit})"),
    };
    match key {
        "earliest" => (day < limit).then(|| Shortfall::new("earliest", format!("is dated {day}, before {name}"))),
        _ => (day > limit).then(|| Shortfall::new("latest", format!("is dated {day}, after {name}"))),
    }
}

/// Whom a statement names as holder of the rights.
fn holder_in(claim: &Claim) -> Option<&str> {
    match claim {
        Claim::Copyright(line) => line.holder.as_deref(),
        Claim::Licence(terms) | Claim::Reservation(terms) => terms.rightsholder.as_deref(),
        _ => None,
    }
}

fn holder(context: &Context<'_>, demands: &Demands, evidence: &Evidence) -> Option<Shortfall> {
    let wanted: Vec<_> = demands.holder.iter().map(|party| context.party_name(party)).collect();
    let problem = match holder_in(&evidence.claim) {
        Some(named) if demands.holder.iter().any(|party| context.names_party(named, party)) => return None,
        Some(named) => format!("names {named}, not {}", either(&wanted)),
        None => "names no rightsholder".to_owned(),
    };
    Some(Shortfall { key: "holder", problem, slots: vec![("holder", either(&wanted))], ..Shortfall::default() })
}

fn year(context: &Context<'_>, demands: &Demands, evidence: &Evidence) -> Option<Shortfall> {
    let (Claim::Copyright(line), Some(demand)) = (&evidence.claim, demands.year) else { return None };
    let Some(last) = last_year(line) else { return demand.stated.then(|| Shortfall::new("year", "names no year")) };
    if let Some(bound) = demand.covers
        && let Some(limit) = context.year_of(bound)
        && last < limit
    {
        let problem = match bound {
            YearBound::Published => "stops before the year of publication".to_owned(),
            _ => format!("stops at {last}, before {limit}"),
        };
        let published = (bound == YearBound::Published).then(|| context.published_evidence()).flatten();
        let related = published.map(|(_, e)| Labelled { place: e.place.clone(), label: format!("published in {limit}") });
        return Some(Shortfall { key: "year", problem, related: related.into_iter().collect(), ..Shortfall::default() });
    }
    let limit = demand.latest.and_then(|bound| context.year_of(bound))?;
    (last > limit).then(|| Shortfall::new("year", format!("names the year {last}, after {limit}")))
}

fn wording(context: &Context<'_>, demands: &Demands, evidence: &Evidence) -> Option<Shortfall> {
    let candidates = demands.wording.iter().filter_map(|key| Some((key, best(context, key, evidence)?)));
    let (key, result) = candidates.max_by(|a, b| a.1.similarity.total_cmp(&b.1.similarity))?;
    if result.similarity >= demands.similarity.unwrap_or(1.0) {
        return None;
    }
    let percent = format!("{:.0} %", (result.similarity * 100.0).floor());
    let first = result.differences.first().map(crate::policy::wording::Difference::in_words).unwrap_or_default();
    let problem = format!("is {percent} like {key}; first difference: {first}");
    let slots = vec![("wording", key.clone()), ("similarity", percent), ("diff.first", first)];
    Some(Shortfall { key: "wording", problem, slots, ..Shortfall::default() })
}

/// The best comparison of a wording, under any name of its parties, with the statement's words or the whole block around them.
fn best(context: &Context<'_>, key: &str, evidence: &Evidence) -> Option<Comparison> {
    let wording = context.wording(key)?;
    let block = context.areas.block_at(evidence.place.location.span).map(|(_, block)| block.text.as_str());
    let texts = std::iter::once(evidence.place.quote.as_str()).chain(block);
    let approved = approved(context, &wording.text);
    texts.flat_map(|text| approved.iter().map(move |approved| compare(approved, text))).max_by(|a, b| a.similarity.total_cmp(&b.similarity))
}

/// The approved text with each name that its parties go by. All slots take the same number of name, so that a text with several
/// parties has as many forms as its longest list of names.
fn approved(context: &Context<'_>, text: &str) -> Vec<String> {
    let slots: Vec<_> = crate::policy::message::slots(text).into_iter().map(|s| context.party_names(&s.name)).collect();
    let forms = slots.iter().map(Vec::len).max().unwrap_or(1);
    let message = crate::policy::message::Message::new(text);
    let name = |slot: &str, form: usize| {
        let names = context.party_names(slot);
        names.get(form).or(names.first()).map(|n| (*n).to_owned()).unwrap_or_default()
    };
    (0..forms).map(|form| message.fill(&|slot| name(slot, form))).collect()
}

fn licence(demands: &Demands, key: &str, evidence: &Evidence) -> Option<Shortfall> {
    let Claim::Licence(terms) = &evidence.claim else { return None };
    let id = terms.id.as_deref().unwrap_or("");
    match key {
        "accept" => {
            let accepted = demands.accept.iter().any(|p| p.matches(id));
            (!accepted).then(|| Shortfall::new("accept", format!("is under {}, which is not accepted", licence_name(terms))))
        }
        "reject" => {
            let pattern = demands.reject.iter().find(|p| p.matches(id))?;
            Some(Shortfall::new("reject", format!("is under {}, which {} rejects", licence_name(terms), pattern.0)))
        }
        _ => {
            let hit = demands.conditions_not.iter().find(|condition| demands_condition(evidence, condition))?;
            Some(Shortfall::new("conditions-not", format!("is under {}, which demands {hit}", licence_name(terms))))
        }
    }
}

/// Whether a licence makes a condition, be it in its own words or by its terms.
pub(super) fn demands_condition(evidence: &Evidence, condition: &str) -> bool {
    let said = crate::rights::statement::of(EvidenceId(0), evidence);
    said.iter().flat_map(|s| &s.conditions).any(|c| c == condition)
}

pub(super) fn licence_name(terms: &Terms) -> String {
    terms.id.clone().unwrap_or_else(|| "a licence without name".to_owned())
}

fn consent(context: &Context<'_>, wanted: Consent, evidence: &Evidence) -> Option<Shortfall> {
    let Claim::Reservation(terms) = &evidence.claim else { return None };
    if !terms.conditions.iter().any(|c| c == "consent") {
        return Some(Shortfall::new("consent", "asks for no consent"));
    }
    let said = clause_hits(context, evidence);
    let stated =
        |quality: &Concept| terms.conditions.iter().any(|c| c.strip_prefix("consent=").is_some_and(|q| quality.name().ends_with(q)));
    let missing = wanted.qualities().iter().filter(|quality| !said.contains(quality) && !stated(quality));
    let missing: Vec<_> = missing.map(|quality| quality.name().trim_start_matches("consent.")).collect();
    (!missing.is_empty()).then(|| Shortfall::new("consent", format!("asks for consent, but not for {} consent", listed(&missing))))
}

/// What the words of clauses in a statement mean, in the document's language.
pub(super) fn clause_hits(context: &Context<'_>, evidence: &Evidence) -> Vec<Concept> {
    let language = context.document().language.as_deref().unwrap_or("en");
    let hits = context.reading.lexicon.scan_clause(&crate::text::fold(&evidence.place.quote), language);
    hits.iter().map(|hit| hit.concept).collect()
}

/// Where the target is looked at, for a label: "this picture".
pub(super) fn this(target: &Target) -> &'static str {
    match target.subject {
        crate::evidence::Subject::Image(_) => "this picture",
        crate::evidence::Subject::Embed(_) => "this embedded medium",
        crate::evidence::Subject::Quote(_) => "this quotation",
        _ => "here",
    }
}

/// What the rule demands, as keys and values.
pub(super) fn expected(rule: &Rule) -> Vec<(String, String)> {
    let facts: Vec<_> = rule.verb.facts().iter().map(FactName::name).collect();
    let mut expected = Vec::new();
    if !facts.is_empty() {
        expected.push(("fact".to_owned(), facts.join(", ")));
    }
    let keys = rule.demands.keys();
    let set = rule.settings.iter().filter(|s| keys.contains(&s.key.as_str()) || ["on", "permit"].contains(&s.key.as_str()));
    expected.extend(set.map(|s| (s.key.clone(), s.value.trim_matches('"').to_owned())));
    expected
}
