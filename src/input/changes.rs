//! What changed against version control: asked of the `git` command, which knows every form of repository.

use crate::input::folder::SITE_FILES;
use crate::input::project;
use std::collections::HashSet;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use tempfile::TempDir;

/// Which changes count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// Those of the work tree against the last commit, new files included.
    Commit,
    /// Those of the work tree against where it parted from a branch, a tag, a commit.
    Reference(String),
    /// Those that the next commit would record.
    Staged,
}

/// Files that changed; those that are gone, too: without its robots.txt a folder says something else.
#[derive(Debug, Default)]
pub struct Changes {
    files: HashSet<PathBuf>,
    /// Folders whose site files or policies changed: everything below counts as changed.
    folders: Vec<PathBuf>,
    /// For staged changes: the files as the next commit would record them.
    staged: Option<Staged>,
}

/// A copy of the files that a check of staged changes reads.
#[derive(Debug)]
struct Staged {
    folder: TempDir,
    /// The root of the work tree that it stands for.
    root: PathBuf,
}

/// Files whose change concerns every document below their folder, besides the site files.
const POLICIES: &[&str] = &[project::POLICY_FILE, crate::exceptions::waiver::FILE, crate::exceptions::baseline::FILE];

impl Changes {
    /// Asks for the changes around the folder `here`.
    ///
    /// # Errors
    /// A message with the remedy: no git, no repository, no such reference.
    pub fn of(here: &Path, since: &Since) -> Result<Self, String> {
        let root = PathBuf::from(text(&git(here, &["rev-parse", "--show-toplevel"])?));
        let mut names = match since {
            Since::Staged => git(here, &["diff", "--cached", "--name-only", "--no-renames", "-z"])?,
            Since::Commit if git(here, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() => {
                git(here, &["ls-files", "--full-name", "-z", ":/"])?
            }
            Since::Commit => git(here, &["diff", "HEAD", "--name-only", "--no-renames", "-z"])?,
            Since::Reference(name) => {
                let base = git(here, &["merge-base", "--end-of-options", name, "HEAD"])
                    .map_err(|_| format!("no commit `{name}` that this one descends from: fetch it, with its history (fetch-depth: 0)"))?;
                git(here, &["diff", text(&base).as_str(), "--name-only", "--no-renames", "-z"])?
            }
        };
        if *since != Since::Staged {
            names.extend(git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?);
        }
        let files: HashSet<PathBuf> = split(&names).map(|name| root.join(path(name))).collect();
        let folders = files.iter().filter_map(|f| governed(f)).collect();
        let staged = if *since == Since::Staged { Some(Staged::new(root, &files)?) } else { None };
        Ok(Self { files, folders, staged })
    }

    /// Whether the document at `path` counts as changed.
    pub fn hold(&self, path: &Path) -> bool {
        let original = self.original(path);
        self.files.contains(&original) || self.folders.iter().any(|f| original.starts_with(f))
    }

    /// Where `path` is to be read: for staged changes in the copy.
    pub fn place(&self, path: &Path) -> PathBuf {
        let copied = self.staged.as_ref().and_then(|s| Some(s.folder.path().join(path.strip_prefix(&s.root).ok()?)));
        copied.unwrap_or_else(|| path.to_owned())
    }

    fn original(&self, path: &Path) -> PathBuf {
        let origin = self.staged.as_ref().and_then(|s| Some(s.root.join(path.strip_prefix(s.folder.path()).ok()?)));
        origin.unwrap_or_else(|| path.to_owned())
    }
}

/// Who commits here, by address; nothing without git or a name.
pub fn author(here: &Path) -> Option<String> {
    git(here, &["config", "user.email"]).ok().map(|bytes| text(&bytes)).filter(|address| !address.is_empty())
}

/// The folder whose documents `file` governs.
fn governed(file: &Path) -> Option<PathBuf> {
    let (folder, name) = (file.parent()?, file.file_name()?.to_str()?);
    if POLICIES.contains(&name) {
        return Some(folder.to_owned());
    }
    SITE_FILES.iter().find(|site| file.ends_with(site)).and_then(|site| file.ancestors().nth(site.split('/').count())).map(Path::to_owned)
}

impl Staged {
    /// Copies out of the index what a check of `changed` documents reads: these, and all site files, policies and ignore files.
    fn new(root: PathBuf, changed: &HashSet<PathBuf>) -> Result<Self, String> {
        let folder = tempfile::Builder::new().prefix("rightscheck-").tempdir().map_err(|e| e.to_string())?;
        let tracked = git(&root, &["ls-files", "-z"])?;
        let beside = changed.iter().filter_map(|f| f.parent()).collect::<HashSet<_>>();
        let wanted = split(&tracked).filter(|name| {
            let path = root.join(path(name));
            is_setting(&String::from_utf8_lossy(name)) || changed.contains(&path) || path.parent().is_some_and(|f| beside.contains(f))
        });
        let list: Vec<u8> = wanted.flat_map(|name| [name, b"\0"].concat()).collect();
        // The copy counts as a repository, so that names in reports are those of the work tree.
        std::fs::create_dir(folder.path().join(".git")).map_err(|e| e.to_string())?;
        let prefix = format!("--prefix={}/", folder.path().display());
        fed(&root, &["checkout-index", "--quiet", "-z", "--stdin", &prefix], &list)?;
        Ok(Self { folder, root })
    }
}

/// Whether a file may govern others: small, and read whatever changed.
fn is_setting(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let extension = file.rsplit_once('.').map_or("", |(_, e)| e);
    file.starts_with(['.', '_']) || ["toml", "json", "xml"].contains(&extension) || SITE_FILES.iter().any(|s| name.ends_with(s))
}

fn split(names: &[u8]) -> impl Iterator<Item = &[u8]> {
    names.split(|&b| b == 0).filter(|n| !n.is_empty())
}

/// A name as git gives it: bytes, which need not be text.
#[cfg(unix)]
fn path(name: &[u8]) -> &Path {
    Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(name))
}

/// A name as git gives it: there, text in UTF-8.
#[cfg(not(unix))]
fn path(name: &[u8]) -> &Path {
    Path::new(std::str::from_utf8(name).unwrap_or_default())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

fn git(here: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    fed(here, args, b"")
}

/// Runs git in `here` with `input`, and gives back what it writes.
fn fed(here: &Path, args: &[&str], input: &[u8]) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(here).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let missing =
        |e: std::io::Error| format!("the changes are asked of git, which can't be started ({e}): install it, or name the documents");
    let mut child = command.spawn().map_err(missing)?;
    let mut pipe = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // What git doesn't read, it doesn't want.
        scope.spawn(move || pipe.take().map(|mut p| p.write_all(input)));
        child.wait_with_output()
    });
    let output = output.map_err(|e| e.to_string())?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    match said.contains("not a git repository") {
        true => Err(format!("{} is in no git repository: --changed, --since and --staged need one", here.display())),
        false => Err(format!("git {} failed: {}", args.first().unwrap_or(&""), said.trim())),
    }
}
