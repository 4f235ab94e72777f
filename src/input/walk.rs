//! From what was named on the command line to files, in a stable order: the order of naming, then by name.

use crate::input::InputError;
use crate::input::archive;
use crate::input::archive::Packing;
use crate::input::folder::Folder;
use crate::input::project;
use crate::input::read;
use crate::input::select::Selection;
use crate::input::select::Verdict;
use ignore::gitignore::Gitignore;
use std::collections::HashSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use walkdir::DirEntry;
use walkdir::WalkDir;

/// A file to read.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in reports.
    pub name: String,
    /// The folder it lies in.
    pub folder: Arc<Folder>,
    /// Whether it was named itself, and not found in a folder: then it is read whatever it is.
    pub named: bool,
}

/// What the command line names.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The folder that names in reports are counted from.
    pub base: PathBuf,
    roots: Vec<Root>,
    selection: Arc<Selection>,
    excluded: Arc<Gitignore>,
}

#[derive(Debug, Clone)]
enum Root {
    File(PathBuf),
    Folder(PathBuf),
    Archive(PathBuf, Packing),
    /// A pattern, with the folder that its part without wildcards names.
    Pattern(PathBuf, String, Box<globset::GlobMatcher>),
    Missing(String),
}

impl Inputs {
    /// Looks at `paths` from the folder `here`.
    ///
    /// # Errors
    /// A message for a pattern of `--exclude` that can't be read.
    pub fn new(here: &Path, paths: &[PathBuf], selection: Selection) -> Result<Self, String> {
        let roots: Vec<Root> = paths.iter().map(|p| Root::new(here, p)).collect();
        let places: Vec<PathBuf> = roots.iter().filter_map(Root::place).map(Path::to_owned).collect();
        let base = project::base(&places).unwrap_or_else(|| here.to_owned());
        let excluded = Arc::new(selection.excluded(&base)?);
        Ok(Self { base, roots, selection: Arc::new(selection), excluded })
    }

    /// What was named, as reports call it: `.` for the base itself.
    pub fn names(&self) -> Vec<String> {
        let name = |root: &Root| match root {
            Root::File(path) | Root::Folder(path) | Root::Archive(path, _) => project::name(&self.base, path),
            Root::Pattern(_, pattern, _) | Root::Missing(pattern) => pattern.clone(),
        };
        self.roots.iter().map(name).map(|n| if n.is_empty() { ".".to_owned() } else { n }).collect()
    }

    /// Whether every document of the folder `path` is read: it was named, or one above it, and nothing narrows the choice.
    pub fn hold_all_of(&self, path: &Path) -> bool {
        let narrowed = !self.selection.extensions.is_empty() || !self.selection.exclude.is_empty();
        !narrowed && self.roots.iter().any(|root| matches!(root, Root::Folder(folder) if path.starts_with(folder)))
    }

    /// Whether exactly one file was named, and no folder.
    pub fn is_single_file(&self) -> bool {
        matches!(self.roots[..], [Root::File(_)])
    }

    /// The files, found while the iterator goes on, and what couldn't be looked into. A file that is named twice comes once.
    pub fn entries(&self) -> impl Iterator<Item = Result<Entry, InputError>> + Send + use<> {
        let several = self.roots.len() > 1;
        let this = self.clone();
        let mut seen = HashSet::new();
        let all = self.roots.clone().into_iter().flat_map(move |root| this.root_entries(root));
        all.filter(move |e| !several || e.as_ref().map_or(true, |e| seen.insert(e.path.clone())))
    }

    fn root_entries(&self, root: Root) -> Box<dyn Iterator<Item = Result<Entry, InputError>> + Send> {
        match root {
            Root::File(path) => Box::new(self.named(path).map(Ok).into_iter()),
            Root::Folder(path) => Box::new(self.walk(&path)),
            Root::Archive(path, packing) => self.unpacked(&path, packing),
            Root::Missing(path) => Box::new(std::iter::once(Err(InputError::Missing { path }))),
            Root::Pattern(folder, pattern, matcher) => Box::new(self.matching(&folder, pattern, *matcher)),
        }
    }

    fn named(&self, path: PathBuf) -> Option<Entry> {
        let folder = Folder::chain(&self.base, path.parent().unwrap_or(&path));
        if self.selection.force_exclude && (self.excludes(&path, false) || folder.ignores(&path, false)) {
            return None;
        }
        Some(Entry { name: project::name(&self.base, &path), path, folder, named: true })
    }

    fn walk(&self, root: &Path) -> Walk {
        self.walk_from(Folder::chain(&self.base, root), Vec::new())
    }

    fn walk_from(&self, folder: Arc<Folder>, problems: Vec<InputError>) -> Walk {
        let files = WalkDir::new(&folder.path).follow_links(true).sort_by_file_name().into_iter();
        Walk { files, inputs: self.clone(), folders: vec![folder], problems }
    }

    /// The members of an archive, as if it were a folder.
    fn unpacked(&self, path: &Path, packing: Packing) -> Box<dyn Iterator<Item = Result<Entry, InputError>> + Send> {
        let above = Folder::chain(&self.base, path.parent().unwrap_or(path));
        let name = project::name(&self.base, path);
        match archive::unpack(path, packing, &name, self.selection.max_size) {
            Ok(unpacked) => Box::new(self.walk_from(above.archive(name, unpacked.folder), unpacked.problems)),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }

    fn matching(
        &self,
        folder: &Path,
        pattern: String,
        matcher: globset::GlobMatcher,
    ) -> impl Iterator<Item = Result<Entry, InputError>> + Send + use<> {
        let mut found = false;
        let mut walk = self.walk(folder).filter(move |e| e.as_ref().map_or(true, |e| matcher.is_match(&e.path)));
        std::iter::from_fn(move || match walk.next() {
            Some(entry) => {
                found = true;
                Some(entry)
            }
            None => (!std::mem::replace(&mut found, true)).then(|| Err(InputError::Unmatched { pattern: pattern.clone() })),
        })
    }

    fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        self.excluded.matched(path, is_folder).is_ignore()
    }
}

