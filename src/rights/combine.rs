//! One ruling from several statements about the same use.
//!
//! Inside a mechanism its own rule holds ([`INSIDE`]); between mechanisms the most restrictive statement wins, an offer answers a
//! prohibition, and a permission against a prohibition is a conflict. What lost is kept.

use crate::evidence::EvidenceId;
use crate::evidence::Subject;
use crate::rights::Ruling;
use crate::rights::statement::Kind;
use crate::rights::statement::Statement;
use crate::terms::Condition;
use crate::terms::State;
use crate::terms::Use;

/// How the statements of one mechanism are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// The last carrier replaces the others: origin file, header, page.
    LastCarrier,
    /// What names the use beats general words, and these beat what is only implied.
    MostSpecific,
    /// All count, the most restrictive decides.
    MostRestrictive,
}

/// The rule of each mechanism that has one of its own; the others take the most restrictive statement.
pub(super) const INSIDE: &[(&str, Inside)] = &[("prose", Inside::MostSpecific), ("tdmrep", Inside::LastCarrier)];

fn inside(mechanism: &str) -> Inside {
    INSIDE.iter().find(|(m, _)| *m == mechanism).map_or(Inside::MostRestrictive, |&(_, rule)| rule)
}

/// The ruling on `usage`; nothing if `said` is empty.
pub(super) fn ruling(subject: &Subject, usage: Use, addressee: &str, said: &[Statement], holder: Option<&str>) -> Option<Ruling> {
    let (standing, beaten) = weigh_inside(said);
    let background = |s: &&Statement| matches!(s.kind, Kind::Claim | Kind::AllRights);
    let offers: Vec<&Statement> = standing.iter().copied().filter(|s| s.kind == Kind::Offer).collect();
    let mut weighed: Vec<&Statement> = standing.iter().copied().filter(|s| s.kind != Kind::Offer && !background(s)).collect();
    let mut lost: Vec<EvidenceId> = beaten.iter().map(|s| s.id).collect();
    let claims: Vec<&Statement> = standing.iter().copied().filter(background).collect();
    let against_grant = weighed.iter().any(|s| s.kind == Kind::Licence && s.opens());
    // "All rights reserved" beside a licence is a contradiction; a bare copyright line beside it is not.
    if weighed.is_empty() || against_grant {
        weighed.extend(claims.iter().filter(|s| s.kind == Kind::AllRights || !against_grant));
    }
    if weighed.is_empty() {
        weighed.clone_from(&offers);
    }
    let mut ruling = decide(subject, usage, addressee, &weighed)?;
    answer(&mut ruling, &offers, &weighed);
    ruling.rightsholder = whom_to_ask(&ruling, &weighed, holder);
    lost.retain(|id| !ruling.because.contains(id));
    ruling.overruled.extend(lost);
    ruling.overruled.sort_unstable();
    ruling.overruled.dedup();
    Some(ruling)
}

/// The statements that stand after each mechanism was weighed by its own rule, and those that fell.
fn weigh_inside(said: &[Statement]) -> (Vec<&Statement>, Vec<&Statement>) {
    let stands = |s: &&Statement| {
        let rivals = said.iter().filter(|r| r.mechanism == s.mechanism && s.is_weighed_with(r));
        match inside(s.mechanism) {
            Inside::LastCarrier => rivals.map(|r| r.rank).max() == Some(s.rank),
            Inside::MostSpecific => rivals.map(|r| (r.explicit, r.by_name)).max() == Some((s.explicit, s.by_name)),
            Inside::MostRestrictive => true,
        }
    };
    said.iter().filter(|s| s.state != State::Unstated).partition(stands)
}

impl Statement {
    /// Copyright lines are not weighed against reservations here: they yield later, wherever anything else is said.
    fn is_weighed_with(&self, other: &Self) -> bool {
        let claim = |s: &Self| matches!(s.kind, Kind::Claim | Kind::AllRights);
        claim(self) == claim(other)
    }

    /// Restrictiveness, explicit before derived, by name before by general words.
    fn weight(&self) -> (u8, bool, bool) {
        (weight(self.state), self.explicit, self.by_name)
    }
}

fn weight(state: State) -> u8 {
    match state {
        State::Unstated => 0,
        State::Allowed => 1,
        State::Conditional => 2,
        State::Prohibited => 3,
        State::Conflict => 4,
    }
}

fn decide(subject: &Subject, usage: Use, addressee: &str, weighed: &[&Statement]) -> Option<Ruling> {
    let top = weighed.iter().max_by_key(|s| (s.weight(), std::cmp::Reverse(s.id)))?;
    let conflict = weighed.iter().any(|a| weighed.iter().any(|b| contradict(a, b)));
    let decisive = |s: &&&Statement| if conflict { s.restricts() } else { s.state == top.state };
    let (because, rest): (Vec<&Statement>, Vec<&Statement>) = weighed.iter().copied().partition(|s| decisive(&s));
    let mut conditions: Vec<Condition> = Vec::new();
    // A prohibition has conditions too: what the law or a contract opens all the same.
    for condition in because.iter().flat_map(|s| &s.conditions) {
        if !conditions.contains(condition) {
            conditions.push(condition.clone());
        }
    }
    let best = because.iter().map(|s| (s.explicit, s.by_name)).max().unwrap_or_default();
    Some(Ruling {
        subject: subject.clone(),
        usage,
        addressee: addressee.to_owned(),
        state: if conflict { State::Conflict } else { top.state },
        explicit: best.0,
        by_name: best.1,
        conditions,
        rightsholder: None,
        because: ids(&because),
        overruled: ids(&rest),
    })
}

/// Opposite statements of different mechanisms. Both must be explicit; only a licence contradicts what is merely implied, because it
/// is the exception that a general rule has forgotten.
fn contradict(a: &Statement, b: &Statement) -> bool {
    let explicit = (a.explicit && b.explicit) || b.kind == Kind::Licence;
    a.mechanism != b.mechanism && a.restricts() && b.opens() && explicit
}

/// An offer by the same rightsholder turns a prohibition into "to be licensed".
fn answer(ruling: &mut Ruling, offers: &[&Statement], weighed: &[&Statement]) {
    let same_party = |o: &&&Statement| {
        weighed.iter().all(|s| match (&o.rightsholder, &s.rightsholder) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            _ => true,
        })
    };
    let taken: Vec<&Statement> = offers.iter().copied().filter(|o| same_party(&o) && !ruling.because.contains(&o.id)).collect();
    let asks = ruling.conditions.iter().any(|c| ["consent", "payment"].contains(&c.as_ref()));
    if taken.is_empty() || !(ruling.state == State::Prohibited || (ruling.state == State::Conditional && asks)) {
        return;
    }
    ruling.state = State::Conditional;
    for condition in taken.iter().flat_map(|o| &o.conditions) {
        if !ruling.conditions.contains(condition) {
            ruling.conditions.push(condition.clone());
        }
    }
    ruling.because.extend(ids(&taken));
    ruling.because.sort_unstable();
    ruling.because.dedup();
}

fn whom_to_ask(ruling: &Ruling, weighed: &[&Statement], holder: Option<&str>) -> Option<String> {
    let decisive = weighed.iter().filter(|s| ruling.because.contains(&s.id));
    let named = decisive.filter_map(|s| s.rightsholder.as_deref()).next();
    let asked = matches!(ruling.state, State::Prohibited | State::Conditional | State::Conflict);
    named.or(holder.filter(|_| asked)).map(str::to_owned)
}

fn ids(statements: &[&Statement]) -> Vec<EvidenceId> {
    let mut ids: Vec<EvidenceId> = statements.iter().map(|s| s.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
