//! What a rule says of one subject, before it becomes a finding.

use crate::check::context::{Context, Target};
use crate::check::demand::Shortfall;
use crate::check::statement::{noun, value};
use crate::evidence::{Claim, Evidence, EvidenceId};
use crate::finding::{Labelled, Searched};
use crate::policy::rule::Rule;
use crate::policy::words::{Answer, FactName};
use crate::terms::{Confidence, Outcome, UseName};

/// What a rule says of one subject.
#[derive(Debug, Clone)]
pub(super) struct Judgement {
    pub(super) outcome: Outcome,
    pub(super) confidence: Confidence,
    /// What is wrong, as the rest of a sentence about the subject.
    pub(super) problem: String,
    /// A whole sentence that stands in place of the rule's own message, where that would have nothing to say.
    pub(super) sentence: Option<String>,
    /// Whether the statement would do if it were certain.
    pub(super) is_doubt: bool,
    /// The use it is about, where it isn't about the subject as a whole: `use:tdm`.
    pub(super) about: Option<String>,
    pub(super) primary: Option<Labelled>,
    pub(super) related: Vec<Labelled>,
    pub(super) because: Vec<EvidenceId>,
    pub(super) found: Vec<(String, String)>,
    pub(super) searched: Vec<Searched>,
    pub(super) notes: Vec<String>,
    /// What messages can say beyond the facts.
    pub(super) slots: Vec<(&'static str, String)>,
    /// For a pass: the words that fulfil it.
    pub(super) proof: Vec<Labelled>,
}

impl Judgement {
    fn new(outcome: Outcome, confidence: Confidence) -> Self {
        Self {
            outcome,
            confidence,
            problem: String::new(),
            sentence: None,
            is_doubt: false,
            about: None,
            primary: None,
            related: Vec::new(),
            because: Vec::new(),
            found: Vec::new(),
            searched: Vec::new(),
            notes: Vec::new(),
            slots: Vec::new(),
            proof: Vec::new(),
        }
    }

    /// Fulfilled by these statements.
    pub(super) fn pass(context: &Context<'_>, proof: &[EvidenceId]) -> Self {
        let mut pass = Self::new(Outcome::Pass, Confidence::High);
        pass.proof = proof.iter().map(|id| labelled(context.evidence(*id))).collect();
        pass.because = proof.to_vec();
        pass
    }

    /// Not fulfilled. With less than medium confidence the rule's `when-unsure` decides what follows.
    pub(super) fn fail(rule: &Rule, confidence: Confidence, problem: impl Into<String>) -> Self {
        let outcome = if confidence < Confidence::Medium { outcome(rule.when_unsure) } else { Outcome::Fail };
        Self { problem: problem.into(), ..Self::new(outcome, confidence) }
    }

    /// Fulfilled by doubtful evidence only.
    pub(super) fn unsure(context: &Context<'_>, rule: &Rule, fact: &FactName, proof: &[EvidenceId]) -> Self {
        let mut judgement = Self::fail(rule, Confidence::Low, format!("has only a doubtful {}", noun(fact)));
        if judgement.outcome == Outcome::Pass {
            return Self::pass(context, proof);
        }
        judgement.is_doubt = true;
        let doubtful = proof.first().map(|id| context.evidence(*id));
        judgement.primary = doubtful.map(|e| Labelled { place: e.place.clone(), label: format!("perhaps a {}", noun(fact)) });
        judgement.found = doubtful.map(|e| crate::check::statement::parts(&e.claim)).unwrap_or_default();
        judgement.because = proof.to_vec();
        judgement
    }

    /// Adds what the shortfalls of `evidence` show.
    pub(super) fn resting_on(mut self, context: &Context<'_>, target: &Target, id: EvidenceId, shortfalls: &[Shortfall]) -> Self {
        let evidence = context.evidence(id);
        self.primary = Some(Labelled { place: evidence.place.clone(), label: label(evidence, shortfalls) });
        self.found = crate::check::statement::parts(&evidence.claim);
        self.because.push(id);
        self.related.extend(context.element(target, crate::check::demand::this(target)));
        self.related.extend(parts_of_notice(evidence));
        for shortfall in shortfalls {
            self.related.extend(shortfall.related.iter().cloned());
            self.slots.extend(shortfall.slots.iter().cloned());
        }
        self
    }
}

/// The outcome an answer stands for.
pub(super) fn outcome(answer: Answer) -> Outcome {
    match answer {
        Answer::Pass => Outcome::Pass,
        Answer::Review => Outcome::Review,
        Answer::Fail => Outcome::Fail,
    }
}

/// A statement's place with what it says.
pub(super) fn labelled(evidence: &Evidence) -> Labelled {
    Labelled { place: evidence.place.clone(), label: format!("{}: {}", noun_of(evidence), clipped(&value(&evidence.claim))) }
}

fn noun_of(evidence: &Evidence) -> String {
    let fact = match &evidence.claim {
        Claim::Custom { fact, .. } => FactName::Custom(fact.clone()),
        claim => claim.fact().map_or(FactName::Custom(String::new()), FactName::Known),
    };
    noun(&fact).to_owned()
}

/// What to say under the place of a statement that falls short: its parts, those it lacks among them.
fn label(evidence: &Evidence, shortfalls: &[Shortfall]) -> String {
    match &evidence.claim {
        Claim::Reservation(_) => return "this notice".to_owned(),
        // What is wrong stands in the message.
        Claim::SignalFault { code, .. } => return format!("see: rightscheck explain {code}"),
        _ => {}
    }
    let Some(missing) = shortfalls.iter().find(|s| s.key == "parts") else {
        return clipped(&value(&evidence.claim));
    };
    let mut lines: Vec<_> = crate::check::statement::parts(&evidence.claim)
        .into_iter()
        .filter(|(part, _)| part != "names")
        .map(|(part, value)| format!("{part}: {value}"))
        .collect();
    lines.extend(missing.slots.iter().map(|(_, parts)| format!("{parts}: not found")));
    lines.join("; ")
}

/// The passages of a notice that name uses and exceptions.
pub(super) fn parts_of_notice(evidence: &Evidence) -> Vec<Labelled> {
    let (Claim::Reservation(terms) | Claim::Licence(terms)) = &evidence.claim else { return Vec::new() };
    let uses = terms.uses.iter().map(|u| Labelled {
        place: u.place.clone(),
        label: match u.name {
            UseName::Any => "every use, by general words".to_owned(),
            UseName::One(one) => format!("{one}, by name"),
            UseName::General(one) => format!("{one}, by general words"),
        },
    });
    let exceptions = terms.exceptions.iter().map(|(e, place)| Labelled { place: place.clone(), label: format!("{e}: left open") });
    uses.chain(exceptions).collect()
}

/// At most sixty characters.
pub(super) fn clipped(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
