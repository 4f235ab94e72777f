//! `inspect`: what a document says, and the answer to a use.

use crate::run::BARE;
use crate::run::GOOD;
use crate::run::Run;

const NOTICE: &str = "Harbour closed\n\nBy Ann Example\n\nThe harbour was closed on Friday because of the storm.\n\n\
Any use of the materials of Example Media Ltd, including reproduction, storage and machine learning, requires the prior explicit consent of Example Media Ltd, except indexing by search engines.\n";

#[test]
fn a_document_is_shown_to_people() {
    let shown = Run::new().file("good.html", GOOD).run(["inspect", "good.html"]).ends_with(0);
    for words in
        ["good.html", "html · en · utf-8", "published 2026-11-20", "FACTS", "byline", "Ann Example", "MAY I …", "ai-train", "not found"]
    {
        assert!(shown.out.contains(words), "{words}\n{}", shown.out);
    }
    assert!(shown.out.lines().all(|l| l.chars().count() <= 100), "{}", shown.out);
}

#[test]
fn one_file_is_an_object_and_a_folder_a_list() {
    let run = Run::new().file("news/good.html", GOOD);
    assert_eq!(run.run(["inspect", "news/good.html", "--format", "json"]).json()["schema"], "rightscheck/inspection/1");
    assert_eq!(run.run(["inspect", "news", "--format", "json"]).json()[0]["schema"], "rightscheck/inspection/1");
    assert_eq!(Run::new().run(["inspect", "--format", "json"]).ends_with(3).json(), serde_json::json!([]));
}

#[test]
fn hostile_text_cannot_steer_the_terminal() {
    let page = GOOD.replace("Ann Example", "Ann \u{1b}[2J\u{202e}Example\u{9b}1m");
    let run = Run::with_policy().file("a.html", &page);
    for args in [
        &["inspect", "a.html"][..],
        &["inspect", "a.html", "--format", "json"],
        &["check", "a.html", "--show", "pass"],
        &["check", "a.html", "--format", "jsonl"],
    ] {
        let output = run.run(args).out;
        assert!(output.contains("Ann"), "{args:?}\n{output}");
        assert!(!output.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{args:?}\n{output}");
    }
}

#[test]
fn the_answer_to_a_use_is_the_exit_code() {
    let run = Run::new().file("notice.txt", NOTICE).file("bare.txt", BARE);
    run.run(["inspect", "--for", "ai-train", "notice.txt"])
        .ends_with(1)
        .says("ai-train: ask Example Media Ltd")
        .says("Any use of the materials");
    run.run(["inspect", "--for", "search", "notice.txt"]).ends_with(0).says("search: allowed");
    run.run(["inspect", "--for", "ai-train", "bare.txt"]).ends_with(3).says("ai-train: not stated");
    run.run(["inspect", "--for", "ai-train", "."]).ends_with(1);
}

#[test]
fn the_answer_to_a_use_can_be_read_by_programs() {
    let run = Run::new().file("notice.txt", NOTICE);
    let answer = run.run(["inspect", "--for", "ai-train", "notice.txt", "--format", "json"]).ends_with(1).json();
    assert_eq!(answer["schema"], "rightscheck/answer/1");
    assert_eq!(answer["state"], "conditional");
    assert_eq!(answer["facts"][0]["fact"], "reservation");
}
