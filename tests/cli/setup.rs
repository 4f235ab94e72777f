//! `init` and `waiver`: what they write, what they refuse.

use crate::run::BARE;
use crate::run::DAY;
use crate::run::GOOD;
use crate::run::Output;
use crate::run::Run;

fn init(run: &Run, args: &[&str]) -> Output {
    run.run(["init"].iter().chain(args))
}

#[test]
fn init_writes_a_policy_whose_tests_pass() {
    let run = Run::new().file("news/bare.txt", BARE);
    let args = ["--publisher", "Nova Media Ltd", "--alias", "Nova", "--site", "https://example.org", "--languages", "en,de", "--yes"];
    init(&run, &args).ends_with(0).says("wrote rightscheck.toml").says("3 tests of its own, all pass");
    run.run(["test", "--strict"]).ends_with(0);
    run.run(["policy", "check", "--strict"]).ends_with(0);
    run.check(["news"]).ends_with(1).says("byline").says("policy house 1");
    let text = run.read("rightscheck.toml");
    assert!(text.lines().count() < 70 && text.contains("aliases = [\"Nova\"]") && text.contains("url = \"https://example.org\""), "{text}");
    init(&run, &args).ends_with(2).says("rightscheck.toml is there already");
}

#[test]
fn init_takes_the_notice_of_counsel_and_tells_what_it_lacks() {
    let notice =
        "Jede Nutzung dieser Inhalte, insbesondere Vervielfältigung und maschinelles Lernen, bedarf der Zustimmung der Nova Media GmbH.";
    let common = ["--publisher", "Nova Media GmbH", "--yes", "--notice"];
    let run = Run::new();
    init(&run, &[&common[..], &[notice, "--reserve", "reproduce,ai-train"]].concat()).ends_with(0);
    assert!(run.read("rightscheck.toml").contains("Vervielfältigung"));
    let short = [&common[..], &["Alle Rechte vorbehalten.", "--reserve", "ai-train"]].concat();
    init(&Run::new(), &short).ends_with(2).says("doesn't keep back");
    init(&Run::new(), &["--publisher", "A", "--yes", "--reserve", "ai-trian"]).ends_with(2).says("did you mean `ai-train`?");
    init(&Run::new(), &["--yes"]).ends_with(2).says("`--publisher` is missing");
}

#[test]
fn any_name_of_a_publisher_makes_a_policy() {
    for name in ["O'Neill & \"Sons\" Ltd", "出版社", "A\\B: [C] #1", "Société d’Édition S.A."] {
        let run = Run::new();
        init(&run, &["--publisher", name, "--yes"]).ends_with(0);
        run.run(["test"]).ends_with(0);
    }
}

#[test]
fn the_files_for_pipelines_are_yaml_and_call_the_program_as_it_is() {
    for (platform, file) in
        [("github", ".github/workflows/rights.yml"), ("gitlab", ".gitlab-ci.yml"), ("pre-commit", ".pre-commit-config.yaml")]
    {
        let run = Run::new();
        init(&run, &["--ci", platform]).ends_with(0).says(file);
        let text = run.read(file);
        let events: Result<Vec<_>, _> = saphyr_parser::Parser::new_from_str(&text).collect();
        assert!(events.is_ok(), "{file}: {events:?}");
        let call = text.lines().find_map(|l| l.split_once("rightscheck check ")).unwrap_or_else(|| panic!("{file} checks nothing")).1;
        let flags = call.split_whitespace().filter(|w| w.starts_with("--"));
        let help = run.run(["check", "--help"]).out;
        assert!(flags.clone().count() > 0 && flags.clone().all(|f| help.contains(f)), "{file}: {call}");
        init(&run, &["--ci", platform]).ends_with(0).says("is as it should be");
        let run = run.file(file, "own: thing\n");
        init(&run, &["--ci", platform]).ends_with(2).says("add this to it");
        assert_eq!(run.read(file), "own: thing\n");
    }
}

