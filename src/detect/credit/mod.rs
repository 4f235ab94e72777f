//! Captions of pictures, and whom pictures are credited to.
//!
//! `piece` prepares a short text, `find` finds the credits in it by what announces them, `body` tells agencies from persons,
//! `candidate` collects what stands near a picture, in its attributes and in structured data, and weighs it.

pub mod body;
mod candidate;
pub mod find;
pub mod name;
pub mod piece;
mod shared;
mod structured;
mod tail;

use crate::detect::article;
use crate::detect::caption;
use crate::detect::credit::body::Known;
use crate::detect::credit::candidate::Candidate;
use crate::detect::credit::candidate::Reader;
use crate::detect::credit::candidate::Source;
use crate::detect::reading::Reading;
use crate::document::BlockId;
use crate::document::ImageId;
use crate::document::ImageRole;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::registry::agencies::Agencies;
use crate::terms::Channel;
use crate::terms::Confidence;
use std::ops::Range;

/// Words that a credit takes, so that they are no caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The block.
    pub block: BlockId,
    /// Bytes of its text.
    pub range: Range<usize>,
}

/// States captions and credits of every picture that belongs to the article.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    if document.images.is_empty() {
        return;
    }
    let own = article::own_names(document);
    let known = Known { agencies: Agencies::builtin(), own: &own };
    let mut reader = Reader::new(reading, known);
    let structured = structured::Index::new(document);
    let mut uncredited = Vec::new();
    for (n, image) in document.images.iter().enumerate() {
        if image.role != ImageRole::Content {
            continue;
        }
        let id = ImageId(n as u32);
        let credits = reader.credits(image);
        let taken: Vec<Taken> = credits.iter().filter_map(taken).collect();
        evidence.extend(caption::of(reading, id, image, &taken));
        if credits.is_empty() {
            uncredited.push(id);
        }
        evidence.extend(credits.into_iter().map(|c| state(reading, id, c)));
        evidence.extend(structured.credits(reading, known, image).into_iter().map(|c| state(reading, id, c)));
    }
    shared::credit(&mut reader, &uncredited, evidence);
}

fn taken(candidate: &Candidate) -> Option<Taken> {
    let Source::Block(block, offset, _) = candidate.source else { return None };
    let (range, offset) = (&candidate.found.range, offset as usize);
    let range = offset + range.start..offset + range.end;
    Some(Taken { block, range })
}

fn state(reading: &Reading<'_>, id: ImageId, candidate: Candidate) -> Evidence {
    let place = place(reading, &candidate);
    let channel = if matches!(candidate.source, Source::Value(..)) && !candidate.visible { Channel::Metadata } else { Channel::Prose };
    evidence_of(Subject::Image(id), candidate, channel, place)
}

fn evidence_of(subject: Subject, candidate: Candidate, channel: Channel, place: Place) -> Evidence {
    Evidence { subject, claim: Claim::Credit(candidate.found.credit), channel, confidence: candidate.confidence, place, detector: "credit" }
}

fn place(reading: &Reading<'_>, candidate: &Candidate) -> Place {
    match candidate.source {
        Source::Block(block, offset, _) => {
            let (range, offset) = (&candidate.found.range, offset as usize);
            reading.place(block, offset + range.start..offset + range.end)
        }
        Source::Value(span) => reading.value_place(span),
    }
}

/// A credit that rests on words alone, without what makes them likely.
const GUESS: Confidence = Confidence::Low;
