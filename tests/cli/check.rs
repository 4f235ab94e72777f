//! `check`: what it finds, how it ends, what it shows.

use crate::run::BARE;
use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::Run;

/// A folder with a good page, a bare text and one with an embargo line.
fn newsroom() -> Run {
    Run::with_policy().file("news/good.html", GOOD).file("news/bare.txt", BARE).file("news/embargo.txt", EMBARGO)
}

#[test]
fn a_finding_is_shown_in_its_lines() {
    let run = Run::with_policy().file("embargo.txt", EMBARGO);
    insta::assert_snapshot!(run.check(["embargo.txt"]).all(), @"
    error[no-embargo]: internal line left in the text: EMBARGOED UNTIL Friday, 10 am
     --> embargo.txt:5:1
      |
    5 | EMBARGOED UNTIL Friday, 10 am
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

     1 document · 1 error
     policy house 2026.11 (3 rules) as of 2026-11-22

     why      rightscheck explain no-embargo
     in full  rightscheck inspect embargo.txt
    exit code 1
    ");
}

#[test]
fn what_is_absent_is_shown_without_a_place() {
    insta::assert_snapshot!(Run::with_policy().file("bare.txt", BARE).check(["bare.txt"]).all(), @"
    error[byline]: the article names no author
    --> bare.txt
     |
     = note: looked in: article-top (none) · article (none) · metadata (none)
     = help: Name the author under the headline.

    warning[copyright]: there is no copyright line
    --> bare.txt
     |
     = note: looked in: article (none) · footer (none) · metadata (none)

     1 document · 1 error · 1 warning
     policy house 2026.11 (3 rules) as of 2026-11-22

     why      rightscheck explain byline
     in full  rightscheck inspect bare.txt
    exit code 1
    ");
}

#[test]
fn a_folder_ends_with_a_tally() {
    insta::assert_snapshot!(newsroom().check(["news", "--format", "human", "--max-findings", "0"]).all(), @"
    … 3 more findings not shown (--max-findings)

     rule          error  warning     note   review  documents
     byline            1        –        –        –          1
     no-embargo        1        –        –        –          1
     copyright         –        1        –        –          1

     3 documents · 2 fail · 1 pass
     policy house 2026.11 (3 rules) as of 2026-11-22

     why      rightscheck explain no-embargo
     by cause rightscheck check news --group cause
    exit code 1
    ");
}

#[test]
fn paths_without_a_command_are_checked() {
    let run = newsroom();
    let bare = run.run(["news", "--as-of", "2026-11-22"]);
    let (ours, theirs) = (bare.all(), run.check(["news"]).all());
    assert_eq!(ours, theirs);
    assert_eq!(bare.code, 1);
}

#[test]
fn options_of_check_before_another_command_are_refused() {
    newsroom().run(["--strict", "inspect", "news"]).ends_with(2).says("`strict` stands before the command `inspect`");
}

#[test]
fn a_good_page_passes() {
    Run::with_policy().file("good.html", GOOD).check(["good.html"]).ends_with(0).says("nothing found against it");
}

#[test]
fn the_exit_code_follows_fail_on() {
    let error = Run::with_policy().file("a.txt", EMBARGO);
    let warning = Run::with_policy().file("a.txt", EMBARGO.replace("© 2026 Example Media Ltd", "").replace("EMBARGOED UNTIL", "On"));
    for (run, flags, code) in [
        (&error, &["--fail-on", "error"][..], 1),
        (&error, &["--fail-on", "never"], 0),
        (&warning, &[], 0),
        (&warning, &["--fail-on", "warning"], 1),
        (&warning, &["--fail-on", "review"], 1),
        (&warning, &["--strict"], 1),
    ] {
        let output = run.check(["a.txt"].iter().chain(flags).copied());
        assert_eq!(output.code, code, "{flags:?}\n{}", output.all());
    }
}

#[test]
fn less_certain_findings_are_left_out_and_counted() {
    let run = Run::with_policy().file("bare.txt", BARE);
    run.check(["bare.txt", "--min-confidence", "high"]).says("left out (--min-confidence high)").does_not_say("[byline]");
}

#[test]
fn findings_with_the_same_cause_are_folded() {
    let mut run = Run::with_policy();
    for n in 0..9 {
        run = run.file(&format!("{n}.txt"), EMBARGO);
    }
    let output = run.check([".", "--group", "cause"]).ends_with(1);
    assert_eq!(output.out.matches("error[no-embargo]").count(), 1, "{}", output.out);
    output.says("× the same in 9 documents: 1.txt:5:1, 2.txt:5:1, 3.txt:5:1, 4.txt:5:1, 5.txt:5:1, and 3 more");
}

#[test]
fn findings_can_be_put_together_by_rule() {
    let output = newsroom().check(["news", "--group", "rule"]).ends_with(1);
    let at = |words: &str| output.out.find(words).unwrap_or_else(|| panic!("{words}\n{}", output.out));
    assert!(at("byline  Every article names its author  1 in 1 document") < at("error[byline]"));
    assert!(at("error[byline]") < at("no-embargo  No embargo line"));
}

#[test]
fn what_passed_is_shown_with_its_words() {
    let output = Run::with_policy().file("good.html", GOOD).check(["good.html", "--show", "pass"]);
    output.says("pass[byline]").says("Ann Example").does_not_say("skip[");
}

#[test]
fn a_subset_of_the_rules_is_called_a_subset() {
    let run = newsroom();
    run.check(["news", "--rule", "copyright"])
        .ends_with(0)
        .says("a subset of the rules was asked for: --rule copyright")
        .does_not_say("[byline]");
    run.check(["news", "--tag", "attribution"]).ends_with(1).does_not_say("no-embargo");
    run.check(["news", "--skip", "byline", "--skip", "no-embargo"]).ends_with(0).says("[copyright]");
}

#[test]
fn a_rule_that_does_not_exist_is_an_error_with_the_near_name() {
    newsroom().check(["news", "--rule", "bylin"]).ends_with(2).says("no rule `bylin` in the policy; did you mean `byline`?");
    let output = newsroom().check(["news", "--rule", "bylin", "--format", "json"]).ends_with(2);
    assert_eq!(output.json()["summary"]["exit_code"], 2);
    newsroom().check(["news", "--tag", "nothing"]).ends_with(2).says("no tag `nothing`");
}

#[test]
fn rules_with_a_purpose_run_only_for_it() {
    let rule = "\n[rule.intake]\ntitle = \"Only free texts enter\"\npurpose = [\"ai-train\"]\npermit = [\"ai-train\"]\non-silence = \"fail\"\nseverity = \"error\"\n";
    let run = Run::new().file("rightscheck.toml", format!("{}{rule}", crate::run::POLICY)).file("good.html", GOOD);
    run.check(["good.html"]).ends_with(0);
    run.check(["good.html", "--for", "ai-train"]).ends_with(1).says("error[intake]");
    run.check(["good.html", "--for", "train"]).ends_with(2).says("did you mean `ai-train`?");
}

#[test]
fn quiet_shows_findings_and_nothing_else() {
    let output = newsroom().check(["news", "-q"]).ends_with(1);
    assert!(output.messages.is_empty(), "{}", output.messages);
    output.says("error[no-embargo]").does_not_say("documents").does_not_say("why");
}

#[test]
fn verbose_names_fingerprints_and_confidence() {
    newsroom().check(["news", "-v"]).says("= note: rc1-").says("confidence");
}

#[test]
fn lines_around_a_place_can_be_shown() {
    let output = Run::with_policy().file("a.txt", EMBARGO).check(["a.txt", "--context", "2"]);
    output.says("3 | By Ann Example").says("7 | The harbour was closed");
}

#[test]
fn colour_follows_the_flag_and_the_environment() {
    let colored = |output: crate::run::Output| output.out.contains("\u{1b}[");
    let run = || Run::with_policy().file("a.txt", EMBARGO);
    assert!(!colored(run().check(["a.txt"])));
    assert!(colored(run().check(["a.txt", "--color", "always"])));
    assert!(colored(run().env("RIGHTSCHECK_COLOR", "always").check(["a.txt"])));
    assert!(!colored(run().env("RIGHTSCHECK_COLOR", "always").check(["a.txt", "--color", "never"])));
}

#[test]
fn no_other_variable_changes_a_result() {
    let plain = Run::with_policy().file("a.txt", EMBARGO).check(["a.txt"]);
    let mut run = Run::with_policy().file("a.txt", EMBARGO);
    for (name, value) in
        [("LANG", "de_DE.UTF-8"), ("COLUMNS", "40"), ("TZ", "Asia/Tokyo"), ("CLICOLOR_FORCE", "1"), ("RUST_LOG", "trace"), ("HOME", "/")]
    {
        run = run.env(name, value);
    }
    assert_eq!(run.check(["a.txt"]), plain);
}