/// A newsroom with a saved run, and the fingerprint of the missing byline.
fn newsroom() -> (Run, String) {
    let run = Run::with_policy().file("news/bare.txt", BARE).file("news/good.html", GOOD);
    run.check(["news", "--quiet", "--output", "json=run.json"]);
    let json: serde_json::Value = serde_json::from_str(&run.read("run.json")).unwrap();
    let finding = json["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "house/byline").unwrap();
    let print = finding["fingerprint"].as_str().unwrap().to_owned();
    (run, print)
}

fn waiver(run: &Run, args: &[&str]) -> Output {
    run.run(["waiver"].iter().chain(args))
}

const WHY: [&str; 8] = ["--reason", "own-work", "--note", "Drawn by \"us\".", "--owner", "a@example.org", "--expires", "2027-05-31"];

#[test]
fn a_waiver_is_appended_and_the_rest_of_the_file_stays() {
    let (run, print) = newsroom();
    let before = "# Reviewed by counsel.\nschema = 1   # the form\n";
    let run = run.file("rights-waivers.toml", before);
    waiver(&run, &[&["add", &print, "--run", "run.json"], &WHY[..]].concat()).ends_with(0).says("appended W-");
    let text = run.read("rights-waivers.toml");
    assert!(text.starts_with(before) && text.contains("expires = 2027-05-31") && text.contains(&print), "{text}");
    run.check(["news"]).ends_with(0).says("1 finding waived");
    waiver(&run, &["list"]).ends_with(0).says("1 waiver").says("own-work: Drawn by \"us\".").says("a@example.org");
    waiver(&run, &["list", "--reason", "false-positive"]).ends_with(0).says("0 waivers");
    waiver(&run, &["check"]).ends_with(0).says("complete");
}

#[test]
fn an_incomplete_waiver_is_not_written() {
    let (run, print) = newsroom();
    waiver(&run, &["add", &print, "--reason", "own-work"]).ends_with(2).says("`--note` is missing");
    let long = [&["add", &print], &WHY[..6], &["--expires", "2030-01-01"]].concat();
    waiver(&run, &long).ends_with(2).says("nothing was written").says("the most is 366");
    let other = [&["add", "rc1-aaaaaaaaaaaaaaaa", "--run", "run.json"], &WHY[..]].concat();
    waiver(&run, &other).ends_with(2).says("no finding rc1-aaaaaaaaaaaaaaaa in run.json");
    assert!(!run.names().contains(&"rights-waivers.toml".to_owned()));
    waiver(&Run::new(), &["list"]).ends_with(2).says("waivers stand beside a policy");
}

#[test]
fn ended_waivers_are_pruned_and_comments_stay() {
    let (run, _) = newsroom();
    let waiver_of = |id: &str, day: &str| {
        format!(
            "\n# About {id}.\n[[waiver]]\nid = \"{id}\"\nrule = \"byline\"\npath = \"news/*\"\nreason = \"legacy\"\nnote = \"Old.\"\nowner = \"a@example.org\"\ncreated = {}\nexpires = {day}\n",
            if day.starts_with("2020") { "2019-11-01" } else { "2026-11-01" }
        )
    };
    let run = run.file("rights-waivers.toml", format!("schema = 1\n{}{}", waiver_of("W-1", "2020-05-31"), waiver_of("W-2", "2027-10-31")));
    waiver(&run, &["check"]).ends_with(1).says("W-1 of a@example.org ended on 2020-05-31");
    waiver(&run, &["prune"]).ends_with(0).says("1 waiver taken away: W-1");
    let text = run.read("rights-waivers.toml");
    assert!(!text.contains("W-1") && text.contains("# About W-2."), "{text}");
    waiver(&run, &["prune"]).ends_with(0).says("0 waivers taken away");
}

#[test]
fn decisions_of_the_report_become_waivers_and_a_list() {
    let (run, print) = newsroom();
    let decisions = format!(
        "schema = 1\npolicy = \"house 2026.11\"\nas-of = {DAY}\nby = \"n@example.org\"\n\n\
         [[decision]]\nfingerprint = \"{print}\"\ndecision = \"waive\"\nreason = \"permission\"\nnote = \"By letter.\"\nends = 2027-05-31\n\n\
         [[decision]]\nfingerprint = \"rc1-bbbbbbbbbbbbbbbb\"\ndocument = \"a.html\"\ndecision = \"fix\"\n\n\
         [[decision]]\nfingerprint = \"rc1-cccccccccccccccc\"\ndecision = \"not-a-problem\"\nends = 2027-05-31\n\n\
         [[decision]]\nfingerprint = \"rc1-dddddddddddddddd\"\ndecision = \"later\"\n"
    );
    let run = run.file("decisions.toml", decisions);
    let applied = waiver(&run, &["apply", "decisions.toml"]).ends_with(1);
    for words in [
        "1 waiver appended (owner: n@example.org)",
        "not applied: rc1-cccccccccccccccc: a note is missing",
        "fix    rc1-bbbbbbbbbbbbbbbb  a.html",
    ] {
        assert!(applied.out.contains(words), "{}", applied.out);
    }
    run.check(["news"]).ends_with(0).says("1 finding waived");
    waiver(&run, &["apply", "decisions.toml"]).ends_with(1).says("0 waivers appended");
    waiver(&run.file("decisions.toml", "schema = 1\n[[decision]]\nfingerprint = 1"), &["apply", "decisions.toml"])
        .ends_with(2)
        .says("decisions.toml");
}
