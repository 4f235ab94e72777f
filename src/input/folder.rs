//! A folder on the way to a document: its ignore files, its site files, and the folder above it.

use crate::input::InputError;
use crate::input::project;
use crate::input::project::POLICY_FILE;
use crate::input::site::SiteFiles;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;
use tempfile::TempDir;

/// Files that say what not to read; an earlier one beats a later one.
const IGNORE_FILES: [&str; 3] = [".rightscheckignore", ".ignore", ".gitignore"];

/// Files that speak for the pages beside and below them.
pub(crate) const SITE_FILES: [&str; 14] = [
    ".htaccess",
    ".well-known/ai.txt",
    ".well-known/rsl.xml",
    ".well-known/tdmrep.json",
    ".well-known/trust.txt",
    "_headers",
    "ai.txt",
    "license.xml",
    "llms.txt",
    "robots.txt",
    "rsl.xml",
    "site.rsl",
    "tdmrep.json",
    "trust.txt",
];

/// A folder, linked to the one above it as far as the base of the report. Everything it holds is read once, when first asked for, and
/// shared by all documents below; it is freed when the last of them is done.
#[derive(Debug)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in reports, empty for the base.
    pub name: String,
    /// The folder above, unless this is the base or the root of version control.
    pub parent: Option<Arc<Folder>>,
    ignore: OnceLock<(Vec<Gitignore>, Vec<InputError>)>,
    site: OnceLock<SiteFiles>,
    policy: OnceLock<Option<PathBuf>>,
    /// Of an unpacked archive: removes the folder once nobody needs it.
    _unpacked: Option<TempDir>,
}

impl Folder {
    /// The folder at `path`, and those above it down from `base`.
    pub fn chain(base: &Path, path: &Path) -> Arc<Self> {
        let above = (path != base && path.starts_with(base) && !path.join(".git").exists()).then(|| path.parent()).flatten();
        Arc::new(Self::new(path.to_owned(), project::name(base, path), above.map(|p| Self::chain(base, p))))
    }

    /// The folder `child` of this one.
    pub fn child(self: &Arc<Self>, path: PathBuf) -> Arc<Self> {
        let last = path.file_name().unwrap_or_default().to_string_lossy();
        let name = if self.name.is_empty() { last.into_owned() } else { format!("{}/{last}", self.name) };
        let parent = (!path.join(".git").exists()).then(|| self.clone());
        Arc::new(Self::new(path, name, parent))
    }

    /// The members of an archive of this folder, which reports call `name`.
    pub fn archive(self: &Arc<Self>, name: String, unpacked: TempDir) -> Arc<Self> {
        let folder = Self::new(unpacked.path().to_owned(), name, Some(self.clone()));
        Arc::new(Self { _unpacked: Some(unpacked), ..folder })
    }

    fn new(path: PathBuf, name: String, parent: Option<Arc<Self>>) -> Self {
        Self { path, name, parent, ignore: OnceLock::new(), site: OnceLock::new(), policy: OnceLock::new(), _unpacked: None }
    }

    /// This folder and those above it, nearest first.
    pub fn upwards(self: &Arc<Self>) -> impl Iterator<Item = &Arc<Self>> {
        std::iter::successors(Some(self), |f| f.parent.as_ref())
    }

    /// The name in reports of the file `path`, given relative to this folder.
    pub fn name_of(&self, path: &str) -> String {
        if self.name.is_empty() { path.to_owned() } else { format!("{}/{path}", self.name) }
    }

    /// Whether the ignore files of this folder and those above leave out `path`. The nearest file that speaks of it decides.
    pub fn ignores(self: &Arc<Self>, path: &Path, is_folder: bool) -> bool {
        let matchers = self.upwards().flat_map(|f| f.ignore_files().0.iter());
        for matcher in matchers {
            match matcher.matched(path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }

    /// What is wrong with the ignore files of this folder.
    pub fn ignore_problems(&self) -> &[InputError] {
        &self.ignore_files().1
    }

    fn ignore_files(&self) -> &(Vec<Gitignore>, Vec<InputError>) {
        self.ignore.get_or_init(|| {
            let (mut matchers, mut problems) = (Vec::new(), Vec::new());
            for name in IGNORE_FILES.into_iter().filter(|n| self.path.join(n).is_file()) {
                let mut builder = GitignoreBuilder::new(&self.path);
                let bad = |e: ignore::Error| InputError::BadIgnore { path: self.name_of(name), message: e.to_string() };
                problems.extend(builder.add(self.path.join(name)).map(bad));
                match builder.build() {
                    Ok(matcher) => matchers.push(matcher),
                    Err(error) => problems.push(bad(error)),
                }
            }
            (matchers, problems)
        })
    }

    /// The site files of this folder.
    pub fn site_files(&self, limit: u64) -> &SiteFiles {
        self.site.get_or_init(|| SiteFiles::present(&self.path, &SITE_FILES, |file| self.name_of(file), limit))
    }

    /// The nearest policy of this folder or those above, and the folder that holds it.
    pub fn policy(self: &Arc<Self>) -> Option<(&Arc<Self>, &Path)> {
        self.upwards().find_map(|f| f.own_policy().map(|p| (f, p)))
    }

    fn own_policy(&self) -> Option<&Path> {
        let find = || Some(self.path.join(POLICY_FILE)).filter(|p| p.is_file());
        self.policy.get_or_init(find).as_deref()
    }
}
