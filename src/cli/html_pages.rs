//! The pages beside an HTML report that is too large for one: a folder that appears whole or not at all.

use crate::cli::Failure;
use crate::input::project::file_name;
use crate::report::html::Layout;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use tempfile::TempDir;

/// A file that every folder of pages has: a folder without it is somebody else's, and stays as it is.
const MARK: &str = "report.css";

/// Where an HTML report goes.
pub(crate) struct HtmlTarget {
    /// The page to open.
    pub(crate) index: PathBuf,
    /// The folder for the pages of documents.
    pages: PathBuf,
    /// Whether these are wanted however small the report is.
    always: bool,
    written: Option<TempDir>,
}

impl HtmlTarget {
    /// The target that `path` asks for: a folder if it ends with `/` or is one, else a page, and a folder of its name if that gets too large.
    pub(crate) fn new(path: &Path) -> Self {
        let is_folder = path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) || path.is_dir();
        let (index, pages) = match is_folder {
            true => (path.join("index.html"), path.join("pages")),
            // Without an extension the folder would be the page itself.
            false if path.extension().is_none() => (path.to_owned(), path.with_extension("pages")),
            false => (path.to_owned(), path.with_extension("")),
        };
        Self { index, pages, always: is_folder, written: None }
    }

    /// How the report has to be laid out.
    pub(crate) fn layout(&self) -> Layout {
        Layout { index: file_name(&self.index), pages: Some(file_name(&self.pages)), always_apart: self.always }
    }

    /// Makes the folder that the index goes to, where a folder was asked for.
    pub(crate) fn prepare(&self) -> Result<(), Failure> {
        let folder = self.index.parent().filter(|_| self.always);
        folder.map_or(Ok(()), |f| fs::create_dir_all(f).map_err(|e| Failure::usage(format!("cannot write {}: {e}", f.display()))))
    }

    /// Writes `files` into a folder beside the place they go to.
    pub(crate) fn write(&mut self, files: &[(String, String)]) -> io::Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        self.check()?;
        let folder = tempfile::Builder::new().prefix(".rightscheck-").tempdir_in(self.pages.parent().unwrap_or(Path::new("")))?;
        let mut last = PathBuf::new();
        for (path, text) in files {
            let path = folder.path().join(path);
            if path.parent() != Some(&last) {
                last = path.parent().unwrap_or(folder.path()).to_owned();
                fs::create_dir_all(&last)?;
            }
            write(&path, text)?;
        }
        self.written = Some(folder);
        Ok(())
    }

    /// Refuses to replace a folder that no report wrote.
    fn check(&self) -> io::Result<()> {
        let is_ours = !self.pages.exists() || self.pages.join(MARK).is_file();
        let said = || format!("{} would have to be replaced, and is no report's", self.pages.display());
        if is_ours { Ok(()) } else { Err(io::Error::new(io::ErrorKind::AlreadyExists, said())) }
    }

    /// Puts the folder in its place. What stood there goes when the new one is complete.
    pub(crate) fn keep(self) -> io::Result<()> {
        let Some(folder) = self.written else { return Ok(()) };
        open_to_others(folder.path())?;
        let old = tempfile::Builder::new().prefix(".rightscheck-").tempdir_in(self.pages.parent().unwrap_or(Path::new("")))?;
        if self.pages.exists() {
            fs::rename(&self.pages, old.path().join("pages"))?;
        }
        fs::rename(folder.keep(), &self.pages)
    }
}

#[expect(clippy::disallowed_methods, reason = "reports are written here")]
fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)
}

/// A temporary folder is for its owner only; a report is for others too.
fn open_to_others(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(folder, <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
