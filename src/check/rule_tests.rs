//! The tests that stand inside rules, and whether they would notice a missing key.

use crate::check::{CheckOptions, judge_rules, state};
use crate::detect::Facts;
use crate::detect::reading::{ReadSource, Reading};
use crate::finding::Finding;
use crate::policy::Policy;
use crate::policy::rule::{Rule, RuleTest, TestContent};
use crate::rights::Rights;
use crate::source::{Origin, Source};
use crate::terms::Outcome;
use jiff::civil::Date;

/// The day of a test that doesn't say its own, so that tests don't change with the day they run.
pub const USUAL_DAY: Date = jiff::civil::date(2026, 11, 20);

/// Finds the file of a test by the path written there. The error says why not, in one line.
pub type Files<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'a;

/// What the tests of one rule showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTestResult {
    /// Full name of the rule.
    pub rule: String,
    /// One entry per test of the rule, in order.
    pub tests: Vec<TestResult>,
    /// Narrowing keys that could be removed without any test noticing. Empty where the rule has no test, or a test that fails.
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

impl RuleTestResult {
    /// Whether a test shows the rule fulfilled.
    pub fn shows_a_pass(&self) -> bool {
        self.tests.iter().any(|t| t.expect == Outcome::Pass)
    }

    /// Whether a test shows the rule not fulfilled.
    pub fn shows_a_failure(&self) -> bool {
        self.tests.iter().any(|t| matches!(t.expect, Outcome::Fail | Outcome::Review))
    }
}

/// Runs the tests of `policy`'s own file; those of extended files are run where they stand, because this policy may have changed
/// their rules. Every rule whose verb or tests stand in the file has a result.
pub fn run(policy: &Policy, files: &Files<'_>) -> Vec<RuleTestResult> {
    let own = policy.rules.iter().filter(|rule| is_own(policy, rule));
    own.map(|rule| run_rule(policy, rule, files)).collect()
}

fn is_own(policy: &Policy, rule: &Rule) -> bool {
    *rule.id == *format!("{}/{}", policy.id, rule.key) || rule.tests.iter().any(|t| !t.inherited)
}

fn run_rule(policy: &Policy, rule: &Rule, files: &Files<'_>) -> RuleTestResult {
    let tests: Vec<&RuleTest> = rule.tests.iter().filter(|t| !t.inherited).collect();
    let cases: Vec<Result<Case<'_>, String>> = tests.iter().map(|test| Case::new(test, files)).collect();
    let mut results = Vec::new();
    let mut ready = Vec::new();
    for (test, case) in tests.iter().zip(&cases) {
        let differences = match case {
            Err(why) => vec![why.clone()],
            Ok(case) => case.with_reading(policy, |reading| {
                let prepared = Prepared::new(test, policy, reading);
                prepared.differences(policy, rule)
            }),
        };
        if differences.is_empty() {
            ready.extend(case.as_ref().ok());
        }
        results.push(TestResult { name: test.name.clone(), expect: test.expect, verdict: verdict(test, differences) });
    }
    let untested_keys = if ready.len() == tests.len() { untested_keys(policy, rule, &ready) } else { Vec::new() };
    RuleTestResult { rule: rule.id.to_string(), tests: results, untested_keys }
}

fn verdict(test: &RuleTest, differences: Vec<String>) -> Verdict {
    match (&test.todo, differences.is_empty()) {
        (None, true) => Verdict::Passed,
        (None, false) => Verdict::Failed(differences),
        (Some(why), false) => Verdict::Todo(why.clone()),
        (Some(_), true) => Verdict::TodoPasses,
    }
}

/// Runs each test with each narrowing key removed.
fn untested_keys(policy: &Policy, rule: &Rule, cases: &[&Case<'_>]) -> Vec<String> {
    let mut keys = if cases.is_empty() { Vec::new() } else { rule.narrowing_keys() };
    for case in cases {
        case.with_reading(policy, |reading| {
            let prepared = Prepared::new(case.test, policy, reading);
            keys.retain(|key| prepared.differences(policy, &rule.without(key)).is_empty());
        });
    }
    keys
}

/// A test with its document read.
struct Case<'t> {
    test: &'t RuleTest,
    main: ReadSource,
    companions: Vec<ReadSource>,
}

