//! Quotations: blocks set apart and words between quotation marks, with whom they are attributed to and whether that is linked.

use crate::detect::person::Names;
use crate::detect::reading::Reading;
use crate::detect::source::mentions;
use crate::detect::source::outlet::OutletReader;
use crate::detect::source::same;
use crate::document::Block;
use crate::document::BlockId;
use crate::document::InlineKind;
use crate::document::Role;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::terms::Channel;
use crate::terms::Confidence;
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

impl Quote {
    /// The outlet it is attributed to, as a statement about quotation `n`.
    pub(super) fn source(&self, n: u32) -> Option<Evidence> {
        let outlet = self.outlet.clone()?;
        Some(Evidence {
            subject: Subject::Quote(n),
            claim: Claim::Source { outlet, link: self.link.clone() },
            channel: Channel::Prose,
            confidence: Confidence::Medium,
            place: self.place.clone(),
            detector: "source",
        })
    }
}

/// Shortest quotation that counts, in words: fewer are mostly titles, nicknames, scare quotes.
const FEWEST: usize = 4;

/// Every quotation in the article's text, by place.
pub fn find(reading: &Reading<'_>, evidence: &[Evidence]) -> Vec<Quote> {
    let site = reading.own_names();
    let names = Names { lexicon: reading.lexicon, site };
    let reader = OutletReader { names, calendar: reading.lexicon.calendar() };
    let mut quotes = Vec::new();
    for (id, block) in reading.document().blocks() {
        if !matches!(block.role, Role::Body | Role::Quote | Role::Lead | Role::Aside) {
            continue;
        }
        let counted = ranges(block).into_iter().map(|range| (words(&block.text[range.clone()]), range));
        let long: Vec<_> = counted.filter(|(words, _)| *words >= FEWEST).collect();
        if long.is_empty() {
            continue;
        }
        let source = Source::of(reading, &reader, evidence, id);
        quotes.extend(long.into_iter().map(|(words, range)| {
            let link = cite(block, &range).or_else(|| source.link.clone());
            Quote { place: reading.place(id, range), words, outlet: source.outlet.clone(), link }
        }));
    }
    quotes
}

/// Whom a paragraph attributes its quotations to.
struct Source {
    outlet: Option<String>,
    link: Option<String>,
}

impl Source {
    /// The last outlet that block `id` names, under the name of its first mention in the document, and where it is linked.
    fn of(reading: &Reading<'_>, reader: &OutletReader<'_>, evidence: &[Evidence], id: BlockId) -> Self {
        let named = mentions(reading, reader, id).into_iter().next_back();
        let outlet = named.as_ref().and_then(|m| {
            evidence.iter().find_map(|e| match &e.claim {
                Claim::Source { outlet, .. } if same(outlet, &m.outlet.name) => Some(outlet.clone()),
                _ => None,
            })
        });
        let first = || reading.document().block(id).links().next().map(|(_, href, _)| href.to_owned());
        Self { outlet, link: named.and_then(|m| m.link).or_else(first) }
    }
}

/// `cite` of the `q` element around `range`.
fn cite(block: &Block, range: &Range<usize>) -> Option<String> {
    let end = block.inlines.partition_point(|i| i.range.start as usize <= range.start);
    block.inlines[..end].iter().rev().take(16).find_map(|i| match &i.kind {
        InlineKind::Quote { cite } if range.end <= i.range.end as usize => cite.clone(),
        _ => None,
    })
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
    let bytes = text.as_bytes();
    let mut at = 0;
    // Marks are `"` or beyond ASCII: of most texts only a few characters need a look.
    while let Some(next) = bytes[at..].iter().position(|&b| b == b'"' || b >= 0x80) {
        at += next;
        let c = text[at..].chars().next().expect("the search stops where characters start");
        match open {
            None => open = closing(c, text[..at].chars().next_back()).map(|close| (at + c.len_utf8(), close)),
            Some((start, close)) if closes(c, close) => {
                found.push(start..at);
                open = None;
            }
            Some(_) => {}
        }
        at += c.len_utf8();
    }
    if let Some((start, _)) = open.filter(|(start, _)| start * 4 < text.len()) {
        found.push(start..text.len());
    }
    found
}

/// The mark that closes what `c` opens; nothing if `c` opens nothing here.
fn closing(c: char, before: Option<char>) -> Option<char> {
    let apart = || before.is_none_or(|b| !b.is_alphanumeric());
    match c {
        '"' if apart() => Some('"'),
        '“' => Some('”'),
        '„' => Some('“'),
        '«' => Some('»'),
        '»' => Some('«'),
        '”' if apart() => Some('”'),
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
