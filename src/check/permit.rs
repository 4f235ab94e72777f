//! The verb `permit`: the statements found must allow the uses.

use crate::check::context::{Context, Target};
use crate::check::demand::{demands_condition, licence_name};
use crate::check::judgement::{Judgement, labelled, outcome};
use crate::check::statement::{channel_words, listed, speaker};
use crate::check::uses::asks;
use crate::evidence::{Claim, EvidenceId, Terms};
use crate::policy::rule::{Rule, Verb};
use crate::policy::words::{Answer, FactName};
use crate::rights::Ruling;
use crate::terms::{Confidence, Fact, Outcome, State, Use};

/// What became of one use.
#[derive(Debug, Clone, PartialEq)]
struct Answered {
    outcome: Outcome,
    /// `reserved`, `prohibited`, `not stated`, …
    state: String,
    because: Vec<EvidenceId>,
    conditions: Vec<String>,
    rightsholder: Option<String>,
}

/// Judges `permit`: one judgement for each reason why uses aren't permitted, or a pass.
pub(super) fn permit(context: &Context<'_>, rule: &Rule, target: &Target) -> Vec<Judgement> {
    let Verb::Permit { uses, on_silence } = &rule.verb else { return Vec::new() };
    let licences: Vec<_> = context.about(target, &FactName::Known(Fact::Licence)).collect();
    let mut accepted = None;
    for (id, evidence) in &licences {
        let Claim::Licence(terms) = &evidence.claim else { continue };
        match refusal(rule, terms, evidence) {
            Some(why) => return vec![refused(context, rule, *id, terms, uses, &why)],
            None if !rule.demands.accept.is_empty() => accepted = Some(*id),
            None => {}
        }
    }
    let mut reasons: Vec<(Answered, Vec<Use>)> = Vec::new();
    for &usage in uses {
        let answered = answer(context, target, usage, *on_silence, accepted);
        match reasons.iter_mut().find(|(known, _)| *known == answered) {
            Some((_, uses)) => uses.push(usage),
            None => reasons.push((answered, vec![usage])),
        }
    }
    if reasons.iter().all(|(a, _)| a.outcome == Outcome::Pass) {
        let mut proof: Vec<_> = reasons.iter().flat_map(|(a, _)| a.because.iter().copied()).chain(accepted).collect();
        proof.sort_unstable();
        proof.dedup();
        return vec![Judgement::pass(context, &proof)];
    }
    let short = reasons.iter().filter(|(a, _)| a.outcome != Outcome::Pass);
    short.map(|(answered, uses)| judge(context, rule, answered, uses)).collect()
}

/// Why the rule doesn't take a licence.
fn refusal(rule: &Rule, terms: &Terms, evidence: &crate::evidence::Evidence) -> Option<String> {
    let id = terms.id.as_deref().unwrap_or("");
    let demands = &rule.demands;
    if let Some(pattern) = demands.reject.iter().find(|p| p.matches(id)) {
        return Some(format!("`{}` rejects it", pattern.0));
    }
    if let Some(condition) = demands.conditions_not.iter().find(|condition| demands_condition(evidence, condition)) {
        return Some(format!("it demands {condition}"));
    }
    (!demands.accept.is_empty() && !demands.accept.iter().any(|p| p.matches(id))).then(|| "it is not among those accepted".to_owned())
}

fn refused(context: &Context<'_>, rule: &Rule, id: EvidenceId, terms: &Terms, uses: &[Use], why: &str) -> Judgement {
    let evidence = context.evidence(id);
    let uses = listed(uses);
    let mut judgement = Judgement::fail(rule, evidence.confidence, format!("is under {}: {why}", licence_name(terms)));
    judgement.sentence = Some(format!("{uses}: the licence {} will not do, {why}", licence_name(terms)));
    judgement.about = Some(about(&uses));
    judgement.primary = Some(labelled(evidence));
    judgement.because = vec![id];
    judgement.found = vec![("licence".to_owned(), licence_name(terms))];
    judgement
}

