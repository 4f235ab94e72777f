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
        "when" => format!("only where {said}"),
        "unless" => format!("not where {said}"),
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
