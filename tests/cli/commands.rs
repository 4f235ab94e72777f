//! The other commands: explain, rules, test, try, policy, completions, man.

use crate::run::BARE;
use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::POLICY;
use crate::run::Run;
use rightscheck::detect::DETECTORS;
use rightscheck::policy::Policy;
use rightscheck::policy::builtin_names;
use rightscheck::policy::problem::CODES;
use rightscheck::terms::Fact;
use rightscheck::terms::Use;

#[test]
fn a_rule_is_explained_with_the_places_of_its_keys() {
    let output = Run::with_policy().run(["explain", "no-embargo"]).ends_with(0);
    output.says("rule house/no-embargo").says("must not have: embargo-line").says("rightscheck.toml:24:10").says("{quote}");
}

#[test]
fn every_use_fact_detector_and_code_is_explained() {
    let uses = Use::ALL.iter().map(|u| u.name());
    let facts = Fact::ALL.iter().map(|f| f.name());
    let words = uses.chain(facts).chain(DETECTORS.iter().map(|d| d.id)).chain(CODES.iter().map(|(c, _)| *c));
    for word in words.chain(["mine", "conditional", "by-law", "medium", "sidecar", "unreadable", "no-documents", "encoding"]) {
        let output = Run::new().run(["explain", word]).ends_with(0);
        assert!(output.out.len() > word.len() + 20, "{word}: {}", output.out);
    }
}

#[test]
fn every_built_in_rule_is_explained() {
    for name in builtin_names() {
        for rule in Policy::builtin(name).unwrap().rules {
            let policy = format!("builtin:{name}");
            Run::new().run(["explain", "--policy", &policy, &format!("rule:{}", rule.key)]).ends_with(0).says(&rule.title[..10]);
        }
    }
}

#[test]
fn an_everyday_word_leads_to_the_use() {
    Run::new().run(["explain", "mine"]).ends_with(0).says("use tdm").says("tdmrep");
}

#[test]
fn wordings_and_detectors_of_the_policy_are_explained() {
    let policy = format!("{POLICY}\n[wording.house-2026]\nlang = \"en\"\ntext = \"No use without the consent of Example Media Ltd.\"\n");
    let run = Run::new().file("rightscheck.toml", policy);
    run.run(["explain", "wording:house-2026"]).ends_with(0).says("No use without the consent");
    run.run(["explain", "detector:embargo-line"]).ends_with(0).says("yields `embargo-line`").says("embargoed until");
}

#[test]
fn an_unknown_word_is_answered_with_the_near_one() {
    Run::with_policy().run(["explain", "no-embarg"]).ends_with(2).says("nothing here is called `no-embarg`; did you mean `no-embargo`?");
}

#[test]
fn a_finding_is_explained_from_documents_and_from_a_saved_run() {
    let run = Run::with_policy().file("news/a.txt", EMBARGO);
    run.check(["news", "--output", "json=run.json", "--output", "jsonl=run.jsonl"]);
    let saved: serde_json::Value = serde_json::from_str(&run.read("run.json")).unwrap();
    let name = saved["findings"][0]["fingerprint"].as_str().unwrap();
    for file in ["run.json", "run.jsonl"] {
        let output = run.run(["explain", name, "--run", file]).ends_with(0);
        output.says("internal line left in the text").says("news/a.txt:5:1").says("rule house/no-embargo");
    }
    run.run(["explain", name, "news"]).ends_with(0).says("error[no-embargo]").says("rule house/no-embargo");
    run.run(["explain", "rc1-aaaaaaaaaaaaaaaa", "news"]).ends_with(2).says("no finding rc1-aaaaaaaaaaaaaaaa");
    run.run(["explain", name]).ends_with(2).says("--run");
}

#[test]
fn rules_in_force_are_listed_with_where_each_setting_comes_from() {
    let own = "schema = 1\n[policy]\nid = \"own\"\nextends = [\"file:base.toml\"]\n[rule.byline]\nseverity = \"off\"\n";
    let run = Run::new().file("site/rightscheck.toml", own).file("site/base.toml", POLICY).file("site/news/a.txt", BARE);
    let output = run.run(["rules", "site/news/a.txt"]).ends_with(0);
    output.says("policy own").says("site/rightscheck.toml:6:12").says("site/base.toml:10:11").says("off      house/byline");
    Run::new().run(["rules"]).ends_with(0).says("builtin:essentials").says("no rightscheck.toml found");
}