/// `use:ai-train,store`.
fn about(uses: &str) -> String {
    format!("use:{}", uses.replace(" and ", ",").replace(", ", ","))
}

/// What the matrix says of a use. An accepted licence answers for uses that nothing speaks of.
fn answer(context: &Context<'_>, target: &Target, usage: Use, on_silence: Answer, accepted: Option<EvidenceId>) -> Answered {
    let ruling = context.rights.rulings.iter().find(|r| r.subject == target.subject && r.usage == usage && r.addressee == "*");
    match ruling.filter(|r| r.state != State::Unstated) {
        Some(ruling) => ruled(context, ruling),
        None => Answered {
            outcome: if accepted.is_some() { Outcome::Pass } else { outcome(on_silence) },
            state: "not stated".to_owned(),
            because: accepted.into_iter().collect(),
            conditions: Vec::new(),
            rightsholder: None,
        },
    }
}

fn ruled(context: &Context<'_>, ruling: &Ruling) -> Answered {
    let asked = ruling.conditions.iter().any(|c| asks(c));
    let (wanted, state) = match ruling.state {
        State::Allowed => (Outcome::Pass, "allowed"),
        State::Conditional if asked => (Outcome::Fail, "reserved"),
        State::Conditional => (Outcome::Pass, "allowed under conditions"),
        State::Prohibited => (Outcome::Fail, "prohibited"),
        State::Conflict => (Outcome::Fail, "stated in two ways"),
        State::Unstated => (Outcome::Review, "not stated"),
    };
    // An answer that rests on doubtful statements is for a person to give, whichever it is.
    let sure = ruling.because.iter().any(|id| context.evidence(*id).confidence >= Confidence::Medium);
    Answered {
        outcome: if sure || ruling.because.is_empty() { wanted } else { Outcome::Review },
        state: state.to_owned(),
        because: ruling.because.iter().chain(ruling.overruled.iter().filter(|_| ruling.state == State::Conflict)).copied().collect(),
        conditions: ruling.conditions.iter().map(ToString::to_string).collect(),
        rightsholder: ruling.rightsholder.clone(),
    }
}

fn judge(context: &Context<'_>, rule: &Rule, answered: &Answered, uses: &[Use]) -> Judgement {
    let uses = listed(uses);
    let decisive = answered.because.first().map(|id| context.evidence(*id));
    let confidence = decisive.map_or(Confidence::Medium, |e| e.confidence);
    let mut judgement = Judgement::fail(rule, confidence, format!("does not permit {uses}: {}", answered.state));
    judgement.outcome = answered.outcome;
    judgement.about = Some(about(&uses));
    judgement.sentence = decisive.is_none().then(|| format!("nothing is said about {uses}"));
    judgement.primary = decisive.map(labelled);
    judgement.related = answered.because.iter().skip(1).map(|id| labelled(context.evidence(*id))).collect();
    judgement.because.clone_from(&answered.because);
    judgement.found = vec![("state".to_owned(), answered.state.clone())];
    judgement.notes.extend(answered.rightsholder.iter().map(|holder| format!("to be asked: {holder}")));
    let said = |value: Option<String>| value.filter(|v| !v.is_empty()).unwrap_or_else(|| "none".to_owned());
    judgement.slots = vec![
        ("use", uses),
        ("state", answered.state.clone()),
        ("conditions", said(Some(answered.conditions.join(", ")))),
        ("rightsholder", said(answered.rightsholder.clone())),
        ("licence", said(decisive.and_then(|e| crate::check::statement::part(&e.claim, "id")))),
        ("decisive.channel", said(decisive.map(speaker))),
        ("decisive.quote", said(decisive.map(|e| e.place.quote.clone()))),
        ("decisive.where", said(decisive.map(|e| channel_words(e.channel).to_owned()))),
    ];
    judgement
}
