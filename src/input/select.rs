//! Which files of a folder are documents.

use crate::source::kind;
use crate::source::kind::Kind;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// Largest file that is read unless told otherwise, in bytes.
pub const DEFAULT_MAX_SIZE: u64 = 50 * 1024 * 1024;

/// Offsets are 32 bits wide, so no larger limit can be asked for.
pub const LARGEST_MAX_SIZE: u64 = u32::MAX as u64 - 1;

/// What the walk of a folder takes.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Only names with these extensions, without the dot and in lower case. Empty: the usual ones and what looks like a page.
    pub extensions: Vec<String>,
    /// Patterns of what to leave out, in the form of ignore files.
    pub exclude: Vec<String>,
    /// Whether ignore files count.
    pub ignore_files: bool,
    /// Whether names that start with a dot are taken.
    pub hidden: bool,
    /// Whether ignore files and `exclude` hold for paths named on the command line too.
    pub force_exclude: bool,
    /// Largest member of an archive that is unpacked, in bytes.
    pub max_size: u64,
    /// Whether pictures and site files are documents too, and not just companions of pages.
    pub companions: bool,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            extensions: Vec::new(),
            exclude: Vec::new(),
            ignore_files: true,
            hidden: false,
            force_exclude: false,
            max_size: DEFAULT_MAX_SIZE,
            companions: false,
        }
    }
}

/// Whether a file is a document, as far as its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Take,
    /// Its first bytes must tell.
    LookInside,
    /// It isn't.
    Leave,
}

const ARTICLES: &[&str] = &["html", "htm", "xhtml", "md", "markdown", "txt"];
const PICTURES: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "avif", "heic", "heif", "tif", "tiff", "dng", "psd", "svg", "pdf", "xmp"];
/// Texts that web servers offer to machines and that no reader of an article sees.
const SITE_TEXTS: &[&str] = &["ads.txt", "app-ads.txt", "humans.txt", "security.txt", "sellers.txt"];

impl Selection {
    /// What the name of a file tells.
    pub fn verdict(&self, name: &str) -> Verdict {
        let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
        let plain = name.strip_suffix(".gz").unwrap_or(&name);
        let extension = plain.rsplit_once('.').map_or("", |(_, e)| e);
        if !self.extensions.is_empty() {
            return if self.extensions.iter().any(|e| e == extension) { Verdict::Take } else { Verdict::Leave };
        }
        let kind = kind::sniff(plain, b"", &[]);
        if SITE_TEXTS.contains(&plain) {
            Verdict::Leave
        } else if ARTICLES.contains(&extension) && kind.is_article() || self.companions && is_companion(kind, extension) {
            Verdict::Take
        } else if ARTICLES.contains(&extension) || PICTURES.contains(&extension) {
            Verdict::Leave
        } else {
            Verdict::LookInside
        }
    }

    /// Whether a file of unknown extension is a page, judged by its first bytes.
    pub fn is_page(&self, name: &str, first_bytes: &[u8]) -> bool {
        kind::sniff(name, first_bytes, &[]) == Kind::Html && first_bytes.contains(&b'<')
    }

    /// The patterns of `exclude` with paths counted from `root`, or the first one that is no pattern.
    ///
    /// # Errors
    /// A message that names the pattern and what is wrong with it.
    pub fn excluded(&self, root: &Path) -> Result<Gitignore, String> {
        let mut patterns = GitignoreBuilder::new(root);
        for pattern in &self.exclude {
            patterns.add_line(None, pattern).map_err(|e| format!("--exclude {pattern}: {e}"))?;
        }
        patterns.build().map_err(|e| e.to_string())
    }
}

fn is_companion(kind: Kind, extension: &str) -> bool {
    PICTURES.contains(&extension) || !(kind.is_article() || kind == Kind::Binary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Verdict) {
        assert_eq!(Selection::default().verdict(name), expected, "{name}");
    }

    #[test]
    fn articles_are_known_by_their_extension() {
        check("news/harbour.html", Verdict::Take);
        check("news/HARBOUR.HTM.gz", Verdict::Take);
        check("a.md", Verdict::Take);
        check("seed.txt", Verdict::Take);
    }

    #[test]
    fn site_files_and_pictures_accompany_pages() {
        check("robots.txt", Verdict::Leave);
        check("ads.txt", Verdict::Leave);
        check("harbour.jpg", Verdict::Leave);
        let all = Selection { companions: true, ..Selection::default() };
        assert_eq!(all.verdict("robots.txt"), Verdict::Take);
        assert_eq!(all.verdict("harbour.jpg"), Verdict::Take);
    }

    #[test]
    fn a_name_without_a_known_extension_is_looked_into() {
        check("index.php", Verdict::LookInside);
        check("harbour", Verdict::LookInside);
        let pages = Selection { extensions: vec!["php".to_owned()], ..Selection::default() };
        assert_eq!(pages.verdict("index.php"), Verdict::Take);
        assert_eq!(pages.verdict("harbour.html"), Verdict::Leave);
    }
}
