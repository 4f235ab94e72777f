//! Every sample has its expected report beside it: `NAME.expected` says what the program reads in the document and what the policy
//! of the samples finds wrong with it. `SAMPLES=update cargo test --test samples` writes the reports as they are now.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the test reads the samples and runs the program")]

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The day on which the samples are checked.
const AS_OF: &str = "2026-11-25";

#[test]
fn every_sample_reads_as_expected() {
    let reports = reports();
    assert!(reports.len() >= 30, "{} samples", reports.len());
    if std::env::var_os("SAMPLES").is_some_and(|v| v == "update") {
        for (path, report) in &reports {
            fs::write(beside(path), report).unwrap();
        }
        return;
    }
    for (path, report) in &reports {
        let expected = fs::read_to_string(beside(path)).unwrap_or_else(|e| panic!("{}: {e}", beside(path).display()));
        assert_eq!(*report, expected, "{path}: SAMPLES=update cargo test --test samples writes the reports as they are now");
    }
}

#[test]
fn no_expected_report_is_left_of_a_sample_that_is_gone() {
    let reports = reports();
    for entry in walkdir::WalkDir::new(root().join("samples")).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        if let Some(sample) = path.strip_suffix(".expected") {
            assert!(reports.contains_key(sample), "{path} belongs to no sample");
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn beside(path: &str) -> PathBuf {
    root().join(format!("{path}.expected"))
}

/// The report of each sample, by its path.
fn reports() -> BTreeMap<String, String> {
    let mut reports = BTreeMap::new();
    for inspection in run(&["inspect", "samples", "--format", "jsonl"]).lines() {
        let inspection: Value = serde_json::from_str(inspection).unwrap();
        reports.insert(text(&inspection["document"]["path"]), inspected(&inspection));
    }
    let checked: Value = serde_json::from_str(&run(&["check", "samples", "--format", "json", "--as-of", AS_OF])).unwrap();
    for finding in checked["findings"].as_array().unwrap() {
        let report = reports.get_mut(finding["document"]["path"].as_str().unwrap()).unwrap();
        writeln!(report, "{}", found(finding)).unwrap();
    }
    reports
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rightscheck")).args(arguments).current_dir(root()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// What the program reads in a document, without any policy.
fn inspected(inspection: &Value) -> String {
    let document = &inspection["document"];
    let mut out = format!("{} · {} · {}\n", text(&document["kind"]), text(&document["language"]), text(&document["encoding"]));
    out.push_str("\n# The answers\n");
    for (key, value) in inspection["attribution"].as_object().unwrap() {
        writeln!(out, "{key}: {}", text(value)).unwrap();
    }
    out.push_str("\n# The facts\n");
    for fact in inspection["facts"].as_array().unwrap() {
        let (at, quote) = place(&fact["place"]);
        let [kind, channel, confidence] = ["fact", "channel", "confidence"].map(|key| text(&fact[key]));
        writeln!(out, "{at} {kind} ({channel}, {confidence}) {}{}\n    “{quote}”", fact["value"], of(&fact["subject"])).unwrap();
    }
    out.push_str("\n# The uses\n");
    for entry in inspection["uses"].as_array().unwrap() {
        let [name, state, by, addressee] = ["use", "state", "by", "addressee"].map(|key| text(&entry[key]));
        writeln!(out, "{name} for {addressee}: {state} {} by {by}{}", entry["conditions"], of(&entry["subject"])).unwrap();
    }
    out.push_str("\n# The findings\n");
    out
}

/// One finding, with its place and the words.
fn found(finding: &Value) -> String {
    let [outcome, severity, rule, message] = ["outcome", "severity", "rule", "message"].map(|key| text(&finding[key]));
    let head = if outcome == "review" { outcome } else { severity };
    match &finding["primary"] {
        Value::Null => format!("{head} {rule}: {message}"),
        primary => {
            let (at, quote) = place(primary);
            format!("{at} {head} {rule}: {message}\n    “{quote}”")
        }
    }
}

/// `line:column` and the words there; with the file, where it is another one.
fn place(place: &Value) -> (String, String) {
    let from = &place["from"];
    let source = text(&place["source"]);
    let other = ["robots.txt", "_headers", "tdmrep.json"].iter().any(|name| source.ends_with(name));
    let at = format!("{}:{}", from["line"], from["column"]);
    (if other { format!("{source}:{at}") } else { at }, text(&place["quote"]))
}

/// The picture or other part that something is about; nothing for the document.
fn of(subject: &Value) -> String {
    match subject["kind"].as_str() {
        None | Some("document") => String::new(),
        Some(kind) => format!(" of {kind} {}", subject["index"]),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
