//! A document with the files that accompany it.

use crate::detect::reading::ReadSource;
use crate::detect::reading::Reading;
use crate::document::address;
use crate::input::InputError;
use crate::input::folder::Folder;
use crate::input::project;
use crate::input::read;
use crate::input::walk::Entry;
use crate::lexicon::Lexicon;
use crate::source::Origin;
use crate::source::Source;
use crate::source::kind;
use crate::source::kind::Kind;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// Pictures of a document whose files are looked for.
const MOST_PICTURES: usize = 500;

/// The file beside `path` that is called like it with `extension`, in the place of its own or after it.
fn sidecar(path: &Path, extension: &str) -> Option<PathBuf> {
    let mut whole = path.as_os_str().to_owned();
    whole.push(format!(".{extension}"));
    [PathBuf::from(whole), path.with_extension(extension)].into_iter().find(|p| p.is_file())
}

/// A document, read, with its companions.
#[derive(Debug)]
pub struct Bundle {
    /// The document.
    pub main: ReadSource,
    /// Sidecars beside it, then the site files of its folder and of those above, nearest first, then its pictures with their sidecars.
    pub companions: Vec<Arc<ReadSource>>,
    /// Companions that are there and can't be read.
    pub problems: Vec<Arc<InputError>>,
    /// The folder the document lies in.
    pub folder: Arc<Folder>,
}

impl Bundle {
    /// The bundle of a source that lies, or is thought to lie, at `entry`.
    ///
    /// # Errors
    /// A source that is neither text nor a picture.
    pub fn of(main: Source, entry: &Entry, limit: u64) -> Result<Self, InputError> {
        if main.kind == Kind::Binary {
            return Err(InputError::Binary { path: entry.name.clone() });
        }
        let mut bundle = Self { main: ReadSource::new(main), companions: Vec::new(), problems: Vec::new(), folder: entry.folder.clone() };
        bundle.add_sidecars(entry, limit);
        if bundle.main.source.kind.is_article() {
            bundle.add_site_files(limit);
            bundle.add_pictures(limit);
        }
        Ok(bundle)
    }

    /// `name.headers`, the response header of a saved page, and `name.xmp`, the metadata of a picture.
    fn add_sidecars(&mut self, entry: &Entry, limit: u64) {
        let extension = if matches!(self.main.source.kind, Kind::Picture | Kind::Pdf) { "xmp" } else { "headers" };
        if let Some(path) = sidecar(&entry.path, extension) {
            let name = entry.folder.name_of(&path.file_name().unwrap_or_default().to_string_lossy());
            self.add(name.clone(), read::file(&path, &name, limit));
        }
    }

    fn add(&mut self, name: String, read: Result<Vec<u8>, InputError>) {
        match read {
            Ok(bytes) => self.companions.push(Arc::new(ReadSource::new(Source::new(Origin::path(name), bytes)))),
            Err(error) => self.problems.push(Arc::new(error)),
        }
    }

    fn add_site_files(&mut self, limit: u64) {
        for folder in self.folder.upwards() {
            let files = folder.site_files(limit);
            self.companions.extend(files.sources.iter().cloned());
            self.problems.extend(files.problems.iter().cloned());
        }
    }

    /// The pictures that the document points to, as far as their files are in reach: of each its metadata, no more.
    fn add_pictures(&mut self, limit: u64) {
        for (name, path) in self.pictures() {
            self.add(name.clone(), read::packet(&path, &name, limit));
            if let Some(beside) = sidecar(&path, "xmp") {
                let folder = name.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
                let name = format!("{folder}{}", project::file_name(&beside));
                self.add(name.clone(), read::file(&beside, &name, limit));
            }
        }
    }

    /// The files of pictures that the document points to, each once, by their names in reports.
    fn pictures(&self) -> Vec<(String, PathBuf)> {
        let mut files: Vec<(String, PathBuf)> = Vec::new();
        for image in self.main.document.images.iter().take(MOST_PICTURES) {
            let names = address::files(&self.main.source.origin.path, &image.address).into_iter();
            let mut pictures = names.filter(|name| kind::sniff(name, b"", &[]) == Kind::Picture);
            let found = pictures.find_map(|name| self.file(&name).map(|path| (name, path)));
            files.extend(found.filter(|file| !files.contains(file)));
        }
        files
    }

    /// Where the file lies that reports call `name`, if it is there.
    fn file(&self, name: &str) -> Option<PathBuf> {
        let inside = |folder: &Arc<Folder>| {
            let rest = if folder.name.is_empty() { Some(name) } else { name.strip_prefix(&folder.name).and_then(|n| n.strip_prefix('/')) };
            rest.map(|rest| folder.path.join(rest))
        };
        self.folder.upwards().find_map(inside).filter(|path| path.is_file())
    }

    /// Folds the text and finds the phrases, and gives the result to `work`.
    pub fn with_reading<R>(&self, lexicon: &Lexicon, work: impl FnOnce(&Reading<'_>) -> R) -> R {
        let companions: Vec<&ReadSource> = self.companions.iter().map(AsRef::as_ref).collect();
        work(&Reading::new(&self.main, &companions, lexicon))
    }
}
