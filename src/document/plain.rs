//! Plain text: a block a line.
use crate::document::{Block, Document, Piece};
use crate::source::Source;
use crate::text::Span;

/// Reads a text.
pub fn read(source: &Source) -> Document {
    let mut document = Document::default();
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let text = line.trim_end();
        if !text.is_empty() {
            let span = Span::new(at, at + text.len());
            document.blocks.push(Block { text: text.to_owned(), pieces: vec![Piece { at: 0, span, exact: true }], ..Block::default() });
        }
        at += line.len();
    }
    document
}
