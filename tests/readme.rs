//! The README shows what the program does: its commands are run, in order, and its outputs compared.
//!
//! Blocks marked `console` hold commands after `$` and what they print. The first command runs in an empty folder; for the others
//! `samples` is there too. Blocks marked `toml` whose first line is `# NAME` are written to that file.
//! `README=update cargo test --test readme` writes the outputs as they are now.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the test reads the README and runs its commands")]
#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

#[test]
fn commands_print_what_the_readme_shows() {
    let shown = fs::read_to_string(README).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let actual = replay(&shown, folder.path());
    if std::env::var_os("README").is_some_and(|v| v == "update") {
        fs::write(README, &actual).unwrap();
        return;
    }
    assert_eq!(actual, shown, "README=update cargo test --test readme writes the README as it would be true");
}

#[test]
fn the_readme_has_commands() {
    let shown = fs::read_to_string(README).unwrap();
    assert!(shown.matches("\n$ ").count() >= 4);
}

/// The README with the output of each command as it is now.
fn replay(readme: &str, folder: &Path) -> String {
    let mut out = String::new();
    let mut block: Option<&str> = None;
    let mut file: Option<(String, String)> = None;
    let mut ran = 0;
    for line in readme.lines() {
        match (line.strip_prefix("```"), block) {
            (Some(kind), None) => block = Some(kind),
            (Some(_), Some(_)) => {
                block = None;
                if let Some((name, text)) = file.take() {
                    fs::write(folder.join(name), text).unwrap();
                }
            }
            (None, Some("toml")) => match (&mut file, line.strip_prefix("# ")) {
                (Some((_, text)), _) => writeln!(text, "{line}").unwrap(),
                (None, Some(name)) => file = Some((name.to_owned(), String::new())),
                (None, None) => {}
            },
            (None, Some("console")) => {
                if let Some(command) = line.strip_prefix("$ ") {
                    writeln!(out, "{line}").unwrap();
                    out.push_str(&run(command, folder));
                    ran += 1;
                    if ran == 1 {
                        std::os::unix::fs::symlink(concat!(env!("CARGO_MANIFEST_DIR"), "/samples"), folder.join("samples")).unwrap();
                    }
                }
                // Other lines are the output as it was.
                continue;
            }
            _ => {}
        }
        writeln!(out, "{line}").unwrap();
    }
    out
}

/// What a command prints, both streams together.
fn run(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_rightscheck")).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", program.display());
    let command = format!("{{ {command}\n}} 2>&1");
    let output = Command::new("sh").args(["-c", &command]).env_clear().env("PATH", path).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}
