//! Formats made from a whole run, each read back by a reader of its kind; saved runs; comparisons.

use crate::run::BARE;
use crate::run::DAY;
use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::Output;
use crate::run::Run;
use calamine::Reader;
use serde_json::Value;
use std::fs;

fn newsroom() -> Run {
    Run::with_policy().file("news/good.html", GOOD).file("news/bare.txt", BARE).file("news/embargo.txt", EMBARGO)
}

/// A document whose every text wants to be something else.
const HOSTILE: &str = "=HYPERLINK(\"http://x.example\") <script>alert(1)</script> | `code` ::error::x %0A ]]> & @team\n\n\
    INTERNAL: =1+1 | <img src=x onerror=alert(1)> \u{202e}gnitirw\u{202c} ::set-output name=a::b\n";

fn hostile() -> Run {
    Run::with_policy().file("news/=1 & <b>,%0A|x.txt", HOSTILE)
}

#[track_caller]
fn written(run: &Run, format: &str) -> String {
    run.check(["news", "--quiet", "--format", format]).ends_with(1).out
}

#[track_caller]
fn sarif_is_valid(log: &Value) {
    let schema = fs::read_to_string("tests/data/sarif/sarif-schema-2.1.0.json").unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // The pattern of these properties closes a bracket that it never opened, and no reader of patterns takes it.
    for of in ["run", "toolComponent"] {
        schema["definitions"][of]["properties"]["language"].as_object_mut().unwrap().remove("pattern").unwrap();
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn sarif_follows_its_schema() {
    for run in [newsroom(), hostile()] {
        let log: Value = serde_json::from_str(&written(&run, "sarif")).unwrap();
        sarif_is_valid(&log);
    }
}

#[test]
fn sarif_names_rules_places_and_fingerprints() {
    let run = newsroom();
    let log: Value = serde_json::from_str(&written(&run, "sarif")).unwrap();
    let (results, rules) = (&log["runs"][0]["results"], &log["runs"][0]["tool"]["driver"]["rules"]);
    let embargo = results.as_array().unwrap().iter().find(|r| r["ruleId"] == "house/no-embargo").unwrap();
    assert_eq!(rules[embargo["ruleIndex"].as_u64().unwrap() as usize]["id"], "house/no-embargo");
    let place = &embargo["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"], serde_json::json!({"uri": "news/embargo.txt", "uriBaseId": "ROOT"}));
    assert_eq!(place["region"]["snippet"]["text"], "EMBARGOED UNTIL Friday, 10 am");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&5.into(), &1.into()));
    assert!(embargo["partialFingerprints"]["rightscheck/v1"].as_str().unwrap().starts_with("rc1-"));
    assert_eq!(rules.as_array().unwrap().len(), 3, "rules that passed everywhere are named too");
}

#[test]
fn sarif_holds_the_worst_and_says_what_it_leaves_out() {
    let mut run = Run::with_policy();
    for n in 0..2600 {
        run = run.file(&format!("news/{n}.txt"), BARE);
    }
    let log: Value = serde_json::from_str(&written(&run, "sarif")).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 5_000);
    assert_eq!(results.iter().filter(|r| r["level"] == "error").count(), 2_600);
    let said = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(said.as_str().unwrap().starts_with("200 results are left out here"), "{said}");
    sarif_is_valid(&log);
}

