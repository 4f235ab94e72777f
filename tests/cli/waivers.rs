//! Waivers: what they cover, when they end, what is said of them.

use crate::run::BARE;
use crate::run::GOOD;
use crate::run::Output;
use crate::run::POLICY;
use crate::run::Run;

/// A waiver of the rule `byline` that ends on a day.
fn waiver(id: &str, covers: &str, expires: &str) -> String {
    format!(
        "[[waiver]]\nid = \"{id}\"\n{covers}\nreason = \"legacy\"\nnote = \"Old stock.\"\nowner = \"a@example.org\"\n\
         created = 2026-11-01\nexpires = {expires}\n"
    )
}

const BYLINE: &str = "rule = \"byline\"\npath = \"news/*\"";

fn newsroom(waivers: &str) -> Run {
    let run = Run::with_policy().file("news/bare.txt", BARE).file("news/good.html", GOOD);
    run.file("rights-waivers.toml", format!("schema = 1\n{waivers}"))
}

fn check(waivers: &str) -> Output {
    newsroom(waivers).check(["news"])
}

#[test]
fn a_waived_finding_fails_nothing_and_is_counted() {
    let waivers = waiver("W-1", BYLINE, "2027-05-31");
    check(&waivers).ends_with(0).says("1 finding waived").does_not_say("error[byline]");
    newsroom(&waivers).check(["news", "--no-waivers"]).ends_with(1).says("error[byline]").does_not_say("waived");
}

