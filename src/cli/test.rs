//! `rightscheck test`: the tests that stand inside policies.

use crate::check::rule_tests;
use crate::check::rule_tests::RuleTestResult;
use crate::check::rule_tests::Verdict;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Session;
use crate::cli::args::TestArgs;
use crate::cli::page::Page;
use crate::cli::policy_source::InForce;
use crate::input::read;
use crate::input::select;
use crate::policy::Policy;
use crate::report::concise;
use crate::report::human::paint::Ink;
use crate::report::human::paint::Paint;
use crate::report::human::visible;

/// Runs the tests of the policies of `args`. Exit code 1 if one fails.
pub(crate) fn run(args: &TestArgs, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let names: Vec<&[String]> = if args.policies.is_empty() { vec![&[]] } else { args.policies.chunks(1).collect() };
    let mut exit = Exit::Clean;
    for (n, names) in names.into_iter().enumerate() {
        let in_force = InForce::of(session, names, None);
        let policy = match in_force.usable(session)? {
            Ok(policy) => policy,
            Err(unusable) => {
                exit = unusable;
                continue;
            }
        };
        let mut page = Page::new(session.terminal);
        if n > 0 {
            page.line("");
        }
        let tally = test(&in_force, policy, Paint(session.terminal.out.color), &mut page);
        session.print(&page.finish())?;
        if exit == Exit::Clean && (tally.failed > 0 || args.strict && tally.weak > 0) {
            exit = Exit::Findings;
        }
    }
    Ok(exit)
}

/// What came of the tests of a policy.
#[derive(Default)]
struct Tally {
    rules: usize,
    tests: usize,
    passed: usize,
    failed: usize,
    todo: usize,
    /// Rules without a failing and a passing test, or with a key that no test would miss.
    weak: usize,
    untested: usize,
}

fn test(in_force: &InForce, policy: &Policy, paint: Paint, page: &mut Page) -> Tally {
    let files = |path: &str| read::file(&in_force.loaded.path.join(path), path, select::DEFAULT_MAX_SIZE).map_err(|e| e.to_string());
    let results = rule_tests::run(policy, &files);
    let width = results.iter().map(|r| visible::width(concise::key(&r.rule))).max().unwrap_or(0);
    let mut tally = Tally { rules: results.len(), ..Tally::default() };
    for result in &results {
        tally.add(result);
        rule(result, width, paint, page);
    }
    let parts = [
        format!("{} rules of {}", tally.rules, in_force.file(&in_force.loaded.name)),
        format!("{} tests", tally.tests),
        paint.ink(Ink::Pass, &format!("{} passed", tally.passed)),
        if tally.failed > 0 { paint.ink(Ink::Error, &format!("{} failed", tally.failed)) } else { "0 failed".to_owned() },
        format!("{} to do", tally.todo),
        format!("{} rules untested", tally.untested),
    ];
    let shown = |p: &&String| !p.starts_with("0 to do");
    page.line(&parts.iter().filter(shown).cloned().collect::<Vec<_>>().join(" · "));
    tally
}

impl Tally {
    fn add(&mut self, result: &RuleTestResult) {
        self.tests += result.tests.len();
        for test in &result.tests {
            match test.verdict {
                Verdict::Passed => self.passed += 1,
                Verdict::Failed(_) | Verdict::TodoPasses => self.failed += 1,
                Verdict::Todo(_) => self.todo += 1,
            }
        }
        self.untested += usize::from(result.tests.is_empty());
        self.weak += usize::from(!weakness(result).is_empty());
    }
}

/// One line for a rule, and one for each test that doesn't pass.
fn rule(result: &RuleTestResult, width: usize, paint: Paint, page: &mut Page) {
    let failed = result.tests.iter().any(|t| matches!(t.verdict, Verdict::Failed(_) | Verdict::TodoPasses));
    let (ink, word) = match (result.tests.is_empty(), failed) {
        (true, _) => (Ink::Faint, "–"),
        (_, true) => (Ink::Error, "FAILED"),
        (_, false) => (Ink::Pass, "ok"),
    };
    let count = format!("{:3} {}", result.tests.len(), if result.tests.len() == 1 { "test " } else { "tests" });
    let head = format!("rule {:width$}  {count}  {}", concise::key(&result.rule), paint.ink(ink, &format!("{word:6}")));
    let weak = weakness(result);
    page.line(format!("{head}  {}", paint.ink(Ink::Warning, &weak)).trim_end());
    for test in &result.tests {
        let name = visible::visible(&test.name);
        match &test.verdict {
            Verdict::Passed => {}
            Verdict::Failed(differences) => {
                page.line(&format!("     {} {name} (expects {})", paint.ink(Ink::Error, "failed:"), test.expect));
                differences.iter().for_each(|d| page.line(&format!("       {}", visible::line(d, 200))));
            }
            Verdict::Todo(why) => page.line(&format!("     {} {name}: {}", paint.ink(Ink::Warning, "to do:"), visible::line(why, 200))),
            Verdict::TodoPasses => {
                page.line(&format!("     {} {name}: it passes; take its `todo` away", paint.ink(Ink::Error, "done:")));
            }
        }
    }
}

/// What the tests of a rule leave open, in one line; empty if nothing.
fn weakness(result: &RuleTestResult) -> String {
    let keys: Vec<String> = result.untested_keys.iter().map(|k| format!("`{k}`")).collect();
    match (result.tests.is_empty(), result.shows_a_pass(), result.shows_a_failure()) {
        (true, ..) => "untested: add one that passes and one that fails".to_owned(),
        (_, false, _) => "no test shows it fulfilled".to_owned(),
        (_, _, false) => "no test shows it not fulfilled".to_owned(),
        _ if keys.is_empty() => String::new(),
        _ => format!("{} could be removed and no test would notice", keys.join(", ")),
    }
}
