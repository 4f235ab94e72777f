//! What one statement says of each use, with the words that say it.

use crate::evidence::{Claim, Evidence, EvidenceId, Place};
use crate::rights::statement;
use crate::rights::statement::{Kind, Statement};
use crate::terms::{Exception, State, Use, UseName};

/// What a statement says of one use.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said<'e> {
    pub(super) usage: Use,
    /// How the matrix reads it.
    pub(super) statement: Statement,
    /// The words that say it.
    pub(super) place: &'e Place,
}

/// What `evidence` says of uses, in the order of [`Use::ALL`]; nothing if it doesn't speak of them.
pub(super) fn said(id: EvidenceId, evidence: &Evidence) -> Vec<Said<'_>> {
    let one = |statement: Statement| {
        let usage = statement.usage.filter(|_| statement.state != State::Unstated)?;
        Some(Said { usage, place: words(evidence, usage, statement.opens()), statement })
    };
    let mut statements = statement::of(id, evidence);
    statements.extend(snippet(&statements));
    let mut all: Vec<_> = statements.into_iter().filter_map(one).collect();
    all.sort_by_key(|s| s.usage);
    all
}

/// Who may republish may show a snippet. No licence says so, but whoever forbids it beside one contradicts it.
fn snippet(statements: &[Statement]) -> Option<Statement> {
    let republishes = |s: &&Statement| s.kind == Kind::Licence && s.usage == Some(Use::Redistribute) && s.opens();
    let licence = statements.iter().find(republishes)?;
    Some(Statement { usage: Some(Use::Excerpt), explicit: false, by_name: false, ..licence.clone() })
}

/// The words of a notice that speak of a use: its name, the exception that opens it, the general words, else the whole.
fn words(evidence: &Evidence, usage: Use, opens: bool) -> &Place {
    let (Claim::Reservation(terms) | Claim::Licence(terms)) = &evidence.claim else { return &evidence.place };
    let exception = terms.exceptions.iter().find(|(e, _)| opens && *e == Exception::Search).map(|(_, place)| place);
    let named = terms.uses.iter().find(|u| u.name.usage() == Some(usage)).map(|u| &u.place);
    let general = terms.uses.iter().find(|u| u.name == UseName::Any).map(|u| &u.place);
    exception.or(named).or(general).unwrap_or(&evidence.place)
}

impl Said<'_> {
    /// What it says in a word: `reserved`, `prohibited`, `allowed`, `allowed with attribution`.
    pub(super) fn in_words(&self) -> String {
        match self.statement.state {
            State::Conditional if self.statement.restricts() => "reserved".to_owned(),
            State::Conditional => format!("allowed with {}", self.statement.conditions.join(", ")),
            state => state.name().to_owned(),
        }
    }
}

/// Whether a condition means that somebody has to be asked or paid.
pub(super) fn asks(condition: &str) -> bool {
    ["consent", "payment", "licence-token", "contract", "licence-available"].contains(&condition)
}
