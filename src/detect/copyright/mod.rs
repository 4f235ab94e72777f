//! Copyright lines, in words and in metadata.

mod holder;
mod line;
mod mark;
mod metadata;
pub(in crate::detect) mod piece;
mod years;

use crate::detect::copyright::line::Line;
use crate::detect::copyright::mark::MarkKind;
use crate::detect::copyright::piece::Piece;
use crate::detect::reading::Reading;
use crate::document::BlockId;
use crate::document::Marks;
use crate::document::Relation;
use crate::document::Role;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Subject;
use crate::lexicon::concept::Concept;
use crate::terms::Channel;
use crate::terms::Confidence;

/// A block with more marks than this is no notice; the first are read.
const MOST_MARKS: usize = 24;

/// "Protected by copyright" in a longer block is part of a text about it.
const LONGEST_PROTECTED: usize = 220;

/// States the copyright lines.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let mut found: Vec<(BlockId, Line)> = Vec::new();
    for (id, block) in reading.document().blocks() {
        let piece = Piece::block(reading, id);
        let mut marks = piece.marks();
        marks.truncate(MOST_MARKS);
        if marks.is_empty() || is_credit(reading, id) {
            continue;
        }
        let lines = line::read(&block.text, &marks, &piece.words(&marks));
        let ruled = reading.hits[id.0 as usize].iter().any(|h| is_rule_word(h.concept));
        for line in lines.into_iter().filter(|l| is_line(&block.text, l, block.role) && !(ruled && l.kind == MarkKind::Protected)) {
            join_or_add(&mut found, id, line);
        }
    }
    evidence.extend(found.into_iter().map(|(id, line)| state(reading, id, &line)));
    metadata::run(reading, evidence);
}

/// Whether a phrase asks or forbids: what is protected then belongs to the rule.
fn is_rule_word(concept: Concept) -> bool {
    use Concept::*;
    matches!(concept, ReservationProhibited | ReservationWithoutConsent | ReservationRedistributeProhibited | ConditionConsent)
}

/// Words that credit a picture belong to the picture.
fn is_credit(reading: &Reading<'_>, id: BlockId) -> bool {
    let block = reading.document().block(id);
    let labelled = || {
        let folded = &reading.folded[id.0 as usize].text;
        folded.len() < 300
            && reading.short_hits(id).iter().any(|h| {
                matches!(h.concept, Concept::AttributionPhotoLabel | Concept::AttributionImageSourceLabel)
                    && folded[h.range.end..].trim_start().starts_with([':', '©', '('])
            })
    };
    let marked = block.marks.has(Marks::CREDIT.and(Marks::CAPTION)) && !(block.role == Role::Footer && block.marks.has(Marks::COPYRIGHT));
    matches!(block.role, Role::Caption | Role::Comment | Role::Teaser)
        || marked
        || (block.role != Role::Footer && beside_picture(reading, id))
        || labelled()
}

/// Whether the block stands in the caption or the figure of a picture or an embedded medium.
fn beside_picture(reading: &Reading<'_>, id: BlockId) -> bool {
    let near = reading.document().shown().flat_map(|i| &i.nearby);
    near.into_iter().any(|n| n.block == id && matches!(n.relation, Relation::Caption | Relation::Figure))
}

/// Whether what was read is a copyright line and not talk about copyright.
fn is_line(text: &str, line: &Line, role: Role) -> bool {
    let dated = !line.years.is_empty();
    let named = line.holder.is_some();
    let quoted = text[..line.range.start].ends_with(['"', '“', '„', '«', '\'']);
    match line.kind {
        MarkKind::Sign => dated || named || line.reserved,
        MarkKind::Bracketed => named && (dated || line.reserved || (line.range.start == 0 && (role == Role::Footer || line.incorporated))),
        // "Copyright and Related Rights Act, 1994" is a law.
        MarkKind::Word if line.holder.clone().is_some_and(|name| goes_on(&text[name])) => false,
        MarkKind::Word => !quoted && ((dated && named) || line.reserved || (dated && line.range.start == 0)),
        MarkKind::Property => true,
        MarkKind::Protected => !quoted && text.len() <= LONGEST_PROTECTED && (role == Role::Footer || role.in_article()),
        MarkKind::Reserved => !quoted,
        // Alone it announces a licence.
        MarkKind::SomeReserved => !quoted && (named || dated),
    }
}

/// Whether a name starts with a small word, as the rest of a sentence does; the name of a site may.
fn goes_on(name: &str) -> bool {
    name.starts_with(char::is_lowercase) && name.contains(' ')
}

/// "All rights reserved" in the block behind a line, or before it, belongs to the line.
fn join_or_add(found: &mut Vec<(BlockId, Line)>, id: BlockId, line: Line) {
    let bare = |l: &Line| l.kind == MarkKind::Reserved && l.holder.is_none() && l.years.is_empty();
    if let Some((last, before)) = found.last_mut().filter(|(last, _)| id.0 - last.0 <= 1) {
        if bare(&line) && before.kind != MarkKind::Property && *last != id {
            before.reserved = true;
            return;
        }
        if bare(before) && *last != id && !line.reserved {
            (*last, *before) = (id, Line { reserved: true, ..line });
            return;
        }
    }
    found.push((id, line));
}

fn state(reading: &Reading<'_>, id: BlockId, line: &Line) -> Evidence {
    let block = reading.document().block(id);
    let confidence = confidence(line, block.role);
    Evidence {
        subject: Subject::Document,
        claim: Claim::Copyright(line.claim(&block.text)),
        channel: Channel::Prose,
        confidence,
        place: reading.place(id, line.range.clone()),
        detector: "copyright",
    }
}

fn confidence(line: &Line, role: Role) -> Confidence {
    let full = line.holder.is_some() && (!line.years.is_empty() || line.reserved);
    match line.kind {
        MarkKind::Sign if full || role == Role::Footer => Confidence::High,
        MarkKind::Word | MarkKind::Bracketed if full => Confidence::High,
        MarkKind::Reserved if role == Role::Footer => Confidence::High,
        MarkKind::Reserved if line.holder.is_some() => Confidence::Low,
        MarkKind::Property | MarkKind::Protected | MarkKind::SomeReserved => Confidence::Medium,
        _ => Confidence::Medium,
    }
}
