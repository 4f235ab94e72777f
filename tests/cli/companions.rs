//! What stands beside pages: site files, pictures, the package of a book.

use crate::input::zip;
use crate::run::Run;
use rightscheck::detect::reading::ReadSource;
use rightscheck::input::bundle::Bundle;
use rightscheck::input::select::Selection;
use rightscheck::input::walk::Inputs;
use rightscheck::source::Origin;
use rightscheck::source::Source;
use rightscheck::source::kind::Kind;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

const PAGE: &str = "<h1>Cranes</h1><p>The cranes stood still.</p>";
const SIGNALS: &str = "schema = 1\n[policy]\nid = \"house\"\nname = \"House\"\nextends = [\"builtin:signals\"]\n";

/// The metadata of a picture or a PDF that reserves mining.
const RESERVED: &str = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
<rdf:Description xmlns:tdm='http://www.w3.org/ns/tdmrep/' tdm:reservation='1'/></rdf:RDF></x:xmpmeta>";

/// `use state` of everything said of subjects of that kind.
fn uses(inspection: &Value, kind: &str) -> Vec<String> {
    let all = inspection["uses"].as_array().unwrap().iter().filter(|u| u["subject"]["kind"] == kind);
    all.map(|u| format!("{} {}", u["use"].as_str().unwrap(), u["state"].as_str().unwrap())).collect()
}

#[test]
fn a_fault_of_a_site_file_is_told_once() {
    let run = Run::new().file("rightscheck.toml", SIGNALS).file("robots.txt", "User-agent: AI2Bot\nDisallow: /\n");
    let run = run.file("b.html", PAGE).file("c.html", PAGE);
    let json = run.check(["--format", "json"]).json();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!((&findings[0]["document"]["path"], &findings[0]["primary"]["source"]), (&"b.html".into(), &"robots.txt".into()));
    let verdicts: Vec<_> = json["documents"].as_array().unwrap().iter().map(|d| d["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["remarks", "pass"]);
    let results = json["documents"][1]["results"].as_array().unwrap();
    let told = results.iter().find(|r| r["rule"] == "signals/signal-faults").unwrap();
    assert_eq!((&told["outcome"], &told["why"]), (&"skip".into(), &"a fault of robots.txt, told with an earlier page".into()));
    // It stays the same finding, whatever page it is told with.
    run.run(["baseline", "create", "--as-of", crate::run::DAY]).ends_with(0).says("1 known finding");
    let run = run.file("a.html", PAGE);
    let json = run.check(["--format", "json"]).json();
    let status: Vec<_> = json["findings"].as_array().unwrap().iter().map(|f| f["status"].as_str().unwrap()).collect();
    assert_eq!(status, ["known"]);
}

#[test]
fn a_fault_of_a_header_on_the_command_line_is_at_no_place_of_the_page() {
    let run = Run::new().file("rightscheck.toml", SIGNALS).stdin(PAGE);
    let json = run.check(["-", "--stdin-name", "a.html", "--header", "X-Robots-Tag: noidex", "--format", "json"]).json();
    let findings = json["findings"].as_array().unwrap();
    assert!(findings.len() == 1 && findings[0]["message"].as_str().unwrap().contains("`noindex` was probably meant"), "{findings:?}");
    assert!(findings[0].get("primary").is_none());
}

#[test]
fn a_thousand_pages_read_their_site_file_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("robots.txt"), "User-agent: *\nDisallow: /x\n").unwrap();
    for n in 0..1000 {
        let section = folder.path().join(format!("section-{}", n % 10));
        fs::create_dir_all(&section).unwrap();
        fs::write(section.join(format!("{n}.html")), PAGE).unwrap();
    }
    let inputs = Inputs::new(folder.path(), &[PathBuf::from(".")], Selection::default()).unwrap();
    let mut robots: Vec<Arc<ReadSource>> = Vec::new();
    for entry in inputs.entries().map(Result::unwrap) {
        let page = Source::new(Origin::path(entry.name.clone()), fs::read(&entry.path).unwrap());
        let bundle = Bundle::of(page, &entry, 1 << 20).unwrap();
        robots.extend(bundle.companions.iter().filter(|c| c.source.kind == Kind::Robots).cloned());
    }
    assert_eq!(robots.len(), 1000);
    assert!(robots.iter().all(|one| Arc::ptr_eq(one, &robots[0])));
}

