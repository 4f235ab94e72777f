//! What the statements add up to: per use, subject and addressee.

use crate::detect::Facts;
use crate::detect::reading::Reading;
use crate::evidence::{EvidenceId, Subject};
use crate::terms::{Condition, State, Use};

/// The resolved matrix of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rights {
    /// One entry per use, subject and addressee about which anything is said, in this order.
    pub rulings: Vec<Ruling>,
}

/// The state of one use.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// The document or one picture.
    pub subject: Subject,
    /// The use.
    pub usage: Use,
    /// `*`, a crawler or an operator.
    pub addressee: String,
    /// The state.
    pub state: State,
    /// Stated, or derived from a statement about another use.
    pub explicit: bool,
    /// Named itself (`true`) or covered by general words.
    pub by_name: bool,
    /// Under which conditions.
    pub conditions: Vec<Condition>,
    /// Whom to ask.
    pub rightsholder: Option<String>,
    /// The decisive statements.
    pub because: Vec<EvidenceId>,
    /// Statements that say otherwise and lost.
    pub overruled: Vec<EvidenceId>,
}

/// Resolves the statements.
pub fn resolve(_reading: &Reading<'_>, _facts: &Facts) -> Rights {
    Rights::default()
}
