//! A run of text that a clause may fill: a block, or an introduction with the items of its list.

use crate::detect::reading::Reading;
use crate::document::Block;
use crate::document::BlockId;
use crate::evidence::Place;
use crate::lexicon::Hit;
use crate::lexicon::concept::Concept;
use crate::source::Location;
use crate::source::SourceId;
use crate::text::Folded;
use crate::text::reader_text;
use crate::text::squeeze;
use std::borrow::Cow;
use std::ops::Range;

/// An introduction takes at most this many items.
const MOST_ITEMS: usize = 16;
/// A longer block is no list item.
const LONGEST_ITEM: usize = 400;

/// A run of text with its phrases.
pub(super) struct Passage<'a> {
    /// The document it stands in.
    pub reading: &'a Reading<'a>,
    /// The text.
    pub text: Cow<'a, str>,
    /// Phrases searched in whole documents, in bytes of the text.
    pub hits: Vec<(Range<usize>, Hit)>,
    /// Where each block starts in the text.
    pub parts: Vec<(usize, BlockId)>,
}

impl<'a> Passage<'a> {
    /// The passage that starts with block `id`.
    pub(super) fn new(reading: &'a Reading<'a>, id: BlockId) -> Self {
        let block = &reading.document().blocks[id.0 as usize];
        let items = if introduces(&block.text) { items(reading, id) } else { Vec::new() };
        let mut passage = Self { reading, text: Cow::Borrowed(&block.text), hits: Vec::new(), parts: vec![(0, id)] };
        for item in items {
            let text = passage.text.to_mut();
            text.push(' ');
            passage.parts.push((text.len(), item));
            text.push_str(&reading.document().blocks[item.0 as usize].text);
        }
        for (start, part) in passage.parts.clone() {
            let n = part.0 as usize;
            let moved = reading.hits[n].iter().map(|h| {
                let range = reading.folded[n].original(h.range.clone());
                (start + range.start..start + range.end, h.clone())
            });
            passage.hits.extend(moved);
        }
        passage
    }

    /// The phrases inside `range`, by start.
    pub(super) fn hits_in(&self, range: &Range<usize>) -> &[(Range<usize>, Hit)] {
        let at = |byte| self.hits.partition_point(|(r, _)| r.start < byte);
        &self.hits[at(range.start)..at(range.end)]
    }

    /// The block it starts with.
    pub(super) fn block(&self) -> &'a Block {
        self.reading.document().block(self.parts[0].1)
    }

    /// The place of bytes `range` of the text. What runs over several blocks is placed whole if the mark-up between them is only
    /// blanks to a reader, else by its first part.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        let (first, last) = (self.part(range.start), self.part(range.end.max(range.start + 1) - 1));
        let (start, id) = self.parts[first];
        let length = self.reading.document().block(id).text.len();
        let inside = range.start - start..(range.end - start).min(length);
        let head = self.reading.place(id, inside);
        if first == last {
            return head;
        }
        let (start, id) = self.parts[last];
        let tail = self.reading.place(id, 0..range.end - start);
        let span = head.location.span.join(tail.location.span);
        let quote = squeeze(&self.text[range]);
        if reader_text(&self.reading.main.source.text[span.range()]) == quote {
            return Place { location: Location { source: SourceId(0), span }, quote };
        }
        head
    }

    fn part(&self, at: usize) -> usize {
        self.parts.partition_point(|&(start, _)| start <= at).max(1) - 1
    }

    /// The legal forms of firms in a stretch of the text: those of all countries stand in one list.
    pub(super) fn legal_forms(&self, stretch: &Range<usize>) -> Vec<Range<usize>> {
        // The full stop behind the stretch may belong to a form.
        let end = stretch.end + usize::from(self.text[stretch.end..].starts_with('.'));
        let found = self.phrases(&(stretch.start..end), "en").into_iter();
        found.filter(|h| h.concept == Concept::CopyrightLegalForm).map(|h| h.range).collect()
    }

    /// The phrases of a stretch of the text in one language: those found in the whole document, and the words of clauses.
    pub(super) fn phrases(&self, stretch: &Range<usize>, language: &str) -> Vec<Hit> {
        let folded = Folded::new(&self.text[stretch.clone()]);
        let moved = |r: Range<usize>| {
            let r = folded.original(r);
            stretch.start + r.start..stretch.start + r.end
        };
        let whole = self.hits_in(stretch).iter().filter(|(r, _)| r.end <= stretch.end);
        let mut found: Vec<Hit> = whole.map(|(r, h)| Hit { range: r.clone(), ..h.clone() }).collect();
        let words = self.reading.lexicon.scan_clause(&folded.text, language);
        found.extend(words.into_iter().map(|h| Hit { range: moved(h.range.clone()), ..h }));
        found
    }
}

/// Whether a list may follow: "It is not allowed to:".
fn introduces(text: &str) -> bool {
    text.trim_end().ends_with([':', '：']) && text.len() < 800
}

/// The items behind an introduction: blocks that stand together, up to the first that is too long for one.
fn items(reading: &Reading<'_>, id: BlockId) -> Vec<BlockId> {
    let blocks = &reading.document().blocks;
    let start = id.0 as usize + 1;
    let Some(first) = blocks.get(start) else { return Vec::new() };
    // Roles may differ inside one list: the last item often looks like a paragraph.
    let alike = |b: &Block| b.group == first.group && b.text.len() <= LONGEST_ITEM;
    let end = blocks[start..].iter().take(MOST_ITEMS).take_while(|b| alike(b)).count();
    (start..start + end).map(|n| BlockId(n as u32)).collect()
}
