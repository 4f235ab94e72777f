//! Site files: robots.txt, tdmrep.json, RSL, header files and their relatives.
use crate::document::Document;
use crate::source::Source;

/// The rules of a site file.
#[derive(Debug, Clone)]
pub enum SiteFile {}

/// Reads a site file.
pub fn read(_source: &Source) -> Document {
    Document::default()
}
