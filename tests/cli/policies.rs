//! Which policy is in force, and what is said about one that can't be used.

use crate::run::BARE;
use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::POLICY;
use crate::run::Run;

#[test]
fn the_nearest_policy_wins_and_nothing_is_merged() {
    let inner =
        "schema = 1\n[policy]\nid = \"inner\"\n[rule.date]\ntitle = \"Every article is dated\"\nrequire = \"date\"\nseverity = \"error\"\n";
    let run = Run::with_policy().file("a.txt", BARE).file("inner/rightscheck.toml", inner).file("inner/deep/b.txt", BARE);
    let output = run.check([".", "--format", "concise"]).ends_with(1);
    assert!(output.out.contains("a.txt:1:1: error[byline]"), "{}", output.out);
    assert!(output.out.contains("inner/deep/b.txt:1:1: error[date]"), "{}", output.out);
    assert!(!output.out.contains("b.txt:1:1: error[byline]"), "{}", output.out);
}

#[test]
fn without_a_policy_the_built_in_one_is_used_and_said_once() {
    let output = Run::new().file("a.html", GOOD).file("b.html", GOOD).check(["."]);
    assert_eq!(output.messages.matches("no rightscheck.toml found: using builtin:essentials").count(), 1, "{}", output.messages);
    assert_eq!(Run::new().file("a.html", GOOD).check([".", "-q"]).messages, "");
}

#[test]
fn a_policy_can_be_named() {
    let run = Run::new().file("a.txt", EMBARGO).file("other/house.toml", POLICY);
    run.check(["a.txt", "--policy", "other/house.toml"]).ends_with(1).says("error[no-embargo]").does_not_say("essentials");
    run.check(["a.txt", "--policy", "builtin:essentials"]).does_not_say("no-embargo").says("policy essentials");
    run.check(["a.txt", "--policy", "other/house.toml", "--policy", "builtin:signals"]).ends_with(1).says("error[no-embargo]");
    Run::new().file("a.txt", EMBARGO).file("house.toml", POLICY).env("RIGHTSCHECK_POLICY", "house.toml").check(["a.txt"]).ends_with(1);
}

#[test]
fn paths_in_a_policy_are_counted_from_its_folder() {
    let rule = "\n[set.wire]\npaths = [\"wire/**\"]\n";
    let policy = POLICY.replace("require = \"byline\"\n", "require = \"byline\"\nunless = { set = \"wire\" }\n") + rule;
    let run =
        Run::new().file(".git/HEAD", "").file("site/rightscheck.toml", policy).file("site/wire/a.txt", BARE).file("site/desk/b.txt", BARE);
    let output = run.check([".", "--format", "concise", "--rule", "byline"]);
    assert_eq!(output.out, "site/desk/b.txt:1:1: error[byline] the article names no author\n");
}

#[test]
fn a_policy_says_what_is_read() {
    let policy = format!("{POLICY}\n[scan]\nexclude = [\"drafts/**\"]\n");
    let run = Run::new().file("rightscheck.toml", policy).file("drafts/a.txt", BARE).file("b.html", GOOD);
    run.check(["."]).ends_with(0).says("1 document ");
    // A document that is named is read all the same.
    run.check(["drafts/a.txt"]).ends_with(1);
}

#[test]
fn a_policy_names_the_encoding_of_documents_that_do_not() {
    let words: Vec<u8> = [0xd4, 0xee, 0xf2, 0xee, b':', b' ', b'A', b'B', b'C'].to_vec();
    let policy = format!("{POLICY}\n[scan]\nencoding = \"windows-1251\"\n");
    let run = Run::new().file("rightscheck.toml", policy).file("a.txt", words);
    assert_eq!(run.run(["inspect", "a.txt", "--format", "json"]).json()["document"]["encoding"], "windows-1251");
}

#[test]
fn a_site_file_that_the_policy_names_and_nobody_finds_makes_the_check_incomplete() {
    let policy = format!("{POLICY}\n[site]\nfiles = [\"public/robots.txt\"]\n");
    let run = Run::new().file("rightscheck.toml", policy).file("a.html", GOOD).file("b.html", GOOD);
    let output = run.check(["."]).ends_with(3).says("2 pass");
    assert_eq!(output.messages.matches("cannot read public/robots.txt").count(), 1, "{}", output.messages);
}

#[test]
fn every_problem_of_a_policy_is_shown_with_its_place_and_the_near_name() {
    let run = Run::new().file("a.txt", BARE).file("rightscheck.toml", BROKEN);
    let output = run.check(["a.txt"]).ends_with(2);
    assert!(output.out.is_empty(), "{}", output.out);
    for words in ["did you mean `byline`?", "did you mean `severity`?", "did you mean `error`?", "did you mean `require`?"] {
        assert!(output.messages.contains(words), "{words}\n{}", output.messages);
    }
    assert!(output.messages.contains("--> rightscheck.toml:8:11"), "{}", output.messages);
}

const BROKEN: &str = r#"schema = 1

[policy]
id = "house"

[rule.one]
title = "One"
require = "bylin"
severty = "error"

[rule.two]
title = "Two"
requre = "date"
severity = "error"

[rule.three]
title = "Three"
require = "date"
severity = "eror"
"#;

#[test]
fn text_that_is_no_toml_is_shown_in_its_line() {
    let run = Run::new().file("a.txt", BARE).file("rightscheck.toml", "schema = 1\n[policy\nid = \"house\"\n");
    run.check(["a.txt"]).ends_with(2).says("rightscheck.toml:2:");
}

#[test]
fn a_broken_policy_below_spoils_its_own_documents_only() {
    let run = Run::with_policy()
        .file("a.txt", EMBARGO)
        .file("inner/rightscheck.toml", BROKEN)
        .file("inner/b.txt", BARE)
        .file("inner/c.txt", BARE);
    let output = run.check(["."]).ends_with(2).says("error[no-embargo]");
    assert_eq!(output.messages.matches("did you mean `byline`?").count(), 1, "{}", output.messages);
}

#[test]
fn two_policies_of_one_name_are_refused_with_both_places() {
    let run = Run::with_policy().file("a.html", GOOD).file("inner/rightscheck.toml", POLICY).file("inner/b.html", GOOD);
    run.check(["."])
        .ends_with(2)
        .says("two policies are called `house`")
        .says("inner/rightscheck.toml:4:6")
        .says("rightscheck.toml has this name too");
}

#[test]
fn a_policy_that_is_not_there_or_no_text_is_named() {
    let run = Run::new().file("a.txt", BARE).file("latin.toml", b"# caf\xe9\nschema = 1\n");
    run.check(["a.txt", "--policy", "none.toml"]).ends_with(2).says("cannot read none.toml").says("builtin:essentials");
    run.check(["a.txt", "--policy", "latin.toml"]).ends_with(2).says("latin.toml is not UTF-8: byte 5 is wrong");
    run.check(["a.txt", "--policy", "builtin:nothing"]).ends_with(2);
}

#[test]
fn extended_files_are_found_beside_the_policy() {
    let shared = POLICY.replace("id = \"house\"", "id = \"shared\"");
    let own = "schema = 1\n[policy]\nid = \"own\"\nextends = [\"file:shared/base.toml\"]\n[rule.byline]\nseverity = \"off\"\n";
    let run = Run::new().file("site/rightscheck.toml", own).file("site/shared/base.toml", shared).file("site/a.txt", BARE);
    run.check(["site"]).ends_with(0).does_not_say("[byline]").says("warning[copyright]");
    let run = Run::new().file("rightscheck.toml", own).file("a.txt", BARE);
    run.check(["."]).ends_with(2).says("shared/base.toml");
}
