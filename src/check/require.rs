//! The verbs `require`, `require-any` and `forbid`.

use crate::check::context::{Context, Target};
use crate::check::demand::{Shortfall, shortfalls};
use crate::check::judgement::Judgement;
use crate::check::searched::searched;
use crate::check::statement::{absence, channel_words, listed, noun};
use crate::check::uses::said;
use crate::evidence::{Claim, Evidence, EvidenceId};
use crate::policy::rule::Rule;
use crate::policy::vocabulary::keys_of;
use crate::policy::words::FactName;
use crate::terms::{Confidence, Exception, Use};

/// A statement with what it lacks.
struct Stated<'a> {
    id: EvidenceId,
    evidence: &'a Evidence,
    shortfalls: Vec<Shortfall>,
}

/// How one of the facts asked for fares.
struct Attempt<'a, 'r> {
    fact: &'r FactName,
    stated: Vec<Stated<'a>>,
    /// What the statements that would do lack together.
    together: Vec<Shortfall>,
}

/// Judges `require` and `require-any`.
pub(super) fn require(context: &Context<'_>, rule: &Rule, target: &Target) -> Judgement {
    let attempts: Vec<_> = rule.verb.facts().iter().map(|fact| attempt(context, rule, target, fact)).collect();
    for attempt in &attempts {
        if attempt.is_met(context, rule, Confidence::Medium) {
            return Judgement::pass(context, &attempt.proof(Confidence::Medium));
        }
    }
    for attempt in &attempts {
        if attempt.is_met(context, rule, Confidence::Low) {
            return Judgement::unsure(context, rule, attempt.fact, &attempt.proof(Confidence::Low));
        }
    }
    let nearest = attempts.iter().find(|a| !a.stated.is_empty()).or(attempts.first());
    nearest.map_or_else(|| Judgement::pass(context, &[]), |attempt| attempt.failure(context, rule, target))
}

fn attempt<'a, 'r>(context: &Context<'a>, rule: &'r Rule, target: &Target, fact: &'r FactName) -> Attempt<'a, 'r> {
    let stated: Vec<_> = context
        .about(target, fact)
        .map(|(id, evidence)| Stated { id, evidence, shortfalls: shortfalls(context, rule, target, fact, evidence) })
        .collect();
    let good: Vec<_> = stated.iter().filter(|s| s.shortfalls.is_empty()).collect();
    let together = together(rule, fact, &good);
    Attempt { fact, stated, together }
}

impl<'a> Attempt<'a, '_> {
    fn good(&self, least: Confidence) -> Vec<&Stated<'a>> {
        self.stated.iter().filter(|s| s.shortfalls.is_empty() && s.evidence.confidence >= least).collect()
    }

    fn is_met(&self, _: &Context<'_>, rule: &Rule, least: Confidence) -> bool {
        let good = self.good(least);
        !good.is_empty() && together(rule, self.fact, &good).is_empty()
    }

    fn proof(&self, least: Confidence) -> Vec<EvidenceId> {
        self.good(least).iter().map(|s| s.id).take(3).collect()
    }

    fn failure(&self, context: &Context<'_>, rule: &Rule, target: &Target) -> Judgement {
        let nearest = self.stated.iter().min_by_key(|s| (s.shortfalls.len(), std::cmp::Reverse(s.evidence.confidence)));
        let Some(nearest) = nearest else { return self.absent(context, rule, target) };
        let missing = if nearest.shortfalls.is_empty() { &self.together } else { &nearest.shortfalls };
        let problems: Vec<_> = missing.iter().map(|s| s.problem.as_str()).collect();
        let mut failure =
            Judgement::fail(rule, nearest.evidence.confidence, listed(&problems)).resting_on(context, target, nearest.id, missing);
        failure.searched = searched(context, target, self.fact, Some(nearest.evidence));
        failure
    }

    fn absent(&self, context: &Context<'_>, rule: &Rule, target: &Target) -> Judgement {
        // That nothing is found is the usual reading of nothing being there: the detectors miss some of what people wrote.
        let mut absent = Judgement::fail(rule, Confidence::Medium, absence(self.fact));
        absent.primary = context.element(target, &format!("nothing here {}", missing_words(self.fact)));
        absent.searched = searched(context, target, self.fact, None);
        absent
    }
}

