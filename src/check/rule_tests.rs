//! The tests that stand inside rules, and whether they would notice a missing key.

use crate::policy::Policy;
use crate::terms::Outcome;

/// What the tests of one rule showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTestResult {
    /// Full name of the rule.
    pub rule: String,
    /// One entry per test of the rule, in order.
    pub tests: Vec<TestResult>,
    /// Narrowing keys that could be removed without any test noticing.
    pub untested_keys: Vec<String>,
}

/// What came of one test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// Its name.
    pub name: String,
    /// What it expects.
    pub expect: Outcome,
    /// What it showed.
    pub verdict: Verdict,
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As expected.
    Passed,
    /// Not as expected: each difference in one line.
    Failed(Vec<String>),
    /// It fails as its `todo` says.
    Todo(String),
    /// It has a `todo` and passes: the `todo` can go.
    TodoPasses,
}

/// Runs the tests of `policy`'s own rules; those of extended files are run where they stand. `files` gives the content of a test's
/// `file`, by the path written there.
pub fn run(_policy: &Policy, _files: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Vec<RuleTestResult> {
    Vec::new()
}
