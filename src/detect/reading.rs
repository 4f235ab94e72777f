//! What detectors work on: a document, its folded blocks, the phrases found in them, and its companions.

use crate::detect::article;
use crate::detect::media;
use crate::detect::media::Medium;
use crate::document::{BlockId, Document, ImageId, ItemId};
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

    /// The place of bytes `span` of the source, whose number is `id`.
    pub fn place(&self, id: SourceId, span: Span) -> Place {
        let quote = crate::text::reader_text(&self.source.text[span.range()]);
        Place { location: Location { source: id, span }, quote }
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
    media: OnceLock<Vec<(SourceId, Option<ImageId>)>>,
}

impl<'a> Reading<'a> {
    /// Folds the blocks and finds the phrases, in one pass.
    pub fn new(main: &'a ReadSource, companions: &'a [&'a ReadSource], lexicon: &'a Lexicon) -> Self {
        let folded: Vec<_> = main.document.blocks.iter().map(|b| Folded::new(&b.text)).collect();
        let hits = folded.iter().map(|f| lexicon.scan(&f.text)).collect();
        let short = folded.iter().map(|_| OnceLock::new()).collect();
        Self {
            main,
            companions,
            lexicon,
            folded,
            hits,
            short,
            articles: OnceLock::new(),
            own_names: OnceLock::new(),
            media: OnceLock::new(),
        }
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

    /// Media files with what their XMP says ([`media::of`]), found once.
    pub(in crate::detect) fn media(&self) -> impl Iterator<Item = Medium<'a>> {
        self.media.get_or_init(|| media::of(self)).iter().map(|&(source, image)| Medium { read: self.source(source), source, image })
    }

    /// The document (0) or a companion by its number.
    fn source(&self, id: SourceId) -> &'a ReadSource {
        (id.0 as usize).checked_sub(1).map_or(self.main, |n| self.companions[n])
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
        self.main.place(SourceId(0), span)
    }
}
