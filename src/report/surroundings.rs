//! What stands around a place, so that a report can show a quotation in its context without the document at hand.

use crate::detect::reading::Reading;
use crate::document::Block;
use crate::evidence::Place;
use crate::text::Span;
use serde::Deserialize;
use serde::Serialize;
use std::ops::Range;

/// Characters shown on each side of a quotation.
const MOST: usize = 120;
/// Characters of mark-up shown in place of a quotation.
const MOST_MARK_UP: usize = 300;

/// What stands around a place: `before` + quote + `after` reads on. A cut side ends with `…`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Surroundings {
    /// Up to 120 characters before the quote, of the same paragraph; of mark-up and site files, of the same line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// Up to 120 characters after it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// For a place that no reader sees (an attribute, an element, a line of a site file): its source text, which then stands for the
    /// quote, and which `before` and `after` belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark_up: Option<String>,
}

/// Finds what stands around places of one document. Blocks are sought by their start, so that many places cost little.
pub(crate) struct Neighbourhood<'a> {
    reading: &'a Reading<'a>,
    /// Start and index of each block, ascending.
    blocks: Vec<(u32, usize)>,
}

impl<'a> Neighbourhood<'a> {
    pub(crate) fn new(reading: &'a Reading<'a>) -> Self {
        let mut blocks: Vec<_> = reading.document().blocks.iter().enumerate().map(|(n, b)| (b.whole().start, n)).collect();
        blocks.sort_unstable();
        Self { reading, blocks }
    }

    pub(crate) fn of(&self, place: &Place) -> Surroundings {
        let span = place.location.span;
        let id = place.location.source.0 as usize;
        let in_block = if id == 0 && !place.quote.is_empty() { self.in_block(span) } else { None };
        if let Some((text, range)) = in_block {
            return Surroundings { before: before(text, range.start), after: after(text, range.end), mark_up: None };
        }
        let read = if id == 0 { self.reading.main } else { self.reading.companions[id - 1] };
        let text = &read.source.text;
        let line = line_around(text, span);
        let (start, end) = (span.range().start - line.start, span.range().end - line.start);
        let line = &text[line];
        Surroundings { before: before(line, start), after: after(line, end), mark_up: Some(head(&line[start..end], MOST_MARK_UP)) }
    }

    /// The block that holds `span`, and where in its text the words are.
    fn in_block(&self, span: Span) -> Option<(&'a str, Range<usize>)> {
        let at = self.blocks.partition_point(|&(start, _)| start <= span.start).checked_sub(1)?;
        let block = &self.reading.document().blocks[self.blocks[at].1];
        let range = text_at(block, span.start, false)?..text_at(block, span.end, true)?;
        (range.start < range.end && block.text.is_char_boundary(range.start) && block.text.is_char_boundary(range.end))
            .then_some((block.text.as_str(), range))
    }
}

/// The offset in the block's text of `offset` in the source; none where the block doesn't come from there. Of an end, the last byte decides.
fn text_at(block: &Block, offset: u32, is_end: bool) -> Option<usize> {
    let byte = if is_end { offset.checked_sub(1)? } else { offset };
    let piece = block.pieces.partition_point(|p| p.span.start <= byte).checked_sub(1)?;
    let here = &block.pieces[piece];
    if byte >= here.span.end {
        return None;
    }
    let next = block.pieces.get(piece + 1).map_or(block.text.len(), |p| p.at as usize);
    Some(match (here.exact, is_end) {
        (true, _) => (here.at + (offset - here.span.start)) as usize,
        (false, true) => next,
        (false, false) => here.at as usize,
    })
}

/// The lines of `text` that `span` touches, without white space at the ends.
fn line_around(text: &str, span: Span) -> Range<usize> {
    let span = span.range();
    // A page on one line must not cost its length for every place: four bytes a character are the most.
    let far = 4 * (MOST + 1);
    let (low, high) = (floor(text, span.start.saturating_sub(far)), floor(text, (span.end + far).min(text.len())));
    let start = text[low..span.start].rfind(['\n', '\r']).map_or(low, |at| low + at + 1);
    let end = text[span.end..high].find(['\n', '\r']).map_or(high, |at| span.end + at);
    let indent = text[start..span.start].len() - text[start..span.start].trim_start().len();
    start + indent..end
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Up to [`MOST`] characters before byte `at`; a cut falls between words where it can.
fn before(text: &str, at: usize) -> String {
    let Some((cut, _)) = text[..at].char_indices().rev().nth(MOST) else { return text[..at].to_owned() };
    let rest = &text[cut..at];
    let word = rest.find(char::is_whitespace).map_or(0, |s| s + 1);
    let kept = if word < rest.len() / 2 { rest.get(word..).unwrap_or(rest) } else { rest };
    format!("…{}", kept.trim_start())
}

fn after(text: &str, at: usize) -> String {
    let Some((cut, _)) = text[at..].char_indices().nth(MOST + 1) else { return text[at..].to_owned() };
    let rest = &text[at..at + cut];
    let word = rest.rfind(char::is_whitespace).filter(|&s| s > rest.len() / 2).unwrap_or(rest.len());
    format!("{}…", rest[..word].trim_end())
}

fn head(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::reading::ReadSource;
    use crate::lexicon::Lexicon;
    use crate::source::{Location, Origin, Source, SourceId};

    fn around(page: &str, wanted: &str) -> Surroundings {
        let read = ReadSource::new(Source::new(Origin { path: "a.html".to_owned(), url: None }, page.as_bytes().to_vec()));
        let reading = Reading::new(&read, &[], Lexicon::builtin());
        let at = read.source.text.find(wanted).expect("in the page");
        let location = Location { source: SourceId(0), span: Span::new(at, at + wanted.len()) };
        let quote = crate::text::reader_text(wanted);
        Neighbourhood::new(&reading).of(&Place { location, quote })
    }

    #[test]
    fn words_are_shown_within_their_paragraph() {
        let page = "<p>Another.</p><p>Fish &amp; chips: <b>no copying</b>, ever.</p><p>Other.</p>";
        let found = around(page, "no copying");
        assert_eq!((found.before.as_str(), found.after.as_str(), found.mark_up), ("Fish & chips: ", ", ever.", None));
    }

    #[test]
    fn long_paragraphs_are_cut_between_words() {
        let page = format!("<p>{}here{}</p>", "lorem ipsum ".repeat(30), " dolor sit".repeat(30));
        let found = around(&page, "here");
        assert!(found.before.starts_with("…lorem") || found.before.starts_with("…ipsum"), "{}", found.before);
        assert!(found.before.chars().count() <= MOST + 2 && found.before.ends_with("ipsum "));
        assert!(found.after.ends_with("…") && found.after.chars().count() <= MOST + 2);
    }

    #[test]
    fn mark_up_is_shown_within_its_line() {
        let page = "<html><head>\n  <meta name=\"tdm-reservation\" content=\"0\">\n</head>";
        let found = around(page, "0");
        assert_eq!(found.before, "<meta name=\"tdm-reservation\" content=\"");
        assert_eq!((found.mark_up.as_deref(), found.after.as_str()), (Some("0"), "\">"));
        let picture = around("<p>Hello</p>\n<img src=\"a.png\">\n", "<img src=\"a.png\">");
        assert_eq!(picture.mark_up.as_deref(), Some("<img src=\"a.png\">"));
    }
}
