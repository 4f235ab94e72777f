//! What is wrong with a policy, in the form of a finding.

use crate::policy::PolicyFile;
use std::ops::Range;
use std::sync::Arc;

/// One problem of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyProblem {
    /// Stable code: `unknown-word`, `key-not-for-this-fact`, `bad-pattern`, …; [`explain`] has a text for each.
    pub code: &'static str,
    /// One line.
    pub message: String,
    /// The file it stands in.
    pub file: Arc<PolicyFile>,
    /// The faulty bytes and what to say there.
    pub primary: (Range<usize>, String),
    /// Other places in the same file that explain it.
    pub related: Vec<(Range<usize>, String)>,
    /// What would settle it.
    pub help: Option<String>,
}

/// Every code with its explanation, sorted.
pub const CODES: &[(&str, &str)] = &[];

/// The explanation of `code`, for `rightscheck explain`.
pub fn explain(code: &str) -> Option<&'static str> {
    CODES.iter().find(|(c, _)| *c == code).map(|&(_, text)| text)
}
