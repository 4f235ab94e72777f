//! Cuts a line into what its labels govern, and that into pieces that can hold names.

use crate::lexicon::Hit;
use crate::lexicon::Lexicon;
use crate::lexicon::concept::Concept;
use crate::text::Folded;
use crate::text::fold;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A part of a line that one label governs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// Bytes of the line after the label.
    pub(super) range: Range<usize>,
    pub(super) label: Label,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The start of the line, without a label.
    None,
    /// "by", "author:".
    Author,
    /// "photo:", "translation:": who follows wrote nothing.
    Other,
    /// A date, an address, "updated": says nothing of what follows.
    Cut,
}

/// Mail addresses, web addresses, account names.
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|mailto:\S+|@\w+").expect("a fixed pattern"));

/// Whether the text is a label and nothing more: "By", "Author:".
pub(super) fn is_label(lexicon: &Lexicon, text: &str) -> bool {
    let folded = fold(text);
    let word = folded.trim_end_matches([':', ' ']);
    word.len() < 40 && lexicon.scan_short(word).iter().any(|h| h.range == (0..word.len()))
}

/// Cuts a line where labels, dates and addresses stand.
pub(super) fn segments(lexicon: &Lexicon, text: &str, dates: &[Range<usize>]) -> Vec<Segment> {
    let mut labels = labels(lexicon, text);
    labels.extend(dates.iter().map(|d| (d.clone(), Label::Cut)));
    // Every address has one of these.
    if text.contains(['@', ':']) {
        labels.extend(ADDRESS.find_iter(text).map(|m| (m.range(), Label::Cut)));
    }
    labels.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut segments = vec![Segment { range: 0..text.len(), label: Label::None }];
    for (range, label) in labels {
        let last = segments.last_mut().expect("starts with one");
        // A label inside another label: "text and photos by".
        if range.start < last.range.start {
            continue;
        }
        last.range.end = range.start;
        segments.push(Segment { range: range.end..text.len(), label });
    }
    segments
}

/// Where labels stand: at the start of the line or of a part of it.
fn labels(lexicon: &Lexicon, text: &str) -> Vec<(Range<usize>, Label)> {
    let folded = Folded::new(text);
    let names = lexicon.scan_name(&folded.text).into_iter().filter(|h| h.concept == Concept::AttributionButton);
    let hits = lexicon.scan_short(&folded.text).into_iter().chain(lexicon.scan(&folded.text)).chain(names);
    let found = hits.filter_map(|hit| {
        let label = label(hit.concept)?;
        introduces(&folded.text, &hit, label).then(|| (folded.original(hit.range), label))
    });
    let mut labels: Vec<_> = found.chain(glued(lexicon, text)).collect();
    labels.sort_by_key(|(range, label)| (range.start, std::cmp::Reverse(range.end), *label == Label::Other));
    labels.dedup_by(|b, a| b.0.start < a.0.end);
    labels
}

/// What a concept means as a label.
fn label(concept: Concept) -> Option<Label> {
    use Concept::*;
    match concept {
        AttributionByline | AttributionAuthorLabel => Some(Label::Author),
        AttributionPhotoLabel | AttributionPhotoBy | AttributionIllustrationLabel | AttributionImageSourceLabel => Some(Label::Other),
        AttributionTranslatedBy | AttributionEditedBy | AttributionSourceLabel | AttributionPreparedBy => Some(Label::Other),
        AttributionPublishedLabel | AttributionUpdatedLabel | AttributionButton => Some(Label::Cut),
        _ => None,
    }
}

/// Whether a concept introduces a writer.
pub(super) fn labels_author(concept: Concept) -> bool {
    label(concept) == Some(Label::Author)
}

/// Letters of words that start with a small one, in scripts that have capitals.
pub(super) fn small_letters(text: &str) -> usize {
    let small = text.split_whitespace().filter(|w| w.starts_with(char::is_lowercase));
    small.map(|w| w.chars().filter(|c| c.is_alphabetic()).count()).sum()
}

