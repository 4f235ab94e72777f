//! What is weak about a policy without being wrong.

use rightscheck::policy::{Policy, PolicyFile};

fn codes(rules: &str) -> Vec<String> {
    let file = PolicyFile { name: "test.toml".to_owned(), text: format!("schema = 1\n[policy]\nid = \"test\"\n{rules}") };
    let policy = Policy::load(&file, &|name, _| Err(format!("no {name}"))).unwrap_or_else(|problems| panic!("{problems:#?}"));
    policy.weaknesses().iter().map(|p| format!("{} {}", p.code, &p.file.text[p.primary.0.clone()])).collect()
}

const TESTED: &str =
    "[[rule.a.test]]\nname = \"1\"\ntext = \"x\"\nexpect = \"pass\"\n[[rule.a.test]]\nname = \"2\"\ntext = \"x\"\nexpect = \"fail\"\n";

fn rule(lines: &str) -> String {
    format!("[rule.a]\ntitle = \"A\"\n{lines}\n{TESTED}")
}

#[test]
fn a_tested_rule_is_not_weak() {
    assert_eq!(codes(&rule("require = \"byline\"")), [""; 0]);
}

#[test]
fn untested_rules_and_half_tested_ones_are_named() {
    assert_eq!(codes("[rule.a]\ntitle = \"A\"\nrequire = \"byline\"\n"), ["untested-rule a"]);
    let half = "[rule.a]\ntitle = \"A\"\nrequire = \"byline\"\n[[rule.a.test]]\nname = \"1\"\ntext = \"x\"\nexpect = \"fail\"\n";
    assert_eq!(codes(half), ["untested-rule a"]);
}

#[test]
fn patterns_without_a_literal_and_unused_detectors_are_named() {
    let detector = "[detector.d]\nyields = \"n\"\npattern = '[a-z]+\\d'\n";
    assert_eq!(codes(&format!("{detector}{}", rule("forbid = \"n\""))), ["pattern-without-literal '[a-z]+\\d'"]);
    let named = "[detector.d]\nyields = \"n\"\npattern = 'word\\d'\n";
    assert_eq!(codes(&format!("{named}{}", rule("require = \"byline\""))), ["unused-detector 'word\\d'"]);
}

#[test]
fn rules_that_cannot_apply_or_both_be_fulfilled_are_named() {
    assert_eq!(codes(&rule("require = \"byline\"\nwhen = { role = \"logo\" }")), ["never-applies a"]);
    assert_eq!(codes(&rule("require = \"byline\"\nwhen = { has = \"date\", lacks = \"date\" }")), ["never-applies a"]);
    assert_eq!(codes(&rule("require = \"byline\"\neffective = 2027-01-01\nuntil = 2026-01-01")), ["never-applies a"]);
    let second = format!("[rule.b]\ntitle = \"B\"\nforbid = \"byline\"\n{}", TESTED.replace("rule.a", "rule.b"));
    assert_eq!(codes(&format!("{}{second}", rule("require = \"byline\""))), ["rules-contradict b"]);
}
