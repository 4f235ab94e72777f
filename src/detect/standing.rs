//! Where a block stands in the article: what names writer and date stands around the headline or at the end.

use crate::detect::reading::Reading;
use crate::document::Block;
use crate::document::Role;

/// How many blocks after the headline a byline may stand.
const AFTER: usize = 14;

/// How many blocks before it.
const BEFORE: usize = 6;

/// How many blocks from the end of the text a signature may stand.
const END: usize = 3;

/// Where headline and text of the article stand.
#[derive(Debug)]
pub struct Page {
    /// The headline, or where the text starts.
    head: usize,
    /// The last block of the text.
    last: Option<usize>,
    /// The article that the headline belongs to.
    article: u32,
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
        Self { head, last, article: blocks.get(head).map_or(0, |b| b.article) }
    }

    /// Where block `at` stands.
    pub fn standing(&self, at: usize, block: &Block) -> Standing {
        let near = at + BEFORE >= self.head && at <= self.head + AFTER;
        let same = block.article == self.article || self.article == 0 || block.article == 0;
        match block.role {
            Role::Comment | Role::Caption => Standing::Away,
            _ if near && same => Standing::Head,
            Role::BylineArea | Role::Body | Role::Lead | Role::Aside | Role::Header | Role::Heading if self.is_end(at) => Standing::End,
            Role::BylineArea | Role::Body | Role::Lead | Role::Aside | Role::Header if same => Standing::Inside,
            _ => Standing::Away,
        }
    }

    fn is_end(&self, at: usize) -> bool {
        self.last.is_some_and(|last| at <= last + 1 && at + END > last)
    }
}