#[test]
fn a_waived_finding_stays_in_the_formats() {
    let run = newsroom(&waiver("W-1", BYLINE, "2027-05-31"));
    run.check(["news", "--format", "concise"]).ends_with(0).says("news/bare.txt:1:1: waived[byline]");
    let json = run.check(["news", "--format", "json"]).ends_with(0).json();
    let finding = json["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "house/byline").unwrap();
    assert_eq!(finding["status"], "waived");
    assert_eq!(finding["waiver"]["id"], "W-1");
    assert_eq!(finding["waiver"]["owner"], "a@example.org");
    assert_eq!(finding["waiver"]["expires"], "2027-05-31");
    assert_eq!(json["summary"]["waived"], 1);
    assert_eq!(json["exceptions"].as_array().unwrap().len(), 1);
    assert_eq!((&json["exceptions"][0]["status"], &json["exceptions"][0]["fingerprint"]), (&"waived".into(), &finding["fingerprint"]));
    assert_eq!(json["summary"]["findings"]["error"], 0);
}

#[test]
fn a_fingerprint_covers_one_finding_and_no_other() {
    let found = newsroom("").check(["news", "--format", "json"]).json();
    let finding = found["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "house/byline").unwrap().clone();
    for key in ["fingerprint", "fingerprint_moved"] {
        let covers = format!("fingerprint = {}", finding[key]);
        check(&waiver("W-1", &covers, "2027-05-31")).ends_with(0).says("1 finding waived");
    }
    check(&waiver("W-1", "fingerprint = \"rc1-aaaaaaaaaaaaaaaa\"", "2027-05-31")).ends_with(1);
}

#[test]
fn a_waiver_lapses_where_other_words_stand() {
    let covers = |words: &str| format!("rule = \"no-embargo\"\npath = \"*\"\nquote = \"{words}\"");
    let run = |words: &str| {
        let run = Run::with_policy().file("a.txt", crate::run::EMBARGO);
        run.file("rights-waivers.toml", format!("schema = 1\n{}", waiver("W-1", &covers(words), "2027-05-31"))).check(["a.txt"])
    };
    run("EMBARGOED UNTIL Friday, 10 am").ends_with(0).says("1 finding waived");
    run("EMBARGOED UNTIL Friday, 11 am").ends_with(1).says("error[no-embargo]");
}

#[test]
fn an_ended_waiver_lets_its_finding_count_and_names_its_owner() {
    check(&waiver("W-1", BYLINE, "2026-11-21"))
        .ends_with(1)
        .says("error[byline]")
        .says("waiver W-1 of a@example.org ended on 2026-11-21: what it covered counts again");
}

#[test]
fn a_waiver_holds_on_its_last_day_and_is_pointed_out_before() {
    check(&waiver("W-1", BYLINE, "2026-11-22")).ends_with(0).says("note: waiver W-1 of a@example.org ends on 2026-11-22");
    check(&waiver("W-1", BYLINE, "2026-12-22")).ends_with(0).says("ends on 2026-12-22");
    check(&waiver("W-1", BYLINE, "2026-12-23")).ends_with(0).does_not_say("ends on");
}

#[test]
fn a_waiver_of_nothing_is_told_of_and_fails_when_strict() {
    let waivers = waiver("W-1", "rule = \"no-embargo\"\npath = \"news/**\"", "2027-05-31");
    let run = || newsroom(&waivers).check(["news/good.html"]);
    run().ends_with(0).says("waiver W-1 of a@example.org covers nothing");
    newsroom(&waivers).check(["news/good.html", "--strict"]).ends_with(1).says("covers nothing");
    newsroom(&waivers).check(["news/good.html", "--rule", "byline"]).ends_with(0).does_not_say("covers nothing");
}

#[test]
fn a_file_that_is_wrong_waives_nothing_and_says_all() {
    let waivers = "[[waiver]]\nid = \"W-1\"\nrule = \"byline\"\npath = \"news/*\"\nreason = \"legacy\"\ncreated = 2026-11-01\n";
    check(waivers).ends_with(2).says("W-1: `note` is missing").says("`owner` is missing").says("`expires` is missing");
    check("[[waiver").ends_with(2).says("error[bad-waivers]: rights-waivers.toml");
}

#[test]
fn the_rule_decides_who_may_waive_it() {
    let with = |waivable: &str, waiver: &str| {
        let policy = crate::run::POLICY
            .replace("version = \"2026.11\"", "version = \"2026.11\"\napprovers = { legal = [\"c@example.org\"] }")
            .replace("tags = [\"attribution\"]", &format!("tags = [\"attribution\"]\nwaivable = \"{waivable}\""));
        newsroom(waiver).file("rightscheck.toml", policy).check(["news"])
    };
    let plain = waiver("W-1", BYLINE, "2027-05-31");
    let approved = |by: &str| format!("{plain}approved = \"{by}\"\n");
    with("no", &approved("c@example.org")).ends_with(1);
    with("legal", &plain).ends_with(1);
    with("legal", &approved("d@example.org")).ends_with(1);
    with("legal", &approved("c@example.org")).ends_with(0);
}

#[test]
fn a_waiver_of_a_set_covers_its_documents_and_no_others() {
    let waivers = waiver("W-1", "rule = \"byline\"\nset = \"old\"", "2027-05-31");
    let policy = format!("{POLICY}\n[set.old]\npaths = [\"old/**\"]\n");
    let run = newsroom(&waivers).file("old/bare.txt", BARE).file("rightscheck.toml", policy);
    run.check(["old"]).ends_with(0).says("1 finding waived");
    run.check(["news"]).ends_with(1);
}

#[test]
fn a_policy_says_how_long_its_exceptions_last() {
    let policy = POLICY.replacen("[policy]", "[policy]\nwaiver-max-days = 90", 1);
    let run = newsroom(&waiver("W-1", BYLINE, "2027-05-31")).file("rightscheck.toml", policy);
    run.check(["news"]).ends_with(2).says("it lasts 211 days; the most is 90");
    let policy = POLICY.replacen("[policy]", "[policy]\nwaiver-max-days = 0", 1);
    newsroom("").file("rightscheck.toml", policy).check(["news"]).ends_with(2).says("is no number of days");
}

#[test]
fn reports_tell_of_waivers_that_ended_and_that_cover_nothing() {
    let waivers = waiver("W-1", BYLINE, "2026-11-10") + &waiver("W-2", "rule = \"copyright\"\npath = \"news/good*\"", "2027-05-31");
    let run = newsroom(&waivers);
    let json = run.check(["news", "--format", "json"]).json();
    let told: Vec<&str> = json["summary"]["exceptions"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
    assert_eq!(
        told,
        [
            "waiver W-1 of a@example.org ended on 2026-11-10: what it covered counts again",
            "waiver W-2 of a@example.org covers nothing: take it away"
        ]
    );
    for format in ["html", "markdown"] {
        run.check(["news", "--quiet", "--format", format]).says("ended on 2026-11-10");
    }
}

#[test]
fn a_waiver_that_matches_nothing_is_told_of_where_all_was_checked() {
    let waivers = waiver("W-1", "fingerprint = \"rc1-aaaaaaaaaaaaaaaa\"", "2027-05-31")
        + &waiver("W-2", "rule = \"byline\"\npath = \"gone/*\"", "2027-05-31");
    let run = newsroom(&waivers);
    run.check(["."]).says("waiver W-1 of a@example.org covers nothing").says("waiver W-2 of a@example.org covers nothing");
    for part in [&["news"][..], &[".", "--rule", "byline"], &[".", "--ext", "txt"]] {
        run.check(part.iter().copied()).does_not_say("covers nothing");
    }
}
