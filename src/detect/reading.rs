//! What detectors work on: a document, its folded blocks, the phrases found in them, and its companions.

use crate::detect::article;
use crate::document::{BlockId, Document, ItemId};
use crate::evidence::Place;
use crate::lexicon::{Hit, Lexicon};
use crate::source::{Location, Source, SourceId};
use crate::text::{Folded, Span, squeeze};
use std::ops::Range;
use std::sync::OnceLock;

/// A source with what its reader made of it.
#[derive(Debug)]
pub struct ReadSource {
    /// The source.
    pub source: Source,
    /// The document read from it.
    pub document: Document,
}

impl ReadSource {
    /// Reads `source`.
    pub fn new(source: Source) -> Self {
        let document = crate::document::read(&source);
        Self { source, document }
    }
}

/// A document under inspection.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The document itself, source 0.
    pub main: &'a ReadSource,
    /// What belongs to it: site files, pictures; source 1 and on, in the order given.
    pub companions: &'a [&'a ReadSource],
    /// The wording searched for.
    pub lexicon: &'a Lexicon,
    /// The folded text of each block of the main document.
    pub folded: Vec<Folded>,
    /// The phrases found in each block.
    pub hits: Vec<Vec<Hit>>,
    short: Vec<OnceLock<Vec<Hit>>>,
    articles: OnceLock<Vec<ItemId>>,
    own_names: OnceLock<Vec<String>>,
}

impl<'a> Reading<'a> {
    /// Folds the blocks and finds the phrases, in one pass.
    pub fn new(main: &'a ReadSource, companions: &'a [&'a ReadSource], lexicon: &'a Lexicon) -> Self {
        let folded: Vec<_> = main.document.blocks.iter().map(|b| Folded::new(&b.text)).collect();
        let hits = folded.iter().map(|f| lexicon.scan(&f.text)).collect();
        let short = folded.iter().map(|_| OnceLock::new()).collect();
        Self { main, companions, lexicon, folded, hits, short, articles: OnceLock::new(), own_names: OnceLock::new() }
    }

    /// The main document.
    pub fn document(&self) -> &'a Document {
        &self.main.document
    }

    /// The phrases of short concepts in a block ([`Lexicon::scan_short`]), found when first asked for.
    pub fn short_hits(&self, block: BlockId) -> &[Hit] {
        let n = block.0 as usize;
        self.short[n].get_or_init(|| self.lexicon.scan_short(&self.folded[n].text))
    }

    /// The structured statements about the article itself, best first ([`article::items`]), found once.
    pub fn articles(&self) -> &[ItemId] {
        self.articles.get_or_init(|| article::items(self.document()))
    }

    /// The site's own names ([`article::own_names`]), found once.
    pub fn own_names(&self) -> &[String] {
        self.own_names.get_or_init(|| article::own_names(self))
    }

    /// The place of bytes `range` of a block's text.
    pub fn place(&self, block: BlockId, range: Range<usize>) -> Place {
        let block = self.document().block(block);
        let text = &block.text[range.clone()];
        let lead = text.len() - text.trim_start().len();
        let range = range.start + lead..range.start + lead + text.trim().len();
        Place { location: Location { source: SourceId(0), span: block.span(range.clone()) }, quote: squeeze(&block.text[range]) }
    }

    /// The place of bytes `range` of a block's folded text.
    pub fn folded_place(&self, block: BlockId, range: Range<usize>) -> Place {
        self.place(block, self.folded[block.0 as usize].original(range))
    }

    /// The place of a value in the source: an attribute, a field, a property.
    pub fn value_place(&self, span: Span) -> Place {
        let quote = crate::text::reader_text(&self.main.source.text[span.range()]);
        Place { location: Location { source: SourceId(0), span }, quote }
    }
}
