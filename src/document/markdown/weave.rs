//! Raw HTML inside Markdown: read by the reader of pages in its own places, then woven into the Markdown's blocks.

use crate::document::BlockId;
use crate::document::Document;
use crate::document::Image;
use crate::document::ImageRole;
use crate::document::Role;
use crate::document::html;
use crate::document::markdown::attributes::blank_out;
use crate::document::markdown::body::Body;
use crate::document::markdown::body::Picture;
use crate::document::markdown::body::Written;
use crate::text::Span;
use std::ops::Range;

/// Reads the raw HTML of `body` and weaves its blocks and pictures in; its other statements go to `document`. `start` is where the Markdown
/// starts.
pub(super) fn weave(text: &str, start: usize, body: &mut Body, document: &mut Document) {
    if body.html.is_empty() {
        return;
    }
    let between = gaps(&body.html, start, text.len());
    let mut page = html::read_text(&blank_out(text, std::iter::once(Span::new(0, start)).chain(between)));
    document.directives.append(&mut page.directives);
    document.problems.append(&mut page.problems);
    html::structured::append(page.items, document);
    document.fields.append(&mut page.fields);
    let first = body.blocks.len();
    let images = std::mem::take(&mut page.images);
    body.blocks.extend(page.blocks.into_iter().map(|mut block| {
        block.role = role(block.role);
        Written { block, paragraph: 0, level: 0 }
    }));
    body.pictures.extend(images.into_iter().map(|image| Picture { image: placed(shifted(image, first as u32), text), paragraph: 0 }));
    let embeds = std::mem::take(&mut page.embeds);
    body.embeds.extend(embeds.into_iter().map(|embed| placed(shifted(embed, first as u32), text)));
    body.sort();
}

/// What lies between the ranges, from `start` to `end`.
fn gaps(ranges: &[Range<usize>], start: usize, end: usize) -> Vec<Span> {
    let mut gaps = Vec::new();
    let mut at = start;
    for range in ranges {
        if range.start > at {
            gaps.push(Span::new(at, range.start));
        }
        at = at.max(range.end);
    }
    if at < end {
        gaps.push(Span::new(at, end));
    }
    gaps
}

/// A fragment has no headline, head and foot of its own.
fn role(role: Role) -> Role {
    match role {
        Role::Headline | Role::Heading => Role::Heading,
        Role::Caption | Role::Quote | Role::Aside | Role::Footer => role,
        _ => Role::Body,
    }
}

/// The zone of a page tells what a picture is for; pieces of one have none, so only a tracking pixel is an ornament there.
fn placed(mut image: Image, text: &str) -> Image {
    let pixel = ["=\"1\"", "=1 ", "='1'", "=\"0\""].iter().any(|side| text[image.span.range()].contains(side));
    if matches!(image.role, ImageRole::Decorative | ImageRole::Teaser) && !pixel && !image.address.is_empty() {
        image.role = ImageRole::Content;
    }
    image
}

fn shifted(mut image: Image, by: u32) -> Image {
    let shift = |id: &mut BlockId| id.0 += by;
    image.caption.iter_mut().for_each(shift);
    image.nearby.iter_mut().for_each(|n| n.block.0 += by);
    image
}

impl Body {
    /// Puts blocks and pictures in the order of the text.
    pub(super) fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.blocks.len()).collect();
        order.sort_by_key(|&n| (self.blocks[n].block.whole().start, n));
        let mut new = vec![0u32; order.len()];
        for (to, &from) in order.iter().enumerate() {
            new[from] = to as u32;
        }
        let mut blocks: Vec<Option<Written>> = std::mem::take(&mut self.blocks).into_iter().map(Some).collect();
        self.blocks = order.iter().filter_map(|&n| blocks[n].take()).collect();
        for image in self.pictures.iter_mut().map(|p| &mut p.image).chain(&mut self.embeds) {
            image.caption.iter_mut().for_each(|id| id.0 = new[id.0 as usize]);
            image.nearby.iter_mut().for_each(|n| n.block.0 = new[n.block.0 as usize]);
        }
        self.pictures.sort_by_key(|p| p.image.span.start);
    }
}
