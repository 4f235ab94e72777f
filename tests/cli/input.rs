//! Which documents are read, and with what beside them.

use crate::run::BARE;
use crate::run::GOOD;
use crate::run::Output;
use crate::run::Run;

/// The names of the documents that are read, in order.
#[track_caller]
fn read(run: &Run, args: &[&str]) -> Vec<String> {
    documents(&run.run(["inspect", "--format", "jsonl"].iter().chain(args)))
}

fn documents(output: &Output) -> Vec<String> {
    output.objects().iter().map(|o| o["document"]["path"].as_str().unwrap().to_owned()).collect()
}

fn folder() -> Run {
    Run::new()
        .file("a.html", GOOD)
        .file("b/c.md", "# Harbour\n")
        .file("b/d.txt", BARE)
        .file("b/e.css", "p { color: red }")
        .file("b/page.php", "<!DOCTYPE html><html><p>Harbour</p></html>")
        .file("b/script.php", "<?php echo 1;")
        .file(".hidden/f.html", GOOD)
}

#[test]
fn documents_are_known_by_extension_or_by_their_first_bytes_in_stable_order() {
    assert_eq!(read(&folder(), &["."]), ["a.html", "b/c.md", "b/d.txt", "b/page.php"]);
    assert_eq!(read(&folder(), &["--hidden", "."]), [".hidden/f.html", "a.html", "b/c.md", "b/d.txt", "b/page.php"]);
    assert_eq!(read(&folder(), &["--ext", "md,.TXT", "."]), ["b/c.md", "b/d.txt"]);
}

#[test]
fn paths_keep_their_order_and_come_once() {
    assert_eq!(read(&folder(), &["b/d.txt", "a.html", "b"]), ["b/d.txt", "a.html", "b/c.md", "b/page.php"]);
}

#[test]
fn patterns_are_expanded_by_the_program() {
    assert_eq!(read(&folder(), &["**/*.{md,txt}"]), ["c.md", "d.txt"].map(|n| format!("b/{n}")));
    assert_eq!(read(&folder(), &["b/?.txt"]), ["d.txt"]);
}

#[test]
fn ignore_files_are_respected_and_the_nearest_decides() {
    let run = folder().file(".gitignore", "*.txt\n/b/page.php\n").file("b/.rightscheckignore", "!d.txt\nc.md\n");
    assert_eq!(read(&run, &["."]), ["a.html", "b/d.txt"]);
    assert_eq!(read(&run, &["--no-ignore", "."]), ["a.html", "b/c.md", "b/d.txt", "b/page.php"]);
}

#[test]
fn a_path_named_is_read_even_if_ignored() {
    let run = folder().file(".ignore", "*.html\n");
    assert_eq!(read(&run, &["a.html"]), ["a.html"]);
    assert_eq!(run.run(["inspect", "--format", "jsonl", "--force-exclude", "a.html"]).ends_with(3).out, "");
}

#[test]
fn patterns_can_be_left_out() {
    assert_eq!(read(&folder(), &["--exclude", "b/", "."]), ["a.html"]);
    assert_eq!(read(&folder(), &["--exclude", "*.md", "--exclude", "/a.html", "."]), ["b/d.txt", "b/page.php"]);
    folder().run(["inspect", "--exclude", "a{b", "."]).ends_with(2).says("--exclude a{b");
}

#[test]
fn a_list_of_paths_is_read_from_a_file_or_from_standard_input() {
    let run = folder().file("list", "b/d.txt\r\n\na.html\n").file("list0", "b/d.txt\0a.html\0");
    assert_eq!(read(&run, &["--files-from", "list"]), ["b/d.txt", "a.html"]);
    assert_eq!(read(&run, &["--files-from", "list0", "-0"]), ["b/d.txt", "a.html"]);
    assert_eq!(read(&folder().stdin("b/c.md\n"), &["--files-from", "-"]), ["c.md"]);
    run.run(["inspect", "--files-from", "nothing"]).ends_with(2).says("--files-from: cannot read nothing");
}

#[test]
fn without_a_path_the_current_folder_is_read() {
    assert_eq!(read(&folder().inside("b"), &[]), ["c.md", "d.txt", "page.php"]);
}

#[test]
fn packed_documents_are_unpacked() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, GOOD.as_bytes()).unwrap();
    let run = Run::new().file("a.html.gz", packed.finish().unwrap()).file("b.html", GOOD);
    let output = run.run(["inspect", "--format", "jsonl", "."]).ends_with(0).objects();
    assert_eq!(output[0]["document"]["kind"], "html");
    assert_eq!(output[0]["document"]["sha256"], output[1]["document"]["sha256"]);
}

#[test]
fn one_document_is_read_from_standard_input() {
    let run = Run::with_policy().stdin(BARE);
    run.check(["-"]).ends_with(1).says("stdin");
    let page = Run::with_policy().stdin(GOOD);
    let output =
        page.run(["inspect", "-", "--format", "json", "--stdin-name", "news/a.html", "--url", "https://example.org/a"]).ends_with(0).json();
    assert_eq!(output["document"]["path"], "news/a.html");
    assert_eq!(output["document"]["kind"], "html");
    assert_eq!(output["document"]["id"], "https://example.org/a");
}

