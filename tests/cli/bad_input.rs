//! Input that can't be read, or lies: a clear message with a remedy, the rest still processed, the right exit code, no panic, no hang.

use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::Output;
use crate::run::Run;

/// Checks the folder, which holds a good page beside what is bad. The good page must have been checked.
#[track_caller]
fn check(run: Run) -> Output {
    let output = run.file("zz/good.html", GOOD).check([".", "--format", "jsonl", "-v"]);
    let documents: Vec<_> = output.objects().into_iter().filter(|o| o["schema"] == "rightscheck/document/1").collect();
    assert!(documents.iter().any(|d| d["path"] == "zz/good.html" && d["verdict"] == "pass"), "{}", output.all());
    assert!(!output.all().contains("panicked"), "{}", output.all());
    output
}

/// The problem with that code, as a program sees it.
#[track_caller]
fn problem(output: &Output, code: &str) -> serde_json::Value {
    let all = output.objects();
    let found = all.iter().find(|o| o["schema"] == "rightscheck/problem/1" && o["code"] == code);
    found.unwrap_or_else(|| panic!("no {code} in:\n{}", output.all())).clone()
}

#[test]
fn an_empty_folder_is_not_a_pass() {
    let output = Run::with_policy().check(["."]).ends_with(3);
    output.says("error[no-documents]: no document found in .").says("--ext");
    Run::with_policy().file("a.css", "p {}").check(["."]).ends_with(3).says("no document found");
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let run = Run::with_policy().file("good.html", GOOD);
    run.check(["good.html", "god.html"]).ends_with(3).says("error[missing]: god.html does not exist").says("1 document");
    run.check(["good.html", "*.rst"]).ends_with(3).says("error[unmatched]: no file matches *.rst");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    let output = check(Run::with_policy().link("gone.html", "nowhere")).ends_with(3);
    assert_eq!(problem(&output, "unreadable")["path"], "gone.html");
    output.says("cannot read gone.html").says("--exclude");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let run = Run::with_policy().file("locked.html", GOOD);
    std::fs::set_permissions(run.path("locked.html"), std::fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything reads this too.
    if std::fs::File::open(run.path("locked.html")).is_ok() {
        return;
    }
    let output = check(run).ends_with(3);
    assert_eq!(problem(&output, "unreadable")["path"], "locked.html");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_and_is_no_document_is_passed_over() {
    check(Run::with_policy().link("latest", "nowhere")).ends_with(0);
}

#[cfg(unix)]
#[test]
fn looped_links_are_said_and_followed_once() {
    let output = check(Run::with_policy().file("a/one.html", GOOD).link("a/loop", "..")).ends_with(0);
    assert_eq!(problem(&output, "link-loop")["incomplete"], false);
    output.says("a/loop is a link back to .").says("nothing is lost");
    check(Run::with_policy().link("self.html", "self.html")).ends_with(3).says("self.html");
}

#[test]
fn binary_bytes_under_the_name_of_a_page_are_named() {
    let noise: Vec<u8> = (0..2000u32).map(|n| (n * 7919 % 32) as u8).collect();
    let output = check(Run::with_policy().file("noise", &noise).file("program.html", b"\x7fELF\x02\x01\x01\0\0\0")).ends_with(3);
    assert_eq!(problem(&output, "binary")["path"], "program.html");
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let run = Run::with_policy().long_file("huge.html", 200 << 20);
    let started = std::time::Instant::now();
    let output = check(run).ends_with(3);
    assert!(started.elapsed().as_secs() < 10, "the file was read");
    assert_eq!(problem(&output, "too-large")["path"], "huge.html");
    output.says("huge.html is larger than 52428800 bytes").says("--max-size");
}

#[test]
fn the_limit_can_be_set() {
    let run = Run::with_policy().file("good.html", GOOD);
    run.check(["good.html", "--max-size", "100"]).ends_with(3).says("good.html is larger than 100 bytes");
    run.check(["good.html", "--max-size", "1k"]).ends_with(0);
    run.check(["good.html", "--max-size", "lots"]).ends_with(2).says("k, M or G");
}

#[test]
fn a_packed_bomb_stops_at_the_limit() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..80 {
        std::io::Write::write_all(&mut bomb, &zeros).unwrap();
    }
    let output = check(Run::with_policy().file("bomb.html.gz", bomb.finish().unwrap())).ends_with(3);
    assert_eq!(problem(&output, "too-large")["path"], "bomb.html.gz");
}

#[test]
fn damaged_packing_is_said() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, GOOD.as_bytes()).unwrap();
    let whole = packed.finish().unwrap();
    let output = check(Run::with_policy().file("cut.html.gz", &whole[..whole.len() / 2])).ends_with(3);
    assert_eq!(problem(&output, "undecodable")["path"], "cut.html.gz");
}

