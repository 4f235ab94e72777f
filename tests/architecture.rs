//! Modules import downwards only. Lowest layer first; modules of one layer don't see each other.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the test reads the source tree")]

use std::{fs, path::Path};

const LAYERS: &[&[&str]] = &[
    &["text", "terms", "builtin"],
    &["source", "lexicon", "registry"],
    &["document"],
    &["evidence"],
    &["detect", "finding"],
    &["rights"],
    &["policy"],
    &["check"],
    &["exceptions"],
    &["report", "input"],
    &["cli"],
];

#[test]
fn modules_import_downwards_only() {
    let layer = |m: &str| LAYERS.iter().position(|names| names.contains(&m));
    let mut wrong = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        let from = layer(&module).unwrap_or_else(|| panic!("give `{module}` a layer"));
        for (file, text) in sources(&path) {
            for (n, line) in text.lines().enumerate() {
                if line.contains("super::super::") {
                    wrong.push(format!("{file}:{}: name the module with `crate::` instead of climbing", n + 1));
                }
                for rest in line.split("crate::").skip(1) {
                    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                    // A brace group or a re-export at the root would hide an edge: not used inside the crate.
                    if name != module && layer(name).is_none_or(|to| from <= to) {
                        wrong.push(format!("{file}:{}: `{module}` must not import `crate::{name}`", n + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn sources(path: &Path) -> Vec<(String, String)> {
    if path.is_dir() {
        return fs::read_dir(path).unwrap().flat_map(|e| sources(&e.unwrap().path())).collect();
    }
    vec![(path.display().to_string(), fs::read_to_string(path).unwrap())]
}
