//! Markdown with front matter.

mod body;
mod front_matter;

use crate::document::Document;
use crate::source::Source;

/// Reads a Markdown file.
pub fn read(source: &Source) -> Document {
    let mut document = Document { address: source.origin.url.clone(), ..Document::default() };
    let start = front_matter::read(&source.text, &mut document);
    body::read(&source.text, start, &mut document);
    document
}
