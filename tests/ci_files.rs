//! The files that other people's pipelines read: YAML, and calls that the program understands.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the test reads files of the project")]

use saphyr_parser::Event;
use saphyr_parser::Parser;
use std::fs;
use std::process::Command;

/// The scalars of a YAML file, in order.
fn scalars(file: &str) -> Vec<String> {
    let text = fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let events = Parser::new_from_str(&text).map(|event| event.unwrap().0);
    events.filter_map(|event| if let Event::Scalar(value, ..) = event { Some(value.into_owned()) } else { None }).collect()
}

#[track_caller]
fn value(scalars: &[String], key: &str) -> String {
    scalars[scalars.iter().position(|s| s == key).unwrap_or_else(|| panic!("no `{key}`")) + 1].clone()
}

/// Runs the program with `args` on a good page. It may find things, but must not be called wrongly.
fn is_understood(args: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "# Harbour\n\nBy Ann Example\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_rightscheck")).env_clear().current_dir(folder.path()).args(args).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_hook_calls_the_program_as_it_is() {
    let hook = scalars(".pre-commit-hooks.yaml");
    assert_eq!(value(&hook, "language"), "rust");
    let entry = value(&hook, "entry");
    let args: Vec<&str> = entry.split(' ').skip(1).chain(["a.md"]).collect();
    is_understood(&args);
}

#[test]
fn the_action_calls_the_program_as_it_is() {
    let action = scalars("action.yml");
    assert_eq!(value(&action, "using"), "composite");
    let run = action.iter().find(|s| s.starts_with("rightscheck ")).unwrap();
    assert!(!run.contains("${{"), "inputs in a script are run as code");
    let call = run.replace("\"html=$REPORT\"", "html=report.html").replace("\"$CHECKED\"", "a.md");
    is_understood(&call.split(' ').skip(1).collect::<Vec<_>>());
}
