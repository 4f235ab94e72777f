//! Pictures of a text: a caption or a credit line stands for one.

use crate::document::BlockId;
use crate::document::Document;
use crate::document::Image;
use crate::document::Marks;
use crate::document::Nearby;
use crate::document::Relation;
use crate::document::Role;
use crate::document::wording;

/// Makes a picture of every credit line, with the caption it belongs to.
pub(super) fn read(document: &mut Document) {
    let mut start = 0;
    while start < document.blocks.len() {
        let end = run_end(document, start);
        if end > start {
            pictures(document, start, end);
        }
        start = end.max(start + 1);
    }
}

/// Where the run of caption blocks from `start` on ends.
fn run_end(document: &Document, start: usize) -> usize {
    let rest = &document.blocks[start..];
    start + rest.iter().position(|b| b.role != Role::Caption).unwrap_or(rest.len())
}

/// Each credit of a run closes a picture; captions after the last one are a picture without credit.
fn pictures(document: &mut Document, start: usize, end: usize) {
    let mut first = start;
    for n in start..end {
        if wording::credit_start(&document.blocks[n].text).is_some() || n + 1 == end {
            let image = image(document, first, n);
            document.images.push(image);
            first = n + 1;
        }
    }
}

/// The picture that blocks `first..=last` describe.
fn image(document: &Document, first: usize, last: usize) -> Image {
    let nearby = (first..=last).map(|n| Nearby {
        block: BlockId(n as u32),
        range: 0..document.blocks[n].text.len() as u32,
        relation: Relation::Caption,
        marks: Marks::default(),
    });
    Image { span: document.blocks[last].whole(), caption: Some(BlockId(first as u32)), nearby: nearby.collect(), ..Image::default() }
}
