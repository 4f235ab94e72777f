//! Every place of every sample, in facts and in findings, slices to its quote: the bytes of the span, without mark-up, with their
//! references decoded and white space folded, are the quote. The check stands on the mark-up readers of others, not on this crate's.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the test reads the samples and runs the program")]

use pulldown_cmark::{Event, Parser};
use scraper::Html;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

#[test]
fn every_place_slices_to_its_quote() {
    let mut count = 0;
    for inspection in run(&["inspect", "samples", "--format", "jsonl"]).lines() {
        let inspection: Value = serde_json::from_str(inspection).unwrap();
        for fact in inspection["facts"].as_array().unwrap() {
            holds(&fact["place"], inspection["document"]["encoding"].as_str().unwrap());
            count += 1;
        }
    }
    assert!(count > 300, "{count} places");
}

#[test]
fn every_place_of_a_finding_slices_to_its_quote() {
    let checked: Value = serde_json::from_str(&run(&["check", "samples", "--format", "json", "--as-of", "2026-11-25"])).unwrap();
    let mut count = 0;
    for finding in checked["findings"].as_array().unwrap() {
        let document = checked["documents"].as_array().unwrap().iter().find(|d| d["path"] == finding["document"]["path"]).unwrap();
        for place in finding.get("primary").into_iter().chain(finding["related"].as_array().unwrap()) {
            holds(place, document["encoding"].as_str().unwrap());
            stands_in_its_context(place, document["encoding"].as_str().unwrap());
            count += 1;
        }
    }
    assert!(count > 40, "{count} places");
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rightscheck")).args(arguments).current_dir(root()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// What a report shows around a quotation stands around it: in the source where the quotation is mark-up, else in the text for readers.
fn stands_in_its_context(place: &Value, encoding: &str) {
    let source = place["source"].as_str().unwrap();
    let text = decoded(source, encoding);
    let [start, end] = span(place);
    let [before, after] = ["before", "after"].map(|key| place.get(key).and_then(Value::as_str).unwrap_or("").trim_matches('…'));
    if let Some(mark_up) = place.get("mark_up") {
        assert!(text[start..end].starts_with(mark_up.as_str().unwrap().trim_end_matches('…')), "{source} {start}..{end}");
        assert!(text[..start].ends_with(before) && text[end..].starts_with(after), "{source} {start}..{end}: {before:?} {after:?}");
    } else {
        let shown = format!("{before}{}{after}", place["quote"].as_str().unwrap());
        assert!(folded(&plain(&text, source)).contains(&folded(&shown)), "{source} {start}..{end}: {shown:?}");
    }
}

/// The decoded text of a source; of a picture that is its XMP packet.
fn decoded(source: &str, encoding: &str) -> String {
    let bytes = fs::read(root().join(source)).unwrap();
    if source.ends_with(".png") {
        let packet = rightscheck::source::packet::find(&bytes).unwrap();
        return String::from_utf8(bytes[packet].to_vec()).unwrap();
    }
    encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap().decode(&bytes).0.into_owned()
}

fn span(place: &Value) -> [usize; 2] {
    ["start", "end"].map(|key| usize::try_from(place["span"][key].as_u64().unwrap()).unwrap())
}

fn holds(place: &Value, encoding: &str) {
    let source = place["source"].as_str().unwrap();
    let text = decoded(source, encoding);
    let [start, end] = span(place);
    let slice = &text[start..end];
    let quote = place["quote"].as_str().unwrap();
    let standing = folded(slice) == folded(quote) && (quote.starts_with('<') || quote.starts_with("!["));
    assert!(standing || folded(&plain(slice, source)) == folded(quote), "{source} {start}..{end}: {slice:?} is not {quote:?}");
    for (key, offset) in [("from", start), ("to", end)] {
        let before = &text[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        assert_eq!(
            (place[key]["line"].as_u64(), place[key]["column"].as_u64()),
            (Some(line as u64), Some(column as u64)),
            "{source} {start}..{end}"
        );
    }
}

/// What a reader sees of a slice. Of an element that has no text, such as a picture, the quote is the source as it stands.
fn plain(slice: &str, source: &str) -> String {
    match source.rsplit('.').next().unwrap() {
        "md" => Parser::new(slice).map(seen).collect(),
        "html" => Html::parse_fragment(slice).root_element().text().collect(),
        _ => slice.to_owned(),
    }
}

fn seen(event: Event<'_>) -> String {
    match event {
        Event::Text(text) | Event::Code(text) => text.into_string(),
        Event::Html(html) | Event::InlineHtml(html) => Html::parse_fragment(&html).root_element().text().collect(),
        _ => " ".to_owned(),
    }
}

/// Without any white space: an element such as `<br>` parts words without leaving a character of its own.
fn folded(text: &str) -> String {
    text.split_whitespace().collect()
}