/// "nothing here credits it": what an element lacks.
fn missing_words(fact: &FactName) -> String {
    format!("states a {}", noun(fact))
}

/// What statements that would do one by one lack together.
fn together(rule: &Rule, fact: &FactName, good: &[&Stated<'_>]) -> Vec<Shortfall> {
    let known = keys_of(fact);
    let demands = &rule.demands;
    let mut missing = Vec::new();
    if known.contains(&"covers") {
        missing.extend(uses(rule, good));
    }
    for channel in &demands.channel {
        if !good.iter().any(|s| s.evidence.channel == *channel) {
            missing.push(Shortfall::new("channel", format!("{} in {}", absence(fact), channel_words(*channel))));
        }
    }
    if let Some(count) = demands.count
        && !count.holds(&(good.len() as u32))
    {
        let many = if good.len() == 1 { "" } else { "s" };
        missing.push(Shortfall::new("count", format!("has {} {}{many} where the rule asks for {count}", good.len(), noun(fact))));
    }
    missing
}

/// Uses that no statement keeps back, and what none leaves open.
fn uses(rule: &Rule, good: &[&Stated<'_>]) -> Vec<Shortfall> {
    let demands = &rule.demands;
    let kept: Vec<_> = good.iter().flat_map(|s| said(s.id, s.evidence)).filter(|s| s.statement.restricts()).collect();
    let covered = |u: &&Use| !kept.iter().any(|s| s.usage == **u);
    let named = |u: &&Use| !kept.iter().any(|s| s.usage == **u && s.statement.by_name && s.statement.explicit);
    let open = |e: &&Exception| !good.iter().any(|s| leaves_open(s, **e));
    let lists: [(&'static str, &str, Vec<String>); 3] = [
        ("covers", "does not reserve", demands.covers.iter().filter(covered).map(ToString::to_string).collect()),
        ("names", "does not name", demands.names.iter().filter(named).map(ToString::to_string).collect()),
        ("exempts", "does not exempt", demands.exempts.iter().filter(open).map(ToString::to_string).collect()),
    ];
    lists
        .into_iter()
        .filter(|(_, _, missing)| !missing.is_empty())
        .map(|(key, verb, missing)| {
            let missing = listed(&missing);
            Shortfall { key, problem: format!("{verb} {missing}"), slots: vec![("missing", missing)], ..Shortfall::default() }
        })
        .collect()
}

/// Whether a statement leaves something open: a notice by an exception, a signal by allowing it.
fn leaves_open(stated: &Stated<'_>, exception: Exception) -> bool {
    match &stated.evidence.claim {
        Claim::Reservation(terms) => terms.exceptions.iter().any(|(e, _)| *e == exception),
        _ => {
            exception == Exception::Search && said(stated.id, stated.evidence).iter().any(|s| s.usage == Use::Search && s.statement.opens())
        }
    }
}

/// Judges `forbid`: one judgement for each statement that must not stand there, or a pass.
pub(super) fn forbid(context: &Context<'_>, rule: &Rule, target: &Target) -> Vec<Judgement> {
    let Some(fact) = rule.verb.facts().first() else { return Vec::new() };
    let in_channel = |e: &Evidence| rule.demands.channel.is_empty() || rule.demands.channel.contains(&e.channel);
    let hits: Vec<_> = context
        .about(target, fact)
        .filter(|(_, e)| in_channel(e) && shortfalls(context, rule, target, fact, e).is_empty() && reserves(rule, e))
        .collect();
    let few = rule.demands.count.is_some_and(|count| !count.holds(&(hits.len() as u32)));
    if hits.is_empty() || few {
        return vec![Judgement::pass(context, &[])];
    }
    let judge = |(id, e): (EvidenceId, &Evidence)| {
        Judgement::fail(rule, e.confidence, format!("has a {}", noun(fact))).resting_on(context, target, id, &[])
    };
    hits.into_iter().map(judge).collect()
}

/// For a forbidden reservation or signal: whether it keeps back and leaves open what the rule names.
fn reserves(rule: &Rule, evidence: &Evidence) -> bool {
    let one = Stated { id: EvidenceId(0), evidence, shortfalls: Vec::new() };
    uses(rule, &[&one]).is_empty()
}
