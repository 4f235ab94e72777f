//! The one door to the program: files in a folder of their own, arguments, a scrubbed environment.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use tempfile::TempDir;

/// The day of all checks here, so that no test changes with the calendar.
pub(crate) const DAY: &str = "2026-11-22";

/// A folder with files, and how the program is run in it.
pub(crate) struct Run {
    folder: TempDir,
    inside: PathBuf,
    stdin: Vec<u8>,
    environment: Vec<(String, String)>,
}

/// What the program wrote, and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) out: String,
    pub(crate) messages: String,
    pub(crate) code: i32,
}

impl Run {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), inside: PathBuf::new(), stdin: Vec::new(), environment: Vec::new() }
    }

    /// A run with the policy of these tests.
    pub(crate) fn with_policy() -> Self {
        Self::new().file("rightscheck.toml", POLICY)
    }

    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// A file that is there and isn't read: its end is far behind anything that is worth reading.
    pub(crate) fn long_file(self, path: &str, bytes: u64) -> Self {
        fs::File::create(self.path(path)).unwrap().set_len(bytes).unwrap();
        self
    }

    #[cfg(unix)]
    pub(crate) fn link(self, path: &str, target: &str) -> Self {
        std::os::unix::fs::symlink(target, self.path(path)).unwrap();
        self
    }

    pub(crate) fn stdin(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.stdin = bytes.as_ref().to_vec();
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The folder that the program is started in.
    pub(crate) fn inside(mut self, path: &str) -> Self {
        self.inside = path.into();
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Runs the program.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rightscheck"));
        command.env_clear().envs(self.environment.iter().map(|(k, v)| (k, v))).current_dir(self.path("").join(&self.inside));
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that doesn't read its input closes the pipe; that is its right.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), &self.stdin);
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Output { out: text(output.stdout), messages: text(output.stderr), code: output.status.code().unwrap() }
    }

    /// Runs `check` on the day of these tests.
    pub(crate) fn check<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Output {
        self.run(["check", "--as-of", DAY].into_iter().chain(args))
    }

    /// Everything below the folder but what it started with.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        list(self.folder.path(), "", &mut names);
        names.sort();
        names
    }
}

fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            list(&entry.path(), &format!("{name}/"), names);
        } else {
            names.push(name);
        }
    }
}

impl Output {
    /// Everything, as a person sees it.
    pub(crate) fn all(&self) -> String {
        format!("{}{}exit code {}", self.messages, self.out, self.code)
    }

    /// The lines of standard output, each a JSON object.
    #[track_caller]
    pub(crate) fn objects(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }

    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.all());
        self
    }

    /// Asserts that both streams together say `words`.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.all().contains(words), "“{words}” is not said in:\n{}", self.all());
        self
    }

    #[track_caller]
    pub(crate) fn does_not_say(self, words: &str) -> Self {
        assert!(!self.all().contains(words), "“{words}” is said in:\n{}", self.all());
        self
    }
}

/// Three rules: one fails as an error, one as a warning, one only where there is a picture.
pub(crate) const POLICY: &str = r#"schema = 1

[policy]
id = "house"
name = "The house policy"
version = "2026.11"

[rule.byline]
title = "Every article names its author"
require = "byline"
severity = "error"
message = "the article names no author"
fix = "Name the author under the headline."
tags = ["attribution"]

[rule.copyright]
title = "Every article has a copyright line"
require = "copyright"
severity = "warning"
message = "there is no copyright line"

[rule.no-embargo]
title = "No embargo line survives to publication"
forbid = "embargo-line"
severity = "error"
message = "internal line left in the text: {quote}"
tags = ["house"]

[detector.embargo-line]
yields = "embargo-line"
pattern = '(?im)^embargoed until\b.*$'
"#;

/// A page that every rule of [`POLICY`] is content with.
pub(crate) const GOOD: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Cranes at dusk</title>\n\
<meta name=\"author\" content=\"Ann Example\">\n<meta property=\"article:published_time\" content=\"2026-11-20T09:30:00Z\"></head>\n\
<body><article><h1>Cranes at dusk</h1>\n<p class=\"byline\">By Ann Example</p>\n<p>The cranes of the old harbour were lit for the first time.</p>\n\
</article><footer><p>© 2026 Example Media Ltd</p></footer></body></html>\n";

/// A text without author or copyright line.
pub(crate) const BARE: &str = "Harbour closed\n\nThe harbour was closed on Friday because of the storm.\n";

/// A text with a line that was not meant for readers.
pub(crate) const EMBARGO: &str = "Harbour closed\n\nBy Ann Example\n\nEMBARGOED UNTIL Friday, 10 am\n\nThe harbour was closed because of the storm.\n\n© 2026 Example Media Ltd\n";