/// Names and attributes of the elements of a document, in order.
#[track_caller]
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) => {
                let attributes = e.attributes().map(Result::unwrap).map(|a| (a.key.as_ref().to_owned(), a.value.to_string()));
                found.push((e.name().as_ref().to_owned(), attributes.collect()));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn junit_has_a_suite_for_each_document_and_a_case_for_each_rule() {
    let xml = written(&newsroom(), "junit");
    let found = elements(&xml);
    let named = |name: &str| found.iter().filter(|(n, _)| n == name).count();
    assert_eq!((named("testsuite"), named("testcase"), named("failure"), named("system-out")), (3, 9, 2, 1));
    let counts: Vec<(&str, &str)> = found[0].1.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(counts, [("name", "rightscheck"), ("tests", "9"), ("failures", "2"), ("errors", "0"), ("skipped", "0")]);
    assert!(xml.contains("“EMBARGOED UNTIL Friday, 10 am”"));
    elements(&written(&hostile(), "junit"));
}

#[test]
fn junit_names_what_could_not_be_read() {
    let run = Run::with_policy().file("news/bare.txt", BARE).long_file("news/huge.txt", 200_000_000);
    let xml = run.check(["news", "--quiet", "--format", "junit"]).out;
    assert!(xml.contains("<error message=") && xml.contains("classname=\"news/huge.txt\""), "{xml}");
}

#[test]
fn gitlab_lists_open_findings_with_their_lines() {
    let list: Value = serde_json::from_str(&written(&newsroom(), "gitlab")).unwrap();
    let brief: Vec<(&str, &str, u64)> = list.as_array().unwrap().iter().map(brief).collect();
    let expected = [("house/byline", "major", 1), ("house/copyright", "minor", 1), ("house/no-embargo", "major", 5)];
    assert_eq!(brief, expected);
}

fn brief(issue: &Value) -> (&str, &str, u64) {
    let line = issue["location"]["lines"]["begin"].as_u64().unwrap();
    (issue["check_name"].as_str().unwrap(), issue["severity"].as_str().unwrap(), line)
}

#[test]
fn github_shows_the_worst_and_counts_the_rest() {
    insta::assert_snapshot!(written(&newsroom(), "github"), @"
    ::error file=news/bare.txt,line=1,endLine=1,col=1,title=byline::the article names no author%0AName the author under the headline.
    ::error file=news/embargo.txt,line=5,endLine=5,col=1,title=no-embargo::internal line left in the text: EMBARGOED UNTIL Friday, 10 am
    ::warning file=news/bare.txt,line=1,endLine=1,col=1,title=copyright::there is no copyright line
    ");
    let mut run = Run::with_policy();
    for n in 0..14 {
        run = run.file(&format!("news/{n}.txt"), BARE);
    }
    let out = written(&run, "github");
    assert_eq!(out.matches("::error ").count(), 10);
    assert!(out.contains("::error title=rightscheck::5 more like these are not shown here"), "{out}");
    assert!(written(&hostile(), "github").lines().all(|l| l.starts_with("::error ") || l.starts_with("::warning ")));
}

#[test]
fn github_gets_the_summary_of_the_job() {
    let run = newsroom().file("summary.md", "# Before\n");
    let path = run.path("summary.md").display().to_string();
    let run = run.env("GITHUB_STEP_SUMMARY", &path);
    written(&run, "github");
    let summary = run.read("summary.md");
    assert!(summary.starts_with("# Before\n## Rights check\n"), "{summary}");
    written(&run, "concise");
    assert_eq!(run.read("summary.md"), summary, "only annotations come with a summary");
}

#[test]
fn markdown_tells_verdict_rules_and_first_findings() {
    insta::assert_snapshot!(written(&newsroom(), "markdown"), @"
    ## Rights check

    **2 of 3 documents have to be corrected.**

    | rule | error | warning | note | review | documents |
    | :--- | ---: | ---: | ---: | ---: | ---: |
    | `byline` | 1 | – | – | – | 1 |
    | `no-embargo` | 1 | – | – | – | 1 |
    | `copyright` | – | 1 | – | – | 1 |

    - **error** `byline` `news/bare.txt:1:1` – the article names no author
    - **error** `no-embargo` `news/embargo.txt:5:1` – internal line left in the text&#58; EMBARGOED UNTIL Friday, 10 am
      > EMBARGOED UNTIL Friday, 10 am
    - **warning** `copyright` `news/bare.txt:1:1` – there is no copyright line

    <sub>rightscheck 0.1.0 · policy house 2026.11 · as of 2026-11-22</sub>
    ");
    let hostile = written(&hostile(), "markdown");
    assert!(!hostile.contains("<script") && !hostile.contains("<img") && !hostile.contains("@team"), "{hostile}");
}

#[test]
fn the_table_has_a_row_for_each_finding_and_no_formula() {
    for (run, findings) in [(newsroom(), 3), (hostile(), 2)] {
        let text = written(&run, "csv");
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(rows.len() >= findings, "{text}");
        assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{text}");
    }
}

#[test]
fn the_workbook_has_a_sheet_for_findings_documents_and_exceptions() {
    let run = newsroom();
    run.check(["news", "--quiet", "--output", "xlsx=rights.xlsx"]).ends_with(1);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(run.path("rights.xlsx")).unwrap();
    assert_eq!(book.sheet_names(), ["Findings", "Documents and uses", "Exceptions"]);
    let findings = book.worksheet_range("Findings").unwrap();
    assert_eq!(findings.height(), 4);
    assert!(findings.cells().all(|(_, _, cell)| matches!(cell, calamine::Data::String(_) | calamine::Data::Empty)), "cells are text");
    let uses = book.worksheet_range("Documents and uses").unwrap();
    assert_eq!((uses.height(), uses.get_value((1, 0)).unwrap().to_string()), (4, "news/bare.txt".to_owned()));
}

#[test]
fn a_saved_run_is_written_again_without_the_documents() {
    let run = newsroom();
    let formats = ["json", "sarif", "junit", "gitlab", "github", "markdown", "csv", "html", "concise"];
    let outputs: Vec<String> = formats.iter().map(|f| format!("--output={f}=direct.{f}")).collect();
    let outputs = outputs.iter().map(String::as_str).chain(["news", "--quiet", "--output=json=run.json", "--output=jsonl=run.jsonl"]);
    run.check(outputs).ends_with(1);
    fs::remove_dir_all(run.path("news")).unwrap();
    for format in formats {
        for saved in ["run.json", "run.jsonl"] {
            let again = run.run(["report", saved, "--format", format]).ends_with(0).out;
            assert_eq!(again, run.read(&format!("direct.{format}")), "{format} from {saved}");
        }
    }
    insta::assert_snapshot!(run.run(["report", "run.json"]).all(), @"
    error[byline]: the article names no author
      --> news/bare.txt
      = looked in: article-top (none) · article (none) · metadata (none)
      = help: Name the author under the headline.

    warning[copyright]: there is no copyright line
      --> news/bare.txt
      = looked in: article (none) · footer (none) · metadata (none)

    error[no-embargo]: internal line left in the text: EMBARGOED UNTIL Friday, 10 am
      --> news/embargo.txt:5:1
       | ›EMBARGOED UNTIL Friday, 10 am‹

     rule          error  warning     note   review  documents
     byline            1        –        –        –          1
     no-embargo        1        –        –        –          1
     copyright         –        1        –        –          1

     3 documents · 2 fail · 1 pass
     policy house 2026.11 (3 rules) as of 2026-11-22

     why      rightscheck explain no-embargo
    exit code 0
    ");
}

#[test]
fn what_is_no_saved_run_is_refused_with_its_place() {
    let run = Run::new().file("a.json", "{\"schema\": \"other/1\"}").file("b.json", "{\n  oops").file("c.json", [0xff, 0xfe]);
    let refused = |file: &str| run.run(["report", file]).ends_with(2).messages;
    insta::assert_snapshot!(["a.json", "b.json", "c.json", "none.json"].map(refused).concat(), @"
    rightscheck: a.json is no saved run: it holds `other/1`, not rightscheck/run/1 (check --output json=FILE saves one)
    rightscheck: b.json is no saved run: line 2, column 3: key must be a string (check --output json=FILE saves one)
    rightscheck: c.json is no saved run: it isn't text in UTF-8 (check --output json=FILE saves one)
    rightscheck: cannot read none.json: No such file or directory (os error 2)
    ");
}

fn compare(run: &Run, args: &[&str]) -> Output {
    run.run(["check", "news", "--as-of", DAY, "--compare", "old.json"].iter().chain(args))
}

#[test]
fn a_comparison_names_what_is_new_fixed_and_changed() {
    let run = newsroom();
    run.check(["news", "--quiet", "--output", "json=old.json"]).ends_with(1);
    fs::remove_file(run.path("news/bare.txt")).unwrap();
    let run = run.file("news/moved/embargo.txt", EMBARGO).file("news/new.txt", EMBARGO.replace("Friday", "Monday"));
    fs::remove_file(run.path("news/embargo.txt")).unwrap();
    insta::assert_snapshot!(compare(&run, &["--output", "json=new.json", "--format", "concise"]).out, @"
    news/moved/embargo.txt:5:1: error[no-embargo] internal line left in the text: EMBARGOED UNTIL Friday, 10 am
    news/new.txt:5:1: error[no-embargo] internal line left in the text: EMBARGOED UNTIL Monday, 10 am
    ");
    let report = run.run(["report", "--compare", "old.json", "new.json"]).ends_with(0).out;
    insta::assert_snapshot!(report.split(" since ").nth(1).unwrap_or(&report), @"
    the run of 2026-11-22: 1 new, 0 changed, 2 fixed, 1 as before
       new     error[no-embargo] news/new.txt: internal line left in the text: EMBARGOED UNTIL Monday, 10 am
       fixed   error[byline] news/bare.txt: the article names no author
       fixed   warning[copyright] news/bare.txt: there is no copyright line
     policy house 2026.11 (3 rules) as of 2026-11-22

     why      rightscheck explain no-embargo
    ");
    let log: Value = serde_json::from_str(&compare(&run, &["--format", "sarif"]).out).unwrap();
    sarif_is_valid(&log);
    let states: Vec<&str> = log["runs"][0]["results"].as_array().unwrap().iter().map(|r| r["baselineState"].as_str().unwrap()).collect();
    assert_eq!(states, ["unchanged", "new"]);
    let page = compare(&run, &["--format", "html"]).out;
    assert!(page.contains("Changes since the run of 2026-11-22"));
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_the_old_file_whole() {
    let run = newsroom().file("report.json", "the old report");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rightscheck"));
    // It waits for a document that never ends.
    command.args(["check", "-", "--quiet", "--output", "json=report.json"]).current_dir(run.path(""));
    let mut child = command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().unwrap();
    let begun = || run.names().iter().any(|n| n.contains(".rightscheck-"));
    while !begun() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was killed");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(run.read("report.json"), "the old report");
}

#[cfg(unix)]
#[test]
fn a_run_that_breaks_off_leaves_the_old_file_whole() {
    let run = newsroom().file("report.json", "the old report");
    // No file may grow beyond a block: as on a full disk, writing fails.
    let program = env!("CARGO_BIN_EXE_rightscheck");
    let script = format!("trap '' XFSZ; ulimit -f 1; {program} check news --quiet --output json=report.json");
    let status = std::process::Command::new("bash").args(["-c", &script]).current_dir(run.path("")).output().unwrap();
    assert!(!status.status.success());
    assert!(String::from_utf8_lossy(&status.stderr).contains("File too large"), "{status:?}");
    assert_eq!(run.read("report.json"), "the old report");
    assert!(run.names().iter().all(|n| !n.contains(".rightscheck-")), "{:?}", run.names());
}
