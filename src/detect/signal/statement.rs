//! Builds the evidence of a signal from rows of the mapping.

use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Signal;
use crate::evidence::SignalState;
use crate::evidence::Subject;
use crate::registry::mapping::Row;
use crate::terms::Channel;
use crate::terms::Condition;
use crate::terms::Confidence;
use crate::terms::State;

/// A signal on its way to evidence: what is the same for all states of one place.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    signal: Signal,
    subject: Subject,
    place: Place,
    confidence: Confidence,
}

impl Statement {
    /// A statement of `mechanism` about the document, addressed to everybody.
    pub(super) fn new(mechanism: &'static str, carrier: &'static str, value: &str, place: Place) -> Self {
        let signal = Signal {
            mechanism,
            value: value.to_owned(),
            states: Vec::new(),
            addressee: "*".to_owned(),
            scope: "document",
            carrier,
            operator: None,
            rightsholder: None,
        };
        Self { signal, subject: Subject::Document, place, confidence: Confidence::High }
    }

    pub(super) fn with_value(mut self, value: String) -> Self {
        self.signal.value = value;
        self
    }

    pub(super) fn scope(mut self, scope: &'static str) -> Self {
        self.signal.scope = scope;
        self
    }

    pub(super) fn about(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }

    pub(super) fn to(mut self, addressee: &str, operator: Option<&str>) -> Self {
        addressee.clone_into(&mut self.signal.addressee);
        self.signal.operator = operator.map(str::to_owned);
        self
    }

    pub(super) fn rightsholder(mut self, rightsholder: Option<&str>) -> Self {
        self.signal.rightsholder = rightsholder.map(str::to_owned);
        self
    }

    pub(super) fn sure(mut self, confidence: Confidence) -> Self {
        self.confidence = self.confidence.min(confidence);
        self
    }

    /// Adds the states of `row`. A condition that is only a name (`operator`, `max-chars`, `until`) gets its value from `values`.
    pub(super) fn row(mut self, row: &Row, values: &[(&str, &str)]) -> Self {
        for state in &row.states {
            let conditions = if state.state == State::Conditional {
                row.conditions_of(state.usage).map(|c| valued(c, values)).collect()
            } else {
                Vec::new()
            };
            self.add(SignalState { usage: state.usage, state: state.state, explicit: state.explicit, conditions });
        }
        self
    }

    /// Adds a state; of two about the same use the more restrictive stays, equal ones share their conditions.
    pub(super) fn add(&mut self, new: SignalState) {
        let weight = |s: &SignalState| (s.state == State::Prohibited, s.state == State::Conditional, s.explicit);
        match self.signal.states.iter_mut().find(|s| s.usage == new.usage) {
            Some(old) if old.state == new.state => {
                old.explicit |= new.explicit;
                old.conditions.extend(new.conditions.into_iter().filter(|c| !old.conditions.contains(c)).collect::<Vec<_>>());
            }
            Some(old) if weight(&new) > weight(old) => *old = new,
            Some(_) => {}
            None => self.signal.states.push(new),
        }
    }

    pub(super) fn states(&self) -> &[SignalState] {
        &self.signal.states
    }

    pub(super) fn states_mut(&mut self) -> &mut Vec<SignalState> {
        &mut self.signal.states
    }

    /// The evidence, states in the order of the uses.
    pub(super) fn evidence(mut self) -> Evidence {
        self.signal.states.sort_by_key(|s| s.usage);
        Evidence {
            subject: self.subject,
            claim: Claim::Signal(self.signal),
            channel: Channel::Signal,
            confidence: self.confidence,
            place: self.place,
            detector: "signal",
        }
    }
}

fn valued(condition: &str, values: &[(&str, &str)]) -> Condition {
    match values.iter().find(|(name, _)| *name == condition) {
        Some((name, value)) => Condition::from(format!("{name}={value}")),
        None => Condition::from(condition.to_owned()),
    }
}
