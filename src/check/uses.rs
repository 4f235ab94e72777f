//! What one statement says of each use.

use crate::evidence::{Claim, Evidence, Place, Terms};
use crate::registry::licences;
use crate::terms::{Condition, Exception, State, Use, UseName};

/// What a statement says of one use.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said<'e> {
    pub(super) usage: Use,
    pub(super) state: State,
    /// By name, or covered by general words.
    pub(super) by_name: bool,
    /// Stated itself, or derived from what is said of another use.
    pub(super) explicit: bool,
    pub(super) conditions: Vec<Condition>,
    /// The words that say it.
    pub(super) place: &'e Place,
}

/// What `evidence` says of uses, in the order of [`Use::ALL`]; nothing if it doesn't speak of them.
pub(super) fn said(evidence: &Evidence) -> Vec<Said<'_>> {
    let mut all = match &evidence.claim {
        Claim::Reservation(terms) => by_terms(terms),
        Claim::Licence(terms) => {
            let mut said = by_terms(terms);
            let granted = by_licence(terms, &evidence.place);
            said.extend(granted.into_iter().filter(|g| terms.uses.iter().all(|u| u.name.usage() != Some(g.usage))));
            said
        }
        Claim::Copyright(line) if line.all_rights_reserved => by_claim_of_all_rights(&evidence.place),
        Claim::Signal(signal) => {
            let state = |s: &crate::evidence::SignalState| Said {
                usage: s.usage,
                state: s.state,
                by_name: true,
                explicit: s.explicit,
                conditions: s.conditions.clone(),
                place: &evidence.place,
            };
            signal.states.iter().map(state).collect()
        }
        _ => Vec::new(),
    };
    all.sort_by_key(|s| s.usage);
    all
}

/// The uses that the wording names, the rest by its general words, minus what it leaves open.
fn by_terms(terms: &Terms) -> Vec<Said<'_>> {
    let Some(state) = terms.status else { return Vec::new() };
    let general = terms.uses.iter().find(|u| u.name == UseName::Any);
    let one = |&usage: &Use| {
        let named = terms.uses.iter().find(|u| u.name == UseName::One(usage));
        let covered = terms.uses.iter().find(|u| u.name == UseName::General(usage)).or(general);
        let place = &named.or(covered)?.place;
        Some(Said { usage, state, by_name: named.is_some(), explicit: true, conditions: terms.conditions.clone(), place })
    };
    let mut said: Vec<_> = Use::ALL.iter().filter_map(one).filter(|s| !leaves_open(terms, s.usage)).collect();
    if state != State::Allowed
        && let Some((_, place)) = terms.exceptions.iter().find(|(e, _)| *e == Exception::Search)
    {
        said.push(Said { usage: Use::Search, state: State::Allowed, by_name: true, explicit: true, conditions: Vec::new(), place });
    }
    said
}

/// Whether an exception of the wording leaves `usage` open. The others (by law, private, quotation, contract) leave open some cases
/// of a use, not the use.
fn leaves_open(terms: &Terms, usage: Use) -> bool {
    matches!(usage, Use::Search | Use::Excerpt) && terms.exceptions.iter().any(|(e, _)| *e == Exception::Search)
}

/// What the named licence grants.
fn by_licence<'e>(terms: &Terms, place: &'e Place) -> Vec<Said<'e>> {
    let Some(licence) = terms.id.as_deref().and_then(licences::by_id) else { return Vec::new() };
    let grants = licence.grants();
    let conditions: Vec<Condition> = grants.conditions.iter().map(|c| Condition::from(c.clone())).collect();
    let one = |s: &crate::registry::mapping::RowState| Said {
        usage: s.usage,
        state: s.state,
        by_name: true,
        explicit: s.explicit,
        conditions: if s.state == State::Conditional { conditions.clone() } else { Vec::new() },
        place,
    };
    grants.states.iter().map(one).collect()
}

/// "All rights reserved" claims the basic rights of copyright; it is no reservation of mining or training.
fn by_claim_of_all_rights(place: &Place) -> Vec<Said<'_>> {
    let uses = [Use::Reproduce, Use::Redistribute, Use::Adapt, Use::Commercial];
    let one = |usage| Said { usage, state: State::Prohibited, by_name: false, explicit: false, conditions: Vec::new(), place };
    uses.map(one).into()
}

impl Said<'_> {
    /// Whether the statement keeps the use back: forbidden, or to be asked or paid for.
    pub(super) fn keeps_back(&self) -> bool {
        self.state == State::Prohibited || (self.state == State::Conditional && self.conditions.iter().any(|c| asks(c)))
    }

    /// Whether the statement opens the use, be it under conditions that anyone can meet.
    pub(super) fn opens(&self) -> bool {
        self.state == State::Allowed || (self.state == State::Conditional && !self.keeps_back())
    }

    /// What it says in a word: `reserved`, `prohibited`, `allowed`, `allowed if attribution`.
    pub(super) fn in_words(&self) -> String {
        match self.state {
            State::Conditional if self.keeps_back() => "reserved".to_owned(),
            State::Conditional => format!("allowed with {}", self.conditions.join(", ")),
            state => state.name().to_owned(),
        }
    }
}

/// Whether a condition means that somebody has to be asked or paid.
pub(super) fn asks(condition: &str) -> bool {
    ["consent", "payment", "licence-token", "contract", "licence-available"].contains(&condition) || condition.starts_with("consent")
}
