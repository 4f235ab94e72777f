//! Where a block stands in the article: what names writer and date stands around the headline or at the end.

use crate::detect::reading::Reading;
use crate::document::Block;
use crate::document::Image;
use crate::document::Marks;
use crate::document::Role;
use crate::evidence::Evidence;
use crate::source::kind::Kind;
use crate::terms::Channel;

/// How many blocks after the headline a byline may stand.
const AFTER: usize = 14;

/// How many blocks before it.
const BEFORE: usize = 6;

/// How many blocks from the end of the text a signature may stand.
const END: usize = 3;

/// Shorter blocks have no room for a title.
const TITLE: usize = 30;

/// Where headline and text of the article stand.
#[derive(Debug)]
pub struct Page {
    /// The headline, or where the text starts.
    head: usize,
    /// The last block of the text.
    last: Option<usize>,
    /// Whether the block under the headline describes no picture, whatever its class calls it.
    line_under: bool,
    /// The article that the headline belongs to.
    article: u32,
    /// Whether the document is plain text, where every line is a block and lines of the page's frame remain.
    plain: bool,
}

/// Where a block stands in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Around the headline.
    Head,
    /// In the article, elsewhere.
    Inside,
    /// At the end of the text.
    End,
    /// Teasers, comments, menus name other writers.
    Away,
}

impl Page {
    /// Finds them.
    pub fn of(reading: &Reading<'_>) -> Self {
        let blocks = &reading.document().blocks;
        let headline = blocks.iter().position(|b| b.role == Role::Headline);
        let text = || blocks.iter().position(|b| b.role == Role::Body && b.text.len() >= 120).map_or(0, |at| at.saturating_sub(3));
        let head = headline.unwrap_or_else(text);
        let last = blocks.iter().rposition(|b| b.role == Role::Body);
        let described = |image: &Image| image.nearby.iter().any(|near| near.block.0 as usize == head + 1);
        let line_under = !reading.document().images.iter().any(described);
        Self { head, last, line_under, article: blocks.get(head).map_or(0, |b| b.article), plain: reading.main.source.kind == Kind::Plain }
    }

    /// Where block `at` stands.
    pub fn standing(&self, at: usize, block: &Block) -> Standing {
        let after = if self.plain { AFTER * 3 / 2 } else { AFTER };
        let near = at + BEFORE >= self.head && at <= self.head + after;
        let same = block.article == self.article || self.article == 0 || block.article == 0;
        match block.role {
            // The line under the headline may stand in the figure of the first picture.
            Role::Caption if block.marks.has(Marks::AUTHOR.and(Marks::DATE)) && (self.head..=self.head + 2).contains(&at) => Standing::Head,
            Role::Caption if self.line_under && at == self.head + 1 => Standing::Head,
            // In plain text what follows a picture passes for its caption.
            Role::Caption if !self.plain => Standing::Away,
            Role::Comment => Standing::Away,
            // The title of another article, with its writer and date.
            Role::Aside | Role::Teaser if at > self.head && block.link_density() > 0.3 && block.text.len() >= TITLE => Standing::Away,
            _ if near && same => Standing::Head,
            Role::BylineArea if same && at <= self.head + 3 * AFTER => Standing::Head,
            Role::BylineArea | Role::Body | Role::Lead | Role::Aside | Role::Header | Role::Heading if self.is_end(at) => Standing::End,
            Role::BylineArea | Role::Body | Role::Lead | Role::Aside | Role::Header if same => Standing::Inside,
            _ => Standing::Away,
        }
    }

    /// How many blocks after the headline (before it: negative) words for readers stand; nothing for metadata.
    pub fn distance(&self, reading: &Reading<'_>, evidence: &Evidence) -> Option<i32> {
        let start = evidence.place.location.span.start;
        let blocks = &reading.document().blocks;
        let block = blocks.partition_point(|b| b.whole().start <= start).checked_sub(1).filter(|_| evidence.channel == Channel::Prose)?;
        Some(block as i32 - self.head as i32)
    }

    fn is_end(&self, at: usize) -> bool {
        self.last.is_some_and(|last| at <= last + 1 && at + END > last)
    }
}
