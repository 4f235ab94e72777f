//! Reads `[[rule.*.test]]`.

use crate::policy::reader::{Fault, Reader};
use crate::policy::rule::{RuleTest, TestContent};
use crate::policy::tables::text_of;
use crate::policy::tree::{Spot, Table};
use crate::terms::Outcome;

pub(super) const KEYS: &[&str] =
    &["name", "html", "md", "text", "file", "path", "url", "headers", "companions", "expect", "at", "message", "as-of", "todo"];

/// Reads the tests of a rule.
pub(super) fn read_tests(table: &Table, reader: &mut Reader) -> Vec<RuleTest> {
    let Some(entry) = table.get("test") else { return Vec::new() };
    let tables = reader.tables(&entry.value, "test");
    tables.into_iter().filter_map(|(table, at)| read_test(table, at, reader)).collect()
}

fn read_test(table: &Table, at: Spot, reader: &mut Reader) -> Option<RuleTest> {
    reader.only(table, "a test", KEYS);
    let name = text_of(table, "name", reader);
    for key in ["name", "expect"].iter().filter(|key| table.get(key).is_none()) {
        reader
            .missing(Fault::new("missing-key", at, format!("a test has no `{key}`")).help("a test has a `name`, a document and `expect`"));
    }
    let content = content(table, at, reader);
    let expect = table.get("expect").and_then(|e| reader.member(&e.value, "expect", "an outcome", Outcome::ALL, Outcome::name));
    let (name, content, expect) = (name?, content?, expect?);
    Some(RuleTest {
        name,
        content,
        path: text_of(table, "path", reader),
        url: text_of(table, "url", reader),
        headers: pairs(table, "headers", reader),
        companions: pairs(table, "companions", reader),
        expect,
        at: table.get("at").map(|e| reader.texts(&e.value, "at")).unwrap_or_default(),
        message: text_of(table, "message", reader),
        as_of: table.get("as-of").and_then(|e| reader.date(&e.value, "as-of")),
        todo: text_of(table, "todo", reader),
        inherited: at.file != 0,
        file: at.file as usize,
        span: table.get("name").map_or(at, |e| e.value.at).range(),
    })
}

fn content(table: &Table, at: Spot, reader: &mut Reader) -> Option<TestContent> {
    let given: Vec<_> = table.entries.iter().filter(|e| ["html", "md", "text", "file"].contains(&e.key.as_str())).collect();
    let [entry] = given.as_slice() else {
        let message = if given.is_empty() { "a test has no document" } else { "a test has two documents" };
        let place = given.get(1).map_or(at, |e| e.key_at);
        reader.missing(Fault::new("test-document", place, message).help("give it one of `html`, `md`, `text`, `file`"));
        return None;
    };
    let text = reader.text(&entry.value, &entry.key)?;
    Some(match entry.key.as_str() {
        "html" => TestContent::Html(text),
        "md" => TestContent::Markdown(text),
        "text" => TestContent::Text(text),
        _ => TestContent::File(text),
    })
}

fn pairs(table: &Table, key: &str, reader: &mut Reader) -> Vec<(String, String)> {
    let Some(entry) = table.get(key) else { return Vec::new() };
    let Some(table) = reader.table(&entry.value, key) else { return Vec::new() };
    table.entries.iter().filter_map(|e| Some((e.key.clone(), reader.text(&e.value, &e.key)?))).collect()
}
