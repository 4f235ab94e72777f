//! Files that speak for many pages: read once, shared by all of them.

use crate::detect::reading::ReadSource;
use crate::input::InputError;
use crate::input::read;
use crate::source::Origin;
use crate::source::Source;
use crate::source::kind::Kind;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Site files of one folder.
#[derive(Debug, Default)]
pub struct SiteFiles {
    /// Those that could be read, in the order asked for.
    pub sources: Vec<Arc<ReadSource>>,
    /// Those that are there and couldn't.
    pub problems: Vec<Arc<InputError>>,
}

impl SiteFiles {
    /// Reads the files that `folder` has of `wanted`. `name` is what reports call a file of the folder.
    pub fn present(folder: &Path, wanted: &[&str], name: impl Fn(&str) -> String, limit: u64) -> Self {
        let mut files = Self::default();
        for file in wanted.iter().filter(|f| folder.join(f).is_file()) {
            files.read(&folder.join(file), name(file), limit);
        }
        for package in packages(folder) {
            files.read(&folder.join(&package), name(&package), limit);
        }
        // A `license.xml` may be anything: only what turned out to be a site file speaks for the pages.
        files.sources.retain(|s| !s.source.kind.is_article() && s.source.kind != Kind::Binary);
        files
    }

    /// Reads the file at `path`, which reports call `name`; one that isn't there is a problem.
    pub fn read(&mut self, path: &Path, name: String, limit: u64) {
        match read::file(path, &name, limit) {
            Ok(bytes) => self.sources.push(Arc::new(ReadSource::new(Source::new(Origin::path(name), bytes)))),
            Err(error) => self.problems.push(Arc::new(error)),
        }
    }
}

/// The names of the package documents of EPUBs in `folder`, sorted.
fn packages(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut packages: Vec<String> = names.filter(|name| name.to_ascii_lowercase().ends_with(".opf")).collect();
    packages.sort_unstable();
    packages
}
