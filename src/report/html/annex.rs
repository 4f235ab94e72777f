//! The policy as sentences.

use crate::report::run::{PolicyRecord, RuleRecord};
use serde_json::Value;

/// A rule as sentences.
#[derive(Debug)]
pub(super) struct Sentence<'r> {
    pub(super) rule: &'r RuleRecord,
    pub(super) demand: String,
    /// What narrows it, one phrase each.
    pub(super) narrowing: Vec<String>,
}

/// The rules of a policy as sentences.
pub(super) fn sentences(policy: &PolicyRecord) -> Vec<Sentence<'_>> {
    policy.rules.iter().map(|rule| Sentence { rule, demand: demand(rule), narrowing: narrowing(&rule.keys) }).collect()
}

fn demand(rule: &RuleRecord) -> String {
    let mut letters = rule.demand.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

fn narrowing(keys: &Value) -> Vec<String> {
    let Some(keys) = keys.as_object() else { return Vec::new() };
    keys.iter().map(|(key, value)| phrase(key, value)).collect()
}

fn phrase(key: &str, value: &Value) -> String {
    let said = value_words(value);
    match key {
        "within" => format!("stated in {said}"),
        "channel" => format!("stated in each of {said}"),
        "parts" => format!("with {said}"),
        "covers" => format!("speaking of {said}"),
        "names" => format!("naming {said}"),
        "exempts" => format!("leaving open {said}"),
        "holder" => format!("holder: {said}"),
        "party" => format!("party: {said}"),
        "not" => format!("not {said}"),
        "on" => format!("about {said}"),
        "when" => format!("only where {}", condition(value)),
        "unless" => format!("not where {}", condition(value)),
        "accept" => format!("accepted licences: {said}"),
        "reject" => format!("rejected licences: {said}"),
        "wording" => format!("word for word as {said}"),
        "similarity" => format!("at least {said} alike"),
        "when-unsure" => format!("where the evidence is unsure: {said}"),
        "on-silence" => format!("where nothing is said: {said}"),
        "waivable" => format!("exceptions granted by: {said}"),
        "purpose" => format!("only when checked for {said}"),
        "effective" => format!("from {said} on"),
        "until" => format!("not after {said}"),
        other => format!("{}: {said}", other.replace('-', " ")),
    }
}

/// Tables of conditions: everything in a table holds, one of several tables is enough.
fn condition(value: &Value) -> String {
    match value {
        Value::Array(all) => all.iter().map(condition).collect::<Vec<_>>().join(", or "),
        Value::Object(all) => all.iter().map(|(key, value)| holds(key, &value_words(value))).collect::<Vec<_>>().join(" and "),
        other => value_words(other),
    }
}

fn holds(key: &str, said: &str) -> String {
    match key {
        "has" => format!("it has {said}"),
        "lacks" => format!("it lacks {said}"),
        "role" => format!("its role is {said}"),
        "within" => format!("it stands in {said}"),
        "set" => format!("it belongs to {said}"),
        "path" => format!("its path is {said}"),
        "lang" => format!("its language is {said}"),
        "words" => format!("it has {said} words"),
        "published" => format!("it was published {said}"),
        other => format!("its {} is {said}", other.replace('-', " ")),
    }
}

fn value_words(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(all) => all.iter().map(value_words).collect::<Vec<_>>().join(", "),
        Value::Object(all) => {
            let pairs = all.iter().map(|(k, v)| format!("{} {}", k.replace('-', " "), value_words(v)));
            pairs.collect::<Vec<_>>().join(" and ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(keys: &Value, expected: &[&str]) {
        assert_eq!(narrowing(keys), expected);
    }

    #[test]
    fn keys_read_as_phrases() {
        check(&json!({"parts": ["agency", "person"], "within": ["caption"]}), &["with agency, person", "stated in caption"]);
        check(
            &json!({"unless": {"set": "wire"}, "when": {"has": "credit", "lang": ["en"]}}),
            &["not where it belongs to wire", "only where it has credit and its language is en"],
        );
        check(&json!({"when": [{"has": "licence"}, {"role": "content"}]}), &["only where it has licence, or its role is content"]);
        check(&json!({"year": {"covers": "published"}, "count": ">= 2"}), &["year: covers published", "count: >= 2"]);
    }
}
