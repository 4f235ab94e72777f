//! In which part of a document a statement stands.

use crate::document::{Block, BlockId, Document, Image, Role};
use crate::evidence::{Evidence, Subject};
use crate::policy::words::Area;
use crate::source::SourceId;
use crate::terms::Channel;
use crate::text::Span;
use std::cell::OnceCell;

/// The areas of one document.
#[derive(Debug)]
pub struct Areas<'a> {
    document: &'a Document,
    /// Blocks by their place in the source, made when first asked for.
    blocks: OnceCell<Vec<(Span, BlockId)>>,
    top: OnceCell<u32>,
}

impl<'a> Areas<'a> {
    /// The areas of `document`.
    pub fn new(document: &'a Document) -> Self {
        Self { document, blocks: OnceCell::new(), top: OnceCell::new() }
    }

    /// The areas in which a statement stands, the most telling last.
    pub fn of(&self, evidence: &Evidence) -> Vec<Area> {
        let mut areas = Vec::new();
        match evidence.channel {
            Channel::Metadata => areas.push(Area::Metadata),
            Channel::Embedded | Channel::Sidecar => areas.push(Area::Embedded),
            Channel::Prose | Channel::Signal => {}
        }
        if evidence.place.location.source != SourceId(0) {
            return areas;
        }
        let span = evidence.place.location.span;
        if matches!(evidence.channel, Channel::Metadata | Channel::Signal) && self.is_before_text(span) {
            areas.push(Area::Head);
        }
        if evidence.channel == Channel::Prose {
            self.visible(evidence, span, &mut areas);
        }
        areas
    }

    fn visible(&self, evidence: &Evidence, span: Span, areas: &mut Vec<Area>) {
        if self.is_alternative_text(span) {
            areas.push(Area::Alt);
            return;
        }
        if let Some((id, block)) = self.block_at(span) {
            areas.extend(self.of_block(id, block));
        }
        if matches!(evidence.subject, Subject::Image(_) | Subject::Embed(_)) && !areas.contains(&Area::Caption) {
            areas.push(Area::Caption);
        }
    }

    /// The areas a block of text belongs to.
    pub fn of_block(&self, id: BlockId, block: &Block) -> Vec<Area> {
        let mut areas = Vec::new();
        if block.role.in_article() {
            areas.push(Area::Article);
            if id.0 <= self.top() {
                areas.push(Area::ArticleTop);
            }
        }
        match block.role {
            Role::Caption => areas.push(Area::Caption),
            Role::Footer => areas.push(Area::Footer),
            _ => {}
        }
        areas
    }

    /// The areas in which a picture stands: those of its caption, else those that the words before and after it share. A picture
    /// between the page's head and the headline belongs to the article.
    pub fn of_image(&self, image: &Image) -> Vec<Area> {
        if let Some(caption) = image.caption {
            return self.of_block(caption, self.document.block(caption));
        }
        let blocks = self.blocks();
        let after = blocks.partition_point(|(b, _)| b.end <= image.span.start);
        let block = |at: usize| blocks.get(at).map(|(_, id)| (*id, self.document.block(*id)));
        let next = block(after).or_else(|| block(after.wrapping_sub(1)));
        let Some((next_id, next)) = next else { return Vec::new() };
        let of_next = self.of_block(next_id, next);
        let before = after.checked_sub(1).and_then(block).filter(|_| next.role != Role::Headline);
        match before {
            Some((id, previous)) => self.of_block(id, previous).into_iter().filter(|area| of_next.contains(area)).collect(),
            None => of_next,
        }
    }

    /// The last block of the article's top: its second paragraph.
    fn top(&self) -> u32 {
        *self.top.get_or_init(|| {
            let mut paragraphs = self.document.blocks().filter(|(_, b)| b.role == Role::Body);
            paragraphs.nth(1).map_or(u32::MAX, |(id, _)| id.0)
        })
    }

    fn is_before_text(&self, span: Span) -> bool {
        self.blocks().first().is_none_or(|(first, _)| span.end <= first.start)
    }

    fn is_alternative_text(&self, span: Span) -> bool {
        let within = |placed: &Option<crate::document::Placed>| placed.as_ref().is_some_and(|p| p.span.contains(span));
        self.document.images.iter().any(|image| within(&image.alt) || within(&image.title))
    }

    fn blocks(&self) -> &[(Span, BlockId)] {
        self.blocks.get_or_init(|| {
            let mut blocks: Vec<_> = self.document.blocks().map(|(id, b)| (b.whole(), id)).collect();
            blocks.sort_unstable();
            blocks
        })
    }

    /// The block that holds the start of `span`. Blocks hardly ever nest, so that a few steps back are enough.
    pub fn block_at(&self, span: Span) -> Option<(BlockId, &'a Block)> {
        let blocks = self.blocks();
        let after = blocks.partition_point(|(b, _)| b.start <= span.start);
        let (_, id) = blocks[..after].iter().rev().take(8).find(|(b, _)| span.start < b.end)?;
        Some((*id, self.document.block(*id)))
    }
}