impl<'t> Case<'t> {
    fn new(test: &'t RuleTest, files: &Files<'_>) -> Result<Self, String> {
        let (path, bytes) = match &test.content {
            TestContent::Html(text) => ("test.html", text.clone().into_bytes()),
            TestContent::Markdown(text) => ("test.md", text.clone().into_bytes()),
            TestContent::Text(text) => ("test.txt", text.clone().into_bytes()),
            TestContent::File(path) => (path.as_str(), files(path)?),
        };
        let origin = Origin { path: test.path.as_deref().unwrap_or(path).to_owned(), url: test.url.clone() };
        let main = ReadSource::new(Source::with_headers(origin, bytes, test.headers.clone()));
        let companion =
            |(path, text): &(String, String)| ReadSource::new(Source::new(Origin::path(path.as_str()), text.clone().into_bytes()));
        Ok(Self { test, main, companions: test.companions.iter().map(companion).collect() })
    }

    fn with_reading<T>(&self, policy: &Policy, then: impl FnOnce(&Reading<'_>) -> T) -> T {
        let companions: Vec<&ReadSource> = self.companions.iter().collect();
        then(&Reading::new(&self.main, &companions, policy.lexicon()))
    }
}

/// A test with everything that doesn't depend on the rule.
struct Prepared<'a> {
    test: &'a RuleTest,
    reading: &'a Reading<'a>,
    facts: Facts,
    rights: Rights,
}

impl<'a> Prepared<'a> {
    fn new(test: &'a RuleTest, policy: &Policy, reading: &'a Reading<'a>) -> Self {
        let (facts, rights) = state(reading, policy);
        Self { test, reading, facts, rights }
    }

    /// In what `rule` differs from what the test expects, one line each.
    fn differences(&self, policy: &Policy, rule: &Rule) -> Vec<String> {
        let mut options = CheckOptions::new(self.test.as_of.unwrap_or(USUAL_DAY));
        options.purposes.clone_from(&rule.purpose);
        let (findings, results) = judge_rules(self.reading, &self.facts, &self.rights, (policy, &[rule]), &options);
        let outcome = results.iter().map(|r| r.outcome).max_by_key(|o| weight(*o)).unwrap_or(Outcome::Skip);
        let mut differences = Vec::new();
        if outcome != self.test.expect {
            let messages: Vec<_> = findings.iter().map(|f| f.message.as_str()).collect();
            differences.push(format!("{outcome}, not {} {}", self.test.expect, messages.join(" · ")).trim_end().to_owned());
        }
        differences.extend(self.places(&findings));
        if let Some(message) = self.test.message.as_ref().filter(|m| !findings.iter().any(|f| f.message == **m)) {
            let found: Vec<_> = findings.iter().map(|f| f.message.as_str()).collect();
            differences.push(format!("no finding says “{message}”, but: {}", found.join(" · ")));
        }
        differences
    }

    /// Whether the findings underline what the test names, in order.
    fn places(&self, findings: &[Finding]) -> Option<String> {
        if self.test.at.is_empty() {
            return None;
        }
        let found: Vec<_> = findings.iter().map(|f| self.underlined(f)).collect();
        let same = found.len() == self.test.at.len() && found.iter().zip(&self.test.at).all(|(found, at)| found.contains(at));
        let words = |list: &[String]| list.iter().map(|w| format!("“{w}”")).collect::<Vec<_>>().join(", ");
        let first: Vec<String> = found.iter().map(|f| f[0].clone()).collect();
        (!same).then(|| format!("underlines {}, not {}", words(&first), words(&self.test.at)))
    }

    /// What a finding underlines: as a reader sees it, and as it is written.
    fn underlined(&self, finding: &Finding) -> [String; 2] {
        let Some(primary) = &finding.primary else { return [String::new(), String::new()] };
        let location = primary.place.location;
        let sources = std::iter::once(self.reading.main).chain(self.reading.companions.iter().copied());
        let source = sources.map(|s| &s.source.text).nth(location.source.0 as usize);
        let written = source.and_then(|text| text.get(location.span.range())).unwrap_or("");
        [primary.place.quote.clone(), crate::text::squeeze(written)]
    }
}

/// The worst outcome of several subjects counts.
fn weight(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Skip => 0,
        Outcome::Pass => 1,
        Outcome::Review => 2,
        Outcome::Fail => 3,
    }
}
