//! Quotations: blocks set apart and words between quotation marks, with whom they are attributed to and whether that is linked.

use crate::detect::reading::Reading;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::InlineKind;
use crate::document::Role;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use std::ops::Range;

/// A quotation in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The quoted words.
    pub place: Place,
    /// How many words are quoted.
    pub words: usize,
    /// The outlet it is attributed to in the same paragraph, if one is.
    pub outlet: Option<String>,
    /// Where its source is linked: `cite`, a link in the paragraph.
    pub link: Option<String>,
}

/// Shortest quotation that counts, in words: fewer are mostly titles, nicknames, scare quotes.
const FEWEST: usize = 4;

/// Every quotation in the article's text, by place.
pub fn find(reading: &Reading<'_>, evidence: &[Evidence]) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for (id, block) in reading.document().blocks() {
        if matches!(block.role, Role::Body | Role::Quote | Role::Lead | Role::Aside) {
            quotes.extend(ranges(block).into_iter().filter_map(|range| quote(reading, evidence, id, range)));
        }
    }
    quotes
}

fn quote(reading: &Reading<'_>, evidence: &[Evidence], id: BlockId, range: Range<usize>) -> Option<Quote> {
    let block = reading.document().block(id);
    let words = words(&block.text[range.clone()]);
    if words < FEWEST {
        return None;
    }
    let place = reading.place(id, range.clone());
    let span = block.whole();
    let mut sources = evidence.iter().filter_map(|e| match &e.claim {
        Claim::Source { outlet, link } if span.contains(e.place.location.span) => Some((outlet, link)),
        _ => None,
    });
    let (outlet, linked) = sources.next_back().map_or((None, None), |(o, l)| (Some(o.clone()), l.clone()));
    let cite = block.inlines.iter().find_map(|i| match &i.kind {
        InlineKind::Quote { cite } if i.range.start as usize <= range.start && range.end <= i.range.end as usize => cite.clone(),
        _ => None,
    });
    let link = cite.or(linked).or_else(|| block.links().next().map(|(_, href, _)| href.to_owned()));
    Some(Quote { place, words, outlet, link })
}

/// The quoted parts of a block: all of one set apart, else `q` elements and what stands between quotation marks.
fn ranges(block: &Block) -> Vec<Range<usize>> {
    if block.role == Role::Quote {
        let whole = 0..block.text.len();
        return std::iter::once(whole).filter(|r| !r.is_empty()).collect();
    }
    let elements = block.inlines.iter().filter(|i| matches!(i.kind, InlineKind::Quote { .. }));
    let mut found: Vec<Range<usize>> = elements.map(|i| i.range.start as usize..i.range.end as usize).collect();
    if found.is_empty() {
        found = marked(&block.text);
    }
    found
}

/// What stands between quotation marks, without the marks. A quotation that is not closed ends with its paragraph.
fn marked(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match open {
            None => {
                let before = text[..at].chars().next_back();
                open = closing(c, before).map(|close| (at + c.len_utf8(), close));
            }
            Some((start, close)) if closes(c, close) => {
                found.push(start..at);
                open = None;
            }
            Some(_) => {}
        }
    }
    if let Some((start, _)) = open.filter(|(start, _)| start * 4 < text.len()) {
        found.push(start..text.len());
    }
    found
}

/// The mark that closes what `c` opens; nothing if `c` opens nothing here.
fn closing(c: char, before: Option<char>) -> Option<char> {
    let apart = before.is_none_or(|b| !b.is_alphanumeric());
    match c {
        '"' if apart => Some('"'),
        '“' => Some('”'),
        '„' => Some('“'),
        '«' => Some('»'),
        '»' => Some('«'),
        '”' if apart => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

fn closes(c: char, close: char) -> bool {
    c == close || (matches!(close, '“' | '”') && matches!(c, '“' | '”' | '"'))
}

/// Number of words; in scripts without blanks two letters count as one.
fn words(text: &str) -> usize {
    let unspaced = text.chars().filter(|&c| crate::text::is_unspaced_script(c)).count();
    if unspaced * 2 > text.chars().count() {
        unspaced / 2
    } else {
        text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_many_languages() {
        for (text, expected) in [
            ("He said: \"Nobody came to the harbour.\" Then he left.", "Nobody came to the harbour."),
            ("Er sagte: „Niemand kam zum Hafen.“ Dann ging er.", "Niemand kam zum Hafen."),
            ("Il dit : « Personne n'est venu au port. »", " Personne n'est venu au port. "),
            ("彼は「港には誰も来なかった」と述べた。", "港には誰も来なかった"),
            ("“Nobody came to the harbour, she said.", "Nobody came to the harbour, she said."),
        ] {
            let found: Vec<_> = marked(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(found, [expected]);
        }
    }

    #[test]
    fn an_apostrophe_opens_nothing() {
        assert!(marked("The 6\" pipe and the dog's bowl").is_empty());
    }

    #[test]
    fn words_are_counted_in_every_script() {
        assert_eq!(words("Nobody came – to the harbour."), 5);
        assert_eq!(words("港には誰も来なかった"), 5);
    }
}
