//! The HTML report as files. What it looks like and how it behaves is tested in a browser (`tests/browser`).

use crate::run::BARE;
use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::Run;

fn site() -> Run {
    Run::with_policy().file("site/good.html", GOOD).file("site/bare.txt", BARE).file("site/in/embargo.txt", EMBARGO)
}

fn fingerprints(run: &Run) -> Vec<String> {
    let findings = run.check(["site", "--format", "json"]).json()["findings"].clone();
    findings.as_array().unwrap().iter().map(|f| f["fingerprint"].as_str().unwrap().to_owned()).collect()
}

#[track_caller]
fn holds_each_once(page: &str, fingerprints: &[String]) {
    assert!(!fingerprints.is_empty());
    for fingerprint in fingerprints {
        assert_eq!(page.matches(&format!("id=\"{fingerprint}\"")).count(), 1, "{fingerprint}");
    }
}

#[test]
fn one_page_holds_every_finding_and_every_document() {
    let run = site();
    run.check(["site", "--output", "html=report.html", "--quiet"]).ends_with(1);
    let page = run.read("report.html");
    holds_each_once(&page, &fingerprints(&run));
    for words in ["2 of 3 documents have to be corrected.", "EMBARGOED UNTIL Friday, 10 am</mark>", "site/good.html", "The house policy"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(run.names().iter().all(|name| !name.starts_with("report/")), "{:?}", run.names());
}

#[test]
fn findings_on_the_same_words_are_one_entry() {
    let mut run = Run::with_policy();
    for n in 0..9 {
        run = run.file(&format!("site/{n}.txt"), EMBARGO);
    }
    let page = run.check(["site", "--format", "html"]).out;
    assert_eq!(page.matches("<article class=\"cause").count(), 1);
    assert!(page.contains("No. 1–9 · 9 findings in 9 documents, on the same words"));
    assert_eq!(page.matches("<mark>EMBARGOED UNTIL").count(), 1, "the words are shown once");
    assert!(page.contains("<summary>5 more with the same words</summary>"));
}

#[test]
fn an_endless_paragraph_does_not_fill_the_report() {
    let notice = format!("No copying of {} without the prior consent of Nova Media Ltd.", "these words and ".repeat(20_000));
    let run = Run::new().file("long.txt", format!("{GOOD}\n\n{notice}\n"));
    let page = run.check(["long.txt", "--format", "html"]).out;
    assert!(page.len() < 400_000, "{} bytes", page.len());
}

#[test]
fn standard_output_takes_one_page() {
    let run = site();
    let page = run.check(["site", "--format", "html"]).ends_with(1).out;
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>"), "{page}");
    holds_each_once(&page, &fingerprints(&run));
}

#[test]
fn a_folder_has_an_index_and_a_page_for_each_document() {
    let run = site();
    run.check(["site", "--output", "html=report/", "--quiet"]).ends_with(1);
    let names: Vec<String> = run.names().into_iter().filter(|n| n.starts_with("report/")).collect();
    assert_eq!(
        names,
        [
            "report/index.html",
            "report/pages/collection.html",
            "report/pages/documents/1-bare-txt.html",
            "report/pages/documents/2-good-html.html",
            "report/pages/documents/3-embargo-txt.html",
            "report/pages/report.css",
        ]
    );
    holds_each_once(&run.read("report/index.html"), &fingerprints(&run));
    let pages: String = names.iter().filter(|n| n.contains("/documents/")).map(|n| run.read(n)).collect();
    holds_each_once(&pages, &fingerprints(&run));
    assert!(run.read("report/index.html").contains("href=\"pages/documents/1-bare-txt.html#rc1-"));
    assert!(pages.contains("href=\"../../index.html\""));
}

#[test]
fn a_report_replaces_its_pages_and_nobody_elses() {
    let run = site();
    run.check(["site", "--output", "html=report/", "--quiet"]).ends_with(1);
    std::fs::remove_file(run.path("site/good.html")).unwrap();
    run.check(["site", "--output", "html=report/", "--quiet"]).ends_with(1);
    assert!(run.names().iter().all(|n| !n.contains("good-html")), "{:?}", run.names());
    let run = run.file("other/pages/mine.txt", "mine").file("other/index.html", "mine too");
    run.check(["site", "--output", "html=other/", "--quiet"]).ends_with(2).says("would have to be replaced, and is no report's");
    assert_eq!((run.read("other/pages/mine.txt"), run.read("other/index.html")), ("mine".to_owned(), "mine too".to_owned()));
    assert!(run.names().iter().all(|n| !n.contains(".rightscheck-")), "nothing is left behind: {:?}", run.names());
}

#[test]
fn a_large_run_gets_a_page_for_each_document_beside_its_page() {
    let lines: String = (0..2_001).map(|n| format!("EMBARGOED UNTIL day {n}\n\n")).collect();
    let run = Run::with_policy().file("site/long.txt", format!("{EMBARGO}\n{lines}"));
    run.check(["site", "--output", "html=the report.html", "--quiet"]).ends_with(1);
    let names = run.names();
    assert!(names.contains(&"the report/documents/1-long-txt.html".to_owned()), "{names:?}");
    assert!(run.read("the report.html").contains("href=\"the%20report/documents/1-long-txt.html#rc1-"));
    assert!(run.read("the report/documents/1-long-txt.html").contains("href=\"../../the%20report.html\""));
}

#[test]
fn names_of_files_cannot_leave_the_report() {
    let run = Run::with_policy().file("site/a\"><b>.txt", BARE).file("site/x..%2f..txt", BARE).file("site/%2e%2e.txt", BARE);
    run.check(["site", "--output", "html=report/", "--quiet"]).ends_with(1);
    let pages: Vec<String> = run.names().into_iter().filter(|n| n.starts_with("report/pages/documents/")).collect();
    assert_eq!(pages.len(), 3, "{pages:?}");
    let plain = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-./".contains(&b));
    assert!(pages.iter().all(|n| plain(n) && !n.contains("..")), "{pages:?}");
}

#[test]
fn an_incomplete_check_says_so_by_name() {
    let run = Run::with_policy().file("site/good.html", GOOD).file("site/broken.txt.gz", [0x1f, 0x8b, 8, 0, 0]);
    run.check(["site", "--output", "html=report.html", "--quiet"]).ends_with(3);
    let page = run.read("report.html");
    assert!(page.contains("The check is incomplete: 1 file could not be read in full."));
    assert!(page.contains("<span class=\"path\">site/broken.txt.gz</span>"));
}

#[test]
fn what_the_policy_leaves_out_is_named() {
    let policy = format!("{}\n[scan]\nexclude = [\"**/drafts/**\"]\n", crate::run::POLICY);
    let run = Run::new().file("rightscheck.toml", policy).file("site/good.html", GOOD).file("site/drafts/bare.txt", BARE);
    run.check(["site", "--output", "html=report.html", "--quiet"]).ends_with(0);
    let page = run.read("report.html");
    assert!(page.contains("The document meets the policy."), "the verdict");
    assert!(page.contains("by the policy: <span class=\"path\">site/drafts/bare.txt</span>"), "left out");
}
