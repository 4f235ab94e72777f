//! The JSON Schema of policies, made from the lists that the reader itself goes by, so that editors complete what the program takes.
//!
//! It tells keys and closed sets of words. What the keys mean together, the reader says, with carets: `rightscheck policy check`.

use crate::policy::condition;
use crate::policy::read_detector;
use crate::policy::read_rule;
use crate::policy::read_tests;
use crate::policy::tables;
use crate::terms::{Fact, Use};
use serde_json::{Map, Value, json};

/// The schema (JSON Schema, draft 2020-12).
pub fn policy() -> Value {
    let named = |of: Value| json!({ "type": "object", "additionalProperties": of });
    let rule = closed(read_rule::all_keys().map(|key| (key, rule_key(key))));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rightscheck policy",
        "type": "object",
        "required": ["schema", "policy"],
        "additionalProperties": false,
        "properties": {
            "schema": { "const": 1 },
            "policy": any_keys(tables::POLICY_KEYS),
            "site": any_keys(tables::SITE_KEYS),
            "scan": any_keys(tables::SCAN_KEYS),
            "party": named(any_keys(tables::PARTY_KEYS)),
            "set": named(any_keys(condition::SET_KEYS)),
            "wording": named(any_keys(tables::WORDING_KEYS)),
            "rule": named(rule),
            "detector": named(any_keys(read_detector::KEYS)),
            "adjust": { "type": "array", "items": any_keys(tables::ADJUST_KEYS) },
            "lexicon": { "type": "object" },
        },
    })
}

/// A table with these keys and no others.
fn closed<'k>(keys: impl Iterator<Item = (&'k str, Value)>) -> Value {
    let properties: Map<String, Value> = keys.map(|(key, value)| (key.to_owned(), value)).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn any_keys(keys: &[&str]) -> Value {
    closed(keys.iter().map(|key| (*key, json!({}))))
}

fn rule_key(key: &str) -> Value {
    let uses: Vec<&str> = Use::ALL.iter().map(|u| u.name()).collect();
    let facts: Vec<&str> = Fact::ALL.iter().map(|f| f.name()).collect();
    match key {
        "title" | "message" | "fix" | "owner" => json!({ "type": "string" }),
        "severity" => json!({ "enum": ["error", "warning", "note", "off"] }),
        // Detectors of a policy may yield facts of its own.
        "require" | "require-any" | "forbid" | "agree" => one_or_more(&json!({ "anyOf": [{ "enum": facts }, { "type": "string" }] })),
        "permit" | "purpose" => one_or_more(&json!({ "enum": uses })),
        "when" | "unless" => one_or_more(&any_keys(condition::KEYS)),
        "test" => json!({ "type": "array", "items": any_keys(read_tests::KEYS) }),
        "tags" => json!({ "type": "array", "items": { "type": "string" } }),
        _ => json!({}),
    }
}

fn one_or_more(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item }] })
}
