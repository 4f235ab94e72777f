//! What is wrong with a policy, in the form of a finding.

use crate::policy::PolicyFile;
use std::ops::Range;

/// One problem of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyProblem {
    /// Stable code: `unknown-word`, `key-not-for-this-fact`, `bad-pattern`, …; each is explained by `rightscheck explain`.
    pub code: &'static str,
    /// One line.
    pub message: String,
    /// The file it stands in.
    pub file: PolicyFile,
    /// The faulty bytes and what to say there.
    pub primary: (Range<usize>, String),
    /// Other places that explain it.
    pub related: Vec<(Range<usize>, String)>,
    /// What would settle it.
    pub help: Option<String>,
}
