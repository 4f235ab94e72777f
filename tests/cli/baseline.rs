//! The baseline: what is known fails nothing, what is new does, and nothing enters unnoticed.

use crate::run::BARE;
use crate::run::DAY;
use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::POLICY;
use crate::run::Run;
use std::fs;

fn newsroom() -> Run {
    Run::with_policy().file("news/bare.txt", BARE).file("news/good.html", GOOD)
}

#[track_caller]
fn baseline(run: &Run, args: &[&str], code: i32) -> String {
    let day = if args[0] == "show" { &[][..] } else { &["--as-of", DAY] };
    let output = run.run(["baseline"].iter().chain(args).chain(day)).ends_with(code);
    format!("{}{}", output.messages, output.out)
}

#[test]
fn what_is_known_fails_nothing_and_what_is_new_does() {
    let run = newsroom();
    insta::assert_snapshot!(baseline(&run, &["create"], 0), @"rights-baseline.json: 2 known findings from today on");
    run.check(["news"]).ends_with(0).says("2 known findings in the baseline").does_not_say("error[");
    run.check(["news", "--no-baseline"]).ends_with(1);
    let run = run.file("news/new.txt", EMBARGO);
    let found = run.check(["news", "--format", "concise"]).ends_with(1).out;
    assert!(found.contains("news/bare.txt:1:1: known[byline]") && found.contains("news/new.txt:5:1: error[no-embargo]"), "{found}");
    let json = run.check(["news", "--format", "json"]).json();
    assert_eq!((&json["summary"]["known"], &json["findings"][0]["since"]), (&2.into(), &DAY.into()));
}

#[test]
fn the_file_has_a_finding_a_line() {
    let run = newsroom();
    baseline(&run, &["create"], 0);
    let text = run.read("rights-baseline.json");
    assert_eq!(text.lines().filter(|l| l.contains("\"fingerprint\":\"rc1-")).count(), 2, "{text}");
    assert!(text.contains("\"policy\": \"house 2026.11\"") && text.contains("\"created\": \"2026-11-22\""), "{text}");
    let said = baseline(&run, &["create"], 2);
    assert!(said.contains("is there already: rightscheck baseline update"), "{said}");
}

#[test]
fn an_update_takes_out_what_is_fixed_and_refuses_what_is_new() {
    let run = newsroom();
    baseline(&run, &["create"], 0);
    let run = run.file("news/bare.txt", GOOD).file("news/new.txt", EMBARGO);
    run.check(["news"]).says("2 findings of the baseline are fixed: rightscheck baseline update takes them out");
    let said = baseline(&run, &["update"], 1);
    assert!(said.contains("2 taken out, 1 new") && said.contains("--accept-new"), "{said}");
    assert!(!run.read("rights-baseline.json").contains("rc1-"));
    assert!(baseline(&run, &["update", "--accept-new"], 0).contains("0 taken out, 1 put in"));
    run.check(["news"]).ends_with(0);
}

#[test]
fn a_part_that_was_not_checked_stays_known() {
    let run = newsroom().file("blog/bare.txt", BARE);
    baseline(&run, &["create"], 0);
    assert!(baseline(&run, &["update", "news"], 0).contains("0 taken out, 0 new"));
    run.check(["blog"]).ends_with(0);
    fs::remove_file(run.path("blog/bare.txt")).unwrap();
    assert!(baseline(&run, &["update", "news"], 0).contains("2 taken out, 0 new"), "documents that are gone need no entry");
}

#[test]
fn a_moved_document_stays_known_a_copied_one_is_new() {
    let run = newsroom();
    baseline(&run, &["create"], 0);
    let run = run.file("news/copy.txt", BARE);
    run.check(["news"]).ends_with(1);
    fs::remove_file(run.path("news/bare.txt")).unwrap();
    run.check(["news"]).ends_with(0);
}

#[test]
fn a_raised_severity_stays_known_a_changed_demand_does_not() {
    let run = newsroom();
    baseline(&run, &["create"], 0);
    let policy = run.read("rightscheck.toml");
    let run = run.file("rightscheck.toml", policy.replace("severity = \"warning\"", "severity = \"error\""));
    run.check(["news"]).ends_with(0);
    let run = run.file("news/new.txt", EMBARGO);
    baseline(&run, &["update", "--accept-new"], 0);
    run.check(["news"]).ends_with(0);
    let run = run.file("news/new.txt", EMBARGO.replace("Friday", "Monday"));
    run.check(["news"]).ends_with(1).says("Monday");
}

#[test]
fn it_is_shown_rule_by_rule() {
    let run = newsroom();
    baseline(&run, &["create"], 0);
    let shown = baseline(&run, &["show"], 0);
    assert!(
        shown.starts_with("rights-baseline.json: 2 findings, made on 2026-11-22 with house 2026.11\n\nbyline  1 finding\n  rc1-"),
        "{shown}"
    );
}

#[test]
fn a_broken_file_is_told_and_nothing_is_known() {
    for (text, said) in [("{", "EOF"), ("{\"schema\":\"x\",\"policy\":\"\",\"created\":\"\",\"findings\":[]}", "this version reads")] {
        let run = newsroom().file("rights-baseline.json", text);
        run.check(["news"]).ends_with(2).says("error[bad-baseline]: rights-baseline.json").says(said);
    }
    let without = Run::new().file("a.txt", BARE).run(["baseline", "create"]).ends_with(2).messages;
    assert!(without.contains("a baseline stands beside a policy"), "{without}");
}

#[test]
fn a_rule_file_that_moved_leaves_the_fingerprints() {
    let run = newsroom().file("policies/house.toml", POLICY);
    let prints = |args: &[&str]| -> Vec<String> {
        let json = run.check(["news", "--format", "json"].iter().chain(args).copied()).json();
        json["findings"].as_array().unwrap().iter().map(|f| f["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(prints(&[]), prints(&["--policy", "policies/house.toml"]));
}
