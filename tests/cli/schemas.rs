//! The schemas describe what the program writes, and what it reads.

use crate::run::BARE;
use crate::run::EMBARGO;
use crate::run::GOOD;
use crate::run::POLICY;
use crate::run::Run;
use serde_json::Value;
use std::fs;

fn validator(of: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&Run::new().run(["schema", of]).ends_with(0).out).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[track_caller]
fn is_valid(of: &str, value: &Value) {
    let errors: Vec<String> = validator(of).iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{of}: {errors:#?}");
}

/// A TOML file as editors hold it against a schema: dates are strings.
fn toml(text: &str) -> Value {
    fn json(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(day) => day.to_string().into(),
            toml::Value::Array(list) => list.into_iter().map(json).collect(),
            toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
            other => serde_json::to_value(other).unwrap(),
        }
    }
    json(toml::Value::Table(text.parse().unwrap()))
}

#[test]
fn a_run_its_findings_and_inspections_follow_their_schemas() {
    let run = Run::with_policy().file("news/good.html", GOOD).file("news/bare.txt", BARE).file("news/embargo.txt", EMBARGO);
    let json = run.check(["news", "--format", "json"]).json();
    is_valid("run", &json);
    json["findings"].as_array().unwrap().iter().for_each(|f| is_valid("finding", f));
    is_valid("inspection", &run.run(["inspect", "--format", "json", "news/good.html"]).json());
    assert!(!validator("run").is_valid(&serde_json::json!({"schema": "rightscheck/run/1"})));
}

#[test]
fn the_objects_of_json_lines_are_those_of_a_run() {
    let run = Run::with_policy().file("news/bare.txt", BARE).file("news/embargo.txt", EMBARGO);
    let lines = run.check(["news", "--format", "jsonl"]).objects();
    let of = |schema: &str| lines.iter().filter(|l| l["schema"] == schema).cloned().collect::<Vec<Value>>();
    let mut whole = of("rightscheck/run/1").remove(0);
    for (name, schema) in [("documents", "document"), ("policies", "policy"), ("findings", "finding"), ("problems", "problem")] {
        whole[name] = of(&format!("rightscheck/{schema}/1")).into();
    }
    whole["summary"] = of("rightscheck/summary/1").remove(0);
    is_valid("run", &whole);
}

#[test]
fn baselines_and_waivers_follow_their_schemas() {
    let run = Run::with_policy().file("news/bare.txt", BARE);
    run.run(["baseline", "create"]).ends_with(0);
    is_valid("baseline", &serde_json::from_str(&run.read("rights-baseline.json")).unwrap());
    let why = ["--reason", "legacy", "--note", "Old.", "--owner", "a@example.org", "--expires", "2027-05-31"];
    run.run([&["waiver", "add", "rc1-aaaaaaaaaaaaaaaa"], &why[..]].concat());
    is_valid("waivers", &toml(&run.read("rights-waivers.toml")));
    assert!(!validator("waivers").is_valid(&toml("schema = 1\n[[waiver]]\nidd = \"W\"\n")));
}

#[test]
fn policies_follow_their_schema() {
    is_valid("policy", &toml(POLICY));
    let mut files: Vec<_> =
        fs::read_dir("rules").unwrap().chain(fs::read_dir("rules/profile").unwrap()).map(|e| e.unwrap().path()).collect();
    files.push("samples/rightscheck.toml".into());
    for file in files.iter().filter(|f| f.is_file()) {
        is_valid("policy", &toml(&fs::read_to_string(file).unwrap()));
    }
    for wrong in ["[rules.x]\ntitle = \"x\"", "[rule.x]\ntitel = \"x\"", "[rule.x]\nseverity = \"fatal\"", "[set.x]\nrole = \"logo\""] {
        let policy = format!("schema = 1\n[policy]\nid = \"a\"\n{wrong}\n");
        assert!(!validator("policy").is_valid(&toml(&policy)), "{wrong}");
    }
}
