//! What may be done with the document: reservations and grants, in words.

use crate::detect::clause;
use crate::detect::clause::rule::Rule;
use crate::detect::clause::rule::Stance;
use crate::detect::reading::Reading;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::evidence::Terms;
use crate::terms::Channel;
use crate::terms::Condition;
use crate::terms::State;

/// States the reservations and the grants.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let rules = clause::read(reading, evidence);
    evidence.extend(rules.into_iter().map(state));
}

fn state(rule: Rule) -> Evidence {
    let (confidence, granted) = (rule.confidence, rule.stance == Stance::Granted);
    let place = rule.place.clone();
    let subject = if rule.scope == Some("images") { Subject::Images } else { Subject::Document };
    let terms = terms(rule);
    let (claim, detector) = if granted { (Claim::Licence(terms), "licence") } else { (Claim::Reservation(terms), "reservation") };
    Evidence { subject, claim, channel: Channel::Prose, confidence, place, detector }
}

fn terms(rule: Rule) -> Terms {
    let status = match rule.stance {
        Stance::Prohibited | Stance::Limited | Stance::Reserved => State::Prohibited,
        Stance::Consent | Stance::Conditional => State::Conditional,
        Stance::Granted if rule.conditions.is_empty() => State::Allowed,
        Stance::Granted => State::Conditional,
    };
    Terms {
        id: None,
        status: Some(status),
        stated_as: (rule.stance == Stance::Reserved).then_some("reserved"),
        conditions: conditions(rule.stance, rule.conditions),
        uses: rule.uses,
        exceptions: rule.exceptions,
        rightsholder: rule.rightsholder,
        legal_basis: rule.legal_basis,
        scope: rule.scope,
    }
}

/// A ban has no conditions of its own.
fn conditions(stance: Stance, named: Vec<Condition>) -> Vec<Condition> {
    if matches!(stance, Stance::Prohibited | Stance::Reserved) { Vec::new() } else { named }
}
