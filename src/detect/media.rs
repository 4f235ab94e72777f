//! Media files with what their XMP says: the document itself if it is one, else the pictures of the page.

use crate::detect::reading::ReadSource;
use crate::detect::reading::Reading;
use crate::document::Document;
use crate::document::Field;
use crate::document::ImageId;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::source::Location;
use crate::source::SourceId;
use crate::source::kind::Kind;
use crate::terms::Channel;
use crate::text::Span;

/// XMP and the work it is about.
#[derive(Clone, Copy)]
pub(in crate::detect) struct Medium<'r> {
    read: &'r ReadSource,
    source: SourceId,
    image: Option<ImageId>,
}

/// Every medium that says something; a file that is shown twice is there twice.
pub(in crate::detect) fn of<'r>(reading: &Reading<'r>) -> Vec<Medium<'r>> {
    let main = std::iter::once((SourceId(0), reading.main));
    let companions = reading.companions.iter().enumerate().map(|(n, read)| (SourceId(n as u32 + 1), *read));
    let speaking = main.chain(companions).filter(|(_, r)| is_medium(r.source.kind) && !r.document.fields.is_empty());
    speaking.flat_map(|(source, read)| subjects(reading, read).into_iter().map(move |image| Medium { read, source, image })).collect()
}

/// The file of picture `id`, if it was in reach.
pub fn file_of<'r>(reading: &Reading<'r>, id: ImageId) -> Option<&'r ReadSource> {
    let address = &reading.document().image(id).address;
    let mut files = reading.companions.iter().filter(|c| c.source.kind == Kind::Picture);
    files.find(|c| leads_to(address, &c.source.origin.path, false)).copied()
}

fn is_medium(kind: Kind) -> bool {
    matches!(kind, Kind::Picture | Kind::Pdf | Kind::Xmp)
}

/// What `read` is about: pictures of the page, or nothing (`None`) narrower than the document.
fn subjects(reading: &Reading<'_>, read: &ReadSource) -> Vec<Option<ImageId>> {
    if is_medium(reading.main.source.kind) {
        return vec![None];
    }
    let (path, sidecar) = (read.source.origin.path.as_str(), read.source.kind == Kind::Xmp);
    let images = reading.document().images.iter().enumerate();
    images.filter(|(_, image)| leads_to(&image.address, path, sidecar)).map(|(n, _)| Some(ImageId(n as u32))).collect()
}

/// Whether the address of a picture leads to the file at `path`, or to the one whose sidecar is there.
fn leads_to(address: &str, path: &str, sidecar: bool) -> bool {
    let address = address.split(['?', '#']).next().unwrap_or_default().trim();
    let inside = address.trim_start_matches(['.', '/']);
    let ends = |path: &str, address: &str| {
        !address.is_empty() && path.strip_suffix(address).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
    };
    if !sidecar {
        return ends(path, inside);
    }
    let Some((stem, _)) = path.rsplit_once('.') else { return false };
    ends(stem, inside) || inside.rsplit_once('.').is_some_and(|(name, _)| ends(stem, name))
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
        let quote = crate::text::reader_text(&self.read.source.text[span.range()]);
        Place { location: Location { source: self.source, span }, quote }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files() {
        for (address, path, sidecar) in [
            ("harbour.jpg", "news/harbour.jpg", false),
            ("/img/harbour.jpg?w=3", "site/img/harbour.jpg", false),
            ("../img/harbour.jpg", "img/harbour.jpg", false),
            ("harbour.jpg", "news/harbour.jpg.xmp", true),
            ("harbour.jpg", "news/harbour.xmp", true),
        ] {
            assert!(leads_to(address, path, sidecar), "{address} {path}");
        }
        for (address, path, sidecar) in
            [("bour.jpg", "news/harbour.jpg", false), ("", "a.jpg", false), ("harbour.jpg", "news/harbour.png.xmp", true)]
        {
            assert!(!leads_to(address, path, sidecar), "{address} {path}");
        }
    }
}
