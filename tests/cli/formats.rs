//! Machine formats, and files.

use crate::run::BARE;
use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::Run;
use serde_json::Value;

fn newsroom() -> Run {
    Run::with_policy().file("news/good.html", GOOD).file("news/bare.txt", BARE).file("news/embargo.txt", EMBARGO)
}

#[test]
fn concise_is_a_line_for_each_finding() {
    insta::assert_snapshot!(newsroom().check(["news", "--format", "concise"]).out, @"
    news/bare.txt:1:1: error[byline] the article names no author
    news/bare.txt:1:1: warning[copyright] there is no copyright line
    news/embargo.txt:5:1: error[no-embargo] internal line left in the text: EMBARGOED UNTIL Friday, 10 am
    ");
}

#[test]
fn json_is_one_object_with_everything() {
    let run = newsroom().check(["news", "--format", "json"]).ends_with(1).json();
    let keys: Vec<&str> = run.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["schema", "tool", "as_of", "scan", "documents", "policies", "findings", "exceptions", "problems", "summary"]);
    assert_eq!(run["schema"], "rightscheck/run/1");
    assert_eq!(run["as_of"], "2026-11-22");
    assert_eq!(run["documents"].as_array().unwrap().len(), 3);
    assert_eq!(run["summary"]["exit_code"], 1);
    assert_eq!(run["policies"][0]["id"], "house");
    assert_eq!(run["documents"][2]["results"].as_array().unwrap().iter().filter(|r| r["outcome"] == "pass").count(), 3);
}

#[test]
fn json_lines_say_the_same_as_json() {
    let run = newsroom();
    let json = run.check(["news", "--format", "json"]).json();
    let lines = run.check(["news", "--format", "jsonl"]).objects();
    let of = |schema: &str| -> Vec<Value> { lines.iter().filter(|l| l["schema"] == schema).cloned().collect() };
    assert_eq!(of("rightscheck/document/1"), *json["documents"].as_array().unwrap());
    assert_eq!(of("rightscheck/finding/1"), *json["findings"].as_array().unwrap());
    assert_eq!(of("rightscheck/policy/1"), *json["policies"].as_array().unwrap());
    assert_eq!(of("rightscheck/summary/1"), [json["summary"].clone()]);
}

#[test]
fn a_finding_quotes_the_bytes_of_its_span() {
    let json = newsroom().check(["news", "--format", "json"]).json();
    let finding = json["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "house/no-embargo").unwrap();
    let span = &finding["primary"]["span"];
    let (start, end) = (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
    assert_eq!(&EMBARGO[start..end], "EMBARGOED UNTIL Friday, 10 am");
    assert_eq!(finding["primary"]["quote"], "EMBARGOED UNTIL Friday, 10 am");
    assert_eq!(finding["primary"]["from"], serde_json::json!({"line": 5, "column": 1}));
}

#[test]
fn a_finding_has_the_keys_that_consumers_rely_on() {
    let json = newsroom().check(["news", "--format", "json"]).json();
    for finding in json["findings"].as_array().unwrap() {
        for key in [
            "schema",
            "fingerprint",
            "rule",
            "outcome",
            "severity",
            "confidence",
            "status",
            "message",
            "document",
            "subject",
            "related",
            "basis",
            "tags",
        ] {
            assert!(finding.get(key).is_some(), "{key} in {finding}");
        }
        let name = finding["fingerprint"].as_str().unwrap().strip_prefix("rc1-").unwrap();
        assert!(name.len() == 16 && name.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b)), "{name}");
        assert_eq!(
            finding["document"]["path"],
            format!("news/{}.txt", if finding["rule"] == "house/no-embargo" { "embargo" } else { "bare" })
        );
    }
}

#[test]
fn several_reports_are_written_in_one_run() {
    let run = newsroom();
    let output = run.check([
        "news",
        "--output",
        "json=run.json",
        "--output",
        "jsonl=run.jsonl",
        "--output",
        "concise=run.txt",
        "--output",
        "human=run.human",
    ]);
    output.ends_with(1).says("error[no-embargo]");
    assert_eq!(run.read("run.json"), run.check(["news", "--format", "json"]).out);
    assert_eq!(run.read("run.jsonl"), run.check(["news", "--format", "jsonl"]).out);
    assert_eq!(run.read("run.txt"), run.check(["news", "--format", "concise"]).out);
    assert!(run.read("run.human").contains("error[no-embargo]"));
}

#[test]
fn a_run_without_a_usable_policy_leaves_the_old_report() {
    let run = newsroom().file("run.json", "old").file("rightscheck.toml", "schema = 1\n[rule.a]\n");
    run.check(["news", "--output", "json=run.json"]).ends_with(2);
    assert_eq!(run.read("run.json"), "old");
    assert!(run.names().iter().all(|n| !n.contains(".rightscheck-")), "{:?}", run.names());
}

#[test]
fn a_report_that_cannot_be_written_is_said_before_anything_is_checked() {
    let run = newsroom();
    let output = run.check(["news", "--output", "json=nowhere/run.json"]).ends_with(2);
    assert!(output.out.is_empty());
    output.says("cannot write").says("run.json");
    run.check(["news", "--output", "json=news"]).ends_with(2).says("it is a folder");
    run.check(["news", "--output", "pdf=a.pdf"]).ends_with(2).says("no format `pdf`; the formats are: human, concise, json, jsonl");
}

#[cfg(unix)]
#[test]
fn a_report_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let run = newsroom();
    run.check(["news", "--output", "json=run.json"]);
    let mode = |name: &str| std::fs::metadata(run.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("run.json"), mode("rightscheck.toml"));
}

#[cfg(unix)]
#[test]
fn files_are_written_even_if_nobody_reads_the_rest() {
    let run = newsroom();
    let script = format!("'{}' news --format jsonl --output json=run.json | head -c 1 >/dev/null", env!("CARGO_BIN_EXE_rightscheck"));
    let status = std::process::Command::new("sh").args(["-c", &script]).current_dir(run.path("")).status().unwrap();
    assert!(status.success());
    assert!(run.read("run.json").ends_with("}\n"));
}
