//! Every test of every built-in rule, and whether removing a key would go unnoticed.

use rightscheck::check::rule_tests::{RuleTestResult, Verdict, run};
use rightscheck::policy::{Policy, builtin_names};

fn results() -> Vec<RuleTestResult> {
    let none = |path: &str| Err(format!("built-in rules have no file {path}"));
    builtin_names().flat_map(|name| run(&policy(name), &none)).collect()
}

#[track_caller]
fn policy(name: &str) -> Policy {
    Policy::builtin(name).unwrap_or_else(|problems| {
        let lines: Vec<_> = problems.iter().map(|p| format!("{} {}: {} {:?}", p.file.name, p.code, p.message, p.primary)).collect();
        panic!("{}", lines.join("\n"))
    })
}

#[test]
fn every_built_in_rule_passes_its_tests() {
    let mut wrong = Vec::new();
    for rule in results() {
        for test in &rule.tests {
            match &test.verdict {
                Verdict::Passed => {}
                Verdict::Todo(_) | Verdict::TodoPasses => wrong.push(format!("{} “{}” is still marked `todo`", rule.rule, test.name)),
                Verdict::Failed(differences) => wrong.push(format!("{} “{}”: {}", rule.rule, test.name, differences.join("; "))),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_built_in_rule_has_a_passing_and_a_failing_test() {
    let untested: Vec<_> = results().into_iter().filter(|r| !r.shows_a_pass() || !r.shows_a_failure()).map(|r| r.rule).collect();
    assert!(untested.is_empty(), "untested: {}", untested.join(", "));
}

#[test]
fn removing_any_narrowing_key_of_a_built_in_rule_breaks_a_test() {
    let untested: Vec<_> = results().into_iter().filter(|r| !r.untested_keys.is_empty()).collect();
    let lines: Vec<_> = untested.iter().map(|r| format!("{}: {}", r.rule, r.untested_keys.join(", "))).collect();
    assert!(lines.is_empty(), "keys whose removal no test notices:\n{}", lines.join("\n"));
}

#[test]
fn essentials_loads_in_no_time_and_a_profile_is_read_in_two_minutes() {
    for name in ["essentials", "publish", "reuse", "eu-tdm"] {
        let text = rightscheck::policy::builtin_file(name).unwrap().text;
        let words = text.split_whitespace().count();
        assert!(words < 500, "{name} has {words} words");
    }
}
