//! Where a project starts, how its files are named in reports, and how those names look from the current folder.

use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

/// The file that a project keeps its policy in.
pub const POLICY_FILE: &str = "rightscheck.toml";

/// `path` from the root, without `.` and `..`, seen from `here`. Links are left alone: reports name what was asked for.
pub fn absolute(here: &Path, path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            part => whole.push(part),
        }
    }
    whole
}

/// The folder that paths in reports are counted from: the root of version control around `paths`, else the folder of the nearest
/// policy, else what was named itself. Several of them: the folder that holds them all. It doesn't depend on the current folder, so
/// that a report is the same wherever it was made.
pub fn base(paths: &[PathBuf]) -> Option<PathBuf> {
    let mut all = paths.iter().map(|p| base_of(p));
    let first = all.next()?;
    Some(all.fold(first, |base, other| common(&base, &other)))
}

fn base_of(path: &Path) -> PathBuf {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let holding = |name: &str| folder.ancestors().find(|a| a.join(name).exists()).map(Path::to_owned);
    holding(".git").or_else(|| holding(POLICY_FILE)).unwrap_or_else(|| folder.to_owned())
}

fn common(one: &Path, other: &Path) -> PathBuf {
    one.components().zip(other.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}

/// The name of `path` in reports: relative to `base`, with `/`. Empty for the base itself.
pub fn name(base: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(base).unwrap_or(path).components();
    parts.map(|p| p.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// How people call the file at `path`.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Turns names in reports into paths that work from the current folder, for people at a terminal.
#[derive(Debug, Clone, Default)]
pub struct Display {
    /// The base, seen from the current folder; empty where they are the same.
    prefix: String,
    /// Where the current folder lies below the base, with a `/` at the end; empty unless it does.
    inside: String,
}

impl Display {
    /// Names as reports have them.
    pub fn as_reported() -> Self {
        Self::default()
    }

    /// Names counted from `base`, seen from `here`.
    pub fn new(here: &Path, base: &Path) -> Self {
        if let Ok(inside) = here.strip_prefix(base) {
            let ups = inside.components().count();
            return Self { prefix: "../".repeat(ups), inside: name(base, here) + if ups > 0 { "/" } else { "" } };
        }
        let prefix = base.strip_prefix(here).unwrap_or(base);
        Self { prefix: format!("{}/", prefix.to_string_lossy().replace('\\', "/")), inside: String::new() }
    }

    /// How the file that reports call `name` is reached from the current folder.
    pub fn path(&self, name: &str) -> String {
        match name.strip_prefix(&self.inside) {
            Some(rest) if !self.inside.is_empty() => rest.to_owned(),
            _ => format!("{}{name}", self.prefix),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_and_have_slashes() {
        assert_eq!(name(Path::new("/site"), Path::new("/site/content/a.html")), "content/a.html");
        assert_eq!(name(Path::new("/site"), Path::new("/site")), "");
    }

    #[test]
    fn dots_are_resolved() {
        assert_eq!(absolute(Path::new("/site/content"), Path::new("../other/./a.html")), Path::new("/site/other/a.html"));
    }

    #[track_caller]
    fn shown(here: &str, expected: &str) {
        assert_eq!(Display::new(Path::new(here), Path::new("/site")).path("content/news/a.html"), expected, "from {here}");
    }

    #[test]
    fn names_are_shown_so_that_they_open_from_the_current_folder() {
        shown("/site", "content/news/a.html");
        shown("/site/content", "news/a.html");
        shown("/site/layout", "../content/news/a.html");
        shown("/", "site/content/news/a.html");
        shown("/elsewhere", "/site/content/news/a.html");
    }

    #[test]
    fn several_projects_are_counted_from_the_folder_that_holds_them() {
        assert_eq!(common(Path::new("/a/b/c"), Path::new("/a/b/d")), Path::new("/a/b"));
    }
}
