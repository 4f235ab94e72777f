//! Media files with what their XMP says: the document itself if it is one, else the pictures of the page.

use crate::detect::reading::ReadSource;
use crate::detect::reading::Reading;
use crate::document::Document;
use crate::document::Field;
use crate::document::ImageId;
use crate::document::address;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::source::SourceId;
use crate::source::kind::Kind;
use crate::terms::Channel;
use crate::text::Span;

/// XMP and the work it is about.
#[derive(Debug, Clone, Copy)]
pub(in crate::detect) struct Medium<'r> {
    pub(super) read: &'r ReadSource,
    pub(super) source: SourceId,
    /// `None`: the document itself.
    pub(super) image: Option<ImageId>,
}

/// Every medium that says something, with the picture that it is about; a file that is shown twice is there twice.
pub(super) fn of(reading: &Reading<'_>) -> Vec<(SourceId, Option<ImageId>)> {
    let main = std::iter::once((SourceId(0), reading.main));
    let all: Vec<_> = main.chain(companions(reading)).filter(|(_, r)| r.source.kind.is_medium()).collect();
    let speaks = |read: &ReadSource| !read.document.fields.is_empty();
    if reading.main.source.kind.is_medium() {
        return all.into_iter().filter(|(_, read)| speaks(read)).map(|(source, _)| (source, None)).collect();
    }
    if !all.iter().any(|(_, read)| speaks(read)) {
        return Vec::new();
    }
    let mut media = Vec::new();
    for (n, image) in reading.document().images.iter().enumerate() {
        let names = address::files(&reading.main.source.origin.path, &image.address);
        // The nearest folder that has the file, or a sidecar in its place, is the one that is meant, even if it says nothing.
        let Some(name) = names.iter().find(|name| all.iter().any(|(_, read)| is_about(read, name))) else { continue };
        let own = all.iter().filter(|(_, read)| is_about(read, name) && speaks(read));
        media.extend(own.map(|(source, _)| (*source, Some(ImageId(n as u32)))));
    }
    media
}

/// The file of picture `id`, if it was in reach.
pub fn file_of<'r>(reading: &Reading<'r>, id: ImageId) -> Option<&'r ReadSource> {
    let names = address::files(&reading.main.source.origin.path, &reading.document().image(id).address);
    let file = |name: &String| companions(reading).find(|(_, c)| c.source.kind == Kind::Picture && c.source.origin.path == *name);
    names.iter().find_map(file).map(|(_, read)| read)
}

fn companions<'r>(reading: &Reading<'r>) -> impl Iterator<Item = (SourceId, &'r ReadSource)> {
    reading.companions.iter().enumerate().map(|(n, read)| (SourceId(n as u32 + 1), *read))
}

/// Whether `read` is the picture called `name`, or its sidecar: `harbour.jpg.xmp` or `harbour.xmp`.
fn is_about(read: &ReadSource, name: &str) -> bool {
    let path = read.source.origin.path.as_str();
    if read.source.kind != Kind::Xmp {
        return path == name;
    }
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    stem == name || name.rsplit_once('.').is_some_and(|(own, _)| own == stem)
}

impl<'r> Medium<'r> {
    pub(in crate::detect) fn subject(&self) -> Subject {
        self.image.map_or(Subject::Document, Subject::Image)
    }

    pub(in crate::detect) fn source(&self) -> SourceId {
        self.source
    }

    pub(in crate::detect) fn read(&self) -> &'r ReadSource {
        self.read
    }

    pub(in crate::detect) fn document(&self) -> &'r Document {
        &self.read.document
    }

    /// In the file itself, or beside it.
    pub(in crate::detect) fn channel(&self) -> Channel {
        if self.read.source.kind == Kind::Xmp { Channel::Sidecar } else { Channel::Embedded }
    }

    /// The same, as signals call it.
    pub(in crate::detect) fn carrier(&self) -> &'static str {
        self.channel().name()
    }

    /// How wide its statements reach.
    pub(in crate::detect) fn scope(&self) -> &'static str {
        if self.image.is_some() { "image" } else { "document" }
    }

    /// Properties of that name that say something.
    pub(in crate::detect) fn get<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'r Field> + 'a {
        self.document().fields.iter().filter(move |f| f.name == name && !f.value.is_empty())
    }

    /// The place of bytes `span` of the metadata.
    pub(in crate::detect) fn place(&self, span: Span) -> Place {
        self.read.place(self.source, span)
    }
}
