//! A run of text with its phrases: what the line reader needs to know about it.

use crate::detect::copyright::holder::Words;
use crate::detect::copyright::mark;
use crate::detect::copyright::mark::Mark;
use crate::detect::copyright::mark::MarkKind;
use crate::detect::reading::Reading;
use crate::document::Block;
use crate::document::BlockId;
use crate::lexicon::Hit;
use crate::lexicon::Lexicon;
use crate::lexicon::concept::Concept;
use crate::text::Folded;
use std::ops::Range;

/// A block's text, or a value of metadata.
pub(super) struct Piece<'a> {
    text: &'a str,
    folded: &'a Folded,
    hits: &'a [Hit],
    /// The block, whose links count.
    block: Option<&'a Block>,
    lexicon: &'a Lexicon,
    language: Option<&'a str>,
}

impl<'a> Piece<'a> {
    /// A block.
    pub(super) fn block(reading: &'a Reading<'a>, id: BlockId) -> Self {
        let n = id.0 as usize;
        let block = &reading.document().blocks[n];
        Self { block: Some(block), ..Self::new(reading, &block.text, &reading.folded[n], &reading.hits[n]) }
    }

    /// A text of its own.
    pub(super) fn new(reading: &'a Reading<'a>, text: &'a str, folded: &'a Folded, hits: &'a [Hit]) -> Self {
        let language = reading.document().language.as_deref();
        Self { text, folded, hits, block: None, lexicon: reading.lexicon, language }
    }

    /// Its marks in order: signs as spelled, words from the lexicon. None if the text is only about copyright.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let mut all = if mark::possible(self.text) { mark::signs(self.text) } else { Vec::new() };
        let worded = self.hits.iter().filter_map(|h| Some((kind(h.concept)?, h)));
        all.extend(worded.map(|(kind, h)| Mark { kind, range: self.original(h) }));
        if all.is_empty() || is_table_row(self.text) || all.iter().all(|m| m.kind == MarkKind::Word && !opens_line(self.text, m)) {
            return Vec::new();
        }
        mark::joined(self.text, all)
    }

    fn links(&self) -> Vec<Range<usize>> {
        self.block.map(|block| block.links().map(|(range, ..)| range).collect()).unwrap_or_default()
    }

    fn original(&self, hit: &Hit) -> Range<usize> {
        self.folded.original(hit.range.clone())
    }

    /// What stands around the marks.
    pub(super) fn words(&self, marks: &[Mark]) -> Words {
        let reserved = marks.iter().filter(|m| matches!(m.kind, MarkKind::Reserved | MarkKind::SomeReserved));
        let mut words = Words { links: self.links(), stops: reserved.map(|m| m.range.clone()).collect(), ..Words::default() };
        for language in self.languages() {
            for hit in &self.lexicon.scan_clause(&self.folded.text, language) {
                words.add(hit.concept, self.original(hit));
            }
        }
        for hit in self.hits {
            words.add(hit.concept, self.original(hit));
        }
        words.keep_near(marks);
        words
    }

    /// The languages its words may be in.
    fn languages(&self) -> Vec<&'a str> {
        let mut languages: Vec<&str> = self.hits.iter().map(|h| h.language).chain(["en"]).chain(self.language).collect();
        languages.sort_unstable();
        languages.dedup();
        languages
    }
}

fn kind(concept: Concept) -> Option<MarkKind> {
    Some(match concept {
        Concept::CopyrightWord => MarkKind::Word,
        Concept::CopyrightProperty => MarkKind::Property,
        Concept::CopyrightProtected => MarkKind::Protected,
        Concept::CopyrightAllRightsReserved => MarkKind::Reserved,
        Concept::CopyrightSomeRightsReserved => MarkKind::SomeReserved,
        _ => return None,
    })
}

/// Whether the bare word can open a line: at a start, with a year, "by" or a sign near. Elsewhere it is a topic.
fn opens_line(text: &str, mark: &Mark) -> bool {
    let (before, after) = (text[..mark.range.start].trim_end(), text[mark.range.end..].trim_start());
    let digit = |c: char| c.is_ascii_digit();
    let starts = before.is_empty() || before.ends_with(['.', '|', '(', '·', '-', '–', '—', ':', '"', '*', '!']);
    after.starts_with(digit) || before.ends_with(digit) || (starts && !after.is_empty())
}

/// A row of a table in plain text: cells between bars. What stands there is listed, not stated.
pub(in crate::detect) fn is_table_row(text: &str) -> bool {
    text.starts_with('|') && text.ends_with('|') && text.matches('|').count() >= 3
}