impl Root {
    fn new(here: &Path, path: &Path) -> Self {
        let whole = project::absolute(here, path);
        if whole.is_dir() {
            return Self::Folder(whole);
        }
        // A link that leads nowhere is there too: reading it says what is wrong with it.
        if whole.symlink_metadata().is_ok() {
            if let Some(packing) = Packing::of(&whole) {
                return Self::Archive(whole, packing);
            }
            return Self::File(whole);
        }
        Self::pattern(&whole, path).unwrap_or_else(|| Self::Missing(path.to_string_lossy().into_owned()))
    }

    fn pattern(whole: &Path, path: &Path) -> Option<Self> {
        let wild = |p: &&Path| p.to_string_lossy().contains(['*', '?', '[', '{']);
        let folder = whole.ancestors().find(|a| !a.ancestors().any(|p| wild(&p)))?;
        if folder == whole {
            return None;
        }
        let glob = globset::GlobBuilder::new(&whole.to_string_lossy()).literal_separator(true).build().ok()?;
        Some(Self::Pattern(folder.to_owned(), path.to_string_lossy().into_owned(), Box::new(glob.compile_matcher())))
    }

    fn place(&self) -> Option<&Path> {
        match self {
            Self::File(path) | Self::Folder(path) | Self::Archive(path, _) | Self::Pattern(path, ..) => Some(path),
            Self::Missing(_) => None,
        }
    }
}

/// The files below one folder.
struct Walk {
    files: walkdir::IntoIter,
    inputs: Inputs,
    /// The folders from the root of the walk to the current one, by depth.
    folders: Vec<Arc<Folder>>,
    /// Found on the way, to be given out next.
    problems: Vec<InputError>,
}

impl Iterator for Walk {
    type Item = Result<Entry, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(problem) = self.problems.pop() {
                return Some(Err(problem));
            }
            match self.files.next()? {
                Ok(entry) => {
                    if let Some(file) = self.visit(entry) {
                        return Some(Ok(file));
                    }
                }
                Err(error) => {
                    if let Some(error) = self.error(error) {
                        return Some(Err(error));
                    }
                }
            }
        }
    }
}

impl Walk {
    fn visit(&mut self, entry: DirEntry) -> Option<Entry> {
        let is_folder = entry.file_type().is_dir();
        if entry.depth() == 0 {
            self.note_problems();
            return None;
        }
        self.folders.truncate(entry.depth());
        let folder = self.folders.last().expect("a folder comes before what it holds").clone();
        if self.leaves_out(&folder, &entry) {
            if is_folder {
                self.files.skip_current_dir();
            }
            return None;
        }
        if is_folder {
            self.folders.push(folder.child(entry.into_path()));
            self.note_problems();
            return None;
        }
        let name = folder.name_of(&entry.file_name().to_string_lossy());
        (entry.file_type().is_file() && self.is_document(&name, entry.path())).then(|| Entry {
            path: entry.into_path(),
            name,
            folder,
            named: false,
        })
    }

    fn leaves_out(&self, folder: &Arc<Folder>, entry: &DirEntry) -> bool {
        let selection = &self.inputs.selection;
        let (path, is_folder) = (entry.path(), entry.file_type().is_dir());
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        hidden && !selection.hidden
            || is_folder && entry.file_name() == ".git"
            || self.inputs.excludes(path, is_folder)
            || selection.ignore_files && folder.ignores(path, is_folder)
    }

    fn is_document(&self, name: &str, path: &Path) -> bool {
        match self.inputs.selection.verdict(name) {
            Verdict::Take => true,
            Verdict::Leave => false,
            Verdict::LookInside => self.inputs.selection.is_page(name, &read::first_bytes(path)),
        }
    }

    /// Takes up what is wrong with the ignore files of the folder just entered.
    fn note_problems(&mut self) {
        if !self.inputs.selection.ignore_files {
            return;
        }
        let folder = self.folders.last().expect("the walk has entered a folder");
        let bad = folder.ignore_problems().iter();
        self.problems.extend(bad.map(|p| InputError::BadIgnore { path: p.path().to_owned(), message: p.to_string() }));
    }

    /// An error of the walk. A link that leads nowhere counts only if a document would stand there.
    fn error(&self, error: walkdir::Error) -> Option<InputError> {
        let name = |p: &Path| match project::name(&self.inputs.base, p) {
            name if name.is_empty() => ".".to_owned(),
            name => name,
        };
        let path = error.path().map_or_else(|| ".".to_owned(), name);
        if let Some(target) = error.loop_ancestor() {
            return Some(InputError::Loop { path, target: name(target) });
        }
        let broken_link = error.path().is_some_and(|p| p.symlink_metadata().is_ok_and(|m| m.is_symlink()));
        if broken_link && self.inputs.selection.verdict(&path) != Verdict::Take {
            return None;
        }
        let cause = error.into_io_error().unwrap_or_else(|| std::io::Error::other("the folder changed while it was read"));
        Some(InputError::Read { path, cause })
    }
}
