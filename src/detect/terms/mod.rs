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
    let mut stated: Vec<Evidence> = clause::read(reading, evidence).into_iter().map(state).collect();
    let holders = evidence.iter().filter_map(|e| match &e.claim {
        Claim::Copyright(line) => line.holder.as_deref(),
        _ => None,
    });
    stated.iter_mut().for_each(|notice| whole_name(notice, holders.clone()));
    evidence.extend(stated);
}

/// Where the notice goes on with the name as a copyright line of the page has it, that is the name: "Oak press, a.s.", of which the
/// notice alone shows "Oak".
fn whole_name<'h>(notice: &mut Evidence, mut holders: impl Iterator<Item = &'h str>) {
    let (Claim::Reservation(terms) | Claim::Licence(terms)) = &mut notice.claim else { return };
    let Some(name) = &mut terms.rightsholder else { return };
    let goes_on = |whole: &&str| {
        let rest = whole.strip_prefix(name.as_str());
        rest.is_some_and(|rest| rest.starts_with([' ', ','])) && notice.place.quote.contains(*whole)
    };
    if let Some(whole) = holders.find(goes_on) {
        whole.clone_into(name);
    }
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
        status: Some(status),
        stated_as: (rule.stance == Stance::Reserved).then_some("reserved"),
        conditions: conditions(rule.stance, rule.conditions),
        uses: rule.uses,
        exceptions: rule.exceptions,
        rightsholder: rule.rightsholder,
        legal_basis: rule.legal_basis,
        scope: rule.scope,
        ..Terms::default()
    }
}

/// A ban has no conditions of its own.
fn conditions(stance: Stance, named: Vec<Condition>) -> Vec<Condition> {
    if matches!(stance, Stance::Prohibited | Stance::Reserved) { Vec::new() } else { named }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::reading::ReadSource;
    use crate::lexicon::Lexicon;
    use crate::source::Origin;
    use crate::source::Source;

    #[test]
    fn a_name_is_as_whole_as_in_the_copyright_line() {
        let page = "<html lang=cs><article><h1>Trh</h1><p>Trh se vrací.</p></article><footer><p>© 2026 Přístavní list, a.s. Jakékoli užití \
                    obsahu je bez písemného souhlasu společnosti Přístavní list, a.s. zakázáno.</p></footer>";
        let read = ReadSource::new(Source::new(Origin::path("a.html"), page.as_bytes().to_vec()));
        let facts = crate::detect::detect(&Reading::new(&read, &[], Lexicon::builtin()));
        let named = facts.evidence.iter().find_map(|e| match &e.claim {
            Claim::Reservation(terms) => terms.rightsholder.as_deref(),
            _ => None,
        });
        assert_eq!(named, Some("Přístavní list, a.s."));
    }
}
