//! A document with the files that accompany it.

use crate::detect::reading::ReadSource;
use crate::detect::reading::Reading;
use crate::input::InputError;
use crate::input::folder::Folder;
use crate::input::project;
use crate::input::read;
use crate::input::walk::Entry;
use crate::lexicon::Lexicon;
use crate::source::Origin;
use crate::source::Source;
use crate::source::kind::Kind;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// Pictures of a document whose files are looked for.
const MOST_PICTURES: usize = 500;

/// The path of an address that leads to the same site.
fn local(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next().unwrap_or_default().trim();
    let elsewhere = path.contains(':') || path.starts_with("//");
    (!path.is_empty() && !elsewhere).then_some(path)
}

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
        let Some(base) = self.folder.upwards().last().map(|f| f.path.clone()) else { return };
        for path in self.pictures(&base) {
            let name = project::name(&base, &path);
            self.add(name.clone(), read::packet(&path, &name, limit));
            if let Some(beside) = sidecar(&path, "xmp") {
                let name = project::name(&base, &beside);
                self.add(name.clone(), read::file(&beside, &name, limit));
            }
        }
    }

    /// The files of pictures below `base` that the document points to, each once.
    fn pictures(&self, base: &Path) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = Vec::new();
        for image in self.main.document.images.iter().take(MOST_PICTURES) {
            let Some(address) = local(&image.address) else { continue };
            // An address from the root of a site is looked for in every folder that may be that root.
            let roots = self.folder.upwards().take(if address.starts_with('/') { usize::MAX } else { 1 });
            let paths = roots.map(|folder| project::absolute(&folder.path, Path::new(address.trim_start_matches('/'))));
            let found = paths.filter(|path| path.starts_with(base)).find(|path| path.is_file());
            files.extend(found.filter(|path| !files.contains(path)));
        }
        files
    }

    /// Folds the text and finds the phrases, and gives the result to `work`.
    pub fn with_reading<R>(&self, lexicon: &Lexicon, work: impl FnOnce(&Reading<'_>) -> R) -> R {
        let companions: Vec<&ReadSource> = self.companions.iter().map(AsRef::as_ref).collect();
        work(&Reading::new(&self.main, &companions, lexicon))
    }
}
