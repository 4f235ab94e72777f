//! One line of the matrix, with the words it rests on: the answer to "may I …?".

use crate::evidence::{Evidence, Subject};
use crate::report::human::inspection::InspectionView;
use crate::report::human::inspection::matrix;
use crate::report::human::inspection::pad;
use crate::report::human::paint::Ink;
use crate::report::human::visible;
use crate::terms::{State, Use};
use std::fmt::Write as _;

/// What documents answer to a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// It is allowed, unconditionally.
    Allowed,
    /// Nothing is said, or statements contradict each other.
    Unclear,
    /// It is prohibited, or open under conditions only.
    NotAllowed,
}

impl Answer {
    /// The answer of a state.
    pub fn of(state: State) -> Self {
        match state {
            State::Allowed => Self::Allowed,
            State::Conditional | State::Prohibited => Self::NotAllowed,
            State::Unstated | State::Conflict => Self::Unclear,
        }
    }
}

impl InspectionView<'_> {
    /// The answer to `usage` with a line end at its end: the state, then each statement that speaks of it.
    pub fn answer(&self, usage: Use) -> String {
        let ruling = self.rights.rulings.iter().find(|r| r.subject == Subject::Document && r.usage == usage && r.addressee == "*");
        let (ink, said) = ruling.map_or((Ink::Faint, "not stated".to_owned()), matrix::answer);
        let name = self.paint.ink(Ink::Strong, &visible::line(&self.names[0], self.width));
        let mut out = format!("{name}  {usage}: {}\n", self.paint.ink(ink, &visible::line(&said, self.width)));
        let decisive: Vec<&Evidence> = ruling.iter().flat_map(|r| &r.because).filter_map(|&id| self.evidence(id)).collect();
        let overruled: Vec<&Evidence> = ruling.iter().flat_map(|r| &r.overruled).filter_map(|&id| self.evidence(id)).collect();
        self.words(&decisive, usage, "", &mut out);
        self.words(&overruled, usage, "overruled: ", &mut out);
        out
    }

    fn words(&self, list: &[&Evidence], usage: Use, what: &str, out: &mut String) {
        let place = list.iter().map(|e| visible::width(&self.at(matrix::words(e, usage)))).max().unwrap_or(0);
        for evidence in list {
            let said = format!("{what}{} ({}, {})", evidence.claim.fact_name(), evidence.channel, evidence.confidence);
            let room = self.width.saturating_sub(place + visible::width(&said) + 10).max(24);
            let quote = visible::line(&evidence.place.quote, room);
            let _ = writeln!(
                out,
                "    {}  “{quote}”  {}",
                pad(&self.at(matrix::words(evidence, usage)), place),
                self.paint.ink(Ink::Faint, &said)
            );
        }
    }
}