/// Whether a phrase stands where a label can: at the start of a part, with something after it.
fn introduces(folded: &str, hit: &Hit, label: Label) -> bool {
    let before = folded[..hit.range.start].trim_end();
    let after = folded[hit.range.end..].trim_start();
    if after.is_empty() && label != Label::Cut {
        return false;
    }
    let strong = after.starts_with([':', '=', '/', '|']) || folded[..hit.range.end].ends_with(':');
    let starts = before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '"' | '.'));
    match label {
        // "Ann Example Follow", "About Ann Example": a button stands at one end.
        Label::Cut if hit.concept == Concept::AttributionButton => before.is_empty() || after.is_empty(),
        Label::Cut => !after.is_empty(),
        Label::Author if hit.concept == Concept::AttributionAuthorLabel => starts && (strong || before.is_empty()),
        Label::Author => starts || before.ends_with(|c: char| c.is_ascii_digit()),
        // "Text: Ann Example Photos: Bob Sample": with a colon a label needs no mark before it.
        _ => strong || (starts && after.starts_with(char::is_alphanumeric)),
    }
}

/// A label that stands without a blank before the name: "ByAnn Example".
fn glued(lexicon: &Lexicon, text: &str) -> Option<(Range<usize>, Label)> {
    let word = text.split_whitespace().next()?;
    let hump = hump(word)?;
    let start = word.as_ptr() as usize - text.as_ptr() as usize;
    let folded = fold(&word[..hump]);
    let named = lexicon.scan_short(&folded).iter().any(|h| h.concept == Concept::AttributionByline && h.range == (0..folded.len()));
    named.then_some((start..start + hump, Label::Author))
}

/// Where a capital follows a small letter.
fn hump(word: &str) -> Option<usize> {
    let mut small = false;
    Some(word.char_indices().find(|&(_, c)| std::mem::replace(&mut small, c.is_lowercase()) && c.is_uppercase())?.0)
}

/// Whether the first word looks like a label and a name without a blank between them.
pub(super) fn is_glued(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|word| hump(word).is_some())
}

/// The bytes of a label inside a line, after at most `lead` words: "Guest post by Ann Example".
pub(super) fn label_inside(lexicon: &Lexicon, text: &str, lead: usize) -> Option<Range<usize>> {
    let folded = Folded::new(text);
    let apart = |h: &Hit| folded.text[..h.range.start].ends_with(' ') && folded.text[h.range.end..].starts_with(' ');
    let hits = lexicon.scan_short(&folded.text).into_iter().filter(|h| h.concept == Concept::AttributionByline && apart(h));
    let hit = hits.max_by_key(|h| (h.range.len(), std::cmp::Reverse(h.range.start)))?;
    let before = &folded.text[..hit.range.start];
    let short =
        before.split_whitespace().count() <= lead && !before.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '!' | '?' | '"'));
    short.then(|| folded.original(hit.range))
}

/// Cuts at marks that part a name from something else: bars, dots, dashes between blanks, brackets.
pub(super) fn pieces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[range.clone()];
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in part.char_indices() {
        let end = at + c.len_utf8();
        match c {
            '(' | '[' => {
                if depth == 0 {
                    pieces.push(start..at);
                }
                depth += 1;
            }
            ')' | ']' if depth > 0 => {
                depth -= 1;
                start = end;
            }
            _ if depth == 0 && is_cut(part, at, c) => {
                pieces.push(start..at);
                start = end;
            }
            _ => {}
        }
    }
    if depth == 0 {
        pieces.push(start..part.len());
    }
    let trimmed = pieces.into_iter().filter(|p| p.start <= p.end).map(|p| trim(text, range.start + p.start..range.start + p.end));
    trimmed.filter(|p| !p.is_empty()).collect()
}

fn is_cut(text: &str, at: usize, c: char) -> bool {
    match c {
        '|' | '•' | '●' | '»' | '›' | '–' | '—' | '\n' | '/' | ':' | '→' | '▪' | '■' | '★' => true,
        '·' => text[..at].ends_with(char::is_whitespace),
        '-' => text[..at].ends_with(char::is_whitespace) && text[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    }
}

/// Without blanks and marks at both ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = part.len() - part.trim_start_matches(is_edge).len();
    let kept = part[start..].trim_end_matches(is_edge);
    // The dot of an initial belongs to the name, the one that ends a sentence doesn't.
    let kept = match kept.strip_suffix('.') {
        Some(head) if head.rsplit(' ').next().is_some_and(|w| w.chars().count() > 3) => head,
        _ => kept,
    };
    range.start + start..range.start + start + kept.len()
}

fn is_edge(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '"' | '“' | '”' | '„' | '*' | '_' | '|' | '•' | '·' | '>' | '<' | '=' | '/')
        || matches!(c, '\u{200b}'..='\u{200f}')
}