const TESTS: &str = r#"
[[rule.byline.test]]
name = "an author under the headline"
text = "Harbour closed\n\nBy Ann Example\n\nThe harbour was closed because of the storm.\n"
expect = "pass"

[[rule.byline.test]]
name = "nobody is named"
text = "Harbour closed\n\nThe harbour was closed because of the storm.\n"
expect = "fail"
"#;

#[test]
fn tests_inside_a_policy_are_run() {
    let run = Run::new().file("rightscheck.toml", format!("{POLICY}{TESTS}"));
    let output = run.run(["test"]).ends_with(0);
    output
        .says("rule byline")
        .says("2 tests  ok")
        .says("untested: add one that passes and one that fails")
        .says("2 passed · 0 failed · 2 rules untested");
    run.run(["test", "--strict"]).ends_with(1);
}

#[test]
fn a_test_that_fails_says_how() {
    let wrong = TESTS.replace("expect = \"pass\"", "expect = \"fail\"");
    let run = Run::new().file("house.toml", format!("{POLICY}{wrong}"));
    run.run(["test", "house.toml"]).ends_with(1).says("FAILED").says("an author under the headline").says("1 failed");
}

#[test]
fn a_pattern_is_tried_on_documents() {
    let run = Run::new().file("a.txt", EMBARGO).file("b.txt", BARE);
    let output = run.run(["try", "--pattern", "(?i)embargoed until (?P<day>\\w+)", "."]).ends_with(0);
    output.says("a.txt:5:1").says("day: Friday").says("1 found in 2 documents");
    run.run(["try", "--pattern", "nothing like it", "."]).ends_with(1).says("0 found");
    run.run(["try", "--pattern", "(?P<day", "."]).ends_with(2).says("--pattern");
    run.run(["try", "."]).ends_with(2);
}

#[test]
fn a_selector_is_tried_on_documents() {
    Run::new().file("a.html", GOOD).run(["try", "--select", "p.byline", "a.html"]).ends_with(0).says("By Ann Example");
}

#[test]
fn draft_rules_are_tried_and_nothing_else() {
    let draft = "[rule.dated]\ntitle = \"Every article is dated\"\nrequire = \"date\"\nseverity = \"error\"\n";
    let run = Run::with_policy().file("draft.toml", draft).file("a.txt", BARE).file("b.html", GOOD);
    let output = run.run(["try", "--rule", "draft.toml", "."]).ends_with(0);
    output.says("error[dated]").says("pass[dated]").does_not_say("[byline]");
    let run = Run::with_policy().file("draft.toml", draft.replace("\"date\"", "\"dat\"")).file("a.txt", BARE);
    run.run(["try", "--rule", "draft.toml", "a.txt"]).ends_with(2).says("--> draft.toml:3:11").says("did you mean `date`?");
}

#[test]
fn policies_are_checked_and_printed() {
    let run = Run::with_policy();
    run.run(["policy", "check"]).says("rightscheck.toml: 3 rules, no problem");
    Run::new().file("p.toml", "schema = 1\n[rule.a]\n").run(["policy", "check", "p.toml"]).ends_with(2).says("p.toml:");
    assert_eq!(run.run(["policy", "show", "rightscheck.toml"]).ends_with(0).out, POLICY);
    run.run(["policy", "show"]).ends_with(0).says("builtin:essentials");
    let shown = run.run(["policy", "show", "builtin:essentials"]).ends_with(0).out;
    Run::new().file("p.toml", shown).run(["policy", "check", "p.toml"]).says("no problem");
    run.run(["policy", "show", "builtin:essential"]).ends_with(2).says("did you mean `builtin:essentials`?");
}

#[test]
fn completions_and_the_manual_page_come_from_the_program() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        Run::new().run(["completions", shell]).ends_with(0).says("inspect");
    }
    Run::new().run(["man"]).ends_with(0).says(".TH rightscheck 1");
    Run::new().run(["man", "check"]).ends_with(0).says(".TH rightscheck-check 1").says("min\\-confidence");
    Run::new().run(["man", "chek"]).ends_with(2).says("no command `chek`");
}

#[test]
fn help_names_the_exit_codes() {
    let help = Run::new().run(["--help"]).ends_with(0);
    help.says("3  something could not be read").says("inspect").does_not_say("--min-confidence");
    Run::new().run(["check", "--help"]).ends_with(0).says("--min-confidence");
}
