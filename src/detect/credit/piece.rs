//! A short text with the phrases of the lexicon in it, counted in the text's own bytes.

use crate::detect::reading::Reading;
use crate::document::BlockId;
use crate::lexicon::Hit;
use crate::lexicon::Lexicon;
use crate::lexicon::concept::Concept;
use crate::text::Folded;
use std::ops::Range;

/// A phrase in a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// What it means.
    pub concept: Concept,
    /// Bytes of the piece's text.
    pub range: Range<usize>,
}

/// A caption, a credit line, an attribute: any short text that may credit a picture.
#[derive(Debug)]
pub struct Piece<'t> {
    /// The text.
    pub text: &'t str,
    /// Phrases in it, by start, longest first; one for each concept and range.
    pub phrases: Vec<Phrase>,
}

/// Longer texts are read up to here: no caption goes on so long.
pub const LONGEST: usize = 3000;

impl<'t> Piece<'t> {
    /// Prepares `text`, at most its first [`LONGEST`] bytes.
    pub fn new(text: &'t str, lexicon: &Lexicon) -> Self {
        let end = (0..=LONGEST.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let text = &text[..end];
        let folded = Folded::new(text);
        let (short, whole) = (lexicon.scan_short(&folded.text), lexicon.scan(&folded.text));
        Self::with(text, &folded, short.iter().chain(&whole), lexicon)
    }

    /// Prepares a whole block, whose phrases are known in part.
    pub fn of_block(reading: &'t Reading<'_>, id: BlockId) -> Self {
        let text = reading.document().block(id).text.as_str();
        if text.len() > LONGEST {
            return Self::new(text, reading.lexicon);
        }
        let n = id.0 as usize;
        Self::with(text, &reading.folded[n], reading.short_hits(id).iter().chain(&reading.hits[n]), reading.lexicon)
    }

    fn with<'h>(text: &'t str, folded: &Folded, known: impl Iterator<Item = &'h Hit>, lexicon: &Lexicon) -> Self {
        let phrase = |hit: &Hit| Phrase { concept: hit.concept, range: folded.original(hit.range.clone()) };
        let (credit, name) = (lexicon.scan_credit(&folded.text), lexicon.scan_name(&folded.text));
        let mut phrases: Vec<Phrase> = known.map(phrase).chain(credit.iter().chain(&name).map(phrase)).collect();
        phrases.sort_by(|a, b| (a.range.start, b.range.end, a.concept).cmp(&(b.range.start, a.range.end, b.concept)));
        phrases.dedup();
        Self { text, phrases }
    }

    /// Phrases of one of `concepts`.
    pub fn of<'p>(&'p self, concepts: &'p [Concept]) -> impl Iterator<Item = &'p Phrase> {
        self.phrases.iter().filter(|p| concepts.contains(&p.concept))
    }

    /// Whether exactly `range` is a phrase of one of `concepts`.
    pub fn is(&self, range: &Range<usize>, concepts: &[Concept]) -> bool {
        self.starting(range.start).any(|p| p.range.end == range.end && concepts.contains(&p.concept))
    }

    /// The longest phrase of `concepts` that starts at `at` and ends before or at `end`.
    pub fn longest_at(&self, at: usize, end: usize, concepts: &[Concept]) -> Option<&Phrase> {
        self.starting(at).find(|p| p.range.end <= end && concepts.contains(&p.concept))
    }

    /// The longest phrase of `concepts` that ends at `end` and starts at or after `start`.
    pub fn longest_until(&self, start: usize, end: usize, concepts: &[Concept]) -> Option<&Phrase> {
        let from = self.phrases.partition_point(|p| p.range.start < start);
        self.phrases[from..].iter().take_while(|p| p.range.start < end).find(|p| p.range.end == end && concepts.contains(&p.concept))
    }

    /// Whether a phrase of `concepts` stands inside `range`.
    pub fn holds(&self, range: &Range<usize>, concepts: &[Concept]) -> bool {
        let from = self.phrases.partition_point(|p| p.range.start < range.start);
        let inside = self.phrases[from..].iter().take_while(|p| p.range.start < range.end);
        inside.into_iter().any(|p| p.range.end <= range.end && concepts.contains(&p.concept))
    }

    fn starting(&self, at: usize) -> impl Iterator<Item = &Phrase> {
        let from = self.phrases.partition_point(|p| p.range.start < at);
        self.phrases[from..].iter().take_while(move |p| p.range.start == at)
    }
}

/// `range` without the blanks and the given signs at its ends.
pub fn trimmed(text: &str, range: Range<usize>, signs: &[char]) -> Range<usize> {
    let slice = &text[range.clone()];
    let drop = |c: char| c.is_whitespace() || signs.contains(&c);
    let start = range.start + (slice.len() - slice.trim_start_matches(drop).len());
    let end = start + text[start..range.end].trim_end_matches(drop).len();
    start..end
}