#[test]
fn pictures_speak_for_themselves() {
    let jpeg = [b"\xff\xd8\xff\xe1\0\0http://ns.adobe.com/xap/1.0/\0", RESERVED.as_bytes(), b"\xff\xd9"].concat();
    let page = "<h1>Cranes</h1><p>The cranes stood still.</p><img src=\"img/cranes.jpg\" width=\"900\" height=\"600\">";
    let run = Run::new().file("a.html", page).file("img/cranes.jpg", &jpeg);
    let json = run.run(["inspect", "--format", "json", "a.html"]).json();
    assert_eq!(uses(&json, "image"), ["ai-train prohibited", "tdm prohibited"]);
    assert_eq!(uses(&json, "document"), [""; 0]);
    // A sidecar is as good, and a picture that is inspected itself is the document.
    let run = Run::new().file("a.html", page).file("img/cranes.jpg", "\u{0}").file("img/cranes.xmp", RESERVED);
    assert_eq!(uses(&run.run(["inspect", "--format", "json", "a.html"]).json(), "image").len(), 2);
    assert_eq!(uses(&run.run(["inspect", "--format", "json", "img/cranes.jpg"]).json(), "document").len(), 2);
}

#[test]
fn pictures_of_one_name_in_two_folders_speak_each_for_itself() {
    let page = "<h1>Cranes</h1><p>The cranes stood still.</p><img src=\"cranes.jpg\" width=\"900\" height=\"600\">\
<img src=\"/img/cranes.jpg\" width=\"900\" height=\"600\">";
    let run = Run::with_policy().file("news/a.html", page).file("news/cranes.jpg", "\u{0}").file("img/cranes.jpg", RESERVED);
    let json = run.run(["inspect", "--format", "json", "news/a.html"]).json();
    let reserved = |n: u64| json["uses"].as_array().unwrap().iter().filter(|u| u["subject"]["index"] == n).count();
    assert_eq!((reserved(0), reserved(1)), (0, 2));
    // The nearest file is meant, be it silent.
    let page = page.replace("src=\"cranes.jpg\"", "src=\"/cranes.jpg\"").replace("/img/cranes.jpg", "../cranes.jpg");
    let run = Run::with_policy().file("news/a.html", page).file("news/cranes.jpg", "\u{0}").file("cranes.jpg", RESERVED);
    let json = run.run(["inspect", "--format", "json", "news/a.html"]).json();
    let reserved = |n: u64| json["uses"].as_array().unwrap().iter().filter(|u| u["subject"]["index"] == n).count();
    assert_eq!((reserved(0), reserved(1)), (0, 2));
}

#[test]
fn pictures_in_archives_speak_too() {
    let page = "<h1>Cranes</h1><p>The cranes stood still.</p><img src=\"../img/cranes.jpg\" width=\"900\" height=\"600\">";
    let run = Run::new().file("pages.zip", zip(&[("site/news/a.html", page), ("site/img/cranes.jpg", RESERVED)]));
    let pages = run.run(["inspect", "--format", "jsonl", "pages.zip"]).objects();
    let page = pages.iter().find(|o| o["document"]["path"] == "pages.zip/site/news/a.html").unwrap();
    assert_eq!(uses(page, "image"), ["ai-train prohibited", "tdm prohibited"]);
}

#[test]
fn the_package_of_a_book_speaks_for_its_chapters() {
    let package = "<package version=\"2.0\"><metadata><meta name=\"tdm:reservation\" content=\"1\"/></metadata></package>";
    let book = zip(&[("mimetype", "application/epub+zip"), ("OEBPS/content.opf", package), ("OEBPS/text/one.xhtml", PAGE)]);
    let run = Run::new().file("cranes.epub", book);
    let chapter = run.run(["inspect", "--format", "jsonl", "cranes.epub"]).objects();
    let chapter = chapter.iter().find(|o| o["document"]["path"] == "cranes.epub/OEBPS/text/one.xhtml").unwrap();
    assert_eq!(uses(chapter, "document"), ["ai-train prohibited", "tdm prohibited"]);
}

#[test]
fn the_metadata_of_a_pdf_is_read_and_its_text_is_not_judged() {
    let run = Run::new().file("report.pdf", format!("%PDF-1.7\n1 0 obj\n{RESERVED}\nendobj\n"));
    assert_eq!(uses(&run.run(["inspect", "--format", "json", "report.pdf"]).json(), "document").len(), 2);
    run.check(["--policy", "builtin:essentials", "report.pdf"]).ends_with(3).says("report.pdf");
}

#[test]
fn broken_metadata_is_told_with_its_place_and_the_rest_is_judged() {
    let page = "<h1>Cranes</h1><p>The cranes stood still.</p><img src=\"cranes.jpg\" width=\"900\" height=\"600\">";
    let broken = RESERVED.replace("</rdf:RDF>", "<rdf:li></rdf:RDF>");
    let run = Run::new().file("a.html", page).file("cranes.jpg", &broken);
    let json = run.run(["inspect", "--format", "json", "a.html"]).json();
    assert_eq!(json["problems"][0]["code"], "broken-xmp");
    assert_eq!(uses(&json, "image").len(), 2);
}