#[test]
fn a_document_that_lies_about_its_encoding_is_read_and_said() {
    let page = GOOD.replace("charset=\"utf-8\"", "charset=\"windows-1251\"").replace("harbour", "hafen für");
    let output = check(Run::with_policy().file("lies.html", page)).ends_with(0);
    assert_eq!(problem(&output, "encoding")["path"], "lies.html");
}

#[test]
fn bytes_that_are_no_text_in_any_encoding_are_incomplete() {
    let bytes: Vec<u8> = (0..6000u32).map(|n| ((n * 7919) >> 3) as u8 | 0x80).collect();
    let output = Run::with_policy().file("broken.html", bytes).check(["broken.html"]);
    output.ends_with(3).says("error[undecodable]: broken.html can't be decoded").does_not_say("error[byline]");
}

#[test]
fn nul_characters_do_not_hide_what_follows() {
    let run = Run::with_policy().file("nul.txt", EMBARGO.replace("Friday", "Fri\0day"));
    run.check(["nul.txt"]).ends_with(1).says("error[no-embargo]");
}

#[test]
fn the_same_findings_come_from_every_encoding() {
    let expected = Run::with_policy().file("a.txt", EMBARGO).check(["a.txt", "--format", "concise"]).out;
    let wide = |mark: &[u8], order: fn(u16) -> [u8; 2]| [mark, &EMBARGO.encode_utf16().flat_map(order).collect::<Vec<_>>()].concat();
    let latin: Vec<u8> = EMBARGO.chars().map(|c| c as u8).collect();
    for (name, bytes) in [
        ("UTF-8 with a mark", [&b"\xef\xbb\xbf"[..], EMBARGO.as_bytes()].concat()),
        ("UTF-16 with a mark", wide(b"\xff\xfe", u16::to_le_bytes)),
        ("UTF-16 with a mark, big end first", wide(b"\xfe\xff", u16::to_be_bytes)),
        ("UTF-16 without a mark", wide(b"", u16::to_le_bytes)),
        ("windows-1252", latin),
        ("CRLF", EMBARGO.replace('\n', "\r\n").into_bytes()),
        ("NUL inside", EMBARGO.replace("closed", "clo\0sed").into_bytes()),
    ] {
        let output = Run::with_policy().file("a.txt", bytes).check(["a.txt", "--format", "concise"]);
        assert_eq!(output.out, expected, "{name}\n{}", output.messages);
    }
}

#[test]
fn every_code_of_a_problem_is_explained() {
    let nested = format!("<p>{}</p>", "<div>".repeat(100_000));
    let attributes = format!("<p {}>Harbour</p>", (0..50_000).map(|n| format!("a{n}=1 ")).collect::<String>());
    let formatting = format!("<p>{}{}", "<b>".repeat(5000), "<p>x".repeat(500));
    let run = Run::with_policy()
        .file("nested.html", nested)
        .file("attributes.html", attributes)
        .file("formatting.html", formatting)
        .file("json.html", "<script type=\"application/ld+json\">{\"@type\": \"Article\", \"author\": [}</script>")
        .file("mended.html", "<script type=\"application/ld+json\">{\"@type\": \"Article\", \"name\": \"a\nb\",}</script>")
        .file("front.md", "---\ntitle: [a\n: : {\n---\nHarbour\n");
    let output = check(run);
    let codes: std::collections::BTreeSet<String> = output
        .objects()
        .iter()
        .filter(|o| o["schema"] == "rightscheck/problem/1")
        .map(|o| o["code"].as_str().unwrap().to_owned())
        .collect();
    assert!(codes.len() >= 4, "{codes:?}");
    for code in codes {
        Run::new().run(["explain", &code]).ends_with(0).says(&format!("code {code}"));
    }
}

#[test]
fn one_megabyte_of_an_attribute_is_no_matter() {
    let page = GOOD.replace("<p class=\"byline\">", &format!("<p class=\"byline\" data-a=\"{}\">", "x".repeat(1 << 20)));
    check(Run::with_policy().file("attribute.html", page)).ends_with(0);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    Run::new().run(["--nothing"]).ends_with(2);
    Run::new().run(["check", "--fail-on", "maybe"]).ends_with(2);
    Run::new().run(["check", "--as-of", "tomorrow"]).ends_with(2).says("2026-11-20");
    Run::new().run(Vec::<&str>::new()).ends_with(2).says("Usage");
}
