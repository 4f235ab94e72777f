//! One line that credits all pictures: "Photos: Ann Example (2), Bob Muster".

use crate::detect::credit::candidate::Candidate;
use crate::detect::credit::candidate::Reader;
use crate::detect::credit::candidate::Source;
use crate::detect::credit::evidence_of;
use crate::detect::credit::find;
use crate::detect::credit::find::Cue;
use crate::detect::credit::find::Setting;
use crate::detect::credit::piece::Piece;
use crate::detect::credit::place;
use crate::document::BlockId;
use crate::document::ImageId;
use crate::document::Role;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::lexicon::concept::Concept;
use crate::terms::Channel;
use crate::terms::Confidence;

/// A closing line is at most so long, in bytes.
const LONGEST: usize = 400;

/// Credits the pictures that nothing near them credits by a line that speaks of all, if the article has one.
pub(super) fn credit(reader: &mut Reader<'_>, uncredited: &[ImageId], evidence: &mut Vec<Evidence>) {
    if uncredited.is_empty() {
        return;
    }
    let Some(candidate) = line(reader, evidence) else { return };
    let place = place(reader.reading, &candidate);
    for &id in uncredited {
        evidence.push(evidence_of(Subject::Image(id), candidate.clone(), Channel::Prose, place.clone()));
    }
}

/// The last line of the article that is nothing but a labelled picture credit and isn't a picture's own.
fn line(reader: &Reader<'_>, evidence: &[Evidence]) -> Option<Candidate> {
    let document = reader.reading.document();
    let blocks = document.blocks().rev().filter(|(_, b)| matches!(b.role, Role::Body | Role::Aside | Role::Caption | Role::Footer));
    blocks.filter(|(_, b)| b.text.len() <= LONGEST && announces(&b.text)).find_map(|(id, _)| credited(reader, id, evidence))
}

/// Cheap look at a block: is there a colon or sign near its start?
fn announces(text: &str) -> bool {
    let head = text.char_indices().nth(40).map_or(text, |(at, _)| &text[..at]);
    head.contains([':', '：', '©', '＝', '='])
}

fn credited(reader: &Reader<'_>, block: BlockId, evidence: &[Evidence]) -> Option<Candidate> {
    let text = &reader.reading.document().block(block).text;
    let labels = [Concept::AttributionPhotoLabel, Concept::AttributionImageSourceLabel];
    if !reader.reading.short_hits(block).iter().any(|h| labels.contains(&h.concept)) {
        return None;
    }
    let piece = Piece::of_block(reader.reading, block);
    piece.longest_at(0, text.len(), &labels)?;
    let found = find::find(&piece, Setting::Near, reader.known);
    let [found] = found.as_slice() else { return None };
    let whole = found.range.start == 0 && found.range.end + 3 >= text.len();
    let named = found.known || !found.credit.persons.is_empty() || !found.credit.agencies.is_empty();
    let span = reader.reading.place(block, found.range.clone()).location;
    let taken = evidence.iter().any(|e| e.place.location == span);
    if !whole || !named || taken || found.cue != Cue::Label {
        return None;
    }
    let found = found.clone();
    Some(Candidate {
        found,
        source: Source::Block(block, 0, text.len() as u32),
        visible: true,
        weight: 2.0,
        confidence: Confidence::Medium,
    })
}
