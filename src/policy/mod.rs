//! Policies: TOML files of rules, read with every problem at once, layered, and applied to one document at a time.

pub mod problem;

use crate::policy::problem::PolicyProblem;
use crate::terms::Severity;

/// A file a policy is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFile {
    /// How reports name it: `rightscheck.toml`, `builtin:publish`.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// The rules in force.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// `[policy] id`.
    pub id: String,
    /// `[policy] name`.
    pub name: String,
    /// `[policy] version`.
    pub version: String,
    /// Its rules in order.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Full name: `policy/rule`.
    pub id: String,
    /// A sentence.
    pub title: String,
    /// `None`: off.
    pub severity: Option<Severity>,
}

impl Policy {
    /// Reads `file` and what it extends. `resolve` finds the files that `extends` names; built-in ones need none.
    ///
    /// # Errors
    /// Every problem of the policy at once, in file order.
    pub fn load(_file: &PolicyFile, _resolve: &dyn Fn(&str) -> Result<PolicyFile, String>) -> Result<Self, Vec<PolicyProblem>> {
        Ok(Self::default())
    }
}