#[test]
fn header_fields_given_for_standard_input_count() {
    let bytes = b"<html><p>caf\xe9</p></html>".as_slice();
    let run = Run::new().stdin(bytes);
    let output = run.run(["inspect", "-", "--format", "json", "--header", "Content-Type: text/html; charset=windows-1252"]).json();
    assert_eq!(output["document"]["encoding"], "windows-1252");
    run.run(["inspect", "-", "--header", "nonsense"]).ends_with(2).says("X-Robots-Tag: noai");
}

#[test]
fn options_of_standard_input_need_it() {
    folder()
        .run(["inspect", "a.html", "--url", "https://example.org/"])
        .ends_with(2)
        .says("--url describes a document from standard input");
    folder().run(["inspect", "-", "a.html"]).ends_with(2).says("standard input is one document");
}

#[test]
fn site_files_above_a_document_accompany_it_as_far_as_the_root() {
    let robots = "User-agent: *\nDisallow: /\n";
    let run = Run::with_policy().file("robots.txt", robots).file("news/.well-known/tdmrep.json", "[]").file("news/deep/a.html", GOOD);
    run.run(["inspect", "news/deep/a.html"]).says("news/.well-known/tdmrep.json (tdmrep) · robots.txt (robots)");
    // Without a project around it, nothing above the folder that was named counts.
    let run = Run::new().file("robots.txt", robots).file("news/a.html", GOOD);
    run.run(["inspect", "news"]).does_not_say("robots.txt");
}

#[test]
fn the_saved_header_of_a_page_accompanies_it() {
    let run = Run::new().file("a.html", GOOD).file("a.html.headers", "HTTP/1.1 200 OK\r\nX-Robots-Tag: noai\r\n\r\n");
    run.run(["inspect", "a.html"]).says("companions").says("a.html.headers (headers)");
}

#[test]
fn pictures_in_reach_of_a_page_are_listed() {
    let page = "<article><h1>Harbour</h1><img src=\"a.jpg?w=800\"><img src=\"/img/b.png\"><img src=\"../../../etc/passwd\">\
<img src=\"https://example.org/c.jpg\"><img src=\"missing.jpg\"></article>";
    let run = Run::with_policy().file("news/a.html", page).file("news/a.jpg", "").file("img/b.png", "");
    let output = run.run(["inspect", "news/a.html", "--format", "json"]).json();
    let listed: Vec<_> = output["companions"].as_array().unwrap().iter().map(|c| c["path"].as_str().unwrap()).collect();
    assert_eq!(listed, ["news/a.jpg", "img/b.png"]);
    run.run(["inspect", "news/a.html"]).says("news/a.jpg (picture) · img/b.png (picture)");
}

#[test]
fn site_files_named_by_the_policy_apply_to_every_document() {
    let policy = format!("{}\n[site]\nfiles = [\"public/robots.txt\"]\n", crate::run::POLICY);
    let run =
        Run::new().file("rightscheck.toml", policy).file("public/robots.txt", "User-agent: *\nDisallow: /\n").file("news/a.html", GOOD);
    run.run(["inspect", "news"]).says("public/robots.txt (robots)");
}

/// A zip archive with members that are stored.
pub(crate) fn zip(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_archive_is_read_like_a_folder() {
    let members = [("site/robots.txt", "User-agent: GPTBot\nDisallow: /\n"), ("site/a.html", GOOD), ("site/b.css", "p {}")];
    let run = Run::new().file("pages.zip", zip(&members)).file("c.txt", BARE);
    assert_eq!(read(&run, &["pages.zip"]), ["pages.zip/site/a.html", "pages.zip/site/robots.txt"]);
    let inspection = run.run(["inspect", "--format", "jsonl", "pages.zip"]).objects().remove(0);
    let sources: Vec<_> = inspection["facts"].as_array().unwrap().iter().map(|f| f["place"]["source"].clone()).collect();
    assert!(sources.contains(&"pages.zip/site/robots.txt".into()), "{sources:?}");
}

#[test]
fn what_is_wrong_with_an_archive_is_said_and_the_rest_is_read() {
    let run = Run::new()
        .file("pages.zip", zip(&[("../a.html", GOOD), ("b.html", GOOD)]))
        .file("broken.tar", "no archive at all, but of some length");
    let output = run.run(["check", "--policy", "builtin:essentials", "--format", "json", "pages.zip", "broken.tar"]).ends_with(3);
    let report: serde_json::Value = serde_json::from_str(&output.out).unwrap();
    let codes: Vec<_> =
        report["problems"].as_array().unwrap().iter().map(|p| (p["code"].as_str().unwrap(), p["path"].as_str().unwrap())).collect();
    assert_eq!(codes, [("bad-archive", "pages.zip/../a.html"), ("bad-archive", "broken.tar")]);
    assert_eq!(report["documents"].as_array().unwrap().len(), 1);
}
