//! Lists `rules/**/*.toml` into a table of `include_str!`, so that a new rule file needs no code. It parses nothing.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a build script reads the tree and speaks to cargo")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=rules");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("rules");
    let mut files = Vec::new();
    list(&root, "", &mut files);
    files.sort();
    let mut table = String::from("&[\n");
    for name in files {
        writeln!(table, "    ({name:?}, include_str!({:?})),", root.join(&name)).expect("a string takes everything");
    }
    table.push(']');
    let out = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("rules.rs");
    fs::write(out, table).expect("cargo's own folder can be written");
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("rules/ can be read").flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".toml") {
            println!("cargo:rerun-if-changed={}", entry.path().display());
            files.push(name);
        }
    }
}
