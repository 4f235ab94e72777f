//! Words that describe a picture.

use crate::detect::credit::Taken;
use crate::detect::reading::Reading;
use crate::document::BlockId;
use crate::document::Image;
use crate::document::Relation;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::terms::Channel;
use crate::terms::Confidence;
use std::ops::Range;

/// The caption of `image`, which is `subject`: the longest stretch of its caption's words that is no credit.
pub fn of(reading: &Reading<'_>, subject: Subject, image: &Image, taken: &[Taken]) -> Option<Evidence> {
    let mut best: Option<(BlockId, Range<usize>, Confidence)> = None;
    for near in &image.nearby {
        let text = &reading.document().block(near.block).text;
        let whole = near.range.len() == text.len();
        let confidence = match near.relation {
            Relation::Caption => Confidence::High,
            Relation::Figure | Relation::Gallery => Confidence::Medium,
            _ => continue,
        };
        if !whole || best.as_ref().is_some_and(|(.., c)| *c > confidence) {
            continue;
        }
        let range = left_over(text, near.block, taken);
        if words(&text[range.clone()]) >= 2 && best.as_ref().is_none_or(|(_, r, _)| range.len() > r.len()) {
            best = Some((near.block, range, confidence));
        }
    }
    let (block, range, confidence) = best?;
    let place = reading.place(block, range);
    let claim = Claim::Caption(place.quote.clone());
    Some(Evidence { subject, claim, channel: Channel::Prose, confidence, place, detector: "credit" })
}

/// The longest stretch of `text` that no credit takes.
fn left_over(text: &str, block: BlockId, taken: &[Taken]) -> Range<usize> {
    let mut at = 0;
    let mut longest = 0..0;
    let mine = taken.iter().filter(|t| t.block == block).map(|t| t.range.clone());
    for range in mine.chain(std::iter::once(text.len()..text.len())) {
        if range.start > at && range.start - at > longest.len() {
            longest = at..range.start;
        }
        at = at.max(range.end);
    }
    trimmed(text, longest)
}

/// `range` without separators and brackets that the credit left behind.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + slice.len() - slice.trim_start_matches([' ', '.', ')', ']', '|', '-', '–', '/', ',']).len();
    let end = start + text[start..range.end].trim_end_matches([' ', '(', '[', '（', '【', '|', '–', '-', '/', '©', ',', ':']).len();
    start..end
}

fn words(text: &str) -> usize {
    if text.chars().any(crate::text::is_unspaced_script) { text.chars().count() / 2 } else { text.split_whitespace().count() }
}
